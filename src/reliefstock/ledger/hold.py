"""Holds: units of a lot in a warehouse that are kept for somebody, from one day to another.

A hold moves nothing. It is resolved once: fulfilled in parts or released, and what is left of it after its
last day is free again without anybody doing anything: days are those of the book, not of a clock. So what
others may take of a shelf on a day is what is there, less what is held there on that day; the same is asked
of every later day.

A loss is a fact and may leave less than was promised; then nobody may take anything else, and the holds
that can no longer be met are a list to be acted on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from itertools import accumulate
from typing import Protocol

import attrs

from reliefstock.errors import HeldForOthers, Unknown
from reliefstock.ledger.place import Place
from reliefstock.ledger.timeline import Timeline
from reliefstock.values import near

__all__ = [
    "Hold",
    "HoldHistory",
    "HoldKey",
    "Holds",
    "HoldsAfter",
    "How",
    "KeptUnits",
    "MemoryHolds",
    "Outcome",
    "Shelf",
    "Standing",
]

HoldKey = tuple[str, str]
"""The id of a hold, and one of its lots."""

Shelf = tuple[Place, str]
"""A warehouse, and a lot in it."""


class How(Enum):
    """How units of a hold were resolved."""

    FULFILLED = "fulfilled"
    RELEASED = "released"
    MOVED = "moved"
    """KeptUnits on under the same id in the lot that came in the place of this one, which was revalued."""
    RESTORED = "restored"
    """Held again, because what had resolved them was taken back: the quantity is below zero."""


@attrs.frozen(kw_only=True)
class Hold:
    """So many base units of a lot in a warehouse are kept for a recipient, both days included."""

    id: str
    place: Place
    lot: str
    quantity: int
    since: date
    until: date
    recipient: str
    programme: str = ""

    @property
    def key(self) -> HoldKey:
        """What it is known by: a hold of several lots has one id."""
        return self.id, self.lot

    @property
    def shelf(self) -> Shelf:
        """Where it keeps what."""
        return self.place, self.lot


@attrs.frozen(kw_only=True)
class Outcome:
    """So many base units of a hold were resolved on a day, by a document; below zero they are held again."""

    hold: str
    lot: str
    on: date
    quantity: int
    how: How
    document: str

    @property
    def key(self) -> HoldKey:
        """The hold and the lot that it resolves."""
        return self.hold, self.lot


@attrs.frozen
class Standing:
    """A hold and what came of it so far; `number` says as the how manyth of the book it was promised."""

    hold: Hold
    number: int
    outcomes: tuple[Outcome, ...] = ()

    @property
    def open(self) -> int:
        """What nothing has come of, whether or not its last day is past."""
        return self.hold.quantity - sum(outcome.quantity for outcome in self.outcomes)

    def lasts(self, on: date) -> bool:
        """Whether a day is one of its days."""
        return self.hold.since <= on <= self.hold.until

    def held(self, on: date) -> int:
        """What it keeps at the end of a day."""
        came = sum(outcome.quantity for outcome in self.outcomes if outcome.on <= on)
        return self.hold.quantity - came if self.lasts(on) else 0

    def left(self, on: date) -> int:
        """What can be resolved on a day: what it keeps then and on each of its later days."""
        return min((self.held(on), *(units for day, units in self.balance() if day > on)))

    def balance(self) -> list[tuple[date, int]]:
        """What nothing had come of at the end of each day on which anything came of it."""
        came: dict[date, int] = {}
        _add(came, ((outcome.on, outcome.quantity) for outcome in self.outcomes))
        days = sorted(came)
        sums = accumulate(came[day] for day in days)
        return [(day, self.hold.quantity - units) for day, units in zip(days, sums, strict=True)]

    def then(self, outcome: Outcome) -> Standing:
        """The same with one more outcome."""
        return attrs.evolve(self, outcomes=(*self.outcomes, outcome))

    def steps(self) -> Iterator[tuple[date, int]]:
        """By how much what it keeps changes, and from which day on, but for its end."""
        yield self.hold.since, self.hold.quantity
        yield from ((outcome.on, -outcome.quantity) for outcome in self.outcomes)

    def end(self) -> Iterator[tuple[date, int]]:
        """The day from which on it keeps nothing any more, with what is left of it then."""
        if self.hold.until < date.max:
            yield self.hold.until + timedelta(days=1), -self.open


HoldsAfter = Mapping[HoldKey, Standing]
"""Holds as they will be, of those that something new is said of."""


class KeptUnits:
    """What is held on one shelf: the changes, by day; those that are the end of a hold apart."""

    __slots__ = ("changes", "ends")

    def __init__(self) -> None:
        self.changes: dict[date, int] = {}
        self.ends: dict[date, int] = {}

    def add(self, one: Standing, sign: int = 1) -> None:
        """Count a hold in, or out again where the sign is below zero."""
        _add(self.changes, one.steps(), sign)
        _add(self.ends, one.end(), sign)

    def steps(self, sure: date = date.max) -> dict[date, int]:
        """All changes by day; a hold that ends after the day `sure` goes on for ever."""
        steps = dict(self.changes)
        _add(steps, ((day, units) for day, units in self.ends.items() if day <= sure))
        return steps


class HoldHistory(Protocol):
    """All holds there ever were, wherever they are kept: see `reliefstock.ledger.history`."""

    def __len__(self) -> int:
        """How many there were; a hold of several lots counts for each."""
        ...

    def __iter__(self) -> Iterator[Standing]:
        """All, the first promised first."""
        ...

    def ids(self) -> Iterable[str]:
        """The ids of all."""
        ...

    def standing(self, key: HoldKey) -> Standing | None:
        """The hold of that id on that lot, with what came of it."""
        ...

    def lots(self, hold_id: str) -> Sequence[str]:
        """The lots of the hold of that id, in the order in which they are taken."""
        ...

    def kept(self, shelf: Shelf) -> KeptUnits | None:
        """What was ever held on a shelf; None where nothing was."""
        ...

    def resolved_by(self, document: str) -> Sequence[Outcome]:
        """What a document resolved of holds, or held again."""
        ...

    def put(self, before: Standing | None, one: Standing) -> None:
        """A hold as it is from now on, in the place of what it was before."""
        ...


class MemoryHolds:
    """All holds there ever were, in memory."""

    def __init__(self) -> None:
        self._standing: dict[HoldKey, Standing] = {}
        self._lots: dict[str, list[str]] = {}
        self._kept: dict[Shelf, KeptUnits] = {}
        self._resolved_by: dict[str, list[Outcome]] = {}

    def __len__(self) -> int:
        return len(self._standing)

    def __iter__(self) -> Iterator[Standing]:
        return iter(self._standing.values())

    def ids(self) -> Iterable[str]:
        """See `HoldHistory.ids`."""
        return self._lots.keys()

    def standing(self, key: HoldKey) -> Standing | None:
        """See `HoldHistory.standing`."""
        return self._standing.get(key)

    def lots(self, hold_id: str) -> Sequence[str]:
        """See `HoldHistory.lots`."""
        return self._lots.get(hold_id, ())

    def kept(self, shelf: Shelf) -> KeptUnits | None:
        """See `HoldHistory.kept`."""
        return self._kept.get(shelf)

    def resolved_by(self, document: str) -> Sequence[Outcome]:
        """See `HoldHistory.resolved_by`."""
        return self._resolved_by.get(document, ())

    def put(self, before: Standing | None, one: Standing) -> None:
        """See `HoldHistory.put`."""
        kept = self._kept.setdefault(one.hold.shelf, KeptUnits())
        if before is None:
            self._lots.setdefault(one.hold.id, []).append(one.hold.lot)
        else:
            kept.add(before, -1)
        kept.add(one)
        self._standing[one.hold.key] = one
        for outcome in one.outcomes[len(before.outcomes) if before else 0 :]:
            self._resolved_by.setdefault(outcome.document, []).append(outcome)


class Holds:
    """The holds of a book, by id and by shelf. The ledger alone adds to them.

    >>> Holds().held(Place.parse("warehouse:depot"), "GRN-000001-1", date(2023, 1, 10))
    0
    """

    def __init__(self, history: HoldHistory | None = None) -> None:
        self._history: HoldHistory = MemoryHolds() if history is None else history  # an empty one is false
        self._open: dict[Shelf, dict[HoldKey, None]] = {}

    def __len__(self) -> int:
        return len(self._history)

    def __iter__(self) -> Iterator[Standing]:
        """Every hold there ever was, the first promised first."""
        return iter(self._history)

    def __contains__(self, key: HoldKey) -> bool:
        return self._history.standing(key) is not None

    def of(self, hold_id: str) -> tuple[Standing, ...]:
        """The holds of that id, a lot each, in the order in which they are taken. Raises `Unknown`."""
        lots = self._history.lots(hold_id)
        if not lots:
            raise Unknown(what="hold", given=hold_id, near=near(hold_id, self._history.ids()))
        return tuple(self.standing((hold_id, lot)) for lot in lots)

    def standing(self, key: HoldKey) -> Standing:
        """The hold of that id on that lot. Raises `Unknown`."""
        found = self._history.standing(key)
        if found is None:
            raise Unknown(what="hold", given=key[0], near=near(key[0], self._history.ids()))
        return found

    def resolved_by(self, document: str) -> tuple[Outcome, ...]:
        """What a document resolved of holds, or held again."""
        return tuple(self._history.resolved_by(document))

    def shelves(self) -> tuple[Shelf, ...]:
        """Every place and lot with a hold that nothing, or not all, has come of; by place and lot."""
        return tuple(sorted(self._open, key=lambda shelf: (str(shelf[0]), shelf[1])))

    def open(self) -> Iterator[Standing]:
        """Every hold that nothing, or not all, has come of."""
        return (self.standing(key) for keys in self._open.values() for key in keys)

    def on_shelf(self, shelf: Shelf) -> tuple[Standing, ...]:
        """The holds on a shelf not resolved, whether over or not; the first promised first."""
        there = (self.standing(key) for key in self._open.get(shelf, ()))
        return tuple(sorted(there, key=lambda one: (one.hold.since, one.number)))

    def held(self, place: Place, lot: str, on: date) -> int:
        """How much of a lot is held in a place at the end of a day, in base units."""
        return sum(units for day, units in self._steps((place, lot)).items() if day <= on)

    def has_kept(self, shelf: Shelf) -> bool:
        """Whether anything was ever held there."""
        return self._history.kept(shelf) is not None

    def free(self, shelf: Shelf, there: Timeline | None, on: date, sure: date = date.max) -> int:
        """The least that is there and not held at the end of `on`, and at every moment of the days after it.

        `there` is the history of the lot in the place. A hold that ends after the day `sure` is not counted
        on to be over then: until that day it may still be fulfilled, and then the goods are gone.
        """
        steps = self._steps(shelf, sure)
        least: dict[date, int] = {}
        for day, units in () if there is None else there.later(on):
            least[day] = min(units, least.get(day, units))
        days = sorted({on, *steps, *least})
        held = dict(zip(days, accumulate(steps.get(day, 0) for day in days), strict=True))
        return min(least.get(day, _there(there, day)) - held[day] for day in days if day >= on)

    def _steps(self, shelf: Shelf, sure: date = date.max) -> dict[date, int]:
        kept = self._history.kept(shelf)
        return {} if kept is None else kept.steps(sure)

    # What is new

    def after(self, holds: Iterable[Hold], outcomes: Iterable[Outcome]) -> HoldsAfter:
        """The holds as they will be, of those that something new is said of; nothing is checked."""
        after: dict[HoldKey, Standing] = {}
        for hold in holds:
            after[hold.key] = Standing(hold, len(self) + len(after))
        for outcome in outcomes:
            after[outcome.key] = (after.get(outcome.key) or self.standing(outcome.key)).then(outcome)
        return after

    def land(self, new: HoldsAfter) -> None:
        """Keep what is new; the promises were checked."""
        for key, one in new.items():
            self._history.put(self._history.standing(key), one)
            self.note_open(one)

    def note_open(self, one: Standing) -> None:
        """Remember whether anything of a hold is still to come."""
        shelf = one.hold.shelf
        still_open = self._open.setdefault(shelf, {})
        if one.open:
            still_open[one.hold.key] = None
        else:
            still_open.pop(one.hold.key, None)
        if not still_open:
            del self._open[shelf]

    def check_free(
        self,
        shelf: Shelf,
        there: Timeline | None,
        new: Iterable[Standing],
        on: date,
        *,
        moved: int = 0,
        chosen: int = 0,
    ) -> None:
        """Promise 3: whatever lowers what is free on a shelf leaves none of what is held there wanting.

        `new` are holds of that shelf as they will be. `moved` is what comes to it on the day `on`, below zero
        what leaves it, and `chosen` the part of it that is somebody's choice; a loss is not, what comes is.

        A taking lowers what is free on every later day, a new hold on each of its own days. What is taken
        under a hold was not free before, and lowers it only after the last day of that hold.

        Raises `HeldForOthers`.
        """
        before, change = self._steps(shelf), self._change(new)
        held, more = 0, 0
        for day in sorted({on, *before, *change, *_days(there, min((on, *change)))}):
            held += before.get(day, 0) + change.get(day, 0)
            more += change.get(day, 0)
            lowered = more - (chosen if day >= on else 0)
            free = _there(there, day) + (moved if day >= on else 0) - held
            if lowered > 0 and free < 0:
                place, lot = shelf
                free = max(0, free + lowered)
                raise HeldForOthers(place=str(place), lot=lot, on=day, asked=lowered, free=free)

    def _change(self, new: Iterable[Standing]) -> dict[date, int]:
        """By how much more is held than before, and from which day on."""
        kept = KeptUnits()
        for one in new:
            kept.add(one)
            before = self._history.standing(one.hold.key)
            if before is not None:
                kept.add(before, -1)
        return kept.steps()


def _add(steps: dict[date, int], new: Iterable[tuple[date, int]], sign: int = 1) -> None:
    for day, units in new:
        steps[day] = steps.get(day, 0) + sign * units
        if not steps[day]:
            del steps[day]


def _days(there: Timeline | None, on: date) -> Iterable[date]:
    return () if there is None else there.days(on)


def _there(there: Timeline | None, on: date) -> int:
    return 0 if there is None else there.as_of(on).quantity
