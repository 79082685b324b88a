"""Which part of the book a question is about: by donor, donation, item, place, programme, recipient.

A scope that states nothing takes everything. Two scopes compare: one lies within the other where each
thing that the wider one states is stated at least as narrowly by the narrower one.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from reliefstock.ledger import Entry, Lot, Movement, Place, Side

__all__ = ["Scope"]


@attrs.frozen(kw_only=True)
class Scope:
    """A filter on movements. Each tuple that is not empty must contain what the movement has.

    >>> drive = Scope(programmes=("drive",))
    >>> Scope(programmes=("drive",), items=("quilt",)).within(drive), drive.within(Scope(items=("quilt",)))
    (True, False)
    """

    donors: tuple[str, ...] = ()
    donations: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    warehouses: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    recipient_kinds: tuple[str, ...] = ()

    def takes_lot(self, lot: Lot) -> bool:
        """Whether a lot is in the scope, by what stands on it."""
        return (
            _in(self.donors, lot.donor) and _in(self.donations, lot.donation) and _in(self.items, lot.item)
        )

    def takes_place(self, place: Place) -> bool:
        """Whether stock in a place is in the scope."""
        return _in(self.warehouses, place.id)

    def takes(self, entry: Entry, lot: Lot, movement: Movement) -> bool:
        """Whether a movement is in the scope."""
        ends = (movement.source, movement.target)
        given = [place for place in ends if place.kind.side is Side.GIVEN_OUT]
        return (
            self.takes_lot(lot)
            and (not self.programmes or any(_in(self.programmes, p) for p in (entry.programme, lot.programme)))
            and (not self.warehouses or any(_in(self.warehouses, place.id) for place in ends))
            and (not self.recipients or any(_in(self.recipients, place.id) for place in given))
            and (not self.recipient_kinds or any(_in(self.recipient_kinds, p.kind.value) for p in given))
        )

    def within(self, wider: Scope) -> bool:
        """Whether everything in this scope is in the wider one too."""
        return all(
            not theirs or (ours and set(ours) <= set(theirs))
            for ours, theirs in zip(attrs.astuple(self), attrs.astuple(wider), strict=True)
        )


def _in(asked: Iterable[str], given: str | None) -> bool:
    return not asked or given in asked
