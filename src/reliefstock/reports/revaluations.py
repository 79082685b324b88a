"""Values that became known later or were wrong, on paper, and where the difference went."""

from __future__ import annotations

from collections.abc import Iterable

from reliefstock.book import Book
from reliefstock.operations import Revaluation, RevaluedLine
from reliefstock.reports.naming import Naming, notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed
from reliefstock.values import Language

__all__ = ["revaluations_table"]


def revaluations_table(
    documents: Iterable[Revaluation], book: Book, lang: Language = "en", *, public: bool = False
) -> Table:
    """Revaluations, a line each lot and place: what its units there were and are worth.

    The total is of revaluations that stand; lots that keep their value are named in a note. `public` keeps
    back what donors' papers are called, where they asked not to be named.

    >>> revaluations_table((), Book("Ankang", currency="CNY"), "zh").zh
    '价值调整登记表'
    """
    naming, papers = Naming(book, lang, public=public), tuple(documents)
    standing = [line for one in papers if not book.is_reversed(one.number) for line in one.lines]
    totals = (
        sum(line.before for line in standing),
        sum(line.after for line in standing),
        sum(line.difference for line in standing),
    )
    is_reversed = ("reversed",) if any(book.is_reversed(one.number) for one in papers) else ()
    kept = tuple(dict.fromkeys(lot for one in papers for lot in one.kept))
    return Table(
        "revaluations",
        WORDS["title.revaluations"].zh,
        WORDS["title.revaluations"].en,
        columns=(
            *map(Column.named, ("date", "document", "lot", "into", "item", "where")),
            *(Column.named(head, "right") for head in ("quantity", "before", "after", "difference")),
            *map(Column.named, ("basis", "evidence", "why")),
        ),
        rows=tuple(_cells(naming, one, line) for one in papers for line in one.lines),
        total=(naming.word("said.all"), "", "", "", "", "", "", *map(naming.amount, totals), "", "", ""),
        notes_zh=(*notes(book, "zh", *is_reversed), *_kept(Naming(book, "zh"), kept)),
        notes_en=(*notes(book, "en", *is_reversed), *_kept(Naming(book, "en"), kept)),
        lang=lang,
    )


def _cells(naming: Naming, one: Revaluation, line: RevaluedLine) -> Row:
    is_reversed = naming.book.is_reversed(one.number)
    return (
        one.on.isoformat(),
        naming.word("said.also reversed", text=one.number) if is_reversed else one.number,
        line.lot,
        line.new,
        naming.item(line.item),
        naming.kind_and_place(line.place),
        naming.quantity(line.item, line.quantity),
        *map(naming.amount, (line.before, line.after, line.difference)),
        naming.word(f"basis.{one.valuation.basis.value}"),
        _evidence(naming, one),
        one.reason,
    )


def _evidence(naming: Naming, one: Revaluation) -> str:
    donor = naming.book.lot(one.lot).donor
    is_hidden = donor is not None and naming.book.register.donor(donor).hidden
    return naming.word("said.not public") if naming.public and is_hidden else one.valuation.evidence


def _kept(naming: Naming, lots: tuple[str, ...]) -> tuple[str, ...]:
    return (naming.word("note.kept", lots=listed(lots, naming.lang)),) if lots else ()
