"""The verbs: one module a family, one pure function an operation.

Each function takes a desk (what may be looked at) and a request (what is asked), and returns a proposal:
a typed document with the entries and lots that it stands on. None of them changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from reliefstock.operations.corrections import Reversal, Reverse, reverse
from reliefstock.operations.desk import Desk, Document, Proposal, Request
from reliefstock.operations.distributing import (
    Distribute,
    DistributedLine,
    DistributionList,
    Handout,
    Return,
    ReturnedLine,
    ReturnedLot,
    ReturnNote,
    distribute,
    return_,
)
from reliefstock.operations.losses import (
    LossReason,
    WriteOff,
    WriteOffNote,
    WrittenOffLine,
    WrittenOffLot,
    write_off,
)
from reliefstock.operations.observing import (
    Mention,
    MentionMovement,
    Observation,
    Observe,
    mention,
    observe,
)
from reliefstock.operations.picking import Pick
from reliefstock.operations.receiving import (
    DonationReceipt,
    GoodsReceivedNote,
    Pledge,
    PledgeGift,
    ReceiptForm,
    ReceivedLine,
    ReceivedLot,
    ReceiveGoods,
    ReceiveMoney,
    pledge,
    receive,
    receive_money,
)
from reliefstock.operations.spending import (
    BoughtLine,
    BoughtLot,
    PaymentVoucher,
    Purchase,
    PurchaseRecord,
    Spend,
    purchase,
    spend,
)
from reliefstock.operations.transfers import (
    Arrive,
    ArrivedLine,
    ConsignedLine,
    Dispatch,
    ReceivingReport,
    SettledLine,
    Stage,
    Waybill,
    WaybillLine,
    arrive,
    dispatch,
)

Operation = Callable[[Desk, Any], Proposal]
"""A pure function from a desk and a request of its kind to a proposal."""

OPERATIONS: Mapping[type[Request[Any]], Operation] = MappingProxyType(
    {
        PledgeGift: pledge,
        ReceiveGoods: receive,
        ReceiveMoney: receive_money,
        Purchase: purchase,
        Dispatch: dispatch,
        Arrive: arrive,
        Distribute: distribute,
        Return: return_,
        WriteOff: write_off,
        Spend: spend,
        Reverse: reverse,
        Observe: observe,
        MentionMovement: mention,
    }
)
"""Which operation carries out a request: one for each kind."""

DOCUMENTS: tuple[type[Document], ...] = (
    Pledge,
    GoodsReceivedNote,
    DonationReceipt,
    PurchaseRecord,
    Waybill,
    ReceivingReport,
    DistributionList,
    ReturnNote,
    WriteOffNote,
    PaymentVoucher,
    Reversal,
    Observation,
    Mention,
)
"""Every kind of document that a verb gives back."""

__all__ = [
    "DOCUMENTS",
    "OPERATIONS",
    "Arrive",
    "ArrivedLine",
    "BoughtLine",
    "BoughtLot",
    "ConsignedLine",
    "Desk",
    "Dispatch",
    "Distribute",
    "DistributedLine",
    "DistributionList",
    "Document",
    "DonationReceipt",
    "GoodsReceivedNote",
    "Handout",
    "LossReason",
    "Mention",
    "MentionMovement",
    "Observation",
    "Observe",
    "Operation",
    "PaymentVoucher",
    "Pick",
    "Pledge",
    "PledgeGift",
    "Proposal",
    "Purchase",
    "PurchaseRecord",
    "ReceiptForm",
    "ReceiveGoods",
    "ReceiveMoney",
    "ReceivedLine",
    "ReceivedLot",
    "ReceivingReport",
    "Request",
    "Return",
    "ReturnNote",
    "ReturnedLine",
    "ReturnedLot",
    "Reversal",
    "Reverse",
    "SettledLine",
    "Spend",
    "Stage",
    "Waybill",
    "WaybillLine",
    "WriteOff",
    "WriteOffNote",
    "WrittenOffLine",
    "WrittenOffLot",
    "arrive",
    "dispatch",
    "distribute",
    "mention",
    "observe",
    "pledge",
    "purchase",
    "receive",
    "receive_money",
    "return_",
    "reverse",
    "spend",
    "write_off",
]
