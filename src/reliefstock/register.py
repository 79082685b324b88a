"""Who and what the book knows: items, parties, depots, funds and projects, by id.

Adding the same noun twice changes nothing; the same id with other content is refused. A noun can be
amended (a name, a price, a household's size), but never in what past figures rest on: the unit of an item and
what it is measured by, the packs it has (more may be added), whose a depot is, and what a fund is for. A bill
of materials is not amended at all: another version of it is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar, get_args

import attrs

from reliefstock.bills import BillOfMaterials, check_bills
from reliefstock.catalogue import Item
from reliefstock.errors import AlreadyKnown, BadData, Unknown
from reliefstock.levels import StockLevel, check_level
from reliefstock.parties import Donor, Household, School, Society, Supplier, Vehicle, Warehouse, stem
from reliefstock.projects import Fund, Project
from reliefstock.values import business_date, near, one_form

__all__ = ["Noun", "Recipient", "Register"]

Noun = (
    Item
    | Donor
    | Supplier
    | Society
    | Household
    | School
    | Warehouse
    | Vehicle
    | Fund
    | Project
    | BillOfMaterials
    | StockLevel
)
Recipient = Household | School | Society
_N = TypeVar("_N", bound=Noun)

_RECIPIENTS: tuple[type[Recipient], ...] = (Household, School, Society)
_USERS: tuple[type[Noun], ...] = (*_RECIPIENTS, Project)  # whom a gift may be restricted to, by id
_KINDS: frozenset[type[Noun]] = frozenset(get_args(Noun))
_LASTING: Mapping[type[Noun], tuple[str, ...]] = MappingProxyType(
    {
        Item: ("unit", "measure", "currency"),
        Warehouse: ("society",),
        Fund: ("project",),
        BillOfMaterials: ("components", "since"),
    }
)


_NAMES: Mapping[type[Noun], str] = MappingProxyType(
    {BillOfMaterials: "bill of materials", StockLevel: "stock level"}
)


class Register:
    """The nouns of a book. Look-ups raise `Unknown` with the nearest ids that there are."""

    def __init__(self) -> None:
        self._nouns: dict[type[Noun], dict[str, Noun]] = {}
        self._earlier: dict[tuple[type[Noun], str], list[Noun]] = {}
        self._renamed: tuple[tuple[str, ...], ...] = ()

    def add(self, *nouns: Noun) -> None:
        """Take nouns in, all of them or none.

        Raises `AlreadyKnown`, `BadData` for what is none, or for a bill or a stock level what `check_bills`
        or `check_level` raises.
        """
        for noun in self.new(*nouns):
            self._nouns.setdefault(type(noun), {})[noun.id] = noun
        self._note_renamed()

    def new(self, *nouns: Noun) -> tuple[Noun, ...]:
        """Of nouns that are to be added, those that are not there yet. Raises as `add`; nothing changes."""
        new: dict[type[Noun], dict[str, Noun]] = {}
        for noun in nouns:
            _check_kind(noun)
            there = _clash(new, noun) or _clash(self._nouns, noun)
            if there is None:
                new.setdefault(type(noun), {})[noun.id] = noun
            elif there != noun:
                raise AlreadyKnown(what=_what(type(noun)), given=noun.id, differs=_difference(there, noun))
        self._check_bills(new)
        self._check_levels(new)
        return tuple(noun for by_id in new.values() for noun in by_id.values())

    def amend(self, noun: Noun) -> None:
        """Put a noun in the place of the one with its id, which is kept (`earlier`).

        Raises `Unknown`, `AlreadyKnown`, or `BadData` for what is no noun.
        """
        there = self.check_amended(noun)
        self._nouns[type(noun)][noun.id] = noun
        self._earlier.setdefault((type(noun), noun.id), []).append(there)
        self._note_renamed()

    def check_amended(self, noun: Noun) -> Noun:
        """The noun in the place of which another is to be put. Raises as `amend`; nothing changes."""
        _check_kind(noun)
        there = self._get(type(noun), noun.id)
        for field in _LASTING.get(type(noun), ()):
            if getattr(there, field) != getattr(noun, field):
                raise AlreadyKnown(what=_what(type(noun)), given=noun.id, differs=field)
        if isinstance(there, Item) and isinstance(noun, Item) and not set(there.packs) <= set(noun.packs):
            raise AlreadyKnown(what="item", given=noun.id, differs="packs")
        self._check_levels({type(noun): {noun.id: noun}})
        return there

    def nouns(self) -> Iterator[Noun]:
        """All nouns, by kind, in the order in which they were added."""
        return (noun for by_id in self._nouns.values() for noun in by_id.values())

    def before(self) -> Iterator[Noun]:
        """All that stood under an id before it was amended, the first of each first."""
        return (noun for nouns in self._earlier.values() for noun in nouns)

    def restore(self, nouns: Iterable[Noun], before: Iterable[Noun]) -> None:
        """Take in nouns as they stand, with those that stood before them, in the orders given above."""
        for noun in nouns:
            self._nouns.setdefault(type(noun), {})[noun.id] = noun
        for noun in before:
            self._earlier.setdefault((type(noun), noun.id), []).append(noun)
        self._note_renamed()

    def earlier(self, noun: Noun) -> tuple[Noun, ...]:
        """What stood under the id of a noun before each amendment, the first one first.

        >>> register = Register()
        >>> register.add(Donor("A", zh="甲厂"))
        >>> register.amend(Donor("A", zh="甲公司"))
        >>> [before.zh for before in register.earlier(register.donor("A"))]
        ['甲厂']
        """
        return tuple(self._earlier.get((type(noun), noun.id), ()))

    def all(self, kind: type[_N]) -> tuple[_N, ...]:
        """All nouns of a kind, in the order in which they were added."""
        return _of(self._nouns, kind)

    def item(self, item_id: str) -> Item:
        """The item of that id."""
        return self._get(Item, item_id)

    def donor(self, donor_id: str) -> Donor:
        """The donor of that id."""
        return self._get(Donor, donor_id)

    def supplier(self, supplier_id: str) -> Supplier:
        """The supplier of that id."""
        return self._get(Supplier, supplier_id)

    def society(self, society_id: str) -> Society:
        """The society of that id."""
        return self._get(Society, society_id)

    def warehouse(self, warehouse_id: str) -> Warehouse:
        """The warehouse of that id."""
        return self._get(Warehouse, warehouse_id)

    def vehicle(self, vehicle_id: str) -> Vehicle:
        """The vehicle of that id."""
        return self._get(Vehicle, vehicle_id)

    def fund(self, fund_id: str) -> Fund:
        """The fund of that id."""
        return self._get(Fund, fund_id)

    def project(self, project_id: str) -> Project:
        """The project of that id."""
        return self._get(Project, project_id)

    def bill(self, item: str, version: str | None = None, *, on: date | str | None = None) -> BillOfMaterials:
        """What a kit is made of: in a version, or as it holds on a day (None: by the latest that there is).

        Raises `Unknown` for an item or a version of which there is none, or where none holds yet.
        """
        item = self.item(item).id
        if version is not None:
            return self._get(BillOfMaterials, f"{item}/{version}")
        day = date.max if on is None else business_date(on)
        bills = [bill for bill in self.all(BillOfMaterials) if bill.item == item]
        holding = [bill for bill in bills if (bill.since or date.min) <= day]
        if not holding:
            raise Unknown(what=_what(BillOfMaterials), given=item, near=tuple(bill.id for bill in bills))
        return max(reversed(holding), key=lambda bill: bill.since or date.min)

    def recipient(self, recipient_id: str) -> Recipient:
        """The household, school or society of that id: recipients share one set of ids, with projects."""
        recipient_id = one_form(recipient_id)
        for kind in _RECIPIENTS:
            found = self._nouns.get(kind, {}).get(recipient_id)
            if isinstance(found, kind):
                return found
        known = [noun_id for kind in _RECIPIENTS for noun_id in self._nouns.get(kind, {})]
        raise Unknown(what="recipient", given=recipient_id, near=near(recipient_id, known))

    def has(self, kind: type[Noun], noun_id: str) -> bool:
        """Whether a noun of that kind and id is known."""
        return one_form(noun_id) in self._nouns.get(kind, {})

    def codes_of(self, recipient: Recipient) -> tuple[str, ...]:
        """The division codes that a recipient is found under; a society has its own."""
        if isinstance(recipient, Society):
            return recipient.all_codes
        return self.codes_for(recipient.division)

    def codes_for(self, division: str) -> tuple[str, ...]:
        """A division code, with what the same place was called before and is called now.

        The societies of the book know which codes are of one place; what lies in a place whose code has
        changed is in it, whichever code was written. None for an empty code.

        >>> from reliefstock.parties import DatedCode
        >>> register = Register()
        >>> codes = (DatedCode("610928"), DatedCode("610981"))
        >>> register.add(Society("xunyang", zh="旬阳市红十字会", codes=codes))
        >>> register.codes_for("610928101")
        ('610928101', '610981101')
        """
        codes = [division] if division else []
        for names in self._renamed:
            within = next((name for name in names if division.startswith(name)), None)
            if within is not None:
                codes += (name + division[len(within) :] for name in names if name != within)
        return tuple(codes)

    def _check_bills(self, new: Mapping[type[Noun], Mapping[str, Noun]]) -> None:
        """Bills are of items that are known or come with them, and no kit is a part of itself."""
        bills = [noun for noun in new.get(BillOfMaterials, {}).values() if isinstance(noun, BillOfMaterials)]
        if bills:
            coming = (noun for noun in new.get(Item, {}).values() if isinstance(noun, Item))
            items = {item.id: item for item in (*self.all(Item), *coming)}
            check_bills(bills, (*self.all(BillOfMaterials), *bills), items)

    def _check_levels(self, new: Mapping[type[Noun], Mapping[str, Noun]]) -> None:
        """Stock levels are of items and depots that are known or come with them."""
        for level in _of(new, StockLevel):
            check_level(level, self._with(new, Item), self._with(new, Warehouse))

    def _with(self, new: Mapping[type[Noun], Mapping[str, Noun]], kind: type[_N]) -> dict[str, _N]:
        return {noun.id: noun for noun in (*self.all(kind), *_of(new, kind))}

    def _note_renamed(self) -> None:
        societies = (society for society in self.all(Society) if len(society.codes) > 1)
        self._renamed = tuple(tuple(map(stem, society.all_codes)) for society in societies)

    def _get(self, kind: type[_N], noun_id: str) -> _N:
        noun_id = one_form(noun_id)
        found = self._nouns.get(kind, {}).get(noun_id)
        if isinstance(found, kind):
            return found
        raise Unknown(what=_what(kind), given=noun_id, near=near(noun_id, self._nouns.get(kind, {})))


def _of(nouns: Mapping[type[Noun], Mapping[str, Noun]], kind: type[_N]) -> tuple[_N, ...]:
    return tuple(noun for noun in nouns.get(kind, {}).values() if isinstance(noun, kind))


def _clash(nouns: dict[type[Noun], dict[str, Noun]], noun: Noun) -> Noun | None:
    kinds = _USERS if isinstance(noun, _USERS) else (type(noun),)
    return next((nouns[kind][noun.id] for kind in kinds if noun.id in nouns.get(kind, {})), None)


def _check_kind(noun: object) -> None:
    if type(noun) not in _KINDS:
        due = ", ".join(sorted(kind.__name__ for kind in _KINDS))
        raise BadData(what="noun", problems=(f"one of {due} is due, got {type(noun).__name__}",))


def _what(kind: type[Noun]) -> str:
    return _NAMES.get(kind) or kind.__name__.lower()


def _difference(there: Noun, noun: Noun) -> str:
    if type(there) is not type(noun):
        return "kind"
    changed = [f.name for f in attrs.fields(type(noun)) if getattr(there, f.name) != getattr(noun, f.name)]
    return ", ".join(changed)
