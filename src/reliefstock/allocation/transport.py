"""Which warehouse serves whom, at the least cost that the awards allow.

The awards are fixed; what is free is out of which source each is served. Everybody is served by the nearest
at first. Where that asks more of sources than they have, what is over is moved along the cheapest chain of
changes (A goes to another warehouse, which therefore lets B go to a third, …) to one that has some left,
again and again. Each step raises the *prices of what is scarce* by what the chain costs. In the end the
prices are the proof: with them added, everybody is served by the cheapest that may serve it, and a source
with something left costs nothing extra. `verify_transport` looks at no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import Final, TypeAlias

import attrs

from reliefstock.allocation.flows import Stock
from reliefstock.allocation.source_checks import verify_flows
from reliefstock.allocation.source_faults import SourceFault
from reliefstock.allocation.sources import Source, SourcesPlan, checked_sources
from reliefstock.allocation.stated import checked_number, checked_table
from reliefstock.allocation.transport_solvers import Solver, solve
from reliefstock.errors import Incomplete, NotExact, NotPositive

__all__ = ["Cost", "Network", "Transport", "serve", "verify_transport"]

_NAMED: Final = 5

Cost: TypeAlias = Mapping[tuple[str, str], int | None] | Callable[[str, str], int | None]
"""Of a warehouse and a recipient: what a unit costs, None where there is no way."""


@attrs.frozen(eq=False)
class Transport:
    """Who is served out of which source, and what that costs.

    Attributes:
        sources: what there was.
        awards: the units of each recipient.
        lot: the units of a box.
        flows: the units of each recipient by source.
        cost: what all of it costs.
        prices: of each source, what one unit more there would save: 0 where some are left.
        worth: of each recipient that is served, what one unit more for it would cost.
        rates: what a unit costs from a warehouse to a recipient, as it was stated.
        solver: what found it.
    """

    sources: tuple[Source, ...]
    awards: Mapping[str, int]
    lot: int
    flows: Mapping[str, Mapping[str, int]]
    cost: int
    prices: Mapping[str, int]
    worth: Mapping[str, int]
    rates: Cost = attrs.field(repr=False)
    solver: Solver

    @cached_property
    def by_warehouse(self) -> Mapping[str, Mapping[str, int]]:
        """The units of each recipient by warehouse."""
        served: dict[str, dict[str, int]] = {}
        for source in self.sources:
            here = served.setdefault(source.warehouse, {})
            for recipient, units in self.flows[source.id].items():
                here[recipient] = here.get(recipient, 0) + units
        return served


def serve(
    awards: SourcesPlan | Mapping[str, int],
    sources: Sequence[Source],
    cost: Cost,
    *,
    lot: int = 1,
    solver: Solver = "own",
) -> Transport:
    """Serve awards out of sources at the least cost.

    Args:
        awards: a plan, or the units of each recipient.
        sources: what there is; of a plan the same that it shares out, or others that have enough.
        cost: what a unit costs from a warehouse to a recipient, a whole number; None where there is no way.
            Only pairs that could come about are asked for.
        lot: the units of a box, where the awards are no plan, which says so itself.
        solver: "own", or "ortools" or "highs" (extra `optimise`), which are faster where there are thousands
            of sources with restrictions of their own. The cost is the same.

    Raises:
        MissingExtra: the solver is not installed.
        Incomplete: a cost is not stated, or the sources do not suffice for the awards.
        AlreadyKnown: two sources have one id.
        NotExact: a cost or an award is no whole number.
        NotPositive: an award or a lot is below what it can be.

    >>> sources = [Source("lot 1", 5, "north"), Source("lot 2", 5, "south")]
    >>> rates = {("north", "A"): 1, ("north", "B"): 2, ("south", "A"): 3, ("south", "B"): 9}
    >>> served = serve({"A": 4, "B": 4}, sources, rates)
    >>> served.flows, served.cost
    ({'lot 1': {'A': 1, 'B': 4}, 'lot 2': {'A': 3}}, 18)
    """
    if isinstance(awards, SourcesPlan):
        awards, lot = awards.awards, awards.lot
    network = Network(checked_sources(sources), awards, cost, lot)
    if solver != "own":
        given = solve(network, solver)
        if (prices := network.prices(given)) is not None:
            return network.told(given, prices, solver)
    moves = _Moves(network)  # also where a solver of others has come to rest before the cheapest
    moves.run()
    return network.told(moves.given, moves.prices, "own")


def verify_transport(transport: Transport) -> tuple[SourceFault, ...]:
    """Everything that is not as it has to be; nothing where no other transport is cheaper.

    >>> served = serve({"A": 3}, [Source("lot 1", 5, "north")], {("north", "A"): 2})
    >>> verify_transport(served)
    ()
    >>> [fault.sentence() for fault in verify_transport(attrs.evolve(served, cost=5))]
    ['the cost is 6, and 5 is stated']
    """
    sources, awards, flows = transport.sources, transport.awards, transport.flows
    faults = list(verify_flows(sources, awards, flows, transport.lot))
    return tuple(faults or [*_prices(transport), *_slack(transport)])


def _prices(transport: Transport) -> Iterator[SourceFault]:
    """A price is 0 where a box is left, and never below."""
    for source in transport.sources:
        left = source.units - sum(transport.flows.get(source.id, {}).values())
        price = transport.prices.get(source.id, -1)
        if price < 0 or (price and left >= transport.lot):
            yield SourceFault("price", source.id, (price, left))


def _slack(transport: Transport) -> Iterator[SourceFault]:
    """With the prices, nobody who is served could be served for less; and what is stated is what it costs."""
    rate = _rate(transport.rates)
    cheapest = _cheapest(transport, rate)
    total = 0
    for source in transport.sources:
        for one, units in transport.flows.get(source.id, {}).items():
            way = rate(source.warehouse, one)
            paid = None if way is None else way + transport.prices[source.id]
            if paid is None or paid != cheapest.get(one) or paid != transport.worth.get(one):
                yield SourceFault("dear", one, (source.id, paid, cheapest.get(one)))
            total += (way or 0) * units
    if total != transport.cost:
        yield SourceFault("cost", "", (total, transport.cost))


def _cheapest(transport: Transport, rate: Callable[[str, str], int | None]) -> dict[str, int]:
    """The least that a unit for each costs with the prices; of like sources the cheapest stands for all."""
    served = {one for one, units in transport.awards.items() if units}
    offers: dict[tuple[str, frozenset[str] | None], int] = {}
    for source in transport.sources:
        if source.units >= transport.lot:
            key, price = (source.warehouse, source.recipients), transport.prices[source.id]
            offers[key] = min(price, offers.get(key, price))
    cheapest: dict[str, int] = {}
    for (warehouse, recipients), price in offers.items():
        for one in served if recipients is None else served & recipients:
            if (way := rate(warehouse, one)) is not None:
                cheapest[one] = min(way + price, cheapest.get(one, way + price))
    return cheapest


def _looking_up(table: Mapping[tuple[str, str], int | None]) -> Callable[[str, str], int | None]:
    return lambda warehouse, recipient: table[warehouse, recipient]


def _rate(cost: Cost) -> Callable[[str, str], int | None]:
    """The cost of a pair, checked."""
    if not callable(cost) and not isinstance(cost, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
        raise Incomplete(
            "the cost",
            f"{cost!r} says nothing of it",
            "state it by warehouse and recipient",
            zh=f"成本：{cost!r} 没有写明；请按仓库与接收方写明",
        )
    ask = cost if callable(cost) else _looking_up(cost)

    def rate(warehouse: str, recipient: str) -> int | None:
        try:
            way = ask(warehouse, recipient)
        except LookupError:
            what = f"the cost from {warehouse} to {recipient}"
            raise Incomplete(
                what,
                "it is not stated",
                "state it, or None where there is no way",
                zh=f"由 {warehouse} 运往 {recipient} 的成本没有写明；请写明，没有通路的写 None",
            ) from None
        if way is not None and type(way) is not int:  # callers may not check types
            raise NotExact(what=f"the cost from {warehouse} to {recipient}", given=way)
        return way

    return rate


class Network:
    """Sources at one place of which the same may receive are one *depot*; and what a unit costs from there.

    Attributes:
        room: the boxes of each depot.
        wants: the boxes of each recipient that is served.
        ways: of each recipient, the cost of a unit by depot.
    """

    def __init__(self, sources: tuple[Source, ...], awards: Mapping[str, int], cost: Cost, lot: int) -> None:
        self.sources = sources
        self.awards = awards
        self.cost = cost
        self.lot = lot
        self._check()
        depots: dict[tuple[str, frozenset[str] | None], list[Source]] = {}
        for source in sorted(sources, key=lambda one: one.id):
            if source.units >= lot:
                depots.setdefault((source.warehouse, source.recipients), []).append(source)
        self.depots = list(depots.values())
        self.room = [sum(source.units // lot for source in depot) for depot in self.depots]
        self.recipients = sorted(recipient for recipient, units in awards.items() if units)
        self.wants = [awards[recipient] // lot for recipient in self.recipients]
        self.ways = self._ways()
        for at, ways in enumerate(self.ways):
            if not ways:
                raise _not_enough([self.recipients[at]])

    def _check(self) -> None:
        checked_table("awards", self.awards)
        checked_number("lot", self.lot)
        if not self.lot:
            raise NotPositive(what="lot", given=self.lot)
        for recipient, units in self.awards.items():
            if type(units) is not int or (units > 0 and units % self.lot):
                raise NotExact(what=f"the award of {recipient} in boxes of {self.lot}", given=units)
            if units < 0:
                raise NotPositive(what=f"the award of {recipient}", given=units)

    def _ways(self) -> list[dict[int, int]]:
        rate = _rate(self.cost)
        at = {recipient: n for n, recipient in enumerate(self.recipients)}
        ways: list[dict[int, int]] = [{} for _ in at]
        known: dict[str, dict[str, int | None]] = {}
        for number, (source, *_) in enumerate(self.depots):
            here = known.setdefault(source.warehouse, {})
            for one in at if source.recipients is None else source.recipients & at.keys():
                if one not in here:
                    here[one] = rate(source.warehouse, one)
                if (way := here[one]) is not None:
                    ways[at[one]][number] = way
        return ways

    def prices(self, given: Sequence[Mapping[int, int]]) -> list[int] | None:
        """Prices that prove that what is given is the cheapest, from a bound downwards; None if it is not."""
        bound = 1 + 2 * sum(max(map(abs, ways.values())) for ways in self.ways)
        used = [0] * len(self.room)
        for of in given:
            for depot, boxes in of.items():
                used[depot] += boxes
        prices = [bound if room == boxes else 0 for room, boxes in zip(self.room, used, strict=True)]
        for _ in range(len(prices) + 1):
            before = list(prices)
            for ways, of in zip(self.ways, given, strict=True):
                worth = min(way + prices[depot] for depot, way in ways.items())
                for depot in of:
                    prices[depot] = min(prices[depot], worth - ways[depot])
            if prices == before:
                return prices if min(prices, default=0) >= 0 else None
        return None

    def told(self, given: Sequence[Mapping[int, int]], prices: Sequence[int], solver: Solver) -> Transport:
        """What it is for sources and recipients by name, in units."""
        flows: dict[str, dict[str, int]] = {source.id: {} for source in self.sources}
        stock = [Stock((source.id, source.units // self.lot) for source in depot) for depot in self.depots]
        cost = 0
        for recipient, of, ways in zip(self.recipients, given, self.ways, strict=True):
            for depot, boxes in sorted(of.items()):
                cost += ways[depot] * boxes * self.lot
                for source, now in stock[depot].take(boxes):
                    flows[source][recipient] = now * self.lot
        at = {source.id: price for depot, price in zip(self.depots, prices, strict=True) for source in depot}
        worth = (min(way + prices[depot] for depot, way in ways.items()) for ways in self.ways)
        return Transport(
            sources=self.sources,
            awards=self.awards,
            lot=self.lot,
            flows=flows,
            cost=cost,
            prices={source.id: at.get(source.id, 0) for source in self.sources},
            worth=dict(zip(self.recipients, worth, strict=True)),
            rates=self.cost,
            solver=solver,
        )


class _Moves:
    """What is given, moved until no depot gives more than it has."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.ways = network.ways
        self.prices = [0] * len(network.room)
        self.free = list(network.room)  # below zero where more is given than there is
        self.given: list[dict[int, int]] = []
        self.served: list[set[int]] = [set() for _ in network.room]
        for at, (ways, want) in enumerate(zip(network.ways, network.wants, strict=True)):
            depot = min(ways, key=lambda one: (ways[one], one))
            self.given.append({depot: want})
            self.served[depot].add(at)
            self.free[depot] -= want
        # What moving somebody from one depot to another costs more, and who that is: the cheapest, and all
        # of them in order. It is put together for a depot when it is first asked for.
        self.cheapest: dict[int, dict[int, tuple[int, int]]] = {}
        self.changes: dict[int, dict[int, list[tuple[int, int]]]] = {}
        largest = max((abs(way) for ways in network.ways for way in ways.values()), default=0)
        self.beyond = 1 + 8 * (largest + 1) * (len(network.room) + 1)

    def run(self) -> None:
        """Move, until nothing is over anywhere."""
        over = {depot for depot, free in enumerate(self.free) if free < 0}
        while over:
            chains = _Chains(self, over)
            end = chains.nearest()
            for depot, distance in chains.far.items():
                self.prices[depot] += chains.far[end] - distance
            start = self._move(end, chains.came_from)
            if self.free[start] >= 0:
                over.discard(start)

    def list_changes(self, depot: int) -> None:
        """Put together what moving somebody away from a depot costs more."""
        if depot in self.changes:
            return
        changes: dict[int, list[tuple[int, int]]] = {}
        for at in self.served[depot]:
            ways = self.ways[at]
            here = ways[depot]
            for other, way in ways.items():
                if other != depot:
                    changes.setdefault(other, []).append((way - here, at))
        for heap in changes.values():
            heapify(heap)
        self.changes[depot] = changes
        self.cheapest[depot] = {other: heap[0] for other, heap in changes.items()}

    def _move(self, end: int, came_from: Mapping[int, tuple[int, int]]) -> int:
        """Move as much as the chain allows; gives where it begins."""
        chain: list[tuple[int, int, int]] = []
        start = end
        while start in came_from:
            before, at = came_from[start]
            chain.append((before, at, start))
            start = before
        much = min(self.free[end], -self.free[start], *(self.given[at][depot] for depot, at, _ in chain))
        for depot, at, other in chain:
            self._change(at, depot, other, much)
        self.free[start] += much
        self.free[end] -= much
        return start

    def _change(self, at: int, depot: int, other: int, much: int) -> None:
        given = self.given[at]
        given[depot] -= much
        if not given[depot]:
            del given[depot]
            self.served[depot].discard(at)
            self._forget(at, depot)
        if other in given:
            given[other] += much
            return
        given[other] = much
        self.served[other].add(at)
        if other in self.changes:
            self._remember(at, other)

    def _forget(self, at: int, depot: int) -> None:
        """Somebody is not served from a depot any more."""
        changes, cheapest, given = self.changes[depot], self.cheapest[depot], self.given
        for other in self.ways[at]:
            if other == depot or cheapest[other][1] != at:
                continue
            heap = changes[other]
            while heap and depot not in given[heap[0][1]]:
                heappop(heap)
            if heap:
                cheapest[other] = heap[0]
            else:
                del cheapest[other]

    def _remember(self, at: int, depot: int) -> None:
        """Somebody is served from a depot now."""
        ways, changes, cheapest = self.ways[at], self.changes[depot], self.cheapest[depot]
        here = ways[depot]
        for other, way in ways.items():
            if other != depot:
                change = way - here, at
                heappush(changes.setdefault(other, []), change)
                cheapest[other] = min(change, cheapest.get(other, change))


