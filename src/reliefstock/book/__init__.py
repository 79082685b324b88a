"""The book: the one door. Verbs in the field's words go in, typed documents come out.

A verb is a thin wrapper: it makes a request, the operation of that name turns it into a proposal, the
ledger checks the promises, and then the document, its entries and its lots land together, or none of
them does. Everything else is a question asked of the book.

Every verb takes a `command`: an id of the caller's own for this very act. Sending the same command again,
after a time-out or a double click, gives the first document back and posts nothing; the same id with
other content is refused. The verbs stand by families in modules of their own; `Book` is all of them.
"""

from __future__ import annotations

from reliefstock.book._verbs import Act
from reliefstock.book.book import Book

__all__ = ["Act", "Book"]
