"""The documents that stood at the end of a day, as known after an entry.

A document is known with the entries that it stands on. One that moves nothing is known if it was kept before
the first entry that is not known yet. What a reversal took back by that day does not stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TypeVar

import attrs

from reliefstock.book import Book
from reliefstock.errors import NotExact
from reliefstock.operations import Document, Reversal

__all__ = ["Papers"]

_D = TypeVar("_D", bound=Document)


@attrs.define(slots=False)
class Papers:
    """What can be read of a book as of a day (None: as of the last) and after an entry (None: after all).

    Raises:
        NotExact: the number of the entry is none.

    >>> Papers(Book("Ankang", currency="CNY")).of(Reversal)
    ()
    """

    book: Book
    on: date | None = None
    known: int | None = None

    def __attrs_post_init__(self) -> None:
        if self.known is not None and type(self.known) is not int:
            raise NotExact(what="the number of an entry", given=self.known)

    def of(self, kind: type[_D]) -> tuple[_D, ...]:
        """The documents of a kind that stood, in the order in which they were made."""
        return tuple(one for one in self._standing if isinstance(one, kind))

    @cached_property
    def _standing(self) -> tuple[Document, ...]:
        kept = [one for one in self._known() if self.on is None or one.on <= self.on]
        gone = {one.reverses for one in kept if isinstance(one, Reversal)}
        return tuple(one for one in kept if one.number not in gone)

    def _known(self) -> Iterator[Document]:
        for document in self.book.documents.values():
            if self.known is not None and any(entry > self.known for entry in document.entries):
                return
            yield document
