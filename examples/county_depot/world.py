"""Who and what there is in the county before anything happens: read from `data/depot_year/`.

Figures in the data are those of a county of 240 households; a smaller one has so much less of everything.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

from county_depot.year import CURRENCY, TOWNSHIPS, Year
from reliefstock import (
    BillOfMaterials,
    Book,
    Component,
    DatedCode,
    Donor,
    DonorKind,
    FixedClock,
    Fund,
    Household,
    Item,
    Policy,
    Project,
    School,
    Society,
    State,
    StockLevel,
    Supplier,
    Unit,
    Vehicle,
    Warehouse,
)
from reliefstock.register import Noun
from reliefstock.values import GRAM, PIECE

__all__ = ["county"]

DATA = Path(__file__).parents[1] / "data" / "depot_year"
TODAY = "2025-03-10"  # a fixed day, so that the year ends in the same way on every day

Row = Mapping[str, str]


def county(seed: int, households: int) -> Year:
    """A county whose book knows everybody, and has nothing in it yet."""
    policy = Policy(count_threshold=50_000)  # a count that is off by more than 500 yuan is approved by two
    year = Year(
        book=Book("county", currency=CURRENCY, clock=FixedClock(TODAY), policy=policy),
        chance=Random(seed),  # noqa: S311 -- a story, and no secret
        households=households,
        gifts=_rows("gifts"),
        prices={row["id"]: row["price"] for row in _rows("items")},
    )
    year.book.add(*map(_item, _rows("items")), *map(_party, _rows("parties")))
    year.book.add(*_bills(year), *_levels(year), *_families(year))
    return year


def _rows(name: str) -> tuple[Row, ...]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _item(row: Row) -> Item:
    base = GRAM if row["unit"] == "g" else PIECE
    return Item(
        row["id"],
        zh=row["zh"],
        en=row["en"],
        unit=base,
        packs=_packs(base, row),
        weight=int(row["weight"]) if row["weight"] else None,
        volume=int(row["volume"]) if row["volume"] else None,
    )


def _packs(base: Unit, row: Row) -> tuple[Unit, ...]:
    if not row["pack"]:
        return ()
    return (base.pack(row["pack"], int(row["holds"]), zh=row["pack_zh"], en=row["pack_en"]),)


def _party(row: Row) -> Noun:
    return _PARTIES[row["kind"]](row)


_PARTIES: dict[str, Callable[[Row], Noun]] = {
    "donor": lambda row: Donor(row["id"], zh=row["zh"], en=row["en"], kind=DonorKind(row["is"])),
    "supplier": lambda row: Supplier(row["id"], zh=row["zh"], en=row["en"]),
    "society": lambda row: Society(row["id"], zh=row["zh"], en=row["en"], codes=[DatedCode(row["division"])]),
    "school": lambda row: School(row["id"], zh=row["zh"], en=row["en"], division=row["division"]),
    "fund": lambda row: Fund(row["id"], zh=row["zh"], en=row["en"]),
    "project": lambda row: Project(row["id"], zh=row["zh"], en=row["en"], state=State.BEGUN),
    "warehouse": lambda row: Warehouse(
        row["id"],
        zh=row["zh"],
        en=row["en"],
        division=row["division"],
        max_weight=int(row["kg"]) * 1000,
        max_volume=int(row["litres"]) * 1000,
    ),
    "vehicle": lambda row: Vehicle(
        row["id"],
        zh=row["zh"],
        en=row["en"],
        max_weight=int(row["kg"]) * 1000,
        max_volume=int(row["litres"]) * 1000,
    ),
}


def _bills(year: Year) -> Iterator[BillOfMaterials]:
    """The bills of materials; a row is one component of one version."""
    parts: dict[tuple[str, str, str], list[Component]] = {}
    for row in _rows("bills"):
        component = Component(row["component"], year.units(row["component"], int(row["quantity"])))
        parts.setdefault((row["kit"], row["version"], row["since"]), []).append(component)
    for (kit, version, since), components in parts.items():
        yield BillOfMaterials(item=kit, version=version, since=since or None, components=components)


def _levels(year: Year) -> Iterator[StockLevel]:
    """What the depot should have of an item, at least and at most."""
    for row in _rows("items"):
        if row["minimum"]:
            least, most = (year.units(row["id"], year.n(int(row[part]))) for part in ("minimum", "maximum"))
            yield StockLevel("depot", row["id"], least, most)


def _families(year: Year) -> Iterator[Household]:
    """Households, known by ids alone, in three townships alike."""
    for number in range(year.households):
        township = TOWNSHIPS[number % len(TOWNSHIPS)]
        yield Household(f"H-{number + 1:04d}", size=year.chance.randint(1, 6), division=township)
