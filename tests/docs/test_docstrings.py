"""The examples in the docstrings of every module run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import types
from pathlib import Path

import pytest

import reliefstock
from reliefstock import errors

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL | doctest.FAIL_FAST


def module_names() -> list[str]:
    inner = pkgutil.walk_packages(reliefstock.__path__, "reliefstock.")
    return ["reliefstock", *sorted(module.name for module in inner)]


def load(module: types.ModuleType) -> None:
    """What a package loads when asked for has examples too: errors are said to be of their package."""
    for name in getattr(module, "__all__", ()):
        getattr(module, name)


def broken(module: types.ModuleType) -> int:
    load(module)
    return doctest.testmod(module, optionflags=FLAGS).failed


@pytest.mark.parametrize("name", module_names())
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert broken(importlib.import_module(name)) == 0


@pytest.mark.parametrize(("result", "failures"), [("2", 0), ("3", 1)])
def test_an_example_that_no_longer_holds_is_found(result: str, failures: int) -> None:
    assert broken(types.ModuleType("sample", f"A sum.\n\n>>> 1 + 1\n{result}\n")) == failures


def test_every_example_of_an_error_is_found() -> None:
    """Doctest overlooks one that stands at a method there: give it to the class."""
    load(errors)
    texts = (path.read_text(encoding="utf-8") for path in Path(errors.__path__[0]).glob("*.py"))
    written = sum(text.count(">>> ") for text in texts)
    assert written
    assert sum(len(test.examples) for test in doctest.DocTestFinder().find(errors)) == written
