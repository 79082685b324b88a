"""Promise 10: all is checked before anything is changed; an entry and its consequences land together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reliefstock import Book, BoughtLine
from reliefstock.errors import BelowZero, NotEnough, ReliefstockError
from reliefstock.ledger import EntryKind, Holding
from unit.ledger.house import DEPOT, DONOR, HOUSEHOLD, OTHER_DEPOT, day, entry, lot, moved, received
from unit.operations.office import (
    QUILT,
    arrived,
    bought,
    consigned,
    gift,
    given,
    held,
    line,
    money,
    new_office,
    sent,
    yuan,
)
from unit.operations.office import refused as refused_by_book
from unit.promises.breaking import refused, rules_switched_off

if TYPE_CHECKING:
    from collections.abc import Callable


def test_two_entries_land_together_or_not_at_all() -> None:
    good, bad = moved(2, day(2), DEPOT, OTHER_DEPOT, 2, 66), moved(3, day(2), DEPOT, HOUSEHOLD, 2, 67)
    error = BelowZero(place=str(DEPOT), lot="L", on=day(2), asked=2, there=1)
    refused(received(), [good, bad], error)


def test_a_lot_lands_with_its_entry_or_not_at_all() -> None:
    came = entry(2, EntryKind.RECEIPT, day(2), (DONOR, "M", -3, -100), (DEPOT, "M", 3, 100))
    gone = moved(3, day(2), DEPOT, HOUSEHOLD, 4, 133, "M")
    error = BelowZero(place=str(DEPOT), lot="M", on=day(2), asked=4, there=3)
    refused(received(), [came, gone], error, [lot("M")])


def last_line_fails(book: Book) -> None:
    given(book, ("H-1", 4), ("H-2", 4), ("lvhe", 4))


def last_goods_fail(book: Book) -> None:
    gift(book, line(), line(), line(item="tent"))


def money_runs_out(book: Book) -> None:
    lines = [BoughtLine("quilt", QUILT.quantity(1), yuan(cost)) for cost in ("60", "41")]
    bought(book, lines=lines)


@pytest.mark.parametrize("act", [last_line_fails, last_goods_fail, money_runs_out])
def test_a_document_is_done_whole_or_not_at_all(act: Callable[[Book], None]) -> None:
    book = new_office()
    gift(book)
    money(book)
    with refused_by_book(book, ReliefstockError):
        act(book)


def test_a_surplus_that_cannot_arrive_is_not_found_either() -> None:
    book = new_office()
    gift(book)
    sent(book, consigned(10))
    with refused_by_book(book, BelowZero):
        book.arrive(
            "WB-000001",
            on="2023-01-19",
            received_by="c",
            approved_by="d",
            lines=[arrived("GRN-000001-1", 12)],
        )
    assert held(book, "gain:over-unresolved", "GRN-000001-1") == (0, 0)


def test_a_list_that_failed_can_be_corrected_and_sent_again_under_its_command() -> None:
    book = new_office()
    gift(book)
    with refused_by_book(book, NotEnough):
        given(book, ("H-1", 4), ("H-2", 7), command="click")
    assert given(book, ("H-1", 4), ("H-2", 6), command="click").number == "DL-000001"


# Without the rule


def test_posted_one_by_one_half_of_it_would_stay() -> None:
    ledger = received()
    good, bad = moved(2, day(2), DEPOT, OTHER_DEPOT, 2, 66), moved(3, day(2), DEPOT, HOUSEHOLD, 2, 67)
    ledger.post([good])
    with pytest.raises(BelowZero):
        ledger.post([bad])
    assert ledger.holding(OTHER_DEPOT, "L") == Holding(2, 66)


def test_without_the_check_beforehand_the_second_entry_takes_what_the_first_has_taken() -> None:
    ledger = received()
    good, bad = moved(2, day(2), DEPOT, OTHER_DEPOT, 2, 66), moved(3, day(2), DEPOT, HOUSEHOLD, 2, 67)
    with rules_switched_off("_check_place"):
        ledger.post([good, bad])
    assert ledger.holding(DEPOT, "L").quantity == -1
