"""The trace: one donation to its ends.

The lots of a donation are followed through transfers, purchases and whatever they were made into, to where
their units are now: on a shelf, on the road, with a recipient, lost. What was made of the goods of several
donors together is an end too, with this donation's share of it as an amount; nobody can say which part of
one blanket was whose. The ends of a trace sum to what was given, to the fen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.errors import Unknown
from reliefstock.ledger import EntryKind, Lot, Place, PlaceKind, Side
from reliefstock.reconciliation.findings import Finding
from reliefstock.values import near

__all__ = ["Trace", "TraceEnd", "TraceStep", "trace"]


@attrs.frozen(kw_only=True)
class TraceStep:
    """One movement of one of its lots. Quantities are in base units, values in minor units.

    `depth` is 0 for what was given, 1 for what was made of it, and so on.
    """

    on: date
    entry: int
    kind: EntryKind
    document: str
    lot: str
    item: str
    source: Place
    target: Place
    quantity: int
    value: int
    depth: int


@attrs.frozen(kw_only=True)
class TraceEnd:
    """Where some of it is now. `shared` says that `value` is a share of a lot of several donors."""

    lot: str
    item: str
    place: Place
    quantity: int
    value: int
    depth: int
    shared: bool = False

    @property
    def side(self) -> Side:
        """On which side of the statement it ended."""
        return self.place.kind.side


@attrs.frozen(kw_only=True)
class Trace:
    """All steps of a donation in the order in which they happened, and all its ends."""

    donation: str
    donor: str
    given: int
    steps: tuple[TraceStep, ...]
    ends: tuple[TraceEnd, ...]

    @property
    def accounted(self) -> int:
        """What the ends sum to, in minor units."""
        return sum(end.value for end in self.ends)

    def value_at(self, side: Side) -> int:
        """What ended on one side of the statement, in minor units; shares in joint lots left out."""
        return sum(end.value for end in self.ends if end.side is side and not end.shared)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A finding where the ends do not sum to what was given and found."""
        off = self.given - self.accounted
        if not off:
            return ()
        return (
            Finding(
                code="trace-difference",
                about=self.donation,
                zh=f"捐赠 {self.donation} 的去向合计与捐赠额相差 {off} 分",
                en=f"the ends of donation {self.donation} differ from what was given by {off} minor units",
                figures=(("given", str(self.given)), ("accounted", str(self.accounted))),
            ),
        )


def trace(book: Book, donation: str, *, known: int | None = None) -> Trace:
    """Follow a donation to its ends. Raises `Unknown` for a donation of which nothing was received.

    `known` takes the book as it was after that entry.
    """
    roots = [lot for lot in book.ledger.lots.values() if lot.donation == donation and not lot.made_of]
    if not roots:
        given = {lot.donation for lot in book.ledger.lots.values() if lot.donation}
        raise Unknown(what="donation", given=donation, near=near(donation, sorted(given)))
    made = _made_of(book)
    steps: list[TraceStep] = []
    ends: list[TraceEnd] = []
    given = 0
    for lot, depth in _family(roots, made, donation):
        steps += _steps(book, lot, depth, known)
        ends += _ends(book, lot, depth, known)
        ends += _shares(book, made, lot, donation, depth, known)
        given += _came_from_outside(book, lot, known)
    steps.sort(key=lambda step: (step.on, step.entry))
    return Trace(
        donation=donation, donor=roots[0].donor or "", given=given, steps=tuple(steps), ends=tuple(ends)
    )


def _made_of(book: Book) -> dict[str, list[Lot]]:
    """Which lots were made of each lot."""
    made: dict[str, list[Lot]] = {}
    for lot in book.ledger.lots.values():
        for part in lot.made_of:
            made.setdefault(part.lot, []).append(lot)
    return made


def _family(roots: list[Lot], made: dict[str, list[Lot]], donation: str) -> Iterator[tuple[Lot, int]]:
    """The lots of a donation and all that was made of them alone, each once."""
    queue = [(lot, 0) for lot in roots]
    seen = {lot.id for lot in roots}
    while queue:
        lot, depth = queue.pop(0)
        yield lot, depth
        for child in made.get(lot.id, ()):
            if child.donation == donation and child.id not in seen:
                seen.add(child.id)
                queue.append((child, depth + 1))


def _steps(book: Book, lot: Lot, depth: int, known: int | None) -> Iterator[TraceStep]:
    for entry in book.ledger.entries_of(lot.id):
        if known is not None and entry.number > known:
            return
        for movement in entry.movements():
            if movement.lot == lot.id:
                yield TraceStep(
                    on=entry.on,
                    entry=entry.number,
                    kind=entry.kind,
                    document=entry.document,
                    lot=lot.id,
                    item=lot.item,
                    source=movement.source,
                    target=movement.target,
                    quantity=movement.quantity,
                    value=movement.value,
                    depth=depth,
                )


def _places_of(book: Book, lot: Lot) -> Iterator[Place]:
    """Every place that the lot ever was in, in the order of first use."""
    places = (posting.place for entry in book.ledger.entries_of(lot.id) for posting in entry.postings if posting.lot == lot.id)
    return iter(dict.fromkeys(places))


def _ends(book: Book, lot: Lot, depth: int, known: int | None) -> Iterator[TraceEnd]:
    for place in _places_of(book, lot):
        there = book.ledger.holding(place, lot.id, known=known)
        if there and (place.kind.is_held or place.kind.side in (Side.GIVEN_OUT, Side.LOST)):
            yield TraceEnd(
                lot=lot.id, item=lot.item, place=place, quantity=there.quantity, value=there.value, depth=depth
            )


def _shares(
    book: Book, made: dict[str, list[Lot]], lot: Lot, donation: str, depth: int, known: int | None
) -> Iterator[TraceEnd]:
    """This lot's share in what was made of it together with the goods of others."""
    for child in made.get(lot.id, ()):
        there = sum(book.ledger.holding(place, child.id, known=known).quantity for place in _inside(book, child))
        if child.donation != donation and there:
            value = sum(part.value for part in child.made_of if part.lot == lot.id)
            place = next(p for p in _places_of(book, child) if p.kind is PlaceKind.CONVERSION)
            yield TraceEnd(
                lot=child.id,
                item=child.item,
                place=place,
                quantity=child.quantity,
                value=value,
                depth=depth + 1,
                shared=True,
            )


def _inside(book: Book, lot: Lot) -> Iterator[Place]:
    return (place for place in _places_of(book, lot) if place.kind is not PlaceKind.CONVERSION)


def _came_from_outside(book: Book, lot: Lot, known: int | None) -> int:
    """What a lot brought from donors and finds, in minor units; what it was made of is not counted twice."""
    outside = (
        place for place in _places_of(book, lot) if place.kind.side in (Side.RECEIVED, Side.GAINS)
    )
    return -sum(book.ledger.holding(place, lot.id, known=known).value for place in outside)
