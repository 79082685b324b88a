"""The command line of argparse, in two languages: heads, usage and errors as well as the help."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, Final, NoReturn

from reliefstock.cli.exits import Exit
from reliefstock.cli.texts import TEXTS, text, usage_error
from reliefstock.errors import ReliefstockError
from reliefstock.values import Language, Period, business_date

__all__ = ["LANGUAGES", "Parser", "a_day", "a_period", "at_least"]

LANGUAGES: Final = ("zh", "en")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with examples as they are written; the lead of the usage is in the language of the parser."""

    usage_head = ""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401 -- as argparse has it
        super().add_usage(usage, actions, groups, self.usage_head if prefix is None else prefix)


class _ChineseHelp(_Help):
    usage_head = TEXTS["usage"].zh


class _EnglishHelp(_Help):
    usage_head = TEXTS["usage"].en


class Parser(argparse.ArgumentParser):
    """A parser that speaks one language. `inputs` are the groups of arguments and of options.

    What it has to say of a wrong command goes to standard error, and ends the program with 2.
    """

    def __init__(
        self,
        *,
        lang: Language,
        about: str = "",
        examples: str = "",
        epilog: str = "",
        **more: Any,  # noqa: ANN401 -- as argparse has it
    ) -> None:
        shown = f"{text('examples', lang)}\n{examples}" if examples else ""
        super().__init__(
            description=about,
            epilog="\n\n".join(filter(None, (shown, epilog))) or None,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_ChineseHelp if lang == "zh" else _EnglishHelp,
            **more,
        )
        self.lang: Language = lang
        self.inputs = self.add_argument_group(text("inputs", lang))
        self.options = self.add_argument_group(text("options", lang))
        self.options.add_argument("-h", "--help", action="help", help=text("help", lang))
        self.options.add_argument(
            "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=text("lang", lang)
        )

    def error(self, message: str) -> NoReturn:
        """End with what is wrong with the command, in one paragraph."""
        said = text("wrong usage", self.lang, what=usage_error(message, self.lang), program=self.prog)
        self.exit(Exit.WRONG_USAGE, f"{self.prog}: {text('error', self.lang)}{said}\n")


def _read(read: Callable[[str], object], lang: Language) -> Callable[[str], object]:
    """A reader whose refusal argparse says as it is."""

    def reader(given: str) -> object:
        try:
            return read(given)
        except ReliefstockError as error:
            raise argparse.ArgumentTypeError(error.sentence(lang)) from error

    return reader


def a_day(lang: Language) -> Callable[[str], object]:
    """What reads a business date.

    >>> a_day("en")("2023-05-27")
    datetime.date(2023, 5, 27)
    """
    return _read(business_date, lang)


def a_period(lang: Language) -> Callable[[str], object]:
    """What reads a period.

    >>> str(a_period("en")("2023-H1"))
    '2023-H1'
    """
    return _read(Period.parse, lang)


def at_least(least: int, lang: Language) -> Callable[[str], int]:
    """What reads a whole number, written in digits.

    >>> at_least(0, "en")("30")
    30
    """

    def reader(given: str) -> int:
        if given.isascii() and given.isdigit() and len(given) < _TOO_LONG and int(given) >= least:
            return int(given)
        raise argparse.ArgumentTypeError(text("whole number", lang, least=least, given=given))

    return reader


_TOO_LONG: Final = 19
