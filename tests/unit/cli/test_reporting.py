"""Reports as they are asked for: periods, scopes, groups, the list, and the two short ways."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from reliefstock.cli.kinds import KINDS
from reliefstock.values import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from unit.cli.conftest import Done


def data(done: Done) -> dict[str, Any]:
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_all_reports_are_listed_with_what_they_need(run: Callable[..., Done]) -> None:
    english, chinese = run("report", "--list"), run("report", "--list", "--lang", "zh")
    assert (english.code, chinese.code) == (0, 0)
    assert all(f"| {name} " in english.out and f"| {name} " in chinese.out for name in KINDS)
    assert "| stock-card          | 库存卡             | --warehouse --item " in chinese.out
    assert "--period|--from --to" in english.out


def test_stock_is_drawn_as_the_report_is(run: Callable[..., Done]) -> None:
    assert run("stock", "county.db").out == run("report", "county.db", "stock").out


def test_stock_of_a_day_a_depot_and_an_item(run: Callable[..., Done]) -> None:
    words = ("stock", "county.db", "--on", "2023-02-01", "--warehouse", "depot", "--item", "quilt")
    (row,) = data(run(*words, "--format", "json"))["rows"]
    assert (row["quantity"], row["lots"]) == (330, 2)


def test_stock_in_a_fund(run: Callable[..., Done]) -> None:
    (row,) = data(run("stock", "county.db", "--warehouse", "main", "--format", "json"))["rows"]
    assert (row["item"], row["value"]) == ("CNY", 48000)


@pytest.mark.parametrize(
    ("words", "en", "zh"),
    [
        (("stock", "--item", "quit"), "did you mean 'quilt'?", "是否指 'quilt'？"),
        (("stock", "--warehouse", "nowhere"), "no warehouse 'nowhere'", "没有仓库 'nowhere'"),
        (("trace", "GRN-000009"), "no donation 'GRN-000009'", "没有捐赠 'GRN-000009'"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_the_book_does_not_know_is_refused(
    run: Callable[..., Done], words: tuple[str, ...], en: str, zh: str, lang: str
) -> None:
    done = run(words[0], "county.db", *words[1:], "--lang", lang)
    assert (done.code, done.out) == (4, "")
    assert (zh if lang == "zh" else en) in done.err


def test_a_trace_takes_the_donation_without_an_option(run: Callable[..., Done]) -> None:
    done = run("trace", "county.db", "GRN-000001")
    assert done.out == run("report", "county.db", "trace", "--donation", "GRN-000001").out
    assert "10,000.00" in done.out


def test_a_count_that_is_no_count_is_not_known(run: Callable[..., Done]) -> None:
    done = run("report", "county.db", "count-report", "--number", "CR-000009")
    assert (done.code, done.out) == (4, "")
    assert "no document 'CR-000009'" in done.err


def test_claims_of_a_form_that_cannot_be_read_are_refused(run: Callable[..., Done]) -> None:
    done = run("report", "county.db", "claims", "--form", "nowhere")
    assert (done.code, done.out) == (1, "")
    assert "claims.csv, line 1: the file cannot be read" in done.err


# Periods and scopes


STATEMENT = ("report", "county.db", "statement", "--format", "json")


def test_a_period_is_named_or_has_two_ends(run: Callable[..., Done]) -> None:
    named = run(*STATEMENT, "--period", "2023-Q1")
    ends = run(*STATEMENT, "--from", "2023-01-01", "--to", "2023-03-31")
    assert data(named) == data(ends)


@pytest.mark.parametrize(
    ("words", "en", "zh"),
    [
        ((), "give --period, or both --from and --to", "请给出 --period"),
        (("--from", "2023-01-01"), "give --period, or both --from and --to", "请给出 --period"),
        (("--to", "2023-01-01"), "give --period, or both --from and --to", "请给出 --period"),
        (("--period", "2023", "--to", "2023-01-01"), "and not both", "只能给出一种"),
    ],
)
def test_half_a_period_or_two_are_a_wrong_command(
    run: Callable[..., Done], words: tuple[str, ...], en: str, zh: str
) -> None:
    english, chinese = run(*STATEMENT, *words), run(*STATEMENT, *words, "--lang", "zh")
    assert (english.code, chinese.code) == (2, 2)
    assert en in english.err
    assert zh in chinese.err


def test_half_a_period_is_wrong_also_where_none_is_needed(run: Callable[..., Done]) -> None:
    assert run("report", "county.db", "register", "--from", "2023-01-01").code == 2
    assert run("report", "county.db", "register").code == 0


def test_a_period_that_ends_before_it_begins_is_refused(run: Callable[..., Done]) -> None:
    done = run(*STATEMENT, "--from", "2023-02-01", "--to", "2023-01-01")
    assert (done.code, done.out) == (4, "")


def test_a_scope_is_made_of_what_is_named(run: Callable[..., Done]) -> None:
    whole = data(run(*STATEMENT, "--period", "2023"))
    part = data(run(*STATEMENT, "--period", "2023", "--donor", "B", "--donor", "firm", "--item", "water"))
    assert {row["item"] for row in whole["rows"]["rows"]} == {"quilt", "water", "pack", "coat", "CNY"}
    assert {row["item"] for row in part["rows"]["rows"]} == {"water"}


def test_rows_are_grouped_as_asked(run: Callable[..., Done]) -> None:
    groups = {
        by: {row["group"] for row in data(run(*STATEMENT, "--period", "2023", "--by", by))["rows"]["rows"]}
        for by in ("donor", "recipient-kind")
    }
    assert {"A", "B", "firm"} <= groups["donor"]
    assert "household" in groups["recipient-kind"]


def test_a_day_that_a_report_needs_is_today(run: Callable[..., Done]) -> None:
    today = SystemClock().today().isoformat()
    done = run("report", "county.db", "expiring", "--within-days", "90")
    assert done.code == 0
    assert today in done.out


def test_a_donor_who_asked_for_it_is_kept_back_in_public(run: Callable[..., Done]) -> None:
    words = (*STATEMENT[:3], "--period", "2023", "--by", "donor", "--lang", "zh")
    assert "乙公司" in run(*words).out
    assert "乙公司" not in run(*words, "--public").out


def test_the_book_as_it_was_known_after_an_entry(run: Callable[..., Done]) -> None:
    before = data(run("stock", "county.db", "--known", "1", "--format", "json"))
    assert [(row["item"], row["quantity"]) for row in before["rows"]] == [("quilt", 300)]


def test_several_tables_of_csv_have_an_empty_line_between_them(run: Callable[..., Done]) -> None:
    done = run("report", "county.db", "half-year", "--period", "2023-H1", "--format", "csv")
    assert "\n\n" in done.out
    assert not done.out.endswith("\n\n")


@pytest.mark.parametrize(
    ("form", "lang", "said"),
    [
        ("table", "en", "There is nothing to show.\n"),
        ("markdown", "zh", "没有内容。\n"),
        ("csv", "zh", ""),
    ],
)
def test_where_there_is_no_table_a_reader_is_told(
    run: Callable[..., Done], form: str, lang: str, said: str
) -> None:
    words = ("report", "county.db", "recall-notices", "--recall", "RCL-000001", "--on", "2023-01-31")
    done = run(*words, "--format", form, "--lang", lang)
    assert (done.code, done.out, done.err) == (0, said, "")
