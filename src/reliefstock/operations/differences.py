"""What goods fetched, or are worth now, more or less than the book said: a lot of value without goods.

Value never appears and never vanishes, and it never moves without units. So a difference is a lot of its own,
of an item whose unit is one minor unit: more comes in as a gain and goes into what the goods become, less
comes out beside it and is lost. It carries the donor, the donation and the restrictions of the goods, so that
a trace and a donor's statement have it, and no unit of goods is gained or lost by it.
"""

from __future__ import annotations

import attrs

from reliefstock.catalogue import Item
from reliefstock.donations import Valuation
from reliefstock.ledger import Draft, Ingredient, Lot, Place, PlaceKind
from reliefstock.operations.desk import Desk
from reliefstock.values import Money

__all__ = ["Turn", "worth_so_much"]


@attrs.frozen(kw_only=True)
class Turn:
    """So much of a lot went into a conversion, and what comes out of it is worth more, or less, or as much.

    `shown_by` says on which basis and evidence; `reason` names the gain or the loss: `sale`, `revaluation`.
    """

    desk: Desk
    draft: Draft
    conversion: Place
    went_in: Ingredient
    shown_by: Valuation
    reason: str

    def parts(self, value: int) -> tuple[Ingredient, ...]:
        """What that which comes out is made of, where it is worth so many minor units.

        What it is worth more comes in as a gain, what it is worth less goes out to a loss, as a lot that has
        the id of the conversion and a D after it.
        """
        off = value - self.went_in.value
        if off > 0:
            lot = self._difference(off)
            self.draft.bring(lot, Place(PlaceKind.GAIN, self.reason), {self.conversion: off})
            return (self.went_in, Ingredient(lot.id, off, off))
        if off < 0:
            lot = attrs.evolve(self._difference(-off), made_of=(attrs.evolve(self.went_in, value=-off),))
            self.draft.bring(lot, self.conversion, {Place(PlaceKind.LOSS, self.reason): -off})
        return (attrs.evolve(self.went_in, value=min(value, self.went_in.value)),)

    def _difference(self, value: int) -> Lot:
        desk, of = self.desk, self.desk.ledger.lot(self.went_in.lot)
        basis = of.valuation if self.shown_by.amount is None else self.shown_by
        return Lot(
            id=f"{self.conversion.id}-D",
            item=Item.difference(desk.currency).id,
            quantity=value,
            value=value,
            valuation=worth_so_much(basis, value, desk.currency),
            received=self.draft.on,
            donor=of.donor,
            donation=of.donation,
            restrictions=of.restrictions,
        )


def worth_so_much(valuation: Valuation, value: int, currency: str) -> Valuation:
    """The same basis and evidence, for goods that are worth so many minor units.

    The amount in the donor's own currency is that of the whole, and stays with the whole alone. Where goods
    are worth nothing, as a part may be by the cumulative rule, what the whole is worth is kept.

    >>> from reliefstock.values import Money
    >>> whole = Valuation.voucher(Money(300, "CNY"), "invoice 17")
    >>> str(worth_so_much(whole, 100, "CNY").amount)
    'CNY 1.00'
    """
    if valuation.amount is None or not value or value == valuation.minor:
        return valuation
    return attrs.evolve(valuation, amount=Money(value, currency), original=None)
