"""The distribution register: who got what, when, by which list, from which lots, and signed for where.

A list that was reversed by the end of the period stays in the register, since the past stands, but is flagged
and counts nowhere. What came back in the period is told beside it: the register less that is what the
statement says was given out, but for what went to societies by waybill, what was spent on projects, and by
how much goods that somebody had were worth more or less later.
Recipients stand by their ids; nobody's name is in the book.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from reliefstock.book import Book
from reliefstock.ledger import EntryKind, Holding, PlaceKind, Side
from reliefstock.operations import DistributedLine, DistributionList
from reliefstock.parties import Household, School, Society
from reliefstock.reconciliation import Scope
from reliefstock.reconciliation.history import History
from reliefstock.reports.naming import Naming, notes, unvalued_notes
from reliefstock.reports.packs import lots_in_packs
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import listed
from reliefstock.values import Language, Period, Quantity

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
    """One line of a distribution list. `quantity` is in base units, `value` in minor units.

    `packs` says it in the packs that its lots came in; none where they came in none.
    """

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
    packs: tuple[Quantity, ...] = ()


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
    """The lines, in the order in which they happened, and of what period, warehouse, programme they are.

    `returned` is what came back in the period, by item: by return notes, or as older lists were reversed.
    """

    lines: tuple[RegisterLine, ...]
    returned: tuple[tuple[str, Holding], ...] = ()
    period: Period | None = None
    warehouse: str | None = None
    programme: str | None = None

    @property
    def counted(self) -> tuple[RegisterLine, ...]:
        """The lines that stand: those of lists that were not reversed."""
        return tuple(line for line in self.lines if not line.is_reversed)

    @property
    def value(self) -> int:
        """What was given out in all, in minor units."""
        return sum(line.value for line in self.counted)

    @property
    def returned_value(self) -> int:
        """What came back in all, in minor units; it is not taken off `value`."""
        return sum(holding.value for _, holding in self.returned)

    @property
    def totals(self) -> tuple[RegisterTotal, ...]:
        """The sums by item, in the order in which the items were first given out."""
        by_item: dict[str, list[RegisterLine]] = {}
        for line in self.counted:
            by_item.setdefault(line.item, []).append(line)
        return tuple(_total(item, lines) for item, lines in by_item.items())


def distribution_register(
    book: Book,
    period: Period | None = None,
    warehouse: str | None = None,
    programme: str | None = None,
    *,
    known: int | None = None,
) -> DistributionRegister:
    """The lines of all distribution lists of a period, a warehouse, a programme: None takes all.

    `known` takes the book as it was after that entry. What recipients gave back stands in `returned` and is
    not taken off the lines. Raises `Unknown` for a warehouse that the book does not know.

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
        and (known is None or document.entries[0] <= known)
    ]
    lists.sort(key=lambda document: (document.on, document.entries))
    history = History(book, period or _EVER, known)
    return DistributionRegister(
        lines=tuple(line for document in lists for line in _lines(history, document, period or _EVER)),
        returned=_returned(history, period or _EVER, warehouse, programme),
        period=period,
        warehouse=warehouse,
        programme=programme,
    )


def register_table(register: DistributionRegister, book: Book, lang: Language = "en") -> Table:
    """The register as a table; the total is the value of what stands. Packs are told of where there are any.

    >>> register_table(DistributionRegister(lines=()), Book("Ankang", currency="CNY"), "zh").zh
    '发放登记簿'
    """
    naming = Naming(book, lang)
    is_reversed = ("reversed",) if len(register.counted) < len(register.lines) else ()
    said = (*is_reversed, *unvalued_notes(book, _lots(register.lines)))
    total = naming.amount(register.value)
    table = Table(
        "register",
        _title("register", register, Naming(book, "zh")),
        _title("register", register, Naming(book, "en")),
        columns=(
            Column.named("date"),
            Column.named("document"),
            Column.named("recipient"),
            Column.named("kind"),
            Column.named("item"),
            Column.named("quantity", "right"),
            Column.named("packs", "right"),
            Column.named("value", "right"),
            Column.named("lots"),
            Column.named("signature"),
        ),
        rows=tuple(_cells(naming, line) for line in register.lines),
        total=(naming.word("said.all"), "", "", "", "", "", "", total, "", ""),
        notes_zh=(*notes(book, "zh", *said), *_came_back(register, Naming(book, "zh"))),
        notes_en=(*notes(book, "en", *said), *_came_back(register, Naming(book, "en"))),
        lang=lang,
    )
    return table if any(line.packs for line in register.lines) else table.without("packs")


