"""The report to a donor: what came, and where all of it is."""

from __future__ import annotations

import attrs
import pytest

from reliefstock import (
    Basis,
    Book,
    BoughtLine,
    Handout,
    PledgedLine,
    ReceiptForm,
    ReceivedLine,
    Side,
    Valuation,
)
from reliefstock.errors import Unknown
from reliefstock.reports import donation_ends_table, donation_report, donation_report_table, draw
from unit.reports.books import QUILT, a_book, an_empty_book, yuan


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book()


def test_what_was_promised_and_what_came_on_paper_in_chinese(book: Book) -> None:
    table = donation_report_table(donation_report(book, "A"), book, "zh")
    assert (
        draw(table.without("lot", "date", "evidence", "refused"), lang="zh")
        == """\
捐赠使用报告：甲公司
+-----------+------------+--------+----------------+--------+----------+------------+--------------+
| 捐赠      | 票据       | 物资   |           认捐 |   数量 |     金额 | 计价依据   | 限定         |
|-----------+------------+--------+----------------+--------+----------+------------+--------------|
| PL-000001 |            | 棉被   | 12件、1,200.00 |        |          |            |              |
| PL-000001 | GRN-000001 | 棉被   |                |   10件 | 1,000.00 | 凭据金额   | 活动：winter |
| PL-000001 | GRN-000001 | 饮用水 |                |      0 |          |            |              |
| DR-000002 | 票-7       | 资金   |                | 100.00 |   100.00 | 凭据金额   | 非限定       |
|-----------+------------+--------+----------------+--------+----------+------------+--------------|
| 合计      |            |        |                |        | 1,100.00 |            |              |
+-----------+------------+--------+----------------+--------+----------+------------+--------------+
金额单位：人民币元
"""
    )


def test_where_it_is_on_paper_in_chinese(book: Book) -> None:
    table = donation_ends_table(donation_report(book, "A"), book, "zh")
    assert (
        draw(table, lang="zh")
        == """\
捐赠去向：甲公司
+-----------+------------------+--------------------+----------+---------------------+----------+
| 捐赠      | 状态             | 去向               | 物资     |                数量 |     金额 |
|-----------+------------------+--------------------+----------+---------------------+----------|
| PL-000001 | 库存             | 仓库：备灾中心     | 棉被     |                 6件 |   600.00 |
| PL-000001 | 在途             | 在途：WB-000002    | 棉被     |                 2件 |   200.00 |
| PL-000001 | 发放、下拨及支出 | 家庭（1）          | 棉被     |                 2件 |   200.00 |
| DR-000002 | 库存             | 资金账户：基本账户 | 资金     |               30.00 |    30.00 |
| DR-000002 | 发放、下拨及支出 | 项目（1）          | 资金     |               20.00 |    20.00 |
| DR-000002 | 库存             | 仓库：备灾中心     | 转为棉被 | 1件（合用，按份额） |    50.00 |
|-----------+------------------+--------------------+----------+---------------------+----------|
| 合计      |                  |                    |          |                     | 1,100.00 |
+-----------+------------------+--------------------+----------+---------------------+----------+
金额单位：人民币元
去向合计与收到（含盘盈）的1,100.00相符
"""
    )


def test_where_it_is_on_a_page_in_english_and_public(book: Book) -> None:
    table = donation_ends_table(donation_report(book, "B", public=True), book)
    assert (
        draw(table, "markdown")
        == """\
**Where it is: a donor who asked not to be named**

| Donation   | State     | Where it is           | Item      |                      Quantity |      Value |
|:-----------|:----------|:----------------------|:----------|------------------------------:|-----------:|
| GRN-000002 | on hand   | depot: Depot          | Water     |                      26 piece | not valued |
| GRN-000002 | on hand   | quarantine: Depot     | Water     |                       3 piece | not valued |
| GRN-000002 | given out | school (1)            | Water     |                      24 piece | not valued |
| GRN-000002 | lost      | loss: spoilt          | Water     |                       1 piece | not valued |
| DR-000001  | on hand   | depot: Depot          | now Quilt |                       1 piece |      91.67 |
| DR-000001  | on hand   | depot: Branch         | now Quilt |                       3 piece |     274.99 |
| DR-000001  | lost      | loss: short (carrier) | now Quilt |                       1 piece |      91.67 |
| DR-000001  | on hand   | depot: Depot          | now Quilt | 1 piece (joint lot, by share) |      41.67 |
| Total      |           |                       |           |                               |     500.00 |

- amounts in CNY
- lots whose value is not stated are counted by quantity and are in no amount
- the ends sum to the 500.00 given and found
"""
    )


