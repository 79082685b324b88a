"""What is in the file of a book: how it is known, made, opened, and made durable.

The file says that it is a book (`application_id`) and in which format (`user_version`). What was acknowledged
outlasts a loss of power: SQLite writes to a rollback journal that is emptied at each commit, and waits for
the disk wherever it can (`synchronous=EXTRA`). The faster write-ahead log is used only from SQLite 3.51.3 on:
with an older one, several programs that write to one file can damage it. A file that is in that mode is taken
out of it by an older SQLite, or refused while others have it open.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from zlib import crc32

from reliefstock.errors import (
    AlreadyABook,
    NewerFormat,
    NotABook,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreReadOnly,
)
from reliefstock.journal import Column, Table
from reliefstock.stores.asking import quoted
from reliefstock.stores.placing import placed
from reliefstock.stores.sealing import SEAL
from reliefstock.stores.sqlite_errors import told

__all__ = ["FORMAT", "MARK", "connected", "made", "opened"]

MARK: Final = 0x5253746B
"""The `application_id` of a book: RStk."""

FORMAT: Final = 1
"""The `user_version` that this version of the library writes."""

_SAFE_LOG: Final = (3, 51, 3)
_OWN: Final = (
    "CREATE TABLE book (name TEXT NOT NULL, format INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT",
    """CREATE TABLE records (
        number INTEGER PRIMARY KEY, previous BLOB NOT NULL, payload BLOB NOT NULL, hash BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE snapshots (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        size INTEGER NOT NULL, hash BLOB NOT NULL, content BLOB NOT NULL
    ) STRICT""",
    """CREATE TRIGGER records_follow BEFORE INSERT ON records
        WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM records)
        BEGIN SELECT RAISE(ABORT, 'records stand one after the other'); END""",
    """CREATE TRIGGER records_stand BEFORE UPDATE ON records
        BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END""",
    """CREATE TRIGGER records_stay BEFORE DELETE ON records
        BEGIN SELECT RAISE(ABORT, 'a record is never taken away'); END""",
)
_KINDS: Final = {"whole": "INTEGER", "text": "TEXT", "bytes": "BLOB"}


def connected(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    """A connection in autocommit mode; `mode` is `ro`, `rw` or `rwc`. Raises what `sqlite3` raises."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(
        uri,
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )


# A new file


def made(path: Path, name: str, tables: Sequence[Table], patience: float) -> None:
    """Make the file of a new book, without a record.

    Raises:
        AlreadyABook: there is a book at this path.
        NotABook: there is another file, or no such folder.
        StoreError: as the system says it.
    """
    where = str(path)
    try:
        with told(where, patience), placed(path) as draft:
            connection = connected(draft, "rwc", patience)
            try:
                _fill(connection, name, tables)
            finally:
                connection.close()
    except StoreError as error:
        if isinstance(error.__cause__, FileExistsError):
            raise _taken(path, patience) from None
        raise


def _taken(path: Path, patience: float) -> StoreError:
    """What to say of a path where there is a file already."""
    try:
        connection, name = opened(path, None, patience, read_only=True)
    except StoreError:
        return NotABook(str(path), "there is another file by that name")
    connection.close()
    return AlreadyABook(str(path), name)


def _fill(connection: sqlite3.Connection, name: str, tables: Sequence[Table]) -> None:
    if sqlite3.sqlite_version_info >= _SAFE_LOG:
        connection.execute("PRAGMA journal_mode=WAL").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id={MARK}")
    connection.execute(f"PRAGMA user_version={FORMAT}")
    for statement in (*_OWN, *(text for table in tables for text in _declared(table))):
        connection.execute(statement)
    connection.execute("INSERT INTO book VALUES (?, ?, ?)", (name, FORMAT, _seal(name, FORMAT)))
    connection.execute("COMMIT")


def _seal(name: str, version: int) -> int:
    return crc32(f"{version} {name}".encode())


