"""Items, and how they are counted."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from reliefstock import Item, Measure, Money, Quantity, Unit
from reliefstock.errors import (
    BadIdentifier,
    ConversionNotWhole,
    CurrencyMismatch,
    CurrencyUnknown,
    Incomplete,
    NotExact,
    NotPositive,
    ReliefstockError,
    UnitMismatch,
)
from reliefstock.values import GRAM, JIN, KILOGRAM, PIECE, TONNE

BOX = PIECE.pack("box", 24)
WATER = Item("water", zh="饮用水", en="Drinking water", packs=(BOX, PIECE.pack("pallet", 960)))
RICE = Item("rice", zh="大米", en="Rice", unit=GRAM, packs=(KILOGRAM, JIN))
CASH = Item.money("CNY")
MEDICINE = Item.by_value("medicine", zh="药品", en="Medicine", currency="CNY", category="health")


@pytest.mark.parametrize(
    ("item", "asked", "units"),
    [
        (WATER, WATER.quantity(5), 5),
        (WATER, WATER.quantity(2, "box"), 48),
        (WATER, WATER.quantity(2, "pallet"), 1920),
        (RICE, RICE.quantity(3, "jin"), 1500),
        (RICE, Quantity(2, TONNE), 2_000_000),
        (CASH, Money.of("12.50", "CNY"), 1250),
        (MEDICINE, Money.of("99000", "CNY"), 9_900_000),
        (MEDICINE, MEDICINE.quantity(7), 7),
    ],
    ids=str,
)
def test_an_item_is_counted_in_whole_base_units(item: Item, asked: Quantity | Money, units: int) -> None:
    assert item.base_units(asked) == units


@pytest.mark.parametrize(
    ("item", "asked", "error"),
    [
        (WATER, 5, Incomplete),
        (WATER, 5.0, Incomplete),
        (WATER, True, Incomplete),
        (WATER, None, Incomplete),
        (WATER, "5", Incomplete),
        (WATER, WATER.quantity(0), NotPositive),
        (WATER, WATER.quantity(-3, "box"), NotPositive),
        (WATER, RICE.quantity(5), UnitMismatch),
        (WATER, Money.of("5", "CNY"), UnitMismatch),
        (RICE, Quantity(1, GRAM.pack("carat", Fraction(1, 5))), ConversionNotWhole),
        (CASH, Money.of("5", "USD"), CurrencyMismatch),
        (CASH, Money.of("0", "CNY"), NotPositive),
    ],
    ids=str,
)
def test_what_is_no_quantity_of_the_item_is_refused(
    item: Item,
    asked: Any,  # noqa: ANN401
    error: type[ReliefstockError],
) -> None:
    with pytest.raises(error):
        item.base_units(asked)


@pytest.mark.parametrize("count", [2.0, "2", None, True])
def test_a_count_is_a_whole_number(count: Any) -> None:  # noqa: ANN401
    with pytest.raises(NotExact):
        WATER.quantity(count)


def test_a_pack_that_the_item_does_not_come_in_is_refused() -> None:
    with pytest.raises(UnitMismatch) as caught:
        WATER.quantity(1, "crate")
    assert (caught.value.asked, caught.value.there) == ("crate", "water")
    assert str(caught.value) == "water has no unit 'crate'; it has 'piece', 'box', 'pallet'"


def test_a_pack_is_of_the_unit_of_its_item() -> None:
    with pytest.raises(UnitMismatch) as caught:
        Item("water", zh="水", en="Water", packs=(KILOGRAM,))
    assert (caught.value.asked, caught.value.there) == ("kg", "piece")


@pytest.mark.parametrize("item_id", ["", " water", "a:b", 5, None])
def test_an_item_has_a_clean_id(item_id: Any) -> None:  # noqa: ANN401
    with pytest.raises(BadIdentifier):
        Item(item_id, zh="水", en="Water")


@pytest.mark.parametrize("packs", ["box", BOX, {BOX}])
def test_packs_are_a_list(packs: Any) -> None:  # noqa: ANN401
    with pytest.raises(Incomplete):
        Item("water", zh="水", en="Water", packs=packs)


def test_money_and_goods_by_value_are_counted_by_value() -> None:
    assert [(item.measure, item.counted_by_value) for item in (WATER, CASH, MEDICINE)] == [
        (Measure.UNITS, False),
        (Measure.MONEY, True),
        (Measure.VALUE, True),
    ]
    assert (CASH.id, CASH.currency, MEDICINE.category) == ("CNY", "CNY", "health")


@pytest.mark.parametrize(
    ("item", "stated"),
    [(WATER, Quantity(1250, PIECE)), (CASH, Money(1250, "CNY")), (MEDICINE, Money(1250, "CNY"))],
    ids=str,
)
def test_base_units_are_stated_as_a_person_does(item: Item, stated: Quantity | Money) -> None:
    assert item.stated(1250) == stated


def test_an_item_has_a_name_in_each_language() -> None:
    assert (WATER.name(), WATER.name("en"), WATER.name("zh")) == (
        "Drinking water",
        "Drinking water",
        "饮用水",
    )


def test_an_item_never_changes_and_is_equal_to_itself_alone() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        WATER.en = "Water"  # pyright: ignore[reportAttributeAccessIssue]
    assert attrs.evolve(WATER) == WATER != attrs.evolve(WATER, en="Water")
    assert WATER != "water"
    assert isinstance(WATER.packs[0], Unit)


@pytest.mark.parametrize("asked", [Unit("box", "piece", 1000, 1), Unit("pallet", "piece", 24, 1)], ids=str)
def test_a_box_of_another_size_is_not_the_box_of_the_item(asked: Unit) -> None:
    with pytest.raises(UnitMismatch) as caught:
        WATER.base_units(Quantity(1, asked))
    assert caught.value.asked == f"{asked.code} of {asked.ratio} piece"


def test_a_unit_that_bears_the_code_of_the_base_unit_with_another_ratio_is_refused() -> None:
    rice = Item("rice", zh="大米", en="Rice", unit=KILOGRAM)
    with pytest.raises(UnitMismatch):
        rice.base_units(Quantity(1, Unit("kg", "g", 900, 1)))
    assert rice.base_units(Quantity(2, JIN)) == 1


@pytest.mark.parametrize("packs", [(BOX, PIECE.pack("box", 12)), (BOX, BOX), (PIECE,)])
def test_two_units_of_an_item_never_share_a_code(packs: tuple[Unit, ...]) -> None:
    with pytest.raises(Incomplete, match="two of its units have one code"):
        Item("water", zh="水", en="Water", packs=packs)


@pytest.mark.parametrize(
    "said",
    [{"currency": "CNY"}, {"measure": Measure.VALUE}, {"measure": Measure.MONEY}],
    ids=str,
)
def test_an_item_has_a_currency_if_and_only_if_it_is_counted_by_value(said: dict[str, Any]) -> None:
    with pytest.raises(Incomplete, match="state a currency for what is counted by value"):
        Item("medicine", zh="药品", en="Medicine", **said)


def test_what_is_counted_by_value_is_in_a_currency_that_there_is() -> None:
    with pytest.raises(CurrencyUnknown):
        Item.by_value("medicine", zh="药品", en="Medicine", currency="XYZ")


def test_a_difference_in_value_is_counted_by_value_and_is_no_goods() -> None:
    difference = Item.difference("CNY")
    assert (difference.id, difference.zh, difference.en) == ("CNY difference", "价值差额", "Value difference")
    assert (difference.measure, difference.counted_by_value) == (Measure.DIFFERENCE, True)
    assert difference.stated(150) == Money(150, "CNY")
    assert [item.is_goods for item in (WATER, MEDICINE, CASH, difference)] == [True, True, False, False]


def test_a_pack_makes_no_quantity_that_nobody_can_mean() -> None:
    with pytest.raises(Incomplete, match="more than 36 digits"):
        WATER.base_units(Quantity(10**35, Unit("heap", "piece", 10, 1)))
