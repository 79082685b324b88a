"""What a figure is a figure of: so much received, given out, on hand, reached, observed.

A measure is asked of the book and comes back between bounds. What is posted is exact; what papers only
mention, goods without a value and households of unknown size widen the bounds, so nobody takes for the
whole what is only the part that is known. What may belong to it or not (a mention that does not say whose
the goods were, goods that several donors paid for together) is kept apart: in no bounds, but named.

Flows are net and by business date: what was returned or taken back counts on the date of the return or of
the reversal, so a later correction leaves the figure of an earlier period as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.catalogue import Measure as Counted
from reliefstock.ledger import EntryKind, Holding, Lot, Movement, Place, PlaceKind, Side
from reliefstock.operations import DistributionList, Mention
from reliefstock.projects import Fund, State
from reliefstock.reconciliation.history import Flow, History
from reliefstock.reconciliation.joint import Joint, is_whole
from reliefstock.reconciliation.scope import Scope, check_known
from reliefstock.values import Interval, Period

__all__ = [
    "MONEY",
    "Goods",
    "Measure",
    "Measured",
    "Part",
    "What",
    "check_ids",
    "counted_in",
    "measure",
    "measure_in",
    "sum_of",
]

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
    """One thing that is measured: an amount, the document behind it and the paper behind that.

    What is not `certain` may be in the measure or not, up to that amount; it is in no bounds.
    """

    amount: Interval
    document: str
    evidence: str
    certain: bool = True


@attrs.frozen
class Measured:
    """The answer: what was found, part by part; amounts of money in minor units, else in the unit asked.

    All but `possible` and `widest` is said of the certain parts alone.
    """

    parts: tuple[Part, ...]

    @cached_property
    def certain(self) -> tuple[Part, ...]:
        """The parts that are in the measure."""
        return tuple(part for part in self.parts if part.certain)

    @cached_property
    def bounds(self) -> Interval:
        """The sum of the parts."""
        return sum_of(self.certain)

    @cached_property
    def widest(self) -> Interval:
        """The sum if what may belong to it is counted, all, in part or not at all."""
        return self.bounds + sum_of(part for part in self.parts if not part.certain)

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that it rests on, each once."""
        return tuple(dict.fromkeys(part.document for part in self.certain))

    @property
    def possible(self) -> tuple[str, ...]:
        """The documents that may belong to it, each once."""
        return tuple(dict.fromkeys(part.document for part in self.parts if not part.certain))

    @property
    def unknown(self) -> tuple[str, ...]:
        """The documents that it rests on whose amount is not known exactly."""
        return tuple(dict.fromkeys(part.document for part in self.certain if not part.amount.is_exact))

    @property
    def evidence(self) -> tuple[str, ...]:
        """The papers behind them, each once."""
        return tuple(dict.fromkeys(part.evidence for part in self.certain if part.evidence))

    @property
    def is_empty(self) -> bool:
        """Whether the book has nothing of the kind for certain."""
        return not self.certain


def sum_of(parts: Iterable[Part]) -> Interval:
    """The amounts of some parts together.

    >>> sum_of([Part(Interval.exactly(3), "DL-000001", "list"), Part(Interval(0, 2), "MEN-000001", "")]).high
    Fraction(5, 1)
    """
    exact: list[Fraction] = []
    rest: list[Interval] = []
    for part in parts:
        if part.amount.is_exact:
            exact.append(part.amount.low)
        else:
            rest.append(part.amount)
    return sum(rest, Interval.exactly(_total(exact)))


def _total(amounts: list[Fraction]) -> Fraction:
    """The sum; whole numbers, which most amounts are, are added as such, for Fractions are slow."""
    whole = sum(amount.numerator for amount in amounts if amount.denominator == 1)
    return sum((amount for amount in amounts if amount.denominator != 1), Fraction(whole))


