"""Backups of a book that is in use, and the way back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from reliefstock.errors import (
    AlreadyABook,
    ChainBroken,
    NotABook,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
)
from reliefstock.index import TABLES
from reliefstock.journal import Record, chained, follow, verify
from reliefstock.stores import backup as backups
from reliefstock.stores import sqlite_file
from reliefstock.stores.backup import backup, restore
from reliefstock.stores.sqlite import SqliteJournal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOOK = list(chained([b"opened", *(b"received" * 100 for _ in range(2_000))]))
TURNS = {"turns": [(1,), (2,)]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "county.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal.create(path, "Ankang", tables=TABLES, patience=5) as journal:
        journal.append(BOOK, TURNS)
        yield journal


def read(path: Path) -> list[Record]:
    with SqliteJournal.open(path, tables=TABLES, read_only=True) as journal:
        assert journal.find("turns", {})[:2] == TURNS["turns"]
        assert journal.check() == []
        return list(journal.read())


def more(journal: SqliteJournal, payload: bytes = b"more") -> None:
    journal.append([follow(journal.head(), payload)], {})


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith("-journal")}


# Backups


def test_a_backup_is_the_book_as_it_is_now(path: Path, journal: SqliteJournal) -> None:
    first, second = path.with_name("monday.db"), path.with_name("tuesday.db")
    assert backup(journal, first) == BOOK[-1].head
    more(journal)
    assert backup(path, second, tables=TABLES) == journal.head()
    assert read(first) == BOOK
    assert read(second) == list(journal.read())
    assert names(path.parent) == {"county.db", "monday.db", "tuesday.db"}


def test_it_tells_how_far_it_is(path: Path, journal: SqliteJournal) -> None:
    told: list[tuple[int, int]] = []
    backup(
        journal,
        path.with_name("monday.db"),
        progress=lambda done, all_of_them: told.append((done, all_of_them)),
    )
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 0


def test_others_write_meanwhile(path: Path, journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "_PAGES", 16)
    with SqliteJournal.open(path, tables=TABLES) as other:
        written: list[int] = []

        def write(done: int, _: int) -> None:
            if len(written) < 2:
                more(other, b"meanwhile" * 2_000)
                written.append(done)

        head = backup(journal, path.with_name("monday.db"), progress=write)
        assert other.head().size == len(BOOK) + 2
    copy = read(path.with_name("monday.db"))
    assert verify(copy) == head
    assert copy[: len(BOOK)] == BOOK
    assert list(journal.read(until=head.size)) == copy


def test_what_is_held_is_not_in_the_copy(path: Path, journal: SqliteJournal) -> None:
    with journal.held():
        more(journal)
        assert backup(journal, path.with_name("monday.db")) == BOOK[-1].head
    assert journal.head().size == len(BOOK) + 1
    assert read(path.with_name("monday.db")) == BOOK


def test_a_book_that_is_locked_for_too_long_is_given_up(path: Path, journal: SqliteJournal) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:

        def lock(done: int, _: int) -> None:
            if not other.in_transaction:
                other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(StoreBusy):
            backup(journal, path.with_name("monday.db"), progress=lock, patience=0.2)
        other.execute("ROLLBACK")
    assert names(path.parent) == {"county.db"}


def test_a_backup_takes_the_place_of_nothing(path: Path, journal: SqliteJournal) -> None:
    target = path.with_name("monday.db")
    backup(journal, target)
    more(journal)
    with pytest.raises(AlreadyABook) as caught:
        backup(journal, target)
    assert (caught.value.where, caught.value.name) == (str(target), "Ankang")
    assert read(target) == BOOK
    notes = path.with_name("notes.txt")
    notes.write_text("minutes", encoding="utf-8")
    with pytest.raises(NotABook):
        backup(journal, notes)
    assert notes.read_text(encoding="utf-8") == "minutes"
    with pytest.raises(NotABook) as refused:
        backup(journal, path.parent / "no" / "monday.db")
    assert refused.value.reason == f"there is no folder {path.parent / 'no'} for it"
    with pytest.raises(NotABook):
        backup(path.with_name("none.db"), path.with_name("tuesday.db"))


def test_a_file_that_appears_meanwhile_is_not_overwritten(path: Path, journal: SqliteJournal) -> None:
    target = path.with_name("monday.db")

    def appear(done: int, _: int) -> None:
        target.write_text("minutes", encoding="utf-8")

    with pytest.raises(NotABook):
        backup(journal, target, progress=appear)
    assert target.read_text(encoding="utf-8") == "minutes"
    assert names(path.parent) == {"county.db", "monday.db"}


def tampered(journal: SqliteJournal, statement: str) -> None:
    for trigger in ("records_follow", "records_stand", "records_stay"):
        journal.connection.execute(f"DROP TRIGGER {trigger}")
    journal.connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE records SET payload = x'00' WHERE number = 2", StoreDamaged),
        ("UPDATE turns SET seal = 1 WHERE record = 2", StoreDamaged),
        ("DELETE FROM records WHERE number = 2001", StoreError),
    ],
)
def test_a_book_that_was_changed_gives_no_backup(
    path: Path, journal: SqliteJournal, statement: str, kind: type[Exception]
) -> None:
    backup(journal, path.with_name("before.db"))
    if kind is StoreError:
        tampered(journal, statement)
        assert (
            backup(journal, path.with_name("monday.db")).size == 2_000
        )  # cut off whole: known heads tell that
        return
    tampered(journal, statement)
    with pytest.raises(kind):
        backup(journal, path.with_name("monday.db"))
    assert names(path.parent) == {"before.db", "county.db"}


def test_a_full_disk_leaves_no_half_of_a_copy(
    path: Path, journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected = sqlite_file.connected

    def small(path: Path, mode: str, patience: float) -> sqlite3.Connection:
        connection = connected(path, mode, patience)
        if mode == "rwc":
            connection.execute("PRAGMA max_page_count=10")
        return connection

    monkeypatch.setattr(backups, "connected", small)
    with pytest.raises(StoreFull):
        backup(journal, path.with_name("monday.db"))
    assert names(path.parent) == {"county.db"}


def test_a_copy_without_end_is_made_in_one_step(
    path: Path, journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_PAGES", 1)
    with SqliteJournal.open(path, tables=TABLES) as other:
        steps: list[int] = []

        def write(done: int, _: int) -> None:
            steps.append(done)
            more(other)  # it would never come further

        head = backup(journal, path.with_name("monday.db"), progress=write)
    assert len(steps) == 4
    assert verify(read(path.with_name("monday.db"))) == head


def test_a_copy_of_a_file_with_a_log_is_one_file(path: Path, journal: SqliteJournal) -> None:
    journal.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode=WAL")
    backup(path, path.with_name("monday.db"))
    shutil.move(path.with_name("monday.db"), path.with_name("moved.db"))
    with closing(sqlite3.connect(path.with_name("moved.db"))) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert read(path.with_name("moved.db")) == BOOK


# The way back


@pytest.fixture
def monday(path: Path, journal: SqliteJournal) -> Path:
    """A backup, after which more was written and the book was closed."""
    monday = path.with_name("monday.db")
    backup(journal, monday)
    more(journal)
    journal.close()
    return monday


def test_a_backup_becomes_a_book(path: Path, monday: Path) -> None:
    new = path.with_name("new.db")
    assert restore(monday, new, tables=TABLES) == BOOK[-1].head
    with SqliteJournal.open(new, tables=TABLES) as journal:
        more(journal)
        assert len(list(journal.read())) == len(BOOK) + 1
    assert read(monday) == BOOK


def test_the_old_book_is_not_overwritten_unless_it_is_kept_aside(path: Path, monday: Path) -> None:
    with pytest.raises(AlreadyABook) as caught:
        restore(monday, path)
    assert caught.value.where == str(path)
    assert len(read(path)) == len(BOOK) + 1
    aside = path.with_name("before.db")
    assert restore(monday, path, keep_old_as=aside, tables=TABLES) == BOOK[-1].head
    assert read(path) == read(monday) == BOOK
    assert len(read(aside)) == len(BOOK) + 1
    assert names(path.parent) == {"before.db", "county.db", "monday.db"}
    with pytest.raises(AlreadyABook) as caught:
        restore(monday, path, keep_old_as=aside)
    assert caught.value.where == str(aside)


def test_what_lies_beside_the_old_book_goes_with_it(path: Path, monday: Path) -> None:
    path.unlink()
    beside = path.with_name("county.db-wal")
    beside.write_bytes(b"of the old book")
    with pytest.raises(NotABook):
        restore(monday, path)
    restore(monday, path, keep_old_as=path.with_name("before.db"))
    assert path.with_name("before.db-wal").read_bytes() == b"of the old book"
    assert not beside.exists()
    assert read(path) == BOOK


def test_a_damaged_book_is_kept_aside_as_it_is(path: Path, monday: Path) -> None:
    path.write_bytes(b"no book any more" * 500)
    restore(monday, path, keep_old_as=path.with_name("damaged.db"))
    assert path.with_name("damaged.db").read_bytes() == b"no book any more" * 500
    assert read(path) == BOOK


def test_a_book_that_somebody_writes_is_not_replaced(path: Path, monday: Path) -> None:
    with SqliteJournal.open(path, tables=TABLES) as writer, writer.held():
        with pytest.raises(StoreBusy):
            restore(monday, path, keep_old_as=path.with_name("before.db"), patience=0.1)
        more(writer)
    assert len(read(path)) == len(BOOK) + 2
    restore(monday, path, keep_old_as=path.with_name("before.db"))
    assert read(path) == BOOK


def test_who_has_the_old_book_open_cannot_write_to_it_any_more(path: Path, monday: Path) -> None:
    with SqliteJournal.open(path, tables=TABLES) as idle:
        restore(monday, path, keep_old_as=path.with_name("before.db"))
        with pytest.raises(StoreReadOnly):
            more(idle)
    assert read(path) == BOOK


def test_a_backup_that_is_damaged_changes_nothing(path: Path, monday: Path) -> None:
    content = bytearray(monday.read_bytes())
    at = content.index(BOOK[1_000].payload)
    content[at] ^= 1
    monday.write_bytes(content)
    for aside in (None, path.with_name("before.db")):
        with pytest.raises(StoreDamaged):
            restore(monday, path, keep_old_as=aside)
    with pytest.raises(NotABook):
        restore(path.with_name("none.db"), path)
    assert len(read(path)) == len(BOOK) + 1
    assert names(path.parent) == {"county.db", "monday.db"}


def test_a_backup_with_another_record_is_found_by_its_chain(path: Path, monday: Path) -> None:
    with SqliteJournal.open(monday, tables=TABLES) as journal:
        other = follow(BOOK[0].head, b"other")
        tampered(journal, "SELECT 1")
        change = "UPDATE records SET payload = ?, hash = ? WHERE number = 2"
        journal.connection.execute(change, (other.payload, other.hash))
    with pytest.raises(ChainBroken) as caught:
        restore(monday, path.with_name("new.db"))
    assert caught.value.number == 2
    assert not path.with_name("new.db").exists()
