"""The history of one lot in one place."""

from __future__ import annotations

from datetime import date

import pytest

from reliefstock.ledger import Change, Holding, Window
from reliefstock.ledger.timeline import OpenTimeline, Timeline
from unit.ledger.house import day


def timeline(*changes: tuple[int, int, int, int]) -> Timeline:
    """Changes as (day of January, entry, quantity, value), entered in this order."""
    made = OpenTimeline()
    for on, entry, quantity, value in changes:
        made.add(day(on), entry, quantity, value)
    return made.shown


STORY = ((10, 1, 3, 100), (20, 2, -2, -66), (25, 3, 1, 33), (15, 4, -1, -34))
"""Three came on the 10th, two left on the 20th, one came back; one that left on the 15th was noted last."""


@pytest.mark.parametrize(
    ("on", "there"),
    [
        (9, (0, 0)),
        (10, (3, 100)),
        (14, (3, 100)),
        (15, (2, 66)),
        (20, (0, 0)),
        (24, (0, 0)),
        (25, (1, 33)),
        (31, (1, 33)),
        (None, (1, 33)),
    ],
)
def test_what_was_there_at_the_end_of_any_day(on: int | None, there: tuple[int, int]) -> None:
    assert timeline(*STORY).as_of(None if on is None else day(on)) == Holding(*there)


@pytest.mark.parametrize(
    ("on", "known", "there"),
    [
        (None, 0, (0, 0)),
        (None, 1, (3, 100)),
        (None, 3, (2, 67)),
        (None, 4, (1, 33)),
        (15, 3, (3, 100)),
        (15, 4, (2, 66)),
        (22, 1, (3, 100)),
    ],
)
def test_what_was_known_then_stays_what_was_known_then(
    on: int | None, known: int, there: tuple[int, int]
) -> None:
    assert timeline(*STORY).as_of(None if on is None else day(on), known) == Holding(*there)


def test_what_is_there_later_is_told_posting_by_posting_and_day_by_day() -> None:
    """All left on the 20th and came back the same day."""
    story = timeline((10, 1, 3, 100), (20, 2, -3, -100), (20, 3, 3, 100), (25, 4, -1, -33))
    assert list(story.later(day(10))) == [(day(20), 0), (day(20), 3), (day(25), 2)]
    assert [story.least(day(on)) for on in (9, 10, 25, 31)] == [0, 2, 2, 2]
    assert (list(timeline().later(day(1))), timeline().least(day(1))) == ([], 0)


def test_changes_come_in_the_order_in_which_things_happened() -> None:
    assert list(timeline(*STORY).changes()) == [
        Change(day(10), 1, 3, 100),
        Change(day(15), 4, -1, -34),
        Change(day(20), 2, -2, -66),
        Change(day(25), 3, 1, 33),
    ]


@pytest.mark.parametrize(
    ("on", "window"),
    [
        (1, Window(0, 0, 0, day(1))),
        (10, Window(0, 0, 0, day(20))),
        (20, Window(0, 0, 0, day(20))),
        (25, Window(1, 0, 1, day(25))),
        (31, Window(1, 0, 1, day(31))),
    ],
)
def test_what_can_be_taken_is_the_least_of_every_later_moment(on: int, window: Window) -> None:
    assert timeline(*STORY).window(day(on), floor=33) == window


def test_the_heavy_and_the_light_units_are_least_each_at_its_own_moment() -> None:
    swapped = timeline((1, 1, 1, 34), (5, 2, 1, 33), (6, 3, -1, -34))
    assert swapped.window(day(1), floor=33) == Window(1, 0, 0, day(1))


def test_nothing_can_be_taken_from_a_place_without_a_history() -> None:
    assert OpenTimeline().shown.window(day(1), floor=33) == Window(0, 0, 0, day(1))
    assert OpenTimeline().shown.as_of() == Holding(0, 0)


def test_entries_of_one_day_follow_their_numbers() -> None:
    one_day = timeline((10, 2, -1, -33), (10, 1, 3, 100))
    assert [change.entry for change in one_day.changes()] == [1, 2]


@pytest.mark.parametrize(
    ("on", "coming", "left"),
    [
        (10, (-3, -100), None),
        (10, (-3, -99), Holding(0, 1)),
        (10, (-1, -33), Holding(0, 1)),
        (20, (-1, -33), Holding(0, 1)),
        (20, (-1, -34), None),
        (1, (0, 1), Holding(0, 1)),
    ],
)
def test_value_that_would_be_left_without_units_is_found_at_any_later_moment(
    on: int, coming: tuple[int, int], left: Holding | None
) -> None:
    gifts = timeline((10, 1, 3, 100), (20, 2, -2, -66))
    assert gifts.residue(day(on), Holding(*coming)) == left


def test_a_date_long_ago_is_before_everything() -> None:
    assert timeline(*STORY).as_of(date.min) == Holding(0, 0)


def test_who_reads_a_history_cannot_add_to_it() -> None:
    assert not hasattr(timeline(*STORY), "add")


@pytest.mark.parametrize(
    ("on", "window"), [(9, (0, 0, 0, 9)), (10, (1, 1, 0, 20)), (20, (1, 1, 0, 20)), (30, (2, 1, 1, 30))]
)
def test_what_a_place_is_short_of_is_counted_like_stock(on: int, window: tuple[int, int, int, int]) -> None:
    bench = timeline((10, 1, -3, -100), (20, 2, 2, 66), (30, 3, -1, -33))
    quantity, heavy, light, when = window
    assert bench.owed(day(on), 33) == Window(quantity, heavy, light, day(when))
