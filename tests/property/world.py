"""The small county in which the machine works: what is there, what is asked, and what no book takes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs

from reliefstock import (
    DatedCode,
    Donor,
    Fund,
    Handout,
    Household,
    Item,
    Money,
    Project,
    Quantity,
    ReceivedLine,
    ReliefstockError,
    Restriction,
    School,
    Society,
    Supplier,
    Valuation,
    Warehouse,
)
from reliefstock.bills import BillOfMaterials, Component
from reliefstock.errors import (
    BadData,
    CurrencyMismatch,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotABusinessDate,
    NotEnough,
    NotPositive,
    UnitMismatch,
    Unknown,
)
from reliefstock.values import GRAM, PIECE

Errors = tuple[type[ReliefstockError], ...]

TODAY = date(2026, 11, 23)
DAYS = tuple(TODAY + timedelta(days) for days in (-40, -30, -20, -10, -5, 0, 3))
LAST = DAYS[-1]

QUILT = Item("quilt", zh="棉被", en="Quilt", packs=(PIECE.pack("bale", 4),))
RICE = Item("rice", zh="大米", en="Rice", unit=GRAM, packs=(GRAM.pack("bag", 5),))
MIXED = Item.by_value("mixed", zh="物资一批", en="Mixed goods", currency="CNY")
GOODS = {item.id: item for item in (QUILT, RICE, MIXED)}
PACK = Item("pack", zh="家庭包", en="Family pack", packs=(PIECE.pack("crate", 2),))
CHEST = Item("chest", zh="大箱", en="Chest of packs")
DIFFERENCE = Item.difference("CNY")
ITEMS = {item.id: item for item in (*GOODS.values(), PACK, CHEST, DIFFERENCE, Item.money("CNY"))}
BILLS = (
    BillOfMaterials(
        item="pack",
        version="1",
        components=[Component("quilt", QUILT.quantity(1)), Component("rice", RICE.quantity(2))],
    ),
    BillOfMaterials(
        item="pack",
        version="2",
        components=[Component("quilt", QUILT.quantity(1)), Component("rice", RICE.quantity(1))],
    ),
    BillOfMaterials(
        item="chest",
        version="1",
        components=[Component("pack", PACK.quantity(2)), Component("rice", RICE.quantity(1))],
    ),
)
HOLDS = {
    (bill.item, bill.version): {
        part.item: ITEMS[part.item].base_units(part.quantity) for part in bill.components
    }
    for bill in BILLS
}
DONORS = ("company", "foundation", "province")
WAREHOUSES = ("north", "south")
PLACES = {"h1": "household:h1", "h2": "household:h2", "lvhe": "school:lvhe", "pingli": "society:pingli"}
RESTRICTIONS = (
    None,
    None,
    Restriction(),
    Restriction(places=("610923",)),
    Restriction(programme="winter"),
    Restriction(recipients=("h1",)),
    Restriction(until=DAYS[3]),
)
PROGRAMMES = ("", "winter")
NOUNS = (
    *GOODS.values(),
    PACK,
    CHEST,
    *BILLS,
    *(Donor(donor, zh=donor) for donor in DONORS),
    *(Warehouse(warehouse, zh=warehouse) for warehouse in WAREHOUSES),
    Household("h1", size=3, division="610923"),
    Household("h2", size=2, division="610924"),
    School("lvhe", zh="学校", division="610923101"),
    Society("pingli", zh="县红十字会", codes=(DatedCode("610926"),)),
    Supplier("mill", zh="供应商"),
    Fund("general", zh="资金"),
    Project("well", zh="水井", programme="winter", places=("610923",)),
)


def yuan(minor: int) -> Money:
    return Money(minor, "CNY")


def worth(minor: int) -> Valuation:
    return Valuation.voucher(yuan(minor), "invoice") if minor else Valuation.memorandum("no price yet")


def stated(item: str, units: int) -> Quantity | Money:
    return ITEMS[item].stated(units)


def where(place: str) -> str:
    """A place, and all conversions as one: which of them it is, only the documents know."""
    return "conversion" if place.startswith("conversion:") else place


def used(place: str) -> tuple[str, str]:
    kind, _, place_id = place.partition(":")
    return kind, place_id


@attrs.frozen
class GiftLine:
    """A line of a gift: how many are good, doubtful and bad, and what they are worth in all, in fen."""

    item: str
    good: int
    doubtful: int = 0
    bad: int = 0
    minor: int = 100
    expiry: date | None = None

    @property
    def entering(self) -> int:
        return self.good + self.doubtful

    def received(self) -> ReceivedLine:
        worth_of = max(1, self.entering) if self.item == "mixed" else self.minor
        return ReceivedLine(
            self.item,
            stated(self.item, self.good) if self.good else None,
            valuation=worth(worth_of),
            quarantined=stated(self.item, self.doubtful) if self.doubtful else None,
            quarantine_reason="wet",
            refused=stated(self.item, self.bad) if self.bad else None,
            refusal_reason="torn",
            expiry=self.expiry,
        )


@attrs.frozen
class Gift:
    """A delivery of one donor to one warehouse."""

    donor: str
    into: str
    lines: list[GiftLine]
    on: date
    restriction: Restriction | None = None


@attrs.frozen
class Bought:
    """A line of a purchase: how many units for how many fen in all."""

    item: str
    units: int
    cost: int
    expiry: date | None = None


@attrs.frozen
class Line:
    """What the machine asks for: units of an item, perhaps from a named lot, for a place (None: to keep)."""

    item: str
    units: int
    named: tuple[str, ...]
    target: str | None


def next_month(on: date) -> date:
    year, month = (on.year + 1, 1) if on.month == 12 else (on.year, on.month + 1)
    return date(year, month, min(on.day, 28 if month == 2 else 30))


def ending(how: str, sent: int) -> tuple[int, int, int]:
    """What came of so many units: received whole, damaged, over."""
    if how == "none" or not sent:
        return 0, 0, 0
    if how == "over":
        return sent + 1, 0, 1
    if how == "short":
        return sent - 1, 0, 0
    return (sent - 1, 1, 0) if how == "damaged" else (sent, 0, 0)


def _gift(**said: object) -> dict[str, Any]:
    lines = [ReceivedLine("quilt", QUILT.quantity(2), valuation=worth(200))]
    return {"donor": "company", "into": "north", "lines": lines, "on": TODAY, "counted_by": ("a", "b")} | said


def _list(**said: object) -> dict[str, Any]:
    return {
        "origin": "north",
        "lines": [Handout("h1", "quilt", QUILT.quantity(1), "sheet")],
        "on": TODAY,
    } | said


_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
_PAYMENT = {"fund": "general", "project": "well", "on": TODAY, "purpose": "pipes"}

DOUBLES = (attrs.evolve(QUILT, zh="毛毯"), Household("h1", size=9), School("h1", zh="学校"))

BAD: tuple[tuple[str, dict[str, Any], type[ReliefstockError]], ...] = (
    ("receive", _gift(on=_NOON), NotABusinessDate),
    ("receive", _gift(on="23/11/2026"), NotABusinessDate),
    ("receive", _gift(on=TODAY + timedelta(8)), DateTooFarAhead),
    ("receive", _gift(counted_by=("a", " a")), NeedsApproval),
    ("receive", _gift(donor="nobody"), Unknown),
    ("receive", _gift(into="nowhere"), Unknown),
    ("receive", _gift(lines=[ReceivedLine("quilt", QUILT.quantity(-1), valuation=worth(200))]), NotPositive),
    ("receive", _gift(lines=[ReceivedLine("quilt", RICE.quantity(2), valuation=worth(200))]), UnitMismatch),
    (
        "receive_money",
        {"donor": "company", "into": "general", "amount": Money(5, "USD"), "on": TODAY},
        CurrencyMismatch,
    ),
    ("receive", _gift(lines=[ReceivedLine("quilt", QUILT.quantity(0), valuation=worth(200))]), Incomplete),
    ("receive", _gift(source_document=17), BadData),
    ("receive", _gift(counted_by=("a", "ａ\u200b")), NeedsApproval),
    ("distribute", _list(lines=[]), Incomplete),
    ("distribute", _list(lines=[Handout("h1", "quilt", QUILT.quantity(1), " ")]), NeedsApproval),
    ("distribute", _list(lines=[Handout("h9", "quilt", QUILT.quantity(1), "sheet")]), Unknown),
    ("distribute", _list(lines=[Handout("h1", "quilt", QUILT.quantity(10**9), "sheet")]), NotEnough),
    ("spend", _PAYMENT | {"amount": yuan(1), "requested_by": "a", "approved_by": "a"}, NeedsApproval),
)


@attrs.frozen
class Sent:
    """A command that was carried out: how it can be sent again, and what it moved."""

    verb: str
    args: tuple[Any, ...]
    said: dict[str, Any]
    document: str
    moved: tuple[tuple[str, str, int], ...]
