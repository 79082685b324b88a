"""What a place holds of one item: its positions, and its lots in picking order.

Picking order is first expired, first out; of these the more narrowly given first, so that what is free
stays free; then the first that came in. Lots stand in it from the moment when they come: whoever takes
goods looks at the lots that are taken and not at all that there are. Lots of one restriction share a
queue, so that a use asks once whether it is allowed and not lot by lot.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from reliefstock.donations import Restriction
from reliefstock.ledger.lot import Lot
from reliefstock.ledger.position import Position

__all__ = ["Moved", "Past", "Shelf", "Ticket"]


class Ticket(NamedTuple):
    """The place of a lot in the order; no two lots of a book have the same number."""

    expiry: date
    free: bool
    received: date
    number: int
    lot: str

    @classmethod
    def of(cls, lot: Lot, number: int) -> Ticket:
        """The ticket of the lot that came in as the `number`th of its book."""
        return cls(lot.expiry or date.max, not lot.restrictions, lot.received, number, lot.id)


class Past(NamedTuple):
    """What is ready of the past of a lot in a place, so that its timeline need not be read.

    `came` is the posting that brought it there from nothing: its entry, and its line in that; `latest` is the
    latest date that anything of it was ever posted there.
    """

    came: tuple[int, int]
    latest: date


class Moved(NamedTuple):
    """By how many units, and how much value, a position changes."""

    quantity: int
    value: int


class Shelf:
    """Positions of one item in one place; none is empty. `quantity` and `value` are their sums."""

    __slots__ = ("_past", "_positions", "_queues", "quantity", "value")

    def __init__(self) -> None:
        self.quantity = 0
        self.value = 0
        self._positions: dict[str, Position] = {}
        self._past: dict[str, Past] = {}
        self._queues: dict[tuple[Restriction, ...], list[Ticket]] = {}

    @property
    def positions(self) -> Mapping[str, Position]:
        """By lot, in the order in which they came here."""
        return MappingProxyType(self._positions)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is there."""
        return not self._positions

    def queues(self) -> Iterator[tuple[tuple[Restriction, ...], Iterator[Ticket]]]:
        """Lots by their restrictions, each queue in picking order, to be read once."""
        return ((restrictions, iter(tickets)) for restrictions, tickets in self._queues.items())

    def past(self, lot: str) -> Past:
        """What is known of the past of a lot that is here."""
        return self._past[lot]

    def put(self, lot: Lot, ticket: Ticket, position: Position, past: Past, by: Moved) -> None:
        """Set the position of a lot, which comes, stays or goes, with what is known of its past.

        It has changed by so many units, worth so much.
        """
        self.quantity += by.quantity
        self.value += by.value
        if position.count != position.out:
            if lot.id not in self._positions:
                insort(self._queues.setdefault(lot.restrictions, []), ticket)
            self._positions[lot.id] = position
            self._past[lot.id] = past
            return
        del self._positions[lot.id], self._past[lot.id]
        queue = self._queues[lot.restrictions]
        del queue[bisect_left(queue, ticket)]
        if not queue:
            del self._queues[lot.restrictions]
