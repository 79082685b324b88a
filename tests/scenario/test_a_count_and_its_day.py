"""Elsewhere a count was stamped at midnight and stood before the receipts of its day, which it had counted.

Here a count is of a day, and within the day it comes after what was entered before it and before what was
entered after it.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reliefstock import Book, CountedLine, CountSheet
from reliefstock.errors import NotABusinessDate
from scenario.county import county, figures, gift

LOT, SECOND = "GRN-000001-1", "GRN-000002-1"
DAY = "2024-02-01"


def counted(book: Book, lots: tuple[str, ...], plan: str, counter: str, *found: int) -> CountSheet:
    quilt = book.register.item("quilt")
    lines = [CountedLine(lot, quilt.quantity(units)) for lot, units in zip(lots, found, strict=True)]
    return book.count(plan, counter=counter, on=DAY, lines=lines)


def test_the_receipts_of_the_day_come_before_the_count_that_found_them():
    book = county()
    gift(book, "quilt", 50, "4000.00", DAY)
    plan = book.plan_count(warehouse="depot", on=DAY, counters=("counter a", "counter b")).number
    for counter in ("counter a", "counter b"):
        sheet = counted(book, (LOT,), plan, counter, 50)
        assert [(line.there, line.difference) for line in sheet.lines] == [(50, 0)]
    report = book.approve_count(plan, on=DAY, approved_by=["director"])
    assert (report.entries, figures(book.on_hand("quilt"))) == ((), (50, 4000_00))


def test_what_comes_in_after_the_counting_of_the_day_is_not_missing_in_it():
    book = county()
    gift(book, "quilt", 50, "4000.00", "2024-01-10")
    plan = book.plan_count(warehouse="depot", on=DAY, counters=("counter a", "counter b")).number
    counted(book, (LOT,), plan, "counter a", 50)
    gift(book, "quilt", 10, "800.00", DAY)
    counted(book, (LOT,), plan, "counter b", 50)
    assert book.approve_count(plan, on=DAY, approved_by=["director"]).differences == ()
    assert book.on_hand("quilt").quantity == 60


@pytest.mark.parametrize("instant", [datetime(2024, 2, 1, tzinfo=UTC), "2024-02-01T00:00:00"])
def test_a_count_is_of_a_day_and_not_of_an_instant(instant: str):
    book = county()
    gift(book, "quilt", 50, "4000.00", "2024-01-10")
    with pytest.raises(NotABusinessDate):
        book.plan_count(warehouse="depot", on=instant, counters=("counter a", "counter b"))
    assert book.documents_of(CountSheet) == ()
