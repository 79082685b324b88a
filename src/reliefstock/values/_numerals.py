"""Numbers as printed: 266,300 · ４０ · 26.63万 · 三百二十 · 壹佰零伍 · 1.3 million.

A number is first cut into marks (figures, 零, scales, 余) and then added up from the largest scale
down. Wherever the same print could stand for two numbers, as 1万2 for 12,000 and 10,002, it is refused.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from reliefstock.errors import UnreadableFigure
from reliefstock.values._words import (
    BIG_SCALES,
    ENGLISH_NUMERALS,
    ENGLISH_SCALES,
    HAN_DIGITS,
    SMALL_SCALES,
    VAGUE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Numeral", "Scanner", "read_numeral"]

# One character for one, so that positions in the folded text are positions in the printed one.
_FOLDED: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full-width forms to ASCII
    **{ord(space): " " for space in "\u3000\u00a0\u2009\u202f\t"},
    ord("￥"): "¥",
    ord("￡"): "£",
    ord("−"): "-",
}
_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

_FIGURES: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
_HAN_RUN: Final = re.compile(f"[{''.join(HAN_DIGITS)}]+")
_WAN: Final = 4  # powers of ten
_YI: Final = 8
_LEADING_ZERO: Final = "an amount does not begin with zero"
_ZERO: Final = "零〇"
_TWO: Final = "两兩"
# 千 before these makes a unit of weight or length, not a thousand of the smaller one.
_AFTER_KILO: Final = "克米"


@attrs.define
class Scanner:
    """A text and how far it has been read."""

    text: str
    at: int = 0
    plain: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.plain = self.text.translate(_FOLDED).translate(_LOWER)

    def refuse(self, reason: str, at: int | None = None) -> UnreadableFigure:
        return UnreadableFigure(self.text, self.at if at is None else at, reason)

    def skip_space(self) -> None:
        while self.plain[self.at : self.at + 1] == " ":
            self.at += 1

    def at_end(self) -> bool:
        return self.at == len(self.plain)

    def look(self, offset: int = 0) -> str:
        """The character `offset` places on, or an empty text beyond the end."""
        return self.plain[self.at + offset : self.at + offset + 1]

    def find(self, words: Iterable[str], at: int | None = None) -> str | None:
        """The longest of the words that stands here, or at `at`; a Latin word only as a whole word."""
        start = self.at if at is None else at
        return max((word for word in words if self._stands(word, start)), key=len, default=None)

    def take(self, words: Iterable[str]) -> str | None:
        """Read past the longest of the words that stands here."""
        word = self.find(words)
        if word is not None:
            self.at += len(word)
        return word

    def _stands(self, word: str, at: int) -> bool:
        if not self.plain.startswith(word, at):
            return False
        end = at + len(word)
        grown = _is_latin(word[-1]) and _is_latin(self.plain[end : end + 1])
        return not grown and not (_is_latin(word[0]) and _is_latin(self.plain[:at][-1:]))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


@attrs.frozen
class Numeral:
    """A number that was read: its value, whether 余 stood after it, whether it was scaled or implied."""

    value: Fraction
    more: bool = False
    scaled: bool = False
    implied: bool = False
    in_english: bool = False


@attrs.frozen
class _Mark:
    """A part of a number: figures with a value, 零, or a scale with its power of ten."""

    at: int
    value: Fraction | None = None
    width: int = 0  # how many figures are printed, none for a one that is not printed
    power: int = 0

    @property
    def is_zero(self) -> bool:
        return self.value is None and self.power == 0


def read_numeral(scanner: Scanner) -> Numeral:
    """Read a number. Raises `UnreadableFigure` where there is none, or one that is not unique."""
    if scanner.find(VAGUE) is not None:
        raise scanner.refuse("this says no number")
    word = scanner.take(ENGLISH_NUMERALS)
    if word is not None:
        return _scaled_in_english(scanner, Fraction(ENGLISH_NUMERALS[word]), in_english=True)
    marks, more = _marks(scanner)
    if not marks:
        raise scanner.refuse(_why_no_number(scanner))
    if len(marks) == 1 and not more:
        return _scaled_in_english(scanner, _value(scanner, marks), in_english=False)
    return Numeral(
        _value(scanner, marks),
        more=more,
        scaled=any(mark.power for mark in marks),
        implied=len(marks) > 1 and marks[0].at == marks[1].at and marks[1].power > 1,
    )


def _why_no_number(scanner: Scanner) -> str:
    if scanner.look() == "-":
        return "a negative figure; an amount is never below zero"
    if scanner.look() == "$":
        return "a bare $ may be any of a dozen currencies; write US$ or USD"
    return "a number should stand here"


def _scaled_in_english(scanner: Scanner, value: Fraction, *, in_english: bool) -> Numeral:
    power = 0
    while True:
        before = scanner.at
        scanner.skip_space()
        word = scanner.take(ENGLISH_SCALES)
        if word is None:
            scanner.at = before
            return Numeral(value * 10**power, scaled=power > 0, in_english=in_english)
        if power not in (0, 2) or (power == ENGLISH_SCALES[word]):
            raise scanner.refuse("two scale words in a row", before)
        power += ENGLISH_SCALES[word]


# ---- cutting into marks


def _marks(scanner: Scanner) -> tuple[list[_Mark], bool]:
    marks: list[_Mark] = []
    while True:
        mark = _figures(scanner, marks) or _scale(scanner, marks)
        if mark is None:
            return marks, _more(scanner, marks)
        if mark.power and not marks:
            marks.append(_Mark(mark.at, Fraction(1)))
        marks.append(mark)
        if scanner.look() == "点":
            _decimals_in_chinese(scanner, marks)


def _figures(scanner: Scanner, marks: Sequence[_Mark]) -> _Mark | None:
    if marks and marks[-1].value is not None:
        return None
    return _arabic(scanner) or _chinese(scanner, marks)


def _arabic(scanner: Scanner) -> _Mark | None:
    found = _FIGURES.match(scanner.plain, scanner.at)
    if found is None:
        return None
    at, scanner.at = scanner.at, found.end()
    if scanner.look() and scanner.look() in ",.0123456789":
        raise scanner.refuse("thousands stand in groups of three, decimals after one point")
    whole = found[1].replace(",", "")
    if whole != found[0] and whole.startswith("0") and len(whole) > 1:
        raise scanner.refuse(_LEADING_ZERO, at)
    return _Mark(at, Fraction(whole + (found[2] or "")), width=0 if found[2] else len(whole))


def _chinese(scanner: Scanner, marks: Sequence[_Mark]) -> _Mark | None:
    found = _HAN_RUN.match(scanner.plain, scanner.at)
    if found is None:
        return None
    at, run = scanner.at, found[0]
    if marks and not marks[-1].is_zero and run[0] in _ZERO:
        scanner.at += 1
        return _Mark(at)
    scanner.at = found.end()
    if len(run) > 1:
        return _positional(scanner, at, run, first=not marks)
    if run in _TWO and not _two_may_stand(scanner, first=not marks):
        raise scanner.refuse("两 stands alone or before 百, 千, 万 and 亿; it is also a weight", at)
    return _Mark(at, Fraction(HAN_DIGITS[run]), width=1)


def _two_may_stand(scanner: Scanner, *, first: bool) -> bool:
    following = scanner.look()
    if following in SMALL_SCALES:
        return SMALL_SCALES[following] > 1
    return first or following in BIG_SCALES


def _positional(scanner: Scanner, at: int, run: str, *, first: bool) -> _Mark:
    """A row of figures without scales, 二〇二三; but 七八 may mean seven or eight."""
    pair = run[2:] == "" and not any(zero in run for zero in _ZERO)
    if not first or pair or run[0] in _ZERO or any(two in run for two in _TWO):
        raise scanner.refuse("a row of Chinese figures without scales can be read in two ways", at)
    return _Mark(at, Fraction(_digits(run)), width=len(run))


def _digits(run: str) -> str:
    return "".join(str(HAN_DIGITS[figure]) for figure in run)


def _scale(scanner: Scanner, marks: Sequence[_Mark]) -> _Mark | None:
    at, figure = scanner.at, scanner.look()
    if figure in SMALL_SCALES:
        if _makes_a_unit(scanner, figure) and marks:
            return None
        scanner.at += 1
        return _Mark(at, power=SMALL_SCALES[figure])
    return _big_scale(scanner)


def _makes_a_unit(scanner: Scanner, figure: str) -> bool:
    following = scanner.look(1)
    if figure == "千":
        return following != "" and following in _AFTER_KILO
    return figure == "百" and following == "分"


def _big_scale(scanner: Scanner) -> _Mark | None:
    """万 or 亿, also after a space, as typesetters part 26.63 万元."""
    before = scanner.at
    scanner.skip_space()
    at, figure = scanner.at, scanner.look()
    if figure not in BIG_SCALES:
        scanner.at = before
        return None
    scanner.at += 1
    return _Mark(at, power=BIG_SCALES[figure])


def _decimals_in_chinese(scanner: Scanner, marks: list[_Mark]) -> None:
    """Fold what stands before 点 and the figures after it into one mark: 十二点五."""
    found = _HAN_RUN.match(scanner.plain, scanner.at + 1)
    if found is None or any(two in found[0] for two in _TWO):
        raise scanner.refuse("after 点 the decimals should stand, one figure a place")
    value = _value(scanner, marks) + Fraction(f"0.{_digits(found[0])}")
    marks[:] = [_Mark(marks[0].at, value)]
    scanner.at = found.end()
    if scanner.look() in SMALL_SCALES and not _makes_a_unit(scanner, scanner.look()):
        raise scanner.refuse("after decimals in words only 万 and 亿 can stand")


def _more(scanner: Scanner, marks: list[_Mark]) -> bool:
    """余 or 多 after the number, or between it and 万: whichever, more of the same number."""
    before = scanner.at
    scanner.skip_space()
    if not marks or scanner.take(("余", "餘", "多")) is None:
        scanner.at = before
        return False
    while (scale := _big_scale(scanner)) is not None:
        marks.append(scale)
    return True


# ---- adding up


def _value(scanner: Scanner, marks: Sequence[_Mark]) -> Fraction:
    figures = [mark for mark in marks if mark.value is not None]
    if len(figures) > 1 and any(mark.value is not None and mark.value.denominator > 1 for mark in figures):
        raise scanner.refuse("a decimal stands alone before its scales", figures[0].at)
    _check_leading_zeros(scanner, marks)
    return _with_scale(scanner, marks, _YI)


def _check_leading_zeros(scanner: Scanner, marks: Sequence[_Mark]) -> None:
    """007 is a code and no amount; 1万0200 only fills its places."""
    for before, mark in zip((None, *marks), marks, strict=False):
        padded = mark.value is not None and mark.width > len(str(int(mark.value)))
        if padded and not (before and before.power == mark.width and mark is marks[-1]):
            raise scanner.refuse(_LEADING_ZERO, mark.at)


def _with_scale(scanner: Scanner, marks: Sequence[_Mark], power: int) -> Fraction:
    """Add up marks of which 亿 (8), then 万 (4), parts what is counted in it from what comes after."""
    places = [index for index, mark in enumerate(marks) if mark.power == power]
    if not places:
        return _below_scale(scanner, marks, power)
    if len(places) > 1:
        raise scanner.refuse("the same scale twice", marks[places[1]].at)
    head, tail = marks[: places[0]], marks[places[0] + 1 :]
    if not head:
        raise scanner.refuse("scales go down from left to right", marks[places[0]].at)
    return _below_scale(scanner, head, power) * 10**power + _after_scale(scanner, tail, power)


def _below_scale(scanner: Scanner, marks: Sequence[_Mark], power: int) -> Fraction:
    return _section(scanner, marks) if power == _WAN else _with_scale(scanner, marks, _WAN)


def _after_scale(scanner: Scanner, marks: Sequence[_Mark], power: int) -> Fraction:
    if not marks:
        return Fraction(0)
    said = marks[1:] if marks[0].is_zero else marks
    if not (marks[0].is_zero or _names_its_place(said, power) or _fills(said, power)):
        raise scanner.refuse("this may be of the next place or of the last; write the scale", said[0].at)
    value = _below_scale(scanner, said, power)
    if not 0 < value < 10**power:
        raise scanner.refuse("scales go down from left to right", marks[0].at)
    return value


def _names_its_place(marks: Sequence[_Mark], power: int) -> bool:
    """After 万 any scale will do; after 亿, 五千 is said for 五千万, so 万 must be there."""
    return any(mark.power > 0 and power - mark.power in (1, 2, 3, 4) for mark in marks)


def _fills(marks: Sequence[_Mark], power: int) -> bool:
    """Whether figures fill all places below a scale: 1万2345."""
    return len(marks) == 1 and marks[0].width == power


@attrs.frozen
class _Part:
    """A figure with its 千, 百 or 十, or bare."""

    mark: _Mark
    figure: Fraction
    power: int
    after_zero: bool


def _section(scanner: Scanner, marks: Sequence[_Mark]) -> Fraction:
    """Add up a number without 万 and 亿: figures, each but the last with its scale."""
    parts = list(_parts(scanner, marks))
    if len(parts) > 1:
        limits = (_WAN, *(part.power for part in parts))
        for part, limit in zip(parts, limits, strict=False):
            _check_part(scanner, part, limit)
    return sum((part.figure * 10**part.power for part in parts), Fraction(0))


def _parts(scanner: Scanner, marks: Sequence[_Mark]) -> Iterator[_Part]:
    after_zero, at = False, 0
    while at < len(marks):
        mark = marks[at]
        if mark.is_zero:
            after_zero, at = True, at + 1
            continue
        if mark.value is None:
            raise scanner.refuse("a figure should stand before the scale", mark.at)
        power = marks[at + 1].power if at + 1 < len(marks) else 0
        yield _Part(mark, mark.value, power, after_zero)
        after_zero, at = False, at + (2 if power else 1)
    if after_zero or not marks:
        raise scanner.refuse("a figure should stand after 零")


def _check_part(scanner: Scanner, part: _Part, limit: int) -> None:
    """A part of several: its scale below the one before, its figure told apart from other places."""
    if part.power >= limit:
        raise scanner.refuse("scales go down from left to right", part.mark.at)
    if part.power == 0 and not part.after_zero and part.mark.width != limit:
        raise scanner.refuse("this may be of the next place or of the last; write the scale", part.mark.at)
    largest = 10 ** (limit if part.power == 0 else 1) - 1
    if not 1 <= part.figure <= largest:
        raise scanner.refuse("one figure above zero should stand before each scale", part.mark.at)
