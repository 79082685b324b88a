"""Counts on paper: blind, compared, decided."""

from __future__ import annotations

from datetime import date

import pytest

from reliefstock import Book, CountReport, Valuation
from reliefstock.reconciliation import count_status, open_counts
from reliefstock.reports import (
    blind_sheet,
    blind_sheet_table,
    count_comparison_table,
    count_report_table,
    count_result_table,
    draw,
    open_counts_table,
)
from unit.operations.counts import (
    L,
    M,
    W,
    a_counted_book,
    approved,
    counted,
    issued,
    of,
    planned,
    sheet,
    stocked,
)
from unit.operations.office import WATER, gift, line


@pytest.fixture(scope="module")
def book() -> Book:
    return a_counted_book()


@pytest.fixture(scope="module")
def report(book: Book) -> CountReport:
    (found,) = book.documents_of(CountReport)
    return found


# Blind


def test_a_blind_sheet_knows_labels_and_packs_and_no_quantity() -> None:
    book = stocked()
    planned(book)
    made = blind_sheet(book, "CP-000001")
    assert (made.plan, made.warehouse, made.round, made.on) == ("CP-000001", "depot", 1, date(2023, 2, 1))
    assert [(one.subject.lot, one.batch, one.expiry, one.pack) for one in made.lines] == [
        (M, "B1", date(2024, 6, 30), None),
        (L, "", None, None),
        (W, "", None, WATER.packs[0]),
    ]


def test_a_blind_sheet_to_print() -> None:
    book = stocked()
    planned(book)
    assert (
        draw(blind_sheet_table(blind_sheet(book, "CP-000001"), book, "zh").without("count_plan", "item_id"))
        == f"""\
盘点表：备灾中心，CP-000001，第1轮
+--------+--------+--------------+--------+------------+--------+----------+--------+------------+--------+
| 状态   | 物资   | 批次         | 批号   | 到期日     | 包装   |   整件数 |   零数 | 零数单位   | 备注   |
|--------+--------+--------------+--------+------------+--------+----------+--------+------------+--------|
| 可用   | 棉被   | {M} | B1     | 2024-06-30 |        |          |        | 件         |        |
| 可用   | 棉被   | {L} |        |            |        |          |        | 件         |        |
| 可用   | 饮用水 | {W} |        |            | box    |          |        | 件         |        |
+--------+--------+--------------+--------+------------+--------+----------+--------+------------+--------+
逐行清点，没有的填 0，不得空行；不在表上的物资写在表后
"""
    )


def test_no_figure_of_the_book_is_on_a_blind_sheet_in_any_round() -> None:
    book = stocked()
    planned(book)
    sheet(book, "a", {L: 97})
    sheet(book, "b", {L: 98})
    table = blind_sheet_table(blind_sheet(book, "CP-000001"), book)
    assert table.en == "Count sheet: 备灾中心, CP-000001, round 2"
    assert [row[4] for row in table.rows] == [L]
    text = draw(table)
    assert not any(figure in text for figure in ("100", "97", "98"))


def test_nothing_is_left_to_count_once_all_is_settled(book: Book) -> None:
    assert blind_sheet(book, "CP-000001").lines == ()


# Compared


def test_what_each_counter_found_stands_beside_the_book(book: Book) -> None:
    table = count_comparison_table(count_status(book, "CP-000001"), book, "zh")
    assert (
        draw(table.without("item", "state", "date", "sheet"))
        == f"""\
盘点比对表：备灾中心，CP-000001
+-------------------------+--------+----------+-------------+--------+--------+--------+--------+
| 批次                    | 轮次   | 盘点人   |    清点记录 |   实盘 |   账面 |   差额 | 结果   |
|-------------------------+--------+----------+-------------+--------+--------+--------+--------|
| {M}            | 1      | a        |        52件 |   52件 |   50件 |    2件 | 一致   |
| {M}            | 1      | b        |        52件 |   52件 |   50件 |    2件 | 一致   |
| {L}            | 1      | a        |        97件 |   97件 |  100件 |   -3件 | 一致   |
| {L}            | 1      | b        |        98件 |   98件 |  100件 |   -2件 |        |
| {L}            | 2      | c        |        97件 |   97件 |  100件 |   -3件 | 一致   |
| {W}            | 1      | a        | 9 box + 5件 |  221件 |  240件 |  -19件 | 一致   |
| {W}            | 1      | b        | 9 box + 5件 |  221件 |  240件 |  -19件 | 一致   |
| 未列批次、X、2024-01-31 | 1      | a        |        3.00 |   3.00 |      0 |   3.00 | 一致   |
| 未列批次、X、2024-01-31 | 1      | b        |        3.00 |   3.00 |      0 |   3.00 | 一致   |
+-------------------------+--------+----------+-------------+--------+--------+--------+--------+
"""
    )


