"""Elsewhere what was given for one flood went to another, and the donor read of it in the newspaper.

Here every donor behind the goods agrees on paper first, a part can be redirected and the rest stays as it
was, and the trace and the donor's report still end at what was given.
"""

from __future__ import annotations

from typing import Any

import pytest

from reliefstock import (
    Book,
    BoughtLine,
    Consent,
    Handout,
    Period,
    RedirectedLine,
    Redirection,
    Restriction,
)
from reliefstock.errors import NeedsApproval, NotEnough
from reliefstock.reconciliation import (
    By,
    expiring_without_recipient,
    restriction_account,
    restrictions_ending,
    statement,
    trace,
)
from reliefstock.reports import donation_report
from scenario.county import county, everything, gift, yuan

FLOOD = Restriction(programme="flood 2024", places=("610923",))
WINTER = Restriction(programme="winter")
COMPANY = Consent("company", "letter 12", "2024-09-01")


def redirect(book: Book, lot: str, count: int, *consents: Consent, **said: Any) -> Redirection:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [RedirectedLine(lot, book.item_of(lot).quantity(count))],
        "restriction": WINTER,
        "consents": consents,
        "on": "2024-09-02",
        "reason": "the flood is over and 60 quilts are left",
        "requested_by": "clerk",
        "approved_by": "director",
    }
    return book.redirect(**facts | said)


def give(book: Book, to: str, count: int, programme: str, on: str) -> None:
    line = Handout(to, "quilt", book.register.item("quilt").quantity(count), "sheet 1")
    book.distribute(origin="depot", lines=[line], on=on, programme=programme)


def flooded() -> Book:
    """A hundred quilts that a company gave for the flood, forty of them given out."""
    book = county()
    gift(book, "quilt", 100, "8000.00", "2024-07-01", donor="company", restriction=FLOOD)
    give(book, "h1", 40, "flood 2024", "2024-07-10")
    return book


def test_without_a_letter_of_the_donor_nothing_changes():
    book = flooded()
    before = everything(book)
    with pytest.raises(NeedsApproval) as refused:
        redirect(book, "GRN-000001-1", 30)
    assert "the consent of company is not on file" in refused.value.sentence()
    with pytest.raises(NeedsApproval, match="2 different people"):
        redirect(book, "GRN-000001-1", 30, COMPANY, approved_by="Clerk")
    assert everything(book) == before
    assert not book.documents_of(Redirection)


def test_a_part_is_redirected_and_can_be_told_from_the_rest():
    book = flooded()
    redirect(book, "GRN-000001-1", 30, COMPANY)
    with pytest.raises(NotEnough):
        give(book, "h2", 31, "winter", "2024-12-01")
    give(book, "h2", 10, "winter", "2024-12-01")
    found = trace(book, "GRN-000001")
    assert found.findings == ()
    assert [(str(end.place), end.lot, end.quantity, end.value) for end in found.ends] == [
        ("warehouse:depot", "GRN-000001-1", 30, 2400_00),
        ("household:h1", "GRN-000001-1", 40, 3200_00),
        ("warehouse:depot", "RD-000001-1", 20, 1600_00),
        ("household:h2", "RD-000001-1", 10, 800_00),
    ]
    [donation] = donation_report(book, "company").donations
    assert (donation.given, donation.difference) == (8000_00, 0)
    assert not any(end.was_converted for end in donation.ends)


def test_the_account_says_how_much_was_used_for_what_it_was_given_for():
    book = flooded()
    redirect(book, "GRN-000001-1", 30, COMPANY)
    give(book, "h2", 10, "winter", "2024-12-01")
    account = restriction_account(book, Period.year(2024), by=By.DONOR)
    assert account.findings == ()
    flood, winter = account.totals
    assert (flood.received.value, flood.released.value, flood.redirected_out.value, flood.closing.value) == (
        8000_00,
        3200_00,
        2400_00,
        2400_00,
    )
    assert (winter.redirected_in.value, winter.released.value, winter.closing.value) == (
        2400_00,
        800_00,
        1600_00,
    )


def test_the_consent_of_one_of_two_donors_is_not_enough():
    """One blanket, that the money of two donors paid for."""
    book = county()
    for donor in ("company", "foundation"):
        book.receive_money(donor=donor, into="general", amount=yuan(40), on="2024-07-01", restriction=FLOOD)
    bought = book.purchase(
        fund="general",
        supplier="mill",
        into="depot",
        lines=[BoughtLine("quilt", book.register.item("quilt").quantity(1), yuan(80))],
        on="2024-07-02",
        counted_by=("counter a", "counter b"),
        invoice="I-1",
        programme="flood 2024",
        money=("DR-000001-1", "DR-000002-1"),
    )
    with pytest.raises(NeedsApproval) as refused:
        redirect(book, bought.lots[0], 1, COMPANY)
    assert "the consent of foundation is not on file" in refused.value.reason
    paper = redirect(book, bought.lots[0], 1, COMPANY, Consent("foundation", "letter 3", "2024-09-01"))
    assert paper.lines[0].donors == ("company", "foundation")
    for donation in ("DR-000001", "DR-000002"):
        found = trace(book, donation)
        assert found.findings == ()
        assert [(end.lot, end.value, end.shared) for end in found.ends] == [("RD-000001-1", 40_00, True)]


def test_statements_by_donor_and_by_programme_still_add_up():
    book = flooded()
    redirect(book, "GRN-000001-1", 30, COMPANY)
    give(book, "h2", 10, "winter", "2024-12-01")
    for by in By:
        assert statement(book, Period.year(2024), by=by).findings == ()
    programmes = {row.group: row for row in statement(book, Period.year(2024), by=By.PROGRAMME).rows}
    assert programmes["flood 2024"].given_out.value == 3200_00
    assert programmes["winter"].given_out.value == 800_00


def test_money_too_is_redirected_with_a_letter():
    book = county()
    book.receive_money(donor="company", into="general", amount=yuan(100), on="2024-07-01", restriction=FLOOD)
    paper = book.redirect(
        warehouse="general",
        lines=[RedirectedLine("DR-000001-1", yuan(60))],
        restriction=None,
        consents=[COMPANY],
        on="2024-09-02",
        reason="the flood is over",
        requested_by="clerk",
        approved_by="director",
    )
    assert book.lot(paper.lots[0]).restrictions == ()
    assert book.on_hand("CNY").value == 100_00


def test_what_nobody_can_use_in_time_is_told_while_there_is_time():
    book = county()
    masks = Restriction(places=("610925",))
    gift(book, "mask", 5, "100.00", "2024-01-10", pack="box", expiry="2024-10-01", restriction=masks)
    gift(book, "quilt", 5, "100.00", "2024-01-10", restriction=Restriction(until="2024-09-30"))
    [expiring] = expiring_without_recipient(book, on="2024-08-01")
    assert (expiring.code, expiring.about) == ("expiring-out-of-scope", "GRN-000001-1")
    [ending] = restrictions_ending(book, on="2024-08-01")
    assert (ending.code, ending.about) == ("restriction-ending", "GRN-000002-1")
    consent = Consent("province", "letter 7", "2024-08-02")
    redirect(book, "GRN-000001-1", 500, consent, restriction=None, on="2024-08-03")
    redirect(book, "GRN-000002-1", 5, consent, on="2024-08-03")
    assert expiring_without_recipient(book, on="2024-08-04") == ()
    assert restrictions_ending(book, on="2024-08-04") == ()
