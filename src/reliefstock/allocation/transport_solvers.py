"""The same transport by solvers of others, for networks too large for pure Python (extra `optimise`).

What they find is whole: OR-Tools counts in whole numbers, and HiGHS ends in a corner, of which all are
whole in a network. That it is the cheapest is proved afterwards by prices, as for everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from reliefstock.errors import Incomplete, MissingExtra

if TYPE_CHECKING:
    from reliefstock.allocation.transport import Network

__all__ = ["Solver", "solve"]

Solver: TypeAlias = Literal["own", "ortools", "highs"]


def solve(network: Network, solver: Solver) -> list[dict[int, int]]:
    """The boxes of each recipient by depot.

    Raises:
        MissingExtra: the solver is not installed.
        Incomplete: there is no solver of that name, or the sources do not suffice for the awards.
    """
    if solver not in ("ortools", "highs"):  # whatever stands there, hashable or not
        raise Incomplete(
            "solver",
            f"{solver!r} is none",
            "name 'own', 'ortools' or 'highs'",
            zh=f"求解方法：没有 {solver!r}；请用 'own'、'ortools' 或 'highs'",
        )
    if not network.wants:
        return []
    return _by_ortools(network) if solver == "ortools" else _by_highs(network)


def _by_ortools(network: Network) -> list[dict[int, int]]:
    try:
        from ortools.graph.python import (  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs]
            min_cost_flow,
        )
    except ImportError as error:
        raise MissingExtra("optimise", "ortools") from error
    arcs = _arcs(network)
    flow: Any = min_cost_flow.SimpleMinCostFlow()
    first, sink = len(network.room), len(network.room) + len(network.wants)
    for at, depot, way in arcs:
        flow.add_arc_with_capacity_and_unit_cost(depot, first + at, network.wants[at], way)
    for depot, room in enumerate(network.room):
        flow.add_arc_with_capacity_and_unit_cost(sink, depot, room, 0)
    for at, want in enumerate(network.wants):
        flow.set_node_supply(first + at, -want)
    flow.set_node_supply(sink, sum(network.wants))
    if flow.solve() != flow.OPTIMAL:
        raise _not_enough()
    return _given(network, arcs, [flow.flow(arc) for arc in range(len(arcs))])


def _by_highs(network: Network) -> list[dict[int, int]]:
    try:
        import highspy  # noqa: PLC0415
        import numpy as np  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("optimise", "highspy") from error
    arcs = _arcs(network)
    solver: Any = highspy.Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003
    solver.setOptionValue("solver", "simplex")
    depots = len(network.room)
    rows = [index for at, depot, _ in arcs for index in (depot, depots + at)]
    model: Any = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(arcs), depots + len(network.wants)
    model.col_cost_ = np.array([way for *_, way in arcs], dtype=np.double)
    model.col_lower_ = np.zeros(len(arcs))
    model.col_upper_ = np.full(len(arcs), highspy.kHighsInf)
    model.row_lower_ = np.array([0] * depots + network.wants, dtype=np.double)
    model.row_upper_ = np.array([*network.room, *network.wants], dtype=np.double)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.arange(0, 2 * len(arcs) + 1, 2)
    model.a_matrix_.index_ = np.array(rows)
    model.a_matrix_.value_ = np.ones(len(rows))
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise _not_enough()
    return _given(network, arcs, [round(value) for value in solver.getSolution().col_value])


def _arcs(network: Network) -> list[tuple[int, int, int]]:
    return [(at, depot, way) for at, ways in enumerate(network.ways) for depot, way in ways.items()]


def _given(network: Network, arcs: list[tuple[int, int, int]], boxes: list[int]) -> list[dict[int, int]]:
    given: list[dict[int, int]] = [{} for _ in network.wants]
    for (at, depot, _), much in zip(arcs, boxes, strict=True):
        if much:
            given[at][depot] = much
    return given


def _not_enough() -> Incomplete:
    return Incomplete(
        "transport",
        "the sources do not suffice",
        "award what they can give, or name others",
        zh="运输：来源不足；请按来源所能分配，或另列来源",
    )
