"""One document on paper: what it moved, lot by lot, in base units and in the packs that the lot came in.

Every document is told of by the entries that it stands on, so one table does for all of them, and what it
says is what was posted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Holding, Place
from reliefstock.operations import DistributionList, Document
from reliefstock.operations.desk import packs_of
from reliefstock.reports.naming import Naming, notes, unvalued_notes
from reliefstock.reports.particulars import particulars
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import listed
from reliefstock.values import Language, Quantity

__all__ = ["DocumentLine", "document_lines", "document_table"]


@attrs.frozen(kw_only=True)
class DocumentLine:
    """So much of a lot that a document moved, in base units and minor units.

    `packs` says it in the packs that the lot came in, and what is loose; none where it came in none.
    `signatures` are where a recipient signed for it.
    """

    entry: int
    lot: str
    item: str
    source: Place
    target: Place
    quantity: int
    value: int
    packs: tuple[Quantity, ...]
    signatures: tuple[str, ...] = ()


def document_lines(book: Book, number: str) -> tuple[DocumentLine, ...]:
    """What a document moved, in the order of its entries; nothing where it has none. Raises `Unknown`."""
    signatures = _signatures(book.document(number))
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
            signatures=signatures.get((movement.target.id, movement.lot), ()),
        )
        for entry in map(book.ledger.entry, book.document(number).entries)
        for movement in entry.movements()
    )


def document_table(book: Book, number: str, lang: Language = "en", *, public: bool = False) -> Table:
    """A document as a table: what went from where to where. Raises `Unknown`.

    Below it stands what else the paper says: where to, by which paper, why, who answered for it, unless it is
    `public`; then the day that it is late news about, and the counts that it is dated before. It has a total
    where nothing is in its lines twice, as what goes into kits and comes out as kits is.
    """
    naming, lines = Naming(book, lang, public=public), document_lines(book, number)
    table = Table(
        "document",
        _title(book, number, "zh"),
        _title(book, number, "en"),
        columns=(
            *map(Column.named, ("lot", "item", "batch", "expires", "out of", "into")),
            *(Column.named(head, "right") for head in ("quantity", "packs", "value")),
            Column.named("signature"),
        ),
        rows=tuple(_cells(naming, line) for line in lines),
        total=_total(naming, lines),
        notes_zh=_notes(attrs.evolve(naming, lang="zh"), number, lines),
        notes_en=_notes(attrs.evolve(naming, lang="en"), number, lines),
        lang=lang,
    )
    return table.without(*_without_any(table))


def _total(naming: Naming, lines: tuple[DocumentLine, ...]) -> Row | None:
    """The value of all lines; none where there are none, or what is in one line is in another too."""
    if not lines or {line.source for line in lines} & {line.target for line in lines}:
        return None
    total = naming.amount(sum(line.value for line in lines))
    return (naming.word("said.all"), "", "", "", "", "", "", "", total, "")


def _without_any(table: Table) -> tuple[str, ...]:
    """The columns that not every kind of paper has, where no line has anything in them."""
    kept = ("batch", "expires", "packs", "signature")
    return tuple(
        column.key
        for at, column in enumerate(table.columns)
        if column.key in kept and not any(row[at] for row in table.rows)
    )


def _notes(naming: Naming, number: str, lines: tuple[DocumentLine, ...]) -> tuple[str, ...]:
    book, lang = naming.book, naming.lang
    amounts = notes(book, lang, *unvalued_notes(book, (line.lot for line in lines))) if lines else ()
    return (*amounts, *particulars(naming, book.document(number)), *_late(book, number, lang))


def _signatures(document: Document) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Where each recipient signed for each lot."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in document.lines if isinstance(document, DistributionList) else ():
        for pick in line.picks:
            key = (line.recipient, pick.lot)
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *filter(None, (line.signature,)))))
    return found


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
    lot = naming.book.lot(line.lot)
    return (
        line.lot,
        naming.item(line.item),
        lot.batch,
        "" if lot.expiry is None else lot.expiry.isoformat(),
        naming.kind_and_place(line.source),
        naming.kind_and_place(line.target),
        naming.quantity(line.item, line.quantity),
        naming.packs(line.item, line.packs),
        naming.worth(line.item, Holding(line.quantity, line.value)),
        listed(line.signatures, naming.lang),
    )
