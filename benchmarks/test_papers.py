"""How long a paper takes that is made at the end of a book: checked, posted, and known by its command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from questions import PAPERS, title

from reliefstock import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from books import City
    from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 20  # few, because every round leaves the book longer


@pytest.mark.parametrize("paper", PAPERS, ids=title)
def test_a_paper(benchmark: BenchmarkFixture, busy_city: City, paper: Callable[[City], Document]) -> None:
    benchmark.group = title(paper)
    before = len(busy_city.book.ledger)
    made = benchmark.pedantic(paper, args=(busy_city,), rounds=ROUNDS)
    assert busy_city.book.documents[made.number] is made
    assert len(busy_city.book.ledger) > before
