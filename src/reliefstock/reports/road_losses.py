"""What was lost on the road and nobody has signed for, as a table by whose custody it was in."""

from __future__ import annotations

from datetime import date

from reliefstock.book import Book
from reliefstock.ledger import Holding
from reliefstock.reconciliation import OpenLossRow
from reliefstock.reports.naming import Naming, notes, unvalued_notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS
from reliefstock.values import Language, business_date

__all__ = ["open_losses_table"]

_HEADS = ("custody", "report", "waybill", "lot", "item", "kind")


def open_losses_table(
    rows: tuple[OpenLossRow, ...], book: Book, on: date | str, lang: Language = "en"
) -> Table:
    """Open losses of a day, the stages one after the other; the total is of values alone.

    >>> open_losses_table((), Book("Ankang", currency="CNY"), "2023-02-01").title()
    'Losses on the road not signed for, 2023-02-01'
    """
    naming, day = Naming(book, lang), business_date(on)
    title = WORDS["title.open losses"]
    unvalued = unvalued_notes(book, (row.loss.lot for row in rows))
    total = naming.amount(sum(row.loss.value for row in rows))
    return Table(
        "open_losses",
        title.text("zh", on=day),
        title.text("en", on=day),
        columns=(
            *map(Column.named, _HEADS),
            *(Column.named(head, "right") for head in ("quantity", "value", "days")),
            Column.named("noted"),
        ),
        rows=tuple(_cells(naming, row) for row in rows),
        total=(naming.word("said.all"), *("",) * 6, total, "", ""),
        notes_zh=notes(book, "zh", *unvalued),
        notes_en=notes(book, "en", *unvalued),
        lang=lang,
    )


def _cells(naming: Naming, row: OpenLossRow) -> Row:
    loss = row.loss
    return (
        naming.word(f"stage.{loss.stage.value}"),
        loss.report,
        loss.waybill,
        loss.lot,
        naming.item(loss.item),
        naming.word(f"reason.{loss.kind.value}"),
        naming.quantity(loss.item, loss.quantity),
        naming.worth(loss.item, Holding(loss.quantity, loss.value)),
        str(row.days),
        naming.word("said.yes" if loss.noted_on_waybill else "said.no"),
    )
