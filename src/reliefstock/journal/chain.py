"""Records in a chain: each names the one before it by its hash, so none can be changed without all after it.

A record has a number, the hash of the record before it, and a payload. Its own hash is SHA-256 over all of
that, so the hash of the last record, the head, stands for every byte of all of them. Numbers begin at 1 and
have no gaps; the first record names 32 zero bytes as what was before it.

What is hashed is, without anything between:

1. the sixteen characters `reliefstock/rec1`, so that the hash of anything else is never one of a record;
2. the number, as eight bytes, the highest first;
3. the hash of the record before, 32 bytes;
4. the length of the payload, as eight bytes, the highest first;
5. the payload.

A chain by itself proves only that nobody changed a part of it and left the rest. Who holds the only copy can
write all of it anew: that is found by whoever kept an earlier head (`reliefstock.journal.checkpoint`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from hashlib import sha256
from struct import Struct
from typing import Final, NamedTuple

from reliefstock.errors import ChainBroken

__all__ = ["START", "Head", "Record", "chained", "follow", "record_hash", "verified_hashes", "verify"]

_HEADER: Final = Struct(">16sQ32sQ")
_MARK: Final = b"reliefstock/rec1"
_SIZE: Final = 32  # of a hash, in bytes
_MOST: Final = (1 << 64) - 1


class Head(NamedTuple):
    """How many records there are, and the hash of the last: it stands for all of them."""

    size: int
    hash: bytes


START: Final = Head(0, bytes(_SIZE))
"""The head where there is no record yet."""


class Record(NamedTuple):
    """A record as it is stored."""

    number: int
    previous: bytes
    payload: bytes

    @property
    def hash(self) -> bytes:
        """Its own hash, over all of its bytes. Raises `ChainBroken` where it cannot be a record."""
        return record_hash(self.number, self.previous, self.payload)

    @property
    def head(self) -> Head:
        """The head of the chain whose last record it is."""
        return Head(self.number, self.hash)


def record_hash(number: int, previous: bytes, payload: bytes) -> bytes:
    """The hash of a record: 32 bytes.

    Raises:
        ChainBroken: a part of it is not what a record has.

    >>> record_hash(1, START.hash, b"").hex()[:16]
    'd85226f176cad42f'
    """
    wrong = _unlike_a_record(number, previous, payload)
    if wrong:
        raise ChainBroken(number, "changed", wrong)
    return _hash(number, previous, payload)


def _hash(number: int, previous: bytes, payload: bytes) -> bytes:
    return sha256(_HEADER.pack(_MARK, number, previous, len(payload)) + payload).digest()


def _unlike_a_record(number: object, previous: object, payload: object) -> str:
    if type(number) is not int or not 1 <= number <= _MOST:
        return "it has no number above zero"
    if type(previous) is not bytes or len(previous) != _SIZE:
        return f"it does not name the record before it by {_SIZE} bytes"
    return "" if type(payload) is bytes else "its payload is not bytes"


def follow(head: Head, payload: bytes) -> Record:
    """The record with this payload that comes after a head.

    >>> first = follow(START, b"opened")
    >>> second = follow(first.head, b"received")
    >>> second.number, second.previous == first.hash
    (2, True)
    """
    return Record(head.size + 1, head.hash, payload)


def chained(payloads: Iterable[bytes], after: Head = START) -> Iterator[Record]:
    """Records with these payloads, one after the other, the first of them after a head."""
    for payload in payloads:
        record = follow(after, payload)
        yield record
        after = record.head


# Verifying


def verify(records: Iterable[Record], after: Head = START, known: Iterable[Head] = ()) -> Head:
    """Check that records follow one another as they were written; returns the head that they lead to.

    Args:
        records: in their order, all after the head `after`. Any rows of number, previous, payload will do.
        after: the head that they come after; it is believed.
        known: heads that somebody kept. Each of them after `after` must be met on the way.

    Raises:
        ChainBroken: the first record that is at fault, and what is wrong with it.

    >>> book = list(chained([b"opened", b"received", b"given out"]))
    >>> head = verify(book)
    >>> head.size, head == book[-1].head
    (3, True)
    >>> verify([book[0], book[2]])
    Traceback (most recent call last):
    reliefstock.errors.ChainBroken: record 2 is missing: record 3 comes after record 1; compare with another \
