"""A depot is counted at the end of the half-year: on paper, by several people, with goods on no list.

A part of the loss is made good; and all of it still adds up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reliefstock import (
    Book,
    CountedLine,
    CountReport,
    Handout,
    Period,
    Policy,
    Recovery,
    Valuation,
    ValuedGain,
)
from reliefstock.errors import CloseBlocked, Incomplete, NeedsApproval, NotOpen, Unknown
from reliefstock.formats import blank_count_sheet, read_count_sheet
from reliefstock.reconciliation import count_status, open_counts, statement
from scenario.county import county, everything, gift, yuan

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2024-06-30"
COUNTERS = ("keeper of the branch", "clerk", "volunteer")
SIX_MONTHS = Period.half_year(2024, 1)


def depot() -> Book:
    book = county(Policy(count_threshold=500_00))
    gift(book, "quilt", 300, "24000.00", "2024-01-10", pack="bale")
    gift(book, "mask", 40, "2000.00", "2024-02-01", pack="box", expiry="2025-12-31")
    gift(book, "flour", 60, "1500.00", "2024-03-05", pack="bag", donor="company", expiry="2024-12-31")
    return book


def fill(blank: str, found: dict[str, tuple[str, str]], *below: str) -> str:
    """Write what was counted into a blank sheet: whole packs and what is loose, by item."""
    heads, *rows = blank.splitlines()
    columns = heads.split(",")
    filled = [heads]
    for row in rows:
        cells = row.split(",")
        packs, loose = found[cells[columns.index("物资编号")]]
        cells[columns.index("整件数")], cells[columns.index("零数")] = packs, loose
        filled.append(",".join(cells))
    return "\n".join((*filled, *below))


def hand_in(
    book: Book, folder: Path, plan: str, counter: str, found: dict[str, tuple[str, str]], *below: str
) -> None:
    path = folder / f"{counter}.csv"
    path.write_text(fill(blank_count_sheet(book, plan), found, *below), encoding="utf-8-sig")
    book.do(read_count_sheet(path, book, plan, counter=counter, on=DAY))


def counted(folder: Path) -> tuple[Book, str]:
    """The first finds 2,991 bales and pieces, the second one less, and the third decides."""
    book = depot()
    plan = book.plan_count(warehouse="depot", on=DAY, counters=COUNTERS, note="half-year").number
    pack = f"{plan},可用,家庭包,pack,,,,,,12,件,no label"
    first = {"quilt": ("299", "1"), "mask": ("40", "0"), "flour": ("58", "")}
    hand_in(book, folder, plan, COUNTERS[0], first, pack)
    line = Handout("h1", "mask", book.register.item("mask").quantity(5, "box"), "sheet 1")
    book.distribute(origin="depot", lines=[line], on=DAY)  # while they count
    second = {"quilt": ("299", "0"), "mask": ("35", "0"), "flour": ("58", "")}
    hand_in(book, folder, plan, COUNTERS[1], second, pack)
    hand_in(book, folder, plan, COUNTERS[2], {"quilt": ("299", "0")})
    return book, plan


def approve(book: Book, plan: str, **said: object) -> CountReport:
    facts = {
        "on": DAY,
        "approved_by": ("director", "auditor"),
        "explanation": "the roof leaked in May",
        "gains": [ValuedGain(Valuation.fair_value(yuan(1200), "price list of June"), item="pack")],
        "recoveries": [Recovery("insurance", yuan(100), "claim 12"), Recovery("salvage", yuan(20), "slip 5")],
    }
    return book.approve_count(plan, **facts | said)  # pyright: ignore[reportArgumentType]


def test_only_what_the_two_differ_in_is_counted_again(tmp_path: Path):
    book, plan = counted(tmp_path)
    status = count_status(book, plan)
    assert status.is_settled
    assert [sheet.round for sheet in status.sheets] == [1, 1, 2]
    assert [line.subject.item for line in status.lines] == ["quilt", "mask", "flour", "pack"]
    assert [line.decides.difference for line in status.lines] == [-10, 0, -10_000, 12]


def test_the_report_shows_gains_losses_and_what_is_made_good(tmp_path: Path):
    book, plan = counted(tmp_path)
    report = approve(book, plan)
    assert (report.gain, report.gross_loss) == (1200_00, 130_00)
    assert (report.recovered, report.net_loss) == (120_00, 10_00)
    there = everything(book)
    assert there["warehouse:depot", "quilt"] == (2990, 23_920_00)
    assert there["warehouse:depot", "flour"] == (290_000, 1450_00)
    assert there["warehouse:depot", "pack"] == (12, 1200_00)
    assert there["loss:count", "quilt"] == (10, 80_00)


def test_the_statement_of_the_half_year_adds_up(tmp_path: Path):
    book, plan = counted(tmp_path)
    approve(book, plan)
    found = statement(book, SIX_MONTHS)
    assert found.findings == ()
    total = found.total
    assert (total.gains.value, total.lost.value) == (1200_00, 130_00)
    assert total.received.value + total.gains.value == (
        total.on_hand.value + total.given_out.value + total.lost.value
    )


def test_the_half_year_is_not_closed_before_the_count_is_approved(tmp_path: Path):
    book, plan = counted(tmp_path)
    people = {"on": "2024-07-05", "closed_by": "clerk", "approved_by": "director"}
    assert [one.number for one in open_counts(book, SIX_MONTHS.last)] == [plan]
    with pytest.raises(CloseBlocked, match="CP-000001"):
        book.close(SIX_MONTHS, **people)
    approve(book, plan)
    assert open_counts(book) == ()
    assert book.close(SIX_MONTHS, **people).number == "CL-000001"


def test_who_counted_does_not_approve_and_a_large_difference_takes_two(tmp_path: Path):
    book, plan = counted(tmp_path)
    before = everything(book)
    with pytest.raises(NeedsApproval, match="Clerk is one of the counters"):
        approve(book, plan, approved_by=("director", "Clerk"))
    with pytest.raises(NeedsApproval, match="2 different people"):
        approve(book, plan, approved_by=("director",))
    assert everything(book) == before


def test_a_sheet_with_an_unknown_lot_or_without_one_leaves_nothing_behind(tmp_path: Path):
    book = depot()
    plan = book.plan_count(warehouse="depot", on=DAY, counters=COUNTERS)
    quilt = book.register.item("quilt")
    lines = [CountedLine(lot, quilt.quantity(1)) for lot in plan.lots[:1]]
    unknown = CountedLine("GRN-000009-1", quilt.quantity(1))
    with pytest.raises(Unknown, match="GRN-000009-1"):
        book.count(plan.number, counter="clerk", on=DAY, lines=[*lines, unknown])
    with pytest.raises(Incomplete, match="exactly one line"):
        book.count(plan.number, counter="clerk", on=DAY, lines=lines)
    with pytest.raises(NotOpen, match="not counted to the end"):
        book.approve_count(plan.number, on=DAY, approved_by=["director", "auditor"])
    assert count_status(book, plan.number).sheets == ()
