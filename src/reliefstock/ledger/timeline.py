"""The history of one lot in one place, in the order in which things happened.

It answers what a place held as of any date, as known at any entry, and what an entry that is dated
back may still take: the least that is there at any later moment.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

import attrs

from reliefstock.ledger.position import Holding

__all__ = ["Change", "OpenTimeline", "Timeline", "Window"]

_LAST = 1 << 62  # behind every entry number, so that a whole day is included


@attrs.frozen
class Window:
    """What is there at every moment from a date on.

    `quantity` is the least number of units. Units of a lot are worth its floor or one minor unit more:
    `heavy` and `light` are the least number of each kind. `when` says at which date the quantity is least.
    """

    quantity: int
    heavy: int
    light: int
    when: date


@attrs.frozen
class Change:
    """One posting as the place saw it: when, by which entry, how much came or went."""

    on: date
    entry: int
    quantity: int
    value: int


class Timeline:
    """Postings of one lot to one place, by (business date, entry number), with running totals.

    Quantities are in base units of the item, values in minor units. It is to be read; the ledger alone
    adds to it, through the `OpenTimeline` that shows it.
    """

    __slots__ = ("_keys", "_quantities", "_values")

    def __init__(self, keys: list[tuple[date, int]], quantities: list[int], values: list[int]) -> None:
        self._keys = keys
        self._quantities = quantities
        self._values = values

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def latest(self) -> date:
        """The latest date of a posting; the earliest date that there is where there is none."""
        return self._keys[-1][0] if self._keys else date.min

    def as_of(self, on: date | None = None, known: int | None = None) -> Holding:
        """What was there at the end of a day (None: at the end), as known after entry number `known`."""
        at = len(self._keys) if on is None else self._after(on)
        if known is None:
            return self._total(at)
        holding = Holding(0, 0)
        for change in self._between(0, at):
            if change.entry <= known:
                holding += Holding(change.quantity, change.value)
        return holding

    def window(self, on: date, floor: int) -> Window:
        """The least that is there from the end of `on` to the end of time.

        `floor` is the least value of one unit of the lot, in minor units. What is entered with the latest
        date, as nearly everything is, costs the same however long the history is.

        >>> shelf = OpenTimeline()
        >>> shelf.add(date(2023, 1, 10), 1, 3, 100)
        >>> shelf.add(date(2023, 1, 20), 2, -2, -66)
        >>> shelf.shown.window(date(2023, 1, 15), floor=33)
        Window(quantity=1, heavy=1, light=0, when=datetime.date(2023, 1, 20))
        """
        at = self._after(on)
        now = self._total(at)
        heavy = now.value - floor * now.quantity
        least, light, when = now.quantity, now.quantity - heavy, on
        for later in range(at, len(self._keys)):
            quantity, over = self._quantities[later], self._values[later] - floor * self._quantities[later]
            heavy, light = min(heavy, over), min(light, quantity - over)
            if quantity < least:
                least, when = quantity, self._keys[later][0]
        return Window(least, heavy, light, when)

    def owed(self, on: date, floor: int) -> Window:
        """The least that is missing from the end of `on` to the end of time, in a place below zero.

        So much can still come back to a conversion of what was made there: units, heavy and light ones.

        >>> bench = OpenTimeline()
        >>> bench.add(date(2023, 1, 10), 1, -3, -100)
        >>> bench.add(date(2023, 1, 20), 2, 2, 66)
        >>> bench.shown.owed(date(2023, 1, 15), floor=33)
        Window(quantity=1, heavy=1, light=0, when=datetime.date(2023, 1, 20))
        """
        negated = Timeline(self._keys, [-one for one in self._quantities], [-one for one in self._values])
        return negated.window(on, floor)

    def later(self, on: date) -> Iterator[tuple[date, int]]:
        """How many units were there after each posting of the days after `on`."""
        at = self._after(on)
        return zip((day for day, _ in self._keys[at:]), self._quantities[at:], strict=True)

    def least(self, on: date) -> int:
        """The fewest units that are there at the end of any day from `on` on."""
        return min((self.as_of(on).quantity, *dict(self.later(on)).values()))

    def days(self, on: date) -> Iterator[date]:
        """The days after `on` on which anything was posted, some of them more than once."""
        return (day for day, _ in self._keys[self._after(on) :])

    def most(self, on: date) -> int:
        """The most units that are there at any moment from the end of `on`."""
        at = self._after(on)
        return max([self._total(at).quantity, *self._quantities[at:]])

    def residue(self, on: date, coming: Holding) -> Holding | None:
        """The first value without units from the end of `on`, if so much more came on that day."""
        at = self._after(on)
        totals = (self._total(count) for count in range(at, len(self._keys) + 1))
        return next((there for total in totals if (there := total + coming).is_residue), None)

    def changes(self) -> Iterator[Change]:
        """Every posting, in the order in which things happened."""
        return self._between(0, len(self._keys))

    def _between(self, first: int, last: int) -> Iterator[Change]:
        before = self._total(first)
        for i in range(first, last):
            after = Holding(self._quantities[i], self._values[i])
            moved = after - before
            yield Change(*self._keys[i], moved.quantity, moved.value)
            before = after

    def _after(self, on: date) -> int:
        """How many postings there are up to the end of a day."""
        if not self._keys or self._keys[-1][0] <= on:
            return len(self._keys)
        return bisect_left(self._keys, (on, _LAST))

    def _total(self, at: int) -> Holding:
        if at == 0:
            return Holding(0, 0)
        return Holding(self._quantities[at - 1], self._values[at - 1])


class OpenTimeline:
    """Where postings are added; `shown` is what there is to read."""

    __slots__ = ("_keys", "_quantities", "_values", "shown")

    def __init__(self) -> None:
        self._keys: list[tuple[date, int]] = []
        self._quantities: list[int] = []
        self._values: list[int] = []
        self.shown = Timeline(self._keys, self._quantities, self._values)

    def add(self, on: date, entry: int, quantity: int, value: int) -> None:
        """Enter a posting; one that is dated back moves all later running totals."""
        at = bisect_right(self._keys, (on, entry))
        self._keys.insert(at, (on, entry))
        self._quantities.insert(at, (self._quantities[at - 1] if at else 0) + quantity)
        self._values.insert(at, (self._values[at - 1] if at else 0) + value)
        for later in range(at + 1, len(self._keys)):
            self._quantities[later] += quantity
            self._values[later] += value
