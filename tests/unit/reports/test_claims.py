"""Published figures against the book, as tables."""

from __future__ import annotations

import pytest

from reliefstock import Book, Interval, Period
from reliefstock.reconciliation import (
    Claim,
    ClaimsReport,
    Finding,
    Measure,
    Relation,
    RelationKind,
    Scope,
    What,
    check_claims,
)
from reliefstock.reports import claims_table, draw, findings_table, relations_table
from unit.reports.books import a_book

HALF = Period.half_year(2023, 1)


def claim(number: str, figure: str, what: What, unit: str = "money", items: tuple[str, ...] = ()) -> Claim:
    measure = Measure(what=what, period=HALF, unit=unit, scope=Scope(items=items))
    zh = {What.RECEIVED: "接收", What.GIVEN_OUT: "发放", What.LOST: "损失", What.REACHED: "惠及"}[what]
    return Claim(id=number, figure=figure, zh=zh, en=what.value, measure=measure, source="notice")


@pytest.fixture(scope="module")
def report() -> ClaimsReport:
    return check_claims(
        a_book(),
        [
            claim("C1", "1000元", What.RECEIVED, items=("quilt",)),
            claim("C2", "40余万元", What.GIVEN_OUT, items=("quilt",)),
            claim("C3", "1件", What.GIVEN_OUT, "piece", ("quilt",)),
            claim("C4", "5户", What.LOST, "household"),
            claim("C5", "2件", What.GIVEN_OUT, "piece", ("quilt",)),
        ],
        [
            Relation(RelationKind.PART_OF, "C1", ("C2",)),
            Relation(RelationKind.SUM_OF, "C5", ("C3",)),
            Relation(RelationKind.MAY_CONTAIN, "C5", ("C3", "C2")),
        ],
    )


def test_the_verdicts_on_paper_in_chinese(report: ClaimsReport) -> None:
    assert (
        draw(claims_table(report, "zh"), lang="zh")
        == """\
公布数核对表
+--------+--------+----------+------------+--------+--------------------------------------------+----------+
| 编号   | 内容   |   公布数 |     账面数 | 结论   | 差额                                       | 依据     |
|--------+--------+----------+------------+--------+--------------------------------------------+----------|
| C1     | 接收   |   1000元 | 1,000.00元 | 有据   |                                            | 另有依据 |
| C2     | 发放   | 40余万元 |   200.00元 | 矛盾   | 公布数多大于399,800.00元、小于499,800.00元 | 未注明   |
| C3     | 发放   |      1件 |        2件 | 矛盾   | 账面多1件                                  | 未注明   |
| C4     | 损失   |      5户 |         无 | 无来源 | 公布数多5户                                | 无       |
| C5     | 发放   |      2件 |        2件 | 有据   |                                            | 未注明   |
+--------+--------+----------+------------+--------+--------------------------------------------+----------+
有据2项（其中另有依据1项），矛盾2项，无来源1项
"""
    )


def test_the_verdicts_on_a_page_in_english(report: ClaimsReport) -> None:
    table = claims_table(report, "en")
    assert (
        draw(table.without("by_how_much"), "markdown", "en")
        == """\
**Published figures against the book**

| Id   | Said of   |   Figure |   The book has | Verdict          | Rests on        |
|:-----|:----------|---------:|---------------:|:-----------------|:----------------|
| C1   | received  |   1000元 |   CNY 1,000.00 | supported        | other evidence  |
| C2   | given out | 40余万元 |     CNY 200.00 | contradicted     | no paper stated |
| C3   | given out |      1件 |        2 piece | contradicted     | no paper stated |
| C4   | lost      |      5户 |        nothing | without a source | nothing         |
| C5   | given out |      2件 |        2 piece | supported        | no paper stated |

- 2 supported (1 of them by other evidence), 2 contradicted, 1 without a source
"""
    )
    assert [row[5] for row in table.rows] == [
        "",
        "the figure has CNY 399,800.00–CNY 499,800.00 (both excluded) more",
        "the book has 1 piece more",
        "the figure has 5 household more",
        "",
    ]


def test_how_the_figures_hang_together(report: ClaimsReport) -> None:
    assert (
        draw(relations_table(report, "zh"), lang="zh")
        == """\
公布数之间的关系
+--------+----------------+--------+------------+------------------------------------+
| 部分   | 类型           | 整体   | 结论       | 差额                               |
|--------+----------------+--------+------------+------------------------------------|
| C2     | 部分不大于整体 | C1     | 矛盾       | 大于399,000.00元、小于499,000.00元 |
| C3     | 各部分之和     | C5     | 矛盾       | 1件                                |
| C3、C2 | 可能包含       | C5     | 文件未说明 |                                    |
+--------+----------------+--------+------------+------------------------------------+
"""
    )
    assert [row[1] for row in relations_table(report).rows] == ["part of", "sum of", "may contain"]


def test_a_figure_that_only_its_own_paper_speaks_for_says_so() -> None:
    book = Book("Ankang", currency="CNY")
    book.observe("wells", count=Interval.exactly(3), unit="口", on="2023-05-01", evidence="notice")
    measure = Measure(what=What.OBSERVED, period=Period.year(2023), unit="口", indicator="wells")
    claims = [Claim(id="C", figure="3口", zh="水井", en="wells", measure=measure, source="notice")]
    rows = claims_table(check_claims(book, claims), "zh").rows
    assert rows == (("C", "水井", "3口", "3口", "有据", "", "仅本文件"),)


def test_a_finding_of_somebody_else_has_its_code_and_the_documents_are_explained() -> None:
    own = Finding(code="my-check", about="X", zh="不符", en="wrong", documents=("WB-000001", "DL-000002"))
    table = findings_table([own], "zh")
    assert (table.rows[0][0], table.notes("zh")) == ("my-check", ("单据：WB 货运单、DL 发放清单",))
    assert table.notes("en") == ("documents: WB Waybill, DL Distribution list",)


def test_findings_are_a_line_each_in_the_language_asked_for(report: ClaimsReport) -> None:
    zh, en = findings_table(report.findings, "zh"), findings_table(report.findings)
    assert len(zh.rows) == len(report.findings)
    assert [row[1] for row in zh.rows] == [row[1] for row in en.rows]
    assert [row[0] for row in en.rows] == [one.code for one in report.findings]
    assert zh.rows[1] == (
        "公布数与账面矛盾",
        "C3",
        "发放「1件」：账中为2件，账面比公布数多1件",
        "DL-000001、DL-000002、REV-000001",
    )
    assert en.rows[1][3] == "DL-000001, DL-000002, REV-000001"
