"""The verbs of the book: goods are promised, and set free; and what is left to promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING, TypedDict, Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.errors import Incomplete
from reliefstock.operations import (
    Allocate,
    AllocatePlan,
    Allocation,
    AllocationLine,
    HoldRelease,
    ReleaseHold,
)
from reliefstock.operations.availability import Availability, available
from reliefstock.policy import PickingRule
from reliefstock.values import Money, Quantity, business_date, optional_date

if TYPE_CHECKING:
    from reliefstock.allocation import Plan
    from reliefstock.allocation.sources import Source, SourcesPlan

__all__ = ["HoldingVerbs"]


class _Facts(TypedDict):
    """What is said of an allocation beside its lines."""

    warehouse: str
    on: date | str
    until: date | str
    programme: str
    source_document: str
    approved_by: str
    picking: PickingRule | str | None


class HoldingVerbs(Verbs):
    """Goods are promised, and set free."""

    def batch(self) -> AbstractContextManager[None]:
        """Several acts at once, all of them or none."""
        raise NotImplementedError

    def allocate(
        self,
        plan: Plan | None = None,
        *,
        warehouse: str,
        lines: Sequence[AllocationLine] = (),
        item: str = "",
        on: date | str,
        until: date | str,
        source_document: str,
        approved_by: str,
        programme: str = "",
        picking: PickingRule | str | None = None,
        **act: Unpack[Act],
    ) -> Allocation:
        """Hold goods for recipients from a day through another, line by line or by a plan; nothing moves.

        A plan (`reliefstock.allocation`) is held in base units of the item of its demands, or of the one that
        is stated: a line for each recipient that gets anything. The allocation remembers it.

        Each line is given out under the id of its hold. A lot is held that is usable, and within its
        restrictions, through the last day. Raises `NotEnough`, or for named lots `NotUsable` or
        `OutsideRestriction`, and `Incomplete` for a plan beside lines; then none of the lines is held.
        """
        if plan is not None and lines:
            missing = "it is stated by lines and by a plan"
            raise Incomplete(
                what="an allocation",
                missing=missing,
                do="hold the one or the other",
                zh="分配：既写明了各行，又写明了方案；请只按其中之一预留",
            )
        facts = _Facts(
            warehouse=warehouse,
            on=on,
            until=until,
            programme=programme,
            source_document=source_document,
            approved_by=approved_by,
            picking=picking,
        )
        if plan is None:
            return self.do(Allocate(lines=lines, **facts), **act)
        from reliefstock.book.planning import plan_lines, plan_record  # noqa: PLC0415 -- a book that holds no plan needs no rules

        record = plan_record(plan, item)
        held = plan_lines(plan, self.desk().register.item(record.item))
        return self.do(AllocatePlan(plan=record, lines=held, **facts), **act)

    def allocate_sources(
        self,
        plan: SourcesPlan,
        *,
        item: str = "",
        on: date | str,
        until: date | str,
        source_document: str,
        approved_by: str,
        programme: str = "",
        **act: Unpack[Act],
    ) -> tuple[Allocation, ...]:
        """Hold a plan out of several lots: exactly those lots, an allocation for each warehouse.

        The sources are those of `sources`; who has what of which is said by the flows of the plan. All of it
        is held, or none: raises what `allocate` raises for named lots. A `command` has the number of the
        warehouse after it.
        """
        from reliefstock.book.planning import lines_by_warehouse, sources_record  # noqa: PLC0415 -- a book that holds no plan needs no rules

        record = sources_record(plan, item)
        by_warehouse = lines_by_warehouse(plan, self.desk().register.item(record.item))
        command = act.get("command")
        made: list[Allocation] = []
        with self.batch():
            for number, (warehouse, lines) in enumerate(sorted(by_warehouse.items()), 1):
                request = AllocatePlan(
                    warehouse=warehouse,
                    lines=lines,
                    on=on,
                    until=until,
                    programme=programme,
                    source_document=source_document,
                    approved_by=approved_by,
                    plan=record,
                )
                said: Act = {**act, "command": command and f"{command}-{number}"}
                made.append(self.do(request, **said))
        return tuple(made)

    def sources(
        self,
        item: str,
        recipients: Iterable[str],
        *,
        warehouses: Iterable[str] | None = None,
        on: date | str,
        until: date | str,
        programme: str = "",
    ) -> tuple[Source, ...]:
        """What could be held of an item from a day through another, lot by lot, and for which recipients.

        In base units, what is held for others left out: `reliefstock.allocation.share_sources` shares it out.
        Of all warehouses where none is named. Raises `Unknown`, `NotABusinessDate`, `Incomplete` for money.
        """
        from reliefstock.book.planning import free_sources  # noqa: PLC0415 -- a book that holds no plan needs no rules

        return free_sources(
            self.desk(),
            item,
            recipients,
            warehouses=warehouses,
            on=business_date(on),
            until=business_date(until),
            programme=programme,
        )

    def release_hold(
        self,
        hold: str,
        *,
        on: date | str,
        reason: str,
        released_by: str,
        quantity: Quantity | Money | None = None,
        **act: Unpack[Act],
    ) -> HoldRelease:
        """Set free what is held and not needed: so much of it, or all that is left.

        Raises `HoldBroken` where less is left or its last day is past, `Incomplete`, `Unknown`.
        """
        request = ReleaseHold(hold=hold, on=on, quantity=quantity, reason=reason, released_by=released_by)
        return self.do(request, **act)

    def available(
        self,
        item: str,
        warehouse: str | None = None,
        *,
        on: date | str | None = None,
        recipient: str | None = None,
        programme: str = "",
        for_anything: bool = False,
    ) -> Availability:
        """What can be given out of an item on a day (None: today, of all that is known), for a purpose.

        In base units, with what is on hand and cannot be given out, and why. Without a recipient nothing
        counts that was given for certain places, groups or recipients; `for_anything` counts it all the same.
        Raises `Unknown`, `NotABusinessDate`, `Incomplete` for money.
        """
        return available(
            self.desk(),
            item,
            warehouse,
            on=optional_date(on),
            recipient=recipient,
            programme=programme,
            for_anything=for_anything,
        )
