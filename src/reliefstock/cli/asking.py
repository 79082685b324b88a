"""What a report is asked with: options made of the signatures of the functions that make it.

A parameter is an option of its name, needed where it has no default. Two are made of several options: a
period, and a scope. What is not given is left to the default of the function; a day that a function needs is
today.
"""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

import attrs

from reliefstock.book import Book
from reliefstock.cli.exits import WrongUsage
from reliefstock.cli.kinds import Kind
from reliefstock.cli.parser import Parser, a_day, a_period, at_least
from reliefstock.cli.texts import text
from reliefstock.reconciliation import Scope
from reliefstock.reports import StatementMeasure, Table
from reliefstock.values import Language, Period, SystemClock

__all__ = ["Made", "add_options", "made", "options_of"]

_Reads = Literal["text", "day", "whole", "yes", "choice", "period", "scope"]
_GIVEN: Final = frozenset({"book", "self", "lang"})  # what a report needs not be asked with


@attrs.frozen
class _Option:
    """How a parameter is asked for: what it is read as, and the key of its help."""

    reads: _Reads
    help: str = ""


_TEXTS: Final = (
    *("warehouse", "item", "recipient", "programme", "donor", "donation", "project", "kit"),
    *("number", "plan", "recall", "waybill"),
)
_WHOLE: Final = ("known", "within_days", "days", "days_of_cover", "over_days")
_YES: Final = ("compact", "public", "by_place", "for_anything")

_OPTIONS: Final[Mapping[str, _Option]] = MappingProxyType(
    {
        **{name: _Option("text") for name in _TEXTS},
        **{name: _Option("whole") for name in _WHOLE},
        **{name: _Option("yes") for name in _YES},
        "on": _Option("day"),
        "until": _Option("day"),
        "version": _Option("text", "version of bill"),
        "form": _Option("text", "claims form"),
        "by": _Option("choice"),
        "measure": _Option("choice"),
        "period": _Option("period"),
        "scope": _Option("scope"),
    }
)
_SCOPE: Final[Mapping[str, str]] = MappingProxyType(
    {"donor": "donors", "donation": "donations", "item": "items", "programme": "programmes"}
)


@attrs.frozen
class Made:
    """A report that was made: its rows, None where it has none of its own, and its tables."""

    rows: object
    tables: tuple[Table, ...]


# Which options there are


def options_of(kind: Kind) -> Mapping[str, inspect.Parameter]:
    """The parameters that a report is asked with, by name; one is needed where any function needs it.

    >>> from reliefstock.cli.kinds import KINDS
    >>> list(options_of(KINDS["trial-balance"]))
    ['on', 'known', 'by_place', 'public']
    """
    found: dict[str, inspect.Parameter] = {}
    for function in _functions(kind):
        for name, parameter in _parameters(function).items():
            if name in _OPTIONS and _is_needed(parameter) >= _is_needed(found.get(name)):
                found[name] = parameter
    return found


def _functions(kind: Kind) -> Iterable[Callable[..., object]]:
    return (kind.table,) if kind.rows is None else (kind.rows, kind.table)


