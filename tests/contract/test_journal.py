"""What holds of a journal wherever it is kept."""

from __future__ import annotations

import secrets
from contextlib import ExitStack
from itertools import count
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from contract.rows import of, papers, row
from reliefstock.errors import (
    AlreadyABook,
    ChainBroken,
    Incomplete,
    JournalMoved,
    StoreBusy,
    StoreError,
    StoreReadOnly,
    StoreUnreachable,
)
from reliefstock.index import TABLES
from reliefstock.journal import START, Head, Record, Snapshot, chained, follow, verify
from reliefstock.stores.memory import MemoryJournal
from reliefstock.stores.sqlite import SqliteJournal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reliefstock.journal import Journal, Row, Rows

BOOK = list(chained([b"opened", b"", b"received", b"given out", b"given out", "盘点".encode()]))
MANY = 2_500
WAREHOUSE, HOUSEHOLD = "warehouse/depot", "household/h-1"


class Kept:
    """A place for one book, in which it can be made, and opened once more."""

    def __init__(self, folder: Path, address: str | None) -> None:
        self.folder, self.address = folder, address
        self.name = f"book {secrets.token_hex(6)}"
        self.opened = ExitStack()

    def create(self) -> Journal:
        return self._closing(self._create())

    def again(self, *, read_only: bool = False) -> Journal:
        return self._closing(self._open(read_only=read_only))

    def _create(self) -> Journal:
        if self.address is None:
            return SqliteJournal.create(self.folder / "county.db", self.name, tables=TABLES, patience=5)
        from reliefstock.stores.sql import SqlJournal

        return SqlJournal.create(self.address, self.name, tables=TABLES, patience=5)

    def _open(self, *, read_only: bool) -> Journal:
        if self.address is None:
            return SqliteJournal.open(
                self.folder / "county.db", tables=TABLES, patience=0.2, read_only=read_only
            )
        from reliefstock.stores.sql import SqlJournal

        return SqlJournal.open(self.address, self.name, tables=TABLES, patience=0.2, read_only=read_only)

    def _closing(self, journal: Journal) -> Journal:
        self.opened.callback(journal.close)
        return journal


