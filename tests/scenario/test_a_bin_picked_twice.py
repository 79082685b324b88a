"""Elsewhere two pickers were sent to one bin, both lists were shipped, and more left than there ever was.

Here each list finds what the one before has left; what somebody was promised is not on anybody else's list.
"""

from __future__ import annotations

import pytest

from reliefstock import AllocationLine, Book, ConsignedLine, Handout
from reliefstock.errors import HoldBroken, NotEnough
from scenario.county import county, everything, figures, gift

LOT = "GRN-000001-1"


def bin_of_ten() -> Book:
    book = county()
    gift(book, "quilt", 10, "800.00", "2024-01-10")
    return book


def give(book: Book, who: str, count: int, on: str = "2024-01-20", *, hold: str = "") -> None:
    quantity = book.register.item("quilt").quantity(count)
    lots = () if hold else (LOT,)
    book.distribute(
        origin="depot", lines=[Handout(who, "quilt", quantity, "sheet 1", lots, hold=hold)], on=on
    )


def send(book: Book, count: int, on: str = "2024-01-20") -> None:
    line = ConsignedLine("quilt", book.register.item("quilt").quantity(count))
    book.dispatch(origin="depot", to="branch", lines=[line], on=on)


def promise(book: Book, who: str, count: int, on: str = "2024-01-15", until: str = "2024-01-31") -> str:
    made = book.allocate(
        warehouse="depot",
        lines=[AllocationLine(who, "quilt", book.register.item("quilt").quantity(count))],
        on=on,
        until=until,
        source_document="plan 1",
        approved_by="director",
    )
    return made.holds[0]


def test_the_second_list_finds_what_the_first_has_left():
    book = bin_of_ten()
    give(book, "h1", 7)
    before = everything(book)
    with pytest.raises(NotEnough) as caught:
        give(book, "h2", 4)
    assert (caught.value.asked, caught.value.there) == (4, 3)
    assert everything(book) == before


def test_two_lines_of_one_list_do_not_take_the_same_quilts():
    book = bin_of_ten()
    quantity = book.register.item("quilt").quantity(6)
    lines = [Handout(who, "quilt", quantity, "sheet 1", (LOT,)) for who in ("h1", "h2")]
    with pytest.raises(NotEnough) as caught:
        book.distribute(origin="depot", lines=lines, on="2024-01-20")
    assert caught.value.there == 4
    assert figures(book.on_hand("quilt")) == (10, 800_00)


def test_what_one_was_promised_is_on_nobody_elses_list():
    book = bin_of_ten()
    hold = promise(book, "h1", 7)
    with pytest.raises(NotEnough, match=f"7 of lot {LOT} are held for others"):
        give(book, "h2", 4)
    with pytest.raises(NotEnough):
        send(book, 4)
    give(book, "h2", 3)
    give(book, "h1", 7, hold=hold)
    assert book.on_hand("quilt").quantity == 0


def test_a_promise_is_not_given_out_twice():
    book = bin_of_ten()
    hold = promise(book, "h1", 7)
    give(book, "h1", 7, hold=hold)
    with pytest.raises(NotEnough) as caught:
        give(book, "h1", 1, hold=hold)
    assert caught.value.there == 0
    assert book.on_hand("quilt").quantity == 3


def test_the_same_quilts_are_not_promised_twice():
    book = bin_of_ten()
    promise(book, "h1", 7)
    with pytest.raises(NotEnough, match="7 of lot GRN-000001-1 are held for others"):
        promise(book, "h2", 4)
    assert book.available("quilt").held == 0
    assert book.available("quilt", on="2024-01-31").held == 7


def test_a_list_that_is_dated_back_does_not_take_what_was_promised_since():
    book = bin_of_ten()
    promise(book, "h1", 7)
    with pytest.raises(NotEnough):
        give(book, "h2", 4, on="2024-01-12")


def test_a_promise_is_over_after_its_last_day():
    book = bin_of_ten()
    hold = promise(book, "h1", 7)
    with pytest.raises(HoldBroken, match="it was over after 2024-01-31"):
        give(book, "h1", 1, on="2024-02-01", hold=hold)
    give(book, "h2", 10, on="2024-02-01")
    assert book.on_hand("quilt").quantity == 0
