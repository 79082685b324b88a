"""A depot is counted: a plan, blind sheets of several people, and recounts where they differ.

Whoever counts is told which lots there are and not how many units. Every lot of the plan stands on a sheet,
with a zero where nothing of it was found: silence about a lot is never read as its loss. A sheet keeps what
was counted and what the book said of that moment. It moves nothing: what is done about a difference is
decided in the report (`count_approval`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from reliefstock.catalogue import Item
from reliefstock.errors import Incomplete, NeedsApproval, NotOpen, NotPositive, Unknown
from reliefstock.ledger import Lot, Ticket
from reliefstock.operations.count_papers import CountPlan, CountSheet, CountSubject, SheetLine, each_once
from reliefstock.operations.count_status import (
    Counts,
    CountStatus,
    check_not_before,
    open_counts,
    unresolved_conflicts,
)
from reliefstock.operations.desk import Desk, Proposal, Request, different_people, units_of
from reliefstock.values import (
    Money,
    Quantity,
    Who,
    business_date,
    near,
    one_form,
    optional_date,
    several,
    spelled,
    texts,
)

__all__ = [
    "CountedLine",
    "PlanCount",
    "RecordCount",
    "UnlistedLine",
    "count",
    "open_counts",
    "plan_count",
    "unresolved_conflicts",
]


def _amounts(given: Iterable[Quantity | Money] | Quantity | Money) -> tuple[Quantity | Money, ...]:
    """One quantity, or several that add: 3 boxes and 5 pieces."""
    return (given,) if isinstance(given, Quantity | Money) else several(given)


# The plan


@attrs.frozen(kw_only=True)
class PlanCount(Request["CountPlan"]):
    """Plan a count of a warehouse, or of a part of it: of some items, of some lots.

    `quarantined` has what is kept apart counted too. A lot that is named is counted wherever the book thinks
    it is: so goods that turn up with the label of a lot keep their donor.
    """

    warehouse: str
    on: date = attrs.field(converter=business_date)
    counters: tuple[Who, ...] = attrs.field(converter=several)
    items: tuple[str, ...] = attrs.field(default=(), converter=texts)
    lots: tuple[str, ...] = attrs.field(default=(), converter=texts)
    quarantined: bool = False
    note: str = ""


def plan_count(desk: Desk, asked: PlanCount) -> Proposal:
    """List what is to be counted, in the order of the stock cards: item by item, lots as they are picked.

    Raises `DateTooFarAhead`, `Unknown`, `NeedsApproval` (too few counters), `Incomplete` (only goods are
    counted in a depot), or `NotOpen` where another count of any of it is open.
    """
    on = desk.day(asked.on)
    warehouse = desk.warehouse(asked.warehouse).id
    counters = each_once(asked.counters)
    different_people("a count", counters, max(1, desk.policy.counters))
    document = CountPlan(
        number=desk.next_number(CountPlan),
        on=on,
        warehouse=warehouse,
        subjects=_expected(desk, asked, warehouse, on),
        counters=counters,
        part=(*asked.items, *asked.lots),
        quarantined=asked.quarantined,
        note=asked.note,
    )
    _check_not_counted_now(desk, document)
    return Proposal(document)


def _expected(desk: Desk, asked: PlanCount, warehouse: str, on: date) -> tuple[CountSubject, ...]:
    """What the book expects there at the end of the day, and what is named."""
    named = {lot_id: desk.ledger.lot(lot_id) for lot_id in asked.lots}
    items = [desk.register.item(item).id for item in asked.items]
    for item in dict.fromkeys((*items, *(lot.item for lot in named.values()))):
        _check_is_goods(desk.register.item(item))
    found: dict[CountSubject, Lot] = {}
    is_whole = not (named or items)
    for quarantined in (False, True) if asked.quarantined else (False,):
        place = (desk.quarantine if quarantined else desk.warehouse)(warehouse)
        for lot, _ in desk.ledger.holdings(place, on=on):
            if lot.id in named or lot.item in items or (is_whole and desk.register.item(lot.item).is_goods):
                found[CountSubject(lot.item, lot.id, quarantined=quarantined)] = lot
    there = {subject.lot for subject in found}
    found.update((CountSubject(lot.item, lot.id), lot) for lot in named.values() if lot.id not in there)
    return _as_on_cards(desk, found)


def _check_is_goods(item: Item) -> None:
    if not item.is_goods:
        raise Incomplete(
            what=f"a count of {item.id}",
            missing="it is no goods, and does not lie in a depot",
            do="leave it out; money is counted in its fund",
            zh=f"{item.id} 的盘点：它不是物资，不存放在仓库；请去掉，资金在资金账户中清点",
        )


def _as_on_cards(desk: Desk, found: dict[CountSubject, Lot]) -> tuple[CountSubject, ...]:
    """Usable goods before what is kept apart; items as the book met them, lots in picking order."""
    items = {item.id: at for at, item in enumerate(desk.register.all(Item))}
    numbers = {lot_id: number for number, lot_id in enumerate(desk.ledger.lots)}

    def place_on_cards(subject: CountSubject) -> tuple[bool, int, Ticket]:
        lot = found[subject]
        return subject.quarantined, items[lot.item], Ticket.of(lot, numbers[lot.id])

    return tuple(sorted(found, key=place_on_cards))


def _check_not_counted_now(desk: Desk, plan: CountPlan) -> None:
    for other in Counts.of(desk).open():
        both = [subject.text() for subject in plan.subjects if subject in other.subjects]
        if both and other.warehouse == plan.warehouse:
            raise NotOpen(
                document=other.number,
                state=f"a count of {', '.join(both)} in {plan.warehouse} that is not approved yet",
                asked="joined by another",
                do="finish it, or withdraw it",
            )


# The sheets


@attrs.frozen
class CountedLine:
    """So much of a lot was counted: one quantity, or several that add (3 boxes and 5 pieces).

    Where nothing of it was found a zero is stated.
    """

    lot: str = attrs.field(converter=one_form)
    counted: tuple[Quantity | Money, ...] = attrs.field(converter=_amounts)
    note: str = ""
    quarantined: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class UnlistedLine:
    """Goods that were found and belong to no lot on the plan, with what stands on them.

    In a recount a zero says that nothing of it was found.
    """

    item: str = attrs.field(converter=one_form)
    counted: tuple[Quantity | Money, ...] = attrs.field(converter=_amounts)
    description: str = ""
    batch: str = attrs.field(default="", converter=one_form, kw_only=True)
    expiry: date | None = attrs.field(default=None, converter=optional_date, kw_only=True)
    quarantined: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(kw_only=True)
class RecordCount(Request["CountSheet"]):
    """Hand in what one person counted: every lot of the plan, or in a recount all that is to be recounted."""

    plan: str
    counter: Who
    on: date = attrs.field(converter=business_date)
    lines: tuple[CountedLine, ...] = attrs.field(default=(), converter=several)
    unlisted: tuple[UnlistedLine, ...] = attrs.field(default=(), converter=several)
    note: str = ""


def count(desk: Desk, asked: RecordCount) -> Proposal:
    """Keep what somebody counted, and beside it what the book says of that moment.

    The assertion lands with the sheet and not with the report: whatever becomes known from then on and is
    about a day before is behind a count, whether or not anybody has approved a difference.

    Raises `DateTooFarAhead`, `Unknown`, `Incomplete`, `NotPositive`, an error of the units, `NeedsApproval`
    (not among the counters), or `NotOpen` (the count is over, this person has counted in this round, or a
    later count of a lot is approved).
    """
    plan = desk.document(asked.plan, CountPlan)
    counts = Counts.of(desk)
    counts.check_open(plan, "counted")
    on = desk.day(asked.on)
    check_not_before(
        f"a sheet of {plan.number}", on, plan.on, "the plan", (f"{plan.number} 的盘点表", "盘点计划")
    )
    _check_own_day(desk, plan, on)
    status = counts.status(plan)
    counter = _counter(plan, status, asked.counter)
    lines = (*_listed(desk, plan, asked), *_unlisted(desk, plan, status, asked))
    _check_all_stated(plan, status, lines)
    sheet = CountSheet(
        number=desk.next_number(CountSheet),
        on=on,
        plan=plan.number,
        warehouse=plan.warehouse,
        counter=counter,
        round=status.round,
        known=len(desk.ledger),
        lines=lines,
        note=asked.note,
    )
    _check_no_later_count(counts, sheet)
    told = tuple(attrs.evolve(line, there=counts.there(sheet.asserts(line))) for line in lines)
    sheet = attrs.evolve(sheet, lines=told)
    return Proposal(sheet, counted=tuple(sheet.asserts(line) for line in told if line.subject.lot))


def _check_own_day(desk: Desk, plan: CountPlan, on: date) -> None:
    """A count is of the day on which it was counted, and cannot be of another that is closed."""
    if desk.stamp.concerns not in (None, on):
        raise Incomplete(
            what=f"a sheet of {plan.number}",
            missing=f"it is of {on}, and says that it is about {desk.stamp.concerns}",
            do="count again, and date the sheet on the day of the counting",
            zh=f"{plan.number} 的盘点表：日期为 {on}，又写明所属日期为 {desk.stamp.concerns}；"
            "请重新盘点，日期填盘点当天",
        )


def _counter(plan: CountPlan, status: CountStatus, person: str) -> str:
    """The counter as the plan spells the name. Raises `NeedsApproval` or `NotOpen`."""
    names = {spelled(counter): counter for counter in plan.counters}
    if spelled(person) not in names:
        raise NeedsApproval(
            what=f"a sheet of {plan.number} by {person!r}",
            reason=f"it is counted by {', '.join(plan.counters)}; let one of them count, or plan it anew",
        )
    if status.is_settled:
        raise NotOpen(
            document=plan.number,
            state="counted, and the counters agree",
            asked="counted again",
            do="have it approved, or withdraw a sheet",
        )
    sheet = status.sheet_of(person)
    if sheet is not None:
        raise NotOpen(
            document=sheet.number,
            state=f"the sheet of {sheet.counter} in round {sheet.round}",
            asked="joined by another before somebody else has counted",
            do="withdraw it if it is wrong",
        )
    return names[spelled(person)]


def _listed(desk: Desk, plan: CountPlan, asked: RecordCount) -> Iterator[SheetLine]:
    for line in asked.lines:
        if line.lot not in desk.ledger.lots:
            known = near(line.lot, plan.lots) or near(line.lot, desk.ledger.lots)
            raise Unknown(what="lot", given=line.lot, near=known)
        item = desk.register.item(desk.ledger.lot(line.lot).item)
        subject = CountSubject(item.id, line.lot, quarantined=line.quarantined)
        if subject not in plan.subjects:
            raise Incomplete(
                what=f"a sheet of {plan.number}",
                missing=f"{subject.text()} is not on the plan",
                do="plan a count that names it, so that it keeps its donor; or state it as unlisted goods",
                zh=f"{plan.number} 的盘点表：盘点计划中没有{subject.text('zh')}；请另定列入它的计划，"
                "以保留其捐赠方，或作为未列物资填写",
            )
        units = _units(item, line.counted)
        yield SheetLine(subject=subject, stated=line.counted, counted=units, there=0, note=line.note)


def _unlisted(desk: Desk, plan: CountPlan, status: CountStatus, asked: RecordCount) -> Iterator[SheetLine]:
    found = [line.subject for line in status.lines]
    for line in asked.unlisted:
        item = desk.item(line.item)
        _check_is_goods(item)
        subject = CountSubject(item.id, quarantined=line.quarantined, batch=line.batch, expiry=line.expiry)
        units = _units(item, line.counted)
        if subject not in found:
            _check_is_new(desk, plan, subject, units)
        yield SheetLine(subject=subject, stated=line.counted, counted=units, there=0, note=line.description)


def _check_is_new(desk: Desk, plan: CountPlan, subject: CountSubject, units: int) -> None:
    """Goods are unlisted only where no lot that the book has there could be what was found."""
    if not units:
        raise NotPositive(what=subject.text(), given=units)
    place = subject.place(plan.warehouse)
    for lot in desk.ledger.stock(place, subject.item):
        if CountSubject(subject.item, lot, quarantined=subject.quarantined) not in plan.subjects:
            raise Incomplete(
                what=subject.text(),
                missing=f"lot {lot} of {subject.item} is in {place} and not on plan {plan.number}, "
                "so nobody can tell one from the other",
                do="plan a count of it as well",
                zh=f"{subject.text('zh')}：{place.id} 有 {subject.item} 的批次 {lot}，"
                f"不在盘点计划 {plan.number} 中，无法区分；请另定计划一并盘点",
            )


def _units(item: Item, stated: tuple[Quantity | Money, ...]) -> int:
    """What was counted, in base units; a zero says that nothing was. Raises `Incomplete` for silence."""
    if not stated:
        raise Incomplete(
            what=f"what was counted of {item.id}",
            missing="no quantity is stated",
            do="state it, or a zero",
            zh=f"{item.id} 的实盘数：没有写明数量；请写明，没有则写零",
        )
    return sum(units_of(item, one) for one in stated)


def _check_all_stated(plan: CountPlan, status: CountStatus, lines: tuple[SheetLine, ...]) -> None:
    """Each subject that is due stands on one line, and none on two."""
    times = Counter(line.subject for line in lines)
    wrong = [subject for subject in status.due if times[subject] != 1]
    wrong += [subject for subject in times if times[subject] > 1 and subject not in wrong]
    if wrong:
        raise Incomplete(
            what=f"a sheet of {plan.number} in round {status.round}",
            missing=f"{'; '.join(one.text() for one in wrong)} must stand on exactly one line",
            do="state what was counted of it, or a zero",
            zh=f"{plan.number} 第 {status.round} 轮的盘点表：须有且只有一行的："
            f"{'；'.join(one.text('zh') for one in wrong)}；请写明实盘数，没有则写零",
        )


def _check_no_later_count(counts: Counts, sheet: CountSheet) -> None:
    """What a count found is booked on the day of its report: before that it would be found again.

    Raises `NotOpen`.
    """
    for line in sheet.lines:
        later = counts.after(line.subject, sheet.warehouse, sheet.on) if line.subject.lot else None
        if later is not None:
            raise NotOpen(
                document=later.number,
                state=f"the report of a count of {line.subject.text()}, of {later.on}",
                asked=f"preceded by a count of {sheet.on}",
                do="date the sheet that day or later, or reverse that report first",
            )
