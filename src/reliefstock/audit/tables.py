"""An audit as tables: what was read, and what is wrong, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Final

from reliefstock.audit.comparing import AuditReport
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.values import Language

__all__ = ["audit_table", "findings_table"]

_WHAT: Final = Column("what", "项目", "What")
_FIGURE: Final = Column("figure", "数", "Figure", "right")
_NAMES: Final = MappingProxyType(
    {
        "book": ("账簿", "Book"),
        "records": ("记录", "Records"),
        "head": ("末条记录的摘要", "Hash of the last record"),
        "entries": ("分录", "Entries"),
        "documents": ("单据", "Documents"),
        "lots": ("批次", "Lots"),
        "places": ("地点", "Places"),
        "balances": ("结存", "Balances"),
        "holds": ("预留", "Holds"),
        "counts": ("盘点数", "Counts"),
        "closed": ("结账至", "Closed through"),
        "sealed": ("封存至", "Sealed through"),
        "records_wrong": ("记录中的问题", "Findings in the records"),
        "differences": ("与账簿不符", "Differences from the book"),
    }
)


def audit_table(report: AuditReport, lang: Language = "en") -> Table:
    """What was read and recomputed, and how much of it is wrong, a line each.

    >>> from reliefstock import Book
    >>> from reliefstock.audit.comparing import audit
    >>> book = Book("Ankang", currency="CNY")
    >>> audit_table(audit(book.records(), book), "zh").rows[:2]
    (('账簿', 'Ankang'), ('记录', '1'))
    """
    rows = tuple((_NAMES[key][lang == "en"], figure) for key, figure in _figures(report, lang))
    return Table("audit", "审计结果", "Audit", columns=(_WHAT, _FIGURE), rows=rows, lang=lang)


def _figures(report: AuditReport, lang: Language) -> Iterator[tuple[str, str]]:
    audit, figures = report.recomputed, report.figures
    yield "book", audit.book
    yield "records", str(figures.records)
    yield "head", (figures.head or b"").hex()
    yield "entries", str(figures.entries)
    yield "documents", str(sum(figures.documents.values()))
    yield "lots", str(audit.lots)
    yield "places", str(audit.places)
    for key in ("balances", "holds", "counts"):
        yield key, str(len(getattr(figures, key)))
    yield "closed", _day(figures.closed)
    yield "sealed", _day(figures.sealed)
    yield "records_wrong", str(len(audit.findings))
    not_compared = "未比对" if lang == "zh" else "not compared"
    yield "differences", str(len(report.differences)) if report.compared else not_compared


def _day(on: date | None) -> str:
    return "" if on is None else on.isoformat()


def findings_table(report: AuditReport, lang: Language = "en") -> Table:
    """All that is wrong, a line each: the record and the entry, the code, and the sentence.

    >>> from reliefstock.audit.comparing import audit
    >>> from reliefstock.journal import chained
    >>> findings_table(audit(chained([b"?"])), "zh").rows[0][:3]
    ('1', '', 'record-unreadable')
    """
    columns = (
        Column("record", "记录", "Record", "right"),
        Column("entry", "分录", "Entry", "right"),
        Column("code", "代码", "Code"),
        Column("finding", "问题", "Finding"),
    )
    rows: tuple[Row, ...] = tuple(
        (
            str(one.record or ""),
            "" if one.entry is None else str(one.entry),
            one.code,
            one.text(lang),
        )
        for one in report.findings
    )
    return Table("audit_findings", "审计发现", "Audit findings", columns=columns, rows=rows, lang=lang)
