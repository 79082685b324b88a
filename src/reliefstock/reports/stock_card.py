"""The stock card (库存卡): one item in one depot, a line per movement with the running balance.

It is kept in the order in which things happened, so an entry dated back stands where it belongs and the
balance after it is what was there then. Of money it is the cash book of a fund.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import attrs

from reliefstock.book import Book
from reliefstock.errors import Unknown
from reliefstock.ledger import Entry, Holding, Movement, Place, PlaceKind
from reliefstock.parties import Warehouse
from reliefstock.projects import Fund
from reliefstock.reports.naming import Naming, notes, unvalued_notes
from reliefstock.reports.packs import lots_in_packs
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.values import Language, Money, Period, Quantity, near

__all__ = ["CardLine", "StockCard", "stock_card", "stock_card_table"]

_ZERO = Holding(0, 0)
_KINDS = (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE, PlaceKind.FUND)
_HEADS = ("date", "entry", "document", "lot", "from or to")
_SUMS = ("came in", "went out", "balance", "came in value", "went out value", "balance value")


@attrs.frozen(kw_only=True)
class CardLine:
    """One movement of one lot. `came`, `went` and `balance` are in base units and minor units.

    What moves within the depot, into quarantine or out of it, came and went at once. `reverses` is the number
    of the entry that it takes back, if any.
    """

    on: date
    entry: int
    document: str
    lot: str
    source: Place
    target: Place
    came: Holding
    went: Holding
    balance: Holding
    reverses: int | None


@attrs.frozen(kw_only=True)
class StockCard:
    """The card of an item in a warehouse (or of money in a fund), with what was there before the period.

    `packed` says what is there after the last line in the packs that its lots came in.
    """

    warehouse: str
    item: str
    period: Period | None
    opening: Holding
    lines: tuple[CardLine, ...]
    packed: tuple[Quantity | Money, ...] = ()

    @property
    def closing(self) -> Holding:
        """What is there after the last line."""
        return self.lines[-1].balance if self.lines else self.opening


def stock_card(
    book: Book, warehouse: str, item: str, period: Period | None = None, *, known: int | None = None
) -> StockCard:
    """The card of an item in a warehouse, quarantined goods with the rest, or of money in a fund.

    It covers a period, or all there is, as known after entry `known`. Raises `Unknown`.

    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Warehouse("depot", zh="备灾中心"))
    >>> stock_card(book, "depot", "CNY").closing
    Holding(quantity=0, value=0)
    """
    book.register.item(item)
    _check_site(book, warehouse)
    opening = balance = _opening(book, warehouse, item, period, known)
    lines: list[CardLine] = []
    for entry, movement in _movements(book, warehouse, item, period, known):
        line = _line(warehouse, entry, movement, balance)
        lines.append(line)
        balance = line.balance
    return StockCard(
        warehouse=warehouse,
        item=item,
        period=period,
        opening=opening,
        lines=tuple(lines),
        packed=_packed(book, warehouse, item, period, known),
    )


def stock_card_table(card: StockCard, book: Book, lang: Language = "en", *, public: bool = False) -> Table:
    """A stock card as a table, with the opening line and the closing balance.

    Where lots came in packs, what moved is told in these too, and so is the closing balance.

    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Warehouse("depot", zh="备灾中心"))
    >>> stock_card_table(stock_card(book, "depot", "CNY", Period.month(2023, 5)), book, "zh").zh
    '库存卡：资金，备灾中心，2023年5月'
    """
    naming = Naming(book, lang, public=public)
    unvalued = unvalued_notes(book, (line.lot for line in card.lines))
    table = Table(
        "stock_card",
        _title(Naming(book, "zh", public=public), card),
        _title(Naming(book, "en", public=public), card),
        columns=(
            *map(Column.named, _HEADS),
            *(Column.named(head, "right") for head in _SUMS),
            Column.named("packs", "right"),
        ),
        rows=(_opening_cells(naming, card), *(_cells(naming, card.item, line) for line in card.lines)),
        total=_closing_cells(naming, card),
        notes_zh=notes(book, "zh", *unvalued),
        notes_en=notes(book, "en", *unvalued),
        lang=lang,
    )
    return table if any(book.lot(line.lot).pack for line in card.lines) else table.without("packs")


def _check_site(book: Book, site: str) -> None:
    if not (book.register.has(Warehouse, site) or book.register.has(Fund, site)):
        known = [noun.id for kind in (Warehouse, Fund) for noun in book.register.all(kind)]
        raise Unknown(what="warehouse or fund", given=site, near=near(site, known))


def _opening(book: Book, site: str, item: str, period: Period | None, known: int | None) -> Holding:
    if period is None:
        return _ZERO
    eve = period.first - timedelta(days=1)
    held = (book.ledger.holdings(Place(kind, site), on=eve, known=known) for kind in _KINDS)
    return sum((there for lots in held for lot, there in lots if lot.item == item), _ZERO)


def _packed(
    book: Book, site: str, item: str, period: Period | None, known: int | None
) -> tuple[Quantity | Money, ...]:
    """What is there at the end, in packs."""
    on = None if period is None else period.last
    held = (there for kind in _KINDS for there in book.ledger.holdings(Place(kind, site), on=on, known=known))
    lots = [(lot, there.quantity) for lot, there in held if lot.item == item]
    return lots_in_packs(book.register.item(item), lots) if lots else ()


def _movements(
    book: Book, site: str, item: str, period: Period | None, known: int | None
) -> Iterator[tuple[Entry, Movement]]:
    """The movements of an item in and out of a site, in the order in which they happened."""
    for number in _entries(book, site, item, period, known):
        entry = book.ledger.entry(number)
        for movement in entry.movements():
            here = _is_site(site, movement.source) or _is_site(site, movement.target)
            if here and book.lot(movement.lot).item == item:
                yield entry, movement


def _entries(book: Book, site: str, item: str, period: Period | None, known: int | None) -> Iterator[int]:
    """Their numbers, by business date and then by number."""
    changes = {
        (change.on, change.entry)
        for place, lot, timeline in book.ledger.timelines(*_KINDS)
        if place.id == site and lot.item == item
        for change in timeline.changes()
    }
    for on, number in sorted(changes):
        if (period is None or on in period) and (known is None or number <= known):
            yield number


def _is_site(site: str, place: Place) -> bool:
    return place.kind in _KINDS and place.id == site


def _line(site: str, entry: Entry, movement: Movement, before: Holding) -> CardLine:
    amount = Holding(movement.quantity, movement.value)
    came = amount if _is_site(site, movement.target) else _ZERO
    went = amount if _is_site(site, movement.source) else _ZERO
    return CardLine(
        on=entry.on,
        entry=entry.number,
        document=entry.document,
        lot=movement.lot,
        source=movement.source,
        target=movement.target,
        came=came,
        went=went,
        balance=before + came - went,
        reverses=entry.reverses,
    )


def _title(naming: Naming, card: StockCard) -> str:
    key = "title.stock card" if card.period is None else "title.stock card of period"
    period = "" if card.period is None else card.period.text(naming.lang)
    item, warehouse = naming.item(card.item), naming.site(card.warehouse)
    return naming.word(key, item=item, warehouse=warehouse, period=period)


def _cells(naming: Naming, item: str, line: CardLine) -> Row:
    came, went, balance = line.came, line.went, line.balance
    return (
        line.on.isoformat(),
        str(line.entry),
        line.document,
        line.lot,
        _from_or_to(naming, line),
        naming.quantity(item, came.quantity),
        naming.quantity(item, went.quantity),
        naming.quantity(item, balance.quantity),
        naming.worth(item, came),
        naming.worth(item, went),
        naming.worth(item, balance),
        naming.packed(line.lot, (came or went).quantity),
    )


def _from_or_to(naming: Naming, line: CardLine) -> str:
    if line.came and line.went:
        return f"{naming.kind_and_place(line.source)} → {naming.kind_and_place(line.target)}"
    return naming.kind_and_place(line.source if line.came else line.target)


def _opening_cells(naming: Naming, card: StockCard) -> Row:
    return _balance_cells(naming, card, "said.brought forward", card.opening)


def _closing_cells(naming: Naming, card: StockCard) -> Row:
    return _balance_cells(naming, card, "said.balance", card.closing, card.packed)


def _balance_cells(
    naming: Naming, card: StockCard, label: str, held: Holding, packed: tuple[Quantity | Money, ...] = ()
) -> Row:
    quantity, value = naming.quantity(card.item, held.quantity), naming.worth(card.item, held)
    packs = naming.packs(card.item, packed)
    return (naming.word(label), "", "", "", "", "", "", quantity, "", "", value, packs)
