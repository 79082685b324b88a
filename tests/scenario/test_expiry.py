"""Elsewhere the newest box was nearest to the door, the oldest expired behind it, and some came half expired.

Here the soonest to expire goes first, what has expired stays, what would expire too soon is not accepted.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, Handout, LossReason, Policy, ReceivedLine, Valuation, WrittenOffLine
from reliefstock.errors import NotEnough, NotUsable
from scenario.county import county, everything, figures, gift, yuan


def stocked(policy: Policy | None = None) -> Book:
    """Three lots of water, the one that came first expiring last."""
    book = county(policy)
    gift(book, "water", 10, "20.00", "2024-01-10", expiry="2026-01-10")
    gift(book, "water", 10, "20.00", "2024-01-11", expiry="2024-09-01")
    gift(book, "water", 10, "20.00", "2024-01-12", expiry="2025-01-10")
    return book


def give(book: Book, count: int, on: str, lots: tuple[str, ...] = ()) -> list[tuple[str, int]]:
    line = Handout("h1", "water", book.register.item("water").quantity(count), "sheet 1", lots)
    return [(p.lot, p.quantity) for p in book.distribute(origin="depot", lines=[line], on=on).lines[0].picks]


def test_the_soonest_to_expire_goes_first():
    taken = give(stocked(), 25, "2024-02-01")
    assert taken == [("GRN-000002-1", 10), ("GRN-000003-1", 10), ("GRN-000001-1", 5)]


def test_what_has_expired_is_passed_over_and_the_refusal_says_so():
    book = stocked()
    assert give(book, 5, "2024-10-01") == [("GRN-000003-1", 5)]
    with pytest.raises(NotEnough) as refused:
        give(book, 16, "2024-10-02")
    assert refused.value.there == 15
    assert refused.value.passed_over == ("10 of lot GRN-000002-1 expired on 2024-09-01",)


def test_an_expired_lot_is_not_given_out_by_naming_it():
    book = stocked()
    with pytest.raises(NotUsable, match="2024-09-01"):
        give(book, 1, "2024-10-01", ("GRN-000002-1",))
    assert figures(book.on_hand("water")) == (30, 60_00)


@pytest.mark.parametrize(("usable", "taken"), [(True, "GRN-000002-1"), (False, "GRN-000003-1")])
def test_whether_the_last_day_counts_is_a_policy(usable: bool, taken: str):
    assert give(stocked(Policy(expiry_day_usable=usable)), 1, "2024-09-01") == [(taken, 1)]


def test_what_has_expired_stays_on_hand_until_it_is_written_off():
    book = stocked()
    assert figures(book.on_hand("water", on="2024-10-01")) == (30, 60_00)
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine("GRN-000002-1", book.register.item("water").quantity(10))],
        on="2024-10-01",
        reason=LossReason.EXPIRED,
        explanation="expired on 1 September",
        reported_by="keeper",
        approved_by="director",
    )
    assert everything(book)["loss:expired", "water"] == (10, 20_00)
    assert figures(book.on_hand("water")) == (20, 40_00)


@pytest.mark.parametrize(
    ("expiry", "life_months", "accepted"),
    [
        ("2024-07-10", None, True),
        ("2024-07-09", None, False),
        ("2024-04-10", 6, True),
        ("2024-04-09", 6, False),
        ("2024-04-10", 7, False),
        (None, None, True),
    ],
)
def test_goods_have_six_months_left_or_three_where_their_life_is_short(
    expiry: str | None, life_months: int | None, accepted: bool
):
    book = county()
    line = ReceivedLine(
        "water",
        book.register.item("water").quantity(10),
        valuation=Valuation.voucher(yuan(20), "voucher"),
        expiry=expiry,
        life_months=life_months,
    )
    if accepted:
        book.receive(donor="company", into="depot", lines=[line], on="2024-01-10", counted_by=("a", "b"))
    else:
        with pytest.raises(NotUsable, match="months"):
            book.receive(donor="company", into="depot", lines=[line], on="2024-01-10", counted_by=("a", "b"))
    assert book.on_hand("water").quantity == (10 if accepted else 0)


def test_a_short_lived_delivery_is_refused_on_paper_or_kept_apart_and_never_silently_taken():
    book = county()
    water = book.register.item("water")
    line = ReceivedLine(
        "water",
        None,
        valuation=Valuation.voucher(yuan(20), "voucher"),
        quarantined=water.quantity(4),
        quarantine_reason="a month to expiry",
        refused=water.quantity(6),
        refusal_reason="a month to expiry",
        expiry="2024-02-10",
    )
    note = book.receive(donor="company", into="depot", lines=[line], on="2024-01-10", counted_by=("a", "b"))
    assert note.lines[0].refused == water.quantity(6)
    assert figures(book.on_hand("water")) == (4, 20_00)
    assert figures(book.on_hand("water", usable_only=True)) == (0, 0)
