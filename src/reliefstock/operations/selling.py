"""Surplus is sold, and what it fetches is bound to what it was given for.

Donated goods that are more than is needed, or that cannot be stored, may be sold, and all of the proceeds
keep the purpose (Law on Donations for Public Welfare, art. 17; Charity Law, art. 53). So a sale is a
conversion: goods go in, and money of the same donor with the same restrictions comes out into a fund. What it
fetches more or less than the book said is a gain or a loss in value, and no unit of goods is gained or lost.

Whoever relief goods are for never pays for them (Regulations on Natural Disaster Relief, art. 24): goods are
not sold to a household, a school or a society that the book knows as a recipient.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import ClassVar

import attrs

from reliefstock.donations import Valuation
from reliefstock.errors import Incomplete, NotUsable
from reliefstock.ledger import Draft, EntryKind, Ingredient, Lot, Place, PlaceKind
from reliefstock.operations.desk import Desk, Document, Proposal, Request, different_people, required
from reliefstock.operations.differences import Turn
from reliefstock.operations.recalled import Recalls
from reliefstock.operations.renewed import lot_at
from reliefstock.parties import Household, School, Society
from reliefstock.values import Money, Quantity, Who, business_date, member_of, one_form, several

__all__ = ["SaleNote", "SaleReason", "Sell", "SoldLine", "SoldLot", "sell"]


class SaleReason(Enum):
    """Why goods may be sold (Law on Donations for Public Welfare, art. 17; Charity Law, art. 53)."""

    EXCESS = "excess"
    """There is more than is needed for what it was given for."""
    HARD_TO_STORE = "hard to store"
    """It cannot be stored or transported."""
    NEAR_EXPIRY = "near expiry"
    """It would expire before anybody it is for could use it."""


@attrs.frozen
class SoldLine:
    """So much of a lot is sold, for `proceeds` in all."""

    lot: str
    quantity: Quantity | Money
    proceeds: Money


@attrs.frozen(kw_only=True)
class Sell(Request["SaleNote"]):
    """Surplus of a warehouse is sold, and the proceeds go into a fund. `paper` is the contract or receipt."""

    warehouse: str
    lines: tuple[SoldLine, ...] = attrs.field(converter=several)
    into: str
    buyer: Who = attrs.field(converter=one_form)
    reason: SaleReason = attrs.field(converter=member_of(SaleReason))
    paper: str
    on: date = attrs.field(converter=business_date)
    requested_by: Who
    approved_by: Who


@attrs.frozen(kw_only=True)
class SoldLot:
    """One line of a sale note: so much of `lot` became `money`. Values are in minor units."""

    lot: str
    money: str
    item: str
    quantity: Quantity | Money
    value: int
    proceeds: int

    @property
    def difference(self) -> int:
        """What it fetched more than the book said; less, below zero."""
        return self.proceeds - self.value


@attrs.frozen(kw_only=True)
class SaleNote(Document):
    """What was sold, to whom, why, what it fetched, and which lots of money came of it."""

    prefix: ClassVar[str] = "SAL"
    zh: ClassVar[str] = "变卖处置单"
    en: ClassVar[str] = "Sale note"

    warehouse: str
    fund: str
    buyer: Who
    lines: tuple[SoldLot, ...]
    reason: SaleReason
    paper: str
    requested_by: Who
    approved_by: Who

    @property
    def lots(self) -> tuple[str, ...]:
        """The lots of money that came in."""
        return tuple(line.money for line in self.lines)

    @property
    def proceeds(self) -> int:
        """What all of it fetched, in minor units."""
        return sum(line.proceeds for line in self.lines)

    @property
    def difference(self) -> int:
        """What it fetched more than the book said, in minor units; less, below zero."""
        return sum(line.difference for line in self.lines)


def sell(desk: Desk, asked: Sell) -> Proposal:
    """Sell surplus goods; the proceeds keep the donor, the donation and the restrictions of the goods.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete` (a paper, a line or a buyer is missing, or the buyer is
    one whom relief goods are for), `NeedsApproval`, `CurrencyMismatch`, `NotPositive`, `NotUsable` (expired
    or recalled), `BelowZero` for more than there was, or `HeldForOthers` for what is promised to somebody.
    """
    on = desk.day(asked.on)
    number = desk.next_number(SaleNote)
    paper = required(
        "the paper of a sale", asked.paper, "name the contract or the receipt", zh="变卖凭据（合同或收据）"
    )
    buyer = _buyer(desk, asked.buyer)
    different_people("a sale", (asked.requested_by, asked.approved_by), desk.policy.approvers)
    if not asked.lines:
        raise Incomplete(
            what="a sale note",
            missing="it has no lines",
            do="state what is sold",
            zh="变卖处置单：没有明细；请写明变卖什么",
        )
    source, fund = desk.warehouse(asked.warehouse), Place(PlaceKind.FUND, desk.register.fund(asked.into).id)
    draft = desk.draft(number, on)
    lines = tuple(
        _sell_line(
            desk, draft, line, _Stall(Place(PlaceKind.CONVERSION, f"{number}-{at}"), source, fund, paper)
        )
        for at, line in enumerate(asked.lines, 1)
    )
    entry = draft.finish(EntryKind.SALE)
    document = SaleNote(
        number=number,
        on=on,
        entries=(entry,),
        warehouse=source.id,
        fund=fund.id,
        buyer=buyer,
        lines=lines,
        reason=asked.reason,
        paper=paper,
        requested_by=asked.requested_by,
        approved_by=asked.approved_by,
    )
    return Proposal(document, draft.entries, draft.lots)


def _buyer(desk: Desk, buyer: str) -> str:
    """Somebody who buys, and nobody whom relief goods are free for."""
    required("the buyer of a sale", buyer, "state who bought it", zh="购买方")
    if any(desk.register.has(kind, buyer) for kind in (Household, School, Society)):
        raise Incomplete(
            what="a sale note",
            missing=f"its buyer {buyer} is a recipient, for whom relief goods are free",
            do="distribute the goods, or name another buyer",
            zh=f"变卖处置单：购买方 {buyer} 是接收方，救灾物资对其免费；请改为发放，或写明其他购买方",
        )
    return buyer


@attrs.frozen
class _Stall:
    """Where a line is sold: from a place, into a fund, on a paper."""

    conversion: Place
    source: Place
    fund: Place
    paper: str


def _sell_line(desk: Desk, draft: Draft, line: SoldLine, stall: _Stall) -> SoldLot:
    proceeds = desk.amount(line.proceeds, f"the proceeds of lot {line.lot}")
    lot_id = lot_at(desk, stall.source, line.lot)
    _check_sellable(desk, desk.ledger.lot(lot_id), draft.on)
    lot, value = desk.move_stated(draft, lot_id, line.quantity, stall.source, stall.conversion)
    quantity = desk.register.item(lot.item).base_units(line.quantity)
    shown_by = Valuation.voucher(line.proceeds, stall.paper)
    turn = Turn(
        desk=desk,
        draft=draft,
        conversion=stall.conversion,
        went_in=Ingredient(lot.id, quantity, value),
        shown_by=shown_by,
        reason="sale",
    )
    money = Lot(
        id=stall.conversion.id,
        item=desk.currency,
        quantity=proceeds,
        value=proceeds,
        valuation=shown_by,
        received=draft.on,
        donor=lot.donor,
        donation=lot.donation,
        restrictions=lot.restrictions,
        made_of=turn.parts(proceeds),
    )
    draft.bring(money, stall.conversion, {stall.fund: proceeds})
    return SoldLot(
        lot=lot.id, money=money.id, item=lot.item, quantity=line.quantity, value=value, proceeds=proceeds
    )


def _check_sellable(desk: Desk, lot: Lot, on: date) -> None:
    """What must not be used must not be sold either."""
    recall = Recalls(desk, on).of(lot)
    if recall is not None:
        reason = f"it came under recall {recall.number}"
        raise NotUsable(what=f"lot {lot.id}", reason=reason, do="keep it apart until the recall is over")
    if lot.expiry is not None and desk.policy.days_left(lot.expiry, on) < 0:
        raise NotUsable(what=f"lot {lot.id}", reason=f"it expired on {lot.expiry}", do="write it off")
