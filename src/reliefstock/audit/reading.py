"""What a record says, read by the names of its fields.

A thing in a record begins with a text of its name and its fields, as in `"Place kind id"`. An auditor looks
for the fields that an audit needs, wherever they stand, and passes over all others: so nothing here knows
what a document is about. What is read are plain tuples of texts, whole numbers and dates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final, NamedTuple, cast

from reliefstock.audit.finding import shown
from reliefstock.errors import EncodingBroken
from reliefstock.journal import decode

__all__ = [
    "NOUNS",
    "Close",
    "Count",
    "Entry",
    "Hold",
    "Leg",
    "Nouns",
    "Opening",
    "Origin",
    "Outcome",
    "Paper",
    "Part",
    "Posted",
    "UnreadableError",
    "content_of",
]


NOUNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Item": (),
        "Warehouse": ("warehouse", "quarantine"),
        "Fund": ("fund",),
        "Household": ("household",),
        "School": ("school",),
        "Society": ("society",),
        "Project": ("project",),
        "Donor": ("donor",),
        "Supplier": ("supplier",),
    }
)
"""The classes of nouns that an audit asks for, each with the kinds of places that it is."""


class UnreadableError(Exception):
    """A record is not what any record is; the audit ends with a finding that says so."""


class Opening(NamedTuple):
    """The first record."""

    book: str
    currency: str
    format: int


class Nouns(NamedTuple):
    """A record that moves nothing: nouns that the book knows from then on, each a class and an id."""

    known: tuple[tuple[str, str], ...]


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
    content: bytes
    paper: Paper
    entries: list[Entry]
    lots: list[Origin]
    holds: list[Hold]
    outcomes: list[Outcome]
    counts: list[Count]
    closing: Close | None


# Fields by their names

_Get = Callable[[Sequence[Any]], tuple[Any, ...]]
_Kinds = type | tuple[type, ...]


class _Reader:
    """Reads some fields of a thing by their names, and no others; one with a default may be missing.

    What a field holds is exactly of a type that is due: a truth is no number, an instant is no day.
    """

    def __init__(
        self, name: str, fields: Mapping[str, _Kinds], defaults: Mapping[str, object] | None = None
    ) -> None:
        self._name = name
        self._fields = fields
        self._kinds = frozenset(
            product(*(kinds if isinstance(kinds, tuple) else (kinds,) for kinds in fields.values()))
        )
        self._defaults = defaults or {}
        self._plans: dict[str, tuple[int, _Get]] = {}

    def __call__(self, plain: object) -> tuple[Any, ...]:
        """The fields of a thing. Raises `UnreadableError`."""
        thing = cast("tuple[Any, ...]", plain) if type(plain) is tuple and plain else (None,)
        head = thing[0]
        plan = self._plans.get(head) if type(head) is str else None
        size, get = plan or self._plan(head)
        if len(thing) != size:
            reason = f"{self._name}: {size - 1} fields are named, and there are {len(thing) - 1}"
            raise UnreadableError(reason)
        values = get(thing)
        if tuple(map(type, values)) not in self._kinds:
            raise self._mistyped(values)
        return values

    def _mistyped(self, values: tuple[Any, ...]) -> UnreadableError:
        due = [kinds if isinstance(kinds, tuple) else (kinds,) for kinds in self._fields.values()]
        told = (
            f"{field} is {type(value).__name__}, and not {' or '.join(kind.__name__ for kind in kinds)}"
            for field, value, kinds in zip(self._fields, values, due, strict=True)
            if type(value) not in kinds
        )
        return UnreadableError(f"{self._name}: {', '.join(told)}")

    def _plan(self, head: object) -> tuple[int, _Get]:
        """Where in a thing that begins so the fields stand."""
        name, *names = head.split(" ") if isinstance(head, str) else ("",)
        if not isinstance(head, str) or self._name not in ("", name) or len(set(names)) < len(names):
            raise UnreadableError(f"{self._name or 'a document'} is due, and there is {shown(head)}")
        missing = [field for field in self._fields if field not in names and field not in self._defaults]
        if missing:
            raise UnreadableError(f"{name} has no {', '.join(missing)}")
        at = [names.index(field) + 1 if field in names else 0 for field in self._fields]
        plan = self._plans[head] = len(names) + 1, self._get(at)
        return plan

    def _get(self, at: list[int]) -> _Get:
        if all(at) and len(at) > 1:
            return itemgetter(*at)
        stand_in = [self._defaults.get(field) for field in self._fields]

        def get(things: Sequence[Any]) -> tuple[Any, ...]:
            return tuple(things[where] if where else other for where, other in zip(at, stand_in, strict=True))

        return get


_NOTHING: Final = type(None)
_DAY_OR_NONE: Final = (date, _NOTHING)

_OPENED: Final = _Reader("Opened", {"book": str, "currency": str, "format": int})
_POSTED: Final = _Reader(
    "Posted",
    {
        "command": str,
        "content": bytes,
        "document": tuple,
        "entries": tuple,
        "lots": tuple,
        "holds": tuple,
        "outcomes": tuple,
        "counted": tuple,
        "closing": (tuple, _NOTHING),
    },
    {"entries": (), "lots": (), "holds": (), "outcomes": (), "counted": (), "closing": None},
)
_PAPER: Final = _Reader(
    "",
    {"number": str, "on": date, "entries": tuple, "concerns": _DAY_OR_NONE},
    {"entries": (), "concerns": None},
)
_ENTRY: Final = _Reader(
    "Entry",
    {
        "number": int,
        "kind": str,
        "on": date,
        "document": str,
        "postings": tuple,
        "command": str,
        "reverses": (int, _NOTHING),
        "concerns": _DAY_OR_NONE,
    },
    {"command": "", "reverses": None, "concerns": None},
)
_POSTING: Final = _Reader("Posting", {"place": tuple, "lot": str, "quantity": int, "value": int})
_PLACE: Final = _Reader("Place", {"kind": str, "id": str})
_LOT: Final = _Reader(
    "Lot",
    {
        "id": str,
        "item": str,
        "quantity": int,
        "value": int,
        "valuation": tuple,
        "donor": (str, _NOTHING),
        "made_of": tuple,
    },
    {"donor": None, "made_of": ()},
)
_VALUATION: Final = _Reader("Valuation", {"amount": (tuple, _NOTHING)})
_MONEY: Final = _Reader("Money", {"minor": int, "currency": str})
_INGREDIENT: Final = _Reader("Ingredient", {"lot": str, "quantity": int, "value": int})
_HOLD: Final = _Reader(
    "Hold",
    {
        "place": tuple,
        "id": str,
        "lot": str,
        "quantity": int,
        "since": date,
        "until": date,
        "recipient": str,
        "programme": str,
    },
    {"programme": ""},
)
_OUTCOME: Final = _Reader(
    "Outcome", {"hold": str, "lot": str, "on": date, "quantity": int, "how": str, "document": str}
)
_COUNTED: Final = _Reader(
    "Counted",
    {
        "place": tuple,
        "lot": str,
        "on": date,
        "known": int,
        "counted": int,
        "there": int,
        "document": str,
    },
)
_CLOSING: Final = _Reader(
    "Closing", {"through": _DAY_OR_NONE, "sealed": _DAY_OR_NONE}, {"through": None, "sealed": None}
)
_NOUN: Final = _Reader("", {"id": str})
_OTHERS: Final[Mapping[str, _Reader]] = MappingProxyType(
    {
        "Known": _Reader("Known", {"nouns": tuple}),
        "Amended": _Reader("Amended", {"noun": tuple}),
        "PolicySet": _Reader("PolicySet", {"policy": tuple}),
    }
)


# What stands in a record


def content_of(payload: bytes) -> Opening | Posted | Nouns:
    """What the payload of a record says. Raises `UnreadableError`."""
    try:
        plain = decode(payload)
    except EncodingBroken as broken:
        raise UnreadableError(broken.reason) from broken
    name = _name(plain)
    if name == "Posted":
        return _posted(plain)
    if name == "Opened":
        return Opening(*_OPENED(plain))
    if name in _OTHERS:
        return Nouns(tuple(_nouns(name, plain)))
    raise UnreadableError(f"there are no records of {shown(name or plain)}")


def _name(plain: object) -> str:
    """The name of a thing; empty for what is none."""
    head = cast("tuple[object, ...]", plain)[:1] if isinstance(plain, tuple) else ()
    return head[0].partition(" ")[0] if head and isinstance(head[0], str) else ""


def _nouns(record: str, plain: object) -> Iterator[tuple[str, str]]:
    """Each noun that an audit asks for, of those that a record tells of."""
    (told,) = _OTHERS[record](plain)
    nouns: tuple[Any, ...] = told if record == "Known" else (told,)
    for noun in nouns:
        name = _name(noun)
        if name in NOUNS:
            yield name, _NOUN(noun)[0]


def _posted(plain: object) -> Posted:
    command, content, document, entries, lots, holds, outcomes, counted, closing = _POSTED(plain)
    return Posted(
        command,
        content,
        _paper(document),
        list(map(_entry, entries)),
        list(map(_origin, lots)),
        list(map(_hold, holds)),
        [Outcome(*_OUTCOME(one)) for one in outcomes],
        list(map(_count, counted)),
        None if closing is None else Close(*_CLOSING(closing)),
    )


def _paper(plain: object) -> Paper:
    fields = _PAPER(plain)
    return Paper(_name(plain), *fields)


def _entry(plain: object) -> Entry:
    number, kind, on, document, postings, command, reverses, concerns = _ENTRY(plain)
    return Entry(number, kind, on, document, list(map(_leg, postings)), command, reverses, concerns)


def _leg(plain: object) -> Leg:
    place, lot, quantity, value = _POSTING(plain)
    kind, name = _PLACE(place)
    return Leg(kind, f"{kind}:{name}", lot, quantity, value)


def _origin(plain: object) -> Origin:
    lot, item, quantity, value, valuation, donor, made_of = _LOT(plain)
    (amount,) = _VALUATION(valuation)
    stated, currency = (0, None) if amount is None else _MONEY(amount)
    parts = tuple(Part(*_INGREDIENT(one)) for one in made_of)
    return Origin(lot, item, quantity, value, stated, currency, donor, parts)


def _hold(plain: object) -> Hold:
    place, *fields = _HOLD(plain)
    kind, name = _PLACE(place)
    return Hold(kind, f"{kind}:{name}", *fields)


def _count(plain: object) -> Count:
    place, *fields = _COUNTED(plain)
    return Count(":".join(_PLACE(place)), *fields)
