"""The command `import`: the half-year data form, taken in by a book that is there, whole or not at all."""

from __future__ import annotations

import argparse
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs

from reliefstock.book import Book
from reliefstock.cli.books import add_book, opened
from reliefstock.cli.command import Command, add_form
from reliefstock.cli.exits import Exit, FileUnusable
from reliefstock.cli.output import say, say_data, show, telling_progress
from reliefstock.cli.parser import Parser
from reliefstock.cli.texts import text
from reliefstock.errors import BadRow, CurrencyMismatch, ImportRefused, ReliefstockError, StoreError
from reliefstock.formats.form import Form, Indicator, Transaction
from reliefstock.formats.posting import OLD_PAPERS, Posting
from reliefstock.policy import Policy
from reliefstock.reconciliation import Finding
from reliefstock.reports import findings_table
from reliefstock.values import Language

__all__ = ["IMPORT", "TakenIn", "take_in"]


@attrs.frozen
class TakenIn:
    """What was taken in: so many rows, and what a reader should know of them."""

    rows: int
    notes: tuple[Finding, ...]


def take_in(
    book: Book,
    folder: Path,
    *,
    old_papers: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> TakenIn:
    """Read a folder of the half-year form, and post what it says into a book.

    With `old_papers` nobody need have counted, signed or approved meanwhile; that the policy was another one,
    and that it is again what it was, stands in the book.

    Raises:
        ImportRefused: with everything that is wrong, by file, line and column; the book is as it was.
        CurrencyMismatch, AlreadyKnown: the form is not for this book.
        StoreError: the book cannot be written.
    """
    bad: list[BadRow] = []
    form = Form(folder, bad)
    if bad or form.report is None:
        raise ImportRefused(bad)
    if form.report.currency != book.currency:
        raise CurrencyMismatch(form.report.currency, book.currency)
    with book.batch():
        policy = book.policy
        book.policy = _for_old_papers(policy) if old_papers else policy
        book.add(*form.nouns)
        posting = Posting(book, form.report)
        for done, step in enumerate(form.steps, 1):
            _post(posting, step)
            if progress is not None:
                progress(done, len(form.steps))
        if bad:
            raise ImportRefused(bad)
        book.policy = policy
    return TakenIn(len(form.steps), tuple(posting.notes))


def _for_old_papers(policy: Policy) -> Policy:
    """What old papers leave out is not asked for; all else is as the society decided."""
    return attrs.evolve(
        policy,
        counters=OLD_PAPERS.counters,
        sign_off=OLD_PAPERS.sign_off,
        approvers=OLD_PAPERS.approvers,
    )


def _post(posting: Posting, step: Transaction | Indicator) -> None:
    try:
        posting.post(step)
    except StoreError:
        raise
    except ReliefstockError as error:
        step.row.bad("id", error.sentence("en"), error.sentence("zh"))


def _takes(parser: Parser) -> None:
    add_book(parser)
    parser.inputs.add_argument("form", metavar="FOLDER", help=text("form", parser.lang))
    parser.options.add_argument("--old-papers", action="store_true", help=text("old-papers", parser.lang))
    add_form(parser)


def _folder(given: str) -> Path:
    """The folder that is given, or that of a file that is given. Raises `FileUnusable`."""
    path = Path(given)
    if not path.exists():
        raise FileUnusable(given, os.strerror(errno.ENOENT))
    return path.parent if path.is_file() else path


def _import(asked: argparse.Namespace, lang: Language) -> Exit:
    folder = _folder(asked.form)
    with opened(asked, to_write=True) as book:
        before = book.head.size
        taken = take_in(book, folder, old_papers=asked.old_papers, progress=telling_progress())
        name, records = book.name, book.head.size - before
    if asked.format == "json":
        say_data({"book": name, "rows": taken.rows, "records": records, "notes": taken.notes})
        return Exit.WELL
    if taken.notes:
        show([findings_table(taken.notes, lang)], asked.format)
    if asked.format == "table":
        say(text("imported", lang, name=name, rows=taken.rows, records=records) + "\n")
    return Exit.WELL


IMPORT: Final = Command("import", ("reliefstock import county.db form --old-papers",), _takes, _import)
