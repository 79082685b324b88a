"""Asking a file that may be damaged: what is found, and what is not, is held against what stands beside it.

A row that is found has its seal. A row that is *not* found, because a byte of the tree that leads to it was
changed, has none; so an answer that is empty, or a list that may be short, is not believed at once:

- The tree that was asked is looked at on both sides of the answer. A key that was changed, in a row or in a
  page that shows the way, stands out of order there, or says otherwise than its row.
- A table is kept in several trees, one by its key and one for each of its lookups. Where another can be
  asked the same, it must know of as many rows. Where not, all trees of the table must have the same rows, by
  their number and a sum; where there is one tree alone, SQLite looks through its pages. This is done once for
  a table, when it is first needed, and takes a tenth of a second or so for a million rows.

It is SQLite alone that is doubted, and only a file that was not looked through whole when it was opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from reliefstock.errors import StoreDamaged
from reliefstock.journal import Cell, Row, Table
from reliefstock.stores.asking import finding, quoted
from reliefstock.stores.sealing import SEAL, Sealer

__all__ = ["Doubt"]

_BESIDE: Final = 2
"""Rows that are looked at on each side of an answer. A page that shows the way to the wrong side has one row
itself, and the next is of the page that it should have led to."""
_ATTEMPTS: Final = 3
"""Others may write between two questions, so that one sees more than the other: then they are asked again."""
_NAMED: Final = re.compile(r"\b(?:FROM|JOIN)\s+\"?(\w+)", re.IGNORECASE)

Ask = Callable[[str, Mapping[str, Cell]], list[tuple[Any, ...]]]


class _Tree(NamedTuple):
    """A tree in which a table is kept: its columns in their order, and how SQLite is told to use it."""

    columns: tuple[str, ...]
    using: str
    is_key: bool


class Doubt:
    """Asks for rows of the index, and believes no answer before it was held against something else.

    >>> from sqlite3 import connect
    >>> from reliefstock.journal import Column
    >>> sealer = Sealer(Table("turns", (Column("record", "whole"), Column("why", "text")), key=("record",)))
    >>> file = connect(":memory:")
    >>> _ = file.execute("CREATE TABLE turns (record INTEGER PRIMARY KEY, why TEXT, seal INTEGER)")
    >>> rows = sealer.sealed([(1, "closed"), (2, "counted")])
    >>> _ = file.executemany("INSERT INTO turns VALUES (?, ?, ?)", rows)
    >>> def ask(query, given):
    ...     return file.execute(query.replace("{book}", "1=1"), given).fetchall()
    >>> doubt = Doubt("county.db", ask, {"turns": sealer})
    >>> [doubt.find(sealer, {"record": number}, (), last=False) for number in (2, 3)]
    [[(2, 'counted')], []]
    >>> file.close()
    """

    def __init__(self, where: str, ask: Ask, sealers: Mapping[str, Sealer]) -> None:
        self._where = where
        self._ask = ask
        self._sealers = sealers
        self._sound: set[str] = set()

    def find(
        self, sealer: Sealer, given: Mapping[str, Cell], order: tuple[str, ...], *, last: bool
    ) -> list[Row]:
        """The rows with these values, in this order. Raises `StoreDamaged` where some may be missing."""
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._found(sealer, given, order, last=last)
            except StoreDamaged:
                continue
        return self._found(sealer, given, order, last=last)

    def check(self, query: str) -> None:
        """See that the tables which a query names have all their rows. Raises `StoreDamaged`."""
        for table in _NAMED.findall(query):
            if table in self._sealers:
                self._check_trees(self._sealers[table].table)

    def check_all(self) -> None:
        """See that all tables have all their rows. Raises `StoreDamaged`."""
        for sealer in self._sealers.values():
            self._check_trees(sealer.table)

    def look_through(self, table: str) -> None:
        """Let SQLite compare all that it keeps of a table. Raises `StoreDamaged`."""
        self._check_pages(f"PRAGMA integrity_check({quoted(table)})")

    def _check_pages(self, query: str) -> None:
        for (says,) in self._ask(query, {}):
            if says != "ok":
                raise StoreDamaged(self._where, str(says))

    def _found(
        self, sealer: Sealer, given: Mapping[str, Cell], order: tuple[str, ...], *, last: bool
    ) -> list[Row]:
        table = sealer.table
        tree = _tree_for(table, tuple(given))
        if last and given:
            return self._found_last(sealer, tree, given, order)
        query = finding(table, tuple(given), frozenset[str](), order, last=last)
        rows = sealer.opened(self._ask(_using(query, table, tree), given), self._where)
        if not last and not (rows and set(table.key) <= given.keys()):
            self._check_order(sealer, order, rows)
            self._check_count(table, tree, given, len(rows))
            if given and set(given) == set(tree.columns[: len(given)]):
                self._check_beside(sealer, tree, given, len(rows))
        return rows

    def _found_last(
        self, sealer: Sealer, tree: _Tree, given: Mapping[str, Cell], order: tuple[str, ...]
    ) -> list[Row]:
        """The last of the rows with these values; the others are counted, and not read.

        A key that makes another row seem to be the last is found by the sum over the keys of each tree.
        """
        table = sealer.table
        self._check_trees(table)
        query = finding(table, tuple(given), frozenset[str](), order, last=True)
        rows = sealer.opened(self._ask(_using(query, table, tree), given), self._where)
        counting = f"SELECT COUNT(*) FROM {quoted(table.name)}{tree.using} WHERE {_alike(given)}"  # noqa: S608 -- declared names
        ((count,),) = self._ask(counting, given)
        self._check_count(table, tree, given, count)
        if set(given) == set(tree.columns[: len(given)]):
            self._check_beside(sealer, tree, given, count)
        return rows

    def _check_order(self, sealer: Sealer, order: tuple[str, ...], rows: Sequence[Row]) -> None:
        """Whether rows that a tree gave in its own order are in that which was asked for."""
        names = [column.name for column in sealer.table.columns]
        asked = [names.index(name) for name in order]
        if not _is_rising([_ranked((*(row[at] for at in asked), *sealer.key(row))) for row in rows]):
            raise self._out_of_order(sealer.table)

    def _out_of_order(self, table: Table) -> StoreDamaged:
        return StoreDamaged(self._where, f"the rows of table {table.name} are out of order")

    # As many as elsewhere

    def _check_count(self, table: Table, tree: _Tree, given: Mapping[str, Cell], count: int) -> None:
        others = [one for one in _trees(table) if one != tree and _can_tell(one, given)]
        for one in (*others, *(() if tree.is_key else (tree,))):
            query = f"SELECT COUNT(*) FROM {quoted(table.name)}{one.using} WHERE {_alike(given)}"  # noqa: S608 -- declared names
            if self._ask(query, given) != [(count,)]:
                raise StoreDamaged(self._where, f"not all rows of table {table.name} are found")
        if not others:
            self._check_trees(table)

    def _check_trees(self, table: Table) -> None:
        if table.name in self._sound:
            return
        if table.lookups:
            (sums,) = self._ask(_sums(table), {})
            if len({sums[at : at + 2] for at in range(0, len(sums), 2)}) > 1:
                raise StoreDamaged(
                    self._where, f"not all rows of table {table.name} are where they should be"
                )
        else:
            self._check_pages(f"PRAGMA quick_check({quoted(table.name)})")
        self._sound.add(table.name)

    # In order

    def _check_beside(self, sealer: Sealer, tree: _Tree, given: Mapping[str, Cell], count: int) -> None:
        """Look at what stands before an answer of so many rows, and after it: where the reading ended."""
        table, names = sealer.table, tree.columns[: len(given)]
        sought = tuple(given[name] for name in names)
        before = self._ask(_beside(table, tree, len(names), back=True), {**given, "passed": 0})
        after = self._ask(_beside(table, tree, len(names), back=False), {**given, "passed": count})
        for row in (*before, *after):
            if not self._agrees(sealer, tree, row):
                raise StoreDamaged(self._where, f"a row of table {table.name} is not as it was put in")
        width = len(tree.columns)
        lower, higher = ([_ranked(row[:width]) for row in rows] for rows in (before[::-1], after))
        around = [key[: len(names)] for key in lower[-1:]], [key[: len(names)] for key in higher[:1]]
        if not all(map(_is_rising, (lower, higher, [*around[0], _ranked(sought), *around[1]]))):
            raise self._out_of_order(table)

    def _agrees(self, sealer: Sealer, tree: _Tree, row: Row) -> bool:
        """Whether what a tree says (first) is what the row says (after it, with its seal)."""
        width = len(tree.columns)
        names = [column.name for column in sealer.table.columns]
        of_row = row[width:]
        return sealer.is_whole(of_row) and row[:width] == tuple(
            of_row[names.index(name)] for name in tree.columns
        )


@lru_cache(maxsize=64)
def _trees(table: Table) -> tuple[_Tree, ...]:
    """The trees of a table: that of its key first."""
    kinds = {column.name: column.kind for column in table.columns}
    by_number = [kinds[name] for name in table.key] == ["whole"]
    own = " NOT INDEXED" if by_number else f' INDEXED BY "sqlite_autoindex_{table.name}_1"'
    found = [_Tree(table.key, own, is_key=True)]
    for lookup in table.lookups:
        name = quoted("_".join((table.name, "by", *lookup)))
        columns = (*lookup, *(one for one in table.key if one not in lookup))
        found.append(_Tree(columns, f" INDEXED BY {name}", is_key=False))
    return tuple(found)


@lru_cache(maxsize=256)
def _tree_for(table: Table, given: tuple[str, ...]) -> _Tree:
    """The tree in which rows with the same values in these columns stand together; else that of the key."""
    trees = _trees(table)
    return next((tree for tree in trees if set(tree.columns[: len(given)]) == set(given)), trees[0])


def _can_tell(tree: _Tree, given: Mapping[str, Cell]) -> bool:
    """Whether a tree can be asked by the same values without reading all of it."""
    return tree.columns[0] in given and set(given) <= set(tree.columns)


def _using(query: str, table: Table, tree: _Tree) -> str:
    name = f"FROM {quoted(table.name)}"
    return query.replace(name, name + tree.using, 1)


def _alike(given: Mapping[str, Cell]) -> str:
    return " AND ".join(f"{quoted(name)} = :{name}" for name in given) or "{book}"


@lru_cache(maxsize=64)
def _sums(table: Table) -> str:
    """The query for the number of rows in each tree, and a sum over their keys, all at one moment."""
    kinds = {column.name: column.kind for column in table.columns}
    low = " + ".join(
        f"({quoted(name) if kinds[name] == 'whole' else f'LENGTH({quoted(name)})'} & 16777215)"
        for name in table.key
    )  # of large numbers the lower part, so that no sum can be too large
    parts = (
        f"(SELECT COUNT(*), SUM({low}) FROM {quoted(table.name)}{tree.using})"  # noqa: S608 -- declared names
        for tree in _trees(table)
    )
    return f"SELECT * FROM {', '.join(parts)}"  # noqa: S608 -- as above


@lru_cache(maxsize=256)
def _beside(table: Table, tree: _Tree, width: int, *, back: bool) -> str:
    """The query for what a tree says next to values of its first columns, each with the whole row.

    What follows is counted from the first row with these values on (`passed`), as it is read: so a row at
    which the reading ended too early is seen.
    """
    columns = ", ".join(map(quoted, tree.columns))
    names = tree.columns[:width]
    values = ", ".join(f":{name}" for name in names)
    than = f"({', '.join(map(quoted, names))}) {'<' if back else '>='} ({values})"
    order = ", ".join(quoted(name) + (" DESC" if back else "") for name in tree.columns)
    near = (
        f"SELECT {columns} FROM {quoted(table.name)}{tree.using} WHERE {than} "  # noqa: S608 -- declared names
        f"ORDER BY {order} LIMIT {_BESIDE} OFFSET :passed"
    )
    key = " AND ".join(f"its.{quoted(name)} = near.{quoted(name)}" for name in table.key)
    said = ", ".join(f"near.{quoted(name)}" for name in tree.columns)
    row = ", ".join(f"its.{quoted(name)}" for name in (*(one.name for one in table.columns), SEAL))
    ordered = ", ".join(f"near.{quoted(name)}{' DESC' if back else ''}" for name in tree.columns)
    return (
        f"SELECT {said}, {row} FROM ({near}) AS near "  # noqa: S608 -- declared names
        f"LEFT JOIN {quoted(table.name)} AS its{_trees(table)[0].using} ON {key}"
        f" ORDER BY {ordered}"
    )


def _ranked(cells: Sequence[Any]) -> tuple[tuple[int, Any], ...]:
    """Cells as SQLite orders them: what is empty, numbers, texts, bytes."""
    return tuple((0, 0) if cell is None else (_rank(cell), cell) for cell in cells)


def _rank(cell: object) -> int:
    return 1 if isinstance(cell, (int, float)) else 2 if isinstance(cell, str) else 3


def _is_rising(keys: Sequence[tuple[Any, ...]]) -> bool:
    return all(first < second for first, second in pairwise(keys))