def register_totals_table(register: DistributionRegister, book: Book, lang: Language = "en") -> Table:
    """The totals by item as a table. Recipients of two items are not added: they may be the same.

    >>> register_totals_table(DistributionRegister(lines=()), Book("Ankang", currency="CNY")).total
    ('Total', '0', '', '', '0')
    """
    naming = Naming(book, lang)
    said = unvalued_notes(book, _lots(register.counted))
    return Table(
        "register_totals",
        _title("register totals", register, Naming(book, "zh")),
        _title("register totals", register, Naming(book, "en")),
        columns=(
            Column.named("item"),
            Column.named("count", "right"),
            Column.named("recipients", "right"),
            Column.named("quantity", "right"),
            Column.named("value", "right"),
        ),
        rows=tuple(_total_cells(naming, total) for total in register.totals),
        total=(naming.word("said.all"), str(len(register.counted)), "", "", naming.amount(register.value)),
        notes_zh=(*notes(book, "zh", *said), *_came_back(register, Naming(book, "zh"))),
        notes_en=(*notes(book, "en", *said), *_came_back(register, Naming(book, "en"))),
        lang=lang,
    )


def _title(key: str, register: DistributionRegister, naming: Naming) -> str:
    """The title with what the register was narrowed to."""
    only = (
        register.period and register.period.text(naming.lang),
        register.warehouse and naming.site(register.warehouse),
        register.programme,
    )
    title, narrowed = naming.word(f"title.{key}"), listed([one for one in only if one], naming.lang)
    if not narrowed:
        return title
    return f"{title}（{narrowed}）" if naming.lang == "zh" else f"{title} ({narrowed})"


def _came_back(register: DistributionRegister, naming: Naming) -> Iterator[str]:
    """A note on what came back, since it is not taken off the total."""
    if register.returned:
        what = listed([_amount_of(naming, item, held) for item, held in register.returned], naming.lang)
        left = naming.amount(register.value - register.returned_value)
        zh = f"期内退回（含冲销以前的清单）：{what}，未从合计中扣除；扣除后为{left}"
        en = f"came back, by return notes or as older lists were reversed: {what}; {left} without it"
        yield zh if naming.lang == "zh" else en


def _amount_of(naming: Naming, item: str, held: Holding) -> str:
    amount = f"{naming.item(item)} {naming.quantity(item, held.quantity)}"
    return (
        f"{amount}（{naming.amount(held.value)}）"
        if naming.lang == "zh"
        else f"{amount} ({naming.amount(held.value)})"
    )


_EVER = Period(date.min, date.max)
_DISTRIBUTED = (EntryKind.DISTRIBUTION, EntryKind.RETURN)


def _returned(
    history: History, period: Period, warehouse: str | None, programme: str | None
) -> tuple[tuple[str, Holding], ...]:
    """What came back, less what of it was undone; lists of the period that were reversed in it are apart."""
    scope = Scope(warehouses=() if warehouse is None else (warehouse,))
    back: dict[str, Holding] = {}
    for flow in history.of_side(Side.GIVEN_OUT, period, scope):
        entry, movement = flow.entry, flow.movement
        first = entry if entry.reverses is None else history.book.ledger.entry(entry.reverses)
        is_list = first.kind is EntryKind.DISTRIBUTION and (entry is first or first.on in period)
        if first.kind in _DISTRIBUTED and not is_list and programme in (None, entry.programme):
            sign = -1 if movement.target.kind.side is Side.GIVEN_OUT else 1
            moved = Holding(sign * movement.quantity, sign * movement.value)
            back[flow.lot.item] = back.get(flow.lot.item, Holding(0, 0)) + moved
    return tuple((item, held) for item, held in back.items() if held)


def _lines(history: History, document: DistributionList, period: Period) -> Iterator[RegisterLine]:
    book, entries = history.book, map(history.book.ledger.entry, document.entries)
    is_reversed = not any(history.stands(entry, period.last) for entry in entries)
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
            packs=_packs(book, line),
        )


def _packs(book: Book, line: DistributedLine) -> tuple[Quantity, ...]:
    """What was given out in packs; what is of lots that came in none stands beside them as it is counted."""
    if not any(pick.packs for pick in line.picks):
        return ()
    picks = ((book.lot(pick.lot), pick.quantity) for pick in line.picks)
    parts = lots_in_packs(book.register.item(line.item), picks)
    return tuple(part for part in parts if isinstance(part, Quantity))


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
        naming.packs(line.item, line.packs),
        _worth(naming, line),
        listed(line.lots, naming.lang),
        line.signature,
    )


def _worth(naming: Naming, line: RegisterLine) -> str:
    """A line of lots of which nobody stated the value is not worth nothing."""
    unvalued = not line.value and any(naming.book.lot(lot).unvalued for lot in line.lots)
    return naming.word("said.not valued") if unvalued else naming.amount(line.value)


def _total_cells(naming: Naming, total: RegisterTotal) -> Row:
    return (
        naming.item(total.item),
        str(total.lines),
        str(total.recipients),
        naming.quantity(total.item, total.quantity),
        naming.amount(total.value),
    )
