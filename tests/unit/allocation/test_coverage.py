"""Joint coverage: the leximin of what covers each recipient least, held against all that is possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.allocation import coverage
from reliefstock.allocation.baskets import Remainder, WhyRemains
from reliefstock.allocation.coverage import Covered, JointPlan, share_jointly
from reliefstock.allocation.demand import Demand, Demands
from reliefstock.allocation.plan import Outcome
from reliefstock.allocation.rules import MaxMinFill
from reliefstock.allocation.sharing import share
from reliefstock.errors import BadDemand, Incomplete, NotExact, NotPositive

ITEMS: tuple[str, ...] = ("bucket", "quilt")
HALF = Fraction(1, 2)


def asked_of(recipients: Sequence[Sequence[tuple[int, int, int]]]) -> dict[str, list[Demand]]:
    """For each recipient and item: the need, the box, and the most that is of use."""
    return {
        item: [
            Demand(f"r{n}", row[at][0], lot=row[at][1], most=row[at][2]) for n, row in enumerate(recipients)
        ]
        for at, item in enumerate(ITEMS)
    }


def jointly(supply: Sequence[int], *needs: Sequence[int], seed: str = "") -> JointPlan:
    rows = [[(need, 1, need) for need in row] for row in needs]
    return share_jointly(dict(zip(ITEMS, supply, strict=True)), asked_of(rows), seed=seed)


def levels(plan: JointPlan) -> list[Fraction]:
    return [one.level for one in plan.covered.values()]


def covered_by(units: Sequence[int], needs: Sequence[int]) -> Fraction:
    return min(
        (Fraction(has, need) for has, need in zip(units, needs, strict=True) if need), default=Fraction(1)
    )


def every_basket(row: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, ...]]:
    return product(*(range(0, min(need, most) + 1, lot) for need, lot, most in row))


def best_by_trying_all(
    supply: Sequence[int], recipients: Sequence[Sequence[tuple[int, int, int]]]
) -> list[Fraction]:
    """The best sorted list of coverages, by all that can be left after one recipient after another."""
    reached: dict[tuple[int, ...], set[tuple[Fraction, ...]]] = {tuple(supply): {()}}
    for row in recipients:
        further: dict[tuple[int, ...], set[tuple[Fraction, ...]]] = {}
        for (left, lists), basket in product(reached.items(), every_basket(row)):
            rest = tuple(there - units for there, units in zip(left, basket, strict=True))
            if min(rest) >= 0:
                level = covered_by(basket, [need for need, _, _ in row])
                further.setdefault(rest, set()).update(tuple(sorted((*one, level))) for one in lists)
        reached = further
    return list(max(one for lists in reached.values() for one in lists))


wants = st.tuples(st.integers(0, 4), st.sampled_from([1, 1, 1, 2]), st.sampled_from([9, 9, 2]))
few = st.lists(st.tuples(wants, wants), min_size=1, max_size=4)


@given(st.tuples(st.integers(0, 9), st.integers(0, 9)), few)
def test_no_other_plan_has_a_better_list_of_coverages(
    supply: tuple[int, int], recipients: list[tuple[tuple[int, int, int], ...]]
) -> None:
    plan = share_jointly(dict(zip(ITEMS, supply, strict=True)), asked_of(recipients))
    assert plan.is_proven
    assert sorted(levels(plan)) == best_by_trying_all(supply, recipients)


@given(st.tuples(st.integers(0, 9), st.integers(0, 9)), few)
def test_what_is_said_of_coverage_and_of_what_is_left_is_so(
    supply: tuple[int, int], recipients: list[tuple[tuple[int, int, int], ...]]
) -> None:
    asked = asked_of(recipients)
    plan = share_jointly(dict(zip(ITEMS, supply, strict=True)), asked)
    for one in plan.covered.values():
        units = [plan.plans[item].award(one.recipient).units for item in ITEMS]
        assert one.level == covered_by(units, [plan.plans[item].award(one.recipient).need for item in ITEMS])
    for item, there in zip(ITEMS, supply, strict=True):
        assert sum(over.units for over in plan.left if over.item == item) == plan.plans[item].left >= 0
        assert plan.plans[item].awarded + plan.plans[item].left == there
        for demand, units in zip(asked[item], plan.plans[item].units, strict=True):
            assert units % demand.lot == 0
            assert units <= demand.kind.cap


@given(st.tuples(st.integers(0, 30), st.integers(0, 30)), few)
def test_the_order_in_which_demands_are_stated_does_not_matter(
    supply: tuple[int, int], recipients: list[tuple[tuple[int, int, int], ...]]
) -> None:
    asked = asked_of(recipients)
    stock = dict(zip(ITEMS, supply, strict=True))
    forth = share_jointly(stock, asked, seed="s")
    back = share_jointly(stock, {item: asked[item][::-1] for item in reversed(ITEMS)}, seed="s")
    assert dict(forth.covered) == dict(back.covered)
    assert all(list(forth.plans[item].units) == list(back.plans[item].units)[::-1] for item in ITEMS)


@given(st.integers(0, 40), st.lists(st.integers(0, 9), min_size=1, max_size=6))
def test_with_one_item_it_is_the_max_min_fill_rate(supply: int, needs: list[int]) -> None:
    demands = Demands.columns([f"r{n}" for n in range(len(needs))], needs, item="quilt")
    jointly, alone = (
        share_jointly({"quilt": supply}, {"quilt": demands}),
        share(supply, demands, MaxMinFill()),
    )
    rates = [
        Fraction(units, need) if need else Fraction(1) for units, need in zip(alone.units, needs, strict=True)
    ]
    assert sorted(levels(jointly)) == sorted(rates)


def test_nobody_has_more_of_one_item_while_another_could_be_covered_further() -> None:
    plan = jointly((2, 8), (2, 4), (2, 4), (0, 4))
    assert levels(plan) == [HALF, HALF, 1]
    assert [list(plan.plans[item].units) for item in ITEMS] == [[1, 1, 0], [2, 2, 4]]


def test_what_lifts_nobody_is_shared_item_by_item() -> None:
    plan = jointly((2, 8), (2, 4), (2, 4))
    assert list(plan.plans["quilt"].units) == [4, 4]
    assert levels(plan) == [HALF, HALF]


def test_as_few_as_can_be_stay_behind() -> None:
    assert sorted(levels(jointly((2, 2), (1, 1), (0, 1), (1, 0), (1, 1)))) == [0, 1, 1, 1]


def test_a_step_goes_where_it_lifts_higher() -> None:
    assert levels(jointly((3, 3), (2, 2), (3, 3))) == [HALF, Fraction(2, 3)]


def test_the_items_that_are_short_are_named() -> None:
    plan = jointly((1, 9), (2, 4), (0, 4))
    assert list(plan.covered.values()) == [Covered("r0", HALF, ("bucket",)), Covered("r1", Fraction(1))]
    assert plan.smallest == HALF


def test_what_is_left_says_why() -> None:
    plan = share_jointly(
        {"quilt": 9, "bucket": 3, "soap": 2}, {"quilt": [Demand("A", 4)], "bucket": [Demand("A", 8, lot=2)]}
    )
    assert plan.left == (
        Remainder("bucket", 1, WhyRemains.BOXES),
        Remainder("quilt", 5, WhyRemains.MET),
        Remainder("soap", 2, WhyRemains.NOBODY),
    )


def test_a_recipient_whose_boxes_are_too_large_lacks_nothing_that_others_have() -> None:
    plan = share_jointly({"quilt": 9}, {"quilt": [Demand("A", 4, lot=6), Demand("B", 8, most=6)]})
    assert list(plan.covered.values()) == [Covered("A", Fraction(0)), Covered("B", Fraction(3, 4))]
    assert list(plan.plans["quilt"].outcomes) == [Outcome.LOT, Outcome.MOST]


def test_outcomes_are_told_for_each_item() -> None:
    plan = jointly((1, 3), (2, 2), (0, 2), (9, 0))
    assert [[one.name for one in plan.plans[item].outcomes] for item in ITEMS] == [
        ["LEVEL", "NO_NEED", "NO_MORE"],
        ["LEVEL", "MET", "NO_NEED"],
    ]


def test_tiers_come_one_after_another() -> None:
    asked = {item: [Demand("A", 4, tier=2), Demand("B", 2)] for item in ITEMS}
    plan = share_jointly({"quilt": 3, "bucket": 4}, asked)
    assert levels(plan) == [Fraction(1, 4), 1]


def test_among_equals_the_tickets_decide() -> None:
    found = {tuple(levels(jointly((1, 1), (1, 1), (1, 1), seed=seed))) for seed in "abcdefgh"}
    assert found == {(0, 1), (1, 0)}


def test_nobody_who_needs_nothing_is_uncovered() -> None:
    assert levels(jointly((0, 0), (0, 0))) == [1]
    assert share_jointly({}, {}).smallest == 1


def test_a_search_that_is_cut_off_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = [(1, 2), (2, 1), (2, 2), (1, 1), (3, 1), (1, 3)]
    assert jointly((5, 5), *needs).is_proven
    monkeypatch.setattr(coverage, "_EFFORT", 3)
    plan = jointly((5, 5), *needs)
    assert not plan.is_proven
    assert all(plan.plans[item].left >= 0 for item in ITEMS)


@pytest.mark.parametrize(
    "asked",
    [
        {"quilt": [Demand("A", 4, weight=2)]},
        {"quilt": [Demand("A", 4, least=2)]},
        {"quilt": [Demand("A", 4)], "bucket": [Demand("A", 4, tier=2)]},
    ],
)
def test_what_joint_coverage_does_not_know_is_refused(asked: dict[str, list[Demand]]) -> None:
    with pytest.raises(Incomplete, match="the demands of A"):
        share_jointly({"quilt": 3}, asked)


def test_bad_supplies_and_demands_are_refused() -> None:
    with pytest.raises(NotExact):
        share_jointly({"quilt": True}, {})
    with pytest.raises(NotPositive):
        share_jointly({"quilt": -1}, {})
    with pytest.raises(BadDemand):
        share_jointly({"quilt": 1}, {"quilt": [Demand("A", -1)]})


def test_coverage_is_said_in_both_languages() -> None:
    one = Covered("A", HALF, ("毯子", "水桶"))
    assert one.text("zh") == "A：覆盖率 1/2；再进一步则毯子、水桶不够"
    assert one.text().endswith("there is not enough of 毯子, 水桶")
