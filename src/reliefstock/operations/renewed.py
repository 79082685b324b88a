"""Under which lot goods stand now that have not moved: revalued they are a new lot, in the same place.

A waybill and a receiving report name the lots of their day, and so does whoever holds the paper. What they
name is looked for under the lot that it is by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reliefstock.errors import NotOpen
from reliefstock.ledger import Entry, EntryKind, Lot, Place
from reliefstock.operations.desk import Desk
from reliefstock.operations.revalued import Revaluation

__all__ = ["Renewals", "lot_at", "made_anew", "was_before"]


class Renewals:
    """What lots became by some revaluations, place by place.

    >>> from reliefstock.ledger import Place
    >>> Renewals(()).now(Place.parse("transit:WB-000001"), "GRN-000001-1")
    'GRN-000001-1'
    """

    def __init__(self, revaluations: Iterable[Revaluation]) -> None:
        lines = (line for one in revaluations for line in one.lines)
        self._new = {(line.place, line.lot): line.new for line in lines}

    @classmethod
    def of(cls, desk: Desk) -> Renewals:
        """By the revaluations that stand."""
        return cls(one for one in desk.documents_of(Revaluation) if not desk.is_reversed(one))

    def now(self, place: Place, lot: str) -> str:
        """The lot that so much of a lot in a place is now; the same where it was not revalued."""
        *_, last = self.all(place, lot)
        return last

    def all(self, place: Place, lot: str) -> Iterator[str]:
        """The lot, and all that it was in a place since, the latest last."""
        yield lot
        while (place, lot) in self._new:
            lot = self._new[place, lot]
            yield lot


def lot_at(desk: Desk, place: Place, named: str) -> str:
    """The lot that is meant by an id on a paper, of what is in a place now: revalued goods have another.

    Raises `Unknown`, or `NotOpen` where nothing of it is there and what was redirected of it is: whoever
    takes that should know what it is for.
    """
    lot = desk.ledger.lot(named)
    if desk.ledger.position(place, lot.id).quantity:
        return lot.id
    now = Renewals.of(desk).now(place, lot.id)
    made = (one for one in desk.ledger.made_of(now) if one.item == lot.item)
    redirected = [one.id for one in made if desk.ledger.position(place, one.id).quantity]
    if redirected and not desk.ledger.position(place, now).quantity:
        raise NotOpen(
            document=f"lot {named}",
            state=f"redirected: in {place} it is lot {', '.join(redirected)}",
            asked="taken from there",
            do="name that lot, if it may be used so",
        )
    return now


def made_anew(desk: Desk, lot: Lot) -> tuple[Lot, ...]:
    """The lots that are the same goods as one since it, or what it was made of, was revalued.

    What is made of a revalued lot is unmade and made again of the new parts, so nothing in it names the old
    lot. Where a revaluation was taken back, it is the other way round: goods stand under their old id again.
    """
    return tuple(desk.ledger.lot(new) for old, new in _changes(desk, lot) if old == lot.id)


def was_before(desk: Desk, lot: Lot) -> tuple[Lot, ...]:
    """The lots that a lot was before it, or what it was made of, was revalued, or that was taken back."""
    return tuple(desk.ledger.lot(old) for old, new in _changes(desk, lot) if new == lot.id)


def _changes(desk: Desk, lot: Lot) -> Iterator[tuple[str, str]]:
    """Which lot became which by the revaluations of a lot, and by taking them back."""
    for entry in desk.ledger.entries_of(lot.id):
        if entry.kind is EntryKind.REVALUATION:
            yield from _new_of(desk, entry)
            if desk.ledger.reversed_by(entry.number) is not None:
                yield from ((new, old) for old, new in _new_of(desk, entry))


def _new_of(desk: Desk, entry: Entry) -> Iterator[tuple[str, str]]:
    """What came in the place of what, by the entry of a revaluation.

    What is unmade goes back to where it was born, the last that was made first, and the revalued lot to where
    the new one comes from; then the new lots come out, the revalued one and what holds it.
    """
    ledger = desk.ledger
    goods = [one for one in entry.postings if desk.register.item(ledger.lot(one.lot).item).is_goods]
    at_birth = [one for one in goods if one.place == ledger.birthplace(one.lot)]
    unmade = [one.lot for one in at_birth if one.quantity > 0]
    made = [one for one in at_birth if one.quantity < 0]
    root = next(one.lot for one in goods if one.place == made[0].place and one.quantity > 0)
    return zip((root, *reversed(unmade)), (one.lot for one in made), strict=True)
