"""How much of an item a depot should have: at least so much, at most so much."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from reliefstock.catalogue import Item
from reliefstock.errors import Incomplete, Unknown
from reliefstock.parties import Warehouse
from reliefstock.values import Money, Quantity, near, one_form

__all__ = ["StockLevel", "check_level"]


@attrs.frozen
class StockLevel:
    """A depot should have at least the `minimum` of an item, and is filled up to the `maximum`.

    Both are stated with their unit, or as Money for what is counted by value. It is amended as circumstances
    change; what should have been there before is asked of the register (`earlier`).

    >>> from reliefstock.values import PIECE
    >>> StockLevel("depot", "quilt", Quantity(1500, PIECE), Quantity(3000, PIECE)).id
    'depot/quilt'
    """

    warehouse: str = attrs.field(converter=one_form)
    item: str = attrs.field(converter=one_form)
    minimum: Quantity | Money
    maximum: Quantity | Money

    @property
    def id(self) -> str:
        """The depot and the item; the mark between them is in no id, so no two levels share one."""
        return f"{self.warehouse}/{self.item}"

    def units(self, item: Item) -> tuple[int, int]:
        """The minimum and the maximum in base units of the item.

        Raises `Incomplete` where the minimum is above the maximum, or an error of a quantity.
        """
        minimum = item.base_units(self.minimum) if self.minimum else 0
        maximum = item.base_units(self.maximum)
        if minimum > maximum:
            raise Incomplete(
                what=f"stock level {self.id}",
                missing=f"its minimum {self.minimum} is above its maximum {self.maximum}",
                do="swap the two",
                zh=f"库存限额 {self.id}："
                f"最低库存 {_zh(self.minimum)} 高于最高库存 {_zh(self.maximum)}；请对调",
            )
        return minimum, maximum


def _zh(amount: Quantity | Money) -> str:
    return amount.text("zh") if isinstance(amount, Quantity) else str(amount)


def check_level(level: StockLevel, items: Mapping[str, Item], warehouses: Mapping[str, Warehouse]) -> None:
    """Check that a level is of goods and of a depot that are known, and within itself.

    Raises `Unknown`, `Incomplete` (its minimum is above its maximum, or it is of money), or an error of a
    quantity.
    """
    for what, given, known in (("warehouse", level.warehouse, warehouses), ("item", level.item, items)):
        if given not in known:
            raise Unknown(what=what, given=given, near=near(given, known))
    item = items[level.item]
    if not item.is_goods:
        raise Incomplete(
            what=f"stock level {level.id}",
            missing=f"{item.id} is {item.measure.value}, which lies in no depot",
            do="name goods",
            zh=f"库存限额 {level.id}：{item.id} 是{item.measure.zh}，不存放在仓库；请改写物资",
        )
    level.units(item)
