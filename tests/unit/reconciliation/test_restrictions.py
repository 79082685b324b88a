"""What was given for a purpose: released by use, and what nobody can use in time."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from reliefstock import (
    Book,
    BoughtLine,
    Consent,
    Holding,
    Household,
    Period,
    Policy,
    ReceivedLine,
    RedirectedLine,
    Restriction,
    SoldLine,
    Valuation,
)
from reliefstock.errors import Incomplete, NotExact
from reliefstock.reconciliation import (
    By,
    RestrictionRow,
    expiring_without_recipient,
    restriction_account,
    restrictions_ending,
)
from unit.reconciliation.office import (
    YEAR,
    arrive,
    bill,
    build,
    give,
    lose,
    money,
    move_in_secret,
    office,
    receive,
    send,
    spend,
    take_back,
    undo,
    yuan,
)

FLOOD = Restriction(programme="flood")


def redirect(book: Book, lot: str, count: int, on: str, to: Restriction | None = None) -> str:
    paper = book.redirect(
        warehouse="depot",
        lines=[RedirectedLine(lot, book.item_of(lot).quantity(count))],
        restriction=to,
        consents=[Consent("province", "letter", on)],
        on=on,
        reason="the flood is over",
        requested_by="clerk",
        approved_by="director",
    )
    return paper.number


def sell(book: Book, lot: str, count: int, proceeds: str, on: str) -> None:
    book.sell(
        warehouse="depot",
        lines=[SoldLine(lot, book.item_of(lot).quantity(count), yuan(proceeds))],
        into="main",
        buyer="a trader",
        reason="excess",
        paper="contract",
        on=on,
        requested_by="clerk",
        approved_by="director",
    )


def revalue(book: Book, lot: str, worth: str, on: str) -> str:
    paper = book.revalue(
        lot,
        valuation=Valuation.market(yuan(worth), "list"),
        on=on,
        reason="a better price",
        requested_by="clerk",
        approved_by="director",
    )
    return paper.number


def rows(book: Book, period: Period = YEAR, **asked: Any) -> dict[tuple[str, str], RestrictionRow]:  # noqa: ANN401
    account = restriction_account(book, period, **asked)
    assert account.findings == ()
    return {(row.group, row.item): row for row in account.rows}


def told(row: RestrictionRow) -> dict[str, tuple[int, int]]:
    """The columns in which there is anything: quantity and value."""
    columns = [
        name for name in attrs.fields_dict(RestrictionRow) if name not in ("group", "restrictions", "item")
    ]
    found: dict[str, Holding] = {name: getattr(row, name) for name in columns}
    return {name: (held.quantity, held.value) for name, held in found.items() if held}


# The account


def test_what_is_free_is_in_no_account_of_restrictions():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    give(book, "h1", 1, "2023-01-11")
    assert restriction_account(book, YEAR).rows == ()


def test_restricted_goods_are_released_as_they_are_used():
    book = office()
    receive(book, 10, "10.00", "2022-12-01", programme="flood")
    receive(book, 5, "6.00", "2023-01-10", programme="flood")
    give(book, "h1", 4, "2023-01-11", programme="flood")
    take_back(book, "h1", "GRN-000001-1", 1, "2023-01-12")
    lose(book, "GRN-000001-1", 2, "2023-01-13")
    assert {key: told(row) for key, row in rows(book).items()} == {
        ("GRN-000001", "quilt"): {
            "opening": (10, 1000),
            "released": (3, 300),
            "lost": (2, 200),
            "closing": (5, 500),
        },
        ("GRN-000002", "quilt"): {"received": (5, 600), "closing": (5, 600)},
    }


def test_what_is_on_the_road_is_still_restricted_and_the_doorstep_releases_it():
    book = office()
    receive(book, 10, "10.00", "2023-01-10", programme="flood")
    road = send(book, "branch", 4, "2023-01-11")
    assert told(rows(book)["GRN-000001", "quilt"])["closing"] == (10, 1000)
    arrive(book, road, "2023-01-12", received=5)
    assert told(rows(book)["GRN-000001", "quilt"]) == {
        "received": (10, 1000),
        "gains": (1, 100),
        "closing": (11, 1100),
    }


def test_by_donor_the_gifts_of_one_stand_together():
    book = office()
    receive(book, 10, "10.00", "2023-01-10", programme="flood")
    receive(book, 5, "6.00", "2023-01-10", programme="flood")
    receive(book, 5, "6.00", "2023-01-10", programme="flood", donor="company")
    groups = {key: told(row) for key, row in rows(book, by=By.DONOR).items()}
    assert groups["province", "quilt"] == {"received": (15, 1600), "closing": (15, 1600)}
    assert groups["company", "quilt"] == {"received": (5, 600), "closing": (5, 600)}
    with pytest.raises(Incomplete, match="it cannot be by warehouse"):
        restriction_account(book, YEAR, by=By.WAREHOUSE)


def test_what_is_bought_with_restricted_money_is_restricted_until_it_is_used():
    book = office()
    money(book, "10.00", "2023-01-10", programme="flood")
    bought = book.purchase(
        fund="main",
        supplier="mill",
        into="depot",
        lines=[BoughtLine("quilt", book.register.item("quilt").quantity(3), yuan("6.00"))],
        on="2023-01-11",
        counted_by=("a", "b"),
        invoice="I-1",
        programme="flood",
    )
    give(book, "h1", 1, "2023-01-12", lots=bought.lots, programme="flood")
    assert {key[1]: told(row) for key, row in rows(book).items()} == {
        "CNY": {"received": (1000, 1000), "converted": (-600, -600), "closing": (400, 400)},
        "quilt": {"converted": (3, 600), "released": (1, 200), "closing": (2, 400)},
    }


def test_a_restricted_component_stays_restricted_in_the_kit():
    book = office()
    receive(book, 4, "4.00", "2023-01-10", programme="flood")
    receive(book, 4, "2.00", "2023-01-10", item="water", donor="company")
    bill(book, "set", quilt=1, water=1)
    build(book, "set", 2, "2023-01-11", lots=("GRN-000001-1",))
    found = rows(book)
    assert told(found["GRN-000001", "quilt"]) == {
        "received": (4, 400),
        "converted": (-2, -200),
        "closing": (2, 200),
    }
    assert told(found["GRN-000001 | GRN-000002", "set"]) == {"converted": (2, 300), "closing": (2, 300)}


def test_what_is_redirected_leaves_one_restriction_for_another():
    book = office()
    receive(book, 10, "10.00", "2023-01-10", programme="flood")
    redirect(book, "GRN-000001-1", 4, "2023-01-11", Restriction(programme="winter"))
    back = redirect(book, "GRN-000001-1", 3, "2023-01-11")
    account = restriction_account(book, YEAR)
    assert [(row.restrictions[0].programme, told(row)) for row in account.rows] == [
        ("flood", {"received": (10, 1000), "redirected_out": (7, 700), "closing": (3, 300)}),
        ("winter", {"redirected_in": (4, 400), "closing": (4, 400)}),
    ]
    undo(book, back, "2023-01-12")
    assert told(restriction_account(book, YEAR).rows[0])["redirected_out"] == (4, 400)
    assert [told(row)["closing"] for row in restriction_account(book, YEAR).totals] == [(6, 600), (4, 400)]


def test_what_is_sold_is_restricted_money_and_a_difference():
    book = office()
    receive(book, 10, "10.00", "2023-01-10", programme="flood")
    sell(book, "GRN-000001-1", 2, "1.50", "2023-01-11")
    sell(book, "GRN-000001-1", 2, "3.00", "2023-01-12")
    found = {key[1]: told(row) for key, row in rows(book).items()}
    assert found == {
        "quilt": {"received": (10, 1000), "sold": (-4, -400), "closing": (6, 600)},
        "CNY": {"sold": (450, 450), "closing": (450, 450)},
        "CNY difference": {"gains": (100, 100), "sold": (-50, -50), "lost": (50, 50)},
    }
    total = restriction_account(book, YEAR).total
    assert (total.sold.value, total.closing.value, total.difference) == (0, 1050, Holding(0, 0))


def test_what_is_revalued_adds_to_what_was_used_and_what_is_left():
    book = office()
    receive(book, 10, "10.00", "2023-01-10", programme="flood")
    give(book, "h1", 4, "2023-01-11", programme="flood")
    before = len(book.entries)
    revalue(book, "GRN-000001-1", "20.00", "2023-01-12")
    found = {key[1]: told(row) for key, row in rows(book).items()}
    assert found["quilt"] == {
        "received": (10, 1000),
        "revalued": (0, 1000),
        "released": (4, 800),
        "closing": (6, 1200),
    }
    assert found["CNY difference"] == {"gains": (1000, 1000), "revalued": (-1000, -1000)}
    assert told(rows(book, known=before)["GRN-000001", "quilt"])["released"] == (4, 400)


def test_money_is_released_as_it_is_spent_and_a_payment_taken_back_binds_it_again():
    book = office()
    money(book, "10.00", "2023-01-10", into="well-fund", programme="")
    book.receive_money(
        donor="province",
        into="well-fund",
        amount=yuan("5.00"),
        on="2023-01-10",
        restriction=Restriction(recipients=("well",)),
    )
    spend(book, "6.00", "2023-01-11")
    assert told(rows(book)["DR-000002", "CNY"])["released"] == (500, 500)
    undo(book, "PV-000001", "2023-01-12")
    assert told(rows(book)["DR-000002", "CNY"]) == {"received": (500, 500), "closing": (500, 500)}


def test_a_year_that_begins_with_the_book_opens_with_nothing():
    book = office()
    receive(book, 10, "10.00", "2023-01-10", programme="flood")
    ever = Period(Period.year(1).first, YEAR.last)
    assert told(rows(book, ever)["GRN-000001", "quilt"]) == {"received": (10, 1000), "closing": (10, 1000)}


def test_a_row_that_does_not_add_up_is_told():
    book = office()
    receive(book, 10, "10.00", "2023-01-10", programme="flood")
    move_in_secret(book, "warehouse:depot", "GRN-000001-1", -1, "2023-01-20", value=-100)
    [finding] = restriction_account(book, YEAR).findings
    assert (finding.code, finding.about) == ("restriction-difference", "GRN-000001, quilt")
    assert finding.zh == "GRN-000001, quilt：限定资产收支相差 1 个单位、100 分"
    assert finding.en.endswith("differ by 1 units and 100 minor units")


# What nobody can use in time


def water(book: Book, expiry: str, restriction: Restriction | None, **said: Any) -> str:  # noqa: ANN401
    bottles = book.register.item("water").quantity(24)
    worth = Valuation.voucher(yuan("24"), "voucher")
    facts: dict[str, Any] = {
        "donor": "province",
        "into": "depot",
        "lines": [ReceivedLine("water", bottles, valuation=worth, expiry=expiry)],
        "on": "2023-01-01",
        "counted_by": ("a", "b"),
        "restriction": restriction,
    }
    return book.receive(**facts | said).lots[0]


def test_what_expires_and_nobody_in_scope_is_known_is_told_in_time():
    book = office()
    lot = water(book, "2023-07-31", Restriction(places=("610923",)))
    [finding] = expiring_without_recipient(book, on="2023-06-01")
    assert (finding.code, finding.about, finding.documents) == ("expiring-out-of-scope", lot, ("GRN-000001",))
    assert finding.figures == (("quantity", "24"), ("days left", "60"))
    assert finding.en == (
        f"24 piece of Drinking water (lot {lot}) in Depot expire on 2023-07-31, are for place 610923, and no "
        "recipient that is known meets that; redirect them with the donor's consent, send them to a society "
        "that can use them, or sell them"
    )
    assert finding.zh == (
        f"备灾中心：饮用水 24件（批次 {lot}）将于 2023-07-31 到期，限用于地区 610923，登记的接收方均不符合；"
        "请征得捐赠方同意改变用途、转给可以使用的红十字会，或变卖"
    )


def test_whoever_is_added_may_meet_it():
    book = office()
    water(book, "2023-07-31", Restriction(places=("610923",), groups=("flood-hit",), programme="flood"))
    assert len(expiring_without_recipient(book, on="2023-06-01")) == 1
    book.add(Household("h9", groups=("flood-hit",), division="610923101"))
    assert expiring_without_recipient(book, on="2023-06-01") == ()


@pytest.mark.parametrize(
    "restriction",
    [None, Restriction(groups=("school",)), Restriction(programme="any"), Restriction(recipients=("h3",))],
    ids=["free", "passed on by a society", "a programme", "named"],
)
def test_what_somebody_may_use_is_not_told(restriction: Restriction | None):
    book = office()
    water(book, "2023-07-31", restriction)
    assert expiring_without_recipient(book, on="2023-06-01") == ()


def test_how_long_before_is_policy_or_asked():
    book = office()
    water(book, "2023-07-31", Restriction(places=("610923",)))
    assert expiring_without_recipient(book, on="2023-05-01") == ()
    assert len(expiring_without_recipient(book, 91, on="2023-05-01")) == 1
    assert expiring_without_recipient(book, 91, on="2023-05-01", warehouse="branch") == ()
    book.policy = Policy(notice_days=91)
    assert len(expiring_without_recipient(book, on="2023-05-01")) == 1
    assert expiring_without_recipient(book, on="2023-05-01", known=0) == ()
    assert expiring_without_recipient(book, on="2023-08-01") == ()
    with pytest.raises(NotExact):
        expiring_without_recipient(book, 30.5, on="2023-05-01")  # pyright: ignore[reportArgumentType] -- on purpose


def test_one_question_is_asked_of_lots_of_one_restriction():
    book = office()
    for _ in range(2):
        water(book, "2023-07-31", Restriction(places=("610923",)))
    assert len(expiring_without_recipient(book, on="2023-06-01")) == 2


# What ends


def test_a_restriction_that_ends_is_told_in_time():
    book = office()
    until = Restriction(until="2023-06-30", programme="flood", groups=("flood-hit",), recipients=("h1",))
    lot = water(book, "2024-07-31", until)
    send(book, "branch", 4, "2023-01-11", item="water")
    [finding] = restrictions_ending(book, on="2023-06-01")
    assert (finding.code, finding.about) == ("restriction-ending", lot)
    assert finding.figures == (("quantity", "24"), ("days left", "29"))
    assert finding.en == (
        f"the restriction of 24 piece of Drinking water (lot {lot}) ends on 2023-06-30, and they are not "
        "used; use them in time, or ask the donor for consent to another use"
    )
    assert "将于 2023-06-30 届满" in finding.zh
    assert restrictions_ending(book, 28, on="2023-06-01") == ()


def test_what_has_ended_can_be_used_by_nobody():
    book = office()
    lot = money(book, "10.00", "2023-01-10").lot
    assert restrictions_ending(book, on="2023-06-01") == ()
    book.receive_money(
        donor="province",
        into="main",
        amount=yuan("5.00"),
        on="2023-01-10",
        restriction=Restriction(until="2023-05-31"),
    )
    [finding] = restrictions_ending(book, on="2023-06-01")
    assert (finding.code, finding.about) == ("restriction-ended", "DR-000002-1")
    assert finding.en.startswith("the restriction of CNY 5.00 of Money (lot DR-000002-1) ended on 2023-05-31")
    assert finding.en.endswith("and they are not used; ask the donor for consent to another use")
    assert "已于 2023-05-31 届满" in finding.zh
    assert lot != finding.about


def test_the_soonest_to_end_is_first():
    book = office()
    for until in ("2023-06-30", "2023-06-10"):
        water(book, "2024-07-31", Restriction(until=until))
    found = restrictions_ending(book, on="2023-06-01")
    assert [finding.about for finding in found] == ["GRN-000002-1", "GRN-000001-1"]
