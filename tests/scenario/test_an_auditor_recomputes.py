"""A year of a county, recomputed from its records by an auditor who trusts nothing: the figures are the same."""

from __future__ import annotations

import pytest

from depot_year import depot_year
from reliefstock import Book
from reliefstock.audit import audit, balances


@pytest.fixture(scope="module")
def book() -> Book:
    return depot_year(2024, 60).book


def test_the_year_is_recomputed_and_nothing_is_wrong(book: Book):
    report = audit(book.records(), book)
    assert [one.text() for one in report.findings] == []
    assert report.compared


def test_the_auditor_has_read_all_of_it(book: Book):
    figures = audit(book.records()).figures
    assert (figures.records, figures.head) == tuple(book.head)
    assert (figures.entries, sum(figures.documents.values())) == (len(book.entries), len(book.documents))
    assert (len(figures.holds), len(figures.counts) > 0) == (len(book.ledger.holds), True)


def test_each_month_ends_with_the_stocks_that_the_book_says(book: Book):
    ends = sorted({entry.on.replace(day=1) for entry in book.entries})
    depots = [(place, lot.id) for place, lot, _ in book.ledger.timelines() if place.kind.is_held]
    for on in ends:
        there = balances(book.records(), on=on)
        for place, lot in depots:
            held = book.holding(place, lot, on=on)
            assert there.get((str(place), lot), (0, 0)) == (held.quantity, held.value)


def test_another_seed_is_another_year_and_as_sound():
    other = depot_year(7, 60).book
    assert audit(other.records(), other).findings == ()
