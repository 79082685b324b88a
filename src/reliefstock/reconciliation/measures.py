"""What a figure is a figure of: so much received, given out, on hand, reached, observed.

A measure is asked of the book and comes back between bounds. What is posted is exact; what papers only
mention, goods without a value and households of unknown size widen the bounds, so nobody takes for the
whole what is only the part that is known.

Flows are net and by business date: what was returned or taken back counts on the date of the return or of
the reversal, so a later correction leaves the figure of an earlier period as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.catalogue import Measure as Counted
from reliefstock.ledger import EntryKind, Lot, Movement, Place, PlaceKind, Side
from reliefstock.operations import DistributionList, Mention
from reliefstock.projects import Fund, State
from reliefstock.reconciliation.history import Flow, History
from reliefstock.reconciliation.scope import Scope
from reliefstock.values import Interval, Period

__all__ = ["MONEY", "Goods", "Measure", "Measured", "Part", "What", "measure", "measure_in"]

MONEY = "money"
"""The unit of a measure of value; the bounds are then in minor units."""

_NOTHING = Interval.exactly(0)


class What(Enum):
    """What is measured."""

    RECEIVED = "received"
    GIVEN_OUT = "given out"
    LOST = "lost"
    ON_HAND = "on hand"
    IN_TRANSIT = "in transit"
    REACHED = "reached"
    OBSERVED = "observed"
    BUDGET = "budget"
    PROJECT_RECEIVED = "project received"
    PROJECT_SPENT = "project spent"


_STOCKS = (What.ON_HAND, What.IN_TRANSIT)


class Goods(Enum):
    """Which items are meant where the scope names none."""

    GOODS = "goods"
    MONEY = "money"
    ALL = "all"


@attrs.frozen(kw_only=True)
class Measure:
    """A question with a number for an answer.

    `unit` is `MONEY`, or the code of a unit of count: of an item's unit or pack, of what is reached
    (`person`, `person-time`, `household`, `household-time`, `school`, `society`), or of an observation.
    Units of count are never added to one another: what has another unit is not in the measure.

    A stock (`ON_HAND`, `IN_TRANSIT`) is that of the end of the period.
    """

    what: What
    period: Period
    unit: str = MONEY
    scope: Scope = attrs.field(factory=Scope)
    goods: Goods = Goods.GOODS
    indicator: str = ""
    project: str = ""
    state: State | None = None

    def within(self, wider: Measure) -> bool:
        """Whether all that this measures is measured by the wider one too, by what the two state.

        A stock lies within another of the same day only.

        >>> year, may = Period.year(2023), Period.month(2023, 5)
        >>> Measure(what=What.LOST, period=may).within(Measure(what=What.LOST, period=year))
        True
        >>> Measure(what=What.ON_HAND, period=may).within(Measure(what=What.ON_HAND, period=year))
        False
        """
        return (
            (self.what, self.unit, self.indicator) == (wider.what, wider.unit, wider.indicator)
            and wider.project in ("", self.project)
            and wider.state in (None, self.state)
            and wider.goods in (self.goods, Goods.ALL)
            and self._when_within(wider)
            and self.scope.within(wider.scope)
        )

    def _when_within(self, wider: Measure) -> bool:
        if self.what in _STOCKS:
            return self.period.last == wider.period.last
        return wider.period.contains(self.period)


@attrs.frozen
class Part:
    """One thing that is measured: an amount, the document behind it and the paper behind that."""

    amount: Interval
    document: str
    evidence: str


@attrs.frozen
class Measured:
    """The answer: what was found, part by part; amounts of money in minor units, else in the unit asked."""

    parts: tuple[Part, ...]

    @cached_property
    def bounds(self) -> Interval:
        """The sum of the parts."""
        exact: list[Fraction] = []
        rest: list[Interval] = []
        for part in self.parts:
            if part.amount.is_exact:
                exact.append(part.amount.low)
            else:
                rest.append(part.amount)
        return sum(rest, Interval.exactly(_total(exact)))

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that it rests on, each once."""
        return tuple(dict.fromkeys(part.document for part in self.parts))

    @property
    def unknown(self) -> tuple[str, ...]:
        """The documents among them whose amount is not known exactly."""
        return tuple(dict.fromkeys(part.document for part in self.parts if not part.amount.is_exact))

    @property
    def evidence(self) -> tuple[str, ...]:
        """The papers behind them, each once."""
        return tuple(dict.fromkeys(part.evidence for part in self.parts if part.evidence))

    @property
    def is_empty(self) -> bool:
        """Whether the book has nothing of the kind."""
        return not self.parts


