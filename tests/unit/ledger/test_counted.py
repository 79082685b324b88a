"""What was counted stands beside what the book said; what became known later is told from what was known."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from reliefstock.errors import CountBroken, Unknown
from reliefstock.ledger import Counted, Entry, EntryKind, Ledger
from reliefstock.ledger.counted import happened
from unit.ledger.house import DEPOT, HOUSEHOLD, OTHER_DEPOT, contents, day, lot, moved, received


def given(number: int, on: date, units: int = 1) -> Entry:
    return moved(number, on, DEPOT, HOUSEHOLD, units, 33 * units)


def two_counted(ledger: Ledger, on: date | None = None, **said: Any) -> Counted:  # noqa: ANN401
    """On a day of January two units were counted."""
    facts: dict[str, Any] = {
        "place": DEPOT,
        "lot": "L",
        "on": on or day(5),
        "known": len(ledger),
        "counted": 2,
        "there": 3,
        "document": "CS-000001",
    }
    return Counted(**facts | said)


def test_the_difference_is_what_was_counted_less_what_the_book_said() -> None:
    assert two_counted(received()).difference == -1


def test_an_entry_of_an_earlier_day_comes_before_a_count_whenever_it_became_known() -> None:
    one = two_counted(received())
    assert one.follows(given(1, day(4)))
    assert one.follows(given(9, day(4)))
    assert not one.follows(given(1, day(6)))


def test_within_a_day_what_was_entered_after_the_count_happened_after_it() -> None:
    one = two_counted(received())
    assert one.follows(given(1, day(5)))
    assert not one.follows(given(2, day(5)))
    assert not one.is_behind(given(2, day(5)))


def test_late_news_is_of_the_day_that_it_is_about() -> None:
    one, late = two_counted(received()), attrs.evolve(given(2, day(20)), concerns=day(4))
    assert happened(late) == day(4)
    assert one.follows(late)
    assert one.is_behind(late)


def test_what_the_book_knew_is_not_behind_a_count() -> None:
    assert not two_counted(received()).is_behind(given(1, day(4)))


def test_only_what_moved_that_lot_there_counts() -> None:
    ledger = received(lot("L"), lot("M"))
    one = two_counted(ledger)
    elsewhere = moved(3, day(2), OTHER_DEPOT, HOUSEHOLD, 1, 33)
    other_lot = moved(3, day(2), DEPOT, HOUSEHOLD, 1, 33, "M")
    assert one.moved_by([given(3, day(2)), elsewhere, other_lot]) == -1


# Kept by the ledger


def test_what_was_counted_is_kept_in_the_order_in_which_it_became_known() -> None:
    ledger = received()
    first, second = two_counted(ledger, day(9)), two_counted(ledger, document="CS-000002", counted=0)
    ledger.post([], counted=[first])
    ledger.post([], counted=[second])
    assert ledger.counted(DEPOT, "L") == (first, second)
    assert ledger.counted(DEPOT, "M") == ledger.counted(OTHER_DEPOT, "L") == ()


def test_a_lot_that_never_was_in_a_place_can_be_counted_there() -> None:
    ledger = received()
    ledger.post([], counted=[two_counted(ledger, place=OTHER_DEPOT, there=0)])
    assert ledger.counted(OTHER_DEPOT, "L")[0].difference == 2


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"counted": -1}, "-1 cannot have been counted"),
        ({"known": 0}, "the last entry that the book knows is 1, not 0"),
        ({"there": 2}, "the book says 3 of that day, not 2"),
        ({"on": date(2022, 12, 31)}, "the book says 0 of that day, not 3"),
    ],
    ids=str,
)
def test_a_count_that_says_something_else_of_the_book_is_refused(said: dict[str, Any], reason: str) -> None:
    ledger = received()
    before = contents(ledger)
    with pytest.raises(CountBroken) as refused:
        ledger.post([], counted=[two_counted(ledger, **said)])
    assert (refused.value.document, refused.value.lot, refused.value.reason) == ("CS-000001", "L", reason)
    assert str(refused.value) == f"the count of lot L on CS-000001 cannot be kept: {reason}"
    assert contents(ledger) == before
    assert ledger.counted(DEPOT, "L") == ()


def test_a_lot_that_is_not_there_cannot_be_counted() -> None:
    ledger = received()
    with pytest.raises(Unknown, match="lot 'X'"):
        ledger.post([], counted=[two_counted(ledger, lot="X")])


def test_what_takes_an_entry_back_comes_before_a_count_only_where_that_entry_does() -> None:
    ledger = received()
    ledger.post([given(2, day(6))])
    back = attrs.evolve(
        given(3, day(6)),
        postings=tuple(posting.reversed() for posting in given(2, day(6)).postings),
        kind=EntryKind.REVERSAL,
        reverses=2,
        concerns=day(4),
    )
    ledger.post([back])
    one = two_counted(ledger)
    assert one.follows(back)
    assert [found.number for found in ledger.before(one)] == [1]


# Named


def test_the_papers_of_counts_that_entries_come_before_are_named_once() -> None:
    ledger = received(lot("L"), lot("M"))
    ledger.post([], counted=[two_counted(ledger), two_counted(ledger, day(8), document="CS-000002")])
    assert ledger.counts_behind([given(3, day(4)), given(4, day(7))]) == ("CS-000001", "CS-000002")
    assert ledger.counts_behind([given(3, day(7))]) == ("CS-000002",)
    assert ledger.counts_behind([given(3, day(8))]) == ()


def test_entries_of_other_lots_and_places_come_before_no_count() -> None:
    ledger = received(lot("L"), lot("M"))
    ledger.post([], counted=[two_counted(ledger)])
    elsewhere = moved(3, day(2), OTHER_DEPOT, HOUSEHOLD, 1, 33)
    assert ledger.counts_behind([moved(3, day(2), DEPOT, HOUSEHOLD, 1, 33, "M"), elsewhere]) == ()


def test_what_takes_back_an_entry_that_a_count_followed_makes_it_doubtful_too() -> None:
    ledger = received()
    ledger.post([given(2, day(4))])
    ledger.post([], counted=[two_counted(ledger, there=2)])
    opposite = tuple(posting.reversed() for posting in given(2, day(4)).postings)
    back = attrs.evolve(given(3, day(9)), postings=opposite, kind=EntryKind.REVERSAL, reverses=2)
    assert ledger.counts_behind([back]) == ("CS-000001",)
    ledger.post([back])
    assert ledger.counts_behind([given(4, day(9))]) == ()
