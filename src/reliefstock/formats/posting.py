"""The half-year data form, posted: each row as far as it is known.

A movement becomes an entry where the papers say all that an entry needs: a day, who, to whom, how much. A day
that is known by its month alone is entered on the last day of the month, and noted. Anything less is kept as
a mention: it moves nothing, and widens what the book says is possible. Nothing is made up to fill a gap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import cast

import attrs

from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.donations import Restriction, Valuation
from reliefstock.formats.form import UNSTATED, Indicator, Kind, Report, Transaction, is_in
from reliefstock.ledger import Side
from reliefstock.operations import (
    ArrivedLine,
    ConsignedLine,
    DonationReceipt,
    GoodsReceivedNote,
    Handout,
    ReceivedLine,
)
from reliefstock.parties import Donor, DonorKind, Society
from reliefstock.policy import Policy
from reliefstock.reconciliation import MONEY, Finding
from reliefstock.values import Figure, Interval, Money, Period, Quantity, minor_digits

__all__ = ["OLD_PAPERS", "Posting"]

OLD_PAPERS = Policy(counters=0, sign_off=False, approvers=0)
"""Old papers seldom say who counted, signed or approved, and nobody can be asked any more."""


_OF_MONEY = (Kind.MONEY, Kind.SPEND)
_GIVING = (Kind.GIVE, Kind.SPEND)


@attrs.frozen
class _Known:
    """A row of which all is known that an entry needs."""

    step: Transaction
    item: Item
    stated: Quantity | Money
    on: date

    @property
    def money(self) -> Money:
        """How much money; a row about money states nothing else."""
        return cast("Money", self.stated)


class Posting:
    """Posts rows into a book, one after the other. `notes` gathers what a reader should know of them."""

    def __init__(self, book: Book, report: Report) -> None:
        self._book = book
        self._report = report
        self._brought: dict[str, str] = {}
        self.notes: list[Finding] = []
        book.add(Donor(UNSTATED, zh="（未说明）", en="(not stated)", kind=DonorKind.ANONYMOUS))

    def post(self, step: Transaction | Indicator) -> None:
        """Post one row: an entry, a mention or an observation.

        Raises `ReliefstockError` where the book refuses it: more given out than is there, for one.
        """
        if isinstance(step, Indicator):
            self._observe(step)
            return
        item, stated = self._item(step), self._stated(step)
        missing = self._missing(step, item, stated)
        if missing or step.period is None or item is None or stated is None:
            self._mention(step, missing)
            return
        if step.period.days > 1:
            self._note_day(step, step.period)
        _POSTED[step.kind](self, _Known(step, item, stated, step.period.last))

    # how far it is known

    def _item(self, step: Transaction) -> Item | None:
        """What moved; money where the row is about money."""
        return self._book.register.item(self._book.currency) if step.kind in _OF_MONEY else step.item

    def _stated(self, step: Transaction) -> Quantity | Money | None:
        """How much moved, where that is known exactly and in a unit of the item."""
        item = self._item(step)
        if item is None or item.counted_by_value:
            return None if item is None else self._money(step.amount)
        quantity = step.quantity
        if quantity is None or not quantity.interval.is_exact or not is_in(item, quantity.unit):
            return None
        return item.quantity(int(quantity.interval.low), quantity.unit)

    def _money(self, figure: Figure | None) -> Money | None:
        value = self._value(figure)
        if value is None or not value.is_exact:
            return None
        return Money(int(value.low), self._book.currency)

    def _value(self, figure: Figure | None) -> Interval | None:
        return None if figure is None else figure.minor_interval(minor_digits(self._book.currency))

    def _missing(
        self, step: Transaction, item: Item | None, stated: Quantity | Money | None
    ) -> tuple[str, ...]:
        gives = step.kind in _GIVING
        needs = {
            "date": step.period is not None and _in_one_month(step.period),
            "item": item is not None,
            _unstated(step, item): stated is not None or (item is None and _is_stated(step)),
            "recipient" if gives else "place": bool(step.targets),
            "amount of each": len(step.targets) <= 1,
            "origin": not gives or self._knows_origin(step),
        }
        return tuple(what for what, there in needs.items() if not there)

    def _knows_origin(self, step: Transaction) -> bool:
        """From where, and, where the row names the gift that it is of, that this gift was posted."""
        return bool(step.source) and (not step.donation or step.donation in self._brought)

    def _note_day(self, step: Transaction, period: Period) -> None:
        zh, en = period.text("zh"), period.text("en")
        self._note(
            "day-not-stated",
            step,
            zh=f"只知日期在{zh}，按当月末日入账",
            en=f"only {en} is stated; entered on its last day",
        )

    def _note(self, code: str, step: Transaction, *, zh: str, en: str) -> None:
        self.notes.append(Finding(code=code, about=step.id, zh=f"{step.zh}：{zh}", en=f"{step.en}: {en}"))

    # entries

    def receive(self, known: _Known) -> None:
        """Goods come in; their value is an estimate of the paper, or stays open where it states none."""
        step, amount = known.step, self._money(known.step.amount)
        evidence = f"{step.evidence}: {step.amount.text}" if step.amount else step.evidence
        worth = Valuation.estimate(amount, evidence) if amount else Valuation.memorandum(evidence)
        note = self._book.receive(
            donor=self._donor(step),
            into=step.targets[0],
            lines=[ReceivedLine(known.item.id, known.stated, valuation=worth)],
            on=known.on,
            counted_by=(),
            restriction=_restriction(step),
            source_document=step.evidence,
            command=step.id,
        )
        self._brought[step.id] = note.number

    def receive_money(self, known: _Known) -> None:
        """Money comes in."""
        step = known.step
        receipt = self._book.receive_money(
            donor=self._donor(step),
            into=step.targets[0],
            amount=known.money,
            on=known.on,
            restriction=_restriction(step),
            source_document=step.evidence,
            command=step.id,
        )
        self._brought[step.id] = receipt.number

    def give(self, known: _Known) -> None:
        """Goods go out: over the road to another society, else on a list."""
        step, item = known.step, known.item
        if self._book.register.has(Society, step.targets[0]):
            self._send(known)
            return
        handout = Handout(step.targets[0], item.id, known.stated, step.evidence, self._lots(step))
        self._book.distribute(
            origin=step.source,
            lines=[handout],
            on=known.on,
            programme=step.programme,
            source_document=step.evidence,
            command=step.id,
        )

    def _send(self, known: _Known) -> None:
        step = known.step
        waybill = self._book.dispatch(
            origin=step.source,
            to=step.targets[0],
            lines=[ConsignedLine(known.item.id, known.stated, self._lots(step))],
            on=known.on,
            programme=step.programme,
            source_document=step.evidence,
            command=step.id,
        )
        self._book.arrive(
            waybill.number,
            on=known.on,
            received_by=step.evidence,
            lines=[ArrivedLine(line.lot, line.quantity) for line in waybill.lines],
        )

    def spend(self, known: _Known) -> None:
        """Money is spent on a project."""
        step = known.step
        self._book.spend(
            fund=step.source,
            project=step.targets[0],
            amount=known.money,
            on=known.on,
            purpose=step.en,
            requested_by="",
            approved_by="",
            voucher=step.evidence,
            money=self._lots(step),
            command=step.id,
        )

    def _donor(self, step: Transaction) -> str:
        if not step.source:
            self._note("donor-not-stated", step, zh="没有说明捐赠方", en="the donor is not stated")
        return step.source or UNSTATED

    def _lots(self, step: Transaction) -> tuple[str, ...]:
        """The lots of the gift that the row names, goods or money; none where any will do."""
        document = self._book.documents.get(self._brought.get(step.donation, ""))
        if isinstance(document, DonationReceipt):
            return (document.lot,)
        return document.lots if isinstance(document, GoodsReceivedNote) else ()

    # what cannot be posted

    def _mention(self, step: Transaction, missing: tuple[str, ...]) -> None:
        item, quantity = self._item(step), step.quantity
        gives = step.kind in _GIVING
        self._book.mention(
            step.zh,
            side=Side.GIVEN_OUT if gives else Side.RECEIVED,
            period=step.period or self._report.period,
            evidence=step.evidence,
            missing=missing,
            donor=None if gives else step.source or None,
            item=item.id if item else None,
            recipients=step.targets if step.kind is Kind.GIVE else (),
            programme=step.programme,
            donation=self._brought.get(step.donation),
            value=self._value(step.amount),
            quantity=quantity.interval if quantity else None,
            unit=quantity.unit if quantity else "",
            what_zh=step.zh,
            what_en=step.en,
            command=step.id,
        )

    def _observe(self, step: Indicator) -> None:
        is_money = step.count.measure == MONEY
        count = self._value(step.count) if is_money else step.count.interval
        self._book.observe(
            step.indicator,
            count=count or step.count.interval,
            unit=MONEY if is_money else step.count.unit,
            on=step.period.last,
            evidence=step.evidence,
            period=step.period,
            project=step.project,
            state=step.state,
            what_zh=step.zh,
            what_en=step.en,
            command=step.id,
        )


def _in_one_month(period: Period) -> bool:
    first, last = period.first, period.last
    return (first.year, first.month) == (last.year, last.month)


def _unstated(step: Transaction, item: Item | None) -> str:
    """What of an amount that cannot be posted is not stated: all of it, its exact number, or its unit."""
    figure = _figure(step, item)
    if figure is None:
        return "quantity" if step.amount else "amount"
    return "unit" if figure.interval.is_exact else "exact amount"


def _is_stated(step: Transaction) -> bool:
    figure = _figure(step, None)
    return figure is not None and figure.interval.is_exact


def _figure(step: Transaction, item: Item | None) -> Figure | None:
    """How much of an item moved, as printed; of goods that are not named, whatever is said of them."""
    if item is None:
        return step.quantity or step.amount
    return step.amount if item.counted_by_value else step.quantity


def _restriction(step: Transaction) -> Restriction | None:
    """A gift for a programme is restricted to it."""
    return Restriction(programme=step.programme) if step.programme else None


_POSTED: Mapping[Kind, Callable[[Posting, _Known], None]] = MappingProxyType(
    {
        Kind.RECEIVE: Posting.receive,
        Kind.MONEY: Posting.receive_money,
        Kind.GIVE: Posting.give,
        Kind.SPEND: Posting.spend,
    }
)
