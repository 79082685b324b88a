"""Planned, held, delivered: what came of every plan by which goods were shared out, recipient by recipient.

A plan is known by the paper that orders it and by what it says: the allocations of one plan, one for each
warehouse, are told of together, and a plan that was held twice is found. What a recipient was given in the
days of the plan without its hold counts too, as `beside`: it meets the plan as well, or goes beyond it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.book.planning import was_due
from reliefstock.errors import Unknown, ValueRefused
from reliefstock.operations import (
    Allocation,
    DistributionList,
    PlannedShare,
    PlanRecord,
    Waybill,
)
from reliefstock.parties import Household
from reliefstock.reconciliation.consignments import consignments
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.holds import AllocationRow, allocations
from reliefstock.reconciliation.papers import Papers
from reliefstock.values import Language, Money, Quantity, business_date

__all__ = ["PlanRow", "plan_findings", "plans"]


@attrs.frozen(kw_only=True)
class PlanRow:
    """What a plan gives to one recipient, and where all of it is, in base units.

    planned + twice = unheld + delivered + in transit + lost + elsewhere + released + expired + open. `unheld`
    was never held; `twice` is what was held beyond the plan; `beside` was given without a hold in the days of
    the plan. `documents` are the allocations, and what came of them.
    """

    plan: str
    item: str
    recipient: str
    since: date
    until: date
    need: int
    planned: int
    held: int = 0
    delivered: int = 0
    in_transit: int = 0
    lost: int = 0
    elsewhere: int = 0
    released: int = 0
    expired: int = 0
    open: int = 0
    beside: int = 0
    documents: tuple[str, ...] = ()

    @property
    def unheld(self) -> int:
        """What was planned and never held."""
        return max(self.planned - self.held, 0)

    @property
    def twice(self) -> int:
        """What was held beyond what was planned."""
        return max(self.held - self.planned, 0)

    @property
    def given(self) -> int:
        """What the recipient has, under the holds of the plan and beside them."""
        return self.delivered + self.beside

    @property
    def short(self) -> int:
        """What was planned and the recipient has not, for now or for good."""
        return max(self.planned - self.given, 0)

    @property
    def difference(self) -> int:
        """What is not accounted for: zero, or something is wrong."""
        on_its_way = self.delivered + self.in_transit + self.lost + self.elsewhere
        return self.held - (on_its_way + self.released + self.expired + self.open)


@attrs.frozen
class _Held:
    """A plan, with the allocations that hold it."""

    paper: str
    plan: PlanRecord
    allocations: tuple[Allocation, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(one.number for one in self.allocations)

    @property
    def days(self) -> tuple[date, date]:
        return min(one.on for one in self.allocations), max(one.until for one in self.allocations)


def plans(book: Book, *, on: date | str | None = None, known: int | None = None) -> tuple[PlanRow, ...]:
    """What came of every plan that is held, a row for each recipient of it, also where it gives nothing.

    At the end of a day (None: today), as known after entry `known`; the first plan first, recipients in its
    order. Allocations that were reversed are left out. Raises `NotABusinessDate`.

    >>> plans(Book("Ankang", currency="CNY"))
    ()
    """
    papers = Papers(book, book.desk().today if on is None else business_date(on), known)
    given = {row.hold.hold: row for row in allocations(book, on=papers.on, known=known)}
    beside = _Beside(papers)
    return tuple(row for one in _plans(papers) for row in _rows(one, given, beside))


def _plans(papers: Papers) -> tuple[_Held, ...]:
    found: dict[tuple[str, PlanRecord], list[Allocation]] = {}
    for made in papers.of(Allocation):
        if made.plan is not None:
            found.setdefault((made.source_document, made.plan), []).append(made)
    return tuple(_Held(paper, plan, tuple(made)) for (paper, plan), made in found.items())


def _rows(one: _Held, given: Mapping[str, AllocationRow], beside: _Beside) -> Iterator[PlanRow]:
    of: dict[str, list[AllocationRow]] = {}
    for made in one.allocations:
        for line in made.lines:
            of.setdefault(line.recipient, []).append(given[line.hold])
    for share in one.plan.shares:
        yield _row(one, share, of.get(share.recipient, []), beside.of(one, share))


def _row(one: _Held, share: PlannedShare, rows: list[AllocationRow], beside: Counter[str]) -> PlanRow:
    since, until = one.days
    return PlanRow(
        plan=one.paper,
        item=one.plan.item,
        recipient=share.recipient,
        since=since,
        until=until,
        need=share.need,
        planned=share.units,
        held=sum(row.hold.held for row in rows),
        delivered=sum(row.delivered for row in rows),
        in_transit=sum(row.in_transit for row in rows),
        lost=sum(row.lost for row in rows),
        elsewhere=sum(row.elsewhere for row in rows),
        released=sum(row.hold.released for row in rows),
        expired=sum(row.hold.expired for row in rows),
        open=sum(row.hold.open for row in rows),
        beside=beside.total(),
        documents=tuple(
            dict.fromkeys((*_numbers(one, rows), *(paper for row in rows for paper in row.papers), *beside))
        ),
    )


def _numbers(one: _Held, rows: list[AllocationRow]) -> tuple[str, ...]:
    """The allocations that hold something for a recipient; all of the plan where none does."""
    return tuple(row.hold.allocation for row in rows) or one.numbers


class _Beside:
    """What was given without a hold: each handout counts for the first plan in whose days it was."""

    def __init__(self, papers: Papers) -> None:
        self._given: dict[tuple[str, str], list[tuple[date, str, int]]] = {}
        for item, recipient, on, number, units in (*_handed_out(papers), *_sent(papers)):
            self._given.setdefault((item, recipient), []).append((on, number, units))

    def of(self, one: _Held, share: PlannedShare) -> Counter[str]:
        """What a recipient of a plan was given so, by document; asked again, it is gone."""
        since, until = one.days
        key = one.plan.item, share.recipient
        counted: Counter[str] = Counter()
        rest: list[tuple[date, str, int]] = []
        for on, number, units in self._given.get(key, ()):
            if since <= on <= until:
                counted[number] += units
            else:
                rest.append((on, number, units))
        self._given[key] = rest
        return counted


_Given = Iterator[tuple[str, str, date, str, int]]


def _handed_out(papers: Papers) -> _Given:
    for made in papers.of(DistributionList):
        for line in made.lines:
            if not line.hold:
                units = sum(pick.quantity for pick in line.picks)
                yield line.item, line.recipient, made.on, made.number, units


def _sent(papers: Papers) -> _Given:
    """What arrived of a waybill beyond what was held: a promise is met first."""
    book = papers.book
    received = {
        (one.waybill, line.lot): line.received
        for one in consignments(book, on=papers.on, known=papers.known)
        for line in one.lines
    }
    for made in papers.of(Waybill):
        held: Counter[str] = Counter()
        items: dict[str, str] = {}
        for line in made.lines:
            items[line.lot] = line.item
            if line.hold:
                held[line.lot] += book.register.item(line.item).base_units(line.quantity)
        for lot, item in items.items():
            units = received.get((made.number, lot), 0) - held[lot]
            if units > 0:
                yield item, made.to, made.on, made.number, units


# What does not add up


def plan_findings(
    book: Book, *, on: date | str | None = None, known: int | None = None
) -> tuple[Finding, ...]:
    """What was planned and not held, not delivered in time, or delivered beyond the plan.

    And what is no plan by the rule that it names: that is followed again. What was set free with a reason is
    no finding, and what is still held after today is none yet.

    >>> plan_findings(Book("Ankang", currency="CNY"))
    ()
    """
    papers = Papers(book, book.desk().today if on is None else business_date(on), known)
    by_rule = (_not_by_rule(book, one) for one in _plans(papers))
    of_rows = (_wrong(book, row) for row in plans(book, on=papers.on, known=known))
    return tuple(finding for several in (*by_rule, *of_rows) for finding in several)


def _not_by_rule(book: Book, one: _Held) -> Iterator[Finding]:
    try:
        due = was_due(one.plan)
    except Unknown:
        yield _of_plan(one, "plan-rule-unknown", one.plan.rule, 0)
        return
    except ValueRefused:
        yield _of_plan(one, "plan-cannot-be", one.plan.rule, 0)
        return
    for share, units in zip(one.plan.shares, due, strict=True):
        if share.units != units:
            yield _of_plan(one, "plan-not-by-rule", _name(book, share.recipient), units, share.units)


def _of_plan(one: _Held, code: str, who: str | tuple[str, str], due: int, said: int = 0) -> Finding:
    zh, en = (who, who) if isinstance(who, str) else who
    sentence_zh, sentence_en = _SENTENCES[code]
    about = f"{one.paper}, {one.plan.item}"
    return Finding(
        code=code,
        about=about,
        zh=sentence_zh.format(plan=one.paper, who=zh, due=due, units=said),
        en=sentence_en.format(plan=one.paper, who=en, due=due, units=said),
        figures=(("due", str(due)), ("planned", str(said))),
        documents=one.numbers,
    )


def _wrong(book: Book, row: PlanRow) -> Iterator[Finding]:
    found = {
        "plan-not-held": max(row.unheld - row.beside, 0),
        "plan-held-twice": row.twice,
        "plan-not-delivered": min(row.expired, row.short),
        "plan-delivered-more": max(row.given - row.planned, 0),
        "plan-difference": row.difference,
    }
    for code, units in found.items():
        if units:
            yield _finding(book, row, code, units)


def _finding(book: Book, row: PlanRow, code: str, units: int) -> Finding:
    item = book.register.item(row.item)
    names = _name(book, row.recipient)
    said = [
        {
            "plan": row.plan,
            "who": names[number],
            "item": item.name(lang),
            "units": _text(item.stated(units), lang),
            "planned": _text(item.stated(row.planned), lang),
        }
        for number, lang in enumerate(_LANGUAGES)
    ]
    zh, en = _SENTENCES[code]
    return Finding(
        code=code,
        about=f"{row.plan}, {row.item}, {row.recipient}",
        zh=zh.format(**said[0]),
        en=en.format(**said[1]),
        figures=(("units", str(units)), ("planned", str(row.planned)), ("given", str(row.given))),
        documents=row.documents,
    )


def _text(amount: Quantity | Money, lang: Language) -> str:
    return amount.text() if isinstance(amount, Money) else amount.text(lang)


def _name(book: Book, recipient: str) -> tuple[str, str]:
    noun = book.register.recipient(recipient)
    return (noun.id, noun.id) if isinstance(noun, Household) else (noun.name("zh"), noun.name("en"))


_LANGUAGES: tuple[Language, Language] = ("zh", "en")
_SENTENCES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "plan-not-held": (
            "{plan}：计划分给 {who} 的{item}中，{units}从未预留",
            "{plan}: of the {item} planned for {who}, {units} were never held",
        ),
        "plan-held-twice": (
            "{plan}：为 {who} 预留的{item}比计划多 {units}",
            "{plan}: {units} of {item} more are held for {who} than are planned",
        ),
        "plan-not-delivered": (
            "{plan}：为 {who} 预留的{item}，到期时有 {units}未交付",
            "{plan}: of the {item} held for {who}, {units} were not delivered by the last day",
        ),
        "plan-delivered-more": (
            "{plan}：{who} 实收{item}比计划（{planned}）多 {units}",
            "{plan}: {who} was given {units} of {item} more than the {planned} planned",
        ),
        "plan-difference": (
            "{plan}：为 {who} 预留的{item}有 {units}去向不明",
            "{plan}: {units} of the {item} held for {who} are not accounted for",
        ),
        "plan-not-by-rule": (
            "{plan}：按所述规则 {who} 应得 {due}，而计划为 {units}",
            "{plan}: by the rule that it names {who} would have {due}, and it says {units}",
        ),
        "plan-cannot-be": (
            "{plan}：所记计划自相矛盾，按“{who}”无法重新计算",
            "{plan}: what it keeps of the plan contradicts itself, so {who} cannot be worked out again",
        ),
        "plan-rule-unknown": (
            "{plan}：没有名为“{who}”的规则，无法复核",
            "{plan}: no rule is called {who!r}, so it cannot be worked out again",
        ),
    }
)
