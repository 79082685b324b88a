"""What an operation sees, and what it proposes.

An operation is a pure function from a desk and a request to a proposal: a typed document, the entries
that it stands on and the lots that they bring. It reads and changes nothing else; the book checks the
promises and makes the proposal true, or does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import ClassVar, Generic, TypeVar

import attrs

from reliefstock.catalogue import Item, Measure
from reliefstock.donations import Restriction, Use
from reliefstock.errors import (
    CurrencyMismatch,
    DateTooFarAhead,
    Incomplete,
    NeedsApproval,
    NotPositive,
    Unknown,
)
from reliefstock.ledger import (
    Closing,
    Counted,
    Draft,
    Entry,
    Hold,
    Landing,
    Ledger,
    Lot,
    Outcome,
    Place,
    PlaceKind,
    Stamp,
)
from reliefstock.parties import Household, School, Society
from reliefstock.policy import Policy
from reliefstock.register import Recipient, Register
from reliefstock.values import (
    GRAM,
    JIN,
    KILOGRAM,
    LIANG,
    LITRE,
    MILLILITRE,
    TONNE,
    Language,
    Money,
    Quantity,
    Unit,
    business_date,
    near,
    spelled,
)

_D = TypeVar("_D", bound="Document")
_Made_co = TypeVar("_Made_co", bound="Document", covariant=True)

__all__ = [
    "Desk",
    "Document",
    "Proposal",
    "Request",
    "different_people",
    "numbered",
    "one_programme",
    "pack_of",
    "packs_of",
    "reached",
    "required",
    "units_of",
]


@attrs.frozen(kw_only=True)
class Document:
    """What a verb gives back: numbered, dated, and standing on entries of the ledger."""

    prefix: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    may_be_dated_back: ClassVar[bool] = False
    """Whether it may be of a closed day, as one may that moves, holds and settles nothing."""

    number: str
    on: date
    entries: tuple[int, ...] = ()
    concerns: date | None = None
    """The day that it is late news about, where that day is in a period that was closed."""
    conflicts: tuple[str, ...] = ()
    """The papers of counts that it is dated before, or that followed what it takes back.

    What they found may now be explained, or not any more.
    """

    @classmethod
    def title(cls, lang: Language = "en") -> str:
        """What this kind of document is called, in Chinese (`zh`) or English."""
        return cls.zh if lang == "zh" else cls.en


@attrs.frozen(kw_only=True)
class Request(Generic[_Made_co]):
    """What is asked of the book: plain data, so that it can be kept, compared and sent again.

    A `Request[Waybill]` is one that makes a waybill. Dates and lists are brought to one form as they are
    stated, so that the same request is the same whether it was typed in or read from a file.
    """


@attrs.frozen
class Proposal:
    """A document, with all that is to land with it: entries and lots, holds and what came of them, counts."""

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


@attrs.frozen(kw_only=True)
class Desk:
    """All that an operation may look at. `today` and `stamp` are given: nothing here asks a clock."""

    ledger: Ledger
    register: Register
    policy: Policy
    documents: Mapping[str, Document]
    reversed_on: Mapping[str, date]
    currency: str
    today: date
    stamp: Stamp
    next_number: Callable[[type[Document]], str]

    def day(self, on: date | str) -> date:
        """The business date meant. Raises `NotABusinessDate` or `DateTooFarAhead`."""
        day = business_date(on)
        latest = self.today + timedelta(days=self.policy.days_ahead)
        if day > latest:
            raise DateTooFarAhead(asked=day, latest=latest)
        return day

    def amount(self, given: Money, what: str) -> int:
        """An amount in minor units of the currency of account.

        Raises `CurrencyMismatch` or `NotPositive`.
        """
        if given.minor <= 0:
            raise NotPositive(what=what, given=given)
        if given.currency != self.currency:
            raise CurrencyMismatch(asked=given.currency, there=self.currency)
        return given.minor

    def item(self, item_id: str) -> Item:
        """The item of that id, if it can come into the book.

        Raises `Unknown`, `CurrencyMismatch` for what is counted by value in another currency, or `Incomplete`
        for a difference in value, which nobody gives and nobody buys.
        """
        item = self.register.item(item_id)
        if item.measure is Measure.DIFFERENCE:
            raise Incomplete(
                what=f"line {item.id}",
                missing="it is a difference in value and no goods",
                do="name the goods",
                zh=f"{item.id} 一行：它是价值差额，不是物资；请写明物资",
            )
        if item.currency not in (None, self.currency):
            raise CurrencyMismatch(asked=item.currency or "", there=self.currency)
        return item

    def draft(self, document: str, on: date) -> Draft:
        """Entries in the making, for a document and a date."""
        return Draft(self.ledger, document, on, self.stamp, self.today)

    def document(self, number: str, kind: type[_D]) -> _D:
        """The document of that number and kind. Raises `Unknown`."""
        found = self.documents.get(number)
        if isinstance(found, kind):
            return found
        known = [n for n, document in self.documents.items() if isinstance(document, kind)]
        raise Unknown(what=kind.en.lower(), given=number, near=near(number, known))

    def documents_of(self, kind: type[_D]) -> tuple[_D, ...]:
        """All documents of a kind, the first made first; found by their numbers, which have no gaps."""
        made: list[_D] = []
        while isinstance(found := self.documents.get(numbered(kind, len(made) + 1)), kind):
            made.append(found)
        return tuple(made)

    def is_reversed(self, document: Document) -> bool:
        """Whether a document has been taken back, with all that it posted."""
        return document.number in self.reversed_on

    def move_stated(
        self, draft: Draft, lot_id: str, stated: Quantity | Money, source: Place, target: Place
    ) -> tuple[Lot, int]:
        """Move so much of a named lot; returns the lot and what moved is worth, in minor units.

        Raises `Unknown`, an error of the units, `BelowZero` or `ResidueLeft`.
        """
        lot = self.ledger.lot(lot_id)
        quantity = self.register.item(lot.item).base_units(stated)
        return lot, draft.move(lot, source, target, quantity)

    def packs(self, lot: Lot, stated: Quantity | Money) -> tuple[Quantity, ...]:
        """So much of a lot in the packs that it came in, and what is loose; none where it came in none."""
        item = self.register.item(lot.item)
        return packs_of(item, lot, item.base_units(stated))

    def warehouse(self, warehouse_id: str) -> Place:
        """The usable stock of a warehouse."""
        return Place(PlaceKind.WAREHOUSE, self.register.warehouse(warehouse_id).id)

    def quarantine(self, warehouse_id: str) -> Place:
        """What is kept apart in a warehouse."""
        return Place(PlaceKind.QUARANTINE, self.register.warehouse(warehouse_id).id)

    def recipient_place(self, recipient: Recipient) -> Place:
        """Where goods are when a recipient has them."""
        return Place(_PLACE_OF[type(recipient)], recipient.id)

    def use(self, recipient: Recipient, on: date, programme: str) -> Use:
        """The use that giving something to a recipient is."""
        return Use(
            on=on,
            recipient=recipient.id,
            codes=self.register.codes_of(recipient),
            groups=() if isinstance(recipient, Society) else recipient.groups,
            programme=programme,
            passes_on=isinstance(recipient, Society),
        )


def numbered(kind: type[Document], count: int) -> str:
    """The number of a document: it is number `count` of its kind in a book."""
    return f"{kind.prefix}-{count:06d}"


_MEASURES = (GRAM, KILOGRAM, JIN, LIANG, TONNE, MILLILITRE, LITRE)

_PLACE_OF: dict[type[Recipient], PlaceKind] = {
    Household: PlaceKind.HOUSEHOLD,
    School: PlaceKind.SCHOOL,
    Society: PlaceKind.SOCIETY,
}


def units_of(item: Item, asked: Quantity | Money | None) -> int:
    """Base units of what need not be stated; zero where it is not, or stated as none."""
    return item.base_units(asked) if asked else 0


def reached(first: Lot, following: Callable[[Lot], Iterable[Lot]]) -> tuple[Lot, ...]:
    """A lot and all that is reached from it, step by step, each once, however long the way is."""
    found = {first.id: first}
    waiting = [first]
    for lot in waiting:
        for one in following(lot):
            if one.id not in found:
                found[one.id] = one
                waiting.append(one)
    return tuple(found.values())


def pack_of(item: Item, *stated: Quantity | Money | None) -> Unit | None:
    """The pack in which goods are stated: a box, a bag of 10 jin; none where it is the unit or a measure.

    >>> from reliefstock.values import GRAM, JIN
    >>> flour = Item("flour", zh="面粉", en="Flour", unit=GRAM)
    >>> print(pack_of(flour, Quantity(3, JIN.pack("bag", 10))).code, pack_of(flour, Quantity(3, JIN)))
    bag None
    """
    units = (one.unit for one in stated if isinstance(one, Quantity) and one)
    return next((unit for unit in units if unit != item.unit and unit not in _MEASURES), None)


def packs_of(item: Item, lot: Lot, quantity: int) -> tuple[Quantity, ...]:
    """Base units of a lot in the packs that it came in, and what is loose; none where it came in none."""
    stated = item.stated(quantity)
    return () if lot.pack is None or not isinstance(stated, Quantity) else lot.in_packs(stated)


def one_programme(what: str, restrictions: tuple[Restriction, ...], *, zh: str) -> None:
    """Nothing is given for two programmes: no use would ever be within both. Raises `Incomplete`.

    `zh` is what is given, in Chinese.
    """
    programmes = tuple(dict.fromkeys(one.programme for one in restrictions if one.programme))
    if len(programmes) > 1:
        raise Incomplete(
            what=what,
            missing=f"it would be for two programmes ({', '.join(programmes)}), and no use is within both",
            do="state one of them, or take in what is for each of them apart",
            zh=f"{zh}：会用于两个活动（{'、'.join(programmes)}），任何用途都不能同时符合；"
            "请只写一个，或分别入库",
        )


def required(what: str, given: str, do: str, *, zh: str) -> str:
    """A text that must be stated, so that it can be seen. Raises `Incomplete`.

    `zh` is what must be stated, in Chinese.

    >>> required("why goods are returned", "too many", "state the reason", zh="退回原因")
    'too many'
    """
    if not spelled(given):
        raise Incomplete(what=what, missing="it is not stated", do=do, zh=f"没有写明{zh}；请写明")
    return given


def different_people(what: str, people: tuple[str, ...], at_least: int) -> None:
    """So many different people must take part: two spellings of one name are one.

    Raises `NeedsApproval`.
    """
    there = {spelled(person) for person in people} - {""}
    if len(there) < at_least:
        raise NeedsApproval(
            what=what, reason=f"{at_least} different people take part in it, {len(there)} are named"
        )
