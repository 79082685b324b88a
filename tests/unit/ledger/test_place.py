"""Where units can be."""

from __future__ import annotations

import pytest

from reliefstock.errors import BadIdentifier
from reliefstock.ledger import Place, PlaceKind, Side

SIDES = {
    PlaceKind.WAREHOUSE: Side.ON_HAND,
    PlaceKind.QUARANTINE: Side.ON_HAND,
    PlaceKind.FUND: Side.ON_HAND,
    PlaceKind.TRANSIT: Side.IN_TRANSIT,
    PlaceKind.HOUSEHOLD: Side.GIVEN_OUT,
    PlaceKind.SCHOOL: Side.GIVEN_OUT,
    PlaceKind.SOCIETY: Side.GIVEN_OUT,
    PlaceKind.PROJECT: Side.GIVEN_OUT,
    PlaceKind.DONOR: Side.RECEIVED,
    PlaceKind.SUPPLIER: Side.RECEIVED,
    PlaceKind.GAIN: Side.GAINS,
    PlaceKind.LOSS: Side.LOST,
    PlaceKind.CONVERSION: Side.CONVERTED,
}
HELD = {PlaceKind.WAREHOUSE, PlaceKind.QUARANTINE, PlaceKind.FUND, PlaceKind.TRANSIT}
OUTSIDE = {PlaceKind.DONOR, PlaceKind.SUPPLIER, PlaceKind.GAIN, PlaceKind.LOSS, PlaceKind.CONVERSION}


@pytest.mark.parametrize("kind", PlaceKind, ids=str)
def test_every_place_stands_on_one_side_of_the_statement(kind: PlaceKind) -> None:
    assert kind.side is SIDES[kind]


@pytest.mark.parametrize("kind", PlaceKind, ids=str)
def test_only_what_is_on_hand_or_in_transit_is_in_the_societys_care(kind: PlaceKind) -> None:
    assert kind.is_held is (kind in HELD)
    assert kind.is_outside is (kind in OUTSIDE)


@pytest.mark.parametrize("kind", PlaceKind, ids=str)
def test_only_where_goods_come_from_may_be_below_zero(kind: PlaceKind) -> None:
    assert kind.may_go_below_zero is (kind in OUTSIDE - {PlaceKind.LOSS})


@pytest.mark.parametrize("kind", PlaceKind, ids=str)
def test_a_place_that_was_written_is_read_back(kind: PlaceKind) -> None:
    place = Place(kind, "汉滨区 1号库")
    assert Place.parse(str(place)) == place


def test_a_place_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="cellar"):
        Place.parse("cellar:1")


@pytest.mark.parametrize("text", ["warehouse", "warehouse:", "warehouse: x", "warehouse:a:b"])
def test_a_place_without_a_clean_id_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier):
        Place.parse(text)


def test_two_places_of_one_id_and_two_kinds_are_two_places() -> None:
    usable, kept_apart = Place(PlaceKind.WAREHOUSE, "a"), Place(PlaceKind.QUARANTINE, "a")
    assert usable != kept_apart
    assert usable != "warehouse:a"
    assert len({usable, kept_apart, Place(PlaceKind.WAREHOUSE, "a")}) == 2
