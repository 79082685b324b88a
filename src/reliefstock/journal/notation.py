"""Plain data as text that people can read, print and type in, and back: again in one way only.

The text is JSON. What JSON has no form for stands in an object with one key that begins with `$`: `$day`,
`$instant`, `$ratio`, `$bytes` (in hexadecimal), `$hex` (a number of more than 36 digits). Bytes that are
themselves an encoding are shown as what is in them, under `$in`. A thing with its fields
(`reliefstock.journal.typed`) is shown by its fields, with the name of its class under `$`. Plain data by
keys of which one begins with `$` stand under `$keys`. What is too long for a line of 100 characters is
broken, an item a line.

Since every content has one text, the bytes of a record follow from its text: a receipt can show what it
proves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, cast

from reliefstock.errors import BadData, EncodingBroken, TextBroken
from reliefstock.journal.encoding import Plain, decode, encode

__all__ = ["plain_from", "text_of"]

_WIDTH: Final = 100
_MOST: Final = 10**36
_MOST_INSIDE: Final = 8  # encodings in one another; beyond that the bytes are shown
_THING: Final = re.compile(r"[A-Z][A-Za-z0-9_]*(?: [a-z_][a-z0-9_]*)+")
_WHAT: Final = "text of a record"


def text_of(plain: Plain) -> str:
    """Plain data as text, without a line break at the end.

    Raises:
        BadData: it cannot be written, as `encode` says.

    >>> print(text_of([date(2023, 1, 14), ("Place kind id", "warehouse", "depot"), Fraction(1, 3)]))
    [{"$day": "2023-01-14"}, {"$": "Place", "kind": "warehouse", "id": "depot"}, {"$ratio": [1, 3]}]
    """
    return "\n".join(_lines("", _shown(decode(encode(plain)), 0), "", ""))


def plain_from(text: str) -> Plain:
    """The plain data of which `text_of` made this text.

    Raises:
        TextBroken: it made it of nothing; with the first line that is wrong.

    >>> plain_from('{"$": "Place", "kind": "warehouse", "id": "depot"}')
    ('Place kind id', 'warehouse', 'depot')
    """
    try:
        plain = _read(json.loads(text, object_pairs_hook=_Pairs, parse_float=_refuse, parse_constant=_refuse))
        again = text_of(plain)
    except json.JSONDecodeError as error:
        raise TextBroken(_WHAT, error.lineno, "it is no JSON from here on") from error
    except (BadData, ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise TextBroken(_WHAT, 1, "it is not the text of any record") from error
    if again != text:
        raise TextBroken(_WHAT, _first_difference(again, text), "it would be written in another way")
    return plain


def _first_difference(due: str, given: str) -> int:
    """The number of the first line in which two texts are not the same, from 1."""
    lines = zip(due.split("\n"), given.split("\n"), strict=False)
    same = 0
    for one, other in lines:
        if one != other:
            break
        same += 1
    return same + 1


class _Pairs(list[tuple[str, Any]]):
    """The keys of an object with their values, in the order in which they stand."""


def _refuse(text: str) -> object:
    raise ValueError(text)


# Writing


def _lines(lead: str, shown: object, tail: str, indent: str) -> Iterator[str]:
    """The lines of something: one, or one for each thing in it."""
    line = f"{indent}{lead}{json.dumps(shown, ensure_ascii=False)}{tail}"
    if len(line) <= _WIDTH or not isinstance(shown, dict | list) or not shown:
        yield line
        return
    opened, closed = "{}" if isinstance(shown, dict) else "[]"
    yield f"{indent}{lead}{opened}"
    inner = _inner(cast("dict[str, object] | list[object]", shown))
    for at, (name, one) in enumerate(inner, start=1):
        yield from _lines(name, one, "," if at < len(inner) else "", f"{indent} ")
    yield f"{indent}{closed}{tail}"


def _inner(shown: dict[str, object] | list[object]) -> list[tuple[str, object]]:
    if isinstance(shown, list):
        return [("", one) for one in shown]
    return [(f"{json.dumps(key, ensure_ascii=False)}: ", one) for key, one in shown.items()]


def _shown(plain: Plain, inside: int) -> object:
    """Plain data as JSON has it; `inside` says in how many encodings it stands."""
    if isinstance(plain, tuple):
        return _shown_list(plain, inside)
    if isinstance(plain, Mapping):
        by_key = {key: _shown(value, inside) for key, value in plain.items()}
        return {"$keys": by_key} if any(key.startswith("$") for key in by_key) else by_key
    if isinstance(plain, bytes):
        return _shown_bytes(plain, inside)
    return _shown_one(plain)


def _shown_list(plain: Sequence[Plain], inside: int) -> object:
    """A list, or a thing with its fields, where the first of it names them."""
    head = plain[0] if plain else None
    name, *fields = head.split(" ") if isinstance(head, str) and _THING.fullmatch(head) else [""]
    shown = [_shown(one, inside) for one in plain]
    if not fields or len(set(fields)) != len(shown) - 1 or len(fields) != len(shown) - 1:
        return shown
    return {"$": name, **dict(zip(fields, shown[1:], strict=True))}


def _shown_bytes(plain: bytes, inside: int) -> object:
    """Bytes, or what they are the encoding of."""
    try:
        return (
            {"$in": _shown(decode(plain), inside + 1)} if inside < _MOST_INSIDE else {"$bytes": plain.hex()}
        )
    except EncodingBroken:
        return {"$bytes": plain.hex()}


def _shown_one(plain: Plain) -> object:
    """What JSON has no form for, with a mark."""
    if isinstance(plain, datetime):
        return {"$instant": plain.isoformat().removesuffix("+00:00") + "Z"}
    if isinstance(plain, date):
        return {"$day": plain.isoformat()}
    if isinstance(plain, Fraction):
        return {"$ratio": [_shown_one(plain.numerator), _shown_one(plain.denominator)]}
    if isinstance(plain, int) and not -_MOST < plain < _MOST:
        return {"$hex": f"{plain:x}"}
    return plain


# Reading. What is read is written again and compared, so nothing else has to be strict here.


def _read(given: Any) -> Plain:  # noqa: ANN401 -- what JSON has
    if isinstance(given, _Pairs):
        return _read_pairs(given)
    if isinstance(given, list):
        return tuple(map(_read, cast("list[Any]", given)))
    return given


def _read_pairs(pairs: _Pairs) -> Plain:
    first = pairs[0][0] if pairs else ""
    if first == "$":
        head = " ".join([pairs[0][1], *(key for key, _ in pairs[1:])])
        return (head, *(_read(value) for _, value in pairs[1:]))
    if first.startswith("$"):
        return _MARKS[first](pairs[0][1])
    return {key: _read(value) for key, value in pairs}


def _ratio(given: Sequence[Any]) -> Fraction:
    numerator, denominator = map(_read, given)
    return Fraction(cast("int", numerator), cast("int", denominator))


_MARKS: Mapping[str, Callable[[Any], Plain]] = MappingProxyType(
    {
        "$bytes": bytes.fromhex,
        "$day": date.fromisoformat,
        "$hex": lambda given: int(given, 16),
        "$in": lambda given: encode(_read(given)),
        "$instant": datetime.fromisoformat,
        "$keys": lambda given: {key: _read(value) for key, value in given},
        "$ratio": _ratio,
    }
)
