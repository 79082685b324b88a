"""The distribution register."""

from __future__ import annotations

import pytest

from reliefstock import Book, ConsignedLine, Handout, Period, PlaceKind, ReceivedLine, Valuation
from reliefstock.errors import Unknown
from reliefstock.reports import distribution_register, draw, register_table, register_totals_table
from unit.reports.books import QUILT, a_book, an_empty_book


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book()


def test_the_register_on_paper_in_chinese(book: Book) -> None:
    assert (
        draw(register_table(distribution_register(book), book, "zh"), lang="zh")
        == """\
发放登记簿
+------------+---------------------+----------+--------+--------+--------+--------+--------------+-----------+
| 日期       | 单据                | 受助方   | 类型   | 物资   |   数量 |   金额 | 批次         | 签收      |
|------------+---------------------+----------+--------+--------+--------+--------+--------------+-----------|
| 2023-02-20 | DL-000001           | H-1      | 家庭   | 棉被   |    2件 | 200.00 | GRN-000001-1 | sheet 1/1 |
| 2023-02-20 | DL-000001           | 吕河小学 | 学校   | 饮用水 |   24件 |      0 | GRN-000002-1 | sheet 1/2 |
| 2023-02-21 | DL-000002（已冲销） | H-2      | 家庭   | 棉被   |    1件 | 100.00 | GRN-000001-1 | sheet 2/1 |
|------------+---------------------+----------+--------+--------+--------+--------+--------------+-----------|
| 合计       |                     |          |        |        |        | 200.00 |              |           |
+------------+---------------------+----------+--------+--------+--------+--------+--------------+-----------+
金额单位：人民币元
已冲销的单据列出但不计入合计
未说明价值的批次只计数量，不在金额之内
"""
    )


def test_the_register_for_a_spreadsheet_in_english(book: Book) -> None:
    assert (
        draw(register_table(distribution_register(book), book), "csv")
        == """\
Date,Document,Recipient,Kind,Item,Quantity,Value,Lots,Signed for
2023-02-20,DL-000001,H-1,household,Quilt,2 piece,200.00,GRN-000001-1,sheet 1/1
2023-02-20,DL-000001,Lvhe School,school,Water,24 piece,0,GRN-000002-1,sheet 1/2
2023-02-21,DL-000002 (reversed),H-2,household,Quilt,1 piece,100.00,GRN-000001-1,sheet 2/1
"""
    )


def test_the_totals_leave_out_what_was_reversed(book: Book) -> None:
    assert (
        draw(register_totals_table(distribution_register(book), book), "markdown")
        == """\
**Distribution register, totals**

| Item   |   Lines |   Recipients |   Quantity |   Value |
|:-------|--------:|-------------:|-----------:|--------:|
| Quilt  |       1 |            1 |    2 piece |  200.00 |
| Water  |       1 |            1 |   24 piece |       0 |
| Total  |       2 |              |            |  200.00 |

- amounts in CNY
- lots whose value is not stated are counted by quantity and are in no amount
"""
    )


def test_a_line_says_who_got_what_from_which_lots(book: Book) -> None:
    line = distribution_register(book).lines[1]
    assert (line.recipient, line.kind, line.item, line.quantity, line.lots, line.signature) == (
        "S-1",
        PlaceKind.SCHOOL,
        "water",
        24,
        ("GRN-000002-1",),
        "sheet 1/2",
    )
    assert (line.warehouse, line.programme, line.is_reversed) == ("depot", "winter", False)


def test_the_value_of_what_stands_is_what_the_places_of_the_recipients_hold(book: Book) -> None:
    kinds = (PlaceKind.HOUSEHOLD, PlaceKind.SCHOOL)
    held = [there.value for place in book.ledger.places(*kinds) for _, there in book.ledger.holdings(place)]
    assert distribution_register(book).value == sum(held)


@pytest.mark.parametrize(
    ("asked", "documents"),
    [
        ({"period": Period.day("2023-02-21")}, ["DL-000002"]),
        ({"warehouse": "depot"}, ["DL-000001", "DL-000001", "DL-000002"]),
        ({"warehouse": "branch"}, []),
        ({"programme": "winter"}, ["DL-000001", "DL-000001", "DL-000002"]),
        ({"programme": ""}, []),
    ],
)
def test_the_register_can_be_of_a_period_a_warehouse_or_a_programme(
    book: Book, asked: dict[str, object], documents: list[str]
) -> None:
    register = distribution_register(book, **asked)  # pyright: ignore[reportArgumentType]
    assert [line.document for line in register.lines] == documents


def test_a_register_of_a_warehouse_that_there_is_not_is_refused(book: Book) -> None:
    with pytest.raises(Unknown):
        distribution_register(book, warehouse="dept")


def test_lists_stand_in_the_order_in_which_they_happened_and_two_visits_are_one_household() -> None:
    book = an_empty_book()
    line = ReceivedLine("quilt", QUILT.quantity(9), valuation=Valuation.memorandum())
    book.receive(donor="A", into="depot", lines=[line], on="2023-01-01", counted_by=("a", "b"))
    for on in ("2023-03-02", "2023-03-01"):
        handout = Handout("H-1", "quilt", QUILT.quantity(2), "sheet")
        book.distribute(origin="depot", lines=[handout], on=on)
    register = distribution_register(book)
    assert [line.document for line in register.lines] == ["DL-000002", "DL-000001"]
    (total,) = register.totals
    assert (total.quantity, total.lines, total.recipients) == (4, 2, 1)
    assert register_totals_table(register, book, "zh").notes_zh == (
        "金额单位：人民币元",
        "未说明价值的批次只计数量，不在金额之内",
    )


def test_what_goes_to_a_society_by_waybill_is_no_distribution() -> None:
    book = an_empty_book()
    line = ReceivedLine("quilt", QUILT.quantity(9), valuation=Valuation.memorandum())
    book.receive(donor="A", into="depot", lines=[line], on="2023-01-01", counted_by=("a", "b"))
    book.dispatch(
        origin="depot", to="county", lines=[ConsignedLine("quilt", QUILT.quantity(1))], on="2023-01-02"
    )
    book.distribute(
        origin="depot", lines=[Handout("county", "quilt", QUILT.quantity(1), "sheet")], on="2023-01-03"
    )
    (given,) = distribution_register(book).lines
    assert (given.document, given.kind) == ("DL-000001", PlaceKind.SOCIETY)