copy, and with the checkpoints that others keep
    >>> verify(book[:2], known=[head])
    Traceback (most recent call last):
    reliefstock.errors.ChainBroken: record 3 and all after it are missing: the records end with number 2, \
and there have been 3; compare with another copy, and with the checkpoints that others keep
    """
    last = deque(enumerate(verified_hashes(records, after, known), after.size + 1), maxlen=1)
    return Head(*last[0]) if last else after


def verified_hashes(
    records: Iterable[Record], after: Head = START, known: Iterable[Head] = ()
) -> Iterator[bytes]:
    """The hash of each record, once it is checked as `verify` checks it: for a Merkle tree, or an index.

    Raises:
        ChainBroken: as `verify`, when the record at fault is met.
    """
    watch = _Watch(after, known)
    number, last = after
    before = None
    rest = iter(records)
    for record in rest:
        number += 1
        stated, previous, payload = record
        if stated != number or previous != last or type(payload) is not bytes:
            raise _fault(Record(*record), Head(number - 1, last), before, rest, watch)
        before, last = last, _hash(number, last, payload)
        if number == watch.due:
            watch.meet(number, last)
        yield last
    watch.end(number)


class _Watch:
    """The heads that are known, the first that is due first."""

    def __init__(self, after: Head, known: Iterable[Head]) -> None:
        self._heads = sorted((head for head in known if head.size >= after.size), reverse=True)
        self._sound = after.size
        self.due = -1
        self.meet(after.size, after.hash)

    def meet(self, size: int, last: bytes) -> None:
        """So many records were met, and this is the hash of the last."""
        while self._heads and self._heads[-1].size == size:
            if self._heads.pop().hash != last:
                reason = f"they follow one another, but not to the head of {size} records that is known"
                raise ChainBroken(max(1, min(self._sound + 1, size)), "rewritten", reason)
            self._sound = size
        self.due = self._heads[-1].size if self._heads else -1

    def allows(self, head: Head) -> bool:
        """Whether no other head of that size is known."""
        return all(known.hash == head.hash for known in self._heads if known.size == head.size)

    def end(self, size: int) -> None:
        """There are no more records."""
        if self._heads:
            reason = f"the records end with number {size}, and there have been {self._heads[0].size}"
            raise ChainBroken(size + 1, "truncated", reason)


def _fault(
    record: Record, after: Head, before: bytes | None, rest: Iterator[Record], watch: _Watch
) -> ChainBroken:
    """What is wrong with the first record that does not follow `after`; `before` is what that one names."""
    due = after.size + 1
    if type(record.number) is not int or record.number != due:
        return _out_of_place(record, due, rest)
    wrong = _unlike_a_record(*record)
    if wrong:
        return ChainBroken(due, "changed", wrong)
    if record.previous == before:
        return ChainBroken(after.size, "inserted", f"record {due} comes after record {after.size - 1}")
    if before is not None and _is_followed(record, rest, watch):
        return ChainBroken(after.size, "changed", f"record {due} was written after another one")
    return ChainBroken(due, "changed", "it was written after something else than what is before it here")


def _out_of_place(record: Record, due: int, rest: Iterator[Record]) -> ChainBroken:
    if type(record.number) is not int:
        return ChainBroken(due, "changed", "it has no number above zero")
    if record.number < due:
        return ChainBroken(record.number, "inserted", f"it is there again after record {due - 1}")
    if any(later[0] == due for later in rest):
        return ChainBroken(due, "reordered", f"record {record.number} comes before it")
    return ChainBroken(due, "missing", f"record {record.number} comes after record {due - 1}")


def _is_followed(record: Record, rest: Iterator[Record], watch: _Watch) -> bool:
    """Whether what comes after a record agrees with it as it is, so that the one before it was changed."""
    following = next(rest, None)
    return watch.allows(record.head) if following is None else following[1] == record.hash
