"""The year on paper, for a storekeeper and an auditor: tables of the library, and some of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import attrs

from county_depot.audit import CHECKS, Audit
from county_depot.year import YEAR, Closed, Year
from reliefstock import CountReport, Document, Period, RecallNotice
from reliefstock.reconciliation import (
    LateNews,
    allocations,
    late_news,
    recall_status,
    reorder,
    statement,
)
from reliefstock.reports import (
    Column,
    DonationReport,
    Naming,
    Row,
    Table,
    closing_checklist_table,
    count_report_table,
    donation_ends_table,
    donation_report,
    late_news_table,
    promises_table,
    reorder_table,
    statement_table,
)
from reliefstock.values import Language

__all__ = ["MONTHS", "SPANS", "late_news_of_the_year", "pages", "the_soap", "verdict"]

MONTHS = tuple(Period.month(YEAR.first.year, month) for month in range(1, 13))
SPANS = (Period.year(YEAR.first.year - 1), *MONTHS, Period.year(YEAR.first.year + 1))
_K = TypeVar("_K")
MOST = 20  # so many differences are printed, and how many there are besides


def pages(year: Year, audited: Audit, lang: Language) -> Iterator[Table]:
    """The tables, in the order in which they are printed."""
    book = year.book
    yield _calendar(year, lang)
    yield from (_count(year, report, lang) for report in book.documents_of(CountReport))
    yield _recall(year, lang)
    at_risk = promises_table(year.at_risk.rows, book, year.at_risk.on, lang)
    yield at_risk.without("warehouse", "lot", "because")
    yield _promises(year, lang)
    yield _closes(year, lang)
    late = late_news_table(late_news_of_the_year(year), YEAR, book, lang)
    yield late.without("received", "gains", "converted", "in_transit", "lost")
    off = (row for row in reorder(book, on=YEAR.last) if row.is_below or row.is_above)
    yield reorder_table(off, book, lang).without("date", "warehouse", "on_the_road", "over_days")
    yield statement_table(statement(book, YEAR), book, lang, compact=True)
    yield donation_ends_table(the_soap(year), book, lang)
    last = year.closed[-1]
    yield closing_checklist_table(last.checks, last.period, lang)
    yield _checks(audited, lang)


def verdict(audited: Audit, lang: Language) -> str:
    """The last line: that everything adds up, or what does not."""
    figures, checks = f"{audited.comparisons:,}", len(CHECKS)
    if not audited.wrong:
        zh = f"全部相符：{checks} 项核对，共比对 {figures} 个数字"
        return zh if lang == "zh" else f"everything adds up: {checks} checks, {figures} figures compared"
    lines = [f"{_name(name, lang)}: {one}" for name, one in audited.wrong[:MOST]]
    more = len(audited.wrong) - len(lines)
    lines += [f"… {more}"] if more else []
    zh, en = (
        f"不符 {len(audited.wrong)} 处，共比对 {figures} 个数字",
        f"{len(audited.wrong)} of {figures} differ",
    )
    return "\n".join((*lines, zh if lang == "zh" else en))


def _name(check: str, lang: Language) -> str:
    return CHECKS[check].zh if lang == "zh" else CHECKS[check].en


def _right(key: str, zh: str, en: str) -> Column:
    return Column(key, zh, en, "right")


# What was done when


def _calendar(year: Year, lang: Language) -> Table:
    """How many documents there are of each kind and month, in the order in which the first were made."""
    documents = tuple(year.book.documents.values())
    kinds = dict.fromkeys(type(one) for one in documents)
    months = (_right(str(span), _head(span), _head(span)) for span in SPANS)
    return Table(
        "calendar",
        f"{YEAR.first.year} 年单据：{len(documents)} 份，分录 {len(year.book.entries)} 笔",
        f"Documents of {YEAR.first.year}: {len(documents)}, with {len(year.book.entries)} entries",
        columns=(Column("kind", "单据", "Document"), *months, _right("all", "合计", "All")),
        rows=tuple(
            (kind.title(lang), *_numbers(one for one in documents if type(one) is kind)) for kind in kinds
        ),
        total=("合计" if lang == "zh" else "All", *_numbers(documents)),
        lang=lang,
    )


def _head(span: Period) -> str:
    return f"{span.first.month:02d}" if span in MONTHS else str(span)


def _numbers(documents: Iterable[Document]) -> Iterator[str]:
    """How many are of each month, and how many there are."""
    days = [one.on for one in documents]
    counts = (sum(day in span for day in days) for span in SPANS)
    return (str(count or "") for count in (*counts, len(days)))


# What was counted, and what was recalled


def _count(year: Year, report: CountReport, lang: Language) -> Table:
    """What differed at a count, also where a paper explains it that came late."""
    off = tuple(line for line in report.lines if line.counted != line.there_then)
    table = count_report_table(attrs.evolve(report, lines=off), year.book, lang)
    lots, counters, approvers = len(report.lines), len(report.counters), len(report.approved_by)
    late = ", ".join(year.book.ledger.entry(number).document for number in report.late)
    zh, en = (
        (f"；计入迟到单据 {late}", f"; came late and was taken into account: {late}") if late else ("", "")
    )
    return attrs.evolve(
        table.without("state", "stated", "explanation"),
        notes_zh=(f"盘点 {lots} 批；{counters} 人盘点，{approvers} 人批准{zh}",),
        notes_en=(f"{lots} lots were counted, by {counters} people, and approved by {approvers} others{en}",),
    )


def _recall(year: Year, lang: Language) -> Table:
    """Who had any of the batch, and what came back, by kinds of place."""
    naming = Naming(year.book, lang)
    [notice] = year.book.documents_of(RecallNotice)
    rows = recall_status(year.book, notice.number).rows
    places = {(row.place.kind, row.item, row.place.id) for row in rows}
    sums = _summed(((row.place.kind, row.item), (row.had, row.came_back, row.still_there)) for row in rows)
    return Table(
        "recall",
        f"召回 {notice.number}：批号 {notice.batch}，{notice.on}",
        f"Recall {notice.number}: batch {notice.batch}, {notice.on}",
        columns=(
            Column("where", "何处", "Where"),
            Column("item", "物资", "Item"),
            _right("places", "处数", "How many"),
            _right("had", "曾有", "Had"),
            _right("came_back", "已退回或转出", "Came back, or went on"),
            _right("there", "现有", "Still there"),
        ),
        rows=tuple(
            (
                naming.word(f"place.{kind.value}"),
                naming.item(item),
                str(sum(place[:2] == (kind, item) for place in places)),
                *(naming.quantity(item, units) for units in units_of_item),
            )
            for (kind, item), units_of_item in sums.items()
        ),
        lang=lang,
    )


def _summed(rows: Iterable[tuple[_K, tuple[int, ...]]]) -> dict[_K, tuple[int, ...]]:
    """Figures of the same thing summed, column by column."""
    sums: dict[_K, tuple[int, ...]] = {}
    for key, figures in rows:
        before = sums.get(key, (0,) * len(figures))
        sums[key] = tuple(map(sum, zip(before, figures, strict=True)))
    return sums


# What was promised


def _promises(year: Year, lang: Language) -> Table:
    """What was promised in the flood, by item, and what came of it."""
    naming = Naming(year.book, lang)
    sums = _summed(
        (row.hold.item, (row.planned, row.delivered, row.hold.released, row.hold.expired, row.difference))
        for row in allocations(year.book, on=YEAR.last)
    )
    return Table(
        "promised",
        "预留与兑现",
        "Promised and given",
        columns=(
            Column("item", "物资", "Item"),
            _right("promised", "预留", "Promised"),
            _right("given", "交付", "Given"),
            _right("released", "解除", "Released"),
            _right("lapsed", "过期", "Lapsed"),
            _right("difference", "差额", "Difference"),
        ),
        rows=tuple(
            (naming.item(item), *(naming.quantity(item, units) for units in came))
            for item, came in sums.items()
        ),
        lang=lang,
    )


# What was closed


def _closes(year: Year, lang: Language) -> Table:
    """When each period was closed, and what had been in the way when it was tried before."""
    return Table(
        "closes",
        "结账",
        "Closing the months",
        columns=(
            Column("period", "期间", "Period"),
            Column("on", "日期", "On"),
            Column("in_the_way", "未了结事项", "In the way"),
            Column("document", "单据", "Document"),
            _right("known", "已知分录", "Entries known"),
        ),
        rows=tuple(row for one in year.closed for row in _closed(year, one, lang)),
        lang=lang,
    )


def _closed(year: Year, one: Closed, lang: Language) -> Iterator[Row]:
    period = one.period.text(lang)
    for tried in year.blocked:
        if tried.period == one.period:
            for blocker in tried.blockers:
                yield period, tried.on, blocker.sentence(lang), "", ""
    close = one.close
    yield period, close.on.isoformat(), "", close.number, str(close.known)


def late_news_of_the_year(year: Year) -> tuple[LateNews, ...]:
    """All that came too late for its month."""
    return tuple(one for month in MONTHS for one in late_news(year.book, month))


# Where a gift went


def the_soap(year: Year) -> DonationReport:
    """The report to the soap works, of the one donation that is followed."""
    soap = year.book.lot(year.kept["soap"][0])
    report = donation_report(year.book, soap.donor or "")
    followed = tuple(one for one in report.donations if one.number == soap.donation)
    return attrs.evolve(report, donations=followed)


# What was checked


def _checks(audited: Audit, lang: Language) -> Table:
    """Every check of the auditor: how many figures it compared, and how many do not agree."""
    wrong = [name for name, _ in audited.wrong]
    return Table(
        "checks",
        "审计核对",
        "What the auditor checked",
        columns=(
            Column("check", "核对内容", "Check"),
            _right("compared", "比对数字", "Figures compared"),
            _right("wrong", "不符", "That differ"),
        ),
        rows=tuple(
            (_name(name, lang), f"{count:,}", str(wrong.count(name)))
            for name, count in audited.counts.items()
        ),
        total=("合计" if lang == "zh" else "All", f"{audited.comparisons:,}", str(len(wrong))),
        lang=lang,
    )
