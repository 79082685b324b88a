"""The figures of the year for other programs: in no language, in base units and minor units."""

from __future__ import annotations

from collections import Counter

from county_depot.audit import Audit
from county_depot.pages import SPANS, late_news_of_the_year, the_soap
from county_depot.year import YEAR, Year
from reliefstock import CountReport, RecallNotice
from reliefstock.reconciliation import StatementRow, holds_of, recall_status, statement

__all__ = ["figures"]

COLUMNS = (
    "opening",
    "received",
    "gains",
    "converted",
    "on_hand",
    "in_transit",
    "given_out",
    "lost",
    "difference",
)


def figures(year: Year, audited: Audit) -> dict[str, object]:
    """What the pages say, as plain data."""
    return {
        "households": year.households,
        "documents": _documents(year),
        "entries": len(year.book.entries),
        "statement": {row.item: _row(row) for row in statement(year.book, YEAR).rows},
        "counts": {
            report.number: {"gain": report.gain, "loss": report.gross_loss, "late": list(report.late)}
            for report in year.book.documents_of(CountReport)
        },
        "recall": {
            f"{row.place}, {row.lot}": [row.had, row.came_back, row.still_there]
            for notice in year.book.documents_of(RecallNotice)
            for row in recall_status(year.book, notice.number).rows
        },
        "promises at risk": {row.hold: [row.left, row.short] for row in year.at_risk.rows},
        "promises": {
            row.hold: [row.held, row.fulfilled, row.released, row.expired, row.open]
            for row in holds_of(year.book)
        },
        "blocked": [
            [str(one.period), one.on, blocker.code, blocker.about]
            for one in year.blocked
            for blocker in one.blockers
        ],
        "closed": {one.close.number: str(one.period) for one in year.closed},
        "late news": [[one.document, one.concerns.isoformat()] for one in late_news_of_the_year(year)],
        "the soap": [
            [end.kind.value, end.item, end.quantity, end.value]
            for donation in the_soap(year).donations
            for end in donation.ends
        ],
        "checks": dict(audited.counts),
        "wrong": [[name, str(one)] for name, one in audited.wrong],
    }


def _documents(year: Year) -> dict[str, dict[str, int]]:
    """How many documents there are of each kind and month."""
    found: dict[str, Counter[str]] = {}
    for one in year.book.documents.values():
        month = next(str(span) for span in SPANS if one.on in span)
        found.setdefault(one.prefix, Counter())[month] += 1
    return {prefix: dict(months) for prefix, months in found.items()}


def _row(row: StatementRow) -> dict[str, list[int]]:
    """Each column: base units and minor units."""
    held = ((name, getattr(row, name)) for name in COLUMNS)
    return {name: [one.quantity, one.value] for name, one in held}
