"""What was where on any day, as was known at any entry: recomputed from records, and as the book says it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reliefstock import Book
from reliefstock.audit import balances, recompute
from reliefstock.audit.lots import Line
from reliefstock.errors import ChainBroken
from reliefstock.journal import chained, follow
from unit.audit.books import QUILTS, a_book

FIRST, LAST = date(2023, 1, 9), date(2023, 2, 7)
DAYS = [FIRST + timedelta(days=days) for days in range((LAST - FIRST).days)]


def said(
    book: Book, on: date | None = None, known: int | None = None
) -> dict[tuple[str, str], tuple[int, int]]:
    found = (
        (str(place), lot.id, timeline.as_of(on, known)) for place, lot, timeline in book.ledger.timelines()
    )
    return {(place, lot): (there.quantity, there.value) for place, lot, there in found if there}


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book()


def test_what_is_where_is_what_the_book_says(book: Book):
    assert balances(book.records()) == said(book) == recompute(book.records()).figures.balances


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_what_was_where_on_a_day_is_what_the_book_says(book: Book, on: date):
    assert balances(book.records(), on=on) == said(book, on)


@pytest.mark.parametrize("known", range(18))
def test_what_was_known_at_an_entry_is_what_the_book_says(book: Book, known: int):
    assert balances(book.records(), known=known) == said(book, known=known)
    assert balances(book.records(), on=DAYS[12], known=known) == said(book, DAYS[12], known)


def test_a_gift_that_was_given_before_it_was_known_is_not_there_yet(book: Book):
    assert ("warehouse:depot", QUILTS) not in balances(book.records(), known=1)
    assert balances(book.records(), known=2)["warehouse:depot", QUILTS] == (30, 100_001)


def test_balances_are_of_a_whole_chain(book: Book):
    with pytest.raises(ChainBroken):
        balances(list(book.records())[1:])


def test_balances_are_of_records_that_can_be_read(book: Book):
    with pytest.raises(ValueError, match=f"record {book.head.size + 1} cannot be read"):
        balances([*book.records(), follow(book.head, b"?")])


def test_progress_is_told_now_and_then():
    told: list[int] = []
    payload = next(iter(a_book().records())).payload
    recompute(chained([payload] * 20_001), progress=told.append)
    assert told == [10_000, 20_000]


# Lines


def line(*moves: tuple[int, int, int], by_day: bool = True) -> Line:
    found = Line(by_day=by_day)
    for day, units, above in moves:
        found.add(date(2023, 1, day), units, above)
    return found


def test_movements_of_a_day_are_kept_as_one_with_the_least_of_the_day():
    day = line((10, 5, 2), (10, -4, -2), (10, 3, 0))
    assert list(day.lowest()) == [(date(2023, 1, 10), 1, 0, 1)]
    assert [(one.units, one.above) for one in day.moments()] == [(4, 0)]


def test_movements_that_do_not_belong_together_are_kept_apart():
    apart = line((10, 5, 2), (10, -4, -2), by_day=False)
    assert [(one.units, one.above) for one in apart.moments()] == [(5, 2), (1, 0)]


def test_what_is_dated_back_comes_before_what_is_there():
    back = line((10, 5, 2), (20, -4, -1))
    assert back.add(date(2023, 1, 15), -2, 0)
    assert [(one.on.day, one.units) for one in back.moments()] == [(10, 5), (15, 3), (20, -1)]
    assert not back.add(date(2023, 1, 20), 1, 0)
    assert [back.as_of(date(2023, 1, day)) for day in (9, 10, 15, 19, 20)] == [
        (0, 0),
        (5, 2),
        (3, 2),
        (3, 2),
        (0, 1),
    ]


def test_what_is_there_from_a_day_on_is_told_by_the_days_on_which_it_changes():
    there = line((10, 5, 0), (20, -4, 0), (25, 1, 0))
    assert [(on.day, units) for on, units in there.days(date(2023, 1, 12))] == [(12, 5), (20, 1), (25, 2)]
    assert [(on.day, units) for on, units in there.days(date(2023, 1, 25))] == [(25, 2)]
