"""Goods are promised for a time: an allocation holds them, and moves nothing.

Lots are held where they lie, in the order in which they would be given out, and through the last day of the
hold they must be usable and within their restrictions. Nobody else is given what is held. It is given to the
one it is held for under the id of its line (`hold=` of a distribution or a dispatch), in parts if need be;
what is not needed is released; and what is left after the last day is free again by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import attrs
from attrs.converters import optional

from reliefstock.catalogue import Item
from reliefstock.errors import HoldBroken, Incomplete, NotOpen, NotUsable
from reliefstock.ledger import Draft, Hold, How, Ledger, Place, Shelf, Standing
from reliefstock.operations.desk import Desk, Document, Proposal, Request, packs_of, required
from reliefstock.operations.picking import HeldLot, Picker, Taking
from reliefstock.operations.planned import PlanRecord, check_plan
from reliefstock.operations.revalued import Revaluation
from reliefstock.operations.revaluing import move_holds_back
from reliefstock.policy import PickingRule, Policy
from reliefstock.values import Money, Quantity, Who, business_date, member_of, one_form, several

__all__ = [
    "Allocate",
    "AllocatePlan",
    "Allocation",
    "AllocationLine",
    "HeldLine",
    "HeldLot",
    "HoldRelease",
    "Prospect",
    "ReleaseHold",
    "allocate",
    "allocate_plan",
    "goods",
    "prospects",
    "release_hold",
    "take_back_holds",
]


# Hold


@attrs.frozen
class AllocationLine:
    """So much of an item is promised to a household, a school or a society; `whole_packs` opens no box.

    Lots are chosen by the rule of the request, unless they are named.
    """

    recipient: str
    item: str
    quantity: Quantity | Money
    lots: tuple[str, ...] = attrs.field(default=(), converter=several)
    whole_packs: bool = attrs.field(default=False, kw_only=True)

    @property
    def taking(self) -> Taking:
        """What it says of the lots that are held."""
        return Taking(lots=self.lots, whole_packs=self.whole_packs)


@attrs.frozen(kw_only=True)
class Allocate(Request["Allocation"]):
    """Goods of a warehouse are promised from the day of the allocation to the day `until`, both included."""

    warehouse: str
    lines: tuple[AllocationLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    until: date = attrs.field(converter=business_date)
    programme: str = attrs.field(default="", converter=one_form)
    source_document: str
    approved_by: Who
    picking: PickingRule | None = attrs.field(default=None, converter=optional(member_of(PickingRule)))


@attrs.frozen(kw_only=True)
class AllocatePlan(Allocate):
    """The same by a plan: the lines hold what it gives, or the part of it that lies in this warehouse."""

    plan: PlanRecord


@attrs.frozen
class HeldLine:
    """What is held for one recipient under the id `hold`, and in which lots."""

    hold: str
    recipient: str
    item: str
    quantity: Quantity | Money
    lots: tuple[HeldLot, ...]


@attrs.frozen(kw_only=True)
class Allocation(Document):
    """Who was promised what, from which lots, through which day, approved by whom; and by which `plan`."""

    prefix: ClassVar[str] = "AL"
    zh: ClassVar[str] = "分配单"
    en: ClassVar[str] = "Allocation"

    warehouse: str
    until: date
    programme: str
    lines: tuple[HeldLine, ...]
    picking: str
    source_document: str
    approved_by: Who
    plan: PlanRecord | None = None

    @property
    def holds(self) -> tuple[str, ...]:
        """The ids under which it is held, a line each."""
        return tuple(line.hold for line in self.lines)


def allocate(desk: Desk, asked: Allocate) -> Proposal:
    """Hold goods for recipients, all of the lines or none.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NotEnough` (it says what is held for others), or for
    named lots `NotUsable` (they are expired before the last day, recalled, or lie in quarantine) or
    `OutsideRestriction`.
    """
    on = desk.day(asked.on)
    number = desk.next_number(Allocation)
    paper = required(
        "the paper of an allocation",
        asked.source_document,
        "name the plan or the decision",
        zh="分配的依据（方案或决定）",
    )
    approved_by = required("who approved an allocation", asked.approved_by, "state it", zh="分配的批准人")
    if not asked.lines:
        raise Incomplete(
            what="an allocation",
            missing="it has no lines",
            do="state who is promised what",
            zh="分配单：没有明细；请写明为谁预留什么",
        )
    if asked.until < on:
        raise Incomplete(
            what="an allocation",
            missing=f"its last day {asked.until} is before its first, {on}",
            do="state through which day the goods are held",
            zh=f"分配单：最后一天 {asked.until} 早于第一天 {on}；请写明预留至哪一天",
        )
    place = desk.warehouse(asked.warehouse)
    draft = desk.draft(number, on)
    picker = Picker(desk, draft, place, asked.picking, until=asked.until)
    lines = tuple(
        _hold(desk, picker, asked, line, f"{number}-{count}") for count, line in enumerate(asked.lines, 1)
    )
    document = Allocation(
        number=number,
        on=on,
        warehouse=place.id,
        until=asked.until,
        programme=asked.programme,
        lines=lines,
        picking=picker.rule(line.taking for line in asked.lines),
        source_document=paper,
        approved_by=approved_by,
        plan=asked.plan if isinstance(asked, AllocatePlan) else None,
    )
    return Proposal(document, holds=draft.holds)


def allocate_plan(desk: Desk, asked: AllocatePlan) -> Proposal:
    """Hold what a plan gives, all of it or none, and remember the plan.

    Raises what `allocate` raises, and `Incomplete` where the lines hold more than the plan gives, or it gives
    more than there was.
    """
    item = goods(desk, asked.plan.item)
    for share in asked.plan.shares:
        desk.register.recipient(share.recipient)
    check_plan(asked.plan, item, ((line.recipient, line.item, line.quantity) for line in asked.lines))
    return allocate(desk, asked)


def _hold(desk: Desk, picker: Picker, asked: Allocate, line: AllocationLine, hold_id: str) -> HeldLine:
    recipient, item = desk.register.recipient(line.recipient), goods(desk, line.item)
    _check_not_apart(desk, desk.warehouse(asked.warehouse), line)
    use = desk.use(recipient, asked.until, asked.programme)
    lots = picker.hold(hold_id, item.id, item.base_units(line.quantity), use, line.taking)
    return HeldLine(hold_id, recipient.id, item.id, line.quantity, lots)


def goods(desk: Desk, item_id: str) -> Item:
    """The item of that id, if it is something that lies in a depot. Raises `Unknown`, or `Incomplete`."""
    item = desk.register.item(item_id)
    if not item.is_goods:
        raise Incomplete(
            what=item.id,
            missing=f"it is {item.measure.value}, which lies in no depot and is promised to nobody",
            do="name goods; what money there is, is on hand in the funds",
            zh=f"{item.id}：它是{item.measure.zh}，不存放在仓库，也不能预留；请改写物资，现有资金见资金账户",
        )
    return item


def _check_not_apart(desk: Desk, place: Place, line: AllocationLine) -> None:
    """A named lot of which there is only what is kept apart cannot be promised. Raises `NotUsable`."""
    for lot_id in line.lots:
        desk.ledger.lot(lot_id)
        apart = desk.ledger.position(desk.quarantine(place.id), lot_id).quantity
        if apart and not desk.ledger.position(place, lot_id).quantity:
            raise NotUsable(
                what=f"lot {lot_id}",
                reason=f"{apart} of it are in quarantine in {place.id}, and none outside",
                do="have it inspected and released first, or name another lot",
            )


# Release


@attrs.frozen(kw_only=True)
class ReleaseHold(Request["HoldRelease"]):
    """What is held is not needed: so much of it, or all that is left."""

    hold: str = attrs.field(converter=one_form)
    on: date = attrs.field(converter=business_date)
    quantity: Quantity | Money | None = None
    reason: str
    released_by: Who


@attrs.frozen(kw_only=True)
class HoldRelease(Document):
    """What is free again before its last day, of which lots, why and by whose word."""

    prefix: ClassVar[str] = "HR"
    zh: ClassVar[str] = "解除预留单"
    en: ClassVar[str] = "Release of a hold"

    hold: str
    recipient: str
    item: str
    quantity: Quantity | Money
    lots: tuple[HeldLot, ...]
    reason: str
    released_by: Who


def release_hold(desk: Desk, asked: ReleaseHold) -> Proposal:
    """Set free what is held, in whole or in part: first what is not there any more, then the last lots.

    So what is left of a promise is what can be met of it, from the lots that go out first.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, or `HoldBroken` (less is left, or it is over).
    """
    on = desk.day(asked.on)
    number = desk.next_number(HoldRelease)
    reason = required("why a hold is released", asked.reason, "state the reason", zh="解除预留的原因")
    released_by = required("who released a hold", asked.released_by, "state it", zh="解除预留的经办人")
    held = desk.ledger.holds.of(asked.hold)
    hold = held[0].hold
    item = desk.register.item(desk.ledger.lot(hold.lot).item)
    left = sum(one.left(on) for one in held)
    units = left if asked.quantity is None else item.base_units(asked.quantity)
    if not 0 < units <= left:
        raise HoldBroken(hold=hold.id, lot=hold.lot, reason=_why_not(hold, on, units, left))
    draft = desk.draft(number, on)
    lots: list[HeldLot] = []
    for one, count in _set_free(desk, held, on, units):
        draft.resolve(one.hold, count, How.RELEASED)
        lot = desk.ledger.lot(one.hold.lot)
        lots.append(HeldLot(lot.id, count, packs_of(item, lot, count)))
    document = HoldRelease(
        number=number,
        on=on,
        hold=hold.id,
        recipient=hold.recipient,
        item=item.id,
        quantity=item.stated(units) if asked.quantity is None else asked.quantity,
        lots=tuple(lots),
        reason=reason,
        released_by=released_by,
    )
    return Proposal(document, outcomes=draft.outcomes)


def _why_not(hold: Hold, on: date, units: int, left: int) -> str:
    if not hold.since <= on <= hold.until:
        return f"it lasts from {hold.since} to {hold.until}, and nothing is held under it on {on}"
    if not left:
        return f"nothing of it is left from {on} on"
    return f"{left} of it are left from {on} on, so {units} cannot be released"


def _set_free(desk: Desk, held: tuple[Standing, ...], on: date, units: int) -> Iterator[tuple[Standing, int]]:
    """How much of each lot is set free, beginning with what cannot be met."""
    if len(held) == 1:
        return iter(((held[0], units),))
    short = {one.hold.lot: _short(desk, one, on) for one in reversed(held)}
    freed = dict.fromkeys(short, 0)
    for parts in (short, {one.hold.lot: one.left(on) for one in reversed(held)}):
        for lot, most in parts.items():
            count = min(units, most - freed[lot])
            freed[lot] += count
            units -= count
    return ((one, freed[one.hold.lot]) for one in held if freed[one.hold.lot])


def _short(desk: Desk, standing: Standing, on: date) -> int:
    shelf = prospects(desk.ledger, desk.policy, standing.hold.shelf, on)
    return next((one.short for one in shelf if one.standing is standing), 0)


# What can be expected of holds


@attrs.frozen
class Prospect:
    """What can be expected of a hold on a lot: of so many base units that are `left`, `met` can be given.

    `usable` says whether the lot can be used through the last day of the hold.
    """

    standing: Standing
    left: int
    met: int
    usable: bool = True

    @property
    def short(self) -> int:
        """What was promised and cannot be given."""
        return self.left - self.met


def prospects(ledger: Ledger, policy: Policy, shelf: Shelf, on: date) -> Iterator[Prospect]:
    """What can be expected of the holds on a shelf from a day on: the first promised is met first.

    Nothing is met with what is expired before the last day of the hold.
    """
    place, lot = shelf[0], ledger.lot(shelf[1])
    timeline, taken = ledger.timeline(place, lot.id), 0
    for one in ledger.holds.on_shelf(shelf):
        day = max(on, one.hold.since)
        left = one.left(day)
        usable = lot.expiry is None or policy.days_left(lot.expiry, one.hold.until) >= 0
        there = 0 if timeline is None or not usable else max(0, timeline.least(day) - taken)
        if left:
            yield Prospect(one, left, min(left, there), usable)
        taken += min(left, there)


# What is taken back


def take_back_holds(desk: Desk, draft: Draft, document: Document) -> None:
    """What a document did to holds is undone as of the day of the draft, as far as they still last.

    What it resolved is held again. What an allocation promised is free again, unless something of it was
    given out. Raises `NotOpen`.
    """
    if isinstance(document, Revaluation):
        move_holds_back(desk, draft, document)
        return
    for outcome in desk.ledger.holds.resolved_by(document.number):
        hold = desk.ledger.holds.standing(outcome.key).hold
        _check_stands(desk, document, hold)
        if hold.since <= draft.on <= hold.until:
            draft.resolve(hold, -outcome.quantity, How.RESTORED)
    if isinstance(document, Allocation):
        for hold_id in document.holds:
            for one in desk.ledger.holds.of(hold_id):
                _withdraw(desk, draft, document, one)


def _check_stands(desk: Desk, document: Document, hold: Hold) -> None:
    allocation = desk.documents.get(hold.id.rpartition("-")[0])
    if allocation is not None and desk.is_reversed(allocation):
        raise NotOpen(
            document=document.number,
            state=f"about {hold.id}, whose allocation was reversed",
            asked="reversed",
            do="allocate anew",
        )


def _withdraw(desk: Desk, draft: Draft, document: Document, one: Standing) -> None:
    given = (out.document for out in one.outcomes if out.how is How.FULFILLED)
    standing = next((number for number in given if not desk.is_reversed(desk.documents[number])), None)
    if standing is not None:
        raise NotOpen(
            document=document.number,
            state="fulfilled in part",
            asked="reversed",
            do=f"reverse {standing} first, or release what is left",
        )
    left = one.left(max(draft.on, one.hold.since))
    if left:
        draft.resolve(one.hold, left, How.RELEASED)
