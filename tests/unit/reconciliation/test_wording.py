"""Amounts in words."""

from __future__ import annotations

import pytest

from reliefstock import Interval
from reliefstock.reconciliation import Finding, money_text
from reliefstock.values import Language


@pytest.mark.parametrize(
    ("amount", "currency", "lang", "text"),
    [
        (13_370_005, "CNY", "zh", "133,700.05元"),
        (13_370_005, "CNY", "en", "CNY 133,700.05"),
        (-50, "CNY", "en", "CNY -0.50"),
        (5, "USD", "zh", "USD 0.05"),
        (1_500, "JPY", "en", "JPY 1,500"),
        (1_500, "KWD", "en", "KWD 1.500"),
        (Interval.at_least(100), "CNY", "zh", "不少于1.00元"),
        (Interval(100, 200, high_open=True), "CNY", "en", "CNY 1.00–CNY 2.00 (CNY 2.00 excluded)"),
    ],
)
def test_minor_units_are_said_in_major_ones(amount: int | Interval, currency: str, lang: Language, text: str):
    assert money_text(amount, currency, lang) == text


def test_a_finding_is_told_in_both_languages():
    finding = Finding(code="c", about="a", zh="中", en="English")
    assert (finding.text("zh"), finding.text("en"), finding.text()) == ("中", "English", "English")
