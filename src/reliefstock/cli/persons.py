"""The command `people`: who stands behind the opaque ids of a book, and whom it is to forget."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any, Final

from reliefstock.cli.books import add_book, opened
from reliefstock.cli.command import Command, Run, add_form
from reliefstock.cli.exits import Exit, WrongUsage
from reliefstock.cli.output import say, say_data, show
from reliefstock.cli.parser import Parser
from reliefstock.cli.texts import TEXTS, text
from reliefstock.errors import Unknown
from reliefstock.people import Person
from reliefstock.reports import Column, Table
from reliefstock.values import Language

__all__ = ["PEOPLE"]


def _takes(parser: Parser) -> None:
    lang = parser.lang
    parser.inputs.add_argument("address", metavar="ADDRESS", help=text("address", lang))
    acts = parser.add_subparsers(
        title=text("what to do", lang), metavar="ACT", dest="act", required=True, parser_class=Parser
    )
    for name, (example, takes, run) in _ACTS.items():
        about = text(f"people {name}", lang)
        act = acts.add_parser(name, help=about, lang=lang, about=about, examples=f"  {example}")
        add_book(act, address=False)
        takes(act)
        act.set_defaults(do=run, parser=act)


def _people(asked: argparse.Namespace, lang: Language) -> Exit:
    return asked.do(asked, lang)


# list and find


def _takes_name(parser: Parser) -> None:
    parser.inputs.add_argument("person", metavar="NAME", help=text("person name", parser.lang))
    add_form(parser)


def _list(asked: argparse.Namespace, lang: Language) -> Exit:
    with opened(asked) as book:
        found = tuple(book.people)
    _show(found, asked.format, lang)
    return Exit.WELL


def _find(asked: argparse.Namespace, lang: Language) -> Exit:
    with opened(asked) as book:
        found = book.people.alike(asked.person)
    if not found:
        raise Unknown(what="person", given=asked.person)
    _show(found, asked.format, lang)
    return Exit.WELL


def _show(people: Iterable[Person], form: str, lang: Language) -> None:
    if form == "json":
        say_data({"people": tuple(people)})
    else:
        show([_table(people, lang)], form)


def _table(people: Iterable[Person], lang: Language) -> Table:
    """Who there is. Numbers and phones are not shown to whoever looks over a shoulder: JSON has them."""
    columns = tuple(
        Column(key, TEXTS[f"person.{key}"].zh, TEXTS[f"person.{key}"].en) for key in ("id", "name", "state")
    )
    rows = tuple(
        (one.id, one.name, text("state erased" if one.erased else "state known", lang)) for one in people
    )
    title = TEXTS["people title"]
    return Table("people", title.zh, title.en, columns=columns, rows=rows, lang=lang)


# erase


def _takes_erase(parser: Parser) -> None:
    parser.inputs.add_argument("persons", metavar="ID", nargs="+", help=text("person id", parser.lang))
    parser.options.add_argument("--yes", action="store_true", help=text("yes", parser.lang))


def _erase(asked: argparse.Namespace, lang: Language) -> Exit:
    if not asked.yes:
        raise WrongUsage("yes due")
    ids: dict[str, None] = dict.fromkeys(asked.persons)
    with opened(asked, to_write=True) as book:
        for person in ids:
            book.people.person(person)  # all are known, or nobody is erased
        for person in ids:
            book.erase(person)
    say(text("erased", lang, count=len(ids)) + "\n")
    return Exit.WELL


_Act = tuple[str, Callable[[Parser], Any], Run]
_ACTS: Final[dict[str, _Act]] = {
    "list": ("reliefstock people county.db list", add_form, _list),
    "find": ("reliefstock people county.db find 'clerk A'", _takes_name, _find),
    "erase": ("reliefstock people county.db erase PERSON --yes", _takes_erase, _erase),
}

PEOPLE: Final = Command(
    "people",
    ("reliefstock people county.db list", "reliefstock people county.db find 'clerk A' --format json"),
    _takes,
    _people,
)
