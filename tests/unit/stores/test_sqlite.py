"""A book in a file: what a disk, another program or a strange file can do to it."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contract.rows import papers, row
from reliefstock.errors import (
    AlreadyABook,
    ChainBroken,
    Incomplete,
    JournalMoved,
    NewerFormat,
    NotABook,
    ReliefstockError,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)
from reliefstock.index import TABLES
from reliefstock.journal import START, Column, Head, Record, Snapshot, Table, chained, follow, verify
from reliefstock.stores import journal_at
from reliefstock.stores.sqlite import SqliteJournal
from reliefstock.stores.sqlite_file import FORMAT, MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOK = list(chained([b"opened", b"received", b"given out" * 50, b"counted"]))
ROWS = {
    **papers(*range(1, 40)),
    "places": [row("places", place="warehouse/depot"), row("places", place="household/h-1", entry=1)],
    "postings": [row("postings", place="warehouse/depot", lot=f"lot {at}", quantity=at) for at in range(200)],
    "lots": [row("lots", ordinal=1, id="GRN-000001-1"), row("lots", ordinal=2, donation="gift")],
    "taken_back": [row("taken_back", number="GRN-000001", record=2)],
    "turns": [(1,), (2,)],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a small book that nobody has open."""
    path = tmp_path / "county.db"
    with SqliteJournal.create(path, "Ankang", tables=TABLES, patience=5) as journal:
        journal.append(BOOK, ROWS)
    return path


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal.open(path, tables=TABLES, patience=0.2) as journal:
        yield journal


def raw(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, isolation_level=None))


# Opening


def no_file(path: Path) -> str:
    path.unlink()
    return "there is no such file"


def a_folder(path: Path) -> str:
    path.unlink()
    path.mkdir()
    return "it is no file"


def an_empty_file(path: Path) -> str:
    path.write_bytes(b"")
    return "it is empty"


def a_text(path: Path) -> str:
    path.write_text("物资,数量\n棉被,500\n" * 100, encoding="utf-8")
    return "file is not a database"


def a_short_file(path: Path) -> str:
    path.write_bytes(path.read_bytes()[:50])
    return "it is another database"


def another_database(path: Path) -> str:
    path.unlink()
    with raw(path) as connection:
        connection.execute("CREATE TABLE quilts (count INTEGER)")
    return "it is another database"


