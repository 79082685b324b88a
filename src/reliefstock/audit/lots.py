"""Lots as an audit knows them: how they came in, and how much of each is where, day by day.

Of a lot in a place a *line* is kept, which is whole numbers and days: for each day on which anything moved,
by how much the place changed, and how low it went in the course of that day. So what was there on any day can
be told, and whether it was ever less than nothing, also when something is dated back; and what is kept grows
by places, lots and days, however many entries there are.

Values are kept as what they are above the floor of the lot (the least that a unit can be worth, `value //
quantity`): a quantity of units is worth what it can be exactly where this is between zero and the quantity.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reliefstock.audit.reading import Origin

__all__ = ["Line", "Lot", "Moment"]


class Moment(NamedTuple):
    """How much was there at some moment of a day: units, and what they are worth above the floor."""

    on: date
    units: int
    above: int


class Line:
    """What happened to a lot in a place.

    `units` and `above` are what is there in the end. With `by_day` the movements of a day are put together:
    by how much they changed units and value, and the least of the units, of the value above the floor, and of
    the units that are worth no more than the floor. Without it each movement stands for itself.
    """

    __slots__ = ("_days", "above", "by_day", "units")

    def __init__(self, *, by_day: bool) -> None:
        self.units = 0
        self.above = 0
        self.by_day = by_day
        self._days: list[tuple[date, int, int, int, int, int]] = []

    def add(self, on: date, units: int, above: int) -> bool:
        """Something came, or below zero left; returns whether anything is there that is dated later."""
        self.units += units
        self.above += above
        days = self._days
        if not days or on > days[-1][0]:
            days.append((on, units, above, units, above, units - above))
            return False
        at = len(days)
        while at and days[at - 1][0] > on:
            at -= 1
        if self.by_day and at and days[at - 1][0] == on:
            _, had, worth, least, least_above, least_light = days[at - 1]
            units += had
            above += worth
            days[at - 1] = (
                on,
                units,
                above,
                min(units, least),
                min(above, least_above),
                min(units - above, least_light),
            )
        else:
            days.insert(at, (on, units, above, units, above, units - above))
        return at < len(days)

    def moments(self) -> Iterator[Moment]:
        """What was there after each movement; with `by_day` after each day."""
        units, above = 0, 0
        for on, moved, worth, *_ in self._days:
            units += moved
            above += worth
            yield Moment(on, units, above)

    def lowest(self) -> Iterator[tuple[date, int, int, int]]:
        """The least of each day: units, value above the floor, and units worth no more than the floor."""
        units, above = 0, 0
        for on, moved, worth, least, least_above, least_light in self._days:
            yield on, units + least, above + least_above, units - above + least_light
            units += moved
            above += worth

    def as_of(self, on: date) -> tuple[int, int]:
        """Units, and their value above the floor, at the end of a day."""
        units, above = self.units, self.above
        for day, moved, worth, *_ in reversed(self._days):
            if day <= on:
                break
            units -= moved
            above -= worth
        return units, above

    def days(self, on: date) -> Iterator[tuple[date, int]]:
        """How many units were there at the end of each day from `on` on, that itself first."""
        units = self.units
        later: list[tuple[date, int]] = []
        for day, moved, *_ in reversed(self._days):
            if day <= on:
                break
            if not later or later[-1][0] != day:
                later.append((day, units))
            units -= moved
        yield on, units
        yield from reversed(later)


class Lot:
    """A lot, from where it came in, and its line in each place where it was."""

    __slots__ = (
        "born",
        "donor",
        "donors",
        "elsewhen",
        "floor",
        "id",
        "item",
        "lines",
        "made_of",
        "quantity",
        "record",
        "spread",
        "told",
        "value",
    )

    def __init__(self, origin: Origin, record: int) -> None:
        self.id = origin.id
        self.item = origin.item
        self.quantity = origin.quantity
        self.value = origin.value
        self.donor = origin.donor
        self.donors = frozenset[str]() if origin.donor is None else frozenset({origin.donor})
        self.made_of = origin.made_of
        self.record = record
        self.floor = self.value // self.quantity
        self.spread = self.value % self.quantity != 0
        self.born: str | None = None
        self.lines: dict[str, Line] = {}
        self.elsewhen: list[tuple[str, date, date, int]] = []
        self.told: set[tuple[str, str]] = set()

    def there(self, place: str, on: date) -> int:
        """How many units were in a place on a day, of what entries tell of up to that day.

        What an entry tells of may be of an earlier day than its own (late news), and what takes an entry back
        tells of nothing before that entry does.
        """
        line = self.lines.get(place)
        units = 0 if line is None else line.as_of(on)[0]
        for where, dated, happened, moved in self.elsewhen:
            if where == place:
                units += moved * ((happened <= on) - (dated <= on))
        return units
