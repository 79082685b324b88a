"""Promised against given: what came of every allocation, and which promises can no longer be kept.

A loss, a quarantine or a count can leave less on a shelf than is promised of it. Then the first promised is
met first, and what is wanting for the others is listed, so that somebody acts on it in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from types import MappingProxyType

import attrs

from reliefstock.book import Book
from reliefstock.ledger import How, Outcome, Place, PlaceKind
from reliefstock.operations import Allocation, Document, HeldLine
from reliefstock.operations.holding import Prospect, prospects
from reliefstock.parties import Household
from reliefstock.reconciliation.consignments import ConsignmentLine, consignments
from reliefstock.reconciliation.findings import Finding
from reliefstock.reconciliation.papers import Papers
from reliefstock.reconciliation.wording import amount_text
from reliefstock.values import Language, business_date

__all__ = [
    "AllocationRow",
    "AtRisk",
    "HoldRow",
    "PromiseAtRisk",
    "allocation_findings",
    "allocations",
    "holds_of",
    "promise_findings",
    "promises_at_risk",
]


# What came of holds


@attrs.frozen(kw_only=True)
class HoldRow:
    """A line of an allocation and what came of it, in base units.

    held = fulfilled + released + expired + open.
    """

    hold: str
    allocation: str
    warehouse: str
    recipient: str
    programme: str
    item: str
    lots: tuple[str, ...]
    since: date
    until: date
    held: int
    fulfilled: int = 0
    released: int = 0
    expired: int = 0
    open: int = 0


def holds_of(
    book: Book,
    *,
    on: date | str | None = None,
    known: int | None = None,
    recipient: str | None = None,
    warehouse: str | None = None,
    item: str | None = None,
) -> tuple[HoldRow, ...]:
    """Every hold that was made by the end of a day (None: today), and what came of it.

    The first promised first, as known after entry `known`; of one recipient, warehouse or item, or of all.
    Allocations that were reversed are left out. Raises `Unknown`, `NotABusinessDate`.

    >>> holds_of(Book("Ankang", currency="CNY"))
    ()
    """
    asked = {
        "recipient": recipient and book.register.recipient(recipient).id,
        "warehouse": warehouse and book.register.warehouse(warehouse).id,
        "item": item and book.register.item(item).id,
    }
    wanted = {name: value for name, value in asked.items() if value}
    rows = (row for row, _ in _rows(_papers(book, on, known)))
    return tuple(row for row in rows if all(getattr(row, name) == value for name, value in wanted.items()))


def _papers(book: Book, on: date | str | None, known: int | None) -> Papers:
    return Papers(book, book.desk().today if on is None else business_date(on), known)


def _rows(papers: Papers) -> Iterator[tuple[HoldRow, tuple[Outcome, ...]]]:
    """Holds by their allocations, each with what came of it by papers that stand."""
    standing = {document.number for document in papers.of(Document)}
    for allocation in papers.of(Allocation):
        for line in allocation.lines:
            holds = papers.book.ledger.holds.of(line.hold)
            outcomes = (outcome for one in holds for outcome in one.outcomes if outcome.document in standing)
            yield _row(papers, allocation, line, tuple(outcomes))


def _row(
    papers: Papers, allocation: Allocation, line: HeldLine, outcomes: tuple[Outcome, ...]
) -> tuple[HoldRow, tuple[Outcome, ...]]:
    held = sum(lot.quantity for lot in line.lots)
    fulfilled = sum(one.quantity for one in outcomes if one.how is How.FULFILLED)
    released = sum(one.quantity for one in outcomes if one.how is How.RELEASED)
    left = held - fulfilled - released
    is_over = papers.on is not None and papers.on > allocation.until
    row = HoldRow(
        hold=line.hold,
        allocation=allocation.number,
        warehouse=allocation.warehouse,
        recipient=line.recipient,
        programme=allocation.programme,
        item=line.item,
        lots=tuple(lot.lot for lot in line.lots),
        since=allocation.on,
        until=allocation.until,
        held=held,
        fulfilled=fulfilled,
        released=released,
        expired=left if is_over else 0,
        open=0 if is_over else left,
    )
    return row, outcomes


# From the plan to the doorstep


@attrs.frozen(kw_only=True)
class AllocationRow:
    """What an allocation planned for one recipient, and where all of it is, in base units.

    planned = delivered + in transit + lost + elsewhere + released + expired + open. What is sent to a society
    is `delivered` when it has arrived there, `lost` where it was damaged or short, and `elsewhere` where it
    was diverted on the way.
    """

    hold: HoldRow
    planned: int
    delivered: int = 0
    in_transit: int = 0
    lost: int = 0
    elsewhere: int = 0
    papers: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """What is not accounted for: zero, or something is wrong."""
        on_its_way = self.delivered + self.in_transit + self.lost + self.elsewhere
        return self.planned - (on_its_way + self.hold.released + self.hold.expired + self.hold.open)


def allocations(
    book: Book, *, on: date | str | None = None, known: int | None = None
) -> tuple[AllocationRow, ...]:
    """Every line of every allocation that stands, against what was delivered, released and left to expire.

    At the end of a day (None: today), as known after entry `known`.

    >>> allocations(Book("Ankang", currency="CNY"))
    ()
    """
    papers = _papers(book, on, known)
    roads = {
        (one.waybill, line.lot): _came_of(line)
        for one in consignments(book, on=papers.on, known=known)
        for line in one.lines
    }
    planned = {
        line.hold: book.register.item(line.item).base_units(line.quantity)
        for allocation in papers.of(Allocation)
        for line in allocation.lines
    }
    return tuple(_account(row, outcomes, planned[row.hold], roads) for row, outcomes in _rows(papers))


def _came_of(line: ConsignmentLine) -> dict[str, int]:
    """What became of a lot on a waybill; whoever was promised some of it is met first with what arrived."""
    return {
        "delivered": line.received,
        "in_transit": line.in_transit,
        "lost": line.damaged + line.short,
        "elsewhere": line.diverted + line.quarantined,
    }


def _account(
    row: HoldRow, outcomes: tuple[Outcome, ...], planned: int, roads: dict[tuple[str, str], dict[str, int]]
) -> AllocationRow:
    sums: dict[str, int] = {}
    given = [one for one in outcomes if one.how is How.FULFILLED]
    for one in given:
        road = roads.get((one.document, one.lot), {"delivered": one.quantity})
        units = one.quantity
        for where, most in road.items():
            taken = min(units, most)
            units -= taken
            road[where] = most - taken
            sums[where] = sums.get(where, 0) + taken
    papers = dict.fromkeys(one.document for one in outcomes if one.how in (How.FULFILLED, How.RELEASED))
    return AllocationRow(hold=row, planned=planned, papers=tuple(papers), **sums)


def allocation_findings(
    book: Book, *, on: date | str | None = None, known: int | None = None
) -> tuple[Finding, ...]:
    """Lines of allocations that do not add up.

    >>> allocation_findings(Book("Ankang", currency="CNY"))
    ()
    """
    return tuple(_differs(row) for row in allocations(book, on=on, known=known) if row.difference)


def _differs(row: AllocationRow) -> Finding:
    return Finding(
        code="allocation-difference",
        about=row.hold.hold,
        zh=f"预留 {row.hold.hold}：计划数与交付、解除、过期、在途及未交付之和相差 {row.difference}",
        en=f"hold {row.hold.hold}: {row.difference} of what was planned is not accounted for",
        figures=(("difference", str(row.difference)),),
        documents=(row.hold.allocation, *row.papers),
    )


# Promises at risk


class AtRisk(Enum):
    """Why a promise can no longer be kept."""

    GONE = "not there any more"
    EXPIRES = "expires before its last day"


@attrs.frozen(kw_only=True)
class PromiseAtRisk:
    """What is still promised of one lot under a hold, and how much of it cannot be given, in base units.

    `apart` is what of the lot lies in quarantine in the same depot and would help if it were released; `free`
    is what of the same item could be promised to the recipient there instead.
    """

    hold: str
    allocation: str
    warehouse: str
    recipient: str
    programme: str
    item: str
    lot: str
    until: date
    left: int
    short: int
    why: AtRisk
    apart: int
    free: int


def promises_at_risk(book: Book, on: date | str | None = None) -> tuple[PromiseAtRisk, ...]:
    """Holds that can no longer be met from a day on (None: today), and by how much.

    The first promised is met first, by what is in the book now. Ask it after every loss, quarantine and
    count. Raises `NotABusinessDate`.

    >>> promises_at_risk(Book("Ankang", currency="CNY"))
    ()
    """
    day = book.desk().today if on is None else business_date(on)
    short = (
        one
        for shelf in book.ledger.holds.shelves()
        for one in prospects(book.ledger, book.policy, shelf, day)
        if one.short
    )
    by_promise = sorted(short, key=lambda one: (one.standing.hold.since, one.standing.number))
    return tuple(_at_risk(book, one, day) for one in by_promise)


def promise_findings(book: Book, on: date | str | None = None) -> tuple[Finding, ...]:
    """A finding for each promise that can no longer be kept.

    >>> promise_findings(Book("Ankang", currency="CNY"))
    ()
    """
    return tuple(_risk(book, row) for row in promises_at_risk(book, on))


def _at_risk(book: Book, one: Prospect, on: date) -> PromiseAtRisk:
    hold = one.standing.hold
    item = book.item_of(hold.lot)
    apart = book.ledger.position(Place(PlaceKind.QUARANTINE, hold.place.id), hold.lot).quantity
    free = book.available(
        item.id, hold.place.id, on=on, recipient=hold.recipient, programme=hold.programme
    ).available
    return PromiseAtRisk(
        hold=hold.id,
        allocation=hold.id.rpartition("-")[0],
        warehouse=hold.place.id,
        recipient=hold.recipient,
        programme=hold.programme,
        item=item.id,
        lot=hold.lot,
        until=hold.until,
        left=one.left,
        short=one.short,
        why=AtRisk.GONE if one.usable else AtRisk.EXPIRES,
        apart=apart,
        free=free,
    )


def _risk(book: Book, row: PromiseAtRisk) -> Finding:
    lot = book.lot(row.lot)
    zh, en = (amount_text(book, lot, row.short, lang) for lang in ("zh", "en"))
    whom_zh, whom_en = (_name(book, row.recipient, lang) for lang in ("zh", "en"))
    return Finding(
        code="promise-at-risk",
        about=row.hold,
        zh=f"预留 {row.hold}（{whom_zh}，至 {row.until}）：{book.item_of(lot.id).zh} {zh} 无法兑现，"
        f"批次 {lot.id} {_WHY_ZH[row.why]}",
        en=f"hold {row.hold} for {whom_en} until {row.until}: {en} of {book.item_of(lot.id).name('en')} "
        f"cannot be given, lot {lot.id} {_WHY_EN[row.why]}",
        figures=(
            ("left", str(row.left)),
            ("short", str(row.short)),
            ("apart", str(row.apart)),
            ("free", str(row.free)),
        ),
        documents=(row.allocation,),
    )


def _name(book: Book, recipient: str, lang: Language) -> str:
    noun = book.register.recipient(recipient)
    return noun.id if isinstance(noun, Household) else noun.name(lang)


_WHY_ZH = MappingProxyType({AtRisk.GONE: "已不够", AtRisk.EXPIRES: "在此之前到期"})
_WHY_EN = MappingProxyType({AtRisk.GONE: "has less by now", AtRisk.EXPIRES: "expires before that"})
