"""A small book with its tree and checkpoints, for the tests of what others get of it."""

from __future__ import annotations

from datetime import date

from reliefstock.journal import Checkpoint, MerkleTree, Record, chained, encode, leaf_hash

__all__ = ["BOOK", "NAME", "RECORDS", "TREE", "checkpoint"]

NAME = "宁陕县红十字会"
RECORDS: list[Record] = list(
    chained(
        encode(
            (
                "Movement number lot units on note",
                at,
                f"GRN-{at:06d}-1",
                100 * at,
                date(2024, 1, at),
                "a" * 40,
            )
        )
        for at in range(1, 14)
    )
)
TREE = MerkleTree()
TREE.extend(leaf_hash(record.hash) for record in RECORDS)
BOOK = {record.number: record for record in RECORDS}


def checkpoint(size: int = 13, book: str = NAME, on: date = date(2024, 1, 31)) -> Checkpoint:
    """The checkpoint of the first `size` records."""
    return Checkpoint(book=book, on=on, size=size, root=TREE.root_at(size), head=RECORDS[size - 1].hash)
