"""Several things where several are due: a tuple, so that nobody can change it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from reliefstock.errors import Incomplete

__all__ = ["several"]

_T = TypeVar("_T")


def several(given: Iterable[_T]) -> tuple[_T, ...]:
    """Return what is given as a tuple, in its order.

    A text is refused, because its letters would pass for as many names: one storekeeper called "ab" would
    be the two counters "a" and "b". A set is refused, because it has no order, and
    keys with values are no list.

    Raises:
        Incomplete: one thing, a text, a set or a mapping stands where a list is due.

    >>> several(["a", "b"])
    ('a', 'b')
    """
    if isinstance(given, str | bytes | set | frozenset | Mapping) or not isinstance(given, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
        missing = f"{given!r} is no list"
        one = f"give a list of one: [{given!r}]" if isinstance(given, str) else ""
        do = one or "put what is meant into a list, in its order"
        one_zh = f"请写成只有一项的列表：[{given!r}]" if isinstance(given, str) else ""
        do_zh = one_zh or "请按次序放进列表"
        raise Incomplete(what="a list", missing=missing, do=do, zh=f"列表：{given!r} 不是列表；{do_zh}")
    return tuple(given)
