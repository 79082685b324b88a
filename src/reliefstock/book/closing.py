"""The verbs of the book: periods are closed, sealed, and reopened."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import (
    ClosePeriod,
    PeriodClose,
    PeriodSeal,
    Reopening,
    ReopenPeriod,
    SealPeriod,
)
from reliefstock.values import Period

__all__ = ["ClosingVerbs"]


class ClosingVerbs(Verbs):
    """Periods are closed, sealed, and reopened."""

    def close(
        self,
        period: Period,
        *,
        on: date | str,
        closed_by: str,
        approved_by: str,
        note: str = "",
        **act: Unpack[Act],
    ) -> PeriodClose:
        """Close the book through the last day of a period: nothing is dated up to then any more.

        Raises `NotOpen` where it is not the next period or not over, `CloseBlocked` with all that is to be
        settled first, `NeedsApproval`.
        """
        request = ClosePeriod(period=period, on=on, closed_by=closed_by, approved_by=approved_by, note=note)
        return self.do(request, **act)

    def seal(
        self,
        period: Period,
        *,
        on: date | str,
        sealed_by: str,
        approved_by: str,
        audit_paper: str,
        **act: Unpack[Act],
    ) -> PeriodSeal:
        """Seal a closed period, for good. Raises `NotOpen` where it is not closed, `NeedsApproval`."""
        request = SealPeriod(
            period=period, on=on, sealed_by=sealed_by, approved_by=approved_by, audit_paper=audit_paper
        )
        return self.do(request, **act)

    def reopen(
        self,
        period: Period,
        *,
        on: date | str,
        reason: str,
        requested_by: str,
        approved_by: str,
        **act: Unpack[Act],
    ) -> Reopening:
        """Open a closed period again, and all that follow; they are closed again on documents of their own.

        Raises `PeriodSealed`, `NotOpen` where it is open, `NeedsApproval` where nobody but the closer asks.
        """
        request = ReopenPeriod(
            period=period, on=on, reason=reason, requested_by=requested_by, approved_by=approved_by
        )
        return self.do(request, **act)
