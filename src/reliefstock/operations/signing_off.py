"""What was lost on the road belongs to a stage until somebody signs for it.

A receiving report says what came short or damaged, and whose custody it was in: the sender's, the carrier's,
the receiver's, or unresolved. That loss is open. It is signed off when somebody answers for it, on a paper,
and somebody else approves it; if that is another stage than the report said, the loss goes to that stage.
What comes back for it is noted beside it. Each unit is signed for once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from typing import ClassVar, NoReturn

import attrs

from reliefstock.errors import Incomplete, NotOpen, PeriodClosed, Unknown
from reliefstock.ledger import Draft, EntryKind, Holding, Ledger, Place, PlaceKind
from reliefstock.operations.arriving import ReceivingReport, SettledLine, Stage
from reliefstock.operations.desk import (
    Desk,
    Document,
    Proposal,
    Request,
    different_people,
    required,
    units_of,
)
from reliefstock.operations.losses import Recovery, recovered
from reliefstock.operations.renewed import Renewals
from reliefstock.values import Money, Quantity, Who, business_date, member_of, near, portion, several

__all__ = [
    "LossKind",
    "LossSignOff",
    "Losses",
    "OpenLoss",
    "SignOff",
    "SignedLine",
    "SignedLoss",
    "check_not_signed_off",
    "open_losses",
    "sign_off",
]


class LossKind(Enum):
    """How goods were lost on the road."""

    SHORT = "short"
    DAMAGED = "damaged"

    def at(self, stage: Stage) -> Place:
        """Where what was so lost in somebody's custody is kept."""
        return Place(PlaceKind.LOSS, f"{self.value}-{stage.value}")


@attrs.frozen(kw_only=True)
class OpenLoss:
    """What a report found short or damaged and nobody has signed for yet.

    `quantity` is in base units, `value` in minor units. `noted_on_waybill` says whether the loss was written
    on the carrier's waybill when the goods came.
    """

    report: str
    waybill: str
    lot: str
    item: str
    kind: LossKind
    stage: Stage
    on: date
    quantity: int
    value: int
    noted_on_waybill: bool


@attrs.frozen
class SignedLine:
    """What is signed for of one lot: so much that was short or damaged, or all of it that is open.

    `waybill` is named where the lot came short on more than one waybill of the report.
    """

    lot: str
    short: Quantity | Money | None = attrs.field(default=None, kw_only=True)
    damaged: Quantity | Money | None = attrs.field(default=None, kw_only=True)
    waybill: str = attrs.field(default="", kw_only=True)

    def stated(self, kind: LossKind) -> Quantity | Money | None:
        """What it says of what was short, or damaged."""
        return self.short if kind is LossKind.SHORT else self.damaged

    @property
    def is_whole(self) -> bool:
        """Whether it is about all that is open of the lot."""
        return self.short is None and self.damaged is None


@attrs.frozen(kw_only=True)
class SignOff(Request["LossSignOff"]):
    """Somebody answers for what came short or damaged: for all of a report, or for the lines stated.

    `stage` is who answers; `paper` is where it is signed.
    """

    report: str
    on: date = attrs.field(converter=business_date)
    stage: Stage = attrs.field(converter=member_of(Stage))
    signed_by: Who
    approved_by: Who
    paper: str
    lines: tuple[SignedLine, ...] = attrs.field(default=(), converter=several)
    recoveries: tuple[Recovery, ...] = attrs.field(default=(), converter=several)


@attrs.frozen(kw_only=True)
class SignedLoss:
    """One loss that is signed for, and the stage that the report had it in. Units as in `OpenLoss`."""

    waybill: str
    lot: str
    item: str
    kind: LossKind
    was: Stage
    quantity: int
    value: int


