"""The work that all are given: gifts come into depots as lots, and are given out, first in, first out.

It is made up, the same every time. Every tenth entry is a gift: a lot of an item, at so many whole fen a
piece; the others give out some of what is there, from one lot or several. No lot has an expiry, so whoever
picks what expires first picks what came in first. Whoever does not pick by itself is told.

Programs of other environments read this too, so it needs nothing but the standard library.
"""

from __future__ import annotations

import csv
import json
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

__all__ = [
    "ITEMS",
    "PLACES",
    "Entry",
    "Pick",
    "Shelf",
    "Totals",
    "answer",
    "entries",
    "read",
    "totals",
    "write",
]

PLACES = tuple(f"Depot{letter}" for letter in "ABCDEFGHIJ")
ITEMS = tuple(f"GOODS{letter}" for letter in "ABCDEFGHIJKLMNOPQRST")
"""In letters: ledger takes no digit in the name of what it counts."""
FIRST, DAYS = date(2024, 1, 1), 364
CYCLE = 10  # one gift, and nine handouts

Shelf = tuple[str, str]
"""A place and an item."""
Totals = dict[Shelf, tuple[int, int]]
"""How many of an item are in a place in the end, and what they are worth in fen; no shelf that is empty."""


class Pick(NamedTuple):
    """What is taken from one lot."""

    lot: int
    on: date
    price: int
    quantity: int


class Entry(NamedTuple):
    """A gift, which makes a lot, or a handout."""

    number: int
    on: date
    gift: bool
    place: str
    item: str
    quantity: int
    price: int
    """Fen a piece; 0 where it is given out, because then the lots say it."""
    value: int
    """In fen, of all of it: who works it out by its lots need not read it."""
    picks: tuple[Pick, ...]


class _Stock:
    """What is there while the work is made up."""

    def __init__(self) -> None:
        self._lots: dict[Shelf, deque[Pick]] = {(place, item): deque() for item in ITEMS for place in PLACES}
        self.shelves = tuple(self._lots)

    def put(self, shelf: Shelf, lot: Pick) -> None:
        """A lot comes in."""
        self._lots[shelf].append(lot)

    def filled(self, start: int) -> Shelf | None:
        """The first shelf from there on where something is."""
        around = (self.shelves[(start + step) % len(self.shelves)] for step in range(len(self.shelves)))
        return next((shelf for shelf in around if self._lots[shelf]), None)

    def take(self, shelf: Shelf, wanted: int) -> tuple[Pick, ...]:
        """As much of it as there is, from the lots that came in first."""
        lots, taken = self._lots[shelf], []
        while wanted and lots:
            lot = lots.popleft()
            some = min(wanted, lot.quantity)
            taken.append(lot._replace(quantity=some))
            wanted -= some
            if some < lot.quantity:
                lots.appendleft(lot._replace(quantity=lot.quantity - some))
        return tuple(taken)


def entries(count: int) -> Iterator[Entry]:
    """So many entries, in the order of their dates."""
    draw, stock = Random(count), _Stock()  # noqa: S311 -- no secret: it is to be the same again
    for number in range(1, count + 1):
        on = FIRST + timedelta(days=(number - 1) * DAYS // count)
        shelf = stock.filled(draw.randrange(len(stock.shelves))) if number % CYCLE != 1 else None
        if shelf is None:
            place, item = shelf = draw.choice(stock.shelves)
            quantity, price = draw.randint(200, 400), draw.randint(500, 9_000)
            stock.put(shelf, Pick(number, on, price, quantity))
            yield Entry(number, on, True, place, item, quantity, price, quantity * price, ())  # noqa: FBT003
        else:
            picks = stock.take(shelf, draw.randint(1, 60))
            quantity = sum(pick.quantity for pick in picks)
            value = sum(pick.quantity * pick.price for pick in picks)
            yield Entry(number, on, False, *shelf, quantity, 0, value, picks)  # noqa: FBT003


def totals(some: Iterable[Entry]) -> Totals:
    """What is left of it in the end, by plain sums."""
    left: Totals = {}
    for entry in some:
        shelf, sign = (entry.place, entry.item), 1 if entry.gift else -1
        quantity, value = left.get(shelf, (0, 0))
        left[shelf] = quantity + sign * entry.quantity, value + sign * entry.value
    return {shelf: total for shelf, total in left.items() if total != (0, 0)}


def write(path: Path, some: Iterable[Entry]) -> None:
    """The work as a file of comma-separated values, without the picks."""
    with path.open("w", encoding="ascii", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("number", "day", "gift", "place", "item", "quantity", "price", "value"))
        for entry in some:
            out.writerow((entry.number, entry.on, int(entry.gift), *entry[3:8]))


def read(path: str | Path) -> Iterator[tuple[int, str, bool, str, str, int, int, int]]:
    """What `write` wrote: number, day, whether it is a gift, place, item, quantity, price, value."""
    with Path(path).open(encoding="ascii", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for number, day, gift, place, item, quantity, price, value in rows:
            yield int(number), day, gift == "1", place, item, int(quantity), int(price), int(value)


def answer(left: Iterable[tuple[str, str, int | None, int | None]]) -> None:
    """Print what is left, for the process that asked; None for what somebody does not keep."""
    print(json.dumps([row for row in left if row[2] or row[3]]))
