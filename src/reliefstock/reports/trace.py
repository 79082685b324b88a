"""The trace of a donation as a table (溯源): all its ends, a line each, which sum to what was given.

The report to a donor (`donation_report`) sums up what was given out by the kind of recipient; this is for
whoever follows one gift to every shelf, waybill and doorstep.
"""

from __future__ import annotations

from reliefstock.book import Book
from reliefstock.ledger import Holding
from reliefstock.reconciliation import Trace, TraceEnd
from reliefstock.reports.naming import Naming, legend, notes, unvalued_notes
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.values import Language

__all__ = ["trace_table"]


def trace_table(told: Trace, book: Book, lang: Language = "en", *, public: bool = False) -> Table:
    """Where all of a donation is; whether the ends sum to what was given and found is said in a note.

    What was bought with it or made of it stands under its lot of now. Of a lot of several donations the value
    is the share of this one, the quantity that of the whole lot in that place. `public` keeps back the name
    of a donor who asked for that.

    >>> from reliefstock import Donor, Fund, Money
    >>> from reliefstock.reconciliation import trace
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Donor("province", zh="省红十字会"), Fund("main", zh="基本账户"))
    >>> hundred = Money.of("100", "CNY")
    >>> gift = book.receive_money(donor="province", into="main", amount=hundred, on="2023-01-10")
    >>> trace_table(trace(book, gift.donation), book, "zh").zh
    '溯源：DR-000001（省红十字会）'
    """
    naming = Naming(book, lang, public=public)
    rows = tuple(_cells(naming, end) for end in told.ends)
    return Table(
        "trace",
        _title(told, Naming(book, "zh", public=public)),
        _title(told, Naming(book, "en", public=public)),
        columns=(
            *map(Column.named, ("lot", "item", "state", "where")),
            *(Column.named(head, "right") for head in ("quantity", "value")),
        ),
        rows=rows,
        total=(naming.word("said.all"), "", "", "", "", naming.amount(told.accounted)),
        notes_zh=_notes(told, Naming(book, "zh"), rows),
        notes_en=_notes(told, Naming(book, "en"), rows),
        lang=lang,
    )


def _title(told: Trace, naming: Naming) -> str:
    return naming.word("title.trace", donation=told.donation, donor=naming.donors(told.donor))


def _cells(naming: Naming, end: TraceEnd) -> Row:
    item, quantity = naming.item(end.item), naming.quantity(end.item, end.quantity)
    return (
        end.lot,
        naming.word("said.made into", text=item) if end.depth else item,
        naming.word(f"side.{end.side.value}"),
        naming.kind_and_place(end.place),
        naming.word("said.joint", text=quantity) if end.shared else quantity,
        naming.worth(end.item, Holding(end.quantity, end.value)),
    )


def _notes(told: Trace, naming: Naming, rows: tuple[Row, ...]) -> tuple[str, ...]:
    off = told.given - told.accounted
    said = naming.word(
        "note.donation differs" if off else "note.donation balances",
        given=naming.amount(told.given),
        difference=naming.amount(off),
    )
    unvalued = unvalued_notes(naming.book, dict.fromkeys(end.lot for end in told.ends))
    return (*notes(naming.book, naming.lang, *unvalued), said, *legend(rows, naming.lang))
