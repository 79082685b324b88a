"""A book is copied record by record to another place: from a file to a database, or to have a new index.

The records stay the very bytes that they are, so every checkpoint and receipt of the one is good for the
other. What can be made again is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from reliefstock.book.address import Store
from reliefstock.errors import ChainBroken, ContentBroken
from reliefstock.index import Indexer
from reliefstock.journal import START, Head, Record, Row, verified_hashes
from reliefstock.records import Content, types

__all__ = ["Progress", "copied"]

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""

_AT_ONCE: Final = 1_000


def copied(source: Store, target: Store, progress: Progress | None = None) -> Head:
    """Copy all records and people to a store without any; gives the head, which is that of the source.

    Raises `ChainBroken` for records that are not what was written, and `StoreError`.
    """
    for person in source.people:
        if person.erased:
            target.people.note_erased(person.id)
        else:
            target.people.keep(person)
    head = source.journal.head()
    indexer, done = Indexer(), START
    for some in _verified(source, head):
        rows: dict[str, list[Row]] = {}
        for record in some:
            for table, new in indexer.rows(_content(record), record.number).items():
                rows.setdefault(table, []).extend(new)
        done = target.journal.append(some, rows if target.journal.has_index else {})
        if progress is not None:
            progress(done.size, head.size)
    if done != head:
        reason = f"there are {done.size} records, and {head.size} are stated"
        raise ChainBroken(done.size + 1, "truncated", reason)
    return done


def _verified(source: Store, head: Head) -> Iterator[list[Record]]:
    """The records, some at a time, each checked to follow the one before."""
    read = source.journal.read(0, head.size, checked=False)
    before = START
    while some := list(islice(read, _AT_ONCE)):
        for last in verified_hashes(some, before):
            before = Head(before.size + 1, last)
        yield some


def _content(record: Record) -> Content:
    content = types().read(record.payload, object)
    if not isinstance(content, Content):
        raise ContentBroken("record", "$", f"it is a {type(content).__name__}")
    return content
