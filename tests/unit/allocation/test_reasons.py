"""A reason for every award."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reliefstock.allocation import (
    ContestedGarment,
    Demand,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Outcome,
    Proportional,
    Rounding,
    Rule,
    share,
    ticket,
)
from reliefstock.allocation.reasons import Reasons, left_reason, level_text, reason, rule_text
from reliefstock.errors import Incomplete, Unknown
from unit.allocation.plans import RULES, claims, plans


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_award_of_every_rule_has_a_sentence_in_both_languages(rule: Rule) -> None:
    for plan in plans(rule, 25, seed=5):
        zh, en = Reasons(plan, "zh"), Reasons(plan, "en")
        assert list(zh) == [reason(plan, at, "zh") for at in range(len(plan))]
        assert list(en) == [reason(plan, award.recipient) for award in plan]
        for award, said_zh, said_en in zip(plan, zh, en, strict=True):
            assert said_zh.startswith(f"{award.recipient}：")
            assert f"需要 {award.need} 个，分得 {award.units} 个" in said_zh
            assert f"needs {award.need}, has {award.units}" in said_en
            assert not {"None", "\0", "{", "}"} & {*said_zh, *said_en, *said_en.split()}


def test_all_outcomes_are_told_of_by_these_plans() -> None:
    seen = {outcome for rule in RULES for plan in plans(rule, 40, seed=6) for outcome in plan.outcomes}
    assert seen == set(Outcome)


def test_a_reason_has_the_fill_rate_the_level_and_the_tier() -> None:
    plan = share(8, [Demand("A", 6), Demand("B", 3), Demand("C", 2, tier=2)], MaxMinFill())
    assert reason(plan, "A") == (
        "A: tier 1, needs 6, has 5 (5/6): the rule reached 2/3 of the need, "
        "and the next box is due only at 5/6 of the need."
    )
    assert reason(plan, "C", "zh") == "C：第 2 级，需要 2 个，分得 0 个（0）：轮到第 2 级时已分完。"


def test_a_ticket_that_decided_is_shown() -> None:
    plan = share(1, [Demand("A", 2), Demand("B", 2)], Equal(), seed="2023-07-01")
    for name in "AB":
        assert ticket("2023-07-01", name)[:12] in reason(plan, name)


def test_the_best_of_several_tickets_is_shown_in_a_lottery() -> None:
    plan = share(2, [Demand("A", 2, weight=3), Demand("B", 2)], Lottery(), seed="s")
    assert ticket("s", "A", 3)[:12] in reason(plan, "A")


def test_without_a_seed_the_id_is_the_ticket() -> None:
    plan = share(1, [Demand("A", 2), Demand("B", 2)], Equal())
    assert "ticket A" in reason(plan, 0)


def test_a_floor_is_told_of() -> None:
    plan = share(4, [Demand("A", 3), Demand("B", 3, tier=2)], MaxMinFill(), floor=1)
    assert reason(plan, "B") == (
        "B: tier 2, needs 3, has 1 (1/3): beyond the floor of 1 nothing was left for tier 2."
    )


def test_an_exact_share_is_told_of_the_largest_remainders() -> None:
    plan = share(10, claims(), Proportional(Rounding.HAMILTON))
    assert "the exact share is 30/7 boxes" in reason(plan, "A")
    assert "按份额应得 30/7 箱" in reason(plan, "A", "zh")


def test_nobody_of_that_name_has_a_reason() -> None:
    plan = share(10, claims(), MaxMinFill())
    with pytest.raises(Unknown):
        reason(plan, "D")
    with pytest.raises(IndexError):
        reason(plan, 3)
    with pytest.raises(Incomplete):
        reason(plan, "A", "fr")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_the_last_reason_is_asked_for_from_the_end() -> None:
    plan = share(10, claims(), MaxMinFill())
    assert Reasons(plan)[-1] == reason(plan, "C")
    assert len(Reasons(plan)) == 3


@pytest.mark.parametrize(
    ("supply", "lot", "said"),
    [
        (6, 3, "Nothing is left."),
        (5, 3, "2 are left: no box that is still of use is so small."),
        (9, 3, "3 are left: nobody has any more use for them."),
    ],
)
def test_what_is_left_is_told_and_why(supply: int, lot: int, said: str) -> None:
    assert left_reason(share(supply, [Demand("A", 6, lot=lot)], Proportional())) == said


@pytest.mark.parametrize(
    ("rule", "half", "level", "said"),
    [
        (Equal(), 0, "5/2", "5/2 each"),
        (EqualAwards(Rounding.HILL), 0, "6", "√(6) each"),
        (Proportional(), 0, "1/3", "1/3 of the need"),
        (EqualLosses(), 0, "-4", "a loss of 4"),
        (ContestedGarment(), 0, "2", "2 each"),
        (ContestedGarment(), 1, "-2", "a loss of 2"),
    ],
)
def test_a_level_is_told_in_the_words_of_its_rule(rule: Rule, half: int, level: str, said: str) -> None:
    assert level_text(rule, (half, Fraction(level))) == said


def test_rules_that_are_rounded_in_one_way_do_not_say_how() -> None:
    assert rule_text(Lottery(), "zh") == "公开抽签"
    assert rule_text(Equal(Rounding.DEAN)) == "equal (Dean)"
