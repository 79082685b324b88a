"""Promises 3 and 4: where everything is, and that no place ever holds less than nothing.

Goods come out of donors, suppliers and gains: these go below zero, and all that is asked of them is that
where all units are back, so is their value. Every other place holds, at every moment of every day, no less
than nothing, and units that are worth what units of their lot can be. A conversion is both: of what was made
in it, no more goes back than came out; of what went in, no more comes out.

What is wrong with a lot in a place is told once, where it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from reliefstock.audit.finding import Findings
from reliefstock.audit.lots import Line, Lot, Moment
from reliefstock.audit.reading import NOUNS, Leg, Origin

__all__ = ["IN_OUR_CARE", "KINDS", "OUTSIDE", "SOURCES", "Balances", "totals"]

IN_OUR_CARE: Final = frozenset({"warehouse", "quarantine", "fund", "transit"})
"""Kinds of places whose goods are the society's to look after."""

_ENDS: Final = frozenset({"household", "school", "society", "project"})
SOURCES: Final = frozenset({"donor", "supplier", "gain"})
"""Kinds of places from which goods come, so that they go below zero."""

OUTSIDE: Final = SOURCES | {"loss", "conversion"}
"""Kinds of places that lots come in from or end in without anybody having got them."""

_REGISTERED: Final = frozenset(kind for kinds in NOUNS.values() for kind in kinds)

KINDS: Final = IN_OUR_CARE | _ENDS | OUTSIDE


