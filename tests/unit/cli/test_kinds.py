"""Every report can be asked for, in every form and language, with the options of its functions alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from reliefstock import reports
from reliefstock.cli.asking import options_of
from reliefstock.cli.kinds import KINDS, Kind
from reliefstock.errors import Incomplete
from reliefstock.reports import Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from unit.cli.conftest import Done

# drawn by the command audit, which has a table of its own, and of plans, which are made outside of a book
OF_PLANS = {"award_changes_table", "awards_table", "plan_measures_table", "rules_table"}
ELSEWHERE = {"findings_table", *OF_PLANS}


def test_every_table_that_reports_have_can_be_asked_for() -> None:
    drawn = {name for name in reports.__all__ if name.endswith(("_table", "_tables"))}
    asked_for = {kind.table.__name__ for kind in KINDS.values()}
    assert asked_for == drawn - ELSEWHERE


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_report_comes_in_every_form(run: Callable[..., Done], kind: Kind, lang: str) -> None:
    words = ("report", "county.db", kind.name, *kind.example.split(), "--lang", lang)
    table, markdown, csv = (run(*words, "--format", form) for form in ("table", "markdown", "csv"))
    found = run(*words, "--format", "json")
    assert [done.code for done in (table, markdown, csv, found)] == [0, 0, 0, 0], found.err
    data: dict[str, Any] = json.loads(found.out)
    assert list(data) == ["report", "book", "currency", "records", "rows", "tables"]
    assert (data["report"], data["book"], data["currency"]) == (kind.name, "Ningshan", "CNY")
    for drawn in data["tables"]:
        assert drawn["lang"] == lang
        heads = [column[lang] for column in drawn["columns"]]
        assert all(head in table.out and head in csv.out for head in heads)
        assert drawn["title"][lang] in markdown.out


def floats(data: object) -> list[float]:
    if isinstance(data, dict):
        return [one for value in data.values() for one in floats(value)]
    if isinstance(data, list):
        return [one for value in data for one in floats(value)]
    return [data] if isinstance(data, float) else []


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_no_report_has_an_inexact_number(run: Callable[..., Done], kind: Kind) -> None:
    done = run("report", "county.db", kind.name, *kind.example.split(), "--format", "json")
    assert floats(json.loads(done.out)) == []


def test_rows_are_whole_numbers_and_texts(run: Callable[..., Done]) -> None:
    done = run("report", "county.db", "stock", "--warehouse", "branch", "--format", "json")
    (row,) = json.loads(done.out)["rows"]
    assert (row["place"], row["item"]) == ({"kind": "warehouse", "id": "branch"}, "quilt")
    assert (row["quantity"], row["value"], row["lots"]) == (29, 966667, 1)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_what_a_report_needs_must_be_given(run: Callable[..., Done], kind: Kind) -> None:
    needed = [
        name
        for name, parameter in options_of(kind).items()
        if parameter.default is parameter.empty and name != "on"
    ]
    done = run("report", "county.db", kind.name)
    assert done.code == (2 if needed else 0)
    assert all(f"--{name.replace('_', '-')}" in done.err for name in needed)


def test_an_option_that_a_report_does_not_have_is_refused(run: Callable[..., Done]) -> None:
    done = run("report", "county.db", "bills", "--warehouse", "depot")
    assert (done.code, done.out) == (2, "")
    assert "unrecognized arguments: --warehouse depot" in done.err


def test_a_parameter_that_no_option_is_known_for_is_taken_for_the_rows() -> None:
    def table(things: object, book: object, on: str, lang: str = "en") -> None:
        """Draw nothing."""

    assert list(options_of(Kind("x", Word("甲", "x"), None, table))) == ["on"]


def test_a_title_is_in_both_languages() -> None:
    kind = KINDS["stock"]
    assert (kind.title.text("zh"), kind.title.text("en")) == ("库存表", "what is there")
    with pytest.raises(Incomplete):
        kind.title.text("fr")  # pyright: ignore[reportArgumentType]
