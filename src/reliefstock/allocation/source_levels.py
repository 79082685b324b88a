"""Who may have how many boxes when not everybody may have of everything, by cutting at what is used up.

What recipients can have together of sources that each are for some of them is an integer polymatroid, so
boxes that go out in the order of their price, those that cannot be had passed over, are the best whole plan
for every rule of one growing level. Counting them out one by one would be slow. Instead all that the
sources of some recipients have is shared out as if everybody might have of everything. Where that can be
served, it is right. Where not, a cut shows who asks for more than their sources have: they use those up and
have them for themselves, and the others share what remains; both are parts that are handled alike. The
parts that cannot be cut any more are the *bottlenecks*, from the one with the lowest level up.

Before the boxes of the rule come those that are assured: floors, and least amounts. They go out in *stages*
of their own, and all stages together are still one order of boxes, so that nothing else changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

import attrs

from reliefstock.allocation.demand import Kind
from reliefstock.allocation.flows import Flow, bits
from reliefstock.allocation.level import around
from reliefstock.allocation.rules import Rule, scale_of

__all__ = ["Awarded", "Block", "Levels", "Stage", "blocks"]


class Stage(NamedTuple):
    """When boxes go out, the smaller first: floors, then by tier least amounts, then what the rule gives.

    Floors, which are for all, have 0 for `is_after_floors` and tiers 1; what the rule gives has 1 for
    `is_of_rule`. Of what is assured the fewest boxes, `size`, come first, and what a floor has above the
    least amount, which is of no use in part, comes last (`is_beyond_least`).
    """

    is_after_floors: int
    tier: int
    is_of_rule: int
    size: int
    is_beyond_least: int


@attrs.frozen
class Awarded:
    """So many boxes for each of a kind, and one more for a few.

    Attributes:
        boxes: the boxes of each kind.
        more: who has one more, by lot or by the order of the rule.
        less: who has none more, while somebody equal has.
        stage: the stage in which the boxes ran out.
    """

    boxes: Mapping[int, int]
    more: frozenset[int]
    less: frozenset[int]
    stage: Stage

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
    """What boxes cost, and who has them where everybody may have of everything."""

    def __init__(
        self,
        rule: Rule,
        kinds: Sequence[Kind],
        highs: Sequence[int],
        ticket: Callable[[int], tuple[str, str]],
        floor: int = 0,
    ) -> None:
        self.kinds = kinds
        self.highs = highs
        self.ticket = ticket
        self.until = [_stages(kind, high, floor) for kind, high in zip(kinds, highs, strict=True)]
        self.stages = sorted({stage for until in self.until for stage in until})
        self._rules = {
            tier: rule.prepared([kind for kind in kinds if kind.tier == tier and kind.need])
            for tier in {kind.tier for kind in kinds}
        }
        self._scale = scale_of(rule, kinds, highs)

    def price(self, number: int, k: int) -> tuple[Stage, int]:
        """The stage and the price of the k-th box of a kind; what is assured goes up box by box."""
        stage = next(stage for stage, until in self.until[number].items() if k <= until)
        kind = self.kinds[number]
        return stage, self._rules[kind.tier].price(kind, k, self._scale) if stage.is_of_rule else k

    def assured(self, number: int) -> int:
        """The boxes of a kind that are assured before the rule."""
        return max((until for stage, until in self.until[number].items() if not stage.is_of_rule), default=0)

    def before(self, number: int, boxes: int, stage: Stage) -> int:
        """How many of so many boxes of a kind go out before a stage."""
        return min(boxes, max((until for one, until in self.until[number].items() if one < stage), default=0))

    def share(self, units: int, kind_of: Mapping[int, int]) -> Awarded:
        """So many boxes in the order of stages, prices and tickets, to all of these demands."""
        sizes = Counter(kind_of.values())
        boxes = dict.fromkeys(sizes, 0)
        for stage in self.stages:
            mine = {number: size for number, size in sizes.items() if stage in self.until[number]}
            cost = sum((self.until[number][stage] - boxes[number]) * size for number, size in mine.items())
            if cost > units:
                return self._within(stage, units, mine, boxes, kind_of)
            boxes.update((number, self.until[number][stage]) for number in mine)
            units -= cost
        return Awarded(boxes, frozenset(), frozenset(), self.stages[-1] if self.stages else _FIRST)

    def _within(
        self,
        stage: Stage,
        units: int,
        mine: Mapping[int, int],
        boxes: dict[int, int],
        kind_of: Mapping[int, int],
    ) -> Awarded:
        """The same within a stage that does not have all it can have."""
        units += sum(boxes[number] * size for number, size in mine.items())
        lows = {number: boxes[number] for number in mine}
        low, high = self._around(stage, units, mine, lows)
        boxes.update(self._at(low, stage, lows))
        units -= sum(boxes[number] * size for number, size in mine.items())
        last = sorted(
            (self.price(number, k)[1], number)
            for number, until in self._at(high, stage, lows).items()
            for k in range(boxes[number] + 1, until + 1)
        )
        for _, group in groupby(last, key=itemgetter(0)):
            alike = [number for _, number in group]
            cost = sum(mine[number] for number in alike)
            if cost > units:
                more, less = self._by_order(stage, units, alike, boxes, kind_of)
                return Awarded(boxes, more, less, stage)
            units -= cost
            boxes.update((number, boxes[number] + 1) for number in alike)
        return Awarded(boxes, frozenset(), frozenset(), stage)

    def _by_order(
        self,
        stage: Stage,
        units: int,
        alike: Sequence[int],
        boxes: Mapping[int, int],
        kind_of: Mapping[int, int],
    ) -> tuple[frozenset[int], frozenset[int]]:
        """Who has the next box, of those who pay the same for it; and who of their equals has not."""
        if not units:
            return frozenset(), frozenset()
        rank = {number: self._rank(number, boxes[number] + 1, stage) for number in alike}
        among = [place for place, number in kind_of.items() if number in rank]
        among.sort(key=lambda place: (rank[kind_of[place]], self.ticket(place)))
        last = rank[kind_of[among[units - 1]]]
        equals = (place for place in among[units:] if rank[kind_of[place]] == last)
        return frozenset(among[:units]), frozenset(equals)

    def _rank(self, number: int, k: int, stage: Stage) -> tuple[int, ...]:
        kind = self.kinds[number]
        return self._rules[kind.tier].order(kind, k, self._scale) if stage.is_of_rule else ()

    # The level

    def _around(
        self, stage: Stage, units: int, mine: Mapping[int, int], lows: Mapping[int, int]
    ) -> tuple[int, int]:
        """Two levels: at the lower there is enough, at the higher there is not, and little lies between."""
        first = min(self.price(number, low + 1)[1] for number, low in lows.items())
        last = max(self.price(number, self.until[number][stage])[1] for number in mine)

        def cost(level: int) -> tuple[int, int]:
            """All boxes up to a level, and how many steps of kinds that is."""
            at = self._at(level, stage, lows)
            return sum(boxes * mine[number] for number, boxes in at.items()), sum(at.values())

        return around(units, cost, first, last, len(mine))

    def _at(self, level: int, stage: Stage, lows: Mapping[int, int]) -> dict[int, int]:
        """The boxes of each of a kind up to a level in a stage."""
        if not stage.is_of_rule:
            return {number: min(max(level, low), self.until[number][stage]) for number, low in lows.items()}
        kinds, until, scale = self.kinds, self.until, self._scale
        boxes = self._rules[stage.tier].boxes
        return {
            number: min(max(boxes(kinds[number], level, scale), low), until[number][stage])
            for number, low in lows.items()
        }


_FIRST: Final = Stage(0, 0, 0, 0, 0)
_TWO: Final = 2  # of a single box there is no part that is of no use


def _stages(kind: Kind, high: int, floor: int) -> dict[Stage, int]:
    """As far as which box each stage of a kind goes, in their order."""
    least, most = (-(-units // kind.lot) for units in (kind.least, min(floor, kind.cap)))
    size = min(max(least, most), high)
    until: dict[Stage, int] = {}
    if high and floor:
        if least >= _TWO:
            until[Stage(0, 0, 0, size, 0)] = least
        if size > least or least < _TWO:
            until[Stage(0, 0, 0, size, 1)] = size
    elif high and size:
        until[Stage(1, kind.tier, 0, size, 0)] = size
    if high > size:
        until[Stage(1, kind.tier, 1, 0, 0)] = high
    return until


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
