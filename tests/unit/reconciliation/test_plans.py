"""What came of a plan: planned, held, delivered; and what does not agree is found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs
import pytest

from reliefstock import (
    Allocation,
    ArrivedLine,
    Book,
    ConsignedLine,
    Donor,
    FixedClock,
    Handout,
    Household,
    Item,
    Money,
    ReceivedLine,
    School,
    Society,
    Valuation,
    Warehouse,
)
from reliefstock.allocation import Demand, EqualAwards, MaxMinFill, share
from reliefstock.allocation.sources import share_sources
from reliefstock.errors import NotABusinessDate
from reliefstock.operations import AllocationLine
from reliefstock.reconciliation.plans import PlanRow, plan_findings, plans
from reliefstock.reports import draw
from reliefstock.reports.plans import plans_table

QUILT = Item("quilt", zh="棉被", en="Quilt")
DAYS: dict[str, Any] = {"on": "2024-01-15", "until": "2024-01-31"}
PAPER: dict[str, Any] = {"source_document": "plan 3", "approved_by": "director"}


@pytest.fixture
def book() -> Book:
    """Twenty quilts in a depot, five in another."""
    book = Book("county", currency="CNY", clock=FixedClock("2024-02-10"))
    book.add(QUILT, Donor("province", zh="省"), Warehouse("depot", zh="一"), Warehouse("east", zh="二"))
    book.add(
        School("S-1", zh="甲校", en="School A"),
        Household("H-1", size=3),
        Society("ningshan", zh="宁陕县红十字会", en="Ningshan society"),
    )
    for count, into in ((20, "depot"), (5, "east")):
        line = ReceivedLine(
            "quilt", QUILT.quantity(count), valuation=Valuation.voucher(Money(count, "CNY"), "list")
        )
        book.receive(
            donor="province", into=into, on="2024-01-10", counted_by=("keeper", "clerk A"), lines=[line]
        )
    return book


def planned(book: Book, supply: int = 8, **said: Any) -> Allocation:  # noqa: ANN401
    demands = [
        Demand("S-1", 10, item="quilt"),
        Demand("H-1", 3, item="quilt"),
        Demand("ningshan", 0, item="quilt"),
    ]
    facts: dict[str, Any] = {"warehouse": "depot", **DAYS, **PAPER, **said}
    return book.allocate(share(supply, demands, EqualAwards()), **facts)


def given(book: Book, who: str, count: int, hold: str = "", on: str = "2024-01-20") -> str:
    line = Handout(who, "quilt", QUILT.quantity(count), "sheet 1", hold=hold)
    return book.distribute(origin="depot", on=on, lines=[line]).number


def row_of(book: Book, recipient: str, on: str = "2024-02-05") -> PlanRow:
    [row] = [row for row in plans(book, on=on) if row.recipient == recipient]
    return row


def codes(book: Book, on: str = "2024-02-05") -> list[tuple[str, str]]:
    return [(one.code, one.about.rpartition(", ")[2]) for one in plan_findings(book, on=on)]


@contextmanager
def changed(thing: object, **fields: object) -> Iterator[None]:
    """Something that cannot be changed is changed behind its back, and put right again."""
    before = {name: getattr(thing, name) for name in fields}
    for name, value in fields.items():
        object.__setattr__(thing, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            object.__setattr__(thing, name, value)


# What came of it


def test_every_recipient_has_a_row_also_one_that_gets_nothing(book: Book):
    planned(book)
    rows = plans(book, on="2024-01-16")
    assert [(row.recipient, row.need, row.planned, row.held, row.open) for row in rows] == [
        ("S-1", 10, 5, 5, 5),
        ("H-1", 3, 3, 3, 3),
        ("ningshan", 0, 0, 0, 0),
    ]
    assert codes(book, "2024-01-16") == []


def test_what_is_given_and_set_free_is_told_and_is_no_finding(book: Book):
    planned(book)
    number = given(book, "S-1", 5, "AL-000001-1")
    given(book, "H-1", 1, "AL-000001-2")
    freed = book.release_hold("AL-000001-2", on="2024-01-22", reason="not needed", released_by="director")
    row = row_of(book, "S-1")
    assert (row.given, row.short, row.documents) == (5, 0, ("AL-000001", number))
    row = row_of(book, "H-1")
    assert (row.given, row.released, row.short, row.difference) == (1, 2, 2, 0)
    assert freed.number in row.documents
    assert codes(book) == []


def test_what_was_held_and_not_given_by_the_last_day_is_found(book: Book):
    planned(book)
    given(book, "S-1", 2, "AL-000001-1")
    assert codes(book, "2024-01-31") == []
    assert codes(book) == [("plan-not-delivered", "S-1"), ("plan-not-delivered", "H-1")]
    [first, _] = plan_findings(book, on="2024-02-05")
    assert (
        first.text() == "plan 3: of the Quilt held for School A, 3 piece were not delivered by the last day"
    )
    assert first.text("zh") == "plan 3：为 甲校 预留的棉被，到期时有 3件未交付"
    assert first.figures == (("units", "3"), ("planned", "5"), ("given", "2"))


def test_what_was_given_beside_the_hold_counts(book: Book):
    planned(book)
    number = given(book, "H-1", 3)
    given(book, "S-1", 5, "AL-000001-1")
    row = row_of(book, "H-1")
    assert (row.delivered, row.beside, row.expired, row.short) == (0, 3, 3, 0)
    assert number in row.documents
    assert codes(book) == []


def test_more_than_was_planned_is_found(book: Book):
    planned(book)
    given(book, "S-1", 5, "AL-000001-1")
    given(book, "H-1", 3, "AL-000001-2")
    given(book, "H-1", 2)
    [finding] = plan_findings(book, on="2024-02-05")
    assert finding.text() == "plan 3: H-1 was given 2 piece of Quilt more than the 3 piece planned"


def test_what_was_given_before_or_after_the_days_of_the_plan_is_of_no_account(book: Book):
    given(book, "H-1", 1, on="2024-01-14")
    planned(book)
    given(book, "H-1", 3, "AL-000001-2")
    given(book, "H-1", 1, on="2024-02-01")
    given(book, "S-1", 5, "AL-000001-1")
    assert row_of(book, "H-1").given == 3
    assert codes(book) == []


def test_one_handout_counts_for_one_plan_only(book: Book):
    planned(book)
    planned(book, source_document="plan 4")
    given(book, "H-1", 3)
    assert [row.beside for row in plans(book, on="2024-02-05") if row.recipient == "H-1"] == [3, 0]


def test_a_plan_that_is_held_twice_is_found(book: Book):
    planned(book)
    planned(book)
    rows = plans(book, on="2024-01-20")
    assert [(row.planned, row.held, row.twice) for row in rows if row.held] == [(5, 10, 5), (3, 6, 3)]
    assert codes(book, "2024-01-20") == [("plan-held-twice", "S-1"), ("plan-held-twice", "H-1")]


def test_a_plan_that_is_taken_back_is_not_told_of(book: Book):
    made = planned(book)
    book.reverse(made.number, on="2024-01-16", reason="the wrong plan", approved_by="director")
    assert plans(book, on="2024-01-16") == ()
    assert len(plans(book, on="2024-01-15")) == 3


def test_an_allocation_without_a_plan_is_not_told_of(book: Book):
    lines = [AllocationLine("S-1", "quilt", QUILT.quantity(2))]
    book.allocate(warehouse="depot", lines=lines, **DAYS, **PAPER)
    assert plans(book) == ()
    assert plan_findings(book) == ()


def test_what_is_known_later_is_not_known_before(book: Book):
    planned(book)
    known = book.head.size
    entry = len(book.entries)
    given(book, "S-1", 5, "AL-000001-1")
    assert known < book.head.size
    assert [row.delivered for row in plans(book, on="2024-01-31", known=entry)] == [0, 0, 0]
    with pytest.raises(NotABusinessDate):
        plans(book, on="tomorrow")


# On the road


def sent(book: Book, hold: str, count: int, came: int, beside: int = 0) -> str:
    lines = [ConsignedLine("quilt", QUILT.quantity(count), hold=hold)]
    lines += [ConsignedLine("quilt", QUILT.quantity(beside))] if beside else []
    waybill = book.dispatch(origin="depot", to="ningshan", on="2024-01-17", lines=lines)
    arrived = [ArrivedLine(waybill.lines[0].lot, QUILT.quantity(came))]
    book.arrive(waybill.number, on="2024-01-18", received_by="keeper", lines=arrived)
    return waybill.number


def test_what_is_lost_on_the_road_is_short(book: Book):
    book.allocate(
        share(6, [Demand("ningshan", 6, item="quilt")], MaxMinFill()), warehouse="depot", **DAYS, **PAPER
    )
    number = sent(book, "AL-000001-1", 6, came=4)
    row = row_of(book, "ningshan")
    assert (row.delivered, row.lost, row.short, row.difference) == (4, 2, 2, 0)
    assert row.documents == ("AL-000001", number)


def test_what_comes_beyond_what_was_held_is_beside(book: Book):
    book.allocate(
        share(6, [Demand("ningshan", 6, item="quilt")], MaxMinFill()), warehouse="depot", **DAYS, **PAPER
    )
    sent(book, "AL-000001-1", 6, came=9, beside=3)
    row = row_of(book, "ningshan")
    assert (row.delivered, row.beside) == (6, 3)
    assert codes(book) == [("plan-delivered-more", "ningshan")]


def test_what_is_not_accounted_for_is_found(book: Book):
    plan = share(6, [Demand("ningshan", 6, item="quilt")], MaxMinFill())
    book.allocate(plan, warehouse="depot", **DAYS, **PAPER)
    sent(book, "AL-000001-1", 6, came=6)
    [outcome] = book.ledger.holds.of("AL-000001-1")[0].outcomes
    with changed(outcome, quantity=7):
        [finding] = [one for one in plan_findings(book, on="2024-02-05") if one.code == "plan-difference"]
    assert finding.text() == "plan 3: 1 piece of the Quilt held for Ningshan society are not accounted for"
    assert codes(book) == []


# Out of several depots


def test_the_parts_of_a_plan_are_told_of_together_and_a_part_that_is_not_held_is_found(book: Book):
    sources = book.sources("quilt", ["S-1", "H-1"], **DAYS)
    plan = share_sources(sources, [Demand("S-1", 23, item="quilt"), Demand("H-1", 2, item="quilt")])
    made = book.allocate_sources(plan, **DAYS, **PAPER)
    assert [(row.recipient, row.planned, row.held) for row in plans(book, on="2024-01-16")] == [
        ("S-1", 23, 23),
        ("H-1", 2, 2),
    ]
    book.reverse(made[1].number, on="2024-01-16", reason="the store is closed", approved_by="director")
    assert row_of(book, "S-1", "2024-01-16").unheld == 5
    [finding] = plan_findings(book, on="2024-01-16")
    assert finding.text() == "plan 3: of the Quilt planned for School A, 5 piece were never held"


# By its rule


def test_a_plan_that_is_not_by_its_rule_is_found(book: Book):
    made = planned(book)
    assert made.plan is not None
    first, second, *_ = book.documents_of(Allocation)[0].plan.shares  # pyright: ignore[reportOptionalMemberAccess]
    with changed(first, units=6), changed(second, units=2):
        found = [one for one in plan_findings(book, on="2024-01-16") if one.code == "plan-not-by-rule"]
    assert [one.text() for one in found] == [
        "plan 3: by the rule that it names School A would have 5, and it says 6",
        "plan 3: by the rule that it names H-1 would have 3, and it says 2",
    ]
    assert codes(book, "2024-01-16") == []


def test_a_rule_that_nobody_knows_is_found(book: Book):
    made = planned(book)
    unknown = attrs.evolve(made.plan, rule="by favour")  # pyright: ignore[reportArgumentType]
    with changed(book.documents_of(Allocation)[0], plan=unknown):
        [finding] = plan_findings(book, on="2024-01-16")
    assert finding.text() == "plan 3: no rule is called 'by favour', so it cannot be worked out again"


def test_a_plan_that_contradicts_itself_is_found(book: Book):
    made = planned(book)
    assert made.plan is not None
    with changed(made.plan.shares[0], need=-1):
        [finding] = [one for one in plan_findings(book, on="2024-01-16") if one.code == "plan-cannot-be"]
    assert finding.text() == (
        "plan 3: what it keeps of the plan contradicts itself, "
        "so constrained equal awards cannot be worked out again"
    )
    assert codes(book, "2024-01-16") == []


# On paper


@pytest.mark.parametrize(
    ("lang", "title", "row"),
    [
        ("en", "Plans and what came of them, 2024-02-05", ("School A", "10 piece", "5 piece", "1 piece")),
        ("zh", "分配计划落实情况表（2024-02-05）", ("甲校", "10件", "5件", "1件")),
    ],
)
def test_it_stands_on_paper_in_both_languages(book: Book, lang: Any, title: str, row: tuple[str, ...]):  # noqa: ANN401
    planned(book)
    given(book, "S-1", 4, "AL-000001-1")
    table = plans_table(plans(book, on="2024-02-05"), book, "2024-02-05", lang)
    first = dict(zip((column.key for column in table.columns), table.rows[0], strict=True))
    assert table.title(lang) == title
    assert (first["recipient"], first["need"], first["planned"], first["short"]) == row
    assert title in draw(table)
