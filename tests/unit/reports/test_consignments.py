"""Dispatched against received, on paper."""

from __future__ import annotations

import pytest

from reliefstock import Book
from reliefstock.reconciliation import consignments
from reliefstock.reports import consignments_table, draw
from unit.reports.books import a_book

SUMS = (
    "dispatched",
    "received",
    "quarantined",
    "damaged",
    "short",
    "over",
    "diverted",
    "in_transit",
)


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book()


def test_waybills_on_paper_in_chinese(book: Book) -> None:
    table = consignments_table(consignments(book), book, "zh")
    assert (
        draw(
            table.without(
                "dispatched_on", "due", "received_on", "lot", "report", "item", "origin", "difference"
            ),
            lang="zh",
        )
        == """\
在途与到货核对表
+-----------+----------------+--------+--------+------------+--------+--------+--------+--------+--------+
| 货运单    | 收货方         |   发出 |   收到 |   待检隔离 |   损坏 |   短少 |   多到 |   改运 |   在途 |
|-----------+----------------+--------+--------+------------+--------+--------+--------+--------+--------|
| WB-000001 | 二库           |    4件 |    3件 |          0 |      0 |    1件 |      0 |      0 |      0 |
| WB-000002 | 宁陕县红十字会 |    2件 |      0 |          0 |      0 |      0 |      0 |      0 |    2件 |
+-----------+----------------+--------+--------+------------+--------+--------+--------+--------+--------+
"""
    )


def test_waybills_on_a_page_in_english(book: Book) -> None:
    table = consignments_table(consignments(book), book)
    assert (
        draw(
            table.without("lot", "item", "origin", *SUMS),
            "markdown",
        )
        == """\
**Dispatched against received**

| Waybill   | Dispatched on   | To               | Due        | Report    | Received on   |   Difference |
|:----------|:----------------|:-----------------|:-----------|:----------|:--------------|-------------:|
| WB-000001 | 2023-02-10      | Branch           | 2023-02-17 | RR-000001 | 2023-02-12    |            0 |
| WB-000002 | 2023-02-15      | Ningshan Society | 2023-02-22 |           |               |            0 |
"""
    )
