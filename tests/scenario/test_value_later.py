"""Elsewhere a price that was corrected this year changed what last year's report had said.

Here the difference goes to where the goods are now: on the shelf, with a household, on the road, in a kit,
lost. What was reported before stays as it was, and can be asked for as it was known.
"""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import (
    ArrivedLine,
    BillOfMaterials,
    Book,
    BrokenLine,
    Component,
    ConsignedLine,
    Handout,
    Item,
    Period,
    ReceivedLine,
    ReturnedLine,
    Revaluation,
    Valuation,
)
from reliefstock.errors import NotOpen
from reliefstock.reconciliation import (
    Claim,
    Measure,
    Scope,
    Verdict,
    What,
    check_claims,
    measure,
    statement,
    trace,
    unvalued,
)
from reliefstock.reports import trial_balance
from reliefstock.values import PIECE, Quantity
from scenario.county import county, figures, gift, yuan


def revalue(book: Book, lot: str, worth: str, on: str, **said: Any) -> Revaluation:  # noqa: ANN401
    return book.revalue(
        lot,
        valuation=Valuation.voucher(yuan(worth), "corrected invoice 17"),
        on=on,
        reason="the invoice was for half of them",
        requested_by="clerk",
        approved_by="director",
        **said,
    )


def give(book: Book, to: str, count: int, on: str, item: str = "quilt") -> None:
    line = Handout(to, item, book.register.item(item).quantity(count), "sheet 1")
    book.distribute(origin="depot", lines=[line], on=on)


def last_winter() -> Book:
    """A hundred quilts entered at 4,000 yuan in 2024, sixty of them given out; they are worth 8,000."""
    book = county()
    gift(book, "quilt", 100, "4000.00", "2024-11-01", donor="company")
    give(book, "h1", 60, "2024-12-01")
    return book


def test_last_years_statement_is_unchanged_on_its_day_and_as_it_was_known():
    book = last_winter()
    year, known = Period.year(2024), len(book.entries)
    reported = statement(book, year)
    paper = revalue(book, "GRN-000001-1", "8000.00", "2025-03-01")
    assert paper.difference == 4000_00
    assert statement(book, year) == reported
    assert statement(book, Period.year(2025), known=known).rows[0].on_hand.value == 1600_00
    assert figures(book.on_hand("quilt", on="2024-12-31")) == (40, 1600_00)
    assert figures(book.on_hand("quilt", known=known)) == (40, 1600_00)
    assert figures(book.on_hand("quilt")) == (40, 3200_00)
    [quilts, difference] = statement(book, Period.year(2025)).rows
    assert (quilts.opening.value, quilts.given_out.value, quilts.on_hand.value) == (1600_00, 2400_00, 3200_00)
    assert (quilts.given_out.quantity, difference.gains.value) == (0, 4000_00)


def test_a_published_figure_is_still_true_of_what_was_known():
    book = last_winter()
    known = len(book.entries)
    what = Measure(what=What.GIVEN_OUT, period=Period(Period.year(2024).first, Period.year(2025).last))
    claim = Claim(
        id="1", figure="2400元", zh="发放价值", en="value given out", measure=what, source="notice 3"
    )
    revalue(book, "GRN-000001-1", "8000.00", "2025-03-01")
    [then] = check_claims(book, [claim], known=known).claims
    [now] = check_claims(book, [claim]).claims
    assert (then.verdict, now.verdict) == (Verdict.SUPPORTED, Verdict.CONTRADICTED)
    assert trace(book, "GRN-000001", known=known).given == 4000_00
    assert trace(book, "GRN-000001").given == 8000_00


