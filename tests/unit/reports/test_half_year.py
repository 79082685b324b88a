"""The half-year summary: what came, what went, what is only told of, in typed rows and in tables."""

from __future__ import annotations

import pytest

from reliefstock import (
    Book,
    Donor,
    FixedClock,
    Handout,
    Item,
    Money,
    ReceivedLine,
    Restriction,
    School,
    Valuation,
    Warehouse,
)
from reliefstock.ledger import Side
from reliefstock.parties import Household
from reliefstock.projects import Project, State
from reliefstock.reconciliation import Claim, Finding, Measure, What, check_claims
from reliefstock.reports import draw
from reliefstock.reports.half_year import Section, half_year_findings, half_year_summary, summary_tables
from reliefstock.values import Interval, Period, Unit

HALF = Period.half_year(2023, 1)
QUILT = Item("quilt", zh="棉被", en="Quilt", unit=Unit.counting("bed", zh="床", en="bed"))
GOODS = Item.by_value("goods", zh="物资", en="Goods", currency="CNY")


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def receive(book: Book, line: ReceivedLine, on: str, restriction: Restriction | None = None) -> str:
    note = book.receive(
        donor="A", into="depot", lines=[line], on=on, counted_by=("a", "b"), restriction=restriction
    )
    return note.number


@pytest.fixture
def book() -> Book:
    book = Book("county", currency="CNY", clock=FixedClock("2023-12-31"))
    book.add(
        *(QUILT, GOODS, Donor("A", zh="甲公司", en="Company A"), Warehouse("depot", zh="备灾中心")),
        *(School("S", zh="中心学校", en="Central school"), Household("h1"), Project("well", zh="水井")),
    )
    worth = Valuation.voucher(yuan("900"), "invoice 17")
    receive(book, ReceivedLine("quilt", QUILT.quantity(9), valuation=worth), "2023-05-02")
    receive(
        book,
        ReceivedLine("goods", yuan("50"), valuation=Valuation.estimate(yuan("50"), "list")),
        "2023-03-01",
    )
    receive(book, ReceivedLine("quilt", QUILT.quantity(2), valuation=Valuation.memorandum()), "2023-06-30")
    receive(book, ReceivedLine("quilt", QUILT.quantity(7), valuation=worth), "2023-07-01")
    handouts = [Handout("S", "quilt", QUILT.quantity(3), "sheet 1", ("GRN-000001-1",))]
    book.distribute(origin="depot", lines=handouts, on="2023-05-03")
    book.reverse("DL-000001", on="2023-05-04", reason="wrong school", approved_by="d")
    return book


def tell(book: Book) -> Book:
    book.mention(
        "一批药品",
        side=Side.RECEIVED,
        period=Period.month(2023, 4),
        evidence="summary",
        missing=("amount", "the road"),
        value=Interval(12_000_000, 13_000_000, low_open=True, high_open=True),
        what_en="some medicines",
    )
    book.mention(
        "慰问", side=Side.GIVEN_OUT, period=HALF, evidence="summary", missing=("item",), what_en="a visit"
    )
    book.mention("去年", side=Side.GIVEN_OUT, period=Period.year(2022), evidence="summary", missing=("item",))
    book.observe(
        "wells",
        count=Interval.exactly(1),
        unit="处",
        on="2023-06-30",
        evidence="s",
        project="well",
        state=State.BEGUN,
    )
    book.observe(
        "share", count=Interval.at_least(50), unit="%", on="2023-06-14", evidence="s", what_zh="占比"
    )
    book.observe("funds", count=Interval.exactly(65_000_000), unit="money", on="2023-01-14", evidence="s")
    book.observe("late", count=Interval.exactly(1), unit="", on="2023-07-01", evidence="s")
    return book


def test_what_is_dated_in_the_period_is_in_its_section_in_the_order_of_the_days(book: Book):
    summary = half_year_summary(tell(book), HALF)
    assert [
        (line.section.value, line.period.first.isoformat()[5:], line.about()) for line in summary.lines
    ] == [
        ("mentioned", "01-01", "a visit"),
        ("observed", "01-14", "funds"),
        ("received", "03-01", "Goods"),
        ("mentioned", "04-01", "some medicines"),
        ("received", "05-02", "Quilt"),
        ("given out", "05-03", "Quilt"),
        ("given out", "05-04", "Quilt"),
        ("observed", "06-14", "share"),
        ("received", "06-30", "Quilt"),
        ("observed", "06-30", "wells"),
    ]
    assert [line.document for line in summary.of(Section.GIVEN_OUT)] == ["DL-000001", "REV-000001"]


def test_what_was_taken_back_stands_below_zero(book: Book):
    given, back = half_year_summary(book, HALF).of(Section.GIVEN_OUT)
    assert (given.quantity, given.amount) == (Interval.exactly(3), Interval.exactly(30_000))
    assert (back.quantity, back.amount) == (Interval.exactly(-3), Interval.exactly(-30_000))
    assert (given.each, back.each) == (10_000, 10_000)


def test_a_receipt_that_is_taken_back_stands_below_zero_too(book: Book):
    book.reverse("GRN-000002", on="2023-06-01", reason="not ours", approved_by="d")
    amounts = [
        line.amount for line in half_year_summary(book, HALF).of(Section.RECEIVED) if line.item == "goods"
    ]
    assert amounts == [Interval.exactly(5_000), Interval.exactly(-5_000)]


@pytest.mark.parametrize(
    ("item", "each"), [("quilt", 10_000), ("goods", None)], ids=["by quantity and value", "by value alone"]
)
def test_one_unit_is_worth_what_the_line_says_where_it_says_both(book: Book, item: str, each: int | None):
    line = next(line for line in half_year_summary(book, HALF).lines if line.item == item)
    assert line.each == each


