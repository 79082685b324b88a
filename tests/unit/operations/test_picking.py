"""Which lots goods are taken from."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from reliefstock import (
    Book,
    ConsignedLine,
    DistributionList,
    Handout,
    PickingRule,
    Policy,
    Quantity,
    ReceivedLine,
    Restriction,
    Unit,
    WrittenOffLine,
)
from reliefstock.errors import BadData, NotEnough, NotUsable, OutsideRestriction
from reliefstock.operations.losses import LossReason
from reliefstock.values import PIECE
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


# FIFO


AGES = [
    # name, received, expiry, restriction
    ("second", "2023-01-11", "2023-12-01", None),
    ("third, for schools", "2023-01-12", "2023-08-01", SCHOOLS),
    ("fourth", "2023-01-13", "2024-12-01", None),
    ("first, dated back", "2023-01-05", None, None),
    ("third too", "2023-01-12", None, None),
    ("first, for schools", "2023-01-05", "2024-01-01", SCHOOLS),
]


@pytest.fixture
def shelf() -> tuple[Book, dict[str, str]]:
    """Six lots of ten, and their names by their ids; the last three became known after the others."""
    book = new_office(today="2024-12-31")
    names = {
        gift(book, line(expiry=expiry, restriction=restriction), on=on).lots[0]: name
        for name, on, expiry, restriction in AGES
    }
    return book, names


def taken(book: Book, names: dict[str, str], who: str, units: int, **said: Any) -> list[str]:  # noqa: ANN401
    facts: dict[str, Any] = {"origin": "depot", "on": "2023-01-20"}
    asked = Handout(who, "quilt", QUILT.quantity(units), "sheet 1")
    return [names[pick.lot] for pick in book.distribute(lines=[asked], **facts | said).lines[0].picks]


def test_what_came_first_goes_first_where_that_is_asked_for(shelf: tuple[Book, dict[str, str]]) -> None:
    book, names = shelf
    assert taken(book, names, "lvhe", 60, picking="FIFO") == [
        "first, dated back",
        "first, for schools",
        "second",
        "third, for schools",
        "third too",
        "fourth",
    ]
    assert book.documents_of(DistributionList)[0].picking == "FIFO"


def test_who_is_no_school_gets_what_came_first_of_the_rest(shelf: tuple[Book, dict[str, str]]) -> None:
    book, names = shelf
    order = ["first, dated back", "second", "third too", "fourth"]
    assert taken(book, names, "H-1", 40, picking=PickingRule.FIFO) == order


def test_first_in_first_out_may_be_the_policy_and_first_expired_asked_for() -> None:
    book = new_office(Policy(picking=PickingRule.FIFO), today="2024-12-31")
    days = ("2024-01-01", "2023-12-01")
    names = {gift(book, line(expiry=day), on="2023-01-10").lots[0]: day for day in days}
    assert taken(book, names, "H-1", 1) == ["2024-01-01"]
    assert taken(book, names, "H-1", 1, picking="FEFO") == ["2023-12-01"]
    assert [one.picking for one in book.documents_of(DistributionList)] == ["FIFO", "FEFO"]


def test_what_has_expired_is_skipped_by_first_in_first_out_too(shelf: tuple[Book, dict[str, str]]) -> None:
    book, names = shelf
    order = taken(book, names, "lvhe", 30, picking="FIFO", on="2024-06-01")
    assert order == ["first, dated back", "third too", "fourth"]


def test_lines_share_what_is_left_by_first_in_first_out(shelf: tuple[Book, dict[str, str]]) -> None:
    book, names = shelf
    lines = [Handout(who, "quilt", QUILT.quantity(7), "sheet 1") for who in ("H-1", "lvhe", "H-2")]
    done = book.distribute(origin="depot", lines=lines, on="2023-01-20", picking="FIFO")
    assert [[(names[pick.lot], pick.quantity) for pick in one.picks] for one in done.lines] == [
        [("first, dated back", 7)],
        [("first, dated back", 3), ("first, for schools", 4)],
        [("second", 7)],
    ]


@pytest.mark.parametrize("rule", ["LIFO", "", 1], ids=str)
def test_a_rule_that_there_is_not_is_refused(rule: object) -> None:
    book = new_office()
    gift(book)
    with refused(book, BadData) as errors:
        given(book, ("H-1", 1), picking=rule)
    assert "PickingRule" in str(errors[0])


def test_a_document_names_every_way_in_which_its_lots_were_taken(shelf: tuple[Book, dict[str, str]]) -> None:
    book, _ = shelf
    one = QUILT.quantity(1)
    lines = [
        Handout("H-1", "quilt", one, "sheet 1"),
        Handout("H-2", "quilt", one, "sheet 1", ("GRN-000003-1",)),
        Handout("H-3", "quilt", one, "sheet 1"),
    ]
    done = book.distribute(origin="depot", lines=lines, on="2023-01-20")
    assert done.picking == "FEFO, named lots"


# Packs

BOX24, BOX20 = PIECE.pack("box of 24", 24), PIECE.pack("box of 20", 20)
HALVES = PIECE.pack("strip", Fraction(5, 2))
W = "GRN-000001-"


def water(count: int, pack: Unit = PIECE, **said: Any) -> ReceivedLine:  # noqa: ANN401
    return line(item="water", accepted=Quantity(count, pack), **said)


def drunk(
    book: Book, *units: int, whole: bool = True, lots: tuple[str, ...] = (), who: str = "H-1"
) -> list[list[tuple[str, int, list[str]]]]:
    """Water for a household, a line each: the lots by their last numbers, how much of each, and in packs."""
    lines = [
        Handout(who, "water", Quantity(count, PIECE), "sheet 1", lots, whole_packs=whole) for count in units
    ]
    done = book.distribute(origin="depot", lines=lines, on="2023-01-20")
    return [
        [(pick.lot[-1], pick.quantity, [str(part) for part in pick.packs]) for pick in one.picks]
        for one in done.lines
    ]


def test_a_pick_says_its_boxes_and_what_is_loose() -> None:
    book = new_office()
    gift(book, water(3, BOX24), water(2, BOX20), water(30))
    assert drunk(book, 100, 25, whole=False) == [
        [("1", 72, ["3 box of 24"]), ("2", 28, ["1 box of 20", "8 piece"])],
        [("2", 12, ["12 piece"]), ("3", 13, [])],
    ]


def test_whole_boxes_are_taken_of_each_lot_and_none_is_opened() -> None:
    book = new_office()
    gift(book, water(3, BOX24), water(2, BOX20))
    assert drunk(book, 48, 24 + 20) == [
        [("1", 48, ["2 box of 24"])],
        [("1", 24, ["1 box of 24"]), ("2", 20, ["1 box of 20"])],
    ]


def test_loose_pieces_of_an_opened_box_stay_for_whoever_takes_pieces() -> None:
    book = new_office()
    gift(book, water(3, BOX24, expiry="2023-12-01"), water(2, BOX20))
    assert drunk(book, 2, whole=False) == [[("1", 2, ["2 piece"])]]
    assert drunk(book, 48 + 20) == [[("1", 48, ["2 box of 24"]), ("2", 20, ["1 box of 20"])]]
    assert drunk(book, 30, whole=False) == [[("1", 22, ["22 piece"]), ("2", 8, ["8 piece"])]]


def test_a_line_after_one_that_took_whole_boxes_finds_what_that_one_left() -> None:
    book = new_office()
    gift(book, water(30, expiry="2023-12-01"), water(2, BOX24, expiry="2024-01-01"), water(1, BOX20))
    assert drunk(book, 1, whole=False) == [[("1", 1, [])]]
    lines = [
        Handout("H-1", "water", Quantity(29 + 24 + 20, PIECE), "sheet 1", whole_packs=True),
        Handout("H-2", "water", Quantity(24, PIECE), "sheet 2"),
    ]
    done = book.distribute(origin="depot", lines=lines, on="2023-01-20")
    assert [[(pick.lot[-1], pick.quantity) for pick in one.picks] for one in done.lines] == [
        [("1", 29), ("2", 24), ("3", 20)],
        [("2", 24)],
    ]


def test_what_came_loose_is_taken_by_the_piece_also_where_whole_boxes_are_asked_for() -> None:
    book = new_office()
    gift(book, water(10, expiry="2023-12-01"), water(1, BOX24))
    assert drunk(book, 10 + 24) == [[("1", 10, []), ("2", 24, ["1 box of 24"])]]


def test_whole_boxes_of_a_named_lot_are_taken_of_that_lot() -> None:
    book = new_office()
    gift(book, water(3, BOX24), water(2, BOX20))
    assert drunk(book, 40, lots=(W + "2",)) == [[("2", 40, ["2 box of 20"])]]
    with refused(book, NotEnough) as errors:
        drunk(book, 30, lots=(W + "1",))
    assert (errors[0].there, errors[0].passed_over) == (24, (f"48 of lot {W}1 go by whole box of 24 only",))


def test_less_than_a_box_is_not_taken_where_whole_boxes_are_asked_for() -> None:
    book = new_office()
    gift(book, water(2, BOX24))
    with refused(book, NotEnough) as errors:
        drunk(book, 50)
    assert (errors[0].asked, errors[0].there) == (50, 48)
    with refused(book, NotEnough) as errors:
        drunk(book, 10)
    assert str(errors[0]).endswith(
        f"0 can be used (48 of lot {W}1 go by whole box of 24 only); ask for less, or bring in more first"
    )


def test_packs_of_two_pieces_and_a_half_are_whole_by_twos() -> None:
    """Four strips of two and a half are ten pieces: two strips are the least that is whole pieces."""
    book = new_office()
    gift(book, water(4, HALVES))
    with refused(book, NotEnough) as errors:
        drunk(book, 7)
    assert errors[0].there == 5
    assert drunk(book, 5) == [[("1", 5, ["2 strip"])]]
    assert drunk(book, 3, whole=False) == [[("1", 3, ["3 piece"])]]


def test_a_waybill_takes_whole_boxes_too() -> None:
    book = new_office()
    gift(book, water(3, BOX24))
    asked = ConsignedLine("water", Quantity(48, PIECE), whole_packs=True)
    done = book.dispatch(origin="depot", to="station", lines=[asked], on="2023-01-20")
    assert [str(part) for part in done.lines[0].packs] == ["2 box of 24"]
    with refused(book, NotEnough):
        book.dispatch(origin="depot", to="station", lines=[asked], on="2023-01-20")


# What is not there


def test_why_a_lot_is_passed_over_is_said_whatever_the_reason() -> None:
    """The third lot was given out, recalled and not given out after all, so it lies among usable goods."""
    book = new_office(today="2023-12-31")
    gift(
        book,
        water(1, BOX24, expiry="2023-08-01"),
        water(1, BOX24, restriction=SCHOOLS),
        water(1, BOX24, batch="B-1"),
        water(1, BOX24),
    )
    third = Handout("H-1", "water", Quantity(24, PIECE), "sheet 1", (W + "3",))
    book.distribute(origin="depot", lines=[third], on="2023-01-16")
    book.recall(batch="B-1", reason="mould", notice="notice 1", ordered_by="director", on="2023-01-17")
    book.reverse("DL-000001", on="2023-01-18", reason="not given out", approved_by="director")
    asked = Handout("H-1", "water", Quantity(30, PIECE), "sheet 1", whole_packs=True)
    with refused(book, NotEnough) as errors:
        book.distribute(origin="depot", lines=[asked], on="2023-08-02")
    assert errors[0].there == 24
    assert set(errors[0].passed_over) == {
        f"24 of lot {W}1 expired on 2023-08-01",
        f"24 of lot {W}2 are for group school only",
        f"24 of lot {W}3 came under recall RCL-000001",
    }
    with refused(book, NotEnough) as errors:
        drunk(book, 23)
    assert f"24 of lot {W}1 go by whole box of 24 only" in errors[0].passed_over


def test_a_named_lot_is_of_the_item_that_is_asked_for() -> None:
    book = new_office()
    gift(book, line())
    with refused(book, NotUsable) as errors:
        drunk(book, 1, lots=(W + "1",))
    assert str(errors[0]) == f"lot {W}1 cannot be used: it is quilt, not water; name another lot"


def test_a_named_lot_that_is_for_others_is_refused() -> None:
    book = new_office()
    gift(book, water(2, BOX24, restriction=SCHOOLS))
    with refused(book, OutsideRestriction) as errors:
        drunk(book, 24, lots=(W + "1",))
    assert errors[0].lot == W + "1"
    assert drunk(book, 24, lots=(W + "1",), who="lvhe") == [[("1", 24, ["1 box of 24"])]]
