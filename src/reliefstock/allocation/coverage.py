"""Joint coverage: several items at once; a recipient is covered as far as the scarcest of its items goes.

A household that needs four quilts and two buckets and has three of the one and one of the other is covered by
one half. The smallest coverage is made as large as can be, then the next smallest, and so on (leximin), in
whole boxes, while each item has a supply of its own. What is left and lifts nobody is then shared out item by
item.

At a level t a recipient needs t times its need of every item, rounded up to boxes. All rise together to the
highest level that the supplies allow; from there on whoever is lowest takes the next step, until some cannot.
Of those on the lowest step as few as can be stay behind, and that is a search: with two items or more, it can
be as hard as packing. The search is complete up to a stated effort; beyond it the plan says that it is not
proven.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import ClassVar, Final, TypeAlias

import attrs

from reliefstock.allocation.baskets import ItemDemands, Remainder, checked_stock, in_columns, left_of
from reliefstock.allocation.demand import Demands, Kind
from reliefstock.allocation.plan import Outcome, Plan
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.rules import Rule
from reliefstock.allocation.sharing import share
from reliefstock.allocation.shortfalls import CatchUp, Owed
from reliefstock.allocation.tickets import ticket_order
from reliefstock.errors import Incomplete
from reliefstock.values import Language, choose

__all__ = ["Covered", "JointCoverage", "JointPlan", "share_jointly"]

_EFFORT: Final = 20_000
"""So many steps of a search, and no more, are taken where there is a choice."""

Units: TypeAlias = tuple[int, ...]  # of each item, in the order of the items


@attrs.frozen
class JointCoverage(Rule):
    """The rule of a plan for one item that was made together with others; see `share_jointly`."""

    name: ClassVar[str] = "joint coverage"
    zh: ClassVar[str] = "多物资联合覆盖率"

    rounding: Rounding = attrs.field(default=Rounding.ADAMS, init=False)


@attrs.frozen
class Covered:
    """How far one recipient is covered.

    Attributes:
        recipient: the id.
        level: the smallest fill rate of all that it needs; 1 where it needs nothing.
        short: the items of which there was not enough for its next step.
    """

    recipient: str
    level: Fraction
    short: tuple[str, ...] = ()

    def text(self, lang: Language = "en") -> str:
        """Say it in a language. Raises `Incomplete` for any but 'en' and 'zh'.

        >>> Covered("A", Fraction(1, 2), ("quilt",)).text()
        'A: covered by 1/2; for the next step there is not enough of quilt'
        >>> Covered("A", Fraction(1)).text("zh")
        'A：覆盖率 1'
        """
        en, zh = f"{self.recipient}: covered by {self.level}", f"{self.recipient}：覆盖率 {self.level}"
        if self.short:
            en += f"; for the next step there is not enough of {', '.join(self.short)}"
            zh += f"；再进一步则{'、'.join(self.short)}不够"
        return choose(lang, en=en, zh=zh)


@attrs.frozen(eq=False)
class JointPlan:
    """What all have of all items.

    Attributes:
        plans: for each item, who has how much.
        covered: for each recipient, how far it is covered.
        left: the units of each item that nobody has, and why.
        is_proven: whether no other plan can be better; where it is not, the search was cut off.
    """

    plans: Mapping[str, Plan]
    covered: Mapping[str, Covered]
    left: tuple[Remainder, ...]
    is_proven: bool

    @property
    def smallest(self) -> Fraction:
        """The smallest coverage; 1 where nobody needs anything."""
        return min((one.level for one in self.covered.values()), default=Fraction(1))


@attrs.frozen
class _Bundle:
    """What recipients of one sort need of each item, in what boxes, and the most that they can have."""

    needs: Units
    lots: Units
    highs: Units
    tier: int

    @cached_property
    def top(self) -> Fraction:
        """The highest level that boxes and the most useful amounts allow."""
        return self.level(self.highs)

    def level(self, units: Units) -> Fraction:
        """How far so many units cover it."""
        return min(
            (Fraction(has, need) for has, need in zip(units, self.needs, strict=True) if need),
            default=Fraction(1),
        )

    def at(self, p: int, q: int) -> Units:
        """The fewest units that cover it to the level p/q."""
        return tuple(-(-p * need // (q * lot)) * lot for need, lot in zip(self.needs, self.lots, strict=True))

    def next(self, units: Units) -> Units | None:
        """The fewest units that cover it further than those; None where that cannot be."""
        level = self.level(units)
        steps = (
            Fraction((level.numerator * need // (level.denominator * lot) + 1) * lot, need)
            for need, lot in zip(self.needs, self.lots, strict=True)
            if need
        )
        higher = min(steps, default=None)
        if higher is None or higher > self.top:
            return None
        return self.at(higher.numerator, higher.denominator)


@attrs.frozen
class _Group:
    """Recipients of one sort who have the same; `after` is what they have a step further."""

    level: Fraction
    bundle: int
    size: int
    units: Units
    after: Units | None

    @property
    def cost(self) -> Units:
        """What one of them needs to get a step further."""
        after = self.after or self.units
        return tuple(more - has for more, has in zip(after, self.units, strict=True))

    def __lt__(self, other: _Group) -> bool:
        return (self.level, self.bundle) < (other.level, other.bundle)


def share_jointly(supplies: Mapping[str, int], demands: ItemDemands, *, seed: str = "") -> JointPlan:
    """Share out several items at once, so that the coverage of all is as even and as high as can be.

    Tiers come one after another; boxes and most useful amounts are kept to. Among recipients who need the
    same the tickets decide who gets a step further; among others whoever leads to the better list of
    coverages.

    Raises:
        BadDemand: a demand cannot be, or is for another item than it stands under.
        Incomplete: a demand has a weight or a least amount, or one recipient is in several tiers.
        NotExact: a supply is no whole number.
        NotPositive: it is below zero.

    >>> from reliefstock.allocation.demand import Demand
    >>> asked = {"quilt": [Demand("A", 4), Demand("B", 4)], "bucket": [Demand("A", 2)]}
    >>> plan = share_jointly({"quilt": 7, "bucket": 1}, asked)
    >>> [one.text() for one in plan.covered.values()]
    ['A: covered by 1/2; for the next step there is not enough of bucket', 'B: covered by 1']
    >>> {item: list(one.units) for item, one in plan.plans.items()}
    {'bucket': [1], 'quilt': [3, 4]}
    """
    stock, asked = checked_stock(supplies), in_columns(demands)
    items = sorted(asked)
    bundles, members = _sorted_out([asked[item] for item in items])
    left = tuple(stock.get(item, 0) for item in items)
    search = _Search(bundles)
    groups: list[_Group] = []
    for tier in sorted({bundle.tier for bundle in bundles}):
        mine = [n for n, bundle in enumerate(bundles) if bundle.tier == tier]
        found = search.best([search.group(n, len(members[n]), (0,) * len(items)) for n in mine], left)
        left = _less(left, found)
        groups += found
    has = dict(_handed(groups, members, seed))
    short = {group: _short(group, items, left) for group in groups}
    covered = {one: Covered(one, has[one].level, short[has[one]]) for one in _recipients(asked, items)}
    plans = {
        item: _plan(
            stock.get(item, 0), asked[item], {one: group.units[at] for one, group in has.items()}, seed
        )
        for at, item in enumerate(items)
    }
    return JointPlan(plans, covered, left_of(stock, plans), search.is_complete)


class _Search:
    """The best list of coverages that can be had, and how much effort it may take."""

    def __init__(self, bundles: Sequence[_Bundle]) -> None:
        self.bundles = bundles
        self.scale = 1 << 2 * max((need for one in bundles for need in one.needs), default=1).bit_length()
        self.effort = 0
        self.is_complete = True

    def group(self, bundle: int, size: int, units: Units) -> _Group:
        """A group that has so many units."""
        one = self.bundles[bundle]
        return _Group(one.level(units), bundle, size, units, one.next(units))

    def best(self, groups: Iterable[_Group], left: Units, *, is_trial: bool = False) -> list[_Group]:
        """All get as far as can be: the lowest first, and as few of them as possible stay behind."""
        rising, left = self._raised(list(groups), left)
        done: list[_Group] = []
        steps = 0
        while rising:
            self._spend(int(is_trial))
            lowest = _lowest(rising)
            done += [one for one in lowest if one.after is None]
            lowest = [one for one in lowest if one.after is not None]
            ways = self._ways(lowest, left)
            if len(ways) > 1:
                return done + self._tried(lowest, ways, rising, left)
            stay, rise, left = self._split(lowest, ways[0], left)
            done += stay
            for one in rise:
                heappush(rising, one)
            steps += 1
            if steps > len(rising):
                rising, left = self._raised(rising, left)
                steps = 0
        return done

    def _tried(
        self, lowest: Sequence[_Group], ways: Sequence[Units], rising: Sequence[_Group], left: Units
    ) -> list[_Group]:
        """The best that comes of several ways; the first that is found, of those that are alike."""
        results: list[list[_Group]] = []
        for way in ways:
            stay, rise, rest = self._split(lowest, way, left)
            results.append(stay + self.best([*rising, *rise], rest, is_trial=True))
            if not self.is_complete:
                break
        return max(results, key=_by_coverage)

    def _spend(self, steps: int) -> None:
        self.effort += steps
        self.is_complete = self.is_complete and self.effort < _EFFORT

    # Rising together

    def _raised(self, groups: list[_Group], left: Units) -> tuple[list[_Group], Units]:
        """All at the highest level to which they can rise together, as a heap, and what is then left."""
        low, high = 0, self.scale + 1
        while high - low > 1:
            level = (low + high) // 2
            low, high = (level, high) if self._suffices(groups, level, left) else (low, level)
        raised = [self.group(one.bundle, one.size, self._at(one, low)) for one in groups]
        heapify(raised)
        return raised, _less(left, raised, groups)

    def _suffices(self, groups: Sequence[_Group], level: int, left: Units) -> bool:
        cost = [0] * len(left)
        for one in groups:
            for at, (more, has) in enumerate(zip(self._at(one, level), one.units, strict=True)):
                cost[at] += (more - has) * one.size
        return all(needed <= there for needed, there in zip(cost, left, strict=True))

    def _at(self, one: _Group, level: int) -> Units:
        """What a group has at a level, no less than now, and no more than is of use to its coverage."""
        bundle = self.bundles[one.bundle]
        top = bundle.top
        needed = bundle.at(level, self.scale)
        if level * top.denominator > top.numerator * self.scale:
            needed = bundle.at(top.numerator, top.denominator)
        return tuple(max(units, has) for units, has in zip(needed, one.units, strict=True))

    # Who stays behind

    def _split(
        self, lowest: Sequence[_Group], way: Units, left: Units
    ) -> tuple[list[_Group], list[_Group], Units]:
        """Who stays, who is a step further, and what is left, if of each group so many get that step."""
        parts = list(zip(lowest, way, strict=True))
        stay = [attrs.evolve(one, size=one.size - number) for one, number in parts if number < one.size]
        before = [attrs.evolve(one, size=number) for one, number in parts if number]
        rise = [self.group(one.bundle, one.size, one.after or one.units) for one in before]
        return stay, rise, _less(left, rise, before)

    def _ways(self, lowest: Sequence[_Group], left: Units) -> list[Units]:
        """In which ways as many as possible get a step further: so many of each group."""
        sizes = tuple(one.size for one in lowest)
        costs = [one.cost for one in lowest]
        if _fits(sizes, costs, left):
            return [sizes]
        greedy = _greedy(sizes, costs, left)
        if len(lowest) == 1 or not self.is_complete:
            return [greedy]
        packing = _Packing(sizes, costs, sum(greedy), _EFFORT - self.effort)
        packing.fill((), left)
        self._spend(packing.steps)
        return packing.ways if self.is_complete else [greedy]


class _Packing:
    """All ways to lift as many as possible, by branch and bound."""

    def __init__(self, sizes: Units, costs: Sequence[Units], most: int, effort: int) -> None:
        self.sizes = sizes
        self.costs = costs
        self.most = most
        self.effort = effort
        self.steps = 0
        self.ways: list[Units] = []

    def fill(self, way: Units, left: Units) -> None:
        """Go on from so many of the first groups, with what is left."""
        self.steps += 1
        if self.steps >= self.effort or sum(way) + self._bound(len(way), left) < self.most:
            return
        if len(way) == len(self.sizes):
            if sum(way) > self.most:
                self.most, self.ways = sum(way), []
            self.ways.append(way)
            return
        cost = self.costs[len(way)]
        for number in range(_fitting(self.sizes[len(way)], cost, left), -1, -1):
            self.fill(
                (*way, number), tuple(there - number * one for there, one in zip(left, cost, strict=True))
            )

    def _bound(self, first: int, left: Units) -> int:
        """No more of the groups from there on can be lifted: for each item alone, the cheapest first."""
        sizes, costs = self.sizes[first:], self.costs[first:]
        most = sum(sizes)
        for at, there in enumerate(left):
            count = 0
            for cost, size in sorted((cost[at], size) for cost, size in zip(costs, sizes, strict=True)):
                fit = min(size, there // cost) if cost else size
                there -= fit * cost  # noqa: PLW2901 -- it is used up
                count += fit
            most = min(most, count)
        return most


def _lowest(rising: list[_Group]) -> list[_Group]:
    """Take all that are lowest from a heap."""
    lowest = [heappop(rising)]
    while rising and rising[0].level == lowest[0].level:
        lowest.append(heappop(rising))
    return lowest


def _greedy(sizes: Units, costs: Sequence[Units], left: Units) -> Units:
    """As many of the cheapest as can be, then of the next; cheap is a small part of what is left."""
    way = [0] * len(sizes)
    parts = [max(Fraction(cost, there + 1) for cost, there in zip(one, left, strict=True)) for one in costs]
    for at in sorted(range(len(sizes)), key=lambda at: (parts[at], costs[at])):
        way[at] = _fitting(sizes[at], costs[at], left)
        left = tuple(there - way[at] * cost for there, cost in zip(left, costs[at], strict=True))
    return tuple(way)


def _fitting(size: int, cost: Units, left: Units) -> int:
    return min([size, *(there // one for there, one in zip(left, cost, strict=True) if one)])


def _fits(sizes: Units, costs: Sequence[Units], left: Units) -> bool:
    needed = (
        sum(size * cost[at] for size, cost in zip(sizes, costs, strict=True)) for at in range(len(left))
    )
    return all(cost <= there for cost, there in zip(needed, left, strict=True))


def _less(left: Units, after: Iterable[_Group], before: Iterable[_Group] = ()) -> Units:
    """What is left once groups have what they have, instead of what they had before."""
    rest = list(left)
    for sign, groups in ((-1, after), (1, before)):
        for one in groups:
            for at, units in enumerate(one.units):
                rest[at] += sign * units * one.size
    return tuple(rest)


def _by_coverage(groups: Iterable[_Group]) -> list[tuple[Fraction, int]]:
    """What is larger where the sorted list of coverages is better.

    The first difference decides: a higher level is better, and fewer on the same level are.
    """
    counted: Counter[Fraction] = Counter()
    for one in groups:
        counted[one.level] += one.size
    return [(level, -counted[level]) for level in sorted(counted)]


# From demands to bundles, and back


def _sorted_out(asked: Sequence[Demands]) -> tuple[list[_Bundle], list[list[str]]]:
    """The bundles, the smallest first, and who needs each."""
    kinds: dict[str, list[Kind | None]] = {}
    for at, listed in enumerate(asked):
        for recipient, number in zip(listed.recipients, listed.kind_of, strict=True):
            kinds.setdefault(recipient, [None] * len(asked))[at] = listed.kinds[number]
    sorts: dict[tuple[Kind | None, ...], list[str]] = {}
    for recipient, row in kinds.items():
        sorts.setdefault(tuple(row), []).append(recipient)
    members: dict[_Bundle, list[str]] = {}
    for row, recipients in sorts.items():
        members.setdefault(_bundle(recipients[0], row), []).extend(recipients)
    bundles = sorted(members, key=attrs.astuple)
    return bundles, [members[bundle] for bundle in bundles]


def _bundle(recipient: str, row: Sequence[Kind | None]) -> _Bundle:
    stated = [kind for kind in row if kind is not None]
    what = f"the demands of {recipient}"
    if any(kind.weight > 1 or kind.least for kind in stated):
        raise Incomplete(
            what,
            "joint coverage knows no weight and no least amount",
            "state neither",
            zh=f"{recipient} 的需求：联合覆盖率不计权数与至少有用数；请勿填写",
        )
    if len({kind.tier for kind in stated}) > 1:
        raise Incomplete(
            what,
            "they are in several tiers",
            "state one tier for all items",
            zh=f"{recipient} 的需求：分在几个级别；请各物资填写同一级别",
        )
    lots = tuple(1 if kind is None else kind.lot for kind in row)
    highs = tuple(0 if kind is None else kind.cap // kind.lot * kind.lot for kind in row)
    needs = tuple(0 if kind is None else kind.need for kind in row)
    return _Bundle(needs, lots, highs, stated[0].tier)


def _recipients(asked: Mapping[str, Demands], items: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(recipient for item in items for recipient in asked[item].recipients))


def _handed(
    groups: Iterable[_Group], members: Sequence[Sequence[str]], seed: str
) -> Iterator[tuple[str, _Group]]:
    """Who is in which group: of those who need the same, the first tickets have the most."""
    by_bundle: dict[int, list[_Group]] = {}
    for one in groups:
        by_bundle.setdefault(one.bundle, []).append(one)
    key = ticket_order(seed)
    for bundle, parts in by_bundle.items():
        recipients = members[bundle]
        if len(parts) > 1:
            recipients = sorted(recipients, key=lambda one: (key(one), one))
        waiting = iter(recipients)
        for part in sorted(parts, key=lambda one: one.level, reverse=True):
            yield from ((next(waiting), part) for _ in range(part.size))


def _short(group: _Group, items: Sequence[str], left: Units) -> tuple[str, ...]:
    """The items of which there is not enough for one of a group to get a step further."""
    return tuple(item for item, more, there in zip(items, group.cost, left, strict=True) if more > there)


def _plan(supply: int, demands: Demands, units: Mapping[str, int], seed: str) -> Plan:
    """The plan for one item: what is left and lifts nobody goes by the max-min fill rate."""
    has = [units[recipient] for recipient in demands.recipients]
    known: dict[tuple[int, int], int] = {}
    kind_of = [known.setdefault(each, len(known)) for each in zip(demands.kind_of, has, strict=True)]
    owed = [_owed(demands.kinds[kind], had) for kind, had in known]
    rest = share(supply - sum(has), Demands(demands.recipients, owed, kind_of), CatchUp(), seed=seed)
    total = [had + more for had, more in zip(has, rest.units, strict=True)]
    ends = list(zip(demands.kind_of, total, strict=True))
    outcome = {(kind, units): _outcome(demands.kinds[kind], units) for kind, units in set(ends)}
    outcomes = [outcome[end] for end in ends]
    return Plan(supply, demands, JointCoverage(), 0, seed, total, outcomes)


def _owed(kind: Kind, had: int) -> Owed:
    return Owed(kind.need - had, 1, kind.tier, 0, max(kind.cap - had, 0), kind.lot, kind.need, had)


def _outcome(kind: Kind, units: int) -> Outcome:
    if not kind.need:
        return Outcome.NO_NEED
    if units >= kind.need:
        return Outcome.MET
    if units + kind.lot > kind.cap:
        return Outcome.MOST if kind.most < kind.need else Outcome.LOT
    return Outcome.LEVEL if units else Outcome.NO_MORE
