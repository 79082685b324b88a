"""What is late, what is lost and what the sender is told, on paper."""

from __future__ import annotations

import pytest

from reliefstock import ArrivedLine, Book, ConsignedLine, DivertedLine, SignedLine, Stage
from reliefstock.reconciliation import open_losses, overdue, sender_notice
from reliefstock.reports import draw, open_losses_table, overdue_table, sender_notice_table
from unit.reports.books import QUILT, WATER, a_book

DAY = "2023-05-01"


@pytest.fixture(scope="module")
def book() -> Book:
    """A lorry of quilts and water: part came, part went back, one of two lost quilts is signed for.

    Another lorry is on the road since 15 February.
    """
    book = a_book()
    book.dispatch(
        origin="depot",
        to="branch",
        on="2023-04-01",
        carrier="lorry 1",
        lines=[consigned("GRN-000001-1", 5), consigned("GRN-000002-1", 10)],
    )
    part = [
        ArrivedLine("GRN-000001-1", QUILT.quantity(2)),
        ArrivedLine(
            "GRN-000002-1",
            WATER.quantity(6),
            damaged=WATER.quantity(1),
            quarantined=WATER.quantity(1),
            damage_stage=Stage.RECEIVER,
        ),
    ]
    book.arrive("WB-000003", on="2023-04-03", received_by="c", lines=part, partial=True)
    book.divert(
        "WB-000003",
        to="depot",
        on="2023-04-04",
        reason="too much",
        approved_by="d",
        due="2023-04-05",
        lines=[DivertedLine("GRN-000002-1")],
    )
    rest = [ArrivedLine("GRN-000001-1", QUILT.quantity(1), stage=Stage.CARRIER, noted_on_waybill=True)]
    book.arrive("WB-000003", on="2023-04-06", received_by="c", lines=rest)
    book.sign_off(
        "RR-000003",
        on="2023-04-20",
        stage="carrier",
        signed_by="driver",
        approved_by="d",
        paper="waybill",
        lines=[SignedLine("GRN-000001-1", short=QUILT.quantity(1))],
    )
    return book


def consigned(lot: str, units: int) -> ConsignedLine:
    item = QUILT if lot == "GRN-000001-1" else WATER
    return ConsignedLine(item.id, item.quantity(units), (lot,))


def test_what_is_overdue_on_paper_in_chinese(book: Book) -> None:
    table = overdue_table(overdue(book, DAY), book, DAY, "zh")
    assert (
        draw(table.without("lot", "dispatched_on", "origin"), lang="zh")
        == """\
逾期在途表（2023-05-01）
+-----------+----------------+------------+--------+----------+--------+--------+--------+
| 货运单    | 收货方         | 应到日期   |   天数 | 承运方   | 物资   |   数量 |   金额 |
|-----------+----------------+------------+--------+----------+--------+--------+--------|
| WB-000002 | 宁陕县红十字会 | 2023-02-22 |     68 |          | 棉被   |    2件 | 200.00 |
| WB-000004 | 备灾中心       | 2023-04-05 |     26 | lorry 1  | 饮用水 |    2件 | 未计价 |
|-----------+----------------+------------+--------+----------+--------+--------+--------|
| 合计      |                |            |        |          |        |        | 200.00 |
+-----------+----------------+------------+--------+----------+--------+--------+--------+
金额单位：人民币元
未说明价值的批次只计数量，不在金额之内
"""
    )


def test_what_is_overdue_on_a_page_in_english(book: Book) -> None:
    table = overdue_table(overdue(book, DAY), book, DAY)
    assert (
        draw(table.without("to", "item", "dispatched_on"), "markdown")
        == """\
**Overdue consignments, 2023-05-01**

| Waybill   | From   | Due        |   Days | Carrier   | Lot          |   Quantity |      Value |
|:----------|:-------|:-----------|-------:|:----------|:-------------|-----------:|-----------:|
| WB-000002 | Depot  | 2023-02-22 |     68 |           | GRN-000001-1 |    2 piece |     200.00 |
| WB-000004 | Depot  | 2023-04-05 |     26 | lorry 1   | GRN-000002-1 |    2 piece | not valued |
| Total     |        |            |        |           |              |            |     200.00 |

- amounts in CNY
- lots whose value is not stated are counted by quantity and are in no amount
"""
    )


def test_losses_that_nobody_has_signed_for_on_paper_in_chinese(book: Book) -> None:
    table = open_losses_table(open_losses(book, DAY), book, DAY, "zh")
    assert (
        draw(table.without("lot"), lang="zh")
        == """\
在途损失待签认表（2023-05-01）
+----------+-----------+-----------+--------+--------+--------+--------+--------+----------------+
| 责任方   | 验收单    | 货运单    | 物资   | 类型   |   数量 |   金额 |   天数 | 货运单已注明   |
|----------+-----------+-----------+--------+--------+--------+--------+--------+----------------|
| 承运方   | RR-000001 | WB-000001 | 棉被   | 短少   |    1件 |  91.67 |     78 | 否             |
| 承运方   | RR-000003 | WB-000003 | 棉被   | 短少   |    1件 | 100.00 |     25 | 是             |
| 收货方   | RR-000002 | WB-000003 | 饮用水 | 损坏   |    1件 | 未计价 |     28 | 否             |
|----------+-----------+-----------+--------+--------+--------+--------+--------+----------------|
| 合计     |           |           |        |        |        | 191.67 |        |                |
+----------+-----------+-----------+--------+--------+--------+--------+--------+----------------+
金额单位：人民币元
未说明价值的批次只计数量，不在金额之内
"""
    )


