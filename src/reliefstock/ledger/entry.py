"""What happened: postings of lots between places, that sum to zero.

An entry is known by its number in the book. Numbers have no gaps and order what was *known*;
business dates order what *happened*.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from functools import cached_property

import attrs

from reliefstock.errors import NotExact
from reliefstock.ledger.place import Place
from reliefstock.values import Who, business_date, several

__all__ = ["Entry", "EntryKind", "Movement", "Posting"]


class EntryKind(Enum):
    """What an entry records."""

    RECEIPT = "receipt"
    MONEY_RECEIPT = "money receipt"
    PURCHASE = "purchase"
    DISPATCH = "dispatch"
    ARRIVAL = "arrival"
    FOUND = "found over"
    DISTRIBUTION = "distribution"
    RETURN = "return"
    WRITE_OFF = "write-off"
    SPENDING = "spending"
    KITTING = "kitting"
    UNKITTING = "unkitting"
    QUARANTINE = "quarantine"
    RELEASE = "release from quarantine"
    COUNT = "count difference"
    DIVERSION = "diversion"
    SIGN_OFF = "loss signed off"
    REDIRECTION = "redirection"
    SALE = "sale of surplus"
    REVALUATION = "revaluation"
    REVERSAL = "reversal"

    @cached_property
    def tells_of_a_fact(self) -> bool:
        """Whether it records what happened to goods without anybody's choice, so that no hold can stop it.

        What was promised and is gone is then a promise at risk.
        """
        return self in _FACTS


_FACTS = frozenset(
    {
        EntryKind.WRITE_OFF,
        EntryKind.QUARANTINE,
        EntryKind.COUNT,
        EntryKind.REVALUATION,
        EntryKind.REVERSAL,
    }
)


@attrs.frozen
class Posting:
    """So many base units of a lot, worth so many minor units, into a place (or out of it, below zero).

    Raises:
        NotExact: the quantity or the value is no int.
    """

    place: Place
    lot: str
    quantity: int
    value: int

    def __attrs_post_init__(self) -> None:
        if type(self.quantity) is not int:
            raise NotExact(what="the quantity of a posting", given=self.quantity)
        if type(self.value) is not int:
            raise NotExact(what="the value of a posting", given=self.value)

    def reversed(self) -> Posting:
        """The same, the other way."""
        return Posting(self.place, self.lot, -self.quantity, -self.value)


@attrs.frozen
class Movement:
    """An entry seen from one lot: so much of it went from one place to another."""

    source: Place
    target: Place
    lot: str
    quantity: int
    value: int


@attrs.frozen(kw_only=True)
class Entry:
    """One entry. It is never changed; `reverses` names the entry that it takes back, if any.

    `concerns` is the day that it is late news about, where that day is in a period that was closed.

    Raises:
        NotABusinessDate: `on` is an instant, or no date.
        Incomplete: the postings are no list.
    """

    number: int
    kind: EntryKind
    on: date = attrs.field(converter=business_date)
    document: str
    postings: tuple[Posting, ...] = attrs.field(converter=several)
    by: Who = ""
    command: str = ""
    recorded_at: datetime | None = None
    reverses: int | None = None
    programme: str = ""
    concerns: date | None = None

    def movements(self) -> Iterator[Movement]:
        """From where to where each lot went, in the order of the postings.

        It can be told, because of each lot an entry has one source or one target, or else names each
        source beside its own target (a rule that the ledger checks).
        """
        for lot, legs in self.by_lot().items():
            yield from _pair(lot, legs)

    def by_lot(self) -> dict[str, list[Posting]]:
        """The postings of each lot, lots in the order of their first posting."""
        grouped: dict[str, list[Posting]] = {}
        for posting in self.postings:
            grouped.setdefault(posting.lot, []).append(posting)
        return grouped


def _pair(lot: str, legs: list[Posting]) -> Iterator[Movement]:
    out = [leg for leg in legs if leg.quantity < 0]
    into = [leg for leg in legs if leg.quantity > 0]
    if len(out) == 1:
        yield from (Movement(out[0].place, leg.place, lot, leg.quantity, leg.value) for leg in into)
    elif len(into) == 1:
        yield from (Movement(leg.place, into[0].place, lot, -leg.quantity, -leg.value) for leg in out)
    else:
        for leg, other in zip(out, into, strict=True):
            yield Movement(leg.place, other.place, lot, other.quantity, other.value)
