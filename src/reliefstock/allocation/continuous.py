"""Shares before they are rounded: exact fractions, at the one level at which they use up the supply.

The sum of all shares grows along straight lines between the levels where a kind begins to receive, changes
its pace, or has all it can have; so the level is found between two of those by one division.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil

from reliefstock.allocation.demand import Demand, Demands, Kind
from reliefstock.allocation.rules import Lottery, Rule
from reliefstock.allocation.stated import check_rule, checked_number
from reliefstock.errors import Incomplete

__all__ = ["exact_shares", "level_of"]

Bounds = tuple[Kind, int, int, int]  # a kind, how many there are, and from how much to how much each


def exact_shares(
    supply: int | Fraction, demands: Demands | Iterable[Demand], rule: Rule
) -> tuple[Fraction, ...]:
    """What each demand would have if all could be cut: boxes and least amounts are left aside, tiers are not.

    Raises:
        BadDemand: a demand cannot be.
        NotExact: the supply is neither a whole number nor a fraction.
        NotPositive: it is below zero.
        Incomplete: the rule is none, or the lottery, which is for what cannot be cut.

    >>> from reliefstock.allocation import EqualLosses
    >>> claims = [Demand("A", 100), Demand("B", 200), Demand("C", 300)]
    >>> [str(share) for share in exact_shares(200, claims, EqualLosses())]
    ['0', '50', '150']
    """
    check_rule(rule)
    checked_number("supply", supply, is_whole=False)
    if isinstance(rule, Lottery):
        raise Incomplete(
            rule.name,
            "it is for what cannot be cut",
            "ask `share` for it",
            zh=f"{rule.zh}：用于不能分割的物资；请用 `share`",
        )
    listed = demands if isinstance(demands, Demands) else Demands.of(demands)
    given = [Fraction(0)] * len(listed.kinds)
    left = Fraction(supply)
    for tier in sorted({kind.tier for kind in listed.kinds}):
        mine = [n for n, kind in enumerate(listed.kinds) if kind.tier == tier and kind.need]
        kinds = [(listed.kinds[n], listed.sizes[n], 0, rule.cap(listed.kinds[n], ceil(supply))) for n in mine]
        for number, one in zip(mine, level_of(rule, kinds, left), strict=True):
            given[number] = one
            left -= one * listed.sizes[number]
    return tuple(given[number] for number in listed.kind_of)


def level_of(rule: Rule, bounds: Sequence[Bounds], supply: int | Fraction) -> list[Fraction]:
    """The share of one of each kind at the level that uses up the supply, or at the highest there is."""
    ready = rule.prepared([kind for kind, *_ in bounds])
    if sum(size * high for _, size, _, high in bounds) <= supply:
        return [Fraction(high) for *_, high in bounds]
    marks = sorted({mark for kind, _, low, high in bounds for mark in ready.marks(kind, low, high)})
    at = bisect_right(marks, supply, key=lambda mark: _sum(ready, bounds, mark)) - 1
    if at < 0:  # all have no more than what is assured to them
        return [Fraction(low) for _, _, low, _ in bounds]
    lower, upper = marks[at], marks[at + 1]
    below, above = _sum(ready, bounds, lower), _sum(ready, bounds, upper)
    level = lower + (upper - lower) * (supply - below) / (above - below)  # exact: Fraction
    return _shares(ready, bounds, level)


def _shares(rule: Rule, bounds: Sequence[Bounds], level: Fraction) -> list[Fraction]:
    return [
        min(
            max(Fraction(*rule.share(kind, level.numerator, level.denominator)), Fraction(low)),
            Fraction(high),
        )
        for kind, _, low, high in bounds
    ]


def _sum(rule: Rule, bounds: Sequence[Bounds], level: Fraction) -> Fraction:
    shares = _shares(rule, bounds, level)
    return sum((share * size for share, (_, size, _, _) in zip(shares, bounds, strict=True)), Fraction(0))
