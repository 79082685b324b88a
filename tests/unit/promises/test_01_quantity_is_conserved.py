"""Promise 1: in every entry, per lot, postings sum to zero."""

from __future__ import annotations

import pytest

from reliefstock.errors import QuantityNotConserved
from reliefstock.ledger import Entry, EntryKind, Holding
from unit.ledger.house import DEPOT, DONOR, HOUSEHOLD, OTHER_DEPOT, day, entry, lot, moved, received, totals
from unit.promises.breaking import refused, rules_switched_off


def vanishing(out: int, into: int, lot_id: str = "L") -> Entry:
    moves = ((DEPOT, lot_id, -out, -33 * out), (HOUSEHOLD, lot_id, into, 33 * out))
    return entry(2, EntryKind.DISTRIBUTION, day(2), *moves)


@pytest.mark.parametrize(("out", "into", "difference"), [(2, 1, -1), (1, 2, 1)])
def test_units_that_vanish_or_appear_between_two_places_are_refused(
    out: int, into: int, difference: int
) -> None:
    refused(received(), [vanishing(out, into)], QuantityNotConserved(lot="L", difference=difference))


def test_units_of_two_lots_do_not_make_up_for_one_another() -> None:
    ledger = received(lot("L"), lot("M"))
    swapped = entry(
        3,
        EntryKind.DISPATCH,
        day(2),
        (DEPOT, "L", -2, -66),
        (OTHER_DEPOT, "L", 1, 66),
        (DEPOT, "M", -1, -33),
        (OTHER_DEPOT, "M", 2, 33),
    )
    refused(ledger, [swapped], QuantityNotConserved(lot="L", difference=-1))


def test_the_error_says_what_is_missing() -> None:
    assert str(QuantityNotConserved(lot="L", difference=-1)) == (
        "the postings of lot L sum to -1 units, not to zero; say where the rest came from or went"
    )


def test_whatever_is_posted_no_unit_is_made_or_lost() -> None:
    ledger = received()
    ledger.post([moved(2, day(2), DEPOT, HOUSEHOLD, 2, 66)])
    ledger.post([moved(3, day(3), HOUSEHOLD, OTHER_DEPOT, 1, 33)])
    assert totals(ledger.entries).quantity == 0
    places = (DONOR, DEPOT, OTHER_DEPOT, HOUSEHOLD)
    assert sum((ledger.holding(place, "L") for place in places), Holding(0, 0)) == Holding(0, 0)


def test_without_the_rule_a_unit_is_lost_and_nobody_has_it() -> None:
    ledger = received()
    with rules_switched_off("_check_sums", "_check_worth"):
        ledger.post([vanishing(2, 1)])
    assert totals(ledger.entries).quantity == -1
    assert ledger.holding(DEPOT, "L").quantity + ledger.holding(HOUSEHOLD, "L").quantity == 2
