"""A journal in a file, by the SQLite that comes with Python: one book a file, and nothing else is needed.

Any number of programs may use one file, on one machine. Whoever writes waits for the others, for as long as
`patience` says in all. What `append` returned from outlasts a loss of power (see
`reliefstock.stores.sqlite_file`). A byte that a disk has changed is found when the record, or the row of the
index, is read; a row that is no longer found because of it is found missing by `check`, which looks through
all of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from functools import lru_cache
from os import PathLike, getpid
from pathlib import Path
from sqlite3 import Connection
from time import monotonic
from typing import Any, Final, Self

from reliefstock.errors import AlreadyABook, ReliefstockError, StoreDamaged, StoreUnreachable
from reliefstock.journal import START, Cell, Head, Row, Snapshot, Table
from reliefstock.stores.asking import LAST, quoted
from reliefstock.stores.pending import Stored
from reliefstock.stores.sqlite_errors import told
from reliefstock.stores.sqlite_file import FORMAT, made, opened
from reliefstock.stores.stored import PATIENCE, StoredJournal

__all__ = ["SqliteJournal"]

_WORTH_COUNTING: Final = 0.01  # seconds
_THIS_BOOK: Final = "1=1"  # there is no other in the file
_TOUCH: Final = f"PRAGMA user_version={FORMAT}"  # writes what is there already


class SqliteJournal(StoredJournal):
    """The records of one book in a file, with their index. See `reliefstock.journal.Journal`.

    >>> import tempfile
    >>> from reliefstock.journal import chained
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with SqliteJournal.create(f"{folder}/county.db", "Ankang") as journal:
    ...         head = journal.append(list(chained([b"opened", b"received"])), {})
    ...     with SqliteJournal.open(f"{folder}/county.db", read_only=True) as journal:
    ...         journal.name, journal.head() == head, [record.payload for record in journal.read(after=1)]
    ('Ankang', True, [b'received'])
    """

    def __init__(
        self,
        connection: Connection,
        path: Path,
        name: str,
        tables: Sequence[Table],
        *,
        patience: float,
        read_only: bool,
    ) -> None:
        super().__init__(str(path), name, tables, patience=patience, read_only=read_only)
        self._path = path
        self._open: Connection | None = connection
        self._head: Head | None = None  # as of `_version`
        self._version = -1
        self._settled = START  # up to here it was this connection that heard from the disk
        self._waited = 0.0

    @classmethod
    def create(
        cls, path: str | PathLike[str], name: str, *, tables: Sequence[Table] = (), patience: float = PATIENCE
    ) -> Self:
        """Make the file of a new book, and open it. One of that name without any record is taken for it.

        Raises:
            AlreadyABook: there is a book at this path.
            NotABook: there is another file, or no such folder.
            StoreError: the file cannot be made; nothing is left of it.
        """
        try:
            made(Path(path), name, tables, patience)
        except AlreadyABook as error:
            if error.name != name:
                raise
            begun = cls.open(path, tables=tables, patience=patience)
            if begun.head() == START:  # whoever made it did not come to the first record
                return begun
            begun.close()
            raise
        return cls.open(path, tables=tables, patience=patience)

    @classmethod
    def open(
        cls,
        path: str | PathLike[str],
        *,
        tables: Sequence[Table] = (),
        patience: float = PATIENCE,
        read_only: bool = False,
    ) -> Self:
        """Open the file of a book that is there.

        Raises:
            NotABook: there is no such file, or it is no book.
            NewerFormat: a later version of the library wrote it.
            StoreReadOnly: it is to be written, and cannot be.
            StoreBusy: others are using it in a way that cannot be shared.
            StoreDamaged: it cannot be read, or its index is not as declared in `tables`.
        """
        connection, name = opened(Path(path), tables, patience, read_only=read_only)
        return cls(connection, Path(path), name, tables, patience=patience, read_only=read_only)

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self._path

    @property
    def connection(self) -> Connection:
        """The connection to the file, in autocommit mode: for what is kept beside the records.

        Raises:
            StoreUnreachable: it was closed, or opened by another process.
        """
        self._check_process()
        if self._open is None:
            raise StoreUnreachable(self.where, "it was closed; open it again")
        return self._open

    def close(self) -> None:
        """See `Journal.close`. In another process than its own it does nothing."""
        if self._open is not None and getpid() == self._process:
            self._open.close()
            self._open = None

    # In its own way

    def _told(self) -> AbstractContextManager[None]:
        return told(self.where, self._patience, known=True)

    def _ask(self, query: str, given: Mapping[str, Cell]) -> list[tuple[Any, ...]]:
        with self._told():
            return self.connection.execute(query.replace("{book}", _THIS_BOOK), given).fetchall()

    def _run(self, statement: str, values: Sequence[Cell] = ()) -> None:
        self.connection.execute(statement, values).fetchall()

    def _seen_head(self) -> Head:
        with self._told():
            # The version first: what is written in between makes it look older than it is, never newer.
            (version,) = self.connection.execute("PRAGMA data_version").fetchone()
            if self._head is None or version != self._version:
                self._head, self._version = _head(self._ask(LAST, {})), version
            return self._head

    def settle(self) -> None:
        """See `Journal.settle`.

        The last of a commit is that the rollback journal is emptied. If the disk does not confirm this, all
        of it can be read, by everybody, but a loss of power would take it back; the next commit that succeeds
        ends that. So what this connection has not heard the disk confirm is committed once more.

        Raises:
            StoreReadOnly: it was opened to be read only, and cannot tell.
            StoreBusy: others did not stop in time.
            StoreError: the disk does not confirm it.
        """
        if self.head().size <= self._settled.size:
            return
        if self._is_held:
            self._touch()
        else:
            with self.held():
                self._touch()

    def _touch(self) -> None:
        with self._told():
            self._run(_TOUCH)

    def _begin(self) -> Head:
        began = monotonic()
        with self._told():
            self._run("BEGIN IMMEDIATE")
        self._waited = monotonic() - began
        return self._seen_head()

    def _put_in(self, records: Sequence[Stored], rows: Mapping[str, Sequence[Row]]) -> None:
        with self._told():
            self.connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", records)
            for table, added in rows.items():
                self.connection.executemany(_putting(self._pending.sealer(table).table), added)

    def _put_snapshot(self, snapshot: Snapshot | None) -> None:
        with self._told():
            self._run("DELETE FROM snapshots")
            if snapshot is not None:
                values = (*snapshot.head, snapshot.content)
                self._run("INSERT INTO snapshots VALUES (1, ?, ?, ?)", values)

    def _end(self, head: Head) -> None:
        with self._told():
            if self._waited <= _WORTH_COUNTING:
                self._run("COMMIT")
            else:
                self._commit_within(self._patience - self._waited)
        self._head = self._settled = head

    def _commit_within(self, seconds: float) -> None:
        """Who waited at the beginning waits so much less at the end, where readers have to stop."""
        self._wait_at_most(max(seconds, 0))
        try:
            self._run("COMMIT")
        finally:
            self._wait_at_most(self._patience)

    def _wait_at_most(self, seconds: float) -> None:
        self._run(f"PRAGMA busy_timeout={int(seconds * 1_000)}")

    def _roll_back(self) -> None:
        self._head = None
        with suppress(ReliefstockError), self._told():
            if self.connection.in_transaction:  # SQLite may have done so itself
                self._run("ROLLBACK")

    def check(self) -> list[ReliefstockError]:
        """See `StoredJournal.check`. Others cannot write meanwhile, so that all of it is of one moment."""
        if self._is_held:
            return super().check()
        try:
            with self._told():
                self._run("BEGIN")
        except ReliefstockError as error:
            return [error]
        try:
            return super().check()
        finally:
            if self.connection.in_transaction:
                self._run("ROLLBACK")

    def _check_store(self) -> Iterator[ReliefstockError]:
        try:
            found = self._ask("PRAGMA integrity_check", {})
        except ReliefstockError as error:
            yield error
        else:
            yield from (StoreDamaged(self.where, str(says)) for (says,) in found if says != "ok")


def _head(rows: Sequence[tuple[Any, ...]]) -> Head:
    return Head(*rows[0]) if rows else START


@lru_cache(maxsize=256)
def _putting(table: Table) -> str:
    places = ", ".join("?" * (len(table.columns) + 1))
    known = " ON CONFLICT DO NOTHING" if table.first else ""
    return f"INSERT INTO {quoted(table.name)} VALUES ({places}){known}"  # noqa: S608 -- a declared name
