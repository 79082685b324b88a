"""Documents, entries, lots and other typed things as plain data, and back as exactly what they were.

Which classes there are is said by whoever keeps them: nothing here knows a document. A thing is a list:
first a text with the name of its class and those of its fields, as in `"Place kind id"`, then a value for
each. So a record says itself what it holds, and one that was written before a class got a new field is read
with the default of that field. Nothing is guessed: a field too many, one too few or one of another type is
refused, with the path to it.

How a class is written and read is worked out once, from the annotations of its fields. A field can be
declared as a bool, an int, a text, bytes, a date, a datetime, a Fraction, None, a member of an Enum, a class
of the registry, several of one kind (`tuple[X, ...]`), or one of these or another (`X | None`). What is
declared as a base class may be of any class of the registry below it.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from operator import attrgetter
from types import MappingProxyType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from reliefstock.errors import BadData, ContentBroken, ReliefstockError
from reliefstock.journal.encoding import Plain, decode, encode

__all__ = ["Types"]

_T = TypeVar("_T")
_Turn = Callable[[Any], Any]

_NAMES: Final[Mapping[type, str]] = MappingProxyType(
    {
        type(None): "nothing",
        bool: "true or false",
        int: "a whole number",
        str: "a text",
        bytes: "bytes",
        date: "a date",
        datetime: "an instant",
        Fraction: "a ratio",
    }
)
"""What stays as it is, and what it is called."""


class Types:
    """The classes that can be kept, each by the name under which it stands in a record.

    A class may have several names: the first is the one that is written, the others are read, as the names
    that it had in earlier versions. Making this looks at every class, so it is made once.

    Raises:
        BadData: a class cannot be kept: a field is declared as something that is not in the registry, that
            has no form, or that would look the same as another possibility; all that is wrong is told.

    >>> from reliefstock.values import Money
    >>> types = Types({"Money": Money})
    >>> types.plain(Money.of("12.50", "CNY"))
    ('Money minor currency', 1250, 'CNY')
    >>> types.read(types.written(Money.of("12.50", "CNY")), Money)
    Money(minor=1250, currency='CNY')
    """

    def __init__(self, classes: Mapping[str, type]) -> None:
        built = _Build(classes)
        if built.problems:
            raise BadData("registry of types", tuple(built.problems))
        self._forms = built.forms

    def plain(self, thing: object) -> tuple[Plain, ...]:
        """A thing as plain data.

        Raises:
            BadData: it is of no class of the registry, or a field of it is not of the type that it is
                declared to be.
        """
        try:
            return self._forms.of(thing).plain(thing)
        except _WrongError as wrong:
            raise BadData(type(thing).__name__, (f"{wrong.reason} @ ${wrong.path}",)) from wrong

    def thing(self, plain: Plain, kind: type[_T]) -> _T:
        """The thing that `plain` made this plain data of: of that class, or of one below it.

        Raises:
            ContentBroken: it is of another class, a field is missing, unknown or of another type, or the
                class itself refuses what it would have to be.
        """
        try:
            found = self._forms.thing(plain)
        except _WrongError as wrong:
            raise ContentBroken(kind.__name__, f"${wrong.path}", wrong.reason) from wrong
        if not isinstance(found, kind):
            raise ContentBroken(kind.__name__, "$", f"it is a {type(found).__name__}")
        return found

    def written(self, thing: object) -> bytes:
        """A thing as bytes. Raises `BadData` as `plain` and `encode` do."""
        return encode(self.plain(thing))

    def read(self, data: bytes, kind: type[_T]) -> _T:
        """The thing that `written` made these bytes of.

        Raises `EncodingBroken` as `decode` does, or `ContentBroken` as `thing`.
        """
        return self.thing(decode(data), kind)


class _WrongError(Exception):
    """Something is not as it is declared; the path to it is put together on the way up."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = ""

    def under(self, path: str) -> _WrongError:
        self.path = path + self.path
        return self


# What a field can be


@attrs.define
class _Ways:
    """How what a field can be is written and read.

    What is of the types `same` stays as it is. `out` says by the type of a thing how it becomes plain data,
    `back` by the type of plain data how it is read; `kinds` are the classes of the registry that it can be
    of, and `due` is what all this is called.
    """

    same: set[type] = attrs.field(factory=set[type])
    out: dict[type, _Turn] = attrs.field(factory=dict[type, _Turn])
    back: dict[type, _Turn] = attrs.field(factory=dict[type, _Turn])
    kinds: set[type] = attrs.field(factory=set[type])
    due: dict[str, None] = attrs.field(factory=dict[str, None])

    def wrong(self, given: object) -> _WrongError:
        return _WrongError(f"{' or '.join(self.due)} is due, got {_shown(given)}")


