"""Goods on the road, and what came of them."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import (
    ArrivedLine,
    Book,
    ConsignedLine,
    Household,
    Restriction,
    ReturnedLine,
    Society,
    Stage,
    Warehouse,
)
from reliefstock.errors import (
    BadData,
    BelowZero,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotABusinessDate,
    NotEnough,
    NotOpen,
    NotPositive,
    NotUsable,
    OutsideRestriction,
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
)

L1, L2 = "GRN-000001-1", "GRN-000001-2"


@pytest.fixture
def book() -> Book:
    """Ten quilts worth 100.01 yuan and five worth 40 yuan that expire, in the depot."""
    book = new_office()
    gift(book, line(10, "100.01"), line(5, "40", expiry="2024-01-01"))
    return book


# Out


def test_what_is_on_the_road_is_neither_on_hand_nor_lost(book: Book) -> None:
    waybill = sent(book, carrier="truck 3", programme="winter", source_document="order 9")
    assert (waybill.number, waybill.origin, waybill.to, waybill.to_society) == (
        "WB-000001",
        "depot",
        "station",
        False,
    )
    assert [(one.lot, one.quantity, one.value) for one in waybill.lines] == [
        (L2, QUILT.quantity(5), 4000),
        (L1, QUILT.quantity(5), 5000),
    ]
    assert book.on_hand("quilt").quantity == 5
    assert held(book, "transit:WB-000001", L1) == (5, 5000)
    assert held(book, "transit:WB-000001", L2) == (5, 4000)
    assert book.entries[-1].programme == "winter"


def test_named_lots_go_in_the_order_in_which_they_are_named(book: Book) -> None:
    waybill = sent(book, consigned(12, L1, L2))
    assert [(one.lot, one.value) for one in waybill.lines] == [(L1, 10001), (L2, 1600)]


def test_one_lot_may_stand_on_several_lines_and_is_settled_once(book: Book) -> None:
    waybill = sent(book, consigned(3, L1), consigned(2, L1))
    assert [one.lot for one in waybill.lines] == [L1, L1]
    report = book.arrive(waybill.number, on="2023-01-22", received_by="c", lines=[arrived(L1, 5)])
    assert [(one.lot, one.dispatched, one.received) for one in report.lines] == [(L1, 5, 5)]
    assert held(book, "warehouse:station", L1)[0] == 5


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"origin": "nowhere"}, Unknown, "warehouse 'nowhere'"),
        ({"to": "nowhere"}, Unknown, "warehouse or society 'nowhere'"),
        ({"to": "statoin"}, Unknown, "did you mean 'station'"),
        ({"to": "H-1"}, Unknown, "warehouse or society"),
        ({"to": "depot"}, Incomplete, "from depot to itself"),
        ({"lines": []}, Incomplete, "no lines"),
        ({"lines": [consigned(16)]}, NotEnough, "asked for 16 quilt from warehouse:depot"),
        ({"lines": [consigned(10), consigned(6)]}, NotEnough, "5 can be used"),
        ({"lines": [consigned(0)]}, NotPositive, "above zero"),
        ({"lines": [ConsignedLine("tent", QUILT.quantity(1))]}, Unknown, "item 'tent'"),
        ({"lines": [ConsignedLine("water", QUILT.quantity(1), (L1,))]}, NotUsable, "it is quilt, not water"),
        ({"lines": [consigned(1, "GRN-000009-1")]}, Unknown, "lot 'GRN-000009-1'"),
        ({"lines": [consigned(11, L1)]}, NotEnough, "10 can be used"),
        ({"on": "2023-01-09"}, NotEnough, "0 can be used"),
        ({"on": "2024-01-20"}, DateTooFarAhead, "too far ahead"),
        ({"on": "20 January"}, NotABusinessDate, "business date"),
    ],
    ids=str,
)
def test_a_waybill_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        sent(book, **said)
    assert words in str(errors[0])


def test_a_consignee_of_two_kinds_does_not_say_whose_the_goods_will_be(book: Book) -> None:
    book.add(Warehouse("ziyang", zh="紫阳仓库"))
    with refused(book, Incomplete) as errors:
        sent(book, to="ziyang")
    assert "a warehouse and a society" in errors[0].missing


def test_between_its_own_depots_a_society_may_move_what_is_restricted(book: Book) -> None:
    note = gift(book, line(1, restriction=Restriction(recipients=("H-1",))))
    assert [one.lot for one in sent(book, consigned(1, *note.lots)).lines] == list(note.lots)


@pytest.mark.parametrize(
    ("restriction", "to", "programme", "allowed"),
    [
        (Restriction(places=("610928",)), "xunyang", "", True),
        (Restriction(places=("610981",)), "xunyang", "", True),
        (Restriction(places=("610900",)), "xunyang", "", True),
        (Restriction(places=("610928",)), "ziyang", "", False),
        (Restriction(recipients=("H-1",)), "ziyang", "", True),
        (Restriction(groups=("school",)), "ziyang", "", True),
        (Restriction(programme="winter"), "ziyang", "winter", True),
        (Restriction(programme="winter"), "ziyang", "", False),
        (Restriction(until="2023-01-20"), "ziyang", "", True),
        (Restriction(until="2023-01-19"), "ziyang", "", False),
    ],
    ids=str,
)
def test_another_society_gets_only_what_it_may_use_or_pass_on(
    book: Book, restriction: Restriction, to: str, programme: str, allowed: bool
) -> None:
    [lot] = gift(book, line(1, restriction=restriction)).lots
    if allowed:
        assert sent(book, consigned(1, lot), to=to, programme=programme).to_society
        return
    with refused(book, OutsideRestriction) as errors:
        sent(book, consigned(1, lot), to=to, programme=programme)
    assert (errors[0].lot, errors[0].restriction) == (lot, restriction.text())
    with refused(book, NotEnough) as not_enough:
        sent(book, consigned(16), to=to, programme=programme)
    assert not_enough[0].passed_over == (f"1 of lot {lot} are for {restriction.text()} only",)


# In


def test_what_arrives_whole_is_on_hand_at_the_other_depot(book: Book) -> None:
    waybill = sent(book)
    report = book.arrive(
        waybill.number, on="2023-01-22", received_by="c", lines=[arrived(L1, 5), arrived(L2, 5)], note="dry"
    )
    assert report.is_clean
    assert (report.number, report.waybill, report.note) == ("RR-000001", "WB-000001", "dry")
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
