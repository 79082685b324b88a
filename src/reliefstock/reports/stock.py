"""The stock position: what is where, how much of it, in which packs, worth how much, and what expires first.

Goods in quarantine and on the road stand on rows of their own: they are neither usable nor gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.ledger import Holding, Lot, Place, PlaceKind
from reliefstock.reconciliation.kits import incomplete_lots
from reliefstock.reports.naming import Naming, notes
from reliefstock.reports.packs import lots_in_packs
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS
from reliefstock.values import Language, Money, Quantity, business_date

__all__ = ["StockRow", "stock_position", "stock_table"]

_HELD = (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE, PlaceKind.FUND, PlaceKind.TRANSIT)


@attrs.frozen(kw_only=True)
class StockRow:
    """One item in one place. `quantity` is in base units, `value` in minor units.

    `unvalued` says how many of its lots have no value stated: their quantity counts, the value does not hold
    them; `incomplete`, how many are kits in which something has none, so that they are worth more. `stated`
    is the quantity as people say it: whole packs, the largest first, and the rest; each lot in the packs that
    it came in.
    """

    place: Place
    item: str
    lots: int
    quantity: int
    stated: tuple[Quantity | Money, ...]
    value: int
    unvalued: int
    incomplete: int = 0
    earliest_expiry: date | None


def stock_position(
    book: Book, on: date | str | None = None, known: int | None = None
) -> tuple[StockRow, ...]:
    """What is in the society's care at the end of a day, as known after an entry (None: the latest of both).

    Rows are by state (usable, quarantined, money, on the road), then by place and item, in the order in
    which the book met them. Raises `NotABusinessDate`.

    >>> stock_position(Book("Ankang", currency="CNY"))
    ()
    """
    day = None if on is None else business_date(on)
    incomplete = incomplete_lots(book)
    there = (
        (place, book.ledger.holdings(place, on=day, known=known)) for place in book.ledger.places(*_HELD)
    )
    return tuple(row for place, lots in there for row in _rows(book, place, lots, incomplete))


def stock_table(rows: tuple[StockRow, ...], book: Book, lang: Language = "en") -> Table:
    """The stock position as a table; the total is of values alone.

    >>> stock_table((), Book("Ankang", currency="CNY"), "zh").title("zh")
    '库存表'
    """
    naming = Naming(book, lang)
    unvalued = ("unvalued",) if any(row.unvalued for row in rows) else ()
    unvalued += ("components without value",) if any(row.incomplete for row in rows) else ()
    total = naming.amount(sum(row.value for row in rows))
    return Table(
        "stock",
        WORDS["title.stock"].zh,
        WORDS["title.stock"].en,
        columns=(
            Column.named("warehouse"),
            Column.named("state"),
            Column.named("item"),
            Column.named("lots", "right"),
            Column.named("quantity", "right"),
            Column.named("packs", "right"),
            Column.named("value", "right"),
            Column.named("expiry"),
        ),
        rows=tuple(_cells(naming, row) for row in rows),
        total=(naming.word("said.all"), "", "", "", "", "", total, ""),
        notes_zh=notes(book, "zh", *unvalued),
        notes_en=notes(book, "en", *unvalued),
        lang=lang,
    )


def _rows(
    book: Book, place: Place, there: Iterable[tuple[Lot, Holding]], incomplete: frozenset[str]
) -> Iterator[StockRow]:
    by_item: dict[str, list[tuple[Lot, Holding]]] = {}
    for lot, held in there:
        by_item.setdefault(lot.item, []).append((lot, held))
    for item, lots in by_item.items():
        yield _row(place, book.register.item(item), lots, incomplete)


def _row(place: Place, item: Item, lots: list[tuple[Lot, Holding]], incomplete: frozenset[str]) -> StockRow:
    quantity = sum(held.quantity for _, held in lots)
    return StockRow(
        place=place,
        item=item.id,
        lots=len(lots),
        quantity=quantity,
        stated=lots_in_packs(item, ((lot, held.quantity) for lot, held in lots)),
        value=sum(held.value for _, held in lots),
        unvalued=sum(lot.unvalued for lot, _ in lots),
        incomplete=sum(lot.id in incomplete and not lot.unvalued for lot, _ in lots),
        earliest_expiry=min((lot.expiry for lot, _ in lots if lot.expiry), default=None),
    )


def _cells(naming: Naming, row: StockRow) -> Row:
    value = naming.amount(row.value)
    if row.unvalued or row.incomplete:
        value = naming.word("said.unvalued", amount=value, count=row.unvalued + row.incomplete)
    return (
        naming.place(row.place),
        naming.word(f"shelf.{row.place.kind.value}"),
        naming.item(row.item),
        str(row.lots),
        naming.quantity(row.item, row.quantity),
        naming.packs(row.item, row.stated),
        value,
        "" if row.earliest_expiry is None else row.earliest_expiry.isoformat(),
    )
