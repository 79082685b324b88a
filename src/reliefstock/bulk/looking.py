"""What many rows name again and again: looked up once, with the bytes that stand for it in a record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from reliefstock.bulk.forms import thing
from reliefstock.catalogue import Item, Measure
from reliefstock.donations import Basis, Restriction
from reliefstock.errors import ReliefstockError
from reliefstock.journal.template import Template, fragment, text, whole
from reliefstock.ledger import Place, PlaceKind, Posting
from reliefstock.operations import Desk, Pick, RecallNotice
from reliefstock.operations.desk import numbered
from reliefstock.parties import Household
from reliefstock.register import Noun, Recipient
from reliefstock.values import one_form, optional_date

__all__ = ["Day", "Expiry", "Found", "Looked", "Looking", "Spot", "Stuff"]

_K = TypeVar("_K")
_V = TypeVar("_V")

Fill = Callable[[tuple[bytes, ...]], bytes]
"""Fills the gaps of a template."""


class Day(NamedTuple):
    """A day on which something can be entered."""

    day: date
    ordinal: int
    written: bytes


class Expiry(NamedTuple):
    """A day of expiry, or that there is none."""

    day: date | None
    written: bytes


class Spot(NamedTuple):
    """Somebody or some depot, with the place that goods are in there."""

    noun: Any
    id: str
    written: bytes
    place: Place
    place_text: str
    place_written: bytes
    persons: bytes


class Stuff(NamedTuple):
    """An item that is counted in units; `stated` writes so many of it as a person states them."""

    item: Item
    id: str
    written: bytes
    stated: Callable[[int], bytes]


class Looked(NamedTuple):
    """What a row is about: goods that go from one spot to another on a day."""

    day: Day
    source: Spot
    target: Spot
    what: Stuff


class Found(dict[_K, _V], Generic[_K, _V]):
    """What was looked up, and is looked up when it is asked for the first time.

    >>> found = Found(len)
    >>> found["quilt"], dict(found)
    (5, {'quilt': 5})
    """

    def __init__(self, find: Callable[[_K], _V]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, key: _K) -> _V:
        found = self[key] = self._find(key)
        return found


class Looking:
    """Looks things up in a desk. None stands for what the verb has to look at: it may not be there."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.days = Found(_unless_refused(self._day))
        self.depots = Found(_unless_refused(self._depot))
        self.recipients = Found(_unless_refused(self._recipient))
        self.donors = Found(_unless_refused(self._donor))
        self.items = Found(_unless_refused(self._item))
        self.expiries = Found(_expiry)
        self.forms = Found(one_form)
        self.bases: Found[Basis, bytes] = Found(lambda basis: fragment(basis.value))
        self.restrictions: Found[Restriction | None, bytes] = Found(_restriction)
        self.posting = _posting()
        self.pick = _pick()

    def has_recalls(self) -> bool:
        """Whether anything was ever recalled: then each lot is looked at by the verb."""
        return self.desk.documents.get(numbered(RecallNotice, 1)) is not None

    def _day(self, given: date | str) -> Day | None:
        day = self.desk.day(given)
        closed = self.desk.ledger.closed_through
        return None if closed is not None and day <= closed else Day(day, day.toordinal(), fragment(day))

    def _depot(self, given: str) -> Spot | None:
        return _spot(given, self.desk.register.warehouse(given), self.desk.warehouse(given))

    def _recipient(self, given: str) -> Spot | None:
        recipient: Recipient = self.desk.register.recipient(given)
        place = self.desk.recipient_place(recipient)
        return None if place.kind.is_held else _spot(given, recipient, place)

    def _donor(self, given: str) -> Spot | None:
        donor = self.desk.register.donor(given)
        return _spot(given, donor, Place(PlaceKind.DONOR, donor.id))

    def _item(self, given: str) -> Stuff | None:
        item = self.desk.item(given)
        if item.measure is not Measure.UNITS or item.id != given:
            return None
        return Stuff(item, item.id, text(item.id), _stated(item))


def _unless_refused(find: Callable[[_K], _V | None]) -> Callable[[_K], _V | None]:
    def found(given: _K) -> _V | None:
        try:
            return find(given)
        except ReliefstockError:
            return None

    return found


def _spot(given: str, noun: Noun, place: Place) -> Spot | None:
    """None where the id was typed in another form: what was asked is kept as it was typed."""
    if noun.id != given:
        return None
    persons = noun.size if isinstance(noun, Household) else None
    return Spot(noun, noun.id, text(noun.id), place, str(place), thing(place), fragment(persons))


def _stated(item: Item) -> Callable[[int], bytes]:
    """How so many units of an item are written."""

    def gaps(count: int) -> dict[str, bytes]:
        return {"count": whole(count)}

    first, second = 7_000_000_001, 7_000_000_002
    fill = _filling((item.stated(first), gaps(first)), (item.stated(second), gaps(second)))
    found: Found[int, bytes] = Found(lambda count: fill((whole(count),)))
    return found.__getitem__


def _expiry(given: date | str | None) -> Expiry:
    day = optional_date(given)
    return Expiry(day, fragment(day))


def _restriction(given: Restriction | None) -> bytes:
    return fragment(None) if given is None else thing(given)


def _posting() -> Fill:
    """How a posting is written: its place, lot, quantity and value."""
    first, second = (
        Posting(Place(PlaceKind.WAREHOUSE, f"zq{n}"), f"zq{n} lot", n << 40, n << 50) for n in (1, 2)
    )

    def gaps(one: Posting) -> dict[str, bytes]:
        return {"place": thing(one.place), **_lot_gaps(one)}

    return _filling((first, gaps(first)), (second, gaps(second)))


def _pick() -> Fill:
    """How a pick is written: its lot, quantity and value."""
    first, second = (Pick(f"zq{n} lot", n << 40, n << 50) for n in (1, 2))
    return _filling((first, _lot_gaps(first)), (second, _lot_gaps(second)))


def _lot_gaps(one: Posting | Pick) -> dict[str, bytes]:
    return {"lot": text(one.lot), "quantity": whole(one.quantity), "value": whole(one.value)}


def _filling(first: tuple[object, dict[str, bytes]], second: tuple[object, dict[str, bytes]]) -> Fill:
    """What fills the gaps of a thing, in their order: learnt from two of which nothing occurs elsewhere."""
    (one, gaps), (other, of_other) = first, second
    return Template.learnt(thing(one), gaps, thing(other), of_other).filling(*gaps)
