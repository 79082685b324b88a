"""A batch is called back: found everywhere, kept apart, and kept apart from then on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reliefstock import (
    BillOfMaterials,
    Book,
    BoughtLine,
    BrokenLine,
    Component,
    Handout,
    Item,
    KitBreak,
    LossReason,
    Quantity,
    QuarantinedLine,
    RecallAction,
    RecallEnd,
    RecallNotice,
    ReceivedLine,
    ReleasedLine,
    ReturnedLine,
    Revaluation,
    SoldLine,
    Valuation,
    WrittenOffLine,
)
from reliefstock.errors import (
    BelowZero,
    DateTooFarAhead,
    Incomplete,
    NotEnough,
    NotOpen,
    NotUsable,
    ReliefstockError,
    Unknown,
)
from reliefstock.ledger import EntryKind
from reliefstock.operations.recalled import Recalls, landing_place
from unit.operations.office import (
    QUILT,
    WATER,
    arrived,
    bought,
    consigned,
    gift,
    given,
    held,
    line,
    money,
    new_office,
    place,
    refused,
    reverse,
    sent,
    worth,
    yuan,
)

A, B, C = "GRN-000001-1", "GRN-000001-2", "GRN-000001-3"


@pytest.fixture
def book() -> Book:
    """Two lots of ten quilts of batch Q-7, a third of batch Q-8, and a box of water of a batch Q-8 too."""
    book = new_office(today="2023-12-31")
    gift(
        book,
        line(batch="Q-7"),
        line(batch="Q-7"),
        line(batch="Q-8"),
        line(item="water", accepted=WATER.quantity(1, "box"), batch="Q-8"),
    )
    return book


def recalled(book: Book, batch: str = "Q-7", **said: Any) -> RecallNotice:  # noqa: ANN401
    facts: dict[str, Any] = {
        "batch": batch,
        "reason": "mould",
        "notice": "the maker's notice 3",
        "ordered_by": "director",
        "on": "2023-02-01",
    }
    return book.recall(**facts | said)


def ended(book: Book, recall: str = "RCL-000001", **said: Any) -> RecallEnd:  # noqa: ANN401
    facts: dict[str, Any] = {"reason": "tested, clean", "approved_by": "director", "on": "2023-03-01"}
    return book.end_recall(recall, **facts | said)


def back(book: Book, who: str, lot: str, units: int, **said: Any) -> None:  # noqa: ANN401
    facts: dict[str, Any] = {"into": "depot", "reason": "recalled", "on": "2023-02-10"}
    book.return_(recipient=who, lines=[ReturnedLine(lot, QUILT.quantity(units))], **facts | said)


def found(notice: RecallNotice | RecallEnd) -> list[tuple[str, str, int, RecallAction]]:
    lines = notice.lines if isinstance(notice, RecallNotice) else notice.still_out
    return [
        (one.lot, str(one.place), one.quantity.count if isinstance(one.quantity, Quantity) else 0, one.action)
        for one in lines
    ]


def write_off(book: Book, units: int, lot: str, **said: Any) -> None:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [WrittenOffLine(lot, QUILT.quantity(units))],
        "on": "2023-01-25",
        "reason": LossReason.SPOILT,
        "explanation": "wet",
        "reported_by": "a",
        "approved_by": "b",
    }
    book.write_off(**facts | said)


# Found


def test_every_place_and_every_recipient_is_found(book: Book) -> None:
    given(book, ("H-1", 2), ("lvhe", 3), ("xunyang", 1))
    write_off(book, 1, A)
    book.quarantine(
        warehouse="depot",
        lines=[QuarantinedLine(A, QUILT.quantity(1))],
        reason="wet",
        reported_by="a",
        on="2023-01-25",
    )
    sent(book, consigned(4, B))
    sent(book, consigned(3, B), to="ziyang")
    notice = recalled(book)
    assert found(notice) == [
        (A, "warehouse:depot", 2, RecallAction.SET_APART),
        (A, "household:H-1", 2, RecallAction.ASKED_BACK),
        (A, "school:lvhe", 3, RecallAction.ASKED_BACK),
        (A, "society:xunyang", 1, RecallAction.PASSED_ON),
        (A, "loss:spoilt", 1, RecallAction.LOST),
        (A, "quarantine:depot", 1, RecallAction.KEPT_APART),
        (B, "warehouse:depot", 3, RecallAction.SET_APART),
        (B, "transit:WB-000001", 4, RecallAction.AWAITED),
        (B, "transit:WB-000002", 3, RecallAction.PASSED_ON),
    ]
    assert (notice.number, notice.item, notice.batch, notice.lots) == (
        "RCL-000001",
        "quilt",
        "Q-7",
        (A, B),
    )
    assert (notice.reason, notice.notice, notice.ordered_by) == (
        "mould",
        "the maker's notice 3",
        "director",
    )
    assert [action for action in RecallAction if action.is_out] == [
        RecallAction.AWAITED,
        RecallAction.ASKED_BACK,
        RecallAction.PASSED_ON,
        RecallAction.SOLD,
    ]


def test_what_is_in_the_depots_is_kept_apart_by_one_entry_a_depot(book: Book) -> None:
    sent(book, consigned(4, A))
    book.arrive("WB-000001", lines=[arrived(A, 4)], on="2023-01-22", received_by="a")
    notice = recalled(book)
    entries = [book.ledger.entry(number) for number in notice.entries]
    assert [entry.kind for entry in entries] == [EntryKind.QUARANTINE, EntryKind.QUARANTINE]
    assert held(book, "quarantine:depot", A) == (6, 6000)
    assert held(book, "quarantine:depot", B) == (10, 10000)
    assert held(book, "quarantine:station", A) == (4, 4000)
    assert book.on_hand("quilt", usable_only=True).quantity == 10
    assert notice.known == notice.entries[0] - 1


def test_quantities_are_told_in_packs(book: Book) -> None:
    notice = recalled(book, "Q-8", item="water")
    assert [str(part) for part in notice.lines[0].packs] == ["1 box"]
    assert recalled(book, "Q-8", item="quilt").lines[0].packs == ()


def test_a_batch_is_found_however_its_number_was_typed(book: Book) -> None:
    assert recalled(book, "ｑ-7 ").lots == (A, B)


@pytest.mark.parametrize(
    ("said", "lots"),
    [
        ({"batch": "", "lots": (C, A, C)}, (C, A)),
        ({"batch": "", "lots": [C], "item": "quilt"}, (C,)),
        ({"batch": "Q-8", "item": "quilt"}, (C,)),
        ({"batch": "Q-8", "item": "water"}, ("GRN-000001-4",)),
    ],
    ids=str,
)
def test_what_is_recalled_can_be_narrowed(book: Book, said: dict[str, Any], lots: tuple[str, ...]) -> None:
    assert recalled(book, **said).lots == lots


def test_named_lots_may_be_of_several_items(book: Book) -> None:
    notice = recalled(book, batch="", lots=(C, "GRN-000001-4"))
    assert (notice.item, notice.named) == ("", (C, "GRN-000001-4"))


@pytest.fixture
def shop(book: Book) -> Book:
    """Ten quilts more that were bought, and five of batch Q-7."""
    money(book, "1000")
    bought(book, 10, "200")
    bought(book, lines=[BoughtLine("quilt", QUILT.quantity(5), yuan("100"), batch="Q-7")])
    return book


@pytest.mark.parametrize(
    ("said", "lots"),
    [
        ({"batch": "", "supplier": "shop", "item": "quilt"}, ("PUR-000001-1", "PUR-000002-1")),
        ({"batch": "Q-7", "supplier": "shop"}, ("PUR-000002-1",)),
        ({"batch": "Q-7"}, (A, B, "PUR-000002-1")),
    ],
    ids=str,
)
def test_a_supplier_may_be_named(shop: Book, said: dict[str, Any], lots: tuple[str, ...]) -> None:
    assert recalled(shop, **said).lots == lots


# What contains it


@pytest.fixture
def kits(book: Book) -> Book:
    """A set is two quilts of A and a bottle of water, a big set two sets; two big ones are built of five."""
    book.add(Item("set", zh="套装", en="Set"), Item("big set", zh="大套装", en="Big set"))
    parts = [Component("quilt", QUILT.quantity(2)), Component("water", WATER.quantity(1))]
    book.add(BillOfMaterials(item="set", version="1", components=parts))
    of_sets = [Component("set", book.register.item("set").quantity(2))]
    book.add(BillOfMaterials(item="big set", version="1", components=of_sets))
    people = {"warehouse": "depot", "on": "2023-01-15", "assembled_by": "a", "checked_by": "b"}
    count = book.register.item("set").quantity
    book.build_kits(kit="set", count=count(5), lots=(A,), **people)
    book.build_kits(kit="big set", count=Quantity(2, count(1).unit), **people)
    return book


def test_a_kit_with_one_recalled_quilt_in_it_is_recalled_and_so_is_a_kit_of_kits(kits: Book) -> None:
    notice = recalled(kits, batch="", lots=(A,))
    assert [(one.contains, one.item) for one in notice.lines] == [((A,), "set"), ((A,), "big set")]
    assert found(notice) == [
        ("KIT-000001-1", "warehouse:depot", 1, RecallAction.SET_APART),
        ("KIT-000002-1", "warehouse:depot", 2, RecallAction.SET_APART),
    ]
    assert held(kits, "quarantine:depot", "KIT-000002-1")[0] == 2


def test_a_kit_says_each_recalled_lot_that_it_contains(kits: Book) -> None:
    notice = recalled(kits, batch="", lots=("GRN-000001-4", A))
    assert {one.lot: one.contains for one in notice.lines} == {
        "GRN-000001-4": ("GRN-000001-4",),
        "KIT-000001-1": ("GRN-000001-4", A),
        "KIT-000002-1": ("GRN-000001-4", A),
    }


def test_a_recalled_lot_that_contains_another_stands_for_itself(kits: Book) -> None:
    notice = recalled(kits, batch="", lots=(A, "KIT-000001-1"))
    assert {one.lot: one.contains for one in notice.lines} == {
        "KIT-000001-1": ("KIT-000001-1",),
        "KIT-000002-1": (A, "KIT-000001-1"),
    }


def worth_more(book: Book, lot: str, amount: str = "777.77") -> Revaluation:
    valuation = Valuation.voucher(yuan(amount), "invoice 9")
    people = {"requested_by": "a", "approved_by": "b"}
    return book.revalue(lot, valuation=valuation, on="2023-02-03", reason="an invoice came", **people)


def break_up(book: Book, lot: str, count: int, **said: Any) -> KitBreak:  # noqa: ANN401
    lines = [BrokenLine(lot, book.item_of(lot).quantity(count))]
    people = {"reason": "needed apart", "broken_by": "a", "checked_by": "b"}
    return book.break_kits(warehouse="depot", lines=lines, **people, **said)


def test_recalled_kits_stay_recalled_when_what_is_in_them_is_revalued(kits: Book) -> None:
    recalled(kits, batch="", lots=("KIT-000001-1",))
    new = {line.lot: line.new for line in worth_more(kits, A).lines}
    facts: dict[str, Any] = {"warehouse": "depot", "reason": "ok", "inspected_by": "a", "approved_by": "b"}
    for lot, item in ((new["KIT-000001-1"], "set"), (new["KIT-000002-1"], "big set")):
        lines = [ReleasedLine(lot, kits.register.item(item).quantity(1))]
        with refused(kits, NotUsable) as errors:
            kits.release(lines=lines, on="2023-02-04", **facts)
        assert "it came under recall RCL-000001" in str(errors[0])


def test_what_is_in_recalled_kits_is_told_of_under_the_lot_that_it_is_by_now(kits: Book) -> None:
    before = recalled(kits, batch="", lots=("KIT-000001-1",))
    assert {line.lot for line in before.lines} == {"KIT-000001-1", "KIT-000002-1"}
    ended(kits, on="2023-02-02")
    new = {line.lot: line.new for line in worth_more(kits, A).lines}
    again = recalled(kits, batch="", lots=("KIT-000001-1",), on="2023-02-04")
    assert {line.contains for line in again.lines} == {("KIT-000001-1",)}
    assert [line.lot for line in again.lines] == [new["KIT-000001-1"], new["KIT-000002-1"]]


def test_what_is_revalued_twice_is_still_recalled_and_so_is_what_comes_out_of_it(kits: Book) -> None:
    """No line of the revaluation names the sets then: none of them is outside a big one."""
    break_up(kits, "KIT-000001-1", 1, on="2023-01-20")
    recalled(kits, batch="", lots=("KIT-000001-1",))
    first = worth_more(kits, A)
    worth_more(kits, first.new, "888.88")
    [big] = kits.ledger.stock(place("quarantine:depot"), "big set")
    broken = break_up(kits, big, 2, on="2023-02-04", quarantined=True)
    [pick] = broken.broken[0].components
    desk = kits.desk()
    assert Recalls(desk, date(2023, 2, 4)).of(kits.lot(pick.lot)) == kits.documents["RCL-000001"]
    assert Recalls(desk, date(2023, 2, 4)).of(kits.lot(A)) is None


@pytest.mark.parametrize("named", ["RV-000001-1", "RV-000001-2"])
def test_what_is_recalled_stays_recalled_when_its_revaluation_is_taken_back(kits: Book, named: str) -> None:
    """The goods were kept apart before, so that the recall moved nothing and the rest can be taken back."""
    first = recalled(kits, batch="", lots=(A,))
    worth_more(kits, A)
    ended(kits, on="2023-02-04")
    again = recalled(kits, batch="", lots=(named,), on="2023-02-05")
    assert (len(first.entries), again.entries) == (1, ())
    reverse(kits, "RV-000001", on="2023-02-06")
    recalls = Recalls(kits.desk(), date(2023, 2, 7))
    assert recalls.of(kits.lot("KIT-000002-1")) == again
    assert ended(kits, "RCL-000002", on="2023-02-08").still_out == ()


def test_kits_that_come_back_from_a_recipient_go_into_quarantine(kits: Book) -> None:
    kit = kits.register.item("big set").quantity(1)
    kits.distribute(origin="depot", lines=[Handout("H-1", "big set", kit, "sheet")], on="2023-01-20")
    recalled(kits, batch="", lots=(A,))
    note = kits.return_(
        recipient="H-1",
        into="depot",
        lines=[ReturnedLine("KIT-000002-1", kit)],
        reason="recalled",
        on="2023-02-02",
    )
    assert note.lines[0].kept_apart == "recalled by RCL-000001: mould"
    assert held(kits, "quarantine:depot", "KIT-000002-1")[0] == 2


def test_what_was_sold_is_found_and_what_was_bought_with_the_money_is_not(book: Book) -> None:
    sale = {"warehouse": "depot", "into": "general", "buyer": "a trader", "reason": "excess"}
    sold = [SoldLine(A, QUILT.quantity(4), yuan("30"))]
    book.sell(**sale, lines=sold, paper="contract 5", on="2023-01-14", requested_by="a", approved_by="b")
    bought(book, 3, "30")
    notice = recalled(book, batch="", lots=(A,))
    assert found(notice) == [
        (A, "warehouse:depot", 6, RecallAction.SET_APART),
        (A, "conversion:SAL-000001-1", 4, RecallAction.SOLD),
    ]
    recalls = Recalls(book.desk(), notice.on)
    assert [recalls.of(book.lot(lot)) for lot in ("SAL-000001-1", "PUR-000001-1")] == [None, None]


# While it is open


def test_what_is_on_the_road_goes_into_quarantine_when_it_arrives(book: Book) -> None:
    sent(book, consigned(4, A), consigned(2, C))
    recalled(book)
    book.arrive("WB-000001", lines=[arrived(A, 4), arrived(C, 2)], on="2023-02-03", received_by="a")
    assert held(book, "quarantine:station", A) == (4, 4000)
    assert held(book, "warehouse:station", C) == (2, 2000)


def test_what_comes_back_goes_into_quarantine_though_it_looks_usable(book: Book) -> None:
    given(book, ("H-1", 2), ("H-2", 3))
    recalled(book)
    back(book, "H-1", A, 2)
    assert held(book, "quarantine:depot", A) == (7, 7000)
    ended(book)
    back(book, "H-2", A, 3, on="2023-03-02")
    assert held(book, "warehouse:depot", A) == (3, 3000)


def test_a_return_note_says_why_goods_are_kept_apart(book: Book) -> None:
    given(book, ("H-1", 1), ("H-2", 1))
    recalled(book, "Q-8", item="quilt")
    back(book, "H-1", A, 1)
    back(book, "H-2", A, 1, usable=False, reason="torn")
    notes = [one.lines[0] for one in (book.document("RN-000001"), book.document("RN-000002"))]  # pyright: ignore[reportAttributeAccessIssue]
    assert [note.kept_apart for note in notes] == ["", "torn"]


@pytest.mark.parametrize(
    ("said", "stated", "reason"),
    [
        ({}, QUILT.quantity(10), "recalled by RCL-000001: mould"),
        (
            {"quarantined": QUILT.quantity(2), "quarantine_reason": "wet"},
            QUILT.quantity(12),
            "wet; recalled by RCL-000001: mould",
        ),
        (
            {"accepted": None, "quarantined": QUILT.quantity(1, "bundle"), "quarantine_reason": "wet"},
            QUILT.quantity(1, "bundle"),
            "wet; recalled by RCL-000001: mould",
        ),
        ({"expiry": "2023-03-01"}, QUILT.quantity(10), "recalled by RCL-000001: mould"),
    ],
    ids=str,
)
def test_more_of_the_batch_is_received_into_quarantine_with_the_recall_as_reason(
    book: Book, said: dict[str, Any], stated: Quantity, reason: str
) -> None:
    recalled(book)
    note = gift(book, line(batch="q-7", **said), on="2023-02-03")
    received = note.lines[0]
    assert (received.accepted, received.quarantined, received.quarantine_reason) == (None, stated, reason)
    assert held(book, "quarantine:depot", "GRN-000002-1")[0] == QUILT.base_units(stated)
    assert held(book, "warehouse:depot", "GRN-000002-1")[0] == 0


def test_another_batch_is_received_as_ever(book: Book) -> None:
    recalled(book)
    gift(book, line(batch="Q-9"), line(item="water", accepted=WATER.quantity(1, "box"), batch="Q-7"))
    assert held(book, "warehouse:depot", "GRN-000002-1")[0] == 10
    assert held(book, "warehouse:depot", "GRN-000002-2")[0] == 24


def test_more_of_the_batch_that_is_bought_goes_into_quarantine(shop: Book) -> None:
    recalled(shop)
    note = bought(shop, lines=[BoughtLine("quilt", QUILT.quantity(5), yuan("100"), batch="Q-7")])
    assert note.lines[0].kept_apart == "recalled by RCL-000001: mould"
    assert held(shop, "quarantine:depot", "PUR-000003-1")[0] == 5
    assert bought(shop, 1, "1").lines[0].kept_apart == ""


def test_what_is_entered_late_is_recalled_too_though_it_happened_before(book: Book) -> None:
    recalled(book)
    gift(book, line(batch="Q-7"), on="2023-01-05")
    assert held(book, "quarantine:depot", "GRN-000002-1")[0] == 10


def test_recalled_goods_that_came_back_into_usable_stock_by_a_reversal_are_not_picked(book: Book) -> None:
    given(book, ("H-1", 20))
    recalled(book)
    reverse(book, "DL-000001", "2023-02-02")
    assert held(book, "warehouse:depot", A)[0] == 10
    with refused(book, NotEnough) as errors:
        given(book, ("H-1", 11), on="2023-02-03")
    assert errors[0].passed_over == (
        f"10 of lot {A} came under recall RCL-000001",
        f"10 of lot {B} came under recall RCL-000001",
    )
    with refused(book, NotUsable) as named:
        sent(book, consigned(1, A), on="2023-02-03")
    assert str(named[0]) == (
        f"lot {A} cannot be used: it came under recall RCL-000001; name another lot, or write it off"
    )


def test_what_is_recalled_is_not_released_but_can_be_written_off(book: Book) -> None:
    recalled(book)
    facts: dict[str, Any] = {"warehouse": "depot", "reason": "ok", "inspected_by": "a", "approved_by": "b"}
    with refused(book, NotUsable) as errors:
        book.release(lines=[ReleasedLine(A, QUILT.quantity(1))], on="2023-02-03", **facts)
    assert str(errors[0]) == (
        f"lot {A} cannot be used: it came under recall RCL-000001; write it off, or end the recall first"
    )
    write_off(book, 10, A, quarantined=True, on="2023-02-03")
    assert held(book, "loss:spoilt", A)[0] == 10
    ended(book)
    book.release(lines=[ReleasedLine(B, QUILT.quantity(1))], on="2023-03-01", **facts)
    assert held(book, "warehouse:depot", B)[0] == 1


def test_where_goods_come_to_rest_is_asked_for_each_lot_and_place(book: Book) -> None:
    on = recalled(book).on
    ask = [
        str(landing_place(book.desk(), book.lot(lot), place(where), on))
        for lot, where in ((A, "warehouse:depot"), (C, "warehouse:depot"), (A, "society:ziyang"))
    ]
    assert ask == ["quarantine:depot", "warehouse:depot", "society:ziyang"]


def test_two_recalls_may_be_about_the_same_goods_and_both_must_end(book: Book) -> None:
    recalled(book)
    second = recalled(book, batch="", lots=(A,))
    assert found(second) == [(A, "quarantine:depot", 10, RecallAction.KEPT_APART)]
    assert second.entries == ()
    ended(book)
    recalls = Recalls(book.desk(), second.on.replace(month=4))
    assert [one and one.number for one in map(recalls.of, map(book.lot, (A, B)))] == ["RCL-000002", None]


# Its end


def test_the_end_says_what_is_still_out(book: Book) -> None:
    given(book, ("H-1", 2))
    recalled(book)
    end = ended(book)
    assert (end.number, end.recall, end.reason, end.approved_by, end.entries) == (
        "RCE-000001",
        "RCL-000001",
        "tested, clean",
        "director",
        (),
    )
    assert found(end) == [(A, "household:H-1", 2, RecallAction.ASKED_BACK)]


def test_until_the_day_of_its_end_a_recall_is_open(book: Book) -> None:
    given(book, ("H-1", 4))
    recalled(book)
    ended(book, on="2023-03-01")
    back(book, "H-1", A, 1, on="2023-02-28")
    back(book, "H-1", A, 1, on="2023-03-01")
    assert (held(book, "quarantine:depot", A)[0], held(book, "warehouse:depot", A)[0]) == (7, 1)


def test_a_recall_that_is_over_can_be_made_again(book: Book) -> None:
    recalled(book)
    ended(book)
    assert recalled(book, on="2023-03-02").number == "RCL-000002"


def test_the_end_of_a_recall_is_withdrawn_and_then_it_is_open_again(book: Book) -> None:
    recalled(book)
    ended(book)
    reverse(book, "RCE-000001", "2023-03-02")
    gift(book, line(batch="Q-7"), on="2023-03-03")
    assert held(book, "quarantine:depot", "GRN-000002-1")[0] == 10
    assert ended(book, on="2023-03-04").number == "RCE-000002"


def test_a_recall_by_mistake_is_reversed_and_its_goods_are_usable(book: Book) -> None:
    recalled(book)
    reverse(book, "RCL-000001", "2023-02-02")
    assert held(book, "warehouse:depot", A)[0] == 10
    given(book, ("H-1", 10), on="2023-02-03")
    assert held(book, "household:H-1", A)[0] == 10


def test_a_recall_that_moved_nothing_is_withdrawn(book: Book) -> None:
    given(book, ("H-1", 20))
    assert recalled(book).entries == ()
    reverse(book, "RCL-000001", "2023-02-02")
    back(book, "H-1", A, 1)
    assert held(book, "warehouse:depot", A)[0] == 1
    with refused(book, NotOpen) as errors:
        ended(book)
    assert errors[0].state == "reversed"


# Refused


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"batch": "Q-77"}, Unknown, "no batch 'Q-77'; did you mean 'Q-7'?"),
        ({"batch": "2023"}, Unknown, "no batch '2023'; there is none"),
        ({"batch": ""}, Incomplete, "it is not said what is recalled"),
        ({"batch": " \u200b"}, Incomplete, "it is not said what is recalled"),
        ({"batch": "", "item": "quilt"}, Incomplete, "state a batch, or lots, or an item and its suppl"),
        ({"batch": "", "supplier": "shop"}, Incomplete, "state a batch, or lots, or an item and its suppl"),
        ({"batch": "", "supplier": "shop", "item": "quilt"}, Unknown, "no quilt from supplier 'shop'"),
        ({"batch": "Q-8"}, Incomplete, "a recall of batch Q-8: the book has that batch of quilt, water"),
        ({"item": "water"}, Incomplete, "Q-7 of water: the book has that batch of quilt, bought from nobody"),
        ({"supplier": "shop"}, Incomplete, "Q-7 from shop: the book has that batch of quilt, bought from"),
        ({"supplier": "mill"}, Unknown, "supplier 'mill'"),
        ({"item": "tent"}, Unknown, "item 'tent'"),
        ({"lots": (A,)}, Incomplete, "it states a batch or a supplier too; choose one"),
        ({"batch": "", "lots": (A,), "supplier": "shop"}, Incomplete, "choose one"),
        ({"batch": "", "lots": (A,), "item": "water"}, Incomplete, f"{A} is quilt, not water"),
        ({"batch": "", "lots": ("GRN-000001-9",)}, Unknown, "lot 'GRN-000001-9'"),
        ({"batch": "", "lots": "GRN"}, Incomplete, "is no list"),
        ({"reason": " "}, Incomplete, "why goods are recalled"),
        ({"notice": ""}, Incomplete, "the notice of a recall"),
        ({"ordered_by": ""}, Incomplete, "who ordered a recall"),
        ({"on": "2024-02-01"}, DateTooFarAhead, "2024-01-07"),
        ({"on": "2023-01-09"}, Incomplete, f"of lot {A} some came to warehouse:depot later; date it 2023-"),
    ],
    ids=str,
)
def test_a_recall_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    with refused(book, error) as errors:
        recalled(book, **said)
    assert words in str(errors[0])


def test_a_batch_of_several_suppliers_is_told_with_them(shop: Book) -> None:
    with refused(shop, Incomplete) as errors:
        recalled(shop, item="water")
    assert "the book has that batch of quilt, bought from shop" in str(errors[0])


def test_money_is_not_recalled(book: Book) -> None:
    money(book, "100")
    with refused(book, Incomplete) as errors:
        recalled(book, batch="", lots=("DR-000001-1",))
    assert str(errors[0]) == "a recall of lot DR-000001-1: DR-000001-1 is no goods; name lots of goods"


def test_a_batch_of_which_nothing_is_left_is_not_recalled(book: Book) -> None:
    write_off(book, 10, A)
    write_off(book, 10, B)
    with refused(book, NotOpen) as errors:
        recalled(book)
    assert str(errors[0]) == (
        "batch Q-7 is lost, all of it, so it cannot be recalled; there is nothing to ask back or keep apart"
    )


def test_a_batch_whose_receipt_was_taken_back_is_not_recalled(book: Book) -> None:
    reverse(book, "GRN-000001", "2023-01-11")
    with refused(book, NotOpen) as errors:
        recalled(book)
    assert errors[0].state == "nowhere, its receipt was reversed"


def test_the_same_goods_are_not_recalled_twice_while_the_recall_is_open(book: Book) -> None:
    recalled(book)
    with refused(book, NotOpen) as errors:
        recalled(book, "q-7", item="quilt")
    assert str(errors[0]) == (
        "RCL-000001 is open, and of the same goods, so it cannot be made once more; it covers what came in "
        "since; end it first where another is needed"
    )


def test_a_recall_dated_back_before_goods_came_names_the_day_that_it_can_have(book: Book) -> None:
    sent(book, consigned(4, A), on="2023-01-20")
    book.arrive("WB-000001", lines=[arrived(A, 4)], on="2023-01-25", received_by="a")
    with refused(book, Incomplete) as errors:
        recalled(book, on="2023-01-22")
    assert errors[0].do == "date it 2023-01-25 or later"


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ({"recall": "RCL-000009"}, Unknown, "recall notice 'RCL-000009'"),
        ({"recall": "GRN-000001"}, Unknown, "recall notice 'GRN-000001'"),
        ({"reason": ""}, Incomplete, "why a recall is ended"),
        ({"approved_by": " "}, Incomplete, "who approved the end of a recall"),
        ({"on": "2023-01-31"}, Incomplete, "it is of 2023-02-01, so it cannot end on 2023-01-31"),
        ({"on": "2024-02-01"}, DateTooFarAhead, "2024-01-07"),
    ],
    ids=str,
)
def test_an_end_that_cannot_be_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], words: str
) -> None:
    recalled(book)
    with refused(book, error) as errors:
        ended(book, **said)
    assert words in str(errors[0])


def test_a_recall_ends_once(book: Book) -> None:
    recalled(book)
    ended(book)
    with refused(book, NotOpen) as errors:
        ended(book)
    assert str(errors[0]) == "RCL-000001 is over, so it cannot be ended; there is nothing left to end"


def test_a_recall_whose_goods_were_written_off_since_is_not_reversed(book: Book) -> None:
    recalled(book)
    write_off(book, 10, A, quarantined=True, on="2023-02-03")
    with refused(book, BelowZero):
        reverse(book, "RCL-000001", "2023-02-04")


def test_goods_counted_by_value_are_recalled_like_any(book: Book) -> None:
    medicine = ReceivedLine("medicine", yuan("50"), valuation=worth("50"), batch="M-1")
    gift(book, medicine)
    notice = recalled(book, "M-1")
    assert [(one.quantity, one.packs) for one in notice.lines] == [(yuan("50"), ())]
    assert held(book, "quarantine:depot", "GRN-000002-1") == (5000, 5000)
