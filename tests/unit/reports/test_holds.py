"""Promises on paper."""

from __future__ import annotations

import pytest

from reliefstock import (
    AllocationLine,
    Book,
    ConsignedLine,
    Handout,
    LossReason,
    ReceivedLine,
    Valuation,
    WrittenOffLine,
)
from reliefstock.errors import Unknown
from reliefstock.reconciliation import allocations, holds_of, promises_at_risk
from reliefstock.reports import (
    allocation_table,
    allocations_table,
    availability_table,
    draw,
    holds_table,
    promises_table,
)
from reliefstock.values import Quantity
from unit.reports.books import QUILT, WATER, an_empty_book, yuan

ON = "2023-02-20"


def received(book: Book, item: str, quantity: Quantity) -> None:
    worth = Valuation.voucher(yuan("100"), "invoice 17")
    line = ReceivedLine(item, quantity, valuation=worth)
    book.receive(donor="A", into="depot", lines=[line], on="2023-01-10", counted_by=("a", "b"))


@pytest.fixture(scope="module")
def book() -> Book:
    """Twenty quilts and two boxes of water: promised to a household and a society, given, lost."""
    book = an_empty_book()
    received(book, "quilt", QUILT.quantity(20))
    received(book, "water", WATER.quantity(2, "box"))
    book.allocate(
        warehouse="depot",
        lines=[
            AllocationLine("H-1", "quilt", QUILT.quantity(8)),
            AllocationLine("county", "quilt", QUILT.quantity(10)),
            AllocationLine("S-1", "water", WATER.quantity(30)),
        ],
        on="2023-02-01",
        until="2023-03-01",
        programme="winter",
        source_document="plan 1",
        approved_by="director",
    )
    book.distribute(
        origin="depot",
        lines=[Handout("H-1", "quilt", QUILT.quantity(3), "sheet 1", hold="AL-000001-1")],
        on="2023-02-05",
        programme="winter",
    )
    book.dispatch(
        origin="depot",
        to="county",
        lines=[ConsignedLine("quilt", QUILT.quantity(6), hold="AL-000001-2")],
        on="2023-02-06",
        programme="winter",
    )
    book.release_hold(
        "AL-000001-3",
        quantity=WATER.quantity(1, "box"),
        on="2023-02-07",
        reason="enough",
        released_by="clerk",
    )
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine("GRN-000001-1", QUILT.quantity(4))],
        on="2023-02-10",
        reason=LossReason.STOLEN,
        explanation="a broken lock",
        reported_by="keeper",
        approved_by="director",
    )
    return book


def test_holds_on_paper_in_chinese(book: Book) -> None:
    table = holds_table(holds_of(book, on=ON), book, ON, "zh")
    assert (
        draw(table.without("programme", "warehouse", "held_until", "lots"), lang="zh")
        == """\
预留情况表（2023-02-20）
+-------------+----------------+--------+----------+----------+----------+------------+----------+
| 预留        | 接收方         | 物资   |   预留数 |   已发放 |   已解除 |   到期未用 |   仍预留 |
|-------------+----------------+--------+----------+----------+----------+------------+----------|
| AL-000001-1 | H-1            | 棉被   |      8件 |      3件 |        0 |          0 |      5件 |
| AL-000001-2 | 宁陕县红十字会 | 棉被   |     10件 |      6件 |        0 |          0 |      4件 |
| AL-000001-3 | 吕河小学       | 饮用水 |     30件 |        0 |     24件 |          0 |      6件 |
+-------------+----------------+--------+----------+----------+----------+------------+----------+
"""
    )


def test_holds_on_a_page_in_english(book: Book) -> None:
    table = holds_table(holds_of(book, on="2023-03-02"), book, "2023-03-02")
    assert (
        draw(table.without("lots", "item", "fulfilled", "released"), "markdown")
        == """\
**Holds, 2023-03-02**

| Hold        | Recipient        | Programme   | Place   | Held until   |     Held |   Lapsed |   Still held |
|:------------|:-----------------|:------------|:--------|:-------------|---------:|---------:|-------------:|
| AL-000001-1 | H-1              | winter      | Depot   | 2023-03-01   |  8 piece |  5 piece |            0 |
| AL-000001-2 | Ningshan Society | winter      | Depot   | 2023-03-01   | 10 piece |  4 piece |            0 |
| AL-000001-3 | Lvhe School      | winter      | Depot   | 2023-03-01   | 30 piece |  6 piece |            0 |
"""
    )


def test_allocations_on_paper_in_chinese(book: Book) -> None:
    table = allocations_table(allocations(book, on=ON), book, ON, "zh")
    assert (
        draw(table.without("item", "lost", "elsewhere", "lapsed"), lang="zh")
        == """\
分配与交付核对表（2023-02-20）
+-------------+----------------+--------+----------+--------+----------+----------+--------+-----------+
| 预留        | 接收方         |   计划 |   已交付 |   在途 |   已解除 |   仍预留 |   差额 | 单据      |
|-------------+----------------+--------+----------+--------+----------+----------+--------+-----------|
| AL-000001-1 | H-1            |    8件 |      3件 |      0 |        0 |      5件 |      0 | DL-000001 |
| AL-000001-2 | 宁陕县红十字会 |   10件 |        0 |    6件 |        0 |      4件 |      0 | WB-000001 |
| AL-000001-3 | 吕河小学       |   30件 |        0 |      0 |     24件 |      6件 |      0 | HR-000001 |
+-------------+----------------+--------+----------+--------+----------+----------+--------+-----------+
"""
    )


