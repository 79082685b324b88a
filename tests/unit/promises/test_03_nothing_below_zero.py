"""Promise 3: no inside place, on no business date, past or future, ever holds less than nothing.

Nor less than what is held there for an allocation.
"""

from __future__ import annotations

import attrs
import pytest

from reliefstock import ReturnedLine
from reliefstock.errors import BelowZero, HeldForOthers
from reliefstock.ledger import EntryKind, Hold, Ledger, Place
from unit.ledger.house import DEPOT, HOUSEHOLD, LOSS, OTHER_DEPOT, day, entry, history, lot, moved, received
from unit.operations.office import QUILT, arrived, consigned, gift, given, new_office, sent
from unit.operations.office import refused as refused_by_book
from unit.promises.breaking import refused, rules_switched_off, worst

RULE = "_check_giving_place"


def below(place: Place, on: int, asked: int, there: int) -> BelowZero:
    return BelowZero(place=str(place), lot="L", on=day(on), asked=asked, there=there)


def busy() -> Ledger:
    """Three came on the 1st, two went on the 10th to a depot and on the 20th on to a household."""
    ledger = received(lot(value=99))
    ledger.post([moved(2, day(10), DEPOT, OTHER_DEPOT, 2, 66)])
    ledger.post([moved(3, day(20), OTHER_DEPOT, HOUSEHOLD, 2, 66)])
    return ledger


@pytest.mark.parametrize(
    ("source", "on", "quantity", "error"),
    [
        (DEPOT, 25, 2, below(DEPOT, 25, 2, 1)),
        (DEPOT, 5, 2, below(DEPOT, 10, 2, 1)),
        (DEPOT, 1, 3, below(DEPOT, 10, 3, 1)),
        (OTHER_DEPOT, 15, 1, below(OTHER_DEPOT, 20, 1, 0)),
        (OTHER_DEPOT, 10, 1, below(OTHER_DEPOT, 20, 1, 0)),
        (OTHER_DEPOT, 9, 1, below(OTHER_DEPOT, 9, 1, 0)),
        (HOUSEHOLD, 19, 1, below(HOUSEHOLD, 19, 1, 0)),
        (LOSS, 25, 1, below(LOSS, 25, 1, 0)),
    ],
    ids=str,
)
def test_what_would_be_missing_on_any_later_day_cannot_be_taken(
    source: Place, on: int, quantity: int, error: BelowZero
) -> None:
    target = Place.parse("household:H-2")
    refused(busy(), [moved(4, day(on), source, target, quantity, 33 * quantity)], error)


@pytest.mark.parametrize(
    ("source", "on", "quantity"), [(DEPOT, 1, 1), (DEPOT, 15, 1), (HOUSEHOLD, 20, 2), (HOUSEHOLD, 28, 1)]
)
def test_what_is_there_on_every_later_day_can_be_taken_also_dated_back(
    source: Place, on: int, quantity: int
) -> None:
    ledger, target = busy(), Place.parse("household:H-2")
    ledger.post([moved(4, day(on), source, target, quantity, 33 * quantity)])
    assert [worst(ledger, place) for place in (DEPOT, OTHER_DEPOT, HOUSEHOLD, target)] == [0, 0, 0, 0]


def test_the_error_says_when_how_much_is_there() -> None:
    assert str(below(DEPOT, 10, 2, 1)) == (
        "asked to take 2 of lot L from warehouse:ankang, but on 2023-01-10 only 1 would be there; take less, "
        "take another lot, or correct the later entries first"
    )


@pytest.mark.parametrize("on", ["2023-01-20", "2023-01-21", "2023-02-01"])
def test_a_waybill_is_not_taken_back_under_what_has_arrived(on: str) -> None:
    book = new_office()
    gift(book)
    sent(book, consigned(10))
    book.arrive("WB-000001", on="2023-01-25", received_by="c", lines=[arrived("GRN-000001-1", 10)])
    with refused_by_book(book, BelowZero):
        book.reverse("WB-000001", on=on, reason="a mistake", approved_by="b")


