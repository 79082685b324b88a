"""What should have come by now, and who has it."""

from __future__ import annotations

from datetime import date

import pytest

from reliefstock import ArrivedLine, Book, Stage
from reliefstock.errors import NotABusinessDate
from reliefstock.reconciliation import OverdueLine, overdue, overdue_findings
from unit.reconciliation.office import office, receive, send, undo


@pytest.fixture
def book() -> Book:
    """Of ten quilts four are on the road since 11 January, and three since 1 February."""
    book = office()
    receive(book, 10, "100.01", "2023-01-10")
    send(book, "branch", 4, "2023-01-11")
    send(book, "ningshan", 3, "2023-02-01")
    return book


def test_a_consignment_is_overdue_from_the_day_after_it_was_due(book: Book):
    assert overdue(book, "2023-01-18") == ()
    (row,) = overdue(book, "2023-01-19")
    assert (row.waybill, row.origin, row.to, row.carrier, row.custody) == (
        "WB-000001",
        "depot",
        "branch",
        "",
        Stage.CARRIER,
    )
    assert (row.dispatched_on, row.due, row.days) == (date(2023, 1, 11), date(2023, 1, 18), 1)
    assert row.lines == (OverdueLine(lot="GRN-000001-1", item="quilt", quantity=4, value=4000),)
    assert row.value == 4000


def test_what_is_overdue_longest_comes_first(book: Book):
    assert [(row.waybill, row.days) for row in overdue(book, date(2023, 3, 1))] == [
        ("WB-000001", 42),
        ("WB-000002", 21),
    ]


def test_without_a_day_it_is_asked_for_today(book: Book):
    assert [row.days for row in overdue(book)] == [347, 326]


def test_only_what_is_still_on_the_road_is_overdue(book: Book):
    quilts = book.register.item("quilt").quantity
    lines = [ArrivedLine("GRN-000001-1", quilts(3))]
    book.arrive("WB-000001", on="2023-02-20", received_by="c", lines=lines, partial=True)
    undo(book, "WB-000002", "2023-02-20")
    (row,) = overdue(book, "2023-02-20")
    assert [(line.quantity, line.value) for line in row.lines] == [(1, 1000)]
    known = len(book.entries) - 1
    assert [row.waybill for row in overdue(book, "2023-02-20", known=known)] == ["WB-000001", "WB-000002"]
    assert [row.value for row in overdue(book, "2023-02-19")] == [4000, 3000]
    book.arrive("WB-000001", on="2023-02-21", received_by="c", nothing_arrived=True)
    assert overdue(book, "2023-02-21") == ()


def test_a_finding_says_what_is_to_be_done(book: Book):
    first, second = overdue_findings(book, "2023-02-09")
    assert (first.code, first.about, first.documents) == ("consignment-overdue", "WB-000001", ("WB-000001",))
    assert first.figures == (("days", "22"), ("value", "CNY 40.00"))
    assert first.en == (
        "waybill WB-000001 from depot to branch was due on 2023-01-18 and is 22 days overdue, in the custody "
        "of the carrier; ask, and report what came, divert it or report it lost"
    )
    assert "1 day overdue" in second.en
    assert second.zh == (
        "货运单 WB-000002（备灾中心 至 宁陕县红十字会）应于 2023-02-08 到达，已逾期 1 天，物资在承运方手中；"
        "请查询，到货后验收，或改运、按损失上报"
    )


def test_a_finding_names_the_carrier():
    book = office()
    receive(book, 4, "100.00", "2023-01-10")
    waybill = send(book, "branch", 3, "2023-01-11")
    book.divert(
        waybill.number,
        to="depot",
        on="2023-01-12",
        reason="flood",
        approved_by="director",
        carrier="lorry 4",
        due="2023-01-13",
    )
    (finding,) = overdue_findings(book, "2023-01-14")
    assert "the carrier (lorry 4)" in finding.en
    assert "承运方（lorry 4）" in finding.zh


def test_what_is_no_day_is_refused(book: Book):
    with pytest.raises(NotABusinessDate):
        overdue(book, "tomorrow")