def _total(amounts: list[Fraction]) -> Fraction:
    """The sum; whole numbers, which most amounts are, are added as such, for Fractions are slow."""
    whole = sum(amount.numerator for amount in amounts if amount.denominator == 1)
    return sum((amount for amount in amounts if amount.denominator != 1), Fraction(whole))


def measure(book: Book, asked: Measure, *, known: int | None = None) -> Measured:
    """Ask the book.

    `known` takes it as it was after that entry; observations and mentions, which have no number of their
    own, count as known if they were kept before the next entry.

    Raises `Unknown` for the budget or the spending of a project that the book does not know.

    >>> nothing = measure(Book("Ankang", currency="CNY"), Measure(what=What.LOST, period=Period.year(2023)))
    >>> nothing.is_empty, nothing.bounds.is_exact
    (True, True)
    """
    return measure_in(History(book, asked.period, known), asked)


def measure_in(history: History, asked: Measure) -> Measured:
    """Ask a history whose span holds the period: the way for whoever asks many questions of one book.

    >>> history = History(Book("Ankang", currency="CNY"), Period.year(2023))
    >>> measure_in(history, Measure(what=What.RECEIVED, period=Period.month(2023, 5))).parts
    ()
    """
    return Measured(tuple(_PARTS[asked.what](history, asked)))


class _Yardstick:
    """How much of a lot is in the unit asked for, and whether its item is meant at all."""

    def __init__(self, book: Book, asked: Measure) -> None:
        self._unit = asked.unit
        self._ratios = {
            item.id: Fraction(1) if asked.unit == MONEY else _ratio(item, asked.unit)
            for item in book.register.all(Item)
            if _is_meant(item, asked)
        }
        self._exact: dict[int | Fraction, Interval] = {}  # one price makes many equal amounts

    def takes(self, lot: Lot) -> bool:
        """Whether goods of its kind are in the measure."""
        return self._ratios.get(lot.item) is not None

    def amount(self, lot: Lot, quantity: int, value: int) -> Interval | None:
        """None where it is not in the measure."""
        ratio = self._ratios.get(lot.item)
        if ratio is None:
            return None
        if self._unit != MONEY:
            return self._exactly(quantity * ratio)
        return Interval.unknown() if lot.unvalued else self._exactly(value)

    def _exactly(self, number: int | Fraction) -> Interval:
        if number not in self._exact:
            self._exact[number] = Interval.exactly(number)
        return self._exact[number]


def _is_meant(item: Item, asked: Measure) -> bool:
    if asked.goods is Goods.ALL or asked.scope.items:
        return True
    return (item.measure is Counted.MONEY) is (asked.goods is Goods.MONEY)


def _ratio(item: Item, unit: str) -> Fraction | None:
    """How many of a unit one base unit of the item is; None where it is not counted in that unit."""
    for pack in (item.unit, *item.packs):
        if pack.code == unit:
            return item.unit.ratio / pack.ratio  # exact: Fraction
    return None


# Flows


def _flow(side: Side) -> Callable[[History, Measure], Iterator[Part]]:
    def parts(history: History, asked: Measure) -> Iterator[Part]:
        flows = history.of_side(side, asked.period, asked.scope)
        yield from _net(history, asked, flows, side)
        yield from _mentions(history, asked, side)

    return parts


def _net(history: History, asked: Measure, flows: Iterable[Flow], side: Side) -> Iterator[Part]:
    yardstick = _Yardstick(history.book, asked)
    signed = [(flow, _direction(flow.movement, side)) for flow in flows]
    left = _unvalued_left(signed) if asked.unit == MONEY else {}
    for flow, sign in signed:
        movement, lot = flow.movement, flow.lot
        amount = yardstick.amount(lot, sign * movement.quantity, sign * movement.value)
        if amount is not None and sign:
            worth_nothing = lot.id in left and (sign < 0 or left[lot.id] <= 0)
            yield Part(_NOTHING if worth_nothing else amount, flow.entry.document, history.paper(flow.entry))


def _unvalued_left(signed: Iterable[tuple[Flow, int]]) -> dict[str, int]:
    """Of each lot without a value, the units that did not go back again; only these can be worth anything."""
    left: dict[str, int] = {}
    for flow, sign in signed:
        if flow.lot.unvalued:
            left[flow.lot.id] = left.get(flow.lot.id, 0) + sign * flow.movement.quantity
    return left


def _direction(movement: Movement, side: Side) -> int:
    """Whether a movement adds to a side, takes from it, or leaves it as it is. Goods come *from* donors."""
    into, out = movement.target.kind.side is side, movement.source.kind.side is side
    return (out - into) if side is Side.RECEIVED else (into - out)


