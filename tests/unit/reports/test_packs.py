"""Boxes and bags stand beside what the ledger counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from reliefstock import Book, Handout, Item, Period, Quantity, Unit
from reliefstock.errors import Unknown
from reliefstock.reports import (
    Naming,
    Table,
    distribution_register,
    document_lines,
    document_table,
    draw,
    in_packs,
    lots_in_packs,
    register_table,
    stock_card,
    stock_card_table,
    stock_position,
    stock_table,
    together,
)
from reliefstock.values import PIECE
from unit.ledger.house import lot
from unit.reports.books import WATER, a_book
from unit.reports.packed import SMALL_BOX, a_packed_book

if TYPE_CHECKING:
    from reliefstock.ledger import Lot

BOX = WATER.packs[0]
CAN = Item("can", zh="罐头", en="Can")


@pytest.fixture(scope="module")
def book() -> Book:
    return a_packed_book()


def column(table: Table, key: str) -> list[str]:
    at = [one.key for one in table.columns].index(key)
    return [row[at] for row in table.rows]


def of(pack: Unit | None, units: int) -> tuple[Lot, int]:
    return lot(str(pack), quantity=1000, item="water", pack=pack), units


# In packs


@pytest.mark.parametrize(
    ("item", "lots", "said"),
    [
        (WATER, [], "0 piece"),
        (WATER, [(BOX, 50)], "2 box + 2 piece"),
        (WATER, [(BOX, 48)], "2 box"),
        (WATER, [(None, 50)], "2 box + 2 piece"),
        (WATER, [(None, 12), (None, 12)], "1 box"),
        (WATER, [(BOX, 12), (BOX, 12)], "24 piece"),
        (WATER, [(BOX, 36), (None, 30)], "2 box + 18 piece"),
        (WATER, [(BOX, 50), (SMALL_BOX, 45)], "2 box + 2 box + 7 piece"),
        (CAN, [(SMALL_BOX, 45), (None, 30)], "2 box + 35 piece"),
        (CAN, [(None, 30)], "30 piece"),
    ],
    ids=str,
)
def test_each_lot_is_told_in_its_own_packs_and_loose_pieces_of_two_make_no_box(
    item: Item, lots: list[tuple[Unit | None, int]], said: str
) -> None:
    parts = lots_in_packs(item, (of(*one) for one in lots))
    assert " + ".join(part.text() for part in parts) == said


def test_what_is_counted_by_value_comes_in_no_packs() -> None:
    money = Item.money("CNY")
    cash = lot("M", quantity=500, value=500, item="CNY")
    assert lots_in_packs(money, [(cash, 500)]) == in_packs(money, 500)


def test_the_larger_packs_stand_first() -> None:
    pallet = BOX.pack("pallet", 40)
    parts = (Quantity(1, PIECE), Quantity(2, BOX), Quantity(1, pallet), Quantity(3, BOX), Quantity(4, PIECE))
    assert [str(part) for part in together(parts)] == ["1 pallet", "5 box", "5 piece"]
    assert together(()) == ()


# On paper


def test_the_stock_says_boxes_of_two_sizes_apart(book: Book) -> None:
    zh, en = (stock_table(stock_position(book), book, lang) for lang in ("zh", "en"))
    assert column(zh, "packs") == ["2箱（24件装） + 2箱（20件装） + 20件", "847袋 + 2,500克", ""]
    assert column(en, "packs") == [
        "2 box (of 24 piece) + 2 box (of 20 piece) + 20 piece",
        "847 bag + 2,500 g",
        "",
    ]


def test_a_size_is_said_only_where_two_packs_share_a_name(book: Book) -> None:
    plain = a_book()
    assert Naming(plain, "zh").packs("water", (Quantity(2, BOX), Quantity(1, PIECE))) == "2箱 + 1件"
    assert Naming(book, "zh").packed("GRN-000001-4", 5_000) == "1袋"
    assert Naming(book, "zh").packed("GRN-000001-3", 48) == ""


def test_the_stock_card_says_what_moved_and_what_is_left_in_packs(book: Book) -> None:
    table = stock_card_table(stock_card(book, "depot", "water"), book, "zh")
    short = table.without("came_in_value", "went_out_value", "balance_value", "entry", "from_or_to")
    assert (
        draw(short, "markdown")
        == """\
**库存卡：饮用水，备灾中心**

| 日期       | 单据       | 批次         |   收入 |   发出 |   结余 |                                 合装 |
|:-----------|:-----------|:-------------|-------:|-------:|-------:|-------------------------------------:|
| 期初结存   |            |              |        |        |      0 |                                      |
| 2023-01-10 | GRN-000001 | GRN-000001-1 |   48件 |      0 |   48件 |                        2箱（24件装） |
| 2023-01-10 | GRN-000001 | GRN-000001-2 |   60件 |      0 |  108件 |                        3箱（20件装） |
| 2023-01-10 | GRN-000001 | GRN-000001-3 |   50件 |      0 |  158件 |                                      |
| 2023-01-20 | DL-000001  | GRN-000001-1 |      0 |   48件 |  110件 |                        2箱（24件装） |
| 2023-01-20 | DL-000001  | GRN-000001-2 |      0 |    2件 |  108件 |                                      |
| 结存       |            |              |        |        |  108件 | 2箱（24件装） + 2箱（20件装） + 20件 |

