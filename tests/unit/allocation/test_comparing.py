"""Rules side by side, a plan against the one before, and the Alabama paradox."""

from __future__ import annotations

import pytest

from reliefstock.allocation import (
    Demand,
    Demands,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Proportional,
    Rounding,
    Rule,
    share,
)
from reliefstock.allocation.comparing import (
    Change,
    ChangeKind,
    Comparison,
    alabama,
    change,
    compare,
)
from reliefstock.errors import Incomplete, NotExact, NotPositive
from unit.allocation.plans import RULES, claims

HAMILTON = Proportional(Rounding.HAMILTON)
MONOTONE = [rule for rule in RULES if rule.rounding is not Rounding.HAMILTON and rule != Lottery()]


def test_rules_are_compared_on_one_case_each_with_its_measures() -> None:
    both = compare(
        201, [Demand("A", 100), Demand("B", 200), Demand("C", 300)], [EqualAwards(), EqualLosses()]
    )
    assert [list(plan.units) for plan in both.plans] == [[67, 67, 67], [0, 51, 150]]
    assert [told.served for told in both.measures] == [3, 2]
    assert both.recipients == ("A", "B", "C")


def test_two_plans_by_one_rule_are_numbered() -> None:
    twice = compare(4, claims(), [Equal(), MaxMinFill(), Equal()])
    assert twice.labels() == ("equal (Webster) #1", "max-min fill rate", "equal (Webster) #2")


def test_a_floor_and_a_seed_are_those_of_all() -> None:
    told = compare(4, claims(), [Equal(), Proportional()], floor=1, seed="s")
    assert {(plan.floor, plan.seed) for plan in told.plans} == {(1, "s")}


def test_no_rule_and_different_demands_are_not_compared() -> None:
    with pytest.raises(Incomplete, match="no plan"):
        compare(4, claims(), [])
    with pytest.raises(Incomplete, match="different demands"):
        Comparison((share(4, claims(), Equal()), share(4, claims()[:2], Equal())))


def test_the_same_demands_stated_twice_are_compared() -> None:
    plans = (share(4, claims(), Equal()), share(4, Demands.of(claims()), MaxMinFill()))
    assert Comparison(plans).plans == plans


def test_who_gained_lost_is_new_or_gone() -> None:
    before = share(8, [Demand("A", 4), Demand("B", 4), Demand("C", 4), Demand("D", 4)], Equal())
    after = share(8, [Demand("A", 9), Demand("B", 1), Demand("E", 3), Demand("C", 2)], EqualAwards())
    told = change(before, after)
    assert told.changes == (
        Change("A", 2, 3),
        Change("B", 2, 1),
        Change("E", None, 2),
        Change("D", 2, None),
    )
    by_kind = {kind: told.total(kind) for kind in ChangeKind}
    assert sum(by_kind.values()) == after.awarded - before.awarded
    assert told.unchanged == 1


@pytest.mark.parametrize(
    ("one", "kind", "difference", "zh", "en"),
    [
        (Change("A", 1, 3), ChangeKind.GAINED, 2, "增加 2 个", "gained 2: 1 before, 3 now"),
        (Change("A", 3, 1), ChangeKind.LOST, -2, "减少 2 个", "lost 2: 3 before, 1 now"),
        (Change("A", None, 0), ChangeKind.NEW, 0, "新列入", "is new, with 0"),
        (Change("A", 3, None), ChangeKind.GONE, -3, "不再列入", "is no longer listed, and had 3"),
    ],
)
def test_a_change_is_told_in_both_languages(
    one: Change, kind: ChangeKind, difference: int, zh: str, en: str
) -> None:
    assert (one.kind, one.difference) == (kind, difference)
    assert zh in one.sentence("zh")
    assert en in one.sentence()


def test_a_plan_against_itself_has_no_changes() -> None:
    plan = share(10, claims(), MaxMinFill())
    told = change(plan, plan)
    assert (told.changes, told.unchanged) == ((), 3)
    assert "3 个不变" in told.sentence("zh")


def test_the_published_alabama_paradox_is_warned_of_from_both_sides() -> None:
    for supply in (10, 11):
        (found,) = alabama(supply, claims(), HAMILTON)
        assert (found.recipient, found.supply, found.units, found.units_with_one_more) == ("C", 10, 2, 1)
        assert "亚拉巴马悖论" in found.sentence("zh")


def test_there_is_no_warning_where_there_is_no_paradox() -> None:
    assert alabama(5, [Demand("A", 6), Demand("B", 6)], HAMILTON) == ()
    assert alabama(0, claims(), HAMILTON) == ()


@pytest.mark.parametrize("rule", MONOTONE, ids=str)
def test_the_other_rules_never_take_from_anybody_where_there_is_more(rule: Rule) -> None:
    assert [one for supply in range(15) for one in alabama(supply, claims(), rule)] == []


def test_a_larger_box_that_fits_all_of_a_sudden_is_told_as_well() -> None:
    demands = [Demand("A", 18, lot=9), Demand("B", 9)]
    (found,) = alabama(8, demands, EqualLosses())
    assert (found.recipient, found.units, found.units_with_one_more) == ("B", 8, 0)


def test_what_is_no_supply_is_refused() -> None:
    with pytest.raises(NotPositive):
        alabama(-1, claims(), HAMILTON)
    with pytest.raises(NotExact):
        alabama(1.5, claims(), HAMILTON)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
