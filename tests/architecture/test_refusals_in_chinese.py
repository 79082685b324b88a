"""Whatever is refused as incomplete is said in Chinese as whole as in English, wherever it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from architecture.checks import module_name, modules, without_chinese

if TYPE_CHECKING:
    from pathlib import Path


def test_there_is_something_refused_as_incomplete() -> None:
    assert sum("Incomplete(" in path.read_text(encoding="utf-8") for path in modules()) > 1


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_whatever_is_incomplete_is_said_in_chinese_too(path: Path) -> None:
    assert without_chinese(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('raise Incomplete("a", "b", "c")', [1]),
        ('raise errors.Incomplete("a", "b", "c")', [1]),
        ('raise Incomplete("a", "b", "c", zh="")', [1]),
        ('raise Incomplete("a", "b", "c", zh="a: b; c")', [1]),
        ('raise Incomplete("a", "b", "c", zh=f"{a}：{b}")', [1]),
        ('raise Incomplete("a", "b", "c", zh="丁")', []),
        ('raise Incomplete("a", "b", "c", zh=f"{a}：没有")', []),
        ('raise Incomplete("a", "b", "c", zh=said)', []),
        ('raise Unknown("a", "b")', []),
    ],
)
def test_a_refusal_in_english_alone_is_noticed(text: str, found: list[int]) -> None:
    assert without_chinese(text) == found
