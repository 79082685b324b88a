"""Projects as a table: the budget, the money in and out, and what was built, by state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reliefstock.book import Book
from reliefstock.reconciliation import Measured, Output, ProjectAccount
from reliefstock.reports.naming import Naming, notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS
from reliefstock.values import Figure, Interval, Language

__all__ = ["projects_table"]

_MONEY = ("budget", "came in", "spent")
_STATES = ("planned", "begun", "done")


def projects_table(accounts: Sequence[ProjectAccount], book: Book, lang: Language = "en") -> Table:
    """A line for the money of each project, then a line for each of its outputs.

    >>> projects_table((), Book("Ankang", currency="CNY"), "zh").zh
    '项目情况表'
    """
    naming = Naming(book, lang)
    return Table(
        "projects",
        WORDS["title.projects"].zh,
        WORDS["title.projects"].en,
        columns=(
            Column.named("project"),
            Column.named("output"),
            *(Column.named(key, "right") for key in (*_MONEY, *_STATES)),
        ),
        rows=tuple(row for account in accounts for row in _rows(account, naming)),
        notes_zh=notes(book, "zh"),
        notes_en=notes(book, "en"),
        lang=lang,
    )


def _rows(account: ProjectAccount, naming: Naming) -> Iterator[Row]:
    name = naming.book.register.project(account.project).name(naming.lang)
    budget = naming.word("said.not stated") if account.budget is None else naming.amount(account.budget)
    money = (budget, _amount(account.received, naming), _amount(account.spent, naming))
    yield (name, _state(account, naming), *money, *("" for _ in _STATES))
    for output in account.outputs:
        counts = (_count(output, count, naming.lang) for count in (output.planned, output.begun, output.done))
        yield (name, output.zh if naming.lang == "zh" else output.en, *("" for _ in _MONEY), *counts)


def _state(account: ProjectAccount, naming: Naming) -> str:
    return "" if account.state is None else naming.word(f"state.{account.state.value}")


def _amount(measured: Measured, naming: Naming) -> str:
    """What is posted; nothing posted is not nothing spent, so it is said as what it is."""
    if measured.is_empty:
        return naming.word("said.none")
    return naming.amount(int(measured.bounds.low))


def _count(output: Output, count: Interval | None, lang: Language) -> str:
    return "" if count is None else Figure("", count, "count", output.unit, None, "").text_in(lang)