def test_goods_that_come_back_later_are_not_there_before() -> None:
    book = new_office()
    gift(book)
    given(book, ("H-1", 10), on="2023-01-20")
    line = ReturnedLine("GRN-000001-1", QUILT.quantity(1))
    with refused_by_book(book, BelowZero):
        book.return_(recipient="H-1", into="depot", lines=[line], on="2023-01-19", reason="x")


# Without the rule


def test_without_the_rule_a_depot_owes_what_it_never_had() -> None:
    ledger = busy()
    with rules_switched_off(RULE):
        ledger.post([moved(4, day(25), DEPOT, HOUSEHOLD, 2, 66)])
    assert worst(ledger, DEPOT) == -1
    assert ledger.holding(DEPOT, "L").quantity == -1


def test_without_the_rule_an_entry_dated_back_digs_a_hole_that_is_filled_again() -> None:
    """At the end all is well, and only whoever asks for a day in between sees that something is wrong."""
    ledger = received(lot(value=99))
    ledger.post([moved(2, day(10), DEPOT, HOUSEHOLD, 3, 99)])
    ledger.post([moved(3, day(20), HOUSEHOLD, DEPOT, 1, 33)])
    with rules_switched_off(RULE):
        ledger.post([moved(4, day(15), DEPOT, OTHER_DEPOT, 1, 33)])
    assert ledger.holding(DEPOT, "L").quantity == 0
    assert worst(ledger, DEPOT) == -1
    assert history(ledger, DEPOT)[2] == (15, -1, -33)


# What is held


def shortage(ledger: Ledger) -> int:
    """The most that was held and not there, at the end of any day."""
    days = [day(number) for number in range(1, 32)]
    there = (ledger.holding(DEPOT, "L", on=one).quantity - ledger.holds.held(DEPOT, "L", one) for one in days)
    return max(0, *(-free for free in there))


def promised(quantity: int = 2, since: int = 10, until: int = 20, hold_id: str = "A") -> Hold:
    return Hold(
        id=hold_id,
        place=DEPOT,
        lot="L",
        quantity=quantity,
        since=day(since),
        until=day(until),
        recipient="H-1",
    )


def with_a_hold() -> Ledger:
    """Three are there from the 1st on, two of them held from the 10th to the 20th."""
    ledger = received(lot(value=99))
    ledger.post([], holds=[promised()])
    return ledger


def held_for_others(on: int, asked: int, free: int) -> HeldForOthers:
    return HeldForOthers(place=str(DEPOT), lot="L", on=day(on), asked=asked, free=free)


@pytest.mark.parametrize(("on", "when"), [(5, 10), (10, 10), (20, 20)])
def test_what_is_held_is_not_taken_on_any_day_before_the_hold_is_over(on: int, when: int) -> None:
    ledger, target = with_a_hold(), Place.parse("household:H-2")
    entries = [moved(2, day(on), DEPOT, target, 2, 66)]
    refused(ledger, entries, held_for_others(when, 2, 1))
    assert shortage(ledger) == 0


def test_what_is_held_is_not_promised_again() -> None:
    ledger = with_a_hold()
    with pytest.raises(HeldForOthers) as caught:
        ledger.post([], holds=[promised(2, 15, 25, "B")])
    assert attrs.asdict(caught.value) == attrs.asdict(held_for_others(15, 2, 1))
    assert len(ledger.holds) == 1


def test_only_a_loss_leaves_less_than_is_held() -> None:
    ledger = with_a_hold()
    ledger.post([entry(2, EntryKind.WRITE_OFF, day(12), (DEPOT, "L", -2, -66), (LOSS, "L", 2, 66))])
    assert shortage(ledger) == 1
    refused(ledger, [moved(3, day(12), DEPOT, HOUSEHOLD, 1, 33)], held_for_others(12, 1, 0))


def test_without_the_rule_a_depot_gives_away_what_it_holds() -> None:
    ledger = with_a_hold()
    with rules_switched_off("_check_free"):
        ledger.post([moved(2, day(5), DEPOT, HOUSEHOLD, 3, 99)])
    assert shortage(ledger) == 2


def test_without_the_rule_a_depot_promises_twice() -> None:
    ledger = with_a_hold()
    with rules_switched_off("_check_free"):
        ledger.post([], holds=[promised(3, 15, 25, "B")])
    assert shortage(ledger) == 2
