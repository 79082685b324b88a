"""Some units of one item from one source, with all that must never get lost.

A lot never changes and no row elsewhere copies it: postings only name it. So neither a transfer nor a
count nor a new price can lose a donor or rewrite a value.

All units of a lot are worth the same, to within one minor unit: a lot of 3 units worth 100 fen has
units of 33 and 34 fen, and `floor` is 33.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

import attrs

from reliefstock.donations import Basis, Restriction, Use, Valuation
from reliefstock.errors import NotPositive

__all__ = ["Ingredient", "Lot"]


@attrs.frozen
class Ingredient:
    """What a lot was made of: so much of another lot, with its value in minor units."""

    lot: str
    quantity: int
    value: int


@attrs.frozen(kw_only=True)
class Lot:
    """A lot. Quantities are in base units of the item, values in minor units, both at origin.

    `donor` and `donation` are None where goods of several donors were put together (`made_of` then
    says which) or where there is no donor (a gain). `restrictions` must all be met.
    """

    id: str
    item: str
    quantity: int
    value: int
    valuation: Valuation
    received: date
    donor: str | None = None
    donation: str | None = None
    supplier: str | None = None
    restrictions: tuple[Restriction, ...] = ()
    expiry: date | None = None
    batch: str = ""
    condition: str = ""
    made_of: tuple[Ingredient, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.quantity <= 0:
            raise NotPositive(what=f"the quantity of lot {self.id}", given=self.quantity)
        if self.value < 0:
            raise NotPositive(what=f"the value of lot {self.id}", given=self.value)

    @cached_property
    def floor(self) -> int:
        """The least value of one unit, in minor units; a unit is worth this, or one more."""
        return self.value // self.quantity

    @property
    def unvalued(self) -> bool:
        """Whether it stands in the memorandum register, by quantity only."""
        return self.valuation.basis is Basis.MEMORANDUM

    @property
    def programme(self) -> str:
        """The programme that it was given for, if any."""
        return next((r.programme for r in self.restrictions if r.programme), "")

    def objections(self, use: Use) -> tuple[str, ...]:
        """Which parts of which restrictions the use does not meet; none means that it is allowed."""
        return tuple(part for restriction in self.restrictions for part in restriction.objections(use))

    def restriction_text(self) -> str:
        """All restrictions in words."""
        return " and ".join(r.text() for r in self.restrictions) or "any use"
