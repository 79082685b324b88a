"""Is there enough: stock against its minimum and maximum, and what to order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Place, PlaceKind
from reliefstock.levels import StockLevel
from reliefstock.operations import Waybill
from reliefstock.reconciliation.demand import Flow, flows_of, number_of_days
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.loads import goods_in
from reliefstock.reconciliation.wording import money_text
from reliefstock.values import Language, Money, optional_date

__all__ = ["ReorderRow", "level_findings", "reorder"]

_OVER_DAYS = 90


# Enough


@attrs.frozen(kw_only=True)
class ReorderRow:
    """Stock of an item in a depot against its minimum and maximum, in base units.

    `on_hand` is what is usable there, `available` that less what is held; `on_the_road` comes to the depot.
    `demand` left for use in the last `days`, and `cover` is for how many days what is on hand lasts at that
    rate: None where there was no demand.
    """

    warehouse: str
    item: str
    on: date
    on_hand: int
    available: int
    on_the_road: int
    minimum: int
    maximum: int
    demand: int
    days: int

    @property
    def is_below(self) -> bool:
        """Whether less than the minimum can be given out or promised."""
        return self.available < self.minimum

    @property
    def is_above(self) -> bool:
        """Whether more than the maximum is on hand."""
        return self.on_hand > self.maximum

    @property
    def to_order(self) -> int:
        """What to order, to come up to the maximum with what is available and on the road.

        Nothing as long as the two together are not below the minimum.
        """
        coming = self.available + self.on_the_road
        return self.maximum - coming if coming < self.minimum else 0

    @property
    def cover(self) -> Fraction | None:
        """For how many days what is on hand lasts."""
        return Fraction(self.on_hand * self.days, self.demand) if self.demand else None

    @property
    def cover_days(self) -> int | None:
        """The whole days of it."""
        return None if self.cover is None else int(self.cover)


def reorder(
    book: Book,
    *,
    on: date | str | None = None,
    over_days: int = _OVER_DAYS,
    warehouse: str | None = None,
) -> tuple[ReorderRow, ...]:
    """Every stock level, in the order in which they were added, against what is there on a day (None: today).

    What counts as demand is said in `demand`; it is that of the last `over_days`, or of all days since the
    first came, if fewer. Raises `NotABusinessDate`, `NotExact`, `Incomplete` or `Unknown`.

    >>> reorder(Book("Ankang", currency="CNY"))
    ()
    """
    day = optional_date(on)
    days = number_of_days(over_days, "over how many days the rate is taken", zh="统计天数")
    where = None if warehouse is None else book.register.warehouse(warehouse).id
    levels = [one for one in book.register.all(StockLevel) if where in (None, one.warehouse)]
    if not levels:
        return ()
    today = day or book.desk().today
    flows, roads = flows_of(book, today, only=frozenset(map(_place, levels))), _roads(book, day)
    return tuple(
        _row(book, level, day, (flows.get(_place(level)), days), roads.get((level.warehouse, level.item), 0))
        for level in levels
    )


def _place(level: StockLevel) -> tuple[Place, str]:
    return Place(PlaceKind.WAREHOUSE, level.warehouse), level.item


def _row(
    book: Book, level: StockLevel, on: date | None, recent: tuple[Flow | None, int], on_the_road: int
) -> ReorderRow:
    there = book.available(level.item, level.warehouse, on=on, for_anything=True)
    minimum, maximum = level.units(book.register.item(level.item))
    flow, over_days = recent
    demand, days = (0, over_days) if flow is None else flow.recent(there.on, over_days)
    return ReorderRow(
        warehouse=level.warehouse,
        item=level.item,
        on=there.on,
        on_hand=there.on_hand - there.quarantined - there.unusable - there.restricted,
        available=there.available,
        on_the_road=on_the_road,
        minimum=minimum,
        maximum=maximum,
        demand=demand,
        days=days,
    )


def _roads(book: Book, on: date | None) -> dict[tuple[str, str], int]:
    """What is on the road to each depot of each item, in base units."""
    roads: dict[tuple[str, str], int] = {}
    for place in book.ledger.places(PlaceKind.TRANSIT):
        waybill = book.document(place.id)
        if isinstance(waybill, Waybill) and not waybill.to_society:
            for item, units in goods_in(book, place, on):
                roads[waybill.to, item] = roads.get((waybill.to, item), 0) + units
    return roads


def level_findings(
    book: Book,
    *,
    on: date | str | None = None,
    over_days: int = _OVER_DAYS,
    warehouse: str | None = None,
) -> tuple[Finding, ...]:
    """What is below its minimum, and what is above its maximum.

    >>> level_findings(Book("Ankang", currency="CNY"))
    ()
    """
    rows = reorder(book, on=on, over_days=over_days, warehouse=warehouse)
    return tuple(finding for row in rows for finding in _findings(book, row))


def _findings(book: Book, row: ReorderRow) -> Iterator[Finding]:
    if row.is_below:
        yield _below(book, row)
    if row.is_above:
        yield _above(book, row)


def _below(book: Book, row: ReorderRow) -> Finding:
    figures = {
        "available": row.available,
        "minimum": row.minimum,
        "on the road": row.on_the_road,
        "to order": row.to_order,
    }
    zh, en = (
        {name: _said(book, row, units, lang) for name, units in figures.items()} for lang in ("zh", "en")
    )
    depot, item = book.register.warehouse(row.warehouse), book.register.item(row.item)
    return Finding(
        code="below-minimum",
        about=f"{row.warehouse}/{row.item}",
        zh=f"{depot.zh}：{item.zh}可用 {zh['available']}，低于最低库存 {zh['minimum']}；"
        f"在途 {zh['on the road']}，应补 {zh['to order']}",
        en=f"{depot.name('en')}: {en['available']} of {item.name('en')} are available, below the minimum of "
        f"{en['minimum']}; {en['on the road']} are on the road, {en['to order']} to be ordered",
        figures=tuple((name, str(units)) for name, units in figures.items()),
    )


def _above(book: Book, row: ReorderRow) -> Finding:
    there_zh, there_en = (_said(book, row, row.on_hand, lang) for lang in ("zh", "en"))
    most_zh, most_en = (_said(book, row, row.maximum, lang) for lang in ("zh", "en"))
    depot, item = book.register.warehouse(row.warehouse), book.register.item(row.item)
    return Finding(
        code="above-maximum",
        about=f"{row.warehouse}/{row.item}",
        zh=f"{depot.zh}：{item.zh}在库 {there_zh}，高于最高库存 {most_zh}",
        en=f"{depot.name('en')}: {there_en} of {item.name('en')} are on hand, above the maximum of {most_en}",
        figures=(("on hand", str(row.on_hand)), ("maximum", str(row.maximum))),
    )


def _said(book: Book, row: ReorderRow, units: int, lang: Language) -> str:
    stated = book.register.item(row.item).stated(units)
    if isinstance(stated, Money):
        return money_text(stated.minor, stated.currency, lang)
    return stated.text(lang)
