"""What is lost is written off."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import Book, LossReason, Policy, Restriction, WriteOffNote, WrittenOffLine
from reliefstock.errors import BelowZero, Incomplete, NeedsApproval, NotPositive, ReliefstockError, Unknown
from unit.operations.office import QUILT, gift, held, line, new_office, refused, reverse

L = "GRN-000001-1"


@pytest.fixture
def book() -> Book:
    """Three quilts worth 1.00 yuan that can be used, and two of another lot that are kept apart."""
    book = new_office(today="2024-12-31")
    kept_apart = line(accepted=None, quarantined=QUILT.quantity(2), quarantine_reason="wet")
    gift(book, line(3, "1", expiry="2024-01-01", restriction=Restriction(groups=("school",))), kept_apart)
    return book


def written_off(book: Book, units: int = 2, lot: str = L, **said: Any) -> WriteOffNote:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [WrittenOffLine(lot, QUILT.quantity(units))],
        "on": "2024-02-01",
        "reason": LossReason.EXPIRED,
        "explanation": "expired in January",
        "reported_by": "a",
        "approved_by": "b",
    }
    return book.write_off(**facts | said)


def test_what_is_expired_and_restricted_can_be_written_off(book: Book) -> None:
    note = written_off(book)
    assert (note.number, note.reason, note.reported_by, note.approved_by) == (
        "WO-000001",
        LossReason.EXPIRED,
        "a",
        "b",
    )
    assert [(one.lot, one.item, one.quantity, one.value) for one in note.lines] == [
        (L, "quilt", QUILT.quantity(2), 66)
    ]
    assert held(book, "loss:expired", L) == (2, 66)
    assert held(book, "warehouse:depot", L) == (1, 34)


def test_what_is_kept_apart_is_written_off_there(book: Book) -> None:
    note = written_off(book, 2, "GRN-000001-2", quarantined=True, reason=LossReason.SPOILT)
    assert note.quarantined
    assert held(book, "loss:spoilt", "GRN-000001-2") == (2, 10000)


def test_what_was_written_off_by_mistake_comes_back(book: Book) -> None:
    written_off(book)
    reverse(book, "WO-000001", "2024-02-02")
    assert held(book, "warehouse:depot", L) == (3, 100)


@pytest.mark.parametrize("reason", LossReason, ids=str)
def test_each_reason_is_a_place_of_its_own(book: Book, reason: LossReason) -> None:
    written_off(book, reason=reason)
    assert held(book, f"loss:{reason.value}", L) == (2, 66)


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"reported_by": "a", "approved_by": "a "}, NeedsApproval, "2 different people"),
        ({"approved_by": ""}, NeedsApproval, "1 are named"),
        ({"explanation": " "}, Incomplete, "why goods are written off"),
        ({"lines": []}, Incomplete, "no lines"),
        ({"warehouse": "nowhere"}, Unknown, "warehouse 'nowhere'"),
        ({"lot": "GRN-000009-9"}, Unknown, "lot 'GRN-000009-9'"),
        ({"units": 4}, BelowZero, "asked to take 4"),
        ({"units": 0}, NotPositive, "above zero"),
        ({"lot": "GRN-000001-2"}, BelowZero, "only 0 would be there"),
        ({"quarantined": True}, BelowZero, "only 0 would be there"),
        ({"on": "2023-01-09"}, BelowZero, "on 2023-01-09 only 0"),
    ],
    ids=str,
)
def test_a_write_off_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        written_off(book, **said)
    assert words in str(errors[0])


def test_a_society_may_ask_for_more_approvers_or_fewer() -> None:
    alone = new_office(Policy(approvers=1))
    gift(alone, line(3))
    assert written_off(alone, 1, on="2023-02-01", approved_by="a").number == "WO-000001"
