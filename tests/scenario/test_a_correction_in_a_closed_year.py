"""Elsewhere a slip that was corrected in March changed the year that had been audited and printed.

Here the year was closed, so the correction stands on its own day and says which day it is about; what was
printed is what the book says of that year, to the fen, now and for ever.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, Handout, LossReason, Period, ReturnedLine, WrittenOffLine
from reliefstock.errors import NotOpen, PeriodClosed
from reliefstock.reconciliation import By, as_closed, close_findings, late_news, reopened_changes, statement
from reliefstock.reports import draw, late_news_table, statement_table, stock_position
from scenario.county import county, gift

LAST_YEAR, THIS_YEAR = Period.year(2025), Period.year(2026)
PEOPLE = {"closed_by": "bookkeeper", "approved_by": "director"}


def give(book: Book, to: str, count: int, on: str, concerns: str | None = None) -> str:
    line = Handout(to, "quilt", book.register.item("quilt").quantity(count), "sheet 1")
    return book.distribute(origin="depot", lines=[line], on=on, concerns=concerns).number


@pytest.fixture
def book() -> Book:
    """500 quilts for 40,000.01 yuan came in 2025; 157 were given out; the year is closed in January."""
    book = county()
    gift(book, "quilt", 500, "40000.01", "2025-01-10")
    give(book, "lvhe", 150, "2025-03-01")
    give(book, "h1", 7, "2025-12-31")
    book.close(LAST_YEAR, on="2026-01-15", **PEOPLE)
    return book


def printed(book: Book, known: int | None = None) -> str:
    """The statement of last year in every arrangement, in both languages, and the stock at its end."""
    statements = [statement(book, LAST_YEAR, by=by, known=known) for by in By]
    tables = [draw(statement_table(one, book, lang)) for one in statements for lang in ("zh", "en")]
    return "\n".join((*tables, repr(stock_position(book, on=LAST_YEAR.last, known=known))))


def corrected(book: Book) -> None:
    """A list that was wrong, goods that came back, a loss and a gift that were found late."""
    quilt = book.register.item("quilt")
    book.reverse("DL-000002", on="2026-03-02", reason="never handed out", approved_by="director")
    give(book, "h2", 7, "2026-03-02", concerns="2025-12-31")
    back = ReturnedLine("GRN-000001-1", quilt.quantity(1))
    book.return_(
        recipient="lvhe", into="depot", lines=[back], on="2026-03-03", reason="torn", concerns="2025-06-01"
    )
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine("GRN-000001-1", quilt.quantity(3))],
        on="2026-03-04",
        reason=LossReason.SPOILT,
        explanation="mould, found at the turn of the year",
        reported_by="keeper",
        approved_by="director",
        concerns="2025-12-31",
    )


def test_a_correction_cannot_be_dated_in_the_closed_year(book: Book):
    with pytest.raises(PeriodClosed) as refused:
        book.reverse("DL-000002", on="2025-12-31", reason="never handed out", approved_by="director")
    assert "date it 2026-01-01 or later" in str(refused.value)
    assert "concerns='2025-12-31'" in str(refused.value)


def test_corrections_leave_the_closed_year_exactly_as_it_was(book: Book):
    before, known = printed(book), len(book.entries)
    corrected(book)
    assert printed(book) == before
    assert printed(book, known=known) == before
    assert as_closed(book, "CL-000001") == statement(book, LAST_YEAR)
    assert close_findings(book) == ()


def test_every_correction_says_which_day_of_the_closed_year_it_is_about(book: Book):
    corrected(book)
    news = late_news(book, LAST_YEAR)
    assert [(one.document, one.on.isoformat(), one.concerns.isoformat()) for one in news] == [
        ("REV-000001", "2026-03-02", "2025-12-31"),
        ("DL-000003", "2026-03-02", "2025-12-31"),
        ("RN-000001", "2026-03-03", "2025-06-01"),
        ("WO-000001", "2026-03-04", "2025-12-31"),
    ]
    assert draw(late_news_table(news, LAST_YEAR, book, "zh").without("kind"), "csv") == (
        "单据,日期,所属日期,收到,盘盈,转换,库存,在途,发放及下拨,损失\n"
        "REV-000001,2026-03-02,2025-12-31,0,0,0,560.00,0,-560.00,0\n"
        "DL-000003,2026-03-02,2025-12-31,0,0,0,-560.00,0,560.00,0\n"
        "RN-000001,2026-03-03,2025-06-01,0,0,0,80.00,0,-80.00,0\n"
        "WO-000001,2026-03-04,2025-12-31,0,0,0,-240.00,0,0,240.00\n"
    )


def test_what_was_corrected_counts_in_the_year_in_which_it_became_known(book: Book):
    corrected(book)
    (row,) = statement(book, THIS_YEAR).rows
    assert (row.opening.quantity, row.given_out.quantity, row.lost.quantity) == (343, -1, 3)
    assert row.on_hand.quantity == 341
    assert not row.difference


def test_nobody_is_told_of_changes_where_the_year_was_never_reopened(book: Book):
    corrected(book)
    assert reopened_changes(book) == ()


def test_the_close_itself_cannot_be_taken_back(book: Book):
    with pytest.raises(NotOpen) as refused:
        book.reverse("CL-000001", on="2026-03-02", reason="too early", approved_by="director")
    assert refused.value.do == "reopen the period, with somebody's approval"
    assert book.ledger.closed_through == LAST_YEAR.last
