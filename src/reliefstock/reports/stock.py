"""The stock position: what is where, how much of it, in which packs, worth how much, and what expires first.

Goods in quarantine and on the road stand on rows of their own: they are neither usable nor gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.ledger import Holding, Lot, Place, PlaceKind
from reliefstock.reports.naming import Naming, notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS
from reliefstock.values import Language, Money, Quantity, Unit, business_date

__all__ = ["StockRow", "in_packs", "stock_position", "stock_table"]

_HELD = (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE, PlaceKind.FUND, PlaceKind.TRANSIT)


@attrs.frozen(kw_only=True)
class StockRow:
    """One item in one place. `quantity` is in base units, `value` in minor units.

    `unvalued` says how many of its lots have no value stated: their quantity counts, the value does not hold
    them. `stated` is the quantity as people say it: whole packs, the largest first, and the rest.
    """

    place: Place
    item: str
    lots: int
    quantity: int
    stated: tuple[Quantity | Money, ...]
    value: int
    unvalued: int
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
    return tuple(row for place in book.ledger.places(*_HELD) for row in _rows(book, place, day, known))


def in_packs(item: Item, base_units: int) -> tuple[Quantity | Money, ...]:
    """Base units as whole packs, the largest first, and the rest; an amount where value is the count.

    Packs that do not hold a whole number of base units are passed over.

    >>> from reliefstock.values import PIECE
    >>> water = Item("water", zh="饮用水", en="Drinking water", packs=(PIECE.pack("box", 24),))
    >>> [str(part) for part in in_packs(water, 50)]
    ['2 box', '2 piece']
    """
    rest = item.stated(base_units)
    if isinstance(rest, Money):
        return (rest,)
    parts: list[Quantity | Money] = []
    for pack in sorted(_whole_packs(item), key=lambda unit: unit.ratio, reverse=True):
        full, rest = rest.packs(pack)
        parts += [full] if full else []
    return (*parts, rest) if rest or not parts else tuple(parts)


def stock_table(rows: tuple[StockRow, ...], book: Book, lang: Language = "en") -> Table:
    """The stock position as a table; the total is of values alone.

    >>> stock_table((), Book("Ankang", currency="CNY"), "zh").title("zh")
    '库存表'
    """
    naming = Naming(book, lang)
    unvalued = ("unvalued",) if any(row.unvalued for row in rows) else ()
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


def _rows(book: Book, place: Place, on: date | None, known: int | None) -> Iterator[StockRow]:
    by_item: dict[str, list[tuple[Lot, Holding]]] = {}
    for lot, held in book.ledger.holdings(place, on=on, known=known):
        by_item.setdefault(lot.item, []).append((lot, held))
    for item, lots in by_item.items():
        yield _row(place, book.register.item(item), lots)


def _row(place: Place, item: Item, lots: list[tuple[Lot, Holding]]) -> StockRow:
    quantity = sum(held.quantity for _, held in lots)
    return StockRow(
        place=place,
        item=item.id,
        lots=len(lots),
        quantity=quantity,
        stated=in_packs(item, quantity),
        value=sum(held.value for _, held in lots),
        unvalued=sum(lot.unvalued for lot, _ in lots),
        earliest_expiry=min((lot.expiry for lot, _ in lots if lot.expiry), default=None),
    )


def _whole_packs(item: Item) -> Iterator[Unit]:
    for pack in item.packs:
        holds = pack.ratio / item.unit.ratio  # exact: Fraction
        if holds.denominator == 1:
            yield pack


def _cells(naming: Naming, row: StockRow) -> Row:
    value = naming.amount(row.value)
    if row.unvalued:
        value = naming.word("said.unvalued", amount=value, count=row.unvalued)
    return (
        naming.place(row.place),
        naming.word(f"shelf.{row.place.kind.value}"),
        naming.item(row.item),
        str(row.lots),
        naming.quantity(row.item, row.quantity),
        _packed(naming, row),
        value,
        "" if row.earliest_expiry is None else row.earliest_expiry.isoformat(),
    )


def _packed(naming: Naming, row: StockRow) -> str:
    """Said only where there are packs, and they say more than the base units do."""
    texts = [part.text(naming.lang) for part in row.stated if isinstance(part, Quantity)]
    plain = [naming.quantity(row.item, row.quantity)]
    return "" if texts == plain else " + ".join(texts)
