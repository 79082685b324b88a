"""Winter and spring: the stock of last year, a promise, lamps that nobody knows the value of, and kits."""

from __future__ import annotations

from county_depot.year import DIRECTOR, KEEPERS, WINTER, Given, Year, yuan
from reliefstock import PlaceKind, PledgedLine, ReleasedLine, Restriction

__all__ = [
    "a_promise_of_coats",
    "first_kits",
    "kits_and_lamps_for_the_branch",
    "kits_of_may",
    "lamps_and_rations_for_schools",
    "lamps_without_a_value",
    "nets_that_got_wet",
    "rations_of_march",
    "soap_for_the_year",
    "the_nets_are_dry",
    "what_the_depot_had",
]


def what_the_depot_had(year: Year, on: str) -> None:
    """The stock and the money of last year."""
    year.gift("last year", on)
    year.money_gift(on, "province", yuan(year.n(80_000)))


def a_promise_of_coats(year: Year, on: str) -> None:
    """Winter coats are promised for the autumn."""
    pledge = year.book.pledge(
        donor="garment-works",
        lines=[PledgedLine("jacket", year.packs("jacket", year.n(42)))],
        on=on,
        restriction=Restriction(programme=WINTER),
        deliver_by="2024-10-31",
        agreement="agreement 1 of 2024",
    )
    year.keep("promise of coats", pledge.number)


def lamps_without_a_value(year: Year, on: str) -> None:
    """Lamps come without a voucher: they are kept by number, until somebody knows what they are worth."""
    year.keep("lamps", *year.gift("lamps", on))


def soap_for_the_year(year: Year, on: str) -> None:
    """A gift to be followed to the doorstep: soap goes into hygiene sets, and these into kits."""
    year.keep("soap", *year.gift("soap", on))


def rations_of_march(year: Year, on: str) -> None:
    """A batch of rations, of which nobody knows yet that it will be recalled."""
    year.keep("rations", *year.gift("rations of March", on))


def first_kits(year: Year, on: str) -> None:
    """Hygiene sets are built, of the soap that came last, and family kits of them."""
    year.build(on, "hygiene", year.n(190), lots=year.kept["soap"])
    year.build(on, "kit", year.n(120), lots=year.kept["rations"])


def kits_and_lamps_for_the_branch(year: Year, on: str) -> None:
    """The branch gets some of both."""
    goods = {"kit": year.n(30), "lamp": year.n(20)}
    year.arrives(year.send(on, "depot", "branch", goods), days=2)


def lamps_and_rations_for_schools(year: Year, on: str) -> None:
    """Three schools get lamps, two of them rations too."""
    lamps = (Given(school, "lamp", year.n(6)) for school in ("school-a", "school-b", "school-c"))
    rations = (Given(school, "ration", year.n(60)) for school in ("school-a", "school-b"))
    year.hand_out(on, "depot", [*lamps, *rations])


def kits_of_may(year: Year, on: str) -> None:
    """Rations of another batch come, and go into kits of their own."""
    year.build(on, "kit", year.n(60), lots=year.gift("rations of May", on))


def nets_that_got_wet(year: Year, on: str) -> None:
    """Of some nets a part comes wet and is kept apart; water that expires too soon is refused."""
    year.gift("nets", on)


def the_nets_are_dry(year: Year, on: str) -> None:
    """They were hung up and looked at, and can be used."""
    wet = year.shelf("depot", "net", PlaceKind.QUARANTINE)
    year.book.release(
        warehouse="depot",
        lines=[ReleasedLine(lot, year.units("net", units)) for lot, units in wet.items()],
        reason="dry and sound",
        inspected_by=KEEPERS[0],
        approved_by=DIRECTOR,
        on=on,
    )
