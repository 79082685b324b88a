"""The calendar: business dates, periods of them, months between them, and the clock at the edge.

A business date is a plain `datetime.date`. An instant is refused where a date is due, because it has none
until somebody says in which time zone: that is how a count came to stand before the receipts of its day.
Months are reckoned by pendulum, which this module alone imports, and only when it comes to that.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

import attrs

from reliefstock.errors import BadIdentifier, Incomplete, NotABusinessDate
from reliefstock.values._language import choose
from reliefstock.values._whole import whole

if TYPE_CHECKING:
    from datetime import tzinfo

    from reliefstock.values._language import Language

__all__ = [
    "Clock",
    "FixedClock",
    "Period",
    "SystemClock",
    "add_days",
    "add_months",
    "business_date",
    "optional_date",
    "whole_months_between",
]

_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERIOD: Final = re.compile(r"([0-9]{4})(?:-H([0-9])|-Q([0-9])|-([0-9]{2}))?")
_HOW_TO_WRITE: Final = "write 2023, 2023-H1, 2023-Q2, 2023-05, 2023-05-27 or 2023-01-05/2023-02-07"
_HOW_TO_WRITE_ZH: Final = "请写成 2023、2023-H1、2023-Q2、2023-05、2023-05-27 或 2023-01-05/2023-02-07"


def business_date(value: date | str) -> date:
    """Return a business date as a plain `datetime.date`.

    Taken are a date (a pendulum Date too) and the text 'YYYY-MM-DD' in exactly this form.

    Raises:
        NotABusinessDate: an instant (any datetime), a number, another text or a day that does not exist.

    >>> business_date("2023-05-27")
    datetime.date(2023, 5, 27)
    >>> business_date("20230527")
    Traceback (most recent call last):
    reliefstock.errors.NotABusinessDate: a business date is due, got str '20230527'; write it \
