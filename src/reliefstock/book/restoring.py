"""Opening a book that has an index: what there is, without reading all that happened.

From a snapshot, what there is stands ready. Without one it is gathered: the chain is followed from the first
record to the last, the records that change more than where goods are, are read, and the positions of what is
in the society's care are those that their last postings left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from typing import Final, NamedTuple, Protocol, runtime_checkable

from reliefstock.apart import restored
from reliefstock.book.indexed import IndexedHistory, IndexedPapers, Kept
from reliefstock.book.indexed_holds import IndexedHolds
from reliefstock.book.state import State
from reliefstock.errors import ReliefstockError, SnapshotBroken
from reliefstock.journal import Head, Snapshot
from reliefstock.ledger import Closing, Landing, Lot, Past, Place, Position
from reliefstock.people import People
from reliefstock.records import Content, Live, Numbered, Opened, Posted, Shelved, types

__all__ = ["gathered", "live_of", "resumed", "snapshot_of"]

_SEAL: Final = 32  # bytes of the hash before the content of a snapshot


def gathered(opened: Opened, kept: Kept, size: int, content: Callable[[int], Content]) -> State:
    """What there is after the first `size` records, which are verified, by the index. `content` reads one.

    As it reads from all of the index, it lets a store that doubts it compare its trees first. Raises
    `StoreDamaged`.
    """
    if isinstance(kept.journal, _Doubting):
        kept.journal.compare_trees()
    entries = kept.column("SELECT MAX(number) FROM entries WHERE {book} AND record <= :last", last=size)
    lots = kept.column("SELECT MAX(ordinal) FROM lots WHERE {book} AND record <= :last", last=size)
    holds = kept.column("SELECT COUNT(*) FROM holds WHERE {book} AND record <= :last", last=size)
    counts = _Counts(_number(entries[0]), _number(lots[0]), _number(holds[0]))
    state, history, promised = _fresh(opened, kept, size, counts)
    turns = "SELECT record FROM turns WHERE {book} AND record > 1 AND record <= :last ORDER BY record"
    for number in kept.column(turns, last=size):
        found = content(_number(number))
        if isinstance(found, Posted):
            state.ledger.land(Landing(counted=found.counted, closing=found.closing))
        else:
            state.land(found, _number(number))
    state.ledger.restore(_positions(kept, history))
    state.ledger.restore_open(state.ledger.holds.standing(key) for key in promised.open_keys())
    return state


@runtime_checkable
class _Doubting(Protocol):
    """A store that may not have been looked through when it was opened."""

    def compare_trees(self) -> None:
        """Compare the trees of its index, where it is doubted."""
        ...


class _Counts(NamedTuple):
    """How much there is of what is numbered."""

    entries: int
    lots: int
    holds: int


def _fresh(
    opened: Opened, kept: Kept, size: int, counts: _Counts
) -> tuple[State, IndexedHistory, IndexedHolds]:
    _check_end(kept)
    kept.known = size
    history, promised = IndexedHistory(kept), IndexedHolds(kept, counts.holds)
    history.begin(counts.entries, counts.lots)
    state = State(opened, history, promised, IndexedPapers(kept))
    history.watch(lambda lot: state.ledger.quantities(lot) if lot in state.ledger.lots else {})
    return state, history, promised


def _check_end(kept: Kept) -> None:
    """Whether no record is missing at the end: the index has rows of each.

    It is asked first, then the store: what others write in between makes the store longer, not shorter.
    """
    rows = [row for table in ("papers", "turns") for row in kept.find(table, {}, "record", last=True)]
    last = max((_number(row[0]) for row in rows), default=0)
    with kept.lock:
        size = kept.journal.head().size
    if last > size:
        raise kept.broken(f"it knows of record {last}, and the last that is there is number {size}")


def _positions(kept: Kept, history: IndexedHistory) -> Iterator[tuple[Place, Lot, Position, Past]]:
    """Every position that is not empty, as its last posting left it."""
    query = (
        "SELECT place, lot, MAX(day) FROM postings WHERE {book} AND held = 1 AND entry <= :last "
        "GROUP BY place, lot HAVING SUM(quantity) <> 0"
    )
    with kept.lock:
        there = kept.journal.select(query, {"last": len(history)})
    for place_text, lot, latest in there:
        place = Place.parse(str(place_text))
        position, came = history.standing(place, str(lot))
        yield place, history.lots[str(lot)], position, Past(came, date.fromordinal(_number(latest)))


def _number(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


# Snapshots


def live_of(state: State, opened: Opened) -> Live:
    """What there is in a state."""
    ledger = state.ledger
    shelved = tuple(ledger.shelved())
    lots = {lot.id: lot for _, lot, _, _ in shelved}
    return Live(
        opened=opened,
        entries=len(ledger),
        lots=len(ledger.lots),
        policy=state.policy,
        nouns=tuple(state.register.nouns()),
        before=tuple(state.register.before()),
        shelved=tuple(
            Shelved(place, lot.id, at.count, at.worth, at.out, *past.came, past.latest)
            for place, lot, at, past in shelved
        ),
        there=tuple(Numbered(ledger.ordinal(lot.id), lot) for lot in lots.values()),
        holds=len(ledger.holds),
        open=tuple(ledger.holds.open()),
        counted=tuple(ledger.all_counted()),
        closing=ledger.closing,
    )


def snapshot_of(live: Live, head: Head) -> Snapshot:
    """What there is after the record of a head, as a snapshot: its own hash, then its content."""
    content = types().written(live)
    return Snapshot(head, sha256(content).digest() + content)


def resumed(snapshot: Snapshot, kept: Kept, people: People) -> State:
    """What there was when a snapshot was made. That its head is of this book is checked elsewhere.

    Raises `SnapshotBroken`.
    """
    seal, content = snapshot.content[:_SEAL], snapshot.content[_SEAL:]
    if sha256(content).digest() != seal:
        raise SnapshotBroken(kept.journal.where, "it is not as it was written")
    try:
        read = types().read(content, Live)
    except ReliefstockError as error:
        raise SnapshotBroken(kept.journal.where, str(error)) from error
    live = restored(read, people)
    counts = _Counts(live.entries, live.lots, live.holds)
    state, history, promised = _fresh(live.opened, kept, snapshot.head.size, counts)
    lots = {one.lot.id: one.lot for one in live.there}
    for one in live.there:
        history.remember(one.ordinal, one.lot)
    for standing in live.open:
        promised.remember(standing)
    state.policy = live.policy
    state.register.restore(live.nouns, live.before)
    closing = None if live.closing == Closing() else live.closing
    state.ledger.land(Landing(counted=live.counted, closing=closing))
    state.ledger.restore(
        (
            one.place,
            lots[one.lot],
            Position(one.count, one.worth, one.out),
            Past((one.came_entry, one.came_line), one.latest),
        )
        for one in live.shelved
    )
    state.ledger.restore_open(live.open)
    return state
