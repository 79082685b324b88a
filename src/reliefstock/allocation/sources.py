"""Several sources: lots that not everybody may receive, shared out by one rule.

A *source* is a lot, or what is left of it, in one warehouse. Whoever may receive of it is a set of
recipients: what a donor restricts to a place, a group, a programme or a named recipient is such a set, made
by the caller. What is for everybody goes where restricted goods cannot. The plan names its *bottlenecks*:
recipients and the sources that they use up, from the lowest level to the highest; they are all that
`verify_sources` needs to see that no better plan could be.

A floor, and least amounts, go out before the rule, and those of the fewest boxes first. Where there are not
enough for all, a floor is raised evenly, box by box. A least amount is of no use in part: whoever could not
have it, even alone, has nothing. Where each of several could have it alone, and not all of them together, it
would be a choice among sets of recipients, which nobody can make both exactly and quickly (it is as hard as
the packing of sets): then the sharing is refused, and a demand named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

import attrs

from reliefstock.allocation.demand import Demand, Demands
from reliefstock.allocation.flows import Flow, Stock, bits
from reliefstock.allocation.prices import price
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.rules import Lottery, MaxMinFill, Rule
from reliefstock.allocation.saying import Said
from reliefstock.allocation.source_levels import Block, Levels, Stage, blocks
from reliefstock.allocation.stated import check_rule, checked_names, checked_number, listed_as
from reliefstock.allocation.tickets import ticket_order
from reliefstock.errors import AlreadyKnown, BadDemand, Incomplete, Unknown

__all__ = [
    "Bottleneck",
    "Left",
    "Limit",
    "Source",
    "SourcesPlan",
    "WhyLeft",
    "checked_sources",
    "share_sources",
]


def _recipients(given: Collection[str] | None) -> frozenset[str] | None:
    """The same as a set, which is not looked at again where it is one."""
    if given is None or isinstance(given, frozenset):
        return given
    named = listed_as(str, "the recipients of a source", given)
    return frozenset(named)


@attrs.frozen
class Source:
    """So many units in one warehouse that some recipients may have.

    Raises `NotExact` and `NotPositive` for units that are no whole number from 0 on, `Incomplete` for ids
    that are no texts.

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
        checked_names("a source, or its warehouse", (self.id, self.warehouse))
        checked_number(f"source {self.id}", self.units)

    def is_for(self, recipient: str) -> bool:
        """Whether a recipient may receive of it."""
        return self.recipients is None or recipient in self.recipients


class Limit(Said):
    """What decided an award out of several sources.

    >>> Limit.RESTRICTED.sentence()
    'all that it may receive of is used up; what others have beyond that is not for it'
    """

    MET = "met", "需求已全部满足", "all that is needed"
    MOST = "most", "已达至多有用的数量", "the most that is of use"
    LEVEL = "level", "已达各方共同的水平", "up to the level that all have reached"
    LEAST = (
        "least",
        "只得规则之前保证的（人人先得，或至少有用的）",
        "no more than is assured before the rule: the floor, or the least amount",
    )
    BELOW_LEAST = (
        "below least",
        "可领的来源不够至少有用的数量",
        "what it may receive of does not come to the least amount of use",
    )
    DRAWN = "drawn", "与他人同等，依签在先，多得一箱", "one box more than some equals, by the tickets"
    TIED = "tied", "与他人同等，依签在后，少得一箱", "one box less than some equals, by the tickets"
    RESTRICTED = (
        "restricted",
        "可领的来源已全部用完；他人多得的部分限定了用途，不能转给此处",
        "all that it may receive of is used up; what others have beyond that is not for it",
    )
    NO_SOURCE = "no source", "没有可领的来源", "there is nothing that it may receive of"
    NO_MORE = (
        "no more",
        "可领的来源已由排在前面的用完",
        "what comes first, by floor or tier, has used up what it may receive of",
    )
    LOT = (
        "lot",
        "再分一箱就超过需求，或剩下的不足一箱",
        "the next box does not fit into what is needed, or left",
    )
    NO_NEED = "no need", "没有需求", "nothing is needed"


