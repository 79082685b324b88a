"""The trial balance: over all places, in and out cancel out."""

from __future__ import annotations

import pytest

from reliefstock import Book, Holding, PlaceKind, Side
from reliefstock.errors import NotABusinessDate
from reliefstock.ledger import Ledger
from reliefstock.reports import draw, trial_balance, trial_balance_table
from unit.reports.books import a_book, an_empty_book


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book()


def test_the_trial_balance_on_paper_in_chinese(book: Book) -> None:
    table = trial_balance_table(trial_balance(book, "2023-02-05"), book, "zh")
    assert (
        draw(table, lang="zh")
        == """\
试算平衡表
+----------+--------+--------+--------+---------+------------+------------+------------+
| 类型     | 物资   |   收入 |   发出 |    结余 |   收入金额 |   发出金额 |   结余金额 |
|----------+--------+--------+--------+---------+------------+------------+------------|
| 仓库     | 棉被   |   16件 |      0 |    16件 |   1,550.00 |          0 |   1,550.00 |
| 仓库     | 饮用水 |   50件 |      0 |    50件 |     未计价 |          0 |     未计价 |
| 待检隔离 | 饮用水 |    4件 |      0 |     4件 |     未计价 |          0 |     未计价 |
| 资金账户 | 资金   | 600.00 | 550.00 |   50.00 |     600.00 |     550.00 |      50.00 |
| 捐赠方   | 棉被   |      0 |   10件 |   -10件 |          0 |   1,000.00 |  -1,000.00 |
| 捐赠方   | 资金   |      0 | 600.00 | -600.00 |          0 |     600.00 |    -600.00 |
| 捐赠方   | 饮用水 |      0 |   54件 |   -54件 |          0 |     未计价 |     未计价 |
| 转换     | 资金   | 550.00 |      0 |  550.00 |     550.00 |          0 |     550.00 |
| 转换     | 棉被   |      0 |    6件 |    -6件 |          0 |     550.00 |    -550.00 |
|----------+--------+--------+--------+---------+------------+------------+------------|
| 合计     |        |        |        |         |   2,700.00 |   2,700.00 |          0 |
+----------+--------+--------+--------+---------+------------+------------+------------+
金额单位：人民币元
"""
    )


def test_the_trial_balance_by_place_for_a_spreadsheet_in_english(book: Book) -> None:
    table = trial_balance_table(trial_balance(book, known=1, by_place=True), book)
    assert (
        draw(table, "csv")
        == """\
Kind,Place,Item,In,Out,Balance,"In, value","Out, value","Balance, value"
depot,Depot,Quilt,10 piece,0,10 piece,"1,000.00",0,"1,000.00"
donor,Company A,Quilt,0,10 piece,-10 piece,0,"1,000.00","-1,000.00"
"""
    )


@pytest.mark.parametrize("by_place", [False, True])
def test_in_and_out_cancel_out_for_every_item_on_every_day(book: Book, by_place: bool) -> None:
    for entry in book.entries:
        balance = trial_balance(book, entry.on, by_place=by_place)
        assert (balance.differences, balance.difference, balance.findings) == ((), 0, ())
        known = trial_balance(book, known=entry.number, by_place=by_place)
        assert (known.differences, known.difference) == ((), 0)


def test_the_balance_of_the_depots_is_what_is_on_hand(book: Book) -> None:
    rows = trial_balance(book).rows
    for item in ("quilt", "water", "CNY"):
        held = [row.balance for row in rows if row.side is Side.ON_HAND and row.item == item]
        assert sum(held, Holding(0, 0)) == book.on_hand(item)


def test_what_came_from_a_donor_and_was_taken_back_is_told_on_both_sides(book: Book) -> None:
    rows = {(row.kind, row.item): row for row in trial_balance(book).rows}
    given = rows[PlaceKind.HOUSEHOLD, "quilt"]
    assert (given.came.quantity, given.went.quantity, given.balance.quantity) == (3, 1, 2)


def test_a_posting_without_its_counterpart_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    book = a_book()
    (first, *rest) = book.ledger.timelines()
    monkeypatch.setattr(Ledger, "timelines", lambda _: iter(rest))
    assert str(first[0]) == "warehouse:depot"
    balance = trial_balance(book)
    assert (balance.difference, balance.differences) == (-60_000, (("quilt", Holding(-6, -60_000)),))
    (finding,) = balance.findings
    assert (finding.code, finding.about, finding.figures) == (
        "trial-balance-difference",
        "quilt",
        (("quantity", "-6"), ("value", "-60000")),
    )
    assert "-6 个单位、-60000 分" in finding.zh
    total = trial_balance_table(balance, book).total
    assert total is not None
    assert total[-1] == "-600.00"


def test_what_is_public_does_not_name_who_asked_not_to_be_named(book: Book) -> None:
    table = trial_balance_table(trial_balance(book, by_place=True), book, "zh", public=True)
    names = {row[1] for row in table.rows}
    assert "乙公司" not in names
    assert "不愿公开名称的捐赠方" in names


def test_an_empty_book_balances() -> None:
    book = an_empty_book()
    table = trial_balance_table(trial_balance(book), book, "zh")
    assert (table.rows, table.total) == ((), ("合计", "", "", "", "", "0", "0", "0"))


def test_a_date_that_is_none_is_refused(book: Book) -> None:
    with pytest.raises(NotABusinessDate):
        trial_balance(book, "yesterday")
