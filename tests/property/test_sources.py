"""In small cases the plan out of several sources is the best of all there are, the transport the cheapest."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import pairwise, product
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reliefstock.allocation.demand import Demand
from reliefstock.allocation.prices import order
from reliefstock.allocation.rounding import Rounding
from reliefstock.allocation.rules import (
    ContestedGarment,
    Equal,
    EqualAwards,
    EqualLosses,
    MaxMinFill,
    Proportional,
    Rule,
)
from reliefstock.allocation.sharing import share
from reliefstock.allocation.source_checks import verify_sources
from reliefstock.allocation.sources import Limit, Source, SourcesPlan, share_sources
from reliefstock.allocation.tickets import ticket
from reliefstock.allocation.transport import serve, verify_transport
from reliefstock.errors import Incomplete

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

NAMES = "ABCDEF"
RULES = (
    MaxMinFill(),
    Proportional(),
    Proportional(Rounding.HILL),
    EqualAwards(),
    EqualAwards(Rounding.DEAN),
    EqualLosses(),
    EqualLosses(Rounding.JEFFERSON),
    ContestedGarment(),
    Equal(),
)

Case = tuple[list[Source], list[Demand]]


@st.composite
def cases(draw: st.DrawFn, *, lots: Sequence[int] = (1, 1, 2, 3), tiers: int = 2) -> Case:
    """At most 6 recipients, 5 sources and 12 units of all."""
    names = NAMES[: draw(st.integers(1, 6))]
    lot = draw(st.sampled_from(lots))
    demands = [
        Demand(
            name,
            draw(st.integers(0, 9)),
            weight=draw(st.sampled_from((1, 1, 2, 3))),
            tier=draw(st.integers(1, tiers)),
            most=draw(st.sampled_from((None, None, 4))),
            lot=lot,
        )
        for name in names
    ]
    sources: list[Source] = []
    left = 12
    for number in range(draw(st.integers(1, 5))):
        units = draw(st.integers(0, min(left, 7)))
        left -= units
        recipients = draw(st.none() | st.frozensets(st.sampled_from(NAMES)))
        sources.append(Source(f"s{number}", units, f"w{number % 3}", recipients))
    return sources, demands


def highs_of(sources: Sequence[Source], demands: Sequence[Demand], rule: Rule) -> list[int]:
    supply = sum(source.units for source in sources)
    return [rule.cap(one.kind, supply) // one.lot if one.need else 0 for one in demands]


def possible(
    sources: Sequence[Source], demands: Sequence[Demand], highs: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    """Every vector of boxes of which no group has more than the sources that are for one of it (Hall)."""
    groups = [
        [at for at in range(len(demands)) if chosen >> at & 1] for chosen in range(1, 1 << len(demands))
    ]
    bounds = [
        sum(
            source.units // demands[0].lot
            for source in sources
            if any(source.is_for(demands[at].recipient) for at in group)
        )
        for group in groups
    ]
    within = [min(high, bounds[groups.index([at])]) for at, high in enumerate(highs)]
    return (
        boxes
        for boxes in product(*(range(high + 1) for high in within))
        if sum(boxes) <= bounds[-1]
        and all(sum(boxes[at] for at in group) <= bound for group, bound in zip(groups, bounds, strict=True))
    )


def best(sources: Sequence[Source], demands: Sequence[Demand], rule: Rule, seed: str) -> list[int]:
    """The one plan of which no other has, in the order of all boxes, the first box on which they differ."""
    highs = highs_of(sources, demands, rule)
    kinds = [one.kind for one in demands]
    tickets = [(ticket(seed, one.recipient) if seed else "", one.recipient) for one in demands]
    boxes = sorted(
        (kinds[at].tier, order(rule, kinds[at], k), tickets[at], at, k)
        for at, high in enumerate(highs)
        for k in range(1, high + 1)
    )
    chosen = max(possible(sources, demands, highs), key=lambda given: [k <= given[at] for *_, at, k in boxes])
    return [number * demands[0].lot for number in chosen]


def fills(demands: Sequence[Demand], units: Sequence[int]) -> list[Fraction]:
    return sorted(
        Fraction(given, one.need * one.weight)
        for one, given in zip(demands, units, strict=True)
        if one.need and one.kind.cap >= one.lot
    )


@given(cases(), st.sampled_from(RULES), st.sampled_from(("", "2023-07-01")))
def test_no_other_plan_has_the_first_box_on_which_they_differ(case: Case, rule: Rule, seed: str) -> None:
    sources, demands = case
    plan = share_sources(sources, demands, rule, seed=seed)
    assert list(plan.units) == best(sources, demands, rule, seed)
    assert verify_sources(plan) == ()


@given(cases(tiers=1))
def test_no_other_plan_has_a_better_sorted_list_of_fill_rates(case: Case) -> None:
    sources, demands = case
    plan = share_sources(sources, demands)
    others = possible(sources, demands, highs_of(sources, demands, MaxMinFill()))
    ranked = max(fills(demands, [number * plan.lot for number in boxes]) for boxes in others)
    assert fills(demands, plan.units) == ranked


@given(cases(), st.sampled_from(RULES))
def test_nothing_is_lost_and_nobody_has_what_is_not_for_them(case: Case, rule: Rule) -> None:
    sources, demands = case
    plan = share_sources(sources, demands, rule)
    assert sum(plan.units) + sum(left.units for left in plan.left) == sum(one.units for one in sources)
    had = Counter[str]()
    for source in sources:
        for recipient, units in plan.flows[source.id].items():
            assert source.is_for(recipient)
            had[recipient] += units
    assert [had[one.recipient] for one in demands] == list(plan.units)


@given(cases(), st.sampled_from(RULES), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_stated_does_not_matter(case: Case, rule: Rule, chance: Random) -> None:
    sources, demands = case
    plan = share_sources(sources, demands, rule, seed="drawn in public")
    mixed, asked = chance.sample(sources, len(sources)), chance.sample(demands, len(demands))
    other = share_sources(mixed, asked, rule, seed="drawn in public")
    assert dict(other.awards) == dict(plan.awards)
    assert dict(other.flows) == dict(plan.flows)
    assert other.bottlenecks == plan.bottlenecks


@given(cases(), st.sampled_from(RULES))
def test_one_source_for_everybody_is_shared_out_as_without_sources(case: Case, rule: Rule) -> None:
    sources, demands = case
    supply = sum(source.units for source in sources)
    plan = share_sources([Source("all", supply)], demands, rule, seed="seed")
    alone = share(supply, demands, rule, seed="seed")
    assert list(plan.units) == list(alone.units)
    plain = {Limit.MET.value, Limit.MOST.value, Limit.DRAWN.value, Limit.TIED.value}
    for limit, outcome in zip(plan.limits, alone.outcomes, strict=True):
        assert plan.lot > 1 or limit.value == outcome.value or not plain & {limit.value, outcome.value}


@given(cases(), st.sampled_from(RULES))
def test_an_extra_unit_for_everybody_takes_nothing_from_anybody(case: Case, rule: Rule) -> None:
    sources, demands = case
    assume(not isinstance(rule, Equal))  # what it may give at most depends on what there is
    plan = share_sources(sources, demands, rule, seed="seed")
    more = share_sources([*sources, Source("more", demands[0].lot)], demands, rule, seed="seed")
    assert all(after >= before for before, after in zip(plan.units, more.units, strict=True))


@given(cases(), st.data())
def test_a_plan_that_is_changed_by_one_box_is_found(case: Case, data: st.DataObject) -> None:
    sources, demands = case
    plan = share_sources(sources, demands)
    moved = [(id_, one) for id_, given in plan.flows.items() for one in given]
    assume(moved and len(demands) > 1)
    source, loser = data.draw(st.sampled_from(moved))
    winner = data.draw(st.sampled_from([one.recipient for one in demands if one.recipient != loser]))
    assert verify_sources(_moved(plan, source, loser, winner))


def _moved(plan: SourcesPlan, source: str, loser: str, winner: str) -> SourcesPlan:
    flows = {id_: dict(given) for id_, given in plan.flows.items()}
    flows[source][loser] -= plan.lot
    if not flows[source][loser]:
        del flows[source][loser]
    flows[source][winner] = flows[source].get(winner, 0) + plan.lot
    change = {loser: -plan.lot, winner: plan.lot}
    units = [given + change.get(one, 0) for one, given in plan.awards.items()]
    return attrs.evolve(plan, flows=flows, units=units)


# Transport


@given(cases(), st.data())
def test_the_transport_costs_what_the_cheapest_of_all_costs(case: Case, data: st.DataObject) -> None:
    sources, demands = case
    plan = share_sources(sources, demands)
    costs = st.integers(-3, 20)
    rates = {(f"w{at}", name): data.draw(costs) for at in range(3) for name in NAMES}
    served = serve(plan, sources, rates)
    assert verify_transport(served) == ()
    assert served.cost == cheapest(sources, plan, rates)


def cheapest(sources: Sequence[Source], plan: SourcesPlan, rates: dict[tuple[str, str], int]) -> int:
    """Box by box along the cheapest chain of changes (Bellman and Ford), without prices."""
    flow = Counter[tuple[int, str]]()
    left = [source.units // plan.lot for source in sources]
    for recipient, units in plan.awards.items():
        for _ in range(units // plan.lot):
            _add(sources, rates, flow, left, recipient)
    return sum(plan.lot * boxes * rates[sources[at].warehouse, one] for (at, one), boxes in flow.items())


def _add(
    sources: Sequence[Source],
    rates: dict[tuple[str, str], int],
    flow: Counter[tuple[int, str]],
    left: list[int],
    recipient: str,
) -> None:
    numbers = range(len(sources))

    def rate(at: int, one: str) -> int:
        return rates[sources[at].warehouse, one]

    far: dict[int, tuple[int, list[tuple[str, int]]]] = {
        at: (rate(at, recipient), [(recipient, at)]) for at in numbers if sources[at].is_for(recipient)
    }
    for _, (at, one) in product(numbers, [pair for pair, boxes in flow.items() if boxes]):
        for other in numbers:
            if at in far and sources[other].is_for(one):
                reached = far[at][0] + rate(other, one) - rate(at, one)
                if other not in far or reached < far[other][0]:
                    far[other] = reached, [*far[at][1], (one, other)]
    _, way = min((cost, way) for at, (cost, way) in far.items() if left[at])
    for (_, before), (one, _) in pairwise(way):
        flow[before, one] -= 1
    for one, at in way:
        flow[at, one] += 1
    left[way[-1][1]] -= 1


@given(cases(), st.data())
def test_awards_that_no_sources_allow_are_refused(case: Case, data: st.DataObject) -> None:
    sources, demands = case
    plan = share_sources(sources, demands, Equal())
    more = data.draw(st.sampled_from(demands)).recipient
    awards = {one: units + plan.lot * (one == more) for one, units in plan.awards.items()}
    boxes = tuple(units // plan.lot for units in awards.values())
    if boxes in set(possible(sources, demands, boxes)):
        assert verify_transport(serve(awards, sources, lambda *_: 1, lot=plan.lot)) == ()
    else:
        with pytest.raises(Incomplete):
            serve(awards, sources, lambda *_: 1, lot=plan.lot)
