"""A mistake is reversed, once, exactly, on a date of its own, and done again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reliefstock import Book, PledgedLine, ReturnedLine, WrittenOffLine
from reliefstock.errors import (
    BelowZero,
    DateTooFarAhead,
    Incomplete,
    NotOpen,
    PastChanged,
    ReliefstockError,
    Unknown,
)
from reliefstock.operations import LossReason
from unit.operations.office import (
    QUILT,
    arrived,
    bought,
    consigned,
    gift,
    given,
    held,
    money,
    new_office,
    refused,
    reverse,
    sent,
    spent,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reliefstock import Document

L = "GRN-000001-1"


@pytest.fixture
def book() -> Book:
    """Ten quilts and a hundred yuan."""
    book = new_office()
    gift(book)
    money(book)
    return book


def _arrive(book: Book, received: int, damaged: int = 0) -> Document:
    sent(book, consigned(10, L))
    return book.arrive(
        "WB-000001", on="2023-01-22", received_by="c", approved_by="d", lines=[arrived(L, received, damaged)]
    )


def _return(book: Book) -> Document:
    given(book, ("H-1", 3))
    line = ReturnedLine(L, QUILT.quantity(2))
    return book.return_(recipient="H-1", into="depot", lines=[line], on="2023-01-25", reason="too many")


def _write_off(book: Book) -> Document:
    return book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(L, QUILT.quantity(2))],
        on="2023-01-25",
        reason=LossReason.STOLEN,
        explanation="the lock was broken",
        reported_by="a",
        approved_by="b",
    )


KINDS: dict[str, Callable[[Book], Document]] = {
    "a goods received note": gift,
    "a donation receipt": money,
    "a purchase": bought,
    "a waybill": sent,
    "a clean receiving report": lambda book: _arrive(book, 10),
    "a receiving report of a loss": lambda book: _arrive(book, 6, 3),
    "a receiving report of a surplus": lambda book: _arrive(book, 12),
    "a distribution list": lambda book: given(book, ("H-1", 3), ("lvhe", 2)),
    "a return note": _return,
    "a write-off note": _write_off,
    "a payment voucher": spent,
}


def balances(book: Book, known: int) -> dict[tuple[str, str], tuple[int, int]]:
    """What every place holds of every lot, but nothing, as known after an entry."""
    there = {(str(p), lot.id): timeline.as_of(known=known) for p, lot, timeline in book.ledger.timelines()}
    return {key: (held.quantity, held.value) for key, held in there.items() if held}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_document_is_taken_back_exactly(book: Book, kind: str) -> None:
    first = KINDS[kind](book)
    undone = reverse(book, first.number, "2023-02-01")
    assert (undone.number, undone.reverses, undone.reason, undone.approved_by) == (
        "REV-000001",
        first.number,
        "a mistake",
        "b",
    )
    assert len(undone.entries) == len(first.entries)
    assert [book.ledger.reversed_by(number) for number in first.entries] == list(reversed(undone.entries))
    assert book.is_reversed(first.number)
    assert balances(book, len(book.entries)) == balances(book, first.entries[0] - 1)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_known_before_the_reversal_stays_what_was_known(book: Book, kind: str) -> None:
    KINDS[kind](book)
    known, there = len(book.entries), book.on_hand("quilt")
    reverse(book, list(book.documents)[-1], "2023-02-01")
    assert book.on_hand("quilt", known=known) == there
    assert book.on_hand("quilt", on="2023-01-31") == there


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_reversed_once(book: Book, kind: str) -> None:
    first = KINDS[kind](book)
    reverse(book, first.number)
    with refused(book, NotOpen) as errors:
        reverse(book, first.number)
    assert (errors[0].document, errors[0].state, errors[0].asked) == (
        first.number,
        "reversed",
        "reversed again",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_is_not_reversed_before_its_own_date(book: Book, kind: str) -> None:
    first = KINDS[kind](book)
    with refused(book, PastChanged) as errors:
        reverse(book, first.number, "2023-01-09")
    assert f"it is of {first.on}" in errors[0].reason


@pytest.mark.parametrize("kind", KINDS)
def test_a_reversal_is_not_reversed(book: Book, kind: str) -> None:
    first = KINDS[kind](book)
    undone = reverse(book, first.number)
    with refused(book, PastChanged) as errors:
        reverse(book, undone.number)
    assert errors[0].entry == undone.entries[-1]
    assert errors[0].reason == "it is a reversal; post again what it took back"


def test_a_mistake_is_done_again_after_it_was_reversed(book: Book) -> None:
    given(book, ("H-1", 3))
    reverse(book, "DL-000001", "2023-01-20")
    again = given(book, ("H-1", 2))
    assert again.number == "DL-000002"
    assert held(book, "household:H-1", L) == (2, 2000)


@pytest.mark.parametrize(
    ("then", "place"),
    [
        (lambda book: given(book, ("H-1", 1)), "warehouse:depot"),
        (lambda book: sent(book, consigned(1, L)), "warehouse:depot"),
        (_write_off, "warehouse:depot"),
    ],
    ids=["given out", "sent", "lost"],
)
def test_a_gift_is_not_taken_back_when_it_has_moved_on(
    book: Book, then: Callable[[Book], Document], place: str
) -> None:
    then(book)
    with refused(book, BelowZero) as errors:
        reverse(book, "GRN-000001")
    assert (errors[0].place, errors[0].lot, errors[0].asked) == (place, L, 10)


def test_a_list_is_not_taken_back_when_somebody_has_returned_his_share(book: Book) -> None:
    _return(book)
    with refused(book, BelowZero) as errors:
        reverse(book, "DL-000001")
    assert (errors[0].place, errors[0].there) == ("household:H-1", 1)


def test_money_is_not_taken_back_when_it_is_spent(book: Book) -> None:
    spent(book, "0.01")
    with refused(book, BelowZero):
        reverse(book, "DR-000001")


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"document": "GRN-000009"}, Unknown, "document 'GRN-000009'; did you mean"),
        ({"document": ""}, Unknown, "document ''"),
        ({"reason": " "}, Incomplete, "why a document is reversed"),
        ({"approved_by": ""}, Incomplete, "who approved a reversal"),
        ({"on": "2023-07-08"}, DateTooFarAhead, "too far ahead"),
    ],
    ids=str,
)
def test_a_reversal_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    facts: dict[str, Any] = {"document": "GRN-000001"}
    with refused(book, error) as errors:
        reverse(book, **facts | said)
    assert words in str(errors[0])


def test_a_promise_is_withdrawn_while_nothing_that_stands_came_of_it(book: Book) -> None:
    promise = book.pledge(donor="city", lines=[PledgedLine("quilt", QUILT.quantity(1))], on="2023-01-05")
    note = gift(book, donor="city", donation=promise.number)
    with refused(book, NotOpen) as errors:
        reverse(book, promise.number)
    assert errors[0].state == "fulfilled in part"
    reverse(book, note.number)
    reverse(book, promise.number)
    assert book.is_reversed(promise.number)
    with refused(book, NotOpen):
        gift(book, donor="city", donation=promise.number)
