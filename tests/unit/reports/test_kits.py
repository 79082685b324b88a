"""Kits on paper."""

from __future__ import annotations

import pytest

from reliefstock import (
    BillOfMaterials,
    Book,
    BrokenLine,
    Component,
    Donor,
    FixedClock,
    Item,
    Money,
    ReceivedLine,
    Valuation,
    Warehouse,
)
from reliefstock.errors import Unknown
from reliefstock.reconciliation import buildable
from reliefstock.reports import (
    bill_rows,
    bills_table,
    buildable_table,
    draw,
    kit_record,
    kit_record_table,
    stock_position,
    stock_table,
)
from reliefstock.values import PIECE

QUILT = Item("quilt", zh="棉被", en="Quilt")
WATER = Item("water", zh="饮用水", en="Water", packs=(PIECE.pack("box", 24, zh="箱", en="box"),))
KIT = Item("kit", zh="家庭包", en="Family kit")


@pytest.fixture
def book() -> Book:
    """Two kits of a quilt and thirty bottles; the water came in boxes and nobody said what it is worth."""
    book = Book("Ankang", currency="CNY", clock=FixedClock("2023-12-31"))
    book.add(QUILT, WATER, KIT, Donor("A", zh="甲公司", en="Company A"), Warehouse("depot", zh="备灾中心"))
    parts = [Component("quilt", QUILT.quantity(1)), Component("water", WATER.quantity(30))]
    book.add(BillOfMaterials(item="kit", version="1", components=parts))
    book.add(BillOfMaterials(item="kit", version="2", since="2023-03-01", components=parts[:1]))
    book.receive(
        donor="A",
        into="depot",
        on="2023-01-10",
        counted_by=("a", "b"),
        lines=[
            ReceivedLine("quilt", QUILT.quantity(5), valuation=Valuation.voucher(Money.of("5", "CNY"), "1")),
            ReceivedLine(
                "water",
                WATER.quantity(5, "box"),
                valuation=Valuation.memorandum(),
                expiry="2024-01-31",
            ),
        ],
    )
    book.build_kits(
        kit="kit",
        count=KIT.quantity(2),
        warehouse="depot",
        on="2023-02-01",
        assembled_by="a",
        checked_by="b",
    )
    return book


def rebuild(book: Book) -> None:
    book.rebuild_kits(
        warehouse="depot",
        lines=[BrokenLine("KIT-000001-1", KIT.quantity(1))],
        on="2023-03-02",
        reason="no water any more",
        assembled_by="a",
        checked_by="b",
    )


def test_what_went_into_kits_on_paper_in_chinese(book: Book) -> None:
    assert (
        draw(kit_record_table(book, "KIT-000001", "zh"))
        == """\
组包单 KIT-000001，2023-02-01
+--------------+--------------+--------+--------+--------------+--------+------------+--------+------------+
| 装入或取出   | 组合包批次   |   包数 | 物资   | 批次         |   数量 |       合装 |   金额 | 到期日     |
|--------------+--------------+--------+--------+--------------+--------+------------+--------+------------|
| 装入         | KIT-000001-1 |    2件 | 棉被   | GRN-000001-1 |    2件 |            |   2.00 |            |
| 装入         | KIT-000001-1 |    2件 | 饮用水 | GRN-000001-2 |   60件 | 2箱 + 12件 | 未计价 | 2024-01-31 |
|--------------+--------------+--------+--------+--------------+--------+------------+--------+------------|
| 合计         |              |        |        |              |        |            |   2.00 |            |
+--------------+--------------+--------+--------+--------------+--------+------------+--------+------------+
金额单位：人民币元
未说明价值的批次只计数量，不在金额之内
"""
    )


def test_of_a_rebuild_what_came_out_and_what_went_in_stand_apart(book: Book) -> None:
    rebuild(book)
    table = kit_record_table(book, "KRB-000001")
    assert [row[:4] for row in table.rows] == [
        ("taken out", "KIT-000001-1", "1 piece", "Quilt"),
        ("taken out", "KIT-000001-1", "1 piece", "Water"),
        ("put in", "KRB-000001-1", "1 piece", "Quilt"),
    ]
    assert table.total is not None
    assert table.total[7] == "1.00 / 1.00"
    assert table.title("en") == "Kit rebuild record KRB-000001, 2023-03-02"


