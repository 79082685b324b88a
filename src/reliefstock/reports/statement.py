"""The statement as a table: where did it all go, and does it add up?

Values and quantities are of two kinds, so they stand on lines of their own, and quantities are summed only
where there is one item. The last column is what came less what is accounted for: `0`, or there is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from reliefstock.book import Book
from reliefstock.ledger import Holding
from reliefstock.reconciliation import By, Statement, StatementRow
from reliefstock.reports.naming import NIL, Naming, notes, unvalued_notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS
from reliefstock.values import Language

__all__ = ["StatementMeasure", "statement_table"]

StatementMeasure: TypeAlias = Literal["value", "quantity", "both"]

_SUMS = (
    ("opening", "opening"),
    ("received", "received"),
    ("gains", "gains"),
    ("converted", "converted"),
    ("moved", "moved"),
    ("on hand", "on_hand"),
    ("in transit", "in_transit"),
    ("given out", "given_out"),
    ("lost", "lost"),
    ("difference", "difference"),
)
_HEADS = ("item", "measure")


def statement_table(
    statement: Statement,
    book: Book,
    lang: Language = "en",
    *,
    measure: StatementMeasure = "both",
    compact: bool = False,
    public: bool = False,
) -> Table:
    """A statement as a table, in values, in quantities or in both.

    `compact` leaves out the columns in which no row has anything, but for the difference; `public` keeps back
    the names of donors who asked for it.

    >>> from reliefstock.reconciliation import statement
    >>> from reliefstock.values import Period
    >>> book = Book("Ankang", currency="CNY")
    >>> statement_table(statement(book, Period.half_year(2023, 1)), book, "zh").zh
    '收支结存表（2023年上半年，按物资）'
    """
    naming = Naming(book, lang, public=public)
    lines = [line for row in statement.rows for line in _lines(naming, statement.by, row, measure)]
    unvalued = unvalued_notes(book, _lots(statement, book))
    table = Table(
        "statement",
        _title(statement, "zh"),
        _title(statement, "en"),
        columns=(_group(statement.by), *map(Column.named, _HEADS), *_sum_columns()),
        rows=tuple(lines),
        total=_total(naming, statement.total, measure),
        notes_zh=notes(book, "zh", *unvalued),
        notes_en=notes(book, "en", *unvalued),
        lang=lang,
    )
    return table.without(*_left_out(statement, table, measure, compact=compact))


def _group(by: By) -> Column:
    head = WORDS[f"group.{by.value}"]
    return Column("group", head.zh, head.en)


def _sum_columns() -> Iterator[Column]:
    return (Column.named(head, "right") for head, _ in _SUMS)


def _title(statement: Statement, lang: Language) -> str:
    by = WORDS[f"group.{statement.by.value}"].text(lang)
    return WORDS["title.statement"].text(lang, period=statement.period.text(lang), by=by)


def _lines(naming: Naming, by: By, row: StatementRow, measure: StatementMeasure) -> Iterator[Row]:
    heads = (naming.group(by, row.group), naming.item(row.item))
    if _in_quantity(naming, row, measure):
        yield (*heads, naming.word("said.quantity"), *_quantities(naming, row))
    if measure != "quantity":
        yield (*heads, naming.word("said.value"), *_values(naming, row))


def _in_quantity(naming: Naming, row: StatementRow, measure: StatementMeasure) -> bool:
    """Money, and goods that are counted by value, are not told twice."""
    twice = measure == "both" and naming.book.register.item(row.item).counted_by_value
    return measure != "value" and not twice


def _quantities(naming: Naming, row: StatementRow) -> Iterator[str]:
    return (naming.quantity(row.item, held.quantity) for held in _sums(row))


def _values(naming: Naming, row: StatementRow) -> Iterator[str]:
    return (naming.worth(row.item, held) for held in _sums(row))


def _sums(row: StatementRow) -> Iterator[Holding]:
    return (getattr(row, name) for _, name in _SUMS)


def _total(naming: Naming, total: StatementRow, measure: StatementMeasure) -> Row | None:
    """The sum of all rows; of quantities only where all are of one item."""
    label = (naming.word("said.all"), "")
    if measure != "quantity":
        return (*label, naming.word("said.value"), *_values(naming, total))
    if not total.item:
        return None
    return (*label, naming.word("said.quantity"), *_quantities(naming, total))


def _lots(statement: Statement, book: Book) -> Iterator[str]:
    """The lots that may be in the rows; the amounts are then said to leave out those without a value."""
    items = {row.item for row in statement.rows}
    return (lot.id for lot in book.ledger.lots.values() if lot.item in items)


def _left_out(
    statement: Statement, table: Table, measure: StatementMeasure, *, compact: bool
) -> Iterator[str]:
    if statement.by is By.ITEM:
        yield "item"  # the group is the item
    if measure != "both":
        yield "measure"
    sums = {column.key for column in _sum_columns()} - {"difference"}
    for at, column in enumerate(table.columns):
        if compact and column.key in sums and all(row[at] == NIL for row in table.rows):
            yield column.key
