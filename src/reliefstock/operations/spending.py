"""Money that leaves a fund: for goods, which become stock, or for a project, where it is given out.

A purchase is a conversion: money goes in, goods come out at exactly its value, and every lot that comes
out remembers the money that it was made of. Where the money of several donors pays for one line, each
unit that one donor's money covers whole becomes part of a lot of that donor; only the unit on the border
between two donors is a lot of both. So a purchase loses no donor and no restriction.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import ClassVar

import attrs

from reliefstock.catalogue import Item
from reliefstock.donations import Restriction, Use, Valuation
from reliefstock.errors import Incomplete, NotOpen
from reliefstock.ledger import EntryKind, Ingredient, Lot, Place, PlaceKind
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
)
from reliefstock.operations.picking import Pick, Picker, Taking
from reliefstock.operations.recalled import Recalls
from reliefstock.operations.receiving import refuse_money
from reliefstock.projects import State
from reliefstock.values import Money, Quantity, Who, business_date, one_form, optional_date, several

__all__ = [
    "BoughtLine",
    "BoughtLot",
    "PaymentVoucher",
    "Purchase",
    "PurchaseRecord",
    "Spend",
    "purchase",
    "spend",
]


@attrs.frozen
class BoughtLine:
    """So much of an item, for `cost` in all; what is counted by value alone is as much as it costs."""

    item: str
    quantity: Quantity | Money
    cost: Money
    expiry: date | None = attrs.field(default=None, converter=optional_date, kw_only=True)
    batch: str = attrs.field(default="", kw_only=True)


@attrs.frozen(kw_only=True)
class Purchase(Request["PurchaseRecord"]):
    """Goods are bought out of a fund, with money that is free for the programme and the project.

    Money that was given for a narrower use is taken only where its lots are named (`money`), and never for
    another programme than it was given for; the goods keep the restrictions of the money in any case.
    """

    fund: str
    supplier: str
    into: str
    lines: tuple[BoughtLine, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    counted_by: tuple[Who, ...] = attrs.field(converter=several)
    invoice: str
    programme: str = attrs.field(default="", converter=one_form)
    project: str | None = None
    money: tuple[str, ...] = attrs.field(default=(), converter=several)


@attrs.frozen
class BoughtLot:
    """A lot that a purchase brought, with the money lots that paid for it. `cost` is in minor units.

    `packs` are those that it came in; `kept_apart` says why it went into quarantine, where it did.
    """

    item: str
    lot: str
    quantity: Quantity | Money
    cost: int
    paid_from: tuple[Ingredient, ...]
    packs: tuple[Quantity, ...] = ()
    kept_apart: str = ""


@attrs.frozen(kw_only=True)
class PurchaseRecord(Document):
    """What was bought, from whom, out of which fund, with whose money."""

    prefix: ClassVar[str] = "PUR"
    zh: ClassVar[str] = "采购入库单"
    en: ClassVar[str] = "Purchase record"

    fund: str
    supplier: str
    warehouse: str
    lines: tuple[BoughtLot, ...]
    counted_by: tuple[Who, ...]
    invoice: str
    programme: str

    @property
    def lots(self) -> tuple[str, ...]:
        """The lots that came in."""
        return tuple(line.lot for line in self.lines)


def purchase(desk: Desk, asked: Purchase) -> Proposal:
    """Buy goods: money into the conversion, goods out of it, at the same value.

    What is of a recalled batch goes into quarantine.

    Raises `DateTooFarAhead`, `Unknown`, `NeedsApproval`, `Incomplete`, `CurrencyMismatch`, `NotEnough`, or
    for named money `OutsideRestriction`.
    """
    on = desk.day(asked.on)
    number = desk.next_number(PurchaseRecord)
    supplier = desk.register.supplier(asked.supplier)
    required("the invoice of a purchase", asked.invoice, "state its number", zh="采购发票号")
    different_people("receiving inspection", asked.counted_by, desk.policy.counters)
    if not asked.lines:
        raise Incomplete(
            what="a purchase",
            missing="it has no lines",
            do="state what was bought",
            zh="采购入库单：没有明细；请写明采购了什么",
        )
    draft = desk.draft(number, on)
    fund = Place(PlaceKind.FUND, desk.register.fund(asked.fund).id)
    conversion = Place(PlaceKind.CONVERSION, number)
    use = attrs.evolve(_use(desk, on, asked.project, asked.programme), keeps=bool(asked.money))
    into = desk.warehouse(asked.into)
    picker, recalls = Picker(desk, draft, fund), Recalls(desk, on)
    lines: list[BoughtLot] = []
    for line in asked.lines:
        item, cost = desk.item(line.item), desk.amount(line.cost, f"the cost of {line.item}")
        count = _count(item, line, cost)
        money = picker.take(desk.currency, cost, conversion, use, Taking(lots=asked.money))
        for share in _shares(count, cost, money):
            lot = _bought_lot(
                desk, asked, f"{number}-{len(lines) + 1}", attrs.evolve(line, item=item.id), share
            )
            recall = recalls.of(lot)
            draft.bring(lot, conversion, {desk.quarantine(into.id) if recall else into: lot.quantity})
            lines.append(_bought_line(item, lot, "" if recall is None else recall.why))
    entry = draft.finish(EntryKind.PURCHASE, programme=asked.programme)
    document = PurchaseRecord(
        number=number,
        on=on,
        entries=(entry,),
        fund=fund.id,
        supplier=supplier.id,
        warehouse=into.id,
        lines=tuple(lines),
        counted_by=asked.counted_by,
        invoice=asked.invoice,
        programme=asked.programme,
    )
    return Proposal(document, draft.entries, draft.lots)


@attrs.frozen
class _Share:
    """Units that the same money pays for."""

    quantity: int
    paid_from: tuple[Ingredient, ...]

    @property
    def cost(self) -> int:
        return sum(part.value for part in self.paid_from)


def _count(item: Item, line: BoughtLine, cost: int) -> int:
    """How many base units are bought; money is not bought, and goods by value are as much as they cost."""
    refuse_money(item, "move it by what it is paid for", zh="请按付款事由记账")
    count = item.base_units(line.quantity)
    if item.counted_by_value and count != cost:
        raise Incomplete(
            what=f"line {item.id}",
            missing=f"it is counted by value, and costs {line.cost}, not the quantity stated",
            do="state the same amount twice",
            zh=f"{item.id} 一行：按金额计量，而价款为 {line.cost}，与数量不同；请两处写同一金额",
        )
    return count


def _shares(count: int, cost: int, money: tuple[Pick, ...]) -> Iterator[_Share]:
    """The units of a line, in runs that are paid for by the same donors' money.

    Unit k costs from `cost*k//n` to `cost*(k+1)//n` (the cumulative rule); each lot of money covers a
    run of that length too, one after the other.
    """
    unit = 0
    while unit < count:
        ends = _paid_until(money, cost * unit // count)
        last = max(_units_within(ends, cost, count), unit + 1)
        yield _Share(last - unit, tuple(_paid(money, cost * unit // count, cost * last // count)))
        unit = last


def _paid_until(money: tuple[Pick, ...], at: int) -> int:
    """Where what the lot of money pays ends, of the one that pays for the minor unit at that place."""
    ends = accumulate(pick.quantity for pick in money)
    return next(end for end in ends if at < end)


def _units_within(ends: int, cost: int, count: int) -> int:
    """How many units the first `ends` minor units pay for whole: the most k with cost*k//count <= ends."""
    return min(count, ((ends + 1) * count - 1) // cost)


def _paid(money: tuple[Pick, ...], first: int, last: int) -> Iterator[Ingredient]:
    """Which money pays for the minor units from `first` up to `last`."""
    start = 0
    for pick in money:
        end = start + pick.quantity
        covered = min(end, last) - max(start, first)
        if covered > 0:
            yield Ingredient(pick.lot, covered, covered)
        start = end


def _bought_line(item: Item, lot: Lot, kept_apart: str) -> BoughtLot:
    return BoughtLot(
        item=item.id,
        lot=lot.id,
        quantity=item.stated(lot.quantity),
        cost=lot.value,
        paid_from=lot.made_of,
        packs=packs_of(item, lot, lot.quantity),
        kept_apart=kept_apart,
    )


def _bought_lot(desk: Desk, asked: Purchase, lot_id: str, line: BoughtLine, share: _Share) -> Lot:
    paid = [desk.ledger.lot(part.lot) for part in share.paid_from]
    restrictions = _all_restrictions(paid)
    one_programme(
        f"a unit of {line.item} that the money of both pays for",
        restrictions,
        zh=f"由两笔资金合付的一件 {line.item}",
    )
    donations = {lot.donation for lot in paid}
    donors = {lot.donor for lot in paid}
    return Lot(
        id=lot_id,
        item=line.item,
        quantity=share.quantity,
        value=share.cost,
        valuation=Valuation.voucher(Money(share.cost, desk.currency), f"invoice {asked.invoice}"),
        received=asked.on,
        donor=donors.pop() if len(donors) == 1 else None,
        donation=donations.pop() if len(donations) == 1 else None,
        supplier=asked.supplier,
        restrictions=restrictions,
        expiry=line.expiry,
        batch=line.batch,
        pack=pack_of(desk.item(line.item), line.quantity),
        made_of=share.paid_from,
    )


def _all_restrictions(lots: list[Lot]) -> tuple[Restriction, ...]:
    """Every restriction of every lot, once, in the order in which they are met."""
    return tuple(dict.fromkeys(restriction for lot in lots for restriction in lot.restrictions))


def _use(desk: Desk, on: date, project_id: str | None, programme: str) -> Use:
    """The use that money is put to: a programme, or a project with its programme and its places."""
    if project_id is None:
        return Use(on=on, programme=programme)
    project = desk.register.project(project_id)
    codes = tuple(code for place in project.places for code in desk.register.codes_for(place))
    return Use(on=on, recipient=project.id, codes=codes, programme=programme or project.programme)


# Spending


@attrs.frozen(kw_only=True)
class Spend(Request["PaymentVoucher"]):
    """Money of a fund is spent on a project: the lots named as `money`, or what is free for it."""

    fund: str
    project: str
    amount: Money
    on: date = attrs.field(converter=business_date)
    purpose: str
    requested_by: Who
    approved_by: Who
    voucher: str = ""
    money: tuple[str, ...] = attrs.field(default=(), converter=several)


@attrs.frozen(kw_only=True)
class PaymentVoucher(Document):
    """What was paid, on which project, for what, with whose money."""

    prefix: ClassVar[str] = "PV"
    zh: ClassVar[str] = "付款凭证"
    en: ClassVar[str] = "Payment voucher"

    fund: str
    project: str
    amount: Money
    purpose: str
    paid_from: tuple[Pick, ...]
    requested_by: Who
    approved_by: Who
    voucher: str


def spend(desk: Desk, asked: Spend) -> Proposal:
    """Spend money on a project, within the restrictions of those who gave it.

    Raises `DateTooFarAhead`, `Unknown`, `NeedsApproval`, `Incomplete`, `CurrencyMismatch`, `NotOpen`,
    `NotEnough`, or for named money `OutsideRestriction`.
    """
    on = desk.day(asked.on)
    number = desk.next_number(PaymentVoucher)
    project = desk.register.project(asked.project)
    purpose = required("what money is spent on", asked.purpose, "state the purpose", zh="付款用途")
    different_people("a payment", (asked.requested_by, asked.approved_by), desk.policy.approvers)
    if project.state is State.PLANNED:
        raise NotOpen(
            document=f"project {project.id}",
            state="only planned",
            asked="spent on",
            do="amend the project once it has begun",
        )
    draft = desk.draft(number, on)
    fund = Place(PlaceKind.FUND, desk.register.fund(asked.fund).id)
    picker = Picker(desk, draft, fund)
    target = Place(PlaceKind.PROJECT, project.id)
    use = _use(desk, on, project.id, "")
    picks = picker.take(
        desk.currency, desk.amount(asked.amount, "a payment"), target, use, Taking(lots=asked.money)
    )
    entry = draft.finish(EntryKind.SPENDING, programme=project.programme)
    document = PaymentVoucher(
        number=number,
        on=on,
        entries=(entry,),
        fund=fund.id,
        project=project.id,
        amount=asked.amount,
        purpose=purpose,
        paid_from=picks,
        requested_by=asked.requested_by,
        approved_by=asked.approved_by,
        voucher=asked.voucher,
    )
    return Proposal(document, draft.entries)
