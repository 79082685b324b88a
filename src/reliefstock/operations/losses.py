"""What is lost is written off: with its reason, and approved by somebody who did not report it.

What comes back for a loss is noted beside it, and posted where the money or the goods come in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import ClassVar, Final

import attrs

from reliefstock.errors import Incomplete
from reliefstock.ledger import EntryKind, Place, PlaceKind
from reliefstock.operations.desk import Desk, Document, Proposal, Request, different_people, required
from reliefstock.operations.renewed import lot_at
from reliefstock.values import Money, Quantity, Who, business_date, member_of, several

__all__ = [
    "LossReason",
    "Recovery",
    "RecoveryKind",
    "WriteOff",
    "WriteOffNote",
    "WrittenOffLine",
    "WrittenOffLot",
    "recovered",
    "write_off",
]


class LossReason(Enum):
    """Why goods are lost."""

    EXPIRED = "expired"
    SPOILT = "spoilt"
    DAMAGED = "damaged"
    STOLEN = "stolen"
    DISASTER = "disaster"
    OTHER = "other"


class RecoveryKind(Enum):
    """From where something comes back for a loss, which is net of it (rules for private non-profits, 24)."""

    SALVAGE = "salvage"
    INSURANCE = "insurance"
    CULPRIT = "culprit"


_RECOVERED_ZH: Final[Mapping[RecoveryKind, str]] = MappingProxyType(
    {
        RecoveryKind.SALVAGE: "残料价值",
        RecoveryKind.INSURANCE: "保险赔款",
        RecoveryKind.CULPRIT: "责任人赔偿",
    }
)


@attrs.frozen
class Recovery:
    """So much is to come back for a loss, and the paper that says so."""

    kind: RecoveryKind = attrs.field(converter=member_of(RecoveryKind))
    amount: Money
    paper: str


def recovered(desk: Desk, recoveries: tuple[Recovery, ...]) -> int:
    """What comes back for a loss, in minor units.

    Raises `CurrencyMismatch`, `NotPositive` or `Incomplete`.
    """
    for one in recoveries:
        required(
            f"the paper on the {one.kind.value} of a loss",
            one.paper,
            "name it",
            zh=f"{_RECOVERED_ZH[one.kind]}的凭据",
        )
    return sum(desk.amount(one.amount, f"the {one.kind.value} of a loss") for one in recoveries)


@attrs.frozen
class WrittenOffLine:
    """So much of a lot is lost."""

    lot: str
    quantity: Quantity | Money


@attrs.frozen(kw_only=True)
class WriteOff(Request["WriteOffNote"]):
    """Write goods off in a warehouse; `quarantined` says that they are kept apart there."""

    warehouse: str
    lines: tuple[WrittenOffLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    reason: LossReason = attrs.field(converter=member_of(LossReason))
    explanation: str
    reported_by: Who
    approved_by: Who
    quarantined: bool = False


@attrs.frozen
class WrittenOffLot:
    """One line of a write-off note. `value` is in minor units; `packs` are those that the lot came in."""

    lot: str
    item: str
    quantity: Quantity | Money
    value: int
    packs: tuple[Quantity, ...] = ()


@attrs.frozen(kw_only=True)
class WriteOffNote(Document):
    """What was lost, why, reported and approved by whom."""

    prefix: ClassVar[str] = "WO"
    zh: ClassVar[str] = "核销单"
    en: ClassVar[str] = "Write-off note"

    warehouse: str
    lines: tuple[WrittenOffLot, ...]
    reason: LossReason
    explanation: str
    reported_by: Who
    approved_by: Who
    quarantined: bool


def write_off(desk: Desk, asked: WriteOff) -> Proposal:
    """Take goods that are lost out of stock: expired, restricted or quarantined ones too.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NeedsApproval`, or `BelowZero` for more than there
    was.
    """
    on = desk.day(asked.on)
    number = desk.next_number(WriteOffNote)
    explanation = required("why goods are written off", asked.explanation, "explain the loss", zh="核销原因")
    different_people("a write-off", (asked.reported_by, asked.approved_by), desk.policy.approvers)
    if not asked.lines:
        raise Incomplete(
            what="a write-off note",
            missing="it has no lines",
            do="state what is lost",
            zh="核销单：没有明细；请写明损失了什么",
        )
    source = desk.quarantine(asked.warehouse) if asked.quarantined else desk.warehouse(asked.warehouse)
    target = Place(PlaceKind.LOSS, asked.reason.value)
    draft = desk.draft(number, on)
    lines: list[WrittenOffLot] = []
    for line in asked.lines:
        lot_id = lot_at(desk, source, line.lot)
        lot, value = desk.move_stated(draft, lot_id, line.quantity, source, target)
        packs = desk.packs(lot, line.quantity)
        lines.append(WrittenOffLot(lot.id, lot.item, line.quantity, value, packs))
    entry = draft.finish(EntryKind.WRITE_OFF)
    document = WriteOffNote(
        number=number,
        on=on,
        entries=(entry,),
        warehouse=source.id,
        lines=tuple(lines),
        reason=asked.reason,
        explanation=explanation,
        reported_by=asked.reported_by,
        approved_by=asked.approved_by,
        quarantined=asked.quarantined,
    )
    return Proposal(document, draft.entries)
