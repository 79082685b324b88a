"""To the doorstep, and back."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import Book, Handout, Household, Money, Policy, Restriction, ReturnedLine
from reliefstock.errors import (
    BadData,
    BelowZero,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotABusinessDate,
    NotEnough,
    NotPositive,
    NotUsable,
    OutsideRestriction,
    ReliefstockError,
    UnitMismatch,
    Unknown,
)
from unit.operations.office import (
    MEDICINE,
    QUILT,
    RICE,
    gift,
    given,
    held,
    line,
    new_office,
    refused,
    worth,
    yuan,
)

L = "GRN-000001-1"


@pytest.fixture
def book() -> Book:
    """Three quilts worth 1.00 yuan in the depot."""
    book = new_office()
    gift(book, line(3, "1"))
    return book


def test_who_got_what_from_which_lot_stands_on_the_list(book: Book) -> None:
    done = given(book, ("H-1", 1), ("lvhe", 2), programme="winter", source_document="plan 2")
    assert (done.number, done.origin, done.programme, done.picking) == (
        "DL-000001",
        "depot",
        "winter",
        "FEFO",
    )
    assert [(one.recipient, one.signature, one.picks[0].lot) for one in done.lines] == [
        ("H-1", "sheet 1", L),
        ("lvhe", "sheet 1", L),
    ]
    assert held(book, "household:H-1", L) == (1, 33)
    assert held(book, "school:lvhe", L) == (2, 67)
    assert held(book, "warehouse:depot", L) == (0, 0)


def test_one_recipient_may_stand_on_two_lines(book: Book) -> None:
    done = given(book, ("H-1", 1), ("H-1", 2))
    assert [one.picks[0].value for one in done.lines] == [33, 67]
    assert held(book, "household:H-1", L) == (3, 100)


def test_a_society_gets_goods_over_the_counter_too(book: Book) -> None:
    given(book, ("xunyang", 1))
    assert held(book, "society:xunyang", L) == (1, 33)


def test_a_bundle_of_ten_is_ten_quilts(book: Book) -> None:
    gift(book, line(30))
    bundle = Handout("lvhe", "quilt", QUILT.quantity(2, "bundle"), "sheet 1")
    done = book.distribute(origin="depot", lines=[bundle], on="2023-01-20")
    assert sum(pick.quantity for pick in done.lines[0].picks) == 20


def test_goods_counted_by_value_are_given_out_by_value(book: Book) -> None:
    note = gift(book, line(item=MEDICINE.id, accepted=yuan("12.50"), valuation=worth("12.50")))
    handout = Handout("H-1", "medicine", yuan("2.25"), "sheet 1")
    book.distribute(origin="depot", lines=[handout], on="2023-01-20")
    assert held(book, "household:H-1", note.lots[0]) == (225, 225)


def handout(**said: Any) -> Handout:  # noqa: ANN401
    facts: dict[str, Any] = {
        "recipient": "H-1",
        "item": "quilt",
        "quantity": QUILT.quantity(1),
        "signature": "s",
    }
    return Handout(**facts | said)


BAD: list[tuple[dict[str, Any], type[ReliefstockError], str]] = [
    ({"lines": []}, Incomplete, "no lines"),
    ({"lines": handout()}, Incomplete, "is no list"),
    ({"origin": "nowhere"}, Unknown, "warehouse 'nowhere'"),
    ({"lines": [handout(recipient="H-7")]}, Unknown, "add it first"),
    ({"lines": [handout(recipient="province")]}, Unknown, "recipient 'province'"),
    ({"lines": [handout(item="tent")]}, Unknown, "item 'tent'"),
    ({"lines": [handout(signature=" ")]}, NeedsApproval, "nobody signed for it"),
    ({"lines": [handout(quantity=QUILT.quantity(0))]}, NotPositive, "above zero"),
    ({"lines": [handout(quantity=QUILT.quantity(-1))]}, NotPositive, "reverse it instead"),
    ({"lines": [handout(quantity=1)]}, BadData, "a quantity with its unit"),
    ({"lines": [handout(quantity=1.0)]}, BadData, "got float 1.0 @ $.lines[0].quantity"),
    ({"lines": [handout(quantity=True)]}, BadData, "got bool True"),
    ({"lines": [handout(quantity=RICE.quantity(1))]}, UnitMismatch, "never added"),
    ({"lines": [handout(quantity=Money(1, "CNY"))]}, UnitMismatch, "never added"),
    ({"lines": [handout(lots=("GRN-000001-9",))]}, Unknown, "there is none of that name or number"),
    ({"lines": [handout(quantity=QUILT.quantity(4))]}, NotEnough, "3 can be used"),
    ({"lines": [handout(), handout(quantity=QUILT.quantity(3))]}, NotEnough, "2 can be used"),
    ({"on": "2023-01-09"}, NotEnough, "on 2023-01-09, 0 can be used"),
    ({"on": "2023-07-08"}, DateTooFarAhead, "the latest date the book takes is 2023-07-07"),
    ({"on": "2023-02-30"}, NotABusinessDate, "business date"),
    ({"on": 20230120}, NotABusinessDate, "got int 20230120"),
]


@pytest.mark.parametrize(("said", "error", "words"), BAD, ids=str)
def test_a_list_that_cannot_be_is_refused_and_nobody_on_it_got_anything(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        book.distribute(**{"origin": "depot", "lines": [handout()], "on": "2023-01-20"} | said)
    assert words in str(errors[0])


@pytest.mark.parametrize("lots", ["GRN-000001-1", {"GRN-000001-1"}])
def test_one_lot_is_named_in_a_list_too(lots: Any) -> None:  # noqa: ANN401
    with pytest.raises(Incomplete):
        handout(lots=lots)


def test_old_papers_without_a_sign_off_can_be_taken_in_where_the_policy_says_so() -> None:
    lenient = new_office(Policy(sign_off=False))
    gift(lenient)
    done = lenient.distribute(origin="depot", lines=[handout(signature="")], on="2023-01-20")
    assert done.lines[0].signature == ""


# Restrictions

USES = [
    (Restriction(), "H-2", "", True),
    (Restriction(places=("610928",)), "H-1", "", True),
    (Restriction(places=("610928",)), "H-3", "", True),
    (Restriction(places=("610981",)), "H-1", "", True),
    (Restriction(places=("610981",)), "H-3", "", True),
    (Restriction(places=("610928",)), "H-2", "", False),
    (Restriction(places=("610924", "610928")), "H-2", "", True),
    (Restriction(places=("610900",)), "H-2", "", True),
    (Restriction(places=("610928101",)), "H-1", "", True),
    (Restriction(places=("610928100",)), "H-1", "", False),
    (Restriction(places=("610928",)), "xunyang", "", True),
    (Restriction(places=("610928",)), "ziyang", "", False),
    (Restriction(programme="winter"), "H-2", "winter", True),
    (Restriction(programme="winter"), "H-2", "", False),
    (Restriction(programme="winter"), "H-2", "back to school", False),
    (Restriction(groups=("flood-hit",)), "H-1", "", True),
    (Restriction(groups=("flood-hit",)), "H-2", "", False),
    (Restriction(groups=("school", "flood-hit")), "lvhe", "", True),
    (Restriction(groups=("school",)), "xunyang", "", True),
    (Restriction(recipients=("lvhe",)), "lvhe", "", True),
    (Restriction(recipients=("lvhe",)), "H-1", "", False),
    (Restriction(recipients=("lvhe",)), "xunyang", "", True),
    (Restriction(until="2023-01-20"), "H-1", "", True),
    (Restriction(until="2023-01-19"), "H-1", "", False),
    (Restriction(places=("610928",), programme="winter"), "H-1", "", False),
    (Restriction(places=("610928",), programme="winter"), "H-1", "winter", True),
]


@pytest.mark.parametrize(("restriction", "recipient", "programme", "allowed"), USES, ids=str)
def test_goods_go_only_where_their_donor_gave_them_for(
    restriction: Restriction, recipient: str, programme: str, allowed: bool
) -> None:
    book = new_office()
    [lot] = gift(book, line(restriction=restriction)).lots
    if allowed:
        done = given(book, (recipient, 1), programme=programme)
        assert done.lines[0].picks[0].lot == lot
        return
    with refused(book, NotEnough) as not_enough:
        given(book, (recipient, 1), programme=programme)
    assert not_enough[0].there == 0
    assert not_enough[0].passed_over == (f"10 of lot {lot} are for {restriction.text()} only",)
    named = Handout(recipient, "quilt", QUILT.quantity(1), "sheet 1", (lot,))
    with refused(book, OutsideRestriction) as outside:
        book.distribute(origin="depot", lines=[named], on="2023-01-20", programme=programme)
    assert (outside[0].lot, outside[0].restriction) == (lot, restriction.text())
    assert recipient in outside[0].asked


def test_a_household_without_a_place_gets_nothing_that_was_given_for_a_place() -> None:
    book = new_office()
    book.add(Household("H-9", size=1))
    gift(book, line(restriction=Restriction(places=("610928",))))
    with refused(book, NotEnough):
        given(book, ("H-9", 1))


# Returns


def returned(book: Book, units: int = 1, **said: Any) -> Any:  # noqa: ANN401
    facts: dict[str, Any] = {
        "recipient": "H-1",
        "into": "depot",
        "lines": [ReturnedLine(L, QUILT.quantity(units))],
        "on": "2023-01-25",
        "reason": "too many",
    }
    return book.return_(**facts | said)


@pytest.mark.parametrize(("usable", "where"), [(True, "warehouse:depot"), (False, "quarantine:depot")])
def test_what_comes_back_is_the_same_lot_at_the_same_value(book: Book, usable: bool, where: str) -> None:
    given(book, ("H-1", 3))
    note = returned(book, 2, usable=usable)
    assert (note.number, note.recipient, note.warehouse, note.usable) == ("RN-000001", "H-1", "depot", usable)
    assert [(one.lot, one.item, one.value) for one in note.lines] == [(L, "quilt", 66)]
    assert held(book, where, L) == (2, 66)
    assert held(book, "household:H-1", L) == (1, 34)


def test_the_same_lot_may_come_back_on_two_lines(book: Book) -> None:
    given(book, ("H-1", 3))
    note = returned(book, lines=[ReturnedLine(L, QUILT.quantity(1)), ReturnedLine(L, QUILT.quantity(2))])
    assert [one.value for one in note.lines] == [33, 67]


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"units": 2}, BelowZero, "asked to take 2 of lot GRN-000001-1 from household:H-1"),
        ({"recipient": "H-2"}, BelowZero, "only 0 would be there"),
        ({"recipient": "H-7"}, Unknown, "recipient 'H-7'"),
        ({"into": "nowhere"}, Unknown, "warehouse 'nowhere'"),
        ({"on": "2023-01-19"}, BelowZero, "on 2023-01-19 only 0"),
        ({"reason": ""}, Incomplete, "why goods are returned"),
        ({"lines": []}, Incomplete, "no lines"),
        ({"lines": [ReturnedLine("GRN-000009-1", QUILT.quantity(1))]}, Unknown, "lot 'GRN-000009-1'"),
        ({"units": 0}, NotPositive, "above zero"),
    ],
    ids=str,
)
def test_a_return_of_what_nobody_had_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    given(book, ("H-1", 1))
    with refused(book, error) as errors:
        returned(book, **said)
    assert words in str(errors[0])


def test_what_came_back_cannot_be_given_to_somebody_else_by_its_restriction() -> None:
    book = new_office()
    gift(book, line(3, "1", restriction=Restriction(recipients=("H-1",))))
    given(book, ("H-1", 1))
    returned(book, into="station")
    with refused(book, NotEnough):
        given(book, ("H-2", 1), origin="station", on="2023-01-26")


def test_what_is_kept_apart_is_not_given_out_by_naming_its_lot() -> None:
    book = new_office()
    note = gift(book, line(accepted=None, quarantined=QUILT.quantity(3), quarantine_reason="wet"))
    with refused(book, NotEnough):
        book.distribute(origin="depot", lines=[handout(lots=note.lots)], on="2023-01-20")


def test_a_used_up_lot_that_is_named_is_not_enough(book: Book) -> None:
    given(book, ("H-1", 3))
    with refused(book, NotEnough):
        book.distribute(origin="depot", lines=[handout(lots=(L,))], on="2023-01-20")


def test_an_expired_lot_that_is_named_is_not_usable() -> None:
    book = new_office(today="2023-07-20")
    note = gift(book, line(expiry="2023-07-15"), on="2023-01-10")
    with refused(book, NotUsable) as errors:
        book.distribute(origin="depot", lines=[handout(lots=note.lots)], on="2023-07-16")
    assert (errors[0].what, errors[0].reason, errors[0].do) == (
        f"lot {note.lots[0]}",
        "it expired on 2023-07-15",
        "name another lot, or write it off",
    )
