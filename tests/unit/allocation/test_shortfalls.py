"""Shortfalls: whoever had too little before comes first now, and in the end all stand as after one plan."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from reliefstock.allocation.continuous import exact_shares
from reliefstock.allocation.demand import Demand, Demands
from reliefstock.allocation.plan import Outcome, Plan
from reliefstock.allocation.rules import Equal, MaxMinFill
from reliefstock.allocation.sharing import share
from reliefstock.allocation.shortfalls import CatchUp, Owed, cumulated_fill, with_shortfalls
from reliefstock.errors import BadDemand, Incomplete

LARGE = 10**9


def of(*needs: int, lot: int = 1, tier: int = 1) -> list[Demand]:
    """Demands of A, B, C and so on."""
    return [Demand(chr(ord("A") + at), need, lot=lot, tier=tier) for at, need in enumerate(needs)]


def caught_up(supply: int, demands: list[Demand], *earlier: Plan) -> Plan:
    return share(supply, with_shortfalls(demands, *earlier), CatchUp(), seed="s")


def by_name(plan: Plan) -> dict[str, int]:
    return {award.recipient: award.units for award in plan}


def test_whoever_was_short_earlier_comes_first() -> None:
    first = share(4, [Demand("A", 4)], MaxMinFill())
    assert by_name(caught_up(4, of(4, 8), first)) == {"A": 0, "B": 4}
    assert by_name(caught_up(6, of(4, 8), first)) == {"A": 1, "B": 5}


def test_what_is_still_needed_is_asked_for_also_by_those_who_do_not_come_again() -> None:
    first = share(3, of(6, 6), MaxMinFill(), seed="s")
    again = with_shortfalls([Demand("C", 2)], first)
    assert {one.recipient: one.need for one in again} == {"C": 2} | {
        award.recipient: 6 - award.units for award in first
    }


def test_whoever_has_all_is_not_asked_for_again() -> None:
    first = share(9, of(3, 6), MaxMinFill())
    assert [one.recipient for one in with_shortfalls([Demand("C", 2)], first)] == ["C"]


def test_a_later_plan_stands_for_those_before_it() -> None:
    first = share(3, of(6, 6), MaxMinFill(), seed="s")
    second = caught_up(3, of(2, 2), first)
    assert with_shortfalls(of(1), second) == with_shortfalls(of(1), first, second)
    assert cumulated_fill(caught_up(0, of(0, 0), second)) == cumulated_fill(second)


def test_too_much_from_an_earlier_plan_counts_as_well() -> None:
    first = share(10, [Demand("A", 2), Demand("B", 10)], Equal())
    second = with_shortfalls(of(3, 0), first)
    assert second.kinds == (Owed(0, needed=5, had=5), Owed(5, needed=10, had=5))


def test_a_most_is_used_up_over_the_rounds() -> None:
    first = share(2, [Demand("A", 9, most=5)], MaxMinFill())
    second = with_shortfalls([Demand("B", 1)], first)
    assert by_name(share(9, second, CatchUp())) == {"B": 1, "A": 3}


def test_a_least_amount_is_no_larger_than_what_is_still_needed() -> None:
    first = share(4, [Demand("A", 5, least=3)], MaxMinFill())
    assert with_shortfalls([], first).kinds == (Owed(1, least=1, needed=5, had=4),)


def test_tiers_come_first_whatever_was_received() -> None:
    first = share(4, [Demand("A", 8, tier=1)], MaxMinFill())
    demands = with_shortfalls([Demand("B", 8, tier=2)], first)
    assert by_name(share(5, demands, CatchUp())) == {"A": 4, "B": 1}


def test_for_those_who_had_nothing_it_is_the_max_min_fill_rate() -> None:
    demands = of(6, 6, 2, 11)
    for supply in range(27):
        plan, caught = (
            share(supply, demands, MaxMinFill(), seed="s"),
            share(supply, demands, CatchUp(), seed="s"),
        )
        assert (plan.units, plan.outcomes) == (caught.units, caught.outcomes)


def test_before_rounding_all_reach_one_level_of_all_that_was_needed() -> None:
    first = share(4, [Demand("A", 4)], MaxMinFill())
    shares = exact_shares(8, with_shortfalls(of(4, 8), first), CatchUp())
    assert [(4 + shares[0]) / 8, shares[1] / 8] == [Fraction(3, 4), Fraction(3, 4)]


def test_large_needs_over_many_rounds_are_told_apart() -> None:
    first = share(LARGE, of(LARGE, LARGE + 1), MaxMinFill(), seed="s")
    second = caught_up(LARGE, of(LARGE + 7, LARGE + 3), first)
    whole = share(2 * LARGE, of(2 * LARGE + 7, 2 * LARGE + 4), MaxMinFill(), seed="s")
    assert [one + two for one, two in zip(first.units, second.units, strict=True)] == list(whole.units)


def test_all_is_met_where_there_is_enough() -> None:
    first = share(1, of(4, 6), MaxMinFill())
    second = caught_up(99, of(1, 1), first)
    assert (set(second.outcomes), second.left, second.unmet) == ({Outcome.MET}, 88, 0)


rounds = st.lists(
    st.tuples(st.lists(st.integers(0, 9), min_size=3, max_size=3), st.integers(0, 15)), min_size=1, max_size=5
)


@example([([4, 0, 0], 4), ([4, 8, 2], 9)], 1)
@given(rounds, st.integers(1, 3))
def test_over_rounds_all_end_where_one_plan_over_all_would_have_them(
    rounds: list[tuple[list[int], int]], lot: int
) -> None:
    needed, had, plans = [0, 0, 0], [0, 0, 0], list[Plan]()
    stock = supply = 0
    for needs, came in rounds:
        stock, supply = stock + came, supply + came
        needed = [one + more for one, more in zip(needed, needs, strict=True)]
        before = list(had)
        plan = caught_up(stock, of(*needs, lot=lot), *plans)
        plans.append(plan)
        had = [has + by_name(plan)[name] for has, name in zip(had, "ABC", strict=True)]
        stock = plan.left
        whole = share(supply, of(*needed, lot=lot), MaxMinFill(), seed="s").units
        if all(has <= due for has, due in zip(before, whole, strict=True)):
            assert had == list(whole)
        assert sum(had) + stock == supply


@given(rounds)
def test_whoever_has_too_much_for_one_plan_has_nothing_more_and_the_others_are_as_even_as_can_be(
    rounds: list[tuple[list[int], int]],
) -> None:
    first_needs, supply = rounds[0]
    first = share(supply, of(*first_needs), Equal(), seed="s")
    needs, came = rounds[-1]
    second = caught_up(came, of(*needs), first)
    assume(second.left == 0)
    rate = cumulated_fill(second)
    total = dict(zip("ABC", (one + more for one, more in zip(first_needs, needs, strict=True)), strict=True))
    for giver in rate:
        for taker in rate:
            if (
                by_name(second)[giver]
                and by_name(second)[taker]
                < with_shortfalls(of(*needs), first)[second.demands.place_of[taker]].need
            ):
                assert rate[giver] - Fraction(1, total[giver]) <= rate[taker]


def test_shortfalls_are_counted_once() -> None:
    demands = with_shortfalls(of(3), share(1, of(3), MaxMinFill()))
    with pytest.raises(Incomplete, match="count earlier plans already"):
        with_shortfalls(demands, share(1, of(3), MaxMinFill()))


def test_an_earlier_plan_is_about_the_same_item() -> None:
    first = share(1, [Demand("A", 3, item="quilt")], MaxMinFill())
    with pytest.raises(BadDemand, match="quilt"):
        with_shortfalls([Demand("A", 3, item="bucket")], first)


def test_with_no_earlier_plan_demands_are_as_they_were() -> None:
    assert with_shortfalls(of(3, 4)) == Demands.of(of(3, 4))


def test_whoever_needed_nothing_has_no_fill_rate() -> None:
    assert cumulated_fill(share(3, of(0, 2), MaxMinFill())) == {"B": Fraction(1)}
