"""Gifts: promised, received, inspected."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reliefstock import (
    Book,
    BoughtLine,
    Interval,
    Item,
    Money,
    PledgedLine,
    Policy,
    ReceiptForm,
    Restriction,
    Valuation,
)
from reliefstock.errors import (
    BadData,
    CurrencyMismatch,
    Incomplete,
    NeedsApproval,
    NotExact,
    NotPositive,
    NotUsable,
    ReliefstockError,
    UnitMismatch,
    Unknown,
)
from reliefstock.operations.receiving import inspect_life
from unit.operations.office import (
    QUILT,
    RICE,
    WATER,
    bought,
    fingerprint,
    gift,
    held,
    line,
    money,
    new_office,
    refused,
    worth,
    yuan,
)

SCHOOLS = Restriction(groups=("school",))
XUNYANG = Restriction(places=("610928",))
FREE = Restriction()


@pytest.fixture
def book() -> Book:
    return new_office()


# Pledges


def promised(book: Book, **said: Any) -> str:  # noqa: ANN401
    facts: dict[str, Any] = {
        "donor": "province",
        "lines": [PledgedLine("quilt", QUILT.quantity(10), yuan("1000"))],
        "on": "2023-01-05",
    }
    return book.pledge(**facts | said).number


def test_a_promise_is_not_stock(book: Book) -> None:
    number = promised(book, deliver_by="2023-02-01", agreement="letter 3", restriction=SCHOOLS)
    assert number == "PL-000001"
    assert (book.entries, book.on_hand("quilt").quantity) == ((), 0)
    assert getattr(book.document(number), "deliver_by") == date(2023, 2, 1)  # noqa: B009


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"donor": "nobody"}, Unknown),
        ({"lines": []}, Incomplete),
        ({"lines": [PledgedLine("tent", QUILT.quantity(1))]}, Unknown),
        ({"lines": [PledgedLine("quilt", RICE.quantity(1))]}, UnitMismatch),
        ({"lines": [PledgedLine("quilt", QUILT.quantity(0))]}, NotPositive),
        ({"lines": PledgedLine("quilt", QUILT.quantity(1))}, Incomplete),
    ],
    ids=str,
)
def test_a_promise_of_nothing_that_is_known_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError]
) -> None:
    with refused(book, error):
        promised(book, **said)


def test_a_promise_may_state_a_value_alone(book: Book) -> None:
    assert promised(book, lines=[PledgedLine("medicine", value=yuan("99000"))]) == "PL-000001"


def test_a_gift_that_was_promised_counts_once_and_is_named_by_its_promise(book: Book) -> None:
    number = promised(book)
    note = gift(book, donation=number)
    assert (note.donation, book.lot(note.lots[0]).donation) == (number, number)
    assert book.on_hand("quilt").quantity == 10


def test_the_promise_of_somebody_else_is_not_fulfilled(book: Book) -> None:
    number = promised(book)
    with refused(book, Incomplete) as errors:
        gift(book, donor="city", donation=number)
    assert "promised by province, not by city" in errors[0].missing
    with refused(book, Unknown):
        gift(book, donation="PL-000009")


# Goods


def test_what_is_counted_by_two_goes_into_the_depot(book: Book) -> None:
    note = gift(book, line(10, "100", batch="7", condition="new"), source_document="slip 4")
    [lot] = [book.lot(lot_id) for lot_id in note.lots]
    assert (note.number, note.donor, note.donation, note.warehouse) == (
        "GRN-000001",
        "province",
        "GRN-000001",
        "depot",
    )
    assert (lot.id, lot.donor, lot.quantity, lot.value) == ("GRN-000001-1", "province", 10, 10000)
    assert (lot.batch, lot.condition, lot.received) == ("7", "new", date(2023, 1, 10))
    assert held(book, "warehouse:depot", lot.id) == (10, 10000)
    assert held(book, "donor:province", lot.id) == (-10, -10000)


def test_a_box_of_24_is_never_one_piece(book: Book) -> None:
    note = gift(book, line(item="water", accepted=WATER.quantity(2, "box")))
    assert held(book, "warehouse:depot", note.lots[0])[0] == 48


def test_850_bags_of_five_kilograms_are_8500_jin(book: Book) -> None:
    note = gift(book, line(item="rice", accepted=RICE.quantity(8500, "jin")))
    assert held(book, "warehouse:depot", note.lots[0])[0] == 850 * 5 * 1000


def test_what_is_doubtful_is_kept_apart_and_what_is_refused_never_enters(book: Book) -> None:
    note = gift(
        book,
        line(
            7,
            "100",
            quarantined=QUILT.quantity(3),
            quarantine_reason="wet",
            refused=QUILT.quantity(2),
            refusal_reason="torn",
        ),
    )
    lot = note.lots[0]
    assert held(book, "warehouse:depot", lot) == (7, 7000)
    assert held(book, "quarantine:depot", lot) == (3, 3000)
    assert (book.on_hand("quilt").quantity, book.on_hand("quilt", usable_only=True).quantity) == (10, 7)
    assert (note.lines[0].refused, note.lines[0].refusal_reason) == (QUILT.quantity(2), "torn")


def test_goods_that_are_all_refused_make_a_note_and_no_entry(book: Book) -> None:
    note = gift(book, line(accepted=None, refused=QUILT.quantity(2), refusal_reason="torn"))
    assert (note.lots, note.entries, book.entries) == ((), (), ())


def test_goods_that_are_all_doubtful_are_all_kept_apart(book: Book) -> None:
    note = gift(book, line(accepted=None, quarantined=QUILT.quantity(3), quarantine_reason="wet"))
    assert held(book, "quarantine:depot", note.lots[0]) == (3, 10000)


def test_every_line_is_a_lot_of_its_own(book: Book) -> None:
    torn = line(accepted=None, refused=QUILT.quantity(1), refusal_reason="torn")
    assert gift(book, line(1), torn, line(2)).lots == ("GRN-000001-1", "GRN-000001-3")


def test_goods_without_a_value_are_kept_by_quantity(book: Book) -> None:
    note = gift(book, line(valuation=Valuation.memorandum()))
    assert held(book, "warehouse:depot", note.lots[0]) == (10, 0)


def test_goods_of_which_the_papers_state_the_value_alone_are_counted_by_it(book: Book) -> None:
    note = gift(book, line(item="medicine", accepted=yuan("99000"), valuation=worth("99000")))
    assert held(book, "warehouse:depot", note.lots[0]) == (9900000, 9900000)


BAD_GIFTS: list[tuple[dict[str, Any], type[ReliefstockError], str]] = [
    ({"donor": "nobody"}, Unknown, "donor 'nobody'"),
    ({"into": "nowhere"}, Unknown, "warehouse 'nowhere'"),
    ({"lines": []}, Incomplete, "no lines"),
    ({"lines": line()}, Incomplete, "is no list"),
    ({"counted_by": ("a",)}, NeedsApproval, "2 different people"),
    ({"counted_by": ("a", " a ")}, NeedsApproval, "1 are named"),
    ({"counted_by": ("a", " ")}, NeedsApproval, "1 are named"),
    ({"counted_by": "ab"}, Incomplete, "'ab' is no list"),
    ({"counted_by": "ab"}, Incomplete, "give a list of one: ['ab']"),
    ({"counted_by": frozenset("a")}, Incomplete, "is no list"),
]
BAD_LINES: list[tuple[dict[str, Any], type[ReliefstockError], str]] = [
    ({"item": "tent"}, Unknown, "item 'tent'"),
    ({"accepted": None}, Incomplete, "no quantity is stated"),
    ({"accepted": QUILT.quantity(0)}, Incomplete, "no quantity is stated"),
    ({"accepted": QUILT.quantity(-1)}, NotPositive, "above zero"),
    ({"accepted": 10}, BadData, "a quantity with its unit or an amount with its currency or nothing is due"),
    ({"accepted": 2.5}, BadData, "got float 2.5 @ $.lines[1].accepted"),
    ({"accepted": True}, BadData, "got bool True @ $.lines[1].accepted"),
    ({"accepted": RICE.quantity(1)}, UnitMismatch, "never added"),
    ({"accepted": yuan("5")}, UnitMismatch, "never added"),
    ({"quarantined": QUILT.quantity(1)}, Incomplete, "why quilt is quarantined"),
    ({"refused": QUILT.quantity(1), "refusal_reason": " "}, Incomplete, "why quilt is refused"),
    ({"refused": QUILT.quantity(-1), "refusal_reason": "torn"}, NotPositive, "above zero"),
    ({"accepted": None, "refused": QUILT.quantity(0)}, Incomplete, "no quantity is stated"),
    ({"valuation": Valuation.voucher(Money(5, "USD"), "x")}, CurrencyMismatch, "USD"),
    ({"item": "medicine", "accepted": yuan("10")}, Incomplete, "counted by value"),
    ({"item": "CNY", "accepted": yuan("100")}, Incomplete, "it is money"),
    ({"expiry": "2023-07-09"}, NotUsable, "6 months"),
]


@pytest.mark.parametrize(("said", "error", "words"), BAD_GIFTS, ids=str)
def test_a_gift_that_cannot_be_taken_in_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        gift(book, **said)
    assert words in str(errors[0])


@pytest.mark.parametrize(("said", "error", "words"), BAD_LINES, ids=str)
def test_one_bad_line_refuses_the_whole_note(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        gift(book, line(), line(**said))
    assert words in str(errors[0])


def test_goods_that_are_all_refused_need_a_depot_that_is_known_too(book: Book) -> None:
    with refused(book, Unknown):
        gift(book, line(accepted=None, refused=QUILT.quantity(2), refusal_reason="torn"), into="nowhere")


def test_the_list_of_counters_is_not_changed_afterwards(book: Book) -> None:
    counters = ["a", "b"]
    note = gift(book, counted_by=counters)
    counters[1] = "somebody else"
    assert note.counted_by == ("a", "b")


def test_a_society_may_ask_for_more_counters() -> None:
    strict = new_office(Policy(counters=3))
    with refused(strict, NeedsApproval) as errors:
        gift(strict)
    assert errors[0].reason == "3 different people take part in it, 2 are named"
    assert gift(strict, counted_by=("a", "b", "c")).number == "GRN-000001"


# Remaining life


@pytest.mark.parametrize(
    ("expiry", "life", "least", "months"),
    [
        ("2023-07-10", None, None, 0),
        ("2023-07-09", None, date(2023, 7, 10), 6),
        ("2023-07-09", 7, date(2023, 7, 10), 6),
        ("2023-04-10", 6, None, 0),
        ("2023-04-09", 6, date(2023, 4, 10), 3),
        ("2022-12-31", 1, date(2023, 4, 10), 3),
        (None, 1, None, 0),
    ],
)
def test_goods_are_accepted_with_six_months_left_or_three_of_a_short_life(
    expiry: str | None, life: int | None, least: date | None, months: int
) -> None:
    on, until = date(2023, 1, 10), None if expiry is None else date.fromisoformat(expiry)
    if least is None:
        inspect_life(Policy(), "milk", on, until, life)
        assert months == 0
    else:
        with pytest.raises(NotUsable) as caught:
            inspect_life(Policy(), "milk", on, until, life)
        assert caught.value.what == "milk"
        assert f"is {least} or later, {months} months" in caught.value.reason


def test_short_lived_goods_are_accepted_by_the_rule_for_them(book: Book) -> None:
    assert gift(book, line(expiry="2023-04-10", life_months=6)).lots == ("GRN-000001-1",)


def test_short_lived_goods_may_be_kept_apart_with_a_reason(book: Book) -> None:
    short = line(
        accepted=None, quarantined=QUILT.quantity(1), quarantine_reason="short life", expiry="2023-02-01"
    )
    assert gift(book, short).lots == ("GRN-000001-1",)


@pytest.mark.parametrize(
    ("months", "error"), [(0, NotPositive), (-6, NotPositive), (6.0, NotExact), (True, NotExact)]
)
def test_a_life_is_a_whole_number_of_months(months: object, error: type[ReliefstockError]) -> None:
    with pytest.raises(error, match="life of goods in months"):
        line(life_months=months)


# Restrictions


@pytest.mark.parametrize(
    ("promise", "note", "own", "restrictions"),
    [
        (None, None, None, ()),
        (None, FREE, None, ()),
        (None, SCHOOLS, None, (SCHOOLS,)),
        (None, SCHOOLS, XUNYANG, (XUNYANG,)),
        (None, SCHOOLS, FREE, ()),
        (SCHOOLS, None, None, (SCHOOLS,)),
        (SCHOOLS, SCHOOLS, None, (SCHOOLS,)),
        (SCHOOLS, XUNYANG, None, (SCHOOLS, XUNYANG)),
        (SCHOOLS, FREE, FREE, (SCHOOLS,)),
        (SCHOOLS, None, XUNYANG, (SCHOOLS, XUNYANG)),
    ],
)
def test_what_a_donor_promised_something_for_holds_whatever_is_said_when_it_comes(
    book: Book,
    promise: Restriction | None,
    note: Restriction | None,
    own: Restriction | None,
    restrictions: tuple[Restriction, ...],
) -> None:
    number = promised(book, restriction=promise)
    goods = gift(book, line(restriction=own), donation=number, restriction=note)
    assert book.lot(goods.lots[0]).restrictions == restrictions


def test_money_is_restricted_as_it_was_promised(book: Book) -> None:
    number = promised(book, lines=[PledgedLine("CNY", yuan("100"))], restriction=SCHOOLS)
    receipt = money(book, donation=number, restriction=FREE)
    assert book.lot(receipt.lot).restrictions == (SCHOOLS,)
    assert receipt.donation == number


# Money


def test_money_is_one_lot_whose_units_are_worth_themselves(book: Book) -> None:
    receipt = money(book, "71300000", receipt_form=ReceiptForm.WAIVED, source_document="bank slip")
    assert (receipt.number, receipt.receipt, receipt.fund) == ("DR-000001", "DR-000001", "general")
    assert held(book, "fund:general", receipt.lot) == (7130000000, 7130000000)
    assert book.on_hand("CNY").value == 7130000000


def test_a_gift_in_another_currency_is_kept_as_it_was_given(book: Book) -> None:
    receipt = money(book, "691.00", original=Money.of("100", "USD"), rate="6.91", receipt="r 1")
    valuation = book.lot(receipt.lot).valuation
    assert (valuation.original, valuation.rate, valuation.evidence) == (
        Money.of("100", "USD"),
        "6.91",
        "receipt r 1",
    )


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"donor": "nobody"}, Unknown),
        ({"into": "depot"}, Unknown),
        ({"amount": Money.of("5", "USD")}, CurrencyMismatch),
        ({"amount": yuan("0")}, NotPositive),
        ({"amount": yuan("-5")}, NotPositive),
        ({"amount": 5}, BadData),
        ({"amount": 5.0}, BadData),
        ({"amount": True}, BadData),
        ({"amount": Interval.exactly(5)}, BadData),
        ({"donation": "PL-000001"}, Unknown),
    ],
    ids=str,
)
def test_money_that_cannot_be_taken_in_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError]
) -> None:
    with refused(book, error):
        money(book, **said)


def test_a_note_that_was_refused_uses_no_number(book: Book) -> None:
    before = fingerprint(book)
    with pytest.raises(Unknown):
        gift(book, into="nowhere")
    assert fingerprint(book) == before
    assert gift(book).number == "GRN-000001"


def test_goods_counted_by_value_in_another_currency_are_not_for_this_book(book: Book) -> None:
    foreign = Item.by_value("kits", zh="药箱", en="Kits", currency="USD")
    book.add(foreign)
    usd = Money.of("5", "USD")
    with refused(book, CurrencyMismatch):
        gift(book, line(item="kits", accepted=usd))
    with refused(book, CurrencyMismatch):
        book.pledge(donor="city", lines=[PledgedLine("kits", usd)], on="2023-01-05")
    money(book)
    with refused(book, CurrencyMismatch):
        bought(book, lines=[BoughtLine("kits", foreign.quantity(500), yuan("5"))])


def test_nothing_is_promised_for_one_programme_and_received_for_another(book: Book) -> None:
    promise = book.pledge(
        donor="province",
        lines=[PledgedLine("quilt", QUILT.quantity(1))],
        on="2023-01-05",
        restriction=Restriction(programme="winter"),
    )
    for give in (gift, money):
        with refused(book, Incomplete) as errors:
            give(book, donation=promise.number, restriction=Restriction(programme="school"))
        assert "two programmes (winter, school)" in errors[0].missing
    gift(book, donation=promise.number, restriction=Restriction(programme="winter", places=("610981",)))
