"""A checkpoint: how far a book had come on a day, in a few lines that another office countersigns and keeps.

Who holds the only copy of a book can write all of it anew, and chain and tree will agree. What stops that is
a copy of the two hashes in other hands: a later book must have the same root at the same size, and a short
proof shows that it has (`reliefstock.journal.continuation`).

The text of version 1, line by line; all is in UTF-8, with a blank behind each name and a line feed at the end
of each line:

- `reliefstock checkpoint 1`
- `book:` and the name of the book
- `date:` and the day, as YYYY-MM-DD
- `records:` and how many records there are
- `root:` and the root of the Merkle tree over them, in hexadecimal, eight groups of eight characters
- `head:` and the hash of the last record, in the same way
- `check:` and the first eight characters, in hexadecimal, of the SHA-256 of all lines above

This is the body. Behind it, for each office that countersigned, an empty line and

- `countersigned:` and the name of the office
- `date:` and the day
- `mark:` and what it can be known by: the number of the seal, or a signature over the body in one line

Nothing here makes or checks a signature: what is one is a matter of the offices.
"""

from __future__ import annotations

from datetime import date

import attrs

from reliefstock.journal._slip import Lines, a_hash, a_size, check_of, hash_text, one_line
from reliefstock.journal.chain import Head
from reliefstock.values import business_date, several

__all__ = ["Checkpoint", "Countersignature"]

_TITLE = "reliefstock checkpoint 1"


def _book(given: object) -> str:
    return one_line("name of a book", given)


def _office(given: object) -> str:
    return one_line("name of an office", given)


def _mark(given: object) -> str:
    return one_line("mark of an office", given)


@attrs.frozen
class Countersignature:
    """An office that saw a checkpoint and keeps it, when, and the mark that it can be known by.

    Raises:
        BadIdentifier: the office or its mark is not a text of one line.
        NotABusinessDate: `on` is no date.
    """

    office: str = attrs.field(converter=_office)
    on: date = attrs.field(converter=business_date)
    mark: str = attrs.field(converter=_mark)


@attrs.frozen(kw_only=True)
class Checkpoint:
    """How far a book had come on a day: so many records, the root over them, and the hash of the last.

    Raises:
        BadIdentifier: the name of the book is not a text of one line.
        NotABusinessDate: `on` is no date.
        BadData: a hash is not 32 bytes, or the size no whole number.

    >>> from reliefstock.journal.chain import START
    >>> from reliefstock.journal.merkle import EMPTY_ROOT
    >>> opened = Checkpoint(book="Ningshan", on="2024-01-31", size=0, root=EMPTY_ROOT, head=START.hash)
    >>> print(opened.countersigned_by("Ankang", "2024-02-02", "seal 17").text(), end="")
    reliefstock checkpoint 1
    book: Ningshan
    date: 2024-01-31
    records: 0
    root: e3b0c442 98fc1c14 9afbf4c8 996fb924 27ae41e4 649b934c a495991b 7852b855
    head: 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
    check: eaf60bef
    <BLANKLINE>
    countersigned: Ankang
    date: 2024-02-02
    mark: seal 17
    """

    book: str = attrs.field(converter=_book)
    on: date = attrs.field(converter=business_date)
    size: int = attrs.field(validator=a_size)
    root: bytes = attrs.field(validator=a_hash)
    head: bytes = attrs.field(validator=a_hash)
    countersignatures: tuple[Countersignature, ...] = attrs.field(default=(), converter=several)

    @property
    def chain_head(self) -> Head:
        """The head of the chain, for `reliefstock.journal.chain.verify`."""
        return Head(self.size, self.head)

    def agrees_with(self, other: Checkpoint) -> bool:
        """Whether it says the same, countersigned by whomever."""
        return self.statement() == other.statement()

    def countersigned_by(self, office: str, on: date | str, mark: str) -> Checkpoint:
        """The checkpoint with one more countersignature."""
        added = Countersignature(office, on, mark)
        return attrs.evolve(self, countersignatures=(*self.countersignatures, added))

    def statement(self) -> str:
        """What it says of the book, in five lines, as it stands on a receipt too."""
        return (
            f"book: {self.book}\n"
            f"date: {self.on.isoformat()}\n"
            f"records: {self.size}\n"
            f"root: {hash_text(self.root)}\n"
            f"head: {hash_text(self.head)}\n"
        )

    @classmethod
    def stated(cls, lines: Lines) -> Checkpoint:
        """What the next five lines say. Raises `TextBroken`."""
        return cls(
            book=lines.text("book"),
            on=lines.day("date"),
            size=lines.number("records"),
            root=lines.hash("root"),
            head=lines.hash("head"),
        )

    def body(self) -> str:
        """The lines that do not change when somebody countersigns; a signature is made over these."""
        above = f"{_TITLE}\n{self.statement()}"
        return f"{above}check: {check_of(above)}\n"

    def text(self) -> str:
        """The whole text."""
        seen = (
            f"\ncountersigned: {one.office}\ndate: {one.on.isoformat()}\nmark: {one.mark}\n"
            for one in self.countersignatures
        )
        return self.body() + "".join(seen)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint of which `text` made this text.

        Raises:
            TextBroken: it made it of none; with the first line that is wrong.
        """
        lines = Lines("checkpoint", text)
        lines.due(_TITLE)
        found = cls.stated(lines)
        lines.check()
        while not lines.at_end:
            lines.due("")
            office = lines.text("countersigned")
            found = found.countersigned_by(office, lines.day("date"), lines.text("mark"))
        return found
