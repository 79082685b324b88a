"""Amounts and quantities that cannot be what they are meant to be, or cannot be put together."""

from __future__ import annotations

import attrs

from reliefstock.errors._base import ValueRefused

__all__ = [
    "ConversionNotWhole",
    "CurrencyMismatch",
    "CurrencyUnknown",
    "NotExact",
    "NotPositive",
    "UnitMismatch",
]


@attrs.define
class NotExact(ValueRefused, TypeError):
    """A float, a bool or another type stands where an exact number is due."""

    what: str
    given: object

    def __str__(self) -> str:
        return (
            f"{self.what} must be a whole number, got {type(self.given).__name__} {self.given!r}; "
            "give an int, or a text such as '12.50' where a decimal is meant"
        )

    def _zh(self) -> str:
        return (
            f"{self.what}须为整数，现为 {type(self.given).__name__} {self.given!r}；"
            "请用 int，有小数的金额请用文本，如 '12.50'"
        )


@attrs.define
class NotPositive(ValueRefused):
    """A quantity or an amount must be above zero."""

    what: str
    given: object

    def __str__(self) -> str:
        advice = "; to undo an entry, reverse it instead of posting a negative one" if self._is_below else ""
        return f"{self.what} must be above zero, got {self.given}{advice}"

    def _zh(self) -> str:
        advice = "；要撤销分录请冲销，不要记负数" if self._is_below else ""
        return f"{self.what}须大于零，现为 {self.given}{advice}"

    @property
    def _is_below(self) -> bool:
        number = getattr(self.given, "minor", getattr(self.given, "count", self.given))
        return isinstance(number, int) and number < 0


@attrs.define
class CurrencyUnknown(ValueRefused):
    """A code is not an active ISO 4217 currency."""

    code: object

    def __str__(self) -> str:
        return f"{self.code!r} is not an ISO 4217 currency; use a code such as 'CNY' or 'USD'"

    def _zh(self) -> str:
        return f"{self.code!r} 不是 ISO 4217 货币代码；请用 'CNY'、'USD' 这样的代码"


@attrs.define
class CurrencyMismatch(ValueRefused):
    """Two currencies meet in one sum, comparison or book."""

    asked: str
    there: str

    def __str__(self) -> str:
        return (
            f"{self.asked} cannot be put together with {self.there}; "
            "convert it first at a stated rate and keep the rate as evidence"
        )

    def _zh(self) -> str:
        return f"{self.asked} 与 {self.there} 不能合在一起；请先按写明的汇率折算，并留存汇率依据"


@attrs.define
class UnitMismatch(ValueRefused):
    """Units of two kinds meet in one sum, or there is no exact way from one to the other.

    `known` has the units of the item `there` where one is asked for that it does not have.
    """

    asked: str
    there: str
    known: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.known:
            return f"{self.there} has no unit {self.asked!r}; it has {', '.join(map(repr, self.known))}"
        return (
            f"{self.asked} and {self.there} are different units of count and are never added; "
            "state both, or convert by a pack that the item declares"
        )

    def _zh(self) -> str:
        if self.known:
            return f"{self.there} 没有单位 {self.asked!r}；有 {'、'.join(map(repr, self.known))}"
        return f"{self.asked} 与 {self.there} 是不同的计量单位，不能相加；请分别填写，或按物资已有的包装换算"


@attrs.define
class ConversionNotWhole(ValueRefused):
    """A conversion would need a fraction of a unit."""

    count: int
    unit: str
    target: str

    def __str__(self) -> str:
        return (
            f"{self.count} {self.unit} is not a whole number of {self.target}; "
            "use the smaller unit, or state the whole packs and the rest on two lines"
        )

    def _zh(self) -> str:
        return (
            f"{self.count} {self.unit} 折不成整数的 {self.target}；请用较小的单位，或把整件与零头分两行填写"
        )
