"""Minimum and maximum, weight and room, on paper."""

from __future__ import annotations

import attrs
import pytest

from reliefstock import (
    Book,
    ConsignedLine,
    Handout,
    ReceivedLine,
    StockLevel,
    Valuation,
    Vehicle,
)
from reliefstock.errors import Unknown
from reliefstock.reconciliation import depot_load, reorder
from reliefstock.reports import depot_load_table, draw, reorder_table, waybill_load_table
from unit.reports.books import QUILT, WATER, an_empty_book, yuan

ON = "2023-02-20"


@pytest.fixture(scope="module")
def book() -> Book:
    """A depot with quilts that are weighed and water that is not; one van."""
    book = an_empty_book()
    book.amend(attrs.evolve(QUILT, weight=2_150, volume=8_000))
    book.amend(attrs.evolve(book.register.warehouse("depot"), max_weight=5_000_000, max_volume=20_000_000))
    book.add(Vehicle("van", zh="小货车", en="Van", max_weight=100_000))
    book.add(
        StockLevel("depot", "quilt", QUILT.quantity(50), QUILT.quantity(100)),
        StockLevel("depot", "water", WATER.quantity(1, "box"), WATER.quantity(2, "box")),
        StockLevel("branch", "quilt", QUILT.quantity(5), QUILT.quantity(10)),
    )
    worth = Valuation.voucher(yuan("100"), "invoice 17")
    lines = [
        ReceivedLine("quilt", QUILT.quantity(60), valuation=worth),
        ReceivedLine("water", WATER.quantity(3, "box"), valuation=worth),
    ]
    book.receive(donor="A", into="depot", lines=lines, on="2023-01-10", counted_by=("a", "b"))
    book.distribute(
        origin="depot", lines=[Handout("H-1", "quilt", QUILT.quantity(12), "sheet 1")], on="2023-02-05"
    )
    consigned = [ConsignedLine("quilt", QUILT.quantity(6)), ConsignedLine("water", WATER.quantity(1))]
    book.dispatch(origin="depot", to="branch", lines=consigned, on="2023-02-06", vehicle="van")
    book.dispatch(origin="depot", to="county", lines=consigned[:1], on="2023-02-07")
    return book


def test_levels_on_paper_in_chinese(book: Book) -> None:
    table = reorder_table(reorder(book, on=ON), book, "zh")
    assert (
        draw(table.without("date", "demand", "over_days"), lang="zh")
        == """\
库存限额表
+----------+--------+--------+--------+--------+------------+------------+--------+------------+----------+
| 地点     | 物资   |   库存 |   可用 |   在途 |   最低库存 |   最高库存 |   应补 |   可用天数 | 状态     |
|----------+--------+--------+--------+--------+------------+------------+--------+------------+----------|
| 备灾中心 | 棉被   |   36件 |   36件 |      0 |       50件 |      100件 |   64件 |         63 | 低于下限 |
| 备灾中心 | 饮用水 |   71件 |   71件 |      0 |       24件 |       48件 |      0 |       2982 | 高于上限 |
| 二库     | 棉被   |      0 |      0 |    6件 |        5件 |       10件 |      0 |     无出库 | 低于下限 |
+----------+--------+--------+--------+--------+------------+------------+--------+------------+----------+
出库指发放、发运（含发往本会其他仓库）和组包用料，已扣除冲销；损失、隔离、盘亏和变卖不计
"""
    )


def test_levels_on_a_page_in_english(book: Book) -> None:
    table = reorder_table(reorder(book, on=ON), book)
    assert (
        draw(table.without("date", "available", "on_the_road", "minimum", "maximum"), "markdown")
        == """\
**Stock against its minimum and maximum**

| Place   | Item   |   On hand |   To order |   Demand |   Over days |   Days of cover | State             |
|:--------|:-------|----------:|-----------:|---------:|------------:|----------------:|:------------------|
| Depot   | Quilt  |  36 piece |   64 piece | 24 piece |          42 |              63 | below the minimum |
| Depot   | Water  |  71 piece |          0 |  1 piece |          42 |            2982 | above the maximum |
| Branch  | Quilt  |         0 |          0 |        0 |          90 |       no demand | below the minimum |

- demand: given out, dispatched (to own depots too) or put into kits, less reversals; nothing else
"""
    )


