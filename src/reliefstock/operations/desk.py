"""What an operation sees, and what it proposes.

An operation is a pure function from a desk and a request to a proposal: a typed document, the entries
that it stands on and the lots that they bring. It reads and changes nothing else; the book checks the
promises and makes the proposal true, or does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import ClassVar, Generic, TypeVar

import attrs

from reliefstock.donations import Use
from reliefstock.errors import CurrencyMismatch, DateTooFarAhead, Incomplete, NeedsApproval, Unknown
from reliefstock.ledger import Draft, Entry, Ledger, Lot, Place, PlaceKind, Stamp
from reliefstock.parties import Household, School, Society
from reliefstock.policy import Policy
from reliefstock.register import Recipient, Register
from reliefstock.values import Language, Money, business_date, near

_D = TypeVar("_D", bound="Document")
_Made_co = TypeVar("_Made_co", bound="Document", covariant=True)

__all__ = ["Desk", "Document", "Proposal", "Request", "different_people", "required"]


@attrs.frozen(kw_only=True)
class Document:
    """What a verb gives back: numbered, dated, and standing on entries of the ledger."""

    prefix: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]

    number: str
    on: date
    entries: tuple[int, ...] = ()

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
    """A document, with the entries and lots that are to land with it."""

    document: Document
    entries: tuple[Entry, ...] = ()
    lots: tuple[Lot, ...] = ()


@attrs.frozen(kw_only=True)
class Desk:
    """All that an operation may look at. `today` and `stamp` are given: nothing here asks a clock."""

    ledger: Ledger
    register: Register
    policy: Policy
    documents: Mapping[str, Document]
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

        Raises `Incomplete` (a bare number has no currency), `CurrencyMismatch` or `NotPositive`.
        """
        if not isinstance(given, Money):  # pyright: ignore[reportUnnecessaryIsInstance] -- callers may not check types
            raise Incomplete(what=what, missing=f"{given!r} has no currency", do="state it as Money")
        if given.currency != self.currency:
            raise CurrencyMismatch(asked=given.currency, there=self.currency)
        return self.register.item(self.currency).base_units(given)

    def draft(self, document: str, on: date) -> Draft:
        """Entries in the making, for a document and a date."""
        return Draft(self.ledger, document, on, self.stamp)

    def document(self, number: str, kind: type[_D]) -> _D:
        """The document of that number and kind. Raises `Unknown`."""
        found = self.documents.get(number)
        if isinstance(found, kind):
            return found
        known = [n for n, document in self.documents.items() if isinstance(document, kind)]
        raise Unknown(what=kind.en.lower(), given=number, near=near(number, known))

    def is_reversed(self, document: Document) -> bool:
        """Whether all entries of a document have been taken back."""
        return bool(document.entries) and all(
            self.ledger.reversed_by(number) is not None for number in document.entries
        )

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


_PLACE_OF: dict[type[Recipient], PlaceKind] = {
    Household: PlaceKind.HOUSEHOLD,
    School: PlaceKind.SCHOOL,
    Society: PlaceKind.SOCIETY,
}


def required(what: str, given: str, do: str) -> str:
    """A text that must be stated. Raises `Incomplete`.

    >>> required("why goods are returned", "too many", "state the reason")
    'too many'
    """
    if not given.strip():
        raise Incomplete(what=what, missing="it is not stated", do=do)
    return given


def different_people(what: str, people: tuple[str, ...], at_least: int) -> None:
    """So many different people must take part: two names that differ in spaces only are one.

    Raises `NeedsApproval`.
    """
    there = {person.strip() for person in people if person.strip()}
    if len(there) < at_least:
        raise NeedsApproval(
            what=what, reason=f"{at_least} different people take part in it, {len(there)} are named"
        )
