"""The half-year data form: a society's printed summary, transcribed, so that it can be checked.

A folder of six CSV files: `report` (what is reported on), `nouns` (who and what), `transactions` (what
moved), `indicators` (what was counted that is not stock), `claims` (the figures as printed) and `relations`
(how they are said to hang together). Amounts are written as they are printed, "12余万元" included.

The whole folder is read and checked before anything is posted; `form` says how it is read, `posting` how far
a row can be posted.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs

from reliefstock.book import Book
from reliefstock.errors import (
    BadRow,
    BelowZero,
    DateTooFarAhead,
    ImportRefused,
    NotEnough,
    NotOpen,
    OutsideRestriction,
    ReliefstockError,
)
from reliefstock.formats.form import Form, Indicator, Report, Transaction
from reliefstock.formats.posting import OLD_PAPERS, Posting
from reliefstock.reconciliation import Claim, Finding, Relation
from reliefstock.values import Clock, Quantity

__all__ = ["HalfYear", "read_half_year"]


@attrs.frozen(kw_only=True)
class HalfYear:
    """A folder, read and posted: the book, and the figures to hold against it.

    `notes` are findings that come from reading: days known by their month, donors not named.
    """

    report: Report
    book: Book
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...]
    notes: tuple[Finding, ...]


def read_half_year(
    folder: Path, *, clock: Clock | None = None, progress: Callable[[int, int], None] | None = None
) -> HalfYear:
    """Read a folder and post what it says into a new book.

    What came in is posted before what went out, whatever the order of the rows. `progress` is called with how
    many rows of how many are posted; `clock` says what today is, as no day far ahead of it is taken.

    Raises:
        ImportRefused: with everything that is wrong, by file, line and column; then there is no book. Where
            the rows can be read, what is wrong is what the book refuses, more given out than came for one.

    >>> read_half_year(Path("no such folder"))
    Traceback (most recent call last):
    reliefstock.errors.ImportRefused: 6 bad rows, nothing was posted; correct them and import again:
    ...
    """
    bad: list[BadRow] = []
    form = Form(folder, bad)
    if bad or form.report is None:
        raise ImportRefused(bad)
    book = Book(form.report.en, currency=form.report.currency, policy=OLD_PAPERS, clock=clock)
    book.add(*form.nouns)
    posting = Posting(book, form.report)
    for done, step in enumerate(form.steps, 1):
        _post(book, posting, step)
        if progress is not None:
            progress(done, len(form.steps))
    if bad:
        raise ImportRefused(bad)
    return HalfYear(
        report=form.report,
        book=book,
        claims=form.claims,
        relations=form.relations,
        notes=tuple(posting.notes),
    )


def _post(book: Book, posting: Posting, step: Transaction | Indicator) -> None:
    try:
        posting.post(step)
    except ReliefstockError as error:
        step.row.bad(_column_of(error, step), _reason(error, book))


def _reason(error: ReliefstockError, book: Book) -> str:
    """Why the book refuses it. How much there is stands in the unit that the row is written in."""
    if not isinstance(error, NotEnough):
        return str(error)
    what = "money" if error.item == book.currency else error.item
    why = f" ({'; '.join(error.passed_over)})" if error.passed_over else ""
    return (
        f"{_stated(book, error.item, error.asked)} of {what} asked for, "
        f"{_stated(book, error.item, error.there)} can be used on {error.on.isoformat()}{why}; "
        "write less, or enter first what else came in"
    )


def _stated(book: Book, item: str, units: int) -> str:
    """Base units as the form writes them: 300床, 800.00 CNY."""
    stated = book.register.item(item).stated(units)
    return stated.text("zh") if isinstance(stated, Quantity) else f"{stated.text()} {stated.currency}"


def _column_of(error: ReliefstockError, step: Transaction | Indicator) -> str:
    """The column to look at first."""
    if isinstance(error, DateTooFarAhead):
        return "period" if isinstance(step, Indicator) else "date"
    if isinstance(error, NotOpen):
        return "to"
    if isinstance(error, NotEnough | BelowZero):
        by_value = isinstance(step, Indicator) or step.item is None or step.item.counted_by_value
        return "amount" if by_value else "quantity"
    return "programme" if isinstance(error, OutsideRestriction) else "id"
