"""Another use than the donor gave for, with the donor's consent on file."""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import (
    Book,
    Consent,
    RedirectedLine,
    Redirection,
    Restriction,
    UnlistedLine,
    Valuation,
    WrittenOffLine,
)
from reliefstock.errors import (
    BelowZero,
    DateTooFarAhead,
    HeldForOthers,
    Incomplete,
    NeedsApproval,
    NotOpen,
    ReliefstockError,
    Unknown,
)
from unit.operations.office import (
    QUILT,
    allocated,
    allocation,
    bought,
    gift,
    given,
    held,
    line,
    money,
    new_office,
    refused,
    reverse,
    yuan,
)

L = "GRN-000001-1"
FLOOD = Restriction(programme="flood")
SCHOOLS = Restriction(groups=("school",))
LETTER = Consent("province", "letter 3", "2023-02-01")


@pytest.fixture
def book() -> Book:
    """Three quilts worth 1.00 yuan that the province gave for the flood."""
    book = new_office()
    gift(book, line(3, "1", expiry="2024-01-01", batch="B7", condition="new"), restriction=FLOOD)
    return book


def redirected(book: Book, units: int = 2, lot: str = L, **said: Any) -> Redirection:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [RedirectedLine(lot, QUILT.quantity(units))],
        "restriction": SCHOOLS,
        "consents": [LETTER],
        "on": "2023-02-02",
        "reason": "the flood is over",
        "requested_by": "a",
        "approved_by": "b",
    }
    return book.redirect(**facts | said)


def test_a_part_of_a_lot_becomes_a_lot_with_the_new_restriction(book: Book) -> None:
    paper = redirected(book)
    assert (paper.number, paper.title("zh"), paper.lots) == ("RD-000001", "改变用途单", ("RD-000001-1",))
    assert (paper.reason, paper.requested_by, paper.approved_by) == ("the flood is over", "a", "b")
    assert (paper.restriction, paper.consents, paper.paper) == (SCHOOLS, (LETTER,), "letter 3")
    [one] = paper.lines
    assert (one.lot, one.item, one.quantity, one.value) == (L, "quilt", QUILT.quantity(2), 66)
    assert (one.was, one.donors) == ((FLOOD,), ("province",))
    assert held(book, "warehouse:depot", L) == (1, 34)
    assert held(book, "warehouse:depot", "RD-000001-1") == (2, 66)


def test_all_that_must_not_get_lost_stands_on_the_new_lot(book: Book) -> None:
    redirected(book)
    old, new = book.lot(L), book.lot("RD-000001-1")
    assert new.restrictions == (SCHOOLS,)
    assert (new.donor, new.donation, new.received) == ("province", "GRN-000001", old.received)
    assert (new.expiry, new.batch, new.condition) == (old.expiry, "B7", "new")
    assert (new.valuation.basis, new.valuation.evidence) == (old.valuation.basis, "invoice 17")
    assert (str(new.valuation.amount), new.value) == ("CNY 0.66", 66)
    assert [(part.lot, part.quantity, part.value) for part in new.made_of] == [(L, 2, 66)]


def test_a_lot_that_is_redirected_whole_keeps_its_valuation(book: Book) -> None:
    redirected(book, 3)
    assert book.lot("RD-000001-1").valuation == book.lot(L).valuation


def test_a_part_that_is_worth_nothing_keeps_the_valuation_of_the_whole(book: Book) -> None:
    gift(book, line(3, "0.01"), restriction=FLOOD)
    redirected(book, 1, "GRN-000002-1")
    new = book.lot("RD-000001-1")
    assert (new.value, new.valuation) == (0, book.lot("GRN-000002-1").valuation)


def test_goods_without_a_value_stay_without_one(book: Book) -> None:
    gift(book, line(3, valuation=Valuation.memorandum("no invoice")), restriction=FLOOD)
    redirected(book, 2, "GRN-000002-1")
    assert book.lot("RD-000001-1").unvalued


@pytest.mark.parametrize("free", [None, Restriction()])
def test_a_donor_can_free_what_was_given(book: Book, free: Restriction | None) -> None:
    redirected(book, restriction=free)
    assert book.lot("RD-000001-1").restrictions == ()
    given(book, ("H-2", 2), on="2023-02-03")
    assert held(book, "household:H-2", "RD-000001-1") == (2, 66)


def test_what_is_kept_apart_is_redirected_there(book: Book) -> None:
    apart = line(accepted=None, quarantined=QUILT.quantity(2), quarantine_reason="wet")
    gift(book, apart, restriction=FLOOD)
    redirected(book, 2, "GRN-000002-1", quarantined=True)
    assert held(book, "quarantine:depot", "RD-000001-1") == (2, 10000)


def test_money_is_redirected_in_its_fund(book: Book) -> None:
    money(book, "1.00", restriction=FLOOD)
    paper = redirected(book, warehouse="general", lines=[RedirectedLine("DR-000001-1", yuan("0.40"))])
    assert held(book, "fund:general", "DR-000001-1") == (60, 60)
    assert held(book, "fund:general", paper.lots[0]) == (40, 40)
    assert book.lot(paper.lots[0]).restrictions == (SCHOOLS,)


