"""A folder with the book of a county, and with what it gave to others, in which commands are run."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import attrs
import pytest

from reliefstock import Book
from reliefstock.cli import main
from reliefstock.stores.backup import backup
from unit.cli.county import a_county, a_form

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@attrs.frozen
class Done:
    """How a command went."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as it is at first; nobody changes it."""
    folder = tmp_path_factory.mktemp("county")
    older = a_county(folder / "county.db", a_form(folder / "form"))
    with Book.open(folder / "county.db") as book:
        checkpoint = book.checkpoint("2023-06-30")
        texts = {
            "older": older.text(),
            "checkpoint": checkpoint.text(),
            "receipt": book.receipt("GRN-000001", checkpoint).text(),
            "continuation": book.continuation(older, checkpoint).text(),
        }
    for name, text in texts.items():
        folder.joinpath(f"{name}.txt").write_text(text, encoding="utf-8")
    backup(folder / "county.db", folder / "county.bak")
    return folder


@pytest.fixture
def folder(county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder, in which the test is; the environment speaks English."""
    own = tmp_path / "county"
    shutil.copytree(county, own)
    monkeypatch.chdir(own)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "RELIEFSTOCK_PASSWORD", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)
    return own


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """What runs a command in the folder."""

    def run_it(*words: str) -> Done:
        capsys.readouterr()
        code = main(words)
        shown = capsys.readouterr()
        return Done(int(code), shown.out, shown.err)

    return run_it
