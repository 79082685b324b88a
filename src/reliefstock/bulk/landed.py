"""What rows have written: records that follow one another, with their index rows, until they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from reliefstock.journal import START, Cell, Head, Record, record_hash
from reliefstock.operations.desk import numbered

if TYPE_CHECKING:
    from reliefstock.bulk.looking import Spot
    from reliefstock.ledger import Lot
    from reliefstock.operations import Document

__all__ = ["Landed", "Paper"]

Paper = tuple[str, str, bytes]
"""The number of a document, the command that it came by, and the SHA-256 of what was asked."""


class Landed:
    """Records after a head, with what a book numbers: entries, lots, and documents by kind.

    `count` tells how many documents of a kind the book has, `is_known` whether a place has its row, and
    `commands` are ids for rows that have none. `recorded_at` is the fragment of the instant that all state.
    """

    def __init__(
        self,
        *,
        count: Callable[[type[Document]], int],
        commands: Iterator[str],
        is_known: Callable[[str], bool],
    ) -> None:
        self.recorded_at = b""
        self._count = count
        self._commands = commands
        self._is_known = is_known
        self.go_on(START, 0, 0)

    def _clear(self) -> None:
        self.records: list[Record] = []
        self.lots: list[Lot] = []
        self.made: dict[type[Document], int] = {}
        self._papers: list[tuple[Cell, ...]] = []
        self._entries: list[tuple[Cell, ...]] = []
        self._postings: list[tuple[Cell, ...]] = []
        self._places: dict[str, tuple[Cell, ...]] = {}
        self._lots: list[tuple[Cell, ...]] = []

    @property
    def rows(self) -> dict[str, Sequence[tuple[Cell, ...]]]:
        """The index rows by table."""
        rows = {
            "papers": self._papers,
            "entries": self._entries,
            "postings": self._postings,
            "places": list(self._places.values()),
            "lots": self._lots,
        }
        return {table: found for table, found in rows.items() if found}

    def go_on(self, head: Head, entries: int, lots: int) -> None:
        """It is kept, and there may be more since: let go of it, and go on after that."""
        self.head, self.entry, self._lots_before = head, entries + 1, lots
        self._clear()

    def command(self) -> str:
        """An id for a row that has none."""
        return next(self._commands)

    def number(self, kind: type[Document]) -> str:
        """The number of the next document of a kind."""
        return numbered(kind, self._count(kind) + self.made.get(kind, 0) + 1)

    @property
    def next_lot(self) -> int:
        """As the how manyth of the book the next lot comes in."""
        return self._lots_before + len(self.lots) + 1

    def add(
        self,
        payload: bytes,
        kind: type[Document],
        paper: Paper,
        postings: Sequence[tuple[Cell, ...]],
        spots: Sequence[Spot],
    ) -> None:
        """Add a record with one document and one entry; `spots` are where its first postings are."""
        size, before = self.head
        size += 1
        self.records.append(Record(size, before, payload))
        self.head = Head(size, record_hash(size, before, payload))
        self._papers.append((size, *paper))
        self._entries.append((self.entry, size))
        self._postings += postings
        for line, spot in enumerate(spots):
            if spot.place_text not in self._places and not self._is_known(spot.place_text):
                self._places[spot.place_text] = (spot.place_text, spot.place.kind.value, self.entry, line)
        self.made[kind] = self.made.get(kind, 0) + 1
        self.entry += 1

    def bring(self, lot: Lot, birthplace: str) -> None:
        """A lot comes with the record that was added last."""
        self._lots.append((self.next_lot, lot.id, self.head.size, birthplace, lot.donation))
        self.lots.append(lot)
