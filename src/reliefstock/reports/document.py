"""One document on paper: what it moved, lot by lot, in base units and in the packs that the lot came in.

Every document is told of by the entries that it stands on, so one table does for all of them, and what it
says is what was posted.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Holding, Place
from reliefstock.operations.desk import packs_of
from reliefstock.reports.naming import Naming, notes, unvalued_notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import listed
from reliefstock.values import Language, Quantity

__all__ = ["DocumentLine", "document_lines", "document_table"]


@attrs.frozen(kw_only=True)
class DocumentLine:
    """So much of a lot that a document moved, in base units and minor units.

    `packs` says it in the packs that the lot came in, and what is loose; none where it came in none.
    """

    entry: int
    lot: str
    item: str
    source: Place
    target: Place
    quantity: int
    value: int
    packs: tuple[Quantity, ...]


def document_lines(book: Book, number: str) -> tuple[DocumentLine, ...]:
    """What a document moved, in the order of its entries; nothing where it has none. Raises `Unknown`."""
    return tuple(
        DocumentLine(
            entry=entry.number,
            lot=movement.lot,
            item=book.lot(movement.lot).item,
            source=movement.source,
            target=movement.target,
            quantity=movement.quantity,
            value=movement.value,
            packs=packs_of(book.item_of(movement.lot), book.lot(movement.lot), movement.quantity),
        )
        for entry in map(book.ledger.entry, book.document(number).entries)
        for movement in entry.movements()
    )


def document_table(book: Book, number: str, lang: Language = "en", *, public: bool = False) -> Table:
    """A document as a table: what went from where to where. Raises `Unknown`.

    The papers of counts that it is dated before, and the day that it is late news about, stand in notes.
    """
    naming, lines = Naming(book, lang, public=public), document_lines(book, number)
    unvalued = unvalued_notes(book, (line.lot for line in lines))
    total = naming.amount(sum(line.value for line in lines))
    table = Table(
        "document",
        _title(book, number, "zh"),
        _title(book, number, "en"),
        columns=(
            *map(Column.named, ("lot", "item", "out of", "into")),
            *(Column.named(head, "right") for head in ("quantity", "packs", "value")),
        ),
        rows=tuple(_cells(naming, line) for line in lines),
        total=(naming.word("said.all"), "", "", "", "", "", total),
        notes_zh=(*notes(book, "zh", *unvalued), *_late(book, number, "zh")),
        notes_en=(*notes(book, "en", *unvalued), *_late(book, number, "en")),
        lang=lang,
    )
    return table if any(line.packs for line in lines) else table.without("packs")


def _title(book: Book, number: str, lang: Language) -> str:
    document = book.document(number)
    naming = Naming(book, lang)
    text = naming.word(
        "title.document", document=document.title(lang), number=number, day=document.on.isoformat()
    )
    return naming.word("said.also reversed", text=text) if book.is_reversed(number) else text


def _late(book: Book, number: str, lang: Language) -> Iterator[str]:
    document, naming = book.document(number), Naming(book, lang)
    if document.concerns is not None:
        yield naming.word("note.concerns", day=document.concerns.isoformat())
    if document.conflicts:
        yield naming.word("note.counts", counts=listed(document.conflicts, lang))


def _cells(naming: Naming, line: DocumentLine) -> Row:
    return (
        line.lot,
        naming.item(line.item),
        naming.kind_and_place(line.source),
        naming.kind_and_place(line.target),
        naming.quantity(line.item, line.quantity),
        naming.packs(line.item, line.packs),
        naming.worth(line.item, Holding(line.quantity, line.value)),
    )