@pytest.mark.parametrize(
    "make",
    [no_file, a_folder, an_empty_file, a_text, a_short_file, another_database],
    ids=lambda make: make.__name__,
)
def test_what_is_no_book_is_not_opened(path: Path, make: object) -> None:
    reason = make(path)  # type: ignore[operator]
    for read_only in (False, True):
        with pytest.raises(NotABook) as caught:
            SqliteJournal.open(path, tables=TABLES, read_only=read_only)
        assert (caught.value.where, caught.value.reason) == (str(path), reason)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_damaged(path: Path, part: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(StoreDamaged) as caught:
        SqliteJournal.open(path, tables=TABLES)
    assert caught.value.where == str(path)


def test_a_file_of_a_later_version_is_left_alone(path: Path) -> None:
    with raw(path) as connection:
        connection.execute(f"PRAGMA user_version={FORMAT + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerFormat) as caught:
        SqliteJournal.open(path, tables=TABLES)
    assert (caught.value.found, caught.value.known) == (FORMAT + 1, FORMAT)
    assert path.read_bytes() == before


def test_a_file_says_what_it_is(path: Path) -> None:
    with raw(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (MARK,)
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
        kinds = connection.execute("SELECT name, strict, wr FROM pragma_table_list WHERE schema = 'main'")
        kept = {name: (strict, without) for name, strict, without in kinds if not name.startswith("sqlite_")}
    assert all(strict for strict, _ in kept.values())
    kinds_of = {table.name: {column.name: column.kind for column in table.columns} for table in TABLES}
    by_number = {
        table.name for table in TABLES if [kinds_of[table.name][one] for one in table.key] == ["whole"]
    }
    assert {name for name, (_, without) in kept.items() if without} == set(kinds_of) - by_number


def test_a_new_book_takes_no_file_that_is_there(path: Path, tmp_path: Path) -> None:
    with pytest.raises(AlreadyABook) as caught:
        SqliteJournal.create(path, "Hanyin", tables=TABLES)
    assert (caught.value.where, caught.value.name) == (str(path), "Ankang")
    other = tmp_path / "notes.txt"
    other.write_text("minutes", encoding="utf-8")
    with pytest.raises(NotABook) as refused:
        SqliteJournal.create(other, "Hanyin", tables=TABLES)
    assert refused.value.reason == "there is another file by that name"
    assert other.read_text(encoding="utf-8") == "minutes"
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "nowhere.db")
    with pytest.raises(NotABook):
        SqliteJournal.create(link, "Hanyin", tables=TABLES)
    assert not (tmp_path / "nowhere.db").exists()


def test_a_new_book_needs_a_folder_and_leaves_nothing_where_it_fails(tmp_path: Path) -> None:
    with pytest.raises(NotABook) as caught:
        SqliteJournal.create(tmp_path / "no" / "county.db", "Ankang")
    assert caught.value.reason == f"there is no folder {tmp_path / 'no'} for it"
    strange = Table("quilts; --", (Column("count", "whole"),), ("count",))
    with pytest.raises(Incomplete):
        SqliteJournal.create(tmp_path / "county.db", "Ankang", tables=[strange])
    assert list(tmp_path.iterdir()) == []


def test_a_path_may_have_any_characters(tmp_path: Path) -> None:
    path = tmp_path / "安康 100%?mode=ro#1 '.db"
    with SqliteJournal.create(path, "安康") as journal:
        journal.append(BOOK, {})
    with SqliteJournal.open(str(path)) as journal:
        assert (journal.name, journal.where, journal.path) == ("安康", str(path), path)
        assert list(journal.read()) == BOOK


def test_an_index_that_is_declared_otherwise_is_not_taken_for_this(path: Path) -> None:
    table = TABLES[-1]
    for other in (
        table._replace(name="quilts"),
        table._replace(columns=(*table.columns, Column("day", "whole"))),
        table._replace(lookups=(("record",),)),
    ):
        with pytest.raises(StoreDamaged) as caught:
            SqliteJournal.open(path, tables=[other])
        assert other.name in caught.value.reason


def test_the_name_of_a_book_is_checked(path: Path) -> None:
    assert journal_at(path, "Ankang", tables=TABLES).where == str(path)
    with pytest.raises(NotABook) as caught:
        journal_at(path, "Hanyin", tables=TABLES)
    assert caught.value.reason == "it is the book 'Ankang', not 'Hanyin'"
    with raw(path) as connection:
        connection.execute("UPDATE book SET name = 'Hanyin'")
    with pytest.raises(StoreDamaged):
        SqliteJournal.open(path)
    with raw(path) as connection:
        connection.execute("DELETE FROM book")
    with pytest.raises(StoreDamaged):
        SqliteJournal.open(path)


# Durability


def test_what_is_acknowledged_waits_for_the_disk(journal: SqliteJournal) -> None:
    ask = journal.connection.execute
    if sqlite3.sqlite_version_info >= (3, 51, 3):
        assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ask("PRAGMA synchronous").fetchone() == (2,)
    else:
        assert ask("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert ask("PRAGMA synchronous").fetchone() == (3,)


def test_the_log_of_a_newer_sqlite_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    with SqliteJournal.create(tmp_path / "county.db", "Ankang") as journal:
        journal.append(BOOK, {})
        assert journal.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert journal.connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_file_with_a_log_is_taken_out_of_it_by_an_older_sqlite(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    with raw(path) as connection:
        assert connection.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    with SqliteJournal.open(path, tables=TABLES, read_only=True) as reader:
        assert list(reader.read()) == BOOK
    with SqliteJournal.open(path, tables=TABLES) as journal:
        assert journal.connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert list(journal.read()) == BOOK
        assert journal.append([follow(BOOK[-1].head, b"more")], {}).size == 5


def test_a_file_with_a_log_that_others_have_open_is_refused_by_an_older_sqlite(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    with raw(path) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT COUNT(*) FROM records").fetchone()
        with pytest.raises(StoreBusy):
            SqliteJournal.open(path, tables=TABLES, patience=0.1)


ENDING = """
import os, sys
from reliefstock.index import TABLES
from reliefstock.journal import follow
from reliefstock.stores.sqlite import SqliteJournal
journal = SqliteJournal.open(sys.argv[1], tables=TABLES)
journal.connection.execute("PRAGMA cache_size=1")  # so that much is in the file before the end
with journal.held() as head:
    for number in range(3_000):
        head = journal.append([follow(head, b"lost" * 200)], {})
    os._exit(1)
"""


def run(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run it in a process of its own, without what measures coverage, which writes where it may not."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_what_was_not_acknowledged_when_a_program_ended_is_gone_and_all_else_is_there(path: Path) -> None:
    size = path.stat().st_size
    done = run(ENDING, path)
    assert (done.returncode, done.stderr) == (1, "")
    left = sum(file.stat().st_size for file in path.parent.iterdir())
    assert left > size + 1_000_000  # it did write
    with SqliteJournal.open(path, tables=TABLES) as journal:
        assert list(journal.read()) == BOOK
        assert journal.check() == []


def test_a_file_that_a_writer_left_in_mid_command_is_not_opened_to_be_read_only(path: Path) -> None:
    with raw(path) as writer:
        writer.execute("PRAGMA cache_size=1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO snapshots VALUES (1, 0, x'', zeroblob(1000000))")
        writer.execute("DELETE FROM snapshots")
        left = path.with_name("left.db")
        shutil.copy(path, left)
        shutil.copy(f"{path}-journal", f"{left}-journal")
    with pytest.raises(StoreReadOnly) as caught:
        SqliteJournal.open(left, tables=TABLES, read_only=True)
    assert "ended in mid-command" in caught.value.reason
    with SqliteJournal.open(left, tables=TABLES) as journal:
        assert list(journal.read()) == BOOK
    with SqliteJournal.open(left, tables=TABLES, read_only=True) as journal:
        assert list(journal.read()) == BOOK


# What may not be written


def test_a_file_or_a_folder_that_may_not_be_written_is_not_opened_to_be_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = path
    monkeypatch.setattr(os, "access", lambda asked, _: asked != refused)  # root may write everywhere
    with pytest.raises(StoreReadOnly) as caught:
        SqliteJournal.open(path, tables=TABLES)
    assert caught.value.reason == "the file may not be written"
    refused = path.parent
    with pytest.raises(StoreReadOnly) as caught:
        SqliteJournal.open(path, tables=TABLES)
    assert caught.value.reason == "no file can be made in its folder"
    with SqliteJournal.open(path, tables=TABLES, read_only=True) as journal:
        assert journal.is_read_only
        assert list(journal.read()) == BOOK


AS_NOBODY = """
import os, sys
from reliefstock.errors import StoreError
from reliefstock.stores.sqlite import SqliteJournal
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for read_only in (False, True):
    try:
        with SqliteJournal.open(sys.argv[1], read_only=read_only) as journal:
            print(journal.head().size)
    except StoreError as error:
        print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("file", "folder", "found"),
    [
        (0o444, 0o777, ["StoreReadOnly", "4"]),
        (0o666, 0o555, ["StoreReadOnly", "4"]),
        (0o000, 0o777, ["StoreReadOnly", "NotABook"]),
        (0o666, 0o777, ["4", "4"]),
    ],
)
def test_rights_are_those_of_the_system(path: Path, file: int, folder: int, found: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:  # that of the tests is closed to others
        copy = Path(shutil.copy(path, name))
        copy.chmod(file)
        copy.parent.chmod(folder)
        done = run(AS_NOBODY, copy)
        copy.parent.chmod(0o777)
    assert (done.stdout.split(), done.stderr) == (found, "")


def test_a_file_that_others_lock_is_waited_for_and_then_given_up(path: Path, journal: SqliteJournal) -> None:
    with raw(path) as other:
        other.execute("BEGIN EXCLUSIVE")
        for ask in (journal.head, lambda: journal.append([], {}), lambda: journal.find("turns", {})):
            with pytest.raises(StoreBusy) as caught:
                ask()
            assert (caught.value.where, caught.value.seconds) == (str(path), 0.2)
        with pytest.raises(StoreBusy):
            SqliteJournal.open(path, tables=TABLES, patience=0.1)
        other.execute("ROLLBACK")
    assert journal.append([follow(BOOK[-1].head, b"more")], {}).size == 5


def test_who_reads_for_too_long_is_given_up_at_the_end_and_nothing_is_kept(
    path: Path, journal: SqliteJournal
) -> None:
    if journal.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
        pytest.skip("readers do not stop writers in this mode")
    with raw(path) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM records").fetchone()
        with pytest.raises(StoreBusy):
            journal.append([follow(BOOK[-1].head, b"more")], {"turns": [(3,)]})
    assert journal.head() == BOOK[-1].head
    assert journal.find("turns", {}) == [(1,), (2,)]
    assert journal.append([follow(BOOK[-1].head, b"more")], {"turns": [(3,)]}).size == 5


def test_who_waited_at_the_beginning_waits_less_at_the_end(path: Path, journal: SqliteJournal) -> None:
    waits: list[tuple[str, ...]] = []
    journal.connection.set_trace_callback(lambda text: waits.append((text,)) if "busy" in text else None)
    journal._waited = 0.15
    with journal.held():
        journal._waited = 0.15
        journal.append([follow(BOOK[-1].head, b"more")], {})
    assert waits == [("PRAGMA busy_timeout=50",), ("PRAGMA busy_timeout=200",)]
    assert journal.head().size == 5


@pytest.mark.parametrize("held", [False, True])
def test_a_full_disk_keeps_nothing_and_damages_nothing(journal: SqliteJournal, held: bool) -> None:
    (pages,) = journal.connection.execute("PRAGMA page_count").fetchone()
    journal.connection.execute(f"PRAGMA max_page_count={pages}")
    records = list(chained([b"large" * 20_000] * 3, BOOK[-1].head))
    with pytest.raises(StoreFull) as caught:
        write(journal, records, held=held)
    assert caught.value.where == journal.where
    assert list(journal.read()) == BOOK
    assert not journal.connection.in_transaction
    journal.connection.execute(f"PRAGMA max_page_count={pages + 1_000}")
    assert write(journal, records, held=held) == records[-1].head
    assert journal.check() == []


def write(journal: SqliteJournal, records: list[Record], *, held: bool) -> Head:
    if not held:
        return journal.append(records, {})
    with journal.held():
        for record in records:
            journal.append([record], {})
        list(journal.read())
    return journal.head()


# Several


WRITER = """
import sys
from reliefstock.errors import JournalMoved
from reliefstock.index import TABLES
from reliefstock.journal import follow
from reliefstock.stores.sqlite import SqliteJournal
with SqliteJournal.open(sys.argv[1], tables=TABLES, patience=60) as journal:
    done = 0
    while done < 25:
        head = journal.head()
        record = follow(head, f"{sys.argv[2]} {done}".encode())
        try:
            journal.append([record], {"turns": [(record.number,)]})
        except JournalMoved:
            continue
        done += 1
"""


def test_programs_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    SqliteJournal.create(path, "Ankang", tables=TABLES).close()
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(at)]) for at in range(3)]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    with SqliteJournal.open(path, tables=TABLES) as journal:
        payloads = [record.payload.decode() for record in journal.read()]
        assert sorted(payloads) == sorted(f"{writer} {at}" for writer in range(3) for at in range(25))
        assert verify(journal.read()) == journal.head()
        assert journal.find("turns", {}) == [(number,) for number in range(1, 76)]
        assert journal.check() == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_child_that_was_forked_opens_the_book_anew(path: Path, journal: SqliteJournal) -> None:
    child = os.fork()
    if not child:
        code = 1
        try:
            journal.head()
        except StoreUnreachable as error:
            journal.close()
            with SqliteJournal.open(path, tables=TABLES) as own:
                own.append([follow(own.head(), b"of the child")], {})
            code = 0 if "before a fork" in error.reason else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert journal.head().size == 5
    with pytest.raises(JournalMoved):
        journal.append([follow(BOOK[-1].head, b"of the parent")], {})
    assert journal.append([follow(journal.head(), b"of the parent")], {}).size == 6


def test_a_file_that_was_moved_away_is_not_written(path: Path, journal: SqliteJournal) -> None:
    path.rename(path.with_name("old.db"))
    with pytest.raises(StoreReadOnly) as caught:
        journal.append([follow(BOOK[-1].head, b"lost")], {})
    assert "moved" in caught.value.reason
    path.with_name("old.db").rename(path)
    assert journal.append([follow(BOOK[-1].head, b"kept")], {}).size == 5


# What was changed


def test_records_are_only_ever_added(journal: SqliteJournal) -> None:
    for statement in (
        "UPDATE records SET payload = x'00' WHERE number = 2",
        "DELETE FROM records WHERE number = 4",
        "DELETE FROM records",
        "INSERT OR REPLACE INTO records VALUES (2, x'00', x'00', x'00')",
        "INSERT INTO records VALUES (9, x'00', x'00', x'00')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            journal.connection.execute(statement)
    assert list(journal.read()) == BOOK


def tampered(journal: SqliteJournal, *statements: str) -> None:
    for trigger in ("records_follow", "records_stand", "records_stay"):
        journal.connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        journal.connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE records SET payload = x'00' WHERE number = 2", "record 2 is not as it was put in"),
        ("UPDATE records SET previous = x'00' WHERE number = 2", "record 2 is not as it was put in"),
        ("DELETE FROM records WHERE number = 2", "record 2 is missing"),
        ("UPDATE records SET number = -1 WHERE number = 1", "record 1 is missing"),
    ],
)
def test_a_record_that_was_changed_is_not_read_but_by_who_looks_for_it(
    journal: SqliteJournal, statement: str, reason: str
) -> None:
    tampered(journal, statement)
    with pytest.raises(StoreDamaged) as caught:
        list(journal.read())
    assert (caught.value.where, caught.value.reason) == (journal.where, reason)
    with pytest.raises(ReliefstockError):
        verify(journal.read(checked=False))
    assert [str(fault) for fault in journal.check()] == [str(caught.value)]


def test_a_hash_that_was_changed_is_found(journal: SqliteJournal) -> None:
    tampered(journal, "UPDATE records SET hash = zeroblob(32) WHERE number = 2")
    with pytest.raises(StoreDamaged) as caught:
        list(journal.read())
    assert caught.value.reason == "record 2 is not as it was put in"
    assert list(journal.read(checked=False)) == BOOK


def test_a_record_that_was_written_anew_is_found_by_the_chain(journal: SqliteJournal) -> None:
    other = follow(BOOK[0].head, b"other")
    tampered(journal)
    change = "UPDATE records SET payload = ?, hash = ? WHERE number = 2"
    journal.connection.execute(change, (other.payload, other.hash))
    assert len(list(journal.read())) == 4
    [fault] = journal.check()
    assert isinstance(fault, ChainBroken)
    assert (fault.number, fault.fault) == (2, "changed")


def test_a_row_that_was_changed_is_not_given(journal: SqliteJournal) -> None:
    journal.connection.execute("UPDATE postings SET quantity = 6 WHERE lot = 'lot 7'")
    journal.connection.execute("UPDATE lots SET donation = 'gift' WHERE ordinal = 1")
    with pytest.raises(StoreDamaged) as caught:
        journal.find("postings", {"lot": "lot 7"})
    reason = "the row (warehouse/depot, lot 7, 0, 0, 0) of table postings is not as it was put in"
    assert caught.value.reason == reason
    assert len(journal.find("postings", {"lot": "lot 8"})) == 1
    faults = [fault.reason for fault in journal.check() if isinstance(fault, StoreDamaged)]
    assert faults == [reason, "the row (1) of table lots is not as it was put in"]


def seen(path: Path) -> tuple[object, ...]:
    """All that can be read of a book."""
    with SqliteJournal.open(path, tables=TABLES, read_only=True) as journal:
        rows = {table.name: journal.find(table.name, {}) for table in TABLES}
        return journal.name, journal.head(), list(journal.read()), rows


def test_a_byte_that_a_disk_has_changed_is_never_read_as_what_was_written(path: Path) -> None:
    sound, before = path.read_bytes(), seen(path)
    chance = random.Random(4)
    found = 0
    for at in chance.sample(range(len(sound)), 300):
        path.write_bytes(sound[:at] + bytes([sound[at] ^ (1 << chance.randrange(8))]) + sound[at + 1 :])
        try:
            after = seen(path)
        except ReliefstockError:
            found += 1
            continue
        if after != before:  # what is there is as it was; what is not found is found missing
            assert rows_of(after) <= rows_of(before)
            assert faults(path) != []
    assert found > 30


def rows_of(read: tuple[object, ...]) -> set[object]:
    name, head, records, tables = read
    assert isinstance(records, list)
    assert isinstance(tables, dict)
    return {name, head, *records, *((table, row) for table, rows in tables.items() for row in rows)}


def faults(path: Path) -> list[ReliefstockError]:
    with SqliteJournal.open(path, tables=TABLES, read_only=True) as journal:
        return journal.check()


def test_a_structure_that_is_broken_is_told_by_check(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'papers_by_number'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = bytes(size)
    path.write_bytes(content)
    with SqliteJournal.open(path, tables=TABLES) as journal:
        assert journal.check()
        with pytest.raises(StoreDamaged):
            journal.find("papers", {"number": "GRN-000001"})
        assert list(journal.read()) == BOOK


def test_a_snapshot_is_beside_the_records_and_can_be_taken_away(path: Path, journal: SqliteJournal) -> None:
    journal.keep_snapshot(Snapshot(BOOK[1].head, b"what there is"))
    with journal.held():
        journal.keep_snapshot(Snapshot(BOOK[-1].head, b"more"))
    with SqliteJournal.open(path, tables=TABLES, read_only=True) as reader:
        assert reader.snapshot() == Snapshot(BOOK[-1].head, b"more")
    with raw(path) as connection:
        connection.execute("DELETE FROM snapshots")
    assert journal.snapshot() is None
    assert list(journal.read()) == BOOK


def test_tables_are_those_that_were_declared(journal: SqliteJournal) -> None:
    assert journal.tables == tuple(TABLES)
    assert not journal.is_read_only


def test_a_disk_that_fails_at_the_end_keeps_nothing(
    journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Head) -> None:
        raise StoreDamaged(journal.where, "disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(journal, "_end", fail)
        with pytest.raises(StoreDamaged):
            journal.append([follow(BOOK[-1].head, b"more")], {})
    assert journal.head() == BOOK[-1].head
    assert list(journal.read()) == BOOK
    assert journal.append([follow(BOOK[-1].head, b"more")], {}).size == 5


def test_a_book_begun_by_another_name_is_not_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "county.db"
    with SqliteJournal.create(path, "Ankang", tables=TABLES) as journal:
        assert journal.head() == START
    with pytest.raises(AlreadyABook):
        SqliteJournal.create(path, "Hanyin", tables=TABLES)


def test_all_that_is_wrong_with_a_store_is_a_store_error(journal: SqliteJournal) -> None:
    journal.connection.close()  # by whoever shares it
    with pytest.raises(StoreError):
        journal.head()
    with pytest.raises(StoreError), journal.held():
        pass
    assert [type(fault) for fault in journal.check()] != []