class WhyLeft(Said):
    """Why units of a source are left.

    >>> WhyLeft.ENOUGH.sentence("zh")
    '可领的各方都已足够'
    """

    NOBODY = "nobody", "有需求的各方都不能领取", "nobody who needs any may receive of it"
    ENOUGH = "enough", "可领的各方都已足够", "all who may receive of it have all that they can use"
    BOX = "box", "不足一整箱", "it is less than a whole box"
    LEAST = (
        "least",
        "可领的各方已足够，或至少有用的数量都不够",
        "those who may receive of it have enough, or could not have the least amount of use",
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
        level: the level of the dearest box that one of them has by the rule, None where they have none. For
            the max-min fill rate that is the rate before this box. Rounded by Hill it is the square.
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
        floor: how many units everybody had before any rule, as far as they need them and may receive of.
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
    floor: int = attrs.field(default=0, kw_only=True)

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
    floor: int = 0,
    seed: str = "",
) -> SourcesPlan:
    """Share out sources that are not for everybody by a rule, in whole boxes.

    Args:
        sources: the lots, and who may receive of each.
        demands: what is asked for; boxes are of one size for all.
        rule: a rule of one level; the largest of smallest fill rates where none is named.
        floor: so many units come to everybody first, before any tier or rule, as far as they need them; if
            there are not enough for all, those who need the fewest boxes come first, then box by box all who
            have as few, then the tickets decide.
        seed: what was published before the plan was made, so that nobody could choose the tickets.

    Raises:
        BadDemand: a demand cannot be, or its least amount can be had alone, and not beside those of others.
        AlreadyKnown: two sources have one id.
        NotExact: the floor is no whole number.
        NotPositive: it is below zero.
        Incomplete: boxes of several sizes, largest remainders or a lottery of whole needs; of these no whole
            plan is the best for certain where not everybody may have of everything.

    >>> sources = [Source("for all", 6), Source("for A", 4, recipients={"A"})]
    >>> plan = share_sources(sources, [Demand("A", 8), Demand("B", 8)])
    >>> list(plan.units), plan.flows["for all"]
    ([5, 5], {'A': 1, 'B': 5})
    >>> list(share_sources(sources, [Demand("A", 8), Demand("B", 8, tier=2)], floor=2).units)
    [8, 2]
    """
    rule = MaxMinFill() if rule is None else rule
    listed = demands if isinstance(demands, Demands) else Demands.of(demands)
    made = checked_sources(sources)
    checked_number("floor", floor)
    _check(listed, rule)
    without: frozenset[int] = frozenset()
    while True:
        sharing = _Sharing(made, listed, rule, seed, floor=floor, without=without)
        if not (short := sharing.below_least()):
            return sharing.plan()
        without |= sharing.beyond_reach(short)


def checked_sources(sources: Iterable[Source]) -> tuple[Source, ...]:
    """All of them, once each is a source of its own. Raises `Incomplete` and `AlreadyKnown`."""
    made = listed_as(Source, "the sources", sources)
    known: set[str] = set()
    for source in made:
        if source.id in known:
            raise AlreadyKnown("source", source.id, "row")
        known.add(source.id)
    return made


def _check(demands: Demands, rule: Rule) -> None:
    check_rule(rule)
    if isinstance(rule, Lottery) or rule.rounding is Rounding.HAMILTON:
        reason = "it has no order of boxes to share several sources by"
        raise Incomplete(
            rule.name,
            reason,
            "round by Webster, or share out source by source",
            zh=f"{rule.zh}：没有可据以分配多个来源的逐箱次序；请用 Webster 取整，或按来源分别分配",
        )
    kinds = [kind for kind in demands.kinds if kind.need]
    if len({kind.lot for kind in kinds}) > 1:
        reason = "boxes are of several sizes"
        raise Incomplete(
            "several sources",
            reason,
            "state boxes of one size, or share out source by source",
            zh="多个来源：整箱有几种规格；请只用一种规格，或按来源分别分配",
        )


