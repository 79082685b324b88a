"""Goods that grow old, as tables."""

from __future__ import annotations

import pytest

from reliefstock import Book, Policy
from reliefstock.errors import NotABusinessDate
from reliefstock.reconciliation import dead_stock, expiring, slow_stock
from reliefstock.reports import dead_stock_table, draw, expiring_table, slow_stock_table
from unit.reports.books import a_book
from unit.reports.packed import a_packed_book


@pytest.fixture
def book() -> Book:
    return a_packed_book()


def test_what_expires_on_paper_in_chinese() -> None:
    book = a_book()
    rows = expiring(book, 40, on="2024-01-01")
    assert (
        draw(expiring_table(rows, book, "zh", on="2024-01-01"), "markdown")
        == """\
**临期物资表（2024-01-01）**

| 地点     | 物资   | 批次         | 批号   | 到期日     |   剩余天数 |   数量 |   合装 |   金额 |
|:---------|:-------|:-------------|:-------|:-----------|-----------:|-------:|-------:|-------:|
| 备灾中心 | 饮用水 | GRN-000002-1 |        | 2024-01-31 |         30 |   26件 |        | 未计价 |
| 合计     |        |              |        |            |            |        |        |      0 |

- 金额单位：人民币元
- 到期当日仍可使用
- 未说明价值的批次只计数量，不在金额之内
"""
    )


def test_what_has_expired_is_said_to_have_and_boxes_are_told() -> None:
    book = a_packed_book()
    book.reverse("DL-000001", on="2023-01-21", reason="a mistake", approved_by="b")
    rows = expiring(book, 0, on="2023-08-02")
    table = expiring_table(rows, book, on="2023-08-02")
    assert table.rows == (
        (
            "Depot",
            "Water",
            "GRN-000001-1",
            "W-1",
            "2023-08-01",
            "expired",
            "48 piece",
            "2 box (of 24 piece)",
            "48.00",
        ),
    )
    assert table.total == ("Total", "", "", "", "", "", "", "", "48.00")


@pytest.mark.parametrize(("usable", "zh"), [(True, "到期当日仍可使用"), (False, "到期当日不可使用")])
def test_the_policy_on_the_day_of_expiry_is_said_in_a_note(usable: bool, zh: str) -> None:
    book = Book("Ankang", currency="CNY", policy=Policy(expiry_day_usable=usable))
    assert expiring_table((), book, on="2023-08-02").notes("zh") == ("金额单位：人民币元", zh)


def test_dead_stock_on_paper_in_chinese(book: Book) -> None:
    rows = dead_stock(book, 30, on="2023-07-01")
    assert (
        draw(dead_stock_table(rows, book, "zh", on="2023-07-01"), "markdown")
        == """\
**呆滞物资表（2023-07-01）**

| 地点     | 物资   | 在库自     | 最近出库   |   未动天数 |        数量 |   金额 |
|:---------|:-------|:-----------|:-----------|-----------:|------------:|-------:|
| 备灾中心 | 饮用水 | 2023-01-10 | 2023-01-20 |        162 |       108件 |  94.40 |
| 备灾中心 | 面粉   | 2023-01-10 | 2023-01-20 |        162 | 4,237,500克 |  47.86 |
| 备灾中心 | 棉被   | 2023-01-10 | 2023-01-20 |        162 |         4件 |  38.40 |
| 合计     |        |            |            |            |             | 180.66 |

- 金额单位：人民币元
- 出库指发放、发运（含发往本会其他仓库）和组包用料，已扣除冲销；损失、隔离、盘亏和变卖不计
"""
    )


def test_slow_stock_on_a_page_in_english(book: Book) -> None:
    rows = slow_stock(book, 30, 100, on="2023-01-29")
    assert (
        draw(slow_stock_table(rows, book, on="2023-01-29"), "markdown")
        == """\
**Slow stock, 2023-01-29**

| Place   | Item   |    Quantity |   Demand |   Over days |   Days of cover |   Value |
|:--------|:-------|------------:|---------:|------------:|----------------:|--------:|
| Depot   | Water  |   108 piece | 50 piece |          20 |              43 |   94.40 |
| Depot   | Flour  | 4,237,500 g | 12,500 g |          20 |           6,780 |   47.86 |
| Depot   | Quilt  |     4 piece |  1 piece |          20 |              80 |   38.40 |
| Total   |        |             |          |             |                 |  180.66 |

- amounts in CNY
- demand: given out, dispatched (to own depots too) or put into kits, less reversals; nothing else
"""
    )


def test_stock_that_nothing_leaves_has_no_days_of_cover(book: Book) -> None:
    rows = slow_stock(book, 30, 5, on="2023-02-28")
    assert {row[5] for row in slow_stock_table(rows, book, "zh", on="2023-02-28").rows} == {"无出库"}


def test_what_nobody_ever_asked_for_is_said_so(book: Book) -> None:
    book.reverse("DL-000001", on="2023-01-21", reason="a mistake", approved_by="b")
    table = dead_stock_table(dead_stock(book, 1, on="2023-01-22"), book, "zh", on="2023-01-22")
    assert {row[3] for row in table.rows} == {"从未出库"}


def test_a_table_is_of_a_day(book: Book) -> None:
    with pytest.raises(NotABusinessDate):
        expiring_table((), book, on="soon")
