"""What was given for a purpose, on paper."""

from __future__ import annotations

import pytest

from reliefstock import (
    Book,
    Consent,
    Handout,
    Period,
    ReceivedLine,
    RedirectedLine,
    Restriction,
    SoldLine,
    Valuation,
)
from reliefstock.operations import Redirection, Revaluation, SaleNote
from reliefstock.reconciliation import By, restriction_account
from reliefstock.reports import (
    Table,
    draw,
    legend,
    redirections_table,
    restriction_account_table,
    revaluations_table,
    sales_table,
)
from unit.reports.books import QUILT, an_empty_book, yuan

WINTER = Restriction(programme="winter")
YEAR = Period.year(2023)


@pytest.fixture(scope="module")
def book() -> Book:
    """Quilts that B, who wants no name, gave for the winter: given out, redirected, sold and revalued."""
    book = an_empty_book()
    line = ReceivedLine("quilt", QUILT.quantity(10), valuation=Valuation.voucher(yuan("100"), "letter of B"))
    book.receive(
        donor="B", into="depot", lines=[line], on="2023-01-10", counted_by=("a", "b"), restriction=WINTER
    )
    handout = Handout("H-1", "quilt", QUILT.quantity(2), "sheet 1")
    book.distribute(origin="depot", lines=[handout], on="2023-02-01", programme="winter")
    book.redirect(
        warehouse="depot",
        lines=[RedirectedLine("GRN-000001-1", QUILT.quantity(3))],
        consents=[Consent("B", "letter 3 of B", "2023-02-02"), Consent("A", "letter 4", "2023-02-02")],
        on="2023-02-03",
        reason="the winter is over",
        requested_by="clerk",
        approved_by="director",
    )
    for count, proceeds in ((2, "15"), (1, "12")):
        book.sell(
            warehouse="depot",
            lines=[SoldLine("GRN-000001-1", QUILT.quantity(count), yuan(proceeds))],
            into="main",
            buyer="a trader",
            reason="hard to store",
            paper="contract 4",
            on="2023-02-04",
            requested_by="clerk",
            approved_by="director",
        )
    book.reverse("SAL-000002", on="2023-02-05", reason="not paid", approved_by="director")
    book.revalue(
        "GRN-000001-1",
        valuation=Valuation.market(yuan("150"), "price list of B"),
        on="2023-03-01",
        reason="a better price",
        requested_by="clerk",
        approved_by="director",
    )
    return book


def narrow(table: Table, *keys: str) -> Table:
    """The table with these columns alone."""
    return table.without(*(column.key for column in table.columns if column.key not in keys))


def test_the_account_of_restrictions_in_chinese(book: Book) -> None:
    table = restriction_account_table(restriction_account(book, YEAR), book, "zh", compact=True)
    assert [column.key for column in table.columns] == [
        *("group", "restriction", "item", "measure", "received", "gains", "redirected_out", "sold"),
        *("revalued", "released_by_use", "lost", "closing", "difference"),
    ]
    assert {row[:2] for row in table.rows} == {("GRN-000001", "活动：winter")}
    shown = table.without("group", "restriction", "gains", "lost", "difference")
    assert (
        draw(shown)
        == """\
限定资产变动表（2023年，按捐赠）
+----------+--------+--------+--------+--------+------------+--------------+--------+
| 物资     | 口径   |   收到 |   改出 |   变卖 |   价值调整 |   按用途使用 |   期末 |
|----------+--------+--------+--------+--------+------------+--------------+--------|
| 棉被     | 数量   |   10件 |    3件 |   -2件 |          0 |          2件 |    3件 |
| 棉被     | 金额   | 100.00 |  30.00 | -20.00 |      25.00 |        30.00 |  45.00 |
| 资金     | 金额   |      0 |      0 |  15.00 |          0 |            0 |  15.00 |
| 价值差额 | 金额   |      0 |      0 |   5.00 |     -40.00 |            0 |      0 |
|----------+--------+--------+--------+--------+------------+--------------+--------|
|          | 金额   | 100.00 |  30.00 |      0 |     -15.00 |        30.00 |  60.00 |
+----------+--------+--------+--------+--------+------------+--------------+--------+
金额单位：人民币元
"""
    )


def test_the_account_by_donor_keeps_back_who_asked_for_it(book: Book) -> None:
    account = restriction_account(book, YEAR, by=By.DONOR)
    table = restriction_account_table(account, book, measure="value", public=True)
    assert (table.title(), table.columns[0].head()) == ("Restricted assets, 2023, by Donor", "Donor")
    assert {row[0] for row in table.rows} == {"a donor who asked not to be named"}
    assert [column.key for column in table.columns][3:6] == ["opening", "received", "gains"]
    assert len(table.rows) == 3


def test_the_account_in_quantities_has_no_total(book: Book) -> None:
    table = restriction_account_table(restriction_account(book, YEAR), book, measure="quantity")
    assert table.total is None
    assert table.rows[0][:4] == ("GRN-000001", "programme winter", "Quilt", "0")