@pytest.fixture(params=["sqlite", "postgres"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    address = request.getfixturevalue("shared_database") if request.param == "postgres" else None
    place = Kept(tmp_path, address)
    with place.opened:
        yield place


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    if request.param == "memory":
        yield MemoryJournal("Ankang")
        return
    address = request.getfixturevalue("shared_database") if request.param == "postgres" else None
    place = Kept(tmp_path, address)
    with place.opened:
        yield place.create()


def break_off(
    journal: Journal, records: list[Record], rows: Rows, then: Callable[[], object] = lambda: None
) -> None:
    """Append records while it is held, one by one, and raise."""
    with journal.held() as head:
        assert head.size == records[0].number - 1
        for record in records:
            journal.append([record], rows if record is records[0] else {})
        then()
        raise ZeroDivisionError


# Records


def test_a_new_journal_has_no_record(journal: Journal) -> None:
    assert journal.head() == START
    assert list(journal.read()) == []
    assert journal.hashes(0, 10) == []
    assert journal.snapshot() is None


def test_what_was_appended_is_read_as_it_was(journal: Journal) -> None:
    assert journal.append(BOOK[:2], {}) == BOOK[1].head
    assert journal.append(BOOK[2:], {}) == BOOK[-1].head
    assert journal.head() == BOOK[-1].head
    assert list(journal.read()) == BOOK
    assert all(type(record) is Record for record in journal.read())
    assert verify(journal.read()) == journal.head()


@pytest.mark.parametrize(
    ("after", "until", "numbers"),
    [
        (0, None, [1, 2, 3, 4, 5, 6]),
        (4, None, [5, 6]),
        (0, 2, [1, 2]),
        (2, 3, [3]),
        (5, 99, [6]),
        (6, None, []),
        (99, None, []),
        (3, 3, []),
        (4, 2, []),
        (-5, 1, [1]),
    ],
)
def test_a_part_is_read_by_its_numbers(
    journal: Journal, after: int, until: int | None, numbers: list[int]
) -> None:
    journal.append(BOOK, {})
    assert [record.number for record in journal.read(after, until)] == numbers


def test_many_records_are_read_in_their_order(journal: Journal) -> None:
    records = list(chained(b"%d" % number for number in range(MANY)))
    journal.append(records, {})
    assert list(journal.read()) == records
    assert journal.hashes(0, MANY) == [record.hash for record in records]


def test_large_and_odd_payloads_come_back(journal: Journal) -> None:
    records = list(chained([bytes(range(256)) * 4_000, b"\0", b"\\x00", b"%s :name {book}"]))
    journal.append(records, {})
    assert list(journal.read()) == records


def test_the_hashes_are_leaves_by_their_index(journal: Journal) -> None:
    journal.append(BOOK, {})
    leaves = [record.hash for record in BOOK]
    assert journal.hashes(0, 6) == leaves
    assert journal.hashes(2, 3) == leaves[2:5]
    assert journal.hashes(4, 99) == leaves[4:]
    assert journal.hashes(1, 0) == []


def test_what_is_read_does_not_grow_while_it_is_read(journal: Journal) -> None:
    journal.append(BOOK[:3], {})
    reading = journal.read()
    assert next(reading) == BOOK[0]
    journal.append(BOOK[3:], {})
    assert list(reading) == BOOK[1:3]


def test_nothing_appended_changes_nothing(journal: Journal) -> None:
    journal.append(BOOK[:2], {})
    assert journal.append([], {}) == BOOK[1].head


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([BOOK[0]], 0),
        ([BOOK[1]], 1),
        ([BOOK[3]], 3),
        ([follow(Head(2, b"x" * 32), b"another")], 2),
    ],
)
def test_a_journal_that_moved_on_refuses(journal: Journal, records: list[Record], expected: int) -> None:
    journal.append(BOOK[:2], {})
    with pytest.raises(JournalMoved) as caught:
        journal.append(records, papers(1))
    assert (caught.value.where, caught.value.expected, caught.value.found) == (journal.where, expected, 2)
    assert journal.append([BOOK[2]], {}) == BOOK[2].head
    assert list(journal.read()) == BOOK[:3]


def test_records_that_do_not_follow_one_another_are_refused(journal: Journal) -> None:
    with pytest.raises(ChainBroken) as caught:
        journal.append([BOOK[0], BOOK[2]], {})
    assert (caught.value.number, caught.value.fault) == (2, "missing")
    assert journal.head() == START
    assert list(journal.read()) == []


# Held


def test_what_is_appended_while_it_is_held_is_seen_inside_at_once(journal: Journal) -> None:
    with journal.held() as head:
        assert head == START
        for record in BOOK:
            assert journal.append([record], {}) == record.head
            assert journal.head() == record.head
        assert list(journal.read()) == BOOK
        assert journal.hashes(5, 1) == [BOOK[5].hash]
    assert journal.head() == BOOK[-1].head
    assert list(journal.read()) == BOOK


def test_many_records_become_durable_together(journal: Journal) -> None:
    records = list(chained(b"%d" % number for number in range(MANY)))
    with journal.held():
        for record in records:
            journal.append([record], {})
    assert list(journal.read()) == records


def test_nothing_stays_of_a_block_that_raised(journal: Journal) -> None:
    journal.append(BOOK[:2], {})
    with pytest.raises(ZeroDivisionError):
        break_off(journal, BOOK[2:4], {})
    assert journal.head() == BOOK[1].head
    assert list(journal.read()) == BOOK[:2]
    assert journal.append(BOOK[2:], {}) == BOOK[-1].head


