"""One of a few things, stated by its value as data has it, or as the member that it is."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from reliefstock.errors import BadData

__all__ = ["member_of"]

_E = TypeVar("_E", bound=Enum)


def member_of(kind: type[_E]) -> Callable[[_E | str], _E]:
    """Return a converter to the members of an enumeration: the text of a value is its member.

    What is no text is left as it is, for the check of all that is stated.

    Raises:
        BadData: the text is none of the values; they are listed.

    >>> class Reason(Enum):
    ...     SPOILT = "spoilt"
    >>> member_of(Reason)("spoilt")
    <Reason.SPOILT: 'spoilt'>
    """

    def convert(given: _E | str) -> _E:
        if not isinstance(given, str):
            return given
        members = {member.value: member for member in kind}
        if given not in members:
            raise BadData(kind.__name__, (f"{given!r} is none of {', '.join(map(repr, members))}",))
        return members[given]

    return convert
