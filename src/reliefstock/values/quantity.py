"""Quantity: a whole number of one unit of count, and the packs it comes in.

A unit hangs on a root by an exact ratio: a box of 24 is 24 pieces, a 斤 is 500 grams. Units of one root are
converted, compared and added exactly or not at all. Units of two roots never meet: persons, person-times,
households and household-times each have a root of their own, because nobody may add them up.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, Final

import attrs

from reliefstock.errors import BadIdentifier, ConversionNotWhole, NotPositive, UnitMismatch
from reliefstock.values._language import choose
from reliefstock.values._whole import whole
from reliefstock.values.identifiers import identifier

if TYPE_CHECKING:
    from reliefstock.values._language import Language

__all__ = [
    "GRAM",
    "HOUSEHOLD",
    "HOUSEHOLD_TIME",
    "JIN",
    "KILOGRAM",
    "LIANG",
    "LITRE",
    "MILLILITRE",
    "PERSON",
    "PERSON_TIME",
    "PIECE",
    "SET",
    "TONNE",
    "Quantity",
    "Unit",
]


@attrs.frozen
class Unit:
    """A unit of count: one `code` is `numerator`/`denominator` of the unit `root`, in lowest terms.

    Two units are equal when code, root and ratio are; the words for people (`zh`, `en`) do not count.

    Raises:
        BadIdentifier: `code` or `root` is no identifier, or a pack has the code of its root.
        NotExact: the ratio is not made of ints.
        NotPositive: the ratio is not above zero.

    >>> Unit("jin", "g", 1000, 2, zh="斤", en="jin").ratio
    Fraction(500, 1)
    """

    code: str
    root: str
    numerator: int
    denominator: int
    zh: str = attrs.field(default="", eq=False)
    en: str = attrs.field(default="", eq=False)

    def __attrs_post_init__(self) -> None:
        self._settle("code", identifier(self.code, "unit of count"))
        self._settle("root", identifier(self.root, "unit of count"))
        for part in (self.numerator, self.denominator):
            if whole(part, "the ratio of a unit") < 1:
                raise NotPositive(f"the ratio of the unit {self.code}", part)
        self._reduce()
        if self.code == self.root and self.ratio != 1:
            raise BadIdentifier("pack", self.code, "it is the code of the unit that it is a pack of")

    @classmethod
    def counting(cls, code: str, *, zh: str = "", en: str = "") -> Unit:
        """Return a unit that is its own root.

        Raises:
            BadIdentifier: `code` is no identifier.

        >>> Unit.counting("tent", zh="顶", en="tent").ratio
        Fraction(1, 1)
        """
        return cls(code, code, 1, 1, zh, en)

    def pack(self, code: str, holds: int | Fraction, zh: str = "", en: str = "") -> Unit:
        """Return a unit of the same root of which one holds `holds` of this unit.

        Raises:
            NotExact: `holds` is neither int nor Fraction.
            NotPositive: `holds` is not above zero.
            BadIdentifier: `code` is no identifier, or is that of the root.

        >>> box = PIECE.pack("box of 24", 24)
        >>> box.pack("pallet", 40).ratio
        Fraction(960, 1)
        """
        ratio = self.ratio * _ratio_of(holds, f"what one {code} holds")
        return Unit(code, self.root, ratio.numerator, ratio.denominator, zh, en)

    @property
    def ratio(self) -> Fraction:
        """How many of the root one of this unit is.

        >>> KILOGRAM.ratio
        Fraction(1000, 1)
        """
        return Fraction(self.numerator, self.denominator)

    def name(self, lang: Language = "en") -> str:
        """Return the word for the unit in a language, or its code where none was given.

        Raises:
            Incomplete: `lang` is neither 'en' nor 'zh'.

        >>> PIECE.name("zh"), PIECE.pack("box of 24", 24).name("zh")
        ('件', 'box of 24')
        """
        return choose(lang, en=self.en, zh=self.zh) or self.code

    def __str__(self) -> str:
        return self.code

    def _reduce(self) -> None:
        common = gcd(self.numerator, self.denominator)
        self._settle("numerator", self.numerator // common)
        self._settle("denominator", self.denominator // common)

    def _settle(self, field: str, value: object) -> None:
        # Only while the unit is being made: equality needs one form of the id and of the ratio.
        object.__setattr__(self, field, value)


@attrs.frozen(order=False, eq=False)
class Quantity:
    """A whole number of one unit; of any sign, since differences are quantities too.

    Quantities of one root are equal when they are the same amount of it: 1 box of 24 equals 24 pieces.
    Those of two roots are unequal, and every other meeting of them raises `UnitMismatch`.

    Raises:
        NotExact: `count` is not an int.

    >>> Quantity(1, PIECE.pack("box of 24", 24)) == Quantity(24, PIECE)
    True
    """

    count: int
    unit: Unit

    def __attrs_post_init__(self) -> None:
        whole(self.count, "a quantity")

    @property
    def ratio_in_root(self) -> Fraction:
        """How many of the root unit it is, exactly.

        >>> Quantity(3, JIN).ratio_in_root
        Fraction(1500, 1)
        """
        return Fraction(self.count * self.unit.numerator, self.unit.denominator)

    def to(self, unit: Unit) -> Quantity:
        """Return the same amount in another unit of the same root.

        Raises:
            UnitMismatch: the unit has another root.
            ConversionNotWhole: the amount is not a whole number of that unit.

        >>> print(Quantity(8_500, JIN).to(KILOGRAM))
        4,250 kg
        """
        count = self._beside(unit) / unit.ratio  # exact: Fraction
        if count.denominator != 1:
            raise ConversionNotWhole(self.count, self.unit.code, unit.code)
        return Quantity(count.numerator, unit)

    def packs(self, unit: Unit) -> tuple[Quantity, Quantity]:
        """Return the whole packs in it and the rest, together exactly this; below zero, both are.

        The rest is in this unit where it can be, otherwise as `-` would give it.

        Raises:
            UnitMismatch: the pack has another root.
            ConversionNotWhole: the rest is no whole number of any unit at hand.

        >>> whole_packs, rest = Quantity(50, PIECE).packs(PIECE.pack("box of 24", 24))
        >>> print(whole_packs, "and", rest)
        2 box of 24 and 2 piece
        """
        amount = self._beside(unit)
        full = abs(amount) // unit.ratio
        packed = Quantity(full if amount >= 0 else -full, unit)
        return packed, self - packed

    def text(self, lang: Language = "en") -> str:
        """Return count and unit as people read them: '36,000 piece', '36,000件'.

        The word for the unit stands as it was given; no plural is made of it.

        Raises:
            Incomplete: `lang` is neither 'en' nor 'zh'.

        >>> Quantity(36_000, PIECE).text("zh")
        '36,000件'
        """
        word = self.unit.name(lang)
        # Chinese sets no space after a number, but a code in Latin letters would run into it.
        return f"{self.count:,}{'' if lang == 'zh' and not word.isascii() else ' '}{word}"

    def __str__(self) -> str:
        return self.text()

    def __bool__(self) -> bool:
        return self.count != 0

    def __neg__(self) -> Quantity:
        return Quantity(-self.count, self.unit)

    def __abs__(self) -> Quantity:
        return Quantity(abs(self.count), self.unit)

    def __add__(self, other: object) -> Quantity:
        return self._plus(other) if isinstance(other, Quantity) else NotImplemented

    def __sub__(self, other: object) -> Quantity:
        return self._plus(-other) if isinstance(other, Quantity) else NotImplemented

    def __mul__(self, times: int) -> Quantity:
        return Quantity(self.count * whole(times, "the number of times"), self.unit)

    __rmul__ = __mul__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.unit.root == other.unit.root and self.ratio_in_root == other.ratio_in_root

    def __hash__(self) -> int:
        return hash((self.unit.root, self.ratio_in_root))

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self._beside(other.unit) < other.ratio_in_root

    def __le__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self._beside(other.unit) <= other.ratio_in_root

    def __gt__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self._beside(other.unit) > other.ratio_in_root

    def __ge__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self._beside(other.unit) >= other.ratio_in_root

    def _beside(self, unit: Unit) -> Fraction:
        """Return the amount in the root, which the other unit must share."""
        if unit.root != self.unit.root:
            raise UnitMismatch(unit.code, self.unit.code)
        return self.ratio_in_root

    def _plus(self, other: Quantity) -> Quantity:
        """Return the sum in this unit if it is whole there, else in the other, else in their root."""
        if other.unit == self.unit:
            return Quantity(self.count + other.count, self.unit)
        amount = self._beside(other.unit) + other.ratio_in_root
        for unit in (self.unit, other.unit, _root_of(self.unit)):
            count = amount / unit.ratio  # exact: Fraction
            if count.denominator == 1:
                return Quantity(count.numerator, unit)
        raise ConversionNotWhole(other.count, other.unit.code, self.unit.code)


def _ratio_of(holds: object, what: str) -> Fraction:
    ratio = holds if isinstance(holds, Fraction) else Fraction(whole(holds, what))
    if ratio <= 0:
        raise NotPositive(what, ratio)
    return ratio


def _root_of(unit: Unit) -> Unit:
    """Return the root of a unit, with its words where it is one of the ready units."""
    ready = (known for known in _ROOTS if known.code == unit.root)
    return next(ready, Unit.counting(unit.root))


PIECE: Final = Unit.counting("piece", zh="件", en="piece")
SET: Final = Unit.counting("set", zh="套", en="set")

GRAM: Final = Unit.counting("g", zh="克", en="g")
KILOGRAM: Final = GRAM.pack("kg", 1_000, zh="公斤", en="kg")
TONNE: Final = KILOGRAM.pack("t", 1_000, zh="吨", en="t")
JIN: Final = GRAM.pack("jin", 500, zh="斤", en="jin")
LIANG: Final = GRAM.pack("liang", 50, zh="两", en="liang")

MILLILITRE: Final = Unit.counting("mL", zh="毫升", en="mL")
LITRE: Final = MILLILITRE.pack("L", 1_000, zh="升", en="L")

PERSON: Final = Unit.counting("person", zh="人", en="person")
PERSON_TIME: Final = Unit.counting("person-time", zh="人次", en="person-time")
HOUSEHOLD: Final = Unit.counting("household", zh="户", en="household")
HOUSEHOLD_TIME: Final = Unit.counting("household-time", zh="户次", en="household-time")

_ROOTS: Final = (PIECE, SET, GRAM, MILLILITRE, PERSON, PERSON_TIME, HOUSEHOLD, HOUSEHOLD_TIME)
