"""The distribution register: who got what, when, by which list, from which lots, and signed for where.

A list that was reversed stays in the register, since the past stands, but is flagged and counts nowhere.
Recipients stand by their ids; nobody's name is in the book.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Holding, PlaceKind
from reliefstock.operations import DistributedLine, DistributionList
from reliefstock.parties import Household, School, Society
from reliefstock.reports.naming import Naming, notes, unvalued_notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed
from reliefstock.values import Language, Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reliefstock.register import Recipient

__all__ = [
    "DistributionRegister",
    "RegisterLine",
    "RegisterTotal",
    "distribution_register",
    "register_table",
    "register_totals_table",
]

_KINDS: Mapping[type[Recipient], PlaceKind] = MappingProxyType(
    {Household: PlaceKind.HOUSEHOLD, School: PlaceKind.SCHOOL, Society: PlaceKind.SOCIETY}
)


@attrs.frozen(kw_only=True)
class RegisterLine:
    """One line of a distribution list. `quantity` is in base units, `value` in minor units."""

    on: date
    document: str
    warehouse: str
    programme: str
    recipient: str
    kind: PlaceKind
    item: str
    quantity: int
    value: int
    lots: tuple[str, ...]
    signature: str
    is_reversed: bool


@attrs.frozen(kw_only=True)
class RegisterTotal:
    """What was given out of one item, in base units and minor units, on how many lines, to how many."""

    item: str
    quantity: int
    value: int
    lines: int
    recipients: int


@attrs.frozen(kw_only=True)
class DistributionRegister:
    """The lines, in the order in which they happened."""

    lines: tuple[RegisterLine, ...]

    @property
    def counted(self) -> tuple[RegisterLine, ...]:
        """The lines that stand: those of lists that were not reversed."""
        return tuple(line for line in self.lines if not line.is_reversed)

    @property
    def value(self) -> int:
        """What was given out in all, in minor units."""
        return sum(line.value for line in self.counted)

    @property
    def totals(self) -> tuple[RegisterTotal, ...]:
        """The sums by item, in the order in which the items were first given out."""
        by_item: dict[str, list[RegisterLine]] = {}
        for line in self.counted:
            by_item.setdefault(line.item, []).append(line)
        return tuple(_total(item, lines) for item, lines in by_item.items())


def distribution_register(
    book: Book, period: Period | None = None, warehouse: str | None = None, programme: str | None = None
) -> DistributionRegister:
    """The lines of all distribution lists of a period, a warehouse, a programme: None takes all.

    What recipients gave back later stands on return notes and is not taken off here. Raises `Unknown` for a
    warehouse that the book does not know.

    >>> distribution_register(Book("Ankang", currency="CNY")).lines
    ()
    """
    if warehouse is not None:
        book.register.warehouse(warehouse)
    lists = [
        document
        for document in book.documents_of(DistributionList)
        if (period is None or document.on in period)
        and warehouse in (None, document.origin)
        and programme in (None, document.programme)
    ]
    lists.sort(key=lambda document: (document.on, document.entries))
    return DistributionRegister(lines=tuple(line for document in lists for line in _lines(book, document)))


def register_table(register: DistributionRegister, book: Book, lang: Language = "en") -> Table:
    """The register as a table; the total is the value of what stands.

    >>> register_table(DistributionRegister(lines=()), Book("Ankang", currency="CNY"), "zh").zh
    '发放登记簿'
    """
    naming = Naming(book, lang)
    is_reversed = ("reversed",) if len(register.counted) < len(register.lines) else ()
    said = (*is_reversed, *unvalued_notes(book, _lots(register.lines)))
    total = naming.amount(register.value)
    return Table(
        "register",
        WORDS["title.register"].zh,
        WORDS["title.register"].en,
        columns=(
            Column.named("date"),
            Column.named("document"),
            Column.named("recipient"),
            Column.named("kind"),
            Column.named("item"),
            Column.named("quantity", "right"),
            Column.named("value", "right"),
            Column.named("lots"),
            Column.named("signature"),
        ),
        rows=tuple(_cells(naming, line) for line in register.lines),
        total=(naming.word("said.all"), "", "", "", "", "", total, "", ""),
        notes_zh=notes(book, "zh", *said),
        notes_en=notes(book, "en", *said),
    )


def register_totals_table(register: DistributionRegister, book: Book, lang: Language = "en") -> Table:
    """The totals by item as a table. Recipients of two items are not added: they may be the same.

    >>> register_totals_table(DistributionRegister(lines=()), Book("Ankang", currency="CNY")).total
    ('Total', '0', '', '', '0')
    """
    naming = Naming(book, lang)
    said = unvalued_notes(book, _lots(register.counted))
    return Table(
        "register_totals",
        WORDS["title.register totals"].zh,
        WORDS["title.register totals"].en,
        columns=(
            Column.named("item"),
            Column.named("count", "right"),
            Column.named("recipients", "right"),
            Column.named("quantity", "right"),
            Column.named("value", "right"),
        ),
        rows=tuple(_total_cells(naming, total) for total in register.totals),
        total=(naming.word("said.all"), str(len(register.counted)), "", "", naming.amount(register.value)),
        notes_zh=notes(book, "zh", *said),
        notes_en=notes(book, "en", *said),
    )


def _lines(book: Book, document: DistributionList) -> Iterator[RegisterLine]:
    is_reversed = book.is_reversed(document.number)
    for line in document.lines:
        given = _given(line)
        yield RegisterLine(
            on=document.on,
            document=document.number,
            warehouse=document.origin,
            programme=document.programme,
            recipient=line.recipient,
            kind=_KINDS[type(book.register.recipient(line.recipient))],
            item=line.item,
            quantity=given.quantity,
            value=given.value,
            lots=tuple(pick.lot for pick in line.picks),
            signature=line.signature,
            is_reversed=is_reversed,
        )


def _lots(lines: tuple[RegisterLine, ...]) -> Iterator[str]:
    return (lot for line in lines for lot in line.lots)


def _given(line: DistributedLine) -> Holding:
    return sum((Holding(pick.quantity, pick.value) for pick in line.picks), Holding(0, 0))


def _total(item: str, lines: list[RegisterLine]) -> RegisterTotal:
    return RegisterTotal(
        item=item,
        quantity=sum(line.quantity for line in lines),
        value=sum(line.value for line in lines),
        lines=len(lines),
        recipients=len({line.recipient for line in lines}),
    )


def _cells(naming: Naming, line: RegisterLine) -> Row:
    document = line.document
    return (
        line.on.isoformat(),
        naming.word("said.also reversed", text=document) if line.is_reversed else document,
        naming.recipient(line.recipient),
        naming.word(f"place.{line.kind.value}"),
        naming.item(line.item),
        naming.quantity(line.item, line.quantity),
        naming.amount(line.value),
        listed(line.lots, naming.lang),
        line.signature,
    )


def _total_cells(naming: Naming, total: RegisterTotal) -> Row:
    return (
        naming.item(total.item),
        str(total.lines),
        str(total.recipients),
        naming.quantity(total.item, total.quantity),
        naming.amount(total.value),
    )
