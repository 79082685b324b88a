"""Minimum and maximum, weight and room, as tables: what to order, what depots hold, what a load weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from reliefstock.book import Book
from reliefstock.operations import Load, LoadedItem, Waybill
from reliefstock.operations.loading import load_of
from reliefstock.parties import Vehicle
from reliefstock.reconciliation import DepotLoad, ReorderRow
from reliefstock.reports.naming import Naming
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed, word
from reliefstock.values import Language, number_text

__all__ = ["depot_load_table", "reorder_table", "waybill_load_table"]

_SUMS = (
    "on hand",
    "available",
    "on the road",
    "minimum",
    "maximum",
    "to order",
    "demand",
    "over days",
    "cover",
)
_MEASURES = ("quantity", "kilograms", "litres")


def reorder_table(rows: Iterable[ReorderRow], book: Book, lang: Language = "en") -> Table:
    """Stock against its minimum and maximum, and what to order; what counts as demand is said in a note.

    >>> reorder_table((), Book("Ankang", currency="CNY"), "zh").title("zh")
    '库存限额表'
    """
    naming = Naming(book, lang)
    return Table(
        "reorder",
        WORDS["title.reorder"].zh,
        WORDS["title.reorder"].en,
        columns=(
            *map(Column.named, ("date", "warehouse", "item")),
            *(Column.named(head, "right") for head in _SUMS),
            Column.named("state"),
        ),
        rows=tuple(_reorder(naming, row) for row in rows),
        notes_zh=(word("note.demand", "zh"),),
        notes_en=(word("note.demand", "en"),),
        lang=lang,
    )


def depot_load_table(row: DepotLoad, book: Book, lang: Language = "en") -> Table:
    """What the goods in a depot weigh and what room they take, item by item, against what it can take."""
    day = row.on.isoformat()
    table = _load_table(book, row.load, (row.max_weight, row.max_volume), lang)
    return attrs.evolve(
        table,
        key="depot_load",
        zh=word("title.depot load", "zh", warehouse=Naming(book, "zh").site(row.warehouse), on=day),
        en=word("title.depot load", "en", warehouse=Naming(book, "en").site(row.warehouse), on=day),
    )


def waybill_load_table(book: Book, number: str, lang: Language = "en") -> Table:
    """The statement of the load of a waybill, item by item, against what its vehicle takes.

    Where a vehicle is named it is what was known when the goods left, else what is known now. Raises
    `Unknown` for what is no waybill.
    """
    waybill = book.desk().document(number, Waybill)
    goods = ((line.item, book.register.item(line.item).base_units(line.quantity)) for line in waybill.lines)
    load = waybill.load or load_of(book.register, goods)
    vehicle = book.register.vehicle(waybill.vehicle) if waybill.vehicle else None
    takes = (None, None) if vehicle is None else (vehicle.max_weight, vehicle.max_volume)
    return attrs.evolve(
        _load_table(book, load, takes, lang),
        key="waybill_load",
        zh=word("title.waybill load", "zh", waybill=number, vehicle=_named(vehicle, "zh")),
        en=word("title.waybill load", "en", waybill=number, vehicle=_named(vehicle, "en")),
    )


def _named(vehicle: Vehicle | None, lang: Language) -> str:
    return word("said.no vehicle", lang) if vehicle is None else vehicle.name(lang)


def _load_table(book: Book, load: Load, takes: tuple[int | None, int | None], lang: Language) -> Table:
    naming = Naming(book, lang)
    return Table(
        "load",
        zh="",
        en="",
        columns=(Column.named("item"), *(Column.named(head, "right") for head in _MEASURES)),
        rows=tuple(_loaded(naming, line) for line in load.lines),
        total=(
            naming.word("said.all"),
            "",
            _summed(naming, load, load.weight, load.unweighed),
            _summed(naming, load, load.volume, load.unmeasured),
        ),
        notes_zh=(*_unknown(book, load, "zh"), *_takes(takes, "zh")),
        notes_en=(*_unknown(book, load, "en"), *_takes(takes, "en")),
        lang=lang,
    )


def _summed(naming: Naming, load: Load, total: int, missing: tuple[str, ...]) -> str:
    """The total of what is known; not a zero where nothing is."""
    is_known = not missing or len(missing) < len(load.lines)
    return _thousandths(total) if is_known else naming.word("said.not known")


def _unknown(book: Book, load: Load, lang: Language) -> Iterator[str]:
    """What is missing in the totals, so that nobody takes them for all of the load."""
    naming = Naming(book, lang)
    for key, items in (("not weighed", load.unweighed), ("not measured", load.unmeasured)):
        if items:
            yield naming.word(f"note.{key}", items=listed(map(naming.item, items), lang))


def _loaded(naming: Naming, line: LoadedItem) -> Row:
    unknown = naming.word("said.not known")
    return (
        naming.item(line.item),
        naming.quantity(line.item, line.quantity),
        unknown if line.weight is None else _thousandths(line.weight),
        unknown if line.volume is None else _thousandths(line.volume),
    )


def _takes(takes: tuple[int | None, int | None], lang: Language) -> Iterator[str]:
    """What can be taken, where that was said."""
    for key, most in zip(("max weight", "max volume"), takes, strict=True):
        if most is not None:
            yield word(f"note.{key}", lang, most=_thousandths(most))


def _reorder(naming: Naming, row: ReorderRow) -> Row:
    units = (row.on_hand, row.available, row.on_the_road, row.minimum, row.maximum, row.to_order, row.demand)
    state = "below minimum" if row.is_below else "above maximum" if row.is_above else "within"
    return (
        row.on.isoformat(),
        naming.site(row.warehouse),
        naming.item(row.item),
        *(naming.quantity(row.item, each) for each in units),
        str(row.days),
        naming.word("said.no demand") if row.cover_days is None else str(row.cover_days),
        naming.word(f"said.{state}"),
    )


def _thousandths(units: int) -> str:
    """Grams as kilograms, millilitres as litres."""
    return number_text(Fraction(units, 1000))
