"""What only a PostgreSQL database can do, or suffer. It is here because the server is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import traceback
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest

from reliefstock.errors import (
    AccessRefused,
    ChainBroken,
    Incomplete,
    JournalMoved,
    NewerFormat,
    NotABook,
    StoreDamaged,
    StoreError,
    StoreReadOnly,
    StoreUnreachable,
)
from reliefstock.index import TABLES
from reliefstock.journal import Column, Table, chained, follow
from reliefstock.stores import journal_at

psycopg = pytest.importorskip("psycopg", reason="the extra postgres is not installed")

from sqlalchemy import make_url  # noqa: E402 -- as above

from reliefstock.stores import sql, sql_schema  # noqa: E402
from reliefstock.stores.sql import SqlJournal, book_names, upgrade  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract.postgres import Server

BOOK = list(chained([b"opened", b"received", b"given out"]))
TURNS = {"turns": [(1,), (2,)]}


@pytest.fixture
def journal(database: str) -> Iterator[SqlJournal]:
    with SqlJournal.create(database, "Ankang", tables=TABLES, patience=5) as journal:
        journal.append(BOOK, TURNS)
        yield journal


def name_of(database: str) -> str:
    return str(make_url(database).database)


def told(server: Server, database: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.dsn(name_of(database)), autocommit=True) as connection:
        return connection.execute(query).fetchall()


# Many books


def test_many_books_are_in_one_place_and_do_not_mix(database: str, journal: SqlJournal) -> None:
    with SqlJournal.create(database, "Hanyin", tables=TABLES) as other:
        assert other.head().size == 0
        other.append(BOOK[:1], {"turns": [(1,)]})
        assert other.find("turns", {}) == [(1,)]
        assert other.select("SELECT COUNT(*) FROM turns WHERE {book}", {}) == [(1,)]
        assert (list(other.read()), other.hashes(0, 9)) == (BOOK[:1], [BOOK[0].hash])
        assert list(journal.read()) == BOOK
        assert journal.select("SELECT COUNT(*) FROM turns WHERE {book}", {}) == [(2,)]
        with journal.held():
            other.append(BOOK[1:2], {})  # who writes one book does not wait for who writes another
            assert journal.append([follow(BOOK[-1].head, b"more")], {}).size == 4
    assert book_names(database) == ("Ankang", "Hanyin")


def test_the_only_book_needs_no_name_and_one_of_several_does(database: str, journal: SqlJournal) -> None:
    with SqlJournal.open(database, tables=TABLES) as only:
        assert only.name == "Ankang"
    SqlJournal.create(database, "Hanyin", tables=TABLES).close()
    with pytest.raises(NotABook) as caught:
        SqlJournal.open(database, tables=TABLES)
    assert caught.value.reason == "there are 2 books in it, and none is named"
    with pytest.raises(NotABook) as caught:
        SqlJournal.open(database, "Ziyang", tables=TABLES)
    assert caught.value.reason == "there is no book 'Ziyang' in it"
    named = journal_at(database, "Hanyin", tables=TABLES)
    assert named.where.endswith("(Hanyin)")
    named.close()


# Addresses


@pytest.mark.parametrize(
    "address", ["county.db", "mysql://host/county", "postgresql+asyncpg://host/county", ""]
)
def test_what_is_no_address_of_postgresql_is_refused(address: str) -> None:
    for use in (
        lambda: SqlJournal.open(address, "Ankang"),
        lambda: SqlJournal.create(address, "Ankang"),
        lambda: book_names(address),
        lambda: upgrade(address),
    ):
        with pytest.raises(Incomplete):
            use()


def test_a_password_is_shown_nowhere(server: Server, database: str, journal: SqlJournal) -> None:
    assert server.password not in journal.where
    assert f"@127.0.0.1:{server.port}/" in journal.where
    server.stop()
    try:
        with pytest.raises(StoreUnreachable) as caught:
            SqlJournal.open(f"{database}?password={server.password}", "Ankang")
    finally:
        server.start()
    assert server.password not in "".join(traceback.format_exception(caught.value))
    assert "password" not in str(caught.value)


def test_an_address_may_leave_out_the_driver(database: str, journal: SqlJournal) -> None:
    with SqlJournal.open(database.replace("+psycopg", ""), "Ankang", tables=TABLES) as same:
        assert list(same.read()) == BOOK
        assert same.where == journal.where


# Getting in


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"password": "wrong"}, AccessRefused),
        ({"username": "stranger"}, AccessRefused),
        ({"database": "nowhere"}, NotABook),
        ({"port": 1}, StoreUnreachable),
        ({"host": "nowhere.invalid"}, StoreUnreachable),
    ],
)
def test_who_does_not_get_in_is_told_why(
    shared_database: str, change: dict[str, str | int], kind: type[StoreError]
) -> None:
    url = make_url(shared_database).set(**change)  # type: ignore[arg-type]
    address = url.render_as_string(hide_password=False)
    for use in (
        lambda: SqlJournal.open(address, "Ankang", patience=2),
        lambda: SqlJournal.create(address, "Ankang", patience=2),
        lambda: book_names(address, patience=2),
    ):
        with pytest.raises(kind) as caught:
            use()
        assert type(caught.value) is kind
        assert str(url.database) in str(caught.value)


def address_of(role: str, database: str) -> str:
    return make_url(database).set(username=role, password="a").render_as_string(hide_password=False)  # noqa: S106


def test_a_user_without_rights_is_told_so(server: Server, database: str, journal: SqlJournal) -> None:
    server.run("CREATE ROLE auditor LOGIN PASSWORD 'a'; CREATE ROLE stranger LOGIN PASSWORD 'a'")
    try:
        for grant in ("USAGE ON SCHEMA reliefstock", "SELECT ON ALL TABLES IN SCHEMA reliefstock"):
            server.run(f"GRANT {grant} TO auditor", name_of(database))
        with SqlJournal.open(address_of("auditor", database), "Ankang", tables=TABLES) as reader:
            assert list(reader.read()) == BOOK
            with pytest.raises(AccessRefused):
                reader.append([follow(BOOK[-1].head, b"more")], {})
            assert list(reader.read()) == BOOK
        stranger = address_of("stranger", database)
        for use in (
            lambda: SqlJournal.open(stranger, "Ankang", tables=TABLES),
            lambda: SqlJournal.create(stranger, "Hanyin", tables=TABLES),
            lambda: SqlJournal.create(address_of("stranger", server.database()), "Hanyin"),
        ):
            with pytest.raises(AccessRefused):
                use()
    finally:
        server.run("DROP OWNED BY auditor, stranger", name_of(database))
        server.run("DROP ROLE auditor, stranger")


def test_a_database_that_is_to_be_read_only_says_so(
    server: Server, database: str, journal: SqlJournal
) -> None:
    server.run(f"ALTER DATABASE {name_of(database)} SET default_transaction_read_only TO on")
    with SqlJournal.open(database, "Ankang", tables=TABLES) as standby:
        assert list(standby.read()) == BOOK
        with pytest.raises(StoreReadOnly):
            standby.append([follow(BOOK[-1].head, b"more")], {})
    assert journal.append([follow(BOOK[-1].head, b"more")], {}).size == 4


def test_texts_are_to_be_kept_in_utf8(server: Server) -> None:
    server.run("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(Incomplete) as caught:
        SqlJournal.create(server.address("ascii"), "Ankang", tables=TABLES)
    assert caught.value.missing == "its texts are kept in SQL_ASCII"
    server.run("DROP DATABASE ascii")


# Steps


def test_the_index_is_what_is_declared(server: Server, database: str, journal: SqlJournal) -> None:
    with SqlJournal.open(database, "Ankang", tables=TABLES) as same:
        assert same.tables == tuple(TABLES)
    query = "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'reliefstock'"
    indexes = told(server, database, query)
    found = {
        (str(table), str(text).rpartition("(")[2].rstrip(")").replace('"', "")) for table, text in indexes
    }
    declared = {
        (table.name, ", ".join(("book", *columns)))
        for table in TABLES
        for columns in (table.key, *table.lookups)
    }
    assert declared <= found
    query = """SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'reliefstock' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"""
    own = {table.name for table in TABLES} | {"books"}
    assert [row for row in told(server, database, query) if row[0] in own] == []


@pytest.mark.parametrize(
    "other",
    [
        Table("quilts", (Column("count", "whole"),), ("count",)),
        TABLES[-1]._replace(columns=(Column("record", "text"),)),
        TABLES[-1]._replace(columns=(*TABLES[-1].columns, Column("day", "whole"))),
    ],
)
def test_an_index_that_is_declared_otherwise_is_not_taken_for_this(
    shared_database: str, other: Table
) -> None:
    SqlJournal.create(shared_database, "declared otherwise", tables=TABLES).close()
    with pytest.raises(StoreDamaged) as caught:
        SqlJournal.open(shared_database, "declared otherwise", tables=[other])
    assert other.name in caught.value.reason


def test_a_database_without_tables_has_no_book(database: str) -> None:
    assert book_names(database) == ()
    with pytest.raises(NotABook) as caught:
        SqlJournal.open(database, "Ankang", tables=TABLES)
    assert caught.value.reason == "there is no book in this database"


def test_older_tables_are_brought_up_only_when_somebody_says_so(server: Server, database: str) -> None:
    upgrade(database, "0001")
    with pytest.raises(Incomplete) as caught:
        SqlJournal.open(database, "Ankang", tables=TABLES)
    assert "its tables have version 1, and this version of reliefstock needs" in caught.value.missing
    assert "reliefstock.stores.sql.upgrade" in caught.value.do
    with pytest.raises(Incomplete):
        book_names(database)
    upgrade(database)
    upgrade(database)
    assert book_names(database) == ()
    with SqlJournal.create(database, "Ankang", tables=TABLES) as journal:
        assert journal.append(BOOK, TURNS) == BOOK[-1].head


def test_a_new_book_brings_the_tables_up(database: str) -> None:
    upgrade(database, "0001")
    with SqlJournal.create(database, "Ankang", tables=TABLES) as journal:
        assert journal.append(BOOK, TURNS) == BOOK[-1].head


def test_newer_tables_are_left_alone(server: Server, database: str, journal: SqlJournal) -> None:
    server.run("UPDATE reliefstock.alembic_version SET version_num = '9999'", name_of(database))
    for use in (
        lambda: SqlJournal.open(database, "Ankang", tables=TABLES),
        lambda: SqlJournal.create(database, "Hanyin", tables=TABLES),
        lambda: upgrade(database),
        lambda: book_names(database),
    ):
        with pytest.raises(NewerFormat) as caught:
            use()
        assert caught.value.found == 9999


def test_a_newer_book_is_left_alone(server: Server, database: str, journal: SqlJournal) -> None:
    server.run("UPDATE reliefstock.books SET format = format + 1", name_of(database))
    with pytest.raises(NewerFormat) as caught:
        SqlJournal.open(database, "Ankang", tables=TABLES)
    assert (caught.value.found, caught.value.known) == (sql.FORMAT + 1, sql.FORMAT)


def test_a_step_that_fails_leaves_nothing(
    server: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sql_schema._run

    def fail(*arguments: object) -> None:
        run(*arguments)  # type: ignore[arg-type]
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(sql_schema, "_run", fail)
        with pytest.raises(ZeroDivisionError):
            upgrade(database)
    query = "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'reliefstock'"
    assert told(server, database, query) == [(0,)]
    upgrade(database)
    assert told(server, database, query) == [(1,)]


def test_two_who_begin_at_the_same_time_both_do(database: str) -> None:
    names, barrier = ("Ankang", "Hanyin", "Ziyang"), Barrier(3)

    def begin(name: str) -> None:
        barrier.wait()
        SqlJournal.create(database, name, tables=TABLES, patience=30).close()

    threads = [Thread(target=begin, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert book_names(database) == names


# Durability


@pytest.mark.parametrize("setting", ["off", "local", "remote_write", "on", "remote_apply"])
def test_what_is_acknowledged_waits_for_the_disk(
    server: Server, database: str, journal: SqlJournal, setting: str
) -> None:
    server.run(f"ALTER DATABASE {name_of(database)} SET synchronous_commit TO {setting}")
    with SqlJournal.open(database, "Ankang", tables=TABLES) as same:
        query = "SELECT current_setting('synchronous_commit'), current_setting('fsync')"
        assert same.select(query, {}) == [("remote_apply" if setting == "remote_apply" else "on", "on")]


def test_a_server_that_falls_down_has_all_that_was_acknowledged(own_server: Server) -> None:
    with SqlJournal.create(own_server.database(), "Ankang", tables=TABLES) as journal:
        journal.append(BOOK, TURNS)
        own_server.stop(at_once=True)
        with pytest.raises(StoreUnreachable):
            journal.append([follow(BOOK[-1].head, b"lost")], {})
        with pytest.raises(StoreUnreachable):
            journal.head()
        own_server.start()
        assert list(journal.read()) == BOOK
        assert journal.find("turns", {}) == TURNS["turns"]
        assert journal.append([follow(BOOK[-1].head, b"more")], {}).size == 4
        assert journal.check() == []


def cut(server: Server, database: str) -> None:
    """End all connections to a database, as an administrator may."""
    others = f"datname = '{name_of(database)}'"
    server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")  # noqa: S608 -- ours


def test_a_connection_that_was_lost_is_made_anew_by_the_next_call(
    server: Server, database: str, journal: SqlJournal
) -> None:
    cut(server, database)
    with pytest.raises(StoreUnreachable):
        journal.append([follow(BOOK[-1].head, b"more")], {})
    assert journal.append([follow(BOOK[-1].head, b"more")], {}).size == 4
    cut(server, database)
    with pytest.raises(StoreUnreachable):
        journal.find("turns", {})
    assert journal.find("turns", {}) == TURNS["turns"]


def lose_in_mid_command(server: Server, database: str, journal: SqlJournal) -> None:
    with journal.held():
        journal.append([follow(BOOK[-1].head, b"lost")], {"turns": [(3,)]})
        assert len(journal.find("turns", {})) == 3
        cut(server, database)
        for ask in (
            lambda: journal.find("turns", {}),
            lambda: journal.append([follow(journal.head(), b"lost")], {}),
            lambda: list(journal.read()),
        ):
            with pytest.raises(StoreUnreachable):
                ask()


def test_what_was_held_when_the_connection_was_lost_is_lost_and_says_so(
    server: Server, database: str, journal: SqlJournal
) -> None:
    with pytest.raises(StoreUnreachable):
        lose_in_mid_command(server, database, journal)
    assert list(journal.read()) == BOOK
    assert journal.find("turns", {}) == TURNS["turns"]
    assert journal.append([follow(BOOK[-1].head, b"more")], {}).size == 4


def lose_at_the_end(server: Server, database: str, journal: SqlJournal) -> None:
    with journal.held():
        journal.append([follow(BOOK[-1].head, b"lost")], {})
        cut(server, database)


def test_a_connection_that_is_lost_before_the_end_keeps_nothing(
    server: Server, database: str, journal: SqlJournal
) -> None:
    with pytest.raises(StoreUnreachable):
        lose_at_the_end(server, database, journal)
    assert list(journal.read()) == BOOK


def ask_wrongly(journal: SqlJournal) -> None:
    with journal.held():
        journal.append([follow(BOOK[-1].head, b"lost")], {})
        with pytest.raises(Incomplete):
            journal.select("SELECT quilts FROM turns WHERE {book}", {})


def test_an_error_in_mid_command_is_not_answered_by_a_commit_that_keeps_nothing(journal: SqlJournal) -> None:
    with pytest.raises(Incomplete):
        ask_wrongly(journal)
    assert list(journal.read()) == BOOK
    assert journal.append([follow(BOOK[-1].head, b"more")], {}).size == 4


def test_there_is_one_connection_and_none_when_it_is_closed(
    server: Server, database: str, journal: SqlJournal
) -> None:
    count = f"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '{name_of(database)}'"  # noqa: S608 -- ours
    with journal.held():
        list(journal.read())
        journal.find("turns", {})
        assert told(server, server.dsn("postgres"), count) == [(1,)]
    journal.close()
    end = time.monotonic() + 30  # the server takes a moment to see that one is gone
    while told(server, server.dsn("postgres"), count) != [(0,)]:
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_child_that_was_forked_opens_the_book_anew(database: str, journal: SqlJournal) -> None:
    child = os.fork()
    if not child:
        code = 1
        try:
            journal.head()
        except StoreUnreachable as error:
            journal.close()
            with SqlJournal.open(database, "Ankang", tables=TABLES) as own:
                own.append([follow(own.head(), b"of the child")], {})
            code = 0 if "before a fork" in error.reason else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert journal.head().size == 4
    with pytest.raises(JournalMoved):
        journal.append([follow(BOOK[-1].head, b"of the parent")], {})


# What was changed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reliefstock.records SET payload = '' WHERE number = 2",
        "DELETE FROM reliefstock.records WHERE number = 3",
        "TRUNCATE reliefstock.records",
    ],
)
def test_records_are_only_ever_added(
    server: Server, database: str, journal: SqlJournal, statement: str
) -> None:
    with pytest.raises(psycopg.errors.RaiseException):
        server.run(statement, name_of(database))
    assert list(journal.read()) == BOOK


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "UPDATE records SET payload = '' WHERE number = 2",
            "record 2 is not as it was put in",
        ),
        ("DELETE FROM records WHERE number = 2", "record 2 is missing"),
        (
            "DELETE FROM records WHERE number = 3",
            "the head of the book is not that of its last",
        ),
        ("UPDATE books SET size = 2", "the head of the book is not that of its last record"),
        (
            "UPDATE turns SET seal = 1 WHERE record = 2",
            "the row (2) of table turns is not as it",
        ),
        (
            "UPDATE turns SET record = 9 WHERE record = 2",
            "the row (9) of table turns is not as it",
        ),
    ],
)
def test_what_was_changed_is_found(
    server: Server,
    database: str,
    journal: SqlJournal,
    statement: str,
    says: str,
) -> None:
    off, on = "SET search_path TO reliefstock; ALTER TABLE records DISABLE TRIGGER ALL", "ENABLE TRIGGER ALL"
    server.run(f"{off}; {statement}; ALTER TABLE records {on}", name_of(database))
    found = [fault.reason for fault in journal.check() if isinstance(fault, StoreDamaged)]
    assert any(says in reason for reason in found)


def test_a_record_that_was_written_anew_is_found_by_the_chain(
    server: Server, database: str, journal: SqlJournal
) -> None:
    other = follow(BOOK[0].head, b"other")
    change = f"payload = '\\x{other.payload.hex()}', hash = '\\x{other.hash.hex()}'"
    server.run("ALTER TABLE reliefstock.records DISABLE TRIGGER ALL", name_of(database))
    server.run(f"UPDATE reliefstock.records SET {change} WHERE number = 2", name_of(database))  # noqa: S608
    faults = journal.check()
    assert [(type(fault), getattr(fault, "number", 0)) for fault in faults] == [(ChainBroken, 2)]


def test_a_book_that_is_gone_says_so(server: Server, database: str, journal: SqlJournal) -> None:
    delete = "DELETE FROM reliefstock.books"
    server.run(f"SET session_replication_role = replica; {delete}", name_of(database))
    with pytest.raises(StoreDamaged) as caught:
        journal.head()
    assert caught.value.reason == "the book is no longer there"
    assert [fault.reason for fault in journal.check() if isinstance(fault, StoreDamaged)] != []


# What is not installed


@pytest.mark.parametrize("package", ["sqlalchemy", "alembic", "psycopg"])
def test_what_is_missing_is_named_with_the_way_to_get_it(package: str) -> None:
    program = f"""
import sys
sys.modules[{package!r}] = None
from reliefstock.errors import MissingExtra
from reliefstock.stores import journal_at
try:
    journal_at("postgresql+psycopg://127.0.0.1/county", "Ankang")
except MissingExtra as error:
    print(error.extra, error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "pip install 'reliefstock[postgres]'" in done.stdout
