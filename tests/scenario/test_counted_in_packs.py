"""Elsewhere a delivery of 850 bags was booked as 850 斤, and boxes of two sizes were counted as one.

Here a lot knows the pack that it came in: it arrives, is picked and travels in packs, and the ledger stays in
base units. Xinxiang published 850 bags, 8,500 斤: both figures are the same goods.
"""

from __future__ import annotations

import pytest

from reliefstock import (
    ArrivedLine,
    Book,
    ConsignedLine,
    Handout,
    Quantity,
    ReceivedLine,
    ReturnedLine,
    Valuation,
)
from reliefstock.errors import NotEnough
from reliefstock.reports import document_lines, stock_position
from reliefstock.values import JIN, KILOGRAM, PIECE
from scenario.county import county, figures, gift, yuan

BAG = JIN.pack("bag", 10)
OF_24, OF_20 = PIECE.pack("box of 24", 24, zh="箱", en="box"), PIECE.pack("box of 20", 20, zh="箱", en="box")


# 850 bags


@pytest.fixture
def mill() -> Book:
    """A mill gives 850 bags of 10 斤 of flour, worth 17,000 yuan."""
    book = county()
    gift(book, "flour", 850, "17000.00", "2024-01-10", pack="bag", donor="company")
    return book


def said(parts: tuple[object, ...]) -> str:
    return " + ".join(map(str, parts))


def test_850_bags_are_8500_jin_and_4250_kilograms(mill: Book):
    lot = mill.lot("GRN-000001-1")
    there = mill.on_hand("flour")
    assert figures(there) == (4_250_000, 17_000_00)
    assert Quantity(there.quantity, mill.register.item("flour").unit) == Quantity(8_500, JIN)
    assert Quantity(8_500, JIN) == Quantity(850, BAG) == Quantity(4_250, KILOGRAM)
    assert lot.pack == BAG
    assert said(stock_position(mill)[0].stated) == "850 bag"


@pytest.mark.parametrize("stated", [Quantity(120, BAG), Quantity(1_200, JIN), Quantity(600, KILOGRAM)])
def test_bags_leave_as_bags_however_they_are_stated(mill: Book, stated: Quantity):
    listed = mill.distribute(
        origin="depot", lines=[Handout("lvhe", "flour", stated, "sheet 1")], on="2024-01-11"
    )
    [pick] = listed.lines[0].picks
    assert (pick.quantity, pick.value, said(pick.packs)) == (600_000, 2_400_00, "120 bag")
    assert said(stock_position(mill)[0].stated) == "730 bag"


def test_an_opened_bag_is_told_as_what_is_loose(mill: Book):
    for who in ("h1", "h2"):
        line = Handout(who, "flour", Quantity(25, JIN), "sheet 1")
        mill.distribute(origin="depot", lines=[line], on="2024-01-11")
    assert [said(line.packs) for line in document_lines(mill, "DL-000001")] == ["2 bag + 2,500 g"]
    assert said(stock_position(mill)[0].stated) == "845 bag"


def test_bags_travel_and_come_back_as_bags(mill: Book):
    waybill = mill.dispatch(
        origin="depot", to="branch", lines=[ConsignedLine("flour", Quantity(400, BAG))], on="2024-01-12"
    )
    assert said(waybill.lines[0].packs) == "400 bag"
    lot = waybill.lines[0].lot
    mill.arrive(
        waybill.number,
        lines=[ArrivedLine(lot, Quantity(398, BAG), damaged=Quantity(2, BAG))],
        on="2024-01-13",
        received_by="keeper",
    )
    assert [said(line.packs) for line in document_lines(mill, "RR-000001")] == ["398 bag", "2 bag"]
    mill.distribute(
        origin="branch", lines=[Handout("lvhe", "flour", Quantity(98, BAG), "sheet 1")], on="2024-01-14"
    )
    note = mill.return_(
        recipient="lvhe",
        into="branch",
        lines=[ReturnedLine(lot, Quantity(8, BAG))],
        reason="too many",
        on="2024-01-15",
    )
    assert said(note.lines[0].packs) == "8 bag"
    rows = {(row.place.id, row.place.kind.value): said(row.stated) for row in stock_position(mill)}
    assert rows == {("depot", "warehouse"): "450 bag", ("branch", "warehouse"): "308 bag"}
    assert figures(mill.on_hand("flour")) == ((450 + 308) * 5_000, (450 + 308) * 20_00)


# Boxes of 24 and of 20


@pytest.fixture
def boxes() -> Book:
    """Two gifts of water: ten boxes of 24, worth 240 yuan, and ten of 20, worth 200."""
    book = county()
    for donor, pack, value in (("province", OF_24, "240"), ("company", OF_20, "200")):
        line = ReceivedLine("water", Quantity(10, pack), valuation=Valuation.voucher(yuan(value), "voucher"))
        book.receive(donor=donor, into="depot", lines=[line], on="2024-01-10", counted_by=("a", "b"))
    return book


def give(book: Book, *units: int, whole: bool = True) -> list[list[tuple[str, int, str]]]:
    """So many bottles for a school, a line each: the donor of each lot, how many, and in boxes."""
    lines = [Handout("lvhe", "water", Quantity(n, PIECE), "sheet 1", whole_packs=whole) for n in units]
    done = book.distribute(origin="depot", lines=lines, on="2024-01-20")
    return [
        [(book.lot(pick.lot).donor or "", pick.quantity, said(pick.packs)) for pick in line.picks]
        for line in done.lines
    ]


def test_boxes_of_two_sizes_are_kept_apart(boxes: Book):
    [row] = stock_position(boxes)
    assert (row.quantity, row.lots, said(row.stated)) == (440, 2, "10 box + 10 box")
    assert [part.unit for part in row.stated if isinstance(part, Quantity)] == [OF_24, OF_20]


def test_whole_boxes_are_picked_and_none_is_opened(boxes: Book):
    assert give(boxes, 240 + 40) == [[("province", 240, "10 box"), ("company", 40, "2 box")]]
    assert figures(boxes.on_hand("water")) == (160, 160_00)
    assert said(stock_position(boxes)[0].stated) == "8 box"


def test_a_number_that_is_no_whole_boxes_is_refused_and_says_which_lots_go_by_the_box(boxes: Book):
    with pytest.raises(NotEnough) as refused:
        give(boxes, 250)
    assert refused.value.there == 240
    assert refused.value.passed_over == ("200 of lot GRN-000002-1 go by whole box of 20 only",)
    assert figures(boxes.on_hand("water")) == (440, 440_00)


def test_boxes_are_opened_where_pieces_are_asked_for(boxes: Book):
    assert give(boxes, 250, 15, whole=False) == [
        [("province", 240, "10 box"), ("company", 10, "10 piece")],
        [("company", 15, "15 piece")],
    ]
    assert said(stock_position(boxes)[0].stated) == "8 box + 15 piece"
