"""The verbs of the book: goods or money are used otherwise, with the donor's consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.donations import Restriction
from reliefstock.operations import Consent, Redirect, RedirectedLine, Redirection

__all__ = ["RedirectingVerbs"]


class RedirectingVerbs(Verbs):
    """Goods or money are used otherwise, with the donor's consent."""

    def redirect(
        self,
        *,
        warehouse: str,
        lines: Sequence[RedirectedLine],
        restriction: Restriction | None = None,
        consents: Sequence[Consent],
        on: date | str,
        reason: str,
        requested_by: str,
        approved_by: str,
        quarantined: bool = False,
        **act: Unpack[Act],
    ) -> Redirection:
        """Goods in a warehouse, or money in a fund, get another restriction, or none (`restriction=None`).

        The consent of everybody who gave them is named (Law on Donations for Public Welfare, art. 18; Charity
        Law, art. 56). Raises `NeedsApproval` where one is missing, `HeldForOthers` for what is promised.
        """
        request = Redirect(
            warehouse=warehouse,
            lines=lines,
            restriction=restriction,
            consents=consents,
            on=on,
            reason=reason,
            requested_by=requested_by,
            approved_by=approved_by,
            quarantined=quarantined,
        )
        return self.do(request, **act)
