"""Which lots goods are taken from.

Unless lots are named, usable lots go first expired, first out (FEFO): of those that the use is allowed
for, the soonest to expire; of these the more narrowly given, so that what is free stays free; then the
first that came in. Picking order is a matter of goods; what they cost is a matter of the lot alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.donations import Use
from reliefstock.errors import NotEnough, NotUsable, OutsideRestriction
from reliefstock.ledger import Draft, Lot, Place
from reliefstock.operations.desk import Desk

__all__ = ["Pick", "Picker"]


@attrs.frozen
class Pick:
    """So many base units of a lot, worth so many minor units."""

    lot: str
    quantity: int
    value: int


class Picker:
    """Takes lots of one place for the lines of one document, each line for its own use."""

    def __init__(self, desk: Desk, draft: Draft, source: Place) -> None:
        self._desk = desk
        self._draft = draft
        self._source = source
        self._queues: dict[str, list[Lot]] = {}

    def take(
        self, item: str, quantity: int, target: Place, use: Use | None, named: tuple[str, ...] = ()
    ) -> tuple[Pick, ...]:
        """Move base units of an item to a place, for a use (None: they stay in the house).

        Raises `NotEnough`, or for named lots `NotUsable` or `OutsideRestriction`.
        """
        lots = [self._named(lot_id, item, use) for lot_id in named] if named else self._queue(item)
        picks: list[Pick] = []
        wanted = quantity
        for lot in self._allowed(lots, use):
            taken = min(wanted, self._draft.left(lot, self._source))
            if taken > 0:
                value = self._draft.move(lot, self._source, target, taken)
                picks.append(Pick(lot.id, taken, value))
                wanted -= taken
            if not wanted:
                return tuple(picks)
        raise self._not_enough(item, quantity, quantity - wanted, use)

    def _queue(self, item: str) -> list[Lot]:
        """Lots of the item that are there now, in picking order, without those already used up."""
        if item not in self._queues:
            stock = self._desk.ledger.stock(self._source, item)
            self._queues[item] = sorted(map(self._desk.ledger.lot, stock), key=_order)
        queue = self._queues[item]
        while queue and self._draft.left(queue[0], self._source) <= 0:
            queue.pop(0)
        return queue

    def _allowed(self, lots: list[Lot], use: Use | None) -> Iterator[Lot]:
        for lot in lots:
            if self._usable(lot, self._draft.on) and not (use and lot.objections(use)):
                yield lot

    def _usable(self, lot: Lot, on: date) -> bool:
        if lot.expiry is None:
            return True
        return on <= lot.expiry if self._desk.policy.expiry_day_usable else on < lot.expiry

    def _named(self, lot_id: str, item: str, use: Use | None) -> Lot:
        lot = self._desk.ledger.lot(lot_id)
        if lot.item != item:
            raise NotUsable(what=f"lot {lot_id}", reason=f"it is {lot.item}, not {item}", do="name another lot")
        if not self._usable(lot, self._draft.on):
            raise NotUsable(what=f"lot {lot_id}", reason=f"it expired on {lot.expiry}", do="write it off")
        if use and lot.objections(use):
            raise OutsideRestriction(lot=lot_id, restriction=lot.restriction_text(), asked=use.text())
        return lot

    def _not_enough(self, item: str, asked: int, there: int, use: Use | None) -> NotEnough:
        return NotEnough(
            item=item,
            place=str(self._source),
            on=self._draft.on,
            asked=asked,
            there=there,
            passed_over=tuple(self._passed_over(item, use)),
        )

    def _passed_over(self, item: str, use: Use | None) -> Iterator[str]:
        for lot_id in self._desk.ledger.stock(self._source, item):
            lot = self._desk.ledger.lot(lot_id)
            left = self._draft.left(lot, self._source)
            if left <= 0:
                continue
            if not self._usable(lot, self._draft.on):
                yield f"{left} of lot {lot_id} expired on {lot.expiry}"
            elif use and lot.objections(use):
                yield f"{left} of lot {lot_id} are for {lot.restriction_text()} only"


def _order(lot: Lot) -> tuple[date, bool, date]:
    return (lot.expiry or date.max, not lot.restrictions, lot.received)
