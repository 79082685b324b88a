"""Promise 7, and what promise 3 says of goods that are held.

A hold keeps units of a lot in a warehouse for somebody, from one day to another. It is fulfilled in parts, by
goods that leave; or released; or it moves on to another lot that its goods became. On none of its days does
more come of it than it keeps. Nobody takes by choice what is held for others: losses and other facts may
leave less than was promised, and then nobody takes anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import accumulate
from typing import Final, NamedTuple

from reliefstock.audit.finding import Findings
from reliefstock.audit.lots import Lot
from reliefstock.audit.reading import Entry, Hold, Outcome

__all__ = ["Holds", "Kept"]

_FACTS: Final = frozenset({"write-off", "quarantine", "count difference", "revaluation", "reversal"})
_HOWS: Final = ("fulfilled", "released", "moved", "restored")

_Shelf = tuple[str, str]  # a place and a lot
_Key = tuple[str, str]  # a hold and a lot


class Kept:
    """A hold, with what came of it: units by day, and units by how."""

    __slots__ = ("came", "hold", "resolved")

    def __init__(self, hold: Hold) -> None:
        self.hold = hold
        self.came: dict[date, int] = {}
        self.resolved = dict.fromkeys(_HOWS, 0)

    @property
    def shelf(self) -> _Shelf:
        """Where it keeps what."""
        return self.hold.place, self.hold.lot

    @property
    def promise(self) -> tuple[object, ...]:
        """What stays the same of it where its goods become another lot."""
        hold = self.hold
        return hold.id, hold.place, hold.recipient, hold.programme, hold.until

    def left(self) -> list[int]:
        """What is left of it at first, and after each day on which anything came of it."""
        days = sorted(self.came)
        return [self.hold.quantity - came for came in accumulate((self.came[day] for day in days), initial=0)]


class _Step(NamedTuple):
    """From a day on so much more is held on a shelf; `goes_on` where it was held under another lot before."""

    shelf: _Shelf
    on: date
    units: int
    key: _Key


class Holds:
    """All holds by id and lot, and what is held where on which day."""

    def __init__(self, lots: Mapping[str, Lot], findings: Findings) -> None:
        self.kept: dict[_Key, Kept] = {}
        self._lots = lots
        self._findings = findings
        self._steps: dict[_Shelf, dict[date, int]] = {}

    def land(
        self, holds: Iterable[Hold], outcomes: Iterable[Outcome], entries: Iterable[Entry], document: str
    ) -> None:
        """Take in what a record says of holds, after its entries."""
        entries = list(entries)
        new = [one for one in map(self._promised, holds) if one]
        steps = [step for one in new for step in _opened(one)]
        resolved = [(one, outcome) for outcome in outcomes if (one := self._resolved(outcome, document))]
        steps += [step for one, outcome in resolved for step in _closed(one, outcome)]
        if self.kept:
            moved = _moved(entries)
            self._check_fulfilled(resolved, moved)
            goes_on = self._check_moved(new, resolved)
            chosen = _moved([entry for entry in entries if entry.kind not in _FACTS])
            counted = [step for step in steps if step.key not in goes_on]
            self._check_free(counted, moved, chosen, entries[0].on if entries else date.max)
        for step in steps:
            days = self._steps.setdefault(step.shelf, {})
            days[step.on] = days.get(step.on, 0) + step.units

    # One hold

    def _promised(self, hold: Hold) -> Kept | None:
        add, key = self._findings.add, (hold.id, hold.lot)
        if key in self.kept:
            add("hold-twice", hold.place, hold.lot, hold=hold.id)
            return None
        if hold.lot not in self._lots:
            add("lot-unknown", hold.place, hold.lot)
        if hold.kind != "warehouse":
            add("hold-place", hold.place, hold.lot, hold=hold.id)
        if hold.quantity <= 0:
            add("hold-empty", hold.place, hold.lot, hold=hold.id, quantity=hold.quantity)
        if hold.until < hold.since:
            add("hold-days", hold.place, hold.lot, hold=hold.id, since=hold.since, until=hold.until)
        kept = self.kept[key] = Kept(hold)
        return kept

    def _resolved(self, outcome: Outcome, document: str) -> Kept | None:
        add = self._findings.add
        kept = self.kept.get((outcome.hold, outcome.lot))
        if outcome.document != document:
            figures = {"hold": outcome.hold, "stated": outcome.document, "document": document}
            add("outcome-document", "", outcome.lot, **figures)
        if kept is None:
            add("hold-unknown", "", outcome.lot, hold=outcome.hold)
            return None
        hold, place, how = kept.hold, kept.hold.place, outcome.how
        if how not in kept.resolved:
            add("outcome-unknown", place, hold.lot, hold=hold.id, how=how)
            return None
        kept.resolved[how] += outcome.quantity
        kept.came[outcome.on] = kept.came.get(outcome.on, 0) + outcome.quantity
        if outcome.quantity == 0 or (outcome.quantity < 0) != (how == "restored"):
            add("outcome-sign", place, hold.lot, hold=hold.id, quantity=outcome.quantity, how=how)
        if not hold.since <= outcome.on <= hold.until:
            figures = {"since": hold.since, "until": hold.until, "on": outcome.on}
            add("hold-off-its-days", place, hold.lot, hold=hold.id, **figures)
        self._check_left(kept, outcome)
        return kept

    def _check_left(self, kept: Kept, outcome: Outcome) -> None:
        hold, left = kept.hold, kept.left()
        figures = {"hold": hold.id, "quantity": hold.quantity}
        if min(left) < 0:
            more = {"how": outcome.how, "resolved": outcome.quantity, "left": min(left)}
            self._findings.add("hold-overdrawn", hold.place, hold.lot, **figures, **more)
        if max(left) > hold.quantity:
            self._findings.add("hold-refilled", hold.place, hold.lot, **figures, left=max(left))

    # Several of a record

    def _check_fulfilled(self, resolved: list[tuple[Kept, Outcome]], moved: Mapping[_Shelf, int]) -> None:
        """What is fulfilled leaves the place where it was kept."""
        fulfilled: dict[_Shelf, int] = {}
        for kept, outcome in resolved:
            if outcome.how == "fulfilled":
                fulfilled[kept.shelf] = fulfilled.get(kept.shelf, 0) + outcome.quantity
        for shelf, units in fulfilled.items():
            left = -moved.get(shelf, 0)
            if units > left:
                self._findings.add("hold-not-left", *shelf, fulfilled=units, left=left)

    def _check_moved(self, new: list[Kept], resolved: list[tuple[Kept, Outcome]]) -> set[_Key]:
        """A hold that moves goes on as it was, all of it; returns the holds that so go on."""
        left: dict[tuple[object, ...], int] = {}
        first: dict[tuple[object, ...], Hold] = {}
        for kept, outcome in resolved:
            if outcome.how == "moved":
                left[kept.promise] = left.get(kept.promise, 0) + outcome.quantity
                first.setdefault(kept.promise, kept.hold)
        on = [(kept, kept.hold.quantity) for kept in new if self._is_new(kept.hold.lot)]
        on += [(kept, -outcome.quantity) for kept, outcome in resolved if outcome.how == "restored"]
        goes_on = [(kept, units) for kept, units in on if kept.promise in left]
        for kept, units in goes_on:
            left[kept.promise] -= units
        for promise, units in left.items():
            if units:
                hold = first[promise]
                self._findings.add("hold-not-moved-on", hold.place, hold.lot, hold=hold.id, difference=units)
        return {(kept.hold.id, kept.hold.lot) for kept, _ in goes_on}

    def _is_new(self, lot: str) -> bool:
        return lot in self._lots and self._lots[lot].record == self._findings.record

    # What is free

    def _check_free(
        self,
        steps: list[_Step],
        moved: Mapping[_Shelf, int],
        chosen: Mapping[_Shelf, int],
        on: date,
    ) -> None:
        change: dict[_Shelf, dict[date, int]] = {}
        for shelf, units in chosen.items():
            if units < 0 and shelf in self._steps:
                change[shelf] = {}
        for step in steps:
            days = change.setdefault(step.shelf, {})
            days[step.on] = days.get(step.on, 0) + step.units
        for shelf, days in change.items():
            taken = -max(chosen.get(shelf, 0), moved.get(shelf, 0))
            self._check_shelf(shelf, days, taken, on)

    def _check_shelf(self, shelf: _Shelf, change: Mapping[date, int], taken: int, on: date) -> None:
        """Where more is held than there is, that is not what somebody has just chosen to take or promise."""
        place, lot_id = shelf
        before, there = self._steps.get(shelf, {}), self._there(shelf, min((on, *change)))
        held, more = 0, 0
        units = 0
        for day in sorted({on, *before, *change, *there}):
            held += before.get(day, 0) + change.get(day, 0)
            more += change.get(day, 0)
            units = there.get(day, units)
            lowered = more + (taken if day >= on else 0)
            if lowered > 0 and units < held:
                figures = {"on": day, "there": units, "held": held, "taken": lowered}
                self._findings.add("held-for-others", place, lot_id, **figures)
                return

    def _there(self, shelf: _Shelf, on: date) -> dict[date, int]:
        """How many units are there from a day on, by the days on which it changes."""
        place, lot_id = shelf
        line = self._lots[lot_id].lines.get(place) if lot_id in self._lots else None
        return dict(line.days(on)) if line else {on: 0}


def _opened(kept: Kept) -> list[_Step]:
    hold, key = kept.hold, (kept.hold.id, kept.hold.lot)
    return [_Step(kept.shelf, hold.since, hold.quantity, key), *_ended(kept, -hold.quantity)]


def _closed(kept: Kept, outcome: Outcome) -> list[_Step]:
    key = (kept.hold.id, kept.hold.lot)
    return [_Step(kept.shelf, outcome.on, -outcome.quantity, key), *_ended(kept, outcome.quantity)]


def _ended(kept: Kept, units: int) -> list[_Step]:
    """After its last day a hold keeps nothing."""
    if kept.hold.until == date.max:
        return []
    return [_Step(kept.shelf, kept.hold.until + timedelta(days=1), units, (kept.hold.id, kept.hold.lot))]


def _moved(entries: Iterable[Entry]) -> dict[_Shelf, int]:
    """What came to each warehouse of each lot, below zero what left."""
    moved: dict[_Shelf, int] = {}
    for entry in entries:
        for leg in entry.legs:
            if leg.kind == "warehouse":
                shelf = (leg.place, leg.lot)
                moved[shelf] = moved.get(shelf, 0) + leg.quantity
    return moved
