"""A loss of power, or a kill, after any call to the disk; and calls that fail while others go on.

One run is a seed: two keepers of one book work through a stream of commands on a disk that writes everything
down. Some commands are sent twice, some late, some in batches, some by one keeper while the other is about to
write. Then, for the points of the log, every way of losing what was not synced is tried on a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, Final

import attrs

from faults.checking import Checker, Figures, Promise
from faults.disk import CODES, LOSSES, Disk, Event, Fault, Platter
from faults.work import CLOCK, Clerk, Command, founded, sent
from reliefstock import Document
from reliefstock.audit import figures_of
from reliefstock.book import Book
from reliefstock.errors import StoreBusy, StoreError
from reliefstock.journal import Head, Record, Rows

__all__ = ["MEMORY", "Counter", "faulty", "laid", "lose_power", "lying", "scratch"]

MEMORY: Final = Path("/dev/shm")  # noqa: S108 -- what lies there need not outlive the test
_TRIES: Final = 40
_SIDES: Final = ("", "-journal", "-wal")


def scratch() -> Path:
    """A new folder, in memory where there is such a place."""
    return Path(mkdtemp(prefix="reliefstock-faults-", dir=MEMORY if MEMORY.is_dir() else None))


def lying(path: Path) -> dict[str, bytes]:
    """The files of a book, by their paths."""
    sides = (path.with_name(path.name + side) for side in _SIDES)
    return {str(side): side.read_bytes() for side in sides if side.exists()}


class Counter:
    """Two keepers of one book, who are handed commands, and what those who sent them were told."""

    def __init__(self, path: Path, disk: Disk, seed: int, *, to_any: bool = False) -> None:
        self.path = path
        self.to_any = to_any
        self.disk = disk
        self.random = Random(seed)
        self.clerk = Clerk(seed)
        self.promise = Promise()
        self.figures = Figures(runs=1)
        self.books = [self._opened(), self._opened()]
        self.sent: list[Command] = []
        self.late: list[Command] = []
        self.failed_at: dict[str, int] = {}

    def _opened(self) -> Book:
        book = Book.open(self.path, clock=CLOCK, patience=0)
        self._let_others_in(book)
        return book

    def _let_others_in(self, book: Book) -> None:
        """Now and then the other keeper writes after this one has looked and before it writes."""
        journal: Any = book._keeper.journal
        append = journal.append

        def interrupted(records: Sequence[Record], rows: Rows) -> Head:
            if not journal._is_held and self.random.random() < 0.15:
                other = next(one for one in self.books if one is not book)
                with suppress(StoreError):  # it will be sent again
                    self.hand_in(self._made(other), other)
            return append(records, rows)

        journal.append = interrupted

    def close(self) -> None:
        """Both keepers go home."""
        for book in self.books:
            book.shut()

    # One thing after the other

    def step(self) -> None:
        """Something happens, by chance."""
        chance = self.random.random()
        if chance < 0.06:
            self._in_a_batch()
        elif chance < 0.1:
            self._persist(lambda: self.random.choice(self.books).keep_snapshot())
        elif chance < 0.13:
            self._persist(lambda: figures_of(self.random.choice(self.books)))
        elif chance < 0.25 and self.sent:
            self.again(self.random.choice(self.sent))
        elif chance < 0.35:
            self.late.append(self._made())
        elif chance < 0.45 and self.late:
            self.again(self.late.pop(self.random.randrange(len(self.late))))
        else:
            self.again(self._made())

    def _made(self, book: Book | None = None) -> Command:
        """A new command, by somebody for whom the disk does not fail."""
        fault, self.disk.fault = self.disk.fault, None
        try:
            return self.clerk.next(book or self.random.choice(self.books))
        finally:
            self.disk.fault = fault

    def again(self, command: Command) -> None:
        """A command is handed in until something comes of it.

        Where it failed at one keeper, it is that one who is asked again, unless it may be `to_any`: then
        something can be lost, see what does not hold in `docs/explanation/reliability.md`.
        """
        at = self.random.randrange(len(self.books))
        if not self.to_any:
            at = self.failed_at.get(command.id, at)
        self._persist(lambda: self.hand_in(command, self.books[at]))

    def hand_in(self, command: Command, book: Book) -> None:
        """Send a command; what comes of it is told to those outside."""
        self.sent.append(command)
        self.figures.commands += 1
        self.failed_at[command.id] = self.books.index(book)
        came = sent(command, book)
        del self.failed_at[command.id]
        if isinstance(came, Document):
            self._told(command.id, came)
        else:
            self._refused(command.id)

    def _told(self, command: str, document: Document) -> None:
        first = self.promise.documents.setdefault(command, document)
        if first != document:
            self.figures.losses.append(f"command {command} was given two documents")
        self.figures.acknowledged += 1
        self.disk.say(command)

    def _refused(self, command: str) -> None:
        if command in self.promise.documents:
            self.figures.losses.append(f"command {command} was acknowledged, and is now refused")
        self.figures.refused += 1

    def _in_a_batch(self) -> None:
        book = self.random.choice(self.books)
        came: dict[str, Document] = {}
        commands: list[Command] = []
        before = self.figures.failed

        def all_of_it() -> None:
            came.clear()
            with book.batch():
                for _ in range(self.random.randint(2, 5)):
                    commands.append(self._made(book))
                    outcome = sent(commands[-1], book)
                    if isinstance(outcome, Document):
                        came[commands[-1].id] = outcome

        try:
            all_of_it()
        except StoreError:
            self._failed()
            for command in commands:  # all or none of them are there; now they come one by one
                self.failed_at[command.id] = self.books.index(book)
                self.again(command)
            return
        self.figures.commands += len(commands)
        if self.figures.failed == before:
            self.promise.together.append(frozenset(came))
        for command, document in came.items():
            self._told(command, document)

    # Failing

    def _persist(self, act: Callable[[], object]) -> None:
        """Do something again until it is done; where the keepers cannot any more, others take their place."""
        why = ""
        for _ in range(_TRIES):
            try:
                act()
            except StoreError as error:
                why = str(error)
                if not self._failed() and not isinstance(error, StoreBusy):
                    self._open_again()
            else:
                return
        self.figures.losses.append(f"what had failed did not come right again: {why}")

    def _failed(self) -> int:
        """Count a failure; gives how many calls to the disk have failed for it."""
        self.figures.failed += 1
        fault = self.disk.fault
        if fault is None:
            return 0
        met, fault.met = fault.met, 0
        self.figures.faults += met
        return met

    def _open_again(self) -> None:
        self.figures.reopened += 1
        self.close()
        fault, self.disk.fault = self.disk.fault, None
        self.books = [self._opened(), self._opened()]
        self.disk.fault = fault


def _worked(
    seed: int, steps: int, *, fault: bool, to_any: bool = False
) -> tuple[Counter, list[Event], dict[str, bytes], Path]:
    """A run of so many steps; gives what was told, the log, and the files as they lay at the beginning."""
    folder = scratch()
    path = folder / "county.db"
    founded(path, seed=seed).shut()
    random = Random(f"faults {seed}")
    before = lying(path)
    with Disk() as disk:
        counter = Counter(path, disk, seed, to_any=to_any)
        for _ in range(steps):
            if fault and _is_over(disk.fault):
                name = random.choice([*CODES])
                disk.fault = Fault(
                    name, random.randint(0, 60 if name != "write" else 250), random.choice((1, 1, 3, 30))
                )
            counter.step()
        disk.fault = None
        counter.close()
    return counter, disk.log, before, path


def _is_over(fault: Fault | None) -> bool:
    return fault is None or not fault.times


def faulty(seed: int, steps: int, states: int, *, to_any: bool = False) -> Figures:
    """A run in which calls fail; then the book is checked, and `states` losses of power are tried.

    With `to_any`, a command that failed at one keeper is sent again to any of them.
    """
    counter, log, before, path = _worked(seed, steps, fault=True, to_any=to_any)
    try:
        checker = Checker()
        figures = counter.figures
        figures.losses += checker(path, counter.promise, counter.promise.documents)
        figures.add(_lost(log, before, path, counter.promise, checker, Random(seed), states))
        return _named(figures, f"faulty {seed}")
    finally:
        rmtree(path.parent)


def lose_power(seed: int, steps: int, states: int | None) -> Figures:
    """A run without a fault; then so many losses of power, or (None) each way after each call, are tried."""
    counter, log, before, path = _worked(seed, steps, fault=False)
    try:
        checker = Checker()
        figures = counter.figures
        figures.losses += checker(path, counter.promise, counter.promise.documents)
        figures.add(_lost(log, before, path, counter.promise, checker, Random(seed), states))
        return _named(figures, f"power {seed}")
    finally:
        rmtree(path.parent)


def _named(figures: Figures, run: str) -> Figures:
    return attrs.evolve(figures, losses=[f"{run}: {loss}" for loss in figures.losses])


def _lost(
    log: list[Event],
    before: dict[str, bytes],
    path: Path,
    promise: Promise,
    checker: Checker,
    random: Random,
    states: int | None,
) -> Figures:
    """Lose the power at points of a log; gives how often, and what was lost."""
    figures = Figures()
    folder = scratch()
    points = _points(log, random, states)
    platter, acknowledged = Platter(before), list[str]()
    try:
        for at, event in enumerate(log):
            platter.feed(event)
            if event.kind == "said":
                acknowledged.append(event.file)
            for loss in points.get(at, ()):
                wrong = _after(
                    platter.left(loss, random), path, folder, promise, acknowledged, checker, random
                )
                figures.kills += 1
                figures.states += 1
                figures.struck += bool(wrong)
                figures.losses += (f"call {at} ({event.kind}), {loss}: {one}" for one in wrong)
    finally:
        rmtree(folder)
    return figures


def _points(log: list[Event], random: Random, states: int | None) -> dict[int, list[str]]:
    """After which call the power is lost, in which ways."""
    if states is None:
        return {at: [*LOSSES] for at, event in enumerate(log) if event.kind != "said"}
    points: dict[int, list[str]] = {}
    told = [at for at, event in enumerate(log) if event.kind in {"said", "sync", "broken", "truncate"}]
    for _ in range(states):  # half of them where something was just promised
        at = random.choice(told) if random.random() < 0.5 else random.randrange(len(log))
        points.setdefault(at, []).append(random.choice([*LOSSES]))
    return points


def _after(
    left: dict[str, bytes],
    path: Path,
    folder: Path,
    promise: Promise,
    acknowledged: list[str],
    checker: Checker,
    random: Random,
) -> list[str]:
    """What is wrong after a loss of power; in one of ten cases it is lost again while the book is opened."""
    there = laid(left, path, folder)
    if random.random() < 0.1:
        there = laid(_again(there, random), there, folder)
    return checker(there, promise, acknowledged)


def laid(files: dict[str, bytes], path: Path, folder: Path) -> Path:
    """Files put into a folder of their own; gives where the book is now."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        if Path(name).name.startswith(path.name):
            (folder / Path(name).name).write_bytes(content)
    return folder / path.name


def _again(path: Path, random: Random) -> dict[str, bytes]:
    """What is left where the power is lost once more while a book is being opened."""
    before = lying(path)
    with Disk() as disk, suppress(StoreError):
        Book.open(path, clock=CLOCK).shut()
    platter = Platter(before)
    for event in disk.log[: random.randint(0, len(disk.log))]:
        platter.feed(event)
    return platter.left(random.choice([*LOSSES]), random)
