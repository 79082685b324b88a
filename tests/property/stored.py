"""The machine on a book in a file: between any two acts it may be shut and opened again.

It is opened by its records, by a snapshot of now, or by one of some acts ago; and another keeper of the same
file may do what is asked in its place.
"""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from hypothesis import strategies as st
from hypothesis.stateful import rule

from property.depot import DepotMachine
from property.model import fingerprint
from reliefstock import Book, FixedClock

__all__ = ["StoredMachine"]

MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder is made in it, and what is there need not outlive the test


class StoredMachine(DepotMachine):
    """One book in one file."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="reliefstock-", dir=MEMORY if MEMORY.is_dir() else None))
        self.path = self.folder / "county.db"
        self.book = Book.create(
            self.path, "county", currency="CNY", clock=FixedClock("2026-11-23"), policy=self.book.policy
        )

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            self.book.shut()
            rmtree(self.folder)

    @rule(kept=st.booleans(), snapshot=st.booleans())
    def shut_and_open(self, kept: bool, snapshot: bool) -> None:
        before = fingerprint(self.book)
        if kept:
            self.book.keep_snapshot()
        self.book.shut()
        self.book = Book.open(self.path, "county", clock=FixedClock("2026-11-23"), snapshot=snapshot)
        assert fingerprint(self.book) == before
        assert self.book.verify() == self.book.head

    @rule()
    def hand_over(self) -> None:
        """Two keepers of one book know the same; the other one goes on."""
        other = Book.open(self.path, clock=FixedClock("2026-11-23"))
        assert fingerprint(other) == fingerprint(self.book)
        self.book.shut()
        self.book = other
