"""Shortfalls: who had too little in earlier rounds comes first now.

What counts is the fill rate over all rounds: all that a recipient has received, over all that was needed. A
demand that knows of earlier rounds has an `Owed` as its kind, and `CatchUp` shares out by that.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import ClassVar

import attrs

from reliefstock.allocation.demand import Demand, Demands, Kind
from reliefstock.allocation.plan import Plan
from reliefstock.allocation.rules import MaxMinFill
from reliefstock.errors import BadDemand, Incomplete

__all__ = ["CatchUp", "Owed", "cumulated_fill", "had_of", "needed_of", "with_shortfalls"]


@attrs.frozen
class Owed(Kind):
    """A kind of demand that knows of earlier rounds; its `need` is what is still needed of all.

    Attributes:
        needed: all that was needed, today's need among it.
        had: all that was received before today.
    """

    needed: int = 0
    had: int = 0


@attrs.frozen
class CatchUp(MaxMinFill):
    """The max-min fill rate over all rounds: `MaxMinFill`, where what was received before counts.

    Nobody gives anything back. As long as nobody had more before than one plan over all rounds would give,
    all have in the end what that one plan would give.

    >>> from reliefstock.allocation.sharing import share
    >>> first = share(4, [Demand("A", 4)], MaxMinFill())
    >>> demands = with_shortfalls([Demand("A", 4), Demand("B", 8)], first)
    >>> list(share(4, demands, CatchUp()).units)
    [0, 4]
    """

    name: ClassVar[str] = "max-min fill rate over all rounds"
    zh: ClassVar[str] = "累计最大最小满足率"

    fine: int = attrs.field(default=0, kw_only=True)
    """Levels are finer by that power of two, as needs add up over the rounds; made by `prepared`."""

    def slope(self, kind: Kind) -> int:
        """All that was needed, by weight."""
        return needed_of(kind) * kind.weight

    def prepared(self, kinds: Sequence[Kind]) -> CatchUp:
        """See `Rule.prepared`."""
        return attrs.evolve(self, fine=2 * max((self.slope(kind) for kind in kinds), default=0).bit_length())

    def share(self, kind: Kind, level: int, scale: int) -> tuple[int, int]:
        """See `Rule.share`."""
        finer = scale << self.fine
        return self.slope(kind) * level - had_of(kind) * finer, finer

    def marks(self, kind: Kind, low: int, high: int) -> tuple[Fraction, ...]:
        """See `Rule.marks`."""
        had, slope = had_of(kind), self.slope(kind)
        return tuple(Fraction((had + units) << self.fine, slope) for units in (low, high))

    def price(self, kind: Kind, k: int, scale: int) -> int:
        """See `Rule.price`."""
        return -(-((had_of(kind) + (k - 1) * kind.lot) * (scale << self.fine)) // self.slope(kind))


def with_shortfalls(demands: Demands | Iterable[Demand], *earlier: Plan) -> Demands:
    """Today's demands with what is unmet of earlier plans; what was needed and received before counts.

    Whoever is not among today's demands but still lacks something is added at the end, with the weight, the
    tier and the box of the last plan that had them. To be shared out by `CatchUp`; other rules see what is
    still needed and nothing else.

    Args:
        demands: what is newly needed today.
        earlier: the plans of the rounds before, the first one first. A plan whose demands were made by this
            function stands for those before it, of the recipients that it names.

    Raises:
        BadDemand: a demand cannot be, or an earlier plan is about another item.
        Incomplete: the demands count earlier plans already.

    >>> from reliefstock.allocation.sharing import share
    >>> first = share(3, [Demand("A", 6), Demand("B", 6)], MaxMinFill())
    >>> [(one.recipient, one.need) for one in with_shortfalls([Demand("A", 2)], first)]
    [('A', 6), ('B', 5)]
    """
    today = demands if isinstance(demands, Demands) else Demands.of(demands)
    if any(isinstance(kind, Owed) for kind in today.kinds):
        raise Incomplete(
            "demands",
            "they count earlier plans already",
            "state what is newly needed",
            zh="需求：已计入以前各轮的方案；请只填写新增的需求",
        )
    item = today.item if len(today) else next((plan.demands.item for plan in earlier), "")
    standing: dict[str, Owed] = {}
    for plan in earlier:
        if plan.demands.item != item and len(plan):
            raise BadDemand(plan.demands.recipients[0], "items", (plan.demands.item, item))
        standing.update(_after(standing, plan))
    owed = {recipient: _today(kind, standing.get(recipient)) for recipient, kind in _rows(today)}
    for recipient, kind in standing.items():
        if kind.cap:
            owed.setdefault(recipient, kind)
    known: dict[Owed, int] = {}
    kind_of = array("l", [known.setdefault(kind, len(known)) for kind in owed.values()])
    return Demands(list(owed), list(known), kind_of, item)


def cumulated_fill(plan: Plan) -> dict[str, Fraction]:
    """What each recipient of a plan has received, over all that was needed, with the rounds that it counts.

    Whoever needed nothing is left out.

    >>> from reliefstock.allocation.sharing import share
    >>> first = share(3, [Demand("A", 6)], MaxMinFill())
    >>> second = share(2, with_shortfalls([Demand("A", 4)], first), CatchUp())
    >>> cumulated_fill(second)
    {'A': Fraction(1, 2)}
    """
    return {
        recipient: Fraction(had_of(kind) + units, needed_of(kind))
        for (recipient, kind), units in zip(_rows(plan.demands), plan.units, strict=True)
        if needed_of(kind)
    }


def _after(standing: dict[str, Owed], plan: Plan) -> Iterator[tuple[str, Owed]]:
    """How the recipients of a plan stand after it."""
    for (recipient, kind), units in zip(_rows(plan.demands), plan.units, strict=True):
        counted = kind if isinstance(kind, Owed) else _today(kind, standing.get(recipient))
        most = max(kind.most - units, 0) if kind.most < kind.need else kind.most
        yield recipient, _owed(kind, counted.needed, counted.had + units, most)


def _today(kind: Kind, before: Owed | None) -> Owed:
    """A new need, and how the recipient stood before."""
    if before is None:
        return _owed(kind, kind.need, 0, kind.most)
    return _owed(kind, before.needed + kind.need, before.had, kind.most)


def _owed(kind: Kind, needed: int, had: int, most: int) -> Owed:
    need = max(needed - had, 0)
    least = min(kind.least, need, most)
    return Owed(need, kind.weight, kind.tier, least, most, kind.lot, needed, had)


def _rows(demands: Demands) -> Iterator[tuple[str, Kind]]:
    return ((one, demands.kinds[kind]) for one, kind in zip(demands.recipients, demands.kind_of, strict=True))


def needed_of(kind: Kind) -> int:
    """All that one of a kind needed, in the rounds that it counts."""
    return kind.needed if isinstance(kind, Owed) else kind.need


def had_of(kind: Kind) -> int:
    """What one of a kind received before today."""
    return kind.had if isinstance(kind, Owed) else 0
