"""Counts on paper: the blind sheet, what the counters found, the report with its losses net of recoveries.

A blind sheet says what there is to count and nothing of how much the book expects.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.operations import (
    CountPlan,
    CountReport,
    CountStatement,
    CountStatus,
    CountSubject,
    CountVariance,
    SubjectStatus,
)
from reliefstock.reconciliation import count_status
from reliefstock.reports.naming import Naming, legend, notes, unvalued_notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed, word
from reliefstock.values import Language, Money, Quantity, Unit

__all__ = [
    "BLIND_COLUMNS",
    "BlindLine",
    "BlindSheet",
    "blind_sheet",
    "blind_sheet_table",
    "count_comparison_table",
    "count_report_table",
    "count_result_table",
    "open_counts_table",
]

BLIND_COLUMNS: tuple[Column, ...] = (
    *map(Column.named, ("count plan", "state", "item", "item id", "lot", "batch", "expires", "pack")),
    Column.named("packs counted", "right"),
    Column.named("loose counted", "right"),
    *map(Column.named, ("unit", "remark")),
)
"""The columns of a blind sheet; the figures and remarks are left to whoever counts."""


# To count with


@attrs.frozen(kw_only=True)
class BlindLine:
    """One line to count: what is on the label, the pack that the lot came in, the unit of what is loose."""

    subject: CountSubject
    batch: str
    expiry: date | None
    pack: Unit | None
    unit: Unit


@attrs.frozen(kw_only=True)
class BlindSheet:
    """What is still to be counted of a plan, in the round that is due."""

    plan: str
    warehouse: str
    on: date
    round: int
    lines: tuple[BlindLine, ...]


def blind_sheet(book: Book, plan: str) -> BlindSheet:
    """The sheet to count with: all lots of a plan, or in a recount those on which the counters differ.

    It has no lines once everything is settled. Raises `Unknown`.

    >>> from reliefstock import Warehouse
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Warehouse("depot", zh="备灾中心"))
    >>> plan = book.plan_count(warehouse="depot", on="2023-06-30", counters=("a", "b"))
    >>> blind_sheet(book, plan.number).lines
    ()
    """
    status = count_status(book, plan)
    return BlindSheet(
        plan=status.plan.number,
        warehouse=status.plan.warehouse,
        on=status.plan.on,
        round=status.round,
        lines=tuple(_blind(book, subject) for subject in status.due),
    )


def _blind(book: Book, subject: CountSubject) -> BlindLine:
    unit = book.register.item(subject.item).unit
    if not subject.lot:
        return BlindLine(subject=subject, batch=subject.batch, expiry=subject.expiry, pack=None, unit=unit)
    lot = book.lot(subject.lot)
    return BlindLine(subject=subject, batch=lot.batch, expiry=lot.expiry, pack=lot.pack, unit=unit)


def blind_sheet_table(sheet: BlindSheet, book: Book, lang: Language = "en") -> Table:
    """A blind sheet to print, or to fill in as CSV: what to count, with empty boxes.

    >>> from reliefstock import Warehouse
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Warehouse("depot", zh="备灾中心"))
    >>> plan = book.plan_count(warehouse="depot", on="2023-06-30", counters=("a", "b"))
    >>> blind_sheet_table(blind_sheet(book, plan.number), book, "zh").zh
    '盘点表：备灾中心，CP-000001，第1轮'
    """
    naming = Naming(book, lang)
    return Table(
        "blind_sheet",
        _title(book, "zh", "blind sheet", sheet.warehouse, plan=sheet.plan, round=sheet.round),
        _title(book, "en", "blind sheet", sheet.warehouse, plan=sheet.plan, round=sheet.round),
        columns=BLIND_COLUMNS,
        rows=tuple(_blind_cells(naming, sheet.plan, line) for line in sheet.lines),
        notes_zh=(word("note.blind sheet", "zh"),),
        notes_en=(word("note.blind sheet", "en"),),
        lang=lang,
    )


def _blind_cells(naming: Naming, plan: str, line: BlindLine) -> Row:
    return (
        plan,
        _state(naming, line.subject),
        naming.item(line.subject.item),
        line.subject.item,
        line.subject.lot,
        line.batch,
        _day(line.expiry),
        "" if line.pack is None else naming.pack(line.subject.item, line.pack),
        "",
        "",
        line.unit.name(naming.lang),
        "",
    )


# What was counted


def count_comparison_table(status: CountStatus, book: Book, lang: Language = "en") -> Table:
    """What each counter found, round by round, against what the book says of that moment, as known now.

    It shows the book, so it is not for those who are still to count.

    >>> from reliefstock import Warehouse
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Warehouse("depot", zh="备灾中心"))
    >>> plan = book.plan_count(warehouse="depot", on="2023-06-30", counters=("a", "b"))
    >>> count_comparison_table(count_status(book, plan.number), book).rows
    ()
    """
    naming = Naming(book, lang)
    plan = status.plan
    return Table(
        "count_comparison",
        _title(book, "zh", "count comparison", plan.warehouse, plan=plan.number),
        _title(book, "en", "count comparison", plan.warehouse, plan=plan.number),
        columns=(
            *map(Column.named, ("item", "lot", "state", "round", "counter", "sheet", "date")),
            *(Column.named(head, "right") for head in ("stated", "counted", "book", "difference")),
            Column.named("result"),
        ),
        rows=tuple(row for line in status.lines for row in _compared(naming, line)),
        lang=lang,
    )


def _compared(naming: Naming, line: SubjectStatus) -> Iterator[Row]:
    result = naming.word("said.agreed" if line.is_settled else "said.recount")
    if not line.said:
        yield (*_named(naming, line.subject), *("",) * 8, naming.word("said.not counted"))
    for one in line.said:
        cells = _said(naming, line.subject.item, one)
        yield (*_named(naming, line.subject), *cells, "" if _is_passed_over(line, one) else result)


def _is_passed_over(line: SubjectStatus, one: CountStatement) -> bool:
    """Whether a statement is none of those that agree."""
    return line.is_settled and one not in line.agreed


def _said(naming: Naming, item: str, one: CountStatement) -> Row:
    figures = (one.asserted.counted, one.there, one.difference)
    return (
        str(one.round),
        one.counter,
        one.sheet,
        one.asserted.on.isoformat(),
        _stated(naming, item, one.stated),
        *(naming.quantity(item, figure) for figure in figures),
    )


# What was decided


def count_report_table(report: CountReport, book: Book, lang: Language = "en") -> Table:
    """What a count found, lot by lot, in quantity and in value; the total is of values alone.

    *Book at the count* is what the book said when the deciding sheet was handed in; *book* has what came late
    and was taken into account. difference = counted - book.
    """
    naming = Naming(book, lang)
    gained = (line.into for line in report.lines if line.into)
    unvalued = unvalued_notes(
        book, (*gained, *(line.subject.lot for line in report.differences if line.subject.lot))
    )
    quantities = ("stated", "counted", "book then", "book", "difference", "value")
    return Table(
        "count_report",
        _title(book, "zh", "count report", report.warehouse, report=report.number),
        _title(book, "en", "count report", report.warehouse, report=report.number),
        columns=(
            *map(Column.named, ("item", "lot", "state")),
            *(Column.named(head, "right") for head in quantities),
            *map(Column.named, ("into", "explanation")),
        ),
        rows=tuple(_decided(naming, line) for line in report.lines),
        total=(
            *(naming.word("said.all"), "", "", "", "", "", "", ""),
            *(naming.amount(report.gain - report.gross_loss), "", ""),
        ),
        notes_zh=_report_notes(report, book, "zh", unvalued),
        notes_en=_report_notes(report, book, "en", unvalued),
        lang=lang,
    )


def _decided(naming: Naming, line: CountVariance) -> Row:
    figures = (line.counted, line.there_then, line.there, line.difference)
    into = "" if line.into == line.subject.lot else line.into
    return (
        *_named(naming, line.subject),
        _stated(naming, line.subject.item, line.stated),
        *(naming.quantity(line.subject.item, figure) for figure in figures),
        naming.amount(line.value),
        into,
        line.explanation,
    )


def _report_notes(
    report: CountReport, book: Book, lang: Language, unvalued: tuple[str, ...]
) -> tuple[str, ...]:
    people = word(
        "note.approved by",
        lang,
        counters=listed(report.counters, lang),
        people=listed(report.approved_by, lang),
    )
    late = listed(map(str, report.late), lang)
    came_late = (word("note.late entries", lang, entries=late),) if late else ()
    return (*notes(book, lang, *unvalued), people, *came_late)


def count_result_table(report: CountReport, book: Book, lang: Language = "en") -> Table:
    """What a count comes to: gains, losses, what is made good of them by which paper, and the net loss."""
    naming = Naming(book, lang)
    recovered = tuple(
        (
            naming.word("said.less", text=naming.word(f"recovery.{one.kind.value}")),
            one.paper,
            naming.amount(one.amount.minor),
        )
        for one in report.recoveries
    )
    made_good = ("recoveries",) if recovered else ()
    return Table(
        "count_result",
        _title(book, "zh", "count result", report.warehouse, report=report.number),
        _title(book, "en", "count result", report.warehouse, report=report.number),
        columns=(Column.named("result"), Column.named("evidence"), Column.named("value", "right")),
        rows=(
            (naming.word("said.gain"), "", naming.amount(report.gain)),
            (naming.word("said.gross loss"), "", naming.amount(report.gross_loss)),
            *recovered,
        ),
        total=(naming.word("said.net loss"), "", naming.amount(report.net_loss)),
        notes_zh=notes(book, "zh", *made_good),
        notes_en=notes(book, "en", *made_good),
        lang=lang,
    )


def open_counts_table(plans: tuple[CountPlan, ...], book: Book, lang: Language = "en") -> Table:
    """Counts that nobody has approved yet, with the round that is due and how much is left to count.

    >>> open_counts_table((), Book("Ankang", currency="CNY"), "zh").zh
    '未结盘点'
    """
    naming = Naming(book, lang)
    rows = tuple(_open_cells(naming, plan) for plan in plans)
    return Table(
        "open_counts",
        WORDS["title.open counts"].zh,
        WORDS["title.open counts"].en,
        columns=(
            *map(Column.named, ("count plan", "date", "warehouse", "counters")),
            *(Column.named(head, "right") for head in ("round", "to count")),
        ),
        rows=rows,
        notes_zh=legend(rows, "zh"),
        notes_en=legend(rows, "en"),
        lang=lang,
    )


def _open_cells(naming: Naming, plan: CountPlan) -> Row:
    status = count_status(naming.book, plan.number)
    return (
        plan.number,
        plan.on.isoformat(),
        naming.site(plan.warehouse),
        listed(plan.counters, naming.lang),
        str(status.round),
        str(len(status.to_count)),
    )


# Cells


def _title(book: Book, lang: Language, key: str, warehouse: str, **given: object) -> str:
    return word(f"title.{key}", lang, warehouse=Naming(book, lang).site(warehouse), **given)


def _named(naming: Naming, subject: CountSubject) -> Row:
    unlisted = listed(
        (naming.word("said.unlisted"), *filter(None, (subject.batch, _day(subject.expiry)))), naming.lang
    )
    return naming.item(subject.item), subject.lot or unlisted, _state(naming, subject)


def _stated(naming: Naming, item: str, stated: tuple[Quantity | Money, ...]) -> str:
    """As it was counted: 3箱 + 5件; amounts where value is the count."""
    return naming.packs(item, stated) or listed(map(naming.stated, stated), naming.lang)


def _state(naming: Naming, subject: CountSubject) -> str:
    return naming.word(f"shelf.{'quarantine' if subject.quarantined else 'warehouse'}")


def _day(on: date | None) -> str:
    return "" if on is None else on.isoformat()
