"""Another use than the donor gave for: with the donor's consent on file, in whole or in part.

A purpose is changed with the consent of whoever gave (Law on Donations for Public Welfare, art. 18; Charity
Law, art. 56). What is redirected becomes a lot of its own with the new restriction: it goes into a conversion
and comes out in the same place, the same goods of the same donor at the same value. So the trace goes on, and
what was given for the old purpose is never counted under the new one.

Goods that several gave together need the consent of each of them. Nobody else can restrict or free a gift:
what a board sets aside stays without restriction. Whether somebody who is close to the donor or to the
society gains by it (Charity Law, arts. 40, 59) is not to be seen here; whoever approves it answers for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import attrs

from reliefstock.donations import Restriction
from reliefstock.errors import Incomplete, NeedsApproval
from reliefstock.ledger import Draft, EntryKind, Ingredient, Ledger, Lot, Place, PlaceKind
from reliefstock.operations.desk import Desk, Document, Proposal, Request, different_people, required
from reliefstock.operations.differences import worth_so_much
from reliefstock.operations.renewed import lot_at
from reliefstock.values import Money, Quantity, Who, business_date, identifier, several

__all__ = [
    "Consent",
    "Redirect",
    "RedirectedLine",
    "RedirectedLot",
    "Redirection",
    "donors_behind",
    "redirect",
]


@attrs.frozen
class RedirectedLine:
    """So much of a lot is to be used otherwise."""

    lot: str
    quantity: Quantity | Money


def _donor_id(given: object) -> str:
    return identifier(given, "donor")


@attrs.frozen
class Consent:
    """A donor agreed in writing, on a day: `paper` names the letter."""

    donor: str = attrs.field(converter=_donor_id)
    paper: str
    on: date = attrs.field(converter=business_date)


@attrs.frozen(kw_only=True)
class Redirect(Request["Redirection"]):
    """Goods in a warehouse, or money in a fund, are given another restriction; None frees them.

    `quarantined` says that the goods are kept apart in the warehouse.
    """

    warehouse: str
    lines: tuple[RedirectedLine, ...] = attrs.field(converter=several)
    restriction: Restriction | None = None
    consents: tuple[Consent, ...] = attrs.field(converter=several)
    on: date = attrs.field(converter=business_date)
    reason: str
    requested_by: Who
    approved_by: Who
    quarantined: bool = False


@attrs.frozen(kw_only=True)
class RedirectedLot:
    """One line of a redirection: `new` is the lot that came of so much of `lot`. `value` is in minor units.

    `was` is what it was given for; `donors` are all who gave it.
    """

    lot: str
    new: str
    item: str
    quantity: Quantity | Money
    value: int
    was: tuple[Restriction, ...]
    donors: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Redirection(Document):
    """What is used otherwise now, by whose consent, why, approved by whom."""

    prefix: ClassVar[str] = "RD"
    zh: ClassVar[str] = "改变用途单"
    en: ClassVar[str] = "Redirection"

    warehouse: str
    lines: tuple[RedirectedLot, ...]
    restriction: Restriction | None
    consents: tuple[Consent, ...]
    reason: str
    requested_by: Who
    approved_by: Who
    quarantined: bool

    @property
    def lots(self) -> tuple[str, ...]:
        """The lots that came of it."""
        return tuple(line.new for line in self.lines)

    @property
    def paper(self) -> str:
        """The papers of the consents, in the order in which they were named."""
        return ", ".join(consent.paper for consent in self.consents)


def redirect(desk: Desk, asked: Redirect) -> Proposal:
    """Give goods or money another restriction, or none, with the consent of all who gave them.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete` (a reason, a line or a paper is missing, or nothing
    would change), `NeedsApproval` (a consent is not on file, or nobody else approves it), `BelowZero` for
    more than there was, or `HeldForOthers` for what is promised to somebody.
    """
    on = desk.day(asked.on)
    number = desk.next_number(Redirection)
    reason = required("why goods are redirected", asked.reason, "state the reason", zh="改变用途的原因")
    different_people("a redirection", (asked.requested_by, asked.approved_by), desk.policy.approvers)
    if not asked.lines:
        raise Incomplete(
            what="a redirection",
            missing="it has no lines",
            do="state what is redirected",
            zh="改变用途单：没有明细；请写明什么改变用途",
        )
    restrictions = () if asked.restriction is None or asked.restriction.is_free else (asked.restriction,)
    change = _Change(asked, restrictions, _consenting(desk, asked.consents, on))
    draft = desk.draft(number, on)
    lines = tuple(
        _redirect_line(desk, draft, line, f"{number}-{at}", change) for at, line in enumerate(asked.lines, 1)
    )
    entry = draft.finish(EntryKind.REDIRECTION)
    document = Redirection(
        number=number,
        on=on,
        entries=(entry,),
        warehouse=asked.warehouse,
        lines=lines,
        restriction=asked.restriction,
        consents=asked.consents,
        reason=reason,
        requested_by=asked.requested_by,
        approved_by=asked.approved_by,
        quarantined=asked.quarantined,
    )
    return Proposal(document, draft.entries, draft.lots)


def donors_behind(ledger: Ledger, lot: Lot) -> tuple[str, ...]:
    """All who gave what a lot is or was made of, in the order in which they are met; none for what was found.

    >>> from reliefstock.donations import Valuation
    >>> worth, day = Valuation.memorandum(), date(2023, 1, 10)
    >>> lot = Lot(id="L", item="quilt", quantity=3, value=0, valuation=worth, received=day, donor="province")
    >>> donors_behind(Ledger(), lot)
    ('province',)
    """
    return tuple(dict.fromkeys(_donors(ledger, lot)))


def _donors(ledger: Ledger, lot: Lot) -> Iterator[str]:
    if lot.donor is not None:
        yield lot.donor
        return
    for part in lot.made_of:
        yield from _donors(ledger, ledger.lot(part.lot))


def _consenting(desk: Desk, consents: tuple[Consent, ...], on: date) -> frozenset[str]:
    """Who agreed: a donor that the book knows, on a paper that is named, not later than the redirection."""
    for consent in consents:
        donor = desk.register.donor(consent.donor)
        required(
            f"the paper of the consent of {donor.id}",
            consent.paper,
            "name the letter",
            zh=f"{donor.id} 的同意书",
        )
        if consent.on > on:
            raise Incomplete(
                what=f"the consent of {donor.id}",
                missing=f"it is of {consent.on}, after the redirection of {on}",
                do="redirect once the donor has agreed",
                zh=f"{donor.id} 的同意书：日期为 {consent.on}，晚于 {on} 的改变用途；请在捐赠方同意之后办理",
            )
    return frozenset(consent.donor for consent in consents)


@attrs.frozen
class _Change:
    """The restrictions that goods are to have, and who agreed to it."""

    asked: Redirect
    restrictions: tuple[Restriction, ...]
    consenting: frozenset[str]

    def check(self, ledger: Ledger, lot: Lot) -> tuple[str, ...]:
        """All who gave a lot, which have agreed. Raises `Incomplete` or `NeedsApproval`."""
        if lot.restrictions == self.restrictions:
            raise Incomplete(
                what=f"lot {lot.id}",
                missing=f"it is for {lot.restriction_text()} already",
                do="leave it out, or state another restriction",
                zh=f"批次 {lot.id}：原已限用于{lot.restriction_text('zh')}；请去掉，或写明另一限定",
            )
        donors = donors_behind(ledger, lot)
        if not donors:
            raise NeedsApproval(
                what=f"another use of lot {lot.id}",
                reason="nobody gave it, and only a donor restricts a gift or frees it",
            )
        missing = [donor for donor in donors if donor not in self.consenting]
        if missing:
            raise NeedsApproval(
                what=f"another use of lot {lot.id}",
                reason=f"it was given for {lot.restriction_text()}, and the consent of {', '.join(missing)} "
                "is not on file; ask for it in writing and name the paper",
            )
        return donors


def _redirect_line(
    desk: Desk, draft: Draft, line: RedirectedLine, new_id: str, change: _Change
) -> RedirectedLot:
    place = _place_of(desk, change.asked, desk.ledger.lot(line.lot))
    lot = desk.ledger.lot(lot_at(desk, place, line.lot))
    donors = change.check(desk.ledger, lot)
    conversion = Place(PlaceKind.CONVERSION, new_id)
    _, value = desk.move_stated(draft, lot.id, line.quantity, place, conversion)
    quantity = desk.register.item(lot.item).base_units(line.quantity)
    new = attrs.evolve(
        lot,
        id=new_id,
        quantity=quantity,
        value=value,
        valuation=worth_so_much(lot.valuation, value, desk.currency),
        restrictions=change.restrictions,
        made_of=(Ingredient(lot.id, quantity, value),),
    )
    draft.bring(new, conversion, {place: quantity})
    return RedirectedLot(
        lot=lot.id,
        new=new.id,
        item=lot.item,
        quantity=line.quantity,
        value=value,
        was=lot.restrictions,
        donors=donors,
    )


def _place_of(desk: Desk, asked: Redirect, lot: Lot) -> Place:
    """Money is in a fund, goods in a warehouse or kept apart there."""
    if not desk.register.item(lot.item).is_goods:
        return Place(PlaceKind.FUND, desk.register.fund(asked.warehouse).id)
    return desk.quarantine(asked.warehouse) if asked.quarantined else desk.warehouse(asked.warehouse)
