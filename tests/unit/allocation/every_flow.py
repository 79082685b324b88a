"""Several sources once more, by what a plan is for: of all awards that they allow, the one a rule means.

An *instance* is who may receive of which sources, as bits, with what each needs, and how much is in each
source. Which recipients may receive of what is all that matters, so recipients are a multiset; and sources
that have as much change places, of which one order is enough.

What the sources allow is looked at twice. `by_flows` hands out every unit in every way, one after the other.
`by_cuts` says that those who may receive of some sources alone have no more than is in them; that is quicker
and, by the theorem of the largest flow, the same, which a test says of small ones.

Which of the possible awards is meant: the best sorted list for the rules that have one, and of several the
tickets choose, as in `unit.allocation.every_award`. By the others the one that has the first unit, in the
order of prices and tickets, on which it differs from any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from itertools import combinations_with_replacement, permutations, product
from typing import TypeAlias

import attrs
import numpy as np
from numpy.typing import NDArray

from reliefstock.allocation import ContestedGarment, Demand, Equal, Proportional, Rule
from unit.allocation.brute import price
from unit.allocation.every_award import Numbers, sorted_codes, ticket_order, worth

__all__ = ["Structure", "by_cuts", "by_flows", "meant", "rows", "structures"]

Units: TypeAlias = tuple[int, ...]
Bits: TypeAlias = NDArray[np.bool_]


@attrs.frozen
class Structure:
    """What each recipient needs, and which sources are for it: bit 0 is the first source."""

    needs: Units
    sources_of: Units
    sources: int

    def members(self, source: int) -> list[int]:
        """Who may receive of a source."""
        return [at for at, mask in enumerate(self.sources_of) if mask >> source & 1]

    def stocks(self, units: int) -> list[Units]:
        """All that can be in the sources, no more than so much together, up to their order."""
        is_first = {orders: self._is_first(orders) for orders in set(_falling(self.sources, units).values())}
        return [stock for stock, orders in _falling(self.sources, units).items() if is_first[orders]]

    def _is_first(self, orders: tuple[Units, ...]) -> bool:
        """Whether none of these orders of the sources makes of it what comes before it."""
        mine = sorted(zip(self.needs, self.sources_of, strict=True))
        return all(mine <= sorted(self._renamed(order)) for order in orders)

    def _renamed(self, order: Units) -> Iterator[tuple[int, int]]:
        for need, mask in zip(self.needs, self.sources_of, strict=True):
            yield need, sum((mask >> source & 1) << other for source, other in enumerate(order))


@cache
def _falling(sources: int, units: int) -> dict[Units, tuple[Units, ...]]:
    """What is in the sources, the most first; and the orders of sources by which it stays the same."""
    numbers = range(sources)
    stocks = [stock for stock in product(range(units, 0, -1), repeat=sources) if sum(stock) <= units]
    return {
        stock: tuple(
            order for order in permutations(numbers) if all(stock[at] == stock[order[at]] for at in numbers)
        )
        for stock in stocks
        if list(stock) == sorted(stock, reverse=True)
    }


def structures(sources: int, recipients: int, needs: Sequence[int]) -> Iterator[Structure]:
    """All of so many sources and up to so many recipients, each of whom may receive of something."""
    for size in range(1, recipients + 1):
        kinds = product(needs, range(1, 1 << sources))
        for some in combinations_with_replacement(kinds, size):
            structure = Structure(tuple(need for need, _ in some), tuple(mask for _, mask in some), sources)
            if all(structure.members(source) for source in range(sources)):
                yield structure


# What the sources allow


@lru_cache(64)
def rows(caps: Units, units: int) -> Numbers:
    """All awards within caps that come to no more than so much, a column each."""
    listed = [row for row in product(*(range(min(cap, units) + 1) for cap in caps)) if sum(row) <= units]
    return np.array(listed, dtype=np.int64).T.copy()


def by_cuts(structure: Structure, stocks: Sequence[Units], awards: Numbers) -> Bits:
    """Which awards are possible, a row for each, of which stocks, a column for each."""
    had, there = awards.astype(np.uint8), np.array(stocks, dtype=np.uint8).T
    possible: Bits = np.ones((had.shape[1], there.shape[1]), dtype=np.bool_)
    for chosen in range(1 << structure.sources):
        only = [at for at, mask in enumerate(structure.sources_of) if not mask & ~chosen]
        sources = [source for source in range(structure.sources) if chosen >> source & 1]
        if only:
            possible &= had[only].sum(axis=0)[:, None] <= there[sources].sum(axis=0)[None, :]
    return possible


def by_flows(structure: Structure, stock: Units, caps: Units) -> set[Units]:
    """All awards to which every unit of every source can be handed out, or be left, in any way."""
    reached = {(0,) * len(caps)}
    for source, units in enumerate(stock):
        for _ in range(units):
            more = {_more(award, at) for award in reached for at in structure.members(source)}
            reached |= {
                award for award in more if all(had <= cap for had, cap in zip(award, caps, strict=True))
            }
    return reached


def _more(award: Units, at: int) -> Units:
    return *award[:at], award[at] + 1, *award[at + 1 :]


# What a rule means by it


def meant(rule: Rule, structure: Structure, stocks: Sequence[Units], seed: str, units: int) -> list[Units]:
    """The awards of a rule, of each of some stocks of no more than so many units."""
    caps = caps_of(rule, structure.needs, units)
    awards, best_first = rows(caps, units), _best_first(rule, structure.needs, seed, units)
    chosen = best_first[by_cuts(structure, stocks, awards)[best_first].argmax(axis=0)]
    return [tuple(award) for award in awards[:, chosen].T.tolist()]


def caps_of(rule: Rule, needs: Units, units: int) -> Units:
    """The most that each may have: by equal shares, all that there is."""
    return (units,) * len(needs) if isinstance(rule, Equal) else needs


@lru_cache(8192)
def _best_first(rule: Rule, needs: Units, seed: str, units: int) -> Numbers:
    """The awards, as places among the rows, from the best on: the first that is possible is meant."""
    awards = rows(caps_of(rule, needs, units), units)
    order = ticket_order(seed, len(needs))
    if isinstance(rule, Proportional | ContestedGarment):
        return np.argsort(-_first_units(rule, needs, order, awards), kind="stable")
    codes = sorted_codes(_worths(rule, needs, awards))
    return np.lexsort((*(-awards[at] for at in reversed(order)), -codes))


def _worths(rule: Rule, needs: Units, awards: Numbers) -> Numbers:
    most = int(awards.max(initial=0))
    values = [[worth(rule, need, had) for had in range(most + 1)] for need in needs]
    rank = {value: at for at, value in enumerate(sorted({value for row in values for value in row}))}
    return np.stack(
        [
            np.array([rank[value] for value in row], dtype=np.int64)[had]
            for row, had in zip(values, awards, strict=True)
        ]
    )


def _first_units(rule: Rule, needs: Units, order: Sequence[int], awards: Numbers) -> Numbers:
    """A bit for each unit that an award has, the one that is due first being the largest."""
    ticket = {at: place for place, at in enumerate(order)}
    due: list[tuple[tuple[Fraction, ...], int, int, int]] = [
        (price(rule, Demand("", need), k), ticket[at], at, k)
        for at, need in enumerate(needs)
        for k in range(1, need + 1)
    ]
    bits = np.zeros(awards.shape[1], dtype=np.int64)
    for _, _, at, k in sorted(due):
        bits = bits << 1 | (awards[at] >= k)
    return bits
