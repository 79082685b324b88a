"""The verbs of the book: to the doorstep, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import Distribute, DistributionList, Handout, Return, ReturnedLine, ReturnNote
from reliefstock.policy import PickingRule

__all__ = ["DistributingVerbs"]


class DistributingVerbs(Verbs):
    """To the doorstep, and back."""

    def distribute(
        self,
        *,
        origin: str,
        lines: Sequence[Handout],
        on: date | str,
        programme: str = "",
        source_document: str = "",
        picking: PickingRule | str | None = None,
        **act: Unpack[Act],
    ) -> DistributionList:
        """Give out a signed list from a warehouse, first expired, first out, within the restrictions.

        Raises `NotEnough`, `NeedsApproval` (no sign-off), and for named lots `NotUsable` or
        `OutsideRestriction`; then nobody on the list got anything.
        """
        request = Distribute(
            origin=origin,
            lines=lines,
            on=on,
            programme=programme,
            source_document=source_document,
            picking=picking,
        )
        return self.do(request, **act)

    def return_(
        self,
        *,
        recipient: str,
        into: str,
        lines: Sequence[ReturnedLine],
        on: date | str,
        reason: str,
        usable: bool = True,
        **act: Unpack[Act],
    ) -> ReturnNote:
        """A recipient gives back what it had. Raises `BelowZero` for more than it had."""
        request = Return(recipient=recipient, into=into, lines=lines, on=on, reason=reason, usable=usable)
        return self.do(request, **act)
