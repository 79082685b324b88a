"""Entries in the making: what moves gets its worth, and the ledger stays as it was."""

from __future__ import annotations

import pytest

from reliefstock.errors import BelowZero, ResidueLeft
from reliefstock.ledger import EntryKind, Holding, Ledger, Place, PlaceKind, Position
from unit.ledger.house import (
    DEPOT,
    DONOR,
    GAIN,
    HOUSEHOLD,
    LOSS,
    OTHER_DEPOT,
    contents,
    day,
    draft,
    history,
    lot,
    moved,
    received,
)


def test_a_new_lot_comes_in_whole_and_is_split_without_a_residue() -> None:
    made = draft(Ledger(), day(1))
    made.bring(lot(), DONOR, {DEPOT: 1, OTHER_DEPOT: 2})
    made.finish(EntryKind.RECEIPT)
    postings = [(str(p.place), p.quantity, p.value) for p in made.entries[0].postings]
    assert postings == [
        ("donor:province", -3, -100),
        ("warehouse:ankang", 1, 33),
        ("warehouse:ningshan", 2, 67),
    ]
    assert [one.id for one in made.lots] == ["L"]


def test_a_draft_changes_nothing() -> None:
    ledger = received()
    before = contents(ledger)
    made = draft(ledger, day(2))
    made.move(ledger.lot("L"), DEPOT, HOUSEHOLD, 2)
    made.finish(EntryKind.DISTRIBUTION)
    assert contents(ledger) == before


def test_an_entry_knows_who_made_it_and_for_what() -> None:
    ledger = received()
    made = draft(ledger, day(2))
    made.move(ledger.lot("L"), DEPOT, HOUSEHOLD, 2)
    number = made.finish(EntryKind.DISTRIBUTION, programme="winter")
    [done] = made.entries
    assert number == done.number == 2
    assert (done.by, done.command, done.document, done.programme) == ("clerk", "c", "by hand", "winter")
    assert done.on == made.on == day(2)


def test_several_movements_of_one_lot_each_take_their_own_units() -> None:
    ledger = received()
    made, quilts = draft(ledger, day(2)), ledger.lot("L")
    values = [made.move(quilts, DEPOT, Place(PlaceKind.HOUSEHOLD, f"H-{n}"), 1) for n in range(3)]
    assert values == [33, 33, 34]
    assert made.left(quilts, DEPOT) == 0
    made.finish(EntryKind.DISTRIBUTION)
    ledger.post(made.entries)
    assert history(ledger, DEPOT) == [(1, 3, 100), (2, 0, 0)]


def test_what_two_entries_of_one_draft_move_follows_on() -> None:
    ledger = received()
    made, quilts = draft(ledger, day(2)), ledger.lot("L")
    made.move(quilts, DEPOT, OTHER_DEPOT, 2)
    made.finish(EntryKind.DISPATCH)
    assert made.position(quilts, OTHER_DEPOT) == Position(2, 66)
    made.move(quilts, OTHER_DEPOT, HOUSEHOLD, 2)
    made.finish(EntryKind.DISTRIBUTION)
    ledger.post(made.entries)
    assert ledger.holding(HOUSEHOLD, "L") == Holding(2, 66)


def test_a_new_lot_moves_on_in_the_draft_that_brings_it() -> None:
    ledger = Ledger()
    made, quilts = draft(ledger, day(2)), lot()
    made.bring(quilts, DONOR, {DEPOT: 3})
    made.finish(EntryKind.RECEIPT)
    assert made.position(quilts, OTHER_DEPOT) == Position()
    assert made.position(quilts, DEPOT) == Position(3, 100)
    made.move(quilts, DEPOT, HOUSEHOLD, 1)
    made.finish(EntryKind.DISTRIBUTION)
    ledger.post(made.entries, made.lots)
    assert ledger.position(DEPOT, "L") == Position(3, 100, 1)


def test_more_than_there_is_cannot_be_moved() -> None:
    ledger = received()
    with pytest.raises(BelowZero) as caught:
        draft(ledger, day(2)).move(ledger.lot("L"), DEPOT, HOUSEHOLD, 4)
    error = caught.value
    assert (error.place, error.lot, error.on, error.asked, error.there) == (
        "warehouse:ankang",
        "L",
        day(2),
        4,
        3,
    )


def test_what_is_over_is_worth_the_first_units_of_its_lot_also_beyond_the_last() -> None:
    ledger = received()
    assert [draft(ledger, day(2)).move(ledger.lot("L"), GAIN, DEPOT, units) for units in (1, 3, 4)] == [
        33,
        100,
        133,
    ]


