"""Quantities in packs: what lies in a depot in boxes and bags is told of in boxes and bags.

A lot is told in the packs that it came in, whose size stands on the lot; what came loose in the packs of its
item. Loose pieces of two lots make no box: nobody has packed them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reliefstock.catalogue import Item
from reliefstock.ledger import Lot
from reliefstock.operations.desk import packs_of
from reliefstock.values import Money, Quantity, Unit

__all__ = ["in_packs", "lots_in_packs", "together"]


def in_packs(item: Item, base_units: int) -> tuple[Quantity | Money, ...]:
    """Base units as whole packs of the item, the largest first, and the rest.

    An amount where value is the count. Packs that do not hold a whole number of base units are passed over.

    >>> from reliefstock.values import PIECE
    >>> water = Item("water", zh="饮用水", en="Drinking water", packs=(PIECE.pack("box", 24),))
    >>> [str(part) for part in in_packs(water, 50)]
    ['2 box', '2 piece']
    """
    rest = item.stated(base_units)
    if isinstance(rest, Money):
        return (rest,)
    parts: list[Quantity | Money] = []
    for pack in sorted(_whole_packs(item), key=lambda unit: unit.ratio, reverse=True):
        full, rest = rest.packs(pack)
        parts += [full] if full else []
    return (*parts, rest) if rest or not parts else tuple(parts)


def lots_in_packs(item: Item, lots: Iterable[tuple[Lot, int]]) -> tuple[Quantity | Money, ...]:
    """Base units of several lots of an item in packs: each in its own, what has none in those of the item.

    Packs of two sizes stand apart, the larger first.
    """
    there = tuple(lots)
    packed = [part for lot, units in there for part in packs_of(item, lot, units)]
    loose = sum(units for lot, units in there if not packs_of(item, lot, units))
    parts = in_packs(item, loose) if loose or not packed else ()
    return together((*packed, *(part for part in parts if isinstance(part, Quantity)))) or parts


def together(parts: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Quantities of one item added up unit by unit, the largest unit first.

    >>> from reliefstock.values import PIECE
    >>> box = PIECE.pack("box", 24)
    >>> [str(part) for part in together((Quantity(2, PIECE), Quantity(1, box), Quantity(3, PIECE)))]
    ['1 box', '5 piece']
    """
    sums: dict[Unit, int] = {}
    for part in parts:
        sums[part.unit] = sums.get(part.unit, 0) + part.count
    units = sorted(sums, key=lambda unit: (-unit.ratio, unit.code))
    return tuple(Quantity(sums[unit], unit) for unit in units)


def _whole_packs(item: Item) -> Iterator[Unit]:
    for pack in item.packs:
        holds = pack.ratio / item.unit.ratio  # exact: Fraction
        if holds.denominator == 1:
            yield pack