def _shown(given: object) -> str:
    kind = type(given).__name__
    return f"{kind} {reprlib.repr(given)}" if isinstance(given, str | bool | float) else kind


@attrs.frozen
class _Several:
    """Several of one kind: each of them is turned, as it is where there is nothing to turn."""

    each: _Ways
    turns: Mapping[type, _Turn]

    def __call__(self, given: Sequence[object]) -> tuple[object, ...]:
        turned: list[object] = []
        same, turns = self.each.same, self.turns
        try:
            for one in given:
                kind = type(one)
                if kind in same:
                    turned.append(one)
                elif kind in turns:
                    turned.append(turns[kind](one))
                else:
                    raise self.each.wrong(one)
        except _WrongError as wrong:
            raise wrong.under(f"[{len(turned)}]") from None
        return tuple(turned)


def _member(kind: type[Enum], members: Mapping[object, Enum]) -> _Turn:
    def read(given: object) -> Enum:
        if given not in members:
            known = ", ".join(map(repr, members))
            raise _WrongError(f"{given!r} is no {kind.__name__}; there is {known}")
        return members[given]

    return read


# One class


@attrs.frozen
class _Field:
    name: str
    alias: str
    required: bool
    ways: _Ways


class _Form:
    """One class: how its things become plain data, and come back."""

    def __init__(self, kind: type, name: str) -> None:
        self.kind = kind
        self.name = name
        self.fields: tuple[_Field, ...] = ()
        self._head = name
        self._values = _values_of(())

    def settle(self, fields: Sequence[_Field]) -> None:
        """Say which fields it has: only now, since they may be of classes that come later."""
        self.fields = tuple(fields)
        names = [field.name for field in fields]
        self._head = " ".join([self.name, *names])
        self._values = _values_of(names)

    def plain(self, thing: object) -> tuple[Plain, ...]:
        plain: list[Plain] = [self._head]
        try:
            for field, value in zip(self.fields, self._values(thing), strict=True):
                kind, ways = type(value), field.ways
                if kind in ways.same:
                    plain.append(value)  # pyright: ignore[reportArgumentType] -- it is of one of the types of plain data
                elif kind in ways.out:
                    plain.append(ways.out[kind](value))
                else:
                    raise ways.wrong(value)
        except _WrongError as wrong:
            raise wrong.under(f".{self.fields[len(plain) - 1].name}") from None
        return tuple(plain)


