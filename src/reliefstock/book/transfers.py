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
    Divert,
    DivertedLine,
    LossSignOff,
    ReceivingReport,
    Recovery,
    SignedLine,
    SignOff,
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
        due: date | str | None = None,
        vehicle: str = "",
        **act: Unpack[Act],
    ) -> Waybill:
        """Goods go on the road to another warehouse or society; they are in transit until they arrive.

        `due` is when they are expected: by the policy of the book (`transit_days`) where it is not stated.

        Raises `NotEnough`, `NotUsable`, `OutsideRestriction`, `BelowZero`, `HoldBroken`, or `OverCapacity`
        where they are too much for the `vehicle`.
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
            due=due,
            vehicle=vehicle,
        )
        return self.do(request, **act)

    def arrive(
        self,
        waybill: str | Sequence[str],
        *,
        on: date | str,
        received_by: str,
        lines: Sequence[ArrivedLine] = (),
        partial: bool = False,
        nothing_arrived: bool = False,
        stage: Stage | str = Stage.UNRESOLVED,
        note: str = "",
        approved_by: str = "",
        **act: Unpack[Act],
    ) -> ReceivingReport:
        """A consignment arrives, or several of one consignee: every lot is stated, or that nothing came.

        `partial` states what came, and leaves the rest on the road. More than was sent is approved by
        somebody else than who received it. Raises `NotOpen` for a waybill that is settled, `Incomplete` for a
        lot that nothing is said of, `NeedsApproval`.
        """
        request = Arrive(
            waybills=(waybill,) if isinstance(waybill, str) else waybill,
            on=on,
            received_by=received_by,
            lines=lines,
            partial=partial,
            nothing_arrived=nothing_arrived,
            stage=stage,
            note=note,
            approved_by=approved_by,
        )
        return self.do(request, **act)

    def divert(
        self,
        waybill: str,
        *,
        to: str,
        on: date | str,
        reason: str,
        approved_by: str,
        lines: Sequence[DivertedLine] = (),
        carrier: str = "",
        due: date | str | None = None,
        **act: Unpack[Act],
    ) -> Waybill:
        """What is on the road goes elsewhere on a waybill of its own: all of it, or the lines stated.

        `to` may be the depot that it left. Raises `NotOpen` where nothing is on the road, `BelowZero` or
        `NotEnough` for more than is, `OutsideRestriction`, `NotUsable`.
        """
        request = Divert(
            waybill=waybill,
            to=to,
            on=on,
            reason=reason,
            approved_by=approved_by,
            lines=lines,
            carrier=carrier,
            due=due,
        )
        return self.do(request, **act)

    def sign_off(
        self,
        report: str,
        *,
        on: date | str,
        stage: Stage | str,
        signed_by: str,
        approved_by: str,
        paper: str,
        lines: Sequence[SignedLine] = (),
        recoveries: Sequence[Recovery] = (),
        **act: Unpack[Act],
    ) -> LossSignOff:
        """Somebody answers for what a report found short or damaged: for all that is open, or for the lines.

        Raises `NeedsApproval` where who signs approves, `NotOpen` for what is signed off already.
        """
        request = SignOff(
            report=report,
            on=on,
            stage=stage,
            signed_by=signed_by,
            approved_by=approved_by,
            paper=paper,
            lines=lines,
            recoveries=recoveries,
        )
        return self.do(request, **act)
