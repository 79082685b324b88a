"""Names that are probably one: 铝河镇中心学校 and 吕河镇中心学校.

A slip of the pen or of the keyboard makes two schools of one, and one visit is told twice. The names given
are compared, and the pairs that differ by a slip only are returned for a person to decide; nothing is
merged. A difference that tells neighbours apart, as 三坪村 and 四坪村 or 东河镇 and 西河镇, is no slip.

Traditional and simplified characters are not matched: 紅 is another character than 红.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from itertools import combinations, groupby, product
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["NamePair", "Named", "probable_pairs", "same_name"]

_TELLING: Final = frozenset(
    "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾甲乙丙丁戊己庚辛壬癸东南西北中上下左右前后内外大小老新高低"
)
_TELLING_WORDS: Final = frozenset(
    (
        *(
            "north",
            "south",
            "east",
            "west",
            "upper",
            "lower",
            "inner",
            "outer",
            "new",
            "old",
            "great",
            "little",
        ),
        *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        *("a", "b", "c", "d", "e", "f", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    )
)
# Endings that say of what kind a thing is. With two different ones, two names are of two things.
_ENDINGS: Final = (
    *("中心学校", "中心小学", "中心卫生院", "红十字会", "卫生院", "卫生室", "办事处", "村委会", "幼儿园"),
    *("街道", "社区", "小学", "中学", "学校", "医院", "镇", "乡", "县", "区", "市", "省", "村", "组"),
)
_FIRST_HAN: Final = "\u2e80"
_SHORTEST_HAN: Final = 3
_SHORTEST_STEM: Final = 2
_SHORTEST_LATIN: Final = 5
_TWO_SLIPS: Final = range(10, 25)  # letters; the spellings to look under grow with the square of the length


@attrs.frozen
class Named:
    """A name as it is written somewhere: what kind of thing has it, within what, and under which id.

    `documents` are the numbers of those that name it.
    """

    name: str
    kind: str
    within: str = ""
    id: str = ""
    documents: tuple[str, ...] = ()


@attrs.frozen
class NamePair:
    """Two names that are probably one, in the order in which they were given, and why."""

    first: Named
    second: Named
    reason_zh: str
    reason_en: str


def same_name(a: str, b: str) -> str | None:
    """Say, in English, why two spellings are probably one name; None if they are not.

    Two names are probably one if they are equal but for width, case, spaces and punctuation; or

    - in Chinese, both of three characters or more, if one character differs or is missing, provided that
      they do not end in two kinds of thing (镇, 村, 中心学校 …) and that before a common ending of that
      sort two characters or more are left;
    - in letters, both of five or more, if they differ by one slip: a letter replaced, missing or two
      swapped; or by two slips where both have 10 to 24 letters.

    Figures, numerals and words such as 东, 上, 大 or "north" tell places apart, so a difference in one
    of them is never a slip.

    >>> same_name("铝河镇中心学校", "吕河镇中心学校")
    'one character differs: 铝 / 吕'
    >>> same_name("三坪村", "四坪村") is None
    True
    """
    reason = _reason(_spelled(a), _spelled(b))
    return None if reason is None else reason.en


def probable_pairs(names: Iterable[Named]) -> tuple[NamePair, ...]:
    """Find the pairs of names that are probably one, each once, in the order in which they were given.

    Only things of the same kind are paired, and only within the same place, or where one of the two does
    not say within what it is. Two spellings under one id are known to be one, so they make no pair. The
    time grows with the names and with the pairs that are alike, not with the square of the names.

    >>> pairs = probable_pairs([Named("铝河镇中心学校", "school"), Named("吕河镇中心学校", "school")])
    >>> [(pair.first.name, pair.second.name) for pair in pairs]
    [('铝河镇中心学校', '吕河镇中心学校')]
    """
    given = tuple(dict.fromkeys(names))
    spelled = tuple(_spelled(named.name) for named in given)
    pairs: list[NamePair] = []
    for first, second in sorted(_candidates(given, spelled)):
        reason = _reason(spelled[first], spelled[second])
        if reason is not None:
            pairs.append(NamePair(given[first], given[second], reason.zh, reason.en))
    return tuple(pairs)


# ---- what counts in a name


@attrs.frozen
class _Spelled:
    """A name without width, case, spaces and punctuation, and what in it tells neighbours apart."""

    plain: str
    telling: tuple[str, ...]
    ending: str
    in_han: bool


def _spelled(name: str) -> _Spelled:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    plain = "".join(character for character in folded if unicodedata.category(character)[0] in "LMN")
    in_han = any(character >= _FIRST_HAN for character in plain)
    telling = _telling_in_han(plain) if in_han else _telling_in_letters(folded)
    ending = next((ending for ending in _ENDINGS if plain.endswith(ending)), "")
    return _Spelled(plain, telling, ending, in_han)


def _telling_in_han(plain: str) -> tuple[str, ...]:
    """Numerals and directions; letters and figures too, as in A区 and 2组."""
    return tuple(mark for mark in plain if mark in _TELLING or mark < _FIRST_HAN)


def _telling_in_letters(folded: str) -> tuple[str, ...]:
    words = re.findall(r"\d|[^\W\d_]+", folded)
    return tuple(word for word in words if word.isnumeric() or word in _TELLING_WORDS)


# ---- how two names differ


@attrs.frozen
class _Reason:
    zh: str
    en: str


_EQUAL: Final = _Reason(
    "除空格、标点、大小写和全半角外相同", "equal but for spaces, punctuation, case and width"
)
_SLIPS: Final = {
    1: _Reason("拼写差一处", "one slip of spelling"),
    2: _Reason("拼写差两处", "two slips of spelling"),
}


def _reason(a: _Spelled, b: _Spelled) -> _Reason | None:
    if a.plain == b.plain:
        return _EQUAL if a.plain else None
    if a.telling != b.telling or a.in_han != b.in_han:
        return None
    return _one_character(a, b) if a.in_han else _SLIPS.get(_slips_between(a.plain, b.plain))


def _one_character(a: _Spelled, b: _Spelled) -> _Reason | None:
    """Why two Chinese names that are not equal are probably one."""
    before, after = _difference(a.plain, b.plain)
    shortest = min(len(a.plain), len(b.plain))
    if max(len(before), len(after)) > 1 or shortest < _SHORTEST_HAN:
        return None
    if a.ending != b.ending and a.ending and b.ending:
        return None
    if a.ending == b.ending and shortest - len(a.ending) < _SHORTEST_STEM:
        return None
    if before and after:
        return _Reason(f"一字之差：{before} / {after}", f"one character differs: {before} / {after}")
    return _Reason(f"多或少一字：{before or after}", f"one character more or less: {before or after}")


def _difference(a: str, b: str) -> tuple[str, str]:
    """What is left of both when the common beginning and the common end are taken off."""
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    return a[start : len(a) - end], b[start : len(b) - end]


def _common(a: str, b: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((at for at, (x, y) in pairs if x != y), min(len(a), len(b)))


def _slips_between(a: str, b: str) -> int:
    """How many slips two different names in letters are apart; 0 where that is more than are allowed."""
    slips = _distance(*_difference(a, b))
    return slips if slips <= min(_slips_in_letters(a), _slips_in_letters(b)) else 0


def _slips_in_letters(plain: str) -> int:
    if len(plain) in _TWO_SLIPS:
        return 2
    return 1 if len(plain) >= _SHORTEST_LATIN else 0


def _distance(a: str, b: str) -> int:
    """Damerau's distance: letters replaced, missing or added, and neighbours swapped."""
    older: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a):
        row = [i + 1]
        for j, y in enumerate(b):
            best = min(last[j + 1] + 1, row[j] + 1, last[j] + (x != y))
            if i and j and x == b[j - 1] and y == a[i - 1]:
                best = min(best, older[j - 1] + 1)
            row.append(best)
        older, last = last, row
    return last[-1]


