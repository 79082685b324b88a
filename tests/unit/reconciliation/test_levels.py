"""Stock against its minimum and maximum, and what to order."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from reliefstock import (
    AllocationLine,
    Book,
    ConsignedLine,
    Handout,
    Item,
    QuarantinedLine,
    ReceivedLine,
    Restriction,
    StockLevel,
    Valuation,
)
from reliefstock.errors import Incomplete, NotABusinessDate, NotExact, Unknown
from reliefstock.reconciliation import Finding, ReorderRow, level_findings, reorder
from unit.reconciliation.office import give, lose, office, receive, undo, yuan

# A provincial society, 2021: minimum and maximum as it published them.
PROVINCE = {
    "quilt": (1_500, 3_000),
    "blanket": (1_500, 3_000),
    "pack": (1_000, 2_000),
    "single tent": (100, 200),
    "jacket": (500, 1_000),
    "camp bed": (200, 400),
}


def province() -> Book:
    """An office that knows the goods of that society, and how many of each its depot should have."""
    book = office()
    book.add(*(Item(name, zh=name, en=name) for name in PROVINCE if name != "quilt"))
    for name, (minimum, maximum) in PROVINCE.items():
        item = book.register.item(name)
        book.add(StockLevel("depot", name, item.quantity(minimum), item.quantity(maximum)))
    return book


@pytest.fixture
def book() -> Book:
    """A depot that should have 100 to 300 quilts."""
    book = office()
    quilt = book.register.item("quilt")
    book.add(StockLevel("depot", "quilt", quilt.quantity(100), quilt.quantity(300)))
    return book


def row(book: Book, **said: Any) -> ReorderRow:  # noqa: ANN401
    [found] = reorder(book, **said)
    return found


def sums(found: ReorderRow) -> dict[str, int]:
    names = ("on_hand", "available", "on_the_road", "to_order")
    return {name: getattr(found, name) for name in names}


def hold(book: Book, count: int) -> None:
    quantity = book.register.item("quilt").quantity(count)
    book.allocate(
        warehouse="depot",
        lines=[AllocationLine("h1", "quilt", quantity)],
        on="2023-02-01",
        until="2024-01-31",
        source_document="plan 1",
        approved_by="director",
    )


def test_where_no_level_is_set_nothing_is_to_be_ordered() -> None:
    book = office()
    receive(book, 10, "100", "2023-01-10")
    assert (reorder(book), level_findings(book)) == ((), ())


def test_a_society_of_a_province_against_its_levels() -> None:
    book = province()
    there = {
        "quilt": 2_000,
        "blanket": 1_499,
        "pack": 2_001,
        "single tent": 100,
        "jacket": 0,
        "camp bed": 400,
    }
    for item, count in there.items():
        if count:
            receive(book, count, "10000", "2023-01-10", item=item)
    rows = {one.item: one for one in reorder(book)}
    assert {item: one.to_order for item, one in rows.items()} == {
        "quilt": 0,
        "blanket": 1_501,
        "pack": 0,
        "single tent": 0,
        "jacket": 1_000,
        "camp bed": 0,
    }
    assert [item for item, one in rows.items() if one.is_below] == ["blanket", "jacket"]
    assert [item for item, one in rows.items() if one.is_above] == ["pack"]
    assert [(one.code, one.about) for one in level_findings(book)] == [
        ("below-minimum", "depot/blanket"),
        ("above-maximum", "depot/pack"),
        ("below-minimum", "depot/jacket"),
    ]


def test_a_depot_that_never_had_anything_orders_up_to_its_maximum(book: Book) -> None:
    found = row(book)
    assert sums(found) == {"on_hand": 0, "available": 0, "on_the_road": 0, "to_order": 300}
    assert (found.demand, found.days, found.cover, found.cover_days) == (0, 90, None, None)


def test_what_is_promised_cannot_be_counted_on(book: Book) -> None:
    receive(book, 150, "1500", "2023-01-10")
    hold(book, 60)
    found = row(book)
    assert sums(found) == {"on_hand": 150, "available": 90, "on_the_road": 0, "to_order": 210}
    assert (found.is_below, found.is_above) == (True, False)


def test_what_was_given_for_something_narrower_is_there_all_the_same(book: Book) -> None:
    receive(book, 100, "1000", "2023-01-10", programme="winter")
    assert sums(row(book)) == {"on_hand": 100, "available": 100, "on_the_road": 0, "to_order": 0}


def test_what_cannot_be_used_is_not_on_hand(book: Book) -> None:
    receive(book, 150, "1500", "2023-01-10")
    book.quarantine(
        warehouse="depot",
        lines=[QuarantinedLine("GRN-000001-1", book.register.item("quilt").quantity(60))],
        on="2023-02-01",
        reason="wet",
        reported_by="keeper",
    )
    assert sums(row(book)) == {"on_hand": 90, "available": 90, "on_the_road": 0, "to_order": 210}


def test_what_may_not_be_used_any_more_is_not_on_hand(book: Book) -> None:
    receive_until(book, "2023-06-30")
    assert row(book, on="2023-06-30").on_hand == 150
    assert row(book, on="2023-07-01").on_hand == 0


def receive_until(book: Book, until: str) -> None:
    """A gift that may be used to a day."""
    line = ReceivedLine(
        "quilt",
        book.register.item("quilt").quantity(150),
        valuation=Valuation.voucher(yuan("1500"), "voucher"),
        restriction=Restriction(until=until),
    )
    book.receive(donor="province", into="depot", lines=[line], on="2023-01-10", counted_by=("a", "b"))


def test_what_is_on_the_road_to_the_depot_is_not_ordered_again(book: Book) -> None:
    receive(book, 40, "400", "2023-01-10")
    receive(book, 500, "5000", "2023-01-10", into="branch")
    quilt = book.register.item("quilt")
    for to, count in (("depot", 70), ("ningshan", 100)):
        line = ConsignedLine("quilt", quilt.quantity(count))
        book.dispatch(origin="branch", to=to, lines=[line], on="2023-02-01")
    assert sums(row(book)) == {"on_hand": 40, "available": 40, "on_the_road": 70, "to_order": 0}
    assert sums(row(book, on="2023-02-01")) == sums(row(book))
    assert sums(row(book, on="2023-01-31"))["to_order"] == 260
    [finding] = level_findings(book)
    assert finding.text() == (
        "Depot: 40 piece of Quilt are available, below the minimum of 100 piece; 70 piece are on the road, "
        "0 piece to be ordered"
    )


def test_what_has_come_or_was_lost_is_not_on_the_road(book: Book) -> None:
    """Transit is left by what arrives: a waybill that has come is nothing on the road."""
    receive(book, 500, "5000", "2023-01-10", into="branch")
    line = ConsignedLine("quilt", book.register.item("quilt").quantity(70))
    book.dispatch(origin="branch", to="depot", lines=[line], on="2023-02-01")
    book.arrive("WB-000001", on="2023-02-02", received_by="keeper", nothing_arrived=True)
    assert row(book).on_the_road == 0


def test_each_depot_has_its_own_level(book: Book) -> None:
    quilt = book.register.item("quilt")
    book.add(StockLevel("branch", "quilt", quilt.quantity(1), quilt.quantity(5)))
    receive(book, 8, "80", "2023-01-10", into="branch")
    assert [(one.warehouse, one.on_hand) for one in reorder(book)] == [("depot", 0), ("branch", 8)]
    assert [one.warehouse for one in reorder(book, warehouse="branch")] == ["branch"]
    assert [one.code for one in level_findings(book, warehouse="branch")] == ["above-maximum"]


def test_an_amended_level_holds_from_then_on(book: Book) -> None:
    receive(book, 150, "1500", "2023-01-10")
    quilt = book.register.item("quilt")
    book.amend(StockLevel("depot", "quilt", quilt.quantity(20, "bale"), quilt.quantity(40, "bale")))
    assert (row(book).minimum, row(book).maximum, row(book).to_order) == (200, 400, 250)


# Cover


def test_cover_is_what_is_on_hand_at_the_recent_rate(book: Book) -> None:
    receive(book, 200, "2000", "2023-01-01")
    give(book, "h1", 7, "2023-05-01")
    give(book, "h1", 23, "2023-05-20")
    found = row(book, on="2023-05-30", over_days=30)
    assert (found.demand, found.days, found.cover, found.cover_days) == (30, 30, Fraction(170), 170)
    assert row(book, on="2023-05-31", over_days=30).demand == 23
    assert row(book, on="2023-05-31", over_days=30).cover == Fraction(170 * 30, 23)
    assert row(book, on="2023-05-31", over_days=30).cover_days == 221


def test_what_is_new_is_judged_by_the_days_since_it_came(book: Book) -> None:
    receive(book, 200, "2000", "2023-05-21")
    give(book, "h1", 50, "2023-05-25")
    found = row(book, on="2023-05-30")
    assert (found.days, found.cover) == (10, Fraction(30))


def test_what_was_taken_back_lost_or_promised_is_no_demand(book: Book) -> None:
    receive(book, 200, "2000", "2023-01-01")
    give(book, "h1", 50, "2023-02-10")
    undo(book, "DL-000001", "2023-02-12")
    lose(book, "GRN-000001-1", 10, "2023-02-13")
    hold(book, 20)
    assert row(book, on="2023-02-20").demand == 0
    one = Handout("h1", "quilt", book.register.item("quilt").quantity(20), "sheet 1", hold="AL-000001-1")
    book.distribute(origin="depot", lines=[one], on="2023-02-20")
    assert row(book, on="2023-02-20").demand == 20


# Findings


def finding(book: Book) -> Finding:
    [found] = level_findings(book)
    return found


def test_what_is_below_its_minimum_is_told_with_what_to_order(book: Book) -> None:
    receive(book, 99, "990", "2023-01-10")
    below = finding(book)
    assert (below.code, below.about, below.documents) == ("below-minimum", "depot/quilt", ())
    assert below.figures == (
        ("available", "99"),
        ("minimum", "100"),
        ("on the road", "0"),
        ("to order", "201"),
    )
    assert below.text("zh") == "备灾中心：棉被可用 99件，低于最低库存 100件；在途 0件，应补 201件"


def test_what_is_above_its_maximum_is_told(book: Book) -> None:
    receive(book, 301, "3010", "2023-01-10")
    above = finding(book)
    assert above.figures == (("on hand", "301"), ("maximum", "300"))
    assert above.text() == "Depot: 301 piece of Quilt are on hand, above the maximum of 300 piece"
    assert above.text("zh") == "备灾中心：棉被在库 301件，高于最高库存 300件"


def test_what_is_counted_by_value_has_a_level_in_money() -> None:
    book = office()
    book.add(StockLevel("depot", "mixed", yuan("100"), yuan("200")))
    assert finding(book).text() == (
        "Depot: CNY 0.00 of Mixed goods are available, below the minimum of CNY 100.00; CNY 0.00 are on the "
        "road, CNY 200.00 to be ordered"
    )


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"over_days": 0}, Incomplete),
        ({"over_days": 1.5}, NotExact),
        ({"on": "soon"}, NotABusinessDate),
        ({"warehouse": "nowhere"}, Unknown),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_refused(book: Book, said: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        reorder(book, **said)


def test_a_row_has_the_day_and_the_level_that_it_is_about(book: Book) -> None:
    found = attrs.asdict(row(book, on="2023-03-01"))
    assert (found["on"].isoformat(), found["minimum"], found["maximum"]) == ("2023-03-01", 100, 300)
    assert row(book).on.isoformat() == "2023-12-31"