def test_what_is_worth_no_whole_number_of_fen_each_has_no_price(book: Book):
    worth = Valuation.voucher(yuan("1.00"), "invoice 18")
    receive(book, ReceivedLine("quilt", QUILT.quantity(3), valuation=worth), "2023-06-01")
    line = next(line for line in half_year_summary(book, HALF).lines if line.document == "GRN-000005")
    assert line.each is None


def test_what_is_told_of_between_bounds_has_no_price(book: Book):
    book.mention(
        *("一批",),
        side=Side.RECEIVED,
        period=HALF,
        evidence="summary",
        missing=("place",),
        value=Interval(1, 2),
        quantity=Interval.exactly(1),
        unit="box",
    )
    (line,) = half_year_summary(book, HALF).of(Section.MENTIONED)
    assert line.each is None


def test_a_line_is_about_something_in_both_languages(book: Book):
    line = half_year_summary(tell(book), HALF).of(Section.MENTIONED)[1]
    assert (line.about("zh"), line.about("en"), line.missing, line.evidence) == (
        *("一批药品", "some medicines"),
        *(("amount", "the road"), "summary"),
    )


def test_what_was_withdrawn_is_not_told(book: Book):
    told = half_year_summary(tell(book), HALF)
    withdrawn = [told.of(Section.MENTIONED)[0].document, told.of(Section.OBSERVED)[0].document]
    for number in withdrawn:
        book.reverse(number, on="2023-07-01", reason="entered twice", approved_by="director")
    left = [line.document for line in half_year_summary(book, HALF).lines]
    assert sorted([*left, *withdrawn]) == sorted(line.document for line in told.lines)


def test_only_what_came_in_names_its_evidence(book: Book):
    lines = half_year_summary(book, HALF).lines
    assert [line.evidence for line in lines] == ["list", "invoice 17", "", "", ""]


RECEIVED_ZH = """\
收到（2023年上半年）
+---------------+--------+----------+--------+----------+----------+------------+
| 日期          | 物资   | 捐赠方   |   数量 |     金额 |     单价 | 单据       |
|---------------+--------+----------+--------+----------+----------+------------|
| 2023年3月1日  | 物资   | 甲公司   |        |  50.00元 |          | GRN-000002 |
| 2023年5月2日  | 棉被   | 甲公司   |    9床 | 900.00元 | 100.00元 | GRN-000001 |
| 2023年6月30日 | 棉被   | 甲公司   |    2床 |   未说明 |          | GRN-000003 |
+---------------+--------+----------+--------+----------+----------+------------+
单据：GRN 入库单
"""

ALL_EN = """\
Date,Item,Donor,Quantity,Value,Each,Document
2023-03-01,Goods,Company A,,CNY 50.00,,GRN-000002
2023-05-02,Quilt,Company A,9 bed,CNY 900.00,CNY 100.00,GRN-000001
2023-06-30,Quilt,Company A,2 bed,not stated,,GRN-000003

Date,Item,Recipient,Quantity,Value,Document
2023-05-03,Quilt,Central school,3 bed,CNY 300.00,DL-000001
2023-05-04,Quilt,Central school,-3 bed,CNY -300.00,REV-000001

Date,Said of,Quantity,Value,Not stated,Document
2023-H1,a visit,not stated,not stated,item,MEN-000002
2023-04,some medicines,,"CNY 120,000.00–CNY 130,000.00 (both excluded)","amount, the road",MEN-000001

Date,Said of,Quantity,State,Document
2023-01-14,funds,"CNY 650,000.00",,OBS-000003
2023-06-14,share,at least 50%,,OBS-000002
2023-06-30,wells,1,begun,OBS-000001
"""


def test_the_table_of_what_came_in_reads_as_a_page_in_chinese(book: Book):
    received, given = summary_tables(half_year_summary(book, HALF), book, "zh")
    assert draw(received, "terminal", "zh") == RECEIVED_ZH
    assert given.title("zh") == "发放、下拨及支出（2023年上半年）"


def test_all_tables_have_the_same_lines_in_english(book: Book):
    tables = summary_tables(half_year_summary(tell(book), HALF), book, "en")
    assert [table.key for table in tables] == [
        *("summary_received", "summary_given_out", "summary_mentioned", "summary_observed"),
    ]
    assert "\n".join(draw(table, "csv", "en") for table in tables) == ALL_EN


def test_in_chinese_what_is_missing_is_listed_in_chinese(book: Book):
    mentioned = summary_tables(half_year_summary(tell(book), HALF), book, "zh")[2]
    assert [row[4] for row in mentioned.rows] == ["物资名称", "金额或数量、the road"]


def test_a_summary_of_nothing_has_no_tables():
    book = Book("county", currency="CNY", clock=FixedClock("2023-12-31"))
    assert summary_tables(half_year_summary(book, HALF), book) == ()


def test_the_findings_begin_with_the_notes_and_hold_those_of_every_check(book: Book):
    note = Finding(code="note", about="T1", zh="注", en="a note")
    measured = Measure(what=What.GIVEN_OUT, period=Period.month(2023, 5))
    report = check_claims(
        book, [Claim(id="C1", figure="40余万元", zh="发放", en="given out", measure=measured)]
    )
    codes = [finding.code for finding in half_year_findings(tell(book), HALF, report, [note])]
    assert codes[0] == "note"
    assert {"given-above-received", "value-not-stated", "movement-incomplete", "cut-off"} <= set(codes)
