"""Elsewhere a shelf was counted, 1 quilt, and a cancellation dated back before the count made 43 of it.

Here the cancellation is taken, the count stands beside it as it was, and the two are shown to contradict one
another until somebody counts again.
"""

from __future__ import annotations

from reliefstock import Book, CountedLine, Handout
from reliefstock.reconciliation import count_conflicts, count_status
from scenario.county import county, figures, gift

LOT = "GRN-000001-1"


def counted_as_one() -> Book:
    """50 quilts came, 42 and 7 were given out, and one is on the shelf."""
    book = county()
    gift(book, "quilt", 50, "4000.00", "2024-01-10")
    for units, on in ((42, "2024-01-20"), (7, "2024-01-21")):
        line = Handout("h1", "quilt", book.register.item("quilt").quantity(units), "sheet 1")
        book.distribute(origin="depot", lines=[line], on=on)
    count(book, 1, "2024-02-01")
    return book


def count(book: Book, found: int, on: str) -> str:
    plan = book.plan_count(warehouse="depot", lots=[LOT], on=on, counters=("counter a", "counter b"))
    line = CountedLine(LOT, book.register.item("quilt").quantity(found))
    for counter in plan.counters:
        book.count(plan.number, counter=counter, on=on, lines=[line])
    people = ("director", "auditor")
    return book.approve_count(plan.number, on=on, approved_by=people, explanation="?").number


def test_a_count_that_agrees_with_the_book_has_no_entry():
    book = counted_as_one()
    assert len(book.entries) == 3
    assert figures(book.on_hand("quilt")) == (1, 80_00)


def test_a_cancellation_dated_back_before_the_count_is_not_silent():
    book = counted_as_one()
    back = book.reverse("DL-000001", on="2024-01-25", reason="never left", approved_by="director")
    assert back.conflicts == ("CR-000001",)
    assert book.on_hand("quilt").quantity == 43
    (finding,) = count_conflicts(book)
    assert dict(finding.figures) == {"difference": "0", "now": "-42", "entries": "4"}
    assert finding.documents == ("CR-000001", "REV-000001")


def test_what_was_counted_and_what_the_book_knew_then_can_still_be_asked():
    book = counted_as_one()
    book.reverse("DL-000001", on="2024-01-25", reason="never left", approved_by="director")
    (line,) = count_status(book, "CP-000001").lines
    assert [(one.asserted.counted, one.asserted.there, one.there) for one in line.said] == [(1, 1, 43)] * 2
    assert book.on_hand("quilt", on="2024-02-01", known=3).quantity == 1


def test_the_next_count_settles_it():
    book = counted_as_one()
    book.reverse("DL-000001", on="2024-01-25", reason="never left", approved_by="director")
    count(book, 1, "2024-02-10")
    assert count_conflicts(book) == ()
    assert figures(book.on_hand("quilt")) == (1, 80_00)
