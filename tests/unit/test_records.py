"""What was asked: the same content has the same hash, and other content another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reliefstock import Handout, Interval, PledgedLine, Restriction
from reliefstock.errors import BadData
from reliefstock.operations import Distribute, Observe, PledgeGift, Request
from reliefstock.people import MemoryPeople
from reliefstock.records import asked
from reliefstock.stores.person_ids import new_person_id
from unit.operations.office import QUILT, yuan

PEOPLE = MemoryPeople(make=new_person_id)


def digest(request: Request[Any], by: str = "", concerns: date | None = None) -> bytes:
    return asked(request, by, concerns, PEOPLE)


def test_a_list_or_a_tuple_and_a_date_or_its_text_are_the_same_request() -> None:
    typed = Distribute(
        origin="depot", lines=[Handout("H-1", "quilt", QUILT.quantity(1), "s", ["L"])], on="2023-01-20"
    )
    read = Distribute(
        origin="depot",
        lines=(Handout("H-1", "quilt", QUILT.quantity(1), "s", ("L",)),),
        on=date(2023, 1, 20),
    )
    assert digest(typed) == digest(read)


BASE: dict[str, Any] = {
    "donor": "province",
    "lines": [PledgedLine("quilt", QUILT.quantity(10), yuan("1000"))],
    "on": "2023-01-05",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"donor": "city"},
        {"on": "2023-01-06"},
        {"agreement": "letter 3"},
        {"deliver_by": "2023-02-01"},
        {"restriction": Restriction(programme="winter")},
        {"lines": [PledgedLine("quilt", QUILT.quantity(1, "bundle"), yuan("1000"))]},
        {"lines": [PledgedLine("quilt", QUILT.quantity(10), yuan("1000.01"))]},
        {"lines": BASE["lines"] * 2},
    ],
    ids=str,
)
def test_every_field_counts(changes: dict[str, Any]) -> None:
    assert digest(PledgeGift(**BASE)) != digest(PledgeGift(**BASE | changes))


def test_who_asks_and_about_which_day_counts_too() -> None:
    asked_for = PledgeGift(**BASE)
    same = digest(asked_for, "clerk A", date(2023, 1, 4))
    assert digest(asked_for, "clerk A", date(2023, 1, 4)) == same
    assert digest(asked_for, "clerk B", date(2023, 1, 4)) != same
    assert digest(asked_for, "clerk A") != same


def test_an_interval_with_an_open_end_is_another_one() -> None:
    about: dict[str, Any] = {"what": "schools", "unit": "school", "on": "2023-01-05", "evidence": "letter 3"}
    closed, opened = Interval(1, 2), Interval(1, 2, high_open=True)
    assert digest(Observe(count=closed, **about)) != digest(Observe(count=opened, **about))


def test_what_is_not_of_its_type_is_refused() -> None:
    wrong: dict[str, Any] = {**BASE, "agreement": 3}
    with pytest.raises(BadData):
        digest(PledgeGift(**wrong))
