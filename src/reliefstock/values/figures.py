"""Amounts as they are printed in reports and notices, read strictly.

"40余万元" is not 400,000 yuan: it is more than 400,000 and less than 500,000. What a printed figure says
is an interval, a measure (money, a count or a percentage), a unit and the marker it was hedged with.
A text that can be read in more than one way, or not to its end, is refused with the place and the
reason; nothing is guessed. How each marker is read stands at `parse_figure`.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from reliefstock.errors import UnitMismatch
from reliefstock.values._numerals import Numeral, Scanner, read_numeral
from reliefstock.values._words import (
    BIG_SCALES,
    CURRENCY_AFTER,
    CURRENCY_BEFORE,
    CURRENCY_LIKE,
    CURRENCY_NAMES,
    ENGLISH_NUMERALS,
    HAN_DIGITS,
    MARKERS_AFTER,
    MARKERS_BEFORE,
    MEASURE_WORDS,
    NO_UNIT_BEGINS_WITH,
    NO_UNIT_HOLDS,
    NO_UNIT_WORDS,
    PERCENT_AFTER,
    RANGE_SIGNS,
    SMALL_SCALES,
    MeasureWord,
)
from reliefstock.values.interval import Interval, number_text

if TYPE_CHECKING:
    from reliefstock.values._language import Language

__all__ = ["MEASURE_WORDS", "Figure", "MeasureWord", "parse_figure"]

_LONGEST: Final = 64  # characters; a figure is a few words, and int() has a limit of its own
_LONGEST_WORD: Final = 12
_MOST_WORDS: Final = 3
_FIRST_HAN: Final = "\u2e80"
_PERCENT_OF: Final = "百分之"
_TWICE: Final = "the figure is marked twice; which of the two is meant is not said"
_NUMBER_BEGINS: Final = (
    *"0123456789",
    *HAN_DIGITS,
    *SMALL_SCALES,
    *BIG_SCALES,
    *ENGLISH_NUMERALS,
    *CURRENCY_BEFORE,
)
_ONE: Final = "[1-9" + "".join(figure for figure, value in HAN_DIGITS.items() if value) + "]"
_CHANGE: Final = re.compile(f"(?:[零〇]?({_ONE})[角毛])(?:[零〇]?({_ONE})分)?|[零〇]?({_ONE})分")
_KUAI: Final = re.compile(f"块(?=钱|{_ONE}[角毛])")
_LONG_MARKERS: Final = tuple(word for word in MARKERS_BEFORE if len(word) > 1 and not word.isascii())
_WORDS_BY_CODE: Final = {word.code: word for word in MEASURE_WORDS.values()}


@attrs.frozen
class Figure:
    """What a printed amount says.

    `interval` is in yuan or another MAJOR unit where `measure` is "money"; in things of `unit` where it is
    "count"; and in hundredths, so that 50% is 50, where it is "percent". `unit` is the code of the currency,
    the code of the unit of count ("" for a bare number), or "%". `marker` is "exact", "more" (余, 多),
    "nearly", "about", "at least", "at most", "over", "under" or "range".
    """

    text: str
    interval: Interval
    measure: str
    unit: str
    currency: str | None
    marker: str

    def minor_interval(self, digits: int) -> Interval:
        """The amount in minor units of a currency with so many decimal digits: fen for 2.

        Raises:
            UnitMismatch: the figure is no money.
            NotExact: `digits` is negative or no whole number.

        >>> parse_figure("40余万元").minor_interval(2).text("en")
        '40,000,000–50,000,000 (both excluded)'
        """
        if self.measure != "money":
            raise UnitMismatch("minor units of money", self.unit or "a bare number")
        return self.interval.scaled(10**digits)

    def text_in(self, lang: Language) -> str:
        """What the figure says, spelled out, whatever language it was printed in.

        Raises:
            Incomplete: `lang` is neither 'en' nor 'zh'.

        >>> parse_figure("40余万元").text_in("zh"), parse_figure("300余份").text_in("en")
        ('大于400,000元、小于500,000元', '300 copy–400 copy (both excluded)')
        """
        return self.interval.text(lang, lambda number: self._print(number_text(number), lang))

    def _print(self, number: str, lang: Language) -> str:
        if self.currency is not None:
            return number + CURRENCY_NAMES[self.currency] if lang == "zh" else f"{self.currency} {number}"
        if self.measure == "percent" or not self.unit:
            return number + self.unit
        word = _WORDS_BY_CODE.get(self.unit, MeasureWord(self.unit, self.unit, self.unit))
        return number + word.zh if lang == "zh" and not word.zh.isascii() else f"{number} {word.en}".rstrip()


def parse_figure(text: str) -> Figure:
    """Read an amount as printed, in Chinese or English.

    Figures may be ASCII, full-width, Chinese or formal Chinese, grouped by thousands, scaled by 万, 亿 or
    "million", and marked. The number is exact as stated, to the place printed. With a marker:

    - 余, 多: more than the number, by less than the place of its last figure that is not zero;
    - 近, "nearly": less than the number, by less than that place;
    - 约, 左右, "about": either side by half of that place, both ends included;
    - 以上, "at least" and 以下, "at most": the number is included;
    - 超过, "over" and "more than": more than the number, and no upper bound, as none is said;
    - 不足, "less than": less than the number, down to nothing;
    - two numbers, 3至5人: either and all between.

    Raises:
        UnreadableFigure: the text cannot be read to its end in one way only.

    >>> figure = parse_figure("40余万元")
    >>> figure.interval.low, figure.interval.high, figure.currency, figure.marker
    (Fraction(400000, 1), Fraction(500000, 1), 'CNY', 'more')
    >>> parse_figure("1500余人次").unit
    'person-time'
    """
    scanner = Scanner(text.rstrip(), len(text.rstrip()) - len(text.strip()))
    if not 0 < len(text.strip()) <= _LONGEST:
        raise scanner.refuse(f"a figure has 1 to {_LONGEST} characters")
    head = _read_head(scanner)
    side = _read_side(scanner, head)
    scanner.skip_space()
    if scanner.find(RANGE_SIGNS) is None:
        interval, marker = _marked(scanner, head, side)
    else:
        interval, side, marker = *_between(scanner, head, side), "range"
    _check_end(scanner)
    currency = side.unit if side.measure == "money" else None
    return Figure(text.strip(), interval, side.measure, side.unit, currency, marker)


def _check_end(scanner: Scanner) -> None:
    scanner.skip_space()
    if not scanner.at_end():
        raise scanner.refuse("the figure should end here")


# ---- before the number


@attrs.frozen
class _Head:
    """What stands before a number."""

    currency: str | None
    marker: str | None
    percent: bool


def _read_head(scanner: Scanner) -> _Head:
    currency: str | None = None
    marker: str | None = None
    while True:
        scanner.skip_space()
        if (word := scanner.find(MARKERS_BEFORE)) is not None:
            if marker is not None:
                raise scanner.refuse(_TWICE)
            marker = MARKERS_BEFORE[word]
        elif (word := scanner.find(CURRENCY_BEFORE)) is not None:
            if currency is not None:
                raise scanner.refuse("the currency is stated twice")
            currency = CURRENCY_BEFORE[word]
        else:
            return _Head(currency, marker, scanner.take((_PERCENT_OF,)) is not None)
        scanner.at += len(word)


# ---- the number and its unit


@attrs.frozen
class _Side:
    """A number with its unit. `closed` says that the unit stands after it."""

    numeral: Numeral
    value: Fraction
    measure: str
    unit: str
    closed: bool = True


def _read_side(scanner: Scanner, head: _Head) -> _Side:
    numeral = read_numeral(scanner)
    before = scanner.at
    scanner.skip_space()
    side = _with_percent(scanner, head, numeral) or _with_money(scanner, head, numeral)
    if side is None:
        unit = _read_unit(scanner)
        side = _Side(numeral, numeral.value, "count", unit, closed=unit != "")
    return _in_currency(scanner, head, side, before)


def _with_percent(scanner: Scanner, head: _Head, numeral: Numeral) -> _Side | None:
    if head.percent:
        return _Side(numeral, numeral.value, "percent", "%", closed=False)
    if scanner.take(PERCENT_AFTER) is None:
        return None
    return _Side(numeral, numeral.value, "percent", "%")


def _in_currency(scanner: Scanner, head: _Head, side: _Side, at: int) -> _Side:
    """Let the currency before the number hold, unless what stands after it says another thing."""
    if head.currency is None or (side.measure, side.unit) == ("money", head.currency):
        return side
    if (side.measure, side.unit) != ("count", ""):
        raise scanner.refuse(f"{head.currency} stands before the number and {side.unit} after it", at)
    return attrs.evolve(side, measure="money", unit=head.currency)


def _with_money(scanner: Scanner, head: _Head, numeral: Numeral) -> _Side | None:
    word = scanner.take(CURRENCY_AFTER)
    if word is not None:
        return _Side(numeral, numeral.value, "money", CURRENCY_AFTER[word])
    value = _yuan(scanner, numeral, in_yuan=head.currency == "CNY")
    if value is None:
        return None
    scanner.take(("整", "正", "钱"))
    return _Side(numeral, value, "money", "CNY")


def _yuan(scanner: Scanner, numeral: Numeral, *, in_yuan: bool) -> Fraction | None:
    """Yuan, jiao and fen. 块 also counts boards and 分 also points, so alone they are money only if said."""
    if scanner.take(("元", "圆")) or _take_kuai(scanner, in_yuan=in_yuan):
        return numeral.value + _change(scanner, numeral, places=1)
    if scanner.take(("角", "毛", "jiao")):
        return numeral.value / 10 + _change(scanner, numeral, places=2)  # exact: Fraction
    if scanner.take(("分钱", "fen", *(("分",) if in_yuan else ()))):
        return numeral.value / 100  # exact: Fraction
    return None


def _take_kuai(scanner: Scanner, *, in_yuan: bool) -> bool:
    if in_yuan or _KUAI.match(scanner.plain, scanner.at):
        return scanner.take(("块",)) is not None
    return False


def _change(scanner: Scanner, numeral: Numeral, places: int) -> Fraction:
    """The jiao and fen that stand after whole yuan (places=1), or the fen after jiao (places=2)."""
    at = scanner.at
    found = _CHANGE.match(scanner.plain, at)
    if found is None:
        return Fraction(0)
    jiao, fen = found[1], found[2] or found[3]
    if numeral.more or numeral.value.denominator > 1 or (jiao and places > 1):
        raise scanner.refuse("jiao and fen stand after a whole, unmarked number", at)
    scanner.at = found.end()
    return Fraction(_figure(jiao), 10) + Fraction(_figure(fen), 100)


def _figure(printed: str | None) -> int:
    if printed is None:
        return 0
    return HAN_DIGITS[printed] if printed in HAN_DIGITS else int(printed)


def _read_unit(scanner: Scanner) -> str:
    start, end = scanner.at, _unit_end(scanner)
    plain = scanner.plain[start:end].rstrip(" ")
    known = MEASURE_WORDS.get(plain)
    printed = unicodedata.normalize("NFC", scanner.text[start : start + len(plain)])
    if known is None and printed:
        _check_unit(scanner, printed)
    scanner.at = end
    return known.code if known else printed


def _unit_end(scanner: Scanner) -> int:
    """Where a suffixed marker or the second number of a range begins, or the end of the text."""
    places = range(scanner.at, len(scanner.plain))
    return next((at for at in places if _ends_a_unit(scanner, at)), len(scanner.plain))


def _ends_a_unit(scanner: Scanner, at: int) -> bool:
    if scanner.find(MARKERS_AFTER, at) is not None:
        return True
    sign = scanner.find(RANGE_SIGNS, at)
    return sign is not None and _begins_a_number(scanner, at + len(sign))


def _begins_a_number(scanner: Scanner, at: int) -> bool:
    following = len(scanner.plain) - len(scanner.plain[at:].lstrip(" "))
    return scanner.find(_NUMBER_BEGINS, following) is not None


def _check_unit(scanner: Scanner, printed: str) -> None:
    """Take a word that no table has as a unit only if it cannot hide a part of the figure."""
    words = printed.lower().split(" ")
    if not all(word.isalpha() and len(word) <= _LONGEST_WORD for word in words) or len(words) > _MOST_WORDS:
        raise scanner.refuse(f"no unit of count: up to {_MOST_WORDS} words of up to {_LONGEST_WORD} letters")
    if not NO_UNIT_HOLDS.isdisjoint(printed) or not NO_UNIT_WORDS.isdisjoint(words):
        raise scanner.refuse("this may be a part of the figure or a unit; write it so that it is one only")
    if min(printed) < _FIRST_HAN <= max(printed):
        raise scanner.refuse("a unit of count is Chinese or in letters, not both")
    if printed.startswith(NO_UNIT_BEGINS_WITH) or any(word in printed for word in _LONG_MARKERS):
        raise scanner.refuse("a marker stands where a unit should stand")
    if any(money in printed.replace("单元", "") for money in CURRENCY_LIKE):
        raise scanner.refuse("this looks like a currency, and not one that can be told")


# ---- what a marker makes of the number


def _marked(scanner: Scanner, head: _Head, side: _Side) -> tuple[Interval, str]:
    at = scanner.at
    word = scanner.take(MARKERS_AFTER)
    stated = [head.marker, "more" if side.numeral.more else None, MARKERS_AFTER[word] if word else None]
    markers = [marker for marker in stated if marker is not None]
    if len(markers) > 1:
        raise scanner.refuse(_TWICE, at)
    if side.numeral.implied and not markers:
        raise scanner.refuse("a scale without a figure is a heading, not an amount", at)
    marker = markers[0] if markers else "exact"
    if side.value == 0 and marker in ("more", "nearly", "about", "under"):
        raise scanner.refuse("nothing is neither nearly, about nor more than nothing", at)
    return _interval(side.value, marker), marker


def _interval(value: Fraction, marker: str) -> Interval:
    place = _last_place(value)
    readings = {
        "exact": (value, value, False, False),
        "more": (value, value + place, True, True),
        "nearly": (value - place, value, True, True),
        "about": (value - place / 2, value + place / 2, False, False),  # exact: Fraction
        "at least": (value, None, False, False),
        "at most": (Fraction(0), value, False, False),
        "over": (value, None, True, False),
        "under": (Fraction(0), value, False, True),
    }
    low, high, low_open, high_open = readings[marker]
    return Interval(low, high, low_open=low_open, high_open=high_open)


def _last_place(value: Fraction) -> Fraction:
    """The place of the last figure that is not zero: 100,000 for 400,000, and 1,000 for 13,000."""
    place = Fraction(1)
    while (value / place).denominator > 1:  # exact: Fraction
        place /= 10  # exact: Fraction
    while value and (value / (place * 10)).denominator == 1:  # exact: Fraction
        place *= 10
    return place


def _between(scanner: Scanner, head: _Head, low: _Side) -> tuple[Interval, _Side]:
    at = scanner.at
    sign = scanner.take(RANGE_SIGNS)
    if low.numeral.in_english and sign != "to":
        raise scanner.refuse("number words with a hyphen may be one number or two", at)
    own = _read_head(scanner)
    percent = own.percent or head.percent
    high = _read_side(scanner, _Head(own.currency or head.currency, None, percent))
    marks = (head.marker, own.marker, low.numeral.more, high.numeral.more)
    if any(marks) or low.numeral.implied or high.numeral.implied:
        raise scanner.refuse("a range has two plain bounds and no marker", at)
    _check_bounds(scanner, low, high, at)
    return Interval(low.value, high.value), high


def _check_bounds(scanner: Scanner, low: _Side, high: _Side, at: int) -> None:
    if high.numeral.scaled and not low.numeral.scaled and not low.closed:
        raise scanner.refuse("whether the scale holds for both bounds is not said; write it at both", at)
    if (low.closed or low.measure != "count") and (low.measure, low.unit) != (high.measure, high.unit):
        raise scanner.refuse("the two bounds have different units", at)
    if low.value >= high.value:
        raise scanner.refuse("the first bound of a range is the lower one", at)
