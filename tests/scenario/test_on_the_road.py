"""What happens to goods between two depots, to the last unit and the last fen.

Elsewhere a transfer is sent and received in one step: what came in two lorries, went elsewhere half-way or
was lost on the road had to be "corrected" on both sides by hand.
"""

from __future__ import annotations

import pytest

from reliefstock import (
    ArrivedLine,
    Book,
    ConsignedLine,
    DivertedLine,
    Period,
    Quantity,
    Recovery,
    RecoveryKind,
    SignedLine,
    Stage,
    Valuation,
    Waybill,
)
from reliefstock.errors import NotOpen
from reliefstock.reconciliation import (
    By,
    consignment_findings,
    consignments,
    loss_findings,
    open_losses,
    statement,
    trace,
)
from reliefstock.reports import trial_balance
from scenario.county import county, everything, figures, gift, yuan

LOT = "GRN-000001-1"


def seven() -> Book:
    """Seven quilts worth 100 yuan in all are in the depot: no fen of it divides evenly."""
    book = county()
    gift(book, "quilt", 7, "100.00", "2024-01-10")
    return book


def quilts(count: int) -> Quantity:
    return county().register.item("quilt").quantity(count)


def send(book: Book, count: int, to: str = "branch", on: str = "2024-01-12") -> Waybill:
    lines = [ConsignedLine("quilt", quilts(count))]
    return book.dispatch(origin="depot", to=to, lines=lines, on=on, carrier="a lorry")


def part(book: Book, count: int, on: str, waybill: str = "WB-000001", damaged: int = 0) -> None:
    spoilt = quilts(damaged) if damaged else None
    lines = [ArrivedLine(LOT, quilts(count), damaged=spoilt, damage_stage=Stage.RECEIVER)]
    book.arrive(waybill, on=on, received_by="keeper", lines=lines, partial=True)


def check(book: Book) -> None:
    """Everything adds up: rows, consignments, the trace of the gift, and all that was ever posted."""
    assert statement(book, Period.year(2024)).findings == ()
    assert statement(book, Period.year(2024), by=By.WAREHOUSE).findings == ()
    assert trace(book, "GRN-000001").findings == ()
    assert [line.difference for one in consignments(book) for line in one.lines if line.difference] == []
    assert sum(value for _, value in everything(book).values()) == 0
    assert trial_balance(book).findings == ()


def test_a_consignment_that_comes_in_four_parts_leaves_no_fen_on_the_road():
    book = seven()
    send(book, 7)
    for day, count in ((13, 2), (14, 1), (15, 3)):
        part(book, count, f"2024-01-{day}")
        check(book)
    assert figures(book.on_hand("quilt", "branch")) == (6, 85_71)
    assert everything(book)["transit:WB-000001", "quilt"] == (1, 14_29)
    part(book, 1, "2024-01-16")
    assert figures(book.on_hand("quilt", "branch")) == (7, 100_00)
    assert ("transit:WB-000001", "quilt") not in everything(book)
    assert consignment_findings(book) == ()
    check(book)


def test_between_two_parts_the_goods_are_where_they_are_and_not_lost():
    book = seven()
    send(book, 7)
    part(book, 2, "2024-01-13")
    part(book, 4, "2024-01-20", damaged=1)
    assert [figures(book.on_hand("quilt", "branch", on=f"2024-01-{day}"))[0] for day in (12, 13, 19, 20)] == [
        0,
        2,
        2,
        6,
    ]
    assert not [place for place, _ in everything(book) if place.startswith("loss:short")]


def test_two_lorries_are_received_on_one_report_and_each_keeps_its_own_account():
    book = seven()
    send(book, 4)
    send(book, 3)
    lines = [
        ArrivedLine(LOT, quilts(4), waybill="WB-000001"),
        ArrivedLine(LOT, quilts(2), waybill="WB-000002", stage=Stage.CARRIER, noted_on_waybill=True),
    ]
    report = book.arrive(("WB-000001", "WB-000002"), on="2024-01-13", received_by="keeper", lines=lines)
    assert figures(book.on_hand("quilt", "branch")) == (6, 85_71)
    assert everything(book)["loss:short-carrier", "quilt"] == (1, 14_29)
    assert [(one.reports, one.lines[0].short) for one in consignments(book)] == [
        ((report.number,), 0),
        ((report.number,), 1),
    ]
    check(book)


def test_a_flood_sends_some_to_another_county_and_the_rest_back():
    book = seven()
    send(book, 7)
    part(book, 1, "2024-01-13")
    reason, approved_by = "the bridge is gone", "director"
    away = book.divert(
        "WB-000001",
        to="ziyang",
        on="2024-01-14",
        reason=reason,
        approved_by=approved_by,
        lines=[DivertedLine(LOT, quilts(2))],
    )
    back = book.divert("WB-000001", to="depot", on="2024-01-15", reason=reason, approved_by=approved_by)
    assert (away.diverted_from, back.diverted_from, back.to) == ("WB-000001", "WB-000001", "depot")
    check(book)
    with pytest.raises(NotOpen, match="settled"):
        part(book, 1, "2024-01-16")
    book.arrive(away.number, on="2024-01-17", received_by="keeper", lines=[ArrivedLine(LOT, quilts(2))])
    book.arrive(back.number, on="2024-01-16", received_by="keeper", lines=[ArrivedLine(LOT, quilts(4))])
    assert figures(book.on_hand("quilt", "depot")) == (4, 57_15)
    assert everything(book)["society:ziyang", "quilt"] == (2, 28_57)
    first = consignments(book)[0]
    assert (first.diverted_to, first.lines[0].received, first.lines[0].diverted) == (
        ("WB-000002", "WB-000003"),
        1,
        6,
    )
    assert consignment_findings(book) == ()
    check(book)


