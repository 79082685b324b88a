"""Days and periods as a spreadsheet of the country writes them: 2024/1/14, 2024年1月14日, 2024年上半年.

Read are the ways in which the year stands first, so that nothing can be taken for something else. What a
spreadsheet made of a date by itself (45305, 14.01.2024, Feb-24) is refused, and how to prevent it is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from unicodedata import normalize

from reliefstock.errors import Incomplete
from reliefstock.values import Period

__all__ = ["period_of"]

_MIDNIGHT = re.compile(r" 0?0:00(?::00)?$")
_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})[日号]")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{4})年(\d{1,2})月份?")
_HALF = re.compile(r"(\d{4})年?([上下])半年度?")
_QUARTER = re.compile(r"(\d{4})年?第?([一二三四1-4])季度?")
_YEAR = re.compile(r"(\d{4})年度?")
_CHANGED = re.compile(
    r"\d{5}(?:\.\d+)?|\d{1,2}([./-])\d{1,2}(?:\1\d{2}|\1\d{4})?"
    r"|[A-Za-z]{3,9}-\d{2,4}|\d{1,2}-[A-Za-z]{3,9}(?:-\d{2,4})?|\d{1,2}月\d{1,2}日"
)
_QUARTERS: Mapping[str, int] = MappingProxyType(dict(zip("一二三四1234", (1, 2, 3, 4) * 2, strict=True)))


def period_of(text: str) -> Period:
    """Return the period that a cell names: a day, a month, a quarter, a half-year, a year or two days.

    Raises:
        Incomplete: it names none, or a spreadsheet has changed it.
        NotABusinessDate: there is no such day.

    >>> str(period_of("2024/1/14")), str(period_of("2024年上半年"))
    ('2024-01-14', '2024-H1')
    >>> period_of("45305")
    Traceback (most recent call last):
    reliefstock.errors.Incomplete: a period: '45305' is what a spreadsheet makes of a date; ...
    """
    plain = _MIDNIGHT.sub("", normalize("NFKC", text))
    if _CHANGED.fullmatch(plain):
        raise Incomplete(
            what="a period",
            missing=f"{text!r} is what a spreadsheet makes of a date",
            do="format the column as text, and write 2024-01-14 or 2024年1月14日",
            zh=f"期间：{text!r} 是电子表格改写过的日期；请把该列设为文本，写成 2024-01-14 或 2024年1月14日",
        )
    for form, period in _FORMS.items():
        if found := form.fullmatch(plain):
            return period(found)
    return Period.parse(plain)


def _day(found: re.Match[str]) -> Period:
    year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
    return Period.day(f"{year:04}-{month:02}-{day:02}")


def _month(found: re.Match[str]) -> Period:
    year, month = (int(part) for part in found.groups() if part)
    return Period.month(year, month)


def _half(found: re.Match[str]) -> Period:
    return Period.half_year(int(found[1]), 1 if found[2] == "上" else 2)


def _quarter(found: re.Match[str]) -> Period:
    return Period.quarter(int(found[1]), _QUARTERS[found[2]])


def _year(found: re.Match[str]) -> Period:
    return Period.year(int(found[1]))


_FORMS: Mapping[re.Pattern[str], Callable[[re.Match[str]], Period]] = MappingProxyType(
    {_DAY: _day, _MONTH: _month, _HALF: _half, _QUARTER: _quarter, _YEAR: _year}
)
