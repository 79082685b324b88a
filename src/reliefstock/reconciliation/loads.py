"""Is there room: what lies in a depot against what it can take."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import attrs

from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.ledger import Place, PlaceKind
from reliefstock.operations import Load
from reliefstock.operations.loading import load_of
from reliefstock.parties import Warehouse
from reliefstock.reconciliation.findings import Finding
from reliefstock.values import number_text, optional_date

__all__ = ["DepotLoad", "depot_load", "goods_in", "load_findings"]


@attrs.frozen(kw_only=True)
class DepotLoad:
    """What lies in a depot, usable and in quarantine, against what it can take: grams and millilitres."""

    warehouse: str
    on: date
    load: Load
    max_weight: int | None
    max_volume: int | None

    @property
    def is_overfull(self) -> bool:
        """Whether it is more than the depot can take, by what is known."""
        return self.load.is_above(self.max_weight, self.max_volume)


def depot_load(book: Book, warehouse: str, on: date | str | None = None) -> DepotLoad:
    """What the goods in a depot weigh, and what room they take, at the end of a day (None: now).

    Raises `Unknown`, `NotABusinessDate`.
    """
    depot, day = book.register.warehouse(warehouse), optional_date(on)
    places = (Place(kind, depot.id) for kind in (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE))
    goods = (there for place in places for there in goods_in(book, place, day))
    return DepotLoad(
        warehouse=depot.id,
        on=day or book.desk().today,
        load=load_of(book.register, goods),
        max_weight=depot.max_weight,
        max_volume=depot.max_volume,
    )


def load_findings(book: Book, on: date | str | None = None) -> tuple[Finding, ...]:
    """The depots in which there is more than they can take.

    >>> load_findings(Book("Ankang", currency="CNY"))
    ()
    """
    loads = (depot_load(book, depot.id, on) for depot in book.register.all(Warehouse))
    return tuple(_overfull(book, one) for one in loads if one.is_overfull)


def _overfull(book: Book, one: DepotLoad) -> Finding:
    depot, load = book.register.warehouse(one.warehouse), one.load
    unknown = tuple(dict.fromkeys((*load.unweighed, *load.unmeasured)))
    figures = {
        "weight": load.weight,
        "max weight": one.max_weight,
        "volume": load.volume,
        "max volume": one.max_volume,
    }
    return Finding(
        code="depot-overfull",
        about=one.warehouse,
        zh=f"{depot.zh}存放 {'、'.join(_over(one, '{0} {2}，可存 {1}', ('千克', '升')))}"
        + (f"；{'、'.join(unknown)} 未计" if unknown else ""),
        en=f"{depot.name('en')} holds {' and '.join(_over(one, '{0} {2} where it takes {1}', ('kg', 'L')))}"
        + (f"; {', '.join(unknown)} not counted" if unknown else ""),
        figures=tuple((name, str(units)) for name, units in figures.items() if units is not None),
    )


def _over(one: DepotLoad, form: str, units: tuple[str, str]) -> Iterator[str]:
    """What is too much, in kilograms and litres."""
    sums = ((one.load.weight, one.max_weight), (one.load.volume, one.max_volume))
    for (there, most), unit in zip(sums, units, strict=True):
        if most is not None and there > most:
            yield form.format(number_text(Fraction(there, 1000)), number_text(Fraction(most, 1000)), unit)


def goods_in(book: Book, place: Place, on: date | None) -> Iterator[tuple[str, int]]:
    """What is in a place, lot by lot, as item and base units: now, or at the end of a day.

    Now costs by what is there, another day by all that ever was.
    """
    if on is not None:
        yield from ((lot.item, there.quantity) for lot, there in book.ledger.holdings(place, on=on))
        return
    for item in book.register.all(Item):
        yield from ((item.id, held.quantity) for held in book.ledger.stock(place, item.id).values())