class _Sharing:
    """One run: the network, the blocks that come out of it, and what is told of them.

    It is for all demands but some (`without`), whose least amount is known not to be had.
    """

    def __init__(
        self,
        sources: tuple[Source, ...],
        demands: Demands,
        rule: Rule,
        seed: str,
        *,
        floor: int,
        without: frozenset[int],
    ) -> None:
        self.sources = sources
        self.floor = floor
        self.without = without
        self.demands = demands
        self.rule = rule
        self.seed = seed
        self.lot = next((kind.lot for kind in demands.kinds if kind.need), 1)
        supply = sum(source.units for source in sources)
        self.leasts = [-(-kind.least // kind.lot) for kind in demands.kinds]
        highs = (rule.cap(kind, supply) // self.lot if kind.need else 0 for kind in demands.kinds)
        self.highs = [high if high >= least else 0 for high, least in zip(highs, self.leasts, strict=True)]
        # As ids are in order here, the flow does not depend on the order in which anything is stated.
        recipients, kind_of = demands.recipients, demands.kind_of
        wanting = (place for place in range(len(demands)) if self.highs[kind_of[place]])
        self.places = sorted((one for one in wanting if one not in without), key=recipients.__getitem__)
        self.kind_of = [kind_of[place] for place in self.places]
        self.classes = self._classes()
        self.capacity = [sum(one.units // self.lot for one in sources) for sources in self.classes]
        self.taker_of, self.reach = self._takers()
        self.flow = self._empty()
        self.levels = Levels(rule, demands.kinds, self.highs, self._ticket(), floor)
        self.found = blocks(self.levels, self.kind_of, self.taker_of, self.capacity, self.flow)
        self.boxes = [0] * len(self.places)
        for block in self.found:
            for n in block.places:
                self.boxes[n] = block.awarded.of(n, self.kind_of[n])

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

    def _empty(self) -> Flow:
        return Flow(self.capacity, self.reach, takers=max(self.taker_of, default=-1) + 1)

    def _ticket(self) -> Callable[[int], tuple[str, str]]:
        key = ticket_order(self.seed)
        recipients = [self.demands.recipients[place] for place in self.places]
        tickets: dict[int, tuple[str, str]] = {}

        def ticket(n: int) -> tuple[str, str]:
            return tickets.setdefault(n, (key(recipients[n]), recipients[n]))

        return ticket

    # Least amounts

    def below_least(self) -> list[int]:
        """Who does not have the least amount, of those whose turn came first.

        Of one box there is no part: whoever goes without has lost it by its price or ticket.
        """
        short = [
            n
            for n, number in enumerate(self.kind_of)
            if self.leasts[number] > 1 and self.boxes[n] < self.leasts[number]
        ]
        first = min((self._turn(n) for n in short), default=None)
        return [n for n in short if self._turn(n) == first]

    def _turn(self, n: int) -> Stage:
        return self.levels.price(self.kind_of[n], 1)[0]

    def beyond_reach(self, short: Sequence[int]) -> frozenset[int]:
        """Who of them could not have it even if all others of that turn stood back.

        What went out before stays as it is: it does not depend on what comes after. Raises `BadDemand`.
        """
        flow, wants = self._empty(), [0] * len(self.flow.given)
        everybody = {"sources": (1 << len(self.capacity)) - 1, "takers": (1 << len(wants)) - 1}
        turn = self._turn(short[0])
        for n, boxes in enumerate(self.boxes):
            wants[self.taker_of[n]] += self.levels.before(self.kind_of[n], boxes, turn)
        known: dict[tuple[int, int], int] = {}
        for n in short:
            taker, least = self.taker_of[n], self.leasts[self.kind_of[n]]
            if (taker, least) not in known:
                wants[taker] += least
                known[taker, least] = flow.fill(wants, **everybody)
                wants[taker] -= least
        found = [n for n in short if known[self.taker_of[n], self.leasts[self.kind_of[n]]]]
        if not found:
            place = self.places[short[0]]
            least = self.demands.kinds[self.demands.kind_of[place]].least
            raise BadDemand(self.demands.recipients[place], "reached", (least,))
        return frozenset(self.places[n] for n in found)

    def plan(self) -> SourcesPlan:
        units = [0] * len(self.demands)
        for place, boxes in zip(self.places, self.boxes, strict=True):
            units[place] = boxes * self.lot
        flows = self._flows(units)
        return SourcesPlan(
            sources=self.sources,
            demands=self.demands,
            rule=self.rule,
            seed=self.seed,
            lot=self.lot,
            units=units,
            limits=self._limits(),
            flows=flows,
            left=self._left(flows),
            bottlenecks=self._bottlenecks(),
            floor=self.floor,
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
                left.append(Left(source.id, boxes * self.lot, self._without_least(source, why)))
            if rest:
                left.append(Left(source.id, rest, WhyLeft.BOX))
        return tuple(left)

    def _without_least(self, source: Source, why: WhyLeft) -> WhyLeft:
        """Why it is left, where those may have of it whose least amount was not to be had."""
        names = self.demands.recipients
        return WhyLeft.LEAST if any(source.is_for(names[place]) for place in self.without) else why

    def _bottlenecks(self) -> tuple[Bottleneck, ...]:
        recipients = self.demands.recipients
        return tuple(
            Bottleneck(
                tuple(recipients[self.places[n]] for n in block.places),
                tuple(sorted(id_ for number in bits(block.sources) for id_ in _ids(self.classes[number]))),
                self._level(block),
                block.is_used_up,
            )
            for block in self.found
        )

    def _level(self, block: Block) -> Fraction | None:
        dearest = self._dearest(block)
        if dearest is None or not dearest[0][0].is_of_rule:
            return None
        _, number, k = dearest
        return price(self.rule, self.demands.kinds[number], k)[1]

    def _dearest(self, block: Block) -> tuple[tuple[Stage, int], int, int] | None:
        """The price, the kind and the number of the dearest box in a block."""
        awarded = block.awarded
        most = dict(awarded.boxes) | {self.kind_of[n]: awarded.of(n, self.kind_of[n]) for n in awarded.more}
        return max(((self.levels.price(one, k), one, k) for one, k in most.items() if k), default=None)

    def _limits(self) -> list[Limit]:
        """What decided on each; where others have a dearer box, it is that theirs is restricted."""
        limits = [self._outside(place) for place in range(len(self.demands))]
        dearest: tuple[Stage, int] | None = None
        for block in reversed(self.found):
            if here := self._dearest(block):
                dearest = here[0] if dearest is None else max(dearest, here[0])
            for n in block.places:
                limits[self.places[n]] = self._limit(n, block, dearest)
        return limits

    def _outside(self, place: int) -> Limit:
        """What decided on a demand that is in no block."""
        kind = self.demands.kinds[self.demands.kind_of[place]]
        if place in self.without:
            return self._unreached(self.demands.recipients[place])
        if not kind.need:
            return Limit.NO_NEED
        return Limit.LOT if kind.cap else Limit.MOST

    def _limit(self, n: int, block: Block, dearest: tuple[Stage, int] | None) -> Limit:
        number, boxes = self.kind_of[n], self.boxes[n]
        if boxes == self.highs[number]:
            return self._full(number, boxes * self.lot)
        if not self.has_class[n]:
            return self._unreached(self.demands.recipients[self.places[n]])
        after = self.levels.price(number, boxes + 1)
        if dearest is not None and after < dearest:
            return Limit.RESTRICTED
        return self._at_level(n, block, after[0])

    def _at_level(self, n: int, block: Block, after: Stage) -> Limit:
        """What decided on a demand whose next box, in some stage, was not due any more."""
        awarded = block.awarded
        if n in awarded.more and awarded.less:
            return Limit.DRAWN
        if n in awarded.less:
            return Limit.TIED
        is_assured = after.is_of_rule and self.boxes[n] == self.levels.assured(self.kind_of[n]) > 0
        if after > awarded.stage:
            return Limit.LEAST if is_assured and after.tier == awarded.stage.tier else Limit.NO_MORE
        return Limit.LEAST if is_assured else Limit.LEVEL

    def _unreached(self, recipient: str) -> Limit:
        """Why somebody who may receive of no whole box has none, or of too few."""
        if any(source.is_for(recipient) for sources in self.classes for source in sources):
            return Limit.BELOW_LEAST
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
