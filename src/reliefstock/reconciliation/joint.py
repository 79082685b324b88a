"""Joint lots: goods of several donors in one. Whose are they, and where is each one's share?

Two donors' money may pay for one blanket, and their goods lie in one kit. Such a lot names neither of them,
but what it was made of does, so that each donation has a share in it, to the minor unit. Where the units of a
joint lot go apart the shares go apart with them: donation by donation, each by the cumulative rule of what
the units are worth, so that in every place they sum to what is there, and over all places to what was given.

A share is what is still in the lot: what came out of a kit that was broken is the lot itself again. What a
place holds beyond what went in (kits found over) is nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil

import attrs

from reliefstock.book import Book
from reliefstock.ledger import EntryKind, Holding, Ledger, Lot, Place
from reliefstock.reconciliation.scope import Scope
from reliefstock.values import portion

__all__ = ["NOBODY", "Joint", "Shares", "is_whole", "shares_of"]

NOBODY = ""
"""Under this id stands what no donation brought; it is the id of none."""


class Shares:
    """What of which donation is in each lot, and where: at the end of a day, as known after an entry.

    Amounts are in minor units, by donation, in the order in which the lot was made of them. A donation of
    which the value is not known has a share of nothing, and is named all the same.

    >>> from reliefstock import Donor, Fund, Money
    >>> book = Book("Ankang", currency="CNY")
    >>> book.add(Donor("province", zh="省红十字会"), Fund("main", zh="基本账户"))
    >>> hundred = Money.of("100", "CNY")
    >>> gift = book.receive_money(donor="province", into="main", amount=hundred, on="2023-01-10")
    >>> Shares(book).inside(book.lot(gift.lot))
    {'DR-000001': 10000}
    """

    def __init__(self, book: Book, *, on: date | None = None, known: int | None = None) -> None:
        self._ledger = book.ledger
        self._on = on
        self._known = known
        self._there: dict[str, dict[Place, Holding]] = {}
        self._inside: dict[str, dict[str, int]] = {}
        self._spread: dict[str, dict[Place, dict[str, int]]] = {}

    def places(self, lot: Lot) -> Mapping[Place, Holding]:
        """Where units of a lot are, in the order in which they first came there; not where it came from."""
        if lot.id not in self._there:
            held = {place: self._holding(place, lot) for place in self._ledger.places_of(lot.id)}
            self._there[lot.id] = {place: there for place, there in held.items() if there.quantity > 0}
        return self._there[lot.id]

    def inside(self, lot: Lot) -> Mapping[str, int]:
        """What of which donation is in all units of a lot, wherever they are."""
        if lot.id not in self._inside:
            self._inside[lot.id] = self._of_one(lot) if _is_of_one(lot) else self._of_parts(lot)
        return self._inside[lot.id]

    def at(self, lot: Lot, place: Place) -> Mapping[str, int]:
        """What of which donation is in the units of a lot in one place; they sum to what these are worth."""
        if lot.id not in self._spread:
            there = self.places(lot)
            values = [held.value for held in there.values()]
            shares = _spread(self.inside(lot), values)
            for value, share in zip(values, shares, strict=True):
                _note_rest(share, value - sum(share.values()))
            self._spread[lot.id] = dict(zip(there, shares, strict=True))
        return self._spread[lot.id].get(place, {})

    def _holding(self, place: Place, lot: Lot) -> Holding:
        return self._ledger.holding(place, lot.id, on=self._on, known=self._known)

    def _of_one(self, lot: Lot) -> dict[str, int]:
        return {lot.donation or NOBODY: sum(held.value for held in self.places(lot).values())}

    def _of_parts(self, lot: Lot) -> dict[str, int]:
        inside: dict[str, int] = {}
        for part in dict.fromkeys(part.lot for part in lot.made_of):
            for donation, value in self._into(self._ledger.lot(part), lot).items():
                inside[donation] = inside.get(donation, 0) + value
        return inside

    def _into(self, part: Lot, made: Lot) -> Mapping[str, int]:
        """What a part brought into a lot, of what is in the conversion that the lot came out of.

        Several lots may have come out of it, as of a purchase: each has what it names.
        """
        born = self._ledger.birthplace(made.id)
        went_in: Mapping[str, int] = {} if born is None else self.at(part, born)
        others = [one for one in self._ledger.made_of(part.id) if self._ledger.birthplace(one.id) == born]
        if len(others) == 1:
            return went_in
        named = [sum(each.value for each in one.made_of if each.lot == part.id) for one in others]
        return _spread(went_in, named)[[one.id for one in others].index(made.id)]


def _is_of_one(lot: Lot) -> bool:
    return lot.donation is not None or not lot.made_of


def _note_rest(share: dict[str, int], rest: int) -> None:
    if rest:
        share[NOBODY] = share.get(NOBODY, 0) + rest


def _spread(amounts: Mapping[str, int], places: Sequence[int]) -> list[dict[str, int]]:
    """Share amounts out over places that hold so much, so that no place gets more than it holds.

    One amount after the other goes by the cumulative rule of what is not shared out yet. Where the amounts
    sum to what the places hold, each amount and each place comes out to the minor unit.

    >>> _spread({"A": 100, "B": 50}, [50, 50, 50])
    [{'A': 33, 'B': 17}, {'A': 33, 'B': 17}, {'A': 34, 'B': 16}]
    """
    left = list(places)
    shares: list[dict[str, int]] = [{} for _ in left]
    for donation, amount in amounts.items():
        total, before = sum(left), 0
        for at, value in enumerate(left):
            share = portion(min(amount, total), total, before, value) if value else 0
            shares[at][donation] = share
            left[at] -= share
            before += value
    return shares


# What is of the donors that a question is about


@attrs.frozen
class Joint:
    """What the donors or donations of a scope have in a joint lot, in minor units.

    `paid` is what they have in all of it, as it came in, rounded up. `least` and `most` are what they have in
    each unit, where every unit has something of theirs for certain, as a kit has; `most` is None where the
    value of that is not known.
    """

    paid: int
    least: int = 0
    most: int | None = None
    in_each: bool = False


def shares_of(book: Book, scope: Scope) -> Mapping[str, Joint]:
    """Of each joint lot, what the donors or donations of a scope have in it, by lot.

    A scope that names neither has no shares: all that is in a lot is in it.

    >>> shares_of(Book("Ankang", currency="CNY"), Scope(donors=("province",)))
    {}
    """
    if not scope.donors and not scope.donations:
        return {}
    parts: dict[str, _Part] = {}
    for lot in book.ledger.lots.values():  # what a lot is made of came before it
        if scope.takes_origin(lot):
            parts[lot.id] = _whole(lot)
        elif any(part.lot in parts for part in lot.made_of):
            parts[lot.id] = _part(book.ledger, lot, parts)
    return {
        lot.id: Joint(ceil(lot.value * part.ratio), part.least, part.most, part.in_each)
        for lot, part in ((book.lot(lot_id), part) for lot_id, part in parts.items())
        if not scope.takes_origin(lot)
    }


def is_whole(lot: Lot, shares: Mapping[str, Joint]) -> bool:
    """Whether a lot is a joint one of which all who gave anything of value are in the scope."""
    return lot.value > 0 and lot.id in shares and shares[lot.id].paid == lot.value


@attrs.frozen
class _Part:
    """What is of the scope in a lot: which part of its value, and how much of each unit."""

    ratio: Fraction
    least: int
    most: int | None
    in_each: bool


def _whole(lot: Lot) -> _Part:
    most = None if lot.unvalued else lot.floor + (lot.value % lot.quantity > 0)
    return _Part(Fraction(1), lot.floor, most, in_each=True)


def _part(ledger: Ledger, lot: Lot, parts: Mapping[str, _Part]) -> _Part:
    """What several gave for a unit cannot be told apart; what they gave into a kit can, unit by unit.

    All of a lot may be of the scope where its value says nothing.
    """
    found = [(one, parts[one.lot]) for one in lot.made_of if one.lot in parts]
    value = sum((one.value * part.ratio for one, part in found), Fraction(0))
    ratio = value / lot.value if lot.value else Fraction(1)  # exact: Fraction
    inside = [(one.quantity // lot.quantity, part) for one, part in found]
    if not _is_alike(ledger, lot) or not any(part.in_each for _, part in inside):
        return _Part(ratio, 0, lot.floor + 1, in_each=False)
    least = sum(units * part.least for units, part in inside)
    return _Part(ratio, least, _most(inside), in_each=True)


def _is_alike(ledger: Ledger, lot: Lot) -> bool:
    """Whether every unit of a lot holds the same units of what it was made of: kits, and goods redirected."""
    if next(ledger.entries_of(lot.id)).kind not in _ALIKE:
        return False
    return all(
        one.quantity % lot.quantity == 0 and one.value >= ledger.lot(one.lot).floor * one.quantity
        for one in lot.made_of
    )


_ALIKE = (EntryKind.KITTING, EntryKind.REDIRECTION, EntryKind.REVALUATION)


def _most(inside: Sequence[tuple[int, _Part]]) -> int | None:
    known = [units * part.most for units, part in inside if part.most is not None]
    return sum(known) if len(known) == len(inside) else None
