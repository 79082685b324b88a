"""Plain data as bytes, in one way only: the same content is always the same bytes, and no others are read.

What is hashed must not depend on who writes it. So there is one form for each content, and a reader refuses
every other: a length that could be shorter, keys out of their order, half of a surrogate pair, anything left
over. Whoever changes one bit of a record makes other content of it or none at all.

The form is that of CBOR, deterministically encoded (RFC 8949, 4.2.1), with the registered tags for dates
(1004), instants (0), ratios (30) and large numbers (2, 3), so that an auditor can read it with tools of any
language. One byte stands before it: the version of the form, which is 1.

Plain data is a bool, an int of any size, a text, bytes, a date, an aware datetime, a Fraction, None, a list
of plain data, or plain data by keys that are texts. A list comes back as a tuple, and an instant in UTC.
"""

# ruff: noqa: PLR2004 -- the heads and sizes of CBOR are what this module is about

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from math import gcd
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

from reliefstock.errors import BadData, EncodingBroken

__all__ = ["DEEPEST", "VERSION", "Plain", "decode", "encode"]

Plain: TypeAlias = (
    "bool | int | str | bytes | date | datetime | Fraction | Sequence[Plain] | Mapping[str, Plain] | None"
)
"""What can be written: see above."""

VERSION: Final = 1
"""The version of the form, which is the first byte."""

DEEPEST: Final = 64
"""How many lists may be in one another; more is refused, so that no bytes can exhaust the stack."""

_Add = Callable[[bytes], object]
_MOST_TOLD: Final = 20

# The major types of CBOR, each as the head of what is of length or value 0, and the tags in use.
_POSITIVE, _NEGATIVE, _BYTES, _TEXT, _LIST, _KEYS, _TAG = (major << 5 for major in range(7))
_FALSE, _TRUE, _NONE = b"\xf4", b"\xf5", b"\xf6"
_INSTANT, _LARGE, _LARGE_NEGATIVE, _RATIO, _DAY = 0, 2, 3, 30, 1004
_OPENS_DAY: Final = b"\xd9\x03\xec\x6a"  # tag 1004 and a text of ten characters
_OF_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OF_INSTANT: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}){2}T[0-9]{2}(?::[0-9]{2}){2}(?:\.[0-9]{6})?Z")
_LEAST: Final = (24, 1 << 8, 1 << 16, 1 << 32)  # what an argument of 1, 2, 4, 8 bytes is for


class _UnfitError(Exception):
    """Something cannot be written; what, and where, is told by `_problems`."""


def encode(given: Plain) -> bytes:
    r"""The bytes of plain data: the same for the same content, and for no other.

    Raises:
        BadData: a part of it is of another type (a float, a set), a key is no text, a text has half of a
            surrogate pair, an instant has no time zone, or lists are more than 64 deep in one another. What
            is wrong is told with its path, up to twenty times.

    >>> encode({"to": "school", "by": "keeper"})
    b'\x01\xa2bbyfkeeperbtofschool'
    >>> encode({"by": "keeper", "share": 0.5})
    Traceback (most recent call last):
    reliefstock.errors.BadData: this is no record; correct it and send it again:
      a float is no plain data @ $.share
    """
    parts = [bytes((VERSION,))]
    try:
        _write((given,), parts.append, 0)
    except (_UnfitError, UnicodeEncodeError, OverflowError) as error:
        raise BadData("record", tuple(islice(_problems(given, "$", 0), _MOST_TOLD))) from error
    return b"".join(parts)


