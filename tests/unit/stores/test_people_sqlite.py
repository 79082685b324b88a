"""People in an SQLite file: gone from its very bytes when they are erased, whoever else has it open."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, contextmanager
from threading import RLock, Thread
from typing import TYPE_CHECKING

import pytest

from reliefstock.errors import (
    BadIdentifier,
    Incomplete,
    NewerFormat,
    NotABook,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)
from reliefstock.journal import chained, follow
from reliefstock.people import GuardedPeople, Person
from reliefstock.stores import people_sqlite
from reliefstock.stores.people_sqlite import MARK, SqlitePeople
from reliefstock.stores.sqlite import SqliteJournal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LOGS = ["delete", "wal", "truncate", "persist"]
OTHERS = 0x1234
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "people.db"


@pytest.fixture
def people(path: Path) -> Iterator[SqlitePeople]:
    with SqlitePeople(path) as made:
        yield made


def connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=0)


@contextmanager
def with_log(path: Path, kind: str, encoding: str = "UTF-8") -> Iterator[SqlitePeople]:
    """People beside something else, in a file with a log of some kind."""
    with closing(connected(path)) as connection:
        connection.execute(f"PRAGMA encoding='{encoding}'")
        assert connection.execute(f"PRAGMA journal_mode={kind}").fetchone() == (kind,)
        connection.execute("CREATE TABLE beside (anything TEXT)")
        yield SqlitePeople(path, connection=connection)


def bytes_beside(path: Path) -> bytes:
    """All bytes of the file, and of what stands beside it: its journal, its log, its index of that."""
    files = sorted(path.parent.iterdir())
    assert path in files
    return b"".join(file.read_bytes() for file in files)


def readable(texts: Iterable[str], path: Path) -> list[str]:
    there = bytes_beside(path)
    return [text for text in texts if any(text.encode(encoding) in there for encoding in ENCODINGS)]


# Erased is gone


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
def test_what_is_erased_is_in_no_byte_of_the_file_nor_beside_it(path: Path, log: str, encoding: str) -> None:
    with with_log(path, log, encoding) as people:
        clerk, other = people.id_of("clerk 赵甲"), people.id_of("clerk 钱乙")
        people.keep(
            Person(
                id=clerk, name="clerk 赵甲", id_number="E-91823", phone="0915-5550100", note="东门" * 3_000
            )
        )
        told_of = ["clerk 赵甲", "E-91823", "0915-5550100", "东门东门"]
        assert readable(told_of, path) == told_of
        people.erase(clerk)
        assert readable(told_of, path) == []
        assert readable(["clerk 钱乙", clerk], path) == ["clerk 钱乙", clerk]
        assert people.name_of(other) == "clerk 钱乙"
    assert readable(told_of, path) == []


def left_of_many(people: SqlitePeople, path: Path) -> tuple[int, list[str]]:
    """Many come in bit by bit, so that pages are split, and half of them go: how many stay, who is left."""
    chance = random.Random(7)
    names = [f"name {chance.getrandbits(64):016x} {'甲' * chance.randrange(30)}" for _ in range(6_000)]
    people._make = lambda: f"person-{chance.getrandbits(96):024x}"
    ids: dict[str, str] = {}
    for first in range(0, len(names), 100):
        ids.update(people.ids_of(names[first : first + 100]))
    gone = chance.sample(names, 3_000)
    people.erase(*(ids[name] for name in gone))
    there = bytes_beside(path)
    return len(people.names_of(ids.values())), [name for name in gone if name[:21].encode() in there]


@pytest.mark.parametrize("log", ["delete", "wal"])
def test_of_many_who_are_erased_none_is_left_where_pages_were_split(path: Path, log: str) -> None:
    with with_log(path, log) as people:
        assert left_of_many(people, path) == (3_000, [])


def test_if_those_who_stay_did_not_move_some_would_be_left(
    path: Path, people: SqlitePeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_sqlite, "_MOVE", ())
    stay, left = left_of_many(people, path)
    assert (stay, bool(left)) == (3_000, True)


def test_a_name_that_was_put_right_is_gone_when_the_person_is(path: Path, people: SqlitePeople) -> None:
    clerk = people.id_of("clerk with a slip")
    people.keep(Person(id=clerk, name="clerk put right"))
    people.erase(clerk)
    assert readable(["clerk with a slip", "clerk put right"], path) == []


def test_without_what_erases_it_a_name_would_be_found(path: Path) -> None:
    with closing(connected(path)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE people (id TEXT, name TEXT)")
        connection.execute("INSERT INTO people VALUES ('1', 'clerk A in clear')")
        connection.execute("DELETE FROM people")
    assert readable(["clerk A in clear"], path) == ["clerk A in clear"]


def test_as_long_as_somebody_reads_the_log_an_erasure_is_not_through(path: Path) -> None:
    with with_log(path, "wal") as people, closing(connected(path)) as reader:
        people._run("PRAGMA busy_timeout=0")
        clerk = people.id_of("clerk A in the log")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM people").fetchall()
        with pytest.raises(StoreBusy):
            people.erase(clerk)
        assert people.person(clerk).erased
        assert readable(["clerk A in the log"], path) == ["clerk A in the log"]
        reader.execute("COMMIT")
        people.erase(clerk)
        assert readable(["clerk A in the log"], path) == []


# Others


def test_what_another_process_wrote_is_seen(path: Path, people: SqlitePeople) -> None:
    with SqlitePeople(path) as other:
        clerk = other.id_of("clerk A")
        assert people.id_of("clerk A") == clerk
        assert people.name_of(clerk) == "clerk A"
        other.keep(Person(id=clerk, name="clerk A, stores"))
        assert people.name_of(clerk) == "clerk A, stores"
        assert people.id_of("clerk A") != clerk
        other.erase(clerk)
        assert people.name_of(clerk) == clerk
        assert people.id_of("clerk A, stores") != clerk


def test_two_who_meet_a_name_at_once_give_it_one_id(path: Path) -> None:
    found: list[str] = []

    def meanwhile() -> str:
        with SqlitePeople(path) as other:
            found.append(other.id_of("clerk A"))
        return "person-0123456789abcdef01234567"

    with SqlitePeople(path, make=meanwhile) as late:
        assert [late.id_of("clerk A")] == found
        assert [person.name for person in late] == ["clerk A"]


def test_they_are_there_when_the_file_is_opened_again(path: Path) -> None:
    with SqlitePeople(path) as people:
        clerk = people.id_of("clerk A")
    with SqlitePeople(str(path), create=False) as people:
        assert people.name_of(clerk) == "clerk A"
        assert people.where == str(path)


# Beside a book, on its connection


@pytest.fixture
def shared(path: Path, people: SqlitePeople) -> Iterator[sqlite3.Connection]:
    with closing(connected(path)) as connection:
        yield connection


def test_who_is_new_is_durable_together_with_the_records_that_name_them(
    path: Path, shared: sqlite3.Connection
) -> None:
    people = SqlitePeople(path, connection=shared)
    shared.execute("BEGIN IMMEDIATE")
    clerk = people.id_of("clerk A")
    assert people.name_of(clerk) == "clerk A"
    with SqlitePeople(path) as other:
        assert other.find("clerk A") is None
        shared.execute("COMMIT")
        assert other.name_of(clerk) == "clerk A"


def test_what_is_taken_back_is_not_remembered(path: Path, shared: sqlite3.Connection) -> None:
    people = SqlitePeople(path, connection=shared)
    shared.execute("BEGIN IMMEDIATE")
    lost = people.id_of("clerk A")
    assert people.id_of("clerk A") == lost
    shared.execute("ROLLBACK")
    assert people.name_of(lost) == lost
    assert people.find("clerk A") is None
    assert people.name_of(people.id_of("clerk A")) == "clerk A"


def test_nobody_is_erased_in_the_middle_of_a_transaction(path: Path, shared: sqlite3.Connection) -> None:
    people = SqlitePeople(path, connection=shared)
    clerk = people.id_of("clerk A")
    shared.execute("BEGIN IMMEDIATE")
    with pytest.raises(Incomplete):
        people.erase(clerk)
    shared.execute("COMMIT")
    assert people.name_of(clerk) == "clerk A"


def test_people_live_in_the_file_of_a_book_and_leave_it_sound(path: Path) -> None:
    with SqliteJournal.create(path, "Ankang") as journal:
        people = SqlitePeople(path, connection=journal.connection)
        with journal.held():
            clerk = people.id_of("clerk A in a book")
            journal.append(list(chained([b"opened"])), {})
        assert people.name_of(clerk) == "clerk A in a book"
        people.erase(clerk)
        assert readable(["clerk A in a book"], path) == []
        assert journal.check() == []
    with SqliteJournal.open(path) as journal, SqlitePeople(path) as people:
        assert people.person(clerk).erased
        assert journal.head().size == 1


def test_threads_that_share_the_connection_of_a_book_wait_for_one_another(path: Path) -> None:
    lock, wrong, names = RLock(), list[Exception](), [f"clerk {number}" for number in range(25)]
    with SqliteJournal.create(path, "Ankang") as journal:
        people = GuardedPeople(SqlitePeople(path, connection=journal.connection), lock)

        def ask() -> None:
            try:
                for name in names:
                    people.id_of(name)
            except StoreError as error:
                wrong.append(error)

        threads = [Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        for payload in (b"opened", b"received", b"given out"):
            with lock:
                journal.append([follow(journal.head(), payload)], {})
        for thread in threads:
            thread.join()
        assert wrong == []
        assert journal.head().size == 3
        assert sorted(person.name for person in people) == sorted(names)


def test_a_connection_that_is_shared_stays_open(path: Path, shared: sqlite3.Connection) -> None:
    with SqlitePeople(path, connection=shared) as people:
        people.id_of("clerk A")
    assert shared.execute("SELECT count(*) FROM people").fetchone() == (1,)


# What goes wrong


def test_a_file_that_is_no_database_is_told_from_one(path: Path) -> None:
    path.write_bytes(b"name,phone\n" * 100)
    with pytest.raises(NotABook) as caught:
        SqlitePeople(path)
    assert caught.value.where == str(path)
    assert path.read_bytes() == b"name,phone\n" * 100


def test_a_database_of_something_else_is_left_alone(path: Path) -> None:
    with closing(connected(path)) as connection:
        connection.execute(f"PRAGMA application_id={OTHERS}")
        connection.execute("CREATE TABLE theirs (anything TEXT)")
    before = path.read_bytes()
    with pytest.raises(NotABook):
        SqlitePeople(path)
    assert path.read_bytes() == before


def test_a_file_with_a_write_ahead_log_keeps_it(path: Path, people: SqlitePeople) -> None:
    people._run("PRAGMA journal_mode=WAL")
    people.close()
    with SqlitePeople(path) as again:
        clerk = again.id_of("clerk A in the log")
        again.erase(clerk)
        assert again._run("PRAGMA journal_mode") == [("wal",)]
        assert readable(["clerk A in the log"], path) == []


def test_a_file_of_people_says_that_it_is_one(path: Path, people: SqlitePeople) -> None:
    assert path.read_bytes()[68:72] == MARK.to_bytes(4, "big") == b"RStp"


def test_a_file_that_is_read_only_is_read(path: Path, people: SqlitePeople) -> None:
    clerk = people.id_of("clerk A")
    with SqlitePeople(path, read_only=True) as reader:
        assert reader.ids_of(["clerk A"]) == {"clerk A": clerk}
        for write in (lambda: reader.id_of("clerk B"), lambda: reader.erase(clerk)):
            with pytest.raises(StoreReadOnly):
                write()
    assert [person.name for person in people] == ["clerk A"]


def test_in_a_file_without_people_none_are_read(path: Path) -> None:
    with SqliteJournal.create(path, "Ankang"), pytest.raises(NotABook):
        SqlitePeople(path, read_only=True)


def test_after_a_fork_they_are_opened_anew(people: SqlitePeople, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_sqlite, "getpid", lambda: -1)
    with pytest.raises(StoreUnreachable):
        people.id_of("clerk A")


def test_what_is_closed_is_not_used(path: Path) -> None:
    with SqlitePeople(path) as people:
        people.id_of("clerk A")
    with pytest.raises(StoreUnreachable):
        people.id_of("clerk A")


def test_a_file_that_should_be_there_is_not_made(path: Path) -> None:
    with pytest.raises(NotABook):
        SqlitePeople(path, create=False)
    assert not path.exists()


def test_a_file_of_a_later_version_is_left_alone(path: Path) -> None:
    with SqlitePeople(path) as people, people._open as connection:
        connection.execute("UPDATE people_format SET version = 2")
    with pytest.raises(NewerFormat) as caught:
        SqlitePeople(path)
    assert (caught.value.found, caught.value.known) == (2, 1)


def test_while_another_writes_nobody_new_is_written(path: Path) -> None:
    with SqlitePeople(path, patience=0) as people, closing(connected(path)) as other:
        clerk = people.id_of("clerk A")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            people.id_of("clerk B")
        assert people.id_of("clerk A") == clerk
        other.execute("ROLLBACK")
        assert people.find("clerk B") is None


def test_a_file_that_cannot_be_written_is_read(path: Path, people: SqlitePeople) -> None:
    clerk = people.id_of("clerk A")
    people._open.execute("PRAGMA query_only=ON")
    assert people.id_of("clerk A") == clerk
    with pytest.raises(StoreReadOnly):
        people.id_of("clerk B")
    with pytest.raises(StoreReadOnly):
        people.erase(clerk)
    assert people.name_of(clerk) == "clerk A"


def test_a_file_that_is_full_stays_as_it_was(people: SqlitePeople) -> None:
    clerk = people.id_of("clerk A")
    (pages,) = people._open.execute("PRAGMA page_count").fetchone()
    people._open.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreFull):
        people.ids_of([f"signature {number}" for number in range(5_000)])
    assert [person.id for person in people] == [clerk]


def test_a_file_that_is_damaged_is_told_from_a_good_one(path: Path) -> None:
    with SqlitePeople(path) as people:
        people.ids_of([f"signature {number}" for number in range(2_000)])
    good = bytearray(path.read_bytes())
    good[8_192:40_960] = bytes(len(good[8_192:40_960]))
    path.write_bytes(good)
    with pytest.raises(StoreDamaged), SqlitePeople(path) as people:
        people.ids_of([f"signature {number}" for number in range(2_000)])


def test_an_id_that_is_made_and_is_none_is_refused_and_nobody_written(path: Path) -> None:
    with SqlitePeople(path, make=lambda: "clerk A") as people:
        with pytest.raises(BadIdentifier):
            people.id_of("clerk B")
        assert list(people) == []
