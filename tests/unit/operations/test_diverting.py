"""Goods that are on the road go elsewhere, or back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reliefstock import Book, ConsignedLine, DivertedLine, Item, Restriction, Warehouse
from reliefstock.errors import (
    BelowZero,
    DateTooFarAhead,
    Incomplete,
    NotEnough,
    NotOpen,
    NotPositive,
    NotUsable,
    OutsideRestriction,
    ReliefstockError,
    Unknown,
)
from reliefstock.values import PIECE
from unit.operations.office import (
    QUILT,
    arrived,
    consigned,
    diverted,
    gift,
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
    """Ten quilts worth 100.01 yuan and five worth 40 yuan that expire, all on the road to the station."""
    book = new_office()
    gift(book, line(10, "100.01"), line(5, "40", expiry="2023-04-15", life_months=6))
    book.add(Warehouse("branch", zh="分库"))
    sent(book, consigned(15), carrier="truck 3", programme="winter", source_document="order 9")
    return book


def test_all_that_is_on_the_road_goes_elsewhere_on_a_waybill_of_its_own(book: Book) -> None:
    waybill = diverted(book, to="branch")
    assert (waybill.number, waybill.diverted_from, waybill.reason, waybill.approved_by) == (
        "WB-000002",
        "WB-000001",
        "the road is closed",
        "d",
    )
    assert (waybill.origin, waybill.to, waybill.carrier, waybill.programme, waybill.source_document) == (
        "depot",
        "branch",
        "truck 3",
        "winter",
        "order 9",
    )
    assert [(one.lot, one.quantity, one.value) for one in waybill.lines] == [
        (L2, QUILT.quantity(5), 4000),
        (L1, QUILT.quantity(10), 10001),
    ]
    [entry] = waybill.entries
    assert (book.entries[entry - 1].kind.value, book.entries[entry - 1].programme) == ("diversion", "winter")
    assert held(book, "transit:WB-000001", L1) == (0, 0)
    assert held(book, "transit:WB-000002", L1) == (10, 10001)


def test_a_part_goes_elsewhere_and_the_rest_arrives(book: Book) -> None:
    waybill = diverted(book, DivertedLine(L1, QUILT.quantity(3)), DivertedLine(L2), to="branch")
    assert [(one.lot, one.quantity, one.value) for one in waybill.lines] == [
        (L1, QUILT.quantity(3), 3000),
        (L2, QUILT.quantity(5), 4000),
    ]
    [rest] = book.arrive("WB-000001", on="2023-01-24", received_by="c", lines=[arrived(L1, 7)]).lines
    assert (rest.dispatched, rest.earlier, rest.received, rest.short) == (10, 3, 7, 0)
    there = book.arrive("WB-000002", on="2023-01-25", received_by="c", lines=[arrived(L1, 3), arrived(L2, 5)])
    assert there.is_clean
    assert held(book, "warehouse:branch", L1) == (3, 3000)
    assert held(book, "warehouse:station", L1) == (7, 7001)


def test_goods_are_returned_to_the_sender(book: Book) -> None:
    waybill = diverted(book, to="depot")
    assert (waybill.origin, waybill.to) == ("depot", "depot")
    book.arrive("WB-000002", on="2023-01-24", received_by="c", lines=[arrived(L1, 10), arrived(L2, 5)])
    assert held(book, "warehouse:depot", L1) == (10, 10001)


def test_what_was_diverted_may_be_diverted_again_and_to_where_it_first_went(book: Book) -> None:
    diverted(book, to="branch")
    again = diverted(book, waybill="WB-000002", to="station", on="2023-01-24")
    assert (again.number, again.diverted_from, again.origin) == ("WB-000003", "WB-000002", "depot")


def test_another_carrier_and_another_day_may_be_named(book: Book) -> None:
    waybill = diverted(book, carrier="truck 4", due="2023-02-02")
    assert (waybill.carrier, waybill.due) == ("truck 4", date(2023, 2, 2))


def test_what_is_diverted_is_due_by_the_policy_from_that_day(book: Book) -> None:
    assert diverted(book).due == date(2023, 1, 30)


def test_the_packs_of_a_lot_are_told_on_the_new_waybill() -> None:
    book = new_office()
    tent = Item("tent", zh="帐篷", en="Tent", packs=(PIECE.pack("case", 4),))
    book.add(tent)
    gift(book, line(item="tent", accepted=tent.quantity(3, "case"), valuation=worth("12")))
    book.dispatch(
        origin="depot",
        to="station",
        on="2023-01-20",
        lines=[ConsignedLine("tent", tent.quantity(12))],
    )
    [one] = diverted(book, DivertedLine(L1, tent.quantity(6))).lines
    assert [str(part) for part in one.packs] == ["1 case", "2 piece"]


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"waybill": "WB-000009"}, Unknown, "waybill 'WB-000009'"),
        ({"to": "nowhere"}, Unknown, "warehouse or society 'nowhere'"),
        ({"to": "station"}, Incomplete, "it goes to station already"),
        ({"reason": " "}, Incomplete, "why a consignment is diverted"),
        ({"approved_by": ""}, Incomplete, "who approved a diversion"),
        ({"on": "2023-01-19"}, BelowZero, "only 0 would be there"),
        ({"on": "2023-07-08"}, DateTooFarAhead, "too far ahead"),
        ({"due": "2023-01-22"}, Incomplete, "it is due on 2023-01-22, and leaves on 2023-01-23"),
        ({"lines": [DivertedLine(L1, QUILT.quantity(11))]}, BelowZero, "only 10 would be there"),
        ({"lines": [DivertedLine(L1, QUILT.quantity(0))]}, NotPositive, "above zero"),
        ({"lines": [DivertedLine(L1), DivertedLine(L1)]}, Incomplete, "stands on two lines"),
        ({"lines": [DivertedLine("GRN-000009-1")]}, Unknown, "lot on waybill WB-000001"),
        (
            {"lines": [DivertedLine(L1, QUILT.quantity(11))], "to": "xunyang"},
            NotEnough,
            "asked for 11 quilt from transit:WB-000001",
        ),
    ],
    ids=str,
)
def test_a_diversion_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        diverted(book, **said)
    assert words in str(errors[0])


def test_what_has_arrived_is_not_diverted(book: Book) -> None:
    book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[arrived(L1, 10), arrived(L2, 5)])
    with refused(book, NotOpen) as errors:
        diverted(book)
    assert (errors[0].state, errors[0].asked) == ("settled", "diverted")


def test_what_was_never_sent_is_not_diverted(book: Book) -> None:
    reverse(book, "WB-000001", "2023-01-21")
    with refused(book, NotOpen) as errors:
        diverted(book)
    assert errors[0].state == "reversed"


def test_a_lot_that_has_come_is_not_diverted_with_the_rest(book: Book) -> None:
    book.arrive("WB-000001", on="2023-01-22", received_by="c", lines=[arrived(L1, 10)], partial=True)
    with refused(book, Incomplete) as errors:
        diverted(book, DivertedLine(L1))
    assert errors[0].missing == f"nothing of lot {L1} is on the road any more"
    assert [one.lot for one in diverted(book).lines] == [L2]


# To another society


def test_another_society_gets_what_is_diverted_to_it(book: Book) -> None:
    assert diverted(book, to="xunyang").to_society
    book.arrive("WB-000002", on="2023-01-24", received_by="c", lines=[arrived(L1, 10), arrived(L2, 5)])
    assert held(book, "society:xunyang", L1) == (10, 10001)


@pytest.mark.parametrize(("to", "allowed"), [("xunyang", True), ("ziyang", False), ("branch", True)])
def test_a_restriction_to_a_place_holds_on_the_road_too(book: Book, to: str, allowed: bool) -> None:
    [lot] = gift(book, line(2, restriction=Restriction(places=("610928",)))).lots
    sent(book, consigned(2, lot))
    if allowed:
        assert diverted(book, waybill="WB-000002", to=to).to == to
        return
    with refused(book, OutsideRestriction) as errors:
        diverted(book, waybill="WB-000002", to=to)
    assert errors[0].lot == lot


def test_what_expired_on_the_road_goes_back_and_to_nobody_else(book: Book) -> None:
    with refused(book, NotUsable) as errors:
        diverted(book, DivertedLine(L2), to="xunyang", on="2023-04-16")
    assert errors[0].what == f"lot {L2}"
    assert [one.lot for one in diverted(book, DivertedLine(L2), on="2023-04-16").lines] == [L2]


# Taken back


def test_a_diversion_is_taken_back(book: Book) -> None:
    diverted(book, DivertedLine(L1, QUILT.quantity(3)))
    reverse(book, "WB-000002")
    assert held(book, "transit:WB-000001", L1) == (10, 10001)
    assert held(book, "transit:WB-000002", L1) == (0, 0)


def test_a_diversion_that_is_taken_back_opens_the_first_waybill_again(book: Book) -> None:
    diverted(book)
    reverse(book, "WB-000002", "2023-01-24")
    report = book.arrive(
        "WB-000001", on="2023-01-25", received_by="c", lines=[arrived(L1, 10), arrived(L2, 5)]
    )
    assert report.is_clean


@pytest.mark.parametrize(("waybill", "transit"), [("WB-000002", 2), ("WB-000001", 1)])
def test_a_diversion_is_not_taken_back_after_its_arrival_nor_a_waybill_after_its_diversion(
    book: Book, waybill: str, transit: int
) -> None:
    diverted(book)
    book.arrive("WB-000002", on="2023-01-24", received_by="c", lines=[arrived(L1, 10), arrived(L2, 5)])
    with refused(book, BelowZero) as errors:
        reverse(book, waybill)
    assert errors[0].place == f"transit:WB-00000{transit}"


def test_what_was_revalued_on_the_road_is_diverted_as_what_it_is_now(book: Book) -> None:
    new = book.revalue(
        L1, valuation=worth("200.02"), on="2023-01-22", reason="an error", requested_by="a", approved_by="b"
    ).new
    [one] = diverted(book, DivertedLine(L1, QUILT.quantity(3)), to="xunyang").lines
    assert (one.lot, one.value) == (new, 6000)
    assert held(book, "transit:WB-000002", new) == (3, 6000)


def test_what_is_recalled_on_the_road_goes_back_and_to_nobody_else(book: Book) -> None:
    book.recall(lots=[L1], reason="seams", notice="notice 3", ordered_by="d", on="2023-01-22")
    with refused(book, NotUsable):
        diverted(book, DivertedLine(L1), to="xunyang")
    diverted(book, DivertedLine(L1))
    book.arrive("WB-000002", on="2023-01-24", received_by="c", lines=[arrived(L1, 10)])
    assert held(book, "quarantine:depot", L1) == (10, 10001)
