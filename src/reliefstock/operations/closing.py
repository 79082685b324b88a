"""Periods are closed one after the other, sealed once they are audited, and reopened by an act of its own.

After a close nothing is dated in the period any more: late news is entered on an open day and says which day
it is about (`concerns`). A close keeps the number of the last entry that was known, so that everything that
was printed then can be printed again, and what stood on each side of the statement.

What is not settled is in the way of a close: all of it is told at once. Reopening asks for somebody besides
the one who closed; what is entered while a period is open again can be listed for ever, since the first close
says what was known before. A seal is for good.

Pledges, observations and mentions move nothing, so they may be dated in a closed period: a paper that was
found says what it says of the day that it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import ClassVar

import attrs

from reliefstock.errors import Blocker, CloseBlocked, Incomplete, NeedsApproval, NotOpen, PeriodSealed
from reliefstock.ledger import Closing, Place, Side
from reliefstock.operations.count_status import open_counts, unresolved_conflicts
from reliefstock.operations.desk import Desk, Document, Proposal, Request, different_people, required
from reliefstock.operations.signing_off import LossKind, open_losses
from reliefstock.operations.transfers import Waybill, overdue
from reliefstock.values import Money, Period, Quantity, Who, business_date, spelled

__all__ = [
    "CHECKS",
    "ClosePeriod",
    "PeriodClose",
    "PeriodSeal",
    "ReopenPeriod",
    "Reopening",
    "SealPeriod",
    "SideTotal",
    "blockers",
    "by_side",
    "close",
    "first_open_entry",
    "reopen",
    "seal",
]

_CAME_FROM = (Side.RECEIVED, Side.GAINS, Side.CONVERTED)


# Closing


@attrs.frozen(kw_only=True)
class ClosePeriod(Request["PeriodClose"]):
    """Close the book through the last day of a period."""

    period: Period
    on: date = attrs.field(converter=business_date)
    closed_by: Who
    approved_by: Who
    note: str = ""


@attrs.frozen
class SideTotal:
    """What stood on a side of the statement, from the first day of the book on, in minor units.

    received + gains + converted = on hand + in transit + given out + lost.
    """

    side: Side
    value: int


@attrs.frozen(kw_only=True)
class PeriodClose(Document):
    """Which period was closed, by whom, and what the book said then.

    `known` is the number of the last entry of the book, `totals` what stood on each side at the end of the
    last day of the period, as known then.
    """

    prefix: ClassVar[str] = "CL"
    zh: ClassVar[str] = "结账单"
    en: ClassVar[str] = "Period close"
    may_be_dated_back: ClassVar[bool] = True

    period: Period
    closed_by: Who
    approved_by: Who
    note: str
    known: int
    totals: tuple[SideTotal, ...]

    def closing(self, before: Closing) -> Closing:
        """Which days are closed by it, of what was closed before."""
        return attrs.evolve(before, through=self.period.last)


def close(desk: Desk, asked: ClosePeriod) -> Proposal:
    """Close a period: the next one, when it is over and nothing is in the way.

    Raises `DateTooFarAhead`, `Incomplete`, `NeedsApproval`, `NotOpen` (it is closed, not over, or an earlier
    day is open and has entries), or `CloseBlocked` with all that is to be settled first.
    """
    on = _day_of_act(desk, asked.on, f"the close of {asked.period}", f"{asked.period} 的结账")
    _check_people(desk, "a period close", "结账", asked.closed_by, asked.approved_by)
    _check_is_next(desk, asked.period, on)
    in_the_way = blockers(desk, asked.period.last)
    if in_the_way:
        raise CloseBlocked(period=str(asked.period), blockers=in_the_way)
    document = PeriodClose(
        number=desk.next_number(PeriodClose),
        on=on,
        period=asked.period,
        closed_by=asked.closed_by,
        approved_by=asked.approved_by,
        note=asked.note,
        known=len(desk.ledger),
        totals=_totals(desk, asked.period.last),
    )
    return Proposal(document, closing=document.closing(desk.ledger.closing))


def by_side(amounts: Iterable[tuple[Place, int]]) -> tuple[SideTotal, ...]:
    """Values in places, in minor units, summed by side of the statement; all sides, in its order.

    What stands below zero at a donor was received from it, so it counts as that much received.

    >>> from reliefstock.ledger import PlaceKind
    >>> amounts = (Place(PlaceKind.DONOR, "province"), -100), (Place(PlaceKind.WAREHOUSE, "depot"), 100)
    >>> [(total.side.value, total.value) for total in by_side(amounts) if total.value]
    [('received', 100), ('on hand', 100)]
    """
    sums = dict.fromkeys(Side, 0)
    for place, value in amounts:
        sums[place.kind.side] += -value if place.kind.side in _CAME_FROM else value
    return tuple(SideTotal(side, value) for side, value in sums.items())


def _totals(desk: Desk, through: date) -> tuple[SideTotal, ...]:
    return by_side((place, timeline.as_of(through).value) for place, _, timeline in desk.ledger.timelines())


def _check_is_next(desk: Desk, period: Period, on: date) -> None:
    """Whether the period is open, over, and no day before it is left open that has entries."""
    through = desk.ledger.closed_through
    if through is not None and period.last <= through:
        raise NotOpen(
            document=str(period),
            state=f"closed, the book is closed through {through}",
            asked="closed again",
            do="close the period that follows, or reopen this one first",
        )
    if period.last > on:
        raise NotOpen(
            document=str(period), state=f"not over on {on}", asked="closed", do="wait for its last day"
        )
    earlier = first_open_entry(desk, period)
    if earlier is not None:
        raise NotOpen(
            document=str(period),
            state=f"not the next to close, {earlier} is open and has entries",
            asked="closed",
            do="close the period of that day first",
        )


def first_open_entry(desk: Desk, period: Period) -> date | None:
    """The first day before a period that is open and has entries; None where there is none."""
    through = desk.ledger.closed_through
    days = (entry.on for entry in desk.ledger.entries if entry.on < period.first)
    return min((day for day in days if through is None or through < day), default=None)


# What is in the way

Check = Callable[[Desk, date], Iterable[Blocker]]
"""What looks for things that must be settled before the book is closed through a day."""


def _open_counts(desk: Desk, through: date) -> Iterator[Blocker]:
    for plan in open_counts(desk, through):
        where = desk.register.warehouse(plan.warehouse).name("zh")
        yield Blocker(
            code="count-open",
            about=plan.number,
            zh=f"盘点计划 {plan.number}（{where}，{plan.on}）的结果尚未批准",
            en=f"count plan {plan.number} of {plan.warehouse}, {plan.on}, has no approved report",
            documents=(plan.number,),
        )


def _count_conflicts(desk: Desk, through: date) -> Iterator[Blocker]:
    for news in unresolved_conflicts(desk, through):
        late = tuple(dict.fromkeys(desk.ledger.entry(number).document for number in news.entries))
        yield Blocker(
            code="count-conflict",
            about=news.report,
            zh=f"盘点报告 {news.report}：此后得知的事项使批次 {news.lot}（{news.place.id}，{news.on}）"
            f"的盘点差异由 {news.difference} 变为 {news.now}",
            en=f"what came after count report {news.report} changes what it found of lot {news.lot} in "
            f"{news.place.id} on {news.on}: from {news.difference} to {news.now}",
            documents=(news.report, *late),
        )


def _overdue(desk: Desk, through: date) -> Iterator[Blocker]:
    for waybill in overdue(desk, through):
        to = _consignee_zh(desk, waybill)
        yield Blocker(
            code="consignment-overdue",
            about=waybill.number,
            zh=f"货运单 {waybill.number}（发往 {to}）应于 {waybill.due} 前到货，仍有物资在途",
            en=f"waybill {waybill.number} to {waybill.to} was due on {waybill.due} and is still on the road",
            documents=(waybill.number,),
        )


def _open_losses(desk: Desk, through: date) -> Iterator[Blocker]:
    for loss in open_losses(desk, through):
        zh, en = _in_both(desk.register.item(loss.item).stated(loss.quantity))
        yield Blocker(
            code="loss-open",
            about=loss.report,
            zh=f"{loss.report}（货运单 {loss.waybill}）批次 {loss.lot} {_LOST_ZH[loss.kind]}{zh}，无人签认",
            en=f"{loss.report} (waybill {loss.waybill}): {en} of lot {loss.lot} {loss.kind.value}, "
            "and nobody has signed for it",
            documents=(loss.report, loss.waybill),
        )


def _consignee_zh(desk: Desk, waybill: Waybill) -> str:
    register = desk.register
    if waybill.to_society:
        return register.society(waybill.to).name("zh")
    return register.warehouse(waybill.to).name("zh")


_LOST_ZH: Mapping[LossKind, str] = MappingProxyType({LossKind.SHORT: "短少", LossKind.DAMAGED: "损坏"})


def _in_both(stated: Quantity | Money) -> tuple[str, str]:
    if isinstance(stated, Money):
        return stated.text(), stated.text()
    return stated.text("zh"), stated.text("en")


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "count-open": _open_counts,
        "count-conflict": _count_conflicts,
        "consignment-overdue": _overdue,
        "loss-open": _open_losses,
    }
)
"""What is looked at before a close, by the code of what is found."""


def blockers(desk: Desk, through: date) -> tuple[Blocker, ...]:
    """All that must be settled before the book is closed through a day, check by check."""
    return tuple(found for check in CHECKS.values() for found in check(desk, through))


# Sealing


@attrs.frozen(kw_only=True)
class SealPeriod(Request["PeriodSeal"]):
    """Seal the book through the last day of a period that is closed: it is never opened again."""

    period: Period
    on: date = attrs.field(converter=business_date)
    sealed_by: Who
    approved_by: Who
    audit_paper: str


@attrs.frozen(kw_only=True)
class PeriodSeal(Document):
    """Which period was sealed, after which audit, and the closes that stand for good by it."""

    prefix: ClassVar[str] = "SE"
    zh: ClassVar[str] = "封账单"
    en: ClassVar[str] = "Period seal"
    may_be_dated_back: ClassVar[bool] = True

    period: Period
    sealed_by: Who
    approved_by: Who
    audit_paper: str
    closes: tuple[str, ...]

    def closing(self, before: Closing) -> Closing:
        """Which days are sealed by it, of what was closed before."""
        return attrs.evolve(before, sealed=self.period.last)


def seal(desk: Desk, asked: SealPeriod) -> Proposal:
    """Seal what is closed, for good.

    Raises `DateTooFarAhead`, `Incomplete`, `NeedsApproval`, or `NotOpen` (it is not closed, or sealed
    already).
    """
    on = _day_of_act(desk, asked.on, f"the seal of {asked.period}", f"{asked.period} 的封账")
    _check_people(desk, "a period seal", "封账", asked.sealed_by, asked.approved_by)
    paper = required(
        "the audit behind a seal", asked.audit_paper, "name the paper of the audit", zh="封账所依据的审计报告"
    )
    _check_can_be_sealed(desk, asked.period)
    document = PeriodSeal(
        number=desk.next_number(PeriodSeal),
        on=on,
        period=asked.period,
        sealed_by=asked.sealed_by,
        approved_by=asked.approved_by,
        audit_paper=paper,
        closes=tuple(one.number for one in _newly_sealed(desk, asked.period)),
    )
    return Proposal(document, closing=document.closing(desk.ledger.closing))


def _check_can_be_sealed(desk: Desk, period: Period) -> None:
    through, sealed = desk.ledger.closed_through, desk.ledger.sealed_through
    if through is None or through < period.last:
        state = "open" if through is None else f"open after {through}"
        raise NotOpen(document=str(period), state=state, asked="sealed", do="close it first")
    if sealed is not None and period.last <= sealed:
        state = f"sealed, the book is sealed through {sealed}"
        raise NotOpen(document=str(period), state=state, asked="sealed again", do="it stays so for good")


def _newly_sealed(desk: Desk, period: Period) -> tuple[PeriodClose, ...]:
    """The closes that stand for days up to the end of the period, and were not sealed before."""
    sealed = desk.ledger.sealed_through or date.min
    return tuple(one for one in _standing(desk) if sealed < one.period.last <= period.last)


# Reopening


@attrs.frozen(kw_only=True)
class ReopenPeriod(Request["Reopening"]):
    """Open a closed period again, and with it every period that follows."""

    period: Period
    on: date = attrs.field(converter=business_date)
    reason: str
    requested_by: Who
    approved_by: Who


@attrs.frozen(kw_only=True)
class Reopening(Document):
    """Which period was opened again, why, asked for and approved by whom.

    The book is open from the first day of the period on; `closes` are those that stand no longer by it, and
    `known` is the number of the last entry before what is done now.
    """

    prefix: ClassVar[str] = "RO"
    zh: ClassVar[str] = "反结账单"
    en: ClassVar[str] = "Reopening"
    may_be_dated_back: ClassVar[bool] = True

    period: Period
    reason: str
    requested_by: Who
    approved_by: Who
    closes: tuple[str, ...]
    known: int

    def closing(self, before: Closing) -> Closing:
        """Which days stay closed, of what was closed before."""
        return attrs.evolve(before, through=_day_before(self.period))


def reopen(desk: Desk, asked: ReopenPeriod) -> Proposal:
    """Open the book again from the first day of a closed period on.

    Raises `DateTooFarAhead`, `Incomplete`, `NeedsApproval` (also where nobody but who closed it takes part),
    `NotOpen` where it is open, or `PeriodSealed`.
    """
    on = _day_of_act(desk, asked.on, f"the reopening of {asked.period}", f"{asked.period} 的反结账")
    reason = required("why a period is reopened", asked.reason, "state the reason", zh="反结账原因")
    _check_people(desk, "a reopening", "反结账", asked.requested_by, asked.approved_by)
    _check_can_be_reopened(desk, asked.period)
    closes = tuple(one for one in _standing(desk) if one.period.last >= asked.period.first)
    _check_not_by_the_closer_alone(asked, closes)
    document = Reopening(
        number=desk.next_number(Reopening),
        on=on,
        period=asked.period,
        reason=reason,
        requested_by=asked.requested_by,
        approved_by=asked.approved_by,
        closes=tuple(one.number for one in closes),
        known=len(desk.ledger),
    )
    return Proposal(document, closing=document.closing(desk.ledger.closing))


def _check_can_be_reopened(desk: Desk, period: Period) -> None:
    through, sealed = desk.ledger.closed_through, desk.ledger.sealed_through
    if through is None or through < period.first:
        raise NotOpen(
            document=str(period),
            state="open",
            asked="reopened",
            do="date what is late on the day it is about",
        )
    if sealed is not None and period.first <= sealed:
        raise PeriodSealed(sealed_through=sealed)


def _check_not_by_the_closer_alone(asked: ReopenPeriod, closes: tuple[PeriodClose, ...]) -> None:
    people = {spelled(asked.requested_by), spelled(asked.approved_by)}
    closers = {spelled(one.closed_by) for one in closes}
    if len(people) == 1 and people <= closers:
        reason = f"{asked.requested_by} closed it, so somebody else takes part in opening it again"
        raise NeedsApproval(what="a reopening", reason=reason)


def _day_before(period: Period) -> date | None:
    return None if period.first == date.min else period.first - timedelta(days=1)


# What the three have in common


def _day_of_act(desk: Desk, on: date, what: str, zh: str) -> date:
    """The day on which something is done to periods: it takes effect at once, and after the last such act.

    Raises `DateTooFarAhead` or `Incomplete`.
    """
    day = desk.day(on)
    if day > desk.today:
        raise Incomplete(
            what=what,
            missing=f"it is of {day}, which is after today, {desk.today}, and it takes effect at once",
            do="date it today",
            zh=f"{zh}：日期 {day} 在今天 {desk.today} 之后，而此事当即生效；请把日期定在今天",
        )
    kinds = (PeriodClose, PeriodSeal, Reopening)
    before = max((one.on for kind in kinds for one in desk.documents_of(kind)), default=date.min)
    if day < before:
        raise Incomplete(
            what=what,
            missing=f"it is of {day}, and periods were closed, sealed or reopened on {before}",
            do="date it that day or later",
            zh=f"{zh}：日期为 {day}，而 {before} 已有结账、封账或反结账；请把日期定在当日或以后",
        )
    return day


def _check_people(desk: Desk, what: str, zh: str, first: str, second: str) -> None:
    """Both are named, and as many different people take part as the policy says."""
    for person in (first, second):
        required(
            f"who takes part in {what}",
            person,
            "state who does it and who approves it",
            zh=f"{zh}的经办人和批准人",
        )
    different_people(what, (first, second), desk.policy.approvers)


def _standing(desk: Desk) -> tuple[PeriodClose, ...]:
    """The closes that stand: no reopening came after them for any of their days."""
    gone = {number for one in desk.documents_of(Reopening) for number in one.closes}
    return tuple(one for one in desk.documents_of(PeriodClose) if one.number not in gone)
