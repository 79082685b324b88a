"""The index of a book: where in its records stands what is asked for, and how much was where on which day.

Index rows are made of the records and can be made of them again. They let a book with a long history be
opened and asked without reading all of it: a row of `postings` is one posting, all others say in which record
a thing is, or which is which. Days are the ordinals of `date`, places their texts.

A posting to a place in the society's care also says how the position stands after it, in the order of the
entries: so much came in, worth so much, of which so much has left, and which posting brought it there from
nothing. So what there is, is told by the last posting of each lot in each such place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from reliefstock.journal import Cell, Column, Row, Rows, Table
from reliefstock.ledger import Entry, Lot, Place, Position
from reliefstock.operations import Reversal
from reliefstock.records import Content, Posted

__all__ = ["TABLES", "Before", "Indexer", "Standing", "rows_of"]

TABLES: Final[Sequence[Table]] = (
    Table(
        "postings",
        (
            Column("place", "text"),
            Column("lot", "text"),
            Column("day", "whole"),
            Column("entry", "whole"),
            Column("line", "whole"),
            Column("quantity", "whole"),
            Column("value", "whole"),
            Column("held", "whole"),
            Column("count", "whole"),
            Column("worth", "whole"),
            Column("gone", "whole"),
            Column("came_entry", "whole"),
            Column("came_line", "whole"),
        ),
        key=("place", "lot", "day", "entry", "line"),
        lookups=(("lot", "entry", "line"),),
    ),
    Table("entries", (Column("number", "whole"), Column("record", "whole")), key=("number",)),
    Table("reversals", (Column("entry", "whole"), Column("number", "whole")), key=("entry",)),
    Table(
        "lots",
        (
            Column("ordinal", "whole"),
            Column("id", "text"),
            Column("record", "whole"),
            Column("birthplace", "text"),
            Column("donation", "text", empty=True),
        ),
        key=("ordinal",),
        lookups=(("id",), ("donation", "ordinal")),
    ),
    Table("parts", (Column("part", "text"), Column("made", "whole")), key=("part", "made")),
    Table(
        "places",
        (
            Column("place", "text"),
            Column("kind", "text"),
            Column("entry", "whole"),
            Column("line", "whole"),
        ),
        key=("place",),
        lookups=(("kind", "entry", "line"),),
        first=True,
    ),
    Table(
        "papers",
        (
            Column("record", "whole"),
            Column("number", "text"),
            Column("command", "text"),
            Column("content", "bytes"),
        ),
        key=("record",),
        lookups=(("number",), ("command",)),
    ),
    Table(
        "taken_back",
        (Column("number", "text"), Column("record", "whole"), Column("day", "whole")),
        key=("number",),
    ),
    Table(
        "holds",
        (
            Column("hold", "text"),
            Column("lot", "text"),
            Column("number", "whole"),
            Column("place", "text"),
            Column("record", "whole"),
            Column("quantity", "whole"),
        ),
        key=("hold", "lot"),
        lookups=(("number",), ("place", "lot", "number")),
    ),
    Table(
        "outcomes",
        (
            Column("record", "whole"),
            Column("line", "whole"),
            Column("hold", "text"),
            Column("lot", "text"),
            Column("document", "text"),
            Column("quantity", "whole"),
        ),
        key=("record", "line"),
        lookups=(("hold", "lot"), ("document",)),
    ),
    Table("turns", (Column("record", "whole"),), key=("record",)),
)
"""`turns` names the records that change more than where goods are: nouns, policy, counts, closing."""


_LATELY: Final = 10_000  # places


class Standing(NamedTuple):
    """How a position stands, and which posting brought it there from nothing; see `Position`."""

    position: Position = Position()
    came: tuple[int, int] = (0, 0)


Stand = Callable[[Place, str], Standing]
"""How a position in the society's care stands before a record: empty where nothing is."""


class Before(NamedTuple):
    """What there was before a record: so many lots and holds, and how positions stand."""

    lots: int
    holds: int
    stand: Stand


