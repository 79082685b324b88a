"""Goods that grow old: what expires soon, what nobody asks for, and what there is too much of.

What counts as demand is said in `reliefstock.reconciliation.demand`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Holding, Place, PlaceKind
from reliefstock.operations import Redirection, Revaluation
from reliefstock.reconciliation.demand import Flow, asked_changes, number_of_days
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.wording import amount_text, place_text
from reliefstock.values import business_date

__all__ = [
    "DeadStock",
    "ExpiringLot",
    "SlowStock",
    "dead_stock",
    "expired_in_stock",
    "expiring",
    "slow_stock",
]


# What expires


@attrs.frozen(kw_only=True)
class ExpiringLot:
    """Usable stock of a lot that expires soon, or has expired. In base units and minor units.

    `days_left` is for how many days it can still be given out, by the policy on the day of expiry: 0 means
    today for the last time, below zero no more.
    """

    warehouse: str
    lot: str
    item: str
    expiry: date
    days_left: int
    quantity: int
    value: int

    @property
    def is_expired(self) -> bool:
        """Whether it cannot be given out any more."""
        return self.days_left < 0


def expiring(
    book: Book,
    within_days: int,
    *,
    on: date | str,
    warehouse: str | None = None,
    known: int | None = None,
) -> tuple[ExpiringLot, ...]:
    """What in the depots (or one) can be given out for at most so many days after `on`, or no more at all.

    Usable stock alone: what is in quarantine is not about to be given out. The soonest to expire is first,
    then by depot in the order in which the book met them. As known after entry `known`. Raises
    `NotABusinessDate`, `NotExact`, `Incomplete` or `Unknown`.

    >>> expiring(Book("Ankang", currency="CNY"), 30, on="2023-05-27")
    ()
    """
    day = business_date(on)
    days = number_of_days(within_days, "within how many days goods expire", least=0, zh="几天内到期")
    rows = (
        ExpiringLot(
            warehouse=place.id,
            lot=lot.id,
            item=lot.item,
            expiry=lot.expiry,
            days_left=book.policy.days_left(lot.expiry, day),
            quantity=held.quantity,
            value=held.value,
        )
        for place in _warehouses(book, warehouse)
        for lot, held in book.ledger.holdings(place, on=day, known=known)
        if lot.expiry is not None
    )
    return tuple(sorted((row for row in rows if row.days_left <= days), key=lambda row: row.days_left))


def expired_in_stock(
    book: Book, *, on: date | str, warehouse: str | None = None, known: int | None = None
) -> tuple[Finding, ...]:
    """Expired goods that are still in usable stock on a day: they are to be kept apart or written off.

    >>> expired_in_stock(Book("Ankang", currency="CNY"), on="2023-05-27")
    ()
    """
    rows = expiring(book, 0, on=on, warehouse=warehouse, known=known)
    return tuple(_expired(book, row) for row in rows if row.is_expired)


def _expired(book: Book, row: ExpiringLot) -> Finding:
    lot, item = book.lot(row.lot), book.register.item(row.item)
    where = Place(PlaceKind.WAREHOUSE, row.warehouse)
    return Finding(
        code="expired-in-stock",
        about=row.lot,
        zh=f"{place_text(book, where, 'zh')}：{item.zh} {amount_text(book, lot, row.quantity, 'zh')}"
        f"（批次 {lot.id}）已于 {row.expiry} 到期，仍在可用库存中；请隔离或核销",
        en=f"{amount_text(book, lot, row.quantity, 'en')} of {item.name('en')} (lot {lot.id}) in "
        f"{place_text(book, where, 'en')} expired on {row.expiry} and are still in usable stock; "
        "keep them apart or write them off",
        figures=(("quantity", str(row.quantity)), ("days left", str(row.days_left))),
        documents=tuple(entry.document for entry in book.ledger.entries_of(lot.id))[:1],
    )


# What nobody asks for


@attrs.frozen(kw_only=True)
class DeadStock:
    """Usable stock of an item in a depot for which there was no demand. In base units and minor units.

    `since` is the day on which the oldest of what is there came, `last_demand` None where there never was
    any; it is idle since the later of the two.
    """

    warehouse: str
    item: str
    quantity: int
    value: int
    since: date
    last_demand: date | None
    idle_days: int


def dead_stock(
    book: Book,
    days: int,
    *,
    on: date | str,
    warehouse: str | None = None,
    known: int | None = None,
) -> tuple[DeadStock, ...]:
    """What has been in the depots (or one) for so many days by the end of `on` without any demand for it.

    What counts as demand is said in `demand`. By depot and item, in the order in which the book met them; as
    known after entry `known`. Raises `NotABusinessDate`, `NotExact`, `Incomplete` or `Unknown`.

    >>> dead_stock(Book("Ankang", currency="CNY"), 180, on="2023-05-27")
    ()
    """
    day = business_date(on)
    least = number_of_days(days, "for how many days there was no demand", zh="无出库的天数")
    rows = (_dead(stock, day) for stock in _stocks(book, warehouse, day, known))
    return tuple(row for row in rows if row.idle_days >= least)


def _dead(stock: _Stock, on: date) -> DeadStock:
    last = max((day for day, units in stock.flow.demand.items() if units > 0), default=None)
    return DeadStock(
        warehouse=stock.place.id,
        item=stock.item,
        quantity=stock.held.quantity,
        value=stock.held.value,
        since=stock.since,
        last_demand=last,
        idle_days=(on - max(stock.since, last or stock.since)).days,
    )


# What there is too much of


@attrs.frozen(kw_only=True)
class SlowStock:
    """Usable stock of an item in a depot that lasts long. In base units and minor units.

    `demand` is what left for use in the last `days`; `cover` is for how many days the stock lasts at that
    rate, None where nothing left.
    """

    warehouse: str
    item: str
    quantity: int
    value: int
    demand: int
    days: int
    cover: Fraction | None

    @property
    def cover_days(self) -> int | None:
        """The whole days of it."""
        return None if self.cover is None else int(self.cover)


def slow_stock(
    book: Book,
    days_of_cover: int,
    over_days: int,
    *,
    on: date | str,
    warehouse: str | None = None,
    known: int | None = None,
) -> tuple[SlowStock, ...]:
    """What lasts longer than `days_of_cover` at the rate of the last `over_days`, `on` the last of them.

    What has been in the depot for less is judged by the days since the first of it came; what is so new that
    nothing of it has left yet is not judged. By depot and item, in the order in which the book met them; as
    known after entry `known`. Raises `NotABusinessDate`, `NotExact`, `Incomplete` or `Unknown`.

    >>> slow_stock(Book("Ankang", currency="CNY"), 180, 90, on="2023-05-27")
    ()
    """
    day = business_date(on)
    most = number_of_days(days_of_cover, "for how many days stock should last at most", zh="库存最多可用天数")
    over = number_of_days(over_days, "over how many days the rate is taken", zh="统计天数")
    rows = (_slow(stock, day, over) for stock in _stocks(book, warehouse, day, known))
    return tuple(row for row in rows if _lasts_longer(row, most, over))


def _slow(stock: _Stock, on: date, over_days: int) -> SlowStock:
    demand, days = stock.flow.recent(on, over_days)
    return SlowStock(
        warehouse=stock.place.id,
        item=stock.item,
        quantity=stock.held.quantity,
        value=stock.held.value,
        demand=demand,
        days=days,
        cover=Fraction(stock.held.quantity * days, demand) if demand else None,
    )


def _lasts_longer(row: SlowStock, most: int, over_days: int) -> bool:
    return row.days == over_days if row.cover is None else row.cover > most


# Stock and demand


@attrs.define
class _Stock:
    """What a depot has of an item, and since when it has had the oldest lot of it."""

    place: Place
    item: str
    since: date
    flow: Flow
    held: Holding = attrs.field(factory=lambda: Holding(0, 0))


def _stocks(book: Book, warehouse: str | None, on: date, known: int | None) -> Iterator[_Stock]:
    flows, stocks = dict[tuple[Place, str], Flow](), dict[tuple[Place, str], _Stock]()
    places = tuple(_warehouses(book, warehouse))
    for place, lot, timeline in book.ledger.timelines(PlaceKind.WAREHOUSE):
        changes = tuple(asked_changes(timeline, on, known)) if place in places else ()
        if not changes:
            continue
        came = changes[0].on
        flow = flows.setdefault((place, lot.item), Flow(came))
        flow.note(book, changes)
        held = timeline.as_of(on, known)
        if held:
            since = _since(book, place, lot.id)
            stock = stocks.setdefault((place, lot.item), _Stock(place, lot.item, since, flow))
            stock.held, stock.since = stock.held + held, min(stock.since, since)
    return iter(stocks.values())


def _since(book: Book, place: Place, lot: str) -> date:
    """The day on which the first of a lot came; what was redirected or revalued had come there before."""
    timeline = book.ledger.timeline(place, lot)
    changes = () if timeline is None else timeline.changes()
    first = min(changes, key=lambda change: (change.on, change.entry))
    document = book.documents.get(book.ledger.entry(first.entry).document)
    if isinstance(document, Redirection | Revaluation):
        return min(first.on, *(_since(book, place, line.lot) for line in document.lines if line.new == lot))
    return first.on


def _warehouses(book: Book, warehouse: str | None) -> Iterator[Place]:
    if warehouse is not None:
        warehouse = book.register.warehouse(warehouse).id
    for place in book.ledger.places(PlaceKind.WAREHOUSE):
        if warehouse in (None, place.id):
            yield place
