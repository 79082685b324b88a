"""Entries in, positions out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from reliefstock.errors import LotOriginBroken, Unknown
from reliefstock.ledger import (
    EntryKind,
    Holding,
    Ingredient,
    Ledger,
    Lot,
    Place,
    PlaceKind,
    Position,
    Window,
)
from unit.ledger.house import (
    DEPOT,
    DONOR,
    HOUSEHOLD,
    LOSS,
    OTHER_DEPOT,
    contents,
    day,
    draft,
    entry,
    history,
    lot,
    moved,
    received,
    totals,
)


def test_an_empty_ledger_holds_nothing() -> None:
    ledger = Ledger()
    assert (len(ledger), ledger.next_number, ledger.entries) == (0, 1, ())
    assert list(ledger.places()) == []
    assert list(ledger.timelines()) == []
    assert ledger.stock(DEPOT, "quilt") == {}
    assert list(ledger.queues(DEPOT, "quilt")) == []
    assert ledger.holding(DEPOT, "L") == Holding(0, 0)
    assert list(ledger.holdings(DEPOT)) == []
    assert ledger.timeline(DEPOT, "L") is None
    assert ledger.window(DEPOT, lot(), day(1)).quantity == 0


def test_posting_nothing_changes_nothing() -> None:
    ledger = received()
    before = contents(ledger)
    ledger.post([])
    assert contents(ledger) == before


@pytest.mark.parametrize("number", [0, -1, 2])
def test_an_entry_that_is_not_there_is_not_known(number: int) -> None:
    with pytest.raises(Unknown) as caught:
        received().entry(number)
    assert (caught.value.what, caught.value.given) == ("entry", str(number))


def test_a_lot_that_is_not_there_is_not_known_and_a_near_one_is_named() -> None:
    with pytest.raises(Unknown) as caught:
        received(lot("GRN-000001-1")).lot("GRN-00001-1")
    assert caught.value.near == ("GRN-000001-1",)


def test_an_entry_names_lots_that_are_known_only() -> None:
    ledger = received()
    with pytest.raises(Unknown):
        ledger.post([moved(2, day(2), DEPOT, HOUSEHOLD, 1, 33, "another")])


def test_places_come_in_the_order_of_their_kinds_and_of_first_use() -> None:
    ledger = received()
    ledger.post([moved(2, day(2), DEPOT, OTHER_DEPOT, 1, 33)])
    assert [str(place) for place in ledger.places()] == [
        "warehouse:ankang",
        "warehouse:ningshan",
        "donor:province",
    ]
    assert list(ledger.places(PlaceKind.DONOR)) == [DONOR]
    assert [place for place, _, _ in ledger.timelines(PlaceKind.WAREHOUSE)] == [DEPOT, OTHER_DEPOT]


def test_stock_is_what_is_there_now_and_the_donor_has_none() -> None:
    ledger = received()
    assert ledger.stock(DEPOT, "quilt") == {"L": Position(3, 100)}
    assert ledger.stock(DONOR, "quilt") == {}
    assert ledger.position(DONOR, "L").holding == Holding(-3, -100)
    assert ledger.position(OTHER_DEPOT, "L") == Position()


def test_stock_that_is_used_up_is_no_longer_there() -> None:
    ledger = received(lot("L"), lot("M"))
    ledger.post([moved(3, day(2), DEPOT, HOUSEHOLD, 3, 100)])
    assert list(ledger.stock(DEPOT, "quilt")) == ["M"]
    ledger.post([moved(4, day(2), DEPOT, HOUSEHOLD, 3, 100, "M")])
    assert ledger.stock(DEPOT, "quilt") == {}
    assert [one.id for one, _ in ledger.holdings(DEPOT, on=day(1))] == ["L", "M"]
    assert list(ledger.holdings(DEPOT)) == []


def test_nobody_can_change_stock_or_lots_from_outside() -> None:
    ledger = received()
    stock: Any = ledger.stock(DEPOT, "quilt")
    lots: Any = ledger.lots
    for shown in (stock, lots):
        with pytest.raises(TypeError):
            shown["L"] = None


def test_what_was_known_then_can_be_asked_for_ever() -> None:
    ledger = received()
    ledger.post([moved(2, day(20), DEPOT, HOUSEHOLD, 1, 33)])
    ledger.post([moved(3, day(10), DEPOT, LOSS, 1, 33)])
    assert ledger.holding(DEPOT, "L", on=day(15)) == Holding(2, 67)
    assert ledger.holding(DEPOT, "L", on=day(15), known=2) == Holding(3, 100)
    assert [held for _, held in ledger.holdings(DEPOT, known=1)] == [Holding(3, 100)]


def test_a_lot_knows_its_entries_each_once() -> None:
    ledger = received(lot("L"), lot("M"))
    ledger.post([moved(3, day(2), DEPOT, HOUSEHOLD, 1, 33)])
    assert [one.number for one in ledger.entries_of("L")] == [1, 3]
    assert list(ledger.entries_of("never there")) == []


def test_a_reversed_entry_knows_by_which() -> None:
    ledger = received()
    ledger.post([moved(2, day(2), DEPOT, HOUSEHOLD, 1, 33)])
    made = draft(ledger, day(3))
    made.reverse(ledger.entry(2))
    ledger.post(made.entries)
    assert (ledger.reversed_by(2), ledger.reversed_by(1)) == (3, None)
    assert history(ledger, HOUSEHOLD) == [(2, 1, 33), (3, 0, 0)]


def test_two_new_lots_of_one_id_are_refused_before_one_of_them_is_lost() -> None:
    ledger = Ledger()
    arrived = entry(1, EntryKind.RECEIPT, day(1), (DONOR, "L", -3, -100), (DEPOT, "L", 3, 100))
    with pytest.raises(LotOriginBroken, match="two new lots"):
        ledger.post([arrived], [lot(donor="somebody else"), lot()])
    assert contents(ledger) == contents(Ledger())


def test_whatever_is_posted_sums_to_nothing() -> None:
    ledger = received(lot("L"), lot("M"))
    ledger.post([moved(3, day(2), DEPOT, HOUSEHOLD, 2, 66)])
    assert totals(ledger.entries) == Holding(0, 0)


def test_what_the_ledger_shows_cannot_be_changed() -> None:
    ledger = received()
    before = contents(ledger)
    shown = ledger.timeline(DEPOT, "L")
    assert not hasattr(shown, "add")
    assert all(type(one) is type(shown) for _, _, one in ledger.timelines())
    for _, queue in ledger.queues(DEPOT, "quilt"):
        assert not hasattr(queue, "clear")
    assert contents(ledger) == before


def kit(lot_id: str, quantity: int, *made_of: tuple[str, int]) -> Lot:
    parts = tuple(Ingredient(part, units, 0) for part, units in made_of)
    return lot(lot_id, quantity, 0, item=lot_id, donor=None, made_of=parts)


def made(ledger: Ledger, new: Lot) -> None:
    """New goods of all units that they name, each where it is made."""
    place = Place(PlaceKind.CONVERSION, new.id)
    moves = [
        (where, part.lot, sign * part.quantity, 0)
        for part in new.made_of
        for where, sign in ((DEPOT, -1), (place, 1))
    ]
    out = ((place, new.id, -new.quantity, 0), (DEPOT, new.id, new.quantity, 0))
    ledger.post([entry(ledger.next_number, EntryKind.KITTING, day(2), *moves, *out)], [new])


def test_what_contains_a_lot_is_told_through_kits_of_kits_each_once() -> None:
    ledger = received(lot("soap", 30, 0), lot("cloth", 9, 0))
    made(ledger, kit("set", 4, ("soap", 12)))
    made(ledger, kit("kit", 2, ("soap", 4), ("set", 2), ("cloth", 2)))
    made(ledger, kit("box", 1, ("set", 1), ("kit", 1)))
    assert [(one.id, units) for one, units in ledger.containing("soap")] == [
        ("set", 3),
        ("kit", 5),
        ("box", 8),
    ]
    assert [(one.id, units) for one, units in ledger.containing("cloth")] == [("kit", 1), ("box", 1)]
    assert list(ledger.containing("box")) == []


def test_what_is_more_than_what_it_was_made_of_holds_a_part_of_it_each() -> None:
    ledger = received(lot("kit", 2, 0))
    made(ledger, kit("soap", 6, ("kit", 2)))
    assert [(one.id, units) for one, units in ledger.containing("kit")] == [("soap", Fraction(1, 3))]


def test_a_place_where_a_lot_never_was_is_short_of_nothing() -> None:
    ledger = received()
    assert ledger.owed(LOSS, ledger.lot("L"), day(3)) == Window(0, 0, 0, day(3))
    assert ledger.owed(DONOR, ledger.lot("L"), day(3)) == Window(3, 1, 2, day(3))