# Mentions


def _mentions(history: History, asked: Measure, side: Side) -> Iterator[Part]:
    for mention in _meant(history, asked, side):
        amount = _mentioned_amount(history.book, asked, mention)
        if amount is not None:
            yield _mentioned_part(asked.scope, mention, amount)


def _meant(history: History, asked: Measure, side: Side) -> Iterator[Mention]:
    """The mentions that may be meant, by all that they state; the kind of goods is told by the item."""
    for mention in history.mentions:
        if (
            mention.side is side
            and asked.period.contains(mention.period)
            and _item_is_meant(history.book, asked, mention)
            and all(_meets(wanted, has) for wanted, has in _stated(history.book, asked.scope, mention))
        ):
            yield mention


def _item_is_meant(book: Book, asked: Measure, mention: Mention) -> bool:
    """A mention that names no item is of goods: of money a paper would say so."""
    if mention.item is None:
        return asked.goods is not Goods.MONEY
    return _is_meant(book.register.item(mention.item), asked)


def _stated(book: Book, scope: Scope, mention: Mention) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    yield scope.donors, (mention.donor or "",)
    yield scope.donations, (mention.donation or "",)
    yield scope.items, (mention.item or "",)
    yield scope.programmes, (mention.programme,)
    yield scope.recipients, mention.recipients
    yield scope.recipient_kinds, tuple(_kind_of(book, recipient) for recipient in mention.recipients)


def _meets(wanted: tuple[str, ...], has: tuple[str, ...]) -> bool:
    return not wanted or any(given in wanted for given in has)


def _kind_of(book: Book, recipient: str) -> str:
    return type(book.register.recipient(recipient)).__name__.lower()


def _mentioned_part(scope: Scope, mention: Mention, amount: Interval) -> Part:
    """All of it, or what may be of it: which depot it left, or which of several got how much, is not said."""
    others = bool(scope.recipients) and any(one not in scope.recipients for one in mention.recipients)
    if others or scope.warehouses:
        amount = Interval(0, amount.high, high_open=amount.high_open)
    return Part(amount, mention.number, mention.evidence)


def _mentioned_amount(book: Book, asked: Measure, mention: Mention) -> Interval | None:
    """So much in the unit asked for; None where the item is not counted in that unit."""
    if asked.unit == MONEY:
        return mention.value or Interval.unknown()
    if mention.unit == asked.unit or mention.item is None:
        return mention.quantity if mention.unit == asked.unit and mention.quantity else Interval.unknown()
    item = book.register.item(mention.item)
    ratio, stated = _ratio(item, asked.unit), _ratio(item, mention.unit)
    if ratio is None:
        return None
    if stated is None or mention.quantity is None:
        return Interval.unknown()
    return mention.quantity.scaled(ratio / stated)  # exact: Fraction


# Stocks


def _stock(side: Side) -> Callable[[History, Measure], Iterator[Part]]:
    kinds = [kind for kind in PlaceKind if kind.side is side]

    def parts(history: History, asked: Measure) -> Iterator[Part]:
        book, yardstick = history.book, _Yardstick(history.book, asked)
        for place, lot, timeline in book.ledger.timelines(*kinds):
            if asked.scope.takes_stock(lot, place):
                there = timeline.as_of(asked.period.last, history.known)
                amount = yardstick.amount(lot, there.quantity, there.value) if there else None
                if amount is not None:
                    first = next(book.ledger.entries_of(lot.id))
                    yield Part(amount, first.document, history.paper(first))
        yield from _mentions(history, asked, side)

    return parts


# Who was reached


def _reached(history: History, asked: Measure) -> Iterator[Part]:
    """Recipients, each once, or once a list where times are counted.

    A list that was taken back by the end of the period reached nobody; who gave goods back was reached.
    """
    if asked.unit not in _REACHED_UNITS:
        return
    seen: set[object] = set()
    sizes = _Sizes(history.book)
    for place, flow in _handed_out(history, asked):
        key = (flow.entry.number, place) if asked.unit in _TIMES else place
        if key not in seen:
            seen.add(key)
            heads = _heads(sizes, asked.unit, flow.entry.document, place.id)
            yield Part(heads, flow.entry.document, history.paper(flow.entry))
    for mention in _meant(history, asked, Side.GIVEN_OUT):
        if mention.unit == asked.unit:
            yield _mentioned_part(asked.scope, mention, mention.quantity or Interval.unknown())


