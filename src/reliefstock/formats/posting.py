"""The half-year data form, posted: each row as far as it is known.

A movement becomes an entry where the papers say all that an entry needs: a day, who, to whom, how much. A day
that is known by its month alone is entered on the last day of the month, and noted. Anything less is kept as
a mention: it moves nothing, and widens what the book says is possible. Nothing is made up to fill a gap.
"""

from __future__ import annotations

from datetime import date

from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.donations import Restriction, Valuation
from reliefstock.errors import ConversionNotWhole, UnitMismatch
from reliefstock.formats.form import UNSTATED, Indicator, Kind, Report, Transaction
from reliefstock.ledger import Side
from reliefstock.operations import (
    ArrivedLine,
    ConsignedLine,
    GoodsReceivedNote,
    Handout,
    ReceivedLine,
)
from reliefstock.parties import Donor, DonorKind, Society
from reliefstock.policy import Policy
from reliefstock.reconciliation import MONEY, Finding
from reliefstock.values import Figure, Interval, Money, Quantity, minor_digits

__all__ = ["OLD_PAPERS", "Posting"]

OLD_PAPERS = Policy(counters=0, sign_off=False, approvers=0)
"""Old papers seldom say who counted, signed or approved, and nobody can be asked any more."""

_SIDES = {
    Kind.RECEIVE: Side.RECEIVED,
    Kind.MONEY: Side.RECEIVED,
    Kind.GIVE: Side.GIVEN_OUT,
    Kind.SPEND: Side.GIVEN_OUT,
}


