"""Several items: each by itself, or as whole kits; what is left is said, with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.allocation.baskets import (
    Kits,
    Remainder,
    WhyRemains,
    left_of,
    share_items,
    share_kits,
    whole_kits,
)
from reliefstock.allocation.demand import Demand
from reliefstock.allocation.rules import EqualAwards, MaxMinFill
from reliefstock.allocation.sharing import share
from reliefstock.errors import BadDemand, Incomplete, NotExact, NotPositive

BILL = {"blanket": 3, "bucket": 2}


def kits(*needs: int, **stock: int) -> Kits:
    demands = [Demand(chr(ord("A") + at), need) for at, need in enumerate(needs)]
    return share_kits(stock, BILL, demands, MaxMinFill())


def test_each_item_is_shared_as_if_it_were_alone() -> None:
    asked = {"quilt": [Demand("A", 5), Demand("B", 9)], "pot": [Demand("A", 1), Demand("C", 1)]}
    plans = share_items({"quilt": 7, "pot": 1}, asked, EqualAwards(), floor=1, seed="s")
    alone = share(7, asked["quilt"], EqualAwards(), floor=1, seed="s")
    assert (plans["quilt"].units, plans["quilt"].outcomes) == (alone.units, alone.outcomes)
    assert plans["pot"].awarded == 1


def test_an_item_that_is_not_in_stock_has_a_plan_that_gives_nothing() -> None:
    assert share_items({}, {"pot": [Demand("A", 1)]}, MaxMinFill())["pot"].unmet == 1


def test_what_is_left_of_each_item_has_its_reason() -> None:
    asked = {
        "boxed": [Demand("A", 9, lot=4)],
        "met": [Demand("A", 2)],
        "unneeded": [Demand("A", 0)],
        "all": [Demand("A", 3)],
    }
    stock = {"boxed": 7, "met": 5, "unneeded": 6, "unasked": 8, "all": 3}
    assert left_of(stock, share_items(stock, asked, MaxMinFill())) == (
        Remainder("boxed", 3, WhyRemains.BOXES),
        Remainder("met", 3, WhyRemains.MET),
        Remainder("unasked", 8, WhyRemains.NOBODY),
        Remainder("unneeded", 6, WhyRemains.NOBODY),
    )


def test_a_demand_stands_under_its_own_item() -> None:
    with pytest.raises(BadDemand, match="bucket"):
        share_items({"quilt": 7}, {"quilt": [Demand("A", 5, item="bucket")]}, MaxMinFill())


@pytest.mark.parametrize(("units", "error"), [(1.0, NotExact), (True, NotExact), (-1, NotPositive)])
def test_a_supply_is_a_whole_number_from_zero_on(units: int, error: type[Exception]) -> None:
    with pytest.raises(error, match="the supply of quilt"):
        share_items({"quilt": units}, {}, MaxMinFill())


def test_the_scarcest_component_sets_how_many_kits_there_are() -> None:
    assert whole_kits({"blanket": 100, "bucket": 9}, BILL) == (4, ("bucket",))
    assert whole_kits({"blanket": 100}, BILL) == (0, ("bucket",))


def test_kits_are_shared_whole_and_what_is_over_is_said() -> None:
    found = kits(2, 4, blanket=10, bucket=8, soap=5)
    assert (list(found.plan.units), found.used, found.short) == (
        [1, 2],
        {"blanket": 9, "bucket": 6},
        ("blanket",),
    )
    assert found.left == (
        Remainder("blanket", 1, WhyRemains.BOXES),
        Remainder("bucket", 2, WhyRemains.COMPONENTS, ("blanket",)),
        Remainder("soap", 5, WhyRemains.NOBODY),
    )


def test_components_of_kits_that_nobody_needs_are_left() -> None:
    assert kits(1, blanket=6, bucket=4).left == (
        Remainder("blanket", 3, WhyRemains.KITS_LEFT),
        Remainder("bucket", 2, WhyRemains.KITS_LEFT),
    )


def test_components_of_kits_that_fit_no_box_are_left() -> None:
    found = share_kits({"blanket": 9, "bucket": 6}, BILL, [Demand("A", 4, lot=2)], MaxMinFill())
    assert found.left == (Remainder("blanket", 3, WhyRemains.BOXES), Remainder("bucket", 2, WhyRemains.BOXES))


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 9), st.integers(0, 9))
def test_every_component_is_in_a_kit_or_left(blankets: int, buckets: int, one: int, other: int) -> None:
    found = kits(one, other, blanket=blankets, bucket=buckets)
    left = {item: sum(over.units for over in found.left if over.item == item) for item in BILL}
    assert {item: found.used[item] + left[item] for item in BILL} == {"blanket": blankets, "bucket": buckets}


def test_a_kit_is_made_of_something() -> None:
    with pytest.raises(Incomplete, match="no component"):
        whole_kits({"blanket": 3}, {})


@pytest.mark.parametrize(("units", "error"), [(0, NotPositive), (-1, NotPositive), (1.5, NotExact)])
def test_a_kit_has_one_or_more_of_each_component(units: int, error: type[Exception]) -> None:
    with pytest.raises(error, match="blanket"):
        whole_kits({"blanket": 3}, {"blanket": units})


@pytest.mark.parametrize("why", WhyRemains)
def test_every_reason_is_said_in_both_languages(why: WhyRemains) -> None:
    one = Remainder("soap", 3, why)
    assert [one.text("en"), one.text("zh")] == [f"3 of soap left: {why.en}", f"soap剩余 3：{why.zh}"]


def test_the_components_that_are_short_are_named_in_chinese_too() -> None:
    assert Remainder("毯子", 3, WhyRemains.COMPONENTS, ("水桶", "肥皂")).text("zh").endswith("（水桶、肥皂）")
