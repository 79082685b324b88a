"""Promise 8: the same id with the same content returns the first outcome, with other content is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reliefstock import Book
from reliefstock.book import book as book_module
from reliefstock.errors import CommandConflict
from unit.operations.office import (
    bought,
    fingerprint,
    gift,
    given,
    line,
    money,
    new_office,
    refused,
    reverse,
    spent,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reliefstock import Document

VERBS: dict[str, Callable[[Book, str], Document]] = {
    "receive": lambda book, command: gift(book, command=command),
    "receive money": lambda book, command: money(book, command=command),
    "purchase": lambda book, command: bought(book, 1, "1", command=command),
    "distribute": lambda book, command: given(book, ("H-1", 1), command=command),
    "spend": lambda book, command: spent(book, "1", command=command),
    "reverse": lambda book, command: reverse(book, "GRN-000002", command=command),
}


@pytest.fixture
def book() -> Book:
    """Two gifts of goods and one of money."""
    book = new_office()
    gift(book)
    gift(book)
    money(book)
    return book


@pytest.mark.parametrize("verb", VERBS)
def test_a_click_that_came_twice_is_done_once(book: Book, verb: str) -> None:
    first = VERBS[verb](book, "click")
    before = fingerprint(book)
    assert VERBS[verb](book, "click") is first
    assert fingerprint(book) == before


def test_a_county_that_was_offline_for_months_may_send_it_again(book: Book) -> None:
    first = given(book, ("H-1", 1), command="click")
    for number in range(20):
        gift(book, command=f"other {number}")
    assert given(book, ("H-1", 1), command="click") is first


def test_the_first_outcome_is_given_back_also_when_it_could_not_be_done_any_more(book: Book) -> None:
    first = given(book, ("H-1", 20), command="click")
    assert given(book, ("H-1", 20), command="click") is first


def test_an_act_that_was_reversed_since_is_not_done_again_by_its_old_command(book: Book) -> None:
    first = given(book, ("H-1", 1), command="click")
    reverse(book, first.number)
    assert given(book, ("H-1", 1), command="click") is first
    assert book.on_hand("quilt").quantity == 20


def test_other_content_under_a_used_id_is_refused(book: Book) -> None:
    gift(book, command="click")
    with refused(book, CommandConflict) as errors:
        gift(book, line(11), command="click")
    assert (errors[0].command, errors[0].document) == ("click", "GRN-000003")


def test_the_same_date_typed_or_read_is_the_same_content(book: Book) -> None:
    first = gift(book, on="2023-01-10", command="click")
    assert gift(book, on=date(2023, 1, 10), counted_by=["a", "b"], command="click") is first


# Without the rule


def test_without_its_memory_a_book_receives_one_gift_twice(book: Book) -> None:
    gift(book, command="click")
    before = book.on_hand("quilt").quantity
    book._keeper.state.papers._done.clear()  # pyright: ignore[reportAttributeAccessIssue]
    gift(book, command="click")
    assert book.on_hand("quilt").quantity == before + 10


def test_without_the_digest_other_content_is_swallowed(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_module, "asked", lambda *_: b"all the same")
    gift(book, command="click")
    before = book.on_hand("quilt").quantity
    assert gift(book, line(11), command="click").number == "GRN-000003"
    assert book.on_hand("quilt").quantity == before
