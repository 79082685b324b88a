"""A plan in the book: what there is to share out, and what is held and remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest

from reliefstock import (
    ArrivedLine,
    Book,
    ConsignedLine,
    Donor,
    FixedClock,
    Household,
    Item,
    Money,
    ReceivedLine,
    Restriction,
    School,
    Society,
    Valuation,
    Warehouse,
)
from reliefstock.allocation import (
    ContestedGarment,
    Demand,
    Equal,
    EqualAwards,
    EqualLosses,
    Lottery,
    MaxMinFill,
    Plan,
    Proportional,
    Rounding,
    Rule,
    share,
)
from reliefstock.allocation.sources import share_sources
from reliefstock.allocation.verifying import verify_plan
from reliefstock.audit import audit
from reliefstock.book.planning import plan_record, recorded_plan, rule_of, was_due
from reliefstock.errors import CommandConflict, Incomplete, NotEnough, OutsideRestriction, Unknown
from reliefstock.formats import document_from, plain_from
from reliefstock.operations import Allocate, AllocatePlan, Allocation, AllocationLine, PlannedShare
from reliefstock.records import asked, types

QUILT = Item("quilt", zh="棉被", en="Quilt")
DAYS: dict[str, Any] = {"on": "2024-01-15", "until": "2024-01-31"}
PAPER: dict[str, Any] = {"source_document": "plan 3", "approved_by": "director"}
CLOCK = FixedClock("2024-02-10")
RULES: list[Rule] = [
    *(kind(rounding) for kind in (Equal, Proportional, EqualAwards) for rounding in Rounding),
    *(kind() for kind in (EqualLosses, ContestedGarment, MaxMinFill, Lottery)),
]


def stocked(book: Book) -> Book:
    """Ten quilts for everybody and six for a county in a depot, five for everybody in another."""
    book.add(QUILT, Donor("province", zh="省"), Warehouse("depot", zh="一"), Warehouse("east", zh="二"))
    book.add(
        School("S-1", zh="甲校", division="610923101"),
        School("S-2", zh="乙校", division="610924100"),
        Household("H-1", size=3, division="610923101"),
        Society("ningshan", zh="宁陕"),
    )
    received(book, 10, "depot")
    received(book, 6, "depot", restriction=Restriction(places=("610924",)))
    received(book, 5, "east")
    return book


def received(book: Book, count: int, into: str, **said: Any) -> str:  # noqa: ANN401
    worth = Valuation.voucher(Money.of(count, "CNY"), "list")
    line = ReceivedLine("quilt", QUILT.quantity(count), valuation=worth, **said)
    people = ("keeper", "clerk A")
    return book.receive(donor="province", into=into, on="2024-01-10", counted_by=people, lines=[line]).lots[0]


@pytest.fixture
def book() -> Book:
    return stocked(Book("county", currency="CNY", clock=CLOCK))


def shared(supply: int = 9, rule: Rule | None = None, **said: Any) -> Plan:  # noqa: ANN401
    three = [Demand("S-1", 8, item="quilt"), Demand("S-2", 0, item="quilt"), Demand("H-1", 4, item="quilt")]
    return share(supply, three, rule or MaxMinFill(), **said)


def allocated(book: Book, plan: Plan | None, **said: Any) -> Allocation:  # noqa: ANN401
    facts: dict[str, Any] = {"warehouse": "depot", **DAYS, **PAPER, **said}
    return book.allocate(plan, **facts)


# One depot


def test_a_plan_is_held_by_a_line_for_each_that_gets_anything(book: Book):
    made = allocated(book, shared())
    assert [(line.recipient, line.quantity) for line in made.lines] == [
        ("S-1", QUILT.quantity(6)),
        ("H-1", QUILT.quantity(3)),
    ]
    assert book.available("quilt", "depot", on=DAYS["on"], recipient="S-2").held == 9


def test_the_allocation_remembers_by_which_plan(book: Book):
    plan = allocated(book, shared(floor=1, seed="2024-01-14")).plan
    assert plan is not None
    assert (plan.rule, plan.rounding, plan.supply, plan.floor) == ("max-min fill rate", "Adams", 9, 1)
    assert (plan.item, plan.seed) == ("quilt", "2024-01-14")
    assert [(one.recipient, one.need, one.units) for one in plan.shares] == [
        ("S-1", 8, 6),
        ("S-2", 0, 0),
        ("H-1", 4, 3),
    ]


def test_lines_alone_are_held_by_no_plan(book: Book):
    made = allocated(book, None, lines=[AllocationLine("S-1", "quilt", QUILT.quantity(2))])
    assert made.plan is None
    assert "plan" not in plain_from(made)


def test_more_than_there_is_is_refused_and_nothing_is_held(book: Book):
    before = book.head
    with pytest.raises(NotEnough) as refused:
        allocated(book, shared(12))
    assert (refused.value.asked, refused.value.there) == (4, 2)
    assert book.head == before


def test_what_is_given_for_others_is_not_held(book: Book):
    with pytest.raises(NotEnough, match="are for place 610924 only"):
        allocated(book, share(11, [Demand("S-1", 11, item="quilt")], Equal()))


def test_a_recipient_that_nobody_knows_is_refused_also_where_it_gets_nothing(book: Book):
    plan = share(1, [Demand("S-1", 1), Demand("S-9", 0)], Equal())
    with pytest.raises(Unknown, match="S-9"):
        allocated(book, plan, item="quilt")


@pytest.mark.parametrize(
    ("item", "stated", "why"),
    [("", "", "nothing says of which item"), ("quilt", "tent", "its demands are for quilt, and tent")],
)
def test_a_plan_is_of_one_item(book: Book, item: str, stated: str, why: str):
    plan = share(1, [Demand("S-1", 1, item=item)], Equal())
    with pytest.raises(Incomplete, match=why):
        allocated(book, plan, item=stated)


def test_lines_beside_a_plan_are_refused(book: Book):
    with pytest.raises(Incomplete, match="by lines and by a plan"):
        allocated(book, shared(), lines=[AllocationLine("S-1", "quilt", QUILT.quantity(2))])


def test_a_plan_that_gives_nothing_holds_nothing(book: Book):
    with pytest.raises(Incomplete, match="it has no lines"):
        allocated(book, shared(0))


# A request that is put together by hand


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"supply": 8}, "it gives 9, and there were 8"),
        ({"item": "tent"}, "it is for tent, and a line is for quilt"),
        ({"shares": (PlannedShare("S-1", 8, 5),)}, "gives 5 to S-1, and the lines hold 6"),
        ({"shares": (PlannedShare("S-1", 8, 6),)}, "gives 0 to H-1, and the lines hold 3"),
        ({"shares": (PlannedShare("S-1", 8, 6), PlannedShare("S-1", 8, 3))}, "stands in it twice"),
        ({"shares": (PlannedShare("S-1", 8, 6), PlannedShare("H-1", -4, 3))}, "it says 3 of -4 for H-1"),
    ],
)
def test_lines_that_are_not_what_the_plan_gives_are_refused(book: Book, change: dict[str, Any], why: str):
    book.add(Item("tent", zh="帐篷", en="Tent"))
    lines = [
        AllocationLine("S-1", "quilt", QUILT.quantity(6)),
        AllocationLine("H-1", "quilt", QUILT.quantity(3)),
    ]
    record = attrs.evolve(plan_record(shared()), **change)
    before = book.head.size
    with pytest.raises(Incomplete, match=why):
        book.do(AllocatePlan(plan=record, warehouse="depot", lines=lines, **DAYS, **PAPER))
    assert book.head.size == before


# It is kept


def test_a_plan_is_the_same_in_a_file_and_as_plain_data(tmp_path: Path):
    with Book.create(tmp_path / "book.db", "county", currency="CNY", clock=CLOCK) as kept:
        made = allocated(stocked(kept), shared(seed="x"))
    with Book.open(tmp_path / "book.db", clock=CLOCK, snapshot=False) as again:
        assert again.document(made.number) == made
        assert again.documents_of(Allocation) == (made,)
        assert audit(again.records(), again).findings == ()
    assert document_from(plain_from(made)) == made


def test_an_allocation_of_before_there_were_plans_can_be_read(book: Book):
    made = allocated(book, None, lines=[AllocationLine("S-1", "quilt", QUILT.quantity(2))])
    head, *values = types().plain(made)
    names = str(head).split(" ")
    at = names.index("plan")
    old = (" ".join(names[:at] + names[at + 1 :]), *values[: at - 1], *values[at:])
    assert types().thing(old, Allocation) == made


def test_an_old_command_is_known_again_for_what_it_asked(book: Book):
    line = AllocationLine("S-1", "quilt", QUILT.quantity(2))
    request = Allocate(warehouse="depot", lines=[line], **DAYS, **PAPER)
    head = str(types().plain(request)[0])
    assert head == "Allocate warehouse lines on until programme source_document approved_by picking"
    by_plan = AllocatePlan(**attrs.asdict(request, recurse=False), plan=plan_record(shared()))
    assert asked(request, "", None, book.people) != asked(by_plan, "", None, book.people)


def test_the_same_command_is_one_allocation_and_another_plan_is_refused(book: Book):
    made = allocated(book, shared(), command="c-1")
    assert allocated(book, shared(), command="c-1") == made
    with pytest.raises(CommandConflict):
        allocated(book, shared(8), command="c-1")


# It is worked out again


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name}, {rule.rounding.value}")
def test_every_plan_can_be_worked_out_again(rule: Rule):
    demands = [
        Demand("S-1", 17, weight=2),
        Demand("S-2", 9, tier=2),
        Demand("H-1", 4, least=2),
        Demand("H-2", 5, most=3),
    ]
    plan = share(19, demands, rule, floor=1, seed="2024-01-14")
    record = plan_record(plan, "quilt")
    assert rule_of(record) == rule
    assert was_due(record) == tuple(plan.units)
    assert verify_plan(recorded_plan(record)) == ()


def test_a_plan_that_was_changed_is_found_when_it_is_worked_out_again():
    record = plan_record(shared())
    first, second, third = record.shares
    moved = attrs.evolve(record, shares=(attrs.evolve(first, units=5), second, attrs.evolve(third, units=4)))
    assert was_due(moved) == (6, 0, 3)
    assert list(recorded_plan(moved).units) == [5, 0, 4]
    assert verify_plan(recorded_plan(moved)) != ()


def test_a_rule_of_another_is_not_written_down():
    class Mine(Equal):
        name = "mine"

    with pytest.raises(Unknown, match="mine"):
        plan_record(share(1, [Demand("S-1", 1)], Mine()), "quilt")


# Several lots and depots


def test_sources_are_the_free_lots_and_whom_they_are_for(book: Book):
    allocated(book, share(4, [Demand("H-1", 4, item="quilt")], Equal()))
    sources = book.sources("quilt", ["S-1", "S-2", "H-1"], **DAYS)
    assert [(one.id, one.warehouse, one.units, one.recipients) for one in sources] == [
        ("GRN-000001-1", "depot", 6, None),
        ("GRN-000002-1", "depot", 6, frozenset({"S-2"})),
        ("GRN-000003-1", "east", 5, None),
    ]
    assert [one.id for one in book.sources("quilt", ["S-1"], warehouses=["east"], **DAYS)] == ["GRN-000003-1"]


def test_what_expires_before_the_last_day_is_no_source(book: Book):
    received(book, 7, "east", expiry="2024-08-01")
    late: dict[str, Any] = {"on": "2024-01-15", "until": "2024-08-02"}
    assert [one.id for one in book.sources("quilt", ["S-1"], warehouses=["east"], **late)] == ["GRN-000003-1"]
    assert len(book.sources("quilt", ["S-1"], warehouses=["east"], **DAYS)) == 2


def test_a_restriction_by_programme_is_a_source_for_that_programme(book: Book):
    received(book, 7, "east", restriction=Restriction(programme="winter"))
    found = book.sources("quilt", ["S-1"], warehouses=["east"], **DAYS)
    assert [one.recipients for one in found] == [None, frozenset()]
    found = book.sources("quilt", ["S-1"], warehouses=["east"], programme="winter", **DAYS)
    assert [one.recipients for one in found] == [None, None]


def test_one_lot_in_two_depots_is_two_sources(book: Book):
    book.add(Warehouse("west", zh="三"))
    moved(book, "east", "west", 2)
    sources = book.sources("quilt", ["S-1", "H-1"], warehouses=["east", "west"], **DAYS)
    assert [(one.id, one.units) for one in sources] == [
        ("GRN-000003-1 @ east", 3),
        ("GRN-000003-1 @ west", 2),
    ]
    plan = share_sources(sources, [Demand("S-1", 4, item="quilt"), Demand("H-1", 1, item="quilt")])
    made = book.allocate_sources(plan, **DAYS, **PAPER)
    assert {lot.lot for one in made for line in one.lines for lot in line.lots} == {"GRN-000003-1"}
    assert sum(lot.quantity for one in made for line in one.lines for lot in line.lots) == 5


def moved(book: Book, origin: str, to: str, count: int) -> None:
    lines = [ConsignedLine("quilt", QUILT.quantity(count))]
    waybill = book.dispatch(origin=origin, to=to, on="2024-01-11", lines=lines)
    came = [ArrivedLine(waybill.lines[0].lot, QUILT.quantity(count))]
    book.arrive(waybill.number, on="2024-01-12", received_by="keeper", lines=came)


def out_of_all(book: Book, *needs: int) -> Any:  # noqa: ANN401
    demands = [
        Demand(who, need, item="quilt") for who, need in zip(("S-1", "S-2", "H-1"), needs, strict=True)
    ]
    return share_sources(book.sources("quilt", ["S-1", "S-2", "H-1"], **DAYS), demands)


def test_a_plan_out_of_several_lots_holds_exactly_those(book: Book):
    plan = out_of_all(book, 12, 8, 4)
    made = book.allocate_sources(plan, **DAYS, **PAPER)
    assert [one.warehouse for one in made] == ["depot", "east"]
    held: dict[str, dict[str, int]] = {}
    for one in made:
        for line in one.lines:
            for lot in line.lots:
                held.setdefault(lot.lot, {})[line.recipient] = lot.quantity
    assert held == {lot: dict(given) for lot, given in plan.flows.items()}
    assert made[0].plan == made[1].plan
    assert made[0].plan is not None
    assert was_due(made[0].plan) == tuple(plan.units)


def test_it_is_held_in_all_depots_or_in_none(book: Book):
    plan = out_of_all(book, 12, 8, 4)
    allocated(book, share(3, [Demand("H-1", 3, item="quilt")], Equal()), warehouse="east")
    before, held = book.head.size, len(book.documents_of(Allocation))
    with pytest.raises(NotEnough):
        book.allocate_sources(plan, **DAYS, **PAPER)
    assert (book.head.size, len(book.documents_of(Allocation))) == (before, held)
    assert book.available("quilt", "depot", on=DAYS["on"], recipient="S-2").held == 0


def test_flows_outside_a_restriction_are_refused(book: Book):
    plan = out_of_all(book, 12, 8, 4)
    wrong = attrs.evolve(plan, flows={**plan.flows, "GRN-000002-1": {"S-1": 6}, "GRN-000001-1": {}})
    before = book.head.size
    with pytest.raises(OutsideRestriction):
        book.allocate_sources(wrong, **DAYS, **PAPER)
    assert book.head.size == before


def test_sent_again_it_is_the_same_allocations(book: Book):
    plan = out_of_all(book, 12, 8, 4)
    made = book.allocate_sources(plan, command="c-1", **DAYS, **PAPER)
    assert book.allocate_sources(plan, command="c-1", **DAYS, **PAPER) == made
