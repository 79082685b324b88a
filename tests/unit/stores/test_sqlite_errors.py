"""What goes wrong with a file, or in SQLite, as errors of the library."""

from __future__ import annotations

import errno
import sqlite3

import pytest

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
from reliefstock.stores.sqlite_errors import told


def of_sqlite(code: int | None, says: str = "it says so") -> sqlite3.Error:
    error = sqlite3.OperationalError(says)
    if code is not None:
        error.sqlite_errorcode = code
    return error


def raised(error: Exception, *, known: bool = False) -> ReliefstockError:
    with pytest.raises(ReliefstockError) as caught, told("county.db", 3, known=known):
        raise error
    assert caught.value.__cause__ is error
    return caught.value


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, StoreBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusy),
        (sqlite3.SQLITE_BUSY_RECOVERY, StoreBusy),
        (sqlite3.SQLITE_LOCKED, StoreBusy),
        (sqlite3.SQLITE_PROTOCOL, StoreBusy),
        (sqlite3.SQLITE_FULL, StoreFull),
        (sqlite3.SQLITE_READONLY, StoreReadOnly),
        (sqlite3.SQLITE_READONLY_ROLLBACK, StoreReadOnly),
        (sqlite3.SQLITE_READONLY_DIRECTORY, StoreReadOnly),
        (sqlite3.SQLITE_CORRUPT, StoreDamaged),
        (sqlite3.SQLITE_CORRUPT_INDEX, StoreDamaged),
        (sqlite3.SQLITE_IOERR_FSYNC, StoreDamaged),
        (sqlite3.SQLITE_IOERR_WRITE, StoreDamaged),
        (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, StoreDamaged),
        (sqlite3.SQLITE_NOMEM, StoreDamaged),
        (sqlite3.SQLITE_PERM, AccessRefused),
        (sqlite3.SQLITE_AUTH, AccessRefused),
        (sqlite3.SQLITE_ERROR, Incomplete),
        (sqlite3.SQLITE_TOOBIG, Incomplete),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_each_code_has_its_error(code: int, kind: type[Exception], known: bool) -> None:
    error = raised(of_sqlite(code), known=known)
    assert type(error) is kind
    assert "county.db" in str(error)
    assert "county.db" in error.sentence("zh")


@pytest.mark.parametrize(
    ("code", "kind"), [(sqlite3.SQLITE_NOTADB, StoreDamaged), (sqlite3.SQLITE_CANTOPEN, StoreUnreachable)]
)
def test_what_was_a_book_is_damaged_or_gone_and_no_other_file(code: int, kind: type[Exception]) -> None:
    assert type(raised(of_sqlite(code))) is NotABook
    assert type(raised(of_sqlite(code), known=True)) is kind


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("Cannot operate on a closed database.", StoreUnreachable),
        ("Could not decode to UTF-8 column 'lot' with text '\\xff'", StoreDamaged),
        ("Error binding parameter 1: type 'list' is not supported", Incomplete),
    ],
)
def test_what_the_module_says_itself_has_no_code(says: str, kind: type[Exception]) -> None:
    assert type(raised(of_sqlite(None, says))) is kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StoreFull),
        (errno.EDQUOT, StoreFull),
        (errno.EROFS, StoreReadOnly),
        (errno.EACCES, AccessRefused),
        (errno.EPERM, AccessRefused),
        (errno.ENOENT, NotABook),
        (errno.ENOTDIR, NotABook),
        (errno.ENAMETOOLONG, NotABook),
        (errno.EIO, StoreDamaged),
        (errno.EXDEV, StoreDamaged),
    ],
)
def test_each_fault_of_the_system_has_its_error(number: int, kind: type[Exception]) -> None:
    assert type(raised(OSError(number, "it says so"))) is kind


def test_what_no_store_can_keep_is_a_slip_of_whoever_asks() -> None:
    assert type(raised(OverflowError("Python int too large to convert to SQLite INTEGER"))) is Incomplete
    assert type(raised(UnicodeError("surrogates not allowed"))) is Incomplete


def test_what_is_not_of_the_store_goes_through() -> None:
    with pytest.raises(ZeroDivisionError), told("county.db", 3):
        raise ZeroDivisionError
    with pytest.raises(StoreBusy) as caught, told("county.db", 3):
        raise StoreBusy("other.db", 1)
    assert caught.value.where == "other.db"


def test_the_seconds_are_those_that_were_waited() -> None:
    error = raised(of_sqlite(sqlite3.SQLITE_BUSY))
    assert isinstance(error, StoreBusy)
    assert (error.where, error.seconds) == ("county.db", 3)
