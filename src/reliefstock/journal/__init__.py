"""What makes a book provable: bytes in one form, records in a chain, a tree of proofs, and texts for others.

Nothing here reads a file, a clock or a book: records come from a store and go to one, and a person who has a
receipt and a checkpoint needs no store at all.
"""

from __future__ import annotations

from reliefstock.journal.chain import (
    START,
    Head,
    Record,
    chained,
    follow,
    record_hash,
    verified_hashes,
    verify,
)
from reliefstock.journal.checkpoint import Checkpoint, Countersignature
from reliefstock.journal.continuation import Continuation, check_continuation
from reliefstock.journal.encoding import Plain, decode, encode
from reliefstock.journal.merkle import (
    EMPTY_ROOT,
    MerkleTree,
    check_consistency,
    check_inclusion,
    leaf_hash,
    node_hash,
)
from reliefstock.journal.notation import plain_from, text_of
from reliefstock.journal.port import Cell, Column, Journal, Row, Rows, Snapshot, Table
from reliefstock.journal.receipt import ProvenRecord, Receipt, check_receipt
from reliefstock.journal.typed import Types

__all__ = [
    "EMPTY_ROOT",
    "START",
    "Cell",
    "Checkpoint",
    "Column",
    "Continuation",
    "Countersignature",
    "Head",
    "Journal",
    "MerkleTree",
    "Plain",
    "ProvenRecord",
    "Receipt",
    "Record",
    "Row",
    "Rows",
    "Snapshot",
    "Table",
    "Types",
    "chained",
    "check_consistency",
    "check_continuation",
    "check_inclusion",
    "check_receipt",
    "decode",
    "encode",
    "follow",
    "leaf_hash",
    "node_hash",
    "plain_from",
    "record_hash",
    "text_of",
    "verified_hashes",
    "verify",
]
