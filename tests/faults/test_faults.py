"""The short run: nothing acknowledged is lost, nothing half done is kept, nothing wrong is read silently.

The long one is `uv run python tests/faults/simulate.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.checking import Figures, Promise, kept_by
from faults.disk import CODES, LOSSES
from faults.flips import flip
from faults.killing import kill, kill_at_founding, lost_of
from faults.power import faulty, lose_power
from faults.work import CLOCK, Clerk, founded, sent
from reliefstock.book import Book

if TYPE_CHECKING:
    from pathlib import Path

    from contract.postgres import Server


@pytest.mark.parametrize("seed", range(4))
def test_power_lost_after_any_call_loses_nothing_that_was_acknowledged(seed: int) -> None:
    figures = lose_power(seed, steps=15, states=60)
    assert figures.losses == []
    assert (figures.states, figures.acknowledged > 5) == (60, True)


def test_every_way_of_losing_power_is_tried_after_each_call() -> None:
    figures = lose_power(17, steps=3, states=None)
    assert figures.losses == []
    assert figures.states % len(LOSSES) == 0
    assert figures.states > 100


@pytest.mark.parametrize("seed", range(4))
def test_calls_that_fail_lose_nothing_that_was_acknowledged(seed: int) -> None:
    figures = faulty(seed, steps=20, states=15)
    assert figures.losses == []
    assert figures.faults > 0


def test_every_kind_of_call_can_fail() -> None:
    assert {call for call, _ in CODES.values()} == {"write", "sync", "read", "truncate"}


@pytest.mark.parametrize("seed", range(2))
def test_a_byte_that_changes_is_found_and_never_read_silently(seed: int) -> None:
    figures, came = flip(seed, flips=25, commands=12)
    assert figures.losses == []
    assert any(one.changed for one in came)


def test_programs_that_are_killed_lose_nothing_that_they_had_told() -> None:
    figures = kill(3, kills=12)
    assert figures.losses == []
    assert figures.acknowledged > 0


def test_a_kill_while_a_book_is_made_leaves_no_half_of_one() -> None:
    assert kill_at_founding(3, kills=6).losses == []


def test_a_server_that_falls_down_loses_nothing_that_was_told(server: Server) -> None:
    from faults.server import fall

    figures = fall(server, 3, falls=2, cuts=2)
    assert figures.losses == []
    assert figures.acknowledged > 0


# The checks can fail


def test_a_command_that_was_acknowledged_and_is_not_there_is_a_loss(tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    founded(path).shut()
    assert lost_of(str(path), {"never": "PL-000001"}) == ["command never was acknowledged and is lost"]


def test_another_document_than_was_acknowledged_or_half_a_batch_is_a_loss(tmp_path: Path) -> None:
    with founded(tmp_path / "county.db") as book:
        known = kept_by(book)
        told = dict(known, funded=known["founded"])
        promise = Promise(told, [frozenset({"founded", "never"})])
        assert list(promise.broken_by(known, told)) == [
            "command funded has another document than was acknowledged",
            "of the batch ['founded', 'never'] only ['founded'] is there",
        ]


def test_the_clerk_makes_up_work_that_is_mostly_carried_out(tmp_path: Path) -> None:
    clerk = Clerk(5)
    with founded(tmp_path / "county.db") as book:
        came = [sent(clerk.next(book), book) for _ in range(60)]
        done = {type(one).__name__ for one in came if not isinstance(one, Exception)}
        head = book.head
    assert len(done) > 8
    with Book.open(tmp_path / "county.db", clock=CLOCK) as again:
        assert again.head == head


def test_figures_add_up() -> None:
    total = Figures(runs=1, losses=["a"])
    total.add(Figures(runs=2, kills=3, losses=["b"]))
    assert (total.runs, total.kills, total.losses) == (3, 3, ["a", "b"])
