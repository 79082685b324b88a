"""Elsewhere a transfer wrote a new line of stock at the other depot, with no donor and with another value.

Here a transfer moves the lot itself: donor, donation, restriction and value cannot be left behind.
"""

from __future__ import annotations

from reliefstock import ArrivedLine, ConsignedLine, Handout, Place, PlaceKind, Restriction, Stage
from scenario.county import county, figures, gift

NINGSHAN = Restriction(places=("610923",))
BRANCH = Place(PlaceKind.WAREHOUSE, "branch")


def test_goods_of_two_donors_sent_on_one_lorry_arrive_as_goods_of_two_donors():
    book = county()
    first = gift(book, "quilt", 3, "250.00", "2024-01-10", donor="province", restriction=NINGSHAN)
    second = gift(book, "quilt", 7, "700.01", "2024-01-11", donor="company")
    quilt = book.register.item("quilt")
    waybill = book.dispatch(
        origin="depot", to="branch", lines=[ConsignedLine("quilt", quilt.quantity(10))], on="2024-01-12"
    )
    arrived = [ArrivedLine(line.lot, line.quantity) for line in waybill.lines]
    report = book.arrive(waybill.number, on="2024-01-13", received_by="keeper", lines=arrived)

    assert report.is_clean
    there = [(lot.donor, lot.restrictions, figures(held)) for lot, held in book.ledger.holdings(BRANCH)]
    assert there == [("province", (NINGSHAN,), (3, 250_00)), ("company", (), (7, 700_01))]
    assert [book.lot(lot).donation for lot in (*first.lots, *second.lots)] == ["GRN-000001", "GRN-000002"]


def test_value_that_travels_in_parts_arrives_to_the_last_fen():
    book = county()
    (lot,) = gift(book, "pack", 7, "100.00", "2024-01-10").lots
    one = book.register.item("pack").quantity(1)
    for day in range(11, 18):
        waybill = book.dispatch(
            origin="depot", to="branch", lines=[ConsignedLine("pack", one)], on=f"2024-01-{day}"
        )
        book.arrive(waybill.number, on=f"2024-01-{day}", received_by="keeper", lines=[ArrivedLine(lot, one)])
    assert figures(book.on_hand("pack", "branch")) == (7, 100_00)
    assert figures(book.on_hand("pack", "depot")) == (0, 0)


def test_what_is_on_the_road_is_neither_on_hand_nor_lost():
    book = county()
    (lot,) = gift(book, "quilt", 20, "1600.00", "2024-01-10").lots
    book.dispatch(
        origin="depot",
        to="ningshan",
        lines=[ConsignedLine("quilt", book.register.item("quilt").quantity(5))],
        on="2024-01-12",
    )
    assert figures(book.on_hand("quilt")) == (15, 1_200_00)
    assert figures(book.holding(Place(PlaceKind.TRANSIT, "WB-000001"), lot)) == (5, 400_00)
    assert list(book.ledger.places(PlaceKind.LOSS, PlaceKind.SOCIETY)) == []


def test_one_quilt_too_many_on_the_lorry_is_found_and_not_made_up():
    book = county()
    (lot,) = gift(book, "quilt", 20, "1600.00", "2024-01-10").lots
    quilt = book.register.item("quilt")
    waybill = book.dispatch(
        origin="depot", to="branch", lines=[ConsignedLine("quilt", quilt.quantity(5))], on="2024-01-12"
    )
    report = book.arrive(
        waybill.number,
        on="2024-01-13",
        received_by="keeper",
        approved_by="head",
        lines=[ArrivedLine(lot, quilt.quantity(6), stage=Stage.SENDER)],
    )
    assert [line.over for line in report.lines] == [1]
    assert figures(book.holding(Place(PlaceKind.GAIN, "over-sender"), lot)) == (-1, -80_00)
    handed = book.distribute(
        origin="branch", lines=[Handout("h1", "quilt", quilt.quantity(6), "sheet 1")], on="2024-01-14"
    )
    assert [(pick.lot, pick.quantity) for pick in handed.lines[0].picks] == [(lot, 6)]
