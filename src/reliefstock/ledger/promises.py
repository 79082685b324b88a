"""The promises that every entry must keep, one function a promise.

1. *Quantity is conserved*: of each lot, the postings of an entry sum to zero.
2. *Value is conserved*: likewise, and what goes into a conversion comes out of it at the same value, as
   lots that remember what they were made of, or as itself again.
3. *Nothing below zero*: no place inside holds less than nothing, at any moment from the entry's date on.
4. *No residue*: every unit of a lot is worth its floor or one minor unit more, in every place at every
   moment; so where there are no units there is no value.
5. *The past stands*: an entry is taken back by its exact opposite, once, and not before its own date.
6. *A count is an assertion*: it says what was counted, and what the book knew at that moment.
7. *A hold resolves once*: held, then fulfilled in parts, released or over; and what is held for one is not
   taken by another (the rest of promise 3), unless it is lost.

9. *A closed period is closed*: nothing is dated on a day that is closed, neither an entry nor a hold nor a
   count.

Rules of form make the book readable: of each lot an entry has one source or one target, or each source
beside its own target, so that it can be told what went where; a lot comes in once, whole, from the donor
that it names; and entries that land together are of one date.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from reliefstock.errors import (
    BelowZero,
    CountBroken,
    HoldBroken,
    LotOriginBroken,
    PastChanged,
    PeriodClosed,
    QuantityNotConserved,
    ResidueLeft,
    ValueNotConserved,
)
from reliefstock.ledger.entry import EntryKind
from reliefstock.ledger.hold import How, Standing
from reliefstock.ledger.place import PlaceKind
from reliefstock.ledger.position import Holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reliefstock.ledger.counted import Counted
    from reliefstock.ledger.entry import Entry, Posting
    from reliefstock.ledger.hold import Hold, HoldKey, HoldsAfter, Outcome, Shelf
    from reliefstock.ledger.ledger import Ledger
    from reliefstock.ledger.lot import Ingredient, Lot
    from reliefstock.ledger.place import Place

__all__ = ["check_closed", "check_counted", "check_entries", "check_held"]

_NOTHING = Holding(0, 0)
_FOUND_AGAIN = (PlaceKind.GAIN, PlaceKind.LOSS, PlaceKind.CONVERSION)


@attrs.define
class _Progress:
    """What is to land together: the date, the new lots, and what those before have brought about."""

    on: date
    new_lots: Mapping[str, Lot]
    came_in: set[str] = attrs.field(factory=set[str])
    taken_back: dict[int, int] = attrs.field(factory=dict[int, int])
    effect: dict[tuple[Place, str], Holding] = attrs.field(factory=dict["tuple[Place, str]", Holding])


def check_entries(ledger: Ledger, entries: Sequence[Entry], new_lots: Mapping[str, Lot]) -> None:
    """Check entries that are to land together, each as if those before it had landed.

    Quantities are in base units, values in minor units.

    Raises:
        QuantityNotConserved: promise 1.
        ValueNotConserved: promise 2.
        BelowZero: promise 3.
        ResidueLeft: promise 4.
        PastChanged: promise 5, or a number, a date or postings that no entry can have.
        LotOriginBroken: a lot does not come in once and whole, or has several sources and targets.
        Unknown: a lot or an entry is named that is not there.
    """
    landing = _Progress(entries[0].on if entries else date.min, new_lots)
    for lot_id in new_lots:
        if lot_id in ledger.lots:
            raise LotOriginBroken(lot=lot_id, reason="the id already stands for another lot")
    for number, entry in enumerate(entries, ledger.next_number):
        _check_entry(ledger, entry, number, landing)
    for lot_id in new_lots:
        if lot_id not in landing.came_in:
            raise LotOriginBroken(lot=lot_id, reason="it comes in by no entry")


def check_closed(ledger: Ledger, days: Iterable[date]) -> None:
    """Promise 9: nothing is dated on a day that is closed. Raises `PeriodClosed`, for the first such day."""
    for day in sorted(set(days)):
        _check_open(ledger, day)


def _check_open(ledger: Ledger, day: date) -> None:
    if ledger.closed_through is not None and day <= ledger.closed_through:
        raise PeriodClosed(day=day, closed_through=ledger.closed_through)


def check_counted(ledger: Ledger, counted: Sequence[Counted]) -> None:
    """Promise 6: a count tells what was counted, and what the book knows now of that day.

    Raises `CountBroken`, or `Unknown` for a lot that is not there.
    """
    for one in counted:
        ledger.lot(one.lot)
        reason = _wrong_count(ledger, one)
        if reason:
            raise CountBroken(document=one.document, lot=one.lot, reason=reason)


def _wrong_count(ledger: Ledger, one: Counted) -> str:
    if one.counted < 0:
        return f"{one.counted} cannot have been counted"
    if one.known != len(ledger):
        return f"the last entry that the book knows is {len(ledger)}, not {one.known}"
    there = one.moved_by(ledger.before(one))
    return "" if one.there == there else f"the book says {there} of that day, not {one.there}"


def check_held(
    ledger: Ledger, entries: Sequence[Entry], holds: Sequence[Hold], outcomes: Sequence[Outcome]
) -> HoldsAfter:
    """Promise 7, and promise 3 for what is held; returns the holds as they will be.

    Raises `HoldBroken`, `HeldForOthers` or `Unknown`.
    """
    after: dict[HoldKey, Standing] = {}
    for hold in holds:
        _check_hold(ledger, hold, after)
        after[hold.key] = Standing(hold, len(ledger.holds) + len(after))
    for outcome in outcomes:
        before = after.get(outcome.key) or ledger.holds.standing(outcome.key)
        after[outcome.key] = before.then(outcome)
        _check_outcome(after[outcome.key], outcome)
    gone_on = _gone_on(ledger, holds, after, outcomes)
    if after or len(ledger.holds):
        moved = _moved(entries)
        _check_fulfilled(after, outcomes, moved)
        _check_moved(after, outcomes, gone_on)
        settled = {hold.key for hold, _ in gone_on}
        _check_free(ledger, entries, {key: one for key, one in after.items() if key not in settled}, moved)
    return after


def _check_hold(ledger: Ledger, hold: Hold, after: HoldsAfter) -> None:
    """Promise 7: a hold keeps something usable, for some days, under an id of its own."""
    reason = ""
    if hold.place.kind is not PlaceKind.WAREHOUSE:
        reason = "only what is usable in a warehouse is held"
    elif hold.quantity <= 0:
        reason = "it keeps no units"
    elif hold.until < hold.since:
        reason = "its last day is before its first"
    elif hold.key in after or hold.key in ledger.holds:
        reason = "there is already one of that id"
    if reason:
        raise HoldBroken(hold=hold.id, lot=hold.lot, reason=reason)


def _check_outcome(one: Standing, outcome: Outcome) -> None:
    """Promise 7: a hold is resolved on its days, once: on none of them more than it keeps, or less than 0."""
    hold, reason = one.hold, ""
    kept = [hold.quantity, *(units for _, units in one.balance())]
    if not one.lasts(outcome.on):
        reason = f"it lasts from {hold.since} to {hold.until}, and {outcome.on} is none of its days"
    elif outcome.quantity == 0 or (outcome.quantity < 0) is not (outcome.how is How.RESTORED):
        reason = f"{outcome.quantity} units cannot be {outcome.how.value}"
    elif min(kept) < 0:
        there = outcome.quantity + min(kept)
        how = outcome.how.value
        reason = f"{there} of it are left from {outcome.on} on, {outcome.quantity} cannot be {how}"
    elif max(kept) > hold.quantity:
        reason = f"{-outcome.quantity} of it cannot be held again, less was resolved"
    if reason:
        raise HoldBroken(hold=hold.id, lot=hold.lot, reason=reason)


def _gone_on(
    ledger: Ledger, holds: Sequence[Hold], after: HoldsAfter, outcomes: Sequence[Outcome]
) -> list[tuple[Hold, int]]:
    """The holds that go on where their goods got another id, with how much of each: new there, or back again.

    The goods came from where they were held, so nobody is the worse for it.
    """
    moved = {_promised(after[outcome.key].hold) for outcome in outcomes if outcome.how is How.MOVED}
    new = [(hold, hold.quantity) for hold in holds if hold.lot not in ledger.lots]
    back = [(after[one.key].hold, -one.quantity) for one in outcomes if one.how is How.RESTORED]
    return [(hold, units) for hold, units in (*new, *back) if _promised(hold) in moved]


def _check_moved(after: HoldsAfter, outcomes: Sequence[Outcome], gone_on: list[tuple[Hold, int]]) -> None:
    """Promise 7: a hold that moves goes on as it was, all of it and no more."""
    left: dict[tuple[object, ...], int] = {}
    first: dict[tuple[object, ...], Hold] = {}
    for outcome in outcomes:
        if outcome.how is How.MOVED:
            hold = after[outcome.key].hold
            promised = _promised(hold)
            first.setdefault(promised, hold)
            left[promised] = left.get(promised, 0) + outcome.quantity
    for hold, units in gone_on:
        left[_promised(hold)] -= units
    for promised, units in left.items():
        if units:
            hold = first[promised]
            reason = f"{units} of it would not go on where {hold.place} has the goods under another id"
            raise HoldBroken(hold=hold.id, lot=hold.lot, reason=reason)


def _promised(hold: Hold) -> tuple[object, ...]:
    """What stays the same of a hold when its goods get another id."""
    return hold.id, hold.place, hold.recipient, hold.programme, hold.until


def _check_fulfilled(after: HoldsAfter, outcomes: Sequence[Outcome], moved: Mapping[Shelf, int]) -> None:
    """Promise 7: a hold is fulfilled by goods that leave the place where it keeps them."""
    fulfilled: dict[Shelf, int] = {}
    for outcome in outcomes:
        if outcome.how is How.FULFILLED:
            shelf = after[outcome.key].hold.shelf
            fulfilled[shelf] = fulfilled.get(shelf, 0) + outcome.quantity
            left = -moved.get(shelf, 0)
            if fulfilled[shelf] > left:
                reason = f"{fulfilled[shelf]} of the lot would be fulfilled, and {left} leave {shelf[0]}"
                raise HoldBroken(hold=outcome.hold, lot=outcome.lot, reason=reason)


def _check_free(
    ledger: Ledger, entries: Sequence[Entry], after: HoldsAfter, moved: Mapping[Shelf, int]
) -> None:
    """Promise 3: nobody takes or is promised what is held for others; see `Holds.check_free`."""
    chosen = _moved(entry for entry in entries if not entry.kind.tells_of_a_fact)
    new: dict[Shelf, list[Standing]] = {shelf: [] for shelf, units in chosen.items() if units < 0}
    for one in after.values():
        new.setdefault(one.hold.shelf, []).append(one)
    for shelf, standing in new.items():
        if standing or ledger.holds.has_kept(shelf):
            ledger.holds.check_free(
                shelf,
                ledger.timeline(*shelf),
                standing,
                entries[0].on if entries else date.max,
                moved=moved.get(shelf, 0),
                chosen=max(chosen.get(shelf, 0), moved.get(shelf, 0)),
            )


def _moved(entries: Iterable[Entry]) -> dict[Shelf, int]:
    """What came to each warehouse of each lot, below zero what left."""
    moved: dict[Shelf, int] = {}
    for entry in entries:
        for posting in entry.postings:
            if posting.place.kind is PlaceKind.WAREHOUSE:
                shelf = (posting.place, posting.lot)
                moved[shelf] = moved.get(shelf, 0) + posting.quantity
    return moved


def _check_entry(ledger: Ledger, entry: Entry, number: int, landing: _Progress) -> None:
    _check_form(entry, number, landing.on)
    by_lot = entry.by_lot()
    lots = {lot_id: landing.new_lots.get(lot_id) or ledger.lot(lot_id) for lot_id in by_lot}
    for lot_id, legs in by_lot.items():
        _check_sums(lot_id, legs)
        _check_legs(entry, lot_id, legs)
        _check_worth(lots[lot_id], legs, entry)
        _check_origin(entry, lots[lot_id], legs, landing)
    _check_conversions(entry, lots, landing)
    _check_reversal(ledger, entry, landing)
    effect = landing.effect
    for posting in entry.postings:
        key = (posting.place, posting.lot)
        effect[key] = effect.get(key, _NOTHING) + Holding(posting.quantity, posting.value)
        _check_place(ledger, entry, lots[posting.lot], posting, effect[key])


def _check_form(entry: Entry, number: int, on: date) -> None:
    if entry.number != number:
        reason = f"the next entry is number {number}, none is left out or put between"
        raise PastChanged(entry=entry.number, reason=reason)
    if not entry.postings:
        raise PastChanged(entry=entry.number, reason="an entry without postings records nothing")
    if entry.on != on:
        reason = f"entries that land together are of one date, it is of {entry.on}, the first is of {on}"
        raise PastChanged(entry=entry.number, reason=reason)


def _check_sums(lot_id: str, legs: list[Posting]) -> None:
    """Promises 1 and 2, lot by lot."""
    quantity = sum(leg.quantity for leg in legs)
    if quantity:
        raise QuantityNotConserved(lot=lot_id, difference=quantity)
    value = sum(leg.value for leg in legs)
    if value:
        raise ValueNotConserved(where=f"lot {lot_id}", difference=value)


def _check_conversions(entry: Entry, lots: Mapping[str, Lot], landing: _Progress) -> None:
    """Promise 2 where lots become other lots; a reversal is checked against what it takes back."""
    if entry.kind is EntryKind.REVERSAL:
        return
    postings = [posting for posting in entry.postings if posting.place.kind is PlaceKind.CONVERSION]
    for place in dict.fromkeys(posting.place for posting in postings):
        _check_conversion(place, [posting for posting in postings if posting.place == place], lots, landing)


def _check_conversion(
    place: Place, postings: list[Posting], lots: Mapping[str, Lot], landing: _Progress
) -> None:
    value = sum(posting.value for posting in postings)
    if value:
        raise ValueNotConserved(where=str(place), difference=value)
    went_in = [posting for posting in postings if posting.quantity > 0]
    came_out = [posting for posting in postings if posting.quantity < 0]
    if any(posting.lot in landing.new_lots for posting in came_out):
        _check_making(place, went_in, [lots[posting.lot] for posting in came_out])
    else:
        _check_unmaking([(lots[posting.lot], posting.quantity) for posting in went_in], came_out)


def _check_making(place: Place, went_in: list[Posting], made: list[Lot]) -> None:
    """What was made names all that went in: in value, and in units, which may also each be named whole."""
    there = {posting.lot: posting for posting in went_in}
    named: dict[str, list[Ingredient]] = {}
    for lot in made:
        for part in lot.made_of:
            named.setdefault(part.lot, []).append(part)
        if not lot.made_of:
            raise LotOriginBroken(lot=lot.id, reason="it comes out of a conversion and was made of nothing")
    for lot_id in {**there, **named}:
        if lot_id not in there or lot_id not in named:
            reason = f"what went into {place} is not what came out of it was made of"
            raise LotOriginBroken(lot=lot_id, reason=reason)
        _check_ingredient(place, there[lot_id], named[lot_id])


def _check_ingredient(place: Place, went_in: Posting, named: list[Ingredient]) -> None:
    value = went_in.value - sum(part.value for part in named)
    if value:
        raise ValueNotConserved(where=f"lot {went_in.lot} in {place}", difference=value)
    units = went_in.quantity - sum(part.quantity for part in named)
    if units and any(part.quantity != went_in.quantity for part in named):
        raise QuantityNotConserved(lot=went_in.lot, difference=units)


def _check_unmaking(went_in: list[tuple[Lot, int]], came_out: list[Posting]) -> None:
    """What was made of several lots becomes these lots again, in the proportion in which it was made."""
    due: dict[str, int] = {}
    for lot, quantity in went_in:
        for part in lot.made_of:
            units, rest = divmod(part.quantity * quantity, lot.quantity)
            if rest:
                reason = f"{quantity} of {lot.quantity} do not hold a whole number of lot {part.lot}"
                raise LotOriginBroken(lot=lot.id, reason=reason)
            due[part.lot] = due.get(part.lot, 0) + units
    there = {posting.lot: -posting.quantity for posting in came_out}
    for lot_id in {**due, **there}:
        if due.get(lot_id, 0) != there.get(lot_id, 0):
            raise QuantityNotConserved(lot=lot_id, difference=due.get(lot_id, 0) - there.get(lot_id, 0))


def _check_legs(entry: Entry, lot_id: str, legs: list[Posting]) -> None:
    """One source or one target a lot, or pairs; each place once, nothing posted that moves no units."""
    out = sum(leg.quantity < 0 for leg in legs)
    into = sum(leg.quantity > 0 for leg in legs)
    places = {leg.place for leg in legs}
    is_told = min(out, into) == 1 or _are_pairs(legs)
    if not is_told or out + into != len(legs) or len(places) != len(legs):
        form = "from one place to others, from others to one, or pair by pair, each place named once"
        raise LotOriginBroken(lot=lot_id, reason=f"entry {entry.number} must move it {form}")


def _are_pairs(legs: list[Posting]) -> bool:
    """Whether what leaves a place is each time posted beside where it goes, the same units and value."""
    pairs = zip(legs[::2], legs[1::2], strict=False)
    return len(legs) % 2 == 0 and all(
        one.quantity and (one.quantity, one.value) == (-other.quantity, -other.value) for one, other in pairs
    )


def _check_worth(lot: Lot, legs: list[Posting], entry: Entry) -> None:
    """Promise 4 for the units on the move: each is worth the floor of its lot, or one more."""
    for leg in legs:
        units, worth = abs(leg.quantity), leg.value if leg.quantity > 0 else -leg.value
        least, most = lot.floor * units, lot.floor * units + (units if lot.value % lot.quantity else 0)
        if not least <= worth <= most:
            raise ResidueLeft(
                place=str(leg.place), lot=lot.id, on=entry.on, asked=worth, least=least, most=most
            )


def _check_origin(entry: Entry, lot: Lot, legs: list[Posting], landing: _Progress) -> None:
    """A lot comes in once, whole, from outside; later it can only be found again."""
    sources = [leg for leg in legs if leg.quantity < 0 and leg.place.kind.is_outside]
    if lot.id in landing.new_lots and lot.id not in landing.came_in:
        landing.came_in.add(lot.id)
        whole = [leg for leg in sources if (leg.quantity, leg.value) == (-lot.quantity, -lot.value)]
        if len(whole) != 1 or len(sources) != 1:
            raise LotOriginBroken(lot=lot.id, reason="a new lot comes in whole, from one place outside")
        _check_donor(lot, whole[0].place)
    elif entry.kind is not EntryKind.REVERSAL and any(leg.place.kind not in _FOUND_AGAIN for leg in sources):
        raise LotOriginBroken(lot=lot.id, reason="it has come in before; the same goods come in only once")


def _check_donor(lot: Lot, source: Place) -> None:
    if source.kind is PlaceKind.DONOR and source.id != lot.donor:
        raise LotOriginBroken(
            lot=lot.id, reason=f"it names {lot.donor} as its donor, and comes from {source}"
        )


def _check_reversal(ledger: Ledger, entry: Entry, landing: _Progress) -> None:
    """Promise 5."""
    if (entry.kind is EntryKind.REVERSAL) is (entry.reverses is None):
        reason = "a reversal names the entry that it reverses, and no other does"
        raise PastChanged(entry=entry.number, reason=reason)
    if entry.reverses is None:
        return
    first = ledger.entry(entry.reverses)
    by = ledger.reversed_by(first.number) or landing.taken_back.get(first.number)
    if first.kind is EntryKind.REVERSAL:
        raise PastChanged(entry=first.number, reason="it is a reversal; post again what it took back")
    if by is not None:
        raise PastChanged(entry=first.number, reason=f"entry {by} has already reversed it")
    landing.taken_back[first.number] = entry.number
    if entry.on < first.on:
        reason = f"it is of {first.on}, so its reversal cannot be of {entry.on}"
        raise PastChanged(entry=first.number, reason=reason)
    if entry.postings != tuple(posting.reversed() for posting in first.postings):
        raise PastChanged(entry=first.number, reason="a reversal is its exact opposite")


def _check_place(ledger: Ledger, entry: Entry, lot: Lot, posting: Posting, pending: Holding) -> None:
    """Promises 3 and 4 for a place, at every moment from the entry's date on."""
    if posting.place.kind is PlaceKind.CONVERSION:
        _check_converted(ledger, entry, lot, posting, pending)
    if posting.place.kind.may_go_below_zero:
        _check_origin_place(ledger, entry, posting, pending)
    elif posting.quantity < 0:
        _check_giving_place(ledger, entry, lot, posting, pending)


