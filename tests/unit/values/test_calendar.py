"""Business dates are dates, periods are whole days, months end where they end."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

import pendulum
import pytest

from reliefstock.errors import BadIdentifier, Incomplete, NotABusinessDate, NotExact
from reliefstock.values.calendar import (
    FixedClock,
    Period,
    SystemClock,
    add_days,
    add_months,
    business_date,
    whole_months_between,
)

if TYPE_CHECKING:
    from reliefstock.values.calendar import Clock

MAY_27 = date(2023, 5, 27)


@pytest.mark.parametrize("given", [MAY_27, pendulum.Date(2023, 5, 27), "2023-05-27"])
def test_a_business_date_is_a_plain_date(given: date | str) -> None:
    found = business_date(given)
    assert found == MAY_27
    assert type(found) is date


@pytest.mark.parametrize(
    "given",
    [
        *(datetime(2023, 5, 27), datetime(2023, 5, 27, tzinfo=UTC), pendulum.datetime(2023, 5, 27)),
        *(20230527, 0, 1.5, None, True, time(0), b"2023-05-27", (2023, 5, 27)),
        *("", "20230527", "2023-W21-6", "2023-147", "2023-5-27", "27/05/2023", "2023/05/27", "2023-05"),
        *(" 2023-05-27", "2023-05-27\n", "2023-05-27T00:00:00", "２０２３-05-27", "2023年5月27日"),
        *("2023-02-30", "2023-13-01", "0000-01-01", "2023-05-00"),
    ],
)
def test_what_is_no_date_is_refused(given: object) -> None:
    with pytest.raises(NotABusinessDate) as refused:
        business_date(given)  # pyright: ignore[reportArgumentType]
    assert refused.value.given is given


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [("2024-02-28", 1, "2024-02-29"), ("2023-02-28", 1, "2023-03-01"), ("2023-01-01", -1, "2022-12-31")],
)
def test_days_are_counted_through_the_calendar(start: str, days: int, end: str) -> None:
    assert add_days(start, days) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 2, "2023-03-31"),
        ("2023-03-31", -1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-11-15", 3, "2024-02-15"),
        ("2023-05-27", 0, "2023-05-27"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month(
    start: str, months: int, end: str
) -> None:
    found = add_months(start, months)
    assert found == date.fromisoformat(end)
    assert type(found) is date


@pytest.mark.parametrize("far", [10**6, -(10**6), 10**20])
def test_no_date_lies_outside_the_calendar(far: int) -> None:
    with pytest.raises(NotABusinessDate):
        add_months(MAY_27, far)
    with pytest.raises(NotABusinessDate):
        add_days(MAY_27, far * 10)


@pytest.mark.parametrize("bad", [1.0, True, "1"])
def test_days_and_months_are_whole_numbers(bad: int) -> None:
    with pytest.raises(NotExact):
        add_days(MAY_27, bad)
    with pytest.raises(NotExact):
        add_months(MAY_27, bad)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2023-01-31", "2023-02-27", 0),
        ("2023-01-31", "2023-02-28", 1),
        ("2023-01-15", "2023-07-14", 5),
        ("2023-01-15", "2023-07-15", 6),
        ("2023-07-15", "2023-01-15", -6),
        ("2023-07-15", "2023-01-16", -5),
        ("2023-05-27", "2023-05-27", 0),
        ("2024-02-29", "2025-02-28", 12),
        ("9999-11-30", "9999-12-31", 1),
    ],
)
def test_a_month_is_whole_when_its_day_has_come(start: str, end: str, months: int) -> None:
    assert whole_months_between(start, end) == months


def test_an_instant_has_no_months() -> None:
    with pytest.raises(NotABusinessDate):
        whole_months_between(datetime(2023, 1, 1, tzinfo=UTC), "2023-06-01")


NAMED = [
    (Period.day("2023-05-27"), "2023-05-27", "2023-05-27", "2023-05-27", "2023年5月27日"),
    (Period.month(2023, 5), "2023-05-01", "2023-05-31", "2023-05", "2023年5月"),
    (Period.month(2024, 2), "2024-02-01", "2024-02-29", "2024-02", "2024年2月"),
    (Period.month(9999, 12), "9999-12-01", "9999-12-31", "9999-12", "9999年12月"),
    (Period.quarter(2023, 1), "2023-01-01", "2023-03-31", "2023-Q1", "2023年第一季度"),
    (Period.quarter(2023, 4), "2023-10-01", "2023-12-31", "2023-Q4", "2023年第四季度"),
    (Period.half_year(2023, 1), "2023-01-01", "2023-06-30", "2023-H1", "2023年上半年"),
    (Period.half_year(2023, 2), "2023-07-01", "2023-12-31", "2023-H2", "2023年下半年"),
    (Period.year(2023), "2023-01-01", "2023-12-31", "2023", "2023年"),
    (Period.year(1), "0001-01-01", "0001-12-31", "0001", "1年"),
]


@pytest.mark.parametrize(("period", "first", "last", "en", "zh"), NAMED)
def test_a_period_of_the_calendar_has_a_name(period: Period, first: str, last: str, en: str, zh: str) -> None:
    assert period == Period(first, last)
    assert str(period) == period.text() == period.text("en") == en
    assert period.text("zh") == zh
    assert Period.parse(en) == Period.parse(f"{first}/{last}") == period


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("2023-01-05/2023-02-07", "2023年1月5日至2023年2月7日"),
        ("2023-01-01/2023-01-30", "2023年1月1日至2023年1月30日"),
        ("2023-01-02/2023-01-31", "2023年1月2日至2023年1月31日"),
        ("2023-02-01/2023-04-30", "2023年2月1日至2023年4月30日"),
        ("2023-01-01/2023-02-28", "2023年1月1日至2023年2月28日"),
        ("2022-01-01/2023-12-31", "2022年1月1日至2023年12月31日"),
        ("2022-12-01/2023-01-31", "2022年12月1日至2023年1月31日"),
    ],
)
def test_any_other_period_is_written_with_both_days(text: str, zh: str) -> None:
    period = Period.parse(text)
    assert str(period) == text
    assert period.text("zh") == zh


@pytest.mark.parametrize(
    "text",
    [
        *("", "23", "2023-H3", "2023-H0", "2023-Q5", "2023-Q0", "2023-13", "2023-00", "0000", "2023-1"),
        *("2023-h1", "2023年", "2023/2024", "2023-01/2023-02", "2023-01-05\n", "２０２３", "2023 "),
        *(None, 2023, MAY_27),
    ],
)
def test_a_text_that_names_no_period_is_refused(text: str) -> None:
    with pytest.raises(Incomplete) as refused:
        Period.parse(text)
    assert refused.value.what == "a period"


@pytest.mark.parametrize(
    "text",
    ["2023-02-30", "2023-01-01/", "2023-01-01/2023", "2023-01-01/2023-06-31", "2023-01-01/2023-01-02/x"],
)
def test_a_period_of_days_that_do_not_exist_is_refused(text: str) -> None:
    with pytest.raises(NotABusinessDate):
        Period.parse(text)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(Incomplete) as refused:
        Period("2023-05-27", "2023-05-26")
    assert refused.value.missing == "the last day 2023-05-26 is before the first 2023-05-27"


@pytest.mark.parametrize("bad", [1.0, True, "1"])
def test_the_numbers_of_a_period_are_whole(bad: int) -> None:
    with pytest.raises(NotExact):
        Period.month(2023, bad)
    with pytest.raises(NotExact):
        Period.year(bad)


@pytest.mark.parametrize(("year", "month"), [(0, 1), (10_000, 1), (2023, 0), (2023, 13)])
def test_there_is_no_such_month(year: int, month: int) -> None:
    with pytest.raises(Incomplete):
        Period.month(year, month)


@pytest.mark.parametrize(
    ("on", "inside"),
    [
        ("2022-12-31", False),
        ("2023-01-01", True),
        (MAY_27, True),
        ("2023-06-30", True),
        ("2023-07-01", False),
    ],
)
def test_both_ends_of_a_period_belong_to_it(on: date | str, inside: bool) -> None:
    assert (on in Period.half_year(2023, 1)) is inside


def test_a_midnight_timestamp_is_in_no_period() -> None:
    with pytest.raises(NotABusinessDate):
        assert datetime(2023, 5, 27) in Period.year(2023)


@pytest.mark.parametrize(
    ("other", "contained", "overlapping"),
    [
        ("2023-04-01/2023-06-30", True, True),
        ("2023-05-10", True, True),
        ("2023-03-31/2023-04-01", False, True),
        ("2023-06-30/2023-07-01", False, True),
        ("2023", False, True),
        ("2023-03", False, False),
        ("2023-07", False, False),
    ],
)
def test_periods_contain_and_overlap_one_another(other: str, contained: bool, overlapping: bool) -> None:
    quarter, period = Period.quarter(2023, 2), Period.parse(other)
    assert quarter.contains(period) is contained
    assert quarter.overlaps(period) is period.overlaps(quarter) is overlapping


def test_a_period_has_at_least_a_day() -> None:
    assert [Period.day(MAY_27).days, Period.year(2024).days] == [1, 366]


def test_a_period_equals_no_text_and_has_no_order() -> None:
    assert Period.year(2023) != "2023"
    with pytest.raises(TypeError):
        assert Period.year(2023) < Period.year(2024)  # pyright: ignore[reportOperatorIssue]


def test_the_clock_of_the_machine_gives_an_instant_in_utc_and_the_date_of_the_office() -> None:
    clock: Clock = SystemClock("Pacific/Kiritimati")
    before, seen, today = clock.now(), clock.now(), clock.today()
    assert seen.tzinfo is UTC
    assert before <= seen
    assert today in {(seen + timedelta(hours=14)).date(), (clock.now() + timedelta(hours=14)).date()}
    assert type(today) is date


def test_a_fixed_clock_stands_at_the_noon_of_its_date() -> None:
    clock: Clock = FixedClock("2023-05-27")
    assert clock.now() == datetime(2023, 5, 27, 4, tzinfo=UTC)
    assert clock.today() == MAY_27


def test_a_fixed_clock_keeps_its_date_even_where_the_office_skipped_that_day() -> None:
    assert FixedClock("2011-12-30", "Pacific/Apia").today() == date(2011, 12, 30)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2023, 5, 26, 16, tzinfo=UTC),
        datetime(2023, 5, 27, 0, tzinfo=timezone(timedelta(hours=8))),
        pendulum.datetime(2023, 5, 27, 0, tz="Asia/Shanghai"),
    ],
)
def test_an_instant_has_the_date_that_it_has_in_the_office(instant: datetime) -> None:
    clock = FixedClock(instant)
    assert clock.today() == MAY_27
    assert clock.now() == instant
    assert type(clock.now()) is datetime
    assert clock.now().tzinfo is UTC
    assert FixedClock(instant, "UTC").today() == date(2023, 5, 26)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(Incomplete) as refused:
        FixedClock(datetime(2023, 5, 27))
    assert "no time zone" in refused.value.missing


def test_a_clock_cannot_stand_at_what_is_no_date() -> None:
    with pytest.raises(NotABusinessDate):
        FixedClock("27 May")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc", "Asia"])
def test_a_clock_runs_in_a_zone_that_exists(zone: str) -> None:
    with pytest.raises(BadIdentifier) as refused:
        SystemClock(zone)
    assert (refused.value.what, refused.value.given) == ("time zone", zone)
    with pytest.raises(BadIdentifier):
        FixedClock(datetime(2023, 5, 27, tzinfo=UTC), zone)


@pytest.mark.parametrize(
    ("act", "loaded"),
    [("", False), ("values.Period.year(2023)", False), ("values.add_months('2023-01-31', 1)", True)],
)
def test_pendulum_is_loaded_only_when_a_month_is_reckoned(act: str, loaded: bool) -> None:
    script = f"import sys\nfrom reliefstock import values\n{act}\nprint('pendulum' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(loaded)
