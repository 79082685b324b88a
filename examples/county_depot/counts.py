"""Two counts: a part of the depot in May, under a roof that leaked, and all of it in October."""

from __future__ import annotations

from county_depot.every_month import a_list
from county_depot.year import DIRECTOR, KEEPERS, SUPERVISOR, Year, after, yuan
from reliefstock import Handout, Recovery, UnlistedLine, Valuation, ValuedGain
from reliefstock.errors import CountConflict

__all__ = ["approve_count_of_may", "approve_count_of_october", "count_of_may", "count_of_october"]


def count_of_may(year: Year, on: str) -> None:
    """The roof leaked: soap and quilts are counted on two days, and a list is given out in between."""
    plan = year.book.plan_count(warehouse="depot", items=["soap", "quilt"], on=on, counters=KEEPERS).number
    soap, quilt = (next(iter(year.shelf("depot", item))) for item in ("soap", "quilt"))
    off = {soap: -year.n(16), quilt: 2}
    year.hand_in(on, plan, KEEPERS[0], off)
    a_list(year, on)
    year.later(after(on, 1), lambda year, day: year.hand_in(day, plan, KEEPERS[1], off))
    year.keep("count of May", plan)


def approve_count_of_may(year: Year, on: str) -> None:
    """Two approve who did not count; the insurance pays for the soap."""
    [plan] = year.kept["count of May"]
    year.book.approve_count(
        plan,
        on=on,
        approved_by=(DIRECTOR, SUPERVISOR),
        explanation="soap got wet under the roof; two quilts had been put with others",
        recoveries=[Recovery("insurance", yuan(15), "claim 4")],
    )


def count_of_october(year: Year, on: str) -> None:
    """All of the depot is counted; one counter makes a mistake, so that a third one counts that lot again.

    Some coats left the day before, and the slip is still on its way to the office.
    """
    people = (*KEEPERS, "volunteer C")
    plan = year.book.plan_count(warehouse="depot", on=on, counters=people, quarantined=True).number
    quilt, jerrycan, soap = (next(iter(year.shelf("depot", item))) for item in ("quilt", "jerrycan", "soap"))
    *_, coat = year.shelf("depot", "jacket")
    off = {quilt: -1, jerrycan: 3, coat: -year.n(8)}
    found = UnlistedLine("towel", year.units("towel", 25), "no label, behind the tents")
    year.hand_in(on, plan, people[0], off, found)
    a_list(year, on)
    year.hand_in(on, plan, people[1], {**off, soap: 5}, found)
    year.later(after(on, 1), lambda year, day: year.hand_in(day, plan, people[2], off))
    year.keep("count of October", plan, coat)


def approve_count_of_october(year: Year, on: str) -> None:
    """The slip comes in; the report is refused until somebody has looked at it, and then is right."""
    plan, coat = year.kept["count of October"]
    families = year.families()[: year.n(8)]
    lines = [Handout(one.id, "jacket", year.units("jacket", 1), "slip 7", (coat,)) for one in families]
    slip = year.book.distribute(origin="depot", lines=lines, on=after(on, -6))
    try:
        _approve(year, plan, on, late=())
    except CountConflict:
        _approve(year, plan, on, late=slip.entries)


def _approve(year: Year, plan: str, on: str, late: tuple[int, ...]) -> None:
    worth = Valuation.fair_value(yuan(25 * 5), "price list of the supplier")
    year.book.approve_count(
        plan,
        on=on,
        approved_by=(SUPERVISOR, DIRECTOR),
        explanation="one quilt is missing; jerrycans were counted wrong when they came",
        gains=[ValuedGain(worth, item="towel")],
        late=late,
    )
