"""Quantities are whole numbers of a unit; packs convert exactly or not at all."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from reliefstock.errors import (
    BadIdentifier,
    ConversionNotWhole,
    Incomplete,
    NotExact,
    NotPositive,
    UnitMismatch,
)
from reliefstock.values import quantity
from reliefstock.values.quantity import (
    GRAM,
    HOUSEHOLD,
    HOUSEHOLD_TIME,
    JIN,
    KILOGRAM,
    LIANG,
    LITRE,
    MILLILITRE,
    PERSON,
    PERSON_TIME,
    PIECE,
    SET,
    TONNE,
    Quantity,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Callable

BOX = PIECE.pack("box of 24", 24, zh="箱", en="box of 24")
CRATE = PIECE.pack("crate of 60", 60)
BAG = JIN.pack("bag of 10 jin", 10, zh="袋", en="bag")


@pytest.mark.parametrize(
    ("unit", "root", "ratio", "zh"),
    [
        (PIECE, "piece", 1, "件"),
        (SET, "set", 1, "套"),
        (GRAM, "g", 1, "克"),
        (KILOGRAM, "g", 1_000, "公斤"),
        (TONNE, "g", 1_000_000, "吨"),
        (JIN, "g", 500, "斤"),
        (LIANG, "g", 50, "两"),
        (MILLILITRE, "mL", 1, "毫升"),
        (LITRE, "mL", 1_000, "升"),
        (PERSON, "person", 1, "人"),
        (PERSON_TIME, "person-time", 1, "人次"),
        (HOUSEHOLD, "household", 1, "户"),
        (HOUSEHOLD_TIME, "household-time", 1, "户次"),
    ],
)
def test_the_ready_units_are_what_the_field_counts_in(unit: Unit, root: str, ratio: int, zh: str) -> None:
    assert (unit.root, unit.ratio, unit.name("zh")) == (root, ratio, zh)
    assert unit.name() == str(unit) == unit.code


def test_every_ready_unit_is_offered() -> None:
    ready = {name for name, value in vars(quantity).items() if isinstance(value, Unit)}
    assert ready <= set(quantity.__all__)
    assert len(ready) == 13


@pytest.mark.parametrize(
    ("unit", "numerator", "denominator"),
    [
        (BOX, 24, 1),
        (BOX.pack("pallet", 40), 960, 1),
        (BOX.pack("half box", Fraction(1, 2)), 12, 1),
        (LITRE.pack("third", Fraction(1, 3)), 1_000, 3),
        (Unit("jin", "g", 1_000, 2), 500, 1),
    ],
)
def test_the_ratio_of_a_pack_is_composed_exactly_and_in_lowest_terms(
    unit: Unit, numerator: int, denominator: int
) -> None:
    assert (unit.numerator, unit.denominator) == (numerator, denominator)


def test_units_are_equal_by_code_root_and_ratio_whatever_they_are_called() -> None:
    assert PIECE.pack("box", 24, zh="箱") == PIECE.pack("box", 24)
    assert Unit("box", "piece", 48, 2) == PIECE.pack("box", 24)
    assert PIECE.pack("box", 24) != PIECE.pack("box", 20)
    assert PIECE.pack("box", 24) != SET.pack("box", 24)
    assert PIECE != "piece"


def test_a_code_is_kept_in_its_one_unicode_form() -> None:
    assert Unit.counting("cafe\N{COMBINING ACUTE ACCENT}") == Unit.counting("café")


@pytest.mark.parametrize("holds", [0, -1, Fraction(-1, 2)])
def test_a_pack_holds_more_than_nothing(holds: int | Fraction) -> None:
    with pytest.raises(NotPositive) as refused:
        PIECE.pack("box", holds)
    assert refused.value.given == holds


@pytest.mark.parametrize("holds", [24.0, True, "24", Decimal(24)])
def test_a_pack_holds_an_exact_number(holds: object) -> None:
    with pytest.raises(NotExact):
        PIECE.pack("box", holds)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 1), (1, 0), (-24, -1)])
def test_the_ratio_of_a_unit_is_above_zero(numerator: int, denominator: int) -> None:
    with pytest.raises(NotPositive):
        Unit("box", "piece", numerator, denominator)


def test_the_ratio_of_a_unit_is_made_of_whole_numbers() -> None:
    with pytest.raises(NotExact):
        Unit("box", "piece", 24, 1.0)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("code", ["", " box", "box/24", 24])
def test_a_unit_is_named_by_an_identifier(code: str) -> None:
    with pytest.raises(BadIdentifier):
        PIECE.pack(code, 24)
    with pytest.raises(BadIdentifier):
        Unit("box", code, 24, 1)


def test_a_pack_cannot_have_the_code_of_its_root() -> None:
    with pytest.raises(BadIdentifier) as refused:
        PIECE.pack("piece", 24)
    assert refused.value.given == "piece"


@pytest.mark.parametrize("count", [1.0, True, "1", Decimal(1), None])
def test_a_quantity_counts_in_whole_numbers(count: object) -> None:
    with pytest.raises(NotExact) as refused:
        Quantity(count, PIECE)  # pyright: ignore[reportArgumentType]
    assert refused.value.given is count


def test_a_box_of_24_is_never_one_piece() -> None:
    assert Quantity(1, BOX) != Quantity(1, PIECE)
    assert Quantity(1, BOX) == Quantity(24, PIECE)
    assert hash(Quantity(1, BOX)) == hash(Quantity(24, PIECE))


@pytest.mark.parametrize("other", [Quantity(24, SET), Quantity(23, PIECE), 24, "24 piece", None])
def test_a_quantity_equals_only_the_same_amount_of_the_same_root(other: object) -> None:
    assert Quantity(24, PIECE) != other


@pytest.mark.parametrize(
    ("given", "unit", "count"),
    [
        (Quantity(8_500, JIN), KILOGRAM, 4_250),
        (Quantity(850, BAG), JIN, 8_500),
        (Quantity(850, BAG), KILOGRAM, 4_250),
        (Quantity(-48, PIECE), BOX, -2),
        (Quantity(0, PIECE), BOX, 0),
        (Quantity(7, SET), SET, 7),
    ],
)
def test_a_quantity_converts_exactly(given: Quantity, unit: Unit, count: int) -> None:
    converted = given.to(unit)
    assert (converted.count, converted.unit) == (count, unit)


def test_a_conversion_that_needs_a_fraction_is_refused() -> None:
    with pytest.raises(ConversionNotWhole) as refused:
        Quantity(50, PIECE).to(BOX)
    assert (refused.value.count, refused.value.unit, refused.value.target) == (50, "piece", "box of 24")


@pytest.mark.parametrize(
    ("given", "pack", "packs", "rest"),
    [
        (Quantity(50, PIECE), BOX, Quantity(2, BOX), Quantity(2, PIECE)),
        (Quantity(48, PIECE), BOX, Quantity(2, BOX), Quantity(0, PIECE)),
        (Quantity(5, PIECE), BOX, Quantity(0, BOX), Quantity(5, PIECE)),
        (Quantity(-50, PIECE), BOX, Quantity(-2, BOX), Quantity(-2, PIECE)),
        (Quantity(3, BOX), CRATE, Quantity(1, CRATE), Quantity(12, PIECE)),
    ],
)
def test_whole_packs_and_the_rest_are_together_the_quantity(
    given: Quantity, pack: Unit, packs: Quantity, rest: Quantity
) -> None:
    found = given.packs(pack)
    assert found == (packs, rest)
    assert [part.unit for part in found] == [packs.unit, rest.unit]


def test_the_rest_of_opened_packs_is_written_with_the_words_of_the_piece() -> None:
    assert Quantity(3, BOX).packs(CRATE)[1].text("zh") == "12件"


@pytest.mark.parametrize(
    ("total", "count", "unit"),
    [
        (Quantity(2, BOX) + Quantity(3, BOX), 5, BOX),
        (Quantity(1, BOX) + Quantity(24, PIECE), 2, BOX),
        (Quantity(1, BOX) + Quantity(1, PIECE), 25, PIECE),
        (Quantity(1, PIECE) + Quantity(1, BOX), 25, PIECE),
        (Quantity(1, BOX) + Quantity(1, CRATE), 84, PIECE),
        (Quantity(1, KILOGRAM) - Quantity(1, JIN), 1, JIN),
        (Quantity(1, JIN) - Quantity(1, KILOGRAM), -1, JIN),
        (Quantity(2, BOX) * 3, 6, BOX),
        (3 * Quantity(2, BOX), 6, BOX),
        (-Quantity(2, BOX), -2, BOX),
        (abs(Quantity(-2, BOX)), 2, BOX),
    ],
)
def test_sums_stay_in_the_larger_unit_only_while_they_are_whole(
    total: Quantity, count: int, unit: Unit
) -> None:
    assert (total.count, total.unit) == (count, unit)


def test_a_sum_that_no_unit_at_hand_can_count_is_refused() -> None:
    third, quarter = LITRE.pack("third", Fraction(1, 3)), LITRE.pack("quarter", Fraction(1, 4))
    with pytest.raises(ConversionNotWhole) as refused:
        assert Quantity(1, quarter) + Quantity(1, third)
    assert (refused.value.unit, refused.value.target) == ("third", "quarter")


def test_a_root_of_ones_own_is_found_again_under_its_code() -> None:
    tent = Unit.counting("tent", zh="顶")
    total = Quantity(1, tent.pack("pair", 2)) + Quantity(1, tent.pack("three", 3))
    assert (total.count, total.unit) == (5, tent)


MEETINGS: list[Callable[[Quantity, Quantity], object]] = [
    lambda one, other: one + other,
    lambda one, other: one - other,
    lambda one, other: one < other,
    lambda one, other: one <= other,
    lambda one, other: one > other,
    lambda one, other: one >= other,
]


@pytest.mark.parametrize("meet", MEETINGS)
@pytest.mark.parametrize(
    ("one", "other"),
    [(PERSON, PERSON_TIME), (HOUSEHOLD, HOUSEHOLD_TIME), (PERSON, HOUSEHOLD), (BOX, KILOGRAM)],
)
def test_persons_and_person_times_are_never_added_nor_compared(
    meet: Callable[[Quantity, Quantity], object], one: Unit, other: Unit
) -> None:
    with pytest.raises(UnitMismatch) as refused:
        meet(Quantity(1, one), Quantity(1, other))
    assert (refused.value.asked, refused.value.there) == (other.code, one.code)


def test_there_is_no_way_from_one_root_to_another() -> None:
    with pytest.raises(UnitMismatch):
        Quantity(1, PERSON).to(PERSON_TIME)
    with pytest.raises(UnitMismatch):
        Quantity(1, PERSON).packs(HOUSEHOLD)


@pytest.mark.parametrize("meet", MEETINGS)
@pytest.mark.parametrize("stranger", [1, "1 piece", None, Fraction(1)])
def test_a_quantity_and_a_stranger_have_no_sum_and_no_order(
    meet: Callable[[object, object], object], stranger: object
) -> None:
    with pytest.raises(TypeError):
        meet(Quantity(1, PIECE), stranger)
    with pytest.raises(TypeError):
        meet(stranger, Quantity(1, PIECE))


def test_quantities_of_one_root_are_ordered_by_what_they_are() -> None:
    assert Quantity(23, PIECE) < Quantity(1, BOX) < Quantity(25, PIECE)
    assert Quantity(24, PIECE) <= Quantity(1, BOX) <= Quantity(24, PIECE)
    assert Quantity(2, JIN) >= Quantity(1, KILOGRAM) >= Quantity(2, JIN)
    assert Quantity(3, JIN) > Quantity(1, KILOGRAM) > Quantity(1, JIN)
    assert not Quantity(1, BOX) < Quantity(24, PIECE)
    assert not Quantity(1, BOX) > Quantity(24, PIECE)


@pytest.mark.parametrize("times", [True, 1.5, Fraction(2)])
def test_a_quantity_is_multiplied_by_whole_numbers_only(times: int) -> None:
    with pytest.raises(NotExact):
        assert Quantity(1, PIECE) * times


def test_none_is_false_and_any_other_quantity_is_true() -> None:
    assert not Quantity(0, BOX)
    assert Quantity(-1, BOX)


@pytest.mark.parametrize(
    ("given", "en", "zh"),
    [
        (Quantity(36_000, PIECE), "36,000 piece", "36,000件"),
        (Quantity(-2, BOX), "-2 box of 24", "-2箱"),
        (Quantity(2, CRATE), "2 crate of 60", "2 crate of 60"),
        (Quantity(850, BAG), "850 bag", "850袋"),
    ],
)
def test_a_quantity_is_written_in_both_languages(given: Quantity, en: str, zh: str) -> None:
    assert given.text() == given.text("en") == str(given) == en
    assert given.text("zh") == zh


def test_a_third_language_is_refused() -> None:
    with pytest.raises(Incomplete) as refused:
        Quantity(1, PIECE).text("fr")  # pyright: ignore[reportArgumentType]
    assert refused.value.do == "ask for 'zh' or 'en'"