def test_quilts_on_the_shelf_at_home_on_the_road_and_in_kits():
    book = last_winter()
    book.add(Item("thermos", zh="暖水瓶", en="Flask"), Item("kit", zh="过冬包", en="Winter kit"))
    parts = [Component("quilt", Quantity(1, PIECE)), Component("thermos", Quantity(2, PIECE))]
    book.add(BillOfMaterials(item="kit", version="1", components=parts))
    gift(book, "thermos", 40, "200.00", "2024-12-01", donor="foundation")
    kit = Quantity(10, PIECE)
    book.build_kits(
        kit="kit", count=kit, warehouse="depot", on="2024-12-02", assembled_by="a", checked_by="b"
    )
    give(book, "h2", 4, "2024-12-03", "kit")
    road = [ConsignedLine("quilt", Quantity(20, PIECE)), ConsignedLine("kit", Quantity(3, PIECE))]
    book.dispatch(origin="depot", to="branch", lines=road, on="2024-12-04")
    paper = revalue(book, "GRN-000001-1", "8000.00", "2024-12-05")
    assert [(one.item, str(one.place), one.quantity, one.difference) for one in paper.lines] == [
        ("quilt", "warehouse:depot", 10, 400_00),
        ("quilt", "household:h1", 60, 2400_00),
        ("quilt", "transit:WB-000001", 20, 800_00),
        ("kit", "warehouse:depot", 3, 120_00),
        ("kit", "household:h2", 4, 160_00),
        ("kit", "transit:WB-000001", 3, 120_00),
    ]
    assert paper.difference == 4000_00
    came = [
        ArrivedLine("GRN-000001-1", Quantity(20, PIECE)),
        ArrivedLine("KIT-000001-1", Quantity(3, PIECE)),
    ]
    book.arrive("WB-000001", on="2024-12-06", received_by="keeper", lines=came)
    assert figures(book.on_hand("kit", "branch")) == (3, 270_00)
    back = [ReturnedLine("KIT-000001-1", Quantity(1, PIECE))]
    book.return_(recipient="h2", into="depot", on="2024-12-07", reason="moved", lines=back)
    book.break_kits(
        warehouse="depot",
        lines=[BrokenLine("RV-000001-2", Quantity(4, PIECE))],
        on="2024-12-08",
        reason="quilts are needed singly",
        broken_by="a",
        checked_by="b",
    )
    assert figures(book.on_hand("quilt", "depot")) == (14, 1120_00)
    for donation in book.ledger.donations:
        assert trace(book, donation).findings == ()
    assert statement(book, Period.year(2024)).findings == trial_balance(book).findings == ()


def test_a_gift_whose_value_is_measured_later():
    book = county()
    line = ReceivedLine(
        "quilt", Quantity(100, PIECE), valuation=Valuation.memorandum("no papers came with it")
    )
    book.receive(donor="company", into="depot", lines=[line], on="2024-11-01", counted_by=("a", "b"))
    give(book, "h1", 60, "2024-12-01")
    given = Measure(what=What.GIVEN_OUT, period=Period.year(2024), scope=Scope(donors=("company",)))
    assert measure(book, given).bounds.high is None
    assert [finding.about for finding in unvalued(book)] == ["GRN-000001-1"]
    known = len(book.entries)
    revalue(book, "GRN-000001-1", "8000.00", "2024-12-15")
    assert measure(book, given).bounds.low == measure(book, given).bounds.high == 4800_00
    assert measure(book, given, known=known).bounds.high is None
    assert unvalued(book) == ()


def test_nothing_is_revalued_behind_the_back_of_a_later_day():
    book = last_winter()
    with pytest.raises(NotOpen) as refused:
        revalue(book, "GRN-000001-1", "8000.00", "2024-11-15")
    assert "moved or counted on 2024-12-01" in refused.value.sentence()


def test_a_value_of_a_closed_year_is_corrected_on_the_first_open_day():
    book = last_winter()
    book.close(Period.year(2024), on="2025-01-10", closed_by="clerk", approved_by="director")
    reported = statement(book, Period.year(2024))
    paper = revalue(book, "GRN-000001-1", "8000.00", "2025-03-01", concerns="2024-12-31")
    assert paper.concerns is not None
    assert statement(book, Period.year(2024)) == reported
