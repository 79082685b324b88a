"""The rules once more, by what they are for: of all awards that there can be, the one that a rule means.

Nothing is handed out here, in no order. Every way to give out so many units is written down once; a rule says
of each how unfit it is, and the least unfit is the plan:

- `Equal`, `EqualAwards`, `EqualLosses`, `MaxMinFill`: the best sorted list (leximin) of what is had, of what
  is had, of what is lacking, and of the fill rates. How it is rounded makes no difference to these.
- `Proportional`, `ContestedGarment`: no unit that is given is dearer than one that is not (min-max). The
  prices, which differ by rounding, are the fractions of `unit.allocation.brute`.
- The largest remainders: the smallest sum of squared distances from the shares that can be cut. Those are
  by their definitions: equal losses are what equal awards of the losses leave, the contested garment is
  equal awards of half the claims, and above that what equal awards of the other halves leave.
- The lottery: all or nothing.

Of several that are as fit, the tickets choose: the smallest has as much as it can, then the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache, cached_property
from hashlib import sha256
from itertools import product
from math import lcm
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from reliefstock.allocation import (
    ContestedGarment,
    Demand,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Rounding,
    Rule,
)
from unit.allocation.brute import price

__all__ = [
    "LARGEST",
    "NAMES",
    "Awards",
    "Numbers",
    "Oracle",
    "meaning",
    "sorted_codes",
    "ticket_order",
    "worth",
]

Numbers: TypeAlias = NDArray[np.int64]
Units = tuple[int, ...]

NAMES = "ABCDEF"
LARGEST = 13  # of the needs that are looked at
_NEVER = np.int64(2**62)  # of awards that exceed a need
_LEXIMIN = (Equal, EqualAwards, EqualLosses, MaxMinFill)


def ticket_order(seed: str, recipients: int) -> list[int]:
    """The places of A, B, C and so on in the order of their tickets; of their ids where there is no seed."""
    drawn = {
        at: sha256(f"{seed}:{NAMES[at]}".encode()).hexdigest() if seed else "" for at in range(recipients)
    }
    return sorted(drawn, key=lambda at: (drawn[at], at))


class Awards:
    """All ways to give no more than so many units to so many recipients, a row each."""

    def __init__(self, recipients: int, units: int) -> None:
        self.recipients = recipients
        self.units = units
        rows = sorted(_within(recipients, units), key=sum)
        self.columns: Numbers = np.array(rows, dtype=np.int64).T.copy()
        self.sums: Numbers = self.columns.sum(axis=0)
        self._starts = np.searchsorted(self.sums, np.arange(units + 1))

    def chosen(self, unfit: Numbers, caps: Sequence[int], order: Sequence[int]) -> list[Units]:
        """The awards of every supply from nothing on: all that can be had is given, nobody is above a cap.

        Args:
            unfit: how unfit each row is.
            caps: the most that each may have.
            order: the recipients in the order of their tickets.
        """
        unfit = np.where((self.columns > np.array(caps)[:, None]).any(axis=0), _NEVER, unfit)
        least = np.minimum.reduceat(unfit, self._starts)[self.sums]
        best: dict[int, Units] = {}
        for at in np.flatnonzero((unfit == least) & (unfit < _NEVER)):
            row = tuple(self.columns[:, at].tolist())
            here = sum(row)
            best[here] = max(best.get(here, row), row, key=lambda one: [one[place] for place in order])
        enough = sum(caps)
        return [best[min(supply, enough)] for supply in range(self.units + 1)]

    @cached_property
    def cell(self) -> Numbers:
        """Where a table of supplies, by units, is to be looked into for each recipient."""
        return self.sums * (self.units + 1) + self.columns


def _within(recipients: int, units: int) -> Iterator[Units]:
    if not recipients:
        yield ()
        return
    for first in range(units + 1):
        for rest in _within(recipients - 1, units - first):
            yield first, *rest


@cache
def _awards(recipients: int, units: int) -> Awards:
    return Awards(recipients, units)


Oracle: TypeAlias = Callable[[Sequence[int], str, int], list[Units]]
"""What some needs are due, with a seed, of every supply from nothing up to so many units."""


def meaning(rule: Rule) -> tuple[object, Oracle]:
    """What a rule means, and a name of that: roundings of which a rule takes no notice have the same."""
    if isinstance(rule, Lottery):
        return type(rule), _lottery
    if rule.rounding is Rounding.HAMILTON:
        return rule, _of(rule, lambda awards, needs: _far_from_shares(rule, awards, needs))
    if isinstance(rule, _LEXIMIN):
        return type(rule), _of(rule, lambda awards, needs: _not_leximin(rule, awards, needs))
    return rule, _of(rule, lambda awards, needs: _out_of_order(rule, awards, needs))


def _of(rule: Rule, unfit: Callable[[Awards, Sequence[int]], Numbers]) -> Oracle:
    def due(needs: Sequence[int], seed: str, units: int) -> list[Units]:
        awards = _awards(len(needs), units)
        caps = [units * bool(need) for need in needs] if isinstance(rule, Equal) else needs
        return awards.chosen(unfit(awards, needs), caps, ticket_order(seed, len(needs)))

    return due


def _lottery(needs: Sequence[int], seed: str, units: int) -> list[Units]:
    order = ticket_order(seed, len(needs))
    drawn = [dict(zip(order, won, strict=True)) for won in product((1, 0), repeat=len(needs))]
    ways = [tuple(need * won[at] for at, need in enumerate(needs)) for won in drawn]
    return [next(way for way in ways if sum(way) <= supply) for supply in range(units + 1)]


# The best sorted list


def worth(rule: Rule, need: int, units: int) -> Fraction:
    """What the rule looks at in an award."""
    if isinstance(rule, MaxMinFill):
        return Fraction(units, need)
    return Fraction(units - need if isinstance(rule, EqualLosses) else units)


@cache
def _worths(kind: type[Rule], units: int) -> Numbers:
    """The rank of what an award is worth, by need and units."""
    rule, needs = kind(), range(1, LARGEST + 1)
    values = [[worth(rule, need, had) for had in range(units + 1)] for need in needs]
    rank = {value: at for at, value in enumerate(sorted({value for row in values for value in row}))}
    return np.array([[0] * (units + 1), *([rank[value] for value in row] for row in values)], dtype=np.int64)


def sorted_codes(worths: Numbers) -> Numbers:
    """One number for each column of ranks below 256: the greater, the better its sorted list."""
    codes = np.zeros(worths.shape[1], dtype=np.int64)
    for row in np.sort(worths.astype(np.uint8), axis=0):
        codes = codes << 8 | row
    return codes


def _not_leximin(rule: Rule, awards: Awards, needs: Sequence[int]) -> Numbers:
    ranks = _worths(type(rule), awards.units)
    return -sorted_codes(
        np.stack([ranks[need][had] for need, had in zip(needs, awards.columns, strict=True)])
    )


# No unit given dearer than one that is not


@cache
def _prices(rule: Rule, units: int) -> tuple[Numbers, Numbers]:
    """The rank of the price of the last unit had, and of the next, by need and units."""
    needs = range(1, LARGEST + 1)
    last = {need: [price(rule, Demand("", need), k) for k in range(1, units + 2)] for need in needs}
    rank = {
        value: at + 1 for at, value in enumerate(sorted({value for row in last.values() for value in row}))
    }
    never = len(rank) + 1
    had = np.full((LARGEST + 1, units + 1), never, dtype=np.int64)
    wanted = had.copy()
    had[:, 0] = 0
    for need in needs:
        ranks = [rank[value] for value in last[need]]
        had[need, 1:] = ranks[:units]
        wanted[need, :need] = ranks[: min(need, units + 1)]
    return had, wanted


def _out_of_order(rule: Rule, awards: Awards, needs: Sequence[int]) -> Numbers:
    had, wanted = _prices(rule, awards.units)
    pairs = list(zip(needs, awards.columns, strict=True))
    dearest = np.maximum.reduce([had[need][units] for need, units in pairs])
    cheapest = np.minimum.reduce([wanted[need][units] for need, units in pairs])
    return (dearest > cheapest).astype(np.int64)


# Close to the shares that can be cut


def _far_from_shares(rule: Rule, awards: Awards, needs: Sequence[int]) -> Numbers:
    most = awards.units if isinstance(rule, Equal) and any(needs) else min(sum(needs), awards.units)
    shares = [cut(rule, needs, min(supply, most)) for supply in range(awards.units + 1)]
    once = [lcm(*(share.denominator for share in row)) for row in shares]
    units = np.arange(awards.units + 1, dtype=np.int64)
    far = np.zeros(len(awards.sums), dtype=np.int64)
    for at in range(len(needs)):
        table = [(units * times - int(row[at] * times)) ** 2 for row, times in zip(shares, once, strict=True)]
        far += np.concatenate(table)[awards.cell[at]]
    return far


def cut(rule: Rule, needs: Sequence[int], supply: int) -> list[Fraction]:
    """The shares that can be cut of a supply that is no more than the needs, by their definitions."""
    claims, amount = [Fraction(need) for need in needs], Fraction(supply)
    if not amount:
        return [amount] * len(needs)
    if isinstance(rule, Equal):
        return [amount / sum(map(bool, needs)) * bool(need) for need in needs]
    if isinstance(rule, EqualLosses):
        return _less(claims, _equal(claims, sum(claims) - amount))
    if isinstance(rule, ContestedGarment):
        halves, others = [claim / 2 for claim in claims], sum(claims) - amount
        return _equal(halves, amount) if amount <= others else _less(claims, _equal(halves, others))
    return _equal(claims, amount) if isinstance(rule, EqualAwards) else _in_proportion(claims, amount)


def _in_proportion(claims: Sequence[Fraction], amount: Fraction) -> list[Fraction]:
    return [claim * amount / sum(claims) for claim in claims]


def _equal(claims: Sequence[Fraction], amount: Fraction) -> list[Fraction]:
    """The same for all, as far as they claim it: the smallest claim is met, or all have an equal part."""
    shares = [Fraction(0)] * len(claims)
    smallest_first = sorted(range(len(claims)), key=lambda at: claims[at])
    for still, at in zip(range(len(claims), 0, -1), smallest_first, strict=True):
        shares[at] = min(claims[at], amount / still)
        amount -= shares[at]
    return shares


def _less(claims: Sequence[Fraction], losses: Sequence[Fraction]) -> list[Fraction]:
    return [claim - loss for claim, loss in zip(claims, losses, strict=True)]
