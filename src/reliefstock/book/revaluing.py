"""The verbs of the book: a lot is worth something else than it was entered at."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.donations import Valuation
from reliefstock.operations import Revaluation, Revalue

__all__ = ["RevaluingVerbs"]


class RevaluingVerbs(Verbs):
    """A lot is worth something else than it was entered at."""

    def revalue(
        self,
        lot: str,
        *,
        valuation: Valuation,
        on: date | str,
        reason: str,
        requested_by: str,
        approved_by: str,
        **act: Unpack[Act],
    ) -> Revaluation:
        """All units of a lot, as it came in, are worth what `valuation` says; its evidence shows it.

        The difference goes to where the units are now; the lot goes on under a new id. What was reported of
        earlier days, or as known before, stays as it was. Raises `NotOpen` where the lot has another id by
        now or moved later, `Incomplete` for money and for kits.
        """
        request = Revalue(
            lot=lot,
            valuation=valuation,
            on=on,
            reason=reason,
            requested_by=requested_by,
            approved_by=approved_by,
        )
        return self.do(request, **act)
