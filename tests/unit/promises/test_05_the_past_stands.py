"""Promise 5: entries are never changed; a mistake is reversed, once, exactly, on a date of its own."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from reliefstock.errors import PastChanged
from reliefstock.ledger import Entry, EntryKind, Holding, Ledger, Place, Posting
from unit.ledger.house import DEPOT, HOUSEHOLD, LOSS, contents, day, moved, received
from unit.promises.breaking import refused, rules_switched_off


def lost() -> Ledger:
    """Two units were lost on the 5th, by two entries."""
    ledger = received()
    ledger.post([moved(2, day(5), DEPOT, LOSS, 1, 33)])
    ledger.post([moved(3, day(5), DEPOT, LOSS, 1, 33)])
    return ledger


def back(ledger: Ledger, of: int, **changes: Any) -> Entry:  # noqa: ANN401
    first = ledger.entry(of)
    postings = tuple(posting.reversed() for posting in first.postings)
    facts: dict[str, Any] = {
        "kind": EntryKind.REVERSAL,
        "reverses": of,
        "on": day(6),
        "postings": postings,
    }
    return attrs.evolve(first, **{"number": ledger.next_number} | facts | changes)


def opposite(place: Place, quantity: int, value: int) -> tuple[Posting, ...]:
    """So much out of the loss again, written as the reversal of entry 2 is."""
    return Posting(place, "L", quantity, value), Posting(LOSS, "L", -quantity, -value)


# Entries stand


@pytest.mark.parametrize("field", ["number", "on", "postings", "document", "reverses"])
def test_no_field_of_an_entry_can_be_changed(field: str) -> None:
    entry: Any = lost().entry(2)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(entry, field, None)


def test_no_posting_can_be_changed_or_taken_out() -> None:
    entry: Any = lost().entry(2)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        entry.postings[0].quantity = 5
    with pytest.raises(TypeError):
        entry.postings[0] = None


def test_a_list_of_postings_that_is_kept_by_somebody_changes_nothing() -> None:
    ledger = received()
    postings = [Posting(DEPOT, "L", -1, -33), Posting(HOUSEHOLD, "L", 1, 33)]
    ledger.post([attrs.evolve(moved(2, day(2), DEPOT, HOUSEHOLD, 1, 33), postings=postings)])
    before = contents(ledger)
    postings.clear()
    assert contents(ledger) == before


def test_the_list_of_entries_that_is_shown_is_not_the_one_that_is_kept() -> None:
    ledger = lost()
    assert isinstance(ledger.entries, tuple)


# Reversals


def test_a_mistake_is_taken_back_exactly() -> None:
    ledger = lost()
    ledger.post([back(ledger, 2)])
    assert ledger.holding(DEPOT, "L") == Holding(2, 67)
    assert ledger.holding(DEPOT, "L", on=day(5)) == Holding(1, 34)


@pytest.mark.parametrize(
    ("changes", "entry", "reason"),
    [
        ({"on": day(4)}, 2, "it is of 2023-01-05, so its reversal cannot be of 2023-01-04"),
        ({"postings": opposite(DEPOT, 1, 34)}, 2, "a reversal is its exact opposite"),
        ({"postings": opposite(DEPOT, 2, 66)}, 2, "a reversal is its exact opposite"),
        (
            {"postings": opposite(HOUSEHOLD, 1, 33)},
            2,
            "a reversal is its exact opposite",
        ),
        ({"reverses": None}, 4, "a reversal names the entry that it reverses, and no other does"),
        ({"kind": EntryKind.RETURN}, 4, "a reversal names the entry that it reverses, and no other does"),
        ({"number": 2}, 2, "the next entry is number 4, none is left out or put between"),
    ],
    ids=str,
)
def test_a_mistake_is_taken_back_in_no_other_way(changes: dict[str, Any], entry: int, reason: str) -> None:
    ledger = lost()
    refused(ledger, [back(ledger, 2, **changes)], PastChanged(entry=entry, reason=reason))


def test_a_mistake_is_taken_back_once() -> None:
    ledger = lost()
    ledger.post([back(ledger, 2)])
    refused(ledger, [back(ledger, 2)], PastChanged(entry=2, reason="entry 4 has already reversed it"))


def test_a_mistake_is_taken_back_once_in_one_go_too() -> None:
    ledger = lost()
    twice = [back(ledger, 2), back(ledger, 2, number=5)]
    refused(ledger, twice, PastChanged(entry=2, reason="entry 4 has already reversed it"))


def test_what_was_taken_back_is_posted_again_and_not_taken_back_twice() -> None:
    ledger = lost()
    ledger.post([back(ledger, 2)])
    reason = "it is a reversal; post again what it took back"
    refused(ledger, [back(ledger, 4)], PastChanged(entry=4, reason=reason))


def test_the_error_says_which_entry_stands() -> None:
    assert str(PastChanged(entry=2, reason="entry 4 has already reversed it")) == (
        "entry 2 stands: entry 4 has already reversed it"
    )


# Without the rule


def test_without_the_rule_one_loss_is_taken_back_twice_and_hides_the_other() -> None:
    ledger = lost()
    with rules_switched_off("_check_reversal"):
        ledger.post([back(ledger, 2)])
        ledger.post([back(ledger, 2)])
    assert ledger.holding(LOSS, "L") == Holding(0, 0)
    assert ledger.reversed_by(3) is None


def test_without_the_rule_a_loss_is_taken_back_before_it_happened() -> None:
    ledger = received()
    ledger.post([moved(2, day(5), DEPOT, LOSS, 1, 33)])
    with rules_switched_off("_check_reversal", "_check_giving_place"):
        ledger.post([back(ledger, 2, on=day(3))])
    assert ledger.holding(DEPOT, "L", on=day(4)).quantity == 4


def test_without_the_rule_a_correction_takes_back_more_than_was_posted() -> None:
    ledger = lost()
    with rules_switched_off("_check_reversal"):
        ledger.post([back(ledger, 2, postings=opposite(DEPOT, 2, 66))])
    assert ledger.holding(LOSS, "L") == Holding(0, 0)
