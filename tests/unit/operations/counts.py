"""A depot that is counted: quilts and water, and the verbs with all that no test cares about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reliefstock import (
    Book,
    CountedLine,
    CountPlan,
    CountReport,
    CountSheet,
    DistributionList,
    Handout,
    Item,
    Policy,
    Recovery,
    UnlistedLine,
    Valuation,
    ValuedGain,
)
from unit.operations.office import MEDICINE, QUILT, WATER, gift, line, new_office, worth, yuan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reliefstock import Money, Quantity

__all__ = [
    "APART",
    "BOXES",
    "L",
    "M",
    "W",
    "a_counted_book",
    "approved",
    "counted",
    "found",
    "issued",
    "lines_of",
    "of",
    "planned",
    "sheet",
    "stocked",
]

L, M, W = "GRN-000001-1", "GRN-000001-2", "GRN-000002-1"
"""100 quilts worth 100 yuan, 50 worth 500 that expire earlier, and 240 bottles in boxes worth 24.00."""

APART = "GRN-000003-1"
"""A lot of which 6 quilts are usable, and 4 kept apart."""

BOXES = WATER.packs[0]

_ITEMS: Mapping[str, Item] = {L: QUILT, M: QUILT, W: WATER, APART: QUILT}


def stocked(policy: Policy | None = None) -> Book:
    """The depot, as it is on 10 January."""
    book = new_office(policy, today="2023-12-31")
    gift(book, line(100, "100"), line(50, "500", expiry="2024-06-30", batch="B1"))
    gift(book, line(item="water", accepted=WATER.quantity(10, "box"), valuation=worth("24")))
    return book


def planned(book: Book, **said: Any) -> CountPlan:  # noqa: ANN401
    facts: dict[str, Any] = {"warehouse": "depot", "on": "2023-02-01", "counters": ("a", "b", "c")}
    return book.plan_count(**facts | said)


def of(lot: str, units: int, **said: Any) -> CountedLine:  # noqa: ANN401
    """A line with so many base units of a lot."""
    return CountedLine(lot, _ITEMS.get(lot, QUILT).quantity(units), **said)


def lines_of(units: Mapping[str, int]) -> tuple[CountedLine, ...]:
    return tuple(of(lot, count) for lot, count in units.items())


def sheet(
    book: Book,
    counter: str,
    units: Mapping[str, int] | None = None,
    *more: UnlistedLine,
    plan: str = "CP-000001",
    **said: Any,  # noqa: ANN401
) -> CountSheet:
    """What somebody counted: by default all that the book expects."""
    there = {L: 100, M: 50, W: 240} | dict(units or {}) if plan == "CP-000001" else dict(units or {})
    facts: dict[str, Any] = {"on": "2023-02-01", "lines": lines_of(there), "unlisted": more}
    return book.count(plan, counter=counter, **facts | said)


def counted(
    book: Book,
    units: Mapping[str, int] | None = None,
    *more: UnlistedLine,
    **said: Any,  # noqa: ANN401
) -> CountPlan:
    """A count of the whole depot on which both counters agree."""
    plan = planned(book)
    for counter in ("a", "b"):
        sheet(book, counter, units, *more, **said)
    return plan


def approved(book: Book, plan: str = "CP-000001", **said: Any) -> CountReport:  # noqa: ANN401
    facts: dict[str, Any] = {
        "on": "2023-02-02",
        "approved_by": ("director", "auditor"),
        "explanation": "nobody knows",
    }
    return book.approve_count(plan, **facts | said)


def issued(book: Book, lot: str, units: int, on: str = "2023-02-01", **said: Any) -> DistributionList:  # noqa: ANN401
    """So much of a lot goes to a household."""
    item = _ITEMS.get(lot, QUILT)
    line = Handout("H-1", item.id, item.quantity(units), "sheet 1", [lot])
    return book.distribute(origin="depot", lines=[line], on=on, **said)


def found(item: Item, amount: Quantity | Money, **said: Any) -> UnlistedLine:  # noqa: ANN401
    return UnlistedLine(item.id, amount, **said)


def a_counted_book() -> Book:
    """A count with a recount, losses, gains, goods on no list, and something made good."""
    book = stocked()
    planned(book, note="yearly")
    extra = found(MEDICINE, yuan("3.00"), description="no label", batch="X", expiry="2024-01-31")
    boxes = CountedLine(W, (WATER.quantity(9, "box"), WATER.quantity(5)), "one box is torn")
    for counter, quilts in (("a", 97), ("b", 98)):
        lines = (of(L, quilts), of(M, 52), boxes)
        book.count("CP-000001", counter=counter, on="2023-02-01", lines=lines, unlisted=(extra,))
    book.count("CP-000001", counter="c", on="2023-02-02", lines=[of(L, 97)])
    valued = Valuation.fair_value(yuan("3.00"), "price list")
    approved(
        book,
        gains=[ValuedGain(valued, item="medicine", batch="X", expiry="2024-01-31")],
        recoveries=[Recovery("insurance", yuan("1.00"), "claim 4")],
    )
    return book
