"""The stock position."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock import Book, Item, Money, Quantity
from reliefstock.errors import NotABusinessDate
from reliefstock.reports import draw, in_packs, stock_position, stock_table
from reliefstock.values import PIECE
from unit.reports.books import WATER, a_book, an_empty_book

BOX = WATER.packs[0]
PALLET = BOX.pack("pallet", 40)
PACKED = Item("masks", zh="口罩", en="Masks", packs=(BOX, PALLET, PIECE.pack("half", Fraction(5, 2))))


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book()


def test_the_stock_on_paper_in_chinese(book: Book) -> None:
    assert (
        draw(stock_table(stock_position(book), book, "zh"), lang="zh")
        == """\
库存表
+-----------+----------+--------+--------+--------+-----------+----------------+------------+
| 地点      | 状态     | 物资   |   批次 |   数量 |      合装 |           金额 | 最早到期   |
|-----------+----------+--------+--------+--------+-----------+----------------+------------|
| 备灾中心  | 可用     | 棉被   |      3 |    8件 |           |         783.34 |            |
| 备灾中心  | 可用     | 饮用水 |      1 |   26件 | 1箱 + 2件 | 0（1批未计价） | 2024-01-31 |
| 二库      | 可用     | 棉被   |      1 |    3件 |           |         274.99 |            |
| 备灾中心  | 待检隔离 | 饮用水 |      1 |    3件 |           | 0（1批未计价） | 2024-01-31 |
| 基本账户  | 资金     | 资金   |      1 |  30.00 |           |          30.00 |            |
| WB-000002 | 在途     | 棉被   |      1 |    2件 |           |         200.00 |            |
|-----------+----------+--------+--------+--------+-----------+----------------+------------|
| 合计      |          |        |        |        |           |       1,288.33 |            |
+-----------+----------+--------+--------+--------+-----------+----------------+------------+
金额单位：人民币元
未说明价值的批次只计数量，不在金额之内
"""
    )


def test_the_stock_on_a_screen_in_english(book: Book) -> None:
    early = stock_position(book, "2023-01-12")
    assert (
        draw(stock_table(early, book))
        == """\
Stock position
+---------+------------+--------+--------+------------+-----------------+----------------+----------------+
| Place   | State      | Item   |   Lots |   Quantity |        In packs |          Value | First expiry   |
|---------+------------+--------+--------+------------+-----------------+----------------+----------------|
| Depot   | usable     | Quilt  |      1 |   10 piece |                 |       1,000.00 |                |
| Depot   | usable     | Water  |      1 |   50 piece | 2 box + 2 piece | 0 (1 unvalued) | 2024-01-31     |
| Depot   | quarantine | Water  |      1 |    4 piece |                 | 0 (1 unvalued) | 2024-01-31     |
|---------+------------+--------+--------+------------+-----------------+----------------+----------------|
| Total   |            |        |        |            |                 |       1,000.00 |                |
+---------+------------+--------+--------+------------+-----------------+----------------+----------------+
amounts in CNY
lots whose value is not stated are counted by quantity and are in no amount
"""
    )


def test_a_row_is_one_item_in_one_place(book: Book) -> None:
    row = next(row for row in stock_position(book) if row.item == "water")
    assert (str(row.place), row.lots, row.quantity, row.value, row.unvalued, row.earliest_expiry) == (
        "warehouse:depot",
        1,
        26,
        0,
        1,
        date(2024, 1, 31),
    )
    assert row.stated == (Quantity(1, BOX), Quantity(2, PIECE))


def test_the_stock_can_be_asked_as_it_was_known_then(book: Book) -> None:
    assert [(row.item, row.quantity) for row in stock_position(book, known=1)] == [("quilt", 10)]


def test_a_date_that_is_none_is_refused(book: Book) -> None:
    with pytest.raises(NotABusinessDate):
        stock_position(book, "12 January")


def test_what_is_in_the_rows_is_what_the_book_has_on_hand(book: Book) -> None:
    for item in ("quilt", "water", "CNY"):
        held = [row for row in stock_position(book) if row.item == item and row.place.kind.value != "transit"]
        there = book.on_hand(item)
        assert sum(row.quantity for row in held) == there.quantity
        assert sum(row.value for row in held) == there.value


def test_an_empty_depot_has_no_rows_and_a_total_of_nought() -> None:
    book = an_empty_book()
    table = stock_table(stock_position(book), book, "zh")
    assert (table.rows, table.total) == ((), ("合计", "", "", "", "", "", "0", ""))
    assert table.notes_zh == ("金额单位：人民币元",)


@pytest.mark.parametrize(
    ("count", "stated"),
    [
        (0, "0 piece"),
        (23, "23 piece"),
        (24, "1 box"),
        (960, "1 pallet"),
        (1_010, "1 pallet, 2 box, 2 piece"),
    ],
)
def test_base_units_are_said_in_whole_packs_the_largest_first(count: int, stated: str) -> None:
    assert ", ".join(str(part) for part in in_packs(PACKED, count)) == stated


def test_money_is_in_no_packs() -> None:
    assert in_packs(Item.money("CNY"), 500) == (Money(500, "CNY"),)


@given(st.integers(0, 10**12))
def test_packs_and_rest_are_together_exactly_what_there_is(count: int) -> None:
    parts = in_packs(PACKED, count)
    quantities = [part for part in parts if isinstance(part, Quantity)]
    assert sum((part.ratio_in_root for part in quantities), Fraction(0)) == count
    assert all(part.count for part in quantities) or count == 0
