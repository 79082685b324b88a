"""What is counted together for many says the same as what is counted one by one."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from hashlib import sha256
from itertools import combinations
from random import Random

import pytest

from reliefstock.allocation import Demands, Equal, Lottery, MaxMinFill, Outcome, Proportional, Rule, share
from reliefstock.allocation.demand import Kind
from reliefstock.allocation.measures import gini, jain, measures
from reliefstock.allocation.reasons import Reasons
from reliefstock.allocation.tickets import ticket, turns
from reliefstock.errors import BadDemand

MANY = 300


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _all_differ() -> Demands:
    needs = list(range(50, 50 + MANY))
    Random(7).shuffle(needs)
    return Demands.columns([f"户{at}" for at in range(MANY)], needs)


def test_turns_are_in_the_order_of_tickets_then_ids() -> None:
    names = [f"H{at}" for at in range(50)] + ["学校", "甲"]
    in_turn = [name for _, name in sorted(zip(turns("s", names), names, strict=True))]
    assert in_turn == sorted(names, key=lambda name: (_hashed(f"s:{name}"), name))


def test_the_turn_of_whoever_has_several_tickets_is_that_of_the_best() -> None:
    best = min(_hashed(text) for text in ("s:甲", "s:甲:2", "s:甲:3"))
    assert ticket("s", "甲", 3) == best
    assert turns("s", ["甲"], 3) == [best + "甲"]


def test_members_of_several_kinds_are_where_these_kinds_stand() -> None:
    demands = Demands.columns(list("ABCDEF"), [3, 1, 3, 2, 1, 3])
    assert demands.members({0, 1}) == {0: [0, 2, 5], 1: [1, 4]}
    assert demands.sizes == (3, 2, 1)


@pytest.mark.parametrize("seed", ["", "2023-07-01"])
def test_the_last_boxes_of_many_kinds_go_by_the_tickets(seed: str) -> None:
    demands = _all_differ()
    plan = share(10 * MANY + 100, demands, Equal(), seed=seed)
    order = [_hashed(f"{seed}:{name}") + name if seed else name for name in demands.recipients]
    winners = set(sorted(range(MANY), key=order.__getitem__)[:100])
    assert plan.units == [11 if at in winners else 10 for at in range(MANY)]
    assert set(plan.outcomes) == {Outcome.DRAWN, Outcome.TIED}


def test_a_lottery_among_many_kinds_passes_over_who_needs_more_than_is_left() -> None:
    demands = _all_differ()
    plan = share(5_000, demands, Lottery(), seed="s")
    left = 5_000
    for at in sorted(range(MANY), key=lambda at: _hashed(f"s:{demands.recipients[at]}")):
        need = demands[at].need
        has = need if need <= left else 0
        assert plan.units[at] == has
        left -= has
    assert plan.left == left


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (Kind(-1), "negative"),
        (Kind(1.0), "whole"),  # type: ignore[arg-type]
        (Kind(True), "whole"),
        (Kind(2, weight=0), "weight"),
        (Kind(2, lot=0), "lot"),
        (Kind(2, least=-1), "negative"),
        (Kind(2, most=-1), "negative"),
        (Kind(2**63), "large"),
        (Kind(2, least=3), "least"),
        (Kind(4, least=3, most=2), "least"),
    ],
)
def test_the_one_kind_among_many_that_cannot_be_is_named(wrong: Kind, fault: str) -> None:
    kinds = [*(Kind(need) for need in range(1, MANY)), wrong]
    names = [f"H{at}" for at in range(MANY)]
    with pytest.raises(BadDemand) as raised:
        Demands(names, kinds, range(MANY))
    assert (raised.value.recipient, raised.value.fault) == (names[-1], fault)


@pytest.mark.parametrize("rule", [Proportional(), MaxMinFill()])
def test_measures_of_many_rates_are_those_of_their_definitions(rule: Rule) -> None:
    plan = share(20_000, _all_differ(), rule)
    told = measures(plan)
    rates = [Fraction(award.units, award.need) for award in plan]
    between = sum((abs(one - other) for one, other in combinations(rates, 2)), Fraction(0))
    assert told.gini == between / (len(rates) * sum(rates))  # exact: Fraction
    assert told.jain == sum(rates) ** 2 / (len(rates) * sum(rate * rate for rate in rates))  # exact: Fraction
    assert (told.smallest, told.largest) == (min(rates), max(rates))
    sizes = sorted(Counter(rates).items())
    assert (gini(sizes), jain(sizes)) == (told.gini, told.jain)


def test_sums_over_nobody_and_over_nothing_are_even() -> None:
    assert (gini([]), jain([])) == (0, 1)
    assert (gini([(Fraction(0), 3)]), jain([(Fraction(0), 3)])) == (0, 1)


def test_what_a_plan_counts_together_is_what_its_awards_say() -> None:
    demands = Demands.columns(list("ABCDE"), [6, 6, 2, 6, 2])
    plan = share(13, demands, MaxMinFill(), seed="s")
    assert plan.sizes == Counter(zip(demands.kind_of, plan.units, strict=True))
    assert plan.unmet == sum(award.unmet for award in plan)


def test_all_sentences_are_those_that_are_asked_for_one_by_one() -> None:
    weights = [at % 3 + 1 for at in range(MANY)]
    demands = Demands.columns(
        [f"H{at}" for at in range(MANY)], [at % 7 for at in range(MANY)], weight=weights
    )
    for rule in (MaxMinFill(), Lottery()):
        reasons = Reasons(share(500, demands, rule, seed="s"))
        assert list(reasons) == [reasons[at] for at in range(MANY)]
        assert any("ticket" in sentence for sentence in reasons)
