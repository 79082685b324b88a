"""A loss on the road is open until somebody signs for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reliefstock import (
    Book,
    LossKind,
    Money,
    Period,
    Recovery,
    RecoveryKind,
    SignedLine,
    Stage,
)
from reliefstock.errors import (
    BadData,
    BelowZero,
    CurrencyMismatch,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotOpen,
    NotPositive,
    PeriodClosed,
    ReliefstockError,
    Unknown,
)
from reliefstock.operations.signing_off import open_losses
from unit.operations.office import (
    QUILT,
    arrived,
    consigned,
    gift,
    held,
    line,
    new_office,
    refused,
    reverse,
    sent,
    signed_off,
    worth,
    yuan,
)

L1, L2 = "GRN-000001-1", "GRN-000001-2"
ALL = date(2023, 6, 30)


@pytest.fixture
def book() -> Book:
    """Of ten quilts worth 100.01 yuan three are short and one is damaged; of five others two are short."""
    book = new_office()
    gift(book, line(10, "100.01"), line(5, "40"))
    sent(book, consigned(10, L1), consigned(5, L2))
    lines = [arrived(L1, 6, 1, damage_stage="receiver"), arrived(L2, 3, stage="carrier")]
    book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=lines)
    return book


def still_open(book: Book, through: date = ALL) -> list[tuple[str, str, str, int, int]]:
    return [
        (one.lot, one.kind.value, one.stage.value, one.quantity, one.value)
        for one in open_losses(book.desk(), through)
    ]


def test_what_came_short_or_damaged_is_open_in_the_stage_that_was_stated(book: Book) -> None:
    assert still_open(book) == [
        (L1, "short", "unresolved", 3, 3001),
        (L1, "damaged", "receiver", 1, 1000),
        (L2, "short", "carrier", 2, 1600),
    ]


def test_an_open_loss_says_where_it_was_reported(book: Book) -> None:
    one = open_losses(book.desk(), ALL)[0]
    assert (one.report, one.waybill, one.item, one.on, one.noted_on_waybill, one.kind) == (
        "RR-000001",
        "WB-000001",
        "quilt",
        date(2023, 1, 22),
        False,
        LossKind.SHORT,
    )


def test_a_loss_that_was_found_later_was_not_open_before(book: Book) -> None:
    assert still_open(book, date(2023, 1, 21)) == []


def test_a_clean_report_and_one_that_was_taken_back_leave_nothing_open(book: Book) -> None:
    sent(book, consigned(1, L2), origin="station", to="depot", on="2023-01-25")
    book.arrive("WB-000002", on="2023-01-26", received_by="c", lines=[arrived(L2, 1)])
    assert len(still_open(book)) == 3
    reverse(book, "RR-000002")
    reverse(book, "WB-000002")
    reverse(book, "RR-000001")
    assert still_open(book) == []


def test_whoever_answers_takes_the_loss_over(book: Book) -> None:
    paper = signed_off(book)
    assert (paper.number, paper.report, paper.stage, paper.signed_by, paper.paper) == (
        "LSO-000001",
        "RR-000001",
        Stage.CARRIER,
        "the driver",
        "the waybill, signed",
    )
    assert [
        (one.lot, one.kind.value, one.was.value, one.quantity, one.value, one.waybill, one.item)
        for one in paper.lines
    ] == [
        (L1, "short", "unresolved", 3, 3001, "WB-000001", "quilt"),
        (L2, "short", "carrier", 2, 1600, "WB-000001", "quilt"),
        (L1, "damaged", "receiver", 1, 1000, "WB-000001", "quilt"),
    ]
    assert paper.value == 5601
    assert held(book, "loss:short-unresolved", L1) == (0, 0)
    assert held(book, "loss:damaged-receiver", L1) == (0, 0)
    assert held(book, "loss:short-carrier", L1) == (3, 3001)
    assert held(book, "loss:damaged-carrier", L1) == (1, 1000)
    assert held(book, "loss:short-carrier", L2) == (2, 1600)
    assert [book.entries[number - 1].kind.value for number in paper.entries] == ["loss signed off"] * 2
    assert still_open(book) == []


def test_where_the_stage_stays_nothing_is_posted(book: Book) -> None:
    paper = signed_off(book, SignedLine(L2))
    assert (paper.entries, paper.value) == ((), 1600)
    assert held(book, "loss:short-carrier", L2) == (2, 1600)
    assert [lot for lot, *_ in still_open(book)] == [L1, L1]


def test_the_day_before_the_loss_still_has_no_owner(book: Book) -> None:
    signed_off(book)
    assert held(book, "loss:short-unresolved", L1, "2023-02-19") == (3, 3001)
    assert held(book, "loss:short-carrier", L1, "2023-02-19") == (0, 0)


def test_a_loss_is_signed_for_in_parts_to_the_last_fen(book: Book) -> None:
    for day in (20, 21, 22):
        signed_off(book, SignedLine(L1, short=QUILT.quantity(1)), on=f"2023-02-{day}")
    assert held(book, "loss:short-carrier", L1) == (3, 3001)
    assert held(book, "loss:short-unresolved", L1) == (0, 0)
    assert still_open(book)[0][:2] == (L1, "damaged")


def test_what_is_short_and_what_is_damaged_are_signed_for_apart(book: Book) -> None:
    signed_off(book, SignedLine(L1, damaged=QUILT.quantity(1), short=QUILT.quantity(0)))
    assert still_open(book) == [(L1, "short", "unresolved", 3, 3001), (L2, "short", "carrier", 2, 1600)]
    signed_off(book, SignedLine(L1, short=QUILT.quantity(2)))
    assert still_open(book) == [(L1, "short", "unresolved", 1, 1001), (L2, "short", "carrier", 2, 1600)]


def test_each_loss_is_signed_for_once(book: Book) -> None:
    signed_off(book)
    with refused(book, NotOpen) as errors:
        signed_off(book)
    assert (errors[0].document, errors[0].state, errors[0].asked) == ("RR-000001", "signed off", "signed off")


def test_a_lot_that_is_signed_for_is_not_signed_for_again(book: Book) -> None:
    signed_off(book, SignedLine(L1))
    with refused(book, NotOpen) as errors:
        signed_off(book, SignedLine(L1))
    assert errors[0].state == f"without an open loss of lot {L1}"


def test_a_report_without_loss_is_not_signed_off(book: Book) -> None:
    sent(book, consigned(1, L2), origin="station", to="depot", on="2023-01-25")
    book.arrive("WB-000002", on="2023-01-26", received_by="c", lines=[arrived(L2, 1)])
    with refused(book, NotOpen) as errors:
        signed_off(book, report="RR-000002")
    assert errors[0].state == "without any loss"


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"report": "RR-000009"}, Unknown, "receiving report 'RR-000009'"),
        ({"stage": "unresolved"}, Incomplete, "it does not say who answers"),
        ({"stage": "lorry"}, BadData, "'lorry' is none of"),
        ({"signed_by": ""}, Incomplete, "who answers for a loss"),
        ({"paper": " "}, Incomplete, "the paper on which a loss is signed for"),
        ({"approved_by": ""}, NeedsApproval, "1 are named"),
        ({"approved_by": "The driver"}, NeedsApproval, "1 are named"),
        ({"on": "2023-01-21"}, Incomplete, "the loss was found on 2023-01-22"),
        ({"on": "2023-07-08"}, DateTooFarAhead, "too far ahead"),
        ({"lines": [SignedLine("GRN-000001-9")]}, Unknown, "lot on RR-000001"),
        ({"lines": [SignedLine(L1, waybill="WB-000009")]}, Unknown, "waybill on RR-000001"),
        ({"lines": [SignedLine(L1), SignedLine(L1)]}, Incomplete, "stands on two lines"),
        ({"lines": [SignedLine(L1, short=QUILT.quantity(0))]}, Incomplete, "signs for nothing"),
        (
            {"lines": [SignedLine(L1, short=QUILT.quantity(4))]},
            NotOpen,
            f"RR-000001 is open for 3 of lot {L1}, so it cannot be signed off for 4",
        ),
        ({"lines": [SignedLine(L2, damaged=QUILT.quantity(1))]}, NotOpen, f"open for 0 of lot {L2}"),
    ],
    ids=str,
)
def test_a_sign_off_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        signed_off(book, **said)
    assert words in str(errors[0])


def test_nothing_is_signed_on_a_day_that_is_closed(book: Book) -> None:
    signed_off(book, stage="receiver", on="2023-01-23")
    quarter = Period.quarter(2023, 1)
    book.close(quarter, on="2023-05-01", closed_by="a", approved_by="b")
    reverse(book, "LSO-000001", "2023-05-02")
    with refused(book, PeriodClosed) as errors:
        signed_off(book, on="2023-03-31", stage="receiver", lines=[SignedLine(L1, damaged=QUILT.quantity(1))])
    assert errors[0].closed_through == quarter.last


# What comes back


def test_what_comes_back_is_noted_beside_the_loss(book: Book) -> None:
    back = [
        Recovery(RecoveryKind.INSURANCE, yuan("20"), "policy 8"),
        Recovery("culprit", yuan("5.50"), "receipt 3"),  # pyright: ignore[reportArgumentType] -- a text is brought to its member
    ]
    paper = signed_off(book, recoveries=back)
    assert ([one.kind for one in paper.recoveries], paper.recovered) == (
        [RecoveryKind.INSURANCE, RecoveryKind.CULPRIT],
        2550,
    )
    assert len(paper.entries) == 2


@pytest.mark.parametrize(
    ("recovery", "error"),
    [
        (Recovery(RecoveryKind.SALVAGE, Money.of("1", "USD"), "p"), CurrencyMismatch),
        (Recovery(RecoveryKind.SALVAGE, Money.of("0", "CNY"), "p"), NotPositive),
        (Recovery(RecoveryKind.SALVAGE, Money.of("1", "CNY"), " "), Incomplete),
    ],
    ids=str,
)
def test_what_comes_back_has_an_amount_and_a_paper(
    book: Book, recovery: Recovery, error: type[ReliefstockError]
) -> None:
    with refused(book, error):
        signed_off(book, recoveries=[recovery])


# Two waybills on one report


@pytest.fixture
def two() -> Book:
    """One quilt of the same lot is short on each of two waybills of one report."""
    book = new_office()
    gift(book, line(10, "100.01"))
    sent(book, consigned(4, L1))
    sent(book, consigned(6, L1))
    lines = [
        arrived(L1, 3, waybill="WB-000001", stage="sender"),
        arrived(L1, 5, waybill="WB-000002", noted_on_waybill=True),
    ]
    book.arrive(("WB-000001", "WB-000002"), on="2023-01-22", received_by="c", lines=lines)
    return book


def test_the_same_lot_of_two_waybills_is_signed_for_together(two: Book) -> None:
    paper = signed_off(two, SignedLine(L1))
    assert [(one.waybill, one.was) for one in paper.lines] == [
        ("WB-000001", Stage.SENDER),
        ("WB-000002", Stage.UNRESOLVED),
    ]
    assert held(two, "loss:short-carrier", L1)[0] == 2


def test_the_same_lot_of_two_waybills_is_signed_for_apart(two: Book) -> None:
    signed_off(two, SignedLine(L1, waybill="WB-000002"))
    [left] = open_losses(two.desk(), ALL)
    assert (left.waybill, left.stage, left.noted_on_waybill) == ("WB-000001", Stage.SENDER, False)


def test_a_number_of_a_lot_that_two_waybills_lost_names_the_waybill(two: Book) -> None:
    with refused(two, Incomplete) as errors:
        signed_off(two, SignedLine(L1, short=QUILT.quantity(1)))
    assert errors[0].missing == f"lot {L1} was lost on waybills WB-000001, WB-000002"
    signed_off(two, SignedLine(L1, short=QUILT.quantity(1), waybill="WB-000001"))
    assert [one.waybill for one in open_losses(two.desk(), ALL)] == ["WB-000002"]


def test_losses_of_several_reports_in_one_place_share_what_it_holds() -> None:
    book = new_office()
    gift(book, line(3, "1"))
    for number in (1, 2, 3):
        sent(book, consigned(1, L1))
        book.arrive(f"WB-00000{number}", on="2023-01-22", received_by="c", nothing_arrived=True)
    assert [one.value for one in open_losses(book.desk(), ALL)] == [33, 33, 34]
    for report in (3, 1):
        signed_off(book, report=f"RR-00000{report}")
    assert [one.value for one in open_losses(book.desk(), ALL)] == [34]
    signed_off(book, report="RR-000002")
    assert held(book, "loss:short-carrier", L1) == (3, 100)


# Taken back


def test_a_report_stands_as_long_as_its_loss_is_signed_off(book: Book) -> None:
    signed_off(book, SignedLine(L2))
    with refused(book, NotOpen) as errors:
        reverse(book, "RR-000001", "2023-02-21")
    assert (errors[0].state, errors[0].do) == (
        "signed off by LSO-000001",
        "reverse the sign-off first",
    )
    reverse(book, "LSO-000001", "2023-02-21")
    assert len(still_open(book)) == 3
    reverse(book, "RR-000001", "2023-02-21")
    assert held(book, "transit:WB-000001", L1) == (10, 10001)


def test_a_sign_off_that_moved_the_loss_is_taken_back(book: Book) -> None:
    signed_off(book)
    reverse(book, "LSO-000001", "2023-02-21")
    assert held(book, "loss:short-unresolved", L1) == (3, 3001)
    assert len(still_open(book)) == 3
    signed_off(book, stage="sender", on="2023-02-22")
    assert held(book, "loss:short-sender", L1) == (3, 3001)


def test_a_report_is_not_taken_back_for_a_day_on_which_its_loss_was_signed_off(book: Book) -> None:
    signed_off(book)
    reverse(book, "LSO-000001", "2023-02-21")
    with refused(book, BelowZero) as errors:
        reverse(book, "RR-000001", "2023-02-01")
    assert errors[0].place == "loss:damaged-receiver"


def test_a_sign_off_without_entries_is_not_taken_back_before_its_own_day(book: Book) -> None:
    signed_off(book, SignedLine(L2))
    with refused(book, Incomplete) as errors:
        reverse(book, "LSO-000001", "2023-02-19")
    assert "it is of 2023-02-20" in errors[0].missing


def test_the_loss_of_a_report_that_was_taken_back_is_not_signed_for(book: Book) -> None:
    reverse(book, "RR-000001")
    with refused(book, NotOpen) as errors:
        signed_off(book)
    assert errors[0].state == "reversed"


# Worth something else by now


def test_a_loss_that_was_revalued_is_open_and_signed_for_at_what_it_is_worth_now(book: Book) -> None:
    new = book.revalue(
        L1, valuation=worth("200.02"), on="2023-02-01", reason="an error", requested_by="a", approved_by="b"
    ).new
    assert still_open(book) == [
        (L1, "short", "unresolved", 3, 6001),
        (L1, "damaged", "receiver", 1, 2000),
        (L2, "short", "carrier", 2, 1600),
    ]
    signed_off(book, SignedLine(L1, short=QUILT.quantity(2)))
    paper = signed_off(book, SignedLine(L1), SignedLine(L2))
    assert [(one.lot, one.kind.value, one.quantity) for one in paper.lines] == [
        (L1, "short", 1),
        (L2, "short", 2),
        (L1, "damaged", 1),
    ]
    assert held(book, "loss:short-unresolved", new) == (0, 0)
    assert held(book, "loss:short-carrier", new) == (3, 6001)
    reverse(book, "LSO-000002", "2023-02-21")
    assert [(one.kind, one.quantity) for one in open_losses(book.desk(), ALL)] == [
        (LossKind.SHORT, 1),
        (LossKind.DAMAGED, 1),
        (LossKind.SHORT, 2),
    ]
