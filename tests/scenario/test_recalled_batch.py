"""Elsewhere a recall was a phone call: nobody could say who had the batch, and cans stayed in packs.

Here a recall finds every place and every recipient, also through kits of kits; keeps apart what is in the
depots, and what arrives or comes back later; and says to its end what is still out.
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
    LossReason,
    Place,
    Quantity,
    RecallAction,
    RecallNotice,
    ReceivedLine,
    ReleasedLine,
    ReturnedLine,
    Valuation,
    WrittenOffLine,
)
from reliefstock.errors import NotEnough, NotOpen, NotUsable, Unknown
from reliefstock.reconciliation import recall_findings, recall_status
from reliefstock.reports import draw, recall_notice_tables
from reliefstock.values import PIECE
from scenario.county import county, everything, yuan

CAN = Item("can", zh="奶粉", en="Canned milk", packs=(PIECE.pack("case", 12, zh="箱", en="case"),))
SOAP = Item("soap", zh="肥皂", en="Soap")
BABY_SET = Item("baby set", zh="婴儿包", en="Baby set")
FAMILY_BOX = Item("family box", zh="家庭箱", en="Family box")
BILLS = (
    BillOfMaterials(
        item="baby set",
        version="1",
        components=[Component("can", CAN.quantity(2)), Component("soap", SOAP.quantity(1))],
    ),
    BillOfMaterials(item="family box", version="1", components=[Component("baby set", BABY_SET.quantity(1))]),
)
BAD, GOOD = "GRN-000001-1", "GRN-000001-2"


def received(book: Book, *lines: tuple[Item, int, str], on: str = "2024-01-10") -> Any:  # noqa: ANN401
    worth = Valuation.voucher(yuan("100"), "voucher")
    return book.receive(
        donor="company",
        into="depot",
        lines=[
            ReceivedLine(item.id, item.quantity(count), valuation=worth, batch=batch)
            for item, count, batch in lines
        ],
        on=on,
        counted_by=("a", "b"),
    )


@pytest.fixture
def book() -> Book:
    """Of 96 cans of batch M-31 some are in sets and boxes of sets, given out, with a society, on the road."""
    book = county()
    book.add(CAN, SOAP, BABY_SET, FAMILY_BOX, *BILLS)
    received(book, (CAN, 96, "M-31"), (CAN, 48, "M-32"), (SOAP, 100, ""))
    people: dict[str, Any] = {"warehouse": "depot", "assembled_by": "a", "checked_by": "b"}
    people["on"] = "2024-01-11"
    book.build_kits(kit="baby set", count=BABY_SET.quantity(10), lots=(BAD,), **people)
    book.build_kits(kit="family box", count=FAMILY_BOX.quantity(4), **people)
    lines = [
        Handout("h1", "family box", FAMILY_BOX.quantity(1), "sheet 1, line 1"),
        Handout("lvhe", "can", CAN.quantity(24), "sheet 1, line 2"),
        Handout("ziyang", "can", CAN.quantity(12), "sheet 1, line 3"),
    ]
    book.distribute(origin="depot", lines=lines, on="2024-01-12")
    sent = [ConsignedLine("can", CAN.quantity(12)), ConsignedLine("baby set", BABY_SET.quantity(2))]
    book.dispatch(origin="depot", to="branch", lines=sent, on="2024-01-13")
    return book


def recalled(book: Book, **said: Any) -> RecallNotice:  # noqa: ANN401
    facts: dict[str, Any] = {
        "batch": "M-31",
        "reason": "spoilt seals",
        "notice": "notice 12 of the maker",
        "ordered_by": "director",
        "on": "2024-01-15",
    }
    return book.recall(**facts | said)


def back(book: Book, who: str, lot: str, quantity: Quantity, on: str = "2024-01-20") -> None:
    lines = [ReturnedLine(lot, quantity)]
    book.return_(recipient=who, into="depot", lines=lines, reason="recalled", on=on)


def where(notice: RecallNotice) -> dict[tuple[str, str], tuple[str, RecallAction]]:
    return {(one.item, str(one.place)): (str(one.quantity), one.action) for one in notice.lines}


def test_every_place_and_every_recipient_is_found_through_kits_of_kits(book: Book):
    notice = recalled(book)
    assert where(notice) == {
        ("can", "warehouse:depot"): ("28 piece", RecallAction.SET_APART),
        ("can", "school:lvhe"): ("24 piece", RecallAction.ASKED_BACK),
        ("can", "society:ziyang"): ("12 piece", RecallAction.PASSED_ON),
        ("can", "transit:WB-000001"): ("12 piece", RecallAction.AWAITED),
        ("baby set", "warehouse:depot"): ("4 piece", RecallAction.SET_APART),
        ("baby set", "transit:WB-000001"): ("2 piece", RecallAction.AWAITED),
        ("family box", "warehouse:depot"): ("3 piece", RecallAction.SET_APART),
        ("family box", "household:h1"): ("1 piece", RecallAction.ASKED_BACK),
    }
    assert {one.contains for one in notice.lines} == {(BAD,)}
    cans = {"can": 1, "baby set": 2, "family box": 2}
    counted = [(one.item, one.quantity) for one in notice.lines if isinstance(one.quantity, Quantity)]
    assert sum(quantity.count * cans[item] for item, quantity in counted) == 96


def test_nothing_of_it_can_be_given_out_any_more_and_other_batches_can(book: Book):
    recalled(book)
    assert book.on_hand("baby set", usable_only=True).quantity == 0
    line = Handout("h2", "can", CAN.quantity(49), "sheet 2")
    with pytest.raises(NotEnough) as refused:
        book.distribute(origin="depot", lines=[line], on="2024-01-16")
    assert refused.value.there == 48
    named = Handout("h2", "can", CAN.quantity(1), "sheet 2", (BAD,))
    with pytest.raises(NotUsable, match="RCL-000001"):
        book.distribute(origin="depot", lines=[named], on="2024-01-16")


def test_what_arrives_comes_back_or_comes_in_later_is_kept_apart_by_itself(book: Book):
    recalled(book)
    sent = book.ledger.holdings(Place.parse("transit:WB-000001"))
    lines = [ArrivedLine(lot.id, book.item_of(lot.id).quantity(there.quantity)) for lot, there in sent]
    book.arrive("WB-000001", lines=lines, on="2024-01-16", received_by="keeper")
    back(book, "lvhe", BAD, CAN.quantity(24))
    note = received(book, (CAN, 12, "m-31"), (CAN, 12, "M-33"), on="2024-01-21")
    assert [line.quarantine_reason for line in note.lines] == ["recalled by RCL-000001: spoilt seals", ""]
    there = everything(book)
    assert there["quarantine:branch", "can"][0] == 12
    assert there["quarantine:branch", "baby set"][0] == 2
    assert there["quarantine:depot", "can"][0] == 28 + 24 + 12
    assert ("warehouse:branch", "can") not in there
    assert there["warehouse:depot", "can"][0] == 48 + 12


def test_each_recipient_is_told_what_is_asked_back_until_nothing_is_out(book: Book):
    recalled(book)
    status = recall_status(book, "RCL-000001")
    assert {str(row.place) for row in status.still_out} == {
        "school:lvhe",
        "society:ziyang",
        "household:h1",
        "transit:WB-000001",
    }
    notices = [draw(table, "markdown", "zh") for table in recall_notice_tables(status, book, "zh")]
    assert len(notices) == 3
    assert any("家庭箱" in notice and "DL-000001" in notice for notice in notices)
    back(book, "lvhe", BAD, CAN.quantity(24))
    back(book, "ziyang", BAD, CAN.quantity(12))
    back(book, "h1", next(row.lot for row in status.rows if row.item == "family box"), FAMILY_BOX.quantity(1))
    assert {finding.code for finding in recall_findings(book, "RCL-000001")} == {"recall-on-the-road"}
    sent = book.ledger.holdings(Place.parse("transit:WB-000001"))
    lines = [ArrivedLine(lot.id, book.item_of(lot.id).quantity(there.quantity)) for lot, there in sent]
    book.arrive("WB-000001", lines=lines, on="2024-01-22", received_by="keeper")
    assert recall_findings(book, "RCL-000001") == ()
    assert recall_status(book, "RCL-000001").is_settled
    assert not recall_status(book, "RCL-000001", on="2024-01-16").is_settled


def test_bad_goods_are_written_off_and_good_ones_released_when_it_is_over(book: Book):
    recalled(book)
    release: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [ReleasedLine(BAD, CAN.quantity(8))],
        "reason": "seals are sound",
        "inspected_by": "a",
        "approved_by": "b",
        "on": "2024-02-01",
    }
    with pytest.raises(NotUsable, match="RCL-000001"):
        book.release(**release)
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(BAD, CAN.quantity(20))],
        reason=LossReason.SPOILT,
        explanation="seals are broken",
        reported_by="a",
        approved_by="b",
        quarantined=True,
        on="2024-02-01",
    )
    end = book.end_recall("RCL-000001", reason="all looked at", approved_by="director", on="2024-02-01")
    assert {str(line.place) for line in end.still_out} == {
        "school:lvhe",
        "society:ziyang",
        "household:h1",
        "transit:WB-000001",
    }
    book.release(**release)
    line = Handout("h2", "can", CAN.quantity(8), "sheet 2", (BAD,))
    book.distribute(origin="depot", lines=[line], on="2024-02-02")
    assert everything(book)["loss:spoilt", "can"][0] == 20


def test_a_set_is_broken_and_only_the_recalled_can_in_it_stays_apart(book: Book):
    kit = next(line.lot for line in recalled(book).lines if line.item == "baby set")
    book.break_kits(
        warehouse="depot",
        lines=[BrokenLine(kit, BABY_SET.quantity(4))],
        on="2024-01-17",
        reason="recalled cans are taken out",
        broken_by="a",
        checked_by="b",
        quarantined=True,
    )
    there = everything(book)
    assert there["quarantine:depot", "can"][0] == 28 + 8
    released = book.release(
        warehouse="depot",
        lines=[ReleasedLine("GRN-000001-3", SOAP.quantity(4))],
        reason="soap is sound",
        inspected_by="a",
        approved_by="b",
        on="2024-01-18",
    )
    assert released.lines[0].item == "soap"


def test_a_recall_of_a_batch_that_nobody_has_says_so(book: Book):
    before = book.entries
    with pytest.raises(Unknown) as unknown:
        recalled(book, batch="M-13")
    assert "M-31" in unknown.value.near
    received(book, (SOAP, 5, "S-1"))
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine("GRN-000002-1", SOAP.quantity(5))],
        reason=LossReason.DISASTER,
        explanation="flooded",
        reported_by="a",
        approved_by="b",
        on="2024-01-14",
    )
    with pytest.raises(NotOpen, match="batch S-1 is lost"):
        recalled(book, batch="S-1")
    assert len(book.entries) == len(before) + 2
