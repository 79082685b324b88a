"""What was lost on the road waits for a signature, and is told of until then."""

from __future__ import annotations

import pytest

from reliefstock import ArrivedLine, Book, LossKind, Money, Quantity, SignedLine, Stage
from reliefstock.reconciliation import loss_findings, open_losses
from unit.reconciliation.office import office, receive, send, sign_off, undo

LOT = "GRN-000001-1"


@pytest.fixture
def book() -> Book:
    """Of four quilts two are short, the carrier had them; of four others one is damaged and one short."""
    book = office()
    quilts = book.register.item("quilt").quantity
    receive(book, 10, "100.01", "2023-01-10")
    send(book, "branch", 4, "2023-01-11")
    send(book, "ningshan", 4, "2023-01-11")
    unresolved = ArrivedLine(LOT, quilts(2), damaged=quilts(1), damage_stage=Stage.RECEIVER)
    book.arrive("WB-000002", on="2023-01-13", received_by="c", lines=[unresolved])
    book.arrive("WB-000001", on="2023-01-15", received_by="c", lines=[carried(quilts(2))])
    return book


def carried(received: Quantity | Money, *, noted: bool = False) -> ArrivedLine:
    return ArrivedLine(LOT, received, stage=Stage.CARRIER, noted_on_waybill=noted)


def told(book: Book, on: str, known: int | None = None) -> list[tuple[str, str, int, int, int]]:
    rows = open_losses(book, on, known=known)
    return [
        (row.loss.stage.value, row.loss.kind.value, row.loss.quantity, row.loss.value, row.days)
        for row in rows
    ]


def test_open_losses_are_told_by_stage_with_their_age(book: Book):
    assert told(book, "2023-01-20") == [
        ("carrier", "short", 2, 2000, 5),
        ("receiver", "damaged", 1, 1000, 7),
        ("unresolved", "short", 1, 1000, 7),
    ]


def test_as_of_an_earlier_day_less_was_open(book: Book):
    assert told(book, "2023-01-12") == []
    assert [stage for stage, *_ in told(book, "2023-01-14")] == ["receiver", "unresolved"]
    assert [days for *_, days in told(book, "2023-01-13")] == [0, 0]


def test_without_a_day_it_is_asked_for_today(book: Book):
    assert [row.days for row in open_losses(book)] == [350, 352, 352]


def test_what_is_signed_for_is_open_up_to_that_day(book: Book):
    sign_off(book, "RR-000001", "2023-02-01", SignedLine(LOT, short=book.register.item("quilt").quantity(1)))
    assert [kind for _, kind, *_ in told(book, "2023-01-31")] == ["short", "damaged", "short"]
    assert [kind for _, kind, *_ in told(book, "2023-02-01")] == ["short", "damaged"]


def test_what_was_known_then_is_told_as_it_was(book: Book):
    known = len(book.entries)
    sign_off(book, "RR-000001", "2023-02-01")
    assert len(told(book, "2023-02-01")) == 1
    assert len(told(book, "2023-02-01", known=known)) == 3


def test_a_sign_off_taken_back_leaves_the_loss_open(book: Book):
    sign_off(book, "RR-000001", "2023-02-01")
    undo(book, "LSO-000001", "2023-02-03")
    assert [len(told(book, f"2023-02-0{day}")) for day in (1, 2, 3)] == [1, 1, 3]


def test_a_finding_for_each_open_loss_and_for_a_claim_that_may_be_forfeited(book: Book):
    found = loss_findings(book, "2023-01-20")
    assert [finding.code for finding in found] == [
        "loss-open",
        "claim-forfeited-risk",
        "loss-open",
        "loss-open",
    ]
    first, claim = found[:2]
    assert (first.about, first.documents) == ("RR-000002", ("WB-000001", "RR-000002"))
    assert first.figures == (("quantity", "2"), ("value", "CNY 20.00"), ("days", "5"))
    assert first.en == (
        "RR-000002 (waybill WB-000001), lot GRN-000001-1: 2 piece of Quilt short, CNY 20.00, custody: "
        "carrier, not signed for in 5 days; have whoever answers for it sign"
    )
    assert first.zh == (
        "RR-000002（货运单 WB-000001）批次 GRN-000001-1：棉被短少 2件，20.00元，责任方：承运方，5 天未签认；"
        "请由责任方签认"
    )
    assert claim.figures == (("quantity", "2"), ("value", "CNY 20.00"))
    assert claim.en == (
        "RR-000002 (waybill WB-000001), lot GRN-000001-1: 2 piece of Quilt short, CNY 20.00, in the "
        "custody of the carrier and not noted on the waybill, so the claim may be forfeited; "
        "have the carrier sign soon"
    )
    assert claim.zh == (
        "RR-000002（货运单 WB-000001）批次 GRN-000001-1：承运方手中棉被短少 2件，20.00元，没有记在货运单上，"
        "可能无法索赔；请尽快取得承运方签认"
    )
    assert "损坏 1" in found[2].zh
    assert "责任方：未定" in found[3].zh


def test_what_was_noted_on_the_waybill_can_be_claimed():
    book = office()
    receive(book, 4, "100.00", "2023-01-10")
    send(book, "branch", 4, "2023-01-11")
    line = carried(book.register.item("quilt").quantity(3), noted=True)
    book.arrive("WB-000001", on="2023-01-15", received_by="c", lines=[line])
    assert [finding.code for finding in loss_findings(book)] == ["loss-open"]
    (row,) = open_losses(book)
    assert (row.loss.kind, row.loss.noted_on_waybill) == (LossKind.SHORT, True)


def test_when_the_carrier_signs_there_is_nothing_more_to_be_told(book: Book):
    for report in ("RR-000001", "RR-000002"):
        sign_off(book, report, "2023-02-01")
    assert loss_findings(book) == ()
