"""Elsewhere wet goods lay among dry ones, or vanished from the book; old goods were found too late.

Here what is in doubt is on hand and cannot be used, two people let it be used again, and what grows old is
told in time.
"""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import Book, Handout, Policy, QuarantinedLine, ReleasedLine
from reliefstock.errors import NeedsApproval, NotEnough, NotUsable
from reliefstock.reconciliation import dead_stock, expired_in_stock, expiring, slow_stock
from scenario.county import county, everything, figures, gift


def depot(policy: Policy | None = None) -> Book:
    """Two gifts of water: ten boxes that expire in September 2024 and ten that expire a year later."""
    book = county(policy)
    gift(book, "water", 10, "240.00", "2024-01-10", pack="box", expiry="2024-09-01")
    gift(book, "water", 10, "240.00", "2024-01-11", pack="box", expiry="2025-09-01")
    return book


def give(book: Book, count: int, on: str) -> list[tuple[str, int]]:
    line = Handout("h1", "water", book.register.item("water").quantity(count), "sheet 1")
    return [(p.lot, p.quantity) for p in book.distribute(origin="depot", lines=[line], on=on).lines[0].picks]


def apart(book: Book, lot: str, boxes: int, on: str) -> None:
    lines = [QuarantinedLine(lot, book.register.item("water").quantity(boxes, "box"))]
    book.quarantine(warehouse="depot", lines=lines, reason="the roof leaked", reported_by="keeper", on=on)


def release(book: Book, lot: str, boxes: int, on: str, **said: Any) -> None:  # noqa: ANN401
    people = {"inspected_by": "inspector", "approved_by": "director"} | said
    lines = [ReleasedLine(lot, book.register.item("water").quantity(boxes, "box"))]
    book.release(warehouse="depot", lines=lines, reason="dry and sound", on=on, **people)


def test_what_is_kept_apart_stays_in_the_book_and_out_of_the_lists():
    book = depot()
    apart(book, "GRN-000001-1", 4, "2024-02-01")
    assert figures(book.on_hand("water")) == (480, 480_00)
    assert figures(book.on_hand("water", usable_only=True)) == (384, 384_00)
    with pytest.raises(NotEnough):
        give(book, 385, "2024-02-02")
    assert give(book, 200, "2024-02-02") == [("GRN-000001-1", 144), ("GRN-000002-1", 56)]
    assert everything(book)["quarantine:depot", "water"] == (96, 96_00)


def test_two_people_let_goods_be_used_again():
    book = depot()
    apart(book, "GRN-000001-1", 4, "2024-02-01")
    with pytest.raises(NeedsApproval):
        release(book, "GRN-000001-1", 4, "2024-02-05", inspected_by="director")
    release(book, "GRN-000001-1", 3, "2024-02-05")
    assert figures(book.on_hand("water", usable_only=True)) == (456, 456_00)


def test_what_expired_while_it_was_kept_apart_does_not_come_back():
    book = depot()
    apart(book, "GRN-000001-1", 4, "2024-02-01")
    with pytest.raises(NotUsable, match="2024-09-01"):
        release(book, "GRN-000001-1", 4, "2024-09-02")
    release(book, "GRN-000001-1", 4, "2024-09-01")


@pytest.mark.parametrize(("usable", "left"), [(True, 17), (False, 16)])
def test_what_expires_is_told_in_time_and_by_the_policy_on_the_last_day(usable: bool, left: int):
    book = depot(Policy(expiry_day_usable=usable))
    apart(book, "GRN-000001-1", 1, "2024-02-01")
    [row] = expiring(book, 30, on="2024-08-15")
    assert (row.lot, row.days_left, row.quantity, row.value) == ("GRN-000001-1", left, 216, 216_00)
    give(book, 216, "2024-08-20")
    assert expiring(book, 30, on="2024-08-21") == ()
    assert [row.lot for row in expiring(book, 30, on="2024-08-15")] == ["GRN-000001-1"]


def test_expired_goods_on_the_shelf_are_a_finding_until_they_are_kept_apart():
    book = depot()
    assert [finding.about for finding in expired_in_stock(book, on="2024-09-02")] == ["GRN-000001-1"]
    apart(book, "GRN-000001-1", 10, "2024-09-02")
    assert expired_in_stock(book, on="2024-09-02") == ()
    assert len(expired_in_stock(book, on="2024-09-02", known=2)) == 1


def test_what_lies_still_and_what_lasts_too_long_is_told():
    book = depot()
    gift(book, "quilt", 50, "5000.00", "2024-01-10")
    for day in ("2024-05-03", "2024-05-13", "2024-05-23"):
        give(book, 40, day)
    assert [(row.item, row.idle_days) for row in dead_stock(book, 90, on="2024-06-01")] == [("quilt", 143)]
    water = next(row for row in slow_stock(book, 60, 30, on="2024-06-01") if row.item == "water")
    assert (water.quantity, water.demand, water.cover_days) == (360, 120, 90)
    assert [row.item for row in slow_stock(book, 90, 30, on="2024-06-01")] == ["quilt"]
