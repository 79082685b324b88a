"""A plan is checked without running its rule, and whatever is done to it is found."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from reliefstock.allocation import (
    Demand,
    Equal,
    Lottery,
    MaxMinFill,
    Outcome,
    Plan,
    Proportional,
    Rounding,
    Rule,
    share,
)
from reliefstock.allocation.plan_faults import PlanFault, outcome_word
from reliefstock.allocation.verifying import verify_plan
from reliefstock.errors import Incomplete
from unit.allocation.plans import RULES, by_hand, claims, plans, with_units


def codes(plan: Plan) -> set[str]:
    return {fault.code for fault in verify_plan(plan)}


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_what_a_rule_gives_is_right(rule: Rule) -> None:
    for plan in plans(rule, 60, seed=2):
        assert verify_plan(plan) == ()


def moved(plan: Plan) -> Iterator[Plan]:
    """Every plan in which one unit is with somebody else, or with nobody."""
    for at, units in enumerate(plan.units):
        for other in range(-1, len(plan)):
            if units and other != at:
                changed = list(plan.units)
                changed[at] -= 1
                if other >= 0:
                    changed[other] += 1
                yield with_units(plan, changed)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_unit_that_is_moved_or_dropped_is_found(rule: Rule) -> None:
    found = [verify_plan(other) for plan in plans(rule, 20, seed=3) for other in moved(plan)]
    assert found
    assert all(found)


BY_LEVEL = {Outcome.LEVEL, Outcome.LEAST, Outcome.LOT, Outcome.DRAWN, Outcome.TIED}


def could_be_said(plan: Plan, at: int) -> set[Outcome]:
    """Where a box did not fit, more than one thing can be said of it."""
    is_even = not plan.left and len({demand.lot for demand in plan.demands}) == 1
    said = plan.outcomes[at]
    return BY_LEVEL if said in BY_LEVEL and not is_even else {said}


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_outcome_that_is_changed_is_found(rule: Rule) -> None:
    for plan in plans(rule, 12, seed=4):
        for at in range(len(plan)):
            for outcome in set(Outcome) - could_be_said(plan, at):
                outcomes = [*plan.outcomes]
                outcomes[at] = outcome
                assert "outcome" in codes(attrs.evolve(plan, outcomes=outcomes))


def test_winners_by_ticket_who_are_swapped_are_found() -> None:
    plan = share(3, [Demand(name, 5) for name in "ABCDE"], Equal(), seed="2023-07-01")
    swapped = attrs.evolve(plan, units=plan.units[::-1], outcomes=plan.outcomes[::-1])
    assert plan.units != swapped.units
    assert codes(swapped) == {"ticket"}


def test_another_seed_than_was_published_is_found() -> None:
    plan = share(3, [Demand(name, 5) for name in "ABCDE"], Equal(), seed="2023-07-01")
    assert codes(attrs.evolve(plan, seed="2023-07-02")) == {"ticket"}


def test_a_unit_that_went_to_a_later_box_is_found() -> None:
    plan = share(10, claims(), MaxMinFill())
    assert "dearer" in codes(with_units(plan, [5, 3, 2]))


def test_a_unit_that_is_left_though_it_could_be_used_is_found() -> None:
    assert "left" in codes(attrs.evolve(share(10, claims(), MaxMinFill()), supply=11))


def test_a_unit_passed_on_to_a_later_tier_is_found() -> None:
    plan = share(7, [Demand("A", 6), Demand("B", 6, tier=2)], MaxMinFill())
    assert list(plan.units) == [6, 1]
    assert "tier" in codes(with_units(plan, [5, 2]))


def test_more_than_there_is_is_found() -> None:
    assert codes(attrs.evolve(share(10, claims(), MaxMinFill()), supply=9)) == {"conservation"}


def test_more_than_is_of_use_is_found() -> None:
    plan = share(4, [Demand("A", 3), Demand("B", 3)], MaxMinFill())
    assert codes(with_units(plan, [4, 0])) == {"cap"}


def test_fewer_than_are_of_use_are_found() -> None:
    plan = share(6, [Demand("A", 6, least=4), Demand("B", 6)], MaxMinFill())
    assert codes(with_units(plan, [3, 3])) == {"least"}
    assert codes(with_units(plan, [-1, 6])) == {"least"}


def test_the_least_amount_out_of_turn_is_found() -> None:
    plan = share(4, [Demand("A", 6, least=3), Demand("B", 6, least=4)], Equal())
    assert list(plan.units) == [4, 0]
    assert {"turn", "assured"} <= codes(with_units(plan, [0, 4]))


def test_a_box_that_is_broken_open_is_found() -> None:
    plan = share(6, [Demand("A", 6, lot=3), Demand("B", 6, lot=3)], Equal())
    assert codes(with_units(plan, [4, 2])) == {"lot"}


def test_a_floor_that_is_not_kept_is_found() -> None:
    plan = share(5, [Demand("A", 9), Demand("B", 1)], Proportional(), floor=1)
    assert "assured" in codes(with_units(plan, [5, 0]))


def test_a_share_that_is_not_rounded_up_or_down_is_found() -> None:
    plan = share(10, claims(), Proportional(Rounding.HAMILTON))
    assert list(plan.units) == [4, 4, 2]
    assert "quota" in codes(with_units(plan, [6, 2, 2]))


def test_a_smaller_remainder_that_was_preferred_is_found() -> None:
    plan = share(11, claims(), Proportional(Rounding.HAMILTON))
    assert list(plan.units) == [5, 5, 1]
    assert "dearer" in codes(with_units(plan, [5, 4, 2]))


def test_half_a_prize_and_a_later_ticket_are_found_in_a_lottery() -> None:
    plan = share(4, [Demand(name, 4) for name in "ABC"], Lottery(), seed="2023-07-01")
    winner = plan.outcomes.index(Outcome.WON)
    units, outcomes = [0, 0, 0], [Outcome.LOST] * 3
    other = (winner + 1) % 3
    units[other], outcomes[other] = 4, Outcome.WON
    assert codes(attrs.evolve(plan, units=units, outcomes=outcomes)) == {"ticket"}
    assert "won" in codes(with_units(plan, [2, 2, 0]))
    assert "left" in codes(with_units(plan, [0, 0, 0]))


def test_columns_of_different_lengths_are_found() -> None:
    assert codes(with_units(share(10, claims(), MaxMinFill()), [4, 4])) == {"length"}


def test_what_is_no_whole_number_and_no_outcome_is_found() -> None:
    plan = share(10, claims(), MaxMinFill())
    assert codes(attrs.evolve(plan, units=[4, 4, True])) == {"whole"}
    assert codes(attrs.evolve(plan, outcomes=[*plan.outcomes[:2], "met"])) == {"said"}


def test_a_rule_from_elsewhere_is_refused() -> None:
    @attrs.frozen
    class Lucky(Rule):
        name = "lucky"

    with pytest.raises(Incomplete, match="lucky"):
        verify_plan(attrs.evolve(by_hand((1, 1), 3, 3), rule=Lucky()))


def test_the_check_of_a_hundred_thousand_is_by_their_cohorts() -> None:
    needs = [1 + at % 9 for at in range(100_000)]
    demands = [Demand(f"H-{at}", need) for at, need in enumerate(needs)]
    plan = share(300_001, demands, MaxMinFill(), seed="2023-07-01")
    assert verify_plan(plan) == ()
    units = list(plan.units)
    units[99_999] -= 1
    assert verify_plan(with_units(plan, units))


FIGURES = (Outcome.MET, Outcome.TIED, 3)


@pytest.mark.parametrize("code", PlanFault.CODES)
def test_every_fault_has_a_sentence_in_both_languages(code: str) -> None:
    fault = PlanFault(code, "A", FIGURES)
    zh, en = fault.sentence("zh"), fault.sentence("en")
    assert zh.startswith("A：")
    assert en.startswith("A: ")
    assert any("一" <= mark <= "鿿" for mark in zh)
    assert not any("一" <= mark <= "鿿" for mark in en)


def test_a_fault_of_all_names_nobody() -> None:
    assert PlanFault("conservation", "", (5, 4)).sentence() == "5 are given out of 4"


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_word(outcome: Outcome) -> None:
    assert outcome_word(outcome, "zh") != outcome_word(outcome, "en") == outcome.value
