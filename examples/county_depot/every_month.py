"""What happens in any month: gifts, purchases, the lorry to the branch, lists of families, returns."""

from __future__ import annotations

from functools import partial

from county_depot.year import BOOKKEEPER, DIRECTOR, TOWNSHIPS, Event, Given, Year, yuan
from reliefstock import DistributionList, Place, PlaceKind
from reliefstock.reconciliation import reorder

__all__ = ["a_list", "every_month"]

EVERYDAY = (  # what a family may get on an ordinary list, in base units
    ("rice", 10_000),
    ("soap", 4),
    ("towel", 2),
    ("blanket", 1),
    ("quilt", 1),
    ("jerrycan", 1),
    ("kitchen", 1),
)
USUAL_GIFTS = ("quilts", "blankets", "jerrycans", "rice", "kitchen sets", "towels")


def every_month(year: Year) -> None:
    """Plan the months, on days that chance chooses."""
    for month in range(1, 13):
        for first, last, event in _EVERY_MONTH:
            year.later(f"2024-{month:02d}-{year.chance.randint(first, last):02d}", event)


def a_gift_of_money(year: Year, on: str) -> None:
    """Somebody gives money, for anything."""
    donor = year.chance.choice(("foundation", "collection-box", "garment-works"))
    year.money_gift(on, donor, yuan(year.n(year.chance.randint(4_000, 12_000))))


def a_usual_gift(year: Year, on: str) -> None:
    """Somebody gives goods, for anything."""
    year.gift(year.chance.choice(USUAL_GIFTS), on)


def the_lorry_to_the_branch(year: Year, on: str) -> None:
    """The branch gets what the depot can spare."""
    goods = {item: min(year.n(12) * each, year.spare(item, "depot", on)) for item, each in EVERYDAY}
    year.arrives(year.send(on, "depot", "branch", goods), days=2)


def buy_what_is_short(year: Year, on: str) -> None:
    """What has come below its minimum is filled up, as far as the money goes."""
    rows = reorder(year.book, on=on, warehouse="depot")
    packs = {row.item: -(-row.to_order // year.in_pack(row.item)) for row in rows if year.prices[row.item]}
    year.buy(on, {item: count for item, count in packs.items() if count})


def pay_for_transport(year: Year, on: str) -> None:
    """The haulier is paid."""
    year.book.spend(
        fund="general",
        project="transport",
        amount=yuan(year.n(year.chance.randint(300, 900))),
        on=on,
        purpose="transport of the month",
        requested_by=BOOKKEEPER,
        approved_by=DIRECTOR,
    )


def a_list(year: Year, on: str, *, depot: str = "depot", township: str = "") -> None:
    """Some families in need get what the depot can spare."""
    families = year.chance.sample(year.families(township), year.n(year.chance.randint(7, 14)))
    lines: list[Given] = []
    for item, each in year.chance.sample(EVERYDAY, 3):
        if year.spare(item, depot, on) >= each * len(families):
            lines += (Given(one.id, item, each) for one in families)
    if lines:
        year.hand_out(on, depot, lines)


def something_comes_back(year: Year, on: str) -> None:
    """A family returns a thing that it did not need, of one of the last lists."""
    lists = year.book.documents_of(DistributionList)[-8:]
    lines = [line for one in lists for line in one.lines if line.item in ("quilt", "blanket", "jerrycan")]
    given = [(line.recipient, pick.lot) for line in lines for pick in line.picks]
    still = [one for one in given if year.book.holding(Place(PlaceKind.HOUSEHOLD, one[0]), one[1])]
    if still:
        recipient, lot = year.chance.choice(still)
        year.give_back(on, recipient, {lot: 1}, "not needed")


_EVERY_MONTH: tuple[tuple[int, int, Event], ...] = (
    (2, 6, a_gift_of_money),
    (3, 25, a_usual_gift),
    (7, 9, the_lorry_to_the_branch),
    (18, 21, buy_what_is_short),
    (22, 27, pay_for_transport),
    *((2, 28, a_list) for _ in range(9)),
    *((12, 28, partial(a_list, depot="branch", township=TOWNSHIPS[1])) for _ in range(4)),
    (20, 28, something_comes_back),
)