# ---- which names to compare


def _candidates(given: Sequence[Named], spelled: Sequence[_Spelled]) -> set[tuple[int, int]]:
    """Pairs of places in the list whose names share a spelling after as many deletions as slips.

    Two names within n slips of one another have a spelling in common after at most n deletions in each.
    So each name is laid under all such spellings, and only names under the same one are compared.
    """
    candidates: set[tuple[int, int]] = set()
    for alike in _alike(given, spelled):
        candidates.update(pair for pair in _within_one(given, alike) if _known_as_two(given, pair))
    return candidates


def _known_as_two(given: Sequence[Named], pair: tuple[int, int]) -> bool:
    first, second = given[pair[0]].id, given[pair[1]].id
    return first != second or not first


def _alike(given: Sequence[Named], spelled: Sequence[_Spelled]) -> Iterator[list[int]]:
    # One list of numbers, sorted, takes a third of the memory of a dict of lists. Two spellings with
    # the same hash only make a pair more to look at, so the outcome does not depend on the hash.
    laid = sorted(
        hash((named.kind, name.telling, spelling)) * len(given) + index
        for index, (named, name) in enumerate(zip(given, spelled, strict=True))
        for spelling in _spellings(name)
    )
    for _, marks in groupby(laid, key=lambda mark: mark // len(given)):
        alike = [mark % len(given) for mark in marks]
        if len(alike) > 1:
            yield alike


def _within_one(given: Sequence[Named], alike: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Pair those within the same place, and those that do not say within what with all others."""
    by_place: dict[str, list[int]] = defaultdict(list)
    for index in alike:
        by_place[given[index].within].append(index)
    anywhere = by_place.pop("", [])
    yield from combinations(anywhere, 2)
    for indices in by_place.values():
        yield from combinations(indices, 2)
        yield from ((min(pair), max(pair)) for pair in product(anywhere, indices))


def _spellings(name: _Spelled) -> set[str]:
    allowed = 1 if name.in_han else _slips_in_letters(name.plain)
    spellings = last = {name.plain}
    for _ in range(allowed):
        last = {spelling[:at] + spelling[at + 1 :] for spelling in last for at in range(len(spelling))}
        spellings = spellings | last
    return spellings