def decode(data: bytes) -> Plain:
    """The plain data that `encode` made these bytes of.

    Raises:
        EncodingBroken: they are not what `encode` makes of anything; with the offset of what is wrong.

    >>> decode(encode(["GRN-000001", 500, Fraction(1, 3), None]))
    ('GRN-000001', 500, Fraction(1, 3), None)
    >>> decode(bytes.fromhex("011805"))
    Traceback (most recent call last):
    reliefstock.errors.EncodingBroken: this is not what was written, at byte 1: it has a longer head than it \
needs; take it from another copy, and verify both
    """
    if type(data) is not bytes:
        raise EncodingBroken(0, f"bytes are due, got {type(data).__name__}")
    if data[:1] != bytes((VERSION,)):
        raise EncodingBroken(0, _wrong_version(data))
    try:
        (found,), end = _read(data, 1, 1, 0)
    except IndexError:
        raise _cut_off(data) from None
    if end > len(data):
        raise _cut_off(data)
    if end < len(data):
        raise EncodingBroken(end, "there is more behind the end")
    return found


def _wrong_version(data: bytes) -> str:
    if not data:
        return "there is nothing"
    return f"it is of version {data[0]}, and this release reads version {VERSION}"


def _cut_off(data: bytes) -> EncodingBroken:
    return EncodingBroken(len(data), "it is cut off here")


# Writing


def _head(major: int, argument: int) -> bytes:
    """A major type with its argument (a value, a length or a tag), in as few bytes as hold it."""
    if argument < 24:
        return bytes((major | argument,))
    if argument < 1 << 8:
        return bytes((major | 24, argument))
    if argument < 1 << 16:
        return bytes((major | 25, argument >> 8, argument & 255))
    if argument < 1 << 32:
        return bytes((major | 26,)) + argument.to_bytes(4, "big")
    return bytes((major | 27,)) + argument.to_bytes(8, "big")


_TEXTS: Final = tuple(_head(_TEXT, size) for size in range(256))
_NUMBERS: Final = tuple(_head(_POSITIVE, number) for number in range(256))
_LISTS: Final = tuple(_head(_LIST, size) for size in range(256))


def _write(given: Iterable[object], add: _Add, depth: int) -> None:
    """Write several things. What is most frequent is written here, since a call would cost more than it."""
    for one in given:
        if type(one) is str:
            raw = one.encode()
            size = len(raw)
            add(_TEXTS[size] + raw if size < 256 else _head(_TEXT, size) + raw)
        elif one is None:
            add(_NONE)
        elif type(one) is int and 0 <= one < 256:
            add(_NUMBERS[one])
        else:
            _WRITERS.get(type(one), _write_other)(one, add, depth)


def _write_truth(given: bool, add: _Add, _: int) -> None:  # noqa: FBT001 -- as all of them, by position
    add(_TRUE if given else _FALSE)


