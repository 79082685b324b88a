"""Closing a period, as tables: the checklist, late news about it, and all that was done to periods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reliefstock.book import Book
from reliefstock.ledger import Side
from reliefstock.reconciliation import ClosingAct, ClosingCheck, LateNews
from reliefstock.reports.naming import Naming, legend, notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed, word
from reliefstock.values import Language, Period

__all__ = ["closing_acts_table", "closing_checklist_table", "late_news_table"]


def closing_checklist_table(checks: tuple[ClosingCheck, ...], period: Period, lang: Language = "en") -> Table:
    """What is looked at before a close, a line each, and a line for everything that is in the way.

    >>> closing_checklist_table((), Period.half_year(2023, 1), "zh").zh
    '结账检查表（2023年上半年）'
    """
    rows = tuple(row for check in checks for row in _checked(check, lang))
    return Table(
        "closing_checklist",
        WORDS["title.closing checklist"].text("zh", period=period.text("zh")),
        WORDS["title.closing checklist"].text("en", period=period.text("en")),
        columns=tuple(map(Column.named, ("check", "state", "in the way", "documents"))),
        rows=rows,
        notes_zh=legend(rows, "zh"),
        notes_en=legend(rows, "en"),
        lang=lang,
    )


def _checked(check: ClosingCheck, lang: Language) -> Iterator[Row]:
    name = word(f"check.{check.code}", lang)
    if check.is_met:
        yield name, word("said.met", lang), "", ""
    for finding in check.findings:
        documents = listed(finding.documents, lang)
        yield name, word("said.not met", lang), finding.text(lang), documents


def late_news_table(rows: tuple[LateNews, ...], period: Period, book: Book, lang: Language = "en") -> Table:
    """What is about a period and is not in its statement, with what it changes on each side, in value.

    >>> late_news_table((), Period.half_year(2023, 1), Book("Ankang", currency="CNY"), "zh").zh
    '迟到事项（所属期间：2023年上半年）'
    """
    naming = Naming(book, lang)
    told = tuple(_told(naming, one) for one in rows)
    return Table(
        "late_news",
        WORDS["title.late news"].text("zh", period=period.text("zh")),
        WORDS["title.late news"].text("en", period=period.text("en")),
        columns=(
            *map(Column.named, ("document", "kind", "date", "concerns")),
            *(Column.named(side.value, "right") for side in Side),
        ),
        rows=told,
        total=(naming.word("said.all"), "", "", "", *_sums(naming, rows)),
        notes_zh=notes(book, "zh", "late news"),
        notes_en=notes(book, "en", "late news"),
        lang=lang,
    )


def _told(naming: Naming, one: LateNews) -> Row:
    document = naming.book.document(one.document)
    return (
        one.document,
        document.title(naming.lang),
        one.on.isoformat(),
        one.concerns.isoformat(),
        *(naming.amount(total.value) for total in one.effect),
    )


def _sums(naming: Naming, rows: tuple[LateNews, ...]) -> Iterator[str]:
    for side in Side:
        totals = (total.value for one in rows for total in one.effect if total.side is side)
        yield naming.amount(sum(totals))


def closing_acts_table(acts: tuple[ClosingAct, ...], book: Book, lang: Language = "en") -> Table:
    """All closes, seals and reopenings, with how far the book was closed and sealed after each.

    >>> closing_acts_table((), Book("Ankang", currency="CNY"), "zh").zh
    '结账记录'
    """
    heads = ("document", "kind", "period", "date", "done by", "approved by", "why")
    return Table(
        "closing_acts",
        WORDS["title.closing acts"].zh,
        WORDS["title.closing acts"].en,
        columns=(
            *map(Column.named, heads),
            Column.named("known entries", "right"),
            Column.named("closed through"),
            Column.named("sealed through"),
        ),
        rows=tuple(_done(act, book, lang) for act in acts),
        lang=lang,
    )


def _done(act: ClosingAct, book: Book, lang: Language) -> Row:
    return (
        act.document,
        book.document(act.document).title(lang),
        act.period.text(lang),
        act.on.isoformat(),
        act.done_by,
        act.approved_by,
        act.why,
        "" if act.known is None else str(act.known),
        _day(act.through),
        _day(act.sealed),
    )


def _day(on: date | None) -> str:
    return "" if on is None else on.isoformat()
