"""What a load weighs and what room it takes, and whether its vehicle takes it.

Of an item that nobody has weighed or measured nothing is assumed: it is named on the statement of the load,
and the rest is what is known.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from reliefstock.errors import OverCapacity
from reliefstock.operations.desk import Desk
from reliefstock.register import Register

__all__ = ["Load", "LoadedItem", "check_load", "load_of"]


@attrs.frozen
class LoadedItem:
    """So many base units of an item, what they weigh in grams and what room they take in millilitres.

    None where that is not known of the item.
    """

    item: str
    quantity: int
    weight: int | None = None
    volume: int | None = None


@attrs.frozen
class Load:
    """What goods weigh and what room they take, item by item, by what was known when it was worked out."""

    lines: tuple[LoadedItem, ...]

    @property
    def weight(self) -> int:
        """What all that was weighed weighs, in grams."""
        return sum(line.weight or 0 for line in self.lines)

    @property
    def volume(self) -> int:
        """What room all that was measured takes, in millilitres."""
        return sum(line.volume or 0 for line in self.lines)

    @property
    def unweighed(self) -> tuple[str, ...]:
        """The items of which the weight is not known."""
        return tuple(line.item for line in self.lines if line.weight is None)

    @property
    def unmeasured(self) -> tuple[str, ...]:
        """The items of which the volume is not known."""
        return tuple(line.item for line in self.lines if line.volume is None)

    def is_above(self, max_weight: int | None, max_volume: int | None) -> bool:
        """Whether it is more than can be taken, where that was said."""
        too_heavy = max_weight is not None and self.weight > max_weight
        return too_heavy or (max_volume is not None and self.volume > max_volume)


def load_of(register: Register, goods: Iterable[tuple[str, int]]) -> Load:
    """The load of so many base units of items, by what is known of the items now; each item is one line."""
    units: dict[str, int] = {}
    for item, count in goods:
        units[item] = units.get(item, 0) + count
    items = {item: register.item(item) for item in units}
    return Load(
        tuple(
            LoadedItem(item, count, items[item].grams(count), items[item].millilitres(count))
            for item, count in units.items()
        )
    )


def check_load(desk: Desk, waybill: str, vehicle_id: str, goods: Iterable[tuple[str, int]]) -> Load | None:
    """The load of so many base units of items on a vehicle; None where none is named (an empty id).

    Raises `Unknown`, or `OverCapacity` where it is heavier or larger than the vehicle takes.
    """
    if not vehicle_id:
        return None
    vehicle, load = desk.register.vehicle(vehicle_id), load_of(desk.register, goods)
    if load.is_above(vehicle.max_weight, vehicle.max_volume):
        raise OverCapacity(
            what=f"the load of {waybill}",
            vehicle=vehicle.id,
            weight=load.weight,
            max_weight=vehicle.max_weight,
            volume=load.volume,
            max_volume=vehicle.max_volume,
            unknown=tuple(dict.fromkeys((*load.unweighed, *load.unmeasured))),
        )
    return load
