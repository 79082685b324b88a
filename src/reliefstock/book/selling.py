"""The verbs of the book: surplus is sold, and the proceeds keep its purpose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import SaleNote, SaleReason, Sell, SoldLine

__all__ = ["SellingVerbs"]


class SellingVerbs(Verbs):
    """Surplus is sold, and the proceeds keep its purpose."""

    def sell(
        self,
        *,
        warehouse: str,
        lines: Sequence[SoldLine],
        into: str,
        buyer: str,
        reason: SaleReason | str,
        paper: str,
        on: date | str,
        requested_by: str,
        approved_by: str,
        **act: Unpack[Act],
    ) -> SaleNote:
        """Goods of which there are too many, or that cannot be stored, become money in the fund `into`.

        The money has the donor, the donation and the restrictions of the goods (Law on Donations for Public
        Welfare, art. 17; Charity Law, art. 53). Raises `Incomplete` where the buyer is a recipient, for whom
        relief goods are free, `NotUsable` for what is expired or recalled, `HeldForOthers` for what is
        promised.
        """
        request = Sell(
            warehouse=warehouse,
            lines=lines,
            into=into,
            buyer=buyer,
            reason=reason,
            paper=paper,
            on=on,
            requested_by=requested_by,
            approved_by=approved_by,
        )
        return self.do(request, **act)
