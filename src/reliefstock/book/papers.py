"""The papers of a book: its documents by number, which were taken back, and by which commands they came.

As what happened, they grow for ever: they may be kept in memory, as here, or be found in the index of a
store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeVar

from reliefstock.operations import Document, Reversal
from reliefstock.records import Posted

__all__ = ["Done", "Filed", "MemoryPapers", "Papers"]

_D = TypeVar("_D", bound=Document)


class Done(NamedTuple):
    """What a command did: the SHA-256 of what was asked, and the number of the document that came of it."""

    content: bytes
    document: str


class Filed(NamedTuple):
    """Papers that landed at once, so many of each kind, up to the record `last`.

    `read` gives them with the numbers of their records, for whoever keeps them.
    """

    made: Mapping[type[Document], int]
    last: int
    read: Callable[[], Iterable[tuple[int, Posted]]]


class Papers(Protocol):
    """The documents of a book, in the order in which they were made."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """All of them by number."""
        ...

    @property
    def reversed_on(self) -> Mapping[str, date]:
        """Of each that was taken back, by number, the business date on which it was."""
        ...

    def of(self, kind: type[_D]) -> tuple[_D, ...]:
        """All of a kind."""
        ...

    def count(self, kind: type[Document]) -> int:
        """How many of a kind there are."""
        ...

    def done(self, command: str) -> Done | None:
        """What a command did; None where there was none of that id."""
        ...

    def record_of(self, number: str) -> int | None:
        """The number of the record in which a document stands."""
        ...

    def add(self, posted: Posted, record: int) -> None:
        """The paper of what has landed with a record."""
        ...

    def catch_up(self, filed: Filed) -> None:
        """Many papers have landed at once."""
        ...

    def done_of(self, commands: Sequence[str]) -> frozenset[str]:
        """Those of some commands that were done before."""
        ...


class MemoryPapers:
    """All papers, in memory."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        self._records: dict[str, int] = {}
        self._counts: dict[type[Document], int] = {}
        self._reversed_on: dict[str, date] = {}
        self._done: dict[str, Done] = {}

    @property
    def documents(self) -> Mapping[str, Document]:
        """See `Papers.documents`."""
        return MappingProxyType(self._documents)

    @property
    def reversed_on(self) -> Mapping[str, date]:
        """See `Papers.reversed_on`."""
        return MappingProxyType(self._reversed_on)

    def of(self, kind: type[_D]) -> tuple[_D, ...]:
        """See `Papers.of`."""
        return tuple(document for document in self._documents.values() if isinstance(document, kind))

    def count(self, kind: type[Document]) -> int:
        """See `Papers.count`."""
        return self._counts.get(kind, 0)

    def done(self, command: str) -> Done | None:
        """See `Papers.done`."""
        return self._done.get(command)

    def record_of(self, number: str) -> int | None:
        """See `Papers.record_of`."""
        return self._records.get(number)

    def add(self, posted: Posted, record: int) -> None:
        """See `Papers.add`."""
        document = posted.document
        self._documents[document.number] = document
        self._records[document.number] = record
        self._counts[type(document)] = self._counts.get(type(document), 0) + 1
        self._done[posted.command] = Done(posted.content, document.number)
        if isinstance(document, Reversal):
            self._reversed_on[document.reverses] = document.on

    def catch_up(self, filed: Filed) -> None:
        """See `Papers.catch_up`."""
        for record, posted in filed.read():
            self.add(posted, record)

    def done_of(self, commands: Sequence[str]) -> frozenset[str]:
        """See `Papers.done_of`."""
        return frozenset(command for command in commands if command in self._done)
