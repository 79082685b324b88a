"""Print, as Markdown, how everything that is measured grows with the book, from 1,000 to 100,000 entries.

Run it with `uv run python benchmarks/growth.py`; it takes some minutes, nearly all of them to make the books.
`--sizes 1000 10000` is faster. Each size is ten times the one before, so a ratio of 1 is no growth, 10 is
linear growth and 100 is growth with the square. Times are the least of several rounds, ratios are of times.
"""

from __future__ import annotations

import gc
import tracemalloc
from argparse import ArgumentParser
from itertools import pairwise
from time import process_time
from typing import TYPE_CHECKING

from books import City, build
from questions import PAPERS, QUESTIONS, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 20
ENOUGH = 2.0  # seconds on one question
SIZES = (1_000, 10_000, 100_000)


def main(sizes: Sequence[int]) -> None:
    """Measure every size, then print the table."""
    columns = [measured(size) for size in sizes]
    print(line("", *(f"{size:,}" for size in sizes), *(f"to {size:,}" for size in sizes[1:])))
    print(line("---", *["---:"] * (2 * len(sizes) - 1)))
    for name in columns[0]:
        times = [column[name] for column in columns]
        ratios = [f"×{later / earlier:.1f}" for earlier, later in pairwise(times)]
        print(line(name, *map(shown, times), *ratios))
    print(f"\nMemory: {bytes_an_entry(*sizes[:2]):,} bytes an entry.")


def measured(size: int) -> dict[str, float]:
    """The seconds that everything takes in a city of that size, by name."""
    began = process_time()
    city = build(size)
    times = {"a paper, on average over the whole book": (process_time() - began) / size}
    gc.collect()
    for question in QUESTIONS:
        times[title(question)] = best(question, city)
    for paper in PAPERS:  # last, since they make the book longer
        times[title(paper)] = best(paper, city)
    return times


def best(act: Callable[[City], object], city: City) -> float:
    """The seconds of the fastest of several rounds."""
    rounds: list[float] = []
    while len(rounds) < ROUNDS and (len(rounds) < 2 or sum(rounds) < ENOUGH):
        began = process_time()
        act(city)
        rounds.append(process_time() - began)
    return min(rounds)


def bytes_an_entry(smaller: int, larger: int) -> int:
    """What one entry more takes with all that comes with it: document, lots, histories, command."""
    return (memory(larger) - memory(smaller)) // (larger - smaller)


def memory(size: int) -> int:
    """The bytes that a city of that size takes."""
    gc.collect()
    tracemalloc.start()
    city = build(size)
    gc.collect()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del city
    return taken


def shown(seconds: float) -> str:
    """A time in the unit in which it is easily read."""
    unit, factor = next(
        ((unit, factor) for unit, factor in (("s", 1.0), ("ms", 1e3)) if seconds * factor >= 1), ("µs", 1e6)
    )
    return f"{seconds * factor:.1f} {unit}" if seconds * factor < 10 else f"{seconds * factor:.0f} {unit}"


def line(*cells: str) -> str:
    """One line of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    main(parser.parse_args().sizes)
