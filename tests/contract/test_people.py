"""What holds of people wherever they are kept."""

from __future__ import annotations

import secrets
from contextlib import ExitStack
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING

import pytest

from reliefstock.errors import AlreadyKnown, BadData, BadIdentifier, NotOpen, StoreUnreachable, Unknown
from reliefstock.people import GuardedPeople, MemoryPeople, People, Person
from reliefstock.stores.people_sqlite import SqlitePeople

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

STRANGER = "person-ffffffffffffffffffffffff"
NAMES = [
    "clerk A",
    "甲",
    "Cafe\u0301",
    "Caf\u00e9",
    " a ",
    "'; --",
    "\U00020000 乙",
    "a\nb",
    "\ufeffb",
    "x" * 5_000,
    "%",
    '"',
]


def numbered() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"person-{next(numbers):024x}"


class Kept:
    """A place where the people of one book are kept, and can be opened once more."""

    def __init__(self, folder: Path, address: str | None) -> None:
        self.folder, self.address = folder, address
        self.name = f"book {secrets.token_hex(6)}"
        self.make = numbered()
        self.opened = ExitStack()
        if address is not None:
            from reliefstock.stores.sql import SqlJournal

            SqlJournal.create(address, self.name).close()

    def people(self) -> People:
        made = self._people()
        self.opened.callback(made.close)
        return made

    def _people(self) -> People:
        if self.address is None:
            return SqlitePeople(self.folder / "people.db", make=self.make)
        from reliefstock.stores.people_sql import SqlPeople

        return SqlPeople(self.address, self.name, make=self.make)


