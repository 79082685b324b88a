"""Dispatched against received: every waybill adds up, or says by how much it does not."""

from __future__ import annotations

from datetime import date

import attrs

from reliefstock import ArrivedLine, Book, ConsignedLine, Waybill
from reliefstock.reconciliation import consignment_findings, consignments
from unit.reconciliation.office import arrive, give, office, receive, send, undo


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
    assert (one.report, one.received_on, one.is_open) == (None, None, True)
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
    assert finding.zh == "货运单 WB-000001（发往 branch）尚未到货"
    assert finding.en == "waybill WB-000001 to branch has not arrived"


def test_what_came_whole_needs_no_word():
    book = arrived(4)
    (one,) = consignments(book)
    assert (one.report, one.received_on, one.is_open) == ("RR-000001", date(2023, 1, 12), False)
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
    assert "1 short, 1 damaged, 0 over" in finding.en
    assert "短少 1、损坏 1、多到 0" in finding.zh


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
    assert consignments(book)[0].report is None
    assert [finding.code for finding in consignment_findings(book)] == ["consignment-open"]
    arrive(book, waybill_of(book), "2023-01-14")
    assert consignments(book)[0].report == "RR-000002"
    assert consignment_findings(book) == ()


def test_consignments_to_a_society_are_settled_likewise():
    book = sent(to="ningshan")
    arrive(book, waybill_of(book), "2023-01-12", received=3)
    give(book, "h1", 1, "2023-01-13")
    assert consignments(book)[0].lines[0].short == 1


def test_a_unit_that_left_the_road_without_a_paper_is_found():
    book = sent()
    key = next(key for key in book.ledger._held if str(key[0]) == "transit:WB-000001")
    shelf = book.ledger._held[key]
    shelf._positions["GRN-000001-1"] = attrs.evolve(shelf._positions["GRN-000001-1"], out=1)
    found = consignment_findings(book)
    assert [finding.code for finding in found] == ["consignment-open", "consignment-unaccounted"]
    assert found[1].figures == (("difference", "1"),)
    assert found[1].zh == "货运单 WB-000001 批次 GRN-000001-1：发出与到货、损失、在途相差 1"
    assert found[1].en == "waybill WB-000001, lot GRN-000001-1: 1 of what was dispatched is not accounted for"
    assert found[1].documents == ("WB-000001",)
