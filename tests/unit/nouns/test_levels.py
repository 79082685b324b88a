"""How much of an item a depot should have; what goods weigh, and what depots and vehicles take."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from reliefstock import Item, Money, StockLevel, Vehicle, Warehouse
from reliefstock.errors import (
    AlreadyKnown,
    Incomplete,
    NotExact,
    NotPositive,
    ReliefstockError,
    UnitMismatch,
    Unknown,
)
from reliefstock.register import Register
from reliefstock.values import GRAM, JIN, KILOGRAM, LITRE, MILLILITRE, PIECE, Quantity, Unit

QUILT = Item("quilt", zh="棉被", en="Quilt", packs=(PIECE.pack("bale", 10),))
MIXED = Item.by_value("mixed", zh="物资一批", en="Mixed goods", currency="CNY")
DEPOT = Warehouse("depot", zh="备灾中心")


def level(minimum: object = None, maximum: object = None, **said: Any) -> StockLevel:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "item": "quilt",
        "minimum": QUILT.quantity(1500) if minimum is None else minimum,
        "maximum": QUILT.quantity(3000) if maximum is None else maximum,
    }
    return StockLevel(**facts | said)


@pytest.fixture
def register() -> Register:
    made = Register()
    made.add(QUILT, MIXED, DEPOT, Item.money("CNY"))
    return made


# Minimum and maximum


def test_a_level_goes_by_its_depot_and_item(register: Register) -> None:
    register.add(level())
    assert [one.id for one in register.all(StockLevel)] == ["depot/quilt"]
    assert level().units(QUILT) == (1500, 3000)


def test_a_level_may_be_stated_in_packs_and_have_no_minimum(register: Register) -> None:
    assert level(QUILT.quantity(0), QUILT.quantity(20, "bale")).units(QUILT) == (0, 200)
    yuan = Money.of("100", "CNY")
    assert level(yuan, yuan, item="mixed").units(MIXED) == (10_000, 10_000)


def test_a_level_is_amended_and_what_it_was_is_kept(register: Register) -> None:
    register.add(level())
    register.amend(level(QUILT.quantity(2000)))
    assert register.all(StockLevel) == (level(QUILT.quantity(2000)),)
    assert register.earlier(level()) == (level(),)
    with pytest.raises(AlreadyKnown) as caught:
        register.add(level())
    assert (caught.value.what, caught.value.differs) == ("stock level", "minimum")


def test_a_level_comes_with_its_depot_and_its_item() -> None:
    register = Register()
    register.add(level(), DEPOT, QUILT)
    assert len(register.all(StockLevel)) == 1


@pytest.mark.parametrize(
    ("bad", "error", "words"),
    [
        (level(warehouse="depots"), Unknown, "no warehouse 'depots'; did you mean 'depot'?"),
        (level(item="quilts"), Unknown, "no item 'quilts'; did you mean 'quilt'?"),
        (level(QUILT.quantity(3001)), Incomplete, "minimum 3,001 piece is above its maximum 3,000 piece"),
        (level(maximum=QUILT.quantity(0)), NotPositive, "the quantity of quilt must be above zero"),
        (level(maximum=Quantity(1, GRAM)), UnitMismatch, "piece and g are different units"),
        (
            level(Money.of("1", "CNY"), Money.of("2", "CNY"), item="CNY"),
            Incomplete,
            "CNY is money, which lies in",
        ),
    ],
    ids=str,
)
def test_a_level_that_cannot_be_is_refused_when_it_is_added_and_amended(
    register: Register, bad: StockLevel, error: type[ReliefstockError], words: str
) -> None:
    with pytest.raises(error) as caught:
        register.add(bad)
    assert words in str(caught.value)
    assert register.all(StockLevel) == ()
    register.add(level())
    with pytest.raises(error):
        register.amend(bad) if bad.id == "depot/quilt" else register.add(bad)
    assert register.all(StockLevel) == (level(),)


def test_an_unknown_level_is_not_amended(register: Register) -> None:
    with pytest.raises(Unknown, match="the book knows no stock level 'depot/quilt'"):
        register.amend(level())


# Weight and volume


def test_what_an_item_weighs_and_takes_is_what_its_units_do() -> None:
    kit = Item("kitchen set", zh="炊具", en="Kitchen set", weight=5_000, volume=24_300)
    assert (kit.grams(3), kit.millilitres(3)) == (15_000, 72_900)


def test_of_what_nobody_weighed_or_measured_nothing_is_known() -> None:
    assert (QUILT.grams(3), QUILT.millilitres(3)) == (None, None)
    half_known = attrs.evolve(QUILT, weight=2_000)
    assert (half_known.grams(3), half_known.millilitres(3)) == (6_000, None)


@pytest.mark.parametrize(
    ("unit", "units", "grams", "millilitres"),
    [
        (GRAM, 500, 500, None),
        (KILOGRAM, 2, 2_000, None),
        (JIN, 3, 1_500, None),
        (MILLILITRE, 7, None, 7),
        (LITRE, 2, None, 2_000),
    ],
    ids=str,
)
def test_what_is_counted_in_grams_or_litres_needs_no_telling(
    unit: Unit,
    units: int,
    grams: int | None,
    millilitres: int | None,
) -> None:
    item = Item("x", zh="物", en="Thing", unit=unit)
    assert (item.grams(units), item.millilitres(units)) == (grams, millilitres)


def test_a_part_of_a_gram_is_counted_whole() -> None:
    pill = Item("pill", zh="药片", en="Pill", unit=GRAM.pack("pill", Fraction(1, 3)))
    assert pill.grams(4) == 2


def test_what_is_stated_goes_before_what_the_unit_says() -> None:
    """A litre of honey weighs more than a kilogram, and a gram of down takes room."""
    down = Item("down", zh="羽绒", en="Down", unit=GRAM, volume=20, weight=2)
    assert (down.grams(10), down.millilitres(10)) == (20, 200)


@pytest.mark.parametrize("name", ["weight", "volume"])
@pytest.mark.parametrize(
    ("given", "error"), [(0, NotPositive), (-1, NotPositive), (1.5, NotExact), (True, NotExact)]
)
def test_a_weight_is_a_whole_number_above_zero(name: str, given: object, error: type[Exception]) -> None:
    with pytest.raises(error, match=f"the {name} of quilt"):
        attrs.evolve(QUILT, **{name: given})


@pytest.mark.parametrize("kind", [Vehicle, Warehouse])
@pytest.mark.parametrize("name", ["max_weight", "max_volume"])
@pytest.mark.parametrize(("given", "error"), [(0, NotPositive), (1.5, NotExact)])
def test_what_a_depot_or_a_vehicle_takes_is_a_whole_number_above_zero(
    kind: Any,  # noqa: ANN401
    name: str,
    given: object,
    error: type[Exception],
) -> None:
    assert getattr(kind("x", zh="名称"), name) is None
    with pytest.raises(error, match=name):
        kind("x", zh="名称", **{name: given})


def test_vehicles_are_known_to_the_register(register: Register) -> None:
    lorry = Vehicle("lorry 1", zh="一号货车", en="Lorry 1", max_weight=5_000_000)
    register.add(lorry)
    assert register.vehicle("lorry 1") == lorry
    with pytest.raises(Unknown, match="the book knows no vehicle 'lorry'; did you mean 'lorry 1'"):
        register.vehicle("lorry")


def test_weights_and_capacities_are_amended(register: Register) -> None:
    register.amend(attrs.evolve(QUILT, weight=2_000))
    register.amend(attrs.evolve(DEPOT, max_volume=10))
    assert (register.item("quilt").weight, register.warehouse("depot").max_volume) == (2_000, 10)
