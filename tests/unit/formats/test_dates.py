"""Dates as people and spreadsheets write them, and those that a spreadsheet has spoilt."""

from __future__ import annotations

import pytest

from reliefstock.errors import Incomplete, NotABusinessDate
from reliefstock.formats._dates import period_of
from reliefstock.values import Period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024-01-14", "2024-01-14"),
        ("2024-1-4", "2024-01-04"),
        ("2024/1/14", "2024-01-14"),
        ("2024/01/14 0:00", "2024-01-14"),
        ("2024/1/14 00:00:00", "2024-01-14"),
        ("2024.1.14", "2024-01-14"),
        ("２０２４-０１-１４", "2024-01-14"),
        ("2024年1月14日", "2024-01-14"),
        ("2024年01月14号", "2024-01-14"),
        ("2024/5", "2024-05"),
        ("2024-5", "2024-05"),
        ("2024年2月", "2024-02"),
        ("2024年2月份", "2024-02"),
        ("2024年上半年", "2024-H1"),
        ("2024下半年", "2024-H2"),
        ("2024年第一季度", "2024-Q1"),
        ("2024年4季度", "2024-Q4"),
        ("2024年", "2024"),
        ("2024年度", "2024"),
        ("2024", "2024"),
        ("2024-Q2", "2024-Q2"),
        ("2024-05-06/2024-05-08", "2024-05-06/2024-05-08"),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, period: str):
    assert period_of(text) == Period.parse(period)


@pytest.mark.parametrize(
    "text",
    ["14.01.2024", "14/1/2024", "1/14", "45305", "45305.0", "Feb-24", "14-Feb", "14-Feb-24", "1月14日"],
)
def test_what_a_spreadsheet_made_of_a_date_is_told_how_to_prevent(text: str):
    with pytest.raises(Incomplete) as refused:
        period_of(text)
    assert "format the column as text" in str(refused.value)


@pytest.mark.parametrize("text", ["2024.10", "2024/13", "上半年", "2024-1/14", "soon"])
def test_what_names_no_period_is_refused(text: str):
    with pytest.raises(Incomplete):
        period_of(text)


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(NotABusinessDate):
        period_of("2023年2月30日")
