"""Which lots goods are taken from.

Unless lots are named, usable lots go first expired, first out (FEFO): of those that the use is allowed
for, the soonest to expire; of these the more narrowly given, so that what is free stays free; then the
first that came in. First in, first out (FIFO) is asked for, or the policy of the book. Picking order is a
matter of goods; what they cost is a matter of the lot alone.

What is expired or recalled is not taken, named or not. What is held for somebody is taken under the name of
that hold, and by nobody else.

What is promised for some days is picked in the same order and moves nothing; it must be usable through the
last of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from types import MappingProxyType

import attrs

from reliefstock.catalogue import Item
from reliefstock.donations import Restriction, Use
from reliefstock.errors import HoldBroken, Incomplete, NotEnough, NotUsable, OutsideRestriction
from reliefstock.ledger import Draft, Hold, How, Lot, Place, Standing, Ticket
from reliefstock.operations.desk import Desk, packs_of
from reliefstock.operations.recalled import Recalls
from reliefstock.operations.renewed import lot_at
from reliefstock.policy import PickingRule
from reliefstock.values import Quantity, minor_digits

__all__ = ["HeldLot", "Pick", "Picker", "Taking", "by_age"]


@attrs.frozen
class Pick:
    """So many base units of a lot, worth so many minor units; `packs` where the lot came in packs."""

    lot: str
    quantity: int
    value: int
    packs: tuple[Quantity, ...] = ()


@attrs.frozen
class HeldLot:
    """So many base units of a lot that are held, or no longer; `packs` where the lot came in packs."""

    lot: str
    quantity: int
    packs: tuple[Quantity, ...] = ()


@attrs.frozen(kw_only=True)
class Taking:
    """What a line says of the lots that it is taken from.

    `lots` are named ones. `hold` is what was held for the recipient. `whole_packs` leaves no box open: only
    whole packs of each lot are taken, and loose units of none that came in packs.
    """

    lots: tuple[str, ...] = ()
    hold: str = ""
    whole_packs: bool = False

    @property
    def source(self) -> str:
        """Where the lots come from, in words, if not by a rule."""
        return "held lots" if self.hold else "named lots" if self.lots else ""


_ANY = Taking()
_NOTHING: Mapping[str, int] = MappingProxyType({})


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

    def __init__(
        self,
        desk: Desk,
        draft: Draft,
        source: Place,
        rule: PickingRule | None = None,
        *,
        until: date | None = None,
    ) -> None:
        self._desk = desk
        self._draft = draft
        self._source = source
        self._rule = rule or desk.policy.picking
        self._until = until or draft.on
        self._recalls = Recalls(desk, draft.on)
        self._queues: dict[str, list[_Queue]] = {}

    def rule(self, takings: Iterable[Taking]) -> str:
        """By which rule lots were taken for some lines, in words, for the document."""
        return ", ".join(dict.fromkeys(one.source or self._rule.value for one in takings))

    def take(
        self, item: str, quantity: int, target: Place, use: Use | None, taking: Taking = _ANY
    ) -> tuple[Pick, ...]:
        """Move base units of an item to a place, for a use (None: they stay in the house).

        Raises `NotEnough`, for named or held lots `NotUsable` or `OutsideRestriction`, and for a hold
        `Unknown`, `Incomplete` (it is for somebody or something else) or `HoldBroken` (it is over).
        """
        picks: list[Pick] = []
        of_item = self._desk.register.item(item)
        for lot, units in self._chosen(item, quantity, use, taking):
            value = self._draft.move(lot, self._source, target, units)
            picks.append(Pick(lot.id, units, value, packs_of(of_item, lot, units)))
            if taking.hold:
                held = self._desk.ledger.holds.standing((taking.hold, lot.id))
                self._draft.resolve(held.hold, units, How.FULFILLED)
        return tuple(picks)

    def hold(
        self, hold_id: str, item: str, quantity: int, use: Use, taking: Taking = _ANY
    ) -> tuple[HeldLot, ...]:
        """Hold base units of an item for a use through its day: what `take` would take, and nothing moves.

        Raises `NotEnough`, or for named lots `NotUsable` or `OutsideRestriction`.
        """
        lots: list[HeldLot] = []
        for lot, units in self._chosen(item, quantity, use, taking):
            hold = Hold(
                id=hold_id,
                place=self._source,
                lot=lot.id,
                quantity=units,
                since=self._draft.on,
                until=use.on,
                recipient=use.recipient,
                programme=use.programme,
            )
            self._draft.hold(hold)
            lots.append(HeldLot(lot.id, units, packs_of(self._desk.register.item(item), lot, units)))
        return tuple(lots)

    def _chosen(self, item: str, quantity: int, use: Use | None, taking: Taking) -> Iterator[tuple[Lot, int]]:
        """Lots in picking order and how much of each; each is taken or held before the next is asked for."""
        of_item = self._desk.register.item(item)
        wanted = quantity
        for lot, left in self._candidates(item, use, taking):
            units = min(wanted, left)
            if taking.whole_packs:
                units -= units % _pack_size(of_item, lot)
            if units > 0:
                wanted -= units
                yield lot, units
            if not wanted:
                return
        passed_over = tuple(self._passed_over(item, use, taking))
        raise self._not_enough(item, quantity, quantity - wanted, passed_over)

    def choose(
        self, item: str, quantity: int, use: Use, taking: Taking = _ANY, first: Iterable[Lot] = ()
    ) -> tuple[tuple[Lot, int], ...]:
        """Which lots would be taken of an item, and how many base units of each; nothing is moved.

        Those that come `first` go before all others, as long as they can be used: what comes to lie in the
        place by the same document is on no shelf yet. Raises what `take` raises.
        """
        chosen: dict[str, tuple[Lot, int]] = {}
        wanted = quantity
        for lot, left in chain(self._ready(first, use), self._candidates(item, use, taking)):
            units = 0 if lot.id in chosen else min(wanted, left)
            if units > 0:
                chosen[lot.id] = lot, units
                wanted -= units
            if not wanted:
                return tuple(chosen.values())
        taken = {lot_id: units for lot_id, (_, units) in chosen.items()}
        passed_over = tuple(self._passed_over(item, use, taking, taken))
        raise self._not_enough(item, quantity, quantity - wanted, passed_over)

    def available(self, item: str, use: Use) -> int:
        """How many base units of an item could be taken for a use."""
        return sum(left for _, left in self._candidates(item, use, _ANY))

    def _ready(self, lots: Iterable[Lot], use: Use) -> Iterator[tuple[Lot, int]]:
        """Lots that are at hand, those of them that can be used where their restrictions are kept."""
        keeps = attrs.evolve(use, keeps=True)
        for lot in lots:
            if not self.objection(lot) and not lot.objections(keeps):
                yield lot, self._draft.left(lot, self._source)

    def _candidates(self, item: str, use: Use | None, taking: Taking) -> Iterator[tuple[Lot, int]]:
        """Lots in the order in which they are taken, and how much of each can be."""
        if taking.hold:
            for one in self._held(item, use, taking):
                lot = self._desk.ledger.lot(one.hold.lot)
                if not self._refusal(lot, use):
                    yield lot, self._draft.left_of_hold(one, lot)
            return
        named = [self._named(lot_id, item, use) for lot_id in taking.lots]
        queues = self._fresh(item) if taking.whole_packs else self._queues_of(item)
        for lot in named or self._soonest(queues, use):
            yield lot, self._draft.left(lot, self._source)

    def _held(self, item: str, use: Use | None, taking: Taking) -> tuple[Standing, ...]:
        """What is kept under the id of a hold, if it is for this use, of this item, here and on this day."""
        held = self._desk.ledger.holds.of(taking.hold)
        hold, of_what = held[0].hold, self._desk.ledger.lot(held[0].hold.lot).item
        for_what = use.programme if use else ""
        whom = use.recipient if use else ""
        if whom != hold.recipient:
            missing = f"it is for {hold.recipient}, not for {whom or 'a warehouse'}"
            zh = f"为 {hold.recipient} 预留，不是为 {whom or '仓库'}"
        elif hold.programme not in ("", for_what):
            missing = f"it is for programme {hold.programme}, not for {for_what or 'any'}"
            zh = f"为活动 {hold.programme} 预留，而不是 {for_what or '不分活动'}"
        elif (of_what, hold.place) != (item, self._source):
            missing = f"it keeps {of_what} in {hold.place}, not {item} in {self._source}"
            zh = f"预留的是 {hold.place.id} 的 {of_what}，不是 {self._source.id} 的 {item}"
        elif taking.lots:
            missing = "lots are named beside it, and it keeps lots of its own"
            zh = "另写了批次，而预留的批次已定"
        else:
            _check_lasts(hold, self._draft.on)
            return held
        raise Incomplete(
            what=f"hold {hold.id}",
            missing=missing,
            do="take what it keeps, for whom and where it keeps it",
            zh=f"预留 {hold.id}：{zh}；请按其预留的物资、接收方和地点取用",
        )

    def _soonest(self, queues: list[_Queue], use: Use | None) -> Iterator[Lot]:
        """Usable lots that the use is allowed for, in picking order; what was given is left behind."""
        allowed = [queue for queue in queues if queue.allows(use)]
        while True:
            heads = [(queue.head, queue) for queue in allowed if queue.head is not None]
            if not heads:
                return
            ticket, queue = min(heads, key=_head_by_age if self._rule is PickingRule.FIFO else _by_ticket)
            lot = self._desk.ledger.lot(ticket.lot)
            if not self.objection(lot):
                yield lot
            queue.step()

    def _queues_of(self, item: str) -> list[_Queue]:
        """Queues that all lines share: whoever asks for another lot has taken all of the last one.

        Whoever takes whole packs has not, so such a line has queues of its own.
        """
        if item not in self._queues:
            self._queues[item] = self._fresh(item)
        return self._queues[item]

    def _fresh(self, item: str) -> list[_Queue]:
        there = self._desk.ledger.queues(self._source, item)
        if self._rule is PickingRule.FIFO:
            there = ((restrictions, iter(sorted(queue, key=by_age))) for restrictions, queue in there)
        queues = [_Queue(restrictions, tickets) for restrictions, tickets in there]
        for queue in queues:
            queue.step()
        return queues

    def objection(self, lot: Lot) -> str:
        """Why a lot cannot be used by anybody; nothing where it can."""
        if lot.expiry is not None:
            if self._desk.policy.days_left(lot.expiry, self._draft.on) < 0:
                return f"expired on {lot.expiry}"
            if self._desk.policy.days_left(lot.expiry, self._until) < 0:
                return f"expires on {lot.expiry}, before {self._until}"
        recall = self._recalls.of(lot)
        return "" if recall is None else f"came under recall {recall.number}"

    def _refusal(self, lot: Lot, use: Use | None) -> str:
        """Why a lot cannot be used for this use; nothing where it can."""
        objection = self.objection(lot)
        if not objection and use and lot.objections(use):
            return f"are for {lot.restriction_text()} only"
        return objection

    def _named(self, lot_id: str, item: str, use: Use | None) -> Lot:
        lot = self._desk.ledger.lot(lot_at(self._desk, self._source, lot_id))
        what = f"lot {lot_id}"
        if lot.item != item:
            raise NotUsable(what=what, reason=f"it is {lot.item}, not {item}", do="name another lot")
        objection = self.objection(lot)
        if objection:
            raise NotUsable(what=what, reason=f"it {objection}", do="name another lot, or write it off")
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

    def _passed_over(
        self, item: str, use: Use | None, taking: Taking, taken: Mapping[str, int] = _NOTHING
    ) -> Iterator[str]:
        """Why what is there could not be taken, lot by lot; what is `taken` and not moved yet left aside."""
        of_item = self._desk.register.item(item)
        if taking.hold:
            for one in self._desk.ledger.holds.of(taking.hold):
                yield from self._held_over(of_item, one, use)
            return
        for lot_id in dict.fromkeys(taking.lots) or self._desk.ledger.stock(self._source, item):
            yield from self._left_over(of_item, self._desk.ledger.lot(lot_id), use, taken.get(lot_id, 0))

    def _held_over(self, item: Item, one: Standing, use: Use | None) -> Iterator[str]:
        lot = self._desk.ledger.lot(one.hold.lot)
        kept, left = self._draft.kept(one), self._draft.left_of_hold(one, lot)
        if kept > left:
            yield f"{_said(item, kept - left)} of lot {lot.id} are held and not there any more"
        if left:
            reason = self._refusal(lot, use) or _by_pack(lot)
            yield f"{_said(item, left)} of lot {lot.id} {reason}"

    def _left_over(self, item: Item, lot: Lot, use: Use | None, taken: int) -> Iterator[str]:
        left = self._draft.left(lot, self._source) - taken
        held = self._draft.held(lot, self._source)
        if held:
            yield f"{_said(item, held)} of lot {lot.id} are held for others"
        if left:
            reason = self._refusal(lot, use) or _by_pack(lot)
            yield f"{_said(item, left)} of lot {lot.id} {reason}"


def _check_lasts(hold: Hold, on: date) -> None:
    if on > hold.until:
        reason = f"it was over after {hold.until}, and nothing is taken under it on {on}; allocate anew"
        raise HoldBroken(hold=hold.id, lot=hold.lot, reason=reason)
    if on < hold.since:
        reason = f"it begins on {hold.since}, and nothing is taken under it on {on}"
        raise HoldBroken(hold=hold.id, lot=hold.lot, reason=reason)


def _by_pack(lot: Lot) -> str:
    """Why loose units are left where all else was taken: whole packs were asked for."""
    return f"go by whole {lot.pack} only"


def _said(item: Item, units: int) -> str:
    return str(item.stated(units)) if item.counted_by_value else str(units)


def _pack_size(item: Item, lot: Lot) -> int:
    """The fewest base units that are whole packs of a lot: of packs of two and a half, five are two."""
    return 1 if lot.pack is None else (lot.pack.ratio / item.unit.ratio).numerator  # exact: Fraction


def by_age(ticket: Ticket) -> tuple[date, int]:
    """By what lots are ordered where the first that came in goes first."""
    return ticket.received, ticket.number


def _head_by_age(head: tuple[Ticket, _Queue]) -> tuple[date, int]:
    return by_age(head[0])


def _by_ticket(head: tuple[Ticket, _Queue]) -> Ticket:
    return head[0]
