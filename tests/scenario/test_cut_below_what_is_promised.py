"""Elsewhere a storekeeper set a quantity below what schools had been promised, and nobody was told.

Here nobody takes what is promised. A loss is a fact and is entered all the same: then the book says which
promises can no longer be kept, and by how much, while there is time.
"""

from __future__ import annotations

import pytest

from reliefstock import (
    AllocationLine,
    Book,
    ConsignedLine,
    Handout,
    LossReason,
    QuarantinedLine,
    ReleasedLine,
    WrittenOffLine,
)
from reliefstock.errors import NotEnough
from reliefstock.reconciliation import promise_findings, promises_at_risk
from scenario.county import county, gift

LOT = "GRN-000001-1"
ON = "2024-01-20"


def promised() -> Book:
    """Of a hundred quilts a school is promised sixty, a household thirty."""
    book = county()
    gift(book, "quilt", 100, "8000.00", "2024-01-10")
    quilt = book.register.item("quilt")
    book.allocate(
        warehouse="depot",
        lines=[
            AllocationLine("lvhe", "quilt", quilt.quantity(60)),
            AllocationLine("h1", "quilt", quilt.quantity(30)),
        ],
        on="2024-01-15",
        until="2024-02-15",
        source_document="plan 1",
        approved_by="director",
    )
    return book


def burn(book: Book, count: int, on: str = ON) -> None:
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(LOT, book.register.item("quilt").quantity(count))],
        on=on,
        reason=LossReason.DISASTER,
        explanation="a fire",
        reported_by="keeper",
        approved_by="director",
    )


def at_risk(book: Book, on: str = ON) -> list[tuple[str, int]]:
    return [(row.recipient, row.short) for row in promises_at_risk(book, on)]


def test_nobody_takes_what_is_promised():
    book = promised()
    quilt = book.register.item("quilt")
    with pytest.raises(NotEnough) as caught:
        book.distribute(origin="depot", lines=[Handout("h2", "quilt", quilt.quantity(11), "sheet 1")], on=ON)
    assert caught.value.there == 10
    with pytest.raises(NotEnough):
        book.dispatch(origin="depot", to="branch", lines=[ConsignedLine("quilt", quilt.quantity(11))], on=ON)
    assert at_risk(book) == []


def test_a_loss_is_entered_and_the_promises_it_cuts_into_are_listed():
    book = promised()
    burn(book, 25)
    assert book.on_hand("quilt").quantity == 75
    assert at_risk(book) == [("h1", 15)]
    [finding] = promise_findings(book, ON)
    assert finding.text() == (
        "hold AL-000001-2 for h1 until 2024-02-15: 15 piece of Quilt cannot be given, "
        f"lot {LOT} has less by now"
    )


def test_the_first_promised_is_met_first():
    book = promised()
    burn(book, 50)
    assert at_risk(book) == [("lvhe", 10), ("h1", 30)]


def test_after_the_loss_nothing_is_given_to_others():
    book = promised()
    burn(book, 25)
    quilt = book.register.item("quilt")
    with pytest.raises(NotEnough):
        book.distribute(origin="depot", lines=[Handout("h2", "quilt", quilt.quantity(1), "sheet 1")], on=ON)


def test_goods_that_are_kept_apart_put_promises_at_risk_until_they_are_released():
    book = promised()
    wet = book.register.item("quilt").quantity(20)
    book.quarantine(
        warehouse="depot", lines=[QuarantinedLine(LOT, wet)], on=ON, reason="wet", reported_by="keeper"
    )
    [row] = promises_at_risk(book, ON)
    assert (row.recipient, row.short, row.apart) == ("h1", 10, 20)
    book.release(
        warehouse="depot",
        lines=[ReleasedLine(LOT, wet)],
        on="2024-01-22",
        reason="dried, clean",
        inspected_by="keeper",
        approved_by="director",
    )
    assert at_risk(book, "2024-01-22") == []


def test_a_promise_that_cannot_be_kept_is_cut_and_made_good_from_another_gift():
    book = promised()
    burn(book, 25)
    gift(book, "quilt", 20, "1600.00", "2024-01-21")
    quilt = book.register.item("quilt")
    [row] = promises_at_risk(book, "2024-01-21")
    assert (row.short, row.free) == (15, 20)
    book.release_hold(
        row.hold, quantity=quilt.quantity(15), on="2024-01-21", reason="burnt", released_by="director"
    )
    again = book.allocate(
        warehouse="depot",
        lines=[AllocationLine("h1", "quilt", quilt.quantity(15))],
        on="2024-01-21",
        until="2024-02-15",
        source_document="plan 1, as amended",
        approved_by="director",
    )
    assert at_risk(book, "2024-01-21") == []
    handouts = [
        Handout("h1", "quilt", quilt.quantity(15), "sheet 1", hold=hold)
        for hold in (row.hold, again.holds[0])
    ]
    book.distribute(origin="depot", lines=handouts, on="2024-01-25")
    assert book.available("quilt", recipient="lvhe", on="2024-01-25").kept == 60