def test_the_ends_sum_to_what_was_given_to_the_fen(book: Book) -> None:
    for donor in ("A", "B"):
        report = donation_report(book, donor)
        assert [donation.difference for donation in report.donations] == [0] * len(report.donations)
        assert report.difference == 0
        came = sum(gift.value for donation in report.donations for gift in donation.received)
        assert report.given == came


def test_a_public_report_keeps_back_who_asked_for_it_and_what_the_papers_say(book: Book) -> None:
    report = donation_report(book, "B", public=True)
    assert (report.donor, {gift.evidence for one in report.donations for gift in one.received}) == (
        None,
        {""},
    )
    table = donation_report_table(report, book, "zh")
    assert table.zh == "捐赠使用报告：不愿公开名称的捐赠方"
    assert {row[10] for row in table.rows} == {"不公开"}
    assert "乙公司" not in draw(table, lang="zh") + draw(table, lang="en")


def test_a_public_report_of_a_donor_who_does_not_mind_is_the_same_report(book: Book) -> None:
    report = donation_report(book, "A", public=True)
    assert (report.donor, report.donations) == ("A", donation_report(book, "A").donations)


def test_the_report_to_a_hidden_donor_itself_has_its_name(book: Book) -> None:
    table = donation_report_table(donation_report(book, "B"), book, "zh")
    assert (table.zh, table.rows[0][10]) == ("捐赠使用报告：乙公司", "list of company B")


def test_what_was_refused_is_told_with_the_reason(book: Book) -> None:
    table = donation_report_table(donation_report(book, "A"), book)
    assert [row[7] for row in table.rows] == ["", "2 piece (torn)", "1 box (leaking)", "0"]


def test_the_receipt_stands_on_the_line(book: Book) -> None:
    (_, money) = donation_report(book, "A").donations
    (gift,) = money.received
    assert (gift.receipt, gift.form, gift.document) == ("票-7", ReceiptForm.NUMBERED, "DR-000002")


@pytest.mark.parametrize(
    ("form", "said"),
    [(ReceiptForm.WAIVED, "R-1 (receipt waived)"), (ReceiptForm.ANONYMOUS, "R-1 (anonymous)")],
)
def test_why_there_is_no_receipt_stands_on_the_line(form: ReceiptForm, said: str) -> None:
    book = an_empty_book()
    book.receive_money(
        donor="A", into="main", amount=yuan("1"), on="2023-01-01", receipt="R-1", receipt_form=form
    )
    assert donation_report_table(donation_report(book, "A"), book).rows[0][2] == said


def test_what_was_taken_back_is_told_and_not_counted() -> None:
    book = an_empty_book()
    book.receive_money(donor="A", into="main", amount=yuan("5"), on="2023-01-01")
    book.receive_money(donor="A", into="main", amount=yuan("7"), on="2023-01-02")
    book.reverse("DR-000001", on="2023-01-03", reason="typed twice", approved_by="d")
    report = donation_report(book, "A")
    table = donation_report_table(report, book)
    assert [row[2] for row in table.rows] == ["DR-000001 (reversed)", "DR-000002"]
    assert table.total is not None
    assert (table.total[8], report.given, report.difference) == ("7.00", 700, 0)
    assert "what was reversed is listed and not counted" in table.notes_en


def test_a_promise_of_which_nothing_came_yet_is_told() -> None:
    book = an_empty_book()
    book.pledge(donor="A", lines=[PledgedLine("quilt", value=yuan("9"))], on="2023-01-01")
    report = donation_report(book, "A")
    (donation,) = report.donations
    assert (donation.received, donation.ends, donation.given) == ((), (), 0)
    assert donation_report_table(report, book).rows[0][:6] == (
        "PL-000001",
        "2023-01-01",
        "",
        "",
        "Quilt",
        "9.00",
    )


