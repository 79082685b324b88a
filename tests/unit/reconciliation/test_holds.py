"""Promised against given, and the promises that can no longer be kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from reliefstock import (
    Allocation,
    AllocationLine,
    ArrivedLine,
    Book,
    ConsignedLine,
    Handout,
    ReceivedLine,
    Valuation,
    Waybill,
)
from reliefstock.errors import NotABusinessDate, Unknown
from reliefstock.operations import QuarantinedLine
from reliefstock.policy import Policy
from reliefstock.reconciliation import (
    AllocationRow,
    AtRisk,
    HoldRow,
    PromiseAtRisk,
    allocation_findings,
    allocations,
    holds_of,
    promise_findings,
    promises_at_risk,
)
from unit.reconciliation.office import divert, give, lose, office, receive, undo, yuan

A, B = "AL-000001-1", "AL-000001-2"
LOT = "GRN-000001-1"


@pytest.fixture
def book() -> Book:
    book = office()
    receive(book, 100, "1000", "2023-01-10")
    return book


def promise(
    book: Book, *lines: tuple[str, int], on: str = "2023-02-01", until: str = "2023-03-01", **said: str
) -> Allocation:
    promised = [AllocationLine(who, "quilt", book.register.item("quilt").quantity(n)) for who, n in lines]
    return book.allocate(
        warehouse=said.get("warehouse", "depot"),
        lines=promised,
        on=on,
        until=until,
        programme=said.get("programme", ""),
        source_document="plan 1",
        approved_by="director",
    )


def fulfil(book: Book, who: str, count: int, hold: str, on: str) -> None:
    one = Handout(who, "quilt", book.register.item("quilt").quantity(count), "sheet 1", hold=hold)
    book.distribute(origin="depot", lines=[one], on=on)


def send(book: Book, to: str, on: str, *lines: tuple[int, str]) -> Waybill:
    quilt = book.register.item("quilt")
    consigned = [ConsignedLine("quilt", quilt.quantity(count), hold=hold) for count, hold in lines]
    return book.dispatch(origin="depot", to=to, lines=consigned, on=on)


def come(book: Book, waybill: Waybill, on: str, received: int, damaged: int = 0) -> None:
    """So much of the lot arrives, whole and spoilt; the rest is short."""
    quilt = book.register.item("quilt")
    spoilt = quilt.quantity(damaged) if damaged else None
    line = ArrivedLine(LOT, quilt.quantity(received), damaged=spoilt)
    book.arrive(waybill.number, on=on, received_by="keeper", lines=[line])


def free(book: Book, hold: str, count: int, on: str) -> None:
    book.release_hold(
        hold,
        quantity=book.register.item("quilt").quantity(count),
        on=on,
        reason="too many",
        released_by="clerk",
    )


def sums(row: HoldRow) -> dict[str, int]:
    """What is not zero of a hold, which adds up."""
    assert row.held == row.fulfilled + row.released + row.expired + row.open
    names = ("held", "fulfilled", "released", "expired", "open")
    return {name: getattr(row, name) for name in names if getattr(row, name)}


def ends(row: AllocationRow) -> dict[str, int]:
    """What is not zero of an allocation, which adds up."""
    assert row.difference == 0
    names = ("planned", "delivered", "in_transit", "lost", "elsewhere")
    found = {name: getattr(row, name) for name in names} | sums(row.hold)
    return {name: units for name, units in found.items() if units and name not in ("held", "fulfilled")}


# What came of holds


def test_a_book_without_allocations_has_no_holds(book: Book) -> None:
    assert (holds_of(book), allocations(book), promises_at_risk(book)) == ((), (), ())


def test_a_hold_says_for_whom_what_where_and_how_long(book: Book) -> None:
    promise(book, ("h1", 10), programme="winter")
    [row] = holds_of(book, on="2023-02-01")
    assert attrs.asdict(row) == {
        "hold": A,
        "allocation": "AL-000001",
        "warehouse": "depot",
        "recipient": "h1",
        "programme": "winter",
        "item": "quilt",
        "lots": (LOT,),
        "since": row.since,
        "until": row.until,
        "held": 10,
        "fulfilled": 0,
        "released": 0,
        "expired": 0,
        "open": 10,
    }
    assert (row.since.isoformat(), row.until.isoformat()) == ("2023-02-01", "2023-03-01")


def test_what_came_of_a_hold_is_told_as_of_a_day(book: Book) -> None:
    promise(book, ("h1", 10))
    fulfil(book, "h1", 4, A, "2023-02-10")
    free(book, A, 1, "2023-02-20")
    told = {on: [sums(row) for row in holds_of(book, on=on)] for on in ("2023-01-31", "2023-02-01")}
    assert told == {"2023-01-31": [], "2023-02-01": [{"held": 10, "open": 10}]}
    days = ("2023-02-10", "2023-02-20", "2023-03-01", "2023-03-02")
    assert [sums(row) for on in days for row in holds_of(book, on=on)] == [
        {"held": 10, "fulfilled": 4, "open": 6},
        {"held": 10, "fulfilled": 4, "released": 1, "open": 5},
        {"held": 10, "fulfilled": 4, "released": 1, "open": 5},
        {"held": 10, "fulfilled": 4, "released": 1, "expired": 5},
    ]
    assert holds_of(book) == holds_of(book, on="2023-12-31")


def test_what_is_open_is_what_the_ledger_holds(book: Book) -> None:
    promise(book, ("h1", 10), ("h2", 20))
    fulfil(book, "h1", 4, A, "2023-02-10")
    undo(book, "DL-000001", "2023-02-15")
    free(book, B, 20, "2023-02-20")
    holds = book.ledger.holds
    place = holds.of(A)[0].hold.place
    for on in ("2023-02-01", "2023-02-10", "2023-02-15", "2023-02-20", "2023-03-01", "2023-03-02"):
        there = sum(row.open for row in holds_of(book, on=on))
        assert there == holds.held(place, LOT, date.fromisoformat(on))


def test_what_was_taken_back_did_not_come_of_it(book: Book) -> None:
    promise(book, ("h1", 10))
    fulfil(book, "h1", 4, A, "2023-02-10")
    undo(book, "DL-000001", "2023-02-15")
    told = [sums(row) for on in ("2023-02-14", "2023-02-15") for row in holds_of(book, on=on)]
    assert told == [{"held": 10, "fulfilled": 4, "open": 6}, {"held": 10, "open": 10}]


def test_what_was_taken_back_after_the_last_day_is_expired(book: Book) -> None:
    promise(book, ("h1", 10))
    fulfil(book, "h1", 4, A, "2023-02-10")
    undo(book, "DL-000001", "2023-03-15")
    assert [sums(row) for row in holds_of(book)] == [{"held": 10, "expired": 10}]


def test_an_allocation_that_was_reversed_promises_nothing(book: Book) -> None:
    promise(book, ("h1", 10))
    undo(book, "AL-000001", "2023-02-15")
    assert len(holds_of(book, on="2023-02-14")) == 1
    assert holds_of(book) == ()


def test_holds_are_told_as_they_were_known(book: Book) -> None:
    promise(book, ("h1", 10))
    fulfil(book, "h1", 4, A, "2023-02-10")
    give(book, "h2", 1, "2023-02-11")
    known = len(book.entries)
    fulfil(book, "h1", 3, A, "2023-02-10")
    assert [sums(row) for row in holds_of(book, on="2023-02-10", known=known)] == [
        {"held": 10, "fulfilled": 4, "open": 6}
    ]
    assert [row.hold.fulfilled for row in allocations(book, on="2023-02-10", known=known)] == [4]


def test_holds_are_asked_by_recipient_depot_and_item(book: Book) -> None:
    promise(book, ("h1", 10), ("h2", 20))
    receive(book, 5, "50", "2023-01-10", into="branch")
    promise(book, ("h1", 5), warehouse="branch")
    assert [row.hold for row in holds_of(book, recipient="h1")] == [A, "AL-000002-1"]
    assert [row.hold for row in holds_of(book, warehouse="branch")] == ["AL-000002-1"]
    assert [row.hold for row in holds_of(book, recipient="h2", item="quilt", warehouse="depot")] == [B]
    assert holds_of(book, item="water") == ()


@pytest.mark.parametrize("said", [{"recipient": "x"}, {"warehouse": "x"}, {"item": "x"}], ids=str)
def test_what_is_not_known_cannot_be_asked(book: Book, said: dict[str, Any]) -> None:
    with pytest.raises(Unknown):
        holds_of(book, **said)


def test_a_day_that_is_none_cannot_be_asked(book: Book) -> None:
    with pytest.raises(NotABusinessDate):
        holds_of(book, on="soon")
    with pytest.raises(NotABusinessDate):
        promises_at_risk(book, "soon")


# From the plan to the doorstep


def test_what_was_given_out_is_delivered(book: Book) -> None:
    promise(book, ("h1", 10), ("h2", 20))
    fulfil(book, "h1", 4, A, "2023-02-10")
    fulfil(book, "h1", 3, A, "2023-02-11")
    free(book, B, 5, "2023-02-12")
    first, second = allocations(book, on="2023-02-12")
    assert ends(first) == {"planned": 10, "delivered": 7, "open": 3}
    assert ends(second) == {"planned": 20, "released": 5, "open": 15}
    assert (first.papers, second.papers) == (("DL-000001", "DL-000002"), ("HR-000001",))
    assert [ends(row) for row in allocations(book)] == [
        {"planned": 10, "delivered": 7, "expired": 3},
        {"planned": 20, "released": 5, "expired": 15},
    ]


def test_what_was_sent_to_a_society_is_followed_to_it(book: Book) -> None:
    promise(book, ("ningshan", 30))
    waybill = send(book, "ningshan", "2023-02-10", (20, A), (10, ""))
    assert [ends(row) for row in allocations(book, on="2023-02-10")] == [
        {"planned": 30, "in_transit": 20, "open": 10}
    ]
    come(book, waybill, "2023-02-12", 17, damaged=2)
    assert [ends(row) for row in allocations(book, on="2023-02-12")] == [
        {"planned": 30, "delivered": 17, "lost": 3, "open": 10}
    ]


def test_what_arrives_of_a_lot_meets_the_first_promised_first(book: Book) -> None:
    promise(book, ("ningshan", 10), ("ningshan", 10))
    waybill = send(book, "ningshan", "2023-02-10", (10, A), (10, B), (10, ""))
    come(book, waybill, "2023-02-12", 16)
    assert [ends(row) for row in allocations(book, on="2023-02-12")] == [
        {"planned": 10, "delivered": 10},
        {"planned": 10, "delivered": 6, "lost": 4},
    ]


def test_what_was_diverted_went_elsewhere(book: Book) -> None:
    promise(book, ("ningshan", 10))
    send(book, "ningshan", "2023-02-10", (10, A))
    divert(book, "ziyang", "2023-02-11")
    assert [ends(row) for row in allocations(book, on="2023-02-11")] == [{"planned": 10, "elsewhere": 10}]


def test_allocations_that_add_up_raise_no_finding(book: Book) -> None:
    promise(book, ("h1", 10))
    fulfil(book, "h1", 4, A, "2023-02-10")
    assert allocation_findings(book) == ()


def test_a_plan_that_does_not_add_up_is_a_finding(book: Book) -> None:
    """Somebody has changed the paper behind the back of the book."""
    made = promise(book, ("h1", 10))
    fulfil(book, "h1", 4, A, "2023-02-10")
    line = attrs.evolve(made.lines[0], quantity=book.register.item("quilt").quantity(12))
    book._keeper.state.papers._documents[made.number] = attrs.evolve(made, lines=(line,))  # pyright: ignore[reportAttributeAccessIssue]
    [finding] = allocation_findings(book, on="2023-02-10")
    assert (finding.code, finding.about, finding.figures) == (
        "allocation-difference",
        A,
        (("difference", "2"),),
    )
    assert finding.documents == ("AL-000001", "DL-000001")
    assert finding.text() == f"hold {A}: 2 of what was planned is not accounted for"
    assert finding.text("zh") == f"预留 {A}：计划数与交付、解除、过期、在途及未交付之和相差 2"


# At risk


def short(rows: tuple[PromiseAtRisk, ...]) -> list[tuple[str, int, int]]:
    return [(row.hold, row.left, row.short) for row in rows]


def test_a_loss_that_leaves_enough_puts_nothing_at_risk(book: Book) -> None:
    promise(book, ("h1", 40), ("h2", 50))
    lose(book, LOT, 10, "2023-02-10")
    assert promises_at_risk(book, "2023-02-10") == ()


def test_the_first_promised_is_met_first(book: Book) -> None:
    promise(book, ("h2", 50), on="2023-02-02")
    promise(book, ("h1", 40), on="2023-02-01")
    lose(book, LOT, 30, "2023-02-10")
    assert short(promises_at_risk(book, "2023-02-10")) == [(A, 50, 20)]
    lose(book, LOT, 35, "2023-02-11")
    assert short(promises_at_risk(book, "2023-02-11")) == [("AL-000002-1", 40, 5), (A, 50, 50)]


def test_goods_that_leave_and_come_back_on_one_day_put_nothing_at_risk(book: Book) -> None:
    give(book, "h2", 80, "2023-02-10")
    undo(book, "DL-000001", "2023-02-10")
    promise(book, ("h1", 40), on="2023-02-10")
    assert promises_at_risk(book, "2023-02-01") == ()


def test_what_is_short_says_what_would_help(book: Book) -> None:
    promise(book, ("h1", 40), ("h2", 60))
    receive(book, 15, "150", "2023-01-12")
    book.quarantine(
        warehouse="depot",
        lines=[QuarantinedLine(LOT, book.register.item("quilt").quantity(25))],
        on="2023-02-10",
        reason="wet",
        reported_by="keeper",
    )
    [row] = promises_at_risk(book, "2023-02-10")
    assert attrs.asdict(row) == {
        "hold": B,
        "allocation": "AL-000001",
        "warehouse": "depot",
        "recipient": "h2",
        "programme": "",
        "item": "quilt",
        "lot": LOT,
        "until": row.until,
        "left": 60,
        "short": 25,
        "why": AtRisk.GONE,
        "apart": 25,
        "free": 15,
    }


def test_a_promise_that_was_met_resolved_or_is_over_is_at_no_risk(book: Book) -> None:
    promise(book, ("h1", 40), ("h2", 60))
    fulfil(book, "h1", 40, A, "2023-02-05")
    lose(book, LOT, 15, "2023-02-10")
    assert short(promises_at_risk(book, "2023-02-10")) == [(B, 60, 15)]
    free(book, B, 15, "2023-02-11")
    assert promises_at_risk(book, "2023-02-11") == ()
    lose(book, LOT, 10, "2023-02-12")
    assert short(promises_at_risk(book, "2023-02-12")) == [(B, 45, 10)]
    assert promises_at_risk(book) == ()


def test_what_expires_before_the_last_day_is_at_risk() -> None:
    """The society has become stricter: on the day of expiry nothing is given out any more."""
    book = office()
    receive_expiring(book)
    promise(book, ("h1", 40), until="2023-12-01")
    assert promises_at_risk(book, "2023-02-10") == ()
    book.policy = Policy(expiry_day_usable=False)
    [row] = promises_at_risk(book, "2023-02-10")
    assert (row.why, row.left, row.short, row.free) == (AtRisk.EXPIRES, 40, 40, 60)


def receive_expiring(book: Book) -> None:
    line = ReceivedLine(
        "quilt",
        book.register.item("quilt").quantity(100),
        valuation=Valuation.voucher(yuan("1000"), "voucher"),
        expiry="2023-12-01",
    )
    book.receive(donor="province", into="depot", lines=[line], on="2023-01-10", counted_by=("a", "b"))


def test_each_promise_at_risk_is_a_finding(book: Book) -> None:
    promise(book, ("h1", 40), ("school", 60))
    lose(book, LOT, 70, "2023-02-10")
    first, second = promise_findings(book, "2023-02-10")
    assert (first.code, first.about, first.documents) == ("promise-at-risk", A, ("AL-000001",))
    assert first.figures == (("left", "40"), ("short", "10"), ("apart", "0"), ("free", "0"))
    assert first.text() == (
        f"hold {A} for h1 until 2023-03-01: 10 piece of Quilt cannot be given, lot {LOT} has less by now"
    )
    assert second.text("zh") == (
        f"预留 {B}（一所小学，至 2023-03-01）：棉被 60件 无法兑现，批次 {LOT} 已不够"
    )
