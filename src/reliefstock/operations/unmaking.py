"""What comes out again where units of a made lot are unmade: its parts, in the exact proportion.

Units are settled by what the lot was made of. Value is settled by the units that are unmade: each unit of a
part is worth the floor of its own lot or one minor unit more, and together they are worth what went in.
"""

from __future__ import annotations

from reliefstock.ledger import Holding, Ledger, Lot

__all__ = ["parts_of"]


def parts_of(ledger: Ledger, lot: Lot, unmade: Holding) -> tuple[tuple[Lot, Holding], ...]:
    """The parts of so many units of a lot, in base units and minor units, in the order of its making.

    It is asked of the conversion that the lot was born in, as that stands now. Where all units that are left
    of the lot are unmade, all that is left there comes out. The ledger refuses units that do not hold a whole
    number of each part.
    """
    units = _units(lot, unmade.quantity)
    inside = {part: _inside(ledger, lot, part) for part in units}
    share = unmade.value - sum(ledger.lot(part).floor * count for part, count in units.items())
    bounds = {part: _bounds(ledger.lot(part), inside[part], count) for part, count in units.items()}
    over = share - sum(least for least, _ in bounds.values())
    parts: list[tuple[Lot, Holding]] = []
    for part, (least, most) in bounds.items():
        more = min(over, most - least)
        over -= more
        of = ledger.lot(part)
        parts.append((of, Holding(units[part], of.floor * units[part] + least + more)))
    return tuple(parts)


def _units(lot: Lot, quantity: int) -> dict[str, int]:
    """How many units of each part so many units hold."""
    units: dict[str, int] = {}
    for part in lot.made_of:
        units[part.lot] = units.get(part.lot, 0) + part.quantity * quantity // lot.quantity
    return units


def _inside(ledger: Ledger, lot: Lot, part: str) -> Holding:
    """What is left of a part in the conversion that the lot was born in."""
    born = ledger.birthplace(lot.id)
    return Holding(0, 0) if born is None else ledger.holding(born, part)


def _bounds(part: Lot, inside: Holding, taken: int) -> tuple[int, int]:
    """The least and the most units of a part that are worth more than its floor, of so many that come out."""
    heavy = inside.value - part.floor * inside.quantity
    return max(0, taken - (inside.quantity - heavy)), min(taken, heavy)
