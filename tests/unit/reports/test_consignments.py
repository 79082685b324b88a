"""Dispatched against received, on paper."""

from __future__ import annotations

import pytest

from reliefstock import Book
from reliefstock.reconciliation import consignments
from reliefstock.reports import consignments_table, draw
from unit.reports.books import a_book

SUMS = ("dispatched", "received", "damaged", "short", "over", "in_transit")


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book()


def test_waybills_on_paper_in_chinese(book: Book) -> None:
    table = consignments_table(consignments(book), book, "zh")
    assert (
        draw(table.without("dispatched_on", "received_on", "lot", "report", "item"), lang="zh")
        == """\
在途与到货核对表
+-----------+------------+----------------+--------+--------+--------+--------+--------+--------+--------+
| 货运单    | 发货仓库   | 收货方         |   发出 |   收到 |   损坏 |   短少 |   多到 |   在途 |   差额 |
|-----------+------------+----------------+--------+--------+--------+--------+--------+--------+--------|
| WB-000001 | 备灾中心   | 二库           |    4件 |    3件 |      0 |    1件 |      0 |      0 |      0 |
| WB-000002 | 备灾中心   | 宁陕县红十字会 |    2件 |      0 |      0 |      0 |      0 |    2件 |      0 |
+-----------+------------+----------------+--------+--------+--------+--------+--------+--------+--------+
"""
    )


def test_waybills_on_a_page_in_english(book: Book) -> None:
    table = consignments_table(consignments(book), book)
    assert (
        draw(
            table.without("lot", "item", "dispatched", "received", "damaged", "short", "over", "in_transit"),
            "markdown",
        )
        == """\
**Dispatched against received**

| Waybill   | Dispatched on   | From   | To               | Report    | Received on   |   Difference |
|:----------|:----------------|:-------|:-----------------|:----------|:--------------|-------------:|
| WB-000001 | 2023-02-10      | Depot  | Branch           | RR-000001 | 2023-02-12    |            0 |
| WB-000002 | 2023-02-15      | Depot  | Ningshan Society |           |               |            0 |
"""
    )
