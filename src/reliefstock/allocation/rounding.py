"""From a share to whole boxes: at which share the next box is due.

A *signpost* stands between k-1 and k: the share from which on there are k. Each method sets it elsewhere, and
all of them are house-monotone: with an extra box nobody gets less (Balinski and Young). The largest
remainders (Hamilton) have no signposts, and can take a box from somebody when there is one more.
"""

from __future__ import annotations

from enum import Enum
from math import isqrt

__all__ = ["Rounding"]


class Rounding(Enum):
    """How shares become whole numbers, by the name under which a method is known.

    >>> [Rounding.WEBSTER.whole(5, 2), Rounding.JEFFERSON.whole(5, 2), Rounding.ADAMS.whole(5, 2)]
    [3, 2, 3]
    """

    WEBSTER = "Webster"
    """Half way: at k - 1/2. Favours neither the small nor the large."""
    JEFFERSON = "Jefferson"
    """When it is earned in full: at k."""
    ADAMS = "Adams"
    """As soon as anything is due: at k - 1."""
    HILL = "Hill"
    """At the geometric mean of k - 1 and k."""
    DEAN = "Dean"
    """At the harmonic mean of k - 1 and k."""
    HAMILTON = "Hamilton"
    """The largest remainders; not by signposts."""

    @property
    def is_of_ratios(self) -> bool:
        """Whether its signposts are means that speak of ratios alone, not of what is lost."""
        return self in {Rounding.HILL, Rounding.DEAN}

    def signpost(self, k: int) -> tuple[int, int]:
        """The signpost below k as a fraction; that of `HILL` is squared."""
        if self is Rounding.JEFFERSON:
            return k, 1
        if self is Rounding.ADAMS:
            return k - 1, 1
        if self is Rounding.HILL:
            return k * (k - 1), 1
        if self is Rounding.DEAN:
            return 2 * k * (k - 1), 2 * k - 1
        return 2 * k - 1, 2

    def whole(self, p: int, q: int) -> int:
        """The largest k whose signpost is at most p/q, which is not negative."""
        if self is Rounding.JEFFERSON:
            return p // q
        if self is Rounding.ADAMS:
            return p // q + 1
        if self is Rounding.HILL:  # k(k-1) <= x^2
            return (1 + isqrt(1 + 4 * (p * p // (q * q)))) // 2
        if self is Rounding.DEAN:  # 2k(k-1) <= x(2k-1)
            return (p + q + isqrt(p * p + q * q)) // (2 * q)
        return (2 * p + q) // (2 * q)
