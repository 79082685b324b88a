"""What a society decides for itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reliefstock import PickingRule, Policy
from reliefstock.errors import Incomplete, NotExact

LAST = date(2023, 5, 31)


@pytest.mark.parametrize(
    ("usable", "days_before", "left"),
    [(True, 0, 0), (True, 1, 1), (True, -1, -1), (False, 0, -1), (False, 1, 0), (False, -1, -2)],
)
def test_whether_the_day_of_expiry_counts_decides_for_how_many_days_goods_are_usable(
    usable: bool, days_before: int, left: int
) -> None:
    policy = Policy(expiry_day_usable=usable)
    assert policy.days_left(LAST, on=LAST - timedelta(days=days_before)) == left


@pytest.mark.parametrize("usable", [True, False])
def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others(usable: bool) -> None:
    policy = Policy(expiry_day_usable=usable)
    assert policy.days_left(date.max, on=date.max) == policy.days_left(date.min, on=date.min)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"expiry_day_usable": 1}, Incomplete),
        ({"expiry_day_usable": "yes"}, Incomplete),
        ({"picking": "FIFO"}, Incomplete),
        ({"approvers": True}, NotExact),
        ({"approvers": -1}, Incomplete),
        ({"counters": 101}, Incomplete),
        ({"days_ahead": 1.5}, NotExact),
    ],
    ids=str,
)
def test_a_policy_that_cannot_be_meant_is_refused(said: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        Policy(**said)  # pyright: ignore[reportArgumentType]
    assert next(iter(said)) in str(caught.value)


def test_first_expired_first_out_is_the_rule_unless_another_is_chosen() -> None:
    assert Policy().picking is PickingRule.FEFO
    assert Policy(picking=PickingRule.FIFO).picking is PickingRule.FIFO
