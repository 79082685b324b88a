"""What a stored book says of itself, as plain data that can be kept beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reliefstock.formats import plain_from

if TYPE_CHECKING:
    from reliefstock import Book

__all__ = ["figures_of"]


def figures_of(book: Book) -> dict[str, Any]:
    """Everything that somebody could have been told on the day when the book was made."""
    ledger = book.ledger
    return {
        "name": book.name,
        "head": [book.head.size, book.head.hash.hex()],
        "entries": [
            [entry.number, entry.kind.value, entry.on.isoformat(), entry.document, entry.by, entry.command]
            for entry in book.entries
        ],
        "balances": [
            [str(place), lot.id, change.on.isoformat(), change.entry, change.quantity, change.value]
            for place, lot, timeline in ledger.timelines()
            for change in timeline.changes()
        ],
        "documents": [plain_from(document) for document in book.documents.values()],
        "holds": [[one.hold.id, one.hold.lot, one.hold.quantity, one.open] for one in ledger.holds],
        "nouns": [[type(noun).__name__, noun.id] for noun in book.register.nouns()],
        "people": sorted([person.id, person.name] for person in book.people),
    }