def test_losses_that_nobody_has_signed_for_on_a_page_in_english(book: Book) -> None:
    table = open_losses_table(open_losses(book, DAY), book, DAY)
    assert (
        draw(table.without("waybill", "item"), "markdown")
        == """\
**Losses on the road not signed for, 2023-05-01**

| Custody   | Report    | Lot          | Kind    |   Quantity |      Value |   Days | Noted on waybill   |
|:----------|:----------|:-------------|:--------|-----------:|-----------:|-------:|:-------------------|
| carrier   | RR-000001 | PUR-000001-1 | short   |    1 piece |      91.67 |     78 | no                 |
| carrier   | RR-000003 | GRN-000001-1 | short   |    1 piece |     100.00 |     25 | yes                |
| receiver  | RR-000002 | GRN-000002-1 | damaged |    1 piece | not valued |     28 | no                 |
| Total     |           |              |         |            |     191.67 |        |                    |

- amounts in CNY
- lots whose value is not stated are counted by quantity and are in no amount
"""
    )


def test_what_the_sender_is_told_of_what_came(book: Book) -> None:
    table = sender_notice_table(sender_notice(book, "WB-000003"), book, "zh")
    assert table.title("zh") == "到货情况告知单：WB-000003"
    assert [column.head("zh") for column in table.columns[5:-1]] == [
        "发出",
        "收到",
        "待检隔离",
        "损坏",
        "短少",
        "多到",
        "改运",
        "在途",
    ]
    assert [cells[:5] for cells in table.rows] == [
        ("WB-000003", "二库", "RR-000002、RR-000003", "GRN-000001-1", "棉被"),
        ("WB-000003", "二库", "RR-000002、RR-000003", "GRN-000002-1", "饮用水"),
        ("WB-000004", "备灾中心", "", "GRN-000002-1", "饮用水"),
    ]
    assert [cells[5:-1] for cells in table.rows] == [
        ("5件", "3件", "0", "0", "2件", "0", "0", "0"),
        ("10件", "6件", "1件", "1件", "0", "0", "2件", "0"),
        ("2件", "0", "0", "0", "0", "0", "0", "2件"),
    ]


def test_what_the_sender_is_told_of_each_difference_in_chinese(book: Book) -> None:
    table = sender_notice_table(sender_notice(book, "WB-000003"), book, "zh")
    assert [cells[-1] for cells in table.rows] == [
        "短少1件（承运方，未签认）、短少1件（承运方，LSO-000001 签认）",
        "损坏1件（收货方，未签认）",
        "",
    ]
    assert table.notes("zh") == (
        "WB-000003：备灾中心 发往 二库，2023-04-01 发出，应于 2023-04-08 到达，承运：lorry 1",
        (
            "WB-000004：备灾中心 发往 备灾中心，2023-04-04 发出，应于 2023-04-05 到达，承运：lorry 1"
            "（改运自 WB-000003）"
        ),
        "单据：GRN 入库单、WB 货运单、RR 到货验收单、LSO 损失确认单",
    )


def test_what_the_sender_is_told_of_each_difference_in_english(book: Book) -> None:
    table = sender_notice_table(sender_notice(book, "WB-000003"), book)
    assert [cells[-1] for cells in table.rows] == [
        "1 piece short (carrier, not signed for), 1 piece short (carrier, signed off by LSO-000001)",
        "1 piece damaged (receiver, not signed for)",
        "",
    ]
    assert table.notes() == (
        "WB-000003: from Depot to Branch, dispatched on 2023-04-01, due on 2023-04-08, carrier: lorry 1",
        (
            "WB-000004: from Depot to Depot, dispatched on 2023-04-04, due on 2023-04-05, carrier: lorry 1 "
            "(diverted from WB-000003)"
        ),
        "documents: GRN Goods received note, WB Waybill, RR Receiving report, LSO Loss sign-off",
    )


def test_a_carrier_that_nobody_named_is_not_stated() -> None:
    book = a_book()
    table = sender_notice_table(sender_notice(book, "WB-000002"), book)
    assert table.notes()[0].endswith("carrier: not stated")
    assert [cells[-1] for cells in table.rows] == [""]


def test_where_nothing_is_late_or_lost_the_tables_are_empty(book: Book) -> None:
    early = "2023-02-01"
    late, lost = overdue(book, early), open_losses(book, early)
    assert overdue_table(late, book, early).rows == open_losses_table(lost, book, early).rows == ()
