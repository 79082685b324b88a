"""Periods are closed one after the other, sealed for good, and reopened by an act of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from reliefstock import (
    ArrivedLine,
    Book,
    ConsignedLine,
    Interval,
    Period,
    PeriodClose,
    PeriodSeal,
    Policy,
    Reopening,
    Side,
)
from reliefstock.errors import (
    BadData,
    CloseBlocked,
    CommandConflict,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotOpen,
    PeriodClosed,
    PeriodSealed,
)
from reliefstock.operations import CountedLine, SideTotal
from unit.operations.office import (
    QUILT,
    arrived,
    bought,
    consigned,
    gift,
    given,
    line,
    money,
    new_office,
    refused,
    reverse,
    sent,
    spent,
    worth,
    yuan,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reliefstock import Document

L = "GRN-000001-1"
H1, H2 = Period.half_year(2023, 1), Period.half_year(2023, 2)
Q1, Q2 = Period.quarter(2023, 1), Period.quarter(2023, 2)


@pytest.fixture
def book() -> Book:
    """Ten quilts and a hundred yuan, on the last day of July."""
    book = new_office(today="2023-07-31")
    gift(book)
    money(book)
    return book


def close(book: Book, period: Period = H1, **said: Any) -> PeriodClose:  # noqa: ANN401
    facts: dict[str, Any] = {"on": "2023-07-05", "closed_by": "a", "approved_by": "b"}
    return book.close(period, **facts | said)


def seal(book: Book, period: Period = H1, **said: Any) -> PeriodSeal:  # noqa: ANN401
    facts = {"on": "2023-07-20", "sealed_by": "a", "approved_by": "b", "audit_paper": "audit 4"}
    return book.seal(period, **facts | said)


def reopen(book: Book, period: Period = H1, **said: Any) -> Reopening:  # noqa: ANN401
    facts = {"on": "2023-07-10", "reason": "a late waybill", "requested_by": "a", "approved_by": "b"}
    return book.reopen(period, **facts | said)


def values(totals: tuple[SideTotal, ...]) -> dict[Side, int]:
    return {total.side: total.value for total in totals if total.value}


# Closing


def test_a_period_is_closed_through_its_last_day(book: Book) -> None:
    made = close(book, note="first close", by="clerk")
    assert (made.number, made.title("zh"), made.title()) == ("CL-000001", "结账单", "Period close")
    assert (made.period, made.on, made.closed_by, made.approved_by) == (H1, date(2023, 7, 5), "a", "b")
    assert (made.note, made.known, made.entries) == ("first close", 2, ())
    assert book.ledger.closed_through == date(2023, 6, 30)
    assert book.ledger.first_open == date(2023, 7, 1)


def test_a_close_keeps_what_stood_on_each_side_at_the_end_of_its_last_day(book: Book) -> None:
    bought(book, 4, "40")
    sent(book, consigned(3, L), on="2023-03-01")
    book.arrive("WB-000001", on="2023-03-02", received_by="c", approved_by="d", lines=[arrived(L, 4)])
    given(book, ("H-1", 2), on="2023-04-01")
    spent(book, "10", on="2023-06-30")
    given(book, ("H-1", 2), on="2023-07-01")  # not any more in the period
    totals = close(book).totals
    assert [total.side for total in totals] == list(Side)
    assert values(totals) == {
        Side.RECEIVED: 20_000,
        Side.GAINS: 1_000,
        Side.ON_HAND: 18_000,
        Side.GIVEN_OUT: 3_000,
    }
    came, there = sum(total.value for total in totals[:3]), sum(total.value for total in totals[3:])
    assert came == there


def test_nothing_can_be_entered_in_it_any_more_and_everything_after_it(book: Book) -> None:
    close(book)
    with refused(book, PeriodClosed):
        given(book, ("H-1", 1), on="2023-06-30")
    assert given(book, ("H-1", 1), on="2023-07-01").on == date(2023, 7, 1)


@pytest.mark.parametrize("period", [H1, Q1, Period.day("2023-06-30"), Period.month(2022, 12)])
def test_what_is_closed_is_not_closed_again(book: Book, period: Period) -> None:
    close(book)
    with refused(book, NotOpen) as caught:
        close(book, period)
    assert caught[0].document == str(period)
    assert caught[0].state == "closed, the book is closed through 2023-06-30"


def test_periods_are_closed_one_after_the_other(book: Book) -> None:
    given(book, ("H-1", 1), on="2023-03-31")
    with refused(book, NotOpen) as caught:
        close(book, Q2)
    assert "2023-01-10 is open and has entries" in caught[0].state
    close(book, Q1)
    close(book, Q2)
    assert book.ledger.closed_through == date(2023, 6, 30)


def test_days_without_entries_need_no_close_of_their_own(book: Book) -> None:
    close(book, Period.parse("2023-01-10/2023-01-31"))
    close(book, Period.month(2023, 5))
    with refused(book, PeriodClosed):
        gift(book, on="2023-03-01")
    gift(book, on="2023-06-01")
    with refused(book, NotOpen) as caught:
        close(book, Period.day("2023-07-01"))
    assert "2023-06-01 is open" in caught[0].state


def test_the_year_is_closed_over_the_months_before(book: Book) -> None:
    close(book, Q1)
    assert close(book, H1).period == H1
    assert book.ledger.closed_through == date(2023, 6, 30)


@pytest.mark.parametrize(
    ("on", "closed"), [("2023-06-29", False), ("2023-06-30", True), ("2023-07-01", True)]
)
def test_a_period_is_closed_when_its_last_day_has_come(book: Book, on: str, closed: bool) -> None:
    if closed:
        assert close(book, on=on).on == date.fromisoformat(on)
        return
    with refused(book, NotOpen) as caught:
        close(book, on=on)
    assert caught[0].state == "not over on 2023-06-29"


def test_a_period_that_is_still_going_on_is_not_closed_with_a_date_ahead(book: Book) -> None:
    with refused(book, Incomplete) as caught:
        close(book, Period.month(2023, 7), on="2023-08-01")
    assert "after today, 2023-07-31" in caught[0].missing
    with refused(book, DateTooFarAhead):
        close(book, Period.month(2023, 7), on="2024-07-31")


def test_what_was_promised_seen_and_told_may_be_of_a_closed_day(book: Book) -> None:
    close(book)
    book.observe("wells", count=Interval.exactly(3), unit="well", on="2023-06-01", evidence="photographs")
    book.mention("medicine", side=Side.RECEIVED, period=H1, evidence="a letter", missing=["amount"])
    with refused(book, PeriodClosed):
        sent(book, on="2023-06-01")


def test_a_command_that_is_sent_again_closes_once(book: Book) -> None:
    first = close(book, command="close-h1")
    assert close(book, command="close-h1") is first
    with refused(book, CommandConflict):
        close(book, command="close-h1", note="in haste")


@pytest.mark.parametrize("period", ["2023-H1", None, 2023])
def test_a_period_is_a_period(book: Book, period: object) -> None:
    with refused(book, BadData):
        close(book, period)  # pyright: ignore[reportArgumentType]


# Who closes


@pytest.mark.parametrize("verb", [close, seal, reopen], ids=lambda verb: verb.__name__)
@pytest.mark.parametrize(("first", "second"), [("a", "A"), ("a", " a "), ("a", "a")])
def test_two_people_take_part(book: Book, verb: Callable[..., Document], first: str, second: str) -> None:
    who = {close: "closed_by", seal: "sealed_by", reopen: "requested_by"}[verb]
    if verb is not close:
        close(book)
    with refused(book, NeedsApproval):
        verb(book, **{who: first, "approved_by": second})


@pytest.mark.parametrize("verb", [close, seal, reopen], ids=lambda verb: verb.__name__)
@pytest.mark.parametrize("missing", ["", "  "])
def test_who_takes_part_is_stated_whatever_the_policy(verb: Callable[..., Document], missing: str) -> None:
    book = new_office(Policy(approvers=0), today="2023-07-31")
    if verb is not close:
        close(book, closed_by="c", approved_by="c")
    who = {close: "closed_by", seal: "sealed_by", reopen: "requested_by"}[verb]
    for name in (who, "approved_by"):
        with refused(book, Incomplete):
            verb(book, **{name: missing})


def test_one_person_is_enough_where_the_policy_says_so() -> None:
    book = new_office(Policy(approvers=1), today="2023-07-31")
    assert close(book, closed_by="a", approved_by="a").approved_by == "a"


# What is in the way


def test_all_that_is_in_the_way_is_told_at_once(book: Book) -> None:
    sent(book, consigned(4, L), on="2023-02-01")
    sent(book, consigned(6, L), on="2023-03-01")
    book.arrive("WB-000001", on="2023-02-05", received_by="c", lines=[arrived(L, 1, 2, stage="carrier")])
    with refused(book, CloseBlocked) as caught:
        close(book)
    assert caught[0].period == "2023-H1"
    assert [(one.code, one.about) for one in caught[0].blockers] == [
        ("consignment-overdue", "WB-000002"),
        ("loss-open", "RR-000001"),
        ("loss-open", "RR-000001"),
    ]
    assert str(caught[0]).splitlines() == [
        "2023-H1 cannot be closed yet, 3 things are in the way; settle it and close it again:",
        "  waybill WB-000002 to station was due on 2023-03-08 and is still on the road",
        "  RR-000001 (waybill WB-000001): 1 piece of lot GRN-000001-1 short, and nobody has signed for it",
        "  RR-000001 (waybill WB-000001): 2 piece of lot GRN-000001-1 damaged, and nobody has signed for it",
    ]
    assert caught[0].sentence("zh").splitlines() == [
        "2023-H1 还不能结账，有 3 项未了结；请处理后再结账：",
        "  货运单 WB-000002（发往 救助站）应于 2023-03-08 前到货，仍有物资在途",
        "  RR-000001（货运单 WB-000001）批次 GRN-000001-1 短少1件，无人签认",
        "  RR-000001（货运单 WB-000001）批次 GRN-000001-1 损坏2件，无人签认",
    ]


def test_what_is_on_the_road_to_another_society_is_told_by_its_name(book: Book) -> None:
    line = consigned(2, L)
    book.dispatch(origin="depot", to="ziyang", on="2023-02-01", lines=[line])
    with refused(book, CloseBlocked) as caught:
        close(book)
    assert "（发往 紫阳县红十字会）" in caught[0].sentence("zh")


def test_what_is_settled_is_not_in_the_way_any_more(book: Book) -> None:
    sent(book, consigned(4, L), on="2023-02-01")
    with refused(book, CloseBlocked) as caught:
        close(book)
    assert str(caught[0]).startswith("2023-H1 cannot be closed yet, one thing is in the way")
    book.arrive("WB-000001", on="2023-07-04", received_by="c", lines=[arrived(L, 4)])
    assert values(close(book).totals)[Side.IN_TRANSIT] == 4_000


def test_what_is_on_the_road_and_not_due_is_not_in_the_way(book: Book) -> None:
    sent(book, consigned(4, L), on="2023-06-25")
    assert values(close(book).totals)[Side.IN_TRANSIT] == 4_000


def counted(book: Book, quilts: int, *, on: str = "2023-06-28") -> str:
    """Two people find so many quilts in the depot."""
    plan = book.plan_count(warehouse="depot", on=on, counters=["c", "d"]).number
    for who in ("c", "d"):
        book.count(plan, counter=who, on=on, lines=[CountedLine(L, QUILT.quantity(quilts))])
    return plan


def test_a_count_without_an_approved_report_is_in_the_way(book: Book) -> None:
    plan = counted(book, 9)
    with refused(book, CloseBlocked) as caught:
        close(book)
    (one,) = caught[0].blockers
    assert (one.code, one.about, one.documents) == ("count-open", plan, (plan,))
    assert one.sentence() == "count plan CP-000001 of depot, 2023-06-28, has no approved report"
    assert one.sentence("zh") == "盘点计划 CP-000001（备灾中心，2023-06-28）的结果尚未批准"
    book.approve_count(plan, on="2023-06-30", approved_by=["a", "b"], explanation="torn")
    assert values(close(book).totals)[Side.LOST] == 1_000


def test_a_count_of_a_later_day_is_not_in_the_way(book: Book) -> None:
    counted(book, 9, on="2023-07-01")
    assert close(book).number == "CL-000001"


def test_what_came_late_and_changes_an_approved_count_is_in_the_way(book: Book) -> None:
    book.approve_count(counted(book, 9), on="2023-06-30", approved_by=["a", "b"], explanation="torn")
    given(book, ("H-1", 1), on="2023-06-15")
    with refused(book, CloseBlocked) as caught:
        close(book)
    (one,) = caught[0].blockers
    assert (one.code, one.about, one.documents) == (
        "count-conflict",
        "CR-000001",
        ("CR-000001", "DL-000001"),
    )
    assert one.sentence() == (
        "what came after count report CR-000001 changes what it found of lot GRN-000001-1 in depot on "
        "2023-06-28: from -1 to 0"
    )
    assert one.sentence("zh") == (
        "盘点报告 CR-000001：此后得知的事项使批次 GRN-000001-1（depot，2023-06-28）的盘点差异由 -1 变为 0"
    )
    reverse(book, "CR-000001", "2023-07-01")
    with refused(book, CloseBlocked) as caught:
        close(book)
    assert [one.code for one in caught[0].blockers] == ["count-open"]


def test_what_is_lost_of_goods_by_value_is_told_as_an_amount(book: Book) -> None:
    boxes = line(accepted=yuan("500"), item="medicine", valuation=worth("500"))
    gift(book, boxes)
    sent(book, ConsignedLine("medicine", yuan("200")), on="2023-02-01")
    lot = "GRN-000002-1"
    book.arrive("WB-000001", on="2023-02-02", received_by="c", lines=[ArrivedLine(lot, yuan("150"))])
    with refused(book, CloseBlocked) as caught:
        close(book)
    (one,) = caught[0].blockers
    assert "50.00 of lot GRN-000002-1 short" in one.sentence()
    assert "短少" in one.sentence("zh")
    assert "50.00" in one.sentence("zh")


def test_a_loss_that_somebody_signed_for_is_not_in_the_way(book: Book) -> None:
    sent(book, consigned(4, L), on="2023-02-01")
    book.arrive("WB-000001", on="2023-02-02", received_by="c", lines=[arrived(L, 3)])
    with refused(book, CloseBlocked):
        close(book)
    book.sign_off(
        "RR-000001", on="2023-07-02", stage="carrier", signed_by="c", approved_by="d", paper="a letter"
    )
    assert values(close(book).totals)[Side.LOST] == 1_000


# Sealing


def test_what_is_closed_is_sealed_for_good(book: Book) -> None:
    close(book, Q1)
    close(book, Q2)
    made = seal(book, Q1)
    assert (made.number, made.title("zh"), made.title()) == ("SE-000001", "封账单", "Period seal")
    assert (made.period, made.sealed_by, made.approved_by, made.audit_paper) == (Q1, "a", "b", "audit 4")
    assert (made.closes, made.entries) == (("CL-000001",), ())
    assert seal(book).closes == ("CL-000002",)
    assert (book.ledger.sealed_through, book.ledger.closed_through) == (H1.last, H1.last)
    with refused(book, PeriodSealed) as caught:
        reopen(book, Q2, on="2023-07-20")
    assert caught[0].sealed_through == H1.last


def test_what_is_open_is_not_sealed(book: Book) -> None:
    with refused(book, NotOpen) as caught:
        seal(book)
    assert (caught[0].state, caught[0].do) == ("open", "close it first")
    close(book, Q1)
    with refused(book, NotOpen) as caught:
        seal(book)
    assert caught[0].state == "open after 2023-03-31"


def test_what_is_sealed_is_not_sealed_again(book: Book) -> None:
    close(book)
    seal(book)
    with refused(book, NotOpen) as caught:
        seal(book, Q1)
    assert caught[0].state == "sealed, the book is sealed through 2023-06-30"


def test_a_seal_names_the_paper_of_the_audit(book: Book) -> None:
    close(book)
    with refused(book, Incomplete) as caught:
        seal(book, audit_paper=" ")
    assert caught[0].do == "name the paper of the audit"


# Reopening


def test_a_reopened_period_is_open_with_all_that_follow(book: Book) -> None:
    for quarter in (Q1, Q2):
        close(book, quarter)
    gift(book, on="2023-07-01")
    made = reopen(book, Q1)
    assert (made.number, made.title("zh"), made.title()) == ("RO-000001", "反结账单", "Reopening")
    assert (made.period, made.reason, made.requested_by, made.approved_by) == (Q1, "a late waybill", "a", "b")
    assert (made.closes, made.known, made.entries) == (("CL-000001", "CL-000002"), 3, ())
    assert book.ledger.closed_through == date(2022, 12, 31)
    assert gift(book, on="2023-01-01").on == date(2023, 1, 1)


def test_only_the_later_periods_are_reopened(book: Book) -> None:
    for quarter in (Q1, Q2):
        close(book, quarter)
    assert reopen(book, Q2).closes == ("CL-000002",)
    assert book.ledger.closed_through == Q1.last
    with refused(book, PeriodClosed):
        gift(book, on="2023-03-31")


def test_a_part_of_a_closed_period_is_reopened(book: Book) -> None:
    close(book)
    assert reopen(book, Period.month(2023, 5)).closes == ("CL-000001",)
    assert book.ledger.closed_through == date(2023, 4, 30)


def test_closing_again_is_a_document_of_its_own(book: Book) -> None:
    first = close(book)
    reopen(book)
    gift(book, on="2023-06-01")
    again = close(book, on="2023-07-11")
    assert (first.number, first.known, again.number, again.known) == ("CL-000001", 2, "CL-000002", 3)
    assert values(again.totals)[Side.RECEIVED] - values(first.totals)[Side.RECEIVED] == 10_000
    assert reopen(book, on="2023-07-12").closes == ("CL-000002",)


def test_before_the_first_of_all_days_nothing_is_closed(book: Book) -> None:
    close(book)
    assert reopen(book, Period("0001-01-01", "2023-06-30")).closes == ("CL-000001",)
    assert book.ledger.closed_through is None


@pytest.mark.parametrize("period", [H1, H2, Period.year(2024)])
def test_what_is_open_is_not_reopened(book: Book, period: Period) -> None:
    if period is not H1:
        close(book)
    with refused(book, NotOpen) as caught:
        reopen(book, period)
    assert caught[0].state == "open"


def test_a_reopening_says_why(book: Book) -> None:
    close(book)
    with refused(book, Incomplete) as caught:
        reopen(book, reason="")
    assert caught[0].do == "state the reason"


def test_who_closed_does_not_reopen_alone() -> None:
    book = new_office(Policy(approvers=1), today="2023-07-31")
    close(book, closed_by="a", approved_by="a")
    with refused(book, NeedsApproval) as caught:
        reopen(book, requested_by="a", approved_by="A ")
    assert "somebody else takes part" in caught[0].reason
    assert reopen(book, requested_by="c", approved_by="c").approved_by == "c"


def test_what_was_closed_by_another_may_be_reopened_by_one_where_the_policy_says_so() -> None:
    book = new_office(Policy(approvers=1), today="2023-07-31")
    close(book, Q1, closed_by="a", approved_by="a")
    close(book, Q2, closed_by="c", approved_by="c")
    assert reopen(book, Q2, requested_by="a", approved_by="a").closes == ("CL-000002",)


# One after the other


@pytest.mark.parametrize("verb", [seal, reopen], ids=lambda verb: verb.__name__)
def test_an_act_is_not_dated_before_the_last_one(book: Book, verb: Callable[..., Document]) -> None:
    close(book, on="2023-07-05")
    with refused(book, Incomplete) as caught:
        verb(book, on="2023-07-04")
    assert "sealed or reopened on 2023-07-05" in caught[0].missing
    assert verb(book, on="2023-07-05").on == date(2023, 7, 5)


def test_a_period_is_closed_sealed_and_audited_on_the_evening_of_its_last_day(book: Book) -> None:
    close(book, on="2023-06-30")
    assert seal(book, on="2023-06-30").on == H1.last


@pytest.mark.parametrize(
    ("number", "state", "do"),
    [
        ("CL-000001", "a period close", "reopen the period, with somebody's approval"),
        ("RO-000001", "a reopening", "close the period again"),
        ("SE-000001", "a period seal", "it is for good; enter late news on an open day"),
    ],
)
def test_what_is_done_to_periods_is_not_reversed(book: Book, number: str, state: str, do: str) -> None:
    close(book)
    reopen(book)
    close(book, on="2023-07-12")
    seal(book)
    with refused(book, NotOpen) as caught:
        reverse(book, number, "2023-07-25")
    assert (caught[0].document, caught[0].state, caught[0].do) == (number, state, do)


# Corrections of what is closed


def test_the_reversal_of_what_is_closed_says_which_day_it_is_about(book: Book) -> None:
    given(book, ("H-1", 2), on="2023-06-20")
    close(book)
    undone = reverse(book, "DL-000001", "2023-07-06")
    assert undone.concerns == date(2023, 6, 20)
    assert {entry.concerns for entry in book.entries[-1:]} == {date(2023, 6, 20)}


def test_what_it_is_about_may_be_stated(book: Book) -> None:
    given(book, ("H-1", 2), on="2023-06-20")
    close(book)
    undone = reverse(book, "DL-000001", "2023-07-06", concerns="2023-06-21")
    assert undone.concerns == book.entries[-1].concerns == date(2023, 6, 21)


def test_to_take_back_late_news_is_about_the_same_day(book: Book) -> None:
    close(book)
    gift(book, on="2023-07-02", concerns="2023-06-20")
    assert reverse(book, "GRN-000002", "2023-07-06").concerns == date(2023, 6, 20)


def test_the_reversal_of_what_is_open_is_about_its_own_day(book: Book) -> None:
    close(book)
    given(book, ("H-1", 2), on="2023-07-02")
    assert reverse(book, "DL-000001", "2023-07-06").concerns is None


def test_a_reversal_in_a_closed_period_is_refused_with_the_first_open_day(book: Book) -> None:
    given(book, ("H-1", 2), on="2023-06-20")
    close(book)
    with refused(book, PeriodClosed) as caught:
        reverse(book, "DL-000001", "2023-06-25")
    assert caught[0].first_open == date(2023, 7, 1)
