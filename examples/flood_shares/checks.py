"""The flood added up again, from the raw postings and the papers, in code of its own.

Each check compares what should be with what is, one thing at a time. None of them asks the library to share
out, to reconcile or to decide what is allowed, but the last, which looks at what the library itself finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Final

import attrs

from flood_shares.days import Flood
from flood_shares.posting import posted_figures
from flood_shares.world import BOX, DIVISIONS
from reliefstock import Allocation, EntryKind, HoldRelease, Lot, PlaceKind, ReceivingReport, Waybill
from reliefstock.operations import PlannedShare, PlannedSource, PlanRecord
from reliefstock.reconciliation.plans import plan_findings, plans

__all__ = ["CHECKS", "END", "Check", "Compared", "Evidence", "Result", "checked"]

END: Final = "2024-08-01"
_GIVEN = (PlaceKind.HOUSEHOLD, PlaceKind.SCHOOL, PlaceKind.SOCIETY)
_CAME = (EntryKind.RECEIPT, EntryKind.KITTING)


@attrs.frozen
class Compared:
    """What should be, and what is."""

    about: str
    due: object
    found: object

    @property
    def agrees(self) -> bool:
        """Whether it is what it should be."""
        return self.due == self.found


@attrs.frozen(slots=False)
class Evidence:
    """What is looked at: the book, line by line, and the posting."""

    flood: Flood

    @cached_property
    def given(self) -> Counter[tuple[str, str, str]]:
        """What each has by the postings: by item, recipient and lot."""
        sums: Counter[tuple[str, str, str]] = Counter()
        for entry in self.flood.book.entries:
            for posting in entry.postings:
                if posting.place.kind in _GIVEN:
                    sums[self.lot(posting.lot).item, posting.place.id, posting.lot] += posting.quantity
        return sums

    @cached_property
    def records(self) -> Mapping[str, PlanRecord]:
        """The plan of each item, as the allocations remember it."""
        made = (one.plan for one in self.allocations)
        return {plan.item: plan for plan in made if plan is not None}

    @cached_property
    def allocations(self) -> tuple[Allocation, ...]:
        """The allocations."""
        return self.flood.book.documents_of(Allocation)

    @cached_property
    def shares(self) -> dict[tuple[str, str], PlannedShare]:
        """What each plan says, by item and recipient."""
        return {(item, one.recipient): one for item, plan in self.records.items() for one in plan.shares}

    def lot(self, lot_id: str) -> Lot:
        """A lot by its id."""
        return self.flood.book.lot(lot_id)

    def came(self, item: str) -> int:
        """What came into the depots of an item, by the postings."""
        return sum(
            posting.quantity
            for entry in self.flood.book.entries
            if entry.kind in _CAME
            for posting in entry.postings
            if posting.place.kind is PlaceKind.WAREHOUSE and self.lot(posting.lot).item == item
            if posting.quantity > 0
        )


Checking = Callable[[Evidence], Iterator[Compared]]


def conserved(evidence: Evidence) -> Iterator[Compared]:
    """What leaves one place comes to another: each entry is zero in goods and in value, lot by lot."""
    for entry in evidence.flood.book.entries:
        sums: Counter[str] = Counter()
        worth: Counter[str] = Counter()
        for posting in entry.postings:
            sums[posting.lot] += posting.quantity
            worth[posting.lot] += posting.value
        for lot, quantity in sums.items():
            yield Compared(f"entry {entry.number}, {lot}", (0, 0), (quantity, worth[lot]))


def all_shared_out(evidence: Evidence) -> Iterator[Compared]:
    """What came of an item is what its plan shared out; nobody has more than it, and none is left over."""
    for item, plan in evidence.records.items():
        yield Compared(f"supply of {item}", evidence.came(item), plan.supply)
        awarded = sum(one.units for one in plan.shares)
        yield Compared(f"{item} shared out", plan.supply, awarded)
        yield Compared(
            f"{item} beyond need", [], [one.recipient for one in plan.shares if one.units > one.need]
        )
    yield Compared("items", {"water", "quilt", "kit"}, set(evidence.records))


def posted_as_planned(evidence: Evidence) -> Iterator[Compared]:
    """What was posted, in both languages, is what the book remembers."""
    planned = {key: (one.need, one.units) for key, one in evidence.shares.items()}
    for lang, text in evidence.flood.posted.items():
        read = posted_figures(text)
        for key in sorted(planned.keys() | read.keys()):
            yield Compared(f"posting in {lang}, {key}", planned.get(key), read.get(key))


def held_as_planned(evidence: Evidence) -> Iterator[Compared]:
    """What is held for each, lot by lot, is what the plan gives."""
    held: Counter[tuple[str, str]] = Counter()
    for made in evidence.allocations:
        for line in made.lines:
            held[line.item, line.recipient] += sum(lot.quantity for lot in line.lots)
    for key, one in evidence.shares.items():
        yield Compared(f"held, {key}", one.units, held[key])
    yield Compared("held for others", [], sorted(held.keys() - evidence.shares.keys()))


def delivered_as_planned(evidence: Evidence) -> Iterator[Compared]:
    """What each has is what was planned, less what was set free and what was lost on the road."""
    due = Counter({key: one.units for key, one in evidence.shares.items()})
    for freed in evidence.flood.book.documents_of(HoldRelease):
        due[freed.item, freed.recipient] -= sum(lot.quantity for lot in freed.lots)
    to = {waybill.number: waybill.to for waybill in evidence.flood.book.documents_of(Waybill)}
    for report in evidence.flood.book.documents_of(ReceivingReport):
        for line in report.lines:
            due[line.item, to[line.waybill]] -= line.short
    has: Counter[tuple[str, str]] = Counter()
    for (item, recipient, _), quantity in evidence.given.items():
        has[item, recipient] += quantity
    for key in sorted(due.keys() | has.keys()):
        yield Compared(f"delivered, {key}", due[key], has[key])


def within_restrictions(evidence: Evidence) -> Iterator[Compared]:
    """What was given for some only is with nobody else."""
    codes = {who: one.code for one in DIVISIONS for who in (one.id, *one.schools)}
    codes |= {household: one.code for one in DIVISIONS for household, _ in one.households}
    for (_, who, lot), quantity in evidence.given.items():
        for only in evidence.lot(lot).restrictions if quantity else ():
            is_school = who.startswith("S-")
            may = (
                (not only.recipients or who in only.recipients)
                and (not only.groups or (only.groups == ("pupils",) and is_school))
                and (not only.places or codes[who] in only.places)
            )
            yield Compared(f"{lot} with {who}", "allowed", "allowed" if may else "not allowed")


# Fair


def water_is_fair(evidence: Evidence) -> Iterator[Compared]:
    """No box of water would rather have come to a division whose need is met less without it."""
    yield from _no_envy(evidence.records["water"], BOX, lambda _, __: True)


def quilts_are_fair(evidence: Evidence) -> Iterator[Compared]:
    """No quilt would rather have come to somebody who might have had it and is met less without it."""
    plan = evidence.records["quilt"]
    lots: dict[str, set[str]] = {}
    for made in evidence.allocations:
        for line in made.lines:
            lots.setdefault(line.recipient, set()).update(lot.lot for lot in line.lots)
    sources = {one.lot: one for one in plan.sources}

    def could_take(taker: str, giver: str) -> bool:
        return any(_may_have(sources[lot], taker) for lot in lots.get(giver, ()) if lot in sources)

    yield from _no_envy(plan, 1, could_take)


def _may_have(source: PlannedSource, who: str) -> bool:
    return source.recipients is None or who in source.recipients


def _no_envy(plan: PlanRecord, box: int, could_take: Callable[[str, str], bool]) -> Iterator[Compared]:
    """Nobody below its need is met less than somebody else would be without one box of what it could take."""
    for poor in plan.shares:
        if poor.units + box > poor.need:
            continue
        rate = Fraction(poor.units, poor.need)
        envied = [
            rich.recipient
            for rich in plan.shares
            if rich is not poor and rich.units - box >= plan.floor
            if Fraction(rich.units - box, rich.need or 1) > rate
            and could_take(poor.recipient, rich.recipient)
        ]
        yield Compared(f"{plan.item}, {poor.recipient} would rather have it than", [], envied)


def kits_are_drawn(evidence: Evidence) -> Iterator[Compared]:
    """The families with a kit are those with the smallest tickets, first of those whose house is lost."""
    plan = evidence.records["kit"]
    order = sorted(plan.shares, key=lambda one: (one.tier, _ticket(plan.seed, one.recipient)))
    due = {one.recipient for one in order[: plan.supply]}
    yield Compared("families with a kit", due, {one.recipient for one in plan.shares if one.units})
    for lang, text in evidence.flood.posted.items():
        yield Compared(f"seed in {lang}", plan.seed, plan.seed if plan.seed in text else "another")


def _ticket(seed: str, who: str) -> str:
    return sha256(f"{seed}:{who}".encode()).hexdigest()


# What the library says itself


def reconciled(evidence: Evidence) -> Iterator[Compared]:
    """The library finds what the postings say, and nothing that does not add up."""
    has: Counter[tuple[str, str]] = Counter()
    for (item, recipient, _), quantity in evidence.given.items():
        has[item, recipient] += quantity
    rows = plans(evidence.flood.book, on=END)
    for row in rows:
        about = f"{row.item}, {row.recipient}"
        yield Compared(f"plan of {about}", evidence.shares[row.item, row.recipient].units, row.planned)
        yield Compared(f"given of {about}", has[row.item, row.recipient], row.given)
    yield Compared("rows", len(evidence.shares), len(rows))
    yield Compared("findings", [], [one.text() for one in plan_findings(evidence.flood.book, on=END)])


@attrs.frozen
class Check:
    """A check and what it is called."""

    zh: str
    en: str
    compare: Checking


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "conserved": Check("每笔分录守恒", "every entry is zero", conserved),
        "shared out": Check("收到的全部分出", "all that came is shared out", all_shared_out),
        "posted": Check("公示与方案相符", "posted as planned", posted_as_planned),
        "held": Check("预留与方案相符", "held as planned", held_as_planned),
        "delivered": Check("交付与方案相符", "delivered as planned", delivered_as_planned),
        "restrictions": Check("用途限制均遵守", "within the restrictions", within_restrictions),
        "water": Check("饮用水分配公平", "water is shared fairly", water_is_fair),
        "quilts": Check("棉被分配公平", "quilts are shared fairly", quilts_are_fair),
        "kits": Check("家庭包按签号分配", "kits by the tickets", kits_are_drawn),
        "reconciled": Check("计划落实情况相符", "plans reconcile", reconciled),
    }
)


@attrs.frozen
class Result:
    """How many comparisons a check made, and those that do not agree."""

    name: str
    compared: int
    wrong: tuple[Compared, ...]


def checked(flood: Flood, names: Iterable[str] = CHECKS) -> tuple[Result, ...]:
    """Every check, or some of them."""
    evidence = Evidence(flood)
    results: list[Result] = []
    for name in names:
        compared = list(CHECKS[name].compare(evidence))
        results.append(Result(name, len(compared), tuple(one for one in compared if not one.agrees)))
    return tuple(results)
