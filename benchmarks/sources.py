"""Print, as Markdown, how long it takes to share out restricted lots among schools, and to serve them.

Run it with `uv run python benchmarks/sources.py`; `--largest 2000` is faster. Fair shares in three cases:

- *spread*: every warehouse has lots of the same restrictions, to places, groups, programmes and named
  schools, drawn by chance, and of what is for everybody; there is enough for six tenths of the need.
- *stairs*: the restrictions lie inside one another, and each has less for each than the next, so that there
  are about as many bottlenecks as restrictions: the most work there can be.
- *chain*: each lot is for two neighbouring groups, so that what one end lacks is felt at the other.

Every plan is checked by `verify_sources`. Then the transport from 50 warehouses, the costs being distances
or drawn by chance, beside OR-Tools and HiGHS: all come to the same cost, and `verify_transport` proves it.
How the time grows is shown with restrictions in proportion, one for ten schools: *spread* with restrictions
for at most 400 schools, and *chain*, so that all that is stated grows with the schools; the last column is
the time for each `n log n`, and 1 for the smallest size.

Times are medians of several rounds and have everything in them, also building the models. Those of shares are
of processor time, which others on the machine disturb less; those of transport, beside solvers that may have
threads, are the time that passes. What is not installed is left out.
"""

from __future__ import annotations

import gc
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import chain as joined
from math import isqrt, log2
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import TypeVar

from reliefstock.allocation.demand import Demand
from reliefstock.allocation.rules import (
    ContestedGarment,
    EqualAwards,
    EqualLosses,
    MaxMinFill,
    Proportional,
    Rule,
)
from reliefstock.allocation.source_checks import verify_sources
from reliefstock.allocation.sources import Source, share_sources
from reliefstock.allocation.transport import serve, verify_transport
from reliefstock.allocation.transport_solvers import Solver

WAREHOUSES, RESTRICTIONS, ROUNDS = 50, 200, 3
SIZES = (500, 1_000, 2_000, 4_000, 8_000)
GROWN = (500, 2_000, 8_000, 32_000)
SCHOOLS_A_RESTRICTION = 10
RULES = (Proportional(), EqualAwards(), EqualLosses(), ContestedGarment())
SOLVERS: dict[Solver, str] = {"own": "", "ortools": "ortools", "highs": "highspy"}

_T = TypeVar("_T")
Case = tuple[list[Source], list[Demand]]


