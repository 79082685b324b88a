"""Who and what there is: eleven divisions of Ankang, their schools and households, and what was given.

Codes are those of GB/T 2260; the high-tech zone has none of its own, and is directly under the city (610900).
All figures are made up.
"""

from __future__ import annotations

from typing import Final

import attrs

from reliefstock import (
    BillOfMaterials,
    Book,
    Component,
    DatedCode,
    Donor,
    DonorKind,
    FixedClock,
    Household,
    Item,
    Money,
    ReceivedLine,
    Restriction,
    School,
    Society,
    Valuation,
    Warehouse,
)
from reliefstock.values import PIECE

__all__ = ["BOX", "DIVISIONS", "ITEMS", "Division", "a_city", "receive_gifts"]

BOX: Final = 24  # bottles


@attrs.frozen
class Division:
    """A county, its district code, how many persons the flood reached, and the beds that its schools lost."""

    id: str
    code: str
    zh: str
    en: str
    persons: int
    beds: tuple[int, int]

    @property
    def schools(self) -> tuple[str, str]:
        """The ids of its schools."""
        return f"S-{self.id}-1", f"S-{self.id}-2"

    @property
    def households(self) -> tuple[tuple[str, int], ...]:
        """The ids of the households on its list, and how many persons each has."""
        return tuple((f"H-{self.id}-{number}", 2 + (self.persons + number) % 5) for number in range(1, 7))


DIVISIONS: Final = (
    Division("hanbin", "610902", "汉滨区", "Hanbin", 2_600, (60, 45)),
    Division("hanyin", "610921", "汉阴县", "Hanyin", 900, (20, 12)),
    Division("shiquan", "610922", "石泉县", "Shiquan", 700, (16, 9)),
    Division("ningshan", "610923", "宁陕县", "Ningshan", 300, (8, 5)),
    Division("ziyang", "610924", "紫阳县", "Ziyang", 1_500, (42, 30)),
    Division("langao", "610925", "岚皋县", "Langao", 1_100, (30, 18)),
    Division("pingli", "610926", "平利县", "Pingli", 600, (14, 10)),
    Division("zhenping", "610927", "镇坪县", "Zhenping", 200, (6, 4)),
    Division("xunyang", "610981", "旬阳市", "Xunyang", 1_900, (48, 36)),
    Division("baihe", "610929", "白河县", "Baihe", 1_300, (33, 21)),
    Division("zone", "610900", "市高新区", "High-tech zone", 400, (10, 7)),
)

ITEMS: Final = (
    Item("water", zh="饮用水", en="Drinking water, bottle", packs=(PIECE.pack("box", BOX),)),
    Item("quilt", zh="棉被", en="Quilt"),
    Item("blanket", zh="毛毯", en="Blanket"),
    Item("jerrycan", zh="储水桶", en="Jerrycan"),
    Item("kit", zh="家庭包", en="Family kit"),
)
_QUILT, _WATER = ITEMS[1], ITEMS[0]


def a_city() -> Book:
    """A book that knows everybody, and has nothing in it yet."""
    book = Book("ankang", currency="CNY", clock=FixedClock("2024-08-05"))
    book.add(
        *ITEMS,
        BillOfMaterials(
            item="kit",
            version="1",
            components=[
                Component("blanket", ITEMS[2].quantity(3)),
                Component("jerrycan", ITEMS[3].quantity(2)),
            ],
        ),
        Donor("province", zh="省红十字会", en="Provincial society", kind=DonorKind.SOCIETY),
        Donor("company", zh="一家企业", en="A company"),
        Donor("alumni", zh="一所学校的校友会", en="The alumni of a school", kind=DonorKind.FOUNDATION),
        Warehouse("city", zh="市备灾中心", en="City depot"),
        Warehouse("east", zh="东片仓库", en="Eastern store"),
    )
    for one in DIVISIONS:
        _add(book, one)
    return book


def _add(book: Book, one: Division) -> None:
    book.add(Society(one.id, zh=f"{one.zh}红十字会", en=f"{one.en} society", codes=(DatedCode(one.code),)))
    for number, school in enumerate(one.schools, 1):
        book.add(
            School(
                school,
                zh=f"{one.zh}第{'一二'[number - 1]}安置学校",
                en=f"{one.en}, school {number}",
                groups=("pupils",),
                division=one.code,
            )
        )
    for household, persons in one.households:
        groups = ("house lost",) if household.endswith(("-1", "-4")) else ()
        book.add(Household(household, size=persons, groups=groups, division=one.code))


def receive_gifts(book: Book) -> None:
    """Water, quilts for everybody and for some only, and what family kits are made of."""
    quilts = (
        ("province", "city", 150, None),
        ("company", "city", 330, Restriction(groups=("pupils",))),
        ("alumni", "city", 40, Restriction(recipients=("S-ziyang-1",))),
        ("company", "east", 100, Restriction(places=("610981",))),
        ("province", "east", 40, None),
    )
    for donor, depot, count, restriction in quilts:
        _receive(book, donor, depot, _QUILT, count, 80, restriction)
    _receive(book, "company", "city", _WATER, 1_500 * BOX, 1)
    _receive(book, "province", "city", ITEMS[2], 90, 60)
    _receive(book, "province", "city", ITEMS[3], 60, 25)
    people = {"assembled_by": "storekeeper", "checked_by": "clerk A"}
    book.build_kits(kit="kit", count=ITEMS[4].quantity(30), warehouse="city", on="2024-07-13", **people)


def _receive(  # noqa: PLR0917 -- a row of a table
    book: Book, donor: str, depot: str, item: Item, count: int, price: int, only: Restriction | None = None
) -> None:
    worth = Valuation.voucher(Money.of(count * price, "CNY"), "donor's list")
    line = ReceivedLine(item.id, item.quantity(count), valuation=worth, restriction=only)
    counted_by = ("storekeeper", "clerk A")
    book.receive(donor=donor, into=depot, on="2024-07-12", counted_by=counted_by, lines=[line])
