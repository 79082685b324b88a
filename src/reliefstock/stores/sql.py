"""A journal in a PostgreSQL database, or one that speaks its protocol: many books in one place.

Whoever appends locks the row of the book, so that writers of one book wait for one another, for `patience`
seconds, and those of different books do not. What `append` returned from is as durable as the server makes a
commit: `synchronous_commit` is switched on where it was off, and the server is not to run without `fsync`.

A journal has one connection. When that is lost, what was held is lost with it and says so; the next call
connects anew. The tables are made and changed by steps (`reliefstock.stores.sql_schema`): by `create` where
they are missing or old, and else by `upgrade` alone. `create_engine` is given the address as it is, so all
that SQLAlchemy knows of `postgresql+psycopg://` can stand in it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import lru_cache
from os import getpid
from typing import Any, Final, Self

from reliefstock.errors import (
    AlreadyABook,
    MissingExtra,
    NewerFormat,
    NotABook,
    ReliefstockError,
    StoreDamaged,
    StoreUnreachable,
)
from reliefstock.journal import START, Cell, Column, Head, Row, Snapshot, Table
from reliefstock.stores.asking import LAST, quoted
from reliefstock.stores.pending import Stored
from reliefstock.stores.sealing import SEAL
from reliefstock.stores.sql_errors import told_sql
from reliefstock.stores.sql_schema import (
    SCHEMA,
    address_shown,
    check_tables,
    check_version,
    engine_at,
    is_current,
    upgrade,
    upgraded,
)
from reliefstock.stores.stored import PATIENCE, StoredJournal

try:
    from sqlalchemy import Connection, TextClause, text
except ImportError as error:
    raise MissingExtra("postgres", "sqlalchemy") from error

__all__ = ["FORMAT", "SqlJournal", "book_names", "upgrade"]

FORMAT: Final = 1
"""The format of a book that this version of the library writes."""

_SETTINGS: Final = (
    f"SET search_path TO {SCHEMA}",
    """SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')""",
)
_KINDS: Final = {"whole": "bigint", "text": "text", "bytes": "bytea"}
_BOOKS: Final = text("SELECT id, name, format FROM books WHERE CAST(:name AS text) IS NULL OR name = :name")
_NAMES: Final = text("SELECT name FROM books ORDER BY name")
_NEW: Final = text(
    "INSERT INTO books (name, format, size, head) VALUES (:name, :format, :size, :head) "
    "ON CONFLICT DO NOTHING"
)
_BEGIN: Final = text("BEGIN")
_COMMIT: Final = text("COMMIT")
_ROLLBACK: Final = text("ROLLBACK")
_HEAD: Final = text("SELECT size, head FROM books WHERE id = :book")
# Not FOR UPDATE, which would keep others from naming the book in rows of their own, as the people do.
_LOCKED: Final = text("SELECT size, head FROM books WHERE id = :book FOR NO KEY UPDATE")
_MOVED: Final = text("UPDATE books SET size = :size, head = :head WHERE id = :book")
_FORGET: Final = text("DELETE FROM snapshots WHERE book = :book")
_REMEMBER: Final = text("INSERT INTO snapshots VALUES (:book, :size, :hash, :content)")
_RECORDS: Final = Table(
    "records",
    (
        Column("number", "whole"),
        Column("previous", "bytes"),
        Column("payload", "bytes"),
        Column("hash", "bytes"),
    ),
    key=("number",),
)


