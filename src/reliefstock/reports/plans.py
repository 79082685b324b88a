"""Plans against what came of them, as a table: planned, held, delivered, and what each recipient lacks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reliefstock.book import Book
from reliefstock.reconciliation.plans import PlanRow
from reliefstock.reports.naming import Naming
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import listed
from reliefstock.values import Language, business_date

__all__ = ["plans_table"]

_SUMS = (
    Column("need", "需求", "Needed", "right"),
    Column("planned", "计划", "Planned", "right"),
    Column("held", "预留", "Held", "right"),
    Column("delivered", "交付", "Delivered", "right"),
    Column("in_transit", "在途", "In transit", "right"),
    Column("lost", "在途损失", "Lost", "right"),
    Column("elsewhere", "转往他处", "Elsewhere", "right"),
    Column("released", "解除", "Released", "right"),
    Column("expired", "到期失效", "Lapsed", "right"),
    Column("open", "仍预留", "Still held", "right"),
    Column("beside", "未经预留发放", "Beside", "right"),
    Column("short", "未得", "Short", "right"),
)
_WHAT = (
    Column("plan", "计划依据", "Plan"),
    Column("recipient", "接收方", "Recipient"),
    Column("item", "物资", "Item"),
)


def plans_table(rows: Iterable[PlanRow], book: Book, on: date | str, lang: Language = "en") -> Table:
    """Plans and what came of them, a row for each recipient and item.

    held = delivered + in transit + lost + elsewhere + released + lapsed + still held; what is short is
    planned and was given neither under a hold nor beside it.

    >>> plans_table((), Book("Ankang", currency="CNY"), "2024-07-31", "zh").title("zh")
    '分配计划落实情况表（2024-07-31）'
    """
    naming, day = Naming(book, lang), business_date(on).isoformat()
    return Table(
        "plans",
        f"分配计划落实情况表（{day}）",
        f"Plans and what came of them, {day}",
        columns=(*_WHAT, *_SUMS, Column("documents", "单据", "Documents")),
        rows=tuple(_row(naming, row) for row in rows),
        lang=lang,
    )


def _row(naming: Naming, row: PlanRow) -> Row:
    return (
        row.plan,
        naming.recipient(row.recipient),
        naming.item(row.item),
        *(naming.quantity(row.item, getattr(row, column.key)) for column in _SUMS),
        listed(row.documents, naming.lang),
    )
