"""A batch of rations is recalled in August: found in both depots, on the road, in schools and in kits.

What families and schools bring back is kept apart by itself. Kits are taken to pieces where they are kept
apart, so that soap and blankets can be used again, and the rations are written off.
"""

from __future__ import annotations

from county_depot.year import DIRECTOR, INSPECTOR, KEEPERS, SUPERVISOR, Year, after
from reliefstock import BrokenLine, PlaceKind, RecallAction, RecallNotice, ReleasedLine, WrittenOffLine

__all__ = [
    "kits_are_broken",
    "kits_on_the_road",
    "the_batch_is_recalled",
    "the_batch_is_written_off",
    "the_recall_ends",
    "what_comes_back",
]

BATCH = "R-0305"
REUSABLE = ("hygiene", "blanket", "jerrycan")


def kits_on_the_road(year: Year, on: str) -> None:
    """Two days before the notice some kits leave for the branch."""
    year.arrives(year.send(on, "depot", "branch", {"kit": year.n(12)}), days=4)


def the_batch_is_recalled(year: Year, on: str) -> None:
    """The maker's notice comes: all that has any of the batch is found, and kept apart in the depots."""
    year.book.recall(
        "ration",
        batch=BATCH,
        reason="seals that leak",
        notice="notice 31 of the maker",
        ordered_by=DIRECTOR,
        on=on,
    )


def what_comes_back(year: Year, on: str) -> None:
    """About every second family brings its kit back in the week that follows, and schools what is left."""
    [notice] = year.book.documents_of(RecallNotice)
    for line in notice.lines:
        there = year.book.ledger.position(line.place, line.lot).quantity
        is_school = line.place.kind is PlaceKind.SCHOOL
        if line.action is not RecallAction.ASKED_BACK or not (is_school or year.chance.randrange(2)):
            continue
        units = there - there // 3 if is_school else there
        day = after(on, year.chance.randint(0, 6))
        year.give_back(day, line.place.id, {line.lot: units}, f"recalled by {notice.number}")


def kits_are_broken(year: Year, on: str) -> None:
    """In both depots; what was not recalled in them is looked at and released."""
    for depot in ("depot", "branch"):
        kits = year.shelf(depot, "kit", PlaceKind.QUARANTINE)
        year.book.break_kits(
            warehouse=depot,
            lines=[BrokenLine(lot, year.units("kit", n)) for lot, n in kits.items()],
            on=on,
            reason="their rations are recalled",
            broken_by=KEEPERS[0],
            checked_by=KEEPERS[1],
            quarantined=True,
        )
        good = [
            ReleasedLine(lot, year.units(item, n))
            for item in REUSABLE
            for lot, n in year.shelf(depot, item, PlaceKind.QUARANTINE).items()
        ]
        year.book.release(
            warehouse=depot,
            lines=good,
            reason="sealed and clean",
            inspected_by=INSPECTOR,
            approved_by=DIRECTOR,
            on=on,
        )
    back = {item: sum(year.shelf("branch", item).values()) for item in ("hygiene", "jerrycan")}
    year.arrives(year.send(after(on, 1), "branch", "depot", back), days=1)


def the_batch_is_written_off(year: Year, on: str) -> None:
    """What was kept apart of it is destroyed."""
    for depot in ("depot", "branch"):
        rations = year.shelf(depot, "ration", PlaceKind.QUARANTINE)
        year.book.write_off(
            warehouse=depot,
            lines=[WrittenOffLine(lot, year.units("ration", n)) for lot, n in rations.items()],
            on=on,
            reason="spoilt",
            explanation="recalled, destroyed under the eyes of the inspector",
            reported_by=KEEPERS[0],
            approved_by=DIRECTOR,
            quarantined=True,
        )


def the_recall_ends(year: Year, on: str) -> None:
    """What is still out is given up; the paper says where it is."""
    [notice] = year.book.documents_of(RecallNotice)
    year.book.end_recall(notice.number, on=on, reason="all were asked twice", approved_by=SUPERVISOR)
