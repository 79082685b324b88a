"""Elsewhere a consignment that never arrived was never received, so nothing was posted and nobody missed it.

Here it stays in transit until somebody says what came of it; silence about a lot is never read as a loss.
"""

from __future__ import annotations

from datetime import date

import pytest

from reliefstock import ArrivedLine, Book, ConsignedLine, Place, PlaceKind, Stage, Waybill
from reliefstock.errors import Incomplete, NotOpen
from scenario.county import county, everything, figures, gift


def sent() -> tuple[Book, Waybill]:
    """Two lots on one waybill to the branch depot."""
    book = county()
    gift(book, "quilt", 100, "8000.00", "2024-01-10")
    gift(book, "pack", 9, "1000.00", "2024-01-10")
    lines = [
        ConsignedLine("quilt", book.register.item("quilt").quantity(40)),
        ConsignedLine("pack", book.register.item("pack").quantity(9)),
    ]
    return book, book.dispatch(origin="depot", to="branch", lines=lines, on="2024-01-12", carrier="a lorry")


def test_a_total_loss_is_booked_to_whoever_had_the_goods():
    book, waybill = sent()
    report = book.arrive(
        waybill.number, on="2024-01-15", received_by="keeper", nothing_arrived=True, stage=Stage.CARRIER
    )
    assert [(line.short, line.received) for line in report.lines] == [(40, 0), (9, 0)]
    there = everything(book)
    assert there["loss:short-carrier", "quilt"] == (40, 3_200_00)
    assert there["loss:short-carrier", "pack"] == (9, 1_000_00)
    assert not [place for place, _ in there if place.startswith("transit")]


def test_what_nobody_reports_stays_on_the_road_and_stays_visible():
    book, waybill = sent()
    transit = Place(PlaceKind.TRANSIT, waybill.number)
    held = [figures(there) for _, there in book.ledger.holdings(transit, on=date(2026, 11, 23))]
    assert held == [(40, 3_200_00), (9, 1_000_00)]


def test_a_report_that_says_nothing_of_a_lot_is_refused():
    book, waybill = sent()
    before = everything(book)
    with pytest.raises(Incomplete, match="GRN-000002-1"):
        book.arrive(
            waybill.number,
            on="2024-01-15",
            received_by="keeper",
            lines=[ArrivedLine(waybill.lines[0].lot, waybill.lines[0].quantity)],
        )
    assert everything(book) == before


def test_a_report_without_lines_is_not_read_as_a_loss():
    book, waybill = sent()
    with pytest.raises(Incomplete):
        book.arrive(waybill.number, on="2024-01-15", received_by="keeper")


def test_a_loss_cannot_be_booked_twice():
    book, waybill = sent()
    book.arrive(waybill.number, on="2024-01-15", received_by="keeper", nothing_arrived=True)
    with pytest.raises(NotOpen, match="settled"):
        book.arrive(waybill.number, on="2024-01-16", received_by="keeper", nothing_arrived=True)


def test_a_lorry_that_was_given_up_and_came_after_all_is_put_right_by_a_reversal():
    book, waybill = sent()
    report = book.arrive(waybill.number, on="2024-01-15", received_by="keeper", nothing_arrived=True)
    book.reverse(report.number, on="2024-02-01", reason="it came after all", approved_by="director")
    lines = [ArrivedLine(line.lot, line.quantity) for line in waybill.lines]
    assert book.arrive(waybill.number, on="2024-02-01", received_by="keeper", lines=lines).is_clean
    assert figures(book.on_hand("quilt", "branch")) == (40, 3_200_00)
    assert figures(book.on_hand("quilt", "branch", on="2024-01-31")) == (0, 0)
    assert ("loss:short-unresolved", "quilt") not in everything(book)
