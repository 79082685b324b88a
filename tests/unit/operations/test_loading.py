"""What a load weighs and what room it takes, and whether its vehicle takes it."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from reliefstock import Book, ConsignedLine, Item, Vehicle
from reliefstock.errors import OverCapacity, Unknown
from reliefstock.formats import document_from, plain_from, request_from
from reliefstock.operations import Dispatch, Load, LoadedItem
from reliefstock.operations.loading import load_of
from unit.operations.office import QUILT, RICE, gift, line, new_office, refused, sent

# Shelter goods as a published template of relief goods weighs and measures them.
TARPAULIN = Item("tarpaulin", zh="篷布", en="Tarpaulin", weight=4_200, volume=11_200)
SHELTER = Item("shelter kit", zh="帐篷包", en="Shelter kit", weight=20_000, volume=60_000)


@pytest.fixture
def book() -> Book:
    """A hundred of each, a van that takes half a tonne and a cubic metre, and a lorry nobody measured."""
    book = new_office()
    book.add(TARPAULIN, SHELTER, Vehicle("van", zh="小货车", max_weight=500_000, max_volume=1_000_000))
    book.add(Vehicle("lorry", zh="货车"))
    goods = (("tarpaulin", TARPAULIN), ("shelter kit", SHELTER), ("quilt", QUILT))
    gift(book, *(line(item=name, accepted=item.quantity(100)) for name, item in goods))
    return book


def consigned(item: Item, units: int) -> ConsignedLine:
    return ConsignedLine(item.id, item.quantity(units))


def test_a_load_is_what_its_goods_weigh_and_take(book: Book) -> None:
    load = load_of(book.register, [("tarpaulin", 10), ("shelter kit", 2), ("tarpaulin", 5)])
    assert load == Load(
        (
            LoadedItem("tarpaulin", 15, 63_000, 168_000),
            LoadedItem("shelter kit", 2, 40_000, 120_000),
        )
    )
    assert (load.weight, load.volume, load.unweighed, load.unmeasured) == (103_000, 288_000, (), ())


def test_what_is_not_known_is_named_and_not_guessed(book: Book) -> None:
    load = load_of(book.register, [("quilt", 10), ("rice", 2_000), ("tarpaulin", 1)])
    assert (load.weight, load.volume) == (6_200, 11_200)
    assert (load.unweighed, load.unmeasured) == (("quilt",), ("quilt", "rice"))
    assert RICE.grams(2_000) == 2_000


def test_a_load_of_nothing_weighs_nothing(book: Book) -> None:
    load = load_of(book.register, [])
    assert (load.weight, load.volume, load.is_above(0, 0)) == (0, 0, False)


@pytest.mark.parametrize(
    ("max_weight", "max_volume", "is_above"),
    [(4_200, 11_200, False), (4_199, None, True), (None, 11_199, True), (None, None, False)],
)
def test_a_load_is_above_what_can_be_taken_by_weight_or_by_volume(
    book: Book, max_weight: int | None, max_volume: int | None, is_above: bool
) -> None:
    assert load_of(book.register, [("tarpaulin", 1)]).is_above(max_weight, max_volume) is is_above


def test_a_waybill_has_the_load_of_its_vehicle(book: Book) -> None:
    waybill = sent(book, consigned(TARPAULIN, 80), consigned(QUILT, 3), vehicle="van")
    assert waybill.vehicle == "van"
    assert waybill.load == Load((LoadedItem("tarpaulin", 80, 336_000, 896_000), LoadedItem("quilt", 3)))


def test_a_waybill_without_a_vehicle_says_nothing_of_its_load(book: Book) -> None:
    waybill = sent(book, consigned(TARPAULIN, 80))
    assert (waybill.vehicle, waybill.load) == ("", None)


@pytest.mark.parametrize(
    ("lines", "weight", "volume"),
    [
        ((consigned(SHELTER, 17),), 340_000, 1_020_000),
        ((consigned(TARPAULIN, 90),), 378_000, 1_008_000),
        ((consigned(SHELTER, 10), consigned(TARPAULIN, 80)), 536_000, 1_496_000),
    ],
    ids=["too large", "too many", "too heavy and too large"],
)
def test_more_than_the_vehicle_takes_does_not_leave(
    book: Book, lines: tuple[ConsignedLine, ...], weight: int, volume: int
) -> None:
    with refused(book, OverCapacity) as errors:
        sent(book, *lines, vehicle="van")
    assert attrs.asdict(errors[0]) == {
        "what": "the load of WB-000001",
        "vehicle": "van",
        "weight": weight,
        "max_weight": 500_000,
        "volume": volume,
        "max_volume": 1_000_000,
        "unknown": (),
    }
    sent(book, *lines, vehicle="lorry")


def test_what_is_not_weighed_is_said_where_the_rest_is_too_much_already(book: Book) -> None:
    with refused(book, OverCapacity) as errors:
        sent(book, consigned(SHELTER, 17), consigned(QUILT, 1), vehicle="van")
    assert errors[0].unknown == ("quilt",)
    assert str(errors[0]) == (
        "the load of WB-000001 is too much for vehicle van: 1,020 L where it takes 1,000, and quilt not "
        "counted; send less, make two waybills of it, or name a larger vehicle"
    )


def test_what_an_item_weighs_later_changes_no_waybill(book: Book) -> None:
    waybill = sent(book, consigned(TARPAULIN, 1), vehicle="van")
    book.amend(attrs.evolve(TARPAULIN, weight=5_000))
    assert book.document(waybill.number) == waybill
    assert waybill.load is not None
    assert waybill.load.weight == 4_200


def test_a_vehicle_that_is_not_known_carries_nothing(book: Book) -> None:
    with refused(book, Unknown):
        sent(book, consigned(TARPAULIN, 1), vehicle="bus")


def test_a_waybill_with_its_load_reads_back_as_the_same(book: Book) -> None:
    waybill = sent(book, consigned(TARPAULIN, 1), consigned(QUILT, 1), vehicle="van")
    assert document_from(plain_from(waybill)) == waybill
    asked = Dispatch(
        origin="depot", to="station", lines=[consigned(QUILT, 1)], on="2023-01-20", vehicle="van"
    )
    plain: dict[str, Any] = plain_from(asked)
    assert (plain["vehicle"], request_from(plain)) == ("van", asked)
