"""What holds of all amounts, quantities, dates and ids."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reliefstock.errors import BadIdentifier, ConversionNotWhole
from reliefstock.values import (
    PIECE,
    Money,
    Period,
    Quantity,
    Unit,
    add_days,
    add_months,
    business_date,
    identifier,
    near,
    portion,
    whole_months_between,
)
from reliefstock.values._iso4217 import MINOR_DIGITS

amounts = st.integers(-(10**18), 10**18)
currencies = st.sampled_from(sorted(MINOR_DIGITS))
moneys = st.builds(Money, st.integers(-(10**36) + 1, 10**36 - 1), currencies)
ratios = st.builds(Fraction, st.integers(1, 60), st.integers(1, 12))
packs = st.builds(
    lambda holds: PIECE.pack(f"pack of {str(holds).replace('/', ' by ')}", holds) if holds != 1 else PIECE,
    ratios,
)
quantities = st.builds(Quantity, st.integers(-1_000, 1_000), packs)
dates = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(amounts, st.lists(st.integers(1, 50), min_size=1, max_size=12))
def test_units_that_leave_in_any_lots_carry_the_whole_value_and_leave_no_residue(
    value: int, lots: list[int]
) -> None:
    count = sum(lots)
    carried = [portion(value, count, sum(lots[:before]), taken) for before, taken in enumerate(lots)]
    assert sum(carried) == value


@given(amounts, st.integers(1, 1_000), st.data())
def test_a_portion_differs_from_its_exact_share_by_less_than_one_minor_unit(
    value: int, count: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, count))
    taken = data.draw(st.integers(0, count - start))
    assert abs(portion(value, count, start, taken) - Fraction(value * taken, count)) < 1


@given(st.integers(0, 10**18), st.integers(1, 1_000), st.data())
def test_what_is_worth_something_is_never_carried_away_at_less_than_nothing(
    value: int, count: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, count))
    taken = data.draw(st.integers(0, count - start))
    assert 0 <= portion(value, count, start, taken) <= value


@given(moneys, st.integers(1, 200))
def test_a_split_makes_up_the_whole_and_no_two_parts_differ_by_more_than_a_minor_unit(
    money: Money, parts: int
) -> None:
    split = money.split(parts)
    assert len(split) == parts
    assert Money.total(split, money.currency) == money
    assert max(split).minor - min(split).minor <= 1


@given(moneys, st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_shares_make_up_the_whole_and_nothing_goes_to_a_weight_of_zero(
    money: Money, weights: list[int]
) -> None:
    shares = money.share(weights)
    assert Money.total(shares, money.currency) == money
    assert all(not share for share, weight in zip(shares, weights, strict=True) if weight == 0)


@given(moneys)
def test_an_amount_that_was_written_is_read_back_exactly(money: Money) -> None:
    assert Money.of(money.text(), money.currency) == money
    assert Money.of(money.text(grouping=False), money.currency) == money
    assert Money.of(money.amount, money.currency) == money


@given(st.text(max_size=12) | st.from_regex(r"-?[0-9,.]{1,12}", fullmatch=True))
def test_a_text_is_read_as_one_amount_or_refused(text: str) -> None:
    try:
        money = Money.of(text, "CNY")
    except ValueError:
        return
    assert Fraction(text.replace(",", "")) * 100 == money.minor


@given(amounts, amounts, amounts)
def test_sums_do_not_depend_on_the_order(a: int, b: int, c: int) -> None:
    x, y, z = (Money(minor, "CNY") for minor in (a, b, c))
    assert (x + y) + z == z + (y + x) == Money.total([y, z, x], "CNY")
    assert x + y - y == x
    assert (x < y) is (a < b)
    assert (x <= y) is not (x > y)


@given(quantities, quantities)
def test_a_sum_of_packs_is_exact_or_refused(one: Quantity, other: Quantity) -> None:
    exact = one.ratio_in_root + other.ratio_in_root
    try:
        total = one + other
    except ConversionNotWhole:
        assert exact.denominator != 1
    else:
        assert total.ratio_in_root == exact
        assert total == other + one
        if one.ratio_in_root.denominator == 1:  # what is left is then whole in the root at least
            assert total - other == one


@given(quantities, packs)
def test_a_conversion_is_exact_or_refused_and_can_be_undone(given_: Quantity, unit: Unit) -> None:
    try:
        converted = given_.to(unit)
    except ConversionNotWhole:
        assert (given_.ratio_in_root / unit.ratio).denominator != 1
    else:
        assert converted == given_
        assert hash(converted) == hash(given_)
        assert converted.to(given_.unit).count == given_.count


@given(st.integers(-10_000, 10_000), st.integers(2, 60))
def test_packs_and_rest_make_up_the_quantity_and_the_rest_fills_no_pack(count: int, holds: int) -> None:
    loose = Quantity(count, PIECE)
    full, rest = loose.packs(PIECE.pack("box", holds))
    assert full + rest == loose
    assert abs(rest.count) < holds
    assert full.count * count >= 0
    assert rest.count * count >= 0


@given(quantities, quantities)
def test_quantities_are_ordered_as_what_they_amount_to(one: Quantity, other: Quantity) -> None:
    a, b = one.ratio_in_root, other.ratio_in_root
    assert (one < other, one <= other, one == other, one > other, one >= other) == (
        a < b,
        a <= b,
        a == b,
        a > b,
        a >= b,
    )


@given(dates)
def test_a_date_that_was_written_is_read_back(on: date) -> None:
    assert business_date(on.isoformat()) == on


@given(dates, st.integers(-600, 600))
def test_months_added_fall_in_the_month_meant_and_on_the_day_or_the_last(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and add_days(end, 1).day == 1)


@given(dates, dates)
def test_whole_months_are_the_most_that_can_be_added(one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    months = whole_months_between(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)
    assert whole_months_between(end, start) == -months


@given(dates, dates)
def test_a_period_that_was_written_is_read_back(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    assert Period.parse(str(period)) == period
    assert one in period
    assert period.days == abs((one - other).days) + 1


@given(st.integers(1, 9999))
def test_the_parts_of_a_year_follow_one_another_without_a_gap(year: int) -> None:
    for parts in (
        [Period.month(year, n) for n in range(1, 13)],
        [Period.quarter(year, n) for n in range(1, 5)],
        [Period.half_year(year, n) for n in (1, 2)],
    ):
        assert Period(parts[0].first, parts[-1].last) == Period.year(year)
        assert all(add_days(before.last, 1) == after.first for before, after in pairwise(parts))
        assert all(Period.parse(str(part)) == part for part in parts)


@given(dates, dates, dates, dates)
def test_periods_overlap_exactly_when_neither_ends_before_the_other_begins(
    a: date, b: date, c: date, d: date
) -> None:
    one, other = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    assert (
        one.overlaps(other) is other.overlaps(one) is not (one.last < other.first or other.last < one.first)
    )
    if one.contains(other):
        assert one.overlaps(other)


@given(st.text(max_size=70))
def test_an_id_that_is_taken_is_taken_again_unchanged(text: str) -> None:
    try:
        taken = identifier(text, "lot")
    except BadIdentifier:
        return
    assert identifier(taken, "lot") == taken
    assert taken.isprintable()
    assert not set(taken) & set(":/|")


@given(st.lists(st.text(max_size=6)), st.text(max_size=6), st.integers(0, 5))
def test_what_is_offered_as_near_is_known_and_does_not_depend_on_order(
    known: list[str], text: str, limit: int
) -> None:
    offered = near(text, known, limit)
    assert set(offered) <= set(known)
    assert len(offered) == len(set(offered)) <= limit
    assert near(text, list(reversed(known)), limit) == offered
