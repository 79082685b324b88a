"""The stock card: one line a movement, with the running balance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock import Book, Handout, Holding, Period, Place, PlaceKind, ReceivedLine, Valuation
from reliefstock.errors import Unknown
from reliefstock.ledger import Draft, EntryKind, Stamp
from reliefstock.reports import draw, stock_card, stock_card_table
from unit.reports.books import QUILT, a_book, an_empty_book, yuan


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book()


def test_the_card_on_paper_in_chinese(book: Book) -> None:
    card = stock_card(book, "depot", "water")
    table = stock_card_table(card, book, "zh").without("came_in_value", "went_out_value", "balance_value")
    assert (
        draw(table, lang="zh")
        == """\
库存卡：饮用水，备灾中心
+------------+--------+------------+--------------+----------------+--------+--------+--------+
| 日期       | 序号   | 单据       | 批次         | 来源或去向     |   收入 |   发出 |   结余 |
|------------+--------+------------+--------------+----------------+--------+--------+--------|
| 期初结存   |        |            |              |                |        |        |      0 |
| 2023-01-12 | 2      | GRN-000002 | GRN-000002-1 | 捐赠方：乙公司 |   50件 |      0 |   50件 |
| 2023-01-12 | 2      | GRN-000002 | GRN-000002-1 | 捐赠方：乙公司 |    4件 |      0 |   54件 |
| 2023-02-20 | 9      | DL-000001  | GRN-000002-1 | 学校：吕河小学 |      0 |   24件 |   30件 |
| 2023-03-01 | 12     | WO-000001  | GRN-000002-1 | 损失：变质     |      0 |    1件 |   29件 |
|------------+--------+------------+--------------+----------------+--------+--------+--------|
| 结存       |        |            |              |                |        |        |   29件 |
+------------+--------+------------+--------------+----------------+--------+--------+--------+
金额单位：人民币元
未说明价值的批次只计数量，不在金额之内
"""
    )


def test_the_cash_book_of_a_fund_on_a_page_in_english(book: Book) -> None:
    card = stock_card(book, "main", "CNY", Period.month(2023, 3))
    table = stock_card_table(card, book).without("came_in", "went_out", "balance", "lot")
    assert (
        draw(table, "markdown")
        == """\
**Stock card: Money, Main fund, 2023-03**

| Date            | Entry   | Document   | From or to    |   In, value |   Out, value |   Balance, value |
|:----------------|:--------|:-----------|:--------------|------------:|-------------:|-----------------:|
| Brought forward |         |            |               |             |              |            50.00 |
| 2023-03-02      | 13      | PV-000001  | project: Well |           0 |        20.00 |            30.00 |
| Balance         |         |            |               |             |              |            30.00 |

- amounts in CNY
"""
    )


def test_a_reversal_stands_on_a_line_of_its_own(book: Book) -> None:
    lines = stock_card(book, "depot", "quilt").lines
    assert [(line.document, line.reverses) for line in lines if line.reverses] == [("REV-000001", 10)]


def test_what_is_public_does_not_name_who_asked_not_to_be_named(book: Book) -> None:
    table = stock_card_table(stock_card(book, "depot", "water"), book, "zh", public=True)
    assert table.rows[1][4] == "捐赠方：不愿公开名称的捐赠方"


def test_an_entry_dated_back_stands_where_it_belongs() -> None:
    book = an_empty_book()
    for on in ("2023-02-01", "2023-01-01"):
        line = ReceivedLine("quilt", QUILT.quantity(1), valuation=Valuation.voucher(yuan("1"), "slip"))
        book.receive(donor="A", into="depot", lines=[line], on=on, counted_by=("a", "b"))
    card = stock_card(book, "depot", "quilt")
    assert [(line.on.isoformat(), line.entry, line.balance.quantity) for line in card.lines] == [
        ("2023-01-01", 2, 1),
        ("2023-02-01", 1, 2),
    ]
    assert [line.entry for line in stock_card(book, "depot", "quilt", known=1).lines] == [1]


def test_what_moves_within_the_depot_came_and_went_at_once() -> None:
    book = an_empty_book()
    line = ReceivedLine("quilt", QUILT.quantity(2), valuation=Valuation.voucher(yuan("2"), "slip"))
    book.receive(donor="A", into="depot", lines=[line], on="2023-01-01", counted_by=("a", "b"))
    usable, apart = (Place(kind, "depot") for kind in (PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE))
    draft = Draft(book.ledger, "Q-1", book.entries[0].on, Stamp())
    draft.move(book.lot("GRN-000001-1"), usable, apart, 1)
    draft.finish(EntryKind.RETURN)
    book.ledger.post(draft.entries)
    card = stock_card(book, "depot", "quilt")
    last = card.lines[-1]
    assert (last.came, last.went, last.balance) == (Holding(1, 100), Holding(1, 100), Holding(2, 200))
    assert stock_card_table(card, book).rows[-1][4] == "depot: Depot → quarantine: Depot"


@pytest.mark.parametrize(("site", "item"), [("dept", "quilt"), ("depot", "quilts")])
def test_a_card_of_what_the_book_does_not_know_is_refused_with_the_nearest(
    book: Book, site: str, item: str
) -> None:
    with pytest.raises(Unknown) as refused:
        stock_card(book, site, item)
    assert refused.value.near in {("depot",), ("quilt",)}


def test_a_card_without_movements_closes_as_it_opened(book: Book) -> None:
    card = stock_card(book, "depot", "quilt", Period.month(2023, 12))
    assert card.lines == ()
    assert card.closing == card.opening == book.on_hand("quilt", "depot")


@pytest.mark.parametrize(
    ("site", "item"), [("depot", "quilt"), ("depot", "water"), ("branch", "quilt"), ("main", "CNY")]
)
def test_the_balance_is_what_the_book_has_on_every_day(book: Book, site: str, item: str) -> None:
    card = stock_card(book, site, item)
    assert card.closing == book.on_hand(item, site)
    by_day = {line.on: line.balance for line in card.lines}
    assert all(balance == book.on_hand(item, site, on=on) for on, balance in by_day.items())


@given(
    st.lists(st.tuples(st.booleans(), st.integers(1, 5), st.integers(1, 28)), max_size=12), st.integers(1, 28)
)
def test_opening_and_movements_make_the_closing_wherever_the_period_begins(
    moves: list[tuple[bool, int, int]], first: int
) -> None:
    book = an_empty_book()
    line = ReceivedLine("quilt", QUILT.quantity(60), valuation=Valuation.voucher(yuan("70.01"), "slip"))
    book.receive(donor="A", into="depot", lines=[line], on="2023-01-01", counted_by=("a", "b"))
    for is_given, count, day in moves:
        on = f"2023-03-{day:02}"
        if is_given:
            given_out = Handout("H-1", "quilt", QUILT.quantity(count), "sheet")
            book.distribute(origin="depot", lines=[given_out], on=on)
        else:
            more = ReceivedLine("quilt", QUILT.quantity(count), valuation=Valuation.memorandum())
            book.receive(donor="B", into="depot", lines=[more], on=on, counted_by=("a", "b"))
    card = stock_card(book, "depot", "quilt", Period(f"2023-03-{first:02}", "2023-03-31"))
    moved = sum((line.came - line.went for line in card.lines), Holding(0, 0))
    assert card.opening + moved == card.closing == book.on_hand("quilt", "depot")
