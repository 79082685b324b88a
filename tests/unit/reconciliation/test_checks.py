"""What a careful reader would ask beyond the figures."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import Book, Handout, Interval, Period, ReceivedLine, Side, Valuation
from reliefstock.reconciliation import (
    Claim,
    Finding,
    Measure,
    Named,
    Scope,
    What,
    check_claims,
    cut_off,
    gap_candidates,
    incomplete,
    one_name,
    remainders,
    unvalued,
)
from unit.reconciliation.office import H1, H2, Stated, give, money, office, receive, undo, yuan


def mention(book: Book, **more: Stated) -> Book:
    stated = {"side": Side.GIVEN_OUT, "period": H1, "evidence": "summary", "missing": ("amount",), **more}
    book.mention("visit", what_zh="慰问", what_en="a visit", **stated)
    return book


# Cut-off


def test_what_is_dated_outside_the_period_is_told():
    book = office()
    receive(book, 1, "1.00", "2022-12-31")
    receive(book, 1, "1.00", "2023-06-30")
    (finding,) = cut_off(book, H1)
    assert (finding.code, finding.about, finding.documents) == ("cut-off", "GRN-000001", ("GRN-000001",))
    assert finding.zh == "入库单 GRN-000001日期为2022年12月31日，不在2023年上半年之内"
    assert finding.en == "goods received note GRN-000001 is of 2022-12-31, outside 2023-H1"


def test_an_observation_outside_the_period_is_told_with_what_it_is_about():
    book = office()
    july = Period.parse("2023-07-01/2023-07-10")
    book.observe(
        "review",
        count=Interval.exactly(1),
        unit="time",
        on="2023-07-10",
        period=july,
        evidence="summary",
        what_zh="评估",
        what_en="a review",
    )
    (finding,) = cut_off(book, H1)
    assert finding.zh == "观测记录 OBS-000001（评估）日期为2023年7月1日至2023年7月10日，不在2023年上半年之内"
    assert finding.en == "observation OBS-000001 (a review) is of 2023-07-01/2023-07-10, outside 2023-H1"


@pytest.mark.parametrize(("period", "found"), [("2023", 0), ("2023-06-30/2023-07-01", 0), ("2023-08", 1)])
def test_what_lies_in_the_period_in_part_is_not_outside_it(period: str, found: int):
    assert len(cut_off(mention(office(), period=Period.parse(period)), H1)) == found


# Without a value


def test_goods_without_a_value_are_told_with_their_quantity():
    book = office()
    receive(book, 200, None, "2023-05-27")
    receive(book, 200, "1.00", "2023-05-27")
    (finding,) = unvalued(book)
    assert (finding.code, finding.about, finding.documents) == (
        "value-not-stated",
        "GRN-000001-1",
        ("GRN-000001",),
    )
    assert finding.zh == "批次 GRN-000001-1：棉被 200件，未说明价值，未计入任何金额"
    assert finding.en == "lot GRN-000001-1: the value of 200 piece of Quilt is not stated and is in no total"
    assert finding.figures == (("quantity", "200"),)


def test_a_lot_whose_receipt_was_taken_back_needs_no_value():
    book = office()
    undo(book, receive(book, 200, None, "2023-05-27").number, "2023-05-28")
    assert unvalued(book) == ()


# Incomplete


def test_what_is_missing_from_a_movement_is_named_in_both_languages():
    (finding,) = incomplete(mention(office(), missing=("date", "item", "colour")))
    assert (finding.code, finding.about, finding.documents) == (
        "movement-incomplete",
        "MEN-000001",
        ("MEN-000001",),
    )
    assert finding.zh == "MEN-000001（慰问）：缺少日期、物资名称、colour，未入账"
    assert finding.en == "MEN-000001 (a visit): date, item, colour unknown, so it is not posted"


def test_of_a_mention_that_was_taken_back_nothing_is_told():
    book = office()
    receive(book, 1, "1.00", "2023-01-14")
    mention(book, period=H2, recipients=("ningshan",), donation="GRN-000001")
    mention(book, recipients=("ningshan",), donation="GRN-000001")
    told = [len(check) for check in (incomplete(book), remainders(book), cut_off(book, H1))]
    for number in ("MEN-000001", "MEN-000002"):
        undo(book, number, "2023-06-30" if number == "MEN-000002" else "2023-07-01")
    left = [one.about for check in (incomplete(book), remainders(book), cut_off(book, H1)) for one in check]
    assert (told, left) == ([2, 2, 1], ["REV-000001"])


# Remainders


def passed_on(**more: Stated) -> tuple[Finding, ...]:
    """266,300 yuan came, 163,800 went to a school, and papers name two counties besides."""
    book = office()
    worth = Valuation.voucher(yuan("266300"), "list")
    line = ReceivedLine("mixed", yuan("266300"), valuation=worth)
    book.receive(donor="province", into="depot", lines=[line], on="2023-01-14", counted_by=("a", "b"))
    handout = Handout("school", "mixed", yuan("163800"), "sheet 1")
    book.distribute(origin="depot", lines=[handout], on="2023-01-14")
    return remainders(
        mention(book, **{"donation": "GRN-000001", "recipients": ("ningshan", "ziyang"), **more})
    )


def test_what_is_left_of_a_donation_is_what_the_named_recipients_can_have_got():
    (finding,) = passed_on()
    assert (finding.code, finding.about, finding.documents) == (
        "remainder",
        "MEN-000001",
        ("MEN-000001", "GRN-000001"),
    )
    assert finding.zh == (
        "捐赠 GRN-000001 账上尚余102,500.00元；若已全部下拨，则宁陕县红十字会、紫阳县红十字会共得102,500.00元"
    )
    assert finding.en == (
        "CNY 102,500.00 of donation GRN-000001 is still in the book; "
        "if all of it was passed on, Ningshan society, Ziyang society got CNY 102,500.00 together"
    )
    assert finding.figures == (("left", "CNY 102,500.00"),)


def test_a_household_is_named_by_its_id():
    assert "则h1共得" in passed_on(recipients=("h1",))[0].zh


@pytest.mark.parametrize(
    "more",
    [
        {"donation": None},
        {"recipients": ()},
        {"side": Side.RECEIVED},
        {"value": Interval.exactly(5)},
        {"donation": "GRN-000009"},
        {"period": Period.day("2023-01-13")},
    ],
)
def test_where_nothing_is_left_or_nobody_is_named_there_is_no_remainder(more: dict[str, Any]):
    assert passed_on(**more) == ()


# Candidates for a gap


DRIVE = Scope(programmes=("drive",))


def gaps(book: Book, figure: str = "40余万元", **asked: Stated) -> tuple[Finding, ...]:
    measure = Measure(**{"what": What.GIVEN_OUT, "period": H1, "scope": DRIVE, **asked})
    claim = Claim(id="C15", figure=figure, zh="发放", en="given out", measure=measure)
    return gap_candidates(book, check_claims(book, [claim]), H1)


def drive() -> Book:
    book = office()
    receive(book, 100, "266300.00", "2023-01-14", programme="drive")
    give(book, "ningshan", 100, "2023-01-14", programme="drive")
    receive(book, 12, "99000.00", "2023-06-30", item="water", donor="company")
    money(book, "300000.00", "2023-02-01")
    mention(book, side=Side.RECEIVED, value=Interval(12_000_000, 13_000_000, low_open=True, high_open=True))
    return book


def test_what_else_came_in_might_be_the_part_without_source():
    (finding,) = gaps(drive())
    assert (finding.code, finding.about) == ("gap-candidates", "C15")
    assert finding.documents == ("GRN-000002", "MEN-000001")
    assert finding.figures == (
        ("others", "CNY 219,000.00–CNY 229,000.00 (both excluded)"),
        ("GRN-000002", "CNY 99,000.00"),
        ("MEN-000001", "CNY 120,000.00–CNY 130,000.00 (both excluded)"),
    )
    assert finding.zh == (
        "发放：同期另有物资收入大于219,000.00元、小于229,000.00元"
        "（GRN-000002：99,000.00元、MEN-000001：大于120,000.00元、小于130,000.00元），"
        "是否计入其中，文件没有说明"
    )
    assert finding.en.startswith("given out: other goods received in the period come to CNY 219,000.00–")


def test_a_candidate_of_which_no_value_is_stated_is_told_so():
    book = drive()
    receive(book, 5, None, "2023-03-01", donor="company")
    (finding,) = gaps(book)
    assert ("GRN-000003", "not stated") in finding.figures
    assert "GRN-000003：未说明" in finding.zh


def test_where_enough_came_in_for_a_figure_no_other_source_is_looked_for():
    book = drive()
    receive(book, 100, "200000.00", "2023-02-01", programme="drive")
    assert gaps(book) == ()


def test_who_got_the_goods_says_nothing_of_where_they_came_from():
    scope = Scope(programmes=("drive",), recipients=("ningshan",), recipient_kinds=("society",))
    assert gaps(drive(), scope=scope)[0].documents == ("GRN-000002", "MEN-000001")


@pytest.mark.parametrize(
    ("figure", "asked"),
    [
        ("26.63万元", {}),
        ("20万元", {}),
        ("40余万元", {"what": What.RECEIVED}),
        ("120件", {"unit": "piece"}),
        ("40余万元", {"scope": Scope(programmes=("flood",))}),
        ("40余万元", {"scope": Scope()}),
    ],
)
def test_where_no_gap_is_or_nothing_else_came_there_is_no_candidate(figure: str, asked: dict[str, Any]):
    assert gaps(drive(), figure, **asked) == ()


# One name


def test_two_names_that_are_probably_one_are_told():
    (finding,) = one_name(
        [Named("吕河镇中心学校", "school"), Named("铝河镇中心学校", "school"), Named("吕河镇", "town")]
    )
    assert (finding.code, finding.about) == ("one-name", "吕河镇中心学校")
    assert (
        finding.zh
        == "「吕河镇中心学校」与「铝河镇中心学校」可能是同一个名称：一字之差：吕 / 铝；两处所述可能是同一件事"
    )
    assert finding.en == (
        "'吕河镇中心学校' and '铝河镇中心学校' are probably one name: one character differs: 吕 / 铝; "
        "what is told of them may be told twice"
    )


def test_an_empty_book_raises_no_question():
    book = office()
    assert (
        cut_off(book, H1),
        unvalued(book),
        incomplete(book),
        remainders(book),
        gaps(book),
        one_name([]),
    ) == ((),) * 6