class _Chains:
    """The chains of changes from depots that give too much, cheapest first.

    It is the method of Dijkstra with the prices as potentials, so that no step is below zero. `far` has how
    far away the depots are that have been looked at, `came_from` whence each was reached, and who is moved.
    """

    def __init__(self, moves: _Moves, over: set[int]) -> None:
        self.moves = moves
        self.came_from: dict[int, tuple[int, int]] = {}
        self.far: dict[int, int] = {}
        self.heap = [(0, depot) for depot in sorted(over)]
        # Without the price of where they lead to, so that it is added to few distances.
        self.best = [moves.beyond] * len(moves.free)
        for depot in over:
            self.best[depot] = -moves.prices[depot]
        self.limit = moves.beyond

    def nearest(self) -> int:
        """The depot with something left to which a chain is cheapest."""
        free, far = self.moves.free, self.far
        while self.heap:
            distance, depot = heappop(self.heap)
            if depot in far:
                continue
            far[depot] = distance
            if free[depot] > 0:
                return depot
            self.moves.list_changes(depot)
            self._look_around(depot, distance - self.moves.prices[depot])
        served, recipients = self.moves.served, self.moves.network.recipients
        raise _not_enough(sorted({recipients[at] for depot in far for at in served[depot]}))

    def _look_around(self, depot: int, base: int) -> None:
        best, prices, free = self.best, self.moves.prices, self.moves.free
        for other, (change, at) in self.moves.cheapest[depot].items():
            if base + change < best[other]:
                best[other] = base + change
                if (reached := base + change + prices[other]) <= self.limit:
                    self.came_from[other] = depot, at
                    heappush(self.heap, (reached, other))
                    if free[other] > 0:
                        self.limit = reached


def _not_enough(recipients: Sequence[str]) -> Incomplete:
    more = f" and {len(recipients) - _NAMED} more" if len(recipients) > _NAMED else ""
    more_zh = f" 等 {len(recipients)} 个" if more else ""
    return Incomplete(
        f"serving {', '.join(recipients[:_NAMED])}{more}",
        "the sources do not suffice",
        "award what they can give, or name others",
        zh=f"为 {'、'.join(recipients[:_NAMED])}{more_zh}供货：来源不足；请按来源所能分配，或另列来源",
    )
