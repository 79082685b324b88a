"""What a kit is made of: bills of materials, with versions.

A bill says how much of which items one kit holds. A kit may hold other kits, and never itself. What was once
built stays what it was: a bill is not changed, another version is added, and it says since when it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from reliefstock.catalogue import Item, Measure
from reliefstock.errors import ContainsItself, Incomplete, Unknown
from reliefstock.values import Money, Quantity, identifier, near, one_form, optional_date, several

__all__ = ["BillOfMaterials", "Component", "check_bills"]


def _version(given: object) -> str:
    return identifier(given, "version of a bill")


@attrs.frozen
class Component:
    """So much of an item is in one kit, in packs or base units, or an amount of what is counted by value."""

    item: str = attrs.field(converter=one_form)
    quantity: Quantity | Money


@attrs.frozen(kw_only=True)
class BillOfMaterials:
    """What one base unit of a kit's item is made of, in one version.

    The bill that holds on a day is the one with the latest `since` that is not after it; one without `since`
    has always held.

    Raises:
        BadIdentifier: the version is none.
        Incomplete: there are no components, or an item is named twice.

    >>> from reliefstock.values import PIECE
    >>> soap = Component("soap", Quantity(4, PIECE))
    >>> BillOfMaterials(item="hygiene set", version="2024", components=[soap]).id
    'hygiene set/2024'
    """

    item: str = attrs.field(converter=one_form)
    version: str = attrs.field(converter=_version)
    components: tuple[Component, ...] = attrs.field(converter=several)
    since: date | None = attrs.field(default=None, converter=optional_date)

    def __attrs_post_init__(self) -> None:
        items = [component.item for component in self.components]
        if not items:
            self._refuse("it has no components", "state what is in the kit", "没有组件；请写明一套由什么组成")
        for item in items:
            if items.count(item) > 1:
                self._refuse(
                    f"it names {item} twice",
                    "state all of it in one component",
                    f"{item} 写了两次；请合并为一个组件",
                )

    @property
    def id(self) -> str:
        """The item and the version; the mark between them is in no id, so no two bills share one."""
        return f"{self.item}/{self.version}"

    def units_of(self, items: Mapping[str, Item]) -> dict[str, int]:
        """How many base units of each component one kit holds, in the order of the bill.

        Raises `Unknown` for an item that is not among them, `Incomplete` for money, which is kept in funds,
        or an error of the quantity.
        """
        return {part.item: _units(_known(items, part.item), part) for part in self.components}

    def _refuse(self, missing: str, do: str, zh: str) -> None:
        raise Incomplete(
            what=f"bill of materials {self.id}", missing=missing, do=do, zh=f"物料清单 {self.id}：{zh}"
        )


def check_bills(
    new: Iterable[BillOfMaterials], bills: Iterable[BillOfMaterials], items: Mapping[str, Item]
) -> None:
    """Check new bills against the items that are known and against all bills, the new ones among them.

    Raises `Unknown`, `Incomplete` (the kit or a component cannot be one), `ContainsItself`, or an error of a
    quantity.
    """
    parts: dict[str, dict[str, None]] = {}
    for bill in bills:
        parts.setdefault(bill.item, {}).update(dict.fromkeys(part.item for part in bill.components))
    for bill in new:
        kit = _known(items, bill.item)
        if kit.counted_by_value:
            missing = f"{kit.id} is counted by {kit.measure.value}, and kits are counted in units"
            raise Incomplete(
                what=f"bill of materials {bill.id}",
                missing=missing,
                do="name an item with a unit",
                zh=f"物料清单 {bill.id}：{kit.id} 按{kit.measure.zh}计量，而组合包按件数计；"
                "请改用有计量单位的物资",
            )
        bill.units_of(items)
        loop = _loop(bill.item, parts)
        if loop:
            raise ContainsItself(item=bill.item, loop=loop)


def _known(items: Mapping[str, Item], item: str) -> Item:
    if item not in items:
        raise Unknown(what="item", given=item, near=near(item, items))
    return items[item]


def _units(item: Item, part: Component) -> int:
    if item.measure is Measure.MONEY:
        raise Incomplete(
            what=f"component {item.id}",
            missing="it is money, which is kept in funds and in no warehouse",
            do="give the money out beside the kit",
            zh=f"组件 {item.id}：它是资金，记在资金账户，不存放在仓库；请在组合包之外另行发放",
        )
    return item.base_units(part.quantity)


def _loop(item: str, parts: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The shortest way from an item through what it is made of back to it; nothing where there is none."""
    came_from: dict[str, str] = {}
    waiting = [item]
    for one in waiting:
        for part in parts.get(one, ()):
            if part == item:
                return (*_way(item, one, came_from), item)
            if part not in came_from:
                came_from[part] = one
                waiting.append(part)
    return ()


def _way(first: str, last: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    way = [last]
    while way[-1] != first:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
