"""The price of a box and the share of a kind as exact fractions, by formulas of their own.

Whoever checks a plan must not lean on what made it: these formulas share nothing with those of
`reliefstock.allocation.rules`, which are in whole numbers over a scale, and give the same.

A *price* is a pair: the half in which the box falls, 0 or 1, and the level at which it is due there. Only the
contested garment has a second half: above half of the need it is the losses that are made equal. The price
of a box rounded by Hill, whose signposts are roots, is squared.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from reliefstock.allocation.demand import Kind
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.rules import (
    ContestedGarment,
    Equal,
    EqualAwards,
    EqualLosses,
    MaxMinFill,
    Proportional,
    Rule,
)
from reliefstock.allocation.shortfalls import CatchUp, had_of, needed_of
from reliefstock.errors import Incomplete

__all__ = ["Bounds", "Price", "order", "price", "quotas"]

Price: TypeAlias = tuple[int, Fraction]
Bounds: TypeAlias = tuple[Kind, int, int, int]
"""A kind, how many there are, the least units of each and the most."""


def price(rule: Rule, kind: Kind, k: int) -> Price:
    """The price of the k-th box of one of a kind.

    Raises:
        Incomplete: the rule has no prices; the lottery has not.

    >>> price(Proportional(), Kind(6), 4), price(EqualLosses(), Kind(6, lot=2), 1)
    ((0, Fraction(7, 12)), (0, Fraction(-5, 1)))
    """
    if rule.rounding is Rounding.HILL:
        half, level = _level(rule, kind, Fraction(kind.lot))
        return half, level * level * k * (k - 1)
    return _level(rule, kind, _signpost(rule.rounding, k) * kind.lot)


def order(rule: Rule, kind: Kind, k: int) -> tuple[Price, tuple[int, Fraction] | tuple[()]]:
    """What puts the k-th box in order before tickets do: its price; by fill rates also its size and step.

    >>> order(MaxMinFill(), Kind(4, lot=2), 1)
    ((0, Fraction(0, 1)), (2, Fraction(-1, 2)))
    """
    first = price(rule, kind, k)
    return first, (kind.lot, -price(rule, kind, k + 1)[1]) if isinstance(rule, MaxMinFill) else ()


def quotas(rule: Rule, bounds: Sequence[Bounds], units: int) -> list[Fraction]:
    """The exact shares of one of each kind when so many units are shared out and can be cut.

    >>> [str(each) for each in quotas(Proportional(), [(Kind(6), 2, 0, 6), (Kind(2), 1, 0, 2)], 11)]
    ['33/7', '11/7']
    """
    marks = sorted({mark for kind, _, *ends in bounds for mark in _marks(rule, kind, ends)})
    at = bisect_left(marks, units, key=lambda mark: _sum(_shares(rule, bounds, mark), bounds))
    if at == len(marks):
        return [Fraction(high) for *_, high in bounds]
    upper = _shares(rule, bounds, marks[at])
    over = _sum(upper, bounds) - units
    if at == 0 or not over:
        return upper
    lower = _shares(rule, bounds, marks[at - 1])
    back = over / (_sum(upper, bounds) - _sum(lower, bounds))  # exact: Fraction
    return [high - (high - low) * back for low, high in zip(lower, upper, strict=True)]


def _signpost(rounding: Rounding, k: int) -> Fraction:
    if rounding is Rounding.JEFFERSON:
        return Fraction(k)
    if rounding is Rounding.ADAMS:
        return Fraction(k - 1)
    if rounding is Rounding.DEAN:  # the harmonic mean of k - 1 and k
        return Fraction(k * (k - 1)) / (k - Fraction(1, 2))  # exact: Fraction
    return k - Fraction(1, 2)


def _level(rule: Rule, kind: Kind, units: Fraction) -> Price:
    """At which level one of a kind has so many units."""
    if isinstance(rule, Equal | EqualAwards):
        return 0, units / (kind.weight if isinstance(rule, EqualAwards) else 1)  # exact: Fraction
    if isinstance(rule, CatchUp):
        return 0, (units + had_of(kind)) / (needed_of(kind) * kind.weight)  # exact: Fraction
    if isinstance(rule, Proportional | MaxMinFill):
        return 0, units / (kind.need * kind.weight)  # exact: Fraction
    if isinstance(rule, EqualLosses):
        return 0, (units - kind.need) * kind.weight
    if isinstance(rule, ContestedGarment):
        if 2 * units > kind.need:
            return 1, (units - kind.need) * kind.weight
        return 0, units / kind.weight  # exact: Fraction
    raise Incomplete(
        rule.name or type(rule).__name__,
        "its boxes have no price that is known",
        "use another rule",
        zh=f"{rule.zh or type(rule).__name__}：没有已知的逐箱次序；请改用其他规则",
    )


def _marks(rule: Rule, kind: Kind, ends: Sequence[int]) -> list[Price]:
    """The levels at which a kind begins to have more, and ceases; of the contested garment also half way."""
    marks = [_level(rule, kind, Fraction(end)) for end in ends]
    if isinstance(rule, ContestedGarment):
        half = Fraction(kind.need, 2)
        marks += [(0, half / kind.weight), (1, -half * kind.weight)]  # exact: Fraction
    return marks


def _shares(rule: Rule, bounds: Sequence[Bounds], mark: Price) -> list[Fraction]:
    return [
        min(max(_share(rule, kind, mark), Fraction(low)), Fraction(high)) for kind, _, low, high in bounds
    ]


def _share(rule: Rule, kind: Kind, mark: Price) -> Fraction:
    half, level = mark
    if isinstance(rule, ContestedGarment):
        if half:
            return max(kind.need + level / kind.weight, Fraction(kind.need, 2))  # exact: Fraction
        return min(level * kind.weight, Fraction(kind.need, 2))
    if isinstance(rule, EqualLosses):
        return kind.need + level / kind.weight  # exact: Fraction
    if isinstance(rule, Equal):
        return level
    return level * kind.weight * (1 if isinstance(rule, EqualAwards) else kind.need)


def _sum(shares: Sequence[Fraction], bounds: Sequence[Bounds]) -> Fraction:
    return sum((share * size for share, (_, size, *_) in zip(shares, bounds, strict=True)), Fraction(0))
