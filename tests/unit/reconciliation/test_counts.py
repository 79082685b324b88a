"""Counted against booked: open counts, and approved ones that something which came late changes."""

from __future__ import annotations

from datetime import date

import pytest

from reliefstock import Book
from reliefstock.errors import NotABusinessDate, Unknown
from reliefstock.operations.counting import open_counts as open_on_desk
from reliefstock.operations.counting import unresolved_conflicts
from reliefstock.reconciliation import count_conflicts, count_status, disputed_counts, open_counts
from unit.operations.counts import L, M, W, approved, counted, issued, planned, sheet, stocked
from unit.operations.office import reverse


@pytest.fixture
def book() -> Book:
    """Three quilts are missing, by an approved count of 1 February."""
    book = stocked()
    counted(book, {L: 97})
    approved(book)
    return book


def disputes(book: Book) -> list[tuple[str, tuple[int, ...], int, int]]:
    return [(one.lot, one.entries, one.difference, one.now) for one in disputed_counts(book)]


# Open counts


def test_a_count_is_open_until_its_report_is_approved() -> None:
    book = stocked()
    plan = counted(book)
    assert open_counts(book) == open_counts(book, "2023-02-01") == (plan,)
    assert open_counts(book, "2023-01-31") == ()
    assert open_on_desk(book.desk(), date(2023, 2, 1)) == (plan,)
    approved(book)
    assert open_counts(book) == ()
    reverse(book, "CR-000001", "2023-02-03", approved_by="director")
    assert open_counts(book) == (plan,)
    reverse(book, "CP-000001", "2023-02-03")
    assert open_counts(book) == ()


def test_an_instant_is_no_day_to_ask_about() -> None:
    with pytest.raises(NotABusinessDate):
        open_counts(stocked(), "2023-02-01T00:00")


def test_the_status_of_a_count_that_there_is_not_is_unknown(book: Book) -> None:
    with pytest.raises(Unknown, match="count plan"):
        count_status(book, "CP-000009")


def test_the_status_has_the_report(book: Book) -> None:
    report = count_status(book, "CP-000001").report
    assert report is not None
    assert report.number == "CR-000001"


# Conflicts


def test_an_entry_dated_before_an_approved_count_changes_what_it_found(book: Book) -> None:
    assert (disputes(book), count_conflicts(book)) == ([], ())
    issued(book, L, 2, on="2023-01-20")
    assert disputes(book) == [(L, (4,), -3, -1)]
    (finding,) = count_conflicts(book)
    assert finding.about == f"warehouse:depot, {L}"
    assert finding.en == (
        f"count report CR-000001 (2023-02-01, warehouse:depot, {L}) did not know entries 4: the difference "
        "that was approved is -3 and would be -1 now; count the lot again, or reverse the report and approve "
        "another"
    )
    assert "已批准的差异为 -3，现应为 -1" in finding.zh
    assert finding.documents == ("CR-000001", "DL-000001")


def test_a_difference_that_is_explained_is_said_to_be_none(book: Book) -> None:
    issued(book, L, 3, on="2023-01-20")
    assert "would be 0 now" in count_conflicts(book)[0].en


def test_late_news_dated_on_an_open_day_changes_it_too(book: Book) -> None:
    issued(book, L, 2, on="2023-03-01", concerns="2023-01-20")
    assert disputes(book) == [(L, (4,), -3, -1)]


def test_what_happened_since_changes_nothing(book: Book) -> None:
    issued(book, L, 2, on="2023-02-01")
    issued(book, M, 2, on="2023-02-02")
    assert disputes(book) == []


def test_a_slip_cancelled_afterwards_may_have_been_what_the_count_found() -> None:
    book = stocked()
    slip = issued(book, L, 10, on="2023-01-20").number
    other = issued(book, M, 5, on="2023-01-20").number
    counted(book, {L: 100, M: 45})
    approved(book)
    reverse(book, slip, "2023-02-10")
    reverse(book, other, "2023-02-10")  # of M nothing was over, so the cancellation explains nothing
    assert disputes(book) == [(L, (6,), 10, 0)]


def test_what_was_set_aside_is_not_brought_up_again() -> None:
    book = stocked()
    slip = issued(book, L, 10, on="2023-01-20").number
    counted(book, {L: 100})
    reverse(book, slip, "2023-02-02")
    approved(book, set_aside=[4])
    assert disputes(book) == []


def test_what_was_taken_in_is_not_brought_up_again() -> None:
    book = stocked()
    slip = issued(book, L, 10, on="2023-01-20").number
    counted(book, {L: 98})
    reverse(book, slip, "2023-02-02")
    issued(book, L, 2, on="2023-01-21")
    approved(book, late=[4, 5])
    assert disputes(book) == []


def test_a_conflict_is_settled_by_a_later_count(book: Book) -> None:
    issued(book, L, 2, on="2023-01-20")
    planned(book, lots=[L], on="2023-03-01")
    for counter in ("a", "b"):
        sheet(book, counter, {L: 97}, plan="CP-000002", on="2023-03-01")
    assert len(disputes(book)) == 1
    approved(book, "CP-000002", on="2023-03-01")
    assert disputes(book) == []
    issued(book, L, 1, on="2023-01-21")
    assert [one.report for one in disputed_counts(book)] == ["CR-000002"]


def test_a_conflict_is_settled_by_a_report_that_takes_it_in(book: Book) -> None:
    issued(book, L, 2, on="2023-01-20")
    reverse(book, "CR-000001", "2023-02-03", approved_by="director")
    assert disputes(book) == []
    report = approved(book, on="2023-02-03", late=[4])
    assert [one.difference for one in report.differences] == [-1]
    assert disputes(book) == []
    assert book.on_hand("quilt").quantity == 147  # 97 and 50


def test_a_conflict_is_settled_by_taking_the_entry_back(book: Book) -> None:
    slip = issued(book, L, 2, on="2023-01-20").number
    reverse(book, slip, "2023-01-21")
    assert disputes(book) == []


def test_counts_of_later_days_can_be_left_out(book: Book) -> None:
    issued(book, L, 2, on="2023-01-20")
    issued(book, W, 24, on="2023-01-20")
    assert len(disputed_counts(book, "2023-02-01")) == 2
    assert disputed_counts(book, "2023-01-31") == count_conflicts(book, "2023-01-31") == ()
    assert unresolved_conflicts(book.desk(), date(2023, 2, 1)) == disputed_counts(book)


def test_a_count_in_another_depot_settles_nothing_here() -> None:
    book = stocked()
    counted(book, {L: 97}, on="2023-02-05")
    approved(book, on="2023-02-05")
    planned(book, warehouse="station", lots=[L])
    for counter in ("a", "b"):
        sheet(book, counter, {L: 1}, plan="CP-000002")
    approved(book, "CP-000002", on="2023-02-06")
    issued(book, L, 2, on="2023-01-20")
    assert [(one.report, str(one.place)) for one in disputed_counts(book)] == [
        ("CR-000001", "warehouse:depot")
    ]
