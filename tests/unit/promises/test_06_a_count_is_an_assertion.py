"""Promise 6: a count stores what was counted and what the book knew then; the difference is an entry that
somebody approves; a later entry dated before it raises a finding, and is never silently overruled.
"""

from __future__ import annotations

import pytest

from reliefstock import Place, PlaceKind
from reliefstock.errors import CountBroken, CountConflict, NeedsApproval
from reliefstock.ledger import Counted
from reliefstock.operations import Counts
from reliefstock.reconciliation import count_conflicts
from unit.ledger.house import DEPOT, contents, day, received
from unit.operations.counts import L, approved, counted, issued, planned, sheet, stocked
from unit.operations.office import given, held, refused, reverse
from unit.promises.breaking import rules_switched_off

RULE = "_wrong_count"
SHELF = Place(PlaceKind.WAREHOUSE, "depot")


def asserted(there: int) -> Counted:
    facts = {"place": DEPOT, "lot": "L", "on": day(5), "known": 1, "document": "CS-000001"}
    return Counted(counted=2, there=there, **facts)  # pyright: ignore[reportArgumentType]


# What was counted, and what the book knew


def test_a_sheet_keeps_what_was_counted_and_what_the_book_knew() -> None:
    book = stocked()
    planned(book)
    one = sheet(book, "a", {L: 98})
    (kept,) = book.ledger.counted(SHELF, L)
    assert (kept.counted, kept.there, kept.known, kept.on) == (98, 100, 2, one.on)
    assert kept.document == one.number


def test_what_was_counted_stays_whatever_happens_later() -> None:
    book = stocked()
    counted(book, {L: 98})
    kept = book.ledger.counted(SHELF, L)
    approved(book)
    issued(book, L, 5, on="2023-01-20")
    reverse(book, "CR-000001", "2023-02-03", approved_by="director")
    assert book.ledger.counted(SHELF, L) == kept


def test_an_assertion_about_another_book_is_refused() -> None:
    ledger = received()
    before = contents(ledger)
    with pytest.raises(CountBroken):
        ledger.post([], counted=[asserted(there=2)])
    assert (contents(ledger), ledger.counted(DEPOT, "L")) == (before, ())


def test_without_the_rule_a_count_says_that_the_book_knew_what_it_did_not() -> None:
    ledger = received()
    with rules_switched_off(RULE):
        ledger.post([], counted=[asserted(there=2)])
    (kept,) = ledger.counted(DEPOT, "L")
    assert (kept.there, ledger.holding(DEPOT, "L", on=day(5)).quantity) == (2, 3)


# The difference is an entry that somebody approves


def test_a_sheet_moves_nothing() -> None:
    book = stocked()
    counted(book, {L: 98})
    assert len(book.entries) == 2
    assert held(book, "warehouse:depot", L) == (100, 10000)


def test_the_difference_is_an_entry_and_what_has_moved_since_stays() -> None:
    book = stocked()
    counted(book, {L: 98})
    given(book, ("H-1", 60), on="2023-02-01")  # the earlier to expire first, then ten of this lot
    report = approved(book)
    assert report.entries == (4,)
    assert held(book, "warehouse:depot", L) == (88, 8800)
    assert held(book, "loss:count", L) == (2, 200)


def test_who_counted_does_not_approve() -> None:
    book = stocked()
    counted(book, {L: 98})
    with refused(book, NeedsApproval) as caught:
        approved(book, approved_by=("director", "A "))
    assert "A  is one of the counters" in str(caught[0])


# A later entry dated before it


def test_an_entry_dated_before_a_count_names_it_whether_it_is_approved_or_not() -> None:
    book = stocked()
    counted(book, {L: 98})
    assert given(book, ("H-1", 51), on="2023-01-20").conflicts == ("CS-000001", "CS-000002")
    assert given(book, ("H-1", 1), on="2023-02-01").conflicts == ()
    approved(book, late=[3])
    assert given(book, ("H-1", 1), on="2023-01-21").conflicts == ("CR-000001",)


def test_a_report_is_not_approved_over_an_entry_that_nobody_has_looked_at() -> None:
    book = stocked()
    counted(book, {L: 98})
    given(book, ("H-1", 52), on="2023-01-20")  # two of this lot: they were gone when it was counted
    with refused(book, CountConflict) as caught:
        approved(book)
    assert (caught[0].count, caught[0].entries, caught[0].lots) == ("CP-000001", (3,), ("GRN-000001-2", L))
    report = approved(book, late=[3])
    (line,) = (line for line in report.lines if line.subject.lot == L)
    assert (line.counted, line.there_then, line.there, line.difference) == (98, 100, 98, 0)
    assert held(book, "warehouse:depot", L) == (98, 9800)


def test_an_entry_that_comes_after_the_approval_is_a_finding_until_it_is_settled() -> None:
    book = stocked()
    counted(book, {L: 98})
    approved(book)
    assert count_conflicts(book) == ()
    late = issued(book, L, 2, on="2023-01-20").number
    (finding,) = count_conflicts(book)
    assert finding.code == "count-conflict"
    assert finding.figures == (("difference", "-2"), ("now", "0"), ("entries", "4"))
    assert finding.documents == ("CR-000001", late)


# Without the rule


def test_without_the_rule_a_loss_is_booked_that_an_issue_explains() -> None:
    book = stocked()
    counted(book, {L: 98})
    issued(book, L, 2, on="2023-01-20")
    with pytest.MonkeyPatch.context() as switched_off:
        switched_off.setattr(Counts, "behind", lambda *_: iter(()))
        switched_off.setattr(Counts, "there", lambda _, one, __=(): one.there)
        approved(book)
    assert held(book, "warehouse:depot", L) == (96, 9600)  # 98 lie there
