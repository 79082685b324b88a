"""People in an SQLite file: that of a book, or one of their own.

In a file of their own they can lie on other media than the book, and be left out of its backups. What is
erased is overwritten in the file, and taken out of the log beside it, before `erase` returns.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from os import PathLike, fspath, getpid
from pathlib import Path
from sqlite3 import Connection
from types import MappingProxyType, TracebackType
from typing import Any, Final, Self

from reliefstock.errors import Incomplete, NewerFormat, NotABook, StoreBusy, StoreUnreachable, Unknown
from reliefstock.people import People, Person, check_kept, check_names, check_person_id
from reliefstock.stores.person_ids import new_person_id
from reliefstock.stores.sqlite_errors import told
from reliefstock.stores.sqlite_file import MARK as BOOK
from reliefstock.stores.sqlite_file import connected
from reliefstock.values import is_person_id, spelled

__all__ = ["MARK", "SqlitePeople", "are_there"]

MARK: Final = 0x52537470
"""The `application_id` of a file of people alone: RStp."""

_FORMAT: Final = 1
_COLUMNS: Final = """(
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT UNIQUE,
    id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    note TEXT NOT NULL
) WITHOUT ROWID, STRICT"""
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS people_format (version INTEGER NOT NULL)",
    f"CREATE TABLE IF NOT EXISTS people {_COLUMNS}",
    f"INSERT INTO people_format SELECT {_FORMAT} WHERE NOT EXISTS (SELECT * FROM people_format)",  # noqa: S608 -- a number of ours
)
# SQLite zeroes a page when it is let go, and what is deleted on a page that stays, but not what is left over
# where it moved rows from one page to another: of two thousand erased names some four could still be read in
# the file. So those that remain move to new pages, and all old pages are let go.
_MOVE: Final = (
    f"CREATE TABLE people_moved {_COLUMNS}",
    "INSERT INTO people_moved SELECT * FROM people ORDER BY id",
    "DROP TABLE people",
    "ALTER TABLE people_moved RENAME TO people",
)
_ALL: Final = "SELECT id, name, id_number, phone, note FROM people"
_PUT: Final = """INSERT INTO people (id, name, id_number, phone, note) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, id_number = excluded.id_number, phone = excluded.phone, note = excluded.note"""
_NEW: Final = "INSERT OR IGNORE INTO people (id, name, id_number, phone, note) VALUES (?, ?, '', '', '')"
_ASKED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "id": "SELECT id, name FROM people WHERE id IN (SELECT value FROM json_each(?)) AND name IS NOT NULL",
        "name": "SELECT name, id FROM people WHERE name IN (SELECT value FROM json_each(?))",
    }
)
_CACHED: Final = 10_000
_Row = tuple[str, str | None, str, str, str]


def are_there(connection: Connection) -> bool:
    """Whether people are kept in the file of a connection."""
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('people', 'people_format')"
    [(there,)] = connection.execute(query).fetchall()
    return there == len(("people", "people_format"))


class SqlitePeople(People):
    """People in the SQLite file at a path, which is made where there is none.

    `connection` is one to that file which somebody else opened, in autocommit mode, and closes. Where it is
    that of a book's journal, who is new becomes durable together with the records that name them; a
    connection of its own to the file of a book would wait for the journal while that is held.

    Args:
        path: where the file is; what it is called in messages.
        connection: see above; one is opened where none is given.
        create: whether to make the file where there is none.
        patience: for how many seconds others that write are waited for.
        read_only: whether nothing is to be written.
        make: makes new opaque ids.

    Raises:
        NotABook: the file is no database, or that of something else; or it is not there, and is not to be
            made.
        NewerFormat: a later version of the library has written it.
        StoreError: it cannot be read, or not be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, SqlitePeople(f"{folder}/people.db") as people:
    ...     clerk = people.id_of("clerk A")
    ...     people.erase(clerk)
    ...     people.name_of(clerk) == clerk
    True
    """

    def __init__(
        self,
        path: str | PathLike[str],
        *,
        connection: Connection | None = None,
        create: bool = True,
        patience: float = 10,
        read_only: bool = False,
        make: Callable[[], str] = new_person_id,
    ) -> None:
        self._where = fspath(path)
        self._patience = patience
        self._make = make
        self._process = getpid()
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._version = -1
        self._shared = connection is not None
        mode = "ro" if read_only else "rwc" if create else "rw"
        with self._told():
            self._link = connection or connected(Path(path), mode, patience)
            try:
                self._settle(read_only=read_only)
            except BaseException:
                self.close()
                raise

    def _settle(self, *, read_only: bool) -> None:
        """Set the connection, and make the tables where they are not there."""
        self._run("PRAGMA secure_delete=ON")
        if not self._shared:
            self._settle_own(read_only=read_only)
        if not self._has_tables():
            if read_only:
                raise NotABook(self._where, "no people are kept there")
            with self._writing():
                for statement in _TABLES:
                    self._run(statement)
        [(found,)] = self._run("SELECT version FROM people_format")
        if found > _FORMAT:
            raise NewerFormat(self._where, found, _FORMAT)

    def _settle_own(self, *, read_only: bool) -> None:
        [(mark,)] = self._run("PRAGMA application_id")
        [(tables,)] = self._run("SELECT count(*) FROM sqlite_schema")
        if mark not in {MARK, BOOK} and (mark or tables):
            raise NotABook(self._where, "it is another database")
        if read_only:
            return
        if not mark:
            self._run(f"PRAGMA application_id={MARK}")
        [(log,)] = self._run("PRAGMA journal_mode")
        if log != "wal":  # a write-ahead log is left as whoever chose it wants it
            self._run("PRAGMA journal_mode=TRUNCATE")
        self._run("PRAGMA synchronous=EXTRA")

    @property
    def where(self) -> str:
        """The path of the file."""
        return self._where

    def ids_of(self, names: Iterable[str]) -> Mapping[str, str]:
        """See `People.ids_of`."""
        with self._told():
            self._catch_up()
            wanted = check_names(names, self._is_erased)
            people = [name for name in wanted if not is_person_id(name)]
            found = self._found(self._ids, "name", people)
            new = [name for name in people if name not in found]
            if new:
                made = {name: self._new_id() for name in new}
                before = self._open.total_changes
                with self._writing():
                    self._open.executemany(_NEW, [(person_id, name) for name, person_id in made.items()])
                all_new = self._open.total_changes - before == len(made)
                found.update(made if all_new else self._found(self._ids, "name", new))
            return {name: found.get(name, name) for name in wanted}

    def names_of(self, person_ids: Iterable[str]) -> Mapping[str, str]:
        """See `People.names_of`."""
        with self._told():
            self._catch_up()
            asked = list(dict.fromkeys(person_ids))
            found = self._found(self._names, "id", asked)
            return {one: found[one] for one in asked if one in found}

    def person(self, person_id: str) -> Person:
        """See `People.person`."""
        with self._told():
            found = self._one("id", person_id)
        if found is None:
            raise Unknown(what="person", given=person_id)
        return found

    def find(self, name: str) -> Person | None:
        """See `People.find`."""
        with self._told():
            return self._one("name", name)

    def alike(self, name: str) -> tuple[Person, ...]:
        """See `People.alike`."""
        seen = spelled(name)
        return tuple(person for person in self if not person.erased and spelled(person.name) == seen)

    def keep(self, person: Person) -> None:
        """See `People.keep`."""
        with self._told(), self._writing():
            check_kept(person, self._one("id", person.id), self._one("name", person.name))
            row = (person.id, person.name, person.id_number, person.phone, person.note)
            self._run(_PUT, row)
            self._forget()

    def erase(self, *person_ids: str) -> None:
        """See `People.erase`. Nothing is left in the file, nor in the log beside it.

        All who remain are written anew, so erase several at once.

        Raises:
            StoreBusy: others were reading all the time, so that what was erased is in the log beside the
                file still. Erase again when they are through.
            Incomplete: the connection is in the middle of a transaction.
        """
        for person_id in person_ids:
            self.person(person_id)
        self.note_erased(*person_ids)

    def note_erased(self, *person_ids: str) -> None:
        """See `People.note_erased`, and `erase`."""
        for person_id in person_ids:
            check_person_id(person_id)
        if self._open.in_transaction:
            raise Incomplete(
                "an erasure",
                "a transaction is under way",
                "erase when it has ended",
                zh="抹去人员：有事务正在进行；请在其结束后再抹去",
            )
        with self._told():
            with self._writing():
                self._open.executemany(_PUT, ((one, None, "", "", "") for one in person_ids))
                for statement in _MOVE:
                    self._run(statement)
            self._forget()
            self._empty_log()

    def __iter__(self) -> Iterator[Person]:
        """See `People.__iter__`."""
        with self._told():
            rows = self._run(f"{_ALL} ORDER BY id")
        return map(_person, rows)

    def refresh(self) -> None:
        """See `People.refresh`: what others changed is seen at once in any case."""

    def close(self) -> None:
        """See `People.close`. A connection that is shared stays open."""
        if not self._shared:
            self._link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Inside

    @property
    def _open(self) -> Connection:
        if getpid() != self._process:
            raise StoreUnreachable(self._where, "it was opened before a fork; open it again in this process")
        return self._link

    def _run(self, statement: str, given: Sequence[str] = ()) -> list[Any]:
        return self._open.execute(statement, given).fetchall()

    def _told(self) -> AbstractContextManager[None]:
        return told(self._where, self._patience)

    @contextmanager
    def _writing(self) -> Generator[None]:
        """All that is written inside, or none; where a transaction of the book is under way, with that."""
        if self._open.in_transaction:
            yield
            return
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        finally:
            if self._open.in_transaction:
                self._run("ROLLBACK")

    def _empty_log(self) -> None:
        """Empty what stands beside the file: the write-ahead log, or a journal that is kept after commits."""
        [(log,)] = self._run("PRAGMA journal_mode")
        if log == "wal":
            [(busy, *_)] = self._run("PRAGMA wal_checkpoint(TRUNCATE)")
            if busy:
                raise StoreBusy(self._where, self._patience)
        elif log == "persist":
            self._run("PRAGMA journal_mode=DELETE")
            self._run("PRAGMA journal_mode=PERSIST")

    def _has_tables(self) -> bool:
        return are_there(self._open)

    def _is_erased(self, person_id: str) -> bool:
        found = self._one("id", person_id)
        return found is not None and found.erased

    def _one(self, column: str, given: str) -> Person | None:
        return next(map(_person, self._run(f"{_ALL} WHERE {column} = ?", (given,))), None)

    # What was found is not asked again until somebody else has written to the file. Inside a transaction
    # nothing is remembered, since it may be taken back.

    def _found(self, cache: dict[str, str], column: str, given: Sequence[str]) -> dict[str, str]:
        """Names with their ids, or ids with their names, of those that there are."""
        found = {one: cache[one] for one in given if one in cache}
        if len(found) < len(given):
            asked = json.dumps([one for one in given if one not in found], ensure_ascii=False)
            new: dict[str, str] = dict(self._run(_ASKED[column], (asked,)))
            found.update(new)
            if not self._open.in_transaction and len(new) < _CACHED:
                if len(cache) + len(new) > _CACHED:
                    cache.clear()
                cache.update(new)
        return found

    def _new_id(self) -> str:
        made = self._make()
        check_person_id(made)
        return made

    def _catch_up(self) -> None:
        [(version,)] = self._run("PRAGMA data_version")
        if version != self._version:
            self._forget()
            self._version = version

    def _forget(self) -> None:
        self._ids.clear()
        self._names.clear()


def _person(row: _Row) -> Person:
    person_id, name, id_number, phone, note = row
    return Person(
        id=person_id, name=name or "", id_number=id_number, phone=phone, note=note, erased=name is None
    )
