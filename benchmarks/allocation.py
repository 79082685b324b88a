"""Print, as Markdown, how long it takes to share out one item among many households, beside three solvers.

Run it with `uv run python benchmarks/allocation.py`; `--largest 100000` is faster. Three cases:

- *few kinds*: households of one to eight, in need of one to three a person; there is enough for six tenths.
- *boxes*: the same with weights, tiers and boxes of two.
- *all differ*: no two needs are alike, so that nothing can be counted together.

What is timed of the library is all of it: the demands in columns, the awards in whole units, a reason for
each and the measures. Beside solvers it is the awards alone, as of a solver it is its run alone, once its
model is built. The solvers are given two problems, with a variable for each household or each box:

- *level*: the largest fill rate that everybody can have when all can be cut; the library gives it exactly,
  and whole units with it, whose smallest fill rate cannot be above it.
- *boxes*: the whole units of least cost, when a box costs its price by the rule (proportional, Webster). The
  cost of the plan is a whole number, and all must come to the same.

Times are medians of several rounds, ratios are of times; a solver runs once. The first tables are of
processor time, which others on the machine disturb less; beside solvers, which may have threads, it is the
time that passes. Solvers that are not installed are left out. The last column of the first tables is the time
for each `n log n`, and 1 for the smallest size: where it does not rise, the time grows no worse than that.
"""

from __future__ import annotations

import gc
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib.util import find_spec
from math import lcm, log2
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

import attrs

from reliefstock.allocation import Demands, MaxMinFill, Plan, Proportional, Rule, exact_shares, share
from reliefstock.allocation.measures import measures
from reliefstock.allocation.reasons import Reasons

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS = 3
PARTS = ("demands", "awards", "reasons", "measures")
TOLERANCE = 1e-6


def main(largest: int, largest_solved: int) -> None:
    """Print the tables of all sizes up to the largest."""
    sizes = [size for size in SIZES if size <= largest]
    for name, make in CASES.items():
        print(f"\n## {name}\n")
        print(line("households", *PARTS, "awards, reasons, measures", "all", "all / (n log n)"))
        print(line("---:", *["---:"] * 7))
        grown(sizes, make)
    for name, solve in SOLVED.items():
        print(f"\n## Beside solvers: {name}\n")
        print(line("households", "the library", *SOLVERS, "fastest over library", "objective"))
        print(line("---:", *["---:"] * 6))
        for size in sizes:
            if size <= min(largest_solved, MOST_SOLVED.get(name, size)):
                print(solve(size), flush=True)


def grown(sizes: list[int], make: Callable[[int], Case]) -> None:
    """Print the rows of one case, each as soon as it is measured."""
    first = 0.0
    for size in sizes:
        each = timed(make(size))
        total = sum(each.values())
        pace = total / (size * log2(size))
        first = first or pace
        totals = shown(total - each["demands"]), shown(total), f"{pace / first:.2f}"
        print(line(f"{size:,}", *(shown(each[part]) for part in PARTS), *totals), flush=True)


# Cases


@attrs.frozen
class Case:
    """Who needs how much, and what there is."""

    recipients: list[str]
    needs: list[int]
    supply: int
    stated: dict[str, Any]
    rule: Rule

    def demands(self) -> Demands:
        """The demands in columns."""
        return Demands.columns(self.recipients, self.needs, **self.stated)


def few_kinds(size: int) -> Case:
    """Households of one to eight, in need of one to three a person."""
    chance = Random(size)  # noqa: S311 -- chance that comes again
    needs = [chance.randrange(1, 9) * chance.randrange(1, 4) for _ in range(size)]
    return case(needs, Proportional())


def boxes(size: int) -> Case:
    """The same with weights, tiers and boxes of two."""
    plain = few_kinds(size)
    chance = Random(size + 1)  # noqa: S311 -- as above
    stated = {
        "weight": chance.choices((1, 2, 3), k=size),
        "tier": chance.choices((1, 2), (1, 9), k=size),
        "lot": [2] * size,
    }
    return attrs.evolve(plain, stated=stated, rule=MaxMinFill())


def all_differ(size: int) -> Case:
    """No two needs are alike."""
    needs = list(range(100, 100 + size))
    Random(size).shuffle(needs)  # noqa: S311 -- as above
    return case(needs, Proportional())


