"""What a record says, read by the names of its fields.

A thing in a record begins with a text of its name and its fields, as in `"Place kind id"`. An auditor looks
for the fields that an audit needs, wherever they stand, and passes over all others: so nothing here knows
what a document is about. What is read are plain tuples of texts, whole numbers and dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Final, NamedTuple, cast

from reliefstock.errors import EncodingBroken
from reliefstock.journal import decode

__all__ = [
    "Close",
    "Count",
    "Entry",
    "Hold",
    "Leg",
    "Opening",
    "Origin",
    "Other",
    "Outcome",
    "Paper",
    "Part",
    "Posted",
    "UnreadableError",
    "content_of",
]


class UnreadableError(Exception):
    """A record is not what any record is; the audit ends with a finding that says so."""


class Opening(NamedTuple):
    """The first record."""

    book: str
    currency: str
    format: int


class Other(NamedTuple):
    """A record that moves nothing: nouns, or a policy."""

    name: str


class Paper(NamedTuple):
    """What every document has, whatever it is about."""

    name: str
    number: str
    on: date
    entries: tuple[object, ...]
    concerns: date | None


class Leg(NamedTuple):
    """A posting: the kind of the place, the place itself as `kind:id`, a lot, a quantity and a value."""

    kind: str
    place: str
    lot: str
    quantity: int
    value: int


class Entry(NamedTuple):
    """An entry."""

    number: int
    kind: str
    on: date
    document: str
    legs: list[Leg]
    command: str
    reverses: int | None
    concerns: date | None


class Part(NamedTuple):
    """So much of another lot is in a lot."""

    lot: str
    quantity: int
    value: int


class Origin(NamedTuple):
    """A lot as it came in; its valuation states an amount in a currency, 0 in none where there is none."""

    id: str
    item: str
    quantity: int
    value: int
    stated: int
    currency: str | None
    donor: str | None
    made_of: tuple[Part, ...]


class Hold(NamedTuple):
    """Units that are kept for somebody; the kind of the place stands apart."""

    kind: str
    place: str
    id: str
    lot: str
    quantity: int
    since: date
    until: date
    recipient: str
    programme: str


class Outcome(NamedTuple):
    """What came of a hold."""

    hold: str
    lot: str
    on: date
    quantity: int
    how: str
    document: str


class Count(NamedTuple):
    """What was counted, and what the book said then."""

    place: str
    lot: str
    on: date
    known: int
    counted: int
    there: int
    document: str


class Close(NamedTuple):
    """The last day that is closed, and the last that is sealed."""

    through: date | None
    sealed: date | None


class Posted(NamedTuple):
    """All that came with one command."""

    command: str
    content: object
    paper: Paper
    entries: list[Entry]
    lots: list[Origin]
    holds: list[Hold]
    outcomes: list[Outcome]
    counts: list[Count]
    closing: Close | None


# Fields by their names

_Get = Callable[[Sequence[Any]], tuple[Any, ...]]


class _Reader:
    """Reads some fields of a thing by their names; a field with a default may not be stated."""

    def __init__(
        self, name: str, fields: Sequence[str], defaults: Mapping[str, object] | None = None
    ) -> None:
        self._name = name
        self._fields = fields
        self._defaults = defaults or {}
        self._plans: dict[str, tuple[int, _Get]] = {}

    def __call__(self, plain: object) -> tuple[Any, ...]:
        """The fields of a thing; the name of a document stands before them."""
        things = cast("tuple[Any, ...]", plain)
        if type(plain) is not tuple or not things:
            raise self._unlike(things)
        head = things[0]
        plan = self._plans.get(head) if type(head) is str else None
        if plan is None:
            plan = self._plans[head] = self._plan(head)
        size, get = plan
        if len(things) != size:
            raise UnreadableError(
                f"{self._name}: {size - 1} fields are named, and there are {len(things) - 1}"
            )
        return get(things)

    def _plan(self, head: object) -> tuple[int, _Get]:
        name, *names = head.split(" ") if type(head) is str else ("",)
        if not name or self._name not in ("", name) or len(set(names)) < len(names):
            raise self._unlike(head)
        missing = [field for field in self._fields if field not in names and field not in self._defaults]
        if missing:
            raise UnreadableError(f"{name} has no {', '.join(missing)}")
        return len(names) + 1, self._get(
            [names.index(field) + 1 if field in names else 0 for field in self._fields]
        )

    def _get(self, at: list[int]) -> _Get:
        if all(at) and len(at) > 1:
            return itemgetter(*at)
        stand_in = [self._defaults.get(field) for field in self._fields]

        def get(things: Sequence[Any]) -> tuple[Any, ...]:
            return tuple(things[where] if where else other for where, other in zip(at, stand_in, strict=True))

        return get

    def _unlike(self, given: object) -> UnreadableError:
        return UnreadableError(f"{self._name or 'a document'} is due, and there is {given!r:.60}")


_OPENED: Final = _Reader("Opened", ("book", "currency", "format"))
_POSTED: Final = _Reader(
    "Posted",
    ("command", "content", "document", "entries", "lots", "holds", "outcomes", "counted", "closing"),
    {"entries": (), "lots": (), "holds": (), "outcomes": (), "counted": (), "closing": None},
)
_PAPER: Final = _Reader("", ("number", "on", "entries", "concerns"), {"entries": (), "concerns": None})
_ENTRY: Final = _Reader(
    "Entry",
    ("number", "kind", "on", "document", "postings", "command", "reverses", "concerns"),
    {"command": "", "reverses": None, "concerns": None},
)
_POSTING: Final = _Reader("Posting", ("place", "lot", "quantity", "value"))
_PLACE: Final = _Reader("Place", ("kind", "id"))
_LOT: Final = _Reader(
    "Lot",
    ("id", "item", "quantity", "value", "valuation", "donor", "made_of"),
    {"donor": None, "made_of": ()},
)
_VALUATION: Final = _Reader("Valuation", ("amount",))
_MONEY: Final = _Reader("Money", ("minor", "currency"))
_INGREDIENT: Final = _Reader("Ingredient", ("lot", "quantity", "value"))
_HOLD: Final = _Reader(
    "Hold",
    ("place", "id", "lot", "quantity", "since", "until", "recipient", "programme"),
    {"programme": ""},
)
_OUTCOME: Final = _Reader("Outcome", ("hold", "lot", "on", "quantity", "how", "document"))
_COUNTED: Final = _Reader("Counted", ("place", "lot", "on", "known", "counted", "there", "document"))
_CLOSING: Final = _Reader("Closing", ("through", "sealed"), {"through": None, "sealed": None})
_OTHERS: Final = frozenset({"Known", "Amended", "PolicySet"})

_NOTHING: Final = type(None)


def _of(kinds: Sequence[type | tuple[type, ...]], values: tuple[Any, ...], what: str) -> None:
    """Refuse values that are not exactly of the types due: a truth is no number, an instant is no day."""
    for kind, value in zip(kinds, values, strict=True):
        if type(value) is not kind and not (type(kind) is tuple and type(value) in kind):
            raise UnreadableError(f"{what}: {value!r:.60} is of another type than is due")


def _several(given: object, what: str) -> tuple[object, ...]:
    if type(given) is not tuple:
        raise UnreadableError(f"{what}: a list is due, and there is {given!r:.60}")
    return cast("tuple[object, ...]", given)


# What stands in a record


def content_of(payload: bytes) -> Opening | Posted | Other:
    """What the payload of a record says. Raises `UnreadableError`."""
    try:
        plain = decode(payload)
    except EncodingBroken as broken:
        raise UnreadableError(broken.reason) from broken
    head = plain[0] if isinstance(plain, tuple) and plain else None
    name = head.partition(" ")[0] if isinstance(head, str) else ""
    if name == "Posted":
        return _posted(plain)
    if name == "Opened":
        opening = Opening(*_OPENED(plain))
        _of((str, str, int), opening, "Opened")
        return opening
    if name in _OTHERS:
        return Other(name)
    raise UnreadableError(f"there are no records of {name or head!r:.60}")


def _posted(plain: object) -> Posted:
    command, content, document, entries, lots, holds, outcomes, counted, closing = _POSTED(plain)
    _of((str,), (command,), "Posted")
    return Posted(
        command,
        content,
        _paper(document),
        [_entry(one) for one in _several(entries, "entries")],
        [_origin(one) for one in _several(lots, "lots")],
        [_hold(one) for one in _several(holds, "holds")],
        [_outcome(one) for one in _several(outcomes, "outcomes")],
        [_count(one) for one in _several(counted, "counted")],
        None if closing is None else _close(closing),
    )


_DAY_OR_NONE: Final = (date, _NOTHING)


def _paper(plain: object) -> Paper:
    fields = _PAPER(plain)
    _of((str, date, tuple, _DAY_OR_NONE), fields, "document")
    return Paper(cast("tuple[str, ...]", plain)[0].partition(" ")[0], *fields)


def _place(plain: object) -> tuple[str, str]:
    kind, name = _PLACE(plain)
    if type(kind) is not str or type(name) is not str:
        raise UnreadableError(f"Place: {kind!r:.60}, {name!r:.60} are no texts")
    return kind, f"{kind}:{name}"


_OF_ENTRY: Final = (int, str, date, str, tuple, str, (int, _NOTHING), _DAY_OR_NONE)


def _entry(plain: object) -> Entry:
    fields = _ENTRY(plain)
    _of(_OF_ENTRY, fields, "Entry")
    number, kind, on, document, postings, command, reverses, concerns = fields
    return Entry(number, kind, on, document, [_leg(one) for one in postings], command, reverses, concerns)


def _leg(plain: object) -> Leg:
    place, lot, quantity, value = _POSTING(plain)
    if type(quantity) is not int or type(value) is not int or type(lot) is not str:
        raise UnreadableError(f"Posting: {lot!r:.60}, {quantity!r:.60}, {value!r:.60} are not of their types")
    return Leg(*_place(place), lot, quantity, value)


def _origin(plain: object) -> Origin:
    fields = _LOT(plain)
    lot, item, quantity, value, valuation, donor, made_of = fields
    _of((str, str, int, int, (str, _NOTHING), tuple), (*fields[:4], donor, made_of), "Lot")
    stated, currency = _amount(_VALUATION(valuation)[0])
    parts = tuple(_part(one) for one in made_of)
    return Origin(lot, item, quantity, value, stated, currency, donor, parts)


def _amount(plain: object) -> tuple[int, str | None]:
    if plain is None:
        return 0, None
    minor, currency = _MONEY(plain)
    _of((int, str), (minor, currency), "Money")
    return minor, currency


def _part(plain: object) -> Part:
    part = Part(*_INGREDIENT(plain))
    _of((str, int, int), part, "Ingredient")
    return part


def _hold(plain: object) -> Hold:
    place, *fields = _HOLD(plain)
    _of((str, str, int, date, date, str, str), tuple(fields), "Hold")
    return Hold(*_place(place), *fields)


def _outcome(plain: object) -> Outcome:
    outcome = Outcome(*_OUTCOME(plain))
    _of((str, str, date, int, str, str), outcome, "Outcome")
    return outcome


def _count(plain: object) -> Count:
    place, *fields = _COUNTED(plain)
    _of((str, date, int, int, int, str), tuple(fields), "Counted")
    return Count(_place(place)[1], *fields)


def _close(plain: object) -> Close:
    close = Close(*_CLOSING(plain))
    _of((_DAY_OR_NONE, _DAY_OR_NONE), close, "Closing")
    return close
