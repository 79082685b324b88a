"""Kits whose value is not all known, and what that does to a total."""

from __future__ import annotations

import pytest

from reliefstock import Book, Interval
from reliefstock.reconciliation import Goods, Measure, Scope, What, measure
from reliefstock.reconciliation.kits import incomplete_kits, incomplete_lots
from unit.reconciliation.office import (
    H2,
    YEAR,
    bill,
    build,
    give,
    office,
    receive,
    take_apart,
    take_back,
    undo,
)

KIT = "KIT-000001-1"


def kits(second: str | None = None) -> Book:
    """Three kits of a quilt worth 1.00 yuan in all and a bottle of which nobody stated what it is worth."""
    book = office()
    receive(book, 3, "1.00", "2023-01-01")
    receive(book, 3, second, "2023-01-02", item="water", donor="company")
    bill(book, "kit", quilt=1, water=1)
    bill(book, "box", kit=1)
    build(book, "kit", 3, "2023-01-03")
    return book


def ask(book: Book, what: What, **more: object) -> Interval:
    return measure(book, Measure(what=what, period=YEAR, **more)).bounds  # pyright: ignore[reportArgumentType]


def test_a_kit_with_a_component_without_a_value_is_found():
    book = kits()
    (found,) = incomplete_kits(book)
    assert (found.code, found.about, found.documents) == ("kit-value-incomplete", KIT, ("KIT-000001",))
    assert found.en == (
        "lot KIT-000001-1: 3 piece of A kit are in the book at CNY 1.00, without the value of Drinking water "
        "(lot GRN-000002-1), which is not stated"
    )
    assert found.zh == (
        "批次 KIT-000001-1：kit包 3件，账面1.00元不含饮用水（批次 GRN-000002-1）的价值，后者未说明"
    )
    assert found.figures == (("value", "CNY 1.00"), ("part", "GRN-000002-1"))


def test_kits_of_such_kits_are_found_too():
    book = kits()
    build(book, "box", 2, "2023-01-04")
    assert [one.about for one in incomplete_kits(book)] == [KIT, "KIT-000002-1"]
    assert incomplete_lots(book) == {"GRN-000002-1", KIT, "KIT-000002-1"}


def test_kits_whose_value_is_all_known_are_not():
    book = kits("0.50")
    assert (incomplete_kits(book), incomplete_lots(book)) == ((), frozenset())


def test_kits_of_which_none_is_left_are_not():
    book = kits()
    take_apart(book, KIT, 3, "2023-01-04")
    assert incomplete_kits(book) == ()
    book = kits()
    undo(book, "KIT-000001", "2023-01-04")
    assert incomplete_kits(book) == ()


def test_the_value_of_such_kits_is_at_least_what_is_known():
    book = kits()
    give(book, "h1", 1, "2023-01-05", item="kit")
    assert ask(book, What.ON_HAND) == Interval.at_least(67)
    assert ask(book, What.GIVEN_OUT) == Interval.at_least(33)
    assert ask(book, What.GIVEN_OUT, unit="piece") == Interval.exactly(1)
    take_back(book, "h1", KIT, 1, "2023-01-06")
    assert ask(book, What.GIVEN_OUT) == Interval.exactly(0)
    assert ask(book, What.RECEIVED) == Interval.at_least(100)


# Of the donors of joint kits


@pytest.mark.parametrize(("donor", "value"), [("province", 33), ("company", 16)])
def test_what_is_theirs_in_kits_given_out_is_known(donor: str, value: int):
    book = kits("0.50")
    give(book, "h1", 1, "2023-01-05", item="kit")
    scope = Scope(donors=(donor,))
    assert ask(book, What.GIVEN_OUT, scope=scope) == Interval(value, value + 1)
    assert ask(book, What.GIVEN_OUT, scope=scope, goods=Goods.MONEY) == Interval.exactly(0)
    assert ask(book, What.ON_HAND, scope=scope) == Interval(2 * value, 2 * value + 2)
    assert ask(book, What.REACHED, scope=scope, unit="person") == Interval.exactly(4)
    pieces = measure(book, Measure(what=What.GIVEN_OUT, period=YEAR, unit="piece", scope=scope))
    assert (pieces.bounds, pieces.widest) == (Interval.exactly(0), Interval(0, 1))


def test_what_is_theirs_and_divides_is_known_to_the_fen():
    book = kits("0.60")
    give(book, "h1", 2, "2023-01-05", item="kit")
    assert ask(book, What.GIVEN_OUT, scope=Scope(donors=("company",))) == Interval.exactly(40)


def test_what_is_theirs_and_has_no_value_is_worth_something():
    book = kits()
    give(book, "h1", 2, "2023-01-05", item="kit")
    assert ask(book, What.GIVEN_OUT, scope=Scope(donors=("company",))) == Interval.unknown()
    assert ask(book, What.GIVEN_OUT, scope=Scope(donors=("province",))) == Interval.at_least(66)


@pytest.mark.parametrize(("second", "low"), [("0.50", -17), (None, 0)])
def test_what_came_back_in_kits_is_below_zero(second: str | None, low: int):
    book = kits(second)
    give(book, "h1", 1, "2023-01-05", item="kit")
    take_back(book, "h1", KIT, 1, "2023-07-01")
    second_half = Measure(what=What.GIVEN_OUT, period=H2, scope=Scope(donors=("company",)))
    assert measure(book, second_half).bounds == Interval(low, -16 if low else 0)
