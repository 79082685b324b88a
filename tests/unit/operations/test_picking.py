"""Which lots goods are taken from."""

from __future__ import annotations

import pytest

from reliefstock import Book, Handout, Policy, Restriction, WrittenOffLine
from reliefstock.errors import NotEnough
from reliefstock.operations.losses import LossReason
from unit.operations.office import QUILT, gift, given, held, line, new_office, refused

SCHOOLS = Restriction(groups=("school",))
NAMES = {"late": 1, "soon": 2, "soon and for schools": 3, "never": 4, "never and for schools": 5}


@pytest.fixture
def book() -> Book:
    """Five lots of ten quilts each: see NAMES."""
    book = new_office(today="2024-12-31")
    gift(
        book,
        line(expiry="2024-06-01"),
        line(expiry="2024-01-01"),
        line(expiry="2024-01-01", restriction=SCHOOLS),
        line(),
        line(restriction=SCHOOLS),
    )
    return book


def picked(book: Book, *lines: tuple[str, int], on: str = "2023-01-20") -> list[list[tuple[str, int]]]:
    """For each line the lots by their names, and how much of each."""
    by_number = {f"GRN-000001-{number}": name for name, number in NAMES.items()}
    done = given(book, *lines, on=on)
    return [[(by_number[pick.lot], pick.quantity) for pick in one.picks] for one in done.lines]


def test_the_first_to_expire_goes_first_and_what_is_for_schools_stays_for_schools(book: Book) -> None:
    assert picked(book, ("H-1", 25)) == [[("soon", 10), ("late", 10), ("never", 5)]]


def test_a_school_gets_first_what_was_given_for_schools(book: Book) -> None:
    assert picked(book, ("lvhe", 45)) == [
        [
            ("soon and for schools", 10),
            ("soon", 10),
            ("late", 10),
            ("never and for schools", 10),
            ("never", 5),
        ]
    ]


def test_each_line_goes_on_where_the_last_one_of_its_kind_stopped(book: Book) -> None:
    assert picked(book, ("H-1", 5), ("lvhe", 12), ("H-2", 5), ("lvhe", 12)) == [
        [("soon", 5)],
        [("soon and for schools", 10), ("soon", 2)],
        [("soon", 3), ("late", 2)],
        [("late", 8), ("never and for schools", 4)],
    ]


def test_the_next_list_goes_on_where_the_last_one_stopped(book: Book) -> None:
    picked(book, ("H-1", 15))
    assert picked(book, ("H-1", 10)) == [[("late", 5), ("never", 5)]]


@pytest.mark.parametrize(
    ("on", "first"),
    [("2023-12-31", "soon"), ("2024-01-01", "soon"), ("2024-01-02", "late"), ("2024-06-02", "never")],
)
def test_what_is_expired_is_skipped(book: Book, on: str, first: str) -> None:
    assert picked(book, ("H-1", 1), on=on) == [[(first, 1)]]


@pytest.mark.parametrize(("usable", "first"), [(True, "soon"), (False, "late")])
def test_whether_the_day_of_expiry_counts_is_the_policy_of_the_society(usable: bool, first: str) -> None:
    book = new_office(Policy(expiry_day_usable=usable), today="2024-12-31")
    gift(book, line(expiry="2024-06-01"), line(expiry="2024-01-01"))
    assert picked(book, ("H-1", 1), on="2024-01-01") == [[(first, 1)]]


def test_of_lots_alike_the_first_that_came_in_goes_first() -> None:
    book = new_office()
    first, second = gift(book).lots[0], gift(book).lots[0]
    given(book, ("H-1", 10))
    assert held(book, "household:H-1", first)[0] == 10
    book.reverse("DL-000001", on="2023-01-20", reason="a mistake", approved_by="b")
    done = given(book, ("H-1", 12))
    assert [pick.lot for pick in done.lines[0].picks] == [first, second]


def test_what_is_not_enough_is_told_lot_by_lot(book: Book) -> None:
    with refused(book, NotEnough) as errors:
        given(book, ("H-1", 21), on="2024-03-01")
    error = errors[0]
    assert (error.item, error.place, error.on.isoformat(), error.asked, error.there) == (
        "quilt",
        "warehouse:depot",
        "2024-03-01",
        21,
        20,
    )
    assert error.passed_over == (
        "10 of lot GRN-000001-2 expired on 2024-01-01",
        "10 of lot GRN-000001-3 expired on 2024-01-01",
        "10 of lot GRN-000001-5 are for group school only",
    )
    assert str(error) == (
        "asked for 21 quilt from warehouse:depot on 2024-03-01, 20 can be used "
        "(10 of lot GRN-000001-2 expired on 2024-01-01; 10 of lot GRN-000001-3 expired on 2024-01-01; "
        "10 of lot GRN-000001-5 are for group school only); ask for less, or bring in more first"
    )


def test_where_nothing_is_there_nothing_is_passed_over(book: Book) -> None:
    with refused(book, NotEnough) as errors:
        given(book, ("H-1", 1), origin="station")
    assert str(errors[0]).startswith(
        "asked for 1 quilt from warehouse:station on 2023-01-20, 0 can be used; "
    )


def test_named_lots_are_taken_in_their_order_and_no_others(book: Book) -> None:
    named = Handout("H-1", "quilt", QUILT.quantity(12), "sheet 1", ["GRN-000001-4", "GRN-000001-1"])
    done = book.distribute(origin="depot", lines=[named], on="2023-01-20")
    assert [(pick.lot, pick.quantity) for pick in done.lines[0].picks] == [
        ("GRN-000001-4", 10),
        ("GRN-000001-1", 2),
    ]
    assert done.picking == "named lots"
    more = Handout("H-1", "quilt", QUILT.quantity(9), "sheet 1", ("GRN-000001-1",))
    with refused(book, NotEnough) as errors:
        book.distribute(origin="depot", lines=[more], on="2023-01-20")
    assert (errors[0].there, errors[0].passed_over) == (8, ())


def test_a_lot_that_is_named_twice_is_there_once(book: Book) -> None:
    twice = Handout("H-1", "quilt", QUILT.quantity(11), "sheet 1", ("GRN-000001-1", "GRN-000001-1"))
    with refused(book, NotEnough) as errors:
        book.distribute(origin="depot", lines=[twice], on="2023-01-20")
    assert errors[0].there == 10


def test_what_a_later_entry_needs_is_not_there_for_an_earlier_one(book: Book) -> None:
    """The lot that expires soon is written off on the 25th: on the 20th it can no longer be given out."""
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine("GRN-000001-2", QUILT.quantity(10))],
        on="2023-01-25",
        reason=LossReason.SPOILT,
        explanation="wet",
        reported_by="a",
        approved_by="b",
    )
    assert picked(book, ("H-1", 1)) == [[("late", 1)]]