def test_what_is_not_counted_or_does_not_agree_says_so() -> None:
    book = stocked()
    planned(book)
    results = count_comparison_table(count_status(book, "CP-000001"), book).rows
    assert [row[-1] for row in results] == ["not counted yet"] * 3
    sheet(book, "a", {L: 97})
    sheet(book, "b", {L: 98})
    results = count_comparison_table(count_status(book, "CP-000001"), book).rows
    assert [row[-1] for row in results] == [
        "agreed",
        "agreed",
        "count again",
        "count again",
        "agreed",
        "agreed",
    ]


# Decided


def test_a_report_has_each_difference_in_quantity_and_in_value(book: Book, report: CountReport) -> None:
    assert (
        draw(count_report_table(report, book, "zh").without("state", "stated", "explanation"))
        == f"""\
盘点报告：备灾中心，CR-000001
+--------+-------------------------+--------+--------------+--------+--------+--------+-------------+
| 物资   | 批次                    |   实盘 |   盘点时账面 |   账面 |   差额 |   金额 | 转入        |
|--------+-------------------------+--------+--------------+--------+--------+--------+-------------|
| 棉被   | {M}            |   52件 |         50件 |   50件 |    2件 |  20.00 |             |
| 棉被   | {L}            |   97件 |        100件 |  100件 |   -3件 |  -3.00 |             |
| 饮用水 | {W}            |  221件 |        240件 |  240件 |  -19件 |  -1.90 |             |
| 药品   | 未列批次、X、2024-01-31 |   3.00 |            0 |      0 |   3.00 |   3.00 | CR-000001-1 |
|--------+-------------------------+--------+--------------+--------+--------+--------+-------------|
| 合计   |                         |        |              |        |        |  18.10 |             |
+--------+-------------------------+--------+--------------+--------+--------+--------+-------------+
金额单位：人民币元
盘点人：a、b、c；批准人：director、auditor
"""
    )


def test_the_result_of_a_count_is_net_of_what_is_made_good(book: Book, report: CountReport) -> None:
    assert (
        draw(count_result_table(report, book))
        == """\
Result of the count: 备灾中心, CR-000001
+----------------+------------+---------+
| Result         | Evidence   |   Value |
|----------------+------------+---------|
| gains          |            |   23.00 |
| losses         |            |    4.90 |
| less insurance | claim 4    |    1.00 |
|----------------+------------+---------|
| net loss       |            |    3.90 |
+----------------+------------+---------+
amounts in CNY
what is made good is received as money when it comes
"""
    )


def test_a_report_names_late_entries_and_lots_without_a_value() -> None:
    book = stocked()
    (lot,) = gift(book, line(10, valuation=Valuation.memorandum())).lots
    planned(book, lots=[L, lot])
    for counter in ("a", "b"):
        sheet(book, counter, lines=[of(L, 98), of(lot, 9)])
    issued(book, L, 2, on="2023-01-20")
    made = approved(book, late=[4])
    assert count_report_table(made, book).notes() == (
        "amounts in CNY",
        "lots whose value is not stated are counted by quantity and are in no amount",
        "counted by a, b; approved by director, auditor",
        "entries that came late and are taken into account: 4",
    )


def test_a_count_without_a_loss_has_nothing_made_good() -> None:
    book = stocked()
    counted(book)
    table = count_result_table(approved(book), book, "zh")
    assert (table.rows, table.total, table.notes("zh")) == (
        (("盘盈", "", "0"), ("盘亏", "", "0")),
        ("盘亏净额", "", "0"),
        ("金额单位：人民币元",),
    )


# Open


def test_open_counts_say_how_much_is_left() -> None:
    book = stocked()
    planned(book)
    sheet(book, "a", {L: 97})
    sheet(book, "b", {L: 98})
    assert (
        draw(open_counts_table(open_counts(book), book, "zh"))
        == """\
未结盘点
+------------+------------+----------+----------+--------+--------+
| 盘点计划   | 日期       | 地点     | 盘点人   |   轮次 |   待盘 |
|------------+------------+----------+----------+--------+--------|
| CP-000001  | 2023-02-01 | 备灾中心 | a、b、c  |      2 |      1 |
+------------+------------+----------+----------+--------+--------+
单据：CP 盘点计划
"""
    )