def measure(book: Book, asked: Measure, *, known: int | None = None) -> Measured:
    """Ask the book.

    `known` takes it as it was after that entry; observations and mentions, which have no number of their
    own, count as known if they were kept before the next entry.

    Raises `Unknown` for a donor, donation, item, depot, recipient or project that the book does not know.

    >>> nothing = measure(Book("Ankang", currency="CNY"), Measure(what=What.LOST, period=Period.year(2023)))
    >>> nothing.is_empty, nothing.bounds.is_exact
    (True, True)
    """
    check_ids(book, asked)
    return measure_in(History(book, asked.period, known), asked)


def check_ids(book: Book, asked: Measure) -> None:
    """Raise `Unknown` for an id in a measure that the book does not know.

    >>> check_ids(Book("Ankang", currency="CNY"), Measure(what=What.LOST, period=Period.year(2023)))
    """
    check_known(book, asked.scope)
    if asked.project or asked.what in _OF_A_PROJECT:
        book.register.project(asked.project)


def counted_in(book: Book, asked: Measure) -> bool:
    """Whether anything that is meant is counted in the unit asked for.

    >>> boxes = Measure(what=What.LOST, period=Period.year(2023), unit="box")
    >>> counted_in(Book("Ankang", currency="CNY"), boxes)
    False
    """
    if asked.unit == MONEY:
        return asked.what is not What.REACHED
    if asked.what is What.REACHED:
        return asked.unit in _REACHED_UNITS
    meant = (item for item in book.register.all(Item) if _is_meant(item, asked) and _names(asked, item))
    return any(_ratio(item, asked.unit) is not None for item in meant)


def _names(asked: Measure, item: Item) -> bool:
    return not asked.scope.items or item.id in asked.scope.items


def measure_in(history: History, asked: Measure) -> Measured:
    """Ask a history whose span holds the period: the way for whoever asks many questions of one book.

    >>> history = History(Book("Ankang", currency="CNY"), Period.year(2023))
    >>> measure_in(history, Measure(what=What.RECEIVED, period=Period.month(2023, 5))).parts
    ()
    """
    return Measured(tuple(_PARTS[asked.what](history, asked)))


