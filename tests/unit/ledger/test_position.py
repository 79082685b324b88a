"""How much of a lot is in a place, and what it is worth."""

from __future__ import annotations

import pytest

from reliefstock.errors import Incomplete
from reliefstock.ledger import Holding, Position


def test_holdings_are_added_and_taken_away_part_by_part() -> None:
    assert Holding(3, 100) + Holding(-1, -33) == Holding(2, 67)
    assert Holding(3, 100) - Holding(1, 33) == Holding(2, 67)
    assert -Holding(3, 100) == Holding(-3, -100)


@pytest.mark.parametrize(
    ("holding", "something", "residue"),
    [
        (Holding(0, 0), False, False),
        (Holding(1, 0), True, False),
        (Holding(0, 1), True, True),
        (Holding(0, -1), True, True),
        (Holding(-1, -33), True, False),
    ],
)
def test_value_without_units_is_residue(holding: Holding, something: bool, residue: bool) -> None:
    assert bool(holding) is something
    assert holding.is_residue is residue


def test_the_last_unit_takes_what_is_left() -> None:
    position, left = Position(3, 100), []
    for _ in range(3):
        left.append(position.worth_of(1))
        position = position.after(-1, -position.worth_of(1))
    assert left == [33, 33, 34]
    assert position.holding == Holding(0, 0)


def test_516_66_is_not_carried_away_by_500_of_it() -> None:
    position = Position(3, 50000)
    assert [position.worth_of(units) for units in (1, 2, 3)] == [16666, 33333, 50000]


def test_what_comes_in_and_what_is_left_are_one_new_layer() -> None:
    assert Position(3, 100).after(-1, -33).after(2, 66) == Position(4, 133)


@pytest.mark.parametrize(
    ("quantity", "value"), [(-1, -34), (-4, -133), (2, 66)], ids=["off the rule", "more than there is", "in"]
)
def test_a_posting_off_the_rule_starts_a_new_layer(quantity: int, value: int) -> None:
    after = Position(3, 100).after(quantity, value)
    assert (after.out, after.quantity, after.value) == (0, 3 + quantity, 100 + value)


def test_an_empty_position_has_no_worth_to_give() -> None:
    empty = Position()
    assert (empty.quantity, empty.value) == (0, 0)
    with pytest.raises(ValueError, match="number of units"):
        empty.worth_of(1)


def test_more_units_than_there_are_have_no_worth() -> None:
    with pytest.raises(Incomplete):
        Position(3, 100).worth_of(4)
