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
    assert (caught.value.asked, caught.value.there) == ("crate", "the packs of water")


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
