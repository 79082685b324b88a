"""Projects as a table: money first, then what was built, by state."""

from __future__ import annotations

from reliefstock import Book, Donor, FixedClock, Fund, Interval, Money, Period, Project, State
from reliefstock.reconciliation import project_account
from reliefstock.reports import draw, projects_table

YEAR = Period.year(2023)


def office() -> Book:
    book = Book("Ankang", currency="CNY", clock=FixedClock("2026-11-23"))
    book.add(
        Donor("A", zh="甲公司"),
        Fund("school", zh="校舍专户", project="school"),
        Project("school", zh="校舍", en="School", budget=Money.of("300000", "CNY"), state=State.BEGUN),
        Project("well", zh="水井", en="Well"),
    )
    book.receive_money(donor="A", into="school", amount=Money.of("200000", "CNY"), on="2023-02-01")
    for count, state in ((4, State.PLANNED), (2, State.DONE)):
        book.observe(
            "classrooms",
            count=Interval.exactly(count),
            unit="间",
            on="2023-05-01",
            evidence="site report",
            project="school",
            state=state,
            what_zh="教室",
            what_en="Classrooms",
        )
    return book


def test_money_and_outputs_stand_side_by_side_in_chinese() -> None:
    book = office()
    accounts = [project_account(book, project, YEAR) for project in ("school", "well")]
    drawn = draw(projects_table(accounts, book, "zh"), "csv")
    assert drawn.splitlines() == [
        "项目,产出,预算,收入,支出,计划,进行中,完成",
        '校舍,进行中,"300,000.00","200,000.00",无,,,',
        "校舍,教室,,,,4间,,2间",
        "水井,,未说明,无,无,,,",
    ]


def test_the_english_table_names_outputs_in_english() -> None:
    book = office()
    rows = projects_table([project_account(book, "school", YEAR)], book).rows
    assert rows[0] == ("School", "begun", "300,000.00", "200,000.00", "nothing", "", "", "")
    assert rows[1][1] == "Classrooms"