- 金额单位：人民币元
"""
    )


def test_a_card_of_what_came_loose_has_no_column_for_packs(book: Book) -> None:
    table = stock_card_table(stock_card(book, "depot", "quilt"), book)
    assert "packs" not in [column.key for column in table.columns]


def test_a_card_of_an_empty_shelf_says_no_packs() -> None:
    book = a_packed_book()
    book.reverse("DL-000001", on="2023-01-21", reason="a mistake", approved_by="b")
    book.reverse("GRN-000001", on="2023-01-22", reason="a mistake", approved_by="b")
    card = stock_card(book, "depot", "water")
    assert (card.closing.quantity, stock_card_table(card, book).total) == (
        0,
        ("Balance", "", "", "", "", "", "", "0", "", "", "0", ""),
    )


def test_the_card_of_a_period_says_what_was_there_at_its_end_in_packs(book: Book) -> None:
    card = stock_card(book, "depot", "flour", Period.day("2023-01-10"))
    assert [str(part) for part in card.packed] == ["850 bag"]
    assert [str(part) for part in stock_card(book, "depot", "flour").packed] == ["847 bag", "2,500 g"]
    assert stock_card(book, "depot", "flour", known=0).packed == ()


def test_the_register_says_what_each_got_in_packs(book: Book) -> None:
    register = distribution_register(book)
    assert [[str(part) for part in line.packs] for line in register.lines] == [
        ["2 box", "2 piece"],
        ["2 bag", "2,500 g"],
        [],
    ]
    table = register_table(register, book, "zh")
    assert column(table, "packs") == ["2箱（24件装） + 2件", "2袋 + 2,500克", ""]


def test_a_register_of_what_came_loose_has_no_column_for_packs() -> None:
    table = register_table(distribution_register(a_book()), a_book())
    assert "packs" not in [column.key for column in table.columns]


# A document


def test_a_document_says_what_it_moved_in_base_units_and_in_packs(book: Book) -> None:
    assert [
        (
            one.entry,
            one.lot,
            str(one.source),
            str(one.target),
            one.quantity,
            [str(part) for part in one.packs],
        )
        for one in document_lines(book, "DL-000001")
    ] == [
        (2, "GRN-000001-1", "warehouse:depot", "household:H-1", 48, ["2 box"]),
        (2, "GRN-000001-2", "warehouse:depot", "household:H-1", 2, ["2 piece"]),
        (2, "GRN-000001-4", "warehouse:depot", "school:S-1", 12_500, ["2 bag", "2,500 g"]),
        (2, "GRN-000001-5", "warehouse:depot", "school:S-1", 1, []),
    ]
    table = document_table(book, "DL-000001", "zh")
    assert (
        draw(table.without("batch", "expires"), "markdown")
        == """\
**发放清单 DL-000001，2023-01-20**

| 批次         | 物资   | 转出           | 转入           |     数量 |          合装 |   金额 | 签收    |
|:-------------|:-------|:---------------|:---------------|---------:|--------------:|-------:|:--------|
| GRN-000001-1 | 饮用水 | 仓库：备灾中心 | 家庭：H-1      |     48件 | 2箱（24件装） |  48.00 | sheet 1 |
| GRN-000001-2 | 饮用水 | 仓库：备灾中心 | 家庭：H-1      |      2件 |               |   1.60 | sheet 1 |
| GRN-000001-4 | 面粉   | 仓库：备灾中心 | 学校：吕河小学 | 12,500克 | 2袋 + 2,500克 |   0.14 | sheet 1 |
| GRN-000001-5 | 棉被   | 仓库：备灾中心 | 学校：吕河小学 |      1件 |               |   9.60 | sheet 1 |
| 合计         |        |                |                |          |               |  59.34 |         |

- 金额单位：人民币元
- 发货仓库：备灾中心
"""
    )


def test_a_document_of_what_came_loose_has_no_column_for_packs() -> None:
    book = a_book()
    table = document_table(book, "WO-000001")
    assert [one.key for one in table.columns][-2:] == ["quantity", "value"]
    assert draw(table).startswith("Write-off note WO-000001, 2023-03-01\n")


def test_a_document_that_was_taken_back_says_so() -> None:
    book = a_packed_book()
    book.reverse("DL-000001", on="2023-01-21", reason="a mistake", approved_by="b")
    table = document_table(book, "DL-000001", "zh")
    assert (table.zh, table.en) == (
        "发放清单 DL-000001，2023-01-20（已冲销）",
        "Distribution list DL-000001, 2023-01-20 (reversed)",
    )
    assert len(document_lines(book, "REV-000001")) == 4


def test_a_document_that_moved_nothing_has_no_lines() -> None:
    book = a_book()
    assert document_lines(book, "PL-000001") == ()
    assert document_table(book, "PL-000001").rows == ()


def test_a_document_that_there_is_not_is_not_known(book: Book) -> None:
    with pytest.raises(Unknown):
        document_table(book, "DL-000009")


def test_late_news_and_counts_behind_a_document_stand_in_its_notes() -> None:
    book = a_packed_book()
    line = Handout("H-1", "water", WATER.quantity(1), "sheet 2")
    late = book.distribute(origin="depot", on="2023-01-25", lines=[line], concerns="2023-01-24")
    assert document_table(book, late.number).notes("zh")[-1] == "迟到事项，所属日期 2023-01-24"
    documents = book._keeper.state.papers._documents  # pyright: ignore[reportAttributeAccessIssue]
    documents[late.number] = attrs.evolve(late, conflicts=("CP-000001", "CP-000002"))
    assert document_table(book, late.number).notes("en")[-2:] == (
        "late news, about 2023-01-24",
        "dated before counts: CP-000001, CP-000002",
    )


def test_a_public_document_does_not_name_who_asked_not_to_be_named() -> None:
    book = a_book()
    shown, public = (draw(document_table(book, "GRN-000002", public=masked)) for masked in (False, True))
    assert "Company B" in shown
    assert "Company B" not in public
