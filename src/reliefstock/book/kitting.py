"""The verbs of the book: kits are built, broken and rebuilt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import (
    BreakKits,
    BrokenLine,
    BuildKits,
    KitBreak,
    KitBuild,
    KitRebuild,
    RebuildKits,
)
from reliefstock.policy import PickingRule
from reliefstock.values import Quantity

__all__ = ["KittingVerbs"]


class KittingVerbs(Verbs):
    """Kits are built, broken and rebuilt."""

    def build_kits(
        self,
        *,
        kit: str,
        count: Quantity,
        warehouse: str,
        on: date | str,
        assembled_by: str,
        checked_by: str,
        version: str | None = None,
        lots: Sequence[str] = (),
        programme: str = "",
        picking: PickingRule | str | None = None,
        **act: Unpack[Act],
    ) -> KitBuild:
        """Kits are built by a bill of materials; each lot of kits remembers which lots went into it.

        Raises `NotEnough`, naming the component that does not do, `NeedsApproval` where one person built and
        checked them, or for named lots `NotUsable` or `OutsideRestriction`.
        """
        request = BuildKits(
            kit=kit,
            count=count,
            warehouse=warehouse,
            on=on,
            assembled_by=assembled_by,
            checked_by=checked_by,
            version=version,
            lots=lots,
            programme=programme,
            picking=picking,
        )
        return self.do(request, **act)

    def break_kits(
        self,
        *,
        warehouse: str,
        lines: Sequence[BrokenLine],
        on: date | str,
        reason: str,
        broken_by: str,
        checked_by: str,
        quarantined: bool = False,
        **act: Unpack[Act],
    ) -> KitBreak:
        """Kits are broken: those built in this book into the very lots that they were built of.

        Raises `BelowZero` for more than are there, `NotUsable` for more than were built, and `Incomplete`
        where the value of kits that came ready cannot be shared out.
        """
        request = BreakKits(
            warehouse=warehouse,
            lines=lines,
            on=on,
            reason=reason,
            broken_by=broken_by,
            checked_by=checked_by,
            quarantined=quarantined,
        )
        return self.do(request, **act)

    def rebuild_kits(
        self,
        *,
        warehouse: str,
        lines: Sequence[BrokenLine],
        on: date | str,
        reason: str,
        assembled_by: str,
        checked_by: str,
        version: str | None = None,
        lots: Sequence[str] = (),
        programme: str = "",
        picking: PickingRule | str | None = None,
        **act: Unpack[Act],
    ) -> KitRebuild:
        """Kits are broken and as many built again, by another version of their bill or the same.

        Raises what `break_kits` and `build_kits` raise; then nothing is broken either.
        """
        request = RebuildKits(
            warehouse=warehouse,
            lines=lines,
            on=on,
            reason=reason,
            assembled_by=assembled_by,
            checked_by=checked_by,
            version=version,
            lots=lots,
            programme=programme,
            picking=picking,
        )
        return self.do(request, **act)