'YYYY-MM-DD'
    """
    # A datetime is a date to Python, so it is turned away first.
    if isinstance(value, datetime):
        raise NotABusinessDate(value)
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    return _date_from_text(value)


def optional_date(value: date | str | None) -> date | None:
    """Return a business date as `business_date` does, or None where none is stated.

    Raises:
        NotABusinessDate: it is an instant, a number or a text that is no ISO date.

    >>> optional_date("2023-01-14"), optional_date(None)
    (datetime.date(2023, 1, 14), None)
    """
    return None if value is None else business_date(value)


def add_days(start: date | str, days: int) -> date:
    """Return the date so many days later, or earlier if `days` is below zero.

    Raises:
        NotABusinessDate: `start` is none, or the result is outside the years 1 to 9999.
        NotExact: `days` is not an int.

    >>> add_days("2024-02-28", 2)
    datetime.date(2024, 3, 1)
    """
    first = business_date(start)
    try:
        return first + timedelta(days=whole(days, "a number of days"))
    except OverflowError:
        raise NotABusinessDate(f"{first.isoformat()} {days:+d} days") from None


def add_months(start: date | str, months: int) -> date:
    """Return the same day of the month so many months later, or earlier if `months` is below zero.

    Where that month is too short it is the last day of it. So adding months one at a time may end on an
    earlier day than adding them at once: start from the first date each time.

    Raises:
        NotABusinessDate: `start` is none, or the result is outside the years 1 to 9999.
        NotExact: `months` is not an int.

    >>> add_months("2023-01-31", 1), add_months("2024-01-31", 1), add_months("2023-01-31", 2)
    (datetime.date(2023, 2, 28), datetime.date(2024, 2, 29), datetime.date(2023, 3, 31))
    """
    import pendulum

    first = business_date(start)
    whole(months, "a number of months")
    try:
        later = pendulum.Date(first.year, first.month, first.day).add(months=months)
    except (OverflowError, ValueError):
        raise NotABusinessDate(f"{first.isoformat()} {months:+d} months") from None
    return date(later.year, later.month, later.day)


def whole_months_between(start: date | str, end: date | str) -> int:
    """Return how many whole months lie between two dates: the most that `add_months` can add to the earlier.

    Below zero if `end` is the earlier. A month that began on the 31st is whole on the last day of a shorter
    one. The shelf life left at acceptance is measured so (慈善法 36, 德阳办法 4).

    Raises:
        NotABusinessDate: one of the two is none.

    >>> whole_months_between("2023-01-31", "2023-02-28"), whole_months_between("2023-01-15", "2023-07-14")
    (1, 5)
    >>> whole_months_between("2023-07-15", "2023-01-15")
    -6
    """
    first, last = business_date(start), business_date(end)
    if last < first:
        return -whole_months_between(last, first)
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if add_months(first, months) <= last else months - 1


@attrs.frozen
class Period:
    """The days from `first` to `last`, both included.

    Raises:
        NotABusinessDate: one of the two is no business date.
        Incomplete: the last day is before the first.

    >>> half = Period("2023-01-01", "2023-06-30")
    >>> half.days, half.text("zh"), str(half)
    (181, '2023年上半年', '2023-H1')
    >>> business_date("2023-05-27") in half
    True
    """

    first: date = attrs.field(converter=business_date)
    last: date = attrs.field(converter=business_date)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            missing = f"the last day {self.last.isoformat()} is before the first {self.first.isoformat()}"
            raise Incomplete(
                "a period",
                missing,
                "state the earlier day first",
                zh=f"期间：最后一天 {self.last.isoformat()} 早于第一天 {self.first.isoformat()}；"
                "请先写较早的日期",
            )

    @classmethod
    def day(cls, on: date | str) -> Period:
        """Return the period of one day.

        >>> Period.day("2023-05-27").days
        1
        """
        return cls(on, on)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """Return a calendar month.

        Raises:
            NotExact: a number is not an int.
            Incomplete: there is no such year (1 to 9999) or month (1 to 12).

        >>> Period.month(2024, 2).last
        datetime.date(2024, 2, 29)
        """
        return cls._months(year, _within("month", month, 12, zh="月份"), 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """Return a quarter of a calendar year; raises as `month` does.

        >>> Period.quarter(2023, 2).first
        datetime.date(2023, 4, 1)
        """
        return cls._months(year, 3 * _within("quarter", quarter, 4, zh="季度") - 2, 3)

    @classmethod
    def half_year(cls, year: int, half: int) -> Period:
        """Return the first or second half of a calendar year; raises as `month` does.

        >>> Period.half_year(2023, 2).first
        datetime.date(2023, 7, 1)
        """
        return cls._months(year, 6 * _within("half-year", half, 2, zh="半年") - 5, 6)

    @classmethod
    def year(cls, year: int) -> Period:
        """Return a calendar year; raises as `month` does.

        >>> Period.year(2024).days
        366
        """
        return cls._months(year, 1, 12)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Return the period that `str` of it would write.

        Raises:
            Incomplete: the text has none of the forms, or the last day is before the first.
            NotABusinessDate: a day in it does not exist.

        >>> Period.parse("2023-Q2") == Period.parse("2023-04-01/2023-06-30")
        True
        """
        first, slash, last = _text_of(text).partition("/")
        if _ISO_DATE.fullmatch(first):
            return cls(first, last if slash else first)
        return cls._parse_named(text)

    @property
    def days(self) -> int:
        """How many days it has, at least one."""
        return (self.last - self.first).days + 1

    def __contains__(self, on: date | str) -> bool:
        """Say whether a business date lies in it; an instant is refused with `NotABusinessDate`."""
        return self.first <= business_date(on) <= self.last

    def contains(self, other: Period) -> bool:
        """Say whether all days of another period lie in this one.

        >>> Period.year(2023).contains(Period.quarter(2023, 2))
        True
        """
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Period) -> bool:
        """Say whether the two have a day in common.

        >>> Period.month(2023, 5).overlaps(Period.parse("2023-05-31/2023-06-02"))
        True
        """
        return self.first <= other.last and other.first <= self.last

    def text(self, lang: Language = "en") -> str:
        """Return the period as people name it: '2023-H1', '2023年上半年'; with both days if it has no name.

        Raises:
            Incomplete: `lang` is neither 'en' nor 'zh'.

        >>> Period.parse("2023-05-27").text("zh"), Period.parse("2023-01-05/2023-02-07").text("zh")
        ('2023年5月27日', '2023年1月5日至2023年2月7日')
        """
        return choose(lang, en=self._text_en(), zh=self._text_zh())

    def __str__(self) -> str:
        return self._text_en()

    @classmethod
    def _months(cls, year: int, first_month: int, count: int) -> Period:
        _within("year", year, 9999, zh="年份")
        last_month = first_month + count - 1
        last_day = monthrange(year, last_month)[1]
        return cls(date(year, first_month, 1), date(year, last_month, last_day))

    @classmethod
    def _parse_named(cls, text: str) -> Period:
        found = _PERIOD.fullmatch(text)
        if not found:
            raise Incomplete(
                "a period",
                f"{text!r} is none",
                _HOW_TO_WRITE,
                zh=f"期间：{text!r} 不是期间；{_HOW_TO_WRITE_ZH}",
            )
        year, half, quarter, month = (int(part) if part else None for part in found.groups())
        return cls._named(year or 0, half=half, quarter=quarter, month=month)

    @classmethod
    def _named(cls, year: int, *, half: int | None, quarter: int | None, month: int | None) -> Period:
        if half is not None:
            return cls.half_year(year, half)
        if quarter is not None:
            return cls.quarter(year, quarter)
        return cls.year(year) if month is None else cls.month(year, month)

    def _months_covered(self) -> int:
        """Return how many months of one year it covers from first day to last, or 0."""
        whole_months = self.first.day == 1 and self.last.day == monthrange(self.last.year, self.last.month)[1]
        same_year = self.first.year == self.last.year
        return self.last.month - self.first.month + 1 if whole_months and same_year else 0

    def _part_of_year(self) -> tuple[int, int]:
        """Return into how many parts the year is cut and which of them this is, or (0, 0)."""
        months = self._months_covered()
        if months not in (1, 3, 6, 12) or (self.first.month - 1) % months:
            return 0, 0
        return 12 // months, (self.first.month - 1) // months + 1

    def _text_en(self) -> str:
        year = f"{self.first.year:04}"
        parts, which = self._part_of_year()
        names = {1: year, 2: f"{year}-H{which}", 4: f"{year}-Q{which}", 12: f"{year}-{which:02}"}
        first, last = self.first.isoformat(), self.last.isoformat()
        return names.get(parts, first if first == last else f"{first}/{last}")

    def _text_zh(self) -> str:
        year = f"{self.first.year}年"
        parts, which = self._part_of_year()
        half, quarter = "上下"[which - 1 : which], "一二三四"[which - 1 : which]
        names = {1: year, 2: f"{year}{half}半年", 4: f"{year}第{quarter}季度", 12: f"{year}{which}月"}
        first, last = _day_zh(self.first), _day_zh(self.last)
        return names.get(parts, first if first == last else f"{first}至{last}")


