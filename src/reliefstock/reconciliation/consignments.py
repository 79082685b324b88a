"""Dispatched against received: every waybill, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.book import Book
from reliefstock.ledger import Place, PlaceKind
from reliefstock.operations import ReceivingReport, SettledLine, Waybill, WaybillLine
from reliefstock.reconciliation.findings import Finding

__all__ = ["Consignment", "ConsignmentLine", "consignment_findings", "consignments"]


@attrs.frozen(kw_only=True)
class ConsignmentLine:
    """One lot of a waybill, in base units.

    dispatched + over = received + damaged + short + in transit.
    """

    lot: str
    item: str
    dispatched: int
    received: int = 0
    damaged: int = 0
    short: int = 0
    over: int = 0
    in_transit: int = 0

    @property
    def difference(self) -> int:
        """What is not accounted for: zero, or something is wrong."""
        accounted = self.received + self.damaged + self.short + self.in_transit
        return self.dispatched + self.over - accounted


@attrs.frozen(kw_only=True)
class Consignment:
    """A waybill with its receiving report, if there is one."""

    waybill: str
    origin: str
    to: str
    dispatched_on: date
    report: str | None
    received_on: date | None
    lines: tuple[ConsignmentLine, ...]

    @property
    def is_open(self) -> bool:
        """Whether any of it is still on the road."""
        return any(line.in_transit for line in self.lines)


def consignments(book: Book) -> tuple[Consignment, ...]:
    """Every waybill that stands, in the order of their numbers, against what was received of it.

    >>> consignments(Book("Ankang", currency="CNY"))
    ()
    """
    reports = {
        report.waybill: report
        for report in book.documents_of(ReceivingReport)
        if not book.is_reversed(report.number)
    }
    return tuple(
        _consignment(book, waybill, reports.get(waybill.number))
        for waybill in book.documents_of(Waybill)
        if not book.is_reversed(waybill.number)
    )


def consignment_findings(book: Book) -> tuple[Finding, ...]:
    """Consignments on the road, what came short, spoilt or over, and lines that do not add up.

    >>> consignment_findings(Book("Ankang", currency="CNY"))
    ()
    """
    return tuple(finding for one in consignments(book) for finding in _findings(one))


def _findings(one: Consignment) -> Iterator[Finding]:
    if one.is_open:
        yield _open(one)
    for line in one.lines:
        if line.short or line.damaged or line.over:
            yield _short(one, line)
        if line.difference:
            yield _unaccounted(one, line)


def _consignment(book: Book, waybill: Waybill, report: ReceivingReport | None) -> Consignment:
    sent: dict[str, list[WaybillLine]] = {}
    for line in waybill.lines:
        sent.setdefault(line.lot, []).append(line)
    settled = {line.lot: line for line in report.lines} if report else {}
    return Consignment(
        waybill=waybill.number,
        origin=waybill.origin,
        to=waybill.to,
        dispatched_on=waybill.on,
        report=report.number if report else None,
        received_on=report.on if report else None,
        lines=tuple(_line(book, waybill, lot, lines, settled.get(lot)) for lot, lines in sent.items()),
    )


def _line(
    book: Book, waybill: Waybill, lot: str, sent: list[WaybillLine], settled: SettledLine | None
) -> ConsignmentLine:
    item = book.item_of(lot)
    line = ConsignmentLine(
        lot=lot,
        item=item.id,
        dispatched=sum(item.base_units(one.quantity) for one in sent),
        in_transit=book.ledger.position(Place(PlaceKind.TRANSIT, waybill.number), lot).quantity,
    )
    if settled is None:
        return line
    return attrs.evolve(
        line, received=settled.received, damaged=settled.damaged, short=settled.short, over=settled.over
    )


def _open(one: Consignment) -> Finding:
    return Finding(
        code="consignment-open",
        about=one.waybill,
        zh=f"货运单 {one.waybill}（发往 {one.to}）尚未到货",
        en=f"waybill {one.waybill} to {one.to} has not arrived",
        documents=(one.waybill,),
    )


def _short(one: Consignment, line: ConsignmentLine) -> Finding:
    figures = {"short": line.short, "damaged": line.damaged, "over": line.over}
    return Finding(
        code="consignment-difference",
        about=one.waybill,
        zh=f"货运单 {one.waybill} 批次 {line.lot}：短少 {line.short}、损坏 {line.damaged}、多到 {line.over}",
        en=f"waybill {one.waybill}, lot {line.lot}: "
        f"{line.short} short, {line.damaged} damaged, {line.over} over",
        figures=tuple((name, str(number)) for name, number in figures.items() if number),
        documents=tuple(number for number in (one.waybill, one.report) if number),
    )


def _unaccounted(one: Consignment, line: ConsignmentLine) -> Finding:
    return Finding(
        code="consignment-unaccounted",
        about=one.waybill,
        zh=f"货运单 {one.waybill} 批次 {line.lot}：发出与到货、损失、在途相差 {line.difference}",
        en=f"waybill {one.waybill}, lot {line.lot}: "
        f"{line.difference} of what was dispatched is not accounted for",
        figures=(("difference", str(line.difference)),),
        documents=tuple(number for number in (one.waybill, one.report) if number),
    )
