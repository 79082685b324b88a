"""The checklist of a close, late news, and the history of closing, as tables."""

from __future__ import annotations

import pytest

from reliefstock import Book, Handout, Period
from reliefstock.reconciliation import closing_acts, closing_checks, late_news
from reliefstock.reports import (
    Table,
    closing_acts_table,
    closing_checklist_table,
    draw,
    late_news_table,
    plain,
)
from unit.reconciliation.office import H1, give, office, receive, send, undo


@pytest.fixture
def book() -> Book:
    """A closed half-year; a list of June that came in July; a list of March that was taken back in July."""
    book = office()
    receive(book, 20, "1600", "2023-01-10")
    give(book, "h1", 5, "2023-03-01")
    book.close(H1, on="2023-07-02", closed_by="bookkeeper", approved_by="director", note="half-year")
    line = Handout("h1", "quilt", book.register.item("quilt").quantity(2), "sheet 9")
    book.distribute(origin="depot", lines=[line], on="2023-07-05", concerns="2023-06-20")
    undo(book, "DL-000001", "2023-07-06")
    return book


def checklist(book: Book, period: Period, lang: str) -> Table:
    return closing_checklist_table(closing_checks(book, period), period, lang)  # pyright: ignore[reportArgumentType]


def test_the_checklist_has_a_line_for_each_check_and_for_all_that_is_in_the_way(book: Book) -> None:
    for on in ("2023-08-01", "2023-08-02"):
        send(book, "branch", 2, on)
    table = checklist(book, Period.half_year(2023, 2), "en")
    assert table.title() == "Before 2023-H2 is closed"
    assert table.rows == (
        ("the period is open", "met", "", ""),
        ("the period is over", "met", "", ""),
        ("earlier periods are closed", "met", "", ""),
        ("every count is approved", "met", "", ""),
        ("no count is in question", "met", "", ""),
        (
            "no consignment is overdue",
            "not met",
            "waybill WB-000001 to branch was due on 2023-08-08 and is still on the road",
            "WB-000001",
        ),
        (
            "no consignment is overdue",
            "not met",
            "waybill WB-000002 to branch was due on 2023-08-09 and is still on the road",
            "WB-000002",
        ),
        ("every loss on the road is signed for", "met", "", ""),
    )
    assert table.notes() == ("documents: WB Waybill",)


def test_the_checklist_in_chinese(book: Book) -> None:
    assert draw(checklist(book, H1, "zh")) == (
        "结账检查表（2023年上半年）\n"
        "+------------------+--------+---------------------------------------------+--------+\n"
        "| 检查项           | 状态   | 未了结事项                                  | 单据   |\n"
        "|------------------+--------+---------------------------------------------+--------|\n"
        "| 本期尚未结账     | 未满足 | 2023年上半年已结账（账簿已结至 2023-06-30） |        |\n"
        "| 期间已结束       | 已满足 |                                             |        |\n"
        "| 前期均已结账     | 已满足 |                                             |        |\n"
        "| 盘点均已批准     | 已满足 |                                             |        |\n"
        "| 盘点结果均无疑问 | 已满足 |                                             |        |\n"
        "| 没有逾期在途     | 已满足 |                                             |        |\n"
        "| 运输损失均已签认 | 已满足 |                                             |        |\n"
        "+------------------+--------+---------------------------------------------+--------+\n"
    )


def test_late_news_says_what_it_is_about_and_what_it_changes(book: Book) -> None:
    table = late_news_table(late_news(book, H1), H1, book)
    assert table.title() == "Late news about 2023-H1"
    assert draw(table, "csv") == (
        "Document,Kind,Date,Concerns,Received,Gains,Converted,On hand,In transit,Given out,Lost\n"
        "DL-000002,Distribution list,2023-07-05,2023-06-20,0,0,0,-160.00,0,160.00,0\n"
        "REV-000001,Reversal,2023-07-06,2023-03-01,0,0,0,400.00,0,-400.00,0\n"
    )
    assert table.total == ("Total", "", "", "", "0", "0", "0", "240.00", "0", "-240.00", "0")
    assert table.notes()[-1] == (
        "entered on open days; the statement of the period that it is about stays as it was"
    )


def test_late_news_in_chinese(book: Book) -> None:
    table = late_news_table(late_news(book, H1), H1, book, "zh")
    assert table.rows[1][:4] == ("REV-000001", "冲销单", "2023-07-06", "2023-03-01")
    assert table.title("zh") == "迟到事项（所属期间：2023年上半年）"
    assert table.notes("zh") == ("金额单位：人民币元", "记在未结账日期，不改变所属期间的报表")


def test_all_that_was_done_to_periods_is_listed(book: Book) -> None:
    book.reopen(H1, on="2023-07-07", reason="a waybill", requested_by="bookkeeper", approved_by="director")
    book.close(H1, on="2023-07-08", closed_by="bookkeeper", approved_by="director")
    book.seal(H1, on="2023-07-20", sealed_by="auditor", approved_by="director", audit_paper="audit 4")
    table = closing_acts_table(closing_acts(book), book)
    assert draw(table, "csv") == (
        "Document,Kind,Period,Date,Done by,Approved by,Why,Entries known,Closed through,Sealed through\n"
        "CL-000001,Period close,2023-H1,2023-07-02,bookkeeper,director,half-year,2,2023-06-30,\n"
        "RO-000001,Reopening,2023-H1,2023-07-07,bookkeeper,director,a waybill,4,2022-12-31,\n"
        "CL-000002,Period close,2023-H1,2023-07-08,bookkeeper,director,,4,2023-06-30,\n"
        "SE-000001,Period seal,2023-H1,2023-07-20,auditor,director,audit 4,,2023-06-30,2023-06-30\n"
    )
    zh = closing_acts_table(closing_acts(book), book, "zh")
    assert zh.rows[-1][:3] == ("SE-000001", "封账单", "2023年上半年")
    assert plain(zh)["title"] == {"zh": "结账记录", "en": "Closes, seals and reopenings"}
