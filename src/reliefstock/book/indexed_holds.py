"""The holds of a book, found in the index of a store: what has come of them all takes no memory.

As with the rest of the index, everything is answered as of the last record that is known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reliefstock.book.indexed import Kept, Recent, whole
from reliefstock.journal import Row
from reliefstock.ledger import Hold, HoldKey, KeptUnits, Outcome, Shelf, Standing

__all__ = ["IndexedHolds"]


class IndexedHolds:
    """All holds there ever were, by the index. See `reliefstock.ledger.hold.HoldHistory`."""

    def __init__(self, kept: Kept, count: int) -> None:
        self._kept = kept
        self._count = count
        self._standing: Recent[HoldKey, Standing] = Recent()
        self._shelves: Recent[Shelf, KeptUnits] = Recent()
        self._bare: Recent[Shelf, bool] = Recent()  # where nothing was ever held

    def remember(self, standing: Standing) -> None:
        """A hold that a snapshot knows already."""
        self._standing.put(standing.hold.key, standing)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Standing]:
        return (self._there(key) for key in self._keys())

    def ids(self) -> Iterable[str]:
        """See `HoldHistory.ids`."""
        return dict.fromkeys(hold for hold, _ in self._keys())

    def _keys(self) -> list[HoldKey]:
        rows = [row for row in self._kept.find("holds", {}, "number") if whole(row[2]) < self._count]
        if len(rows) != self._count:
            raise self._kept.broken(f"there are {len(rows)} holds of {self._count}")
        return [(str(row[0]), str(row[1])) for row in rows]

    def open_keys(self) -> Iterator[HoldKey]:
        """The holds that nothing, or not all, has come of, the first promised first."""
        query = (
            "SELECT hold, lot FROM holds WHERE {book} AND number < :count AND quantity <> ("
            "SELECT COALESCE(SUM(outcomes.quantity), 0) FROM outcomes WHERE {book} "
            "AND outcomes.hold = holds.hold AND outcomes.lot = holds.lot AND outcomes.record <= :last"
            ") ORDER BY number"
        )
        found = self._kept.rows(query, count=self._count, last=self._kept.known)
        return ((str(row[0]), str(row[1])) for row in found)

    def standing(self, key: HoldKey) -> Standing | None:
        """See `HoldHistory.standing`."""
        found = self._standing.get(key)
        if found is None:
            row = self._kept.one("holds", {"hold": key[0], "lot": key[1]})
            if row is not None and whole(row[2]) < self._count:
                found = self._standing.put(key, self._read(key, row))
        return found

    def lots(self, hold_id: str) -> Sequence[str]:
        """See `HoldHistory.lots`."""
        rows = self._kept.find("holds", {"hold": hold_id}, "number")
        return [str(row[1]) for row in rows if whole(row[2]) < self._count]

    def kept(self, shelf: Shelf) -> KeptUnits | None:
        """See `HoldHistory.kept`."""
        found = self._shelves.get(shelf)
        if found is None and self._count and not self._bare.get(shelf):
            place, lot = shelf
            rows = self._kept.find("holds", {"place": str(place), "lot": lot}, "number")
            there = [row for row in rows if whole(row[2]) < self._count]
            if there:
                found = self._shelves.put(shelf, KeptUnits())
                for row in there:
                    found.add(self._there((str(row[0]), str(row[1]))))
            self._bare.put(shelf, value=found is None)
        return found

    def resolved_by(self, document: str) -> Sequence[Outcome]:
        """See `HoldHistory.resolved_by`."""
        rows = self._kept.find("outcomes", {"document": document}, "record", "line")
        return [self._outcome(row) for row in rows if whole(row[0]) <= self._kept.known]

    def put(self, before: Standing | None, one: Standing) -> None:
        """See `HoldHistory.put`: the rows are in the store, this is for what was found before."""
        kept = self.kept(one.hold.shelf)
        if before is None:
            self._count += 1
            kept = kept or self._shelves.put(one.hold.shelf, KeptUnits())
            self._bare.put(one.hold.shelf, value=False)
        elif kept is not None:
            kept.add(before, -1)
        if kept is not None:
            kept.add(one)
        self._standing.put(one.hold.key, one)

    def _there(self, key: HoldKey) -> Standing:
        found = self.standing(key)
        if found is None:
            raise self._kept.broken(f"hold {key[0]} of lot {key[1]} is not there")
        return found

    def _read(self, key: HoldKey, row: Row) -> Standing:
        rows = self._kept.find("outcomes", {"hold": key[0], "lot": key[1]}, "record", "line")
        came = tuple(self._outcome(one) for one in rows if whole(one[0]) <= self._kept.known)
        return Standing(self._hold(key, whole(row[4])), whole(row[2]), came)

    def _hold(self, key: HoldKey, record: int) -> Hold:
        for hold in self._kept.posted(record).holds:
            if hold.key == key:
                return hold
        raise self._kept.broken(f"hold {key[0]} of lot {key[1]} is not in record {record}")

    def _outcome(self, row: Row) -> Outcome:
        outcomes, line = self._kept.posted(whole(row[0])).outcomes, whole(row[1])
        if line >= len(outcomes):
            raise self._kept.broken(f"record {row[0]} resolves less than {line + 1} holds")
        return outcomes[line]
