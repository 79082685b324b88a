"""Returns: under which programme goods that come back had been given out.

A return note names no programme. What a recipient gives back is what it got last of the lot, of what it still
has; goods of a list that was reversed before are none of it. A return of goods that were given under two
programmes takes from both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Entry, EntryKind, Holding, Movement, Place, Side

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
    """The programmes of all returns of a book, worked out recipient by recipient.

    >>> Returns(Book("Ankang", currency="CNY"))._told
    {}
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._read: set[tuple[Place, str]] = set()
        self._told: dict[_Key, list[_Layer]] = {}

    def told(self, entry: Entry) -> Iterator[tuple[Entry, Movement]]:
        """The movements of an entry; those of a return by programme, each with an entry that says it."""
        first = entry if entry.reverses is None else self._book.ledger.entry(entry.reverses)
        for movement in entry.movements():
            if first.kind is EntryKind.RETURN:
                yield from self._apart(entry, first, movement)
            else:
                yield entry, movement

    def _apart(self, entry: Entry, first: Entry, movement: Movement) -> Iterator[tuple[Entry, Movement]]:
        giver = movement.source if movement.source.kind.side is Side.GIVEN_OUT else movement.target
        if (giver, movement.lot) not in self._read:
            self._replay(giver, movement.lot)
        left = Holding(movement.quantity, movement.value)
        for programme, part in _by_programme(self._told[first.number, giver, movement.lot]).items():
            there = left if part.quantity == left.quantity else part
            left -= there
            one = attrs.evolve(movement, quantity=there.quantity, value=there.value)
            yield attrs.evolve(entry, programme=programme), one

    def _replay(self, place: Place, lot: str) -> None:
        """Go through all that a recipient got and gave back of a lot, in the order of the entries."""
        self._read.add((place, lot))
        timeline = self._book.ledger.timeline(place, lot)
        changes = sorted(timeline.changes() if timeline else (), key=lambda change: change.entry)
        layers: list[_Layer] = []
        for change in changes:
            entry = self._book.ledger.entry(change.entry)
            if entry.kind is EntryKind.RETURN:
                self._told[entry.number, place, lot] = _last_in(layers, entry, -change.quantity)
            elif entry.reverses is None:
                layers.append(_Layer(entry, entry.programme, change.quantity, change.value))
            elif (entry.reverses, place, lot) in self._told:
                layers += map(attrs.evolve, self._told[entry.reverses, place, lot])
            else:
                layers = [layer for layer in layers if layer.entry.number != entry.reverses]


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
