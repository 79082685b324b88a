"""The trace of a donation on paper."""

from __future__ import annotations

from reliefstock import BillOfMaterials, Book, Component, Handout, Item, ReceivedLine, Valuation
from reliefstock.ledger import Place, PlaceKind
from reliefstock.reconciliation import Trace, TraceEnd, trace
from reliefstock.reports import draw, trace_table
from unit.reports.books import QUILT, WATER, an_empty_book, yuan


def received(book: Book, donor: str, line: ReceivedLine) -> str:
    note = book.receive(
        donor=donor, into="depot", on="2023-01-10", counted_by=("keeper", "clerk"), lines=[line]
    )
    return note.donation


def a_book_with_kits() -> tuple[Book, str]:
    """Water of one donor and a quilt of another in a kit; some of the water is given out as it is."""
    book = an_empty_book()
    kit = Item("kit", zh="家庭包", en="Family kit")
    parts = [Component("water", WATER.quantity(6)), Component("quilt", QUILT.quantity(1))]
    book.add(kit, BillOfMaterials(item="kit", version="1", components=parts))
    worth = Valuation.voucher(yuan("48.00"), "voucher 1")
    water = received(book, "B", ReceivedLine("water", WATER.quantity(2, "box"), valuation=worth))
    received(book, "A", ReceivedLine("quilt", QUILT.quantity(4), valuation=worth))
    book.build_kits(
        kit="kit",
        count=kit.quantity(2),
        warehouse="depot",
        on="2023-01-11",
        assembled_by="keeper",
        checked_by="clerk",
    )
    bottles = [Handout("H-1", "water", WATER.quantity(4), "sheet 1")]
    book.distribute(origin="depot", on="2023-01-20", lines=bottles)
    return book, water


def test_the_ends_of_a_donation_on_paper_in_chinese_sum_to_what_was_given() -> None:
    book, water = a_book_with_kits()
    assert (
        draw(trace_table(trace(book, water), book, "zh"), lang="zh")
        == """\
溯源：GRN-000001（乙公司）
+--------------+------------+------------------+----------------+---------------------+--------+
| 批次         | 物资       | 状态             | 去向           |                数量 |   金额 |
|--------------+------------+------------------+----------------+---------------------+--------|
| GRN-000001-1 | 饮用水     | 库存             | 仓库：备灾中心 |                32件 |  32.00 |
| GRN-000001-1 | 饮用水     | 发放、下拨及支出 | 家庭：H-1      |                 4件 |   4.00 |
| KIT-000001-1 | 转为家庭包 | 库存             | 仓库：备灾中心 | 2件（合用，按份额） |  12.00 |
|--------------+------------+------------------+----------------+---------------------+--------|
| 合计         |            |                  |                |                     |  48.00 |
+--------------+------------+------------------+----------------+---------------------+--------+
金额单位：人民币元
去向合计与收到（含盘盈）的48.00相符
单据：GRN 入库单、KIT 组包单
"""
    )


def test_a_trace_for_the_public_keeps_back_a_name_that_a_donor_wants_kept_back() -> None:
    book, water = a_book_with_kits()
    told = trace(book, water)
    assert trace_table(told, book).en == "Trace: GRN-000001 (Company B)"
    assert trace_table(told, book, public=True).en == "Trace: GRN-000001 (a donor who asked not to be named)"


def test_a_trace_that_does_not_add_up_says_by_how_much() -> None:
    book, _ = a_book_with_kits()
    depot = Place(PlaceKind.WAREHOUSE, "depot")
    end = TraceEnd(lot="GRN-000001-1", item="water", place=depot, quantity=2, value=200, depth=0)
    told = Trace(donation="GRN-000001", donor="B", given=300, steps=(), ends=(end,))
    assert "the ends differ from the 3.00 given and found by 1.00" in trace_table(told, book).notes()


def test_goods_that_nobody_has_valued_are_not_said_to_be_worth_nothing() -> None:
    book = an_empty_book()
    line = ReceivedLine("quilt", QUILT.quantity(4), valuation=Valuation.memorandum())
    table = trace_table(trace(book, received(book, "A", line)), book)
    assert table.rows[0][-1] == "not valued"
    assert "lots whose value is not stated are counted by quantity and are in no amount" in table.notes()


def test_once_the_goods_are_valued_the_trace_no_longer_says_that_they_are_not() -> None:
    book = an_empty_book()
    line = ReceivedLine("quilt", QUILT.quantity(4), valuation=Valuation.memorandum())
    donation = received(book, "A", line)
    book.revalue(
        "GRN-000001-1",
        valuation=Valuation.fair_value(yuan("80.00"), "appraisal 3"),
        on="2023-02-01",
        reason="the appraisal came",
        requested_by="clerk",
        approved_by="director",
    )
    table = trace_table(trace(book, donation), book)
    assert table.rows == (("RV-000001-1", "Quilt", "on hand", "depot: Depot", "4 piece", "80.00"),)
    assert table.notes()[:2] == ("amounts in CNY", "the ends sum to the 80.00 given and found")