def lost() -> Book:
    """Of seven quilts four came, and nobody knows yet where the others are."""
    book = seven()
    send(book, 7)
    lines = [ArrivedLine(LOT, quilts(4), noted_on_waybill=True)]
    book.arrive("WB-000001", on="2024-01-14", received_by="keeper", lines=lines)
    return book


def test_a_loss_has_an_owner_when_the_carrier_signs_a_month_later_and_had_none_before():
    book = lost()
    then = statement(book, Period.half_year(2024, 1))
    known = len(book.entries)
    assert [(row.loss.stage, row.loss.quantity, row.days) for row in open_losses(book, "2024-02-13")] == [
        (Stage.UNRESOLVED, 3, 30)
    ]
    book.sign_off(
        "RR-000001",
        on="2024-02-14",
        stage=Stage.CARRIER,
        signed_by="the haulage firm",
        approved_by="director",
        paper="minutes 4",
        lines=[SignedLine(LOT, short=quilts(2))],
        recoveries=[Recovery(RecoveryKind.CULPRIT, yuan("28.00"), "transfer 9")],
    )
    there = everything(book)
    assert there["loss:short-carrier", "quilt"] == (2, 28_57)
    assert there["loss:short-unresolved", "quilt"] == (1, 14_29)
    assert [
        (row.loss.stage, row.loss.quantity, row.loss.value) for row in open_losses(book, "2024-02-14")
    ] == [(Stage.UNRESOLVED, 1, 14_29)]
    assert [row.loss.quantity for row in open_losses(book, "2024-02-14", known=known)] == [3]
    assert [row.loss.quantity for row in open_losses(book, "2024-02-13")] == [3]
    assert statement(book, Period.half_year(2024, 1), known=known) == then
    check(book)


def test_who_answers_for_a_loss_changes_nothing_in_what_was_lost():
    book = lost()
    before = statement(book, Period.year(2024))
    book.sign_off(
        "RR-000001",
        on="2024-02-14",
        stage="sender",
        signed_by="the depot",
        approved_by="director",
        paper="minutes 4",
    )
    after = statement(book, Period.year(2024))
    assert [(row.item, row.lost) for row in after.rows] == [(row.item, row.lost) for row in before.rows]
    assert loss_findings(book, "2024-02-14") == ()
    check(book)


def test_a_lorry_that_comes_after_somebody_signed_for_it_is_put_right_step_by_step():
    book = lost()
    book.sign_off(
        "RR-000001",
        on="2024-02-14",
        stage="carrier",
        signed_by="the driver",
        approved_by="director",
        paper="waybill",
    )
    with pytest.raises(NotOpen, match="LSO-000001"):
        book.reverse("RR-000001", on="2024-03-01", reason="it came after all", approved_by="director")
    for number in ("LSO-000001", "RR-000001"):
        book.reverse(number, on="2024-03-01", reason="it came after all", approved_by="director")
    book.arrive("WB-000001", on="2024-03-01", received_by="keeper", lines=[ArrivedLine(LOT, quilts(7))])
    assert figures(book.on_hand("quilt", "branch")) == (7, 100_00)
    assert open_losses(book, "2024-03-01") == ()
    check(book)


def test_a_value_that_was_wrong_is_put_right_on_the_road_and_in_the_loss_too():
    book = seven()
    send(book, 7)
    part(book, 2, "2024-01-13", damaged=1)
    book.divert(
        "WB-000001",
        to="depot",
        on="2024-01-14",
        reason="too many",
        approved_by="director",
        lines=[DivertedLine(LOT, quilts(1))],
    )
    new = book.revalue(
        LOT,
        valuation=Valuation.voucher(yuan("200.00"), "voucher, corrected"),
        on="2024-01-20",
        reason="misread",
        requested_by="clerk",
        approved_by="director",
    ).new
    check(book)
    book.arrive("WB-000001", on="2024-01-21", received_by="keeper", lines=[ArrivedLine(LOT, quilts(2))])
    book.arrive("WB-000002", on="2024-01-21", received_by="keeper", lines=[ArrivedLine(new, quilts(1))])
    book.sign_off(
        "RR-000001",
        on="2024-02-01",
        stage="carrier",
        signed_by="driver",
        approved_by="director",
        paper="waybill",
    )
    assert figures(book.on_hand("quilt")) == (5, 142_86)
    assert everything(book)["loss:damaged-carrier", "quilt"] == (1, 28_57)
    assert [row.loss.value for row in open_losses(book, "2024-02-01")] == [28_57]
    check(book)