def _check_origin_place(ledger: Ledger, entry: Entry, posting: Posting, pending: Holding) -> None:
    """Promise 4 where units may be below zero: when all of them are back, so is their value."""
    timeline = ledger.timeline(posting.place, posting.lot)
    left = pending if timeline is None else timeline.residue(entry.on, pending)
    if left is not None and left.is_residue:
        due = posting.value - left.value
        raise ResidueLeft(
            place=str(posting.place),
            lot=posting.lot,
            on=entry.on,
            asked=-posting.value,
            least=-due,
            most=-due,
        )


def _check_converted(ledger: Ledger, entry: Entry, lot: Lot, posting: Posting, pending: Holding) -> None:
    """Promises 3 and 4 for a conversion: nothing comes out that did not go in, and none is unmade twice."""
    born = ledger.birthplace(lot.id)
    if posting.quantity < 0 and born not in (None, posting.place):
        _check_giving_place(ledger, entry, lot, posting, pending)
    elif posting.quantity > 0 and born == posting.place:
        timeline = ledger.timeline(posting.place, lot.id)
        back = pending.quantity + (0 if timeline is None else timeline.most(entry.on))
        if back > 0:
            asked, there = posting.quantity, posting.quantity - back
            raise BelowZero(place=str(posting.place), lot=lot.id, on=entry.on, asked=asked, there=there)


def _check_giving_place(ledger: Ledger, entry: Entry, lot: Lot, posting: Posting, pending: Holding) -> None:
    """Promises 3 and 4 for a place that gives: what it gives must be there, at every moment."""
    window = ledger.window(posting.place, lot, entry.on)
    left = window.quantity + pending.quantity
    if left < 0:
        raise BelowZero(
            place=str(posting.place),
            lot=lot.id,
            on=window.when,
            asked=-posting.quantity,
            there=left - posting.quantity,
        )
    heavy = pending.value - lot.floor * pending.quantity
    if window.heavy + heavy < 0 or window.light + pending.quantity - heavy < 0:
        taken = lot.floor * -posting.quantity
        raise ResidueLeft(
            place=str(posting.place),
            lot=lot.id,
            on=entry.on,
            asked=-posting.value,
            least=taken + max(0, -posting.quantity - window.light),
            most=taken + min(-posting.quantity, window.heavy),
        )
