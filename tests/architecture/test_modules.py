"""What every module of the library has, and what none of them may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from architecture.checks import (
    inexact_arithmetic,
    missing_docstring,
    module_name,
    modules,
    mutable_state,
    surface_order,
    wrong_all,
)

if TYPE_CHECKING:
    from pathlib import Path

every_module = pytest.mark.parametrize("path", modules(), ids=module_name)


def test_there_is_something_to_check() -> None:
    assert modules()


def test_every_package_says_that_it_is_one() -> None:
    folders = {path.parent for path in modules()}
    assert [folder.name for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


@every_module
def test_a_module_says_what_it_is(path: Path) -> None:
    assert missing_docstring(path.read_text(encoding="utf-8")) == []


@every_module
def test_a_module_says_what_it_offers(path: Path) -> None:
    assert wrong_all(path.read_text(encoding="utf-8")) == []


@every_module
def test_a_module_holds_nothing_that_changes(path: Path) -> None:
    assert mutable_state(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", modules(below="reconciliation"), ids=module_name)
def test_value_and_quantity_are_never_floats(path: Path) -> None:
    assert inexact_arithmetic(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("text", "found"), [("x = 1", 1), ('"""Money."""', 0), ("# Money.", 1), ("", 1)])
def test_a_missing_docstring_is_found(text: str, found: int) -> None:
    assert len(missing_docstring(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = 1", 1),
        ("__all__ = ['b', 'a']", 1),
        ("__all__ = ['a', 'a']", 1),
        ("__all__ = [name for name in dir()]", 1),
        ("__all__ = ['a']\n__all__ = ['b']", 1),
        ("__all__: list[str]", 1),
        ("__all__: list[str] = []", 0),
        ("__all__ = ['PIECE', 'Money', 'Period', 'business_date']", 0),
    ],
)
def test_a_wrong_list_of_names_is_found(text: str, found: int) -> None:
    assert len(wrong_all(text)) == found


def test_names_are_listed_constants_first_then_classes_then_functions() -> None:
    names = ["business_date", "Money", "PIECE", "_private", "X"]
    assert sorted(names, key=surface_order) == ["PIECE", "Money", "X", "_private", "business_date"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("seen = {}", 1),
        ("seen: list[str] = []", 1),
        ("seen = {name for name in 'ab'}", 1),
        ("seen = collections.defaultdict(int)", 1),
        ("if True:\n    seen = set()", 1),
        ("try:\n    pass\nexcept ValueError:\n    seen = []", 1),
        ("def f():\n    global seen\n    seen = 1", 1),
        ("SEEN = {'a': 1}", 0),
        ("seen = frozenset({1})", 0),
        ("def f():\n    seen = []", 0),
    ],
)
def test_what_can_change_is_found(text: str, found: int) -> None:
    assert len(mutable_state(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = 0.5", 1),
        ("x = 1e3", 1),
        ("x = 2j", 1),
        ("x = float('1')", 1),
        ("x = a / b", 1),
        ("x /= 2", 1),
        ("x = 0.5  # exact: Fraction", 1),
        ("x = a / b  # exact: Fraction", 0),
        ("x = (\n    a\n    / b  # exact: Fraction\n)", 0),
        ("x = a // b", 0),
        ("x = '0.5'", 0),
        ("isinstance(x, float)", 0),
    ],
)
def test_what_is_not_exact_is_found(text: str, found: int) -> None:
    assert len(inexact_arithmetic(text)) == found
