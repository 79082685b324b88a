"""The sender reads what came of what it sent."""

from __future__ import annotations

import pytest

from reliefstock import ArrivedLine, Book, DivertedLine, SignedLine, Stage
from reliefstock.errors import NotOpen, Unknown
from reliefstock.reconciliation import DifferenceKind, DifferenceState, SenderNotice, sender_notice
from unit.reconciliation.office import divert, office, receive, send, sign_off, undo

LOT = "GRN-000001-1"


@pytest.fixture
def book() -> Book:
    """Of six quilts that are sent one comes whole and one broken, two go on to a society, two are lost."""
    book = office()
    quilts = book.register.item("quilt").quantity
    receive(book, 10, "100.01", "2023-01-10")
    send(book, "branch", 6, "2023-01-11")
    part = ArrivedLine(LOT, quilts(1), damaged=quilts(1), damage_stage=Stage.SENDER)
    book.arrive("WB-000001", on="2023-01-12", received_by="c", lines=[part], partial=True)
    divert(book, "ningshan", "2023-01-13", DivertedLine(LOT, quilts(2)))
    book.arrive("WB-000001", on="2023-01-14", received_by="c", nothing_arrived=True, stage=Stage.CARRIER)
    over = ArrivedLine(LOT, quilts(3), stage=Stage.SENDER)
    book.arrive("WB-000002", on="2023-01-15", received_by="c", approved_by="d", lines=[over])
    return book


def told(notice: SenderNotice) -> list[tuple[str, str, int, str, str, str]]:
    return [
        (one.waybill, one.kind.value, one.quantity, one.stage.value, one.state.value, one.report)
        for one in notice.differences
    ]


def test_a_notice_accounts_for_all_that_was_sent(book: Book):
    notice = sender_notice(book, "WB-000001")
    assert [one.waybill for one in notice.consignments] == ["WB-000001", "WB-000002"]
    assert notice.waybill.reports == ("RR-000001", "RR-000002")
    (line,) = notice.waybill.lines
    assert (line.dispatched, line.received, line.damaged, line.short, line.diverted) == (6, 1, 1, 2, 2)
    assert [line.difference for one in notice.consignments for line in one.lines] == [0, 0]


def test_a_notice_tells_every_difference_with_its_stage_and_state(book: Book):
    assert told(sender_notice(book, "WB-000001")) == [
        ("WB-000001", "damaged", 1, "sender", "open", "RR-000001"),
        ("WB-000001", "short", 2, "carrier", "open", "RR-000002"),
        ("WB-000002", "over", 1, "sender", "found", "RR-000003"),
    ]


def test_what_is_signed_for_is_told_beside_what_is_not(book: Book):
    sign_off(book, "RR-000002", "2023-02-01", SignedLine(LOT, short=book.register.item("quilt").quantity(1)))
    sign_off(book, "RR-000001", "2023-02-02", stage=Stage.RECEIVER)
    notice = sender_notice(book, "WB-000001")
    assert told(notice) == [
        ("WB-000001", "short", 1, "carrier", "open", "RR-000002"),
        ("WB-000001", "short", 1, "carrier", "signed off", "RR-000002"),
        ("WB-000001", "damaged", 1, "receiver", "signed off", "RR-000001"),
        ("WB-000002", "over", 1, "sender", "found", "RR-000003"),
    ]
    assert [one.sign_off for one in notice.differences] == ["", "LSO-000001", "LSO-000002", ""]
    assert [(one.lot, one.item) for one in notice.differences] == [(LOT, "quilt")] * 4
    assert sum(one.value for one in notice.differences if one.kind is DifferenceKind.SHORT) == 2000


def test_a_notice_is_settled_when_nothing_is_on_the_road_and_everything_is_signed_for(book: Book):
    assert not sender_notice(book, "WB-000001").is_settled
    for report in ("RR-000001", "RR-000002"):
        sign_off(book, report, "2023-02-01")
    assert sender_notice(book, "WB-000001").is_settled
    send(book, "branch", 1, "2023-02-03")
    assert not sender_notice(book, "WB-000003").is_settled


def test_a_notice_is_told_as_of_a_day_and_as_it_was_known(book: Book):
    known = len(book.entries)
    sign_off(book, "RR-000002", "2023-02-01", stage=Stage.RECEIVER)
    assert told(sender_notice(book, "WB-000001", on="2023-01-12")) == [
        ("WB-000001", "damaged", 1, "sender", "open", "RR-000001")
    ]
    states = [
        [one.state for one in sender_notice(book, "WB-000001", on=on, known=then).differences]
        for on, then in (("2023-01-31", None), (None, known), (None, None))
    ]
    is_open, found = DifferenceState.OPEN, DifferenceState.FOUND
    assert states == [
        [is_open, is_open, found],
        [is_open, is_open, found],
        [is_open, DifferenceState.SIGNED_OFF, found],
    ]


def test_a_report_of_two_waybills_is_told_to_each_sender_for_its_own():
    book = office()
    quilts = book.register.item("quilt").quantity
    receive(book, 10, "100.01", "2023-01-10")
    send(book, "branch", 4, "2023-01-11")
    send(book, "branch", 3, "2023-01-11")
    lines = [
        ArrivedLine(LOT, quilts(4), waybill="WB-000001"),
        ArrivedLine(LOT, quilts(2), waybill="WB-000002"),
    ]
    book.arrive(("WB-000001", "WB-000002"), on="2023-01-12", received_by="c", lines=lines)
    sign_off(book, "RR-000001", "2023-01-13")
    assert told(sender_notice(book, "WB-000001")) == []
    assert told(sender_notice(book, "WB-000002")) == [
        ("WB-000002", "short", 1, "carrier", "signed off", "RR-000001")
    ]


def test_of_a_waybill_that_does_not_stand_nothing_is_told(book: Book):
    with pytest.raises(Unknown, match="waybill 'WB-000009'"):
        sender_notice(book, "WB-000009")
    with pytest.raises(NotOpen, match="not dispatched yet"):
        sender_notice(book, "WB-000001", on="2023-01-10")
    send(book, "branch", 1, "2023-02-03")
    undo(book, "WB-000003", "2023-02-04")
    with pytest.raises(NotOpen, match="reversed"):
        sender_notice(book, "WB-000003")
