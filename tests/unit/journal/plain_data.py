"""Plain data of every kind for the tests of the journal, and what tells one content from another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

from hypothesis import strategies as st

__all__ = ["contents", "exactly", "instants"]

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=zones)
texts = st.text(max_size=12) | st.integers(0, 300).map(lambda size: "棉a" * size)
raws = st.binary(max_size=12) | st.integers(0, 300).map(bytes)
numbers = st.integers() | st.integers(-(2**70), 2**70) | st.integers(-300, 300)
ones = (
    st.none()
    | st.booleans()
    | numbers
    | texts
    | raws
    | st.dates()
    | instants
    | st.fractions()
    | st.builds(Fraction, st.integers(-(2**80), 2**80), st.integers(1, 2**80))
)
contents = st.recursive(
    ones,
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.lists(inner, max_size=6).map(tuple)
        | st.dictionaries(st.text(max_size=6), inner, max_size=6)
    ),
    max_leaves=12,
)


def exactly(given: object) -> object:
    """What tells contents apart: also True from 1 and from Fraction(1), but no tuple from its list."""
    if isinstance(given, tuple | list):
        return "list", tuple(map(exactly, given))
    if isinstance(given, Mapping):
        return "keys", tuple(sorted((key, exactly(value)) for key, value in given.items()))
    if isinstance(given, datetime):
        return "instant", given.astimezone(UTC).isoformat()
    return type(given).__name__, str(given) if isinstance(given, date | Fraction) else given
