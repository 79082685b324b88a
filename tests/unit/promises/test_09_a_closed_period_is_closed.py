"""Promise 9: a closed period is closed; late news goes to an open day and says which day it is about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reliefstock import Book, Period
from reliefstock.errors import Incomplete, PeriodClosed, PeriodSealed
from reliefstock.ledger import Closing, Counted, Entry, Hold, How, Ledger, Outcome
from reliefstock.reconciliation import as_closed, late_news, statement
from reliefstock.values import Interval
from unit.ledger.house import DEPOT, HOUSEHOLD, contents, day, moved, received
from unit.ledger.house import lot as a_lot
from unit.operations.office import gift, given, line, new_office, reverse
from unit.operations.office import refused as refused_by_book
from unit.promises.breaking import refused, rules_switched_off

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = "_check_open"
H1 = Period.half_year(2023, 1)


# In the ledger


def closed_ledger(through: int = 15) -> Ledger:
    """Three quilts came on the 1st; then the book was closed through the 15th of January."""
    ledger = received(a_lot(value=99))
    ledger.post([], closing=Closing(through=day(through)))
    return ledger


def issue(on: int) -> Entry:
    return moved(2, day(on), DEPOT, HOUSEHOLD, 2, 66)


def hold(since: int, until: int = 30) -> Hold:
    return Hold(
        id="AL-1", place=DEPOT, lot="L", quantity=2, since=day(since), until=day(until), recipient="H-1"
    )


def counted(on: int) -> Counted:
    return Counted(place=DEPOT, lot="L", on=day(on), known=1, counted=2, there=3, document="CS-1")


def closed_on(on: int) -> PeriodClosed:
    return PeriodClosed(day=day(on), closed_through=day(15))


@pytest.mark.parametrize("on", [1, 10, 15])
def test_no_entry_is_dated_on_a_closed_day(on: int) -> None:
    refused(closed_ledger(), [issue(on)], closed_on(on))


@pytest.mark.parametrize("on", [16, 31])
def test_an_entry_is_dated_on_any_open_day(on: int) -> None:
    ledger = closed_ledger()
    ledger.post([issue(on)])
    assert ledger.holding(DEPOT, "L", on=day(15)).quantity == 3
    assert ledger.holding(DEPOT, "L").quantity == 1


def refused_alone(ledger: Ledger, on: int, post: Callable[[Ledger], None]) -> None:
    before, holds = contents(ledger), len(ledger.holds)
    with pytest.raises(PeriodClosed) as caught:
        post(ledger)
    assert (caught.value.day, caught.value.first_open) == (day(on), day(16))
    assert (contents(ledger), len(ledger.holds)) == (before, holds)
    assert ledger.counted(DEPOT, "L") == ()


@pytest.mark.parametrize("on", [1, 15])
def test_nothing_is_held_from_a_closed_day_on(on: int) -> None:
    refused_alone(closed_ledger(), on, lambda ledger: ledger.post([], holds=[hold(on)]))


def test_no_hold_is_released_on_a_closed_day() -> None:
    ledger = received(a_lot(value=99))
    ledger.post([], holds=[hold(5)])
    ledger.post([], closing=Closing(through=day(15)))
    freed = Outcome(hold="AL-1", lot="L", on=day(10), quantity=1, how=How.RELEASED, document="HR-1")
    refused_alone(ledger, 10, lambda one: one.post([], outcomes=[freed]))
    assert ledger.holds.held(DEPOT, "L", day(10)) == 2


def test_nothing_was_counted_on_a_closed_day() -> None:
    refused_alone(closed_ledger(), 12, lambda ledger: ledger.post([], counted=[counted(12)]))


def test_the_error_says_on_which_day_it_can_be_entered_and_how() -> None:
    assert str(closed_on(10)) == (
        "2023-01-10 is closed, the book is closed through 2023-01-15; date it 2023-01-16 or later and say "
        "which day it is about: concerns='2023-01-10'"
    )


# In the book


@pytest.fixture
def book() -> Book:
    """Ten quilts came in January, three went out in March; the half-year is closed on its last day."""
    book = new_office(today="2023-07-31")
    gift(book)
    given(book, ("H-1", 3), on="2023-03-01")
    book.close(H1, on="2023-07-01", closed_by="a", approved_by="b")
    return book


ACTS: dict[str, Callable[[Book], object]] = {
    "goods that came": lambda book: gift(book, on="2023-06-30"),
    "goods that were refused whole": lambda book: gift(
        book, line(accepted=None, refused=line().accepted, refusal_reason="wet"), on="2023-06-30"
    ),
    "goods that were given out": lambda book: given(book, ("H-2", 1), on="2023-01-20"),
    "what is taken back": lambda book: reverse(book, "DL-000001", "2023-06-30"),
}


@pytest.mark.parametrize("act", ACTS)
def test_no_document_is_dated_in_a_closed_period(book: Book, act: str) -> None:
    with refused_by_book(book, PeriodClosed) as caught:
        ACTS[act](book)
    assert caught[0].first_open == date(2023, 7, 1)


def test_what_moves_nothing_may_be_of_a_closed_day_and_is_withdrawn_on_an_open_one(book: Book) -> None:
    seen = book.observe(
        "wells", count=Interval.exactly(3), unit="well", on="2023-06-01", evidence="photographs"
    )
    assert [one.document for one in late_news(book, H1)] == [seen.number]
    with refused_by_book(book, PeriodClosed):
        reverse(book, seen.number, "2023-06-30")
    assert reverse(book, seen.number, "2023-07-01").concerns == date(2023, 6, 1)


def test_late_news_says_which_day_it_is_about(book: Book) -> None:
    before = statement(book, H1)
    note = gift(book, on="2023-07-01", concerns="2023-06-20")
    assert (note.on, note.concerns) == (date(2023, 7, 1), date(2023, 6, 20))
    assert book.entries[-1].concerns == date(2023, 6, 20)
    assert [one.document for one in late_news(book, H1)] == [note.number]
    assert statement(book, H1) == before == as_closed(book, "CL-000001")


def test_late_news_is_not_about_a_later_day(book: Book) -> None:
    with refused_by_book(book, Incomplete) as caught:
        gift(book, on="2023-07-01", concerns="2023-07-02")
    assert "it concerns 2023-07-02, which is later" in caught[0].missing


def test_to_reverse_what_was_done_in_a_closed_period_is_late_news_about_its_day(book: Book) -> None:
    before = statement(book, H1)
    undone = reverse(book, "DL-000001", "2023-07-05")
    assert (undone.on, undone.concerns) == (date(2023, 7, 5), date(2023, 3, 1))
    assert book.entries[-1].concerns == date(2023, 3, 1)
    assert statement(book, H1) == before == as_closed(book, "CL-000001")


def test_what_is_sealed_is_never_opened_again(book: Book) -> None:
    book.seal(H1, on="2023-07-02", sealed_by="a", approved_by="b", audit_paper="audit 4")
    with refused_by_book(book, PeriodSealed):
        book.reopen(H1, on="2023-07-02", reason="a waybill", requested_by="a", approved_by="b")
    with refused_by_book(book, PeriodClosed):
        gift(book, on="2023-06-30")


# Without the rule


def test_without_the_rule_the_past_of_a_closed_period_changes() -> None:
    ledger = closed_ledger()
    with rules_switched_off(RULE):
        ledger.post([issue(10)])
    assert ledger.holding(DEPOT, "L", on=day(15)).quantity == 1


def test_without_the_rule_the_statement_of_a_closed_period_is_another(book: Book) -> None:
    before = statement(book, H1)
    with rules_switched_off(RULE):
        gift(book, on="2023-06-30")
    assert statement(book, H1) != before
    assert as_closed(book, "CL-000001") == before


def test_without_the_rule_goods_are_held_from_a_closed_day_on() -> None:
    ledger = closed_ledger()
    with rules_switched_off(RULE):
        ledger.post([], holds=[hold(10)])
    assert ledger.holds.held(DEPOT, "L", day(15)) == 2
