"""What lies in a depot against what it can take."""

from __future__ import annotations

import attrs
import pytest

from reliefstock import Book, QuarantinedLine, Warehouse
from reliefstock.errors import NotABusinessDate, Unknown
from reliefstock.operations import LoadedItem
from reliefstock.reconciliation import depot_load, load_findings
from unit.reconciliation.office import give, office, receive


@pytest.fixture
def book() -> Book:
    """A depot for 300 kilograms and 1,200 litres; a quilt weighs two and takes eight."""
    book = office()
    book.amend(attrs.evolve(book.register.item("quilt"), weight=2_000, volume=8_000))
    depot = book.register.warehouse("depot")
    book.amend(attrs.evolve(depot, max_weight=300_000, max_volume=1_200_000))
    receive(book, 150, "1500", "2023-01-10")
    return book


def test_usable_and_quarantined_goods_take_room(book: Book) -> None:
    book.quarantine(
        warehouse="depot",
        lines=[QuarantinedLine("GRN-000001-1", book.register.item("quilt").quantity(60))],
        on="2023-02-01",
        reason="wet",
        reported_by="keeper",
    )
    found = depot_load(book, "depot")
    assert found.load.lines == (LoadedItem("quilt", 150, 300_000, 1_200_000),)
    assert (found.max_weight, found.max_volume, found.is_overfull) == (300_000, 1_200_000, False)
    assert (found.warehouse, found.on.isoformat()) == ("depot", "2023-12-31")


def test_one_more_is_too_many(book: Book) -> None:
    receive(book, 1, "10", "2023-01-11")
    assert depot_load(book, "depot").is_overfull
    [finding] = load_findings(book)
    assert (finding.code, finding.about) == ("depot-overfull", "depot")
    assert finding.figures == (
        ("weight", "302000"),
        ("max weight", "300000"),
        ("volume", "1208000"),
        ("max volume", "1200000"),
    )
    assert finding.text() == "Depot holds 302 kg where it takes 300 and 1,208 L where it takes 1,200"
    assert finding.text("zh") == "备灾中心存放 302 千克，可存 300、1,208 升，可存 1,200"


def test_what_is_not_weighed_is_said_and_not_counted(book: Book) -> None:
    receive(book, 1, "10", "2023-01-11")
    receive(book, 24, "10", "2023-01-11", item="water")
    book.amend(attrs.evolve(book.register.warehouse("depot"), max_weight=None))
    assert depot_load(book, "depot").load.unweighed == ("water",)
    [finding] = load_findings(book)
    assert finding.text() == "Depot holds 1,208 L where it takes 1,200; water not counted"
    assert finding.text("zh") == "备灾中心存放 1,208 升，可存 1,200；water 未计"
    assert dict(finding.figures).keys() == {"weight", "volume", "max volume"}


def test_a_depot_of_which_nobody_said_what_it_takes_is_never_too_full(book: Book) -> None:
    receive(book, 5_000, "10", "2023-01-11", into="branch")
    assert depot_load(book, "branch").load.weight == 10_000_000
    assert load_findings(book) == ()


def test_the_load_is_asked_as_of_a_day(book: Book) -> None:
    receive(book, 1, "10", "2023-03-01")
    give(book, "h1", 51, "2023-04-01")
    weights = [depot_load(book, "depot", on).load.weight for on in ("2023-01-09", "2023-02-28", "2023-03-01")]
    assert weights == [0, 300_000, 302_000]
    assert depot_load(book, "depot").load.weight == 200_000
    assert (len(load_findings(book, "2023-03-01")), load_findings(book)) == (1, ())


def test_an_empty_depot_has_room(book: Book) -> None:
    book.add(Warehouse("new", zh="新库", max_weight=1))
    assert depot_load(book, "new").load.lines == ()


def test_what_is_no_depot_or_no_day_cannot_be_asked(book: Book) -> None:
    with pytest.raises(Unknown):
        depot_load(book, "nowhere")
    with pytest.raises(NotABusinessDate):
        depot_load(book, "depot", "soon")
