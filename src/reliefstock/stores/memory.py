"""A journal in memory: the records of a book that lasts as long as its program.

It keeps no index rows: whoever holds all that happened in memory asks that instead.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import NoReturn

from reliefstock.errors import Incomplete, JournalMoved
from reliefstock.journal import START, Cell, Head, Record, Row, Rows, Snapshot, verified_hashes

__all__ = ["MemoryJournal"]


class MemoryJournal:
    """The records of one book, in memory. See `reliefstock.journal.Journal`.

    >>> from reliefstock.journal import chained
    >>> journal = MemoryJournal("Ankang")
    >>> journal.append(list(chained([b"opened", b"received"])), {}).size
    2
    >>> [record.payload for record in journal.read(after=1)]
    [b'received']
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._records: list[Record] = []
        self._hashes: list[bytes] = []
        self._snapshot: Snapshot | None = None
        self._is_held = False
        self._lock = RLock()  # nobody can open it a second time, so threads share it

    @property
    def where(self) -> str:
        """It is nowhere but in memory, under the name of the book."""
        return f"memory ({self._name})"

    @property
    def name(self) -> str:
        """The name of the book."""
        return self._name

    @property
    def has_index(self) -> bool:
        """It keeps none."""
        return False

    def head(self) -> Head:
        """See `Journal.head`."""
        with self._lock:
            return Head(len(self._hashes), self._hashes[-1]) if self._hashes else START

    def read(
        self,
        after: int = 0,
        until: int | None = None,
        *,
        checked: bool = True,  # noqa: ARG002 -- nothing happens to them in memory
    ) -> Iterator[Record]:
        """See `Journal.read`; what is appended while it goes on is not in it."""
        last = len(self._records) if until is None else min(until, len(self._records))
        return (self._records[at] for at in range(max(after, 0), last))

    def append(self, records: Sequence[Record], rows: Rows) -> Head:  # noqa: ARG002 -- it keeps no index
        """See `Journal.append`. Index rows are let go.

        Raises:
            JournalMoved: the first of them does not follow the last record that is there.
            ChainBroken: they do not follow one another. Nothing was kept.
        """
        with self._lock:
            head = self.head()
            if records and (records[0].number - 1, records[0].previous) != head:
                raise JournalMoved(self.where, records[0].number - 1, head.size)
            hashes = list(verified_hashes(records, head))
            self._records += records
            self._hashes += hashes
            return self.head()

    def settle(self) -> None:
        """See `Journal.settle`: there is no disk to wait for."""

    @contextmanager
    def held(self) -> Generator[Head]:
        """See `Journal.held`. It is not held twice: raises `Incomplete`."""
        with self._lock:
            if self._is_held:
                reason, do = "it is held already", "let one end before the next"
                raise Incomplete(
                    f"holding {self.where}", reason, do, zh=f"锁定 {self.where}：已经锁定；请等前一次结束"
                )
            size, self._is_held = len(self._records), True
            try:
                yield self.head()
            except BaseException:
                del self._records[size:], self._hashes[size:]
                raise
            finally:
                self._is_held = False

    def find(
        self,
        table: str,
        given: Mapping[str, Cell],
        *,
        order: Sequence[str] = (),  # noqa: ARG002 -- nothing is found
        last: bool = False,  # noqa: ARG002
    ) -> list[Row]:
        """There is nothing to find. Raises `Incomplete`."""
        self._refuse(
            f"rows of {table} with {', '.join(given) or 'anything'}",
            f"表 {table} 的行（{'、'.join(given) or '不限'}）",
        )

    def select(self, query: str, given: Mapping[str, Cell]) -> list[tuple[Cell, ...]]:  # noqa: ARG002
        """There is nothing to ask. Raises `Incomplete`."""
        self._refuse(query, query)

    def _refuse(self, asked: str, zh: str) -> NoReturn:
        reason = f"it keeps no index, and was asked for {asked}"
        raise Incomplete(
            self.where,
            reason,
            "look at `has_index` first, and ask the book",
            zh=f"{self.where}：没有索引，却被查询 {zh}；请先看 `has_index`，并改向账册查询",
        )

    def hashes(self, first: int, count: int) -> list[bytes]:
        """See `Journal.hashes`."""
        return self._hashes[first : first + count]

    def snapshot(self) -> Snapshot | None:
        """See `Journal.snapshot`."""
        return self._snapshot

    def keep_snapshot(self, snapshot: Snapshot | None) -> None:
        """See `Journal.keep_snapshot`."""
        self._snapshot = snapshot

    def close(self) -> None:
        """There is nothing to let go of; it stays as it is."""
