"""Floors and least amounts out of several sources, beside all that could be given on small instances.

What could be given is every list of boxes that Hall's condition allows. Turn by turn, those lists are kept
that are the best in it; what remains of them at the end is the one plan, or nothing is, where several could
have their least amount alone and not together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reliefstock.allocation.demand import Demand
from reliefstock.allocation.prices import order
from reliefstock.allocation.rules import EqualAwards, EqualLosses, MaxMinFill, Proportional, Rule
from reliefstock.allocation.sharing import share
from reliefstock.allocation.source_checks import verify_sources
from reliefstock.allocation.sources import Limit, Source, share_sources
from reliefstock.allocation.tickets import ticket
from reliefstock.errors import BadDemand

NAMES = "ABCD"
RULES = (MaxMinFill(), Proportional(), EqualAwards(), EqualLosses())
Boxes = tuple[int, ...]


@attrs.frozen
class Case:
    sources: list[Source]
    demands: list[Demand]
    floor: int

    @property
    def lot(self) -> int:
        return self.demands[0].lot

    def boxes(self, units: int) -> int:
        return -(-units // self.lot)

    def size(self, at: int) -> int:
        """How many boxes are assured."""
        one = self.demands[at]
        high = one.kind.cap // self.lot
        if high < max(self.boxes(one.least), 1):
            return 0
        return min(max(self.boxes(min(self.floor, one.kind.cap)), self.boxes(one.least)), high)


@st.composite
def cases(draw: st.DrawFn, *, least: bool = True, floor: bool = True) -> Case:
    lot = draw(st.sampled_from((1, 1, 2)))
    demands: list[Demand] = []
    for name in NAMES[: draw(st.integers(1, 4))]:
        need = draw(st.integers(0, 6))
        fewest = draw(st.integers(0, min(need, 4))) if least else 0
        tier = draw(st.integers(1, 2))
        weight = draw(st.sampled_from((1, 1, 2)))
        demands.append(Demand(name, need, tier=tier, weight=weight, least=fewest, lot=lot))
    chosen = st.none() | st.frozensets(st.sampled_from(NAMES))
    units = st.integers(0, 5)
    sources = [Source(f"s{at}", draw(units), "", draw(chosen)) for at in range(draw(st.integers(1, 3)))]
    return Case(sources, demands, draw(st.integers(0, 4)) if floor else 0)


def possible(case: Case) -> Iterator[Boxes]:
    """Every list of boxes of which no group has more than the sources that are for one of it (Hall)."""
    highs = [one.kind.cap // case.lot if one.need else 0 for one in case.demands]
    ways = range(1, 1 << len(highs))
    groups = [[at for at in range(len(highs)) if way >> at & 1] for way in ways]
    bounds = [
        sum(
            source.units // case.lot
            for source in case.sources
            if any(source.is_for(case.demands[at].recipient) for at in group)
        )
        for group in groups
    ]
    highs = [
        high if high >= case.boxes(one.least) else 0 for high, one in zip(highs, case.demands, strict=True)
    ]
    for boxes in product(*(range(high + 1) for high in highs)):
        if all(sum(boxes[at] for at in group) <= most for group, most in zip(groups, bounds, strict=True)):
            yield boxes


def best(case: Case, rule: Rule, seed: str) -> Boxes | None:
    lists = list(possible(case))
    everybody = [at for at in range(len(case.demands)) if case.size(at)]
    if case.floor:
        lists = assured(case, lists, everybody, seed)
    for tier in sorted({one.tier for one in case.demands}):
        mine = [at for at, one in enumerate(case.demands) if one.tier == tier]
        if not case.floor:
            lists = assured(case, lists, [at for at in mine if case.size(at)], seed)
        rest = [(at, k) for at in mine for k in range(case.size(at) + 1, case.demands[at].need + 1)]
        rest.sort(key=lambda box: (order(rule, case.demands[box[0]].kind, box[1]), *turn(case, box[0], seed)))
        lists = first_of(lists, rest)
    return lists[0] if lists else None


def assured(case: Case, lists: list[Boxes], those: Sequence[int], seed: str) -> list[Boxes]:
    """The lists in which the fewest come first, a least amount whole or not at all, and then box by box."""
    for size in sorted({case.size(at) for at in those}):
        mine = [at for at in those if case.size(at) == size]
        for at in mine:
            least = case.boxes(case.demands[at].least)
            if least > 1 and not any(boxes[at] >= least for boxes in lists):
                lists = [boxes for boxes in lists if not boxes[at]]
        out = [at for at in mine if not any(boxes[at] for boxes in lists)]
        for at in mine:
            least = case.boxes(case.demands[at].least)
            if least > 1 and at not in out:
                lists = [boxes for boxes in lists if boxes[at] >= least]
        rest = [(at, k) for at in mine for k in range(1, size + 1)]
        rest.sort(key=lambda box: (box[1], *turn(case, box[0], seed)))
        lists = first_of(lists, rest)
    return lists


def first_of(lists: list[Boxes], order_of: Sequence[tuple[int, int]]) -> list[Boxes]:
    """The lists that have the first box on which they differ."""
    if not lists:
        return []
    keys = {boxes: [k <= boxes[at] for at, k in order_of] for boxes in lists}
    top = max(keys.values())
    return [boxes for boxes in lists if keys[boxes] == top]


def turn(case: Case, at: int, seed: str) -> tuple[str, str]:
    name = case.demands[at].recipient
    return ticket(seed, name) if seed else "", name


@given(cases(), st.sampled_from(RULES), st.sampled_from(("", "2023-07-01")))
def test_floors_and_least_amounts_are_as_all_lists_of_boxes_say(case: Case, rule: Rule, seed: str) -> None:
    expected = best(case, rule, seed)
    if expected is None:
        with pytest.raises(BadDemand, match="say who goes without"):
            share_sources(case.sources, case.demands, rule, floor=case.floor, seed=seed)
        return
    plan = share_sources(case.sources, case.demands, rule, floor=case.floor, seed=seed)
    assert [units // case.lot for units in plan.units] == list(expected)
    assert verify_sources(plan) == ()


@given(cases(least=False), st.sampled_from(RULES))
def test_a_floor_out_of_one_source_for_all_is_the_floor_of_a_plan_without_sources(
    case: Case, rule: Rule
) -> None:
    sizes = [case.size(at) for at in range(len(case.demands))]
    supply = sum(source.units for source in case.sources) + case.lot * sum(sizes)
    plan = share_sources([Source("all", supply)], case.demands, rule, floor=case.floor, seed="seed")
    alone = share(supply, case.demands, rule, floor=case.floor, seed="seed")
    assert list(plan.units) == list(alone.units)


@given(cases(), st.sampled_from(RULES), st.data())
def test_a_plan_with_one_box_taken_from_one_to_another_is_found(
    case: Case, rule: Rule, data: st.DataObject
) -> None:
    assume(best(case, rule, "") is not None)
    plan = share_sources(case.sources, case.demands, rule, floor=case.floor)
    moved = [(source, one) for source, given_ in plan.flows.items() for one in given_]
    assume(moved and len(case.demands) > 1)
    source, loser = data.draw(st.sampled_from(moved))
    winner = data.draw(st.sampled_from([one.recipient for one in case.demands if one.recipient != loser]))
    flows = {id_: dict(rows) for id_, rows in plan.flows.items()}
    flows[source][loser] -= plan.lot
    flows[source][winner] = flows[source].get(winner, 0) + plan.lot
    flows[source] = {one: units for one, units in flows[source].items() if units}
    change = {loser: -plan.lot, winner: plan.lot}
    units = [had + change.get(one, 0) for one, had in plan.awards.items()]
    assert verify_sources(attrs.evolve(plan, flows=flows, units=units))


def test_a_least_amount_that_was_to_be_had_and_is_withheld_is_found() -> None:
    plan = share_sources([Source("all", 5)], [Demand("A", 5, least=3), Demand("B", 5, tier=2)])
    withheld = attrs.evolve(
        plan, units=[0, 5], flows={"all": {"B": 5}}, limits=[Limit.BELOW_LEAST, Limit.MET]
    )
    assert "alone" in [fault.code for fault in verify_sources(withheld)]
