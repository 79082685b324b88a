"""What a figure is a figure of: so much received, given out, on hand, reached, observed.

A measure is asked of the book and comes back between bounds. What is posted is exact; what papers only
mention, goods without a value and households of unknown size widen the bounds, so nobody takes for the
whole what is only the part that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.catalogue import Item, Measure as Counted
from reliefstock.ledger import Entry, EntryKind, Lot, Movement, PlaceKind, Side
from reliefstock.operations import Document, Mention, Observation
from reliefstock.parties import Household
from reliefstock.projects import Fund, State
from reliefstock.reconciliation.scope import Scope
from reliefstock.values import Interval, Period

__all__ = ["MONEY", "Goods", "Measure", "Measured", "Part", "What", "measure"]

MONEY = "money"
"""The unit of a measure of value; the bounds are then in minor units."""


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


class Goods(Enum):
    """Which items are meant where the scope names none."""

    GOODS = "goods"
    MONEY = "money"
    ALL = "all"


@attrs.frozen(kw_only=True)
class Measure:
    """A question with a number for an answer.

    `unit` is `MONEY`, or the code of a unit of count: of an item's unit or pack, of what is reached
    (`person`, `person-time`, `household`, `household-time`, `school`, `society`), or of an observation. Units of
    count are never added to one another: what has another unit is not in the measure.
    """

    what: What
    period: Period
    unit: str = MONEY
    scope: Scope = Scope()
    goods: Goods = Goods.GOODS
    indicator: str = ""
    project: str = ""
    state: State | None = None

    def within(self, wider: Measure) -> bool:
        """Whether all that this measures is measured by the wider one too."""
        same = ("what", "unit", "indicator", "project", "state")
        return (
            all(getattr(self, name) == getattr(wider, name) for name in same)
            and wider.goods in (self.goods, Goods.ALL)
            and wider.period.contains(self.period)
            and self.scope.within(wider.scope)
        )


@attrs.frozen
class Part:
    """One thing that is measured: an amount, the document behind it and the paper behind that."""

    amount: Interval
    document: str
    evidence: str


@attrs.frozen
class Measured:
    """The answer: what was found, part by part; amounts of money in minor units, else in the unit asked for."""

    parts: tuple[Part, ...]

    @property
    def bounds(self) -> Interval:
        """The sum of the parts."""
        return sum((part.amount for part in self.parts), Interval.exactly(0))

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


def measure(book: Book, asked: Measure, *, known: int | None = None) -> Measured:
    """Ask the book. `known` takes it as it was after that entry (observations are not numbered by entry).

    >>> nothing = measure(Book("Ankang", currency="CNY"), Measure(what=What.RECEIVED, period=Period.year(2023)))
    >>> nothing.is_empty, nothing.bounds.is_exact
    (True, True)
    """
    return Measured(tuple(_PARTS[asked.what](book, asked, known)))


# Flows


def _flow(side: Side) -> Callable[[Book, Measure, int | None], Iterator[Part]]:
    def parts(book: Book, asked: Measure, known: int | None) -> Iterator[Part]:
        for entry, lot, movement in _movements(book, asked, known):
            sign = _direction(movement, side)
            amount = _amount(book, asked, lot, movement.quantity, movement.value) if sign else None
            if amount is not None:
                yield Part(amount if sign > 0 else _negated(amount), entry.document, _paper(book, entry))
        yield from _mentions(book, asked, side)

    return parts


def _movements(book: Book, asked: Measure, known: int | None) -> Iterator[tuple[Entry, Lot, Movement]]:
    for entry in book.entries if known is None else book.entries[:known]:
        if entry.on in asked.period:
            for movement in entry.movements():
                lot = book.lot(movement.lot)
                if _right_goods(book, asked, lot) and asked.scope.takes(entry, lot, movement):
                    yield entry, lot, movement


def _direction(movement: Movement, side: Side) -> int:
    """Whether a movement adds to a side, takes from it, or leaves it as it is. Goods come *from* donors."""
    into, out = movement.target.kind.side is side, movement.source.kind.side is side
    return (out - into) if side is Side.RECEIVED else (into - out)


def _right_goods(book: Book, asked: Measure, lot: Lot) -> bool:
    if asked.goods is Goods.ALL or asked.scope.items:
        return True
    is_money = book.register.item(lot.item).measure is Counted.MONEY
    return is_money is (asked.goods is Goods.MONEY)


def _amount(book: Book, asked: Measure, lot: Lot, quantity: int, value: int) -> Interval | None:
    """So much of a lot in the unit asked for; None where it has no such unit."""
    if asked.unit == MONEY:
        return Interval.unknown() if lot.unvalued else Interval.exactly(value)
    item = book.register.item(lot.item)
    ratio = _ratio(item, asked.unit)
    return None if ratio is None else Interval.exactly(quantity * ratio)


def _ratio(item: Item, unit: str) -> Fraction | None:
    """How many of a unit one base unit of the item is."""
    for pack in (item.unit, *item.packs):
        if pack.code == unit:
            return item.unit.ratio / pack.ratio  # exact: Fraction
    return None


def _negated(amount: Interval) -> Interval:
    """What was taken back; of an unknown amount nobody knows how much."""
    return Interval.exactly(-amount.low) if amount.is_exact else Interval.exactly(0)


def _paper(book: Book, entry: Entry) -> str:
    """The paper behind an entry: its own document's, or that of the waybill it settles."""
    document = book.document(entry.document)
    waybill = getattr(document, "waybill", None)
    return _source_of(book.document(waybill) if isinstance(waybill, str) else document)


