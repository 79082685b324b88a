"""What happened, found in the index of a store: it takes no memory but for what was asked for lately.

Everything is answered as of the last record that is known here: others may have written more, and their rows
are there already. What is found is kept for a while; what lands meanwhile is added to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from threading import RLock
from types import MappingProxyType
from typing import Final, Generic, TypeVar, overload

from reliefstock.book.papers import Done, Filed
from reliefstock.errors import StoreDamaged
from reliefstock.index import Standing
from reliefstock.journal import Cell, Journal, Row
from reliefstock.ledger import Entry, Lot, Passed, Place, PlaceKind, Position, Timeline
from reliefstock.ledger.timeline import OpenTimeline
from reliefstock.operations import DOCUMENTS, Document
from reliefstock.operations.desk import numbered
from reliefstock.records import Posted

__all__ = ["IndexedHistory", "IndexedPapers", "Kept", "Recent", "whole"]

_K = TypeVar("_K")
_V = TypeVar("_V")
_D = TypeVar("_D", bound=Document)
_RECENT: Final = 10_000
_AT_ONCE: Final = 500  # commands in one question
_PAGE: Final = 1_000  # records that are read at a time
_FIRST: Final = MappingProxyType({numbered(kind, 1): kind for kind in DOCUMENTS})


class Recent(Generic[_K, _V]):
    """What was asked for lately, so many at most; the one that was not asked for longest goes first.

    >>> recent = Recent[str, int](2)
    >>> recent.put("a", 1), recent.put("b", 2), recent.get("a"), recent.put("c", 3)
    (1, 2, 1, 3)
    >>> recent.get("b"), recent.get("a")
    (None, 1)
    """

    def __init__(self, most: int = _RECENT) -> None:
        self._most = most
        self._found: dict[_K, _V] = {}

    def get(self, key: _K) -> _V | None:
        """What is kept under a key; None where nothing is."""
        found = self._found.pop(key, None)
        if found is not None:
            self._found[key] = found  # the last to go now
        return found

    def put(self, key: _K, value: _V) -> _V:
        """Keep something; gives it back."""
        self._found[key] = value
        if len(self._found) > self._most:
            del self._found[next(iter(self._found))]
        return value


class Kept:
    """The records of a store, opened when they are asked for.

    `read` gives what a record says, `read_all` what all say after one and up to another.
    """

    def __init__(
        self,
        journal: Journal,
        read: Callable[[int], Posted],
        read_all: Callable[[int, int], Sequence[Posted]],
        lock: RLock,
    ) -> None:
        self.journal = journal
        self.lock = lock
        self._read = read
        self._read_all = read_all
        self._recent: Recent[int, Posted] = Recent()
        self._used: Recent[str, bool] = Recent()
        self.known = 0  # the last record that has landed here

    def posted(self, record: int) -> Posted:
        """What landed with a record."""
        with self.lock:
            return self._recent.get(record) or self._recent.put(record, self._read(record))

    def each(self) -> Iterator[Posted]:
        """What landed with each record that is known here, from the first on; some are read at a time."""
        for after in range(0, self.known, _PAGE):
            with self.lock:
                some = self._read_all(after, min(after + _PAGE, self.known))
            yield from some

    def keep(self, record: int, posted: Posted) -> None:
        """It was just written, so it will be asked for."""
        self._recent.put(record, posted)

    def forget(self) -> None:
        """Let go of all that was read."""
        self._recent, self._used = Recent(), Recent()

    def new_places(self, rows: Sequence[Row]) -> list[Row]:
        """The rows of places, but for those that were used lately, so that their rows are there already."""
        return [row for row in rows if not self.knows_place(str(row[0]))]

    def knows_place(self, place: str) -> bool:
        """Whether a place was used lately, so that its row is there already."""
        return self._used.get(place) is not None

    def note_places(self, rows: Sequence[Row]) -> None:
        """The rows of these places are in the store now."""
        for row in rows:
            self._used.put(str(row[0]), value=True)

    def find(self, table: str, given: Mapping[str, Cell], *order: str, last: bool = False) -> list[Row]:
        """See `Journal.find`."""
        with self.lock:
            return self.journal.find(table, given, order=order, last=last)

    def one(self, table: str, given: Mapping[str, Cell]) -> Row | None:
        """The row of a key, if there is one."""
        found = self.find(table, given)
        return found[0] if found else None

    def rows(self, query: str, **given: Cell) -> list[tuple[Cell, ...]]:
        """What a query finds: see `Journal.select`."""
        with self.lock:
            return self.journal.select(query, given)

    def column(self, query: str, **given: Cell) -> list[Cell]:
        """The first column of what a query finds."""
        return [row[0] for row in self.rows(query, **given)]

    def broken(self, what: str) -> StoreDamaged:
        """The index does not agree with itself, or with the records."""
        return StoreDamaged(self.journal.where, f"the index says otherwise than the records: {what}")


class IndexedHistory:
    """What happened, by the index. See `reliefstock.ledger.History`."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._count = 0
        self._lot_count = 0
        self._now: Callable[[str], Mapping[Place, int]] = lambda _: {}
        self._lots: Recent[str, tuple[int, Lot]] = Recent()
        self._timelines: Recent[tuple[Place, str], OpenTimeline] = Recent()
        self._donations: tuple[int, tuple[str, ...]] = (0, ())  # of so many lots

    def begin(self, entries: int, lots: int) -> None:
        """So much is known already."""
        self._count, self._lot_count = entries, lots

    def remember(self, ordinal: int, lot: Lot) -> None:
        """A lot that a snapshot knows already."""
        self._lots.put(lot.id, (ordinal, lot))

    def __len__(self) -> int:
        return self._count

    @property
    def lot_count(self) -> int:
        """How many lots are known."""
        return self._lot_count

    @property
    def entries(self) -> Sequence[Entry]:
        """See `History.entries`; each is read when it is asked for."""
        return _Entries(self)

    def each_entry(self) -> Iterator[Entry]:
        """All entries that are known now, read one after the other as they are kept."""
        last, number = self._count, 0
        for posted in self._kept.each():
            for entry in posted.entries:
                number += 1
                if entry.number != number:
                    raise self._kept.broken(f"entry {number} is not where it should be")
                if number <= last:
                    yield entry
        if number < last:
            raise self._kept.broken(f"there are {number} entries of {last}")

    def entry(self, number: int) -> Entry:
        """See `History.entry`."""
        row = self._kept.one("entries", {"number": number})
        found = () if row is None else self._kept.posted(whole(row[1])).entries
        for entry in found:
            if entry.number == number:
                return entry
        raise self._kept.broken(f"entry {number} is not where it should be")

    def entries_of(self, lot: str) -> Iterable[Entry]:
        """See `History.entries_of`."""
        rows = self._kept.find("postings", {"lot": lot}, "entry", "line")
        known = [row for row in rows if whole(row[3]) <= self._count]
        self._check_all_there(lot, known)
        return (self.entry(number) for number in dict.fromkeys(whole(row[3]) for row in known))

    def _check_all_there(self, lot: str, rows: Sequence[Row]) -> None:
        """Whether no row of a lot is missing: its entries sum to zero, and lead to what is there now."""
        sums: dict[int, tuple[int, int]] = {}
        there: dict[Place, int] = {}
        for row in rows:
            quantity, value = sums.get(whole(row[3]), (0, 0))
            sums[whole(row[3])] = quantity + whole(row[5]), value + whole(row[6])
            if row[7]:
                place = Place.parse(str(row[0]))
                there[place] = there.get(place, 0) + whole(row[5])
        left = {place: units for place, units in there.items() if units}
        if any(quantity or value for quantity, value in sums.values()) or left != self._now(lot):
            raise self._kept.broken(f"not all postings of lot {lot} are there")

    def watch(self, now: Callable[[str], Mapping[Place, int]]) -> None:
        """Say how much of a lot is where now, so that what is found of its past can be held against it."""
        self._now = now

    def reversed_by(self, number: int) -> int | None:
        """See `History.reversed_by`."""
        row = self._kept.one("reversals", {"entry": number})
        by = 0 if row is None else whole(row[1])
        return by if 0 < by <= self._count else None

    @property
    def lots(self) -> Mapping[str, Lot]:
        """See `History.lots`; each is read when it is asked for."""
        return _Lots(self)

    def lot(self, lot_id: str) -> tuple[int, Lot] | None:
        """The lot of an id, with its number in the order in which lots came in."""
        found = self._lots.get(lot_id)
        if found is not None:
            return found
        row = self._kept.one("lots", {"id": lot_id})
        if row is None or whole(row[0]) > self._lot_count:
            return None
        for lot in self._kept.posted(whole(row[2])).lots:
            if lot.id == lot_id:
                return self._lots.put(lot_id, (whole(row[0]), lot))
        raise self._kept.broken(f"lot {lot_id} is not where it should be")

    def lot_ids(self) -> Iterator[str]:
        """The ids of all lots, in the order in which they came in."""
        return (str(row[1]) for row in self._all_lots())

    def _all_lots(self) -> list[Row]:
        rows = [row for row in self._kept.find("lots", {}, "ordinal") if whole(row[0]) <= self._lot_count]
        if len(rows) != self._lot_count:
            raise self._kept.broken(f"there are {len(rows)} lots of {self._lot_count}")
        return rows

    def ordinal(self, lot: str) -> int:
        """See `History.ordinal`."""
        return self._there(lot)[0]

    def made_of(self, lot: str) -> Sequence[Lot]:
        """See `History.made_of`."""
        made = (whole(row[1]) for row in self._kept.find("parts", {"part": lot}, "made"))
        return tuple(self._nth(ordinal) for ordinal in made if ordinal <= self._lot_count)

    def given(self, donation: str) -> Sequence[Lot]:
        """See `History.given`."""
        rows = self._kept.find("lots", {"donation": donation}, "ordinal")
        return tuple(self._there(str(row[1]))[1] for row in rows if whole(row[0]) <= self._lot_count)

    @property
    def donations(self) -> Iterable[str]:
        """See `History.donations`."""
        known, found = self._donations
        if known != self._lot_count:
            found = tuple(dict.fromkeys(str(row[4]) for row in self._all_lots() if row[4] is not None))
            self._donations = self._lot_count, found
        return found

    def birthplace(self, lot: str) -> Place | None:
        """See `History.birthplace`."""
        row = self._kept.one("lots", {"id": lot})
        return None if row is None or whole(row[0]) > self._lot_count else Place.parse(str(row[3]))

    def places(self, kind: PlaceKind) -> Iterable[Place]:
        """See `History.places`."""
        rows = self._kept.find("places", {"kind": kind.value}, "entry", "line")
        return [Place.parse(str(row[0])) for row in rows if whole(row[2]) <= self._count]

    def timeline(self, place: Place, lot: str) -> Timeline | None:
        """See `History.timeline`."""
        found = self._timelines.get((place, lot))
        if found is None:
            rows = self._kept.find("postings", {"place": str(place), "lot": lot}, "day", "entry", "line")
            found = OpenTimeline()
            self._fill(found, rows)
            self._timelines.put((place, lot), found)
        return found.shown if len(found.shown) else None

    def timelines(self, place: Place) -> Iterable[tuple[str, Timeline]]:
        """See `History.timelines`."""
        by_lot: dict[str, list[Row]] = {}
        for row in self._kept.find("postings", {"place": str(place)}, "entry", "line"):
            if whole(row[3]) <= self._count:
                by_lot.setdefault(str(row[1]), []).append(row)
        for lot, rows in by_lot.items():
            timeline = OpenTimeline()
            self._fill(timeline, sorted(rows, key=lambda row: row[2:5]))
            yield lot, timeline.shown

    def standing(self, place: Place, lot: str) -> Standing:
        """How a position in the society's care stands after the last posting that is known."""
        rows = self._kept.find("postings", {"place": str(place), "lot": lot}, "entry", "line", last=True)
        if rows and whole(rows[0][3]) > self._count:
            rows = self._kept.find("postings", {"place": str(place), "lot": lot}, "entry", "line")
            rows = [row for row in rows if whole(row[3]) <= self._count]
        if not rows:
            return Standing()
        count, worth, left, *came = (whole(cell) for cell in rows[-1][8:13])
        return Standing(Position(count, worth, left), (came[0], came[1]))

    def add(self, lots: Iterable[Lot], entries: Iterable[Entry]) -> None:
        """See `History.add`: the rows are in the store, this is for what was found before."""
        for lot in lots:
            self._lot_count += 1
            self._lots.put(lot.id, (self._lot_count, lot))
        for entry in entries:
            self._count = entry.number
            for posting in entry.postings:
                timeline = self._timelines.get((posting.place, posting.lot))
                if timeline is not None:
                    timeline.add(entry.on, entry.number, posting.quantity, posting.value)

    def catch_up(self, passed: Passed) -> None:
        """See `History.catch_up`: the rows are in the store."""
        self.add(passed.lots, ())
        self._count = passed.last
        self._timelines = Recent()

    def _fill(self, timeline: OpenTimeline, rows: Sequence[Row]) -> None:
        known = [row for row in rows if whole(row[3]) <= self._count]
        for row in known:
            timeline.add(date.fromordinal(whole(row[2])), whole(row[3]), whole(row[5]), whole(row[6]))
        last = max(known, key=lambda row: row[3:5], default=None)
        if last is not None and last[7]:  # the last one says how the position stands, so none is missing
            standing = Position(whole(last[8]), whole(last[9]), whole(last[10]))
            if standing.holding != timeline.shown.as_of():
                raise self._kept.broken(f"not all postings of lot {last[1]} to {last[0]} are there")

    def _there(self, lot_id: str) -> tuple[int, Lot]:
        found = self.lot(lot_id)
        if found is None:
            raise self._kept.broken(f"lot {lot_id} is not there")
        return found

    def _nth(self, ordinal: int) -> Lot:
        row = self._kept.one("lots", {"ordinal": ordinal})
        if row is None:
            raise self._kept.broken(f"there is no lot number {ordinal}")
        return self._there(str(row[1]))[1]


