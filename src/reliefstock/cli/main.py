"""Where the program begins: a command is parsed and run, and whatever becomes of it ends in an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import cast

from reliefstock.cli.commands import command_line
from reliefstock.cli.exits import Exit, FileUnusable, WrongUsage, exit_of
from reliefstock.cli.language import language
from reliefstock.cli.output import tell
from reliefstock.cli.parser import Parser
from reliefstock.cli.texts import text
from reliefstock.errors import ReliefstockError
from reliefstock.values import Language

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return its exit code; `arguments` are those of the process where none are given."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    lang = language(words, os.environ)
    try:
        done = _run(words, lang)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has enough
        _let_go_of_output()
        return Exit.WELL
    except OSError as error:
        if error.filename is None:  # then it is the output that cannot be written
            _let_go_of_output()
        where, reason = error.filename or text("output", lang), error.strerror or str(error)
        tell(text("file", lang, where=where, reason=reason), lang)
        return Exit.NO_STORE
    except KeyboardInterrupt:
        tell(text("interrupted", lang), lang)
        return Exit.INTERRUPTED
    return done


def _run(words: Sequence[str], lang: Language) -> int:
    try:
        return _carried_out(command_line(lang).parse_args(words), lang)
    except SystemExit as ended:  # the help, or what is wrong with the command: it was said
        return ended.code if isinstance(ended.code, int) else Exit.WELL


def _carried_out(asked: argparse.Namespace, lang: Language) -> int:
    try:
        return asked.run(asked, lang)
    except WrongUsage as wrong:
        cast("Parser", asked.parser).error(text(wrong.key, lang))
    except FileUnusable as unusable:
        tell(unusable.sentence(lang), lang)
        return Exit.NO_STORE
    except ReliefstockError as error:
        tell(error.sentence(lang), lang)
        return exit_of(error)
    except OSError:  # the output, for one: see `main`
        raise
    except Exception as fault:  # noqa: BLE001 -- a user is told in a sentence, whatever it is
        tell(text("fault", lang, kind=type(fault).__name__, what=" ".join(str(fault).split())), lang)
        return Exit.FAULT


def _let_go_of_output() -> None:
    """Nothing more is to be written there, also not when the process ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
