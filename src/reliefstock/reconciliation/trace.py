"""The trace: one donation to its ends (Red Cross Society Law, art. 21: a donor may ask where it went).

The lots of a donation are followed through transfers, purchases, kits of kits and whatever else they were
made into, to where their units are now: on a shelf, on the road, with a recipient, lost. What was made of the
goods of several donors together is followed too, with this donation's share of it as an amount, place by
place: nobody can say which part of one blanket was whose, or which of ten kits held whose soap. The ends of a
trace sum to what was given, to the fen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.errors import Unknown
from reliefstock.ledger import EntryKind, Lot, Place, PlaceKind, Side
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.joint import Shares
from reliefstock.values import near

__all__ = ["Trace", "TraceEnd", "TraceStep", "trace"]


@attrs.frozen(kw_only=True)
class TraceStep:
    """One movement of one of its lots. Quantities are in base units, values in minor units.

    `depth` is 0 for what was given, redirected and revalued too, 1 for what was made of it, and so on.
    `shared` says that it is a movement of a lot of several donations, whose quantity and value are those of
    all of them.
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
    shared: bool = False


@attrs.frozen(kw_only=True)
class TraceEnd:
    """Where some of it is now. `shared` says that `value` is a share of a lot of several donations.

    The quantity of such an end is what its place holds of the whole lot, since nobody can say which of the
    units, or which part of each, this donation's are.
    """

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
    """All steps of a donation in the order in which they happened, and all its ends.

    `given` is what came in of it, less what was taken back, with what was found over later.
    """

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
        """What ended on one side of the statement, in minor units, with the shares in joint lots."""
        return sum(end.value for end in self.ends if end.side is side)

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

    >>> from reliefstock import Donor, Fund, Money
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Donor("province", zh="省红十字会"), Fund("main", zh="基本账户"))
    >>> hundred = Money.of("100", "CNY")
    >>> gift = book.receive_money(donor="province", into="main", amount=hundred, on="2023-01-10")
    >>> [(str(end.place), end.value) for end in trace(book, gift.donation).ends]
    [('fund:main', 10000)]
    """
    roots = _roots(book, donation)
    view = _View(book, donation, known)
    steps: list[TraceStep] = []
    ends: list[TraceEnd] = []
    given = 0
    for lot, depth in view.followed(roots):
        steps += view.steps(lot, depth)
        ends += view.ends(lot, depth)
        given += view.came_from_outside(lot)
    steps.sort(key=lambda step: (step.on, step.entry))
    return Trace(
        donation=donation, donor=roots[0].donor or "", given=given, steps=tuple(steps), ends=tuple(ends)
    )


def _roots(book: Book, donation: str) -> Sequence[Lot]:
    roots = book.ledger.given(donation)
    if not roots:
        raise Unknown(what="donation", given=donation, near=near(donation, book.ledger.donations))
    return roots


class _View:
    """The book as it is looked at from one donation, and as known after an entry."""

    def __init__(self, book: Book, donation: str, known: int | None) -> None:
        self._book = book
        self._donation = donation
        self._known = known
        self._shares = Shares(book, known=known)

    def followed(self, roots: Sequence[Lot]) -> Iterator[tuple[Lot, int]]:
        """The lots of the donation and all that it has a share in, each once, with the shortest way to it."""
        queue = [(lot, 0) for lot in roots]
        seen = {lot.id for lot in roots}
        for lot, depth in queue:
            yield lot, depth
            for child in self._book.ledger.made_of(lot.id):
                if child.id not in seen and self._donation in self._shares.inside(child):
                    seen.add(child.id)
                    queue.append((child, depth + (child.item != lot.item)))

    def steps(self, lot: Lot, depth: int) -> Iterator[TraceStep]:
        for entry in self._book.ledger.entries_of(lot.id):
            if self._known is not None and entry.number > self._known:
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
                        shared=self._is_shared(lot),
                    )

    def ends(self, lot: Lot, depth: int) -> Iterator[TraceEnd]:
        """Where units of a lot are, with what of them is this donation's; what is in a conversion goes on."""
        for place, there in self._shares.places(lot).items():
            if place.kind is not PlaceKind.CONVERSION:
                yield TraceEnd(
                    lot=lot.id,
                    item=lot.item,
                    place=place,
                    quantity=there.quantity,
                    value=self._shares.at(lot, place).get(self._donation, 0),
                    depth=depth,
                    shared=self._is_shared(lot),
                )

    def came_from_outside(self, lot: Lot) -> int:
        """What a lot brought from donors and finds, in minor units; what it was made of counts there.

        What was found over of a joint lot is no donation's.
        """
        if self._is_shared(lot):
            return 0
        ledger = self._book.ledger
        outside = (
            place for place in ledger.places_of(lot.id) if place.kind.side in (Side.RECEIVED, Side.GAINS)
        )
        return -sum(ledger.holding(place, lot.id, known=self._known).value for place in outside)

    def _is_shared(self, lot: Lot) -> bool:
        return lot.donation != self._donation
