"""Whatever stands where something else is due is refused by an error that says what, and whose it is."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import pytest

from reliefstock.allocation import (
    ContestedGarment,
    Demand,
    Demands,
    Equal,
    EqualAwards,
    EqualLosses,
    Expected,
    Guardrail,
    Hope,
    Kind,
    Lottery,
    MaxMinFill,
    Policy,
    Proportional,
    Rule,
    Source,
    Static,
    alabama,
    compare,
    exact_shares,
    left_of,
    plan_today,
    serve,
    share,
    share_items,
    share_jointly,
    share_kits,
    share_sources,
    verify_plan,
    verify_sources,
    verify_transport,
    whole_kits,
)
from reliefstock.allocation.comparing import Comparison
from reliefstock.allocation.coverage import JointCoverage
from reliefstock.errors import AlreadyKnown, BadDemand, Incomplete, NotExact, NotPositive, ReliefstockError


class Thing:
    """Something of no type that is known here."""

    def __repr__(self) -> str:
        return "a thing"


ODD: list[Any] = [None, True, 1.5, "3", [], {}, b"x", -1, Fraction(1, 2), Thing()]
RULES = [Equal(), Proportional(), EqualAwards(), EqualLosses(), ContestedGarment(), MaxMinFill(), Lottery()]
ASKED = [Demand("A", 6), Demand("B", 6), Demand("C", 2)]
LATER = Expected(4, 25, 5)


def odd(*but: type) -> list[Any]:
    return [value for value in ODD if type(value) not in but]


# Demands


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("name", ["need", "weight", "tier", "least", "most", "lot"])
def test_a_number_that_is_none_is_refused_and_the_demand_named(rule: Rule, name: str) -> None:
    for value in [value for value in ODD if name != "most" or value is not None]:
        if name == "tier" and value == -1:
            continue  # any whole number is a tier
        stated: dict[str, Any] = {"need": 5, name: value}
        for call in (
            lambda demands: share(9, demands, rule),
            lambda demands: share_sources([Source("lot 1", 9)], demands),
            lambda demands: share_jointly({"quilt": 9}, {"quilt": demands}),
        ):
            with pytest.raises(BadDemand, match="demand of school 7"):
                call([Demand("A", 1), Demand("school 7", **stated)])


@pytest.mark.parametrize("recipient", odd(str), ids=repr)
def test_a_recipient_that_is_no_text_is_refused(recipient: Any) -> None:  # noqa: ANN401
    for call in (
        lambda: share(9, [Demand(recipient, 5), Demand("B", 2)], Equal()),
        lambda: share_sources([Source("lot 1", 9)], [Demand(recipient, 5), Demand("B", 2)]),
        lambda: Demands.columns([recipient], [5]),
    ):
        with pytest.raises(BadDemand, match="no text") as caught:
            call()
        assert "不是文本" in caught.value.sentence("zh")


@pytest.mark.parametrize("column", ["colour", "cap", "kind", "figures"])
def test_a_column_of_an_unknown_name_is_refused(column: str) -> None:
    with pytest.raises(BadDemand, match=f"column {column}"):
        Demands.columns(["A"], [5], **{column: [1]})  # pyright: ignore[reportArgumentType] -- it is no item


def test_columns_that_are_no_columns_are_refused() -> None:
    for value in odd(list, str, bytes):
        with pytest.raises(BadDemand, match="column need"):
            Demands.columns(["A"], value)
        with pytest.raises(BadDemand, match="column weight"):
            Demands.columns(["A"], [5], weight=value)
        with pytest.raises(BadDemand, match="column recipients"):
            Demands.columns(value, [5])


def test_a_kind_that_nobody_is_of_is_refused_as_well() -> None:
    with pytest.raises(BadDemand, match="nobody"):
        Demands(["A"], [Kind(1), Kind(-1)], [0])


@pytest.mark.parametrize("value", odd(list, dict), ids=repr)
def test_what_are_no_demands_is_refused(value: Any) -> None:  # noqa: ANN401
    for call in (
        lambda: share(9, value, Equal()),
        lambda: share_sources([], value),
        lambda: share_items({"quilt": 9}, {"quilt": value}, Equal()),
        lambda: share_kits({"quilt": 9}, {"quilt": 1}, value, Equal()),
        lambda: plan_today(9, value, expected=LATER, policy=Hope()),
        lambda: exact_shares(9, value, Equal()),
        lambda: compare(9, value, [Equal()]),
    ):
        with pytest.raises(Incomplete, match="no demand"):
            call()


# Rules


@pytest.mark.parametrize("rule", [*odd(type(None)), Equal, Rule()], ids=repr)
def test_what_is_no_rule_is_refused(rule: Any) -> None:  # noqa: ANN401
    for call in (
        lambda: share(9, ASKED, rule),
        lambda: exact_shares(9, ASKED, rule),
        lambda: alabama(9, ASKED, rule),
        lambda: share_items({"quilt": 9}, {"quilt": ASKED}, rule),
        lambda: share_sources([Source("lot 1", 9)], ASKED, rule),
        lambda: plan_today(90, ASKED, expected=LATER, policy=Hope(), rule=rule),
        lambda: verify_plan(attrs.evolve(share(9, ASKED, Equal()), rule=rule)),
        lambda: verify_sources(attrs.evolve(share_sources([], ASKED), rule=rule)),
    ):
        with pytest.raises(Incomplete, match="no rule") as caught:
            call()
        assert "不是分配规则" in caught.value.sentence("zh")


def test_a_rule_that_is_for_several_items_at_once_shares_out_no_single_one() -> None:
    for call in (
        lambda: share(9, ASKED, JointCoverage()),
        lambda: exact_shares(9, ASKED, JointCoverage()),
        lambda: share_sources([Source("lot 1", 9)], ASKED, JointCoverage()),
    ):
        with pytest.raises(Incomplete, match="by itself"):
            call()


def test_what_are_no_rules_and_no_plans_is_not_compared() -> None:
    for value in odd(list, dict, str, bytes):
        with pytest.raises(Incomplete, match="no Rule"):
            compare(9, ASKED, value)
        with pytest.raises(Incomplete, match="no Plan"):
            Comparison(value)


# Tables of items


@pytest.mark.parametrize("table", odd(dict), ids=repr)
def test_what_is_no_table_of_items_is_refused(table: Any) -> None:  # noqa: ANN401
    for call in (
        lambda: share_items(table, {"quilt": ASKED}, Equal()),
        lambda: share_items({"quilt": 9}, table, Equal()),
        lambda: share_jointly(table, {"quilt": ASKED}),
        lambda: share_jointly({"quilt": 9}, table),
        lambda: whole_kits(table, {"quilt": 1}),
        lambda: left_of({"quilt": 9}, table),
        lambda: serve(table, [], {}),
    ):
        with pytest.raises(Incomplete, match="no table") as caught:
            call()
        assert "不是按物资列的表" in caught.value.sentence("zh")


def test_items_whose_names_are_no_texts_are_refused() -> None:
    supplies: dict[Any, int] = {5: 9, "quilt": 1}
    with pytest.raises(Incomplete, match="5 is no id"):
        share_items(supplies, {}, Equal())


# Sources and transport


def test_sources_that_are_none_are_refused() -> None:
    for value in odd(str):
        with pytest.raises(Incomplete, match="no id"):
            Source(value, 3)
    for value in odd(list, dict, str, type(None)):
        with pytest.raises(Incomplete, match="recipients of a source"):
            Source("lot 1", 3, recipients=value)
    for value in odd(list, dict, str, bytes):
        with pytest.raises(Incomplete, match="no Source"):
            share_sources(value, ASKED)
        with pytest.raises(Incomplete, match="no Source"):
            serve({"A": 1}, value, {})


def test_a_floor_of_sources_is_a_whole_number_from_0_on() -> None:
    for value in odd(int):
        with pytest.raises(NotExact, match="floor"):
            share_sources([], ASKED, floor=value)
    with pytest.raises(NotPositive, match="floor"):
        share_sources([], ASKED, floor=-1)


def test_transport_out_of_two_sources_of_one_id_is_refused() -> None:
    with pytest.raises(AlreadyKnown):
        serve({"A": 2}, [Source("lot 1", 1), Source("lot 1", 2)], lambda *_: 1)


def test_a_transport_without_costs_boxes_or_solver_is_refused() -> None:
    sources = [Source("lot 1", 5, "north")]
    for value in odd(dict):
        with pytest.raises(ReliefstockError):
            serve({"A": 2}, sources, value)
    for value in [*odd(), 0]:
        with pytest.raises((NotExact, NotPositive)):
            serve({"A": 2}, sources, lambda *_: 1, lot=value)
        with pytest.raises(Incomplete, match="solver"):
            serve({"A": 2}, sources, lambda *_: 1, solver=value)


def test_a_transport_that_states_no_price_of_a_source_is_found() -> None:
    served = serve({"A": 2}, [Source("lot 1", 5, "north")], lambda *_: 1)
    assert "price" in [fault.code for fault in verify_transport(attrs.evolve(served, prices={"lot 1": -1}))]


# Rounds


def test_policies_are_set_by_exact_numbers() -> None:
    for value in odd(int, Fraction):
        with pytest.raises(NotExact):
            Static(value)
        with pytest.raises(NotExact):
            Guardrail(value, Fraction(1))
        with pytest.raises(NotExact):
            Static.begun(value, 20, LATER)
        with pytest.raises(NotExact):
            Expected.seen([value], 3)
        with pytest.raises(NotExact):
            plan_today(9, ASKED, expected=LATER, policy=Hope(), carried=value)


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_what_says_nothing_of_those_to_come_is_refused(value: Any) -> None:  # noqa: ANN401
    calls: list[Callable[[], object]] = [
        lambda: Static.begun(9, 9, value),
        lambda: plan_today(9, ASKED, expected=value, policy=Hope()),
        lambda: plan_today(9, ASKED, expected=LATER, policy=value),
        lambda: plan_today(9, ASKED, expected=LATER, policy=Policy()),
    ]
    for call in calls:
        with pytest.raises(Incomplete) as caught:
            call()
        assert caught.value.sentence("zh").startswith(("预计会来的人", "今日方案"))


# What is checked


def test_a_plan_whose_supply_or_floor_is_no_number_is_found() -> None:
    plan = share(9, ASKED, Equal())
    for value in ODD:
        for name in ("supply", "floor"):
            assert [one.code for one in verify_plan(attrs.evolve(plan, **{name: value}))] == ["whole"]


def test_a_plan_of_sources_with_too_few_rows_or_no_box_is_found() -> None:
    plan = share_sources([Source("lot 1", 5)], ASKED)
    assert [one.code for one in verify_sources(attrs.evolve(plan, limits=[]))] == ["length"]
    for value in [None, 0, -1, "3", 1.5, True]:
        assert [one.code for one in verify_sources(attrs.evolve(plan, lot=value))] == ["lot"]
