"""Goods go on the road: what a waybill says, to whom they may go, and when they are overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reliefstock import Book, ConsignedLine, Policy, Restriction, Warehouse
from reliefstock.errors import (
    DateTooFarAhead,
    Incomplete,
    NotABusinessDate,
    NotEnough,
    NotPositive,
    NotUsable,
    OutsideRestriction,
    ReliefstockError,
    Unknown,
)
from reliefstock.operations.transfers import overdue
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


# When it is due


def test_a_waybill_is_due_by_the_policy_of_the_book(book: Book) -> None:
    assert sent(book).due == date(2023, 1, 27)


@pytest.mark.parametrize(("days", "due"), [(0, date(2023, 1, 20)), (3, date(2023, 1, 23))])
def test_a_society_may_set_how_long_goods_are_on_the_road(days: int, due: date) -> None:
    book = new_office(Policy(transit_days=days))
    gift(book)
    assert sent(book).due == due


@pytest.mark.parametrize("due", ["2023-01-20", "2023-01-21", date(2023, 3, 1)])
def test_a_waybill_may_say_when_it_is_due(book: Book, due: date | str) -> None:
    assert sent(book, due=due).due.isoformat() == str(due)


def test_nothing_is_due_before_it_leaves(book: Book) -> None:
    with refused(book, Incomplete) as errors:
        sent(book, due="2023-01-19")
    assert errors[0].missing == "it is due on 2023-01-19, and leaves on 2023-01-20"


def late(book: Book, through: str) -> list[str]:
    return [waybill.number for waybill in overdue(book.desk(), date.fromisoformat(through))]


def test_what_was_due_and_is_still_on_the_road_is_overdue(book: Book) -> None:
    sent(book, consigned(4, L1), due="2023-01-25")
    sent(book, consigned(4, L1), due="2023-01-22")
    assert late(book, "2023-01-22") == []
    assert late(book, "2023-01-23") == ["WB-000002"]
    assert late(book, "2023-01-26") == ["WB-000001", "WB-000002"]


def test_what_came_is_not_overdue_and_what_came_in_part_is(book: Book) -> None:
    sent(book, consigned(4, L1))
    sent(book, consigned(4, L1))
    sent(book, consigned(2, L1))
    book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[arrived(L1, 4)])
    book.arrive("WB-000002", on="2023-01-22", received_by="c", lines=[arrived(L1, 3)], partial=True)
    reverse(book, "WB-000003")
    assert late(book, "2023-02-20") == ["WB-000002"]
