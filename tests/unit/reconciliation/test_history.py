"""The movements of a book, found by side, recipient, lot and date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock import ArrivedLine, Book, Interval, Period, Side
from reliefstock.reconciliation import Scope
from reliefstock.reconciliation.history import Flow, History
from unit.reconciliation.office import H1, H2, YEAR, give, office, receive, send, sign_off, take_back, undo


def story() -> Book:
    book = office()
    receive(book, 20, "200.00", "2023-03-01")
    receive(book, 20, "200.00", "2023-01-05", donor="company", item="water")
    give(book, "h1", 2, "2023-05-01")
    give(book, "h2", 3, "2023-04-01", item="water")
    give(book, "h1", 1, "2023-07-01", item="water")
    take_back(book, "h1", "GRN-000001-1", 1, "2023-06-01")
    send(book, "branch", 1, "2023-06-02")
    undo(book, "DL-000002", "2023-08-01")
    return book


STORY = story()


def numbers(flows: list[Flow]) -> list[int]:
    return [flow.entry.number for flow in flows]


def test_all_movements_of_a_period_come_in_the_order_of_the_entries():
    assert numbers(History(STORY, YEAR).flows(H1)) == [1, 2, 3, 4, 6, 7]
    assert numbers(History(STORY, YEAR).flows(H2)) == [5, 8]


def test_what_stays_in_the_house_is_on_no_side():
    history = History(STORY, YEAR)
    assert {side: numbers(history.of_side(side, YEAR, Scope())) for side in Side} == {
        Side.RECEIVED: [1, 2],
        Side.GIVEN_OUT: [3, 4, 5, 6, 8],
        Side.GAINS: [],
        Side.CONVERTED: [],
        Side.ON_HAND: [],
        Side.IN_TRANSIT: [],
        Side.LOST: [],
    }


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        (Scope(recipients=("h1",)), [3, 5, 6]),
        (Scope(recipients=("h1", "h2")), [3, 4, 5, 6, 8]),
        (Scope(recipients=("h1",), items=("water",)), [5]),
        (Scope(recipients=("school",)), []),
        (Scope(items=("water",)), [4, 5, 8]),
        (Scope(donors=("province",)), [3, 6]),
        (Scope(donors=("nobody",)), []),
        (Scope(warehouses=("branch",)), []),
    ],
)
def test_whatever_way_they_are_found_they_are_the_ones_in_the_scope(scope: Scope, found: list[int]):
    assert numbers(History(STORY, YEAR).of_side(Side.GIVEN_OUT, YEAR, scope)) == found


SCOPES = st.builds(
    Scope,
    donors=st.sampled_from([(), ("province",), ("company",), ("province", "company")]),
    items=st.sampled_from([(), ("quilt",), ("water",)]),
    recipients=st.sampled_from([(), ("h1",), ("h2", "h1")]),
    warehouses=st.sampled_from([(), ("depot",), ("branch",)]),
)
PERIODS = st.sampled_from([H1, H2, YEAR, Period.month(2023, 5), Period.day("2023-04-01")])


@given(SCOPES, PERIODS, st.sampled_from(Side), st.none() | st.integers(0, 8))
def test_the_short_way_finds_what_the_long_way_finds(
    scope: Scope, period: Period, side: Side, known: int | None
):
    long_way = [
        entry.number
        for entry in STORY.entries[:known]
        for movement in entry.movements()
        if side not in (Side.ON_HAND, Side.IN_TRANSIT)
        and entry.on in period
        and side in (movement.source.kind.side, movement.target.kind.side)
        and scope.takes(entry, STORY.lot(movement.lot), movement)
    ]
    assert numbers(History(STORY, YEAR, known).of_side(side, period, scope)) == long_way


def test_what_came_later_is_not_known_yet():
    assert numbers(History(STORY, YEAR, 3).flows(YEAR)) == [1, 2, 3]
    assert numbers(History(STORY, YEAR, 0).flows(YEAR)) == []


def test_papers_kept_after_the_next_entry_are_not_known_yet():
    book = office()
    book.observe("houses", count=Interval.exactly(1), unit="house", on="2023-01-01", evidence="list")
    receive(book, 1, "1.00", "2023-01-02")
    book.mention("a visit", side=Side.GIVEN_OUT, period=H1, evidence="summary", missing=["amount"])
    receive(book, 1, "1.00", "2023-01-03")
    book.observe("houses", count=Interval.exactly(2), unit="house", on="2023-01-01", evidence="list")
    told = [
        (len(history.observations), len(history.mentions))
        for history in (History(book, YEAR, n) for n in (0, 1, 2))
    ]
    assert told == [(1, 0), (1, 1), (2, 1)]
    assert len(History(book, YEAR).observations) == 2


def test_a_list_stands_until_the_day_on_which_it_is_taken_back():
    listed, history = STORY.entries[3], History(STORY, YEAR)
    assert history.stands(listed, H1.last)
    assert not history.stands(listed, H2.last)
    assert History(STORY, YEAR, 7).stands(listed, H2.last)
    assert history.stands(STORY.entries[2], H2.last)


def test_a_list_taken_back_on_the_last_day_does_not_stand_at_the_end_of_it():
    book = office()
    receive(book, 1, "1.00", "2023-01-01")
    undo(book, give(book, "h1", 1, "2023-01-02").number, "2023-06-30")
    assert not History(book, YEAR).stands(book.entries[1], H1.last)
    assert History(book, YEAR).stands(book.entries[1], Period.day("2023-06-29").last)


def returned(*programmes: str) -> Book:
    """Quilts given to a household under one programme after the other, and one given back."""
    book = office()
    receive(book, 20, "200.00", "2023-01-01")
    for month, programme in enumerate(programmes, 2):
        give(book, "h1", 2, f"2023-0{month}-01", programme=programme)
    take_back(book, "h1", "GRN-000001-1", 1, "2023-06-01")
    return book


@pytest.mark.parametrize(
    ("programmes", "told"), [(("drive",), "drive"), (("drive", "flood"), "flood"), (("drive", ""), "")]
)
def test_a_return_is_of_the_programme_under_which_the_goods_were_last_given(
    programmes: tuple[str, ...], told: str
):
    book = returned(*programmes)
    assert History(book, YEAR).flows(Period.month(2023, 6))[0].entry.programme == told


def test_a_return_taken_back_is_of_the_same_programme():
    book = returned("drive")
    undo(book, "RN-000001", "2023-07-01")
    give(book, "h1", 1, "2023-08-01", programme="flood")
    (flow,) = History(book, YEAR).flows(Period.month(2023, 7))
    assert flow.entry.programme == "drive"


def test_what_came_back_to_a_recipient_by_a_reversal_was_not_given_anew():
    book = returned("drive")
    undo(book, "RN-000001", "2023-07-01")
    take_back(book, "h1", "GRN-000001-1", 2, "2023-08-01")
    (flow,) = History(book, YEAR).flows(Period.month(2023, 8))
    assert flow.entry.programme == "drive"


def test_what_was_given_out_by_a_list_found_later_does_not_change_what_a_return_was_of():
    book = returned("drive")
    give(book, "h1", 1, "2023-05-01", programme="flood")
    (flow,) = History(book, YEAR).flows(Period.month(2023, 6))
    assert flow.entry.programme == "drive"


def test_a_list_dated_after_the_return_is_not_what_was_returned():
    book = office()
    receive(book, 20, "200.00", "2023-01-01")
    give(book, "h1", 2, "2023-02-01", programme="drive")
    give(book, "h1", 2, "2023-08-01", programme="flood")
    take_back(book, "h1", "GRN-000001-1", 1, "2023-06-01")
    (flow,) = History(book, YEAR).flows(Period.month(2023, 6))
    assert flow.entry.programme == "drive"


def test_the_entry_of_the_book_stays_as_it_is():
    book = returned("drive")
    History(book, YEAR).flows(YEAR)
    assert book.entries[-1].programme == ""


def programmes(book: Book) -> dict[str, tuple[int, int]]:
    """What was given out under each programme in the year, in units and in fen."""
    told: dict[str, tuple[int, int]] = {}
    for flow in History(book, YEAR).of_side(Side.GIVEN_OUT, YEAR, Scope()):
        sign = 1 if flow.movement.target.kind.side is Side.GIVEN_OUT else -1
        units, value = told.get(flow.entry.programme, (0, 0))
        movement = flow.movement
        told[flow.entry.programme] = (units + sign * movement.quantity, value + sign * movement.value)
    return told


def stocked(value: str = "10.00") -> Book:
    book = office()
    receive(book, 3, value, "2023-01-01")
    return book


def test_what_comes_back_is_not_of_a_list_that_was_taken_back_before():
    book = stocked("30.00")
    give(book, "h1", 1, "2023-02-01", programme="P1")
    undo(book, give(book, "h1", 1, "2023-03-01", programme="P2").number, "2023-03-02")
    take_back(book, "h1", "GRN-000001-1", 1, "2023-04-01")
    assert programmes(book) == {"P1": (0, 0), "P2": (0, 0)}


def test_what_comes_back_of_two_programmes_is_taken_from_both():
    book = stocked()  # three quilts for 10 yuan: 3.33, 3.33 and 3.34
    give(book, "h1", 2, "2023-02-01", programme="P1")
    give(book, "h1", 1, "2023-03-01", programme="P2")
    take_back(book, "h1", "GRN-000001-1", 3, "2023-04-01")
    assert programmes(book) == {"P1": (0, 0), "P2": (0, 0)}
    undo(book, "RN-000001", "2023-05-01")
    assert {name: units for name, (units, _) in programmes(book).items()} == {"P1": 2, "P2": 1}
    take_back(book, "h1", "GRN-000001-1", 2, "2023-06-01")
    assert {name: units for name, (units, _) in programmes(book).items()} == {"P1": 1, "P2": 0}


def test_what_is_left_with_a_recipient_is_what_it_got_first():
    book = stocked("30.00")
    give(book, "h1", 1, "2023-02-01", programme="P1")
    give(book, "h1", 2, "2023-03-01", programme="P2")
    take_back(book, "h1", "GRN-000001-1", 1, "2023-04-01")
    take_back(book, "h1", "GRN-000001-1", 1, "2023-04-02")
    assert programmes(book) == {"P1": (1, 1_000), "P2": (0, 0)}


def test_goods_of_a_later_list_come_back_only_if_no_others_are_left():
    book = stocked("30.00")
    give(book, "h1", 1, "2023-02-01", programme="P1")
    take_back(book, "h1", "GRN-000001-1", 1, "2023-09-01")
    give(book, "h1", 1, "2023-08-01", programme="P2")
    take_back(book, "h1", "GRN-000001-1", 1, "2023-03-01")
    assert programmes(book) == {"P1": (0, 0), "P2": (0, 0)}


def test_papers_that_were_taken_back_are_not_there_from_then_on():
    book = office()
    book.observe("houses", count=Interval.exactly(1), unit="house", on="2023-01-01", evidence="list")
    book.mention("a visit", side=Side.GIVEN_OUT, period=H1, evidence="summary", missing=["amount"])
    receive(book, 1, "1.00", "2023-01-02")
    undo(book, "OBS-000001", "2023-01-03")
    undo(book, "MEN-000001", "2023-01-03")
    receive(book, 1, "1.00", "2023-01-04")
    told = [
        (len(history.observations), len(history.mentions))
        for history in (History(book, YEAR, 0), History(book, YEAR, 2), History(book, YEAR))
    ]
    assert told == [(1, 1), (0, 0), (0, 0)]


def test_the_paper_behind_a_reversal_is_that_of_what_it_takes_back():
    book = office()
    receive(book, 1, "1.00", "2023-01-01", paper="notice")
    undo(book, "GRN-000001", "2023-01-02")
    history = History(book, YEAR)
    assert [history.paper(entry) for entry in book.entries] == ["notice", "notice"]


def test_what_arrives_together_rests_on_the_paper_of_its_own_waybill():
    book = office()
    quilts = book.register.item("quilt").quantity
    receive(book, 10, "100.00", "2023-01-01")
    send(book, "ningshan", 3, "2023-01-02", paper="order 1")
    send(book, "ningshan", 3, "2023-01-02", paper="order 2")
    lines = [
        ArrivedLine("GRN-000001-1", quilts(2), waybill="WB-000001"),
        ArrivedLine("GRN-000001-1", quilts(4), waybill="WB-000002"),
    ]
    book.arrive(("WB-000001", "WB-000002"), on="2023-01-03", received_by="c", approved_by="d", lines=lines)
    sign_off(book, "RR-000001", "2023-01-04")
    undo(book, "LSO-000001", "2023-01-05")
    undo(book, "RR-000001", "2023-01-05")
    history = History(book, YEAR)
    arrivals = ["order 1", "order 2", "order 2"]
    signed = ["the signed waybill"] * 2
    assert [history.paper(entry) for entry in book.entries[3:]] == [*arrivals, *signed, *reversed(arrivals)]
