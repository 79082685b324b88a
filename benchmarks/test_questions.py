"""How long an answer takes, by how many entries there are in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from books import build
from questions import QUESTIONS, claims_of_last_month, statement_of_everything, title, trace_of_the_masks

if TYPE_CHECKING:
    from collections.abc import Callable

    from books import City
    from pytest_benchmark.fixture import BenchmarkFixture


@pytest.mark.parametrize("question", QUESTIONS, ids=title)
def test_a_question(benchmark: BenchmarkFixture, city: City, question: Callable[[City], object]) -> None:
    benchmark.group = title(question)
    assert benchmark(question, city) == question(city)


def test_what_is_measured_adds_up(city: City) -> None:
    whole, traced, claims = (
        statement_of_everything(city),
        trace_of_the_masks(city),
        claims_of_last_month(city),
    )
    assert not whole.findings
    assert whole.rows
    assert traced.accounted == traced.given
    assert any(not checked.measured.is_empty for checked in claims.claims)


def test_a_city_is_the_same_every_time() -> None:
    one, other = build(1_000).book, build(1_000).book
    assert len(one.ledger) == 1_000
    assert one.entries == other.entries
