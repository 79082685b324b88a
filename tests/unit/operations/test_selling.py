"""Surplus is sold, and the proceeds are bound to what the goods were given for."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import (
    Book,
    BoughtLine,
    Money,
    Policy,
    ReceivedLine,
    Restriction,
    SaleNote,
    SaleReason,
    SoldLine,
    Valuation,
)
from reliefstock.errors import (
    BelowZero,
    CurrencyMismatch,
    DateTooFarAhead,
    HeldForOthers,
    Incomplete,
    NeedsApproval,
    NotPositive,
    NotUsable,
    ReliefstockError,
    Unknown,
)
from unit.operations.office import (
    QUILT,
    allocated,
    allocation,
    bought,
    gift,
    held,
    line,
    money,
    new_office,
    refused,
    reverse,
    spent,
    worth,
    yuan,
)

L = "GRN-000001-1"
FLOOD = Restriction(programme="clean water")


@pytest.fixture
def book() -> Book:
    """Three quilts worth 1.00 yuan that the province gave for clean water; they expire soon."""
    book = new_office(Policy(shelf_months=0))
    gift(book, line(3, "1", expiry="2023-06-01", batch="B7"), restriction=FLOOD)
    return book


def sold(book: Book, units: int = 2, proceeds: str = "0.50", lot: str = L, **said: Any) -> SaleNote:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [SoldLine(lot, QUILT.quantity(units), yuan(proceeds))],
        "into": "general",
        "buyer": "a market trader",
        "reason": SaleReason.EXCESS,
        "paper": "contract 4",
        "on": "2023-02-02",
        "requested_by": "a",
        "approved_by": "b",
    }
    return book.sell(**facts | said)


def test_goods_become_money_of_the_same_donor_for_the_same_purpose(book: Book) -> None:
    note = sold(book)
    assert (note.number, note.title("zh"), note.lots) == ("SAL-000001", "变卖处置单", ("SAL-000001-1",))
    assert (note.buyer, note.reason, note.paper) == ("a market trader", SaleReason.EXCESS, "contract 4")
    assert (note.proceeds, note.difference) == (50, -16)
    [one] = note.lines
    assert (one.lot, one.money, one.item, one.quantity) == (L, "SAL-000001-1", "quilt", QUILT.quantity(2))
    assert (one.value, one.proceeds, one.difference) == (66, 50, -16)
    proceeds = book.lot("SAL-000001-1")
    assert (proceeds.item, proceeds.donor, proceeds.donation) == ("CNY", "province", "GRN-000001")
    assert proceeds.restrictions == (FLOOD,)
    assert (proceeds.valuation, proceeds.expiry) == (Valuation.voucher(yuan("0.50"), "contract 4"), None)
    assert held(book, "fund:general", "SAL-000001-1") == (50, 50)
    assert held(book, "warehouse:depot", L) == (1, 34)


def test_what_they_fetch_less_is_lost_in_value_and_not_in_goods(book: Book) -> None:
    sold(book)
    lost = book.lot("SAL-000001-1-D")
    assert (lost.item, lost.quantity, lost.value) == ("CNY difference", 16, 16)
    assert (lost.donor, lost.donation, lost.restrictions) == ("province", "GRN-000001", (FLOOD,))
    assert held(book, "loss:sale", lost.id) == (16, 16)
    assert [(part.lot, part.quantity, part.value) for part in lost.made_of] == [(L, 2, 16)]
    assert [(p.lot, p.quantity, p.value) for p in book.lot("SAL-000001-1").made_of] == [(L, 2, 50)]
    assert not any(str(place) == "loss:sale" for place in book.ledger.places_of(L))


def test_what_they_fetch_more_is_a_gain_that_goes_into_the_money(book: Book) -> None:
    note = sold(book, proceeds="0.90")
    assert note.difference == 24
    assert held(book, "gain:sale", "SAL-000001-1-D") == (-24, -24)
    parts = [(part.lot, part.quantity, part.value) for part in book.lot("SAL-000001-1").made_of]
    assert parts == [(L, 2, 66), ("SAL-000001-1-D", 24, 24)]


def test_what_they_fetch_exactly_makes_no_difference(book: Book) -> None:
    assert sold(book, proceeds="0.66").difference == 0
    assert "SAL-000001-1-D" not in book.ledger.lots


def test_what_had_no_value_fetches_one(book: Book) -> None:
    gift(book, line(3, valuation=Valuation.memorandum("no invoice")))
    note = sold(book, 3, "2", "GRN-000002-1")
    assert (note.lines[0].value, note.difference) == (0, 200)
    assert book.lot("SAL-000001-1-D").valuation.evidence == "contract 4"


def test_several_lines_are_sold_apart_also_of_one_lot(book: Book) -> None:
    lines = [SoldLine(L, QUILT.quantity(1), yuan("0.10")), SoldLine(L, QUILT.quantity(2), yuan("1"))]
    note = sold(book, lines=lines)
    assert [(one.money, one.difference) for one in note.lines] == [
        ("SAL-000001-1", -23),
        ("SAL-000001-2", 33),
    ]
    assert len(note.entries) == 1


def test_the_proceeds_are_spent_on_the_purpose_and_on_nothing_else(book: Book) -> None:
    sold(book)
    assert spent(book, "0.50", on="2023-02-03").paid_from[0].lot == "SAL-000001-1"


def test_goods_of_several_donors_become_money_of_them_all(book: Book) -> None:
    money(book, "0.50", donor="province")
    money(book, "0.50", donor="city")
    sold(book, 1, "3", bought(book, 1, "1.00").lots[0])
    assert (book.lot("SAL-000001-1").donor, book.lot("SAL-000001-1").donation) == (None, None)


def test_a_sale_can_be_taken_back_as_long_as_the_money_is_there(book: Book) -> None:
    note = sold(book)
    paid = spent(book, "0.50", on="2023-02-03")
    with refused(book, BelowZero):
        reverse(book, note.number, on="2023-02-04")
    reverse(book, paid.number, on="2023-02-04")
    reverse(book, note.number, on="2023-02-04")
    assert held(book, "warehouse:depot", L) == (3, 100)
    assert held(book, "loss:sale", "SAL-000001-1-D") == (0, 0)


REFUSED: list[tuple[dict[str, Any], type[ReliefstockError], str]] = [
    ({"on": "2023-08-01"}, DateTooFarAhead, "2023-08-01"),
    ({"paper": ""}, Incomplete, "the paper of a sale"),
    ({"buyer": " "}, Incomplete, "the buyer of a sale"),
    ({"buyer": "H-1"}, Incomplete, "its buyer H-1 is a recipient, for whom relief goods are free"),
    ({"buyer": "lvhe"}, Incomplete, "is a recipient"),
    ({"buyer": "ziyang"}, Incomplete, "is a recipient"),
    ({"approved_by": "a"}, NeedsApproval, "a sale"),
    ({"lines": []}, Incomplete, "it has no lines"),
    ({"warehouse": "granary"}, Unknown, "granary"),
    ({"into": "purse"}, Unknown, "purse"),
    ({"lines": [SoldLine("GRN-000009-1", QUILT.quantity(1), yuan("1"))]}, Unknown, "GRN-000009-1"),
    ({"lines": [SoldLine(L, QUILT.quantity(4), yuan("1"))]}, BelowZero, "asked to take 4"),
    ({"lines": [SoldLine(L, QUILT.quantity(1), Money.of("1", "USD"))]}, CurrencyMismatch, "USD"),
    ({"lines": [SoldLine(L, QUILT.quantity(1), Money(0, "CNY"))]}, NotPositive, f"the proceeds of lot {L}"),
    ({"on": "2023-06-02"}, NotUsable, "it expired on 2023-06-01"),
]


@pytest.mark.parametrize(("said", "error", "why"), REFUSED)
def test_what_is_wrong_with_a_sale_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], why: str
) -> None:
    with refused(book, error) as caught:
        sold(book, **said)
    assert why in str(caught[0])


def test_what_is_recalled_is_not_sold(book: Book) -> None:
    gift(book, line(3, "1", batch="B8"))
    book.recall(item="quilt", batch="B8", on="2023-01-20", reason="mould", notice="notice 5", ordered_by="a")
    with refused(book, NotUsable) as caught:
        sold(book, lot="GRN-000002-1")
    assert "it came under recall RCL-000001" in str(caught[0])


def test_what_is_promised_is_not_sold(book: Book) -> None:
    allocated(book, allocation("H-1", 2), programme="clean water", on="2023-01-20")
    with refused(book, HeldForOthers):
        sold(book)
    assert sold(book, 1).lines[0].value == 33


def test_a_difference_in_value_is_nothing_that_anybody_gives_or_buys(book: Book) -> None:
    money(book, "5.00")
    difference = ReceivedLine("CNY difference", yuan("1"), valuation=worth("1"))
    with refused(book, Incomplete) as caught:
        gift(book, difference)
    assert "it is a difference in value and no goods" in str(caught[0])
    with refused(book, Incomplete):
        bought(book, lines=[BoughtLine("CNY difference", yuan("1"), yuan("1"))])
