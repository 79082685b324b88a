"""A flood in eleven divisions: what there is is shared out by rules, posted, held, delivered, and adds up.

Water goes to the divisions by the largest of smallest fill rates, beside what shares in proportion would
have been; quilts, of which some were given for a place, for pupils or for one school, to schools and
households; family kits, which cannot be divided, by a public lottery. In the end everything is added up again
from the raw postings.

    uv run --no-dev python examples/flood_allocation.py --lang zh
    uv run --no-dev python examples/flood_allocation.py --lang en --seed "2024-07-13, evening news"

The exit code is 0 only if everything adds up; else it is 1, and what does not is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence

from flood_shares.checks import CHECKS, END, Result, checked
from flood_shares.days import LOTTERY, Flood, the_flood
from reliefstock.reconciliation.plans import plans
from reliefstock.reports import Column, Naming, Table, draw
from reliefstock.reports.allocations import rules_table
from reliefstock.reports.plans import plans_table
from reliefstock.values import Language

MOST = 20  # so many differences are printed, and how many there are besides


def main(arguments: Sequence[str] | None = None) -> int:
    """Let the flood come, print what was done, add it up. Returns 0 if everything adds up, else 1."""
    asked = _parser().parse_args(arguments)
    lang: Language = asked.lang
    flood = the_flood(asked.seed)
    print(draw(rules_table(flood.compared, lang)))
    print(draw(_side_by_side(flood, lang)))
    print(flood.posted[lang])
    print(draw(_divisions(flood, lang)))
    rows = [row for row in plans(flood.book, on=END) if row.short]
    print(draw(plans_table(rows, flood.book, END, lang).without("need", "elsewhere", "beside", "open")))
    results = checked(flood)
    print(draw(_checks_table(results, lang)))
    for line in _told(results, lang):
        print(line)
    return 1 if any(one.wrong for one in results) else 0


def _side_by_side(flood: Flood, lang: Language) -> Table:
    """Water by both rules, division by division."""
    naming, (other, chosen) = Naming(flood.book, lang), flood.compared.plans
    labels = tuple(zip(flood.compared.labels("zh"), flood.compared.labels("en"), strict=True))
    return Table(
        "side-by-side",
        "饮用水：两种规则的结果（瓶）",
        "Water by both rules, in bottles",
        columns=(
            Column("recipient", "接收方", "Recipient"),
            Column("need", "需求", "Need", "right"),
            Column("other", *labels[0], "right"),
            Column("chosen", *labels[1], "right"),
            Column("difference", "相差", "Difference", "right"),
        ),
        rows=tuple(
            (naming.recipient(one.recipient), *map(str, (one.need, a, b, b - a)))
            for one, a, b in zip(chosen.demands, other.units, chosen.units, strict=True)
        ),
        lang=lang,
    )


def _divisions(flood: Flood, lang: Language) -> Table:
    """Quilts and kits: what schools and households of each division were given."""
    naming = Naming(flood.book, lang)
    sums: dict[str, list[int]] = {}
    for row in plans(flood.book, on=END):
        if row.item != "water":
            division = row.recipient.split("-")[1]
            at = 2 if row.item == "kit" else 0 if row.recipient.startswith("S-") else 1
            sums.setdefault(division, [0, 0, 0])[at] += row.given
    heads = (
        Column("division", "地区", "Division"),
        Column("schools", "学校棉被", "Quilts, schools", "right"),
        Column("households", "家庭棉被", "Quilts, households", "right"),
        Column("kits", "家庭包", "Family kits", "right"),
    )
    rows = tuple((naming.recipient(division), *map(str, given)) for division, given in sums.items())
    return Table("divisions", "各地区发放情况", "Given out, by division", heads, rows, lang=lang)


def _checks_table(results: Sequence[Result], lang: Language) -> Table:
    heads = (
        Column("check", "核对", "Check"),
        Column("compared", "比较次数", "Comparisons", "right"),
        Column("wrong", "不符", "Differences", "right"),
    )
    rows = tuple(
        (CHECKS[one.name].zh if lang == "zh" else CHECKS[one.name].en, str(one.compared), str(len(one.wrong)))
        for one in results
    )
    return Table("checks", "从原始分录核对", "Checked from the raw postings", heads, rows, lang=lang)


def _told(results: Sequence[Result], lang: Language) -> Iterator[str]:
    wrong = [one for result in results for one in result.wrong]
    for one in wrong[:MOST]:
        yield f"{one.about}: {one.due} ≠ {one.found}"
    if wrong:
        yield f"共 {len(wrong)} 处不符" if lang == "zh" else f"{len(wrong)} things differ"
    else:
        yield "全部相符" if lang == "zh" else "everything adds up"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="A flood, shared out fairly, which adds up.")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    parser.add_argument("--seed", default=LOTTERY, help="what was announced for the lottery")
    return parser


def run() -> int:
    """Run `main` as a program: in UTF-8, and quietly where nobody reads to the end (`| head`)."""
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding="utf-8")
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter tries again when it ends
        return 0
    return code


if __name__ == "__main__":
    sys.exit(run())
