"""The bare sums of the work, with nothing checked: `sums.py python|sqlite|commits|duckdb|polars FILE`."""

from __future__ import annotations

import sqlite3
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from beside.work import answer, read

Rows = Iterable[tuple[str, str, int, int]]
SUMS = "SELECT place, item, sum({0} * quantity), sum({0} * value) FROM {1} GROUP BY place, item"
BATCH = 1_000


def python(path: str) -> Rows:
    """Plain Python: a queue of lots a shelf, first in, first out."""
    shelves: dict[tuple[str, str], deque[list[int]]] = defaultdict(deque)
    for _, _, gift, place, item, quantity, price, _ in read(path):
        lots = shelves[place, item]
        if gift:
            lots.append([quantity, price])
            continue
        while quantity:
            some = min(quantity, lots[0][0])
            lots[0][0] -= some
            quantity -= some  # noqa: PLW2901 -- what is still to be taken
            if not lots[0][0]:
                lots.popleft()
    for (place, item), lots in shelves.items():
        yield place, item, sum(count for count, _ in lots), sum(count * price for count, price in lots)


def sqlite(path: str) -> Rows:
    """Rows into SQLite with a write-ahead log, synchronous, a thousand a commit; then sums."""
    return _in_sqlite(path, BATCH, "WAL", "FULL")


def commits(path: str) -> Rows:
    """Rows and balances into SQLite, a commit each, with the settings that a book has."""
    return _in_sqlite(path, 1, "DELETE", "EXTRA")


def _in_sqlite(path: str, batch: int, mode: str, level: str) -> Rows:
    with TemporaryDirectory() as folder:
        file = sqlite3.connect(Path(folder, "rows.db"), isolation_level=None)
        file.execute(f"PRAGMA journal_mode={mode}").fetchall()
        file.execute(f"PRAGMA synchronous={level}")
        file.execute(
            "CREATE TABLE entries (number INTEGER PRIMARY KEY, day TEXT, gift INT, place TEXT, item TEXT, "
            "quantity INT, price INT, value INT) STRICT"
        )
        for rows in _parts(read(path), batch):
            file.execute("BEGIN IMMEDIATE")
            file.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            file.execute("COMMIT")
        yield from file.execute(SUMS.format("(gift * 2 - 1)", "entries"))
        file.close()


def _parts(rows: Iterator[tuple], size: int) -> Iterator[list[tuple]]:
    while part := list(islice(rows, size)):
        yield part


def duckdb(path: str) -> Rows:
    """One statement of DuckDB over the file."""
    import duckdb  # noqa: PLC0415 -- only who is measured with it has it

    return duckdb.connect().execute(SUMS.format("(gift * 2 - 1)", f"read_csv('{path}')")).fetchall()


def polars(path: str) -> Rows:
    """One query of Polars over the file."""
    import polars as pl  # noqa: PLC0415 -- only who is measured with it has it

    sign = pl.col("gift") * 2 - 1
    sums = ((sign * pl.col(name)).sum().alias(name) for name in ("quantity", "value"))
    return pl.scan_csv(path).group_by("place", "item").agg(*sums).collect().rows()


WAYS: dict[str, Callable[[str], Rows]] = {
    "python": python,
    "sqlite": sqlite,
    "commits": commits,
    "duckdb": duckdb,
    "polars": polars,
}

if __name__ == "__main__":
    way, work = sys.argv[1:]
    answer((place, item, int(quantity), int(value)) for place, item, quantity, value in WAYS[way](work))
