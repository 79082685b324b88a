"""What goes wrong with a file, or in SQLite, as the errors of the library.

`told` is put around whatever touches a file: nothing of `sqlite3`, and no bare `OSError`, comes out of it.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from reliefstock.errors import (
    AccessRefused,
    Incomplete,
    NotABook,
    ReliefstockError,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)

__all__ = ["told"]

_PRIMARY: Final = 0xFF  # the lower byte of a code is its kind, the rest says more
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
_REFUSED: Final = (sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
_MISUSE: Final = (
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_MISUSE,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_RANGE,
    sqlite3.SQLITE_TOOBIG,
)
_CLOSED: Final = "closed database"
_NO_TEXT: Final = "Could not decode"
_UNFINISHED: Final = "a writer ended in mid-command here; open it once to be written, which sets that right"
_NO_FOLDER: Final = "no file can be made in its folder"
_READ_ONLY: Final = {
    sqlite3.SQLITE_READONLY_ROLLBACK: _UNFINISHED,
    sqlite3.SQLITE_READONLY_RECOVERY: _UNFINISHED,
    sqlite3.SQLITE_READONLY_CANTINIT: _NO_FOLDER,
    sqlite3.SQLITE_READONLY_CANTLOCK: _NO_FOLDER,
    sqlite3.SQLITE_READONLY_DIRECTORY: _NO_FOLDER,
    sqlite3.SQLITE_READONLY_DBMOVED: "the file was moved, or taken away, while it was open",
}
_NOT_THERE: Final = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP)
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def told(where: str, seconds: float, *, known: bool = False) -> Generator[None]:
    """Raise what goes wrong inside with a file, or in SQLite, as an error of the library.

    Args:
        where: what the file is called in messages.
        seconds: how long others were waited for, where they were.
        known: whether it was seen to be a book before, so that it is no longer when it cannot be read.

    Raises:
        StoreError: of the kind that it is.
        Incomplete: what was asked for is no query, or has parts that no store can keep.

    >>> with told("county.db", 5):
    ...     sqlite3.connect(":memory:").execute("SELECT * FROM quilts")
    Traceback (most recent call last):
    reliefstock.errors.Incomplete: what was asked of county.db: no such table: quilts; ask for what there \
is, in whole numbers of 64 bits, texts and bytes
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _of_sqlite(error, where, seconds, known=known) from error
    except OSError as error:
        raise _of_system(error, where) from error
    except (OverflowError, UnicodeError) as error:
        raise _asked(where, str(error)) from error


def _asked(where: str, reason: str) -> Incomplete:
    do = "ask for what there is, in whole numbers of 64 bits, texts and bytes"
    return Incomplete(
        f"what was asked of {where}",
        reason,
        do,
        zh=f"对 {where} 的请求：{reason}；请只查询已有的内容，并只用 64 位整数、文本和字节",
    )


def _of_sqlite(error: sqlite3.Error, where: str, seconds: float, *, known: bool) -> ReliefstockError:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # it comes from the module itself, not from SQLite
        return _of_module(str(error), where)
    return (
        _of_kind(code & _PRIMARY, where, seconds)
        or (_of_a_book(code & _PRIMARY, str(error), where) if known else None)
        or _of_code(code, str(error), where)
    )


def _of_module(says: str, where: str) -> ReliefstockError:
    if _CLOSED in says:
        return StoreUnreachable(where, "it was closed; open it again")
    return StoreDamaged(where, says) if _NO_TEXT in says else _asked(where, says)


def _of_kind(kind: int, where: str, seconds: float) -> ReliefstockError | None:
    """What needs no more to be told than its kind."""
    if kind in _BUSY:
        return StoreBusy(where, seconds)
    return StoreFull(where) if kind == sqlite3.SQLITE_FULL else None


def _of_a_book(kind: int, says: str, where: str) -> ReliefstockError | None:
    """What would say of another file that it is no book."""
    if kind == sqlite3.SQLITE_CANTOPEN:
        return StoreUnreachable(where, says)
    return StoreDamaged(where, says) if kind == sqlite3.SQLITE_NOTADB else None


def _of_code(code: int, says: str, where: str) -> ReliefstockError:
    kind = code & _PRIMARY
    if kind == sqlite3.SQLITE_READONLY:
        return StoreReadOnly(where, _READ_ONLY.get(code, "it was opened so, or the file does not let write"))
    if kind in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN}:
        return NotABook(where, says)
    if kind in _REFUSED:
        return AccessRefused(where, says)
    return _asked(where, says) if kind in _MISUSE else StoreDamaged(where, says)


def _of_system(error: OSError, where: str) -> ReliefstockError:
    says = error.strerror or str(error)
    if error.errno in _NO_ROOM:
        return StoreFull(where)
    if error.errno == errno.EROFS:
        return StoreReadOnly(where, says)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return AccessRefused(where, says)
    if error.errno in _NOT_THERE:
        return NotABook(where, says)
    return StoreDamaged(where, says)