@attrs.frozen(kw_only=True)
class LossSignOff(Document):
    """Who answers for what was lost on the road, signed where, approved by whom, and what comes back for it.

    `recovered` is the sum of the recoveries, in minor units.
    """

    prefix: ClassVar[str] = "LSO"
    zh: ClassVar[str] = "损失确认单"
    en: ClassVar[str] = "Loss sign-off"

    report: str
    stage: Stage
    lines: tuple[SignedLoss, ...]
    signed_by: Who
    approved_by: Who
    paper: str
    recoveries: tuple[Recovery, ...]
    recovered: int

    @property
    def value(self) -> int:
        """What the losses are worth, in minor units, before anything comes back for them."""
        return sum(line.value for line in self.lines)


def sign_off(desk: Desk, asked: SignOff) -> Proposal:
    """Settle who answers for a loss; it goes to the stage that does, if that is another than was reported.

    Raises `DateTooFarAhead`, `PeriodClosed`, `Unknown`, `Incomplete`, `NeedsApproval` (who signs does not
    approve), `NotOpen` (the report was reversed, has no loss, or less of it is open than is signed for),
    `CurrencyMismatch` or `NotPositive` for a recovery.
    """
    report = desk.document(asked.report, ReceivingReport)
    on = desk.day(asked.on)
    signed_by = required("who answers for a loss", asked.signed_by, "state who signed", zh="损失的签认人")
    different_people("a loss sign-off", (signed_by, asked.approved_by), desk.policy.approvers)
    paper = required("the paper on which a loss is signed for", asked.paper, "name it", zh="损失签认的单据")
    _check_when(desk, asked, report, on)
    signed = _signed(desk, asked, _open_of(desk, report))
    number = desk.next_number(LossSignOff)
    draft = desk.draft(number, on)
    lines = [line for kind in LossKind for line in _book(desk, draft, kind, asked.stage, signed)]
    document = LossSignOff(
        number=number,
        on=on,
        entries=tuple(entry.number for entry in draft.entries),
        report=report.number,
        stage=asked.stage,
        lines=tuple(lines),
        signed_by=signed_by,
        approved_by=asked.approved_by,
        paper=paper,
        recoveries=asked.recoveries,
        recovered=recovered(desk, asked.recoveries),
    )
    return Proposal(document, draft.entries)


def open_losses(desk: Desk, through: date) -> tuple[OpenLoss, ...]:
    """What was reported short or damaged up to a day and nobody has signed for since, by report."""
    reports = (one for one in desk.documents_of(ReceivingReport) if one.on <= through)
    standing = (one for one in reports if not desk.is_reversed(one))
    return Losses(desk.ledger, Renewals.of(desk)).still_open(standing, _standing(desk))


def check_not_signed_off(desk: Desk, document: Document) -> None:
    """A report stands as long as somebody has signed for a loss that it tells of. Raises `NotOpen`."""
    signed = [one.number for one in _standing(desk) if one.report == document.number]
    if signed:
        raise NotOpen(
            document=document.number,
            state=f"signed off by {', '.join(signed)}",
            asked="reversed",
            do="reverse the sign-off first",
        )


_Key = tuple[str, str, str, LossKind]


@attrs.frozen
class Losses:
    """Losses, and what they are worth: as of a day (None: the last), as known after an entry (None: all)."""

    ledger: Ledger
    renewals: Renewals
    on: date | None = None
    known: int | None = None

    def still_open(
        self, reports: Iterable[ReceivingReport], signed: Iterable[LossSignOff]
    ) -> tuple[OpenLoss, ...]:
        """What is left of the losses of some reports when all that was signed for is taken off."""
        gone: dict[_Key, int] = {}
        for one in signed:
            for line in one.lines:
                key = (one.report, line.waybill, line.lot, line.kind)
                gone[key] = gone.get(key, 0) + line.quantity
        found = (loss for report in reports for loss in _losses(report))
        rest = (attrs.evolve(loss, quantity=loss.quantity - gone.get(_key(loss), 0)) for loss in found)
        return tuple(self._valued(loss for loss in rest if loss.quantity))

    def _valued(self, losses: Iterable[OpenLoss]) -> Iterator[OpenLoss]:
        """Each loss with its part of what is in its place, one after the other by the cumulative rule."""
        taken: dict[tuple[Place, str], int] = {}
        for loss in losses:
            place = loss.kind.at(loss.stage)
            lot = self.renewals.now(place, loss.lot)
            there = self.ledger.holding(place, lot, on=self.on, known=self.known)
            start = taken.get((place, lot), 0)
            end = taken[place, lot] = start + loss.quantity
            yield attrs.evolve(loss, value=_worth(there, end) - _worth(there, start))


