"""Where a book is kept, by its address: a file, or a database with many books in it.

The people whom its records name are kept in the same place, apart from the records; nothing of a store is
imported before it is asked for.
"""

from __future__ import annotations

from os import PathLike, fspath
from typing import Final, NamedTuple

from reliefstock.index import TABLES
from reliefstock.journal import Journal
from reliefstock.people import People

__all__ = ["PATIENCE", "Store", "new_store", "old_store"]

PATIENCE: Final = 10.0
"""For how many seconds to wait for others that are writing, where nothing else is said."""


class Store(NamedTuple):
    """Where the records of a book are kept, and the people."""

    journal: Journal
    people: People


def new_store(address: str | PathLike[str], name: str, *, patience: float) -> Store:
    """Make room for a new book. Raises an error of `StoreError`."""
    where = fspath(address)
    if _is_url(where):
        from reliefstock.stores.people_sql import SqlPeople  # noqa: PLC0415 -- only where there is a database
        from reliefstock.stores.sql import SqlJournal  # noqa: PLC0415

        return Store(
            SqlJournal.create(where, name, tables=TABLES, patience=patience),
            SqlPeople(where, name, patience=patience),
        )
    from reliefstock.stores.people_sqlite import SqlitePeople  # noqa: PLC0415 -- only where there is a file
    from reliefstock.stores.sqlite import SqliteJournal  # noqa: PLC0415

    journal = SqliteJournal.create(where, name, tables=TABLES, patience=patience)
    return Store(journal, SqlitePeople(where, connection=journal.connection, patience=patience))


def old_store(
    address: str | PathLike[str], name: str | None, *, patience: float, read_only: bool = False
) -> Store:
    """Find the room of a book that is there. Raises an error of `StoreError`."""
    where = fspath(address)
    if _is_url(where):
        from reliefstock.stores.people_sql import SqlPeople  # noqa: PLC0415 -- only where there is a database
        from reliefstock.stores.sql import SqlJournal  # noqa: PLC0415

        return Store(
            SqlJournal.open(where, name, tables=TABLES, patience=patience, read_only=read_only),
            SqlPeople(where, name, patience=patience),
        )
    from reliefstock.stores.people_sqlite import SqlitePeople  # noqa: PLC0415 -- only where there is a file
    from reliefstock.stores.sqlite import SqliteJournal  # noqa: PLC0415

    journal = SqliteJournal.open(where, tables=TABLES, patience=patience, read_only=read_only)
    return Store(journal, SqlitePeople(where, connection=journal.connection, patience=patience, read_only=read_only))


def _is_url(where: str) -> bool:
    return "://" in where
