"""People: who stands behind the opaque ids that are all the records of a book say of a person.

A record is for ever, and what is told of a person must be erasable. So names, numbers and phones live here,
beside the records. A name is known by the very text that was written, so that it comes back as it was; what
else may be the same person, spelled in another way, `alike` finds. When a person is erased all of it goes,
and the id stays, without a name: every proof is over ids, and stands.

Two people of one name, written alike, have one id. Where that matters, write more than the name: a number of
the service card, an office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Final, Protocol

import attrs

from reliefstock.errors import AlreadyKnown, BadData, BadIdentifier, NotOpen, Unknown
from reliefstock.values import spelled
from reliefstock.values.who import PERSON_ID, is_person_id

__all__ = [
    "GuardedPeople",
    "MemoryPeople",
    "People",
    "Person",
    "check_kept",
    "check_name",
    "check_names",
    "check_person_id",
]

_WRITTEN: Final = ("name", "id_number", "phone", "note")
_WEIGHTS: Final = tuple(2**place % 11 for place in range(17, 0, -1))
_CHECKS: Final = "10X98765432"
_RESIDENT: Final = 18


@attrs.frozen(kw_only=True)
class Person:
    """What is known of a person: the name, and what else somebody has written down. Erased, nothing is.

    Of what leads to a person the name alone is shown when one is printed, so that logs do not fill with
    numbers; nor does an error show it.

    Raises:
        BadIdentifier: the id is no opaque id.
        BadData: a text cannot be written down, there is no name, a number of a resident identity card does
            not fit its check digit (GB 11643), or something is stated of an erased person.

    >>> Person(id="person-0123456789abcdef01234567", name="clerk A", phone="0915 555 0100")
    Person(id='person-0123456789abcdef01234567', name='clerk A', erased=False)
    """

    id: str
    name: str = ""
    id_number: str = attrs.field(default="", repr=False)
    phone: str = attrs.field(default="", repr=False)
    note: str = attrs.field(default="", repr=False)
    erased: bool = False

    def __attrs_post_init__(self) -> None:
        check_person_id(self.id)
        problems = tuple(_problems(self))
        if problems:
            raise BadData("person", problems)


class People(Protocol):
    """Where people are kept. Every method raises errors of `StoreError`; what it returned from is durable.

    It is used by one thread at a time. What others have changed meanwhile is seen after `refresh` at the
    latest.
    """

    def ids_of(self, names: Iterable[str]) -> Mapping[str, str]:
        """The opaque ids of names; a name that is not known gets a new one. An erased id is its own.

        Raises:
            BadIdentifier: one is empty, cannot be written down, or is the opaque id of somebody who is not
                erased: it would come back as a name that nobody wrote. Nobody got an id.
        """
        ...

    def names_of(self, person_ids: Iterable[str]) -> Mapping[str, str]:
        """The names behind opaque ids, exactly as they were written; none for what is erased or unknown."""
        ...

    def person(self, person_id: str) -> Person:
        """What is known of a person, or that it was erased. Raises `Unknown`."""
        ...

    def find(self, name: str) -> Person | None:
        """The person whose name is written exactly so."""
        ...

    def alike(self, name: str) -> tuple[Person, ...]:
        """All whose names a reader sees as this one, however they are typed: whom to erase together."""
        ...

    def keep(self, person: Person) -> None:
        """Keep what is known of a person, in the place of what was kept under that id, if anything.

        Raises:
            AlreadyKnown: another id has that name.
            NotOpen: the person was erased; one who comes back gets a new id.
            BadData: the person that is given is erased: `erase` does that.
        """
        ...

    def erase(self, *person_ids: str) -> None:
        """Let all go that is known of people; their ids stay, as those of people who were erased.

        Erasing again does nothing. Raises `Unknown` for an id that is not there, which may be a slip; nobody
        is erased then.
        """
        ...

    def note_erased(self, *person_ids: str) -> None:
        """Erase whoever has these ids, also where one is not known here.

        For people who were erased before a backup was restored, or whose store was lost as a whole.

        Raises:
            BadIdentifier: one is no opaque id.
        """
        ...

    def __iter__(self) -> Iterator[Person]:
        """All, the erased too, by id."""
        ...

    def refresh(self) -> None:
        """Ask the store anew from now on, where others may have changed it."""
        ...

    def close(self) -> None:
        """Let go of files and connections. Closing again does nothing."""
        ...

    def id_of(self, name: str) -> str:
        """The opaque id of a name. Raises `BadIdentifier` as `ids_of` does."""
        return self.ids_of((name,))[name]

    def name_of(self, person_id: str) -> str:
        """The name behind an opaque id; the id itself where it is erased or not known."""
        return self.names_of((person_id,)).get(person_id, person_id)


class MemoryPeople(People):
    """People in memory. `make` makes the ids: at random, so that they say nothing of the person.

    >>> people = MemoryPeople(make=lambda: "person-0123456789abcdef01234567")
    >>> people.id_of("clerk A")
    'person-0123456789abcdef01234567'
    >>> people.name_of("person-0123456789abcdef01234567")
    'clerk A'
    >>> people.erase("person-0123456789abcdef01234567")
    >>> people.name_of("person-0123456789abcdef01234567")
    'person-0123456789abcdef01234567'
    """

    def __init__(self, people: Iterable[Person] = (), *, make: Callable[[], str]) -> None:
        self._make = make
        self._people: dict[str, Person] = {}
        self._ids: dict[str, str] = {}
        for person in people:
            self._put(person)

    def ids_of(self, names: Iterable[str]) -> Mapping[str, str]:
        """See `People.ids_of`."""
        wanted = check_names(names, self._is_erased)
        new = [name for name in wanted if name not in self._ids and not is_person_id(name)]
        for person in [Person(id=self._make(), name=name) for name in new]:
            self._put(person)
        return {name: self._ids.get(name, name) for name in wanted}

    def names_of(self, person_ids: Iterable[str]) -> Mapping[str, str]:
        """See `People.names_of`."""
        known = ((one, self._people.get(one)) for one in person_ids)
        return {one: person.name for one, person in known if person is not None and not person.erased}

    def person(self, person_id: str) -> Person:
        """See `People.person`."""
        if person_id not in self._people:
            raise Unknown(what="person", given=person_id)
        return self._people[person_id]

    def find(self, name: str) -> Person | None:
        """See `People.find`."""
        return self._people.get(self._ids.get(name, ""))

    def alike(self, name: str) -> tuple[Person, ...]:
        """See `People.alike`."""
        seen = spelled(name)
        return tuple(person for person in self if not person.erased and spelled(person.name) == seen)

    def keep(self, person: Person) -> None:
        """See `People.keep`."""
        check_kept(person, self._people.get(person.id), self.find(person.name))
        self._put(person)

    def erase(self, *person_ids: str) -> None:
        """See `People.erase`."""
        self.note_erased(*[self.person(person_id).id for person_id in person_ids])

    def note_erased(self, *person_ids: str) -> None:
        """See `People.note_erased`."""
        for person in [Person(id=person_id, erased=True) for person_id in person_ids]:
            self._put(person)

    def __iter__(self) -> Iterator[Person]:
        """See `People.__iter__`."""
        return iter([self._people[person_id] for person_id in sorted(self._people)])

    def refresh(self) -> None:
        """See `People.refresh`: nobody else changes them."""

    def close(self) -> None:
        """See `People.close`: there is nothing to let go of."""

    def _is_erased(self, person_id: str) -> bool:
        person = self._people.get(person_id)
        return person is not None and person.erased

    def _put(self, person: Person) -> None:
        before = self._people.get(person.id)
        if before is not None:
            self._ids.pop(before.name, None)
        self._people[person.id] = person
        if not person.erased:
            self._ids[person.name] = person.id


class GuardedPeople(People):
    """People of a store that several threads use, or whose connection others use too: one question at a time.

    >>> from threading import RLock
    >>> people = GuardedPeople(MemoryPeople(make=lambda: "person-0123456789abcdef01234567"), RLock())
    >>> people.name_of(people.id_of("clerk A"))
    'clerk A'
    """

    def __init__(self, people: People, lock: AbstractContextManager[object]) -> None:
        self._people = people
        self._lock = lock

    def ids_of(self, names: Iterable[str]) -> Mapping[str, str]:
        """See `People.ids_of`."""
        with self._lock:
            return self._people.ids_of(names)

    def names_of(self, person_ids: Iterable[str]) -> Mapping[str, str]:
        """See `People.names_of`."""
        with self._lock:
            return self._people.names_of(person_ids)

    def person(self, person_id: str) -> Person:
        """See `People.person`."""
        with self._lock:
            return self._people.person(person_id)

    def find(self, name: str) -> Person | None:
        """See `People.find`."""
        with self._lock:
            return self._people.find(name)

    def alike(self, name: str) -> tuple[Person, ...]:
        """See `People.alike`."""
        with self._lock:
            return self._people.alike(name)

    def keep(self, person: Person) -> None:
        """See `People.keep`."""
        with self._lock:
            self._people.keep(person)

    def erase(self, *person_ids: str) -> None:
        """See `People.erase`."""
        with self._lock:
            self._people.erase(*person_ids)

    def note_erased(self, *person_ids: str) -> None:
        """See `People.note_erased`."""
        with self._lock:
            self._people.note_erased(*person_ids)

    def __iter__(self) -> Iterator[Person]:
        """See `People.__iter__`."""
        with self._lock:
            return iter(list(self._people))

    def refresh(self) -> None:
        """See `People.refresh`."""
        with self._lock:
            self._people.refresh()

    def close(self) -> None:
        """See `People.close`."""
        with self._lock:
            self._people.close()


# What every store checks


def check_names(names: Iterable[str], is_erased: Callable[[str], bool]) -> tuple[str, ...]:
    """The names, each once, if each may have an opaque id. Raises `BadIdentifier`.

    The id of one who was erased is all that is left of the name; where a paper is written on from an earlier
    one it stands for itself.
    """
    wanted = tuple(dict.fromkeys(names))
    for name in wanted:
        check_name(name)
        if is_person_id(name) and not is_erased(name):
            raise BadIdentifier(
                "person's name",
                name,
                "it is the form of an opaque id, and would pass for somebody; write the name",
            )
    return wanted


def check_name(name: object) -> None:
    """Whether a text can be kept as a name at all. Raises `BadIdentifier`."""
    if not isinstance(name, str):
        raise BadIdentifier("person's name", name, f"it must be a text, not {type(name).__name__}")
    reason = "it is empty" if not name else _unwritable(name)
    if reason:
        raise BadIdentifier("person's name", name, reason)


def check_person_id(person_id: object) -> None:
    """Whether it is the opaque id of a person. Raises `BadIdentifier`."""
    if not isinstance(person_id, str) or not is_person_id(person_id):
        reason = f"{PERSON_ID!r} with 24 hexadecimal digits is due"
        raise BadIdentifier("person's opaque id", person_id, reason)


def check_kept(person: Person, there: Person | None, namesake: Person | None) -> None:
    """Whether a person can be kept, where `there` has the id and `namesake` the name.

    Raises `AlreadyKnown`, `NotOpen` or `BadData`, as `People.keep`.
    """
    if person.erased:
        raise BadData("person to be kept", ("it is erased @ $.erased",))
    if there is not None and there.erased:
        raise NotOpen(person.id, "erased", "kept again", "one who comes back gets a new id")
    if namesake is not None and namesake.id != person.id:
        raise AlreadyKnown(what="person's name", given=person.name, differs="id")


def _problems(person: Person) -> Iterator[str]:
    stated = [field for field in _WRITTEN if getattr(person, field)]
    if person.erased:
        yield from (f"nothing is known of one who was erased @ $.{field}" for field in stated)
        return
    if not person.name:
        yield "it is empty @ $.name"
    if is_person_id(person.name):
        yield "it is the form of an opaque id @ $.name"
    for field in stated:
        reason = _unwritable(getattr(person, field))
        if reason:
            yield f"{reason} @ $.{field}"
    if _is_mistyped(person.id_number):
        yield "its check digit does not fit, so a digit is mistyped @ $.id_number"


def _unwritable(text: str) -> str:
    if "\0" in text:
        return "it has a zero character"
    if not text.isascii() and any("\ud800" <= mark <= "\udfff" for mark in text):
        return "it has half of a surrogate pair, which cannot be written down"
    return ""


def _is_mistyped(number: str) -> bool:
    """Whether it has the form of a resident identity number, and its last character is not the one due."""
    body, check = number[:-1], number[-1:].upper()
    if len(number) != _RESIDENT or not (body.isascii() and body.isdigit()) or check not in _CHECKS:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return _CHECKS[total % 11] != check
