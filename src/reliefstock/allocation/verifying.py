"""Whether a plan is what its rule says, checked without running the rule.

A plan is right exactly where every box that somebody could use and does not have did not fit into what was
there when it came to its turn: into what is left in the end, and all that went to boxes that come after it.
With boxes of one size that is: nothing is left, and no box given is dearer than one not given. So a plan of a
million is checked by its few cohorts, and anybody can write the check again: it uses the formulas of
`reliefstock.allocation.prices` and nothing of what makes a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import attrgetter
from typing import Any

import attrs

from reliefstock.allocation.plan import Outcome, Plan
from reliefstock.allocation.plan_faults import PlanFault
from reliefstock.allocation.prices import order
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.rules import Lottery
from reliefstock.allocation.shape import shape_faults
from reliefstock.allocation.standing import Cohort, Standing, Tier
from reliefstock.allocation.stated import check_rule

__all__ = ["verify_plan"]

_KEY = attrgetter("key")


def verify_plan(plan: Plan) -> tuple[PlanFault, ...]:
    """Everything in a plan that is not as its rule says; nothing where the plan is right.

    Each fault is told of the first recipient of those who stand alike. Where boxes are of several sizes, or
    something is left that no box fits into, more than one outcome can be said of an award: any is accepted.

    Raises:
        Incomplete: it is of a rule that is none, or not one of this library.

    >>> from reliefstock.allocation import Demand, MaxMinFill, share
    >>> plan = share(10, [Demand("A", 6), Demand("B", 6), Demand("C", 2)], MaxMinFill())
    >>> verify_plan(plan)
    ()
    >>> moved = attrs.evolve(plan, units=(5, 3, 2))
    >>> [fault.sentence() for fault in verify_plan(moved)][0]
    'B: the next box of 1 was due before 1 that went to others'
    """
    check_rule(plan.rule)
    if faults := tuple(shape_faults(plan)):
        return faults
    standing = Standing(plan)
    return tuple(fault for tier in standing.tiers for fault in _Checked(standing, tier).faults())


@attrs.frozen
class _Box:
    """A box of each of a cohort, given or not; the smallest key comes first."""

    key: tuple[Any, ...]
    cohort: Cohort

    @property
    def units(self) -> int:
        return self.cohort.kind.lot * self.cohort.size


class _Checked:
    """One tier that is looked through."""

    def __init__(self, standing: Standing, tier: Tier) -> None:
        self.standing = standing
        self.rule = standing.plan.rule
        self.tier = tier
        self.found: list[PlanFault] = []
        self.expected: dict[Cohort, Outcome] = {}
        self.also: dict[Cohort, set[Outcome]] = {}  # what may be said as well, where boxes do not fit

    def faults(self) -> list[PlanFault]:
        """All that is wrong in it."""
        self._check_assured()
        if isinstance(self.rule, Lottery):
            self._check_lots()
        elif self.rule.rounding is Rounding.HAMILTON:
            self._check_remainders()
        else:
            self._check_prices()
        self._check_outcomes()
        return self.found

    def _fault(self, code: str, cohort: Cohort, *figures: object) -> None:
        self.found.append(PlanFault(code, self.standing.first(cohort), figures))

    # What is assured

    def _check_assured(self) -> None:
        for one in self.tier.cohorts:
            if one.had_no_turn and one.boxes:
                self._fault("turn", one, one.units)
            elif one.boxes < one.low:
                self._fault("assured", one, one.units, one.low * one.kind.lot)

    # What is given by price, or by the largest remainders

    def _check_prices(self) -> None:
        mine = self.tier.open
        refused = [
            _Box(order(self.rule, one.kind, one.boxes + 1), one) for one in mine if one.boxes < one.high
        ]
        self._check_order(refused, merge(*map(self._dearest_first, mine), key=_KEY, reverse=True))

    def _dearest_first(self, one: Cohort) -> Iterator[_Box]:
        return (_Box(order(self.rule, one.kind, k), one) for k in range(one.boxes, one.low, -1))

    def _check_remainders(self) -> None:
        """Everybody has the whole part of their share, and the largest remainders have one box more."""
        refused: list[_Box] = []
        given: list[_Box] = []
        for one, share in zip(self.tier.open, self.tier.quotas(self.standing.plan), strict=True):
            whole = share.numerator // share.denominator
            most = min(whole + 1, one.high)
            if not whole <= one.boxes <= most:
                self._fault("quota", one, one.boxes, whole, most)
            elif one.boxes < most:
                refused.append(_Box((whole - share,), one))
            elif whole < most:
                given.append(_Box((whole - share,), one))
        self._check_order(refused, iter(sorted(given, key=_KEY, reverse=True)))

    def _check_order(self, refused: list[_Box], given: Iterator[_Box]) -> None:
        """No box that was not given did fit when it came to its turn, from the dearest to the cheapest."""
        enough = max((box.cohort.kind.lot for box in refused), default=0)
        there = self.tier.left
        waiting = next(given, None)
        for key, group in groupby(sorted(refused, key=_KEY, reverse=True), key=_KEY):
            while waiting and waiting.key > key and there < enough:
                there, waiting = there + waiting.units, next(given, None)
            equal: list[_Box] = []
            while waiting and waiting.key == key:
                equal.append(waiting)
                waiting = next(given, None)
            self._check_equal(there, [box.cohort for box in group], equal)
            there += sum(box.units for box in equal)

    def _check_equal(self, there: int, refused: Sequence[Cohort], equal: Sequence[_Box]) -> None:
        """Among boxes of one price those with the smaller tickets are given."""
        if not equal:
            for one in refused:
                self._check_fits(there, there, one)
                if there:  # that its box is too large for them can be said, and that it is the next
                    self.also[one] = {Outcome.LOT}
            return
        given = {box.cohort for box in equal}
        later = there
        faulty: set[Cohort] = set()
        for _, one in self.standing.by_tickets((*refused, *given)):
            if one in given:
                later += one.kind.lot
            elif one not in faulty and self._check_fits(there, later, one):
                faulty.add(one)
        self._expect(refused, given)

    def _expect(self, refused: Sequence[Cohort], given: Iterable[Cohort]) -> None:
        """What is to be said where boxes are of one price, and what can be where sizes differ."""
        is_mixed = len({one.kind.lot for one in self.tier.open}) > 1
        for one in refused:
            self.expected[one] = Outcome.TIED
            self.also[one] = {Outcome.LOT, Outcome.DRAWN, _at_level(one)} if is_mixed else set()
        for one in given:
            if self.expected.get(one) is not Outcome.TIED:
                self.expected[one] = Outcome.DRAWN
                self.also[one] = {Outcome.LOT, _at_level(one)} if is_mixed else self.also.get(one, set())

    def _check_fits(self, there: int, later: int, one: Cohort) -> bool:
        """Whether the next box would have fitted; if so, that is a fault."""
        lot, left = one.kind.lot, self.tier.left
        passed_on = left - self.standing.tiers[-1].left
        if left >= lot:
            code, figure = ("tier", passed_on) if passed_on else ("left", left)
            self._fault(code, one, lot, figure)
        elif there >= lot:
            self._fault("dearer", one, lot, there - left)
        elif later >= lot:
            self._fault("ticket", one, lot)
        return later >= lot

    # What is given by lot

    def _check_lots(self) -> None:
        """Whoever lost needed more than was there at their turn: what is left, and what later tickets won."""
        there = self.tier.left
        faulty: set[Cohort] = set()
        for _, one in self.standing.by_tickets(self.tier.open):
            cost = (one.high - one.low) * one.kind.lot
            if one.boxes == one.high:
                there += cost
            elif one not in faulty and (one.boxes != one.low or there >= cost):
                faulty.add(one)
                self._fault_by_lot(one, cost)
        for one in self.tier.open:
            lost = Outcome.LEAST if one.boxes else Outcome.LOST
            self.expected[one] = Outcome.WON if one.boxes == one.high else lost

    def _fault_by_lot(self, one: Cohort, cost: int) -> None:
        if one.boxes != one.low:
            self._fault("won", one, one.units, one.high * one.kind.lot, one.low * one.kind.lot)
        elif self.tier.left >= cost:
            self._fault("left", one, cost, self.tier.left)
        else:
            self._fault("ticket", one, cost)

    # What is said of it

    def _check_outcomes(self) -> None:
        for one in self.tier.cohorts:
            expected = self._outcome(one)
            if one.outcome is not expected and (
                one.boxes >= one.high or one.outcome not in self.also.get(one, ())
            ):
                self._fault("outcome", one, one.outcome, expected)

    def _outcome(self, one: Cohort) -> Outcome:
        if not one.high:
            return _without_use(one)
        if one.had_no_turn:
            return Outcome.BELOW_LEAST
        if one.boxes >= one.high and not self._is_drawn(one):
            return _at_most(one)
        return self.expected.get(one, _at_level(one)) if self.tier.begins else Outcome.NO_MORE

    def _is_drawn(self, one: Cohort) -> bool:
        return self.expected.get(one) is Outcome.WON


def _without_use(one: Cohort) -> Outcome:
    """What is to be said where not one box is of use."""
    if not one.kind.need:
        return Outcome.NO_NEED
    return Outcome.LOT if one.kind.cap else Outcome.MOST


def _at_level(one: Cohort) -> Outcome:
    return Outcome.LEAST if one.boxes and one.boxes == one.low else Outcome.LEVEL


def _at_most(one: Cohort) -> Outcome:
    """What is to be said where no further box is of use."""
    units, kind = one.units, one.kind
    if units >= kind.need:
        return Outcome.MET
    return Outcome.MOST if kind.most < units + kind.lot and kind.most < kind.need else Outcome.LOT
