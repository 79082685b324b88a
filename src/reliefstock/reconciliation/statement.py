"""The statement: where did it all go, and does it add up?

opening + received + gains + converted + moved = on hand + in transit + given out + lost

Stocks are read from the positions of two dates, flows from the movements in between: two ways through
the book that meet in `difference`, which is zero in every row, in quantity and in value, or there is a
finding. *Converted* is what purchases (and kits) turned into other goods: over a whole book it is zero.
*Moved* is what came from another row, a transfer between warehouses for one.

Quantities of different items are never added: a row is one item in one group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import Enum

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Entry, Holding, Lot, Movement, Place, PlaceKind, Side
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.scope import Scope
from reliefstock.values import Period

__all__ = ["By", "Statement", "StatementRow", "donors_of", "statement"]

_ZERO = Holding(0, 0)
_HELD = (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE, PlaceKind.FUND, PlaceKind.TRANSIT)


class By(Enum):
    """What the rows of a statement are grouped by."""

    ITEM = "item"
    DONOR = "donor"
    DONATION = "donation"
    PROGRAMME = "programme"
    WAREHOUSE = "warehouse"
    SOCIETY = "society"
    RECIPIENT_KIND = "recipient kind"
    PERIOD = "period"


@attrs.frozen(kw_only=True)
class StatementRow:
    """One item in one group. Quantities are in base units, values in minor units."""

    group: str
    item: str
    opening: Holding = _ZERO
    received: Holding = _ZERO
    gains: Holding = _ZERO
    converted: Holding = _ZERO
    moved: Holding = _ZERO
    on_hand: Holding = _ZERO
    in_transit: Holding = _ZERO
    given_out: Holding = _ZERO
    lost: Holding = _ZERO

    @property
    def difference(self) -> Holding:
        """What came less what is accounted for: zero, or something is wrong."""
        came = self.opening + self.received + self.gains + self.converted + self.moved
        return came - (self.on_hand + self.in_transit + self.given_out + self.lost)


@attrs.frozen(kw_only=True)
class Statement:
    """The rows, in the order in which their groups and items first appear in the book."""

    by: By
    period: Period
    currency: str
    rows: tuple[StatementRow, ...]

    @property
    def total(self) -> StatementRow:
        """The sum of all rows: its values mean something, its quantities only where there is one item."""
        sums = {column: _ZERO for column in _COLUMNS}
        for row in self.rows:
            for column in _COLUMNS:
                sums[column] += getattr(row, column)
        items = {row.item for row in self.rows}
        return StatementRow(group="", item=items.pop() if len(items) == 1 else "", **sums)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A finding for every row that does not add up."""
        return tuple(_difference(row) for row in self.rows if row.difference)


_COLUMNS = tuple(field.name for field in attrs.fields(StatementRow) if field.name not in ("group", "item"))
# the column of a side, and whether goods that arrive there add to it or take from it
_COLUMN_OF = {
    Side.RECEIVED: ("received", -1),
    Side.GAINS: ("gains", -1),
    Side.CONVERTED: ("converted", -1),
    Side.GIVEN_OUT: ("given_out", 1),
    Side.LOST: ("lost", 1),
}

_GroupOf = Callable[[Lot, Place], str | None]


def statement(
    book: Book,
    period: Period,
    *,
    by: By = By.ITEM,
    scope: Scope | None = None,
    known: int | None = None,
) -> Statement:
    """The statement of a period, as known after entry `known` (None: after all).

    `scope` narrows it to lots of certain donors, donations or items; what is given out then still adds
    up, because the scope is asked of the lot alone.

    >>> from reliefstock.reconciliation import statement
    >>> empty = statement(Book("Ankang", currency="CNY"), Period.year(2023))
    >>> empty.rows, empty.findings
    ((), ())
    """
    scope = scope or Scope()
    if by is By.PERIOD:
        rows: list[StatementRow] = []
        for month in _months(period):
            rows += _rows(book, month, lambda _, __, name=str(month): name, scope, known)
    else:
        rows = _rows(book, period, _group_of(book, by), scope, known)
    return Statement(by=by, period=period, currency=book.currency, rows=tuple(rows))


