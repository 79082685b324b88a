"""Sharing out: a supply and the demands go in, with a rule, and a plan comes out, the same every time.

First the floor, for all; then the tiers, one after the other: first the least amounts, the smallest first;
then box by box in the order of their prices (see `reliefstock.allocation.rules`), until nothing is left that
anybody can have. What is equal in price is decided by the tickets, and by nothing else, so that the order in
which demands are stated does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat

from reliefstock.allocation.boxing import give_by_price
from reliefstock.allocation.cohorts import Cohort, Cohorts, boxes_for
from reliefstock.allocation.demand import Demand, Demands
from reliefstock.allocation.plan import Outcome, Plan
from reliefstock.allocation.remainders import give_by_remainder
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.rules import Lottery, Rule
from reliefstock.allocation.stated import check_rule, checked_number
from reliefstock.allocation.tickets import turns

__all__ = ["share"]


def share(
    supply: int, demands: Demands | Iterable[Demand], rule: Rule, *, floor: int = 0, seed: str = ""
) -> Plan:
    """Share out a supply by a rule, in whole boxes.

    Args:
        supply: how many base units there are.
        demands: what is asked for; plain ones (`Demand`) are put in columns.
        rule: the rule.
        floor: so many units come to everybody first, before any tier or rule, as far as they need them; if
            there are not enough for all, the smallest come first, then the tickets decide.
        seed: what was published before the plan was made, so that nobody could choose the tickets.

    Raises:
        BadDemand: a demand cannot be.
        NotExact: a supply or a floor is no whole number.
        NotPositive: it is below zero.
        Incomplete: the rule is none, or largest remainders are asked of boxes of several sizes.

    >>> from reliefstock.allocation import Demand, MaxMinFill
    >>> plan = share(10, [Demand("A", 6), Demand("B", 6), Demand("C", 2)], MaxMinFill())
    >>> list(plan.units), plan.left
    ([4, 4, 2], 0)
    """
    check_rule(rule)
    checked_number("supply", supply)
    checked_number("floor", floor)
    listed = demands if isinstance(demands, Demands) else Demands.of(demands)
    cohorts = Cohorts(supply, listed, rule, seed)
    if floor:
        cohorts.assure(cohorts.of_tier(), lambda one: _floor(one, floor))
    for tier in sorted({kind.tier for kind in listed.kinds}):
        _serve(cohorts, tier, listed, rule, seed)
    units, outcomes = cohorts.told()
    return Plan(supply, listed, rule, floor, seed, units, outcomes)


def _floor(one: Cohort, floor: int) -> int:
    units = max(min(floor, one.kind.cap), one.kind.least)  # what is not needed is no floor, by any rule
    return min(boxes_for(units, one.lot), one.high)


def _serve(cohorts: Cohorts, tier: int, demands: Demands, rule: Rule, seed: str) -> None:
    """Give a tier what its demands can have of what is left."""
    mine = cohorts.of_tier(tier)
    if not cohorts.left:
        for one in mine:
            one.outcome = Outcome.NO_MORE
        return
    wanting = [one for one in mine if one.boxes * one.lot < one.kind.least]
    for one in cohorts.assure(wanting, lambda one: boxes_for(one.kind.least, one.lot)):
        one.outcome = Outcome.BELOW_LEAST
    mine = cohorts.of_tier(tier)
    for one in mine:
        one.low = one.boxes
    if isinstance(rule, Lottery):
        _draw(cohorts, mine, demands, seed)
    elif rule.rounding is Rounding.HAMILTON:
        give_by_remainder(cohorts, mine, rule)
    else:
        give_by_price(cohorts, mine, rule)


def _draw(cohorts: Cohorts, mine: Sequence[Cohort], demands: Demands, seed: str) -> None:
    """All that they need to those whose tickets come first; who needs more than is left is passed over."""
    names = demands.recipients
    waiting: list[tuple[str, int, int]] = []
    for one, places in zip(mine, cohorts.places(mine), strict=True):
        order = turns(seed, [names[at] for at in places], one.kind.weight)
        waiting += zip(order, places, repeat((one.high - one.boxes) * one.lot))
    winners: list[int] = []
    for _, at, cost in sorted(waiting):
        if cost <= cohorts.left:
            cohorts.left -= cost
            winners.append(at)
    winning, losing = cohorts.parted(mine, winners)
    for one in winning:
        one.boxes, one.outcome = one.high, Outcome.WON
    for one in losing:
        one.outcome = Outcome.LEAST if one.boxes else Outcome.LOST
