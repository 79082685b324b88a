"""Whether a plan out of several sources is the best there is, checked without making one.

Two things are enough. It must be possible: whole boxes, of sources that are for whoever has them, and no
more than there is. And nobody who could use a box may have cause to complain: all that such a recipient may
receive of is used up by its own bottleneck and those before it, and every box given there was due before
the one that it lacks. To give it that box, one of those would have to be taken back; so no exchange is
better, and where no exchange is better, no plan is (what can be had together is a polymatroid). The prices
are those of `reliefstock.allocation.prices`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from reliefstock.allocation.demand import Kind
from reliefstock.allocation.prices import order
from reliefstock.allocation.source_faults import SourceFault
from reliefstock.allocation.sources import Limit, Source, SourcesPlan

__all__ = ["verify_flows", "verify_sources"]


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
    faults = [*verify_flows(plan.sources, plan.awards, plan.flows, plan.lot), *_caps(plan), *_left(plan)]
    return tuple(faults or _Complaints(plan).faults())


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
        most = plan.rule.cap(kind, plan.supply) if kind.need else 0
        if units > most:
            yield SourceFault("cap", recipient, (units, most))


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
        self.wanting = {
            r for r, (kind, units) in self.kinds.items() if kind.need and units + plan.lot <= self._most(kind)
        }
        self.last = len(plan.bottlenecks)

    def faults(self) -> Iterator[SourceFault]:
        for recipient, (_, units) in self.kinds.items():
            if recipient not in self.block_of and (units or recipient in self.wanting):
                yield SourceFault("apart", recipient)
        yield from self._beyond()
        yield from self._better()

    def _most(self, kind: Kind) -> int:
        return self.plan.rule.cap(kind, self.plan.supply)

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
        for recipient, limit in zip(self.kinds, self.plan.limits, strict=True):
            if limit is not Limit.LOT and (recipient in self.wanting) is (limit in full):
                yield SourceFault("outcome", recipient)

    def _key(self, recipient: str, more: int) -> tuple[Any, ...]:
        """When the last box of a recipient was due, or the next."""
        kind, units = self.kinds[recipient]
        first = order(self.plan.rule, kind, units // kind.lot + more)
        drawn = sha256(f"{self.plan.seed}:{recipient}".encode()).hexdigest() if self.plan.seed else ""
        return kind.tier, first, drawn, recipient
