"""What every test has: something that it asserts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from architecture.checks import ROOT, asserting_nothing

if TYPE_CHECKING:
    from pathlib import Path


def files() -> list[Path]:
    return sorted((ROOT / "tests").rglob("test_*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", files(), ids=name)
def test_a_test_asserts_something(path: Path) -> None:
    assert asserting_nothing(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def test_it():\n    run()", ["test_it"]),
        ("class TestIt:\n    def test_it(self):\n        run()", ["test_it"]),
        ("def test_it():\n    assert run()", []),
        ("def test_it():\n    with pytest.raises(ValueError):\n        run()", []),
        ("def test_it():\n    assert_same(run(), 1)", []),
        ("def helper():\n    run()", []),
    ],
)
def test_a_test_that_cannot_fail_is_found(text: str, found: list[str]) -> None:
    assert asserting_nothing(text) == found
