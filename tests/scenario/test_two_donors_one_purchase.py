"""Elsewhere the money of all donors went into one pot, and of what was bought nobody could say who gave it.

Here every lot that is bought names the money that paid for it, and the unit on the border names both.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, BoughtLine, Handout, PurchaseRecord
from reliefstock.errors import NotEnough
from scenario.county import county, everything, yuan


def buy(book: Book, count: int, cost: str) -> PurchaseRecord:
    return book.purchase(
        fund="general",
        supplier="mill",
        into="depot",
        lines=[BoughtLine("quilt", book.register.item("quilt").quantity(count), yuan(cost))],
        on="2024-02-01",
        counted_by=("counter a", "counter b"),
        invoice="17",
    )


def funded(company: str, foundation: str) -> Book:
    book = county()
    book.receive_money(donor="company", into="general", amount=yuan(company), on="2024-01-02")
    book.receive_money(donor="foundation", into="general", amount=yuan(foundation), on="2024-01-03")
    return book


def names(book: Book, bought: PurchaseRecord) -> list[tuple[int, int, list[tuple[str | None, int]]]]:
    """Of each lot: units, fen, and who paid how many fen of it."""
    return [
        (lot.quantity, lot.value, [(book.lot(part.lot).donor, part.value) for part in lot.made_of])
        for lot in map(book.lot, bought.lots)
    ]


def test_each_donor_has_the_quilts_that_its_own_money_paid_for_whole():
    book = funded("300.00", "700.00")
    assert names(book, buy(book, 10, "1000.00")) == [
        (3, 300_00, [("company", 300_00)]),
        (7, 700_00, [("foundation", 700_00)]),
    ]


def test_the_quilt_on_the_border_is_of_both():
    book = funded("350.00", "650.00")
    bought = buy(book, 10, "1000.00")
    assert names(book, bought) == [
        (3, 300_00, [("company", 300_00)]),
        (1, 100_00, [("company", 50_00), ("foundation", 50_00)]),
        (6, 600_00, [("foundation", 600_00)]),
    ]
    assert [book.lot(lot).donor for lot in bought.lots] == ["company", None, "foundation"]


@pytest.mark.parametrize(
    ("company", "foundation", "count", "cost"),
    [
        ("0.01", "499.99", 3, "500.00"),
        ("166.66", "400.00", 3, "500.00"),
        ("166.67", "400.00", 3, "500.00"),
        ("0.01", "0.01", 3, "0.02"),
        ("0.02", "0.03", 7, "0.05"),
        ("99.99", "900.00", 31, "999.99"),
    ],
)
def test_odd_fen_lose_neither_a_unit_nor_a_fen_nor_a_donor(
    company: str, foundation: str, count: int, cost: str
):
    book = funded(company, foundation)
    paid: dict[str | None, int] = {}
    units = value = 0
    for quantity, worth, parts in names(book, buy(book, count, cost)):
        assert parts
        assert sum(fen for _, fen in parts) == worth
        units, value = units + quantity, value + worth
        for donor, fen in parts:
            paid[donor] = paid.get(donor, 0) + fen
    assert (units, value) == (count, yuan(cost).minor)
    assert paid == {"company": yuan(company).minor, "foundation": yuan(cost).minor - yuan(company).minor}


def test_at_the_doorstep_the_names_are_still_there():
    book = funded("300.00", "700.00")
    buy(book, 10, "1000.00")
    quilt = book.register.item("quilt")
    listed = book.distribute(
        origin="depot", lines=[Handout("h1", "quilt", quilt.quantity(5), "sheet 1")], on="2024-02-05"
    )
    assert [(book.lot(p.lot).donor, p.quantity) for p in listed.lines[0].picks] == [
        ("company", 3),
        ("foundation", 2),
    ]


def test_more_than_all_the_money_buys_nothing_at_all():
    book = funded("300.00", "700.00")
    before = everything(book)
    with pytest.raises(NotEnough) as refused:
        buy(book, 10, "1000.01")
    assert (refused.value.asked, refused.value.there) == (1_000_01, 1_000_00)
    assert everything(book) == before
