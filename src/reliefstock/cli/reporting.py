"""The commands that ask a book: `report` for any report, `stock` and `trace` for two that are asked often."""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Sequence
from functools import partial
from typing import Any, Final, cast

from reliefstock.cli.asking import add_options, made, options_of
from reliefstock.cli.books import add_book, opened
from reliefstock.cli.command import Command, add_form
from reliefstock.cli.exits import Exit
from reliefstock.cli.kinds import KINDS, Kind
from reliefstock.cli.output import say, say_data, show
from reliefstock.cli.parser import Parser
from reliefstock.cli.texts import TEXTS, text
from reliefstock.reports import Column, Row, Table
from reliefstock.values import Language

__all__ = ["REPORT", "STOCK", "TRACE", "list_of_reports"]

_PERIOD: Final = "--period|--from --to"


# The list


def list_of_reports(lang: Language) -> Table:
    """All reports, with the options that each needs and takes.

    >>> list_of_reports("zh").rows[2][:3]
    ('stock-card', '库存卡', '--warehouse --item')
    """
    columns = tuple(
        Column(key, TEXTS[f"list.{key}"].zh, TEXTS[f"list.{key}"].en)
        for key in ("report", "tells", "needs", "takes")
    )
    rows = tuple(_listed(kind, lang) for kind in KINDS.values())
    title = TEXTS["list title"]
    return Table("reports", title.zh, title.en, columns=columns, rows=rows, lang=lang)


def _listed(kind: Kind, lang: Language) -> Row:
    needs: list[str] = []
    takes: list[str] = []
    for name, parameter in options_of(kind).items():
        needed = parameter.default is inspect.Parameter.empty and name != "on"
        (needs if needed else takes).append(_flags(name))
    return kind.name, kind.title.text(lang), " ".join(needs), " ".join(takes)


def _flags(name: str) -> str:
    if name == "scope":
        return "--donor --donation --item --programme"
    return _PERIOD if name == "period" else f"--{name.replace('_', '-')}"


class _List(argparse.Action):
    """The list of reports, instead of a report: as help is, instead of what it is about."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:  # noqa: ANN401 -- as argparse has it
        lang = cast("Parser", parser).lang
        show([list_of_reports(lang)], "table")
        parser.exit()


# Reports


def _takes_report(parser: Parser) -> None:
    lang = parser.lang
    parser.options.add_argument("--list", action=_List, nargs=0, help=text("list", lang))
    parser.inputs.add_argument("address", metavar="ADDRESS", help=text("address", lang))
    kinds = parser.add_subparsers(
        title=text("kinds", lang), metavar="REPORT", dest="kind", required=True, parser_class=Parser
    )
    for kind in KINDS.values():
        title = kind.title.text(lang)
        example = f"  reliefstock report county.db {kind.name} {kind.example}".rstrip()
        made_for = kinds.add_parser(kind.name, help=title, lang=lang, about=title, examples=example)
        add_book(made_for, address=False)
        add_form(made_for)
        add_options(made_for, kind)
        made_for.set_defaults(parser=made_for)


def _takes_kind(kind: Kind, positional: Sequence[str], parser: Parser) -> None:
    add_book(parser)
    add_options(parser, kind, positional)
    add_form(parser)
    parser.set_defaults(kind=kind.name)


def _report(asked: argparse.Namespace, lang: Language) -> Exit:
    kind = KINDS[asked.kind]
    with opened(asked) as book:
        found = made(kind, book, asked, lang)
        about = {"report": kind.name, "book": book.name, "currency": book.currency, "records": book.head.size}
    if asked.format == "json":
        say_data({**about, "rows": found.rows, "tables": found.tables})
    elif found.tables or asked.format == "csv":
        show(found.tables, asked.format)
    else:
        say(text("nothing", lang) + "\n")
    return Exit.WELL


REPORT: Final = Command(
    "report",
    (
        "reliefstock report --list",
        "reliefstock report county.db statement --period 2023-H1 --by donor",
        "reliefstock report county.db stock-card --warehouse depot --item quilt --format csv",
    ),
    _takes_report,
    _report,
)
STOCK: Final = Command(
    "stock",
    ("reliefstock stock county.db", "reliefstock stock county.db --on 2023-02-28 --warehouse depot"),
    partial(_takes_kind, KINDS["stock"], ()),
    _report,
)
TRACE: Final = Command(
    "trace",
    ("reliefstock trace county.db GRN-000001",),
    partial(_takes_kind, KINDS["trace"], ("donation",)),
    _report,
)
