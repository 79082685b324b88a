"""What was given for a purpose: how much of it was used so, and what nobody can use in time.

Net assets that a donor restricted are released by the amount that is actually used within the restriction;
with several restrictions, when the last of them lifts (rules for private non-profits, 2004, arts. 56-57). A
lot is given out or spent only where all of its restrictions are met, so that using it releases it. What is
bought with restricted money, put into kits or sold stays restricted: what comes out has the restrictions too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.donations import Restriction, Use
from reliefstock.errors import Incomplete, NotExact
from reliefstock.ledger import EntryKind, Holding, Lot, Movement, Place, PlaceKind, Side
from reliefstock.operations.desk import Desk
from reliefstock.parties import Household, School, Society
from reliefstock.reconciliation.ageing import ExpiringLot, expiring
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.history import Flow, History
from reliefstock.reconciliation.statement import By, donations_of, donors_of
from reliefstock.reconciliation.wording import amount_text, place_text
from reliefstock.values import Period, business_date

__all__ = [
    "RestrictionAccount",
    "RestrictionRow",
    "expiring_without_recipient",
    "restriction_account",
    "restrictions_ending",
]

_ZERO = Holding(0, 0)
_HELD = (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE, PlaceKind.FUND, PlaceKind.TRANSIT)


# The account


@attrs.frozen(kw_only=True)
class RestrictionRow:
    """One item that was given under some restrictions, by one donation or donor. In base and minor units.

    `converted` is what came of purchases and kits, less what went into them; `sold` likewise of sales and
    `revalued` of revaluations, so that of an item that was sold it is below zero, and of the money that it
    fetched above. `released` is what was given out or spent within the restrictions, less what came back.
    """

    group: str
    restrictions: tuple[Restriction, ...]
    item: str
    opening: Holding = _ZERO
    received: Holding = _ZERO
    gains: Holding = _ZERO
    converted: Holding = _ZERO
    redirected_in: Holding = _ZERO
    redirected_out: Holding = _ZERO
    sold: Holding = _ZERO
    revalued: Holding = _ZERO
    released: Holding = _ZERO
    lost: Holding = _ZERO
    closing: Holding = _ZERO

    @property
    def difference(self) -> Holding:
        """What came less what is accounted for: zero, or something is wrong."""
        came = self.opening + self.received + self.gains + self.redirected_in
        changed = self.converted + self.sold + self.revalued
        return came + changed - (self.redirected_out + self.released + self.lost + self.closing)


_COLUMNS = tuple(
    field.name
    for field in attrs.fields(RestrictionRow)
    if field.name not in ("group", "restrictions", "item")
)


@attrs.frozen(kw_only=True)
class RestrictionAccount:
    """The rows: groups in the order in which the book comes upon them, the restrictions of each together."""

    by: By
    period: Period
    currency: str
    rows: tuple[RestrictionRow, ...]

    @property
    def totals(self) -> tuple[RestrictionRow, ...]:
        """A row for each group and its restrictions, over all items: their values alone mean something."""
        sums: dict[tuple[str, tuple[Restriction, ...]], dict[str, Holding]] = {}
        for row in self.rows:
            _add_row(sums.setdefault((row.group, row.restrictions), {}), row)
        return tuple(
            RestrictionRow(group=group, restrictions=restrictions, item="", **columns)
            for (group, restrictions), columns in sums.items()
        )

    @property
    def total(self) -> RestrictionRow:
        """The sum of all rows: its values mean something, its quantities do not."""
        columns: dict[str, Holding] = {}
        for row in self.rows:
            _add_row(columns, row)
        return RestrictionRow(group="", restrictions=(), item="", **columns)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A finding for every row that does not add up."""
        return tuple(_difference(row) for row in self.rows if row.difference)


def restriction_account(
    book: Book, period: Period, *, by: By = By.DONATION, known: int | None = None
) -> RestrictionAccount:
    """What was given under restrictions: what there was, came, was released by use, and is left.

    By donation or by donor; a row is one item under one set of restrictions, and adds up exactly. As known
    after entry `known` (None: after all). Raises `Incomplete` for another grouping.

    >>> restriction_account(Book("Ankang", currency="CNY"), Period.year(2023)).rows
    ()
    """
    if by not in _GROUP_OF:
        raise Incomplete(
            what="an account of restrictions",
            missing=f"it cannot be by {by.value}",
            do="ask for it by donation or by donor",
            zh=f"限定用途收支：不能按{_BY_ZH[by]}分组；请按捐赠或捐赠方分组",
        )
    sums = _Sums(book, _GROUP_OF[by])
    eve = None if period.first == date.min else period.first - timedelta(days=1)
    for _, lot, timeline in book.ledger.timelines(*_HELD):
        if lot.restrictions:
            if eve is not None:
                sums.add(lot, "opening", timeline.as_of(eve, known))
            sums.add(lot, "closing", timeline.as_of(period.last, known))
    for flow in History(book, period, known).flows(period):
        if flow.lot.restrictions:
            for column, holding in _columns(book, flow):
                sums.add(flow.lot, column, holding)
    return RestrictionAccount(by=by, period=period, currency=book.currency, rows=tuple(sums.rows()))


