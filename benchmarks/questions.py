"""What is measured, once for the benchmarks and once for the table of growth: a line or two each.

Questions are put to a city that nobody writes to; papers are made in one of their own. Each returns what came
of it, so that it can be told that it did what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from books import DAY_ONE, DEPOTS, DONORS, ITEMS, MASKS

from reliefstock import Period
from reliefstock.reconciliation import By, Claim, Measure, Scope, What, check_claims, statement, trace
from reliefstock.reports import donation_report

if TYPE_CHECKING:
    from books import City

    from reliefstock import Document, Holding
    from reliefstock.reconciliation import ClaimsReport, Statement, Trace
    from reliefstock.reports import DonationReport

__all__ = ["PAPERS", "QUESTIONS", "title"]

_TENTH_DAY = DAY_ONE + timedelta(days=9)


def title(asked: Callable[[City], object]) -> str:
    """What a question or a paper is called in a table."""
    return asked.__name__.replace("_", " ")


def on_hand_now(city: City) -> Holding:
    """One item in one depot, as it is."""
    return city.book.on_hand(ITEMS[0], DEPOTS[0])


def on_hand_yesterday(city: City) -> Holding:
    """The same, as of the day before."""
    return city.book.on_hand(ITEMS[0], DEPOTS[0], on=city.today - timedelta(days=1))


def on_hand_long_ago(city: City) -> Holding:
    """The same, as of the tenth day of the book."""
    return city.book.on_hand(ITEMS[0], DEPOTS[0], on=_TENTH_DAY)


def on_hand_as_known(city: City) -> Holding:
    """The same, as of yesterday and as it was known after half of the entries."""
    known = len(city.book.ledger) // 2
    return city.book.on_hand(ITEMS[0], DEPOTS[0], on=city.today - timedelta(days=1), known=known)


def statement_of_last_month(city: City) -> Statement:
    """The statement by item, of the last thirty days (1,200 entries, or all that there are)."""
    return statement(city.book, _last_days(city, 30))


def statement_of_everything(city: City) -> Statement:
    """The statement by donor, of all the years."""
    return statement(city.book, _last_days(city, None), by=By.DONOR)


def trace_of_a_small_gift(city: City) -> Trace:
    """One gift of goods of the first days, to its ends."""
    return trace(city.book, "GRN-000002")


def trace_of_the_masks(city: City) -> Trace:
    """The gift that every twentieth list takes from: its trace is as long as the book is old."""
    return trace(city.book, "GRN-000001")


def report_to_a_donor(city: City) -> DonationReport:
    """All gifts of one donor in fifty, each traced to its ends."""
    return donation_report(city.book, DONORS[0])


def claims_of_last_month(city: City) -> ClaimsReport:
    """Forty figures of a report on the last thirty days."""
    return check_claims(city.book, _claims(_last_days(city, 30)))


def _claims(period: Period) -> list[Claim]:
    figures = ((What.RECEIVED, "100万余元"), (What.GIVEN_OUT, "近100万元"))
    return [
        Claim(
            id=f"{what.value} {item}",
            figure=figure,
            zh=item,
            en=item,
            measure=Measure(what=what, period=period, scope=Scope(items=(item,))),
        )
        for what, figure in figures
        for item in ITEMS
    ]


def _last_days(city: City, days: int | None) -> Period:
    first = DAY_ONE if days is None else max(DAY_ONE, city.today - timedelta(days=days - 1))
    return Period(first, city.today)


# Papers


def receive(city: City) -> Document:
    """A goods received note of one line."""
    return city.book.document(city.receive(ITEMS[0], DEPOTS[0], 40))


def distribute(city: City) -> Document:
    """A list of twenty households, a third of them new, from the masks of the first day."""
    return city.distribute(MASKS, DEPOTS[0], 20)


def distribute_late(city: City) -> Document:
    """The same list, dated back to the tenth day of the book."""
    late = city.today - _TENTH_DAY
    return city.distribute(MASKS, DEPOTS[0], 20, days_late=late.days)


def dispatch_and_arrive(city: City) -> Document:
    """A waybill of one line and its receiving report: two papers."""
    return city.arrive(city.dispatch(MASKS, DEPOTS[0], DEPOTS[1]))


QUESTIONS: tuple[Callable[[City], object], ...] = (
    on_hand_now,
    on_hand_yesterday,
    on_hand_long_ago,
    on_hand_as_known,
    statement_of_last_month,
    statement_of_everything,
    trace_of_a_small_gift,
    trace_of_the_masks,
    report_to_a_donor,
    claims_of_last_month,
)
PAPERS: tuple[Callable[[City], Document], ...] = (receive, distribute, distribute_late, dispatch_and_arrive)
