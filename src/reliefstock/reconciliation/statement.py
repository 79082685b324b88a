"""The statement: where did it all go, and does it add up?

opening + received + gains + converted + moved = on hand + in transit + given out + lost

Stocks are read from the positions of two dates, flows from the movements in between: two ways through
the book that meet in `difference`, which is zero in every row, in quantity and in value, or there is a
finding. *Converted* is what purchases (and kits) turned into other goods: over a whole book it is zero.
*Moved* is what came from another row, a transfer between warehouses for one.

Quantities of different items are never added: a row is one item in one group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.errors import Incomplete
from reliefstock.ledger import Holding, Lot, Movement, Place, PlaceKind, Side, Timeline
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.history import History
from reliefstock.reconciliation.joint import NOBODY, Joint, Shares, is_whole
from reliefstock.reconciliation.scope import Scope, check_known
from reliefstock.reconciliation.wording import money_text
from reliefstock.values import Period

__all__ = ["JOINT", "ROAD", "By", "Statement", "StatementRow", "donations_of", "donors_of", "statement"]

JOINT = " | "
"""What stands between the donors of a lot of several: no id has it in it."""

ROAD = ":in transit"
"""The group of what is on the road: no depot can have this id."""

_ZERO = Holding(0, 0)
_HELD = (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE, PlaceKind.FUND, PlaceKind.TRANSIT)


class By(Enum):
    """What the rows of a statement are grouped by."""

    ITEM = "item"
    DONOR = "donor"
    DONATION = "donation"
    PROGRAMME = "programme"
    """The programme that donors restricted the lot to, and no other: what was given freely stands under none,
    whatever it was used for. What was done for a programme is asked of a measure with it in its scope."""
    WAREHOUSE = "warehouse"
    SOCIETY = "society"
    RECIPIENT_KIND = "recipient kind"
    PERIOD = "period"
    """Month by month; the opening of a month is the closing of the one before."""


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
    """The rows, group by group, in the order in which the book comes upon them: stock first, then flows.

    `notes` say what a scope leaves out: its share in the lots of several donors.
    """

    by: By
    period: Period
    currency: str
    rows: tuple[StatementRow, ...]
    notes: tuple[Finding, ...] = ()

    @property
    def total(self) -> StatementRow:
        """The sum of all rows: its values mean something, its quantities only where there is one item.

        Of months only the first opening and the last closing count: they tell of one stock on many days.
        """
        sums = dict.fromkeys(_COLUMNS, _ZERO)
        only = _told_once(self.period) if self.by is By.PERIOD else {}
        for row in self.rows:
            for column in _COLUMNS:
                if only.get(column, row.group) == row.group:
                    sums[column] += getattr(row, column)
        items = {row.item for row in self.rows}
        return StatementRow(group="", item=items.pop() if len(items) == 1 else "", **sums)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A finding for every row that does not add up."""
        return tuple(_difference(row) for row in self.rows if row.difference)


_COLUMNS = tuple(field.name for field in attrs.fields(StatementRow) if field.name not in ("group", "item"))
# the column of a side, and whether goods that arrive there add to it or take from it
_COLUMN_OF = MappingProxyType(
    {
        Side.RECEIVED: ("received", -1),
        Side.GAINS: ("gains", -1),
        Side.CONVERTED: ("converted", -1),
        Side.GIVEN_OUT: ("given_out", 1),
        Side.LOST: ("lost", 1),
    }
)

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

    `scope` narrows it to lots of certain donors, donations, items or programmes. What is given out then
    still adds up, because the scope is asked of the lot alone; so one that names warehouses or recipients
    is refused with `Incomplete`. What is in lots of several donors is in no row, but in the notes.

    Raises `Unknown` for a donor, donation or item that the book does not know.

    >>> from reliefstock.reconciliation import statement
    >>> empty = statement(Book("Ankang", currency="CNY"), Period.year(2023))
    >>> empty.rows, empty.findings
    ((), ())
    """
    scope = scope or Scope()
    _check_scope(scope)
    check_known(book, scope)
    history = History(book, period, known)
    if by is not By.PERIOD:
        rows = _rows(history, period, _group_of(book, by), scope)
    else:
        months = (_rows(history, month, _always(str(month)), scope) for month in _months(period))
        rows = [row for month in months for row in month]
    notes = tuple(_joint_lots(history, period, scope))
    return Statement(by=by, period=period, currency=book.currency, rows=tuple(rows), notes=notes)


def _check_scope(scope: Scope) -> None:
    if scope.warehouses or scope.names_recipients:
        raise Incomplete(
            what="a statement",
            missing="its scope names warehouses or recipients, and goods go through them",
            do="group the rows by them, or ask a measure",
            zh="收支结存：范围中写了仓库或接收方，而货物会经过它们；请按仓库或接收方分组，或改用口径查询",
        )


class _Sums:
    """What was added up so far, by group, item and column."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str], dict[str, Holding]] = {}

    def add(self, group: str, item: str, column: str, holding: Holding) -> None:
        """Add to one cell; nothing is not worth a row."""
        if holding:
            row = self._sums.setdefault((group, item), {})
            row[column] = row.get(column, _ZERO) + holding

    def rows(self) -> list[StatementRow]:
        """The rows, those of a group together; what was posted and taken back leaves nothing to tell."""
        rows = [
            StatementRow(group=group, item=item, **row)
            for (group, item), row in self._sums.items()
            if any(row.values())
        ]
        first = {group: at for at, group in enumerate(dict.fromkeys(row.group for row in rows))}
        return sorted(rows, key=lambda row: first[row.group])


