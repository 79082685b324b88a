"""Elsewhere a count set the quantity: a correction that came late was swallowed by it, or undid it.

Here a count is a difference against what the book said at that moment. What is entered afterwards stands, and
what is about a day before the count makes somebody look at it.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, CountedLine, CountReport, Handout
from reliefstock.errors import CountConflict
from reliefstock.reconciliation import count_conflicts
from scenario.county import county, figures, gift

LOT = "GRN-000001-1"


def stocked(count: int = 50) -> Book:
    book = county()
    gift(book, "quilt", count, f"{80 * count}", "2024-01-10")
    return book


def give(book: Book, count: int, on: str, **more: str) -> str:
    line = Handout("h1", "quilt", book.register.item("quilt").quantity(count), "sheet 1")
    return book.distribute(origin="depot", lines=[line], on=on, **more).number


def count(book: Book, found: int, on: str = "2024-02-01", *, warehouse: str = "depot") -> str:
    plan = book.plan_count(warehouse=warehouse, lots=[LOT], on=on, counters=("counter a", "counter b"))
    line = CountedLine(LOT, book.register.item("quilt").quantity(found))
    for counter in plan.counters:
        book.count(plan.number, counter=counter, on=on, lines=[line])
    return plan.number


def approve(book: Book, plan: str, on: str = "2024-02-02", late: tuple[int, ...] = ()) -> CountReport:
    people = ("director", "auditor")
    return book.approve_count(plan, on=on, approved_by=people, explanation="not known", late=late)


def test_what_has_left_since_the_counting_is_not_brought_back_by_it():
    book = stocked()
    plan = count(book, 48)
    give(book, 20, "2024-02-01")
    approve(book, plan)
    assert figures(book.on_hand("quilt")) == (28, 28 * 80_00)


def test_a_slip_that_comes_late_explains_what_was_missing():
    book = stocked()
    plan = count(book, 48)
    give(book, 2, "2024-01-20")
    with pytest.raises(CountConflict) as refused:
        approve(book, plan)
    assert refused.value.entries == (2,)
    assert approve(book, plan, late=(2,)).net_loss == 0
    assert figures(book.on_hand("quilt")) == (48, 48 * 80_00)


def test_a_slip_that_comes_after_the_approval_is_not_swallowed_and_not_lost():
    book = stocked()
    report = approve(book, count(book, 48))
    assert figures(book.on_hand("quilt")) == (48, 48 * 80_00)
    slip = give(book, 2, "2024-01-20")
    assert book.document(slip).conflicts == (report.number,)
    assert figures(book.on_hand("quilt")) == (46, 46 * 80_00)
    (finding,) = count_conflicts(book)
    assert finding.documents == (report.number, slip)
    # 48 lie there: the report is taken back, and approved again with the slip in it
    book.reverse(report.number, on="2024-02-03", reason="slip 1 came late", approved_by="director")
    again = approve(book, report.plan, "2024-02-03", late=(3,))
    assert (again.differences, count_conflicts(book)) == ((), ())
    assert figures(book.on_hand("quilt")) == (48, 48 * 80_00)


def test_a_correction_before_the_count_is_in_it_and_not_made_again():
    book = stocked()
    slip = give(book, 5, "2024-01-20")
    book.reverse(slip, on="2024-01-25", reason="it never left", approved_by="director")
    assert approve(book, count(book, 50)).differences == ()
    assert figures(book.on_hand("quilt")) == (50, 50 * 80_00)


def test_a_wrong_slip_that_the_count_brings_to_light_is_not_counted_twice():
    book = stocked()
    slip = give(book, 5, "2024-01-20")  # the five never left
    plan = count(book, 50)
    book.reverse(slip, on="2024-02-02", reason="it never left", approved_by="director")
    with pytest.raises(CountConflict):
        approve(book, plan)
    assert approve(book, plan, late=(3,)).gain == 0
    assert figures(book.on_hand("quilt")) == (50, 50 * 80_00)


def test_a_figure_published_before_stays_what_it_was():
    book = stocked()
    known = len(book.entries)
    approve(book, count(book, 48))
    assert book.on_hand("quilt", on="2024-01-31").quantity == 50
    assert book.on_hand("quilt", known=known).quantity == 50
    assert book.on_hand("quilt", on="2024-02-02").quantity == 48
