"""The trace: every fen of a donation to where it is now."""

from __future__ import annotations

from datetime import date

import pytest

from reliefstock import (
    Book,
    EntryKind,
    Place,
    PledgedLine,
    ReceivedLine,
    Side,
    Valuation,
)
from reliefstock.errors import Unknown
from reliefstock.reconciliation import Trace, trace
from unit.reconciliation.office import (
    arrive,
    bill,
    build,
    buy,
    give,
    lose,
    money,
    move_in_secret,
    office,
    receive,
    send,
    spend,
    take_apart,
    take_back,
    undo,
)


def ends(found: Trace) -> list[tuple[str, str, int, int]]:
    assert found.findings == ()
    return [(end.lot, str(end.place), end.quantity, end.value) for end in found.ends]


def test_a_gift_on_the_shelf_is_all_on_the_shelf():
    book = office()
    note = receive(book, 3, "1.00", "2023-01-10")
    found = trace(book, note.donation)
    assert (found.donation, found.donor, found.given, found.accounted) == ("GRN-000001", "province", 100, 100)
    assert ends(found) == [("GRN-000001-1", "warehouse:depot", 3, 100)]


def test_a_gift_is_followed_to_depots_roads_households_and_losses():
    book = office()
    note = receive(book, 10, "100.01", "2023-01-10")
    arrive(book, send(book, "branch", 4, "2023-01-11"), "2023-01-12", received=2, damaged=1)
    give(book, "h1", 2, "2023-01-13")
    take_back(book, "h1", note.lots[0], 1, "2023-01-14")
    lose(book, note.lots[0], 1, "2023-01-15")
    send(book, "ningshan", 1, "2023-01-16")
    found = trace(book, note.donation)
    assert [(place, quantity) for _, place, quantity, _ in ends(found)] == [
        ("warehouse:depot", 3),
        ("warehouse:branch", 2),
        ("loss:damaged-unresolved", 1),
        ("loss:short-unresolved", 1),
        ("household:h1", 1),
        ("loss:spoilt", 1),
        ("transit:WB-000002", 1),
    ]
    assert sum(found.value_at(side) for side in Side) == found.given == 10_001
    assert found.value_at(Side.GIVEN_OUT) == 1_000


def test_the_steps_are_in_the_order_in_which_things_happened():
    book = office()
    note = receive(book, 10, "100.00", "2023-01-10")
    give(book, "h1", 1, "2023-03-01")
    give(book, "h2", 2, "2023-02-01")
    steps = trace(book, note.donation).steps
    assert [(step.on, step.entry, step.kind, step.quantity) for step in steps] == [
        (date(2023, 1, 10), 1, EntryKind.RECEIPT, 10),
        (date(2023, 2, 1), 3, EntryKind.DISTRIBUTION, 2),
        (date(2023, 3, 1), 2, EntryKind.DISTRIBUTION, 1),
    ]
    first = steps[0]
    assert (str(first.source), str(first.target)) == ("donor:province", "warehouse:depot")
    assert (first.document, first.lot, first.item, first.value) == (
        "GRN-000001",
        "GRN-000001-1",
        "quilt",
        10_000,
    )


def test_only_the_movements_of_its_own_lots_are_steps():
    book = office()
    note = receive(book, 2, "20.00", "2023-01-10")
    receive(book, 2, "20.00", "2023-01-11", donor="company")
    give(book, "h1", 4, "2023-01-12")
    assert [step.quantity for step in trace(book, note.donation).steps] == [2, 2]


def test_money_is_followed_into_what_it_bought():
    book = office()
    gift = money(book, "100.00", "2023-01-01")
    buy(book, 10, "99.99", "2023-01-02")
    give(book, "h1", 4, "2023-01-03")
    found = trace(book, gift.donation)
    assert ends(found) == [
        ("DR-000001-1", "fund:main", 1, 1),
        ("PUR-000001-1", "warehouse:depot", 6, 6_000),
        ("PUR-000001-1", "household:h1", 4, 3_999),
    ]
    assert [end.depth for end in found.ends] == [0, 1, 1]
    assert found.accounted == found.given == 10_000


