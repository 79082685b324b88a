"""What the papers of a count say together: who agrees, what is to be recounted, what came late.

Two counters agree on a lot where they found the same *difference* from what the book says of the moment of
each. So goods that moved between one counter and the other disturb nothing: 100 counted before an issue of
10 and 90 after it are the same finding. What the book says of a moment is asked anew each time, so an entry
that comes late and tells of a day before is in it.

Of each counter the last word counts. A difference is settled when as many people as the policy asks for have
found it (`Policy.counters`), and more than have found any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import count

import attrs

from reliefstock.errors import Incomplete, NotOpen
from reliefstock.ledger import Counted, Ledger, Place
from reliefstock.operations.count_papers import (
    CountPlan,
    CountReport,
    CountSheet,
    CountSubject,
    CountVariance,
)
from reliefstock.operations.desk import Desk
from reliefstock.values import Money, Quantity, Who, spelled

__all__ = [
    "CountStatement",
    "CountStatus",
    "Counts",
    "DisputedCount",
    "SubjectStatus",
    "check_not_before",
    "open_counts",
    "unresolved_conflicts",
]


@attrs.frozen(kw_only=True)
class CountStatement:
    """What a sheet says of a subject; `there` is what the book says of that moment now, in base units.

    `stated` is how it was counted: 3 boxes and 5 pieces.
    """

    counter: Who
    round: int
    stated: tuple[Quantity | Money, ...]
    asserted: Counted
    there: int

    @property
    def sheet(self) -> str:
        """The sheet that it stands on."""
        return self.asserted.document

    @property
    def difference(self) -> int:
        """What was counted more than the book says, below zero what was missing."""
        return self.asserted.counted - self.there


@attrs.frozen(kw_only=True)
class SubjectStatus:
    """One subject of a count: all that was said of it, and those who agree; none while it is not settled."""

    subject: CountSubject
    said: tuple[CountStatement, ...]
    agreed: tuple[CountStatement, ...]

    @property
    def is_settled(self) -> bool:
        """Whether enough people found the same difference."""
        return bool(self.agreed)

    @property
    def decides(self) -> CountStatement:
        """The last of the statements that agree, of which there must be some."""
        return max(self.agreed, key=lambda one: one.asserted.moment)


@attrs.frozen(kw_only=True)
class CountStatus:
    """Where a count stands: its sheets, the round that is due, and what was said of each subject."""

    plan: CountPlan
    sheets: tuple[CountSheet, ...]
    report: CountReport | None
    round: int
    lines: tuple[SubjectStatus, ...]

    @property
    def to_count(self) -> tuple[CountSubject, ...]:
        """What is not settled: still to be counted, or to be recounted."""
        return tuple(line.subject for line in self.lines if not line.is_settled)

    @property
    def due(self) -> tuple[CountSubject, ...]:
        """What a sheet of the round that is due must state.

        Goods on no list that somebody found in this very round are not among it: whoever counts in the same
        round is not told what others have found.
        """
        open_lines = (line for line in self.lines if not line.is_settled)
        return tuple(
            line.subject
            for line in open_lines
            if line.subject.lot or any(one.round < self.round for one in line.said)
        )

    @property
    def is_settled(self) -> bool:
        """Whether all is settled; of a plan without lots, whether enough people have looked."""
        return not self.to_count and (bool(self.lines) or self.round > 1)

    def sheet_of(self, counter: str) -> CountSheet | None:
        """The sheet that a counter has handed in for the round that is due, if any."""
        due = (one for one in self.sheets if one.round == self.round)
        return next((one for one in due if spelled(one.counter) == spelled(counter)), None)


@attrs.frozen(kw_only=True)
class DisputedCount:
    """An approved count of a lot in a place, and the entries that came to be known after it and change it.

    `difference` is what was approved, `now` what it would be, in base units.
    """

    report: str
    place: Place
    lot: str
    on: date
    entries: tuple[int, ...]
    difference: int
    now: int


@attrs.frozen(kw_only=True)
class Counts:
    """The papers of all counts that stand. What was withdrawn or reversed is not among them.

    `needed` is how many people must find the same. Reports are kept by the number of their plan.
    """

    ledger: Ledger
    needed: int
    plans: Mapping[str, CountPlan]
    sheets: Mapping[str, CountSheet]
    reports: Mapping[str, CountReport]

    @classmethod
    def of(cls, desk: Desk) -> Counts:
        """The counts of a book."""
        plans = {one.number: one for one in desk.documents_of(CountPlan) if not desk.is_reversed(one)}
        sheets = (one for one in desk.documents_of(CountSheet) if one.plan in plans)
        reports = (one for one in desk.documents_of(CountReport) if not desk.is_reversed(one))
        return cls(
            ledger=desk.ledger,
            needed=max(1, desk.policy.counters),
            plans=plans,
            sheets={one.number: one for one in sheets if not desk.is_reversed(one)},
            reports={one.plan: one for one in reports},
        )

    def open(self, through: date = date.max) -> tuple[CountPlan, ...]:
        """The plans up to a day that nobody has approved a report of, the first made first."""
        plans = (one for one in self.plans.values() if one.on <= through)
        return tuple(one for one in plans if one.number not in self.reports)

    def named(self, sheets: Iterable[str]) -> tuple[str, ...]:
        """What sheets are known by: by the report where there is one. What does not stand is left out."""
        standing = (self.sheets[number] for number in sheets if number in self.sheets)
        return tuple(dict.fromkeys(self.reports.get(one.plan, one).number for one in standing))

    def check_open(self, plan: CountPlan, asked: str) -> None:
        """Whether a count can be gone on with. Raises `NotOpen`."""
        if plan.number not in self.plans:
            raise NotOpen(document=plan.number, state="withdrawn", asked=asked, do="plan another count")
        report = self.reports.get(plan.number)
        if report is not None:
            raise NotOpen(
                document=plan.number,
                state=f"approved by {report.number}",
                asked=asked,
                do="plan another count, or reverse the report first",
            )

    # Who agrees

    def status(self, plan: CountPlan, taken: Iterable[int] = ()) -> CountStatus:
        """Where a count stands. `taken` are entries that take back what sheets knew, and count too."""
        sheets = tuple(one for one in self.sheets.values() if one.plan == plan.number)
        said: dict[CountSubject, list[CountStatement]] = {subject: [] for subject in plan.subjects}
        for sheet in sheets:
            for line in sheet.lines:
                asserted = sheet.asserts(line)
                one = CountStatement(
                    counter=sheet.counter,
                    round=sheet.round,
                    stated=line.stated,
                    asserted=asserted,
                    there=self.there(asserted, taken),
                )
                said.setdefault(line.subject, []).append(one)
        return CountStatus(
            plan=plan,
            sheets=sheets,
            report=self.reports.get(plan.number),
            round=self._round(sheets),
            lines=tuple(
                SubjectStatus(subject=subject, said=tuple(words), agreed=self._agreed(words))
                for subject, words in said.items()
            ),
        )

    def _round(self, sheets: tuple[CountSheet, ...]) -> int:
        """The round that is due: the first for which too few people have handed in a sheet."""
        people = Counter(one.round for one in sheets)
        return next(number for number in count(1) if people[number] < self.needed)

    def _agreed(self, said: list[CountStatement]) -> tuple[CountStatement, ...]:
        """Those who found the same, where they are enough and more than any who found something else."""
        found: dict[int, list[CountStatement]] = {}
        for one in {spelled(one.counter): one for one in said}.values():
            found.setdefault(one.difference, []).append(one)
        groups = sorted(found.values(), key=len, reverse=True)
        are_even = len(groups) > 1 and len(groups[0]) == len(groups[1])
        return () if not groups or are_even or len(groups[0]) < self.needed else tuple(groups[0])

    # What the book says of a moment

    def there(self, one: Counted, taken: Iterable[int] = ()) -> int:
        """What the book says now was there when something was counted, with entries taken into account."""
        back = (entry for entry in map(self.ledger.entry, taken) if self.ledger.takes_back(one, entry))
        return one.moved_by((*self.ledger.before(one), *back))

    # What came late

    def behind(self, one: Counted) -> Iterator[int]:
        """Entries that a count did not know, and that tell of a day before it."""
        for entry in self.ledger.entries_of(one.lot):
            if one.is_behind(entry) and one.moved_by([entry]):
                yield entry.number

    def taking_back(self, one: Counted) -> Iterator[int]:
        """Entries dated after a count that take back what it follows: was the count right, or the slip?"""
        for entry in self.ledger.entries_of(one.lot):
            if self.ledger.takes_back(one, entry) and one.moved_by([entry]):
                yield entry.number

    def disputed(self, through: date = date.max) -> Iterator[DisputedCount]:
        """What changes the findings of approved counts up to a day: of each lot in a place, the last.

        The last that was approved is of the last day too, since no sheet is dated before an approved count.
        """
        last: dict[tuple[Place, str], tuple[CountReport, CountVariance]] = {}
        for report in self.reports.values():
            for line in report.lines:
                last[line.subject.place(report.warehouse), line.subject.lot] = (report, line)
        for report, line in last.values():
            if line.on <= through:
                yield from self._dispute(report, line)

    def _dispute(self, report: CountReport, line: CountVariance) -> Iterator[DisputedCount]:
        """What has become known since a count was approved, where it changes the difference."""
        one = report.asserts(line)
        back = [number for number in self._explaining(one, line.difference) if number > report.known]
        now = line.counted - self.there(one, (*report.late, *back))
        if now != line.difference:
            yield DisputedCount(
                report=report.number,
                place=one.place,
                lot=one.lot,
                on=one.on,
                entries=(*self.behind(attrs.evolve(one, known=report.known)), *back),
                difference=line.difference,
                now=now,
            )

    def _explaining(self, one: Counted, difference: int) -> Iterator[int]:
        """Those of the entries that take something back which would explain a part of what was found.

        Others are taken for what they are on their day: a list that named somebody else is taken back and
        written again, and nothing of it has to do with the shelf.
        """
        for number in self.taking_back(one):
            if abs(difference - one.moved_by([self.ledger.entry(number)])) < abs(difference):
                yield number

    def after(self, subject: CountSubject, warehouse: str, on: date) -> CountReport | None:
        """A count of a subject whose difference was booked on a later day, if there is any."""
        reports = (one for one in self.reports.values() if one.warehouse == warehouse and one.on > on)
        return next((one for one in reports if any(line.subject == subject for line in one.lines)), None)

    def made_later(self, plan: CountPlan) -> CountPlan | None:
        """A plan that was made after this one, and has anything in common with it."""
        others = list(self.plans.values())
        return next((one for one in others[others.index(plan) + 1 :] if _common(plan, one)), None)


def _common(plan: CountPlan, other: CountPlan) -> tuple[CountSubject, ...]:
    """What two plans both count."""
    if plan.warehouse != other.warehouse:
        return ()
    return tuple(subject for subject in plan.subjects if subject in other.subjects)


def check_not_before(what: str, on: date, earliest: date, of: str, zh: tuple[str, str]) -> None:
    """Whether a paper of a count is not dated before another. Raises `Incomplete`.

    `zh` is the one paper and the other in Chinese.
    """
    if on < earliest:
        raise Incomplete(
            what=what,
            missing=f"it is of {on}, and {of} is of {earliest}",
            do="date it that day or later",
            zh=f"{zh[0]}：日期为 {on}，而{zh[1]}的日期为 {earliest}；请把日期定在当日或以后",
        )


def open_counts(desk: Desk, through: date) -> tuple[CountPlan, ...]:
    """The plans of counts up to a day that nobody has approved a report of."""
    return Counts.of(desk).open(through)


def unresolved_conflicts(desk: Desk, through: date) -> tuple[DisputedCount, ...]:
    """What came late and changes the findings of approved counts up to a day, and is not settled yet.

    It is settled by a later count of the lot, by reversing the report and approving another, or by taking
    back what came late.
    """
    return tuple(Counts.of(desk).disputed(through))
