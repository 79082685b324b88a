"""People in a PostgreSQL database: beside those of other books, and when the server fails."""

from __future__ import annotations

import pytest

pytest.importorskip("sqlalchemy")

from typing import TYPE_CHECKING

from sqlalchemy import text

from reliefstock.errors import NotABook, StoreBusy, StoreUnreachable
from reliefstock.people import Person
from reliefstock.stores import people_sql
from reliefstock.stores.people_sql import SqlPeople
from reliefstock.stores.sql import SqlJournal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract.postgres import Server


@pytest.fixture
def people(database: str) -> Iterator[SqlPeople]:
    SqlJournal.create(database, "Ankang").close()
    made = SqlPeople(database)
    yield made
    made.close()


def test_each_book_has_people_of_its_own(database: str, people: SqlPeople) -> None:
    SqlJournal.create(database, "Ningshan").close()
    other = SqlPeople(database, "Ningshan")
    clerk = people.id_of("clerk A")
    assert other.find("clerk A") is None
    assert other.id_of("clerk A") != clerk
    people.erase(clerk)
    assert other.find("clerk A") is not None
    other.close()


def test_the_book_must_be_there_and_named_where_there_are_several(database: str, people: SqlPeople) -> None:
    with pytest.raises(NotABook) as caught:
        SqlPeople(database, "Hanbin")
    assert "Hanbin" in caught.value.reason
    SqlJournal.create(database, "Ningshan").close()
    with pytest.raises(NotABook) as caught:
        SqlPeople(database)
    assert "2 books" in caught.value.reason


def test_a_database_without_books_has_no_people(database: str) -> None:
    with pytest.raises(NotABook):
        SqlPeople(database, "Ankang")


def test_the_password_is_not_shown(server: Server, people: SqlPeople) -> None:
    assert str(server.port) in people.where
    assert server.password not in people.where


def test_after_the_server_came_back_people_are_asked_again(server: Server, people: SqlPeople) -> None:
    clerk = people.id_of("clerk A")
    server.stop()
    people.refresh()
    with pytest.raises(StoreUnreachable):
        people.name_of(clerk)
    server.start()
    assert people.name_of(clerk) == "clerk A"


def test_who_was_acknowledged_outlasts_a_server_that_falls_down(server: Server, people: SqlPeople) -> None:
    ids = people.ids_of([f"signature {number}" for number in range(200)])
    server.stop(at_once=True)
    server.start()
    people.refresh()
    with pytest.raises(StoreUnreachable):  # the connection was lost with it
        people.names_of(ids.values())
    assert people.names_of(ids.values()) == {person: name for name, person in ids.items()}


def test_while_others_hold_the_table_nobody_waits_for_ever(database: str, people: SqlPeople) -> None:
    clerk = people.id_of("clerk A")
    hasty = SqlPeople(database, patience=0.1)
    with people._alone(), pytest.raises(StoreBusy):
        hasty.keep(Person(id=clerk, name="clerk B"))
    hasty.keep(Person(id=clerk, name="clerk B"))
    people.refresh()
    assert people.name_of(clerk) == "clerk B"
    hasty.close()


def test_after_a_fork_they_are_opened_anew(people: SqlPeople, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_sql, "getpid", lambda: -1)
    with pytest.raises(StoreUnreachable):
        people.id_of("clerk A")


def test_what_is_erased_is_in_no_row_and_after_a_vacuum_in_no_version_of_one(people: SqlPeople) -> None:
    clerk = people.id_of("clerk A")
    people.keep(Person(id=clerk, name="clerk A", id_number="E1", phone="555 0100", note="east gate"))
    people.erase(clerk)
    with people._connected() as connection:
        rows = connection.execute(text("SELECT * FROM reliefstock.people")).all()
        assert [row[1:] for row in rows] == [(clerk, None, None, "", "", "")]
        connection.execute(text("VACUUM FULL reliefstock.people"))
    assert people.person(clerk).erased
