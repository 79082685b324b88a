"""What lands together, or not at all: entries with the lots that they bring, and all that comes with them."""

from __future__ import annotations

import attrs

from reliefstock.ledger.closing import Closing
from reliefstock.ledger.counted import Counted
from reliefstock.ledger.entry import Entry
from reliefstock.ledger.hold import Hold, Outcome
from reliefstock.ledger.lot import Lot

__all__ = ["Landing"]


@attrs.frozen(kw_only=True)
class Landing:
    """Entries, new lots, holds and what came of them, counts, and which days are closed from then on."""

    entries: tuple[Entry, ...] = ()
    lots: tuple[Lot, ...] = ()
    holds: tuple[Hold, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    counted: tuple[Counted, ...] = ()
    closing: Closing | None = None
