"""What is given: items, the units they are counted in, and the catalogue that knows them all.

An item is counted in whole base units; packs are exact ratios of them, so one box of 100 can never
be booked as 1. Two kinds of item are counted by their value instead: money, whose unit (the fen) is
worth itself, and goods of which the papers state the value alone. Both then move, split and
reconcile like anything else.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

import attrs

from reliefstock.errors import CurrencyMismatch, Incomplete, NotExact, NotPositive, UnitMismatch
from reliefstock.values import (
    GRAM,
    MILLILITRE,
    PIECE,
    Language,
    Money,
    Quantity,
    Unit,
    identifier,
    minor_digits,
    several,
)

__all__ = ["Item", "Measure"]


class Measure(Enum):
    """How an item is counted."""

    UNITS = "units"
    """In base units: pieces, grams, millilitres."""
    VALUE = "value"
    """By value alone: the papers give an amount of money and no quantity."""
    MONEY = "money"
    """It is money."""
    DIFFERENCE = "difference"
    """It is value without goods: what goods fetched or are worth more or less than the book said."""

    @property
    def zh(self) -> str:
        """What is so counted, in Chinese, for errors."""
        return _MEASURED_ZH[self]


_MEASURED_ZH: Final[Mapping[Measure, str]] = MappingProxyType(
    {
        Measure.UNITS: "数量",
        Measure.VALUE: "金额",
        Measure.MONEY: "资金",
        Measure.DIFFERENCE: "价值差额",
    }
)


_MOST = 10**36  # as for Money: no economy needs more


def _in_root(unit: Unit) -> str:
    return f"{unit.code} of {unit.ratio} {unit.root}"


def _item_id(given: object) -> str:
    return identifier(given, "item")


def _above_zero(of: Item, field: attrs.Attribute[int | None], value: int | None) -> None:
    if value is None:
        return
    if type(value) is not int:
        raise NotExact(what=f"the {field.name} of {of.id}", given=value)
    if value < 1:
        raise NotPositive(what=f"the {field.name} of {of.id}", given=value)


@attrs.frozen
class Item:
    """A kind of goods, or money.

    `unit` is the base unit in which the ledger counts; `packs` are the units in which the item also
    travels. `price` is a reference price of one base unit, used to suggest a valuation and for
    nothing else: no lot ever looks at it again, so a new price leaves every total as it was.

    `weight` is what one base unit weighs in grams, `volume` the room that it takes in millilitres, packed as
    it is stored; None where nobody has measured it. What is counted in grams or millilitres needs no telling.

    >>> water = Item("water", zh="饮用水", en="Drinking water", packs=(PIECE.pack("box", 24),))
    >>> str(water.quantity(2, "box"))
    '2 box'
    >>> water.base_units(water.quantity(2, "box"))
    48
    """

    id: str = attrs.field(converter=_item_id)
    zh: str = attrs.field(kw_only=True)
    en: str = attrs.field(kw_only=True)
    unit: Unit = attrs.field(default=PIECE, kw_only=True)
    packs: tuple[Unit, ...] = attrs.field(default=(), converter=several, kw_only=True)
    category: str = attrs.field(default="", kw_only=True)
    measure: Measure = attrs.field(default=Measure.UNITS, kw_only=True)
    currency: str | None = attrs.field(default=None, kw_only=True)
    price: Money | None = attrs.field(default=None, kw_only=True)
    weight: int | None = attrs.field(default=None, kw_only=True, validator=_above_zero)
    volume: int | None = attrs.field(default=None, kw_only=True, validator=_above_zero)

    def __attrs_post_init__(self) -> None:
        for pack in self.packs:
            if pack.root != self.unit.root:
                raise UnitMismatch(asked=pack.code, there=self.unit.code)
        if len(self._units) != 1 + len(self.packs):
            codes = [unit.code for unit in (self.unit, *self.packs)]
            raise Incomplete(
                what=f"item {self.id}",
                missing=f"two of its units have one code ({', '.join(codes)})",
                do="give each pack a code of its own, such as 'box of 24'",
                zh=f"物资 {self.id}：有两个单位代码相同（{'、'.join(codes)}）；"
                "请给每种包装各取代码，如 '24件箱'",
            )
        if (self.currency is None) is self.counted_by_value:
            raise Incomplete(
                what=f"item {self.id}",
                missing=f"it is counted by {self.measure.value}, and its currency is {self.currency}",
                do="state a currency for what is counted by value, and for nothing else",
                zh=f"物资 {self.id}：按{self.measure.zh}计量，币种：{self.currency or '无'}；"
                "只有按金额计量的才写币种，请改正",
            )
        if self.currency is not None:
            minor_digits(self.currency)

    @property
    def _units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in (self.unit, *self.packs)}

    @classmethod
    def money(cls, currency: str, *, zh: str = "资金", en: str = "Money") -> Item:
        """Money of one currency: its base unit is the minor unit, and worth itself."""
        unit = Unit.counting(f"{currency} minor unit", zh="分", en="minor unit")
        return cls(currency, zh=zh, en=en, unit=unit, measure=Measure.MONEY, currency=currency)

    @classmethod
    def by_value(cls, item_id: str, *, zh: str, en: str, currency: str, category: str = "") -> Item:
        """Goods of which only the value is known; one base unit is one minor unit of value."""
        unit = Unit.counting(f"{currency} minor unit", zh="分", en="minor unit")
        return cls(
            item_id, zh=zh, en=en, unit=unit, measure=Measure.VALUE, currency=currency, category=category
        )

    @classmethod
    def difference(cls, currency: str) -> Item:
        """What goods fetched, or are worth now, more or less than the book said. Nobody gives or buys it.

        >>> Item.difference("CNY").name("zh")
        '价值差额'
        """
        unit = Unit.counting(f"{currency} minor unit", zh="分", en="minor unit")
        return cls(
            f"{currency} difference",
            zh="价值差额",
            en="Value difference",
            unit=unit,
            measure=Measure.DIFFERENCE,
            currency=currency,
        )

    @property
    def is_goods(self) -> bool:
        """Whether it is something that lies in a depot: neither money nor a difference in value."""
        return self.measure in (Measure.UNITS, Measure.VALUE)

    @property
    def counted_by_value(self) -> bool:
        """Whether one base unit is one minor unit of money."""
        return self.measure is not Measure.UNITS

    def quantity(self, count: int, pack: str | None = None) -> Quantity:
        """`count` of the base unit, or of the declared pack named. Raises `UnitMismatch`."""
        return Quantity(count, self.unit if pack is None else self._pack(pack))

    def _pack(self, code: str) -> Unit:
        units = self._units
        if code not in units:
            raise UnitMismatch(asked=str(code), there=self.id, known=tuple(units))
        return units[code]

    def base_units(self, asked: Quantity | Money) -> int:
        """How many base units that is: always whole and above zero.

        A unit that the item declares is taken as the item declares it, so that a box of another size is
        refused; any other unit of the same root is taken exactly, as a 斤 is for what is counted in grams.

        Raises `Incomplete` (a bare number has no unit), `ConversionNotWhole`, `UnitMismatch`,
        `CurrencyMismatch` or `NotPositive`.
        """
        if not isinstance(asked, Quantity | Money):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
            raise Incomplete(
                what=f"the quantity of {self.id}",
                missing=f"{asked!r} has no unit",
                do="state it with its unit, as Item.quantity does, or as Money",
                zh=f"{self.id} 的数量：{asked!r} 没有单位；请写明单位，如用 Item.quantity，或用 Money",
            )
        count = self._value_units(asked) if isinstance(asked, Money) else self._units_in(asked)
        if count <= 0:
            raise NotPositive(what=f"the quantity of {self.id}", given=asked)
        if count >= _MOST:
            raise Incomplete(
                what=f"the quantity of {self.id}",
                missing="it has more than 36 digits",
                do="check the unit",
                zh=f"{self.id} 的数量：超过 36 位；请核对单位",
            )
        return count

    def _units_in(self, asked: Quantity) -> int:
        declared = self._units.get(asked.unit.code, asked.unit)
        if declared != asked.unit:
            raise UnitMismatch(asked=_in_root(asked.unit), there=_in_root(declared))
        return asked.to(self.unit).count

    def _value_units(self, asked: Money) -> int:
        if self.currency is None:
            raise UnitMismatch(asked=str(asked), there=f"{self.unit.code} of {self.id}")
        if asked.currency != self.currency:
            raise CurrencyMismatch(asked=asked.currency, there=self.currency)
        return asked.minor

    def stated(self, base_units: int) -> Quantity | Money:
        """Base units as a person states them: a quantity, or an amount where value is the count."""
        if self.currency is not None:
            return Money(base_units, self.currency)
        return Quantity(base_units, self.unit)

    def grams(self, base_units: int) -> int | None:
        """What so many base units weigh in whole grams, a part of one counted whole; None if not known.

        >>> tarpaulin = Item("tarpaulin", zh="篷布", en="Tarpaulin", weight=4_200, volume=11_200)
        >>> tarpaulin.grams(10), tarpaulin.millilitres(10)
        (42000, 112000)
        """
        return self._measured(base_units, self.weight, GRAM)

    def millilitres(self, base_units: int) -> int | None:
        """What room so many base units take, likewise in millilitres."""
        return self._measured(base_units, self.volume, MILLILITRE)

    def _measured(self, base_units: int, each: int | None, by: Unit) -> int | None:
        if each is not None:
            return each * base_units
        return math.ceil(self.unit.ratio * base_units) if self.unit.root == by.root else None

    def name(self, lang: Language = "en") -> str:
        """The name in Chinese (`zh`) or English."""
        return self.zh if lang == "zh" else self.en
