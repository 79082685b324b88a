"""People in a PostgreSQL database, beside the records of the books in it; each book has its own.

What is erased is gone for everybody who asks the database. Its server keeps old bytes of its own accord, in
rows until they are vacuumed, in its log and in backups: how long is for those to settle who run it
(`VACUUM FULL reliefstock.people` empties the file at once).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from os import getpid
from typing import Any, Final

from reliefstock.errors import MissingExtra, NotABook, StoreUnreachable, Unknown
from reliefstock.people import People, Person, check_kept, check_names
from reliefstock.stores.person_ids import new_person_id
from reliefstock.stores.sql_errors import told_sql
from reliefstock.stores.sql_schema import address_shown, check_version, engine_at
from reliefstock.values import is_person_id, spelled

try:
    from sqlalchemy import Connection, TextClause, text
except ImportError as error:
    raise MissingExtra("postgres", "sqlalchemy") from error

__all__ = ["SqlPeople"]

_CACHED: Final = 10_000
_BOOKS: Final = text("SELECT id FROM reliefstock.books WHERE CAST(:name AS text) IS NULL OR name = :name")
_ALL: Final = "SELECT id, name, id_number, phone, note FROM reliefstock.people WHERE book = :book"
_EVERYBODY: Final = text(f"{_ALL} ORDER BY id")
_BY_ID: Final = text(f"{_ALL} AND id = ANY(:given)")
_BY_DIGEST: Final = text(f"{_ALL} AND digest = ANY(:given)")
_NEW: Final = text(
    """INSERT INTO reliefstock.people (book, id, digest, name, id_number, phone, note)
    SELECT :book, new.id, new.digest, new.name, '', '', ''
    FROM unnest(CAST(:ids AS text[]), CAST(:digests AS bytea[]), CAST(:names AS text[])) new(id, digest, name)
    ON CONFLICT DO NOTHING"""
)
_PUT: Final = text(
    """INSERT INTO reliefstock.people (book, id, digest, name, id_number, phone, note)
    VALUES (:book, :id, :digest, :name, :id_number, :phone, :note)
    ON CONFLICT (book, id) DO UPDATE SET digest = excluded.digest, name = excluded.name,
        id_number = excluded.id_number, phone = excluded.phone, note = excluded.note"""
)
_ALONE: Final = text("LOCK TABLE reliefstock.people IN SHARE ROW EXCLUSIVE MODE")


class SqlPeople(People):
    """People of one book in the database at an address; where `book` is None, of the only one that is there.

    What others change is seen after `refresh`. It has a connection of its own, so who is new is durable
    before the records that name them.

    Raises:
        NotABook: there is no such book in the database, or more than one where none is named.
        StoreError: it cannot be reached, or not be written.
        Incomplete: the address is none of PostgreSQL, or the tables are older than this library.
        NewerFormat: a later version of the library has made the tables.
    """

    def __init__(
        self,
        address: str,
        book: str | None = None,
        *,
        patience: float = 10,
        make: Callable[[], str] = new_person_id,
    ) -> None:
        self._where = address_shown(address)
        self._engine = engine_at(address, patience)
        self._patience = patience
        self._make = make
        self._process = getpid()
        self._link: Connection | None = None
        self._is_closed = False
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        try:
            self._book = self._find_book(book)
        except BaseException:
            self.close()
            raise

    def _find_book(self, name: str | None) -> int:
        with self._connected() as connection:
            check_version(connection, self._where)
            found = connection.execute(_BOOKS, {"name": name}).scalars().all()
        if len(found) != 1:
            which = f"there are {len(found)} books in it, and none is named" if name is None else ""
            raise NotABook(self._where, which or f"there is no book {name!r} in it")
        return found[0]

    @property
    def where(self) -> str:
        """The address, without its password."""
        return self._where

    def ids_of(self, names: Iterable[str]) -> Mapping[str, str]:
        """See `People.ids_of`."""
        wanted = check_names(names, self._is_erased)
        people = [name for name in wanted if not is_person_id(name)]
        found = self._found_ids(people)
        new = [name for name in people if name not in found]
        if new:
            made = [Person(id=self._make(), name=name) for name in new]
            given = {
                "ids": [person.id for person in made],
                "digests": [_digest(person.name) for person in made],
                "names": [person.name for person in made],
            }
            self._run(_NEW, **given)
            found.update(self._found_ids(new))
        return {name: found.get(name, name) for name in wanted}

    def names_of(self, person_ids: Iterable[str]) -> Mapping[str, str]:
        """See `People.names_of`."""
        asked = list(dict.fromkeys(person_ids))
        missing = [one for one in asked if one not in self._names]
        found = self._names
        if missing:
            people = self._people(_BY_ID, given=missing)
            new = {person.id: person.name for person in people if not person.erased}
            found = {**{one: found[one] for one in asked if one in found}, **new}
            _remember(self._names, new)
        return {one: found[one] for one in asked if one in found}

    def person(self, person_id: str) -> Person:
        """See `People.person`."""
        found = self._people(_BY_ID, given=[person_id])
        if not found:
            raise Unknown(what="person", given=person_id)
        return found[0]

    def find(self, name: str) -> Person | None:
        """See `People.find`."""
        return next(iter(self._people(_BY_DIGEST, given=[_digest(name)])), None)

    def alike(self, name: str) -> tuple[Person, ...]:
        """See `People.alike`."""
        seen = spelled(name)
        return tuple(person for person in self if not person.erased and spelled(person.name) == seen)

    def keep(self, person: Person) -> None:
        """See `People.keep`."""
        with self._alone():
            there = self._people(_BY_ID, given=[person.id])
            check_kept(person, there[0] if there else None, self.find(person.name))
            self._put(person)

    def erase(self, *person_ids: str) -> None:
        """See `People.erase`, and above for what the server of a database keeps."""
        for person_id in person_ids:
            self.person(person_id)
        self.note_erased(*person_ids)

    def note_erased(self, *person_ids: str) -> None:
        """See `People.note_erased`."""
        erased = [Person(id=person_id, erased=True) for person_id in person_ids]
        with self._alone():
            for person in erased:
                self._put(person)

    def __iter__(self) -> Iterator[Person]:
        """See `People.__iter__`."""
        return iter(self._people(_EVERYBODY))

    def refresh(self) -> None:
        """See `People.refresh`."""
        self._ids.clear()
        self._names.clear()

    def close(self) -> None:
        """See `People.close`."""
        self._is_closed = True
        self._let_go()

    # Inside

    @contextmanager
    def _connected(self) -> Generator[Connection]:
        """The connection. What goes wrong with it ends it, and the next question opens another."""
        if self._is_closed or getpid() != self._process:
            raise StoreUnreachable(self._where, "it was closed, or opened before a fork; open it again")
        with told_sql(self._where, self._patience):
            try:
                if self._link is None:
                    self._link = self._engine.connect()
                    self._settle(self._link)
                yield self._link
            except BaseException:
                self._let_go()
                raise

    def _settle(self, connection: Connection) -> None:
        milliseconds = int(self._patience * 1_000)
        for setting in ("synchronous_commit = on", f"lock_timeout = {milliseconds}"):
            connection.execute(text(f"SET {setting}"))

    def _let_go(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()

    @contextmanager
    def _alone(self) -> Generator[None]:
        """While nobody else changes people: all that is done inside, or nothing. What was known is let go."""
        self.refresh()
        with self._connected() as connection:
            connection.execute(text("BEGIN"))
            connection.execute(_ALONE)
            yield
            connection.execute(text("COMMIT"))

    def _run(self, statement: TextClause, **given: Any) -> None:  # noqa: ANN401 -- what SQL takes has no one type
        with self._connected() as connection:
            connection.execute(statement, {"book": self._book, **given})

    def _people(self, query: TextClause, **given: Any) -> list[Person]:  # noqa: ANN401 -- as above
        with self._connected() as connection:
            return [_person(*row) for row in connection.execute(query, {"book": self._book, **given})]

    def _put(self, person: Person) -> None:
        self._run(
            _PUT,
            id=person.id,
            digest=None if person.erased else _digest(person.name),
            name=None if person.erased else person.name,
            id_number=person.id_number,
            phone=person.phone,
            note=person.note,
        )

    def _is_erased(self, person_id: str) -> bool:
        found = self._people(_BY_ID, given=[person_id])
        return bool(found) and found[0].erased

    def _found_ids(self, names: Sequence[str]) -> dict[str, str]:
        found = {name: self._ids[name] for name in names if name in self._ids}
        missing = [_digest(name) for name in names if name not in found]
        if missing:
            new = {person.name: person.id for person in self._people(_BY_DIGEST, given=missing)}
            found.update(new)
            _remember(self._ids, new)
        return found


def _digest(name: str) -> bytes:
    return sha256(name.encode(errors="surrogatepass")).digest()


def _remember(cache: dict[str, str], new: Mapping[str, str]) -> None:
    if len(cache) + len(new) > _CACHED:
        cache.clear()
    if len(new) <= _CACHED:
        cache.update(new)


def _person(person_id: str, name: str | None, id_number: str, phone: str, note: str) -> Person:
    return Person(
        id=person_id, name=name or "", id_number=id_number, phone=phone, note=note, erased=name is None
    )
