"""What journals in a database have in common, whichever database it is.

What is appended while a journal is held waits in memory until something is asked or the end comes
(`reliefstock.stores.pending`). Records are read with their hashes and rows of the index with their seals, so
that what a disk has changed is not taken for what was written.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import getpid
from typing import Any, Final, Self

from reliefstock.errors import (
    ChainBroken,
    Incomplete,
    ReliefstockError,
    StoreDamaged,
    StoreReadOnly,
    StoreUnreachable,
)
from reliefstock.journal import START, Cell, Head, Record, Row, Rows, Snapshot, Table, record_hash, verify
from reliefstock.stores.asking import HASHES, LAST, RECORDS, SNAPSHOT, check_query, finding, paging
from reliefstock.stores.doubting import Doubt
from reliefstock.stores.pending import Pending, Stored
from reliefstock.stores.sealing import Sealer

__all__ = ["PATIENCE", "StoredJournal"]

PATIENCE: Final = 10
"""For how many seconds others that write are waited for, where nothing else is said."""

_AT_ONCE: Final = 1_000  # records, or rows, that are read or put in with one statement


class StoredJournal(ABC):
    """A journal in a database. See `reliefstock.journal.Journal`; what is said there is not said again here.

    It is used in the process that opened it: in a child that was forked, it is opened again.
    """

    def __init__(
        self, where: str, name: str, tables: Sequence[Table], *, patience: float, read_only: bool
    ) -> None:
        self._where = where
        self._name = name
        self._pending = Pending(where, tables)
        self._patience = patience
        self._read_only = read_only
        self._process = getpid()
        self._is_held = False
        self._failed: ReliefstockError | None = None  # after which nothing more is taken until the end
        self._held_head = START
        self._doubt: Doubt | None = None

    @property
    def where(self) -> str:
        """A path, or an address without its password."""
        return self._where

    @property
    def name(self) -> str:
        """The name of the book."""
        return self._name

    @property
    def has_index(self) -> bool:
        """It keeps one."""
        return True

    @property
    def tables(self) -> tuple[Table, ...]:
        """What its index is declared to be."""
        return tuple(sealer.table for sealer in self._pending.sealers.values())

    @property
    def is_read_only(self) -> bool:
        """Whether it was opened to be read only."""
        return self._read_only

    def _check_process(self) -> None:
        if getpid() != self._process:
            raise StoreUnreachable(self.where, "it was opened before a fork; open it again in this process")

    # Reading

    def head(self) -> Head:
        """See `Journal.head`."""
        return self._held_head if self._is_held else self._seen_head()

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
        there = self.head().size
        last = there if until is None else min(until, there)
        self._flush()
        return self._read(max(after, 0), last, checked=checked)

    def _read(self, after: int, last: int, *, checked: bool) -> Iterator[Record]:
        while after < last:
            found = self._ask(RECORDS, {"after": after, "last": last, "most": _AT_ONCE})
            for number, previous, payload, its_hash in found:
                if checked:
                    after += 1
                    self._check_record(after, (number, previous, payload, its_hash))
                yield Record(number, previous, payload)
            if len(found) < _AT_ONCE:
                if checked and after < last:
                    raise StoreDamaged(self.where, f"record {after + 1} is missing")
                return
            if not checked and found[-1][0] <= after:  # a damaged tree could go round in circles
                raise StoreDamaged(self.where, f"the records after {after} are out of order")
            after = found[-1][0]

    def _check_record(self, due: int, stored: Stored) -> None:
        if stored[0] != due:
            raise StoreDamaged(self.where, f"record {due} is missing")
        try:
            is_whole = record_hash(*stored[:3]) == stored[3]
        except ChainBroken:
            is_whole = False
        if not is_whole:
            raise StoreDamaged(self.where, f"record {due} is not as it was put in")

    def hashes(self, first: int, count: int) -> list[bytes]:
        """See `Journal.hashes`. Raises `StoreDamaged` where one is not that which the next record names."""
        self._flush()
        found = self._ask(HASHES, {"first": first, "most": max(count, 0) + 1})  # with the one that follows
        for at, (number, its_hash, _) in enumerate(found, first + 1):
            follows = found[at - first][2] if at - first < len(found) else its_hash
            if number != at or its_hash != follows or not isinstance(its_hash, bytes):
                raise StoreDamaged(self.where, f"the hash of record {at} is not as it was put in")
        return [row[1] for row in found[:count]]

    def find(
        self, table: str, given: Mapping[str, Cell], *, order: Sequence[str] = (), last: bool = False
    ) -> list[Row]:
        """See `Journal.find`. Rows that are alike in these columns come in the order of their key.

        Raises:
            Incomplete: there is no such table, or column.
            StoreDamaged: a row is not as it was put in; it says which. Where the index is doubted, also
                where not all rows may have been found.
        """
        sealer = self._pending.sealer(table)
        empty = frozenset(name for name, cell in given.items() if cell is None)
        query = finding(sealer.table, tuple(given), empty, tuple(order), last=last)
        self._flush()
        if self._doubt is not None and not empty:
            return self._doubt.find(sealer, given, tuple(order), last=last)
        cells = {name: cell for name, cell in given.items() if cell is not None}
        return sealer.opened(self._ask(query, cells), self.where)

    def select(self, query: str, given: Mapping[str, Cell]) -> list[tuple[Cell, ...]]:
        """See `Journal.select`. Raises `Incomplete` for what is no query."""
        check_query(query)
        self._flush()
        if self._doubt is not None:
            self._doubt.check(query)
        return self._ask(query, given)

    def snapshot(self) -> Snapshot | None:
        """See `Journal.snapshot`."""
        rows = self._ask(SNAPSHOT, {})
        return Snapshot(Head(rows[0][0], rows[0][1]), rows[0][2]) if rows else None

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
        self._check_sound()
        self._held_head = self._pending.add(records, rows, self._held_head)
        if len(self._pending) >= _AT_ONCE:
            self._flush()
        return self._held_head

    @contextmanager
    def held(self) -> Generator[Head]:
        """See `Journal.held`. It is not held twice.

        Raises:
            StoreReadOnly: it was opened to be read only.
            StoreBusy: others did not stop writing in time, or reading, at the end.
            Incomplete: it is held already.
        """
        if self._is_held:
            raise Incomplete(
                f"holding {self.where}",
                "it is held already",
                "let one end before the next",
                zh=f"锁定 {self.where}：已经锁定；请等前一次结束",
            )
        if self._read_only:
            raise StoreReadOnly(self.where, "it was opened so")
        try:
            self._held_head = self._begin()
            self._is_held = True
            yield self._held_head
            self._flush()
            self._end(self._held_head)
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._is_held, self._failed = False, None
            self._pending.forget()

    def _check_sound(self) -> None:
        if self._failed is not None:
            raise self._failed

    def _flush(self) -> None:
        """Hand over what waits; it becomes durable at the end."""
        self._check_sound()
        if self._pending:
            try:
                self._put_in(*self._pending.take())
            except ReliefstockError as error:
                self._failed = error
                raise

    def keep_snapshot(self, snapshot: Snapshot | None) -> None:
        """See `Journal.keep_snapshot`."""
        if self._is_held:
            self._flush()
            self._put_snapshot(snapshot)
            return
        with self.held():
            self._put_snapshot(snapshot)

    # Looking after it

    def doubt(self, *beside: str) -> None:
        """Believe no answer of the index that could be short: it was not looked through, and may be damaged.

        See `reliefstock.stores.doubting`; it knows a file of SQLite, and no other store. Small tables that
        stand `beside` the index, and have no seals, are looked through at once.

        Raises:
            StoreDamaged: one of these is damaged.
        """
        self._doubt = Doubt(self.where, self._ask, self._pending.sealers)
        for table in beside:
            self._doubt.look_through(table)

    def compare_trees(self) -> None:
        """Compare the trees of all tables where the index is doubted, for whoever is about to read all of it.

        Raises:
            StoreDamaged: a tree has not all rows.
        """
        if self._doubt is not None:
            self._doubt.check_all()

    def check(self) -> list[ReliefstockError]:
        """Look through all of it; gives what is wrong with it, and nothing where it is sound.

        It looks at the structure of the store, at each record and the chain of all (to the first that is at
        fault), and at the seal of each row of the index.
        """
        self._flush()
        return [*self._check_store(), *self._check_chain(), *self._check_seals()]

    def _check_chain(self) -> Iterator[ReliefstockError]:
        try:
            last = verify(self.read())
            stored = self._ask(LAST, {})
            if stored and Head(*stored[0]) != last:
                yield StoreDamaged(self.where, f"there are records after number {last.size}")
        except ReliefstockError as error:
            yield error

    def _check_seals(self) -> Iterator[ReliefstockError]:
        for sealer in self._pending.sealers.values():
            try:
                faults = [sealer.fault(row) for row in self._all(sealer) if not sealer.is_whole(row)]
            except ReliefstockError as error:
                yield error
            else:
                yield from (StoreDamaged(self.where, fault) for fault in faults)

    def _all(self, sealer: Sealer) -> Iterator[Row]:
        """All rows of a table with their seals, some at a time. Raises `StoreDamaged` where it has no end."""
        found, last = self._ask(paging(sealer.table, first=True), {"most": _AT_ONCE}), None
        while found:
            yield from found
            key = sealer.key(found[-1])
            if last is not None and not _is_after(key, last):
                raise StoreDamaged(self.where, f"the rows of table {sealer.table.name} are out of order")
            last = key
            given = dict(zip(sealer.table.key, key, strict=True))
            found = self._ask(paging(sealer.table, first=False), {**given, "most": _AT_ONCE})

    @abstractmethod
    def close(self) -> None:
        """See `Journal.close`. In another process than its own it does nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What each database does in its own way

    @abstractmethod
    def _ask(self, query: str, given: Mapping[str, Cell]) -> list[tuple[Any, ...]]:
        """What a query finds; `{book}` in it is the condition that rows are of this book."""

    @abstractmethod
    def _seen_head(self) -> Head:
        """The head as it is now, for everybody."""

    @abstractmethod
    def _begin(self) -> Head:
        """Keep others from appending; gives the head."""

    @abstractmethod
    def _put_in(self, records: Sequence[Stored], rows: Mapping[str, Sequence[Row]]) -> None:
        """Put in records and sealed rows, while it is held."""

    @abstractmethod
    def _put_snapshot(self, snapshot: Snapshot | None) -> None:
        """Put a snapshot in the place of the last, while it is held."""

    @abstractmethod
    def _end(self, head: Head) -> None:
        """Make durable what was put in; this is the head now."""

    @abstractmethod
    def _roll_back(self) -> None:
        """Take back what was put in, and let go of what was known. It raises nothing."""

    @abstractmethod
    def _check_store(self) -> Iterator[ReliefstockError]:
        """What is wrong with the structure of the store."""


def _is_after(key: tuple[Any, ...], last: tuple[Any, ...]) -> bool:
    """Whether a key comes after another; in a damaged tree rows go round in circles, or have other types."""
    try:
        return key > last
    except TypeError:
        return False
