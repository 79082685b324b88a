"""Goods arrive: a receiving report says what came, of one waybill or of several.

A report settles its waybills: of every lot that is still on the road it says what came; what is missing,
spoilt or too much is booked to whoever had it in custody, also when nothing came at all. Or it is partial:
then it says what came, and the rest stays on the road. Silence is never read as a loss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import ClassVar

import attrs

from reliefstock.errors import Incomplete, Unknown
from reliefstock.ledger import Draft, EntryKind, Place, PlaceKind
from reliefstock.operations.desk import (
    Desk,
    Document,
    Proposal,
    Request,
    different_people,
    required,
    units_of,
)
from reliefstock.operations.recalled import landing_place
from reliefstock.operations.transfers import Road, Waybill, on_the_road
from reliefstock.values import Money, Quantity, Who, business_date, member_of, near, several

__all__ = ["Arrive", "ArrivedLine", "ReceivingReport", "SettledLine", "Stage", "arrive"]


class Stage(Enum):
    """In whose custody a difference arose; unresolved until somebody has signed for it."""

    SENDER = "sender"
    CARRIER = "carrier"
    RECEIVER = "receiver"
    UNRESOLVED = "unresolved"


@attrs.frozen
class ArrivedLine:
    """What came of one lot: usable, to be looked at in quarantine, or damaged.

    What is none of these is short, or over; in a partial report it is still on the road. `stage` is the
    custody in which a shortage or a surplus arose, `damage_stage` the one in which the damage was done.
    `noted_on_waybill` says that the loss was written on the carrier's waybill, without which a claim is lost
    (CARE). `waybill` is named where the lot is on more than one of those that arrive together.
    """

    lot: str
    received: Quantity | Money | None = None
    quarantined: Quantity | Money | None = attrs.field(default=None, kw_only=True)
    damaged: Quantity | Money | None = attrs.field(default=None, kw_only=True)
    stage: Stage = attrs.field(default=Stage.UNRESOLVED, converter=member_of(Stage), kw_only=True)
    damage_stage: Stage = attrs.field(default=Stage.UNRESOLVED, converter=member_of(Stage), kw_only=True)
    noted_on_waybill: bool = attrs.field(default=False, kw_only=True)
    waybill: str = attrs.field(default="", kw_only=True)


@attrs.frozen(kw_only=True)
class Arrive(Request["ReceivingReport"]):
    """Consignments arrive, in part or for good, or do not (`nothing_arrived`): then `stage` answers for all.

    `partial` says that the rest is still on the road. Where more came than was sent, goods appear in the
    book, so somebody else approves it (`approved_by`).
    """

    waybills: tuple[str, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    received_by: Who
    lines: tuple[ArrivedLine, ...] = attrs.field(default=(), converter=several)
    partial: bool = False
    nothing_arrived: bool = False
    stage: Stage = attrs.field(default=Stage.UNRESOLVED, converter=member_of(Stage))
    note: str = ""
    approved_by: Who = ""


@attrs.frozen(kw_only=True)
class SettledLine:
    """One lot of a waybill and what came of it, in base units; values are in minor units.

    dispatched + over = earlier + received + quarantined + damaged + short + left. `earlier` is what had left
    the road before: arrived, lost or diverted; `left` is what is still on it.
    """

    waybill: str
    lot: str
    item: str
    dispatched: int
    earlier: int
    received: int
    quarantined: int
    damaged: int
    short: int
    over: int
    left: int
    stage: Stage
    damage_stage: Stage
    noted_on_waybill: bool
    damaged_value: int
    short_value: int
    over_value: int


@attrs.frozen(kw_only=True)
class ReceivingReport(Document):
    """What came of waybills, against what was dispatched; after a `partial` one more is to come."""

    prefix: ClassVar[str] = "RR"
    zh: ClassVar[str] = "到货验收单"
    en: ClassVar[str] = "Receiving report"

    waybills: tuple[str, ...]
    lines: tuple[SettledLine, ...]
    received_by: Who
    note: str
    approved_by: Who = ""
    partial: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether all that was on the road came, undamaged, and no more."""
        return not any(line.damaged or line.short or line.over or line.left for line in self.lines)


