"""The verbs of the book: what is in doubt is kept apart, and released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import (
    QuarantinedLine,
    QuarantineGoods,
    QuarantineNote,
    ReleasedLine,
    ReleaseGoods,
    ReleaseNote,
)

__all__ = ["QuarantiningVerbs"]


class QuarantiningVerbs(Verbs):
    """What is in doubt is kept apart, and released."""

    def quarantine(
        self,
        *,
        warehouse: str,
        lines: Sequence[QuarantinedLine],
        reason: str,
        reported_by: str,
        on: date | str,
        **act: Unpack[Act],
    ) -> QuarantineNote:
        """Keep goods of a warehouse apart; what is held for somebody may be among them.

        Raises `BelowZero` for more than there was, `Incomplete`, `Unknown`.
        """
        request = QuarantineGoods(
            warehouse=warehouse, lines=lines, on=on, reason=reason, reported_by=reported_by
        )
        return self.do(request, **act)

    def release(
        self,
        *,
        warehouse: str,
        lines: Sequence[ReleasedLine],
        reason: str,
        inspected_by: str,
        approved_by: str,
        on: date | str,
        **act: Unpack[Act],
    ) -> ReleaseNote:
        """Let goods be used again that somebody inspected and somebody else approved.

        Raises `NeedsApproval`, `NotUsable` (expired, or recalled), `BelowZero`, `Incomplete`, `Unknown`.
        """
        request = ReleaseGoods(
            warehouse=warehouse,
            lines=lines,
            on=on,
            reason=reason,
            inspected_by=inspected_by,
            approved_by=approved_by,
        )
        return self.do(request, **act)
