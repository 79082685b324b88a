"""An old system's history, taken over as the example does it; a total that does not come out is found."""

from __future__ import annotations

from types import MappingProxyType

import pytest

import take_over as example


@pytest.mark.parametrize(
    ("lang", "kept"), [("en", "0 rows are wrong, 84 documents"), ("zh", "0 行有误，账上有单据 84 张")]
)
def test_the_totals_of_the_old_system_come_out(lang: str, kept: str, capsys: pytest.CaptureFixture[str]):
    assert example.main(["--lang", lang]) == 0
    assert kept in capsys.readouterr().out


def test_both_wrong_rows_are_told_and_nothing_is_kept_until_they_are_right(
    capsys: pytest.CaptureFixture[str],
):
    example.main(["--lang", "en"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines[:2]] == ["row 10", "row 44"]
    assert lines[2] == "2 rows are wrong, 0 documents are kept."


@pytest.mark.parametrize(
    "right",
    [
        {"10": {"pieces": "3"}, "44": {"party": "H-1"}},
        {"10": {"pieces": "2", "kind": "lost"}, "44": {"party": "H-1"}},
        {"10": {"pieces": "2", "item": "quilt"}, "44": {"party": "H-1"}},
        {"10": {"pieces": "2"}, "44": {"party": "H-1"}, "1": {"fen": "200007"}},
        {"10": {"pieces": "2"}},
        {},
    ],
    ids=[
        "one piece more",
        "a row left out",
        "another item",
        "one fen more",
        "one is still wrong",
        "both are",
    ],
)
def test_what_does_not_come_out_is_found(right: dict[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(example, "CORRECTED", MappingProxyType(right))
    assert example.main([]) == 1