def test_allocations_on_a_page_in_english(book: Book) -> None:
    table = allocations_table(allocations(book, on=ON), book, ON)
    assert (
        draw(table.without("hold", "item", "documents", "difference", "released", "lapsed"), "markdown")
        == """\
**Promised against given, 2023-02-20**

| Recipient        |   Planned |   Delivered |   In transit |   Lost |   Elsewhere |   Still held |
|:-----------------|----------:|------------:|-------------:|-------:|------------:|-------------:|
| H-1              |   8 piece |     3 piece |            0 |      0 |           0 |      5 piece |
| Ningshan Society |  10 piece |           0 |      6 piece |      0 |           0 |      4 piece |
| Lvhe School      |  30 piece |           0 |            0 |      0 |           0 |      6 piece |
"""
    )


def test_promises_at_risk_on_paper_in_both_languages(book: Book) -> None:
    rows = promises_at_risk(book, ON)
    assert (
        draw(promises_table(rows, book, ON, "zh").without("warehouse", "item", "lot"), lang="zh")
        == """\
无法兑现的预留（2023-02-20）
+-------------+----------------+------------+----------+------------+--------+------------+--------------+
| 预留        | 接收方         | 预留至     |   仍预留 |   无法兑现 | 原因   |   待检隔离 |   可另行分配 |
|-------------+----------------+------------+----------+------------+--------+------------+--------------|
| AL-000001-2 | 宁陕县红十字会 | 2023-03-01 |      4件 |        2件 | 已不够 |          0 |            0 |
+-------------+----------------+------------+----------+------------+--------+------------+--------------+
"""
    )
    assert (
        draw(promises_table(rows, book, ON), "csv")
        == """\
Hold,Recipient,Held until,Place,Item,Lot,Still held,Cannot be given,Because,Quarantined,Free instead
AL-000001-2,Ningshan Society,2023-03-01,Depot,Quilt,GRN-000001-1,4 piece,2 piece,not there any more,0,0
"""
    )


def test_an_allocation_on_paper_in_both_languages(book: Book) -> None:
    assert (
        draw(allocation_table(book, "AL-000001", "zh"), lang="zh")
        == """\
分配单 AL-000001：备灾中心，2023-02-01 至 2023-03-01
+-------------+----------------+--------+--------------+--------+-----------+
| 预留        | 接收方         | 物资   | 批次         |   数量 |      合装 |
|-------------+----------------+--------+--------------+--------+-----------|
| AL-000001-1 | H-1            | 棉被   | GRN-000001-1 |    8件 |           |
| AL-000001-2 | 宁陕县红十字会 | 棉被   | GRN-000001-1 |   10件 |           |
| AL-000001-3 | 吕河小学       | 饮用水 | GRN-000002-1 |   30件 | 1箱 + 6件 |
+-------------+----------------+--------+--------------+--------+-----------+
"""
    )
    assert (
        draw(allocation_table(book, "AL-000001"), "csv")
        == """\
Hold,Recipient,Item,Lot,Quantity,In packs
AL-000001-1,H-1,Quilt,GRN-000001-1,8 piece,
AL-000001-2,Ningshan Society,Quilt,GRN-000001-1,10 piece,
AL-000001-3,Lvhe School,Water,GRN-000002-1,30 piece,1 box + 6 piece
"""
    )


def test_an_allocation_of_what_came_in_no_packs_has_no_column_for_them() -> None:
    book = an_empty_book()
    received(book, "quilt", QUILT.quantity(20))
    book.allocate(
        warehouse="depot",
        lines=[AllocationLine("H-1", "quilt", QUILT.quantity(8))],
        on="2023-02-01",
        until="2023-03-01",
        source_document="plan 1",
        approved_by="director",
    )
    keys = [column.key for column in allocation_table(book, "AL-000001").columns]
    assert keys == ["hold", "recipient", "item", "lot", "quantity"]


def test_what_is_no_allocation_has_no_such_paper(book: Book) -> None:
    with pytest.raises(Unknown, match="the book knows no allocation 'GRN-000001'"):
        allocation_table(book, "GRN-000001")


def test_what_is_available_on_paper(book: Book) -> None:
    rows = (
        book.available("quilt", "depot", on=ON),
        book.available("water", on=ON, recipient="S-1", programme="winter"),
    )
    assert (
        draw(availability_table(rows, book, "zh"), "csv", lang="zh")
        == """\
日期,地点,物资,接收方,活动,库存,待检隔离,不可用,限作他用,为他人预留,为其预留,另日出入,可用
2023-02-20,备灾中心,棉被,,,7件,0,0,0,7件,0,0,0
2023-02-20,合计,饮用水,吕河小学,winter,48件,0,0,0,0,6件,0,42件
"""
    )
    assert (
        draw(availability_table(rows, book).without("held_for_others", "kept", "moving"), "csv")
        == """\
Date,Place,Item,Recipient,Programme,On hand,Quarantined,Unusable,For other uses,Available
2023-02-20,Depot,Quilt,,,7 piece,0,0,0,0
2023-02-20,Total,Water,Lvhe School,winter,48 piece,0,0,0,42 piece
"""
    )
