"""Elsewhere quilts that a donor gave for one county went to another, because the depot held only a number.

Here the condition stands on the lot, and a use outside it is refused, whichever way the goods go.
"""

from __future__ import annotations

import pytest

from reliefstock import (
    ArrivedLine,
    Book,
    BoughtLine,
    ConsignedLine,
    DatedCode,
    Handout,
    Household,
    Restriction,
    ReturnedLine,
    Society,
)
from reliefstock.errors import NotEnough, OutsideRestriction
from scenario.county import county, everything, gift, yuan

NINGSHAN = Restriction(places=("610923",))


def earmarked(restriction: Restriction = NINGSHAN) -> Book:
    """Ten quilts for Ningshan, four for anybody."""
    book = county()
    gift(book, "quilt", 10, "800.00", "2024-01-10", donor="company", restriction=restriction)
    gift(book, "quilt", 4, "320.00", "2024-01-11", donor="province")
    return book


def give(
    book: Book, to: str, count: int, lots: tuple[str, ...] = (), *, programme: str = "", origin: str = "depot"
) -> list[tuple[str, int]]:
    line = Handout(to, "quilt", book.register.item("quilt").quantity(count), "sheet 1", lots)
    listed = book.distribute(origin=origin, lines=[line], on="2024-01-14", programme=programme)
    return [(pick.lot, pick.quantity) for pick in listed.lines[0].picks]


def test_another_county_gets_what_is_free_and_not_one_quilt_more():
    book = earmarked()
    with pytest.raises(NotEnough) as refused:
        give(book, "ziyang", 5)
    assert refused.value.there == 4
    assert refused.value.passed_over == ("10 of lot GRN-000001-1 are for place 610923 only",)
    assert give(book, "ziyang", 4) == [("GRN-000002-1", 4)]


def test_naming_the_lot_does_not_lift_the_condition():
    book = earmarked()
    before = everything(book)
    with pytest.raises(OutsideRestriction) as refused:
        give(book, "h2", 1, ("GRN-000001-1",))
    assert (refused.value.lot, refused.value.restriction) == ("GRN-000001-1", "place 610923")
    assert everything(book) == before


def test_the_county_meant_gets_what_was_given_for_it_first():
    assert give(earmarked(), "h1", 11) == [("GRN-000001-1", 10), ("GRN-000002-1", 1)]


def test_a_waybill_to_the_other_county_is_refused_as_well():
    book = earmarked()
    line = ConsignedLine("quilt", book.register.item("quilt").quantity(5))
    with pytest.raises(NotEnough):
        book.dispatch(origin="depot", to="ziyang", lines=[line], on="2024-01-14")
    assert (
        book.dispatch(origin="depot", to="ningshan", lines=[line], on="2024-01-14").lines[0].lot
        == "GRN-000001-1"
    )


def test_going_through_another_depot_does_not_lift_the_condition():
    book = earmarked()
    quilt = book.register.item("quilt")
    book.dispatch(
        origin="depot", to="branch", lines=[ConsignedLine("quilt", quilt.quantity(10))], on="2024-01-12"
    )
    arrived = ArrivedLine("GRN-000001-1", quilt.quantity(10))
    book.arrive("WB-000001", on="2024-01-13", received_by="keeper", lines=[arrived])
    with pytest.raises(NotEnough):
        give(book, "h2", 1, origin="branch")


def test_going_out_and_coming_back_does_not_lift_the_condition():
    book = earmarked()
    quilt = book.register.item("quilt")
    give(book, "h1", 10)
    returned = ReturnedLine("GRN-000001-1", quilt.quantity(10))
    book.return_(recipient="h1", into="branch", lines=[returned], on="2024-01-14", reason="moved away")
    with pytest.raises(NotEnough):
        give(book, "h2", 1, origin="branch")


def test_what_is_bought_with_earmarked_money_is_earmarked():
    book = county()
    book.receive_money(
        donor="company", into="general", amount=yuan(800), on="2024-01-02", restriction=NINGSHAN
    )
    bought = book.purchase(
        fund="general",
        supplier="mill",
        into="depot",
        lines=[BoughtLine("quilt", book.register.item("quilt").quantity(10), yuan(800))],
        on="2024-01-10",
        counted_by=("counter a", "counter b"),
        invoice="17",
        money=("DR-000001-1",),
    )
    assert [book.lot(lot).restrictions for lot in bought.lots] == [(NINGSHAN,)]
    with pytest.raises(NotEnough):
        give(book, "h2", 1)
    assert give(book, "h1", 1) == [("PUR-000001-1", 1)]


def test_money_for_one_county_does_not_buy_for_anybody():
    book = county()
    book.receive_money(
        donor="company", into="general", amount=yuan(800), on="2024-01-02", restriction=NINGSHAN
    )
    with pytest.raises(NotEnough):
        book.purchase(
            fund="general",
            supplier="mill",
            into="depot",
            lines=[BoughtLine("quilt", book.register.item("quilt").quantity(10), yuan(800))],
            on="2024-01-10",
            counted_by=("counter a", "counter b"),
            invoice="17",
        )
    assert everything(book)["fund:general", "CNY"] == (800_00, 800_00)


@pytest.mark.parametrize(
    ("restriction", "to", "programme", "allowed"),
    [
        (Restriction(programme="winter"), "h2", "winter", True),
        (Restriction(programme="winter"), "h2", "", False),
        (Restriction(recipients=("lvhe",)), "lvhe", "", True),
        (Restriction(recipients=("lvhe",)), "h1", "", False),
        (Restriction(until="2024-01-14"), "h2", "", True),
        (Restriction(until="2024-01-13"), "h2", "", False),
        (Restriction(places=("610900",)), "h2", "", True),
        (Restriction(places=("610923", "610924")), "h2", "", True),
        (Restriction(places=("610924",), programme="winter"), "h2", "", False),
        (Restriction(places=("610924",), programme="winter"), "h2", "winter", True),
    ],
)
def test_each_part_of_a_condition_must_hold(restriction: Restriction, to: str, programme: str, allowed: bool):
    book = earmarked(restriction)
    if allowed:
        assert give(book, to, 1, ("GRN-000001-1",), programme=programme) == [("GRN-000001-1", 1)]
    else:
        with pytest.raises(OutsideRestriction):
            give(book, to, 1, ("GRN-000001-1",), programme=programme)


def test_a_county_whose_code_has_changed_is_still_the_county_that_was_meant():
    book = earmarked(Restriction(places=("610928",)))
    codes = (DatedCode("610928"), DatedCode("610981"))
    book.add(Society("xunyang", zh="旬阳市红十字会", codes=codes), Household("h3", division="610981104"))
    assert give(book, "h3", 10) == [("GRN-000001-1", 10)]
