"""What is known but cannot be posted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reliefstock import Book, Interval, Mention, Observation, Period, Side, State
from reliefstock.errors import DateTooFarAhead, Incomplete, NotOpen, ReliefstockError, Unknown
from unit.operations.office import new_office, refused, reverse


@pytest.fixture
def book() -> Book:
    return new_office()


def observed(book: Book, what: str = "houses built", **said: Any) -> Observation:  # noqa: ANN401
    facts: dict[str, Any] = {
        "count": Interval.exactly(1156),
        "unit": "house",
        "on": "2023-06-30",
        "evidence": "completion report",
    }
    return book.observe(what, **facts | said)


def mentioned(book: Book, what: str = "water tablets", **said: Any) -> Mention:  # noqa: ANN401
    facts: dict[str, Any] = {
        "side": Side.RECEIVED,
        "period": Period.half_year(2023, 1),
        "evidence": "half-year summary",
        "missing": ["the donor"],
    }
    return book.mention(what, **facts | said)


def test_what_was_counted_is_kept_and_moves_nothing(book: Book) -> None:
    seen = observed(book, project="well", state=State.DONE, place="610928", what_zh="已建房屋")
    assert (seen.number, seen.count, seen.unit, seen.state) == (
        "OBS-000001",
        Interval.exactly(1156),
        "house",
        State.DONE,
    )
    assert seen.period == Period.day("2023-06-30")
    assert (seen.about("zh"), seen.about("en")) == ("已建房屋", "houses built")
    assert book.entries == ()


def test_when_it_happened_is_not_when_it_was_noted(book: Book) -> None:
    assert observed(book, period=Period.month(2023, 5)).period == Period.month(2023, 5)


def test_a_movement_known_in_part_is_kept_as_far_as_it_is_known(book: Book) -> None:
    kept = mentioned(
        book,
        donor="company",
        item="medicine",
        recipients=["xunyang", "H-1"],
        value=Interval(12000000, 13000000, low_open=True, high_open=True),
        what_en="tablets",
    )
    assert (kept.number, kept.donor, kept.item, kept.recipients) == (
        "MEN-000001",
        "company",
        "medicine",
        ("xunyang", "H-1"),
    )
    assert (kept.about(), kept.about("zh"), kept.missing) == ("tablets", "water tablets", ("the donor",))
    assert kept.on.isoformat() == "2023-01-01"
    assert book.entries == ()


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"what": " "}, Incomplete, "what was observed"),
        ({"evidence": ""}, Incomplete, "the evidence of houses built"),
        ({"project": "road"}, Unknown, "project 'road'"),
        ({"state": State.DONE}, Incomplete, "a state and no project"),
        ({"on": "2023-07-08"}, DateTooFarAhead, "too far ahead"),
    ],
    ids=str,
)
def test_an_observation_without_evidence_or_subject_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        observed(book, **said)
    assert words in str(errors[0])


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"what": ""}, Incomplete, "what is mentioned"),
        ({"evidence": " "}, Incomplete, "the evidence of water tablets"),
        ({"missing": []}, Incomplete, "nothing is said to be missing"),
        ({"missing": "the donor"}, Incomplete, "is no list"),
        ({"donor": "nobody"}, Unknown, "donor 'nobody'"),
        ({"item": "tent"}, Unknown, "item 'tent'"),
        ({"recipients": ["H-9"]}, Unknown, "recipient 'H-9'"),
        ({"recipients": "H-1"}, Incomplete, "is no list"),
        ({"period": Period.year(2024)}, DateTooFarAhead, "too far ahead"),
    ],
    ids=str,
)
def test_a_mention_of_what_the_book_does_not_know_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        mentioned(book, **said)
    assert words in str(errors[0])


def test_what_moved_nothing_is_withdrawn_once_and_not_before_its_date(book: Book) -> None:
    observed(book)
    mentioned(book)
    for number in ("OBS-000001", "MEN-000001"):
        with refused(book, Incomplete):
            reverse(book, number, "2020-01-01")
        assert not book.is_reversed(number)
        assert reverse(book, number, "2023-06-30").entries == ()
        assert book.reversed_on(number) == date(2023, 6, 30)
        with refused(book, NotOpen) as errors:
            reverse(book, number, "2023-06-30")
        assert errors[0].state == "reversed"
    with refused(book, NotOpen) as errors:
        reverse(book, "REV-000001", "2023-06-30")
    assert errors[0].state == "without entries"
