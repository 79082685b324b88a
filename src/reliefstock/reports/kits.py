"""Kits on paper: what went into them or came out, what they are made of, and how many could be built."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.bills import BillOfMaterials
from reliefstock.book import Book
from reliefstock.errors import Unknown
from reliefstock.ledger import Holding
from reliefstock.operations import (
    BrokenLot,
    Buildable,
    BuildableLine,
    BuiltLot,
    KitBreak,
    KitBuild,
    KitRebuild,
)
from reliefstock.reports.naming import Naming, notes, unvalued_notes
from reliefstock.reports.packs import in_packs
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed
from reliefstock.values import Language, Money, Quantity, near

__all__ = [
    "BillRow",
    "KitRow",
    "bill_rows",
    "bills_table",
    "buildable_table",
    "kit_record",
    "kit_record_table",
]

_KitPaper = KitBuild | KitBreak | KitRebuild


# What went in, what came out


@attrs.frozen(kw_only=True)
class KitRow:
    """One component lot of one lot of kits, in base units and minor units.

    `built` says that it went into kits; otherwise it came out. `kits` is how many of `kit_lot` that were.
    """

    built: bool
    kit_lot: str
    kits: int
    lot: str
    item: str
    quantity: int
    packs: tuple[Quantity, ...]
    value: int
    expiry: date | None


def kit_record(book: Book, number: str) -> tuple[KitRow, ...]:
    """What a paper of kits broke and built, component lot by component lot; what was broken comes first.

    Raises `Unknown` for what is no such paper.

    >>> from reliefstock.errors import Unknown
    >>> try:
    ...     kit_record(Book("Ankang", currency="CNY"), "KIT-000001")
    ... except Unknown as unknown:
    ...     print(unknown.what)
    paper of kits
    """
    paper = _paper(book, number)
    broken = () if isinstance(paper, KitBuild) else paper.broken
    built = () if isinstance(paper, KitBreak) else paper.built
    return (
        *(row for one in broken for row in _rows(book, one, built=False)),
        *(row for one in built for row in _rows(book, one, built=True)),
    )


def kit_record_table(book: Book, number: str, lang: Language = "en") -> Table:
    """A paper of kits as a table; of a rebuild the totals of what came out and what went in stand apart.

    Raises `Unknown` for what is no paper of kits.
    """
    naming, rows = Naming(book, lang), kit_record(book, number)
    keys = unvalued_notes(book, (row.lot for row in rows))
    table = Table(
        "kit_record",
        _title(book, number, "zh"),
        _title(book, number, "en"),
        columns=(
            *map(Column.named, ("in or out", "kit lot")),
            Column.named("kits", "right"),
            *map(Column.named, ("item", "lot")),
            *(Column.named(head, "right") for head in ("quantity", "packs", "value")),
            Column.named("expires"),
        ),
        rows=tuple(_record_cells(naming, row) for row in rows),
        total=_record_total(naming, rows),
        notes_zh=notes(book, "zh", *keys),
        notes_en=notes(book, "en", *keys),
        lang=lang,
    )
    return table if any(row.packs for row in rows) else table.without("packs")


def _paper(book: Book, number: str) -> _KitPaper:
    paper = book.documents.get(number)
    if isinstance(paper, _KitPaper):
        return paper
    known = [one.number for one in book.documents.values() if isinstance(one, _KitPaper)]
    raise Unknown(what="paper of kits", given=number, near=near(number, known))


def _rows(book: Book, one: BuiltLot | BrokenLot, *, built: bool) -> Iterator[KitRow]:
    for part in one.components:
        lot = book.lot(part.lot)
        yield KitRow(
            built=built,
            kit_lot=one.lot,
            kits=one.quantity.count,
            lot=lot.id,
            item=lot.item,
            quantity=part.quantity,
            packs=part.packs,
            value=part.value,
            expiry=lot.expiry,
        )


def _title(book: Book, number: str, lang: Language) -> str:
    paper, naming = _paper(book, number), Naming(book, lang)
    text = naming.word("title.kit record", paper=paper.title(lang), number=number, on=paper.on.isoformat())
    return naming.word("said.also reversed", text=text) if book.is_reversed(number) else text


def _record_cells(naming: Naming, row: KitRow) -> Row:
    return (
        naming.word("said.put in" if row.built else "said.taken out"),
        row.kit_lot,
        naming.quantity(naming.book.lot(row.kit_lot).item, row.kits),
        naming.item(row.item),
        row.lot,
        naming.quantity(row.item, row.quantity),
        naming.packs(row.item, row.packs),
        naming.worth(row.item, Holding(row.quantity, row.value)),
        "" if row.expiry is None else row.expiry.isoformat(),
    )


def _record_total(naming: Naming, rows: tuple[KitRow, ...]) -> Row:
    sums = [
        naming.amount(sum(row.value for row in rows if row.built is built))
        for built in dict.fromkeys(row.built for row in rows)
    ]
    return (naming.word("said.all"), "", "", "", "", "", "", " / ".join(sums), "")


# Bills of materials


@attrs.frozen(kw_only=True)
class BillRow:
    """One component of one version of a bill: so many base units of it are in one kit."""

    kit: str
    version: str
    since: date | None
    item: str
    units: int
    stated: tuple[Quantity | Money, ...]


def bill_rows(book: Book, kit: str | None = None) -> tuple[BillRow, ...]:
    """All bills of materials, or those of one kit, in the order in which the book was told of them.

    Raises `Unknown` for an item that the book does not know.

    >>> bill_rows(Book("Ankang", currency="CNY"))
    ()
    """
    item = None if kit is None else book.register.item(kit).id
    bills = (one for one in book.register.all(BillOfMaterials) if item in (None, one.item))
    return tuple(row for bill in bills for row in _bill_rows(book, bill))


def bills_table(rows: tuple[BillRow, ...], book: Book, lang: Language = "en") -> Table:
    """Bills of materials as a table, a line a component.

    >>> bills_table((), Book("Ankang", currency="CNY"), "zh").title("zh")
    '物料清单'
    """
    naming = Naming(book, lang)
    return Table(
        "bills",
        WORDS["title.bills"].zh,
        WORDS["title.bills"].en,
        columns=(
            *map(Column.named, ("kit", "version", "holds since", "item")),
            Column.named("per kit", "right"),
            Column.named("packs", "right"),
        ),
        rows=tuple(_bill_cells(naming, row) for row in rows),
        lang=lang,
    )


def _bill_rows(book: Book, bill: BillOfMaterials) -> Iterator[BillRow]:
    items = {part.item: book.register.item(part.item) for part in bill.components}
    for item, units in bill.units_of(items).items():
        yield BillRow(
            kit=bill.item,
            version=bill.version,
            since=bill.since,
            item=item,
            units=units,
            stated=in_packs(items[item], units),
        )


def _bill_cells(naming: Naming, row: BillRow) -> Row:
    quantity, packs = naming.quantity(row.item, row.units), naming.packs(row.item, row.stated)
    return (
        naming.item(row.kit),
        row.version,
        "" if row.since is None else row.since.isoformat(),
        naming.item(row.item),
        quantity,
        "" if packs == quantity else packs,
    )


# How many could be built


def buildable_table(could: Buildable, book: Book, lang: Language = "en") -> Table:
    """How many kits could be built: what there is of each component, and for how many kits it does.

    A note names the components that are the limit.
    """
    naming = Naming(book, lang)
    return Table(
        "buildable",
        _could_text("title.buildable", could, Naming(book, "zh")),
        _could_text("title.buildable", could, Naming(book, "en")),
        columns=(
            Column.named("item"),
            *(Column.named(head, "right") for head in ("per kit", "usable", "enough for")),
        ),
        rows=tuple(_could_cells(naming, could, line) for line in could.lines),
        total=(naming.word("said.could be built"), "", "", naming.quantity(could.kit, could.kits)),
        notes_zh=(_could_text("note.limit", could, Naming(book, "zh")),),
        notes_en=(_could_text("note.limit", could, Naming(book, "en")),),
        lang=lang,
    )


def _could_cells(naming: Naming, could: Buildable, line: BuildableLine) -> Row:
    return (
        naming.item(line.item),
        naming.quantity(line.item, line.per_kit),
        naming.quantity(line.item, line.usable),
        naming.quantity(could.kit, line.kits),
    )


def _could_text(key: str, could: Buildable, naming: Naming) -> str:
    return naming.word(
        key,
        kit=naming.item(could.kit),
        version=could.version,
        warehouse=naming.site(could.warehouse),
        on=could.on.isoformat(),
        items=listed(map(naming.item, could.limits), naming.lang),
    )
