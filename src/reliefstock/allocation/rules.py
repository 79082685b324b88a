"""The rules: what each would give when everything could be cut.

Every rule but the lottery is one growing *level*: at a level each kind has its share, and the level rises
until what there is has gone. In whole boxes, the next box of each kind has its *price*: the level at which it
is due. Boxes go out in the order of their price, so that nobody can point to a box that should rather have
come to them; a list of awards is right exactly where no box given is dearer than one that was not given.

Levels are fractions whose denominator is `scale`, a power of two so large that no two different prices come
to the same whole number.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt
from typing import ClassVar

import attrs

from reliefstock.allocation.demand import Kind
from reliefstock.allocation.rounding import Rounding
from reliefstock.errors import Incomplete

__all__ = [
    "ContestedGarment",
    "Equal",
    "EqualAwards",
    "EqualLosses",
    "Lottery",
    "MaxMinFill",
    "Proportional",
    "Rule",
    "scale_of",
]

Fractional = tuple[int, int]


@attrs.frozen
class Rule:
    """A way of sharing out; `rounding` makes whole boxes of it."""

    name: ClassVar[str] = ""
    zh: ClassVar[str] = ""

    rounding: Rounding = Rounding.WEBSTER

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.rounding, Rounding):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
            raise Incomplete(
                self.name,
                f"{self.rounding!r} is no rounding",
                "name a member of Rounding",
                zh=f"{self.zh}：{self.rounding!r} 不是取整方法；请用 Rounding 的成员",
            )

    def cap(self, kind: Kind, supply: int) -> int:  # noqa: ARG002 -- as Equal has it
        """The most units that it may give to one of a kind."""
        return kind.cap

    def prepared(self, kinds: Sequence[Kind]) -> Rule:  # noqa: ARG002 -- as ContestedGarment has it
        """The rule, once it knows all the kinds."""
        return self

    def share(self, kind: Kind, level: int, scale: int) -> Fractional:  # noqa: ARG002 -- as each rule has it
        """What one of a kind has at the level `level / scale`, as a fraction, not yet within its cap."""
        raise _by_itself(self)

    def price(self, kind: Kind, k: int, scale: int) -> int:  # noqa: ARG002 -- as each rule has it
        """The level at which the k-th box is due, times `scale`, rounded up."""
        raise _by_itself(self)

    def marks(self, kind: Kind, low: int, high: int) -> tuple[Fraction, ...]:  # noqa: ARG002 -- as each rule has it
        """The levels between which the share of one of a kind, from `low` to `high`, grows along one line."""
        raise _by_itself(self)

    def order(self, kind: Kind, k: int, scale: int) -> tuple[int, ...]:  # noqa: ARG002 -- as MaxMinFill has it
        """What decides between boxes of the same price, before the tickets do."""
        return ()

    def boxes(self, kind: Kind, level: int, scale: int) -> int:
        """How many boxes of a kind have a price of at most `level`."""
        p, q = self.share(kind, level, scale)
        return self.rounding.whole(p, q * kind.lot) if p >= 0 else 0


class _ByRatio(Rule):
    """The share is the level times a number of the kind's own."""

    def slope(self, kind: Kind) -> int:
        """That number."""
        raise NotImplementedError

    def share(self, kind: Kind, level: int, scale: int) -> Fractional:
        """See `Rule.share`."""
        return self.slope(kind) * level, scale

    def marks(self, kind: Kind, low: int, high: int) -> tuple[Fraction, ...]:
        """See `Rule.marks`."""
        slope = self.slope(kind)
        return Fraction(low, slope), Fraction(high, slope)

    def price(self, kind: Kind, k: int, scale: int) -> int:
        """See `Rule.price`."""
        slope, lot = self.slope(kind), kind.lot
        p, q = self.rounding.signpost(k)
        if self.rounding is Rounding.HILL:
            squared = -(-p * lot * lot * scale * scale // (slope * slope))
            return isqrt(squared - 1) + 1 if squared > 0 else 0
        return -(-p * lot * scale // (q * slope))


@attrs.frozen
class Equal(_ByRatio):
    """The same for everybody, whatever they need; no more than the most that is said to be of use."""

    name: ClassVar[str] = "equal"
    zh: ClassVar[str] = "平均分配"

    def cap(self, kind: Kind, supply: int) -> int:
        """See `Rule.cap`."""
        return min(kind.most, max(supply, kind.cap))

    def slope(self, kind: Kind) -> int:  # noqa: ARG002 -- that is the rule
        """What a level is taken times."""
        return 1


@attrs.frozen
class Proportional(_ByRatio):
    """In proportion to weight times need."""

    name: ClassVar[str] = "proportional"
    zh: ClassVar[str] = "按需求比例"

    def slope(self, kind: Kind) -> int:
        """What a level is taken times."""
        return kind.need * kind.weight


@attrs.frozen
class EqualAwards(_ByRatio):
    """Constrained equal awards: the same for everybody, as far as they need it; by weight where stated."""

    name: ClassVar[str] = "constrained equal awards"
    zh: ClassVar[str] = "等额给付（以需求为限）"

    def slope(self, kind: Kind) -> int:
        """What a level is taken times."""
        return kind.weight


@attrs.frozen
class MaxMinFill(_ByRatio):
    """The smallest fill rate as large as can be, then the next smallest, and so on: leximin of award to need.

    The next box goes to whoever has the lowest fill rate, so that it is rounded by Adams and by nothing else;
    at the same rate to the smaller box, then to whom it lifts higher. A weight of 2 counts a half-filled need
    as a quarter. With boxes of one size no other plan has a better sorted list of fill rates; with several
    sizes the smallest fill rate is the best and as few as can be are left at it.
    """

    name: ClassVar[str] = "max-min fill rate"
    zh: ClassVar[str] = "最大最小满足率"

    rounding: Rounding = attrs.field(default=Rounding.ADAMS, init=False)

    def slope(self, kind: Kind) -> int:
        """What a level is taken times."""
        return kind.need * kind.weight

    def order(self, kind: Kind, k: int, scale: int) -> tuple[int, ...]:
        """See `Rule.order`."""
        return kind.lot, -self.price(kind, k + 1, scale)


class _ByLoss(Rule):
    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.rounding.is_of_ratios:
            reason = f"{self.rounding.value} rounds ratios, and this rule is about what is lost"
            raise Incomplete(
                self.name,
                reason,
                "round by Webster, Jefferson, Adams or Hamilton",
                zh=f"{self.zh}：{self.rounding.value} 按比率取整，而本规则讲的是缺口；"
                "请用 Webster、Jefferson、Adams 或 Hamilton",
            )


@attrs.frozen
class EqualLosses(_ByLoss):
    """Constrained equal losses: everybody lacks the same, as far as they need it; less of it by weight."""

    name: ClassVar[str] = "constrained equal losses"
    zh: ClassVar[str] = "等额缺口"

    def share(self, kind: Kind, level: int, scale: int) -> Fractional:
        """See `Rule.share`."""
        return kind.need * kind.weight * scale + level, kind.weight * scale

    def marks(self, kind: Kind, low: int, high: int) -> tuple[Fraction, ...]:
        """See `Rule.marks`."""
        return Fraction((low - kind.need) * kind.weight), Fraction((high - kind.need) * kind.weight)

    def price(self, kind: Kind, k: int, scale: int) -> int:
        """See `Rule.price`."""
        p, q = self.rounding.signpost(k)
        return -((kind.need * q - p * kind.lot) * kind.weight * scale // q)


@attrs.frozen
class ContestedGarment(_ByLoss):
    """Equal awards up to half of the need, then equal losses.

    So Aumann and Maschler (1985) read a case of the Talmud. `shift` sets the levels of the second half above
    all of the first; it is made by `prepared`.
    """

    name: ClassVar[str] = "contested garment"
    zh: ClassVar[str] = "争议均分（塔木德）"

    shift: int = attrs.field(default=0, kw_only=True)

    def prepared(self, kinds: Sequence[Kind]) -> ContestedGarment:
        """See `Rule.prepared`."""
        largest = max((kind.need * kind.weight for kind in kinds), default=0)
        return attrs.evolve(self, shift=2 * largest + max((kind.need for kind in kinds), default=0) + 1)

    def share(self, kind: Kind, level: int, scale: int) -> Fractional:
        """See `Rule.share`."""
        need, weight = kind.need, kind.weight
        if 2 * (self.shift * scale - level) <= need * weight * scale:
            return need * weight * scale + level - self.shift * scale, weight * scale
        if 2 * level * weight >= need * scale:
            return need, 2
        return level * weight, scale

    def marks(self, kind: Kind, low: int, high: int) -> tuple[Fraction, ...]:
        """See `Rule.marks`."""
        half = Fraction(kind.need, 2)
        first = (min(Fraction(amount), half) for amount in (low, high))
        second = (max(Fraction(amount), half) for amount in (low, high))
        return (
            *(amount / kind.weight for amount in first),  # exact: Fraction
            *(self.shift - (kind.need - amount) * kind.weight for amount in second),
        )

    def price(self, kind: Kind, k: int, scale: int) -> int:
        """See `Rule.price`."""
        p, q = self.rounding.signpost(k)
        p *= kind.lot
        if 2 * p <= kind.need * q:
            return -(-p * scale // (q * kind.weight))
        return self.shift * scale - (kind.need * q - p) * kind.weight * scale // q


@attrs.frozen
class Lottery(Rule):
    """For what cannot be divided: by lot, everybody in turn has all that they need, until it has gone.

    The order of the tickets depends on a published seed and on the ids alone; a weight is as many tickets
    (`reliefstock.allocation.tickets`).
    """

    name: ClassVar[str] = "public lottery"
    zh: ClassVar[str] = "公开抽签"

    rounding: Rounding = attrs.field(default=Rounding.JEFFERSON, init=False)


def _by_itself(rule: Rule) -> Incomplete:
    """What is to be said of a rule that has no levels, as one that was made for several items at once."""
    name, zh = rule.name or type(rule).__name__, rule.zh or type(rule).__name__
    return Incomplete(
        name,
        "it does not share out one item by itself",
        "name another rule, as MaxMinFill()",
        zh=f"{zh}：不能单独分配一种物资；请改用其他规则，如 MaxMinFill()",
    )


def scale_of(rule: Rule, kinds: Sequence[Kind], highs: Sequence[int]) -> int:
    """A scale so fine that no two prices of some kinds fall together, each with at most so many boxes.

    Two fractions differ by at least 1 / product of their denominators; roots of them lie closer together.
    """
    largest = max((max(kind.need, kind.lot, 1) * kind.weight for kind in kinds), default=1)
    finest = (2 * max(highs, default=0) + 5) * largest
    if rule.rounding is Rounding.HILL:
        return 1 << (4 * finest.bit_length() + 2 * largest.bit_length() + 8)
    return 1 << (2 * finest.bit_length() + 2)
