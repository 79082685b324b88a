"""Dispatched against received: every waybill adds up, or says by how much it does not."""

from __future__ import annotations

from datetime import date

from reliefstock import ArrivedLine, Book, ConsignedLine, DivertedLine, Waybill
from reliefstock.reconciliation import consignment_findings, consignments
from unit.reconciliation.office import arrive, divert, give, move_in_secret, office, receive, send, undo


def sent(count: int = 4, to: str = "branch") -> Book:
    book = office()
    receive(book, 10, "100.00", "2023-01-10")
    send(book, to, count, "2023-01-11")
    return book


def waybill_of(book: Book) -> Waybill:
    return book.documents_of(Waybill)[0]


def arrived(received: int, damaged: int | None = None) -> Book:
    book = sent()
    arrive(book, waybill_of(book), "2023-01-12", received=received, damaged=damaged)
    return book


def test_what_has_not_arrived_is_on_the_road():
    (one,) = consignments(sent())
    assert (one.waybill, one.origin, one.to, one.dispatched_on) == (
        "WB-000001",
        "depot",
        "branch",
        date(2023, 1, 11),
    )
    assert (one.reports, one.received_on, one.due, one.is_open) == ((), None, date(2023, 1, 18), True)
    (line,) = one.lines
    assert (line.lot, line.item, line.dispatched, line.in_transit, line.difference) == (
        "GRN-000001-1",
        "quilt",
        4,
        4,
        0,
    )
    (finding,) = consignment_findings(sent())
    assert (finding.code, finding.about, finding.documents) == (
        "consignment-open",
        "WB-000001",
        ("WB-000001",),
    )
    assert finding.zh == "货运单 WB-000001（发往 分库，应于 2023-01-18 到达）尚未到货"
    assert finding.en == "waybill WB-000001 to branch, due on 2023-01-18, has not arrived"


def test_what_came_whole_needs_no_word():
    book = arrived(4)
    (one,) = consignments(book)
    assert (one.reports, one.received_on, one.is_open) == (("RR-000001",), date(2023, 1, 12), False)
    assert (one.lines[0].received, one.lines[0].difference) == (4, 0)
    assert consignment_findings(book) == ()


def test_what_came_short_or_spoilt_is_told():
    book = arrived(2, 1)
    (line,) = consignments(book)[0].lines
    assert (line.received, line.damaged, line.short, line.difference) == (2, 1, 1, 0)
    (finding,) = consignment_findings(book)
    assert finding.code == "consignment-difference"
    assert finding.figures == (("short", "1"), ("damaged", "1"))
    assert finding.documents == ("WB-000001", "RR-000001")
    assert "1 piece short, 1 piece damaged" in finding.en
    assert "（棉被）：短少 1件、损坏 1件" in finding.zh


def test_what_came_over_is_told():
    book = arrived(5)
    assert consignments(book)[0].lines[0].over == 1
    assert consignment_findings(book)[0].figures == (("over", "1"),)


def test_a_lot_on_two_lines_of_a_waybill_is_one_line_here():
    book = office()
    receive(book, 10, "100.00", "2023-01-10")
    quilts = book.register.item("quilt").quantity
    lines = [ConsignedLine("quilt", quilts(2)), ConsignedLine("quilt", quilts(3))]
    waybill = book.dispatch(origin="depot", to="branch", lines=lines, on="2023-01-11")
    stated = [ArrivedLine("GRN-000001-1", quilts(5))]
    book.arrive(waybill.number, on="2023-01-12", received_by="storekeeper", lines=stated)
    assert [line.dispatched for line in consignments(book)[0].lines] == [5]
    assert consignment_findings(book) == ()


def test_a_waybill_taken_back_is_no_consignment():
    book = sent()
    undo(book, "WB-000001", "2023-01-12")
    assert consignments(book) == ()


def test_a_report_taken_back_puts_the_goods_on_the_road_again_until_they_are_received_anew():
    book = arrived(3)
    undo(book, "RR-000001", "2023-01-13")
    assert consignments(book)[0].reports == ()
    assert [finding.code for finding in consignment_findings(book)] == ["consignment-open"]
    arrive(book, waybill_of(book), "2023-01-14")
    assert consignments(book)[0].reports == ("RR-000002",)
    assert consignment_findings(book) == ()


def test_consignments_to_a_society_are_settled_likewise():
    book = sent(to="ningshan")
    arrive(book, waybill_of(book), "2023-01-12", received=3)
    give(book, "h1", 1, "2023-01-13")
    assert consignments(book)[0].lines[0].short == 1


