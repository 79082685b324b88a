"""Things of any class that can stand in a record, made field by field as the fields are declared.

They are made without asking the class whether it makes sense: what is put away, and comes back, is the same
whatever it says.
"""

from __future__ import annotations

from datetime import date, datetime, timezone
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st

from reliefstock.values import KILOGRAM, Interval, Money, Period, Personal, Quantity, Unit

__all__ = ["NAMED", "below", "marked", "things"]

NAMED = "named/"
"""What every name of a person in a thing begins with, and nothing else that is in it."""

_LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(["", "quilt", "depot", "甲"]),
    int: st.integers(-(2**70), 2**70),
    bool: st.booleans(),
    bytes: st.binary(max_size=8),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(timezone.utc)),  # noqa: UP017 -- as the records have it
    Fraction: st.fractions(max_denominator=99),
    type(None): st.none(),
    Interval: st.just(Interval.exactly(5)),
    Money: st.just(Money.of("12.50", "CNY")),
    Period: st.just(Period.parse("2023-H1")),
    Quantity: st.just(Quantity(3, KILOGRAM)),
    Unit: st.just(KILOGRAM),
}
_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
names = st.one_of(st.just(""), _texts.map(lambda text: NAMED + text))


def things(kind: type) -> st.SearchStrategy[Any]:
    """Things of a class, or of one below it where it has any."""
    return st.one_of([_made(one) for one in below(kind)])


@cache
def below(kind: type) -> tuple[type, ...]:
    """The classes of which a thing can be that is declared to be of this one."""
    subclasses = [
        one
        for each in kind.__subclasses__()
        if each.__module__.startswith("reliefstock")
        for one in below(each)
    ]
    return (kind, *subclasses)


def marked(declared: Any) -> Personal | None:  # noqa: ANN401
    """The mark of a person's name, where a field is declared as one."""
    if get_origin(declared) is Annotated:
        return next((mark for mark in declared.__metadata__ if isinstance(mark, Personal)), None)
    return None


@cache
def _made(kind: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind, include_extras=True)
    fields = {field.name: hints[field.name] for field in attrs.fields(kind)}
    where = {
        name: mark.where for name, declared in fields.items() if (mark := marked(declared)) and mark.where
    }
    stated = {name: _stated(declared) for name, declared in fields.items()}

    def make(values: dict[str, Any], told: list[str]) -> Any:  # noqa: ANN401
        thing = object.__new__(kind)
        for name, value in values.items():
            object.__setattr__(thing, name, value)
        for (name, condition), text in zip(where.items(), told, strict=True):
            if getattr(thing, condition):
                object.__setattr__(thing, name, text)
        return thing

    told = st.lists(names, min_size=len(where), max_size=len(where))
    return st.builds(make, st.fixed_dictionaries(stated), told)


def _stated(declared: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401
    mark = marked(declared)
    if mark is not None:
        return _LEAVES[str] if mark.where else names
    if get_origin(declared) is tuple:
        return st.lists(_stated(get_args(declared)[0]), min_size=1, max_size=2).map(tuple)
    if get_args(declared):
        return st.one_of([_stated(possible) for possible in get_args(declared)])
    if declared in _LEAVES:
        return _LEAVES[declared]
    if issubclass(declared, Enum):
        return st.sampled_from(declared)
    return st.deferred(lambda: things(declared))
