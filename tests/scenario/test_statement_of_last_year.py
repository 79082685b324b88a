"""Elsewhere last year's statement changed when a price, a name or a paper found later was entered.

Here last year's statement is what it was, and what was known when it was printed can be printed again.
"""

from __future__ import annotations

import attrs
import pytest

from reliefstock import Book, Handout, Household, Period, ReturnedLine, Warehouse
from reliefstock.reconciliation import (
    By,
    Claim,
    Measure,
    Scope,
    What,
    check_claims,
    measure,
    statement,
    trace,
)
from scenario.county import county, gift, yuan

LAST_YEAR = Period.year(2025)


def give(book: Book, to: str, count: int, on: str) -> str:
    line = Handout(to, "quilt", book.register.item("quilt").quantity(count), "sheet 1")
    return book.distribute(origin="depot", lines=[line], on=on).number


def last_year() -> Book:
    book = county()
    book.amend(attrs.evolve(book.register.item("quilt"), price=yuan(80)))
    gift(book, "quilt", 500, "40000.01", "2025-01-10")
    gift(book, "water", 48, "96.00", "2025-02-10", donor="company", into="branch")
    give(book, "lvhe", 150, "2025-03-01")
    give(book, "h1", 7, "2025-12-31")
    return book


def printed(book: Book, known: int | None = None) -> str:
    """Everything that an auditor may have on paper, as text."""
    given = Measure(what=What.GIVEN_OUT, period=LAST_YEAR)
    claims = [
        Claim(id="given", figure="1.2万余元", zh="发放", en="given out", measure=given),
        Claim(
            id="left",
            figure="343件",
            zh="库存",
            en="left",
            measure=attrs.evolve(given, what=What.ON_HAND, unit="piece", scope=Scope(items=("quilt",))),
        ),
        Claim(
            id="reached",
            figure="1户",
            zh="惠及",
            en="reached",
            measure=attrs.evolve(given, what=What.REACHED, unit="household"),
        ),
    ]
    parts = [statement(book, LAST_YEAR, by=by, known=known) for by in By]
    return repr((parts, check_claims(book, claims, known=known), trace(book, "GRN-000001", known=known)))


def amended(book: Book) -> None:
    """New prices and new names, as years go by."""
    book.amend(attrs.evolve(book.register.item("quilt"), price=yuan(120), en="Winter quilt"))
    book.amend(attrs.evolve(book.register.donor("province"), zh="陕西省红十字会"))
    book.amend(Household("h1", size=9, division="610923101"))
    book.amend(Warehouse("depot", zh="新备灾中心", division="610902"))


@pytest.mark.parametrize("by", By)
def test_new_prices_and_names_leave_last_years_statement_as_it_was(by: By):
    book = last_year()
    before = statement(book, LAST_YEAR, by=by)
    amended(book)
    assert statement(book, LAST_YEAR, by=by) == before
    assert before.findings == ()


def test_new_prices_and_names_leave_all_that_was_printed_as_it_was():
    book = last_year()
    before = printed(book)
    amended(book)
    assert printed(book) == before


def test_what_happened_this_year_leaves_last_years_statement_as_it_was():
    book = last_year()
    before = statement(book, LAST_YEAR)
    back = ReturnedLine("GRN-000001-1", book.register.item("quilt").quantity(10))
    book.return_(recipient="lvhe", into="depot", lines=[back], on="2026-01-05", reason="too many")
    book.reverse("DL-000002", on="2026-01-06", reason="never handed out", approved_by="director")
    gift(book, "quilt", 1, "80.00", "2026-01-07")
    assert statement(book, LAST_YEAR) == before
    assert measure(book, Measure(what=What.GIVEN_OUT, period=Period.year(2026))).bounds.low < 0


def test_what_was_printed_can_be_printed_again_after_papers_were_found():
    book = last_year()
    then, known = printed(book), len(book.entries)
    gift(book, "quilt", 20, "1600.00", "2025-01-05", donor="foundation", into="branch")
    give(book, "h2", 3, "2025-06-01")
    book.reverse("DL-000002", on="2025-12-31", reason="never handed out", approved_by="director")
    assert printed(book, known=known) == then
    assert printed(book) != then


def test_every_moment_of_the_book_can_be_printed_again():
    book = county()
    pages: list[str] = []
    for on in ("2025-05-01", "2025-02-01", "2025-03-01", "2025-01-01"):
        gift(book, "quilt", 5, "400.00", on)
        pages.append(repr([statement(book, LAST_YEAR, by=by) for by in By]))
    again = [repr([statement(book, LAST_YEAR, by=by, known=known) for by in By]) for known in (1, 2, 3, 4)]
    assert again == pages
