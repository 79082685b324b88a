"""Elsewhere a gift was counted when it was promised and again when it came, and the total was double.

Here a promise is no stock; what comes later names the promise, keeps its conditions and counts once.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, Pledge, PledgedLine, ReceivedLine, Restriction, Valuation
from reliefstock.errors import Incomplete
from scenario.county import county, figures, yuan

NINGSHAN = Restriction(places=("610923",))


def promised() -> tuple[Book, Pledge]:
    book = county()
    quilts = PledgedLine("quilt", book.register.item("quilt").quantity(500), yuan("40000.00"))
    promise = book.pledge(
        donor="company", lines=[quilts], on="2024-01-02", restriction=NINGSHAN, deliver_by="2024-02-01"
    )
    return book, promise


def deliver(book: Book, count: int, value: str, on: str, donation: str, *, donor: str = "company") -> str:
    line = ReceivedLine(
        "quilt",
        book.register.item("quilt").quantity(count),
        valuation=Valuation.voucher(yuan(value), "voucher"),
    )
    note = book.receive(
        donor=donor,
        into="depot",
        lines=[line],
        on=on,
        counted_by=("counter a", "counter b"),
        donation=donation,
    )
    return note.lots[0]


def test_a_promise_is_not_stock():
    book, _ = promised()
    assert figures(book.on_hand("quilt")) == (0, 0)
    assert book.entries == ()


def test_a_gift_that_was_promised_and_came_in_two_deliveries_counts_once():
    book, promise = promised()
    lots = [
        deliver(book, 300, "24000.00", "2024-01-10", promise.number),
        deliver(book, 200, "16000.00", "2024-01-20", promise.number),
    ]
    assert figures(book.on_hand("quilt")) == (500, 40_000_00)
    assert {book.lot(lot).donation for lot in lots} == {promise.number}
    assert {book.lot(lot).restrictions for lot in lots} == {(NINGSHAN,)}


def test_a_delivery_cannot_fulfil_the_promise_of_somebody_else():
    book, promise = promised()
    with pytest.raises(Incomplete, match="company"):
        deliver(book, 300, "24000.00", "2024-01-10", promise.number, donor="foundation")
    assert figures(book.on_hand("quilt")) == (0, 0)
