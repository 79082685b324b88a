"""People on the command line: listed, found, erased; and every proof stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reliefstock import Book

if TYPE_CHECKING:
    from collections.abc import Callable

    from unit.cli.conftest import Done

NOBODY = "person-000000000000000000000000"


def id_of(name: str) -> str:
    with Book.open("county.db", read_only=True) as book:
        found = book.people.find(name)
    assert found is not None
    return found.id


def test_all_who_stand_in_papers_are_listed(run: Callable[..., Done]) -> None:
    english, chinese = run("people", "county.db", "list"), run("people", "county.db", "list", "--lang", "zh")
    assert (english.code, english.err, chinese.code) == (0, "", 0)
    assert all(name in english.out for name in ("clerk A", "clerk B", "clerk C", "director", "auditor"))
    assert f"| {id_of('clerk A')} | clerk A" in chinese.out


@pytest.mark.parametrize("typed", ["clerk A", "ｃｌｅｒｋ　Ａ"])
def test_a_name_is_found_however_it_is_typed(run: Callable[..., Done], typed: str) -> None:
    done = run("people", "county.db", "find", typed, "--format", "json")
    (found,) = json.loads(done.out)["people"]
    assert (done.code, found["name"], found["erased"]) == (0, "clerk A", False)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_is_not_there_is_not_found(run: Callable[..., Done], lang: str) -> None:
    done = run("people", "county.db", "find", "nobody", "--lang", lang)
    assert (done.code, done.out) == (4, "")
    assert "'nobody'" in done.err


def test_who_is_erased_is_gone_and_every_proof_stands(run: Callable[..., Done]) -> None:
    clerk, auditor = id_of("clerk C"), id_of("auditor")
    done = run("people", "county.db", "erase", clerk, auditor, clerk, "--yes")
    assert (done.code, done.out, done.err) == (0, "People who were erased: 2.\n", "")
    listed = run("people", "county.db", "list")
    assert "clerk C" not in listed.out
    assert f"| {clerk} |" in listed.out
    assert run("people", "county.db", "find", "auditor").code == 4
    assert run("verify", "county.db", "--known", "checkpoint.txt").code == 0
    assert run("audit", "county.db").code == 0


def test_nobody_is_erased_by_a_slip(run: Callable[..., Done]) -> None:
    clerk = id_of("clerk C")
    english = run("people", "county.db", "erase", clerk)
    chinese = run("people", "county.db", "erase", clerk, "--lang", "zh")
    assert (english.code, chinese.code) == (2, 2)
    assert "say --yes if it is meant" in english.err
    assert "请加 --yes 确认" in chinese.err
    assert id_of("clerk C") == clerk


def test_where_one_is_not_known_nobody_is_erased(run: Callable[..., Done]) -> None:
    clerk = id_of("clerk C")
    done = run("people", "county.db", "erase", clerk, NOBODY, "--yes", "--lang", "zh")
    assert (done.code, done.out) == (4, "")
    assert NOBODY in done.err
    assert id_of("clerk C") == clerk
