"""All commands, and the command line that they make together."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

from reliefstock.cli.auditing import AUDIT
from reliefstock.cli.command import Command
from reliefstock.cli.importing import IMPORT
from reliefstock.cli.keeping import BACKUP, COPY, INIT, RESTORE
from reliefstock.cli.parser import Parser
from reliefstock.cli.persons import PEOPLE
from reliefstock.cli.proving import (
    CHECK_CONTINUATION,
    CHECK_RECEIPT,
    CHECKPOINT,
    CONTINUATION,
    COUNTERSIGN,
    RECEIPT,
    VERIFY,
)
from reliefstock.cli.reporting import REPORT, STOCK, TRACE
from reliefstock.cli.texts import text
from reliefstock.values import Language

__all__ = ["COMMANDS", "command_line"]

COMMANDS: Final[tuple[Command, ...]] = (
    INIT,
    IMPORT,
    STOCK,
    TRACE,
    REPORT,
    VERIFY,
    AUDIT,
    CHECKPOINT,
    COUNTERSIGN,
    RECEIPT,
    CHECK_RECEIPT,
    CONTINUATION,
    CHECK_CONTINUATION,
    PEOPLE,
    BACKUP,
    COPY,
    RESTORE,
)
"""The commands, in the order in which the help lists them."""


def command_line(lang: Language) -> Parser:
    """The whole command line, in a language.

    >>> command_line("en").parse_args(["stock", "county.db"]).address
    'county.db'
    """
    parser = Parser(
        lang=lang,
        prog="reliefstock",
        about=text("program", lang),
        epilog="\n\n".join(text(key, lang) for key in ("more", "exit codes", "passwords")),
    )
    parser.options.add_argument(
        "--version",
        action="version",
        version=f"reliefstock {version('reliefstock')}",
        help=text("version", lang),
    )
    commands = parser.add_subparsers(
        title=text("commands", lang),
        metavar="COMMAND",
        dest="command",
        required=True,
        parser_class=Parser,
    )
    for command in COMMANDS:
        about = command.about(lang)
        examples = "\n".join(f"  {line}" for line in command.examples)
        own = commands.add_parser(command.name, help=about, lang=lang, about=about, examples=examples)
        command.takes(own)
        own.set_defaults(run=command.run, parser=own)
    return parser
