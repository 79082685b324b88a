"""What is overdue on the road, as a table: where, for how long, who has it."""

from __future__ import annotations

from datetime import date

from reliefstock.book import Book
from reliefstock.ledger import Holding
from reliefstock.reconciliation import OverdueConsignment, OverdueLine
from reliefstock.reports.naming import Naming, notes, unvalued_notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS
from reliefstock.values import Language, business_date

__all__ = ["overdue_table"]

_HEADS = ("waybill", "dispatched on", "origin", "to", "due")


def overdue_table(
    rows: tuple[OverdueConsignment, ...], book: Book, on: date | str, lang: Language = "en"
) -> Table:
    """Overdue consignments of a day, lot by lot; the total is of values alone.

    >>> overdue_table((), Book("Ankang", currency="CNY"), "2023-02-01").title()
    'Overdue consignments, 2023-02-01'
    """
    naming, day = Naming(book, lang), business_date(on)
    title = WORDS["title.overdue"]
    unvalued = unvalued_notes(book, (line.lot for row in rows for line in row.lines))
    total = naming.amount(sum(row.value for row in rows))
    return Table(
        "overdue",
        title.text("zh", on=day),
        title.text("en", on=day),
        columns=(
            *map(Column.named, _HEADS),
            Column.named("days", "right"),
            Column.named("carrier"),
            Column.named("lot"),
            Column.named("item"),
            Column.named("quantity", "right"),
            Column.named("value", "right"),
        ),
        rows=tuple(_cells(naming, row, line) for row in rows for line in row.lines),
        total=(naming.word("said.all"), *("",) * 9, total),
        notes_zh=notes(book, "zh", *unvalued),
        notes_en=notes(book, "en", *unvalued),
        lang=lang,
    )


def _cells(naming: Naming, row: OverdueConsignment, line: OverdueLine) -> Row:
    return (
        row.waybill,
        row.dispatched_on.isoformat(),
        naming.site(row.origin),
        naming.consignee(row.to),
        row.due.isoformat(),
        str(row.days),
        row.carrier,
        line.lot,
        naming.item(line.item),
        naming.quantity(line.item, line.quantity),
        naming.worth(line.item, Holding(line.quantity, line.value)),
    )
