"""Several sources: lots that not everybody may receive, shared out by one rule.

A *source* is a lot, or what is left of it, in one warehouse. Whoever may receive of it is a set of
recipients: what a donor restricts to a place, a group, a programme or a named recipient is such a set, made
by the caller. What is for everybody goes where restricted goods cannot. The plan names its *bottlenecks*:
recipients and the sources that they use up, from the lowest level to the highest; they are all that
`verify_sources` needs to see that no better plan could be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Final

import attrs

from reliefstock.allocation.demand import Demand, Demands
from reliefstock.allocation.flows import Flow, Stock, bits
from reliefstock.allocation.prices import price
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.rules import Lottery, MaxMinFill, Rule
from reliefstock.allocation.source_levels import Block, Levels, blocks
from reliefstock.allocation.tickets import ticket_order
from reliefstock.errors import AlreadyKnown, Incomplete, NotExact, NotPositive, Unknown
from reliefstock.values import Language
from reliefstock.values._language import choose

__all__ = ["Bottleneck", "Left", "Limit", "Source", "SourcesPlan", "WhyLeft", "share_sources"]


def _recipients(given: Collection[str] | None) -> frozenset[str] | None:
    return None if given is None else frozenset(given)


@attrs.frozen
class Source:
    """So many units in one warehouse that some recipients may have.

    Raises `NotExact` and `NotPositive` for units that are no whole number from 0 on.

    Attributes:
        id: the lot, or another name of its own.
        units: how many base units.
        warehouse: where they are.
        recipients: who may receive of it; None for everybody. Who demands nothing may stand there too. A set
            that several sources share is best made once, as a frozenset: then it is looked at once.

    >>> Source("quilts of a school's alumni", 40, recipients=["school 12"]).recipients
    frozenset({'school 12'})
    """

    id: str
    units: int
    warehouse: str = ""
    recipients: frozenset[str] | None = attrs.field(default=None, converter=_recipients)

    def __attrs_post_init__(self) -> None:
        if type(self.units) is not int:
            raise NotExact(what=f"source {self.id}", given=self.units)
        if self.units < 0:
            raise NotPositive(what=f"source {self.id}", given=self.units)

    def is_for(self, recipient: str) -> bool:
        """Whether a recipient may receive of it."""
        return self.recipients is None or recipient in self.recipients


class Limit(Enum):
    """What decided an award out of several sources."""

    MET = "met"
    MOST = "most"
    LEVEL = "level"
    DRAWN = "drawn"
    TIED = "tied"
    RESTRICTED = "restricted"
    NO_SOURCE = "no source"
    NO_MORE = "no more"
    LOT = "lot"
    NO_NEED = "no need"

    def sentence(self, lang: Language = "en") -> str:
        """The same in words, in Chinese (`zh`) or English. Raises `Incomplete` for another language.

        >>> Limit.RESTRICTED.sentence()
        'all that it may receive of is used up; what others have beyond that is not for it'
        """
        zh, en = _LIMITS[self.value]
        return choose(lang, zh=zh, en=en)


_LIMITS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "met": ("需求已全部满足", "all that is needed"),
        "most": ("已达至多有用的数量", "the most that is of use"),
        "level": ("已达各方共同的水平", "up to the level that all have reached"),
        "drawn": ("与他人同等，依签在先，多得一箱", "one box more than some equals, by the tickets"),
        "tied": ("与他人同等，依签在后，少得一箱", "one box less than some equals, by the tickets"),
        "restricted": (
            "可领的来源已全部用完；他人多得的部分限定了用途，不能转给此处",
            "all that it may receive of is used up; what others have beyond that is not for it",
        ),
        "no source": ("没有可领的来源", "there is nothing that it may receive of"),
        "no more": ("可领的来源已由前面的级别用完", "the tiers before have used up what it may receive of"),
        "lot": (
            "再分一箱就超过需求，或剩下的不足一箱",
            "the next box does not fit into what is needed, or left",
        ),
        "no need": ("没有需求", "nothing is needed"),
    }
)


class WhyLeft(Enum):
    """Why units of a source are left."""

    NOBODY = "nobody"
    ENOUGH = "enough"
    BOX = "box"

    def sentence(self, lang: Language = "en") -> str:
        """The same in words, in Chinese (`zh`) or English. Raises `Incomplete` for another language.

        >>> WhyLeft.ENOUGH.sentence("zh")
        '可领的各方都已足够'
        """
        zh, en = _WHYS[self.value]
        return choose(lang, zh=zh, en=en)


_WHYS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "nobody": ("有需求的各方都不能领取", "nobody who needs any may receive of it"),
        "enough": ("可领的各方都已足够", "all who may receive of it have all that they can use"),
        "box": ("不足一整箱", "it is less than a whole box"),
    }
)


@attrs.frozen
class Left:
    """Units of a source that nobody has, and why."""

    source: str
    units: int
    why: WhyLeft


@attrs.frozen
class Bottleneck:
    """Recipients who use up, among themselves, sources of which nobody else has anything.

    All that these recipients may receive of is theirs or is used up by a bottleneck before. The last one can
    be of recipients who have all that they can use, and of the sources that are left.

    Attributes:
        recipients: the recipients.
        sources: the sources.
        level: the level of the dearest box that one of them has, None where they have nothing. For the
            max-min fill rate that is the rate before this box. Rounded by Hill it is the square.
        is_used_up: whether nothing is left of the sources.
    """

    recipients: tuple[str, ...]
    sources: tuple[str, ...]
    level: Fraction | None
    is_used_up: bool


@attrs.frozen(eq=False)
class SourcesPlan:
    """The awards out of several sources, in the order of the demands.

    Attributes:
        sources: what there was.
        demands: what was asked for.
        rule: by which rule.
        seed: the published seed of the tickets; empty where ids were in their order.
        lot: the units of a box.
        units: the units of each demand.
        limits: what decided on each.
        flows: the units of each recipient by source: one way to serve the awards. `serve` finds the cheapest.
        left: what nobody has, by source, and why.
        bottlenecks: what proves that no other plan is better.
    """

    sources: tuple[Source, ...]
    demands: Demands
    rule: Rule
    seed: str
    lot: int
    units: Sequence[int]
    limits: Sequence[Limit]
    flows: Mapping[str, Mapping[str, int]]
    left: tuple[Left, ...]
    bottlenecks: tuple[Bottleneck, ...]

    @cached_property
    def awards(self) -> Mapping[str, int]:
        """The units of each recipient."""
        return dict(zip(self.demands.recipients, self.units, strict=True))

    @cached_property
    def supply(self) -> int:
        """The units of all sources."""
        return sum(source.units for source in self.sources)

    def award(self, recipient: str) -> int:
        """The units of a recipient. Raises `Unknown`."""
        if recipient not in self.awards:
            raise Unknown("recipient", recipient)
        return self.awards[recipient]

    def limit(self, recipient: str) -> Limit:
        """What decided on the award of a recipient. Raises `Unknown`."""
        if recipient not in self.demands.place_of:
            raise Unknown("recipient", recipient)
        return self.limits[self.demands.place_of[recipient]]


def share_sources(
    sources: Iterable[Source],
    demands: Demands | Iterable[Demand],
    rule: Rule | None = None,
    *,
    seed: str = "",
) -> SourcesPlan:
    """Share out sources that are not for everybody by a rule, in whole boxes.

    Args:
        sources: the lots, and who may receive of each.
        demands: what is asked for; boxes are of one size for all.
        rule: a rule of one level; the largest of smallest fill rates where none is named.
        seed: what was published before the plan was made, so that nobody could choose the tickets.

    Raises:
        BadDemand: a demand cannot be.
        AlreadyKnown: two sources have one id.
        Incomplete: boxes of several sizes, least amounts of more than a box, largest remainders or a lottery;
            of these no whole plan is the best for certain where not everybody may have of everything.

    >>> sources = [Source("for all", 6), Source("for A", 4, recipients={"A"})]
    >>> plan = share_sources(sources, [Demand("A", 8), Demand("B", 8)])
    >>> list(plan.units), plan.flows["for all"]
    ([5, 5], {'A': 1, 'B': 5})
    """
    rule = MaxMinFill() if rule is None else rule
    listed = demands if isinstance(demands, Demands) else Demands.of(demands)
    made = tuple(sources)
    _check(made, listed, rule)
    return _Sharing(made, listed, rule, seed).plan()


def _check(sources: Sequence[Source], demands: Demands, rule: Rule) -> None:
    known: set[str] = set()
    for source in sources:
        if source.id in known:
            raise AlreadyKnown("source", source.id, "row")
        known.add(source.id)
    if isinstance(rule, Lottery) or rule.rounding is Rounding.HAMILTON:
        reason = "it has no order of boxes to share several sources by"
        raise Incomplete(rule.name, reason, "round by Webster, or share out source by source")
    kinds = [kind for kind in demands.kinds if kind.need]
    if len({kind.lot for kind in kinds}) > 1:
        reason = "boxes are of several sizes"
        raise Incomplete("several sources", reason, "state boxes of one size, or share out source by source")
    if any(kind.least > kind.lot for kind in kinds):
        reason = "least amounts are more than a box"
        raise Incomplete("several sources", reason, "leave them out, or share out source by source")


class _Sharing:
    """One run: the network, the blocks that come out of it, and what is told of them."""

    def __init__(self, sources: tuple[Source, ...], demands: Demands, rule: Rule, seed: str) -> None:
        self.sources = sources
        self.demands = demands
        self.rule = rule
        self.seed = seed
        self.lot = next((kind.lot for kind in demands.kinds if kind.need), 1)
        supply = sum(source.units for source in sources)
        self.highs = [rule.cap(kind, supply) // self.lot if kind.need else 0 for kind in demands.kinds]
        # As ids are in order here, the flow does not depend on the order in which anything is stated.
        recipients, kind_of = demands.recipients, demands.kind_of
        wanting = (place for place in range(len(demands)) if self.highs[kind_of[place]])
        self.places = sorted(wanting, key=recipients.__getitem__)
        self.classes = self._classes()
        self.taker_of, self.reach = self._takers()

    def _classes(self) -> list[list[Source]]:
        """Sources of which the same may receive, in the order of their first ids; none of less than a box."""
        classes: dict[frozenset[str] | None, list[Source]] = {}
        for source in sorted(self.sources, key=lambda one: one.id):
            if source.units >= self.lot:
                classes.setdefault(source.recipients, []).append(source)
        return list(classes.values())

    def _takers(self) -> tuple[list[int], list[int]]:
        """Demands that may have of the same classes are one taker; the takers of each class, as bits."""
        at = {self.demands.recipients[place]: n for n, place in enumerate(self.places)}
        sets = [self._members(sources[0], at) for sources in self.classes]
        may = [0] * len(at)
        for number, members in enumerate(sets):
            for n in members:
                may[n] |= 1 << number
        known: dict[int, int] = {}
        self.has_class = [mask != 0 for mask in may]
        taker_of = [known.setdefault(mask, len(known)) for mask in may]
        return taker_of, [_mask({taker_of[n] for n in members}, len(known)) for members in sets]

    @staticmethod
    def _members(source: Source, at: Mapping[str, int]) -> Collection[int]:
        if source.recipients is None:
            return range(len(at))
        if len(source.recipients) > len(at):
            return [n for recipient, n in at.items() if recipient in source.recipients]
        return [at[recipient] for recipient in source.recipients if recipient in at]

    def plan(self) -> SourcesPlan:
        kinds, recipients = self.demands.kinds, self.demands.recipients
        key = ticket_order(self.seed)
        tickets: dict[int, tuple[str, str]] = {}

        def ticket(n: int) -> tuple[str, str]:
            recipient = recipients[self.places[n]]
            return tickets.setdefault(n, (key(recipient), recipient))

        levels = Levels(self.rule, kinds, self.highs, ticket)
        capacity = [sum(one.units // self.lot for one in sources) for sources in self.classes]
        self.flow = Flow(capacity, self.reach, takers=max(self.taker_of, default=-1) + 1)
        self.kind_of = [self.demands.kind_of[place] for place in self.places]
        found = blocks(levels, self.kind_of, self.taker_of, capacity, self.flow)
        units = [0] * len(self.demands)
        for block in found:
            for n in block.places:
                units[self.places[n]] = block.awarded.of(n, self.kind_of[n]) * self.lot
        flows = self._flows(units)
        return SourcesPlan(
            sources=self.sources,
            demands=self.demands,
            rule=self.rule,
            seed=self.seed,
            lot=self.lot,
            units=units,
            limits=self._limits(found, levels),
            flows=flows,
            left=self._left(flows),
            bottlenecks=self._bottlenecks(found, levels),
        )

    # What is told

    def _flows(self, units: Sequence[int]) -> dict[str, dict[str, int]]:
        """The units by source: of a class source by source, to the members of a taker one by one."""
        flows: dict[str, dict[str, int]] = {source.id: {} for source in self.sources}
        stock = [Stock((one.id, one.units // self.lot) for one in sources) for sources in self.classes]
        given = [sorted(of.items(), reverse=True) for of in self.flow.given]
        for n, place in enumerate(self.places):
            recipient, missing = self.demands.recipients[place], units[place] // self.lot
            parts = given[self.taker_of[n]]
            while missing:
                number, much = parts.pop()
                now = min(missing, much)
                missing -= now
                if much > now:
                    parts.append((number, much - now))
                for source, boxes in stock[number].take(now):
                    flows[source][recipient] = boxes * self.lot
        return flows

    def _left(self, flows: Mapping[str, Mapping[str, int]]) -> tuple[Left, ...]:
        reached = {
            id_
            for sources, reach in zip(self.classes, self.reach, strict=True)
            if reach
            for id_ in _ids(sources)
        }
        left: list[Left] = []
        for source in self.sources:
            boxes, rest = divmod(source.units - sum(flows[source.id].values()), self.lot)
            if boxes:
                why = WhyLeft.ENOUGH if source.id in reached else WhyLeft.NOBODY
                left.append(Left(source.id, boxes * self.lot, why))
            if rest:
                left.append(Left(source.id, rest, WhyLeft.BOX))
        return tuple(left)

    def _bottlenecks(self, found: Sequence[Block], levels: Levels) -> tuple[Bottleneck, ...]:
        recipients = self.demands.recipients
        return tuple(
            Bottleneck(
                tuple(recipients[self.places[n]] for n in block.places),
                tuple(sorted(id_ for number in bits(block.sources) for id_ in _ids(self.classes[number]))),
                self._level(block, levels),
                block.is_used_up,
            )
            for block in found
        )

    def _level(self, block: Block, levels: Levels) -> Fraction | None:
        dearest = self._dearest(block, levels)
        if dearest is None:
            return None
        _, number, k = dearest
        return price(self.rule, self.demands.kinds[number], k)[1]

    def _dearest(self, block: Block, levels: Levels) -> tuple[tuple[int, int], int, int] | None:
        """The price, the kind and the number of the dearest box in a block."""
        awarded = block.awarded
        most = dict(awarded.boxes) | {self.kind_of[n]: awarded.of(n, self.kind_of[n]) for n in awarded.more}
        return max(((levels.price(number, k), number, k) for number, k in most.items() if k), default=None)

    def _limits(self, found: Sequence[Block], levels: Levels) -> list[Limit]:
        """What decided on each; where others have a dearer box, it is that theirs is restricted."""
        limits = [self._without(kind) for kind in self.demands.kind_of]
        dearest: tuple[int, int] | None = None
        for block in reversed(found):
            if here := self._dearest(block, levels):
                dearest = here[0] if dearest is None else max(dearest, here[0])
            for n in block.places:
                limits[self.places[n]] = self._limit(n, block, levels, dearest)
        return limits

    def _without(self, number: int) -> Limit:
        kind = self.demands.kinds[number]
        if not kind.need:
            return Limit.NO_NEED
        return Limit.LOT if kind.cap else Limit.MOST

    def _limit(self, n: int, block: Block, levels: Levels, dearest: tuple[int, int] | None) -> Limit:
        number, awarded = self.kind_of[n], block.awarded
        boxes = awarded.of(n, number)
        if boxes == self.highs[number]:
            return self._full(number, boxes * self.lot)
        if not self.has_class[n]:
            return self._unreached(self.demands.recipients[self.places[n]])
        if dearest is not None and levels.price(number, boxes + 1) < dearest:
            return Limit.RESTRICTED
        if n in awarded.more and awarded.less:
            return Limit.DRAWN
        if n in awarded.less:
            return Limit.TIED
        return Limit.NO_MORE if self.demands.kinds[number].tier > awarded.tier else Limit.LEVEL

    def _unreached(self, recipient: str) -> Limit:
        """Why somebody who may receive of no whole box has none."""
        scraps = (source for source in self.sources if 0 < source.units < self.lot)
        return Limit.LOT if any(source.is_for(recipient) for source in scraps) else Limit.NO_SOURCE

    def _full(self, number: int, units: int) -> Limit:
        kind = self.demands.kinds[number]
        if units >= kind.need:
            return Limit.MET
        return Limit.MOST if kind.most < min(units + kind.lot, kind.need) else Limit.LOT


def _ids(sources: Iterable[Source]) -> list[str]:
    return [source.id for source in sources]


def _mask(members: Iterable[int], size: int) -> int:
    """The members as bits."""
    held = bytearray(size // 8 + 1)
    for member in members:
        held[member >> 3] |= 1 << (member & 7)
    return int.from_bytes(held, "little")
