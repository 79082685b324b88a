"""The verbs of the book: a depot is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import (
    ApproveCount,
    CountedLine,
    CountPlan,
    CountReport,
    CountSheet,
    Explained,
    PlanCount,
    RecordCount,
    Recovery,
    UnlistedLine,
    ValuedGain,
)

__all__ = ["CountingVerbs"]


class CountingVerbs(Verbs):
    """A depot is counted: planned, counted by several people, approved by somebody else."""

    def plan_count(
        self,
        *,
        warehouse: str,
        on: date | str,
        counters: Sequence[str],
        items: Sequence[str] = (),
        lots: Sequence[str] = (),
        quarantined: bool = False,
        note: str = "",
        **act: Unpack[Act],
    ) -> CountPlan:
        """A count is planned: of a warehouse, or of some items or lots in it. Nothing is counted yet.

        Raises `NotOpen` where another count of any of it is not approved yet.
        """
        request = PlanCount(
            warehouse=warehouse,
            on=on,
            counters=counters,
            items=items,
            lots=lots,
            quarantined=quarantined,
            note=note,
        )
        return self.do(request, **act)

    def count(
        self,
        plan: str,
        *,
        counter: str,
        on: date | str,
        lines: Sequence[CountedLine] = (),
        unlisted: Sequence[UnlistedLine] = (),
        note: str = "",
        **act: Unpack[Act],
    ) -> CountSheet:
        """Somebody hands in a sheet: every lot of the plan, or in a recount all that is to be recounted.

        Raises `Incomplete` for a lot about which nothing is said.
        """
        request = RecordCount(plan=plan, counter=counter, on=on, lines=lines, unlisted=unlisted, note=note)
        return self.do(request, **act)

    def approve_count(
        self,
        plan: str,
        *,
        on: date | str,
        approved_by: Sequence[str],
        explanation: str = "",
        explanations: Sequence[Explained] = (),
        gains: Sequence[ValuedGain] = (),
        recoveries: Sequence[Recovery] = (),
        late: Sequence[int] = (),
        set_aside: Sequence[int] = (),
        note: str = "",
        **act: Unpack[Act],
    ) -> CountReport:
        """The differences of a count are booked. Raises `NeedsApproval` where a counter is the approver."""
        request = ApproveCount(
            plan=plan,
            on=on,
            approved_by=approved_by,
            explanation=explanation,
            explanations=explanations,
            gains=gains,
            recoveries=recoveries,
            late=late,
            set_aside=set_aside,
            note=note,
        )
        return self.do(request, **act)
