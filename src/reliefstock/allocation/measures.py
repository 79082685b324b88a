"""How even a plan is, and what that costs: measures of the fill rates, as exact fractions.

The *fill rate* of a recipient is what they have over what they need; whoever needs nothing has none and is
left out. Recipients who need the same and have the same are counted together, so that a million households
cost what their few kinds cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import TypeAlias

import attrs

from reliefstock.allocation.demand import Demands
from reliefstock.allocation.plan import Plan

__all__ = ["Measures", "efficiency", "gini", "jain", "measures", "most_efficient"]

Fill: TypeAlias = tuple[int, int, int]
"""A fill rate as numerator and denominator, and how many have it."""


@attrs.frozen(kw_only=True)
class Measures:
    """The measures of a plan. Where nobody needs anything, everything is met: the fill rates are 1.

    Attributes:
        recipients: how many need anything.
        served: how many of them have anything.
        met: how many of them have all that they need.
        awarded: the units of all awards.
        left: the units that nobody has.
        unmet: the need that is not met.
        smallest: the smallest fill rate.
        largest: the largest fill rate.
        gini: the Gini coefficient of the fill rates: 0 where all are the same, near 1 where one has all.
        jain: Jain's index of them: 1 where all are the same, 1/n where one of n has all.
        efficiency: the weighted units that are of use, see `efficiency`.
        best: as much as any plan could have of it, see `most_efficient`.
    """

    recipients: int
    served: int
    met: int
    awarded: int
    left: int
    unmet: int
    smallest: Fraction
    largest: Fraction
    gini: Fraction
    jain: Fraction
    efficiency: int
    best: int

    @property
    def envy(self) -> Fraction:
        """The largest fill rate minus the smallest."""
        return self.largest - self.smallest

    @property
    def price_of_fairness(self) -> Fraction:
        """Which part of the efficiency of the most efficient plan is given up.

        A bound is known for proportional fairness among n whose greatest possible utilities are equal: at
        most 1 - (2 sqrt(n) - 1) / n (Bertsimas, Farias and Trichakis, "The price of fairness", 2011). It is
        named for the reader and not checked here: weights, tiers and floors are outside of it.
        """
        return Fraction(self.best - self.efficiency, self.best) if self.best else Fraction(0)


def measures(plan: Plan) -> Measures:
    """The measures of a plan.

    >>> from reliefstock.allocation.demand import Demand, Demands
    >>> from reliefstock.allocation.plan import Outcome, Plan
    >>> from reliefstock.allocation.rules import Equal
    >>> demands = Demands.of([Demand(name, 4) for name in "ABCD"])
    >>> told = measures(Plan(10, demands, Equal(), 0, "", (1, 2, 3, 4), (Outcome.LEVEL,) * 4))
    >>> [str(rate) for rate in (told.smallest, told.envy, told.gini, told.jain)], told.unmet
    (['1/4', '3/4', '1/4', '5/6'], 6)
    """
    kinds = plan.demands.kinds
    needy: Counter[tuple[int, int]] = Counter()
    for (kind, units), size in plan.sizes.items():
        if kinds[kind].need:
            needy[kinds[kind].need, units] += size
    fills = _fills(needy)
    sums = _Sums.of(fills)
    awarded = sum(units * size for (_, units), size in plan.sizes.items())
    return Measures(
        recipients=sum(needy.values()),
        served=sum(size for (_, units), size in needy.items() if units),
        met=sum(size for (need, units), size in needy.items() if units >= need),
        awarded=awarded,
        left=plan.supply - awarded,
        unmet=sum(max(need - units, 0) * size for (need, units), size in needy.items()),
        smallest=Fraction(*fills[0][:2]) if fills else Fraction(1),
        largest=Fraction(*fills[-1][:2]) if fills else Fraction(1),
        gini=sums.gini,
        jain=sums.jain,
        efficiency=efficiency(plan),
        best=most_efficient(plan.supply, plan.demands),
    )


def gini(sizes: Sequence[tuple[Fraction, int]]) -> Fraction:
    """The Gini coefficient of values in rising order, each with how many times there is of it.

    It is half of the mean difference of any two, over the mean.

    >>> gini([(Fraction(value), 1) for value in (1, 2, 3, 4)])
    Fraction(1, 4)
    """
    return _Sums.of([(*value.as_integer_ratio(), size) for value, size in sizes]).gini


def jain(sizes: Sequence[tuple[Fraction, int]]) -> Fraction:
    """Jain's index of values, each with how many times there is of it.

    It is the square of their sum over n times the sum of their squares.

    >>> jain([(Fraction(0), 1), (Fraction(1), 4)])
    Fraction(4, 5)
    """
    return _Sums.of([(*value.as_integer_ratio(), size) for value, size in sizes]).jain


def efficiency(plan: Plan) -> int:
    """The weighted units of a plan that are of use: weight times units, up to need and most useful amount.

    >>> from reliefstock.allocation.demand import Demand, Demands
    >>> from reliefstock.allocation.plan import Outcome, Plan
    >>> from reliefstock.allocation.rules import Equal
    >>> demands = Demands.of([Demand("A", 2, weight=3), Demand("B", 9)])
    >>> efficiency(Plan(6, demands, Equal(), 0, "", (3, 3), (Outcome.LEVEL,) * 2))
    9
    """
    kinds = plan.demands.kinds
    return sum(
        kinds[kind].weight * min(units, kinds[kind].cap) * size for (kind, units), size in plan.sizes.items()
    )


def most_efficient(supply: int, demands: Demands) -> int:
    """The efficiency that no plan can exceed: the highest weight is filled first, then the next.

    It knows no tiers, no floor and no boxes: whoever gives by weight alone and opens boxes could reach it.

    >>> from reliefstock.allocation.demand import Demand
    >>> most_efficient(6, Demands.of([Demand("A", 2, weight=3), Demand("B", 9)]))
    10
    """
    useful: Counter[int] = Counter()
    for kind, size in zip(demands.kinds, demands.sizes, strict=True):
        useful[kind.weight] += kind.cap * size
    met, left = 0, supply
    for weight in sorted(useful, reverse=True):
        given = min(useful[weight], left)
        met += weight * given
        left -= given
    return met


def _fills(needy: Mapping[tuple[int, int], int]) -> list[Fill]:
    """The different fill rates, rising, and how many recipients have each.

    They are told apart and put in order as whole numbers: fractions that differ do so by at least 1 over the
    product of their denominators, and numbers are compared ten times faster than fractions.
    """
    bits = 2 * max((need for need, _ in needy), default=1).bit_length()
    sizes: Counter[int] = Counter()
    rates: dict[int, tuple[int, int]] = {}
    for (need, units), size in needy.items():
        key = (units << bits) // need
        sizes[key] += size
        rates[key] = units, need
    return [(*_reduced(*rates[key]), sizes[key]) for key in sorted(sizes)]


def _reduced(one: int, other: int) -> tuple[int, int]:
    divisor = gcd(one, other)
    return one // divisor, other // divisor


@attrs.frozen
class _Sums:
    """Sums over fill rates in rising order, as whole numbers over one denominator, which falls out.

    Attributes:
        count: how many rates there are.
        values: the sum of the rates.
        ranked: the sum of the rates, each times the rates before it less those after it.
        squares: the sum of the squares, over the square of the denominator.
    """

    count: int
    values: int
    ranked: int
    squares: int

    @classmethod
    def of(cls, fills: Sequence[Fill]) -> _Sums:
        """The sums: of one denominator first, then in pairs, so that few of them grow long."""
        count, before = sum(size for *_, size in fills), 0
        found: dict[int, tuple[int, int, int]] = {}
        for number, denominator, size in fills:
            values, ranked, squares = found.get(denominator, (0, 0, 0))
            part = number * size
            rank = 2 * before + size - count
            found[denominator] = values + part, ranked + part * rank, squares + part * number
            before += size
        sums = [(denominator, *found[denominator]) for denominator in sorted(found)]
        while len(sums) > 1:
            odd = sums[len(sums) // 2 * 2 :]
            sums = list(map(_together, sums[::2], sums[1::2])) + odd
        _, values, ranked, squares = sums[0] if sums else (1, 0, 0, 0)
        return cls(count, values, ranked, squares)

    @property
    def gini(self) -> Fraction:
        """See `gini`."""
        return Fraction(self.ranked, self.count * self.values) if self.values else Fraction(0)

    @property
    def jain(self) -> Fraction:
        """See `jain`."""
        return Fraction(self.values**2, self.count * self.squares) if self.values else Fraction(1)


_Part: TypeAlias = tuple[int, int, int, int]  # a denominator, and the three sums


def _together(one: _Part, other: _Part) -> _Part:
    """Two sums over the least denominator that both have."""
    over, values, ranked, squares = one
    other_over, other_values, other_ranked, other_squares = other
    times, other_times = _reduced(other_over, over)
    return (
        over * times,
        values * times + other_values * other_times,
        ranked * times + other_ranked * other_times,
        squares * times * times + other_squares * other_times * other_times,
    )
