"""Promise 12, as the classes are declared: a field that by its name is about a person is marked as one."""

from __future__ import annotations

import re
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import attrs
import pytest

from reliefstock import ledger, operations
from reliefstock.ledger import Entry, Stamp
from reliefstock.operations import DOCUMENTS, OPERATIONS, Waybill
from reliefstock.parties import Donor, Household, Supplier
from reliefstock.records import Content, Live
from reliefstock.values import Personal, Who

PERSONAL = re.compile(
    r"by|.*_by|by_.*|(.*_)?(counter|signature|signatory|carrier|driver|buyer|phone|telephone|mobile|email|wechat|contact|person"
    r"|people|witness|signer|keeper|recipient_name|id_number|id_card|address|author|clerk|operator|user)s?"
)
"""Names of fields that are about a person, whatever may stand before them."""


def texts(declared: Any) -> list[bool]:  # noqa: ANN401
    """For each text that a field can have or be made of, whether it is marked."""
    if get_origin(declared) is Annotated:
        return [any(isinstance(mark, Personal) for mark in declared.__metadata__)]
    if declared is str:
        return [False]
    return [text for part in get_args(declared) for text in texts(part)]


def in_clear(kind: type) -> list[str]:
    """Its fields that are about a person by their names, and are not marked."""
    hints = get_type_hints(kind, include_extras=True)
    return [
        field.name
        for field in attrs.fields(kind)
        if PERSONAL.fullmatch(field.name) and not all(texts(hints[field.name]))
    ]


def reached(kinds: list[Any]) -> list[type]:
    """Classes, and all that their fields are declared as."""
    found: dict[type, None] = {}
    while kinds:
        kind = kinds.pop()
        kinds += get_args(kind)
        if isinstance(kind, type) and attrs.has(kind) and kind not in found:
            found[kind] = None
            kinds += [*get_type_hints(kind).values(), *kind.__subclasses__()]
    return sorted(found, key=lambda one: one.__name__)


OFFERED = [getattr(package, name) for package in (ledger, operations) for name in package.__all__]
WRITTEN = reached([*get_args(Content), Live, *DOCUMENTS, *OPERATIONS, Stamp, *OFFERED])


def test_there_is_something_to_check() -> None:
    assert {Entry, Waybill, Donor, Household, Stamp} <= set(WRITTEN)


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.__name__)
def test_a_field_that_is_about_a_person_is_marked(kind: type) -> None:
    assert in_clear(kind) == []


@pytest.mark.parametrize("kind", [Donor, Supplier])
@pytest.mark.parametrize("field", ["zh", "en"])
def test_names_of_givers_are_marked_where_they_may_be_those_of_a_person(kind: Any, field: str) -> None:  # noqa: ANN401
    assert texts(get_type_hints(kind, include_extras=True)[field]) == [True]
    assert kind("G-1", zh="甲").is_person is False


def test_a_household_has_no_name() -> None:
    assert [field.name for field in attrs.fields(Household)] == ["id", "size", "groups", "division"]


@attrs.frozen
class Careless:
    """One that is not careful."""

    approved_by: str
    counters: tuple[str, ...]
    by: str | None
    home_phone: str
    signature: Who
    witnesses: tuple[Who, ...]
    deliver_by: int
    nearby: str
    reason: str


def test_a_field_that_is_not_marked_is_found() -> None:
    assert in_clear(Careless) == ["approved_by", "counters", "by", "home_phone"]


@pytest.mark.parametrize("name", ["signed_by", "driver", "drivers", "id_number", "lead_counter", "contact"])
def test_what_is_about_a_person_is_known_by_its_name(name: str) -> None:
    assert PERSONAL.fullmatch(name)


@pytest.mark.parametrize("name", ["lots", "nearby", "recipient", "vehicle", "byte", "counted", "programme"])
def test_what_is_not_is_left_alone(name: str) -> None:
    assert not PERSONAL.fullmatch(name)
