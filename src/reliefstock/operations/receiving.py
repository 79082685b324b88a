"""Gifts: promised, received, inspected.

A pledge is a promise and not stock. Goods become stock when two people have counted them (Wuhan rules):
what is usable goes to the depot, what is doubtful into quarantine, and what is refused never enters
the book but stands on the goods received note, with the reason. Money goes to a fund.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import ClassVar

import attrs

from reliefstock.catalogue import Item, Measure
from reliefstock.donations import Basis, PledgedLine, Restriction, Valuation
from reliefstock.errors import CurrencyMismatch, Incomplete, NotExact, NotOpen, NotPositive, NotUsable
from reliefstock.ledger import Draft, EntryKind, Lot, Place, PlaceKind
from reliefstock.operations.desk import (
    Desk,
    Document,
    Proposal,
    Request,
    different_people,
    one_programme,
    pack_of,
    packs_of,
    required,
    units_of,
)
from reliefstock.operations.recalled import RecallNotice, Recalls
from reliefstock.policy import Policy
from reliefstock.values import (
    Money,
    Quantity,
    Who,
    add_months,
    business_date,
    member_of,
    optional_date,
    several,
)

__all__ = [
    "DonationReceipt",
    "GoodsReceivedNote",
    "Pledge",
    "PledgeGift",
    "ReceiptForm",
    "ReceiveGoods",
    "ReceiveMoney",
    "ReceivedLine",
    "ReceivedLot",
    "inspect_life",
    "pledge",
    "receive",
    "receive_money",
    "refuse_money",
]


def _months(_: object, __: attrs.Attribute[int | None], value: int | None) -> None:
    if value is None:
        return
    if type(value) is not int:
        raise NotExact(what="the life of goods in months", given=value)
    if value < 1:
        raise NotPositive(what="the life of goods in months", given=value)


# Pledges


@attrs.frozen(kw_only=True)
class PledgeGift(Request["Pledge"]):
    """A donor promises goods or money."""

    donor: str
    lines: tuple[PledgedLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    restriction: Restriction | None = None
    deliver_by: date | None = attrs.field(default=None, converter=optional_date)
    agreement: str = ""


@attrs.frozen(kw_only=True)
class Pledge(Document):
    """A donation agreement: what was promised. Its number names the donation ever after."""

    prefix: ClassVar[str] = "PL"
    zh: ClassVar[str] = "捐赠协议"
    en: ClassVar[str] = "Pledge"
    may_be_dated_back: ClassVar[bool] = True

    donor: str
    lines: tuple[PledgedLine, ...]
    restriction: Restriction | None
    deliver_by: date | None
    agreement: str


def pledge(desk: Desk, asked: PledgeGift) -> Proposal:
    """Record a promise. Nothing is in stock yet, so no entry is made."""
    donor = desk.register.donor(asked.donor)
    if not asked.lines:
        raise Incomplete(
            what="a pledge",
            missing="it has no lines",
            do="state what was promised",
            zh="捐赠协议：没有明细；请写明承诺捐赠什么",
        )
    for line in asked.lines:
        item = desk.item(line.item)
        if line.quantity is not None:
            item.base_units(line.quantity)
    document = Pledge(
        number=desk.next_number(Pledge),
        on=desk.day(asked.on),
        donor=donor.id,
        lines=asked.lines,
        restriction=asked.restriction,
        deliver_by=asked.deliver_by,
        agreement=asked.agreement,
    )
    return Proposal(document)


# Goods


@attrs.frozen
class ReceivedLine:
    """One line of a receiving inspection.

    `valuation` is what all that enters is worth, accepted and quarantined together. `life_months` is the
    whole life of the goods where it is known, in months.
    """

    item: str
    accepted: Quantity | Money | None = None
    valuation: Valuation = attrs.field(kw_only=True)
    quarantined: Quantity | Money | None = attrs.field(default=None, kw_only=True)
    quarantine_reason: str = attrs.field(default="", kw_only=True)
    refused: Quantity | Money | None = attrs.field(default=None, kw_only=True)
    refusal_reason: str = attrs.field(default="", kw_only=True)
    expiry: date | None = attrs.field(default=None, converter=optional_date, kw_only=True)
    life_months: int | None = attrs.field(default=None, validator=_months, kw_only=True)
    batch: str = attrs.field(default="", kw_only=True)
    condition: str = attrs.field(default="", kw_only=True)
    restriction: Restriction | None = attrs.field(default=None, kw_only=True)


@attrs.frozen(kw_only=True)
class ReceiveGoods(Request["GoodsReceivedNote"]):
    """Goods arrive from a donor. `donation` names the pledge that they fulfil, if any.

    A line is under its own `restriction`, or else that of the request; that of the pledge holds in any
    case, because nobody but the donor lifts it (Law on Donations for Public Welfare, art. 18).
    """

    donor: str
    into: str
    lines: tuple[ReceivedLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    counted_by: tuple[Who, ...] = attrs.field(converter=several)
    donation: str | None = None
    restriction: Restriction | None = None
    source_document: str = ""


@attrs.frozen(kw_only=True)
class ReceivedLot:
    """One line of a goods received note; `lot` is None where nothing of it entered.

    `packs` says all that entered in the packs that it came in.
    """

    item: str
    lot: str | None
    accepted: Quantity | Money | None
    quarantined: Quantity | Money | None
    quarantine_reason: str
    refused: Quantity | Money | None
    refusal_reason: str
    valuation: Valuation
    packs: tuple[Quantity, ...] = ()


@attrs.frozen(kw_only=True)
class GoodsReceivedNote(Document):
    """What came in, counted by whom, accepted, quarantined or refused."""

    prefix: ClassVar[str] = "GRN"
    zh: ClassVar[str] = "入库单"
    en: ClassVar[str] = "Goods received note"

    donor: str
    donation: str
    warehouse: str
    lines: tuple[ReceivedLot, ...]
    counted_by: tuple[Who, ...]
    source_document: str

    @property
    def lots(self) -> tuple[str, ...]:
        """The lots that entered."""
        return tuple(line.lot for line in self.lines if line.lot)


def receive(desk: Desk, asked: ReceiveGoods) -> Proposal:
    """Inspect goods and take in what may enter, one lot a line; what is of a recalled batch is kept apart.

    Raises `DateTooFarAhead`, `Unknown`, `NeedsApproval`, `NotUsable`, `CurrencyMismatch` or `Incomplete`.
    """
    on = desk.day(asked.on)
    donor = desk.register.donor(asked.donor)
    number = desk.next_number(GoodsReceivedNote)
    promise = _promise(desk, asked.donation, donor.id)
    different_people("receiving inspection", asked.counted_by, desk.policy.counters)
    if not asked.lines:
        raise Incomplete(
            what="a goods received note",
            missing="it has no lines",
            do="state what came",
            zh="入库单：没有明细；请写明收到什么",
        )
    targets = desk.warehouse(asked.into), desk.quarantine(asked.into)
    draft = desk.draft(number, on)
    lines: list[ReceivedLot] = []
    for position, line in enumerate(asked.lines, 1):
        restrictions = _restrictions(promise, line.restriction or asked.restriction)
        donation = promise.number if promise else number
        origin = _Origin(donor.id, donation, f"{number}-{position}", restrictions)
        lines.append(_receive_line(desk, draft, targets, line, origin))
    if draft.lots:
        draft.finish(EntryKind.RECEIPT)
    document = GoodsReceivedNote(
        number=number,
        on=on,
        entries=tuple(entry.number for entry in draft.entries),
        donor=donor.id,
        donation=promise.number if promise else number,
        warehouse=targets[0].id,
        lines=tuple(lines),
        counted_by=asked.counted_by,
        source_document=asked.source_document,
    )
    return Proposal(document, draft.entries, draft.lots)


@attrs.frozen
class _Origin:
    donor: str
    donation: str
    lot: str
    restrictions: tuple[Restriction, ...]


def _restrictions(promise: Pledge | None, stated: Restriction | None) -> tuple[Restriction, ...]:
    """What the donor promised it for, and what was said when it came: both hold, each once."""
    both = (promise.restriction if promise else None, stated)
    held = tuple(dict.fromkeys(one for one in both if one is not None and not one.is_free))
    one_programme("what was promised and what came", held, zh="承诺的与收到的")
    return held


def _promise(desk: Desk, donation: str | None, donor: str) -> Pledge | None:
    if donation is None:
        return None
    promise = desk.document(donation, Pledge)
    if desk.is_reversed(promise):
        raise NotOpen(
            document=promise.number, state="reversed", asked="fulfilled", do="name another, or none"
        )
    if promise.donor != donor:
        raise Incomplete(
            what=f"donation {donation}",
            missing=f"it was promised by {promise.donor}, not by {donor}",
            do="name the donor's own pledge, or none",
            zh=f"捐赠 {donation}：由 {promise.donor} 承诺，不是 {donor}；"
            "请写明该捐赠方自己的捐赠协议，或不写",
        )
    return promise


def _receive_line(
    desk: Desk, draft: Draft, targets: tuple[Place, Place], line: ReceivedLine, origin: _Origin
) -> ReceivedLot:
    item = desk.item(line.item)
    refuse_money(item, "use receive_money", zh="请用 receive_money")
    accepted, quarantined = units_of(item, line.accepted), units_of(item, line.quarantined)
    _check_reasons(line, accepted, quarantined, units_of(item, line.refused))
    entered = accepted + quarantined
    lot = _lot(line, item, draft.on, entered, origin) if entered else None
    recall = None if lot is None else Recalls(desk, draft.on).of(lot)
    if recall is not None:
        line = _kept_apart(line, item, entered, recall)
        accepted, quarantined = 0, entered
    if accepted:
        inspect_life(desk.policy, item.id, draft.on, line.expiry, line.life_months)
    _check_valuation(desk, line, entered, by_value=item.counted_by_value)
    if lot is not None:
        split = dict(zip(targets, (accepted, quarantined), strict=True))
        source = Place(PlaceKind.DONOR, origin.donor)
        draft.bring(lot, source, {place: count for place, count in split.items() if count})
    return ReceivedLot(
        item=item.id,
        lot=None if lot is None else lot.id,
        accepted=line.accepted or None,
        quarantined=line.quarantined or None,
        quarantine_reason=line.quarantine_reason,
        refused=line.refused or None,
        refusal_reason=line.refusal_reason,
        valuation=line.valuation,
        packs=() if lot is None else packs_of(item, lot, entered),
    )


def _lot(line: ReceivedLine, item: Item, on: date, entered: int, origin: _Origin) -> Lot:
    return Lot(
        id=origin.lot,
        item=item.id,
        quantity=entered,
        value=line.valuation.minor,
        valuation=line.valuation,
        received=on,
        donor=origin.donor,
        donation=origin.donation,
        restrictions=origin.restrictions,
        expiry=line.expiry,
        batch=line.batch,
        condition=line.condition,
        pack=pack_of(item, line.accepted, line.quarantined),
    )


def _kept_apart(line: ReceivedLine, item: Item, entered: int, recall: RecallNotice) -> ReceivedLine:
    """What is recalled goes into quarantine, whatever the inspection made of it."""
    is_split = line.accepted and line.quarantined
    both = item.stated(entered) if is_split else line.accepted or line.quarantined
    reasons = (one for one in (line.quarantine_reason, recall.why) if one)
    return attrs.evolve(line, accepted=None, quarantined=both, quarantine_reason="; ".join(reasons))


def refuse_money(item: Item, do: str, *, zh: str) -> None:
    """Money is kept in funds and never in a depot. Raises `Incomplete`; `zh` is what to do, in Chinese."""
    if item.measure is Measure.MONEY:
        raise Incomplete(
            what=f"line {item.id}",
            missing="it is money, and money goes into a fund",
            do=do,
            zh=f"{item.id} 一行：它是资金，资金记入资金账户；{zh}",
        )


def _check_reasons(line: ReceivedLine, accepted: int, quarantined: int, refused: int) -> None:
    if not accepted and not quarantined and not refused:
        raise Incomplete(
            what=f"line {line.item}",
            missing="no quantity is stated",
            do="state what came",
            zh=f"{line.item} 一行：没有写明数量；请写明收到多少",
        )
    if quarantined:
        required(
            f"why {line.item} is quarantined",
            line.quarantine_reason,
            "state the reason",
            zh=f"{line.item} 的隔离原因",
        )
    if refused:
        required(
            f"why {line.item} is refused",
            line.refusal_reason,
            "state the reason",
            zh=f"{line.item} 的拒收原因",
        )


def inspect_life(policy: Policy, item: str, on: date, expiry: date | None, life_months: int | None) -> None:
    """The acceptance rule on remaining life (Charity Law, art. 36; Deyang rules, art. 4).

    Raises `NotUsable` where goods that expire are accepted with too little life left.
    """
    if expiry is None:
        return
    short_lived = life_months is not None and life_months <= policy.shelf_months
    months = policy.short_shelf_months if short_lived else policy.shelf_months
    least = add_months(on, months)
    if expiry < least:
        raise NotUsable(
            what=item,
            reason=f"it expires on {expiry}, the rule for donated goods is {least} or later, {months} months",
            do="refuse it, or put it into quarantine with a reason",
        )


def _check_valuation(desk: Desk, line: ReceivedLine, entered: int, *, by_value: bool) -> None:
    amount = line.valuation.amount
    if amount is not None and amount.currency != desk.currency:
        raise CurrencyMismatch(asked=amount.currency, there=desk.currency)
    if by_value and entered and line.valuation.minor != entered:
        raise Incomplete(
            what=f"line {line.item}",
            missing=f"it is counted by value, and its value is {amount}, not the quantity stated",
            do="state the same amount twice",
            zh=f"{line.item} 一行：按金额计量，而金额为 {amount}，与数量不同；请两处写同一金额",
        )


# Money


class ReceiptForm(Enum):
    """What the donor got for it (Red Cross Society Law, art. 20; Charity Law, art. 38)."""

    NUMBERED = "numbered"
    WAIVED = "waived"
    ANONYMOUS = "anonymous"


@attrs.frozen(kw_only=True)
class ReceiveMoney(Request["DonationReceipt"]):
    """Money comes in from a donor. `original` and `rate` keep a gift in another currency."""

    donor: str
    into: str
    amount: Money
    on: date = attrs.field(converter=business_date)
    donation: str | None = None
    restriction: Restriction | None = None
    receipt: str = ""
    receipt_form: ReceiptForm = attrs.field(default=ReceiptForm.NUMBERED, converter=member_of(ReceiptForm))
    original: Money | None = None
    rate: str = ""
    source_document: str = ""


@attrs.frozen(kw_only=True)
class DonationReceipt(Document):
    """Money received, into which fund, with the donor's receipt or why there is none."""

    prefix: ClassVar[str] = "DR"
    zh: ClassVar[str] = "捐赠票据"
    en: ClassVar[str] = "Donation receipt"

    donor: str
    donation: str
    fund: str
    lot: str
    amount: Money
    receipt: str
    receipt_form: ReceiptForm
    source_document: str


