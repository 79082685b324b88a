"""Goods are promised, given out under their hold, set free; and what is taken back is as it was."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import (
    Book,
    Handout,
    Household,
    LossReason,
    PickingRule,
    Policy,
    Restriction,
    WrittenOffLine,
)
from reliefstock.errors import (
    HeldForOthers,
    HoldBroken,
    Incomplete,
    NotEnough,
    NotOpen,
    NotUsable,
    OutsideRestriction,
    PastChanged,
    ReliefstockError,
    UnitMismatch,
    Unknown,
)
from reliefstock.ledger import How
from reliefstock.operations import AllocationLine, ConsignedLine, HoldRelease, QuarantinedLine
from unit.operations.office import (
    MEDICINE,
    QUILT,
    WATER,
    allocated,
    allocation,
    fingerprint,
    gift,
    given,
    handout,
    held,
    line,
    new_office,
    refused,
    reverse,
    sent,
    yuan,
)

L1, L2 = "GRN-000001-1", "GRN-000001-2"
A = "AL-000001-1"
SCHOOLS = Restriction(groups=("school",))


@pytest.fixture
def book() -> Book:
    """Ten quilts that expire in June, and ten that do not expire."""
    book = new_office(today="2023-01-31")
    gift(book, line(expiry="2023-12-01"), line())
    return book


def released(book: Book, hold: str = A, **said: Any) -> HoldRelease:  # noqa: ANN401
    facts: dict[str, Any] = {"on": "2023-01-25", "reason": "they moved away", "released_by": "clerk"}
    return book.release_hold(hold, **facts | said)


def lost(book: Book, units: int, lot: str = L1, on: str = "2023-01-22") -> None:
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(lot, QUILT.quantity(units))],
        on=on,
        reason=LossReason.SPOILT,
        explanation="wet",
        reported_by="a",
        approved_by="b",
    )


def lots(book: Book, hold: str = A) -> list[tuple[str, int]]:
    """What a hold keeps of each lot, whether or not it is over."""
    return [(one.hold.lot, one.open) for one in book.ledger.holds.of(hold)]


# Hold


def test_an_allocation_says_who_was_promised_what_from_which_lots(book: Book) -> None:
    made = allocated(book, allocation("H-1", 12), allocation("lvhe", 3), programme="winter", by="clerk")
    assert (made.number, made.warehouse, made.until.isoformat()) == ("AL-000001", "depot", "2023-02-10")
    assert (made.programme, made.picking, made.source_document, made.approved_by) == (
        "winter",
        "FEFO",
        "plan 3",
        "director",
    )
    assert made.holds == ("AL-000001-1", "AL-000001-2")
    assert [
        (one.recipient, one.item, str(one.quantity), [(lot.lot, lot.quantity) for lot in one.lots])
        for one in made.lines
    ] == [
        ("H-1", "quilt", "12 piece", [(L1, 10), (L2, 2)]),
        ("lvhe", "quilt", "3 piece", [(L2, 3)]),
    ]


def test_an_allocation_moves_nothing(book: Book) -> None:
    before = fingerprint(book)[0]
    assert allocated(book, allocation("H-1", 12)).entries == ()
    assert (fingerprint(book)[0], held(book, "warehouse:depot", L1)[0]) == (before, 10)


def test_an_allocation_holds_what_a_distribution_would_give(book: Book) -> None:
    gift(book, line(restriction=SCHOOLS), on="2023-01-05")
    same = allocated(book, allocation("lvhe", 25), picking=PickingRule.FIFO)
    assert same.picking == "FIFO"
    assert [lot.lot for lot in same.lines[0].lots] == ["GRN-000002-1", L1, L2]
    released(book)
    done = given(book, ("lvhe", 25), picking=PickingRule.FIFO, on="2023-01-25")
    assert [pick.lot for pick in done.lines[0].picks] == ["GRN-000002-1", L1, L2]


def test_goods_must_be_usable_through_the_last_day_of_the_hold(book: Book) -> None:
    assert lots_of_a_hold_until(book, "2023-12-01") == [L1]
    assert lots_of_a_hold_until(book, "2023-12-02") == [L2]


def lots_of_a_hold_until(book: Book, until: str) -> list[str]:
    made = allocated(book, allocation("H-1", 1), until=until)
    return [lot.lot for lot in made.lines[0].lots]


def test_the_day_of_expiry_counts_as_the_policy_says() -> None:
    strict = new_office(Policy(expiry_day_usable=False))
    gift(strict, line(expiry="2023-12-01"), line())
    assert lots_of_a_hold_until(strict, "2023-12-01") == [L2]


def test_a_restriction_must_allow_the_use_through_the_last_day() -> None:
    book = new_office()
    gift(book, line(restriction=Restriction(until="2023-02-01")), line())
    assert lots_of_a_hold_until(book, "2023-02-01") == [L1]
    assert lots_of_a_hold_until(book, "2023-02-02") == [L2]


def test_what_goes_by_whole_packs_is_held_so() -> None:
    book = new_office()
    gift(book, line(item="water", accepted=WATER.quantity(5, "box")))
    made = allocated(book, AllocationLine("H-1", "water", WATER.quantity(48), whole_packs=True))
    [lot] = made.lines[0].lots
    assert (lot.quantity, [str(part) for part in lot.packs]) == (48, ["2 box"])
    with refused(book, NotEnough) as errors:
        allocated(book, AllocationLine("H-1", "water", WATER.quantity(50), whole_packs=True))
    assert errors[0].passed_over == (
        "48 of lot GRN-000001-1 are held for others",
        "24 of lot GRN-000001-1 go by whole box only",
    )


def test_goods_that_are_counted_by_value_are_held_by_value() -> None:
    book = new_office()
    gift(book, line(item="medicine", accepted=yuan("100")))
    allocated(book, AllocationLine("H-1", "medicine", yuan("60")))
    with refused(book, NotEnough) as errors:
        book.distribute(
            origin="depot", lines=[Handout("H-2", "medicine", yuan("41"), "sheet 1")], on="2023-01-25"
        )
    assert "CNY 60.00 of lot GRN-000001-1 are held for others" in str(errors[0])
    assert MEDICINE.counted_by_value


def test_a_line_that_cannot_be_held_whole_refuses_all_lines(book: Book) -> None:
    allocated(book, allocation("H-2", 6))
    gift(book, line(restriction=SCHOOLS))
    with refused(book, NotEnough) as errors:
        allocated(book, allocation("H-1", 1), allocation("H-3", 14))
    assert (errors[0].asked, errors[0].there) == (14, 13)
    assert errors[0].passed_over == (
        "6 of lot GRN-000001-1 are held for others",
        "10 of lot GRN-000002-1 are for group school only",
    )


def test_what_leaves_later_is_not_promised(book: Book) -> None:
    given(book, ("H-2", 15), on="2023-01-25")
    with refused(book, NotEnough) as errors:
        allocated(book, allocation("H-1", 6))
    assert errors[0].there == 5


def test_named_lots_are_held_and_no_others(book: Book) -> None:
    made = allocated(book, allocation("H-1", 4, L2))
    assert ([lot.lot for lot in made.lines[0].lots], made.picking) == ([L2], "named lots")
    with refused(book, NotEnough) as errors:
        allocated(book, allocation("H-2", 7, L2))
    assert errors[0].passed_over == ("4 of lot GRN-000001-2 are held for others",)


def test_a_lot_in_quarantine_is_not_promised(book: Book) -> None:
    book.quarantine(
        warehouse="depot",
        lines=[QuarantinedLine(L2, QUILT.quantity(10))],
        on="2023-01-15",
        reason="wet",
        reported_by="a",
    )
    with refused(book, NotUsable) as errors:
        allocated(book, allocation("H-1", 4, L2))
    assert str(errors[0]) == (
        "lot GRN-000001-2 cannot be used: 10 of it are in quarantine in depot, and none outside; "
        "have it inspected and released first, or name another lot"
    )
    with refused(book, NotEnough):
        allocated(book, allocation("H-1", 11))


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"lines": []}, Incomplete, "it has no lines"),
        ({"until": "2023-01-19"}, Incomplete, "its last day 2023-01-19 is before its first, 2023-01-20"),
        ({"approved_by": " "}, Incomplete, "who approved an allocation"),
        ({"source_document": ""}, Incomplete, "the paper of an allocation"),
        ({"warehouse": "nowhere"}, Unknown, "warehouse 'nowhere'"),
        ({"lines": [allocation("nobody")]}, Unknown, "recipient 'nobody'"),
        ({"lines": [AllocationLine("H-1", "tent", QUILT.quantity(1))]}, Unknown, "item 'tent'"),
        ({"lines": [AllocationLine("H-1", "quilt", yuan("1"))]}, UnitMismatch, "quilt"),
        (
            {"lines": [AllocationLine("H-1", "CNY", yuan("1"))]},
            Incomplete,
            "CNY: it is money, which lies in no",
        ),
        ({"lines": [allocation("H-1", 1, "GRN-000009-1")]}, Unknown, "lot 'GRN-000009-1'"),
        ({"lines": [allocation("H-1", 1, L1)], "until": "2024-01-01"}, NotUsable, "expires on 2023-12-01"),
        ({"on": "2023-01-09"}, NotEnough, "0 can be used"),
    ],
    ids=str,
)
def test_an_allocation_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        allocated(book, allocation("H-1", 1), **said)
    assert words in str(errors[0])


def test_a_named_lot_must_be_within_its_restriction() -> None:
    book = new_office()
    gift(book, line(restriction=SCHOOLS))
    with refused(book, OutsideRestriction):
        allocated(book, allocation("H-1", 1, L1))


def test_a_lot_named_twice_is_held_once(book: Book) -> None:
    with refused(book, NotEnough):
        allocated(book, allocation("H-1", 11, L1, L1))
    assert [lot.quantity for lot in allocated(book, allocation("H-1", 10, L1, L1)).lines[0].lots] == [10]


# Fulfil


def test_a_hold_is_given_out_in_parts_to_the_one_it_is_for(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    first = given(book, handout("H-1", 5, hold=A), on="2023-01-21")
    second = given(book, handout("H-1", 7, hold=A), on="2023-02-07")
    assert [(pick.lot, pick.quantity) for pick in second.lines[0].picks] == [(L1, 5), (L2, 2)]
    assert (first.lines[0].hold, first.picking) == (A, "held lots")
    assert lots(book) == [(L1, 0), (L2, 0)]


def test_more_than_is_held_is_not_given_out_under_a_hold(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    with refused(book, NotEnough) as errors:
        given(book, handout("H-1", 13, hold=A))
    assert (errors[0].asked, errors[0].there, errors[0].passed_over) == (13, 12, ())


def test_two_lines_of_a_list_share_a_hold(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    with refused(book, NotEnough):
        given(book, handout("H-1", 7, hold=A), handout("H-1", 6, hold=A))
    given(book, handout("H-1", 7, hold=A), handout("H-1", 5, hold=A), handout("H-1", 8))
    assert book.on_hand("quilt").quantity == 0


def test_a_waybill_to_a_society_fulfils_what_is_held_for_it(book: Book) -> None:
    allocated(book, allocation("xunyang", 12))
    waybill = sent(book, ConsignedLine("quilt", QUILT.quantity(11), hold=A), to="xunyang")
    assert [(one.lot, one.hold) for one in waybill.lines] == [(L1, A), (L2, A)]
    assert lots(book) == [(L1, 0), (L2, 1)]


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"recipient": "H-2"}, "it is for H-1, not for H-2"),
        ({"programme": "flood"}, "it is for programme winter, not for flood"),
        ({"programme": ""}, "it is for programme winter, not for any"),
        ({"item": "water"}, "it keeps quilt in warehouse:depot, not water in warehouse:depot"),
        ({"origin": "station"}, "it keeps quilt in warehouse:depot, not quilt in warehouse:station"),
        ({"lots": (L1,)}, "lots are named beside it, and it keeps lots of its own"),
    ],
    ids=str,
)
def test_a_hold_is_for_whom_and_what_it_says(book: Book, said: dict[str, Any], missing: str) -> None:
    allocated(book, allocation("H-1", 12), programme="winter")
    facts = {"recipient": "H-1", "programme": "winter", "item": "quilt", "origin": "depot", "lots": ()} | said
    one = Handout(facts["recipient"], facts["item"], QUILT.quantity(1), "sheet 1", facts["lots"], hold=A)
    with refused(book, Incomplete) as errors:
        book.distribute(origin=facts["origin"], lines=[one], on="2023-01-25", programme=facts["programme"])
    assert (errors[0].what, errors[0].missing) == (f"hold {A}", missing)


def test_what_is_held_for_no_programme_is_given_out_in_any(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    given(book, handout("H-1", 12, hold=A), programme="winter")
    assert lots(book) == [(L1, 0), (L2, 0)]


def test_a_hold_is_not_fulfilled_by_sending_to_a_depot_of_the_same_name(book: Book) -> None:
    """A household and a depot share an id: what is for the one does not go to the other."""
    book.add(Household("station"))
    allocated(book, allocation("station", 1))
    with refused(book, Incomplete) as errors:
        sent(book, ConsignedLine("quilt", QUILT.quantity(1), hold=A))
    assert errors[0].missing == "it is for station, not for a warehouse"


def test_a_hold_that_is_not_there_is_unknown(book: Book) -> None:
    with refused(book, Unknown):
        given(book, handout("H-1", 1, hold="AL-000009-1"))


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (
            "2023-02-11",
            "it was over after 2023-02-10, and nothing is taken under it on 2023-02-11; allocate anew",
        ),
        ("2023-01-19", "it begins on 2023-01-20, and nothing is taken under it on 2023-01-19"),
    ],
)
def test_a_hold_is_fulfilled_on_its_days(on: str, reason: str) -> None:
    book = new_office(today="2023-02-28")
    gift(book)
    allocated(book, allocation("H-1", 5))
    with refused(book, HoldBroken) as errors:
        given(book, handout("H-1", 1, hold=A), on=on)
    assert (errors[0].hold, errors[0].lot, errors[0].reason) == (A, L1, reason)
    given(book, handout("H-1", 1, hold=A), on="2023-02-10")
    given(book, ("H-2", 9), on="2023-02-11")


def test_what_ends_later_than_today_is_not_counted_on(book: Book) -> None:
    """It is the 31st of January. By the 6th of February the hold is over, unless they still come for it."""
    allocated(book, allocation("H-1", 15), until="2023-02-05")
    with refused(book, NotEnough) as errors:
        given(book, ("H-2", 6), on="2023-02-06")
    assert errors[0].there == 5
    given(book, handout("H-1", 15, hold=A), on="2023-02-05")


def test_what_a_loss_has_left_is_what_can_be_given_out_under_a_hold(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    lost(book, 7)
    with refused(book, NotEnough) as errors:
        given(book, handout("H-1", 6, hold=A), on="2023-01-25")
    assert (errors[0].there, errors[0].passed_over) == (
        5,
        ("7 of lot GRN-000001-1 are held and not there any more",),
    )
    given(book, handout("H-1", 5, hold=A), on="2023-01-25")
    assert lots(book) == [(L1, 7), (L2, 0)]


def test_under_a_hold_nothing_is_given_out_that_cannot_be_used(book: Book) -> None:
    """The society has become stricter since: on the day of expiry nothing is given out any more."""
    allocated(book, allocation("H-1", 12), until="2023-12-01")

    book.policy = Policy(expiry_day_usable=False, days_ahead=1000)
    with refused(book, NotEnough) as errors:
        given(book, handout("H-1", 12, hold=A), on="2023-12-01")
    assert (errors[0].there, errors[0].passed_over) == (2, ("10 of lot GRN-000001-1 expired on 2023-12-01",))


def test_whole_packs_are_taken_under_a_hold_too() -> None:
    book = new_office()
    gift(book, line(item="water", accepted=WATER.quantity(5, "box")))
    allocated(book, AllocationLine("H-1", "water", WATER.quantity(50)))
    one = Handout("H-1", "water", WATER.quantity(50), "sheet 1", hold=A, whole_packs=True)
    with refused(book, NotEnough) as errors:
        book.distribute(origin="depot", lines=[one], on="2023-01-25")
    assert errors[0].passed_over == ("2 of lot GRN-000001-1 go by whole box only",)


def test_others_take_what_is_free_and_are_told_what_is_held(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    with refused(book, NotEnough) as errors:
        given(book, ("H-1", 9))
    assert errors[0].passed_over == (
        "10 of lot GRN-000001-1 are held for others",
        "2 of lot GRN-000001-2 are held for others",
    )
    done = given(book, ("H-2", 8))
    assert [(pick.lot, pick.quantity) for pick in done.lines[0].picks] == [(L2, 8)]


# Release


def test_what_is_left_of_a_hold_is_set_free(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    given(book, handout("H-1", 4, hold=A), on="2023-01-22")
    note = released(book)
    assert (note.number, note.hold, note.recipient, note.item) == ("HR-000001", A, "H-1", "quilt")
    assert (str(note.quantity), note.reason, note.released_by) == ("8 piece", "they moved away", "clerk")
    assert [(one.lot, one.quantity) for one in note.lots] == [(L1, 6), (L2, 2)]
    given(book, ("H-2", 16), on="2023-01-25")


def test_in_part_the_last_lots_are_set_free_first(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    note = released(book, quantity=QUILT.quantity(3))
    assert [(one.lot, one.quantity) for one in note.lots] == [(L1, 1), (L2, 2)]
    assert lots(book) == [(L1, 9), (L2, 0)]


def test_what_cannot_be_met_is_set_free_before_all_else(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    lost(book, 4)
    note = released(book, quantity=QUILT.quantity(4))
    assert [(one.lot, one.quantity) for one in note.lots] == [(L1, 4)]
    given(book, handout("H-1", 8, hold=A), on="2023-01-26")


def test_a_release_says_the_packs() -> None:
    book = new_office()
    gift(book, line(item="water", accepted=WATER.quantity(5, "box")))
    allocated(book, AllocationLine("H-1", "water", WATER.quantity(50)))
    note = released(book, quantity=WATER.quantity(1, "box"))
    assert (str(note.quantity), [str(part) for part in note.lots[0].packs]) == ("1 box", ["1 box"])


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        (
            {"quantity": QUILT.quantity(13)},
            HoldBroken,
            "12 of it are left from 2023-01-25 on, so 13 cannot be",
        ),
        ({"on": "2023-02-11"}, HoldBroken, "nothing is held under it on 2023-02-11"),
        ({"on": "2023-01-19"}, HoldBroken, "it lasts from 2023-01-20 to 2023-02-10"),
        ({"reason": " "}, Incomplete, "why a hold is released"),
        ({"released_by": ""}, Incomplete, "who released a hold"),
        ({"hold": "AL-000001-2"}, Unknown, "hold 'AL-000001-2'"),
        ({"quantity": yuan("1")}, UnitMismatch, "quilt"),
    ],
    ids=str,
)
def test_a_release_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    book.policy = Policy(days_ahead=30)
    allocated(book, allocation("H-1", 12))
    with refused(book, error) as errors:
        released(book, **said)
    assert words in str(errors[0])


def test_what_is_resolved_is_not_released_again(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    released(book)
    with refused(book, HoldBroken) as errors:
        released(book)
    assert errors[0].reason == "nothing of it is left from 2023-01-25 on"


# Take back


def test_a_list_that_was_a_mistake_is_held_again(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    given(book, handout("H-1", 11, hold=A), on="2023-01-22")
    back = reverse(book, "DL-000001", "2023-01-25")
    assert lots(book) == [(L1, 10), (L2, 2)]
    restored = book.ledger.holds.resolved_by(back.number)
    assert [(out.lot, out.quantity, out.how) for out in restored] == [
        (L1, -10, How.RESTORED),
        (L2, -1, How.RESTORED),
    ]
    given(book, handout("H-1", 12, hold=A), on="2023-01-25")


def test_a_waybill_that_was_a_mistake_is_held_again(book: Book) -> None:
    allocated(book, allocation("xunyang", 12))
    sent(book, ConsignedLine("quilt", QUILT.quantity(12), hold=A), to="xunyang")
    reverse(book, "WB-000001", "2023-01-25")
    assert lots(book) == [(L1, 10), (L2, 2)]


def test_a_list_is_taken_back_also_where_a_loss_has_left_too_little_for_all(book: Book) -> None:
    allocated(book, allocation("H-1", 6, L1), allocation("H-2", 4, L1))
    lost(book, 3)
    given(book, handout("H-1", 6, hold=A), on="2023-01-22")
    reverse(book, "DL-000001", "2023-01-25")
    assert lots(book) == [(L1, 6)]
    given(book, handout("H-2", 4, hold="AL-000001-2"), on="2023-01-25")


def test_what_is_taken_back_after_the_last_day_is_free() -> None:
    book = new_office(today="2023-03-31")
    gift(book)
    allocated(book, allocation("H-1", 8))
    given(book, handout("H-1", 8, hold=A), on="2023-01-22")
    reverse(book, "DL-000001", "2023-02-11")
    assert lots(book) == [(L1, 0)]
    given(book, ("H-2", 10), on="2023-02-11")


def test_what_is_held_again_was_given_out_since_the_day_of_the_reversal(book: Book) -> None:
    """A list is reversed as of the 25th; the day before all was still given out."""
    allocated(book, allocation("H-1", 12))
    given(book, handout("H-1", 12, hold=A), on="2023-01-22")
    reverse(book, "DL-000001", "2023-01-25")
    with refused(book, NotEnough):
        given(book, handout("H-1", 1, hold=A), on="2023-01-24")


def test_a_release_that_was_a_mistake_is_held_again(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    released(book)
    reverse(book, "HR-000001", "2023-01-26")
    assert lots(book) == [(L1, 10), (L2, 2)]


def test_what_was_given_to_others_since_it_was_released_is_not_held_again(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    released(book)
    given(book, ("H-2", 9), on="2023-01-25")
    with refused(book, HeldForOthers):
        reverse(book, "HR-000001", "2023-01-26")


def test_an_allocation_that_was_a_mistake_is_free_again(book: Book) -> None:
    allocated(book, allocation("H-1", 12), allocation("H-2", 3))
    released(book, "AL-000001-2", quantity=QUILT.quantity(1))
    reverse(book, "AL-000001", "2023-01-26")
    assert lots(book) == [(L1, 0), (L2, 0)]
    assert lots(book, "AL-000001-2") == [(L2, 0)]
    given(book, ("H-3", 20), on="2023-01-26")


def test_an_allocation_of_which_something_was_given_out_is_not_reversed(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    given(book, handout("H-1", 1, hold=A), on="2023-01-22")
    with refused(book, NotOpen) as errors:
        reverse(book, "AL-000001", "2023-01-26")
    assert (errors[0].state, errors[0].do) == (
        "fulfilled in part",
        "reverse DL-000001 first, or release what is left",
    )
    reverse(book, "DL-000001", "2023-01-25")
    reverse(book, "AL-000001", "2023-01-26")
    assert lots(book) == [(L1, 0), (L2, 0)]


def test_an_allocation_is_reversed_after_its_last_day() -> None:
    """Nothing was held again when the list was reversed, and nothing is left to be freed."""
    book = new_office(today="2023-03-31")
    gift(book, line(), line())
    allocated(book, allocation("H-1", 12))
    given(book, handout("H-1", 5, hold=A), on="2023-01-22")
    reverse(book, "DL-000001", "2023-02-11")
    reverse(book, "AL-000001", "2023-02-12")
    assert lots(book) == [(L1, 5), (L2, 2)]
    given(book, ("H-2", 20), on="2023-02-12")


def test_an_allocation_is_not_reversed_before_its_day(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    with refused(book, Incomplete):
        reverse(book, "AL-000001", "2023-01-19")
    given(book, handout("H-1", 5, hold=A), on="2023-01-22")
    with refused(book, PastChanged):
        reverse(book, "DL-000001", "2023-01-21")


def test_the_release_of_a_hold_is_not_reversed_when_its_allocation_was(book: Book) -> None:
    allocated(book, allocation("H-1", 12))
    released(book, quantity=QUILT.quantity(1))
    reverse(book, "AL-000001", "2023-01-26")
    with refused(book, NotOpen) as errors:
        reverse(book, "HR-000001", "2023-01-26")
    assert errors[0].state == f"about {A}, whose allocation was reversed"
