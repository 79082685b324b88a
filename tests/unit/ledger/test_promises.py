"""Entries made by hand that no operation would make: each is refused, and nothing of it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import pytest

from reliefstock.errors import (
    BelowZero,
    LotOriginBroken,
    PastChanged,
    QuantityNotConserved,
    ReliefstockError,
    ResidueLeft,
    Unknown,
    ValueNotConserved,
)
from reliefstock.ledger import Entry, EntryKind, Holding, Ingredient, Ledger, Lot, Place, PlaceKind
from unit.ledger.house import (
    CONVERSION,
    DEPOT,
    DONOR,
    FUND,
    GAIN,
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
)

if TYPE_CHECKING:
    from collections.abc import Sequence

E = TypeVar("E", bound=ReliefstockError)
OUT = EntryKind.DISTRIBUTION
IN = EntryKind.RECEIPT


def refused(ledger: Ledger, error: type[E], entries: Sequence[Entry], lots: Sequence[Lot] = ()) -> E:
    """Post, be refused, and find all as it was; gives back the error."""
    before = contents(ledger)
    with pytest.raises(error) as caught:
        ledger.post(entries, lots)
    assert contents(ledger) == before
    return caught.value


# Form


@pytest.mark.parametrize("number", [1, 3, 0])
def test_numbers_have_no_gaps_and_none_comes_twice(number: int) -> None:
    error = refused(received(), PastChanged, [moved(number, day(2), DEPOT, HOUSEHOLD, 1, 33)])
    assert error.entry == number
    assert "next entry is number 2" in error.reason


def test_an_entry_that_moves_nothing_is_no_entry() -> None:
    error = refused(received(), PastChanged, [entry(2, OUT, day(2))])
    assert "records nothing" in error.reason


def test_entries_that_land_together_are_of_one_date() -> None:
    ledger = received()
    later = moved(2, day(20), DEPOT, OTHER_DEPOT, 3, 100)
    earlier = moved(3, day(10), OTHER_DEPOT, HOUSEHOLD, 3, 100)
    error = refused(ledger, PastChanged, [later, earlier])
    assert "of one date" in error.reason


@pytest.mark.parametrize(
    "moves",
    [
        ((DEPOT, "L", -2, -66), (OTHER_DEPOT, "L", -1, -33), (HOUSEHOLD, "L", 2, 66), (LOSS, "L", 1, 33)),
        ((DEPOT, "L", -1, -33), (DEPOT, "L", -1, -33), (HOUSEHOLD, "L", 2, 66)),
        ((DEPOT, "L", 1, 33), (DEPOT, "L", -1, -33)),
        ((DEPOT, "L", -1, -33), (HOUSEHOLD, "L", 1, 33), (LOSS, "L", 0, 0)),
        ((DEPOT, "L", 0, -1), (HOUSEHOLD, "L", 0, 1)),
        ((DEPOT, "L", 0, 0),),
    ],
    ids=["two to two", "a place twice", "to itself", "a posting of nothing", "value alone", "nothing at all"],
)
def test_an_entry_tells_what_went_where(moves: tuple[tuple[Place, str, int, int], ...]) -> None:
    error = refused(received(), LotOriginBroken, [entry(2, OUT, day(2), *moves)])
    assert error.lot == "L"
    assert "from one place to others" in error.reason


# Origins


def test_an_id_stands_for_one_lot() -> None:
    ledger = received()
    error = refused(ledger, LotOriginBroken, [moved(2, day(1), DONOR, DEPOT, 3, 100)], [lot()])
    assert "already stands" in error.reason


def test_a_lot_that_does_not_come_in_is_no_lot() -> None:
    error = refused(received(), LotOriginBroken, [moved(2, day(2), DEPOT, HOUSEHOLD, 1, 33)], [lot("M")])
    assert (error.lot, error.reason) == ("M", "it comes in by no entry")


@pytest.mark.parametrize(
    "moves",
    [
        ((DONOR, "M", -2, -66), (DEPOT, "M", 2, 66)),
        ((DONOR, "M", -3, -99), (DEPOT, "M", 3, 99)),
        ((DONOR, "M", -6, -200), (DEPOT, "M", 6, 200)),
        ((DEPOT, "M", -3, -100), (HOUSEHOLD, "M", 3, 100)),
        ((DONOR, "M", -2, -66), (GAIN, "M", -1, -34), (DEPOT, "M", 3, 100)),
    ],
    ids=["in part", "at another value", "twice", "from nowhere", "from two sources"],
)
def test_a_lot_comes_in_whole_from_one_place_outside(moves: tuple[tuple[Place, str, int, int], ...]) -> None:
    error = refused(received(), LotOriginBroken, [entry(2, IN, day(1), *moves)], [lot("M")])
    assert (error.lot, error.reason) == ("M", "a new lot comes in whole, from one place outside")


def test_a_place_inside_has_none_of_a_lot_that_only_now_comes_in() -> None:
    moves = ((DONOR, "M", -3, -100), (OTHER_DEPOT, "M", -1, -33), (DEPOT, "M", 4, 133))
    error = refused(received(), BelowZero, [entry(2, IN, day(1), *moves)], [lot("M")])
    assert (error.place, error.there) == ("warehouse:ningshan", 0)


def test_the_same_goods_come_in_only_once() -> None:
    error = refused(received(), LotOriginBroken, [moved(2, day(2), DONOR, DEPOT, 3, 100)])
    assert "only once" in error.reason


def test_the_same_new_lot_comes_in_only_once_in_entries_that_land_together() -> None:
    twice = [moved(n, day(1), DONOR, DEPOT, 3, 100) for n in (1, 2)]
    error = refused(Ledger(), LotOriginBroken, twice, [lot()])
    assert "only once" in error.reason


def test_a_lot_comes_from_the_donor_that_it_names() -> None:
    for donor in ("city", None):
        named = lot("M", donor=donor)
        error = refused(received(), LotOriginBroken, [moved(2, day(1), DONOR, DEPOT, 3, 100, "M")], [named])
        assert f"names {donor} as its donor" in error.reason


def test_goods_can_be_found_over_or_found_again() -> None:
    ledger = received()
    ledger.post([moved(2, day(2), GAIN, DEPOT, 1, 33)])
    ledger.post([moved(3, day(3), DEPOT, LOSS, 1, 33)])
    ledger.post([moved(4, day(4), LOSS, DEPOT, 1, 33)])
    assert history(ledger, DEPOT) == [(1, 3, 100), (2, 4, 133), (3, 3, 100), (4, 4, 133)]


def test_no_more_is_found_again_than_was_lost() -> None:
    ledger = received()
    ledger.post([moved(2, day(2), DEPOT, LOSS, 1, 33)])
    error = refused(ledger, BelowZero, [moved(3, day(3), LOSS, DEPOT, 2, 66)])
    assert (error.place, error.asked, error.there) == ("loss:stolen", 2, 1)


# Sums and worth


def test_units_that_vanish_on_the_way_are_found() -> None:
    error = refused(
        received(),
        QuantityNotConserved,
        [entry(2, OUT, day(2), (DEPOT, "L", -2, -66), (HOUSEHOLD, "L", 1, 66))],
    )
    assert (error.lot, error.difference) == ("L", -1)


def test_value_that_appears_on_the_way_is_found() -> None:
    error = refused(
        received(), ValueNotConserved, [entry(2, OUT, day(2), (DEPOT, "L", -1, -33), (HOUSEHOLD, "L", 1, 34))]
    )
    assert (error.where, error.difference) == ("lot L", 1)


@pytest.mark.parametrize(("quantity", "value"), [(1, 32), (1, 35), (2, 65), (2, 69), (3, 98)])
def test_a_unit_on_the_move_is_worth_its_floor_or_one_more(quantity: int, value: int) -> None:
    error = refused(received(), ResidueLeft, [moved(2, day(2), DEPOT, HOUSEHOLD, quantity, value)])
    assert (error.asked, error.least, error.most) == (value, 33 * quantity, 34 * quantity)


def test_units_of_a_lot_that_divides_evenly_are_all_worth_the_same() -> None:
    error = refused(received(lot(value=99)), ResidueLeft, [moved(2, day(2), DEPOT, HOUSEHOLD, 1, 34)])
    assert (error.least, error.most) == (33, 33)


@pytest.mark.parametrize(
    ("quantity", "value", "least", "most"),
    [(3, 99, 100, 100), (3, 101, 100, 100), (2, 68, 66, 67)],
)
def test_a_place_gives_only_the_value_that_it_has(quantity: int, value: int, least: int, most: int) -> None:
    error = refused(received(), ResidueLeft, [moved(2, day(2), DEPOT, HOUSEHOLD, quantity, value)])
    assert (error.place, error.asked, error.least, error.most) == ("warehouse:ankang", value, least, most)


def test_two_entries_that_land_together_do_not_take_the_same_units() -> None:
    both = [moved(2, day(2), DEPOT, HOUSEHOLD, 2, 66), moved(3, day(2), DEPOT, OTHER_DEPOT, 2, 67)]
    error = refused(received(), BelowZero, both)
    assert (error.asked, error.there) == (2, 1)


def test_what_goes_back_to_its_donor_takes_all_of_its_value_along() -> None:
    ledger = received()
    ledger.post([moved(2, day(2), GAIN, DEPOT, 1, 33)])
    ledger.post([moved(3, day(2), DEPOT, LOSS, 1, 34)])
    error = refused(ledger, ResidueLeft, [moved(4, day(3), DEPOT, DONOR, 3, 99)])
    assert (error.place, error.asked, error.least, error.most) == ("donor:province", -99, -100, -100)


def test_what_is_found_over_and_taken_back_leaves_nothing_where_it_came_from() -> None:
    ledger = received()
    ledger.post([moved(2, day(2), GAIN, DEPOT, 1, 33)])
    error = refused(ledger, ResidueLeft, [moved(3, day(3), DEPOT, GAIN, 1, 34)])
    assert (error.place, error.least) == ("gain:over-carrier", -33)
    first = Place(PlaceKind.GAIN, "another")
    refused(ledger, LotOriginBroken, [entry(3, OUT, day(3), (first, "L", 0, 1), (DEPOT, "L", 0, -1))])


# Conversions


def money(lot_id: str = "M", fen: int = 100) -> Lot:
    return lot(lot_id, fen, fen, item="CNY")


def paid() -> Ledger:
    """A fund with two gifts of 1.00 yuan."""
    return received(money("M"), money("N"), into=FUND)


def bought(*parts: Ingredient, quantity: int = 3, value: int = 100) -> Lot:
    return lot("B", quantity, value, made_of=parts)


def purchase(*moves: tuple[Place, str, int, int]) -> Entry:
    return entry(3, EntryKind.PURCHASE, day(2), *moves)


PAID = ((FUND, "M", -100, -100), (CONVERSION, "M", 100, 100))
CAME = ((CONVERSION, "B", -3, -100), (DEPOT, "B", 3, 100))


def test_money_becomes_goods_at_the_same_value() -> None:
    ledger = paid()
    ledger.post([purchase(*PAID, *CAME)], [bought(Ingredient("M", 100, 100))])
    assert ledger.holding(DEPOT, "B") == Holding(3, 100)


def test_goods_worth_more_than_was_paid_for_them_are_refused() -> None:
    rich = ((CONVERSION, "B", -3, -101), (DEPOT, "B", 3, 101))
    lots = [bought(Ingredient("M", 100, 100), value=101)]
    error = refused(paid(), ValueNotConserved, [purchase(*PAID, *rich)], lots)
    assert (error.where, error.difference) == (str(CONVERSION), -1)


def test_money_that_becomes_nothing_is_refused() -> None:
    error = refused(paid(), ValueNotConserved, [purchase(*PAID)])
    assert error.difference == 100


def test_goods_that_were_made_of_nothing_are_refused() -> None:
    error = refused(paid(), LotOriginBroken, [purchase(*PAID, *CAME)], [bought()])
    assert (error.lot, "made of nothing" in error.reason) == ("B", True)


def test_goods_that_name_other_money_than_was_paid_are_refused() -> None:
    error = refused(paid(), LotOriginBroken, [purchase(*PAID, *CAME)], [bought(Ingredient("N", 100, 100))])
    assert (error.lot, "is not what came out" in error.reason) == ("M", True)
    unpaid = [bought(Ingredient("M", 100, 100), Ingredient("N", 0, 0))]
    assert refused(paid(), LotOriginBroken, [purchase(*PAID, *CAME)], unpaid).lot == "N"


def test_goods_that_name_another_share_of_the_money_are_refused() -> None:
    both = (
        (FUND, "M", -60, -60),
        (CONVERSION, "M", 60, 60),
        (FUND, "N", -40, -40),
        (CONVERSION, "N", 40, 40),
    )
    lots = [bought(Ingredient("M", 61, 61), Ingredient("N", 39, 39))]
    error = refused(paid(), ValueNotConserved, [purchase(*both, *CAME)], lots)
    assert (error.where, error.difference) == (f"lot M in {CONVERSION}", -1)


def test_a_purchase_can_be_taken_back() -> None:
    ledger = paid()
    ledger.post([purchase(*PAID, *CAME)], [bought(Ingredient("M", 100, 100))])
    made = draft(ledger, day(3))
    made.reverse(ledger.entry(3))
    ledger.post(made.entries)
    assert (ledger.holding(DEPOT, "B"), ledger.holding(FUND, "M")) == (Holding(0, 0), Holding(100, 100))


# The past


def given_out() -> Ledger:
    ledger = received()
    ledger.post([moved(2, day(5), DEPOT, HOUSEHOLD, 1, 33)])
    return ledger


def back(number: int, first: Entry, **changes: Any) -> Entry:  # noqa: ANN401
    postings = tuple(posting.reversed() for posting in first.postings)
    facts: dict[str, Any] = {"kind": EntryKind.REVERSAL, "reverses": first.number, "on": day(6)}
    return attrs.evolve(first, number=number, **facts | {"postings": postings} | changes)


def test_an_entry_is_taken_back_by_its_exact_opposite() -> None:
    ledger = given_out()
    ledger.post([back(3, ledger.entry(2))])
    assert history(ledger, DEPOT) == [(1, 3, 100), (5, 2, 67), (6, 3, 100)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"on": day(4)}, "cannot be of 2023-01-04"),
        ({"reverses": None}, "names the entry that it reverses"),
        ({"kind": OUT}, "names the entry that it reverses"),
        ({"postings": moved(3, day(6), HOUSEHOLD, OTHER_DEPOT, 1, 33).postings}, "exact opposite"),
    ],
    ids=["before it happened", "of nothing", "by another kind", "to another place"],
)
def test_an_entry_is_taken_back_in_no_other_way(changes: dict[str, Any], reason: str) -> None:
    ledger = given_out()
    error = refused(ledger, PastChanged, [back(3, ledger.entry(2), **changes)])
    assert reason in error.reason


def test_an_entry_is_taken_back_once() -> None:
    ledger = given_out()
    ledger.post([back(3, ledger.entry(2))])
    error = refused(ledger, PastChanged, [back(4, ledger.entry(2))])
    assert (error.entry, error.reason) == (2, "entry 3 has already reversed it")


def test_an_entry_is_taken_back_once_also_by_entries_that_land_together() -> None:
    ledger = received()
    ledger.post([moved(2, day(5), DEPOT, LOSS, 1, 33)])
    ledger.post([moved(3, day(5), DEPOT, LOSS, 1, 33)])
    twice = [back(4, ledger.entry(2)), back(5, ledger.entry(2))]
    assert refused(ledger, PastChanged, twice).reason == "entry 4 has already reversed it"


def test_a_reversal_is_not_taken_back() -> None:
    ledger = given_out()
    ledger.post([back(3, ledger.entry(2))])
    error = refused(ledger, PastChanged, [back(4, ledger.entry(3))])
    assert "it is a reversal" in error.reason


@pytest.mark.parametrize("number", [0, 3, 9])
def test_what_never_was_cannot_be_taken_back(number: int) -> None:
    ledger = given_out()
    refused(ledger, Unknown, [back(3, ledger.entry(2), reverses=number)])


def test_goods_that_moved_on_cannot_be_taken_back() -> None:
    ledger = given_out()
    error = refused(ledger, BelowZero, [back(3, ledger.entry(1))])
    assert (error.place, error.asked, error.there) == ("warehouse:ankang", 3, 2)