def test_an_append_that_was_refused_leaves_the_others_of_the_block(journal: Journal) -> None:
    with journal.held():
        journal.append([BOOK[0]], {})
        with pytest.raises(JournalMoved):
            journal.append([BOOK[3]], {})
        journal.append([BOOK[1]], {})
    assert list(journal.read()) == BOOK[:2]


def test_it_is_not_held_twice(journal: Journal) -> None:
    with journal.held():
        journal.append([BOOK[0]], {})
        with pytest.raises(Incomplete), journal.held():
            journal.append([BOOK[1]], {})
    assert list(journal.read()) == BOOK[:1]


def test_a_journal_that_is_held_without_any_act_is_as_before(journal: Journal) -> None:
    with journal.held():
        pass
    assert journal.head() == START


# Snapshots


def test_a_snapshot_takes_the_place_of_the_last(journal: Journal) -> None:
    journal.append(BOOK, {})
    for content in (b"first", bytes(range(256)) * 1_000):
        kept = Snapshot(BOOK[-1].head, content)
        journal.keep_snapshot(kept)
        assert journal.snapshot() == kept
    journal.keep_snapshot(None)
    assert journal.snapshot() is None


def test_a_snapshot_of_a_block_that_raised_is_not_kept(kept: Kept) -> None:
    journal = kept.create()
    snapshot = Snapshot(BOOK[-1].head, b"what there is")
    with pytest.raises(ZeroDivisionError):
        break_off(journal, BOOK, {}, lambda: journal.keep_snapshot(snapshot))
    assert journal.snapshot() is None


# Without an index


def test_a_journal_without_an_index_says_so() -> None:
    journal = MemoryJournal("Ankang")
    assert (journal.name, journal.where, journal.has_index) == ("Ankang", "memory (Ankang)", False)
    with pytest.raises(Incomplete) as caught:
        journal.find("papers", {"number": "GRN-000001"})
    assert "papers with number" in caught.value.missing
    with pytest.raises(Incomplete):
        journal.select("SELECT COUNT(*) FROM papers WHERE {book}", {})
    journal.append(BOOK, papers(1))
    journal.close()
    assert list(journal.read()) == BOOK


# The index


def test_rows_are_found_by_their_columns(kept: Kept) -> None:
    journal = kept.create()
    assert journal.has_index
    rows = papers(1, 2, 3)
    journal.append(BOOK[:3], rows)
    second = rows["papers"][1:2]
    assert journal.find("papers", {"number": "GRN-000002"}) == second
    assert journal.find("papers", {"record": 2, "number": "GRN-000002"}) == second
    assert journal.find("papers", {"content": b"\0\xff", "record": 2}) == second
    assert journal.find("papers", {"record": 2, "number": "GRN-000001"}) == []
    assert journal.find("turns", {"record": 1}) == []


def test_rows_come_in_the_order_that_is_asked_for_and_then_by_their_key(kept: Kept) -> None:
    journal = kept.create()
    rows = [
        row("postings", place=place, lot=lot, day=day, line=line)
        for place in "ba"
        for lot in "cd"
        for day in (9, 8)
        for line in (1, 0)
    ]
    journal.append(BOOK[:1], {"postings": rows})
    assert journal.find("postings", {}) == sorted(rows)
    found = journal.find("postings", {"place": "a"}, order=("day",))
    seen = [of("postings", one, "day", "lot", "line") for one in found]
    assert seen == [(day, lot, line) for day in (8, 9) for lot in "cd" for line in (0, 1)]
    assert journal.find("postings", {"place": "a"}, order=("day",), last=True) == found[-1:]
    assert journal.find("postings", {"place": "z"}, last=True) == []


