"""Published complaint: the receiver books what came, and the sender never learns that it was short.

Here the waybill and what came of it are one account: until somebody answers for a difference it is told at
every check, to the sender too, and so is a lorry that never came.
"""

from __future__ import annotations

from reliefstock import ArrivedLine, Book, ConsignedLine, DivertedLine, Stage
from reliefstock.reconciliation import (
    DifferenceState,
    consignment_findings,
    loss_findings,
    overdue_findings,
    sender_notice,
)
from reliefstock.reports import sender_notice_table
from scenario.county import county, gift


def sent(count: int = 40) -> Book:
    book = county()
    gift(book, "quilt", 100, "8000.00", "2024-01-10")
    lines = [ConsignedLine("quilt", book.register.item("quilt").quantity(count))]
    book.dispatch(origin="depot", to="branch", lines=lines, on="2024-01-12", carrier="a lorry")
    return book


def short(*, noted: bool = False) -> Book:
    book = sent()
    line = ArrivedLine(
        "GRN-000001-1",
        book.register.item("quilt").quantity(37),
        stage=Stage.CARRIER,
        noted_on_waybill=noted,
    )
    book.arrive("WB-000001", on="2024-01-14", received_by="keeper of the branch", lines=[line])
    return book


def codes(book: Book, on: str) -> list[str]:
    found = (*consignment_findings(book, on=on), *overdue_findings(book, on), *loss_findings(book, on))
    return [finding.code for finding in found]


def test_a_short_receipt_is_told_to_the_sender_with_who_had_the_goods():
    book = short()
    notice = sender_notice(book, "WB-000001")
    (line,) = notice.waybill.lines
    (difference,) = notice.differences
    assert (line.dispatched, line.received, line.short) == (40, 37, 3)
    assert (difference.stage, difference.state, difference.value) == (
        Stage.CARRIER,
        DifferenceState.OPEN,
        240_00,
    )
    told = sender_notice_table(notice, book, "zh").rows[0]
    assert told[-1] == "短少3件（承运方，未签认）"


def test_a_short_receipt_is_told_at_every_check_until_somebody_signs():
    book = short(noted=True)
    assert codes(book, "2024-01-13") == ["consignment-open"]
    assert codes(book, "2024-01-14") == ["consignment-difference", "loss-open"]
    assert codes(book, "2025-01-14") == ["consignment-difference", "loss-open"]
    book.sign_off(
        "RR-000001",
        on="2025-01-15",
        stage="carrier",
        signed_by="the driver",
        approved_by="director",
        paper="the waybill",
    )
    assert codes(book, "2025-01-15") == ["consignment-difference"]
    assert sender_notice(book, "WB-000001").is_settled
    assert not sender_notice(book, "WB-000001", on="2025-01-14").is_settled


def test_a_loss_that_nobody_wrote_on_the_waybill_is_told_as_a_claim_that_may_be_forfeited():
    assert "claim-forfeited-risk" in codes(short(), "2024-01-20")
    assert "claim-forfeited-risk" not in codes(short(noted=True), "2024-01-20")


def test_a_lorry_that_never_came_is_told_from_the_day_after_it_was_due():
    book = sent()
    assert codes(book, "2024-01-19") == ["consignment-open"]
    assert codes(book, "2024-01-20") == ["consignment-open", "consignment-overdue"]
    (finding,) = overdue_findings(book, "2024-02-18")
    assert "is 30 days overdue, in the custody of the carrier (a lorry)" in finding.en


def test_the_sender_learns_what_became_of_goods_that_went_elsewhere():
    book = sent()
    book.divert(
        "WB-000001",
        to="ziyang",
        on="2024-01-13",
        reason="a flood",
        approved_by="director",
        lines=[DivertedLine("GRN-000001-1", book.register.item("quilt").quantity(15))],
    )
    quilts = book.register.item("quilt").quantity
    book.arrive(
        "WB-000002", on="2024-01-15", received_by="keeper", lines=[ArrivedLine("GRN-000001-1", quilts(14))]
    )
    notice = sender_notice(book, "WB-000001")
    assert [(one.waybill, one.to, one.is_open) for one in notice.consignments] == [
        ("WB-000001", "branch", True),
        ("WB-000002", "ziyang", False),
    ]
    assert [(one.waybill, one.quantity) for one in notice.differences] == [("WB-000002", 1)]
