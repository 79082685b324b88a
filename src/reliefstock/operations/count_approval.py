"""What a count found, and what somebody decides on it who did not count.

What the counters agree on is set against what the book says of that moment. The difference is an entry; it
is a difference and not a new total, so what has moved since stays as it is. What is missing is a loss. What
is over goes into its own lot, so that no donor is lost; valued by itself it becomes a lot without a donor
(rules for non-profit organisations, 2004, art. 24: gains at fair value, losses net of salvage, insurance and
what the culprit pays). The report says what is made good; the money is received as money when it comes.

What becomes known after a count and is about a day before it is never overruled in silence: no report is
approved before somebody has looked at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from reliefstock.catalogue import Item
from reliefstock.donations import Basis, Valuation
from reliefstock.errors import CountConflict, CountOvertaken, Incomplete, NeedsApproval, NotOpen
from reliefstock.ledger import Counted, Draft, EntryKind, Lot, Place, PlaceKind
from reliefstock.operations.count_papers import (
    CountPlan,
    CountReport,
    CountSheet,
    CountSubject,
    CountVariance,
    each_once,
)
from reliefstock.operations.count_status import Counts, CountStatus, SubjectStatus, check_not_before
from reliefstock.operations.desk import (
    Desk,
    Document,
    Proposal,
    Request,
    different_people,
    pack_of,
)
from reliefstock.operations.losses import Recovery, recovered
from reliefstock.operations.recalled import landing_place
from reliefstock.policy import Policy
from reliefstock.values import Who, business_date, one_form, optional_date, several, spelled

__all__ = ["ApproveCount", "Explained", "ValuedGain", "approve_count", "check_taking_back"]

_GAIN = Place(PlaceKind.GAIN, "count")
_LOSS = Place(PlaceKind.LOSS, "count")


@attrs.frozen
class Explained:
    """Why a lot, or goods of an item that are on no list, differ."""

    what: str = attrs.field(converter=one_form)
    explanation: str


@attrs.frozen
class ValuedGain:
    """What is over of a lot, or of unlisted goods, is worth so much: a lot of its own, without a donor.

    Either a `lot` is named, or an `item` with its batch and expiry as the sheets have them.
    """

    valuation: Valuation
    lot: str = attrs.field(default="", converter=one_form, kw_only=True)
    item: str = attrs.field(default="", converter=one_form, kw_only=True)
    quarantined: bool = attrs.field(default=False, kw_only=True)
    batch: str = attrs.field(default="", converter=one_form, kw_only=True)
    expiry: date | None = attrs.field(default=None, converter=optional_date, kw_only=True)


@attrs.frozen(kw_only=True)
class ApproveCount(Request["CountReport"]):
    """Approve what a count found: the differences are booked.

    `explanation` is of every difference that `explanations` say nothing of. `gains` are valued at fair value;
    what is not among them goes into its own lot, or as unlisted goods into the memorandum register.
    `recoveries` are what is made good of the loss. `late` are entries that came to be known after the count
    and are taken into what the book said on that day. Among them may be reversals that are dated later: what
    they take back had never happened; those that have nothing to do with what was counted, as where a list
    named another household, are `set_aside`.
    """

    plan: str
    on: date = attrs.field(converter=business_date)
    approved_by: tuple[Who, ...] = attrs.field(converter=several)
    explanation: str = ""
    explanations: tuple[Explained, ...] = attrs.field(default=(), converter=several)
    gains: tuple[ValuedGain, ...] = attrs.field(default=(), converter=several)
    recoveries: tuple[Recovery, ...] = attrs.field(default=(), converter=several)
    late: tuple[int, ...] = attrs.field(default=(), converter=several)
    set_aside: tuple[int, ...] = attrs.field(default=(), converter=several)
    note: str = ""


def approve_count(desk: Desk, asked: ApproveCount) -> Proposal:
    """Book the differences of a count: losses out of the depot, gains into it.

    Raises `DateTooFarAhead`, `Unknown`, `NotOpen` (it is over, or something is to be recounted),
    `CountConflict` (entries came late that nobody has looked at), `NeedsApproval` (by a counter, or by too
    few for so large a difference: `Policy.count_threshold`), `Incomplete`, `CurrencyMismatch`, `NotPositive`,
    or `CountOvertaken` (what is missing has left since).
    """
    plan = desk.document(asked.plan, CountPlan)
    counts = Counts.of(desk)
    counts.check_open(plan, "approved")
    on = desk.day(asked.on)
    status = _settled(counts, plan, asked)
    _check_day(desk, status, on)
    number = desk.next_number(CountReport)
    draft = desk.draft(number, on)
    lines = _Booking(desk, draft, status, _Decided.of(desk, status, asked)).book()
    report = CountReport(
        number=number,
        on=on,
        entries=tuple(entry.number for entry in draft.entries),
        plan=plan.number,
        warehouse=plan.warehouse,
        lines=lines,
        counters=tuple(dict.fromkeys(sheet.counter for sheet in status.sheets)),
        approved_by=each_once(asked.approved_by),
        explanation=asked.explanation,
        recoveries=asked.recoveries,
        late=tuple(sorted(asked.late)),
        set_aside=tuple(sorted(asked.set_aside)),
        known=len(desk.ledger),
        note=asked.note,
    )
    _check_recoveries(desk, report)
    _check_approval(desk, plan, report)
    return Proposal(report, draft.entries, draft.lots)


def _settled(counts: Counts, plan: CountPlan, asked: ApproveCount) -> CountStatus:
    """What the counters agree on, with what came late taken into account as it is asked."""
    status = counts.status(plan)
    _check_settled(status)
    _check_late(counts, status, asked)
    status = counts.status(plan, asked.late)
    _check_settled(status)
    return status


def _check_settled(status: CountStatus) -> None:
    if not status.is_settled:
        due = "; ".join(subject.text() for subject in status.to_count) or "all of it"
        raise NotOpen(
            document=status.plan.number,
            state=f"not counted to the end (round {status.round}: {due})",
            asked="approved",
            do="hand in the sheets that are missing; where the counters differ, count again",
        )


def _check_late(counts: Counts, status: CountStatus, asked: ApproveCount) -> None:
    """Everything that came late has been looked at. Raises `CountConflict` or `Incomplete`."""
    behind: dict[int, list[str]] = {}
    taking_back: dict[int, list[str]] = {}
    for line in status.lines:
        late = {number for word in line.agreed for number in counts.behind(word.asserted)}
        back = {number for word in line.agreed for number in counts.taking_back(word.asserted)}
        for found, numbers in ((behind, late), (taking_back, back - late)):
            for number in numbers:
                found.setdefault(number, []).append(line.subject.lot)
    _check_named(status.plan, {*behind, *taking_back}, "late", asked.late)
    _check_named(status.plan, {*taking_back} - {*behind, *asked.late}, "set_aside", asked.set_aside)
    unseen = sorted({*behind, *taking_back} - {*asked.late, *asked.set_aside})
    if unseen:
        lots = (lot for number in unseen for lot in (*behind.get(number, ()), *taking_back.get(number, ())))
        entries = tuple(unseen)
        raise CountConflict(count=status.plan.number, entries=entries, lots=tuple(dict.fromkeys(lots)))


def _check_named(plan: CountPlan, known: set[int], where: str, named: tuple[int, ...]) -> None:
    for number in named:
        if number not in known or named.count(number) > 1:
            raise Incomplete(
                what=f"{where} of the count {plan.number}",
                missing=f"entry {number} cannot stand there, or stands there twice",
                do=f"name each of {', '.join(map(str, sorted(known))) or 'none'} once at most",
                zh=f"盘点 {plan.number} 的 {where}：第 {number} 号分录不能写在这里，或写了两次；"
                f"请至多各写一次：{'、'.join(map(str, sorted(known))) or '无'}",
            )


def _check_day(desk: Desk, status: CountStatus, on: date) -> None:
    counted = max((sheet.on for sheet in status.sheets), default=status.plan.on)
    what = f"the report of {status.plan.number}"
    zh = (f"{status.plan.number} 的盘点报告", "最后一张盘点表")
    check_not_before(what, min(on, desk.stamp.concerns or on), counted, "the last sheet", zh)


@attrs.frozen(kw_only=True)
class _Decided:
    """What is decided on differences before any is booked: why they are, and what gains are worth."""

    general: str
    explained: Mapping[CountSubject, str]
    values: Mapping[CountSubject, Valuation]

    @classmethod
    def of(cls, desk: Desk, status: CountStatus, asked: ApproveCount) -> _Decided:
        """Raises `Incomplete` where something is said of what does not differ, or nothing of what does."""
        off = [line.subject for line in status.lines if line.decides.difference]
        over = [line.subject for line in status.lines if line.decides.difference > 0]
        decided = cls(
            general=asked.explanation,
            explained=_explained(off, asked.explanations),
            values=_values(desk, over, asked.gains),
        )
        unsaid = [subject for subject in off if not spelled(decided.why(subject))]
        if unsaid:
            raise Incomplete(
                what=f"the report of {status.plan.number}",
                missing=f"nothing explains the difference of {'; '.join(one.text() for one in unsaid)}",
                do="state the explanation of all, or of each",
                zh=f"{status.plan.number} 的盘点报告：没有写明差异原因：{_listed(unsaid)}；"
                "请写明总的原因，或逐项写明",
            )
        return decided

    def why(self, subject: CountSubject) -> str:
        """The explanation of a difference."""
        return self.explained.get(subject, self.general)


def _listed(subjects: list[CountSubject]) -> str:
    """What is counted, one by one, in Chinese."""
    return "；".join(one.text("zh") for one in subjects) or "无"


def _explained(off: list[CountSubject], given: tuple[Explained, ...]) -> dict[CountSubject, str]:
    found: dict[CountSubject, str] = {}
    for one in given:
        meant = [subject for subject in off if (subject.lot or subject.item) == one.what]
        if not meant:
            differ = "; ".join(subject.text() for subject in off) or "nothing"
            raise Incomplete(
                what=f"the explanation of {one.what}",
                missing=f"it does not differ, what differs is {differ}",
                do="name that, or leave it out",
                zh=f"{one.what} 的差异原因：它没有差异，有差异的：{_listed(off)}；请改写有差异的，或去掉",
            )
        found.update(dict.fromkeys(meant, one.explanation))
    return found


def _values(
    desk: Desk, over: list[CountSubject], given: tuple[ValuedGain, ...]
) -> dict[CountSubject, Valuation]:
    found: dict[CountSubject, Valuation] = {}
    for one in given:
        subject = _of_gain(desk, one)
        if subject not in over or subject in found:
            raise Incomplete(
                what=f"the value of {subject.text()}",
                missing="it is not over, or is valued twice",
                do=f"value each of these once at most: {'; '.join(one.text() for one in over) or 'none'}",
                zh=f"{subject.text('zh')} 的计价：没有盘盈，或计价两次；请至多各计价一次：{_listed(over)}",
            )
        if one.valuation.basis is Basis.VOUCHER:
            raise Incomplete(
                what=f"the value of {subject.text()}",
                missing="no donor gave it, so there is no voucher",
                do="state its fair value, or the next best basis that there is",
                zh=f"{subject.text('zh')} 的计价：不是捐赠方所赠，没有凭据；请写明公允价值，或次优的计价依据",
            )
        if one.valuation.amount is not None:
            desk.amount(one.valuation.amount, f"the value of {subject.text()}")
        found[subject] = one.valuation
    return found


def _of_gain(desk: Desk, one: ValuedGain) -> CountSubject:
    if bool(one.lot) is bool(one.item):
        raise Incomplete(
            what="the value of a gain",
            missing="it names a lot and an item, or neither",
            do="name the lot, or the item of unlisted goods",
            zh="盘盈的计价：批次与物资都写了，或都没写；请写明批次，未列物资则写明物资",
        )
    if one.lot:
        return CountSubject(desk.ledger.lot(one.lot).item, one.lot, quarantined=one.quarantined)
    item = desk.register.item(one.item).id
    return CountSubject(item, quarantined=one.quarantined, batch=one.batch, expiry=one.expiry)


@attrs.frozen
class _Booking:
    """Differences of one count on their way into the book."""

    desk: Desk
    draft: Draft
    status: CountStatus
    decided: _Decided

    def book(self) -> tuple[CountVariance, ...]:
        """An entry for what is usable, and one for what is kept apart: a lot can be over in one."""
        lines: dict[CountSubject, CountVariance] = {}
        for kept_apart in (False, True):
            there = [line for line in self.status.lines if line.subject.quarantined is kept_apart]
            lines.update((line.subject, self._line(line)) for line in there)
            if any(line.decides.difference for line in there):
                self.draft.finish(EntryKind.COUNT)
        return tuple(lines[line.subject] for line in self.status.lines)

    def _line(self, line: SubjectStatus) -> CountVariance:
        decides, subject = line.decides, line.subject
        value, into = 0, ""
        if decides.difference < 0:
            value = -self._lose(decides.asserted, -decides.difference)
        elif decides.difference > 0:
            value, into = self._gain(line)
        return CountVariance(
            subject=subject,
            on=decides.asserted.on,
            known=decides.asserted.known,
            stated=decides.stated,
            counted=decides.asserted.counted,
            there_then=decides.asserted.there,
            there=decides.there,
            value=value,
            into=into,
            explanation=self.decided.why(subject) if decides.difference else "",
            sheets=tuple(one.sheet for one in line.agreed),
        )

    def _lose(self, one: Counted, units: int) -> int:
        lot, ledger = self.desk.ledger.lot(one.lot), self.desk.ledger
        there = self.draft.there(lot, one.place)
        if units > there:
            after = (entry for entry in ledger.entries_of(lot.id) if not one.follows(entry))
            raise CountOvertaken(
                place=str(one.place),
                lot=lot.id,
                on=ledger.window(one.place, lot, self.draft.on).when,
                asked=units,
                there=there,
                count=self.status.plan.number,
                since=tuple(entry.number for entry in after if one.moved_by([entry]) < 0),
            )
        return self.draft.move(lot, one.place, _LOSS, units)

    def _gain(self, line: SubjectStatus) -> tuple[int, str]:
        """What is over goes into its own lot, unless it is valued by itself or belongs to none."""
        place, units = line.subject.place(self.status.plan.warehouse), line.decides.difference
        valuation = self.decided.values.get(line.subject)
        if line.subject.lot and valuation is None:
            lot = self.desk.ledger.lot(line.subject.lot)
            return self.draft.move(lot, _GAIN, self._landing(lot, place), units), lot.id
        item = self.desk.register.item(line.subject.item)
        valuation = valuation or Valuation.memorandum(f"found by count {self.status.plan.number}")
        if item.counted_by_value and valuation.minor != units:
            raise Incomplete(
                what=f"the value of {line.subject.text()}",
                missing=f"it is counted by value, and {item.stated(units)} of it are over",
                do="state the same amount as its value",
                zh=f"{line.subject.text('zh')} 的计价：按金额计量，盘盈为 {item.stated(units)}；"
                "请写明相同的金额",
            )
        lot = self._new_lot(line, item, valuation)
        self.draft.bring(lot, _GAIN, {self._landing(lot, place): units})
        return lot.value, lot.id

    def _landing(self, lot: Lot, place: Place) -> Place:
        """Where what is over comes to rest: what is under a recall is kept apart from then on."""
        return landing_place(self.desk, lot, place, self.draft.on)

    def _new_lot(self, line: SubjectStatus, item: Item, valuation: Valuation) -> Lot:
        """A lot without a donor. What lay among goods given for a use stays bound to that use."""
        subject, units = line.subject, line.decides.difference
        lot_id = f"{self.draft.document}-{len(self.draft.lots) + 1}"
        if subject.lot:
            among = self.desk.ledger.lot(subject.lot)
            return Lot(
                id=lot_id,
                item=item.id,
                quantity=units,
                value=valuation.minor,
                valuation=valuation,
                received=self.draft.on,
                restrictions=among.restrictions,
                expiry=among.expiry,
                batch=among.batch,
                condition=among.condition,
                pack=among.pack,
            )
        return Lot(
            id=lot_id,
            item=item.id,
            quantity=units,
            value=valuation.minor,
            valuation=valuation,
            received=self.draft.on,
            expiry=subject.expiry,
            batch=subject.batch,
            pack=pack_of(item, *line.decides.stated),
        )


def _check_recoveries(desk: Desk, report: CountReport) -> None:
    recovered(desk, report.recoveries)
    if report.recoveries and not any(line.difference < 0 for line in report.lines):
        raise Incomplete(
            what=f"the report of {report.plan}",
            missing="something is made good, and nothing is missing",
            do="leave the recoveries out, and receive the money as money",
            zh=f"{report.plan} 的盘点报告：写了追回款项，却没有盘亏；请去掉追回款项，另作资金收入登记",
        )


def _check_approval(desk: Desk, plan: CountPlan, report: CountReport) -> None:
    """Somebody approves who did not count, and so many for a large difference. Raises `NeedsApproval`."""
    what = f"the report of {plan.number}"
    _check_not_by_a_counter(what, report.approved_by, plan.counters)
    large = _is_large(desk.policy, report)
    different_people(what, report.approved_by, max(1, desk.policy.approvers if large else 1))


def _check_not_by_a_counter(what: str, people: tuple[str, ...], counters: tuple[str, ...]) -> None:
    counted = {spelled(counter) for counter in counters}
    for person in people:
        if spelled(person) in counted:
            reason = f"{person} is one of the counters, so somebody else must approve it"
            raise NeedsApproval(what=what, reason=reason)


def _is_large(policy: Policy, report: CountReport) -> bool:
    """Whether the differences are above the thresholds of the policy; one without a value always is."""
    off = report.differences
    shares = ((abs(line.difference) * 1_000, line.there) for line in off if line.there)
    return (
        any(not line.value for line in off)
        or report.gain + report.gross_loss > policy.count_threshold
        or any(share > there * policy.count_permille for share, there in shares)
    )


# Taking papers back


def check_taking_back(desk: Desk, document: Document, approved_by: str) -> None:
    """Whether a paper of a count can be withdrawn or reversed; any other document can.

    A report is reversed while no other count of the same goods has been planned after it, and by nobody who
    counted. The plan and the sheets behind a report stand as long as it does.

    Raises `NotOpen` or `NeedsApproval`.
    """
    if not isinstance(document, CountPlan | CountSheet | CountReport):
        return
    counts = Counts.of(desk)
    if isinstance(document, CountReport):
        _check_not_by_a_counter(f"the reversal of {document.number}", (approved_by,), document.counters)
        later = counts.made_later(desk.document(document.plan, CountPlan))
        if later is not None:
            raise NotOpen(
                document=document.number,
                state=f"followed by the count {later.number} of the same goods",
                asked="reversed",
                do=f"withdraw or reverse {later.number} first, or leave the correction to it",
            )
        return
    report = counts.reports.get(document.plan if isinstance(document, CountSheet) else document.number)
    if report is not None:
        raise NotOpen(
            document=document.number,
            state=f"approved by {report.number}",
            asked="withdrawn",
            do="reverse the report first",
        )
