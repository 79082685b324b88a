"""How even a plan is, and what that costs."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from reliefstock.allocation import Demand, Demands, Equal, Outcome, Plan
from reliefstock.allocation.measures import Measures, efficiency, gini, jain, measures, most_efficient
from unit.allocation.plans import RULES, by_hand, plans


def test_the_published_gini_of_one_to_four_is_a_quarter() -> None:
    assert measures(by_hand((1, 2, 3, 4), 4, 4, 4, 4)).gini == Fraction(1, 4)


@pytest.mark.parametrize(
    ("units", "needs", "index"),
    [((1, 2, 3, 4), (4, 4, 4, 4), Fraction(5, 6)), ((1, 1, 1, 1, 0), (1, 1, 1, 1, 1), Fraction(4, 5))],
)
def test_the_published_indices_of_jain(
    units: tuple[int, ...], needs: tuple[int, ...], index: Fraction
) -> None:
    assert measures(by_hand(units, *needs)).jain == index


def test_fill_rates_counts_and_the_unmet_need() -> None:
    told = measures(by_hand((3, 0, 2), 4, 5, 2, supply=6))
    assert (told.smallest, told.largest, told.envy) == (0, 1, 1)
    assert (told.recipients, told.served, told.met) == (3, 2, 1)
    assert (told.awarded, told.left, told.unmet) == (5, 1, 6)


def test_who_needs_nothing_is_left_out() -> None:
    assert measures(by_hand((2, 0), 4, 0)).smallest == Fraction(1, 2)


def test_where_nobody_needs_anything_all_is_met() -> None:
    told = measures(by_hand((0, 0), 0, 0, supply=3))
    assert (told.smallest, told.largest, told.gini, told.jain) == (1, 1, 0, 1)
    assert told.price_of_fairness == 0


def test_where_nobody_has_anything_all_are_equal() -> None:
    told = measures(by_hand((0, 0), 3, 4))
    assert (told.gini, told.jain, told.envy) == (0, 1, 0)


def test_more_than_the_need_is_a_fill_rate_above_one_and_not_of_use() -> None:
    told = measures(by_hand((4, 1), 2, 2))
    assert (told.largest, told.efficiency, told.best, told.unmet) == (2, 3, 4, 1)


def test_the_price_of_fairness_is_what_the_most_efficient_plan_would_do_better() -> None:
    demands = Demands.of([Demand("A", 2, weight=3), Demand("B", 9)])
    plan = Plan(6, demands, Equal(), 0, "", (1, 5), (Outcome.LEVEL,) * 2)
    assert (efficiency(plan), most_efficient(6, demands)) == (8, 10)
    assert measures(plan).price_of_fairness == Fraction(1, 5)


def test_no_plan_is_more_efficient_than_the_most_efficient() -> None:
    demands = Demands.of([Demand("A", 2, weight=3), Demand("B", 3, weight=2, most=2), Demand("C", 4)])
    for supply in range(10):
        found = [
            efficiency(Plan(supply, demands, Equal(), 0, "", units, (Outcome.LEVEL,) * 3))
            for units in product(range(3), range(3), range(5))
            if sum(units) <= supply
        ]
        assert max(found) == most_efficient(supply, demands)


def naive(plan: Plan) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    rates = [Fraction(award.units, award.need) for award in plan if award.need]
    total = sum(rates)
    differences = sum(abs(one - other) for one in rates for other in rates)
    squares = sum(rate * rate for rate in rates)
    count = len(rates)
    return (
        min(rates),
        max(rates),
        differences / (2 * count * total) if total else Fraction(0),
        total * total / (count * squares) if total else Fraction(1),
    )


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_measures_of_cohorts_are_those_of_single_recipients(rule: Equal) -> None:
    for plan in plans(rule, 20, seed=1):
        if plan.demands.need:
            told = measures(plan)
            assert (told.smallest, told.largest, told.gini, told.jain) == naive(plan)
            assert (told.unmet, told.awarded, told.left) == (plan.unmet, plan.awarded, plan.left)
            assert 0 <= told.price_of_fairness <= 1


def test_equal_fill_rates_of_different_needs_are_one() -> None:
    assert measures(by_hand((1, 2, 3), 2, 4, 6)).gini == 0


def test_large_needs_that_nearly_agree_are_told_apart() -> None:
    large = 2**61
    told = measures(by_hand((large, large - 1), 2 * large - 1, 2 * large - 3))
    assert told.envy == abs(Fraction(large, 2 * large - 1) - Fraction(large - 1, 2 * large - 3)) != 0


def test_gini_and_jain_count_how_often_there_is_a_value() -> None:
    listed = [(Fraction(1), 1), (Fraction(1), 1), (Fraction(3), 1)]
    counted = [(Fraction(1), 2), (Fraction(3), 1)]
    assert (gini(listed), jain(listed)) == (gini(counted), jain(counted))


def test_measures_are_stated_by_name() -> None:
    with pytest.raises(TypeError):
        Measures(1, 1)  # type: ignore[call-arg,misc]  # pyright: ignore[reportCallIssue]
