"""Print, as Markdown, how long a program takes that only imports: the library, or what it depends on.

Run it with `uv run python benchmarks/start.py`. Each is a whole process with its bytecode kept, as where it
is installed; all take turns, and the first turn, which compiles, does not count. Beside the whole process
stands what is more than a Python that does nothing.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from beside.process import environment, run

ROUNDS = 15
NOTHING, LIBRARY, BOOK, VALUES, TOGETHER = (
    "nothing",
    "the library",
    "a book",
    "the values",
    "what it depends on",
)
PROGRAMS = {
    NOTHING: "pass",
    LIBRARY: "import reliefstock",
    BOOK: "from reliefstock import Book",
    VALUES: "from reliefstock.values import Money",
    "attrs": "import attrs",
    TOGETHER: "import attrs, pendulum, tabulate, cattrs",
}
GOALS = {LIBRARY: 1.3, BOOK: 1.3}
"""At most so many times as long as what it depends on."""
VALUES_MS = 40


def measure(rounds: int) -> dict[str, list[float]]:
    """The milliseconds of each program, all in turns."""
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    with TemporaryDirectory(prefix="reliefstock-") as folder:
        env = environment(Path(folder))
        for turn in range(rounds + 1):
            for name, program in PROGRAMS.items():
                took = run([sys.executable, "-c", program], env).seconds * 1_000
                if turn:
                    times[name].append(took)
    return times


def table(times: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """What was measured."""
    middle = {name: median(some) for name, some in times.items()}
    yield f"| a program that has | ms | more than nothing | of {TOGETHER} | goal |"
    yield "|---|---:|---:|---:|---:|"
    for name, program in PROGRAMS.items():
        more = middle[name] - middle[NOTHING]
        goal = f"×{GOALS[name]}" if name in GOALS else f"{VALUES_MS} ms" if name == VALUES else ""
        ratio = f"×{middle[name] / middle[TOGETHER]:.2f}"
        yield f"| {name}: `{program}` | {middle[name]:.0f} | {more:.0f} | {ratio} | {goal} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, metavar="FILE", help="the milliseconds of every process")
    asked = parser.parse_args(arguments)
    times = measure(asked.rounds)
    print(f"Medians of {asked.rounds} whole processes, in turns.\n", *table(times), sep="\n")
    if asked.json:
        asked.json.write_text(json.dumps(times, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
