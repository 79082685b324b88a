"""Elsewhere surplus was sold by the back door, and nobody could say where the money went.

Here what is sold becomes money of the same donor, bound to the same flood; the loss is there to be read, and
no tent is lost by it.
"""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import (
    Book,
    Consent,
    Item,
    Period,
    Project,
    RedirectedLine,
    Restriction,
    SaleNote,
    Side,
    SoldLine,
)
from reliefstock.errors import BelowZero, Incomplete, NotEnough
from reliefstock.reconciliation import Measure, What, measure, restriction_account, statement, trace
from reliefstock.reports import trial_balance
from scenario.county import county, everything, gift, yuan

FLOOD = Restriction(programme="flood 2024")


def tents() -> Book:
    """Forty tents worth 1,200 yuan each, given for the flood; there is room for thirty."""
    book = county()
    book.add(
        Item("tent", zh="单帐篷", en="Tent"),
        Project("dyke", zh="堤防", en="A dyke", programme="flood 2024", places=("610923",)),
    )
    gift(book, "tent", 40, "48000.00", "2024-07-01", donor="company", restriction=FLOOD)
    return book


def sell(book: Book, count: int, proceeds: int, **said: Any) -> SaleNote:  # noqa: ANN401
    tent = book.register.item("tent")
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [SoldLine("GRN-000001-1", tent.quantity(count), yuan(proceeds))],
        "into": "general",
        "buyer": "a camping shop",
        "reason": "excess",
        "paper": "contract 5",
        "on": "2024-09-01",
        "requested_by": "storekeeper",
        "approved_by": "director",
    }
    return book.sell(**facts | said)


def spend(book: Book, amount: int, project: str, on: str) -> None:
    book.spend(
        fund="general",
        project=project,
        amount=yuan(amount),
        on=on,
        purpose="sand",
        requested_by="clerk",
        approved_by="director",
    )


def test_what_the_tents_fetch_is_for_the_flood_and_for_nothing_else():
    book = tents()
    note = sell(book, 10, 9000)
    assert (note.proceeds, note.difference) == (9000_00, -3000_00)
    with pytest.raises(NotEnough) as refused:
        spend(book, 9000, "well", "2024-09-02")
    assert "programme flood 2024 only" in refused.value.passed_over[0]
    spend(book, 9000, "dyke", "2024-09-02")
    assert book.on_hand("CNY").value == 0


def test_no_tent_is_lost_and_the_loss_in_value_is_told():
    book = tents()
    sell(book, 10, 9000)
    year = Period.year(2024)
    rows = {row.item: row for row in statement(book, year).rows}
    assert (rows["tent"].on_hand.quantity, rows["tent"].lost.quantity) == (30, 0)
    assert rows["CNY difference"].lost.value == 3000_00
    assert statement(book, year).findings == trial_balance(book).findings == ()
    assert measure(book, Measure(what=What.LOST, period=year)).bounds.high == 0


def test_the_donor_reads_what_became_of_every_yuan():
    book = tents()
    sell(book, 10, 9000)
    found = trace(book, "GRN-000001")
    assert (found.given, found.accounted, found.findings) == (48000_00, 48000_00, ())
    assert found.value_at(Side.LOST) == 3000_00
    money = next(end for end in found.ends if end.item == "CNY")
    assert (str(money.place), money.value, money.side) == ("fund:general", 9000_00, Side.ON_HAND)
    account = restriction_account(book, Period.year(2024)).total
    assert (account.sold.value, account.lost.value, account.closing.value) == (0, 3000_00, 45000_00)


def test_sold_for_more_the_gain_is_the_floods_too():
    book = tents()
    sell(book, 10, 15000)
    assert book.lot("SAL-000001-1").restrictions == (FLOOD,)
    assert trace(book, "GRN-000001").given == 51000_00


def test_nobody_whom_they_are_for_pays_for_them():
    book = tents()
    before = everything(book)
    for recipient in ("h1", "lvhe", "ningshan"):
        with pytest.raises(Incomplete, match="for whom relief goods are free"):
            sell(book, 1, 100, buyer=recipient)
    assert everything(book) == before


def test_a_sale_that_fell_through_is_taken_back_unless_the_money_is_spent():
    book = tents()
    sell(book, 10, 9000)
    spend(book, 1000, "dyke", "2024-09-02")
    with pytest.raises(BelowZero):
        book.reverse("SAL-000001", on="2024-09-03", reason="sent back", approved_by="director")
    book.reverse("PV-000001", on="2024-09-03", reason="wrong project", approved_by="director")
    book.reverse("SAL-000001", on="2024-09-03", reason="sent back", approved_by="director")
    assert book.on_hand("tent").quantity == 40


def test_the_donor_may_free_what_they_fetched():
    book = tents()
    sell(book, 10, 9000)
    book.redirect(
        warehouse="general",
        lines=[RedirectedLine("SAL-000001-1", yuan(4000))],
        consents=[Consent("company", "letter 2", "2024-10-01")],
        on="2024-10-02",
        reason="the flood is over",
        requested_by="clerk",
        approved_by="director",
    )
    spend(book, 4000, "well", "2024-10-03")
    assert trace(book, "GRN-000001").findings == ()
