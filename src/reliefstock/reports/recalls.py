"""A recall, as tables: where all of it is, and for each recipient a notice of what is asked back."""

from __future__ import annotations

from collections.abc import Iterator

from reliefstock.book import Book
from reliefstock.ledger import Place, PlaceKind
from reliefstock.operations import Document, SaleNote, Waybill
from reliefstock.reconciliation import RecallRow, RecallStatus
from reliefstock.reports.naming import Naming, legend
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed
from reliefstock.values import Language

__all__ = ["recall_notice_tables", "recall_table"]

_SUMS = ("had", "came back", "still there", "packs")
_ASKED = ("item", "batch", "lot", "contains")


def recall_table(status: RecallStatus, book: Book, lang: Language = "en") -> Table:
    """Every lot in every place: what was there, what came back, what is still there and how it stands."""
    naming, notice = Naming(book, lang), status.notice
    rows = tuple(_cells(naming, row) for row in status.rows)
    return Table(
        "recall",
        WORDS["title.recall"].text("zh", recall=notice.number),
        WORDS["title.recall"].text("en", recall=notice.number),
        columns=(
            *map(Column.named, ("where", *_ASKED)),
            *(Column.named(head, "right") for head in _SUMS),
            *map(Column.named, ("state", "documents")),
        ),
        rows=rows,
        notes_zh=tuple(_notes(status, rows, "zh")),
        notes_en=tuple(_notes(status, rows, "en")),
        lang=lang,
    )


def recall_notice_tables(status: RecallStatus, book: Book, lang: Language = "en") -> tuple[Table, ...]:
    """A notice for each who still has any of it: what is asked back, and by which paper it was got.

    What is on the road to a society is told to it, what is on the road to a depot to nobody: it is kept apart
    there by itself. Households stand by their ids: nobody's name is in the book.
    """
    zh, en = Naming(book, "zh"), Naming(book, "en")
    by_whom: dict[tuple[str, str], list[RecallRow]] = {}
    for row in status.still_out:
        if _is_told(book, row):
            by_whom.setdefault((_whom(zh, row), _whom(en, row)), []).append(row)
    return tuple(_notice(status, book, whom, rows, lang) for whom, rows in by_whom.items())


def _is_told(book: Book, row: RecallRow) -> bool:
    paper = _paper(book, row)
    return not isinstance(paper, Waybill) or paper.to_society


def _whom(naming: Naming, row: RecallRow) -> str:
    """Who has it: a recipient, whom it is on the road to, or who bought it."""
    paper = _paper(naming.book, row)
    if isinstance(paper, Waybill):
        return naming.kind_and_place(Place(PlaceKind.SOCIETY, paper.to))
    if isinstance(paper, SaleNote):
        return naming.word("said.buyer", name=paper.buyer)
    return naming.kind_and_place(row.place)


def _paper(book: Book, row: RecallRow) -> Document | None:
    """The waybill by which it travels, or the note of its sale."""
    if row.place.kind is PlaceKind.TRANSIT:
        return book.documents.get(row.place.id)
    return book.document(row.documents[0]) if row.place.kind is PlaceKind.CONVERSION else None


def _notice(
    status: RecallStatus, book: Book, whom: tuple[str, str], rows: list[RecallRow], lang: Language
) -> Table:
    naming, (zh, en) = Naming(book, lang), whom
    asked = tuple(_asked(naming, row) for row in rows)
    return Table(
        "recall_notice",
        WORDS["title.recall notice"].text("zh", recipient=zh),
        WORDS["title.recall notice"].text("en", recipient=en),
        columns=(
            *map(Column.named, _ASKED),
            *(Column.named(head, "right") for head in _SUMS),
            Column.named("documents"),
        ),
        rows=asked,
        notes_zh=tuple(_notes(status, asked, "zh")),
        notes_en=tuple(_notes(status, asked, "en")),
        lang=lang,
    )


def _cells(naming: Naming, row: RecallRow) -> Row:
    *asked, documents = _asked(naming, row)
    state = row.place.kind.value if row.still_there else "nothing"
    return (
        naming.kind_and_place(row.place),
        *asked,
        naming.word(f"recalled.{state}"),
        documents,
    )


def _asked(naming: Naming, row: RecallRow) -> Row:
    contains = () if row.contains == (row.lot,) else row.contains
    return (
        naming.item(row.item),
        listed(_batches(naming, row), naming.lang),
        row.lot,
        listed(contains, naming.lang),
        naming.quantity(row.item, row.had),
        naming.quantity(row.item, row.came_back),
        naming.quantity(row.item, row.still_there),
        naming.packed(row.lot, row.still_there) if row.still_there else "",
        listed(row.documents, naming.lang),
    )


def _batches(naming: Naming, row: RecallRow) -> tuple[str, ...]:
    """The batches of what is recalled in it."""
    batches = (naming.book.lot(lot).batch for lot in row.contains)
    return tuple(dict.fromkeys(batch for batch in batches if batch))


def _notes(status: RecallStatus, rows: tuple[Row, ...], lang: Language) -> Iterator[str]:
    notice = status.notice
    yield WORDS["note.recall reason"].text(lang, reason=notice.reason, notice=notice.notice)
    if status.ended_on is not None:
        yield WORDS["note.recall over"].text(lang, day=status.ended_on.isoformat())
    yield from legend(rows, lang)
