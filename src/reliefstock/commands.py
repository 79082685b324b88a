"""Twice is once: every command carries an id, and the same id with the same content is the same command.

The content is digested over all of its fields, in one canonical text, so that a command that is sent
again after a time-out is known from one that was changed in between.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, cast

import attrs

from reliefstock.errors import NotExact

__all__ = ["canonical", "digest"]


def canonical(given: object) -> str:
    """One text for one content, whatever the order in which it was written.

    Raises:
        NotExact: a part is a float or of a type whose text is not fixed.

    >>> canonical({"b": 1, "a": (date(2023, 1, 14), None)})
    '{"a":[["date","2023-01-14"],null],"b":1}'
    """
    return json.dumps(_plain(given), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def digest(given: object) -> str:
    """The SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(given).encode()).hexdigest()


def _plain(given: object) -> Any:  # noqa: ANN401 -- what json takes has no narrower type
    if given is None or isinstance(given, str | bool) or type(given) is int:
        return given
    if isinstance(given, Enum):
        return [type(given).__name__, given.value]
    if isinstance(given, date | Fraction):
        return [type(given).__name__.lower(), str(given)]
    if isinstance(given, tuple | list):
        return [_plain(part) for part in cast("Sequence[object]", given)]
    if isinstance(given, Mapping):
        return {str(key): _plain(value) for key, value in cast("Mapping[object, object]", given).items()}
    if attrs.has(type(given)):
        fields = {f.name: _plain(getattr(given, f.name)) for f in attrs.fields(type(given))}
        return [type(given).__name__, fields]
    raise NotExact(what="a part of a command", given=given)
