"""What a doubtful figure could rest on, and what speaks against it."""

from __future__ import annotations

import pytest

from reliefstock import Book, Interval, Period, School, Side, State, Warehouse
from reliefstock.reconciliation import (
    Claim,
    Finding,
    Measure,
    Scope,
    What,
    check_claims,
    given_above_received,
    names_in,
    one_name,
    unfinished,
)
from unit.reconciliation.office import H1, H2, Stated, give, money, office, receive, send, spend

DRIVE = Scope(programmes=("drive",))


def claim(figure: str, **asked: Stated) -> Claim:
    measure = Measure(**{"what": What.GIVEN_OUT, "period": H1, "scope": DRIVE, **asked})
    return Claim(id="C15", figure=figure, zh="发放", en="given out", measure=measure)


def above(book: Book, figure: str, **asked: Stated) -> tuple[Finding, ...]:
    return given_above_received(book, check_claims(book, [claim(figure, **asked)]))


def drive() -> Book:
    book = office()
    receive(book, 100, "266300.00", "2023-01-14", programme="drive")
    give(book, "ningshan", 60, "2023-01-14", programme="drive")
    return book


def test_more_cannot_have_been_given_out_than_came_in():
    (finding,) = above(drive(), "40余万元")
    assert (finding.code, finding.about, finding.documents) == ("given-above-received", "C15", ("DL-000001",))
    assert finding.zh == (
        "发放「40余万元」：同一范围内收到的只有266,300.00元，大于133,700.00元、小于233,700.00元没有说明来源"
    )
    assert finding.en == (
        "given out, printed as '40余万元': only CNY 266,300.00 came in for it; "
        "CNY 133,700.00–CNY 233,700.00 (both excluded) has no stated source"
    )


@pytest.mark.parametrize(
    ("figure", "asked"),
    [
        ("26.63万元", {}),
        ("40余万元", {"what": What.RECEIVED}),
        ("400件", {"unit": "piece"}),
        ("40万美元", {}),
        ("26万元", {"scope": Scope(programmes=("drive",), recipients=("ningshan",))}),
    ],
)
def test_what_came_in_can_have_been_given_out(figure: str, asked: dict[str, Stated]):
    assert above(drive(), figure, **asked) == ()


def test_what_was_there_before_can_be_given_out_too():
    assert above(drive(), "10万元", period=H2) == ()
    assert [finding.figures[1] for finding in above(drive(), "12万元", period=H2)] == [
        ("by", "CNY 13,480.00")
    ]


def test_before_the_first_of_all_days_nothing_was_there():
    assert [one.code for one in above(drive(), "1元", period=Period.year(1))] == ["given-above-received"]


def test_what_papers_mention_may_be_what_was_given_out():
    book = drive()
    book.mention(
        "more", side=Side.RECEIVED, period=H1, evidence="summary", missing=["amount"], programme="drive"
    )
    assert above(book, "40余万元") == ()


# What is not done yet


def built(*states: State) -> Book:
    book = office()
    for state in states:
        book.observe(
            "depots", count=Interval.exactly(1), unit="个", on="2023-06-30", evidence="list", project="well",
            state=state, what_zh="备灾中心", what_en="a depot",
        )  # fmt: skip
    return book


def loose_ends(book: Book, figure: str, **asked: Stated) -> list[tuple[str, str, str]]:
    asked = {"what": What.OBSERVED, "unit": "个", "indicator": "depots", "scope": Scope(), **asked}
    found = unfinished(book, check_claims(book, [claim(figure, **asked)]))
    return [(finding.code, finding.zh, finding.en) for finding in found]


def test_what_is_begun_or_planned_is_not_done():
    book = built(State.DONE, State.BEGUN, State.PLANNED)
    assert loose_ends(book, "3个", state=State.DONE) == [
        ("not-done", "发放「3个」：备灾中心，尚未完成", "given out, printed as '3个': a depot: only begun"),
        ("not-done", "发放「3个」：备灾中心，尚在计划", "given out, printed as '3个': a depot: only planned"),
    ]


@pytest.mark.parametrize(
    ("figure", "asked"),
    [
        ("1个", {"state": State.DONE}),
        ("5个", {"state": State.BEGUN}),
        ("5个", {}),
        ("5个", {"state": State.DONE, "period": Period.month(2023, 1)}),
    ],
)
def test_what_is_said_of_another_state_or_holds_has_no_loose_end(figure: str, asked: dict[str, Stated]):
    assert loose_ends(built(State.DONE, State.BEGUN), figure, **asked) == []


def test_on_what_is_only_planned_nothing_was_spent():
    printed = "given out, printed as '140万元'"
    assert loose_ends(office(), "140万元", what=What.PROJECT_SPENT, unit="money", project="road") == [
        (
            "only-planned",
            "发放「140万元」：道路尚在申报，投入是预算，不是支出",
            f"{printed}: A road is only planned, so this is a budget and not what was spent",
        )
    ]
    assert loose_ends(office(), "140万元", what=What.PROJECT_SPENT, unit="money", project="well") == []


def test_a_figure_above_what_a_project_under_way_has_cost_is_no_plan():
    book = office()
    money(book, "100.00", "2023-01-01", into="well-fund")
    spend(book, "100.00", "2023-01-02")
    assert loose_ends(book, "140万元", what=What.PROJECT_SPENT, unit="money", project="well") == []


def test_the_names_of_a_book_are_told_with_their_kind_and_place():
    book = Book("Ankang", currency="CNY")
    book.add(
        School("s", zh="一所小学", division="610923102"), Warehouse("w", zh="备灾中心", division="610902")
    )
    assert [(named.name, named.kind) for named in names_in(book)] == [
        ("一所小学", "school"),
        ("备灾中心", "warehouse"),
    ]
    assert {named.kind for named in names_in(office())} == {
        "school",
        "society",
        "donor",
        "supplier",
        "warehouse",
    }


def test_a_name_is_told_with_the_documents_that_name_it():
    book = office()
    receive(book, 9, "9.00", "2023-01-01")
    give(book, "school", 1, "2023-01-02")
    book.mention(
        "a visit",
        side=Side.GIVEN_OUT,
        period=H1,
        evidence="summary",
        missing=["amount"],
        recipients=("ningshan", "school"),
    )
    send(book, "branch", 1, "2023-01-03")
    told = {(named.kind, named.id): named.documents for named in names_in(book)}
    assert told["school", "school"] == ("DL-000001", "MEN-000001")
    assert told["society", "ningshan"] == ("MEN-000001",)
    assert told["donor", "province"] == ("GRN-000001",)
    assert told["warehouse", "depot"] == ("GRN-000001", "DL-000001", "WB-000001")
    assert told["warehouse", "branch"] == ("WB-000001",)
    assert told["supplier", "mill"] == ()


def test_two_names_of_one_are_told_with_the_documents_of_both():
    book = office()
    book.add(School("s1", zh="吕河镇中心学校"), School("s2", zh="铝河镇中心学校"))
    receive(book, 9, "9.00", "2023-01-01")
    give(book, "s2", 1, "2023-01-02")
    give(book, "s1", 1, "2023-01-03")
    (finding,) = one_name(names_in(book))
    assert finding.documents == ("DL-000002", "DL-000001")
