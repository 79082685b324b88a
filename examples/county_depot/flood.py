"""The floods of June: what was promised to whom, what was given, what got wet, and what went astray.

Families that were hit are promised a kit, two tarpaulins and two quilts each, until the end of June. Most get
it in parts; one moves away, one never comes. Water gets into the depot and takes quilts that were promised.
Of the lorries one comes in parts and short, one is sent elsewhere, one is sent back, one is late.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from county_depot.year import DIRECTOR, FLOOD, INSPECTOR, KEEPERS, TOWNSHIPS, AtRisk, Given, Year, after, yuan
from reliefstock import (
    AllocationLine,
    PlaceKind,
    QuarantinedLine,
    Recovery,
    ReleasedLine,
    WrittenOffLine,
)
from reliefstock.reconciliation import holds_of, promises_at_risk

__all__ = [
    "a_family_moves_away",
    "a_lorry_for_the_branch",
    "a_lorry_is_late",
    "a_lorry_is_sent_back",
    "a_lorry_is_sent_elsewhere",
    "beds_come_back",
    "first_list",
    "half_of_it_comes",
    "last_list",
    "nets_for_the_township",
    "promised_until_the_end_of_june",
    "second_list",
    "tents_for_the_neighbours",
    "the_carrier_signs",
    "the_late_lorry_comes",
    "the_rest_is_short",
    "the_river_rises",
    "the_station_is_closed",
    "two_quilts_dry",
    "water_in_the_depot",
]

HIT = "flood-hit"
PROMISED = (("kit", 1), ("tarpaulin", 2), ("quilt", 2))
SHELTERS = ("school-b", "school-c")
OFFICE = "flood office clerk"


# What was promised, and what was given


def the_river_rises(year: Year, on: str) -> None:
    """A township is hit. People give money and goods for it, and the depot buys."""
    for family in year.families(TOWNSHIPS[2])[: year.n(48)]:
        year.book.amend(attrs.evolve(family, groups=(HIT,)))
    for donor, amount in (("province", 30_000), ("collection-box", 9_500), ("food-works", 6_000)):
        year.money_gift(on, donor, yuan(year.n(amount)), FLOOD)
    year.keep("for the flooded", *year.gift("for the flooded", on))
    year.buy(on, {"water": year.n(90), "tarpaulin": year.n(60), "jerrycan": year.n(120)}, FLOOD)


def promised_until_the_end_of_june(year: Year, on: str) -> None:
    """Every family that was hit is promised its share; the schools that shelter people, beds and water."""
    families = year.families(group=HIT)
    lines = [AllocationLine(one.id, item, year.units(item, n)) for one in families for item, n in PROMISED]
    lines += [
        AllocationLine(school, item, year.units(item, n))
        for school in SHELTERS
        for item, n in (("bed", year.n(20)), ("water", 24 * year.n(10)))
    ]
    year.book.allocate(
        warehouse="depot",
        lines=lines,
        on=on,
        until="2024-06-30",
        source_document="decision 3 of the flood office",
        approved_by=DIRECTOR,
        programme=FLOOD,
    )


def first_list(year: Year, on: str) -> None:
    """Half of the families come, and get one tarpaulin for now; the schools get what is theirs."""
    first, _, _ = _as_they_come(year)
    year.hand_out(on, "depot", [*_held(year, on, first, most=1), *_held(year, on, SHELTERS)], FLOOD)


def second_list(year: Year, on: str) -> None:
    """The first get what is left of theirs, and others come; one family does not, and never will."""
    first, second, _ = _as_they_come(year)
    year.hand_out(on, "depot", _held(year, on, [*first, *second[:-1]]), FLOOD)


def a_family_moves_away(year: Year, on: str) -> None:
    """What was promised to it is free again."""
    _, _, last = _as_they_come(year)
    for given in _held(year, on, last[:1]):
        year.book.release_hold(given.hold, on=on, reason="moved to relatives", released_by=OFFICE)


def last_list(year: Year, on: str) -> None:
    """The rest come. What got wet of theirs is given from other stock, and the promise of it is released."""
    _, _, last = _as_they_come(year)
    instead: list[Given] = []
    for row in promises_at_risk(year.book, on):
        short = year.units(row.item, row.short)
        year.book.release_hold(row.hold, on=on, quantity=short, reason="got wet", released_by=OFFICE)
        instead.append(Given(row.recipient, row.item, row.short))
    year.hand_out(on, "depot", [*_held(year, on, last), *instead], FLOOD)


def _as_they_come(year: Year) -> tuple[list[str], list[str], list[str]]:
    """The families that were hit: a half, a quarter, and the rest."""
    hit = [one.id for one in year.families(group=HIT)]
    half, three_quarters = len(hit) // 2, 3 * len(hit) // 4
    return hit[:half], hit[half:three_quarters], hit[three_quarters:]


def _held(year: Year, on: str, whom: Sequence[str], most: int = 999) -> list[Given]:
    """What is still promised to some, at most so much of each thing."""
    rows = (row for row in holds_of(year.book, on=on) if row.recipient in whom and row.open)
    return [Given(row.recipient, row.item, min(most, row.open), row.hold) for row in rows]


# What got wet


def water_in_the_depot(year: Year, on: str) -> None:
    """Six more quilts get wet than are free, so that some who were promised any cannot get them."""
    lot = year.kept["for the flooded"][0]
    promised = sum(row.open for row in holds_of(year.book, on=on, item="quilt"))
    wet = year.shelf("depot", "quilt")[lot] - promised + 6
    year.book.quarantine(
        warehouse="depot",
        lines=[QuarantinedLine(lot, year.units("quilt", wet))],
        reason="water came in at the gate",
        reported_by=KEEPERS[0],
        on=on,
    )
    year.at_risk = AtRisk(on=on, rows=promises_at_risk(year.book, on))


def two_quilts_dry(year: Year, on: str) -> None:
    """Two can be used again, the others are lost."""
    [(lot, wet)] = year.shelf("depot", "quilt", PlaceKind.QUARANTINE).items()
    year.book.release(
        warehouse="depot",
        lines=[ReleasedLine(lot, year.units("quilt", 2))],
        reason="dry and clean",
        inspected_by=INSPECTOR,
        approved_by=DIRECTOR,
        on=on,
    )
    year.book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(lot, year.units("quilt", wet - 2))],
        on=on,
        reason="disaster",
        explanation="full of mud",
        reported_by=KEEPERS[0],
        approved_by=DIRECTOR,
        quarantined=True,
    )


# The lorries


def a_lorry_for_the_branch(year: Year, on: str) -> None:
    """Water and rice; the road is bad."""
    goods = {"water": 24 * year.n(30), "rice": 5_000 * year.n(60)}
    year.keep("in parts", year.send(on, "depot", "branch", goods, due=after(on, 2)).number)


def half_of_it_comes(year: Year, on: str) -> None:
    """The lorry is unloaded before a broken bridge; half of it is carried over."""
    [waybill] = year.kept["in parts"]
    year.arrive(waybill, on, half=True)


def the_rest_is_short(year: Year, on: str) -> None:
    """The rest comes, without a box of water."""
    [waybill] = year.kept["in parts"]
    year.keep("short", year.arrive(waybill, on, missing=("water", 24)))


def the_carrier_signs(year: Year, on: str) -> None:
    """The haulier answers for the box."""
    [report] = year.kept["short"]
    year.book.sign_off(
        report,
        on=on,
        stage="carrier",
        signed_by="driver",
        approved_by=DIRECTOR,
        paper="back of the waybill",
        recoveries=[Recovery("culprit", yuan(25), "receipt of the haulier")],
    )


def a_lorry_is_sent_elsewhere(year: Year, on: str) -> None:
    """Tarpaulins for the branch go on to the relief station, where they are needed more."""
    waybill = year.send(on, "depot", "branch", {"tarpaulin": year.n(40)})
    onward = year.book.divert(
        waybill.number, to="station", on=after(on, 1), reason="needed at the station", approved_by=DIRECTOR
    )
    year.arrives(onward, days=1)


def a_lorry_is_sent_back(year: Year, on: str) -> None:
    """Beds for the station come back to the depot: the road is closed."""
    waybill = year.send(on, "depot", "station", {"bed": year.n(10)})
    back = year.book.divert(
        waybill.number, to="depot", on=after(on, 1), reason="the road is closed", approved_by=DIRECTOR
    )
    year.arrives(back, days=1)


def a_lorry_is_late(year: Year, on: str) -> None:
    """Blankets for the branch: they were due in June, and are still on the road when June is to be closed."""
    year.keep("late", year.send(on, "depot", "branch", {"blanket": year.n(40)}, due=after(on, 2)).number)


def the_late_lorry_comes(year: Year, on: str) -> None:
    """It had broken down."""
    [waybill] = year.kept["late"]
    year.arrive(waybill, on)


def tents_for_the_neighbours(year: Year, on: str) -> None:
    """Another society gets tents, which it will pass on itself."""
    year.arrives(year.send(on, "depot", "neighbour", {"tent": year.n(10)}), days=1)


# Afterwards


def nets_for_the_township(year: Year, on: str) -> None:
    """After the water come the mosquitoes."""
    year.hand_out(on, "depot", [Given(one.id, "net", 2) for one in year.families(TOWNSHIPS[2])], FLOOD)


def the_station_is_closed(year: Year, on: str) -> None:
    """Families in the township get some of its tarpaulins, and the depot gets back what is left."""
    families = year.families(TOWNSHIPS[2], HIT)[: year.n(12)]
    year.hand_out(on, "station", [Given(one.id, "tarpaulin", 1) for one in families], FLOOD)
    left = sum(year.shelf("station", "tarpaulin").values())
    year.arrives(year.send(after(on, 1), "station", "depot", {"tarpaulin": left}), days=1)


def beds_come_back(year: Year, on: str) -> None:
    """The schools need their rooms again; two beds of each are broken."""
    for school in SHELTERS:
        [(lot, beds)] = year.with_recipient(PlaceKind.SCHOOL, school, "bed").items()
        year.give_back(on, school, {lot: beds - 2}, "school begins")
        year.give_back(on, school, {lot: 2}, "broken", usable=False)
    broken = year.shelf("depot", "bed", PlaceKind.QUARANTINE)
    year.book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(lot, year.units("bed", n)) for lot, n in broken.items()],
        on=on,
        reason="damaged",
        explanation="frames broken",
        reported_by=KEEPERS[1],
        approved_by=DIRECTOR,
        quarantined=True,
    )
