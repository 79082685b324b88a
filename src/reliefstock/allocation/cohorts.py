"""Demands of one kind that have fared alike so far, and what is left of the supply.

At the beginning a kind is one cohort. It is parted only where the tickets decide among its members.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain

import attrs

from reliefstock.allocation.demand import Demands, Kind
from reliefstock.allocation.plan import Outcome
from reliefstock.allocation.rules import Rule
from reliefstock.allocation.tickets import turns

__all__ = ["Cohort", "Cohorts", "boxes_for"]


@attrs.define(eq=False)
class Cohort:
    """Demands that fare alike; `members` is None while it is all of a kind.

    `boxes` are those that each has, `low` those that are assured to it, `high` the most it can have;
    `is_drawn` says that the last was given by the tickets. With an `outcome` nothing more comes to it.
    """

    number: int
    kind: Kind
    size: int
    high: int
    members: list[int] | None = None
    boxes: int = 0
    low: int = 0
    outcome: Outcome | None = None
    is_drawn: bool = False

    @property
    def lot(self) -> int:
        """How many units are in a box."""
        return self.kind.lot

    @property
    def is_open(self) -> bool:
        """Whether more boxes could still come to it."""
        return self.outcome is None and self.boxes < self.high

    @property
    def reached(self) -> Outcome | None:
        """What is to be said of a cohort that has all it can have."""
        if self.boxes < self.high:
            return None
        units, kind = self.boxes * self.lot, self.kind
        if units >= kind.need:
            return Outcome.MET
        return Outcome.MOST if kind.most < min(units + self.lot, kind.need) else Outcome.LOT

    @property
    def told(self) -> Outcome:
        """What decided on it."""
        if found := self.outcome or self.reached:
            return found
        if self.is_drawn:
            return Outcome.DRAWN
        return Outcome.LEAST if self.boxes and self.boxes == self.low else Outcome.LEVEL


class Cohorts:
    """All cohorts of some demands, and the units that are `left`."""

    def __init__(self, supply: int, demands: Demands, rule: Rule, seed: str) -> None:
        self.left = supply
        self._demands = demands
        self._seed = seed
        sizes = zip(demands.kinds, demands.sizes, strict=True)
        self._begun = [_begun(number, *one, rule, supply) for number, one in enumerate(sizes)]
        self._taken: list[Cohort] = []

    def of_tier(self, tier: int | None = None) -> list[Cohort]:
        """Those to which more can come, of one tier or of all."""
        everybody = chain(self._begun, self._taken)
        return [one for one in everybody if one.is_open and (tier is None or one.kind.tier == tier)]

    def places(self, alike: Iterable[Cohort]) -> list[list[int]]:
        """Where the members of each of some cohorts stand among the demands."""
        listed = list(alike)
        unknown = {one.number: one for one in listed if one.members is None}
        if unknown:
            members = self._demands.members(unknown)
            for number, one in unknown.items():
                one.members = members[number]
        return [one.members or [] for one in listed]

    def in_order(self, alike: Sequence[Cohort]) -> list[int]:
        """The members of cohorts in the order of their tickets."""
        places = list(chain.from_iterable(self.places(alike)))
        recipients = [self._demands.recipients[at] for at in places]
        turn = turns(self._seed, recipients) if self._seed else recipients
        return [places[each] for each in sorted(range(len(places)), key=turn.__getitem__)]

    def parted(self, alike: Sequence[Cohort], chosen: Collection[int]) -> tuple[list[Cohort], list[Cohort]]:
        """Cohorts, or their parts, that are chosen, and those that are not."""
        inside: list[Cohort] = []
        outside: list[Cohort] = []
        picked = set(chosen)
        for one, places in zip(alike, self.places(alike), strict=True):
            mine = [at for at in places if at in picked]
            if mine and len(mine) < one.size:
                inside.append(self._taken_out(one, mine, picked))
                outside.append(one)
            else:
                (inside if mine else outside).append(one)
        return inside, outside

    def _taken_out(self, one: Cohort, members: list[int], picked: set[int]) -> Cohort:
        other = attrs.evolve(one, members=members, size=len(members))
        one.members = [at for at in one.members or () if at not in picked]
        one.size = len(one.members)
        self._taken.append(other)
        return other

    def assure(self, wanted: Sequence[Cohort], boxes: Callable[[Cohort], int]) -> list[Cohort]:
        """Give as many as possible the boxes that are to be assured, those who need the fewest units first.

        Gives those who could not have them.
        """
        without: list[Cohort] = []
        by_cost: dict[int, list[Cohort]] = {}
        for one in wanted:
            by_cost.setdefault(boxes(one) * one.lot, []).append(one)
        for cost, alike in sorted(by_cost.items()):
            served = alike
            if cost * sum(one.size for one in alike) > self.left:
                served, losing = self.parted(alike, self.in_order(alike)[: self.left // cost])
                without += losing
            for one in served:
                one.boxes = boxes(one)
                self.left -= cost * one.size
        return without

    def told(self) -> tuple[list[int], list[Outcome]]:
        """The units and the outcome of each demand."""
        units_of = [one.boxes * one.lot for one in self._begun]
        outcome_of = [one.told for one in self._begun]
        units = [units_of[number] for number in self._demands.kind_of]
        outcomes = [outcome_of[number] for number in self._demands.kind_of]
        for one in self._taken:
            has, told = one.boxes * one.lot, one.told
            for at in one.members or ():
                units[at], outcomes[at] = has, told
        return units, outcomes


def boxes_for(units: int, lot: int) -> int:
    """How many boxes hold so many units."""
    return -(-units // lot)


def _begun(number: int, kind: Kind, size: int, rule: Rule, supply: int) -> Cohort:
    high = rule.cap(kind, supply) // kind.lot if kind.need else 0
    begun = Cohort(number, kind, size, high)
    if not kind.need:
        begun.outcome = Outcome.NO_NEED
    elif high < max(boxes_for(kind.least, kind.lot), 1):
        begun.high, begun.outcome = 0, Outcome.LOT if kind.cap else Outcome.MOST
    return begun
