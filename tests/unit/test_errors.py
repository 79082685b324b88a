"""The sentences of the errors say what to do, and nothing that does not help."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from reliefstock import errors
from reliefstock.errors import (
    BadDemand,
    BadRow,
    Blocker,
    DateTooFarAhead,
    ImportRefused,
    Incomplete,
    NotABusinessDate,
    NotEnough,
    NotPositive,
    OverCapacity,
    ReliefstockError,
    UnitMismatch,
    Unknown,
)
from reliefstock.values import PIECE, Money, Quantity

DAY = date(2023, 1, 20)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"item": "quilt"}, "asked for 150 quilt from fund:general on 2023-01-20, 5 can be used"),
        (
            {"item": "CNY", "currency": "CNY", "decimals": 2},
            "asked for CNY 1.50 from fund:general on 2023-01-20, CNY 0.05 can be used",
        ),
        (
            {"item": "medicine", "currency": "JPY"},
            "asked for JPY 150 of medicine from fund:general on 2023-01-20, JPY 5 can be used",
        ),
    ],
)
def test_what_is_counted_by_value_is_stated_as_an_amount(said: dict[str, str], sentence: str) -> None:
    error = NotEnough(place="fund:general", on=DAY, asked=150, there=5, **said)  # pyright: ignore[reportArgumentType]
    assert str(error).startswith(sentence)


@pytest.mark.parametrize(
    ("given", "advised"),
    [
        (0, False),
        (-1, True),
        (Money(0, "CNY"), False),
        (Money(-5, "CNY"), True),
        (Quantity(0, PIECE.pack("box-24", 24)), False),
        (Quantity(-1, PIECE), True),
        ("-1", False),
    ],
    ids=str,
)
def test_a_reversal_is_advised_for_what_is_below_zero_only(given: object, advised: bool) -> None:
    assert ("reverse it instead" in str(NotPositive("a cost", given))) is advised


@pytest.mark.parametrize(
    ("what", "near", "hint"),
    [
        ("item", (), "add it first"),
        ("recipient", (), "add it first"),
        ("lot", (), "there is none of that name or number"),
        ("document", (), "there is none of that name or number"),
        ("document", ("GRN-000001",), "did you mean 'GRN-000001'?"),
    ],
)
def test_only_a_noun_can_be_added_first(what: str, near: tuple[str, ...], hint: str) -> None:
    assert str(Unknown(what, "x", near)).endswith(hint)


def test_a_text_that_is_no_date_is_to_be_written_as_one() -> None:
    assert str(NotABusinessDate("14.1.2024")).endswith("got str '14.1.2024'; write it 'YYYY-MM-DD'")
    assert "in which time zone" in str(NotABusinessDate(datetime(2023, 1, 1, tzinfo=UTC)))


def test_what_is_too_much_for_a_vehicle_is_said_in_kilograms_and_litres() -> None:
    assert str(TOO_HEAVY) == (
        "WB-000001 is too much for vehicle van: 5.25 kg where it takes 5 and 1,000 L where it takes 800; "
        "send less, make two waybills of it, or name a larger vehicle"
    )
    unknown = attrs.evolve(TOO_HEAVY, max_volume=None, unknown=("soap", "rope"))
    assert "5.25 kg where it takes 5, and soap, rope not counted; send less" in str(unknown)


# In Chinese

FIELDS: dict[str, object] = {
    "asked": 3,
    "there": 2,
    "on": DAY,
    "day": DAY,
    "closed_through": DAY,
    "sealed_through": DAY,
    "least": 1,
    "most": 4,
    "difference": -1,
    "position": 0,
    "given": 5,
    "near": (),
    "zh": "账册：没有写明；请写明",
    "problems": ("a text is due @ $.on",),
    "passed_over": (),
    "currency": None,
    "decimals": 0,
    "known": (),
    "weight": 5_250,
    "max_weight": 5_000,
    "volume": 1_000,
    "max_volume": None,
    "unknown": (),
    "blockers": (Blocker(code="count-open", about="CP-000001", zh="盘点计划未批准", en="a count is open"),),
}
ERRORS = [
    kind
    for kind in (getattr(errors, name) for name in errors.__all__)
    if isinstance(kind, type) and issubclass(kind, ReliefstockError) and attrs.has(kind)
]


def example(kind: Any) -> ReliefstockError:  # noqa: ANN401
    names = [field.name for field in attrs.fields(kind)]
    return kind(**{name: FIELDS.get(name, name) for name in names})


TOO_HEAVY = OverCapacity(
    what="WB-000001", vehicle="van", weight=5_250, max_weight=5_000, volume=1_000_000, max_volume=800_000
)
TOO_FAR = DateTooFarAhead(asked=DAY, latest=DAY)
ODD = BadDemand("school 1", "weight", (3, 0, 1, 0, 3, 1))
SPOKEN = [TOO_FAR, ODD, *(example(kind) for kind in ERRORS if kind not in {DateTooFarAhead, BadDemand})]
CASES = [
    (NotPositive("成本", -1), "请冲销，不要记负数"),
    (UnitMismatch("crate", "water", ("piece", "box")), "water 没有单位 'crate'；有 'piece'、'box'"),
    (NotABusinessDate("14.1.2024"), "请写成 'YYYY-MM-DD'"),
    (NotABusinessDate(5), "说明时区"),
    (Unknown("item", "x"), "账簿中没有物资 'x'；请先添加"),
    (Unknown("lot", "x"), "账簿中没有批次 'x'；没有这个名称或编号"),
    (Unknown("waybill", "x"), "账簿中没有货运单 'x'；没有这个名称或编号"),
    (Unknown("donation", "x"), "账簿中没有捐赠 'x'；没有这个名称或编号"),
    (Unknown("claim", "x", ("y",)), "账簿中没有claim 'x'；是否指 'y'？"),
    (Unknown("stock level", "depot/x"), "账簿中没有库存限额 'depot/x'；请先添加"),
    (TOO_HEAVY, "超出车辆 van 的承载：5.25 千克，限 5、1,000 升，限 800；"),
    (attrs.evolve(TOO_HEAVY, volume=1, unknown=("soap",)), "5.25 千克，限 5（soap 未计）；"),
    (
        NotEnough("CNY", "fund:general", DAY, 150, 5, ("CNY 0.05 expired",), "CNY", 2),
        "取 CNY 1.50，可用 CNY 0.05（CNY 0.05 expired）",
    ),
    (
        ImportRefused([BadRow("a.csv", 2, "on", "x", "no date"), BadRow("a.csv", 3, "", "", "empty")]),
        (
            "数据有 2 处错误，一笔也未记账；请改正后重新导入：\n"
            "  a.csv 第 2 行，on 列：no date（现为 'x'）\n"
            "  a.csv 第 3 行：empty"
        ),
    ),
]


@pytest.mark.parametrize("error", SPOKEN, ids=lambda error: type(error).__name__)
def test_every_error_has_a_sentence_in_both_languages(error: ReliefstockError) -> None:
    assert error.sentence() == error.sentence("en") == str(error)
    assert error.sentence("zh") != str(error)
    assert any("\u4e00" <= mark <= "\u9fff" or mark == "；" for mark in error.sentence("zh"))


@pytest.mark.parametrize(("error", "words"), CASES, ids=str)
def test_the_chinese_sentence_says_what_the_english_one_says(error: ReliefstockError, words: str) -> None:
    assert words in error.sentence("zh")


@pytest.mark.parametrize(
    "error",
    [*SPOKEN, ImportRefused([BadRow("a.csv", 2, "on", "x", "no date")])],
    ids=lambda error: type(error).__name__,
)
def test_an_error_comes_back_whole_from_another_process(error: ReliefstockError) -> None:
    back = pickle.loads(pickle.dumps(error))  # noqa: S301  # it was written here
    assert type(back) is type(error)
    assert (repr(back), back.sentence("zh"), back.args) == (repr(error), error.sentence("zh"), error.args)


@pytest.mark.parametrize("name", errors.__all__)
def test_an_error_is_shown_as_of_where_it_is_imported_from(name: str) -> None:
    assert getattr(errors, name).__module__ == "reliefstock.errors"


def test_an_error_of_somebody_else_stays_theirs() -> None:
    class Sunk(ReliefstockError):
        pass

    assert Sunk.__module__ == __name__


def test_there_is_no_third_language() -> None:
    with pytest.raises(Incomplete, match="none in the language 'fr'"):
        TOO_FAR.sentence("fr")  # pyright: ignore[reportArgumentType]
    assert ReliefstockError("x").sentence("zh") == "x"
    assert (
        BadRow("a.csv", 2, "on", "x", "no date").sentence() == "a.csv, line 2, column on: no date (got 'x')"
    )
