"""Holds: units of a lot in a warehouse that are kept for somebody, from one day to another.

A hold moves nothing. It is resolved once: fulfilled in parts or released, and what is left of it after its
last day is free again without anybody doing anything. So what others may take of a shelf on a day is what
is there, less what is held there on that day; the same is asked of every later day.

A loss is a fact and may leave less than was promised; then nobody may take anything else, and the holds
that can no longer be met are a list to be acted on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import Enum

import attrs

from reliefstock.errors import HeldForOthers, HoldBroken, Unknown
from reliefstock.ledger.place import Place, PlaceKind
from reliefstock.ledger.timeline import Timeline
from reliefstock.values import near

__all__ = ["Hold", "HoldKey", "Holds", "HoldsAfter", "How", "Outcome", "Shelf", "Standing"]

HoldKey = tuple[str, str]
"""The id of a hold, and one of its lots."""

Shelf = tuple[Place, str]
"""A warehouse, and a lot in it."""


class How(Enum):
    """How units of a hold were resolved."""

    FULFILLED = "fulfilled"
    RELEASED = "released"
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
    """A hold and what came of it so far."""

    hold: Hold
    outcomes: tuple[Outcome, ...] = ()

    @property
    def open(self) -> int:
        """What is not resolved, whether or not its last day is past."""
        return self.hold.quantity - sum(outcome.quantity for outcome in self.outcomes)

    def held(self, on: date) -> int:
        """What it keeps at the end of a day."""
        if not self.hold.since <= on <= self.hold.until:
            return 0
        return self.hold.quantity - sum(outcome.quantity for outcome in self.outcomes if outcome.on <= on)

    def days(self) -> Iterator[date]:
        """The days on which what it keeps changes."""
        yield self.hold.since
        yield from (outcome.on for outcome in self.outcomes)
        if self.hold.until < date.max:
            yield self.hold.until + timedelta(days=1)


HoldsAfter = dict[HoldKey, Standing]
"""Holds as they will be, of those that something new is said of."""


class Holds:
    """All holds of a book, by id and by shelf. The ledger alone adds to them.

    >>> Holds().held(Place(PlaceKind.WAREHOUSE, "depot"), "GRN-000001-1", date(2023, 1, 10))
    0
    """

    def __init__(self) -> None:
        self._standing: dict[HoldKey, Standing] = {}
        self._lots: dict[str, dict[str, None]] = {}
        self._open: dict[Shelf, dict[HoldKey, None]] = {}

    def __len__(self) -> int:
        return len(self._standing)

    def of(self, hold_id: str) -> tuple[Hold, ...]:
        """The holds of that id, a lot each. Raises `Unknown`."""
        if hold_id not in self._lots:
            raise Unknown(what="hold", given=hold_id, near=near(hold_id, self._lots))
        return tuple(self._standing[hold_id, lot].hold for lot in self._lots[hold_id])

    def outcomes(self, hold_id: str) -> tuple[Outcome, ...]:
        """What came of a hold, lot by lot. Raises `Unknown`."""
        return tuple(out for hold in self.of(hold_id) for out in self._standing[hold.key].outcomes)

    def open(self, hold_id: str, lot: str) -> int:
        """What is not resolved of a hold, in base units, whether or not its last day is past."""
        return self._standing[hold_id, lot].open

    def left(self, hold_id: str, lot: str, on: date) -> int:
        """What a hold keeps at the end of a day: nothing before it begins and after its last day."""
        return self._standing[hold_id, lot].held(on)

    def on_shelf(self, place: Place, lot: str) -> tuple[Hold, ...]:
        """The holds on a lot in a place of which anything is not resolved, the first promised first."""
        return tuple(self._standing[key].hold for key in self._open.get((place, lot), ()))

    def shelves(self) -> Iterator[Shelf]:
        """Every place and lot with a hold that is not resolved."""
        return iter(tuple(self._open))

    def held(self, place: Place, lot: str, on: date) -> int:
        """How much of a lot is held in a place at the end of a day, in base units."""
        return sum(self._standing[key].held(on) for key in self._open.get((place, lot), ()))

    def free(
        self,
        shelf: Shelf,
        there: Timeline | None,
        on: date,
        until: date = date.max,
        *,
        moved: int = 0,
        pending: HoldsAfter | None = None,
    ) -> int:
        """The least that is there and not held, at the end of any day from `on` to `until`.

        `there` is the history of the lot in the place, `moved` what is in the making on `on`, `pending` the
        holds as they would be then.
        """
        standing = self._on_shelf(shelf, pending or {})
        days = {on, *(day for one in standing for day in one.days())}
        if there is not None:
            days.update(there.days(on))
        return min(
            (0 if there is None else there.as_of(day).quantity)
            + moved
            - sum(one.held(day) for one in standing)
            for day in days
            if on <= day <= until
        )

    def _on_shelf(self, shelf: Shelf, pending: HoldsAfter) -> tuple[Standing, ...]:
        keys = dict.fromkeys(self._open.get(shelf, ()))
        keys.update(dict.fromkeys(k for k, one in pending.items() if (one.hold.place, one.hold.lot) == shelf))
        return tuple(pending.get(key) or self._standing[key] for key in keys)

    # What is new

    def after(self, holds: Iterable[Hold], outcomes: Iterable[Outcome]) -> HoldsAfter:
        """The holds as they would be with new ones and new outcomes; nothing changes yet.

        Raises `HoldBroken` (promise 7: a hold resolves once) or `Unknown`.
        """
        new: HoldsAfter = {}
        for hold in holds:
            if hold.key in new or hold.key in self._standing:
                raise HoldBroken(hold=hold.id, lot=hold.lot, reason="there is already one of that id")
            _check_hold(hold)
            new[hold.key] = Standing(hold)
        for outcome in outcomes:
            before = new.get(outcome.key) or self._standing.get(outcome.key)
            if before is None:
                raise Unknown(what="hold", given=outcome.hold, near=near(outcome.hold, self._lots))
            new[outcome.key] = _with(before, outcome)
        return new

    def land(self, new: HoldsAfter) -> None:
        """Keep what `after` gave."""
        for key, standing in new.items():
            self._standing[key] = standing
            self._lots.setdefault(standing.hold.id, {})[standing.hold.lot] = None
            shelf = (standing.hold.place, standing.hold.lot)
            if standing.open:
                self._open.setdefault(shelf, {})[key] = None
            else:
                self._open.get(shelf, {}).pop(key, None)
                if not self._open.get(shelf):
                    self._open.pop(shelf, None)

    def check_free(
        self,
        new: HoldsAfter,
        shelf: Shelf,
        there: Timeline | None,
        on: date,
        moved: int,
    ) -> None:
        """Promise 3: what is taken without a hold was not held for others. Raises `HeldForOthers`."""
        free = self.free(shelf, there, on, moved=moved, pending=new)
        if free < 0:
            place, lot = shelf
            raise HeldForOthers(place=str(place), lot=lot, on=on, asked=-moved, free=max(0, free - moved))

    def check_new(self, new: HoldsAfter, hold: Hold, there: Timeline | None, moved: int) -> None:
        """Promise 3: a new hold finds what it keeps free on each of its days. Raises `HeldForOthers`."""
        shelf = (hold.place, hold.lot)
        free = self.free(shelf, there, hold.since, hold.until, moved=moved, pending=new)
        if free < 0:
            raise HeldForOthers(
                place=str(hold.place),
                lot=hold.lot,
                on=hold.since,
                asked=hold.quantity,
                free=max(0, free + hold.quantity),
            )


def _check_hold(hold: Hold) -> None:
    if hold.place.kind is not PlaceKind.WAREHOUSE:
        raise HoldBroken(hold=hold.id, lot=hold.lot, reason="only what is usable in a warehouse is held")
    if hold.quantity <= 0:
        raise HoldBroken(hold=hold.id, lot=hold.lot, reason="it keeps no units")
    if hold.until < hold.since:
        raise HoldBroken(hold=hold.id, lot=hold.lot, reason="its last day is before its first")


def _with(before: Standing, outcome: Outcome) -> Standing:
    """The hold with one more outcome: within its days, and never more than it keeps, nor less than none."""
    hold, left = before.hold, before.open - outcome.quantity
    if not hold.since <= outcome.on <= hold.until:
        reason = f"it lasts from {hold.since} to {hold.until}, and {outcome.on} is outside"
        raise HoldBroken(hold=hold.id, lot=hold.lot, reason=reason)
    if not 0 <= left <= hold.quantity:
        reason = f"{before.open} of it are not resolved, {outcome.quantity} cannot be"
        raise HoldBroken(hold=hold.id, lot=hold.lot, reason=reason)
    return attrs.evolve(before, outcomes=(*before.outcomes, outcome))
