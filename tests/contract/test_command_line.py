"""The command line asks a book in a database as it does one in a file, and never shows a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reliefstock.cli import main
from unit.cli.county import a_form

if TYPE_CHECKING:
    from pathlib import Path

    from contract.postgres import Server

MADE = ("--name", "Ankang", "--currency", "CNY")


@pytest.fixture
def address(server: Server, database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty database, without the password: that is in the environment."""
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("RELIEFSTOCK_PASSWORD", server.password)
    return database.replace(f":{server.password}@", "@")


def test_a_book_in_a_database_is_made_filled_asked_and_audited(
    address: str, tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    form, name = str(a_form(tmp_path / "form")), ("--name", "Ankang")
    assert main(["init", address, *MADE]) == 0
    assert main(["import", address, form, "--old-papers", *name]) == 0
    capsys.readouterr()
    assert main(["stock", address, "--item", "coat", "--format", "csv", *name]) == 0
    assert "60 piece" in capsys.readouterr().out
    for command in ("verify", "audit", "checkpoint"):
        assert main([command, address, *name]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert server.password not in shown.out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_wrong_with_a_database_is_told_without_the_password(
    address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    assert main(["init", address, *MADE]) == 0
    capsys.readouterr()
    assert main(["init", address, *MADE, "--lang", lang]) == 3
    assert main(["stock", address, "--name", "Nobody", "--lang", lang]) == 3
    monkeypatch.setenv("RELIEFSTOCK_PASSWORD", "mistyped")
    assert main(["stock", address, "--name", "Ankang", "--lang", lang]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("reliefstock: 错误：" if lang == "zh" else "reliefstock: error: ") == 3
    assert "mistyped" not in shown.err


def test_a_password_in_an_address_is_not_shown(
    database: str, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", database, *MADE]) == 0
    assert main(["init", database, *MADE]) == 3
    shown = capsys.readouterr()
    assert server.password not in shown.out + shown.err
