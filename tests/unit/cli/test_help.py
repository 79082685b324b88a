"""The help of every command has examples, and they run."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from reliefstock import Book
from reliefstock.cli.commands import COMMANDS
from reliefstock.cli.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from unit.cli.conftest import Done

HELP_OF = [
    *((command.name,) for command in COMMANDS),
    *(("report", "county.db", kind) for kind in KINDS),
    *(("people", "county.db", act) for act in ("list", "find", "erase")),
]


def examples(text: str) -> list[str]:
    return re.findall(r"^  (reliefstock .+)$", text, re.MULTILINE)


@pytest.mark.parametrize("words", HELP_OF, ids=" ".join)
def test_the_examples_in_the_help_run(run: Callable[..., Done], words: tuple[str, ...]) -> None:
    shown = run(*words, "--help")
    lines = examples(shown.out)
    assert (shown.code, shown.err) == (0, "")
    assert lines
    with Book.open("county.db") as book:
        known = book.people.find("clerk C")
    assert known is not None
    for line in lines:
        done = run(*shlex.split(line.replace("PERSON", known.id))[1:])
        assert (done.code, done.err) == (0, ""), line
        assert done.out or "--out" in line


@pytest.mark.parametrize("words", HELP_OF, ids=" ".join)
def test_the_help_is_in_chinese_too_and_has_the_same_examples(
    run: Callable[..., Done], words: tuple[str, ...]
) -> None:
    english, chinese = run(*words, "--help"), run(*words, "--help", "--lang", "zh")
    assert chinese.code == 0
    assert chinese.out.startswith("用法：")
    assert examples(chinese.out) == examples(english.out)
    for head in ("positional arguments", "options:", "show this help"):
        assert head not in chinese.out
