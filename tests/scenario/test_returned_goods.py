"""Elsewhere a household gave back more than it had ever got, and the depot's card did not mind.

Here a household is a place like any other: it cannot hold less than nothing, on any day.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, Handout, LossReason, ReturnedLine, WrittenOffLine
from reliefstock.errors import BelowZero, NotEnough
from scenario.county import county, everything, figures, gift


def given() -> Book:
    book = county()
    gift(book, "quilt", 10, "800.00", "2024-01-10")
    line = Handout("h1", "quilt", book.register.item("quilt").quantity(3), "sheet 1")
    book.distribute(origin="depot", lines=[line], on="2024-01-14")
    return book


def bring_back(book: Book, count: int, on: str, recipient: str = "h1", *, usable: bool = True) -> None:
    line = ReturnedLine("GRN-000001-1", book.register.item("quilt").quantity(count))
    book.return_(recipient=recipient, into="depot", lines=[line], on=on, reason="too many", usable=usable)


def test_a_household_cannot_give_back_more_than_it_got():
    book = given()
    with pytest.raises(BelowZero) as refused:
        bring_back(book, 4, "2024-01-20")
    assert (refused.value.place, refused.value.asked, refused.value.there) == ("household:h1", 4, 3)
    assert figures(book.on_hand("quilt")) == (7, 560_00)


def test_it_cannot_give_back_what_it_has_already_given_back():
    book = given()
    bring_back(book, 2, "2024-01-20")
    with pytest.raises(BelowZero):
        bring_back(book, 2, "2024-01-21")
    bring_back(book, 1, "2024-01-21")
    assert ("household:h1", "quilt") not in everything(book)


def test_it_cannot_give_back_before_it_got_it():
    with pytest.raises(BelowZero):
        bring_back(given(), 1, "2024-01-13")


def test_a_household_that_got_nothing_has_nothing_to_give_back():
    with pytest.raises(BelowZero):
        bring_back(given(), 1, "2024-01-20", recipient="h2")


def test_what_comes_back_torn_is_kept_apart_and_is_not_given_out_again():
    book = given()
    bring_back(book, 3, "2024-01-20", usable=False)
    assert figures(book.on_hand("quilt")) == (10, 800_00)
    assert figures(book.on_hand("quilt", usable_only=True)) == (7, 560_00)
    quilt = book.register.item("quilt")
    with pytest.raises(NotEnough):
        book.distribute(
            origin="depot", lines=[Handout("h2", "quilt", quilt.quantity(8), "sheet 2")], on="2024-01-21"
        )
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine("GRN-000001-1", quilt.quantity(3))],
        on="2024-01-22",
        reason=LossReason.DAMAGED,
        explanation="torn",
        reported_by="keeper",
        approved_by="director",
        quarantined=True,
    )
    assert everything(book)["loss:damaged", "quilt"] == (3, 240_00)
