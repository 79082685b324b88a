"""What moved, ready to be asked many times: by side of the statement, by date, and by what a scope names.

One pass over the entries of a span of days; after that a question looks at its own days, and where it names
recipients, lots, programmes or depots, at those alone. So five hundred figures are checked against a book
that is read once. Answers are in the order of the entries, whatever way they were found.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import count
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Entry, EntryKind, Lot, Movement, Place, Side
from reliefstock.operations import Document, Mention, Observation
from reliefstock.reconciliation.scope import Scope
from reliefstock.values import Period

__all__ = ["Flow", "History"]

_Key = tuple[Side, str]

_STAYING = (Side.ON_HAND, Side.IN_TRANSIT)


@attrs.frozen(eq=False)
class Flow:
    """One movement with its entry and its lot; `order` is its place among all movements of the book.

    The entry of a return carries the programme under which the goods had been given out.
    """

    order: int
    entry: Entry
    lot: Lot
    movement: Movement


_NamesOf = Callable[[Flow], Iterable[str]]


class History:
    """The movements of a span of days, as known after entry `known` (None: after all).

    >>> book = Book("Ankang", currency="CNY")
    >>> History(book, Period.year(2023)).flows(Period.month(2023, 5))
    []
    """

    def __init__(self, book: Book, span: Period, known: int | None = None) -> None:
        self.book = book
        self.known = known
        self._span = span
        self._indexes: dict[str, dict[_Key, list[Flow]]] = {}
        self._papers: dict[str, str] = {}

    def flows(self, period: Period) -> list[Flow]:
        """Every movement of a period, which must lie in the span."""
        return sorted(_between(self._all, period), key=_order)

    def of_side(self, side: Side, period: Period, scope: Scope) -> list[Flow]:
        """The movements in a scope that come to one side of the statement or leave it."""
        lists = self._lists(side, scope)
        found = [flow for flows in lists for flow in _between(flows, period)]
        taken = [flow for flow in found if scope.takes(flow.entry, flow.lot, flow.movement)]
        return sorted(dict.fromkeys(taken), key=_order)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions that were kept before the first entry that is not known yet."""
        return tuple(one for one in self._documents() if isinstance(one, Mention))

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """The observations that were kept before the first entry that is not known yet."""
        return tuple(one for one in self._documents() if isinstance(one, Observation))

    def stands(self, entry: Entry, by: date) -> bool:
        """Whether an entry was not yet taken back at the end of a day, as far as is known."""
        number = self.book.ledger.reversed_by(entry.number)
        if number is None or (self.known is not None and number > self.known):
            return True
        return self.book.ledger.entry(number).on > by

    def paper(self, entry: Entry) -> str:
        """The paper behind an entry: its own document's, or that of the waybill it settles."""
        if entry.document not in self._papers:
            self._papers[entry.document] = _paper(self.book, entry.document)
        return self._papers[entry.document]

    # Inside

    def _documents(self) -> Iterator[Document]:
        for document in self.book.documents.values():
            if self.known is not None and any(entry > self.known for entry in document.entries):
                return
            yield document

    @cached_property
    def _all(self) -> list[Flow]:
        """All movements of the span, by date and then in the order of the entries."""
        return sorted(self._read(), key=_day)

    def _read(self) -> Iterator[Flow]:
        lots, order = self.book.ledger.lots, count()
        last = len(self.book.ledger) if self.known is None else self.known
        for entry in self.book.entries:
            if entry.number <= last and self._span.first <= entry.on <= self._span.last:
                for movement in entry.movements():
                    told = _with_programme(self.book, entry, movement)
                    yield Flow(next(order), told, lots[movement.lot], movement)

    def _lists(self, side: Side, scope: Scope) -> Iterator[list[Flow]]:
        """Where to look: at what the scope names, the narrowest first, or else at the whole side."""
        by, names = self._narrowest(scope)
        if by not in self._indexes:
            self._indexes[by] = _indexed(self._all, _NAMES[by])
        index = self._indexes[by]
        return (index[side, name] for name in names if (side, name) in index)

    def _narrowest(self, scope: Scope) -> tuple[str, Sequence[str]]:
        if scope.recipients:
            return "recipient", scope.recipients
        if scope.names_lots:
            lots = self.book.ledger.lots.values()
            return "lot", [lot.id for lot in lots if scope.takes_lot(lot)]
        if scope.programmes:
            return "programme", scope.programmes
        return ("warehouse", scope.warehouses) if scope.warehouses else ("side", ("",))


def _day(flow: Flow) -> date:
    return flow.entry.on


def _order(flow: Flow) -> int:
    return flow.order


def _between(flows: Sequence[Flow], period: Period) -> Sequence[Flow]:
    first = bisect_left(flows, period.first, key=_day)
    return flows[first : bisect_right(flows, period.last, first, key=_day)]


def _paper(book: Book, number: str) -> str:
    document = book.document(number)
    settled = getattr(document, "waybill", None)
    behind = book.document(settled) if isinstance(settled, str) else document
    stated = (getattr(behind, name, "") for name in ("source_document", "invoice", "voucher"))
    return next((paper for paper in stated if isinstance(paper, str) and paper), "")


# Under what a movement is found


def _indexed(flows: Iterable[Flow], names_of: _NamesOf) -> dict[_Key, list[Flow]]:
    """By each side of the statement that a movement changes; what stays in the house changes none."""
    index: dict[_Key, list[Flow]] = {}
    for flow in flows:
        ends = (flow.movement.source.kind.side, flow.movement.target.kind.side)
        for side in dict.fromkeys(side for side in ends if side not in _STAYING):
            for name in dict.fromkeys(names_of(flow)):
                index.setdefault((side, name), []).append(flow)
    return index


def _at_ends(flow: Flow, side: Side) -> list[str]:
    return [end.id for end in (flow.movement.source, flow.movement.target) if end.kind.side is side]


_NAMES: Mapping[str, _NamesOf] = MappingProxyType(
    {
        "recipient": lambda flow: _at_ends(flow, Side.GIVEN_OUT),
        "lot": lambda flow: (flow.lot.id,),
        "programme": lambda flow: (flow.entry.programme, flow.lot.programme),
        "warehouse": lambda flow: _at_ends(flow, Side.ON_HAND),
        "side": lambda _: ("",),
    }
)


# Returns


def _with_programme(book: Book, entry: Entry, movement: Movement) -> Entry:
    """A return names no programme: it takes back what was given out under one."""
    first = entry if entry.reverses is None else book.ledger.entry(entry.reverses)
    if first.kind is not EntryKind.RETURN:
        return entry
    giver = movement.source if movement.source.kind.side is Side.GIVEN_OUT else movement.target
    return attrs.evolve(entry, programme=_given_under(book, giver, movement.lot, first))


def _given_under(book: Book, place: Place, lot: str, returned: Entry) -> str:
    """The programme under which a recipient last got some of a lot, as known when it gave some back."""
    timeline = book.ledger.timeline(place, lot)
    came = [
        book.ledger.entry(change.entry)
        for change in (timeline.changes() if timeline else ())
        if change.quantity > 0 and change.entry < returned.number and change.on <= returned.on
    ]
    given = [entry.programme for entry in came if entry.kind is not EntryKind.REVERSAL]
    return given[-1] if given else ""
