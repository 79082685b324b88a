"""Who may have how many boxes when not everybody may have of everything, by cutting at what is used up.

What recipients can have together of sources that each are for some of them is an integer polymatroid, so
boxes that go out in the order of their price, those that cannot be had passed over, are the best whole plan
for every rule of one growing level. Counting them out one by one would be slow. Instead all that the
sources of some recipients have is shared out as if everybody might have of everything. Where that can be
served, it is right. Where not, a cut shows who asks for more than their sources have: they use those up and
have them for themselves, and the others share what remains; both are parts that are handled alike. The
parts that cannot be cut any more are the *bottlenecks*, from the one with the lowest level up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import attrs

from reliefstock.allocation.demand import Kind
from reliefstock.allocation.flows import Flow, bits
from reliefstock.allocation.level import around
from reliefstock.allocation.rules import Rule, scale_of

__all__ = ["Awarded", "Block", "Levels", "blocks"]


@attrs.frozen
class Awarded:
    """So many boxes for each of a kind, and one more for a few.

    Attributes:
        boxes: the boxes of each kind.
        more: who has one more, by lot or by the order of the rule.
        less: who has none more, while somebody equal has.
        tier: the tier in which the boxes ran out.
    """

    boxes: Mapping[int, int]
    more: frozenset[int]
    less: frozenset[int]
    tier: int

    def of(self, place: int, kind: int) -> int:
        """The boxes of one demand."""
        return self.boxes[kind] + (place in self.more)


@attrs.frozen
class Block:
    """A part that is not cut any more: the demands in it, the sources that are theirs, and what they have."""

    places: tuple[int, ...]
    sources: int
    awarded: Awarded
    is_used_up: bool


class Levels:
    """The boxes of demands up to a level: as many for each of a kind, and the tickets for the last."""

    def __init__(
        self,
        rule: Rule,
        kinds: Sequence[Kind],
        highs: Sequence[int],
        ticket: Callable[[int], tuple[str, str]],
    ) -> None:
        self.kinds = kinds
        self.highs = highs
        self.ticket = ticket
        self.tiers = sorted({kind.tier for kind in kinds})
        self._rules = {
            tier: rule.prepared([kind for kind in kinds if kind.tier == tier and kind.need])
            for tier in self.tiers
        }
        self._scale = scale_of(rule, kinds, highs)

    def price(self, number: int, k: int) -> tuple[int, int]:
        """The tier and the price of the k-th box of a kind."""
        kind = self.kinds[number]
        return kind.tier, self._rules[kind.tier].price(kind, k, self._scale)

    def share(self, units: int, kind_of: Mapping[int, int]) -> Awarded:
        """So many boxes in the order of tiers, prices and tickets, to all of these demands."""
        sizes = Counter(kind_of.values())
        boxes = dict.fromkeys(sizes, 0)
        tier = 0
        for tier in self.tiers:
            mine = {number: size for number, size in sizes.items() if self.kinds[number].tier == tier}
            cost = sum(self.highs[number] * size for number, size in mine.items())
            if cost > units:
                return self._within(units, mine, boxes, kind_of)
            boxes.update((number, self.highs[number]) for number in mine)
            units -= cost
        return Awarded(boxes, frozenset(), frozenset(), tier)

    def _within(
        self, units: int, mine: Mapping[int, int], boxes: dict[int, int], kind_of: Mapping[int, int]
    ) -> Awarded:
        """The same within a tier that does not have all it can have."""
        low, high = self._around(units, mine)
        boxes.update(self._at(low, mine))
        units -= sum(boxes[number] * size for number, size in mine.items())
        last = sorted(
            (self.price(number, k)[1], number)
            for number, until in self._at(high, mine).items()
            for k in range(boxes[number] + 1, until + 1)
        )
        tier = self.kinds[next(iter(mine))].tier
        for _, group in groupby(last, key=itemgetter(0)):
            alike = [number for _, number in group]
            cost = sum(mine[number] for number in alike)
            if cost > units:
                more, less = self._by_order(units, alike, boxes, kind_of)
                return Awarded(boxes, more, less, tier)
            units -= cost
            boxes.update((number, boxes[number] + 1) for number in alike)
        return Awarded(boxes, frozenset(), frozenset(), tier)

    def _by_order(
        self, units: int, alike: Sequence[int], boxes: Mapping[int, int], kind_of: Mapping[int, int]
    ) -> tuple[frozenset[int], frozenset[int]]:
        """Who has the next box, of those who pay the same for it; and who of their equals has not."""
        if not units:
            return frozenset(), frozenset()
        rank = {number: self._rank(number, boxes[number] + 1) for number in alike}
        among = [place for place, number in kind_of.items() if number in rank]
        among.sort(key=lambda place: (rank[kind_of[place]], self.ticket(place)))
        last = rank[kind_of[among[units - 1]]]
        equals = (place for place in among[units:] if rank[kind_of[place]] == last)
        return frozenset(among[:units]), frozenset(equals)

    def _rank(self, number: int, k: int) -> tuple[int, ...]:
        kind = self.kinds[number]
        return self._rules[kind.tier].order(kind, k, self._scale)

    # The level

    def _around(self, units: int, mine: Mapping[int, int]) -> tuple[int, int]:
        """Two levels: at the lower there is enough, at the higher there is not, and little lies between."""
        open_ = [number for number in mine if self.highs[number]]
        first = min(self.price(number, 1)[1] for number in open_)
        last = max(self.price(number, self.highs[number])[1] for number in open_)
        return around(units, lambda level: self._cost(level, mine), first, last, len(mine))

    def _at(self, level: int, mine: Iterable[int]) -> dict[int, int]:
        """The boxes of each of a kind up to a level."""
        kinds, highs, scale = self.kinds, self.highs, self._scale
        rule = self._rules[kinds[next(iter(mine))].tier]
        return {
            number: min(max(rule.boxes(kinds[number], level, scale), 0), highs[number]) for number in mine
        }

    def _cost(self, level: int, mine: Mapping[int, int]) -> tuple[int, int]:
        """All boxes up to a level, and how many steps of kinds that is."""
        at = self._at(level, mine)
        return sum(boxes * mine[number] for number, boxes in at.items()), sum(at.values())


@attrs.frozen
class _Part:
    places: list[int]
    takers: int
    sources: int


def blocks(
    levels: Levels, kind_of: Sequence[int], taker_of: Sequence[int], capacity: Sequence[int], flow: Flow
) -> list[Block]:
    """Cut until nothing can be cut; the flow has what each taker has of each source in the end.

    Args:
        levels: what boxes cost.
        kind_of: the kind of each demand.
        taker_of: the taker in the flow of each demand; demands that may have of the same are one taker.
        capacity: the boxes of each source.
        flow: the network, with nothing in it yet.
    """
    done: list[Block] = []
    takers = len(flow.given)
    waiting = [_Part(list(range(len(kind_of))), (1 << takers) - 1, (1 << len(capacity)) - 1)]
    while waiting:
        part = waiting.pop()
        mine = {place: kind_of[place] for place in part.places}
        supply = sum(capacity[source] for source in bits(part.sources))
        use = sum(levels.highs[number] for number in mine.values())
        awarded = levels.share(min(supply, use), mine)
        wants = [0] * takers
        for place, number in mine.items():
            wants[taker_of[place]] += awarded.of(place, number)
        if flow.fill(wants, sources=part.sources, takers=part.takers):
            waiting += _parted(part, taker_of, *flow.stuck(sources=part.sources, takers=part.takers))
        else:
            done.append(Block(tuple(part.places), part.sources, awarded, is_used_up=supply <= use))
    return done


def _parted(part: _Part, taker_of: Sequence[int], sources: int, takers: int) -> tuple[_Part, _Part]:
    """The others, and those who are stuck with their sources; the last is to be handled first."""
    stuck = set(bits(takers))
    inside = [place for place in part.places if taker_of[place] in stuck]
    outside = [place for place in part.places if taker_of[place] not in stuck]
    others = _Part(outside, part.takers & ~takers, part.sources & ~sources)
    return others, _Part(inside, takers, sources)
