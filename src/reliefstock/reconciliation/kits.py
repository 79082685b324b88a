"""Kits: how many could be built, and whether all that is in them has a value.

A kit is worth what its components are worth. Where one of them stands in the memorandum register, the kit is
worth at least so much, and nobody may take the sum for the whole.
"""

from __future__ import annotations

from datetime import date

from reliefstock.book import Book
from reliefstock.donations import Basis
from reliefstock.ledger import Lot
from reliefstock.operations import Buildable
from reliefstock.operations import buildable as could_be_built
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.wording import amount_text, money_text

__all__ = ["buildable", "incomplete_kits", "incomplete_lots"]


def buildable(
    book: Book, kit: str, warehouse: str, on: date | str, *, version: str | None = None, programme: str = ""
) -> Buildable:
    """How many kits could be built of what a warehouse has, and which component is the limit.

    By a version of the bill, or the one that holds on the day. What is held for others, expired, recalled or
    given for something narrower than the programme does not count. Raises `Unknown`, `NotABusinessDate` or
    `DateTooFarAhead`.

    >>> from reliefstock import BillOfMaterials, Component, Item, Warehouse
    >>> book = Book("Ankang", currency="CNY")
    >>> soap, kit = Item("soap", zh="肥皂", en="Soap"), Item("kit", zh="卫生包", en="Hygiene set")
    >>> book.add(soap, kit, Warehouse("depot", zh="备灾中心"))
    >>> book.add(BillOfMaterials(item="kit", version="1", components=[Component("soap", soap.quantity(4))]))
    >>> could = buildable(book, "kit", "depot", "2023-01-10")
    >>> could.kits, could.limits, could.missing(10)
    (0, ('soap',), {'soap': 40})
    """
    return could_be_built(book.desk(), kit, warehouse, on, version=version, programme=programme)


def incomplete_lots(book: Book) -> frozenset[str]:
    """Lots whose value is not known, or not all of it: a kit of which a component has no value is among them.

    >>> sorted(incomplete_lots(Book("Ankang", currency="CNY")))
    []
    """
    found: set[str] = set()
    for lot in book.ledger.lots.values():  # what a lot is made of came before it
        in_parts = lot.valuation.basis is Basis.COMPONENTS and any(p.lot in found for p in lot.made_of)
        if lot.unvalued or in_parts:
            found.add(lot.id)
    return frozenset(found)


def incomplete_kits(book: Book) -> tuple[Finding, ...]:
    """Lots of kits that are worth more than the book says, because something in them has no value.

    Kits of which none is left, since all were broken or their making was taken back, are not among them.

    >>> incomplete_kits(Book("Ankang", currency="CNY"))
    ()
    """
    incomplete = incomplete_lots(book)
    lots = (lot for lot in book.ledger.lots.values() if lot.id in incomplete and not lot.unvalued)
    return tuple(
        _incomplete(book, lot, [book.lot(part.lot) for part in lot.made_of if part.lot in incomplete])
        for lot in lots
        if _is_left(book, lot)
    )


def _is_left(book: Book, lot: Lot) -> bool:
    born = book.ledger.birthplace(lot.id)
    return born is not None and book.ledger.holding(born, lot.id).quantity < 0


def _incomplete(book: Book, lot: Lot, parts: list[Lot]) -> Finding:
    item, document = book.register.item(lot.item), next(book.ledger.entries_of(lot.id)).document
    zh_worth, en_worth = (money_text(lot.value, book.currency, lang) for lang in ("zh", "en"))
    zh_units, en_units = (amount_text(book, lot, lot.quantity, lang) for lang in ("zh", "en"))
    zh_parts = "、".join(f"{book.item_of(part.id).zh}（批次 {part.id}）" for part in parts)
    en_parts = ", ".join(f"{book.item_of(part.id).name('en')} (lot {part.id})" for part in parts)
    return Finding(
        code="kit-value-incomplete",
        about=lot.id,
        zh=f"批次 {lot.id}：{item.zh} {zh_units}，账面{zh_worth}不含{zh_parts}的价值，后者未说明",
        en=f"lot {lot.id}: {en_units} of {item.name('en')} are in the book at {en_worth}, without the value "
        f"of {en_parts}, which is not stated",
        figures=(("value", en_worth), *(("part", part.id) for part in parts)),
        documents=(document,),
    )