def test_texts_have_one_order_in_every_store(kept: Kept) -> None:
    journal = kept.create()
    numbers = [
        "b",
        "B",
        "a-2",
        "a 1",
        "棉被",
        "é",
        "z",
        "Z",
        "_",
        "",
        "'; --",
        "\U00020000",
        "\uffff",
        "a\nb",
        "%",
    ]
    journal.append(BOOK[:1], {"taken_back": [row("taken_back", number=number) for number in numbers]})
    found = [one[0] for one in journal.find("taken_back", {}, order=("number",))]
    assert found == sorted(numbers, key=str.encode)
    query = "SELECT number FROM taken_back WHERE {book} AND number >= :first AND number < :beyond"
    found = [one[0] for one in journal.select(f"{query} ORDER BY number", {"first": "B", "beyond": "b"})]
    assert found == ["B", "Z", "_", "a\nb", "a 1", "a-2"]


def test_what_is_empty_is_found_and_comes_first(kept: Kept) -> None:
    journal = kept.create()
    gifts = ("gift", None, "", None)
    lots = [row("lots", ordinal=at, id=f"lot {at}", donation=gift) for at, gift in enumerate(gifts)]
    journal.append(BOOK[:1], {"lots": lots})
    assert journal.find("lots", {"donation": None}) == [lots[1], lots[3]]
    assert journal.find("lots", {"donation": ""}) == [lots[2]]
    assert journal.find("lots", {}, order=("donation",)) == [lots[1], lots[3], lots[2], lots[0]]
    assert journal.find("lots", {}, order=("donation",), last=True) == [lots[0]]


def test_whole_numbers_of_64_bits_come_back(kept: Kept) -> None:
    journal = kept.create()
    most = row("postings", place="a", quantity=2**63 - 1, value=-(2**63))
    journal.append(BOOK[:1], {"postings": [most]})
    assert journal.find("postings", {"quantity": 2**63 - 1}) == [most]


