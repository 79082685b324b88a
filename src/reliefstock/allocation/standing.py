"""What a plan says of its tiers, told from its awards alone: what each found, was assured of, and left.

Before any rule there are the floor and the least amounts, the smallest first and then by the tickets; that
much follows from the demands. Whatever is above it was given by the rule. Recipients of one kind who were
assured the same and have the same are one *cohort*, and a plan of a million has few of them.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from itertools import count
from typing import Final, TypeAlias

import attrs

from reliefstock.allocation.demand import Kind
from reliefstock.allocation.plan import Outcome, Plan
from reliefstock.allocation.prices import Price, price, quotas
from reliefstock.allocation.rules import Equal, Lottery, Rule

__all__ = ["Cohort", "Row", "Standing", "Tier", "most_boxes"]

Row: TypeAlias = tuple[int, int, int, int]
"""How one recipient stands: the kind by number, the boxes assured, the units had, and which outcome.

The outcome is told by its identity, which is put in a dictionary ten times faster than a member of an enum.
"""

_NOT_THEIR_TURN: Final = -1


@attrs.frozen
class Cohort:
    """Recipients who stand alike, all in boxes.

    Attributes:
        number: which kind of the demands it is.
        kind: that kind.
        low: what each was assured of; -1 where the least amount was not to be had.
        boxes: what each has.
        high: the most that each may have.
        outcome: how that is said to have come about.
        size: how many they are.
    """

    number: int
    kind: Kind
    low: int
    boxes: int
    high: int
    outcome: Outcome
    size: int

    @property
    def units(self) -> int:
        """What each has in units."""
        return self.boxes * self.kind.lot

    @property
    def row(self) -> Row:
        """What the rows of its recipients say."""
        return self.number, self.low, self.units, id(self.outcome)

    @property
    def had_no_turn(self) -> bool:
        """Whether the least amount was not to be had."""
        return self.low == _NOT_THEIR_TURN


@attrs.frozen
class Tier:
    """What one tier found (`begins`), and left over."""

    number: int
    begins: int
    left: int
    cohorts: tuple[Cohort, ...]

    @property
    def open(self) -> tuple[Cohort, ...]:
        """The cohorts to whom the rule could give anything."""
        return tuple(one for one in self.cohorts if self.begins and 0 <= one.low < one.high)

    def reached(self, rule: Rule) -> Price | None:
        """The price of the dearest box that a rule of prices gave in it."""
        if isinstance(rule, Lottery):
            return None
        given = (one for one in self.open if one.boxes > one.low)
        return max((price(rule, one.kind, one.boxes) for one in given), default=None)

    def comes_next(self, rule: Rule) -> Price | None:
        """The price of the cheapest box that a rule of prices did not give in it."""
        if isinstance(rule, Lottery):
            return None
        refused = (one for one in self.open if one.boxes < one.high)
        return min((price(rule, one.kind, one.boxes + 1) for one in refused), default=None)

    def quotas(self, plan: Plan) -> list[Fraction]:
        """The exact share in boxes of each of the open cohorts, of all that was there in whole boxes."""
        mine = self.open
        lot = max((one.kind.lot for one in mine), default=1)
        there = self.left + sum(one.units * one.size for one in mine)
        bounds = [(one.kind, one.size, one.low * lot, one.high * lot) for one in mine]
        return [share / lot for share in quotas(plan.rule, bounds, there // lot * lot)]  # exact: Fraction


class Standing:
    """Where all stand in a plan whose awards are whole boxes.

    >>> from reliefstock.allocation import Demand, MaxMinFill, share
    >>> plan = share(10, [Demand("A", 6, tier=2), Demand("B", 6), Demand("C", 2)], MaxMinFill(), floor=1)
    >>> [(tier.begins, tier.left) for tier in Standing(plan).tiers]
    [(7, 1), (1, 0)]
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._kinds = plan.demands.kinds
        self._high = [most_boxes(plan, kind) for kind in self._kinds]
        self._assured = [0] * len(plan)

    @cached_property
    def tiers(self) -> tuple[Tier, ...]:
        """The tiers, the first before the next."""
        plan = self.plan
        if plan.floor:
            self._assure(self._wanted(lambda kind: max(min(plan.floor, kind.cap), kind.least)), plan.supply)
        floored = self._floored()
        awarded = self._by_tier(plan.sizes)
        left = plan.supply - floored.total()
        found: list[tuple[int, int, int]] = []
        for number in sorted(awarded):
            begins, left = max(left, 0), left - awarded[number] + floored[number]
            found.append((number, begins, left))
            if begins:
                self._assure_least(number, begins)
        cohorts = self._cohorts()
        return tuple(Tier(*each, tuple(cohorts.get(each[0], ()))) for each in found)

    def rows(self) -> Iterable[Row]:
        """How each recipient stands."""
        plan = self.plan
        return zip(plan.demands.kind_of, self._assured, plan.units, map(id, plan.outcomes), strict=True)

    @cached_property
    def alike(self) -> tuple[list[Row], Sequence[int]]:
        """The different rows, and the number of each recipient's in them, once the tiers are known."""
        numbers: defaultdict[Row, int] = defaultdict(count().__next__)
        row_of = array("l", map(numbers.__getitem__, self.rows()))
        return list(numbers), row_of

    def row(self, at: int) -> Row:
        """How one recipient stands, once the tiers are known."""
        plan = self.plan
        return plan.demands.kind_of[at], self._assured[at], plan.units[at], id(plan.outcomes[at])

    def first(self, cohort: Cohort) -> str:
        """The first recipient of a cohort."""
        at = next(at for at, row in enumerate(self.rows()) if row == cohort.row)
        return self.plan.demands.recipients[at]

    def by_tickets(self, cohorts: Iterable[Cohort]) -> list[tuple[int, Cohort]]:
        """Where the recipients of some cohorts stand, by their tickets, the last first."""
        wanted = {one.row: one for one in cohorts}
        members = [(at, wanted[row]) for at, row in enumerate(self.rows()) if row in wanted]
        return sorted(members, key=lambda member: self.ticket(member[0]), reverse=True)

    def ticket(self, at: int) -> tuple[str, str]:
        """What decides between equals; in a lottery the best of as many tickets as the weight says."""
        recipient, seed = self.plan.demands.recipients[at], self.plan.seed
        if isinstance(self.plan.rule, Lottery):
            weight = self._kinds[self.plan.demands.kind_of[at]].weight
            texts = [f"{seed}:{recipient}", *(f"{seed}:{recipient}:{n}" for n in range(2, weight + 1))]
            return min(map(_hashed, texts)), recipient
        return self._ordinary_ticket(at)

    # What is assured before the rule

    def _wanted(self, units: Callable[[Kind], int]) -> dict[int, int]:
        """The boxes that one of each kind is to be assured of, as far as they can be had."""
        boxes = [
            min(-(-units(kind) // kind.lot), high) for kind, high in zip(self._kinds, self._high, strict=True)
        ]
        return {number: each for number, each in enumerate(boxes) if each}

    def _assure_least(self, tier: int, supply: int) -> None:
        wanted = self._wanted(lambda kind: kind.least if kind.tier == tier else 0)
        for at in self._assure(wanted, supply):
            self._assured[at] = _NOT_THEIR_TURN

    def _assure(self, wanted: Mapping[int, int], supply: int) -> list[int]:
        """Assure as many as can be, the smallest amount first, then by ticket; gives who goes without."""
        without: list[int] = []
        for cost, waiting in sorted(self._waiting(wanted).items()):
            served = min(supply // cost, len(waiting))
            places = waiting if served == len(waiting) else sorted(waiting, key=self._ordinary_ticket)
            for at in places[:served]:
                self._assured[at] = wanted[self.plan.demands.kind_of[at]]
            without += places[served:]
            supply -= cost * served
        return without

    def _waiting(self, wanted: Mapping[int, int]) -> dict[int, list[int]]:
        """Who is still to be assured, by how many units that takes."""
        waiting: dict[int, list[int]] = {}
        for at, (kind, has) in enumerate(self._assured_now()) if wanted else ():
            if 0 <= has < wanted.get(kind, 0):
                waiting.setdefault(wanted[kind] * self._kinds[kind].lot, []).append(at)
        return waiting

    def _ordinary_ticket(self, at: int) -> tuple[str, str]:
        """One ticket each, also in a lottery."""
        recipient, seed = self.plan.demands.recipients[at], self.plan.seed
        return _hashed(f"{seed}:{recipient}") if seed else "", recipient

    def _assured_now(self) -> Iterable[tuple[int, int]]:
        return zip(self.plan.demands.kind_of, self._assured, strict=True)

    # Cohorts

    def _floored(self) -> Counter[int]:
        """What the floors take, by tier."""
        if not self.plan.floor:
            return Counter()
        sizes = Counter(self._assured_now())
        return self._by_tier(
            {(kind, has * self._kinds[kind].lot): size for (kind, has), size in sizes.items()}
        )

    def _by_tier(self, sizes: Mapping[tuple[int, int], int]) -> Counter[int]:
        by_tier = Counter({kind.tier: 0 for kind in self._kinds})
        for (kind, each), size in sizes.items():
            by_tier[self._kinds[kind].tier] += each * size
        return by_tier

    def _cohorts(self) -> Mapping[int, Sequence[Cohort]]:
        by_tier: dict[int, list[Cohort]] = {}
        outcomes = {id(outcome): outcome for outcome in Outcome}
        rows, row_of = self.alike
        sizes = Counter(row_of)
        for at, (number, low, units, said) in enumerate(rows):
            size = sizes[at]
            kind = self._kinds[number]
            one = Cohort(number, kind, low, units // kind.lot, self._high[number], outcomes[said], size)
            by_tier.setdefault(kind.tier, []).append(one)
        return by_tier


def most_boxes(plan: Plan, kind: Kind) -> int:
    """The most boxes that one of a kind may have: none where not even the least amount is of use."""
    cap = kind.cap
    if isinstance(plan.rule, Equal):  # whatever they need
        cap = min(kind.most, max(plan.supply, kind.cap))
    high = cap // kind.lot if kind.need else 0
    return high if high * kind.lot >= kind.least else 0


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()
