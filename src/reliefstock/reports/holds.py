"""Promises as tables: what is held for whom, what was delivered, what cannot be met, and what is free."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reliefstock.book import Book
from reliefstock.operations import Allocation, HeldLine, HeldLot
from reliefstock.operations.availability import Availability
from reliefstock.reconciliation import AllocationRow, HoldRow, PromiseAtRisk
from reliefstock.reports.naming import Naming
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed
from reliefstock.values import Language, business_date

__all__ = ["allocation_table", "allocations_table", "availability_table", "holds_table", "promises_table"]

_HELD = ("held", "fulfilled", "released", "lapsed", "still held")
_PLANNED = ("planned", "delivered", "in transit", "lost", "elsewhere", "released", "lapsed", "still held")
_ON_HAND = (
    "on hand",
    "quarantined",
    "unusable",
    "restricted",
    "held for others",
    "kept",
    "moving",
    "available",
)


def allocation_table(book: Book, number: str, lang: Language = "en") -> Table:
    """An allocation on paper: who is promised what, under which hold, from which lots and in which packs.

    Raises `Unknown` for what is no allocation.
    """
    naming = Naming(book, lang)
    made = book.desk().document(number, Allocation)
    titles = (_title_of(book, made, "zh"), _title_of(book, made, "en"))
    table = Table(
        "allocation",
        *titles,
        columns=(
            *map(Column.named, ("hold", "recipient", "item", "lot")),
            *(Column.named(head, "right") for head in ("quantity", "packs")),
        ),
        rows=tuple(_promised(naming, line, lot) for line in made.lines for lot in line.lots),
        lang=lang,
    )
    return table if any(lot.packs for line in made.lines for lot in line.lots) else table.without("packs")


def holds_table(rows: Iterable[HoldRow], book: Book, on: date | str, lang: Language = "en") -> Table:
    """Holds at the end of a day: held = fulfilled + released + lapsed + still held.

    >>> holds_table((), Book("Ankang", currency="CNY"), "2023-02-01").title()
    'Holds, 2023-02-01'
    """
    naming = Naming(book, lang)
    return Table(
        "holds",
        *_titles("holds", on),
        columns=(
            *map(Column.named, ("hold", "recipient", "programme", "warehouse", "item", "lots", "held until")),
            *(Column.named(head, "right") for head in _HELD),
        ),
        rows=tuple(_held(naming, row) for row in rows),
        lang=lang,
    )


def allocations_table(
    rows: Iterable[AllocationRow], book: Book, on: date | str, lang: Language = "en"
) -> Table:
    """Allocations against what was delivered; the last column is what is not accounted for: `0`.

    planned = delivered + in transit + lost + elsewhere + released + lapsed + still held.

    >>> allocations_table((), Book("Ankang", currency="CNY"), "2023-02-01", "zh").title("zh")
    '分配与交付核对表（2023-02-01）'
    """
    naming = Naming(book, lang)
    return Table(
        "allocations",
        *_titles("allocations", on),
        columns=(
            *map(Column.named, ("hold", "recipient", "item")),
            *(Column.named(head, "right") for head in (*_PLANNED, "difference")),
            Column.named("documents"),
        ),
        rows=tuple(_planned(naming, row) for row in rows),
        lang=lang,
    )


def promises_table(rows: Iterable[PromiseAtRisk], book: Book, on: date | str, lang: Language = "en") -> Table:
    """Promises that can no longer be met, with what would help: what is kept apart, and what else is free.

    >>> promises_table((), Book("Ankang", currency="CNY"), "2023-02-01").title()
    'Promises at risk, 2023-02-01'
    """
    naming = Naming(book, lang)
    return Table(
        "promises",
        *_titles("promises", on),
        columns=(
            *map(Column.named, ("hold", "recipient", "held until", "warehouse", "item", "lot")),
            *(Column.named(head, "right") for head in ("still held", "wanting")),
            Column.named("because"),
            *(Column.named(head, "right") for head in ("quarantined", "free")),
        ),
        rows=tuple(_promise(naming, row) for row in rows),
        lang=lang,
    )


def availability_table(rows: Iterable[Availability], book: Book, lang: Language = "en") -> Table:
    """What is on hand, and how much of it can be given out; the other columns say why not all of it.

    >>> availability_table((), Book("Ankang", currency="CNY"), "zh").title("zh")
    '可用量表'
    """
    naming = Naming(book, lang)
    return Table(
        "availability",
        WORDS["title.availability"].zh,
        WORDS["title.availability"].en,
        columns=(
            *map(Column.named, ("date", "warehouse", "item", "recipient", "programme")),
            *(Column.named(head, "right") for head in _ON_HAND),
        ),
        rows=tuple(_available(naming, row) for row in rows),
        lang=lang,
    )


def _titles(key: str, on: date | str) -> tuple[str, str]:
    day = business_date(on).isoformat()
    return WORDS[f"title.{key}"].text("zh", on=day), WORDS[f"title.{key}"].text("en", on=day)


def _title_of(book: Book, made: Allocation, lang: Language) -> str:
    place = Naming(book, lang).site(made.warehouse)
    days = {"since": made.on.isoformat(), "until": made.until.isoformat()}
    return WORDS["title.allocation"].text(lang, number=made.number, warehouse=place, **days)


def _promised(naming: Naming, line: HeldLine, lot: HeldLot) -> Row:
    return (
        line.hold,
        naming.recipient(line.recipient),
        naming.item(line.item),
        lot.lot,
        naming.quantity(line.item, lot.quantity),
        naming.packed(lot.lot, lot.quantity),
    )


def _held(naming: Naming, row: HoldRow) -> Row:
    sums = (row.held, row.fulfilled, row.released, row.expired, row.open)
    return (
        row.hold,
        naming.recipient(row.recipient),
        row.programme,
        naming.site(row.warehouse),
        naming.item(row.item),
        listed(row.lots, naming.lang),
        row.until.isoformat(),
        *(naming.quantity(row.item, units) for units in sums),
    )


def _planned(naming: Naming, row: AllocationRow) -> Row:
    hold = row.hold
    on_its_way = (row.planned, row.delivered, row.in_transit, row.lost, row.elsewhere)
    sums = (*on_its_way, hold.released, hold.expired, hold.open, row.difference)
    return (
        hold.hold,
        naming.recipient(hold.recipient),
        naming.item(hold.item),
        *(naming.quantity(hold.item, units) for units in sums),
        listed(row.papers, naming.lang),
    )


def _promise(naming: Naming, row: PromiseAtRisk) -> Row:
    return (
        row.hold,
        naming.recipient(row.recipient),
        row.until.isoformat(),
        naming.site(row.warehouse),
        naming.item(row.item),
        row.lot,
        naming.quantity(row.item, row.left),
        naming.quantity(row.item, row.short),
        naming.word(f"risk.{row.why.value}"),
        naming.quantity(row.item, row.apart),
        naming.quantity(row.item, row.free),
    )


def _available(naming: Naming, row: Availability) -> Row:
    sums = (
        row.on_hand,
        row.quarantined,
        row.unusable,
        row.restricted,
        row.held,
        row.kept,
        row.moving,
        row.available,
    )
    return (
        row.on.isoformat(),
        naming.word("said.all") if row.warehouse is None else naming.site(row.warehouse),
        naming.item(row.item),
        naming.recipient(row.recipient) if row.recipient else "",
        row.programme,
        *(naming.quantity(row.item, units) for units in sums),
    )
