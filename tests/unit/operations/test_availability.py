"""What can be given out or promised, and why the rest cannot."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from reliefstock import Book, LossReason, Policy, Restriction, WrittenOffLine
from reliefstock.errors import Incomplete, NotABusinessDate, NotEnough, Unknown
from reliefstock.operations import QuarantinedLine
from unit.operations.office import (
    QUILT,
    WATER,
    allocated,
    allocation,
    gift,
    given,
    handout,
    line,
    new_office,
    refused,
    sent,
)

COLUMNS = ("on_hand", "quarantined", "unusable", "restricted", "held", "kept", "moving", "available")
SCHOOLS = Restriction(groups=("school",))


@pytest.fixture
def book() -> Book:
    """Today is the 25th of January."""
    return new_office(today="2023-01-25")


def columns(book: Book, **said: Any) -> dict[str, int]:  # noqa: ANN401
    """What is not zero; all that is on hand stands in one column or another."""
    answer = book.available("quilt", **said)
    found = {name: getattr(answer, name) for name in COLUMNS}
    assert found["on_hand"] == sum(found[name] for name in COLUMNS[1:])
    return {name: units for name, units in found.items() if units}


def test_where_nothing_is_nothing_is_available(book: Book) -> None:
    assert columns(book) == {}


def test_all_that_is_on_hand_stands_in_one_column(book: Book) -> None:
    gift(book, line(10), line(10, expiry="2023-07-20"), line(7, restriction=SCHOOLS))
    gift(book, line(accepted=None, quarantined=QUILT.quantity(3), quarantine_reason="wet"))
    allocated(book, allocation("H-1", 4), allocation("H-2", 2))
    assert columns(book) == {
        "on_hand": 30,
        "quarantined": 3,
        "restricted": 7,
        "held": 6,
        "available": 14,
    }
    assert columns(book, recipient="H-1") == {
        "on_hand": 30,
        "quarantined": 3,
        "restricted": 7,
        "held": 2,
        "kept": 4,
        "available": 14,
    }
    assert columns(book, recipient="lvhe")["available"] == 21


def test_what_is_available_can_be_given_out_and_no_more(book: Book) -> None:
    gift(book, line(10), line(7, restriction=SCHOOLS))
    allocated(book, allocation("H-1", 4))
    assert book.available("quilt", "depot", recipient="H-2").available == 6
    with refused(book, NotEnough):
        given(book, ("H-2", 7), on="2023-01-25")
    given(book, ("H-2", 6), on="2023-01-25")
    assert columns(book, warehouse="depot", recipient="H-1") == {"on_hand": 11, "restricted": 7, "kept": 4}
    given(book, handout("H-1", 4, hold="AL-000001-1"), on="2023-01-25")


def test_the_answer_says_what_was_asked(book: Book) -> None:
    gift(book)
    answer = book.available("quilt", "depot", on="2023-01-24", recipient="H-1", programme="winter")
    assert attrs.asdict(answer, filter=lambda field, _: field.name not in COLUMNS) == {
        "item": "quilt",
        "warehouse": "depot",
        "on": answer.on,
        "recipient": "H-1",
        "programme": "winter",
    }
    plain = book.available("quilt")
    assert (plain.warehouse, plain.on.isoformat(), plain.recipient, plain.programme) == (
        None,
        "2023-01-25",
        "",
        "",
    )


def test_each_depot_is_asked_for_itself(book: Book) -> None:
    gift(book, line(10))
    gift(book, line(5), into="station")
    gift(book, line(item="water", accepted=WATER.quantity(8)))
    allocated(book, allocation("H-1", 4))
    assert columns(book, warehouse="depot") == {"on_hand": 10, "held": 4, "available": 6}
    assert columns(book, warehouse="station") == {"on_hand": 5, "available": 5}
    assert columns(book) == {"on_hand": 15, "held": 4, "available": 11}


def test_a_purpose_is_a_programme_too(book: Book) -> None:
    gift(book, line(10, restriction=Restriction(programme="winter")))
    allocated(book, allocation("H-1", 4), programme="winter")
    assert columns(book) == {"on_hand": 10, "restricted": 10}
    assert columns(book, programme="winter", recipient="H-1") == {"on_hand": 10, "kept": 4, "available": 6}
    assert columns(book, programme="winter") == {"on_hand": 10, "held": 4, "available": 6}


def test_what_is_held_for_another_programme_is_held_for_others() -> None:
    book = new_office(today="2023-01-25")
    gift(book, line(10))
    allocated(book, allocation("H-1", 4), programme="winter")
    assert columns(book, programme="flood", recipient="H-1") == {"on_hand": 10, "held": 4, "available": 6}


def test_what_is_expired_cannot_be_used_and_counts_as_nothing_else() -> None:
    book = new_office(today="2023-07-20")
    gift(book, line(10, expiry="2023-07-19"), line(10, expiry="2023-07-20"))
    assert columns(book) == {"on_hand": 20, "unusable": 10, "available": 10}
    assert columns(book, on="2023-07-19") == {"on_hand": 20, "available": 20}
    book.policy = Policy(expiry_day_usable=False)
    assert columns(book) == {"on_hand": 20, "unusable": 20}


def test_what_leaves_later_is_on_hand_and_moving(book: Book) -> None:
    gift(book, line(10))
    sent(book, on="2023-01-27")
    assert columns(book, on="2023-01-26") == {"on_hand": 10, "moving": 10}
    assert columns(book) == {}


def test_what_comes_later_is_known_and_not_there_yet(book: Book) -> None:
    gift(book, line(10), on="2023-01-27")
    assert columns(book) == {"on_hand": 10, "moving": 10}
    assert columns(book, on="2023-01-26") == {}
    assert columns(book, on="2023-01-27") == {"on_hand": 10, "available": 10}


def test_what_a_loss_has_left_is_kept_for_the_first_promised(book: Book) -> None:
    gift(book, line(10))
    allocated(book, allocation("H-1", 6), allocation("H-2", 4))
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine("GRN-000001-1", QUILT.quantity(3))],
        on="2023-01-22",
        reason=LossReason.STOLEN,
        explanation="a broken lock",
        reported_by="a",
        approved_by="b",
    )
    assert columns(book, recipient="H-1") == {"on_hand": 7, "kept": 6, "held": 1}
    assert columns(book, recipient="H-2") == {"on_hand": 7, "kept": 1, "held": 6}


def test_what_was_kept_apart_is_not_usable(book: Book) -> None:
    gift(book, line(10))
    allocated(book, allocation("H-1", 6))
    book.quarantine(
        warehouse="depot",
        lines=[QuarantinedLine("GRN-000001-1", QUILT.quantity(8))],
        on="2023-01-22",
        reason="wet",
        reported_by="a",
    )
    assert columns(book) == {"on_hand": 10, "quarantined": 8, "held": 2}


def test_a_hold_that_is_over_keeps_nothing(book: Book) -> None:
    gift(book, line(10))
    allocated(book, allocation("H-1", 6), until="2023-01-24")
    assert columns(book, on="2023-01-24") == {"on_hand": 10, "held": 6, "available": 4}
    assert columns(book) == {"on_hand": 10, "available": 10}


@pytest.mark.parametrize("said", [{"warehouse": "nowhere"}, {"recipient": "nobody"}], ids=str)
def test_who_is_not_known_cannot_be_asked_about(book: Book, said: dict[str, Any]) -> None:
    with pytest.raises(Unknown):
        book.available("quilt", **said)


def test_an_item_that_is_not_known_and_a_day_that_is_none(book: Book) -> None:
    with pytest.raises(Unknown):
        book.available("tent")
    with pytest.raises(NotABusinessDate):
        book.available("quilt", on="January")


def test_money_lies_in_no_depot(book: Book) -> None:
    with pytest.raises(Incomplete, match="what money there is, is on hand in the funds"):
        book.available("CNY")


def test_what_was_given_for_something_narrower_counts_where_any_use_does(book: Book) -> None:
    gift(book, line(10, restriction=SCHOOLS), line(5, restriction=Restriction(until="2023-01-24")))
    assert columns(book) == {"on_hand": 15, "restricted": 15}
    assert columns(book, for_anything=True) == {"on_hand": 15, "restricted": 5, "available": 10}
