"""The index of a book: where in its records stands what is asked for, and how much was where on which day.

Index rows are made of the records and can be made of them again. They let a book with a long history be
opened and asked without reading all of it: a row of `postings` is one posting, all others say in which record
a thing is, or which is which. Days are the ordinals of `date`, places their texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reliefstock.journal import Cell, Column, Row, Rows, Table
from reliefstock.ledger import Entry, Lot
from reliefstock.operations import Reversal
from reliefstock.records import Content, Posted

__all__ = ["TABLES", "rows_of"]

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
    Table("turns", (Column("record", "whole"),), key=("record",)),
)
"""`turns` names the records that change more than where goods are: nouns, policy, holds, counts, closing."""


def rows_of(content: Content, record: int, lots: int) -> Rows:
    """The index rows of a record; `lots` says how many lots there were before it."""
    if not isinstance(content, Posted):
        return {"turns": [(record,)]}
    rows: dict[str, list[Row]] = {
        "papers": [(record, content.document.number, content.command, content.content)],
        "entries": [(entry.number, record) for entry in content.entries],
        "postings": [row for entry in content.entries for row in _postings(entry)],
        "places": [row for entry in content.entries for row in _places(entry)],
        "reversals": [(entry.reverses, entry.number) for entry in content.entries if entry.reverses],
        "lots": [],
        "parts": [],
    }
    for ordinal, lot in enumerate(content.lots, lots + 1):
        rows["lots"].append(_lot(lot, ordinal, record, content.entries))
        rows["parts"] += ((part, ordinal) for part in dict.fromkeys(part.lot for part in lot.made_of))
    if isinstance(content.document, Reversal):
        rows["taken_back"] = [(content.document.reverses, record, content.document.on.toordinal())]
    if content.holds or content.outcomes or content.counted or content.closing is not None:
        rows["turns"] = [(record,)]
    return {table: found for table, found in rows.items() if found}


def _postings(entry: Entry) -> Iterator[Row]:
    day = entry.on.toordinal()
    for line, one in enumerate(entry.postings):
        held = int(one.place.kind.is_held)
        yield str(one.place), one.lot, day, entry.number, line, one.quantity, one.value, held


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