def _rows(
    book: Book, period: Period, group_of: _GroupOf, scope: Scope, known: int | None
) -> list[StatementRow]:
    sums: dict[tuple[str, str], dict[str, Holding]] = {}

    def add(group: str, lot: Lot, column: str, holding: Holding) -> None:
        row = sums.setdefault((group, lot.item), {})
        row[column] = row.get(column, _ZERO) + holding

    for place, lot, timeline in book.ledger.timelines(*_HELD):
        if scope.takes_lot(lot):
            group = group_of(lot, place) or ""
            closing = "in_transit" if place.kind is PlaceKind.TRANSIT else "on_hand"
            _add_if_any(add, group, lot, "opening", timeline.as_of(period.first - timedelta(days=1), known))
            _add_if_any(add, group, lot, closing, timeline.as_of(period.last, known))
    for _, lot, movement in _movements(book, period, known):
        if scope.takes_lot(lot):
            for group, column, holding in _flows(group_of, lot, movement):
                add(group, lot, column, holding)
    return [
        StatementRow(group=group, item=item, **row)
        for (group, item), row in sums.items()
        if any(row.values())  # what was posted and taken back leaves nothing to tell
    ]


def _add_if_any(
    add: Callable[[str, Lot, str, Holding], None], group: str, lot: Lot, column: str, holding: Holding
) -> None:
    if holding:
        add(group, lot, column, holding)


def _movements(book: Book, period: Period, known: int | None) -> Iterator[tuple[Entry, Lot, Movement]]:
    entries = book.entries if known is None else book.entries[:known]
    for entry in entries:
        if period.first <= entry.on <= period.last:
            for movement in entry.movements():
                yield entry, book.ledger.lots[movement.lot], movement


def _flows(group_of: _GroupOf, lot: Lot, movement: Movement) -> Iterator[tuple[str, str, Holding]]:
    """What a movement adds to which column of which group."""
    amount = Holding(movement.quantity, movement.value)
    first, last = group_of(lot, movement.source), group_of(lot, movement.target)
    source, target = _either(first, last), _either(last, first)
    if movement.source.kind.side in _COLUMN_OF:
        column, sign = _COLUMN_OF[movement.source.kind.side]
        yield source, column, amount if sign < 0 else -amount
    if movement.target.kind.side in _COLUMN_OF:
        column, sign = _COLUMN_OF[movement.target.kind.side]
        yield target, column, amount if sign > 0 else -amount
    if source != target:
        yield source, "moved", -amount
        yield target, "moved", amount


def _either(first: str | None, second: str | None) -> str:
    """A place outside belongs to the group of the place that it deals with."""
    return first if first is not None else second or ""


def _group_of(book: Book, by: By) -> _GroupOf:
    """What groups the rows: something that stands on the lot, or the place where it is."""
    by_lot: dict[By, Callable[[Lot], str]] = {
        By.ITEM: lambda lot: lot.item,
        By.DONOR: lambda lot: donors_of(book, lot),
        By.DONATION: lambda lot: lot.donation or donors_of(book, lot),
        By.PROGRAMME: lambda lot: lot.programme,
    }
    if by in by_lot:
        of_lot = by_lot[by]
        return lambda lot, _: of_lot(lot)
    of_place = {
        By.WAREHOUSE: _site,
        By.SOCIETY: lambda place: _society(book, place),
        By.RECIPIENT_KIND: _recipient_kind,
    }[by]
    return lambda _, place: of_place(place)


def donors_of(book: Book, lot: Lot) -> str:
    """The donor of a lot; where several paid for it, all of them, in the order of what they paid for."""
    if lot.donor is not None or not lot.made_of:
        return lot.donor or ""
    names = (donors_of(book, book.lot(part.lot)) for part in lot.made_of)
    return " + ".join(dict.fromkeys(names))


def _site(place: Place) -> str | None:
    """A warehouse with its quarantine, a fund, or the road."""
    if place.kind is PlaceKind.TRANSIT:
        return "in transit"
    return place.id if place.kind.is_held else None


def _society(book: Book, place: Place) -> str | None:
    if place.kind in (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE):
        return book.register.warehouse(place.id).society or book.name
    return book.name if place.kind.is_held else None


def _recipient_kind(place: Place) -> str | None:
    if place.kind.side is Side.GIVEN_OUT:
        return place.kind.value
    return "held" if place.kind.is_held else None


def _months(period: Period) -> Iterator[Period]:
    """The calendar months of a period; the first and the last may be cut short."""
    first = period.first
    while first <= period.last:
        month = Period.month(first.year, first.month)
        yield Period(first, min(month.last, period.last))
        first = month.last + timedelta(days=1)


def _difference(row: StatementRow) -> Finding:
    off = row.difference
    where = f"{row.group}, {row.item}" if row.group != row.item else row.item
    return Finding(
        code="statement-difference",
        about=where,
        zh=f"{where}：收支结存相差 {off.quantity} 个单位、{off.value} 分",
        en=f"{where}: what came and what is accounted for differ by {off.quantity} units and {off.value} minor units",
        figures=(("quantity", str(off.quantity)), ("value", str(off.value))),
    )