def test_money_is_followed_into_a_project():
    book = office()
    gift = money(book, "100.00", "2023-01-01", into="well-fund")
    spend(book, "70.00", "2023-02-01")
    assert ends(trace(book, gift.donation)) == [
        ("DR-000001-1", "fund:well-fund", 3_000, 3_000),
        ("DR-000001-1", "project:well", 7_000, 7_000),
    ]


def joint() -> Book:
    """Ten quilts for 100 yuan, 65 of them from the province and 35 from the company; two are left."""
    book = office()
    money(book, "65.00", "2023-01-01")
    money(book, "35.00", "2023-01-02", donor="company")
    buy(book, 10, "100.00", "2023-01-03")
    give(book, "h1", 8, "2023-01-04")
    return book


@pytest.mark.parametrize(
    ("donation", "given", "share"), [("DR-000001", 6_500, 500), ("DR-000002", 3_500, 500)]
)
def test_the_quilt_that_two_paid_for_is_an_end_of_both_with_the_share_of_each(
    donation: str, given: int, share: int
):
    found = trace(joint(), donation)
    (shared,) = (end for end in found.ends if end.shared)
    assert (shared.lot, shared.quantity, shared.value, shared.depth) == ("PUR-000001-2", 1, share, 1)
    assert (str(shared.place), shared.side) == ("household:h1", Side.GIVEN_OUT)
    assert found.value_at(Side.GIVEN_OUT) == sum(end.value for end in found.ends if end.place == shared.place)
    assert found.given == found.accounted == given
    assert found.findings == ()


def test_what_two_pledged_receipts_brought_is_one_donation():
    book = office()
    quilt = book.register.item("quilt")
    promise = book.pledge(donor="province", lines=[PledgedLine("quilt", quilt.quantity(3))], on="2023-01-01")
    for count, on in ((1, "2023-01-02"), (2, "2023-01-03")):
        line = ReceivedLine("quilt", quilt.quantity(count), valuation=Valuation.memorandum())
        book.receive(
            donor="province",
            into="depot",
            lines=[line],
            on=on,
            counted_by=("a", "b"),
            donation=promise.number,
        )
    assert [end.quantity for end in trace(book, promise.number).ends] == [1, 2]


def test_a_purchase_taken_back_leaves_the_money_where_it_was():
    book = office()
    gift = money(book, "100.00", "2023-01-01")
    undo(book, buy(book, 10, "100.00", "2023-01-02").number, "2023-01-03")
    assert ends(trace(book, gift.donation)) == [("DR-000001-1", "fund:main", 10_000, 10_000)]


def test_a_joint_purchase_taken_back_leaves_no_share():
    book = office()
    money(book, "65.00", "2023-01-01")
    money(book, "35.00", "2023-01-02", donor="company")
    undo(book, buy(book, 10, "100.00", "2023-01-03").number, "2023-01-04")
    assert [end.shared for end in trace(book, "DR-000001").ends] == [False]
    assert trace(book, "DR-000001").findings == ()


def test_a_gift_taken_back_was_nothing_and_is_nowhere():
    book = office()
    note = receive(book, 10, "100.00", "2023-01-10")
    undo(book, note.number, "2023-01-11")
    found = trace(book, note.donation)
    assert (found.given, found.ends, len(found.steps)) == (0, (), 2)


def test_what_was_found_over_is_part_of_what_has_to_be_accounted_for():
    book = office()
    note = receive(book, 10, "100.00", "2023-01-10")
    arrive(book, send(book, "branch", 4, "2023-01-11"), "2023-01-12", received=5)
    found = trace(book, note.donation)
    assert (found.given, found.accounted, found.findings) == (11_000, 11_000, ())


def test_a_trace_can_be_drawn_as_it_was_known_then():
    book = office()
    money(book, "65.00", "2023-01-01")
    money(book, "35.00", "2023-01-02", donor="company")
    then = trace(book, "DR-000001")
    known = len(book.entries)
    buy(book, 10, "100.00", "2023-01-03")
    assert trace(book, "DR-000001", known=known) == then
    assert trace(book, "DR-000001") != then


