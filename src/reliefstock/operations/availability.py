"""What can be given out or promised: on hand, usable, unrestricted for the purpose, less held.

What is asked here is what a distribution of that day would find, so that whoever asks first is not refused
afterwards. All that is on hand stands in one column or another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from reliefstock.catalogue import Item
from reliefstock.donations import Use
from reliefstock.ledger import Draft, Lot, Place, PlaceKind
from reliefstock.operations.desk import Desk
from reliefstock.operations.holding import goods, prospects
from reliefstock.operations.picking import Picker

__all__ = ["Availability", "available"]


@attrs.frozen(kw_only=True)
class Availability:
    """How much of an item there is for a purpose on a day, in base units.

    on hand = quarantined + unusable + restricted + held + kept + moving + available.

    `unusable` is expired or recalled, `restricted` was given for something else. `held` is promised to
    others; `kept` is promised to the recipient asked about, who gets it under the id of the hold. `moving` is
    there on that day and leaves on a later one, or comes on a later one, by what is already entered.
    """

    item: str
    warehouse: str | None
    on: date
    recipient: str = ""
    programme: str = ""
    on_hand: int = 0
    quarantined: int = 0
    unusable: int = 0
    restricted: int = 0
    held: int = 0
    kept: int = 0
    moving: int = 0
    available: int = 0


@attrs.frozen
class _Question:
    """What is asked, and the desk at which it is looked up."""

    desk: Desk
    draft: Draft
    item: Item
    use: Use
    on: date | None


def available(
    desk: Desk,
    item: str,
    warehouse: str | None = None,
    *,
    on: date | None = None,
    recipient: str | None = None,
    programme: str = "",
    for_anything: bool = False,
) -> Availability:
    """How much of an item could be given out on a day: at the end of it, or of all that is known (None).

    Whether goods are usable is asked as of that day, or of today. Without a recipient nothing counts that was
    given for certain places, groups or recipients; `for_anything` counts it all the same. Now it costs by the
    lots of that item that are there; on another day by all lots that ever were in the depot.

    Raises `Unknown`, or `Incomplete` for money.
    """
    day = desk.today if on is None else on
    whom = None if recipient is None else desk.register.recipient(recipient)
    use = Use(on=day, programme=programme) if whom is None else desk.use(whom, day, programme)
    if for_anything:
        use = attrs.evolve(use, keeps=True)
    asked = _Question(desk, desk.draft("", day), goods(desk, item), use, on)
    place = None if warehouse is None else desk.warehouse(warehouse)
    sums: dict[str, int] = {}
    for each in desk.ledger.places(PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE):
        if place is None or each.id == place.id:
            for column, units in _columns(asked, each):
                sums[column] = sums.get(column, 0) + units
    return Availability(
        item=asked.item.id,
        warehouse=None if place is None else place.id,
        on=day,
        recipient="" if whom is None else whom.id,
        programme=use.programme,
        **sums,
    )


def _columns(asked: _Question, place: Place) -> Iterator[tuple[str, int]]:
    """What there is of the item in a place, column by column."""
    picker = Picker(asked.desk, asked.draft, place)
    for lot, there in _lots(asked, place):
        yield "on_hand", there
        if place.kind is PlaceKind.QUARANTINE:
            yield "quarantined", there
        elif picker.objection(lot):
            yield "unusable", there
        elif lot.objections(asked.use):
            yield "restricted", there
        else:
            yield from _shares(asked, place, lot, there)


def _lots(asked: _Question, place: Place) -> Iterable[tuple[Lot, int]]:
    ledger, item = asked.desk.ledger, asked.item.id
    if asked.on is None:
        return ((ledger.lot(lot), there.quantity) for lot, there in ledger.stock(place, item).items())
    holdings = ledger.holdings(place, on=asked.on)
    return ((lot, there.quantity) for lot, there in holdings if lot.item == item)


def _shares(asked: _Question, place: Place, lot: Lot, there: int) -> Iterator[tuple[str, int]]:
    """Of a lot that may be used: what others and the recipient are promised, and what is free."""
    throughout, left = asked.draft.there(lot, place), asked.draft.left(lot, place)
    promised = throughout - left
    kept = min(promised, _kept(asked, place, lot)) if promised and asked.use.recipient else 0
    yield "moving", there - throughout
    yield "held", promised - kept
    yield "kept", kept
    yield "available", left


def _kept(asked: _Question, place: Place, lot: Lot) -> int:
    """What can be met of the holds for the recipient that last on that day."""
    day = asked.draft.on
    return sum(
        one.met
        for one in prospects(asked.desk.ledger, asked.desk.policy, (place, lot.id), day)
        if one.standing.hold.recipient == asked.use.recipient
        and one.standing.hold.programme in ("", asked.use.programme)
        and one.standing.lasts(day)
    )
