"""The distribution register."""

from __future__ import annotations

import pytest

from reliefstock import (
    Book,
    ConsignedLine,
    Handout,
    Holding,
    Money,
    Period,
    PlaceKind,
    ReceivedLine,
    ReturnedLine,
    Valuation,
)
from reliefstock.errors import Unknown
from reliefstock.reconciliation import statement
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
| 日期       | 单据                | 接收方   | 类型   | 物资   |   数量 |   金额 | 批次         | 签收      |
|------------+---------------------+----------+--------+--------+--------+--------+--------------+-----------|
| 2023-02-20 | DL-000001           | H-1      | 家庭   | 棉被   |    2件 | 200.00 | GRN-000001-1 | sheet 1/1 |
| 2023-02-20 | DL-000001           | 吕河小学 | 学校   | 饮用水 |   24件 | 未计价 | GRN-000002-1 | sheet 1/2 |
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
2023-02-20,DL-000001,Lvhe School,school,Water,24 piece,not valued,GRN-000002-1,sheet 1/2
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


def a_returning_book() -> Book:
    """Four quilts for 400 yuan, given out by lists, some of which came back."""
    book = an_empty_book()
    worth = Valuation.voucher(Money.of("400", "CNY"), "invoice 1")
    line = ReceivedLine("quilt", QUILT.quantity(4), valuation=worth)
    book.receive(donor="A", into="depot", lines=[line], on="2023-01-01", counted_by=("a", "b"))
    for on, count, programme in (("2023-01-10", 1, ""), ("2023-02-01", 2, "winter"), ("2023-02-02", 1, "")):
        handout = Handout("H-1", "quilt", QUILT.quantity(count), "sheet")
        book.distribute(origin="depot", lines=[handout], on=on, programme=programme)
    back = [ReturnedLine("GRN-000001-1", QUILT.quantity(1))]
    book.reverse("DL-000003", on="2023-02-03", reason="entered twice", approved_by="director")
    book.return_(recipient="H-1", into="depot", lines=back, on="2023-02-10", reason="too many")
    book.reverse("DL-000001", on="2023-02-20", reason="wrong household", approved_by="director")
    return book


MONTHS = [Period.month(2023, 1), Period.month(2023, 2), Period.month(2023, 3), Period.year(2023), None]


@pytest.mark.parametrize("period", MONTHS)
@pytest.mark.parametrize("known", [None, 3, 5, 6])
def test_the_register_less_what_came_back_is_what_the_statement_says_was_given_out(
    period: Period | None, known: int | None
) -> None:
    book = a_returning_book()
    register = distribution_register(book, period, known=known)
    given_out = statement(book, period or Period.year(2023), known=known).total.given_out
    assert register.value - register.returned_value == given_out.value


def test_a_list_reversed_after_the_period_stands_in_it() -> None:
    book = a_returning_book()
    january, year = distribution_register(book, MONTHS[0]), distribution_register(book)
    assert [line.is_reversed for line in january.lines] == [False]
    assert [line.is_reversed for line in year.lines] == [True, False, True]
    assert distribution_register(book, known=2).lines == january.lines


def test_what_came_back_is_told_by_item_and_programme() -> None:
    book = a_returning_book()
    assert distribution_register(book).returned == (("quilt", Holding(1, 10_000)),)
    assert distribution_register(book, MONTHS[1]).returned == (("quilt", Holding(2, 20_000)),)
    assert distribution_register(book, programme="winter").returned_value == 10_000
    assert distribution_register(book, programme="summer", warehouse="depot").returned == ()
    assert distribution_register(book, warehouse="branch").returned == ()
    book.reverse("RN-000001", on="2023-02-28", reason="entered twice", approved_by="director")
    assert distribution_register(book).returned == ()


def test_what_the_register_is_of_and_what_came_back_stands_on_it() -> None:
    book = a_returning_book()
    register = distribution_register(book, MONTHS[1], warehouse="depot", programme="winter")
    table, totals = register_table(register, book), register_totals_table(register, book)
    assert (table.en, table.zh) == (
        "Distribution register (2023-02, Depot, winter)",
        "发放登记簿（2023年2月、备灾中心、winter）",
    )
    assert totals.en.endswith(" (2023-02, Depot, winter)")
    assert table.notes_en[-1] == (
        "came back, by return notes or as older lists were reversed: Quilt 1 piece (100.00); "
        "100.00 without it"
    )
    assert table.notes_zh[-1] == (
        "期内退回（含冲销以前的清单）：棉被 1件（100.00），未从合计中扣除；扣除后为100.00"
    )
    assert totals.notes_zh[-1] == table.notes_zh[-1]
