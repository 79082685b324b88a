"""What is asked of a store, in SQL that each of them understands: `{book}` stands for "of this book".

Names come from the declaration of the index, never from those who ask; what they ask for are parameters.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from reliefstock.errors import Incomplete
from reliefstock.journal import Table
from reliefstock.stores.sealing import SEAL

__all__ = ["HASHES", "LAST", "RECORDS", "SNAPSHOT", "check_query", "finding", "paging", "quoted"]

RECORDS: Final = (
    "SELECT number, previous, payload, hash FROM records "
    "WHERE {book} AND number > :after AND number <= :last ORDER BY number LIMIT :most"
)
HASHES: Final = (
    "SELECT number, hash, previous FROM records WHERE {book} AND number > :first ORDER BY number LIMIT :most"
)
LAST: Final = "SELECT number, hash FROM records WHERE {book} ORDER BY number DESC LIMIT 1"
SNAPSHOT: Final = "SELECT size, hash, content FROM snapshots WHERE {book}"

_QUERIES: Final = ("SELECT", "WITH")


def check_query(query: str) -> None:
    """Check that a query is one, and not a change. Raises `Incomplete`.

    >>> check_query("SELECT SUM(quantity) FROM postings WHERE {book}")
    >>> check_query("DELETE FROM postings")
    Traceback (most recent call last):
    reliefstock.errors.Incomplete: what is asked of an index: 'DELETE FROM postings' is no query; begin it \
with SELECT
    """
    if not query.lstrip().upper().startswith(_QUERIES):
        raise Incomplete(
            "what is asked of an index",
            f"{query!r} is no query",
            "begin it with SELECT",
            zh=f"对索引的查询：{query!r} 不是查询；请以 SELECT 开头",
        )


def quoted(name: str) -> str:
    """A name as it stands in a statement. It is one of ours: a strange one is a slip in a declaration.

    Raises:
        Incomplete: it cannot be the name of a table or of a column.
    """
    if not (name.isascii() and name.isidentifier()):
        raise Incomplete(
            f"the name {name!r}",
            "it cannot be that of a table or a column",
            "use a plain word",
            zh=f"名称 {name!r}：不能作为表名或列名；请用普通的英文单词",
        )
    return f'"{name}"'


@lru_cache(maxsize=256)
def finding(
    table: Table, given: tuple[str, ...], empty: frozenset[str], order: tuple[str, ...], *, last: bool
) -> str:
    """The query for rows by values in the columns `given`, of which those in `empty` are to be empty.

    Raises:
        Incomplete: the table has no such column.

    >>> from reliefstock.journal import Column
    >>> columns = Column("record", "whole"), Column("why", "text", empty=True)
    >>> turns = Table("turns", columns, key=("record",))
    >>> finding(turns, ("why",), frozenset(), (), last=True)
    'SELECT "record", "why", "seal" FROM "turns" WHERE {book} AND "why" = :why ORDER BY "record" DESC LIMIT 1'
    """
    _check_columns(table, (*given, *order))
    conditions = [
        f"{quoted(name)} IS NULL" if name in empty else f"{quoted(name)} = :{name}" for name in given
    ]
    ordered = ", ".join(_ordered(table, name, last=last) for name in dict.fromkeys((*order, *table.key)))
    return f"{_rows(table, conditions)} ORDER BY {ordered}{' LIMIT 1' if last else ''}"


@lru_cache(maxsize=64)
def paging(table: Table, *, first: bool) -> str:
    """The query for the next rows of a table, so many (`most`), by the key of the last that was read."""
    key = ", ".join(map(quoted, table.key))
    beyond = [] if first else [f"({key}) > ({', '.join(f':{name}' for name in table.key)})"]
    return f"{_rows(table, beyond)} ORDER BY {key} LIMIT :most"


def _rows(table: Table, conditions: Iterable[str]) -> str:
    columns = ", ".join(quoted(name) for name in (*(column.name for column in table.columns), SEAL))
    where = " AND ".join(("{book}", *conditions))
    return f"SELECT {columns} FROM {quoted(table.name)} WHERE {where}"  # noqa: S608 -- declared names


def _ordered(table: Table, name: str, *, last: bool) -> str:
    """An order in which what is empty comes first, as not every store has it by itself."""
    may_be_empty = any(column.empty for column in table.columns if column.name == name)
    nulls = (" NULLS LAST" if last else " NULLS FIRST") if may_be_empty else ""
    return f"{quoted(name)}{' DESC' if last else ''}{nulls}"


def _check_columns(table: Table, asked: Iterable[str]) -> None:
    known = [column.name for column in table.columns]
    for name in asked:
        if name not in known:
            do = f"ask by {', '.join(known)}"
            raise Incomplete(
                f"a row of table {table.name}",
                f"it has no column {name}",
                do,
                zh=f"表 {table.name} 的行：没有 {name} 这一列；请按 {'、'.join(known)} 查询",
            )
