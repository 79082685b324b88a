"""Goods that are in doubt are kept apart, and released when somebody has looked at them.

Quarantine is a fact and not a choice: what has become wet is kept apart though it was promised to somebody.
What is released can be used again, so two people answer for it, and nothing that is expired or recalled
comes out but as a loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

import attrs

from reliefstock.errors import Incomplete, NotUsable
from reliefstock.ledger import Draft, EntryKind, Lot, Place
from reliefstock.operations.desk import Desk, Document, Proposal, Request, different_people, required
from reliefstock.operations.recalled import Recalls
from reliefstock.operations.renewed import lot_at
from reliefstock.values import Money, Quantity, Who, business_date, several

__all__ = [
    "QuarantineGoods",
    "QuarantineNote",
    "QuarantinedLine",
    "QuarantinedLot",
    "ReleaseGoods",
    "ReleaseNote",
    "ReleasedLine",
    "ReleasedLot",
    "quarantine",
    "release",
]


# Into quarantine


@attrs.frozen
class QuarantinedLine:
    """So much of a lot is kept apart."""

    lot: str
    quantity: Quantity | Money


@attrs.frozen(kw_only=True)
class QuarantineGoods(Request["QuarantineNote"]):
    """Goods of a warehouse are kept apart there, held for somebody or not."""

    warehouse: str
    lines: tuple[QuarantinedLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    reason: str
    reported_by: Who


@attrs.frozen
class QuarantinedLot:
    """One line of a quarantine note. `value` is in minor units; `packs` are those that the lot came in."""

    lot: str
    item: str
    quantity: Quantity | Money
    value: int
    packs: tuple[Quantity, ...] = ()


@attrs.frozen(kw_only=True)
class QuarantineNote(Document):
    """What is kept apart, why, and who found it so."""

    prefix: ClassVar[str] = "QN"
    zh: ClassVar[str] = "隔离单"
    en: ClassVar[str] = "Quarantine note"

    warehouse: str
    lines: tuple[QuarantinedLot, ...]
    reason: str
    reported_by: Who


def quarantine(desk: Desk, asked: QuarantineGoods) -> Proposal:
    """Move goods of a warehouse into its quarantine; what is held there may be among them.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, or `BelowZero` for more than there was.
    """
    on = desk.day(asked.on)
    number = desk.next_number(QuarantineNote)
    reason = required("why goods are kept apart", asked.reason, "state the reason", zh="隔离原因")
    reported_by = required(
        "who reports goods to be kept apart", asked.reported_by, "state it", zh="隔离的报告人"
    )
    if not asked.lines:
        raise Incomplete(
            what="a quarantine note",
            missing="it has no lines",
            do="state what is kept apart",
            zh="隔离单：没有明细；请写明隔离什么",
        )
    source, target = desk.warehouse(asked.warehouse), desk.quarantine(asked.warehouse)
    draft = desk.draft(number, on)
    lines = tuple(QuarantinedLot(*moved) for moved in _moved(desk, draft, asked.lines, source, target))
    entry = draft.finish(EntryKind.QUARANTINE)
    document = QuarantineNote(
        number=number,
        on=on,
        entries=(entry,),
        warehouse=source.id,
        lines=lines,
        reason=reason,
        reported_by=reported_by,
    )
    return Proposal(document, draft.entries)


# Out of it


@attrs.frozen
class ReleasedLine:
    """So much of a lot can be used again."""

    lot: str
    quantity: Quantity | Money


@attrs.frozen(kw_only=True)
class ReleaseGoods(Request["ReleaseNote"]):
    """Goods that were kept apart were inspected, and can be used."""

    warehouse: str
    lines: tuple[ReleasedLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    reason: str
    inspected_by: Who
    approved_by: Who


@attrs.frozen
class ReleasedLot:
    """One line of a release note. `value` is in minor units; `packs` are those that the lot came in."""

    lot: str
    item: str
    quantity: Quantity | Money
    value: int
    packs: tuple[Quantity, ...] = ()


@attrs.frozen(kw_only=True)
class ReleaseNote(Document):
    """What can be used again, why, inspected and approved by whom."""

    prefix: ClassVar[str] = "REL"
    zh: ClassVar[str] = "解除隔离单"
    en: ClassVar[str] = "Release note"

    warehouse: str
    lines: tuple[ReleasedLot, ...]
    reason: str
    inspected_by: Who
    approved_by: Who


def release(desk: Desk, asked: ReleaseGoods) -> Proposal:
    """Move goods out of the quarantine of a warehouse into its usable stock.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NeedsApproval` (as many different people as
    `Policy.approvers` says take part), `NotUsable` (it is expired, or recalled), or `BelowZero` for more than
    is kept apart.
    """
    on = desk.day(asked.on)
    number = desk.next_number(ReleaseNote)
    reason = required(
        "why goods are released",
        asked.reason,
        "state what the inspection found",
        zh="解除隔离的原因（检验结果）",
    )
    inspected_by = required(
        "who inspected goods to be released", asked.inspected_by, "state it", zh="解除隔离的检验人"
    )
    different_people("a release", (inspected_by, asked.approved_by), desk.policy.approvers)
    if not asked.lines:
        raise Incomplete(
            what="a release note",
            missing="it has no lines",
            do="state what is released",
            zh="解除隔离单：没有明细；请写明解除什么",
        )
    source, target = desk.quarantine(asked.warehouse), desk.warehouse(asked.warehouse)
    draft = desk.draft(number, on)
    recalls = Recalls(desk, on)
    for line in asked.lines:
        _check_usable(desk, recalls, desk.ledger.lot(lot_at(desk, source, line.lot)), on)
    lines = tuple(ReleasedLot(*moved) for moved in _moved(desk, draft, asked.lines, source, target))
    entry = draft.finish(EntryKind.RELEASE)
    document = ReleaseNote(
        number=number,
        on=on,
        entries=(entry,),
        warehouse=target.id,
        lines=lines,
        reason=reason,
        inspected_by=inspected_by,
        approved_by=asked.approved_by,
    )
    return Proposal(document, draft.entries)


def _check_usable(desk: Desk, recalls: Recalls, lot: Lot, on: date) -> None:
    if lot.expiry is not None and desk.policy.days_left(lot.expiry, on) < 0:
        raise NotUsable(what=f"lot {lot.id}", reason=f"it expired on {lot.expiry}", do="write it off")
    recall = recalls.of(lot)
    if recall is not None:
        raise NotUsable(
            what=f"lot {lot.id}",
            reason=f"it came under recall {recall.number}",
            do="write it off, or end the recall first",
        )


# Both


_Moved = tuple[str, str, Quantity | Money, int, tuple[Quantity, ...]]


def _moved(
    desk: Desk,
    draft: Draft,
    lines: Iterable[QuarantinedLine] | Iterable[ReleasedLine],
    source: Place,
    target: Place,
) -> Iterator[_Moved]:
    """What stands on a line of either note."""
    for line in lines:
        lot_id = lot_at(desk, source, line.lot)
        lot, value = desk.move_stated(draft, lot_id, line.quantity, source, target)
        yield lot.id, lot.item, line.quantity, value, desk.packs(lot, line.quantity)
