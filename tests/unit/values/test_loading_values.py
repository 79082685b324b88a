"""A program that needs a value loads that value, and the errors that values raise."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest


def loaded(program: str) -> list[str]:
    """The modules of the library that a new process loads for a program."""
    seen = "print(sorted(name for name in sys.modules if name.startswith('reliefstock.')))"
    command = [sys.executable, "-c", f"import sys; {program}; {seen}"]
    return ast.literal_eval(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_money_alone_loads_no_calendar():
    modules = loaded("from reliefstock.values import Money")
    assert "reliefstock.values.money" in modules
    assert "reliefstock.values.calendar" not in modules


@pytest.mark.parametrize(
    ("program", "families"),
    [
        ("from reliefstock.values import Money", {"_amounts", "_base"}),
        ("from reliefstock.values import *", {"_amounts", "_base", "_statements"}),
        ("from reliefstock.errors import StoreBusy", {"_base", "_stores"}),
    ],
)
def test_only_the_errors_that_can_be_raised_are_loaded(program: str, families: set[str]):
    inside = "reliefstock.errors."
    assert {name.removeprefix(inside) for name in loaded(program) if name.startswith(inside)} == families
