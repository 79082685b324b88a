from __future__ import annotations

from fractions import Fraction
from random import Random

import attrs
import pytest

from reliefstock.allocation.demand import Demand
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.rules import EqualAwards, Lottery, MaxMinFill, Proportional
from reliefstock.allocation.source_checks import verify_sources
from reliefstock.allocation.source_faults import SourceFault
from reliefstock.allocation.sources import Limit, Source, SourcesPlan, WhyLeft, share_sources
from reliefstock.errors import AlreadyKnown, BadDemand, Incomplete, NotExact, NotPositive, Unknown


def plan_of(*sources: Source, **needs: int) -> SourcesPlan:
    return share_sources(sources, [Demand(recipient, need) for recipient, need in needs.items()])


# Who has what


def test_goods_for_everybody_go_where_restricted_goods_cannot() -> None:
    plan = plan_of(Source("all", 6), Source("for A", 6, recipients={"A"}), A=6, B=6)
    assert plan.flows == {"all": {"B": 6}, "for A": {"A": 6}}


def test_who_may_receive_more_than_the_others_has_none_of_what_is_for_all() -> None:
    plan = plan_of(Source("all", 6), Source("for A", 4, recipients={"A"}), A=8, B=8, C=8)
    assert plan.awards == {"A": 4, "B": 3, "C": 3}


def test_a_chain_of_restrictions_is_followed_to_its_end() -> None:
    ab, bc, cd = (Source(two, 4, recipients=two) for two in ("AB", "BC", "CD"))
    plan = plan_of(ab, bc, cd, A=9, B=9, C=9, D=9)
    assert plan.awards == {"A": 3, "B": 3, "C": 3, "D": 3}


def test_the_fill_rates_are_made_equal_and_not_the_awards() -> None:
    plan = plan_of(Source("all", 30), Source("for B and C", 10, recipients="BC"), A=20, B=40, C=20)
    assert plan.awards == {"A": 10, "B": 20, "C": 10}


def test_the_first_tier_takes_what_the_second_could_have_had_too() -> None:
    demands = [Demand("A", 5), Demand("B", 5, tier=2), Demand("C", 5, tier=2)]
    plan = share_sources([Source("all", 5), Source("for C", 2, recipients="C")], demands)
    assert plan.awards == {"A": 5, "B": 0, "C": 2}
    assert [plan.limit(one) for one in "ABC"] == [Limit.MET, Limit.RESTRICTED, Limit.LEVEL]


def test_the_first_tier_makes_way_where_that_costs_it_nothing() -> None:
    demands = [Demand("A", 5), Demand("B", 5, tier=2)]
    plan = share_sources([Source("all", 5), Source("for A", 5, recipients="A")], demands)
    assert plan.flows == {"all": {"B": 5}, "for A": {"A": 5}}


def test_other_rules_keep_to_what_each_may_receive() -> None:
    sources = [Source("all", 60), Source("for C", 100, recipients="C")]
    demands = [Demand("A", 10), Demand("B", 50), Demand("C", 200)]
    assert share_sources(sources, demands, EqualAwards()).awards == {"A": 10, "B": 50, "C": 100}
    assert share_sources(sources, demands, Proportional()).awards == {"A": 6, "B": 31, "C": 123}


def test_whole_boxes_come_out_of_one_source_each() -> None:
    sources = [Source("lot 1", 7), Source("lot 2", 8)]
    plan = share_sources(sources, [Demand("A", 10, lot=5), Demand("B", 10, lot=5)])
    assert plan.awards == {"A": 5, "B": 5}
    assert [(left.source, left.units, left.why) for left in plan.left] == [
        ("lot 1", 2, WhyLeft.BOX),
        ("lot 2", 3, WhyLeft.BOX),
    ]


def test_lots_in_several_warehouses_for_the_same_recipients_are_used_up_in_the_order_of_their_ids() -> None:
    plan = plan_of(Source("lot 2", 4, "south"), Source("lot 1", 3, "north"), A=5)
    assert plan.flows == {"lot 2": {"A": 2}, "lot 1": {"A": 3}}


# Why


def test_whose_sources_are_used_up_while_others_have_more_is_told_so() -> None:
    plan = plan_of(Source("all", 6), Source("for A", 9, recipients="A"), A=9, B=9, C=9)
    assert [plan.limit(one) for one in "ABC"] == [Limit.MET, Limit.RESTRICTED, Limit.RESTRICTED]
    assert "用完" in plan.limit("B").sentence("zh")
    assert "used up" in plan.limit("B").sentence("en")


def test_who_is_at_the_level_of_all_is_not_told_of_restrictions() -> None:
    plan = plan_of(Source("all", 6), Source("for A", 2, recipients="A"), A=8, B=8)
    assert [plan.limit(one) for one in "AB"] == [Limit.LEVEL, Limit.LEVEL]


