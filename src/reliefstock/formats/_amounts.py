"""How much, as it stands in a cell: an amount of money, or a number of things."""

from __future__ import annotations

from reliefstock.formats.sheet import Row
from reliefstock.values import Figure, minor_digits

__all__ = ["amount_of", "count_of"]

_NOTHING = "nothing is no movement; leave the cell empty where the amount is not known, or leave out the row"


def amount_of(row: Row, column: str, currency: str) -> Figure | None:
    """An amount of the currency of account, above zero and in whole minor units where it is exact.

    None where the cell is empty or anything is wrong with it. Without a currency (the report states none
    that is known, which is noted there) no amount can be checked.
    """
    figure = row.figure(column)
    if figure is None or not currency:
        return None
    reason = _wrong_amount(figure, currency)
    if reason:
        row.bad(column, reason)
    return None if reason else figure


def _wrong_amount(figure: Figure, currency: str) -> str:
    if figure.currency != currency:
        return f"an amount of {currency} is due, with its currency, such as 9.9万元"
    digits = minor_digits(currency)
    if figure.interval.is_exact and figure.minor_interval(digits).low.denominator != 1:
        return f"{currency} has {digits} decimals, and more are stated"
    return _NOTHING if figure.interval.high == 0 else ""


def count_of(row: Row, column: str) -> Figure | None:
    """A number of things with its unit, above zero and whole where it is exact; None as in `amount_of`."""
    figure = row.figure(column)
    reason = "" if figure is None else _wrong_count(figure)
    if reason:
        row.bad(column, reason)
    return None if reason else figure


def _wrong_count(figure: Figure) -> str:
    if figure.measure != "count" or not figure.unit:
        return "a number with its unit is due, such as 500箱"
    if figure.interval.is_exact and figure.interval.low.denominator != 1:
        return "a part of a unit cannot be counted; state it in a smaller unit"
    return _NOTHING if figure.interval.high == 0 else ""
