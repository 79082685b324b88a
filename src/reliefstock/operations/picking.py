"""Which lots goods are taken from.

Unless lots are named, usable lots go first expired, first out (FEFO): of those that the use is allowed
for, the soonest to expire; of these the more narrowly given, so that what is free stays free; then the
first that came in. First in, first out (FIFO) is asked for, or the policy of the book. Picking order is a
matter of goods; what they cost is a matter of the lot alone.

What is held for somebody is taken under the name of that hold, and by nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from reliefstock.catalogue import Item
from reliefstock.donations import Restriction, Use
from reliefstock.errors import Incomplete, NotEnough, NotUsable, OutsideRestriction
from reliefstock.ledger import Draft, Hold, How, Lot, Place, Ticket
from reliefstock.operations.desk import Desk
from reliefstock.policy import PickingRule
from reliefstock.values import Quantity, minor_digits

__all__ = ["Pick", "Picker", "Taking", "packs_of"]


@attrs.frozen
class Pick:
    """So many base units of a lot, worth so many minor units; `packs` where the lot came in packs."""

    lot: str
    quantity: int
    value: int
    packs: tuple[Quantity, ...] = ()


@attrs.frozen(kw_only=True)
class Taking:
    """What a line says of the lots that it is taken from.

    `lots` are named ones. `hold` is what was held for `whom`. `whole_packs` leaves no box open: only whole
    packs of each lot are taken, and loose units of none that came in packs.
    """

    lots: tuple[str, ...] = ()
    hold: str = ""
    whom: str = ""
    whole_packs: bool = False

    @property
    def source(self) -> str:
        """Where the lots come from, in words, if not by a rule."""
        return "held lots" if self.hold else "named lots" if self.lots else ""


_ANY = Taking()


def packs_of(item: Item, lot: Lot, quantity: int) -> tuple[Quantity, ...]:
    """Base units of a lot in the packs that it came in, and what is loose; none where it came in none."""
    stated = item.stated(quantity)
    return () if lot.pack is None or not isinstance(stated, Quantity) else lot.in_packs(stated)


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

    def __init__(self, desk: Desk, draft: Draft, source: Place, rule: PickingRule | None = None) -> None:
        self._desk = desk
        self._draft = draft
        self._source = source
        self._rule = rule or desk.policy.picking
        self._queues: dict[str, list[_Queue]] = {}

    def rule(self, takings: Iterable[Taking]) -> str:
        """By which rule lots were taken for some lines, in words, for the document."""
        return ", ".join(dict.fromkeys(one.source or self._rule.value for one in takings))

    def take(
        self, item: str, quantity: int, target: Place, use: Use | None, taking: Taking = _ANY
    ) -> tuple[Pick, ...]:
        """Move base units of an item to a place, for a use (None: they stay in the house).

        Raises `NotEnough`, for named or held lots `NotUsable` or `OutsideRestriction`, and for a hold
        `Unknown` or `Incomplete` (it is for somebody or something else).
        """
        of_item = self._desk.register.item(item)
        picks: list[Pick] = []
        wanted = quantity
        for lot, left in self._candidates(item, use, taking):
            taken = min(wanted, left)
            if taking.whole_packs:
                taken -= taken % _pack_size(of_item, lot)
            if taken > 0:
                value = self._draft.move(lot, self._source, target, taken)
                picks.append(Pick(lot.id, taken, value, packs_of(of_item, lot, taken)))
                wanted -= taken
                if taking.hold:
                    self._draft.resolve(taking.hold, lot.id, taken, How.FULFILLED)
            if not wanted:
                return tuple(picks)
        passed_over = () if taking.lots or taking.hold else tuple(self._passed_over(item, use, taking))
        raise self._not_enough(item, quantity, quantity - wanted, passed_over)

    def _candidates(self, item: str, use: Use | None, taking: Taking) -> Iterator[tuple[Lot, int]]:
        """Lots in the order in which they are taken, and how much of each can be."""
        if taking.hold:
            for hold in self._holds(item, taking):
                lot = self._named(hold.lot, item, use)
                yield lot, self._draft.left_of_hold(hold.id, lot, self._source)
            return
        named = [self._named(lot_id, item, use) for lot_id in taking.lots]
        for lot in named or self._soonest(item, use):
            yield lot, self._draft.left(lot, self._source)

    def _holds(self, item: str, taking: Taking) -> tuple[Hold, ...]:
        holds = self._desk.ledger.holds.of(taking.hold)
        what = f"hold {taking.hold}"
        if holds[0].recipient != taking.whom:
            raise Incomplete(
                what=what, missing=f"it is for {holds[0].recipient}, not for {taking.whom}", do="name another"
            )
        if holds[0].place != self._source or self._desk.ledger.lot(holds[0].lot).item != item:
            of_what = self._desk.ledger.lot(holds[0].lot).item
            raise Incomplete(
                what=what,
                missing=f"it keeps {of_what} in {holds[0].place}, not {item} in {self._source}",
                do="take it from where it is held",
            )
        return holds

    def _soonest(self, item: str, use: Use | None) -> Iterator[Lot]:
        """Usable lots that the use is allowed for, in picking order.

        Whoever asks for another lot has taken all of the last one, so it is left behind.
        """
        queues = [queue for queue in self._queues_of(item) if queue.allows(use)]
        while True:
            heads = [(queue.head, queue) for queue in queues if queue.head is not None]
            if not heads:
                return
            ticket, queue = min(heads, key=_head_by_age if self._rule is PickingRule.FIFO else _by_ticket)
            lot = self._desk.ledger.lot(ticket.lot)
            if self._usable(lot):
                yield lot
            queue.step()

    def _queues_of(self, item: str) -> list[_Queue]:
        if item not in self._queues:
            there = self._desk.ledger.queues(self._source, item)
            if self._rule is PickingRule.FIFO:
                there = ((restrictions, iter(sorted(queue, key=_by_age))) for restrictions, queue in there)
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

    def _passed_over(self, item: str, use: Use | None, taking: Taking) -> Iterator[str]:
        """Why what is there could not be taken, lot by lot."""
        of_item = self._desk.register.item(item)
        for lot in map(self._desk.ledger.lot, self._desk.ledger.stock(self._source, item)):
            left = self._draft.left(lot, self._source)
            held = self._draft.there(lot, self._source) - left
            if held > 0:
                yield f"{_said(of_item, held)} of lot {lot.id} are held for others"
            if left <= 0:
                continue
            stated = _said(of_item, left)
            if not self._usable(lot):
                yield f"{stated} of lot {lot.id} expired on {lot.expiry}"
            elif taking.whole_packs and not (use and lot.objections(use)):
                yield f"{stated} of lot {lot.id} are no whole {lot.pack.code if lot.pack else 'pack'}"
            else:
                yield f"{stated} of lot {lot.id} are for {lot.restriction_text()} only"


def _said(item: Item, units: int) -> str:
    return str(item.stated(units)) if item.counted_by_value else str(units)


def _pack_size(item: Item, lot: Lot) -> int:
    """How many base units a pack of the lot holds; one where it has no pack that holds a whole number."""
    if lot.pack is None:
        return 1
    holds = lot.pack.ratio / item.unit.ratio  # exact: Fraction
    return holds.numerator if holds.denominator == 1 else 1


def _by_age(ticket: Ticket) -> tuple[date, int]:
    return ticket.received, ticket.number


def _head_by_age(head: tuple[Ticket, _Queue]) -> tuple[date, int]:
    return _by_age(head[0])


def _by_ticket(head: tuple[Ticket, _Queue]) -> Ticket:
    return head[0]
