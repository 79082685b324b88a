"""The auditor adds the year up from single postings, in code that shares nothing with the book but its words.

A check is a function that compares: what it is about, what should be, and what is. All of it is counted, so
that nobody takes a check that looked at nothing for one that found nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

import attrs

from county_depot.recall import BATCH
from county_depot.year import YEAR, Year
from reliefstock import (
    CountReport,
    DistributionList,
    DonationReceipt,
    Entry,
    EntryKind,
    Household,
    Item,
    KitBuild,
    KitRebuild,
    Lot,
    Measure,
    PaymentVoucher,
    Period,
    PeriodClose,
    Place,
    PlaceKind,
    PurchaseRecord,
    RecallNotice,
    SaleNote,
    School,
    Side,
    Society,
)
from reliefstock.reconciliation import (
    By,
    Finding,
    PeriodState,
    StatementRow,
    allocation_findings,
    as_closed,
    close_findings,
    consignments,
    count_conflicts,
    holds_of,
    open_counts,
    open_losses,
    overdue_findings,
    period_state,
    promise_findings,
    recall_status,
    restriction_account,
    statement,
    trace,
)

__all__ = ["CHECKS", "Audit", "Check", "Compared", "audit"]


@attrs.frozen
class Compared:
    """Two figures that should be the same, and what they are about."""

    about: str
    expected: object
    found: object

    @property
    def agrees(self) -> bool:
        """Whether they are."""
        return self.expected == self.found

    def __str__(self) -> str:
        return f"{self.about}: {self.expected} ≠ {self.found}"


@attrs.frozen
class Check:
    """One thing that must hold: what it is called, and the function that compares."""

    zh: str
    en: str
    compare: Callable[[Evidence], Iterator[Compared]]


@attrs.frozen
class Audit:
    """How many figures each check compared, and those that do not agree."""

    counts: Mapping[str, int]
    wrong: tuple[tuple[str, Compared], ...]

    @property
    def comparisons(self) -> int:
        """How many figures were compared."""
        return sum(self.counts.values())


def audit(year: Year) -> Audit:
    """Run every check, whatever the others find."""
    evidence = Evidence(year)
    counts: dict[str, int] = {}
    wrong: list[tuple[str, Compared]] = []
    for name, check in CHECKS.items():
        compared = list(check.compare(evidence))
        counts[name] = len(compared)
        wrong += ((name, one) for one in compared if not one.agrees)
    return Audit(counts, tuple(wrong))


# What there is to look at


Sums = dict[tuple[Place, str], tuple[int, int]]
"""Base units and minor units, by place and lot."""


def added_up(entries: Iterable[Entry]) -> Sums:
    """What every place has of every lot, by adding up postings."""
    sums: Sums = {}
    for entry in entries:
        for posting in entry.postings:
            units, fen = sums.get((posting.place, posting.lot), (0, 0))
            sums[posting.place, posting.lot] = (units + posting.quantity, fen + posting.value)
    return sums


class Evidence:
    """The year, and the sums of its postings."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.book = year.book
        self.lots: Mapping[str, Lot] = year.book.ledger.lots

    @cached_property
    def sums(self) -> Sums:
        """All that was ever posted."""
        return added_up(self.book.entries)

    def until(self, day: date) -> Sums:
        """All that was posted up to a day."""
        return added_up(entry for entry in self.book.entries if entry.on <= day)

    def of_item(self, sums: Sums, kinds: Iterable[PlaceKind]) -> dict[str, tuple[int, int]]:
        """Sums by item, of places of some kinds."""
        found: dict[str, tuple[int, int]] = {}
        wanted = set(kinds)
        for (place, lot), (units, fen) in sums.items():
            if place.kind in wanted:
                item = self.lots[lot].item
                before = found.get(item, (0, 0))
                found[item] = (before[0] + units, before[1] + fen)
        return found


def _none(findings: Iterable[Finding], what: str) -> Iterator[Compared]:
    """Nothing must be found; whatever is, is told."""
    found = tuple(findings)
    yield Compared(what, 0, len(found))
    yield from (Compared(f"{one.code}: {one.text()}", "", one.about) for one in found)


# Entries


def conserved(evidence: Evidence) -> Iterator[Compared]:
    """Of each lot, the postings of an entry sum to nothing, in units and in value."""
    for entry in evidence.book.entries:
        for lot, legs in entry.by_lot().items():
            sums = (sum(leg.quantity for leg in legs), sum(leg.value for leg in legs))
            yield Compared(f"entry {entry.number}, lot {lot}", (0, 0), sums)