_BY_ZH: Mapping[By, str] = MappingProxyType(
    {
        By.ITEM: "物资",
        By.PROGRAMME: "活动",
        By.WAREHOUSE: "仓库",
        By.SOCIETY: "红十字会",
        By.RECIPIENT_KIND: "接收方类型",
        By.PERIOD: "期间",
    }
)
_GROUP_OF: Mapping[By, Callable[[Book, Lot], str]] = MappingProxyType(
    {By.DONATION: donations_of, By.DONOR: donors_of}
)


class _Sums:
    def __init__(self, book: Book, group_of: Callable[[Book, Lot], str]) -> None:
        self._book = book
        self._group_of = group_of
        self._sums: dict[tuple[str, tuple[Restriction, ...], str], dict[str, Holding]] = {}

    def add(self, lot: Lot, column: str, holding: Holding) -> None:
        """Add to one cell; nothing is not worth a row."""
        if holding:
            row = self._sums.setdefault((self._group_of(self._book, lot), lot.restrictions, lot.item), {})
            row[column] = row.get(column, _ZERO) + holding

    def rows(self) -> list[RestrictionRow]:
        """The rows, those of a group and its restrictions together."""
        rows = [
            RestrictionRow(group=group, restrictions=restrictions, item=item, **row)
            for (group, restrictions, item), row in self._sums.items()
            if any(row.values())
        ]
        groups = {row.group: at for at, row in reversed(tuple(enumerate(rows)))}
        kinds = {(row.group, row.restrictions): at for at, row in reversed(tuple(enumerate(rows)))}
        return sorted(rows, key=lambda row: (groups[row.group], kinds[row.group, row.restrictions]))


def _add_row(columns: dict[str, Holding], row: RestrictionRow) -> None:
    for column in _COLUMNS:
        columns[column] = columns.get(column, _ZERO) + getattr(row, column)


def _columns(book: Book, flow: Flow) -> Iterator[tuple[str, Holding]]:
    """What a movement adds to which columns."""
    entry, movement = flow.entry, flow.movement
    first = entry if entry.reverses is None else book.ledger.entry(entry.reverses)
    taken_back = entry is not first
    for sign, place in ((-1, movement.source), (1, movement.target)):
        amount = Holding(sign * movement.quantity, sign * movement.value)
        side = place.kind.side
        if side is Side.CONVERTED:
            yield from _converted(first.kind, movement, amount, taken_back=taken_back)
        elif side in _COLUMN_OF:
            column, direction = _COLUMN_OF[side]
            yield column, amount if direction > 0 else -amount


_COLUMN_OF = MappingProxyType(
    {
        Side.RECEIVED: ("received", -1),
        Side.GAINS: ("gains", -1),
        Side.GIVEN_OUT: ("released", 1),
        Side.LOST: ("lost", 1),
    }
)
_CONVERTED = MappingProxyType({EntryKind.SALE: "sold", EntryKind.REVALUATION: "revalued"})


def _converted(
    kind: EntryKind, movement: Movement, amount: Holding, *, taken_back: bool
) -> Iterator[tuple[str, Holding]]:
    """What went into a conversion is gone from its row, what came out of it is there."""
    if kind is not EntryKind.REDIRECTION:
        yield _CONVERTED.get(kind, "converted"), -amount
        return
    went_in = (movement.target.kind is PlaceKind.CONVERSION) is not taken_back
    yield ("redirected_out", amount) if went_in else ("redirected_in", -amount)


def _difference(row: RestrictionRow) -> Finding:
    off, where = row.difference, f"{row.group}, {row.item}"
    return Finding(
        code="restriction-difference",
        about=where,
        zh=f"{where}：限定资产收支相差 {off.quantity} 个单位、{off.value} 分",
        en=f"{where}: what came under restrictions and what is accounted for differ by {off.quantity} units "
        f"and {off.value} minor units",
        figures=(("quantity", str(off.quantity)), ("value", str(off.value))),
    )


# What nobody can use in time


def expiring_without_recipient(
    book: Book,
    within_days: int | None = None,
    *,
    on: date | str,
    warehouse: str | None = None,
    known: int | None = None,
) -> tuple[Finding, ...]:
    """Goods that expire soon and that nobody whom they were given for is known to the book.

    Usable stock that can be given out for at most so many days after `on` (by policy where none are stated),
    whose restrictions no household, school or society of the register meets. Raises `NotABusinessDate`,
    `NotExact`, `Incomplete` or `Unknown`.

    >>> expiring_without_recipient(Book("Ankang", currency="CNY"), on="2023-05-27")
    ()
    """
    days = _notice(book, within_days)
    reach = _Reach(book.desk(), business_date(on))
    rows = expiring(book, days, on=on, warehouse=warehouse, known=known)
    lots = ((row, book.lot(row.lot)) for row in rows if not row.is_expired)
    return tuple(_out_of_scope(book, row, lot) for row, lot in lots if not reach.meets(lot))


