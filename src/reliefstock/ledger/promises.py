"""The promises that every entry must keep, one function a promise.

1. *Quantity is conserved*: of each lot, the postings of an entry sum to zero.
2. *Value is conserved*: likewise, and what goes into a conversion comes out of it at the same value.
3. *Nothing below zero*: no place inside holds less than nothing, at any moment from the entry's date on.
4. *No residue*: every unit of a lot is worth its floor or one minor unit more, in every place at every
   moment; so where there are no units there is no value.
5. *The past stands*: an entry is taken back by its exact opposite, once, and not before its own date.

Two rules of form make the book readable: of each lot an entry has one source or one target, so that it
can be told what went where; and a lot comes in once, whole.
"""

from __future__ import annotations

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
    """What is to land together: the new lots, those of them that came in, and the effect so far."""

    new_lots: Mapping[str, Lot]
    came_in: set[str] = attrs.field(factory=set)
    effect: dict[tuple[Place, str], Holding] = attrs.field(factory=dict)


def check_entries(ledger: Ledger, entries: Sequence[Entry], new_lots: Mapping[str, Lot]) -> None:
    """Check entries that are to land together, each as if those before it had landed."""
    landing = Landing(new_lots)
    for lot_id in new_lots:
        if lot_id in ledger.lots:
            raise LotOriginBroken(lot=lot_id, reason="the id already stands for another lot")
    for number, entry in enumerate(entries, ledger.next_number):
        _check_entry(ledger, entry, number, landing)
    for lot_id in new_lots:
        if lot_id not in landing.came_in:
            raise LotOriginBroken(lot=lot_id, reason="it comes in by no entry")


def _check_entry(ledger: Ledger, entry: Entry, number: int, landing: Landing) -> None:
    _check_form(entry, number)
    by_lot = entry.by_lot()
    lots = {lot_id: landing.new_lots.get(lot_id) or ledger.lot(lot_id) for lot_id in by_lot}
    for lot_id, legs in by_lot.items():
        _check_sums(lot_id, legs)
        _check_legs(entry, lot_id, legs)
        _check_worth(lots[lot_id], legs, entry)
        _check_origin(entry, lots[lot_id], legs, landing)
    _check_conversions(entry)
    _check_reversal(ledger, entry)
    effect = landing.effect
    for posting in entry.postings:
        key = (posting.place, posting.lot)
        effect[key] = effect.get(key, _NOTHING) + Holding(posting.quantity, posting.value)
    for posting in entry.postings:
        _check_place(ledger, entry, lots[posting.lot], posting, effect[posting.place, posting.lot])


def _check_form(entry: Entry, number: int) -> None:
    if entry.number != number:
        reason = f"the next entry is number {number}, none is left out or put between"
        raise PastChanged(entry=entry.number, reason=reason)
    if not entry.postings:
        raise PastChanged(entry=entry.number, reason="an entry without postings records nothing")


def _check_sums(lot_id: str, legs: list[Posting]) -> None:
    """Promises 1 and 2, lot by lot."""
    quantity = sum(leg.quantity for leg in legs)
    if quantity:
        raise QuantityNotConserved(lot=lot_id, difference=quantity)
    value = sum(leg.value for leg in legs)
    if value:
        raise ValueNotConserved(where=f"lot {lot_id}", difference=value)


def _check_conversions(entry: Entry) -> None:
    """Promise 2 where lots become other lots."""
    sums: dict[Place, int] = {}
    for posting in entry.postings:
        if posting.place.kind is PlaceKind.CONVERSION:
            sums[posting.place] = sums.get(posting.place, 0) + posting.value
    for place, value in sums.items():
        if value:
            raise ValueNotConserved(where=str(place), difference=value)


def _check_legs(entry: Entry, lot_id: str, legs: list[Posting]) -> None:
    """One source or one target a lot, each place once, nothing posted that moves no units."""
    out = sum(leg.quantity < 0 for leg in legs)
    into = sum(leg.quantity > 0 for leg in legs)
    places = {leg.place for leg in legs}
    if min(out, into) != 1 or out + into != len(legs) or len(places) != len(legs):
        raise LotOriginBroken(
            lot=lot_id,
            reason=f"entry {entry.number} must move it from one place to others, or from others to one, each named once",
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


def _check_origin(entry: Entry, lot: Lot, legs: list[Posting], landing: Landing) -> None:
    """A lot comes in once, whole, from outside; later it can only be found again."""
    sources = [leg for leg in legs if leg.quantity < 0 and leg.place.kind.is_outside]
    if lot.id in landing.new_lots and lot.id not in landing.came_in:
        landing.came_in.add(lot.id)
        whole = [leg for leg in sources if (leg.quantity, leg.value) == (-lot.quantity, -lot.value)]
        if len(whole) != 1 or len(sources) != 1:
            raise LotOriginBroken(lot=lot.id, reason="a new lot comes in whole, from one place outside")
    elif entry.kind is not EntryKind.REVERSAL and any(
        leg.place.kind not in _FOUND_AGAIN for leg in sources
    ):
        raise LotOriginBroken(lot=lot.id, reason="it has come in before; the same goods come in only once")


def _check_reversal(ledger: Ledger, entry: Entry) -> None:
    """Promise 5."""
    if (entry.kind is EntryKind.REVERSAL) is (entry.reverses is None):
        raise PastChanged(entry=entry.number, reason="a reversal names the entry that it reverses, and no other does")
    if entry.reverses is None:
        return
    first = ledger.entry(entry.reverses)
    by = ledger.reversed_by(first.number)
    if first.kind is EntryKind.REVERSAL:
        raise PastChanged(entry=first.number, reason="it is a reversal; post again what it took back")
    if by is not None:
        raise PastChanged(entry=first.number, reason=f"entry {by} has already reversed it")
    if entry.on < first.on:
        raise PastChanged(entry=first.number, reason=f"it is of {first.on}, so its reversal cannot be of {entry.on}")
    if entry.postings != tuple(posting.reversed() for posting in first.postings):
        raise PastChanged(entry=first.number, reason="a reversal is its exact opposite")


def _check_place(ledger: Ledger, entry: Entry, lot: Lot, posting: Posting, pending: Holding) -> None:
    """Promises 3 and 4 for a place that gives, at every moment from the entry's date on."""
    if posting.quantity > 0 or posting.place.kind.is_outside:
        return
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
