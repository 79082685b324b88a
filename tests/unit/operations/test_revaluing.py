"""A lot is worth something else than it was entered at: the difference goes to where the units are now."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from reliefstock import (
    AllocationLine,
    BillOfMaterials,
    Book,
    BrokenLine,
    Component,
    Consent,
    ConsignedLine,
    CountedLine,
    Handout,
    Item,
    LossReason,
    Money,
    Quantity,
    QuarantinedLine,
    ReceivedLine,
    RedirectedLine,
    Restriction,
    ReturnedLine,
    Revaluation,
    SoldLine,
    Valuation,
    WrittenOffLine,
)
from reliefstock.donations import Basis
from reliefstock.errors import (
    BelowZero,
    CurrencyMismatch,
    DateTooFarAhead,
    HeldForOthers,
    Incomplete,
    NeedsApproval,
    NotOpen,
    ReliefstockError,
    Unknown,
)
from reliefstock.values import PIECE
from unit.operations.office import (
    MEDICINE,
    QUILT,
    allocated,
    allocation,
    arrived,
    gift,
    given,
    handout,
    held,
    line,
    money,
    new_office,
    refused,
    reverse,
    sent,
    worth,
    yuan,
)

L = "GRN-000001-1"
NEW = "RV-000001-1"


@pytest.fixture
def book() -> Book:
    """Three quilts worth 1.00 yuan."""
    book = new_office()
    gift(book, line(3, "1", batch="B7", restriction=Restriction(programme="winter")))
    return book


def revalued(book: Book, value: str = "2", lot: str = L, **said: Any) -> Revaluation:  # noqa: ANN401
    facts: dict[str, Any] = {
        "valuation": Valuation.market(yuan(value), "price list 9"),
        "on": "2023-03-01",
        "reason": "the invoice was for two lots",
        "requested_by": "a",
        "approved_by": "b",
    }
    return book.revalue(lot, **facts | said)


def where(paper: Revaluation) -> list[tuple[str, str, int, int, int]]:
    """New lot, place, units, and what they were and are worth."""
    return [(one.new, str(one.place), one.quantity, one.before, one.after) for one in paper.lines]


def parts(book: Book, lot: str) -> list[tuple[str, int, int]]:
    return [(part.lot, part.quantity, part.value) for part in book.lot(lot).made_of]


def test_a_lot_on_the_shelf_becomes_one_of_another_value(book: Book) -> None:
    paper = revalued(book)
    assert (paper.number, paper.title("zh"), paper.paper) == ("RV-000001", "价值调整单", "price list 9")
    assert (paper.lot, paper.new, paper.lots, paper.kept) == (L, NEW, (NEW,), ())
    assert (paper.was, paper.valuation) == (worth("1"), Valuation.market(yuan("2"), "price list 9"))
    assert where(paper) == [(NEW, "warehouse:depot", 3, 100, 200)]
    assert (paper.difference, paper.lines[0].difference, paper.lines[0].item) == (100, 100, "quilt")
    assert held(book, "warehouse:depot", NEW) == (3, 200)
    assert held(book, "warehouse:depot", L) == (0, 0)


def test_all_but_the_value_stays_as_it_was(book: Book) -> None:
    revalued(book)
    old, new = book.lot(L), book.lot(NEW)
    assert new.valuation == Valuation.market(yuan("2"), "price list 9")
    same = ("item", "quantity", "donor", "donation", "restrictions", "batch", "received", "expiry")
    assert [getattr(new, name) for name in same] == [getattr(old, name) for name in same]


def test_what_it_is_worth_more_is_a_gain_in_value(book: Book) -> None:
    revalued(book)
    more = book.lot(f"{NEW}-D")
    assert (more.item, more.quantity, more.value) == ("CNY difference", 100, 100)
    assert (more.donor, more.donation) == ("province", "GRN-000001")
    assert held(book, "gain:revaluation", more.id) == (-100, -100)
    assert parts(book, NEW) == [(L, 3, 100), (more.id, 100, 100)]


def test_what_it_is_worth_less_is_a_loss_in_value(book: Book) -> None:
    paper = revalued(book, "0.20")
    assert paper.difference == -80
    assert held(book, "loss:revaluation", f"{NEW}-D") == (80, 80)
    assert parts(book, f"{NEW}-D") == [(L, 3, 80)]
    assert parts(book, NEW) == [(L, 3, 20)]


def test_the_same_value_on_a_better_paper_makes_no_difference(book: Book) -> None:
    paper = revalued(book, "1")
    assert paper.difference == 0
    assert f"{NEW}-D" not in book.ledger.lots
    assert book.lot(NEW).valuation.evidence == "price list 9"


def test_a_lot_without_a_value_gets_one(book: Book) -> None:
    gift(book, line(3, valuation=Valuation.memorandum("no invoice")))
    revalued(book, "2", "GRN-000002-1")
    assert held(book, "warehouse:depot", NEW) == (3, 200)
    assert not book.lot(NEW).unvalued


def test_a_value_that_was_no_value_goes_back_to_the_memorandum_register(book: Book) -> None:
    revalued(book, valuation=Valuation.memorandum("the voucher was forged"))
    assert held(book, "warehouse:depot", NEW) == (3, 0)
    assert book.lot(NEW).unvalued
    assert book.lot(f"{NEW}-D").valuation.basis is Basis.VOUCHER


def test_every_place_gets_its_part_of_the_difference() -> None:
    book = new_office()
    gift(book, line(10, "10"))
    given(book, ("H-1", 2), ("xunyang", 1))
    sent(book, ConsignedLine("quilt", QUILT.quantity(3), (L,)))
    apart = [QuarantinedLine(L, QUILT.quantity(1))]
    book.quarantine(warehouse="depot", lines=apart, on="2023-01-21", reason="wet", reported_by="a")
    lost(book, L, 1)
    assert where(revalued(book, "20.03")) == [
        (NEW, "warehouse:depot", 2, 200, 400),
        (NEW, "household:H-1", 2, 200, 401),
        (NEW, "society:xunyang", 1, 100, 200),
        (NEW, "transit:WB-000001", 3, 300, 601),
        (NEW, "quarantine:depot", 1, 100, 200),
        (NEW, "loss:stolen", 1, 100, 201),
    ]
    assert len(book.entries[-1].by_lot()) == 3


def lost(book: Book, lot: str, units: int, on: str = "2023-01-22") -> None:
    book.write_off(
        warehouse="depot",
        lines=[WrittenOffLine(lot, QUILT.quantity(units))],
        on=on,
        reason=LossReason.STOLEN,
        explanation="broken lock",
        reported_by="a",
        approved_by="b",
    )


def test_the_papers_of_before_are_still_good(book: Book) -> None:
    """A household, a lorry and a storekeeper hold papers with the old id."""
    given(book, ("H-1", 1), programme="winter")
    sent(book, ConsignedLine("quilt", QUILT.quantity(1), (L,)))
    revalued(book)
    back = book.return_(
        recipient="H-1",
        into="depot",
        on="2023-03-02",
        reason="moved",
        lines=[ReturnedLine(L, QUILT.quantity(1))],
    )
    assert [(one.lot, one.value) for one in back.lines] == [(NEW, 67)]
    came = book.arrive("WB-000001", on="2023-03-02", received_by="a", lines=[arrived(L, 1)])
    assert [(one.lot, one.dispatched, one.received) for one in came.lines] == [(NEW, 1, 1)]
    lost(book, L, 1, "2023-03-03")
    assert held(book, "loss:stolen", NEW) == (1, 66)
    given(
        book, Handout("H-1", "quilt", QUILT.quantity(1), "sheet 2", (L,)), on="2023-03-03", programme="winter"
    )
    assert held(book, "household:H-1", NEW) == (1, 67)


def test_it_is_revalued_again_under_its_new_id(book: Book) -> None:
    revalued(book)
    with refused(book, NotOpen) as caught:
        revalued(book, "3")
    assert str(caught[0]) == f"lot {L} is lot {NEW} now, so it cannot be revalued; revalue lot {NEW}"
    assert where(revalued(book, "3", NEW)) == [("RV-000002-1", "warehouse:depot", 3, 200, 300)]


def test_the_lot_that_stands_for_it_now_is_named_among_many(book: Book) -> None:
    gift(book, line(3, "1"))
    reverse(book, revalued(book).number, on="2023-03-02")
    revalued(book, lot="GRN-000002-1", on="2023-03-02")
    revalued(book, on="2023-03-02")
    with refused(book, NotOpen) as caught:
        revalued(book, on="2023-03-02")
    assert caught[0].do == "revalue lot RV-000003-1"


def test_a_revaluation_can_be_taken_back_and_made_anew(book: Book) -> None:
    paper = revalued(book)
    reverse(book, paper.number, on="2023-03-02")
    assert held(book, "warehouse:depot", L) == (3, 100)
    assert held(book, "gain:revaluation", f"{NEW}-D") == (0, 0)
    assert revalued(book, "3", on="2023-03-02").new == "RV-000002-1"


def test_what_moved_since_must_come_back_before_it_is_taken_back(book: Book) -> None:
    paper = revalued(book)
    given(book, ("H-1", 1), on="2023-03-02", programme="winter")
    with refused(book, BelowZero):
        reverse(book, paper.number, on="2023-03-03")


# Refused

REFUSED: list[tuple[dict[str, Any], type[ReliefstockError], str]] = [
    ({"on": "2023-08-01"}, DateTooFarAhead, "2023-08-01"),
    ({"reason": ""}, Incomplete, "why a lot is revalued"),
    ({"approved_by": "a"}, NeedsApproval, "a revaluation"),
    ({"lot": "GRN-000009-1"}, Unknown, "GRN-000009-1"),
    ({"valuation": worth("1")}, Incomplete, "it is the one that the lot has"),
    ({"valuation": Valuation.market(Money.of("2", "USD"), "list")}, CurrencyMismatch, "USD"),
    ({"on": "2023-01-09"}, NotOpen, "is moved or counted on 2023-01-10"),
]


@pytest.mark.parametrize(("said", "error", "why"), REFUSED)
def test_what_is_wrong_with_a_revaluation_is_refused(
    book: Book, said: dict[str, Any], error: type[ReliefstockError], why: str
) -> None:
    with refused(book, error) as caught:
        revalued(book, **said)
    assert why in str(caught[0])


def test_money_and_goods_by_value_are_worth_what_they_count(book: Book) -> None:
    gift(book, ReceivedLine("medicine", yuan("5"), valuation=worth("5")))
    for lot in (money(book).lot, "GRN-000002-1"):
        with refused(book, Incomplete) as caught:
            revalued(book, lot=lot)
        assert "counted by value, so it is worth what it counts" in str(caught[0])
    assert MEDICINE.counted_by_value


def test_nothing_that_is_dated_later_is_revalued(book: Book) -> None:
    given(book, ("H-1", 1), on="2023-04-01", programme="winter")
    with refused(book, NotOpen) as caught:
        revalued(book)
    assert "moved or counted on 2023-04-01" in str(caught[0])
    assert revalued(book, on="2023-04-01").difference == 100


def test_what_is_not_there_any_more_is_not_revalued(book: Book) -> None:
    reverse(book, "GRN-000001", on="2023-02-01")
    with refused(book, NotOpen) as caught:
        revalued(book)
    assert "not there any more under its own id" in str(caught[0])


# Counts


def counted(book: Book) -> None:
    book.plan_count(warehouse="depot", on="2023-03-02", counters=("a", "b"))
    for counter in ("a", "b"):
        lines = [CountedLine(L, QUILT.quantity(3))]
        book.count("CP-000001", counter=counter, on="2023-03-02", lines=lines)


def test_nothing_is_revalued_while_it_is_counted(book: Book) -> None:
    counted(book)
    with refused(book, NotOpen) as caught:
        revalued(book, on="2023-03-02")
    assert "being counted (CP-000001)" in str(caught[0])
    book.approve_count("CP-000001", on="2023-03-03", approved_by=("c", "d"))
    with refused(book, NotOpen):
        revalued(book, on="2023-03-01")
    with refused(book, NotOpen):
        revalued(book, on="2023-03-03", concerns="2023-02-28")
    revalued(book, on="2023-03-03")
    assert book.on_hand("quilt").value == 200


def test_what_is_counted_elsewhere_is_revalued_all_the_same(book: Book) -> None:
    gift(book, line(3, "1"), into="station")
    book.plan_count(warehouse="station", on="2023-03-01", counters=("a", "b"))
    assert revalued(book).difference == 100


# Holds


def promised(book: Book) -> list[tuple[str, str, int, int]]:
    """Hold, lot, how much it kept, and how much of that is open."""
    return [(one.hold.id, one.hold.lot, one.hold.quantity, one.open) for one in book.ledger.holds]


def test_what_is_promised_is_promised_of_the_new_lot(book: Book) -> None:
    allocated(book, allocation("H-1", 2), on="2023-02-20", until="2023-04-01", programme="winter")
    revalued(book)
    assert promised(book) == [("AL-000001-1", L, 2, 0), ("AL-000001-1", NEW, 2, 2)]
    with refused(book, HeldForOthers):
        book.redirect(
            warehouse="depot",
            lines=[RedirectedLine(NEW, QUILT.quantity(2))],
            consents=[Consent("province", "letter", "2023-03-01")],
            on="2023-03-02",
            reason="no winter",
            requested_by="a",
            approved_by="b",
        )
    given(book, handout(units=2, hold="AL-000001-1"), on="2023-03-02", programme="winter")
    assert promised(book)[1] == ("AL-000001-1", NEW, 2, 0)


def test_a_promise_that_begins_later_goes_with_the_goods(book: Book) -> None:
    allocated(book, allocation("H-1", 2), on="2023-04-01", until="2023-05-01", programme="winter")
    revalued(book)
    [_, moved] = book.ledger.holds
    assert (moved.hold.since.isoformat(), moved.open) == ("2023-04-01", 2)


def test_a_promise_that_is_over_is_left_alone(book: Book) -> None:
    allocated(book, allocation("H-1", 2), programme="winter")
    revalued(book)
    assert promised(book) == [("AL-000001-1", L, 2, 2)]


def test_a_promise_at_risk_stays_one_and_stands_in_nobodys_way(book: Book) -> None:
    allocated(book, allocation("H-1", 3), on="2023-02-20", until="2023-04-01", programme="winter")
    lost(book, L, 2, "2023-02-21")
    paper = revalued(book)
    assert promised(book)[1] == ("AL-000001-1", NEW, 3, 3)
    reverse(book, paper.number, on="2023-03-02")
    assert promised(book) == [("AL-000001-1", L, 3, 3), ("AL-000001-1", NEW, 3, 0)]


def test_taken_back_it_holds_what_is_left_of_the_promise(book: Book) -> None:
    allocated(book, allocation("H-1", 3), on="2023-02-20", until="2023-04-01", programme="winter")
    paper = revalued(book)
    book.release_hold(
        "AL-000001-1", quantity=QUILT.quantity(1), on="2023-03-02", reason="two do", released_by="a"
    )
    reverse(book, paper.number, on="2023-03-03")
    assert promised(book) == [("AL-000001-1", L, 3, 2), ("AL-000001-1", NEW, 3, 0)]


def test_what_was_released_in_between_is_not_held_again(book: Book) -> None:
    allocated(book, allocation("H-1", 3), on="2023-02-20", until="2023-04-01", programme="winter")
    paper = revalued(book)
    book.release_hold("AL-000001-1", on="2023-03-02", reason="none needed", released_by="a")
    reverse(book, paper.number, on="2023-03-03")
    assert promised(book) == [("AL-000001-1", L, 3, 0), ("AL-000001-1", NEW, 3, 0)]


# What the units are inside of


def redirected(book: Book, lot: str, units: int, on: str = "2023-02-01") -> str:
    paper = book.redirect(
        warehouse="depot",
        lines=[RedirectedLine(lot, QUILT.quantity(units))],
        consents=[Consent("province", "letter", on)],
        on=on,
        reason="no winter",
        requested_by="a",
        approved_by="b",
    )
    return paper.lots[0]


def test_what_was_redirected_is_revalued_with_it(book: Book) -> None:
    free = redirected(book, L, 1)
    paper = revalued(book)
    assert where(paper) == [
        (NEW, "warehouse:depot", 2, 67, 133),
        ("RV-000001-2", "warehouse:depot", 1, 33, 67),
    ]
    assert paper.lots == (NEW, "RV-000001-2")
    new = book.lot("RV-000001-2")
    assert (new.restrictions, str(new.valuation.amount), new.valuation.evidence) == (
        (),
        "CNY 0.67",
        "price list 9",
    )
    assert parts(book, new.id) == [(NEW, 1, 67)]
    with refused(book, NotOpen) as caught:
        revalued(book, lot=free)
    assert "is lot RV-000001-2 now" in str(caught[0])


def test_a_lot_that_was_redirected_whole_is_revalued_where_it_is(book: Book) -> None:
    redirected(book, L, 3)
    paper = revalued(book)
    assert where(paper) == [("RV-000001-2", "warehouse:depot", 3, 100, 200)]
    assert paper.lots == (NEW, "RV-000001-2")
    with refused(book, NotOpen) as caught:
        revalued(book)
    assert f"is lot {NEW} now" in str(caught[0])


def test_what_was_redirected_can_be_revalued_by_itself_and_keeps_that_value(book: Book) -> None:
    free = redirected(book, L, 1)
    revalued(book, "0.90", free)
    paper = revalued(book)
    assert where(paper) == [("RV-000002-1", "warehouse:depot", 2, 67, 133)]
    assert paper.kept == ()
    assert held(book, "warehouse:depot", NEW) == (1, 90)


def sold(book: Book, lot: str, units: int, proceeds: str, pack: Quantity | None = None) -> None:
    book.sell(
        warehouse="depot",
        lines=[SoldLine(lot, pack or QUILT.quantity(units), yuan(proceeds))],
        into="general",
        buyer="a market trader",
        reason="excess",
        paper="contract 4",
        on="2023-02-01",
        requested_by="a",
        approved_by="b",
    )


def test_what_was_sold_keeps_what_it_was_sold_for(book: Book) -> None:
    sold(book, L, 1, "0.10")
    paper = revalued(book)
    assert where(paper) == [(NEW, "warehouse:depot", 2, 67, 133)]
    assert paper.kept == ("SAL-000001-1",)
    assert held(book, "fund:general", "SAL-000001-1") == (10, 10)


def test_a_sale_that_was_taken_back_is_no_sale(book: Book) -> None:
    sold(book, L, 1, "0.10")
    reverse(book, "SAL-000001", on="2023-02-02")
    assert revalued(book).kept == ()


def test_what_was_sold_whole_is_not_revalued(book: Book) -> None:
    sold(book, L, 3, "0.10")
    with refused(book, NotOpen) as caught:
        revalued(book)
    assert caught[0].state == "not there any more under its own id"


# Kits


def kits(book: Book) -> None:
    """A kit has a quilt and two pieces of soap; a crate has two kits and a quilt."""
    book.add(
        Item("soap", zh="肥皂", en="Soap"), Item("kit", zh="包", en="Kit"), Item("crate", zh="箱", en="Crate")
    )
    book.add(bill("kit", quilt=1, soap=2), bill("crate", kit=2, quilt=1, soap=1))


def bill(item: str, **per_kit: int) -> BillOfMaterials:
    components = [Component(part, Quantity(units, PIECE)) for part, units in per_kit.items()]
    return BillOfMaterials(item=item, version="1", components=components)


def soap(book: Book, units: int = 20, value: str = "2") -> None:
    gift(book, ReceivedLine("soap", Quantity(units, PIECE), valuation=worth(value)), donor="city")


def built(book: Book, units: int, item: str = "kit", on: str = "2023-02-01") -> str:
    record = book.build_kits(
        kit=item, count=Quantity(units, PIECE), warehouse="depot", on=on, assembled_by="a", checked_by="b"
    )
    return record.lots[0]


@pytest.fixture
def stocked() -> Book:
    """Ten quilts worth 10.00 yuan and 20 pieces of soap worth 2.00, and the bills of two kits."""
    book = new_office()
    kits(book)
    gift(book, line(10, "10"))
    soap(book)
    return book


def test_kits_that_hold_it_are_made_anew_where_they_are(stocked: Book) -> None:
    lot = built(stocked, 4)
    stocked.distribute(
        origin="depot", on="2023-02-02", lines=[Handout("H-1", "kit", Quantity(1, PIECE), "sheet 1")]
    )
    assert stocked.lot(lot).value == 480
    paper = revalued(stocked, "20")
    assert where(paper) == [
        (NEW, "warehouse:depot", 6, 600, 1200),
        ("RV-000001-2", "warehouse:depot", 3, 360, 660),
        ("RV-000001-2", "household:H-1", 1, 120, 220),
    ]
    assert parts(stocked, "RV-000001-2") == [(NEW, 4, 800), ("GRN-000002-1", 8, 80)]
    kit = stocked.lot("RV-000001-2")
    assert (kit.valuation.basis, kit.valuation.evidence) == (
        Basis.COMPONENTS,
        "components listed in KIT-000001",
    )
    assert str(kit.valuation.amount) == "CNY 8.80"


def test_a_kit_made_anew_is_broken_into_what_it_holds(stocked: Book) -> None:
    built(stocked, 4)
    revalued(stocked, "20")
    stocked.break_kits(
        warehouse="depot",
        lines=[BrokenLine("RV-000001-2", Quantity(3, PIECE))],
        on="2023-03-02",
        reason="single items needed",
        broken_by="a",
        checked_by="b",
    )
    assert held(stocked, "warehouse:depot", NEW) == (9, 1800)
    assert held(stocked, "warehouse:depot", "GRN-000002-1") == (18, 180)
    assert held(stocked, "warehouse:depot", "RV-000001-2") == (1, 220)


def test_kits_of_kits_are_made_anew_from_the_inside(stocked: Book) -> None:
    built(stocked, 4)
    built(stocked, 1, "crate", "2023-02-02")
    paper = revalued(stocked, "20")
    assert where(paper) == [
        (NEW, "warehouse:depot", 5, 500, 1000),
        ("RV-000001-2", "warehouse:depot", 2, 240, 440),
        ("RV-000001-3", "warehouse:depot", 1, 350, 650),
    ]
    assert parts(stocked, "RV-000001-3") == [("RV-000001-2", 2, 440), (NEW, 1, 200), ("GRN-000002-1", 1, 10)]
    assert len(paper.entries) == 1


def test_kits_of_two_days_that_share_a_component_are_made_anew_together(stocked: Book) -> None:
    built(stocked, 2)
    built(stocked, 2, on="2023-02-02")
    revalued(stocked, "20")
    soaps = stocked.ledger.lot("GRN-000002-1")
    moves = [one for one in stocked.entries[-1].movements() if one.lot == soaps.id]
    assert [(str(one.source), str(one.target), one.quantity) for one in moves] == [
        ("conversion:KIT-000002-1", "conversion:RV-000001-3", 4),
        ("conversion:KIT-000001-1", "conversion:RV-000001-2", 4),
    ]


def test_kits_that_were_broken_hold_it_no_more(stocked: Book) -> None:
    lot = built(stocked, 2)
    stocked.break_kits(
        warehouse="depot",
        lines=[BrokenLine(lot, Quantity(2, PIECE))],
        on="2023-02-02",
        reason="single items needed",
        broken_by="a",
        checked_by="b",
    )
    assert revalued(stocked, "20").lots == (NEW,)


def test_kits_that_were_sold_keep_their_value_and_what_is_in_them_too(stocked: Book) -> None:
    lot = built(stocked, 4)
    sold(stocked, lot, 1, "5", Quantity(1, PIECE))
    paper = revalued(stocked, "20")
    assert where(paper) == [
        (NEW, "warehouse:depot", 6, 600, 1200),
        ("RV-000001-2", "warehouse:depot", 3, 360, 660),
    ]
    assert paper.kept == ("SAL-000001-1",)
    assert held(stocked, "conversion:KIT-000001-1", L) == (1, 100)


def test_a_part_of_the_kits_takes_a_part_of_what_its_parts_are_worth() -> None:
    """Three kits worth 1.00 + 0.20 yuan: one is sold, and two hold 0.66 or 0.67 of quilts."""
    book = new_office()
    kits(book)
    gift(book, line(3, "1"))
    soap(book, 6, "0.20")
    lot = built(book, 3)
    sold(book, lot, 1, "0.30", Quantity(1, PIECE))
    paper = revalued(book, "2")
    assert where(paper) == [("RV-000001-2", "warehouse:depot", 2, 80, 146)]
    assert held(book, "conversion:KIT-000001-1", L)[0] == 1
    assert held(book, "conversion:KIT-000001-1", "GRN-000002-1")[0] == 2


def test_what_was_found_over_of_kits_stays_as_it_is(stocked: Book) -> None:
    lot = built(stocked, 4)
    stocked.dispatch(
        origin="depot",
        to="station",
        on="2023-02-02",
        lines=[ConsignedLine("kit", Quantity(4, PIECE), (lot,))],
    )
    five = arrived(lot)
    stocked.arrive(
        "WB-000001",
        on="2023-02-03",
        received_by="a",
        approved_by="c",
        lines=[attrs.evolve(five, received=Quantity(5, PIECE))],
    )
    paper = revalued(stocked, "20")
    assert where(paper)[1:] == [("RV-000001-2", "warehouse:station", 4, 480, 880)]
    assert held(stocked, "warehouse:station", lot) == (1, 120)


def test_found_kits_that_are_all_that_is_left_are_no_part_of_it(stocked: Book) -> None:
    lot = built(stocked, 1)
    waybill = {"origin": "depot", "to": "station", "on": "2023-02-02"}
    stocked.dispatch(lines=[ConsignedLine("kit", Quantity(1, PIECE), (lot,))], **waybill)
    two = attrs.evolve(arrived(lot), received=Quantity(2, PIECE))
    stocked.arrive("WB-000001", on="2023-02-03", received_by="a", approved_by="c", lines=[two])
    stocked.break_kits(
        warehouse="station",
        lines=[BrokenLine(lot, Quantity(1, PIECE))],
        on="2023-02-04",
        reason="single items needed",
        broken_by="a",
        checked_by="b",
    )
    assert revalued(stocked, "20").lots == (NEW,)
    assert held(stocked, "warehouse:station", lot) == (1, 120)


def test_a_kit_of_which_nothing_was_known_is_worth_what_is_known_now() -> None:
    book = new_office()
    kits(book)
    gift(book, line(3, valuation=Valuation.memorandum()))
    gift(book, ReceivedLine("soap", Quantity(6, PIECE), valuation=Valuation.memorandum()))
    lot = built(book, 3)
    assert book.lot(lot).unvalued
    revalued(book, "3")
    assert str(book.lot("RV-000001-2").valuation.amount) == "CNY 3.00"
    revalued(book, valuation=Valuation.memorandum("forged"), lot=NEW)
    assert book.lot("RV-000002-2").unvalued


def test_a_kit_is_worth_its_parts_and_is_not_revalued_by_itself(stocked: Book) -> None:
    lot = built(stocked, 4)
    with refused(stocked, Incomplete) as caught:
        revalued(stocked, lot=lot)
    assert caught[0].do == f"revalue what it was made of: lot {L}, GRN-000002-1"


def test_kits_that_came_ready_are_revalued_and_their_parts_keep_their_value(stocked: Book) -> None:
    ready = gift(stocked, ReceivedLine("kit", Quantity(4, PIECE), valuation=worth("8"))).lots[0]
    stocked.amend(Item("soap", zh="肥皂", en="Soap", price=yuan("0.50")))
    priced = {field: getattr(QUILT, field) for field in ("zh", "en", "packs")}
    stocked.amend(Item("quilt", price=yuan("1"), **priced))
    stocked.break_kits(
        warehouse="depot",
        lines=[BrokenLine(ready, Quantity(1, PIECE))],
        on="2023-02-02",
        reason="single items needed",
        broken_by="a",
        checked_by="b",
    )
    paper = revalued(stocked, "16", ready)
    assert where(paper) == [(NEW, "warehouse:depot", 3, 600, 1200)]
    assert paper.kept == ("KBR-000001-1", "KBR-000001-2")


def test_what_is_promised_of_kits_goes_with_them(stocked: Book) -> None:
    built(stocked, 4)
    stocked.allocate(
        warehouse="depot",
        lines=[AllocationLine("H-1", "kit", Quantity(2, PIECE))],
        on="2023-02-20",
        until="2023-04-01",
        source_document="plan 3",
        approved_by="director",
    )
    revalued(stocked, "20")
    assert promised(stocked)[1] == ("AL-000001-1", "RV-000001-2", 2, 2)
