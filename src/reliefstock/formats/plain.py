"""Requests and documents as plain data, for whatever carries them: JSON, a queue, a table of requests.

Reading is strict: a number must be a whole number, a key must be known, and everything that is wrong is told
at once, each with the path to it. What is written reads back as the same. An amount of money is
`{"amount": "12.50", "currency": "CNY"}`, a quantity `{"count": 2, "unit": {...}}`, a date `"2023-01-14"`, a
bound of an interval a text, `"1/3"` where it is no whole number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast, get_args, get_origin

import attrs

from reliefstock.errors import BadData
from reliefstock.formats.sheet import hint
from reliefstock.operations import DOCUMENTS, OPERATIONS, Allocation, Document, Request
from reliefstock.values import Money, Period, Quantity, business_date

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["document_from", "plain_from", "request_from"]

_T = TypeVar("_T")

_REQUESTS: Final[Mapping[str, type[Request[Document]]]] = MappingProxyType(
    {kind.__name__: kind for kind in OPERATIONS}
)
_DOCUMENTS: Final[Mapping[str, type[Document]]] = MappingProxyType(
    {kind.__name__: kind for kind in DOCUMENTS}
)
# No bound needs more figures; and '1e999999999' would fill the memory before anybody could refuse it.
_RATIO: Final = re.compile(r"-?[0-9]{1,60}(?:/[0-9]{1,60})?")
_MONEY: Final = ["amount", "currency"]
_DUE: Final[Mapping[type, str]] = MappingProxyType(
    {int: "a whole number", str: "a text", bool: "true or false"}
)


def request_from(data: Mapping[str, object]) -> Request[Document]:
    """Make a request of plain data; its `kind` is the name of the class.

    Raises `BadData` with everything that is wrong, each with the path to it.

    >>> from reliefstock.operations import Reverse
    >>> data = {"kind": "Reverse", "document": "GRN-000001", "on": "2023-02-01", "reason": "twice",
    ...         "approved_by": "A"}
    >>> request_from(data) == Reverse(document="GRN-000001", on="2023-02-01", reason="twice", approved_by="A")
    True
    >>> request_from({**data, "on": "2 January", "approved_by": 1})
    Traceback (most recent call last):
    reliefstock.errors.BadData: this is no Reverse; correct it and send it again:
      a business date is due, got str '2 January'; give a date or 'YYYY-MM-DD': an instant has no business \
