"""A year of a county's book: the half-year is closed, a waybill of June turns up in August, and what then.

The half-year is reopened, put right and closed again; the audit seals it; and the auditor can tell, fen by
fen, what the second report has that the first did not have.
"""

from __future__ import annotations

import pytest

from reliefstock import ArrivedLine, Book, ConsignedLine, Handout, Period, PeriodClose
from reliefstock.errors import CloseBlocked, NeedsApproval, NotOpen, PeriodClosed, PeriodSealed
from reliefstock.reconciliation import (
    PeriodState,
    as_closed,
    blockers,
    close_findings,
    closing_acts,
    late_news,
    period_state,
    reopened_changes,
    statement,
)
from scenario.county import county, gift

H1, H2, YEAR = Period.half_year(2025, 1), Period.half_year(2025, 2), Period.year(2025)
LOT = "GRN-000001-1"


def quilts(book: Book, count: int) -> ConsignedLine:
    return ConsignedLine("quilt", book.register.item("quilt").quantity(count), (LOT,))


def arrive(book: Book, waybill: str, count: int, on: str) -> None:
    line = ArrivedLine(LOT, book.register.item("quilt").quantity(count))
    book.arrive(waybill, on=on, received_by="keeper", lines=[line])


def give(book: Book, to: str, count: int, on: str, concerns: str | None = None) -> str:
    line = Handout(to, "quilt", book.register.item("quilt").quantity(count), "sheet 1")
    return book.distribute(origin="depot", lines=[line], on=on, concerns=concerns).number


def close(book: Book, period: Period, on: str) -> str:
    return book.close(period, on=on, closed_by="bookkeeper", approved_by="director").number


@pytest.fixture
def book() -> Book:
    """The first half of the year, as it was known in July: a consignment of May has not been received."""
    book = county()
    gift(book, "quilt", 500, "40000.00", "2025-01-10")
    give(book, "lvhe", 120, "2025-03-01")
    book.dispatch(origin="depot", to="branch", lines=[quilts(book, 80)], on="2025-05-20", carrier="a lorry")
    return book


@pytest.fixture
def closed(book: Book) -> Book:
    """The consignment came short; the carrier signed for it; the half-year is closed."""
    arrive(book, "WB-000001", 78, "2025-06-02")
    book.sign_off(
        "RR-000001",
        on="2025-07-04",
        stage="carrier",
        signed_by="the driver",
        approved_by="director",
        paper="page 2 of the waybill",
    )
    close(book, H1, "2025-07-05")
    return book


@pytest.fixture
def put_right(closed: Book) -> Book:
    """In August a waybill of June turns up; the half-year is reopened for it and closed again."""
    closed.reopen(
        H1,
        on="2025-08-20",
        reason="the waybill of June belongs into the report of the half-year",
        requested_by="bookkeeper",
        approved_by="director",
    )
    closed.dispatch(
        origin="depot", to="ningshan", lines=[quilts(closed, 50)], on="2025-06-11", carrier="a van"
    )
    arrive(closed, "WB-000002", 50, "2025-06-12")
    close(closed, H1, "2025-08-22")
    return closed


def test_what_is_not_settled_stands_in_the_way_of_the_report(book: Book):
    with pytest.raises(CloseBlocked):
        close(book, H1, "2025-07-05")
    assert [(one.code, one.about) for one in blockers(book, H1)] == [("consignment-overdue", "WB-000001")]
    arrive(book, "WB-000001", 78, "2025-06-02")
    assert [(one.code, one.about) for one in blockers(book, H1)] == [("loss-open", "RR-000001")]
    with pytest.raises(CloseBlocked) as refused:
        close(book, H1, "2025-07-05")
    assert "2件" in refused.value.sentence("zh")


def test_the_second_half_is_not_closed_before_the_first(book: Book):
    arrive(book, "WB-000001", 80, "2025-06-02")
    with pytest.raises(NotOpen) as refused:
        close(book, H2, "2026-01-05")
    assert "2025-01-10 is open and has entries" in str(refused.value)


def test_the_waybill_of_june_is_late_news_in_august(closed: Book):
    with pytest.raises(PeriodClosed):
        closed.dispatch(origin="depot", to="ningshan", lines=[quilts(closed, 50)], on="2025-06-11")
    before = statement(closed, H1)
    late = closed.dispatch(
        origin="depot",
        to="ningshan",
        lines=[quilts(closed, 50)],
        on="2025-08-19",
        concerns="2025-06-11",
    )
    assert statement(closed, H1) == before
    assert [one.document for one in late_news(closed, H1)] == [late.number]


def test_who_closed_does_not_reopen_alone(closed: Book):
    with pytest.raises(NeedsApproval):
        closed.reopen(
            H1, on="2025-08-20", reason="a waybill", requested_by="bookkeeper", approved_by="bookkeeper"
        )
    assert period_state(closed, H1) is PeriodState.CLOSED


def test_the_first_report_and_the_second_can_both_be_printed(put_right: Book):
    first, second = (as_closed(put_right, number).total for number in ("CL-000001", "CL-000002"))
    assert (first.given_out.quantity, first.on_hand.quantity, first.lost.quantity) == (120, 378, 2)
    assert (second.given_out.quantity, second.on_hand.quantity, second.lost.quantity) == (170, 328, 2)
    assert second == statement(put_right, H1).total
    assert close_findings(put_right) == ()


def test_the_auditor_sees_what_the_second_report_has_that_the_first_had_not(put_right: Book):
    found = reopened_changes(put_right)
    assert [(one.code, one.about) for one in found] == [
        ("changed-after-close", "WB-000002"),
        ("changed-after-close", "RR-000002"),
    ]
    assert [one.documents[1:] for one in found] == [("CL-000001", "RO-000001", "CL-000002")] * 2
    assert [dict(one.figures) for one in found] == [
        {"on hand": "CNY -4,000.00", "in transit": "CNY 4,000.00"},
        {"in transit": "CNY -4,000.00", "given out": "CNY 4,000.00"},
    ]
    assert [close.known for close in put_right.documents_of(PeriodClose)] == [5, 7]


def test_after_the_audit_the_half_year_stays_closed_and_the_year_goes_on(put_right: Book):
    put_right.seal(
        H1, on="2025-10-01", sealed_by="bookkeeper", approved_by="director", audit_paper="audit report 4"
    )
    with pytest.raises(PeriodSealed):
        put_right.reopen(
            H1, on="2025-10-02", reason="one more", requested_by="bookkeeper", approved_by="director"
        )
    give(put_right, "h1", 4, "2025-11-02")
    close(put_right, YEAR, "2026-01-10")
    assert [one.document for one in closing_acts(put_right)] == [
        "CL-000001",
        "RO-000001",
        "CL-000002",
        "SE-000001",
        "CL-000003",
    ]
    assert [period_state(put_right, period) for period in (H1, H2, YEAR)] == [
        PeriodState.SEALED,
        PeriodState.CLOSED,
        PeriodState.CLOSED,
    ]
    year = as_closed(put_right, "CL-000003")
    assert year.findings == ()
    assert year.total.given_out.quantity == 174
