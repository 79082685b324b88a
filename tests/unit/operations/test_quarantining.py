"""What is in doubt is kept apart, and released."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import Book, Policy, QuarantinedLine, QuarantineNote, ReleasedLine, ReleaseNote
from reliefstock.errors import (
    BelowZero,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotPositive,
    NotUsable,
    ReliefstockError,
    UnitMismatch,
    Unknown,
)
from reliefstock.ledger import EntryKind, Hold, Place, PlaceKind
from unit.operations.office import QUILT, RICE, WATER, gift, given, held, line, new_office, refused, reverse

L = "GRN-000001-1"
BUNDLES = "GRN-000001-2"


@pytest.fixture
def book() -> Book:
    """Three quilts worth 1.00 yuan, good until 15 July, and two bundles of ten."""
    book = new_office(today="2023-12-31")
    gift(book, line(3, "1", expiry="2023-07-15"), line(accepted=QUILT.quantity(2, "bundle")))
    return book


def apart(book: Book, units: int = 2, lot: str = L, **said: Any) -> QuarantineNote:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [QuarantinedLine(lot, QUILT.quantity(units))],
        "on": "2023-02-01",
        "reason": "the roof leaked",
        "reported_by": "a",
    }
    return book.quarantine(**facts | said)


def released(book: Book, units: int = 2, lot: str = L, **said: Any) -> ReleaseNote:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [ReleasedLine(lot, QUILT.quantity(units))],
        "on": "2023-02-10",
        "reason": "dried, without mould",
        "inspected_by": "a",
        "approved_by": "b",
    }
    return book.release(**facts | said)


# Kept apart


def test_what_is_kept_apart_is_there_and_cannot_be_used(book: Book) -> None:
    note = apart(book)
    assert (note.number, note.warehouse, note.reason, note.reported_by) == (
        "QN-000001",
        "depot",
        "the roof leaked",
        "a",
    )
    assert [(one.lot, one.item, one.quantity, one.value) for one in note.lines] == [
        (L, "quilt", QUILT.quantity(2), 66)
    ]
    assert held(book, "quarantine:depot", L) == (2, 66)
    assert held(book, "warehouse:depot", L) == (1, 34)
    assert book.on_hand("quilt").quantity == 23
    assert book.on_hand("quilt", usable_only=True).quantity == 21
    assert book.entries[-1].kind is EntryKind.QUARANTINE


def test_the_note_says_how_many_bundles_are_kept_apart(book: Book) -> None:
    note = apart(book, 13, BUNDLES)
    assert [str(part) for part in note.lines[0].packs] == ["1 bundle", "3 piece"]
    assert apart(book, 1).lines[0].packs == ()


def test_several_lines_may_be_of_one_lot(book: Book) -> None:
    lines = [QuarantinedLine(L, QUILT.quantity(1)), QuarantinedLine(L, QUILT.quantity(2))]
    note = apart(book, lines=lines)
    assert [one.value for one in note.lines] == [33, 67]
    assert held(book, "quarantine:depot", L) == (3, 100)


def test_what_is_promised_to_somebody_is_kept_apart_all_the_same(book: Book) -> None:
    hold = Hold(
        id="AL-000001",
        place=Place(PlaceKind.WAREHOUSE, "depot"),
        lot=L,
        quantity=3,
        since=book.entries[0].on,
        until=book.entries[0].on.replace(month=12),
        recipient="lvhe",
    )
    book.ledger.post([], holds=[hold])
    apart(book, 2)
    assert held(book, "quarantine:depot", L) == (2, 66)


def test_what_was_kept_apart_by_mistake_comes_back(book: Book) -> None:
    apart(book)
    reverse(book, "QN-000001", "2023-02-02")
    assert held(book, "warehouse:depot", L) == (3, 100)


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"reason": " "}, Incomplete, "why goods are kept apart"),
        ({"reported_by": ""}, Incomplete, "who reports goods"),
        ({"lines": []}, Incomplete, "no lines"),
        ({"warehouse": "nowhere"}, Unknown, "warehouse 'nowhere'"),
        ({"lot": "GRN-000009-9"}, Unknown, "lot 'GRN-000009-9'"),
        ({"units": 4}, BelowZero, "asked to take 4"),
        ({"units": 0}, NotPositive, "above zero"),
        ({"lines": [QuarantinedLine(L, WATER.quantity(1, "box"))]}, BelowZero, "asked to take 24"),
        ({"on": "2023-01-09"}, BelowZero, "on 2023-01-09 only 0"),
        ({"on": "2024-02-01"}, DateTooFarAhead, "2024-01-07"),
    ],
    ids=str,
)
def test_what_cannot_be_kept_apart_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        apart(book, **said)
    assert words in str(errors[0])


# Released


def test_what_is_released_can_be_used_again(book: Book) -> None:
    apart(book)
    note = released(book, 1)
    assert (note.number, note.warehouse, note.reason, note.inspected_by, note.approved_by) == (
        "REL-000001",
        "depot",
        "dried, without mould",
        "a",
        "b",
    )
    assert [(one.lot, one.item, one.quantity, one.value) for one in note.lines] == [
        (L, "quilt", QUILT.quantity(1), 33)
    ]
    assert held(book, "warehouse:depot", L) == (2, 67)
    assert held(book, "quarantine:depot", L) == (1, 33)
    assert book.entries[-1].kind is EntryKind.RELEASE


def test_the_release_note_says_how_many_bundles_are_released(book: Book) -> None:
    apart(book, 20, BUNDLES)
    note = released(book, lot=BUNDLES, lines=[ReleasedLine(BUNDLES, QUILT.quantity(1, "bundle"))])
    assert [str(part) for part in note.lines[0].packs] == ["1 bundle"]
    assert [pick.lot for pick in given(book, ("H-1", 10), on="2023-07-16").lines[0].picks] == [BUNDLES]


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"reason": ""}, Incomplete, "why goods are released"),
        ({"inspected_by": " "}, Incomplete, "who inspected goods"),
        ({"inspected_by": "B ", "approved_by": "b"}, NeedsApproval, "a release needs approval: 2 different"),
        ({"approved_by": ""}, NeedsApproval, "1 are named"),
        ({"lines": []}, Incomplete, "no lines"),
        ({"warehouse": "nowhere"}, Unknown, "warehouse 'nowhere'"),
        ({"lot": "GRN-000009-9"}, Unknown, "lot 'GRN-000009-9'"),
        ({"units": 3}, BelowZero, "asked to take 3"),
        ({"units": 0}, NotPositive, "above zero"),
        ({"on": "2023-01-31"}, BelowZero, "on 2023-01-31 only 0"),
        ({"on": "2024-02-01"}, DateTooFarAhead, "2024-01-07"),
        ({"on": "2023-07-16"}, NotUsable, "it expired on 2023-07-15; write it off"),
    ],
    ids=str,
)
def test_what_cannot_be_released_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    apart(book)
    with refused(book, error) as errors:
        released(book, **said)
    assert words in str(errors[0])


def test_quilts_are_not_released_by_weight(book: Book) -> None:
    apart(book)
    with refused(book, UnitMismatch):
        released(book, lines=[ReleasedLine(L, RICE.quantity(1, "kg"))])


def test_one_line_that_cannot_be_released_holds_up_all(book: Book) -> None:
    apart(book)
    apart(book, 20, BUNDLES)
    lines = [ReleasedLine(BUNDLES, QUILT.quantity(20)), ReleasedLine(L, QUILT.quantity(2))]
    with refused(book, NotUsable):
        released(book, lines=lines, on="2023-07-16")


@pytest.mark.parametrize(("usable", "is_released"), [(True, True), (False, False)])
def test_whether_goods_are_released_on_their_last_day_is_the_policy(usable: bool, is_released: bool) -> None:
    book = new_office(Policy(expiry_day_usable=usable), today="2023-12-31")
    gift(book, line(3, expiry="2023-07-15"))
    apart(book)
    if is_released:
        assert released(book, on="2023-07-15").number == "REL-000001"
    else:
        with refused(book, NotUsable) as errors:
            released(book, on="2023-07-15")
        assert errors[0].what == f"lot {L}"


def test_a_society_may_let_one_person_release() -> None:
    book = new_office(Policy(approvers=1))
    gift(book, line(3))
    apart(book)
    assert released(book, inspected_by="a", approved_by="a").approved_by == "a"
