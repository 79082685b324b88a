"""A count is planned, and sheets are handed in: blind, complete, by several people, in rounds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from reliefstock import Book, CountedLine, Period, Policy, UnlistedLine
from reliefstock.errors import (
    ConversionNotWhole,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotOpen,
    NotPositive,
    PeriodClosed,
    ReliefstockError,
    UnitMismatch,
    Unknown,
)
from reliefstock.operations import CountSubject
from reliefstock.reconciliation import count_status
from reliefstock.values import Quantity
from unit.operations.counts import (
    APART,
    BOXES,
    L,
    M,
    W,
    approved,
    counted,
    found,
    issued,
    lines_of,
    of,
    planned,
    sheet,
    stocked,
)
from unit.operations.office import MEDICINE, QUILT, RICE, WATER, gift, line, money, refused, reverse, yuan


@pytest.fixture
def book() -> Book:
    return stocked()


def lots(book: Book, plan: str = "CP-000001") -> list[str]:
    return [subject.text() for subject in count_status(book, plan).to_count]


def kept_apart(book: Book) -> None:
    """A lot of ten quilts, four of them in quarantine."""
    gift(book, line(6, "10", quarantined=QUILT.quantity(4), quarantine_reason="wet"))


# The plan


def test_a_plan_lists_lots_as_the_stock_cards_do_and_no_quantities(book: Book) -> None:
    plan = planned(book)
    assert (plan.number, plan.warehouse, plan.counters) == ("CP-000001", "depot", ("a", "b", "c"))
    assert plan.lots == (M, L, W)  # quilts before water, what expires first before what does not
    assert plan.subjects == (CountSubject("quilt", M), CountSubject("quilt", L), CountSubject("water", W))
    assert (plan.entries, plan.part, len(book.entries)) == ((), (), 2)


def test_what_the_book_had_on_that_day_is_expected(book: Book) -> None:
    issued(book, M, 50, on="2023-01-20")
    gift(book, line(5), on="2023-02-02")
    assert planned(book).lots == (L, W)


def test_what_is_kept_apart_is_counted_where_that_is_asked(book: Book) -> None:
    kept_apart(book)
    assert planned(book, lots=[APART]).subjects == (CountSubject("quilt", APART),)
    reverse(book, "CP-000001")
    assert planned(book, lots=[APART], quarantined=True).subjects == (
        CountSubject("quilt", APART),
        CountSubject("quilt", APART, quarantined=True),
    )


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"items": ["water"]}, (W,)),
        ({"lots": [L]}, (L,)),
        ({"items": ["water"], "lots": [L, L]}, (L, W)),
        ({"items": ["rice"]}, ()),
    ],
    ids=str,
)
def test_a_part_of_a_warehouse_is_counted(
    book: Book, part: dict[str, Any], expected: tuple[str, ...]
) -> None:
    plan = planned(book, **part)
    assert plan.lots == expected
    assert plan.part == (*part.get("items", ()), *part.get("lots", ()))


def test_a_lot_that_is_named_is_counted_where_the_book_has_none_of_it(book: Book) -> None:
    assert planned(book, warehouse="station", lots=[L]).subjects == (CountSubject("quilt", L),)


def test_who_is_named_twice_counts_once(book: Book) -> None:
    assert planned(book, counters=("a", "b", " A", "")).counters == ("a", "b")


def test_parts_that_have_nothing_in_common_are_counted_at_the_same_time(book: Book) -> None:
    planned(book, lots=[L])
    assert planned(book, items=["water"]).number == "CP-000002"
    assert planned(book, warehouse="station", lots=[L]).number == "CP-000003"


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"warehouse": "nowhere"}, Unknown, "warehouse 'nowhere'"),
        ({"items": ["quitl"]}, Unknown, "did you mean 'quilt'"),
        ({"lots": ["GRN-000001-9"]}, Unknown, "lot 'GRN-000001-9'"),
        ({"counters": ("a",)}, NeedsApproval, "2 different people"),
        ({"counters": ("a", "A ")}, NeedsApproval, "1 are named"),
        ({"items": ["CNY"]}, Incomplete, "it is no goods"),
        ({"on": "2025-01-01"}, DateTooFarAhead, "2025-01-01"),
    ],
    ids=str,
)
def test_a_plan_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as caught:
        planned(book, **said)
    assert words in str(caught[0])


def test_the_lot_of_a_fund_is_counted_in_no_depot(book: Book) -> None:
    gift_of_money = money(book)
    with refused(book, Incomplete) as caught:
        planned(book, lots=[gift_of_money.lot])
    assert "it is no goods" in str(caught[0])


def test_a_lot_is_in_one_open_count_at_a_time(book: Book) -> None:
    planned(book, lots=[L])
    with refused(book, NotOpen) as caught:
        planned(book)
    assert str(caught[0]).startswith(f"CP-000001 is a count of lot {L} in depot that is not approved yet")


def test_a_lot_is_counted_again_once_its_count_is_approved_or_withdrawn(book: Book) -> None:
    counted(book)
    approved(book)
    planned(book)
    reverse(book, "CP-000002")
    assert planned(book).number == "CP-000003"


def test_how_many_count_is_a_matter_of_policy() -> None:
    book = stocked(Policy(counters=1))
    planned(book, counters=("a",))
    sheet(book, "a")
    assert count_status(book, "CP-000001").is_settled
    with refused(book, NeedsApproval):
        planned(book, warehouse="station", counters=())


def test_somebody_counts_even_where_the_policy_asks_for_nobody() -> None:
    book = stocked(Policy(counters=0))
    with refused(book, NeedsApproval):
        planned(book, counters=("",))
    planned(book, counters=("a",))
    assert not count_status(book, "CP-000001").is_settled


# The sheets


def test_a_sheet_keeps_what_was_counted_as_stated_and_what_the_book_says(book: Book) -> None:
    planned(book)
    boxes = CountedLine(W, [WATER.quantity(9, "box"), WATER.quantity(5)], "one box is torn")
    made = sheet(book, "A ", lines=[of(L, 98), of(M, 50), boxes], on="2023-02-03", note="cold")
    assert (made.number, made.plan, made.warehouse, made.note) == ("CS-000001", "CP-000001", "depot", "cold")
    assert (made.counter, made.round, made.known, made.entries) == ("a", 1, 2, ())
    last = made.lines[2]
    assert (last.stated, last.counted, last.there, last.difference, last.note) == (
        (Quantity(9, BOXES), WATER.quantity(5)),
        221,
        240,
        -19,
        "one box is torn",
    )


def test_one_quantity_may_stand_without_a_list(book: Book) -> None:
    assert CountedLine(L, QUILT.quantity(3)) == CountedLine(L, [QUILT.quantity(3)])


def test_a_zero_says_that_nothing_was_found(book: Book) -> None:
    planned(book)
    assert [line.counted for line in sheet(book, "a", {L: 0}).lines] == [0, 50, 240]


def test_what_is_counted_by_value_is_counted_so() -> None:
    book = stocked()
    valued = line(item="medicine", accepted=yuan("80"), valuation=line(value="80").valuation)
    (lot,) = gift(book, valued).lots
    planned(book, lots=[lot])
    made = sheet(book, "a", lines=[CountedLine(lot, yuan("79.50"))])
    assert (made.lines[0].counted, made.lines[0].there) == (7950, 8000)


def test_the_same_lot_is_counted_on_the_shelf_and_apart() -> None:
    book = stocked()
    kept_apart(book)
    planned(book, lots=[APART], quarantined=True)
    made = sheet(book, "a", lines=[of(APART, 6), of(APART, 3, quarantined=True)])
    assert [(one.subject.quarantined, one.difference) for one in made.lines] == [(False, 0), (True, -1)]


WRONG_LINES = [
    ((of("GRN-000001-9", 1),), Unknown, "no lot 'GRN-000001-9'"),
    ((of(L, 1), of(M, 1)), Incomplete, f"lot {W} must stand on exactly one line"),
    ((), Incomplete, f"lot {M}; lot {L}; lot {W} must stand on exactly one line"),
    ((*lines_of({L: 1, M: 1, W: 1}), of(L, 2)), Incomplete, f"lot {L} must stand on exactly one line"),
    ((of(L, 1, quarantined=True),), Incomplete, f"lot {L}, in quarantine is not on the plan"),
    ((CountedLine(L, ()),), Incomplete, "no quantity is stated"),
    ((of(L, -1),), NotPositive, "the quantity of quilt"),
    ((CountedLine(L, RICE.quantity(1)),), UnitMismatch, "piece and g are different units"),
]


@pytest.mark.parametrize(("lines", "error", "words"), WRONG_LINES, ids=str)
def test_a_sheet_that_is_not_complete_is_refused(
    book: Book, lines: tuple[CountedLine, ...], error: type[ReliefstockError], words: str
) -> None:
    planned(book)
    with refused(book, error) as caught:
        sheet(book, "a", lines=lines)
    assert words in str(caught[0])
    assert book.ledger.counted(CountSubject("quilt", L).place("depot"), L) == ()


def test_a_part_of_a_unit_cannot_be_counted(book: Book) -> None:
    planned(book, items=["water"])
    half = Quantity(1, WATER.unit.pack("half", Fraction(1, 2)))
    with refused(book, ConversionNotWhole):
        sheet(book, "a", lines=[CountedLine(W, half)])


def test_a_lot_that_is_misspelled_is_looked_for_on_the_plan_first(book: Book) -> None:
    planned(book, lots=[L])
    with refused(book, Unknown) as caught:
        sheet(book, "a", lines=[CountedLine("GRN-00001-1", QUILT.quantity(1))])
    assert caught[0].near == (L,)
    with refused(book, Unknown) as caught:
        sheet(book, "a", lines=[CountedLine("GRN-00002-1", QUILT.quantity(1))])
    assert caught[0].near == (W,)


def test_a_lot_that_is_not_on_the_plan_is_told_from_one_that_is_unknown(book: Book) -> None:
    planned(book, lots=[L])
    with refused(book, Incomplete) as caught:
        sheet(book, "a", lines=[of(L, 100), of(M, 50)])
    assert "plan a count that names it, so that it keeps its donor" in str(caught[0])


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"counter": "d"}, NeedsApproval, "it is counted by a, b, c"),
        ({"counter": ""}, NeedsApproval, "it is counted by a, b, c"),
        ({"plan": "CP-000009"}, Unknown, "count plan 'CP-000009'"),
        ({"plan": "GRN-000001"}, Unknown, "count plan 'GRN-000001'"),
        ({"on": "2023-01-31"}, Incomplete, "the plan is of 2023-02-01"),
        ({"on": "2025-01-01"}, DateTooFarAhead, "2025-01-01"),
        ({"concerns": "2023-01-20"}, Incomplete, "says that it is about 2023-01-20"),
    ],
    ids=str,
)
def test_a_sheet_by_somebody_else_or_of_another_day_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    planned(book)
    facts = {"counter": "a", "lines": lines_of({L: 1, M: 1, W: 1})} | said
    with refused(book, error) as caught:
        sheet(book, facts.pop("counter"), **facts)
    assert words in str(caught[0])


def test_a_count_of_the_day_may_say_so(book: Book) -> None:
    planned(book)
    assert sheet(book, "a", concerns="2023-02-01").number == "CS-000001"


def test_nobody_counts_for_a_plan_that_was_withdrawn_or_approved(book: Book) -> None:
    planned(book)
    reverse(book, "CP-000001")
    with refused(book, NotOpen) as caught:
        sheet(book, "a")
    assert "CP-000001 is withdrawn" in str(caught[0])
    planned(book)
    for counter in ("a", "b"):
        sheet(book, counter, {L: 100, M: 50, W: 240}, plan="CP-000002")
    approved(book, "CP-000002")
    with refused(book, NotOpen) as caught:
        sheet(book, "c", {L: 100, M: 50, W: 240}, plan="CP-000002")
    assert "CP-000002 is approved by CR-000001" in str(caught[0])


# Rounds


def test_one_person_counts_once_a_round_however_the_name_is_written(book: Book) -> None:
    planned(book)
    sheet(book, "a")
    with refused(book, NotOpen) as caught:
        sheet(book, " A")
    assert "CS-000001 is the sheet of a in round 1" in str(caught[0])


def test_what_two_agree_on_is_settled_and_the_rest_is_counted_again(book: Book) -> None:
    planned(book)
    sheet(book, "a", {L: 98})
    assert lots(book) == [f"lot {M}", f"lot {L}", f"lot {W}"]
    sheet(book, "b", {L: 97})
    status = count_status(book, "CP-000001")
    assert (status.round, status.is_settled, lots(book)) == (2, False, [f"lot {L}"])


def test_a_third_person_decides(book: Book) -> None:
    planned(book)
    sheet(book, "a", {L: 98})
    sheet(book, "b", {L: 97})
    made = sheet(book, "c", lines=[of(L, 97)])
    status = count_status(book, "CP-000001")
    assert (made.round, status.is_settled) == (2, True)
    (line,) = (line for line in status.lines if line.subject.lot == L)
    assert [(one.counter, one.sheet) for one in line.agreed] == [("b", "CS-000002"), ("c", "CS-000003")]


def test_of_each_counter_the_last_word_counts(book: Book) -> None:
    planned(book)
    sheet(book, "a", {L: 98})
    sheet(book, "b", {L: 97})
    sheet(book, "a", lines=[of(L, 97)])
    assert count_status(book, "CP-000001").is_settled


def test_a_recount_in_which_all_differ_is_followed_by_another(book: Book) -> None:
    planned(book)
    sheet(book, "a", {L: 98})
    sheet(book, "b", {L: 97})
    sheet(book, "a", lines=[of(L, 96)])
    sheet(book, "b", lines=[of(L, 95)])
    assert count_status(book, "CP-000001").round == 3
    assert sheet(book, "b", lines=[of(L, 96)]).round == 3
    assert count_status(book, "CP-000001").is_settled


def test_as_many_against_as_many_settle_nothing() -> None:
    book = stocked()
    planned(book)
    sheet(book, "a", {L: 98})
    sheet(book, "b", {L: 97})
    book.policy = Policy(counters=1)
    assert lots(book) == [f"lot {L}"]
    sheet(book, "c", lines=[of(L, 97)])
    assert count_status(book, "CP-000001").is_settled


def test_a_recount_may_state_what_was_settled_too(book: Book) -> None:
    planned(book)
    sheet(book, "a", {L: 98})
    sheet(book, "b", {L: 97})
    sheet(book, "c", lines=[of(L, 97), of(M, 50)])
    assert count_status(book, "CP-000001").is_settled


def test_a_recount_says_something_of_everything_that_is_due(book: Book) -> None:
    planned(book)
    sheet(book, "a", {L: 98, M: 49})
    sheet(book, "b", {L: 97, M: 48})
    with refused(book, Incomplete) as caught:
        sheet(book, "c", lines=[of(L, 97)])
    assert f"in round 2: lot {M} must stand on exactly one line" in str(caught[0])


def test_what_is_settled_is_not_counted_again(book: Book) -> None:
    counted(book)
    with refused(book, NotOpen) as caught:
        sheet(book, "c")
    assert "counted, and the counters agree" in str(caught[0])


def test_a_sheet_that_is_withdrawn_says_nothing_any_more(book: Book) -> None:
    planned(book)
    sheet(book, "a", {L: 98})
    sheet(book, "b", {L: 97})
    reverse(book, "CS-000001")
    assert lots(book) == [f"lot {M}", f"lot {L}", f"lot {W}"]
    assert sheet(book, "a", {L: 97}).round == 1
    assert count_status(book, "CP-000001").is_settled


def test_an_empty_shelf_is_looked_at_by_two(book: Book) -> None:
    planned(book, items=["rice"])
    assert not count_status(book, "CP-000001").is_settled
    for counter in ("a", "b"):
        sheet(book, counter, lines=())
    assert count_status(book, "CP-000001").is_settled


# Movements while counting


def test_goods_that_leave_between_two_counters_disturb_nothing(book: Book) -> None:
    planned(book)
    sheet(book, "a", {L: 98})
    issued(book, L, 10)
    made = sheet(book, "b", {L: 88})
    assert [(one.counted, one.there) for one in made.lines] == [(88, 90), (50, 50), (240, 240)]
    assert count_status(book, "CP-000001").is_settled


def test_counters_of_two_days_agree_though_an_issue_between_them_was_entered_late(book: Book) -> None:
    planned(book)
    sheet(book, "a", on="2023-02-01")
    sheet(book, "b", {L: 90}, on="2023-02-03")
    assert lots(book) == [f"lot {L}"]
    issued(book, L, 10, on="2023-02-02")
    assert count_status(book, "CP-000001").is_settled


def test_an_issue_that_was_entered_before_the_goods_left_makes_a_recount_and_no_harm(book: Book) -> None:
    planned(book)
    issued(book, L, 10)
    sheet(book, "a", {L: 100})  # the ten still stood at the door
    sheet(book, "b", {L: 90})
    assert lots(book) == [f"lot {L}"]
    sheet(book, "a", lines=[of(L, 90)])
    assert count_status(book, "CP-000001").is_settled


# Goods on no list


EXTRA = UnlistedLine("rice", RICE.quantity(5, "kg"), "open bag", batch="B7", expiry="2024-01-31")


def test_goods_on_no_list_are_known_by_what_stands_on_them(book: Book) -> None:
    planned(book)
    made = sheet(book, "a", None, EXTRA)
    last = made.lines[-1]
    assert last.subject == CountSubject("rice", batch="B7", expiry=date(2024, 1, 31))
    assert (last.counted, last.there, last.note) == (5000, 0, "open bag")
    assert last.subject.text() == "unlisted rice, batch B7, expiry 2024-01-31"


def test_two_find_the_same_goods_on_no_list(book: Book) -> None:
    counted(book, None, EXTRA)
    assert count_status(book, "CP-000001").is_settled


def test_who_counts_in_the_same_round_need_not_know_what_another_found(book: Book) -> None:
    planned(book)
    sheet(book, "a", None, EXTRA)
    sheet(book, "b")
    assert lots(book) == ["unlisted rice, batch B7, expiry 2024-01-31"]
    with refused(book, Incomplete) as caught:
        sheet(book, "b", lines=(), unlisted=())
    assert "in round 2: unlisted rice, batch B7, expiry 2024-01-31 must stand" in str(caught[0])
    sheet(
        book, "b", lines=(), unlisted=[found(RICE, RICE.quantity(10, "jin"), batch="B7", expiry="2024-01-31")]
    )
    assert count_status(book, "CP-000001").is_settled


def test_in_a_recount_a_zero_says_that_there_was_nothing_on_no_list(book: Book) -> None:
    planned(book)
    sheet(book, "a", None, EXTRA)
    sheet(book, "b")
    nothing = UnlistedLine("rice", RICE.quantity(0), batch="B7", expiry="2024-01-31")
    for counter in ("b", "c"):
        sheet(book, counter, lines=(), unlisted=[nothing])
    (line,) = (one for one in count_status(book, "CP-000001").lines if not one.subject.lot)
    assert (line.is_settled, line.decides.difference) == (True, 0)


@pytest.mark.parametrize(
    ("line", "error", "words"),
    [
        (UnlistedLine("rice", RICE.quantity(0)), NotPositive, "unlisted rice"),
        (UnlistedLine("rice", ()), Incomplete, "no quantity is stated"),
        (UnlistedLine("rise", RICE.quantity(1)), Unknown, "did you mean 'rice'"),
        (UnlistedLine("CNY", yuan("1")), Incomplete, "it is no goods"),
        (UnlistedLine("CNY difference", yuan("1")), Incomplete, "difference"),
        (UnlistedLine("medicine", MEDICINE.quantity(0)), NotPositive, "unlisted medicine"),
    ],
    ids=str,
)
def test_what_is_no_goods_or_nothing_cannot_be_on_no_list(
    book: Book, line: UnlistedLine, error: type[ReliefstockError], words: str
) -> None:
    planned(book)
    with refused(book, error) as caught:
        sheet(book, "a", None, line)
    assert words in str(caught[0])


def test_the_same_goods_on_no_list_stand_on_one_line(book: Book) -> None:
    planned(book)
    with refused(book, Incomplete) as caught:
        sheet(book, "a", None, EXTRA, EXTRA)
    assert "unlisted rice, batch B7, expiry 2024-01-31 must stand on exactly one line" in str(caught[0])


def test_goods_of_which_another_lot_is_there_and_not_counted_are_not_taken_for_new(book: Book) -> None:
    planned(book, lots=[L])
    with refused(book, Incomplete) as caught:
        sheet(book, "a", lines=[of(L, 100)], unlisted=[found(QUILT, QUILT.quantity(5))])
    assert f"lot {M} of quilt is in warehouse:depot and not on plan CP-000001" in str(caught[0])


# Counts of one lot after one another


def test_what_a_count_found_is_not_found_again_before_it_was_booked(book: Book) -> None:
    counted(book, {L: 97}, on="2023-02-03")
    approved(book, on="2023-02-06")
    planned(book, on="2023-02-03")
    again = {L: 97, M: 50, W: 240}
    with refused(book, NotOpen) as caught:
        sheet(book, "a", again, plan="CP-000002", on="2023-02-05")
    assert str(caught[0]).startswith("CR-000001 is the report of a count of lot")
    made = sheet(book, "a", again, plan="CP-000002", on="2023-02-06")
    assert [line.difference for line in made.lines] == [0, 0, 0]


def test_a_count_is_not_dated_on_a_day_that_is_closed() -> None:
    book = stocked()
    book.close(Period.month(2023, 1), on="2023-12-01", closed_by="clerk", approved_by="director")
    with refused(book, PeriodClosed):
        planned(book, on="2023-01-31")
    planned(book)
    with refused(book, PeriodClosed):
        planned(book, on="2023-01-30", warehouse="station")
