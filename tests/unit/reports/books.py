"""A small book that has something of everything that a report can tell of."""

from __future__ import annotations

from reliefstock import (
    ArrivedLine,
    Book,
    BoughtLine,
    ConsignedLine,
    Donor,
    FixedClock,
    Fund,
    Handout,
    Household,
    Item,
    LossReason,
    Money,
    PledgedLine,
    Project,
    ReceivedLine,
    Restriction,
    School,
    Society,
    Stage,
    Supplier,
    Valuation,
    Warehouse,
    WrittenOffLine,
)
from reliefstock.values import PIECE

__all__ = ["QUILT", "WATER", "a_book", "an_empty_book", "yuan"]

QUILT = Item("quilt", zh="棉被", en="Quilt")
WATER = Item("water", zh="饮用水", en="Water", packs=(PIECE.pack("box", 24, zh="箱", en="box"),))


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def an_empty_book() -> Book:
    book = Book("Ankang", currency="CNY", clock=FixedClock("2023-12-31"))
    book.add(
        QUILT,
        WATER,
        Donor("A", zh="甲公司", en="Company A"),
        Donor("B", zh="乙公司", en="Company B", hidden=True),
        Warehouse("depot", zh="备灾中心", en="Depot", society="ankang"),
        Warehouse("branch", zh="二库", en="Branch"),
        Society("ankang", zh="安康市红十字会", en="Ankang Society"),
        Society("county", zh="宁陕县红十字会", en="Ningshan Society"),
        Household("H-1", size=3),
        Household("H-2"),
        School("S-1", zh="吕河小学", en="Lvhe School"),
        Fund("main", zh="基本账户", en="Main fund"),
        Supplier("mill", zh="棉纺厂", en="Mill"),
        Project("well", zh="水井", en="Well"),
    )
    return book


def a_book() -> Book:
    book = an_empty_book()
    _receive(book)
    _send(book)
    _give_out(book)
    return book


def _receive(book: Book) -> None:
    book.pledge(
        donor="A",
        lines=[PledgedLine("quilt", QUILT.quantity(12), yuan("1200"))],
        on="2023-01-05",
        restriction=Restriction(programme="winter"),
    )
    quilts = ReceivedLine(
        "quilt",
        QUILT.quantity(10),
        valuation=Valuation.voucher(yuan("1000"), "invoice 17"),
        refused=QUILT.quantity(2),
        refusal_reason="torn",
    )
    torn = ReceivedLine(
        "water", valuation=Valuation.memorandum(), refused=WATER.quantity(1, "box"), refusal_reason="leaking"
    )
    book.receive(
        donor="A",
        into="depot",
        lines=[quilts, torn],
        on="2023-01-10",
        counted_by=("a", "b"),
        donation="PL-000001",
        source_document="slip 4",
    )
    water = ReceivedLine(
        "water",
        WATER.quantity(50),
        valuation=Valuation.memorandum("list of company B"),
        quarantined=WATER.quantity(4),
        quarantine_reason="no label",
        expiry="2024-01-31",
    )
    book.receive(donor="B", into="depot", lines=[water], on="2023-01-12", counted_by=("a", "b"))
    book.receive_money(donor="B", into="main", amount=yuan("500"), on="2023-02-01")
    book.receive_money(donor="A", into="main", amount=yuan("100"), on="2023-02-02", receipt="票-7")
    bought = [BoughtLine("quilt", QUILT.quantity(6), yuan("550"))]
    book.purchase(
        fund="main",
        supplier="mill",
        into="depot",
        lines=bought,
        on="2023-02-03",
        counted_by=("a", "b"),
        invoice="I-1",
    )


def _send(book: Book) -> None:
    bought = ConsignedLine("quilt", QUILT.quantity(4), ("PUR-000001-1",))
    book.dispatch(origin="depot", to="branch", lines=[bought], on="2023-02-10")
    came = ArrivedLine("PUR-000001-1", QUILT.quantity(3), stage=Stage.CARRIER)
    book.arrive("WB-000001", on="2023-02-12", received_by="c", lines=[came])
    given = ConsignedLine("quilt", QUILT.quantity(2), ("GRN-000001-1",))
    book.dispatch(origin="depot", to="county", lines=[given], on="2023-02-15", programme="winter")


def _give_out(book: Book) -> None:
    handouts = [
        Handout("H-1", "quilt", QUILT.quantity(2), "sheet 1/1", ("GRN-000001-1",)),
        Handout("S-1", "water", WATER.quantity(1, "box"), "sheet 1/2"),
    ]
    book.distribute(origin="depot", lines=handouts, on="2023-02-20", programme="winter")
    mistaken = [Handout("H-2", "quilt", QUILT.quantity(1), "sheet 2/1", ("GRN-000001-1",))]
    book.distribute(origin="depot", lines=mistaken, on="2023-02-21", programme="winter")
    book.reverse("DL-000002", on="2023-02-22", reason="wrong household", approved_by="d")
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine("GRN-000002-1", WATER.quantity(1))],
        on="2023-03-01",
        reason=LossReason.SPOILT,
        explanation="burst",
        reported_by="a",
        approved_by="b",
        quarantined=True,
    )
    book.spend(
        fund="main",
        project="well",
        amount=yuan("20"),
        on="2023-03-02",
        purpose="pump",
        requested_by="a",
        approved_by="b",
    )
