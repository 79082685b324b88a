"""What is published with a plan."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from reliefstock.allocation import Demand, Equal, Lottery, MaxMinFill, Proportional, Rounding, Rule, share
from reliefstock.allocation.certificate import Certificate, certificate_of, verify_certificate
from unit.allocation.plans import RULES, claims, plans, with_units


def test_a_certificate_has_the_level_of_each_tier_and_the_prices_around_it() -> None:
    plan = share(8, [Demand("A", 6), Demand("B", 3), Demand("C", 2, tier=2)], MaxMinFill())
    first, second = certificate_of(plan).tiers
    assert (first.begins, first.given, first.left) == (8, 8, 0)
    assert (first.reached, first.comes_next) == ((0, Fraction(2, 3)), (0, Fraction(5, 6)))
    assert (second.begins, second.given, second.reached) == (0, 0, None)


def test_a_certificate_names_who_won_and_lost_by_ticket_and_who_was_passed_over() -> None:
    plan = share(1, [Demand("A", 2), Demand("B", 2), Demand("C", 9, least=5)], Equal())
    made = certificate_of(plan)
    assert (made.drawn, made.tied, made.passed_over) == (("A",), ("B",), ("C",))


def test_of_largest_remainders_the_smallest_that_was_served_is_stated() -> None:
    (tier,) = certificate_of(share(10, claims(), Proportional(Rounding.HAMILTON))).tiers
    assert tier.remainder == Fraction(3, 7)


def test_what_is_assured_is_told_apart_from_what_the_rule_gave() -> None:
    (tier,) = certificate_of(share(9, [Demand("A", 9, least=4), Demand("B", 9)], Equal(), floor=1)).tiers
    assert (tier.begins, tier.assured, tier.given, tier.left) == (4, 0, 4, 0)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_certificate_is_right_for_its_plan_and_wrong_for_another(rule: Rule) -> None:
    for plan in plans(rule, 10, seed=7):
        made = certificate_of(plan)
        assert verify_certificate(made, plan) == ()
        assert sum(tier.given + tier.assured for tier in made.tiers) <= made.awarded
        for name in (field.name for field in attrs.fields(Certificate)):
            told = attrs.evolve(made, **{name: "another"})
            assert [fault.figures for fault in verify_certificate(told, plan)] == [(name,)]


def test_the_faults_of_the_plan_come_first() -> None:
    plan = share(10, claims(), MaxMinFill())
    (fault, *_) = verify_certificate(certificate_of(plan), with_units(plan, [5, 3, 2]))
    assert fault.code == "dearer"


def test_a_certificate_is_told_in_both_languages() -> None:
    plan = share(8, [Demand("A", 6), Demand("B", 3)], MaxMinFill(), floor=1)
    made = certificate_of(plan)
    assert made.sentences(plan) == (
        "By max-min fill rate 8 of 8 go to 2 recipients.",
        "First everybody has a floor of 1.",
        "Tier 1: the rule reached 2/3 of the need; the next box is due at 5/6 of the need.",
        "Nothing is left.",
    )
    assert made.sentences(plan, "zh")[0] == "按“最大最小满足率”，8 个中的 8 个分给 2 个接收方。"


def test_a_lottery_has_no_prices() -> None:
    plan = share(4, [Demand("A", 4), Demand("B", 4)], Lottery(), seed="s")
    made = certificate_of(plan)
    assert [(tier.reached, tier.comes_next) for tier in made.tiers] == [(None, None)]
    assert "By ticket 1 won and 1 lost (seed 's')." in made.sentences(plan)
