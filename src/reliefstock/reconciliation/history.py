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
from reliefstock.ledger import Entry, Lot, Movement, PlaceKind, Side
from reliefstock.operations import Document, Mention, Observation, ReceivingReport, Reversal
from reliefstock.reconciliation.joint import Joint, shares_of
from reliefstock.reconciliation.kits import incomplete_lots
from reliefstock.reconciliation.returns import Returns
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
        self._shares: dict[Scope, Mapping[str, Joint]] = {}

    def flows(self, period: Period) -> list[Flow]:
        """Every movement of a period, which must lie in the span."""
        return sorted(_between(self._all, period), key=_order)

    def of_side(self, side: Side, period: Period, scope: Scope) -> list[Flow]:
        """The movements in a scope that come to one side of the statement or leave it."""
        by, names = self._narrowest(scope)
        return self._taken(by, names, side, period, scope)

    def of_lots(self, lots: Iterable[str], side: Side, period: Period, scope: Scope) -> list[Flow]:
        """The same of certain lots only."""
        return self._taken("lot", lots, side, period, scope)

    def shares(self, scope: Scope) -> Mapping[str, Joint]:
        """What the donors or donations of a scope have in lots of several, by lot."""
        origin = Scope(donors=scope.donors, donations=scope.donations)
        if origin not in self._shares:
            self._shares[origin] = shares_of(self.book, origin)
        return self._shares[origin]

    @cached_property
    def incomplete(self) -> frozenset[str]:
        """The lots of which not all the value is known."""
        return incomplete_lots(self.book)

    @cached_property
    def programmes(self) -> frozenset[str]:
        """Every programme that anything in the book was given for, or done for."""
        named = {entry.programme for entry in self.book.entries}
        named.update(r.programme for lot in self.book.ledger.lots.values() for r in lot.restrictions)
        return frozenset(named.union(mention.programme for mention in self.mentions))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions that stand, of those kept before the first entry that is not known yet."""
        return tuple(one for one in self._standing if isinstance(one, Mention))

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """The observations that stand, of those kept before the first entry that is not known yet."""
        return tuple(one for one in self._standing if isinstance(one, Observation))

    def stands(self, entry: Entry, by: date) -> bool:
        """Whether an entry was not yet taken back at the end of a day, as far as is known."""
        number = self.book.ledger.reversed_by(entry.number)
        if number is None or (self.known is not None and number > self.known):
            return True
        return self.book.ledger.entry(number).on > by

    def paper(self, entry: Entry) -> str:
        """The paper behind an entry: its own document's, or that of the waybill it settles."""
        behind = _behind(self.book, entry)
        if behind not in self._papers:
            self._papers[behind] = _paper(self.book, behind)
        return self._papers[behind]

    # Inside

    @cached_property
    def _standing(self) -> tuple[Document, ...]:
        """The documents that were kept so far and not taken back so far."""
        kept = tuple(self._documents())
        gone = {document.reverses for document in kept if isinstance(document, Reversal)}
        return tuple(document for document in kept if document.number not in gone)

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
        lots, order, returns = self.book.ledger.lots, count(), Returns(self.book)
        last = len(self.book.ledger) if self.known is None else self.known
        for entry in self.book.entries:
            if entry.number <= last and self._span.first <= entry.on <= self._span.last:
                for told, movement in returns.told(entry):
                    yield Flow(next(order), told, lots[movement.lot], movement)

    def _taken(self, by: str, names: Iterable[str], side: Side, period: Period, scope: Scope) -> list[Flow]:
        if by not in self._indexes:
            self._indexes[by] = _indexed(self._all, _NAMES[by])
        index = self._indexes[by]
        lists = (index[side, name] for name in names if (side, name) in index)
        found = [flow for flows in lists for flow in _between(flows, period)]
        taken = [flow for flow in found if scope.takes(flow.entry, flow.lot, flow.movement)]
        return sorted(dict.fromkeys(taken), key=_order)

    def _narrowest(self, scope: Scope) -> tuple[str, Sequence[str]]:
        """Where to look: at what the scope names, the narrowest first, or else at the whole side."""
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


def _behind(book: Book, entry: Entry) -> str:
    """The document that an entry is told by: what is taken back by its first, what arrives by its waybill."""
    document = book.document(entry.document)
    if isinstance(document, Reversal):
        document = book.document(document.reverses)
    if isinstance(document, ReceivingReport):
        return next(leg.place.id for leg in entry.postings if leg.place.kind is PlaceKind.TRANSIT)
    return document.number


def _paper(book: Book, number: str) -> str:
    document = book.document(number)
    stated = (getattr(document, name, "") for name in ("source_document", "invoice", "voucher", "paper"))
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
