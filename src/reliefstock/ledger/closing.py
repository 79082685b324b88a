"""Which days are closed, and which of them for good (promise 9).

A book is closed up to a day: periods are closed one after the other, so one day says it all. Closing goes
forward; reopening goes back, but never behind what is sealed.
"""

from __future__ import annotations

from datetime import date, timedelta

import attrs

from reliefstock.errors import Incomplete, PeriodSealed

__all__ = ["Closing"]


@attrs.frozen(kw_only=True)
class Closing:
    """The last day that is closed and the last that is sealed; None where no day is.

    Raises:
        Incomplete: a day is sealed that is not closed.

    >>> Closing(through=date(2023, 6, 30)).then(Closing(through=date(2023, 3, 31))).through
    datetime.date(2023, 3, 31)
    """

    through: date | None = None
    sealed: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.sealed is not None and (self.through is None or self.through < self.sealed):
            through = "no day" if self.through is None else self.through.isoformat()
            through_zh = "未结账" if self.through is None else f"只结账至 {through}"
            raise Incomplete(
                what=f"what is sealed through {self.sealed.isoformat()}",
                missing=f"the book would be closed through {through}",
                do="close the days that are to be sealed first",
                zh=f"封账至 {self.sealed.isoformat()}：账簿{through_zh}；请先结账要封存的日期",
            )

    @property
    def first_open(self) -> date | None:
        """The first day on which anything can be entered; None where every day is open.

        >>> Closing(through=date(2023, 6, 30)).first_open
        datetime.date(2023, 7, 1)
        """
        return None if self.through is None else self.through + timedelta(days=1)

    def then(self, following: Closing) -> Closing:
        """What is closed after this. Raises `PeriodSealed` where a sealed day would be open again."""
        if self.sealed is not None and (following.sealed is None or following.sealed < self.sealed):
            raise PeriodSealed(sealed_through=self.sealed)
        return following
