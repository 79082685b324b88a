"""To the doorstep, and back: goods given to households, schools and societies, and goods returned.

A distribution is one list: who got what, signed for. All of it is checked before any of it is posted, so
a list is never half given out. Each line obeys the restrictions of the lots that it takes.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import attrs
from attrs.converters import optional

from reliefstock.errors import Incomplete, NeedsApproval
from reliefstock.ledger import EntryKind, Place
from reliefstock.operations.desk import Desk, Document, Proposal, Request, required
from reliefstock.operations.picking import Pick, Picker, Taking
from reliefstock.operations.recalled import Recalls
from reliefstock.operations.renewed import lot_at
from reliefstock.parties import Household
from reliefstock.policy import PickingRule
from reliefstock.register import Recipient
from reliefstock.values import Money, Quantity, Who, business_date, member_of, one_form, several, spelled

__all__ = [
    "Distribute",
    "DistributedLine",
    "DistributionList",
    "Handout",
    "Return",
    "ReturnNote",
    "ReturnedLine",
    "ReturnedLot",
    "distribute",
    "return_",
]


@attrs.frozen
class Handout:
    """One line of a distribution list: who gets how much of what.

    `signature` says where the sign-off stands (a sheet and a line, a file), not who signed: people's
    names stay out of the book. Lots are picked by the rule of the request, unless they are named, or taken
    from what is held for the recipient under the id `hold`; `whole_packs` opens no box.
    """

    recipient: str
    item: str
    quantity: Quantity | Money
    signature: Who
    lots: tuple[str, ...] = attrs.field(default=(), converter=several)
    hold: str = attrs.field(default="", converter=one_form, kw_only=True)
    whole_packs: bool = attrs.field(default=False, kw_only=True)

    @property
    def taking(self) -> Taking:
        """What it says of the lots that it is taken from."""
        return Taking(lots=self.lots, hold=self.hold, whole_packs=self.whole_packs)


@attrs.frozen(kw_only=True)
class Distribute(Request["DistributionList"]):
    """A distribution list, from one warehouse, on one day."""

    origin: str
    lines: tuple[Handout, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    programme: str = attrs.field(default="", converter=one_form)
    source_document: str = ""
    picking: PickingRule | None = attrs.field(default=None, converter=optional(member_of(PickingRule)))


@attrs.frozen
class DistributedLine:
    """A line as it was given out, with the lots that it was taken from.

    `persons` is how many the household was then, so that a birth next year changes no figure of this one.
    `hold` is what it was taken under, where it was held before.
    """

    recipient: str
    item: str
    quantity: Quantity | Money
    signature: Who
    picks: tuple[Pick, ...]
    persons: int | None = None
    hold: str = ""


@attrs.frozen(kw_only=True)
class DistributionList(Document):
    """What was given out, to whom, from which lots, signed for where."""

    prefix: ClassVar[str] = "DL"
    zh: ClassVar[str] = "发放清单"
    en: ClassVar[str] = "Distribution list"

    origin: str
    programme: str
    lines: tuple[DistributedLine, ...]
    picking: str
    source_document: str


def distribute(desk: Desk, asked: Distribute) -> Proposal:
    """Give out a list, all of it or nothing.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NeedsApproval` (no sign-off), `NotEnough`, or for
    named lots `NotUsable` or `OutsideRestriction`.
    """
    on = desk.day(asked.on)
    number = desk.next_number(DistributionList)
    if not asked.lines:
        raise Incomplete(
            what="a distribution list",
            missing="it has no lines",
            do="state who gets what",
            zh="发放清单：没有明细；请写明谁领取什么",
        )
    draft = desk.draft(number, on)
    source = desk.warehouse(asked.origin)
    picker = Picker(desk, draft, source, asked.picking)
    lines = tuple(_hand_out(desk, picker, line, on, asked.programme) for line in asked.lines)
    entry = draft.finish(EntryKind.DISTRIBUTION, programme=asked.programme)
    document = DistributionList(
        number=number,
        on=on,
        entries=(entry,),
        origin=source.id,
        programme=asked.programme,
        lines=lines,
        picking=picker.rule(line.taking for line in asked.lines),
        source_document=asked.source_document,
    )
    return Proposal(document, draft.entries, outcomes=draft.outcomes)


def _hand_out(desk: Desk, picker: Picker, line: Handout, on: date, programme: str) -> DistributedLine:
    recipient = desk.register.recipient(line.recipient)
    if desk.policy.sign_off and not spelled(line.signature):
        raise NeedsApproval(
            what=f"{line.item} for {line.recipient}",
            reason="nobody signed for it; state where the sign-off is",
        )
    item = desk.register.item(line.item)
    target = desk.recipient_place(recipient)
    use = desk.use(recipient, on, programme)
    picks = picker.take(item.id, item.base_units(line.quantity), target, use, line.taking)
    persons = recipient.size if isinstance(recipient, Household) else None
    return DistributedLine(recipient.id, item.id, line.quantity, line.signature, picks, persons, line.hold)


# Returns


@attrs.frozen
class ReturnedLine:
    """So much of a lot comes back, from a recipient who had it."""

    lot: str
    quantity: Quantity | Money


@attrs.frozen(kw_only=True)
class Return(Request["ReturnNote"]):
    """A recipient gives goods back; unless they are `usable` they go into quarantine."""

    recipient: str
    into: str
    lines: tuple[ReturnedLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    reason: str
    usable: bool = True


@attrs.frozen
class ReturnedLot:
    """One line of a return note. `value` is in minor units; `packs` are those that the lot came in.

    `kept_apart` says why it went into quarantine, where it did.
    """

    lot: str
    item: str
    quantity: Quantity | Money
    value: int
    packs: tuple[Quantity, ...] = ()
    kept_apart: str = ""


@attrs.frozen(kw_only=True)
class ReturnNote(Document):
    """What came back, from whom and why."""

    prefix: ClassVar[str] = "RN"
    zh: ClassVar[str] = "退回单"
    en: ClassVar[str] = "Return note"

    recipient: str
    warehouse: str
    lines: tuple[ReturnedLot, ...]
    reason: str
    usable: bool


def return_(desk: Desk, asked: Return) -> Proposal:
    """Take back what a recipient had: the same lots, and so the same donors, restrictions and values.

    What is recalled goes into quarantine, usable or not.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, or `BelowZero` for more than it had on that date.
    """
    on = desk.day(asked.on)
    number = desk.next_number(ReturnNote)
    reason = required("why goods are returned", asked.reason, "state the reason", zh="退回原因")
    if not asked.lines:
        raise Incomplete(
            what="a return note",
            missing="it has no lines",
            do="state what came back",
            zh="退回单：没有明细；请写明退回了什么",
        )
    recipient: Recipient = desk.register.recipient(asked.recipient)
    source: Place = desk.recipient_place(recipient)
    target = desk.warehouse(asked.into) if asked.usable else desk.quarantine(asked.into)
    draft = desk.draft(number, on)
    recalls = Recalls(desk, on)
    lines: list[ReturnedLot] = []
    for line in asked.lines:
        lot_id = lot_at(desk, source, line.lot)
        recall = recalls.of(desk.ledger.lot(lot_id))
        into = target if recall is None else desk.quarantine(asked.into)
        lot, value = desk.move_stated(draft, lot_id, line.quantity, source, into)
        why = recall.why if recall else "" if asked.usable else reason
        packs = desk.packs(lot, line.quantity)
        lines.append(ReturnedLot(lot.id, lot.item, line.quantity, value, packs, why))
    entry = draft.finish(EntryKind.RETURN)
    document = ReturnNote(
        number=number,
        on=on,
        entries=(entry,),
        recipient=recipient.id,
        warehouse=target.id,
        lines=tuple(lines),
        reason=reason,
        usable=asked.usable,
    )
    return Proposal(document, draft.entries)
