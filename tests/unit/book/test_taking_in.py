"""Taking in: many rows at once, in the order in which they happened, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from property.test_taking_in import in_turn
from reliefstock import (
    Book,
    DistributionList,
    Donor,
    FixedClock,
    GoodsReceivedNote,
    Handout,
    Handouts,
    Household,
    Item,
    Money,
    Receipts,
    ReceivedLine,
    School,
    Valuation,
    Warehouse,
)
from reliefstock.audit import audit
from reliefstock.book.keeper import Keeper
from reliefstock.bulk import Columns
from reliefstock.errors import (
    AlreadyKnown,
    BadRow,
    ImportRefused,
    Incomplete,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)
from reliefstock.journal import Head, Record, Rows, check_receipt
from reliefstock.people import MemoryPeople
from reliefstock.stores.memory import MemoryJournal
from reliefstock.stores.person_ids import new_person_id
from reliefstock.stores.sqlite import SqliteJournal

CLOCK = FixedClock("2024-06-30")
CLERKS = ("clerk A", "clerk B")
QUILT = Item("quilt", zh="棉被", en="Quilt")
TENT = Item("tent", zh="帐篷", en="Tent")
HOMES = tuple(Household(f"H-{number}", size=4) for number in range(1, 6))
NOUNS = (
    QUILT,
    Donor("province", zh="省红十字会"),
    Warehouse("depot", zh="备灾中心"),
    School("school", zh="小学"),
    *HOMES,
)


def gifts(**other: Any) -> Receipts:  # noqa: ANN401 -- what is said is of every type
    said: dict[str, Any] = {
        "on": ["2024-01-10", "2024-02-10"],
        "donor": "province",
        "into": "depot",
        "item": "quilt",
        "quantity": 10,
        "value": 1_001,
        "evidence": "old ledger, page 3",
        "counted_by": CLERKS,
    }
    return Receipts(**{**said, **other})


def given(**other: Any) -> Handouts:  # noqa: ANN401 -- as above
    said: dict[str, Any] = {
        "on": ["2024-01-20", "2024-03-01"],
        "origin": "depot",
        "recipient": ["H-1", "H-2"],
        "item": "quilt",
        "quantity": [3, 4],
        "signature": ["sheet 1, line 1", "sheet 1, line 2"],
    }
    return Handouts(**{**said, **other})


TOO_MANY = {"quantity": [3, 400]}  # what no depot has
Make = Callable[[str], Book]


@pytest.fixture(params=["in memory", "in a file"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    books: list[Book] = []

    def made(name: str) -> Book:
        if request.param == "in memory":
            book = Book("county", currency="CNY", clock=CLOCK)
        else:
            book = Book.create(tmp_path / f"{name}.db", "county", currency="CNY", clock=CLOCK)
        book.add(*NOUNS)
        books.append(book)
        return book

    yield made
    for book in books:
        book.shut()


@pytest.fixture
def book(make: Make) -> Book:
    return make("county")


def papers(book: Book) -> list[str]:
    return list(book.documents)


def refused(book: Book, *columns: Columns) -> tuple[BadRow, ...]:
    """What is refused; then the book is as it was before."""
    before = tuple(book.records()), book.head, papers(book), book.on_hand("quilt")
    with pytest.raises(ImportRefused) as raised:
        book.take_in(*columns)
    assert (tuple(book.records()), book.head, papers(book), book.on_hand("quilt")) == before
    assert book.verify() == book.head
    return raised.value.rows


def assert_sound(book: Book) -> None:
    """Every byte is as it was written, and an auditor comes to the same."""
    assert book.verify() == book.head
    report = audit(book.records(), book)
    assert ([one.text() for one in report.findings], report.compared) == ([], True)


# All of them


def test_rows_become_documents_lots_and_stock(book: Book):
    before = book.head.size
    taken = book.take_in(gifts(), given())
    assert (taken.records, taken.by_verbs) == (range(before + 1, before + 5), 0)
    assert papers(book) == ["GRN-000001", "DL-000001", "GRN-000002", "DL-000002"]
    assert (book.on_hand("quilt").quantity, book.on_hand("quilt").value) == (13, 1_302)
    assert [entry.on.isoformat() for entry in book.entries] == [
        "2024-01-10",
        "2024-01-20",
        "2024-02-10",
        "2024-03-01",
    ]
    assert_sound(book)


def test_no_row_leaves_nothing(book: Book):
    before = book.head
    assert book.take_in().records == range(before.size + 1, before.size + 1)
    assert book.take_in(gifts(on=[])).by_verbs == 0
    assert book.head == before


def test_who_takes_them_in_stands_on_every_entry(book: Book):
    book.take_in(gifts(), given(), by="keeper")
    assert {entry.by for entry in book.entries} == {"keeper"}
    assert {note.counted_by for note in book.documents_of(GoodsReceivedNote)} == {CLERKS}


def test_what_the_verbs_do_afterwards_goes_on_from_there(book: Book):
    book.take_in(gifts(), given())
    handout = [Handout("H-3", "quilt", QUILT.quantity(8), "sheet 2")]
    sheet = book.distribute(origin="depot", on="2024-04-01", lines=handout)
    assert sheet.number == "DL-000003"
    assert [(pick.lot, pick.quantity) for pick in sheet.lines[0].picks] == [
        ("GRN-000001-1", 3),
        ("GRN-000002-1", 5),
    ]
    assert papers(book)[-1] == "DL-000003"
    assert book.take_in(gifts(on=["2024-05-01"])).by_verbs == 0
    assert papers(book)[-1] == "GRN-000003"
    assert_sound(book)


def test_a_row_may_take_from_more_lots_than_one_byte_counts(book: Book):
    lots = 300
    gift = gifts(on=["2024-01-10"] * lots, quantity=2)
    book.take_in(gift, given(on=["2024-02-01"], recipient="H-1", quantity=2 * lots, signature="sheet 1"))
    (sheet,) = book.documents_of(DistributionList)
    assert len(sheet.lines[0].picks) == lots
    assert book.on_hand("quilt").quantity == 0
    assert_sound(book)


# In the order in which they happened


def test_rows_are_ordered_by_day_also_within_their_columns(book: Book):
    book.take_in(gifts(on=["2024-02-10", "2024-01-10"], batch=["late", "early"]))
    assert [lot.batch for lot in book.ledger.lots.values()] == ["early", "late"]


def test_on_one_day_the_columns_that_are_named_first_come_first(book: Book):
    columns = gifts(on=["2024-01-10"] * 2), given(on=["2024-01-10"] * 2)
    rows = refused(book, *reversed(columns))
    assert [(row.file, row.line) for row in rows] == [("Handouts", 1), ("Handouts", 2)]
    book.take_in(*columns)
    assert papers(book) == ["GRN-000001", "GRN-000002", "DL-000001", "DL-000002"]


def test_rows_of_one_day_stay_in_their_order(book: Book):
    book.take_in(gifts(on=["2024-01-10"] * 4, batch=["a", "b", "c", "d"]))
    assert [lot.batch for lot in book.ledger.lots.values()] == ["a", "b", "c", "d"]


def test_a_line_says_the_order_where_days_do_not(book: Book):
    book.take_in(gifts(line=[1, 4], on=["2024-01-10"] * 2), given(line=[3, 2], on=["2024-01-10"] * 2))
    assert papers(book) == ["GRN-000001", "DL-000001", "DL-000002", "GRN-000002"]
    first, second = book.entries[1].postings[1], book.entries[2].postings[1]
    assert (first.place.id, second.place.id) == ("H-2", "H-1")


def test_a_line_comes_before_the_day(book: Book):
    rows = refused(book, gifts(line=[2, 3]), given(line=[1, 4], quantity=1))
    assert [(row.file, row.line) for row in rows] == [("Handouts", 1)]


def test_lines_for_some_columns_alone_are_refused(book: Book):
    before = book.head
    with pytest.raises(Incomplete, match="lines"):
        book.take_in(gifts(line=[1, 2]), given())
    assert book.head == before


# Or none


def test_a_refusal_names_the_row_in_both_languages_and_nothing_is_kept(book: Book):
    (row,) = refused(book, gifts(), given(**TOO_MANY))
    assert (row.file, row.line) == ("Handouts", 2)
    assert str(row) == (
        "Handouts, line 2: asked for 400 quilt from warehouse:depot on 2024-03-01, "
        "17 can be used; ask for less, or bring in more first"
    )
    chinese = ImportRefused([row]).sentence("zh")
    assert "一笔也未记账" in chinese
    assert "第 2 行：2024-03-01 要从 warehouse:depot 取 400 quilt，可用 17" in chinese


def test_a_row_is_named_by_its_place_in_its_columns_in_whatever_order_they_are_taken(book: Book):
    rows = refused(book, gifts(on=["2024-02-10", "2024-01-10"], item=["quilt", "gold"]))
    assert [row.line for row in rows] == [2]


def test_all_that_is_wrong_is_told_at_once_in_the_order_in_which_it_happened(book: Book):
    rows = refused(
        book,
        gifts(on=["2024-01-10", "2024-02-10", "2024-03-10"], donor=["province", "nobody", "province"]),
        given(on=["2024-03-01", "2024-01-20"], recipient=["H-99", "H-1"], signature=["sheet 1", ""]),
    )
    assert [(row.file.rpartition(" ")[2], row.line) for row in rows] == [
        ("Handouts", 2),
        ("Receipts", 2),
        ("Handouts", 1),
    ]
    assert all(row.reason and row.reason_zh and row.reason != row.reason_zh for row in rows)


@pytest.mark.parametrize(("wrong", "told"), [(99, 99), (100, 100), (101, 100), (250, 100)])
def test_no_more_than_a_hundred_are_told(book: Book, wrong: int, told: int):
    rows = refused(book, gifts(on=["2024-01-10"] * wrong, donor="nobody"))
    assert [row.line for row in rows] == list(range(1, told + 1))


def test_days_that_are_none_are_told_before_all_else(book: Book):
    rows = refused(book, gifts(on=["2024-02-30", "2024-01-10"], donor="nobody"), given())
    assert [(row.line, "2024-02-30" in row.reason) for row in rows] == [(1, True)]
    assert len(refused(book, gifts(on=["30.1.2024"] * 250))) == 100


def test_after_a_refusal_the_corrected_rows_are_taken_in(book: Book):
    refused(book, gifts(), given(**TOO_MANY))
    book.take_in(gifts(), given())
    assert papers(book) == ["GRN-000001", "DL-000001", "GRN-000002", "DL-000002"]
    assert_sound(book)


def test_nobody_of_refused_rows_is_kept_in_a_file(tmp_path: Path):
    with Book.create(tmp_path / "county.db", "county", currency="CNY", clock=CLOCK) as book:
        book.add(*NOUNS)
        refused(book, gifts(), given(**TOO_MANY))
        assert list(book.people) == []
        book.take_in(gifts(), given())
        assert {person.name for person in book.people} == {*CLERKS, "sheet 1, line 1", "sheet 1, line 2"}


def test_a_refusal_that_is_caught_inside_a_batch_makes_the_whole_batch_fail(book: Book):
    before = tuple(book.records()), papers(book)
    with pytest.raises(ImportRefused) as at_the_end, book.batch():
        book.add(TENT)
        with pytest.raises(ImportRefused) as raised:
            book.take_in(gifts(), given(**TOO_MANY))
        book.add(Household("H-6"))
    assert at_the_end.value is raised.value
    assert (tuple(book.records()), papers(book)) == before
    assert not book.register.has(Item, "tent")
    assert not book.register.has(Household, "H-6")
    book.take_in(gifts())
    assert_sound(book)


def test_what_fails_after_it_inside_a_batch_takes_the_rows_along(book: Book):
    before = book.head
    with pytest.raises(AlreadyKnown), book.batch():
        book.take_in(gifts(), given())
        assert book.on_hand("quilt").quantity == 13
        book.add(Item("quilt", zh="被子", en="Quilt"))
    assert (book.head, papers(book), book.on_hand("quilt").quantity) == (before, [], 0)


def test_several_of_them_in_a_batch_are_kept_together(book: Book):
    with book.batch():
        book.take_in(gifts())
        book.add(TENT)
        book.take_in(given(), gifts(on=["2024-04-01"], item="tent"))
    assert papers(book) == ["GRN-000001", "GRN-000002", "DL-000001", "DL-000002", "GRN-000003"]
    assert_sound(book)


# Commands


def test_rows_that_were_taken_in_before_post_nothing_again(book: Book):
    columns = gifts(command=["old-1", "old-2"]), given(command=["old-3", "old-4"])
    book.take_in(*columns, by="keeper")
    head = book.head
    again = book.take_in(*columns, by="keeper")
    assert (len(again.records), book.head) == (0, head)


def test_a_longer_file_goes_on_where_the_last_one_ended(book: Book):
    book.take_in(gifts(command=["old-1", "old-2"]))
    more = gifts(on=["2024-01-10", "2024-02-10", "2024-03-10"], command=["old-1", "old-2", "old-3"])
    assert len(book.take_in(more).records) == 1
    assert papers(book) == ["GRN-000001", "GRN-000002", "GRN-000003"]
    assert_sound(book)


def test_what_a_verb_did_by_that_command_is_not_done_again(book: Book):
    worth = Valuation.voucher(Money(1_001, "CNY"), "old ledger, page 3")
    line = ReceivedLine("quilt", QUILT.quantity(10), valuation=worth)
    said: dict[str, Any] = {"donor": "province", "into": "depot", "counted_by": CLERKS, "lines": [line]}
    first = book.receive(on="2024-01-10", command="old-1", **said)
    assert len(book.take_in(gifts(command=["old-1", "old-2"])).records) == 1
    assert book.receive(on="2024-02-10", command="old-2", **said).number == "GRN-000002"
    assert papers(book) == [first.number, "GRN-000002"]


@pytest.mark.parametrize(
    ("other", "by"), [({"value": 1_002}, ""), ({"on": "2024-01-11"}, ""), ({}, "keeper")], ids=str
)
def test_a_command_of_other_content_is_refused(book: Book, other: dict[str, Any], by: str):
    book.take_in(gifts(command=["old-1", "old-2"]))
    before = book.head
    with pytest.raises(ImportRefused) as raised:
        book.take_in(gifts(**{"command": ["old-3", "old-1"], **other}), by=by)
    assert [row.line for row in raised.value.rows] == [2]
    assert "GRN-000001" in raised.value.rows[0].reason
    assert book.head == before


def test_a_row_that_stands_twice_is_done_once(book: Book):
    taken = book.take_in(gifts(on=["2024-01-10"] * 2, command=["old-1"] * 2))
    assert (len(taken.records), papers(book)) == (1, ["GRN-000001"])


def test_two_rows_of_one_command_that_say_different_things_are_refused(book: Book):
    (row,) = refused(book, gifts(on=["2024-01-10"] * 2, quantity=[10, 11], command=["old-1"] * 2))
    assert (row.line, "old-1" in row.reason) == (2, True)


def test_a_refused_row_does_not_use_up_its_command(book: Book):
    rows = refused(book, given(command=["old-1", "old-2"]), gifts(command=["old-1", "old-3"]))
    assert [(row.file, row.line) for row in rows] == [("Handouts", 1)]


# How they are kept


def test_more_rows_than_are_kept_at_once_leave_the_same(make: Make, monkeypatch: pytest.MonkeyPatch):
    columns = (
        gifts(on=["2024-01-10", "2024-02-10"] * 5, command=[f"old-{number}" for number in range(10)]),
        given(on=["2024-03-01"] * 7, recipient="H-1", quantity=9, signature=[f"line {n}" for n in range(7)]),
    )
    books: list[Book] = []
    for at_once in (2_000, 17, 16, 3, 1):
        monkeypatch.setattr("reliefstock.book.taking_in._AT_ONCE", at_once)
        with in_turn():
            books.append(make(f"{at_once}"))
            assert books[-1].take_in(*columns).by_verbs == 0
    first = tuple(books[0].records())
    assert len(first) == 2 + 17
    assert [tuple(book.records()) == first for book in books] == [True] * 5
    assert_sound(books[-1])


def test_it_is_told_how_far_it_has_come(book: Book, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("reliefstock.book.taking_in._AT_ONCE", 3)
    told: list[tuple[int, int]] = []
    rows = gifts(on=["2024-01-10"] * 5), given(on=["2024-03-01"] * 2, recipient="H-1", signature="sheet 1")
    book.take_in(*rows, progress=lambda done, of: told.append((done, of)))
    assert told == [(3, 7), (6, 7), (7, 7)]


def test_a_refusal_after_some_were_kept_keeps_none(book: Book, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("reliefstock.book.taking_in._AT_ONCE", 2)
    rows = refused(book, gifts(on=["2024-01-10"] * 7, donor=["province"] * 6 + ["nobody"]))
    assert [row.line for row in rows] == [7]


def test_a_second_keeper_sees_all_of_it(tmp_path: Path):
    path = tmp_path / "county.db"
    with (
        Book.create(path, "county", currency="CNY", clock=CLOCK) as one,
        Book.open(path, clock=CLOCK) as other,
    ):
        other.add(*NOUNS)
        one.take_in(gifts(), given())
        other.catch_up()
        assert (other.head, papers(other)) == (one.head, papers(one))
        assert other.on_hand("quilt") == one.on_hand("quilt")
        assert other.take_in(gifts(on=["2024-04-01"])).records == range(7, 8)
        one.catch_up()
        assert_sound(one)
    for snapshot in (True, False):
        with Book.open(path, clock=CLOCK, snapshot=snapshot) as again:
            assert again.on_hand("quilt").quantity == 23
            assert_sound(again)


def test_a_book_that_is_opened_to_be_read_takes_nothing_in(tmp_path: Path):
    path = tmp_path / "county.db"
    with Book.create(path, "county", currency="CNY", clock=CLOCK) as book:
        book.add(*NOUNS)
    with Book.open(path, clock=CLOCK, read_only=True) as book:
        with pytest.raises(StoreReadOnly):
            book.take_in(gifts())
        assert (book.head.size, papers(book)) == (2, [])


class Failing(MemoryJournal):
    """A journal that fails after it has kept some times."""

    def __init__(self) -> None:
        super().__init__("county")
        self.left: int | None = None
        self.error: BaseException = StoreFull("memory")

    def append(self, records: Sequence[Record], rows: Rows) -> Head:
        if self.left is not None:
            if not self.left:
                raise self.error
            self.left -= 1
        return super().append(records, rows)


@pytest.mark.parametrize(
    "error",
    [StoreFull("memory"), StoreUnreachable("memory", "gone"), KeyboardInterrupt(), MemoryError()],
    ids=repr,
)
@pytest.mark.parametrize("times", [0, 1, 2])
def test_what_fails_in_the_middle_keeps_nothing_and_the_book_goes_on(
    error: BaseException, times: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("reliefstock.book.taking_in._AT_ONCE", 1)
    journal = Failing()
    opened = Book._opening("county", "CNY", None, CLOCK)
    book = Book._kept(Keeper(journal, MemoryPeople(make=new_person_id)), CLOCK, opened)
    book.add(*NOUNS)
    before = tuple(book.records())
    journal.left, journal.error = times, error
    with pytest.raises(type(error)):
        book.take_in(gifts(), given())
    journal.left = None
    assert (tuple(book.records()), papers(book), book.on_hand("quilt").quantity) == (before, [], 0)
    book.take_in(gifts(), given())
    assert_sound(book)


def test_a_disk_that_is_full_in_the_middle_keeps_nothing_and_the_book_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("reliefstock.book.taking_in._AT_ONCE", 50)
    many = gifts(on=["2024-01-10"] * 2_000)
    with Book.create(tmp_path / "county.db", "county", currency="CNY", clock=CLOCK) as book:
        book.add(*NOUNS)
        before = tuple(book.records())
        journal = book._keeper.journal
        assert isinstance(journal, SqliteJournal)
        (pages,) = journal.connection.execute("PRAGMA page_count").fetchone()
        journal.connection.execute(f"PRAGMA max_page_count={pages + 60}")
        with pytest.raises(StoreFull):
            book.take_in(many)
        assert (tuple(book.records()), papers(book), list(book.people)) == (before, [], [])
        journal.connection.execute(f"PRAGMA max_page_count={pages + 10_000}")
        assert len(book.take_in(many, given()).records) == 2_002
        assert_sound(book)


def test_the_records_of_a_gift_that_was_taken_in_are_proven(book: Book):
    book.take_in(gifts(), given())
    checkpoint = book.checkpoint()
    receipt = check_receipt(book.receipt("GRN-000001").text(), checkpoint)
    assert [one.record.number for one in receipt.records] == [3, 4, 6]
    assert receipt.checkpoint.agrees_with(checkpoint)
    book.take_in(gifts(on=["2024-04-01"]))
    continuation = book.continuation(checkpoint)
    assert (continuation.older_size, continuation.newer_size) == (checkpoint.size, 7)
