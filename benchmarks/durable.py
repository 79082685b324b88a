"""Print, as Markdown, what a book in a file costs: commits, opening, verifying, auditing, and asking.

Run it with `uv run python benchmarks/durable.py`; with the 1,000,000 entries that it takes unless told
otherwise (`--entries`) it needs some minutes and 5 GB of disk, in a folder of its own under `--folder`. What
stands beside is measured in the same run and in turns: raw sqlite3 with the same journal mode and the same
`synchronous`, and the same questions put to a book of 10,000 entries with as much in stock.
"""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import median
from subprocess import run
from sys import executable
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Self

from stored import CLOCK, QUILT, in_parts, posted, prepared, stored_book

from reliefstock import Book, Handout, Money, ReceivedLine, Valuation
from reliefstock.audit import audit
from reliefstock.index import TABLES, Indexer
from reliefstock.stores.sqlite import SqliteJournal

ROUNDS = 5
SINGLE, BATCH, BATCHES = 200, 1_000, 10
SMALL, IN_STOCK = 10_000, 40
ENTRIES = 1_000_000


def main(entries: int, folder: str | None) -> None:
    """Measure everything."""
    with TemporaryDirectory(dir=folder, prefix="reliefstock-") as made:
        here = Path(made)
        print(*commits(here), "", sep="\n", flush=True)
        print(*opening(here / "large.db", entries), "", sep="\n", flush=True)
        print(*growth(here, entries), sep="\n", flush=True)


def line(*cells: object) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(map(str, cells))} |"


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


# Commits


def commits(here: Path) -> list[str]:
    """Durable commits a second, ours and raw, in turns."""
    with Kept(here / "commits.db") as kept:
        raw = Raw(here / "raw.db", *kept.settings)
        rounds = [(SINGLE / kept.one_by_one(SINGLE), SINGLE / raw.one_by_one(SINGLE)) for _ in range(ROUNDS)]
        count = BATCH * BATCHES
        large = [(count / kept.in_batches(count), count / raw.in_batches(count)) for _ in range(ROUNDS)]
        mode, level = kept.settings
    ours, theirs = median(one for one, _ in rounds), median(other for _, other in rounds)
    verbs, batched = verbs_a_second(here / "commits.db")
    return [
        f"SQLite {sqlite3.sqlite_version}, {mode=}, synchronous={level}; medians of {ROUNDS} rounds.",
        "",
        line("", "a second", "of raw"),
        line("---", "---:", "---:"),
        line("raw sqlite3, a row of as many bytes and a commit each", f"{theirs:,.0f}", "1"),
        line("record and index rows, a commit each", f"{ours:,.0f}", ratio(rounds)),
        line("whole verbs, a commit each", f"{verbs:,.0f}", f"{verbs / theirs:.2f}"),
        line(f"raw sqlite3, {BATCH:,} rows a commit", f"{median(one for _, one in large):,.0f}", "1"),
        line(
            f"record and index rows, {BATCH:,} a commit",
            f"{median(one for one, _ in large):,.0f}",
            ratio(large),
        ),
        line(f"whole verbs, {BATCH:,} a batch", f"{batched:,.0f}", ""),
    ]


def ratio(rounds: list[tuple[float, float]]) -> str:
    """The median of what each round gave."""
    return f"{median(one / other for one, other in rounds):.2f}"


class Kept:
    """A journal to which records are appended that were made beforehand."""

    def __init__(self, path: Path) -> None:
        self._indexer: Indexer = stored_book(path, BATCH)
        self._journal = SqliteJournal.open(path, tables=TABLES)
        self._next = BATCH + 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._journal.close()

    @property
    def settings(self) -> tuple[str, int]:
        """The journal mode and the level of `synchronous` of its file."""
        [(mode,)] = self._journal.connection.execute("PRAGMA journal_mode")
        [(level,)] = self._journal.connection.execute("PRAGMA synchronous")
        return mode, level

    def one_by_one(self, count: int) -> float:
        """The seconds of so many records, each with a commit of its own."""
        return self._append(count, 1)

    def in_batches(self, count: int) -> float:
        """The seconds of so many records, a thousand a commit."""
        return self._append(count, BATCH)

    def _append(self, count: int, at_once: int) -> float:
        head, parts = self._journal.head(), []
        for some in in_parts(posted(count, self._next), at_once):
            records, rows = prepared(some, head, self._indexer)
            head = records[-1].head
            parts.append((records, rows))
        self._next += count
        return seconds(lambda: [self._journal.append(*part) for part in parts])


