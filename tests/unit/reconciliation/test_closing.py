"""What is in the way of a close, what is late for a period, and what was changed after it had been closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from reliefstock import Book, Handout, Interval, Period, PeriodClose, PeriodSeal, Reopening, Side
from reliefstock.errors import NotOpen, Unknown
from reliefstock.operations import SideTotal
from reliefstock.reconciliation import (
    By,
    Finding,
    PeriodState,
    Scope,
    as_closed,
    blockers,
    close_findings,
    closing_acts,
    closing_checks,
    cut_off,
    late_news,
    period_state,
    reopened_changes,
    statement,
)
from reliefstock.reports import WORDS
from unit.reconciliation.office import (
    H1,
    H2,
    YEAR,
    arrive,
    give,
    money,
    office,
    receive,
    send,
    tamper,
    undo,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Q1, Q2 = Period.quarter(2023, 1), Period.quarter(2023, 2)
CLOSE = {"closed_by": "bookkeeper", "approved_by": "director"}
CODES = [
    "period-closed",
    "period-not-over",
    "earlier-period-open",
    "count-open",
    "count-conflict",
    "consignment-overdue",
    "loss-open",
]


def close(book: Book, period: Period, on: str) -> PeriodClose:
    return book.close(period, on=on, **CLOSE)


def reopen(book: Book, period: Period, on: str) -> Reopening:
    return book.reopen(period, on=on, reason="a waybill", requested_by="bookkeeper", approved_by="director")


def codes(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.about) for finding in findings]


def effect(totals: tuple[SideTotal, ...]) -> dict[str, int]:
    return {total.side.value: total.value for total in totals if total.value}


@pytest.fixture
def book() -> Book:
    """Twenty quilts came in January, five went out in March."""
    book = office()
    receive(book, 20, "1600", "2023-01-10")
    give(book, "h1", 5, "2023-03-01")
    return book


# Before a close


def test_a_period_is_open_closed_or_sealed_whole_or_in_part(book: Book) -> None:
    def states() -> list[str]:
        return [period_state(book, period).value for period in (Q1, Q2, H1, YEAR, H2)]

    assert states() == ["open"] * 5
    close(book, Q1, "2023-04-02")
    assert states() == ["closed", "open", "closed in part", "closed in part", "open"]
    close(book, Q2, "2023-07-02")
    book.seal(Q1, on="2023-07-03", sealed_by="a", approved_by="b", audit_paper="audit 4")
    assert states() == ["sealed", "closed", "closed", "closed in part", "open"]
    assert period_state(book, H1) is PeriodState.CLOSED


def test_the_checklist_has_everything_that_is_looked_at(book: Book) -> None:
    checks = closing_checks(book, H1)
    assert [check.code for check in checks] == CODES
    assert all(check.is_met for check in checks)
    assert blockers(book, H1) == ()


def test_all_that_is_in_the_way_is_found_at_once(book: Book) -> None:
    late = send(book, "branch", 5, "2023-02-01")
    short = send(book, "branch", 5, "2023-02-02")
    arrive(book, short, "2023-02-03", received=4)
    assert codes(blockers(book, Period("2023-03-01", "2024-01-01"))) == [
        ("period-not-over", "2023-03-01/2024-01-01"),
        ("earlier-period-open", "2023-01-10"),
        ("consignment-overdue", late.number),
        ("loss-open", "RR-000001"),
    ]
    assert [check.code for check in closing_checks(book, H1) if not check.is_met] == [
        "consignment-overdue",
        "loss-open",
    ]


def test_what_is_in_the_way_is_told_in_both_languages(book: Book) -> None:
    found = blockers(book, Period("2023-03-01", "2024-01-01"))
    assert [finding.text("zh") for finding in found] == [
        "2023年3月1日至2024年1月1日还没有结束（今天是 2023-12-31）",
        "2023-01-10 有分录而尚未结账；请先结前一期间",
    ]
    assert [finding.text() for finding in found] == [
        "2023-03-01/2024-01-01 is not over: today is 2023-12-31",
        "2023-01-10 has entries and is open: close the period of that day first",
    ]


def test_what_is_closed_cannot_be_closed_again(book: Book) -> None:
    close(book, H1, "2023-07-02")
    (finding,) = blockers(book, Q1)
    assert (finding.code, finding.about) == ("period-closed", "2023-Q1")
    assert finding.text("zh") == "2023年第一季度已结账（账簿已结至 2023-06-30）"
    with pytest.raises(NotOpen):
        close(book, Q1, "2023-07-02")


# After it


def test_the_statement_of_a_close_is_the_one_that_was_signed(book: Book) -> None:
    before = statement(book, H1)
    close(book, H1, "2023-07-02")
    reopen(book, H1, "2023-07-03")
    receive(book, 3, "240", "2023-06-30")
    close(book, H1, "2023-07-04")
    assert as_closed(book, "CL-000001") == before
    assert as_closed(book, "CL-000002") == statement(book, H1) != before
    by_donor = as_closed(book, "CL-000001", by=By.DONOR, scope=Scope(donors=("company",)))
    assert (by_donor.by, by_donor.rows) == (By.DONOR, ())


@pytest.mark.parametrize("number", ["CL-000002", "GRN-000001"])
def test_a_close_that_there_is_not_has_no_statement(book: Book, number: str) -> None:
    close(book, H1, "2023-07-02")
    with pytest.raises(Unknown) as caught:
        as_closed(book, number)
    assert caught.value.what == "period close"


def test_late_news_is_listed_with_what_it_changes_on_its_own_day(book: Book) -> None:
    close(book, H1, "2023-07-02")
    found = receive(book, 2, "160", "2023-07-03")  # news of July is not late
    about = give_late(book)
    undone = undo(book, "DL-000001", "2023-07-06")
    news = late_news(book, H1)
    assert [(one.document, one.on.isoformat(), one.concerns.isoformat()) for one in news] == [
        (about, "2023-07-05", "2023-06-20"),
        (undone.number, "2023-07-06", "2023-03-01"),
    ]
    assert [effect(one.effect) for one in news] == [
        {"on hand": -16_000, "given out": 16_000},
        {"on hand": 40_000, "given out": -40_000},
    ]
    assert found.number not in {one.document for one in news}


def give_late(book: Book) -> str:
    """Two quilts were given out in June, and the list came in July."""
    line = Handout("h1", "quilt", book.register.item("quilt").quantity(2), "sheet 9")
    return book.distribute(origin="depot", lines=[line], on="2023-07-05", concerns="2023-06-20").number


def test_late_news_belongs_to_the_period_that_it_is_about(book: Book) -> None:
    close(book, H1, "2023-07-02")
    give_late(book)
    assert [len(late_news(book, period)) for period in (Q1, Q2, H1, YEAR, H2)] == [0, 1, 1, 0, 0]


def test_late_news_is_asked_as_it_was_known(book: Book) -> None:
    close(book, H1, "2023-07-02")
    give_late(book)
    undo(book, "DL-000001", "2023-07-06")
    assert [len(late_news(book, H1, known=known)) for known in (2, 3, 4)] == [0, 1, 2]


def test_what_moves_nothing_is_late_where_its_day_was_closed_when_it_was_kept(book: Book) -> None:
    seen = {"count": Interval.exactly(3), "unit": "well", "evidence": "photographs"}
    book.observe("wells", on="2023-06-01", **seen)
    close(book, H1, "2023-07-02")
    late = book.observe("wells", on="2023-06-02", **seen)
    reopen(book, H1, "2023-07-03")
    book.observe("wells", on="2023-06-03", **seen)
    close(book, H1, "2023-07-04")
    told = book.observe("wells", on="2023-07-05", concerns="2023-06-04", **seen)
    news = late_news(book, H1)
    assert [one.document for one in news] == [late.number, told.number]
    assert [effect(one.effect) for one in news] == [{}, {}]


# What was changed after it had been closed


def test_an_auditor_sees_every_document_of_a_day_that_had_been_closed(book: Book) -> None:
    close(book, H1, "2023-07-02")
    receive(book, 1, "80", "2023-07-03")
    assert reopened_changes(book) == ()
    reopen(book, H1, "2023-07-04")
    receive(book, 3, "240", "2023-06-30")
    receive(book, 1, "80", "2023-07-04")
    undo(book, "DL-000001", "2023-05-01")
    found = reopened_changes(book)
    assert codes(found) == [("changed-after-close", "GRN-000003"), ("changed-after-close", "REV-000001")]
    assert found[0].documents == ("GRN-000003", "CL-000001", "RO-000001")
    assert found[0].figures == (("received", "CNY 240.00"), ("on hand", "CNY 240.00"))
    assert found[0].text() == (
        "goods received note GRN-000003 of 2023-06-30: "
        "entered after 2023-H1 had been closed by CL-000001 and reopened by RO-000001; not closed again yet"
    )
    assert found[0].text("zh") == (
        "入库单 GRN-000003（2023-06-30）："
        "2023年上半年由 CL-000001 结账、RO-000001 反结账之后记入，尚未再次结账"
    )


def test_the_next_close_is_named_beside_it(book: Book) -> None:
    close(book, H1, "2023-07-02")
    reopen(book, H1, "2023-07-04")
    receive(book, 3, "240", "2023-06-30")
    close(book, Q1, "2023-07-05")  # not of that day
    close(book, Q2, "2023-07-05")
    (finding,) = reopened_changes(book)
    assert finding.documents == ("GRN-000002", "CL-000001", "RO-000001", "CL-000003")
    assert finding.text().endswith("reopened by RO-000001; closed again by CL-000003")
    assert finding.text("zh").endswith("RO-000001 反结账之后记入，CL-000003 再次结账")


def test_each_change_names_the_close_before_it(book: Book) -> None:
    close(book, Q1, "2023-07-01")
    close(book, Q2, "2023-07-01")
    reopen(book, Q2, "2023-07-02")
    receive(book, 1, "80", "2023-05-01")
    close(book, Q2, "2023-07-03")
    reopen(book, Q1, "2023-07-04")
    receive(book, 1, "80", "2023-05-02")
    receive(book, 1, "80", "2023-02-01")
    assert [finding.documents for finding in reopened_changes(book)] == [
        ("GRN-000002", "CL-000002", "RO-000001", "CL-000003"),
        ("GRN-000003", "CL-000003", "RO-000002"),
        ("GRN-000004", "CL-000001", "RO-000002"),
    ]


def test_what_moves_nothing_is_told_apart(book: Book) -> None:
    close(book, Q1, "2023-07-01")
    close(book, Q2, "2023-07-01")
    reopen(book, Q2, "2023-07-02")
    for on in ("2023-02-01", "2023-05-01"):
        book.observe("wells", count=Interval.exactly(3), unit="well", on=on, evidence="photographs")
    first, second = reopened_changes(book)
    assert codes((first, second)) == [("told-after-close", "OBS-000001"), ("told-after-close", "OBS-000002")]
    assert (first.figures, first.documents) == ((), ("OBS-000001", "CL-000001"))
    assert first.text() == (
        "observation OBS-000001 of 2023-02-01: "
        "entered after 2023-Q1 had been closed by CL-000001; it moves nothing"
    )
    assert first.text("zh").endswith("2023年第一季度由 CL-000001 结账之后才记入，未变动物资")
    assert second.text().endswith("reopened by RO-000001; not closed again yet")


def test_what_was_held_or_planned_while_a_period_was_open_again_is_a_change(book: Book) -> None:
    close(book, H1, "2023-07-02")
    reopen(book, H1, "2023-07-03")
    plan = book.plan_count(warehouse="depot", on="2023-06-20", counters=["a", "b"])
    assert codes(reopened_changes(book)) == [("changed-after-close", plan.number)]


def test_an_entry_that_was_forged_into_a_closed_period_is_among_them(book: Book) -> None:
    close(book, H1, "2023-07-02")
    note = receive(book, 1, "80", "2023-07-03")
    book._keeper.state.papers._documents[note.number] = attrs.evolve(note, on=H1.last)  # pyright: ignore[reportAttributeAccessIssue]
    (finding,) = reopened_changes(book)
    assert codes([finding]) == [("changed-after-close", note.number)]
    assert finding.text().endswith("entered after 2023-H1 had been closed by CL-000001")
    assert finding.text("zh").endswith("2023年上半年由 CL-000001 结账之后才记入")


def test_acts_on_periods_are_no_changes_of_them(book: Book) -> None:
    close(book, H1, "2023-06-30")
    reopen(book, H1, "2023-06-30")
    close(book, H1, "2023-06-30")
    book.seal(H1, on="2023-06-30", sealed_by="a", approved_by="b", audit_paper="audit 4")
    assert reopened_changes(book) == ()
    assert late_news(book, H1) == ()
    assert cut_off(book, H1) == ()


# All that was done to periods


def test_the_history_of_closing_says_how_far_the_book_was_closed(book: Book) -> None:
    book.close(Q1, on="2023-04-02", note="first close", **CLOSE)
    book.seal(Q1, on="2023-05-01", sealed_by="auditor", approved_by="director", audit_paper="audit 4")
    close(book, Q2, "2023-07-02")
    reopen(book, Period.month(2023, 5), "2023-07-03")
    acts = closing_acts(book)
    assert [(one.document, one.kind, one.period, one.on.isoformat()) for one in acts] == [
        ("CL-000001", PeriodClose, Q1, "2023-04-02"),
        ("SE-000001", PeriodSeal, Q1, "2023-05-01"),
        ("CL-000002", PeriodClose, Q2, "2023-07-02"),
        ("RO-000001", Reopening, Period.month(2023, 5), "2023-07-03"),
    ]
    assert [(one.done_by, one.approved_by, one.why, one.known) for one in acts] == [
        ("bookkeeper", "director", "first close", 2),
        ("auditor", "director", "audit 4", None),
        ("bookkeeper", "director", "", 2),
        ("bookkeeper", "director", "a waybill", 2),
    ]
    days = [(one.through and one.through.isoformat(), one.sealed and one.sealed.isoformat()) for one in acts]
    assert days == [
        ("2023-03-31", None),
        ("2023-03-31", "2023-03-31"),
        ("2023-06-30", "2023-03-31"),
        ("2023-04-30", "2023-03-31"),
    ]
    assert (acts[-1].through, acts[-1].sealed) == (book.ledger.closed_through, book.ledger.sealed_through)


# Whether a close still holds


def test_the_totals_of_every_close_are_those_of_its_entries(book: Book) -> None:
    money(book, "500", "2023-02-01")
    close(book, Q1, "2023-07-01")
    give_late(book)
    close(book, Q2, "2023-07-05")
    reopen(book, Q1, "2023-07-06")
    receive(book, 1, "80", "2023-01-01")
    close(book, H1, "2023-07-06")
    assert close_findings(book) == ()


def test_an_entry_that_was_changed_behind_the_book_is_found_by_its_close(book: Book) -> None:
    close(book, H1, "2023-07-02")
    tamper(book, 2, on=H2.first)
    given, there = close_findings(book)
    assert (given.code, given.about, given.documents) == ("close-differs", "CL-000001", ("CL-000001",))
    assert (there.text(), given.text()) == (
        "CL-000001 (2023-H1): given out was CNY 400.00 at the close, and is CNY 0.00 by the entries",
        "CL-000001 (2023-H1): on hand was CNY 1,200.00 at the close, and is CNY 1,600.00 by the entries",
    )
    assert given.text("zh") == ("CL-000001（2023年上半年）：结账时“库存”为1,200.00元，按分录重算为1,600.00元")
    assert given.figures == (("kept", "CNY 1,200.00"), ("found", "CNY 1,600.00"))


@pytest.mark.parametrize("side", Side)
def test_each_side_has_its_word(book: Book, side: Side) -> None:
    made = close(book, H1, "2023-07-02")
    totals = tuple(attrs.evolve(one, value=one.value + (one.side is side)) for one in made.totals)
    book._keeper.state.papers._documents[made.number] = attrs.evolve(made, totals=totals)  # pyright: ignore[reportAttributeAccessIssue]
    (finding,) = close_findings(book)
    assert f": {side.value} was" in finding.en
    assert f"“{WORDS[f'side.{side.value}'].zh}”" in finding.zh