class Balances:
    """All lots by id, with what is where."""

    def __init__(self, findings: Findings) -> None:
        self.lots: dict[str, Lot] = {}
        self._findings = findings
        self._places: dict[str, str] = {}  # each once, so that a place of many lots is one text
        self._items: set[str] = set()
        self._currency = ""

    def opened(self, currency: str) -> None:
        """The currency of the book is known."""
        self._currency = currency
        self._items |= {currency, f"{currency} difference"}

    def register(self, nouns: Iterable[tuple[str, str]]) -> None:
        """The book knows nouns: items, and who or what is a place."""
        for name, noun_id in nouns:
            if name == "Item":
                self._items.add(noun_id)
            for kind in NOUNS[name]:
                self._places.setdefault(f"{kind}:{noun_id}", f"{kind}:{noun_id}")

    @property
    def places(self) -> int:
        """How many places ever held anything."""
        return len(set[str]().union(*(lot.lines for lot in self.lots.values())))

    def bring(self, origin: Origin) -> None:
        """A lot is said to come in."""
        known = self.lots.get(origin.id)
        if known is not None:
            self._findings.add("lot-twice", "", origin.id, earlier=known.record)
        elif origin.quantity <= 0 or origin.value < 0:
            figures = {"quantity": origin.quantity, "value": origin.value}
            self._findings.add("lot-impossible", "", origin.id, **figures)
        else:
            lot = self.lots[origin.id] = Lot(origin, self._findings.record)
            if lot.made_of:
                self._check_donors(lot)
            self._check_worth(origin)

    def _check_worth(self, origin: Origin) -> None:
        """An item is known; money is worth itself; what was not made of others is worth what was stated."""
        add, value = self._findings.add, origin.value
        if self._currency and origin.item not in self._items:
            add("item-unregistered", "", origin.id, item=origin.item)
        if origin.item == self._currency and origin.quantity != value:
            add("money-unlike", "", origin.id, quantity=origin.quantity, value=value)
        if not origin.made_of and origin.stated != value:
            add("value-unstated", "", origin.id, value=value, stated=origin.stated)
        if self._currency and origin.currency not in (None, self._currency):
            add("currency-other", "", origin.id, stated=origin.currency, currency=self._currency)

    def _check_donors(self, lot: Lot) -> None:
        """What is made of lots was given by whoever gave these; it names a donor where there is one alone."""
        made_of = (self.lots[part.lot] for part in lot.made_of if part.lot in self.lots)
        donors = frozenset[str]().union(*(part.donors for part in made_of))
        if lot.donor is not None and donors != lot.donors:
            named = ", ".join(sorted(donors)) or "-"
            self._findings.add("donor-lost", "", lot.id, donor=lot.donor, donors=named)
        lot.donors = donors

    def enter(self, leg: Leg, on: date) -> None:
        """Enter a posting, and look at what it leaves. Of a lot that is not there nothing is entered."""
        kind, place, lot_id, units, value = leg
        lot = self.lots.get(lot_id)
        if lot is None:
            return
        above = value - lot.floor * units
        line = lot.lines.get(place)
        if line is None:
            place = self._place(kind, place, lot_id)
            goes_below = kind in SOURCES or (kind == "conversion" and place == lot.born)
            line = lot.lines[place] = Line(by_day=not goes_below)
        is_dated_back = line.add(on, units, above)
        if not line.by_day:
            now = Moment(on, line.units, line.above)
            moments = (one for one in line.moments() if one.on >= on) if is_dated_back else (now,)
            self._check_source(kind, place, lot, moments)
        elif is_dated_back:
            self._check_days(place, lot, line, on)
        elif line.units < 0 or not 0 <= line.above <= line.units:
            self._tell(place, lot, (on, line.units, line.above, line.units - line.above))

    def _place(self, kind: str, place: str, lot: str) -> str:
        """The one text of a place; a depot, a donor or a household is known to the book before it is one."""
        known = self._places.get(place)
        if known is None:
            known = self._places[place] = place
            if kind in _REGISTERED:
                self._findings.add("place-unregistered", place, lot)
        return known

    def _check_days(self, place: str, lot: Lot, line: Line, on: date) -> None:
        """Whether anything is wrong from a day on."""
        for low in line.lowest():
            if low[0] >= on and min(low[1:]) < 0:
                self._tell(place, lot, low)
                return

    def _tell(self, place: str, lot: Lot, low: tuple[date, int, int, int]) -> None:
        """Say what is wrong: units, or their value above the floor, or units that carry no more than it.

        Of a day on which several things moved each is the least of that day.
        """
        on, units, above, light = low
        if units < 0:
            code = "out-of-nothing" if place.startswith("conversion:") else "below-zero"
            self._once(code, place, lot, on=on, there=units)
            return
        above = above if above < 0 else units - light
        if units == 0:
            self._once("residue", place, lot, on=on, value=above)
        else:
            least = lot.floor * units
            figures = {"value": least + above, "least": least, "most": least + units}
            self._once("value-off", place, lot, on=on, there=units, **figures)

    def _check_source(self, kind: str, place: str, lot: Lot, moments: Iterable[Moment]) -> None:
        """Of a place below zero: value without units, and of a conversion more back than came out of it."""
        for on, units, above in moments:
            if units == 0 and above:
                self._once("residue", place, lot, on=on, value=above)
            elif units > 0 and kind == "conversion":
                self._once("unmade-twice", place, lot, on=on, there=units)

    def _once(self, code: str, place: str, lot: Lot, **figures: object) -> None:
        if (code, place) not in lot.told:
            lot.told.add((code, place))
            self._findings.add(code, place, lot.id, **figures)

    # What there is

    def found(self) -> Iterator[tuple[str, Lot, int, int]]:
        """Every place and lot with what is there in the end: units, and their value in minor units."""
        for lot in self.lots.values():
            for place, line in lot.lines.items():
                if line.units or line.above:
                    yield place, lot, line.units, line.above + lot.floor * line.units


def totals(found: Iterable[tuple[str, Lot, int, int]]) -> dict[str, tuple[int, int]]:
    """What is in the society's care of each item: units, and their value in minor units."""
    sums: dict[str, tuple[int, int]] = {}
    for place, lot, units, value in found:
        if place.partition(":")[0] in IN_OUR_CARE:
            before = sums.get(lot.item, (0, 0))
            sums[lot.item] = (before[0] + units, before[1] + value)
    return sums