class Raw:
    """A table with a row of as many bytes for each record."""

    def __init__(self, path: Path, mode: str, level: int) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.execute(f"PRAGMA journal_mode={mode}").fetchall()
        self._file.execute(f"PRAGMA synchronous={level}")
        self._file.execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, payload BLOB) STRICT")
        self._payload = bytes(1_400)  # what a record takes in the file, with its index rows

    def one_by_one(self, count: int) -> float:
        """The seconds of so many rows, each with a commit of its own."""
        return seconds(lambda: [self._insert(1) for _ in range(count)])

    def in_batches(self, count: int) -> float:
        """The seconds of so many rows, a thousand a commit."""
        return seconds(lambda: [self._insert(BATCH) for _ in range(count // BATCH)])

    def _insert(self, count: int) -> None:
        self._file.execute("BEGIN IMMEDIATE")
        rows = ((self._payload,) for _ in range(count))
        self._file.executemany("INSERT INTO rows (payload) VALUES (?)", rows)
        self._file.execute("COMMIT")


def verbs_a_second(path: Path) -> tuple[float, float]:
    """How many times a second quilts are given out: each by itself, and a thousand in a batch."""
    with Book.open(path, clock=CLOCK) as book:
        worth = Valuation.voucher(Money.of("400000", "CNY"), "invoice")
        gift = [ReceivedLine("quilt", QUILT.quantity(10_000), valuation=worth)]
        book.receive(
            donor="province", into="depot", on="2024-01-31", counted_by=("clerk A", "clerk B"), lines=gift
        )

        def give(number: int) -> None:
            lines = [Handout(f"H-{number}", "quilt", QUILT.quantity(1), "sheet 1")]
            book.distribute(origin="depot", lines=lines, on="2024-01-31")

        def batch() -> None:
            with book.batch():
                for number in range(BATCH):
                    give(number)

        alone = median(seconds(lambda: [give(number) for number in range(SINGLE)]) for _ in range(ROUNDS))
        return SINGLE / alone, BATCH / seconds(batch)


# Opening


def opening(path: Path, entries: int) -> list[str]:
    """How long it takes to open a book, to verify and to audit it, and what it takes of memory."""
    stored_book(path, entries)
    rows = [
        ("open by replay, without a snapshot", *in_a_process(path, "replay")),
        ("keep a snapshot", *in_a_process(path, "keep")),
        ("open from the snapshot", *in_a_process(path, "snapshot")),
        ("verify the chain, with the tree", *in_a_process(path, "verify")),
        ("audit: recompute everything, compare", *in_a_process(path, "audit")),
    ]
    return [
        f"A book of {entries:,} entries, {path.stat().st_size / 1e6:,.0f} MB; each in a process of its own.",
        "",
        line("", "seconds", "memory more, MB"),
        line("---", "---:", "---:"),
        *(line(what, f"{took:.2f}", f"{more:,.0f}") for what, took, more in rows),
    ]


def in_a_process(path: Path, what: str) -> tuple[float, float]:
    """The seconds that something takes, and by how many MB the most memory grew while it did."""
    command = [executable, __file__, "--one", what, str(path)]
    done = run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- itself
    took, more = done.stdout.split()
    return float(took), float(more)


def one(what: str, path: Path) -> None:
    """Do one thing, and print how long it took and how much memory."""
    if what in {"replay", "snapshot"}:
        before = most_memory()
        took = seconds(lambda: Book.open(path, clock=CLOCK, snapshot=what == "snapshot").on_hand("quilt"))
    else:
        with Book.open(path, clock=CLOCK) as book:
            before = most_memory()
            took = seconds(lambda: work_of(book, what))
    print(took, (most_memory() - before) / 1_000)


def work_of(book: Book, what: str) -> None:
    """What is measured of an open book."""
    if what == "keep":
        book.keep_snapshot()
    elif what == "verify":
        assert book.verify() == book.head
    else:
        assert audit(book.records(), book).findings == ()


def most_memory() -> int:
    """The most memory that this process ever had, in kB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


# Answers


def growth(here: Path, entries: int) -> list[str]:
    """How long answers take, after a short and a long history with as much in stock."""
    paths = [here / "short.db", here / "long.db"]
    for path, count in zip(paths, (SMALL, entries), strict=True):
        stored_book(path, count, live=IN_STOCK)
    short, long = (Book.open(path, clock=CLOCK) for path in paths)
    rows = [
        line("", f"{SMALL:,} entries, µs", f"{entries:,}, µs", "times"),
        line("---", "---:", "---:", "---:"),
    ]
    for name, question in QUESTIONS.items():
        times = [(timed(question, short), timed(question, long)) for _ in range(ROUNDS)]
        few, many = median(one for one, _ in times), median(other for _, other in times)
        rows.append(line(name, f"{few:,.1f}", f"{many:,.1f}", f"{many / few:.2f}"))
    return rows


QUESTIONS: dict[str, Callable[[Book], object]] = {
    "a balance: an item in a depot": lambda book: book.on_hand("quilt", "depot"),
    "an availability": lambda book: book.available("quilt", "depot"),
    "a document by its number": lambda book: book.document("GRN-000001"),
}


def timed(question: Callable[[Book], object], book: Book) -> float:
    """The microseconds of a question, the least of several times that it is asked many times."""
    question(book)
    times = 200
    least = min(seconds(lambda: [question(book) for _ in range(times)]) for _ in range(ROUNDS))
    return least / times * 1e6


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--folder")
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "PATH"), help="one thing in a process of its own")
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], Path(asked.one[1]))
    else:
        main(asked.entries, asked.folder)
