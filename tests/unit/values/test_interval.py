"""What is known of a number that is not known exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.errors import Incomplete, NotExact, NotPositive
from reliefstock.values.interval import Interval, number_text

CLAIMED = Interval(400_000, 500_000, low_open=True, high_open=True)


def numbers() -> st.SearchStrategy[Fraction]:
    return st.builds(Fraction, st.integers(-20, 20), st.sampled_from([1, 2, 3]))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low = draw(numbers())
    width = draw(st.none() | st.integers(0, 20))
    free = width is None or width > 0
    return Interval(
        low,
        None if width is None else low + width,
        low_open=free and draw(st.booleans()),
        high_open=free and draw(st.booleans()),
    )


@pytest.mark.parametrize("bad", [1.0, True, "1", Decimal(1)])
def test_a_bound_is_an_int_or_a_fraction_and_nothing_else(bad: object) -> None:
    with pytest.raises(NotExact):
        Interval(bad, None)  # pyright: ignore[reportArgumentType]
    with pytest.raises(NotExact):
        Interval(0, bad)  # pyright: ignore[reportArgumentType]
    with pytest.raises(NotExact):
        _ = Interval.exactly(0) + bad  # pyright: ignore[reportOperatorIssue]


@pytest.mark.parametrize(
    ("low", "high", "low_open", "high_open"),
    [(2, 1, False, False), (1, 1, True, False), (1, 1, False, True), (1, 1, True, True)],
)
def test_bounds_with_nothing_between_them_are_refused(
    low: int, high: int, low_open: bool, high_open: bool
) -> None:
    with pytest.raises(Incomplete):
        Interval(low, high, low_open=low_open, high_open=high_open)


def test_a_missing_upper_bound_has_one_spelling() -> None:
    assert Interval(0, None, high_open=True) == Interval.unknown() == Interval.at_least(0)


def test_equality_with_something_else_is_false_and_order_is_an_error() -> None:
    assert Interval.exactly(1) != 1
    with pytest.raises(TypeError):
        sorted([Interval.exactly(1), Interval.exactly(2)])  # pyright: ignore[reportArgumentType]


def test_only_a_single_number_is_exact() -> None:
    assert Interval.exactly(5).is_exact
    assert not Interval(5, 6).is_exact
    assert not Interval.at_least(5).is_exact


@pytest.mark.parametrize(
    ("interval", "held", "not_held"),
    [
        (CLAIMED, [400_001, 499_999, Fraction(800_001, 2)], [400_000, 500_000, 0]),
        (Interval(1, 2), [1, 2], [0, 3]),
        (Interval.at_least(50), [50, 10**30], [49]),
        (Interval(50, None, low_open=True), [51], [50]),
    ],
)
def test_an_open_bound_is_not_held_and_a_closed_one_is(
    interval: Interval, held: list[int], not_held: list[int]
) -> None:
    assert all(interval.holds(number) for number in held)
    assert not any(interval.holds(number) for number in not_held)


@pytest.mark.parametrize(
    ("a", "b", "inside"),
    [
        (Interval(1, 2), Interval(1, 2), True),
        (Interval(1, 2), Interval(1, 2, low_open=True), False),
        (Interval(1, 2, low_open=True), Interval(1, 2), True),
        (Interval(1, 2), Interval(1, 2, high_open=True), False),
        (Interval(1, 2, high_open=True), Interval(1, 2), True),
        (Interval(1, 2), Interval(0, 3), True),
        (Interval(0, 3), Interval(1, 2), False),
        (Interval(1, None), Interval(0, 3), False),
        (Interval(1, 2), Interval(0, None), True),
        (Interval(1, None), Interval(0, None), True),
    ],
)
def test_one_interval_may_lie_inside_another(a: Interval, b: Interval, inside: bool) -> None:
    assert a.inside(b) is inside


@pytest.mark.parametrize(
    ("a", "b", "below"),
    [
        (Interval(0, 1), Interval(2, 3), True),
        (Interval(0, 1), Interval(1, 2), False),
        (Interval(0, 1, high_open=True), Interval(1, 2), True),
        (Interval(0, 1), Interval(1, 2, low_open=True), True),
        (Interval(0, None), Interval(1, 2), False),
        (Interval(0, 2), Interval(1, 3), False),
    ],
)
def test_below_is_every_number_less_than_every_other(a: Interval, b: Interval, below: bool) -> None:
    assert a.below(b) is below
    assert b.above(a) is below


def test_what_has_no_stated_source_is_the_gap_between_received_and_given_out() -> None:
    received = Interval.exactly(266_300)
    assert received.gap_to(CLAIMED) == Interval(133_700, 233_700, low_open=True, high_open=True)


def test_there_is_no_gap_where_the_two_meet() -> None:
    assert Interval.exactly(450_000).gap_to(CLAIMED) is None
    assert Interval.unknown().gap_to(CLAIMED) is None


def test_an_excess_is_the_gap_the_other_way() -> None:
    received = Interval.exactly(600_000)
    assert received.gap_to(CLAIMED) is None
    assert CLAIMED.gap_to(received) == Interval(100_000, 200_000, low_open=True, high_open=True)


def test_a_gap_to_something_without_upper_bound_has_none_either() -> None:
    assert Interval.exactly(40).gap_to(Interval.at_least(50)) == Interval.at_least(10)


def test_intervals_and_numbers_can_be_summed() -> None:
    parts = [CLAIMED, Interval.exactly(1), Interval(0, 10)]
    assert sum(parts, Interval.exactly(0)) == Interval(400_001, 500_011, low_open=True, high_open=True)
    assert Interval(400_002, 500_002, low_open=True, high_open=True) == 1 + CLAIMED + 1
    assert CLAIMED + Interval.unknown() == Interval(400_000, None, low_open=True)


def test_scaling_turns_yuan_into_fen() -> None:
    assert Interval(Fraction("0.5"), 2, high_open=True).scaled(100) == Interval(50, 200, high_open=True)
    assert Interval.at_least(1).scaled(Fraction(1, 2)) == Interval.at_least(Fraction(1, 2))


@pytest.mark.parametrize("factor", [0, -1])
def test_scaling_by_nothing_or_less_is_refused(factor: int) -> None:
    with pytest.raises(NotPositive):
        CLAIMED.scaled(factor)


def test_scaling_by_a_float_is_refused() -> None:
    with pytest.raises(NotExact):
        CLAIMED.scaled(0.01)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("interval", "en", "zh"),
    [
        (Interval.exactly(266_300), "266,300", "266,300"),
        (CLAIMED, "400,000–500,000 (both excluded)", "大于400,000、小于500,000"),
        (Interval(3, 5), "3–5", "不少于3、不大于5"),
        (Interval(3, 5, low_open=True), "3–5 (3 excluded)", "大于3、不大于5"),
        (Interval(3, 5, high_open=True), "3–5 (5 excluded)", "不少于3、小于5"),
        (Interval(50, None), "at least 50", "不少于50"),
        (Interval(50, None, low_open=True), "more than 50", "大于50"),
        (Interval(0, 50), "at most 50", "不大于50"),
        (Interval(0, 50, high_open=True), "less than 50", "小于50"),
        (Interval(0, 50, low_open=True), "0–50 (0 excluded)", "大于0、不大于50"),
        (Interval.unknown(), "at least 0", "不少于0"),
    ],
)
def test_an_interval_reads_one_way_only_in_both_languages(interval: Interval, en: str, zh: str) -> None:
    assert (interval.text("en"), interval.text("zh")) == (en, zh)


def test_each_bound_can_be_printed_with_its_unit() -> None:
    assert CLAIMED.text("zh", lambda number: f"{number_text(number)}元") == "大于400,000元、小于500,000元"


def test_another_language_is_refused() -> None:
    with pytest.raises(Incomplete):
        CLAIMED.text("fr")  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(1_234_567), "1,234,567"),
        (Fraction(0), "0"),
        (Fraction("1234.05"), "1,234.05"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 5), "0.2"),
        (Fraction(2000, 3), "2,000/3"),
    ],
)
def test_a_number_is_printed_exactly(number: Fraction, text: str) -> None:
    assert number_text(number) == text


@given(intervals(), intervals())
def test_two_intervals_meet_or_one_is_below_the_other(a: Interval, b: Interval) -> None:
    assert [a.below(b), a.above(b), a.meets(b)].count(True) == 1


@given(intervals(), intervals(), numbers())
def test_what_is_inside_holds_nothing_that_the_outer_one_does_not(
    a: Interval, b: Interval, number: Fraction
) -> None:
    assert not (a.inside(b) and a.holds(number) and not b.holds(number))


@given(intervals(), intervals(), numbers(), numbers())
def test_the_sum_of_held_numbers_is_held_by_the_sum(
    a: Interval, b: Interval, x: Fraction, y: Fraction
) -> None:
    assert (a + b).holds(x + y) or not (a.holds(x) and b.holds(y))
    assert a + b == b + a


@given(intervals(), intervals(), numbers(), numbers())
def test_every_difference_lies_in_the_gap_and_is_above_zero(
    a: Interval, b: Interval, x: Fraction, y: Fraction
) -> None:
    gap = a.gap_to(b)
    assert (gap is not None) == a.below(b)
    if gap is not None:
        assert not gap.holds(0)
        assert gap.holds(y - x) or not (a.holds(x) and b.holds(y))
