"""Sharing out: the published cases, brute force on all that is small, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from itertools import combinations_with_replacement
from math import lcm
from typing import Any, Literal

import pytest

from reliefstock.allocation import (
    ContestedGarment,
    Demand,
    Demands,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Outcome,
    Plan,
    Proportional,
    Rounding,
    Rule,
    exact_shares,
    share,
)
from reliefstock.errors import BadDemand, Incomplete, NotExact, NotPositive, Unknown
from unit.allocation.brute import (
    BY_PRICE,
    HAMILTON,
    due,
    fits_by_price,
    leximin,
    most_boxes,
    one_by_one,
    plans,
    remainders,
)

CLAIMS = (100, 200, 300)
FIRST_VOTES = (5117, 4400, 162, 161, 160)
SECOND_VOTES = (9061, 7179, 5259, 3319, 1182)
EVERY_RULE = (*BY_PRICE, *HAMILTON)


def of(needs: Iterable[int]) -> list[Demand]:
    """Demands of A, B, C and so on."""
    return [Demand(chr(ord("A") + at), need) for at, need in enumerate(needs)]


def told(rule: Rule) -> str:
    return f"{rule.name}, {rule.rounding.value}"


def units_of(plan: Plan) -> dict[str, int]:
    return {award.recipient: award.units for award in plan}


# Published cases


@pytest.mark.parametrize(
    ("rule", "supply", "shares"),
    [
        (Proportional(), 200, ("100/3", "200/3", "100")),
        (EqualAwards(), 200, ("200/3", "200/3", "200/3")),
        (EqualLosses(), 200, ("0", "50", "150")),
        (ContestedGarment(), 100, ("100/3", "100/3", "100/3")),
        (ContestedGarment(), 200, ("50", "75", "75")),
        (ContestedGarment(), 300, ("50", "100", "150")),
        (MaxMinFill(), 200, ("100/3", "200/3", "100")),
        (Equal(), 200, ("200/3", "200/3", "200/3")),
    ],
)
def test_claims_that_can_be_cut_have_their_published_shares(rule: Rule, supply: int, shares: tuple[str, ...]):
    assert exact_shares(supply, of(CLAIMS), rule) == tuple(map(Fraction, shares))


@pytest.mark.parametrize(
    ("rounding", "votes", "seats", "published"),
    [
        (Rounding.HAMILTON, FIRST_VOTES, 100, (51, 44, 2, 2, 1)),
        (Rounding.WEBSTER, FIRST_VOTES, 100, (51, 43, 2, 2, 2)),
        (Rounding.HILL, FIRST_VOTES, 100, (51, 43, 2, 2, 2)),
        (Rounding.ADAMS, FIRST_VOTES, 100, (51, 43, 2, 2, 2)),
        (Rounding.DEAN, FIRST_VOTES, 100, (51, 43, 2, 2, 2)),
        (Rounding.JEFFERSON, FIRST_VOTES, 100, (52, 45, 1, 1, 1)),
        (Rounding.HAMILTON, SECOND_VOTES, 26, (9, 7, 5, 4, 1)),
        (Rounding.WEBSTER, SECOND_VOTES, 26, (9, 8, 5, 3, 1)),
        (Rounding.HILL, SECOND_VOTES, 26, (9, 7, 6, 3, 1)),
        (Rounding.JEFFERSON, SECOND_VOTES, 26, (10, 7, 5, 3, 1)),
        (Rounding.ADAMS, SECOND_VOTES, 26, (9, 7, 5, 3, 2)),
        (Rounding.DEAN, SECOND_VOTES, 26, (9, 7, 5, 4, 1)),
        (Rounding.HAMILTON, (6, 6, 2), 10, (4, 4, 2)),
        (Rounding.HAMILTON, (6, 6, 2), 11, (5, 5, 1)),
    ],
)
def test_votes_have_their_published_seats(
    rounding: Rounding, votes: tuple[int, ...], seats: int, published: tuple[int, ...]
):
    assert tuple(share(seats, of(votes), Proportional(rounding)).units) == published


def test_an_extra_box_can_take_one_away_by_largest_remainders_and_by_nothing_else():
    some = of((6, 6, 2))
    fewer, more = (share(boxes, some, Proportional(Rounding.HAMILTON)).award("C").units for boxes in (10, 11))
    assert (fewer, more) == (2, 1)
    for rule in BY_PRICE:
        assert share(10, some, rule).award("C").units <= share(11, some, rule).award("C").units


# Brute force


def small() -> Iterable[tuple[int, list[Demand]]]:
    """Up to 6 recipients and 12 units, of needs that can differ and that can be alike."""
    for size in range(1, 7):
        for needs in combinations_with_replacement((1, 3, 4), size):
            some = of(needs)
            for supply in range(13):
                yield supply, some


@pytest.mark.parametrize("rule", BY_PRICE, ids=told)
def test_no_box_given_is_dearer_than_one_that_was_not_given(rule: Rule):
    for supply, some in small():
        plan = share(supply, some, rule)
        assert plan.awarded == min(supply, sum(most_boxes(rule, one, supply) for one in some))
        assert fits_by_price(rule, some, plan.units, supply)


@pytest.mark.parametrize("rule", BY_PRICE, ids=told)
def test_boxes_counted_out_one_by_one_come_to_the_same(rule: Rule):
    for supply, some in small():
        assert units_of(share(supply, some, rule)) == one_by_one(supply, some, rule)


def assert_best(rule: Rule, supply: int, some: list[Demand], worth: Callable[[int, int], int]) -> None:
    """Check that the plan of a rule has the best sorted list of all plans, boxes being of one size."""
    lot = some[0].lot
    caps = [most_boxes(rule, one, supply) for one in some]
    boxes = [units // lot for units in share(supply, some, rule).units]
    found = sorted(worth(at, award) for at, award in enumerate(boxes))
    assert found == leximin(plans(supply // lot, caps), worth)


def test_no_other_plan_has_better_fill_rates():
    for supply, some in small():
        once = lcm(*(one.need for one in some))
        assert_best(MaxMinFill(), supply, some, lambda at, boxes: boxes * once // some[at].need)  # noqa: B023


def test_no_other_plan_has_better_awards():
    for supply, some in small():
        assert_best(EqualAwards(), supply, some, lambda at, boxes: boxes)


def test_no_other_plan_has_better_losses():
    for supply, some in small():
        assert_best(EqualLosses(), supply, some, lambda at, boxes: boxes - some[at].need)  # noqa: B023


@pytest.mark.parametrize(
    "some",
    [
        [Demand("A", 6, weight=2), Demand("B", 5), Demand("C", 4, weight=3)],
        [Demand("A", 9, most=4), Demand("B", 5, weight=2), Demand("C", 9, most=2), Demand("D", 3)],
        [Demand("A", 12, lot=2), Demand("B", 7, lot=2, weight=3), Demand("C", 8, lot=2, most=5)],
        [Demand("A", 10, weight=5), Demand("B", 2, weight=25), Demand("C", 50), Demand("D", 25, weight=2)],
    ],
)
def test_weights_most_amounts_and_boxes_count_in_the_fill_rates(some: list[Demand]):
    once = lcm(*(one.need * one.weight for one in some))
    for supply in range(25):
        assert_best(
            MaxMinFill(),
            supply,
            some,
            lambda at, boxes: boxes * some[at].lot * once // (some[at].need * some[at].weight),
        )


@pytest.mark.parametrize("rule", HAMILTON, ids=told)
def test_the_largest_remainders_have_one_more(rule: Rule):
    for supply, some in small():
        units = share(supply, some, rule).units
        whole, over = remainders(rule, some, supply)
        more = [award - part for award, part in zip(units, whole, strict=True)]
        assert set(more) <= {0, 1}
        assert sum(units) == min(supply, sum(most_boxes(rule, one, supply) for one in some))
        lucky = [rest for rest, extra in zip(over, more, strict=True) if extra]
        others = [rest for rest, extra in zip(over, more, strict=True) if not extra]
        assert not lucky or not others or min(lucky) >= max(others)


@pytest.mark.parametrize(
    "rule",
    [Equal(), Proportional(), EqualAwards(), EqualLosses(), ContestedGarment(), MaxMinFill()],
    ids=told,
)
def test_exact_shares_are_those_of_one_water_level(rule: Rule):
    for supply, some in list(small())[::7]:
        weighted = [Demand(one.recipient, one.need, weight=1 + at % 3) for at, one in enumerate(some)]
        for demands in (some, weighted):
            assert list(exact_shares(supply, demands, rule)) == due(rule, demands, supply)


# Tiers, floors, least amounts, boxes


@pytest.mark.parametrize("rule", [*EVERY_RULE, Lottery()], ids=told)
def test_a_tier_has_what_the_tiers_before_have_left(rule: Rule):
    first, second = of((5, 3)), [Demand("X", 4, tier=2), Demand("Y", 9, tier=2)]
    for supply in range(20):
        whole = share(supply, [*second, *first], rule)
        before = share(supply, first, rule)
        after = share(before.left, second, rule)
        assert units_of(whole) == units_of(before) | units_of(after)


def test_whom_nothing_reaches_is_told_so():
    plan = share(5, [Demand("A", 9), Demand("B", 2, tier=2)], Proportional())
    assert [award.outcome for award in plan] == [Outcome.LEVEL, Outcome.NO_MORE]


@pytest.mark.parametrize("rule", BY_PRICE, ids=told)
def test_the_floor_comes_before_tiers_and_rule(rule: Rule):
    some = [Demand("A", 50), Demand("B", 1, tier=2), Demand("C", 30, tier=3)]
    for supply in range(5, 40):
        plan = share(supply, some, rule, floor=2)
        assert plan.award("A").units >= 2
        assert plan.award("B").units >= 1
        assert plan.award("C").units >= 2
        assert units_of(plan) == one_by_one(supply, some, rule, floor=2)


def test_a_floor_that_there_is_not_enough_for_goes_to_the_smallest_boxes_first_and_then_by_the_tickets():
    some = [Demand("A", 9), Demand("B", 9), Demand("C", 1), Demand("D", 9)]
    plan = share(7, some, Proportional(), floor=3, seed="2023-07-01")
    having = sorted("ABD", key=lambda name: sha256(f"2023-07-01:{name}".encode()).hexdigest())[:2]
    assert units_of(plan) == {"A": 0, "B": 0, "C": 1, "D": 0} | dict.fromkeys(having, 3)


def test_a_floor_beyond_the_supply_serves_nobody_the_rule_does():
    plan = share(2, of((9, 9)), Proportional(), floor=5)
    assert list(plan.units) == [1, 1]


@pytest.mark.parametrize("rule", BY_PRICE, ids=told)
def test_least_amounts_are_had_whole_or_not_at_all(rule: Rule):
    some = [Demand("A", 9, least=4), Demand("B", 8, least=5), Demand("C", 3), Demand("D", 9, least=4)]
    for supply in range(32):
        plan = share(supply, some, rule)
        assert units_of(plan) == one_by_one(supply, some, rule)
        for one, award in zip(some, plan, strict=True):
            assert award.units == 0 or award.units >= one.least
    short = share(8, some, rule)
    assert [short.award(name).outcome for name in "AB"] == [Outcome.LEAST, Outcome.BELOW_LEAST]


def test_least_amounts_beyond_the_supply_leave_it_to_the_others():
    plan = share(5, [Demand("A", 9, least=6), Demand("B", 2), Demand("C", 8, least=8)], EqualAwards())
    assert list(plan.units) == [0, 2, 0]
    assert plan.left == 3
    assert [award.outcome for award in plan] == [Outcome.BELOW_LEAST, Outcome.MET, Outcome.BELOW_LEAST]


def test_units_come_in_whole_boxes():
    plan = share(40, [Demand("A", 25, lot=6), Demand("B", 25, lot=6), Demand("C", 5, lot=6)], EqualAwards())
    assert list(plan.units) == [18, 18, 0]
    assert plan.left == 4
    assert plan.award("C").outcome is Outcome.LOT


@pytest.mark.parametrize("rule", BY_PRICE, ids=told)
def test_who_needs_a_larger_box_than_is_left_is_passed_over(rule: Rule):
    some = [Demand("A", 20, lot=5), Demand("B", 21, lot=3), Demand("C", 9, lot=2), Demand("D", 14, lot=7)]
    for supply in range(66):
        plan = share(supply, some, rule)
        assert units_of(plan) == one_by_one(supply, some, rule)
        still = [one for one, units in zip(some, plan.units, strict=True) if units + one.lot <= one.need]
        assert all(one.lot > plan.left for one in still)


def test_largest_remainders_refuse_boxes_of_several_sizes():
    some = [Demand("A", 20, lot=5), Demand("B", 21, lot=3)]
    with pytest.raises(Incomplete, match="several sizes") as caught:
        share(20, some, Proportional(Rounding.HAMILTON))
    assert "几种规格" in caught.value.sentence("zh")


# Tickets


@pytest.mark.parametrize("seed", ["2023-07-01", "旬阳 2010", "7"])
def test_the_lottery_can_be_drawn_again_by_hand(seed: str):
    some = [Demand(f"school {number}", 1) for number in range(40)]
    names = [one.recipient for one in some]
    winners = sorted(names, key=lambda name: sha256(f"{seed}:{name}".encode()).hexdigest())[:13]
    plan = share(13, some, Lottery(), seed=seed)
    assert {award.recipient for award in plan if award.outcome is Outcome.WON} == set(winners)
    assert {award.recipient for award in plan if award.units} == set(winners)
    assert sum(award.outcome is Outcome.LOST for award in plan) == 27


def test_the_lottery_gives_all_that_is_needed_or_nothing():
    some = [Demand("A", 5), Demand("B", 4), Demand("C", 3), Demand("D", 9, tier=2), Demand("E", 1, tier=2)]
    for supply in range(23):
        for seed in ("1", "2", "3"):
            plan = share(supply, some, Lottery(), seed=seed)
            assert units_of(plan) == one_by_one(supply, some, Lottery(), seed=seed)
            assert all(award.units in {0, award.need} for award in plan)


def test_a_weight_is_as_many_tickets():
    some = [Demand("A", 1), Demand("B", 1, weight=3)]
    for number in range(30):
        seed = f"draw {number}"
        tickets = {
            "A": [sha256(f"{seed}:A".encode()).hexdigest()],
            "B": [sha256(f"{seed}:{text}".encode()).hexdigest() for text in ("B", "B:2", "B:3")],
        }
        winner = min(tickets, key=lambda name: min(tickets[name]))
        assert share(1, some, Lottery(), seed=seed).award(winner).units == 1


@pytest.mark.parametrize("rule", BY_PRICE, ids=told)
def test_equals_are_told_apart_by_their_tickets_and_by_nothing_else(rule: Rule):
    some = [Demand(name, 10) for name in "DBAC"]
    seed = "seed"
    order = sorted("ABCD", key=lambda name: sha256(f"{seed}:{name}".encode()).hexdigest())
    units = units_of(share(10, some, rule, seed=seed))
    assert [units[name] for name in order] == [3, 3, 2, 2]
    plan = share(10, some, rule, seed=seed)
    outcomes = (
        {plan.award(name).outcome for name in order[:2]},
        {plan.award(name).outcome for name in order[2:]},
    )
    assert outcomes == ({Outcome.DRAWN}, {Outcome.TIED})


@pytest.mark.parametrize("rule", EVERY_RULE, ids=told)
def test_without_a_seed_equals_are_in_the_order_of_their_ids(rule: Rule):
    plan = share(10, [Demand(name, 10) for name in "DBAC"], rule)
    assert units_of(plan) == {"A": 3, "B": 3, "C": 2, "D": 2}


# Nothing to share, nobody to share with


@pytest.mark.parametrize("rule", [*EVERY_RULE, Lottery()], ids=told)
class TestNothing:
    def test_without_a_supply_nobody_has_anything(self, rule: Rule):
        plan = share(0, of((3, 4)), rule)
        assert (list(plan.units), plan.left, plan.unmet) == ([0, 0], 0, 7)

    def test_without_demands_all_is_left(self, rule: Rule):
        for plan in (share(7, [], rule), share(7, [], rule, floor=3)):
            assert (len(plan), plan.awarded, plan.left) == (0, 0, 7)

    def test_where_nobody_needs_anything_all_is_left(self, rule: Rule):
        plan = share(7, of((0, 0)), rule, floor=2)
        assert (list(plan.units), plan.left) == ([0, 0], 7)
        assert {award.outcome for award in plan} == {Outcome.NO_NEED}

    def test_where_the_most_that_is_of_use_is_nothing_there_is_nothing(self, rule: Rule):
        assert share(7, [Demand("A", 3, most=0), Demand("B", 4)], rule).award("A").units == 0


@pytest.mark.parametrize(
    "rule", [one for one in (*EVERY_RULE, Lottery()) if not isinstance(one, Equal)], ids=told
)
def test_where_there_is_enough_everybody_has_all_that_they_need(rule: Rule):
    plan = share(30, [*of((3, 4)), Demand("Z", 9, most=5)], rule)
    assert (list(plan.units), plan.left) == ([3, 4, 5], 18)
    assert [award.outcome for award in plan][2] is (Outcome.WON if rule == Lottery() else Outcome.MOST)


def test_equal_shares_go_beyond_the_need_where_no_most_is_stated():
    plan = share(30, [*of((3, 4)), Demand("Z", 9, most=5)], Equal())
    assert list(plan.units) == [13, 12, 5]


def test_a_recipient_who_is_not_in_the_plan_is_unknown():
    with pytest.raises(Unknown):
        share(3, of((3,)), Equal()).award("B")


# What is refused


@pytest.mark.parametrize(
    ("demand", "fault"),
    [
        (Demand("school B", -1), "negative"),
        (Demand("school B", 2.5), "whole"),  # pyright: ignore[reportArgumentType]
        (Demand("school B", 5.0), "whole"),  # pyright: ignore[reportArgumentType]
        (Demand("school B", Decimal(5)), "whole"),  # pyright: ignore[reportArgumentType]
        (Demand("school B", "5"), "whole"),  # pyright: ignore[reportArgumentType]
        (Demand("school B", None), "whole"),  # pyright: ignore[reportArgumentType]
        (Demand("school B", True), "whole"),
        (Demand("school B", float("nan")), "whole"),  # pyright: ignore[reportArgumentType]
        (Demand("school B", 5, weight=0), "weight"),
        (Demand("school B", 5, weight=-2), "weight"),
        (Demand("school B", 5, weight=1.5), "whole"),  # pyright: ignore[reportArgumentType]
        (Demand("school B", 5, tier="1"), "whole"),  # pyright: ignore[reportArgumentType]
        (Demand("school B", 5, lot=0), "lot"),
        (Demand("school B", 5, lot=-6), "lot"),
        (Demand("school B", 5, least=6), "least"),
        (Demand("school B", 5, least=4, most=3), "least"),
        (Demand("school B", 5, least=-1), "negative"),
        (Demand("school B", 5, most=-1), "negative"),
        (Demand("school B", 2**63), "large"),
        (Demand("school A", 3), "twice"),
        (Demand("school B", 3, item="quilts"), "items"),
    ],
    ids=str,
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_demand_that_cannot_be_is_named(demand: Demand, fault: str, lang: Literal["en", "zh"]):
    some = [Demand("school A", 5), demand, Demand("school C", 5)]
    for asked in (lambda: share(7, some, Proportional()), lambda: exact_shares(7, some, Proportional())):
        with pytest.raises(BadDemand) as caught:
            asked()
        assert (caught.value.recipient, caught.value.fault) == (demand.recipient, fault)
        assert demand.recipient in caught.value.sentence(lang)


@pytest.mark.parametrize("number", [5.0, True, Decimal(5), Fraction(5)], ids=repr)
@pytest.mark.parametrize("is_in_columns", [True, False])
def test_a_number_that_is_no_whole_number_is_not_hidden_by_an_equal_one(number: Any, is_in_columns: bool):  # noqa: ANN401
    whole = int(number)
    with pytest.raises(BadDemand) as caught:
        if is_in_columns:
            Demands.columns(["school A", "school B"], [whole, number])
        else:
            Demands.of([Demand("school A", whole), Demand("school B", number)])
    assert (caught.value.recipient, caught.value.fault) == ("school B", "whole")


@pytest.mark.parametrize(
    ("needs", "stated", "fault"),
    [
        ([5, -1, 5], {}, "negative"),
        ([5, 5, 5], {"weight": [1, 0, 1]}, "weight"),
        ([5, 5, 5], {"lot": [1, 0, 1]}, "lot"),
        ([5, 5, 5], {"least": [1, 6, 1]}, "least"),
        ([5, 5, 5], {"least": [1, 4, 1], "most": [9, 3, 9]}, "least"),
        ([5, 2.5, 5], {}, "whole"),
        ([5, 5, 5], {"tier": [1, None, 2]}, "whole"),
    ],
)
def test_a_row_that_cannot_be_is_named(needs: list[Any], stated: dict[str, Any], fault: str):
    with pytest.raises(BadDemand) as caught:
        Demands.columns(["A", "B", "C"], needs, **stated)
    assert (caught.value.recipient, caught.value.fault) == ("B", fault)
    assert all("B" in caught.value.sentence(lang) for lang in ("en", "zh"))


@pytest.mark.parametrize(
    ("needs", "stated", "named"),
    [
        ([5], {}, "need"),
        ([5, 5, 5], {}, "need"),
        ([5, 5], {"weight": [1]}, "weight"),
        ([5, 5], {"lot": [1, 1, 1]}, "lot"),
        ([], {}, "need"),
    ],
)
def test_a_column_of_another_length_is_named(needs: list[int], stated: dict[str, Any], named: str):
    with pytest.raises(BadDemand) as caught:
        Demands.columns(["A", "B"], needs, **stated)
    assert caught.value.fault == "length"
    assert all(named in caught.value.sentence(lang) for lang in ("en", "zh"))


def test_columns_and_single_demands_say_the_same():
    listed = Demands.of([Demand("A", 6, weight=2, lot=3), Demand("B", 6, lot=2, most=4, item="")])
    columns = Demands.columns(["A", "B"], [6, 6], weight=[2, 1], lot=[3, 2], most=[2**63 - 1, 4])
    assert listed == columns
    assert list(listed) == list(columns)


@pytest.mark.parametrize("given", [7.0, 7.5, "7", None, True, Decimal(7), Fraction(7)], ids=repr)
@pytest.mark.parametrize("what", ["supply", "floor"])
def test_a_supply_or_a_floor_that_is_no_whole_number_is_refused(given: object, what: str):
    amounts: dict[str, Any] = {"supply": 5, "floor": 0} | {what: given}
    with pytest.raises(NotExact) as caught:
        share(amounts["supply"], of((3, 4)), Proportional(), floor=amounts["floor"])
    assert caught.value.what == what


@pytest.mark.parametrize("what", ["supply", "floor"])
def test_a_supply_or_a_floor_below_zero_is_refused(what: str):
    amounts = {"supply": 5, "floor": 0} | {what: -1}
    with pytest.raises(NotPositive) as caught:
        share(amounts["supply"], of((3, 4)), Proportional(), floor=amounts["floor"])
    assert caught.value.what == what


def test_the_lottery_has_no_shares_that_can_be_cut():
    with pytest.raises(Incomplete, match="cannot be cut"):
        exact_shares(5, of((3, 4)), Lottery())


@pytest.mark.parametrize("rule", [EqualLosses, ContestedGarment])
@pytest.mark.parametrize("rounding", [Rounding.HILL, Rounding.DEAN])
def test_losses_are_not_rounded_as_ratios(rule: type[Rule], rounding: Rounding):
    with pytest.raises(Incomplete, match=rounding.value):
        rule(rounding)


def test_a_rounding_is_a_member_of_rounding():
    with pytest.raises(Incomplete, match="'Webster' is no rounding"):
        Proportional("Webster")  # pyright: ignore[reportArgumentType]
