"""The largest remainders (Hamilton): whole boxes of the exact shares, then one each by the remainder."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from reliefstock.allocation.cohorts import Cohort, Cohorts
from reliefstock.allocation.continuous import level_of
from reliefstock.allocation.plan import Outcome
from reliefstock.allocation.rules import Rule
from reliefstock.errors import Incomplete

__all__ = ["give_by_remainder"]


def give_by_remainder(cohorts: Cohorts, mine: Sequence[Cohort], rule: Rule) -> None:
    """Give what is left to some cohorts. Raises `Incomplete` for boxes of several sizes."""
    if not mine:
        return
    lot = mine[0].lot
    if any(one.lot != lot for one in mine):
        reason = "largest remainders do not fit boxes of several sizes"
        raise Incomplete(
            rule.name,
            reason,
            "round by Webster, or state boxes of one size",
            zh=f"{rule.zh}：最大余数法不适用于几种规格的整箱；请用 Webster 取整，或只用一种规格",
        )
    free = cohorts.left // lot
    boxes = free + sum(one.low * one.size for one in mine)
    bounds = [(one.kind, one.size, one.low * lot, one.high * lot) for one in mine]
    shares = zip(mine, level_of(rule, bounds, boxes * lot), strict=True)
    due = {one: share / lot for one, share in shares}  # exact: Fraction
    for one in mine:
        one.boxes = due[one].numerator // due[one].denominator
    given = sum((one.boxes - one.low) * one.size for one in mine)
    remainder = {one: due[one] - one.boxes for one in mine}
    for _, group in groupby(sorted(mine, key=lambda one: -remainder[one]), remainder.__getitem__):
        given += _one_more(cohorts, [one for one in group if one.is_open], free - given)
    cohorts.left -= given * lot


def _one_more(cohorts: Cohorts, alike: Sequence[Cohort], most: int) -> int:
    """One box more to as many of them as there are boxes; gives how many it were."""
    size = sum(one.size for one in alike)
    if not most or size <= most:
        for one in alike if most else ():
            one.boxes += 1
        return min(size, most)
    winning, losing = cohorts.parted(alike, cohorts.in_order(alike)[:most])
    for one in winning:
        one.boxes += 1
        one.is_drawn = True
    for one in losing:
        one.outcome = Outcome.TIED
    return most
