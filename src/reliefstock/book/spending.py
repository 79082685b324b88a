"""The verbs of the book: money leaves a fund."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import BoughtLine, PaymentVoucher, Purchase, PurchaseRecord, Spend
from reliefstock.values import Money

__all__ = ["SpendingVerbs"]


class SpendingVerbs(Verbs):
    """Money leaves a fund."""

    def purchase(
        self,
        *,
        fund: str,
        supplier: str,
        into: str,
        lines: Sequence[BoughtLine],
        on: date | str,
        counted_by: Sequence[str],
        invoice: str,
        programme: str = "",
        project: str | None = None,
        money: Sequence[str] = (),
        **act: Unpack[Act],
    ) -> PurchaseRecord:
        """Goods are bought out of a fund; the lots remember whose money paid for them.

        Raises `NotEnough` where the money that may be used does not do.
        """
        request = Purchase(
            fund=fund,
            supplier=supplier,
            into=into,
            lines=lines,
            on=on,
            counted_by=counted_by,
            invoice=invoice,
            programme=programme,
            project=project,
            money=money,
        )
        return self.do(request, **act)

    def spend(
        self,
        *,
        fund: str,
        project: str,
        amount: Money,
        on: date | str,
        purpose: str,
        requested_by: str,
        approved_by: str,
        voucher: str = "",
        money: Sequence[str] = (),
        **act: Unpack[Act],
    ) -> PaymentVoucher:
        """Money of a fund is spent on a project: the lots named, or what is free for it.

        Raises `NotEnough`, `NeedsApproval`, and for named lots `OutsideRestriction`.
        """
        request = Spend(
            fund=fund,
            project=project,
            amount=amount,
            on=on,
            purpose=purpose,
            requested_by=requested_by,
            approved_by=approved_by,
            voucher=voucher,
            money=money,
        )
        return self.do(request, **act)
