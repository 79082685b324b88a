"""Print, as Markdown, what a book survives: the long run of `tests/faults`.

Run it with `uv run python tests/faults/simulate.py`; every number of runs can be set, `--seed` begins at
another seed. It ends with status 1 where anything was lost, found wrong, or read silently.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2] / "examples")]

from faults.checking import Figures
from faults.flips import flip, flip_as_large
from faults.killing import kill, kill_at_founding
from faults.power import faulty, lose_power

STEPS = 25
STATES = 200  # losses of power tried on one run
LONGER = 400  # steps of a longer book
FLIPS = 40  # of one file
COLUMNS = ("runs", "kills", "faults", "states", "commands", "acknowledged", "refused", "failed", "struck")


def main(asked: Namespace) -> int:
    """Run everything, then print the table; gives the status."""
    rows: list[tuple[str, Figures, float]] = []
    with ProcessPoolExecutor(2) as pool:
        seeds = range(asked.seed, asked.seed + asked.seeds)
        for name, one in RUNS.items():
            rows.append((name, *summed(pool.map(one, seeds))))
        kills = [asked.kill // 2] * 2
        rows.append(
            ("programs killed under load", *summed(pool.map(kill, (asked.seed, asked.seed + 1), kills)))
        )
    founding = map(kill_at_founding, [asked.seed], [asked.kill // 10])
    rows.append(("programs killed at founding", *summed(founding)))
    if asked.falls:
        rows.append(("PostgreSQL stopped at once, and cut off", *summed(falls(asked.seed, asked.falls))))
    print("\n".join(table(rows)))
    losses = [loss for _, figures, _ in rows for loss in figures.losses]
    print("\n".join(losses), file=sys.stderr)
    return 1 if losses else 0


def flips(seed: int) -> Figures:
    """Some bytes of one file, one after the other."""
    return flip(seed, FLIPS, STEPS)[0]


def longer(seed: int) -> Figures:
    """Some bytes of the file of a longer book."""
    return flip(seed, FLIPS // 4, LONGER)[0]


RUNS: dict[str, Callable[[int], Figures]] = {
    "power lost, or a kill, after any call to the disk": partial(lose_power, steps=STEPS, states=STATES),
    "calls to the disk that fail, then power lost": partial(faulty, steps=STEPS, states=STATES // 4),
    "calls that fail, and another keeper is asked again": partial(
        faulty, steps=STEPS, states=STATES, to_any=True
    ),
    "a byte of the file changed": flips,
    "a byte of a longer book's file changed": longer,
    "a byte changed, opened as a large file": partial(flip_as_large, flips=FLIPS, commands=STEPS),
    "a byte changed, of a longer book, opened as a large file": partial(
        flip_as_large, flips=FLIPS // 4, commands=LONGER
    ),
}


def falls(seed: int, count: int) -> Iterator[Figures]:
    """A server of its own, which falls so many times."""
    from contract.postgres import Server, programs
    from faults.server import fall

    folder = programs()
    if folder is None:
        sys.exit(
            "no programs of PostgreSQL here (Debian: apt-get install postgresql); --falls 0 leaves it out"
        )
    server = Server(folder)
    try:
        for at in range(0, count, 10):
            yield fall(server, seed + at, min(10, count - at), min(10, count - at))
    finally:
        server.close()


def summed(figures: Iterable[Figures]) -> tuple[Figures, float]:
    """All of them together, and how long they took."""
    began, total = perf_counter(), Figures()
    for one in figures:
        total.add(one)
    return total, perf_counter() - began


def table(rows: list[tuple[str, Figures, float]]) -> Iterator[str]:
    """The figures, in Markdown."""
    yield f"| | {' | '.join(COLUMNS)} | losses | seconds |"
    yield f"|---|{'---:|' * (len(COLUMNS) + 2)}"
    for name, figures, took in rows:
        cells = (f"{getattr(figures, column):,}" for column in COLUMNS)
        yield f"| {name} | {' | '.join(cells)} | {len(figures.losses)} | {took:,.0f} |"


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=200, help="seeds of each simulation")
    parser.add_argument("--kill", type=int, default=300, help="programs that are killed")
    parser.add_argument("--falls", type=int, default=20, help="how often the server falls")
    sys.exit(main(parser.parse_args()))
