"""What was given for a purpose, on paper: the account of restrictions, redirections with consents, sales."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reliefstock.book import Book
from reliefstock.ledger import Holding
from reliefstock.operations import Consent, RedirectedLot, Redirection, SaleNote, SoldLot
from reliefstock.operations.desk import Document
from reliefstock.reconciliation import RestrictionAccount, RestrictionRow
from reliefstock.reports.naming import NIL, Naming, notes
from reliefstock.reports.statement import StatementMeasure
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed
from reliefstock.values import Language

__all__ = ["redirections_table", "restriction_account_table", "sales_table"]

_SUMS = (
    ("opening", "opening"),
    ("received", "received"),
    ("gains", "gains"),
    ("converted", "converted"),
    ("redirected in", "redirected_in"),
    ("redirected out", "redirected_out"),
    ("sold", "sold"),
    ("revalued", "revalued"),
    ("released by use", "released"),
    ("lost", "lost"),
    ("closing", "closing"),
    ("difference", "difference"),
)


def restriction_account_table(
    account: RestrictionAccount,
    book: Book,
    lang: Language = "en",
    *,
    measure: StatementMeasure = "both",
    compact: bool = False,
    public: bool = False,
) -> Table:
    """The account of restrictions as a table, in values, in quantities or in both; the total is of values.

    opening + received + gains + converted + redirected in + sold + revalued = redirected out + released +
    lost + closing, and the last column is what does not add up: `0`. `compact` leaves out the columns in
    which no row has anything; `public` keeps back the names of donors who asked for it.

    >>> from reliefstock.reconciliation import restriction_account
    >>> from reliefstock.values import Period
    >>> book = Book("Ankang", currency="CNY")
    >>> restriction_account_table(restriction_account(book, Period.year(2023)), book, "zh").zh
    '限定资产变动表（2023年，按捐赠）'
    """
    naming = Naming(book, lang, public=public)
    head = WORDS[f"group.{account.by.value}"]
    total = (naming.word("said.all"), "", "", naming.word("said.value"), *_values(naming, account.total))
    table = Table(
        "restriction_account",
        _title(account, "zh"),
        _title(account, "en"),
        columns=(
            Column("group", head.zh, head.en),
            *map(Column.named, ("restriction", "item", "measure")),
            *(Column.named(name, "right") for name, _ in _SUMS),
        ),
        rows=tuple(line for row in account.rows for line in _lines(naming, account, row, measure)),
        total=None if measure == "quantity" else total,
        notes_zh=notes(book, "zh"),
        notes_en=notes(book, "en"),
        lang=lang,
    )
    return table.without(*_left_out(table, measure, compact=compact))


def _title(account: RestrictionAccount, lang: Language) -> str:
    by = WORDS[f"group.{account.by.value}"].text(lang)
    return WORDS["title.restriction account"].text(lang, period=account.period.text(lang), by=by)


def _lines(
    naming: Naming, account: RestrictionAccount, row: RestrictionRow, measure: StatementMeasure
) -> Iterator[Row]:
    """A line of quantities and one of values; money, and goods counted by value, are not told twice."""
    heads = (
        naming.group(account.by, row.group),
        naming.restrictions(row.restrictions),
        naming.item(row.item),
    )
    twice = measure == "both" and naming.book.register.item(row.item).counted_by_value
    if measure != "value" and not twice:
        sums = (naming.quantity(row.item, held.quantity) for held in _sums(row))
        yield (*heads, naming.word("said.quantity"), *sums)
    if measure != "quantity":
        yield (*heads, naming.word("said.value"), *_values(naming, row))


def _values(naming: Naming, row: RestrictionRow) -> Iterator[str]:
    return (naming.amount(held.value) for held in _sums(row))


def _sums(row: RestrictionRow) -> Iterator[Holding]:
    return (getattr(row, name) for _, name in _SUMS)


def _left_out(table: Table, measure: StatementMeasure, *, compact: bool) -> Iterator[str]:
    if measure != "both":
        yield "measure"
    sums = {name.replace(" ", "_") for name, _ in _SUMS} - {"difference"}
    for at, column in enumerate(table.columns):
        if compact and column.key in sums and all(row[at] == NIL for row in table.rows):
            yield column.key


# Redirections


def redirections_table(
    documents: Iterable[Redirection], book: Book, lang: Language = "en", *, public: bool = False
) -> Table:
    """Redirections, a line each lot: what it was for and is for now, and the consents on file.

    >>> redirections_table((), Book("Ankang", currency="CNY"), "zh").zh
    '改变用途登记表'
    """
    naming, papers = Naming(book, lang, public=public), tuple(documents)
    return Table(
        "redirections",
        WORDS["title.redirections"].zh,
        WORDS["title.redirections"].en,
        columns=(
            *map(Column.named, ("date", "document", "lot", "into", "item")),
            *(Column.named(head, "right") for head in ("quantity", "value")),
            *map(Column.named, ("was for", "now for", "consents", "why", "approved by")),
        ),
        rows=tuple(_redirected(naming, one, line) for one in papers for line in one.lines),
        notes_zh=notes(book, "zh", *_reversed(book, papers)),
        notes_en=notes(book, "en", *_reversed(book, papers)),
        lang=lang,
    )


def _redirected(naming: Naming, one: Redirection, line: RedirectedLot) -> Row:
    consents = (_consent(naming, consent) for consent in one.consents if consent.donor in line.donors)
    return (
        one.on.isoformat(),
        _number(naming, one),
        line.lot,
        line.new,
        naming.item(line.item),
        naming.stated(line.quantity),
        naming.amount(line.value),
        naming.restrictions(line.was),
        naming.restrictions(() if one.restriction is None else (one.restriction,)),
        listed(consents, naming.lang),
        one.reason,
        one.approved_by,
    )


def _consent(naming: Naming, consent: Consent) -> str:
    """Who agreed and on which paper; what the paper of a hidden donor is called would say whose it is."""
    is_hidden = naming.public and naming.book.register.donor(consent.donor).hidden
    paper = naming.word("said.not public") if is_hidden else consent.paper
    return naming.word("said.because", text=naming.donor(consent.donor), reason=paper)


# Sales


def sales_table(
    documents: Iterable[SaleNote], book: Book, lang: Language = "en", *, public: bool = False
) -> Table:
    """Sales of surplus, a line each lot: what it fetched, against what the book said, and what for.

    The total is of sales that stand.

    >>> sales_table((), Book("Ankang", currency="CNY")).total
    ('Total', '', '', '', '', '0', '0', '0', '', '', '', '', '')
    """
    naming, papers = Naming(book, lang, public=public), tuple(documents)
    lines = [line for one in papers if not book.is_reversed(one.number) for line in one.lines]
    totals = (
        sum(line.value for line in lines),
        sum(line.proceeds for line in lines),
        sum(line.difference for line in lines),
    )
    return Table(
        "sales",
        WORDS["title.sales"].zh,
        WORDS["title.sales"].en,
        columns=(
            *map(Column.named, ("date", "document", "lot", "item")),
            *(Column.named(head, "right") for head in ("quantity", "value", "fetched", "difference")),
            *map(Column.named, ("fund", "restriction", "buyer", "why", "paper")),
        ),
        rows=tuple(_sold(naming, one, line) for one in papers for line in one.lines),
        total=(naming.word("said.all"), "", "", "", "", *map(naming.amount, totals), "", "", "", "", ""),
        notes_zh=notes(book, "zh", *_reversed(book, papers)),
        notes_en=notes(book, "en", *_reversed(book, papers)),
        lang=lang,
    )


def _sold(naming: Naming, one: SaleNote, line: SoldLot) -> Row:
    return (
        one.on.isoformat(),
        _number(naming, one),
        line.lot,
        naming.item(line.item),
        naming.stated(line.quantity),
        *map(naming.amount, (line.value, line.proceeds, line.difference)),
        naming.site(one.fund),
        naming.restrictions(naming.book.lot(line.money).restrictions),
        one.buyer,
        naming.word(f"reason.{one.reason.value}"),
        one.paper,
    )


def _number(naming: Naming, document: Document) -> str:
    is_reversed = naming.book.is_reversed(document.number)
    return naming.word("said.also reversed", text=document.number) if is_reversed else document.number


def _reversed(book: Book, documents: Iterable[Document]) -> tuple[str, ...]:
    return ("reversed",) if any(book.is_reversed(document.number) for document in documents) else ()
