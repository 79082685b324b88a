"""Books as commands open them: where the address says, with the password from the environment."""

from __future__ import annotations

import argparse
import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from reliefstock.book import Book
from reliefstock.cli.parser import Parser, at_least
from reliefstock.cli.texts import text

__all__ = ["PASSWORD", "add_book", "add_patience", "is_file", "opened", "place_of", "with_password"]

PASSWORD: Final = "RELIEFSTOCK_PASSWORD"  # noqa: S105 -- the name of the variable, and no password
_OF_LIBPQ: Final = "PGPASSWORD"
_PATIENCE: Final = 10


def add_book(parser: Parser, *, address: bool = True) -> None:
    """Let a command take a book: its address, and how to open it."""
    lang = parser.lang
    if address:
        parser.inputs.add_argument("address", metavar="ADDRESS", help=text("address", lang))
    parser.options.add_argument("--name", metavar="NAME", help=text("name", lang))
    parser.options.add_argument("--no-snapshot", action="store_true", help=text("no-snapshot", lang))
    add_patience(parser)


def add_patience(parser: Parser) -> None:
    """Let a command say how long to wait for others."""
    parser.options.add_argument(
        "--patience",
        metavar="SECONDS",
        type=at_least(0, parser.lang),
        default=_PATIENCE,
        help=text("patience", parser.lang),
    )


def is_file(address: str) -> bool:
    """Whether a book is kept in a file, and not in a database.

    >>> is_file("county.db"), is_file("postgresql+psycopg://host/books")
    (True, False)
    """
    return "://" not in address


def place_of(address: str) -> str:
    """An address as it can be shown: that of a database without the user, the password and all options.

    >>> place_of("postgresql+psycopg://clerk:secret@host:5432/books?password=secret")
    'postgresql+psycopg://host:5432/books'
    """
    if is_file(address):
        return address
    scheme, _, rest = address.partition("://")
    host, slash, database = rest.partition("?")[0].rpartition("@")[2].partition("/")
    return f"{scheme}://{host}{slash}{database}"


@contextmanager
def opened(asked: argparse.Namespace, *, to_write: bool = False) -> Generator[Book]:
    """The book that a command asks for, until the block ends. Raises as `Book.open`."""
    with (
        with_password(),
        Book.open(
            asked.address,
            asked.name,
            read_only=not to_write,
            snapshot=not asked.no_snapshot,
            patience=asked.patience,
        ) as book,
    ):
        yield book


@contextmanager
def with_password() -> Generator[None]:
    """Let libpq have the password of a database, so that it stands in no address and in no message."""
    before, given = os.environ.get(_OF_LIBPQ), os.environ.get(PASSWORD)
    if given is None or before is not None:
        yield
        return
    os.environ[_OF_LIBPQ] = given
    try:
        yield
    finally:
        del os.environ[_OF_LIBPQ]
