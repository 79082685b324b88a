"""Kits made by hand: what goes into a conversion comes out of it, as others or as itself, and never twice."""

from __future__ import annotations

import pytest

from reliefstock.errors import (
    BelowZero,
    LotOriginBroken,
    QuantityNotConserved,
    ReliefstockError,
    ResidueLeft,
    ValueNotConserved,
)
from reliefstock.ledger import Entry, EntryKind, Holding, Ingredient, Ledger, Lot, Place, PlaceKind
from unit.ledger.house import DEPOT, DONOR, HOUSEHOLD, contents, day, draft, entry, lot, moved, received

KIT = Place(PlaceKind.CONVERSION, "KIT-000001-1")
Move = tuple[Place, str, int, int]

# Two kits of two cans and one cloth each: cans worth 1.01 yuan (25, 25, 25, 26), cloths 0.33 (16, 17).
CANS, CLOTHS = Ingredient("can", 4, 101), Ingredient("cloth", 2, 33)
BUILT: tuple[Move, ...] = (
    (DEPOT, "can", -4, -101),
    (KIT, "can", 4, 101),
    (DEPOT, "cloth", -2, -33),
    (KIT, "cloth", 2, 33),
    (KIT, "kit", -2, -134),
    (DEPOT, "kit", 2, 134),
)
BROKEN: tuple[Move, ...] = (
    (DEPOT, "kit", -1, -67),
    (KIT, "kit", 1, 67),
    (KIT, "can", -2, -50),
    (DEPOT, "can", 2, 50),
    (KIT, "cloth", -1, -17),
    (DEPOT, "cloth", 1, 17),
)


def kit(*made_of: Ingredient, quantity: int = 2, value: int = 134) -> Lot:
    return lot("kit", quantity, value, item="kit", donor=None, made_of=made_of or (CANS, CLOTHS))


def components() -> Ledger:
    return received(lot("can", 4, 101, item="can"), lot("cloth", 2, 33, item="cloth"))


def built() -> Ledger:
    ledger = components()
    ledger.post([entry(3, EntryKind.KITTING, day(5), *BUILT)], [kit()])
    return ledger


def broken(number: int, on: int, *moves: Move) -> Entry:
    return entry(number, EntryKind.UNKITTING, day(on), *(moves or BROKEN))


def refused(ledger: Ledger, error: ReliefstockError, made: Entry, *lots: Lot) -> None:
    before = contents(ledger)
    with pytest.raises(type(error)) as caught:
        ledger.post([made], lots)
    assert repr(caught.value.args or vars(caught.value)) == repr(error.args or vars(error))
    assert str(caught.value) == str(error)
    assert contents(ledger) == before


# Made


def test_components_become_kits_at_the_same_value():
    ledger = built()
    assert ledger.holding(DEPOT, "kit") == Holding(2, 134)
    assert [lot.id for lot in ledger.made_of("can")] == ["kit"]
    assert (ledger.birthplace("kit"), ledger.birthplace("can"), ledger.birthplace("x")) == (KIT, DONOR, None)


def test_kits_that_name_fewer_cans_than_went_in_are_refused():
    lacking = kit(Ingredient("can", 3, 101), CLOTHS)
    error = QuantityNotConserved(lot="can", difference=1)
    refused(components(), error, entry(3, EntryKind.KITTING, day(5), *BUILT), lacking)


def test_lots_that_are_made_of_one_each_name_all_of_it():
    """A kit that came ready is broken: each part names both kits, and its own share of the value."""
    ledger = received(lot("kit", 2, 134, item="kit"))
    parts = [
        lot("can", 4, 101, item="can", made_of=(Ingredient("kit", 2, 101),)),
        lot("cloth", 2, 33, item="cloth", made_of=(Ingredient("kit", 2, 33),)),
    ]
    opened = [(place, lot_id, -quantity, -value) for place, lot_id, quantity, value in BUILT]
    ledger.post([entry(2, EntryKind.UNKITTING, day(5), *opened)], parts)
    assert (ledger.holding(DEPOT, "can"), ledger.holding(DEPOT, "cloth")) == (Holding(4, 101), Holding(2, 33))


def test_a_part_that_names_more_kits_than_were_broken_is_refused():
    ledger = received(lot("kit", 2, 134, item="kit"))
    parts = [
        lot("can", 4, 101, item="can", made_of=(Ingredient("kit", 3, 101),)),
        lot("cloth", 2, 33, item="cloth", made_of=(Ingredient("kit", 2, 33),)),
    ]
    opened = [(place, lot_id, -quantity, -value) for place, lot_id, quantity, value in BUILT]
    error = QuantityNotConserved(lot="kit", difference=-3)
    refused(ledger, error, entry(2, EntryKind.UNKITTING, day(5), *opened), *parts)


# Unmade


def test_a_broken_kit_gives_back_the_very_lots_that_it_was_made_of():
    ledger = built()
    ledger.post([broken(4, 6)])
    assert ledger.holding(DEPOT, "can") == Holding(2, 50)
    assert ledger.holding(KIT, "can") == Holding(2, 51)
    assert ledger.holding(KIT, "kit") == Holding(-1, -67)
    rest = [
        (
            place,
            lot_id,
            quantity,
            value + {"can": 1, "cloth": -1}.get(lot_id, 0) * (1 if quantity > 0 else -1),
        )
        for place, lot_id, quantity, value in BROKEN
    ]
    ledger.post([broken(5, 7, *rest)])
    assert [ledger.holding(KIT, lot_id) for lot_id in ("can", "cloth", "kit")] == [Holding(0, 0)] * 3
    assert (ledger.holding(DEPOT, "can"), ledger.holding(DEPOT, "cloth")) == (Holding(4, 101), Holding(2, 33))