def test_redirections_with_the_consents_on_file(book: Book) -> None:
    table = redirections_table(book.documents_of(Redirection), book)
    assert table.title() == "Redirections, with consents on file"
    [row] = narrow(table, "document", "into", "value", "was_for", "now_for", "consents", "why").rows
    assert row == (
        *("RD-000001", "RD-000001-1", "30.00", "programme winter", "any use"),
        "Company B (letter 3 of B)",
        "the winter is over",
    )


def test_in_public_neither_who_agreed_nor_the_paper_is_told(book: Book) -> None:
    table = redirections_table(book.documents_of(Redirection), book, "zh", public=True)
    [row] = narrow(table, "consents").rows
    assert row == ("不愿公开名称的捐赠方（不公开）",)
    assert table.zh == "改变用途登记表"


def test_what_is_redirected_to_a_purpose_says_so() -> None:
    book = an_empty_book()
    book.receive_money(donor="A", into="main", amount=yuan("5"), on="2023-01-10")
    paper = book.redirect(
        warehouse="main",
        lines=[RedirectedLine("DR-000001-1", yuan("2"))],
        restriction=WINTER,
        consents=[Consent("A", "letter 4", "2023-01-11")],
        on="2023-01-11",
        reason="the donor asked for it",
        requested_by="clerk",
        approved_by="director",
    )
    book.reverse(paper.number, on="2023-01-12", reason="a mistake", approved_by="director")
    table = redirections_table([paper], book)
    [row] = narrow(table, "document", "quantity", "was_for", "now_for").rows
    assert row == ("RD-000001 (reversed)", "2.00", "any use", "programme winter")
    assert table.notes() == ("amounts in CNY", "what was reversed is listed and not counted")


def test_sales_against_what_the_book_said(book: Book) -> None:
    table = sales_table(book.documents_of(SaleNote), book, "zh")
    assert (
        draw(narrow(table, "document", "quantity", "value", "fetched", "difference", "restriction", "why"))
        == """\
变卖处置登记表
+----------------------+--------+--------+------------+--------+--------------+----------+
| 单据                 |   数量 |   金额 |   变卖所得 |   差额 | 限定         | 事由     |
|----------------------+--------+--------+------------+--------+--------------+----------|
| SAL-000001           |    2件 |  20.00 |      15.00 |  -5.00 | 活动：winter | 不易储存 |
| SAL-000002（已冲销） |    1件 |  10.00 |      12.00 |   2.00 | 活动：winter | 不易储存 |
|----------------------+--------+--------+------------+--------+--------------+----------|
|                      |        |  20.00 |      15.00 |  -5.00 |              |          |
+----------------------+--------+--------+------------+--------+--------------+----------+
金额单位：人民币元
已冲销的单据列出但不计入合计
"""
    )


def test_revaluations_place_by_place(book: Book) -> None:
    table = revaluations_table(book.documents_of(Revaluation), book)
    shown = narrow(table, "into", "where", "quantity", "before", "after", "difference", "evidence")
    assert (
        draw(shown, "markdown")
        == """\
**Revaluations**

| Into        | Where it is    |   Quantity |   Before |   After |   Difference | Evidence        |
|:------------|:---------------|-----------:|---------:|--------:|-------------:|:----------------|
| RV-000001-1 | depot: Depot   |    3 piece |    30.00 |   45.00 |        15.00 | price list of B |
| RV-000001-1 | household: H-1 |    2 piece |    20.00 |   30.00 |        10.00 | price list of B |
| RV-000001-2 | depot: Depot   |    3 piece |    30.00 |   45.00 |        15.00 | price list of B |
|             |                |            |    80.00 |  120.00 |        40.00 |                 |

- amounts in CNY
- lots that keep their value: SAL-000001-1
"""
    )


def test_a_revaluation_in_public_and_one_that_was_taken_back(book: Book) -> None:
    [paper] = book.documents_of(Revaluation)
    assert narrow(revaluations_table([paper], book, public=True), "evidence").rows[0] == ("not public",)
    other = an_empty_book()
    line = ReceivedLine("quilt", QUILT.quantity(1), valuation=Valuation.voucher(yuan("1"), "letter"))
    other.receive(donor="A", into="depot", lines=[line], on="2023-01-10", counted_by=("a", "b"))
    made = other.revalue(
        "GRN-000001-1",
        valuation=Valuation.market(yuan("2"), "list"),
        on="2023-03-01",
        reason="a better price",
        requested_by="clerk",
        approved_by="director",
    )
    other.reverse(made.number, on="2023-03-02", reason="a mistake", approved_by="director")
    table = revaluations_table([made], other, "zh", public=True)
    assert narrow(table, "document", "evidence").rows == (("RV-000001（已冲销）", "list"),)
    assert table.total is not None
    assert table.total[7:10] == ("0", "0", "0")
    assert table.notes("zh") == ("金额单位：人民币元", "已冲销的单据列出但不计入合计")


def test_the_legend_knows_the_new_documents() -> None:
    rows = [("RD-000001", "SAL-000001", "RV-000001")]
    assert legend(rows, "zh") == ("单据：RD 改变用途单、SAL 变卖处置单、RV 价值调整单",)
