"""Where books are kept: in memory, in a file, in a database with many of them.

Nothing of a store is imported before it is asked for: whoever keeps a book in memory loads no database.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath

from reliefstock.errors import NotABook
from reliefstock.journal import Journal, Table

__all__ = ["journal_at"]


def journal_at(
    address: str | PathLike[str],
    name: str | None = None,
    *,
    tables: Sequence[Table] = (),
    patience: float = 10,
    read_only: bool = False,
) -> Journal:
    """Open the journal of a book that is there, wherever it is kept.

    Args:
        address: the path of a file, or `postgresql+psycopg://user:password@host/database`.
        name: which book, where there are several. A file has one; its name is checked where one is given.
        tables: what its index is declared to be.
        patience: for how many seconds others that are writing are waited for.
        read_only: whether it is not to be written.

    Raises:
        NotABook: there is no such file, database or book, or it is another book.
        MissingExtra: what reads a database is not installed.
        StoreError: it cannot be reached, read, or written.
        Incomplete: the address is none that is known.

    >>> journal_at("no/county.db")
    Traceback (most recent call last):
    reliefstock.errors.NotABook: no/county.db is not the book that is meant: there is no such file; check \
the name and the path
    """
    where = fspath(address)
    if "://" in where:
        from reliefstock.stores.sql import SqlJournal  # noqa: PLC0415 -- only where there is a database

        return SqlJournal.open(where, name, tables=tables, patience=patience, read_only=read_only)
    from reliefstock.stores.sqlite import SqliteJournal  # noqa: PLC0415 -- only where there is a file

    journal = SqliteJournal.open(where, tables=tables, patience=patience, read_only=read_only)
    if name is not None and name != journal.name:
        journal.close()
        raise NotABook(where, f"it is the book {journal.name!r}, not {name!r}")
    return journal
