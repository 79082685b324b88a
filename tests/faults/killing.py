"""Processes that are killed for real, while they write to one file.

In each round several programs, each with several threads, write to one book; at moments by chance all of them
are killed with SIGKILL, one after the other. Then the book is checked, and the next round goes on with it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp
from typing import Final

from faults.checking import Figures, kept_by, what_is_wrong
from faults.work import CLOCK, NAME, founded
from faults.writing import founding, mark, started, told, writing
from reliefstock import ReliefstockError
from reliefstock.book import Book
from reliefstock.errors import NotABook

__all__ = ["kill", "kill_at_founding", "lost_of"]

_PROGRAMS: Final = 3
_THREADS: Final = 2
_ROUNDS: Final = 12  # with one book, then a new one, so that looking through it stays quick


def lost_of(address: str, marks: Mapping[str, str]) -> list[str]:
    """What is wrong with a book after faults, where these documents were acknowledged."""
    try:
        with (
            Book.open(address, NAME, clock=CLOCK) as book,
            Book.open(address, NAME, clock=CLOCK, snapshot=False) as plain,
        ):
            known = {command: mark(document) for command, document in kept_by(book).items()}
            lost = [f"command {one} was acknowledged and is lost" for one in marks if one not in known]
            other = [
                f"command {one} has another document than was acknowledged"
                for one in marks.keys() & known.keys()
                if marks[one] != known[one]
            ]
            return [*lost, *other, *what_is_wrong(book, plain)]
    except ReliefstockError as error:
        return [f"it does not open: {error}"]


def kill(seed: int, kills: int) -> Figures:
    """Kill so many programs that write, and check the book after each round."""
    figures = Figures()
    random = Random(f"kill {seed}")
    while figures.kills < kills:
        folder = Path(mkdtemp(prefix="reliefstock-kill-"))
        try:
            path = folder / "county.db"
            founded(path, seed=seed).shut()
            figures.runs += 1
            marks: dict[str, str] = {}
            for round_ in range(_ROUNDS):
                if figures.kills < kills:
                    _round(path, f"{figures.runs}-{round_}", random, marks, figures)
        finally:
            rmtree(folder)
    return figures


def _round(path: Path, name: str, random: Random, marks: dict[str, str], figures: Figures) -> None:
    programs = [
        started(writing(str(path), f"{name}-{at}-", random.randrange(1 << 30), threads=_THREADS))
        for at in range(_PROGRAMS)
    ]
    time.sleep(random.uniform(0.1, 1))
    for program in programs:
        time.sleep(random.uniform(0, 0.08))
        program.kill()
    new, errors = told(programs)
    marks |= new
    figures.kills += len(programs)
    figures.commands += len(new)
    figures.acknowledged += len(new)
    figures.losses += (f"kill {name}: {one}" for one in [*errors, *lost_of(str(path), marks)])


def kill_at_founding(seed: int, kills: int) -> Figures:
    """Kill programs while they make a new book: there is none then, or an empty one, or a whole one."""
    figures = Figures(runs=kills)
    random = Random(f"founding {seed}")
    for at in range(kills):
        folder = Path(mkdtemp(prefix="reliefstock-kill-"))
        try:
            path = folder / "county.db"
            program = started(founding(path))
            time.sleep(random.uniform(0, 0.25))
            program.kill()
            figures.kills += 1
            marks, errors = told([program])
            wrong = _after_founding(path, was_told=bool(marks))
            figures.losses += (f"founding {at}: {one}" for one in [*errors, *wrong])
        finally:
            rmtree(folder)
    return figures


def _after_founding(path: Path, *, was_told: bool) -> list[str]:
    try:
        Book.open(path, clock=CLOCK).name  # noqa: B018 -- a book without a record has none
    except NotABook as error:
        if was_told:
            return [f"it was acknowledged and is lost: {error}"]
        Book.create(path, NAME, currency="CNY", clock=CLOCK).shut()
    return lost_of(str(path), {})
