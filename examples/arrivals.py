"""How much to give today when more people will come tomorrow, and nobody knows how many.

You learn what three policies do with the same arrivals, and that one cannot have both: the same for all who
come, and nothing left when the last has gone. There are 500 rounds; in each comes one person and with them as
many more as a Poisson number with a mean of one half says. There are 750 units, one for each who is expected.
The arrivals are drawn 200 times, and for each policy you see, on average,

- *left*: the units that are left in the end;
- *envy*: the highest fill rate of a round minus the lowest;

beside what Sinclair, Jain, Banerjee and Yu published for 200 draws of their own. Two averages of 200 draws
differ by chance: `DEVIATIONS` says how far one draw is off, and the tolerance is three standard errors of the
difference. The exit code is 0 only if every figure is within it.

    uv run --no-dev python examples/arrivals.py --lang zh
    uv run --no-dev python examples/arrivals.py --lang en --seed 7
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import sys
from collections.abc import Sequence
from fractions import Fraction

from reliefstock.allocation.demand import Demand
from reliefstock.allocation.rounds import Expected, Guardrail, Hope, Policy, Static, plan_today
from reliefstock.reports import Column, Table, draw

ROUNDS, UNITS = 500, 750
PARTS = 1_000_000  # one unit is cut into so many parts; what is given out is always a whole number of them
MEAN = SPREAD = Fraction(3, 2)  # of a round, as published: the spread is about twice the standard deviation
FACTOR = 3  # so many standard errors, or more, come about by chance in 3 of 1,000 cases
THEIR_DRAWS = 200

PUBLISHED = {  # what is left, and envy
    "static": (32.60, 0.0096),
    "guardrail 1/2": (13.04, 0.082),
    "guardrail 1/3": (4.40, 0.222),
    "hope": (0.0, 0.823),
}

# The standard deviation of one draw. Few draws of `static` have any envy, one in seventy: 200 of them do not
# tell it well, so these are from 10,000 draws. The same column of the output shows it for the draws at hand.
DEVIATIONS = {
    "static": (14.84, 0.113),
    "guardrail 1/2": (8.71, 0.183),
    "guardrail 1/3": (3.22, 0.263),
    "hope": (0.0, 0.396),
}
ROUNDED = (0.005, 0.0005)  # published to so much

COLUMNS = (
    Column("policy", "策略", "policy"),
    Column("figure", "指标", "figure"),
    Column("ours", "本库", "ours", "right"),
    Column("deviation", "标准差", "deviation", "right"),
    Column("published", "已发表", "published", "right"),
    Column("tolerance", "允差", "tolerance", "right"),
)
TEXT = {
    "en": {
        "guardrail": "guardrail {exponent}",
        "static": "static",
        "hope": "hope",
        "left": "left",
        "envy": "envy",
        "beyond": "beyond the tolerance: {names}",
        "within": "Every figure is within its tolerance: three standard errors of the difference.",
        "today": "One day in whole packs: {stock} there, 20 needed, 4 days to come with about 25 each:",
        "awards": "{name}: A {a}, B {b}. {kept}",
        "with": "; ",
    },
    "zh": {
        "guardrail": "护栏 {exponent}",
        "static": "固定比例",
        "hope": "按预期",
        "left": "剩余",
        "envy": "差距",
        "beyond": "超出允差：{names}",
        "within": "各数均在允差之内：差值的三倍标准误。",
        "today": "以整包分配的一天：现有 {stock}，今天需要 20，以后 4 天每天约 25：",
        "awards": "{name}：A {a}，B {b}。{kept}",
        "with": "；",
    },
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, share out, compare, and print."""
    options = _options(arguments)
    text = TEXT[options.lang]
    draws = drawn(options.seed, options.draws)
    to_come = [Expected(ROUNDS - number, MEAN, SPREAD) for number in range(1, ROUNDS + 1)]
    rows: list[tuple[str, ...]] = []
    beyond: list[str] = []
    for name in PUBLISHED:
        outcomes = [outcome(name, needs, to_come) for needs in draws]
        policy, _, exponent = name.partition(" ")
        said = text[policy].format(exponent=exponent)
        for at, figure in enumerate(("left", "envy")):
            cells, is_within = compared([one[at] for one in outcomes], name, at)
            rows.append((said, text[figure], *cells))
            beyond += [] if is_within else [f"{said} {text[figure]}"]
    print(draw(table(rows, options), lang=options.lang))
    print(text["beyond"].format(names=", ".join(beyond)) if beyond else text["within"])
    one_day(options.lang)
    return 1 if beyond else 0


