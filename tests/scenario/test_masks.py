"""Elsewhere 36,000 masks came in, 16,000 and 16,000 went out, and no paper said where the other 4,000 were.

Here what did not go out is on hand, lot by lot, and cannot be anywhere else.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, Handout
from reliefstock.errors import NotEnough
from scenario.county import county, everything, figures, gift


def given_out() -> Book:
    book = county()
    gift(book, "mask", 360, "36000.00", "2020-01-25", pack="box", donor="company")
    for recipient, on in (("ningshan", "2020-01-26"), ("ziyang", "2020-01-27")):
        line = Handout(recipient, "mask", book.register.item("mask").quantity(16_000), "receipt")
        book.distribute(origin="depot", lines=[line], on=on)
    return book


def test_of_36000_masks_of_which_twice_16000_went_out_4000_are_on_hand():
    assert figures(given_out().on_hand("mask")) == (4_000, 4_000_00)


def test_in_is_out_and_what_is_there():
    assert everything(given_out()) == {
        ("donor:company", "mask"): (-36_000, -36_000_00),
        ("warehouse:depot", "mask"): (4_000, 4_000_00),
        ("society:ningshan", "mask"): (16_000, 16_000_00),
        ("society:ziyang", "mask"): (16_000, 16_000_00),
    }


def test_20000_more_cannot_be_given_out_of_4000():
    book = given_out()
    line = Handout("lvhe", "mask", book.register.item("mask").quantity(20_000), "receipt")
    with pytest.raises(NotEnough) as refused:
        book.distribute(origin="depot", lines=[line], on="2020-01-28")
    assert (refused.value.asked, refused.value.there) == (20_000, 4_000)
