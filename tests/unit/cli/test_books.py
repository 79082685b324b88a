"""How a book is opened: what options hand on, and how a password gets to libpq."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from reliefstock.book import Book
from reliefstock.cli.books import place_of, with_password
from reliefstock.errors import AccessRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from unit.cli.conftest import Done


@pytest.mark.parametrize(
    ("environment", "handed"),
    [
        ({}, None),
        ({"RELIEFSTOCK_PASSWORD": "a"}, "a"),
        ({"PGPASSWORD": "b"}, "b"),
        ({"RELIEFSTOCK_PASSWORD": "a", "PGPASSWORD": "b"}, "b"),
    ],
)
def test_the_password_comes_from_the_environment_and_goes_when_the_command_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], handed: str | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with with_password():
        assert os.environ.get("PGPASSWORD") == handed
    assert os.environ.get("PGPASSWORD") == environment.get("PGPASSWORD")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("county.db", "county.db"),
        ("/var/a@b?c/county.db", "/var/a@b?c/county.db"),
        ("postgresql+psycopg://clerk:se@cret@host/books", "postgresql+psycopg://host/books"),
        ("postgresql+psycopg://host", "postgresql+psycopg://host"),
        ("postgresql+psycopg:///books?user=clerk&password=secret", "postgresql+psycopg:///books"),
    ],
)
def test_an_address_is_shown_without_what_is_secret(address: str, place: str) -> None:
    assert place_of(address) == place


def test_a_password_goes_also_when_the_command_fails(
    run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Any, ...]] = []

    def refuse(*given: object, **options: object) -> Book:
        seen.append((*given, options, os.environ.get("PGPASSWORD")))
        raise AccessRefused("postgresql+psycopg://clerk@host/books", "wrong password")

    monkeypatch.setenv("RELIEFSTOCK_PASSWORD", "secret")
    monkeypatch.setattr(Book, "open", refuse)
    url = "postgresql+psycopg://clerk@host/books"
    done = run("stock", url, "--name", "Ningshan", "--no-snapshot", "--patience", "3")
    options = {"read_only": True, "snapshot": False, "patience": 3}
    assert seen == [(url, "Ningshan", options, "secret")]
    assert (done.code, done.out, os.environ.get("PGPASSWORD")) == (3, "", None)
    assert "secret" not in done.err


def test_a_book_of_another_name_is_not_the_one_that_is_meant(run: Callable[..., Done]) -> None:
    done = run("stock", "county.db", "--name", "Ankang", "--lang", "zh")
    assert (done.code, done.out) == (3, "")
    assert "不是所要的账册" in done.err


@pytest.mark.parametrize("command", ["stock", "verify", "audit", "checkpoint"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_book_that_is_not_there_is_told_with_its_place(
    run: Callable[..., Done], folder: Path, command: str, lang: str
) -> None:
    done = run(command, "nowhere.db", "--lang", lang)
    assert (done.code, done.out) == (3, "")
    assert "nowhere.db" in done.err
    assert not (folder / "nowhere.db").exists()


def test_to_ask_a_book_changes_nothing_in_its_file(run: Callable[..., Done], folder: Path) -> None:
    before = folder.joinpath("county.db").read_bytes()
    assert run("stock", "county.db").code == 0
    assert run("audit", "county.db").code == 0
    assert folder.joinpath("county.db").read_bytes() == before
