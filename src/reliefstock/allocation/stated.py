"""What callers state, checked before anything is made of it: rules, numbers, tables and lists.

Callers may not check types, so that a text stands where a number is due, or a class where a rule is. Each
check raises an error of `reliefstock.errors` that names what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeVar, cast

from reliefstock.allocation.rules import Rule
from reliefstock.errors import Incomplete, NotExact, NotPositive

__all__ = ["check_rule", "checked_names", "checked_number", "checked_table", "listed_as"]

T = TypeVar("T")


def check_rule(rule: object) -> None:
    """Refuse what is no rule. Raises `Incomplete`.

    >>> check_rule("equal")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    reliefstock.errors.Incomplete: sharing out: 'equal' is no rule; name one, as MaxMinFill()
    """
    if not isinstance(rule, Rule) or type(rule) is Rule:
        raise Incomplete(
            "sharing out",
            f"{rule!r} is no rule",
            "name one, as MaxMinFill()",
            zh=f"分配：{rule!r} 不是分配规则；请写明一种，如 MaxMinFill()",
        )


def checked_number(what: str, number: object, *, is_whole: bool = True) -> None:
    """Refuse what is no whole number, or no fraction, from 0 on. Raises `NotExact` and `NotPositive`."""
    if type(number) is not int and (is_whole or type(number) is not Fraction):
        raise NotExact(what, number)
    if number < 0:
        raise NotPositive(what, number)


def checked_table(what: str, table: object) -> None:
    """Refuse what is no table of items by their names. Raises `Incomplete`.

    >>> checked_table("supplies", {"quilt": 3})
    """
    names = cast("Mapping[object, object]", table)
    if not isinstance(table, Mapping):
        raise Incomplete(
            what,
            f"{table!r} is no table of items",
            "state a dict with a row for each item",
            zh=f"{what}：{table!r} 不是按物资列的表；请用 dict，每种物资一行",
        )
    checked_names(what, names)


def checked_names(what: str, names: Iterable[object]) -> None:
    """Refuse names that are no texts. Raises `Incomplete`."""
    for name in names:
        if not isinstance(name, str):
            raise Incomplete(
                what,
                f"{name!r} is no id",
                "name each by a text",
                zh=f"{what}：{name!r} 不是编号；请用文本写明",
            )


def listed_as(kind: type[T], what: str, given: Iterable[T]) -> tuple[T, ...]:
    """All of them, once each is of its kind. Raises `Incomplete`.

    >>> listed_as(int, "numbers", [1, 2])
    (1, 2)
    """
    rows: tuple[object, ...] = tuple(given) if isinstance(given, Iterable) else (given,)  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
    found: list[T] = []
    for row in rows:
        if not isinstance(row, kind):
            raise Incomplete(
                what,
                f"{row!r} is no {kind.__name__}",
                f"state each as a {kind.__name__}",
                zh=f"{what}：{row!r} 不是 {kind.__name__}；请逐一用 {kind.__name__} 写明",
            )
        found.append(row)
    return tuple(found)
