"""Requests and documents as plain data, for whatever carries them: JSON, a queue, a table of requests.

`request_from` is strict: a number must be a whole number, a key must be known, and everything that is wrong is told
at once, each with the path to it. `plain_from` is its opposite, and takes documents apart too. An amount is
`{"amount": "12.50", "currency": "CNY"}`, a quantity `{"count": 2, "unit": {...}}`, a date `"2023-01-14"`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from reliefstock.errors import BadData, NotExact
from reliefstock.operations import (
    Arrive,
    Dispatch,
    Distribute,
    Document,
    MentionMovement,
    Observe,
    PledgeGift,
    Purchase,
    ReceiveGoods,
    ReceiveMoney,
    Request,
    Return,
    Reverse,
    Spend,
    WriteOff,
)
from reliefstock.values import Money, Period, Quantity, business_date, near

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["plain_from", "request_from"]

_KINDS: tuple[type[Request], ...] = (
    PledgeGift,
    ReceiveGoods,
    ReceiveMoney,
    Purchase,
    Dispatch,
    Arrive,
    Distribute,
    Return,
    WriteOff,
    Spend,
    Reverse,
    Observe,
    MentionMovement,
)


def request_from(data: Mapping[str, object]) -> Request:
    """Make a request of plain data; its `kind` is the name of the class.

    Raises `BadData` with everything that is wrong.

    >>> data = {"kind": "Reverse", "document": "GRN-000001", "on": "2023-02-01", "reason": "twice", "approved_by": "A"}
    >>> request_from(data).document
    'GRN-000001'
    """
    kinds = {kind.__name__: kind for kind in _KINDS}
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        close = near(str(kind), kinds) or tuple(kinds)
        raise BadData("request", (f"no kind {kind!r} is known, there is {', '.join(close)} @ $.kind",))
    fields = {key: value for key, value in data.items() if key != "kind"}
    return _structured(kinds[kind], fields)


def plain_from(given: Request | Document) -> dict[str, Any]:
    """A request or a document as plain data, with the name of its class under `kind`.

    >>> plain_from(Reverse(document="GRN-000001", on="2023-02-01", reason="twice", approved_by="A"))["on"]
    '2023-02-01'
    """
    return {"kind": type(given).__name__, **_converter().unstructure(given)}


def _structured(kind: type[Request], fields: Mapping[str, object]) -> Request:
    from cattrs import transform_error  # noqa: PLC0415 -- only who reads data needs it
    from cattrs.errors import BaseValidationError  # noqa: PLC0415

    try:
        return _converter().structure(fields, kind)
    except BaseValidationError as error:
        raise BadData(kind.__name__, tuple(transform_error(error, format_exception=_reason))) from error


def _reason(error: BaseException, _: type[Any] | None) -> str:
    if isinstance(error, BadData):
        return "; ".join(error.problems)
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    return str(error)


@cache
def _converter() -> Converter:
    """A converter that takes nothing for something else: cattrs itself would make 5 of '5' and of 5.9."""
    from cattrs import Converter  # noqa: PLC0415 -- only who reads data needs it

    made = Converter(forbid_extra_keys=True)
    for kind in (int, str, bool):
        made.register_structure_hook(kind, _exactly(kind))
    made.register_structure_hook(date, lambda given, _: business_date(given))
    made.register_structure_hook(Fraction, lambda given, _: _fraction(given))
    made.register_structure_hook(Period, lambda given, _: Period.parse(_exactly(str)(given, str)))
    made.register_structure_hook(Money, lambda given, _: _money(given))
    for union in (Quantity | Money, Quantity | Money | None):
        made.register_structure_hook(union, lambda given, _: _stated(made, given))
    made.register_structure_hook_func(_is_enum, _member)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(datetime, datetime.isoformat)
    made.register_unstructure_hook(Fraction, str)
    made.register_unstructure_hook(Period, str)
    made.register_unstructure_hook(Money, _plain_money)
    return made


def _exactly(kind: type[Any]) -> Callable[[Any, Any], Any]:
    def hook(given: Any, _: Any) -> Any:  # noqa: ANN401 -- whatever the data has
        if type(given) is not kind:
            due = {int: "a whole number", str: "a text", bool: "true or false"}[kind]
            raise BadData(kind.__name__, (f"{due} is due, got {type(given).__name__} {given!r}",))
        return given

    return hook


def _is_enum(kind: Any) -> bool:  # noqa: ANN401
    return isinstance(kind, type) and issubclass(kind, Enum)


def _member(given: object, kind: type[Enum]) -> Enum:
    values = {member.value: member for member in kind}
    if not isinstance(given, str) or given not in values:
        raise BadData(kind.__name__, (f"{given!r} is none of {', '.join(map(str, values))}",))
    return values[given]


def _fraction(given: object) -> Fraction:
    """A whole number, or a text such as '1/3'."""
    if type(given) is int or isinstance(given, str):
        return Fraction(given)
    raise NotExact(what="a bound", given=given)


def _money(given: Any) -> Money:  # noqa: ANN401
    keys = {"amount", "currency"}
    if not isinstance(given, Mapping) or set(given) != keys:
        raise BadData("amount of money", (f"{given!r} has not the keys {', '.join(sorted(keys))}",))
    return Money.of(_exactly(str)(given["amount"], str), given["currency"])


def _plain_money(money: Money) -> dict[str, str]:
    return {"amount": money.text(grouping=False), "currency": money.currency}


def _stated(converter: Converter, given: Any) -> Quantity | Money | None:  # noqa: ANN401
    if given is None:
        return None
    is_money = isinstance(given, Mapping) and "amount" in given
    return _money(given) if is_money else converter.structure(given, Quantity)