def test_every_trace_of_every_moment_adds_up():
    book = joint()
    for known in range(len(book.entries) + 1):
        for donation in ("DR-000001", "DR-000002"):
            assert trace(book, donation, known=known).findings == ()


def test_a_donation_of_which_nothing_came_is_unknown():
    book = office()
    receive(book, 1, "1.00", "2023-01-10")
    with pytest.raises(Unknown) as refused:
        trace(book, "GRN-000002")
    assert (refused.value.what, refused.value.near) == ("donation", ())


def test_value_that_went_missing_is_found():
    book = office()
    note = receive(book, 10, "100.00", "2023-01-10")
    move_in_secret(book, "warehouse:depot", note.lots[0], -1, "2023-02-01", value=-999)
    (finding,) = trace(book, note.donation).findings
    assert (finding.code, finding.about) == ("trace-difference", "GRN-000001")
    assert finding.figures == (("given", "10000"), ("accounted", "9001"))
    assert "相差 999 分" in finding.zh
    assert "by 999 minor units" in finding.en


# Kits


def test_kits_of_kits_are_followed_as_deep_as_it_goes():
    book = office()
    money(book, "100.00", "2023-01-01")
    buy(book, 10, "100.00", "2023-01-02")
    bill(book, "set", quilt=5)
    bill(book, "box", set=2)
    build(book, "set", 2, "2023-01-03")
    build(book, "box", 1, "2023-01-04")
    found = trace(book, "DR-000001")
    assert ends(found) == [("KIT-000002-1", "warehouse:depot", 1, 10_000)]
    assert (found.ends[0].depth, found.ends[0].shared) == (3, False)


def in_joint_kits(kits: int = 3) -> Book:
    """Kits of a quilt of the province, 33 or 34 fen, and two bottles of the company, 16 or 17 fen each."""
    book = office()
    receive(book, 3, "1.00", "2023-01-01")
    receive(book, 6, "1.00", "2023-01-02", item="water", donor="company")
    bill(book, "kit", quilt=1, water=2)
    build(book, "kit", kits, "2023-01-03")
    return book


def both(book: Book) -> list[Trace]:
    return [trace(book, donation) for donation in ("GRN-000001", "GRN-000002")]


def test_the_share_in_a_joint_kit_goes_to_where_the_kits_are():
    book = in_joint_kits()
    give(book, "h1", 1, "2023-01-04", item="kit")
    arrive(book, send(book, "branch", 1, "2023-01-05", item="kit"), "2023-01-06")
    first, second = both(book)
    assert ends(first) == [
        ("KIT-000001-1", "warehouse:depot", 1, 33),
        ("KIT-000001-1", "household:h1", 1, 33),
        ("KIT-000001-1", "warehouse:branch", 1, 34),
    ]
    assert ends(second) == [
        ("KIT-000001-1", "warehouse:depot", 1, 34),
        ("KIT-000001-1", "household:h1", 1, 33),
        ("KIT-000001-1", "warehouse:branch", 1, 33),
    ]
    assert all(end.shared and end.depth == 1 for one in (first, second) for end in one.ends)
    assert [one.value_at(Side.GIVEN_OUT) for one in (first, second)] == [33, 33]


def test_all_shares_in_a_place_are_what_the_kits_there_are_worth():
    book = in_joint_kits()
    give(book, "h1", 2, "2023-01-04", item="kit")
    for place in ("warehouse:depot", "household:h1"):
        worth = book.holding(Place.parse(place), "KIT-000001-1").value
        assert sum(end.value for one in both(book) for end in one.ends if str(end.place) == place) == worth


