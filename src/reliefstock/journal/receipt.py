"""A receipt: what a book recorded of a donation, with the proof that it stands there.

A donor gets the records that tell of the donation, each with its path to the root of a checkpoint. Whoever
has the text and the checkpoint, from the office above or from where it was posted, needs nothing else to
check it.

The text of version 1, line by line; all is in UTF-8, with a blank behind each name and a line feed at the end
of each line:

- `reliefstock receipt 1`
- `book:`, `date:`, `records:`, `root:`, `head:` as on the checkpoint (`reliefstock.journal.checkpoint`)
- `about:` and what it is about, as the number of a donation
- `shown:` and how many records are shown

and for each of these, in their order, an empty line and

- `record:` and its number
- `previous:` and the hash of the record before it
- `content:` and below that, indented by two blanks, what is in it (`reliefstock.journal.notation`)
- `path:` and how many hashes there are on the way to the root, and below that, indented, these hashes

then an empty line and

- `check:` and the first eight characters, in hexadecimal, of the SHA-256 of all lines above.

What is proven: the payload of the record is the encoding of its content (`reliefstock.journal.encoding`),
its hash is that of a record of that number after that one (`reliefstock.journal.chain`), and the leaf of
that hash, with the number less one as its index, is under the root (`reliefstock.journal.merkle`). What the
receipt is about is only what somebody called it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import attrs

from reliefstock.errors import BadData, ProofBroken
from reliefstock.journal._slip import Lines, check_of, hash_text, hashes_text, one_line
from reliefstock.journal.chain import Record
from reliefstock.journal.checkpoint import Checkpoint
from reliefstock.journal.encoding import Plain, decode, encode
from reliefstock.journal.merkle import MerkleTree, check_inclusion, leaf_hash
from reliefstock.journal.notation import plain_from, text_of
from reliefstock.values import several

__all__ = ["ProvenRecord", "Receipt", "check_receipt"]

_TITLE = "reliefstock receipt 1"


def _about(given: object) -> str:
    return one_line("subject of a receipt", given)


@attrs.frozen
class ProvenRecord:
    """A record, and its path to the root of a checkpoint."""

    record: Record
    path: tuple[bytes, ...] = attrs.field(converter=several)

    @property
    def content(self) -> Plain:
        """What is in it, as plain data. Raises `EncodingBroken`."""
        return decode(self.record.payload)


@attrs.frozen(kw_only=True)
class Receipt:
    """Records of a book, each with its path to the root of a checkpoint: not proven before `check` says so.

    Raises:
        BadIdentifier: what it is about is not a text of one line.
        BadData: the records are not in their order, or one of them is later than the checkpoint.
    """

    checkpoint: Checkpoint
    about: str = attrs.field(converter=_about)
    records: tuple[ProvenRecord, ...] = attrs.field(converter=several)

    def __attrs_post_init__(self) -> None:
        numbers = [0, *(one.record.number for one in self.records), self.checkpoint.size + 1]
        if any(later <= earlier for earlier, later in pairwise(numbers)):
            raise BadData(
                "receipt",
                ("its records are not in their order, each once and none after the checkpoint @ $",),
            )

    @classmethod
    def drawn(
        cls, checkpoint: Checkpoint, about: str, records: Iterable[Record], tree: MerkleTree
    ) -> Receipt:
        """A receipt that shows these records of the book whose tree this is.

        Raises:
            BadIdentifier, BadData: as for a receipt.
            Incomplete: the tree has fewer records than the checkpoint.
        """
        size = checkpoint.size
        proven = [ProvenRecord(record, tree.inclusion(record.number - 1, size)) for record in records]
        bare = attrs.evolve(checkpoint, countersignatures=())
        return cls(checkpoint=bare, about=about, records=proven)

    def check(self) -> None:
        """Check that every record is among those of the checkpoint.

        Raises:
            ProofBroken: one of them is not.
        """
        size, root = self.checkpoint.size, self.checkpoint.root
        for one in self.records:
            number = one.record.number
            try:
                check_inclusion(leaf_hash(one.record.hash), number - 1, size, one.path, root)
            except ProofBroken as broken:
                raise ProofBroken(f"record {number} of {self.checkpoint.book}", broken.reason) from broken

    def text(self) -> str:
        """The whole text.

        Raises:
            EncodingBroken: a payload is not the encoding of anything.
        """
        shown = "".join(map(_text_of, self.records))
        head = f"{_TITLE}\n{self.checkpoint.statement()}about: {self.about}\nshown: {len(self.records)}\n"
        above = f"{head}{shown}\n"
        return f"{above}check: {check_of(above)}\n"

    @classmethod
    def parse(cls, text: str) -> Receipt:
        """The receipt of which `text` made this text. It is not proven yet: see `check`.

        Raises:
            TextBroken: it made it of none; with the first line that is wrong.
        """
        lines = Lines("receipt", text)
        lines.due(_TITLE)
        checkpoint, about = Checkpoint.stated(lines), lines.text("about")
        records = [_read(lines) for _ in range(lines.number("shown"))]
        lines.due("")
        lines.check()
        lines.end()
        try:
            return cls(checkpoint=checkpoint, about=about, records=records)
        except BadData as bad:
            raise lines.broken("; ".join(bad.problems)) from bad


def check_receipt(text: str, checkpoint: Checkpoint | None = None) -> Receipt:
    """Read a receipt and check it: by itself, and against a checkpoint that somebody else keeps.

    Without a checkpoint it is only known that the receipt agrees with itself: its root may be anybody's.

    Raises:
        TextBroken: it is no receipt, or there is a slip in it.
        ProofBroken: a record on it is not among those of its checkpoint, or that is not the one given.
    """
    receipt = Receipt.parse(text)
    receipt.check()
    if checkpoint is not None and not receipt.checkpoint.agrees_with(checkpoint):
        raise ProofBroken(f"the receipt about {receipt.about}", "it is not of the checkpoint that is given")
    return receipt


def _text_of(proven: ProvenRecord) -> str:
    content = "".join(f"  {line}\n" for line in text_of(proven.content).split("\n"))
    return (
        f"\nrecord: {proven.record.number}\n"
        f"previous: {hash_text(proven.record.previous)}\n"
        f"content:\n{content}"
        f"{hashes_text('path', proven.path)}"
    )


def _read(lines: Lines) -> ProvenRecord:
    lines.due("")
    number, previous = lines.number("record"), lines.hash("previous")
    payload = encode(lines.block("content", plain_from))
    return ProvenRecord(Record(number, previous, payload), lines.hashes("path"))
