"""A recall on paper."""

from __future__ import annotations

import pytest

from reliefstock import (
    BillOfMaterials,
    Book,
    Component,
    ConsignedLine,
    Item,
    ReturnedLine,
    SoldLine,
)
from reliefstock.reconciliation import recall_status
from reliefstock.reports import draw, recall_notice_tables, recall_table
from unit.reports.books import QUILT, WATER, yuan
from unit.reports.packed import a_packed_book


@pytest.fixture
def book() -> Book:
    """A box that a household had of the batch came back, another is still with it."""
    book = a_packed_book()
    notice = book.recall(
        batch="W-1", reason="mould", notice="notice 7", ordered_by="director", on="2023-02-01"
    )
    lines = [ReturnedLine(notice.lots[0], WATER.quantity(1, "box"))]
    book.return_(recipient="H-1", into="depot", lines=lines, on="2023-02-02", reason="recalled")
    return book


def test_a_recall_on_paper_in_chinese(book: Book) -> None:
    table = recall_table(recall_status(book, "RCL-000001"), book, "zh").without(
        "contains", "item", "documents"
    )
    assert (
        draw(table, "markdown")
        == """\
**召回情况表：RCL-000001**

| 去向               | 批号   | 批次         |   曾有 |   已退回 |   现有 |          合装 | 状态   |
|:-------------------|:-------|:-------------|-------:|---------:|-------:|--------------:|:-------|
| 家庭：H-1          | W-1    | GRN-000001-1 |   48件 |     24件 |   24件 | 1箱（24件装） | 未收回 |
| 待检隔离：备灾中心 | W-1    | GRN-000001-1 |   24件 |        0 |   24件 | 1箱（24件装） | 已隔离 |

- 原因：mould；依据：notice 7
- 单据：GRN 入库单、DL 发放清单、RN 退回单
"""
    )


def test_a_recall_on_a_page_in_english(book: Book) -> None:
    table = recall_table(recall_status(book, "RCL-000001"), book).without(
        "contains", "packs", "batch", "documents"
    )
    assert (
        draw(table, "markdown")
        == """\
**Recall RCL-000001**

| Where it is       | Item   | Lot          |      Had |   Came back |   Still there | State            |
|:------------------|:-------|:-------------|---------:|------------:|--------------:|:-----------------|
| household: H-1    | Water  | GRN-000001-1 | 48 piece |    24 piece |      24 piece | to be asked back |
| quarantine: Depot | Water  | GRN-000001-1 | 24 piece |           0 |      24 piece | kept apart       |

- reason: mould; notice: notice 7
- documents: GRN Goods received note, DL Distribution list, RN Return note
"""
    )


def test_each_recipient_gets_a_notice_of_what_is_asked_back(book: Book) -> None:
    [notice] = recall_notice_tables(recall_status(book, "RCL-000001"), book, "zh")
    assert (
        draw(notice.without("contains"), "markdown")
        == """\
**召回通知：家庭：H-1**

| 物资   | 批号   | 批次         |   曾有 |   已退回 |   现有 |          合装 | 单据      |
|:-------|:-------|:-------------|-------:|---------:|-------:|--------------:|:----------|
| 饮用水 | W-1    | GRN-000001-1 |   48件 |     24件 |   24件 | 1箱（24件装） | DL-000001 |

- 原因：mould；依据：notice 7
- 单据：GRN 入库单、DL 发放清单
"""
    )
    assert notice.en == "Recall notice: household: H-1"


def test_a_buyer_and_a_society_are_told_and_a_depot_that_waits_for_it_is_not() -> None:
    book = a_packed_book()
    count = WATER.quantity
    sale = {"into": "main", "buyer": "a trader", "reason": "excess", "paper": "contract 5"}
    people = {"requested_by": "a", "approved_by": "b"}
    sold = [SoldLine("GRN-000001-2", count(1), yuan("1.00"))]
    book.sell(warehouse="depot", lines=sold, on="2023-01-25", **sale, **people)
    for to, units in (("branch", 2), ("county", 3)):
        sent = [ConsignedLine("water", count(units), ("GRN-000001-2",))]
        book.dispatch(origin="depot", to=to, lines=sent, on="2023-01-26")
    book.recall(batch="W-2", reason="mould", notice="notice 7", ordered_by="director", on="2023-02-01")
    status = recall_status(book, "RCL-000001")
    assert len(status.still_out) == 4
    notices = recall_notice_tables(status, book)
    assert [(one.zh, one.en, one.rows[0][6]) for one in notices] == [
        ("召回通知：家庭：H-1", "Recall notice: household: H-1", "2 piece"),
        ("召回通知：买方：a trader", "Recall notice: buyer: a trader", "1 piece"),
        ("召回通知：红十字会：宁陕县红十字会", "Recall notice: society: Ningshan Society", "3 piece"),
    ]


def test_who_gave_all_of_it_back_gets_no_notice(book: Book) -> None:
    lines = [ReturnedLine("GRN-000001-1", WATER.quantity(1, "box"))]
    book.return_(recipient="H-1", into="depot", lines=lines, on="2023-02-03", reason="recalled")
    status = recall_status(book, "RCL-000001")
    assert recall_notice_tables(status, book) == ()
    assert recall_table(status, book, "zh").rows[0][-2] == "已了结"


def test_a_recall_that_is_over_says_since_when(book: Book) -> None:
    book.end_recall("RCL-000001", on="2023-03-01", reason="clean", approved_by="director")
    status = recall_status(book, "RCL-000001")
    assert recall_table(status, book).notes("zh")[1] == "召回已于 2023-03-01 结束"
    assert recall_table(status, book).notes("en")[1] == "the recall was over on 2023-03-01"


def test_a_kit_is_told_with_the_lot_and_the_batch_that_it_contains(book: Book) -> None:
    book.add(Item("set", zh="套装", en="Set"))
    book.add(BillOfMaterials(item="set", version="1", components=[Component("quilt", QUILT.quantity(2))]))
    count = book.register.item("set").quantity(2)
    people = {"assembled_by": "a", "checked_by": "b"}
    book.build_kits(kit="set", count=count, warehouse="depot", on="2023-02-03", **people)
    book.recall(
        lots=("GRN-000001-5",), reason="fire", notice="notice 8", ordered_by="director", on="2023-02-04"
    )
    rows = recall_table(recall_status(book, "RCL-000002"), book).rows
    told = {(row[1], row[3]): (row[2], row[4]) for row in rows}
    assert told["Set", "KIT-000001-1"] == ("", "GRN-000001-5")
    assert told["Quilt", "GRN-000001-5"] == ("", "")
