"""The promises that every entry must keep, one function a promise.

1. *Quantity is conserved*: of each lot, the postings of an entry sum to zero.
2. *Value is conserved*: likewise, and what goes into a conversion comes out of it at the same value, as
   lots that remember what they were made of.
3. *Nothing below zero*: no place inside holds less than nothing, at any moment from the entry's date on.
4. *No residue*: every unit of a lot is worth its floor or one minor unit more, in every place at every
   moment; so where there are no units there is no value.
5. *The past stands*: an entry is taken back by its exact opposite, once, and not before its own date.

Rules of form make the book readable: of each lot an entry has one source or one target, so that it can
be told what went where; a lot comes in once, whole, from the donor that it names; and entries that land
together are of one date.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from reliefstock.errors import (
    BelowZero,
    LotOriginBroken,
    PastChanged,
    QuantityNotConserved,
    ResidueLeft,
    ValueNotConserved,
)
from reliefstock.ledger.entry import EntryKind
from reliefstock.ledger.place import PlaceKind
from reliefstock.ledger.position import Holding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reliefstock.ledger.entry import Entry, Posting
    from reliefstock.ledger.ledger import Ledger
    from reliefstock.ledger.lot import Lot
    from reliefstock.ledger.place import Place

__all__ = ["check_entries"]

_NOTHING = Holding(0, 0)
_FOUND_AGAIN = (PlaceKind.GAIN, PlaceKind.LOSS)


@attrs.define
class Landing:
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
    landing = Landing(entries[0].on if entries else date.min, new_lots)
    for lot_id in new_lots:
        if lot_id in ledger.lots:
            raise LotOriginBroken(lot=lot_id, reason="the id already stands for another lot")
    for number, entry in enumerate(entries, ledger.next_number):
        _check_entry(ledger, entry, number, landing)
    for lot_id in new_lots:
        if lot_id not in landing.came_in:
            raise LotOriginBroken(lot=lot_id, reason="it comes in by no entry")


def _check_entry(ledger: Ledger, entry: Entry, number: int, landing: Landing) -> None:
    _check_form(entry, number, landing.on)
    by_lot = entry.by_lot()
    lots = {lot_id: landing.new_lots.get(lot_id) or ledger.lot(lot_id) for lot_id in by_lot}
    for lot_id, legs in by_lot.items():
        _check_sums(lot_id, legs)
        _check_legs(entry, lot_id, legs)
        _check_worth(lots[lot_id], legs, entry)
        _check_origin(entry, lots[lot_id], legs, landing)
    _check_conversions(entry, lots)
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


def _check_conversions(entry: Entry, lots: Mapping[str, Lot]) -> None:
    """Promise 2 where lots become other lots; a reversal is checked against what it takes back."""
    if entry.kind is EntryKind.REVERSAL:
        return
    postings = [posting for posting in entry.postings if posting.place.kind is PlaceKind.CONVERSION]
    for place in dict.fromkeys(posting.place for posting in postings):
        _check_conversion(place, [posting for posting in postings if posting.place == place], lots)


def _check_conversion(place: Place, postings: list[Posting], lots: Mapping[str, Lot]) -> None:
    value = sum(posting.value for posting in postings)
    if value:
        raise ValueNotConserved(where=str(place), difference=value)
    went_in = {posting.lot: posting.value for posting in postings if posting.quantity > 0}
    named: dict[str, int] = {}
    for lot in (lots[posting.lot] for posting in postings if posting.quantity < 0):
        for part in lot.made_of:
            named[part.lot] = named.get(part.lot, 0) + part.value
        if not lot.made_of:
            raise LotOriginBroken(lot=lot.id, reason="it comes out of a conversion and was made of nothing")
    for lot_id in {**went_in, **named}:
        _check_ingredient(place, lot_id, went_in.get(lot_id), named.get(lot_id))


def _check_ingredient(place: Place, lot_id: str, went_in: int | None, named: int | None) -> None:
    if went_in is None or named is None:
        reason = f"what went into {place} is not what came out of it was made of"
        raise LotOriginBroken(lot=lot_id, reason=reason)
    if went_in != named:
        raise ValueNotConserved(where=f"lot {lot_id} in {place}", difference=went_in - named)


def _check_legs(entry: Entry, lot_id: str, legs: list[Posting]) -> None:
    """One source or one target a lot, each place once, nothing posted that moves no units."""
    out = sum(leg.quantity < 0 for leg in legs)
    into = sum(leg.quantity > 0 for leg in legs)
    places = {leg.place for leg in legs}
    if min(out, into) != 1 or out + into != len(legs) or len(places) != len(legs):
        form = "from one place to others, or from others to one, each named once"
        raise LotOriginBroken(lot=lot_id, reason=f"entry {entry.number} must move it {form}")


def _check_worth(lot: Lot, legs: list[Posting], entry: Entry) -> None:
    """Promise 4 for the units on the move: each is worth the floor of its lot, or one more."""
    for leg in legs:
        units, worth = abs(leg.quantity), leg.value if leg.quantity > 0 else -leg.value
        least, most = lot.floor * units, lot.floor * units + (units if lot.value % lot.quantity else 0)
        if not least <= worth <= most:
            raise ResidueLeft(
                place=str(leg.place), lot=lot.id, on=entry.on, asked=worth, least=least, most=most
            )


def _check_origin(entry: Entry, lot: Lot, legs: list[Posting], landing: Landing) -> None:
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


def _check_reversal(ledger: Ledger, entry: Entry, landing: Landing) -> None:
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
