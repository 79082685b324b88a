"""Goods that grow old, as tables: what expires, what nobody asks for, what there is too much of."""

from __future__ import annotations

from datetime import date

from reliefstock.book import Book
from reliefstock.ledger import Holding, Place, PlaceKind
from reliefstock.reconciliation import DeadStock, ExpiringLot, SlowStock
from reliefstock.reports.naming import Naming, notes, unvalued_notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS
from reliefstock.values import Language, business_date

__all__ = ["dead_stock_table", "expiring_table", "slow_stock_table"]


def expiring_table(
    rows: tuple[ExpiringLot, ...], book: Book, lang: Language = "en", *, on: date | str
) -> Table:
    """What expires soon or has expired, in packs too; whether the day of expiry is usable is said in a note.

    >>> expiring_table((), Book("Ankang", currency="CNY"), "zh", on="2023-05-27").zh
    '临期物资表（2023-05-27）'
    """
    naming = Naming(book, lang)
    usable = "expiry day usable" if book.policy.expiry_day_usable else "expiry day not usable"
    said = (usable, *unvalued_notes(book, (row.lot for row in rows)))
    total = naming.amount(sum(row.value for row in rows))
    return Table(
        "expiring",
        *_titles("expiring", on),
        columns=(
            *map(Column.named, ("warehouse", "item", "lot", "batch", "expires")),
            *(Column.named(head, "right") for head in ("days left", "quantity", "packs", "value")),
        ),
        rows=tuple(_expiring(naming, row) for row in rows),
        total=(naming.word("said.all"), "", "", "", "", "", "", "", total),
        notes_zh=notes(book, "zh", *said),
        notes_en=notes(book, "en", *said),
        lang=lang,
    )


def dead_stock_table(
    rows: tuple[DeadStock, ...], book: Book, lang: Language = "en", *, on: date | str
) -> Table:
    """What nobody asked for, and for how long; what counts as demand is said in a note.

    >>> dead_stock_table((), Book("Ankang", currency="CNY"), "zh", on="2023-05-27").zh
    '呆滞物资表（2023-05-27）'
    """
    naming = Naming(book, lang)
    return Table(
        "dead_stock",
        *_titles("dead stock", on),
        columns=(
            *map(Column.named, ("warehouse", "item", "since", "last demand")),
            *(Column.named(head, "right") for head in ("idle days", "quantity", "value")),
        ),
        rows=tuple(_dead(naming, row) for row in rows),
        total=(naming.word("said.all"), "", "", "", "", "", naming.amount(sum(row.value for row in rows))),
        notes_zh=notes(book, "zh", "demand"),
        notes_en=notes(book, "en", "demand"),
        lang=lang,
    )


def slow_stock_table(
    rows: tuple[SlowStock, ...], book: Book, lang: Language = "en", *, on: date | str
) -> Table:
    """What lasts long at the recent rate, with the demand that it rests on; whole days of cover.

    >>> slow_stock_table((), Book("Ankang", currency="CNY"), "zh", on="2023-05-27").zh
    '周转缓慢物资表（2023-05-27）'
    """
    naming = Naming(book, lang)
    return Table(
        "slow_stock",
        *_titles("slow stock", on),
        columns=(
            *map(Column.named, ("warehouse", "item")),
            *(Column.named(head, "right") for head in ("quantity", "demand", "over days", "cover", "value")),
        ),
        rows=tuple(_slow(naming, row) for row in rows),
        total=(naming.word("said.all"), "", "", "", "", "", naming.amount(sum(row.value for row in rows))),
        notes_zh=notes(book, "zh", "demand"),
        notes_en=notes(book, "en", "demand"),
        lang=lang,
    )


def _titles(key: str, on: date | str) -> tuple[str, str]:
    day = business_date(on).isoformat()
    return WORDS[f"title.{key}"].text("zh", day=day), WORDS[f"title.{key}"].text("en", day=day)


def _where(naming: Naming, warehouse: str) -> str:
    return naming.place(Place(PlaceKind.WAREHOUSE, warehouse))


def _expiring(naming: Naming, row: ExpiringLot) -> Row:
    return (
        _where(naming, row.warehouse),
        naming.item(row.item),
        row.lot,
        naming.book.lot(row.lot).batch,
        row.expiry.isoformat(),
        naming.word("said.expired") if row.is_expired else str(row.days_left),
        naming.quantity(row.item, row.quantity),
        naming.packed(row.lot, row.quantity),
        naming.worth(row.item, Holding(row.quantity, row.value)),
    )


def _dead(naming: Naming, row: DeadStock) -> Row:
    return (
        _where(naming, row.warehouse),
        naming.item(row.item),
        row.since.isoformat(),
        naming.word("said.never") if row.last_demand is None else row.last_demand.isoformat(),
        str(row.idle_days),
        naming.quantity(row.item, row.quantity),
        naming.worth(row.item, Holding(row.quantity, row.value)),
    )


def _slow(naming: Naming, row: SlowStock) -> Row:
    return (
        _where(naming, row.warehouse),
        naming.item(row.item),
        naming.quantity(row.item, row.quantity),
        naming.quantity(row.item, row.demand),
        str(row.days),
        naming.word("said.no demand") if row.cover_days is None else f"{row.cover_days:,}",
        naming.worth(row.item, Holding(row.quantity, row.value)),
    )
