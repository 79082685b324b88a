"""A small house to post in: one donor, two depots, one household, and entries made by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from reliefstock.donations import Valuation
from reliefstock.ledger import Draft, Entry, EntryKind, Holding, Ledger, Lot, Place, PlaceKind, Posting, Stamp
from reliefstock.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CONVERSION",
    "DEPOT",
    "DONOR",
    "FUND",
    "GAIN",
    "HOUSEHOLD",
    "LOSS",
    "OTHER_DEPOT",
    "contents",
    "day",
    "draft",
    "entry",
    "history",
    "lot",
    "moved",
    "received",
    "totals",
]

DONOR = Place(PlaceKind.DONOR, "province")
DEPOT = Place(PlaceKind.WAREHOUSE, "ankang")
OTHER_DEPOT = Place(PlaceKind.WAREHOUSE, "ningshan")
HOUSEHOLD = Place(PlaceKind.HOUSEHOLD, "H-1")
LOSS = Place(PlaceKind.LOSS, "stolen")
GAIN = Place(PlaceKind.GAIN, "over-carrier")
FUND = Place(PlaceKind.FUND, "general")
CONVERSION = Place(PlaceKind.CONVERSION, "PUR-000001")


def day(number: int) -> date:
    """A day of January 2023."""
    return date(2023, 1, number)


def lot(lot_id: str = "L", quantity: int = 3, value: int = 100, **said: Any) -> Lot:  # noqa: ANN401
    """A lot of quilts of the province, by default three worth 1.00 yuan: 33, 33 and 34 fen."""
    valuation = Valuation.voucher(Money(value, "CNY"), "invoice 17") if value else Valuation.memorandum()
    facts = {"item": "quilt", "valuation": valuation, "received": day(1), "donor": "province"} | said
    return Lot(id=lot_id, quantity=quantity, value=value, **facts)


def entry(number: int, kind: EntryKind, on: date, *moves: tuple[Place, str, int, int], **said: Any) -> Entry:  # noqa: ANN401
    """An entry by hand: each move is a place, a lot, a quantity and a value."""
    postings = tuple(Posting(*move) for move in moves)
    return Entry(number=number, kind=kind, on=on, document="by hand", postings=postings, **said)


def moved(
    number: int, on: date, source: Place, target: Place, quantity: int, value: int, lot_id: str = "L"
) -> Entry:
    """Units of one lot from one place to another; the kind does not matter."""
    return entry(
        number,
        EntryKind.DISTRIBUTION,
        on,
        (source, lot_id, -quantity, -value),
        (target, lot_id, quantity, value),
    )


def received(*lots: Lot, on: date | None = None, into: Place = DEPOT) -> Ledger:
    """A ledger with lots that came from the donor into a depot, each by an entry of its own."""
    ledger = Ledger()
    for one in lots or (lot(),):
        made = draft(ledger, on or day(1))
        made.bring(one, DONOR, {into: one.quantity})
        made.finish(EntryKind.RECEIPT)
        ledger.post(made.entries, made.lots)
    return ledger


def draft(ledger: Ledger, on: date) -> Draft:
    return Draft(ledger, "by hand", on, Stamp(command="c", by="clerk"))


def history(ledger: Ledger, place: Place, lot_id: str = "L") -> list[tuple[int, int, int]]:
    """What a place held of a lot, as (day of January, quantity, value), after every posting."""
    timeline = ledger.timeline(place, lot_id)
    changes = timeline.changes() if timeline else ()
    there, found = Holding(0, 0), []
    for change in changes:
        there += Holding(change.quantity, change.value)
        found.append((change.on.day, there.quantity, there.value))
    return found


def contents(ledger: Ledger) -> tuple[object, ...]:
    """All that there is to see of a ledger, to compare it with later."""
    timelines = [(place, one.id, tuple(timeline.changes())) for place, one, timeline in ledger.timelines()]
    stock = [
        (place, one.item, tuple(ledger.stock(place, one.item).items()))
        for place in ledger.places()
        for one in ledger.lots.values()
    ]
    known = tuple(ledger.lots.values()), tuple(ledger.holds), ledger.closing
    return ledger.entries, known, tuple(timelines), tuple(stock)


def totals(entries: Iterable[Entry]) -> Holding:
    """What all postings together amount to: nothing, if nothing is ever made or lost on the way."""
    postings = [posting for one in entries for posting in one.postings]
    return Holding(sum(p.quantity for p in postings), sum(p.value for p in postings))
