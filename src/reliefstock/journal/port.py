"""The journal as a port: where the records of a book are kept, whatever keeps them.

A journal is the records of one book in a chain, and nothing else is the book. Beside it a store keeps two
things that can be made again from the records: *index rows*, so that what happened can be asked for without
reading all of it, and a *snapshot* of what there is, so that opening does not begin at the beginning.

Whoever appends says after which record; a journal that has moved on refuses, so the writer catches up,
checks again, and appends again. What `append` returned from is durable. Appends inside `held` become durable
together when it ends, all or none, and nobody else appends meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Literal, NamedTuple, Protocol

import attrs

from reliefstock.journal.chain import Head, Record

__all__ = ["Cell", "Column", "Journal", "Row", "Rows", "Snapshot", "Table"]

Cell = int | str | bytes | None
Row = tuple[Cell, ...]
Rows = Mapping[str, Sequence[Row]]
"""New index rows by the name of their table."""


class Column(NamedTuple):
    """A column of an index table: whole numbers of 64 bits, texts, or bytes; `empty` where it may be null."""

    name: str
    kind: Literal["whole", "text", "bytes"]
    empty: bool = False


class Table(NamedTuple):
    """A table of the index. `key` tells its rows apart, `lookups` are what else it is asked by.

    Of a table that keeps the first row alone (`first`), a row whose key is there is not put in again.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    lookups: tuple[tuple[str, ...], ...] = ()
    first: bool = False


@attrs.frozen
class Snapshot:
    """What there was after the record of a head, as bytes. It is a cache: it can be deleted at any time."""

    head: Head
    content: bytes


class Journal(Protocol):
    """Where the records of one book are kept. Every method raises errors of `StoreError`.

    A journal is used by one thread at a time; others open their own, or wait.
    """

    @property
    def where(self) -> str:
        """What it is called in messages: a path, or an address without its password."""
        ...

    @property
    def has_index(self) -> bool:
        """Whether it keeps index rows; one that does not is asked for records alone."""
        ...

    def head(self) -> Head:
        """How many records there are now, and the hash of the last."""
        ...

    def read(self, after: int = 0, until: int | None = None, *, checked: bool = True) -> Iterator[Record]:
        """The records after number `after`, to number `until` (None: to the last), as they are stored.

        Unless `checked` is off, each is refused (`StoreDamaged`) that has not the hash which is stored with
        it. It is off for whoever checks all of them, as `reliefstock.journal.chain.verify` does.
        """
        ...

    def append(self, records: Sequence[Record], rows: Rows) -> Head:
        """Keep records that follow the head, with their index rows; durable when it returns.

        Raises:
            JournalMoved: the first of them does not follow the last record that is there. Nothing was kept.
        """
        ...

    def settle(self) -> None:
        """See that all that can be read outlasts a loss of power, whoever wrote it.

        Who tells of a record that another has written calls this first: the other may have been told by the
        disk that it was not kept. Raises where that cannot be seen to.
        """
        ...

    def held(self) -> AbstractContextManager[Head]:
        """Keep others from appending while this lasts; gives the head.

        What is appended inside is durable at the end, all of it, or none where the block raises.
        """
        ...

    def find(
        self, table: str, given: Mapping[str, Cell], *, order: Sequence[str] = (), last: bool = False
    ) -> list[Row]:
        """The index rows with these values in these columns, whole, in the order of some columns.

        With `last`, the one row alone that would come last. The rows are checked to be as they were put in.
        """
        ...

    def select(self, query: str, given: Mapping[str, Cell]) -> list[tuple[Cell, ...]]:
        """What a query finds in the index: sums and lists of keys, for which `find` would read too much.

        It is SQL that every store understands, parameters stand as `:name`, and in each `WHERE` of it stands
        `{book}`: the condition that rows are of this book.
        """
        ...

    def hashes(self, first: int, count: int) -> list[bytes]:
        """The hashes of `count` records from the index `first` on, which begins at 0: leaves of a tree."""
        ...

    def snapshot(self) -> Snapshot | None:
        """The last snapshot that was kept, if any. It is not checked."""
        ...

    def keep_snapshot(self, snapshot: Snapshot | None) -> None:
        """Put a snapshot in the place of the last, or take it away (None)."""
        ...

    def close(self) -> None:
        """Let go of files and connections. Closing again does nothing."""
        ...
