"""The trial balance: all that ever came into each kind of place and went out of it, which must cancel out.

It is summed from single postings and not from positions, so it does not rest on what it is meant to check.
Quantities are summed by item; over all places, in and out are equal for every item, and so are the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Change, Holding, Place, PlaceKind, Side, Timeline
from reliefstock.reconciliation import Finding
from reliefstock.reports.naming import Naming, notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS
from reliefstock.values import Language, business_date

__all__ = ["TrialBalance", "TrialBalanceRow", "trial_balance", "trial_balance_table"]

_ZERO = Holding(0, 0)
_HEADS = ("kind", "place", "item")
_SUMS = ("came in", "went out", "balance", "came in value", "went out value", "balance value")


@attrs.frozen(kw_only=True)
class TrialBalanceRow:
    """One item in one kind of place, or in one place: what came in, what went out.

    In base units and minor units. `place` is None where the row is of all places of the kind.
    """

    kind: PlaceKind
    place: Place | None
    item: str
    came: Holding
    went: Holding

    @property
    def side(self) -> Side:
        """On which side of the statement it stands."""
        return self.kind.side

    @property
    def balance(self) -> Holding:
        """What came in less what went out; below zero for places outside, such as donors."""
        return self.came - self.went


@attrs.frozen(kw_only=True)
class TrialBalance:
    """The rows, kinds of places in the order of the chart of places, items as the book met them."""

    rows: tuple[TrialBalanceRow, ...]

    @property
    def came(self) -> int:
        """All value that came in anywhere, in minor units."""
        return sum(row.came.value for row in self.rows)

    @property
    def went(self) -> int:
        """All value that went out anywhere, in minor units: equal to what came in."""
        return sum(row.went.value for row in self.rows)

    @property
    def difference(self) -> int:
        """The sum of all balances in minor units: zero, or something is wrong."""
        return self.came - self.went

    @property
    def differences(self) -> tuple[tuple[str, Holding], ...]:
        """The items of which in and out do not cancel out, with by how much."""
        sums: dict[str, Holding] = {}
        for row in self.rows:
            sums[row.item] = sums.get(row.item, _ZERO) + row.balance
        return tuple((item, off) for item, off in sums.items() if off)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A finding for every item of which in and out do not cancel out."""
        return tuple(_difference(item, off) for item, off in self.differences)


def trial_balance(
    book: Book, on: date | str | None = None, known: int | None = None, *, by_place: bool = False
) -> TrialBalance:
    """Everything up to the end of a day, as known after an entry (None: the latest of both).

    Rows are by kind of place and item, or with `by_place` by place and item. Raises `NotABusinessDate`.

    >>> trial_balance(Book("Ankang", currency="CNY")).difference
    0
    """
    day = None if on is None else business_date(on)
    sums: dict[tuple[PlaceKind, Place | None, str], list[Holding]] = {}
    for place, lot, timeline in book.ledger.timelines():
        key = (place.kind, place if by_place else None, lot.item)
        sums.setdefault(key, []).extend(_amounts(timeline, day, known))
    return TrialBalance(rows=tuple(_row(*key, amounts) for key, amounts in sums.items() if amounts))


def trial_balance_table(
    balance: TrialBalance, book: Book, lang: Language = "en", *, public: bool = False
) -> Table:
    """A trial balance as a table, in quantity and in value; the total is of values alone.

    >>> book = Book("Ankang", currency="CNY")
    >>> trial_balance_table(trial_balance(book), book, "zh").total
    ('合计', '', '', '', '', '0', '0', '0')
    """
    naming = Naming(book, lang, public=public)
    table = Table(
        "trial_balance",
        WORDS["title.trial balance"].zh,
        WORDS["title.trial balance"].en,
        columns=(*map(Column.named, _HEADS), *(Column.named(head, "right") for head in _SUMS)),
        rows=tuple(_cells(naming, row) for row in balance.rows),
        total=_total(naming, balance),
        notes_zh=notes(book, "zh"),
        notes_en=notes(book, "en"),
        lang=lang,
    )
    by_place = any(row.place for row in balance.rows)
    return table if by_place else table.without("place")


def _amounts(timeline: Timeline, on: date | None, known: int | None) -> Iterator[Holding]:
    for change in timeline.changes():
        if _is_in(change, on, known):
            yield Holding(change.quantity, change.value)


def _is_in(change: Change, on: date | None, known: int | None) -> bool:
    return (on is None or change.on <= on) and (known is None or change.entry <= known)


def _row(kind: PlaceKind, place: Place | None, item: str, amounts: Iterable[Holding]) -> TrialBalanceRow:
    came = went = _ZERO
    for amount in amounts:
        if amount.quantity > 0:
            came += amount
        else:
            went -= amount
    return TrialBalanceRow(kind=kind, place=place, item=item, came=came, went=went)


def _difference(item: str, off: Holding) -> Finding:
    return Finding(
        code="trial-balance-difference",
        about=item,
        zh=f"{item}：全部地点的收入与发出相差 {off.quantity} 个单位、{off.value} 分",
        en=f"{item}: in and out of all places differ by {off.quantity} units and {off.value} minor units",
        figures=(("quantity", str(off.quantity)), ("value", str(off.value))),
    )


def _cells(naming: Naming, row: TrialBalanceRow) -> Row:
    sums = (row.came, row.went, row.balance)
    return (
        naming.word(f"place.{row.kind.value}"),
        "" if row.place is None else naming.place(row.place),
        naming.item(row.item),
        *(naming.quantity(row.item, held.quantity) for held in sums),
        *(naming.worth(row.item, held) for held in sums),
    )


def _total(naming: Naming, balance: TrialBalance) -> Row:
    values = (balance.came, balance.went, balance.difference)
    return (naming.word("said.all"), "", "", "", "", "", *map(naming.amount, values))
