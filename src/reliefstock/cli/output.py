"""What goes to standard output, and what to standard error: results there, all else here."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from enum import Enum
from io import TextIOWrapper
from pathlib import Path
from typing import Final, cast

import attrs

from reliefstock.cli.exits import FileUnusable
from reliefstock.cli.texts import text
from reliefstock.errors import TextBroken
from reliefstock.reports import Table, draw, plain
from reliefstock.values import Language

__all__ = [
    "FORMS",
    "data_of",
    "deliver",
    "read_text",
    "say",
    "say_data",
    "show",
    "tell",
    "telling_progress",
]

FORMS: Final = ("table", "markdown", "csv", "json")
"""The forms of output."""


def say(words: str) -> None:
    """Write to standard output; marks that it cannot show are written as their numbers."""
    out: object = sys.stdout
    if isinstance(out, TextIOWrapper):
        cast("TextIOWrapper", out).reconfigure(errors="backslashreplace")
    print(words, end="")  # noqa: T201 -- this is the one place that prints results


def tell(words: str, lang: Language) -> None:
    """Write an error to standard error, as one paragraph."""
    sys.stderr.write(f"reliefstock: {text('error', lang)}{words}\n")


def show(tables: Iterable[Table], form: str) -> None:
    """Draw tables one below the other; CSV has an empty line between two."""
    say("\n".join(_drawn(table, form) for table in tables))


def _drawn(table: Table, form: str) -> str:
    if form == "markdown":
        return draw(table, "markdown")
    return draw(table, "csv" if form == "csv" else "terminal")


def say_data(data: Mapping[str, object]) -> None:
    """Write data as JSON; where the output is not in UTF-8, what is not ASCII is escaped."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
    say(json.dumps(data_of(data), ensure_ascii=encoding != "utf8", indent=2) + "\n")


def data_of(given: object) -> object:
    """Typed rows as plain data: whole numbers and texts, keys by the names of the fields.

    >>> from reliefstock.values import Money
    >>> data_of((Money.of("12.50", "CNY"), date(2023, 5, 27)))
    [{'minor': 1250, 'currency': 'CNY'}, '2023-05-27']
    """
    if given is None or isinstance(given, bool | int | str):
        return given
    if isinstance(given, Enum):
        return data_of(given.value)
    if isinstance(given, Table):
        return plain(given)
    if attrs.has(type(given)):
        named = ((field.name, getattr(given, field.name)) for field in attrs.fields(type(given)))
        return {name: data_of(value) for name, value in named if not name.startswith("_")}
    return _collection(given)


def _collection(given: object) -> object:
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, bytes):
        return given.hex()
    if isinstance(given, Mapping):
        pairs = cast("Mapping[object, object]", given).items()
        return {str(data_of(key)): data_of(value) for key, value in pairs}
    if isinstance(given, AbstractSet):
        return sorted(map(str, map(data_of, cast("AbstractSet[object]", given))))
    if isinstance(given, tuple | list):
        return [data_of(one) for one in cast("tuple[object, ...]", given)]
    return str(given)


def deliver(words: str, out: str | None) -> None:
    """Write a text to standard output, or to a new file. Raises `FileUnusable`, also where there is one."""
    if out is None:
        say(words)
        return
    try:
        with Path(out).open("x", encoding="utf-8", newline="\n") as file:
            file.write(words)
    except OSError as error:
        raise FileUnusable(out, error.strerror or str(error)) from error


def read_text(path: str, what: str) -> str:
    """The text of a file, `-` is standard input. Raises `FileUnusable`, `TextBroken` for what is no text."""
    try:
        if path == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextBroken(what, 1, text("not text", "en")) from error
    except OSError as error:
        raise FileUnusable(path, error.strerror or str(error)) from error


def telling_progress() -> Callable[[int, int | None], None] | None:
    """What tells how far a long work has come, where standard error is a terminal; else None."""
    if not sys.stderr.isatty():
        return None

    def tell_progress(done: int, of: int | None) -> None:
        end = "\n" if done == of else ""
        sys.stderr.write(f"\r{done:,}" + (f"/{of:,}" if of else "") + end)
        sys.stderr.flush()

    return tell_progress
