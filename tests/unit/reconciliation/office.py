"""A small office for the tests of reconciliation, and short words for what happens in it."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

import attrs

from reliefstock import (
    ArrivedLine,
    BillOfMaterials,
    Book,
    BoughtLine,
    BrokenLine,
    Component,
    ConsignedLine,
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
    KitBreak,
    KitBuild,
    LossReason,
    LossSignOff,
    Money,
    Period,
    Place,
    Project,
    PurchaseRecord,
    Quantity,
    ReceivedLine,
    ReceivingReport,
    Restriction,
    ReturnedLine,
    ReturnNote,
    Reversal,
    School,
    SignedLine,
    Society,
    Stage,
    State,
    Supplier,
    Valuation,
    Warehouse,
    Waybill,
    WriteOffNote,
    WrittenOffLine,
)
from reliefstock.values import PIECE

Stated: TypeAlias = Any
"""What a test hands on to a request, which checks it itself."""

H1, H2, YEAR = Period.half_year(2023, 1), Period.half_year(2023, 2), Period.year(2023)

NOUNS = (
    Item("quilt", zh="棉被", en="Quilt", packs=(PIECE.pack("bale", 10),)),
    Item("water", zh="饮用水", en="Drinking water", packs=(PIECE.pack("box", 24),)),
    Item.by_value("mixed", zh="物资一批", en="Mixed goods", currency="CNY"),
    Donor("province", zh="省红十字会", en="Provincial society"),
    Donor("company", zh="一家企业", en="A company"),
    Supplier("mill", zh="供应商", en="A supplier"),
    Society("ningshan", zh="宁陕县红十字会", en="Ningshan society"),
    Society("ziyang", zh="紫阳县红十字会", en="Ziyang society"),
    Household("h1", size=4),
    Household("h2", size=2),
    Household("h3"),
    School("school", zh="一所小学", en="A school"),
    Warehouse("depot", zh="备灾中心", en="Depot"),
    Warehouse("branch", zh="分库", en="Branch depot", society="ningshan"),
    Fund("main", zh="基本账户", en="Main account"),
    Fund("well-fund", zh="水井专户", en="Account of the well", project="well"),
    Project("well", zh="水井", en="A well", budget=Money.of("5000", "CNY"), evidence="plan"),
    Project("road", zh="道路", en="A road", state=State.PLANNED, evidence="application"),
)


def office() -> Book:
    """An empty book that knows everybody."""
    book = Book("Ankang", currency="CNY", clock=FixedClock("2023-12-31"))
    book.add(*NOUNS)
    return book


def yuan(amount: str | int) -> Money:
    return Money.of(amount, "CNY")


def receive(
    book: Book,
    count: int,
    worth: str | None,
    on: str,
    *,
    item: str = "quilt",
    donor: str = "province",
    into: str = "depot",
    programme: str = "",
    paper: str = "",
) -> GoodsReceivedNote:
    """One lot of goods, worth so many yuan in all; None where nobody said what it is worth."""
    value = Valuation.memorandum() if worth is None else Valuation.voucher(yuan(worth), "voucher")
    line = ReceivedLine(item, book.register.item(item).quantity(count), valuation=value)
    return book.receive(
        donor=donor,
        into=into,
        lines=[line],
        on=on,
        counted_by=("a", "b"),
        restriction=Restriction(programme=programme) if programme else None,
        source_document=paper,
    )


def money(
    book: Book, amount: str, on: str, *, donor: str = "province", into: str = "main", programme: str = ""
) -> DonationReceipt:
    return book.receive_money(
        donor=donor,
        into=into,
        amount=yuan(amount),
        on=on,
        restriction=Restriction(programme=programme) if programme else None,
    )


def buy(book: Book, count: int, cost: str, on: str, *, item: str = "quilt") -> PurchaseRecord:
    line = BoughtLine(item, book.register.item(item).quantity(count), yuan(cost))
    return book.purchase(
        fund="main", supplier="mill", into="depot", lines=[line], on=on, counted_by=("a", "b"), invoice="I-1"
    )


def give(
    book: Book,
    to: str,
    count: int,
    on: str,
    *,
    item: str = "quilt",
    lots: tuple[str, ...] = (),
    programme: str = "",
    origin: str = "depot",
    paper: str = "",
) -> DistributionList:
    handout = Handout(to, item, book.register.item(item).quantity(count), "sheet 1", lots)
    return book.distribute(origin=origin, lines=[handout], on=on, programme=programme, source_document=paper)


def take_back(book: Book, who: str, lot: str, count: int, on: str) -> ReturnNote:
    line = ReturnedLine(lot, book.item_of(lot).quantity(count))
    return book.return_(recipient=who, into="depot", lines=[line], on=on, reason="too many")


def lose(book: Book, lot: str, count: int, on: str) -> WriteOffNote:
    return book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(lot, book.item_of(lot).quantity(count))],
        on=on,
        reason=LossReason.SPOILT,
        explanation="a leak",
        reported_by="storekeeper",
        approved_by="director",
    )


def send(book: Book, to: str, count: int, on: str, *, item: str = "quilt", paper: str = "") -> Waybill:
    line = ConsignedLine(item, book.register.item(item).quantity(count))
    return book.dispatch(origin="depot", to=to, lines=[line], on=on, source_document=paper)


def arrive(
    book: Book, waybill: Waybill, on: str, *, received: int | None = None, damaged: int | None = None
) -> ReceivingReport:
    """All of it comes, or of the first lot so many units."""
    lines = [ArrivedLine(line.lot, line.quantity) for line in waybill.lines]
    if received is not None:
        item = book.item_of(lines[0].lot)
        spoilt = None if damaged is None else item.quantity(damaged)
        lines[0] = ArrivedLine(lines[0].lot, item.quantity(received), damaged=spoilt)
    return book.arrive(waybill.number, on=on, received_by="storekeeper", lines=lines, approved_by="director")


def divert(book: Book, to: str, on: str, *lines: DivertedLine, waybill: str = "WB-000001") -> Waybill:
    return book.divert(
        waybill, to=to, on=on, reason="the road is closed", approved_by="director", lines=lines
    )


def sign_off(
    book: Book, report: str, on: str, *lines: SignedLine, stage: Stage = Stage.CARRIER
) -> LossSignOff:
    return book.sign_off(
        report,
        on=on,
        stage=stage,
        signed_by="driver",
        approved_by="director",
        paper="the signed waybill",
        lines=lines,
    )


def undo(book: Book, document: str, on: str) -> Reversal:
    return book.reverse(document, on=on, reason="entered twice", approved_by="director")


def spend(book: Book, amount: str, on: str, *, fund: str = "well-fund", voucher: str = "") -> None:
    book.spend(
        fund=fund,
        project="well",
        amount=yuan(amount),
        on=on,
        purpose="pipes",
        requested_by="clerk",
        approved_by="director",
        voucher=voucher,
    )


def bill(book: Book, kit: str, /, version: str = "1", *, since: str | None = None, **parts: int) -> None:
    """A kit of so many pieces of each item; the item of the kit is made known first."""
    name = Item(kit, zh=f"{kit}包", en=f"A {kit}")
    components = [Component(item, Quantity(units, PIECE)) for item, units in parts.items()]
    book.add(name, BillOfMaterials(item=kit, version=version, components=components, since=since))


def build(
    book: Book, kit: str, count: int, on: str, *, lots: tuple[str, ...] = (), into: str = "depot"
) -> KitBuild:
    return book.build_kits(
        kit=kit,
        count=book.register.item(kit).quantity(count),
        warehouse=into,
        on=on,
        assembled_by="storekeeper",
        checked_by="clerk",
        lots=lots,
    )


def take_apart(book: Book, lot: str, count: int, on: str, *, version: str | None = None) -> KitBreak:
    """Kits of a lot are broken; in one version of the bill where it is named."""
    line = BrokenLine(lot, book.item_of(lot).quantity(count), version=version)
    return book.break_kits(
        warehouse="depot",
        lines=[line],
        on=on,
        reason="not needed",
        broken_by="storekeeper",
        checked_by="clerk",
    )


def tamper(book: Book, number: int, **changes: object) -> None:
    """Change an entry behind the back of the book, as nobody can through the door."""
    entries = book.ledger._history._entries  # pyright: ignore[reportAttributeAccessIssue]
    entries[number - 1] = attrs.evolve(entries[number - 1], **changes)
    book.ledger._history._all_entries = None  # pyright: ignore[reportAttributeAccessIssue]


def move_in_secret(book: Book, place: str, lot: str, quantity: int, on: str, *, value: int = 0) -> None:
    """Change the history of a place without an entry."""
    timeline = book.ledger._history._timelines[Place.parse(place)][lot]  # pyright: ignore[reportAttributeAccessIssue]
    timeline.add(date.fromisoformat(on), 10_000, quantity, value)
