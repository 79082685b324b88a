"""What moved, ready to be asked many times: by side of the statement, by recipient, by lot and by date.

One pass over the entries of a span of days; after that a question looks at its own days, and where it names
recipients or lots, at those alone. So five hundred figures are checked against a book that is read once.
Answers are in the order of the entries, whatever way they were found.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Entry, EntryKind, Lot, Movement, Place, Side
from reliefstock.operations import Document, Mention, Observation
from reliefstock.reconciliation.scope import Scope
from reliefstock.values import Period

__all__ = ["Flow", "History"]

_Key = tuple[Side | None, str, str]

_ALL: _Key = (None, "", "")
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

    def flows(self, period: Period) -> list[Flow]:
        """Every movement of a period; the period must lie in the span."""
        return self._found((_ALL,), period)

    def of_side(self, side: Side, period: Period, scope: Scope) -> list[Flow]:
        """The movements in a scope that come to one side of the statement or leave it."""
        found = self._found(self._keys(side, scope), period)
        return [flow for flow in found if scope.takes(flow.entry, flow.lot, flow.movement)]

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

    # Inside

    def _documents(self) -> Iterator[Document]:
        for document in self.book.documents.values():
            if self.known is not None and any(entry > self.known for entry in document.entries):
                return
            yield document

    @cached_property
    def _index(self) -> dict[_Key, list[Flow]]:
        index: dict[_Key, list[Flow]] = {}
        for flow in self._all():
            for key in _keys_of(flow):
                index.setdefault(key, []).append(flow)
        for flows in index.values():
            flows.sort(key=_day)  # stable: of one day, in the order of the entries
        return index

    def _all(self) -> Iterator[Flow]:
        lots, order = self.book.ledger.lots, 0
        for entry in self.book.entries:
            if self.known is not None and entry.number > self.known:
                return
            if self._span.first <= entry.on <= self._span.last:
                for movement in entry.movements():
                    yield Flow(
                        order, _with_programme(self.book, entry, movement), lots[movement.lot], movement
                    )
                    order += 1

    def _keys(self, side: Side, scope: Scope) -> list[_Key]:
        """Where to look: at the recipients or the lots named, or else at the whole side."""
        if scope.recipients:
            return [(side, "recipient", recipient) for recipient in scope.recipients]
        if scope.names_lots:
            lots = self.book.ledger.lots.values()
            return [(side, "lot", lot.id) for lot in lots if scope.takes_lot(lot)]
        return [(side, "", "")]

    def _found(self, keys: Iterable[_Key], period: Period) -> list[Flow]:
        index = self._index
        found = [flow for key in keys if key in index for flow in _between(index[key], period)]
        return sorted(dict.fromkeys(found), key=_order)


def _day(flow: Flow) -> date:
    return flow.entry.on


def _order(flow: Flow) -> int:
    return flow.order


def _between(flows: Sequence[Flow], period: Period) -> Sequence[Flow]:
    first = bisect_left(flows, period.first, key=_day)
    return flows[first : bisect_right(flows, period.last, first, key=_day)]


def _keys_of(flow: Flow) -> Iterator[_Key]:
    """Under what a movement is found. What stays in the house is found among all movements only."""
    yield _ALL
    ends = (flow.movement.source, flow.movement.target)
    given = [place.id for place in ends if place.kind.side is Side.GIVEN_OUT]
    for side in dict.fromkeys(place.kind.side for place in ends if place.kind.side not in _STAYING):
        yield (side, "", "")
        yield (side, "lot", flow.lot.id)
        for recipient in given:
            yield (side, "recipient", recipient)


# Returns


def _with_programme(book: Book, entry: Entry, movement: Movement) -> Entry:
    """A return names no programme: it takes back what was given out under one."""
    first = entry if entry.reverses is None else book.ledger.entry(entry.reverses)
    if first.kind is not EntryKind.RETURN:
        return entry
    giver = movement.source if movement.source.kind.side is Side.GIVEN_OUT else movement.target
    return attrs.evolve(entry, programme=_given_under(book, giver, movement.lot, first))


def _given_under(book: Book, place: Place, lot: str, returned: Entry) -> str:
    """The programme under which a recipient last got some of a lot before it gave some back."""
    timeline = book.ledger.timeline(place, lot)
    until = (returned.on, returned.number)
    came = [
        book.ledger.entry(change.entry)
        for change in (timeline.changes() if timeline else ())
        if change.quantity > 0 and (change.on, change.entry) < until
    ]
    given = [entry.programme for entry in came if entry.kind is not EntryKind.REVERSAL]
    return given[-1] if given else ""