def test_a_box_that_only_one_of_two_equals_can_have_is_drawn() -> None:
    plan = plan_of(Source("all", 3), A=4, B=4)
    assert [plan.limit(one) for one in "AB"] == [Limit.DRAWN, Limit.TIED]


def test_who_may_receive_of_nothing_is_told_so() -> None:
    plan = plan_of(Source("for A", 3, recipients="A"), A=4, B=4)
    assert plan.award("B") == 0
    assert plan.limit("B") is Limit.NO_SOURCE


def test_scraps_of_less_than_a_box_are_no_source_but_it_is_told_why() -> None:
    plan = share_sources([Source("lot 1", 4)], [Demand("A", 10, lot=5)])
    assert plan.limit("A") is Limit.LOT


def test_a_later_tier_is_told_that_those_before_have_used_up_all() -> None:
    plan = share_sources([Source("all", 5)], [Demand("A", 9), Demand("B", 5, tier=2)])
    assert plan.limit("B") is Limit.NO_MORE


def test_no_need_and_the_most_of_use_are_told() -> None:
    demands = [Demand("A", 0), Demand("B", 9, most=2), Demand("C", 2, most=0), Demand("D", 3, lot=1)]
    plan = share_sources([Source("all", 9)], demands)
    assert plan.limits == [Limit.NO_NEED, Limit.MOST, Limit.MOST, Limit.MET]
    assert plan.awards == {"A": 0, "B": 2, "C": 0, "D": 3}


@pytest.mark.parametrize("word", [*Limit, *WhyLeft], ids=str)
def test_every_reason_is_said_in_both_languages(word: Limit | WhyLeft) -> None:
    assert word.sentence("zh") != word.sentence("en")
    with pytest.raises(Incomplete):
        word.sentence("fr")  # pyright: ignore[reportArgumentType]


# What is left


def test_what_nobody_who_needs_any_may_receive_is_left_and_told() -> None:
    plan = plan_of(Source("for Z", 3, recipients="Z"), Source("for none", 2, recipients=()), A=4)
    assert [(left.source, left.units, left.why) for left in plan.left] == [
        ("for Z", 3, WhyLeft.NOBODY),
        ("for none", 2, WhyLeft.NOBODY),
    ]


def test_what_is_more_than_those_need_who_may_receive_it_is_left_and_told() -> None:
    plan = plan_of(Source("all", 2), Source("for A", 9, recipients="A"), A=4, B=4)
    assert [(left.source, left.units, left.why) for left in plan.left] == [("for A", 5, WhyLeft.ENOUGH)]


def test_no_sources_and_no_demands_make_an_empty_plan() -> None:
    assert plan_of(A=3).awards == {"A": 0}
    assert plan_of(Source("all", 3)).left[0].why is WhyLeft.NOBODY
    assert verify_sources(plan_of()) == ()


# Bottlenecks


def test_bottlenecks_are_from_the_lowest_level_up() -> None:
    sources = [Source("x", 6), Source("a", 4, recipients="A"), Source("b", 30, recipients="BZ")]
    plan = plan_of(*sources, A=8, B=8, C=9, D=9)
    assert [(one.recipients, one.sources, one.level, one.is_used_up) for one in plan.bottlenecks] == [
        (("C", "D"), ("x",), Fraction(2, 9), True),
        (("A",), ("a",), Fraction(3, 8), True),
        (("B",), ("b",), Fraction(7, 8), False),
    ]


# What is checked


CHANGES = {
    "sum": {"units": [5, 3]},
    "over": {"flows": {"all": {"A": 2, "B": 6}, "for A": {"A": 4}}, "units": [6, 6]},
    "not for it": {"flows": {"all": {"A": 6}, "for A": {"B": 4}}, "units": [6, 4]},
    "unknown": {"flows": {"all": {"A": 1, "Z": 5}, "for A": {"A": 4}}, "units": [5, 0]},
    "lot": {"flows": {"all": {"A": 7, "B": -1}, "for A": {"A": 4}}, "units": [11, -1]},
    "better": {"flows": {"all": {"A": 2, "B": 4}, "for A": {"A": 4}}, "units": [6, 4]},
    "beyond": {"flows": {"all": {"A": 1, "B": 4}, "for A": {"A": 4}}, "units": [5, 4]},
    "apart": {"bottlenecks": ()},
    "outcome": {"limits": [Limit.MET, Limit.LEVEL]},
}


