"""The trace: every fen of a donation to where it is now."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from reliefstock import (
    Book,
    Entry,
    EntryKind,
    Place,
    PlaceKind,
    PledgedLine,
    Posting,
    ReceivedLine,
    Side,
    Valuation,
)
from reliefstock.errors import Unknown
from reliefstock.ledger import Ingredient
from reliefstock.reconciliation import Trace, trace
from unit.reconciliation.office import (
    arrive,
    buy,
    give,
    lose,
    money,
    move_in_secret,
    office,
    receive,
    send,
    spend,
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
    assert (str(shared.place), shared.side) == ("conversion:PUR-000001", Side.CONVERTED)
    assert found.value_at(Side.CONVERTED) == 0
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


def kits(*made_of: Ingredient, donation: str | None) -> Book:
    """Two kits of ten bought quilts. Kits are made by no verb yet, so they are posted past the door."""
    book = office()
    money(book, "100.00", "2023-01-01")
    buy(book, 10, "100.00", "2023-01-02")
    bought = book.lot("PUR-000001-1")
    kit = attrs.evolve(bought, id="kit", quantity=2, made_of=made_of, donation=donation)
    depot, bench = Place(PlaceKind.WAREHOUSE, "depot"), Place(PlaceKind.CONVERSION, "bench")
    made = Entry(
        number=3,
        kind=EntryKind.PURCHASE,
        on=date(2023, 1, 3),
        document="PUR-000001",
        postings=(
            Posting(depot, bought.id, -10, -10_000),
            Posting(bench, bought.id, 10, 10_000),
            Posting(bench, "kit", -2, -10_000),
            Posting(depot, "kit", 2, 10_000),
        ),
    )
    book.ledger.post([made], [kit])
    return book


def test_goods_made_of_goods_are_followed_as_deep_as_it_goes():
    book = kits(Ingredient("PUR-000001-1", 10, 10_000), donation="DR-000001")
    found = trace(book, "DR-000001")
    assert ends(found) == [("kit", "warehouse:depot", 2, 10_000)]
    assert found.ends[0].depth == 2


def test_what_went_into_a_joint_lot_in_two_lines_is_one_share():
    lines = Ingredient("PUR-000001-1", 4, 4_000), Ingredient("PUR-000001-1", 6, 6_000)
    found = trace(kits(*lines, donation=None), "DR-000001")
    assert ends(found) == [("kit", "conversion:bench", 2, 10_000)]
    assert found.ends[0].shared
