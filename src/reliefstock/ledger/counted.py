"""A count is an assertion: what was counted of a lot in a place, and what the book knew then (promise 6).

The counted figure stands for ever beside the book's own. What is entered later and dated before the count
may explain the difference or make another; it is taken, and named as being behind a count, never silently
overruled.
"""

from __future__ import annotations

from datetime import date

import attrs

from reliefstock.ledger.place import Place

__all__ = ["Counted"]


@attrs.frozen(kw_only=True)
class Counted:
    """On a day, so many base units of a lot were counted in a place, and the book said `there`.

    `known` is the number of the last entry that the book knew then, `document` the paper of the count.
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
