"""Amounts in words, the same in every finding and report."""

from __future__ import annotations

from fractions import Fraction

from reliefstock.values import Interval, Language, minor_digits, number_text

__all__ = ["money_text"]


def money_text(minor: Interval | int, currency: str, lang: Language) -> str:
    """An amount, or the bounds of one, given in minor units and said in major ones.

    >>> money_text(Interval(13_370_000, 23_370_000, low_open=True, high_open=True), "CNY", "zh")
    '大于133,700.00元、小于233,700.00元'
    """
    digits = minor_digits(currency)
    interval = minor if isinstance(minor, Interval) else Interval.exactly(minor)

    def each(amount: Fraction) -> str:
        whole, point, rest = number_text(amount).partition(".")
        text = f"{whole}{point or '.' if digits else ''}{rest.ljust(digits, '0')}"
        return f"{text}元" if (lang, currency) == ("zh", "CNY") else f"{currency} {text}"

    return interval.scaled(Fraction(1, 10**digits)).text(lang, each)