def test_a_gift_that_was_refused_whole_has_no_ends() -> None:
    book = an_empty_book()
    line = ReceivedLine(
        "quilt", valuation=Valuation.memorandum(), refused=QUILT.quantity(1), refusal_reason="torn"
    )
    book.receive(donor="A", into="depot", lines=[line], on="2023-01-01", counted_by=("a", "b"))
    (donation,) = donation_report(book, "A").donations
    (gift,) = donation.received
    assert (gift.lot, gift.quantity, gift.value, gift.basis, donation.ends) == (
        None,
        0,
        0,
        Basis.MEMORANDUM,
        (),
    )


def test_once_a_gift_is_valued_nothing_says_under_its_ends_that_it_is_not() -> None:
    book = an_empty_book()
    line = ReceivedLine("quilt", QUILT.quantity(4), valuation=Valuation.memorandum())
    book.receive(donor="A", into="depot", lines=[line], on="2023-01-01", counted_by=("a", "b"))
    unvalued = "lots whose value is not stated are counted by quantity and are in no amount"
    assert unvalued in donation_ends_table(donation_report(book, "A"), book).notes()
    book.revalue(
        "GRN-000001-1",
        valuation=Valuation.fair_value(yuan("80.00"), "appraisal 3"),
        on="2023-02-01",
        reason="the appraisal came",
        requested_by="clerk",
        approved_by="director",
    )
    report = donation_report(book, "A")
    assert [end.lots for donation in report.donations for end in donation.ends] == [("RV-000001-1",)]
    assert unvalued not in donation_ends_table(report, book).notes()
    assert unvalued in donation_report_table(report, book).notes()


def test_recipients_are_counted_by_kind_and_not_listed() -> None:
    book = an_empty_book()
    line = ReceivedLine("quilt", QUILT.quantity(9), valuation=Valuation.voucher(yuan("9"), "slip"))
    book.receive(donor="A", into="depot", lines=[line], on="2023-01-01", counted_by=("a", "b"))
    handouts = [Handout(one, "quilt", QUILT.quantity(2), "sheet") for one in ("H-1", "H-2", "H-1", "S-1")]
    book.distribute(origin="depot", lines=handouts, on="2023-01-02")
    (donation,) = donation_report(book, "A").donations
    given = [end for end in donation.ends if end.side is Side.GIVEN_OUT]
    assert [(end.kind.value, end.place, end.recipients, end.quantity, end.value) for end in given] == [
        ("household", None, 2, 6, 600),
        ("school", None, 1, 2, 200),
    ]


def test_a_joint_lot_is_told_once_with_the_shares_of_all_gifts_in_it() -> None:
    book = an_empty_book()
    book.pledge(donor="A", lines=[PledgedLine("CNY", value=yuan("3"))], on="2023-01-01")
    for amount in ("1", "1"):
        book.receive_money(donor="A", into="main", amount=yuan(amount), on="2023-01-02", donation="PL-000001")
    book.receive_money(donor="B", into="main", amount=yuan("1"), on="2023-01-03")
    bought = [BoughtLine("quilt", QUILT.quantity(1), yuan("3"))]
    book.purchase(
        fund="main",
        supplier="mill",
        into="depot",
        lines=bought,
        on="2023-01-04",
        counted_by=("a", "b"),
        invoice="I-1",
    )
    (donation,) = donation_report(book, "A").donations
    (end,) = donation.ends
    assert (end.item, end.quantity, end.value, end.is_shared, end.was_converted) == (
        "quilt",
        1,
        200,
        True,
        True,
    )


def test_a_difference_is_said_under_the_ends(book: Book) -> None:
    report = donation_report(book, "A")
    wrong = attrs.evolve(report, donations=(attrs.evolve(report.donations[0], given=100_001),))
    table = donation_ends_table(wrong, book)
    assert table.notes_en[-1] == "the ends differ from the 1,000.01 given and found by 0.01"
    assert table.notes_zh[-1] == "去向合计与收到（含盘盈）的1,000.01相差0.01"


def test_a_donor_that_the_book_does_not_know_is_refused(book: Book) -> None:
    with pytest.raises(Unknown):
        donation_report(book, "Z")
