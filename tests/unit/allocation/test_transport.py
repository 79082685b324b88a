from __future__ import annotations

import sys
from random import Random
from typing import Any

import attrs
import pytest

from reliefstock.allocation.demand import Demand
from reliefstock.allocation.source_checks import verify_sources
from reliefstock.allocation.sources import Source, share_sources
from reliefstock.allocation.transport import Network, Transport, serve, verify_transport
from reliefstock.allocation.transport_solvers import Solver
from reliefstock.errors import Incomplete, MissingExtra, NotExact, NotPositive

SOLVERS: dict[Solver, str] = {"ortools": "ortools", "highs": "highspy"}
SOURCES = (Source("lot 1", 5, "north"), Source("lot 2", 5, "south"))
RATES: dict[tuple[str, str], int | None] = {
    ("north", "A"): 1,
    ("north", "B"): 2,
    ("south", "A"): 3,
    ("south", "B"): 9,
}
AWARDS = {"A": 4, "B": 4}


def test_everybody_is_served_by_the_nearest_where_there_is_enough() -> None:
    served = serve({"A": 3, "B": 2}, SOURCES, RATES)
    assert served.flows == {"lot 1": {"A": 3, "B": 2}, "lot 2": {}}
    assert served.cost == 7


def test_who_loses_least_makes_way_where_there_is_not() -> None:
    served = serve(AWARDS, SOURCES, RATES)
    assert served.by_warehouse == {"north": {"A": 1, "B": 4}, "south": {"A": 3}}
    assert served.cost == 18


def test_the_price_of_what_is_scarce_is_what_one_more_unit_would_save() -> None:
    served = serve(AWARDS, SOURCES, RATES)
    one_more = serve(AWARDS, [attrs.evolve(SOURCES[0], units=6), SOURCES[1]], RATES)
    assert served.prices == {"lot 1": served.cost - one_more.cost, "lot 2": 0}


def test_a_chain_of_changes_is_followed_to_its_end() -> None:
    sources = [Source(str(number), 1, str(number)) for number in range(4)]
    rates = {
        (str(at), name): abs(at - place)
        for at in range(4)
        for name, place in zip("ABCD", (0, 0, 1, 2), strict=True)
    }
    served = serve(dict.fromkeys("ABCD", 1), sources, rates)
    assert served.cost == 3
    assert verify_transport(served) == ()


def test_restrictions_are_kept_at_any_cost() -> None:
    sources = [Source("near", 5, "north", "A"), Source("far", 5, "south")]
    served = serve({"B": 5}, sources, {("north", "B"): 1, ("south", "B"): 100})
    assert served.flows == {"near": {}, "far": {"B": 5}}


def test_there_can_be_no_way_from_a_warehouse() -> None:
    served = serve(AWARDS, SOURCES, RATES | {("north", "B"): None})
    assert served.flows == {"lot 1": {"A": 4}, "lot 2": {"B": 4}}


def test_a_cost_may_be_computed() -> None:
    assert serve(AWARDS, SOURCES, lambda warehouse, _: len(warehouse)).cost == 40


def test_the_fair_shares_of_a_plan_are_served_box_by_box() -> None:
    sources = [Source("lot 1", 12, "north"), Source("lot 2", 13, "south", "B")]
    plan = share_sources(sources, [Demand("A", 30, lot=5), Demand("B", 30, lot=5)])
    served = serve(plan, sources, RATES)
    assert served.awards == {"A": 10, "B": 10}
    assert served.flows == {"lot 1": {"A": 10}, "lot 2": {"B": 10}}
    assert verify_sources(attrs.evolve(plan, flows=served.flows)) == ()


def test_nothing_is_served_where_nothing_is_awarded() -> None:
    assert serve({"A": 0}, SOURCES, {}).cost == 0


# What is checked


def served() -> Transport:
    return serve(AWARDS, SOURCES, RATES)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cost": 17}, "cost"),
        ({"prices": {"lot 1": 2, "lot 2": 1}}, "price"),
        ({"prices": {"lot 1": -1, "lot 2": 0}}, "price"),
        ({"prices": {"lot 1": 1, "lot 2": 0}}, "dear"),
        ({"worth": {"A": 3, "B": 3}}, "dear"),
        ({"flows": {"lot 1": {"A": 4, "B": 1}, "lot 2": {"B": 3}}}, "dear"),
        ({"flows": {"lot 1": {"A": 4, "B": 4}, "lot 2": {}}}, "over"),
        ({"flows": {"lot 1": {"B": 4}, "lot 2": {"A": 3}}}, "sum"),
    ],
)
def test_what_is_changed_is_found(change: dict[str, Any], code: str) -> None:
    assert verify_transport(served()) == ()
    assert code in [fault.code for fault in verify_transport(attrs.evolve(served(), **change))]


