"""What the sender is told: what came of a waybill, lot by lot, and what stands of each difference.

Goods that were diverted are followed to where they went, so the notice accounts for all that was sent. A
difference is told with the custody that it was in and whether anybody has signed for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum

import attrs

from reliefstock.book import Book
from reliefstock.errors import NotOpen
from reliefstock.operations import (
    LossSignOff,
    OpenLoss,
    ReceivingReport,
    SettledLine,
    SignedLoss,
    Stage,
    Waybill,
)
from reliefstock.operations.renewed import Renewals
from reliefstock.operations.revalued import Revaluation
from reliefstock.operations.signing_off import Losses
from reliefstock.reconciliation.consignments import Consignment, consignments
from reliefstock.reconciliation.papers import Papers
from reliefstock.values import optional_date

__all__ = ["DifferenceKind", "DifferenceState", "NoticeDifference", "SenderNotice", "sender_notice"]


class DifferenceKind(Enum):
    """How what came differs from what was sent."""

    SHORT = "short"
    DAMAGED = "damaged"
    OVER = "over"


class DifferenceState(Enum):
    """Whether somebody answers for a difference; what was found over was approved when it came."""

    OPEN = "open"
    SIGNED_OFF = "signed off"
    FOUND = "found"


@attrs.frozen(kw_only=True)
class NoticeDifference:
    """One difference of one lot, in base units and minor units: in whose custody, reported where.

    `sign_off` is the paper by which it was signed off, where it was.
    """

    waybill: str
    lot: str
    item: str
    kind: DifferenceKind
    quantity: int
    value: int
    stage: Stage
    state: DifferenceState
    report: str
    sign_off: str = ""


@attrs.frozen(kw_only=True)
class SenderNotice:
    """A waybill and those that its goods were diverted to, with all differences."""

    consignments: tuple[Consignment, ...]
    differences: tuple[NoticeDifference, ...]

    @property
    def waybill(self) -> Consignment:
        """What was sent, against what came of it."""
        return self.consignments[0]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is on the road and nothing waits for a signature."""
        waits = any(one.state is DifferenceState.OPEN for one in self.differences)
        return not waits and not any(one.is_open for one in self.consignments)


def sender_notice(
    book: Book, waybill: str, *, on: date | str | None = None, known: int | None = None
) -> SenderNotice:
    """What can be told of a waybill at the end of day `on`, as known after entry `known`.

    Raises `Unknown`, or `NotOpen` where the waybill did not stand then.

    >>> from reliefstock.errors import Unknown
    >>> try:
    ...     sender_notice(Book("Ankang", currency="CNY"), "WB-000001")
    ... except Unknown as refused:
    ...     print(refused.what)
    waybill
    """
    number = book.desk().document(waybill, Waybill).number
    rows = {one.waybill: one for one in consignments(book, on=on, known=known)}
    if number not in rows:
        state = "reversed" if book.is_reversed(number) else "not dispatched yet"
        do = "name one that stands, or another day"
        raise NotOpen(document=number, state=state, asked="told of", do=do)
    told = tuple(rows[one] for one in _onward(rows, number))
    return SenderNotice(
        consignments=told,
        differences=tuple(_differences(Papers(book, optional_date(on), known), told)),
    )


def _onward(rows: Mapping[str, Consignment], number: str) -> Iterator[str]:
    """A waybill and all that its goods were diverted to, each followed to its end."""
    yield number
    for onward in rows[number].diverted_to:
        yield from _onward(rows, onward)


def _differences(papers: Papers, told: tuple[Consignment, ...]) -> Iterator[NoticeDifference]:
    """Waybill by waybill, lot by lot; of each lot what is open, what is signed off and what was over."""
    numbers = {one.waybill for one in told}
    reports = [one for one in papers.of(ReceivingReport) if not numbers.isdisjoint(one.waybills)]
    found = [*_of_losses(papers, reports)]
    found += (_over(report, line) for report in reports for line in report.lines if line.over)
    for one in told:
        for line in one.lines:
            mine = (one.waybill, line.lots)
            yield from (each for each in found if each.waybill == mine[0] and each.lot in mine[1])


def _of_losses(papers: Papers, reports: Sequence[ReceivingReport]) -> Iterator[NoticeDifference]:
    numbers = {report.number for report in reports}
    signed = [one for one in papers.of(LossSignOff) if one.report in numbers]
    losses = Losses(papers.book.ledger, Renewals(papers.of(Revaluation)), papers.on, papers.known)
    yield from map(_open, losses.still_open(reports, signed))
    yield from (_signed(one, line) for one in signed for line in one.lines)


def _open(loss: OpenLoss) -> NoticeDifference:
    return NoticeDifference(
        waybill=loss.waybill,
        lot=loss.lot,
        item=loss.item,
        kind=DifferenceKind(loss.kind.value),
        quantity=loss.quantity,
        value=loss.value,
        stage=loss.stage,
        state=DifferenceState.OPEN,
        report=loss.report,
    )


def _signed(paper: LossSignOff, line: SignedLoss) -> NoticeDifference:
    return NoticeDifference(
        waybill=line.waybill,
        lot=line.lot,
        item=line.item,
        kind=DifferenceKind(line.kind.value),
        quantity=line.quantity,
        value=line.value,
        stage=paper.stage,
        state=DifferenceState.SIGNED_OFF,
        report=paper.report,
        sign_off=paper.number,
    )


def _over(report: ReceivingReport, line: SettledLine) -> NoticeDifference:
    return NoticeDifference(
        waybill=line.waybill,
        lot=line.lot,
        item=line.item,
        kind=DifferenceKind.OVER,
        quantity=line.over,
        value=line.over_value,
        stage=line.stage,
        state=DifferenceState.FOUND,
        report=report.number,
    )
