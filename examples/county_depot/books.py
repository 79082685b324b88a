"""The office: months are closed one after the other, late news is entered, and the year is sealed."""

from __future__ import annotations

from functools import partial

from county_depot.year import (
    BOOKKEEPER,
    DIRECTOR,
    FLOOD,
    SUPERVISOR,
    TOWNSHIPS,
    YEAR,
    Blocked,
    Closed,
    Event,
    Given,
    Year,
)
from reliefstock import Period
from reliefstock.errors import CloseBlocked
from reliefstock.reconciliation import closing_checks, statement

__all__ = [
    "a_list_is_entered_twice",
    "a_list_of_december",
    "a_list_of_the_flood",
    "it_is_taken_back",
    "the_year_is_sealed",
    "to_close",
]


def to_close(period: str) -> Event:
    """A period is to be closed; where something is in the way, that is remembered, and it stays open."""
    return partial(_close, period=Period.parse(period))


def _close(year: Year, on: str, *, period: Period) -> None:
    checks = closing_checks(year.book, period)
    try:
        close = year.book.close(period, on=on, closed_by=BOOKKEEPER, approved_by=DIRECTOR)
    except CloseBlocked as refused:
        year.blocked.append(Blocked(period=period, on=on, blockers=refused.blockers))
        return
    year.closed.append(Closed(close=close, checks=checks, statement=statement(year.book, period)))


def a_list_of_the_flood(year: Year, on: str) -> None:
    """A list of June turns up in August, when June is closed: late news about its day."""
    families = year.families(TOWNSHIPS[2])[: year.n(10)]
    lines = [Given(one.id, "rice", 5_000) for one in families]
    year.hand_out(on, "depot", lines, FLOOD, concerns="2024-06-19")


def a_list_is_entered_twice(year: Year, on: str) -> None:
    """Two storekeepers enter the same list, and nobody notices until that month is closed."""
    lines = [Given(one.id, "rice", 5_000) for one in year.families(TOWNSHIPS[0])[: year.n(10)]]
    year.hand_out(on, "depot", lines)
    year.keep("twice", year.hand_out(on, "depot", lines).number)


def it_is_taken_back(year: Year, on: str) -> None:
    """The second one is reversed, on an open day."""
    [twice] = year.kept["twice"]
    year.book.reverse(twice, on=on, reason="entered twice", approved_by=DIRECTOR)


def a_list_of_december(year: Year, on: str) -> None:
    """A list of the last days of the year turns up when the year is closed; it is in the next year's book."""
    lines = [Given(one.id, "blanket", 1) for one in year.families(TOWNSHIPS[1])[: year.n(6)]]
    year.hand_out(on, "depot", lines, concerns="2024-12-28")


def the_year_is_sealed(year: Year, on: str) -> None:
    """After the audit nothing in it can be opened again."""
    year.book.seal(
        YEAR, on=on, sealed_by=BOOKKEEPER, approved_by=SUPERVISOR, audit_paper="audit report 3 of 2025"
    )