def test_a_unit_that_left_the_road_without_a_paper_is_found():
    book = sent()
    move_in_secret(book, "transit:WB-000001", "GRN-000001-1", -1, "2023-01-12", value=-1000)
    found = consignment_findings(book)
    assert [finding.code for finding in found] == ["consignment-open", "consignment-unaccounted"]
    assert found[1].figures == (("difference", "1"),)
    assert found[1].zh == "货运单 WB-000001 批次 GRN-000001-1：发出与到货、损失、改运、在途相差 1件"
    assert found[1].en == (
        "waybill WB-000001, lot GRN-000001-1: 1 piece of what was dispatched is not accounted for"
    )
    assert found[1].documents == ("WB-000001",)


# In parts, and elsewhere


def part(book: Book, count: int, on: str, waybill: str = "WB-000001") -> None:
    lines = [ArrivedLine("GRN-000001-1", book.register.item("quilt").quantity(count))]
    book.arrive(waybill, on=on, received_by="storekeeper", lines=lines, partial=True)


def test_what_came_in_parts_is_one_row_with_all_its_reports():
    book = sent()
    part(book, 1, "2023-01-12")
    part(book, 2, "2023-01-13")
    (one,) = consignments(book)
    assert (one.reports, one.received_on, one.is_open) == (
        ("RR-000001", "RR-000002"),
        date(2023, 1, 13),
        True,
    )
    (line,) = one.lines
    assert (line.dispatched, line.received, line.in_transit, line.difference) == (4, 3, 1, 0)
    (finding,) = consignment_findings(book)
    assert (finding.code, finding.documents) == ("consignment-open", ("WB-000001", "RR-000001", "RR-000002"))
    assert finding.en.endswith("has arrived in part")
    assert finding.zh.endswith("只到了一部分")


def test_what_went_elsewhere_is_on_both_rows_and_both_add_up():
    book = sent()
    quilts = book.register.item("quilt").quantity
    part(book, 1, "2023-01-12")
    divert(book, "ningshan", "2023-01-13", DivertedLine("GRN-000001-1", quilts(2)))
    arrive(book, book.documents_of(Waybill)[1], "2023-01-14")
    first, second = consignments(book)
    assert (first.diverted_to, first.diverted_from) == (("WB-000002",), "")
    assert (second.diverted_to, second.diverted_from, second.to) == ((), "WB-000001", "ningshan")
    assert (first.lines[0].diverted, first.lines[0].in_transit, first.lines[0].difference) == (2, 1, 0)
    assert (second.lines[0].dispatched, second.lines[0].received, second.lines[0].difference) == (2, 2, 0)
    assert [finding.documents for finding in consignment_findings(book)] == [
        ("WB-000001", "RR-000001", "WB-000002")
    ]


def test_a_diversion_taken_back_is_on_no_row():
    book = sent()
    divert(book, "depot", "2023-01-13")
    undo(book, "WB-000002", "2023-01-14")
    (one,) = consignments(book)
    assert (one.diverted_to, one.lines[0].diverted, one.lines[0].in_transit) == ((), 0, 4)


def test_what_went_into_quarantine_has_come():
    book = sent()
    quilts = book.register.item("quilt").quantity
    line = ArrivedLine("GRN-000001-1", quilts(1), quarantined=quilts(3))
    book.arrive("WB-000001", on="2023-01-12", received_by="storekeeper", lines=[line])
    (row,) = consignments(book)[0].lines
    assert (row.received, row.quarantined, row.difference) == (1, 3, 0)
    assert consignment_findings(book) == ()


def test_two_waybills_on_one_report_are_two_rows():
    book = sent()
    send(book, "branch", 3, "2023-01-11")
    quilts = book.register.item("quilt").quantity
    lines = [
        ArrivedLine("GRN-000001-1", quilts(4), waybill="WB-000001"),
        ArrivedLine("GRN-000001-1", quilts(2), waybill="WB-000002"),
    ]
    book.arrive(("WB-000001", "WB-000002"), on="2023-01-12", received_by="storekeeper", lines=lines)
    first, second = consignments(book)
    assert first.reports == second.reports == ("RR-000001",)
    assert (first.lines[0].received, first.lines[0].short) == (4, 0)
    assert (second.lines[0].received, second.lines[0].short) == (2, 1)


def test_consignments_are_told_as_of_a_day_and_as_they_were_known():
    book = sent()
    part(book, 1, "2023-01-13")
    known = len(book.entries)
    part(book, 2, "2023-01-12")
    as_of = [consignments(book, on=f"2023-01-{day}") for day in (10, 11, 12, 13)]
    assert [[one.lines[0].received for one in rows] for rows in as_of] == [[], [0], [2], [3]]
    assert [[one.lines[0].difference for one in rows] for rows in as_of] == [[], [0], [0], [0]]
    (then,) = consignments(book, known=known)
    assert (then.reports, then.lines[0].in_transit, then.lines[0].difference) == (("RR-000001",), 3, 0)
    assert [finding.code for finding in consignment_findings(book, on="2023-01-11")] == ["consignment-open"]
