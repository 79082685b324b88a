"""What came of goods on the road: whole, short, spoilt, over; in parts, and on several waybills."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import (
    ArrivedLine,
    Book,
    Household,
    Restriction,
    ReturnedLine,
    Society,
    Stage,
)
from reliefstock.errors import (
    BadData,
    BelowZero,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotEnough,
    NotOpen,
    NotPositive,
    ReliefstockError,
    Unknown,
)
from unit.operations.office import (
    QUILT,
    arrived,
    consigned,
    gift,
    given,
    held,
    line,
    new_office,
    refused,
    reverse,
    sent,
    worth,
)

L1, L2 = "GRN-000001-1", "GRN-000001-2"


@pytest.fixture
def book() -> Book:
    """Ten quilts worth 100.01 yuan and five worth 40 yuan that expire, in the depot."""
    book = new_office()
    gift(book, line(10, "100.01"), line(5, "40", expiry="2024-01-01"))
    return book


# For good


def test_what_arrives_whole_is_on_hand_at_the_other_depot(book: Book) -> None:
    waybill = sent(book)
    report = book.arrive(
        waybill.number, on="2023-01-22", received_by="c", lines=[arrived(L1, 5), arrived(L2, 5)], note="dry"
    )
    assert report.is_clean
    assert (report.number, report.waybills, report.note) == ("RR-000001", ("WB-000001",), "dry")
    assert held(book, "warehouse:station", L1) == (5, 5000)
    assert held(book, "transit:WB-000001", L1) == (0, 0)
    assert book.on_hand("quilt").quantity == 15


def test_what_another_society_got_is_given_out(book: Book) -> None:
    waybill = sent(book, consigned(5, L1), to="xunyang")
    book.arrive(waybill.number, on="2023-01-22", received_by="c", lines=[arrived(L1, 5)])
    assert held(book, "society:xunyang", L1) == (5, 5000)
    assert book.on_hand("quilt").quantity == 10


ENDS = [
    (arrived(L1, 10), (10, 0, 0, 0), {}),
    (arrived(L1, 7, stage=Stage.CARRIER), (7, 0, 3, 0), {"loss:short-carrier": 3}),
    (
        arrived(L1, 6, 3, stage=Stage.SENDER, damage_stage=Stage.CARRIER),
        (6, 3, 1, 0),
        {"loss:damaged-carrier": 3, "loss:short-sender": 1},
    ),
    (arrived(L1, 0, 10), (0, 10, 0, 0), {"loss:damaged-unresolved": 10}),
    (arrived(L1), (0, 0, 10, 0), {"loss:short-unresolved": 10}),
    (arrived(L1, 12, stage=Stage.SENDER), (12, 0, 0, 2), {"gain:over-sender": -2}),
    (arrived(L1, 9, 3), (9, 3, 0, 2), {"gain:over-unresolved": -2, "loss:damaged-unresolved": 3}),
    (arrived(L1, 35), (35, 0, 0, 25), {"gain:over-unresolved": -25}),
]


@pytest.mark.parametrize(("said", "figures", "ends"), ENDS, ids=str)
def test_a_waybill_always_adds_up(
    book: Book, said: ArrivedLine, figures: tuple[int, int, int, int], ends: dict[str, int]
) -> None:
    waybill = sent(book, consigned(10, L1))
    report = book.arrive(waybill.number, on="2023-01-22", received_by="c", approved_by="d", lines=[said])
    [settled] = report.lines
    received, damaged, short, over = figures
    assert (settled.received, settled.damaged, settled.short, settled.over) == figures
    assert settled.received + settled.damaged + settled.short == settled.dispatched + settled.over
    assert report.is_clean is not any((damaged, short, over))
    assert held(book, "warehouse:station", L1)[0] == received
    assert held(book, "transit:WB-000001", L1) == (0, 0)
    assert {where: held(book, where, L1)[0] for where in ends} == ends
    assert len(report.entries) == (2 if over else 1)


def test_what_is_over_is_found_first_and_then_arrives(book: Book) -> None:
    sent(book, consigned(10, L1))
    report = book.arrive(
        "WB-000001", on="2023-01-22", received_by="c", approved_by="d", lines=[arrived(L1, 11)]
    )
    kinds = [book.entries[number - 1].kind.value for number in report.entries]
    assert kinds == ["found over", "arrival"]
    assert held(book, "warehouse:station", L1) == (11, 11001)


def test_a_total_loss_is_booked_to_whoever_had_it_in_custody(book: Book) -> None:
    sent(book)
    report = book.arrive(
        "WB-000001", on="2023-01-22", received_by="c", nothing_arrived=True, stage=Stage.CARRIER
    )
    assert [(one.lot, one.short, one.stage) for one in report.lines] == [
        (L2, 5, Stage.CARRIER),
        (L1, 5, Stage.CARRIER),
    ]
    assert held(book, "loss:short-carrier", L1) == (5, 5000)
    assert held(book, "loss:short-carrier", L2) == (5, 4000)


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"waybill": "WB-000009"}, Unknown, "waybill 'WB-000009'"),
        ({"waybill": "GRN-000001"}, Unknown, "waybill 'GRN-000001'"),
        ({"received_by": " "}, Incomplete, "who received a consignment"),
        ({"lines": []}, Incomplete, f"lot {L2}, {L1} must stand on exactly one line"),
        ({"lines": [arrived(L1, 5)]}, Incomplete, f"lot {L2} must stand on exactly one line"),
        ({"lines": [arrived(L1, 3), arrived(L1, 2), arrived(L2, 5)]}, Incomplete, f"lot {L1} must stand"),
        ({"lines": [arrived(L1, 5), arrived(L2, 5), arrived("GRN-000001-3", 1)]}, Unknown, "on waybill"),
        ({"nothing_arrived": True}, Incomplete, "nothing arrived, and lists what did"),
        ({"on": "2023-01-19"}, BelowZero, "only 0 would be there"),
        ({"on": "2023-07-08"}, DateTooFarAhead, "too far ahead"),
        (
            {"lines": [ArrivedLine(L1, QUILT.quantity(-1)), arrived(L2, 5)]},
            NotPositive,
            "above zero",
        ),
        ({"lines": [arrived(L1, 6), arrived(L2, 5)]}, NeedsApproval, "more than was sent by WB-000001"),
        (
            {"lines": [arrived(L1, 6), arrived(L2, 5)], "approved_by": "Ｃ "},
            NeedsApproval,
            "2 different people take part in it, 1 are named",
        ),
    ],
    ids=str,
)
def test_a_report_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    sent(book)
    facts: dict[str, Any] = {
        "waybill": "WB-000001",
        "on": "2023-01-22",
        "received_by": "c",
        "lines": [arrived(L1, 5), arrived(L2, 5)],
    }
    with refused(book, error) as errors:
        book.arrive(**facts | said)
    assert words in str(errors[0])


def test_a_surplus_does_not_arrive_before_it_was_sent(book: Book) -> None:
    sent(book, consigned(10, L1))
    with refused(book, BelowZero):
        book.arrive("WB-000001", on="2023-01-19", received_by="c", approved_by="d", lines=[arrived(L1, 12)])


def test_what_is_stated_as_none_is_not_there(book: Book) -> None:
    sent(book, consigned(10, L1))
    line = ArrivedLine(L1, QUILT.quantity(10), damaged=QUILT.quantity(0))
    assert book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[line]).is_clean


def test_who_approved_a_surplus_stands_on_the_report(book: Book) -> None:
    sent(book, consigned(10, L1))
    report = book.arrive(
        "WB-000001", on="2023-01-22", received_by="c", approved_by="d", lines=[arrived(L1, 11)]
    )
    assert report.approved_by == "d"


def test_a_stage_may_be_stated_by_its_word(book: Book) -> None:
    sent(book, consigned(10, L1))
    lines = [arrived(L1, 7, 1, stage="carrier", damage_stage="receiver")]
    [line] = book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=lines).lines
    assert (line.stage, line.damage_stage) == (Stage.CARRIER, Stage.RECEIVER)
    with pytest.raises(BadData) as caught:
        arrived(L1, 7, stage="lorry")
    assert "'lorry' is none of 'sender', 'carrier', 'receiver', 'unresolved'" in str(caught.value)


def test_a_waybill_is_settled_once(book: Book) -> None:
    sent(book, consigned(10, L1))
    book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[arrived(L1, 10)])
    with refused(book, NotOpen) as errors:
        book.arrive("WB-000001", on="2023-01-23", received_by="c", lines=[arrived(L1, 10)])
    assert (errors[0].document, errors[0].state, errors[0].asked) == ("WB-000001", "settled", "received")


def test_a_waybill_that_was_reversed_does_not_arrive(book: Book) -> None:
    sent(book, consigned(10, L1))
    reverse(book, "WB-000001")
    with refused(book, NotOpen) as errors:
        book.arrive("WB-000001", on="2023-02-02", received_by="c", lines=[arrived(L1, 10)])
    assert errors[0].state == "reversed"


def test_a_report_that_was_reversed_is_done_again(book: Book) -> None:
    sent(book, consigned(10, L1))
    book.arrive("WB-000001", on="2023-01-22", received_by="c", approved_by="d", lines=[arrived(L1, 12)])
    reverse(book, "RR-000001")
    assert held(book, "transit:WB-000001", L1) == (10, 10001)
    report = book.arrive("WB-000001", on="2023-02-02", received_by="c", lines=[arrived(L1, 10)])
    assert report.is_clean


def test_a_waybill_is_not_reversed_after_its_arrival_on_any_date(book: Book) -> None:
    sent(book, consigned(10, L1))
    book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[arrived(L1, 10)])
    for on in ("2023-01-20", "2023-01-21", "2023-02-01"):
        with refused(book, BelowZero) as errors:
            reverse(book, "WB-000001", on)
        assert errors[0].place == "transit:WB-000001"


def test_no_restriction_is_lost_by_way_of_another_society(book: Book) -> None:
    book.add(Society("langao", zh="岚皋县红十字会"), Household("H-9", division="610925101"))
    [lot] = gift(book, line(5, restriction=Restriction(recipients=("H-1",)))).lots
    sent(book, consigned(5, lot), to="langao")
    book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[arrived(lot, 5)])
    book.return_(
        recipient="langao",
        into="station",
        lines=[ReturnedLine(lot, QUILT.quantity(5))],
        on="2023-01-25",
        reason="not needed",
    )
    with refused(book, NotEnough) as errors:
        given(book, ("H-9", 1), origin="station", on="2023-01-26")
    assert errors[0].passed_over == (f"5 of lot {lot} are for recipient H-1 only",)
    given(book, ("H-1", 1), origin="station", on="2023-01-26")
    assert held(book, "household:H-1", lot)[0] == 1


def test_of_what_was_lost_the_report_keeps_the_value(book: Book) -> None:
    sent(book, consigned(10, L1))
    [one] = book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[arrived(L1, 7, 1)]).lines
    assert (one.short, one.short_value, one.damaged, one.damaged_value) == (2, 2001, 1, 1000)
    assert held(book, "loss:short-unresolved", L1) == (2, 2001)


def test_of_what_was_over_the_report_keeps_the_value(book: Book) -> None:
    sent(book, consigned(10, L1))
    [one] = book.arrive(
        "WB-000001", on="2023-01-22", received_by="c", approved_by="d", lines=[arrived(L1, 12)]
    ).lines
    assert (one.over, one.over_value) == (2, 2000)
    assert held(book, "gain:over-unresolved", L1) == (-2, -2000)


def test_a_loss_that_was_noted_on_the_waybill_is_known_to_be(book: Book) -> None:
    sent(book, consigned(10, L1))
    said = arrived(L1, 9, stage="carrier", noted_on_waybill=True)
    [one] = book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[said]).lines
    assert one.noted_on_waybill


# Into quarantine


def test_what_is_doubtful_goes_into_quarantine_and_is_not_usable(book: Book) -> None:
    sent(book, consigned(10, L1))
    said = ArrivedLine(L1, QUILT.quantity(6), quarantined=QUILT.quantity(3), damaged=QUILT.quantity(1))
    report = book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[said])
    [one] = report.lines
    assert (one.received, one.quarantined, one.damaged, one.short, one.over) == (6, 3, 1, 0, 0)
    assert held(book, "quarantine:station", L1)[0] == 3
    assert book.on_hand("quilt", "station", usable_only=True).quantity == 6
    assert not report.is_clean


def test_all_of_it_may_go_into_quarantine(book: Book) -> None:
    sent(book, consigned(10, L1))
    said = ArrivedLine(L1, quarantined=QUILT.quantity(10))
    assert book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[said]).is_clean
    assert held(book, "quarantine:station", L1) == (10, 10001)


def test_another_society_has_no_quarantine_here(book: Book) -> None:
    sent(book, consigned(10, L1), to="xunyang")
    said = ArrivedLine(L1, QUILT.quantity(9), quarantined=QUILT.quantity(1))
    with refused(book, Incomplete) as errors:
        book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[said])
    assert "the goods are given to xunyang" in errors[0].missing


# In parts


def came(book: Book, *lines: ArrivedLine, on: str = "2023-01-22", **said: Any) -> Any:  # noqa: ANN401
    facts: dict[str, Any] = {"partial": True, "received_by": "c"}
    return book.arrive("WB-000001", on=on, lines=lines, **facts | said)


def test_of_a_part_the_rest_stays_on_the_road(book: Book) -> None:
    sent(book)
    report = came(book, arrived(L1, 3, 1))
    [one] = report.lines
    assert report.partial
    assert not report.is_clean
    assert (one.dispatched, one.earlier, one.received, one.damaged, one.short, one.left) == (5, 0, 3, 1, 0, 1)
    assert held(book, "transit:WB-000001", L1)[0] == 1
    assert held(book, "transit:WB-000001", L2)[0] == 5
    assert held(book, "loss:short-unresolved", L1) == (0, 0)


def test_parts_and_the_last_report_together_take_every_fen(book: Book) -> None:
    sent(book, consigned(10, L1))
    for day in (22, 23, 24):
        came(book, arrived(L1, 3), on=f"2023-01-{day}")
    last = book.arrive("WB-000001", on="2023-01-25", received_by="c", lines=[arrived(L1)])
    [one] = last.lines
    assert (one.dispatched, one.earlier, one.received, one.short, one.left) == (10, 9, 0, 1, 0)
    assert held(book, "transit:WB-000001", L1) == (0, 0)
    assert held(book, "warehouse:station", L1)[1] + held(book, "loss:short-unresolved", L1)[1] == 10001
    with refused(book, NotOpen) as errors:
        came(book, arrived(L1, 1), on="2023-01-26")
    assert errors[0].state == "settled"


def test_the_last_report_says_something_of_what_is_left_alone(book: Book) -> None:
    sent(book)
    came(book, arrived(L1, 5))
    report = book.arrive("WB-000001", on="2023-01-23", received_by="c", lines=[arrived(L2, 5)])
    assert [one.lot for one in report.lines] == [L2]
    assert report.is_clean


def test_the_last_report_may_say_that_nothing_of_the_other_lot_came_any_more(book: Book) -> None:
    sent(book)
    came(book, arrived(L1, 5))
    report = book.arrive("WB-000001", on="2023-01-23", received_by="c", lines=[arrived(L1), arrived(L2, 5)])
    assert [(one.lot, one.short) for one in report.lines] == [(L1, 0), (L2, 0)]


def test_a_part_that_settles_all_is_the_last(book: Book) -> None:
    sent(book, consigned(10, L1))
    assert came(book, arrived(L1, 10)).is_clean
    with refused(book, NotOpen):
        book.arrive("WB-000001", on="2023-01-23", received_by="c", lines=[arrived(L1)])


def test_after_a_part_nothing_more_may_come(book: Book) -> None:
    sent(book)
    came(book, arrived(L1, 5), arrived(L2, 2))
    report = book.arrive(
        "WB-000001", on="2023-02-22", received_by="c", nothing_arrived=True, stage=Stage.CARRIER
    )
    assert [(one.lot, one.short) for one in report.lines] == [(L2, 3)]


def test_a_part_that_is_more_than_is_left_is_approved_by_somebody_else(book: Book) -> None:
    sent(book, consigned(10, L1))
    came(book, arrived(L1, 8))
    with refused(book, NeedsApproval):
        came(book, arrived(L1, 3), on="2023-01-23")
    [one] = came(book, arrived(L1, 3), on="2023-01-23", approved_by="d").lines
    assert (one.over, one.left) == (1, 0)
    assert one.dispatched + one.over == one.earlier + one.received


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"lines": []}, "does not say that anything came"),
        ({"lines": [arrived(L1)]}, "does not say that anything came"),
        ({"lines": [arrived(L1, 1), arrived(L1, 1)]}, f"lot {L1} must stand on exactly one line"),
        ({"lines": [], "nothing_arrived": True}, "or that the rest is to come"),
    ],
    ids=str,
)
def test_a_part_of_which_nothing_came_is_no_part(book: Book, said: dict[str, Any], words: str) -> None:
    sent(book)
    with refused(book, Incomplete) as errors:
        book.arrive(
            **{"waybill": "WB-000001", "on": "2023-01-22", "received_by": "c", "partial": True} | said
        )
    assert words in str(errors[0])


def test_a_part_that_is_taken_back_is_on_the_road_again(book: Book) -> None:
    sent(book, consigned(10, L1))
    came(book, arrived(L1, 3, 1))
    came(book, arrived(L1, 2), on="2023-01-23")
    reverse(book, "RR-000001")
    assert held(book, "transit:WB-000001", L1)[0] == 8
    [one] = book.arrive("WB-000001", on="2023-02-02", received_by="c", lines=[arrived(L1, 8)]).lines
    assert (one.earlier, one.received, one.short) == (2, 8, 0)


# Several waybills on one report


@pytest.fixture
def two(book: Book) -> Book:
    """Two lorries to the station: on both quilts of the first lot, on the second also of the other."""
    sent(book, consigned(4, L1), programme="winter")
    sent(book, consigned(3, L1), consigned(5, L2))
    return book


BOTH = ("WB-000001", "WB-000002")


def test_two_lorries_arrive_on_one_report(two: Book) -> None:
    lines = [
        arrived(L1, 4, waybill="WB-000001"),
        arrived(L1, 2, waybill="WB-000002", stage="carrier"),
        arrived(L2, 5),
    ]
    report = two.arrive(BOTH, on="2023-01-22", received_by="c", lines=lines)
    assert report.waybills == BOTH
    assert [(one.waybill, one.lot, one.dispatched, one.received, one.short) for one in report.lines] == [
        ("WB-000001", L1, 4, 4, 0),
        ("WB-000002", L1, 3, 2, 1),
        ("WB-000002", L2, 5, 5, 0),
    ]
    entries = [two.entries[number - 1] for number in report.entries]
    assert [entry.programme for entry in entries] == ["winter", ""]
    assert held(two, "warehouse:station", L1)[0] == 6
    assert held(two, "loss:short-carrier", L1)[0] == 1


def test_of_each_lorry_what_is_over_is_found_on_its_own_road(two: Book) -> None:
    lines = [arrived(L1, 5, waybill="WB-000001"), arrived(L1, 3, waybill="WB-000002"), arrived(L2, 6)]
    with refused(two, NeedsApproval) as errors:
        two.arrive(BOTH, on="2023-01-22", received_by="c", lines=lines)
    assert errors[0].what == "more than was sent by WB-000001, WB-000002"
    report = two.arrive(BOTH, on="2023-01-22", received_by="c", approved_by="d", lines=lines)
    kinds = [two.entries[number - 1].kind.value for number in report.entries]
    assert kinds == ["found over", "arrival", "found over", "arrival"]


def test_two_lorries_that_do_not_come_are_both_lost(two: Book) -> None:
    report = two.arrive(BOTH, on="2023-01-22", received_by="c", nothing_arrived=True, stage="carrier")
    assert [(one.waybill, one.lot, one.short) for one in report.lines] == [
        ("WB-000001", L1, 4),
        ("WB-000002", L1, 3),
        ("WB-000002", L2, 5),
    ]


def test_of_two_lorries_a_part_may_come(two: Book) -> None:
    lines = [arrived(L1, 1, waybill="WB-000001"), arrived(L2, 2)]
    two.arrive(BOTH, on="2023-01-22", received_by="c", lines=lines, partial=True)
    assert held(two, "transit:WB-000001", L1)[0] == 3
    assert held(two, "transit:WB-000002", L2)[0] == 3


def test_a_lot_that_is_on_the_road_of_one_lorry_only_is_of_that_one(two: Book) -> None:
    two.arrive("WB-000002", on="2023-01-22", received_by="c", lines=[arrived(L1, 3)], partial=True)
    lines = [arrived(L1, 4), arrived(L2, 5)]
    report = two.arrive(BOTH, on="2023-01-23", received_by="c", lines=lines)
    assert [(one.waybill, one.lot) for one in report.lines] == [("WB-000001", L1), ("WB-000002", L2)]


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"waybill": ()}, Incomplete, "names no waybill"),
        ({"waybill": ("WB-000001", "WB-000001")}, Incomplete, "names a waybill twice"),
        (
            {"waybill": ("WB-000001", "WB-000003")},
            Incomplete,
            "WB-000001 goes to station, and WB-000003 to xun",
        ),
        ({"waybill": ("WB-000001", "WB-000009")}, Unknown, "waybill 'WB-000009'"),
        ({"lines": [arrived(L1, 4)]}, Incomplete, f"lot {L1} is on waybills WB-000001, WB-000002"),
        (
            {"lines": [arrived(L1, 4, waybill="WB-000003")]},
            Unknown,
            "no waybill on the receiving report of WB-000001, WB-000002 'WB-000003'",
        ),
        ({"lines": [arrived(L2, 5, waybill="WB-000001")]}, Unknown, f"lot on waybill WB-000001 '{L2}'"),
        ({"lines": [arrived("GRN-000001-9", 5)]}, Unknown, "lot on waybill WB-000001, WB-000002"),
        (
            {"lines": [arrived(L1, 4, waybill="WB-000001"), arrived(L2, 5)]},
            Incomplete,
            f"lot {L1} of WB-000002 must stand on exactly one line",
        ),
        (
            {"lines": [arrived(L1, 4, waybill="WB-000001")], "partial": True},
            Incomplete,
            "receiving report of WB-000002: it does not say that anything came",
        ),
    ],
    ids=str,
)
def test_a_report_of_several_waybills_that_cannot_be_is_refused(
    two: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    gift(two, line(2))
    sent(two, consigned(2, "GRN-000002-1"), to="xunyang")
    facts: dict[str, Any] = {
        "waybill": BOTH,
        "on": "2023-01-22",
        "received_by": "c",
        "lines": [arrived(L1, 4, waybill="WB-000001"), arrived(L1, 3, waybill="WB-000002"), arrived(L2, 5)],
    }
    with refused(two, error) as errors:
        two.arrive(**facts | said)
    assert words in str(errors[0])


def test_one_waybill_of_several_that_is_settled_is_left_out(two: Book) -> None:
    two.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[arrived(L1, 4)])
    with refused(two, NotOpen) as errors:
        two.arrive(BOTH, on="2023-01-22", received_by="c", lines=[arrived(L1, 3), arrived(L2, 5)])
    assert errors[0].document == "WB-000001"


def test_a_report_of_two_waybills_is_taken_back_as_one(two: Book) -> None:
    lines = [arrived(L1, 5, waybill="WB-000001"), arrived(L1, 3, waybill="WB-000002"), arrived(L2, 4)]
    two.arrive(BOTH, on="2023-01-22", received_by="c", approved_by="d", lines=lines)
    reverse(two, "RR-000001")
    assert [held(two, f"transit:{number}", L1)[0] for number in BOTH] == [4, 3]
    assert held(two, "transit:WB-000002", L2) == (5, 4000)


# Recalled, or worth something else by now


def recalled(book: Book, lot: str, on: str = "2023-01-21") -> None:
    book.recall(lots=[lot], reason="seams", notice="notice 3", ordered_by="d", on=on)


def test_what_is_recalled_goes_into_quarantine_whatever_is_said_of_it(book: Book) -> None:
    sent(book)
    recalled(book, L1)
    lines = [arrived(L1, 4), arrived(L2, 5)]
    report = book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=lines)
    assert [(one.lot, one.received, one.quarantined, one.short) for one in report.lines] == [
        (L1, 0, 4, 1),
        (L2, 5, 0, 0),
    ]
    assert held(book, "quarantine:station", L1)[0] == 4
    assert held(book, "warehouse:station", L1) == (0, 0)


def test_what_is_recalled_and_comes_damaged_is_lost(book: Book) -> None:
    sent(book, consigned(5, L1))
    recalled(book, L1)
    [one] = book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[arrived(L1, 0, 5)]).lines
    assert (one.quarantined, one.damaged) == (0, 5)


def revalued(book: Book, lot: str, on: str = "2023-01-23") -> str:
    return book.revalue(
        lot, valuation=worth("200.02"), on=on, reason="an error", requested_by="a", approved_by="b"
    ).new


@pytest.mark.parametrize("named", [L1, "RV-000001-1"])
def test_what_was_revalued_on_the_road_arrives_under_the_old_id_or_the_new(book: Book, named: str) -> None:
    sent(book, consigned(10, L1))
    came(book, arrived(L1, 4))
    new = revalued(book, L1)
    [one] = book.arrive("WB-000001", on="2023-01-24", received_by="c", lines=[arrived(named, 5)]).lines
    assert (one.lot, one.dispatched, one.earlier, one.received, one.short) == (new, 10, 4, 5, 1)
    assert one.short_value == 2001
    assert held(book, "transit:WB-000001", new) == (0, 0)


def test_what_was_revalued_stands_on_one_line(book: Book) -> None:
    sent(book, consigned(10, L1))
    new = revalued(book, L1)
    with refused(book, Incomplete) as errors:
        came(book, arrived(L1, 4), arrived(new, 1), on="2023-01-24")
    assert f"lot {new} must stand on exactly one line" in errors[0].missing


def test_nothing_of_what_was_revalued_on_the_road_came(book: Book) -> None:
    sent(book, consigned(10, L1))
    new = revalued(book, L1)
    report = book.arrive("WB-000001", on="2023-01-24", received_by="c", nothing_arrived=True)
    assert [(one.lot, one.short, one.short_value) for one in report.lines] == [(new, 10, 20002)]
