"""Which lots an ordinary row takes: those that the verb would pick, by the same queues, and what they carry.

What is taken is checked as the ledger checks it: nothing that is not there at every later moment (promise 3),
each unit at the floor of its lot or one more, and no value left without units (promise 4). Lots that are held
for somebody, were counted, came in packs or were moved on a later day are for the verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from typing import NamedTuple

from reliefstock.bulk.looking import Looked, Looking
from reliefstock.donations import Restriction
from reliefstock.journal.template import text
from reliefstock.ledger import Lot, Moved, Past, Place, Position, Ticket
from reliefstock.operations.picking import by_age
from reliefstock.policy import PickingRule

__all__ = ["Taken", "Taking"]


class Known(NamedTuple):
    """A lot that was looked at: its id as it is written, what a unit is worth at least, or else one more."""

    lot: Lot
    id: str
    written: bytes
    floor: int
    is_even: bool

    @classmethod
    def of(cls, lot: Lot) -> Known:
        """What is known of a lot."""
        return cls(lot, lot.id, text(lot.id), lot.floor, lot.value % lot.quantity == 0)


class Taken(NamedTuple):
    """So many units of a lot, worth so many minor units, and how its position stands after it."""

    known: Known
    units: int
    value: int
    after: Position
    came: tuple[int, int]
    ticket: Ticket


class Taking:
    """Takes goods from the shelves of the ledger, and knows the lots that lie there."""

    def __init__(self, looking: Looking) -> None:
        self._look = looking
        self._ledger = looking.desk.ledger
        self._policy = looking.desk.policy
        self._by_age = self._policy.picking is PickingRule.FIFO
        self._known: dict[str, Known] = {}

    def note(self, lot: Lot) -> None:
        """A lot has come in that the ledger does not know yet."""
        self._known[lot.id] = Known.of(lot)

    def take(self, looked: Looked, programme: str, quantity: int) -> list[Taken]:
        """What would be taken of an item; nothing where it is for the verb to say. Nothing changes."""
        day, depot, _, what = looked
        shelf = self._ledger.shelf(depot.place, what.id)
        if shelf is None or shelf.quantity < quantity:
            return []
        taken: list[Taken] = []
        positions = shelf.positions
        for ticket in self._tickets(shelf.queues(), looked, programme):
            known = self._known.get(ticket.lot) or self._look_at(ticket.lot)
            if known.lot.expiry is not None and self._policy.days_left(known.lot.expiry, day.day) < 0:
                continue
            past = shelf.past(ticket.lot)
            if past.latest > day.day or not self._is_ordinary(depot.place, known.lot):
                return []
            position = positions[ticket.lot]
            units = min(quantity, position.count - position.out)
            one = _taken(known, ticket, position, units, past)
            if one is None:
                return []
            taken.append(one)
            quantity -= units
            if not quantity:
                return taken
        return []

    def apply(self, looked: Looked, taken: Iterable[Taken]) -> None:
        """Take it."""
        for one in taken:
            past, by = Past(one.came, looked.day.day), Moved(-one.units, -one.value)
            self._ledger.put(looked.source.place, one.known.lot, one.ticket, one.after, past, by)
            if one.after.out == one.after.count:
                self._known.pop(one.known.id, None)

    def _look_at(self, lot_id: str) -> Known:
        known = self._known[lot_id] = Known.of(self._ledger.lot(lot_id))
        return known

    def _is_ordinary(self, place: Place, lot: Lot) -> bool:
        """Whether nobody holds any of it, nobody has counted it, and it is in no packs."""
        ledger = self._ledger
        return not (
            lot.pack is not None
            or (len(ledger.holds) and ledger.holds.has_kept((place, lot.id)))
            or ledger.counted(place, lot.id)
        )

    def _tickets(
        self,
        queues: Iterable[tuple[tuple[Restriction, ...], Iterator[Ticket]]],
        looked: Looked,
        programme: str,
    ) -> Iterable[Ticket]:
        """The lots that the use is allowed for, in picking order."""
        allowed = [
            queue
            for restrictions, queue in queues
            if not restrictions or self._allows(restrictions, looked, programme)
        ]
        if self._by_age:
            return merge(*(sorted(queue, key=by_age) for queue in allowed), key=by_age)
        return allowed[0] if len(allowed) == 1 else merge(*allowed)

    def _allows(self, restrictions: tuple[Restriction, ...], looked: Looked, programme: str) -> bool:
        use = self._look.desk.use(looked.target.noun, looked.day.day, programme)
        return all(restriction.allows(use) for restriction in restrictions)


def _taken(known: Known, ticket: Ticket, position: Position, units: int, past: Past) -> Taken | None:
    """What so many units of a position carry, by the cumulative rule; None where a promise would not hold."""
    count, worth, out = position.count, position.worth, position.out
    before, then = worth * out // count, worth * (out + units) // count
    value, floor = then - before, known.floor
    heavy = worth - then - floor * (count - out - units)  # what is left above the floor
    if not 0 <= value - floor * units <= (0 if known.is_even else units):
        return None
    if units < 0 or not 0 <= heavy <= count - out - units:
        return None
    return Taken(known, units, value, Position(count, worth, out + units), past.came, ticket)