def test_a_component_that_came_back_out_of_a_kit_is_counted_once():
    book = in_joint_kits()
    give(book, "h1", 1, "2023-01-04", item="kit")
    take_apart(book, "KIT-000001-1", 2, "2023-01-05")
    first, second = both(book)
    assert [(str(end.place), end.lot, end.quantity, end.shared) for end in first.ends] == [
        ("warehouse:depot", "GRN-000001-1", 2, False),
        ("household:h1", "KIT-000001-1", 1, True),
    ]
    assert [one.accounted for one in (first, second)] == [one.given for one in (first, second)] == [100, 100]


def test_kits_all_broken_leave_no_share():
    book = in_joint_kits()
    take_apart(book, "KIT-000001-1", 3, "2023-01-05")
    assert [ends(one) for one in both(book)] == [
        [("GRN-000001-1", "warehouse:depot", 3, 100)],
        [("GRN-000002-1", "warehouse:depot", 6, 100)],
    ]


def test_a_share_is_followed_into_kits_of_kits():
    book = in_joint_kits()
    bill(book, "box", kit=1)
    build(book, "box", 2, "2023-01-04")
    give(book, "h2", 1, "2023-01-05", item="box")
    first, second = both(book)
    assert [(end.lot, str(end.place), end.quantity, end.depth) for end in first.ends] == [
        ("KIT-000001-1", "warehouse:depot", 1, 1),
        ("KIT-000002-1", "warehouse:depot", 1, 2),
        ("KIT-000002-1", "household:h2", 1, 2),
    ]
    assert [sum(end.value for end in one.ends) for one in (first, second)] == [100, 100]


def test_a_gift_without_a_value_is_followed_in_kits_too():
    book = office()
    receive(book, 3, "1.00", "2023-01-01")
    receive(book, 3, None, "2023-01-02", item="water", donor="company")
    bill(book, "kit", quilt=1, water=1)
    build(book, "kit", 3, "2023-01-03")
    give(book, "h1", 1, "2023-01-04", item="kit")
    first, second = both(book)
    assert ends(first) == [
        ("KIT-000001-1", "warehouse:depot", 2, 67),
        ("KIT-000001-1", "household:h1", 1, 33),
    ]
    assert ends(second) == [("KIT-000001-1", "warehouse:depot", 2, 0), ("KIT-000001-1", "household:h1", 1, 0)]


def test_kits_found_over_are_of_nobody_and_spoil_no_trace():
    book = in_joint_kits()
    arrive(book, send(book, "branch", 3, "2023-01-05", item="kit"), "2023-01-06", received=4)
    first, second = both(book)
    assert [(end.quantity, end.value) for end in first.ends] == [(4, 100)]
    assert [(end.quantity, end.value) for end in second.ends] == [(4, 100)]


def test_what_a_kit_came_to_be_can_be_taken_back():
    book = in_joint_kits()
    undo(book, "KIT-000001", "2023-01-04")
    assert [ends(one) for one in both(book)] == [
        [("GRN-000001-1", "warehouse:depot", 3, 100)],
        [("GRN-000002-1", "warehouse:depot", 6, 100)],
    ]


def test_the_steps_of_a_joint_kit_are_told_as_shared():
    book = in_joint_kits()
    give(book, "h1", 2, "2023-01-04", item="kit")
    steps = [
        (step.document, step.lot, step.quantity, step.shared) for step in trace(book, "GRN-000001").steps
    ]
    assert steps == [
        ("GRN-000001", "GRN-000001-1", 3, False),
        ("KIT-000001", "GRN-000001-1", 3, False),
        ("KIT-000001", "KIT-000001-1", 3, True),
        ("DL-000001", "KIT-000001-1", 2, True),
    ]


def test_every_trace_of_every_moment_adds_up_with_kits():
    book = in_joint_kits()
    bill(book, "box", kit=1)
    build(book, "box", 2, "2023-01-04")
    give(book, "h2", 1, "2023-01-05", item="box")
    take_apart(book, "KIT-000002-1", 1, "2023-01-06")
    take_apart(book, "KIT-000001-1", 1, "2023-01-07")
    for known in range(len(book.entries) + 1):
        for donation in ("GRN-000001", "GRN-000002"):
            assert trace(book, donation, known=known).findings == ()
