"""Elsewhere one person counted twice, reported the loss and approved it, and paid out of the fund alone.

Here what takes two people takes two: the same name, written with a space or without, is one.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, BoughtLine, LossReason, ReceivedLine, Valuation, WrittenOffLine
from reliefstock.errors import Incomplete, NeedsApproval
from scenario.county import county, everything, gift, yuan


def stocked() -> Book:
    book = county()
    gift(book, "quilt", 10, "800.00", "2024-01-10")
    book.receive_money(donor="company", into="general", amount=yuan(500), on="2024-01-10")
    return book


@pytest.mark.parametrize(
    "counters", [("keeper", "keeper"), ("keeper", " keeper "), ("keeper",), ("keeper", ""), ()]
)
def test_two_counters_are_two_people(counters: tuple[str, ...]):
    book = stocked()
    before = everything(book)
    line = ReceivedLine("pack", book.register.item("pack").quantity(3), valuation=Valuation.memorandum())
    with pytest.raises(NeedsApproval, match="2 different people"):
        book.receive(donor="province", into="depot", lines=[line], on="2024-01-11", counted_by=counters)
    bought = BoughtLine("pack", book.register.item("pack").quantity(3), yuan(300))
    with pytest.raises(NeedsApproval, match="2 different people"):
        book.purchase(
            fund="general",
            supplier="mill",
            into="depot",
            lines=[bought],
            on="2024-01-11",
            counted_by=counters,
            invoice="17",
        )
    assert everything(book) == before


@pytest.mark.parametrize(
    ("reported_by", "approved_by"), [("keeper", "keeper"), ("keeper", "keeper "), ("", "director")]
)
def test_a_loss_is_not_approved_by_who_reports_it(reported_by: str, approved_by: str):
    book = stocked()
    before = everything(book)
    with pytest.raises(NeedsApproval):
        book.write_off(
            warehouse="depot",
            lines=[WrittenOffLine("GRN-000001-1", book.register.item("quilt").quantity(10))],
            on="2024-02-01",
            reason=LossReason.STOLEN,
            explanation="the lock was broken",
            reported_by=reported_by,
            approved_by=approved_by,
        )
    assert everything(book) == before


def test_a_payment_is_not_approved_by_who_asks_for_it():
    book = stocked()
    before = everything(book)
    with pytest.raises(NeedsApproval):
        book.spend(
            fund="general",
            project="well",
            amount=yuan(100),
            on="2024-02-01",
            purpose="pipes",
            requested_by="engineer",
            approved_by="engineer",
        )
    assert everything(book) == before


def test_a_cancellation_that_nobody_approved_is_refused():
    book = stocked()
    with pytest.raises(Incomplete):
        book.reverse("GRN-000001", on="2024-02-01", reason="a mistake", approved_by=" ")
    assert not book.is_reversed("GRN-000001")
