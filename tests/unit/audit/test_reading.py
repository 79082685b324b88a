"""What a record says is read by the names of its fields, wherever they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reliefstock.audit.reading import Nouns, Opening, Posted, UnreadableError, content_of
from reliefstock.journal import Plain, encode
from unit.audit.books import a_book
from unit.audit.clerk import Clerk, Thing, closed


def read(thing: Any) -> Opening | Posted | Nouns:  # noqa: ANN401 -- a record can say anything
    plain: Plain = closed(thing)
    return content_of(encode(plain))


def posted(document: str = "GRN-000001") -> Any:  # noqa: ANN401 -- as above
    return Clerk.of(a_book()).posted(document)


def test_a_record_says_what_came_with_a_command():
    found = read(posted())
    assert isinstance(found, Posted)
    assert (found.paper.number, found.paper.on, found.paper.entries) == (
        "GRN-000001",
        date(2023, 1, 10),
        (2,),
    )
    assert [tuple(leg) for leg in found.entries[0].legs] == [
        ("donor", "donor:province", "GRN-000001-1", -30, -100_001),
        ("warehouse", "warehouse:depot", "GRN-000001-1", 30, 100_001),
    ]
    assert (found.lots[0].id, found.lots[0].donor, found.lots[0].stated) == (
        "GRN-000001-1",
        "province",
        100_001,
    )


def test_fields_are_found_wherever_they_stand_and_others_are_passed_over():
    thing = posted()
    before = read(thing)
    for one in (thing, thing.entries[0], *thing.entries[0].postings, thing.lots[0]):
        fields = dict(reversed(vars(one).items())) | {"weather": "rain"}
        vars(one).clear()
        vars(one).update(fields)
    assert read(thing) == before


def test_a_record_of_before_a_field_was_there_is_read_with_nothing_in_it():
    thing = posted()
    before = read(thing)
    for field in ("holds", "outcomes", "counted", "closing"):
        delattr(thing, field)
    for field in ("reverses", "concerns"):
        delattr(thing.entries[0], field)
    assert read(thing) == before


def test_of_nouns_their_ids_are_read_and_policies_are_passed_over():
    depot = Thing("Warehouse", {"id": "depot", "zh": "备灾中心"})
    lorry = Thing("Vehicle", {"id": "lorry"})
    assert read(Thing("Known", {"nouns": [depot, lorry]})) == Nouns((("Warehouse", "depot"),))
    assert read(Thing("Amended", {"noun": depot})) == Nouns((("Warehouse", "depot"),))
    assert read(Thing("PolicySet", {"policy": Thing("Policy", {"id": "strict"})})) == Nouns(())


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        (["Opened book book", "a", "b"], "Opened is due"),
        (["Opened book currency format", "a", "CNY"], "3 fields are named, and there are 2"),
        (["Opened book currency", "a", "CNY"], "Opened has no format"),
        (["Opened book currency format", "a", "CNY", "1"], "format is str, and not int"),
        (["Opened book currency format", "a", "CNY", True], "format is bool, and not int"),
        (["", "a"], "there are no records"),
        ([7], "there are no records"),
        ({"Opened": 1}, "there are no records"),
        (None, "there are no records"),
    ],
    ids=str,
)
def test_what_is_no_record_is_refused_with_a_reason(plain: Plain, reason: str):
    with pytest.raises(UnreadableError, match=reason):
        content_of(encode(plain))