# Inside


def _losses(report: ReceivingReport) -> Iterator[OpenLoss]:
    """All that a report found short or damaged, with what it was worth then."""
    for line in report.lines:
        if line.short:
            yield _loss(report, line, LossKind.SHORT)
        if line.damaged:
            yield _loss(report, line, LossKind.DAMAGED)


def _loss(report: ReceivingReport, line: SettledLine, kind: LossKind) -> OpenLoss:
    is_short = kind is LossKind.SHORT
    return OpenLoss(
        report=report.number,
        waybill=line.waybill,
        lot=line.lot,
        item=line.item,
        kind=kind,
        stage=line.stage if is_short else line.damage_stage,
        on=report.on,
        quantity=line.short if is_short else line.damaged,
        value=line.short_value if is_short else line.damaged_value,
        noted_on_waybill=line.noted_on_waybill,
    )


def _worth(there: Holding, units: int) -> int:
    """The value of the first so many units, by the cumulative rule."""
    return there.value * units // there.quantity if there.quantity else 0


def _key(loss: OpenLoss) -> _Key:
    return loss.report, loss.waybill, loss.lot, loss.kind


def _standing(desk: Desk) -> tuple[LossSignOff, ...]:
    return tuple(one for one in desk.documents_of(LossSignOff) if not desk.is_reversed(one))


def _check_when(desk: Desk, asked: SignOff, report: ReceivingReport, on: date) -> None:
    """It is signed on an open day, also where nothing is posted, and not before the loss was found."""
    what, closed = _what(asked), desk.ledger.closed_through
    if closed is not None and on <= closed:
        raise PeriodClosed(day=on, closed_through=closed)
    if asked.stage is Stage.UNRESOLVED:
        raise Incomplete(
            what=what,
            missing="it does not say who answers",
            do="name the stage that does",
            zh=f"{_what_zh(asked)}：没有写明由谁负责；请写明责任方",
        )
    if on < report.on:
        raise Incomplete(
            what=what,
            missing=f"the loss was found on {report.on}, so it is not signed for on {on}",
            do="date it that day or later",
            zh=f"{_what_zh(asked)}：损失于 {report.on} 发现，不能在 {on} 签认；请把日期定在当日或以后",
        )


def _open_of(desk: Desk, report: ReceivingReport) -> tuple[OpenLoss, ...]:
    """What is open of a report; refused where nothing is."""
    if desk.is_reversed(report):
        do = "name the report that stands"
        raise NotOpen(document=report.number, state="reversed", asked="signed off", do=do)
    losses = Losses(desk.ledger, Renewals.of(desk))
    found = losses.still_open((report,), _standing(desk))
    if not found:
        state = "signed off" if any(_losses(report)) else "without any loss"
        do = "there is nothing to sign for"
        raise NotOpen(document=report.number, state=state, asked="signed off", do=do)
    return found


_Signed = dict[_Key, OpenLoss]
"""What is signed for of each loss: so much of it, with the part of its value that it carries."""


def _signed(desk: Desk, asked: SignOff, found: tuple[OpenLoss, ...]) -> _Signed:
    """All that is open, or what the lines say, each loss once."""
    if not asked.lines:
        return {_key(loss): loss for loss in found}
    signed: _Signed = {}
    for line in asked.lines:
        for loss in _signed_of(desk, asked, line, found):
            if _key(loss) in signed:
                missing = f"lot {line.lot} stands on two lines"
                raise Incomplete(
                    what=_what(asked),
                    missing=missing,
                    do="state it once",
                    zh=f"{_what_zh(asked)}：批次 {line.lot} 有两行；请只写一次",
                )
            signed[_key(loss)] = loss
    return signed


