"""Promise 7: a hold is fulfilled in parts, released or over, once; and what is held is not for others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reliefstock.errors import HoldBroken, NotEnough
from reliefstock.ledger import EntryKind, Hold, How, Ledger, Outcome
from unit.ledger.house import DEPOT, HOUSEHOLD, day, entry, lot, received
from unit.operations.office import QUILT, allocated, allocation, gift, given, handout, new_office, reverse
from unit.operations.office import refused as refused_by_book
from unit.promises.breaking import rules_switched_off

if TYPE_CHECKING:
    from reliefstock.ledger import Entry


def held() -> Ledger:
    """Of a hundred quilts forty are held for a household from the 10th to the 20th."""
    ledger = received(lot(quantity=100, value=10_000))
    one = Hold(id="A", place=DEPOT, lot="L", quantity=40, since=day(10), until=day(20), recipient="H-1")
    ledger.post([], holds=[one])
    return ledger


def outcome(quantity: int, on: int, how: How = How.FULFILLED) -> Outcome:
    return Outcome(hold="A", lot="L", on=day(on), quantity=quantity, how=how, document="by hand")


def given_out(ledger: Ledger, on: int, units: int) -> Entry:
    value = units * 100
    return entry(
        ledger.next_number,
        EntryKind.DISTRIBUTION,
        day(on),
        (DEPOT, "L", -units, -value),
        (HOUSEHOLD, "L", units, value),
    )


def resolved(ledger: Ledger) -> int:
    """What came of the hold in all."""
    [one] = ledger.holds.of("A")
    return one.hold.quantity - one.open


def post(ledger: Ledger, on: int, units: int) -> None:
    ledger.post([given_out(ledger, on, units)], outcomes=[outcome(units, on)])


def refused(ledger: Ledger, entries: list[Entry], *outcomes: Outcome) -> HoldBroken:
    before = tuple(ledger.holds)
    with pytest.raises(HoldBroken) as caught:
        ledger.post(entries, outcomes=outcomes)
    assert tuple(ledger.holds) == before
    return caught.value


def test_a_hold_is_fulfilled_in_parts_and_no_further() -> None:
    ledger = held()
    for units in (15, 24, 1):
        post(ledger, 12, units)
    assert resolved(ledger) == 40
    refused(ledger, [given_out(ledger, 12, 1)], outcome(1, 12))


def test_what_was_released_is_not_fulfilled_and_what_was_fulfilled_is_not_released() -> None:
    ledger = held()
    post(ledger, 12, 15)
    ledger.post([], outcomes=[outcome(25, 13, How.RELEASED)])
    refused(ledger, [given_out(ledger, 14, 1)], outcome(1, 14))
    refused(ledger, [], outcome(1, 14, How.RELEASED))


def test_a_hold_that_is_over_is_not_resolved_any_more() -> None:
    ledger = held()
    refused(ledger, [given_out(ledger, 21, 1)], outcome(1, 21))
    refused(ledger, [], outcome(1, 21, How.RELEASED))
    assert ledger.holds.held(DEPOT, "L", day(21)) == 0


def test_what_is_not_fulfilled_is_not_called_so() -> None:
    ledger = held()
    refused(ledger, [], outcome(1, 12))
    refused(ledger, [given_out(ledger, 12, 3)], outcome(4, 12))


def test_at_every_moment_a_hold_is_what_was_promised_less_what_came_of_it() -> None:
    book = new_office()
    gift(book)
    allocated(book, allocation("H-1", 6), until="2023-01-31")
    given(book, handout("H-1", 2, hold="AL-000001-1"), on="2023-01-20")
    book.release_hold(
        "AL-000001-1", quantity=QUILT.quantity(1), on="2023-01-22", reason="moved away", released_by="b"
    )
    reverse(book, "DL-000001", "2023-01-25")
    [one] = book.ledger.holds.of("AL-000001-1")
    days = ("2023-01-19", "2023-01-20", "2023-01-22", "2023-01-25", "2023-01-31", "2023-02-01")
    assert [one.held(date.fromisoformat(on)) for on in days] == [0, 4, 3, 5, 5, 0]
    assert [(out.how.value, out.quantity) for out in one.outcomes] == [
        ("fulfilled", 2),
        ("released", 1),
        ("restored", -2),
    ]


def test_what_is_held_is_not_given_to_anybody_else() -> None:
    book = new_office()
    gift(book)
    allocated(book, allocation("H-1", 6))
    with refused_by_book(book, NotEnough) as errors:
        given(book, ("H-2", 5))
    assert errors[0].passed_over == ("6 of lot GRN-000001-1 are held for others",)
    given(book, ("H-2", 4))
    given(book, handout("H-1", 6, hold="AL-000001-1"))


# Without the rules


@pytest.mark.parametrize(
    ("rule", "on", "units"), [("_check_outcome", 12, 41), ("_check_outcome", 25, 1)], ids=["twice", "over"]
)
def test_without_the_rule_more_comes_of_a_hold_than_there_was(rule: str, on: int, units: int) -> None:
    ledger = held()
    with rules_switched_off(rule):
        post(ledger, 12, 40)
        post(ledger, on, units)
    assert resolved(ledger) == 40 + units


def test_without_the_rule_a_hold_is_fulfilled_by_nothing() -> None:
    ledger = held()
    with rules_switched_off("_check_fulfilled"):
        ledger.post([], outcomes=[outcome(40, 12)])
    assert (resolved(ledger), ledger.holding(HOUSEHOLD, "L").quantity) == (40, 0)


def test_without_the_rule_an_id_stands_for_two_holds() -> None:
    ledger = held()
    [before] = ledger.holds.of("A")
    post(ledger, 12, 40)
    with rules_switched_off("_check_hold"):
        ledger.post([], holds=[before.hold])
    post(ledger, 13, 40)
    assert ledger.holding(HOUSEHOLD, "L").quantity == 80
