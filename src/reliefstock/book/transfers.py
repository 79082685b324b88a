"""The verbs of the book: goods on the road."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from reliefstock.book._verbs import Act, Verbs
from reliefstock.operations import (
    Arrive,
    ArrivedLine,
    ConsignedLine,
    Dispatch,
    ReceivingReport,
    Stage,
    Waybill,
)
from reliefstock.policy import PickingRule

__all__ = ["TransferVerbs"]


class TransferVerbs(Verbs):
    """Goods on the road."""

    def dispatch(
        self,
        *,
        origin: str,
        to: str,
        lines: Sequence[ConsignedLine],
        on: date | str,
        carrier: str = "",
        programme: str = "",
        source_document: str = "",
        picking: PickingRule | str | None = None,
        **act: Unpack[Act],
    ) -> Waybill:
        """Goods go on the road to another warehouse or society; they are in transit until they arrive.

        Raises `NotEnough`, `NotUsable`, `OutsideRestriction`, `BelowZero`.
        """
        request = Dispatch(
            origin=origin,
            to=to,
            lines=lines,
            on=on,
            carrier=carrier,
            programme=programme,
            source_document=source_document,
            picking=picking,
        )
        return self.do(request, **act)

    def arrive(
        self,
        waybill: str,
        *,
        on: date | str,
        received_by: str,
        lines: Sequence[ArrivedLine] = (),
        nothing_arrived: bool = False,
        stage: Stage | str = Stage.UNRESOLVED,
        note: str = "",
        approved_by: str = "",
        **act: Unpack[Act],
    ) -> ReceivingReport:
        """A consignment arrives: every lot of it is stated, or that nothing came at all.

        More than was sent is approved by somebody else than who received it. Raises `NotOpen` for a waybill
        that is settled, `Incomplete` for a lot that nothing is said of, `NeedsApproval`.
        """
        request = Arrive(
            waybill=waybill,
            on=on,
            received_by=received_by,
            lines=lines,
            nothing_arrived=nothing_arrived,
            stage=stage,
            note=note,
            approved_by=approved_by,
        )
        return self.do(request, **act)
