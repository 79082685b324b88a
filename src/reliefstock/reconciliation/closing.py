"""Closing a period: what is in the way, what came to be known afterwards, and what was changed meanwhile.

A closed period stays as it was. What is learnt later is entered on an open day and says which day it is
about: that is *late news*, and it is listed beside the statement of its period, which it does not change.
Where a period was reopened, every document that was entered in it before it was closed again is a finding:
each close says which entry was the last that it knew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.errors import Blocker
from reliefstock.ledger import Closing, Side
from reliefstock.operations import Document, PeriodClose, PeriodSeal, Reopening, SideTotal
from reliefstock.operations.closing import CHECKS, by_side, first_open_entry
from reliefstock.operations.desk import Desk
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.scope import Scope
from reliefstock.reconciliation.statement import By, Statement, statement
from reliefstock.reconciliation.wording import money_text
from reliefstock.values import Period

__all__ = [
    "ClosingAct",
    "ClosingCheck",
    "LateNews",
    "PeriodState",
    "as_closed",
    "blockers",
    "close_findings",
    "closing_acts",
    "closing_checks",
    "late_news",
    "period_state",
    "reopened_changes",
]


# Before a close


class PeriodState(Enum):
    """How far a period is closed."""

    OPEN = "open"
    PARTLY_CLOSED = "closed in part"
    CLOSED = "closed"
    SEALED = "sealed"


def period_state(book: Book, period: Period) -> PeriodState:
    """Whether anything can still be dated in a period.

    >>> period_state(Book("Ankang", currency="CNY"), Period.half_year(2023, 1)).value
    'open'
    """
    through, sealed = book.ledger.closed_through, book.ledger.sealed_through
    if sealed is not None and period.last <= sealed:
        return PeriodState.SEALED
    if through is None or through < period.first:
        return PeriodState.OPEN
    return PeriodState.CLOSED if period.last <= through else PeriodState.PARTLY_CLOSED


@attrs.frozen(kw_only=True)
class ClosingCheck:
    """One thing that is looked at before a close, by its code, and what is in the way."""

    code: str
    findings: tuple[Finding, ...]

    @property
    def is_met(self) -> bool:
        """Whether nothing of this kind is in the way."""
        return not self.findings


def closing_checks(book: Book, period: Period) -> tuple[ClosingCheck, ...]:
    """The checklist of a close: everything that is looked at, also where nothing is found.

    >>> [check.code for check in closing_checks(Book("Ankang", currency="CNY"), Period.year(2023))][:3]
    ['period-closed', 'period-not-over', 'earlier-period-open']
    """
    desk = book.desk()
    checks = {**_OF_THE_PERIOD, **{code: _through(check) for code, check in CHECKS.items()}}
    return tuple(
        ClosingCheck(code=code, findings=tuple(map(_finding, check(desk, period))))
        for code, check in checks.items()
    )


def blockers(book: Book, period: Period) -> tuple[Finding, ...]:
    """All that is in the way of closing a period now; none, and it can be closed.

    >>> blockers(Book("Ankang", currency="CNY"), Period.half_year(2023, 1))
    ()
    """
    return tuple(finding for check in closing_checks(book, period) for finding in check.findings)


_Check = Callable[[Desk, Period], Iterable[Blocker]]


def _through(check: Callable[[Desk, date], Iterable[Blocker]]) -> _Check:
    return lambda desk, period: check(desk, period.last)


def _finding(one: Blocker) -> Finding:
    return Finding(code=one.code, about=one.about, zh=one.zh, en=one.en, documents=one.documents)


def _closed(desk: Desk, period: Period) -> Iterator[Blocker]:
    through = desk.ledger.closed_through
    if through is not None and period.last <= through:
        yield Blocker(
            code="period-closed",
            about=str(period),
            zh=f"{period.text('zh')}已结账（账簿已结至 {through}）",
            en=f"{period} is closed: the book is closed through {through}",
        )


def _not_over(desk: Desk, period: Period) -> Iterator[Blocker]:
    if period.last > desk.today:
        yield Blocker(
            code="period-not-over",
            about=str(period),
            zh=f"{period.text('zh')}还没有结束（今天是 {desk.today}）",
            en=f"{period} is not over: today is {desk.today}",
        )


def _earlier_open(desk: Desk, period: Period) -> Iterator[Blocker]:
    day = first_open_entry(desk, period)
    if day is not None:
        yield Blocker(
            code="earlier-period-open",
            about=day.isoformat(),
            zh=f"{day} 有分录而尚未结账；请先结前一期间",
            en=f"{day} has entries and is open: close the period of that day first",
        )


_OF_THE_PERIOD: Mapping[str, _Check] = MappingProxyType(
    {
        "period-closed": _closed,
        "period-not-over": _not_over,
        "earlier-period-open": _earlier_open,
    }
)


# After a close


def as_closed(book: Book, number: str, *, by: By = By.ITEM, scope: Scope | None = None) -> Statement:
    """The statement of a period as it was when it was closed by a document, whatever came later.

    Raises `Unknown` where there is no such close.
    """
    close = book.desk().document(number, PeriodClose)
    return statement(book, close.period, by=by, scope=scope, known=close.known)


@attrs.frozen(kw_only=True)
class LateNews:
    """A document that became known too late for a period that it is about.

    `concerns` is the day that it is about; `effect` is what it changes on each side of the statement on its
    own day, in minor units. Of what moves nothing (a pledge, an observation, a mention) `on` may be that day.
    """

    document: str
    on: date
    concerns: date
    effect: tuple[SideTotal, ...]


def late_news(book: Book, period: Period, known: int | None = None) -> tuple[LateNews, ...]:
    """What is about a day of a period and is not in its statement, in the order in which it became known.

    That is what is dated after the period and says that it concerns it; and what moves nothing and was kept
    after the day that it is dated had been closed. As known after entry `known` (None: after all).

    >>> late_news(Book("Ankang", currency="CNY"), Period.half_year(2023, 1))
    ()
    """
    return tuple(_late_news(book, period, known))


def _late_news(book: Book, period: Period, known: int | None) -> Iterator[LateNews]:
    for told in _told(book, known):
        document, concerns = told.document, told.document.concerns or told.document.on
        if concerns in period and (document.on > period.last or told.while_closed):
            yield LateNews(
                document=document.number, on=document.on, concerns=concerns, effect=_effect(book, document)
            )


def _effect(book: Book, document: Document) -> tuple[SideTotal, ...]:
    entries = (book.ledger.entry(number) for number in document.entries)
    return by_side((posting.place, posting.value) for entry in entries for posting in entry.postings)


def reopened_changes(book: Book) -> tuple[Finding, ...]:
    """Every document that was entered on a day after that day had been closed once, in the order of entry.

    What moves, holds or settles anything was entered while the day was open again (`changed-after-close`); a
    pledge, an observation or a mention may also have been kept while it was closed (`told-after-close`).

    >>> reopened_changes(Book("Ankang", currency="CNY"))
    ()
    """
    return tuple(_changed(book, told) for told in _told(book) if told.is_dated_back)


def close_findings(book: Book) -> tuple[Finding, ...]:
    """Closes whose totals are not those of the entries that were known then: none, or something is wrong.

    The totals are summed anew from single postings, and not from the positions that they were read from.

    >>> close_findings(Book("Ankang", currency="CNY"))
    ()
    """
    return tuple(
        _differs(book, close, kept, found)
        for close in book.documents_of(PeriodClose)
        for kept, found in zip(close.totals, _totals_then(book, close), strict=True)
        if kept != found
    )


def _totals_then(book: Book, close: PeriodClose) -> tuple[SideTotal, ...]:
    entries = (entry for entry in book.entries[: close.known] if entry.on <= close.period.last)
    return by_side((posting.place, posting.value) for entry in entries for posting in entry.postings)


def _differs(book: Book, close: PeriodClose, kept: SideTotal, found: SideTotal) -> Finding:
    (kept_zh, kept_en), (zh, en) = (_in_words(book, total.value) for total in (kept, found))
    return Finding(
        code="close-differs",
        about=close.number,
        zh=f"{close.number}（{close.period.text('zh')}）：结账时“{_SIDES_ZH[kept.side]}”为{kept_zh}，"
        f"按分录重算为{zh}",
        en=f"{close.number} ({close.period}): {kept.side.value} was {kept_en} at the close, "
        f"and is {en} by the entries",
        figures=(("kept", kept_en), ("found", en)),
        documents=(close.number,),
    )


# What was closed when


@attrs.frozen(kw_only=True)
class ClosingAct:
    """A close, a seal or a reopening, with how far the book was closed and sealed after it.

    `done_by` closed, sealed or asked for it; `why` is the note of a close, the paper of an audit, or the
    reason of a reopening. `known` is the number of the last entry then; a seal has none of its own.
    """

    document: str
    kind: type[Document]
    period: Period
    on: date
    done_by: str
    approved_by: str
    why: str
    known: int | None
    through: date | None
    sealed: date | None


def closing_acts(book: Book) -> tuple[ClosingAct, ...]:
    """All that was done to periods, in the order in which it was done.

    >>> closing_acts(Book("Ankang", currency="CNY"))
    ()
    """
    found: list[ClosingAct] = []
    closing = Closing()
    for document in book.documents.values():
        if isinstance(document, PeriodClose | PeriodSeal | Reopening):
            closing = document.closing(closing)
            found.append(_act(document, closing))
    return tuple(found)


def _act(document: PeriodClose | PeriodSeal | Reopening, after: Closing) -> ClosingAct:
    done_by, why, known = _said(document)
    return ClosingAct(
        document=document.number,
        kind=type(document),
        period=document.period,
        on=document.on,
        done_by=done_by,
        approved_by=document.approved_by,
        why=why,
        known=known,
        through=after.through,
        sealed=after.sealed,
    )


def _said(document: PeriodClose | PeriodSeal | Reopening) -> tuple[str, str, int | None]:
    """Who did it, why, and what was known then."""
    if isinstance(document, PeriodClose):
        return document.closed_by, document.note, document.known
    if isinstance(document, PeriodSeal):
        return document.sealed_by, document.audit_paper, None
    return document.requested_by, document.reason, document.known


@attrs.frozen
class _Told:
    """A document that is no close, with the close of its day before it, what reopened it, and the next close.

    `reopened` and `closed_again` are None where the day stayed closed.
    """

    document: Document
    closed: PeriodClose | None = None
    reopened: Reopening | None = None
    closed_again: PeriodClose | None = None

    @property
    def while_closed(self) -> bool:
        """Whether its day was closed when it was entered, as it may be of what moves nothing."""
        return self.closed is not None and self.reopened is None

    @property
    def is_dated_back(self) -> bool:
        """Whether its day had been closed once when it was entered."""
        return self.closed is not None


def _told(book: Book, known: int | None = None) -> Iterator[_Told]:
    """The documents of a book but the closes, seals and reopenings, in the order in which they were made."""
    acts = tuple(_acts(book))
    latest = date.min
    for at, document in enumerate(book.documents.values()):
        if known is not None and any(entry > known for entry in document.entries):
            return
        if isinstance(document, PeriodClose):
            latest = max(latest, document.period.last)
        elif not isinstance(document, PeriodSeal | Reopening):
            # nearly everything is dated after all that was ever closed
            yield _Told(document) if document.on > latest else _with_acts(document, at, acts)


def _acts(book: Book) -> Iterator[tuple[int, PeriodClose | Reopening]]:
    """The closes and the reopenings, each with its place among all documents."""
    for at, document in enumerate(book.documents.values()):
        if isinstance(document, PeriodClose | Reopening):
            yield at, document


def _with_acts(document: Document, at: int, acts: Sequence[tuple[int, PeriodClose | Reopening]]) -> _Told:
    """A document with the close of its day before it, what reopened the day by then, and the next close."""
    closed: PeriodClose | None = None
    reopened: Reopening | None = None
    for act in (act for when, act in acts if when < at):
        if isinstance(act, PeriodClose):
            if document.on <= act.period.last and (closed is None or reopened is not None):
                closed, reopened = act, None
        elif closed is not None and act.period.first <= document.on:
            reopened = act
    later = (act for when, act in acts if when > at and isinstance(act, PeriodClose))
    again = next((act for act in later if document.on <= act.period.last), None)
    return _Told(document, closed, reopened, again if reopened else None)


# In words


def _changed(book: Book, told: _Told) -> Finding:
    document = told.document
    figures = ((total.side.value, _in_words(book, total.value)[1]) for total in _effect(book, document))
    acts = (act.number for act in (told.closed, told.reopened, told.closed_again) if act)
    return Finding(
        code="told-after-close" if document.may_be_dated_back else "changed-after-close",
        about=document.number,
        zh=f"{document.zh} {document.number}（{document.on}）：{_history_zh(told)}",
        en=f"{document.en.lower()} {document.number} of {document.on}: {_history_en(told)}",
        figures=tuple((side, value) for side, value in figures if value != _in_words(book, 0)[1]),
        documents=(document.number, *acts),
    )


def _history_zh(told: _Told) -> str:
    closed = "" if told.closed is None else f"{told.closed.period.text('zh')}由 {told.closed.number} 结账"
    if told.reopened is None:
        return f"{closed}之后才记入" + ("，未变动物资" if told.document.may_be_dated_back else "")
    again = f"{told.closed_again.number} 再次结账" if told.closed_again else "尚未再次结账"
    return f"{closed}、{told.reopened.number} 反结账之后记入，{again}"


def _history_en(told: _Told) -> str:
    closed = "" if told.closed is None else f"{told.closed.period} had been closed by {told.closed.number}"
    if told.reopened is None:
        return f"entered after {closed}" + ("; it moves nothing" if told.document.may_be_dated_back else "")
    again = f"closed again by {told.closed_again.number}" if told.closed_again else "not closed again yet"
    return f"entered after {closed} and reopened by {told.reopened.number}; {again}"


_SIDES_ZH: Mapping[Side, str] = MappingProxyType(
    {
        Side.RECEIVED: "收到",
        Side.GAINS: "盘盈",
        Side.CONVERTED: "转换",
        Side.ON_HAND: "库存",
        Side.IN_TRANSIT: "在途",
        Side.GIVEN_OUT: "发放、下拨及支出",
        Side.LOST: "损失",
    }
)


def _in_words(book: Book, minor: int) -> tuple[str, str]:
    return money_text(minor, book.currency, "zh"), money_text(minor, book.currency, "en")
