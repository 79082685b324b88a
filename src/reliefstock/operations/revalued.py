"""The paper of a revaluation: what a lot was and is worth, place by place."""

from __future__ import annotations

from typing import ClassVar

import attrs

from reliefstock.donations import Valuation
from reliefstock.ledger import Place
from reliefstock.operations.desk import Document
from reliefstock.values import Who

__all__ = ["Revaluation", "RevaluedLine"]


@attrs.frozen(kw_only=True)
class RevaluedLine:
    """The units of a lot in one place: `new` is the lot that they are now, there as before.

    `quantity` is in base units; `before` and `after` are what they were and are worth, in minor units.
    """

    lot: str
    new: str
    item: str
    place: Place
    quantity: int
    before: int
    after: int

    @property
    def difference(self) -> int:
        """What the place holds more than before, in minor units; less, below zero."""
        return self.after - self.before


@attrs.frozen(kw_only=True)
class Revaluation(Document):
    """What a lot is worth now, on which evidence, and what of the difference went where.

    `lot` was revalued and is `new` now; lines tell of the lots that hold it, too. `kept` are lots of its
    units that keep the value that they have: what they were sold for, or were valued at by themselves.
    """

    prefix: ClassVar[str] = "RV"
    zh: ClassVar[str] = "价值调整单"
    en: ClassVar[str] = "Revaluation"

    lot: str
    new: str
    was: Valuation
    valuation: Valuation
    lines: tuple[RevaluedLine, ...]
    kept: tuple[str, ...]
    reason: str
    requested_by: Who
    approved_by: Who

    @property
    def difference(self) -> int:
        """What all of it is worth more than before, in minor units; less, below zero."""
        return sum(line.difference for line in self.lines)

    @property
    def paper(self) -> str:
        """The paper that shows what it is worth now."""
        return self.valuation.evidence

    @property
    def lots(self) -> tuple[str, ...]:
        """The lots that came of it."""
        return tuple(dict.fromkeys((self.new, *(line.new for line in self.lines))))
