"""Books with a long history in a file, made fast: the records are stated and not asked for by verbs.

Every 200th entry is a gift of a thousand quilts; the others give them out, five to a household. The last of
them takes what is left, but for the first so many gifts: so what there is does not grow with what happened.
`benchmarks/durable.py` measures such books, and the auditor finds nothing wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from reliefstock import Book, Document, Donor, FixedClock, Household, Item, Money, Valuation, Warehouse
from reliefstock.index import TABLES, Indexer
from reliefstock.journal import Head, Record, Row, follow
from reliefstock.ledger import Entry, EntryKind, Lot, Place, PlaceKind, Posting
from reliefstock.operations import DistributedLine, DistributionList, GoodsReceivedNote, Pick, ReceivedLot
from reliefstock.records import Known, Opened, Posted, types
from reliefstock.stores.sqlite import SqliteJournal

__all__ = ["CLOCK", "HOUSEHOLDS", "LIVE", "QUILT", "in_parts", "posted", "prepared", "stored_book"]

CLOCK = FixedClock("2024-01-31")
LIVE = 5_000
"""Of so many gifts something is left, where there were so many."""
QUILT = Item("quilt", zh="棉被", en="Quilt")
GIFT, GIVEN, CYCLE, HOUSEHOLDS = 1_000, 5, 200, 10_000
FEN = 4_000  # what a quilt is worth
NOW = datetime(2024, 1, 31, 8, tzinfo=UTC)
DEPOT, DONOR = Place(PlaceKind.WAREHOUSE, "depot"), Place(PlaceKind.DONOR, "province")
PEOPLE = ("person-000000000000000000000001", "person-000000000000000000000002")


def stored_book(path: Path, entries: int, live: int = LIVE) -> Indexer:
    """A book of so many entries in a new file; gives what indexes the next."""
    with Book.create(path, "city", currency="CNY", clock=CLOCK) as book, book.batch():
        book.add(QUILT, Donor("province", zh="省红十字会"), Warehouse("depot", zh="备灾中心"))
        book.add(*(Household(f"H-{number}", size=3) for number in range(HOUSEHOLDS)))
    with SqliteJournal.open(path, tables=TABLES) as journal:
        indexer = Indexer()
        for number, record in enumerate(journal.read(), 1):
            content = types().read(record.payload, object)
            assert isinstance(content, Known | Opened)
            indexer.rows(content, number)
        for some in in_parts(posted(entries, live=live), 1_000):
            journal.append(*prepared(some, journal.head(), indexer))
    return indexer


def in_parts(things: Iterator[Posted], size: int) -> Iterator[list[Posted]]:
    """So many at a time."""
    while some := list(islice(things, size)):
        yield some


def prepared(
    some: Sequence[Posted], head: Head, indexer: Indexer
) -> tuple[list[Record], dict[str, list[Row]]]:
    """Records that follow a head, with their index rows."""
    records: list[Record] = []
    rows: dict[str, list[Row]] = {}
    for one in some:
        record = follow(head, types().written(one))
        for table, new in indexer.rows(one, record.number).items():
            rows.setdefault(table, []).extend(new)
        head = record.head
        records.append(record)
    return records, rows


def posted(entries: int, first: int = 1, live: int = LIVE) -> Iterator[Posted]:
    """What landed with each of so many entries, from a number on."""
    for number in range(first, first + entries):
        turn, place = divmod(number - 1, CYCLE)
        on = date(2023, 1, 1) + timedelta(days=min((number - 1) * 365 // (first + entries), 364))
        if place:
            rest = GIVEN if turn < live or place < CYCLE - 1 else GIFT - GIVEN * (CYCLE - 2)
            yield given(number, turn + 1, on, rest)
        else:
            yield received(number, turn + 1, on)


def received(number: int, turn: int, on: date) -> Posted:
    """A gift comes in."""
    note = f"GRN-{turn:06}"
    worth = Valuation.voucher(Money(GIFT * FEN, "CNY"), f"invoice {turn}")
    lot = Lot(
        id=f"{note}-1",
        item="quilt",
        quantity=GIFT,
        value=GIFT * FEN,
        valuation=worth,
        received=on,
        donor="province",
        donation=note,
    )
    line = ReceivedLot(
        item="quilt",
        lot=lot.id,
        accepted=QUILT.quantity(GIFT),
        quarantined=None,
        quarantine_reason="",
        refused=None,
        refusal_reason="",
        valuation=worth,
    )
    document = GoodsReceivedNote(
        number=note,
        on=on,
        entries=(number,),
        donor="province",
        donation=note,
        warehouse="depot",
        lines=(line,),
        counted_by=PEOPLE,
        source_document="",
    )
    return landed(document, number, Way(EntryKind.RECEIPT, DONOR, DEPOT, lot.id, GIFT), lots=(lot,))


def given(number: int, turn: int, on: date, count: int) -> Posted:
    """A household gets some."""
    household, lot = f"H-{number % HOUSEHOLDS}", f"GRN-{turn:06}-1"
    quantity = QUILT.quantity(count)
    line = DistributedLine(
        recipient=household,
        item="quilt",
        quantity=quantity,
        signature=PEOPLE[0],
        picks=(Pick(lot, count, count * FEN),),
        persons=3,
    )
    document = DistributionList(
        number=f"DL-{number - turn:06}",
        on=on,
        entries=(number,),
        origin="depot",
        programme="",
        lines=(line,),
        picking="FEFO",
        source_document="",
    )
    target = Place(PlaceKind.HOUSEHOLD, household)
    way = Way(EntryKind.DISTRIBUTION, DEPOT, target, lot, count)
    return landed(document, number, way)


class Way(NamedTuple):
    """What goes from where to where."""

    kind: EntryKind
    source: Place
    target: Place
    lot: str
    quantity: int


def landed(document: Document, number: int, way: Way, lots: tuple[Lot, ...] = ()) -> Posted:
    """The record of a document with one entry that moves one lot from place to place."""
    value, command = way.quantity * FEN, f"command {number}"
    entry = Entry(
        number=number,
        kind=way.kind,
        on=document.on,
        document=document.number,
        postings=(
            Posting(way.source, way.lot, -way.quantity, -value),
            Posting(way.target, way.lot, way.quantity, value),
        ),
        command=command,
        recorded_at=NOW,
    )
    content = sha256(command.encode()).digest()
    return Posted(command=command, content=content, document=document, entries=(entry,), lots=lots)
