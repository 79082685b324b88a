"""Joint lots: goods that several donors paid for, of which nobody can say which part was whose."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from reliefstock.book import Book
from reliefstock.ledger import Lot
from reliefstock.reconciliation.scope import Scope

__all__ = ["is_whole", "shares_of"]


def shares_of(book: Book, scope: Scope) -> Mapping[str, int]:
    """Of each joint lot, what the donors or donations of a scope paid for it, in minor units, by lot.

    A scope that names neither has no shares: all that is in a lot is in it.

    >>> shares_of(Book("Ankang", currency="CNY"), Scope(donors=("province",)))
    {}
    """
    parts: dict[str, Fraction] = {}
    if not scope.donors and not scope.donations:
        return {}
    for lot in book.ledger.lots.values():  # what a lot is made of came before it
        parts[lot.id] = Fraction(1) if scope.takes_origin(lot) else _part(lot, parts)
    return {
        lot.id: ceil(lot.value * parts[lot.id])
        for lot in book.ledger.lots.values()
        if parts[lot.id] and not scope.takes_origin(lot)
    }


def is_whole(lot: Lot, shares: Mapping[str, int]) -> bool:
    """Whether a lot is a joint one of which all who paid are in the scope."""
    return lot.value > 0 and shares.get(lot.id) == lot.value


def _part(lot: Lot, parts: Mapping[str, Fraction]) -> Fraction:
    """Which part of a lot was paid for in the scope; all of it may be where its value says nothing."""
    paid = [one for one in lot.made_of if parts[one.lot]]
    if not lot.value:
        return Fraction(bool(paid))
    return sum((one.value * parts[one.lot] for one in paid), Fraction(0)) / lot.value
