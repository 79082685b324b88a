"""The ledger: places, lots, entries, positions, and the promises that every entry must keep."""

from __future__ import annotations

from reliefstock.ledger._shelf import Moved, Past, Ticket
from reliefstock.ledger.closing import Closing
from reliefstock.ledger.counted import Counted
from reliefstock.ledger.draft import Draft, Stamp
from reliefstock.ledger.entry import Entry, EntryKind, Movement, Posting
from reliefstock.ledger.history import History, MemoryHistory, Passed
from reliefstock.ledger.hold import (
    Hold,
    HoldHistory,
    HoldKey,
    Holds,
    How,
    KeptUnits,
    Outcome,
    Shelf,
    Standing,
)
from reliefstock.ledger.landing import Landing
from reliefstock.ledger.ledger import Ledger
from reliefstock.ledger.lot import Ingredient, Lot
from reliefstock.ledger.place import Place, PlaceKind, Side
from reliefstock.ledger.position import Holding, Position
from reliefstock.ledger.timeline import Change, Timeline, Window

__all__ = [
    "Change",
    "Closing",
    "Counted",
    "Draft",
    "Entry",
    "EntryKind",
    "History",
    "Hold",
    "HoldHistory",
    "HoldKey",
    "Holding",
    "Holds",
    "How",
    "Ingredient",
    "KeptUnits",
    "Landing",
    "Ledger",
    "Lot",
    "MemoryHistory",
    "Moved",
    "Movement",
    "Outcome",
    "Passed",
    "Past",
    "Place",
    "PlaceKind",
    "Position",
    "Posting",
    "Shelf",
    "Side",
    "Stamp",
    "Standing",
    "Ticket",
    "Timeline",
    "Window",
]
