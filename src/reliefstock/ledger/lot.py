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
from reliefstock.errors import ConversionNotWhole, NotExact, NotPositive
from reliefstock.values import Language, Quantity, Unit, choose, identifier, several

__all__ = ["Ingredient", "Lot"]


def _lot_id(given: object) -> str:
    return identifier(given, "lot")


@attrs.frozen
class Ingredient:
    """What a lot was made of: so much of another lot, with its value in minor units.

    Where one lot becomes several, as when a kit that came ready is broken, each of them names all of it,
    with its own share of the value.
    """

    lot: str
    quantity: int
    value: int


@attrs.frozen(kw_only=True)
class Lot:
    """A lot. Quantities are in base units of the item, values in minor units, both at origin.

    `pack` is what it came in, a box or a bag, where that was said; the ledger counts in base units all the
    same. `donor` and `donation` are None where goods of several donors were put together (`made_of` then
    says which) or where there is no donor (a gain). `restrictions` must all be met.

    Raises:
        BadIdentifier: `id` is none.
        NotExact: the quantity or the value is no int.
        NotPositive: the quantity is not above zero, or the value is below it.
    """

    id: str = attrs.field(converter=_lot_id)
    item: str
    quantity: int
    value: int
    valuation: Valuation
    received: date
    donor: str | None = None
    donation: str | None = None
    supplier: str | None = None
    restrictions: tuple[Restriction, ...] = attrs.field(default=(), converter=several)
    expiry: date | None = None
    batch: str = ""
    condition: str = ""
    pack: Unit | None = None
    made_of: tuple[Ingredient, ...] = attrs.field(default=(), converter=several)

    def __attrs_post_init__(self) -> None:
        for what, given in (("quantity", self.quantity), ("value", self.value)):
            if type(given) is not int:
                raise NotExact(what=f"the {what} of lot {self.id}", given=given)
        if self.quantity <= 0:
            raise NotPositive(what=f"the quantity of lot {self.id}", given=self.quantity)
        if self.value < 0:
            raise NotPositive(what=f"the value of lot {self.id}", given=self.value)

    @cached_property
    def floor(self) -> int:
        """The least value of one unit, in minor units; a unit is worth this, or one more."""
        return self.value // self.quantity

    def worth_of(self, quantity: int) -> int:
        """What the first so many units are worth by the cumulative rule, in minor units.

        Also for more units than came in: a carrier may deliver more of a lot than there ever was of it.

        >>> from reliefstock.values import Money
        >>> worth = Valuation.voucher(Money(100, "CNY"), "invoice 17")
        >>> day = date(2023, 1, 10)
        >>> lot = Lot(id="L", item="quilt", quantity=3, value=100, valuation=worth, received=day)
        >>> [lot.worth_of(units) for units in (1, 2, 3, 4)]
        [33, 66, 100, 133]
        """
        return self.value * quantity // self.quantity

    def in_packs(self, stated: Quantity) -> tuple[Quantity, ...]:
        """A quantity in the packs that the lot came in, and what is loose; as stated where it has none.

        It stays as stated too where what is loose is part of a unit: of packs of two pieces and a half, five
        pieces are two packs, and three pieces are three pieces.

        >>> from reliefstock.values import PIECE
        >>> worth, day = Valuation.memorandum(), date(2023, 1, 10)
        >>> box = PIECE.pack("box", 24)
        >>> lot = Lot(id="L", item="water", quantity=96, value=0, valuation=worth, received=day, pack=box)
        >>> [str(part) for part in lot.in_packs(Quantity(50, PIECE))]
        ['2 box', '2 piece']
        """
        if self.pack is None:
            return (stated,)
        try:
            full, rest = stated.packs(self.pack)
        except ConversionNotWhole:
            return (stated,)
        return tuple(part for part in (full, rest) if part) or (stated,)

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

    def restriction_text(self, lang: Language = "en") -> str:
        """All restrictions in words. Raises `Incomplete` for another language."""
        said = choose(lang, en=" and ", zh="，并且").join(one.text(lang) for one in self.restrictions)
        return said or choose(lang, en="any use", zh="任何用途")
