"""A command: its name, what it takes, what it does."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import attrs

from reliefstock.cli.exits import Exit
from reliefstock.cli.output import FORMS
from reliefstock.cli.parser import Parser
from reliefstock.cli.texts import text
from reliefstock.values import Language

__all__ = ["Command", "Run", "add_form", "add_out"]

Run = Callable[[argparse.Namespace, Language], Exit]
"""Does what was asked, and says how it went. Raises `ReliefstockError`, `FileUnusable` or `WrongUsage`."""


@attrs.frozen
class Command:
    """A command. `examples` are lines of a shell, shown by its help; tests run them."""

    name: str
    examples: tuple[str, ...]
    takes: Callable[[Parser], None]
    run: Run

    def about(self, lang: Language) -> str:
        """What it does, in a line."""
        return text(self.name, lang)


def add_form(parser: Parser) -> None:
    """Let a command say in which form its output is wanted."""
    parser.options.add_argument("--format", choices=FORMS, default=FORMS[0], help=text("format", parser.lang))


def add_out(parser: Parser) -> None:
    """Let a command write its output to a new file."""
    parser.options.add_argument("--out", metavar="FILE", help=text("out", parser.lang))
