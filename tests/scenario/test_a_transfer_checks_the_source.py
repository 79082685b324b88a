"""Elsewhere a transfer was checked against the stock of the whole organisation, and a depot went below zero.

Here goods leave the place where they are: what another depot has, what is on the road, what is kept apart and
what is promised there is not among them.
"""

from __future__ import annotations

import pytest

from reliefstock import AllocationLine, Book, ConsignedLine, Handout, QuarantinedLine
from reliefstock.errors import Incomplete, NotEnough
from scenario.county import county, everything, gift


def two_depots() -> Book:
    """Ten quilts in the depot, ninety in the branch."""
    book = county()
    gift(book, "quilt", 10, "800.00", "2024-01-10")
    gift(book, "quilt", 90, "7200.00", "2024-01-10", into="branch")
    return book


def send(book: Book, count: int, *, origin: str = "depot", to: str = "ningshan", hold: str = "") -> None:
    line = ConsignedLine("quilt", book.register.item("quilt").quantity(count), hold=hold)
    book.dispatch(origin=origin, to=to, lines=[line], on="2024-01-20")


def refused(book: Book, count: int, there: int, **said: str) -> None:
    before = everything(book)
    with pytest.raises(NotEnough) as caught:
        send(book, count, **said)
    assert (caught.value.asked, caught.value.there) == (count, there)
    assert everything(book) == before


def test_what_another_depot_has_does_not_leave_this_one():
    book = two_depots()
    assert book.available("quilt").available == 100
    assert book.available("quilt", "depot").available == 10
    refused(book, 11, 10)
    send(book, 10)
    assert book.available("quilt", "depot").on_hand == 0


def test_what_is_promised_elsewhere_does_not_bind_this_depot_and_what_is_promised_here_does():
    book = two_depots()
    quilt = book.register.item("quilt")
    book.allocate(
        warehouse="branch",
        lines=[AllocationLine("ningshan", "quilt", quilt.quantity(85))],
        on="2024-01-15",
        until="2024-02-15",
        source_document="plan 1",
        approved_by="director",
    )
    refused(book, 6, 5, origin="branch", to="depot")
    send(book, 10)
    with pytest.raises(Incomplete, match="it keeps quilt in warehouse:branch, not quilt in warehouse:depot"):
        send(book, 10, hold="AL-000001-1")
    send(book, 85, origin="branch", hold="AL-000001-1")


def test_what_is_on_the_road_to_a_depot_is_not_there_yet():
    book = two_depots()
    send(book, 50, origin="branch", to="depot")
    refused(book, 11, 10)


def test_what_is_kept_apart_does_not_leave():
    book = two_depots()
    book.quarantine(
        warehouse="depot",
        lines=[QuarantinedLine("GRN-000001-1", book.register.item("quilt").quantity(4))],
        on="2024-01-15",
        reason="wet",
        reported_by="keeper",
    )
    refused(book, 7, 6)


def test_a_distribution_checks_the_source_too():
    book = two_depots()
    one = Handout("h1", "quilt", book.register.item("quilt").quantity(11), "sheet 1")
    with pytest.raises(NotEnough):
        book.distribute(origin="depot", lines=[one], on="2024-01-20")
