"""The verbs of the book: goods are promised, and set free; and what is left to promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import Allocate, Allocation, AllocationLine, HoldRelease, ReleaseHold
from reliefstock.operations.availability import Availability, available
from reliefstock.policy import PickingRule
from reliefstock.values import Money, Quantity, optional_date

__all__ = ["HoldingVerbs"]


class HoldingVerbs(Verbs):
    """Goods are promised, and set free."""

    def allocate(
        self,
        *,
        warehouse: str,
        lines: Sequence[AllocationLine],
        on: date | str,
        until: date | str,
        source_document: str,
        approved_by: str,
        programme: str = "",
        picking: PickingRule | str | None = None,
        **act: Unpack[Act],
    ) -> Allocation:
        """Hold goods for recipients from a day through another; nothing moves.

        Each line is given out under the id of its hold. A lot is held that is usable, and within its
        restrictions, through the last day. Raises `NotEnough`, or for named lots `NotUsable` or
        `OutsideRestriction`; then none of the lines is held.
        """
        request = Allocate(
            warehouse=warehouse,
            lines=lines,
            on=on,
            until=until,
            programme=programme,
            source_document=source_document,
            approved_by=approved_by,
            picking=picking,
        )
        return self.do(request, **act)

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
