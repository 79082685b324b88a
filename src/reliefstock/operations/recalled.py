"""Which goods are recalled: the notices that stand, and what falls under them.

A recall is about a batch, about what a supplier delivered, or about lots that are named; and about
everything that was made of them: a kit with one recalled can in it is recalled. While it is open, such goods
come to rest in quarantine wherever they come in, and no document takes them out of usable stock.

It holds for what is dated before it too, since whoever enters that knows of it; it is over from the day on
which it was ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cached_property
from typing import ClassVar

import attrs

from reliefstock.catalogue import Measure
from reliefstock.ledger import Lot, Place, PlaceKind
from reliefstock.operations.desk import Desk, Document, reached
from reliefstock.operations.renewed import made_anew, was_before
from reliefstock.values import Money, Quantity, Who, spelled

__all__ = [
    "RecallAction",
    "RecallEnd",
    "RecallNotice",
    "RecalledLine",
    "Recalls",
    "contained_in",
    "is_goods",
    "is_sold",
    "landing_place",
]


class RecallAction(Enum):
    """What is done about recalled goods, by where they are."""

    SET_APART = "moved to quarantine"
    KEPT_APART = "in quarantine already"
    AWAITED = "on the road, goes into quarantine on arrival"
    ASKED_BACK = "with a recipient, to be asked back"
    PASSED_ON = "passed on, to be recalled there"
    SOLD = "sold, the buyer is to be told"
    LOST = "lost"

    @cached_property
    def is_out(self) -> bool:
        """Whether the goods are somewhere from where they may come back."""
        return self in _OUT


_OUT = (RecallAction.AWAITED, RecallAction.ASKED_BACK, RecallAction.PASSED_ON, RecallAction.SOLD)


@attrs.frozen
class RecalledLine:
    """So much of a lot in one place: recalled itself, or because it contains lots that are.

    `contains` names these; of a recalled lot it is the lot itself. `packs` says the quantity in the packs
    that the lot came in.
    """

    lot: str
    contains: tuple[str, ...]
    item: str
    place: Place
    quantity: Quantity | Money
    action: RecallAction
    packs: tuple[Quantity, ...] = ()


@attrs.frozen(kw_only=True)
class RecallNotice(Document):
    """What is recalled, why, on whose notice, where all of it is, and what is done there.

    It is about lots of `item` that have the `batch`, from the `supplier` where one is named; or about `named`
    lots. `lots` are those that the book had when it was made.
    """

    prefix: ClassVar[str] = "RCL"
    zh: ClassVar[str] = "召回通知单"
    en: ClassVar[str] = "Recall notice"

    item: str
    batch: str
    supplier: str
    named: tuple[str, ...]
    lots: tuple[str, ...]
    reason: str
    notice: str
    ordered_by: Who
    lines: tuple[RecalledLine, ...]
    known: int
    """The number of the last entry that the book knew when the recall was made."""

    @property
    def why(self) -> str:
        """Why what it is about is kept apart, in words for a document."""
        return f"recalled by {self.number}: {self.reason}"

    def names(self, lot: Lot) -> bool:
        """Whether it is about this very lot, also one that came in after it."""
        if self.named:
            return lot.id in self.named
        return (
            lot.item == self.item
            and (not self.batch or spelled(lot.batch) == spelled(self.batch))
            and (not self.supplier or lot.supplier == self.supplier)
        )


@attrs.frozen(kw_only=True)
class RecallEnd(Document):
    """A recall is over: why, approved by whom, and what is still out then and is given up."""

    prefix: ClassVar[str] = "RCE"
    zh: ClassVar[str] = "召回结束单"
    en: ClassVar[str] = "End of a recall"

    recall: str
    reason: str
    approved_by: Who
    still_out: tuple[RecalledLine, ...]


class Recalls:
    """The recalls that are open on a day, and which lots fall under them."""

    def __init__(self, desk: Desk, on: date) -> None:
        self._desk = desk
        self._open = tuple(_open(desk, on))
        self._found: dict[str, RecallNotice | None] = {}

    def of(self, lot: Lot) -> RecallNotice | None:
        """The recall that a lot falls under, itself or by what it was made of; None where there is none."""
        if not self._open:
            return None
        if lot.id not in self._found:
            self._found[lot.id] = self._first(lot)
        return self._found[lot.id]

    def _first(self, lot: Lot) -> RecallNotice | None:
        if not is_goods(self._desk, lot):
            return None  # what recalled goods were sold for is no goods
        parts = _parts(self._desk, lot)
        return next((notice for notice in self._open if any(map(notice.names, parts))), None)


def landing_place(desk: Desk, lot: Lot, place: Place, on: date) -> Place:
    """Where goods come to rest that are meant for a place: in a warehouse, quarantine if they are recalled.

    Whoever lets goods into usable stock asks it for each lot; any other place is given back as it is.
    """
    if place.kind is PlaceKind.WAREHOUSE and Recalls(desk, on).of(lot) is not None:
        return Place(PlaceKind.QUARANTINE, place.id)
    return place


def _open(desk: Desk, on: date) -> Iterator[RecallNotice]:
    ended = {end.recall for end in desk.documents_of(RecallEnd) if end.on <= on and not desk.is_reversed(end)}
    for notice in desk.documents_of(RecallNotice):
        if notice.number not in ended and not desk.is_reversed(notice):
            yield notice


def contained_in(desk: Desk, lot: Lot) -> tuple[Lot, ...]:
    """A lot and all the goods that were made of it, through kits of kits, each once.

    What came in the place of any of them when its parts were revalued is the same goods. What it was sold for
    is no goods, and neither is what was bought with that money made of it.
    """

    def made(part: Lot) -> Iterator[Lot]:
        lots = (*desk.ledger.made_of(part.id), *made_anew(desk, part))
        return (one for one in lots if is_goods(desk, one))

    return reached(lot, made)


def is_goods(desk: Desk, lot: Lot) -> bool:
    """Whether a lot can be recalled at all: money, or a difference in value, is not."""
    return desk.register.item(lot.item).is_goods


def is_sold(desk: Desk, lot: Lot, place: Place) -> bool:
    """Whether what went into a place was sold: money came out of it."""
    made = (one for one in desk.ledger.made_of(lot.id) if desk.ledger.birthplace(one.id) == place)
    return any(desk.register.item(one.item).measure is Measure.MONEY for one in made)


def _parts(desk: Desk, lot: Lot) -> tuple[Lot, ...]:
    """A lot and all the goods that it was made of, through kits of kits, each once.

    Where its parts were revalued, it is the goods in whose place it came, too.
    """

    def parts(made: Lot) -> Iterator[Lot]:
        lots = (*(desk.ledger.lot(part.lot) for part in made.made_of), *was_before(desk, made))
        return (part for part in lots if is_goods(desk, part))

    return reached(lot, parts)