class _Yardstick:
    """How much of a lot is in the unit asked for, and whether its item is meant at all."""

    def __init__(self, history: History, asked: Measure) -> None:
        self._unit = asked.unit
        self._incomplete = history.incomplete
        self._ratios = {
            item.id: Fraction(1) if asked.unit == MONEY else _ratio(item, asked.unit)
            for item in history.book.register.all(Item)
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
        more = quantity > 0 and self.is_incomplete(lot)
        return Interval.at_least(value) if more else self._exactly(value)

    @property
    def counts_value(self) -> bool:
        """Whether value is asked for."""
        return self._unit == MONEY

    def is_incomplete(self, lot: Lot) -> bool:
        """Whether value is asked for, and not all that the lot is worth is known."""
        return self.counts_value and lot.id in self._incomplete

    def _exactly(self, number: int | Fraction) -> Interval:
        if number not in self._exact:
            self._exact[number] = Interval.exactly(number)
        return self._exact[number]


def _is_meant(item: Item, asked: Measure) -> bool:
    """Whether an item is among what is asked for: of goods alone, no money and no difference in value is."""
    if asked.goods is Goods.ALL or asked.scope.items:
        return True
    return item.is_goods if asked.goods is Goods.GOODS else item.measure is Counted.MONEY


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
        yield from _joint(history, asked, side)
        yield from _mentions(history, asked, side)

    return parts


def _joint(history: History, asked: Measure, side: Side) -> Iterator[Part]:
    """What may be of the donors in the scope of what several paid for, lot by lot."""
    shares, net = history.shares(asked.scope), dict[str, tuple[Flow, Holding]]()
    if not shares:
        return
    for flow in history.of_lots(shares, side, asked.period, asked.scope.of_any_origin):
        movement, sign = flow.movement, _direction(flow.movement, side)
        first, so_far = net.get(flow.lot.id, (flow, Holding(0, 0)))
        moved = Holding(sign * movement.quantity, sign * movement.value)
        net[flow.lot.id] = first, so_far + moved
    yardstick = _Yardstick(history, asked)
    for flow, moved in net.values():
        share = _share(yardstick, flow.lot, moved, shares[flow.lot.id])
        if moved and share is not None:
            certain = _is_certain(asked, flow.lot, shares)
            yield Part(share, flow.entry.document, history.paper(flow.entry), certain)


def _is_certain(asked: Measure, lot: Lot, shares: Mapping[str, Joint]) -> bool:
    """Whether what is theirs in a joint lot is in the measure: all of it, or what is in each kit of it."""
    return is_whole(lot, shares) or (asked.unit == MONEY and shares[lot.id].in_each)


def _share(yardstick: _Yardstick, lot: Lot, there: Holding, joint: Joint) -> Interval | None:
    """What is theirs of so much of a joint lot. What came back is below zero."""
    if joint.paid == lot.value:
        return yardstick.amount(lot, there.quantity, there.value)
    if not joint.in_each:
        units = -(-lot.quantity * joint.paid // lot.value)
        return _at_most(yardstick, lot, min(abs(there.quantity), units), there, joint.paid)
    if yardstick.counts_value and yardstick.takes(lot):
        return _in_each(there, joint)
    return _at_most(yardstick, lot, abs(there.quantity), there, joint.paid)


def _at_most(yardstick: _Yardstick, lot: Lot, units: int, there: Holding, paid: int) -> Interval | None:
    """Up to all of it, but not above what was paid for; a unit is not split."""
    amount = yardstick.amount(lot, units, min(abs(there.value), paid))
    if amount is None or amount.high is None:
        return amount
    return Interval(0, amount.high) if there.quantity >= 0 else Interval(-amount.high, 0)


def _in_each(there: Holding, joint: Joint) -> Interval:
    """What they have in so many kits: so much in each, but not more than the kits are worth."""
    units, least = abs(there.quantity), abs(there.quantity) * joint.least
    if there.quantity < 0:
        most = least if joint.most is None else max(least, min(units * joint.most, -there.value))
        return Interval(-most, -least)
    if joint.most is None:
        return Interval.at_least(least)
    return Interval(least, max(least, min(units * joint.most, there.value)))


def _net(history: History, asked: Measure, flows: Iterable[Flow], side: Side) -> Iterator[Part]:
    yardstick = _Yardstick(history, asked)
    signed = [(flow, _direction(flow.movement, side)) for flow in flows]
    left = _incomplete_left(yardstick, signed)
    for flow, sign in signed:
        movement, lot = flow.movement, flow.lot
        amount = yardstick.amount(lot, sign * movement.quantity, sign * movement.value)
        if amount is not None and sign:
            no_more = lot.id in left and (sign < 0 or left[lot.id] <= 0)
            amount = Interval.exactly(sign * movement.value) if no_more else amount
            yield Part(amount, flow.entry.document, history.paper(flow.entry))


def _incomplete_left(yardstick: _Yardstick, signed: Iterable[tuple[Flow, int]]) -> dict[str, int]:
    """Of lots of which not all the value is known, the units that did not go back: they may be worth more."""
    left: dict[str, int] = {}
    for flow, sign in signed:
        if yardstick.is_incomplete(flow.lot):
            left[flow.lot.id] = left.get(flow.lot.id, 0) + sign * flow.movement.quantity
    return left


def _direction(movement: Movement, side: Side) -> int:
    """Whether a movement adds to a side, takes from it, or leaves it as it is. Goods come *from* donors."""
    into, out = movement.target.kind.side is side, movement.source.kind.side is side
    return (out - into) if side is Side.RECEIVED else (into - out)


# Mentions


def _mentions(history: History, asked: Measure, side: Side) -> Iterator[Part]:
    for mention, certain in _meant(history, asked, side):
        amount = _mentioned_amount(history.book, asked, mention)
        if amount is not None:
            yield _mentioned_part(asked.scope, mention, amount, certain=certain)


def _meant(history: History, asked: Measure, side: Side) -> Iterator[tuple[Mention, bool]]:
    """The mentions that may be meant, and whether each is, by all that it states.

    One that leaves something out, or is of a longer time, may be meant. The item tells the kind of goods.
    """
    for mention in history.mentions:
        overlaps = mention.side is side and asked.period.overlaps(mention.period)
        if overlaps and _item_is_meant(history.book, asked, mention):
            stated = _stated(history.book, asked.scope, mention)
            met = [_meets(wanted, has, may_be_unsaid=unsaid) for wanted, has, unsaid in stated]
            if all(one is not False for one in met):
                yield mention, all(met) and asked.period.contains(mention.period)


def _item_is_meant(book: Book, asked: Measure, mention: Mention) -> bool:
    """A mention that names no item is of goods: of money a paper would say so."""
    if mention.item is None:
        return asked.goods is not Goods.MONEY
    return _is_meant(book.register.item(mention.item), asked)


_Stated = tuple[tuple[str, ...], tuple[str, ...], bool]


def _stated(book: Book, scope: Scope, mention: Mention) -> Iterator[_Stated]:
    """What is wanted, what is there, and whether there is some where none is stated.

    Whatever moved is something and was given by somebody; to somebody, if it went out. It may well be of no
    programme, unless the paper is said to leave it out.
    """
    out = mention.side is Side.GIVEN_OUT
    yield scope.donors, _donors(book, mention), True
    yield scope.donations, _only(mention.donation), _may_be_of(book, scope.donations, mention)
    yield scope.items, _only(mention.item), True
    yield scope.programmes, _only(mention.programme), "programme" in mention.missing
    yield scope.recipients, mention.recipients, out
    yield scope.recipient_kinds, tuple(_kind_of(book, one) for one in mention.recipients), out


def _only(given: str | None) -> tuple[str, ...]:
    return (given,) if given else ()


def _donors(book: Book, mention: Mention) -> tuple[str, ...]:
    """The donor that it names, or that of the donation that it names."""
    lots = book.ledger.given(mention.donation or "")
    return _only(mention.donor or (lots[0].donor if lots else None))


def _may_be_of(book: Book, donations: tuple[str, ...], mention: Mention) -> bool:
    """Whether its donor, if it names one, gave any of these donations."""
    givers = [lot.donor for donation in donations for lot in book.ledger.given(donation)]
    return mention.donor is None or mention.donor in givers


def _meets(wanted: tuple[str, ...], has: tuple[str, ...], *, may_be_unsaid: bool) -> bool | None:
    """None where it cannot be told."""
    if not wanted or any(given in wanted for given in has):
        return True
    return None if may_be_unsaid and not has else False


def _kind_of(book: Book, recipient: str) -> str:
    return type(book.register.recipient(recipient)).__name__.lower()


def _mentioned_part(scope: Scope, mention: Mention, amount: Interval, *, certain: bool) -> Part:
    """All of it, or what may be of it: which depot it left, or which of several got how much, is not said."""
    others = bool(scope.recipients) and any(one not in scope.recipients for one in mention.recipients)
    certain = certain and not scope.warehouses
    if others or not certain:
        amount = _up_to(amount)
    return Part(amount, mention.number, mention.evidence, certain)


def _up_to(amount: Interval) -> Interval:
    return Interval(0, amount.high, high_open=amount.high_open and amount.high != 0)


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
        book, yardstick = history.book, _Yardstick(history, asked)
        for place, lot, timeline in book.ledger.timelines(*kinds):
            if asked.scope.takes_stock(lot, place):
                there = timeline.as_of(asked.period.last, history.known)
                amount = yardstick.amount(lot, there.quantity, there.value) if there else None
                if amount is not None:
                    first = next(book.ledger.entries_of(lot.id))
                    yield Part(amount, first.document, history.paper(first))
        yield from _joint_stock(history, asked, side)
        yield from _mentions(history, asked, side)

    return parts


def _joint_stock(history: History, asked: Measure, side: Side) -> Iterator[Part]:
    shares, scope = history.shares(asked.scope), asked.scope.of_any_origin
    book, yardstick = history.book, _Yardstick(history, asked)
    for place in book.ledger.places(*(kind for kind in PlaceKind if kind.side is side)) if shares else ():
        for lot, there in book.ledger.holdings(place, on=asked.period.last, known=history.known):
            if lot.id in shares and scope.takes_stock(lot, place):
                share = _share(yardstick, lot, there, shares[lot.id])
                if share is not None:
                    first = next(book.ledger.entries_of(lot.id))
                    certain = _is_certain(asked, lot, shares)
                    yield Part(share, first.document, history.paper(first), certain)


# Who was reached


def _reached(history: History, asked: Measure) -> Iterator[Part]:
    """Recipients, each once, or once a list where times are counted.

    A list that was taken back by the end of the period reached nobody; who gave goods back was reached. Whom
    the goods reached that went to another society, or on a visit of which no heads are told, is not known.
    """
    if asked.unit not in _REACHED_UNITS:
        return
    seen: set[object] = set()
    sizes = _Sizes(history.book)
    for place, flow, certain in _handed_out(history, asked, _REACHED_UNITS[asked.unit]):
        key = (flow.entry.number, place) if asked.unit in _TIMES else place
        if key not in seen:
            seen.add(key)
            heads = _heads(sizes, asked.unit, flow.entry.document, place.id)
            amount = heads if certain else _up_to(heads)
            yield Part(amount, flow.entry.document, history.paper(flow.entry), certain)
    yield from _passed_on(history, asked)
    yield from _heads_mentioned(history, asked)


def _passed_on(history: History, asked: Measure) -> Iterator[Part]:
    """Goods that a society got may have reached others through it."""
    if asked.unit != "society":
        for _, flow, _ in _handed_out(history, asked, PlaceKind.SOCIETY):
            paper = history.paper(flow.entry)
            yield Part(Interval.unknown(), flow.entry.document, paper, certain=False)


def _heads_mentioned(history: History, asked: Measure) -> Iterator[Part]:
    kind = _REACHED_UNITS[asked.unit]
    for mention, certain in _meant(history, asked, Side.GIVEN_OUT):
        if mention.unit == asked.unit:
            heads = mention.quantity or Interval.unknown()
            yield _mentioned_part(asked.scope, mention, heads, certain=certain)
        elif _REACHED_UNITS.get(mention.unit, kind) is kind:
            yield _mentioned_part(asked.scope, mention, Interval.unknown(), certain=False)


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


def _handed_out(history: History, asked: Measure, kind: PlaceKind) -> Iterator[tuple[Place, Flow, bool]]:
    """What was handed to whom, and whether it was of the donors in the scope for certain."""
    goods, scope = _Yardstick(history, attrs.evolve(asked, unit=MONEY)), asked.scope
    shares = history.shares(scope)
    flows = history.of_side(Side.GIVEN_OUT, asked.period, scope)
    for flow in (*flows, *history.of_lots(shares, Side.GIVEN_OUT, asked.period, scope.of_any_origin)):
        handed_out = flow.entry.kind in _HANDING_OUT and flow.movement.target.kind is kind
        if handed_out and goods.takes(flow.lot) and history.stands(flow.entry, asked.period.last):
            whose = shares.get(flow.lot.id)
            certain = whose is None or whose.in_each or is_whole(flow.lot, shares)
            yield flow.movement.target, flow, certain


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


_OF_A_PROJECT = (What.BUDGET, What.PROJECT_RECEIVED, What.PROJECT_SPENT)
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
