"""Elsewhere last year's totals were computed from this year's price list, and a published figure changed.

Here a lot carries what it was worth when it came; a price is a suggestion for the next gift and nothing else.
"""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from reliefstock import Handout
from reliefstock.errors import AlreadyKnown
from reliefstock.values import GRAM
from scenario.county import county, everything, figures, gift, yuan


def test_a_new_price_leaves_last_years_totals_as_they_were():
    book = county()
    quilt = book.register.item("quilt")
    book.amend(attrs.evolve(quilt, price=yuan(80)))
    gift(book, "quilt", 500, "40000.00", "2025-01-10")
    book.distribute(
        origin="depot", lines=[Handout("lvhe", "quilt", quilt.quantity(150), "sheet 1")], on="2025-01-14"
    )
    before, posted = everything(book), book.entries

    book.amend(attrs.evolve(quilt, price=yuan(120)))

    assert everything(book) == before
    assert book.entries == posted
    assert figures(book.on_hand("quilt", on="2025-12-31")) == (350, 28_000_00)


def test_what_goes_out_after_the_new_price_still_carries_what_it_came_in_at():
    book = county()
    quilt = book.register.item("quilt")
    gift(book, "quilt", 10, "800.00", "2025-01-10")
    book.amend(attrs.evolve(quilt, price=yuan(120)))
    listed = book.distribute(
        origin="depot", lines=[Handout("h1", "quilt", quilt.quantity(4), "sheet 1")], on=date(2026, 2, 1)
    )
    assert [pick.value for pick in listed.lines[0].picks] == [320_00]


def test_the_unit_that_past_entries_are_counted_in_cannot_be_changed():
    book = county()
    gift(book, "quilt", 10, "800.00", "2025-01-10")
    with pytest.raises(AlreadyKnown, match="unit"):
        book.amend(attrs.evolve(book.register.item("quilt"), unit=GRAM, packs=()))
    assert figures(book.on_hand("quilt")) == (10, 800_00)
