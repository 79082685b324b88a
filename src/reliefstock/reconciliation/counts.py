"""Counted against booked: where counts stand, which are open, and what came late for those that are approved.

An entry that tells of a day before an approved count, and came to be known after it, may explain what the
count found. It is a finding until the lot is counted again, the report is reversed and another approved that
takes it in, or the entry itself is taken back.
"""

from __future__ import annotations

from datetime import date

from reliefstock.book import Book
from reliefstock.operations import CountPlan, Counts, CountStatus, DisputedCount
from reliefstock.reconciliation.findings import Finding
from reliefstock.values import business_date

__all__ = ["count_conflicts", "count_status", "disputed_counts", "open_counts"]


def count_status(book: Book, plan: str) -> CountStatus:
    """Where a count stands: who said what in which round, who agrees, what is to be recounted.

    It tells what the book says, so it is not for those who are still to count. Raises `Unknown`.

    >>> from reliefstock import Warehouse
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Warehouse("depot", zh="备灾中心"))
    >>> plan = book.plan_count(warehouse="depot", on="2023-06-30", counters=("a", "b"))
    >>> status = count_status(book, plan.number)
    >>> status.round, status.is_settled
    (1, False)
    """
    desk = book.desk()
    return Counts.of(desk).status(desk.document(plan, CountPlan))


def open_counts(book: Book, until: date | str | None = None) -> tuple[CountPlan, ...]:
    """The plans up to a day (None: all) that nobody has approved a report of. Raises `NotABusinessDate`.

    >>> open_counts(Book("Ankang", currency="CNY"))
    ()
    """
    return Counts.of(book.desk()).open(_day(until))


def disputed_counts(book: Book, until: date | str | None = None) -> tuple[DisputedCount, ...]:
    """What changes the findings of approved counts up to a day (None: of all). Raises `NotABusinessDate`.

    >>> disputed_counts(Book("Ankang", currency="CNY"))
    ()
    """
    return tuple(Counts.of(book.desk()).disputed(_day(until)))


def count_conflicts(book: Book, until: date | str | None = None) -> tuple[Finding, ...]:
    """A finding for every lot whose approved difference would be another now. Raises `NotABusinessDate`.

    >>> count_conflicts(Book("Ankang", currency="CNY"))
    ()
    """
    return tuple(_conflict(book, one) for one in disputed_counts(book, until))


def _day(until: date | str | None) -> date:
    return date.max if until is None else business_date(until)


def _conflict(book: Book, one: DisputedCount) -> Finding:
    numbers = tuple(map(str, one.entries))
    papers = (book.ledger.entry(number).document for number in one.entries)
    where = f"{one.place}, {one.lot}"
    return Finding(
        code="count-conflict",
        about=where,
        zh=f"盘点报告 {one.report}（{one.on}，{where}）之后补记了第 {'、'.join(numbers)} 号分录："
        f"已批准的差异为 {_signed(one.difference)}，现应为 {_signed(one.now)}；"
        "请复盘该批次，或冲销报告后重新审批",
        en=f"count report {one.report} ({one.on}, {where}) did not know entries {', '.join(numbers)}: the "
        f"difference that was approved is {_signed(one.difference)} and would be {_signed(one.now)} now; "
        "count the lot again, or reverse the report and approve another",
        figures=(
            ("difference", str(one.difference)),
            ("now", str(one.now)),
            ("entries", ", ".join(numbers)),
        ),
        documents=tuple(dict.fromkeys((one.report, *papers))),
    )


def _signed(units: int) -> str:
    return f"{units:+d}" if units else "0"
