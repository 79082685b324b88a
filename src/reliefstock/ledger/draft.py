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
from reliefstock.ledger.place import PlaceKind
from reliefstock.ledger.position import Holding, Position
from reliefstock.values import portion

if TYPE_CHECKING:
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
    by: str = ""
    recorded_at: datetime | None = None
    concerns: date | None = None


class Draft:
    """Entries of one document and one date, in the making.

    Quantities are in base units of the item, values in minor units.
    """

    def __init__(self, ledger: Ledger, document: str, on: date, stamp: Stamp) -> None:
        self._ledger = ledger
        self._document = document
        self._on = on
        self._stamp = stamp
        self._postings: dict[tuple[str, Place], Holding] = {}
        self._positions: dict[tuple[Place, str], Position] = {}
        self._pending: dict[tuple[Place, str], Holding] = {}
        self._windows: dict[tuple[Place, str], Window] = {}
        self._lots: dict[str, Lot] = {}
        self._entries: list[Entry] = []
        self._outcomes: list[Outcome] = []

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
    def outcomes(self) -> tuple[Outcome, ...]:
        """What comes of holds with them."""
        return tuple(self._outcomes)

    def bring(self, lot: Lot, source: Place, targets: dict[Place, int]) -> None:
        """A new lot comes in whole from outside, into one place or split over several."""
        self._lots[lot.id] = lot
        self._post(source, lot.id, -lot.quantity, -lot.value)
        taken = 0
        for place, quantity in targets.items():
            self._post(place, lot.id, quantity, portion(lot.value, lot.quantity, taken, quantity))
            taken += quantity

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

    def resolve(self, hold: str, lot: str, quantity: int, how: How) -> None:
        """So many units of a hold are resolved by what is in the making."""
        self._outcomes.append(
            Outcome(hold=hold, lot=lot, on=self._on, quantity=quantity, how=how, document=self._document)
        )

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
        """How many units of a lot can still be taken from a place, at every later moment.

        What is held there for somebody is not among them.
        """
        there = self.there(lot, place)
        if place.kind is not PlaceKind.WAREHOUSE or not self._ledger.holds.on_shelf(place, lot.id):
            return there
        free = self._ledger.holds.free(
            (place, lot.id),
            self._ledger.timeline(place, lot.id),
            self._on,
            moved=self._pending.get((place, lot.id), _NOTHING).quantity,
            pending=self._ledger.holds.after((), self._outcomes),
        )
        return max(0, min(there, free))

    def left_of_hold(self, hold: str, lot: Lot, place: Place) -> int:
        """How many units of a lot can still be taken under a hold: what it keeps, as far as that is there."""
        resolved = sum(out.quantity for out in self._outcomes if out.key == (hold, lot.id))
        kept = self._ledger.holds.left(hold, lot.id, self._on) - resolved
        return max(0, min(kept, self.there(lot, place)))

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

    def _worth(self, lot: Lot, source: Place, quantity: int) -> int:
        if source.kind.may_go_below_zero:
            return lot.worth_of(quantity)
        window = self._window(source, lot)
        pending = self._pending.get((source, lot.id), _NOTHING)
        there = window.quantity + pending.quantity
        if quantity > there:
            raise BelowZero(place=str(source), lot=lot.id, on=window.when, asked=quantity, there=there)
        base = lot.floor * quantity
        pending_heavy = pending.value - lot.floor * pending.quantity
        least = max(0, quantity - (window.light + pending.quantity - pending_heavy))
        most = min(quantity, window.heavy + pending_heavy)
        by_rule = self.position(lot, source).worth_of(quantity) - base
        if least > most:
            raise ResidueLeft(
                place=str(source),
                lot=lot.id,
                on=self._on,
                asked=base + by_rule,
                least=base + least,
                most=base + most,
            )
        return base + min(max(by_rule, least), most)

    def _post(self, place: Place, lot_id: str, quantity: int, value: int) -> None:
        moved = Holding(quantity, value)
        self._postings[lot_id, place] = self._postings.get((lot_id, place), _NOTHING) + moved
        if place.kind.may_go_below_zero:
            return
        key = (place, lot_id)
        self._positions[key] = self._position(place, lot_id).after(quantity, value)
        self._pending[key] = self._pending.get(key, _NOTHING) + moved