_REACHED_UNITS = MappingProxyType(
    {
        "household": PlaceKind.HOUSEHOLD,
        "household-time": PlaceKind.HOUSEHOLD,
        "person": PlaceKind.HOUSEHOLD,
        "person-time": PlaceKind.HOUSEHOLD,
        "school": PlaceKind.SCHOOL,
        "society": PlaceKind.SOCIETY,
    }
)
_TIMES = ("household-time", "person-time")
_HANDING_OUT = (EntryKind.DISTRIBUTION, EntryKind.ARRIVAL)


def _handed_out(history: History, asked: Measure) -> Iterator[tuple[Place, Flow]]:
    kind, goods = _REACHED_UNITS[asked.unit], _Yardstick(history.book, attrs.evolve(asked, unit=MONEY))
    for flow in history.of_side(Side.GIVEN_OUT, asked.period, asked.scope):
        handed_out = flow.entry.kind in _HANDING_OUT and flow.movement.target.kind is kind
        if handed_out and goods.takes(flow.lot) and history.stands(flow.entry, asked.period.last):
            yield flow.movement.target, flow


class _Sizes:
    """How many persons a household was, by the lists on which it stands."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._lists: dict[str, dict[str, int | None]] = {}

    def of(self, document: str, recipient: str) -> int | None:
        """Its size on that list; None where nobody noted it."""
        if document not in self._lists:
            paper = self._book.document(document)
            lines = paper.lines if isinstance(paper, DistributionList) else ()
            self._lists[document] = {line.recipient: line.persons for line in lines}
        return self._lists[document].get(recipient)


def _heads(sizes: _Sizes, unit: str, document: str, recipient: str) -> Interval:
    if unit not in ("person", "person-time"):
        return Interval.exactly(1)
    size = sizes.of(document, recipient)
    return Interval.at_least(1) if size is None else Interval.exactly(size)


# What is not stock


def _observed(history: History, asked: Measure) -> Iterator[Part]:
    for seen in history.observations:
        if (
            seen.what == asked.indicator
            and seen.unit == asked.unit
            and asked.period.contains(seen.period)
            and asked.project in ("", seen.project)
        ):
            # what was seen in another state is known not to be in this one
            there = asked.state in (None, seen.state)
            yield Part(seen.count if there else _NOTHING, seen.number, seen.evidence)


def _budget(history: History, asked: Measure) -> Iterator[Part]:
    """What a project is meant to cost; a budget in another currency is nothing known in this one."""
    project = history.book.register.project(asked.project)
    if project.budget is not None and asked.unit == MONEY:
        ours = project.budget.currency == history.book.currency
        amount = Interval.exactly(project.budget.minor) if ours else Interval.unknown()
        yield Part(amount, project.id, project.evidence)


def _project_received(history: History, asked: Measure) -> Iterator[Part]:
    """Money that donors paid into the funds of a project, from whatever donor."""
    funds = [fund.id for fund in history.book.register.all(Fund) if fund.project == asked.project]
    flows = [
        flow
        for flow in history.of_side(Side.RECEIVED, asked.period, asked.scope)
        if any(_is_fund(end, funds) for end in (flow.movement.source, flow.movement.target))
    ]
    yield from _net(history, attrs.evolve(asked, goods=Goods.MONEY), flows, Side.RECEIVED)


def _is_fund(place: Place, funds: list[str]) -> bool:
    return place.kind is PlaceKind.FUND and place.id in funds


def _project_spent(history: History, asked: Measure) -> Iterator[Part]:
    """Money spent on a project; on one that is only planned nothing was, which is known without an entry."""
    project = history.book.register.project(asked.project)
    if project.state is State.PLANNED:
        yield Part(_NOTHING, project.id, project.evidence)
    scope = attrs.evolve(asked.scope, recipients=(asked.project,), recipient_kinds=("project",))
    yield from _flow(Side.GIVEN_OUT)(history, attrs.evolve(asked, goods=Goods.MONEY, scope=scope))


_PARTS = MappingProxyType(
    {
        What.RECEIVED: _flow(Side.RECEIVED),
        What.GIVEN_OUT: _flow(Side.GIVEN_OUT),
        What.LOST: _flow(Side.LOST),
        What.ON_HAND: _stock(Side.ON_HAND),
        What.IN_TRANSIT: _stock(Side.IN_TRANSIT),
        What.REACHED: _reached,
        What.OBSERVED: _observed,
        What.BUDGET: _budget,
        What.PROJECT_RECEIVED: _project_received,
        What.PROJECT_SPENT: _project_spent,
    }
)
