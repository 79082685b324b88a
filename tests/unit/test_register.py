"""Who and what the book knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from reliefstock import (
    DatedCode,
    Donor,
    Fund,
    Household,
    Item,
    Measure,
    Project,
    School,
    Society,
    Supplier,
    Warehouse,
)
from reliefstock.errors import AlreadyKnown, BadData, BadIdentifier, Unknown
from reliefstock.register import Noun, Register
from reliefstock.values import GRAM, PIECE, Unit

QUILT = Item("quilt", zh="棉被", en="Quilt")
HOUSEHOLD = Household("H-1", size=4, division="610928101")
NOUNS: dict[str, Noun] = {
    "item": QUILT,
    "donor": Donor("province", zh="省红十字会"),
    "supplier": Supplier("shop", zh="批发市场"),
    "society": Society("xunyang", zh="旬阳市红十字会"),
    "warehouse": Warehouse("depot", zh="备灾中心"),
    "fund": Fund("general", zh="一般资金"),
    "project": Project("well", zh="水井"),
}


@pytest.fixture
def register() -> Register:
    made = Register()
    made.add(*NOUNS.values(), HOUSEHOLD, School("lvhe", zh="学校"))
    return made


@pytest.mark.parametrize("what", NOUNS)
def test_what_was_added_is_found_by_its_id(register: Register, what: str) -> None:
    noun = NOUNS[what]
    assert getattr(register, what)(noun.id) == noun
    assert register.has(type(noun), noun.id)
    assert register.all(type(noun)) == (noun,)


@pytest.mark.parametrize("what", NOUNS)
def test_what_was_not_added_is_not_known_and_a_near_id_is_named(register: Register, what: str) -> None:
    asked = NOUNS[what].id + "s"
    with pytest.raises(Unknown) as caught:
        getattr(register, what)(asked)
    assert (caught.value.what, caught.value.given, caught.value.near) == (what, asked, (NOUNS[what].id,))
    assert not register.has(type(NOUNS[what]), asked)


def test_an_empty_register_knows_nobody() -> None:
    register = Register()
    assert register.all(Item) == ()
    assert not register.has(Item, "quilt")
    for look_up in (register.item, register.recipient):
        with pytest.raises(Unknown) as caught:
            look_up("quilt")
        assert caught.value.near == ()


def test_households_schools_and_societies_share_one_set_of_ids(register: Register) -> None:
    assert [register.recipient(one).id for one in ("H-1", "lvhe", "xunyang")] == ["H-1", "lvhe", "xunyang"]
    with pytest.raises(Unknown) as caught:
        register.recipient("H-2")
    assert (caught.value.what, caught.value.near) == ("recipient", ())
    with pytest.raises(AlreadyKnown) as clash:
        register.add(School("H-1", zh="学校"))
    assert (clash.value.what, clash.value.given, clash.value.differs) == ("school", "H-1", "kind")


def test_the_same_noun_again_changes_nothing(register: Register) -> None:
    register.add(*NOUNS.values())
    assert register.all(Item) == (QUILT,)


def test_the_same_id_with_other_content_is_refused(register: Register) -> None:
    with pytest.raises(AlreadyKnown) as caught:
        register.add(Item("quilt", zh="毛毯", en="Blanket"))
    assert (caught.value.what, caught.value.differs) == ("item", "zh, en")
    assert register.item("quilt") == QUILT


def test_nouns_are_added_all_or_none(register: Register) -> None:
    with pytest.raises(AlreadyKnown):
        register.add(Donor("city", zh="市红十字会"), Item("quilt", zh="毛毯", en="Blanket"))
    with pytest.raises(AlreadyKnown):
        register.add(Donor("city", zh="市红十字会"), Donor("city", zh="县红十字会"))
    assert not register.has(Donor, "city")


# Amending


@pytest.mark.parametrize(
    ("noun", "changes"),
    [
        (QUILT, {"en": "Winter quilt", "category": "bedding"}),
        (HOUSEHOLD, {"size": 5, "groups": ("flood-hit",)}),
        (NOUNS["donor"], {"hidden": True}),
    ],
)
def test_what_no_entry_rests_on_can_be_amended(
    register: Register, noun: Noun, changes: dict[str, Any]
) -> None:
    amended = attrs.evolve(noun, **changes)
    register.amend(amended)
    assert register.all(type(noun)) == (amended,)


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"unit": GRAM}, "unit"),
        ({"measure": Measure.VALUE, "currency": "CNY"}, "measure"),
    ],
)
def test_how_an_item_is_counted_is_never_amended(
    register: Register, changes: dict[str, Any], differs: str
) -> None:
    with pytest.raises(AlreadyKnown) as caught:
        register.amend(attrs.evolve(QUILT, **changes))
    assert caught.value.differs == differs
    assert register.item("quilt") == QUILT


def test_only_what_is_known_is_amended(register: Register) -> None:
    with pytest.raises(Unknown):
        register.amend(Donor("city", zh="市红十字会"))
    with pytest.raises(Unknown):
        register.amend(School("H-1", zh="学校"))


# Places that were renamed

OLD, NEW = DatedCode("610928", until=date(2021, 2, 1)), DatedCode("610981", date(2021, 2, 2))


@pytest.mark.parametrize(
    ("division", "codes"),
    [
        ("610928101", ("610928101", "610981101")),
        ("610981101", ("610981101", "610928101")),
        ("610928", ("610928", "610981")),
        ("610924101", ("610924101",)),
        ("610900", ("610900",)),
        ("", ()),
    ],
)
def test_a_place_is_found_under_its_old_code_and_its_new_one(division: str, codes: tuple[str, ...]) -> None:
    register = Register()
    register.add(Society("ziyang", zh="紫阳县红十字会", codes=(DatedCode("610924"),)))
    register.add(Society("xunyang", zh="旬阳市红十字会", codes=(OLD, NEW)))
    assert register.codes_for(division) == codes
    assert register.codes_of(Household("H-1", division=division)) == codes
    assert register.codes_of(School("lvhe", zh="学校", division=division)) == codes
    assert register.codes_of(register.society("xunyang")) == ("610928", "610981")


def test_a_place_that_is_renamed_later_is_found_under_both_codes_from_then_on() -> None:
    register = Register()
    society = Society("xunyang", zh="旬阳县红十字会", codes=(OLD,))
    register.add(society)
    assert register.codes_for("610928101") == ("610928101",)
    register.amend(attrs.evolve(society, zh="旬阳市红十字会", codes=(OLD, NEW)))
    assert register.codes_for("610928101") == ("610928101", "610981101")


def test_a_whole_city_that_was_renamed_takes_its_counties_along() -> None:
    register = Register()
    register.add(Society("city", zh="市红十字会", codes=(DatedCode("610900"), DatedCode("619900"))))
    assert register.codes_for("610923101") == ("610923101", "619923101")


@pytest.mark.parametrize("noun", ["x", None, type("Sub", (Donor,), {})("province-2", zh="省会")], ids=str)
def test_what_is_no_noun_is_refused(register: Register, noun: Any) -> None:  # noqa: ANN401
    for take in (register.add, register.amend):
        with pytest.raises(BadData, match="this is no noun"):
            take(noun)


def test_a_project_and_a_household_never_share_an_id(register: Register) -> None:
    for noun in (Household("well"), Project("H-1", zh="项目")):
        with pytest.raises(AlreadyKnown) as clash:
            register.add(noun)
        assert clash.value.differs == "kind"


def test_an_id_is_found_however_it_is_typed(register: Register) -> None:
    register.add(Household("caf\u00e9"))
    assert register.recipient("cafe\u0301").id == "caf\u00e9"
    assert register.has(Household, "cafe\u0301")
    with pytest.raises(BadIdentifier):
        register.item(5)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("packs", [(), (PIECE.pack("box", 12),)])
def test_a_pack_keeps_its_code_and_its_size(register: Register, packs: tuple[Unit, ...]) -> None:
    water = Item("water", zh="水", en="Water", packs=(PIECE.pack("box", 24),))
    register.add(water)
    with pytest.raises(AlreadyKnown) as caught:
        register.amend(attrs.evolve(water, packs=packs))
    assert caught.value.differs == "packs"
    more = attrs.evolve(water, packs=(*water.packs, PIECE.pack("pallet", 960)))
    register.amend(more)
    assert register.item("water") == more