def _rows(history: History, period: Period, group_of: _GroupOf, scope: Scope) -> list[StatementRow]:
    sums, shares = _Sums(), history.shares(scope)
    for place, lot, timeline in history.book.ledger.timelines(*_HELD):
        if _takes(scope, lot, shares):
            group = group_of(lot, place) or ""
            sums.add(group, lot.item, "opening", _opening(timeline, period.first, history.known))
            sums.add(group, lot.item, _closing_column(place), timeline.as_of(period.last, history.known))
    for flow in history.flows(period):
        if _takes(scope, flow.lot, shares):
            for group, column, holding in _columns(group_of, flow.lot, flow.movement):
                sums.add(group, flow.lot.item, column, holding)
    return sums.rows()


def _joint_lots(history: History, period: Period, scope: Scope) -> Iterator[Finding]:
    """What the donors in the scope have in lots of several at the end of the period, of those it knew."""
    shares, wider = history.shares(scope), scope.of_any_origin
    book, known = history.book, history.known
    held = (
        lot.id
        for place in (book.ledger.places(*_HELD) if shares else ())
        for lot, _ in book.ledger.holdings(place, on=period.last, known=known)
    )
    moved = (flow.lot.id for flow in (history.flows(period) if shares else ()))
    there = {*held, *moved}
    split = (book.lot(lot) for lot in shares if lot in there)
    lots = [lot.id for lot in split if _takes(wider, lot, shares) and not is_whole(lot, shares)]
    if lots:
        yield _left_out(book, lots, _theirs(history, period, scope, lots))


def _theirs(history: History, period: Period, scope: Scope, lots: list[str]) -> int:
    """What is of the donors in the scope in these lots, wherever they are, in minor units."""
    book, shares = history.book, Shares(history.book, on=period.last, known=history.known)
    return sum(
        value
        for lot in lots
        for donation, value in shares.inside(book.lot(lot)).items()
        if donation != NOBODY and scope.takes_origin(book.ledger.given(donation)[0])
    )


def _left_out(book: Book, lots: list[str], paid: int) -> Finding:
    zh, en = (money_text(paid, book.currency, lang) for lang in ("zh", "en"))
    return Finding(
        code="joint-lots",
        about=", ".join(lots),
        zh=f"另有{zh}在多方共有的批次中（{'、'.join(lots)}），未列入各行",
        en=f"{en} besides is in lots of several donors ({', '.join(lots)}), which are in no row",
        figures=(("share", en),),
        documents=tuple(dict.fromkeys(next(book.ledger.entries_of(lot)).document for lot in lots)),
    )


def _takes(scope: Scope, lot: Lot, shares: Mapping[str, Joint]) -> bool:
    """Whether a lot is in the scope, or all who have a share in it are."""
    whose = scope.of_any_origin if is_whole(lot, shares) else scope
    return whose.takes_lot(lot) and (not scope.programmes or lot.programme in scope.programmes)


def _opening(timeline: Timeline, first: date, known: int | None) -> Holding:
    """What was there at the end of the day before; before the first of all days there was nothing."""
    return _ZERO if first == date.min else timeline.as_of(first - timedelta(days=1), known)


def _closing_column(place: Place) -> str:
    return "in_transit" if place.kind is PlaceKind.TRANSIT else "on_hand"


