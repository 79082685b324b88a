"""Money that leaves a fund."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from reliefstock import Book, BoughtLine, Money, Project, Restriction, State
from reliefstock.errors import (
    BadData,
    BelowZero,
    CurrencyMismatch,
    Incomplete,
    NeedsApproval,
    NotEnough,
    NotOpen,
    NotPositive,
    NotUsable,
    OutsideRestriction,
    ReliefstockError,
    UnitMismatch,
    Unknown,
)
from reliefstock.ledger import Ingredient
from unit.operations.office import (
    MEDICINE,
    QUILT,
    bought,
    gift,
    given,
    held,
    money,
    new_office,
    refused,
    reverse,
    spent,
    yuan,
)

SCHOOLS = Restriction(programme="back to school")
XUNYANG = Restriction(places=("610928",))
M1, M2, M3 = "DR-000001-1", "DR-000002-1", "DR-000003-1"


@pytest.fixture
def book() -> Book:
    """Free money: 60 yuan of the province, 40 of the city, 100 of the company, in this order."""
    book = new_office()
    money(book, "60")
    money(book, "40", donor="city")
    money(book, "100", donor="company")
    return book


# Purchases


def test_goods_are_worth_what_was_paid_for_them(book: Book) -> None:
    record = bought(book, 7, "50", programme="winter")
    [lot] = [book.lot(lot_id) for lot_id in record.lots]
    assert (record.number, record.supplier, record.invoice, record.programme) == (
        "PUR-000001",
        "shop",
        "18",
        "winter",
    )
    assert (lot.quantity, lot.value, lot.supplier, lot.donor, lot.donation) == (
        7,
        5000,
        "shop",
        "province",
        "DR-000001",
    )
    assert lot.made_of == (Ingredient(M1, 5000, 5000),)
    assert lot.valuation.evidence == "invoice 18"
    assert held(book, "fund:general", M1) == (1000, 1000)
    assert held(book, "warehouse:depot", lot.id) == (7, 5000)
    assert held(book, "conversion:PUR-000001", lot.id) == (-7, -5000)


SHARES = [
    (10, "100", [(6, 6000, {M1: 6000}), (4, 4000, {M2: 4000})]),
    (3, "100", [(1, 3333, {M1: 3333}), (1, 3333, {M1: 2667, M2: 666}), (1, 3334, {M2: 3334})]),
    (1, "100", [(1, 10000, {M1: 6000, M2: 4000})]),
    (2, "200", [(1, 10000, {M1: 6000, M2: 4000}), (1, 10000, {M3: 10000})]),
    (1, "200", [(1, 20000, {M1: 6000, M2: 4000, M3: 10000})]),
    (5, "60", [(5, 6000, {M1: 6000})]),
    (7, "0.03", [(7, 3, {M1: 3})]),
]


@pytest.mark.parametrize(("units", "cost", "shares"), SHARES, ids=str)
def test_each_unit_that_one_donors_money_covers_whole_is_that_donors(
    book: Book, units: int, cost: str, shares: list[tuple[int, int, dict[str, int]]]
) -> None:
    record = bought(book, units, cost)
    lots = [book.lot(lot_id) for lot_id in record.lots]
    assert [
        (lot.quantity, lot.value, {part.lot: part.value for part in lot.made_of}) for lot in lots
    ] == shares
    assert all(part.quantity == part.value for lot in lots for part in lot.made_of)
    assert [(one.lot, one.cost, one.paid_from) for one in record.lines] == [
        (lot.id, lot.value, lot.made_of) for lot in lots
    ]


@pytest.mark.parametrize(("units", "cost"), [(20001, "200"), (6001, "100"), (9999, "100"), (3, "0.02")])
def test_no_fen_and_no_donor_is_lost_however_cheap_the_units_are(book: Book, units: int, cost: str) -> None:
    lots = [book.lot(lot_id) for lot_id in bought(book, units, cost).lots]
    assert sum(lot.quantity for lot in lots) == units
    assert sum(lot.value for lot in lots) == yuan(cost).minor
    assert all(lot.made_of and lot.value for lot in lots)


def test_a_unit_of_two_donors_has_no_single_donor_and_every_restriction(book: Book) -> None:
    money(book, "5", donor="city", restriction=XUNYANG)
    money(book, "5", donor="company", restriction=SCHOOLS)
    names = ("DR-000004-1", "DR-000005-1")
    record = bought(book, 1, "10", money=names, programme="back to school")
    lot = book.lot(record.lots[0])
    assert (lot.donor, lot.donation, lot.restrictions) == (None, None, (XUNYANG, SCHOOLS))


def test_two_gifts_of_one_donor_are_one_donor(book: Book) -> None:
    money(book, "5", donor="city")
    lot = book.lot(bought(book, 1, "10", money=(M2, "DR-000004-1")).lots[0])
    assert (lot.donor, lot.donation) == ("city", "DR-000002")
    both = book.lot(bought(book, 1, "35", money=(M2, "DR-000004-1")).lots[0])
    assert (both.donor, both.donation) == ("city", None)


def test_several_lines_go_on_in_the_same_money(book: Book) -> None:
    quilts = BoughtLine("quilt", QUILT.quantity(1), yuan("50"), expiry="2024-01-01", batch="9")
    record = bought(book, lines=[quilts, quilts])
    assert [[(part.lot, part.value) for part in one.paid_from] for one in record.lines] == [
        [(M1, 5000)],
        [(M1, 1000), (M2, 4000)],
    ]
    lot = book.lot(record.lots[0])
    assert (str(lot.expiry), lot.batch) == ("2024-01-01", "9")


def test_goods_by_value_are_as_much_as_they_cost(book: Book) -> None:
    record = bought(book, lines=[BoughtLine("medicine", yuan("50"), yuan("50"))])
    assert held(book, "warehouse:depot", record.lots[0]) == (5000, 5000)
    assert record.lines[0].quantity == yuan("50")


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"fund": "nothing"}, Unknown, "fund 'nothing'"),
        ({"supplier": "nobody"}, Unknown, "supplier 'nobody'"),
        ({"into": "nowhere"}, Unknown, "warehouse 'nowhere'"),
        ({"project": "road"}, Unknown, "project 'road'"),
        ({"project": "road", "money": (M1,)}, Unknown, "project 'road'"),
        ({"invoice": " "}, Incomplete, "the invoice of a purchase"),
        ({"lines": []}, Incomplete, "no lines"),
        ({"counted_by": ("a",)}, NeedsApproval, "2 different people"),
        ({"counted_by": "ab"}, Incomplete, "is no list"),
        ({"cost": "200.01"}, NotEnough, "asked for CNY 200.01 from fund:general"),
        ({"cost": "0"}, NotPositive, "above zero"),
        ({"cost": "-1"}, NotPositive, "above zero"),
        ({"units": 0}, NotPositive, "above zero"),
        ({"lines": [BoughtLine("quilt", QUILT.quantity(1), Money.of("5", "USD"))]}, CurrencyMismatch, "USD"),
        ({"lines": [BoughtLine("tent", QUILT.quantity(1), yuan("5"))]}, Unknown, "item 'tent'"),
        ({"lines": [BoughtLine("quilt", yuan("5"), yuan("5"))]}, UnitMismatch, "never added"),
        ({"lines": [BoughtLine("CNY", yuan("5"), yuan("5"))]}, Incomplete, "it is money"),
        ({"lines": [BoughtLine("medicine", yuan("6"), yuan("5"))]}, Incomplete, "counted by value"),
        (
            {"lines": [BoughtLine("medicine", MEDICINE.quantity(400), yuan("5"))]},
            Incomplete,
            "counted by value",
        ),
        ({"money": ("DR-000009-1",)}, Unknown, "lot 'DR-000009-1'"),
        ({"money": M1}, Incomplete, "is no list"),
        ({"money": (M2,)}, NotEnough, "CNY 40.00 can be used"),
        ({"fund": "well fund"}, NotEnough, "CNY 0.00 can be used"),
        ({"on": "2023-01-09"}, NotEnough, "CNY 0.00 can be used"),
    ],
    ids=str,
)
def test_a_purchase_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        bought(book, **said)
    assert words in str(errors[0])


@pytest.mark.parametrize("bare", [5, 5.0, True])
def test_a_cost_without_a_currency_is_refused(book: Book, bare: Any) -> None:  # noqa: ANN401
    with refused(book, BadData) as errors:
        bought(book, lines=[BoughtLine("quilt", QUILT.quantity(1), bare)])
    due = f"an amount with its currency is due, got {type(bare).__name__} {bare!r}"
    assert errors[0].problems == (f"{due} @ $.lines[0].cost",)


def test_goods_are_no_money(book: Book) -> None:
    note = gift(book)
    with refused(book, NotUsable) as errors:
        bought(book, 1, "5", money=note.lots)
    assert errors[0].reason == "it is quilt, not CNY"


def test_money_for_a_narrower_use_buys_nothing_unless_it_is_named(book: Book) -> None:
    lot = money(book, "50", restriction=XUNYANG).lot
    with refused(book, NotEnough) as errors:
        bought(book, 1, "250")
    assert errors[0].passed_over == (f"CNY 50.00 of lot {lot} are for place 610928 only",)
    goods = bought(book, 2, "50", money=[lot]).lots
    assert book.lot(goods[0]).restrictions == (XUNYANG,)
    with refused(book, NotEnough):
        given(book, ("H-2", 1))
    given(book, ("H-1", 1))


@pytest.mark.parametrize(("programme", "allowed"), [("back to school", True), ("", True), ("winter", False)])
def test_named_money_is_never_for_another_programme(book: Book, programme: str, allowed: bool) -> None:
    lot = money(book, "50", restriction=SCHOOLS).lot
    if allowed:
        goods = bought(book, 2, "50", money=[lot], programme=programme).lots
        assert book.lot(goods[0]).programme == "back to school"
        return
    with refused(book, OutsideRestriction) as errors:
        bought(book, 2, "50", money=[lot], programme=programme)
    assert errors[0].restriction == "programme back to school"


def test_money_for_a_programme_buys_for_that_programme(book: Book) -> None:
    lot = money(book, "50", restriction=SCHOOLS).lot
    record = bought(book, 2, "50", programme="back to school")
    assert record.lines[0].paid_from == (Ingredient(lot, 5000, 5000),)


def test_money_that_had_to_be_used_by_a_day_is_not_used_later(book: Book) -> None:
    lot = money(book, "50", restriction=Restriction(until="2023-01-14")).lot
    with refused(book, OutsideRestriction):
        bought(book, 2, "50", money=[lot])
    assert bought(book, 2, "50", money=[lot], on="2023-01-14").number == "PUR-000001"


def test_money_for_a_place_buys_for_a_project_of_that_place(book: Book) -> None:
    lot = money(book, "50", restriction=XUNYANG).lot
    record = bought(book, 2, "50", project="well")
    assert record.lines[0].paid_from == (Ingredient(lot, 5000, 5000),)


def test_a_purchase_is_taken_back_as_long_as_the_goods_are_there(book: Book) -> None:
    record = bought(book)
    given(book, ("H-1", 1))
    with refused(book, BelowZero):
        reverse(book, record.number)
    reverse(book, "DL-000001")
    reverse(book, record.number)
    assert held(book, "fund:general", M1) == (6000, 6000)
    assert held(book, "fund:general", M2) == (4000, 4000)
    assert book.on_hand("quilt").quantity == 0


# Spending


def test_what_is_spent_is_on_the_project_with_whose_money_it_was(book: Book) -> None:
    voucher = spent(book, "70", voucher="bank slip 3")
    assert (voucher.number, voucher.fund, voucher.project, voucher.amount) == (
        "PV-000001",
        "general",
        "well",
        yuan("70"),
    )
    assert [(pick.lot, pick.quantity) for pick in voucher.paid_from] == [(M1, 6000), (M2, 1000)]
    assert held(book, "project:well", M2) == (1000, 1000)
    assert book.entries[-1].programme == "clean water"


USES = [
    (Restriction(programme="clean water"), True),
    (Restriction(programme="winter"), False),
    (Restriction(places=("610981",)), True),
    (Restriction(places=("610928",)), True),
    (Restriction(places=("610924",)), False),
    (Restriction(recipients=("well",)), True),
    (Restriction(recipients=("road",)), False),
    (Restriction(groups=("flood-hit",)), False),
    (Restriction(until="2023-01-20"), True),
    (Restriction(until="2023-01-19"), False),
]


@pytest.mark.parametrize(("restriction", "allowed"), USES, ids=str)
def test_money_is_spent_only_on_what_it_was_given_for(restriction: Restriction, allowed: bool) -> None:
    book = new_office()
    lot = money(book, restriction=restriction).lot
    if allowed:
        assert spent(book).paid_from[0].lot == lot
        return
    with refused(book, NotEnough) as errors:
        spent(book)
    assert errors[0].passed_over == (f"CNY 100.00 of lot {lot} are for {restriction.text()} only",)


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"fund": "nothing"}, Unknown, "fund 'nothing'"),
        ({"project": "road"}, Unknown, "project 'road'"),
        ({"purpose": ""}, Incomplete, "what money is spent on"),
        ({"approved_by": "a"}, NeedsApproval, "a payment needs approval"),
        ({"amount": "200.01"}, NotEnough, "CNY 200.00 can be used"),
        ({"amount": Money.of("5", "USD")}, CurrencyMismatch, "USD"),
        ({"amount": "0"}, NotPositive, "above zero"),
        ({"amount": 5}, BadData, "an amount with its currency is due"),
        ({"on": "2023-01-09"}, NotEnough, "CNY 0.00 can be used"),
    ],
    ids=str,
)
def test_a_payment_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        spent(book, **said)
    assert words in str(errors[0])


def test_nothing_is_spent_on_a_project_that_is_only_planned(book: Book) -> None:
    road = Project("road", zh="道路", state=State.PLANNED)
    book.add(road)
    with refused(book, NotOpen) as errors:
        spent(book, project="road")
    assert (errors[0].document, errors[0].state, errors[0].asked) == (
        "project road",
        "only planned",
        "spent on",
    )
    book.amend(attrs.evolve(road, state=State.BEGUN))
    assert spent(book, project="road").project == "road"


def test_a_unit_that_money_of_two_programmes_would_pay_for_is_refused() -> None:
    book = new_office()
    lots = [money(book, "50", restriction=Restriction(programme=name)).lot for name in ("winter", "school")]
    with refused(book, Incomplete) as errors:
        bought(book, 1, "100", money=lots)
    assert "two programmes (winter, school)" in errors[0].missing
    assert len(bought(book, 2, "100", money=lots).lots) == 2


def test_money_that_is_named_is_spent_and_no_other() -> None:
    book = new_office()
    first, second = (money(book, "50").lot for _ in range(2))
    assert [pick.lot for pick in spent(book, "20", money=[second]).paid_from] == [second]
    with refused(book, NotEnough):
        spent(book, "31", money=[second])
    assert [pick.lot for pick in spent(book, "80", money=[second, first]).paid_from] == [second, first]


def test_money_that_is_named_is_spent_only_on_what_it_was_given_for() -> None:
    book = new_office()
    lot = money(book, "50", restriction=Restriction(programme="winter")).lot
    with refused(book, OutsideRestriction):
        spent(book, "20", money=[lot])
