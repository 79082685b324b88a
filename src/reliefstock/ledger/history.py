"""What happened, to be asked: entries by number, lots by id, and where each lot was when.

The ledger keeps what there is. What happened grows for ever, so it is asked of a history, which may keep it
in memory, as the one here does, or find it in the index of a store. Whatever keeps it gives the same answers
in the same order: entries by their numbers, lots as they came in, places as they were first used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol

from reliefstock.ledger.entry import Entry
from reliefstock.ledger.lot import Lot
from reliefstock.ledger.place import Place, PlaceKind
from reliefstock.ledger.timeline import OpenTimeline, Timeline

__all__ = ["History", "MemoryHistory", "Passed"]

_NO_TIMELINES: Mapping[str, OpenTimeline] = MappingProxyType({})


class Passed(NamedTuple):
    """Entries that landed at once, up to the number `last`, and the lots that came with them.

    `read` gives the entries, for whoever keeps them.
    """

    lots: Sequence[Lot]
    last: int
    read: Callable[[], Iterable[Entry]]


class History(Protocol):
    """What happened. The ledger alone adds to it; what it is asked for is there, or the answer is empty."""

    def __len__(self) -> int:
        """How many entries there are."""
        ...

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries in the order of their numbers."""
        ...

    def entry(self, number: int) -> Entry:
        """The entry of a number that there is."""
        ...

    def entries_of(self, lot: str) -> Iterable[Entry]:
        """The entries that moved a lot, in the order of their numbers."""
        ...

    def reversed_by(self, number: int) -> int | None:
        """The number of the entry that took this one back, if any."""
        ...

    @property
    def lots(self) -> Mapping[str, Lot]:
        """All lots by id, in the order in which they came in."""
        ...

    def ordinal(self, lot: str) -> int:
        """As the how manyth of the book a lot came in; the first is 1."""
        ...

    def made_of(self, lot: str) -> Sequence[Lot]:
        """The lots that were made of a lot, whole or in part, in the order in which they came in."""
        ...

    def given(self, donation: str) -> Sequence[Lot]:
        """The lots that came in as a donation."""
        ...

    @property
    def donations(self) -> Iterable[str]:
        """Every donation of which anything came in, in the order of the first receipts."""
        ...

    def birthplace(self, lot: str) -> Place | None:
        """The place outside that a lot came in from."""
        ...

    def places(self, kind: PlaceKind) -> Iterable[Place]:
        """The places of a kind that ever held anything, in the order of first use."""
        ...

    def timeline(self, place: Place, lot: str) -> Timeline | None:
        """The history of a lot in a place; None where it never was."""
        ...

    def timelines(self, place: Place) -> Iterable[tuple[str, Timeline]]:
        """Every history there is in a place, with its lot, in the order in which they first came."""
        ...

    def add(self, lots: Iterable[Lot], entries: Iterable[Entry]) -> None:
        """What landed together, checked."""
        ...

    def catch_up(self, passed: Passed) -> None:
        """Many entries have landed at once."""
        ...


class MemoryHistory:
    """All that happened, in memory."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._all_entries: tuple[Entry, ...] | None = ()
        self._lots: dict[str, Lot] = {}
        self._ordinals: dict[str, int] = {}
        self._timelines: dict[Place, dict[str, OpenTimeline]] = {}
        self._places: dict[PlaceKind, dict[Place, None]] = {}
        self._lot_entries: dict[str, list[int]] = {}
        self._made_of: dict[str, list[Lot]] = {}
        self._given: dict[str, list[Lot]] = {}
        self._reversed_by: dict[int, int] = {}
        self._birthplaces: dict[str, Place] = {}

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> Sequence[Entry]:
        """See `History.entries`."""
        if self._all_entries is None:
            self._all_entries = tuple(self._entries)
        return self._all_entries

    def entry(self, number: int) -> Entry:
        """See `History.entry`."""
        return self._entries[number - 1]

    def entries_of(self, lot: str) -> Iterable[Entry]:
        """See `History.entries_of`."""
        return (self._entries[number - 1] for number in self._lot_entries.get(lot, ()))

    def reversed_by(self, number: int) -> int | None:
        """See `History.reversed_by`."""
        return self._reversed_by.get(number)

    @property
    def lots(self) -> Mapping[str, Lot]:
        """See `History.lots`."""
        return MappingProxyType(self._lots)

    def ordinal(self, lot: str) -> int:
        """See `History.ordinal`."""
        return self._ordinals[lot]

    def made_of(self, lot: str) -> Sequence[Lot]:
        """See `History.made_of`."""
        return tuple(self._made_of.get(lot, ()))

    def given(self, donation: str) -> Sequence[Lot]:
        """See `History.given`."""
        return tuple(self._given.get(donation, ()))

    @property
    def donations(self) -> Iterable[str]:
        """See `History.donations`."""
        return self._given.keys()

    def birthplace(self, lot: str) -> Place | None:
        """See `History.birthplace`."""
        return self._birthplaces.get(lot)

    def places(self, kind: PlaceKind) -> Iterable[Place]:
        """See `History.places`."""
        return self._places.get(kind, {}).keys()

    def timeline(self, place: Place, lot: str) -> Timeline | None:
        """See `History.timeline`."""
        found = self._timelines.get(place, _NO_TIMELINES).get(lot)
        return None if found is None else found.shown

    def timelines(self, place: Place) -> Iterable[tuple[str, Timeline]]:
        """See `History.timelines`."""
        there = self._timelines.get(place, _NO_TIMELINES)
        return ((lot, timeline.shown) for lot, timeline in there.items())

    def add(self, lots: Iterable[Lot], entries: Iterable[Entry]) -> None:
        """See `History.add`."""
        for lot in lots:
            self._lots[lot.id] = lot
            self._ordinals[lot.id] = len(self._lots)
            for part in dict.fromkeys(part.lot for part in lot.made_of):
                self._made_of.setdefault(part, []).append(lot)
            if lot.donation is not None and not lot.made_of:
                self._given.setdefault(lot.donation, []).append(lot)
        for entry in entries:
            self._enter(entry)

    def catch_up(self, passed: Passed) -> None:
        """See `History.catch_up`."""
        self.add(passed.lots, passed.read())

    def _enter(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._all_entries = None
        if entry.reverses is not None:
            self._reversed_by[entry.reverses] = entry.number
        for posting in entry.postings:
            if posting.quantity < 0 and posting.lot not in self._birthplaces:
                self._birthplaces[posting.lot] = posting.place
            seen = self._lot_entries.setdefault(posting.lot, [])
            if not seen or seen[-1] != entry.number:
                seen.append(entry.number)
            timeline = self._timeline_of(posting.place, posting.lot)
            timeline.add(entry.on, entry.number, posting.quantity, posting.value)

    def _timeline_of(self, place: Place, lot: str) -> OpenTimeline:
        if place not in self._timelines:
            self._timelines[place] = {}
            self._places.setdefault(place.kind, {})[place] = None
        timelines = self._timelines[place]
        if lot not in timelines:
            timelines[lot] = OpenTimeline()
        return timelines[lot]