def arrive(desk: Desk, asked: Arrive) -> Proposal:
    """Take in what came; unless the report is partial, every lot ends at the consignee or in a loss.

    What is recalled goes into quarantine, whatever is said of it.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NotOpen` (a waybill is settled, or was reversed),
    `NeedsApproval` (more came than was sent, and nobody else approves it), or `BelowZero` (it was not on
    the road yet on that date).
    """
    waybills = _waybills(desk, asked)
    on = desk.day(asked.on)
    required("who received a consignment", asked.received_by, "state it", zh="收货人")
    roads = {one.number: on_the_road(desk, one, "received") for one in waybills}
    said = _said(asked, roads)
    settled = {
        number: [_settle(desk, asked, road, line) for line in said[number]] for number, road in roads.items()
    }
    _check_over(desk, asked, settled)
    number = desk.next_number(ReceivingReport)
    draft = desk.draft(number, on)
    lines = [line for one in waybills for line in _book(desk, draft, one, settled[one.number])]
    document = ReceivingReport(
        number=number,
        on=on,
        entries=tuple(entry.number for entry in draft.entries),
        waybills=asked.waybills,
        lines=tuple(lines),
        received_by=asked.received_by,
        note=asked.note,
        approved_by=asked.approved_by,
        partial=asked.partial,
    )
    return Proposal(document, draft.entries)


# What is said of which waybill


def _waybills(desk: Desk, asked: Arrive) -> tuple[Waybill, ...]:
    """The waybills of a report: each once, and all of them to one consignee."""
    waybills = tuple(desk.document(number, Waybill) for number in asked.waybills)
    what = "a receiving report"
    if not waybills:
        raise Incomplete(
            what=what,
            missing="it names no waybill",
            do="name those that arrive",
            zh="到货验收单：没有写明货运单；请写明到货的货运单",
        )
    if len(set(asked.waybills)) < len(waybills):
        raise Incomplete(
            what=what,
            missing="it names a waybill twice",
            do="name each of them once",
            zh="到货验收单：同一货运单写了两次；请各写一次",
        )
    elsewhere = next((one for one in waybills if one.destination != waybills[0].destination), None)
    if elsewhere is not None:
        first = waybills[0]
        raise Incomplete(
            what=what,
            missing=f"{first.number} goes to {first.to}, and {elsewhere.number} to {elsewhere.to}",
            do="make a report for each consignee",
            zh=f"到货验收单：{first.number} 运往 {first.to}，"
            f"而 {elsewhere.number} 运往 {elsewhere.to}；请按收货方分别填写",
        )
    return waybills


_Roads = Mapping[str, Road]
_Said = Mapping[str, Sequence[ArrivedLine]]


def _said(asked: Arrive, roads: _Roads) -> _Said:
    """The lines of each waybill; whoever says nothing of a lot has not lost it."""
    if asked.nothing_arrived:
        if asked.lines or asked.partial:
            raise Incomplete(
                what=_report_of(roads),
                missing="it says that nothing arrived, and lists what did or that the rest is to come",
                do="choose one",
                zh=f"{_report_zh(roads)}：既写明什么都没有到，又列了到货或写明其余后到；请只选一种",
            )
        return {
            number: [ArrivedLine(lot, stage=asked.stage) for lot, left in road.left.items() if left]
            for number, road in roads.items()
        }
    said: dict[str, list[ArrivedLine]] = {number: [] for number in roads}
    for line in asked.lines:
        number, lot = _meant(line, roads)
        said[number].append(attrs.evolve(line, lot=lot, waybill=number))
    _check_lines(asked, roads, said)
    return said


def _meant(line: ArrivedLine, roads: _Roads) -> tuple[str, str]:
    """The waybill that a line is about, the one named or the only one with the lot on it; and the lot now."""
    if line.waybill and line.waybill not in roads:
        known = near(line.waybill, roads) or tuple(roads)
        raise Unknown(what=f"waybill on the {_report_of(roads)}", given=line.waybill, near=known)
    named = (line.waybill,) if line.waybill else tuple(roads)
    having = {number: lot for number in named if (lot := roads[number].lot(line.lot)) is not None}
    if not having:
        lots = tuple(dict.fromkeys(lot for number in named for lot in roads[number].now))
        raise Unknown(what=f"lot on waybill {', '.join(named)}", given=line.lot, near=lots)
    still = {number: lot for number, lot in having.items() if roads[number].left[lot]} or having
    if len(still) > 1:
        raise Incomplete(
            what=_report_of(roads),
            missing=f"lot {line.lot} is on waybills {', '.join(still)}",
            do="name the waybill on the line",
            zh=f"{_report_zh(roads)}：批次 {line.lot} 见于货运单 {'、'.join(still)}；请在该行写明货运单",
        )
    [meant] = still.items()
    return meant


def _check_lines(asked: Arrive, roads: _Roads, said: _Said) -> None:
    """One line for each lot that is still on the road, or in a partial report for what came of it."""
    wrong: list[tuple[str, str]] = []
    for number, road in roads.items():
        stated = Counter(line.lot for line in said[number])
        for lot, left in road.left.items():
            least = 1 if left and not asked.partial else 0
            if not least <= stated[lot] <= 1:
                wrong.append((lot, lot) if len(roads) == 1 else (f"{lot} of {number}", f"{lot}（{number}）"))
    if wrong:
        raise Incomplete(
            what=_report_of(roads),
            missing=f"lot {', '.join(en for en, _ in wrong)} must stand on exactly one line",
            do="state what came of it, or that nothing did",
            zh=f"{_report_zh(roads)}：批次 {'、'.join(zh for _, zh in wrong)} 须有且只有一行；"
            "请写明到货情况，或写明没有到货",
        )


