"""Goods on the road: a waybill goes out, a receiving report comes back.

Between the two the goods are in transit: a place of its own, named by the waybill, neither on hand nor
lost. The report says of every lot on the waybill what came; what is missing, spoilt or too much is
booked to whoever had it in custody, also when nothing came at all. So a waybill always adds up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import ClassVar

import attrs
from attrs.converters import optional

from reliefstock.donations import Use
from reliefstock.errors import Incomplete, NotOpen, Unknown
from reliefstock.ledger import Draft, EntryKind, Lot, Place, PlaceKind
from reliefstock.operations.desk import (
    Desk,
    Document,
    Proposal,
    Request,
    different_people,
    required,
    units_of,
)
from reliefstock.operations.picking import Picker, Taking
from reliefstock.parties import Society, Warehouse
from reliefstock.policy import PickingRule
from reliefstock.values import Money, Quantity, business_date, member_of, near, one_form, several

__all__ = [
    "Arrive",
    "ArrivedLine",
    "ConsignedLine",
    "Dispatch",
    "ReceivingReport",
    "SettledLine",
    "Stage",
    "Waybill",
    "WaybillLine",
    "arrive",
    "dispatch",
]


class Stage(Enum):
    """In whose custody a difference arose; unresolved until somebody has signed for it."""

    SENDER = "sender"
    CARRIER = "carrier"
    RECEIVER = "receiver"
    UNRESOLVED = "unresolved"


# Out


@attrs.frozen
class ConsignedLine:
    """So much of an item is to go; from the lots named, from what is held, or by the rule of the request.

    `whole_packs` opens no box: only whole packs of each lot go.
    """

    item: str
    quantity: Quantity | Money
    lots: tuple[str, ...] = attrs.field(default=(), converter=several)
    hold: str = attrs.field(default="", kw_only=True)
    whole_packs: bool = attrs.field(default=False, kw_only=True)

    def taking(self, whom: str) -> Taking:
        """What it says of the lots that it is taken from."""
        return Taking(lots=self.lots, hold=self.hold, whom=whom, whole_packs=self.whole_packs)


@attrs.frozen(kw_only=True)
class Dispatch(Request["Waybill"]):
    """Goods leave a warehouse for another warehouse, or for another society."""

    origin: str = attrs.field(converter=one_form)
    to: str = attrs.field(converter=one_form)
    lines: tuple[ConsignedLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    carrier: str = ""
    programme: str = attrs.field(default="", converter=one_form)
    source_document: str = ""
    picking: PickingRule | None = attrs.field(default=None, converter=optional(member_of(PickingRule)))


@attrs.frozen
class WaybillLine:
    """One lot on a waybill. `value` is in minor units; `packs` says it in the packs that the lot came in."""

    lot: str
    item: str
    quantity: Quantity | Money
    value: int
    packs: tuple[Quantity, ...] = ()


@attrs.frozen(kw_only=True)
class Waybill(Document):
    """What was dispatched, from where, to whom."""

    prefix: ClassVar[str] = "WB"
    zh: ClassVar[str] = "货运单"
    en: ClassVar[str] = "Waybill"

    origin: str
    to: str
    to_society: bool
    lines: tuple[WaybillLine, ...]
    carrier: str
    programme: str
    source_document: str
    picking: str = ""


def dispatch(desk: Desk, asked: Dispatch) -> Proposal:
    """Put goods on the road. To another society they must be free for its use, or for it to pass on.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NotEnough`, or for named lots `NotUsable` or
    `OutsideRestriction`.
    """
    on = desk.day(asked.on)
    number = desk.next_number(Waybill)
    if not asked.lines:
        raise Incomplete(what="a waybill", missing="it has no lines", do="state what is sent")
    source, transit = desk.warehouse(asked.origin), Place(PlaceKind.TRANSIT, number)
    to_society, use = _consignee(desk, asked, on)
    draft = desk.draft(number, on)
    picker = Picker(desk, draft, source, asked.picking)
    lines: list[WaybillLine] = []
    for line in asked.lines:
        item = desk.register.item(line.item)
        units = item.base_units(line.quantity)
        picks = picker.take(item.id, units, transit, use, line.taking(asked.to))
        lines += (
            WaybillLine(pick.lot, item.id, item.stated(pick.quantity), pick.value, pick.packs)
            for pick in picks
        )
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
        picking=picker.rule(line.taking(asked.to) for line in asked.lines),
    )
    return Proposal(document, draft.entries, outcomes=draft.outcomes)


def _consignee(desk: Desk, asked: Dispatch, on: date) -> tuple[bool, Use | None]:
    if asked.to == asked.origin:
        raise Incomplete(
            what="a waybill", missing=f"it goes from {asked.origin} to itself", do="name another consignee"
        )
    to_warehouse, to_society = desk.register.has(Warehouse, asked.to), desk.register.has(Society, asked.to)
    if to_warehouse and to_society:
        raise Incomplete(
            what="a waybill",
            missing=f"{asked.to} is a warehouse and a society, so it does not say whose the goods will be",
            do="give one of the two another id",
        )
    if to_warehouse:
        return False, None
    if to_society:
        return True, desk.use(desk.register.society(asked.to), on, asked.programme)
    known = [noun.id for kind in (Warehouse, Society) for noun in desk.register.all(kind)]
    raise Unknown(what="warehouse or society", given=asked.to, near=near(asked.to, known))


# In


@attrs.frozen
class ArrivedLine:
    """What came of one lot. What is neither received nor damaged is short, or over.

    `stage` is the custody in which a shortage or a surplus arose, `damage_stage` the one in which the
    damage was done.
    """

    lot: str
    received: Quantity | Money | None = None
    damaged: Quantity | Money | None = attrs.field(default=None, kw_only=True)
    stage: Stage = attrs.field(default=Stage.UNRESOLVED, converter=member_of(Stage), kw_only=True)
    damage_stage: Stage = attrs.field(default=Stage.UNRESOLVED, converter=member_of(Stage), kw_only=True)


@attrs.frozen(kw_only=True)
class Arrive(Request["ReceivingReport"]):
    """A consignment arrives, or does not (`nothing_arrived`): then all of it is booked to `stage`.

    Where more came than was sent, goods appear in the book, so somebody else approves it (`approved_by`).
    """

    waybill: str
    on: date = attrs.field(converter=business_date)
    received_by: str
    lines: tuple[ArrivedLine, ...] = attrs.field(default=(), converter=several)
    nothing_arrived: bool = False
    stage: Stage = attrs.field(default=Stage.UNRESOLVED, converter=member_of(Stage))
    note: str = ""
    approved_by: str = ""


@attrs.frozen(kw_only=True)
class SettledLine:
    """One lot of a waybill, settled: received + damaged + short = dispatched + over, in base units."""

    lot: str
    item: str
    dispatched: int
    received: int
    damaged: int
    short: int
    over: int
    stage: Stage
    damage_stage: Stage


@attrs.frozen(kw_only=True)
class ReceivingReport(Document):
    """What came of a waybill, against what was dispatched."""

    prefix: ClassVar[str] = "RR"
    zh: ClassVar[str] = "到货验收单"
    en: ClassVar[str] = "Receiving report"

    waybill: str
    lines: tuple[SettledLine, ...]
    received_by: str
    note: str
    approved_by: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether all that was dispatched came, whole, and no more."""
        return not any(line.damaged or line.short or line.over for line in self.lines)


def arrive(desk: Desk, asked: Arrive) -> Proposal:
    """Settle a waybill: every lot on it ends at the consignee, or in a loss that somebody answers for.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NotOpen` (it is settled, or was reversed),
    `NeedsApproval` (more came than was sent, and nobody else approves it), or `BelowZero` (it was not on
    the road yet on that date).
    """
    waybill = desk.document(asked.waybill, Waybill)
    on = desk.day(asked.on)
    required("who received a consignment", asked.received_by, "state it")
    transit = Place(PlaceKind.TRANSIT, waybill.number)
    sent = {line.lot: desk.ledger.position(transit, line.lot).quantity for line in waybill.lines}
    if not any(sent.values()):
        state = "reversed" if desk.is_reversed(waybill) else "settled"
        raise NotOpen(document=waybill.number, state=state, asked="received")
    number = desk.next_number(ReceivingReport)
    settled = [_settle(desk, line, sent[line.lot]) for line in _stated_lines(asked, sent)]
    if any(line.over for line in settled):
        people = (asked.received_by, asked.approved_by)
        different_people(f"more than was sent by {waybill.number}", people, desk.policy.approvers)
    draft = desk.draft(number, on)
    _book_found(draft, desk, transit, settled)
    target = Place(PlaceKind.SOCIETY if waybill.to_society else PlaceKind.WAREHOUSE, waybill.to)
    for line in settled:
        _book_line(draft, desk.ledger.lot(line.lot), transit, target, line)
    draft.finish(EntryKind.ARRIVAL, programme=waybill.programme)
    document = ReceivingReport(
        number=number,
        on=on,
        entries=tuple(entry.number for entry in draft.entries),
        waybill=waybill.number,
        lines=tuple(settled),
        received_by=asked.received_by,
        note=asked.note,
        approved_by=asked.approved_by,
    )
    return Proposal(document, draft.entries)


def _stated_lines(asked: Arrive, sent: Mapping[str, int]) -> tuple[ArrivedLine, ...]:
    """One line for each lot on the waybill: silence about a lot is never read as its loss."""
    if asked.nothing_arrived:
        if asked.lines:
            raise Incomplete(
                what=f"receiving report of {asked.waybill}",
                missing="it says that nothing arrived, and lists what did",
                do="choose one",
            )
        return tuple(ArrivedLine(lot, stage=asked.stage) for lot in sent)
    stated = [line.lot for line in asked.lines]
    for lot in stated:
        if lot not in sent:
            raise Unknown(what=f"lot on waybill {asked.waybill}", given=lot, near=tuple(sent))
    missing = [lot for lot in sent if stated.count(lot) != 1]
    if missing:
        raise Incomplete(
            what=f"receiving report of {asked.waybill}",
            missing=f"lot {', '.join(missing)} must stand on exactly one line",
            do="state what came of it, or that nothing did",
        )
    return asked.lines


def _settle(desk: Desk, line: ArrivedLine, dispatched: int) -> SettledLine:
    item = desk.register.item(desk.ledger.lot(line.lot).item)
    received, damaged = units_of(item, line.received), units_of(item, line.damaged)
    difference = dispatched - received - damaged
    return SettledLine(
        lot=line.lot,
        item=item.id,
        dispatched=dispatched,
        received=received,
        damaged=damaged,
        short=max(0, difference),
        over=max(0, -difference),
        stage=line.stage,
        damage_stage=line.damage_stage,
    )


def _book_found(draft: Draft, desk: Desk, transit: Place, settled: list[SettledLine]) -> None:
    """What is over was on the road too: first it is found, then it arrives with the rest."""
    over = [line for line in settled if line.over]
    for line in over:
        gain = Place(PlaceKind.GAIN, f"over-{line.stage.value}")
        draft.move(desk.ledger.lot(line.lot), gain, transit, line.over)
    if over:
        draft.finish(EntryKind.FOUND)


def _book_line(draft: Draft, lot: Lot, transit: Place, target: Place, line: SettledLine) -> None:
    ends = (
        (target, line.received),
        (Place(PlaceKind.LOSS, f"damaged-{line.damage_stage.value}"), line.damaged),
        (Place(PlaceKind.LOSS, f"short-{line.stage.value}"), line.short),
    )
    for place, quantity in ends:
        if quantity:
            draft.move(lot, transit, place, quantity)
