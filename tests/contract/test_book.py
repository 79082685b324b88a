"""One book, wherever it is kept: the same acts give the same papers and the same figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from property.model import fingerprint
from reliefstock import (
    AllocationLine,
    Book,
    Donor,
    FixedClock,
    Handout,
    Household,
    Item,
    Money,
    ReceivedLine,
    Valuation,
    Warehouse,
)
from reliefstock.audit import audit
from reliefstock.errors import AlreadyABook, CommandConflict, NotABook, NotEnough, StoreReadOnly
from reliefstock.journal import check_receipt

CLOCK = FixedClock("2024-01-31")
QUILT = Item("quilt", zh="棉被", en="Quilt")
WORTH = Valuation.voucher(Money.of("40000", "CNY"), "invoice 17")

Address = str | Path


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """Where a book can be kept, and nothing is."""
    if request.param == "sqlite":
        return tmp_path / "county.db"
    return str(request.getfixturevalue("database"))


@pytest.fixture
def book(address: Address) -> Iterator[Book]:
    with Book.create(address, "Ningshan", currency="CNY", clock=CLOCK) as made:
        yield made


def again(address: Address, *, snapshot: bool = True) -> Book:
    return Book.open(address, "Ningshan", clock=CLOCK, snapshot=snapshot)


def furnish(book: Book) -> None:
    book.add(QUILT, Donor("province", zh="省红十字会"), Warehouse("depot", zh="备灾中心"))
    book.add(*(Household(f"H-{number}", size=3) for number in range(5)))


def receive(book: Book, count: int = 500, command: str | None = None) -> str:
    lines = [ReceivedLine("quilt", QUILT.quantity(count), valuation=WORTH)]
    note = book.receive(
        donor="province",
        into="depot",
        on="2024-01-10",
        counted_by=("storekeeper", "clerk"),
        lines=lines,
        command=command,
        by="clerk",
    )
    return note.number


def give(
    book: Book, household: str, count: int = 2, on: str = "2024-01-12", command: str | None = None
) -> str:
    lines = [Handout(household, "quilt", QUILT.quantity(count), f"signature of {household}")]
    return book.distribute(origin="depot", lines=lines, on=on, command=command, by="clerk").number


def a_months_work(book: Book) -> None:
    """Receipts, gifts, a promise kept in part, a slip taken back: every command with its id."""
    furnish(book)
    receive(book, command="c1")
    give(book, "H-1", command="c2")
    held = book.allocate(
        warehouse="depot",
        lines=[AllocationLine("H-2", "quilt", QUILT.quantity(7))],
        on="2024-01-12",
        until="2024-01-30",
        source_document="plan 1",
        approved_by="director",
        command="c3",
    )
    lines = [Handout("H-2", "quilt", QUILT.quantity(3), "sheet 1", hold=f"{held.number}-1")]
    book.distribute(origin="depot", lines=lines, on="2024-01-14", command="c4")
    slip = give(book, "H-3", 4, command="c5")
    book.reverse(slip, on="2024-01-15", reason="wrong household", approved_by="director", command="c6")
    give(book, "H-3", 5, on="2024-01-11", command="c7")


def but_for_ids(book: Book) -> tuple[str, ...]:
    """All that can be learned of a book; what was asked is hashed over ids of people, which are random."""
    entries, lots, documents, stock, timelines, _, *rest = fingerprint(book)
    return entries, lots, documents, stock, timelines, *rest


def test_it_is_the_same_book_as_in_memory(book: Book) -> None:
    in_memory = Book("Ningshan", currency="CNY", clock=CLOCK)
    for one in (book, in_memory):
        a_months_work(one)
    assert but_for_ids(book) == but_for_ids(in_memory)
    assert audit(book.records(), book).findings == ()


@pytest.mark.parametrize("snapshot", [True, False])
@pytest.mark.parametrize("kept", [True, False])
def test_it_is_the_same_book_when_it_is_opened_again(
    book: Book, address: Address, kept: bool, snapshot: bool
) -> None:
    a_months_work(book)
    if kept:
        book.keep_snapshot()
    give(book, "H-4", command="after")
    before, head = fingerprint(book), book.head
    book.shut()
    with again(address, snapshot=snapshot) as opened:
        assert fingerprint(opened) == before
        assert opened.head == head == opened.verify()
        assert opened.documents["GRN-000001"].entries == (1,)


def test_a_command_is_known_again_after_a_restart(book: Book, address: Address) -> None:
    furnish(book)
    first = receive(book, command="click")
    book.shut()
    with again(address) as opened:
        assert receive(opened, command="click") == first
        assert opened.on_hand("quilt").quantity == 500
        with pytest.raises(CommandConflict):
            receive(opened, 499, command="click")


def test_a_batch_is_all_or_nothing(book: Book, address: Address) -> None:
    furnish(book)
    receive(book)
    before = fingerprint(book)

    def too_much() -> None:
        with book.batch():
            give(book, "H-1")
            give(book, "H-2", 499)

    with pytest.raises(NotEnough):
        too_much()
    assert fingerprint(book) == before
    with book.batch():
        give(book, "H-1")
        give(book, "H-2")
    assert book.on_hand("quilt").quantity == 496
    with again(address) as other:
        assert fingerprint(other) == fingerprint(book)


def test_a_person_who_was_new_in_a_batch_that_failed_can_be_named_again(book: Book) -> None:
    furnish(book)

    def failing() -> None:
        with book.batch():
            receive(book)
            give(book, "H-1", 501)

    with pytest.raises(NotEnough):
        failing()
    receive(book)
    assert book.document("GRN-000001").counted_by == ("storekeeper", "clerk")  # pyright: ignore[reportAttributeAccessIssue]
    assert audit(book.records(), book).findings == ()


def test_two_offices_take_turns(book: Book, address: Address) -> None:
    furnish(book)
    receive(book, 10)
    with again(address) as other:
        give(other, "H-1", 6)
        with pytest.raises(NotEnough):
            give(book, "H-2", 5)
        give(book, "H-2", 4)
        other.catch_up()
        assert (book.on_hand("quilt").quantity, other.on_hand("quilt").quantity) == (0, 0)
        assert fingerprint(book) == fingerprint(other)


def test_offices_at_once_give_out_what_there_is_and_no_more(book: Book, address: Address) -> None:
    furnish(book)
    receive(book, 30)

    def office(number: int) -> int:
        given = 0
        with Book.open(address, "Ningshan", clock=CLOCK, patience=60) as mine:
            for turn in range(10):
                try:
                    give(mine, f"H-{number}", 1, command=f"{number}-{turn}")
                    given += 1
                except NotEnough:
                    continue
        return given

    with ThreadPoolExecutor(4) as pool:
        given = sum(pool.map(office, range(4)))
    book.catch_up()
    assert (given, book.on_hand("quilt").quantity) == (30, 0)
    assert [entry.number for entry in book.entries] == list(range(1, 32))
    assert book.verify() == book.head
    assert audit(book.records(), book).findings == ()


def test_an_erased_person_is_gone_and_every_proof_stands(book: Book, address: Address) -> None:
    furnish(book)
    receive(book)
    checkpoint, receipt = book.checkpoint(), book.receipt("GRN-000001").text()
    [storekeeper] = book.people.alike("storekeeper")
    book.erase(storekeeper.id)
    note = book.document("GRN-000001")
    assert note.counted_by == (storekeeper.id, "clerk")  # pyright: ignore[reportAttributeAccessIssue]
    assert book.verify([checkpoint]) == book.head
    assert check_receipt(receipt, checkpoint).about == "donation GRN-000001"
    with again(address) as opened:
        assert opened.document("GRN-000001") == note
        assert audit(opened.records(), opened).findings == ()


def test_a_later_book_goes_on_from_an_earlier_checkpoint(book: Book) -> None:
    furnish(book)
    earlier = book.checkpoint()
    receive(book)
    later = book.checkpoint()
    book.continuation(earlier, later).check()
    assert book.verify([earlier, later]).size == later.size == earlier.size + 1


def test_there_is_one_book_of_a_name(book: Book, address: Address) -> None:
    with pytest.raises(AlreadyABook):
        Book.create(address, "Ningshan", currency="CNY")
    with pytest.raises(NotABook):
        Book.open(address, "Ankang")
    assert book.verify().size == 1


def test_a_book_that_is_opened_to_be_read_is_read(book: Book, address: Address) -> None:
    a_months_work(book)
    with Book.open(address, "Ningshan", clock=CLOCK, read_only=True) as reader:
        assert fingerprint(reader) == fingerprint(book)
        with pytest.raises(StoreReadOnly):
            give(reader, "H-1")


Places = Callable[[str], Address]


@pytest.fixture
def places(tmp_path: Path, request: pytest.FixtureRequest) -> Places:
    def place(kind: str) -> Address:
        return tmp_path / "copy.db" if kind == "sqlite" else str(request.getfixturevalue("database"))

    return place


@pytest.mark.parametrize(("first", "then"), [("sqlite", "postgres"), ("postgres", "sqlite")])
def test_a_copy_in_another_place_is_the_same_book(places: Places, first: str, then: str) -> None:
    with Book.create(places(first), "Ningshan", currency="CNY", clock=CLOCK) as book:
        a_months_work(book)
        checkpoint = book.checkpoint()
        target = places(then)
        done: list[tuple[int, int]] = []
        assert book.copy_to(target, progress=lambda *so_far: done.append(so_far)) == book.head
        assert done[-1] == (book.head.size, book.head.size)
        with again(target) as copy:
            assert fingerprint(copy) == fingerprint(book)
            assert copy.verify([checkpoint]) == book.head
            give(copy, "H-1")
            assert audit(copy.records(), copy).findings == ()
