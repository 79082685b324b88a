"""Money: whole minor units of one currency, and the one way to divide them.

An amount is an integer of fen, cents or yen, never a float, so sums are exact and nothing is tolerated.
Two currencies never meet in one sum. What is divided is divided by the cumulative rule (`portion`), under
which the parts always make up the whole: promises 2 and 4 rest on it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from reliefstock.errors import CurrencyMismatch, CurrencyUnknown, Incomplete, NotExact, NotPositive
from reliefstock.values._iso4217 import MINOR_DIGITS
from reliefstock.values._whole import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Money", "minor_digits", "portion"]

_PLAIN = re.compile(r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")

# No economy needs more; and '1E+999999999' would otherwise fill the memory before anybody could refuse it.
_MOST_DIGITS: Final = 36

# Only signs that mean one currency to a reader of Chinese or English: a bare $ does not.
_SYMBOLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AUD": "A$",
        "CAD": "CA$",
        "CNY": "¥",
        "EUR": "€",
        "GBP": "£",
        "HKD": "HK$",
        "INR": "₹",
        "JPY": "JP¥",
        "KRW": "₩",
        "NZD": "NZ$",
        "TWD": "NT$",
        "USD": "US$",
    }
)


def minor_digits(currency: str) -> int:
    """Return how many decimals a currency has (ISO 4217).

    Raises:
        CurrencyUnknown: the code is not that of an active currency. Codes are in capitals.

    >>> minor_digits("CNY"), minor_digits("JPY"), minor_digits("KWD")
    (2, 0, 3)
    """
    return _digits_of(currency)


def portion(value: int, count: int, start: int, taken: int) -> int:
    """Return the value that units `start` to `start + taken` carry out of `count` units worth `value`.

    Promise 4, no residue: the cumulative rule `value*(start+taken)//count - value*start//count`. However
    the units leave, one by one or in lots, what they carry depends only on which they are, the last unit
    takes the last minor unit with it, and no rounded unit price is ever involved.

    Args:
        value: of all units together, in minor units; may be negative.
        count: how many units there are, at least one.
        start: how many units have left before.
        taken: how many leave now.

    Raises:
        NotExact: an argument is not an int.
        NotPositive: `count` is below one.
        Incomplete: the units asked for are not all among the `count`.

    Three units worth 1.00 yuan leave one after the other:

    >>> [portion(100, 3, start, 1) for start in range(3)]
    [33, 33, 34]
    """
    for given in (value, count, start, taken):
        whole(given, "each figure of a portion")
    if count < 1:
        raise NotPositive("the number of units that carry a value", count)
    if start < 0 or taken < 0 or start + taken > count:
        asked = f"units {start} to {start + taken} are not all among {count}"
        raise Incomplete(
            "a portion of a value",
            asked,
            f"take units from 0 to {count}",
            zh=f"一笔金额的一部分：第 {start} 至 {start + taken} 件不都在 {count} 件之内；"
            f"请在 0 至 {count} 件之内取",
        )
    return value * (start + taken) // count - value * start // count


@attrs.frozen(order=False)
class Money:
    """An exact amount: whole minor units (fen, cents) of one active ISO 4217 currency.

    Amounts of two currencies are never equal, and every other meeting of them raises `CurrencyMismatch`.
    An amount is true where it is not zero.

    Raises:
        NotExact: `minor` is not an int.
        CurrencyUnknown: `currency` is not an active ISO 4217 code.

    >>> Money(26_630_000, "CNY")
    Money(minor=26630000, currency='CNY')
    >>> print(Money.of("266,300.00", "CNY") + Money.of(5, "CNY"))
    CNY 266,305.00
    """

    minor: int
    currency: str

    def __attrs_post_init__(self) -> None:
        whole(self.minor, "an amount in minor units")
        _digits_of(self.currency)

    @classmethod
    def of(cls, amount: int | str | Decimal, currency: str) -> Money:
        """Return an amount stated in major units (yuan, dollars).

        A text is a plain decimal in ASCII digits, with commas between thousands or without. Figures as
        they are printed in notices (26.63万) are not read here.

        Raises:
            NotExact: a float or another type; a text that is no plain decimal; more decimals than the
                currency has, zeros included, since 12.500 is twelve thousand to some writers; more than
                36 digits before the point.
            CurrencyUnknown: `currency` is not an active ISO 4217 code.

        >>> Money.of("266,300.00", "CNY") == Money.of(266_300, "CNY")
        True
        >>> Money.of("0.5", "JPY")
        Traceback (most recent call last):
        reliefstock.errors.NotExact: an amount in JPY with at most 0 decimals must be a whole number, \
