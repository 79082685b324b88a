"""Returns: under which programme goods had been given out that come back, or are revalued where they are.

A return note names no programme. What a recipient gives back is what it got last of the lot, of what it still
has; goods of a list that was reversed before are none of it. A return of goods that were given under two
programmes takes from both. Goods that a recipient has and that are worth something else now stay under the
programme under which they were given: so does the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Change, Entry, EntryKind, Holding, Movement, Place, Side
from reliefstock.operations import Revaluation
from reliefstock.values import portion

__all__ = ["Returns"]

_Key = tuple[int, Place, str]


@attrs.define
class _Layer:
    """What is left, with a recipient, of what one entry brought it of a lot."""

    entry: Entry
    programme: str
    quantity: int
    value: int

    def take(self, quantity: int) -> _Layer:
        """So many units of it, with the value that they came with."""
        value = self.value * quantity // self.quantity
        self.quantity, self.value = self.quantity - quantity, self.value - value
        return _Layer(self.entry, self.programme, quantity, value)


class Returns:
    """The programmes of all returns and revaluations of a book, worked out recipient by recipient.

    >>> Returns(Book("Ankang", currency="CNY"))._told
    {}
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._read: set[tuple[Place, str]] = set()
        self._told: dict[_Key, list[_Layer]] = {}

    def told(self, entry: Entry) -> Iterator[tuple[Entry, Movement]]:
        """The movements of an entry; what it takes from recipients or revalues there apart by programme,
        each part with an entry that says it.
        """  # noqa: D205 -- what is told apart does not fit a line
        first = entry if entry.reverses is None else self._book.ledger.entry(entry.reverses)
        for movement in entry.movements():
            recipient = _recipient(movement)
            if first.kind in _UNSAID and recipient is not None:
                yield from self._apart(entry, first, movement, recipient)
            else:
                yield entry, movement

    def _apart(
        self, entry: Entry, first: Entry, movement: Movement, recipient: Place
    ) -> Iterator[tuple[Entry, Movement]]:
        self._replay(recipient, movement.lot)
        left = Holding(movement.quantity, movement.value)
        for programme, part in _by_programme(self._told[first.number, recipient, movement.lot]).items():
            there = left if part.quantity == left.quantity else part
            left -= there
            one = attrs.evolve(movement, quantity=there.quantity, value=there.value)
            yield attrs.evolve(entry, programme=programme), one

    def _replay(self, place: Place, lot: str) -> None:
        """Go through all that a recipient got and gave back of a lot, in the order of the entries."""
        if (place, lot) in self._read:
            return
        self._read.add((place, lot))
        timeline = self._book.ledger.timeline(place, lot)
        layers: list[_Layer] = []
        for change in sorted(timeline.changes() if timeline else (), key=lambda change: change.entry):
            entry = self._book.ledger.entry(change.entry)
            key = (change.entry, place, lot)
            if entry.reverses is not None:
                layers = self._taken_back(layers, (entry.reverses, place, lot), change)
            elif change.quantity < 0:
                self._told[key] = _last_in(layers, entry, -change.quantity)
            elif entry.kind is EntryKind.REVALUATION:
                self._told[key] = self._revalued(entry, place, lot, change)
                layers += map(attrs.evolve, self._told[key])
            else:
                layers.append(_Layer(entry, entry.programme, change.quantity, change.value))

    def _taken_back(self, layers: list[_Layer], first: _Key, change: Change) -> list[_Layer]:
        """What had gone is there again, or what had come is not."""
        if change.quantity > 0:
            return [*layers, *map(attrs.evolve, self._told[first])]
        return [layer for layer in layers if layer.entry.number != first[0]]

    def _revalued(self, entry: Entry, place: Place, lot: str, change: Change) -> list[_Layer]:
        """What comes in the place of a lot was given out as that was; each part has its part of the value."""
        document = self._book.document(entry.document)
        lines = document.lines if isinstance(document, Revaluation) else ()
        layers: list[_Layer] = []
        taken = 0
        for line in (line for line in lines if (line.place, line.new) == (place, lot)):
            self._replay(place, line.lot)
            for before in self._told[entry.number, place, line.lot]:
                value = portion(change.value, change.quantity, taken, before.quantity)
                layers.append(_Layer(entry, before.programme, before.quantity, value))
                taken += before.quantity
        return layers


_UNSAID = (EntryKind.RETURN, EntryKind.REVALUATION)


def _recipient(movement: Movement) -> Place | None:
    """The end of a movement where somebody has, or had, what was given out."""
    ends = (movement.source, movement.target)
    return next((place for place in ends if place.kind.side is Side.GIVEN_OUT), None)


def _last_in(layers: list[_Layer], returned: Entry, quantity: int) -> list[_Layer]:
    """Take so many units off the latest layers; off those of a later date only if no others are left."""
    taken: list[_Layer] = []
    for layer in sorted(
        layers, key=lambda layer: (layer.entry.on <= returned.on, _when(layer)), reverse=True
    ):
        if quantity and layer.quantity:
            part = layer.take(min(quantity, layer.quantity))
            taken.append(part)
            quantity -= part.quantity
    return taken


def _by_programme(layers: list[_Layer]) -> dict[str, Holding]:
    parts: dict[str, Holding] = {}
    for layer in layers:
        there = parts.get(layer.programme, Holding(0, 0))
        parts[layer.programme] = there + Holding(layer.quantity, layer.value)
    return parts


def _when(layer: _Layer) -> tuple[date, int]:
    return layer.entry.on, layer.entry.number
