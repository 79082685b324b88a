"""The audit on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import attrs
import pytest

from reliefstock.audit import AuditFinding, audit
from reliefstock.cli import auditing

if TYPE_CHECKING:
    from collections.abc import Callable

    from reliefstock.audit import AuditReport
    from unit.cli.conftest import Done


def test_a_book_that_agrees_with_its_records_is_sound(run: Callable[..., Done]) -> None:
    english, chinese = run("audit", "county.db"), run("audit", "county.db", "--lang", "zh")
    assert (english.code, english.err, chinese.code) == (0, "", 0)
    assert "| Differences from the book |" in english.out
    assert "| 与账簿不符     |" in chinese.out


def test_an_audit_for_programs(run: Callable[..., Done]) -> None:
    done = run("audit", "county.db", "--known", "checkpoint.txt", "--format", "json")
    found = json.loads(done.out)
    assert (done.code, found["sound"], found["findings"]) == (0, True, [])
    assert [table["key"] for table in found["tables"]] == ["audit"]


@pytest.fixture
def unsound(monkeypatch: pytest.MonkeyPatch) -> None:
    """An audit that finds one thing more than there is."""
    whole = audit
    extra = AuditFinding(
        code="quantity-not-conserved", record=3, entry=1, lot="GRN-000001-1", figures=(("difference", "-1"),)
    )

    def with_one_more(*given: object, **options: object) -> AuditReport:
        report = whole(*given, **options)  # pyright: ignore[reportArgumentType]
        return attrs.evolve(report, differences=(extra,))

    monkeypatch.setattr(auditing, "audit", with_one_more)


def test_what_is_wrong_is_listed_and_the_exit_code_says_so(run: Callable[..., Done], unsound: None) -> None:
    english, chinese = run("audit", "county.db"), run("audit", "county.db", "--lang", "zh")
    assert (english.code, chinese.code) == (1, 1)
    assert "the postings of lot GRN-000001-1 sum to -1 units, not to zero" in english.out
    assert "批次 GRN-000001-1 各笔数量合计为 -1，不为零" in chinese.out


def test_what_is_wrong_is_there_for_programs(run: Callable[..., Done], unsound: None) -> None:
    done = run("audit", "county.db", "--format", "json")
    (finding,) = json.loads(done.out)["findings"]
    assert done.code == 1
    assert (finding["code"], finding["record"], finding["entry"]) == ("quantity-not-conserved", 3, 1)
    assert finding["figures"] == {"difference": "-1"}
    assert {"zh", "en", "place", "lot"} <= set(finding)


def test_progress_counts_records_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int | None]] = []
    monkeypatch.setattr(auditing, "telling_progress", lambda: lambda done, of: told.append((done, of)))
    progress = auditing._progress()
    assert progress is not None
    progress(10_000)
    assert told == [(10_000, None)]