def _parameters(function: Callable[..., object]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(function).parameters


def _is_needed(parameter: inspect.Parameter | None) -> bool:
    return parameter is not None and parameter.default is inspect.Parameter.empty


def add_options(parser: Parser, kind: Kind, positional: Iterable[str] = ()) -> None:
    """Let a command take what a report is asked with; `positional` are arguments, not options."""
    for name, parameter in options_of(kind).items():
        if name in positional:
            parser.inputs.add_argument(name, metavar=name.upper(), help=text(name, parser.lang))
        else:
            _add(parser, name, parameter)


def _add(parser: Parser, name: str, parameter: inspect.Parameter) -> None:
    option, lang = _OPTIONS[name], parser.lang
    if option.reads == "period":
        _add_period(parser)
    elif option.reads == "scope":
        for one in _SCOPE:
            parser.options.add_argument(
                f"--{one}", action="append", metavar=one.upper(), help=text(one, lang)
            )
    elif option.reads == "yes":
        parser.options.add_argument(
            _flag(name), action="store_true", default=None, help=text(option.help or name, lang)
        )
    else:
        parser.options.add_argument(
            _flag(name),
            metavar=_metavar(name, option),
            type=_reader(option, lang),
            choices=_choices(option, parameter),
            required=_is_needed(parameter) and option.reads != "day",
            help=_help(name, option, parameter, lang),
        )


def _add_period(parser: Parser) -> None:
    lang = parser.lang
    parser.options.add_argument("--period", metavar="PERIOD", type=a_period(lang), help=text("period", lang))
    parser.options.add_argument(
        "--from", dest="first", metavar="DAY", type=a_day(lang), help=text("from", lang)
    )
    parser.options.add_argument("--to", dest="last", metavar="DAY", type=a_day(lang), help=text("to", lang))


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _metavar(name: str, option: _Option) -> str | None:
    if option.reads == "choice":
        return None
    return {"day": "DAY", "whole": "N"}.get(option.reads, name.upper())


def _help(name: str, option: _Option, parameter: inspect.Parameter, lang: Language) -> str:
    said = text(option.help or name, lang)
    today = _is_needed(parameter) and option.reads == "day"
    return f"{said} ({text('today', lang)})" if today else said


def _reader(option: _Option, lang: Language) -> Callable[[str], object]:
    if option.reads == "day":
        return a_day(lang)
    return at_least(0, lang) if option.reads == "whole" else str


def _choices(option: _Option, parameter: inspect.Parameter) -> tuple[str, ...] | None:
    """What can be chosen: of an enumeration its values, as its default says which it is."""
    if option.reads != "choice":
        return None
    if isinstance(parameter.default, Enum):
        return tuple(one.value.replace(" ", "-") for one in type(parameter.default))
    return get_args(StatementMeasure)


# Asking


def made(kind: Kind, book: Book, asked: argparse.Namespace, lang: Language) -> Made:
    """Make a report of a book. Raises what its functions raise, and `WrongUsage` for half of a period."""
    wanted = {name: _value(name, one, asked) for name, one in options_of(kind).items()}
    given = {name: value for name, value in wanted.items() if value is not None}
    rows = None if kind.rows is None else _called(kind.rows, given, book=book)
    tables = _called(kind.table, given, book=book, lang=lang, rows=rows)
    several = (tables,) if isinstance(tables, Table) else cast("tuple[Table, ...]", tables)
    return Made(rows, several)


def _called(function: Callable[..., object], given: Mapping[str, object], **more: object) -> object:
    """Call a function with what it takes of it; a parameter of any other name is the rows."""
    handed: dict[str, object] = {}
    for name in _parameters(function):
        if name in _GIVEN:
            handed[name] = more[name]
        elif name not in _OPTIONS:
            handed[name] = more["rows"]
        elif name in given:
            handed[name] = given[name]
    return function(**handed)


def _value(name: str, parameter: inspect.Parameter, asked: argparse.Namespace) -> object:
    reads = _OPTIONS[name].reads
    if reads == "period":
        return _period(asked, needed=_is_needed(parameter))
    if reads == "scope":
        stated = {field: tuple(getattr(asked, one) or ()) for one, field in _SCOPE.items()}
        return Scope(**stated) if any(stated.values()) else None
    value: object = getattr(asked, name)
    if reads == "day" and value is None and _is_needed(parameter):
        return SystemClock().today()
    if isinstance(value, str) and isinstance(parameter.default, Enum):
        return type(parameter.default)(value.replace("-", " "))
    return value


def _period(asked: argparse.Namespace, *, needed: bool) -> Period | None:
    """The period that is asked for. Raises `WrongUsage` for two or half of one."""
    ends = (asked.first, asked.last)
    if asked.period is not None:
        if ends != (None, None):
            raise WrongUsage("period twice")
        return asked.period
    if None in ends:
        if needed or ends != (None, None):
            raise WrongUsage("period due")
        return None
    return Period(*ends)
