"""A mistake is reversed, once, exactly, on a date of its own, and done again. Nothing is ever edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import ClassVar

import attrs

from reliefstock.errors import Incomplete, NotOpen, Unknown
from reliefstock.ledger import Lot
from reliefstock.operations.closing import PeriodClose, PeriodSeal, Reopening
from reliefstock.operations.count_approval import check_taking_back
from reliefstock.operations.count_papers import CountPlan, CountReport, CountSheet
from reliefstock.operations.desk import Desk, Document, Proposal, Request, required
from reliefstock.operations.holding import Allocation, HoldRelease, take_back_holds
from reliefstock.operations.observing import Mention, Observation
from reliefstock.operations.recalled import RecallEnd, RecallNotice
from reliefstock.operations.receiving import Pledge
from reliefstock.operations.signing_off import LossSignOff, check_not_signed_off
from reliefstock.values import Who, business_date, near

__all__ = ["Reversal", "Reverse", "reverse"]


@attrs.frozen(kw_only=True)
class Reverse(Request["Reversal"]):
    """Take back all that a document posted."""

    document: str
    on: date = attrs.field(converter=business_date)
    reason: str
    approved_by: Who


@attrs.frozen(kw_only=True)
class Reversal(Document):
    """Which document was taken back, why, approved by whom."""

    prefix: ClassVar[str] = "REV"
    zh: ClassVar[str] = "冲销单"
    en: ClassVar[str] = "Reversal"

    reverses: str
    reason: str
    approved_by: Who


def reverse(desk: Desk, asked: Reverse) -> Proposal:
    """Post the exact opposite of every entry of a document, the last one first.

    A pledge, an observation, a mention, the plan and the sheets of a count, a recall for which nothing was in
    a depot, the end of one, or a sign-off by the stage that had the loss moved nothing; they are withdrawn by
    it. So are an allocation, of which what is left is free again, and the release of a hold; and what was
    given out under a hold is held again, if that still lasts.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NotOpen` (nothing can be taken back, it is reversed
    already, goods were received on a pledge, or a loss is signed off), `PastChanged` (it is a reversal, or of
    a later date), or `BelowZero` where the goods have moved on.
    """
    on = desk.day(asked.on)
    number = desk.next_number(Reversal)
    reason = required("why a document is reversed", asked.reason, "state the reason", zh="冲销原因")
    approved_by = required("who approved a reversal", asked.approved_by, "state it", zh="冲销的批准人")
    if asked.document not in desk.documents:
        raise Unknown(what="document", given=asked.document, near=near(asked.document, desk.documents))
    document = desk.documents[asked.document]
    if desk.is_reversed(document):
        raise NotOpen(document=document.number, state="reversed", asked="reversed again", do="post it anew")
    check_not_signed_off(desk, document)
    check_taking_back(desk, document, approved_by)
    if not document.entries:
        _check_withdrawal(desk, document, on)
    desk = _about_its_day(desk, document, on)
    draft = desk.draft(number, on)
    for entry in reversed(document.entries):
        draft.reverse(desk.ledger.entry(entry))
    take_back_holds(desk, draft, document)
    made = Reversal(
        number=number,
        on=on,
        entries=tuple(entry.number for entry in draft.entries),
        concerns=desk.stamp.concerns,
        reverses=document.number,
        reason=reason,
        approved_by=approved_by,
    )
    return Proposal(made, draft.entries, outcomes=draft.outcomes)


def _about_its_day(desk: Desk, document: Document, on: date) -> Desk:
    """To take back what was done on a closed day, or late news, is late news about the same day."""
    through = desk.ledger.closed_through
    is_closed = through is not None and document.on <= through < on
    day = desk.stamp.concerns or document.concerns or (document.on if is_closed else None)
    return attrs.evolve(desk, stamp=attrs.evolve(desk.stamp, concerns=day))


_WITHDRAWN = (
    *(Pledge, Allocation, HoldRelease, Mention, Observation, LossSignOff, RecallNotice, RecallEnd),
    *(CountPlan, CountSheet, CountReport),
)
_INSTEAD: Mapping[type[Document], str] = MappingProxyType(
    {
        PeriodClose: "reopen the period, with somebody's approval",
        PeriodSeal: "it is for good; enter late news on an open day",
        Reopening: "close the period again",
    }
)


def _check_withdrawal(desk: Desk, document: Document, on: date) -> None:
    """Whether a document that moved nothing can be taken back."""
    if type(document) in _INSTEAD:
        raise NotOpen(
            document=document.number,
            state=f"a {document.en.lower()}",
            asked="reversed",
            do=_INSTEAD[type(document)],
        )
    if not isinstance(document, _WITHDRAWN):
        raise NotOpen(
            document=document.number, state="without entries", asked="reversed", do="it moved nothing"
        )
    if on < document.on:
        raise Incomplete(
            what=f"the reversal of {document.number}",
            missing=f"it is of {document.on}, so its reversal cannot be of {on}",
            do="date the reversal that day or later",
            zh=f"{document.number} 的冲销：该单据日期为 {document.on}，不能在 {on} 冲销；"
            "请把冲销日期定在当日或以后",
        )
    if isinstance(document, Pledge) and any(_stands(desk, lot) for lot in desk.ledger.given(document.number)):
        raise NotOpen(
            document=document.number,
            state="fulfilled in part",
            asked="reversed",
            do="reverse the receipts that name it first",
        )


def _stands(desk: Desk, lot: Lot) -> bool:
    """Whether the receipt of a lot has not been taken back."""
    return desk.ledger.reversed_by(next(desk.ledger.entries_of(lot.id)).number) is None
