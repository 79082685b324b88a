"""Print, as Markdown, that every small case comes to what its rule means: the long run of the brute force.

Run it with `uv run python tests/unit/allocation/exhaustive.py`. It ends with status 1 where the library gives
anything else than the best of all awards; each such case is told. Without more, it goes through `PROGRAMME`;
`--sources` and the other figures choose one domain. Domains are whole unless `--every` says otherwise:

- One supply (`--sources 0`): 1 to 6 recipients, 0 to 12 units, all multisets of needs from 1 to 13, every
  rule with every rounding. 13 is more than there is: to equal shares, equal awards and the lottery any larger
  need is the same as that. To the rules that compare needs it is another case, and of those there is no end.
- Several sources: up to 6 recipients, each of whom may receive of some of them, in every way; 12 units or
  fewer, split in every way; needs from 1 to 3. Equal shares, to which needs make no difference, have 1.

The order in which anything is stated makes no difference (`tests/property` says so), so multisets suffice. A
need of nothing, and a recipient who may receive of nothing, change nothing; the tests have both. Tickets are
drawn with a seed for each case, so that equals do not always stand in the order of their ids.

All of `PROGRAMME` takes about an hour of one core. Of three sources with needs up to 3 it has a part: all of
them (`--sources 3`) are 178 million cases, and half a day.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations_with_replacement, count
from pathlib import Path
from time import perf_counter
from typing import TypeAlias

import attrs

sys.path[:0] = [str(Path(__file__).parents[2])]

from reliefstock.allocation import (  # noqa: E402
    Demands,
    Equal,
    Lottery,
    MaxMinFill,
    Rule,
    Source,
    SourcesPlan,
    share,
    share_sources,
)
from unit.allocation.brute import BY_PRICE, HAMILTON  # noqa: E402
from unit.allocation.every_award import LARGEST, NAMES, meaning  # noqa: E402
from unit.allocation.every_flow import Structure, meant, structures  # noqa: E402

__all__ = ["EVERY_RULE", "PROGRAMME", "Compared", "Domain", "main", "of_needs", "of_structure", "told"]

Units: TypeAlias = tuple[int, ...]
Shared: TypeAlias = Callable[[int, Demands, Rule, str], Sequence[int]]
SharedSources: TypeAlias = Callable[[Sequence[Source], Demands, Rule, str], SourcesPlan]

EVERY_RULE: tuple[Rule, ...] = (*BY_PRICE, *HAMILTON, Lottery())
PAUSE = 20  # seconds between two lines of how far it is


def told(rule: Rule) -> str:
    """A rule and its rounding."""
    return f"{rule.name}, {rule.rounding.value}"


@attrs.frozen
class Compared:
    """One case: what the library gives, and what is the best of all."""

    rule: Rule
    case: str
    given: Units
    best: Units

    @property
    def agrees(self) -> bool:
        return self.given == self.best


@attrs.frozen
class Domain:
    """Cases that are gone through: of one supply where there are no sources."""

    sources: int = 0
    needs: range = range(1, LARGEST + 1)
    recipients: int = 6
    units: int = 12
    rules: tuple[Rule, ...] = EVERY_RULE
    every: int = 1

    def __str__(self) -> str:
        whole = f"every {self.every}th of " if self.every > 1 else ""
        where = f"{self.sources} sources, all ways to receive" if self.sources else "one supply"
        return (
            f"{whole}{where}, needs {self.needs[0]} to {self.needs[-1]}, up to {self.recipients} recipients "
            f"and {self.units} units"
        )

    def compared(self) -> Iterator[Compared]:
        """All cases, one after the other."""
        return self._of_sources() if self.sources else self._of_one_supply()

    def _of_one_supply(self) -> Iterator[Compared]:
        sizes = range(1, self.recipients + 1)
        listed = (some for size in sizes for some in combinations_with_replacement(self.needs, size))
        for needs in _each(self.every, listed):
            yield from of_needs(needs, self.rules, self.units)

    def _of_sources(self) -> Iterator[Compared]:
        mine = [rule for rule in self.rules if rule in BY_PRICE]  # others are refused
        equal = tuple(rule for rule in mine if isinstance(rule, Equal))
        others = tuple(rule for rule in mine if not isinstance(rule, Equal))
        for rules, needs in ((others, self.needs), (equal, range(1, 2))):
            numbers = count()
            for structure in structures(self.sources, self.recipients, needs) if rules else ():
                numbered = zip(structure.stocks(self.units), numbers, strict=False)
                stocks = [stock for stock, number in numbered if not number % self.every]
                yield from of_structure(structure, stocks, rules, self.units)


PROGRAMME = (
    Domain(),
    Domain(sources=1, needs=range(1, 4)),
    Domain(sources=2, needs=range(1, 4)),
    Domain(sources=3, needs=range(1, 3), rules=(MaxMinFill(),)),
    Domain(sources=3, needs=range(1, 4), every=307),
)
"""What is gone through without more."""


def _each(every: int, listed: Iterable[Units]) -> Iterator[Units]:
    return (some for number, some in enumerate(listed) if not number % every)


# One case


def of_needs(
    needs: Units,
    rules: Iterable[Rule],
    units: int,
    shared: Shared = lambda supply, demands, rule, seed: share(supply, demands, rule, seed=seed).units,
) -> Iterator[Compared]:
    """Every supply up to so many units, by some rules."""
    seed = " ".join(map(str, needs))
    demands = Demands.columns(NAMES[: len(needs)], needs)
    best: dict[object, list[Units]] = {}
    for rule in rules:
        name, due = meaning(rule)
        if name not in best:
            best[name] = due(needs, seed, units)
        for supply, award in enumerate(best[name]):
            given = tuple(shared(supply, demands, rule, seed))
            yield Compared(rule, f"{supply} units for needs of {needs}, seed {seed!r}", given, award)


def of_structure(
    structure: Structure,
    stocks: Sequence[Units],
    rules: Iterable[Rule],
    most: int,
    shared: SharedSources = lambda sources, demands, rule, seed: share_sources(
        sources, demands, rule, seed=seed
    ),
) -> Iterator[Compared]:
    """Some stocks of one structure, by some rules; what is handed out of a source must be of it."""
    if not stocks:
        return
    seed = f"draw {sum(structure.sources_of) % 4}"  # few, so that the order of all awards is kept
    demands = Demands.columns(NAMES[: len(structure.needs)], structure.needs)
    members = [frozenset(NAMES[at] for at in structure.members(at)) for at in range(structure.sources)]
    ids = [f"lot {at}" for at in range(structure.sources)]
    listed = [
        [Source(id_, units, recipients=who) for id_, units, who in zip(ids, stock, members, strict=True)]
        for stock in stocks
    ]
    best: dict[object, list[Units]] = {}
    for rule in rules:
        name, _ = meaning(rule)
        if name not in best:
            best[name] = meant(rule, structure, stocks, seed, most)
        for stock, sources, award in zip(stocks, listed, best[name], strict=True):
            case = f"{stock} for {structure}, seed {seed!r}"
            yield Compared(rule, case, handed_out(shared(sources, demands, rule, seed)), award)


def handed_out(plan: SourcesPlan) -> Units:
    """What the flows come to; nothing for anybody where more is handed out of a source than is for them."""
    had = dict.fromkeys(plan.demands.recipients, 0)
    for source in plan.sources:
        flow = plan.flows[source.id]
        if sum(flow.values()) > source.units or not all(map(source.is_for, flow)):
            return ()
        for recipient, units in flow.items():
            had[recipient] += units
    return tuple(had.values()) if list(had.values()) == list(plan.units) else ()


# All of them


def main(programme: Iterable[Domain]) -> int:
    """Go through it and print a table for each domain; gives the status."""
    wrong = 0
    for domain in programme:
        begun = perf_counter()
        cases, apart = _gone_through(domain, begun)
        seconds = perf_counter() - begun
        wrong += apart.total()
        sys.stdout.write(
            f"\n{domain}: {cases.total():,} cases, {apart.total():,} apart, {seconds:,.0f} s\n\n"
        )
        rows = [f"| {told(rule)} | {cases[rule]:,} | {apart[rule]:,} |" for rule in cases]
        sys.stdout.write("\n".join(["| rule | cases | apart |", "|---|---:|---:|", *rows, ""]))
        sys.stdout.flush()
    return 1 if wrong else 0


def _gone_through(domain: Domain, begun: float) -> tuple[Counter[Rule], Counter[Rule]]:
    cases, apart, last = Counter[Rule](), Counter[Rule](), begun
    for number, one in enumerate(domain.compared()):
        cases[one.rule] += 1
        if not one.agrees:
            apart[one.rule] += 1
            sys.stderr.write(f"{told(one.rule)}: {one.case}: {one.given}, where {one.best} is meant\n")
        if not number % 1000 and perf_counter() - last > PAUSE:
            last = perf_counter()
            sys.stderr.write(f"{domain}: {number:,} cases in {last - begun:,.0f} s; now {one.case}\n")
            sys.stderr.flush()
    return cases, apart


def asked(arguments: Sequence[str] | None = None) -> tuple[Domain, ...]:
    """The domains that are asked for."""
    parser = ArgumentParser(description="Compare every small case with the best of all awards.")
    parser.add_argument(
        "--sources", type=int, help="of so many sources, or of one supply (0); all of PROGRAMME"
    )
    parser.add_argument(
        "--need",
        type=int,
        choices=range(1, LARGEST + 1),
        help="the largest need (13, or 3 of several sources)",
    )
    parser.add_argument("--recipients", type=int, default=6, choices=range(1, len(NAMES) + 1))
    parser.add_argument("--units", type=int, default=12, choices=range(1, 13))
    parser.add_argument("--rule", default="", help="only rules that are called so, as 'max-min' or 'Webster'")
    parser.add_argument("--every", type=int, default=1, help="only every so many")
    given: Namespace = parser.parse_args(arguments)
    if given.sources is None:
        return PROGRAMME
    rules = tuple(rule for rule in EVERY_RULE if given.rule in told(rule))
    needs = range(1, (given.need or (3 if given.sources else LARGEST)) + 1)
    return (Domain(given.sources, needs, given.recipients, given.units, rules, given.every),)


if __name__ == "__main__":
    sys.exit(main(asked()))