def never_below_zero(evidence: Evidence) -> Iterator[Compared]:
    """At the end of every day, no place inside has less than nothing, and no units without their value."""
    sums: Sums = {}
    by_day: dict[date, list[Entry]] = {}
    for entry in evidence.book.entries:
        by_day.setdefault(entry.on, []).append(entry)
    for day in sorted(by_day):
        moved = added_up(by_day[day])
        for key, (units, fen) in moved.items():
            before = sums.get(key, (0, 0))
            sums[key] = (before[0] + units, before[1] + fen)
        for place, lot in moved:
            if not place.kind.may_go_below_zero:
                units, fen = sums[place, lot]
                floor = evidence.lots[lot].floor
                is_right = units >= 0 and floor * units <= fen <= (floor + 1) * units
                yield Compared(f"{place}, {lot}, {day}: {units} worth {fen}", expected=True, found=is_right)


def conversions(evidence: Evidence) -> Iterator[Compared]:
    """What went into a conversion came out of it at the same value; into kits, what the bill says."""
    values: dict[Place, int] = {}
    for (place, _), (_, fen) in evidence.sums.items():
        if place.kind is PlaceKind.CONVERSION:
            values[place] = values.get(place, 0) + fen
    yield from (Compared(str(place), 0, fen) for place, fen in values.items())
    for document in (*evidence.book.documents_of(KitBuild), *evidence.book.documents_of(KitRebuild)):
        items = {item.id: item for item in evidence.book.register.all(Item)}
        bill = evidence.book.register.bill(document.kit, document.version).units_of(items)
        for lot in map(evidence.book.lot, document.lots):
            inside = Counter[str]()
            for part in lot.made_of:
                inside[evidence.lots[part.lot].item] += part.quantity
            yield Compared(f"in {lot.id}", {item: n * lot.quantity for item, n in bill.items()}, inside)
            yield Compared(f"worth of {lot.id}", sum(part.value for part in lot.made_of), lot.value)


# Balances and statements


def balances(evidence: Evidence) -> Iterator[Compared]:
    """What the book says of every place and lot at the end of every month is what the postings sum to."""
    for month in range(1, 13):
        day = Period.month(YEAR.first.year, month).last
        for (place, lot), (units, fen) in evidence.until(day).items():
            held = evidence.book.holding(place, lot, on=day)
            yield Compared(f"{place}, {lot}, {day}", (units, fen), (held.quantity, held.value))


_INSIDE = {
    "on_hand": (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE, PlaceKind.FUND),
    "in_transit": (PlaceKind.TRANSIT,),
}
_FLOWS = {
    "received": (-1, Side.RECEIVED),
    "gains": (-1, Side.GAINS),
    "converted": (-1, Side.CONVERTED),
    "given_out": (1, Side.GIVEN_OUT),
    "lost": (1, Side.LOST),
}


def the_statement(evidence: Evidence) -> Iterator[Compared]:
    """Each column of the statement of the year, item by item, is what the postings sum to."""
    columns = _columns(evidence)
    rows = {row.item: row for row in statement(evidence.book, YEAR).rows}
    items = dict.fromkeys((*rows, *(item for column in columns.values() for item in column)))
    for name, column in columns.items():
        for item in items:
            told = getattr(rows.get(item, StatementRow(group=item, item=item)), name)
            yield Compared(f"{item}, {name}", column.get(item, (0, 0)), (told.quantity, told.value))
    for item, row in rows.items():
        yield Compared(f"{item}, difference", (0, 0), (row.difference.quantity, row.difference.value))


def _columns(evidence: Evidence) -> dict[str, dict[str, tuple[int, int]]]:
    """The columns of the statement by item, from postings alone."""
    before = evidence.until(YEAR.first - timedelta(days=1))
    at_the_end = evidence.until(YEAR.last)
    within = added_up(entry for entry in evidence.book.entries if entry.on in YEAR)
    held = (kind for kinds in _INSIDE.values() for kind in kinds)
    columns = {"opening": evidence.of_item(before, held)}
    for name, kinds in _INSIDE.items():
        columns[name] = evidence.of_item(at_the_end, kinds)
    for name, (sign, side) in _FLOWS.items():
        kinds = (kind for kind in PlaceKind if kind.side is side)
        sums = evidence.of_item(within, kinds)
        columns[name] = {item: (sign * units, sign * fen) for item, (units, fen) in sums.items()}
    return columns