@pytest.mark.parametrize(
    ("table", "given", "says"),
    [
        ("postings", row("postings", quantity=2**63), "quantity is 9223372036854775808"),
        ("postings", row("postings", value=-(2**63) - 1), "value is -9223372036854775809"),
        ("postings", row("postings", quantity=1.5), "quantity is 1.5"),  # type: ignore[arg-type]
        ("postings", row("postings", quantity=None), "quantity is None"),
        ("postings", row("postings", lot=7), "lot is 7"),
        ("postings", row("postings", lot="b\0c"), "without a zero character"),
        ("postings", row("postings", lot="\ud800"), "lot is"),
        ("turns", (), "it has 0 cells where 1 are declared"),
        ("turns", (1, 2), "it has 2 cells where 1 are declared"),
        ("papers", row("papers", content="text"), "content is 'text', and must be bytes"),
        ("papers", row("papers", content=None), "content is None"),
        ("lots", row("lots", donation=5), "donation is 5"),
        ("lots", row("lots", donation="\0"), "donation is"),
        ("places", row("places", place=["a"]), "place is ['a']"),  # type: ignore[arg-type]
        ("quilts", (1,), "there is no table quilts"),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_before_anything_is(
    kept: Kept, table: str, given: Row, says: str
) -> None:
    journal = kept.create()
    with journal.held():
        journal.append([BOOK[0]], papers(1))
        with pytest.raises(Incomplete) as caught:
            journal.append([BOOK[1]], {**papers(2), table: [given]})
        assert says in caught.value.missing
        assert journal.head() == BOOK[0].head
        journal.append([BOOK[1]], {})
    assert list(journal.read()) == BOOK[:2]
    assert journal.find("papers", {}) == papers(1)["papers"]


def test_of_some_tables_the_first_row_is_kept_alone(kept: Kept) -> None:
    journal = kept.create()
    here = [
        row("places", place=WAREHOUSE, entry=entry, line=line)
        for entry, line in ((1, 0), (1, 1), (2, 0), (3, 0))
    ]
    there = row("places", place=HOUSEHOLD, entry=2, line=1)
    with journal.held():
        journal.append(BOOK[:1], {"places": here[:2]})
        journal.append(BOOK[1:2], {"places": [here[2], there]})
    journal.append(BOOK[2:3], {"places": here[3:]})
    assert journal.find("places", {}) == [there, here[0]]


def test_a_row_of_a_key_that_is_there_takes_all_of_the_append_with_it(kept: Kept) -> None:
    journal = kept.create()
    journal.append(BOOK[:1], papers(1))
    with pytest.raises(StoreError):
        journal.append(BOOK[1:2], papers(1))
    assert journal.head() == BOOK[0].head
    with pytest.raises(StoreError):
        go_on_after_a_fault(journal)
    assert list(journal.read()) == BOOK[:1]
    assert journal.append(BOOK[1:2], papers(2)) == BOOK[1].head


def go_on_after_a_fault(journal: Journal) -> None:
    with journal.held():
        journal.append(BOOK[1:2], papers(1))
        for ask in (lambda: journal.find("papers", {}), lambda: journal.append(BOOK[2:3], {})):
            with pytest.raises(StoreError):
                ask()


def test_rows_of_a_block_that_raised_are_gone(kept: Kept) -> None:
    journal = kept.create()
    with pytest.raises(ZeroDivisionError):
        break_off(journal, BOOK[:1], papers(1), lambda: journal.find("papers", {}))
    assert journal.find("papers", {}) == []


def test_a_query_sums_what_is_asked_for_also_while_it_is_held(kept: Kept) -> None:
    journal = kept.create()
    rows = [row("postings", place=WAREHOUSE, lot="lot", entry=at, quantity=5, held=1) for at in range(1, 4)]
    query = (
        "SELECT place, lot, SUM(quantity), COUNT(*) FROM postings "
        "WHERE {book} AND held = 1 AND entry <= :last GROUP BY place, lot HAVING SUM(quantity) <> 0"
    )
    with journal.held():
        journal.append(BOOK[:1], {"postings": rows})
        assert journal.select(query, {"last": 2}) == [(WAREHOUSE, "lot", 10, 2)]
    found = journal.select(query, {"last": 3})
    assert found == [(WAREHOUSE, "lot", 15, 3)]
    assert [type(cell) for cell in found[0]] == [str, str, int, int]
    assert journal.select("SELECT MAX(number) FROM entries WHERE {book}", {}) == [(None,)]
    [(yes, no)] = journal.select("SELECT COUNT(*) = 3, COUNT(*) = 4 FROM postings WHERE {book}", {})
    assert (yes, type(yes), no, type(no)) == (1, int, 0, int)


@pytest.mark.parametrize(
    "query",
    ["DELETE FROM papers", "SELECT quilts FROM papers WHERE {book}", "SELECT (", "SELECT 1 FROM quilts", ""],
)
def test_what_is_no_query_of_the_index_is_refused(kept: Kept, query: str) -> None:
    journal = kept.create()
    journal.append(BOOK[:1], papers(1))
    with pytest.raises(Incomplete):
        journal.select(query, {})
    assert len(journal.find("papers", {})) == 1


def test_what_is_not_in_the_index_cannot_be_asked_for(kept: Kept) -> None:
    journal = kept.create()
    for table, given, order in (("quilts", {}, ()), ("papers", {"quilt": 1}, ()), ("papers", {}, ("quilt",))):
        with pytest.raises(Incomplete):
            journal.find(table, given, order=order)


# Several at once


def test_what_another_has_written_is_seen(kept: Kept) -> None:
    journal, other = kept.create(), kept.again()
    assert journal.head() == other.head() == START
    other.append(BOOK[:2], papers(1))
    assert journal.head() == BOOK[1].head
    with pytest.raises(JournalMoved) as caught:
        journal.append([BOOK[0]], {})
    assert (caught.value.expected, caught.value.found) == (0, 2)
    journal.append(BOOK[2:3], papers(3))
    assert other.head() == BOOK[2].head
    assert other.find("papers", {}) == papers(1, 3)["papers"]


def test_nobody_else_appends_while_it_is_held(kept: Kept) -> None:
    journal, other = kept.create(), kept.again()
    with journal.held():
        journal.append(BOOK[:1], {})
        assert other.head() == START
        with pytest.raises(StoreBusy) as caught:
            other.append(BOOK[:1], {})
        assert (caught.value.where, caught.value.seconds) == (other.where, 0.2)
        with pytest.raises(StoreBusy), other.held():
            pass
    assert other.head() == BOOK[0].head
    assert other.append(BOOK[1:2], {}) == BOOK[1].head


def test_what_is_not_durable_yet_is_seen_by_nobody_else(kept: Kept) -> None:
    journal, other = kept.create(), kept.again()
    with journal.held():
        journal.append(BOOK[:1], papers(1))
        assert len(journal.find("papers", {})) == 1
        assert (other.head(), list(other.read()), other.find("papers", {})) == (START, [], [])


def test_writers_that_start_over_when_they_are_refused_lose_nothing(kept: Kept) -> None:
    kept.create()
    each, writers = 25, 4
    tried = count()

    def write(writer: int, journal: Journal) -> None:
        done = 0
        while done < each:
            next(tried)
            try:
                record = follow(journal.head(), b"%d-%d" % (writer, done))
                journal.append([record], papers(record.number))
            except StoreError:
                continue
            done += 1

    journals = [kept.again() for _ in range(writers)]
    threads = [Thread(target=write, args=(at, journal)) for at, journal in enumerate(journals)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = kept.again()
    payloads = [record.payload for record in last.read()]
    assert sorted(payloads) == sorted(
        b"%d-%d" % (writer, at) for writer in range(writers) for at in range(each)
    )
    assert verify(last.read()).size == each * writers
    assert len(last.find("papers", {})) == each * writers
    assert next(tried) >= each * writers


def test_a_journal_that_is_to_be_read_only_is_not_written(kept: Kept) -> None:
    journal = kept.create()
    journal.append(BOOK[:2], papers(1))
    reader = kept.again(read_only=True)
    assert list(reader.read()) == BOOK[:2]
    assert len(reader.find("papers", {})) == 1
    for write in (
        lambda: reader.append(BOOK[2:3], {}),
        lambda: reader.keep_snapshot(None),
        lambda: reader.held().__enter__(),
    ):
        with pytest.raises(StoreReadOnly) as caught:
            write()
        assert caught.value.where == reader.where


def test_a_journal_that_was_closed_says_so(kept: Kept) -> None:
    journal = kept.create()
    journal.append(BOOK, {})
    journal.close()
    journal.close()
    for ask in (journal.head, lambda: list(journal.read()), lambda: journal.append([], {}), journal.snapshot):
        with pytest.raises(StoreUnreachable) as caught:
            ask()
        assert "closed" in caught.value.reason
    assert list(kept.again().read()) == BOOK


def test_a_book_that_never_got_a_record_is_made_once_more(kept: Kept) -> None:
    kept.create().close()
    journal = kept.create()
    journal.append(BOOK[:1], {})
    with pytest.raises(AlreadyABook) as caught:
        kept.create()
    assert caught.value.name == kept.name
    assert list(journal.read()) == BOOK[:1]


def test_the_name_of_a_book_is_given_back(kept: Kept) -> None:
    kept.name = f"安康市红十字会 {kept.name}"
    kept.create().close()
    journal = kept.again()
    assert journal.name == kept.name  # type: ignore[attr-defined]


def test_a_sound_journal_has_nothing_wrong(kept: Kept) -> None:
    journal = kept.create()
    records = list(chained(b"%d" % number for number in range(MANY)))
    journal.append(records, {**papers(*range(1, MANY + 1)), "places": [row("places", place=WAREHOUSE)]})
    assert journal.check() == []  # type: ignore[attr-defined]
