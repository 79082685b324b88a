"""Overdue: consignments that were due before a day and of which something was still on the road then.

While goods are on the road the carrier has them, so it is the carrier who is asked first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.operations import Stage, Waybill
from reliefstock.operations.renewed import Renewals
from reliefstock.operations.revalued import Revaluation
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.papers import Papers
from reliefstock.reconciliation.wording import consignee_text, money_text
from reliefstock.values import business_date

__all__ = ["OverdueConsignment", "OverdueLine", "overdue", "overdue_findings"]


@attrs.frozen(kw_only=True)
class OverdueLine:
    """What of one lot is still on the road, in base units and minor units."""

    lot: str
    item: str
    quantity: int
    value: int


@attrs.frozen(kw_only=True)
class OverdueConsignment:
    """A waybill that was due, from where to where, so many `days` ago, and who has the goods."""

    waybill: str
    origin: str
    to: str
    carrier: str
    custody: Stage
    dispatched_on: date
    due: date
    days: int
    lines: tuple[OverdueLine, ...]

    @property
    def value(self) -> int:
        """What is still on the road is worth, in minor units."""
        return sum(line.value for line in self.lines)


def overdue(
    book: Book, on: date | str | None = None, *, known: int | None = None
) -> tuple[OverdueConsignment, ...]:
    """What is overdue at the end of a day (None: today), the longest first; as known after entry `known`.

    >>> overdue(Book("Ankang", currency="CNY"), "2023-02-01")
    ()
    """
    day = book.desk().today if on is None else business_date(on)
    papers = Papers(book, day, known)
    renewals = Renewals(papers.of(Revaluation))
    late = (waybill for waybill in papers.of(Waybill) if waybill.due < day)
    found = ((waybill, tuple(_lines(papers, renewals, waybill))) for waybill in late)
    rows = (_row(waybill, day, lines) for waybill, lines in found if lines)
    return tuple(sorted(rows, key=_longest_first))


def overdue_findings(
    book: Book, on: date | str | None = None, *, known: int | None = None
) -> tuple[Finding, ...]:
    """A finding for each consignment that is overdue: for how long, on which road, in whose custody.

    >>> overdue_findings(Book("Ankang", currency="CNY"), "2023-02-01")
    ()
    """
    return tuple(_finding(book, row) for row in overdue(book, on, known=known))


def _lines(papers: Papers, renewals: Renewals, waybill: Waybill) -> Iterator[OverdueLine]:
    for named in dict.fromkeys(line.lot for line in waybill.lines):
        lot = renewals.now(waybill.transit, named)
        left = papers.book.ledger.holding(waybill.transit, lot, on=papers.on, known=papers.known)
        if left:
            item = papers.book.lot(lot).item
            yield OverdueLine(lot=lot, item=item, quantity=left.quantity, value=left.value)


def _row(waybill: Waybill, day: date, lines: tuple[OverdueLine, ...]) -> OverdueConsignment:
    return OverdueConsignment(
        waybill=waybill.number,
        origin=waybill.origin,
        to=waybill.to,
        carrier=waybill.carrier,
        custody=Stage.CARRIER,
        dispatched_on=waybill.on,
        due=waybill.due,
        days=(day - waybill.due).days,
        lines=lines,
    )


def _longest_first(row: OverdueConsignment) -> tuple[date, str]:
    return row.due, row.waybill


def _finding(book: Book, row: OverdueConsignment) -> Finding:
    days_en = "1 day" if row.days == 1 else f"{row.days} days"
    origin, to = (consignee_text(book, place, "zh") for place in (row.origin, row.to))
    zh, en = (f"（{row.carrier}）", f" ({row.carrier})") if row.carrier else ("", "")
    return Finding(
        code="consignment-overdue",
        about=row.waybill,
        zh=f"货运单 {row.waybill}（{origin} 至 {to}）应于 {row.due} 到达，已逾期 {row.days} 天，"
        f"物资在承运方{zh}手中；请查询，到货后验收，或改运、按损失上报",
        en=f"waybill {row.waybill} from {row.origin} to {row.to} was due on {row.due} and is {days_en} "
        f"overdue, in the custody of the carrier{en}; ask, and report what came, divert it or report it lost",
        figures=(("days", str(row.days)), ("value", money_text(row.value, book.currency, "en"))),
        documents=(row.waybill,),
    )
