"""Goods that grow old."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from reliefstock import (
    BillOfMaterials,
    Book,
    Component,
    Handout,
    Item,
    LossReason,
    Policy,
    QuarantinedLine,
    ReturnedLine,
    WrittenOffLine,
)
from reliefstock.errors import Incomplete, NotABusinessDate, NotExact, Unknown
from reliefstock.reconciliation import dead_stock, expired_in_stock, expiring, slow_stock
from unit.operations.office import (
    QUILT,
    WATER,
    arrived,
    consigned,
    gift,
    given,
    line,
    new_office,
    reverse,
    sent,
)

A, B, C, D = (f"GRN-000001-{number}" for number in (1, 2, 3, 4))


# What expires


@pytest.fixture
def aged() -> Book:
    """Four lots of quilts: two expire in March 2024, one in 2025, one never; some of A are in the station."""
    book = new_office(today="2024-12-31")
    gift(
        book,
        line(expiry="2024-03-10"),
        line(expiry="2024-03-01"),
        line(expiry="2025-03-01"),
        line(),
    )
    sent(book, consigned(4, A))
    book.arrive("WB-000001", lines=[arrived(A, 4)], on="2023-01-21", received_by="a")
    return book


def ages(book: Book, within: int, on: str, **said: Any) -> list[tuple[str, str, int, int]]:  # noqa: ANN401
    rows = expiring(book, within, on=on, **said)
    return [(row.warehouse, row.lot, row.days_left, row.quantity) for row in rows]


def test_what_expires_within_some_days_is_told_the_soonest_first(aged: Book) -> None:
    assert ages(aged, 10, "2024-02-29") == [
        ("depot", B, 1, 10),
        ("depot", A, 10, 6),
        ("station", A, 10, 4),
    ]
    assert ages(aged, 9, "2024-02-29") == [("depot", B, 1, 10)]
    assert ages(aged, 0, "2024-02-29") == []


def test_what_has_expired_is_told_with_it(aged: Book) -> None:
    assert ages(aged, 5, "2024-03-05") == [
        ("depot", B, -4, 10),
        ("depot", A, 5, 6),
        ("station", A, 5, 4),
    ]
    first = expiring(aged, 5, on="2024-03-05")[0]
    assert (first.item, first.expiry.isoformat(), first.value, first.is_expired) == (
        "quilt",
        "2024-03-01",
        10000,
        True,
    )


def test_one_depot_may_be_asked_about(aged: Book) -> None:
    assert ages(aged, 10, "2024-02-29", warehouse="station") == [("station", A, 10, 4)]
    assert ages(new_office(), 10, "2023-02-28", warehouse="station") == []


def test_what_was_there_on_the_day_and_known_then_is_told(aged: Book) -> None:
    given(aged, ("H-1", 10), on="2024-02-20")
    assert ages(aged, 10, "2024-02-29") == [("depot", A, 10, 6), ("station", A, 10, 4)]
    assert len(ages(aged, 10, "2024-02-29", known=3)) == 3
    assert len(ages(aged, 400, "2024-02-19")) == 4


def test_what_is_kept_apart_is_not_about_to_be_given_out(aged: Book) -> None:
    apart = [QuarantinedLine(B, QUILT.quantity(10))]
    aged.quarantine(warehouse="depot", lines=apart, reason="wet", reported_by="a", on="2024-01-01")
    assert [lot for _, lot, *_ in ages(aged, 10, "2024-02-29")] == [A, A]


@pytest.mark.parametrize(("usable", "left", "found"), [(True, 0, 0), (False, -1, 1)])
def test_the_day_of_expiry_counts_as_the_policy_says(usable: bool, left: int, found: int) -> None:
    book = new_office(Policy(expiry_day_usable=usable), today="2024-12-31")
    gift(book, line(expiry="2024-03-01"))
    assert ages(book, 0, "2024-03-01") == [("depot", A, left, 10)]
    assert len(expired_in_stock(book, on="2024-03-01")) == found


def test_expired_goods_among_usable_ones_are_a_finding_in_both_languages() -> None:
    book = new_office(today="2024-12-31")
    gift(book, line(item="water", accepted=WATER.quantity(2, "box"), expiry="2024-03-01"))
    water = Handout("H-1", "water", WATER.quantity(20), "sheet 1")
    book.distribute(origin="depot", lines=[water], on="2023-01-20")
    [finding] = expired_in_stock(book, on="2024-03-02")
    assert (finding.code, finding.about, finding.documents) == ("expired-in-stock", A, ("GRN-000001",))
    assert finding.figures == (("quantity", "28"), ("days left", "-1"))
    assert finding.text("en") == (
        f"28 piece (1 box + 4 piece) of Drinking water (lot {A}) in 备灾中心 expired on 2024-03-01 and are "
        "still in usable stock; keep them apart or write them off"
    )
    assert finding.text("zh") == (
        f"备灾中心：饮用水 28件（1 box + 4件）（批次 {A}）已于 2024-03-01 到期，仍在可用库存中；请隔离或核销"
    )
    assert expired_in_stock(book, on="2024-03-01") == ()
    assert expired_in_stock(book, on="2024-03-02", warehouse="station") == ()
    assert expired_in_stock(book, on="2024-03-02", known=0) == ()


# What nobody asks for


def idle(book: Book, days: int, on: str, **said: Any) -> list[tuple[str, str, int, str | None]]:  # noqa: ANN401
    rows = dead_stock(book, days, on=on, **said)
    return [
        (row.warehouse, row.item, row.idle_days, row.last_demand and row.last_demand.isoformat())
        for row in rows
    ]


@pytest.fixture
def still() -> Book:
    """Ten quilts and a box of water came on 10 January; two quilts were given out on the 20th."""
    book = new_office(today="2023-12-31")
    gift(book, line(), line(item="water", accepted=WATER.quantity(1, "box")))
    given(book, ("H-1", 2))
    return book


def test_what_nobody_asked_for_for_so_many_days_is_told(still: Book) -> None:
    assert idle(still, 10, "2023-01-30") == [
        ("depot", "quilt", 10, "2023-01-20"),
        ("depot", "water", 20, None),
    ]
    assert idle(still, 11, "2023-01-30") == [("depot", "water", 20, None)]
    assert idle(still, 21, "2023-01-30") == []
    row = dead_stock(still, 10, on="2023-01-30")[0]
    assert (row.quantity, row.value, row.since.isoformat()) == (8, 8000, "2023-01-10")


def test_what_came_after_the_last_demand_is_idle_since_it_came(still: Book) -> None:
    given(still, ("H-1", 8), on="2023-01-21")
    gift(still, line(), on="2023-06-01")
    assert idle(still, 1, "2023-06-11")[-1] == ("depot", "quilt", 10, "2023-01-21")


def test_demand_that_was_taken_back_was_none(still: Book) -> None:
    reverse(still, "DL-000001", "2023-01-25")
    assert idle(still, 20, "2023-01-30") == [("depot", "quilt", 20, None), ("depot", "water", 20, None)]


def test_what_is_sent_to_another_depot_was_wanted_there(still: Book) -> None:
    sent(still, consigned(1), on="2023-01-28")
    assert idle(still, 5, "2023-01-30") == [("depot", "water", 20, None)]
    still.arrive("WB-000001", lines=[arrived(A, 1)], on="2023-01-29", received_by="a")
    assert idle(still, 1, "2023-01-30", warehouse="station") == [("station", "quilt", 1, None)]


def test_losses_and_goods_kept_apart_are_no_demand(still: Book) -> None:
    apart = [QuarantinedLine(A, QUILT.quantity(1))]
    still.quarantine(warehouse="depot", lines=apart, reason="wet", reported_by="a", on="2023-01-28")
    still.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(A, QUILT.quantity(1))],
        on="2023-01-29",
        reason=LossReason.SPOILT,
        explanation="wet",
        reported_by="a",
        approved_by="b",
    )
    assert idle(still, 10, "2023-01-30")[0] == ("depot", "quilt", 10, "2023-01-20")


def test_what_goes_into_kits_is_demand_and_the_kits_are_none(still: Book) -> None:
    still.add(Item("set", zh="套装", en="Set"))
    still.add(
        BillOfMaterials(item="set", version="1", components=[Component("water", WATER.quantity(2))]),
    )
    kit = still.register.item("set").quantity(3)
    people = {"assembled_by": "a", "checked_by": "b"}
    still.build_kits(kit="set", count=kit, warehouse="depot", on="2023-01-28", **people)
    assert idle(still, 2, "2023-01-30") == [
        ("depot", "quilt", 10, "2023-01-20"),
        ("depot", "water", 2, "2023-01-28"),
        ("depot", "set", 2, None),
    ]


def test_what_comes_back_later_was_demanded_all_the_same(still: Book) -> None:
    lines = [ReturnedLine(A, QUILT.quantity(2))]
    still.return_(recipient="H-1", into="depot", lines=lines, reason="too many", on="2023-01-25")
    assert idle(still, 10, "2023-01-30")[0] == ("depot", "quilt", 10, "2023-01-20")


def test_goods_that_got_another_id_have_lain_there_as_long_as_before(still: Book) -> None:
    facts: dict[str, Any] = {"reason": "misread", "requested_by": "a", "approved_by": "b"}
    still.revalue(A, valuation=line(1, "80").valuation, on="2023-01-25", **facts)
    rows = {row.item: row for row in dead_stock(still, 1, on="2023-01-30")}
    assert (rows["quilt"].since.isoformat(), rows["quilt"].idle_days) == ("2023-01-10", 10)


def test_dead_stock_can_be_asked_as_it_was_known(still: Book) -> None:
    assert idle(still, 20, "2023-01-30", known=1) == [
        ("depot", "quilt", 20, None),
        ("depot", "water", 20, None),
    ]
    assert idle(still, 1, "2023-01-09") == []


# What there is too much of


def test_stock_that_lasts_longer_than_it_should_is_told_with_its_cover(still: Book) -> None:
    """Two of ten left in the eleven days to the 20th; eight last 44 days at that rate."""
    [row] = slow_stock(still, 43, 11, on="2023-01-20", warehouse="depot")[:1]
    assert (row.warehouse, row.item, row.quantity, row.demand, row.days) == ("depot", "quilt", 8, 2, 11)
    assert (row.cover, row.cover_days, row.value) == (Fraction(44), 44, 8000)
    assert [row.item for row in slow_stock(still, 44, 11, on="2023-01-20")] == ["water"]


def test_cover_is_exact_and_told_in_whole_days(still: Book) -> None:
    given(still, ("H-1", 1), on="2023-01-21")
    [row] = [row for row in slow_stock(still, 27, 12, on="2023-01-21") if row.item == "quilt"]
    assert (row.cover, row.cover_days) == (Fraction(28), 28)
    given(still, ("H-1", 2), on="2023-01-22")
    [row] = [row for row in slow_stock(still, 1, 13, on="2023-01-22") if row.item == "quilt"]
    assert (row.cover, row.cover_days) == (Fraction(13), 13)
    given(still, ("H-1", 1), on="2023-01-23")
    [row] = [row for row in slow_stock(still, 1, 14, on="2023-01-23") if row.item == "quilt"]
    assert (row.cover, row.cover_days) == (Fraction(28, 3), 9)


def test_the_rate_is_that_of_the_last_days_alone(still: Book) -> None:
    given(still, ("H-1", 4), on="2023-01-30")
    [row] = [row for row in slow_stock(still, 4, 5, on="2023-01-30") if row.item == "quilt"]
    assert (row.demand, row.days, row.cover) == (4, 5, Fraction(5))
    assert [row.item for row in slow_stock(still, 5, 5, on="2023-01-30")] == ["water"]


def test_what_has_been_there_for_less_is_judged_by_the_days_since_it_came(still: Book) -> None:
    rows = slow_stock(still, 43, 90, on="2023-01-20")
    assert [(row.item, row.days) for row in rows] == [("quilt", 11)]


def test_what_nothing_left_of_for_all_those_days_has_no_end(still: Book) -> None:
    [row] = [row for row in slow_stock(still, 1000, 11, on="2023-01-20") if row.item == "water"]
    assert (row.demand, row.cover, row.cover_days) == (0, None, None)
    assert slow_stock(still, 1000, 12, on="2023-01-20") == ()


def test_a_reversal_takes_demand_off_the_day_on_which_goods_had_left(still: Book) -> None:
    given(still, ("H-1", 4), on="2023-01-25")
    reverse(still, "DL-000001", "2023-01-26")
    [row] = [row for row in slow_stock(still, 1, 3, on="2023-01-26") if row.item == "quilt"]
    assert (row.quantity, row.demand) == (6, 4)


# Refused

_UNMEANT: list[Any] = [1.5, "9"]


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda book: expiring(book, -1, on="2023-01-20"), Incomplete, "-1 is below 0; state 0 or more"),
        (lambda book: expiring(book, _UNMEANT[0], on="2023-01-20"), NotExact, "within how many days"),
        (lambda book: expiring(book, True, on="2023-01-20"), NotExact, "within how many days"),
        (lambda book: expiring(book, 1, on="soon"), NotABusinessDate, "soon"),
        (lambda book: expiring(book, 1, on="2023-01-20", warehouse="x"), Unknown, "warehouse 'x'"),
        (lambda book: dead_stock(book, 0, on="2023-01-20"), Incomplete, "0 is below 1; state 1 or more"),
        (lambda book: dead_stock(book, 1, on="2023-01-20", warehouse="x"), Unknown, "warehouse 'x'"),
        (lambda book: slow_stock(book, 0, 1, on="2023-01-20"), Incomplete, "should last at most"),
        (lambda book: slow_stock(book, 1, 0, on="2023-01-20"), Incomplete, "over how many days"),
        (lambda book: slow_stock(book, 1, _UNMEANT[1], on="2023-01-20"), NotExact, "over how many days"),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused(
    still: Book,
    ask: Any,  # noqa: ANN401
    error: type[Exception],
    words: str,
) -> None:
    with pytest.raises(error) as caught:
        ask(still)
    assert words in str(caught.value)