def _declared(table: Table) -> Iterator[str]:
    """The statements that make a table of the index: itself, then what else it is asked by."""
    kinds = {column.name: column.kind for column in table.columns}
    row_id = [kinds.get(name) for name in table.key] == ["whole"]
    columns = [*table.columns, Column(SEAL, "whole")]
    parts = [_column(column, is_row_id=row_id and (column.name,) == table.key) for column in columns]
    if not row_id:
        parts.append(f"PRIMARY KEY ({_names(table.key)})")
    kind = "STRICT" if row_id else "STRICT, WITHOUT ROWID"
    yield f"CREATE TABLE {quoted(table.name)} ({', '.join(parts)}) {kind}"
    for lookup in table.lookups:
        index = quoted("_".join((table.name, "by", *lookup)))
        yield f"CREATE INDEX {index} ON {quoted(table.name)} ({_names(lookup)})"


def _column(column: Column, *, is_row_id: bool) -> str:
    kind = f"{quoted(column.name)} {_KINDS[column.kind]}"
    return f"{kind} PRIMARY KEY" if is_row_id else kind if column.empty else f"{kind} NOT NULL"


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names))


# A file that is there


def opened(
    path: Path, tables: Sequence[Table] | None, patience: float, *, read_only: bool
) -> tuple[sqlite3.Connection, str]:
    """A connection to the file of a book, set as it must be, and the name of the book.

    What its index should be is not looked at where `tables` is None.

    Raises:
        NotABook: there is no such file, or it is no book.
        NewerFormat: a later version of the library wrote it.
        StoreReadOnly: it is to be written, and cannot be.
        StoreBusy: others are using it in a way that cannot be shared.
        StoreDamaged: it cannot be read.
    """
    where = str(path)
    with told(where, patience):
        _check_file(path, where, read_only=read_only)
        connection = connected(path, "ro" if read_only else "rw", patience)
        try:
            _identify(connection, where)
            _settle(connection, where, patience, read_only=read_only)
            _check_length(connection, path, where)
            name = _read_name(connection, where)
            for table in tables or ():
                _check_table(connection, table, where)
        except BaseException:
            connection.close()
            raise
        return connection, name


def _check_file(path: Path, where: str, *, read_only: bool) -> None:
    real = path.resolve()
    if not real.exists():
        raise NotABook(where, "there is no such file")
    if not real.is_file():
        raise NotABook(where, "it is no file")
    if not real.stat().st_size:
        raise NotABook(where, "it is empty")
    if not read_only and not os.access(real, os.W_OK):
        raise StoreReadOnly(where, "the file may not be written")
    if not read_only and not os.access(real.parent, os.W_OK | os.X_OK):
        raise StoreReadOnly(where, "no file can be made in its folder")


def _identify(connection: sqlite3.Connection, where: str) -> None:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if mark != MARK:
        raise NotABook(where, "it is another database")
    if version > FORMAT:
        raise NewerFormat(where, version, FORMAT)


def _settle(connection: sqlite3.Connection, where: str, patience: float, *, read_only: bool) -> None:
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    if read_only:
        return
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal" and sqlite3.sqlite_version_info >= _SAFE_LOG:
        connection.execute("PRAGMA synchronous=FULL")
        return
    (mode,) = connection.execute("PRAGMA journal_mode=TRUNCATE").fetchone()
    if mode != "truncate":
        raise StoreBusy(where, patience)
    connection.execute("PRAGMA synchronous=EXTRA")


def _check_length(connection: sqlite3.Connection, path: Path, where: str) -> None:
    """SQLite takes the end of a last page that was cut off for zeros."""
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    if mode != "wal" and path.stat().st_size < pages * size:  # a log can have pages that the file lacks
        raise StoreDamaged(where, "the end of the file is cut off")


def _read_name(connection: sqlite3.Connection, where: str) -> str:
    rows = connection.execute("SELECT name, format, seal FROM book").fetchall()
    if len(rows) != 1:
        raise StoreDamaged(where, "it does not say which book it is")
    name, version, seal = rows[0]
    if not isinstance(name, str) or _seal(name, version) != seal:
        raise StoreDamaged(where, "the name of the book is not as it was put in")
    return name


def _check_table(connection: sqlite3.Connection, table: Table, where: str) -> None:
    for statement in _declared(table):
        query = "SELECT COUNT(*) FROM sqlite_schema WHERE sql = ?"
        if connection.execute(query, (statement,)).fetchone() != (1,):
            raise StoreDamaged(where, f"its index has no {table.name}, or not as this version keeps it")
