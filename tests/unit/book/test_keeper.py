"""A keeper: what is proposed is kept before it is known, and what others keep is taken in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from reliefstock import Book, Donor, DonorKind, FixedClock, Item, Money, PledgedLine, Policy
from reliefstock.book.keeper import Keeper
from reliefstock.book.state import State
from reliefstock.errors import (
    AlreadyABook,
    AlreadyKnown,
    ChainBroken,
    CommandConflict,
    ContentBroken,
    Incomplete,
    JournalMoved,
    NewerFormat,
    NotABook,
    SnapshotBroken,
    StoreDamaged,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)
from reliefstock.journal import START, Head, Record, Rows, Snapshot, encode, follow
from reliefstock.people import MemoryPeople
from reliefstock.records import FORMAT, Known, Opened, types
from reliefstock.stores.memory import MemoryJournal
from reliefstock.stores.person_ids import new_person_id

CLOCK = FixedClock("2026-11-23")
QUILT = Item("quilt", zh="棉被", en="Quilt")
TENT = Item("tent", zh="帐篷", en="Tent")
PROVINCE = Donor("province", zh="省红十字会")


def opened(form: int = FORMAT) -> Opened:
    return Opened(book="Ankang", currency="CNY", policy=Policy(), format=form)


class Unlucky(MemoryJournal):
    """A journal to which something happens: before it keeps records, or after."""

    def __init__(self) -> None:
        super().__init__("Ankang")
        self.before: list[Exception | Sequence[Record]] = []
        self.after: list[Exception] = []
        self.held_times = 0

    def append(self, records: Sequence[Record], rows: Rows) -> Head:
        while self.before:
            event = self.before.pop(0)
            if isinstance(event, Exception):
                raise event
            super().append(event, {})
        head = super().append(records, rows)
        if self.after:
            raise self.after.pop(0)
        return head

    @contextmanager
    def held(self) -> Generator[Head]:
        self.held_times += 1
        with super().held() as head:
            yield head


def keeper_of(journal: MemoryJournal) -> Keeper:
    keeper = Keeper(journal, MemoryPeople(make=new_person_id))
    keeper.begin(opened())
    return keeper


Act = Callable[[State], tuple[Known | None, int]]


def adding(*nouns: Item | Donor) -> Act:
    def act(state: State) -> tuple[Known | None, int]:
        new = state.register.new(*nouns)
        return Known(nouns=new) if new else None, len(new)

    return act


def known_items(keeper: Keeper) -> list[str]:
    return [item.id for item in keeper.state.register.all(Item) if item.currency is None]


def by_another(journal: MemoryJournal, *nouns: Item) -> list[Record]:
    """The record that another writer of the same book would keep now."""
    return [follow(journal.head(), types().written(Known(nouns=nouns)))]


def promised(yuan: str) -> list[PledgedLine]:
    return [PledgedLine("CNY", Money.of(yuan, "CNY"), Money.of(yuan, "CNY"))]


# Others write in between


def test_what_another_has_written_meanwhile_is_taken_in_and_the_act_done_again() -> None:
    journal = Unlucky()
    keeper = keeper_of(journal)
    journal.before = [by_another(journal, TENT)]
    assert keeper.do(adding(QUILT)) == 1
    assert known_items(keeper) == ["tent", "quilt"]
    assert keeper.head == journal.head() == Head(3, keeper.head.hash)


def test_an_act_that_another_has_done_meanwhile_is_not_done_twice() -> None:
    journal = Unlucky()
    keeper = keeper_of(journal)
    journal.before = [by_another(journal, QUILT)]
    assert keeper.do(adding(QUILT)) == 0
    assert journal.head().size == 2


def test_after_some_conflicts_the_journal_is_held_so_that_the_act_ends() -> None:
    journal = Unlucky()
    keeper = keeper_of(journal)
    moved = JournalMoved("memory", 1, 2)
    journal.before = [moved]

    def unlucky_again(_: State) -> tuple[Known, None]:
        if not journal.held_times:
            journal.before = [moved]
        return Known(nouns=(QUILT,)), None

    keeper.do(unlucky_again)
    assert (journal.held_times, known_items(keeper)) == (1, ["quilt"])


def test_a_refusal_stands_on_what_is_known_to_all() -> None:
    journal = Unlucky()
    keeper = keeper_of(journal)
    journal.append(by_another(journal, QUILT), {})
    with pytest.raises(AlreadyKnown):
        keeper.do(adding(Item("quilt", zh="被子", en="Quilt")))
    assert known_items(keeper) == ["quilt"]


# Something fails


def test_what_could_not_be_kept_is_not_known() -> None:
    journal = Unlucky()
    keeper = keeper_of(journal)
    journal.before = [StoreFull("memory")]
    with pytest.raises(StoreFull):
        keeper.do(adding(QUILT))
    assert (known_items(keeper), journal.head().size) == ([], 1)
    assert keeper.do(adding(QUILT)) == 1


def test_what_was_kept_although_the_connection_was_lost_is_done() -> None:
    journal = Unlucky()
    keeper = keeper_of(journal)
    journal.after = [StoreUnreachable("memory", "the server closed the connection")]
    assert keeper.do(adding(QUILT)) == 1
    assert (known_items(keeper), keeper.head) == (["quilt"], journal.head())


def test_what_was_not_kept_when_the_connection_was_lost_is_told() -> None:
    journal = Unlucky()
    keeper = keeper_of(journal)
    journal.before = [StoreUnreachable("memory", "the server closed the connection")]
    with pytest.raises(StoreUnreachable):
        keeper.do(adding(QUILT))
    assert journal.head().size == 1


def test_where_another_has_written_in_its_place_it_was_not_kept() -> None:
    journal = Unlucky()
    keeper = keeper_of(journal)
    journal.before = [by_another(journal, TENT), StoreUnreachable("memory", "gone")]
    with pytest.raises(StoreUnreachable):
        keeper.do(adding(QUILT))
    assert known_items(keeper) == ["tent"]


def test_what_cannot_land_is_made_anew_from_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = keeper_of(Unlucky())
    with monkeypatch.context() as patched:
        patched.setattr(keeper.state, "land", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            keeper.do(adding(QUILT))
    assert known_items(keeper) == ["quilt"]


# Several acts at once


def test_a_batch_is_kept_whole() -> None:
    keeper = keeper_of(Unlucky())
    with keeper.batch():
        keeper.do(adding(QUILT))
        keeper.do(adding(TENT))
    assert (known_items(keeper), keeper.journal.head().size) == (["quilt", "tent"], 3)


def test_a_batch_that_fails_leaves_nothing_neither_here_nor_there() -> None:
    keeper = keeper_of(Unlucky())
    keeper.do(adding(PROVINCE))
    with pytest.raises(AlreadyKnown), keeper.batch():
        keeper.do(adding(QUILT))
        keeper.do(adding(Item("quilt", zh="被子", en="Quilt")))
    assert (known_items(keeper), keeper.head, keeper.journal.head().size) == ([], keeper.journal.head(), 2)


def test_an_act_that_is_refused_inside_a_batch_does_not_end_it_where_the_caller_goes_on() -> None:
    keeper = keeper_of(Unlucky())
    with keeper.batch():
        keeper.do(adding(QUILT))
        with pytest.raises(AlreadyKnown):
            keeper.do(adding(Item("quilt", zh="被子", en="Quilt")))
        keeper.do(adding(TENT))
    assert known_items(keeper) == ["quilt", "tent"]


def test_a_batch_inside_another_is_a_part_of_it() -> None:
    keeper = keeper_of(Unlucky())
    with pytest.raises(ZeroDivisionError), keeper.batch():
        with keeper.batch():
            keeper.do(adding(QUILT))
        assert known_items(keeper) == ["quilt"]
        raise ZeroDivisionError
    assert known_items(keeper) == []


def test_a_book_says_the_same_of_a_failed_batch() -> None:
    book = Book("Ankang", currency="CNY", clock=CLOCK)
    book.add(PROVINCE)
    with pytest.raises(CommandConflict), book.batch():
        book.pledge(donor="province", lines=promised("5"), on="2026-11-20", command="a")
        book.pledge(donor="province", lines=promised("6"), on="2026-11-20", command="a")
    assert len(book.documents) == 0
    again = book.pledge(donor="province", lines=promised("6"), on="2026-11-20", command="a")
    assert again.number == "PL-000001"


# Opening


def test_a_journal_without_a_record_is_no_book() -> None:
    with pytest.raises(NotABook):
        _ = Keeper(MemoryJournal("Ankang"), MemoryPeople(make=new_person_id)).state


def test_a_book_is_begun_once() -> None:
    keeper = keeper_of(Unlucky())
    with pytest.raises(AlreadyABook):
        keeper.begin(opened())


@pytest.mark.parametrize(
    ("payloads", "error"),
    [
        ([types().written(Known(nouns=(QUILT,)))], ContentBroken),
        ([types().written(opened(FORMAT + 1))], NewerFormat),
        ([types().written(opened()), types().written(opened())], ContentBroken),
        ([types().written(opened()), types().written(QUILT)], ContentBroken),
        ([types().written(opened()), encode(("Nothing",))], ContentBroken),
    ],
    ids=["no opening", "a newer format", "opened twice", "no record", "an unknown class"],
)
def test_what_is_no_book_is_told(payloads: list[bytes], error: type[Exception]) -> None:
    journal = MemoryJournal("Ankang")
    for payload in payloads:
        journal.append([follow(journal.head(), payload)], {})
    with pytest.raises(error):
        Keeper(journal, MemoryPeople(make=new_person_id)).catch_up()


def test_a_journal_that_has_lost_its_end_is_told() -> None:
    journal = Unlucky()
    keeper = keeper_of(journal)
    keeper.do(adding(QUILT))
    del journal._records[1:], journal._hashes[1:]  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(ChainBroken) as broken:
        keeper.do(adding(TENT))
    assert broken.value.fault == "truncated"


# In a file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "county.db"


def test_two_books_on_one_file_see_each_other(path: Path) -> None:
    with (
        Book.create(path, "Ankang", currency="CNY", clock=CLOCK) as one,
        Book.open(path, clock=CLOCK) as other,
    ):
        one.add(QUILT)
        other.add(PROVINCE)
        one.catch_up()
        assert one.register.donor("province") == PROVINCE
        assert other.register.item("quilt") == QUILT
        assert one.head == other.head == one.verify()


def test_the_name_of_another_book_is_refused(path: Path) -> None:
    Book.create(path, "Ankang", currency="CNY", clock=CLOCK).shut()
    with pytest.raises(NotABook, match="Ningshan"):
        Book.open(path, "Ningshan")


def test_a_new_book_is_not_put_in_the_place_of_another(path: Path) -> None:
    Book.create(path, "Ankang", currency="CNY", clock=CLOCK).shut()
    with pytest.raises(AlreadyABook):
        Book.create(path, "Ankang", currency="CNY")


def test_a_book_that_is_opened_to_be_read_is_not_written(path: Path) -> None:
    Book.create(path, "Ankang", currency="CNY", clock=CLOCK).shut()
    with Book.open(path, read_only=True) as book:
        with pytest.raises(StoreReadOnly):
            book.add(QUILT)
        assert book.verify().size == 1


def test_the_policy_is_kept_with_the_book(path: Path) -> None:
    with Book.create(path, "Ankang", currency="CNY", policy=Policy(shelf_months=1), clock=CLOCK) as book:
        book.policy = Policy(shelf_months=3)
        book.policy = Policy(shelf_months=3)
        assert book.head.size == 2
    with Book.open(path) as again:
        assert again.policy == Policy(shelf_months=3)


def snapshots(path: Path) -> Snapshot:
    with Book.open(path) as book:
        book.keep_snapshot()
        found = book._keeper.journal.snapshot()
    assert found is not None
    return found


@pytest.mark.parametrize(
    "harm", ["another book", "a flipped bit", "a later head", "no head", "other content"]
)
def test_a_snapshot_that_is_not_of_this_book_is_told_and_can_be_left_aside(path: Path, harm: str) -> None:
    with Book.create(path, "Ankang", currency="CNY", clock=CLOCK) as book:
        book.add(QUILT)
    good = snapshots(path)
    flipped = good.content[:-1] + bytes([good.content[-1] ^ 1])
    other = Book("Ningshan", currency="CNY", clock=CLOCK)
    bad = {
        "another book": Snapshot(Head(1, other.head.hash), good.content),
        "a flipped bit": Snapshot(good.head, flipped),
        "a later head": Snapshot(Head(3, good.head.hash), good.content),
        "no head": Snapshot(START, good.content),
        "other content": Snapshot(good.head, b"x" * 40),
    }[harm]
    with Book.open(path) as book:
        book._keeper.journal.keep_snapshot(bad)
    with pytest.raises(SnapshotBroken) as broken:
        Book.open(path)
    assert "without it" in str(broken.value)
    with Book.open(path, snapshot=False) as book:
        assert book.register.item("quilt") == QUILT
        book.keep_snapshot()
    with Book.open(path) as book:
        assert book.register.item("quilt") == QUILT


def test_a_snapshot_is_kept_when_enough_has_happened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reliefstock.book.keeper._MANY", 2)
    with Book.create(path, "Ankang", currency="CNY", clock=CLOCK) as book:
        book.add(QUILT)
    with Book.open(path) as book:
        found = book._keeper.journal.snapshot()
        assert found is not None
        assert found.head == book.head


def test_threads_share_a_book(path: Path) -> None:
    with Book.create(path, "Ankang", currency="CNY", clock=CLOCK) as book:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda number: book.add(Item(f"item {number}", zh="物", en="Thing")), range(40)))
        told: list[tuple[int, int]] = []
        assert book.verify(progress=lambda *done: told.append(done)) == Head(41, book.head.hash)
        assert told == [(41, 41)]
        assert len(book.register.all(Item)) == 42


def test_threads_with_a_book_each_share_a_file(path: Path) -> None:
    Book.create(path, "Ankang", currency="CNY", clock=CLOCK).shut()

    def work(worker: int) -> None:
        with Book.open(path, clock=CLOCK, patience=60) as book:
            for number in range(10):
                book.add(Item(f"item {worker} {number}", zh="物", en="Thing"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    with Book.open(path) as book:
        assert book.verify().size == 41
        assert len(book.register.all(Item)) == 42


# People in a file of their own


def test_people_can_be_kept_in_a_file_of_their_own(path: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.db"
    with Book.create(path, "Ankang", currency="CNY", clock=CLOCK, people=people) as book:
        book.add(PROVINCE)
        book.pledge(donor="province", lines=promised("5"), on="2026-11-20", by="clerk A")
        asked = book.pledge(donor="province", lines=promised("5"), on="2026-11-20", by="clerk A", command="a")
    assert b"clerk A" not in path.read_bytes()
    with Book.open(path, people=people, clock=CLOCK) as book:
        again = book.pledge(donor="province", lines=promised("5"), on="2026-11-20", by="clerk A", command="a")
        assert again == asked
        assert [person.name for person in book.people] == ["clerk A"]


def test_without_that_file_a_book_is_read_and_not_written(path: Path, tmp_path: Path) -> None:
    with Book.create(path, "Ankang", currency="CNY", clock=CLOCK, people=tmp_path / "people.db") as book:
        book.add(PROVINCE)
    with pytest.raises(Incomplete, match="people="):
        Book.open(path)
    with Book.open(path, read_only=True) as book:
        assert list(book.people) == []
        assert book.verify().size == 2


def test_a_copy_can_keep_its_people_elsewhere(path: Path, tmp_path: Path) -> None:
    target, people = tmp_path / "copy.db", tmp_path / "people.db"
    with Book.create(path, "Ankang", currency="CNY", clock=CLOCK) as book:
        book.add(Donor("giver", zh="甲", kind=DonorKind.PERSON))
        book.erase(book.people.id_of("clerk B"))
        head = book.copy_to(target, people=people)
    assert "甲".encode() not in target.read_bytes()
    with Book.open(target, people=people) as copy:
        assert (copy.head, copy.register.donor("giver").zh) == (head, "甲")
        assert sum(person.erased for person in copy.people) == 1


def changed(path: Path) -> None:
    """Somebody changes the second record behind the back of the book."""
    with sqlite3.connect(path) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute("UPDATE records SET payload = CAST(payload || x'00' AS BLOB) WHERE number = 2")
    file.close()


def test_the_last_record_that_was_changed_is_told(path: Path) -> None:
    with Book.create(path, "Ankang", currency="CNY", clock=CLOCK) as book:
        book.add(QUILT)
    changed(path)
    with pytest.raises(StoreDamaged, match="record 2"):
        Book.open(path)


def test_the_last_record_that_was_changed_is_told_of_a_large_file_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reliefstock.book.address.LOOKED_THROUGH", 0)
    with Book.create(path, "Ankang", currency="CNY", clock=CLOCK) as book:
        book.add(QUILT)
    changed(path)
    with pytest.raises(ChainBroken) as broken:
        Book.open(path)
    assert (broken.value.number, broken.value.fault) == (2, "changed")


def test_after_a_batch_that_failed_the_head_is_the_one_before() -> None:
    book = Book("Ankang", currency="CNY", clock=CLOCK)
    before = book.head

    def failing() -> None:
        with book.batch():
            book.add(QUILT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert book.head == before
