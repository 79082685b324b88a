"""What the sender is told of a waybill, as a table that can be sent: all that came, and each difference."""

from __future__ import annotations

from collections.abc import Iterator

from reliefstock.book import Book
from reliefstock.reconciliation import Consignment, ConsignmentLine, NoticeDifference, SenderNotice
from reliefstock.reports.naming import Naming, legend
from reliefstock.reports.tables import Column, Row, Table
from reliefstock.reports.words import WORDS, listed
from reliefstock.values import Language

__all__ = ["sender_notice_table"]

_SUMS = ("dispatched", "received", "quarantined", "damaged", "short", "over", "diverted", "in transit")


def sender_notice_table(notice: SenderNotice, book: Book, lang: Language = "en") -> Table:
    """A notice to the sender, lot by lot, the goods that were diverted below; in base units.

    Notes say which road each waybill took. Each difference is told with the custody that it was in, and
    whether somebody has signed for it.
    """
    naming, title = Naming(book, lang), WORDS["title.sender notice"]
    number = notice.waybill.waybill
    rows = tuple(_cells(naming, notice, one, line) for one in notice.consignments for line in one.lines)
    return Table(
        "sender_notice",
        title.text("zh", waybill=number),
        title.text("en", waybill=number),
        columns=(
            *map(Column.named, ("waybill", "to", "report", "lot", "item")),
            *(Column.named(head, "right") for head in _SUMS),
            Column.named("differences"),
        ),
        rows=rows,
        notes_zh=(*_roads(book, notice, "zh"), *legend(rows, "zh")),
        notes_en=(*_roads(book, notice, "en"), *legend(rows, "en")),
        lang=lang,
    )


def _cells(naming: Naming, notice: SenderNotice, one: Consignment, line: ConsignmentLine) -> Row:
    sums = (
        line.dispatched,
        line.received,
        line.quarantined,
        line.damaged,
        line.short,
        line.over,
        line.diverted,
        line.in_transit,
    )
    mine = (each for each in notice.differences if each.waybill == one.waybill and each.lot in line.lots)
    return (
        one.waybill,
        naming.consignee(one.to),
        listed(one.reports, naming.lang),
        line.lot,
        naming.item(line.item),
        *(naming.quantity(line.item, quantity) for quantity in sums),
        listed((_said(naming, each) for each in mine), naming.lang),
    )


def _said(naming: Naming, one: NoticeDifference) -> str:
    """'2 piece short (carrier, signed off by LSO-000001)'."""
    what = naming.word(
        "said.so much",
        reason=naming.word(f"reason.{one.kind.value}"),
        quantity=naming.quantity(one.item, one.quantity),
    )
    stage = naming.word(f"stage.{one.stage.value}")
    return naming.word(f"difference.{one.state.value}", what=what, stage=stage, paper=one.sign_off)


def _roads(book: Book, notice: SenderNotice, lang: Language) -> Iterator[str]:
    """Which road each waybill took."""
    naming = Naming(book, lang)
    for one in notice.consignments:
        road = naming.word(
            "note.on the road",
            waybill=one.waybill,
            origin=naming.site(one.origin),
            to=naming.consignee(one.to),
            on=one.dispatched_on,
            due=one.due,
            carrier=one.carrier or naming.word("said.not stated"),
        )
        first = one.diverted_from
        yield naming.word("note.diverted", road=road, first=first) if first else road