class SqlJournal(StoredJournal):
    """The records of one book in a database, with their index. See `reliefstock.journal.Journal`."""

    def __init__(
        self,
        address: str,
        name: str,
        tables: Sequence[Table],
        *,
        patience: float,
        read_only: bool,
    ) -> None:
        self._address = address_shown(address)
        super().__init__(f"{self._address} ({name})", name, tables, patience=patience, read_only=read_only)
        self._engine = engine_at(address, patience)
        self._open: Connection | None = None
        self._is_closed = False
        self._book = 0

    @classmethod
    def create(
        cls, address: str, name: str, *, tables: Sequence[Table] = (), patience: float = PATIENCE
    ) -> Self:
        """Make room for a new book, and the tables where they are missing or old. Opens it.

        A book of that name without any record is taken for it.

        Raises:
            AlreadyABook: there is a book of that name.
            AccessRefused: the password is wrong, or this user may not.
            StoreError: it cannot be reached, or not be written.
            Incomplete: this is no address of PostgreSQL.
        """
        journal = cls(address, name, tables, patience=patience, read_only=False)
        try:
            with journal._told():
                if not is_current(journal._connected(), journal.where):
                    upgraded(journal._connected(), journal.where)
                check_tables(journal._connected(), tables, journal._address)
            new = {"name": name, "format": FORMAT, "size": START.size, "head": START.hash}
            journal._execute(_NEW, new)
            journal._find(name)
            journal._check_not_begun()
        except BaseException:
            journal.close()
            raise
        return journal

    @classmethod
    def open(
        cls,
        address: str,
        name: str | None = None,
        *,
        tables: Sequence[Table] = (),
        patience: float = PATIENCE,
        read_only: bool = False,
    ) -> Self:
        """Open a book that is there; without a name, the only one.

        Raises:
            NotABook: there is no such book, or more than one where none is named, or no such database.
            NewerFormat: a later version of the library wrote it.
            AccessRefused: the password is wrong, or this user may not.
            StoreDamaged: its index is not as declared in `tables`.
            StoreError: it cannot be reached.
            Incomplete: the tables are older than this version needs, or this is no address of PostgreSQL.
        """
        journal = cls(address, name or "", tables, patience=patience, read_only=read_only)
        try:
            with journal._told():
                check_version(journal._connected(), journal._address)
                check_tables(journal._connected(), tables, journal._address)
            journal._find(name)
        except BaseException:
            journal.close()
            raise
        return journal

    def _find(self, name: str | None) -> None:
        found = self._execute(_BOOKS, {"name": name})
        if len(found) != 1:
            which = f"there are {len(found)} books in it, and none is named" if name is None else ""
            raise NotABook(self._address, which or f"there is no book {name!r} in it")
        self._book, self._name, version = found[0]
        self._where = f"{self._address} ({self._name})"
        if version > FORMAT:
            raise NewerFormat(self._where, version, FORMAT)

    def _check_not_begun(self) -> None:
        if self.head() != START:
            raise AlreadyABook(self._address, self._name)

    def close(self) -> None:
        """See `Journal.close`. In another process than its own it does nothing."""
        self._is_closed = True
        if getpid() == self._process:
            self._let_go()

    def _let_go(self) -> None:
        connection, self._open = self._open, None
        if connection is not None:
            with suppress(ReliefstockError), self._told():
                connection.close()

    # The connection

    @contextmanager
    def _told(self) -> Generator[None]:
        """Say what goes wrong; while it is held, the server has then given up all of it."""
        try:
            with told_sql(self._where, self._patience):
                yield
        except ReliefstockError as error:
            if self._is_held:
                self._failed = error
            if isinstance(error, StoreUnreachable) and getpid() == self._process:
                connection, self._open = self._open, None
                if connection is not None:
                    connection.invalidate()
            raise

    def _connected(self) -> Connection:
        """The connection, made anew where it was lost."""
        self._check_process()
        if self._is_closed:
            raise StoreUnreachable(self._where, "it was closed; open it again")
        if self._open is None:
            if self._is_held:
                raise StoreUnreachable(self._where, "the connection was lost")
            self._open = self._engine.connect()
            for setting in self._settings():
                self._open.exec_driver_sql(setting)
        return self._open

    def _settings(self) -> Iterator[str]:
        yield from _SETTINGS
        yield f"SET lock_timeout TO {max(int(self._patience * 1_000), 1)}"
        if self._read_only:
            yield "SET default_transaction_read_only TO on"

    def _execute(self, statement: TextClause, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        with self._told():
            result = self._connected().execute(statement, dict(given))
            return [tuple(row) for row in result] if result.returns_rows else []

    # In its own way

    def _ask(self, query: str, given: Mapping[str, Cell]) -> list[tuple[Any, ...]]:
        rows = self._execute(_asking(query), {**given, "book": self._book})
        return [tuple(map(_cell, row)) for row in rows]

    def _seen_head(self) -> Head:
        return self._row_of_book(_HEAD)

    def _row_of_book(self, statement: TextClause) -> Head:
        rows = self._execute(statement, {"book": self._book})
        if not rows:
            raise StoreDamaged(self._where, "the book is no longer there")
        return Head(*rows[0])

    def settle(self) -> None:
        """See `Journal.settle`: the server shows nobody what it has not flushed."""

    def _begin(self) -> Head:
        self._execute(_BEGIN, {})
        return self._row_of_book(_LOCKED)

    def _put_in(self, records: Sequence[Stored], rows: Mapping[str, Sequence[Row]]) -> None:
        self._put(_RECORDS, records)
        for table, added in rows.items():
            self._put(self._pending.sealer(table).table, added)

    def _put(self, table: Table, rows: Sequence[Row]) -> None:
        """All rows with one statement, a list a column."""
        if rows:
            columns = {f"c{at}": list(column) for at, column in enumerate(zip(*rows, strict=True))}
            self._execute(_putting(table), {**columns, "book": self._book})

    def _put_snapshot(self, snapshot: Snapshot | None) -> None:
        self._execute(_FORGET, {"book": self._book})
        if snapshot is not None:
            size, its_hash = snapshot.head
            given = {"book": self._book, "size": size, "hash": its_hash, "content": snapshot.content}
            self._execute(_REMEMBER, given)

    def _end(self, head: Head) -> None:
        self._execute(_MOVED, {"book": self._book, "size": head.size, "head": head.hash})
        self._check_sound()  # the server answers COMMIT after an error by taking all back
        self._execute(_COMMIT, {})

    def _roll_back(self) -> None:
        with suppress(ReliefstockError):
            if self._open is not None:
                self._execute(_ROLLBACK, {})

    def _check_store(self) -> Iterator[ReliefstockError]:
        """What is wrong in the row of the book; the server looks after its files itself."""
        try:
            stored = self._ask(LAST, {})
            if (Head(*stored[0]) if stored else START) != self._seen_head():
                yield StoreDamaged(self._where, "the head of the book is not that of its last record")
        except ReliefstockError as error:
            yield error


def book_names(address: str, *, patience: float = PATIENCE) -> tuple[str, ...]:
    """The names of all books in a database, in their order; none where there are no tables yet.

    Raises:
        StoreError: it cannot be reached, or this user may not.
        Incomplete: this is no address of PostgreSQL, or its tables are older than this version needs.
    """
    where = address_shown(address)
    with told_sql(where, patience), engine_at(address, patience).connect() as connection:
        try:
            check_version(connection, where)
        except NotABook:
            return ()
        connection.exec_driver_sql(_SETTINGS[0])
        return tuple(connection.execute(_NAMES).scalars())


@lru_cache(maxsize=512)
def _asking(query: str) -> TextClause:
    return text(query.replace("{book}", "book = :book"))


@lru_cache(maxsize=256)
def _putting(table: Table) -> TextClause:
    columns = table.columns if table is _RECORDS else (*table.columns, Column(SEAL, "whole"))
    names = ", ".join(quoted(column.name) for column in columns)
    lists = ", ".join(f"CAST(:c{at} AS {_KINDS[column.kind]}[])" for at, column in enumerate(columns))
    known = " ON CONFLICT DO NOTHING" if table.first else ""
    return text(
        f"INSERT INTO {quoted(table.name)} (book, {names}) "  # noqa: S608 -- declared names
        f"SELECT :book, * FROM unnest({lists}){known}"
    )


def _cell(cell: object) -> Any:  # noqa: ANN401 -- whatever the server gives
    """A cell as other stores give it: sums are whole numbers, yes is 1, bytes are bytes."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else cell
    if isinstance(cell, bool):
        return int(cell)
    return cell
