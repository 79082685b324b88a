"""What a doubtful figure could rest on, and what speaks against it.

More cannot be given out than came in; what is only begun or planned is not done; what is only planned has
cost nothing yet. These checks say so of the figures that a report prints, with the amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import cast

import attrs

from reliefstock.book import Book
from reliefstock.operations import Document, Observation
from reliefstock.parties import Donor, School, Society, Supplier, Warehouse
from reliefstock.projects import State
from reliefstock.reconciliation.claims import CheckedClaim, ClaimsReport, Verdict
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.measures import Measure, What, measure
from reliefstock.reconciliation.names import Named
from reliefstock.reconciliation.wording import money_text
from reliefstock.values import Interval, Period

__all__ = ["came_in_for", "given_above_received", "names_in", "unfinished"]


def given_above_received(book: Book, report: ClaimsReport) -> tuple[Finding, ...]:
    """Figures of goods given out that are above all that was there and came in, by how much."""
    return tuple(
        _above(book, checked, came, gap)
        for checked in report.claims
        if checked.claim.measure.what is What.GIVEN_OUT and checked.claim.figure.currency == book.currency
        for came in (came_in_for(book, checked.claim.measure),)
        for gap in (came.gap_to(checked.claim.interval),)
        if gap is not None
    )


def came_in_for(book: Book, given: Measure) -> Interval:
    """What was on hand when the period began, and what was received in it, wherever it went.

    What may have come in for it counts too: in minor units, or in the unit of the measure.

    >>> came_in_for(Book("Ankang", currency="CNY"), Measure(what=What.GIVEN_OUT, period=Period.year(2023)))
    Interval(low=Fraction(0, 1), high=Fraction(0, 1), low_open=False, high_open=False)
    """
    scope = attrs.evolve(given.scope, recipients=(), recipient_kinds=())
    received = attrs.evolve(given, what=What.RECEIVED, scope=scope)
    came = measure(book, received).widest
    if given.period.first == date.min:
        return came
    before = Period.day(given.period.first - timedelta(days=1))
    held = attrs.evolve(given, what=What.ON_HAND, scope=scope, period=before)
    return came + measure(book, held).widest


def _above(book: Book, checked: CheckedClaim, came: Interval, gap: Interval) -> Finding:
    claim, currency = checked.claim, book.currency
    return Finding(
        code="given-above-received",
        about=claim.id,
        zh=f"{claim.zh}「{claim.figure.text}」：同一范围内收到的只有{money_text(came, currency, 'zh')}，"
        f"{money_text(gap, currency, 'zh')}没有说明来源",
        en=f"{claim.en}, printed as {claim.figure.text!r}: "
        f"only {money_text(came, currency, 'en')} came in for it; "
        f"{money_text(gap, currency, 'en')} has no stated source",
        figures=(("came in", money_text(came, currency, "en")), ("by", money_text(gap, currency, "en"))),
        documents=checked.measured.documents,
    )


def unfinished(book: Book, report: ClaimsReport) -> tuple[Finding, ...]:
    """Figures that count as done, or as spent, what the papers call begun or planned."""
    return tuple(
        finding
        for checked in report.claims
        if checked.verdict is Verdict.CONTRADICTED
        for finding in (*_other_states(book, checked), *_only_planned(book, checked))
    )


def _other_states(book: Book, checked: CheckedClaim) -> Iterator[Finding]:
    asked = checked.claim.measure
    if asked.what is not What.OBSERVED or asked.state is not State.DONE:
        return
    for seen in book.documents_of(Observation):
        if seen.number in checked.measured.documents and seen.state in _NOT_DONE:
            zh, en = _NOT_DONE[seen.state]
            yield Finding(
                code="not-done",
                about=checked.claim.id,
                zh=f"{checked.claim.zh}「{checked.claim.figure.text}」：{seen.about('zh')}，{zh}",
                en=f"{checked.claim.en}, printed as {checked.claim.figure.text!r}: {seen.about('en')}: {en}",
                documents=(seen.number,),
            )


_NOT_DONE = {State.BEGUN: ("尚未完成", "only begun"), State.PLANNED: ("尚在计划", "only planned")}


def _only_planned(book: Book, checked: CheckedClaim) -> Iterator[Finding]:
    asked = checked.claim.measure
    if asked.what is not What.PROJECT_SPENT:
        return
    project = book.register.project(asked.project)
    if project.state is State.PLANNED:
        yield Finding(
            code="only-planned",
            about=checked.claim.id,
            zh=f"{checked.claim.zh}「{checked.claim.figure.text}」：{project.zh}尚在申报，投入是预算，不是支出",
            en=f"{checked.claim.en}, printed as {checked.claim.figure.text!r}: "
            f"{project.name('en')} is only planned, so this is a budget and not what was spent",
            documents=(project.id,),
        )


def names_in(book: Book) -> Iterable[Named]:
    """The names of schools, societies, donors, suppliers and depots, with what names them.

    Where each is stands with it, if that is known.
    """
    register, told = book.register, _told_of(book)
    for school in register.all(School):
        yield Named(school.zh, "school", school.division, school.id, told("recipient", school.id))
    for society in register.all(Society):
        yield Named(society.zh, "society", "", society.id, told("recipient", society.id))
    for kind in (Donor, Supplier):
        for party in register.all(kind):
            role = kind.__name__.lower()
            yield Named(party.zh, role, "", party.id, told(role, party.id))
    for warehouse in register.all(Warehouse):
        told_of = told("warehouse", warehouse.id)
        yield Named(warehouse.zh, "warehouse", warehouse.division, warehouse.id, told_of)


def _told_of(book: Book) -> Callable[[str, str], tuple[str, ...]]:
    """The documents that name somebody in a role, in the order in which they were made."""
    told: dict[tuple[str, str], dict[str, None]] = {}
    for document in book.documents.values():
        for key in _named_by(document):
            told.setdefault(key, {})[document.number] = None
    return lambda role, noun: tuple(told.get((role, noun), ()))


def _named_by(document: Document) -> Iterator[tuple[str, str]]:
    """Under which role whom a document names, on its head or on its lines."""
    lines: Iterable[object] = getattr(document, "lines", ())
    for part in (document, *lines):
        for field, roles in _ROLES.items():
            given: object = getattr(part, field, None)
            ids = cast("tuple[object, ...]", given) if isinstance(given, tuple) else (given,)
            yield from ((role, one) for role in roles for one in ids if isinstance(one, str))


_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "donor": ("donor",),
        "supplier": ("supplier",),
        "buyer": ("supplier",),
        "recipient": ("recipient",),
        "recipients": ("recipient",),
        "to": ("recipient", "warehouse"),
        "origin": ("warehouse",),
        "into": ("warehouse",),
        "warehouse": ("warehouse",),
    }
)