class Posting:
    """Posts rows into a book, one after the other. `notes` gathers what a reader should know of them."""

    def __init__(self, book: Book, report: Report) -> None:
        self._book = book
        self._report = report
        self._brought: dict[str, str] = {}
        self.notes: list[Finding] = []
        book.add(Donor(UNSTATED, zh="（未说明）", en="(not stated)", kind=DonorKind.ANONYMOUS))

    def post(self, step: Transaction | Indicator) -> None:
        """Post one row: an entry, a mention or an observation."""
        if isinstance(step, Indicator):
            self._observe(step)
            return
        stated = self._stated(step)
        if self._missing(step, stated):
            self._mention(step, self._missing(step, stated))
            return
        on = self._day(step)
        if step.kind is Kind.RECEIVE:
            self._receive(step, on, stated)
        elif step.kind is Kind.GIVE:
            self._give(step, on, stated)
        else:
            self._move_money(step, on, stated)

    # how far it is known

    def _stated(self, step: Transaction) -> Quantity | Money | None:
        """How much moved, where that is known exactly and in a unit of the item."""
        if step.kind in (Kind.MONEY, Kind.SPEND) or (step.item and step.item.counted_by_value):
            return self._money(step.amount)
        if step.item is None or step.quantity is None or not step.quantity.interval.is_exact:
            return None
        return _quantity(step.item, step.quantity)

    def _money(self, figure: Figure | None) -> Money | None:
        value = self._value(figure)
        if value is None or not value.is_exact:
            return None
        return Money(int(value.low), self._book.currency)

    def _value(self, figure: Figure | None) -> Interval | None:
        return None if figure is None else figure.minor_interval(minor_digits(self._book.currency))

    def _missing(self, step: Transaction, stated: Quantity | Money | None) -> tuple[str, ...]:
        gives = step.kind in (Kind.GIVE, Kind.SPEND)
        needs = {
            "date": step.period is not None and _in_one_month(step),
            "item": step.item is not None or step.kind in (Kind.MONEY, Kind.SPEND),
            "amount": stated is not None,
            "recipient" if gives else "place": bool(step.targets),
            "amount of each": len(step.targets) <= 1,
            "origin": bool(step.source) or not gives,
        }
        return tuple(what for what, there in needs.items() if not there)

    def _day(self, step: Transaction) -> date:
        """The day; the last day of the month where that is all that is known, with a note."""
        assert step.period is not None  # noqa: S101 -- a step without a date is a mention
        if step.period.days > 1:
            self.notes.append(
                Finding(
                    code="day-not-stated",
                    about=step.id,
                    zh=f"{step.zh}：只知月份{step.period.text('zh')}，按月末记账",
                    en=f"{step.en}: only the month {step.period.text('en')} is stated; entered on its last day",
                )
            )
        return step.period.last

    # entries

    def _receive(self, step: Transaction, on: date, stated: Quantity | Money | None) -> None:
        assert step.item is not None and stated is not None  # noqa: S101, PT018
        amount = self._money(step.amount)
        evidence = f"{step.evidence}: {step.amount.text}" if step.amount else step.evidence
        worth = Valuation.estimate(amount, evidence) if amount else Valuation.memorandum(evidence)
        note = self._book.receive(
            donor=self._donor(step),
            into=step.targets[0],
            lines=[ReceivedLine(step.item.id, stated, valuation=worth)],
            on=on,
            counted_by=(),
            restriction=_restriction(step),
            source_document=step.evidence,
            command=step.id,
        )
        self._brought[step.id] = note.number

    def _give(self, step: Transaction, on: date, stated: Quantity | Money | None) -> None:
        assert step.item is not None and stated is not None  # noqa: S101, PT018
        recipient = step.targets[0]
        if self._book.register.has(Society, recipient):
            self._send(step, on, stated, step.item)
            return
        handout = Handout(recipient, step.item.id, stated, step.evidence, self._lots(step, step.item))
        self._book.distribute(
            origin=step.source,
            lines=[handout],
            on=on,
            programme=step.programme,
            source_document=step.evidence,
            command=step.id,
        )

    def _send(self, step: Transaction, on: date, stated: Quantity | Money, item: Item) -> None:
        waybill = self._book.dispatch(
            origin=step.source,
            to=step.targets[0],
            lines=[ConsignedLine(item.id, stated, self._lots(step, item))],
            on=on,
            programme=step.programme,
            source_document=step.evidence,
            command=step.id,
        )
        self._book.arrive(
            waybill.number,
            on=on,
            received_by=step.evidence,
            lines=[ArrivedLine(line.lot, line.quantity) for line in waybill.lines],
            command=f"{step.id} arrived",
        )

    def _move_money(self, step: Transaction, on: date, stated: Quantity | Money | None) -> None:
        assert isinstance(stated, Money)  # noqa: S101
        if step.kind is Kind.SPEND:
            self._book.spend(
                fund=step.source,
                project=step.targets[0],
                amount=stated,
                on=on,
                purpose=step.en,
                requested_by="",
                approved_by="",
                command=step.id,
            )
            return
        receipt = self._book.receive_money(
            donor=self._donor(step),
            into=step.targets[0],
            amount=stated,
            on=on,
            restriction=_restriction(step),
            source_document=step.evidence,
            command=step.id,
        )
        self._brought[step.id] = receipt.number

    def _donor(self, step: Transaction) -> str:
        if not step.source:
            self.notes.append(
                Finding(
                    code="donor-not-stated",
                    about=step.id,
                    zh=f"{step.zh}：没有说明捐赠方",
                    en=f"{step.en}: the donor is not stated",
                )
            )
        return step.source or UNSTATED

    def _lots(self, step: Transaction, item: Item) -> tuple[str, ...]:
        """The lots of the donation that the row names, if it names one that was posted."""
        document = self._book.documents.get(self._brought.get(step.donation, ""))
        if isinstance(document, GoodsReceivedNote):
            return tuple(lot for lot in document.lots if self._book.lot(lot).item == item.id)
        return ()

    # what cannot be posted

    def _mention(self, step: Transaction, missing: tuple[str, ...]) -> None:
        money = step.kind in (Kind.MONEY, Kind.SPEND)
        receives = step.kind in (Kind.RECEIVE, Kind.MONEY)
        quantity = step.quantity
        self._book.mention(
            step.zh,
            side=_SIDES[step.kind],
            period=step.period or self._report.period,
            evidence=step.evidence,
            missing=missing,
            donor=(step.source or None) if receives else None,
            item=self._book.currency if money else step.item.id if step.item else None,
            recipients=() if receives else step.targets,
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


def _in_one_month(step: Transaction) -> bool:
    first, last = (step.period.first, step.period.last) if step.period else (date.min, date.max)
    return (first.year, first.month) == (last.year, last.month)


def _quantity(item: Item, figure: Figure) -> Quantity | None:
    """A figure as a quantity of an item; None where it counts something else, households for one."""
    try:
        if figure.interval.low.denominator != 1:
            raise ConversionNotWhole(count=0, unit=figure.unit, target=item.unit.code)
        return item.quantity(int(figure.interval.low), figure.unit)
    except UnitMismatch:
        return None


def _restriction(step: Transaction) -> Restriction | None:
    """A gift for a programme is restricted to it."""
    return Restriction(programme=step.programme) if step.programme else None