def _source_of(document: Document) -> str:
    paper = getattr(document, "source_document", "")
    return paper if isinstance(paper, str) else ""


def _mentions(book: Book, asked: Measure, side: Side) -> Iterator[Part]:
    for mention in book.documents_of(Mention):
        if mention.side is side and _may_be_in(book, asked, mention):
            amount = mention.value if asked.unit == MONEY else _mentioned_quantity(mention, asked.unit)
            yield Part(amount or Interval.unknown(), mention.number, mention.evidence)


def _mentioned_quantity(mention: Mention, unit: str) -> Interval | None:
    return mention.quantity if mention.unit == unit else None


def _may_be_in(book: Book, asked: Measure, mention: Mention) -> bool:
    """Whether a mention may be meant, by all that it states; the kind of goods is told by the item."""
    scope = asked.scope
    stated = (
        (scope.donors, (mention.donor,)),
        (scope.donations, (mention.donation,)),
        (scope.items, (mention.item,)),
        (scope.programmes, (mention.programme,)),
        (scope.recipients, mention.recipients),
    )
    is_money = mention.item == book.currency
    return (
        asked.period.contains(mention.period)
        and (asked.goods is Goods.ALL or is_money is (asked.goods is Goods.MONEY))
        and all(not wanted or any(given in wanted for given in has) for wanted, has in stated)
    )


# Stocks


def _stock(side: Side) -> Callable[[Book, Measure, int | None], Iterator[Part]]:
    kinds = [kind for kind in PlaceKind if kind.side is side]

    def parts(book: Book, asked: Measure, known: int | None) -> Iterator[Part]:
        for place, lot, timeline in book.ledger.timelines(*kinds):
            if not (asked.scope.takes_lot(lot) and asked.scope.takes_place(place)):
                continue
            there = timeline.as_of(asked.period.last, known)
            amount = _amount(book, asked, lot, there.quantity, there.value) if there else None
            if amount is not None and _right_goods(book, asked, lot):
                first = next(book.ledger.entries_of(lot.id))
                yield Part(amount, first.document, _paper(book, first))

    return parts


# Who was reached


def _reached(book: Book, asked: Measure, known: int | None) -> Iterator[Part]:
    kind, times = _REACHED_UNITS.get(asked.unit, ("", False))
    seen: set[object] = set()
    for entry, _, movement in _movements(book, asked, known):
        place = movement.target
        if entry.kind not in (EntryKind.DISTRIBUTION, EntryKind.ARRIVAL) or place.kind.value != kind:
            continue
        if book.ledger.reversed_by(entry.number) is not None:
            continue
        key = (entry.number, place) if times else place
        if key not in seen:
            seen.add(key)
            yield Part(_heads(book, asked.unit, place.id), entry.document, _paper(book, entry))
    for mention in book.documents_of(Mention):
        if mention.side is Side.GIVEN_OUT and mention.unit == asked.unit and _may_be_in(book, asked, mention):
            yield Part(mention.quantity or Interval.unknown(), mention.number, mention.evidence)


_REACHED_UNITS = MappingProxyType(
    {
        "household": ("household", False),
        "household-time": ("household", True),
        "person": ("household", False),
        "person-time": ("household", True),
        "school": ("school", False),
        "society": ("society", False),
    }
)


def _heads(book: Book, unit: str, recipient: str) -> Interval:
    if unit not in ("person", "person-time"):
        return Interval.exactly(1)
    noun = book.register.recipient(recipient)
    size = noun.size if isinstance(noun, Household) else None
    return Interval.at_least(1) if size is None else Interval.exactly(size)


# What is not stock


def _observed(book: Book, asked: Measure, known: int | None) -> Iterator[Part]:
    del known
    for seen in book.documents_of(Observation):
        if (
            seen.what == asked.indicator
            and seen.unit == asked.unit
            and asked.period.contains(seen.period)
            and (not asked.project or seen.project == asked.project)
        ):
            # what was seen in another state is known not to be in this one
            there = asked.state is None or seen.state is asked.state
            yield Part(seen.count if there else Interval.exactly(0), seen.number, seen.evidence)


def _budget(book: Book, asked: Measure, known: int | None) -> Iterator[Part]:
    del known
    project = book.register.project(asked.project)
    if project.budget is not None:
        yield Part(Interval.exactly(project.budget.minor), project.id, project.evidence)


def _project_received(book: Book, asked: Measure, known: int | None) -> Iterator[Part]:
    funds = {fund.id for fund in book.register.all(Fund) if fund.project == asked.project}
    for entry, _, movement in _movements(book, attrs.evolve(asked, goods=Goods.MONEY), known):
        sign = _direction(movement, Side.RECEIVED)
        if sign and {movement.source.id, movement.target.id} & funds:
            yield Part(Interval.exactly(sign * movement.value), entry.document, _paper(book, entry))


def _project_spent(book: Book, asked: Measure, known: int | None) -> Iterator[Part]:
    project = book.register.project(asked.project)
    if project.state is State.PLANNED:
        yield Part(Interval.exactly(0), project.id, project.evidence)
    scope = attrs.evolve(asked.scope, recipients=(asked.project,), recipient_kinds=("project",))
    narrowed = attrs.evolve(asked, goods=Goods.MONEY, scope=scope)
    yield from _flow(Side.GIVEN_OUT)(book, narrowed, known)


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
