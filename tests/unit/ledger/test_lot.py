"""What stands on a lot and never gets lost."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest

from reliefstock.donations import Restriction, Use
from reliefstock.errors import BadIdentifier, Incomplete, NotExact, NotPositive, UnitMismatch
from reliefstock.ledger import Ingredient
from reliefstock.values import GRAM, JIN, PIECE, Quantity, Unit
from unit.ledger.house import day, lot

SCHOOLS = Restriction(programme="back to school", places=("610928",))
SOON = Restriction(until=date(2023, 6, 30))


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"quantity": 0}, NotPositive),
        ({"quantity": -1}, NotPositive),
        ({"value": -1}, NotPositive),
        ({"quantity": 1.5}, NotExact),
        ({"quantity": True}, NotExact),
        ({"value": 1.5}, NotExact),
        ({"lot_id": ""}, BadIdentifier),
        ({"restrictions": "610928"}, Incomplete),
    ],
    ids=str,
)
def test_a_lot_that_cannot_be_is_refused(said: dict[str, Any], error: type[Exception]) -> None:
    quilts = lot()
    changes = {("id" if name == "lot_id" else name): value for name, value in said.items()}
    with pytest.raises(error):
        attrs.evolve(quilts, **changes)


def test_a_lot_never_changes() -> None:
    quilts = lot()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        quilts.donor = "somebody else"  # pyright: ignore[reportAttributeAccessIssue]


def test_a_list_that_changes_later_does_not_change_the_lot() -> None:
    restrictions, parts = [SCHOOLS], [Ingredient("M", 100, 100)]
    quilts = lot(restrictions=restrictions, made_of=parts)
    restrictions.clear()
    parts.clear()
    assert quilts.restrictions == (SCHOOLS,)
    assert quilts.made_of == (Ingredient("M", 100, 100),)


@pytest.mark.parametrize(
    ("quantity", "value", "floor"), [(3, 100, 33), (3, 99, 33), (4, 3, 0), (1, 7, 7), (2, 0, 0)]
)
def test_a_unit_is_worth_its_floor_or_one_more(quantity: int, value: int, floor: int) -> None:
    assert lot(quantity=quantity, value=value).floor == floor


def test_more_units_than_came_in_have_a_worth_too() -> None:
    assert [lot().worth_of(units) for units in (0, 1, 3, 4, 7)] == [0, 33, 100, 133, 233]


BOX = PIECE.pack("box", 24)
STRIP = PIECE.pack("strip", Fraction(5, 2))


@pytest.mark.parametrize(
    ("pack", "count", "unit", "said"),
    [
        (None, 50, PIECE, ["50 piece"]),
        (BOX, 50, PIECE, ["2 box", "2 piece"]),
        (BOX, 48, PIECE, ["2 box"]),
        (BOX, 23, PIECE, ["23 piece"]),
        (BOX, 0, PIECE, ["0 piece"]),
        (BOX, -50, PIECE, ["-2 box", "-2 piece"]),
        (STRIP, 5, PIECE, ["2 strip"]),
        (STRIP, 7, PIECE, ["2 strip", "2 piece"]),
        (STRIP, 3, PIECE, ["3 piece"]),
        (JIN.pack("bag", 10), 12_500, GRAM, ["2 bag", "2,500 g"]),
        (JIN.pack("bag", 10), 30, JIN, ["3 bag"]),
    ],
    ids=str,
)
def test_a_quantity_is_told_in_the_packs_that_the_lot_came_in(
    pack: Unit | None, count: int, unit: Unit, said: list[str]
) -> None:
    packed = lot(quantity=100, pack=pack)
    assert [str(part) for part in packed.in_packs(Quantity(count, unit))] == said


@pytest.mark.parametrize("pack", [BOX, STRIP, PIECE.pack("pair", 2)], ids=str)
@pytest.mark.parametrize("count", [0, 1, 2, 5, 24, 25, 47, 1_000_003])
def test_packs_and_what_is_loose_are_together_what_there_is(pack: Unit, count: int) -> None:
    parts = lot(quantity=100, pack=pack).in_packs(Quantity(count, PIECE))
    assert sum(part.ratio_in_root for part in parts) == count


def test_packs_of_another_kind_of_unit_are_refused() -> None:
    with pytest.raises(UnitMismatch):
        lot(quantity=100, pack=BOX).in_packs(Quantity(1, GRAM))


def test_a_lot_without_a_value_stands_in_the_memorandum_register() -> None:
    assert lot(value=0).unvalued
    assert not lot().unvalued


@pytest.mark.parametrize(
    ("restrictions", "programme", "text"),
    [
        ((), "", "any use"),
        ((SOON,), "", "until 2023-06-30"),
        (
            (SOON, SCHOOLS),
            "back to school",
            "until 2023-06-30 and place 610928; programme back to school",
        ),
    ],
)
def test_restrictions_are_told_in_words(
    restrictions: tuple[Restriction, ...], programme: str, text: str
) -> None:
    restricted = lot(restrictions=restrictions)
    assert (restricted.programme, restricted.restriction_text()) == (programme, text)


def test_every_restriction_must_be_met() -> None:
    restricted = lot(restrictions=(SOON, SCHOOLS))
    use = Use(on=day(1), programme="back to school", codes=("610928",))
    assert restricted.objections(use) == ()
    assert restricted.objections(attrs.evolve(use, on=date(2023, 7, 1))) == ("until",)
    assert restricted.objections(attrs.evolve(use, programme="winter")) == ("programme",)
    assert restricted.objections(Use(on=date(2023, 7, 1))) == ("until", "programme", "place")
