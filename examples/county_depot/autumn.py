"""Autumn and winter: a new bill, a value that becomes known, another use, a sale, and the winter drive."""

from __future__ import annotations

from functools import partial

from county_depot.year import BOOKKEEPER, DIRECTOR, KEEPERS, WINTER, Given, Year, after, yuan
from reliefstock import (
    BrokenLine,
    Consent,
    Household,
    Money,
    RedirectedLine,
    Restriction,
    SoldLine,
    Valuation,
    WrittenOffLine,
)
from reliefstock.reconciliation import expiring, reorder

__all__ = [
    "another_use_for_tarpaulins",
    "kits_by_the_new_bill",
    "nets_are_sold",
    "the_coats_come",
    "the_lamps_have_a_value",
    "the_winter_drive",
    "water_has_expired",
    "winter_goods_come",
]


def the_lamps_have_a_value(year: Year, on: str) -> None:
    """The invoice turns up; wherever the lamps are by now, that is what they are worth."""
    [lamps] = year.kept["lamps"]
    year.book.revalue(
        lamps,
        valuation=Valuation.voucher(
            Money(year.book.lot(lamps).quantity * 89_50, "CNY"), "invoice of the donor"
        ),
        on=on,
        reason="the invoice was found",
        requested_by=BOOKKEEPER,
        approved_by=DIRECTOR,
    )


def kits_by_the_new_bill(year: Year, on: str) -> None:
    """Noodles instead of rations: what kits there are are rebuilt, and more are built of what came back."""
    year.buy(on, {"noodles": year.n(52)}, expiry="2025-08-31")
    year.book.rebuild_kits(
        warehouse="depot",
        lines=[BrokenLine(lot, year.units("kit", n)) for lot, n in year.shelf("depot", "kit").items()],
        on=on,
        reason="noodles keep longer than rations",
        assembled_by=KEEPERS[0],
        checked_by=KEEPERS[1],
    )
    year.build(on, "kit", year.n(110))


def another_use_for_tarpaulins(year: Year, on: str) -> None:
    """The province agrees that half of what is left of its tarpaulins goes into the winter drive."""
    lot = year.kept["for the flooded"][1]
    left = year.shelf("depot", "tarpaulin")[lot]
    year.book.redirect(
        warehouse="depot",
        lines=[RedirectedLine(lot, year.units("tarpaulin", left // 2))],
        restriction=Restriction(programme=WINTER),
        consents=[Consent("province", "letter 12 of the province", after(on, -3))],
        on=on,
        reason="more than the flooded need",
        requested_by=BOOKKEEPER,
        approved_by=DIRECTOR,
    )


def nets_are_sold(year: Year, on: str) -> None:
    """Of nets there are more than the maximum; what they fetch is bound to what the nets were given for."""
    lot, there = next(iter(year.shelf("depot", "net").items()))
    [row] = [row for row in reorder(year.book, on=on, warehouse="depot") if row.item == "net"]
    units = min(there, row.on_hand - row.maximum)
    year.book.sell(
        warehouse="depot",
        lines=[SoldLine(lot, year.units("net", units), Money(units * 13_20, "CNY"))],
        into="general",
        buyer="a wholesaler",
        reason="excess",
        paper="contract 2",
        on=on,
        requested_by=BOOKKEEPER,
        approved_by=DIRECTOR,
    )


def the_coats_come(year: Year, on: str) -> None:
    """The promise of January is kept."""
    [pledge] = year.kept["promise of coats"]
    year.gift("winter coats", on, donation=pledge)


def winter_goods_come(year: Year, on: str) -> None:
    """Quilts and blankets for the winter."""
    year.gift("for the winter", on)
    year.money_gift(on, "foundation", yuan(year.n(20_000)), WINTER)
    year.buy(on, {"quilt": year.n(30), "rice": year.n(240)}, WINTER)


def the_winter_drive(year: Year, on: str) -> None:
    """Every household of the county is visited, twelve on a list."""
    families = year.families()
    for first in range(0, len(families), 12):
        day = after(on, year.chance.randint(0, 34))
        year.later(day, partial(_visited, families=families[first : first + 12]))


def _visited(year: Year, on: str, *, families: list[Household]) -> None:
    """A coat for each, a quilt or two; a kit for the small, rice for the large, while there are any."""
    lines = [Given(one.id, "jacket", 1) for one in families]
    lines += [Given(one.id, "quilt", 1 if one.size in (1, 2, 3) else 2) for one in families]
    for item, each, sizes in (("kit", 1, (1, 2)), ("rice", 5_000, (3, 4, 5, 6))):
        there = year.book.available(item, "depot", on=on, programme=WINTER).available
        some = [one for one in families if one.size in sizes]
        lines += [Given(one.id, item, each) for one in some[: there // each]]
    year.hand_out(on, "depot", lines, WINTER)


def water_has_expired(year: Year, on: str) -> None:
    """What nobody needed in time is poured away."""
    rows = [row for row in expiring(year.book, 0, on=on) if row.is_expired]
    for depot in dict.fromkeys(row.warehouse for row in rows):
        year.book.write_off(
            warehouse=depot,
            lines=[
                WrittenOffLine(row.lot, year.units(row.item, row.quantity))
                for row in rows
                if row.warehouse == depot
            ],
            on=on,
            reason="expired",
            explanation="past its date",
            reported_by=KEEPERS[1],
            approved_by=DIRECTOR,
        )