def _columns(group_of: _GroupOf, lot: Lot, movement: Movement) -> Iterator[tuple[str, str, Holding]]:
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


# Groups


def _group_of(book: Book, by: By) -> _GroupOf:
    """What groups the rows: something that stands on the lot, or the place where it is."""
    groups: dict[By, _GroupOf] = {
        By.ITEM: lambda lot, _: lot.item,
        By.DONOR: lambda lot, _: donors_of(book, lot),
        By.DONATION: lambda lot, _: donations_of(book, lot),
        By.PROGRAMME: lambda lot, _: lot.programme,
        By.WAREHOUSE: lambda _, place: _site(place),
        By.SOCIETY: lambda _, place: _society(book, place),
        By.RECIPIENT_KIND: lambda _, place: _recipient_kind(place),
    }
    return groups[by]


def _always(group: str) -> _GroupOf:
    return lambda _lot, _place: group


def donors_of(book: Book, lot: Lot) -> str:
    """The donor of a lot; where several paid for it, all of them, in the order of what they paid for.

    >>> from reliefstock import Donor, Fund, Money
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Donor("province", zh="省红十字会"), Fund("main", zh="基本账户"))
    >>> hundred = Money.of("100", "CNY")
    >>> gift = book.receive_money(donor="province", into="main", amount=hundred, on="2023-01-10")
    >>> donors_of(book, book.lot(gift.lot))
    'province'
    """
    return _joined(book, lot, _donor)


def donations_of(book: Book, lot: Lot) -> str:
    """The donation of a lot; where it was made of several, all of them, as in `donors_of`.

    >>> from reliefstock import Donor, Fund, Money
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Donor("province", zh="省红十字会"), Fund("main", zh="基本账户"))
    >>> hundred = Money.of("100", "CNY")
    >>> gift = book.receive_money(donor="province", into="main", amount=hundred, on="2023-01-10")
    >>> donations_of(book, book.lot(gift.lot))
    'DR-000001'
    """
    return _joined(book, lot, _donation)


def _joined(book: Book, lot: Lot, origin: Callable[[Lot], str | None]) -> str:
    """What is nobody's beside what is somebody's is not told: a part that was found, a gain in value."""
    names = dict.fromkeys(_origins(book, lot, origin))
    return JOINT.join(name for name in names if name)


def _origins(book: Book, lot: Lot, origin: Callable[[Lot], str | None]) -> Iterator[str]:
    """Where it came from, or where what it was made of came from."""
    own = origin(lot)
    if own is not None or not lot.made_of:
        yield own or ""
        return
    for part in lot.made_of:
        yield from _origins(book, book.lot(part.lot), origin)


def _donor(lot: Lot) -> str | None:
    return lot.donor


def _donation(lot: Lot) -> str | None:
    return lot.donation


def _site(place: Place) -> str | None:
    """A warehouse with its quarantine, a fund, or the road."""
    if place.kind is PlaceKind.TRANSIT:
        return ROAD
    return place.id if place.kind.is_held else None


def _society(book: Book, place: Place) -> str | None:
    if place.kind in (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE):
        return book.register.warehouse(place.id).society or book.name
    return book.name if place.kind.is_held else None


def _recipient_kind(place: Place) -> str | None:
    if place.kind.side is Side.GIVEN_OUT:
        return place.kind.value
    return "held" if place.kind.is_held else None


# Months


def _months(period: Period) -> Iterator[Period]:
    """The calendar months of a period; the first and the last may be cut short."""
    month = Period.month(period.first.year, period.first.month)
    while month.last < period.last:
        yield Period(max(month.first, period.first), month.last)
        following = month.last + timedelta(days=1)
        month = Period.month(following.year, following.month)
    yield Period(max(month.first, period.first), period.last)


def _told_once(period: Period) -> dict[str, str]:
    """Of which month alone a column counts in the total of months."""
    months = [str(month) for month in _months(period)]
    return {"opening": months[0], "on_hand": months[-1], "in_transit": months[-1]}


def _difference(row: StatementRow) -> Finding:
    off = row.difference
    where = f"{row.group}, {row.item}" if row.group != row.item else row.item
    return Finding(
        code="statement-difference",
        about=where,
        zh=f"{where}：收支结存相差 {off.quantity} 个单位、{off.value} 分",
        en=f"{where}: what came and what is accounted for differ by {off.quantity} units "
        f"and {off.value} minor units",
        figures=(("quantity", str(off.quantity)), ("value", str(off.value))),
    )
