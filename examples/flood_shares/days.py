"""What happens: it is shared out, posted, held, brought to the doorstep, and not all goes as planned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from flood_shares.posting import posting
from flood_shares.world import BOX, DIVISIONS, a_city, receive_gifts
from reliefstock import ArrivedLine, Book, ConsignedLine, Handout, Household
from reliefstock.allocation import Demand, Lottery, MaxMinFill, Plan, Proportional, share
from reliefstock.allocation.comparing import Comparison
from reliefstock.allocation.sources import SourcesPlan, share_sources
from reliefstock.operations import Allocation

__all__ = ["DAYS", "LOTTERY", "PAPER", "Flood", "the_flood"]

PAPER: Final = "市救灾〔2024〕7号"
DAYS: Final = ("2024-07-14", "2024-07-31")
LOTTERY: Final = "2024-07-13 20:00"
"""The seed of the tickets: announced before the lists were closed, so that nobody could choose it."""

_FLOOR = 40 * BOX  # for every division, however small
_BOTTLES = 6  # for each person


@attrs.define(kw_only=True)
class Flood:
    """The book, the plans, the posting in both languages, and what was held."""

    book: Book
    compared: Comparison
    water: Plan
    quilts: SourcesPlan
    kits: Plan
    posted: dict[str, str]
    held: tuple[Allocation, ...] = ()

    @property
    def plans(self) -> dict[str, Plan | SourcesPlan]:
        """The plan of each item."""
        return {"water": self.water, "quilt": self.quilts, "kit": self.kits}


def the_flood(seed: str = LOTTERY) -> Flood:
    """From the gifts to the doorstep."""
    book = a_city()
    receive_gifts(book)
    flood = _planned(book, seed)
    _hold(flood)
    _send_water(flood)
    _hand_out(flood)
    return flood


# Shared out


def _planned(book: Book, seed: str) -> Flood:
    since, until = DAYS
    bottles = [
        Demand(one.id, one.persons * _BOTTLES // BOX * BOX, item="water", lot=BOX) for one in DIVISIONS
    ]
    there = book.available("water", "city", on=since, for_anything=True).available
    water = share(there, bottles, MaxMinFill(), floor=_FLOOR, seed=seed)
    other = share(there, bottles, Proportional(), seed=seed)

    beds = [Demand(who, need, item="quilt") for who, need in _bedding()]
    sources = book.sources("quilt", [one.recipient for one in beds], on=since, until=until)
    quilts = share_sources(sources, beds, MaxMinFill(), seed=seed)

    families = [Demand(who, 1, item="kit", tier=tier) for who, tier in _families(book)]
    kits = share(book.available("kit", on=since).available, families, Lottery(), seed=seed)

    flood = Flood(
        book=book,
        compared=Comparison((other, water)),
        water=water,
        quilts=quilts,
        kits=kits,
        posted={},
    )
    flood.posted = {lang: posting(book, flood.plans.values(), since, PAPER, lang) for lang in ("zh", "en")}
    return flood


def _bedding() -> Iterable[tuple[str, int]]:
    for one in DIVISIONS:
        yield from zip(one.schools, one.beds, strict=True)
        yield from one.households


def _families(book: Book) -> Iterable[tuple[str, int]]:
    """Households, and their tier: those whose house is lost come first."""
    for household in book.register.all(Household):
        yield household.id, 1 if "house lost" in household.groups else 2


# Held


def _hold(flood: Flood) -> None:
    since, until = DAYS
    water = flood.book.allocate(
        flood.water,
        warehouse="city",
        on=since,
        until=until,
        source_document=PAPER,
        approved_by="director",
    )
    kits = flood.book.allocate(
        flood.kits, warehouse="city", on=since, until=until, source_document=PAPER, approved_by="director"
    )
    quilts = flood.book.allocate_sources(
        flood.quilts, on=since, until=until, source_document=PAPER, approved_by="director"
    )
    flood.held = (water, kits, *quilts)


# To the doorstep


def _send_water(flood: Flood) -> None:
    """To the societies of the divisions; a box for Baihe falls off the lorry, and the driver signs for it."""
    book, water = flood.book, flood.book.register.item("water")
    for line in flood.held[0].lines:
        waybill = book.dispatch(
            origin="city",
            to=line.recipient,
            on="2024-07-15",
            carrier="haulier",
            lines=[ConsignedLine("water", line.quantity, hold=line.hold)],
        )
        sent = sum(lot.quantity for lot in line.lots)
        came = sent - BOX if line.recipient == "baihe" else sent
        report = book.arrive(
            waybill.number,
            on="2024-07-16",
            received_by="storekeeper of the county",
            lines=[ArrivedLine(waybill.lines[0].lot, water.quantity(came), noted_on_waybill=True)],
        )
        if came < sent:
            book.sign_off(
                report.number,
                on="2024-07-18",
                stage="carrier",
                signed_by="driver",
                approved_by="director",
                paper="back of the waybill",
            )


def _hand_out(flood: Flood) -> None:
    """Quilts and kits to schools and households; one has moved away, and its goods are free again."""
    for made in flood.held[1:]:
        gone = [line for line in made.lines if line.recipient == "H-hanbin-4"]
        lines = [
            Handout(line.recipient, line.item, line.quantity, "sign-off sheet", hold=line.hold)
            for line in made.lines
            if line not in gone
        ]
        flood.book.distribute(origin=made.warehouse, on="2024-07-17", lines=lines, source_document=PAPER)
        for line in gone:
            flood.book.release_hold(
                line.hold, on="2024-07-18", reason="the family moved away", released_by="director"
            )
