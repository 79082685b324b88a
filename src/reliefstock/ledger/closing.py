"""Which days are closed, and which of them for good (promise 9).

A book is closed up to a day: periods are closed one after the other, so one day says it all. Closing goes
forward; reopening goes back, but never behind what is sealed.
"""

from __future__ import annotations

from datetime import date

import attrs

from reliefstock.errors import PeriodSealed

__all__ = ["Closing"]


@attrs.frozen(kw_only=True)
class Closing:
    """The last day that is closed and the last that is sealed; None where no day is.

    >>> Closing(through=date(2023, 6, 30)).then(Closing(through=date(2023, 3, 31))).through
    datetime.date(2023, 3, 31)
    """

    through: date | None = None
    sealed: date | None = None

    def then(self, following: Closing) -> Closing:
        """What is closed after this. Raises `PeriodSealed` where a sealed day would be open again."""
        if self.sealed is not None and min(_day(following.through), _day(following.sealed)) < self.sealed:
            raise PeriodSealed(sealed_through=self.sealed)
        return following


def _day(on: date | None) -> date:
    return date.min if on is None else on
