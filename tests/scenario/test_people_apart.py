"""Who gave, counted, drove and signed is read in the papers, stands in no record, and can be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reliefstock import (
    Book,
    ConsignedLine,
    Donor,
    DonorKind,
    FixedClock,
    Handout,
    Household,
    Item,
    Money,
    ReceivedLine,
    Society,
    Valuation,
    Warehouse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUILT = Item("quilt", zh="棉被", en="Quilt")
NAMES = ["giver 赵", "Giver Zhao", "clerk 钱", "clerk 孙", "driver 李", "signed 周", "signed 吴", "keeper 郑"]
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def fill(book: Book) -> None:
    giver, giver_en, first, second, driver, one, other, keeper = NAMES
    book.add(
        QUILT,
        Donor("D-7", zh=giver, en=giver_en, kind=DonorKind.PERSON),
        Warehouse("depot", zh="备灾中心", en="Depot"),
        Society("branch", zh="分会"),
        Household("H-0001", size=4),
        Household("H-0002", size=1),
    )
    worth = Valuation.voucher(Money.of("4000", "CNY"), "voucher 1")
    book.receive(
        donor="D-7",
        into="depot",
        on="2024-01-10",
        counted_by=(first, second),
        lines=[ReceivedLine("quilt", QUILT.quantity(50), valuation=worth)],
        by=keeper,
    )
    line = ConsignedLine("quilt", QUILT.quantity(10))
    book.dispatch(origin="depot", to="branch", on="2024-01-12", carrier=driver, lines=[line], by=keeper)
    handed = [
        Handout(recipient="H-0001", item="quilt", quantity=QUILT.quantity(4), signature=one),
        Handout(recipient="H-0002", item="quilt", quantity=QUILT.quantity(1), signature=other),
    ]
    book.distribute(origin="depot", on="2024-01-20", lines=handed, by=keeper)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "county.db"


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with Book.create(path, "County society", currency="CNY", clock=FixedClock("2024-02-01")) as made:
        fill(made)
        yield made


def readable(there: bytes) -> list[str]:
    return [name for name in NAMES if any(name.encode(encoding) in there for encoding in ENCODINGS)]


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def told(book: Book) -> list[str]:
    """Every name that the book tells, in its papers, its entries and its nouns."""
    return [*map(repr, book.documents.values()), *map(repr, book.entries), repr(book.register.donor("D-7"))]


def test_every_name_is_read_and_none_stands_in_a_record(book: Book) -> None:
    assert [name for name in NAMES if not any(name in text for text in told(book))] == []
    assert readable(b"".join(record.payload for record in book.records())) == []


def test_a_book_that_is_opened_again_tells_the_same(book: Book, path: Path) -> None:
    before = told(book)
    book.shut()
    with Book.open(path, clock=FixedClock("2024-02-01")) as again:
        assert told(again) == before


def test_when_all_are_forgotten_no_byte_tells_of_them_and_all_is_proven(book: Book, path: Path) -> None:
    head = book.head
    assert readable(bytes_of(path)) == NAMES
    for name in NAMES:
        book.erase(book.people.id_of(name))
    assert readable(bytes_of(path)) == []
    assert [name for name in NAMES if any(name in text for text in told(book))] == []
    assert book.verify() == head == book.head
    assert book.on_hand("quilt").quantity == 35
    book.shut()
    with Book.open(path, clock=FixedClock("2024-02-01")) as again:
        assert again.verify() == head
        assert readable("".join(told(again)).encode()) == []


def test_what_there_is_is_kept_without_names_too(book: Book, path: Path) -> None:
    book.keep_snapshot()
    for name in NAMES:
        book.erase(book.people.id_of(name))
    assert readable(bytes_of(path)) == []


def test_work_goes_on_from_papers_of_those_who_are_forgotten(book: Book) -> None:
    driver = book.people.id_of("driver 李")
    book.erase(driver)
    waybill = book.document("WB-000001")
    book.reverse(waybill.number, on="2024-01-25", reason="never left", approved_by="clerk 钱", by="keeper 郑")
    assert book.on_hand("quilt").quantity == 45
    assert driver in repr(book.document("WB-000001"))


def test_a_command_is_known_again_while_those_it_names_are(book: Book) -> None:
    asked = {
        "lines": [
            Handout(recipient="H-0001", item="quilt", quantity=QUILT.quantity(1), signature="signed 周")
        ],
        "origin": "depot",
        "on": "2024-01-21",
        "command": "C-1",
    }
    first = book.distribute(**asked)
    assert book.distribute(**asked) == first
    assert book.on_hand("quilt").quantity == 34