def test_several_lines_are_several_lots_also_of_one(book: Book) -> None:
    lines = [RedirectedLine(L, QUILT.quantity(1)), RedirectedLine(L, QUILT.quantity(2))]
    paper = redirected(book, lines=lines)
    assert [(one.new, one.value) for one in paper.lines] == [("RD-000001-1", 33), ("RD-000001-2", 67)]
    assert len(paper.entries) == 1


def test_what_was_redirected_can_be_redirected_again(book: Book) -> None:
    redirected(book)
    redirected(book, 1, "RD-000001-1", restriction=None, on="2023-02-03")
    assert book.lot("RD-000002-1").made_of[0].lot == "RD-000001-1"
    assert book.lot("RD-000002-1").donation == "GRN-000001"


def test_a_redirection_can_be_taken_back(book: Book) -> None:
    paper = redirected(book)
    reverse(book, paper.number, on="2023-02-03")
    assert held(book, "warehouse:depot", L) == (3, 100)
    assert held(book, "warehouse:depot", "RD-000001-1") == (0, 0)


# Consent


def two_donors_paid(book: Book) -> str:
    """A quilt that the money of the province and of the city paid for together."""
    money(book, "0.50", donor="province")
    money(book, "0.50", donor="city")
    return bought(book, 1, "1.00").lots[0]


def test_goods_of_several_donors_need_the_consent_of_each(book: Book) -> None:
    lot = two_donors_paid(book)
    with refused(book, NeedsApproval) as caught:
        redirected(book, 1, lot)
    assert "the consent of city is not on file" in caught[0].reason
    with refused(book, NeedsApproval) as caught:
        redirected(book, 1, lot, consents=[])
    assert "the consent of province, city is not on file" in caught[0].reason
    both = [LETTER, Consent("city", "letter 4", "2023-02-02")]
    assert redirected(book, 1, lot, consents=both).lines[0].donors == ("province", "city")


def test_nobody_but_a_donor_restricts_what_was_found(book: Book) -> None:
    found = found_by_a_count(book)
    with refused(book, NeedsApproval) as caught:
        redirected(book, 1, found)
    assert "nobody gave it" in caught[0].reason


def found_by_a_count(book: Book) -> str:
    """A quilt that a count found, of which nobody knows a donor."""
    plan = book.plan_count(warehouse="station", on="2023-01-20", counters=("a", "b"))
    for counter in ("a", "b"):
        unlisted = [UnlistedLine("quilt", QUILT.quantity(1))]
        book.count(plan.number, counter=counter, on="2023-01-20", unlisted=unlisted)
    report = book.approve_count(plan.number, on="2023-01-21", approved_by=("c", "d"), explanation="found")
    return report.lines[0].into


REFUSED: list[tuple[dict[str, Any], type[ReliefstockError], str]] = [
    ({"on": "2023-08-01"}, DateTooFarAhead, "2023-08-01"),
    ({"reason": " "}, Incomplete, "why goods are redirected"),
    ({"approved_by": "A"}, NeedsApproval, "2 different people take part in it, 1 are named"),
    ({"lines": []}, Incomplete, "it has no lines"),
    ({"lines": [RedirectedLine("GRN-000009-1", QUILT.quantity(1))]}, Unknown, "GRN-000009-1"),
    ({"lines": [RedirectedLine(L, QUILT.quantity(4))]}, BelowZero, "asked to take 4"),
    ({"warehouse": "granary"}, Unknown, "granary"),
    ({"restriction": FLOOD}, Incomplete, "it is for programme flood already"),
    ({"consents": [Consent("nobody", "letter 1", "2023-02-01")]}, Unknown, "nobody"),
    (
        {"consents": [Consent("province", " ", "2023-02-01")]},
        Incomplete,
        "the paper of the consent of province",
    ),
    ({"consents": [Consent("province", "letter 1", "2023-02-03")]}, Incomplete, "it is of 2023-02-03, after"),
    (
        {"consents": [Consent("city", "letter 1", "2023-02-01")]},
        NeedsApproval,
        "the consent of province is not",
    ),
]


@pytest.mark.parametrize(("said", "error", "why"), REFUSED)
def test_what_is_wrong_with_a_redirection_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], why: str
) -> None:
    with refused(book, error) as caught:
        redirected(book, **said)
    assert why in str(caught[0])


def test_what_is_promised_is_not_redirected(book: Book) -> None:
    allocated(book, allocation("H-1", 2), programme="flood", on="2023-01-20")
    with refused(book, HeldForOthers):
        redirected(book)
    redirected(book, 1)
    assert held(book, "warehouse:depot", "RD-000001-1") == (1, 33)


# The name on a paper


def test_who_names_the_lot_that_was_redirected_is_told_where_it_is(book: Book) -> None:
    redirected(book, 3)
    with refused(book, NotOpen) as caught:
        book.write_off(
            warehouse="depot",
            lines=[WrittenOffLine(L, QUILT.quantity(1))],
            on="2023-02-03",
            reason="stolen",
            explanation="broken lock",
            reported_by="a",
            approved_by="b",
        )
    assert str(caught[0]) == (
        f"lot {L} is redirected: in warehouse:depot it is lot RD-000001-1, so it cannot be taken from there; "
        "name that lot, if it may be used so"
    )