@pytest.fixture(params=["sqlite", "postgres"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    address = request.getfixturevalue("shared_database") if request.param == "postgres" else None
    place = Kept(tmp_path, address)
    with place.opened:
        yield place


@pytest.fixture(params=["memory", "guarded", "sqlite", "postgres"])
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[People]:
    if request.param in {"memory", "guarded"}:
        people = MemoryPeople(make=numbered())
        yield people if request.param == "memory" else GuardedPeople(people, RLock())
        return
    address = request.getfixturevalue("shared_database") if request.param == "postgres" else None
    place = Kept(tmp_path, address)
    with place.opened:
        yield place.people()


def test_a_name_comes_back_exactly_as_it_was_written(people: People) -> None:
    ids = people.ids_of(NAMES)
    assert list(ids) == NAMES
    assert people.names_of(ids.values()) == {ids[name]: name for name in NAMES}
    assert [people.name_of(people.id_of(name)) for name in NAMES] == NAMES


def test_a_name_has_one_id_and_another_name_another(people: People) -> None:
    first = people.ids_of(NAMES)
    assert people.ids_of(reversed(NAMES)) == first
    assert people.ids_of(["clerk A", "clerk A"]) == {"clerk A": first["clerk A"]}
    assert len(set(first.values())) == len(NAMES)
    assert len(list(people)) == len(NAMES)


def test_many_names_are_known_at_once(people: People) -> None:
    names = [f"signature {number}" for number in range(25_000)]
    ids = dict(people.ids_of(names[:6_000]))
    for first, last in ((6_000, 12_000), (12_000, 25_000)):
        ids.update(people.ids_of(names[first:last]))
        assert list(people.names_of(list(ids.values())[first:last]).values()) == names[first:last]
    assert list(people.names_of(ids.values()).values()) == names
    assert people.ids_of(names) == ids


def test_who_is_not_known_keeps_the_opaque_id(people: People) -> None:
    assert people.name_of(STRANGER) == STRANGER
    assert people.names_of([STRANGER]) == {}
    assert people.find("clerk A") is None
    with pytest.raises(Unknown) as caught:
        people.person(STRANGER)
    assert (caught.value.what, caught.value.given) == ("person", STRANGER)


@pytest.mark.parametrize("name", ["", "a\0b", "\ud800", STRANGER])
def test_what_cannot_be_a_name_is_refused_and_nobody_gets_an_id(people: People, name: str) -> None:
    with pytest.raises(BadIdentifier):
        people.ids_of(["clerk A", name])
    assert list(people) == []


def test_the_opaque_id_of_somebody_is_no_name(people: People) -> None:
    clerk = people.id_of("clerk A")
    with pytest.raises(BadIdentifier) as caught:
        people.id_of(clerk)
    assert caught.value.given == clerk


# What is known


def test_what_is_known_of_a_person_is_kept_and_changed(people: People) -> None:
    clerk = people.id_of("clerk A")
    person = Person(id=clerk, name="clerk A", id_number="E1", phone="555 0100", note="east gate")
    people.keep(person)
    assert people.person(clerk) == person == people.find("clerk A")
    people.keep(Person(id=clerk, name="clerk A, stores"))
    assert people.person(clerk) == Person(id=clerk, name="clerk A, stores")
    assert people.find("clerk A") is None
    assert people.name_of(clerk) == "clerk A, stores"
    assert people.id_of("clerk A, stores") == clerk
    assert people.id_of("clerk A") != clerk


def test_a_person_is_kept_under_an_id_of_another_store(people: People) -> None:
    people.keep(Person(id=STRANGER, name="clerk A"))
    assert people.id_of("clerk A") == STRANGER


def test_a_name_of_another_is_not_taken(people: People) -> None:
    first, second = people.id_of("clerk A"), people.id_of("clerk B")
    with pytest.raises(AlreadyKnown) as caught:
        people.keep(Person(id=second, name="clerk A"))
    assert (caught.value.given, caught.value.differs) == ("clerk A", "id")
    assert [people.name_of(first), people.name_of(second)] == ["clerk A", "clerk B"]


def test_all_spellings_of_a_name_are_found(people: People) -> None:
    spellings = ["Clerk A", "clerk a", "ＣＬＥＲＫ Ａ", "clerk\u200bA"]
    ids = people.ids_of([*spellings, "clerk B"])
    assert {person.name for person in people.alike("CLERK A")} == set(spellings)
    people.erase(ids["Clerk A"])
    assert {person.name for person in people.alike("CLERK A")} == set(spellings[1:])


# Erasing


def test_of_one_who_is_erased_the_id_is_left_and_nothing_else(people: People) -> None:
    ids = people.ids_of(["clerk A", "clerk B"])
    clerk = ids["clerk A"]
    people.keep(Person(id=clerk, name="clerk A", id_number="E1", phone="555 0100", note="east gate"))
    people.erase(clerk)
    assert people.person(clerk) == Person(id=clerk, erased=True)
    assert people.name_of(clerk) == clerk
    assert people.find("clerk A") is None
    assert people.names_of(ids.values()) == {ids["clerk B"]: "clerk B"}
    assert [person.erased for person in people] == [True, False]


def test_erasing_again_changes_nothing(people: People) -> None:
    clerk = people.id_of("clerk A")
    people.erase(clerk)
    before = list(people)
    people.erase(clerk)
    assert list(people) == before


def test_nobody_is_erased_where_one_is_not_known(people: People) -> None:
    clerk = people.id_of("clerk A")
    with pytest.raises(Unknown):
        people.erase(clerk, STRANGER)
    assert people.name_of(clerk) == "clerk A"


def test_one_who_comes_back_gets_a_new_id(people: People) -> None:
    clerk = people.id_of("clerk A")
    people.erase(clerk)
    again = people.id_of("clerk A")
    assert again != clerk
    assert [people.name_of(clerk), people.name_of(again)] == [clerk, "clerk A"]


def test_what_is_known_does_not_come_back_under_an_erased_id(people: People) -> None:
    clerk = people.id_of("clerk A")
    people.erase(clerk)
    with pytest.raises(NotOpen):
        people.keep(Person(id=clerk, name="clerk A"))
    assert people.person(clerk).erased


def test_a_person_is_not_erased_by_being_kept(people: People) -> None:
    clerk = people.id_of("clerk A")
    with pytest.raises(BadData):
        people.keep(Person(id=clerk, erased=True))
    assert people.name_of(clerk) == "clerk A"


def test_the_id_of_one_who_was_erased_stands_for_itself(people: People) -> None:
    clerk = people.id_of("clerk A")
    people.erase(clerk)
    assert people.ids_of([clerk, "clerk B"])[clerk] == clerk


def test_one_whose_store_was_lost_is_erased_too(people: People) -> None:
    clerk = people.id_of("clerk A")
    people.note_erased(STRANGER, clerk)
    assert people.person(STRANGER).erased
    assert people.person(clerk).erased
    assert people.id_of(STRANGER) == STRANGER
    with pytest.raises(BadIdentifier):
        people.note_erased("clerk A")


def test_all_are_told_by_id(people: People) -> None:
    people.keep(Person(id=STRANGER, name="clerk Z"))
    people.ids_of(["clerk B", "clerk A"])
    assert [person.id for person in people] == sorted(person.id for person in people)


# Others


def test_what_another_program_wrote_is_seen_after_a_refresh(kept: Kept) -> None:
    people, other = kept.people(), kept.people()
    clerk = other.id_of("clerk A")
    assert people.id_of("clerk A") == clerk
    assert people.name_of(clerk) == "clerk A"
    other.keep(Person(id=clerk, name="clerk A, stores"))
    people.refresh()
    assert people.name_of(clerk) == "clerk A, stores"
    assert people.id_of("clerk A") != clerk
    other.erase(clerk)
    people.refresh()
    assert people.name_of(clerk) == clerk
    assert people.id_of("clerk A, stores") != clerk


def test_two_who_meet_a_name_at_once_give_it_one_id(kept: Kept) -> None:
    other = kept.people()
    found: list[str] = []

    def meanwhile() -> str:
        kept.make = numbered()
        found.append(other.id_of("clerk A"))
        return STRANGER

    kept.make = meanwhile
    late = kept.people()
    assert [late.id_of("clerk A")] == found
    assert [person.name for person in late] == ["clerk A"]


def test_they_are_there_when_they_are_opened_again(kept: Kept) -> None:
    first = kept.people()
    clerk, gone = first.id_of("clerk A"), first.id_of("clerk B")
    first.keep(Person(id=clerk, name="clerk A", phone="555 0100"))
    first.erase(gone)
    first.close()
    again = kept.people()
    assert list(again) == [
        Person(id=clerk, name="clerk A", phone="555 0100"),
        Person(id=gone, erased=True),
    ]


def test_what_is_closed_is_not_used(kept: Kept) -> None:
    people = kept.people()
    people.id_of("clerk A")
    people.close()
    with pytest.raises(StoreUnreachable):
        people.id_of("clerk B")


def test_closing_again_does_nothing(people: People) -> None:
    people.id_of("clerk A")
    assert [people.refresh(), people.close(), people.close()] == [None, None, None]
