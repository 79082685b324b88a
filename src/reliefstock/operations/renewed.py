"""Under which lot goods stand now that have not moved: revalued they are a new lot, in the same place.

A waybill and a receiving report name the lots of their day, and so does whoever holds the paper. What they
name is looked for under the lot that it is by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reliefstock.errors import NotOpen
from reliefstock.ledger import Place
from reliefstock.operations.desk import Desk
from reliefstock.operations.revalued import Revaluation

__all__ = ["Renewals", "lot_at"]


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
        new = self._new.get((place, lot))
        if new is not None:
            yield from self.all(place, new)


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