def main(largest: int) -> None:
    """Print all tables."""
    sizes = [size for size in SIZES if size <= largest]
    print(f"## Fair shares: {WAREHOUSES} warehouses, {RESTRICTIONS} restrictions\n")
    print("| case | rule | schools | sources | bottlenecks | s | checked in s |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for row in joined(_growth(sizes), _rules()):
        print(row, flush=True)
    print(f"\n## Growth: {WAREHOUSES} warehouses, a restriction for {SCHOOLS_A_RESTRICTION} schools\n")
    print("| case | rule | schools | sources | bottlenecks | s | checked in s | s / (n log n) |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    for row in _in_proportion([size for size in GROWN if size <= largest]):
        print(row, flush=True)
    print("\n## Transport\n\n| case | schools | sources | solver | cost | s |")
    print("|---|---:|---:|---|---:|---:|")
    for row in _transports(sizes):
        print(row, flush=True)


def _growth(sizes: list[int]) -> Iterator[str]:
    for name, make in CASES.items():
        for size in sizes:
            yield _shared(name, make(size), MaxMinFill())[0]


def _in_proportion(sizes: list[int]) -> Iterator[str]:
    for name, make in {"spread": spread_evenly, "chain": chain}.items():
        first = 0.0
        for size in sizes:
            row, seconds = _shared(name, make(size, size // SCHOOLS_A_RESTRICTION), MaxMinFill())
            pace = seconds / (size * log2(size))
            first = first or pace
            yield f"{row} {pace / first:.2f} |"


def _rules() -> Iterator[str]:
    for rule in RULES:
        yield _shared("spread", spread(2_000), rule)[0]


def _shared(name: str, case: Case, rule: Rule) -> tuple[str, float]:
    sources, demands = case
    seconds, plan = usual(lambda: share_sources(sources, demands, rule), now=process_time)
    checking, faults = usual(lambda: verify_sources(plan), 1, now=process_time)
    assert faults == ()
    size, found = f"{len(demands):,} | {len(sources):,}", len(plan.bottlenecks)
    return f"| {name} | {rule.name} | {size} | {found} | {seconds:.3f} | {checking:.3f} |", seconds


def _transports(sizes: list[int]) -> Iterator[str]:
    for name, rates in (("distances", distances), ("chance", by_chance)):
        for size in sizes[:4]:
            sources, awards = unrestricted(size)
            yield from _served(name, sources, awards, rates(awards))
    sources, demands = spread(500, 4)
    plan = share_sources(sources, demands)
    yield from _served("spread, restricted", sources, dict(plan.awards), distances(dict(plan.awards)))


def _served(
    name: str, sources: list[Source], awards: dict[str, int], rates: dict[tuple[str, str], int]
) -> Iterator[str]:
    costs = set[int]()
    for solver, package in SOLVERS.items():
        if package and find_spec(package) is None:
            continue
        seconds, served = usual(lambda solver=solver: serve(awards, sources, rates, solver=solver))
        costs.add(served.cost)
        assert served.solver == solver
        assert verify_transport(served) == ()
        yield f"| {name} | {len(awards):,} | {len(sources):,} | {solver} | {served.cost:,} | {seconds:.3f} |"
    assert len(costs) == 1


def usual(
    work: Callable[[], _T], rounds: int = ROUNDS, *, now: Callable[[], float] = perf_counter
) -> tuple[float, _T]:
    """The median time of several rounds, and what came of the last."""
    times = [_timed(work, now)[0] for _ in range(rounds - 1)]
    seconds, made = _timed(work, now)
    return median([*times, seconds]), made


def _timed(work: Callable[[], _T], now: Callable[[], float]) -> tuple[float, _T]:
    gc.collect()
    begun = now()
    made = work()
    return now() - begun, made


# Cases


def spread(schools: int, restricted: int = RESTRICTIONS) -> Case:
    """Lots of the same restrictions in every warehouse, drawn by chance."""
    return _spread(schools, restricted, (1, 3, 10, schools // 40, schools // 10, schools // 5))


def spread_evenly(schools: int, restricted: int) -> Case:
    """The same with restrictions as large as among 2,000 schools, or for all where there are fewer."""
    return _spread(schools, restricted, tuple(min(each, schools) for each in (1, 3, 10, 50, 200, 400)))


def _spread(schools: int, restricted: int, shares: tuple[int, ...]) -> Case:
    chance = Random(2023)  # noqa: S311 -- chance that comes again
    names = [f"school {number}" for number in range(schools)]
    demands = [Demand(name, chance.randrange(20, 800)) for name in names]
    restrictions = [frozenset(chance.sample(names, chance.choice(shares))) for _ in range(restricted - 1)]
    most = 2 * 6 * sum(one.need for one in demands) // (10 * WAREHOUSES * restricted)
    return [
        Source(f"lot {depot}/{number}", chance.randrange(1, most + 2), f"depot {depot}", recipients)
        for depot in range(WAREHOUSES)
        for number, recipients in enumerate([None, *restrictions])
    ], demands


def stairs(schools: int) -> Case:
    """Restrictions inside one another, each with less for each than the next."""
    names = [f"school {number:05}" for number in range(schools)]
    step = schools // RESTRICTIONS or 1
    inside = [frozenset(names[: (number + 1) * step]) for number in range(RESTRICTIONS)]
    units = [18 * step * (RESTRICTIONS - number) // RESTRICTIONS + 1 for number in range(RESTRICTIONS)]
    return [
        Source(f"lot {depot}/{number}", units[number], f"depot {depot}", recipients)
        for depot in range(WAREHOUSES)
        for number, recipients in enumerate(inside)
    ], [Demand(name, 1_000) for name in names]


def chain(schools: int, restricted: int = RESTRICTIONS) -> Case:
    """Each lot is for two neighbouring groups."""
    chance = Random(2023)  # noqa: S311 -- chance that comes again
    names = [f"school {number:05}" for number in range(schools)]
    demands = [Demand(name, chance.randrange(20, 800)) for name in names]
    step = schools // restricted or 1
    pairs = [frozenset(names[number * step : (number + 2) * step]) for number in range(restricted)]
    most = 2 * 6 * sum(one.need for one in demands) // (10 * WAREHOUSES * restricted)
    return [
        Source(f"lot {depot}/{number}", chance.randrange(1, most + 2), f"depot {depot}", pair)
        for depot in range(WAREHOUSES)
        for number, pair in enumerate(pairs)
    ], demands


def unrestricted(schools: int) -> tuple[list[Source], dict[str, int]]:
    """One lot for everybody in each warehouse, all of which is awarded."""
    chance = Random(2023)  # noqa: S311 -- chance that comes again
    awards = {f"school {number}": chance.randrange(1, 300) for number in range(schools)}
    sizes = [chance.randrange(20, 120) for _ in range(WAREHOUSES)]
    units = sum(awards.values())
    return [
        Source(f"lot {depot}", units * size // sum(sizes) + 1, f"depot {depot}")
        for depot, size in enumerate(sizes)
    ], awards


def distances(awards: dict[str, int]) -> dict[tuple[str, str], int]:
    """The distances of places on a square of 1,000."""
    chance = Random(2024)  # noqa: S311
    depots = {
        f"depot {depot}": (chance.randrange(1_000), chance.randrange(1_000)) for depot in range(WAREHOUSES)
    }
    schools = {name: (chance.randrange(1_000), chance.randrange(1_000)) for name in awards}
    return {
        (depot, school): isqrt((x - a) ** 2 + (y - b) ** 2)
        for depot, (x, y) in depots.items()
        for school, (a, b) in schools.items()
    }


def by_chance(awards: dict[str, int]) -> dict[tuple[str, str], int]:
    """Costs between 1 and 999."""
    chance = Random(2024)  # noqa: S311
    return {
        (f"depot {depot}", one): chance.randrange(1, 1_000) for depot in range(WAREHOUSES) for one in awards
    }


CASES: dict[str, Callable[[int], Case]] = {"spread": spread, "stairs": stairs, "chain": chain}


if __name__ == "__main__":
    parser = ArgumentParser(description="How long fair shares out of several sources take.")
    parser.add_argument("--largest", type=int, default=GROWN[-1])
    main(parser.parse_args().largest)