class _Entries(Sequence[Entry]):
    """All entries, each read when it is asked for."""

    def __init__(self, history: IndexedHistory) -> None:
        self._history = history

    def __len__(self) -> int:
        return len(self._history)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        numbers = range(1, len(self) + 1)[at]
        if isinstance(numbers, range):
            return tuple(self._history.entry(number) for number in numbers)
        return self._history.entry(numbers)

    def __iter__(self) -> Iterator[Entry]:
        return self._history.each_entry()


class _Lots(Mapping[str, Lot]):
    """All lots, each read when it is asked for."""

    def __init__(self, history: IndexedHistory) -> None:
        self._history = history

    def __len__(self) -> int:
        return self._history.lot_count

    def __iter__(self) -> Iterator[str]:
        return self._history.lot_ids()

    def __contains__(self, lot_id: object) -> bool:
        return isinstance(lot_id, str) and self._history.lot(lot_id) is not None

    def __getitem__(self, lot_id: str) -> Lot:
        found = self._history.lot(lot_id)
        if found is None:
            raise KeyError(lot_id)
        return found[1]


class IndexedPapers:
    """The papers, by the index. See `reliefstock.book.papers.Papers`."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._counts: dict[type[Document], int] = {}

    @property
    def documents(self) -> Mapping[str, Document]:
        """See `Papers.documents`; each is read when it is asked for."""
        return _Documents(self)

    @property
    def reversed_on(self) -> Mapping[str, date]:
        """See `Papers.reversed_on`."""
        return _TakenBack(self)

    def of(self, kind: type[_D]) -> tuple[_D, ...]:
        """See `Papers.of`."""
        records = self.records(_prefix(kind))
        all_of_them = [self._kept.posted(record).document for record in records]
        self._check_all_there((document.number for document in all_of_them), _kinds(kind))
        return tuple(document for document in all_of_them if isinstance(document, kind))

    def count(self, kind: type[Document]) -> int:
        """See `Papers.count`."""
        if kind not in self._counts:
            count = whole(self._select("COUNT(*)", kind.prefix)[0])
            self._check_last(kind, count)
            self._counts[kind] = count
        return self._counts[kind]

    def _check_all_there(self, numbers: Iterable[str], kinds: Iterable[type[Document]]) -> None:
        """Whether these are all documents of some kinds: those of each are numbered without gaps."""
        counts = dict.fromkeys((kind.prefix for kind in kinds), 0)
        for number in numbers:
            prefix = number.partition("-")[0]
            counts[prefix] = counts.get(prefix, 0) + 1
            if number != f"{prefix}-{counts[prefix]:06d}":
                raise self._kept.broken(f"document {number} is not where it should be")
        for kind in kinds:
            self._check_last(kind, counts[kind.prefix])

    def _check_last(self, kind: type[Document], count: int) -> None:
        """Whether there is no further document of a kind than so many."""
        if self._record_of(numbered(kind, count + 1)) is not None:
            raise self._kept.broken(f"not all documents {kind.prefix} are there")

    def done(self, command: str) -> Done | None:
        """See `Papers.done`."""
        row = self._kept.one("papers", {"command": command})
        if row is None or whole(row[0]) > self._kept.known:
            return None
        return Done(_raw(row[3]), str(row[1]))

    def add(self, posted: Posted, record: int) -> None:
        """See `Papers.add`: the row is in the store."""
        self._kept.known = record
        self._kept.keep(record, posted)
        kind = type(posted.document)
        if kind in self._counts:
            self._counts[kind] += 1

    def catch_up(self, filed: Filed) -> None:
        """See `Papers.catch_up`: the rows are in the store."""
        self._kept.known = filed.last
        for kind, count in filed.made.items():
            if kind in self._counts:
                self._counts[kind] += count

    def done_of(self, commands: Sequence[str]) -> frozenset[str]:
        """See `Papers.done_of`."""
        found: set[str] = set()
        for start in range(0, len(commands), _AT_ONCE):
            some = {f"c{at}": command for at, command in enumerate(commands[start : start + _AT_ONCE])}
            query = f"SELECT command FROM papers WHERE {{book}} AND command IN (:{', :'.join(some)})"  # noqa: S608 -- names of parameters
            found.update(map(str, self._kept.column(query, **some)))
        return frozenset(found)

    def record_of(self, number: str) -> int | None:
        """See `Papers.record_of`; of a kind of which there is none, nothing is asked again."""
        first = _FIRST.get(number)
        if first is not None and self._counts.get(first) == 0:
            return None
        found = self._record_of(number)
        if first is not None and found is None:
            self._counts[first] = 0
        return found

    def _record_of(self, number: str) -> int | None:
        row = self._kept.one("papers", {"number": number})
        return None if row is None or whole(row[0]) > self._kept.known else whole(row[0])

    # For what is above

    def document(self, number: str) -> Document | None:
        """The document of that number, if there is one."""
        record = self.record_of(number)
        return None if record is None else self._kept.posted(record).document

    def total(self) -> int:
        """How many there are."""
        return sum(self.count(kind) for kind in DOCUMENTS)

    def numbers(self) -> Iterator[str]:
        """The numbers of all, in the order in which they were made."""
        query = "SELECT number FROM papers WHERE {book} AND record <= :last ORDER BY record"
        numbers = [str(number) for number in self._kept.column(query, last=self._kept.known)]
        self._check_all_there(numbers, DOCUMENTS)
        return iter(numbers)

    def records(self, prefix: str = "") -> list[int]:
        """The records of all documents whose numbers begin so, or of all."""
        return [whole(record) for record in self._select("record", prefix, " ORDER BY record")]

    def _select(self, what: str, prefix: str, then: str = "") -> list[Cell]:
        query = f"SELECT {what} FROM papers WHERE {{book}} AND record <= :last"  # noqa: S608 -- no text of others
        if not prefix:
            return self._kept.column(query + then, last=self._kept.known)
        query += " AND number >= :first AND number < :beyond" + then
        return self._kept.column(query, last=self._kept.known, first=f"{prefix}-", beyond=f"{prefix}.")

    def taken_back(self) -> Iterator[str]:
        """The numbers of all that were taken back."""
        rows = self._kept.find("taken_back", {}, "record")
        return (str(row[0]) for row in rows if whole(row[1]) <= self._kept.known)

    def taken_back_on(self, number: str) -> date | None:
        """The business date on which a document was taken back; None while it stands."""
        row = self._kept.one("taken_back", {"number": number})
        if row is None or whole(row[1]) > self._kept.known:
            return None
        return date.fromordinal(whole(row[2]))


class _Documents(Mapping[str, Document]):
    """All documents by number, each read when it is asked for."""

    def __init__(self, papers: IndexedPapers) -> None:
        self._papers = papers

    def __len__(self) -> int:
        return self._papers.total()

    def __iter__(self) -> Iterator[str]:
        return self._papers.numbers()

    def __getitem__(self, number: str) -> Document:
        found = self._papers.document(number)
        if found is None:
            raise KeyError(number)
        return found


class _TakenBack(Mapping[str, date]):
    """Of each document that was taken back, the day."""

    def __init__(self, papers: IndexedPapers) -> None:
        self._papers = papers

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[str]:
        return self._papers.taken_back()

    def __getitem__(self, number: str) -> date:
        found = self._papers.taken_back_on(number)
        if found is None:
            raise KeyError(number)
        return found


def _prefix(kind: type[Document]) -> str:
    """How the numbers of a kind begin; empty for a class above several kinds."""
    return kind.prefix if kind in DOCUMENTS else ""


def _kinds(kind: type[Document]) -> tuple[type[Document], ...]:
    """The kinds that are asked for: one, or all, of which those that are wanted are picked."""
    return (kind,) if kind in DOCUMENTS else DOCUMENTS


def whole(cell: Cell) -> int:
    """A whole number of an index row. Raises TypeError for anything else, which no store gives."""
    if not isinstance(cell, int):
        raise TypeError(f"a whole number is due in the index, got {cell!r}")
    return cell


def _raw(cell: Cell) -> bytes:
    if not isinstance(cell, bytes):
        raise TypeError(f"bytes are due in the index, got {cell!r}")
    return cell
