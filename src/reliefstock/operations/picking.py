"""Which lots goods are taken from.

Unless lots are named, usable lots go first expired, first out (FEFO): of those that the use is allowed
for, the soonest to expire; of these the more narrowly given, so that what is free stays free; then the
first that came in. Picking order is a matter of goods; what they cost is a matter of the lot alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from reliefstock.donations import Restriction, Use
from reliefstock.errors import NotEnough, NotUsable, OutsideRestriction
from reliefstock.ledger import Draft, Lot, Place, Ticket
from reliefstock.operations.desk import Desk
from reliefstock.values import minor_digits

__all__ = ["Pick", "Picker"]


@attrs.frozen
class Pick:
    """So many base units of a lot, worth so many minor units."""

    lot: str
    quantity: int
    value: int


@attrs.define
class _Queue:
    """Lots of one restriction in picking order; those before `head` are left behind for good."""

    restrictions: tuple[Restriction, ...]
    waiting: Iterator[Ticket]
    head: Ticket | None = None

    def step(self) -> None:
        self.head = next(self.waiting, None)

    def allows(self, use: Use | None) -> bool:
        return use is None or all(restriction.allows(use) for restriction in self.restrictions)


class Picker:
    """Takes lots of one place for the lines of one document, each line for its own use."""

    def __init__(self, desk: Desk, draft: Draft, source: Place) -> None:
        self._desk = desk
        self._draft = draft
        self._source = source
        self._queues: dict[str, list[_Queue]] = {}

    def take(
        self, item: str, quantity: int, target: Place, use: Use | None, named: tuple[str, ...] = ()
    ) -> tuple[Pick, ...]:
        """Move base units of an item to a place, for a use (None: they stay in the house).

        Raises `NotEnough`, or for named lots `NotUsable` or `OutsideRestriction`.
        """
        lots = [self._named(lot_id, item, use) for lot_id in named] if named else self._soonest(item, use)
        picks: list[Pick] = []
        wanted = quantity
        for lot in lots:
            taken = min(wanted, self._draft.left(lot, self._source))
            if taken > 0:
                value = self._draft.move(lot, self._source, target, taken)
                picks.append(Pick(lot.id, taken, value))
                wanted -= taken
            if not wanted:
                return tuple(picks)
        passed_over = () if named else tuple(self._passed_over(item))
        raise self._not_enough(item, quantity, quantity - wanted, passed_over)

    def _soonest(self, item: str, use: Use | None) -> Iterator[Lot]:
        """Usable lots that the use is allowed for, in picking order.

        Whoever asks for another lot has taken all of the last one, so it is left behind.
        """
        queues = [queue for queue in self._queues_of(item) if queue.allows(use)]
        while True:
            heads = [(queue.head, queue) for queue in queues if queue.head is not None]
            if not heads:
                return
            ticket, queue = min(heads, key=_by_ticket)
            lot = self._desk.ledger.lot(ticket.lot)
            if self._usable(lot):
                yield lot
            queue.step()

    def _queues_of(self, item: str) -> list[_Queue]:
        if item not in self._queues:
            there = self._desk.ledger.queues(self._source, item)
            self._queues[item] = [_Queue(restrictions, tickets) for restrictions, tickets in there]
            for queue in self._queues[item]:
                queue.step()
        return self._queues[item]

    def _usable(self, lot: Lot) -> bool:
        if lot.expiry is None:
            return True
        on = self._draft.on
        return on <= lot.expiry if self._desk.policy.expiry_day_usable else on < lot.expiry

    def _named(self, lot_id: str, item: str, use: Use | None) -> Lot:
        lot = self._desk.ledger.lot(lot_id)
        what = f"lot {lot_id}"
        if lot.item != item:
            raise NotUsable(what=what, reason=f"it is {lot.item}, not {item}", do="name another lot")
        if not self._usable(lot):
            raise NotUsable(what=what, reason=f"it expired on {lot.expiry}", do="write it off")
        if use and lot.objections(use):
            raise OutsideRestriction(lot=lot_id, restriction=lot.restriction_text(), asked=use.text())
        return lot

    def _not_enough(self, item: str, asked: int, there: int, passed_over: tuple[str, ...]) -> NotEnough:
        currency = self._desk.register.item(item).currency
        return NotEnough(
            item=item,
            place=str(self._source),
            on=self._draft.on,
            asked=asked,
            there=there,
            passed_over=passed_over,
            currency=currency,
            decimals=0 if currency is None else minor_digits(currency),
        )

    def _passed_over(self, item: str) -> Iterator[str]:
        """Why what is left could not be taken, lot by lot: it is expired, or given for something else."""
        of_item = self._desk.register.item(item)
        for lot in map(self._desk.ledger.lot, self._desk.ledger.stock(self._source, item)):
            left = self._draft.left(lot, self._source)
            if left <= 0:
                continue
            stated = str(of_item.stated(left)) if of_item.counted_by_value else left
            if not self._usable(lot):
                yield f"{stated} of lot {lot.id} expired on {lot.expiry}"
            else:
                yield f"{stated} of lot {lot.id} are for {lot.restriction_text()} only"


def _by_ticket(head: tuple[Ticket, _Queue]) -> Ticket:
    return head[0]