def every_grouping(evidence: Evidence) -> Iterator[Compared]:
    """The statement adds up however it is grouped, and comes to the same value; so do restricted gifts."""
    value = statement(evidence.book, YEAR).total.on_hand.value
    for by in By:
        grouped = statement(evidence.book, YEAR, by=by)
        yield from _none(grouped.findings, f"statement by {by.value}")
        yield Compared(f"on hand by {by.value}", value, grouped.total.on_hand.value)
    for by in (By.DONATION, By.DONOR):
        yield from _none(restriction_account(evidence.book, YEAR, by=by).findings, f"restricted, {by.value}")


def months(evidence: Evidence) -> Iterator[Compared]:
    """Every month was closed, and began with what the month before it had ended with."""
    printed = {str(one.period): one.statement for one in evidence.year.closed}
    named = [str(Period.month(YEAR.first.year, month)) for month in range(1, 13)]
    yield Compared("months closed", ["2023", *named], list(printed))
    for month, following in pairwise(named):
        ended = {row.item: row.on_hand + row.in_transit for row in printed[month].rows}
        began = {row.item: row.opening for row in printed[following].rows}
        for item in dict.fromkeys((*ended, *began)):
            yield Compared(f"{item}, {following}", ended.get(item) or None, began.get(item) or None)


def as_printed(evidence: Evidence) -> Iterator[Compared]:
    """The statement of every month is today what was printed when it was closed, whatever came later."""
    for one in evidence.year.closed:
        again = as_closed(evidence.book, one.close.number)
        now = statement(evidence.book, one.period)
        for row, closed, today in zip(one.statement.rows, again.rows, now.rows, strict=True):
            yield Compared(f"{one.close.number}, {row.item}, as closed", row, closed)
            yield Compared(f"{one.close.number}, {row.item}, as known today", row, today)


def closes(evidence: Evidence) -> Iterator[Compared]:
    """What a close says stood on each side is what the entries of that time sum to; the year is sealed."""
    for close in evidence.book.documents_of(PeriodClose):
        then = evidence.book.entries[: close.known]
        sums = added_up(entry for entry in then if entry.on <= close.period.last)
        for total in close.totals:
            sign = -1 if total.side in (Side.RECEIVED, Side.GAINS, Side.CONVERTED) else 1
            value = sum(fen for (place, _), (_, fen) in sums.items() if place.kind.side is total.side)
            yield Compared(f"{close.number}, {total.side.value}", sign * value, total.value)
    yield from _none(close_findings(evidence.book), "closes")
    yield Compared("state of the year", PeriodState.SEALED, period_state(evidence.book, YEAR))
    for one in evidence.year.closed:
        is_met = all(check.is_met for check in one.checks)
        yield Compared(f"checklist of {one.close.number}", expected=True, found=is_met)


# Gifts and recipients


def traces(evidence: Evidence) -> Iterator[Compared]:
    """The ends of every donation sum to what was given, and to what was found of it later."""
    came: dict[str, int] = {}
    for (place, lot), (_, fen) in evidence.sums.items():
        donation = evidence.lots[lot].donation
        if donation and place.kind in (PlaceKind.DONOR, PlaceKind.GAIN):
            came[donation] = came.get(donation, 0) - fen
    for donation, fen in came.items():
        traced = trace(evidence.book, donation)
        yield Compared(f"{donation}, given", fen, traced.given)
        yield Compared(f"{donation}, ends", fen, traced.accounted)


def lists(evidence: Evidence) -> Iterator[Compared]:
    """Every line of every list is posted to whom it names, and somebody signed for it."""
    for one in evidence.book.documents_of(DistributionList):
        posted = added_up(evidence.book.ledger.entry(number) for number in one.entries)
        wanted: dict[tuple[str, str], int] = {}
        for line in one.lines:
            item = evidence.book.register.item(line.item)
            yield Compared(f"{one.number}, signed", expected=True, found=bool(line.signature))
            for pick in line.picks:
                key = (line.recipient, pick.lot)
                wanted[key] = wanted.get(key, 0) + pick.quantity
            units = sum(pick.quantity for pick in line.picks)
            yield Compared(
                f"{one.number}, {line.signature}, {item.id}", item.base_units(line.quantity), units
            )
        got = {(place.id, lot): n for (place, lot), (n, _) in posted.items() if n > 0}
        yield Compared(f"{one.number}, postings", wanted, got)


