"""Elsewhere what a count found over became stock of nobody, and the donor's report was short ever after.

Here what is over goes into the lot that it was found in, with its donor, its restriction and its worth; what
bears no label is told apart from it.
"""

from __future__ import annotations

import pytest

from reliefstock import (
    Book,
    CountedLine,
    CountReport,
    Handout,
    Restriction,
    UnlistedLine,
    Valuation,
    ValuedGain,
)
from reliefstock.errors import OutsideRestriction
from reliefstock.ledger import Side
from reliefstock.reconciliation import By, statement, trace
from reliefstock.values import Period
from scenario.county import county, gift, yuan

SCHOOLS = Restriction(groups=("school",))
PROVINCE, COMPANY = "GRN-000001-1", "GRN-000002-1"


def stocked() -> Book:
    book = county()
    gift(book, "quilt", 50, "4000.00", "2024-01-10", restriction=SCHOOLS)
    gift(book, "quilt", 20, "1000.00", "2024-01-11", donor="company")
    return book


def count(book: Book, province: int, company: int, *unlisted: UnlistedLine) -> str:
    quilt = book.register.item("quilt")
    plan = book.plan_count(warehouse="depot", on="2024-02-01", counters=("counter a", "counter b"))
    for counter in plan.counters:
        lines = [
            CountedLine(PROVINCE, quilt.quantity(province)),
            CountedLine(COMPANY, quilt.quantity(company)),
        ]
        book.count(plan.number, counter=counter, on="2024-02-01", lines=lines, unlisted=unlisted)
    return plan.number


def approve(book: Book, plan: str, *gains: ValuedGain) -> CountReport:
    people = ("director", "auditor")
    return book.approve_count(plan, on="2024-02-02", approved_by=people, explanation="?", gains=gains)


def test_what_is_over_belongs_to_the_donor_of_its_lot():
    book = stocked()
    approve(book, count(book, 52, 20))
    assert book.lot(PROVINCE).donor == "province"
    found = trace(book, "GRN-000001")
    assert (found.given, found.value_at(Side.ON_HAND), found.findings) == (4160_00, 4160_00, ())


def test_what_is_over_is_bound_to_the_same_use():
    book = stocked()
    approve(book, count(book, 52, 20))
    line = Handout("h1", "quilt", book.register.item("quilt").quantity(51), "sheet 1", [PROVINCE])
    with pytest.raises(OutsideRestriction):
        book.distribute(origin="depot", lines=[line], on="2024-02-03")


def test_one_donors_loss_is_not_made_good_by_anothers_gain():
    book = stocked()
    report = approve(book, count(book, 48, 22))
    assert (report.gross_loss, report.gain) == (160_00, 100_00)
    rows = {row.group: row for row in statement(book, Period.year(2024), by=By.DONOR).rows}
    assert (rows["province"].lost.quantity, rows["company"].gains.quantity) == (2, 2)
    assert not any(row.difference for row in rows.values())


def test_what_bears_no_label_is_a_lot_of_its_own_at_fair_value():
    book = stocked()
    quilt = book.register.item("quilt")
    plan = count(book, 50, 20, UnlistedLine("quilt", quilt.quantity(3), "no label, behind the door"))
    worth = Valuation.fair_value(yuan(210), "price list")
    report = approve(book, plan, ValuedGain(worth, item="quilt"))
    lot = book.lot(report.lines[-1].into)
    assert (lot.donor, lot.quantity, lot.value) == (None, 3, 210_00)
    for donation, given in (("GRN-000001", 4000_00), ("GRN-000002", 1000_00)):
        assert trace(book, donation).given == given


def test_everything_still_adds_up():
    book = stocked()
    quilt = book.register.item("quilt")
    approve(book, count(book, 47, 23, UnlistedLine("quilt", quilt.quantity(3))))
    for by in By:
        found = statement(book, Period.year(2024), by=by)
        assert found.findings == ()
    assert book.on_hand("quilt").quantity == 73
