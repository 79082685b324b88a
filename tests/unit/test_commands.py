"""Twice is once: the same content has the same digest, and other content another."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from reliefstock import Basis, Handout, Interval, Money, PledgedLine, Restriction
from reliefstock.commands import canonical, digest
from reliefstock.errors import NotExact
from reliefstock.operations import Distribute, PledgeGift
from unit.operations.office import QUILT, yuan


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (None, "null"),
        (True, "true"),
        (1, "1"),
        ("棉被", '"棉被"'),
        (date(2023, 1, 14), '["date","2023-01-14"]'),
        (datetime(2023, 1, 14, 12, tzinfo=UTC), '["datetime","2023-01-14 12:00:00+00:00"]'),
        (Fraction(1, 3), '["fraction","1/3"]'),
        (Basis.VOUCHER, '["Basis","voucher"]'),
        ([1, (2, None)], "[1,[2,null]]"),
        ({"b": 1, "a": [2]}, '{"a":[2],"b":1}'),
        (Money(5, "CNY"), '["Money",{"currency":"CNY","minor":5}]'),
    ],
)
def test_one_content_has_one_text(given: object, text: str) -> None:
    assert canonical(given) == text


@pytest.mark.parametrize("given", [1.5, b"bytes", {1, 2}, object(), [0.1], {"a": 1.0}, Money])
def test_what_has_no_fixed_text_is_refused(given: object) -> None:
    with pytest.raises(NotExact) as caught:
        digest(given)
    assert caught.value.what == "a part of a command"


def test_the_order_of_a_mapping_does_not_count() -> None:
    assert digest(OrderedDict(a=1, b=2)) == digest({"b": 2, "a": 1})


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


def test_an_interval_with_an_open_end_is_another_one() -> None:
    closed, opened = Interval(1, 2), Interval(1, 2, high_open=True)
    assert digest(closed) != digest(opened)
