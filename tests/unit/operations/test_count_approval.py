"""What a count found is approved by somebody else: losses, gains, thresholds, late entries."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import (
    Basis,
    Book,
    CountReport,
    Explained,
    LossReason,
    Money,
    Period,
    Policy,
    Recovery,
    Restriction,
    UnlistedLine,
    Valuation,
    ValuedGain,
    WrittenOffLine,
)
from reliefstock.errors import (
    BelowZero,
    CloseBlocked,
    CommandConflict,
    CountConflict,
    CountOvertaken,
    CurrencyMismatch,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotOpen,
    NotPositive,
    ReliefstockError,
    Unknown,
)
from reliefstock.ledger import EntryKind
from reliefstock.operations import CountVariance
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
    of,
    planned,
    sheet,
    stocked,
)
from unit.operations.office import MEDICINE, QUILT, WATER, gift, held, line, refused, reverse, yuan


@pytest.fixture
def book() -> Book:
    return stocked()


def line_of(report: CountReport, lot: str, *, quarantined: bool = False) -> CountVariance:
    there = (one for one in report.lines if (one.subject.lot, one.subject.quarantined) == (lot, quarantined))
    return next(there)


def fair(amount: str = "3") -> Valuation:
    return Valuation.fair_value(yuan(amount), "price list")


# Losses and gains


def test_what_is_missing_is_lost_and_what_is_over_goes_into_its_own_lot(book: Book) -> None:
    counted(book, {L: 97, M: 52})
    report = approved(book, explanation="mice", note="yearly")
    assert (report.number, report.plan, report.warehouse) == ("CR-000001", "CP-000001", "depot")
    assert (report.counters, report.approved_by) == (("a", "b"), ("director", "auditor"))
    assert (report.explanation, report.note, report.known) == ("mice", "yearly", 2)
    assert [(one.difference, one.value, one.into, one.explanation) for one in report.lines] == [
        (2, 2000, M, "mice"),
        (-3, -300, "", "mice"),
        (0, 0, "", ""),
    ]
    assert (held(book, "warehouse:depot", L), held(book, "loss:count", L)) == ((97, 9700), (3, 300))
    assert (held(book, "warehouse:depot", M), held(book, "gain:count", M)) == ((52, 52000), (-2, -2000))
    assert (report.gain, report.gross_loss, report.recovered, report.net_loss) == (2000, 300, 0, 300)
    assert [one.subject.lot for one in report.differences] == [M, L]


def test_the_differences_are_one_entry_of_the_day_of_the_report(book: Book) -> None:
    counted(book, {L: 97, M: 52})
    report = approved(book, on="2023-02-05", by="clerk")
    (entry,) = (book.ledger.entry(number) for number in report.entries)
    assert (entry.kind, entry.on.isoformat(), entry.by) == (EntryKind.COUNT, "2023-02-05", "clerk")


def test_a_count_that_finds_what_the_book_says_is_approved_without_an_entry(book: Book) -> None:
    counted(book)
    report = approved(book, approved_by=["director"], explanation="")
    assert (report.entries, report.differences, report.net_loss, len(book.entries)) == ((), (), 0, 2)


def test_a_line_keeps_the_moment_that_decides_and_the_sheets_that_agree(book: Book) -> None:
    planned(book)
    sheet(book, "a", {L: 88}, on="2023-02-03")
    issued(book, L, 10, on="2023-02-01")
    sheet(book, "b", {L: 87}, on="2023-02-02")
    sheet(book, "c", lines=[of(L, 88)], on="2023-02-02")
    one = line_of(approved(book, on="2023-02-03", late=[3]), L)
    assert (one.on.isoformat(), one.known) == ("2023-02-03", 2)
    assert (one.counted, one.there_then, one.there, one.difference) == (88, 100, 90, -2)
    assert one.sheets == ("CS-000001", "CS-000003")


def test_the_same_lot_is_missing_on_the_shelf_and_over_apart() -> None:
    book = stocked()
    gift(book, line(6, "10", quarantined=QUILT.quantity(4), quarantine_reason="wet"))
    planned(book, lots=[APART], quarantined=True)
    for counter in ("a", "b"):
        sheet(book, counter, lines=[of(APART, 5), of(APART, 6, quarantined=True)])
    report = approved(book)
    assert len(report.entries) == 2
    assert held(book, "warehouse:depot", APART) == (5, 500)
    assert held(book, "quarantine:depot", APART) == (6, 600)


def test_a_lot_is_found_where_the_book_never_had_it_and_keeps_its_donor(book: Book) -> None:
    planned(book, warehouse="station", lots=[L])
    for counter in ("a", "b"):
        sheet(book, counter, lines=[of(L, 4)])
    approved(book)
    assert held(book, "warehouse:station", L) == (4, 400)
    assert book.lot(L).donor == "province"


def test_what_is_over_can_be_valued_by_itself_and_then_has_no_donor(book: Book) -> None:
    school = Restriction(groups=("school",))
    (lot,) = gift(book, line(10, "10", restriction=school, expiry="2024-12-31", batch="B2")).lots
    planned(book, lots=[lot])
    for counter in ("a", "b"):
        sheet(book, counter, lines=[of(lot, 13)])
    report = approved(book, gains=[ValuedGain(fair("9"), lot=lot)])
    assert [(one.into, one.value) for one in report.lines] == [("CR-000001-1", 900)]
    new = book.lot("CR-000001-1")
    assert (new.donor, new.donation, new.quantity, new.value) == (None, None, 3, 900)
    assert (new.valuation.basis, new.valuation.evidence) == (Basis.FAIR_VALUE, "price list")
    assert (new.restrictions, new.expiry, new.batch) == ((school,), book.lot(lot).expiry, "B2")
    assert held(book, "warehouse:depot", lot) == (10, 1000)
    assert held(book, "warehouse:depot", new.id) == (3, 900)


BOXED = UnlistedLine("water", (WATER.quantity(2, "box"), WATER.quantity(1)), "no label", batch="X")


def test_goods_on_no_list_become_a_lot_of_their_own(book: Book) -> None:
    counted(book, None, BOXED)
    report = approved(book, gains=[ValuedGain(fair(), item="water", batch="X")])
    assert (report.lines[-1].into, report.lines[-1].value) == ("CR-000001-1", 300)
    new = book.lot("CR-000001-1")
    assert (new.item, new.quantity, new.batch, new.pack, new.donor) == ("water", 49, "X", BOXES, None)
    assert (new.restrictions, new.received.isoformat()) == ((), "2023-02-02")


def test_goods_that_nobody_values_stand_in_the_memorandum_register(book: Book) -> None:
    counted(book, None, BOXED)
    report = approved(book)
    new = book.lot(report.lines[-1].into)
    assert (new.unvalued, new.value, report.gain) == (True, 0, 0)
    assert new.valuation.evidence == "found by count CP-000001"


def test_what_was_found_on_no_list_by_one_and_not_by_two_others_is_no_gain(book: Book) -> None:
    planned(book)
    sheet(book, "a", None, BOXED)
    sheet(book, "b")
    for counter in ("b", "c"):
        sheet(book, counter, lines=(), unlisted=[UnlistedLine("water", WATER.quantity(0), batch="X")])
    report = approved(book)
    assert [one.difference for one in report.lines] == [0, 0, 0, 0]


def test_goods_by_value_are_worth_what_was_counted() -> None:
    book = stocked()
    planned(book)
    for counter in ("a", "b"):
        sheet(book, counter, None, found(MEDICINE, yuan("80")))
    with refused(book, Incomplete) as caught:
        approved(book)
    assert "counted by value, and CNY 80.00 of it are over" in str(caught[0])
    report = approved(book, gains=[ValuedGain(fair("80"), item="medicine")])
    assert (report.gain, book.lot(report.lines[-1].into).quantity) == (8000, 8000)


def test_what_is_over_of_recalled_goods_is_kept_apart() -> None:
    book = stocked()
    book.recall(lots=[M], reason="mould", notice="notice 5", on="2023-01-20", ordered_by="director")
    planned(book, lots=[L, M])
    for counter in ("a", "b"):
        sheet(book, counter, lines=[of(L, 101), of(M, 3)])
    report = approved(book, gains=[ValuedGain(fair(), lot=L)])
    assert held(book, "quarantine:depot", M) == (53, 53000)
    assert held(book, "warehouse:depot", "CR-000001-1") == (1, 300)
    assert [one.into for one in report.lines] == [M, "CR-000001-1"]


# What is decided


GAINS = [
    (ValuedGain(fair(), lot=L), Incomplete, f"lot {L}: it is not over, or is valued twice"),
    (ValuedGain(fair(), lot="GRN-9"), Unknown, "lot 'GRN-9'"),
    (ValuedGain(fair(), item="tent"), Unknown, "item 'tent'"),
    (ValuedGain(fair(), item="water"), Incomplete, "unlisted water: it is not over"),
    (ValuedGain(fair()), Incomplete, "it names a lot and an item, or neither"),
    (ValuedGain(fair(), lot=M, item="quilt"), Incomplete, "it names a lot and an item, or neither"),
    (ValuedGain(fair(), lot=M, quarantined=True), Incomplete, "in quarantine: it is not over"),
    (ValuedGain(Valuation.voucher(yuan("3"), "v"), lot=M), Incomplete, "no donor gave it"),
    (ValuedGain(Valuation.market(Money.of("3", "USD"), "v"), lot=M), CurrencyMismatch, "USD"),
]


@pytest.mark.parametrize(("gain", "error", "words"), GAINS, ids=str)
def test_only_what_is_over_is_valued_and_only_at_what_it_is_worth(
    book: Book, gain: ValuedGain, error: type[ReliefstockError], words: str
) -> None:
    counted(book, {L: 97, M: 52})
    with refused(book, error) as caught:
        approved(book, gains=[gain])
    assert words in str(caught[0])


def test_a_gain_is_valued_once(book: Book) -> None:
    counted(book, {M: 52})
    with refused(book, Incomplete) as caught:
        approved(book, gains=[ValuedGain(fair(), lot=M)] * 2)
    assert f"once at most: lot {M}" in str(caught[0])


def test_a_gain_may_be_put_into_the_memorandum_register(book: Book) -> None:
    counted(book, {M: 52})
    report = approved(book, gains=[ValuedGain(Valuation.memorandum(), lot=M)])
    assert (report.gain, book.lot(report.lines[0].into).unvalued) == (0, True)


def test_each_difference_is_explained(book: Book) -> None:
    counted(book, {L: 97, M: 52}, BOXED)
    with refused(book, Incomplete) as caught:
        approved(
            book, explanation=" ", explanations=[Explained(L, "mice"), Explained("water", "left behind")]
        )
    assert f"nothing explains the difference of lot {M}" in str(caught[0])
    report = approved(book, explanation="?", explanations=[Explained(L, "mice"), Explained("water", "left")])
    assert [one.explanation for one in report.lines] == ["?", "mice", "", "left"]


def test_what_does_not_differ_is_not_explained(book: Book) -> None:
    counted(book, {L: 97})
    with refused(book, Incomplete) as caught:
        approved(book, explanations=[Explained(M, "mice")])
    said = f"the explanation of {M}: it does not differ, what differs is lot {L}; name that, or leave it out"
    assert said in str(caught[0])


def test_where_nothing_differs_nothing_is_explained(book: Book) -> None:
    counted(book, {})
    with refused(book, Incomplete) as caught:
        approved(book, explanations=[Explained(L, "mice")])
    assert f"the explanation of {L}: it does not differ, what differs is nothing" in str(caught[0])


def test_a_loss_is_shown_net_of_what_is_made_good(book: Book) -> None:
    counted(book, {L: 90})
    made_good = [Recovery("salvage", yuan("1"), "slip 3"), Recovery("insurance", yuan("4"), "claim 4")]
    report = approved(book, recoveries=made_good)
    assert (report.gross_loss, report.recovered, report.net_loss) == (1000, 500, 500)
    assert book.on_hand("CNY").quantity == 0  # the money is received as money when it comes


@pytest.mark.parametrize(
    ("recovery", "error", "words"),
    [
        (Recovery("culprit", yuan("1"), " "), Incomplete, "paper"),
        (Recovery("culprit", yuan("0"), "slip"), NotPositive, "culprit"),
        (Recovery("culprit", Money.of("1", "USD"), "slip"), CurrencyMismatch, "USD"),
    ],
    ids=str,
)
def test_what_is_made_good_is_an_amount_on_a_paper(
    book: Book, recovery: Recovery, error: type[ReliefstockError], words: str
) -> None:
    counted(book, {L: 90})
    with refused(book, error) as caught:
        approved(book, recoveries=[recovery])
    assert words in str(caught[0])


def test_nothing_is_made_good_where_nothing_is_missing(book: Book) -> None:
    counted(book, {M: 52})
    with refused(book, Incomplete) as caught:
        approved(book, recoveries=[Recovery("salvage", yuan("1"), "slip 3")])
    assert "something is made good, and nothing is missing" in str(caught[0])


# Who approves


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (("a", "director"), "a is one of the counters"),
        (("director", " C"), " C is one of the counters"),  # on the plan, though C did not count
        (("director",), "2 different people take part in it, 1 are named"),
        (("director", "Director "), "1 are named"),
        ((), "0 are named"),
        (("",), "0 are named"),
    ],
    ids=str,
)
def test_a_difference_is_approved_by_others_than_those_who_counted(
    book: Book, people: tuple[str, ...], words: str
) -> None:
    counted(book, {L: 97})
    with refused(book, NeedsApproval) as caught:
        approved(book, approved_by=people)
    assert words in str(caught[0])


def test_somebody_approves_whatever_the_policy_says() -> None:
    book = stocked(Policy(approvers=0))
    counted(book, {L: 97})
    with refused(book, NeedsApproval):
        approved(book, approved_by=())
    assert approved(book, approved_by=["director"]).number == "CR-000001"


@pytest.mark.parametrize(
    ("policy", "units", "is_large"),
    [
        ({"count_threshold": 300}, {L: 97}, False),
        ({"count_threshold": 299}, {L: 97}, True),
        ({"count_threshold": 1_299}, {L: 97, M: 51}, True),  # 3.00 missing and 10.00 over
        ({"count_threshold": 1_300}, {L: 97, M: 51}, False),
        ({"count_threshold": 10_000, "count_permille": 30}, {L: 97}, False),
        ({"count_threshold": 10_000, "count_permille": 29}, {L: 97}, True),
        ({"count_threshold": 100_000}, {M: 101}, True),  # more than all that there was
        ({"count_threshold": 10_000, "count_permille": 0}, {W: 239}, True),
    ],
    ids=str,
)
def test_a_large_difference_takes_as_many_approvers_as_a_payment(
    policy: dict[str, Any], units: dict[str, int], *, is_large: bool
) -> None:
    book = stocked(Policy(**policy))
    counted(book, units)
    if is_large:
        with refused(book, NeedsApproval):
            approved(book, approved_by=["director"])
    else:
        assert approved(book, approved_by=["director"]).approved_by == ("director",)


def test_a_difference_without_a_value_is_a_large_one() -> None:
    book = stocked(Policy(count_threshold=1_000_000))
    (lot,) = gift(book, line(10, valuation=Valuation.memorandum())).lots
    planned(book, lots=[lot])
    for counter in ("a", "b"):
        sheet(book, counter, lines=[of(lot, 9)])
    with refused(book, NeedsApproval):
        approved(book, approved_by=["director"])


@pytest.mark.parametrize("field", ["count_threshold", "count_permille"])
def test_a_threshold_is_a_whole_number_above_zero(field: str) -> None:
    for bad in (-1, 1.5, True):
        with pytest.raises((Incomplete, ReliefstockError)):
            Policy(**{field: bad})  # pyright: ignore[reportArgumentType]


# When


def test_what_is_not_counted_to_the_end_is_not_approved(book: Book) -> None:
    planned(book)
    with refused(book, NotOpen) as caught:
        approved(book)
    assert f"not counted to the end (round 1: lot {M}; lot {L}; lot {W})" in str(caught[0])
    sheet(book, "a", {L: 97})
    sheet(book, "b", {L: 98})
    with refused(book, NotOpen) as caught:
        approved(book)
    assert f"(round 2: lot {L})" in str(caught[0])


def test_an_empty_shelf_is_not_approved_before_somebody_has_looked(book: Book) -> None:
    planned(book, items=["rice"])
    with refused(book, NotOpen) as caught:
        approved(book)
    assert "(round 1: all of it)" in str(caught[0])


def test_a_count_is_approved_once_and_none_that_was_withdrawn(book: Book) -> None:
    counted(book)
    approved(book)
    with refused(book, NotOpen) as caught:
        approved(book)
    assert "CP-000001 is approved by CR-000001" in str(caught[0])
    planned(book)
    reverse(book, "CP-000002")
    with refused(book, NotOpen) as caught:
        approved(book, "CP-000002")
    assert "CP-000002 is withdrawn" in str(caught[0])


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"on": "2023-01-31"}, Incomplete, "the last sheet is of 2023-02-01"),
        (
            {"on": "2023-03-01", "concerns": "2023-01-31"},
            Incomplete,
            "it is of 2023-01-31, and the last sheet",
        ),
        ({"on": "2025-01-01"}, DateTooFarAhead, "2025-01-01"),
        ({"plan": "CP-000009"}, Unknown, "count plan 'CP-000009'"),
    ],
    ids=str,
)
def test_a_report_is_not_dated_before_the_counting(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    counted(book, {L: 97})
    with refused(book, error) as caught:
        approved(book, **said)
    assert words in str(caught[0])


def test_a_count_of_a_closed_period_is_approved_as_late_news_about_it() -> None:
    book = stocked()
    counted(book, {L: 97})
    people = {"on": "2023-03-01", "closed_by": "clerk", "approved_by": "director"}
    book.close(Period.month(2023, 1), **people)
    with refused(book, CloseBlocked):
        book.close(Period.month(2023, 2), **people)  # the count is in the way
    with refused(book, Incomplete):
        approved(book, on="2023-02-02", concerns="2023-01-31")
    report = approved(book, on="2023-03-01", concerns="2023-02-01")
    assert (report.concerns, report.entries) == (report.lines[0].on, (3,))


# What came late


def test_an_entry_of_an_earlier_day_is_looked_at_first(book: Book) -> None:
    counted(book, {L: 97})
    issued(book, L, 2, on="2023-01-31")
    with refused(book, CountConflict) as caught:
        approved(book)
    assert (caught[0].count, caught[0].entries, caught[0].lots) == ("CP-000001", (3,), (L,))
    assert "count CP-000001 did not know entries 3" in str(caught[0])
    report = approved(book, late=[3])
    one = line_of(report, L)
    assert (one.there_then, one.there, one.difference) == (100, 98, -1)
    assert (report.late, report.set_aside) == ((3,), ())


def test_late_news_that_is_dated_later_is_about_its_day(book: Book) -> None:
    counted(book, {L: 97})
    issued(book, L, 3, on="2023-02-01", concerns="2023-01-20")
    with refused(book, CountConflict):
        approved(book)
    assert line_of(approved(book, late=[3]), L).difference == 0


def test_what_was_entered_after_the_counting_of_the_same_day_is_not_late(book: Book) -> None:
    counted(book, {L: 97})
    issued(book, L, 2, on="2023-02-01")
    assert line_of(approved(book), L).difference == -3


def test_an_entry_that_only_the_first_of_two_counters_did_not_know_is_looked_at_too(book: Book) -> None:
    planned(book)
    sheet(book, "a", {L: 98})
    issued(book, L, 2, on="2023-01-31")
    sheet(book, "b", {L: 98})
    with refused(book, CountConflict) as caught:
        approved(book)
    assert caught[0].entries == (3,)
    assert line_of(approved(book, late=[3]), L).difference == 0


def test_a_slip_that_is_cancelled_after_the_counting_would_be_counted_twice(book: Book) -> None:
    """A slip says that 10 went, and they did not: so 10 are over, and then the slip is cancelled."""
    slip = issued(book, L, 10, on="2023-01-20").number
    counted(book, {L: 100})
    reverse(book, slip, "2023-02-02")
    with refused(book, CountConflict) as caught:
        approved(book)
    assert (caught[0].entries, caught[0].lots) == ((4,), (L,))
    one = line_of(approved(book, late=[4]), L)
    assert (one.there_then, one.there, one.difference) == (90, 100, 0)
    assert held(book, "warehouse:depot", L) == (100, 10000)


def test_a_cancellation_that_has_nothing_to_do_with_it_is_set_aside(book: Book) -> None:
    """The slip named another household; the 10 went all the same, and 10 others are over."""
    slip = issued(book, L, 10, on="2023-01-20").number
    counted(book, {L: 100})
    reverse(book, slip, "2023-02-02")
    issued(book, L, 10, on="2023-02-02")
    report = approved(book, set_aside=[4])
    assert (line_of(report, L).difference, report.set_aside) == (10, (4,))
    assert held(book, "warehouse:depot", L) == (100, 10000)


@pytest.mark.parametrize(("said", "difference"), [({"late": [4]}, -12), ({"set_aside": [4]}, -2)], ids=str)
def test_a_cancellation_is_looked_at_whatever_the_count_found(
    book: Book, said: dict[str, Any], difference: int
) -> None:
    slip = issued(book, L, 10, on="2023-01-20").number
    counted(book, {L: 88})
    assert reverse(book, slip, "2023-02-02").conflicts == ("CS-000001", "CS-000002")
    with refused(book, CountConflict):
        approved(book)
    assert line_of(approved(book, **said), L).difference == difference


def test_a_cancellation_of_what_came_after_the_counting_is_in_nobodys_way(book: Book) -> None:
    counted(book, {L: 97})
    slip = issued(book, L, 10, on="2023-02-01").number
    reverse(book, slip, "2023-02-02")
    assert line_of(approved(book), L).difference == -3


def test_counters_who_differ_once_a_cancellation_is_taken_in_count_again(book: Book) -> None:
    """One counted before the slip and one after it; without the slip they did not find the same."""
    planned(book)
    sheet(book, "a", {L: 101}, on="2023-02-01")
    slip = issued(book, L, 1, on="2023-02-02").number
    sheet(book, "b", {L: 100}, on="2023-02-02")
    reverse(book, slip, "2023-02-03")
    with refused(book, NotOpen) as caught:
        approved(book, on="2023-02-03", late=[4])
    assert f"not counted to the end (round 2: lot {L})" in str(caught[0])
    assert line_of(approved(book, on="2023-02-03", set_aside=[4]), L).difference == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"late": [1]}, "late of the count CP-000001: entry 1 cannot stand there"),
        ({"late": [3, 3]}, "entry 3 cannot stand there, or stands there twice"),
        ({"late": [99]}, "entry 99"),
        ({"set_aside": [3]}, "set_aside of the count CP-000001: entry 3 cannot stand there"),
        ({"late": [3], "set_aside": [3]}, "set_aside"),
        ({"late": [3], "set_aside": [-1]}, "name each of none once at most"),
    ],
    ids=str,
)
def test_only_what_came_late_is_acknowledged(book: Book, said: dict[str, Any], words: str) -> None:
    counted(book, {L: 97})
    issued(book, L, 2, on="2023-01-31")
    with refused(book, Incomplete) as caught:
        approved(book, **said)
    assert words in str(caught[0])


# What has left since


def test_what_is_missing_cannot_have_left_since(book: Book) -> None:
    counted(book, {L: 97})
    issued(book, L, 95, on="2023-02-01")
    issued(book, L, 4, on="2023-02-03")
    with refused(book, CountOvertaken) as caught:
        approved(book)
    error = caught[0]
    assert isinstance(error, BelowZero)
    assert (error.count, error.place, error.lot, error.asked, error.there) == (
        "CP-000001",
        "warehouse:depot",
        L,
        3,
        1,
    )
    assert (error.since, error.on.isoformat()) == ((3, 4), "2023-02-03")
    assert "entries 3, 4 took them since" in str(error)
    reverse(book, "DL-000002", "2023-02-04")
    assert line_of(approved(book, on="2023-02-04"), L).difference == -3


def test_a_write_off_after_the_counting_is_a_loss_of_its_own(book: Book) -> None:
    counted(book, {L: 97})
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(L, QUILT.quantity(1))],
        on="2023-02-02",
        reason=LossReason.DAMAGED,
        explanation="torn",
        reported_by="a",
        approved_by="director",
    )
    approved(book)
    assert held(book, "warehouse:depot", L) == (96, 9600)


# Taking papers back


def test_a_report_is_taken_back_with_its_entries_and_the_count_is_open_again(book: Book) -> None:
    counted(book, {L: 97, M: 52})
    approved(book)
    reverse(book, "CR-000001", "2023-02-03", approved_by="director")
    assert held(book, "warehouse:depot", L) == (100, 10000)
    assert held(book, "gain:count", M) == (0, 0)
    again = approved(book, on="2023-02-03")
    assert (again.number, line_of(again, L).difference) == ("CR-000002", -3)


def test_a_report_without_differences_is_taken_back_too(book: Book) -> None:
    counted(book)
    approved(book)
    reverse(book, "CR-000001", "2023-02-03", approved_by="director")
    assert book.is_reversed("CR-000001")
    assert approved(book, on="2023-02-03").number == "CR-000002"


def test_who_counted_does_not_take_a_report_back(book: Book) -> None:
    counted(book, {L: 97})
    approved(book)
    with refused(book, NeedsApproval) as caught:
        reverse(book, "CR-000001", "2023-02-03", approved_by="B ")
    assert "the reversal of CR-000001" in str(caught[0])


@pytest.mark.parametrize("paper", ["CP-000001", "CS-000001"])
def test_the_papers_behind_a_report_stand_as_long_as_it_does(book: Book, paper: str) -> None:
    counted(book, {L: 97})
    approved(book)
    with refused(book, NotOpen) as caught:
        reverse(book, paper, "2023-02-03")
    assert f"{paper} is approved by CR-000001" in str(caught[0])
    reverse(book, "CR-000001", "2023-02-03", approved_by="director")
    reverse(book, paper, "2023-02-03")
    assert book.is_reversed(paper)


def test_only_the_last_count_of_a_lot_is_taken_back(book: Book) -> None:
    counted(book, {L: 97})
    approved(book)
    planned(book, items=["water"], on="2023-02-10")
    planned(book, lots=[L], warehouse="station", on="2023-02-10")
    with refused(book, NotOpen) as caught:
        reverse(book, "CR-000001", "2023-02-11", approved_by="director")
    assert "CR-000001 is followed by the count CP-000002 of the same goods" in str(caught[0])
    reverse(book, "CP-000002", "2023-02-11")
    reverse(book, "CR-000001", "2023-02-11", approved_by="director")
    assert held(book, "warehouse:depot", L) == (100, 10000)


def test_a_gain_that_has_gone_on_is_not_taken_back(book: Book) -> None:
    counted(book, {M: 52})
    approved(book)
    issued(book, M, 52, on="2023-02-03")
    with refused(book, BelowZero):
        reverse(book, "CR-000001", "2023-02-04", approved_by="director")


def test_a_paper_of_a_count_is_not_withdrawn_before_its_day(book: Book) -> None:
    planned(book)
    with refused(book, Incomplete):
        reverse(book, "CP-000001", "2023-01-31")


def test_twice_is_once_for_counts_too(book: Book) -> None:
    plan = planned(book, command="plan-1")
    assert planned(book, command="plan-1") is plan
    one = sheet(book, "a", command="sheet-1")
    sheet(book, "b")
    assert sheet(book, "a", command="sheet-1") is one
    report = approved(book, command="report-1")
    assert approved(book, command="report-1") is report
    with refused(book, CommandConflict):
        approved(book, command="report-1", note="other")


def test_of_goods_of_which_the_book_has_none_the_worth_alone_decides() -> None:
    book = stocked(Policy(count_threshold=300))
    counted(book, None, BOXED)
    gain = ValuedGain(fair("3"), item="water", batch="X")
    assert approved(book, approved_by=["director"], gains=[gain]).gain == 300