def test_the_load_of_a_depot_on_paper_in_both_languages(book: Book) -> None:
    assert (
        draw(depot_load_table(depot_load(book, "depot", ON), book, "zh"), lang="zh")
        == """\
库容表：备灾中心，2023-02-20
+--------+--------+----------------+--------------+
| 物资   |   数量 |   重量（千克） |   体积（升） |
|--------+--------+----------------+--------------|
| 棉被   |   36件 |           77.4 |          288 |
| 饮用水 |   71件 |           未知 |         未知 |
|--------+--------+----------------+--------------|
| 合计   |        |           77.4 |          288 |
+--------+--------+----------------+--------------+
重量未知，未计入合计：饮用水
体积未知，未计入合计：饮用水
限重 5,000 千克
容积 20,000 升
"""
    )
    assert (
        draw(depot_load_table(depot_load(book, "depot", ON), book), "markdown")
        == """\
**Room and weight: Depot, 2023-02-20**

| Item   |   Quantity |   Weight, kg |   Volume, L |
|:-------|-----------:|-------------:|------------:|
| Quilt  |   36 piece |         77.4 |         288 |
| Water  |   71 piece |    not known |   not known |
| Total  |            |         77.4 |         288 |

- weight not known, not in the total: Water
- volume not known, not in the total: Water
- it takes 5,000 kg at most
- it takes 20,000 L at most
"""
    )


def test_the_load_of_a_waybill_on_paper_in_both_languages(book: Book) -> None:
    assert (
        draw(waybill_load_table(book, "WB-000001", "zh"), lang="zh")
        == """\
装载单：WB-000001，小货车
+--------+--------+----------------+--------------+
| 物资   |   数量 |   重量（千克） |   体积（升） |
|--------+--------+----------------+--------------|
| 棉被   |    6件 |           12.9 |           48 |
| 饮用水 |    1件 |           未知 |         未知 |
|--------+--------+----------------+--------------|
| 合计   |        |           12.9 |           48 |
+--------+--------+----------------+--------------+
重量未知，未计入合计：饮用水
体积未知，未计入合计：饮用水
限重 100 千克
"""
    )
    assert (
        draw(waybill_load_table(book, "WB-000001"), "markdown")
        == """\
**Load of WB-000001, Van**

| Item   |   Quantity |   Weight, kg |   Volume, L |
|:-------|-----------:|-------------:|------------:|
| Quilt  |    6 piece |         12.9 |          48 |
| Water  |    1 piece |    not known |   not known |
| Total  |            |         12.9 |          48 |

- weight not known, not in the total: Water
- volume not known, not in the total: Water
- it takes 100 kg at most
"""
    )


def test_the_load_of_a_waybill_without_a_vehicle_is_what_is_known_now(book: Book) -> None:
    assert (
        draw(waybill_load_table(book, "WB-000002", "zh"), lang="zh")
        == """\
装载单：WB-000002，未指定车辆
+--------+--------+----------------+--------------+
| 物资   |   数量 |   重量（千克） |   体积（升） |
|--------+--------+----------------+--------------|
| 棉被   |    6件 |           12.9 |           48 |
|--------+--------+----------------+--------------|
| 合计   |        |           12.9 |           48 |
+--------+--------+----------------+--------------+
"""
    )


def test_what_is_no_waybill_has_no_load(book: Book) -> None:
    with pytest.raises(Unknown):
        waybill_load_table(book, "DL-000001")


def test_where_nothing_of_a_load_was_weighed_the_total_is_not_known(book: Book) -> None:
    line = ConsignedLine("water", WATER.quantity(2))
    sent = book.dispatch(origin="depot", to="branch", lines=[line], on="2023-02-21")
    table = waybill_load_table(book, sent.number)
    assert table.total == ("Total", "", "not known", "not known")
    assert table.notes("zh") == ("重量未知，未计入合计：饮用水", "体积未知，未计入合计：饮用水")
