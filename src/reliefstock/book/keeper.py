"""Who keeps a book: what is proposed becomes a record, and when that is durable, it is what is known.

One keeper serves the threads of one program; any number of them, in any number of processes, serve one
journal. Before each act a keeper takes in what others have written since. If another writes in between, the
journal refuses, and the act is looked at again with what is known then; after some such times the keeper
holds the journal before it looks, so that every act ends.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING, Final, TypeVar

from reliefstock.apart import all_restored, withheld
from reliefstock.book.indexed import Kept
from reliefstock.book.restoring import gathered, live_of, resumed, snapshot_of
from reliefstock.book.state import State
from reliefstock.errors import (
    AlreadyABook,
    ChainBroken,
    ContentBroken,
    JournalMoved,
    NewerFormat,
    NotABook,
    SnapshotBroken,
    StoreError,
)
from reliefstock.index import Before, Standing, rows_of
from reliefstock.journal import START, Head, Journal, Record, Rows, Snapshot, follow, verified_hashes, verify
from reliefstock.ledger import Ledger, Place, Position
from reliefstock.people import GuardedPeople, People
from reliefstock.records import FORMAT, Content, Opened, Posted, types

if TYPE_CHECKING:
    from reliefstock.bulk import Landed

__all__ = ["Keeper", "check_end"]

_T = TypeVar("_T")
_ATTEMPTS: Final = 3
_MANY: Final = 1_000  # records, after which it is worth keeping what there is


def check_end(met: Head, stated: Head) -> None:
    """Whether the records that were read lead to the head that a store states. Raises `ChainBroken`."""
    if met.size < stated.size:
        reason = f"there are {met.size} records, and the store states {stated.size}"
        raise ChainBroken(met.size + 1, "truncated", reason)
    if met != stated:
        raise ChainBroken(met.size, "changed", "its hash is not the one that was stored with it")


class Keeper:
    """Keeps the state of a book by its journal, and the journal by what is done with the book."""

    def __init__(self, journal: Journal, people: People, *, use_snapshot: bool = True) -> None:
        self.journal = journal
        self.lock = RLock()
        self.people = GuardedPeople(people, self.lock)  # they may share the connection of the journal
        self._use_snapshot = use_snapshot
        self._head = START
        self._kept_at = 0
        self._opened: Opened | None = None
        self._state: State | None = None
        self._in_batch = False
        self._spoilt: BaseException | None = None  # why nothing of a batch may be kept
        self._kept = Kept(journal, self._posted, self._all_posted, self.lock) if journal.has_index else None

    # What is known

    @property
    def head(self) -> Head:
        """The last record that is known here."""
        if self._state is None:
            self.catch_up()
        return self._head

    @property
    def state(self) -> State:
        """What is known after it. Raises as `catch_up` where it has to be made anew."""
        if self._state is None:
            self.catch_up()
        return self._known

    def begin(self, opened: Opened) -> None:
        """Write the first record of a new journal. Raises `AlreadyABook` where there is one."""
        with self.lock:
            if self.journal.head() != START:
                raise AlreadyABook(self.journal.where, opened.book)
            record = follow(START, types().written(withheld(opened, self.people)))
            self.journal.append([record], self._rows(opened, 1, Ledger()))
            self.catch_up()

    def catch_up(self) -> None:
        """Take in all records that are not known yet.

        Raises `ChainBroken`, `ContentBroken` or `SnapshotBroken` for what is not as it was written, and
        `StoreError`.
        """
        with self.lock:
            self.people.refresh()
            head = self.journal.head()
            if self._state is None:
                self._begin_again(head)
            if head.size < self._head.size:
                reason = f"the records end with number {head.size}, and there have been {self._head.size}"
                raise ChainBroken(head.size + 1, "truncated", reason)
            if head != self._head:
                self._take_in(head)

    def forget(self) -> None:
        """Let go of what is known; it is made anew from the records when it is asked for."""
        with self.lock:
            self._state = None
            if self._kept is not None:
                self._kept.forget()

    def _begin_again(self, head: Head) -> None:
        """Make what is known by the first record, and where there is an index, by that or by a snapshot."""
        self._head = START
        if not head.size:
            return
        first = self.record(1)
        self._opened = self._opening(self._content(first))
        snapshot = self.journal.snapshot() if self._use_snapshot and self._kept is not None else None
        if snapshot is not None and self._kept is not None:
            self._check(snapshot, head)
            self._state = resumed(snapshot, self._kept, self.people)
            self._head = snapshot.head
            self._kept_at = snapshot.head.size
        elif self._kept is not None:
            self._head = verify(self.journal.read(0, head.size, checked=False))
            check_end(self._head, head)
            self._state = gathered(self._opened, self._kept, head.size, self._content_of)
        else:
            self._state, self._head = State(self._opened), verify([first])

    def _opening(self, content: Content) -> Opened:
        if not isinstance(content, Opened):
            raise ContentBroken("record", "$", "the first record of a book opens it")
        if content.format > FORMAT:
            raise NewerFormat(self.journal.where, content.format, FORMAT)
        return content

    def _check(self, snapshot: Snapshot, head: Head) -> None:
        """Whether a snapshot is of this book. Raises `SnapshotBroken`."""
        size, its_hash = snapshot.head
        if not 0 < size <= head.size or self.journal.hashes(size - 1, 1) != [its_hash]:
            raise SnapshotBroken(
                self.journal.where, f"this book has no record {size} with the hash that it states"
            )

    def _take_in(self, head: Head) -> None:
        records = list(self.journal.read(self._head.size, head.size, checked=False))
        try:
            for record, its_hash in zip(records, verified_hashes(records, self._head), strict=True):
                self._known.land(self._content(record), record.number)
                self._head = Head(record.number, its_hash)
        except BaseException:
            self._state = None
            raise

    @property
    def _known(self) -> State:
        if self._state is None:
            raise NotABook(self.journal.where, "it has no record yet")
        return self._state

    def _content(self, record: Record) -> Content:
        return self._contents((record,))[0]

    def _contents(self, records: Iterable[Record]) -> list[Content]:
        return all_restored([_read(record) for record in records], self.people)

    def _content_of(self, number: int) -> Content:
        return self._content(self.record(number))

    def record(self, number: int) -> Record:
        """The record of a number that there is. Raises `StoreDamaged`, or `ChainBroken` where it is gone."""
        found = list(self.journal.read(number - 1, number))
        if [record.number for record in found] != [number]:
            raise ChainBroken(number, "missing", f"there is no record of that number in {self.journal.where}")
        return found[0]

    def _posted(self, number: int) -> Posted:
        content = self._content_of(number)
        if not isinstance(content, Posted):
            raise ContentBroken("record", "$", f"record {number} is a {type(content).__name__}")
        return content

    def _all_posted(self, after: int, until: int) -> Sequence[Posted]:
        return [content for _, content in self._read_again(tuple(self.journal.read(after, until)))]

    def keep_snapshot(self) -> None:
        """Put what there is now in the place of the last snapshot; a store without an index has none."""
        with self.lock:
            state = self.state
            if self._kept is not None and self._opened is not None:
                live = withheld(live_of(state, self._opened), self.people)
                self.journal.keep_snapshot(snapshot_of(live, self._head))
                self._kept_at = self._head.size

    def close(self) -> None:
        """Keep a snapshot where enough has happened since the last, then let go of the store."""
        with self.lock:
            if self._state is not None and self._head.size - self._kept_at >= _MANY:
                with suppress(StoreError):  # it is a cache
                    self.keep_snapshot()
            self.journal.close()
            self.people.close()

    # What is done

    def do(self, act: Callable[[State], tuple[Content | None, _T]]) -> _T:
        """Let an act look at what is known and propose a record, keep it, and give what the act gives.

        An act that has nothing to keep proposes None. It is done again with what is known then, where others
        have written in between. Raises what the act raises, and `StoreError`.
        """
        with self.lock:
            for _ in range(0 if self._in_batch else _ATTEMPTS):
                self.catch_up()
                with suppress(JournalMoved):
                    return self._once(act)
            with self.batch():
                return self._once(act)

    @contextmanager
    def batch(self) -> Generator[None]:
        """Make what is done inside durable together at its end: all of it, or none where the block raises."""
        with self.lock:
            if self._in_batch:
                yield
                return
            before = self._head
            try:
                with self.journal.held():
                    self.catch_up()
                    before, self._in_batch = self._head, True
                    yield
                    self._check_whole()
            except BaseException:
                self.people.refresh()
                if self._head != before:  # something landed here that is not kept there
                    self.forget()
                raise
            finally:
                self._in_batch, self._spoilt = False, None

    def _once(self, act: Callable[[State], tuple[Content | None, _T]]) -> _T:
        content, result = act(self.state)
        if content is not None:
            self._keep(content)
        else:
            self.journal.settle()  # what was done before may have been kept by another, and not for good
        return result

    def _keep(self, content: Content) -> None:
        record = follow(self._head, types().written(withheld(content, self.people)))
        rows = self._rows(content, record.number, self._known.ledger)
        try:
            self.journal.append([record], rows)
        except StoreError as error:
            if not self._was_kept(record, error):
                raise
            return
        try:
            self._known.land(content, record.number)
        except BaseException:
            self._state = None
            raise
        self._head = record.head
        if self._kept is not None:
            self._kept.note_places(rows.get("places", ()))

    def keep_all(self, landed: Landed) -> None:
        """Keep what rows have written, in a batch; what it moved is known already.

        Raises as `do`; then what is known is no longer what is kept, and `spoil` is called.
        """
        if landed.records:
            self._content(max(landed.records, key=lambda record: len(record.payload)))  # it can be read
            rows = {} if self._kept is None else landed.rows
            self.journal.append(landed.records, rows)
            if self._kept is not None:
                self._kept.note_places(rows.get("places", ()))
            found = cache(lambda: tuple(self._read_again(landed.records)))
            self._known.catch_up(landed, found)
            self._head = landed.head
        ledger = self._known.ledger
        landed.go_on(self._head, len(ledger), len(ledger.lots))

    def _read_again(self, records: Sequence[Record]) -> Iterator[tuple[int, Posted]]:
        for record, content in zip(records, self._contents(records), strict=True):
            if isinstance(content, Posted):
                yield record.number, content

    def knows_place(self, place: str) -> bool:
        """Whether the index has the row of a place; where there is no index, none is missing."""
        return self._kept is None or self._kept.knows_place(place)

    def _check_whole(self) -> None:
        if self._spoilt is not None:
            raise self._spoilt

    def spoil(self, error: BaseException) -> None:
        """Part of what belongs together was done: nothing of the batch that it is in may be kept."""
        self._spoilt = error
        self.forget()

    def _rows(self, content: Content, record: int, ledger: Ledger) -> Rows:
        if self._kept is None:
            return {}

        def stand(place: Place, lot: str) -> Standing:
            position = ledger.position(place, lot) if lot in ledger.lots else Position()
            return Standing(position, ledger.past(place, lot).came) if position.quantity else Standing()

        rows = rows_of(content, record, Before(len(ledger.lots), len(ledger.holds), stand))
        return {**rows, "places": self._kept.new_places(rows.get("places", ()))}

    def _was_kept(self, record: Record, error: StoreError) -> bool:
        """Whether a record is there although keeping it failed, as where a connection is lost in a commit."""
        if self._in_batch or isinstance(error, JournalMoved):
            return False
        with suppress(StoreError):
            self.catch_up()
            if list(self.journal.read(record.number - 1, record.number)) == [record]:
                self.journal.settle()
                return True
        return False


def _read(record: Record) -> Content:
    content = types().read(record.payload, object)
    if not isinstance(content, Content):
        raise ContentBroken("record", "$", f"it is a {type(content).__name__}")
    return content
