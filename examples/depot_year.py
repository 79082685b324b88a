"""A county depot's year: floods in June, a recall, two counts, a winter drive, and a close that adds up.

Hundreds of documents, made from a seed: with another one every figure is another, and all must add up again.
`THE_YEAR` is the calendar of what happens. Each event is a function in `county_depot/` that uses the verbs of
the book as a depot would. Then an auditor adds everything up in code of their own, and the year is printed.

    uv run --no-dev python examples/depot_year.py --lang zh
    uv run --no-dev python examples/depot_year.py --lang en --seed 7 --json depot_year.json

The exit code is 0 only if everything adds up; else it is 1, and what does not is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from county_depot import autumn, books, counts, flood, recall, spring
from county_depot.audit import audit
from county_depot.every_month import every_month
from county_depot.figures import figures
from county_depot.pages import pages, verdict
from county_depot.world import county
from county_depot.year import Event, Year
from reliefstock.reports import draw

LEAST = 60  # of fewer households not enough come to tell all of it

THE_YEAR: tuple[tuple[str, Event], ...] = (
    ("2023-12-12", spring.what_the_depot_had),
    ("2024-01-03", books.to_close("2023")),
    ("2024-01-18", spring.a_promise_of_coats),
    ("2024-02-05", books.to_close("2024-01")),
    ("2024-02-14", spring.lamps_without_a_value),
    ("2024-02-20", spring.soap_for_the_year),
    ("2024-03-05", spring.rations_of_march),
    ("2024-03-06", books.to_close("2024-02")),
    ("2024-03-12", spring.first_kits),
    ("2024-04-03", books.to_close("2024-03")),
    ("2024-04-09", spring.kits_and_lamps_for_the_branch),
    ("2024-04-16", spring.lamps_and_rations_for_schools),
    ("2024-05-06", books.to_close("2024-04")),
    ("2024-05-08", spring.kits_of_may),
    ("2024-05-20", spring.nets_that_got_wet),
    ("2024-05-22", counts.count_of_may),
    ("2024-05-28", spring.the_nets_are_dry),
    ("2024-06-03", books.to_close("2024-05")),  # not yet: nobody has approved the count
    ("2024-06-04", counts.approve_count_of_may),
    ("2024-06-05", books.to_close("2024-05")),
    ("2024-06-11", flood.the_river_rises),
    ("2024-06-12", flood.promised_until_the_end_of_june),
    ("2024-06-13", flood.first_list),
    ("2024-06-13", flood.a_lorry_for_the_branch),
    ("2024-06-14", flood.half_of_it_comes),
    ("2024-06-14", flood.a_lorry_is_sent_elsewhere),
    ("2024-06-15", flood.water_in_the_depot),
    ("2024-06-17", flood.the_rest_is_short),
    ("2024-06-17", flood.a_lorry_is_sent_back),
    ("2024-06-18", flood.second_list),
    ("2024-06-19", flood.tents_for_the_neighbours),
    ("2024-06-20", flood.a_family_moves_away),
    ("2024-06-22", flood.two_quilts_dry),
    ("2024-06-25", flood.last_list),
    ("2024-06-26", flood.a_lorry_is_late),
    ("2024-07-02", flood.nets_for_the_township),
    ("2024-07-04", books.to_close("2024-06")),  # not yet: a lorry is on the road, a box is not signed for
    ("2024-07-08", flood.the_late_lorry_comes),
    ("2024-07-09", flood.the_carrier_signs),
    ("2024-07-10", books.to_close("2024-06")),
    ("2024-07-15", flood.the_station_is_closed),
    ("2024-07-17", books.a_list_is_entered_twice),
    ("2024-07-24", flood.beds_come_back),
    ("2024-08-05", books.to_close("2024-07")),
    ("2024-08-06", books.a_list_of_the_flood),
    ("2024-08-12", recall.kits_on_the_road),
    ("2024-08-14", recall.the_batch_is_recalled),
    ("2024-08-19", recall.what_comes_back),
    ("2024-08-28", recall.kits_are_broken),
    ("2024-09-04", books.to_close("2024-08")),
    ("2024-09-05", recall.the_batch_is_written_off),
    ("2024-09-06", autumn.the_lamps_have_a_value),
    ("2024-09-10", autumn.kits_by_the_new_bill),
    ("2024-09-12", books.it_is_taken_back),
    ("2024-09-17", autumn.another_use_for_tarpaulins),
    ("2024-10-07", books.to_close("2024-09")),
    ("2024-10-10", autumn.nets_are_sold),
    ("2024-10-15", recall.the_recall_ends),
    ("2024-10-22", autumn.the_coats_come),
    ("2024-10-30", counts.count_of_october),
    ("2024-11-04", counts.approve_count_of_october),
    ("2024-11-05", books.to_close("2024-10")),
    ("2024-11-06", autumn.winter_goods_come),
    ("2024-11-11", autumn.the_winter_drive),
    ("2024-12-03", autumn.water_has_expired),
    ("2024-12-04", books.to_close("2024-11")),
    ("2025-01-08", books.to_close("2024-12")),
    ("2025-01-15", books.a_list_of_december),
    ("2025-03-05", books.the_year_is_sealed),
)


def depot_year(seed: int, households: int) -> Year:
    """The year, as it went with that seed in a county of so many households."""
    year = county(seed, households)
    every_month(year)
    for on, event in THE_YEAR:
        year.later(on, event)
    year.live()
    return year


def main(arguments: Sequence[str] | None = None) -> int:
    """Let the year happen, add it up, print it. Returns 0 if everything adds up, else 1."""
    asked = _parser().parse_args(arguments)
    year = depot_year(asked.seed, asked.households)
    audited = audit(year)
    if asked.json is not None:
        text = json.dumps(figures(year, audited), ensure_ascii=False, indent=2)
        asked.json.write_text(f"{text}\n", encoding="utf-8")
    for table in pages(year, audited, asked.lang):
        print(draw(table, asked.style))
    print(verdict(audited, asked.lang))
    return 1 if audited.wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="A county depot's year, which adds up.")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the output")
    parser.add_argument("--style", choices=("terminal", "markdown"), default="terminal")
    parser.add_argument("--seed", type=int, default=2024, help="another seed, another year")
    parser.add_argument("--households", type=_size, default=240, help="how large the county is, from 60 on")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures of the year there too")
    return parser


def _size(text: str) -> int:
    households = int(text)
    if households < LEAST:
        raise argparse.ArgumentTypeError(f"a county has {LEAST} households or more")
    return households


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
