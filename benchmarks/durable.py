"""Print, as Markdown, what a book in a file costs: commits, opening, verifying, auditing, and asking.

Run it with `uv run python benchmarks/durable.py`; with the 1,000,000 entries that it takes unless told
otherwise (`--entries`) it needs some minutes and 3 GB of disk, in a folder of its own under `--folder`. What
stands beside is measured in the same run: raw sqlite3 with the same journal mode and the same `synchronous`
for commits, the same questions put to a book of 10,000 entries for the growth of answers.
"""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from stored import CLOCK, HOUSEHOLDS, QUILT, in_parts, posted, prepared, stored_book

from reliefstock import Book, Handout
from reliefstock.audit import audit
from reliefstock.index import TABLES, Indexer
from reliefstock.operations import buildable
from reliefstock.records import types
from reliefstock.stores.sqlite import SqliteJournal

ROUNDS = 5
SINGLE, BATCH = 200, 1_000
SMALL = 10_000
LIVE = 40
"""Lots that are not given out, in both of the books that are asked."""


def main(entries: int, folder: str | None) -> None:
    """Measure everything."""
    with TemporaryDirectory(dir=folder, prefix="reliefstock-") as made:
        here = Path(made)
        print(*commits(here), sep="\n")
        print()
        print(*opening(here, entries), sep="\n")
        print()
        print(*growth(here, entries), sep="\n")


# Commits


def commits(here: Path) -> list[str]:
    """Durable commits a second, ours and raw, in turns."""
    stored_book(here / "commits.db", BATCH)
    with SqliteJournal.open(here / "commits.db", tables=TABLES) as journal:
        mode, level = settings(journal)
        raw = RawFile(here / "raw.db", mode, level)
        writer = Writer(journal)
        single = [(per_second(SINGLE, writer.one_by_one), per_second(SINGLE, raw.one_by_one)) for _ in range(ROUNDS)]
        batches = [per_second(BATCH * 5, writer.in_batches) for _ in range(ROUNDS)]
    verbs = verbs_a_second(here / "commits.db")
    ours, theirs = median(one for one, _ in single), median(other for _, other in single)
    ratio = median(one / other for one, other in single)
    return [
        f"SQLite {sqlite3.sqlite_version}, journal_mode={mode}, synchronous={level}; medians of {ROUNDS} rounds.",
        "",
        "| | a second | beside raw sqlite3 |",
        "|---|---:|---:|",
        f"| raw sqlite3, one row a commit | {theirs:,.0f} | 1 |",
        f"| records with their index rows, one a commit | {ours:,.0f} | {ratio:.2f} |",
        f"| whole verbs, one a commit | {verbs[0]:,.0f} | {verbs[0] / theirs:.2f} |",
        f"| records with their index rows, {BATCH:,} a commit | {median(batches):,.0f} | |",
        f"| whole verbs, {BATCH:,} a batch | {verbs[1]:,.0f} | |",
    ]


class Writer:
    """Keeps records that were made beforehand."""

    def __init__(self, journal: SqliteJournal) -> None:
        self._journal = journal
        self._indexer = Indexer()
        self._things = posted(10_000_000)
        for number, record in enumerate(journal.read(), 1):
            self._indexer.rows(types().read(record.payload, object), number)
            next(self._things) if number > 3 else None

    def one_by_one(self, count: int) -> Callable[[], None]:
        """So many records, each with a commit of its own."""
        return self._appending(in_parts(islice(self._things, count), 1))

    def in_batches(self, count: int) -> Callable[[], None]:
        """So many records, a thousand a commit."""
        return self._appending(in_parts(islice(self._things, count), BATCH))

    def _appending(self, parts: Iterable[list[object]]) -> Callable[[], None]:
        raise NotImplementedError
