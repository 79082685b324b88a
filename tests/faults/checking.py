"""What must hold of a book after a fault, whatever the fault was.

It opens, with its snapshot and without, to the same figures. What was acknowledged is there, each document as
it was given; what was not is there whole, or not at all. Entries are numbered without a gap. `verify`, the
check of the store and the audit find nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import attrs

from faults.work import CLOCK
from reliefstock import Document, ReliefstockError
from reliefstock.audit import audit, figures_of
from reliefstock.book import Book

__all__ = ["Checker", "Figures", "Promise", "kept_by", "what_is_wrong"]


@attrs.define
class Figures:
    """What a run came to. `losses` are sentences: one for each thing that does not hold.

    `struck` says after how many faults, or in how many states of a disk, there was one or more.
    """

    runs: int = 0
    kills: int = 0
    faults: int = 0
    states: int = 0
    commands: int = 0
    acknowledged: int = 0
    refused: int = 0
    failed: int = 0
    reopened: int = 0
    struck: int = 0
    losses: list[str] = attrs.field(factory=list)

    def add(self, other: Figures) -> None:
        """Add up what two runs came to."""
        for field in attrs.fields(Figures):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


@attrs.define
class Promise:
    """What those outside were told: the document of each command, and what was to be kept together."""

    documents: dict[str, Document] = attrs.field(factory=dict)
    together: list[frozenset[str]] = attrs.field(factory=list)

    def broken_by(self, known: Mapping[str, Document], acknowledged: Iterable[str]) -> Iterator[str]:
        """What is wrong with a book that knows these commands, where so many were acknowledged."""
        for command in acknowledged:
            if command not in known:
                yield f"command {command} was acknowledged and is lost"
            elif known[command] != self.documents[command]:
                yield f"command {command} has another document than was acknowledged"
        for batch in self.together:
            there = batch & known.keys()
            if there and there != batch:
                yield f"of the batch {sorted(batch)} only {sorted(there)} is there"


def kept_by(book: Book) -> dict[str, Document]:
    """The commands that a book has carried out, with their documents."""
    rows = book._keeper.journal.select("SELECT command, number FROM papers WHERE {book} ORDER BY record", {})
    return {str(command): book.document(str(number)) for command, number in rows}


def what_is_wrong(book: Book, plain: Book) -> Iterator[str]:
    """What is wrong with a book, and with the same one opened without its snapshot."""
    if figures_of(book) != figures_of(plain):
        yield "with a snapshot and without it is not the same book"
    if book.verify() != book.head:
        yield "its records do not lead to its head"
    numbers = [entry.number for entry in book.entries]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "its entries are not numbered one after the other"
    if [*book.documents.values()] != [*plain.documents.values()]:
        yield "with a snapshot and without it has other documents"
    yield from (finding.text() for finding in audit(book.records(), book).findings)
    journal = book._keeper.journal
    yield from map(str, getattr(journal, "check", list)())


class Checker:
    """Checks files of books; one that is the same as one before is not looked through again."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[dict[str, Document], list[str]]] = {}

    def __call__(self, path: Path, promise: Promise, acknowledged: Iterable[str]) -> list[str]:
        """All that is wrong with the book in a file, after what was acknowledged."""
        try:
            known, wrong = self._looked_through(path)
        except ReliefstockError as error:
            return [f"it does not open: {error}"]
        return [*wrong, *promise.broken_by(known, acknowledged)]

    def _looked_through(self, path: Path) -> tuple[dict[str, Document], list[str]]:
        with Book.open(path, clock=CLOCK) as book:  # a rollback journal that is there is played back here
            mark = sha256(path.read_bytes()).digest()
            if mark not in self._known:
                with Book.open(path, clock=CLOCK, snapshot=False) as plain:
                    self._known[mark] = kept_by(book), [*what_is_wrong(book, plain)]
            return self._known[mark]