def test_what_was_lost_is_found_again_at_the_value_at_which_it_was_lost() -> None:
    ledger = received()
    ledger.post([moved(2, day(2), DEPOT, LOSS, 1, 34)])
    made = draft(ledger, day(3))
    assert made.move(ledger.lot("L"), LOSS, DEPOT, 1) == 34
    with pytest.raises(BelowZero):
        made.move(ledger.lot("L"), LOSS, DEPOT, 1)


# Dated back


def odd_fen() -> Ledger:
    """Three quilts worth 1.00 yuan; one out on the 10th, one on the 20th, one came back on the 25th."""
    ledger = received()
    ledger.post([moved(2, day(10), DEPOT, HOUSEHOLD, 1, 33)])
    ledger.post([moved(3, day(20), DEPOT, HOUSEHOLD, 1, 33)])
    ledger.post([moved(4, day(25), HOUSEHOLD, DEPOT, 1, 33)])
    return ledger


def test_an_issue_dated_back_takes_the_value_that_leaves_nothing_behind_on_its_day() -> None:
    ledger = odd_fen()
    made = draft(ledger, day(22))
    assert made.move(ledger.lot("L"), DEPOT, HOUSEHOLD, 1) == 34
    made.finish(EntryKind.DISTRIBUTION)
    ledger.post(made.entries)
    assert history(ledger, DEPOT) == [(1, 3, 100), (10, 2, 67), (20, 1, 34), (22, 0, 0), (25, 1, 33)]


def test_the_same_issue_on_the_last_day_takes_the_value_of_the_rule() -> None:
    ledger = odd_fen()
    assert draft(ledger, day(26)).move(ledger.lot("L"), DEPOT, HOUSEHOLD, 1) == 33


def test_what_is_needed_later_cannot_be_taken_earlier() -> None:
    ledger = odd_fen()
    with pytest.raises(BelowZero) as caught:
        draft(ledger, day(12)).move(ledger.lot("L"), DEPOT, OTHER_DEPOT, 2)
    assert (caught.value.on, caught.value.there) == (day(20), 1)


def swapped() -> Ledger:
    """A depot that has one unit all the time: at first a heavy one, of 34 fen, then a light one, of 33."""
    ledger = received(into=OTHER_DEPOT)
    ledger.post([moved(2, day(2), OTHER_DEPOT, DEPOT, 1, 34)])
    ledger.post([moved(3, day(4), OTHER_DEPOT, DEPOT, 1, 33)])
    ledger.post([moved(4, day(5), DEPOT, OTHER_DEPOT, 1, 34)])
    return ledger


def test_where_no_value_leaves_nothing_behind_the_issue_is_refused() -> None:
    ledger = swapped()
    with pytest.raises(ResidueLeft) as caught:
        draft(ledger, day(3)).move(ledger.lot("L"), DEPOT, HOUSEHOLD, 1)
    error = caught.value
    assert (error.place, error.lot, error.on) == ("warehouse:ankang", "L", day(3))
    assert (error.asked, error.least, error.most) == (33, 34, 33)


def test_a_reversal_is_the_exact_opposite_and_says_so() -> None:
    ledger = odd_fen()
    made = draft(ledger, day(26))
    made.reverse(ledger.entry(3))
    [done] = made.entries
    assert (done.kind, done.reverses) == (EntryKind.REVERSAL, 3)
    assert [(p.quantity, p.value) for p in done.postings] == [(1, 33), (-1, -33)]


@pytest.mark.parametrize(
    ("within", "worth"), [((0, 999), 66), ((67, 999), 67), ((0, 66), 66), ((66, 67), 66)]
)
def test_units_are_worth_what_the_rule_says_within_bounds_that_are_set_elsewhere(
    within: tuple[int, int], worth: int
) -> None:
    ledger = received()
    assert draft(ledger, day(2)).worth(ledger.lot("L"), DEPOT, 2, within) == worth


@pytest.mark.parametrize("within", [(0, 65), (68, 999)])
def test_where_bounds_and_units_do_not_meet_it_is_refused(within: tuple[int, int]) -> None:
    ledger = received()
    with pytest.raises(ResidueLeft) as caught:
        draft(ledger, day(2)).worth(ledger.lot("L"), DEPOT, 2, within)
    assert (caught.value.asked, caught.value.least, caught.value.most) == (
        66,
        max(66, within[0]),
        min(67, within[1]),
    )
