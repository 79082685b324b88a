"""The ledger: entries in, positions out, and the promises checked in between.

`check` looks at every promise for every entry that is to land, against everything that is there and
everything dated later, and changes nothing; `land` enters it all. Between the two a book makes it durable. So
either all of the entries land or none (promise 10), and a promise that held before holds after.

What is kept ready is what is there: positions of places in the society's care. What happened is asked of a
history: timelines, one a place and lot, which answer for any date and for anything that was once known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from reliefstock.donations import Restriction
from reliefstock.errors import LotOriginBroken, Unknown
from reliefstock.ledger._shelf import Moved, Past, Shelf, Ticket
from reliefstock.ledger.closing import Closing
from reliefstock.ledger.counted import Counted
from reliefstock.ledger.entry import Entry, Posting
from reliefstock.ledger.history import History, MemoryHistory, Passed
from reliefstock.ledger.hold import Hold, HoldHistory, Holds, Outcome, Standing
from reliefstock.ledger.landing import Landing
from reliefstock.ledger.lot import Lot
from reliefstock.ledger.place import Place, PlaceKind
from reliefstock.ledger.position import Holding, Position
from reliefstock.ledger.promises import check_closed, check_counted, check_entries, check_held
from reliefstock.ledger.timeline import Timeline, Window
from reliefstock.values import near

__all__ = ["Ledger"]

_EMPTY = Position()
_NO_LOTS: Mapping[str, Position] = MappingProxyType({})


class Ledger:
    """Lots, entries, and where everything is. Quantities in base units, values in minor units.

    A book keeps one and shows it to be read; what is posted past the book has no document.

    >>> ledger = Ledger()
    >>> len(ledger), ledger.next_number, list(ledger.places())
    (0, 1, [])
    """

    def __init__(self, history: History | None = None, holds: HoldHistory | None = None) -> None:
        self._history: History = MemoryHistory() if history is None else history  # an empty one is false
        self._held: dict[tuple[Place, str], Shelf] = {}
        self._holds = Holds(holds)
        self._counted: dict[tuple[Place, str], list[Counted]] = {}
        self._closing = Closing()

    # What happened

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries in the order of their numbers, which begin at 1."""
        return self._history.entries

    def __len__(self) -> int:
        return len(self._history)

    @property
    def next_number(self) -> int:
        """The number that the next entry gets."""
        return len(self._history) + 1

    def entry(self, number: int) -> Entry:
        """The entry of that number. Raises `Unknown`."""
        if not 1 <= number <= len(self._history):
            raise Unknown(what="entry", given=str(number))
        return self._history.entry(number)

    def entries_of(self, lot: str) -> Iterator[Entry]:
        """The entries that moved a lot, in the order of their numbers."""
        return iter(self._history.entries_of(lot))

    def reversed_by(self, number: int) -> int | None:
        """The number of the entry that took this one back, if any."""
        return self._history.reversed_by(number)

    # What there is

    @property
    def lots(self) -> Mapping[str, Lot]:
        """All lots by id, in the order in which they came in."""
        return self._history.lots

    def lot(self, lot_id: str) -> Lot:
        """The lot of that id. Raises `Unknown`."""
        lots = self._history.lots
        found = lots.get(lot_id)
        if found is None:
            raise Unknown(what="lot", given=lot_id, near=near(lot_id, lots))
        return found

    def given(self, donation: str) -> Sequence[Lot]:
        """The lots that came in as a donation; none where nothing did."""
        return self._history.given(donation)

    @property
    def donations(self) -> Iterable[str]:
        """Every donation of which anything came in, in the order of the first receipts."""
        return self._history.donations

    def ordinal(self, lot_id: str) -> int:
        """As the how manyth of the book a lot that is there came in; the first is 1."""
        return self._history.ordinal(lot_id)

    def made_of(self, lot_id: str) -> Sequence[Lot]:
        """The lots that were made of a lot, whole or in part."""
        return self._history.made_of(lot_id)

    def containing(self, lot_id: str) -> Iterator[tuple[Lot, Fraction]]:
        """Every lot that was made of a lot, through kits of kits too, with how much of it is in one unit.

        How many base units of the lot are in so many units of one that contains it is their product. Where
        one lot became several, each of them names all of it. In the order in which the lots came in.
        """
        within: dict[str, Fraction] = {lot_id: Fraction(1)}
        for found in self._made_of_it(lot_id):
            parts = (part.quantity * within[part.lot] for part in found.made_of if part.lot in within)
            within[found.id] = sum(parts, Fraction(0)) / found.quantity  # exact: Fraction
            yield found, within[found.id]

    def _made_of_it(self, lot_id: str) -> list[Lot]:
        """The lots that were made of a lot, and of these, and so on: what is made comes after its parts."""
        found: dict[str, Lot] = {}
        waiting = [lot_id]
        for one in waiting:
            new = [lot for lot in self._history.made_of(one) if lot.id not in found]
            found.update((lot.id, lot) for lot in new)
            waiting += (lot.id for lot in new)
        return sorted(found.values(), key=lambda lot: self._history.ordinal(lot.id))

    def birthplace(self, lot_id: str) -> Place | None:
        """The place outside that a lot came in from; None for a lot that is not there yet."""
        return self._history.birthplace(lot_id)

    @property
    def holds(self) -> Holds:
        """What is held for whom, to be read."""
        return self._holds

    @property
    def closing(self) -> Closing:
        """Which days are closed, and which of them for good."""
        return self._closing

    @property
    def closed_through(self) -> date | None:
        """The last day that is closed; None where no day is."""
        return self._closing.through

    @property
    def first_open(self) -> date | None:
        """The first day on which anything can be entered; None where every day is open."""
        return self._closing.first_open

    @property
    def sealed_through(self) -> date | None:
        """The last day that is closed for good; None where no day is."""
        return self._closing.sealed

    def check_open(self, day: date) -> None:
        """Promise 9 for a paper of which the ledger keeps nothing. Raises `PeriodClosed`."""
        check_closed(self, (day,))

    def counted(self, place: Place, lot_id: str) -> Sequence[Counted]:
        """What was counted of a lot in a place, in the order in which the counts became known."""
        return tuple(self._counted.get((place, lot_id), ()))

    def counts_behind(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        """The papers of counts that such entries come before: their difference may now be another.

        An entry comes before a count where it tells of an earlier day and the book did not know it then, or
        takes back what the count followed.
        """
        found: dict[str, None] = {}
        for entry in entries:
            for posting in entry.postings if self._counted else ():
                counts = self._counted.get((posting.place, posting.lot), ())
                late = (one for one in counts if one.is_behind(entry) or self.takes_back(one, entry))
                found.update((one.document, None) for one in late)
        return tuple(found)

    def takes_back(self, one: Counted, entry: Entry) -> bool:
        """Whether an entry that a count does not follow takes back one that it follows."""
        return (
            entry.reverses is not None and not one.follows(entry) and one.follows(self.entry(entry.reverses))
        )

    def before(self, one: Counted) -> Iterator[Entry]:
        """The entries of its lot that a count follows, as is known now, in the order of their numbers.

        What takes an entry back comes before a count only where that entry does.
        """
        for entry in self.entries_of(one.lot):
            first = entry if entry.reverses is None else self.entry(entry.reverses)
            if one.follows(entry) and one.follows(first):
                yield entry

    def places(self, *kinds: PlaceKind) -> Iterator[Place]:
        """The places that ever held anything, of some kinds or of all, in the order of first use."""
        for kind in kinds or PlaceKind:
            yield from self._history.places(kind)

    def places_of(self, lot_id: str) -> Iterator[Place]:
        """Every place that a lot ever was in, or came from, in the order of first use."""
        postings = (posting for entry in self.entries_of(lot_id) for posting in entry.postings)
        return iter(dict.fromkeys(posting.place for posting in postings if posting.lot == lot_id))

    def position(self, place: Place, lot_id: str) -> Position:
        """The position of a lot in a place, after everything that is known."""
        if place.kind.is_held:
            return self.stock(place, self.lot(lot_id).item).get(lot_id, _EMPTY)
        there = self.holding(place, lot_id)
        return Position(there.quantity, there.value)

    def stock(self, place: Place, item: str) -> Mapping[str, Position]:
        """What a place in the society's care holds of an item now: positions by lot, none empty."""
        shelf = self._held.get((place, item))
        return _NO_LOTS if shelf is None else shelf.positions

    def total(self, place: Place, item: str) -> Holding:
        """What a place in the society's care holds of an item now, of all lots together."""
        shelf = self._held.get((place, item))
        return Holding(0, 0) if shelf is None else Holding(shelf.quantity, shelf.value)

    def shelf(self, place: Place, item: str) -> Shelf | None:
        """What a place in the society's care holds of an item now, with its picking order; to be read."""
        return self._held.get((place, item))

    def queues(self, place: Place, item: str) -> Iterator[tuple[tuple[Restriction, ...], Iterator[Ticket]]]:
        """What a place holds of an item now, by restrictions: of each the lots in picking order.

        Tickets of several queues sort into one order: first expired first, restricted before free, then
        the first that came in.
        """
        shelf = self._held.get((place, item))
        return iter(()) if shelf is None else shelf.queues()

    def timeline(self, place: Place, lot_id: str) -> Timeline | None:
        """The history of a lot in a place; None where it never was."""
        return self._history.timeline(place, lot_id)

    def holding(
        self, place: Place, lot_id: str, *, on: date | None = None, known: int | None = None
    ) -> Holding:
        """What was there at the end of a day, as known after entry `known`; both default to the latest."""
        timeline = self.timeline(place, lot_id)
        return Holding(0, 0) if timeline is None else timeline.as_of(on, known)

    def holdings(
        self, place: Place, item: str | None = None, *, on: date | None = None, known: int | None = None
    ) -> Iterator[tuple[Lot, Holding]]:
        """What a place held of each lot, of an item or of all; empty ones left out, dates as in `holding`."""
        for lot_id, timeline in self._history.timelines(place):
            lot = self.lot(lot_id)
            if item in (None, lot.item) and (there := timeline.as_of(on, known)):
                yield lot, there

    def timelines(self, *kinds: PlaceKind) -> Iterator[tuple[Place, Lot, Timeline]]:
        """Every history there is, by place and lot."""
        for place in self.places(*kinds):
            for lot_id, timeline in self._history.timelines(place):
                yield place, self.lot(lot_id), timeline

    def window(self, place: Place, lot: Lot, on: date) -> Window:
        """The least that is there of a lot at any moment from the end of a day on.

        What is dated on its latest day or later, as nearly everything is, asks nothing of its history.
        """
        shelf = self._held.get((place, lot.item))
        position = None if shelf is None else shelf.positions.get(lot.id)
        if shelf is not None and position is not None and shelf.past(lot.id).latest <= on:
            heavy = position.value - lot.floor * position.quantity
            return Window(position.quantity, heavy, position.quantity - heavy, on)
        timeline = self.timeline(place, lot.id)
        return Window(0, 0, 0, on) if timeline is None else timeline.window(on, lot.floor)

    def owed(self, place: Place, lot: Lot, on: date) -> Window:
        """The least that a place below zero is short of a lot at any moment from the end of a day on."""
        timeline = self.timeline(place, lot.id)
        return Window(0, 0, 0, on) if timeline is None else timeline.owed(on, lot.floor)

    # What is new

    def check(self, landing: Landing) -> None:
        """Check every promise for all that is to land together; nothing changes.

        Raises an error of `PromiseBroken`, or `Unknown`.
        """
        dated = (*landing.entries, *landing.outcomes, *landing.counted)
        check_closed(self, (*(one.on for one in dated), *(hold.since for hold in landing.holds)))
        check_counted(self, landing.counted)
        check_entries(self, landing.entries, _by_id(landing.lots))
        check_held(self, landing.entries, landing.holds, landing.outcomes)
        if landing.closing is not None:
            self._closing.then(landing.closing)

    def land(self, landing: Landing) -> None:
        """Enter what was checked: entries with the lots that they bring, and all that comes with them."""
        self._history.add(landing.lots, landing.entries)
        new_lots = {lot.id: lot for lot in landing.lots}
        for entry in landing.entries:
            for line, posting in enumerate(entry.postings):
                if posting.place.kind.is_held:
                    lot = new_lots.get(posting.lot) or self.lot(posting.lot)
                    self._shelve(lot, posting, Past((entry.number, line), entry.on))
        if landing.holds or landing.outcomes:
            self._holds.land(self._holds.after(landing.holds, landing.outcomes))
        for one in landing.counted:
            self._counted.setdefault((one.place, one.lot), []).append(one)
        if landing.closing is not None:
            self._closing = landing.closing

    def post(
        self,
        entries: Sequence[Entry],
        lots: Iterable[Lot] = (),
        *,
        holds: Sequence[Hold] = (),
        outcomes: Sequence[Outcome] = (),
        counted: Sequence[Counted] = (),
        closing: Closing | None = None,
    ) -> None:
        """Check what is to land together, then enter it. Raises as `check` does; then nothing has changed."""
        landing = Landing(
            entries=tuple(entries),
            lots=tuple(lots),
            holds=tuple(holds),
            outcomes=tuple(outcomes),
            counted=tuple(counted),
            closing=closing,
        )
        self.check(landing)
        self.land(landing)

    def catch_up(self, passed: Passed) -> None:
        """Many entries have landed at once; what they moved was `put` where it is."""
        self._history.catch_up(passed)

    # What there is, to go on from it later

    def shelved(self) -> Iterator[tuple[Place, Lot, Position, Past]]:
        """Every position in the society's care, with what is ready of its past."""
        for (place, _), shelf in self._held.items():
            for lot_id, position in shelf.positions.items():
                yield place, self.lot(lot_id), position, shelf.past(lot_id)

    def past(self, place: Place, lot_id: str) -> Past:
        """What is ready of the past of a lot that is in a place in the society's care."""
        return self._held[place, self.lot(lot_id).item].past(lot_id)

    def quantities(self, lot_id: str) -> dict[Place, int]:
        """How many units of a lot there are in each place in the society's care where there are any."""
        item = self.lot(lot_id).item
        shelves = ((place, shelf) for (place, kept), shelf in self._held.items() if kept == item)
        return {
            place: shelf.positions[lot_id].quantity for place, shelf in shelves if lot_id in shelf.positions
        }

    def all_counted(self) -> Iterator[Counted]:
        """Everything that was counted, by place and lot in the order of the first counts."""
        return (one for counts in self._counted.values() for one in counts)

    def restore(self, shelved: Iterable[tuple[Place, Lot, Position, Past]]) -> None:
        """Put positions where they were, as `shelved` gave them, in the order in which they came there."""
        for place, lot, position, past in sorted(shelved, key=lambda one: one[3].came):
            shelf = self._held.setdefault((place, lot.item), Shelf())
            ticket = Ticket.of(lot, self._history.ordinal(lot.id))
            shelf.put(lot, ticket, position, past, Moved(position.quantity, position.value))

    def restore_open(self, holds: Iterable[Standing]) -> None:
        """Remember which holds are open, of those that the history knows."""
        for one in holds:
            self._holds.note_open(one)

    def put(  # noqa: PLR0917 -- as a shelf takes it, in a place
        self, place: Place, lot: Lot, ticket: Ticket, position: Position, past: Past, by: Moved
    ) -> None:
        """Leave the position of a lot as an entry does that was checked: for what enters many at once."""
        key = (place, lot.item)
        shelf = self._held.get(key)
        if shelf is None:
            shelf = self._held[key] = Shelf()
        shelf.put(lot, ticket, position, past, by)
        if shelf.is_empty:
            del self._held[key]

    def _shelve(self, lot: Lot, posting: Posting, new: Past) -> None:
        shelf = self._held.get((posting.place, lot.item))
        before = _EMPTY if shelf is None else shelf.positions.get(lot.id, _EMPTY)
        ticket = Ticket.of(lot, self._history.ordinal(lot.id))
        after = before.after(posting.quantity, posting.value)
        past = self._past(shelf, posting, new)
        self.put(posting.place, lot, ticket, after, past, Moved(posting.quantity, posting.value))

    def _past(self, shelf: Shelf | None, posting: Posting, new: Past) -> Past:
        """What is known of the past of a lot with one more posting; its history has that one already."""
        if shelf is not None and posting.lot in shelf.positions:
            before = shelf.past(posting.lot)
            return Past(before.came, max(before.latest, new.latest))
        timeline = self._history.timeline(posting.place, posting.lot)
        return new if timeline is None else Past(new.came, timeline.latest)


def _by_id(lots: Iterable[Lot]) -> dict[str, Lot]:
    by_id: dict[str, Lot] = {}
    for lot in lots:
        if lot.id in by_id:
            raise LotOriginBroken(lot=lot.id, reason="two new lots have this id")
        by_id[lot.id] = lot
    return by_id
