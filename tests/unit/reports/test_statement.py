"""The statement as a table."""

from __future__ import annotations

import attrs
import pytest

from reliefstock import Book, Holding, Period
from reliefstock.reconciliation import By, Scope, statement
from reliefstock.reports import draw, statement_table
from unit.reports.books import a_book, an_empty_book

HALF = Period.half_year(2023, 1)


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book()


def test_the_statement_on_paper_in_chinese(book: Book) -> None:
    table = statement_table(statement(book, HALF), book, "zh", compact=True)
    assert (
        draw(table, lang="zh")
        == """\
收支结存表（2023年上半年，按物资）
+--------+--------+----------+---------+----------+--------+--------------+--------+--------+
| 物资   | 口径   |     收到 |    转换 |     库存 |   在途 |   发放及下拨 |   损失 |   差额 |
|--------+--------+----------+---------+----------+--------+--------------+--------+--------|
| 棉被   | 数量   |     10件 |     6件 |     11件 |    2件 |          2件 |    1件 |      0 |
| 棉被   | 金额   | 1,000.00 |  550.00 | 1,058.33 | 200.00 |       200.00 |  91.67 |      0 |
| 饮用水 | 数量   |     54件 |       0 |     29件 |      0 |         24件 |    1件 |      0 |
| 饮用水 | 金额   |   未计价 |       0 |   未计价 |      0 |       未计价 | 未计价 |      0 |
| 资金   | 金额   |   600.00 | -550.00 |    30.00 |      0 |        20.00 |      0 |      0 |
|--------+--------+----------+---------+----------+--------+--------------+--------+--------|
| 合计   | 金额   | 1,600.00 |       0 | 1,088.33 | 200.00 |       220.00 |  91.67 |      0 |
+--------+--------+----------+---------+----------+--------+--------------+--------+--------+
金额单位：人民币元
未说明价值的批次只计数量，不在金额之内
"""
    )


def test_the_statement_on_a_page_in_english(book: Book) -> None:
    quilts = statement(book, HALF, by=By.WAREHOUSE, scope=Scope(items=("quilt",)))
    table = statement_table(quilts, book, "en", measure="quantity", compact=True)
    assert (
        draw(table.without("received", "converted"), "markdown", "en")
        == """\
**Statement of 2023-H1, by Depot**

| Depot      | Item   |   Moved in (net) |   On hand |   In transit |   Given out |    Lost |   Difference |
|:-----------|:-------|-----------------:|----------:|-------------:|------------:|--------:|-------------:|
| Depot      | Quilt  |         -6 piece |   8 piece |            0 |     2 piece |       0 |            0 |
| Branch     | Quilt  |          3 piece |   3 piece |            0 |           0 |       0 |            0 |
| in transit | Quilt  |          3 piece |         0 |      2 piece |           0 | 1 piece |            0 |
| Total      |        |                0 |  11 piece |      2 piece |     2 piece | 1 piece |            0 |

- amounts in CNY
"""
    )


def test_the_statement_for_a_spreadsheet_has_every_column(book: Book) -> None:
    money = statement(book, HALF, scope=Scope(items=("CNY",)))
    table = statement_table(money, book, "en", measure="value")
    assert (
        draw(table, "csv", "en")
        == """\
Item,Opening,Received,Gains,Converted,Moved in (net),On hand,In transit,Given out,Lost,Difference
Money,0,600.00,0,-550.00,0,30.00,0,20.00,0,0
"""
    )


def test_quantities_of_different_items_are_not_added(book: Book) -> None:
    assert statement_table(statement(book, HALF), book, measure="quantity").total is None


def test_months_have_their_names_and_a_total(book: Book) -> None:
    months = statement(book, Period.quarter(2023, 1), by=By.PERIOD, scope=Scope(items=("CNY",)))
    table = statement_table(months, book, "zh").without("measure")
    assert [row[:4] for row in table.rows] == [
        ("2023年2月", "资金", "0", "600.00"),
        ("2023年3月", "资金", "50.00", "0"),
    ]
    assert table.total == ("合计", "", "0", "600.00", "0", "-550.00", "0", "30.00", "0", "20.00", "0", "0")


def test_a_public_statement_does_not_name_who_asked_not_to_be_named(book: Book) -> None:
    by_donor = statement(book, HALF, by=By.DONOR)
    public = {row[0] for row in statement_table(by_donor, book, public=True).rows}
    hidden = "a donor who asked not to be named"
    assert public == {"Company A", hidden, f"{hidden} + Company A"}
    assert {row[0] for row in statement_table(by_donor, book).rows} >= {"Company B"}


def test_what_does_not_add_up_stands_in_the_last_column(book: Book) -> None:
    right = statement(book, HALF, scope=Scope(items=("quilt",)))
    wrong = attrs.evolve(right, rows=(attrs.evolve(right.rows[0], lost=Holding(2, 9_168)),))
    table = statement_table(wrong, book)
    assert [row[-1] for row in table.rows] == ["-1 piece", "-0.01"]


def test_a_statement_of_nothing_is_a_table_without_rows() -> None:
    book = an_empty_book()
    table = statement_table(statement(book, HALF), book, "zh", compact=True)
    assert (table.rows, table.notes_zh) == ((), ("金额单位：人民币元",))
    assert table.total == ("合计", "金额", "0")


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("measure", ["value", "quantity", "both"])
def test_every_grouping_can_be_drawn_and_its_differences_are_nought(book: Book, by: By, measure: str) -> None:
    table = statement_table(statement(book, HALF, by=by), book, "zh", measure=measure)  # pyright: ignore[reportArgumentType]
    assert {row[-1] for row in table.rows} == {"0"}
