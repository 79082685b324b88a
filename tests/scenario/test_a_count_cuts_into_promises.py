"""Elsewhere a count cut the stock below what was promised, and those who had been promised it learnt it late.

Here a count tells what there is, whatever was promised; the promises that can no longer be kept are a list.
"""

from __future__ import annotations

import pytest

from reliefstock import AllocationLine, Book, CountedLine, Handout
from reliefstock.errors import NotEnough
from reliefstock.reconciliation import promises_at_risk
from scenario.county import county, figures, gift

LOT = "GRN-000001-1"


def promised() -> Book:
    """Of 50 quilts 30 are promised to a school and 15 to a society."""
    book = county()
    gift(book, "quilt", 50, "4000.00", "2024-01-10")
    quilt = book.register.item("quilt")
    for recipient, units in (("lvhe", 30), ("ziyang", 15)):
        book.allocate(
            warehouse="depot",
            lines=[AllocationLine(recipient, "quilt", quilt.quantity(units))],
            on="2024-01-20",
            until="2026-12-31",
            source_document="plan 3",
            approved_by="director",
        )
    return book


def count(book: Book, found: int) -> None:
    plan = book.plan_count(warehouse="depot", on="2024-02-01", counters=("counter a", "counter b"))
    line = CountedLine(LOT, book.register.item("quilt").quantity(found))
    for counter in plan.counters:
        book.count(plan.number, counter=counter, on="2024-02-01", lines=[line])
    people = ("director", "auditor")
    book.approve_count(plan.number, on="2024-02-01", approved_by=people, explanation="theft, report 7")


def test_a_count_that_leaves_all_promises_whole_puts_none_at_risk():
    book = promised()
    count(book, 45)
    assert (book.on_hand("quilt").quantity, promises_at_risk(book)) == (45, ())


def test_a_count_that_cuts_into_promises_is_booked_and_says_which():
    book = promised()
    count(book, 40)
    assert figures(book.on_hand("quilt")) == (40, 3200_00)
    assert [(one.recipient, one.left, one.short) for one in promises_at_risk(book)] == [("ziyang", 15, 5)]


def test_nobody_else_gets_what_is_left_of_it():
    book = promised()
    count(book, 40)
    line = Handout("h1", "quilt", book.register.item("quilt").quantity(1), "sheet 1")
    with pytest.raises(NotEnough, match="held for others"):
        book.distribute(origin="depot", lines=[line], on="2024-02-02")
