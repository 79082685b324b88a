"""A dishonest clerk: has all records of a book, changes what they say, and writes the whole chain anew.

What stands in a record is opened into things whose fields can be set, and closed again as it was written. No
type, no rule and no error of the library is in the way of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reliefstock import Book, Place
from reliefstock.journal import Record, chained, decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Clerk", "Thing", "place"]


class Thing:
    """A thing with the fields that its record states."""

    def __init__(self, name: str, fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)
        self.name_of_thing = name

    def close(self) -> tuple[Any, ...]:
        fields = {key: value for key, value in self.__dict__.items() if key != "name_of_thing"}
        return (" ".join((self.name_of_thing, *fields)), *map(closed, fields.values()))

    def copy(self) -> Any:  # noqa: ANN401 -- a record can say anything
        return opened(self.close())


def opened(plain: Any) -> Any:  # noqa: ANN401 -- a record can say anything
    """Plain data with things that can be changed; lists are lists again."""
    if not isinstance(plain, tuple):
        return plain
    if plain and isinstance(plain[0], str) and len(plain[0].split(" ")) == len(plain):
        name, *fields = plain[0].split(" ")
        if name[:1].isupper() and name.isidentifier():
            return Thing(name, dict(zip(fields, map(opened, plain[1:]), strict=True)))
    return [opened(one) for one in plain]


def closed(given: Any) -> Any:  # noqa: ANN401 -- a record can say anything
    if isinstance(given, Thing):
        return given.close()
    return tuple(map(closed, given)) if isinstance(given, list) else given


class Clerk:
    """All records of a book, open."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.contents: list[Any] = [opened(decode(record.payload)) for record in records]

    @classmethod
    def of(cls, book: Book) -> Clerk:
        return cls(book.records())

    def records(self) -> list[Record]:
        """The whole chain, written anew."""
        return list(chained(encode(closed(one)) for one in self.contents))

    def posted(self, document: str) -> Any:  # noqa: ANN401 -- a record can say anything
        """What came with a document."""
        return next(one for one in self._posted() if one.document.number == document)

    def at(self, document: str) -> int:
        """The number of the record of a document."""
        return self.contents.index(self.posted(document)) + 1

    def entry(self, document: str, at: int = 0) -> Any:  # noqa: ANN401 -- a record can say anything
        return self.posted(document).entries[at]

    def leg(self, document: str, where: str, lot: str = "") -> Any:  # noqa: ANN401 -- a record can say anything
        """The posting of a document in a place, of some lot or of the first."""
        legs = (leg for entry in self.posted(document).entries for leg in entry.postings)
        return next(leg for leg in legs if text(leg.place) == where and lot in ("", leg.lot))

    def lot(self, lot: str) -> Any:  # noqa: ANN401 -- a record can say anything
        return next(one for posted in self._posted() for one in posted.lots if one.id == lot)

    def hold(self, hold: str) -> Any:  # noqa: ANN401 -- a record can say anything
        return next(one for posted in self._posted() for one in posted.holds if one.id == hold)

    def drop(self, document: str) -> None:
        self.contents.remove(self.posted(document))

    def move(self, document: str, quantity: int = 0, value: int = 0) -> None:
        """So much more goes the same way in the first two postings of a document."""
        first, second = self.entry(document).postings[:2]
        sign = 1 if first.quantity > 0 else -1
        first.quantity += sign * quantity
        first.value += sign * value
        second.quantity -= sign * quantity
        second.value -= sign * value

    def _posted(self) -> Iterable[Any]:
        return (one for one in self.contents if one.name_of_thing == "Posted")


def text(place: Any) -> str:  # noqa: ANN401 -- a record can say anything
    return f"{place.kind}:{place.id}"


def place(stated: str) -> Thing:
    read = Place.parse(stated)
    return Thing("Place", {"kind": read.kind.value, "id": read.id})
