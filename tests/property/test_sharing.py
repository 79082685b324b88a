"""Sharing out: what holds of every rule, and what agrees with a package that counts seats."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from reliefstock.allocation import (
    ContestedGarment,
    Demand,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Plan,
    Proportional,
    Rounding,
    Rule,
    exact_shares,
    share,
)
from unit.allocation.brute import BY_PRICE, HAMILTON, cap, due, fits_by_price, most_boxes, one_by_one

EVERY_RULE = (*BY_PRICE, *HAMILTON, Lottery())
CUT = (Equal(), Proportional(), EqualAwards(), EqualLosses(), ContestedGarment(), MaxMinFill())

NEEDS = st.one_of(st.integers(0, 12), st.integers(0, 300))
LARGE = st.one_of(NEEDS, st.integers(0, 10**6), st.integers(0, 10**15))
SEEDS = st.sampled_from(["", "2023-07-01", "旬阳"])
PRICED = st.sampled_from(BY_PRICE)
RULES = st.sampled_from(EVERY_RULE)


@st.composite
def demand_lists(
    draw: st.DrawFn,
    *,
    needs: st.SearchStrategy[int] = NEEDS,
    lots: Sequence[int] = (1,),
    tiers: int = 1,
    has_least: bool = False,
    size: int = 12,
) -> list[Demand]:
    """Demands of recipients with ids in any order; alike ones are likely."""
    count = draw(st.integers(1, size))
    names = draw(st.permutations([f"{number:02}" for number in range(count)]))
    few = draw(st.lists(needs, min_size=1, max_size=4))
    listed: list[Demand] = []
    for name in names:
        need = draw(st.sampled_from(few) | needs)
        most = draw(st.none() | st.integers(0, need))
        useful = need if most is None else most
        listed.append(
            Demand(
                name,
                need,
                weight=draw(st.sampled_from((1, 1, 1, 2, 3, 7))),
                tier=draw(st.integers(1, tiers)),
                least=draw(st.integers(0, useful)) if has_least else 0,
                most=most,
                lot=draw(st.sampled_from(lots)),
            )
        )
    return listed


def lots_of_one_size(
    *, needs: st.SearchStrategy[int] = NEEDS, tiers: int = 1
) -> st.SearchStrategy[list[Demand]]:
    return st.sampled_from((1, 1, 3, 10)).flatmap(
        lambda lot: demand_lists(needs=needs, lots=(lot,), tiers=tiers)
    )


@st.composite
def supplies(draw: st.DrawFn, demands: list[Demand]) -> int:
    return draw(st.integers(0, sum(one.need for one in demands) * 5 // 4 + 2))


def units_of(plan: Plan) -> dict[str, int]:
    return {award.recipient: award.units for award in plan}


# Conservation and caps


@given(st.data(), RULES, SEEDS, st.integers(0, 5))
def test_no_unit_is_made_or_lost_and_nobody_has_more_than_is_of_use(
    data: st.DataObject, rule: Rule, seed: str, floor: int
):
    lots = (6,) if rule in HAMILTON else (1, 2, 6, 7)
    some = data.draw(demand_lists(lots=lots, tiers=3, has_least=True))
    supply = data.draw(supplies(some))
    plan = share(supply, some, rule, floor=floor, seed=seed)
    assert sum(plan.units) + plan.left == supply
    assert plan.left >= 0
    for one, units in zip(some, plan.units, strict=True):
        assert 0 <= units <= cap(rule, one, supply)
        assert units % one.lot == 0
        assert units == 0 or units >= one.least


@given(st.data(), PRICED)
def test_with_boxes_of_one_unit_nothing_is_left_that_anybody_can_have(data: st.DataObject, rule: Rule):
    some = data.draw(demand_lists(tiers=3))
    supply = data.draw(supplies(some))
    plan = share(supply, some, rule)
    assert plan.awarded == min(supply, sum(most_boxes(rule, one, supply) for one in some))


@given(st.data(), PRICED, SEEDS)
def test_nothing_is_left_that_would_fit_anybody_who_can_have_a_box_more(
    data: st.DataObject, rule: Rule, seed: str
):
    some = data.draw(demand_lists(lots=(1, 2, 3, 5, 12, 50), tiers=2))
    supply = data.draw(supplies(some))
    plan = share(supply, some, rule, floor=data.draw(st.integers(0, 9)), seed=seed)
    for one, units in zip(some, plan.units, strict=True):
        assert units + one.lot > cap(rule, one, supply) or one.lot > plan.left


# The order of prices


@given(st.data(), st.sampled_from((*BY_PRICE, Lottery())), SEEDS, st.integers(0, 9))
def test_it_comes_to_what_boxes_handed_out_one_by_one_come_to(
    data: st.DataObject, rule: Rule, seed: str, floor: int
):
    some = data.draw(demand_lists(lots=(1, 1, 2, 5, 12), tiers=2, has_least=data.draw(st.booleans())))
    supply = data.draw(st.integers(0, 250))
    assert units_of(share(supply, some, rule, floor=floor, seed=seed)) == one_by_one(
        supply, some, rule, floor=floor, seed=seed
    )


@given(st.data(), PRICED)
def test_of_large_numbers_too_no_box_given_is_dearer_than_one_not_given(data: st.DataObject, rule: Rule):
    some = data.draw(lots_of_one_size(needs=LARGE))
    supply = data.draw(supplies(some))
    plan = share(supply, some, rule)
    lot = some[0].lot
    assert plan.awarded == lot * min(supply // lot, sum(most_boxes(rule, one, supply) for one in some))
    assert fits_by_price(rule, some, plan.units, supply)


# Monotonicity


@given(st.data(), PRICED, SEEDS)
def test_with_a_box_more_nobody_has_less(data: st.DataObject, rule: Rule, seed: str):
    some = data.draw(lots_of_one_size(tiers=2))
    supply = data.draw(supplies(some))
    lot = some[0].lot
    before = share(supply, some, rule, seed=seed)
    after = share(supply + lot, some, rule, seed=seed)
    assert all(earlier <= later for earlier, later in zip(before.units, after.units, strict=True))
    assert after.awarded - before.awarded in {0, lot}


@given(st.data(), PRICED, SEEDS)
def test_a_new_recipient_gives_nobody_more(data: st.DataObject, rule: Rule, seed: str):
    some = data.draw(lots_of_one_size(tiers=2))
    supply = data.draw(supplies(some))
    whole = units_of(share(supply, some, rule, seed=seed))
    without = units_of(share(supply, some[1:], rule, seed=seed))
    assert all(without[name] >= whole[name] for name in without)


@given(st.data(), st.sampled_from(CUT))
def test_of_what_can_be_cut_more_supply_or_fewer_recipients_give_nobody_less(data: st.DataObject, rule: Rule):
    some = data.draw(demand_lists(tiers=2))
    supply = data.draw(supplies(some))
    here = exact_shares(supply, some, rule)
    more = exact_shares(supply + 1, some, rule)
    fewer = exact_shares(supply, some[1:], rule)
    assert all(one <= other for one, other in zip(here, more, strict=True))
    assert all(one <= other for one, other in zip(here[1:], fewer, strict=True))


# Consistency


@given(st.data(), st.sampled_from((*BY_PRICE, Lottery())), SEEDS)
def test_those_who_stay_have_the_same_when_others_leave_with_what_they_have(
    data: st.DataObject, rule: Rule, seed: str
):
    some = data.draw(demand_lists(lots=(1, 1, 4, 9), tiers=2, has_least=data.draw(st.booleans())))
    supply = data.draw(supplies(some))
    whole = share(supply, some, rule, seed=seed)
    stays = data.draw(st.sets(st.sampled_from([one.recipient for one in some])))
    gone = sum(award.units for award in whole if award.recipient not in stays)
    rest = share(supply - gone, [one for one in some if one.recipient in stays], rule, seed=seed)
    assert units_of(rest) == {name: units for name, units in units_of(whole).items() if name in stays}


@given(st.data(), st.sampled_from(CUT))
def test_shares_that_can_be_cut_are_consistent_too(data: st.DataObject, rule: Rule):
    some = data.draw(demand_lists())
    whole = exact_shares(data.draw(supplies(some)), some, rule)
    rest = exact_shares(sum(whole[1:]), some[1:], rule)  # pyright: ignore[reportArgumentType] -- a part of a unit stays
    assert rest == whole[1:]


# Equal treatment, scale, order


@given(st.data(), st.sampled_from((*BY_PRICE, *HAMILTON)), SEEDS, st.booleans())
def test_equals_differ_by_a_box_at_most(data: st.DataObject, rule: Rule, seed: str, is_mixed: bool):
    mixed = is_mixed and rule not in HAMILTON
    some = data.draw(demand_lists(lots=(1, 4, 9)) if mixed else lots_of_one_size(tiers=2))
    plan = share(data.draw(supplies(some)), some, rule, seed=seed)
    of_kind: dict[object, list[int]] = {}
    for one, units in zip(some, plan.units, strict=True):
        of_kind.setdefault(evolve(one, recipient=""), []).append(units)
    for kind, units in of_kind.items():
        assert max(units) - min(units) <= kind.lot  # pyright: ignore[reportAttributeAccessIssue]


@given(st.data(), st.sampled_from(CUT), st.integers(2, 1000))
def test_shares_that_can_be_cut_do_not_hang_on_the_unit_they_are_counted_in(
    data: st.DataObject, rule: Rule, times: int
):
    some = data.draw(demand_lists(tiers=2))
    supply = data.draw(supplies(some))
    larger = exact_shares(supply * times, [scaled(one, times, 1) for one in some], rule)
    assert larger == tuple(times * each for each in exact_shares(supply, some, rule))


@given(st.data(), RULES, SEEDS, st.integers(2, 1000), st.integers(0, 9))
def test_whole_boxes_do_not_hang_on_the_unit_they_are_counted_in(
    data: st.DataObject, rule: Rule, seed: str, times: int, floor: int
):
    lots = (3,) if rule in HAMILTON else (1, 1, 4, 9)
    some = data.draw(demand_lists(lots=lots, tiers=2, has_least=data.draw(st.booleans())))
    supply = data.draw(supplies(some))
    small = share(supply, some, rule, floor=floor, seed=seed)
    larger = share(
        supply * times, [scaled(one, times, times) for one in some], rule, floor=floor * times, seed=seed
    )
    assert list(larger.units) == [times * units for units in small.units]
    assert list(larger.outcomes) == list(small.outcomes)


def scaled(one: Demand, times: int, lots: int) -> Demand:
    most = None if one.most is None else one.most * times
    return evolve(one, need=one.need * times, least=one.least * times, most=most, lot=one.lot * lots)


@given(st.data(), RULES, SEEDS, st.integers(0, 9))
def test_the_order_of_the_demands_does_not_matter(data: st.DataObject, rule: Rule, seed: str, floor: int):
    lots = (3,) if rule in HAMILTON else (1, 1, 4, 9)
    some = data.draw(demand_lists(lots=lots, tiers=2, has_least=data.draw(st.booleans())))
    supply = data.draw(supplies(some))
    other = data.draw(st.permutations(some))
    one, again = (share(supply, listed, rule, floor=floor, seed=seed) for listed in (some, other))
    assert {award.recipient: award for award in one} == {award.recipient: award for award in again}


# Tiers and floors


@given(st.data(), RULES, SEEDS)
def test_a_tier_has_what_the_ones_before_have_left(data: st.DataObject, rule: Rule, seed: str):
    lots = (3,) if rule in HAMILTON else (1, 1, 4, 9)
    some = data.draw(demand_lists(lots=lots, tiers=3, has_least=data.draw(st.booleans())))
    supply = data.draw(supplies(some))
    left, told = supply, dict[str, int]()
    for tier in (1, 2, 3):
        plan = share(left, [one for one in some if one.tier == tier], rule, seed=seed)
        left, told = plan.left, told | units_of(plan)
    whole = share(supply, some, rule, seed=seed)
    assert (units_of(whole), whole.left) == (told, left)


@given(st.data(), RULES, SEEDS, st.integers(1, 20))
def test_a_floor_that_there_is_enough_for_is_kept(data: st.DataObject, rule: Rule, seed: str, floor: int):
    lots = (4,) if rule in HAMILTON else (1, 1, 4, 9)
    some = data.draw(demand_lists(lots=lots, tiers=3))
    supply = data.draw(supplies(some))
    first = [-(-min(floor, one.need) // one.lot) * one.lot for one in some]
    assume(sum(first) <= supply)
    plan = share(supply, some, rule, floor=floor, seed=seed)
    for one, units, assured in zip(some, plan.units, first, strict=True):
        assert units >= min(assured, most_boxes(rule, one, supply) * one.lot)


# Shares that can be cut


@given(st.data(), st.sampled_from(CUT))
def test_exact_shares_use_up_the_supply_at_one_level(data: st.DataObject, rule: Rule):
    some = data.draw(demand_lists(needs=LARGE))
    supply = data.draw(supplies(some))
    shares = exact_shares(supply, some, rule)
    assert sum(shares) == min(supply, sum(cap(rule, one, supply) for one in some))
    needy = [one for one in some if one.need]
    assert [each for one, each in zip(some, shares, strict=True) if one.need] == due(rule, needy, supply)


# Seats


SEATS = {
    Rounding.WEBSTER: "webster",
    Rounding.JEFFERSON: "jefferson",
    Rounding.ADAMS: "adams",
    Rounding.HILL: "hill",
    Rounding.DEAN: "dean",
    Rounding.HAMILTON: "hamilton",
}


@pytest.mark.parametrize("rounding", SEATS)
def test_a_package_that_counts_seats_comes_to_the_same(rounding: Rounding):
    methods = pytest.importorskip("apportionment.methods")
    chance, compared = Random(f"seats {rounding.value}"), 0
    for _ in range(2_000):
        votes = [chance.randrange(1, 20_000) for _ in range(chance.randrange(1, 9))]
        seats = chance.randrange(len(votes), 60)  # with fewer the package leaves the method
        try:
            published = methods.compute(
                SEATS[rounding],
                votes,
                seats,
                fractions=rounding is not Rounding.HILL,
                tiesallowed=False,
            )
        except methods.TiesException:
            continue
        # Seats can be more than votes, so a vote is counted as a hundred.
        parties = [Demand(f"{at}", count * 100) for at, count in enumerate(votes)]
        assert list(share(seats, parties, Proportional(rounding)).units) == [int(one) for one in published]
        compared += 1
    assert compared > 1_900


def test_shares_of_a_part_of_a_unit_are_fractions():
    assert exact_shares(1, [Demand("A", 1), Demand("B", 2)], Proportional()) == (
        Fraction(1, 3),
        Fraction(2, 3),
    )
