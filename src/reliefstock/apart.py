"""People apart: a thing as it stands in a record, with opaque ids for people, and as it is read, with names.

Fields that tell of a person are marked (`reliefstock.values.who`). Where they are in a thing, and in what it
is made of, is worked out once for each class; what no person stands in is given back as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Annotated, Any, Final, TypeVar, cast, get_args, get_origin, get_type_hints

import attrs

from reliefstock.people import People
from reliefstock.values.who import Personal, is_person_id

__all__ = ["all_restored", "names_in", "personal_fields", "restored", "withheld"]

_T = TypeVar("_T")
_Swap = Callable[[str], str]
_Gather = Callable[[Any, list[str]], None]
_Turn = Callable[[Any, _Swap], Any]

_set: Final = object.__setattr__


def withheld(thing: _T, people: People) -> _T:
    """A thing with the opaque ids of people in the place of their names; itself where nobody is named.

    Whoever is not known yet is then. An empty text stays empty.

    Raises:
        BadIdentifier: a name cannot be kept, or is itself the opaque id of somebody (see `People.ids_of`).

    >>> from reliefstock.operations import Reverse
    >>> from reliefstock.people import MemoryPeople
    >>> people = MemoryPeople(make=lambda: "person-0123456789abcdef01234567")
    >>> asked = Reverse(document="GRN-000001", on="2023-02-01", reason="twice", approved_by="clerk A")
    >>> withheld(asked, people).approved_by
    'person-0123456789abcdef01234567'
    >>> restored(withheld(asked, people), people) == asked
    True
    """
    names = _texts_in(thing)
    if not names:
        return thing
    ids = people.ids_of(names)
    return _swapped(thing, ids.__getitem__)


def restored(thing: _T, people: People) -> _T:
    """A thing with the names of people in the place of their opaque ids; itself where there is none.

    Where a person was erased, or is not known, the id stays.
    """
    return all_restored((thing,), people)[0]


def all_restored(things: Sequence[_T], people: People) -> list[_T]:
    """Several things, each as `restored` gives it; people are asked once."""
    ids = [[text for text in _texts_in(thing) if is_person_id(text)] for thing in things]
    names: Mapping[str, str] = {}
    if any(ids):
        names = people.names_of(dict.fromkeys(chain.from_iterable(ids)))
    return [
        _swapped(thing, lambda text: names.get(text, text)) if any(one in names for one in its) else thing
        for thing, its in zip(things, ids, strict=True)
    ]


def names_in(thing: object) -> tuple[str, ...]:
    """The names of people in a thing, or their opaque ids in one that is withheld; each once.

    >>> from reliefstock.operations import Reverse
    >>> names_in(Reverse(document="GRN-000001", on="2023-02-01", reason="twice", approved_by="clerk A"))
    ('clerk A',)
    """
    return tuple(dict.fromkeys(_texts_in(thing)))


def personal_fields(kind: type) -> tuple[str, ...]:
    """Which fields of a class tell of a person, by their own.

    >>> from reliefstock.operations import Waybill
    >>> personal_fields(Waybill)
    ('carrier', 'approved_by')
    """
    return tuple(field.name for field in attrs.fields(kind) if _mark(_hints(kind)[field.name]) is not None)


# One thing


def _texts_in(thing: object) -> list[str]:
    found: list[str] = []
    _gather_thing(thing, found)
    return found


def _swapped(thing: _T, swap: _Swap) -> _T:
    return cast("_T", _turn_thing(thing, swap))


def _gather_text(given: str | None, found: list[str]) -> None:
    if given:
        found.append(given)


def _turn_text(given: str | None, swap: _Swap) -> str | None:
    return swap(given) if given else given


def _gather_thing(given: object, found: list[str]) -> None:
    plan = _plan_of(type(given))
    if plan is not None:
        plan.gather(given, found)


def _turn_thing(given: object, swap: _Swap) -> object:
    plan = _plan_of(type(given))
    return given if plan is None else plan.turn(given, swap)


@attrs.frozen
class _Way:
    """How what a field can be is gone through."""

    gather: _Gather
    turn: _Turn


_TEXT: Final = _Way(_gather_text, _turn_text)
_THING: Final = _Way(_gather_thing, _turn_thing)


def _several(each: _Way) -> _Way:
    def gather(given: Sequence[object] | None, found: list[str]) -> None:
        for one in given or ():
            each.gather(one, found)

    def turn(given: Sequence[object] | None, swap: _Swap) -> object:
        return tuple([each.turn(one, swap) for one in given]) if given else given

    return _Way(gather, turn)


def _either(ways: Mapping[type, _Way]) -> _Way:
    """By the very type of what is there; `object` stands for all types that are not named."""
    other = ways.get(object, _Way(_pass_by, _leave))

    def gather(given: object, found: list[str]) -> None:
        ways.get(type(given), other).gather(given, found)

    def turn(given: object, swap: _Swap) -> object:
        return ways.get(type(given), other).turn(given, swap)

    return _Way(gather, turn)


def _pass_by(_: object, __: list[str]) -> None:
    """Nobody stands there."""


def _leave(given: object, _: _Swap) -> object:
    return given


# One class


@attrs.frozen
class _Part:
    """A field in which people can stand; `where` names what must be true of the thing, if anything."""

    name: str
    way: _Way
    where: str = ""


class _Plan:
    """Where people stand in the things of one class, and how a copy of one is made."""

    def __init__(self, kind: type[object], parts: Sequence[_Part]) -> None:
        self._kind = kind
        self._parts = [(part.name, part.way.gather, part.way.turn, part.where) for part in parts]
        self._names = [field.name for field in attrs.fields(kind)]

    def gather(self, thing: object, found: list[str]) -> None:
        for name, gather, _, where in self._parts:
            if not where or getattr(thing, where):
                gather(getattr(thing, name), found)

    def turn(self, thing: object, swap: _Swap) -> object:
        """A copy with other texts. It is not made anew: what it was made of was checked, and is the same."""
        turned = {name: getattr(thing, name) for name in self._names}
        for name, _, turn, where in self._parts:
            if not where or getattr(thing, where):
                turned[name] = turn(turned[name], swap)
        made = object.__new__(self._kind)
        for name, value in turned.items():
            _set(made, name, value)
        return made


@cache
def _plan_of(kind: type[object]) -> _Plan | None:
    """None where no person can stand in a thing of that class."""
    if not attrs.has(kind):
        return None
    hints = _hints(kind)
    found = (_part(field.name, hints[field.name]) for field in attrs.fields(kind))
    parts = [part for part in found if part is not None]
    return _Plan(kind, parts) if parts else None


def _part(name: str, declared: Any) -> _Part | None:  # noqa: ANN401 -- an annotation is of no one type
    way = _way(declared)
    mark = _mark(declared)
    return None if way is None else _Part(name, way, "" if mark is None else mark.where)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _mark(declared: Any) -> Personal | None:  # noqa: ANN401 -- as above
    """The mark on what a field is declared as, or on a part of that."""
    if get_origin(declared) is Annotated:
        return next((mark for mark in declared.__metadata__ if isinstance(mark, Personal)), None)
    marks = map(_mark, get_args(declared))
    return next((mark for mark in marks if mark is not None), None)


def _way(declared: Any) -> _Way | None:  # noqa: ANN401 -- as above
    """How to go through what is declared so; None where no person can stand in it."""
    ways = dict(_ways(declared))
    return _either(ways) if len(ways) > 1 else next(iter(ways.values()), None)


def _ways(declared: Any) -> Iterator[tuple[type, _Way]]:  # noqa: ANN401 -- as above
    if get_origin(declared) is Annotated:
        if _mark(declared) is not None:
            yield str, _TEXT
    elif get_origin(declared) is tuple:
        each = _way(get_args(declared)[0])
        if each is not None:
            yield tuple, _several(each)
    elif get_args(declared):
        for possible in get_args(declared):
            yield from _ways(possible)
    elif isinstance(declared, type) and any(map(_names_people, _reached(declared))):
        yield object, _THING


def _names_people(kind: type) -> bool:
    return any(_mark(_hints(kind)[field.name]) is not None for field in attrs.fields(kind))


def _reached(kind: type) -> Iterator[type]:
    """The classes that a thing of this class can be of or made of: those below them too."""
    found: set[object] = set()
    waiting: list[Any] = [kind]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        waiting += get_args(one)
        if isinstance(one, type) and attrs.has(one):
            yield one
            waiting += [_hints(one)[field.name] for field in attrs.fields(one)]
            waiting += one.__subclasses__()
