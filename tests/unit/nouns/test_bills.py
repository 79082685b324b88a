"""Bills of materials: what a kit holds, in which version, since when; and never itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from reliefstock import BillOfMaterials, Component, Donor, Item
from reliefstock.errors import (
    AlreadyKnown,
    BadIdentifier,
    ContainsItself,
    Incomplete,
    NotABusinessDate,
    NotPositive,
    UnitMismatch,
    Unknown,
)
from reliefstock.register import Register
from reliefstock.values import GRAM, PIECE, Money, Quantity

SOAP = Item("soap", zh="肥皂", en="Soap", packs=(PIECE.pack("box", 12),))
KIT, SET, BOX = (Item(one, zh=one, en=one) for one in ("kit", "set", "box"))
MEDICINE = Item.by_value("medicine", zh="药品", en="Medicine", currency="CNY")


def bill(item: str, *parts: str, version: str = "1", **said: Any) -> BillOfMaterials:  # noqa: ANN401
    components = [Component(part, Quantity(1, PIECE)) for part in parts]
    return BillOfMaterials(item=item, version=version, components=components, **said)


@pytest.fixture
def register() -> Register:
    made = Register()
    made.add(SOAP, KIT, SET, BOX, MEDICINE, Item.money("CNY"))
    return made


def test_a_bill_is_known_by_its_item_and_version():
    assert bill("kit", "soap", version="2024").id == "kit/2024"


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"components": []}, Incomplete),
        (
            {"components": [Component("soap", Quantity(1, PIECE)), Component("soap", Quantity(2, PIECE))]},
            Incomplete,
        ),
        ({"version": ""}, BadIdentifier),
        ({"version": "a/b"}, BadIdentifier),
        ({"since": "soon"}, NotABusinessDate),
    ],
)
def test_a_bill_that_says_nothing_or_says_it_twice_is_none(said: dict[str, Any], error: type[Exception]):
    with pytest.raises(error):
        attrs.evolve(bill("kit", "soap"), **said)


def test_what_is_in_one_kit_is_told_in_base_units(register: Register):
    parts = [Component("soap", SOAP.quantity(1, "box")), Component("medicine", Money.of("2.50", "CNY"))]
    made = BillOfMaterials(item="kit", version="1", components=parts)
    assert made.units_of({"soap": SOAP, "medicine": MEDICINE}) == {"soap": 12, "medicine": 250}


@pytest.mark.parametrize(
    ("component", "error"),
    [
        (Component("sope", Quantity(1, PIECE)), Unknown),
        (Component("soap", Quantity(0, PIECE)), NotPositive),
        (Component("soap", Quantity(1, GRAM)), UnitMismatch),
        (Component("CNY", Money.of("1", "CNY")), Incomplete),
    ],
)
def test_a_component_is_so_much_of_something_that_is_known(
    register: Register, component: Component, error: type[Exception]
):
    with pytest.raises(error):
        register.add(BillOfMaterials(item="kit", version="1", components=[component]))
    assert register.all(BillOfMaterials) == ()


def test_a_kit_is_of_an_item_that_is_known_and_counted_in_units(register: Register):
    with pytest.raises(Unknown) as unknown:
        register.add(bill("kid", "soap"))
    assert unknown.value.near == ("kit",)
    with pytest.raises(Incomplete) as by_value:
        register.add(bill("medicine", "soap"))
    assert by_value.value.missing == "medicine is counted by value, and kits are counted in units"


def test_a_kit_and_its_components_may_be_made_known_with_its_bill():
    register = Register()
    register.add(bill("kit", "soap"), KIT, SOAP, Donor("province", zh="省红十字会"))
    assert register.bill("kit").components[0].item == "soap"


def test_a_kit_does_not_contain_itself(register: Register):
    with pytest.raises(ContainsItself) as itself:
        register.add(bill("kit", "soap", "kit"))
    assert (itself.value.item, itself.value.loop) == ("kit", ("kit", "kit"))
    assert str(itself.value) == (
        "a kit of kit would contain itself: kit > kit; take one of them out of its bill, or give the kit an "
        "item of its own"
    )
    assert "会包含它自己：kit > kit" in itself.value.sentence("zh")


def test_a_kit_does_not_contain_itself_through_others_in_any_version(register: Register):
    register.add(bill("box", "set"), bill("set", "soap"), bill("set", "kit", "soap", version="2"))
    with pytest.raises(ContainsItself) as itself:
        register.add(bill("kit", "soap", "box"))
    assert itself.value.loop == ("kit", "box", "set", "kit")
    register.add(bill("kit", "soap"))


def test_two_bills_that_come_together_are_no_loop_either(register: Register):
    with pytest.raises(ContainsItself):
        register.add(bill("kit", "set"), bill("set", "kit"))
    assert register.all(BillOfMaterials) == ()


def test_two_ways_to_the_same_component_are_no_loop(register: Register):
    register.add(bill("set", "soap"), bill("box", "set", "soap"), bill("kit", "box", "set", "soap"))
    assert len(register.all(BillOfMaterials)) == 3


# Versions


def test_the_version_that_is_named_is_given(register: Register):
    first, second = bill("kit", "soap"), bill("kit", "soap", "set", version="2")
    register.add(first, second)
    assert (register.bill("kit", "1"), register.bill("kit", "2")) == (first, second)
    with pytest.raises(Unknown) as unknown:
        register.bill("kit", "3")
    assert (unknown.value.what, unknown.value.given) == ("bill of materials", "kit/3")
    assert "物料清单" in unknown.value.sentence("zh")


def test_without_a_name_the_one_that_holds_on_the_day_is_given(register: Register):
    always, march, may = (
        bill("kit", "soap", version=version, since=since)
        for version, since in (("1", None), ("2", "2023-03-01"), ("3", "2023-05-01"))
    )
    register.add(may, always, march)
    assert [register.bill("kit", on=on) for on in ("2023-02-28", date(2023, 3, 1), "2023-06-01")] == [
        always,
        march,
        may,
    ]
    assert register.bill("kit") == may


def test_of_two_that_hold_since_the_same_day_the_later_one_is_meant(register: Register):
    register.add(bill("kit", "soap"), bill("kit", "set", version="2"))
    assert register.bill("kit").version == "2"


def test_a_bill_that_does_not_hold_yet_is_not_given(register: Register):
    register.add(bill("kit", "soap", since="2023-03-01"))
    with pytest.raises(Unknown) as unknown:
        register.bill("kit", on="2023-02-28")
    assert unknown.value.near == ("kit/1",)
    with pytest.raises(Unknown):
        register.bill("soap")
    with pytest.raises(Unknown) as item:
        register.bill("tent")
    assert item.value.what == "item"


@pytest.mark.parametrize(
    "changes", [{"components": [Component("set", Quantity(1, PIECE))]}, {"since": "2023-01-01"}]
)
def test_a_bill_is_not_amended(register: Register, changes: dict[str, Any]):
    register.add(bill("kit", "soap"))
    with pytest.raises(AlreadyKnown):
        register.amend(attrs.evolve(bill("kit", "soap"), **changes))
    with pytest.raises(AlreadyKnown):
        register.add(attrs.evolve(bill("kit", "soap"), **changes))
    assert register.bill("kit") == bill("kit", "soap")
