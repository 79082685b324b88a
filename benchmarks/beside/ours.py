"""The work done with reliefstock: `ours.py WAY FILE`, in a process of its own.

As columns (`columns`, `thousands`), or an entry a verb, as a program would call it (`memory`, `batches`,
`each`); then the chain is verified, and the stock is asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from beside.work import ITEMS, PLACES, answer, read

from reliefstock import (
    Book,
    Donor,
    FixedClock,
    Handout,
    Handouts,
    Household,
    Item,
    Money,
    Receipts,
    ReceivedLine,
    Valuation,
    Warehouse,
)

CLOCK = FixedClock("2024-12-31")
BATCH, AT_ONCE = 1_000, 10_000
Row = tuple[int, str, bool, str, str, int, int, int]
COUNTED_BY = ("clerk A", "clerk B")


def memory(path: str) -> Book:
    """One verb at a time, in memory."""
    book = Book("peers", currency="CNY", clock=CLOCK)
    prepare(book)
    for _ in each_done(book, path):
        pass
    return book


def batches(path: str, folder: str) -> Book:
    """In a SQLite file, a thousand verbs a commit."""
    book = in_a_file(folder)
    done, more = each_done(book, path), True
    while more:
        with book.batch():
            more = sum(1 for _ in islice(done, BATCH)) == BATCH
    return book


def columns(path: str, folder: str) -> Book:
    """In a SQLite file, as columns, all of it in one commit."""
    book = in_a_file(folder)
    with book.batch():
        taken_in(book, path, AT_ONCE)
    return book


def thousands(path: str, folder: str) -> Book:
    """In a SQLite file, as columns of a thousand entries, each in a commit."""
    book = in_a_file(folder)
    taken_in(book, path, BATCH)
    return book


def taken_in(book: Book, path: str, at_once: int) -> None:
    """Take in all entries, so many at once."""
    entries = read(path)
    while some := list(islice(entries, at_once)):
        gifts, given = [one for one in some if one[2]], [one for one in some if not one[2]]
        book.take_in(*(make(rows) for make, rows in ((received, gifts), (handed_out, given)) if rows))


def received(rows: Sequence[Row]) -> Receipts:
    """Gifts, as columns."""
    number, day, _, place, item, quantity, _, value = zip(*rows, strict=True)
    evidence = [f"invoice {one}" for one in number]
    return Receipts(
        line=number,
        on=day,
        donor="donors",
        into=place,
        item=item,
        quantity=quantity,
        value=value,
        evidence=evidence,
        counted_by=COUNTED_BY,
    )


def handed_out(rows: Sequence[Row]) -> Handouts:
    """What was given out, as columns."""
    number, day, _, place, item, quantity, *_ = zip(*rows, strict=True)
    signature = [f"sheet {one}" for one in number]
    return Handouts(
        line=number,
        on=day,
        origin=place,
        recipient="given",
        item=item,
        quantity=quantity,
        signature=signature,
    )


def each(path: str, folder: str) -> Book:
    """In a SQLite file, a commit for each verb."""
    book = in_a_file(folder)
    for _ in each_done(book, path):
        pass
    return book


def in_a_file(folder: str) -> Book:
    """A new book that is kept, durably, as it is unless told otherwise."""
    book = Book.create(Path(folder, "book.db"), "peers", currency="CNY", clock=CLOCK)
    with book.batch():
        prepare(book)
    return book


def prepare(book: Book) -> None:
    """Whom and what the entries name."""
    book.add(Donor("donors", zh="捐赠人", en="Donors"), Household("given", size=3))
    book.add(
        *(Item(item, zh=item, en=item) for item in ITEMS),
        *(Warehouse(place, zh=place, en=place) for place in PLACES),
    )


def each_done(book: Book, path: str):  # noqa: ANN201 -- a generator of nothing
    """Do one entry after the other."""
    quantity_of = {item: book.register.item(item).quantity for item in ITEMS}
    for number, day, gift, place, item, quantity, _, value in read(path):
        count = quantity_of[item](quantity)
        if gift:
            worth = Valuation.voucher(Money(value, "CNY"), f"invoice {number}")
            lines = [ReceivedLine(item, count, valuation=worth)]
            yield book.receive(donor="donors", into=place, on=day, counted_by=COUNTED_BY, lines=lines)
        else:
            yield book.distribute(
                origin=place, on=day, lines=[Handout("given", item, count, f"sheet {number}")]
            )


def left(book: Book):  # noqa: ANN201 -- as `answer` takes it
    """What is in each depot."""
    for place, item in product(PLACES, ITEMS):
        held = book.on_hand(item, place)
        yield place, item, held.quantity, held.value


WAYS: dict[str, Callable[..., Book]] = {
    way.__name__: way for way in (columns, thousands, memory, batches, each)
}

if __name__ == "__main__":
    way, work = sys.argv[1:]
    with ExitStack() as stack:
        arguments = () if way == "memory" else (stack.enter_context(TemporaryDirectory()),)
        book = stack.enter_context(WAYS[way](work, *arguments))
        assert book.verify() == book.head
        answer(left(book))
