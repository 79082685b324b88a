"""Promise 7: where goods get another id, what is held of them goes on, all of it, for the same."""

from __future__ import annotations

import attrs
import pytest

from reliefstock import WrittenOffLine
from reliefstock.errors import HeldForOthers, HoldBroken
from reliefstock.ledger import EntryKind, Hold, How, Ingredient, Ledger, Outcome
from unit.ledger.house import CONVERSION, DEPOT, OTHER_DEPOT, day, entry, lot, received
from unit.operations.office import QUILT, allocated, allocation, gift, given, handout, new_office, reverse
from unit.promises.breaking import rules_switched_off

FIRST = Hold(
    id="A",
    place=DEPOT,
    lot="L",
    quantity=3,
    since=day(10),
    until=day(20),
    recipient="H-1",
    programme="winter",
)
MOVED = attrs.evolve(FIRST, lot="N", since=day(12))


def held() -> Ledger:
    """Three quilts, held for a household from the 10th to the 20th."""
    ledger = received(lot())
    ledger.post([], holds=[FIRST])
    return ledger


def moves(quantity: int = 3) -> Outcome:
    return Outcome(hold="A", lot="L", on=day(12), quantity=quantity, how=How.MOVED, document="by hand")


def renew(ledger: Ledger, *holds: Hold, outcome: Outcome | None = None) -> None:
    """All three quilts become a lot with another id, in the same place."""
    new = lot("N", made_of=(Ingredient("L", 3, 100),))
    legs = (
        (DEPOT, "L", -3, -100),
        (CONVERSION, "L", 3, 100),
        (CONVERSION, "N", -3, -100),
        (DEPOT, "N", 3, 100),
    )
    made = entry(ledger.next_number, EntryKind.REVALUATION, day(12), *legs)
    ledger.post([made], [new], holds=holds, outcomes=[outcome or moves()])


def test_a_hold_goes_on_in_the_new_lot() -> None:
    ledger = held()
    renew(ledger, MOVED)
    assert [(one.hold.lot, one.open) for one in ledger.holds.of("A")] == [("L", 0), ("N", 3)]
    assert [ledger.holds.held(DEPOT, "N", day(on)) for on in (11, 12, 20, 21)] == [0, 3, 3, 0]


@pytest.mark.parametrize(
    "hold",
    [
        attrs.evolve(MOVED, quantity=2),
        attrs.evolve(MOVED, recipient="H-2"),
        attrs.evolve(MOVED, until=day(19)),
        attrs.evolve(MOVED, programme=""),
        attrs.evolve(MOVED, place=OTHER_DEPOT),
        attrs.evolve(MOVED, id="B"),
    ],
    ids=["fewer", "for another", "for a shorter time", "for another programme", "elsewhere", "another"],
)
def test_a_promise_is_neither_cut_nor_changed_on_the_way(hold: Hold) -> None:
    ledger = held()
    before = tuple(ledger.holds)
    with pytest.raises((HoldBroken, HeldForOthers)):
        renew(ledger, hold)
    with pytest.raises(HoldBroken, match="would not go on where warehouse:ankang has the goods"):
        renew(ledger)
    assert tuple(ledger.holds) == before
    assert len(ledger) == 1


def test_a_promise_does_not_move_to_a_lot_that_others_have_a_hold_on() -> None:
    ledger = received(lot(), lot("N"))
    ledger.post([], holds=[FIRST])
    with pytest.raises(HoldBroken):
        ledger.post([], holds=[MOVED], outcomes=[moves()])


def test_without_the_rule_a_promise_gets_lost() -> None:
    ledger = held()
    with rules_switched_off("_check_moved"):
        renew(ledger)
    assert [(one.hold.lot, one.open) for one in ledger.holds.of("A")] == [("L", 0)]
    assert ledger.holds.held(DEPOT, "N", day(12)) == 0


def test_what_comes_back_is_held_again_though_the_promise_is_at_risk() -> None:
    """Seven quilts are left of ten that are promised; two were given out under the promise, by mistake."""
    book = new_office()
    gift(book)
    allocated(book, allocation("H-1", 4), allocation("H-2", 6), on="2023-01-20")
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine("GRN-000001-1", QUILT.quantity(3))],
        on="2023-01-21",
        reason="stolen",
        explanation="broken lock",
        reported_by="a",
        approved_by="b",
    )
    given(book, handout("H-1", 2, hold="AL-000001-1"), on="2023-01-22")
    reverse(book, "DL-000001", "2023-01-23")
    [one] = book.ledger.holds.of("AL-000001-1")
    assert (one.open, book.on_hand("quilt").quantity) == (4, 7)
