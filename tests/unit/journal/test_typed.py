"""Typed things as plain data, and back as exactly what they were."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any, ClassVar, Optional

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.catalogue import Item
from reliefstock.donations import Restriction, Valuation
from reliefstock.errors import BadData, ContentBroken, EncodingBroken
from reliefstock.journal import Plain, Types, decode, encode
from reliefstock.ledger import Entry, EntryKind, Ingredient, Lot, Place, PlaceKind, Posting
from reliefstock.operations import DOCUMENTS, OPERATIONS
from reliefstock.parties import Donor, Household, Named, School, Society, Supplier, Warehouse
from reliefstock.projects import Fund, Project
from reliefstock.values import PIECE, Interval, Money, Period, Quantity, Unit
from unit.journal.plain_data import exactly, instants

VALUES = (Interval, Money, Period, Quantity, Unit)
LEDGER = (Entry, Ingredient, Lot, Place, Posting, Restriction, Valuation)
TYPES = Types({kind.__name__: kind for kind in (*VALUES, *LEDGER)})

DAY = date(2023, 1, 14)
BOX = PIECE.pack("box", 24, zh="箱", en="box")
ENTRY = Entry(
    number=12,
    kind=EntryKind.DISTRIBUTION,
    on=DAY,
    document="DL-000012",
    postings=[
        Posting(Place.parse("warehouse:depot"), "GRN-000001-1", -3, -100),
        Posting(Place.parse("household:H-0001"), "GRN-000001-1", 3, 100),
    ],
    by="keeper",
    recorded_at=datetime(2023, 1, 14, 4, 5, 6, 7, tzinfo=UTC),
)
LOT = Lot(
    id="GRN-000001-1",
    item="quilt",
    quantity=500,
    value=4_000_001,
    valuation=Valuation.voucher(Money.of("40000.01", "CNY"), "invoice 17"),
    received=DAY,
    donor="province",
    restrictions=[Restriction(places=("610923",), until=date(2024, 1, 1)), Restriction(groups=("school",))],
    pack=BOX,
    made_of=[Ingredient("PUR-000001-1", 5, 10)],
)
THINGS = [
    ENTRY,
    LOT,
    BOX,
    Quantity(-2, BOX),
    Money(-5, "JPY"),
    Period.half_year(2023, 1),
    Interval(Fraction(1, 3), None, low_open=True),
    Valuation.memorandum(),
    Place(PlaceKind.FUND, "资金"),
]


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: type(thing).__name__)
def test_a_thing_comes_back_as_exactly_what_it_was(thing: object) -> None:
    again = TYPES.read(TYPES.written(thing), type(thing))
    assert again == thing
    assert (type(again), repr(again)) == (type(thing), repr(thing))
    assert TYPES.written(again) == TYPES.written(thing)


def test_a_record_says_itself_what_it_holds() -> None:
    assert TYPES.plain(ENTRY.postings[0]) == (
        "Posting place lot quantity value",
        ("Place kind id", "warehouse", "depot"),
        "GRN-000001-1",
        -3,
        -100,
    )
    assert decode(TYPES.written(BOX)) == (
        "Unit code root numerator denominator zh en",
        "box",
        "piece",
        24,
        1,
        "箱",
        "box",
    )


def test_what_is_equal_to_the_book_is_still_told_apart_where_it_was_stated_otherwise() -> None:
    boxes, pieces = Quantity(1, BOX), Quantity(24, PIECE)
    assert boxes == pieces
    assert TYPES.written(boxes) != TYPES.written(pieces)
    assert TYPES.read(TYPES.written(boxes), Quantity).unit.zh == "箱"


# Every kind of field


class Colour(Enum):
    """A member is known by a text, or by a number."""

    RED = "red"
    TWO = 2


@attrs.frozen
class Base:
    """What a field may be declared as, without being kept itself."""

    name: str


@attrs.frozen
class Left(Base):
    """One below it."""


@attrs.frozen
class Right(Base):
    """Another, of which there may be some in one another."""

    inner: tuple[Base, ...] = ()


@attrs.frozen
class Bare:
    """No field at all."""

    title: ClassVar[str] = "bare"


@attrs.frozen
class One:
    """One field only, and a private one."""

    _only: int


@attrs.define(kw_only=True)
class Everything:
    """A field of each kind."""

    nothing: None
    truth: bool
    number: int
    text: str
    raw: bytes
    day: date
    instant: datetime
    ratio: Fraction
    colour: Colour
    base: Base
    bare: Bare
    several: tuple[int | None, ...]
    bases: tuple[Base, ...]
    lists: tuple[tuple[Colour, ...], ...]
    perhaps: Optional[Left] = None  # noqa: UP045 -- as somebody else may write it
    one_of: int | str | One | None = None


ALL = Types({"Left": Left, "Right": Right, "Bare": Bare, "One": One, "Everything": Everything})
bases = st.recursive(
    st.builds(Left, st.text()),
    lambda inner: st.builds(Right, st.text(), st.lists(inner).map(tuple)),
    max_leaves=6,
)
everything = st.builds(
    Everything,
    nothing=st.none(),
    truth=st.booleans(),
    number=st.integers(),
    text=st.text(),
    raw=st.binary(),
    day=st.dates(),
    instant=instants,
    ratio=st.fractions(),
    colour=st.sampled_from(Colour),
    base=bases,
    bare=st.just(Bare()),
    several=st.lists(st.none() | st.integers()).map(tuple),
    bases=st.lists(bases).map(tuple),
    lists=st.lists(st.lists(st.sampled_from(Colour)).map(tuple)).map(tuple),
    perhaps=st.none() | st.builds(Left, st.text()),
    one_of=st.none() | st.integers() | st.text() | st.builds(One, st.integers()),
)


@given(everything)
def test_a_field_of_any_kind_comes_back(thing: Everything) -> None:
    again = ALL.read(ALL.written(thing), Everything)
    assert again == thing
    assert exactly(ALL.plain(again)) == exactly(ALL.plain(thing))


def test_whatever_is_below_a_base_class_is_read_as_what_it_is() -> None:
    right = Right("a", (Left("b"), Right("c")))
    again = ALL.read(ALL.written(right), Base)
    assert (again, type(again)) == (right, Right)


# What later versions add, rename and take away


def test_a_record_that_was_written_before_there_was_a_field_is_read_with_its_default() -> None:
    old = ("Entry number kind on document postings", 1, "receipt", DAY, "GRN-000001", ())
    assert TYPES.thing(old, Entry) == Entry(
        number=1, kind=EntryKind.RECEIPT, on=DAY, document="GRN-000001", postings=()
    )


def test_the_fields_of_a_record_may_stand_in_another_order_than_those_of_the_class_today() -> None:
    assert TYPES.thing(("Place id kind", "depot", "warehouse"), Place) == Place.parse("warehouse:depot")


def test_a_class_that_has_another_name_today_is_still_read_under_its_earlier_one() -> None:
    types = Types({"Money": Money, "Amount": Money})
    assert types.thing(("Amount minor currency", 5, "CNY"), Money) == Money(5, "CNY")
    assert types.plain(Money(5, "CNY"))[0] == "Money minor currency"


# What is refused

PLACE = ("Place kind id", "warehouse", "depot")
BROKEN: list[tuple[Any, type, str, str]] = [
    (None, Place, "$", "a thing with its fields is due, got NoneType"),
    ("Place kind id", Place, "$", "a thing with its fields is due, got str 'Place kind id'"),
    ((), Place, "$", "a thing with its fields is due, got tuple"),
    ((1, 2), Place, "$", "a thing with its fields is due, got tuple"),
    (["Place kind id", "warehouse", "depot"], Place, "$", "a thing with its fields is due, got list"),
    (("House kind id", "warehouse", "depot"), Place, "$", "no type 'House' is known"),
    (PLACE, Money, "$", "it is a Place"),
    (("Place kind", "warehouse"), Place, "$", "of Place, 'id' is missing"),
    (("Place  kind id", 1, "warehouse", "depot"), Place, "$", "of Place, '' is no field of it"),
    (
        ("Place kind kind colour", "fund", "fund", "red"),
        Place,
        "$",
        "of Place, 'colour' is no field of it, 'kind' is stated twice, 'id' is missing",
    ),
    (("Place kind id", "warehouse"), Place, "$", "2 fields are named, and there are 1"),
    ((*PLACE, 1), Place, "$", "2 fields are named, and there are 3"),
    (
        ("Place kind id", "castle", "depot"),
        Place,
        "$.kind",
        "'castle' is no PlaceKind; there is 'warehouse', ",
    ),
    (("Place kind id", 5, "depot"), Place, "$.kind", "a PlaceKind is due, got int"),
    (("Place kind id", "fund", True), Place, "$.id", "a text is due, got bool True"),
    (
        ("Place kind id", "fund", "a:b"),
        Place,
        "$",
        "Place refuses it: 'a:b' cannot be a place: character 2 is",
    ),
    (("Money minor currency", 5, "XXX"), Money, "$", "Money refuses it: 'XXX' is not an ISO 4217 currency"),
    (
        ("Posting place lot quantity value", PLACE, "L", 1.0, 1),
        Posting,
        "$.quantity",
        "a whole number is due, got float 1.0",
    ),
    (
        ("Posting place lot quantity value", ("Money minor currency", 5, "CNY"), "L", 1, 1),
        Posting,
        "$.place",
        "it is a Money",
    ),
    (
        ("Posting place lot quantity value", ("Place kind id", "fund", 5), "L", 1, 1),
        Posting,
        "$.place.id",
        "a text is due, got int",
    ),
    (
        ("Entry number kind on document postings", 1, "receipt", DAY, "D", (("Posting lot", "L"),)),
        Entry,
        "$.postings[0]",
        "of Posting, 'place' is missing, 'quantity' is missing, 'value' is missing",
    ),
    (
        ("Entry number kind on document postings", 1, "receipt", DAY, "D", 5),
        Entry,
        "$.postings",
        "a list is due, got int",
    ),
    (
        ("Entry number kind on document postings", 1, "receipt", datetime(2023, 1, 14, tzinfo=UTC), "D", ()),
        Entry,
        "$.on",
        "a date is due, got datetime",
    ),
    (("Restriction places", ("610923", None)), Restriction, "$.places[1]", "a text is due, got NoneType"),
    (
        ("Restriction until", "2023-01-14"),
        Restriction,
        "$.until",
        "a date or nothing is due, got str '2023-01-14'",
    ),
]


@pytest.mark.parametrize(("plain", "kind", "path", "reason"), BROKEN, ids=lambda case: str(case)[:40])
def test_what_is_not_of_its_type_is_refused_with_the_path(
    plain: Plain, kind: type, path: str, reason: str
) -> None:
    with pytest.raises(ContentBroken) as refused:
        TYPES.thing(plain, kind)
    assert (refused.value.what, refused.value.path) == (kind.__name__, path)
    assert refused.value.reason.startswith(reason)


def test_the_bytes_are_looked_at_before_what_they_say() -> None:
    with pytest.raises(EncodingBroken):
        TYPES.read(TYPES.written(LOT) + b"\x00", Lot)


def test_a_class_that_refuses_nothing_by_an_error_of_its_own_is_refused_all_the_same() -> None:
    @attrs.frozen
    class Small:
        number: int = attrs.field(validator=attrs.validators.lt(5))

    types = Types({"Small": Small})
    assert types.thing(("Small number", 4), Small) == Small(4)
    with pytest.raises(ContentBroken, match="Small refuses it: 'number' must be < 5: 5"):
        types.thing(("Small number", 5), Small)


UNFIT: list[tuple[object, str, str]] = [
    (Donor("a", zh="a"), "Donor", "Donor is not among the types that are kept @ $"),
    (5, "int", "int is not among the types that are kept @ $"),
    (attrs.evolve(ENTRY, document=5), "Entry", "a text is due, got int @ $.document"),
    (
        attrs.evolve(ENTRY, concerns="2023-01-14"),
        "Entry",
        "a date or nothing is due, got str '2023-01-14' @ $.concerns",
    ),
    (attrs.evolve(ENTRY, postings=(5,)), "Entry", "a thing is due, got int @ $.postings[0]"),
    (attrs.evolve(LOT, valuation=Money(5, "CNY")), "Lot", "a thing is due, got Money @ $.valuation"),
    (
        attrs.evolve(ENTRY, postings=(Posting(Place(PlaceKind.FUND, "a"), True, 1, 1),)),  # pyright: ignore[reportArgumentType]
        "Entry",
        "a text is due, got bool True @ $.postings[0].lot",
    ),
]


@pytest.mark.parametrize(("thing", "what", "problem"), UNFIT, ids=lambda case: str(case)[:40])
def test_what_is_not_of_its_type_is_not_written(thing: object, what: str, problem: str) -> None:
    with pytest.raises(BadData) as refused:
        TYPES.plain(thing)
    assert (refused.value.what, refused.value.problems) == (what, (problem,))


def test_what_cannot_be_encoded_is_not_written_either() -> None:
    with pytest.raises(BadData, match="surrogate pair"):
        TYPES.written(attrs.evolve(ENTRY, by="\ud800"))


# What cannot be a registry


class Size(Enum):
    """Known by what is no text and no whole number."""

    HALF = 0.5


@attrs.frozen
class Wrong:
    """A field of each kind that has no form."""

    number: float
    pair: tuple[int, str]
    by_key: dict[str, int]
    item: Item
    same: str | Colour
    lists: tuple[int, ...] | Left
    size: Size
    hidden: int = attrs.field(init=False, default=0)


def test_a_registry_says_all_that_is_wrong_with_its_classes() -> None:
    with pytest.raises(BadData) as refused:
        Types({"Wrong": Wrong, "Left": Left, "int": int, "two words": Right})
    assert refused.value.what == "registry of types"
    assert refused.value.problems == (
        "int has no typed fields",
        "'two words' cannot be the name of a class in a record",
        "Wrong.number is declared as <class 'float'>, which is not in the registry",
        "Wrong.pair is declared as tuple[int, str]; only lists of any length are kept",
        "Wrong.by_key is declared as dict[str, int], which is not in the registry",
        "Wrong.item is declared as <class 'reliefstock.catalogue.Item'>, which is not in the registry",
        "Wrong.same: a text and a Colour would look the same",
        "Wrong.lists: a list and a thing would look the same",
        "Wrong.size: a member of Size is no text or whole number",
        "Wrong.hidden is not stated when one is made",
    )


# What the library has


def reached(kinds: list[type]) -> dict[str, type]:
    """The classes, and all that their fields are declared as."""
    from typing import get_args, get_type_hints

    found: dict[str, type] = {}
    waiting: list[Any] = list(kinds)
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and attrs.has(kind) and kind.__name__ not in found:
            found[kind.__name__] = kind
            waiting += get_type_hints(kind).values()
        waiting += get_args(kind)
    return found


def test_every_request_document_and_noun_of_the_library_can_be_kept() -> None:
    nouns = [Item, Donor, Supplier, Society, Household, School, Warehouse, Fund, Project, Named]
    classes = reached([*DOCUMENTS, *OPERATIONS, *nouns, Entry, Lot])
    types = Types(classes)
    water = Item("water", zh="水", en="Water", packs=(BOX,), price=Money.of("1.50", "CNY"))
    assert types.read(types.written(water), Item) == water
    assert len(classes) > 60


def test_what_is_written_does_not_depend_on_what_was_written_before() -> None:
    fresh = Types({kind.__name__: kind for kind in (*LEDGER, *VALUES)})
    assert fresh.written(LOT) == TYPES.written(LOT)
    assert encode(fresh.plain(LOT)) == fresh.written(LOT)
