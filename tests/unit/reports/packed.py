"""A depot whose goods came in boxes of two sizes, in bags and loose."""

from __future__ import annotations

from reliefstock import Book, Handout, Item, Quantity, ReceivedLine, Valuation
from reliefstock.values import GRAM, JIN, PIECE
from unit.reports.books import QUILT, WATER, an_empty_book, yuan

__all__ = ["BAG", "FLOUR", "SMALL_BOX", "a_packed_book"]

SMALL_BOX = PIECE.pack("small box", 20, zh="箱", en="box")
BAG = JIN.pack("bag", 10, zh="袋", en="bag")
FLOUR = Item("flour", zh="面粉", en="Flour", unit=GRAM)


def a_packed_book() -> Book:
    """Two boxes of 24, three of 20 and fifty loose bottles of water; 850 bags of flour; five quilts."""
    book = an_empty_book()
    book.add(FLOUR)
    worth = Valuation.voucher(yuan("48.00"), "voucher 1")
    book.receive(
        donor="A",
        into="depot",
        on="2023-01-10",
        counted_by=("a", "b"),
        lines=[
            ReceivedLine(
                "water", WATER.quantity(2, "box"), valuation=worth, batch="W-1", expiry="2023-08-01"
            ),
            ReceivedLine("water", Quantity(3, SMALL_BOX), valuation=worth, batch="W-2"),
            ReceivedLine("water", WATER.quantity(50), valuation=worth),
            ReceivedLine("flour", Quantity(850, BAG), valuation=worth),
            ReceivedLine("quilt", QUILT.quantity(5), valuation=worth),
        ],
    )
    lines = [
        Handout("H-1", "water", WATER.quantity(50), "sheet 1"),
        Handout("S-1", "flour", Quantity(25, JIN), "sheet 1"),
        Handout("S-1", "quilt", QUILT.quantity(1), "sheet 1"),
    ]
    book.distribute(origin="depot", on="2023-01-20", lines=lines)
    return book
