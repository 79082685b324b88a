"""Who gives, passes on and receives: donors, suppliers, societies, households, schools, depots, vehicles.

Parties are known by opaque ids. A household has no name here: what is needed to give it the right
share is its size, its groups and where it lives; names, phones and signatures of people stay in the
system that embeds the library.

Where somebody is, is a division code (GB/T 2260 in China, a P-code elsewhere). A code stands for all
codes below it, and codes change: a society keeps each of its codes with the dates it was valid.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from itertools import pairwise

import attrs

from reliefstock.errors import BadIdentifier, Incomplete, NotExact, NotPositive
from reliefstock.values import GiverName, Language, identifier, optional_date, several, texts

__all__ = [
    "DatedCode",
    "Donor",
    "DonorKind",
    "Household",
    "Level",
    "Named",
    "School",
    "Society",
    "Supplier",
    "Vehicle",
    "Warehouse",
    "covers",
    "division",
    "stem",
]

_DIGITS_OF_LEVELS = (2, 2, 2, 3, 3)  # province, city, county (GB/T 2260), township, village (GB/T 10114)


def _party_id(given: object) -> str:
    return identifier(given, "party")


def _at_least_one(_: object, field: attrs.Attribute[int], value: int) -> None:
    if type(value) is not int:
        raise NotExact(what=field.name, given=value)
    if value < 1:
        raise NotPositive(what=field.name, given=value)


def _division(_: object, __: object, value: str) -> None:
    if value != "":
        division(value)


def division(given: object) -> str:
    """Return a division code. Raises `BadIdentifier` for anything but ASCII letters and digits.

    >>> division("610923")
    '610923'
    """
    if not isinstance(given, str) or not (given.isascii() and given.isalnum()):
        raise BadIdentifier(what="division code", given=given, reason="use ASCII letters and digits only")
    return given


def covers(scope: str, code: str) -> bool:
    """Whether division `code` lies in division `scope`, or is it.

    >>> covers("610900", "610923"), covers("610923", "610923101"), covers("610923", "610924")
    (True, True, False)
    """
    return bool(scope) and code.startswith(stem(scope))


def stem(code: str) -> str:
    """The part of a division code that all divisions in it share.

    In a code of digits alone a level of zeros says "all below" (GB/T 2260): 610900 is a whole city. The
    levels have 2, 2, 2, 3 and 3 digits, so 610923100 is one township and not ten, and 610 is no province:
    half a level says nothing. Any other code, a P-code say, is its own stem.

    >>> stem("610900"), stem("610923100"), stem("610923100000"), stem("NP0300")
    ('6109', '610923100', '610923100', 'NP0300')
    """
    if not code.isdigit():
        return code
    levels = _levels(code)
    while len(levels) > 1 and levels[-1] == "0" * _DIGITS_OF_LEVELS[len(levels) - 1]:
        levels.pop()
    return "".join(levels)


def _levels(code: str) -> list[str]:
    cuts = [sum(_DIGITS_OF_LEVELS[:level]) for level in range(len(_DIGITS_OF_LEVELS) + 1)]
    levels = [code[first:last] for first, last in pairwise(cuts)]
    return [level for level in levels if level]


class DonorKind(Enum):
    """What a donor is; the public form of a donor's list groups by it."""

    SOCIETY = "society"
    GOVERNMENT = "government"
    COMPANY = "company"
    FOUNDATION = "foundation"
    PERSON = "person"
    ANONYMOUS = "anonymous"


class Level(Enum):
    """The level at which a society works, from the top down."""

    INTERNATIONAL = "international"
    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


@attrs.frozen(kw_only=True)
class Named:
    """An id, and a name in each language. A missing English name falls back to the Chinese one."""

    id: str = attrs.field(converter=_party_id, kw_only=False)
    zh: str
    en: str = ""

    def name(self, lang: Language = "en") -> str:
        """The name in Chinese (`zh`) or English."""
        return self.en if lang == "en" and self.en else self.zh