def test_prices_prove_the_cheapest_and_nothing_else() -> None:
    network = Network(SOURCES, AWARDS, RATES, 1)
    assert network.prices([{0: 1, 1: 3}, {0: 4}]) == [2, 0]
    assert network.prices([{0: 4}, {0: 1, 1: 3}]) is None


# Bad input


def test_awards_that_the_sources_do_not_suffice_for_are_refused_by_name() -> None:
    with pytest.raises(Incomplete, match="A, B"):
        serve({"A": 6, "B": 6}, SOURCES, RATES)
    with pytest.raises(Incomplete, match="serving B"):
        serve({"B": 1}, [Source("lot 1", 5, "north", "A")], RATES)


@pytest.mark.parametrize("solver", SOLVERS)
def test_they_are_refused_whoever_solves_it(solver: Solver) -> None:
    pytest.importorskip(SOLVERS[solver])
    with pytest.raises(Incomplete):
        serve({"A": 6, "B": 6}, SOURCES, RATES, solver=solver)


def test_a_cost_that_is_not_stated_is_no_cost_of_nothing() -> None:
    with pytest.raises(Incomplete, match="from south to B"):
        serve(AWARDS, SOURCES, {pair: cost for pair, cost in RATES.items() if pair != ("south", "B")})


def test_halves_and_less_than_nothing_are_refused() -> None:
    half: Any = 0.5
    with pytest.raises(NotExact):
        serve(AWARDS, SOURCES, RATES | {("south", "B"): half})
    with pytest.raises(NotExact):
        serve({"A": half}, SOURCES, RATES)
    with pytest.raises(NotExact):
        serve({"A": 3}, SOURCES, RATES, lot=2)
    with pytest.raises(NotPositive):
        serve({"A": -1}, SOURCES, RATES)
    with pytest.raises(NotPositive):
        serve({"A": 1}, SOURCES, RATES, lot=0)


def test_a_solver_that_there_is_not_is_refused() -> None:
    name: Any = "abacus"
    with pytest.raises(Incomplete):
        serve(AWARDS, SOURCES, RATES, solver=name)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_solver_that_is_not_installed_is_named(solver: Solver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, SOLVERS[solver], None)
    monkeypatch.setitem(sys.modules, "ortools.graph.python", None)
    with pytest.raises(MissingExtra, match=SOLVERS[solver]):
        serve(AWARDS, SOURCES, RATES, solver=solver)


# Beside solvers


def instance(seed: int) -> tuple[list[Source], dict[str, int], dict[tuple[str, str], int]]:
    """Thirty sources in six depots, half of them for some only, and sixty recipients who use up most."""
    chance = Random(seed)
    names = [f"school {number}" for number in range(60)]
    sources = [
        Source(
            f"lot {n}", chance.randrange(1, 60), f"depot {n % 6}", chance.sample(names, 15) if n % 2 else None
        )
        for n in range(30)
    ]
    plan = share_sources(sources, [Demand(name, chance.randrange(1, 40)) for name in names])
    rates = {(f"depot {depot}", name): chance.randrange(1, 100) for depot in range(6) for name in names}
    return sources, dict(plan.awards), rates


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("solver", SOLVERS)
def test_other_solvers_find_the_same_cost_and_it_is_proved(seed: int, solver: Solver) -> None:
    pytest.importorskip(SOLVERS[solver])
    sources, awards, rates = instance(seed)
    own, other = serve(awards, sources, rates), serve(awards, sources, rates, solver=solver)
    assert other.cost == own.cost
    assert other.solver == solver
    assert verify_transport(own) == verify_transport(other) == ()


@pytest.mark.parametrize("seed", range(8))
def test_a_linear_program_costs_the_same(seed: int) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    sources, awards, rates = instance(seed)
    arcs = [(source, one) for source in sources for one in awards if source.is_for(one)]
    found = optimize.linprog(
        [float(rates[source.warehouse, one]) for source, one in arcs],
        A_ub=[[float(row is source) for source, _ in arcs] for row in sources],
        b_ub=[float(source.units) for source in sources],
        A_eq=[[float(row == one) for _, one in arcs] for row in awards],
        b_eq=[float(units) for units in awards.values()],
    )
    assert round(found.fun) == serve(awards, sources, rates).cost
