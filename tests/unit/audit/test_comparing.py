"""A book and its records must come to the same figures, and where they do not, it is told."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from reliefstock import Book, Handout
from reliefstock.audit import (
    AuditReport,
    CountFigure,
    HoldFigure,
    audit,
    audit_table,
    figures_of,
    findings_table,
)
from reliefstock.reports import draw
from unit.audit.books import QUILTS, a_book
from unit.audit.clerk import Clerk, place
from unit.operations.office import QUILT


def forged(book: Book) -> AuditReport:
    """One household got what the book says another got."""
    books = Clerk.of(book)
    books.leg("DL-000002", "household:H-2").place = place("household:H-1")
    return audit(books.records(), book)


def test_a_book_and_its_records_come_to_the_same_figures():
    book = a_book()
    report = audit(book.records(), book)
    assert (report.findings, report.is_sound, report.compared) == ((), True, True)
    assert report.figures == figures_of(book)


def test_the_figures_are_those_of_the_winter():
    figures = figures_of(a_book())
    assert figures.totals == {"CNY": (10_000, 10_000), "quilt": (32, 83_334), "kit": (1, 6667)}
    assert figures.holds == {
        ("AL-000001-1", QUILTS): HoldFigure(
            "warehouse:depot", 4, date(2023, 1, 20), date(2023, 2, 10), 1, 1, 0, 0
        )
    }
    assert figures.counts["CS-000001", "warehouse:depot", QUILTS] == CountFigure(date(2023, 2, 4), 13, 14)
    assert (figures.closed, figures.sealed) == (date(2023, 1, 31), date(2023, 1, 31))
    assert (figures.entries, figures.documents["DL"]) == (17, 5)


def test_without_a_book_nothing_is_compared():
    report = audit(a_book().records())
    assert (report.differences, report.compared, report.is_sound) == ((), False, True)


def test_what_the_book_has_done_since_is_a_difference():
    book = a_book()
    records = list(book.records())
    line = Handout("H-1", "quilt", QUILT.quantity(1), "sheet 9", [QUILTS])
    book.distribute(origin="depot", lines=[line], on="2023-02-07")
    codes = {one.code for one in audit(records, book).differences}
    assert codes == {"balance-differs", "total-differs", "documents-differ", "size-differs", "head-differs"}


def test_a_household_that_got_it_in_the_records_alone_is_told_with_both_figures():
    told = [one for one in forged(a_book()).differences if one.code == "balance-differs"]
    assert [(one.place, one.lot, one.figures) for one in told] == [
        ("household:H-1", QUILTS, (("recomputed", "3/10001"), ("book", "2/6667"))),
        ("household:H-2", QUILTS, (("recomputed", "0/0"), ("book", "1/3334"))),
    ]


def test_a_book_whose_positions_are_not_those_of_its_entries_is_found():
    book = a_book()
    shelf = next(iter(book.ledger._held.values()))
    lot, position = next(iter(shelf.positions.items()))
    shelf._positions[lot] = attrs.evolve(position, count=position.count + 1)
    assert [one.code for one in audit(book.records(), book).differences] == ["total-differs"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_audit_is_two_tables(lang: str):
    report = forged(a_book())
    table, findings = audit_table(report, lang), findings_table(report, lang)  # pyright: ignore[reportArgumentType]
    assert table.rows[-1][1] == str(len(report.differences)) == str(len(findings.rows))
    assert findings.rows[0][2:] == ("balance-differs", report.differences[0].text(lang))  # pyright: ignore[reportArgumentType]
    assert "10001" in draw(findings, "csv")


def test_a_table_says_whether_there_was_a_book():
    report = audit(a_book().records())
    assert audit_table(report, "zh").rows[-1][1] == "未比对"
    assert audit_table(report, "en").rows[-1][1] == "not compared"
