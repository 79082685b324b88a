"""Rounds: how much is for today, how much is kept and why, and what the policies promise."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.allocation.demand import Demand
from reliefstock.allocation.rounds import (
    Expected,
    Guardrail,
    Hope,
    Kept,
    Policy,
    Static,
    Today,
    WhyKept,
    plan_today,
)
from reliefstock.errors import BadDemand, Incomplete, NotExact, NotPositive

NEEDS = st.lists(st.integers(1, 9), min_size=1, max_size=12)
HALF = Fraction(1, 2)


def fills(policy: Policy, stock: int, needs: list[int], expected: Expected) -> list[Fraction]:
    """The fill rates of all rounds, when what is given can be cut."""
    left, rates = Fraction(stock), list[Fraction]()
    for need in needs:
        rates.append(policy.fill(left, need, expected))
        left -= rates[-1] * need
        if expected.rounds:
            expected = expected.next()
    return rates


def given_out(needs: list[int], rates: list[Fraction]) -> Fraction:
    return sum((need * rate for need, rate in zip(needs, rates, strict=True)), Fraction(0))


def today(stock: int, need: int, expected: Expected, policy: Policy) -> Today:
    return plan_today(stock, [Demand("A", need)], expected=expected, policy=policy)


def test_the_margin_of_several_rounds_grows_with_the_root_of_their_number() -> None:
    assert [Expected(rounds, 10, 3).margin for rounds in (0, 1, 4, 9, 100)] == [0, 3, 6, 9, 30]


@given(st.integers(0, 10**6))
def test_a_margin_is_never_too_small_and_hardly_too_large(rounds: int) -> None:
    margin = Expected(rounds, 1, 1).margin
    assert margin**2 >= rounds > (margin - Fraction(1, 2**32)) ** 2 - (not rounds)


def test_what_was_seen_says_what_to_expect() -> None:
    expected = Expected.seen([8, 12, 8, 12], rounds=3)
    assert (expected.need, expected.spread, expected.total) == (10, 4, 30)


def test_of_nothing_that_was_seen_nothing_is_expected() -> None:
    with pytest.raises(NotPositive):
        Expected.seen([], rounds=3)


@pytest.mark.parametrize(
    ("stated", "error"),
    [
        ((1.0, 2, 3), NotExact),
        ((1, 2.5, 3), NotExact),
        ((1, 2, True), NotExact),
        ((-1, 2, 3), NotPositive),
        ((1, -2, 3), NotPositive),
        ((1, 2, Fraction(-1, 2)), NotPositive),
    ],
)
def test_what_is_expected_is_exact_and_not_below_zero(
    stated: tuple[int, int, int], error: type[Exception]
) -> None:
    with pytest.raises(error):
        Expected(*stated)


def test_there_is_no_round_after_the_last() -> None:
    with pytest.raises(NotPositive):
        Expected(0, 5).next()


def test_static_gives_all_the_same_and_leaves_what_was_kept_for_more() -> None:
    expected = Expected(3, 10, 5)
    policy = Static.begun(100, 10, expected)
    rates = fills(policy, 100, [10, 10, 10, 10], expected)
    assert rates == [2, 2, 2, 2]
    assert given_out([10] * 4, rates) == 80


def test_static_suffices_where_the_whole_margin_is_needed() -> None:
    expected = Expected(3, 10, 5)
    rates = fills(Static.begun(100, 10, expected), 100, [10, 20, 10, 10], expected)
    assert rates == [2, 2, 2, 2]


def test_static_ends_with_what_there_is_where_more_come_than_that() -> None:
    expected = Expected(3, 10, 5)
    assert fills(Static.begun(100, 10, expected), 100, [10, 20, 15, 20], expected) == [2, 2, 2, HALF]


def test_hope_leaves_nothing_and_pays_for_it_at_the_end() -> None:
    expected = Expected(2, 10)
    rates = fills(Hope(), 90, [10, 20, 30], expected)
    assert rates == [3, 2, Fraction(2, 3)]
    assert given_out([10, 20, 30], rates) == 90


@given(NEEDS, st.integers(0, 200), st.integers(0, 9))
def test_hope_never_leaves_anything(needs: list[int], stock: int, mean: int) -> None:
    rates = fills(Hope(), stock, needs, Expected(len(needs) - 1, mean))
    assert given_out(needs, rates) == stock


def test_guardrail_gives_more_once_the_lower_rate_is_certain_for_all_to_come() -> None:
    expected = Expected(3, 10, 5)
    rails = Guardrail.begun(100, 10, expected)
    assert (rails.lower, rails.upper) == (2, 4)
    assert fills(rails, 100, [10, 10, 2, 2], expected) == [2, 2, 4, 4]


def test_guardrail_gives_all_in_the_last_round_if_that_is_between_the_rails() -> None:
    rails = Guardrail(Fraction(2), Fraction(4))
    assert [rails.fill(30, need, Expected(0)) for need in (5, 10, 20)] == [4, 3, Fraction(3, 2)]


@given(NEEDS, st.integers(1, 10), st.sampled_from([HALF, Fraction(1, 3), Fraction(2, 3), Fraction(1)]))
def test_the_rounds_of_a_guardrail_are_no_further_apart_than_its_rails(
    needs: list[int], mean: int, exponent: Fraction
) -> None:
    expected = Expected(len(needs) - 1, mean, mean)
    rails = Guardrail.begun(100, needs[0], expected, exponent)
    rates = fills(rails, 100, needs, expected)
    assert max(rates) <= rails.upper
    assert given_out(needs, rates) <= 100
    to_come = [Expected(rounds, mean, mean) for rounds in range(len(needs))]
    if all(sum(needs[-one.rounds :]) <= one.total + one.margin for one in to_come[1:]):
        assert min(rates) >= rails.lower


def test_a_smaller_exponent_sets_the_rails_further_apart() -> None:
    begun = [Guardrail.begun(900, 20, Expected(26, 20, 20), Fraction(1, power)) for power in (1, 2, 3)]
    assert begun[2].upper == begun[2].lower * Fraction(3, 2)
    assert begun[0].upper < begun[1].upper < begun[2].upper


def test_with_no_round_to_come_the_rails_are_one() -> None:
    assert Guardrail.begun(30, 20, Expected(0)) == Guardrail(Fraction(3, 2), Fraction(3, 2))


def test_rails_stand_in_their_order() -> None:
    with pytest.raises(Incomplete, match="below the lower"):
        Guardrail(Fraction(3), Fraction(2))


@pytest.mark.parametrize(("exponent", "error"), [(0.5, NotExact), (1, NotExact), (Fraction(0), NotPositive)])
def test_an_exponent_is_a_fraction_above_zero(exponent: Fraction, error: type[Exception]) -> None:
    with pytest.raises(error):
        Guardrail.begun(30, 20, Expected(3, 20), exponent)


def test_a_rate_needs_somebody_who_needs_something() -> None:
    with pytest.raises(NotPositive, match="the need of all rounds"):
        Static.begun(30, 0, Expected(3, 0))


def test_a_round_that_needs_nothing_has_nothing() -> None:
    assert [policy.fill(9, 0, Expected(1)) for policy in (Hope(), Static(HALF), Guardrail(HALF, HALF))] == [
        0
    ] * 3


def test_a_plain_policy_sets_no_rate() -> None:
    with pytest.raises(Incomplete):
        Policy().fill(9, 3, Expected(1))


def test_today_says_what_is_kept_and_why() -> None:
    found = today(100, 20, Expected(4, 10, 10), Static(HALF))
    assert (found.plan.awarded, found.kept) == (10, 90)
    assert found.why == (Kept(20, WhyKept.TO_COME), Kept(10, WhyKept.MARGIN), Kept(60, WhyKept.EVEN))


def test_today_keeps_what_nobody_of_today_needs() -> None:
    found = today(100, 20, Expected(0), Hope())
    assert found.why == (Kept(80, WhyKept.NOT_NEEDED),)


def test_today_keeps_what_fits_no_box() -> None:
    found = plan_today(10, [Demand("A", 20, lot=6)], expected=Expected(0), policy=Hope())
    assert (list(found.plan.units), found.why) == ([6], (Kept(4, WhyKept.BOXES),))


def test_today_keeps_nothing_where_all_goes() -> None:
    assert today(10, 20, Expected(0), Hope()).why == ()


@given(NEEDS, st.integers(0, 60), st.integers(0, 9), st.sampled_from([Hope(), Static(HALF)]))
def test_what_is_given_and_kept_is_the_stock(needs: list[int], stock: int, mean: int, policy: Policy) -> None:
    expected = Expected(len(needs), mean, 1)
    demands = [Demand(str(number), need) for number, need in enumerate(needs)]
    found = plan_today(stock, demands, expected=expected, policy=policy)
    assert found.plan.awarded + sum(kept.units for kept in found.why) == stock
    assert found.kept >= 0


@given(st.lists(st.integers(1, 3), min_size=1, max_size=30), st.fractions(0, 1, max_denominator=50))
def test_a_part_of_a_unit_that_was_due_is_given_in_a_later_round(needs: list[int], rate: Fraction) -> None:
    stock, carried, awarded = 1000, Fraction(0), list[int]()
    for need in needs:
        found = plan_today(
            stock, [Demand("A", need)], expected=Expected(1), policy=Static(rate), carried=carried
        )
        stock, carried = found.kept, found.carried
        awarded.append(found.plan.awarded)
    for need, units in zip(accumulate(needs), accumulate(awarded), strict=True):
        assert 0 <= need * rate - units < 1


@pytest.mark.parametrize(("stock", "error"), [(1.5, NotExact), (True, NotExact), (-1, NotPositive)])
def test_a_stock_is_a_whole_number_from_zero_on(stock: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        today(stock, 5, Expected(1), Hope())


def test_a_demand_that_cannot_be_is_named() -> None:
    with pytest.raises(BadDemand, match="A"):
        today(5, -1, Expected(1), Hope())


@pytest.mark.parametrize("why", WhyKept)
def test_every_reason_is_said_in_both_languages(why: WhyKept) -> None:
    assert [Kept(3, why).text("en"), Kept(3, why).text("zh")] == [f"3 kept: {why.en}", f"保留 3：{why.zh}"]
