"""Elsewhere a notice gave a total and its parts, in the units of the day, and nobody could add them up.

Here the same goods are posted line by line, in exact units, and the parts are the total to the last fen.
"""

from __future__ import annotations

import pytest

from reliefstock import ConsignedLine, Handout, Item, Quantity, ReceivedLine, Valuation
from reliefstock.errors import ConversionNotWhole
from reliefstock.values import GRAM, JIN, KILOGRAM, LIANG, TONNE
from scenario.county import county, everything, figures, gift, yuan


def test_zhouqu_2010_is_320000_yuan_in_400_packs_and_2000_quilts():
    """The notice gives one value for both; the split (400 yuan a pack, 80 a quilt) is for the example."""
    book = county()
    lines = [
        ReceivedLine(
            "pack",
            book.register.item("pack").quantity(400),
            valuation=Valuation.estimate(yuan(160_000), "notice"),
        ),
        ReceivedLine(
            "quilt",
            book.register.item("quilt").quantity(2_000),
            valuation=Valuation.estimate(yuan(160_000), "notice"),
        ),
    ]
    book.receive(donor="province", into="depot", lines=lines, on="2010-08-12", counted_by=("a", "b"))
    packs, quilts = book.on_hand("pack"), book.on_hand("quilt")
    assert (packs.quantity, quilts.quantity) == (400, 2_000)
    assert packs.value + quilts.value == 320_000_00


@pytest.mark.parametrize(
    ("item", "total", "parts"), [("quilt", 2_000, (1_000, 1_000)), ("pack", 500, (300, 200))]
)
def test_sichuan_2009_the_two_consignments_make_up_the_total(item: str, total: int, parts: tuple[int, int]):
    book = county()
    gift(book, item, total, "123456.78", "2009-05-01")
    quantity = book.register.item(item).quantity
    for number, (society, part) in enumerate(zip(("ningshan", "ziyang"), parts, strict=True), 1):
        line = ConsignedLine(item, quantity(part))
        waybill = book.dispatch(origin="depot", to=society, lines=[line], on=f"2009-05-0{number + 1}")
        assert waybill.number == f"WB-00000{number}"
    assert figures(book.on_hand(item)) == (0, 0)
    transit = [there for (place, _), there in everything(book).items() if place.startswith("transit")]
    assert [quantity for quantity, _ in transit] == list(parts)
    assert sum(value for _, value in transit) == 123_456_78


def test_chongqing_1497400_yuan_leave_no_fen_when_given_out_piece_by_piece_or_at_once():
    """The notice gives one value for three kinds of 3,000 each; the split is for the example."""
    book = county()
    book.add(Item("towel-quilt", zh="毛巾被", en="Towel-quilt"), Item("jacket", zh="棉衣", en="Jacket"))
    worth = {"pack": "897400.00", "towel-quilt": "240000.01", "jacket": "359999.99"}
    for item, value in worth.items():
        gift(book, item, 3_000, value, "2008-06-01")
        quantity = book.register.item(item).quantity
        lines = [
            Handout(to, item, quantity(count), "1")
            for to, count in (("h1", 1), ("h2", 1_999), ("lvhe", 1_000))
        ]
        book.distribute(origin="depot", lines=lines, on="2008-06-02")
    given = [there for (place, _), there in everything(book).items() if not place.startswith("donor")]
    assert sum(value for _, value in given) == 1_497_400_00
    assert sum(quantity for quantity, _ in given) == 9_000


def test_xinxiang_850_bags_are_8500_jin_and_4250_kilograms():
    book = county()
    gift(book, "flour", 850, "17000.00", "2021-07-25", pack="bag", expiry="2022-07-01")
    there = Quantity(book.on_hand("flour").quantity, GRAM)
    assert str(there.to(JIN)) == "8,500 jin"
    assert str(there.to(KILOGRAM)) == "4,250 kg"


def test_a_jin_of_flour_out_of_850_bags_is_500_grams_and_two_yuan():
    book = county()
    gift(book, "flour", 850, "17000.00", "2021-07-25", pack="bag", expiry="2022-07-01")
    flour = book.register.item("flour")
    listed = book.distribute(
        origin="depot", lines=[Handout("h1", "flour", flour.quantity(1, "jin"), "1")], on="2021-07-26"
    )
    assert [(pick.quantity, pick.value) for pick in listed.lines[0].picks] == [(500, 2_00)]


def test_what_is_no_whole_number_of_tonnes_is_not_rounded_to_one():
    flour = county().register.item("flour")
    assert str(flour.quantity(8_500, "jin").to(LIANG)) == "85,000 liang"
    with pytest.raises(ConversionNotWhole):
        flour.quantity(8_500, "jin").to(TONNE)
