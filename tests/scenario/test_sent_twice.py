"""Elsewhere the line failed, the clerk pressed the button again, and one donation stood in the book twice.

Here a command has an id of its own: the same again gives the first receipt back, something else is refused.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, DonationReceipt, Handout
from reliefstock.errors import CommandConflict, NotEnough
from scenario.county import county, figures, gift, yuan


def donate(book: Book, amount: str, command: str) -> DonationReceipt:
    return book.receive_money(
        donor="company", into="general", amount=yuan(amount), on="2024-05-01", command=command, by="clerk"
    )


def test_a_donation_that_is_sent_again_after_a_time_out_is_booked_once():
    book = county()
    first = donate(book, "10000.00", "phone 7, message 31")
    again = donate(book, "10000.00", "phone 7, message 31")
    assert again is first
    assert len(book.entries) == 1
    assert figures(book.on_hand("CNY")) == (10_000_00, 10_000_00)


def test_another_amount_under_the_same_id_is_refused_and_names_the_first_receipt():
    book = county()
    first = donate(book, "10000.00", "message 31")
    with pytest.raises(CommandConflict) as refused:
        donate(book, "1000.00", "message 31")
    assert refused.value.document == first.number
    assert figures(book.on_hand("CNY")) == (10_000_00, 10_000_00)


def test_two_gifts_of_the_same_amount_on_the_same_day_are_two_gifts():
    book = county()
    donate(book, "10000.00", "message 31")
    donate(book, "10000.00", "message 32")
    assert figures(book.on_hand("CNY")) == (20_000_00, 20_000_00)


def test_the_same_again_still_gives_the_first_receipt_after_months_of_other_work():
    book = county()
    first = donate(book, "10.00", "message 1")
    for message in range(2, 60):
        donate(book, "10.00", f"message {message}")
    assert donate(book, "10.00", "message 1") is first
    assert figures(book.on_hand("CNY")) == (590_00, 590_00)


def test_what_was_refused_may_be_sent_again_under_its_id_once_it_can_be_done():
    book = county()
    quilt = book.register.item("quilt")
    lines = [Handout("h1", "quilt", quilt.quantity(2), "sheet 1")]
    with pytest.raises(NotEnough):
        book.distribute(origin="depot", lines=lines, on="2024-05-03", command="list 4")
    gift(book, "quilt", 2, "160.00", "2024-05-02")
    assert (
        book.distribute(origin="depot", lines=lines, on="2024-05-03", command="list 4").number == "DL-000001"
    )
