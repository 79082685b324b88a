"""Entries in the making: an operation says what moves, the draft says what it is worth.

A draft never changes the ledger. It keeps beside it what the entries in the making would change, so
that several movements of one lot in one entry each take their own units.

Value leaves a place by the cumulative rule of its position. Where an entry is dated back, the units
that can be taken at every later moment may force a value that is off the rule by a minor unit or so:
then the nearest that leaves no residue anywhere is taken. Nothing that is already entered changes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import attrs

from reliefstock.errors import BelowZero, ResidueLeft
from reliefstock.ledger.entry import Entry, EntryKind, Posting
from reliefstock.ledger.hold import How, Outcome
from reliefstock.ledger.position import Holding, Position
from reliefstock.values import Who, portion

if TYPE_CHECKING:
    from reliefstock.ledger.hold import Hold, HoldKey, Shelf, Standing
    from reliefstock.ledger.ledger import Ledger
    from reliefstock.ledger.lot import Lot
    from reliefstock.ledger.place import Place
    from reliefstock.ledger.timeline import Window

__all__ = ["Draft", "Stamp"]

_NOTHING = Holding(0, 0)


@attrs.frozen(kw_only=True)
class Stamp:
    """Who does something, by which command, recorded when; for late news, the day that it is about."""

    command: str = ""
    by: Who = ""
    recorded_at: datetime | None = None
    concerns: date | None = None


class Draft:
    """Entries of one document and one date, in the making.

    Quantities are in base units of the item, values in minor units.
    """

    def __init__(self, ledger: Ledger, document: str, on: date, stamp: Stamp, today: date = date.max) -> None:
        self._ledger = ledger
        self._document = document
        self._on = on
        self._stamp = stamp
        self._today = today
        self._postings: dict[tuple[str, Place], Holding] = {}
        self._positions: dict[tuple[Place, str], Position] = {}
        self._pending: dict[tuple[Place, str], Holding] = {}
        self._windows: dict[tuple[Place, str], Window] = {}
        self._lots: dict[str, Lot] = {}
        self._entries: list[Entry] = []
        self._holds: list[Hold] = []
        self._outcomes: list[Outcome] = []
        self._resolved: dict[HoldKey, int] = {}
        self._free: dict[Shelf, int] = {}
        self._freed: dict[Shelf, int] = {}
        self._promised: dict[Shelf, int] = {}

    @property
    def document(self) -> str:
        """The document that they are of."""
        return self._document

    @property
    def on(self) -> date:
        """The business date."""
        return self._on

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that are finished."""
        return tuple(self._entries)

    @property
    def lots(self) -> tuple[Lot, ...]:
        """The new lots that they bring."""
        return tuple(self._lots.values())

    @property
    def holds(self) -> tuple[Hold, ...]:
        """The new holds that come with them."""
        return tuple(self._holds)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What comes of holds with them."""
        return tuple(self._outcomes)

    def bring(self, lot: Lot, source: Place, targets: dict[Place, int]) -> dict[Place, int]:
        """A new lot comes in whole from outside, into one place or split over several.

        Returns what each of them has of its value, in minor units.
        """
        self._lots[lot.id] = lot
        self._post(source, lot.id, -lot.quantity, -lot.value)
        values: dict[Place, int] = {}
        taken = 0
        for place, quantity in targets.items():
            values[place] = portion(lot.value, lot.quantity, taken, quantity)
            self._post(place, lot.id, quantity, values[place])
            taken += quantity
        return values

    def move(self, lot: Lot, source: Place, target: Place, quantity: int) -> int:
        """Units of a lot go from one place to another; returns their value in minor units.

        Raises `BelowZero` or `ResidueLeft`.
        """
        value = self._worth(lot, source, quantity)
        self._post(source, lot.id, -quantity, -value)
        self._post(target, lot.id, quantity, value)
        return value

    def carry(self, lot: Lot, source: Place, target: Place, moved: Holding) -> None:
        """Units of a lot go from one place to another with a value that is settled elsewhere.

        What becomes again what it was made of goes back so: at its part of what goes in, not by its own rule.
        """
        self._post(source, lot.id, -moved.quantity, -moved.value)
        self._post(target, lot.id, moved.quantity, moved.value)

    def hold(self, hold: Hold) -> None:
        """Units are to be kept for somebody."""
        self._holds.append(hold)
        self._promised[hold.shelf] = self._promised.get(hold.shelf, 0) + hold.quantity

    def worth(self, lot: Lot, source: Place, quantity: int, within: tuple[int, int]) -> int:
        """What so many units would carry from a place: by its rule, and within bounds set elsewhere.

        Raises `BelowZero` or `ResidueLeft`.
        """
        return self._worth(lot, source, quantity, within)

    def resolve(self, hold: Hold, quantity: int, how: How) -> None:
        """So many units of a hold are resolved by what is in the making; below zero they are held again.

        Of a hold that begins later they are on its first day.
        """
        self._outcomes.append(
            Outcome(
                hold=hold.id,
                lot=hold.lot,
                on=max(self._on, hold.since),
                quantity=quantity,
                how=how,
                document=self._document,
            )
        )
        self._resolved[hold.key] = self._resolved.get(hold.key, 0) + quantity
        self._freed[hold.shelf] = self._freed.get(hold.shelf, 0) + quantity

    def finish(self, kind: EntryKind, *, programme: str = "", reverses: int | None = None) -> int:
        """Make an entry of what was moved since the last; returns its number."""
        number = self._ledger.next_number + len(self._entries)
        postings = (
            Posting(place, lot, moved.quantity, moved.value) for (lot, place), moved in self._postings.items()
        )
        self._entries.append(
            Entry(
                number=number,
                kind=kind,
                on=self._on,
                document=self._document,
                postings=tuple(postings),
                by=self._stamp.by,
                command=self._stamp.command,
                recorded_at=self._stamp.recorded_at,
                reverses=reverses,
                programme=programme,
                concerns=self._stamp.concerns,
            )
        )
        self._postings.clear()
        return number

    def reverse(self, entry: Entry) -> int:
        """Make the exact opposite of an entry; returns its number."""
        for posting in entry.postings:
            self._post(posting.place, posting.lot, -posting.quantity, -posting.value)
        return self.finish(EntryKind.REVERSAL, reverses=entry.number, programme=entry.programme)

    def left(self, lot: Lot, place: Place) -> int:
        """How many units of a lot can still be taken from a place, or promised, at every later moment.

        What is held there for somebody is not among them, nor what will be as long as its last day is not
        past today.
        """
        shelf = (place, lot.id)
        return max(0, self._unheld(lot, place) - self._promised.get(shelf, 0))

    def held(self, lot: Lot, place: Place) -> int:
        """How many units of what is there are held by earlier documents, at some later moment."""
        return self.there(lot, place) - max(0, self._unheld(lot, place))

    def _unheld(self, lot: Lot, place: Place) -> int:
        """What is there and not held by earlier documents; below zero where a loss has cut into holds."""
        there, shelf = self.there(lot, place), (place, lot.id)
        if not self._ledger.holds.has_kept(shelf):
            return there
        if shelf not in self._free:
            timeline = self._ledger.timeline(place, lot.id)
            self._free[shelf] = self._ledger.holds.free(shelf, timeline, self._on, self._today)
        moved = self._pending.get(shelf, _NOTHING).quantity
        return min(there, self._free[shelf] + moved + self._freed.get(shelf, 0))

    def left_of_hold(self, one: Standing, lot: Lot) -> int:
        """How many units of a lot can still be taken under a hold: what it keeps, as far as that is there."""
        return max(0, min(self.kept(one), self.there(lot, one.hold.place)))

    def kept(self, one: Standing) -> int:
        """How many units a hold still keeps, at every later moment, there or not."""
        return one.left(self._on) - self._resolved.get(one.hold.key, 0)

    def there(self, lot: Lot, place: Place) -> int:
        """How many units of a lot are in a place at every later moment, held for somebody or not."""
        pending = self._pending.get((place, lot.id), _NOTHING)
        return self._window(place, lot).quantity + pending.quantity

    def position(self, lot: Lot, place: Place) -> Position:
        """The position of a lot in a place that never goes below zero, with what is in the making."""
        return self._position(place, lot.id)

    def _window(self, place: Place, lot: Lot) -> Window:
        """What the ledger leaves of a lot; it stands still while entries are in the making."""
        key = (place, lot.id)
        if key not in self._windows:
            self._windows[key] = self._ledger.window(place, lot, self._on)
        return self._windows[key]

    def _position(self, place: Place, lot_id: str) -> Position:
        known = self._positions.get((place, lot_id))
        if known is not None:
            return known
        return Position() if lot_id in self._lots else self._ledger.position(place, lot_id)

    def _worth(self, lot: Lot, source: Place, quantity: int, within: tuple[int, int] | None = None) -> int:
        if source.kind.may_go_below_zero:
            return lot.worth_of(quantity)
        window = self._window(source, lot)
        pending = self._pending.get((source, lot.id), _NOTHING)
        there = window.quantity + pending.quantity
        if quantity > there:
            raise BelowZero(place=str(source), lot=lot.id, on=window.when, asked=quantity, there=there)
        base = lot.floor * quantity
        pending_heavy = pending.value - lot.floor * pending.quantity
        least = base + max(0, quantity - (window.light + pending.quantity - pending_heavy))
        most = base + min(quantity, window.heavy + pending_heavy)
        if within is not None:
            least, most = max(least, within[0]), min(most, within[1])
        by_rule = self.position(lot, source).worth_of(quantity)
        if least > most:
            raise ResidueLeft(
                place=str(source), lot=lot.id, on=self._on, asked=by_rule, least=least, most=most
            )
        return min(max(by_rule, least), most)

    def _post(self, place: Place, lot_id: str, quantity: int, value: int) -> None:
        moved = Holding(quantity, value)
        self._postings[lot_id, place] = self._postings.get((lot_id, place), _NOTHING) + moved
        if place.kind.may_go_below_zero:
            return
        key = (place, lot_id)
        self._positions[key] = self._position(place, lot_id).after(quantity, value)
        self._pending[key] = self._pending.get(key, _NOTHING) + moved
