"""Promise 2 where lots become other lots: kits that are made and broken, purchases, changed restrictions.

At each conversion of an entry as much value comes out as went in. Where new lots come out, they name all that
went in, its units and its value; they may also each name all of its units, with their share of the value.
Where no lot is new, what was made becomes again what it was made of, in the same proportion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reliefstock.audit.finding import Findings
from reliefstock.audit.lots import Lot
from reliefstock.audit.reading import Leg, Part

__all__ = ["check_conversions"]


def check_conversions(legs: Iterable[Leg], lots: Mapping[str, Lot], findings: Findings) -> None:
    """Check what an entry does at each conversion."""
    places: dict[str, list[Leg]] = {}
    for leg in legs:
        if leg.kind == "conversion":
            places.setdefault(leg.place, []).append(leg)
    for place, there in places.items():
        _check(place, there, lots, findings)


def _check(place: str, legs: list[Leg], lots: Mapping[str, Lot], findings: Findings) -> None:
    value = sum(leg.value for leg in legs)
    if value:
        findings.add("conversion-value", place, difference=-value)
    went_in = [leg for leg in legs if leg.quantity > 0]
    came_out = [leg for leg in legs if leg.quantity < 0]
    made = [lots[leg.lot] for leg in came_out if leg.lot in lots]
    if any(lot.record == findings.record for lot in made):
        _check_making(place, went_in, made, findings)
    else:
        _check_unmaking(place, went_in, came_out, lots, findings)


def _check_making(place: str, went_in: list[Leg], made: list[Lot], findings: Findings) -> None:
    named: dict[str, list[Part]] = {}
    for lot in made:
        if not lot.made_of:
            findings.add("made-of-nothing", place, lot.id)
        for part in lot.made_of:
            named.setdefault(part.lot, []).append(part)
    there = {leg.lot: leg for leg in went_in}
    for lot_id in {**there, **named}:
        parts = named.get(lot_id, [])
        units = sum(part.quantity for part in parts)
        if lot_id not in there or not parts:
            came = there[lot_id].quantity if lot_id in there else 0
            findings.add("ingredient-other", place, lot_id, went_in=came, named=units)
        else:
            _check_ingredient(place, there[lot_id], parts, findings)


def _check_ingredient(place: str, went_in: Leg, parts: list[Part], findings: Findings) -> None:
    units, value = sum(part.quantity for part in parts), sum(part.value for part in parts)
    if value != went_in.value:
        findings.add("ingredient-value", place, went_in.lot, went_in=went_in.value, named=value)
    are_whole = all(part.quantity == went_in.quantity for part in parts)
    if units != went_in.quantity and not are_whole:
        findings.add("ingredient-quantity", place, went_in.lot, went_in=went_in.quantity, named=units)


def _check_unmaking(
    place: str, went_in: list[Leg], came_out: list[Leg], lots: Mapping[str, Lot], findings: Findings
) -> None:
    due: dict[str, int] = {}
    for leg in went_in:
        lot = lots.get(leg.lot)
        for part in () if lot is None else lot.made_of:
            units, rest = divmod(part.quantity * leg.quantity, lot.quantity if lot else 1)
            if rest:
                findings.add("unmade-fraction", place, leg.lot, quantity=leg.quantity, part=part.lot)
            due[part.lot] = due.get(part.lot, 0) + units
    came: dict[str, int] = {}
    for leg in came_out:
        came[leg.lot] = came.get(leg.lot, 0) - leg.quantity
    for lot_id in {**due, **came}:
        if due.get(lot_id, 0) != came.get(lot_id, 0):
            figures = {"due": due.get(lot_id, 0), "came": came.get(lot_id, 0)}
            findings.add("unmade-otherwise", place, lot_id, **figures)
