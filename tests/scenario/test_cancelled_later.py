"""Elsewhere a slip was cancelled with an old date: what had been counted changed its sign, 43 quilts were 1.

Here a cancellation has a date of its own, not before what it cancels; what was known then can still be asked.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, Handout, ReturnedLine
from reliefstock.errors import BelowZero, NotOpen, PastChanged, ResidueLeft
from scenario.county import county, everything, figures, gift


def given_out() -> Book:
    """50 quilts, 7 of them given out, so that 43 are counted."""
    book = county()
    gift(book, "quilt", 50, "4000.00", "2024-01-10")
    line = Handout("h1", "quilt", book.register.item("quilt").quantity(7), "sheet 1")
    book.distribute(origin="depot", lines=[line], on="2024-01-20")
    return book


def cancel(book: Book, document: str, on: str) -> None:
    book.reverse(document, on=on, reason="it was another household", approved_by="director")


def test_what_was_counted_as_43_stays_43_on_that_day_and_as_known_then():
    book = given_out()
    known = len(book.entries)
    cancel(book, "DL-000001", "2024-03-01")
    assert figures(book.on_hand("quilt", on="2024-02-01")) == (43, 3_440_00)
    assert figures(book.on_hand("quilt", known=known)) == (43, 3_440_00)
    assert figures(book.on_hand("quilt")) == (50, 4_000_00)


def test_a_cancellation_dated_back_inside_the_open_time_does_not_change_what_was_known():
    book = given_out()
    known = len(book.entries)
    cancel(book, "DL-000001", "2024-01-25")
    assert figures(book.on_hand("quilt", on="2024-02-01")) == (50, 4_000_00)
    assert figures(book.on_hand("quilt", on="2024-02-01", known=known)) == (43, 3_440_00)


def test_a_cancellation_cannot_come_before_what_it_cancels():
    book = given_out()
    before = everything(book)
    with pytest.raises(PastChanged, match="2024-01-20"):
        cancel(book, "DL-000001", "2024-01-15")
    assert everything(book) == before


def test_a_gift_cannot_be_cancelled_once_it_has_been_given_on():
    book = given_out()
    with pytest.raises(BelowZero) as refused:
        cancel(book, "GRN-000001", "2024-01-12")
    assert (refused.value.place, refused.value.there) == ("warehouse:depot", 43)


def test_a_slip_is_cancelled_once_and_a_cancellation_never():
    book = given_out()
    cancel(book, "DL-000001", "2024-03-01")
    with pytest.raises(NotOpen):
        cancel(book, "DL-000001", "2024-03-02")
    with pytest.raises(PastChanged):
        cancel(book, "REV-000001", "2024-03-02")
    assert figures(book.on_hand("quilt")) == (50, 4_000_00)


def test_after_a_cancellation_the_slip_and_its_opposite_both_stand():
    book = given_out()
    first = book.entries
    cancel(book, "DL-000001", "2024-03-01")
    assert book.entries[: len(first)] == first
    assert [entry.reverses for entry in book.entries] == [None, None, 2]
    assert ("household:h1", "quilt") not in everything(book)


def test_a_slip_whose_odd_fen_has_moved_on_is_not_cancelled_by_another_fen():
    book = county()
    (lot,) = gift(book, "quilt", 2, "1.01", "2024-01-10").lots
    one = book.register.item("quilt").quantity(1)
    for day in (11, 12):  # the first quilt goes at 50 fen, the second at 51
        book.distribute(origin="depot", lines=[Handout("h1", "quilt", one, "sheet 1")], on=f"2024-01-{day}")
    book.return_(
        recipient="h1", into="depot", lines=[ReturnedLine(lot, one)], on="2024-01-13", reason="too many"
    )
    before = everything(book)
    with pytest.raises(ResidueLeft) as refused:
        cancel(book, "DL-000001", "2024-01-14")
    assert (refused.value.asked, refused.value.least, refused.value.most) == (50, 51, 51)
    assert everything(book) == before
    cancel(book, "DL-000002", "2024-01-14")
    assert figures(book.on_hand("quilt")) == (2, 1_01)
