"""Scopes: what they take, and which lies within which."""

from __future__ import annotations

from datetime import date

import pytest

from reliefstock import (
    Entry,
    EntryKind,
    Lot,
    Movement,
    Place,
    Restriction,
    Valuation,
)
from reliefstock.errors import Incomplete
from reliefstock.reconciliation import Scope


def lot(programme: str = "drive") -> Lot:
    return Lot(
        id="L",
        item="quilt",
        quantity=1,
        value=0,
        valuation=Valuation.memorandum(),
        received=date(2023, 1, 1),
        donor="province",
        donation="GRN-000001",
        restrictions=(Restriction(programme=programme),) if programme else (),
    )


def takes(scope: Scope, source: str, target: str, *, programme: str = "", given_for: str = "") -> bool:
    movement = Movement(Place.parse(source), Place.parse(target), "L", 1, 0)
    entry = Entry(
        number=1,
        kind=EntryKind.DISTRIBUTION,
        on=date(2023, 1, 1),
        document="DL-000001",
        postings=(),
        programme=programme,
    )
    return scope.takes(entry, lot(given_for), movement)


@pytest.mark.parametrize(
    ("scope", "there"),
    [
        (Scope(), True),
        (Scope(donors=("province", "company")), True),
        (Scope(donors=("company",)), False),
        (Scope(donations=("GRN-000001",)), True),
        (Scope(donations=("GRN-000002",)), False),
        (Scope(items=("quilt",)), True),
        (Scope(items=("water",)), False),
        (Scope(warehouses=("depot",)), True),
        (Scope(warehouses=("branch",)), False),
        (Scope(recipients=("h1",)), True),
        (Scope(recipients=("h2",)), False),
        (Scope(recipient_kinds=("household",)), True),
        (Scope(recipient_kinds=("school",)), False),
        (Scope(recipients=("h1",), recipient_kinds=("school",)), False),
        (Scope(donors=("province",), items=("quilt",), warehouses=("depot",), recipients=("h1",)), True),
    ],
)
def test_a_movement_is_in_a_scope_that_states_nothing_it_lacks(scope: Scope, there: bool):
    assert takes(scope, "warehouse:depot", "household:h1") is there


@pytest.mark.parametrize(
    ("done_for", "given_for", "there"),
    [
        ("drive", "", True),
        ("", "drive", True),
        ("drive", "drive", True),
        ("flood", "drive", True),
        ("", "", False),
        ("flood", "", False),
    ],
)
def test_a_movement_is_in_the_programme_that_it_was_done_for_or_given_for(
    done_for: str, given_for: str, there: bool
):
    scope = Scope(programmes=("drive",))
    assert takes(scope, "warehouse:depot", "household:h1", programme=done_for, given_for=given_for) is there


def test_what_comes_back_is_in_the_scope_of_who_gives_it_back():
    scope = Scope(warehouses=("depot",), recipients=("h1",))
    assert takes(scope, "household:h1", "warehouse:depot")


def test_what_nobody_was_given_has_no_recipient():
    assert not takes(Scope(recipient_kinds=("household",)), "donor:province", "warehouse:depot")


@pytest.mark.parametrize("source", ["donor:depot", "household:depot", "transit:depot"])
def test_a_party_with_the_id_of_a_depot_is_no_depot(source: str):
    assert not takes(Scope(warehouses=("depot",)), source, "warehouse:branch")


@pytest.mark.parametrize("place", ["warehouse:depot", "quarantine:depot", "fund:depot"])
def test_stock_is_in_the_scope_of_its_depot_or_fund(place: str):
    assert Scope(warehouses=("depot",)).takes_stock(lot(), Place.parse(place))


@pytest.mark.parametrize(
    ("scope", "there"),
    [
        (Scope(), True),
        (Scope(programmes=("drive",)), True),
        (Scope(programmes=("flood",)), False),
        (Scope(donors=("company",)), False),
        (Scope(warehouses=("branch",)), False),
        (Scope(recipients=("h1",)), False),
        (Scope(recipient_kinds=("household",)), False),
    ],
)
def test_stock_is_in_the_programme_that_it_was_given_for_and_has_no_recipient(scope: Scope, there: bool):
    assert scope.takes_stock(lot(), Place.parse("warehouse:depot")) is there


@pytest.mark.parametrize(
    ("narrow", "wide", "inside"),
    [
        (Scope(), Scope(), True),
        (Scope(items=("quilt",)), Scope(), True),
        (Scope(), Scope(items=("quilt",)), False),
        (Scope(items=("quilt",)), Scope(items=("water", "quilt")), True),
        (Scope(items=("quilt", "water")), Scope(items=("quilt",)), False),
        (Scope(items=("quilt",), donors=("company",)), Scope(donors=("company",)), True),
        (Scope(items=("quilt",)), Scope(donors=("company",)), False),
        (Scope(recipients=("h1",)), Scope(recipient_kinds=("household",)), False),
        (Scope(programmes=("drive",), warehouses=("depot",)), Scope(warehouses=("depot",)), True),
    ],
)
def test_a_scope_lies_within_another_that_states_no_more(narrow: Scope, wide: Scope, inside: bool):
    assert narrow.within(wide) is inside


@pytest.mark.parametrize(
    ("scope", "lots", "recipients"),
    [
        (Scope(programmes=("drive",), warehouses=("depot",)), False, False),
        (Scope(donors=("company",)), True, False),
        (Scope(donations=("GRN-000001",)), True, False),
        (Scope(items=("quilt",)), True, False),
        (Scope(recipients=("h1",)), False, True),
        (Scope(recipient_kinds=("school",)), False, True),
    ],
)
def test_a_scope_knows_what_it_is_narrowed_by(scope: Scope, lots: bool, recipients: bool):
    assert (scope.names_lots, scope.names_recipients) == (lots, recipients)


def test_a_scope_takes_lists_and_keeps_them_and_no_texts():
    donors = ["province"]
    scope = Scope(donors=donors)  # pyright: ignore[reportArgumentType]
    donors.append("company")
    assert scope.donors == ("province",)
    with pytest.raises(Incomplete, match="is no list"):
        Scope(items="quilt")  # pyright: ignore[reportArgumentType]


def test_an_id_that_looks_the_same_is_the_same():
    assert Scope(donors=("Cafe\u0301",)) == Scope(donors=("Caf\u00e9",))
