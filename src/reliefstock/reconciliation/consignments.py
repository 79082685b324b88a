"""Dispatched against received: every waybill, and what came of it.

It may have come in parts, on several reports, and some of it may have gone elsewhere on a waybill of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.operations import ReceivingReport, SettledLine, Waybill
from reliefstock.operations.renewed import Renewals
from reliefstock.operations.revalued import Revaluation
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.papers import Papers
from reliefstock.reconciliation.wording import amount_text, consignee_text
from reliefstock.values import optional_date

__all__ = ["Consignment", "ConsignmentLine", "consignment_findings", "consignments"]


@attrs.frozen(kw_only=True)
class ConsignmentLine:
    """One lot of a waybill, in base units.

    dispatched + over = received + quarantined + damaged + short + diverted + in transit. `lots` are those
    that its units were on the road: the lot on the waybill, and what it became where it was revalued.
    """

    lot: str
    item: str
    lots: tuple[str, ...]
    dispatched: int
    received: int = 0
    quarantined: int = 0
    damaged: int = 0
    short: int = 0
    over: int = 0
    diverted: int = 0
    in_transit: int = 0

    @property
    def difference(self) -> int:
        """What is not accounted for: zero, or something is wrong."""
        came = self.received + self.quarantined + self.damaged
        return self.dispatched + self.over - (came + self.short + self.diverted + self.in_transit)


@attrs.frozen(kw_only=True)
class Consignment:
    """A waybill with its receiving reports, and with the waybills that it was diverted to.

    `received_on` is the day of the last report; `diverted_from` the waybill that it came from itself.
    """

    waybill: str
    origin: str
    to: str
    carrier: str
    dispatched_on: date
    due: date
    reports: tuple[str, ...]
    received_on: date | None
    diverted_from: str
    diverted_to: tuple[str, ...]
    lines: tuple[ConsignmentLine, ...]

    @property
    def is_open(self) -> bool:
        """Whether any of it is still on the road."""
        return any(line.in_transit for line in self.lines)

    @property
    def papers(self) -> tuple[str, ...]:
        """The documents that tell of it: the waybill, its reports, and where it was diverted to."""
        return (self.waybill, *self.reports, *self.diverted_to)


def consignments(
    book: Book, *, on: date | str | None = None, known: int | None = None
) -> tuple[Consignment, ...]:
    """Every waybill that stands, in the order of their numbers, against what came of it.

    At the end of day `on`, as known after entry `known`.

    >>> consignments(Book("Ankang", currency="CNY"))
    ()
    """
    papers = Papers(book, optional_date(on), known)
    waybills = papers.of(Waybill)
    renewals = Renewals(papers.of(Revaluation))
    roads = {waybill.number: _Road(papers, waybill, renewals) for waybill in waybills}
    for report in papers.of(ReceivingReport):
        for number in report.waybills:
            roads[number].reports.append(report)
        for line in report.lines:
            roads[line.waybill].settled.setdefault(line.lot, []).append(line)
    for waybill in waybills:
        if waybill.diverted_from:
            roads[waybill.diverted_from].onward.append(waybill)
    return tuple(road.told() for road in roads.values())


def consignment_findings(
    book: Book, *, on: date | str | None = None, known: int | None = None
) -> tuple[Finding, ...]:
    """Consignments on the road, what came short, spoilt or over, and lines that do not add up.

    >>> consignment_findings(Book("Ankang", currency="CNY"))
    ()
    """
    return tuple(
        finding for one in consignments(book, on=on, known=known) for finding in _findings(book, one)
    )


def _findings(book: Book, one: Consignment) -> Iterator[Finding]:
    if one.is_open:
        yield _open(book, one)
    for line in one.lines:
        if line.short or line.damaged or line.over:
            yield _short(book, one, line)
        if line.difference:
            yield _unaccounted(book, one, line)


@attrs.define
class _Road:
    """A waybill, and all that was said of it so far."""

    papers: Papers
    waybill: Waybill
    renewals: Renewals
    reports: list[ReceivingReport] = attrs.field(factory=list[ReceivingReport])
    settled: dict[str, list[SettledLine]] = attrs.field(factory=dict[str, list[SettledLine]])
    onward: list[Waybill] = attrs.field(factory=list[Waybill])

    def told(self) -> Consignment:
        sent = _units(self.papers.book, self.waybill)
        diverted = [_units(self.papers.book, waybill) for waybill in self.onward]
        return Consignment(
            waybill=self.waybill.number,
            origin=self.waybill.origin,
            to=self.waybill.to,
            carrier=self.waybill.carrier,
            dispatched_on=self.waybill.on,
            due=self.waybill.due,
            reports=tuple(report.number for report in self.reports),
            received_on=max((report.on for report in self.reports), default=None),
            diverted_from=self.waybill.diverted_from,
            diverted_to=tuple(waybill.number for waybill in self.onward),
            lines=tuple(
                self._line(lot, tuple(self.renewals.all(self.waybill.transit, lot)), units, diverted)
                for lot, units in sent.items()
            ),
        )

    def _line(
        self, lot: str, lots: tuple[str, ...], dispatched: int, diverted: list[dict[str, int]]
    ) -> ConsignmentLine:
        papers, transit = self.papers, self.waybill.transit
        settled = [line for one in lots for line in self.settled.get(one, ())]
        there = (papers.book.ledger.holding(transit, one, on=papers.on, known=papers.known) for one in lots)
        return ConsignmentLine(
            lot=lot,
            item=papers.book.lot(lot).item,
            lots=lots,
            dispatched=dispatched,
            received=sum(line.received for line in settled),
            quarantined=sum(line.quarantined for line in settled),
            damaged=sum(line.damaged for line in settled),
            short=sum(line.short for line in settled),
            over=sum(line.over for line in settled),
            diverted=sum(one.get(each, 0) for one in diverted for each in lots),
            in_transit=sum(held.quantity for held in there),
        )


def _units(book: Book, waybill: Waybill) -> dict[str, int]:
    """Base units of each lot on a waybill."""
    units: dict[str, int] = {}
    for line in waybill.lines:
        units[line.lot] = units.get(line.lot, 0) + book.item_of(line.lot).base_units(line.quantity)
    return units


def _open(book: Book, one: Consignment) -> Finding:
    zh, en = ("只到了一部分", "has arrived in part") if one.reports else ("尚未到货", "has not arrived")
    return Finding(
        code="consignment-open",
        about=one.waybill,
        zh=f"货运单 {one.waybill}（发往 {consignee_text(book, one.to, 'zh')}，应于 {one.due} 到达）{zh}",
        en=f"waybill {one.waybill} to {one.to}, due on {one.due}, {en}",
        documents=one.papers,
    )


def _short(book: Book, one: Consignment, line: ConsignmentLine) -> Finding:
    figures = {"short": line.short, "damaged": line.damaged, "over": line.over}
    there = {name: number for name, number in figures.items() if number}
    lot, item = book.lot(line.lot), book.item_of(line.lot)
    zh = "、".join(f"{_CAME_ZH[name]} {amount_text(book, lot, units, 'zh')}" for name, units in there.items())
    en = ", ".join(f"{amount_text(book, lot, units, 'en')} {name}" for name, units in there.items())
    return Finding(
        code="consignment-difference",
        about=one.waybill,
        zh=f"货运单 {one.waybill} 批次 {line.lot}（{item.name('zh')}）：{zh}",
        en=f"waybill {one.waybill}, lot {line.lot} ({item.name('en')}): {en}",
        figures=tuple((name, str(number)) for name, number in there.items()),
        documents=one.papers,
    )


def _unaccounted(book: Book, one: Consignment, line: ConsignmentLine) -> Finding:
    lot = book.lot(line.lot)
    zh, en = (amount_text(book, lot, abs(line.difference), lang) for lang in ("zh", "en"))
    return Finding(
        code="consignment-unaccounted",
        about=one.waybill,
        zh=f"货运单 {one.waybill} 批次 {line.lot}：发出与到货、损失、改运、在途相差 {zh}",
        en=f"waybill {one.waybill}, lot {line.lot}: {en} of what was dispatched is not accounted for",
        figures=(("difference", str(line.difference)),),
        documents=one.papers,
    )


_CAME_ZH: Mapping[str, str] = MappingProxyType({"short": "短少", "damaged": "损坏", "over": "多到"})