def _notice(book: Book, within_days: int | None) -> int:
    """How many days ahead it is told; by policy where nothing is stated."""
    days = book.policy.notice_days if within_days is None else within_days
    if type(days) is not int:
        raise NotExact(what="how many days ahead it is told", given=days)
    return days


class _Reach:
    """Whether anybody whom the book knows may use a lot on a day; each set of restrictions is asked once."""

    def __init__(self, desk: Desk, on: date) -> None:
        self._desk = desk
        self._on = on
        self._met: dict[tuple[Restriction, ...], bool] = {}

    def meets(self, lot: Lot) -> bool:
        """A lot without restrictions is for anybody, also for somebody whom the book does not know yet."""
        if lot.restrictions not in self._met:
            uses = self._uses(lot.programme)
            self._met[lot.restrictions] = not lot.restrictions or any(not lot.objections(use) for use in uses)
        return self._met[lot.restrictions]

    def _uses(self, programme: str) -> Iterator[Use]:
        register = self._desk.register
        for kind in (Society, School, Household):
            for recipient in register.all(kind):
                yield self._desk.use(recipient, self._on, programme)


def _out_of_scope(book: Book, row: ExpiringLot, lot: Lot) -> Finding:
    where = Place(PlaceKind.WAREHOUSE, row.warehouse)
    zh, en = (amount_text(book, lot, row.quantity, lang) for lang in ("zh", "en"))
    zh_place, en_place = (place_text(book, where, lang) for lang in ("zh", "en"))
    item = book.register.item(lot.item)
    return Finding(
        code="expiring-out-of-scope",
        about=lot.id,
        zh=f"{zh_place}：{item.zh} {zh}（批次 {lot.id}）将于 {row.expiry} 到期，"
        f"限用于{lot.restriction_text('zh')}，登记的接收方均不符合；"
        "请征得捐赠方同意改变用途、转给可以使用的红十字会，或变卖",
        en=f"{en} of {item.name('en')} (lot {lot.id}) in {en_place} expire on {row.expiry}, are for "
        f"{lot.restriction_text()}, and no recipient that is known meets that; redirect them with the "
        "donor's consent, send them to a society that can use them, or sell them",
        figures=(("quantity", str(row.quantity)), ("days left", str(row.days_left))),
        documents=_papers(book, lot),
    )


def restrictions_ending(
    book: Book, within_days: int | None = None, *, on: date | str, known: int | None = None
) -> tuple[Finding, ...]:
    """Goods and money whose restriction ends soon, or has ended, and that are still in the society's care.

    Within so many days after `on` (by policy where none are stated); the soonest first. What has ended can be
    used by nobody until the donor agrees to another use. Raises `NotABusinessDate` or `NotExact`.

    >>> restrictions_ending(Book("Ankang", currency="CNY"), on="2023-05-27")
    ()
    """
    day, days = business_date(on), _notice(book, within_days)
    held: dict[str, Holding] = {}
    for place in book.ledger.places(*_HELD):
        for lot, there in book.ledger.holdings(place, on=day, known=known):
            held[lot.id] = held.get(lot.id, _ZERO) + there
    ends = ((_end(book.lot(lot)), lot) for lot in held)
    soon = sorted((end, lot) for end, lot in ends if end is not None and (end - day).days <= days)
    return tuple(_ending(book, book.lot(lot), held[lot].quantity, end, day) for end, lot in soon)


def _end(lot: Lot) -> date | None:
    """The last day on which all restrictions of a lot can be met."""
    return min((one.until for one in lot.restrictions if one.until is not None), default=None)


def _ending(book: Book, lot: Lot, units: int, end: date, on: date) -> Finding:
    zh, en = (amount_text(book, lot, units, lang) for lang in ("zh", "en"))
    item = book.register.item(lot.item)
    is_over = end < on
    zh_when, en_when = ("已于", "ended on") if is_over else ("将于", "ends on")
    return Finding(
        code="restriction-ended" if is_over else "restriction-ending",
        about=lot.id,
        zh=f"{item.zh} {zh}（批次 {lot.id}）的使用期限{zh_when} {end} 届满，尚未使用；"
        "请在期限内使用，或征得捐赠方同意改变用途",
        en=f"the restriction of {en} of {item.name('en')} (lot {lot.id}) {en_when} {end}, "
        "and they are not used; "
        + ("" if is_over else "use them in time, or ")
        + "ask the donor for consent to another use",
        figures=(("quantity", str(units)), ("days left", str((end - on).days))),
        documents=_papers(book, lot),
    )


def _papers(book: Book, lot: Lot) -> tuple[str, ...]:
    return (next(book.ledger.entries_of(lot.id)).document,)
