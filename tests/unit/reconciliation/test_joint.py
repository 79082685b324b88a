"""Whose is what in lots of several donors, and where."""

from __future__ import annotations

from datetime import date

import pytest

from reliefstock import Book, Place
from reliefstock.reconciliation import Scope
from reliefstock.reconciliation.joint import NOBODY, Joint, Shares, _spread, is_whole, shares_of
from unit.reconciliation.office import (
    arrive,
    bill,
    build,
    buy,
    give,
    money,
    office,
    receive,
    send,
    take_apart,
    undo,
)

DEPOT = Place.parse("warehouse:depot")
PROVINCE, COMPANY = Scope(donors=("province",)), Scope(donors=("company",))
KIT = "KIT-000001-1"


def kits() -> Book:
    """Three kits of a quilt of the province, 33 or 34 fen, and two bottles of the company, 16 or 17 fen."""
    book = office()
    receive(book, 3, "1.00", "2023-01-01")
    receive(book, 6, "1.00", "2023-01-02", item="water", donor="company")
    bill(book, "kit", quilt=1, water=2)
    build(book, "kit", 3, "2023-01-03")
    return book


@pytest.mark.parametrize(
    ("amounts", "places", "shares"),
    [
        ({}, [], []),
        ({"A": 5}, [], []),
        ({"A": 0}, [0, 0], [{"A": 0}, {"A": 0}]),
        ({"A": 1, "B": 2}, [1, 1, 1], [{"A": 0, "B": 1}, {"A": 0, "B": 1}, {"A": 1, "B": 0}]),
        ({"A": 50}, [50, 50], [{"A": 25}, {"A": 25}]),
        ({"A": 200}, [50, 50], [{"A": 50}, {"A": 50}]),
    ],
)
def test_amounts_are_spread_over_places(
    amounts: dict[str, int], places: list[int], shares: list[dict[str, int]]
):
    assert _spread(amounts, places) == shares


def test_a_lot_of_one_donation_is_all_of_it():
    book = kits()
    shares = Shares(book)
    lot = receive(book, 2, "1.00", "2023-01-05").lots[0]
    assert shares.inside(book.lot(lot)) == {"GRN-000003": 100}
    assert shares.at(book.lot(lot), DEPOT) == {"GRN-000003": 100}
    assert shares.at(book.lot(lot), Place.parse("warehouse:branch")) == {}


def test_kits_hold_what_went_into_them():
    book = kits()
    shares = Shares(book)
    assert shares.inside(book.lot(KIT)) == {"GRN-000001": 100, "GRN-000002": 100}
    assert shares.at(book.lot(KIT), DEPOT) == {"GRN-000001": 100, "GRN-000002": 100}


def test_what_came_out_again_is_not_in_them():
    book = kits()
    take_apart(book, KIT, 1, "2023-01-04")
    assert Shares(book).inside(book.lot(KIT)) == {"GRN-000001": 67, "GRN-000002": 67}
    assert Shares(book, on=date(2023, 1, 3)).inside(book.lot(KIT)) == {"GRN-000001": 100, "GRN-000002": 100}
    assert Shares(book, known=3).inside(book.lot(KIT)) == {"GRN-000001": 100, "GRN-000002": 100}
    assert Shares(book, known=2).inside(book.lot(KIT)) == {}


def test_kits_found_over_are_nobodys():
    book = kits()
    arrive(book, send(book, "branch", 3, "2023-01-05", item="kit"), "2023-01-06", received=4)
    at = Shares(book).at(book.lot(KIT), Place.parse("warehouse:branch"))
    assert at == {"GRN-000001": 100, "GRN-000002": 100, NOBODY: 66}


def test_each_unit_of_a_purchase_is_of_those_whose_money_it_names():
    book = office()
    money(book, "65.00", "2023-01-01")
    money(book, "35.00", "2023-01-02", donor="company")
    lots = [book.lot(lot) for lot in buy(book, 10, "100.00", "2023-01-03").lots]
    assert [dict(Shares(book).inside(lot)) for lot in lots] == [
        {"DR-000001": 6_000},
        {"DR-000001": 500, "DR-000002": 500},
        {"DR-000002": 3_000},
    ]
    undo(book, "PUR-000001", "2023-01-04")
    assert Shares(book).inside(lots[1]) == {}
    assert Shares(book).places(lots[1]) == {}


# Of the donors in a scope


def test_a_scope_without_donors_has_no_shares():
    assert shares_of(kits(), Scope(items=("quilt",))) == {}


def test_in_each_kit_so_much_is_theirs():
    book = kits()
    assert shares_of(book, PROVINCE) == {KIT: Joint(100, 33, 34, in_each=True)}
    assert shares_of(book, COMPANY) == {KIT: Joint(100, 32, 34, in_each=True)}
    assert not is_whole(book.lot(KIT), shares_of(book, PROVINCE))
    assert is_whole(book.lot(KIT), shares_of(book, Scope(donors=("province", "company"))))
    assert not is_whole(book.lot(KIT), {})


def test_in_kits_of_kits_so_many_times_as_much():
    book = kits()
    bill(book, "box", kit=2)
    build(book, "box", 1, "2023-01-04")
    assert shares_of(book, PROVINCE)["KIT-000002-1"] == Joint(67, 66, 68, in_each=True)


def test_what_is_theirs_and_has_no_value_is_theirs_all_the_same():
    book = office()
    receive(book, 3, "1.00", "2023-01-01")
    receive(book, 3, None, "2023-01-02", item="water", donor="company")
    bill(book, "kit", quilt=1, water=1)
    build(book, "kit", 3, "2023-01-03")
    assert shares_of(book, COMPANY) == {KIT: Joint(0, 0, None, in_each=True)}
    assert is_whole(book.lot(KIT), shares_of(book, PROVINCE))
    assert not is_whole(book.lot(KIT), shares_of(book, COMPANY))


def test_what_several_paid_for_one_unit_is_in_no_unit_for_certain():
    book = office()
    for donor in ("province", "company"):
        money(book, "50.00", "2023-01-01", donor=donor)
    lot = buy(book, 1, "100.00", "2023-01-02").lots[0]
    assert not shares_of(book, PROVINCE)[lot].in_each
    bill(book, "kit", quilt=1)
    build(book, "kit", 1, "2023-01-03")
    assert shares_of(book, PROVINCE)[KIT] == Joint(5_000, 0, 10_001, in_each=False)


def test_goods_of_another_donation_are_none_of_theirs():
    book = kits()
    receive(book, 1, "1.00", "2023-01-04")
    assert shares_of(book, Scope(donations=("GRN-000003",))) == {}


def test_joint_kits_given_out_are_of_both():
    book = kits()
    give(book, "h1", 1, "2023-01-04", item="kit")
    shares = Shares(book)
    there = [dict(shares.at(book.lot(KIT), place)) for place in shares.places(book.lot(KIT))]
    assert [sum(one.values()) for one in there] == [134, 66]
    assert sum(one["GRN-000001"] for one in there) == 100
