"""What is known of a number that is not known exactly.

A printed "40余万" says more than 400,000 and less than 500,000, and no more than that. An interval keeps
just this: two bounds, each included or not, and the upper one may be missing. Its arithmetic is exact,
over `fractions.Fraction`, so a verdict that rests on it never depends on rounding.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from reliefstock.errors import Incomplete, NotExact, NotPositive
from reliefstock.values._language import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from reliefstock.values._language import Language

__all__ = ["Interval", "number_text"]


def _exact(number: object) -> Fraction:
    """Take an int or a Fraction; refuse floats, and bools, which are ints to Python only."""
    if isinstance(number, bool) or not isinstance(number, int | Fraction):
        raise NotExact("bound", number)
    return Fraction(number)


def _low(number: int | Fraction) -> Fraction:
    return _exact(number)


def _high(number: int | Fraction | None) -> Fraction | None:
    return None if number is None else _exact(number)


def number_text(number: Fraction) -> str:
    """Print a number in full: grouped by thousands, as a decimal where that is exact, else as a ratio.

    >>> number_text(Fraction(266300)), number_text(Fraction(-7, 2)), number_text(Fraction(1, 3))
    ('266,300', '-3.5', '1/3')
    """
    places = _decimal_places(number.denominator)
    if places is None:
        return f"{number.numerator:,}/{number.denominator:,}"
    whole, rest = divmod(abs(number.numerator) * 10**places // number.denominator, 10**places)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole:,}" + (f".{rest:0{places}d}" if places else "")


def _decimal_places(denominator: int) -> int | None:
    """How many decimals write a ratio with this denominator exactly; None if no number of them does."""
    twos, rest = _times(denominator, 2)
    fives, rest = _times(rest, 5)
    return max(twos, fives) if rest == 1 else None


def _times(number: int, factor: int) -> tuple[int, int]:
    count = 0
    while number % factor == 0:
        number, count = number // factor, count + 1
    return count, number


@attrs.frozen
class Interval:
    """All numbers from `low` to `high`, each bound included unless it is said to be open.

    The bounds carry no unit: whoever holds the interval says whether it counts fen, yuan or boxes.
    `high` is None where there is no upper bound.

    Raises:
        NotExact: a bound is a float, a bool or another inexact type.
        Incomplete: no number lies between the bounds.

    >>> claimed = Interval(400_000, 500_000, low_open=True, high_open=True)
    >>> claimed.holds(400_000), claimed.holds(400_001)
    (False, True)
    """

    low: Fraction = attrs.field(converter=_low)
    high: Fraction | None = attrs.field(converter=_high)
    low_open: bool = attrs.field(default=False, kw_only=True)
    high_open: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.high is None:
            # Where there is no bound there is none to exclude; one spelling keeps equality honest.
            object.__setattr__(self, "high_open", False)
        elif self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise Incomplete(
                "interval",
                f"no number lies between {self.low} and {self.high} as stated",
                "give a low bound below the high one, or the same one twice with both included",
                zh=f"区间：按所写上下限，{self.low} 与 {self.high} 之间没有数；请使下限小于上限，"
                "或两者相同且都包含在内",
            )

    @classmethod
    def exactly(cls, number: int | Fraction) -> Interval:
        """One number and no other.

        >>> Interval.exactly(266_300).is_exact
        True
        """
        return cls(number, number)

    @classmethod
    def at_least(cls, number: int | Fraction) -> Interval:
        """That number or any above it.

        >>> Interval.at_least(50).holds(50)
        True
        """
        return cls(number, None)

    @classmethod
    def unknown(cls) -> Interval:
        """Any amount: nothing is known but that an amount is not below zero.

        >>> Interval.unknown().holds(0)
        True
        """
        return cls(0, None)

    @property
    def is_exact(self) -> bool:
        """Whether the interval is a single number."""
        return self.low == self.high

    def holds(self, number: int | Fraction) -> bool:
        """Whether the number lies in the interval.

        Raises:
            NotExact: the number is a float, a bool or another inexact type.

        >>> Interval(300, 400, low_open=True, high_open=True).holds(399)
        True
        """
        return Interval.exactly(number).inside(self)

    def inside(self, other: Interval) -> bool:
        """Whether every number of this interval is one of the other.

        >>> Interval.exactly(310).inside(Interval(300, 400))
        True
        """
        return self._starts_within(other) and self._ends_within(other)

    def _starts_within(self, other: Interval) -> bool:
        if self.low == other.low:
            return self.low_open or not other.low_open
        return self.low > other.low

    def _ends_within(self, other: Interval) -> bool:
        if other.high is None or self.high is None:
            return other.high is None
        if self.high == other.high:
            return self.high_open or not other.high_open
        return self.high < other.high

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both.

        >>> Interval(0, 300).meets(Interval(300, 400, low_open=True))
        False
        """
        return not (self.below(other) or self.above(other))

    def below(self, other: Interval) -> bool:
        """Whether every number of this interval is less than every number of the other.

        >>> Interval.exactly(266_300).below(Interval.at_least(400_000))
        True
        """
        if self.high is None:
            return False
        if self.high == other.low:
            return self.high_open or other.low_open
        return self.high < other.low

    def above(self, other: Interval) -> bool:
        """Whether every number of this interval is more than every number of the other.

        >>> Interval.exactly(36_000).above(Interval.exactly(32_000))
        True
        """
        return other.below(self)

    def __add__(self, other: Interval | int | Fraction) -> Interval:
        """All sums of a number of the one and a number of the other.

        A bound of the sum is open if either of the bounds it is made of is.
        """
        addend = other if isinstance(other, Interval) else Interval.exactly(other)
        return Interval(
            self.low + addend.low,
            None if self.high is None or addend.high is None else self.high + addend.high,
            low_open=self.low_open or addend.low_open,
            high_open=self.high_open or addend.high_open,
        )

    __radd__ = __add__  # so that sum() can start from zero

    def gap_to(self, other: Interval) -> Interval | None:
        """What must be added to this interval to get into the other; None if nothing must.

        The gap holds every difference between a number of the other and a number of this, so it is
        never zero or less. It is None unless this lies wholly below the other: where the two meet,
        nothing need be missing; where this lies above, there is an excess, which is
        `other.gap_to(self)`.

        >>> claimed = Interval(400_000, 500_000, low_open=True, high_open=True)
        >>> Interval.exactly(266_300).gap_to(claimed).text("en")
        '133,700–233,700 (both excluded)'
        """
        if self.high is None or not self.below(other):
            return None
        return Interval(
            other.low - self.high,
            None if other.high is None else other.high - self.low,
            low_open=other.low_open or self.high_open,
            high_open=other.high_open or self.low_open,
        )

    def scaled(self, factor: int | Fraction) -> Interval:
        """Every number times a factor above zero: from yuan to fen, or from packs to pieces.

        Raises:
            NotExact: the factor is a float, a bool or another inexact type.
            NotPositive: the factor is not above zero.

        >>> Interval(1, 2).scaled(100) == Interval(100, 200)
        True
        """
        by = _exact(factor)
        if by <= 0:
            raise NotPositive("factor", factor)
        return Interval(
            self.low * by,
            None if self.high is None else self.high * by,
            low_open=self.low_open,
            high_open=self.high_open,
        )

    def text(self, lang: Language, each: Callable[[Fraction], str] = number_text) -> str:
        """The interval in words; `each` prints one bound, say with its unit.

        A bound that is not said to be excluded is included. A lower bound of zero, included, goes
        unsaid where there is an upper one.

        Raises:
            Incomplete: `lang` is neither 'en' nor 'zh'.

        >>> Interval(400_000, 500_000, low_open=True, high_open=True).text("zh")
        '大于400,000、小于500,000'
        >>> Interval(0, 500, high_open=True).text("en")
        'less than 500'
        """
        return choose(lang, en=_in_english(self, each), zh=_in_chinese(self, each))


def _in_chinese(interval: Interval, each: Callable[[Fraction], str]) -> str:
    if interval.is_exact:
        return each(interval.low)
    low = ("大于" if interval.low_open else "不少于") + each(interval.low)
    if interval.high is None:
        return low
    high = ("小于" if interval.high_open else "不大于") + each(interval.high)
    return high if _starts_at_nothing(interval) else f"{low}、{high}"


def _in_english(interval: Interval, each: Callable[[Fraction], str]) -> str:
    low = each(interval.low)
    if interval.is_exact:
        return low
    if interval.high is None:
        return f"more than {low}" if interval.low_open else f"at least {low}"
    high = each(interval.high)
    if _starts_at_nothing(interval):
        return f"less than {high}" if interval.high_open else f"at most {high}"
    return f"{low}–{high}{_excluded(interval, low, high)}"


def _starts_at_nothing(interval: Interval) -> bool:
    return interval.low == 0 and not interval.low_open


def _excluded(interval: Interval, low: str, high: str) -> str:
    if interval.low_open and interval.high_open:
        return " (both excluded)"
    if interval.low_open:
        return f" ({low} excluded)"
    return f" ({high} excluded)" if interval.high_open else ""
