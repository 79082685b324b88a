"""Elsewhere everything was stamped in instants, and an issue at midnight came before the receipts of its day.

Here an instant is refused where a business date is meant; within a day, entries stand in their own order.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from reliefstock import Book, Handout
from reliefstock.errors import DateTooFarAhead, NotABusinessDate, NotEnough
from scenario.county import county, everything, figures, gift


def give(book: Book, count: int, on: date | str) -> None:
    line = Handout("h1", "quilt", book.register.item("quilt").quantity(count), "sheet 1")
    book.distribute(origin="depot", lines=[line], on=on)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2024, 1, 10, tzinfo=UTC),
        datetime(2024, 1, 10, 23, 59),
        "2024-01-10T00:00:00",
        "2024-01-10 08:00",
        "10/1/2024",
    ],
)
def test_an_instant_is_not_a_business_date(instant: date | str):
    book = county()
    gift(book, "quilt", 5, "400.00", "2024-01-10")
    with pytest.raises(NotABusinessDate):
        give(book, 1, instant)
    assert everything(book)["warehouse:depot", "quilt"] == (5, 400_00)


def test_what_came_in_today_can_be_given_out_today():
    book = county()
    gift(book, "quilt", 5, "400.00", "2024-01-10")
    give(book, 5, "2024-01-10")
    assert figures(book.on_hand("quilt", on="2024-01-10")) == (0, 0)


def test_what_comes_in_tomorrow_cannot_be_given_out_today():
    book = county()
    gift(book, "quilt", 5, "400.00", "2024-01-11")
    with pytest.raises(NotEnough) as refused:
        give(book, 1, "2024-01-10")
    assert (refused.value.on, refused.value.there) == (date(2024, 1, 10), 0)


def test_the_card_of_a_day_shows_the_receipt_before_the_issue():
    book = county()
    gift(book, "quilt", 5, "400.00", "2024-01-10")
    give(book, 2, "2024-01-10")
    gift(book, "quilt", 1, "80.00", "2024-01-10")
    assert [(entry.number, entry.on.isoformat(), entry.kind.value) for entry in book.entries] == [
        (1, "2024-01-10", "receipt"),
        (2, "2024-01-10", "distribution"),
        (3, "2024-01-10", "receipt"),
    ]
    assert figures(book.on_hand("quilt", on="2024-01-10", known=2)) == (3, 240_00)


def test_a_year_that_was_mistyped_is_refused():
    book = county()
    with pytest.raises(DateTooFarAhead):
        gift(book, "quilt", 5, "400.00", "2062-01-10")
    assert book.entries == ()