def _write_number(given: int, add: _Add, _: int) -> None:
    if 0 <= given < 256:
        add(_NUMBERS[given])
        return
    negative = given < 0
    argument = ~given if negative else given
    if argument < 1 << 64:
        add(_head(_NEGATIVE if negative else _POSITIVE, argument))
        return
    raw = argument.to_bytes((argument.bit_length() + 7) // 8, "big")
    add(_head(_TAG, _LARGE_NEGATIVE if negative else _LARGE) + _head(_BYTES, len(raw)) + raw)


def _write_bytes(given: bytes, add: _Add, _: int) -> None:
    add(_head(_BYTES, len(given)) + given)


def _write_day(given: date, add: _Add, _: int) -> None:
    add(_OPENS_DAY + given.isoformat().encode())


def _write_instant(given: datetime, add: _Add, _: int) -> None:
    if given.utcoffset() is None:
        raise _UnfitError
    raw = _instant_text(given).encode()
    add(_head(_TAG, _INSTANT) + _head(_TEXT, len(raw)) + raw)


def _instant_text(given: datetime) -> str:
    return given.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def _write_ratio(given: Fraction, add: _Add, _: int) -> None:
    add(_head(_TAG, _RATIO) + _head(_LIST, 2))
    _write_number(given.numerator, add, 0)
    _write_number(given.denominator, add, 0)


def _write_list(given: Sequence[Plain], add: _Add, depth: int) -> None:
    if depth == DEEPEST:
        raise _UnfitError
    size = len(given)
    add(_LISTS[size] if size < 256 else _head(_LIST, size))
    _write(given, add, depth + 1)


def _write_by_key(given: Mapping[str, Plain], add: _Add, depth: int) -> None:
    keys = tuple(given)
    if depth == DEEPEST or not all(type(key) is str for key in keys):
        raise _UnfitError
    add(_head(_KEYS, len(keys)))
    for key, raw in _ordered(keys):
        add(raw)
        _write((given[key],), add, depth + 1)


def _write_other(given: object, add: _Add, depth: int) -> None:
    if not isinstance(given, Mapping):
        raise _UnfitError
    _write_by_key(cast("Mapping[str, Plain]", given), add, depth)


def _ordered(keys: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    """As `_in_order`; of many keys nothing is kept, since those are data and do not come again."""
    return _in_order(keys) if len(keys) <= 64 else _in_order.__wrapped__(keys)


@lru_cache(maxsize=1024)
def _in_order(keys: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    """The keys in the order of their bytes, the shorter first, each with its bytes; none of them twice."""
    return tuple(sorted(((key, _text(key)) for key in dict.fromkeys(keys)), key=lambda pair: pair[1]))


def _text(given: str) -> bytes:
    raw = given.encode()
    return _head(_TEXT, len(raw)) + raw


_WRITERS: Mapping[type, Callable[[Any, _Add, int], None]] = MappingProxyType(
    {
        bool: _write_truth,
        int: _write_number,
        bytes: _write_bytes,
        date: _write_day,
        datetime: _write_instant,
        Fraction: _write_ratio,
        tuple: _write_list,
        list: _write_list,
        dict: _write_by_key,
    }
)


# What cannot be written


def _problems(given: object, path: str, depth: int) -> Iterator[str]:
    """All that keeps something from being written, each with its path."""
    reason = _problem(given, depth)
    if reason:
        yield f"{reason} @ {path}"
    elif isinstance(given, Mapping):
        for key, value in cast("Mapping[object, object]", given).items():
            yield from _problems_of_key(key, path)
            yield from _problems(value, f"{path}.{key}", depth + 1)
    elif isinstance(given, tuple | list):
        for at, value in enumerate(cast("Sequence[object]", given)):
            yield from _problems(value, f"{path}[{at}]", depth + 1)


def _problems_of_key(key: object, path: str) -> Iterator[str]:
    if type(key) is not str:
        yield f"a key is a text, and not {type(key).__name__} @ {path}"
    elif _has_half_a_pair(key):
        yield f"a key has half of a surrogate pair, which cannot be written down @ {path}"


def _problem(given: object, depth: int) -> str:
    if depth >= DEEPEST and isinstance(given, Mapping | tuple | list):
        return f"more than {DEEPEST} lists are in one another"
    if type(given) is str:
        return (
            "it has half of a surrogate pair, which cannot be written down" if _has_half_a_pair(given) else ""
        )
    if type(given) is datetime:
        return _problem_of_instant(given)
    if given is None or type(given) in _WRITERS or isinstance(given, Mapping):
        return ""
    return f"a {type(given).__name__} is no plain data"


def _problem_of_instant(given: datetime) -> str:
    if given.utcoffset() is None:
        return "an instant has a time zone"
    try:
        _instant_text(given)
    except OverflowError:
        return "in UTC it is not in the years 1 to 9999"
    return ""


def _has_half_a_pair(given: str) -> bool:
    return any("\ud800" <= mark <= "\udfff" for mark in given)


# Reading


def _read(data: bytes, at: int, count: int, depth: int) -> tuple[list[Plain], int]:  # noqa: C901 -- see below
    """Read several things, and say where they end, which may be behind the end of the data.

    One long loop, since a call for each thing would cost more than all else. A slice behind the end is short
    and does not raise: who calls this looks at where it ended.
    """
    if depth > DEEPEST:
        raise EncodingBroken(at, f"more than {DEEPEST} lists are in one another")
    found: list[Plain] = []
    add = found.append
    try:
        for _ in range(count):
            head = data[at]
            if 0x60 <= head <= 0x77:
                end = at + head - 0x5F
                add(data[at + 1 : end].decode())
                at = end
            elif head <= 0x17:
                add(head)
                at += 1
            elif head == 0xF6:
                add(None)
                at += 1
            elif head == 0x78 and data[at + 1] > 0x17:
                end = at + 2 + data[at + 1]
                add(data[at + 2 : end].decode())
                at = end
            elif head == 0x19 and data[at + 1]:
                add(data[at + 1] << 8 | data[at + 2])
                at += 3
            elif head == 0x18 and data[at + 1] > 0x17:
                add(data[at + 1])
                at += 2
            elif 0x80 <= head <= 0x97:
                inner, at = _read(data, at + 1, head - 0x80, depth + 1)
                add(tuple(inner))
            else:
                one, at = _READERS[head](data, at, depth)
                add(one)
    except UnicodeDecodeError:
        raise _bad_text(data, at) from None
    return found, at


def _bad_text(data: bytes, at: int) -> EncodingBroken:
    """A text that is none, or of which the end is missing."""
    size, begin = _argument(data, at)
    return _cut_off(data) if begin + size > len(data) else EncodingBroken(at, "it is no text in UTF-8")


def _argument(data: bytes, at: int) -> tuple[int, int]:
    """The value, length or tag that a head states, and where the head ends."""
    stated = data[at] & 31
    if stated < _LEAST[0]:
        return stated, at + 1
    size = stated - 24
    end = at + 1 + (1 << size)
    if end > len(data):
        raise _cut_off(data)
    argument = int.from_bytes(data[at + 1 : end], "big")
    if argument < _LEAST[size]:
        raise EncodingBroken(at, "it has a longer head than it needs")
    return argument, end


def _read_number(data: bytes, at: int, _: int) -> tuple[int, int]:
    return _argument(data, at)


def _read_negative(data: bytes, at: int, _: int) -> tuple[int, int]:
    argument, at = _argument(data, at)
    return ~argument, at


def _read_bytes(data: bytes, at: int, _: int) -> tuple[bytes, int]:
    size, at = _argument(data, at)
    return data[at : at + size], at + size


def _read_text(data: bytes, at: int, _: int) -> tuple[str, int]:
    size, at = _argument(data, at)
    return data[at : at + size].decode(), at + size


def _read_list(data: bytes, at: int, depth: int) -> tuple[tuple[Plain, ...], int]:
    count, at = _argument(data, at)
    found, at = _read(data, at, count, depth + 1)
    return tuple(found), at


def _read_by_key(data: bytes, at: int, depth: int) -> tuple[dict[str, Plain], int]:
    begin = at
    count, at = _argument(data, at)
    found, at = _read(data, at, 2 * count, depth + 1)
    keys = tuple(found[::2])
    if not all(type(key) is str for key in keys):
        raise EncodingBroken(begin, "a key is no text")
    names = cast("tuple[str, ...]", keys)
    if tuple(name for name, _ in _ordered(names)) != names:
        raise EncodingBroken(begin, "its keys are not in their order, each of them once")
    return dict(zip(names, found[1::2], strict=True)), at


def _read_tagged(data: bytes, at: int, _: int) -> tuple[Plain, int]:
    if data[at : at + 4] == _OPENS_DAY:
        return _read_day(data, at)
    tag, inside = _argument(data, at)
    if tag not in _TAGGED:
        raise EncodingBroken(at, f"tag {tag} is not in use, or not before this")
    return _TAGGED[tag](data, inside)


def _read_day(data: bytes, at: int) -> tuple[date, int]:
    end = at + 14
    found = _day_of(data[at + 4 : end])
    if found is None:
        raise _cut_off(data) if end > len(data) else EncodingBroken(at, "there is no such day")
    return found, end


@lru_cache(maxsize=4096)  # a book has few days, and each of them many times
def _day_of(raw: bytes) -> date | None:
    try:
        text = raw.decode("ascii")
        return date.fromisoformat(text) if _OF_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _read_instant(data: bytes, at: int) -> tuple[datetime, int]:
    text, end = _read_text(data, _due(data, at, _TEXT, "the text of an instant"), 0)
    found = _instant_of(text)
    if found is None:
        raise _cut_off(data) if end > len(data) else EncodingBroken(at, "there is no such instant")
    return found, end


def _instant_of(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if _OF_INSTANT.fullmatch(text) else None
    except ValueError:
        return None
    return found if found and _instant_text(found) == text else None


def _read_large(data: bytes, at: int) -> tuple[int, int]:
    raw, end = _read_bytes(data, _due(data, at, _BYTES, "the bytes of a number"), 0)
    if end > len(data):
        raise _cut_off(data)
    if len(raw) <= 8 or not raw[0]:
        raise EncodingBroken(at, "it has a longer form than it needs")
    return int.from_bytes(raw, "big"), end


def _read_large_negative(data: bytes, at: int) -> tuple[int, int]:
    argument, end = _read_large(data, at)
    return ~argument, end


def _read_ratio(data: bytes, at: int) -> tuple[Fraction, int]:
    if data[at] != _LIST | 2:
        raise EncodingBroken(at, "the two parts of a ratio are due")
    numerator, end = _read_whole(data, at + 1)
    denominator, end = _read_whole(data, end)
    if denominator < 1 or gcd(numerator, denominator) > 1:
        raise EncodingBroken(at, "a ratio is in lowest terms, with a denominator above zero")
    return Fraction(numerator, denominator), end


def _read_whole(data: bytes, at: int) -> tuple[int, int]:
    """A part of a ratio: a number, large or not, and nothing else that has a tag."""
    head = data[at]
    if head & 0xE0 not in (_POSITIVE, _NEGATIVE) and head not in (_TAG | _LARGE, _TAG | _LARGE_NEGATIVE):
        raise EncodingBroken(at, "the two parts of a ratio are numbers")
    return cast("tuple[int, int]", _READERS[head](data, at, 0))


def _due(data: bytes, at: int, major: int, what: str) -> int:
    """Where it begins, if it is of the type that is due there."""
    if data[at] & 0xE0 != major or data[at] & 31 > 27:
        raise EncodingBroken(at, f"{what} is due")
    return at


def _refused(data: bytes, at: int, _: int) -> tuple[Plain, int]:
    raise EncodingBroken(at, f"nothing begins with the byte {data[at]:02x}")


_Reader = Callable[[bytes, int, int], tuple[Plain, int]]

_TAGGED: Mapping[int, Callable[[bytes, int], tuple[Plain, int]]] = MappingProxyType(
    {
        _INSTANT: _read_instant,
        _LARGE: _read_large,
        _LARGE_NEGATIVE: _read_large_negative,
        _RATIO: _read_ratio,
    }
)
_BY_MAJOR: Sequence[_Reader] = (
    _read_number,
    _read_negative,
    _read_bytes,
    _read_text,
    _read_list,
    _read_by_key,
    _read_tagged,
)


def _reader(head: int) -> _Reader:
    """How what begins with a byte is read."""
    fixed: Mapping[int, Plain] = {_FALSE[0]: False, _TRUE[0]: True}
    if head in fixed:
        return lambda _, at, __: (fixed[head], at + 1)
    return _BY_MAJOR[head >> 5] if head < 0xE0 and head & 31 < 28 else _refused


_READERS: Final = tuple(map(_reader, range(256)))
