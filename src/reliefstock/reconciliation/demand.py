"""What depots are asked for: the demand for an item, day by day.

*Demand* of a depot is what leaves it for use: given out, dispatched (to another depot of the society too,
since the depot that sends it is where it was wanted from) or put into kits, less what of it was taken back by
a reversal. What is lost, kept apart, counted away or sold is no demand, and what recipients return later does
not lower it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta

import attrs

from reliefstock.book import Book
from reliefstock.errors import Incomplete, NotExact
from reliefstock.ledger import Change, EntryKind, Place, PlaceKind, Timeline

__all__ = ["Flow", "asked_changes", "flows_of", "number_of_days"]

_DEMAND = (EntryKind.DISTRIBUTION, EntryKind.DISPATCH, EntryKind.KITTING)


@attrs.define
class Flow:
    """When the first of an item came to a depot, and what left it for use, by day, in base units."""

    first_came: date
    demand: dict[date, int] = attrs.field(factory=dict["date", int])

    def note(self, book: Book, changes: Iterable[Change]) -> None:
        """Take in what happened to one lot; what is taken back is taken off the day on which it had left."""
        for change in changes:
            self.first_came = min(self.first_came, change.on)
            entry = book.ledger.entry(change.entry)
            left = entry if entry.reverses is None else book.ledger.entry(entry.reverses)
            if left.kind in _DEMAND and (change.quantity < 0) is (entry.reverses is None):
                self.demand[left.on] = self.demand.get(left.on, 0) - change.quantity

    def recent(self, on: date, over_days: int) -> tuple[int, int]:
        """The demand of the last days up to `on`, and of how many: of all since the first came, if fewer."""
        days = min(over_days, (on - self.first_came).days + 1)
        first = on - timedelta(days=days - 1)
        return max(0, sum(units for day, units in self.demand.items() if first <= day <= on)), days


def flows_of(
    book: Book, on: date, known: int | None = None, *, only: Container[tuple[Place, str]]
) -> dict[tuple[Place, str], Flow]:
    """The flows of some items through some depots, up to the end of a day, as known after an entry."""
    flows: dict[tuple[Place, str], Flow] = {}
    for place, lot, timeline in book.ledger.timelines(PlaceKind.WAREHOUSE):
        key = (place, lot.item)
        changes = tuple(asked_changes(timeline, on, known)) if key in only else ()
        if changes:
            flows.setdefault(key, Flow(changes[0].on)).note(book, changes)
    return flows


def asked_changes(timeline: Timeline, on: date, known: int | None) -> Iterator[Change]:
    """What happened to a lot in a place up to the end of a day, as known after an entry."""
    return (one for one in timeline.changes() if one.on <= on and (known is None or one.entry <= known))


def number_of_days(given: int, what: str, least: int = 1, *, zh: str) -> int:
    """A number of days that is stated. Raises `NotExact` or `Incomplete`; `zh` is `what` in Chinese."""
    if type(given) is not int:
        raise NotExact(what=what, given=given)
    if given < least:
        raise Incomplete(
            what=what,
            missing=f"{given} is below {least}",
            do=f"state {least} or more",
            zh=f"{zh}：{given} 小于 {least}；请填 {least} 或以上",
        )
    return given
