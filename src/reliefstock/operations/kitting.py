"""Kits: built of lots by a bill of materials, broken into them again, rebuilt when a component has changed.

Building and breaking are conversions (see `bench`). Kits that hold the same lots in the same number are a lot
with a conversion place of its own, in which exactly its components are. So when kits are broken their
components come out as the very lots that went in, in the exact number, and are worth what the kits are worth:
nothing is a copy, and no donor, restriction or fen is lost on the way in or out.

Kits that came ready have no components in the book. They are broken by a bill into new lots, which keep all
that stands on the kit and share out its value by reference prices.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import attrs
from attrs.converters import optional

from reliefstock.catalogue import Item
from reliefstock.donations import Use
from reliefstock.errors import Incomplete
from reliefstock.operations.bench import Bench, BrokenLine, BrokenLot, BuiltLot, Order, units_in
from reliefstock.operations.desk import (
    Desk,
    Document,
    Proposal,
    Request,
    different_people,
    pack_of,
    required,
)
from reliefstock.operations.picking import Picker
from reliefstock.policy import PickingRule
from reliefstock.values import Quantity, Who, business_date, member_of, one_form, several

__all__ = [
    "BreakKits",
    "BrokenLine",
    "BrokenLot",
    "BuildKits",
    "Buildable",
    "BuildableLine",
    "BuiltLot",
    "KitBreak",
    "KitBuild",
    "KitRebuild",
    "RebuildKits",
    "break_kits",
    "build_kits",
    "buildable",
    "rebuild_kits",
]


# Building


@attrs.frozen(kw_only=True)
class BuildKits(Request["KitBuild"]):
    """So many kits are built in a warehouse, by a version of their bill (None: the one that holds that day).

    Components are picked as for any use within the programme. What was given for a narrower use goes into a
    kit only where its lots are named, and the kit keeps the restriction; of a component of which lots are
    named, no others are taken.
    """

    kit: str
    count: Quantity
    warehouse: str
    on: date = attrs.field(converter=business_date)
    assembled_by: Who
    checked_by: Who
    version: str | None = None
    lots: tuple[str, ...] = attrs.field(default=(), converter=several)
    programme: str = attrs.field(default="", converter=one_form)
    picking: PickingRule | None = attrs.field(default=None, converter=optional(member_of(PickingRule)))


@attrs.frozen(kw_only=True)
class KitBuild(Document):
    """Which kits were built, by which version of the bill, of which lots."""

    prefix: ClassVar[str] = "KIT"
    zh: ClassVar[str] = "组包单"
    en: ClassVar[str] = "Kit build record"

    kit: str
    version: str
    count: Quantity
    warehouse: str
    built: tuple[BuiltLot, ...]
    programme: str
    picking: str
    assembled_by: Who
    checked_by: Who

    @property
    def lots(self) -> tuple[str, ...]:
        """The lots of kits that came out."""
        return tuple(one.lot for one in self.built)


def build_kits(desk: Desk, asked: BuildKits) -> Proposal:
    """Build kits: components into conversions, kits out of them, at the same value.

    Raises `DateTooFarAhead`, `Unknown`, `NeedsApproval`, `Incomplete`, `NotEnough` (which names the component
    that does not do), or for named lots `NotUsable` or `OutsideRestriction`.
    """
    on = desk.day(asked.on)
    number = desk.next_number(KitBuild)
    _two_people(desk, "assembling kits", asked.assembled_by, asked.checked_by)
    bill = desk.register.bill(asked.kit, asked.version, on=on)
    kit = desk.item(bill.item)
    count = kit.base_units(asked.count)
    draft = desk.draft(number, on)
    bench = Bench(desk, draft, number, desk.warehouse(asked.warehouse))
    order = Order(bill, count, asked.lots, asked.programme, asked.picking, pack_of(kit, asked.count))
    built, picking = bench.build(order)
    document = KitBuild(
        number=number,
        on=on,
        entries=tuple(entry.number for entry in draft.entries),
        kit=kit.id,
        version=bill.version,
        count=asked.count,
        warehouse=bench.place.id,
        built=built,
        programme=asked.programme,
        picking=picking,
        assembled_by=asked.assembled_by,
        checked_by=asked.checked_by,
    )
    return Proposal(document, draft.entries, draft.lots)


# Breaking


@attrs.frozen(kw_only=True)
class BreakKits(Request["KitBreak"]):
    """Kits are broken in a warehouse; `quarantined` says that they are kept apart there.

    Components come to lie where the kits were; what is recalled goes into quarantine.
    """

    warehouse: str
    lines: tuple[BrokenLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    reason: str
    broken_by: Who
    checked_by: Who
    quarantined: bool = False


@attrs.frozen(kw_only=True)
class KitBreak(Document):
    """Which kits were broken, why, and what came out."""

    prefix: ClassVar[str] = "KBR"
    zh: ClassVar[str] = "拆包单"
    en: ClassVar[str] = "Kit break record"

    warehouse: str
    broken: tuple[BrokenLot, ...]
    reason: str
    quarantined: bool
    broken_by: Who
    checked_by: Who


def break_kits(desk: Desk, asked: BreakKits) -> Proposal:
    """Break kits, a lot in part or whole; each line is an entry, so that kits of kits break one by one.

    Raises `DateTooFarAhead`, `Unknown`, `NeedsApproval`, `Incomplete` (nothing is stated, a lot is named
    twice, or an item has no price to share out the value by), `NotUsable` (more than were built), `BelowZero`
    (more than are there) or `ResidueLeft`.
    """
    on = desk.day(asked.on)
    number = desk.next_number(KitBreak)
    reason = required("why kits are broken", asked.reason, "state the reason", zh="拆包原因")
    _two_people(desk, "breaking kits", asked.broken_by, asked.checked_by)
    place = desk.quarantine(asked.warehouse) if asked.quarantined else desk.warehouse(asked.warehouse)
    draft = desk.draft(number, on)
    bench = Bench(desk, draft, number, place)
    broken = bench.break_all(asked.lines)
    document = KitBreak(
        number=number,
        on=on,
        entries=tuple(entry.number for entry in draft.entries),
        warehouse=place.id,
        broken=broken,
        reason=reason,
        quarantined=asked.quarantined,
        broken_by=asked.broken_by,
        checked_by=asked.checked_by,
    )
    return Proposal(document, draft.entries, draft.lots)


# Rebuilding


@attrs.frozen(kw_only=True)
class RebuildKits(Request["KitRebuild"]):
    """Kits of some lots are broken, and as many are built by another version of their bill, or the same.

    What comes out of the broken ones is used first, as long as it can be used; what is still missing is
    picked as in `BuildKits`, and what is left over stays in the warehouse.
    """

    warehouse: str
    lines: tuple[BrokenLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    reason: str
    assembled_by: Who
    checked_by: Who
    version: str | None = None
    lots: tuple[str, ...] = attrs.field(default=(), converter=several)
    programme: str = attrs.field(default="", converter=one_form)
    picking: PickingRule | None = attrs.field(default=None, converter=optional(member_of(PickingRule)))


@attrs.frozen(kw_only=True)
class KitRebuild(Document):
    """Which kits were broken and which were built instead, by which version of the bill, and why."""

    prefix: ClassVar[str] = "KRB"
    zh: ClassVar[str] = "改装单"
    en: ClassVar[str] = "Kit rebuild record"

    kit: str
    version: str
    warehouse: str
    broken: tuple[BrokenLot, ...]
    built: tuple[BuiltLot, ...]
    reason: str
    programme: str
    picking: str
    assembled_by: Who
    checked_by: Who

    @property
    def lots(self) -> tuple[str, ...]:
        """The lots of kits that came out."""
        return tuple(one.lot for one in self.built)


def rebuild_kits(desk: Desk, asked: RebuildKits) -> Proposal:
    """Break kits and build as many again, all of it or nothing.

    Raises what `break_kits` and `build_kits` raise, and `Incomplete` where the kits are of two items.
    """
    on = desk.day(asked.on)
    number = desk.next_number(KitRebuild)
    reason = required(
        "why kits are rebuilt", asked.reason, "state what has changed", zh="改装原因（有何变化）"
    )
    _two_people(desk, "assembling kits", asked.assembled_by, asked.checked_by)
    draft = desk.draft(number, on)
    bench = Bench(desk, draft, number, desk.warehouse(asked.warehouse))
    broken = bench.break_all(asked.lines)
    kit = _one_kit(desk, asked.lines)
    bill = desk.register.bill(kit.id, asked.version, on=on)
    count = sum(kit.base_units(line.quantity) for line in asked.lines)
    pack = pack_of(kit, *(line.quantity for line in asked.lines))
    built, picking = bench.build(Order(bill, count, asked.lots, asked.programme, asked.picking, pack))
    document = KitRebuild(
        number=number,
        on=on,
        entries=tuple(entry.number for entry in draft.entries),
        kit=kit.id,
        version=bill.version,
        warehouse=bench.place.id,
        broken=broken,
        built=built,
        reason=reason,
        programme=asked.programme,
        picking=picking,
        assembled_by=asked.assembled_by,
        checked_by=asked.checked_by,
    )
    return Proposal(document, draft.entries, draft.lots)


def _one_kit(desk: Desk, lines: Iterable[BrokenLine]) -> Item:
    items = tuple(dict.fromkeys(desk.ledger.lot(line.lot).item for line in lines))
    if len(items) > 1:
        raise Incomplete(
            what="kits to be rebuilt",
            missing=f"they are of {len(items)} items ({', '.join(items)})",
            do="rebuild the kits of each item by a document of its own",
            zh=f"待改装的组合包：有 {len(items)} 种物资（{'、'.join(items)}）；请每种物资各开一张改装单",
        )
    return desk.item(*items)


# How many could be built


@attrs.frozen(kw_only=True)
class BuildableLine:
    """One component: so much of it is in one kit, so much can be used, which does for so many kits."""

    item: str
    per_kit: int
    usable: int

    @property
    def kits(self) -> int:
        """For how many kits it does."""
        return self.usable // self.per_kit


@attrs.frozen(kw_only=True)
class Buildable:
    """How many kits could be built in a warehouse on a day, for a programme, of what is free for it.

    Quantities are in base units of the items. Component kits count where they are ready: how many of these
    could be built first is a question of its own.
    """

    kit: str
    version: str
    warehouse: str
    on: date
    lines: tuple[BuildableLine, ...]

    @property
    def kits(self) -> int:
        """How many could be built: as many as the scarcest component does for."""
        return min(line.kits for line in self.lines)

    @property
    def limits(self) -> tuple[str, ...]:
        """The components of which there is no more than for that."""
        return tuple(line.item for line in self.lines if line.kits == self.kits)

    def missing(self, count: int) -> dict[str, int]:
        """What would still be needed of which components for so many kits, in base units."""
        needed = ((line.item, line.per_kit * count - line.usable) for line in self.lines)
        return {item: units for item, units in needed if units > 0}


def buildable(
    desk: Desk, kit: str, warehouse: str, on: date | str, *, version: str | None = None, programme: str = ""
) -> Buildable:
    """Ask how many kits could be built; nothing is posted. Raises `DateTooFarAhead` or `Unknown`."""
    day = desk.day(on)
    bill = desk.register.bill(kit, version, on=day)
    place = desk.warehouse(warehouse)
    picker = Picker(desk, desk.draft("", day), place)
    use = Use(on=day, programme=programme)
    lines = (
        BuildableLine(item=item, per_kit=units, usable=picker.available(item, use))
        for item, units in units_in(desk, bill).items()
    )
    return Buildable(kit=bill.item, version=bill.version, warehouse=place.id, on=day, lines=tuple(lines))


def _two_people(desk: Desk, what: str, first: str, second: str) -> None:
    """Kits become stock like goods that come in, so that as many people look at them."""
    different_people(what, (first, second), min(desk.policy.counters, 2))
