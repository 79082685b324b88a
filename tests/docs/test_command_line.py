"""The console blocks of the page on the command line show what the commands say."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reliefstock.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "howto" / "command-line.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a page, and what is shown below it."""
    for block in BLOCK.findall(text):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = step.partition("\n")
            yield command, shown


def carried_out(text: str, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, str, str]]:
    """Each command, what is shown below it, and what it says."""
    code = 0
    for command, shown in steps(text):
        capsys.readouterr()
        words = shlex.split(command)
        if words == ["echo", "$?"]:
            yield command, shown, f"{code}\n"
            continue
        assert words[0] == "reliefstock"
        code = int(main(words[1:]))
        said = capsys.readouterr()
        yield command, shown, said.out + said.err


def same(shown: str, said: str) -> bool:
    return doctest.OutputChecker().check_output(shown, said, doctest.ELLIPSIS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the page is read: English is spoken, and there is the form."""
    shutil.copytree(ROOT / "examples" / "data" / "half_year", tmp_path / "half_year")
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_page_shows_what_the_commands_say(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = list(carried_out(PAGE.read_text(encoding="utf-8"), capsys))
    assert len(done) > 20
    assert [(command, said) for command, shown, said in done if not same(shown, said)] == []


def test_a_page_that_shows_something_else_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = "```console\n$ reliefstock stock nowhere.db\nreliefstock: error: ...\n$ echo $?\n0\n```\n"
    assert [same(shown, said) for _, shown, said in carried_out(page, capsys)] == [True, False]
