"""Box by box in the order of their prices, without counting them all out.

A level is sought at which nearly all boxes have gone; only the last ones are put in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from itertools import repeat
from operator import mul

from reliefstock.allocation.cohorts import Cohort, Cohorts
from reliefstock.allocation.level import around
from reliefstock.allocation.plan import Outcome
from reliefstock.allocation.rules import Rule, scale_of

__all__ = ["give_by_price"]

_Next = tuple[int, tuple[int, ...], int, Cohort]


def give_by_price(cohorts: Cohorts, mine: Sequence[Cohort], rule: Rule) -> None:
    """Give what is left to some cohorts, as far as it goes, by the prices of a rule."""
    if not mine:
        return
    ready = rule.prepared([one.kind for one in mine])
    scale = scale_of(rule, [one.kind for one in mine], [one.high for one in mine])
    served = list(mine)
    is_mixed = len({one.lot for one in mine}) > 1
    # Whoever needs a larger box than is left is passed over; what is left goes to the others by a new level.
    while fitting := [one for one in served if one.is_open and one.lot <= cohorts.left]:
        served += _Boxes(cohorts, fitting, ready, scale).give()
    if is_mixed:  # of boxes of one size none is too large while dearer ones go to others
        _note_passed_over(served, ready, scale)


def _note_passed_over(served: Sequence[Cohort], rule: Rule, scale: int) -> None:
    """Say of those for whom a box was too large that dearer ones went to others."""
    dearest = max(
        (rule.price(one.kind, one.boxes, scale) for one in served if one.boxes > one.low), default=None
    )
    for one in served:
        if dearest is not None and one.is_open and rule.price(one.kind, one.boxes + 1, scale) < dearest:
            one.outcome = Outcome.LOT


class _Boxes:
    """The boxes that go to some cohorts, until the tickets have to decide."""

    def __init__(self, cohorts: Cohorts, mine: Sequence[Cohort], rule: Rule, scale: int) -> None:
        self.cohorts = cohorts
        self.mine = mine
        self.rule = rule
        self.scale = scale
        self._bounds = [(one.kind, one.boxes, one.high) for one in mine]
        self._steps = [one.lot * one.size for one in mine]  # the units of one box more for each
        self._known: dict[int, list[int]] = {}  # the boxes up to the levels that were tried

    def give(self) -> list[Cohort]:
        """Give the boxes of each price as long as there are enough for all equals; then some by the tickets.

        Gives the cohorts that were parted from others by that.
        """
        cost = sum(
            (high - low) * step for (_, low, high), step in zip(self._bounds, self._steps, strict=True)
        )
        if cost <= self.cohorts.left:
            self.cohorts.left -= cost
            for one in self.mine:
                one.boxes = one.high
            return []
        heap = self._last_in_order()
        while heap and self.cohorts.left:
            alike = _alike(heap)
            cost = sum(one.size * one.lot for one in alike)
            if cost > self.cohorts.left:
                before = set(alike)
                return [one for one in self._draw(alike) if one not in before]
            self.cohorts.left -= cost
            for one in alike:
                one.boxes += 1
                if one.is_open:
                    heappush(heap, self._next(one))
        return []

    def _last_in_order(self) -> list[_Next]:
        """Give what is below a level at which there is enough; then the boxes that come next."""
        enough, short = self._around()
        until = self._boxes(short)
        for one, boxes, step in zip(self.mine, self._boxes(enough), self._steps, strict=True):
            self.cohorts.left -= (boxes - one.boxes) * step
            one.boxes = boxes
        # All that is left goes before the higher level, or the tickets decide.
        heap = [
            self._next(one)
            for one, boxes in zip(self.mine, until, strict=True)
            if one.is_open and one.boxes < boxes
        ]
        heapify(heap)
        return heap

    def _next(self, one: Cohort) -> _Next:
        k = one.boxes + 1
        return (
            self.rule.price(one.kind, k, self.scale),
            self.rule.order(one.kind, k, self.scale),
            id(one),  # so that cohorts are never compared; all of one price are taken together
            one,
        )

    def _draw(self, alike: list[Cohort]) -> list[Cohort]:
        """One box each as far as they go by the tickets; who goes without has what it has."""
        cohorts = self.cohorts
        if cohorts.left < min(one.lot for one in alike):
            winning, losing = [], alike
        else:
            winning, losing = cohorts.parted(alike, self._drawn(alike))
        for one in winning:
            one.boxes += 1
            one.is_drawn = True
        for one in losing:
            one.outcome = Outcome.TIED if winning else Outcome.LOT
        return winning

    def _drawn(self, alike: Sequence[Cohort]) -> list[int]:
        cohorts = self.cohorts
        if len(lots := {one.lot for one in alike}) == 1:
            boxes = cohorts.left // min(lots)
            cohorts.left %= min(lots)
            return cohorts.in_order(alike)[:boxes]
        lot_of: dict[int, int] = {}
        for one, places in zip(alike, cohorts.places(alike), strict=True):
            lot_of.update(zip(places, repeat(one.lot)))
        chosen: list[int] = []
        for at in cohorts.in_order(alike):
            if lot_of[at] <= cohorts.left:
                cohorts.left -= lot_of[at]
                chosen.append(at)
        return chosen

    # The level

    def _around(self) -> tuple[int, int]:
        """Two levels: at the lower there is enough, at the higher there is not, and little lies between."""
        price, scale = self.rule.price, self.scale
        lows, highs = [low for _, low, _ in self._bounds], [high for *_, high in self._bounds]
        supply = self.cohorts.left + sum(map(mul, lows, self._steps))
        first = min(price(kind, low + 1, scale) for kind, low, _ in self._bounds)
        last = max(price(kind, high, scale) for kind, _, high in self._bounds)
        self._known = {first - 1: lows, last: highs}
        return around(supply, self._cost, first, last, len(self.mine))

    def _cost(self, level: int) -> tuple[int, int]:
        """What all boxes up to a level come to, and how many steps of cohorts that is."""
        boxes = self._boxes(level)
        return sum(map(mul, boxes, self._steps)), sum(boxes)

    def _boxes(self, level: int) -> list[int]:
        found = self._known.get(level)
        if found is None:
            boxes, scale = self.rule.boxes, self.scale
            found = [
                low if due < low else min(due, high)
                for kind, low, high in self._bounds
                for due in [boxes(kind, level, scale)]
            ]
            self._known[level] = found
        return found


def _alike(heap: list[_Next]) -> list[Cohort]:
    """All that are next, at one price."""
    first = heappop(heap)
    alike = [first[3]]
    while heap and heap[0][:2] == first[:2]:
        alike.append(heappop(heap)[3])
    return alike