class Clock(Protocol):
    """Something that knows the time: given to the edge of a system, never asked for by the domain."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return the business date of that instant in the time zone of the office."""
        ...


@attrs.frozen
class SystemClock:
    """The clock of the machine, read in the time zone of the office.

    The one impure thing in `values`. The domain never calls it: what needs a date is given one.

    Raises:
        BadIdentifier: `tz` is not a time zone of the IANA database.

    >>> SystemClock().tz
    'Asia/Shanghai'
    """

    tz: str = "Asia/Shanghai"

    def __attrs_post_init__(self) -> None:
        _zone(self.tz)

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the date it is in the time zone of the office."""
        return self.now().astimezone(_zone(self.tz)).date()


@attrs.frozen
class FixedClock:
    """A clock that stands still at a business date, at its noon, or at an aware instant.

    Raises:
        BadIdentifier: `tz` is not a time zone of the IANA database.
        Incomplete: the instant is not aware.
        NotABusinessDate: `at` is neither an instant nor a business date.

    >>> FixedClock("2023-05-27").now().isoformat()
    '2023-05-27T04:00:00+00:00'
    """

    at: date | str
    tz: str = "Asia/Shanghai"

    def __attrs_post_init__(self) -> None:
        _zone(self.tz)
        self.now()

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        if not isinstance(self.at, datetime):
            on = business_date(self.at)
            return datetime(on.year, on.month, on.day, 12, tzinfo=_zone(self.tz)).astimezone(UTC)
        if self.at.utcoffset() is None:
            raise Incomplete(
                "an instant",
                f"{self.at.isoformat()} has no time zone",
                "give an aware one",
                zh=f"时刻：{self.at.isoformat()} 没有时区；请用带时区的时刻",
            )
        return _plain(self.at.astimezone(UTC))

    def today(self) -> date:
        """Return the business date given, or the date of the instant in the time zone of the office."""
        if isinstance(self.at, datetime):
            return self.now().astimezone(_zone(self.tz)).date()
        return business_date(self.at)


def _date_from_text(given: object) -> date:
    if not isinstance(given, str) or not _ISO_DATE.fullmatch(given):
        raise NotABusinessDate(given)
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise NotABusinessDate(given) from None


def _text_of(given: object) -> str:
    if not isinstance(given, str):
        raise Incomplete(
            "a period",
            f"{given!r} is not a text",
            _HOW_TO_WRITE,
            zh=f"期间：{given!r} 不是文本；{_HOW_TO_WRITE_ZH}",
        )
    return given


def _within(what: str, given: int, most: int, *, zh: str) -> int:
    if not 1 <= whole(given, f"a {what}") <= most:
        raise Incomplete(
            "a period",
            f"there is no {what} {given}",
            f"give 1 to {most}",
            zh=f"期间：{zh}不能是 {given}；请填 1 至 {most}",
        )
    return given


def _day_zh(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


@lru_cache(maxsize=8)  # a zone never changes while a program runs, and its file is slow to read
def _zone(name: str) -> tzinfo:
    import pendulum
    from pendulum.tz.exceptions import InvalidTimezone

    try:
        return pendulum.timezone(name)
    except (InvalidTimezone, OSError, ValueError):
        raise BadIdentifier("time zone", name, "the IANA database has no such zone") from None


def _plain(instant: datetime) -> datetime:
    """Return a datetime of the standard library: pendulum's own would carry its behaviour along."""
    return datetime.combine(date(instant.year, instant.month, instant.day), instant.time(), UTC)
