"""Backups of a book that is in use, and the way back.

A backup is a file like that of the book, as it was at one moment; others may write meanwhile. It is looked
through before it gets its name, so a file with that name is a whole one. A book in a PostgreSQL database is
backed up with what its server has for it (`pg_dump`).

A backup has the people in it that are in the file of the book: whoever erases one erases in backups too, or
keeps people in a file of their own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from os import PathLike, fspath
from pathlib import Path
from time import monotonic
from typing import Final

from reliefstock.errors import AlreadyABook, NotABook, ReliefstockError, StoreBusy, StoreError, StoreFull
from reliefstock.journal import Head, Table
from reliefstock.stores.placing import SIDES, placed, synced
from reliefstock.stores.sqlite import SqliteJournal
from reliefstock.stores.sqlite_errors import told
from reliefstock.stores.sqlite_file import connected, opened
from reliefstock.stores.stored import PATIENCE

__all__ = ["Progress", "backup", "restore"]

Progress = Callable[[int, int], None]
"""Called with how many pages are copied, and how many there are."""

_PAGES: Final = 256  # with one step, between which others can write
_RESTARTS: Final = 3  # after which all is copied in one step, while writers wait
_PAUSE: Final = 0.01  # seconds between two looks at a file that others are writing


def backup(
    source: SqliteJournal | str | PathLike[str],
    target: str | PathLike[str],
    *,
    tables: Sequence[Table] = (),
    progress: Progress | None = None,
    patience: float = PATIENCE,
) -> Head:
    """Copy a book as it is now into a new file, while others use it; gives the head of the copy.

    Args:
        source: the book, or the path of its file. What is held and not yet durable is not in the copy.
        target: the path of the new file; it appears when the copy has been looked through.
        tables: the index of which the seals are looked at; that of a journal that is given is known.
        progress: is called with how many pages are copied, and how many there are.
        patience: for how many seconds others that are writing are waited for.

    Raises:
        AlreadyABook: there is a book at `target`.
        NotABook: there is another file, or no such folder; or `source` is no book.
        StoreDamaged: the book is not as it was written; look at it with `check`.
        ChainBroken: its records are not.
        StoreError: it cannot be read, or there is no room for the copy.

    >>> import tempfile
    >>> from reliefstock.journal import chained
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with SqliteJournal.create(f"{folder}/county.db", "Ankang") as journal:
    ...         head = journal.append(list(chained([b"opened", b"received"])), {})
    ...         backup(journal, f"{folder}/monday.db") == head
    True
    """
    is_open = isinstance(source, SqliteJournal)
    path, known = (source.path, source.tables) if is_open else (Path(source), tables)
    return _copied(path, Path(target), known, progress, patience)


def _copied(
    source: Path, target: Path, tables: Sequence[Table], progress: Progress | None, patience: float
) -> Head:
    """Copy a book to a path, by a file beside it."""
    connection, _ = opened(source, None, patience, read_only=True)
    try:
        with told(str(target), patience), placed(target) as draft:
            with closing(connected(draft, "rwc", patience)) as to:
                _copy(connection, to, _Watch(progress, str(source), patience), patience)
            head = _looked_through(draft, tables, patience)
    except StoreFull:
        raise StoreFull(str(target)) from None
    except StoreError as error:
        if isinstance(error.__cause__, FileExistsError):
            raise _taken(target, patience) from None
        raise
    finally:
        connection.close()
    return head


def _copy(connection: sqlite3.Connection, to: sqlite3.Connection, watch: _Watch, patience: float) -> None:
    with told(watch.where, patience, known=True):
        try:
            connection.backup(to, pages=_PAGES, progress=watch, sleep=_PAUSE)
        except _RestartedTooOften:
            connection.backup(to, pages=-1, progress=watch, sleep=_PAUSE)
    to.execute("PRAGMA journal_mode=DELETE").fetchall()  # all of it in one file, whatever it was


class _RestartedTooOften(Exception):
    """Others write so much that the copy has no end."""


class _Watch:
    """Looks on while pages are copied: tells how far it is, and does not wait for others for ever."""

    def __init__(self, progress: Progress | None, where: str, patience: float) -> None:
        self._progress = progress
        self.where = where
        self._patience = patience
        self._left = -1
        self._restarts = 0
        self._waiting_since: float | None = None

    def __call__(self, status: int, left: int, pages: int) -> None:
        """As `sqlite3` calls it after each step."""
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            self._wait()
            return
        self._waiting_since = None
        if 0 <= self._left <= left:  # a step that brings it no further began again
            self._restarts += 1
            if self._restarts == _RESTARTS:
                raise _RestartedTooOften
        self._left = left
        if self._progress is not None:
            self._progress(pages - left, pages)

    def _wait(self) -> None:
        now = monotonic()
        self._waiting_since = now if self._waiting_since is None else self._waiting_since
        if now - self._waiting_since > self._patience:
            raise StoreBusy(self.where, self._patience)


def _looked_through(path: Path, tables: Sequence[Table], patience: float) -> Head:
    """The head of a book in which nothing is wrong. Raises the first that is."""
    with SqliteJournal.open(path, tables=tables, patience=patience, read_only=True) as journal:
        faults = journal.check()
        if faults:
            raise faults[0]
        return journal.head()


def _taken(path: Path, patience: float) -> StoreError:
    """What to say of a path where there is a file already."""
    try:
        with SqliteJournal.open(path, patience=patience, read_only=True) as journal:
            return AlreadyABook(str(path), journal.name)
    except ReliefstockError:
        return NotABook(str(path), "there is another file by that name")


# The way back


def restore(
    source: str | PathLike[str],
    target: str | PathLike[str],
    *,
    keep_old_as: str | PathLike[str] | None = None,
    tables: Sequence[Table] = (),
    progress: Progress | None = None,
    patience: float = PATIENCE,
) -> Head:
    """Put a backup in the place of a book, once it was looked through; gives its head.

    Nobody is to have the old book open meanwhile: who has, and does not write just then, is not noticed, and
    finds at the next write that the file was moved.

    Args:
        source: the backup; it stays as it is.
        target: the path of the book.
        keep_old_as: the path that the old book is kept under. Without it, there is to be none.
        tables: the index of which the seals are looked at.
        progress: is called with how many pages are copied, and how many there are.
        patience: for how many seconds others that are writing are waited for.

    Raises:
        AlreadyABook: there is a book at `target`, or one at `keep_old_as`.
        NotABook: there is another file, or no such folder; or the backup is no book.
        StoreBusy: somebody is writing to the old book.
        StoreDamaged: the backup is not as it was written, so that nothing was done.
        ChainBroken: its records are not.
        StoreError: it cannot be read, or there is no room for it.
    """
    path, old = Path(target), None if keep_old_as is None else Path(keep_old_as)
    _looked_through(Path(source), tables, patience)
    there = [side for side in ("", *SIDES) if _beside(path, side).exists()]
    if old is not None and there:
        if any(_beside(old, side).exists() for side in ("", *SIDES)):
            raise _taken(old, patience)
        return _exchanged(Path(source), path, old, progress, patience)
    if there:
        raise _taken(path, patience)
    return _copied(Path(source), path, tables, progress, patience)


def _beside(path: Path, side: str) -> Path:
    return path.with_name(path.name + side)


def _exchanged(source: Path, path: Path, old: Path, progress: Progress | None, patience: float) -> Head:
    """Make the new file ready beside the old one; then move that away with all that belongs to it."""
    ready = path.with_name(f".{path.name}.restored")
    with told(fspath(ready), patience):
        ready.unlink(missing_ok=True)  # from one that was broken off
    head = _copied(source, ready, (), progress, patience)
    with told(fspath(path), patience):
        _check_unused(path, patience)
        for side in ("", *SIDES):  # the book first: without it, what lies beside it does no harm
            if _beside(path, side).exists():
                _beside(path, side).rename(_beside(old, side))
        ready.rename(path)
        synced(path.parent)
        synced(old.parent)
    return head


def _check_unused(path: Path, patience: float) -> None:
    """Raise `StoreBusy` where somebody is writing to it; a damaged file is moved as it is."""
    if not path.exists():
        return
    connection = connected(path, "rw", patience)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise
    finally:
        connection.close()
