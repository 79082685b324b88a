"""Small plans that the tests of what is said of plans share."""

from __future__ import annotations

import random
from collections.abc import Iterator

import attrs

from reliefstock.allocation import (
    ContestedGarment,
    Demand,
    Demands,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Outcome,
    Plan,
    Proportional,
    Rounding,
    Rule,
    share,
)

RULES: tuple[Rule, ...] = (
    MaxMinFill(),
    Lottery(),
    *(rule(rounding) for rule in (Equal, Proportional, EqualAwards) for rounding in Rounding),
    *(
        rule(rounding)
        for rule in (EqualLosses, ContestedGarment)
        for rounding in Rounding
        if not rounding.is_of_ratios
    ),
)


def by_hand(units: tuple[int, ...], *needs: int, supply: int | None = None) -> Plan:
    """A plan that no rule made."""
    demands = Demands.columns([chr(ord("A") + at) for at in range(len(needs))], needs)
    supply = sum(units) if supply is None else supply
    return Plan(supply, demands, Equal(), 0, "", units, (Outcome.LEVEL,) * len(units))


def claims() -> list[Demand]:
    return [Demand("A", 6), Demand("B", 6), Demand("C", 2)]


def plans(rule: Rule, count: int, seed: int) -> Iterator[Plan]:
    """Random plans of a rule: tiers, weights, floors, least and most amounts, boxes."""
    chance = random.Random(seed)
    for _ in range(count):
        lot = chance.choice([1, 1, 2, 3])
        is_mixed = chance.random() < 0.3 and rule.rounding is not Rounding.HAMILTON
        demands = [
            _demand(chance, name, chance.choice([1, 2, 3]) if is_mixed else lot)
            for name in "ABCDEF"[: chance.randint(1, 6)]
        ]
        floor, published = chance.choice([0, 0, 1, 2]), chance.choice(["", "2023-07-01"])
        yield share(chance.randint(0, 25), demands, rule, floor=floor, seed=published)


def _demand(chance: random.Random, name: str, lot: int) -> Demand:
    need = chance.randint(0, 9)
    most = chance.choice([None, None, chance.randint(0, 9)])
    least = chance.choice([0, 0, chance.randint(0, need if most is None else min(need, most))])
    weight, tier = chance.choice([1, 1, 2, 3]), chance.choice([1, 1, 2])
    return Demand(name, need, weight=weight, tier=tier, least=least, most=most, lot=lot)


def with_units(plan: Plan, units: list[int]) -> Plan:
    return attrs.evolve(plan, units=units)