def purposes(evidence: Evidence) -> Iterator[Compared]:
    """Nothing went to anybody that its donor had not given it for."""
    people = {
        one.id: one for kind in (Household, School, Society) for one in evidence.book.register.all(kind)
    }
    for entry in evidence.book.entries:
        for movement in entry.movements():
            whom = people.get(movement.target.id)
            if entry.kind is EntryKind.DISTRIBUTION and isinstance(whom, Household | School):
                about = f"entry {entry.number}, lot {movement.lot}, to {whom.id}"
                is_within = _within(evidence.lots[movement.lot], entry, whom)
                yield Compared(about, expected=True, found=is_within)


def _within(lot: Lot, entry: Entry, whom: Household | School) -> bool:
    return all(
        (not one.programme or one.programme == entry.programme)
        and (not one.groups or bool(set(one.groups) & set(whom.groups)))
        and (not one.places or any(whom.division.startswith(place) for place in one.places))
        and (one.until is None or entry.on <= one.until)
        for one in lot.restrictions
    )


# The batch that was recalled


def the_recall(evidence: Evidence) -> Iterator[Compared]:
    """Every ration of the batch is somewhere, in kits too; and none was used once it was recalled."""
    inside = _units_inside(evidence)
    [notice] = evidence.book.documents_of(RecallNotice)
    received = ended = Fraction(0)
    for (place, lot), (units, _) in evidence.sums.items():
        if place.kind is PlaceKind.DONOR:
            received -= units * inside[lot]
        elif place.kind is not PlaceKind.CONVERSION:
            ended += units * inside[lot]
    yield Compared("rations of the batch", received, ended)
    for entry in evidence.book.entries[notice.known :]:
        for movement in entry.movements():
            if inside[movement.lot]:
                about = f"entry {entry.number}, lot {movement.lot}"
                is_used = movement.target.kind in _USE
                yield Compared(f"{about}, into use", expected=False, found=is_used)
    for row in recall_status(evidence.book, notice.number).rows:
        there, _ = evidence.sums.get((row.place, row.lot), (0, 0))
        yield Compared(f"{row.place}, {row.lot}", there, row.still_there)


_USE = (PlaceKind.WAREHOUSE, PlaceKind.HOUSEHOLD, PlaceKind.SCHOOL, PlaceKind.SOCIETY)


def _units_inside(evidence: Evidence) -> dict[str, Fraction]:
    """How many units of the batch are in one unit of each lot; lots are made of earlier ones."""
    inside: dict[str, Fraction] = {}
    for lot in evidence.lots.values():
        parts = (part.quantity * inside[part.lot] for part in lot.made_of)
        of_parts = sum(parts, Fraction(0)) / lot.quantity  # exact: Fraction
        is_goods = evidence.book.register.item(lot.item).is_goods
        inside[lot.id] = Fraction(1) if lot.batch == BATCH else of_parts if is_goods else Fraction(0)
    return inside


# Promises, the road, counts


def promises(evidence: Evidence) -> Iterator[Compared]:
    """What was promised was given, released or left to lapse; what was given stands on the lists."""
    given: dict[str, int] = {}
    for one in evidence.book.documents_of(DistributionList):
        for line in one.lines:
            given[line.hold] = given.get(line.hold, 0) + sum(pick.quantity for pick in line.picks)
    for row in holds_of(evidence.book, on=YEAR.last):
        yield Compared(f"{row.hold}, given", given.get(row.hold, 0), row.fulfilled)
        yield Compared(f"{row.hold}, in all", row.held, row.fulfilled + row.released + row.expired)
    yield from _none(allocation_findings(evidence.book), "allocations")
    yield from _none(promise_findings(evidence.book), "promises at risk")


def the_road(evidence: Evidence) -> Iterator[Compared]:
    """What was dispatched arrived, was lost and signed for, or went elsewhere; nothing is on the road."""
    for one in consignments(evidence.book):
        for line in one.lines:
            place = Place(PlaceKind.TRANSIT, one.waybill)
            units = sum(evidence.sums.get((place, lot), (0, 0))[0] for lot in line.lots)
            came = line.received + line.quarantined + line.damaged
            settled = came + line.short + line.diverted - line.over
            yield Compared(f"{one.waybill}, {line.lot}", line.dispatched, settled + units)
            yield Compared(f"{one.waybill}, {line.lot}, on the road", 0, units)
    yield from _none(overdue_findings(evidence.book), "overdue")
    yield Compared("losses not signed for", 0, len(open_losses(evidence.book)))