def test_of_a_break_only_what_came_out_is_told(book: Book) -> None:
    book.break_kits(
        warehouse="depot",
        lines=[BrokenLine("KIT-000001-1", KIT.quantity(1))],
        on="2023-02-02",
        reason="the quilts are needed",
        broken_by="a",
        checked_by="b",
    )
    assert [(row.built, row.lot, row.quantity) for row in kit_record(book, "KBR-000001")] == [
        (False, "GRN-000001-1", 1),
        (False, "GRN-000001-2", 30),
    ]


def test_without_packs_there_is_no_column_of_them(book: Book) -> None:
    rebuild(book)
    book.rebuild_kits(
        warehouse="depot",
        lines=[BrokenLine("KRB-000001-1", KIT.quantity(1))],
        on="2023-03-03",
        reason="again",
        assembled_by="a",
        checked_by="b",
    )
    assert "packs" not in [column.key for column in kit_record_table(book, "KRB-000002").columns]


def test_a_paper_that_was_taken_back_says_so(book: Book) -> None:
    book.reverse("KIT-000001", on="2023-02-02", reason="a mistake", approved_by="c")
    assert (
        kit_record_table(book, "KIT-000001").title("en")
        == "Kit build record KIT-000001, 2023-02-01 (reversed)"
    )


def test_what_is_no_paper_of_kits_is_refused(book: Book) -> None:
    for number in ("GRN-000001", "KIT-000009"):
        with pytest.raises(Unknown) as refused:
            kit_record(book, number)
        assert refused.value.what == "paper of kits"


def test_bills_of_materials_on_paper(book: Book) -> None:
    assert (
        draw(bills_table(bill_rows(book), book, "zh"))
        == """\
物料清单
+----------+--------+------------+--------+------------+-----------+
| 组合包   | 版本   | 启用日期   | 物资   |   每包用量 |      合装 |
|----------+--------+------------+--------+------------+-----------|
| 家庭包   | 1      |            | 棉被   |        1件 |           |
| 家庭包   | 1      |            | 饮用水 |       30件 | 1箱 + 6件 |
| 家庭包   | 2      | 2023-03-01 | 棉被   |        1件 |           |
+----------+--------+------------+--------+------------+-----------+
"""
    )
    assert bill_rows(book, "quilt") == ()
    with pytest.raises(Unknown):
        bill_rows(book, "tent")


def test_how_many_could_be_built_on_paper(book: Book) -> None:
    table = buildable_table(buildable(book, "kit", "depot", "2023-02-02"), book)
    assert (
        draw(table)
        == """\
Kits that could be built: Family kit (version 1), 备灾中心, 2023-02-02
+----------------+-----------+----------+--------------+
| Item           |   Per kit |   Usable |   Enough for |
|----------------+-----------+----------+--------------|
| Quilt          |   1 piece |  3 piece |      3 piece |
| Water          |  30 piece | 60 piece |      2 piece |
|----------------+-----------+----------+--------------|
| Could be built |           |          |      2 piece |
+----------------+-----------+----------+--------------+
what limits it: Water
"""
    )
    assert table.title("zh") == "可组包数量：家庭包（版本1），备灾中心，2023-02-02"
    assert table.notes("zh") == ("限制组包数量的物资：饮用水",)


def test_kits_that_are_worth_more_than_the_book_knows_are_marked_in_the_stock(book: Book) -> None:
    rows = stock_position(book)
    assert [(row.item, row.value, row.unvalued, row.incomplete) for row in rows] == [
        ("quilt", 300, 0, 0),
        ("water", 0, 1, 0),
        ("kit", 200, 0, 1),
    ]
    table = stock_table(rows, book)
    assert table.rows[2][6] == "2.00 (1 unvalued)"
    assert "some of what is in the kits has no value stated, and is in no amount" in table.notes("en")
