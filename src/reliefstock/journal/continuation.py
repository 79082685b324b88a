"""A continuation: the proof that a book goes on from where it was, between two of its checkpoints.

The office that kept the older checkpoint gets the newer one with this text: a few hashes, however many
records lie between. It shows nothing of what is in the book.

The text of version 1, line by line; all is in UTF-8, with a blank behind each name and a line feed at the end
of each line:

- `reliefstock continuation 1`
- `book:` and the name of the book
- `from records:` and `from root:` as on the older checkpoint (`reliefstock.journal.checkpoint`)
- `to records:` and `to root:` as on the newer one
- `path:` and how many hashes lead from the one root to the other, and below that, indented by two blanks,
  these hashes (the consistency proof of RFC 6962)
- `check:` and the first eight characters, in hexadecimal, of the SHA-256 of all lines above
"""

from __future__ import annotations

import attrs

from reliefstock.errors import BadData, ProofBroken
from reliefstock.journal._slip import Lines, a_hash, a_size, check_of, hash_text, hashes_text, one_line
from reliefstock.journal.checkpoint import Checkpoint
from reliefstock.journal.merkle import MerkleTree, check_consistency
from reliefstock.values import several

__all__ = ["Continuation", "check_continuation"]

_TITLE = "reliefstock continuation 1"


def _book(given: object) -> str:
    return one_line("name of a book", given)


@attrs.frozen(kw_only=True)
class Continuation:
    """The path from the root over so many records to that over more. Making it checks nothing: `check` does.

    Raises:
        BadIdentifier: the name of the book is not a text of one line.
        BadData: a root is not 32 bytes, or a number of records is none.
    """

    book: str = attrs.field(converter=_book)
    older_size: int = attrs.field(validator=a_size)
    older_root: bytes = attrs.field(validator=a_hash)
    newer_size: int = attrs.field(validator=a_size)
    newer_root: bytes = attrs.field(validator=a_hash)
    path: tuple[bytes, ...] = attrs.field(converter=several)

    @classmethod
    def drawn(cls, older: Checkpoint, newer: Checkpoint, tree: MerkleTree) -> Continuation:
        """The continuation between two checkpoints of the book whose tree this is.

        Raises:
            BadData: they are of two books.
            Incomplete: the newer has fewer records, or more than the tree.
        """
        if older.book != newer.book:
            raise BadData("continuation", (f"{older.book} and {newer.book} are two books @ $.book",))
        return cls(
            book=newer.book,
            older_size=older.size,
            older_root=older.root,
            newer_size=newer.size,
            newer_root=newer.root,
            path=tree.consistency(older.size, newer.size),
        )

    def check(self) -> None:
        """Check that the path leads from the one root to the other. Raises `ProofBroken`."""
        sizes = self.older_size, self.newer_size
        check_consistency(*sizes, self.older_root, self.newer_root, self.path)

    def text(self) -> str:
        """The whole text."""
        above = (
            f"{_TITLE}\n"
            f"book: {self.book}\n"
            f"from records: {self.older_size}\n"
            f"from root: {hash_text(self.older_root)}\n"
            f"to records: {self.newer_size}\n"
            f"to root: {hash_text(self.newer_root)}\n"
            f"{hashes_text('path', self.path)}"
        )
        return f"{above}check: {check_of(above)}\n"

    @classmethod
    def parse(cls, text: str) -> Continuation:
        """The continuation of which `text` made this text. It is not proven yet: see `check`.

        Raises:
            TextBroken: it made it of none; with the first line that is wrong.
        """
        lines = Lines("continuation", text)
        lines.due(_TITLE)
        found = cls(
            book=lines.text("book"),
            older_size=lines.number("from records"),
            older_root=lines.hash("from root"),
            newer_size=lines.number("to records"),
            newer_root=lines.hash("to root"),
            path=lines.hashes("path"),
        )
        lines.check()
        lines.end()
        return found


def check_continuation(text: str, older: Checkpoint, newer: Checkpoint) -> Continuation:
    """Read a continuation and check it against the two checkpoints, of which the older was kept.

    Raises:
        TextBroken: it is no continuation, or there is a slip in it.
        ProofBroken: the newer book does not begin with the older, or the text is of other checkpoints.
    """
    found = Continuation.parse(text)
    found.check()
    due = attrs.evolve(
        found,
        book=older.book,
        older_size=older.size,
        older_root=older.root,
        newer_size=newer.size,
        newer_root=newer.root,
    )
    if found != due or older.book != newer.book:
        raise ProofBroken(f"that {newer.book} goes on", "the continuation is of other checkpoints")
    return found
