"""Several items at once: each by itself, or as kits that are built from components.

Item by item, each has its own supply and its own demands, and a household may have its quilts and no pot. By
the kit, what counts is how many whole kits the stock of components makes; a kit goes to one recipient, and
what is left of the components is said. Where recipients need different things and no kit fits all of them,
see `reliefstock.allocation.coverage`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from reliefstock.allocation.demand import Demand, Demands
from reliefstock.allocation.plan import Plan
from reliefstock.allocation.rules import Rule
from reliefstock.allocation.saying import Said
from reliefstock.allocation.sharing import share
from reliefstock.allocation.stated import checked_number, checked_table
from reliefstock.errors import BadDemand, Incomplete, NotPositive
from reliefstock.values import Language, choose

__all__ = [
    "ItemDemands",
    "Kits",
    "Remainder",
    "WhyRemains",
    "checked_stock",
    "in_columns",
    "left_of",
    "share_items",
    "share_kits",
    "whole_kits",
]

ItemDemands = Mapping[str, Demands | Iterable[Demand]]


class WhyRemains(Said):
    """Why units of an item are left."""

    NOBODY = "nobody", "没有人需要", "nobody asks for it"
    MET = "met", "需求已全部满足", "all that is asked for is met"
    BOXES = "boxes", "不够任何人可领的下一整箱", "it is not enough for another box that anybody can have"
    COMPONENTS = (
        "components",
        "其他组件不够再配一套",
        "there is not enough of another component for one more kit",
    )
    KITS_LEFT = "kits left", "可配成的套数多于所需", "the kits that it would make are not asked for"


@attrs.frozen
class Remainder:
    """Units of an item that nobody has, and why."""

    item: str
    units: int
    why: WhyRemains
    short: tuple[str, ...] = ()
    """The components of which there is not enough, where that is why."""

    def text(self, lang: Language = "en") -> str:
        """Say it in a language. Raises `Incomplete` for any but 'en' and 'zh'.

        >>> Remainder("soap", 3, WhyRemains.COMPONENTS, ("bucket",)).text()
        '3 of soap left: there is not enough of another component for one more kit (bucket)'
        >>> Remainder("毯子", 3, WhyRemains.MET).text("zh")
        '毯子剩余 3：需求已全部满足'
        """
        en = f"{self.units} of {self.item} left: {self.why.en}"
        zh = f"{self.item}剩余 {self.units}：{self.why.zh}"
        if not self.short:
            return choose(lang, en=en, zh=zh)
        return choose(lang, en=f"{en} ({', '.join(self.short)})", zh=f"{zh}（{'、'.join(self.short)}）")


@attrs.frozen(eq=False)
class Kits:
    """Kits that are built and shared out.

    Attributes:
        plan: who has how many kits; its supply is how many could be built.
        bill: how many units of each component make one kit.
        stock: the units of each component before.
        short: the components that set how many kits there are.
    """

    plan: Plan
    bill: Mapping[str, int]
    stock: Mapping[str, int]
    short: tuple[str, ...]

    @property
    def used(self) -> dict[str, int]:
        """The units of each component that are in kits which somebody has."""
        return {item: self.plan.awarded * units for item, units in self.bill.items()}

    @property
    def left(self) -> tuple[Remainder, ...]:
        """What is left of the components, and why: a component that is in no kit, too."""
        kits_left = self.plan.left
        found: list[Remainder] = []
        for item, units in sorted(self.stock.items()):
            in_kits = self.bill.get(item, 0) * kits_left
            if not self.bill.get(item):
                found.append(Remainder(item, units, WhyRemains.NOBODY))
                continue
            over = units - self.bill[item] * self.plan.supply
            short = tuple(one for one in self.short if one != item)
            found.append(Remainder(item, in_kits, WhyRemains.KITS_LEFT if self._is_met else WhyRemains.BOXES))
            found.append(Remainder(item, over, WhyRemains.COMPONENTS if short else WhyRemains.BOXES, short))
        return tuple(one for one in found if one.units)

    @property
    def _is_met(self) -> bool:
        return not self.plan.unmet


def share_items(
    supplies: Mapping[str, int], demands: ItemDemands, rule: Rule, *, floor: int = 0, seed: str = ""
) -> dict[str, Plan]:
    """Share out each item by itself, by one rule. An item without a supply has one of 0.

    Raises:
        BadDemand: a demand cannot be, or is for another item than it stands under.
        NotExact: a supply is no whole number.
        NotPositive: it is below zero.
        Incomplete: the rule is none, something is no table of items, or largest remainders are asked of boxes
            of several sizes.

    >>> from reliefstock.allocation.rules import MaxMinFill
    >>> asked = {"quilt": [Demand("A", 2), Demand("B", 4)], "pot": [Demand("B", 1)]}
    >>> plans = share_items({"quilt": 3, "pot": 2}, asked, MaxMinFill())
    >>> {item: list(plan.units) for item, plan in plans.items()}
    {'pot': [1], 'quilt': [1, 2]}
    >>> [one.text() for one in left_of({"quilt": 3, "pot": 2}, plans)]
    ['1 of pot left: all that is asked for is met']
    """
    stock, asked = checked_stock(supplies), in_columns(demands)
    return {
        item: share(stock.get(item, 0), asked[item], rule, floor=floor, seed=seed) for item in sorted(asked)
    }


def left_of(supplies: Mapping[str, int], plans: Mapping[str, Plan]) -> tuple[Remainder, ...]:
    """What is left of each item once there is a plan for it, and why. Raises as `share_items` does."""
    checked_table("plans", plans)
    found: list[Remainder] = []
    for item, units in sorted(checked_stock(supplies).items()):
        plan = plans.get(item)
        if plan is None or not plan.demands.need:
            found.append(Remainder(item, units if plan is None else plan.left, WhyRemains.NOBODY))
        else:
            found.append(Remainder(item, plan.left, WhyRemains.BOXES if plan.unmet else WhyRemains.MET))
    return tuple(one for one in found if one.units)


def whole_kits(stock: Mapping[str, int], bill: Mapping[str, int]) -> tuple[int, tuple[str, ...]]:
    """How many whole kits the components make, and which of them set that number.

    Raises:
        Incomplete: the bill has no component, or something is no table of items.
        NotExact: a number is no whole number.
        NotPositive: a stock is below zero, or a kit has none of one of its components.

    >>> whole_kits({"blanket": 10, "bucket": 7}, {"blanket": 3, "bucket": 2})
    (3, ('blanket', 'bucket'))
    """
    if not bill:
        raise Incomplete(
            "bill of materials",
            "it has no component",
            "state what one kit is made of",
            zh="物料清单：没有组件；请写明一套由什么组成",
        )
    checked_stock(bill)
    for item, units in bill.items():
        if not units:
            raise NotPositive(f"the number of {item} in a kit", units)
    there = checked_stock(stock)
    kits = {item: there.get(item, 0) // units for item, units in sorted(bill.items())}
    fewest = min(kits.values())
    return fewest, tuple(item for item, number in kits.items() if number == fewest)


def share_kits(
    stock: Mapping[str, int],
    bill: Mapping[str, int],
    demands: Demands | Iterable[Demand],
    rule: Rule,
    *,
    floor: int = 0,
    seed: str = "",
) -> Kits:
    """Build as many whole kits as the components make, and share them out by a rule.

    Raises:
        BadDemand: a demand cannot be.
        Incomplete: the bill has no component, or largest remainders are asked of boxes of several sizes.
        NotExact: a number is no whole number.
        NotPositive: a stock is below zero, or a kit has none of one of its components.

    >>> from reliefstock.allocation.rules import MaxMinFill
    >>> asked = [Demand("A", 2), Demand("B", 4)]
    >>> kits = share_kits({"blanket": 10, "bucket": 8}, {"blanket": 3, "bucket": 2}, asked, MaxMinFill())
    >>> list(kits.plan.units), kits.used
    ([1, 2], {'blanket': 9, 'bucket': 6})
    >>> [one.text() for one in kits.left][1]
    '2 of bucket left: there is not enough of another component for one more kit (blanket)'
    """
    number, short = whole_kits(stock, bill)
    plan = share(number, demands, rule, floor=floor, seed=seed)
    return Kits(plan, MappingProxyType(dict(bill)), MappingProxyType(dict(stock)), short)


def checked_stock(stock: Mapping[str, int]) -> Mapping[str, int]:
    """The same numbers, if all are whole and none is below zero.

    Raises `NotExact` or `NotPositive`, and `Incomplete` for what is no table of items.
    """
    checked_table("supplies", stock)
    for item, units in stock.items():
        checked_number(f"the supply of {item}", units)
    return stock


def in_columns(demands: ItemDemands) -> dict[str, Demands]:
    """The demands for each item in columns.

    Raises `BadDemand`, also where they are for another item, and `Incomplete` for what is no table of items.
    """
    checked_table("demands", demands)
    asked = {
        item: listed if isinstance(listed, Demands) else Demands.of(listed)
        for item, listed in demands.items()
    }
    for item, listed in asked.items():
        if len(listed) and listed.item not in {"", item}:
            raise BadDemand(listed.recipients[0], "items", (listed.item, item))
    return asked
