"""Units of a lot that go from several places to several others, each beside where it goes."""

from __future__ import annotations

import pytest

from reliefstock.errors import LotOriginBroken
from reliefstock.ledger import EntryKind, Holding, Ledger, Movement, Place
from unit.ledger.house import DEPOT, HOUSEHOLD, LOSS, OTHER_DEPOT, contents, day, draft, entry, lot, received

Move = tuple[Place, str, int, int]

HERE, THERE = (DEPOT, "L", -2, -66), (OTHER_DEPOT, "L", -1, -34)
GIVEN, GONE = (HOUSEHOLD, "L", 2, 66), (LOSS, "L", 1, 34)


def in_two_depots() -> Ledger:
    """Two quilts worth 0.66 yuan in one depot and one worth 0.34 in the other."""
    ledger = received(lot())
    made = draft(ledger, day(2))
    made.move(lot(), DEPOT, OTHER_DEPOT, 1)
    made.finish(EntryKind.DISPATCH)
    ledger.post(made.entries)
    assert ledger.holding(OTHER_DEPOT, "L") == Holding(1, 33)
    return ledger


def test_each_pair_tells_from_where_to_where():
    ledger = in_two_depots()
    pairs = ((DEPOT, "L", -2, -67), (HOUSEHOLD, "L", 2, 67), (OTHER_DEPOT, "L", -1, -33), (LOSS, "L", 1, 33))
    ledger.post([entry(3, EntryKind.WRITE_OFF, day(3), *pairs)])
    assert list(ledger.entry(3).movements()) == [
        Movement(DEPOT, HOUSEHOLD, "L", 2, 67),
        Movement(OTHER_DEPOT, LOSS, "L", 1, 33),
    ]


def test_taken_back_each_pair_goes_the_other_way():
    ledger = in_two_depots()
    pairs = ((DEPOT, "L", -2, -67), (HOUSEHOLD, "L", 2, 67), (OTHER_DEPOT, "L", -1, -33), (LOSS, "L", 1, 33))
    ledger.post([entry(3, EntryKind.WRITE_OFF, day(3), *pairs)])
    made = draft(ledger, day(4))
    made.reverse(ledger.entry(3))
    ledger.post(made.entries)
    assert list(ledger.entry(4).movements()) == [
        Movement(HOUSEHOLD, DEPOT, "L", 2, 67),
        Movement(LOSS, OTHER_DEPOT, "L", 1, 33),
    ]


@pytest.mark.parametrize(
    "legs",
    [
        (HERE, THERE, GIVEN, GONE),
        (HERE, (HOUSEHOLD, "L", 2, 67), THERE, (LOSS, "L", 1, 33)),
        (HERE, GONE, THERE, GIVEN),
        (HERE, GIVEN, THERE, (HOUSEHOLD, "L", 1, 34)),
        (HERE, GIVEN, (LOSS, "L", 0, 0), (OTHER_DEPOT, "L", 0, 0)),
    ],
    ids=["not beside", "other values", "crossed", "a place twice", "of nothing"],
)
def test_what_does_not_tell_from_where_to_where_is_refused(legs: tuple[Move, ...]):
    ledger = in_two_depots()
    before = contents(ledger)
    with pytest.raises(LotOriginBroken, match="or pair by pair, each place named once"):
        ledger.post([entry(3, EntryKind.WRITE_OFF, day(3), *legs)])
    assert contents(ledger) == before