@pytest.mark.parametrize("code", CHANGES)
def test_what_is_changed_is_found(code: str) -> None:
    plan = plan_of(Source("all", 6), Source("for A", 4, recipients="A"), A=8, B=8)
    change = dict(CHANGES[code])
    changed = attrs.evolve(plan, **change)
    lost = [
        attrs.evolve(left, units=units)
        for source in plan.sources
        if (units := source.units - sum(changed.flows[source.id].values()))
        for left in plan_of(Source(source.id, 1)).left
    ]
    faults = verify_sources(attrs.evolve(changed, left=tuple(lost)))
    assert code in [fault.code for fault in faults]


def test_more_than_is_of_use_is_found() -> None:
    plan = plan_of(Source("all", 6), A=4)
    changed = attrs.evolve(plan, flows={"all": {"A": 5}}, units=[5])
    assert [fault.code for fault in verify_sources(changed)] == ["cap", "left"]


@pytest.mark.parametrize("code", SourceFault.CODES)
def test_every_fault_is_said_in_both_languages(code: str) -> None:
    fault = SourceFault(code, "school 12", (1, 2, 3))
    assert fault.sentence("zh").startswith("school 12：")
    assert fault.sentence("en").startswith("school 12: ")


# Bad input


def test_sources_of_less_than_nothing_or_of_halves_are_refused() -> None:
    with pytest.raises(NotPositive):
        Source("lot 1", -1)
    with pytest.raises(NotExact):
        Source("lot 1", 1.5)  # pyright: ignore[reportArgumentType]


def test_two_sources_of_one_id_are_refused() -> None:
    with pytest.raises(AlreadyKnown):
        plan_of(Source("lot 1", 1), Source("lot 1", 2), A=1)


def test_two_demands_of_one_recipient_are_refused() -> None:
    with pytest.raises(BadDemand):
        share_sources([], [Demand("A", 1), Demand("A", 2)])


@pytest.mark.parametrize(
    "demands",
    [
        [Demand("A", 9, lot=2), Demand("B", 9, lot=3)],
    ],
    ids=["boxes of several sizes"],
)
def test_what_no_plan_is_the_best_of_is_refused(demands: list[Demand]) -> None:
    with pytest.raises(Incomplete):
        share_sources([Source("all", 9)], demands)


@pytest.mark.parametrize("rule", [Lottery(), Proportional(Rounding.HAMILTON)], ids=["lottery", "Hamilton"])
def test_rules_without_an_order_of_boxes_are_refused(rule: Lottery | Proportional) -> None:
    with pytest.raises(Incomplete):
        share_sources([Source("all", 9)], [Demand("A", 9)], rule)


def test_who_is_not_in_the_plan_is_unknown() -> None:
    plan = plan_of(Source("all", 1), A=1)
    with pytest.raises(Unknown):
        plan.award("B")
    with pytest.raises(Unknown):
        plan.limit("B")


# Beside a solver


def instance(seed: int, schools: int) -> tuple[list[Source], list[Demand]]:
    chance = Random(seed)
    names = [f"school {number}" for number in range(schools)]
    demands = [Demand(name, chance.randrange(1, 400)) for name in names]
    sources = [
        Source(
            f"lot {n}",
            chance.randrange(300),
            f"depot {n % 5}",
            chance.sample(names, chance.randrange(1, schools)),
        )
        for n in range(schools // 2)
    ]
    return [*sources, Source("for all", 500, "depot 0")], demands


@pytest.mark.parametrize("seed", range(6))
def test_as_much_is_given_and_the_smallest_fill_rate_is_as_large_as_a_linear_program_finds(seed: int) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    sources, demands = instance(seed, 40)
    plan = share_sources(sources, demands, MaxMinFill())
    assert verify_sources(plan) == ()
    arcs = [
        (s, d)
        for s, source in enumerate(sources)
        for d, one in enumerate(demands)
        if source.is_for(one.recipient)
    ]
    within = [[float(s == row) for s, _ in arcs] for row in range(len(sources))]
    had = [[float(d == row) for _, d in arcs] for row in range(len(demands))]
    units = [float(source.units) for source in sources]
    needs = [float(one.need) for one in demands]
    most = optimize.linprog([-1.0] * len(arcs), A_ub=[*within, *had], b_ub=[*units, *needs])
    assert sum(plan.units) == round(-most.fun)
    level = optimize.linprog(
        [0.0] * len(arcs) + [-1.0],
        A_ub=[
            *([*row, 0.0] for row in within),
            *([*(-x for x in row), need] for row, need in zip(had, needs, strict=True)),
        ],
        b_ub=[*units, *([0.0] * len(needs))],
        bounds=[(0, None)] * len(arcs) + [(0, 1)],
    )
    smallest = min(given / need for given, need in zip(plan.units, needs, strict=True))
    whole = min((-level.fun * need + 1e-9) // 1 / need for need in needs)
    assert whole - 1e-9 <= smallest <= -level.fun + 1e-9
