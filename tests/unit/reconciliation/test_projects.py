"""The account of a project: the budget, the money, and what was built."""

from __future__ import annotations

import pytest

from reliefstock import Book, Donor, FixedClock, Fund, Interval, Money, Period, Project, State
from reliefstock.errors import Unknown
from reliefstock.reconciliation import project_account

YEAR = Period.year(2023)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def book() -> Book:
    book = Book("Ankang", currency="CNY", clock=FixedClock("2026-11-23"))
    book.add(
        Donor("A", zh="甲公司"),
        Fund("main", zh="基本账户"),
        Fund("school", zh="校舍专户", project="school"),
        Project("school", zh="校舍", budget=yuan("300000"), state=State.BEGUN),
        Project("well", zh="水井"),
    )
    return book


def observe(book: Book, count: int, state: State, on: str = "2023-05-01") -> str:
    seen = book.observe(
        "classrooms",
        count=Interval.exactly(count),
        unit="间",
        on=on,
        evidence="site report",
        project="school",
        state=state,
        what_zh="教室",
        what_en="Classrooms",
    )
    return seen.number


def test_money_is_asked_of_the_ledger_and_not_of_other_funds(book: Book) -> None:
    book.receive_money(donor="A", into="school", amount=yuan("200000"), on="2023-02-01")
    book.receive_money(donor="A", into="main", amount=yuan("50000"), on="2023-02-02")
    book.spend(
        fund="school",
        project="school",
        amount=yuan("120000.50"),
        on="2023-03-01",
        purpose="first instalment",
        requested_by="site office",
        approved_by="treasurer",
    )
    account = project_account(book, "school", YEAR)
    assert account.budget == 30_000_000
    assert account.received.bounds == Interval.exactly(20_000_000)
    assert account.spent.bounds == Interval.exactly(12_000_050)
    assert account.left == 17_999_950


def test_outputs_stand_by_state_each_in_its_own_unit(book: Book) -> None:
    observe(book, 4, State.PLANNED)
    observe(book, 2, State.DONE)
    observe(book, 1, State.DONE)
    (output,) = project_account(book, "school", YEAR).outputs
    assert (output.zh, output.en, output.unit) == ("教室", "Classrooms", "间")
    assert (output.planned, output.begun, output.done) == (Interval.exactly(4), None, Interval.exactly(3))


def test_what_was_observed_later_or_taken_back_is_not_there_yet(book: Book) -> None:
    mistaken = observe(book, 9, State.DONE)
    observe(book, 2, State.DONE, on="2024-01-10")
    book.reverse(mistaken, on="2023-06-01", reason="counted on another site", approved_by="manager")
    assert project_account(book, "school", YEAR).outputs == ()


def test_a_project_without_a_budget_has_nothing_left_to_say(book: Book) -> None:
    account = project_account(book, "well", YEAR)
    assert (account.budget, account.left, account.outputs) == (None, None, ())
    assert account.received.is_empty


def test_a_project_that_is_not_known_is_refused(book: Book) -> None:
    with pytest.raises(Unknown):
        project_account(book, "bridge", YEAR)