def receive_money(desk: Desk, asked: ReceiveMoney) -> Proposal:
    """Take money into a fund, as one lot whose units are worth themselves.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `CurrencyMismatch` or `NotPositive`.
    """
    on = desk.day(asked.on)
    donor = desk.register.donor(asked.donor)
    fund = desk.register.fund(asked.into)
    promise = _promise(desk, asked.donation, donor.id)
    number = desk.next_number(DonationReceipt)
    units = desk.amount(asked.amount, "a gift of money")
    receipt = asked.receipt or number
    valuation = Valuation(Basis.VOUCHER, asked.amount, f"receipt {receipt}", asked.original, asked.rate)
    donation = promise.number if promise else number
    origin = _Origin(donor.id, donation, f"{number}-1", _restrictions(promise, asked.restriction))
    lot = Lot(
        id=origin.lot,
        item=desk.currency,
        quantity=units,
        value=units,
        valuation=valuation,
        received=on,
        donor=donor.id,
        donation=origin.donation,
        restrictions=origin.restrictions,
    )
    draft = desk.draft(number, on)
    draft.bring(lot, Place(PlaceKind.DONOR, donor.id), {Place(PlaceKind.FUND, fund.id): units})
    entry = draft.finish(EntryKind.MONEY_RECEIPT)
    document = DonationReceipt(
        number=number,
        on=on,
        entries=(entry,),
        donor=donor.id,
        donation=origin.donation,
        fund=fund.id,
        lot=lot.id,
        amount=asked.amount,
        receipt=receipt,
        receipt_form=asked.receipt_form,
        source_document=asked.source_document,
    )
    return Proposal(document, draft.entries, draft.lots)