def _signed_of(
    desk: Desk, asked: SignOff, line: SignedLine, found: tuple[OpenLoss, ...]
) -> Iterator[OpenLoss]:
    losses = [loss for loss in found if loss.lot == line.lot and line.waybill in ("", loss.waybill)]
    if not losses:
        _refuse(desk, asked, line)
    if line.is_whole:
        yield from losses
        return
    waybills = dict.fromkeys(loss.waybill for loss in losses)
    if len(waybills) > 1:
        missing = f"lot {line.lot} was lost on waybills {', '.join(waybills)}"
        raise Incomplete(
            what=_what(asked),
            missing=missing,
            do="name the waybill on the line",
            zh=f"{_what_zh(asked)}：批次 {line.lot} 在货运单 {'、'.join(waybills)} 上都有损失；"
            "请在该行写明货运单",
        )
    item = desk.register.item(losses[0].item)
    stated = {kind: units_of(item, line.stated(kind)) for kind in LossKind}
    if not any(stated.values()):
        missing = f"the line of lot {line.lot} signs for nothing"
        raise Incomplete(
            what=_what(asked),
            missing=missing,
            do="state how much, or leave the line out",
            zh=f"{_what_zh(asked)}：批次 {line.lot} 一行没有签认任何损失；请写明数量，或去掉该行",
        )
    for kind, units in stated.items():
        yield from _so_much(asked, line.lot, units, [loss for loss in losses if loss.kind is kind])


def _so_much(asked: SignOff, lot: str, units: int, losses: list[OpenLoss]) -> Iterator[OpenLoss]:
    """So many units of what is open of one kind: there is one such loss, or none."""
    there = sum(loss.quantity for loss in losses)
    if units > there:
        raise NotOpen(
            document=asked.report,
            state=f"open for {there} of lot {lot}",
            asked=f"signed off for {units}",
            do="sign for what is open",
        )
    for loss in losses if units else ():
        yield attrs.evolve(loss, quantity=units, value=portion(loss.value, loss.quantity, 0, units))


def _refuse(desk: Desk, asked: SignOff, line: SignedLine) -> NoReturn:
    """Why nothing of a line can be signed for: it is not on the report, or no loss of it is open."""
    lines = desk.document(asked.report, ReceivingReport).lines
    waybills = tuple(dict.fromkeys(one.waybill for one in lines))
    if line.waybill and line.waybill not in waybills:
        raise Unknown(what=f"waybill on {asked.report}", given=line.waybill, near=waybills)
    lots = tuple(dict.fromkeys(one.lot for one in lines if line.waybill in ("", one.waybill)))
    if line.lot not in lots:
        raise Unknown(what=f"lot on {asked.report}", given=line.lot, near=near(line.lot, lots))
    raise NotOpen(
        document=asked.report,
        state=f"without an open loss of lot {line.lot}",
        asked="signed off for it",
        do="there is nothing to sign for",
    )


def _what(asked: SignOff) -> str:
    return f"the sign-off of {asked.report}"


def _what_zh(asked: SignOff) -> str:
    return f"{asked.report} 的损失确认单"


def _book(desk: Desk, draft: Draft, kind: LossKind, stage: Stage, signed: _Signed) -> Iterator[SignedLoss]:
    """What another stage answers for than the report said goes there, in one entry for each kind."""
    renewals = Renewals.of(desk)
    losses = [loss for loss in signed.values() if loss.kind is kind]
    for loss in losses:
        value = loss.value
        if loss.stage is not stage:
            source = kind.at(loss.stage)
            lot = desk.ledger.lot(renewals.now(source, loss.lot))
            value = draft.move(lot, source, kind.at(stage), loss.quantity)
        yield SignedLoss(
            waybill=loss.waybill,
            lot=loss.lot,
            item=loss.item,
            kind=kind,
            was=loss.stage,
            quantity=loss.quantity,
            value=value,
        )
    if any(loss.stage is not stage for loss in losses):
        draft.finish(EntryKind.SIGN_OFF)