def the_counts(evidence: Evidence) -> Iterator[Compared]:
    """A difference is posted as it was found, approved by people who did not count, and not in question."""
    for report in evidence.book.documents_of(CountReport):
        both = [one for one in report.approved_by if one in report.counters]
        yield Compared(f"{report.number}, who counted and approved", list[str](), both)
        sums = added_up(evidence.book.ledger.entry(number) for number in report.entries)
        off = {(place.kind, lot): units for (place, lot), (units, _) in sums.items() if place.kind.is_outside}
        for line in report.differences:
            kind = PlaceKind.LOSS if line.difference < 0 else PlaceKind.GAIN
            found = off.get((kind, line.into or line.subject.lot), 0)
            yield Compared(f"{report.number}, {line.subject.text()}", -line.difference, found)
        fen = -sum(fen for (place, _), (_, fen) in sums.items() if place.kind.is_outside)
        yield Compared(f"{report.number}, value", report.gain - report.gross_loss, fen)
    yield from _none(count_conflicts(evidence.book), "counts in question")
    yield Compared("counts not approved", 0, len(open_counts(evidence.book)))


# Money and papers


def money(evidence: Evidence) -> Iterator[Compared]:
    """A fen is worth a fen; what is in the fund is what came in, by the papers, less what was paid."""
    book = evidence.book
    for entry in book.entries:
        for posting in entry.postings:
            if book.register.item(evidence.lots[posting.lot].item).measure is Measure.MONEY:
                yield Compared(f"entry {entry.number}, {posting.lot}", posting.quantity, posting.value)
    came = sum(one.amount.minor for one in book.documents_of(DonationReceipt))
    came += sum(one.proceeds for one in book.documents_of(SaleNote))
    paid = sum(one.amount.minor for one in book.documents_of(PaymentVoucher))
    paid += sum(line.cost for one in book.documents_of(PurchaseRecord) for line in one.lines)
    there = sum(fen for (place, _), (_, fen) in evidence.sums.items() if place.kind is PlaceKind.FUND)
    yield Compared("in the fund", came - paid, there)


def papers(evidence: Evidence) -> Iterator[Compared]:
    """Numbers have no gaps, every entry has its document, and who asks is not who approves."""
    count = Counter[str]()
    entries: dict[int, str] = {}
    for number, document in evidence.book.documents.items():
        count[document.prefix] += 1
        yield Compared(number, f"{document.prefix}-{count[document.prefix]:06d}", document.number)
        entries.update((entry, number) for entry in document.entries)
        for asking, approving in FOUR_EYES:
            if hasattr(document, asking) and hasattr(document, approving):
                same = getattr(document, asking) == getattr(document, approving)
                yield Compared(f"{number}, {asking} and {approving}", expected=False, found=same)
    for number, entry in enumerate(evidence.book.entries, 1):
        yield Compared(f"entry {number}", (number, entries.get(number)), (entry.number, entry.document))


FOUR_EYES = (
    ("requested_by", "approved_by"),
    ("reported_by", "approved_by"),
    ("inspected_by", "approved_by"),
    ("closed_by", "approved_by"),
    ("sealed_by", "approved_by"),
    ("signed_by", "approved_by"),
    ("assembled_by", "checked_by"),
    ("broken_by", "checked_by"),
)


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "conserved": Check("分录平衡：逐批次数量、金额", "Entries: units and value of each lot", conserved),
        "never below zero": Check(
            "任何一天不为负，有数必有值", "No place below zero on any day", never_below_zero
        ),
        "conversions": Check("组包、采购等转换前后等值", "Kits and purchases: the same value", conversions),
        "balances": Check("每月末余额与分录之和", "Balances of every month's end", balances),
        "the statement": Check("全年收支结存与分录之和", "The statement of the year", the_statement),
        "every grouping": Check("各种口径的收支结存", "The statement in every grouping", every_grouping),
        "months": Check("各月期初与上月期末", "Opening and closing of the months", months),
        "as printed": Check("结账后各月报表不变", "Statements as they were printed", as_printed),
        "closes": Check("结账单与分录之和", "Totals of the closes", closes),
        "traces": Check("每笔捐赠的去向", "Every donation to its ends", traces),
        "lists": Check("发放清单与分录", "Distribution lists", lists),
        "purposes": Check("限定用途", "What it was given for", purposes),
        "the recall": Check("召回批次", "The batch that was recalled", the_recall),
        "promises": Check("预留", "Promises", promises),
        "the road": Check("在途", "The road", the_road),
        "the counts": Check("盘点", "Counts", the_counts),
        "money": Check("资金", "Money", money),
        "papers": Check("单据编号与审批", "Numbers and approvals", papers),
    }
)