got str '0.5'; give an int, or a text such as '12.50' where a decimal is meant
        """
        return cls(_minor_of(amount, currency), currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Return nothing of a currency.

        >>> bool(Money.zero("CNY"))
        False
        """
        return cls(0, currency)

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str) -> Money:
        """Return the sum of the amounts, in the currency all of them must have; of none, zero.

        Raises:
            CurrencyMismatch: one of them is in another currency.

        >>> print(Money.total([Money.of(1, "CNY"), Money.of("2.50", "CNY")], "CNY"))
        CNY 3.50
        """
        return sum(amounts, start=cls.zero(currency))

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact, with as many decimals as the currency has.

        >>> Money(26_630_000, "CNY").amount
        Decimal('266300.00')
        """
        # Built from text: arithmetic on Decimals would round to the context of the caller's thread.
        return Decimal(f"{self.minor}E-{_digits_of(self.currency)}")

    def split(self, parts: int) -> tuple[Money, ...]:
        """Return the amount in `parts` parts as equal as whole minor units allow; their sum is the whole.

        Raises:
            NotExact: `parts` is not an int.
            NotPositive: `parts` is below one.

        >>> [part.minor for part in Money(100, "CNY").split(3)]
        [33, 33, 34]
        """
        if whole(parts, "the number of parts") < 1:
            raise NotPositive("the number of parts", parts)
        return tuple(self._with(portion(self.minor, parts, before, 1)) for before in range(parts))

    def share(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Return the amount in parts that follow the weights, in their order; their sum is the whole.

        Each part differs from its exact share by less than one minor unit. A weight of zero gets zero.

        Raises:
            NotExact: a weight is not an int.
            NotPositive: a weight is below zero, or none is above it.

        >>> [part.minor for part in Money(1_000, "CNY").share([1, 0, 2])]
        [333, 0, 667]
        """
        for weight in weights:
            if whole(weight, "a weight") < 0:
                raise NotPositive("a weight that is not zero", weight)
        count = sum(weights)
        if count < 1:
            raise NotPositive("the sum of the weights", count)
        ends = zip(accumulate(weights), weights, strict=True)
        return tuple(self._with(portion(self.minor, count, end - weight, weight)) for end, weight in ends)

    def text(self, *, grouping: bool = True) -> str:
        """Return the amount in major units with all its decimals, and commas between thousands if wanted.

        >>> Money.of(266_300, "CNY").text(), Money.of(266_300, "CNY").text(grouping=False)
        ('266,300.00', '266300.00')
        """
        return f"{self.amount:{',' if grouping else ''}f}"

    def symbol_text(self) -> str:
        """Return the amount with the sign of its currency, or with the code where no sign is clear.

        >>> Money.of(266_300, "CNY").symbol_text(), Money.of(-5, "CHF").symbol_text()
        ('¥266,300.00', '-CHF 5.00')
        """
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{_SYMBOLS.get(self.currency, f'{self.currency} ')}{abs(self).text()}"

    def __str__(self) -> str:
        return f"{self.currency} {self.text()}"

    def __bool__(self) -> bool:
        return self.minor != 0

    def __neg__(self) -> Money:
        return self._with(-self.minor)

    def __abs__(self) -> Money:
        return self._with(abs(self.minor))

    def __add__(self, other: object) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return self._with(self.minor + self._same(other))

    def __sub__(self, other: object) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return self._with(self.minor - self._same(other))

    def __mul__(self, times: int) -> Money:
        return self._with(self.minor * whole(times, "the number of times"))

    __rmul__ = __mul__

    def __lt__(self, other: object) -> bool:
        return self.minor < self._same(other) if isinstance(other, Money) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.minor <= self._same(other) if isinstance(other, Money) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.minor > self._same(other) if isinstance(other, Money) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.minor >= self._same(other) if isinstance(other, Money) else NotImplemented

    def _with(self, minor: int) -> Money:
        return Money(minor, self.currency)

    def _same(self, other: Money) -> int:
        """Return the minor units of an amount in the same currency."""
        if other.currency != self.currency:
            raise CurrencyMismatch(other.currency, self.currency)
        return other.minor


def _digits_of(code: object) -> int:
    digits = MINOR_DIGITS.get(code) if isinstance(code, str) else None
    if digits is None:
        raise CurrencyUnknown(code)
    return digits


def _minor_of(amount: object, currency: str) -> int:
    digits = _digits_of(currency)
    exact = _decimal_of(amount)
    if exact is None or not _fits(exact, digits):
        raise NotExact(f"an amount in {currency} with at most {digits} decimals", amount)
    numerator, denominator = exact.as_integer_ratio()
    return numerator * 10**digits // denominator


def _decimal_of(amount: object) -> Decimal | None:
    if type(amount) is int or isinstance(amount, Decimal):
        return Decimal(amount)
    return Decimal(amount.replace(",", "")) if isinstance(amount, str) and _PLAIN.fullmatch(amount) else None


def _fits(exact: Decimal, digits: int) -> bool:
    """Say whether a decimal is finite, of a sane size and free of decimals beyond the last minor unit."""
    exponent = exact.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -digits and exact.adjusted() < _MOST_DIGITS