date until somebody says in which time zone @ $.on
      a text is due, got int 1 @ $.approved_by
    """
    return _read(data, _REQUESTS, "request")


def document_from(data: Mapping[str, object]) -> Document:
    """Make a document of plain data, as `plain_from` wrote it. The book is not asked whether it made it.

    Raises `BadData` as `request_from` does.

    >>> from reliefstock.operations import Reversal
    >>> note = Reversal(number="REV-000001", on=date(2023, 2, 1), reverses="GRN-000001", reason="twice",
    ...                 approved_by="A")
    >>> document_from(plain_from(note)) == note
    True
    """
    return _read(data, _DOCUMENTS, "document")


def plain_from(given: Request[Document] | Document) -> dict[str, Any]:
    """A request or a document as plain data, with the name of its class under `kind`.

    >>> from reliefstock.operations import Reverse
    >>> plain_from(Reverse(document="GRN-000001", on="2023-02-01", reason="twice", approved_by="A"))["on"]
    '2023-02-01'
    """
    return {"kind": type(given).__name__, **_converter().unstructure(given)}


def _read(data: object, kinds: Mapping[str, type[_T]], what: str) -> _T:
    if not isinstance(data, Mapping):
        raise BadData(what, (f"keys with their values are due, got {type(data).__name__} {data!r} @ $",))
    fields = dict(cast("Mapping[str, object]", data))
    kind = fields.pop("kind", None)
    if not isinstance(kind, str) or kind not in kinds:
        known = hint(kind if isinstance(kind, str) else "", kinds) or f"; there is {', '.join(kinds)}"
        raise BadData(what, (f"no kind {kind!r} is known{known} @ $.kind",))
    return _structured(kinds[kind], fields)


def _structured(kind: type[_T], fields: Mapping[str, object]) -> _T:
    from cattrs import transform_error  # noqa: PLC0415 -- only who reads data needs it
    from cattrs.errors import BaseValidationError  # noqa: PLC0415

    try:
        return _converter().structure(fields, kind)
    except BaseValidationError as error:
        raise BadData(kind.__name__, tuple(transform_error(error, format_exception=_reason))) from error


def _reason(error: BaseException, _: type[Any] | None) -> str:
    from cattrs.errors import ForbiddenExtraKeysError  # noqa: PLC0415

    if isinstance(error, BadData):
        return "; ".join(error.problems)
    if isinstance(error, ForbiddenExtraKeysError):
        return f"no key {', '.join(map(repr, sorted(error.extra_fields)))} is known"
    return f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)


# The converter


@cache
def _converter() -> Converter:
    """A converter that takes nothing for something else: cattrs itself would make 5 of '5' and of 5.9."""
    from cattrs import Converter  # noqa: PLC0415 -- only who reads data needs it
    from cattrs.gen import make_dict_unstructure_fn, override  # noqa: PLC0415

    made = Converter(forbid_extra_keys=True, unstruct_collection_overrides={tuple: list})
    _add_readers(made)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(Fraction, str)
    made.register_unstructure_hook(Period, str)
    made.register_unstructure_hook(Money, _plain_money)
    without_a_plan = make_dict_unstructure_fn(Allocation, made, plan=override(omit_if_default=True))
    made.register_unstructure_hook(Allocation, without_a_plan)  # says what it said before there were plans
    return made


def _add_readers(made: Converter) -> None:
    readers: Mapping[Any, Callable[[object], object]] = {
        bool: lambda given: _exactly(bool, given),
        date: lambda given: business_date(_exactly(str, given)),
        Fraction: _fraction,
        int: lambda given: _exactly(int, given),
        Money: _money,
        Period: lambda given: Period.parse(_exactly(str, given)),
        str: lambda given: _exactly(str, given),
        Quantity | Money: lambda given: _stated(made, given),
        Quantity | Money | None: lambda given: None if given is None else _stated(made, given),
    }
    for kind, reader in readers.items():
        made.register_structure_hook(kind, _hook(reader))
    made.register_structure_hook_func(_is_enum, _member)
    made.register_structure_hook_factory(attrs.has, partial(_fields, made))
    made.register_structure_hook_func(_is_tuple, lambda given, kind: _several(made, given, kind))


def _fields(made: Converter, kind: type[Any]) -> Callable[[object, Any], object]:
    """How a class is read: by its keys, and from nothing that has none."""
    read = made.gen_structure_attrs_fromdict(kind)

    def hook(given: object, to: Any) -> object:  # noqa: ANN401 -- cattrs hands on any class
        if not isinstance(given, Mapping):
            due = f"keys with their values are due, got {type(given).__name__} {given!r}"
            raise BadData(kind.__name__, (due,))
        return read(cast("Mapping[str, Any]", given), to)

    return hook


def _hook(reader: Callable[[object], object]) -> Callable[[object, object], object]:
    return lambda given, _: reader(given)


def _exactly(kind: type[_T], given: object) -> _T:
    if type(given) is not kind:
        raise BadData(kind.__name__, (f"{_DUE[kind]} is due, got {type(given).__name__} {given!r}",))
    return cast("_T", given)


def _is_enum(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _member(given: object, kind: type[Enum]) -> Enum:
    values = {member.value: member for member in kind}
    if not isinstance(given, str) or given not in values:
        raise BadData(kind.__name__, (f"{given!r} is none of {', '.join(map(str, values))}",))
    return values[given]


def _several(made: Converter, given: object, kind: object) -> tuple[object, ...]:
    """A list; a text would pass for its letters, and keys with values for the keys."""
    if not isinstance(given, list | tuple):
        raise BadData("list", (f"a list is due, got {type(given).__name__} {given!r}",))
    each = get_args(kind)[0]
    return tuple(cast("Iterable[object]", made.structure(given, list[each])))


def _fraction(given: object) -> Fraction:
    """A whole number, or a text such as '1/3'."""
    text = str(given) if type(given) is int else given
    if not isinstance(text, str) or not _RATIO.fullmatch(text) or not int(text.partition("/")[2] or 1):
        raise BadData("bound", (f"a whole number or a ratio such as '1/3' is due, got {given!r}",))
    return Fraction(text)


def _money(given: object) -> Money:
    fields = cast("Mapping[str, object]", given if isinstance(given, Mapping) else {})
    if sorted(map(str, fields)) != _MONEY:
        raise BadData("amount of money", (f"{given!r} has not the keys {' and '.join(_MONEY)}",))
    return Money.of(_exactly(str, fields["amount"]), _exactly(str, fields["currency"]))


def _plain_money(money: Money) -> dict[str, str]:
    return {"amount": money.text(grouping=False), "currency": money.currency}


def _stated(made: Converter, given: object) -> Quantity | Money:
    """A quantity, or an amount of money: the keys tell which."""
    if not isinstance(given, Mapping):
        raise BadData("quantity", (f"a quantity or an amount is due, got {type(given).__name__} {given!r}",))
    return _money(cast("object", given)) if "amount" in given else made.structure(given, Quantity)
