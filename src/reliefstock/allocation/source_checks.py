"""Whether a plan out of several sources is the best there is, checked without making one.

Two things are enough. It must be possible: whole boxes, of sources that are for whoever has them, and no
more than there is. And nobody who could use a box may have cause to complain: all that such a recipient may
receive of is used up by its own bottleneck and those before it, and every box given there was due before
the one that it lacks. To give it that box, one of those would have to be taken back; so no exchange is
better, and where no exchange is better, no plan is (what can be had together is a polymatroid). The prices
are those of `reliefstock.allocation.prices`. Of whoever has nothing because the least amount was not to be
had, it is seen by a flow of its own that it was not, even alone beside those who came before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, TypeAlias

from reliefstock.allocation.demand import Kind
from reliefstock.allocation.flows import Flow
from reliefstock.allocation.prices import order
from reliefstock.allocation.source_faults import SourceFault
from reliefstock.allocation.sources import Limit, Source, SourcesPlan
from reliefstock.allocation.stated import check_rule

__all__ = ["verify_flows", "verify_sources"]

_Turn: TypeAlias = tuple[int, int, int, int, int]


def verify_sources(plan: SourcesPlan) -> tuple[SourceFault, ...]:
    """Everything that is not as it has to be in a plan; nothing where the plan is right.

    >>> import attrs
    >>> from reliefstock.allocation.demand import Demand
    >>> from reliefstock.allocation.sources import share_sources
    >>> sources = [Source("for all", 6), Source("for A", 4, recipients={"A"})]
    >>> plan = share_sources(sources, [Demand("A", 8), Demand("B", 8)])
    >>> verify_sources(plan)
    ()
    >>> moved = attrs.evolve(plan, units=[6, 4], flows={"for all": {"A": 2, "B": 4}, "for A": {"A": 4}})
    >>> [fault.sentence() for fault in verify_sources(moved)]
    ['B: its next box was due before one that others have of what it may receive of']
    """
    check_rule(plan.rule)
    if faults := tuple(_shape(plan)):
        return faults
    faults = [*verify_flows(plan.sources, plan.awards, plan.flows, plan.lot), *_caps(plan), *_left(plan)]
    return tuple(faults or _Complaints(plan).faults())


def _shape(plan: SourcesPlan) -> Iterator[SourceFault]:
    lengths = len(plan.demands), len(plan.units), len(plan.limits)
    if len(set(lengths)) > 1:
        yield SourceFault("length", "", lengths)
    if type(plan.lot) is not int or plan.lot < 1:
        yield SourceFault("lot", "", (plan.lot, plan.lot))


def verify_flows(
    sources: tuple[Source, ...], awards: Mapping[str, int], flows: Mapping[str, Mapping[str, int]], lot: int
) -> Iterator[SourceFault]:
    """What is wrong with who has how much of which source."""
    had = dict.fromkeys(awards, 0)
    for source in sources:
        given = flows.get(source.id, {})
        if (much := sum(given.values())) > source.units:
            yield SourceFault("over", source.id, (much, source.units))
        for recipient, units in given.items():
            had[recipient] = had.get(recipient, 0) + units
            yield from _flow(source, recipient, units, lot)
    for unknown in (flows.keys() - {source.id for source in sources}) | (had.keys() - awards.keys()):
        yield SourceFault("unknown", unknown)
    for recipient, units in awards.items():
        if had[recipient] != units:
            yield SourceFault("sum", recipient, (had[recipient], units))


def _flow(source: Source, recipient: str, units: int, lot: int) -> Iterator[SourceFault]:
    if units < 1 or units % lot:
        yield SourceFault("lot", recipient, (units, lot))
    if not source.is_for(recipient):
        yield SourceFault("not for it", recipient, (source.id,))


def _caps(plan: SourcesPlan) -> Iterator[SourceFault]:
    for recipient, (kind, units) in _kinds(plan).items():
        if 0 < units < kind.least:
            yield SourceFault("least", recipient, (units, kind.least))
        if units > (most := _most(plan, kind)):
            yield SourceFault("cap", recipient, (units, most))


def _most(plan: SourcesPlan, kind: Kind) -> int:
    """The most that one of a kind may have: nothing where not even the least amount is of use."""
    most = plan.rule.cap(kind, plan.supply) // kind.lot * kind.lot if kind.need else 0
    return most if most >= kind.least else 0


def _left(plan: SourcesPlan) -> Iterator[SourceFault]:
    stated = dict.fromkeys((source.id for source in plan.sources), 0)
    for left in plan.left:
        stated[left.source] = stated.get(left.source, 0) + left.units
    for source in plan.sources:
        is_left = source.units - sum(plan.flows.get(source.id, {}).values())
        if is_left != stated[source.id]:
            yield SourceFault("left", source.id, (is_left, stated[source.id]))


def _kinds(plan: SourcesPlan) -> dict[str, tuple[Kind, int]]:
    kinds = (plan.demands.kinds[number] for number in plan.demands.kind_of)
    return dict(zip(plan.demands.recipients, zip(kinds, plan.units, strict=True), strict=True))


class _Complaints:
    """Who could use a box more, what it may receive of, and what others have of that."""

    def __init__(self, plan: SourcesPlan) -> None:
        self.plan = plan
        self.kinds = _kinds(plan)
        self.block_of = {r: n for n, block in enumerate(plan.bottlenecks) for r in block.recipients}
        self.source_in = {s: n for n, block in enumerate(plan.bottlenecks) for s in block.sources}
        self.without = {
            r
            for r, (kind, units) in self.kinds.items()
            if not units and kind.least > kind.lot and _most(plan, kind)
        }
        self.wanting = {
            r for r, (kind, units) in self.kinds.items() if units + plan.lot <= _most(plan, kind)
        } - self.without
        self.last = len(plan.bottlenecks)

    def faults(self) -> Iterator[SourceFault]:
        for recipient, (_, units) in self.kinds.items():
            if recipient not in self.block_of and (units or recipient in self.wanting):
                yield SourceFault("apart", recipient)
        yield from self._beyond()
        yield from self._better()
        for turn in sorted({self._turn(one, 1) for one in self.without}):
            yield from self._alone(turn)

    def _alone(self, turn: _Turn) -> Iterator[SourceFault]:
        """Whose least amount was to be had, beside all that went out before its turn."""
        plan, lot = self.plan, self.plan.lot
        names = list(self.kinds)
        reach = [
            sum(1 << at for at, name in enumerate(names) if source.is_for(name)) for source in plan.sources
        ]
        flow = Flow([source.units // lot for source in plan.sources], reach, takers=len(names))
        wants = [
            sum(self._turn(name, k) < turn for k in range(1, units // lot + 1))
            for name, (_, units) in self.kinds.items()
        ]
        for at, (name, (kind, _)) in enumerate(self.kinds.items()):
            if name in self.without and self._turn(name, 1) == turn:
                wants[at] = -(-kind.least // lot)
                if not flow.fill(wants, sources=(1 << len(reach)) - 1, takers=(1 << len(names)) - 1):
                    yield SourceFault("alone", name, (kind.least,))
                wants[at] = 0

    def _turn(self, recipient: str, k: int) -> _Turn:
        """When the k-th box of a recipient goes out: with the floors, the least amounts, or by the rule.

        Fewer boxes that are assured come before more; of a floor first what is a least amount.
        """
        kind, _ = self.kinds[recipient]
        least = -(-kind.least // kind.lot)
        floor = -(-min(self.plan.floor, kind.cap) // kind.lot)
        size = min(max(least, floor), _most(self.plan, kind) // kind.lot)
        if k > size:
            return 1, kind.tier, 1, 0, 0
        if not self.plan.floor:
            return 1, kind.tier, 0, size, 0
        return 0, 0, 0, size, int(k > least or least == 1)

    def _beyond(self) -> Iterator[SourceFault]:
        """Sources not used up as far as the bottleneck of somebody who may receive of them and wants more."""
        known: dict[frozenset[str] | None, tuple[int, str]] = {}
        for source in self.plan.sources:
            if source.units < self.plan.lot:
                continue
            if source.recipients not in known:
                known[source.recipients] = self._first(source)
            first, recipient = known[source.recipients]
            if first < self._used_up(source):
                yield SourceFault("beyond", recipient, (source.id,))

    def _first(self, source: Source) -> tuple[int, str]:
        """Who comes first of those who may receive of a source and want more, and in which bottleneck."""
        wanting = self.wanting if source.recipients is None else self.wanting & source.recipients
        return min(((self.block_of.get(one, 0), one) for one in wanting), default=(self.last, ""))

    def _used_up(self, source: Source) -> int:
        """The bottleneck as far as which a source has all gone; beyond the last where something is left."""
        given = self.plan.flows.get(source.id, {})
        if source.units - sum(given.values()) >= self.plan.lot:
            return self.last
        return max(
            self.source_in.get(source.id, self.last), *(self.block_of.get(one, self.last) for one in given)
        )

    def _better(self) -> Iterator[SourceFault]:
        """Whose next box was due before one that is given in its bottleneck or before."""
        keys: list[tuple[Any, ...]] = []  # the dearest so far, and those of a bottleneck
        for block in self.plan.bottlenecks:
            keys += [self._key(one, 0) for one in block.recipients if self.kinds[one][1]]
            keys = [max(keys)] if keys else []
            for one in block.recipients:
                if keys and one in self.wanting and self._key(one, 1) < keys[0]:
                    yield SourceFault("better", one)
        yield from self._outcomes()

    def _outcomes(self) -> Iterator[SourceFault]:
        """Limits that say that all is had where it is not, or that it is not where it is."""
        full = {Limit.MET, Limit.MOST, Limit.NO_NEED}
        without = {Limit.BELOW_LEAST, Limit.NO_SOURCE, Limit.LOT}
        for recipient, limit in zip(self.kinds, self.plan.limits, strict=True):
            if recipient in self.without:
                is_so = limit in without
            else:
                is_full = recipient not in self.wanting
                is_so = limit is Limit.LOT or (limit is not Limit.BELOW_LEAST and is_full is (limit in full))
            if not is_so:
                yield SourceFault("outcome", recipient)

    def _key(self, recipient: str, more: int) -> tuple[Any, ...]:
        """When the last box of a recipient was due, or the next."""
        kind, units = self.kinds[recipient]
        k = units // kind.lot + more
        turn = self._turn(recipient, k)
        first = order(self.plan.rule, kind, k) if turn[2] else (k,)
        drawn = sha256(f"{self.plan.seed}:{recipient}".encode()).hexdigest() if self.plan.seed else ""
        return turn, first, drawn, recipient
