"""What a book can prove: that nothing in it was changed, and to others, what is in it and that it goes on.

The records form a chain and are the leaves of a tree (`reliefstock.journal`). The tree is made when it is
asked for and grows with the book; of its leaves it keeps one hash in 256 and reads the others from the store
again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from reliefstock.book.copying import Progress
from reliefstock.book.keeper import Keeper, check_end
from reliefstock.book.state import State
from reliefstock.errors import ChainBroken, Unknown
from reliefstock.journal import (
    Checkpoint,
    Continuation,
    Head,
    MerkleTree,
    Receipt,
    leaf_hash,
    verified_hashes,
)
from reliefstock.ledger import Lot
from reliefstock.values import near

__all__ = ["Proofs"]

_KEPT_FROM: Final = 8
_AT_ONCE: Final = 4096
_TOLD_EVERY: Final = 10_000  # records


class Proofs:
    """What the book of a keeper can prove."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._tree = self._new_tree()

    def verify(self, known: Iterable[Checkpoint] = (), *, progress: Progress | None = None) -> Head:
        """See `Book.verify`."""
        journal, heads = self._keeper.journal, [one.chain_head for one in known]
        with self._keeper.lock:
            head, tree = journal.head(), MerkleTree()
            last = head.hash
            for last in verified_hashes(journal.read(checked=False), known=heads):
                tree.append(leaf_hash(last))
                if progress and (not tree.size % _TOLD_EVERY or tree.size == head.size):
                    progress(tree.size, head.size)
            check_end(Head(tree.size, last), head)
        for one in known:
            if tree.root_at(one.size) != one.root:
                reason = f"they lead to another root than the checkpoint of {one.on.isoformat()} has"
                raise ChainBroken(one.size, "rewritten", reason)
        return head

    def checkpoint(self, on: date) -> Checkpoint:
        """See `Book.checkpoint`."""
        with self._keeper.lock:
            tree, head = self._grown(), self._keeper.head
            return Checkpoint(
                book=self._keeper.state.name, on=on, size=tree.size, root=tree.root, head=head.hash
            )

    def receipt(self, donation: str, checkpoint: Checkpoint) -> Receipt:
        """See `Book.receipt`."""
        with self._keeper.lock:
            numbers = [number for number in self._records(donation) if number <= checkpoint.size]
            records = [self._keeper.record(number) for number in numbers]
            return Receipt.drawn(checkpoint, f"donation {donation}", records, self._grown())

    def continuation(self, older: Checkpoint, newer: Checkpoint) -> Continuation:
        """See `Book.continuation`."""
        with self._keeper.lock:
            return Continuation.drawn(older, newer, self._grown())

    def _records(self, donation: str) -> list[int]:
        """The records that tell of a donation: of its pledge, and of each entry that moved any of it."""
        state = self._keeper.state
        ledger, papers = state.ledger, state.papers
        own = papers.record_of(donation)
        lots = list(_lots_of(state, donation))
        if own is None and not lots:
            raise Unknown(what="donation", given=donation, near=near(donation, ledger.donations))
        found = {papers.record_of(entry.document) for lot in lots for entry in ledger.entries_of(lot.id)}
        return sorted(number for number in {own, *found} if number is not None)

    def _new_tree(self) -> MerkleTree:
        journal = self._keeper.journal
        return MerkleTree(
            lambda first, count: b"".join(map(leaf_hash, journal.hashes(first, count))), kept_from=_KEPT_FROM
        )

    def _grown(self) -> MerkleTree:
        """The tree over all records that are known here."""
        self._keeper.catch_up()
        size = self._keeper.head.size
        if self._tree.size > size:
            self._tree = self._new_tree()
        while self._tree.size < size:
            count = min(_AT_ONCE, size - self._tree.size)
            hashes = self._keeper.journal.hashes(self._tree.size, count)
            is_last = self._tree.size + count == size
            if len(hashes) < count or (is_last and hashes[-1] != self._keeper.head.hash):
                reason = "the hashes that are stored do not lead to the last record"
                raise ChainBroken(self._tree.size + len(hashes), "changed", reason)
            self._tree.extend(map(leaf_hash, hashes))
        return self._tree


def _lots_of(state: State, donation: str) -> Iterator[Lot]:
    """The lots of a donation, and all that were made of them."""
    seen: set[str] = set()
    for root in state.ledger.given(donation):
        for lot in (root, *(found for found, _ in state.ledger.containing(root.id))):
            if lot.id not in seen:
                seen.add(lot.id)
                yield lot
