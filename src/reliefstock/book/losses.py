"""The verbs of the book: what is lost is written off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import LossReason, WriteOff, WriteOffNote, WrittenOffLine

__all__ = ["LossVerbs"]


class LossVerbs(Verbs):
    """What is lost is written off."""

    def write_off(
        self,
        *,
        warehouse: str,
        lines: Sequence[WrittenOffLine],
        on: date | str,
        reason: LossReason | str,
        explanation: str,
        reported_by: str,
        approved_by: str,
        quarantined: bool = False,
        **act: Unpack[Act],
    ) -> WriteOffNote:
        """Goods are lost. Raises `NeedsApproval` where the reporter is the approver."""
        request = WriteOff(
            warehouse=warehouse,
            lines=lines,
            on=on,
            reason=reason,
            explanation=explanation,
            reported_by=reported_by,
            approved_by=approved_by,
            quarantined=quarantined,
        )
        return self.do(request, **act)
