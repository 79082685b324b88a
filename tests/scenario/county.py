"""What the stories have in common: a county's depots, donors and recipients, and short words for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reliefstock import (
    Book,
    DatedCode,
    Donor,
    DonorKind,
    FixedClock,
    Fund,
    Household,
    Item,
    Money,
    Policy,
    Project,
    ReceivedLine,
    School,
    Society,
    Supplier,
    Valuation,
    Warehouse,
)
from reliefstock.values import GRAM, JIN, KILOGRAM, PIECE

if TYPE_CHECKING:
    from reliefstock import GoodsReceivedNote, Holding, Restriction

ITEMS = (
    Item("quilt", zh="棉被", en="Quilt", packs=(PIECE.pack("bale", 10),)),
    Item("pack", zh="家庭包", en="Family pack"),
    Item("mask", zh="口罩", en="Mask", packs=(PIECE.pack("box", 100),)),
    Item("water", zh="饮用水", en="Drinking water", packs=(PIECE.pack("box", 24),)),
    Item("flour", zh="面粉", en="Flour", unit=GRAM, packs=(KILOGRAM, JIN, JIN.pack("bag", 10))),
    Item.by_value("mixed", zh="物资一批", en="Mixed goods", currency="CNY"),
)
PARTIES = (
    Donor("province", zh="省红十字会", en="Provincial society", kind=DonorKind.SOCIETY),
    Donor("company", zh="一家企业", en="A company"),
    Donor("foundation", zh="基金会", en="A foundation", kind=DonorKind.FOUNDATION),
    Supplier("mill", zh="供应商", en="A supplier"),
    Society("ningshan", zh="宁陕县红十字会", codes=(DatedCode("610923"),)),
    Society("ziyang", zh="紫阳县红十字会", codes=(DatedCode("610924"),)),
    Household("h1", size=4, division="610923101"),
    Household("h2", size=2, division="610924100"),
    School("lvhe", zh="一所小学", en="A school", division="610923102", enrolment=120),
    Warehouse("depot", zh="备灾中心", en="Depot", division="610902"),
    Warehouse("branch", zh="分库", en="Branch depot", division="610923"),
    Fund("general", zh="捐赠资金", en="Donations"),
    Project("well", zh="水井", en="A well", places=("610923",)),
)


def county(policy: Policy | None = None) -> Book:
    """An empty book that knows the county."""
    book = Book("county", currency="CNY", clock=FixedClock("2026-11-23"), policy=policy)
    book.add(*ITEMS, *PARTIES)
    return book


def yuan(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


def gift(
    book: Book,
    item: str,
    count: int,
    value: str,
    on: str,
    *,
    pack: str | None = None,
    donor: str = "province",
    into: str = "depot",
    expiry: str | None = None,
    restriction: Restriction | None = None,
) -> GoodsReceivedNote:
    """One line of goods, counted by two people, worth `value` yuan in all by the donor's voucher."""
    quantity = book.register.item(item).quantity(count, pack)
    line = ReceivedLine(
        item,
        quantity,
        valuation=Valuation.voucher(yuan(value), "voucher"),
        expiry=expiry,
        restriction=restriction,
    )
    return book.receive(donor=donor, into=into, lines=[line], on=on, counted_by=("counter a", "counter b"))


def figures(there: Holding) -> tuple[int, int]:
    """Quantity in base units, value in fen."""
    return there.quantity, there.value


def everything(book: Book) -> dict[tuple[str, str], tuple[int, int]]:
    """Quantity and value of every item in every place where there is something, from the postings."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for entry in book.entries:
        for posting in entry.postings:
            key = (str(posting.place), book.lot(posting.lot).item)
            quantity, value = sums.get(key, (0, 0))
            sums[key] = (quantity + posting.quantity, value + posting.value)
    return {key: there for key, there in sums.items() if there != (0, 0)}
