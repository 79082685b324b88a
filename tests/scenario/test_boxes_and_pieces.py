"""Elsewhere a box of 100 was debited as 1, because a number of boxes met a number of masks.

Here a quantity carries its unit, and a pack is an exact number of pieces that the item declares.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from reliefstock import Handout, Quantity
from reliefstock.errors import ConversionNotWhole, NotExact, UnitMismatch
from reliefstock.values import GRAM, PIECE
from scenario.county import county, figures, gift


def test_a_box_of_100_given_out_takes_100_masks_off_the_card():
    book = county()
    gift(book, "mask", 5, "500.00", "2024-01-10", pack="box")
    mask = book.register.item("mask")
    listed = book.distribute(
        origin="depot", lines=[Handout("h1", "mask", mask.quantity(1, "box"), "sheet 1")], on="2024-01-11"
    )
    assert sum(pick.quantity for pick in listed.lines[0].picks) == 100
    assert figures(book.on_hand("mask")) == (400, 400_00)


def test_the_list_shows_the_box_that_was_signed_for():
    book = county()
    gift(book, "mask", 5, "500.00", "2024-01-10", pack="box")
    box = book.register.item("mask").quantity(1, "box")
    listed = book.distribute(origin="depot", lines=[Handout("h1", "mask", box, "sheet 1")], on="2024-01-11")
    assert str(listed.lines[0].quantity) == "1 box"


@pytest.mark.parametrize(
    ("item", "quantity", "error"),
    [
        ("mask", Quantity(1, GRAM), UnitMismatch),
        ("flour", Quantity(1, PIECE), UnitMismatch),
        ("flour", Quantity(1, PIECE.pack("sack", 3)), UnitMismatch),
        ("water", Quantity(1, PIECE.pack("half bottle", Fraction(1, 2))), ConversionNotWhole),
    ],
)
def test_a_unit_that_is_not_of_the_item_is_refused(item: str, quantity: Quantity, error: type[Exception]):
    book = county()
    gift(book, item, 100, "500.00", "2024-01-10", expiry="2026-01-01")
    before = book.entries
    with pytest.raises(error):
        book.distribute(origin="depot", lines=[Handout("h1", item, quantity, "sheet 1")], on="2024-01-11")
    assert book.entries == before


def test_a_pack_that_the_item_does_not_have_is_refused():
    with pytest.raises(UnitMismatch, match="crate"):
        county().register.item("mask").quantity(1, "crate")


@pytest.mark.parametrize("count", [1.0, 0.5, True, "1"])
def test_a_quantity_is_a_whole_number(count: object):
    with pytest.raises(NotExact):
        Quantity(count, PIECE)  # pyright: ignore[reportArgumentType]