def table(rows: Sequence[tuple[str, ...]], options: argparse.Namespace) -> Table:
    """Ours beside the published figures."""
    zh = f"{ROUNDS} 轮、{UNITS} 个单位，由种子 {options.seed} 抽取 {options.draws} 次"
    en = f"{ROUNDS} rounds, {UNITS} units, {options.draws} draws from seed {options.seed}"
    return Table("arrivals", zh, en, COLUMNS, tuple(rows), lang=options.lang)


def drawn(seed: int, draws: int) -> list[list[int]]:
    """What each round needs, for each draw."""
    chance = random.Random(seed)  # noqa: S311 -- what is drawn once can be drawn again
    return [[1 + poisson(chance, 0.5) for _ in range(ROUNDS)] for _ in range(draws)]


def poisson(chance: random.Random, mean: float) -> int:
    """A Poisson number: how many random numbers can be multiplied before a bound is passed."""
    number, product = 0, chance.random()
    while product > math.exp(-mean):
        number, product = number + 1, product * chance.random()
    return number


def outcome(name: str, needs: Sequence[int], to_come: Sequence[Expected]) -> tuple[float, float]:
    """What is left in the end, and how far apart the rounds are, with the arrivals of one draw."""
    stock, fills = UNITS * PARTS, list[Fraction]()
    policy = begun(name, stock, needs[0], to_come[0])
    for need, expected in zip(needs, to_come, strict=True):
        fill = policy.fill(stock, need, expected)
        stock -= need * (fill.numerator // fill.denominator)
        fills.append(fill)
    return stock / PARTS, float((max(fills) - min(fills)) / PARTS)


def begun(name: str, stock: int, need: int, expected: Expected) -> Policy:
    """A policy, before the first round has anything."""
    if name == "static":
        return Static.begun(stock, need, expected)
    if name == "hope":
        return Hope()
    return Guardrail.begun(stock, need, expected, Fraction(name.removeprefix("guardrail ")))


def compared(ours: Sequence[float], name: str, at: int) -> tuple[tuple[str, ...], bool]:
    """Our average beside the published one, and whether they are as near as chance lets one expect."""
    average, theirs = statistics.fmean(ours), PUBLISHED[name][at]
    error = DEVIATIONS[name][at] * math.sqrt(1 / len(ours) + 1 / THEIR_DRAWS)
    tolerance = FACTOR * error + ROUNDED[at]
    figures = (average, statistics.stdev(ours), theirs, tolerance)
    return tuple(f"{figure:.4f}" for figure in figures), abs(average - theirs) <= tolerance


def one_day(lang: str) -> None:
    """The same policies in whole packs, for two who come today."""
    text, stock, expected = TEXT[lang], 100, Expected(4, 25, 10)
    arrived = [Demand("A", 12), Demand("B", 8)]
    print()
    print(text["today"].format(stock=stock))
    for policy in (Static.begun(stock, 20, expected), Guardrail.begun(stock, 20, expected), Hope()):
        today = plan_today(stock, arrived, expected=expected, policy=policy)
        kept = text["with"].join(one.text("zh" if lang == "zh" else "en") for one in today.why)
        name = policy.zh if lang == "zh" else policy.name
        print(text["awards"].format(name=name, a=today.plan.units[0], b=today.plan.units[1], kept=kept))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Arrivals in rounds: ours beside the published table.")
    parser.add_argument("--lang", choices=("zh", "en"), default="en")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--draws", type=int, default=THEIR_DRAWS, help="2 or more")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
