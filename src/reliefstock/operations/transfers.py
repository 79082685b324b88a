"""Goods go on the road, and a waybill goes with them.

From then on they are in transit: a place of its own, named by the waybill, neither on hand nor lost. It is
left by what arrives (`arriving`) and by what is sent elsewhere (`diverting`), and by nothing else; so a
waybill always adds up, and what is not there when it is due is known to be overdue.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

import attrs
from attrs.converters import optional

from reliefstock.donations import Use
from reliefstock.errors import Incomplete, NotOpen, Unknown
from reliefstock.ledger import EntryKind, Place, PlaceKind
from reliefstock.operations.desk import Desk, Document, Proposal, Request
from reliefstock.operations.loading import Load, check_load
from reliefstock.operations.picking import Picker, Taking
from reliefstock.operations.renewed import Renewals
from reliefstock.parties import Society, Warehouse
from reliefstock.policy import PickingRule
from reliefstock.values import (
    Money,
    Quantity,
    Who,
    add_days,
    business_date,
    member_of,
    near,
    one_form,
    optional_date,
    several,
)

__all__ = [
    "ConsignedLine",
    "Dispatch",
    "Road",
    "Waybill",
    "WaybillLine",
    "consignee",
    "dispatch",
    "due_by",
    "on_the_road",
    "overdue",
]


@attrs.frozen
class ConsignedLine:
    """So much of an item is to go; from the lots named, from what is held, or by the rule of the request.

    `whole_packs` opens no box: only whole packs of each lot go.
    """

    item: str
    quantity: Quantity | Money
    lots: tuple[str, ...] = attrs.field(default=(), converter=several)
    hold: str = attrs.field(default="", converter=one_form, kw_only=True)
    whole_packs: bool = attrs.field(default=False, kw_only=True)

    @property
    def taking(self) -> Taking:
        """What it says of the lots that it is taken from."""
        return Taking(lots=self.lots, hold=self.hold, whole_packs=self.whole_packs)


@attrs.frozen(kw_only=True)
class Dispatch(Request["Waybill"]):
    """Goods leave a warehouse for another warehouse, or for another society.

    `due` is the day on which they are expected there; by the policy of the book where it is not stated.
    """

    origin: str = attrs.field(converter=one_form)
    to: str = attrs.field(converter=one_form)
    lines: tuple[ConsignedLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    carrier: Who = ""
    programme: str = attrs.field(default="", converter=one_form)
    source_document: str = ""
    picking: PickingRule | None = attrs.field(default=None, converter=optional(member_of(PickingRule)))
    due: date | None = attrs.field(default=None, converter=optional_date)
    vehicle: str = attrs.field(default="", converter=one_form)


@attrs.frozen
class WaybillLine:
    """One lot on a waybill. `value` is in minor units; `packs` says it in the packs that the lot came in.

    `hold` is what it was taken under, where it was held before.
    """

    lot: str
    item: str
    quantity: Quantity | Money
    value: int
    packs: tuple[Quantity, ...] = ()
    hold: str = ""


@attrs.frozen(kw_only=True)
class Waybill(Document):
    """What was dispatched, from where, to whom, and when it is due there.

    One that was made on the road names the waybill that it was `diverted_from`, why, and who approved it;
    the origin is still the depot that the goods left. `load` is what it weighed, and what room it took, by
    what was known then, where a vehicle is named.
    """

    prefix: ClassVar[str] = "WB"
    zh: ClassVar[str] = "货运单"
    en: ClassVar[str] = "Waybill"

    origin: str
    to: str
    to_society: bool
    lines: tuple[WaybillLine, ...]
    carrier: Who
    programme: str
    source_document: str
    due: date
    picking: str = ""
    diverted_from: str = ""
    reason: str = ""
    approved_by: Who = ""
    vehicle: str = ""
    load: Load | None = None

    @property
    def transit(self) -> Place:
        """Where the goods are until they arrive."""
        return Place(PlaceKind.TRANSIT, self.number)

    @property
    def destination(self) -> Place:
        """Where they are when they have arrived."""
        return Place(PlaceKind.SOCIETY if self.to_society else PlaceKind.WAREHOUSE, self.to)


@attrs.frozen(kw_only=True)
class Road:
    """What is on the road of a waybill, by the lots that it is now: `now` says so of those on the waybill.

    Quantities are in base units: what was `dispatched`, and what of it is `left`.
    """

    waybill: Waybill
    now: Mapping[str, str]
    dispatched: Mapping[str, int]
    left: Mapping[str, int]

    @classmethod
    def of(cls, desk: Desk, waybill: Waybill, renewals: Renewals) -> Road:
        """The road of a waybill as it is now."""
        now = {line.lot: renewals.now(waybill.transit, line.lot) for line in waybill.lines}
        dispatched = dict.fromkeys(now.values(), 0)
        for line in waybill.lines:
            item = desk.register.item(line.item)
            dispatched[now[line.lot]] += item.base_units(line.quantity)
        left = {lot: desk.ledger.position(waybill.transit, lot).quantity for lot in dispatched}
        return cls(waybill=waybill, now=now, dispatched=dispatched, left=left)

    @property
    def is_open(self) -> bool:
        """Whether anything is on it."""
        return any(self.left.values())

    def lot(self, named: str) -> str | None:
        """The lot that is meant by one of those on the waybill, or by what it is now; None for any other."""
        return self.now.get(named, named if named in self.left else None)


def dispatch(desk: Desk, asked: Dispatch) -> Proposal:
    """Put goods on the road. To another society they must be free for its use, or for it to pass on.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NotEnough`, for named lots `NotUsable` or
    `OutsideRestriction`, for a hold `HoldBroken`, or `OverCapacity` (it is too much for the vehicle).
    """
    on = desk.day(asked.on)
    number = desk.next_number(Waybill)
    if not asked.lines:
        raise Incomplete(
            what="a waybill",
            missing="it has no lines",
            do="state what is sent",
            zh="货运单：没有明细；请写明发运什么",
        )
    if asked.to == asked.origin:
        raise Incomplete(
            what="a waybill",
            missing=f"it goes from {asked.origin} to itself",
            do="name another consignee",
            zh=f"货运单：由 {asked.origin} 运往其自身；请写明另一收货方",
        )
    source, transit = desk.warehouse(asked.origin), Place(PlaceKind.TRANSIT, number)
    to_society, use = consignee(desk, asked.to, on, asked.programme)
    draft = desk.draft(number, on)
    picker = Picker(desk, draft, source, asked.picking)
    lines: list[WaybillLine] = []
    for line in asked.lines:
        item = desk.register.item(line.item)
        units = item.base_units(line.quantity)
        picks = picker.take(item.id, units, transit, use, line.taking)
        lines += (
            WaybillLine(pick.lot, item.id, item.stated(pick.quantity), pick.value, pick.packs, line.hold)
            for pick in picks
        )
    goods = ((line.item, desk.register.item(line.item).base_units(line.quantity)) for line in lines)
    load = check_load(desk, number, asked.vehicle, goods)
    entry = draft.finish(EntryKind.DISPATCH, programme=asked.programme)
    document = Waybill(
        number=number,
        on=on,
        entries=(entry,),
        origin=asked.origin,
        to=asked.to,
        to_society=to_society,
        lines=tuple(lines),
        carrier=asked.carrier,
        programme=asked.programme,
        source_document=asked.source_document,
        due=due_by(desk, on, asked.due),
        picking=picker.rule(line.taking for line in asked.lines),
        vehicle=asked.vehicle,
        load=load,
    )
    return Proposal(document, draft.entries, outcomes=draft.outcomes)


def consignee(desk: Desk, to: str, on: date, programme: str) -> tuple[bool, Use | None]:
    """Whether goods go to another society, and then the use that this is; to a warehouse it is none.

    Raises `Unknown`, or `Incomplete` where it cannot be told which of the two is meant.
    """
    to_warehouse, to_society = desk.register.has(Warehouse, to), desk.register.has(Society, to)
    if to_warehouse and to_society:
        raise Incomplete(
            what="a waybill",
            missing=f"{to} is a warehouse and a society, so it does not say whose the goods will be",
            do="give one of the two another id",
            zh=f"货运单：{to} 既是仓库又是红十字会，看不出货物将归谁；请给其中一个另取编号",
        )
    if to_warehouse:
        return False, None
    if to_society:
        return True, desk.use(desk.register.society(to), on, programme)
    known = [noun.id for kind in (Warehouse, Society) for noun in desk.register.all(kind)]
    raise Unknown(what="warehouse or society", given=to, near=near(to, known))


def due_by(desk: Desk, on: date, stated: date | None) -> date:
    """When what leaves on a day is due: as stated, or by the policy of the book. Raises `Incomplete`."""
    if stated is None:
        return add_days(on, desk.policy.transit_days)
    if stated < on:
        raise Incomplete(
            what="a waybill",
            missing=f"it is due on {stated}, and leaves on {on}",
            do="state the day on which the goods are expected",
            zh=f"货运单：应到日期为 {stated}，而发货日期为 {on}；请写明预计到货的日期",
        )
    return stated


def on_the_road(desk: Desk, waybill: Waybill, asked: str) -> Road:
    """What is still on the road of a waybill.

    Raises `NotOpen` where nothing is: it is settled or reversed, and cannot be what is `asked`.
    """
    road = Road.of(desk, waybill, Renewals.of(desk))
    if not road.is_open:
        state = "reversed" if desk.is_reversed(waybill) else "settled"
        raise NotOpen(document=waybill.number, state=state, asked=asked)
    return road


def overdue(desk: Desk, through: date) -> tuple[Waybill, ...]:
    """The waybills that were due before a day and of which anything is still on the road, by number."""
    renewals = Renewals.of(desk)
    late = (waybill for waybill in desk.documents_of(Waybill) if waybill.due < through)
    return tuple(waybill for waybill in late if Road.of(desk, waybill, renewals).is_open)
