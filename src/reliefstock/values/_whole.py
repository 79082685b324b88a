"""The one test for a whole number: an `int` and nothing that merely behaves like one."""

from __future__ import annotations

from reliefstock.errors import NotExact

__all__ = ["whole"]


def whole(given: object, what: str) -> int:
    """Return `given` if it is an int.

    A bool, a float, a numpy scalar or a text is refused: each would pass through arithmetic and come
    out as something that was never counted.

    Raises:
        NotExact: `given` is of another type. `what` names it in the message.

    >>> whole(24, "a count")
    24
    """
    if type(given) is not int:
        raise NotExact(what, given)
    return given
