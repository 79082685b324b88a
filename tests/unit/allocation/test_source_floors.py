"""A floor and least amounts out of several sources, and what is said of them."""

from __future__ import annotations

import attrs
import pytest

from reliefstock.allocation import Demand, Source, WhyLeft, share_sources, verify_sources
from reliefstock.allocation.sources import Limit
from reliefstock.book.planning import sources_record, was_due
from reliefstock.errors import BadDemand

FOR_A = Source("lot 2@south", 4, "south", recipients={"A"})


def test_a_floor_comes_before_the_first_tier() -> None:
    asked = [Demand("A", 9), Demand("B", 9, tier=2)]
    plan = share_sources([Source("lot 1@north", 6, "north")], asked, floor=2)
    assert plan.awards == {"A": 4, "B": 2}
    assert [plan.limit(one) for one in "AB"] == [Limit.LEVEL, Limit.NO_MORE]


def test_a_floor_leaves_what_is_free_to_those_who_have_nothing_else() -> None:
    plan = share_sources(
        [Source("lot 1@north", 2, "north"), FOR_A], [Demand("A", 9), Demand("B", 9)], floor=2
    )
    assert plan.flows == {"lot 1@north": {"B": 2}, "lot 2@south": {"A": 4}}
    assert plan.limit("B") is Limit.RESTRICTED


def test_a_floor_that_does_not_suffice_is_raised_box_by_box() -> None:
    asked = [Demand(name, 9) for name in "ABC"]
    plan = share_sources([Source("lot 1@north", 7, "north")], asked, floor=4)
    assert plan.awards == {"A": 3, "B": 2, "C": 2}
    assert [plan.limit(one) for one in "ABC"] == [Limit.DRAWN, Limit.TIED, Limit.TIED]


def test_who_has_no_more_than_is_assured_is_told_so() -> None:
    asked = [Demand("A", 40, least=3), Demand("B", 9, least=9, weight=1)]
    plan = share_sources([Source("lot 1@north", 14, "north")], asked)
    assert plan.awards == {"A": 5, "B": 9}
    asked = [Demand("A", 4, least=4), Demand("B", 20, least=10), Demand("C", 20)]
    plan = share_sources([Source("lot 1@north", 16, "north")], asked)
    assert plan.awards == {"A": 4, "B": 10, "C": 2}
    assert plan.limit("B") is Limit.LEAST
    assert "保证" in plan.limit("B").sentence("zh")


def test_who_could_not_have_the_least_amount_has_nothing_and_it_is_told_what_is_left() -> None:
    plan = share_sources([FOR_A], [Demand("A", 9, least=5)])
    assert (plan.awards, plan.limit("A")) == ({"A": 0}, Limit.BELOW_LEAST)
    assert [(left.units, left.why) for left in plan.left] == [(4, WhyLeft.LEAST)]
    assert verify_sources(plan) == ()


def test_a_tier_whose_least_amounts_the_first_has_used_up_has_nothing() -> None:
    asked = [Demand("A", 5), Demand("B", 5, least=2, tier=2), Demand("C", 5, tier=2)]
    plan = share_sources([Source("lot 1@north", 6, "north")], asked)
    assert plan.awards == {"A": 5, "B": 0, "C": 1}
    assert verify_sources(plan) == ()


def test_a_demand_is_named_where_some_would_have_to_go_without() -> None:
    asked = [Demand("A", 4, least=3), Demand("B", 4, least=3)]
    with pytest.raises(BadDemand, match="the demand of B") as caught:
        share_sources([Source("lot 1@north", 5, "north")], asked)
    assert caught.value.fault == "reached"


def test_less_than_a_least_amount_is_found() -> None:
    plan = share_sources([FOR_A], [Demand("A", 4, least=2)])
    changed = attrs.evolve(plan, units=[1], flows={FOR_A.id: {"A": 1}})
    assert "least" in [fault.code for fault in verify_sources(changed)]


def test_a_book_remembers_the_floor_and_follows_the_rule_again() -> None:
    asked = [Demand("A", 9), Demand("B", 9, tier=2)]
    plan = share_sources([Source("lot 1@north", 8, "north"), FOR_A], asked, floor=5)
    record = sources_record(plan, "quilt")
    assert (record.floor, was_due(record), tuple(plan.units)) == (5, (7, 5), (7, 5))
    assert was_due(attrs.evolve(record, floor=0)) == (9, 3)