def _report_of(waybills: Iterable[str]) -> str:
    return f"receiving report of {', '.join(waybills)}"


def _report_zh(waybills: Iterable[str]) -> str:
    return f"货运单 {'、'.join(waybills)} 的到货验收单"


# What came of each lot


def _settle(desk: Desk, asked: Arrive, road: Road, line: ArrivedLine) -> SettledLine:
    item = desk.register.item(desk.ledger.lot(line.lot).item)
    received, quarantined = units_of(item, line.received), units_of(item, line.quarantined)
    damaged = units_of(item, line.damaged)
    if quarantined and road.waybill.to_society:
        raise Incomplete(
            what=_report_of((road.waybill.number,)),
            missing=f"quarantine is in a warehouse, and the goods are given to {road.waybill.to}",
            do="state what it received",
            zh=f"{_report_zh((road.waybill.number,))}：仓库才有待检隔离，"
            f"而货物已交给 {road.waybill.to}；请写明其收到多少",
        )
    dispatched, left = road.dispatched[line.lot], road.left[line.lot]
    missing = left - received - quarantined - damaged
    return SettledLine(
        waybill=road.waybill.number,
        lot=line.lot,
        item=item.id,
        dispatched=dispatched,
        earlier=dispatched - left,
        received=received,
        quarantined=quarantined,
        damaged=damaged,
        short=0 if asked.partial else max(0, missing),
        over=max(0, -missing),
        left=max(0, missing) if asked.partial else 0,
        stage=line.stage,
        damage_stage=line.damage_stage,
        noted_on_waybill=line.noted_on_waybill,
        damaged_value=0,
        short_value=0,
        over_value=0,
    )


def _check_over(desk: Desk, asked: Arrive, settled: Mapping[str, Sequence[SettledLine]]) -> None:
    over = [number for number, lines in settled.items() if any(line.over for line in lines)]
    if over:
        people = (asked.received_by, asked.approved_by)
        different_people(f"more than was sent by {', '.join(over)}", people, desk.policy.approvers)


# What is posted


def _book(
    desk: Desk, draft: Draft, waybill: Waybill, settled: Sequence[SettledLine]
) -> tuple[SettledLine, ...]:
    """Post what came of a waybill; returns the lines with the values of what was lost."""
    if not any(_came(line) or line.short for line in settled):
        raise Incomplete(
            what=_report_of((waybill.number,)),
            missing="it does not say that anything came",
            do="state what came, or leave it on the road until it does",
            zh=f"{_report_zh((waybill.number,))}：没有写明有货物到达；请写明到货，未到的仍记为在途",
        )
    found = _book_found(desk, draft, waybill, settled)
    booked = tuple(_book_line(desk, draft, waybill, line) for line in found)
    draft.finish(EntryKind.ARRIVAL, programme=waybill.programme)
    return booked


def _came(line: SettledLine) -> int:
    return line.received + line.quarantined + line.damaged


def _book_found(
    desk: Desk, draft: Draft, waybill: Waybill, settled: Sequence[SettledLine]
) -> tuple[SettledLine, ...]:
    """What is over was on the road too: first it is found, then it arrives with the rest."""
    found = tuple(_find(desk, draft, waybill, line) if line.over else line for line in settled)
    if any(line.over for line in found):
        draft.finish(EntryKind.FOUND)
    return found


def _find(desk: Desk, draft: Draft, waybill: Waybill, line: SettledLine) -> SettledLine:
    gain = Place(PlaceKind.GAIN, f"over-{line.stage.value}")
    value = draft.move(desk.ledger.lot(line.lot), gain, waybill.transit, line.over)
    return attrs.evolve(line, over_value=value)


def _book_line(desk: Desk, draft: Draft, waybill: Waybill, line: SettledLine) -> SettledLine:
    lot, target = desk.ledger.lot(line.lot), waybill.destination
    apart = Place(PlaceKind.QUARANTINE, target.id)
    if line.received and landing_place(desk, lot, target, draft.on) == apart:
        line = attrs.evolve(line, received=0, quarantined=line.received + line.quarantined)
    values = [
        draft.move(lot, waybill.transit, place, units) if units else 0
        for place, units in (
            (target, line.received),
            (apart, line.quarantined),
            (Place(PlaceKind.LOSS, f"damaged-{line.damage_stage.value}"), line.damaged),
            (Place(PlaceKind.LOSS, f"short-{line.stage.value}"), line.short),
        )
    ]
    return attrs.evolve(line, damaged_value=values[2], short_value=values[3])