@attrs.frozen(kw_only=True)
class Donor(Named):
    """Who gave. `hidden` keeps the name out of public reports (Charity Law 2023, art. 82).

    The names of an organisation stand in the records of a book, those of a person do not. So say which it is.

    >>> Donor("national-society", zh="总会", en="National Society", kind=DonorKind.SOCIETY).name("zh")
    '总会'
    """

    zh: GiverName
    en: GiverName = ""
    kind: DonorKind = DonorKind.COMPANY
    hidden: bool = False

    @property
    def is_person(self) -> bool:
        """Whether the names are a person's, as far as is known: also of one who wants to be anonymous."""
        return self.kind in (DonorKind.PERSON, DonorKind.ANONYMOUS)


@attrs.frozen
class DatedCode:
    """A division code and the dates between which it is valid, both included.

    >>> DatedCode("610928", until=date(2021, 2, 1)).valid(date(2023, 1, 1))
    False
    """

    code: str = attrs.field(validator=_division)
    since: date | None = attrs.field(default=None, converter=optional_date)
    until: date | None = attrs.field(default=None, converter=optional_date, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise Incomplete(
                what=f"code {self.code}",
                missing=f"it ends on {self.until} before it begins on {self.since}",
                do="swap the dates",
                zh=f"代码 {self.code}：停用日期 {self.until} 早于启用日期 {self.since}；请对调日期",
            )

    def valid(self, on: date) -> bool:
        """Whether the code stands on that date."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@attrs.frozen(kw_only=True)
class Society(Named):
    """A society of some level, above, beside or below the one that keeps the book."""

    level: Level = Level.COUNTY
    codes: tuple[DatedCode, ...] = attrs.field(default=(), converter=several)

    def code_on(self, on: date) -> str | None:
        """The division code valid on a date, or None where none is known.

        >>> old, new = DatedCode("610928", until=date(2021, 2, 1)), DatedCode("610981", date(2021, 2, 2))
        >>> Society("xunyang", zh="旬阳市红十字会", codes=(old, new)).code_on(date(2023, 5, 27))
        '610981'
        """
        return next((dated.code for dated in self.codes if dated.valid(on)), None)

    @property
    def all_codes(self) -> tuple[str, ...]:
        """Every code it ever had: one place, whatever it was called then."""
        return tuple(dated.code for dated in self.codes)


@attrs.frozen(kw_only=True)
class Supplier(Named):
    """Who sells goods to the society; `is_person` says that the names are those of a person, a farmer say."""

    zh: GiverName
    en: GiverName = ""
    is_person: bool = False


@attrs.frozen(kw_only=True)
class Household:
    """A household: its id, how many persons (None where nobody noted it), its groups, where it lives.

    >>> Household("H-1", size=4, groups=("flood-hit",), division="610923101").size
    4
    """

    id: str = attrs.field(converter=_party_id, kw_only=False)
    size: int | None = attrs.field(default=None, validator=attrs.validators.optional(_at_least_one))
    groups: tuple[str, ...] = attrs.field(default=(), converter=texts)
    division: str = attrs.field(default="", validator=_division)


@attrs.frozen(kw_only=True)
class School(Named):
    """A school, with how many pupils are enrolled where that is known."""

    enrolment: int | None = attrs.field(default=None, validator=attrs.validators.optional(_at_least_one))
    groups: tuple[str, ...] = attrs.field(default=(), converter=texts)
    division: str = attrs.field(default="", validator=_division)


@attrs.frozen(kw_only=True)
class Warehouse(Named):
    """A depot that the book keeps stock in, the society whose it is, and what it can take.

    `max_weight` is in grams, `max_volume` in millilitres; None where nobody has said.
    """

    society: str | None = None
    division: str = attrs.field(default="", validator=_division)
    max_weight: int | None = attrs.field(default=None, validator=attrs.validators.optional(_at_least_one))
    max_volume: int | None = attrs.field(default=None, validator=attrs.validators.optional(_at_least_one))


@attrs.frozen(kw_only=True)
class Vehicle(Named):
    """A lorry or a van, and what it takes: grams and millilitres, None where nobody has said.

    >>> Vehicle("lorry 1", zh="一号货车", max_weight=5_000_000, max_volume=20_000_000).max_weight
    5000000
    """

    max_weight: int | None = attrs.field(default=None, validator=attrs.validators.optional(_at_least_one))
    max_volume: int | None = attrs.field(default=None, validator=attrs.validators.optional(_at_least_one))
