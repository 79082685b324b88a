"""What became of a recall."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reliefstock import (
    BillOfMaterials,
    Book,
    BrokenLine,
    Component,
    Handout,
    Item,
    Project,
    RecallNotice,
    ReturnedLine,
    SoldLine,
)
from reliefstock.errors import NotABusinessDate, Unknown
from reliefstock.ledger import Draft, EntryKind, Place, Stamp
from reliefstock.reconciliation import RecallStatus, recall_findings, recall_status
from unit.operations.office import (
    QUILT,
    WATER,
    arrived,
    consigned,
    gift,
    given,
    line,
    new_office,
    reverse,
    sent,
    worth,
    yuan,
)

A, B = "GRN-000001-1", "GRN-000001-2"
R = "RCL-000001"


@pytest.fixture
def book() -> Book:
    """Two lots of ten quilts of batch Q-7; two given to a household, three to a school, four on the road."""
    book = new_office(today="2023-12-31")
    gift(book, line(batch="Q-7"), line(batch="Q-7"))
    given(book, ("H-1", 2), ("lvhe", 3))
    sent(book, consigned(4, B))
    return book


def recalled(book: Book, **said: Any) -> RecallNotice:  # noqa: ANN401
    facts: dict[str, Any] = {
        "batch": "Q-7",
        "reason": "mould",
        "notice": "notice 3",
        "ordered_by": "director",
        "on": "2023-02-01",
    }
    return book.recall(**facts | said)


def back(book: Book, who: str, units: int, lot: str = A, on: str = "2023-02-10") -> None:
    lines = [ReturnedLine(lot, QUILT.quantity(units))]
    book.return_(recipient=who, into="depot", lines=lines, reason="recalled", on=on)


def told(status: RecallStatus) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """By lot and place: had, came back, still there, still out."""
    return {
        (row.lot, str(row.place)): (row.had, row.came_back, row.still_there, row.still_out)
        for row in status.rows
    }


def test_each_place_and_recipient_had_so_much_and_has_it_still(book: Book) -> None:
    notice = recalled(book)
    status = recall_status(book, R)
    assert told(status) == {
        (A, "warehouse:depot"): (5, 5, 0, 0),
        (A, "household:H-1"): (2, 0, 2, 2),
        (A, "school:lvhe"): (3, 0, 3, 3),
        (A, "quarantine:depot"): (5, 0, 5, 0),
        (B, "warehouse:depot"): (6, 6, 0, 0),
        (B, "transit:WB-000001"): (4, 0, 4, 4),
        (B, "quarantine:depot"): (6, 0, 6, 0),
    }
    assert (status.notice, status.on, status.ended_on, status.is_settled) == (notice, None, None, False)
    assert {str(row.place): row.documents for row in status.still_out} == {
        "household:H-1": ("DL-000001",),
        "school:lvhe": ("DL-000001",),
        "transit:WB-000001": ("WB-000001",),
    }


def test_what_comes_back_is_told_of_each_until_nothing_is_out(book: Book) -> None:
    recalled(book)
    back(book, "H-1", 2)
    back(book, "lvhe", 1)
    book.arrive("WB-000001", lines=[arrived(B, 3, 1)], on="2023-02-11", received_by="a")
    there = told(recall_status(book, R))
    assert there[A, "household:H-1"] == (2, 2, 0, 0)
    assert there[A, "school:lvhe"] == (3, 1, 2, 2)
    assert there[B, "transit:WB-000001"] == (4, 4, 0, 0)
    assert there[B, "quarantine:station"] == (3, 0, 3, 0)
    assert there[B, "loss:damaged-unresolved"] == (1, 0, 1, 0)
    back(book, "lvhe", 2, on="2023-02-12")
    status = recall_status(book, R)
    assert (status.still_out, status.is_settled) == ((), True)


def test_it_can_be_asked_as_of_a_day_and_as_known_then(book: Book) -> None:
    recalled(book)
    known = len(book.entries)
    back(book, "H-1", 2, on="2023-02-10")
    back(book, "lvhe", 3, on="2023-02-20")
    household, school = (A, "household:H-1"), (A, "school:lvhe")
    early = told(recall_status(book, R, on="2023-02-10"))
    assert (early[household], early[school]) == ((2, 2, 0, 0), (3, 0, 3, 3))
    before = told(recall_status(book, R, known=known))
    assert (before[household], before[school]) == ((2, 0, 2, 2), (3, 0, 3, 3))
    assert recall_status(book, R, on="2023-02-10").on == date(2023, 2, 10)


def test_a_list_that_is_taken_back_was_never_given_out(book: Book) -> None:
    recalled(book)
    reverse(book, "DL-000001", "2023-02-05")
    there = told(recall_status(book, R))
    assert (A, "household:H-1") not in there
    assert there[A, "warehouse:depot"] == (10, 5, 5, 0)
    assert not recall_status(book, R).is_settled


def test_a_return_that_is_taken_back_has_not_come_back(book: Book) -> None:
    recalled(book)
    back(book, "H-1", 2)
    reverse(book, "RN-000001", "2023-02-11")
    assert told(recall_status(book, R))[A, "household:H-1"] == (2, 0, 2, 2)


def test_what_came_in_and_was_taken_back_after_the_recall_was_not_there(book: Book) -> None:
    recalled(book)
    gift(book, line(batch="Q-7"), on="2023-02-03")
    assert told(recall_status(book, R))["GRN-000002-1", "quarantine:depot"] == (10, 0, 10, 0)
    reverse(book, "GRN-000002", "2023-02-04")
    assert "GRN-000002-1" not in {row.lot for row in recall_status(book, R).rows}


def test_kits_that_contain_what_is_recalled_are_told_of_with_it(book: Book) -> None:
    book.add(Item("set", zh="套装", en="Set"))
    book.add(
        BillOfMaterials(item="set", version="1", components=[Component("quilt", QUILT.quantity(2))]),
    )
    kit = book.register.item("set").quantity
    people = {"assembled_by": "a", "checked_by": "b", "on": "2023-01-25"}
    book.build_kits(kit="set", count=kit(2), warehouse="depot", lots=(A,), **people)
    book.distribute(origin="depot", lines=[Handout("H-2", "set", kit(1), "sheet 2")], on="2023-01-26")
    recalled(book)
    rows = {str(row.place): row for row in recall_status(book, R).rows if row.item == "set"}
    assert (rows["household:H-2"].contains, rows["household:H-2"].still_out) == ((A,), 1)
    assert rows["quarantine:depot"].still_there == 1
    assert rows["warehouse:depot"].documents == ("GRN-000001", "KIT-000001")
    assert rows["household:H-2"].documents == ("DL-000002",)


def test_what_was_sold_is_out_too(book: Book) -> None:
    sale: dict[str, Any] = {
        "warehouse": "depot",
        "into": "general",
        "buyer": "a trader",
        "reason": "excess",
        "paper": "contract 5",
        "requested_by": "a",
        "approved_by": "b",
    }
    book.sell(**sale, lines=[SoldLine(A, QUILT.quantity(1), yuan("9"))], on="2023-01-25")
    recalled(book)
    assert told(recall_status(book, R))[A, "conversion:SAL-000001-1"] == (1, 0, 1, 1)
    codes = [finding.code for finding in recall_findings(book, R)]
    assert codes == ["recall-still-out", "recall-still-out", "recall-sold", "recall-on-the-road"]


def test_goods_that_got_another_id_have_gone_nowhere(book: Book) -> None:
    """Revalued after the recall, what each has is another lot; it has not come back by that."""
    recalled(book)
    back(book, "H-1", 1)
    book.revalue(
        A,
        valuation=worth("300"),
        on="2023-02-20",
        reason="the invoice was read wrongly",
        requested_by="a",
        approved_by="b",
    )
    status = recall_status(book, R)
    rows = {(row.lot, str(row.place)): row for row in status.rows}
    [new] = {row.lot for row in status.rows} - {A, B}
    there = {where: figures[:3] for (lot, where), figures in told(status).items() if lot == new}
    assert there == {
        "quarantine:depot": (6, 0, 6),
        "household:H-1": (1, 0, 1),
        "school:lvhe": (3, 0, 3),
    }
    assert rows[new, "school:lvhe"].documents == ("DL-000001",)
    assert rows[new, "quarantine:depot"].documents == (R, "RN-000001")
    assert (A, "school:lvhe") not in rows
    assert told(status)[A, "household:H-1"] == (1, 1, 0, 0)


def test_a_recalled_kit_that_is_broken_is_told_of_as_what_was_in_it(book: Book) -> None:
    book.add(Item("set", zh="套装", en="Set"))
    book.add(
        BillOfMaterials(item="set", version="1", components=[Component("quilt", QUILT.quantity(2))]),
    )
    kit = book.register.item("set").quantity
    people = {"checked_by": "b", "on": "2023-01-25"}
    book.build_kits(kit="set", count=kit(2), warehouse="depot", lots=(A,), assembled_by="a", **people)
    recalled(book)
    book.break_kits(
        warehouse="depot",
        lines=[BrokenLine("KIT-000001-1", kit(2))],
        on="2023-02-05",
        reason="recalled",
        broken_by="a",
        checked_by="b",
        quarantined=True,
    )
    status = recall_status(book, R)
    there = told(status)
    assert ("KIT-000001-1", "quarantine:depot") not in there
    assert there[A, "quarantine:depot"] == (5, 0, 5, 0)
    [row] = [row for row in status.rows if row.lot == A and str(row.place) == "quarantine:depot"]
    assert row.documents == ("RCL-000001", "KBR-000001")


# When it is over


def test_from_its_end_on_a_recall_is_over(book: Book) -> None:
    recalled(book)
    book.end_recall(R, on="2023-03-01", reason="clean", approved_by="director")
    assert recall_status(book, R).ended_on == date(2023, 3, 1)
    assert recall_status(book, R, on="2023-02-28").ended_on is None
    assert recall_findings(book, R) == ()
    assert len(recall_findings(book, R, on="2023-02-28")) == 3


def test_an_end_that_is_taken_back_ends_nothing(book: Book) -> None:
    recalled(book)
    book.end_recall(R, on="2023-03-01", reason="clean", approved_by="director")
    reverse(book, "RCE-000001", "2023-03-02")
    assert recall_status(book, R).ended_on is None


def test_a_recall_that_is_taken_back_is_over(book: Book) -> None:
    recalled(book)
    reverse(book, R, "2023-02-02")
    assert recall_status(book, R).ended_on == date(2023, 2, 2)
    assert recall_findings(book, R) == ()


# Findings


def test_what_is_still_out_is_told_in_both_languages(book: Book) -> None:
    recalled(book)
    findings = recall_findings(book, R)
    assert [(one.code, one.about) for one in findings] == [
        ("recall-still-out", R),
        ("recall-still-out", R),
        ("recall-on-the-road", R),
    ]
    assert [one.en for one in findings] == [
        f"recall {R}: H-1 still has 2 piece of Quilt (lot {A})",
        f"recall {R}: 铝河镇中心学校 still has 3 piece of Quilt (lot {A})",
        f"recall {R}: 4 piece of Quilt (lot {B}) are on the road (WB-000001), to be kept apart",
    ]
    assert [one.zh for one in findings] == [
        f"召回 {R}：H-1 尚有 棉被 2件（批次 {A}）未收回",
        f"召回 {R}：铝河镇中心学校 尚有 棉被 3件（批次 {A}）未收回",
        f"召回 {R}：棉被 4件（批次 {B}）在途（WB-000001），到货后隔离",
    ]
    assert findings[0].figures == (("had", "2"), ("came back", "0"), ("still", "2"))
    assert findings[0].documents == (R, "DL-000001")


def test_recalled_goods_among_usable_ones_are_found_with_their_boxes() -> None:
    book = new_office()
    gift(book, line(item="water", accepted=WATER.quantity(2, "box"), batch="W-1"))
    water = Handout("H-1", "water", WATER.quantity(30), "sheet 1")
    book.distribute(origin="depot", lines=[water], on="2023-01-20")
    recalled(book, batch="W-1")
    reverse(book, "DL-000001", "2023-02-05")
    [finding] = recall_findings(book, R)
    assert finding.code == "recall-usable"
    assert finding.en == (
        f"recall {R}: 30 piece (1 box + 6 piece) of Drinking water (lot {A}) are in usable stock in "
        "备灾中心; keep them apart"
    )
    assert finding.zh == (f"召回 {R}：备灾中心 的可用库存中有 饮用水 30件（1 box + 6件）（批次 {A}），应隔离")


def test_goods_by_value_with_a_project_are_told_by_their_value() -> None:
    """No verb gives goods to a project yet; by hand it can be done."""
    book = new_office()
    book.amend(Project("well", zh="水井", en="Well", programme="clean water", places=("610981",)))
    gift(book, line(item="medicine", accepted=yuan("50"), valuation=line(1, "50").valuation, batch="M-1"))
    draft = Draft(book.ledger, "by hand", date(2023, 1, 20), Stamp())
    draft.move(book.lot(A), Place.parse("warehouse:depot"), Place.parse("project:well"), 2000)
    draft.finish(EntryKind.DISTRIBUTION)
    book.ledger.post(draft.entries)
    recalled(book, batch="M-1")
    [finding] = recall_findings(book, R)
    assert (finding.en, finding.zh) == (
        f"recall {R}: Well still has CNY 20.00 of Medicine (lot {A})",
        f"召回 {R}：水井 尚有 药品 20.00元（批次 {A}）未收回",
    )


@pytest.mark.parametrize("number", ["RCL-000009", "GRN-000001", ""])
def test_a_recall_that_there_is_not_is_not_known(book: Book, number: str) -> None:
    with pytest.raises(Unknown):
        recall_status(book, number)


def test_a_day_is_a_day(book: Book) -> None:
    recalled(book)
    with pytest.raises(NotABusinessDate):
        recall_findings(book, R, on="yesterday")
