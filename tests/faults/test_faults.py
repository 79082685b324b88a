"""The short run: nothing acknowledged is lost, nothing half done is kept, nothing wrong is read silently.

The long one is `uv run python tests/faults/simulate.py`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import attrs
import pytest

from faults.checking import Checker, Figures, Promise, kept_by
from faults.disk import CODES, LOSSES, Disk, Fault, Platter
from faults.flips import as_large, flip, flip_as_large
from faults.killing import kill, kill_at_founding, lost_of
from faults.power import faulty, laid, lose_power, lying
from faults.work import CLOCK, Clerk, Command, founded, sent
from property.world import TODAY, yuan
from reliefstock.book import Book
from reliefstock.catalogue import Item
from reliefstock.errors import StoreDamaged, StoreError
from reliefstock.stores.sealing import Sealer
from reliefstock.stores.sqlite import SqliteJournal
from reliefstock.stores.stored import StoredJournal

if TYPE_CHECKING:
    from pathlib import Path

    from contract.postgres import Server

GIFT = Command(
    "once",
    "receive_money",
    (),
    {"donor": "company", "into": "general", "amount": yuan(500), "on": TODAY},
    "clerk A",
)


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


@pytest.mark.parametrize("seed", [9, 20])  # where lots and their histories were no longer found
def test_a_byte_of_a_large_file_that_changes_is_found_and_never_read_silently(seed: int) -> None:
    figures = flip_as_large(seed, flips=40, commands=25)
    assert figures.losses == []
    assert figures.faults == 40


def test_without_doubt_a_large_file_would_be_read_silently(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StoredJournal, "doubt", lambda *_: None)
    losses = flip_as_large(20, flips=40, commands=25).losses
    assert any("silently read" in loss for loss in losses)


def test_a_record_that_is_no_longer_found_at_the_end_is_missed(tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    with founded(path) as book:
        for command in range(3):
            book.add(Item(f"item {command}", zh="物", en="Thing"))
        book.keep_snapshot()
        size = book.head.size
        book.add(Item("last", zh="物", en="Thing"))
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("DROP TRIGGER records_stay")
        file.execute("DELETE FROM records WHERE number > ?", (size,))
    with as_large(), pytest.raises(StoreDamaged, match=f"record {size + 1}"):
        Book.open(path, clock=CLOCK)


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


# A commit of which the last sync fails: all of it can be read, and a loss of power would take it back


def last_sync_failing(folder: Path, times: int, *, ask_another: bool) -> list[str]:
    """What is lost of a command whose commit failed so, once it was acknowledged and the power is lost.

    Raises `StoreError` where nobody acknowledges it.
    """
    path, scene = folder / "county.db", folder / "after"
    scene.mkdir()
    founded(path).shut()
    with (
        Disk() as disk,
        Book.open(path, clock=CLOCK, patience=0) as one,
        Book.open(path, clock=CLOCK, patience=0) as other,
    ):
        sent(GIFT, one)
        began = len(disk.log)
        sent(attrs.evolve(GIFT, id="alike"), one)
        syncs = sum(event.kind == "sync" for event in disk.log[began:])
        before, began, promise = lying(path), len(disk.log), Promise()
        disk.fault = Fault("sync", syncs - 1, times)
        command = attrs.evolve(GIFT, id="again")
        try:
            told = command.to(one)
        except StoreError:
            told = command.to(other if ask_another else one)
        promise.documents[command.id] = told
        log = disk.log[began:]
        if [event.kind for event in log if event.kind in {"sync", "broken"}].index("broken") != syncs - 1:
            raise LookupError("another sync has failed than the last of the commit")
        disk.fault = None
    platter = Platter(before)
    for event in log:
        platter.feed(event)
    return Checker()(laid(platter.left("lost", Random(1)), path, scene), promise, promise.documents)


def test_a_commit_whose_last_sync_fails_is_told_only_when_it_is_on_the_disk(tmp_path: Path) -> None:
    assert last_sync_failing(tmp_path, 1, ask_another=False) == []


@pytest.mark.parametrize("ask_another", [False, True])
def test_without_a_second_commit_it_would_have_been_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask_another: bool
) -> None:
    monkeypatch.setattr(SqliteJournal, "settle", lambda *_: None)
    lost = last_sync_failing(tmp_path, 30 if ask_another else 1, ask_another=ask_another)
    assert lost == ["command again was acknowledged and is lost"]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_another_keeper_who_is_asked_again_tells_it_only_when_it_is_on_the_disk(
    tmp_path: Path, times: int
) -> None:
    assert last_sync_failing(tmp_path, times, ask_another=True) == []


def test_nobody_tells_it_while_the_disk_confirms_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        last_sync_failing(tmp_path, 30, ask_another=True)


# The checks can fail


def test_a_disk_that_confirms_what_it_has_not_kept_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Platter, "_make_safe", lambda *_: None)
    assert any("acknowledged and is lost" in loss for loss in lose_power(0, steps=15, states=60).losses)


def test_a_byte_that_is_read_silently_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StoredJournal, "_check_record", lambda *_: None)
    monkeypatch.setattr(Sealer, "is_whole", lambda *_: True)
    with as_large():
        losses = flip(2, flips=60, commands=12)[0].losses
    assert any("silently read" in loss for loss in losses)


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
