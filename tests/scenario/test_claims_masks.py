"""Elsewhere 36,000 masks came in and a notice said that all were given out, in parts that made 32,000.

Here the notice is held against the book, and says itself by how much it is wrong.
"""

from __future__ import annotations

import pytest

from reliefstock import Book, Handout, Period
from reliefstock.reconciliation import (
    Claim,
    ClaimsReport,
    Measure,
    Relation,
    RelationKind,
    Scope,
    Verdict,
    What,
    check_claims,
    statement,
)
from scenario.county import county, gift

SPRING = Period.quarter(2020, 1)
MASKS = Scope(items=("mask",))


def given_out() -> Book:
    book = county()
    gift(book, "mask", 360, "36000.00", "2020-01-25", pack="box", donor="company")
    for recipient, on in (("ningshan", "2020-01-26"), ("ziyang", "2020-01-27")):
        line = Handout(recipient, "mask", book.register.item("mask").quantity(16_000), "receipt")
        book.distribute(origin="depot", lines=[line], on=on)
    return book


def claim(claim_id: str, figure: str, what: What, *recipients: str, unit: str = "piece") -> Claim:
    scope = Scope(items=("mask",), recipients=recipients)
    words = {
        What.RECEIVED: ("接收", "received"),
        What.GIVEN_OUT: ("发放", "given out"),
        What.ON_HAND: ("库存", "on hand"),
    }
    zh, en = words[what]
    asked = Measure(what=what, period=SPRING, unit=unit, scope=scope)
    return Claim(id=claim_id, figure=figure, zh=f"口罩{zh}", en=f"masks {en}", measure=asked, source="notice")


NOTICE = (
    claim("in", "3.6万只", What.RECEIVED),
    claim("out", "36000只", What.GIVEN_OUT),
    claim("ningshan", "16000只", What.GIVEN_OUT, "ningshan"),
    claim("ziyang", "1.6万只", What.GIVEN_OUT, "ziyang"),
)
ADDED_UP = Relation(RelationKind.SUM_OF, "out", ("ningshan", "ziyang"))


def report() -> ClaimsReport:
    return check_claims(given_out(), NOTICE, [ADDED_UP])


def test_that_all_were_given_out_is_contradicted_by_4000():
    verdicts = {checked.claim.id: checked.verdict for checked in report().claims}
    assert verdicts == {
        "in": Verdict.SUPPORTED,
        "out": Verdict.CONTRADICTED,
        "ningshan": Verdict.SUPPORTED,
        "ziyang": Verdict.SUPPORTED,
    }
    (finding,) = (one for one in report().findings if one.code == "claim-contradicted")
    assert finding.zh == "口罩发放「36000只」：账中为32,000只，公布数比账面多4,000只"
    assert finding.documents == ("DL-000001", "DL-000002")


def test_the_parts_of_the_notice_do_not_add_up_whatever_the_book_says():
    (finding,) = (
        one for one in check_claims(county(), NOTICE, [ADDED_UP]).findings if "relation" in one.code
    )
    assert finding.zh == "ningshan、ziyang 与 out：各部分之和等于整体不成立，相差4,000只"


def test_the_statement_shows_the_4000_on_hand():
    (row,) = statement(given_out(), SPRING, scope=MASKS).rows
    assert (row.received.quantity, row.given_out.quantity, row.on_hand.quantity) == (36_000, 32_000, 4_000)
    assert (row.lost.quantity, row.in_transit.quantity, row.difference.quantity) == (0, 0, 0)


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [("0只", Verdict.CONTRADICTED), ("4000只", Verdict.SUPPORTED), ("约4000只", Verdict.SUPPORTED)],
)
def test_a_notice_that_nothing_is_left_is_contradicted(figure: str, verdict: Verdict):
    left = claim("left", figure, What.ON_HAND)
    assert check_claims(given_out(), [left]).claims[0].verdict is verdict


def test_the_parts_lie_within_the_whole_and_must_not_be_added_to_it():
    nested = [
        finding.about for finding in check_claims(given_out(), NOTICE).findings if finding.code == "nested"
    ]
    assert nested == ["ningshan", "ziyang"]


def test_boxes_and_pieces_are_the_same_masks_and_are_never_added():
    boxes = claim("boxes", "320箱", What.GIVEN_OUT, unit="box")
    found = check_claims(
        given_out(), [*NOTICE, boxes], [Relation(RelationKind.SUM_OF, "out", ("boxes", "ziyang"))]
    )
    assert found.claims[-1].verdict is Verdict.SUPPORTED
    assert "relation-units" in [finding.code for finding in found.findings]
