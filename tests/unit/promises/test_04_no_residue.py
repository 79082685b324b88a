"""Promise 4: a place with no units of a lot holds none of its value."""

from __future__ import annotations

from itertools import product

import pytest

from reliefstock.errors import ResidueLeft
from reliefstock.ledger import EntryKind, Holding, Ledger, Place, Position
from unit.ledger.house import DEPOT, HOUSEHOLD, OTHER_DEPOT, day, draft, history, lot, moved, received
from unit.promises.breaking import empty_places_with_value, refused, rules_switched_off


def left(place: Place, on: int, asked: int, least: int, most: int) -> ResidueLeft:
    return ResidueLeft(place=str(place), lot="L", on=day(on), asked=asked, least=least, most=most)


def issue(
    ledger: Ledger, on: int, quantity: int = 1, source: Place = DEPOT, target: Place = HOUSEHOLD
) -> int:
    """Post an issue at the value that a draft gives it."""
    made = draft(ledger, day(on))
    value = made.move(ledger.lot("L"), source, target, quantity)
    made.finish(EntryKind.DISTRIBUTION)
    ledger.post(made.entries)
    return value


# The rule


def test_the_last_unit_takes_the_odd_fen() -> None:
    ledger = received()
    assert [issue(ledger, on) for on in (2, 3, 4)] == [33, 33, 34]
    assert ledger.holding(DEPOT, "L") == Holding(0, 0)
    assert empty_places_with_value(ledger) == []


@pytest.mark.parametrize(("quantity", "value"), [(3, 100), (3, 50000), (7, 51666), (1, 1), (6, 2), (5, 0)])
def test_no_lot_leaves_a_residue_however_it_is_given_out(quantity: int, value: int) -> None:
    ledger = received(lot(quantity=quantity, value=value))
    values = [issue(ledger, 2 + n) for n in range(quantity)]
    assert sum(values) == value
    assert empty_places_with_value(ledger) == []


def test_a_rounded_unit_price_is_refused_at_the_last_unit() -> None:
    ledger = received()
    for number, on in ((2, 2), (3, 3)):
        ledger.post([moved(number, day(on), DEPOT, HOUSEHOLD, 1, 33)])
    refused(ledger, [moved(4, day(4), DEPOT, HOUSEHOLD, 1, 33)], left(DEPOT, 4, 33, 34, 34))


def test_a_price_rounded_up_is_refused_as_well() -> None:
    ledger = received()
    ledger.post([moved(2, day(2), DEPOT, HOUSEHOLD, 1, 34)])
    refused(ledger, [moved(3, day(3), DEPOT, HOUSEHOLD, 1, 34)], left(DEPOT, 3, 34, 33, 33))


def test_the_error_says_what_the_units_can_carry() -> None:
    assert str(left(DEPOT, 4, 33, 34, 34)) == (
        "taking a value of 33 minor units of lot L from warehouse:ankang would leave value without units on "
        "2023-01-04, the units can carry 34 to 34; date the entry later, or correct the later entries first"
    )


# Dated back, with an odd fen


def odd_fen() -> Ledger:
    """Three units worth 1.00 yuan; one out on the 10th, one on the 20th, one comes back on the 25th."""
    ledger = received()
    assert [issue(ledger, on) for on in (10, 20)] == [33, 33]
    assert issue(ledger, 25, source=HOUSEHOLD, target=DEPOT) == 33
    return ledger


def test_an_issue_dated_back_to_the_22nd_takes_34_fen() -> None:
    ledger = odd_fen()
    assert issue(ledger, 22, target=OTHER_DEPOT) == 34
    assert history(ledger, DEPOT) == [(1, 3, 100), (10, 2, 67), (20, 1, 34), (22, 0, 0), (25, 1, 33)]
    assert empty_places_with_value(ledger) == []


def test_nothing_else_is_revalued_by_it() -> None:
    ledger = odd_fen()
    before = ledger.entries
    issue(ledger, 22, target=OTHER_DEPOT)
    assert ledger.entries[:-1] == before


def test_the_33_fen_of_the_rule_would_leave_one_behind_on_the_22nd() -> None:
    refused(odd_fen(), [moved(5, day(22), DEPOT, OTHER_DEPOT, 1, 33)], left(DEPOT, 22, 33, 34, 34))


@pytest.mark.parametrize("on", range(1, 29))
def test_an_issue_dated_to_any_day_leaves_no_residue_or_is_refused(on: int) -> None:
    ledger = odd_fen()
    made = draft(ledger, day(on))
    if made.left(ledger.lot("L"), DEPOT) > 0:
        issue(ledger, on, target=OTHER_DEPOT)
    assert empty_places_with_value(ledger) == []
    for day_, place in product(range(1, 29), (DEPOT, OTHER_DEPOT, HOUSEHOLD)):
        there = ledger.holding(place, "L", on=day(day_))
        assert there.quantity > 0 or there == Holding(0, 0)


# Without the rule


def test_without_the_rule_516_66_is_left_of_500() -> None:
    """A rounded unit price: three of 166.67 are 500.01, three of 166.66 leave two fen behind."""
    for price, residue in ((16667, -1), (16666, 2)):
        ledger = received(lot(value=50000))
        with rules_switched_off("_check_giving_place"):
            for number in (2, 3, 4):
                ledger.post([moved(number, day(number), DEPOT, HOUSEHOLD, 1, price)])
        assert ledger.holding(DEPOT, "L") == Holding(0, residue)
        assert empty_places_with_value(ledger) == [("warehouse:ankang", "L", "2023-01-04", residue)]


def test_without_the_rule_the_issue_dated_back_leaves_a_fen_on_the_22nd() -> None:
    ledger = odd_fen()
    with rules_switched_off("_check_giving_place"):
        ledger.post([moved(5, day(22), DEPOT, OTHER_DEPOT, 1, 33)])
    assert empty_places_with_value(ledger) == [("warehouse:ankang", "L", "2023-01-22", 1)]
    assert ledger.holding(DEPOT, "L") == Holding(1, 34)


def test_with_a_rounded_unit_price_in_the_position_the_rule_turns_the_last_unit_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The two ways to the value of a unit are independent: break the one and the other says so."""
    position = Position(3, 100, 2)
    assert position.worth_of(1) == 34
    monkeypatch.setattr(Position, "worth_of", lambda self, taken: self.worth // self.count * taken)
    assert position.worth_of(1) == 33
    ledger = received()
    for number in (2, 3):
        ledger.post([moved(number, day(number), DEPOT, HOUSEHOLD, 1, Position(3, 100).worth_of(1))])
    rounded = moved(4, day(4), DEPOT, HOUSEHOLD, 1, Position(3, 100).worth_of(1))
    refused(ledger, [rounded], left(DEPOT, 4, 33, 34, 34))
