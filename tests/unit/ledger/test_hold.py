"""What is kept for whom: from day to day, dated back, resolved once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from reliefstock.errors import HeldForOthers, HoldBroken, PeriodClosed, Unknown
from reliefstock.ledger import (
    Closing,
    EntryKind,
    Hold,
    Holds,
    How,
    Ledger,
    Outcome,
    Place,
    PlaceKind,
    Standing,
)
from unit.ledger.house import (
    DEPOT,
    HOUSEHOLD,
    LOSS,
    OTHER_DEPOT,
    contents,
    day,
    draft,
    entry,
    lot,
    moved,
    received,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reliefstock.ledger import Entry

OTHERS = Place(PlaceKind.HOUSEHOLD, "H-2")
SHELF = (DEPOT, "L")


def hold(quantity: int, since: int, until: int, hold_id: str = "A", **said: Any) -> Hold:  # noqa: ANN401
    """A hold on lot L in the depot, from one day of January to another."""
    facts = {"place": DEPOT, "lot": "L", "recipient": "H-1"} | said
    return Hold(id=hold_id, quantity=quantity, since=day(since), until=day(until), **facts)


def outcome(quantity: int, on: int, how: How = How.RELEASED, hold_id: str = "A") -> Outcome:
    return Outcome(hold=hold_id, lot="L", on=day(on), quantity=quantity, how=how, document="by hand")


def held(*holds: Hold, units: int = 100, value: int = 10_000) -> Ledger:
    """A depot with a hundred quilts from the first of January on, some of them held."""
    ledger = received(lot(quantity=units, value=value))
    ledger.post([], holds=holds)
    return ledger


def taken(ledger: Ledger, on: int, quantity: int, kind: EntryKind = EntryKind.DISTRIBUTION) -> Entry:
    """So many quilts leave the depot on a day."""
    target = LOSS if kind is EntryKind.WRITE_OFF else OTHERS
    value = 100 * quantity
    return entry(
        ledger.next_number, kind, day(on), (DEPOT, "L", -quantity, -value), (target, "L", quantity, value)
    )


def fulfilled(ledger: Ledger, on: int, quantity: int, hold_id: str = "A") -> None:
    one = taken(ledger, on, quantity)
    ledger.post([one], outcomes=[outcome(quantity, on, How.FULFILLED, hold_id)])


def kept(ledger: Ledger, *days: int) -> list[int]:
    return [ledger.holds.held(DEPOT, "L", day(one)) for one in days]


def refused(
    ledger: Ledger,
    error: type[HoldBroken | HeldForOthers | Unknown | PeriodClosed],
    entries: Sequence[Entry] = (),
    **news: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """What is posted is refused and changes nothing; returns the error."""
    before = contents(ledger), tuple(ledger.holds)
    with pytest.raises(error) as caught:
        ledger.post(entries, **news)
    assert (contents(ledger), tuple(ledger.holds)) == before
    return caught.value


# What a hold keeps


def test_a_hold_keeps_its_units_on_its_days_both_included() -> None:
    ledger = held(hold(40, 10, 20))
    assert kept(ledger, 9, 10, 20, 21) == [0, 40, 40, 0]


def test_what_comes_of_a_hold_counts_from_its_day_on() -> None:
    ledger = held(hold(40, 10, 20))
    fulfilled(ledger, 12, 15)
    ledger.post([], outcomes=[outcome(5, 15)])
    assert kept(ledger, 11, 12, 15, 20, 21) == [40, 25, 20, 20, 0]
    [one] = ledger.holds.of("A")
    assert (one.open, one.balance()) == (20, [(day(12), 25), (day(15), 20)])
    assert [out.how for out in one.outcomes] == [How.FULFILLED, How.RELEASED]


def test_a_hold_may_last_for_ever() -> None:
    ledger = held(hold(40, 10, 20), hold(60, 10, 20, "B"))
    endless = attrs.evolve(hold(5, 21, 22, "C"), until=date.max)
    ledger.post([], holds=[endless])
    assert kept(ledger, 20, 21, 31) == [100, 5, 5]


def test_what_can_be_resolved_is_what_is_kept_on_every_later_day_too() -> None:
    [one] = held(hold(40, 10, 20)).holds
    one = one.then(outcome(30, 15))
    assert [one.left(day(on)) for on in (9, 10, 14, 15, 20, 21)] == [0, 10, 10, 10, 10, 0]


def test_several_holds_on_one_lot_add_up() -> None:
    ledger = held(hold(40, 10, 20), hold(30, 15, 25, "B"))
    assert kept(ledger, 10, 15, 20, 21, 25, 26) == [40, 70, 70, 30, 30, 0]


def test_a_hold_of_several_lots_has_one_id() -> None:
    ledger = received(lot(quantity=3), lot("M", 5, 500))
    ledger.post([], holds=[hold(3, 10, 20), hold(2, 10, 20, lot="M")])
    assert [(one.hold.lot, one.hold.quantity) for one in ledger.holds.of("A")] == [("L", 3), ("M", 2)]
    assert ("A", "M") in ledger.holds
    assert ledger.holds.standing(("A", "M")).hold.quantity == 2


def test_a_shelf_has_its_open_holds_the_first_promised_first() -> None:
    ledger = held(hold(10, 12, 20), hold(10, 10, 20, "B"), hold(10, 10, 20, "C"))
    ledger.post([], outcomes=[outcome(10, 15, hold_id="B")])
    assert [one.hold.id for one in ledger.holds.on_shelf(SHELF)] == ["C", "A"]
    ledger.post([], outcomes=[outcome(-10, 15, How.RESTORED, hold_id="B")])
    assert [one.hold.id for one in ledger.holds.on_shelf(SHELF)] == ["B", "C", "A"]
    assert ledger.holds.shelves() == (SHELF,)


def test_a_shelf_of_which_all_is_resolved_has_no_open_hold() -> None:
    ledger = held(hold(10, 10, 20))
    ledger.post([], outcomes=[outcome(10, 15)])
    assert (ledger.holds.shelves(), ledger.holds.on_shelf(SHELF)) == ((), ())
    assert (len(ledger.holds), ledger.holds.has_kept(SHELF)) == (1, True)


def test_what_a_document_resolved_can_be_asked() -> None:
    ledger = held(hold(10, 10, 20))
    ledger.post([], outcomes=[outcome(4, 15)])
    ledger.post([], outcomes=[outcome(3, 16)])
    assert [out.quantity for out in ledger.holds.resolved_by("by hand")] == [4, 3]
    assert ledger.holds.resolved_by("another") == ()


@pytest.mark.parametrize("ask", [lambda holds: holds.of("B"), lambda holds: holds.standing(("B", "L"))])
def test_a_hold_that_is_not_there_is_unknown(ask: Any) -> None:  # noqa: ANN401
    ledger = held(hold(10, 10, 20))
    with pytest.raises(Unknown, match="the book knows no hold 'B'"):
        ask(ledger.holds)


# What is free


@pytest.mark.parametrize("on", [1, 10, 20], ids=["before it begins", "its first day", "its last day"])
def test_what_is_held_is_not_taken_before_the_hold_is_over(on: int) -> None:
    ledger = held(hold(40, 10, 20))
    assert ledger.holds.free(SHELF, ledger.timeline(*SHELF), day(on)) == 60
    refused(ledger, HeldForOthers, [taken(ledger, on, 61)])
    ledger.post([taken(ledger, on, 60)])


def test_what_was_held_is_free_the_day_after() -> None:
    ledger = held(hold(40, 10, 20))
    assert ledger.holds.free(SHELF, ledger.timeline(*SHELF), day(21)) == 100
    ledger.post([taken(ledger, 21, 100)])


def test_the_error_says_what_is_free_and_when() -> None:
    ledger = held(hold(40, 10, 20))
    error = refused(ledger, HeldForOthers, [taken(ledger, 5, 61)])
    assert attrs.asdict(error) == {
        "place": "warehouse:ankang",
        "lot": "L",
        "on": day(10),
        "asked": 61,
        "free": 60,
    }


def test_where_nothing_ever_was_nothing_is_free() -> None:
    ledger = held(hold(40, 10, 20))
    assert ledger.holds.free((OTHER_DEPOT, "L"), None, day(1)) == 0
    refused(ledger, HeldForOthers, holds=[hold(1, 10, 20, "B", place=OTHER_DEPOT)])


def test_what_is_not_sure_to_be_over_is_not_counted_on() -> None:
    """Today is the 15th. By the 25th the hold is over; until then somebody may still come for the goods."""
    ledger = held(hold(40, 10, 20))
    timeline = ledger.timeline(*SHELF)
    assert ledger.holds.free(SHELF, timeline, day(25), sure=day(15)) == 60
    assert ledger.holds.free(SHELF, timeline, day(25), sure=day(21)) == 100


def test_what_is_free_is_free_at_every_moment_of_a_later_day() -> None:
    """All are given out on the 15th and come back the same day: in between nothing is there to be given."""
    ledger = held(hold(40, 10, 20))
    ledger.post([], outcomes=[outcome(40, 12)])
    gone = taken(ledger, 15, 70)
    ledger.post([gone])
    back = attrs.evolve(gone, number=ledger.next_number, kind=EntryKind.REVERSAL, reverses=gone.number)
    ledger.post([attrs.evolve(back, postings=[posting.reversed() for posting in gone.postings])])
    timeline = ledger.timeline(*SHELF)
    assert [ledger.holds.free(SHELF, timeline, day(on)) for on in (12, 14, 15, 16)] == [30, 30, 100, 100]


def test_a_hold_is_free_of_what_is_held_on_its_own_days() -> None:
    ledger = held(hold(70, 10, 20))
    refused(ledger, HeldForOthers, holds=[hold(31, 5, 10, "B")])
    refused(ledger, HeldForOthers, holds=[hold(31, 20, 25, "B")])
    ledger.post([], holds=[hold(100, 21, 25, "B"), hold(30, 10, 20, "C")])
    assert kept(ledger, 9, 10, 20, 21) == [0, 100, 100, 100]


def test_two_holds_of_one_document_find_room_together() -> None:
    ledger = held()
    error = refused(ledger, HeldForOthers, holds=[hold(60, 10, 20), hold(41, 15, 16, "B")])
    assert (error.on, error.asked, error.free) == (day(15), 101, 100)


def test_goods_that_come_and_go_later_count_on_their_days() -> None:
    ledger = held()
    ledger.post([taken(ledger, 15, 80)])
    refused(ledger, HeldForOthers, holds=[hold(21, 10, 15)])
    ledger.post([], holds=[hold(100, 10, 14), hold(20, 15, 20, "B")])
    assert ledger.holds.free(SHELF, ledger.timeline(*SHELF), day(1)) == 0


def test_what_was_held_on_a_past_day_is_not_taken_on_it_now() -> None:
    """Released on the 15th: what is dated back to the 12th still meets it."""
    ledger = held(hold(40, 10, 20))
    ledger.post([], outcomes=[outcome(40, 15)])
    refused(ledger, HeldForOthers, [taken(ledger, 12, 61)])
    ledger.post([taken(ledger, 15, 100)])


def test_a_loss_is_a_fact_and_cuts_into_what_is_held() -> None:
    ledger = held(hold(40, 10, 20))
    ledger.post([taken(ledger, 12, 70, EntryKind.WRITE_OFF)])
    refused(ledger, HeldForOthers, [taken(ledger, 5, 1)])
    refused(ledger, HeldForOthers, holds=[hold(1, 15, 16, "B")])
    fulfilled(ledger, 13, 30)
    assert kept(ledger, 13) == [10]


def test_what_is_left_after_a_loss_is_free_when_the_hold_is_over() -> None:
    ledger = held(hold(40, 10, 20))
    ledger.post([taken(ledger, 12, 70, EntryKind.WRITE_OFF)])
    refused(ledger, HeldForOthers, [taken(ledger, 20, 1)])
    ledger.post([taken(ledger, 21, 30)])


def test_what_comes_in_needs_nothing_free() -> None:
    ledger = held(hold(40, 10, 20))
    ledger.post([taken(ledger, 12, 70, EntryKind.WRITE_OFF)])
    ledger.post([moved(ledger.next_number, day(13), LOSS, DEPOT, 5, 500)])
    assert ledger.holding(DEPOT, "L").quantity == 35


def test_a_hold_elsewhere_is_in_nobodys_way() -> None:
    ledger = received(lot(quantity=3), lot("M", 5, 500))
    ledger.post([], holds=[hold(5, 10, 20, lot="M")])
    ledger.post([moved(ledger.next_number, day(12), DEPOT, HOUSEHOLD, 3, 100)])
    assert ledger.holding(DEPOT, "L").quantity == 0


# What a hold must be


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (hold(1, 10, 20, place=HOUSEHOLD), "only what is usable in a warehouse is held"),
        (hold(1, 10, 20, place=Place(PlaceKind.QUARANTINE, "ankang")), "only what is usable"),
        (hold(0, 10, 20), "it keeps no units"),
        (hold(-1, 10, 20), "it keeps no units"),
        (hold(1, 10, 9), "its last day is before its first"),
    ],
    ids=["household", "quarantine", "nothing", "less", "backwards"],
)
def test_a_hold_that_cannot_be_is_refused(bad: Hold, reason: str) -> None:
    assert reason in str(refused(held(), HoldBroken, holds=[bad]))


def test_an_id_stands_for_one_hold_of_a_lot() -> None:
    ledger = held(hold(1, 10, 20))
    assert refused(ledger, HoldBroken, holds=[hold(1, 10, 20)]).reason == "there is already one of that id"
    refused(ledger, HoldBroken, holds=[hold(1, 10, 20, "B"), hold(2, 10, 20, "B")])


# Resolved once


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (outcome(41, 15), "40 of it are left from 2023-01-15 on, 41 cannot be released"),
        (outcome(1, 9), "it lasts from 2023-01-10 to 2023-01-20, and 2023-01-09 is none of its days"),
        (outcome(1, 21), "it lasts from 2023-01-10 to 2023-01-20, and 2023-01-21 is none of its days"),
        (outcome(0, 15), "0 units cannot be released"),
        (outcome(-1, 15), "-1 units cannot be released"),
        (outcome(1, 15, How.RESTORED), "1 units cannot be restored"),
        (outcome(-1, 15, How.RESTORED), "1 of it cannot be held again, less was resolved"),
    ],
    ids=str,
)
def test_what_cannot_come_of_a_hold_is_refused(bad: Outcome, reason: str) -> None:
    error = refused(held(hold(40, 10, 20)), HoldBroken, outcomes=[bad])
    assert (error.hold, error.lot, error.reason) == ("A", "L", reason)


def test_what_comes_of_a_hold_that_is_not_there_is_unknown() -> None:
    refused(held(), Unknown, outcomes=[outcome(1, 15)])


def test_a_hold_is_not_resolved_twice_when_it_is_dated_back() -> None:
    """Ten were released on the 15th and held again on the 18th: on the 12th only the others are left."""
    ledger = held(hold(40, 10, 20))
    ledger.post([], outcomes=[outcome(30, 15)])
    ledger.post([], outcomes=[outcome(-30, 18, How.RESTORED)])
    error = refused(ledger, HoldBroken, outcomes=[outcome(11, 12)])
    assert error.reason == "10 of it are left from 2023-01-12 on, 11 cannot be released"
    ledger.post([], outcomes=[outcome(10, 12)])
    ledger.post([], outcomes=[outcome(30, 18)])
    assert kept(ledger, 11, 12, 15, 18) == [40, 30, 0, 0]


def test_no_more_is_held_again_on_a_day_than_was_resolved_by_then() -> None:
    ledger = held(hold(40, 10, 20))
    ledger.post([], outcomes=[outcome(30, 15)])
    refused(ledger, HoldBroken, outcomes=[outcome(-30, 14, How.RESTORED)])
    ledger.post([], outcomes=[outcome(-30, 15, How.RESTORED)])
    assert kept(ledger, 15) == [40]


def test_what_was_released_is_held_again_only_if_it_is_still_free() -> None:
    ledger = held(hold(40, 10, 20))
    ledger.post([], outcomes=[outcome(40, 12)])
    ledger.post([taken(ledger, 14, 61)])
    error = refused(ledger, HeldForOthers, outcomes=[outcome(-40, 15, How.RESTORED)])
    assert (error.asked, error.free) == (40, 39)


def test_a_new_hold_can_be_resolved_by_the_document_that_makes_it() -> None:
    ledger = held()
    ledger.post([], holds=[hold(40, 10, 20)], outcomes=[outcome(15, 10)])
    assert kept(ledger, 10) == [25]


def test_a_hold_is_fulfilled_on_its_last_day_and_not_after_it() -> None:
    ledger = held(hold(40, 10, 20))
    fulfilled(ledger, 20, 39)
    late = taken(ledger, 21, 1)
    refused(ledger, HoldBroken, [late], outcomes=[outcome(1, 21, How.FULFILLED)])
    ledger.post([late])


def test_a_hold_is_fulfilled_in_parts_and_dated_back() -> None:
    ledger = held(hold(40, 10, 20), hold(60, 10, 20, "B"))
    fulfilled(ledger, 15, 30)
    fulfilled(ledger, 12, 10)
    fulfilled(ledger, 12, 60, "B")
    assert (kept(ledger, 11, 12, 15), ledger.holding(DEPOT, "L").quantity) == ([100, 30, 0], 0)


def test_what_is_taken_beside_a_hold_must_be_free() -> None:
    ledger = held(hold(40, 10, 20))
    both = taken(ledger, 12, 101 - 1)
    ledger.post([both], outcomes=[outcome(40, 12, How.FULFILLED)])
    again = held(hold(40, 10, 20), hold(10, 10, 20, "B"))
    error = refused(again, HeldForOthers, [taken(again, 12, 91)], outcomes=[outcome(40, 12, How.FULFILLED)])
    assert (error.asked, error.free) == (51, 50)


@pytest.mark.parametrize("left", [0, 14])
def test_a_hold_is_fulfilled_by_goods_that_leave(left: int) -> None:
    ledger = held(hold(40, 10, 20))
    entries = [taken(ledger, 12, left)] if left else []
    error = refused(ledger, HoldBroken, entries, outcomes=[outcome(15, 12, How.FULFILLED)])
    assert error.reason == f"15 of the lot would be fulfilled, and {left} leave warehouse:ankang"


def test_two_holds_are_not_fulfilled_by_the_same_goods() -> None:
    ledger = held(hold(40, 10, 20), hold(40, 10, 20, "B"))
    both = [outcome(40, 12, How.FULFILLED, hold_id) for hold_id in "AB"]
    refused(ledger, HoldBroken, [taken(ledger, 12, 79)], outcomes=both)
    ledger.post([taken(ledger, 12, 80)], outcomes=both)
    assert kept(ledger, 12) == [0]


def test_a_hold_is_not_fulfilled_late_with_what_is_held_for_the_next() -> None:
    """The first is over on the 20th, and everything is held for another from the 21st on."""
    ledger = held(hold(40, 10, 20), hold(100, 21, 31, "B"))
    error = refused(ledger, HeldForOthers, [taken(ledger, 20, 40)], outcomes=[outcome(40, 20, How.FULFILLED)])
    assert (error.on, error.asked, error.free) == (day(21), 40, 0)


def test_nothing_comes_of_a_hold_on_a_closed_day() -> None:
    ledger = held(hold(40, 10, 20))
    ledger.post([], closing=Closing(through=day(12)))
    refused(ledger, PeriodClosed, outcomes=[outcome(1, 12)])
    refused(ledger, PeriodClosed, holds=[hold(1, 12, 20, "B")])
    ledger.post([], outcomes=[outcome(1, 13)])
    assert kept(ledger, 12, 13) == [40, 39]


# In the making


def test_a_draft_leaves_what_is_held_and_sees_what_it_does_itself() -> None:
    ledger = held(hold(40, 10, 20))
    made, quilts, [one] = draft(ledger, day(12)), ledger.lot("L"), ledger.holds
    assert (made.left(quilts, DEPOT), made.there(quilts, DEPOT), made.left_of_hold(one, quilts)) == (
        60,
        100,
        40,
    )
    made.move(quilts, DEPOT, OTHERS, 25)
    assert (made.left(quilts, DEPOT), made.left_of_hold(one, quilts)) == (35, 40)
    made.move(quilts, DEPOT, HOUSEHOLD, 15)
    made.resolve(one.hold, 15, How.FULFILLED)
    assert (made.left(quilts, DEPOT), made.left_of_hold(one, quilts), made.kept(one)) == (35, 25, 25)
    made.hold(hold(30, 12, 20, "B"))
    assert (made.left(quilts, DEPOT), made.holds, len(made.outcomes)) == (5, (hold(30, 12, 20, "B"),), 1)


def test_a_draft_sees_what_is_held_where_nothing_was_before() -> None:
    ledger = held()
    made, quilts = draft(ledger, day(12)), ledger.lot("L")
    made.hold(hold(30, 12, 20))
    assert made.left(quilts, DEPOT) == 70


def test_what_is_left_of_a_hold_is_what_a_loss_left() -> None:
    ledger = held(hold(40, 10, 20))
    ledger.post([taken(ledger, 12, 90, EntryKind.WRITE_OFF)])
    made, quilts, [one] = draft(ledger, day(12)), ledger.lot("L"), ledger.holds
    assert (made.left(quilts, DEPOT), made.left_of_hold(one, quilts), made.kept(one)) == (0, 10, 40)


def test_a_hold_that_was_over_leaves_nothing() -> None:
    ledger = held(hold(40, 10, 20))
    made, quilts, [one] = draft(ledger, day(21)), ledger.lot("L"), ledger.holds
    assert (made.left(quilts, DEPOT), made.left_of_hold(one, quilts)) == (100, 0)


def test_an_empty_book_holds_nothing() -> None:
    holds = Holds()
    assert (len(holds), tuple(holds), holds.shelves(), ("A", "L") in holds) == (0, (), (), False)
    assert Standing(hold(3, 10, 20), 0).lasts(day(10))
