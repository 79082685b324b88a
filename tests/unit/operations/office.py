"""A county office with two depots: who is known there, and the verbs with all that no test cares about."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from reliefstock import (
    Allocation,
    AllocationLine,
    ArrivedLine,
    Book,
    BoughtLine,
    ConsignedLine,
    DatedCode,
    DistributionList,
    DivertedLine,
    DonationReceipt,
    Donor,
    FixedClock,
    Fund,
    GoodsReceivedNote,
    Handout,
    Household,
    Item,
    LossSignOff,
    Money,
    PaymentVoucher,
    Place,
    Policy,
    Project,
    PurchaseRecord,
    ReceivedLine,
    ReliefstockError,
    Reversal,
    School,
    SignedLine,
    Society,
    Supplier,
    Valuation,
    Warehouse,
    Waybill,
)
from reliefstock.values import GRAM, JIN, KILOGRAM, PIECE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "MEDICINE",
    "QUILT",
    "RICE",
    "WATER",
    "allocated",
    "allocation",
    "arrived",
    "bought",
    "consigned",
    "diverted",
    "fingerprint",
    "gift",
    "given",
    "handout",
    "held",
    "line",
    "money",
    "new_office",
    "place",
    "refused",
    "reverse",
    "sent",
    "signed_off",
    "spent",
    "worth",
    "yuan",
]

E = TypeVar("E", bound=ReliefstockError)

QUILT = Item("quilt", zh="棉被", en="Quilt", packs=(PIECE.pack("bundle", 10),))
WATER = Item("water", zh="饮用水", en="Drinking water", packs=(PIECE.pack("box", 24),))
RICE = Item("rice", zh="大米", en="Rice", unit=GRAM, packs=(KILOGRAM, JIN))
MEDICINE = Item.by_value("medicine", zh="药品", en="Medicine", currency="CNY")

_XUNYANG = (DatedCode("610928", until=date(2021, 2, 1)), DatedCode("610981", date(2021, 2, 2)))


def new_office(policy: Policy | None = None, today: str = "2023-06-30") -> Book:
    book = Book("hanbin", currency="CNY", policy=policy, clock=FixedClock(today))
    book.add(QUILT, WATER, RICE, MEDICINE)
    book.add(
        Donor("province", zh="省红十字会"), Donor("city", zh="市红十字会"), Donor("company", zh="某公司")
    )
    book.add(
        Supplier("shop", zh="批发市场"), Warehouse("depot", zh="备灾中心"), Warehouse("station", zh="救助站")
    )
    book.add(Society("xunyang", zh="旬阳市红十字会", codes=_XUNYANG))
    book.add(Society("ziyang", zh="紫阳县红十字会", codes=(DatedCode("610924"),)))
    book.add(Household("H-1", size=4, groups=("flood-hit",), division="610928101"))
    book.add(Household("H-2", size=2, division="610924101"))
    book.add(Household("H-3", size=3, groups=("flood-hit",), division="610981101"))
    book.add(School("lvhe", zh="铝河镇中心学校", groups=("school",), division="610928105"))
    book.add(Fund("general", zh="一般资金"), Fund("well fund", zh="水井专款", project="well"))
    book.add(Project("well", zh="水井", programme="clean water", places=("610981",)))
    return book


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


def worth(text: str) -> Valuation:
    return Valuation.voucher(yuan(text), "invoice 17")


def place(text: str) -> Place:
    return Place.parse(text)


def held(book: Book, where: str, lot: str, on: str | None = None) -> tuple[int, int]:
    """Quantity and value of a lot in a place."""
    holding = book.holding(place(where), lot, on=on)
    return holding.quantity, holding.value


# The verbs, each with all that it needs; a test states what it is about.


def line(units: int = 10, value: str = "100", **said: Any) -> ReceivedLine:  # noqa: ANN401
    facts: dict[str, Any] = {"item": "quilt", "accepted": QUILT.quantity(units), "valuation": worth(value)}
    return ReceivedLine(**facts | said)


def gift(book: Book, *lines: ReceivedLine, **said: Any) -> GoodsReceivedNote:  # noqa: ANN401
    facts: dict[str, Any] = {
        "donor": "province",
        "into": "depot",
        "lines": lines or (line(),),
        "on": "2023-01-10",
        "counted_by": ("a", "b"),
    }
    return book.receive(**facts | said)


def money(book: Book, amount: object = "100", **said: Any) -> DonationReceipt:  # noqa: ANN401
    facts: dict[str, Any] = {
        "donor": "province",
        "into": "general",
        "amount": yuan(amount) if isinstance(amount, str) else amount,
        "on": "2023-01-10",
    }
    return book.receive_money(**facts | said)


def bought(book: Book, units: int = 10, cost: str = "100", **said: Any) -> PurchaseRecord:  # noqa: ANN401
    facts: dict[str, Any] = {
        "fund": "general",
        "supplier": "shop",
        "into": "depot",
        "lines": [BoughtLine("quilt", QUILT.quantity(units), yuan(cost))],
        "on": "2023-01-15",
        "counted_by": ("a", "b"),
        "invoice": "18",
    }
    return book.purchase(**facts | said)


def consigned(units: int = 10, *lots: str) -> ConsignedLine:
    return ConsignedLine("quilt", QUILT.quantity(units), lots)


def sent(book: Book, *lines: ConsignedLine, **said: Any) -> Waybill:  # noqa: ANN401
    facts: dict[str, Any] = {
        "origin": "depot",
        "to": "station",
        "lines": lines or (consigned(),),
        "on": "2023-01-20",
    }
    return book.dispatch(**facts | said)


def arrived(lot: str, received: int = 0, damaged: int = 0, **said: Any) -> ArrivedLine:  # noqa: ANN401
    return ArrivedLine(
        lot,
        QUILT.quantity(received) if received else None,
        damaged=QUILT.quantity(damaged) if damaged else None,
        **said,
    )


def diverted(book: Book, *lines: DivertedLine, **said: Any) -> Waybill:  # noqa: ANN401
    facts: dict[str, Any] = {
        "waybill": "WB-000001",
        "to": "depot",
        "on": "2023-01-23",
        "reason": "the road is closed",
        "approved_by": "d",
        "lines": lines,
    }
    return book.divert(**facts | said)


def signed_off(book: Book, *lines: SignedLine, **said: Any) -> LossSignOff:  # noqa: ANN401
    facts: dict[str, Any] = {
        "report": "RR-000001",
        "on": "2023-02-20",
        "stage": "carrier",
        "signed_by": "the driver",
        "approved_by": "d",
        "paper": "the waybill, signed",
        "lines": lines,
    }
    return book.sign_off(**facts | said)


def handout(who: str = "H-1", units: int = 1, **said: Any) -> Handout:  # noqa: ANN401
    return Handout(who, "quilt", QUILT.quantity(units), "sheet 1", **said)


def given(book: Book, *lines: tuple[str, int] | Handout, **said: Any) -> DistributionList:  # noqa: ANN401
    handouts = [one if isinstance(one, Handout) else handout(*one) for one in lines]
    facts: dict[str, Any] = {"origin": "depot", "lines": handouts, "on": "2023-01-20"}
    return book.distribute(**facts | said)


def allocation(who: str = "H-1", units: int = 1, *lots: str, **said: Any) -> AllocationLine:  # noqa: ANN401
    return AllocationLine(who, "quilt", QUILT.quantity(units), lots, **said)


def allocated(book: Book, *lines: AllocationLine, **said: Any) -> Allocation:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": lines,
        "on": "2023-01-20",
        "until": "2023-02-10",
        "source_document": "plan 3",
        "approved_by": "director",
    }
    return book.allocate(**facts | said)


def spent(book: Book, amount: object = "100", **said: Any) -> PaymentVoucher:  # noqa: ANN401
    facts: dict[str, Any] = {
        "fund": "general",
        "project": "well",
        "amount": yuan(amount) if isinstance(amount, str) else amount,
        "on": "2023-01-20",
        "purpose": "pipes",
        "requested_by": "a",
        "approved_by": "b",
    }
    return book.spend(**facts | said)


def reverse(book: Book, document: str, on: str = "2023-02-01", **said: Any) -> Reversal:  # noqa: ANN401
    facts: dict[str, Any] = {"on": on, "reason": "a mistake", "approved_by": "b"}
    return book.reverse(document, **facts | said)


# Nothing changed


def fingerprint(book: Book) -> tuple[object, ...]:
    """All that there is to see of a book, to compare it with later."""
    timelines = [(str(p), lot.id, tuple(timeline.changes())) for p, lot, timeline in book.ledger.timelines()]
    stock = [
        (str(p), item.id, tuple(book.ledger.stock(p, item.id).items()))
        for p in book.ledger.places()
        for item in book.register.all(Item)
    ]
    return (
        book.entries,
        tuple(book.ledger.lots.items()),
        tuple(book.documents.items()),
        timelines,
        stock,
        tuple(book.ledger.holds),
        book.ledger.closing,
    )


@contextmanager
def refused(book: Book, error: type[E]) -> Iterator[list[E]]:
    """What is done inside is refused with that error, and leaves the book exactly as it was.

    The list has the error when all is over.
    """
    before, caught = fingerprint(book), list[E]()
    with pytest.raises(error) as info:
        yield caught
    caught.append(info.value)
    assert fingerprint(book) == before
