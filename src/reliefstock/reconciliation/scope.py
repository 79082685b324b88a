"""Which part of the book a question is about: by donor, donation, item, place, programme, recipient.

A scope that states nothing takes everything. Two scopes compare: one lies within the other where each
thing that the wider one states is stated at least as narrowly by the narrower one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from reliefstock.book import Book
from reliefstock.errors import Unknown
from reliefstock.ledger import Entry, Lot, Movement, Place, PlaceKind, Side
from reliefstock.operations import Mention, Pledge
from reliefstock.projects import Fund, Project
from reliefstock.values import near, texts

__all__ = ["Scope", "check_known"]


@attrs.frozen(kw_only=True)
class Scope:
    """A filter on movements and on stock. Each tuple that is not empty must contain what is asked about.

    A movement is in a programme if its entry is (what it was done for), or its lot (what it was given for);
    stock is if its lot is. `warehouses` are depots and funds, at either end of a movement. `recipients` and
    `recipient_kinds` are of those who were given something, so nothing else has one.

    Raises `Incomplete` where a text stands in the place of a list.

    >>> drive = Scope(programmes=("drive",))
    >>> Scope(programmes=("drive",), items=("quilt",)).within(drive), drive.within(Scope(items=("quilt",)))
    (True, False)
    """

    donors: tuple[str, ...] = attrs.field(default=(), converter=texts)
    donations: tuple[str, ...] = attrs.field(default=(), converter=texts)
    items: tuple[str, ...] = attrs.field(default=(), converter=texts)
    programmes: tuple[str, ...] = attrs.field(default=(), converter=texts)
    warehouses: tuple[str, ...] = attrs.field(default=(), converter=texts)
    recipients: tuple[str, ...] = attrs.field(default=(), converter=texts)
    recipient_kinds: tuple[str, ...] = attrs.field(default=(), converter=texts)

    @property
    def of_any_origin(self) -> Scope:
        """The same, whoever gave it."""
        return attrs.evolve(self, donors=(), donations=())

    @property
    def names_lots(self) -> bool:
        """Whether it is narrowed by something that stands on the lot."""
        return bool(self.donors or self.donations or self.items)

    @property
    def names_recipients(self) -> bool:
        """Whether it is narrowed to those who were given something."""
        return bool(self.recipients or self.recipient_kinds)

    def takes_lot(self, lot: Lot) -> bool:
        """Whether a lot is in the scope, by its donor, its donation and its item."""
        return self.takes_origin(lot) and _in(self.items, lot.item)

    def takes_origin(self, lot: Lot) -> bool:
        """Whether a lot is of a donor and a donation in the scope."""
        return _in(self.donors, lot.donor) and _in(self.donations, lot.donation)

    def takes_place(self, place: Place) -> bool:
        """Whether stock in a place is in the scope. A donor may have the id of a depot, and is none."""
        return not self.warehouses or (place.kind.side is Side.ON_HAND and place.id in self.warehouses)

    def takes_stock(self, lot: Lot, place: Place) -> bool:
        """Whether what a place holds of a lot is in the scope."""
        return (
            self.takes_lot(lot)
            and self.takes_place(place)
            and _in(self.programmes, lot.programme)
            and not self.names_recipients
        )

    def takes(self, entry: Entry, lot: Lot, movement: Movement) -> bool:
        """Whether a movement is in the scope."""
        return (
            self.takes_lot(lot)
            and (_in(self.programmes, entry.programme) or _in(self.programmes, lot.programme))
            and (self.takes_place(movement.source) or self.takes_place(movement.target))
            and (not self.names_recipients or self._takes_recipient(movement))
        )

    def within(self, wider: Scope) -> bool:
        """Whether everything in this scope is in the wider one too, by what the two state."""
        return all(
            not theirs or (bool(ours) and set(ours) <= set(theirs))
            for ours, theirs in zip(self._stated(), wider._stated(), strict=True)
        )

    def _takes_recipient(self, movement: Movement) -> bool:
        given = (end for end in (movement.source, movement.target) if end.kind.side is Side.GIVEN_OUT)
        return any(
            _in(self.recipients, place.id) and _in(self.recipient_kinds, place.kind.value) for place in given
        )

    def _stated(self) -> tuple[tuple[str, ...], ...]:
        return (
            self.donors,
            self.donations,
            self.items,
            self.programmes,
            self.warehouses,
            self.recipients,
            self.recipient_kinds,
        )


def _in(asked: tuple[str, ...], given: str | None) -> bool:
    return not asked or given in asked


# Whether the book knows what it names


def check_known(book: Book, scope: Scope) -> None:
    """Raise `Unknown` for whoever or whatever a scope names that the book does not know.

    A misspelt donor would be one of whom there is nothing, and nothing is easily confirmed. Programmes are
    no nouns of a book, so any name of one is taken.
    """
    register = book.register
    for donor in scope.donors:
        register.donor(donor)
    for item in scope.items:
        register.item(item)
    for site in scope.warehouses:
        if not register.has(Fund, site):
            register.warehouse(site)
    for recipient in scope.recipients:
        if not register.has(Project, recipient):
            register.recipient(recipient)
    _check_all("recipient kind", scope.recipient_kinds, _RECIPIENT_KINDS)
    if any(donation not in book.ledger.donations for donation in scope.donations):
        _check_all("donation", scope.donations, tuple(_donations(book)))


_RECIPIENT_KINDS = tuple(kind.value for kind in PlaceKind if kind.side is Side.GIVEN_OUT)


def _donations(book: Book) -> Iterator[str]:
    """What was received, what was promised, and what papers speak of."""
    yield from book.ledger.donations
    yield from (pledge.number for pledge in book.documents_of(Pledge))
    yield from (mention.donation for mention in book.documents_of(Mention) if mention.donation)


def _check_all(what: str, given: Iterable[str], known: tuple[str, ...]) -> None:
    for one in given:
        if one not in known:
            raise Unknown(what=what, given=one, near=near(one, known))
