"""A file is looked through while others write to it: what is seen of it is of one moment."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from reliefstock import Book, FixedClock, Item

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = FixedClock("2026-11-23")


def test_a_book_is_opened_again_and_again_while_another_keeper_writes(tmp_path: Path) -> None:
    path, begun, over = tmp_path / "county.db", Event(), Event()
    Book.create(path, "Ankang", currency="CNY", clock=CLOCK).shut()

    def write() -> None:
        with Book.open(path, clock=CLOCK, patience=60) as book:
            number = 0
            while not over.is_set():
                book.add(Item(f"item {number}", zh="物", en="Thing"))
                number += 1
                begun.set()
                over.wait(0.005)  # or nobody else would ever get at it

    writer = Thread(target=write)
    writer.start()
    sizes: list[int] = []
    try:
        assert begun.wait(60)
        for _ in range(8):
            with Book.open(path, clock=CLOCK, patience=60) as book:
                sizes.append(book.head.size)
                assert book._keeper.journal.check() == []  # pyright: ignore[reportAttributeAccessIssue]
    finally:
        over.set()
        writer.join()
    assert sizes == sorted(sizes)
    assert sizes[-1] > 1