def _values_of(names: Sequence[str]) -> Callable[[object], tuple[object, ...]]:
    """How the values of several fields are got: all at once, which is four times as fast as one by one."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda thing: tuple(getattr(thing, name) for name in names)


@attrs.frozen
class _Plan:
    """How a thing is read of which a record states these fields."""

    form: _Form
    fields: tuple[_Field, ...]

    def thing(self, plain: Sequence[Plain]) -> object:
        if len(plain) != len(self.fields) + 1:
            raise _WrongError(f"{len(self.fields)} fields are named, and there are {len(plain) - 1}")
        stated: dict[str, object] = {}
        try:
            for field, value in zip(self.fields, plain[1:], strict=True):
                kind, ways = type(value), field.ways
                if kind in ways.same:
                    stated[field.alias] = value
                elif kind in ways.back:
                    stated[field.alias] = ways.back[kind](value)
                else:
                    raise ways.wrong(value)
        except _WrongError as wrong:
            raise wrong.under(f".{self.fields[len(stated)].name}") from None
        try:
            return self.form.kind(**stated)
        except (ReliefstockError, TypeError, ValueError) as error:
            raise _WrongError(f"{self.form.name} refuses it: {error}") from error


class _Forms:
    """All classes: by themselves, by their names, and by what stands at the head of a thing."""

    def __init__(self) -> None:
        self.by_kind: dict[type, _Form] = {}
        self.by_name: dict[str, _Form] = {}
        self._plans: dict[str, _Plan] = {}

    def of(self, thing: object) -> _Form:
        form = self.by_kind.get(type(thing))
        if form is None:
            raise _WrongError(f"{type(thing).__name__} is not among the types that are kept")
        return form

    def below(self, kind: type) -> list[_Form]:
        return [form for form in self.by_kind.values() if issubclass(form.kind, kind)]

    def thing(self, plain: Plain) -> object:
        """The thing that plain data is, of whatever class."""
        head = plain[0] if isinstance(plain, tuple) and plain else None
        if not isinstance(plain, tuple) or not isinstance(head, str):
            raise _WrongError(f"a thing with its fields is due, got {_shown(plain)}")
        plan = self._plans.get(head)
        if plan is None:
            plan = self._plans[head] = self._plan(head)
        return plan.thing(plain)

    def _plan(self, head: str) -> _Plan:
        name, *stated = head.split(" ")
        form = self.by_name.get(name)
        if form is None:
            raise _WrongError(f"no type {name!r} is known")
        known = {field.name: field for field in form.fields}
        wrong = [f"{name!r} is no field of it" for name in stated if name not in known]
        wrong += [f"{name!r} is stated twice" for name in known if stated.count(name) > 1]
        wrong += [
            f"{one.name!r} is missing" for one in form.fields if one.required and one.name not in stated
        ]
        if wrong:
            raise _WrongError(", ".join([f"of {form.name}, {wrong[0]}", *wrong[1:]]))
        return _Plan(form, tuple(known[name] for name in stated))


# All classes


class _Build:
    """Works out how every class of a registry is written and read; `problems` is what is wrong with them."""

    def __init__(self, classes: Mapping[str, type]) -> None:
        self.forms = _Forms()
        self.problems: list[str] = []
        for name, kind in classes.items():
            self._add(name, kind)
        for form in self.forms.by_kind.values():
            self._settle(form)

    def _add(self, name: str, kind: type) -> None:
        if not name.isidentifier():
            self.problems.append(f"{name!r} cannot be the name of a class in a record")
        if attrs.has(kind):
            self.forms.by_name[name] = self.forms.by_kind.setdefault(kind, _Form(kind, name))
        else:
            self.problems.append(f"{name} has no typed fields")

    def _settle(self, form: _Form) -> None:
        hints = get_type_hints(form.kind)
        fields: list[_Field] = []
        for field in attrs.fields(form.kind):
            where = f"{form.name}.{field.name}"
            if not field.init:
                self.problems.append(f"{where} is not stated when one is made")
            ways = self._ways(hints[field.name], where)
            fields.append(_Field(field.name, field.alias, field.default is attrs.NOTHING, ways))
        form.settle(fields)

    def _ways(self, declared: Any, where: str) -> _Ways:  # noqa: ANN401 -- an annotation is of no one type
        ways = _Ways()
        taken: dict[type, str] = {}
        union = get_origin(declared) in (Union, UnionType)
        for possible in get_args(declared) if union else (declared,):
            for plain_type, what in self._add_way(ways, possible, where):
                ways.due[what] = None
                if taken.setdefault(plain_type, what) != what:
                    self.problems.append(f"{where}: {taken[plain_type]} and {what} would look the same")
        return ways

    def _add_way(self, ways: _Ways, possible: Any, where: str) -> Iterator[tuple[type, str]]:  # noqa: ANN401
        """Add one possibility; gives the types of plain data that stand for it, and what it is called."""
        if possible in _NAMES:
            ways.same.add(possible)
            yield possible, _NAMES[possible]
        elif get_origin(possible) is tuple:
            self._add_several(ways, possible, where)
            yield tuple, "a list"
        elif isinstance(possible, type) and issubclass(possible, Enum):
            yield from self._add_members(ways, possible, where)
        elif isinstance(possible, type) and (below := self.forms.below(possible)):
            self._add_things(ways, below)
            yield tuple, "a thing"
        else:
            self.problems.append(f"{where} is declared as {possible}, which is not in the registry")

    def _add_several(self, ways: _Ways, declared: Any, where: str) -> None:  # noqa: ANN401 -- as above
        each, *more = get_args(declared)
        if more != [...]:
            self.problems.append(f"{where} is declared as {declared}; only lists of any length are kept")
        inner = self._ways(each, where)
        ways.out[tuple] = _Several(inner, inner.out)
        ways.back[tuple] = _Several(inner, inner.back)

    def _add_members(self, ways: _Ways, kind: type[Enum], where: str) -> Iterator[tuple[type, str]]:
        ways.out[kind] = attrgetter("_value_")  # five times as fast as `value`, and documented too
        members: dict[object, Enum] = {member.value: member for member in kind}
        for plain_type in dict.fromkeys(map(type, members)):
            if plain_type not in (str, int):
                self.problems.append(f"{where}: a member of {kind.__name__} is no text or whole number")
            ways.back[plain_type] = _member(kind, members)
            yield plain_type, f"a {kind.__name__}"

    def _add_things(self, ways: _Ways, forms: Sequence[_Form]) -> None:
        ways.out.update({form.kind: form.plain for form in forms})
        ways.kinds.update(form.kind for form in forms)
        ways.back[tuple] = self._thing_of(ways.kinds)

    def _thing_of(self, kinds: set[type]) -> _Turn:
        forms = self.forms

        def read(plain: Plain) -> object:
            found = forms.thing(plain)
            if type(found) not in kinds:
                raise _WrongError(f"it is a {type(found).__name__}")
            return found

        return read