@pytest.mark.parametrize(
    ("moves", "error"),
    [
        ([*BROKEN[:2], (KIT, "can", -2, -50), (DEPOT, "can", 2, 50)], ValueNotConserved(str(KIT), 17)),
        (
            [*BROKEN[:2], (KIT, "can", -3, -67), (DEPOT, "can", 3, 67)],
            ResidueLeft(str(KIT), "can", day(6), 67, 75, 78),
        ),
        (
            [*BROKEN[:2], (KIT, "can", -1, -25), (DEPOT, "can", 1, 25), *BROKEN[4:]],
            ValueNotConserved(str(KIT), 25),
        ),
        ([(KIT, "can", -2, -50), (DEPOT, "can", 2, 50)], ValueNotConserved(str(KIT), -50)),
    ],
    ids=["no cloth", "too many cans at the value of kits", "a can is kept", "cans without a kit"],
)
def test_a_kit_that_is_broken_otherwise_than_it_was_built_is_refused(
    moves: list[Move], error: ReliefstockError
):
    refused(built(), error, broken(4, 6, *moves))


def test_the_proportion_is_that_of_the_kit_also_where_the_value_would_do():
    ledger = received(lot("can", 4, 0, item="can"), lot("cloth", 2, 0, item="cloth"))
    free = kit(Ingredient("can", 4, 0), Ingredient("cloth", 2, 0), value=0)
    ledger.post([entry(3, EntryKind.KITTING, day(5), *((p, one, n, 0) for p, one, n, _ in BUILT))], [free])
    moves = [(DEPOT, "kit", -1, 0), (KIT, "kit", 1, 0), (KIT, "can", -3, 0), (DEPOT, "can", 3, 0)]
    refused(ledger, QuantityNotConserved(lot="can", difference=-1), broken(4, 6, *moves))


def test_half_a_component_cannot_come_out():
    ledger = received(lot("can", 3, 0, item="can"))
    odd = kit(Ingredient("can", 3, 0), value=0)
    moves = [(DEPOT, "can", -3, 0), (KIT, "can", 3, 0), (KIT, "kit", -2, 0), (DEPOT, "kit", 2, 0)]
    ledger.post([entry(2, EntryKind.KITTING, day(5), *moves)], [odd])
    out = [(DEPOT, "kit", -1, 0), (KIT, "kit", 1, 0), (KIT, "can", -1, 0), (DEPOT, "can", 1, 0)]
    reason = "1 of 2 do not hold a whole number of lot can"
    refused(ledger, LotOriginBroken(lot="kit", reason=reason), broken(3, 6, *out))


def test_a_kit_is_not_broken_before_it_was_built():
    ledger = built()
    there = BelowZero(place=str(DEPOT), lot="kit", on=day(4), asked=1, there=0)
    refused(ledger, there, broken(4, 4))


def test_a_kit_that_was_found_over_has_no_components_to_give():
    ledger = built()
    over = Place(PlaceKind.GAIN, "over-carrier")
    ledger.post([entry(4, EntryKind.FOUND, day(6), (over, "kit", -1, -67), (DEPOT, "kit", 1, 67))])
    for number, value in ((5, 17), (6, 16)):
        cans = 67 - value
        moves = [
            (DEPOT, "kit", -1, -67),
            (KIT, "kit", 1, 67),
            (KIT, "can", -2, -cans),
            (DEPOT, "can", 2, cans),
            (KIT, "cloth", -1, -value),
            (DEPOT, "cloth", 1, value),
        ]
        ledger.post([broken(number, 7, *moves)])
    refused(ledger, BelowZero(str(KIT), "kit", day(8), 1, 0), broken(7, 8))


def test_components_that_came_back_cannot_come_back_again_by_a_reversal():
    ledger = built()
    ledger.post([broken(4, 6)])
    made = draft(ledger, day(8))
    made.reverse(ledger.entry(3))
    before = contents(ledger)
    with pytest.raises(BelowZero):
        ledger.post(made.entries)
    assert contents(ledger) == before


def test_breaking_can_be_taken_back_and_the_building_after_it():
    ledger = built()
    ledger.post([broken(4, 6)])
    for number in (4, 3):
        made = draft(ledger, day(8))
        made.reverse(ledger.entry(number))
        ledger.post(made.entries)
    assert (ledger.holding(DEPOT, "can"), ledger.holding(DEPOT, "kit")) == (Holding(4, 101), Holding(0, 0))


def test_a_kit_that_was_given_away_is_not_broken():
    ledger = built()
    ledger.post([moved(4, day(6), DEPOT, HOUSEHOLD, 2, 134, "kit")])
    refused(ledger, BelowZero(str(DEPOT), "kit", day(7), 1, 0), broken(5, 7))


def test_what_stays_in_a_kit_keeps_no_value_that_its_units_cannot_carry():
    """Two light cans were worth 25 each; were 52 to leave with two, 49 would stay with two."""
    ledger = built()
    moves = [
        (DEPOT, "kit", -1, -67),
        (KIT, "kit", 1, 67),
        (KIT, "can", -2, -52),
        (DEPOT, "can", 2, 52),
        (KIT, "cloth", -1, -15),
        (DEPOT, "cloth", 1, 15),
    ]
    with pytest.raises(ResidueLeft):
        ledger.post([broken(4, 6, *moves)])
    moves[2], moves[3] = (KIT, "can", -2, -51), (DEPOT, "can", 2, 51)
    moves[4], moves[5] = (KIT, "cloth", -1, -16), (DEPOT, "cloth", 1, 16)
    ledger.post([broken(4, 6, *moves)])
    assert ledger.holding(KIT, "can") == Holding(2, 50)
