"""A journal in a file, by the SQLite that comes with Python: one book a file, and nothing else is needed.

Any number of programs may use one file, on one machine. Whoever writes waits for the others, for as long as
`patience` says in all. What `append` returned from outlasts a loss of power (see
`reliefstock.stores.sqlite_file`), and what a disk changed is not taken for what was written: records are read
with their hashes, rows of the index with their seals, and `check` looks through all of the file.

A program that forks opens the book anew in each child: a journal says so when it is used in another process
than its own.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import lru_cache
from os import PathLike, getpid
from pathlib import Path
from sqlite3 import Connection, Cursor
from time import monotonic
from typing import Final, Self

from reliefstock.errors import (
    ChainBroken,
    Incomplete,
    JournalMoved,
    ReliefstockError,
    StoreDamaged,
    StoreReadOnly,
    StoreUnreachable,
)
from reliefstock.journal import (
    START,
    Cell,
    Head,
    Record,
    Row,
    Rows,
    Snapshot,
    Table,
    record_hash,
    verified_hashes,
    verify,
)
from reliefstock.stores.asking import check_columns, check_query
from reliefstock.stores.sealing import SEAL, Sealer
from reliefstock.stores.sqlite_errors import told
from reliefstock.stores.sqlite_file import made, opened, quoted

__all__ = ["PATIENCE", "SqliteJournal"]

PATIENCE: Final = 10
"""For how many seconds others that write are waited for, where nothing else is said."""

_AT_ONCE: Final = 1_000  # records that are read, or put in, with one statement
_WORTH_COUNTING: Final = 0.01  # seconds
_Stored = tuple[int, bytes, bytes, bytes]


class SqliteJournal:
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
        self._open: Connection | None = connection
        self._process = getpid()
        self._path = path
        self._name = name
        self._sealers = {table.name: Sealer(table) for table in tables}
        self._patience = patience
        self._read_only = read_only
        self._head: Head | None = None  # as of `_version`, and with all that is pending
        self._version = -1
        self._is_held = False
        self._failed: ReliefstockError | None = None
        self._records: list[_Stored] = []  # pending, while it is held
        self._rows: dict[str, list[Row]] = {}
        self._firsts: dict[str, set[Row]] = {}  # keys that were put in since it is held

    @classmethod
    def create(
        cls,
        path: str | PathLike[str],
        name: str,
        *,
        tables: Sequence[Table] = (),
        patience: float = PATIENCE,
    ) -> Self:
        """Make the file of a new book, and open it.

        Raises:
            AlreadyABook: there is a book at this path.
            NotABook: there is another file, or no such folder.
            StoreError: the file cannot be made; nothing is left of it.
        """
        made(Path(path), name, tables, patience)
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
    def where(self) -> str:
        """The path of the file."""
        return str(self._path)

    @property
    def name(self) -> str:
        """The name of the book."""
        return self._name

    @property
    def has_index(self) -> bool:
        """It keeps one."""
        return True

    @property
    def is_read_only(self) -> bool:
        """Whether it was opened to be read only."""
        return self._read_only

    @property
    def connection(self) -> Connection:
        """The connection to the file, in autocommit mode: for what is kept beside the records.

        Raises:
            StoreUnreachable: it was closed, or opened by another process.
        """
        if self._open is None:
            raise StoreUnreachable(self.where, "it was closed; open it again")
        if getpid() != self._process:
            raise StoreUnreachable(self.where, "it was opened before a fork; open it again in this process")
        return self._open

    # Reading

    def head(self) -> Head:
        """See `Journal.head`. It costs little where nobody has written since it was last asked for."""
        if self._is_held and self._head is not None:
            return self._head
        with self._told():
            return self._seen_head()

    def _seen_head(self) -> Head:
        # The version first: what is written in between makes it look older than it is, never newer.
        (version,) = self._one("PRAGMA data_version")
        if self._head is None or version != self._version:
            last = self._run("SELECT number, hash FROM records ORDER BY number DESC LIMIT 1").fetchone()
            self._head, self._version = Head(*last) if last else START, version
        return self._head

    def read(self, after: int = 0, until: int | None = None, *, checked: bool = True) -> Iterator[Record]:
        """See `Journal.read`. Others can write between one record and the next.

        Args:
            after: the number of the record before the first.
            until: the number of the last; None is the last that there is now.
            checked: whether to refuse what is not as it was written. What looks for that itself, and wants
                to see it, says False.

        Raises:
            StoreDamaged: a record is missing, or not as it was put in; it says which.
        """
        last = self.head().size if until is None else until
        self._flush()
        return self._read(max(after, 0), last, checked=checked)

    def _read(self, after: int, last: int, *, checked: bool) -> Iterator[Record]:
        query = (
            "SELECT number, previous, payload, hash FROM records "
            "WHERE number > ? AND number <= ? ORDER BY number LIMIT ?"
        )
        while after < last:
            with self._told():
                found = self._run(query, (after, last, _AT_ONCE)).fetchall()
            for number, previous, payload, its_hash in found:
                if checked:
                    after += 1
                    self._check_record(after, (number, previous, payload, its_hash))
                yield Record(number, previous, payload)
            if len(found) < _AT_ONCE:
                return
            after = found[-1][0]

    def _check_record(self, due: int, stored: _Stored) -> None:
        if stored[0] != due:
            raise StoreDamaged(self.where, f"record {due} is missing")
        if not _is_whole(stored):
            raise StoreDamaged(self.where, f"record {due} is not as it was put in")

    def hashes(self, first: int, count: int) -> list[bytes]:
        """See `Journal.hashes`."""
        self._flush()
        query = "SELECT hash FROM records WHERE number > ? ORDER BY number LIMIT ?"
        with self._told():
            return [row[0] for row in self._run(query, (first, max(count, 0)))]

    def find(
        self, table: str, given: Mapping[str, Cell], *, order: Sequence[str] = (), last: bool = False
    ) -> list[Row]:
        """See `Journal.find`. Rows that are alike in these columns come in the order of their key.

        Raises:
            Incomplete: there is no such table, or column.
            StoreDamaged: a row is not as it was put in; it says which.
        """
        sealer = self._sealer(table)
        empty = tuple(name for name, cell in given.items() if cell is None)
        query = _finding(sealer.table, tuple(given), empty, tuple(order), last=last)
        self._flush()
        with self._told():
            cells = [cell for cell in given.values() if cell is not None]
            rows: list[Row] = self._run(query, cells).fetchall()
        return sealer.opened(rows, self.where)

    def select(self, query: str, given: Mapping[str, Cell]) -> list[tuple[Cell, ...]]:
        """See `Journal.select`. Raises `Incomplete` for what is no query."""
        check_query(query)
        self._flush()
        with self._told():
            return self._run(query.replace("{book}", "1=1"), given).fetchall()

    def _sealer(self, table: str) -> Sealer:
        if table not in self._sealers:
            known = ", ".join(self._sealers)
            raise Incomplete(
                f"a row of {self.where}", f"there is no table {table}", f"ask for one of {known}"
            )
        return self._sealers[table]

    # Writing

    def append(self, records: Sequence[Record], rows: Rows) -> Head:
        """See `Journal.append`. While it is held, what is written waits for the end.

        Raises:
            JournalMoved: the first of them does not follow the last record that is there.
            ChainBroken: they do not follow one another.
            Incomplete: a row is not as its table is declared, or a whole number has more than 64 bits.
            StoreError: it cannot be written. Nothing was kept, in each case.
        """
        if self._is_held:
            return self._add(records, rows)
        with self.held():
            return self._add(records, rows)

    def _add(self, records: Sequence[Record], rows: Rows) -> Head:
        if self._failed is not None:
            raise self._failed
        head = self.head()
        new = self._stored(records, head)
        sealed = [
            (self._sealer(table), self._sealer(table).sealed(added, self._firsts.get(table, frozenset())))
            for table, added in rows.items()
        ]
        self._records += new  # from here on nothing is refused
        for sealer, added in sealed:
            self._put(sealer, added)
        if new:
            head = self._head = Head(new[-1][0], new[-1][3])
        if len(self._records) >= _AT_ONCE:
            self._flush()
        return head

    def _put(self, sealer: Sealer, rows: Sequence[Row]) -> None:
        table = sealer.table
        self._rows.setdefault(table.name, []).extend(rows)
        if table.first:
            self._firsts.setdefault(table.name, set()).update(map(sealer.key, rows))

    def _stored(self, records: Sequence[Record], head: Head) -> list[_Stored]:
        """Records as they are put in, with their hashes, where they follow a head."""
        if not records:
            return []
        first = records[0]
        if first.number != head.size + 1 or first.previous != head.hash:
            raise JournalMoved(self.where, first.number - 1, head.size)
        hashes = [first.hash] if len(records) == 1 else verified_hashes(records, head)
        both = zip(records, hashes, strict=True)
        return [(number, before, payload, its) for (number, before, payload), its in both]

    @contextmanager
    def held(self) -> Generator[Head]:
        """See `Journal.held`. It is not held twice.

        Raises:
            StoreReadOnly: it was opened to be read only.
            StoreBusy: others did not stop writing in time, or reading, at the end.
            Incomplete: it is held already.
        """
        if self._is_held:
            raise Incomplete(f"holding {self.where}", "it is held already", "let one end before the next")
        if self._read_only:
            raise StoreReadOnly(self.where, "it was opened so")
        try:
            waited, head = self._begin()
            yield head
            self._end(waited)
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._is_held, self._failed, self._firsts = False, None, {}

    def _begin(self) -> tuple[float, Head]:
        began = monotonic()
        with self._told():
            self._run("BEGIN IMMEDIATE")
            waited = monotonic() - began
            head, self._is_held = self._seen_head(), True
        return waited, head

    def _end(self, waited: float) -> None:
        """Make durable what was held; who waited at the beginning waits so much less at the end."""
        self._flush()
        with self._told():
            if waited <= _WORTH_COUNTING:
                self._run("COMMIT")
                return
            self._wait_at_most(max(self._patience - waited, 0))
            try:
                self._run("COMMIT")
            finally:
                self._wait_at_most(self._patience)

    def _wait_at_most(self, seconds: float) -> None:
        self._run(f"PRAGMA busy_timeout={int(seconds * 1_000)}")

    def _flush(self) -> None:
        """Hand what is pending to SQLite, which makes it durable at the end."""
        if self._failed is not None:
            raise self._failed
        if not (self._records or self._rows):
            return
        records, rows = self._records, self._rows
        self._records, self._rows = [], {}
        try:
            with self._told():
                self.connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", records)
                for table, added in rows.items():
                    self.connection.executemany(_putting(self._sealers[table].table), added)
        except ReliefstockError as error:
            self._failed = error  # nothing more is taken until the end, where all is rolled back
            raise

    def _roll_back(self) -> None:
        self._records, self._rows, self._head = [], {}, None
        with suppress(ReliefstockError), self._told():
            if self.connection.in_transaction:  # SQLite may have done so itself
                self._run("ROLLBACK")

    # What can be made again

    def snapshot(self) -> Snapshot | None:
        """See `Journal.snapshot`."""
        with self._told():
            row = self._run("SELECT size, hash, content FROM snapshots").fetchone()
        return None if row is None else Snapshot(Head(row[0], row[1]), row[2])

    def keep_snapshot(self, snapshot: Snapshot | None) -> None:
        """See `Journal.keep_snapshot`."""
        if not self._is_held:
            with self.held():
                return self.keep_snapshot(snapshot)
        with self._told():
            self._run("DELETE FROM snapshots")
            if snapshot is not None:
                values = (*snapshot.head, snapshot.content)
                self._run("INSERT INTO snapshots VALUES (1, ?, ?, ?)", values)
        return None

    # Looking after it

    def check(self) -> list[ReliefstockError]:
        """Look through all of the file; gives all that is wrong with it, and nothing where it is sound.

        It looks at the structure of the file and its indexes, at each record and the chain of all, and at
        the seal of each row of the index.
        """
        self._flush()
        return [*self._check_file(), *self._check_chain(), *self._check_seals()]

    def _check_file(self) -> Iterator[ReliefstockError]:
        try:
            with self._told():
                found = self._run("PRAGMA integrity_check").fetchall()
        except ReliefstockError as error:
            yield error
        else:
            yield from (StoreDamaged(self.where, says) for (says,) in found if says != "ok")

    def _check_chain(self) -> Iterator[ReliefstockError]:
        """The first record that is at fault: what follows it cannot be sound."""
        try:
            verify(self.read())
        except ReliefstockError as error:
            yield error

    def _check_seals(self) -> Iterator[ReliefstockError]:
        for sealer in self._sealers.values():
            try:
                with self._told():
                    rows = self._run(_finding(sealer.table, (), (), (), last=False))
                    faults = [sealer.fault(row[:-1]) for row in rows if not sealer.holds(row[:-1], row[-1])]
            except ReliefstockError as error:
                yield error
            else:
                yield from (StoreDamaged(self.where, fault) for fault in faults)

    def close(self) -> None:
        """See `Journal.close`. In another process than its own it does nothing."""
        if self._open is not None and getpid() == self._process:
            self._open.close()
            self._open = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Inside

    def _told(self) -> AbstractContextManager[None]:
        return told(self.where, self._patience, known=True)

    def _run(self, statement: str, values: Sequence[Cell] | Mapping[str, Cell] = ()) -> Cursor:
        return self.connection.execute(statement, values)

    def _one(self, statement: str) -> tuple[Cell, ...]:
        return self._run(statement).fetchone()


def _is_whole(stored: _Stored) -> bool:
    """Whether a record is as its hash says."""
    try:
        return record_hash(*stored[:3]) == stored[3]
    except ChainBroken:
        return False


@lru_cache(maxsize=256)
def _putting(table: Table) -> str:
    places = ", ".join("?" * (len(table.columns) + 1))
    known = " ON CONFLICT DO NOTHING" if table.first else ""
    return f"INSERT INTO {quoted(table.name)} VALUES ({places}){known}"  # noqa: S608 -- a declared name


@lru_cache(maxsize=256)
def _finding(
    table: Table, given: tuple[str, ...], empty: tuple[str, ...], order: tuple[str, ...], *, last: bool
) -> str:
    check_columns(table, (*given, *order))
    columns = ", ".join(quoted(name) for name in (*(column.name for column in table.columns), SEAL))
    conditions = (f"{quoted(name)} {'IS NULL' if name in empty else '= ?'}" for name in given)
    where = f" WHERE {' AND '.join(conditions)}" if given else ""
    down = " DESC" if last else ""
    ordered = ", ".join(f"{quoted(name)}{down}" for name in dict.fromkeys((*order, *table.key)))
    limit = " LIMIT 1" if last else ""
    return f"SELECT {columns} FROM {quoted(table.name)}{where} ORDER BY {ordered}{limit}"  # noqa: S608 -- as above
