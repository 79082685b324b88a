"""Commands that make books and copy them: `init`, `copy`, `backup`, `restore`."""

from __future__ import annotations

import argparse
import json
from typing import Final, cast

import attrs

from reliefstock.book import Book
from reliefstock.cli.books import add_book, add_patience, is_file, opened, place_of, with_password
from reliefstock.cli.command import Command
from reliefstock.cli.exits import Exit, WrongUsage
from reliefstock.cli.output import read_text, say, telling_progress
from reliefstock.cli.parser import Parser
from reliefstock.cli.texts import text
from reliefstock.errors import BadData
from reliefstock.policy import PickingRule, Policy
from reliefstock.values import Language

__all__ = ["BACKUP", "COPY", "INIT", "RESTORE", "policy_of"]


def policy_of(words: str) -> Policy:
    """The policy that a JSON text states: an object of what differs from the defaults.

    Raises:
        BadData: it is no such object, or has a key that no policy has.
        NotExact, Incomplete: as `Policy`, for a value that cannot be meant.

    >>> policy_of('{"counters": 1, "picking": "FIFO"}').picking
    <PickingRule.FIFO: 'FIFO'>
    """
    stated = _object_of(words)
    known = [field.name for field in attrs.fields(Policy)]
    strange = [key for key in stated if key not in known]
    if strange:
        there = f"there is {', '.join(known)}"
        raise BadData("policy", tuple(f"no key {key!r} is known; {there} @ $.{key}" for key in strange))
    rules: dict[object, PickingRule] = {rule.value: rule for rule in PickingRule}
    if "picking" in stated:
        stated["picking"] = rules.get(stated["picking"], stated["picking"])
    return Policy(**stated)  # pyright: ignore[reportArgumentType] -- it checks each by itself


def _object_of(words: str) -> dict[str, object]:
    try:
        found: object = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise BadData("policy", (f"it is no JSON: {error} @ $",)) from error
    if not isinstance(found, dict):
        raise BadData("policy", ("keys with their values are due @ $",))
    return cast("dict[str, object]", found)


# init


def _takes_init(parser: Parser) -> None:
    lang = parser.lang
    parser.inputs.add_argument("address", metavar="ADDRESS", help=text("address", lang))
    parser.options.add_argument("--name", required=True, metavar="NAME", help=text("init name", lang))
    parser.options.add_argument("--currency", required=True, metavar="CODE", help=text("init currency", lang))
    parser.options.add_argument("--policy-file", metavar="FILE", help=text("init policy", lang))
    add_patience(parser)


def _init(asked: argparse.Namespace, lang: Language) -> Exit:
    policy = policy_of(read_text(asked.policy_file, "policy")) if asked.policy_file else None
    with (
        with_password(),
        Book.create(
            asked.address, asked.name, currency=asked.currency, policy=policy, patience=asked.patience
        ) as book,
    ):
        say(text("made", lang, name=book.name, currency=book.currency, where=place_of(asked.address)) + "\n")
    return Exit.WELL


INIT: Final = Command("init", ("reliefstock init new.db --name Ankang --currency CNY",), _takes_init, _init)


# copy


def _takes_copy(parser: Parser) -> None:
    add_book(parser)
    parser.inputs.add_argument("target", metavar="TARGET", help=text("copy target", parser.lang))
    parser.options.add_argument("--people", metavar="FILE", help=text("copy people", parser.lang))


def _copy(asked: argparse.Namespace, lang: Language) -> Exit:
    with opened(asked) as book:
        head = book.copy_to(
            asked.target,
            people=asked.people,
            patience=asked.patience,
            progress=telling_progress(),
        )
    say(text("copied", lang, name=book.name, where=place_of(asked.target), size=head.size) + "\n")
    return Exit.WELL


COPY: Final = Command(
    "copy",
    (
        "reliefstock copy county.db other.db",
        "reliefstock copy county.db apart.db --people people.db",
    ),
    _takes_copy,
    _copy,
)

# backup, restore


def _takes_backup(parser: Parser) -> None:
    parser.inputs.add_argument("address", metavar="ADDRESS", help=text("address", parser.lang))
    parser.inputs.add_argument("target", metavar="TARGET", help=text("backup target", parser.lang))
    add_patience(parser)


def _takes_restore(parser: Parser) -> None:
    parser.inputs.add_argument("address", metavar="BACKUP", help=text("restore source", parser.lang))
    parser.inputs.add_argument("target", metavar="TARGET", help=text("restore target", parser.lang))
    parser.options.add_argument("--keep-old-as", metavar="FILE", help=text("keep-old-as", parser.lang))
    add_patience(parser)


def _file_of(address: str) -> str:
    """The file of a book. Raises `WrongUsage` for one in a database."""
    if not is_file(address):
        raise WrongUsage("no file to copy")
    return address


def _backup(asked: argparse.Namespace, lang: Language) -> Exit:
    from reliefstock.stores.backup import backup  # noqa: PLC0415 -- it needs SQLite, and help does not

    head = backup(_file_of(asked.address), asked.target, progress=telling_progress(), patience=asked.patience)
    say(text("backed up", lang, where=asked.target, size=head.size) + "\n")
    return Exit.WELL


BACKUP: Final = Command("backup", ("reliefstock backup county.db county-monday.db",), _takes_backup, _backup)


def _restore(asked: argparse.Namespace, lang: Language) -> Exit:
    from reliefstock.stores.backup import restore  # noqa: PLC0415 -- as for `backup`

    head = restore(
        _file_of(asked.address),
        _file_of(asked.target),
        keep_old_as=asked.keep_old_as,
        progress=telling_progress(),
        patience=asked.patience,
    )
    with Book.open(asked.target, read_only=True, patience=asked.patience) as book:
        name = book.name
    say(text("restored", lang, name=name, where=asked.target, size=head.size) + "\n")
    return Exit.WELL


RESTORE: Final = Command(
    "restore",
    (
        "reliefstock restore county.bak new-county.db",
        "reliefstock restore county.bak county.db --keep-old-as county-damaged.db",
    ),
    _takes_restore,
    _restore,
)
