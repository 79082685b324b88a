"""Print, as Markdown, how long the same work takes here and with the tools that people use.

Run it with `uv run --group benchmark python benchmarks/peers.py`; with the 1,000,000 entries that it takes
unless told otherwise it needs an hour, 12 GB of memory and 1 GB of disk. Each is a whole process, and all
take turns. Who is not installed is named. What each says is left, in each place and of each item, must be
right to the unit and the fen, or nothing is printed but who is wrong. `--write` puts the tables into
`docs/explanation/performance.md`.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import attrs
from beside.peer import GROUPS, PEERS, Group, Peer
from beside.process import Run, environment, run
from beside.work import Totals, entries, totals, write

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "performance.md"
BEGIN, END = "<!-- peers: written by benchmarks/peers.py --write -->", "<!-- peers: end -->"
ENTRIES, ROUNDS = 1_000_000, 3
HEAD = (
    "| | does what | entries | seconds | a second | MB | ours, times as fast | goal | ours, of its MB |",
    "|---|---|---:|---:|---:|---:|---:|---:|---:|",
)


class Disagreement(Exception):
    """Somebody says that something else is left than there is."""


class Work:
    """The work in all sizes and languages, each written when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._totals: dict[int, Totals] = {}

    def file(self, peer: Peer, size: int) -> str:
        """What a peer is given."""
        path = self._folder / f"{size}.{'csv' if peer.text is None else peer.name}"
        if not path.exists():
            if peer.text is None:
                write(path, entries(size))
            else:
                with path.open("w", encoding="ascii") as file:
                    file.writelines(peer.text(entries(size)))
        return str(path)

    def totals(self, size: int) -> Totals:
        """What is left in the end, by plain sums of what was made up."""
        if size not in self._totals:
            self._totals[size] = totals(entries(size))
        return self._totals[size]


@attrs.frozen
class Measured:
    """A peer with what its processes took."""

    peer: Peer
    entries: int
    runs: list[Run] = attrs.field(factory=list)

    @property
    def seconds(self) -> float:
        """The median."""
        return median(one.seconds for one in self.runs)

    @property
    def megabytes(self) -> float:
        """The median of the most memory."""
        return median(one.kilobytes for one in self.runs) / 1_000


def check(peer: Peer, expected: Totals, found: Totals) -> None:
    """Raise `Disagreement` unless a peer found what is left, to the unit and the fen."""
    if not peer.keeps_quantities:
        expected = {shelf: (0, value) for shelf, (_, value) in expected.items()}
    for shelf in sorted(expected.keys() | found.keys()):
        right, said = expected.get(shelf, (0, 0)), found.get(shelf, (0, 0))
        if right != said:
            raise Disagreement(f"{peer.name}: {' '.join(shelf)} holds {right} (pieces, fen), it says {said}")


def measure(peers: Sequence[Peer], most: int, rounds: int, folder: Path) -> list[Measured]:
    """Let all do their work in turns; each round begins with another."""
    work, env = Work(folder), environment(folder)
    measured = [Measured(peer, min(most, peer.most)) for peer in peers]
    for turn in range(rounds):
        first = turn % len(measured) if measured else 0
        for one in (*measured[first:], *measured[:first]):
            path = work.file(one.peer, one.entries)
            done = run(one.peer.command(path), env)
            tell(f"{turn + 1}/{rounds} {one.peer.name}: {one.entries:,} in {done.seconds:.2f} s")
            one.runs.append(attrs.evolve(done, printed=""))
            if one.peer.asked is None:
                check(one.peer, work.totals(one.entries), one.peer.totals(done.printed))
            elif turn == 0:
                printed = run(one.peer.asked(path), env).printed
                check(one.peer, work.totals(one.entries), one.peer.totals(printed))
    return measured


def tell(progress: str) -> None:
    """How far it is, beside what is printed in the end."""
    print(progress, file=sys.stderr, flush=True)


# Tables


def tables(measured: Sequence[Measured], missing: dict[str, str]) -> Iterator[str]:
    """All groups as Markdown."""
    found = {one.peer.name: one for one in measured}
    for group in GROUPS:
        rows = [row(group, name, found, missing) for name in (group.ours, *group.theirs)]
        if any(rows):
            yield f"{group.title}:\n"
            yield from HEAD
            yield from filter(None, rows)
            yield ""


