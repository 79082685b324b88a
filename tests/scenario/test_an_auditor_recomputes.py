"""A year of a county, recomputed from its records by an auditor who trusts nothing: it comes to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from depot_year import depot_year
from reliefstock import (
    AllocationLine,
    Book,
    Donor,
    FixedClock,
    Handout,
    Household,
    Item,
    Money,
    ReceivedLine,
    Valuation,
    Warehouse,
)
from reliefstock.audit import audit, balances

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_book_that_is_kept_in_a_file_and_opened_again_agrees_with_its_records(tmp_path: Path):
    quilt = Item("quilt", zh="棉被", en="Quilt")
    clock = FixedClock("2024-03-01")
    with Book.create(tmp_path / "county.db", "county", currency="CNY", clock=clock) as book:
        book.add(quilt, Donor("province", zh="省红十字会"), Warehouse("depot", zh="备灾中心"))
        book.add(Household("H-1", size=4), Household("H-2", size=2))
        worth = Valuation.voucher(Money.of("100.01", "CNY"), "voucher 1")
        lines = [ReceivedLine("quilt", quilt.quantity(30), valuation=worth)]
        book.receive(
            donor="province", into="depot", on="2024-01-10", counted_by=("keeper", "clerk"), lines=lines
        )
        book.allocate(
            warehouse="depot",
            on="2024-01-11",
            until="2024-02-11",
            source_document="plan 1",
            approved_by="director",
            lines=[AllocationLine("H-1", "quilt", quilt.quantity(2))],
        )
        for day, who, hold in ((13, "H-1", "AL-000001-1"), (12, "H-2", None)):
            handouts = [Handout(who, "quilt", quilt.quantity(2), "sheet 1", hold=hold or "")]
            book.distribute(origin="depot", on=f"2024-01-{day}", lines=handouts)
    with Book.open(tmp_path / "county.db", clock=clock) as again:
        report = audit(again.records(), again)
        assert [one.text() for one in report.findings] == []
        assert (report.figures.entries, len(report.figures.holds), report.compared) == (3, 1, True)
