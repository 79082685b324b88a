"""The verbs of the book: goods and money come in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.donations import PledgedLine, Restriction
from reliefstock.operations import (
    DonationReceipt,
    GoodsReceivedNote,
    Pledge,
    PledgeGift,
    ReceiptForm,
    ReceivedLine,
    ReceiveGoods,
    ReceiveMoney,
)
from reliefstock.values import Money

__all__ = ["ReceivingVerbs"]


class ReceivingVerbs(Verbs):
    """Goods and money come in."""

    def pledge(
        self,
        *,
        donor: str,
        lines: Sequence[PledgedLine],
        on: date | str,
        restriction: Restriction | None = None,
        deliver_by: date | str | None = None,
        agreement: str = "",
        **act: Unpack[Act],
    ) -> Pledge:
        """A donor promises something. It is not stock until it is received."""
        request = PledgeGift(
            donor=donor,
            lines=lines,
            on=on,
            restriction=restriction,
            deliver_by=deliver_by,
            agreement=agreement,
        )
        return self.do(request, **act)

    def receive(
        self,
        *,
        donor: str,
        into: str,
        lines: Sequence[ReceivedLine],
        on: date | str,
        counted_by: Sequence[str],
        donation: str | None = None,
        restriction: Restriction | None = None,
        source_document: str = "",
        **act: Unpack[Act],
    ) -> GoodsReceivedNote:
        """Goods come in from a donor, counted by two people; each line accepted, quarantined or refused.

        Raises `NeedsApproval`, `NotUsable` (too little life left), `Incomplete`, `Unknown`.
        """
        request = ReceiveGoods(
            donor=donor,
            into=into,
            lines=lines,
            on=on,
            counted_by=counted_by,
            donation=donation,
            restriction=restriction,
            source_document=source_document,
        )
        return self.do(request, **act)

    def receive_money(
        self,
        *,
        donor: str,
        into: str,
        amount: Money,
        on: date | str,
        donation: str | None = None,
        restriction: Restriction | None = None,
        receipt: str = "",
        receipt_form: ReceiptForm | str = ReceiptForm.NUMBERED,
        original: Money | None = None,
        rate: str = "",
        source_document: str = "",
        **act: Unpack[Act],
    ) -> DonationReceipt:
        """Money comes into a fund. Raises `CurrencyMismatch` for any but the currency of account."""
        request = ReceiveMoney(
            donor=donor,
            into=into,
            amount=amount,
            on=on,
            donation=donation,
            restriction=restriction,
            receipt=receipt,
            receipt_form=receipt_form,
            original=original,
            rate=rate,
            source_document=source_document,
        )
        return self.do(request, **act)
