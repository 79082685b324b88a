"""What was lost on the road and nobody has signed for yet, by whose custody it was in.

A loss that the carrier answers for must be written on the waybill when the goods come: one that was not may
never be paid, and is told of as long as the carrier has not signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.operations import LossKind, LossSignOff, OpenLoss, ReceivingReport, Stage
from reliefstock.operations.renewed import Renewals
from reliefstock.operations.revalued import Revaluation
from reliefstock.operations.signing_off import Losses
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.papers import Papers
from reliefstock.reconciliation.wording import amount_text, money_text
from reliefstock.values import business_date

__all__ = ["OpenLossRow", "loss_findings", "open_losses"]


@attrs.frozen(kw_only=True)
class OpenLossRow:
    """An open loss, in base units and minor units, and for how many `days` it has been open."""

    loss: OpenLoss
    days: int


def open_losses(
    book: Book, on: date | str | None = None, *, known: int | None = None
) -> tuple[OpenLossRow, ...]:
    """What was open at the end of a day (None: today), by stage, of each the oldest first.

    As known after entry `known`.

    >>> open_losses(Book("Ankang", currency="CNY"), "2023-02-01")
    ()
    """
    day = book.desk().today if on is None else business_date(on)
    papers = Papers(book, day, known)
    renewals = Renewals(papers.of(Revaluation))
    losses = Losses(book.ledger, renewals, day, known).still_open(
        papers.of(ReceivingReport), papers.of(LossSignOff)
    )
    rows = (OpenLossRow(loss=loss, days=(day - loss.on).days) for loss in losses)
    return tuple(sorted(rows, key=_by_stage))


def loss_findings(
    book: Book, on: date | str | None = None, *, known: int | None = None
) -> tuple[Finding, ...]:
    """A finding for each open loss, and one more where a claim on the carrier may be forfeited.

    >>> loss_findings(Book("Ankang", currency="CNY"), "2023-02-01")
    ()
    """
    rows = open_losses(book, on, known=known)
    return tuple(finding for row in rows for finding in _findings(book, row))


def _by_stage(row: OpenLossRow) -> tuple[int, date]:
    return list(Stage).index(row.loss.stage), row.loss.on


def _findings(book: Book, row: OpenLossRow) -> Iterator[Finding]:
    loss = row.loss
    zh, en = (money_text(loss.value, book.currency, lang) for lang in ("zh", "en"))
    figures = ("quantity", str(loss.quantity)), ("value", en)
    papers = loss.waybill, loss.report
    where_zh = f"{loss.report}（货运单 {loss.waybill}）批次 {loss.lot}："
    where_en = f"{loss.report} (waybill {loss.waybill}), lot {loss.lot}: "
    item, lot = book.register.item(loss.item), book.lot(loss.lot)
    amount_zh, amount_en = (amount_text(book, lot, loss.quantity, lang) for lang in ("zh", "en"))
    what_zh = f"{item.name('zh')}{_KIND_ZH[loss.kind]} {amount_zh}，{zh}"
    what_en = f"{amount_en} of {item.name('en')} {loss.kind.value}, {en},"
    yield Finding(
        code="loss-open",
        about=loss.report,
        zh=f"{where_zh}{what_zh}，责任方：{_STAGE_ZH[loss.stage]}，{row.days} 天未签认；请由责任方签认",
        en=f"{where_en}{what_en} custody: {loss.stage.value}, not signed for in {row.days} days; "
        "have whoever answers for it sign",
        figures=(*figures, ("days", str(row.days))),
        documents=papers,
    )
    if loss.stage is Stage.CARRIER and not loss.noted_on_waybill:
        yield Finding(
            code="claim-forfeited-risk",
            about=loss.report,
            zh=f"{where_zh}承运方手中{what_zh}，没有记在货运单上，可能无法索赔；请尽快取得承运方签认",
            en=f"{where_en}{what_en} in the custody of the carrier and not noted on the waybill, "
            "so the claim may be forfeited; have the carrier sign soon",
            figures=figures,
            documents=papers,
        )


_KIND_ZH: Mapping[LossKind, str] = MappingProxyType({LossKind.SHORT: "短少", LossKind.DAMAGED: "损坏"})
_STAGE_ZH: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.SENDER: "发货方",
        Stage.CARRIER: "承运方",
        Stage.RECEIVER: "收货方",
        Stage.UNRESOLVED: "未定",
    }
)
