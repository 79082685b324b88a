"""Dispatched against received, as a table: every waybill, lot by lot, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reliefstock.book import Book
from reliefstock.reconciliation import Consignment, ConsignmentLine
from reliefstock.reports.naming import Naming
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed
from reliefstock.values import Language

__all__ = ["consignments_table"]

_HEADS = ("waybill", "dispatched on", "origin", "to", "due", "report", "received on", "lot", "item")
_SUMS = (
    "dispatched",
    "received",
    "quarantined",
    "damaged",
    "short",
    "over",
    "diverted",
    "in transit",
    "difference",
)


def consignments_table(rows: tuple[Consignment, ...], book: Book, lang: Language = "en") -> Table:
    """Waybills against receiving reports; the last column is what is not accounted for: `0`.

    dispatched + over = received + quarantined + damaged + short + diverted + in transit, in base units.

    >>> consignments_table((), Book("Ankang", currency="CNY")).rows
    ()
    """
    naming = Naming(book, lang)
    return Table(
        "consignments",
        WORDS["title.consignments"].zh,
        WORDS["title.consignments"].en,
        columns=(*map(Column.named, _HEADS), *(Column.named(head, "right") for head in _SUMS)),
        rows=tuple(_cells(naming, one, line) for one in rows for line in one.lines),
        lang=lang,
    )


def _cells(naming: Naming, one: Consignment, line: ConsignmentLine) -> Row:
    return (
        one.waybill,
        one.dispatched_on.isoformat(),
        naming.site(one.origin),
        naming.consignee(one.to),
        one.due.isoformat(),
        listed(one.reports, naming.lang),
        _day(one.received_on),
        line.lot,
        naming.item(line.item),
        *_quantities(naming, line),
    )


def _quantities(naming: Naming, line: ConsignmentLine) -> Iterator[str]:
    sums = (
        line.dispatched,
        line.received,
        line.quarantined,
        line.damaged,
        line.short,
        line.over,
        line.diverted,
        line.in_transit,
        line.difference,
    )
    return (naming.quantity(line.item, quantity) for quantity in sums)


def _day(on: date | None) -> str:
    return "" if on is None else on.isoformat()