def case(needs: list[int], rule: Rule) -> Case:
    """Households with such needs, and enough for six tenths of them."""
    return Case([f"H{at:07}" for at in range(len(needs))], needs, sum(needs) * 6 // 10, {}, rule)


CASES: dict[str, Callable[[int], Case]] = {
    "few kinds": few_kinds,
    "boxes, weights and tiers": boxes,
    "all differ": all_differ,
}


# The library


def timed(one: Case) -> dict[str, float]:
    """The seconds of each part, of several rounds the median."""
    rounds = [once(one) for _ in range(ROUNDS)]
    return {part: median(each[part] for each in rounds) for part in PARTS}


def once(one: Case) -> dict[str, float]:
    """One round, after which the work is checked."""
    gc.collect()
    seconds: dict[str, float] = {}
    with_seconds = Clock(seconds, process_time)
    demands = with_seconds("demands", one.demands)
    plan: Plan = with_seconds("awards", lambda: share(one.supply, demands, one.rule))
    reasons = with_seconds("reasons", lambda: list(Reasons(plan)))
    told = with_seconds("measures", lambda: measures(plan))
    assert plan.awarded + plan.left == one.supply
    assert len(reasons) == len(one.needs) == len(plan.units)
    assert told.awarded == plan.awarded
    return seconds


@attrs.frozen
class Clock:
    """Does something and notes the seconds under a name."""

    seconds: dict[str, float]
    now: Callable[[], float] = perf_counter

    def __call__(self, name: str, act: Callable[[], Any]) -> Any:  # noqa: ANN401 -- what the act gives
        """What the act gives."""
        began = self.now()
        given = act()
        self.seconds[name] = self.now() - began
        return given


# Solvers


@attrs.frozen
class Model:
    """A linear program of least cost: rows of columns, values, low and high; columns are from 0 up."""

    costs: list[float]
    highs: list[float]
    rows: list[tuple[list[int], list[float], float, float]]

    def matrix(self) -> Any:  # noqa: ANN401 -- SciPy has no types
        """The rows as a sparse matrix."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415 -- only where it is installed

        starts, columns, values = [0], list[int](), list[float]()
        for at, entries, _, _ in self.rows:
            columns += at
            values += entries
            starts.append(len(columns))
        return csr_matrix((values, columns, starts), shape=(len(self.rows), len(self.costs)))


def level_model(needs: list[int], supply: int) -> Model:
    """The largest level: the last column is the level, and everybody has at least that part of the need."""
    last = len(needs)
    rows = [([at, last], [1.0, -float(need)], 0.0, INFINITE) for at, need in enumerate(needs)]
    rows.append((list(range(last)), [1.0] * last, -INFINITE, float(supply)))
    return Model([0.0] * last + [-1.0], [*map(float, needs), 1.0], rows)


def boxes_model(needs: list[int], supply: int) -> Model:
    """A column of at most one for each box, with its price, as many as there are units."""
    prices = list(box_prices(needs))
    rows = [(list(range(len(prices))), [1.0] * len(prices), float(supply), float(supply))]
    return Model([float(each) for each in prices], [1.0] * len(prices), rows)


def box_prices(needs: list[int]) -> Iterator[int]:
    """The prices of all boxes by Webster, in proportion to the need, in whole numbers."""
    once = lcm(*set(needs))
    for need in needs:
        yield from ((2 * k - 1) * (once // need) for k in range(1, need + 1))


INFINITE = float("inf")


def with_highs(model: Model) -> tuple[float, float]:
    """The seconds and the least cost of HiGHS."""
    import highspy  # noqa: PLC0415 -- only where it is installed
    import numpy as np  # noqa: PLC0415 -- as above

    matrix = model.matrix()
    given: Any = highspy.HighsLp()
    given.num_col_, given.num_row_ = len(model.costs), len(model.rows)
    given.col_cost_ = np.array(model.costs)
    given.col_lower_, given.col_upper_ = np.zeros(len(model.costs)), np.array(model.highs)
    given.row_lower_ = np.array([low for *_, low, _ in model.rows])
    given.row_upper_ = np.array([high for *_, high in model.rows])
    given.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    given.a_matrix_.start_, given.a_matrix_.index_ = matrix.indptr, matrix.indices
    given.a_matrix_.value_ = matrix.data
    solver: Any = highspy.Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 -- as it takes it
    solver.passModel(given)
    began = perf_counter()
    solver.run()
    return perf_counter() - began, solver.getInfo().objective_function_value


def with_scipy(model: Model) -> tuple[float, float]:
    """The seconds and the least cost of SciPy's linprog."""
    import numpy as np  # noqa: PLC0415 -- only where it is installed
    from scipy.optimize import linprog  # noqa: PLC0415 -- as above
    from scipy.sparse import vstack  # noqa: PLC0415 -- as above

    matrix = model.matrix()
    lows = np.array([low for *_, low, _ in model.rows])
    highs = np.array([high for *_, high in model.rows])
    alike = lows == highs
    sides: list[Any] = [
        (matrix[~alike & (highs < INFINITE)], highs[~alike & (highs < INFINITE)]),
        (-matrix[~alike & (lows > -INFINITE)], -lows[~alike & (lows > -INFINITE)]),
    ]
    unequal = {"A_ub": vstack([rows for rows, _ in sides]), "b_ub": np.concatenate([end for _, end in sides])}
    equal = {"A_eq": matrix[alike], "b_eq": highs[alike]} if alike.any() else {}
    bounds = np.column_stack([np.zeros(len(model.highs)), model.highs])
    unequal = unequal if unequal["A_ub"].shape[0] else {}
    began = perf_counter()
    found: Any = linprog(model.costs, **unequal, **equal, bounds=bounds, method="highs")
    return perf_counter() - began, found.fun


def with_ortools(model: Model) -> tuple[float, float]:
    """The seconds and the least cost of GLOP, the linear solver of OR-tools."""
    from ortools.linear_solver import pywraplp  # noqa: PLC0415 -- only where it is installed

    solver: Any = pywraplp.Solver.CreateSolver("GLOP")
    columns = [solver.NumVar(0.0, high, "") for high in model.highs]
    for at, entries, low, high in model.rows:
        row = solver.Constraint(
            max(low, -solver.infinity()),
            min(high, solver.infinity()),
        )
        for column, value in zip(at, entries, strict=True):
            row.SetCoefficient(columns[column], value)
    goal = solver.Objective()
    for column, cost in zip(columns, model.costs, strict=True):
        goal.SetCoefficient(column, cost)
    goal.SetMinimization()
    began = perf_counter()
    solver.Solve()
    return perf_counter() - began, goal.Value()


SOLVERS: dict[str, tuple[str, Callable[[Model], tuple[float, float]]]] = {
    "HiGHS": ("highspy", with_highs),
    "OR-tools (GLOP)": ("ortools", with_ortools),
    "SciPy (linprog)": ("scipy", with_scipy),
}


def beside(size: int, seconds: float, objective: Fraction | int, model: Model) -> str:
    """A row: the seconds of the library and of every solver; all must come to the same objective."""
    told: list[float | None] = []
    for package, solve in SOLVERS.values():
        if find_spec(package) is None:
            told.append(None)
            continue
        took, found = solve(model)
        assert abs(found - float(objective)) <= TOLERANCE * abs(float(objective)), (found, objective)
        told.append(took)
    fastest = min((each for each in told if each is not None), default=None)
    times = ["not installed" if each is None else shown(each) for each in told]
    ratio = "" if fastest is None else f"×{fastest / seconds:.0f}"
    return line(f"{size:,}", shown(seconds), *times, ratio, "" if fastest is None else "equal")


def solved_level(size: int) -> str:
    """The largest fill rate of all, with the awards in whole units that go with it."""
    one = few_kinds(size)
    demands, rule = one.demands(), MaxMinFill()

    def work() -> tuple[Fraction, Plan]:
        first = exact_shares(one.supply, demands, rule)[0]
        return first / one.needs[0], share(one.supply, demands, rule)  # exact: Fraction

    seconds, (level, plan) = usual(work)
    smallest = min(Fraction(units, need) for units, need in zip(plan.units, one.needs, strict=True))
    assert smallest <= level
    return beside(size, seconds, -level, level_model(one.needs, one.supply))


def solved_boxes(size: int) -> str:
    """The whole units of least cost."""
    one = few_kinds(size)
    demands = one.demands()
    seconds, plan = usual(lambda: share(one.supply, demands, Proportional()))
    once = lcm(*set(one.needs))
    cost = sum(units * units * (once // need) for units, need in zip(plan.units, one.needs, strict=True))
    return beside(size, seconds, cost, boxes_model(one.needs, one.supply))


SOLVED: dict[str, Callable[[int], str]] = {
    "the largest level, one variable a household": solved_level,
    "whole units of least cost, one variable a box": solved_boxes,
}


MOST_SOLVED = {"the largest level, one variable a household": 10_000}  # solvers take minutes beyond


def usual(work: Callable[[], Any]) -> tuple[float, Any]:
    """The median of the seconds of several rounds, and what the last gave."""
    seconds: dict[str, float] = {}
    clock, taken, given = Clock(seconds), list[float](), None
    for _ in range(ROUNDS):
        gc.collect()
        given = clock("work", work)
        taken.append(seconds["work"])
    return median(taken), given


def shown(seconds: float) -> str:
    """Seconds, in a unit that suits them."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1_000:.1f} ms"


def line(*cells: str) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    parser = ArgumentParser(description="How long it takes to share out one item.")
    parser.add_argument("--largest", type=int, default=SIZES[-1], metavar="N", help="the most households")
    parser.add_argument(
        "--largest-solved", type=int, default=100_000, metavar="N", help="the most households for solvers"
    )
    stated = parser.parse_args()
    main(stated.largest, stated.largest_solved)