def row(group: Group, name: str, found: dict[str, Measured], missing: dict[str, str]) -> str:
    """One of a group; nothing where it was not asked for."""
    if name in missing:
        return f"| {name} | missing: `{missing[name]}` | | | | | | | |"
    if name not in found:
        return ""
    one, ours = found[name], found.get(group.ours)
    cells = [name, one.peer.does, f"{one.entries:,}", f"{one.seconds:.2f}"]
    cells += [f"{one.entries / one.seconds:,.0f}", f"{one.megabytes:,.0f}"]
    goal = group.theirs.get(name)
    if ours is None or ours is one:
        cells += ["", "", ""]
    else:
        cells += [f"×{faster(ours, one):.2f}", f"×{goal:g}" if goal else "", f"×{lighter(ours, one):.2f}"]
    return f"| {' | '.join(cells)} |"


def faster(ours: Measured, theirs: Measured) -> float:
    """How many times as many entries a second ours does: the median of what each round gave."""
    more = ours.entries / theirs.entries
    return median(more * b.seconds / a.seconds for a, b in zip(ours.runs, theirs.runs, strict=True))


def lighter(ours: Measured, theirs: Measured) -> float:
    """How much of their memory ours takes."""
    return ours.megabytes / theirs.megabytes


def machine() -> str:
    """Where it was measured."""
    return f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"


def plain(measured: Sequence[Measured], missing: dict[str, str]) -> dict[str, object]:
    """Everything, for programs."""
    found = {one.peer.name: one for one in measured}
    pairs = ((group, name) for group in GROUPS for name in group.theirs)
    return {
        "machine": machine(),
        "missing": missing,
        "runs": [
            {
                "peer": one.peer.name,
                "entries": one.entries,
                "seconds": [run.seconds for run in one.runs],
                "kilobytes": [run.kilobytes for run in one.runs],
            }
            for one in measured
        ],
        "ratios": [
            {
                "ours": group.ours,
                "theirs": name,
                "times": faster(found[group.ours], found[name]),
                "goal": group.theirs[name],
                "memory": lighter(found[group.ours], found[name]),
            }
            for group, name in pairs
            if group.ours in found and name in found
        ],
    }


def written(document: str, text: str) -> str:
    """A document with the text between its two marks; raises ValueError where it has none."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no marks: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n{text.strip()}\n\n{END}{after}"


# The command


def asked(arguments: Sequence[str] | None) -> Namespace:
    """What is wanted."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help="at least three, but where it is only tried"
    )
    parser.add_argument(
        "--peers", type=lambda text: text.split(","), default=list(PEERS), metavar="NAME,NAME"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="everything, for programs")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {DOCUMENT.name}")
    parser.add_argument("--folder", help="where files are kept for the time of the run")
    found = parser.parse_args(arguments)
    if unknown := [name for name in found.peers if name not in PEERS]:
        parser.error(f"no peer {', '.join(unknown)}; there are {', '.join(PEERS)}")
    if found.entries < 1 or found.rounds < 1:
        parser.error("at least one entry, and one round")
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure those that are wanted and there. Raises `Disagreement`, or `Failed` where one ends badly."""
    wanted = asked(arguments)
    missing = {name: how for name in wanted.peers if (how := PEERS[name].missing())}
    there = [PEERS[name] for name in wanted.peers if name not in missing]
    with TemporaryDirectory(dir=wanted.folder, prefix="reliefstock-") as folder:
        measured = measure(there, wanted.entries, wanted.rounds, Path(folder))
    head = f"Medians of {wanted.rounds}; {machine()}. All that ran agree to the unit and the fen."
    text = "\n".join([head, "", *tables(measured, missing)])
    print(text)
    if wanted.json:
        wanted.json.write_text(json.dumps(plain(measured, missing), indent=1), encoding="utf-8")
    if wanted.write:
        document = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(written(document, text), encoding="utf-8")


if __name__ == "__main__":
    main()
