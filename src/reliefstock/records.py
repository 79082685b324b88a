"""What stands in the records of a book: one record a command, and one for each change of what it knows.

The first record of every journal opens the book: whose it is, and in which currency. After it come, in the
order in which they happened, nouns that were added or amended, the policy where it changed, and all that
landed with each command. Whoever has the records has the book.

A record says itself what it holds (`reliefstock.journal.typed`), so it can be read without this library.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any, Final, get_args, get_type_hints

import attrs

from reliefstock.apart import withheld
from reliefstock.journal import Types, encode
from reliefstock.ledger import Closing, Counted, Entry, Hold, Landing, Lot, Outcome, Place, Standing
from reliefstock.operations import DOCUMENTS, OPERATIONS, Document, Request
from reliefstock.people import People
from reliefstock.policy import Policy
from reliefstock.register import Noun

__all__ = [
    "FORMAT",
    "Amended",
    "Content",
    "Known",
    "Live",
    "Numbered",
    "Opened",
    "PolicySet",
    "Posted",
    "Shelved",
    "asked",
    "types",
]

FORMAT: Final = 1
"""The version of what records say; a book states it in its first record."""


@attrs.frozen(kw_only=True)
class Opened:
    """The first record: whose book it is, its currency of account, the format of its records."""

    book: str
    currency: str
    policy: Policy
    format: int = FORMAT
    recorded_at: datetime | None = None


@attrs.frozen(kw_only=True)
class Known:
    """Nouns that the book knows from now on."""

    nouns: tuple[Noun, ...]
    recorded_at: datetime | None = None


@attrs.frozen(kw_only=True)
class Amended:
    """A noun that stands from now on in the place of the one with its id."""

    noun: Noun
    recorded_at: datetime | None = None


@attrs.frozen(kw_only=True)
class PolicySet:
    """The policy from now on."""

    policy: Policy
    recorded_at: datetime | None = None


@attrs.frozen(kw_only=True)
class Posted:
    """All that landed with one command.

    `command` is its id, `content` the SHA-256 of what was asked: the same id with other content is refused
    (promise 8).
    """

    command: str
    content: bytes
    document: Document
    entries: tuple[Entry, ...] = ()
    lots: tuple[Lot, ...] = ()
    holds: tuple[Hold, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    counted: tuple[Counted, ...] = ()
    closing: Closing | None = None

    @property
    def landing(self) -> Landing:
        """What lands in the ledger."""
        return Landing(
            entries=self.entries,
            lots=self.lots,
            holds=self.holds,
            outcomes=self.outcomes,
            counted=self.counted,
            closing=self.closing,
        )

    @classmethod
    def by(cls, command: str, content: bytes, document: Document, landing: Landing) -> Posted:
        """What lands by a command, with the document that says so."""
        return cls(
            command=command,
            content=content,
            document=document,
            entries=landing.entries,
            lots=landing.lots,
            holds=landing.holds,
            outcomes=landing.outcomes,
            counted=landing.counted,
            closing=landing.closing,
        )


@attrs.frozen
class Shelved:
    """A position in the society's care, as a snapshot keeps it: see `reliefstock.ledger.Position`.

    The last three say which posting brought it there from nothing, and the latest day of any.
    """

    place: Place
    lot: str
    count: int
    worth: int
    out: int
    came_entry: int
    came_line: int
    latest: date


@attrs.frozen
class Numbered:
    """A lot that is somewhere in the society's care, and as the how manyth of the book it came in."""

    ordinal: int
    lot: Lot


@attrs.frozen(kw_only=True)
class Live:
    """What there is after a record, as a snapshot keeps it: no more than what opening needs.

    `entries`, `lots` and `holds` are how many there were, `open` the holds of which not all has come. Orders
    are those in which things came.
    """

    opened: Opened
    entries: int
    lots: int
    policy: Policy
    nouns: tuple[Noun, ...]
    before: tuple[Noun, ...]
    shelved: tuple[Shelved, ...]
    there: tuple[Numbered, ...]
    holds: int
    open: tuple[Standing, ...]
    counted: tuple[Counted, ...]
    closing: Closing


Content = Opened | Known | Amended | PolicySet | Posted


@cache
def types() -> Types:
    """The classes that records are made of, with all that can stand in a request.

    >>> opened = Opened(book="Ankang", currency="CNY", policy=Policy())
    >>> types().read(types().written(opened), Opened) == opened
    True
    """
    return Types(_reached([*get_args(Content), Live, *DOCUMENTS, *OPERATIONS]))


def asked(request: Request[Any], by: str, concerns: date | None, people: People) -> bytes:
    """The SHA-256 of what was asked, by whom and about which day: a command is known again by it (promise 8).

    It is over opaque ids in the place of names, so it tells nothing of anybody. Raises `BadData` for a
    request that is of no known class or not of the types that it states.
    """
    plain = types().plain(withheld(request, people))
    who = people.id_of(by) if by else ""
    return sha256(encode((plain, who, concerns))).digest()


def _reached(kinds: Iterable[type]) -> dict[str, type]:
    """The classes by name, with all that their fields are declared as."""
    found: dict[str, type] = {}
    waiting: list[Any] = list(kinds)
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and attrs.has(kind) and kind.__name__ not in found:
            found[kind.__name__] = kind
            waiting += get_type_hints(kind).values()
        waiting += get_args(kind)
    return dict(sorted(found.items()))
