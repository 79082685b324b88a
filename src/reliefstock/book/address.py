"""Where a book is kept, by its address: a file, or a database with many books in it.

The people whom its records name are kept in the same place, apart from the records; nothing of a store is
imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from reliefstock.errors import Incomplete
from reliefstock.index import TABLES
from reliefstock.journal import Journal, verify
from reliefstock.people import MemoryPeople, People
from reliefstock.stores.person_ids import new_person_id

if TYPE_CHECKING:
    from reliefstock.stores.sqlite import SqliteJournal

__all__ = ["LOOKED_THROUGH", "PATIENCE", "Store", "new_store", "old_store"]

_Path = str | PathLike[str]

PATIENCE: Final = 10
"""For how many seconds to wait for others that are writing, where nothing else is said."""


LOOKED_THROUGH: Final = 8 * 1024 * 1024
"""Bytes of a file up to which it is looked through whole whenever it is opened."""


class Store(NamedTuple):
    """Where the records of a book are kept, and the people."""

    journal: Journal
    people: People


def new_store(address: _Path, name: str, *, people: _Path | None = None, patience: float) -> Store:
    """Make room for a new book. Raises an error of `StoreError`."""
    where = fspath(address)
    if "://" in where:
        from reliefstock.stores.sql import SqlJournal  # noqa: PLC0415 -- only where there is a database

        made = SqlJournal.create(where, name, tables=TABLES, patience=patience)
        return _with_people(made, lambda: _in_a_database(where, name, people, patience))
    from reliefstock.stores.sqlite import SqliteJournal  # noqa: PLC0415 -- only where there is a file

    journal = SqliteJournal.create(where, name, tables=TABLES, patience=patience)
    return _with_people(journal, lambda: _in_a_file(journal, people, patience))


def old_store(
    address: _Path,
    name: str | None,
    *,
    people: _Path | None = None,
    patience: float,
    read_only: bool = False,
) -> Store:
    """Find the room of a book that is there. Raises an error of `StoreError`."""
    where = fspath(address)
    if "://" in where:
        from reliefstock.stores.sql import SqlJournal  # noqa: PLC0415 -- only where there is a database

        found = SqlJournal.open(where, name, tables=TABLES, patience=patience, read_only=read_only)
        return _with_people(found, lambda: _in_a_database(where, found.name, people, patience))
    from reliefstock.stores.sqlite import SqliteJournal  # noqa: PLC0415 -- only where there is a file

    journal = SqliteJournal.open(where, tables=TABLES, patience=patience, read_only=read_only)
    return _with_people(journal, lambda: _looked_through(journal, people, patience, read_only=read_only))


def _with_people(journal: Journal, people: Callable[[], People]) -> Store:
    try:
        return Store(journal, people())
    except BaseException:
        journal.close()
        raise


def _in_a_database(where: str, name: str, people: _Path | None, patience: float) -> People:
    if people is not None:
        return _apart(people, patience)
    from reliefstock.stores.people_sql import SqlPeople  # noqa: PLC0415 -- only where there is a database

    return SqlPeople(where, name, patience=patience)


def _looked_through(
    journal: SqliteJournal, people: _Path | None, patience: float, *, read_only: bool
) -> People:
    """A small file is looked through whole when it is opened, which costs next to nothing.

    A large one is when somebody asks for it (`reliefstock verify`); until then every answer is doubted.
    """
    from reliefstock.stores.people_sqlite import are_there  # noqa: PLC0415 -- only where there is a file

    if Path(journal.where).stat().st_size <= LOOKED_THROUGH:
        faults = journal.check()
        if faults:
            verify(journal.read(checked=False))  # which tells more exactly what is wrong with a chain
            raise faults[0]
        return _in_a_file(journal, people, patience, read_only=read_only)
    found = _in_a_file(journal, people, patience, read_only=read_only)
    journal.doubt(*(("people",) if are_there(journal.connection) else ()))
    return found


def _in_a_file(
    journal: SqliteJournal, people: _Path | None, patience: float, *, read_only: bool = False
) -> People:
    """By the connection of the records: so who is new is kept together with what names them.

    Where a book has records and no people beside them, these are elsewhere: it can be read without them, and
    not be written, lest new names come into the wrong file.
    """
    if people is not None:
        return _apart(people, patience, read_only=read_only)
    from reliefstock.stores.people_sqlite import SqlitePeople, are_there  # noqa: PLC0415 -- as above

    if journal.head().size and not are_there(journal.connection):
        if read_only:
            return MemoryPeople(make=new_person_id)
        raise Incomplete(
            what=f"opening {journal.where}",
            missing="the people whom it names are kept in a file of their own",
            do="say which file that is (people=…), or open the book to be read only",
            zh=f"打开 {journal.where}：账册提到的人员另存于一个文件；请写明该文件（people=…），"
            "或以只读方式打开",
        )
    return SqlitePeople(journal.where, connection=journal.connection, patience=patience, read_only=read_only)


def _apart(people: _Path, patience: float, *, read_only: bool = False) -> People:
    from reliefstock.stores.people_sqlite import SqlitePeople  # noqa: PLC0415 -- only where there is a file

    return SqlitePeople(people, patience=patience, read_only=read_only)
