"""Amounts are whole minor units of one currency, and their parts make up the whole."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from reliefstock.errors import CurrencyMismatch, CurrencyUnknown, Incomplete, NotExact, NotPositive
from reliefstock.values._iso4217 import MINOR_DIGITS
from reliefstock.values.money import Money, minor_digits, portion

if TYPE_CHECKING:
    from collections.abc import Callable


def yuan(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


@pytest.mark.parametrize(
    ("currency", "digits"),
    [("CNY", 2), ("USD", 2), ("JPY", 0), ("ISK", 0), ("KWD", 3), ("TND", 3), ("XCG", 2)],
)
def test_a_currency_has_the_decimals_of_iso_4217(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits


def test_the_table_of_currencies_has_only_codes_of_three_capitals_each_once() -> None:
    assert len(MINOR_DIGITS) == 16 + 132 + 7
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in MINOR_DIGITS)


@pytest.mark.parametrize(
    "code", ["cny", "RMB", "", "XAU", "XTS", "XDR", "CLF", "DEM", "BGN", None, 156, ["CNY"]]
)
def test_what_nobody_can_pay_with_is_no_currency(code: object) -> None:
    with pytest.raises(CurrencyUnknown) as refused:
        Money(1, code)  # pyright: ignore[reportArgumentType]
    assert refused.value.code == code


@pytest.mark.parametrize("minor", [1.0, True, "1", Decimal(1), Fraction(1), None])
def test_minor_units_are_an_int_and_nothing_else(minor: object) -> None:
    with pytest.raises(NotExact) as refused:
        Money(minor, "CNY")  # pyright: ignore[reportArgumentType]
    assert refused.value.given is minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("266300.00", "CNY", 26_630_000),
        ("266,300", "CNY", 26_630_000),
        ("1,266,300.5", "CNY", 126_630_050),
        ("-0.05", "CNY", -5),
        ("-0", "CNY", 0),
        ("007", "CNY", 700),
        (320_000, "CNY", 32_000_000),
        (-3, "CNY", -300),
        (Decimal("9007199254740993.10"), "CNY", 900_719_925_474_099_310),
        (Decimal("1E+5"), "CNY", 10_000_000),
        (Decimal("-0.00"), "CNY", 0),
        ("1500", "JPY", 1_500),
        ("0.125", "KWD", 125),
        ("9" * 36 + ".99", "CNY", 10**38 - 1),
    ],
)
def test_an_amount_is_stated_in_major_units(amount: int | str | Decimal, currency: str, minor: int) -> None:
    assert Money.of(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "amount",
    [
        *(
            "1e5",
            "nan",
            "inf",
            "",
            " ",
            "-",
            "+1",
            "1.",
            ".5",
            "1.005",
            "12.500",
            "1_000",
            "0x10",
            " 1",
            "1\n",
            "--1",
        ),
        *("12,34", "1,2345", "0,300", ",300", "1,,000", "1,000,", "1.000,00", "26.63万", "１２", "١٢", "¥5"),
        *(1.5, True, None, b"1", [1], Fraction(1, 2)),
        *(Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), Decimal("0.001"), Decimal("12.500")),
    ],
)
def test_an_amount_that_is_not_plain_and_exact_is_refused(amount: object) -> None:
    with pytest.raises(NotExact) as refused:
        Money.of(amount, "CNY")  # pyright: ignore[reportArgumentType]
    assert refused.value.given is amount
    assert "CNY with at most 2 decimals" in refused.value.what


@pytest.mark.parametrize("amount", [Decimal("1E+999999"), Decimal("0E+999999"), "1" * 5_000, 10**36])
def test_an_amount_beyond_any_economy_is_refused_before_it_fills_the_memory(
    amount: int | str | Decimal,
) -> None:
    with pytest.raises(NotExact):
        Money.of(amount, "CNY")


def test_a_yen_has_no_decimals() -> None:
    with pytest.raises(NotExact):
        Money.of("1.0", "JPY")


def test_an_amount_comes_back_exactly_whatever_the_caller_set_decimals_to() -> None:
    with localcontext() as context:
        context.prec = 3
        amount = Money.of("123,456,789,012.34", "CNY")
        assert amount.amount == Decimal("123456789012.34")
        assert amount.text() == "123,456,789,012.34"


@pytest.mark.parametrize(
    ("money", "plain", "grouped", "named", "signed"),
    [
        (yuan("266300"), "266300.00", "266,300.00", "CNY 266,300.00", "¥266,300.00"),
        (yuan("-0.05"), "-0.05", "-0.05", "CNY -0.05", "-¥0.05"),
        (yuan(0), "0.00", "0.00", "CNY 0.00", "¥0.00"),
        (Money(1_500, "JPY"), "1500", "1,500", "JPY 1,500", "JP¥1,500"),
        (Money(1_234_567, "KWD"), "1234.567", "1,234.567", "KWD 1,234.567", "KWD 1,234.567"),
        (Money(-5, "CHF"), "-0.05", "-0.05", "CHF -0.05", "-CHF 0.05"),
        (Money(100, "USD"), "1.00", "1.00", "USD 1.00", "US$1.00"),
    ],
)
def test_an_amount_is_written_with_all_its_decimals(
    money: Money, plain: str, grouped: str, named: str, signed: str
) -> None:
    assert money.text(grouping=False) == plain
    assert money.text() == grouped
    assert str(money) == named
    assert money.symbol_text() == signed


def test_amounts_of_one_currency_are_added_subtracted_and_multiplied() -> None:
    assert yuan("1.50") + yuan("2.50") == yuan(4)
    assert yuan("1.50") - yuan("2.50") == yuan(-1)
    assert yuan("1.50") * 3 == 3 * yuan("1.50") == yuan("4.50")
    assert -yuan(1) == yuan(-1)
    assert abs(yuan(-1)) == abs(yuan(1)) == yuan(1)


def test_nothing_is_false_and_anything_else_is_true() -> None:
    assert not Money.zero("CNY")
    assert yuan("-0.01")


def test_a_total_of_nothing_is_zero_in_the_currency_asked_for() -> None:
    assert Money.total([], "JPY") == Money.zero("JPY")
    assert Money.total((yuan(n) for n in range(4)), "CNY") == yuan(6)


def test_a_total_refuses_another_currency() -> None:
    with pytest.raises(CurrencyMismatch) as refused:
        Money.total([yuan(1), Money(1, "USD")], "CNY")
    assert (refused.value.asked, refused.value.there) == ("USD", "CNY")


@pytest.mark.parametrize("times", [True, 1.5, "2", Decimal(2), Fraction(2), yuan(2)])
def test_an_amount_is_multiplied_by_whole_numbers_only(times: int) -> None:
    with pytest.raises(NotExact):
        assert yuan(1) * times


def test_amounts_are_ordered_within_a_currency() -> None:
    small, large = yuan(1), yuan(2)
    assert small < large
    assert small <= large
    assert large > small
    assert large >= small
    assert not small < small  # noqa: PLR0124
    assert not small > small  # noqa: PLR0124
    assert small <= small  # noqa: PLR0124
    assert small >= small  # noqa: PLR0124


MEETINGS: list[Callable[[Money, Money], object]] = [
    lambda one, other: one + other,
    lambda one, other: one - other,
    lambda one, other: one < other,
    lambda one, other: one <= other,
    lambda one, other: one > other,
    lambda one, other: one >= other,
]


@pytest.mark.parametrize("meet", MEETINGS)
def test_two_currencies_never_meet(meet: Callable[[Money, Money], object]) -> None:
    with pytest.raises(CurrencyMismatch) as refused:
        meet(yuan(1), Money(100, "USD"))
    assert (refused.value.asked, refused.value.there) == ("USD", "CNY")


@pytest.mark.parametrize("meet", MEETINGS)
@pytest.mark.parametrize("stranger", [0, 1, "CNY 1.00", Decimal(1), None])
def test_an_amount_and_a_stranger_have_no_sum_and_no_order(
    meet: Callable[[object, object], object], stranger: object
) -> None:
    with pytest.raises(TypeError):
        meet(yuan(1), stranger)
    with pytest.raises(TypeError):
        meet(stranger, yuan(1))


@pytest.mark.parametrize("other", [100, "CNY 1.00", None, Money(100, "USD"), Money(101, "CNY")])
def test_an_amount_equals_only_the_same_amount_of_the_same_currency(other: object) -> None:
    assert yuan(1) != other
    assert yuan(1) == Money(100, "CNY")
    assert hash(yuan(1)) == hash(Money(100, "CNY"))


@pytest.mark.parametrize(
    ("minor", "parts", "split"),
    [
        (100, 3, [33, 33, 34]),
        (100, 1, [100]),
        (2, 4, [0, 1, 0, 1]),
        (0, 2, [0, 0]),
        (-100, 3, [-34, -33, -33]),
    ],
)
def test_a_split_is_as_equal_as_whole_minor_units_allow(minor: int, parts: int, split: list[int]) -> None:
    assert [part.minor for part in Money(minor, "CNY").split(parts)] == split


@pytest.mark.parametrize("parts", [0, -1])
def test_a_split_has_at_least_one_part(parts: int) -> None:
    with pytest.raises(NotPositive) as refused:
        yuan(1).split(parts)
    assert refused.value.given == parts


@pytest.mark.parametrize(
    ("minor", "weights", "shares"),
    [
        (1_000, [1, 0, 2], [333, 0, 667]),
        (1_000, [0, 1, 0], [0, 1_000, 0]),
        (-1_000, [1, 2], [-334, -666]),
        (1, [10**20, 1], [0, 1]),
        (149_740_000, [3_000, 3_000, 3_000], [49_913_333, 49_913_333, 49_913_334]),
    ],
)
def test_shares_follow_the_weights_and_make_up_the_whole(
    minor: int, weights: list[int], shares: list[int]
) -> None:
    assert [part.minor for part in Money(minor, "CNY").share(weights)] == shares


@pytest.mark.parametrize(("weights", "given"), [([], 0), ([0, 0], 0), ([2, -1], -1)])
def test_weights_are_not_below_zero_nor_all_zero(weights: list[int], given: int) -> None:
    with pytest.raises(NotPositive) as refused:
        yuan(1).share(weights)
    assert refused.value.given == given


def test_parts_and_weights_are_whole_numbers() -> None:
    with pytest.raises(NotExact):
        yuan(1).split(True)
    with pytest.raises(NotExact):
        yuan(1).share([1, 0.5])  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("value", "count", "start", "taken", "carried"),
    [(100, 3, 0, 3, 100), (100, 3, 2, 1, 34), (100, 3, 1, 0, 0), (-100, 3, 0, 1, -34), (0, 5, 2, 2, 0)],
)
def test_a_portion_is_what_the_units_taken_carry(
    value: int, count: int, start: int, taken: int, carried: int
) -> None:
    assert portion(value, count, start, taken) == carried


@pytest.mark.parametrize("count", [0, -3])
def test_a_value_is_carried_by_at_least_one_unit(count: int) -> None:
    with pytest.raises(NotPositive) as refused:
        portion(100, count, 0, 0)
    assert refused.value.given == count


@pytest.mark.parametrize(("start", "taken"), [(-1, 1), (0, -1), (2, 2), (4, 0)])
def test_units_that_are_not_there_carry_nothing(start: int, taken: int) -> None:
    with pytest.raises(Incomplete) as refused:
        portion(100, 3, start, taken)
    assert refused.value.do == "take units from 0 to 3"


@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize("bad", [1.0, True, "1"])
def test_a_portion_is_reckoned_in_whole_numbers(position: int, bad: object) -> None:
    figures: list[object] = [100, 3, 0, 1]
    figures[position] = bad
    with pytest.raises(NotExact):
        portion(*figures)  # pyright: ignore[reportArgumentType]
