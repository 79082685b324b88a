"""What can be asked of an index: columns that are declared, and queries that change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reliefstock.errors import Incomplete
from reliefstock.journal import Table

__all__ = ["check_columns", "check_query"]

_QUERIES: Final = ("SELECT", "WITH")


def check_columns(table: Table, asked: Iterable[str]) -> None:
    """Check that a table has these columns. Raises `Incomplete`."""
    known = [column.name for column in table.columns]
    for name in asked:
        if name not in known:
            do = f"ask by {', '.join(known)}"
            raise Incomplete(f"a row of table {table.name}", f"it has no column {name}", do)


def check_query(query: str) -> None:
    """Check that a query is one, and not a change. Raises `Incomplete`.

    >>> check_query("SELECT SUM(quantity) FROM postings WHERE {book}")
    >>> check_query("DELETE FROM postings")
    Traceback (most recent call last):
    reliefstock.errors.Incomplete: what is asked of an index: 'DELETE FROM postings' is no query; begin it \
with SELECT
    """
    if not query.lstrip().upper().startswith(_QUERIES):
        raise Incomplete("what is asked of an index", f"{query!r} is no query", "begin it with SELECT")
