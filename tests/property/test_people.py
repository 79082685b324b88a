"""Promise 12, for whatever can stand in a record: no name is in its bytes, and every name comes back."""

from __future__ import annotations

from itertools import count
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from property.things import NAMED, below, things
from reliefstock.apart import names_in, restored, withheld
from reliefstock.ledger import Entry, Stamp
from reliefstock.operations import DOCUMENTS, OPERATIONS, Document
from reliefstock.people import MemoryPeople
from reliefstock.records import Content, Live, types
from reliefstock.register import Noun
from reliefstock.values import is_person_id

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
WRITTEN: list[type] = sorted(
    {*OPERATIONS, *DOCUMENTS, *get_args(Noun), *get_args(Content), Live, Entry},
    key=lambda kind: kind.__name__,
)

few = settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def new_people() -> MemoryPeople:
    numbers = count(1)
    return MemoryPeople(make=lambda: f"person-{next(numbers):024x}")


def is_readable(text: str, there: bytes) -> bool:
    return any(text.encode(encoding) in there for encoding in ENCODINGS)


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.__name__)
@few
@given(st.data())
def test_no_name_is_in_the_bytes_of_a_record_and_every_name_comes_back(kind: type, data: Any) -> None:  # noqa: ANN401
    people = new_people()
    thing = data.draw(things(kind))
    put_away = withheld(thing, people)
    record = types().written(put_away)
    assert not is_readable(NAMED, record)
    assert all(map(is_person_id, names_in(put_away)))
    assert len(list(people)) == len(names_in(thing))
    assert (put_away is thing) == (not names_in(thing))
    assert restored(put_away, people) == thing

    people.erase(*(person.id for person in people))
    assert restored(put_away, people) == put_away
    assert types().written(withheld(restored(put_away, people), people)) == record


def test_there_are_names_in_what_is_made_and_they_would_be_found() -> None:
    found: set[str] = set()

    @settings(max_examples=40, database=None, derandomize=True)
    @given(things(Document))
    def look(document: Document) -> None:
        if names_in(document):
            found.add(type(document).__name__)
            assert is_readable(NAMED, types().written(document))

    look()
    assert found


def test_all_kinds_of_documents_are_made() -> None:
    assert set(DOCUMENTS) <= set(below(Document))


@given(st.text(), st.text())
def test_who_does_something_comes_back(by: str, command: str) -> None:
    people = new_people()
    stamp = Stamp(by=by.replace("\0", ""), command=command)
    assert restored(withheld(stamp, people), people) == stamp
