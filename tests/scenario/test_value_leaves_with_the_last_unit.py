"""Elsewhere three packs worth 500 yuan left at a rounded price: the card showed none, and 516.66 against 500.

Here value leaves by the cumulative rule, in whole fen: with the last unit goes the last fen.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, Handout, Place, PlaceKind, ReceivedLine, ReturnedLine, Valuation
from scenario.county import county, figures, gift

DEPOT = Place(PlaceKind.WAREHOUSE, "depot")


def give(book: Book, count: int, on: str, to: str = "h1") -> int:
    """Give packs out; returns the fen that went with them."""
    pack = book.register.item("pack")
    listed = book.distribute(
        origin="depot", lines=[Handout(to, "pack", pack.quantity(count), "sheet 1")], on=on
    )
    return sum(pick.value for pick in listed.lines[0].picks)


def test_three_packs_worth_500_yuan_leave_one_by_one_without_a_fen_over_or_short():
    book = county()
    gift(book, "pack", 3, "500.00", "2024-01-10")
    assert [give(book, 1, f"2024-01-{day}") for day in (11, 12, 13)] == [166_66, 166_67, 166_67]
    assert figures(book.on_hand("pack")) == (0, 0)


@pytest.mark.parametrize("parts", [(31,), (1,) * 31, (30, 1), (1, 30), (7, 7, 7, 7, 3)])
def test_31_packs_worth_16_yuan_67_leave_nothing_behind_however_they_are_parted(parts: tuple[int, ...]):
    book = county()
    gift(book, "pack", 31, "16.67", "2024-01-10")
    assert sum(give(book, count, "2024-01-11") for count in parts) == 16_67
    assert figures(book.on_hand("pack")) == (0, 0)


def test_an_issue_that_is_noted_late_leaves_no_fen_on_any_day():
    book = county()
    (lot,) = gift(book, "pack", 3, "1.00", "2024-01-05").lots
    give(book, 1, "2024-01-10")
    give(book, 1, "2024-01-20")
    pack = book.register.item("pack")
    book.return_(
        recipient="h1",
        into="depot",
        lines=[ReturnedLine(lot, pack.quantity(1))],
        on="2024-01-25",
        reason="moved away",
    )
    give(book, 1, "2024-01-22", to="h2")

    card = {day: figures(book.holding(DEPOT, lot, on=f"2024-01-{day:02d}")) for day in (5, 10, 20, 22, 25)}
    assert {day: value for day, (quantity, value) in card.items() if not quantity} == {22: 0}
    assert [quantity for quantity, _ in card.values()] == [3, 2, 1, 0, 1]
    assert card[25][1] in (33, 34)


def test_goods_in_the_memorandum_register_move_without_a_value():
    book = county()
    line = ReceivedLine(
        "pack", book.register.item("pack").quantity(3), valuation=Valuation.memorandum("to be valued")
    )
    book.receive(donor="company", into="depot", lines=[line], on="2024-01-10", counted_by=("a", "b"))
    assert give(book, 2, "2024-01-11") == 0
    assert figures(book.on_hand("pack")) == (1, 0)