def rows_of(content: Content, record: int, before: Before) -> Rows:
    """The index rows of a record, and what there was before it."""
    if not isinstance(content, Posted):
        return {"turns": [(record,)]}
    rows: dict[str, list[Row]] = {
        "papers": [(record, content.document.number, content.command, content.content)],
        "entries": [(entry.number, record) for entry in content.entries],
        "postings": list(_postings(content.entries, before.stand)),
        "places": [row for entry in content.entries for row in _places(entry)],
        "reversals": [(entry.reverses, entry.number) for entry in content.entries if entry.reverses],
        "lots": [],
        "parts": [],
        "holds": [
            (hold.id, hold.lot, number, str(hold.place), record, hold.quantity)
            for number, hold in enumerate(content.holds, before.holds)
        ],
        "outcomes": [
            (record, line, outcome.hold, outcome.lot, outcome.document, outcome.quantity)
            for line, outcome in enumerate(content.outcomes)
        ],
    }
    for ordinal, lot in enumerate(content.lots, before.lots + 1):
        rows["lots"].append(_lot(lot, ordinal, record, content.entries))
        rows["parts"] += ((part, ordinal) for part in dict.fromkeys(part.lot for part in lot.made_of))
    if isinstance(content.document, Reversal):
        rows["taken_back"] = [(content.document.reverses, record, content.document.on.toordinal())]
    if content.counted or content.closing is not None:
        rows["turns"] = [(record,)]
    return {table: found for table, found in rows.items() if found}


class Indexer:
    """Makes the index rows of all records, one after the other, from the first on.

    It keeps what that needs: how many lots there were, and how the positions stand that are not empty.
    """

    def __init__(self) -> None:
        self._lots = self._holds = 0
        self._standing: dict[tuple[Place, str], Standing] = {}
        self._used: set[Cell] = set()

    def rows(self, content: Content, record: int) -> Rows:
        """The index rows of the next record."""
        rows = rows_of(content, record, Before(self._lots, self._holds, self._stand))
        if not isinstance(content, Posted):
            return rows
        rows = {**rows, "places": self._new_places(rows.get("places", ()))}
        self._lots += len(content.lots)
        self._holds += len(content.holds)
        for entry in content.entries:
            for key, standing in after(entry, self._stand):
                if standing.position.quantity:
                    self._standing[key] = standing
                else:
                    self._standing.pop(key, None)
        return rows

    def _new_places(self, rows: Sequence[Row]) -> list[Row]:
        """The rows of places, but for those that were used lately: their rows are there already."""
        new = [row for row in rows if row[0] not in self._used]
        if len(self._used) > _LATELY:
            self._used.clear()
        self._used.update(row[0] for row in new)
        return new

    def _stand(self, place: Place, lot: str) -> Standing:
        return self._standing.get((place, lot), Standing())


def after(entry: Entry, stand: Stand) -> Iterator[tuple[tuple[Place, str], Standing]]:
    """How each position in the society's care stands after an entry that moves it, posting by posting.

    A lot is posted to a place once in an entry.
    """
    for line, one in enumerate(entry.postings):
        if one.place.kind.is_held:
            before = stand(one.place, one.lot)
            came = before.came if before.position.quantity else (entry.number, line)
            yield (one.place, one.lot), Standing(before.position.after(one.quantity, one.value), came)


def _postings(entries: Iterable[Entry], stand: Stand) -> Iterator[Row]:
    """The rows of postings; an entry finds positions as those before it in the same record left them."""
    changed: dict[tuple[Place, str], Standing] = {}

    def now(place: Place, lot: str) -> Standing:
        return changed.get((place, lot)) or stand(place, lot)

    for entry in entries:
        moved = dict(after(entry, now))
        changed.update(moved)
        day = entry.on.toordinal()
        for line, one in enumerate(entry.postings):
            row = (str(one.place), one.lot, day, entry.number, line, one.quantity, one.value)
            at = moved.get((one.place, one.lot))
            if at is None:
                yield *row, 0, 0, 0, 0, 0, 0
            else:
                yield *row, 1, at.position.count, at.position.worth, at.position.out, *at.came


def _places(entry: Entry) -> Iterator[Row]:
    for line, posting in enumerate(entry.postings):
        yield str(posting.place), posting.place.kind.value, entry.number, line


def _lot(lot: Lot, ordinal: int, record: int, entries: Sequence[Entry]) -> tuple[Cell, ...]:
    born = next(
        posting.place
        for entry in entries
        for posting in entry.postings
        if posting.lot == lot.id and posting.quantity < 0
    )
    donation = None if lot.made_of else lot.donation
    return ordinal, lot.id, record, str(born), donation
