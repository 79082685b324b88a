"""Goods arrive in packs, and every paper says how many."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import (
    Book,
    BoughtLine,
    Handout,
    Item,
    LossReason,
    Money,
    Quantity,
    ReturnedLine,
    Unit,
    WrittenOffLine,
)
from reliefstock.operations.desk import pack_of, packs_of
from reliefstock.values import GRAM, JIN, KILOGRAM, PIECE
from unit.operations.office import (
    QUILT,
    RICE,
    WATER,
    bought,
    gift,
    given,
    line,
    money,
    new_office,
    yuan,
)

BOX = PIECE.pack("box", 24)
BAG = JIN.pack("bag", 10)
L = "GRN-000001-1"


@pytest.mark.parametrize(
    ("item", "stated", "pack"),
    [
        (WATER, (Quantity(3, BOX),), BOX),
        (WATER, (Quantity(3, PIECE),), None),
        (WATER, (Quantity(3, PIECE), Quantity(1, BOX)), BOX),
        (WATER, (None, Quantity(1, BOX)), BOX),
        (WATER, (Quantity(0, BOX), None), None),
        (WATER, (None, None), None),
        (WATER, (), None),
        (RICE, (Quantity(850, BAG),), BAG),
        (RICE, (Quantity(8_500, JIN),), None),
        (RICE, (Quantity(4_250, KILOGRAM),), None),
        (RICE, (Quantity(4_250, GRAM),), None),
        (Item("rice", zh="大米", en="Rice", unit=JIN), (Quantity(1, JIN),), None),
        (Item("rice", zh="大米", en="Rice", unit=JIN), (Quantity(1, BAG),), BAG),
        (Item.money("CNY"), (Money(100, "CNY"),), None),
    ],
    ids=str,
)
def test_a_pack_is_what_goods_are_stated_in_and_no_measure(
    item: Item, stated: tuple[Any, ...], pack: Unit | None
) -> None:
    assert pack_of(item, *stated) == pack


@pytest.fixture
def book() -> Book:
    """Two boxes of 24 bottles of water, worth 1.00 yuan each, and seven quilts that came loose."""
    book = new_office()
    water = line(item="water", accepted=WATER.quantity(2, "box"), value="48")
    gift(book, water, line(7, "70"))
    return book


def test_the_pack_stands_on_the_lot_and_the_ledger_counts_pieces(book: Book) -> None:
    assert (book.lot(L).pack, book.lot(L).quantity) == (BOX, 48)
    assert book.lot("GRN-000001-2").pack is None


def test_base_units_of_a_lot_are_told_in_its_packs(book: Book) -> None:
    assert [str(part) for part in packs_of(WATER, book.lot(L), 30)] == ["1 box", "6 piece"]
    assert packs_of(QUILT, book.lot("GRN-000001-2"), 7) == ()
    stated = [Quantity(30, PIECE), Quantity(1, BOX)]
    assert [[str(part) for part in book.desk().packs(book.lot(L), one)] for one in stated] == [
        ["1 box", "6 piece"],
        ["1 box"],
    ]


def test_a_goods_received_note_says_the_packs_of_all_that_entered() -> None:
    book = new_office()
    some = line(
        item="water",
        accepted=WATER.quantity(2, "box"),
        quarantined=WATER.quantity(30),
        quarantine_reason="wet",
        refused=WATER.quantity(1, "box"),
        refusal_reason="burst",
    )
    none = line(accepted=None, refused=QUILT.quantity(1, "bundle"), refusal_reason="torn")
    note = gift(book, some, line(), none)
    assert [[str(part) for part in one.packs] for one in note.lines] == [["3 box", "6 piece"], [], []]
    assert [one.lot for one in note.lines] == ["GRN-000001-1", "GRN-000001-2", None]


def test_a_purchase_says_the_packs_of_each_lot() -> None:
    book = new_office()
    money(book, "1000")
    lines = [BoughtLine("water", WATER.quantity(2, "box"), yuan("48"))]
    assert [str(part) for part in bought(book, lines=lines).lines[0].packs] == ["2 box"]
    assert bought(book, 1, "1").lines[0].packs == ()


def test_a_return_and_a_write_off_say_packs(book: Book) -> None:
    given(book, ("H-1", 7))
    book.distribute(
        origin="depot", lines=[Handout("H-1", "water", WATER.quantity(30), "sheet 1")], on="2023-01-20"
    )
    lines = [ReturnedLine(L, WATER.quantity(25)), ReturnedLine("GRN-000001-2", QUILT.quantity(1))]
    note = book.return_(recipient="H-1", into="depot", lines=lines, on="2023-01-21", reason="too many")
    assert [[str(part) for part in one.packs] for one in note.lines] == [["1 box", "1 piece"], []]
    loss = book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(L, WATER.quantity(1, "box"))],
        on="2023-01-22",
        reason=LossReason.DAMAGED,
        explanation="crushed",
        reported_by="a",
        approved_by="b",
    )
    assert [[str(part) for part in one.packs] for one in loss.lines] == [["1 box"]]
