"""Whether what is stated is of the types that it is declared to be: all that is wrong is told at once.

Python lets anything stand anywhere. What is kept for ever is looked at first: a yes is no number, a number
is no text, a text can be written down, and a count has no more digits than anybody could mean. How a class is
checked is worked out once from its annotations.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

import attrs

from reliefstock.donations import Restriction, Valuation
from reliefstock.errors import BadData
from reliefstock.values import Interval, Money, Period, Quantity

__all__ = ["check_types"]

_Wrong = tuple[tuple[str, str], ...]  # paths, and what is wrong there; none where all is well
_Check = Callable[[Any], _Wrong]

_FINE: _Wrong = ()
_MOST = 10**36
_TOO_LONG: _Wrong = (("", "it has more than 36 digits"),)
_NO_TEXT: _Wrong = (("", "it has half of a surrogate pair, which cannot be written down"),)


def check_types(given: object) -> None:
    """Look at a request, a noun or anything else made of typed classes.

    Raises `BadData` with everything that is wrong.
    """
    kind = type(given)
    wrong = _check_of(kind)(given)
    if wrong:
        raise BadData(what=kind.__name__, problems=tuple(f"{reason} @ ${path}" for path, reason in wrong))


@cache
def _check_of(hint: Any) -> _Check:  # noqa: ANN401 -- an annotation is of no one type
    """How what is declared so is checked: by the check of the very type that it has."""
    kinds = dict(_kinds(hint))
    due = " or ".join(_NAMES.get(kind, kind.__name__) for kind in kinds)

    def check(given: object) -> _Wrong:
        one = kinds.get(type(given))
        return (("", f"{due} is due, got {_shown(given)}"),) if one is None else one(given)

    return check


def _kinds(hint: Any) -> Iterator[tuple[type, _Check]]:  # noqa: ANN401 -- as above
    if get_origin(hint) is tuple:
        yield tuple, _items(_check_of(get_args(hint)[0]))
    elif not isinstance(hint, type):
        for each in get_args(hint):
            yield from _kinds(each)
    elif attrs.has(hint):
        yield hint, _fields(hint)
    else:
        yield hint, _LEAVES.get(hint, _fine)


def _fields(kind: type) -> _Check:
    hints = get_type_hints(kind)
    checks = tuple((field.name, _check_of(hints[field.name])) for field in attrs.fields(kind))

    def check(given: object) -> _Wrong:
        return tuple(
            (f".{name}{path}", reason) for name, each in checks for path, reason in each(getattr(given, name))
        )

    return check


def _items(each: _Check) -> _Check:
    def check(given: tuple[object, ...]) -> _Wrong:
        return tuple((f"[{at}]{path}", reason) for at, one in enumerate(given) for path, reason in each(one))

    return check


def _fine(_: object) -> _Wrong:
    return _FINE


def _number(given: int) -> _Wrong:
    return _FINE if -_MOST < given < _MOST else _TOO_LONG


def _ratio(given: Fraction) -> _Wrong:
    return _number(given.numerator) or _number(given.denominator)


def _text(given: str) -> _Wrong:
    if given.isascii():
        return _FINE
    return _NO_TEXT if any("\ud800" <= mark <= "\udfff" for mark in given) else _FINE


def _shown(given: object) -> str:
    kind = type(given).__name__
    if isinstance(given, Enum) or not isinstance(given, str | int | float | bytes):
        return kind
    return f"{kind} {reprlib.repr(given)}" if not isinstance(given, int) or abs(given) < _MOST else kind


_LEAVES: Mapping[type, _Check] = MappingProxyType({int: _number, str: _text, Fraction: _ratio})
_NAMES: Mapping[type, str] = MappingProxyType(
    {
        int: "a whole number",
        str: "a text",
        bool: "true or false",
        date: "a date",
        tuple: "a list",
        Interval: "an interval",
        Period: "a period",
        Restriction: "a restriction",
        Valuation: "a valuation",
        Money: "an amount with its currency",
        Quantity: "a quantity with its unit",
        type(None): "nothing",
    }
)
