"""A book with a bit of everything, small enough to know by heart."""

from __future__ import annotations

from reliefstock import (
    BillOfMaterials,
    Book,
    BrokenLine,
    Component,
    CountedLine,
    Item,
    Period,
    QuarantinedLine,
    ReturnedLine,
    WrittenOffLine,
)
from unit.operations.office import (
    QUILT,
    allocated,
    allocation,
    arrived,
    bought,
    consigned,
    gift,
    given,
    handout,
    line,
    money,
    new_office,
    reverse,
    sent,
)

__all__ = ["BOUGHT", "HOLD", "KIT", "KITS", "QUILTS", "a_book"]

KIT = Item("kit", zh="家庭包", en="Family kit")
QUILTS = "GRN-000001-1"
"""Thirty quilts worth 1000.01 yuan: each 3333 fen, and eleven of them one fen more."""

BOUGHT, KITS, HOLD = "PUR-000001-1", "KIT-000001-1", "AL-000001-1"


def a_book() -> Book:
    """A winter in a depot: thirty quilts that were given and ten that were bought."""
    book = new_office(today="2023-12-31")
    parts = [Component("quilt", QUILT.quantity(2))]
    book.add(KIT, BillOfMaterials(item="kit", version="1", components=parts))
    money(book, "200", command="the gift")
    gift(book, line(30, "1000.01"))
    bought(book, 10, "100")
    sent(book, consigned(8, QUILTS), on="2023-01-16")
    book.arrive("WB-000001", on="2023-01-18", lines=[arrived(QUILTS, 8)], received_by="c")
    _to_households(book)
    _on_the_bench(book)
    _in_the_depot(book)
    _in_february(book)
    return book


def _to_households(book: Book) -> None:
    given(book, handout("H-1", 2, lots=[QUILTS]), on="2023-01-20")
    allocated(book, allocation("H-2", 4, QUILTS))
    given(book, handout("H-2", 1, hold=HOLD), on="2023-01-21")
    book.release_hold(
        HOLD, on="2023-01-22", reason="moved away", released_by="director", quantity=QUILT.quantity(1)
    )
    given(book, handout("H-1", 1, lots=[QUILTS]), on="2023-01-19")
    back = [ReturnedLine(QUILTS, QUILT.quantity(1))]
    book.return_(recipient="H-1", into="depot", on="2023-01-23", reason="one too many", lines=back)


def _on_the_bench(book: Book) -> None:
    kits = KIT.quantity(2)
    book.build_kits(
        kit="kit",
        count=kits,
        warehouse="depot",
        on="2023-01-24",
        assembled_by="a",
        checked_by="b",
        lots=[QUILTS],
    )
    book.break_kits(
        warehouse="depot",
        lines=[BrokenLine("KIT-000001-1", KIT.quantity(1))],
        on="2023-01-25",
        reason="quilts are needed",
        broken_by="a",
        checked_by="b",
    )


def _in_the_depot(book: Book) -> None:
    wet = [QuarantinedLine(QUILTS, QUILT.quantity(2))]
    book.quarantine(warehouse="depot", lines=wet, on="2023-01-26", reason="wet", reported_by="a")
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(QUILTS, QUILT.quantity(1))],
        on="2023-01-27",
        reason="damaged",
        explanation="mould",
        reported_by="a",
        approved_by="b",
        quarantined=True,
    )
    given(book, handout("H-3", 2, lots=[QUILTS]), on="2023-01-28")


def _in_february(book: Book) -> None:
    reverse(book, "DL-000004", on="2023-02-01")
    book.close(Period.month(2023, 1), on="2023-02-02", closed_by="bookkeeper", approved_by="director")
    given(book, handout("H-3", 1, lots=[QUILTS]), on="2023-02-03", concerns="2023-01-30")
    book.plan_count(warehouse="depot", on="2023-02-04", counters=("a", "b"))
    for counter in ("a", "b"):
        lines = [
            CountedLine(lot, book.item_of(lot).quantity(there - (lot == QUILTS)))
            for lot, there in ((QUILTS, 14), (BOUGHT, 10), (KITS, 1))
        ]
        book.count("CP-000001", counter=counter, on="2023-02-04", lines=lines)
    book.approve_count(
        "CP-000001", on="2023-02-05", approved_by=("director", "auditor"), explanation="nobody knows"
    )
    book.seal(
        Period.month(2023, 1),
        on="2023-02-06",
        sealed_by="bookkeeper",
        approved_by="director",
        audit_paper="audit 1",
    )
