"""A count is an assertion: what was counted of a lot in a place, and what the book knew then (promise 6).

The counted figure stands for ever beside the book's own. It is of a moment: of a day, after the last entry
that the book knew. What is entered later and tells of an earlier day may explain the difference or make
another; it is taken, and named as being behind a count, never silently overruled.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from reliefstock.ledger.entry import Entry
from reliefstock.ledger.place import Place

__all__ = ["Counted", "happened"]


def happened(entry: Entry) -> date:
    """The day that an entry tells of: its own, or for late news the day that it is about."""
    return entry.concerns or entry.on


@attrs.frozen(kw_only=True)
class Counted:
    """On a day, so many base units of a lot were counted in a place, and the book said `there`.

    `known` is the number of the last entry that the book knew then, `document` the paper of the count.

    >>> from reliefstock.ledger.place import PlaceKind
    >>> depot = Place(PlaceKind.WAREHOUSE, "depot")
    >>> Counted(place=depot, lot="L", on=date(2023, 6, 30), known=7, counted=98, there=100,
    ...         document="CS-000001").difference
    -2
    """

    place: Place
    lot: str
    on: date
    known: int
    counted: int
    there: int
    document: str

    @property
    def difference(self) -> int:
        """What was counted more than the book said, below zero what was missing."""
        return self.counted - self.there

    @property
    def moment(self) -> tuple[date, int]:
        """When it was counted: on a day, after that entry. Later moments are greater."""
        return self.on, self.known

    def follows(self, entry: Entry) -> bool:
        """Whether it was counted after what an entry tells of; of its own day, after what it knew."""
        return (happened(entry), entry.number) <= self.moment

    def is_behind(self, entry: Entry) -> bool:
        """Whether an entry tells of a day before the count, and the book did not know it then."""
        return entry.number > self.known and happened(entry) < self.on

    def moved_by(self, entries: Iterable[Entry]) -> int:
        """How many base units of the lot some entries brought to the place; below zero: took from it."""
        return sum(
            posting.quantity
            for entry in entries
            for posting in entry.postings
            if (posting.place, posting.lot) == (self.place, self.lot)
        )
