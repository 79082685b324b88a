"""Promise 2: in every entry, per currency, postings sum to zero; conversions too."""

from __future__ import annotations

import attrs
import pytest

from reliefstock.errors import LotOriginBroken, NotExact, ValueNotConserved
from reliefstock.ledger import Entry, EntryKind, Holding, Ingredient, Ledger, Lot, Posting
from unit.ledger.house import CONVERSION, DEPOT, FUND, HOUSEHOLD, day, entry, lot, received, totals
from unit.promises.breaking import refused, rules_switched_off


def dearer(out: int, into: int) -> Entry:
    moves = ((DEPOT, "L", -2, -out), (HOUSEHOLD, "L", 2, into))
    return entry(2, EntryKind.DISTRIBUTION, day(2), *moves)


@pytest.mark.parametrize(("out", "into", "difference"), [(66, 67, 1), (67, 66, -1)])
def test_goods_do_not_become_dearer_or_cheaper_on_the_way(out: int, into: int, difference: int) -> None:
    refused(received(), [dearer(out, into)], ValueNotConserved(where="lot L", difference=difference))


@pytest.mark.parametrize("value", [33.0, 33.5, True, "33"])
def test_a_value_is_a_whole_number_of_fen(value: object) -> None:
    with pytest.raises(NotExact):
        attrs.evolve(Posting(DEPOT, "L", 1, 33), value=value)


def test_the_error_says_what_is_missing() -> None:
    assert str(ValueNotConserved(where="lot L", difference=1)) == (
        "the values of lot L sum to +1 minor units, not to zero; say where the rest came from or went"
    )


# Conversions


def paid() -> Ledger:
    return received(lot("M", 100, 100, item="CNY"), into=FUND)


def quilts(value: int, *made_of: Ingredient) -> Lot:
    return lot("B", 3, value, donor=None, made_of=made_of)


def bought(value: int) -> Entry:
    return entry(
        2,
        EntryKind.PURCHASE,
        day(2),
        (FUND, "M", -100, -100),
        (CONVERSION, "M", 100, 100),
        (CONVERSION, "B", -3, -value),
        (DEPOT, "B", 3, value),
    )


WHOLE = Ingredient("M", 100, 100)


def test_what_is_bought_is_worth_what_was_paid() -> None:
    ledger = paid()
    ledger.post([bought(100)], [quilts(100, WHOLE)])
    assert ledger.holding(DEPOT, "B") == Holding(3, 100)
    assert totals(ledger.entries) == Holding(0, 0)


@pytest.mark.parametrize(("value", "difference"), [(120, -20), (99, 1)])
def test_goods_worth_more_or_less_than_was_paid_are_refused(value: int, difference: int) -> None:
    error = ValueNotConserved(where="conversion:PUR-000001", difference=difference)
    refused(paid(), [bought(value)], error, [quilts(value, WHOLE)])


def test_goods_that_forget_whose_money_paid_for_them_are_refused() -> None:
    error = LotOriginBroken(lot="B", reason="it comes out of a conversion and was made of nothing")
    refused(paid(), [bought(100)], error, [quilts(100)])


# Without the rule


def test_without_the_rule_value_is_made_of_nothing() -> None:
    ledger = received()
    with rules_switched_off("_check_sums"):
        ledger.post([dearer(66, 67)])
    assert totals(ledger.entries).value == 1


def test_without_the_rule_a_purchase_makes_the_society_richer() -> None:
    ledger = paid()
    with rules_switched_off("_check_conversions"):
        ledger.post([bought(120)], [quilts(120, WHOLE)])
    assert ledger.holding(DEPOT, "B").value == 120
    assert ledger.holding(CONVERSION, "M").value + ledger.holding(CONVERSION, "B").value == -20


def test_without_the_rule_a_purchase_forgets_its_donors() -> None:
    ledger = paid()
    with rules_switched_off("_check_conversions"):
        ledger.post([bought(100)], [quilts(100)])
    assert (ledger.lot("B").donor, ledger.lot("B").made_of) == (None, ())
