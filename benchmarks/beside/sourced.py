"""The work done with eventsourcing: `sourced.py memory|saved|batches FILE`.

Each shelf is an aggregate that knows its lots, and takes from those that came in first. It is saved after
each entry, or after a thousand all that were touched.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from beside.work import answer, read
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

BATCH = 1_000


class Shelf(Aggregate):
    """An item in a place."""

    @event("Opened")
    def __init__(self, place: str, item: str) -> None:
        self.place, self.item = place, item
        self.lots: list[list[int]] = []

    @event("Received")
    def receive(self, quantity: int, price: int, day: str) -> None:  # noqa: ARG002 -- the event keeps it
        """A lot comes in."""
        self.lots.append([quantity, price])

    @event("Issued")
    def issue(self, quantity: int, day: str) -> None:  # noqa: ARG002 -- the event keeps it
        """Some of it goes out."""
        while quantity:
            some = min(quantity, self.lots[0][0])
            self.lots[0][0] -= some
            quantity -= some
            if not self.lots[0][0]:
                del self.lots[0]


class Stock(Application[UUID]):
    """All shelves."""


def done(stock: Stock, path: str, batch: int) -> Iterator[tuple[str, str, int, int]]:
    """Do the work; then say what is left."""
    shelves: dict[tuple[str, str], Shelf] = {}
    touched: dict[tuple[str, str], Shelf] = {}
    for number, day, gift, place, item, quantity, price, _ in read(path):
        shelf = shelves.get((place, item)) or shelves.setdefault((place, item), Shelf(place, item))
        if gift:
            shelf.receive(quantity, price, day)
        else:
            shelf.issue(quantity, day)
        touched[place, item] = shelf
        if number % batch == 0:
            stock.save(*touched.values())
            touched.clear()
    stock.save(*touched.values())
    for (place, item), shelf in shelves.items():
        yield (
            place,
            item,
            sum(count for count, _ in shelf.lots),
            sum(count * price for count, price in shelf.lots),
        )


if __name__ == "__main__":
    way, work = sys.argv[1:]
    with TemporaryDirectory() as folder:
        database = str(Path(folder, "events.db"))
        kept = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": database}
        stock = Stock(env={} if way == "memory" else kept)
        answer(done(stock, work, BATCH if way == "batches" else 1))
        stock.close()
