"""Goods on the road are sent elsewhere: to another consignee, or back to the depot that they left.

What is diverted gets a waybill of its own, which names the one that it came from, and goes from the one
consignment to the other without ever being on hand. So both waybills add up, and whoever waited at the first
place can read where the goods went.
"""

from __future__ import annotations

from datetime import date

import attrs

from reliefstock.donations import Use
from reliefstock.errors import Incomplete, Unknown
from reliefstock.ledger import Draft, EntryKind, Place, PlaceKind
from reliefstock.operations.desk import Desk, Proposal, Request, packs_of, required
from reliefstock.operations.picking import Picker, Taking
from reliefstock.operations.transfers import Road, Waybill, WaybillLine, consignee, due_by, on_the_road
from reliefstock.values import Money, Quantity, Who, business_date, one_form, optional_date, several

__all__ = ["Divert", "DivertedLine", "divert"]


@attrs.frozen
class DivertedLine:
    """So much of a lot on a waybill goes elsewhere; all that is still on the road, where it is not stated."""

    lot: str
    quantity: Quantity | Money | None = None


@attrs.frozen(kw_only=True)
class Divert(Request["Waybill"]):
    """What is still on the road of a waybill goes `to` another consignee, all of it or the lines stated.

    `to` may be where it came from: then it is returned to the sender. The carrier stays the same unless
    another is named.
    """

    waybill: str
    to: str = attrs.field(converter=one_form)
    on: date = attrs.field(converter=business_date)
    reason: str
    approved_by: Who
    lines: tuple[DivertedLine, ...] = attrs.field(default=(), converter=several)
    carrier: Who = ""
    due: date | None = attrs.field(default=None, converter=optional_date)


def divert(desk: Desk, asked: Divert) -> Proposal:
    """Send goods that are on the road elsewhere, on a waybill of their own.

    To another society they must be usable, and free for its use or for it to pass on, as when they are
    dispatched; to a warehouse whatever is on the road can go.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NotOpen` (nothing of the waybill is on the road),
    `NotEnough` or `BelowZero` (more than is on the road), `NotUsable` or `OutsideRestriction`.
    """
    first = desk.document(asked.waybill, Waybill)
    on = desk.day(asked.on)
    reason = required("why a consignment is diverted", asked.reason, "state the reason", zh="改运原因")
    approved_by = required("who approved a diversion", asked.approved_by, "state it", zh="改运的批准人")
    if asked.to == first.to:
        raise Incomplete(
            what=f"the diversion of {first.number}",
            missing=f"it goes to {first.to} already",
            do="name another consignee, or the depot that it left",
            zh=f"{first.number} 的改运：本来就运往 {first.to}；请写明另一收货方，或其发货仓库",
        )
    to_society, use = consignee(desk, asked.to, on, first.programme)
    taken = _taken(desk, asked, on_the_road(desk, first, "diverted"))
    number = desk.next_number(Waybill)
    draft = desk.draft(number, on)
    transit = Place(PlaceKind.TRANSIT, number)
    lines = tuple(_move(desk, draft, (first.transit, transit), one, use) for one in taken.items())
    entry = draft.finish(EntryKind.DIVERSION, programme=first.programme)
    document = Waybill(
        number=number,
        on=on,
        entries=(entry,),
        origin=first.origin,
        to=asked.to,
        to_society=to_society,
        lines=lines,
        carrier=asked.carrier or first.carrier,
        programme=first.programme,
        source_document=first.source_document,
        due=due_by(desk, on, asked.due),
        diverted_from=first.number,
        reason=reason,
        approved_by=approved_by,
    )
    return Proposal(document, draft.entries)


def _taken(desk: Desk, asked: Divert, road: Road) -> dict[str, int]:
    """How much of which lot is diverted, in base units: all that is left, or what the lines say."""
    if not asked.lines:
        return {lot: units for lot, units in road.left.items() if units}
    taken: dict[str, int] = {}
    for line in asked.lines:
        lot = road.lot(line.lot)
        if lot is None:
            raise Unknown(what=f"lot on waybill {asked.waybill}", given=line.lot, near=tuple(road.now))
        if lot in taken or not road.left[lot]:
            gone = f"nothing of lot {line.lot} is on the road any more"
            raise Incomplete(
                what=f"the diversion of {asked.waybill}",
                missing=f"lot {line.lot} stands on two lines" if lot in taken else gone,
                do="leave the line out",
                zh=f"{asked.waybill} 的改运：批次 {line.lot} {'有两行' if lot in taken else '已不在途'}；"
                "请去掉这一行",
            )
        item = desk.register.item(desk.ledger.lot(lot).item)
        taken[lot] = road.left[lot] if line.quantity is None else item.base_units(line.quantity)
    return taken


def _move(
    desk: Desk, draft: Draft, road: tuple[Place, Place], taken: tuple[str, int], use: Use | None
) -> WaybillLine:
    """From the one road to the other; what another society is to use must be usable by it."""
    (source, target), (lot_id, units) = road, taken
    lot = desk.ledger.lot(lot_id)
    item = desk.register.item(lot.item)
    if use is None:
        value = draft.move(lot, source, target, units)
    else:
        [pick] = Picker(desk, draft, source).take(item.id, units, target, use, Taking(lots=(lot_id,)))
        value = pick.value
    return WaybillLine(lot_id, item.id, item.stated(units), value, packs_of(item, lot, units))
