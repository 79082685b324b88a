"""How much of a lot is in a place, and what it is worth.

A position is a layer: `count` units worth `worth` came in, `out` of them have left. Value leaves by
the cumulative rule, so the last unit takes what is left, and a place without units of a lot holds none
of its value (promise 4). When units come in again, what is left and what came make a new layer.
"""

from __future__ import annotations

import attrs

from reliefstock.values import portion

__all__ = ["Holding", "Position"]


@attrs.frozen
class Holding:
    """A quantity in base units and its value in minor units."""

    quantity: int
    value: int

    def __add__(self, other: Holding) -> Holding:
        return Holding(self.quantity + other.quantity, self.value + other.value)

    def __neg__(self) -> Holding:
        return Holding(-self.quantity, -self.value)

    def __sub__(self, other: Holding) -> Holding:
        return self + -other

    def __bool__(self) -> bool:
        return self.quantity != 0 or self.value != 0

    @property
    def is_residue(self) -> bool:
        """Whether it is value without units, which is nowhere to be (promise 4)."""
        return self.quantity == 0 and self.value != 0


@attrs.frozen
class Position:
    """`count` units worth `worth` came in, `out` of them left by the cumulative rule.

    >>> three = Position(3, 100)
    >>> [three.worth_of(1), three.after(-1, -33).worth_of(1), three.after(-2, -66).worth_of(1)]
    [33, 33, 34]
    """

    count: int = 0
    worth: int = 0
    out: int = 0

    @property
    def quantity(self) -> int:
        """Units that are there, in base units."""
        return self.count - self.out

    @property
    def value(self) -> int:
        """What they are worth, in minor units."""
        return self.worth - portion(self.worth, self.count, 0, self.out) if self.out else self.worth

    @property
    def holding(self) -> Holding:
        """Quantity and value."""
        return Holding(self.quantity, self.value)

    def worth_of(self, taken: int) -> int:
        """The value of the next `taken` units to leave, by the cumulative rule."""
        return portion(self.worth, self.count, self.out, taken)

    def after(self, quantity: int, value: int) -> Position:
        """The position after a posting; a posting off the rule (an exact reversal) starts a new layer."""
        if quantity < 0 and self.count and -quantity <= self.quantity and -value == self.worth_of(-quantity):
            return Position(self.count, self.worth, self.out - quantity)
        return Position(self.quantity + quantity, self.value + value)
