"""A value that becomes known later, or was wrong: the difference goes to where the units are now.

A lot never changes and neither do its entries. So the units of a lot are taken out of wherever they are, on
one day and in one entry, and come back to the very same places as a new lot: the same goods of the same donor
with another valuation. On a shelf, on the road, with a household, lost: each place gets its part of the
difference, and every report of an earlier day, or as known before, stays as it was.

What the units are inside of is made anew with them: goods that were redirected, and kits. A kit is unmade in
its conversion and made again of the new lot and the rest of it as it was, so that breaking it later gives the
lots that it holds. What was sold keeps what it was sold for, and what was valued by itself keeps that value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import attrs

from reliefstock.catalogue import Measure
from reliefstock.donations import Valuation
from reliefstock.errors import CurrencyMismatch, Incomplete, NotOpen
from reliefstock.ledger import (
    Draft,
    EntryKind,
    Holding,
    How,
    Ingredient,
    Lot,
    Place,
    PlaceKind,
    Side,
)
from reliefstock.operations.count_status import Counts
from reliefstock.operations.desk import Desk, Proposal, Request, different_people, reached, required
from reliefstock.operations.differences import Turn, worth_so_much
from reliefstock.operations.revalued import Revaluation, RevaluedLine
from reliefstock.operations.unmaking import parts_of
from reliefstock.values import Money, Who, business_date

__all__ = ["Revalue", "move_holds_back", "revalue"]

_ENDS = (Side.ON_HAND, Side.IN_TRANSIT, Side.GIVEN_OUT, Side.LOST)


@attrs.frozen(kw_only=True)
class Revalue(Request["Revaluation"]):
    """All units of a lot, as it came in, are worth what `valuation` says; its `evidence` shows it."""

    lot: str
    valuation: Valuation
    on: date = attrs.field(converter=business_date)
    reason: str
    requested_by: Who
    approved_by: Who


def revalue(desk: Desk, asked: Revalue) -> Proposal:
    """Give all units of a lot another value, wherever they are now; quantities stay as they are.

    It is dated on or after the day on which any of the units last moved or were counted. Holds go with them.

    Raises `DateTooFarAhead`, `Unknown`, `NeedsApproval`, `CurrencyMismatch`, `Incomplete` (money and goods
    counted by value are worth what they count, a kit is worth its parts, or nothing would change), or
    `NotOpen` (it has another id by now, nothing of it is left, some of it moved later, or is being counted).
    """
    on = desk.day(asked.on)
    number = desk.next_number(Revaluation)
    reason = required("why a lot is revalued", asked.reason, "state the reason", zh="价值调整的原因")
    different_people("a revaluation", (asked.requested_by, asked.approved_by), desk.policy.approvers)
    lot = desk.ledger.lot(asked.lot)
    _check_goods(desk, lot)
    _check_valuation(desk, lot, asked.valuation)
    family = _family(desk, lot, number)
    _check_there(desk, lot, family)
    _check_day(desk, lot, family, on)
    draft = desk.draft(number, on)
    replacing = _Replacing(desk, draft, family)
    replacing.unmake()
    replacing.make(asked.valuation)
    entry = draft.finish(EntryKind.REVALUATION)
    _move_holds(desk, draft, family)
    document = Revaluation(
        number=number,
        on=on,
        entries=(entry,),
        lot=lot.id,
        new=family[0].new,
        was=lot.valuation,
        valuation=asked.valuation,
        lines=tuple(replacing.lines()),
        kept=tuple(_kept(desk, family)),
        reason=reason,
        requested_by=asked.requested_by,
        approved_by=asked.approved_by,
    )
    return Proposal(document, draft.entries, draft.lots, holds=draft.holds, outcomes=draft.outcomes)


# What is to be replaced


@attrs.frozen(kw_only=True)
class _Member:
    """A lot that is replaced: so many base units of it, at `ends` and inside of later members.

    It is unmade where it was `born`, and what comes in its place is `new`, born in `made`.
    """

    lot: Lot
    new: str
    born: Place
    made: Place
    ends: Mapping[Place, int]
    units: int


def _family(desk: Desk, lot: Lot, number: str) -> tuple[_Member, ...]:
    """A lot and the lots that are made anew with it, each after what it is made of; none that is gone."""
    remade = _remade(desk, lot)
    order = [lot, *(one for one, _ in desk.ledger.containing(lot.id) if one.id in remade)]
    ends = {one.id: _ends(desk, one) for one in order}
    inside = dict.fromkeys(ends, 0)
    for one in reversed(order[1:]):
        _leave_found_over(desk, one, inside[one.id], ends[one.id])
        units = inside[one.id] + sum(ends[one.id].values())
        for part in one.made_of:
            if part.lot in inside:
                inside[part.lot] += part.quantity * units // one.quantity
    left = [one for one in order if one is lot or inside[one.id] or ends[one.id]]
    made = [Place(PlaceKind.CONVERSION, f"{number}-{position}") for position, _ in enumerate(left, 1)]
    return tuple(
        _Member(
            lot=one,
            new=place.id,
            born=_born(desk, one),
            made=place,
            ends=ends[one.id],
            units=inside[one.id] + sum(ends[one.id].values()),
        )
        for one, place in zip(left, made, strict=True)
    )


def _leave_found_over(desk: Desk, lot: Lot, inside: int, ends: dict[Place, int]) -> None:
    """What was found over of made goods has no parts in the book: it stays where it is, as it is."""
    made = -desk.ledger.holding(_born(desk, lot), lot.id).quantity
    over = max(0, inside + sum(ends.values()) - made)
    for place in reversed(tuple(ends)):
        left = min(over, ends[place])
        over -= left
        ends[place] -= left
        if not ends[place]:
            del ends[place]


def _remade(desk: Desk, lot: Lot) -> frozenset[str]:
    """The lots that hold units of a lot as goods: redirected, or in kits; and what holds these."""

    def made(one: Lot) -> Iterator[Lot]:
        return (new for new in desk.ledger.made_of(one.id) if _is_remade(desk, new))

    return frozenset(one.id for one in reached(lot, made)) - {lot.id}


def _is_remade(desk: Desk, made: Lot) -> bool:
    """Whether a lot is made anew with its parts: what was sold, taken apart or valued by itself is not."""
    if not desk.register.item(made.item).is_goods:
        return False
    birth = next(desk.ledger.entries_of(made.id))
    if birth.kind is EntryKind.REVALUATION:
        return desk.document(birth.document, Revaluation).new != made.id
    return birth.kind in (EntryKind.REDIRECTION, EntryKind.KITTING)


def _ends(desk: Desk, lot: Lot) -> dict[Place, int]:
    """Where units of a lot are under its own id, in the order in which they first came there."""
    places = (place for place in desk.ledger.places_of(lot.id) if place.kind.side in _ENDS)
    there = {place: desk.ledger.holding(place, lot.id).quantity for place in places}
    return {place: units for place, units in there.items() if units}


def _born(desk: Desk, lot: Lot) -> Place:
    return next(desk.ledger.places_of(lot.id))


def _kept(desk: Desk, family: Sequence[_Member]) -> Iterator[str]:
    """The lots that hold units of the family, or their price, and keep their value; not those taken back."""
    for member in family:
        for made in desk.ledger.made_of(member.lot.id):
            is_difference = desk.register.item(made.item).measure is Measure.DIFFERENCE
            stands = bool(desk.ledger.holding(_born(desk, made), made.id))
            if stands and not is_difference and not _is_remade(desk, made):
                yield made.id


# What is asked


def _check_goods(desk: Desk, lot: Lot) -> None:
    item = desk.register.item(lot.item)
    if item.counted_by_value:
        raise Incomplete(
            what=f"lot {lot.id}",
            missing=f"it is {item.name()}, counted by value, so it is worth what it counts",
            do="reverse what brought it in and enter it anew, or write off what is not there",
            zh=f"批次 {lot.id}：{item.name('zh')}按金额计量，账面多少就值多少；"
            "请冲销其入库单据后重新登记，不在的部分请核销",
        )
    parts = [part.lot for part in lot.made_of if _is_other_goods(desk, lot, part)]
    if parts:
        raise Incomplete(
            what=f"lot {lot.id}",
            missing="it was made of other goods and is worth what they are worth",
            do=f"revalue what it was made of: lot {', '.join(parts)}",
            zh=f"批次 {lot.id}：由其他物资制成，价值随那些物资；请调整其来源的价值：批次 {'、'.join(parts)}",
        )


def _is_other_goods(desk: Desk, lot: Lot, part: Ingredient) -> bool:
    """Whether a part is goods of another kind, as in a kit; what goods were bought with is money."""
    of = desk.ledger.lot(part.lot)
    return of.item != lot.item and desk.register.item(of.item).is_goods


def _check_valuation(desk: Desk, lot: Lot, valuation: Valuation) -> None:
    amount = valuation.amount
    if amount is not None and amount.currency != desk.currency:
        raise CurrencyMismatch(asked=amount.currency, there=desk.currency)
    if valuation == lot.valuation:
        raise Incomplete(
            what=f"the new valuation of lot {lot.id}",
            missing="it is the one that the lot has",
            do="state what the units are worth, and what shows it",
            zh=f"批次 {lot.id} 的新计价：与现有计价相同；请写明价值多少，以何为凭",
        )


def _check_there(desk: Desk, lot: Lot, family: Sequence[_Member]) -> None:
    if family[0].units:
        return
    now = _now(desk, lot)
    state = f"lot {now} now" if now else "not there any more under its own id"
    do = f"revalue lot {now}" if now else "see what it was made into, sold for, or taken back by"
    raise NotOpen(document=f"lot {lot.id}", state=state, asked="revalued", do=do)


def _now(desk: Desk, lot: Lot) -> str:
    """The lot that came in its place when it was revalued, or what it is in was; empty where it was not."""
    for document in desk.documents_of(Revaluation):
        if not desk.is_reversed(document):
            renewed = {line.lot: line.new for line in document.lines} | {document.lot: document.new}
            if lot.id in renewed:
                return renewed[lot.id]
    return ""


def _check_day(desk: Desk, lot: Lot, family: Sequence[_Member], on: date) -> None:
    """Nothing that is dated later is revalued, and no count finds another lot than it counted."""
    ledger = desk.ledger
    shelves = [(place, member.lot.id) for member in family for place in member.ends]
    moved = max(entry.on for member in family for entry in ledger.entries_of(member.lot.id))
    counts = (counted.on for shelf in shelves for counted in ledger.counted(*shelf))
    counted = max(counts, default=date.min)
    if on < moved or min(on, desk.stamp.concerns or on) < counted:
        raise NotOpen(
            document=f"lot {lot.id}",
            state=f"moved or counted on {max(moved, counted)}",
            asked="revalued as of an earlier day",
            do="date it that day or later; what was counted, it cannot concern an earlier day",
        )
    for plan in Counts.of(desk).open():
        if any((subject.place(plan.warehouse), subject.lot) in shelves for subject in plan.subjects):
            raise NotOpen(
                document=f"lot {lot.id}",
                state=f"being counted ({plan.number})",
                asked="revalued",
                do="approve the count first, or withdraw it",
            )


# What is posted


class _Replacing:
    """The members of a family go back to where they were born, and new lots come out to where they were."""

    def __init__(self, desk: Desk, draft: Draft, family: Sequence[_Member]) -> None:
        self._desk = desk
        self._draft = draft
        self._family = family
        self._by_id = {member.lot.id: member for member in family}
        self._inside: dict[str, dict[str, Holding]] = {member.lot.id: {} for member in family}
        self._rest: dict[str, list[Ingredient]] = {member.lot.id: [] for member in family}
        self._before: dict[str, dict[Place, int]] = {member.lot.id: {} for member in family}
        self._worth: dict[str, int] = {}
        self._after: dict[str, dict[Place, int]] = {}

    def unmake(self) -> None:
        """The last that was made first: its units leave where they are, its parts where it was born."""
        for member in reversed(self._family[1:]):
            value = self._gather(member, member.born)
            for part, held in parts_of(self._desk.ledger, member.lot, Holding(member.units, value)):
                if part.id in self._by_id:
                    self._inside[part.id][member.lot.id] = held
                else:
                    self._draft.carry(part, member.born, member.made, held)
                    self._rest[member.lot.id].append(Ingredient(part.id, held.quantity, held.value))
        self._gather(self._family[0], self._family[0].made)

    def _gather(self, member: _Member, target: Place) -> int:
        """All units of a member into one place; returns what they are worth, in minor units."""
        for place, units in member.ends.items():
            self._before[member.lot.id][place] = self._draft.move(member.lot, place, target, units)
        for outer, held in self._inside[member.lot.id].items():
            self._draft.carry(member.lot, self._by_id[outer].born, target, held)
        inside = sum(held.value for held in self._inside[member.lot.id].values())
        self._worth[member.lot.id] = sum(self._before[member.lot.id].values()) + inside
        return self._worth[member.lot.id]

    def make(self, valuation: Valuation) -> None:
        """The first that was made first: the lot itself at its new value, then what holds it."""
        desk, root = self._desk, self._family[0]
        value = valuation.minor * root.units // root.lot.quantity
        turn = Turn(
            desk=desk,
            draft=self._draft,
            conversion=root.made,
            went_in=Ingredient(root.lot.id, root.units, self._worth[root.lot.id]),
            shown_by=valuation,
            reason="revaluation",
        )
        parts = turn.parts(value)
        self._bring(root, value, worth_so_much(valuation, value, desk.currency), parts)
        for member in self._family[1:]:
            parts = (*self._new_parts(member), *self._rest[member.lot.id])
            value = sum(part.value for part in parts)
            self._bring(member, value, self._outer_valuation(member, valuation, value), parts)

    def _new_parts(self, member: _Member) -> Iterator[Ingredient]:
        """What of the new lots is in a member, in the order of what it was made of."""
        for part in dict.fromkeys(part.lot for part in member.lot.made_of):
            if part in self._by_id:
                units = self._inside[part][member.lot.id].quantity
                yield Ingredient(self._by_id[part].new, units, self._after[part][member.made])

    def _outer_valuation(self, member: _Member, valuation: Valuation, value: int) -> Valuation:
        """Redirected goods are valued as the lot is; a kit is worth its parts, on the paper of its making."""
        currency = self._desk.currency
        if member.lot.item == self._family[0].lot.item:
            return worth_so_much(valuation, value, currency)
        paper = member.lot.valuation.evidence
        return Valuation.components(Money(value, currency), paper) if value else Valuation.memorandum(paper)

    def _bring(self, member: _Member, value: int, valuation: Valuation, parts: Sequence[Ingredient]) -> None:
        """The new lot comes out: to where the old one was, and into what is made anew with it."""
        targets = dict(member.ends)
        for outer, held in self._inside[member.lot.id].items():
            targets[self._by_id[outer].made] = held.quantity
        new = attrs.evolve(
            member.lot,
            id=member.new,
            quantity=member.units,
            value=value,
            valuation=valuation,
            made_of=tuple(parts),
        )
        self._after[member.lot.id] = self._draft.bring(new, member.made, targets)

    def lines(self) -> Iterator[RevaluedLine]:
        """What each place held of each lot before, and holds now."""
        for member in self._family:
            for place, units in member.ends.items():
                yield RevaluedLine(
                    lot=member.lot.id,
                    new=member.new,
                    item=member.lot.item,
                    place=place,
                    quantity=units,
                    before=self._before[member.lot.id][place],
                    after=self._after[member.lot.id][place],
                )


# Holds go with the goods


def _move_holds(desk: Desk, draft: Draft, family: Sequence[_Member]) -> None:
    """What is promised of a lot is promised of the new one: the same holds, for the rest of their days."""
    for member in family:
        for place in member.ends:
            for one in desk.ledger.holds.on_shelf((place, member.lot.id)):
                since = max(draft.on, one.hold.since)
                left = one.left(since)
                if left:
                    draft.resolve(one.hold, left, How.MOVED)
                    draft.hold(attrs.evolve(one.hold, lot=member.new, quantity=left, since=since))


def move_holds_back(desk: Desk, draft: Draft, document: Revaluation) -> None:
    """What a revaluation that is taken back moved is held of the first lots again: what is left of it."""
    new = {(line.place, line.lot): line.new for line in document.lines}
    for outcome in desk.ledger.holds.resolved_by(document.number):
        first = desk.ledger.holds.standing(outcome.key).hold
        there = desk.ledger.holds.standing((first.id, new[first.shelf]))
        left = there.left(max(draft.on, first.since))
        if left:
            draft.resolve(there.hold, left, How.MOVED)
            draft.resolve(first, -left, How.RESTORED)
