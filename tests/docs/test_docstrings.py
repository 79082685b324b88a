"""The examples in the docstrings of every module run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import types

import pytest

import reliefstock

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL | doctest.FAIL_FAST


def module_names() -> list[str]:
    inner = pkgutil.walk_packages(reliefstock.__path__, "reliefstock.")
    return ["reliefstock", *sorted(module.name for module in inner)]


def broken(module: types.ModuleType) -> int:
    return doctest.testmod(module, optionflags=FLAGS).failed


@pytest.mark.parametrize("name", module_names())
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert broken(importlib.import_module(name)) == 0


@pytest.mark.parametrize(("result", "failures"), [("2", 0), ("3", 1)])
def test_an_example_that_no_longer_holds_is_found(result: str, failures: int) -> None:
    assert broken(types.ModuleType("sample", f"A sum.\n\n>>> 1 + 1\n{result}\n")) == failures
