"""What happened."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest

from reliefstock.errors import Incomplete, NotABusinessDate, NotExact
from reliefstock.ledger import EntryKind, Movement, Posting
from unit.ledger.house import DEPOT, DONOR, HOUSEHOLD, OTHER_DEPOT, day, entry, moved


@pytest.mark.parametrize(("quantity", "value"), [(1.0, 33), (1, 33.0), (True, 33), ("1", 33), (1, None)])
def test_a_posting_has_whole_figures_only(quantity: object, value: object) -> None:
    with pytest.raises(NotExact, match="posting"):
        attrs.evolve(Posting(DEPOT, "L", 1, 33), quantity=quantity, value=value)


def test_a_posting_taken_back_is_its_opposite() -> None:
    assert Posting(DEPOT, "L", 2, 66).reversed() == Posting(DEPOT, "L", -2, -66)


def test_an_entry_has_a_date_and_no_instant() -> None:
    with pytest.raises(NotABusinessDate):
        entry(1, EntryKind.RECEIPT, datetime(2023, 1, 1, tzinfo=UTC))


def test_an_entry_never_changes() -> None:
    made = moved(1, day(1), DONOR, DEPOT, 3, 100)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.on = day(2)  # pyright: ignore[reportAttributeAccessIssue]


def test_a_list_that_changes_later_does_not_change_the_entry() -> None:
    postings = [Posting(DONOR, "L", -3, -100), Posting(DEPOT, "L", 3, 100)]
    made = attrs.evolve(moved(1, day(1), DONOR, DEPOT, 1, 1), postings=postings)
    postings.clear()
    assert len(made.postings) == 2
    with pytest.raises(Incomplete):
        attrs.evolve(made, postings=made.postings[0])


def test_an_entry_tells_from_where_to_where_each_lot_went() -> None:
    made = entry(
        1,
        EntryKind.ARRIVAL,
        day(1),
        (DONOR, "L", -3, -100),
        (DEPOT, "L", 2, 66),
        (OTHER_DEPOT, "L", 1, 34),
        (DEPOT, "M", -1, -5),
        (OTHER_DEPOT, "M", -1, -6),
        (HOUSEHOLD, "M", 2, 11),
    )
    assert list(made.movements()) == [
        Movement(DONOR, DEPOT, "L", 2, 66),
        Movement(DONOR, OTHER_DEPOT, "L", 1, 34),
        Movement(DEPOT, HOUSEHOLD, "M", 1, 5),
        Movement(OTHER_DEPOT, HOUSEHOLD, "M", 1, 6),
    ]
    assert list(made.by_lot()) == ["L", "M"]
