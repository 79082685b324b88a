"""Kits: built of the lots that are there, broken into the very same, and rebuilt."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from reliefstock import (
    AllocationLine,
    BillOfMaterials,
    Book,
    BoughtLine,
    BrokenLine,
    Component,
    Consent,
    ConsignedLine,
    EntryKind,
    Handout,
    Item,
    KitBreak,
    KitBuild,
    KitRebuild,
    PickingRule,
    Policy,
    QuarantinedLine,
    RedirectedLine,
    Restriction,
    Valuation,
)
from reliefstock.errors import (
    BelowZero,
    ContainsItself,
    CurrencyMismatch,
    DateTooFarAhead,
    HeldForOthers,
    Incomplete,
    NeedsApproval,
    NotEnough,
    NotUsable,
    OutsideRestriction,
    Unknown,
)
from reliefstock.ledger import Ingredient
from reliefstock.operations.bench import _shared
from reliefstock.reconciliation import trace
from reliefstock.reconciliation.kits import buildable
from reliefstock.values import PIECE, Money, Quantity
from unit.operations.office import (
    MEDICINE,
    QUILT,
    WATER,
    arrived,
    bought,
    gift,
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

KIT = Item("kit", zh="家庭包", en="Family kit", packs=(PIECE.pack("pallet", 5),))
SET = Item("set", zh="卫生包", en="Hygiene set")
SOAP = Item("soap", zh="肥皂", en="Soap", price=yuan("2.00"))
WEATHERED = BillOfMaterials(item="kit", version="2", components=[Component("quilt", QUILT.quantity(1))])


def bench(policy: Policy | None = None) -> Book:
    """An office that makes kits of a quilt and two bottles of water, from March on without the water."""
    book = new_office(policy)
    book.add(KIT, SET, SOAP)
    parts = [Component("quilt", QUILT.quantity(1)), Component("water", WATER.quantity(2))]
    book.add(BillOfMaterials(item="kit", version="1", components=parts))
    book.add(attrs.evolve(WEATHERED, since="2023-03-01"))
    book.add(BillOfMaterials(item="set", version="1", components=[Component("soap", SOAP.quantity(3))]))
    return book


def stocked() -> Book:
    """Quilts worth 33, 33 and 34 fen and five worth 10; three bottles worth 25 or 26 and twenty worth 20."""
    book = bench()
    gift(book, line(3, "1.00"))
    gift(book, line(5, "0.50"), donor="company")
    gift(book, water(3, "0.76"))
    gift(book, water(20, "4.00"), donor="company")
    return book


def water(units: int, value: str, **said: Any) -> Any:  # noqa: ANN401
    return line(units, value, item="water", accepted=WATER.quantity(units), **said)


def built(book: Book, count: int | Quantity = 3, **said: Any) -> KitBuild:  # noqa: ANN401
    facts: dict[str, Any] = {
        "kit": "kit",
        "count": count if isinstance(count, Quantity) else KIT.quantity(count),
        "warehouse": "depot",
        "on": "2023-01-15",
        "assembled_by": "a",
        "checked_by": "b",
    }
    return book.build_kits(**facts | said)


def broken(book: Book, *lines: tuple[str, int], **said: Any) -> KitBreak:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [BrokenLine(lot, book.item_of(lot).quantity(units)) for lot, units in lines],
        "on": "2023-01-20",
        "reason": "the quilts are needed",
        "broken_by": "a",
        "checked_by": "b",
    }
    return book.break_kits(**facts | said)


def rebuilt(book: Book, *lines: tuple[str, int], **said: Any) -> KitRebuild:  # noqa: ANN401
    facts: dict[str, Any] = {
        "warehouse": "depot",
        "lines": [BrokenLine(lot, book.item_of(lot).quantity(units)) for lot, units in lines],
        "on": "2023-03-20",
        "reason": "the water is left out from March on",
        "assembled_by": "a",
        "checked_by": "b",
    }
    return book.rebuild_kits(**facts | said)


def promised(book: Book, item: str, units: int) -> None:
    book.allocate(
        warehouse="depot",
        lines=[AllocationLine("lvhe", item, book.register.item(item).quantity(units))],
        on="2023-01-15",
        until="2023-06-30",
        source_document="letter 5",
        approved_by="c",
    )


def contents(document: KitBuild | KitRebuild) -> list[tuple[str, int, int, list[tuple[str, int, int]]]]:
    """Of each lot of kits how many there are and what they are worth, and all that is in them."""
    return [
        (one.lot, one.quantity.count, one.value, [(p.lot, p.quantity, p.value) for p in one.components])
        for one in document.built
    ]


# Building


def test_kits_are_cut_into_runs_that_hold_the_same_lots():
    document = built(stocked(), 5)
    assert contents(document) == [
        ("KIT-000001-1", 1, 83, [("GRN-000001-1", 1, 33), ("GRN-000003-1", 2, 50)]),
        ("KIT-000001-2", 1, 79, [("GRN-000001-1", 1, 33), ("GRN-000003-1", 1, 26), ("GRN-000004-1", 1, 20)]),
        ("KIT-000001-3", 1, 74, [("GRN-000001-1", 1, 34), ("GRN-000004-1", 2, 40)]),
        ("KIT-000001-4", 2, 100, [("GRN-000002-1", 2, 20), ("GRN-000004-1", 4, 80)]),
    ]
    assert document.lots == tuple(f"KIT-000001-{n}" for n in range(1, 5))


def test_what_goes_into_a_run_lies_in_a_conversion_of_its_own():
    book = stocked()
    built(book, 5)
    assert held(book, "conversion:KIT-000001-2", "GRN-000003-1") == (1, 26)
    assert held(book, "conversion:KIT-000001-4", "KIT-000001-4") == (-2, -100)
    assert held(book, "warehouse:depot", "KIT-000001-4") == (2, 100)
    assert held(book, "warehouse:depot", "GRN-000001-1") == (0, 0)


def test_kits_are_one_entry_of_their_own_kind():
    book = stocked()
    document = built(book, 5, programme="flood", by="clerk")
    [entry] = (book.entries[number - 1] for number in document.entries)
    assert (entry.kind, entry.programme, entry.by, entry.on) == (
        EntryKind.KITTING,
        "flood",
        "clerk",
        date(2023, 1, 15),
    )


def test_the_record_says_how_many_of_what_by_whom():
    document = built(stocked(), KIT.quantity(1, "pallet"), picking=PickingRule.FIFO)
    assert (document.number, document.kit, document.version) == ("KIT-000001", "kit", "1")
    assert (document.count, document.warehouse, document.picking) == (
        KIT.quantity(1, "pallet"),
        "depot",
        "FIFO",
    )
    assert (document.assembled_by, document.checked_by, document.programme) == ("a", "b", "")
    assert (document.title("zh"), document.title("en")) == ("组包单", "Kit build record")


def test_components_are_told_in_the_packs_that_they_came_in():
    book = bench()
    gift(book, line(30, "3.00", accepted=QUILT.quantity(3, "bundle")), water(60, "6.00"))
    [run] = built(book, 12).built
    assert [str(part) for part in run.components[0].packs] == ["1 bundle", "2 piece"]
    assert run.components[1].packs == ()


def test_the_pack_of_the_kits_stands_on_their_lot():
    book = stocked()
    lots = built(book, KIT.quantity(1, "pallet")).lots
    assert {book.lot(lot).pack for lot in lots} == {KIT.packs[0]}


def test_a_kit_is_made_of_its_components_and_worth_what_they_are_worth():
    book = stocked()
    first = book.lot(built(book, 5).lots[0])
    assert first.made_of == (Ingredient("GRN-000001-1", 1, 33), Ingredient("GRN-000003-1", 2, 50))
    assert first.valuation == Valuation.components(yuan("0.83"), "components listed in KIT-000001")
    assert (first.item, first.batch, first.received, first.supplier) == (
        "kit",
        "KIT-000001",
        date(2023, 1, 15),
        None,
    )


def test_a_kit_of_one_donor_names_it_and_of_one_donation_too():
    book = stocked()
    lots = [book.lot(lot) for lot in built(book, 5).lots]
    assert [lot.donor for lot in lots] == ["province", None, None, "company"]
    assert [lot.donation for lot in lots] == [None, None, None, None]
    gift(book, line(1, "1.00"), water(2, "1.00"))
    one = book.lot(built(book, 1, lots=("GRN-000005-1", "GRN-000005-2")).lots[0])
    assert (one.donor, one.donation) == ("province", "GRN-000005")


def test_a_kit_expires_when_its_first_component_does():
    book = bench()
    gift(book, line(2), water(2, "1", expiry="2024-06-01"), water(2, "1", expiry="2024-05-01"))
    assert [book.lot(lot).expiry for lot in built(book, 2).lots] == [date(2024, 5, 1), date(2024, 6, 1)]
    gift(book, line(2), water(4, "1"))
    assert [book.lot(lot).expiry for lot in built(book, 2).lots] == [None]


def test_a_kit_is_for_all_that_its_components_are_for():
    book = bench()
    gift(book, line(2, restriction=Restriction(until="2024-01-01")), water(4, "1"))
    gift(book, water(4, "1", restriction=Restriction(programme="flood")))
    [lot] = built(book, 2, programme="flood").lots
    assert book.lot(lot).restriction_text() == "until 2024-01-01 and programme flood"


def test_goods_for_something_narrower_go_in_only_by_name_and_the_kit_is_for_it():
    book = bench()
    there = Restriction(places=("610924",))
    gift(book, line(2), water(4, "1", restriction=there))
    with refused(book, NotEnough) as short:
        built(book, 1)
    assert (short[0].item, short[0].asked, short[0].there) == ("water", 2, 0)
    assert short[0].passed_over == ("4 of lot GRN-000001-2 are for place 610924 only",)
    [lot] = built(book, 1, lots=("GRN-000001-2",)).lots
    assert book.lot(lot).restrictions == (there,)


def test_named_lots_are_never_for_another_programme():
    book = bench()
    gift(book, line(2), water(4, "1", restriction=Restriction(programme="flood")))
    with refused(book, OutsideRestriction) as other:
        built(book, 1, lots=("GRN-000001-2",), programme="winter")
    assert other[0].lot == "GRN-000001-2"


def test_a_kit_is_never_for_two_programmes():
    book = bench()
    gift(book, line(2, restriction=Restriction(programme="winter")))
    gift(book, water(4, "1", restriction=Restriction(programme="flood")))
    with refused(book, Incomplete) as two:
        built(book, 1, lots=("GRN-000001-1", "GRN-000002-1"))
    assert two[0].what == "a kit of kit"


def test_of_a_component_of_which_lots_are_named_no_others_are_taken():
    book = stocked()
    document = built(book, 1, lots=("GRN-000004-1", "GRN-000004-1"))
    assert contents(document)[0][3] == [("GRN-000001-1", 1, 33), ("GRN-000004-1", 2, 40)]
    assert document.picking == "FEFO, named lots"
    with refused(book, NotEnough) as short:
        built(book, 3, lots=("GRN-000003-1",))
    assert (short[0].item, short[0].asked, short[0].there) == ("water", 6, 3)


def test_a_named_lot_of_something_else_is_refused():
    book = stocked()
    gift(book, line(1, "1", item="soap", accepted=SOAP.quantity(1)))
    with refused(book, NotUsable) as other:
        built(book, 1, lots=("GRN-000005-1",))
    assert str(other[0]) == (
        "lot GRN-000005-1 cannot be used: it is soap, which is no component of kit/1; name another lot"
    )
    with refused(book, Unknown):
        built(book, 1, lots=("GRN-000009-1",))


def test_without_enough_of_one_component_nothing_is_built():
    book = stocked()
    with refused(book, NotEnough) as short:
        built(book, 9)
    assert (short[0].item, short[0].place, short[0].asked, short[0].there) == (
        "quilt",
        "warehouse:depot",
        9,
        8,
    )


def test_what_is_held_for_others_is_in_no_kit():
    book = stocked()
    promised(book, "quilt", 7)
    with refused(book, NotEnough) as short:
        built(book, 2)
    assert (short[0].item, short[0].there) == ("quilt", 1)


def test_the_bill_of_the_day_holds_unless_another_is_named():
    book = stocked()
    assert built(book, 1, on="2023-02-28").version == "1"
    assert built(book, 1, on="2023-03-01").version == "2"
    assert built(book, 1, on="2023-03-01", version="1").version == "1"
    with refused(book, Unknown) as none:
        built(book, 1, version="3")
    assert (none[0].what, none[0].given) == ("bill of materials", "kit/3")
    with refused(book, Unknown):
        built(book, QUILT.quantity(1), kit="quilt")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"checked_by": "A "}, NeedsApproval),
        ({"assembled_by": ""}, NeedsApproval),
        ({"on": "2023-12-31"}, DateTooFarAhead),
        ({"warehouse": "cellar"}, Unknown),
        ({"kit": "tent"}, Unknown),
    ],
)
def test_what_must_be_known_of_a_build_is_asked_for(said: dict[str, Any], error: type[Any]):
    with refused(stocked(), error):
        built(stocked(), 1, **said)


def test_where_one_counter_does_one_person_makes_kits():
    book = bench(Policy(counters=1))
    gift(book, line(1), water(2, "1"))
    assert built(book, 1, checked_by="a").checked_by == "a"


def test_goods_counted_by_value_are_in_kits_too():
    book = bench()
    book.add(
        BillOfMaterials(
            item="set",
            version="2",
            since="2023-01-01",
            components=[Component("medicine", yuan("2.50")), Component("soap", SOAP.quantity(1))],
        )
    )
    medicine = line(1, "7.00", item="medicine", accepted=yuan("7.00"))
    gift(book, medicine, line(3, "1.00", item="soap", accepted=SOAP.quantity(3)))
    [lot] = built(book, SET.quantity(2), kit="set").built
    assert [(part.lot, part.quantity, part.value) for part in lot.components] == [
        ("GRN-000001-1", 500, 500),
        ("GRN-000001-2", 2, 66),
    ]
    with refused(book, NotEnough) as short:
        built(book, SET.quantity(1), kit="set")
    assert short[0].item == MEDICINE.id


def test_kits_without_any_value_stand_in_the_memorandum_register():
    book = bench()
    gift(book, line(1, valuation=Valuation.memorandum()), water(2, "1", valuation=Valuation.memorandum()))
    lot = book.lot(built(book, 1).lots[0])
    assert (lot.value, lot.unvalued, lot.valuation.evidence) == (0, True, "components listed in KIT-000001")


def test_a_build_can_be_taken_back_as_long_as_all_kits_are_there():
    book = stocked()
    before = {lot: held(book, "warehouse:depot", lot) for lot in book.ledger.lots}
    document = built(book, 5)
    reverse(book, document.number)
    assert {lot: held(book, "warehouse:depot", lot) for lot in before} == before
    assert held(book, "warehouse:depot", "KIT-000001-4") == (0, 0)
    document = built(book, 5, on="2023-02-01")
    broken(book, ("KIT-000002-4", 1), on="2023-02-02")
    with refused(book, BelowZero):
        reverse(book, document.number, on="2023-02-03")


# Breaking


def test_broken_kits_become_the_very_lots_that_they_were_built_of():
    book = stocked()
    built(book, 5)
    document = broken(book, ("KIT-000001-4", 1), ("KIT-000001-2", 1))
    assert [(one.lot, one.quantity.count, one.value, one.version) for one in document.broken] == [
        ("KIT-000001-4", 1, 50, ""),
        ("KIT-000001-2", 1, 79, ""),
    ]
    assert [(part.lot, part.quantity, part.value) for part in document.broken[1].components] == [
        ("GRN-000001-1", 1, 33),
        ("GRN-000003-1", 1, 26),
        ("GRN-000004-1", 1, 20),
    ]
    assert held(book, "warehouse:depot", "GRN-000003-1") == (1, 26)
    assert held(book, "conversion:KIT-000001-2", "GRN-000003-1") == (0, 0)
    assert list(book.ledger.lots)[-1] == "KIT-000001-4"


def test_each_line_of_a_break_is_an_entry():
    book = stocked()
    built(book, 5)
    document = broken(book, ("KIT-000001-1", 1), ("KIT-000001-2", 1))
    kinds = [book.entries[number - 1].kind for number in document.entries]
    assert kinds == [EntryKind.UNKITTING] * 2
    assert (document.reason, document.broken_by, document.checked_by, document.quarantined) == (
        "the quilts are needed",
        "a",
        "b",
        False,
    )
    assert (document.title("zh"), document.title("en")) == ("拆包单", "Kit break record")


def test_all_kits_broken_give_every_fen_back():
    book = stocked()
    before = {lot: held(book, "warehouse:depot", lot) for lot in book.ledger.lots}
    for lot in built(book, 7).lots:
        for _ in range(book.lot(lot).quantity):
            broken(book, (lot, 1))
    assert {lot: held(book, "warehouse:depot", lot) for lot in before} == before


def test_kits_of_kits_are_broken_one_after_the_other():
    book = stocked()
    book.add(BillOfMaterials(item="set", version="2", components=[Component("kit", KIT.quantity(2))]))
    built(book, 5)
    document = built(book, SET.quantity(2), kit="set", version="2")
    before = held(book, "warehouse:depot", "GRN-000002-1")
    broken(book, (document.lots[-1], 1), ("KIT-000001-3", 1), ("KIT-000001-4", 1))
    assert held(book, "warehouse:depot", "GRN-000002-1")[0] == before[0] + 1
    assert held(book, "warehouse:depot", "KIT-000001-4") == (1, 50)


def test_kits_in_quarantine_are_broken_there():
    book = stocked()
    built(book, 5)
    book.quarantine(
        warehouse="depot",
        lines=[QuarantinedLine("KIT-000001-4", KIT.quantity(2))],
        on="2023-01-16",
        reason="damp",
        reported_by="a",
    )
    with refused(book, BelowZero):
        broken(book, ("KIT-000001-4", 1))
    document = broken(book, ("KIT-000001-4", 1), quarantined=True)
    assert document.quarantined
    assert held(book, "quarantine:depot", "GRN-000002-1") == (1, 10)
    assert held(book, "warehouse:depot", "GRN-000002-1")[0] == 3


def recalled(book: Book, **what: Any) -> None:  # noqa: ANN401
    book.recall(**what, on="2023-01-18", reason="it leaks", notice="letter 3", ordered_by="c")


def test_a_kit_with_a_recalled_component_is_broken_in_quarantine():
    book = bench()
    gift(book, line(2), water(4, "1", batch="B-7"))
    [lot] = built(book, 2).lots
    recalled(book, item="water", batch="B-7")
    assert held(book, "quarantine:depot", lot)[0] == 2
    broken(book, (lot, 1), quarantined=True)
    assert [held(book, "quarantine:depot", f"GRN-000001-{n}")[0] for n in (1, 2)] == [1, 2]


def test_what_is_recalled_goes_into_quarantine_when_it_comes_out_of_a_kit():
    book = priced()
    gift(book, water(1, "1", batch="B-7"))
    lot = ready(book, batch="B-7")
    recalled(book, item="water", batch="B-7")
    broken(book, (lot, 1))
    assert held(book, "warehouse:depot", "KBR-000001-1")[0] == 1
    assert held(book, "quarantine:depot", "KBR-000001-2")[0] == 2


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"lines": []}, Incomplete),
        ({"reason": " "}, Incomplete),
        ({"checked_by": "a"}, NeedsApproval),
        ({"on": "2023-12-31"}, DateTooFarAhead),
        ({"warehouse": "cellar"}, Unknown),
        ({"lines": [BrokenLine("KIT-000009-1", KIT.quantity(1))]}, Unknown),
        ({"lines": [BrokenLine("KIT-000001-4", KIT.quantity(1))] * 2}, Incomplete),
        ({"lines": [BrokenLine("KIT-000001-4", KIT.quantity(3))]}, BelowZero),
        ({"on": "2023-01-14"}, BelowZero),
    ],
)
def test_what_must_be_known_of_a_break_is_asked_for(said: dict[str, Any], error: type[Any]):
    book = stocked()
    built(book, 5)
    with refused(book, error):
        broken(book, ("KIT-000001-4", 1), **said)


def test_kits_that_are_held_for_somebody_are_not_broken():
    book = stocked()
    built(book, 5)
    promised(book, "kit", 5)
    with refused(book, HeldForOthers):
        broken(book, ("KIT-000001-4", 1))


def surplus() -> Book:
    """Two kits of a lot were built, and three arrived."""
    book = stocked()
    built(book, 2, lots=("GRN-000002-1", "GRN-000004-1"))
    waybill = sent(book, ConsignedLine("kit", KIT.quantity(2)), on="2023-01-16")
    book.arrive(
        waybill.number,
        on="2023-01-17",
        received_by="keeper",
        lines=[arrived("KIT-000001-1", 3)],
        approved_by="director",
    )
    return book


def test_kits_found_over_have_no_components_in_the_book():
    book = surplus()
    with refused(book, NotUsable) as over:
        broken(book, ("KIT-000001-1", 3), warehouse="station")
    assert str(over[0]) == (
        "lot KIT-000001-1 cannot be used: only 2 of those that were built are whole on 2023-01-20, the rest "
        "was found over and has no components in the book; break fewer, or name the version of the bill by "
        "which they are to be broken"
    )
    broken(book, ("KIT-000001-1", 2), warehouse="station")
    assert held(book, "conversion:KIT-000001-1", "KIT-000001-1") == (0, 0)
    with refused(book, NotUsable):
        broken(book, ("KIT-000001-1", 1), warehouse="station")


def test_kits_found_over_are_broken_by_a_bill_that_is_named():
    book = surplus()
    for item, price in (("quilt", "0.10"), ("water", "0.20")):
        book.amend(attrs.evolve(book.register.item(item), price=yuan(price)))
    broken(book, ("KIT-000001-1", 2), warehouse="station")
    over = BrokenLine("KIT-000001-1", KIT.quantity(1), version="1")
    [one] = broken(book, lines=[over], warehouse="station").broken
    assert (one.version, one.value) == ("1", 50)
    assert [(part.lot, part.quantity, part.value) for part in one.components] == [
        ("KBR-000002-1", 1, 10),
        ("KBR-000002-2", 2, 40),
    ]


def test_more_than_are_there_is_below_zero_also_of_kits_found_over():
    book = surplus()
    with refused(book, BelowZero) as more:
        broken(book, ("KIT-000001-1", 4), warehouse="station")
    assert (more[0].asked, more[0].there) == (4, 3)


def test_news_of_a_break_may_come_late():
    book = stocked()
    built(book, 5)
    broken(book, ("KIT-000001-4", 1), on="2023-02-10")
    broken(book, ("KIT-000001-4", 1), on="2023-01-20")
    assert held(book, "warehouse:depot", "GRN-000002-1", "2023-01-31") == (4, 40)
    assert held(book, "warehouse:depot", "GRN-000002-1") == (5, 50)


def test_kits_given_out_later_are_not_broken_before():
    book = stocked()
    built(book, 5)
    handout = Handout("H-1", "kit", KIT.quantity(2), "sheet 1", lots=("KIT-000001-4",))
    book.distribute(origin="depot", lines=[handout], on="2023-02-01")
    with refused(book, BelowZero):
        broken(book, ("KIT-000001-4", 1))


# Kits that came ready


def ready(book: Book, units: int = 3, value: str = "1.00", **said: Any) -> str:  # noqa: ANN401
    said = {"item": "kit", "accepted": KIT.quantity(units), **said}
    return gift(book, line(units, value, **said)).lots[0]


def priced() -> Book:
    book = bench()
    book.amend(attrs.evolve(QUILT, price=yuan("10.00")))
    book.amend(attrs.evolve(WATER, price=yuan("1.00")))
    return book


def test_kits_that_came_ready_are_broken_into_new_lots_by_the_bill():
    book = priced()
    lot = ready(
        book, expiry="2024-01-01", batch="B-7", condition="new", restriction=Restriction(until="2024-01-01")
    )
    document = broken(book, (lot, 2))
    [one] = document.broken
    assert (one.version, one.value) == ("1", 66)
    assert [(part.lot, part.quantity, part.value) for part in one.components] == [
        ("KBR-000001-1", 2, 55),
        ("KBR-000001-2", 4, 11),
    ]
    quilts = book.lot("KBR-000001-1")
    assert (quilts.item, quilts.donor, quilts.donation) == ("quilt", "province", "GRN-000001")
    assert (quilts.expiry, quilts.batch, quilts.condition) == (date(2024, 1, 1), "B-7", "new")
    assert (quilts.restriction_text(), quilts.received) == ("until 2024-01-01", date(2023, 1, 10))
    assert quilts.valuation == Valuation.estimate(
        yuan("0.55"), "a share of lot GRN-000001-1, by reference prices"
    )
    assert quilts.made_of == (Ingredient(lot, 2, 55),)
    assert held(book, "warehouse:depot", "KBR-000001-2") == (4, 11)
    assert held(book, "conversion:KBR-000001-1", lot) == (2, 66)


def test_a_gift_that_is_broken_stays_the_donors():
    book = priced()
    ready(book)
    broken(book, ("GRN-000001-1", 2))
    found = trace(book, "GRN-000001")
    assert (found.given, found.accounted, found.findings) == (100, 100, ())
    assert [(end.lot, end.value, end.shared) for end in found.ends] == [
        ("GRN-000001-1", 34, False),
        ("KBR-000001-1", 55, False),
        ("KBR-000001-2", 11, False),
    ]


def test_kits_that_were_bought_are_broken_by_the_bill_too():
    book = priced()
    money(book, "100.00")
    [lot] = bought(book, lines=[BoughtLine("kit", KIT.quantity(2), yuan("3.00"))]).lots
    broken(book, (lot, 1))
    assert [book.lot(one).supplier for one in ("KBR-000001-1", "KBR-000001-2")] == ["shop", "shop"]


def test_without_a_price_the_value_of_a_kit_cannot_be_shared_out():
    book = bench()
    lot = ready(book)
    with refused(book, Incomplete) as unpriced:
        broken(book, (lot, 1))
    assert (unpriced[0].missing, unpriced[0].do) == (
        "no reference price of quilt, water is known to share out the value by",
        "amend the items with a price",
    )


def test_a_price_in_other_money_is_no_price_here():
    book = priced()
    book.amend(attrs.evolve(WATER, price=Money.of("1.00", "USD")))
    lot = ready(book)
    with refused(book, CurrencyMismatch):
        broken(book, (lot, 1))


def test_kits_without_a_value_give_parts_without_one():
    book = bench()
    lot = ready(book, valuation=Valuation.memorandum())
    broken(book, (lot, 2))
    parts = [book.lot("KBR-000001-1"), book.lot("KBR-000001-2")]
    assert [(part.quantity, part.value, part.unvalued) for part in parts] == [(2, 0, True), (4, 0, True)]


def test_goods_counted_by_value_weigh_what_they_count():
    book = priced()
    parts = [Component("medicine", yuan("5.00")), Component("quilt", QUILT.quantity(1))]
    book.add(BillOfMaterials(item="set", version="2", since="2023-01-02", components=parts))
    lot = ready(book, 2, "30.00", item="set", accepted=SET.quantity(2))
    [one] = broken(book, (lot, 2)).broken
    assert [(part.quantity, part.value) for part in one.components] == [(1000, 1000), (2, 2000)]


def test_kits_without_a_bill_are_not_broken():
    book = stocked()
    with refused(book, Unknown) as none:
        broken(book, ("GRN-000001-1", 1))
    assert (none[0].what, none[0].given) == ("bill of materials", "quilt")


@pytest.mark.parametrize(
    ("value", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (0, [1, 2], [0, 0]),
        (0, [0, 0], [0, 0]),
        (10, [1, 2, 3, 4], [1, 2, 3, 4]),
        (3, [5, 5, 5, 5], [1, 1, 1, 0]),
        (1, [1, 10**30], [0, 1]),
    ],
)
def test_a_value_is_shared_out_by_largest_remainders(value: int, weights: list[int], shares: list[int]):
    assert list(_shared(value, weights)) == shares


# Rebuilding


def test_rebuilt_kits_use_what_came_out_of_them_first():
    book = stocked()
    built(book, 5)
    document = rebuilt(book, ("KIT-000001-4", 2))
    assert contents(document) == [("KRB-000001-1", 2, 20, [("GRN-000002-1", 2, 20)])]
    assert (document.kit, document.version, document.picking) == ("kit", "2", "FEFO")
    assert document.reason == "the water is left out from March on"
    assert document.lots == ("KRB-000001-1",)
    assert held(book, "warehouse:depot", "GRN-000004-1")[0] == 17
    assert (document.title("zh"), document.title("en")) == ("改装单", "Kit rebuild record")


def test_a_rebuild_is_one_document_with_an_entry_for_what_is_broken_and_one_for_what_is_built():
    book = stocked()
    built(book, 5)
    document = rebuilt(book, ("KIT-000001-3", 1), ("KIT-000001-4", 1))
    kinds = [book.entries[number - 1].kind for number in document.entries]
    assert kinds == [EntryKind.UNKITTING, EntryKind.UNKITTING, EntryKind.KITTING]
    assert [one.lot for one in document.broken] == ["KIT-000001-3", "KIT-000001-4"]
    assert [one.quantity.count for one in document.built] == [1, 1]


def test_what_is_still_missing_is_picked():
    book = stocked()
    built(book, 2, version="2")
    document = rebuilt(book, ("KIT-000001-1", 2), version="1", on="2023-02-01")
    assert contents(document)[0][3] == [("GRN-000001-1", 1, 33), ("GRN-000003-1", 2, 50)]
    assert contents(document)[1][3] == [
        ("GRN-000001-1", 1, 33),
        ("GRN-000003-1", 1, 26),
        ("GRN-000004-1", 1, 20),
    ]


def test_a_component_that_has_expired_is_left_over_and_another_is_picked():
    book = bench(Policy(shelf_months=1))
    gift(book, line(2), water(4, "1.00", expiry="2023-04-01"))
    gift(book, water(4, "1.00"))
    built(book, 2)
    assert book.lot("KIT-000001-1").expiry == date(2023, 4, 1)
    document = rebuilt(book, ("KIT-000001-1", 2), on="2023-04-02", version="1", reason="it has expired")
    assert contents(document)[0][3] == [("GRN-000001-1", 2, 10000), ("GRN-000002-1", 4, 100)]
    assert book.lot("KRB-000001-1").expiry is None
    assert held(book, "warehouse:depot", "GRN-000001-2") == (4, 100)


def test_a_lot_that_came_out_and_lies_on_the_shelf_too_is_one():
    book = stocked()
    built(book, 1, version="2")
    document = rebuilt(book, ("KIT-000001-1", 1))
    assert contents(document)[0][3] == [("GRN-000001-1", 1, 33)]
    built(book, 1, version="2")
    more = rebuilt(book, ("KIT-000002-1", 1), ("KRB-000001-1", 1), version="1")
    assert [part[0] for one in contents(more) for part in one[3] if part[0].startswith("GRN-000001")] == [
        "GRN-000001-1"
    ] * len(contents(more))


def test_goods_of_a_kit_for_something_narrower_stay_in_the_kits_that_are_made_of_it():
    book = bench()
    there = Restriction(places=("610924",))
    gift(book, line(2, restriction=there), water(4, "1"))
    built(book, 2, lots=("GRN-000001-1",))
    assert book.lot(rebuilt(book, ("KIT-000001-1", 2)).lots[0]).restrictions == (there,)


def test_kits_that_came_ready_are_rebuilt_too():
    book = priced()
    lot = ready(book)
    document = rebuilt(book, (lot, 2))
    assert [(one.lot, one.version) for one in document.broken] == [(lot, "2")]
    assert contents(document) == [("KRB-000001-2", 2, 66, [("KRB-000001-1", 2, 66)])]
    assert book.lot("KRB-000001-2").donation == "GRN-000001"
    assert trace(book, "GRN-000001").findings == ()


def test_without_enough_for_the_new_kits_the_old_ones_are_not_broken():
    book = bench()
    gift(book, line(2), water(3, "1"))
    built(book, 2, version="2")
    with refused(book, NotEnough) as short:
        rebuilt(book, ("KIT-000001-1", 2), version="1")
    assert (short[0].item, short[0].there) == ("water", 3)


def test_kits_of_two_items_do_not_become_one():
    book = stocked()
    gift(book, line(3, "1", item="soap", accepted=SOAP.quantity(3)))
    built(book, 5)
    built(book, SET.quantity(1), kit="set")
    with refused(book, Incomplete) as two:
        rebuilt(book, ("KIT-000001-1", 1), ("KIT-000002-1", 1))
    assert two[0].missing == "they are of 2 items (kit, set)"


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"lines": []}, Incomplete),
        ({"reason": ""}, Incomplete),
        ({"checked_by": "a"}, NeedsApproval),
        ({"on": "2023-12-31"}, DateTooFarAhead),
        ({"warehouse": "cellar"}, Unknown),
        ({"version": "9"}, Unknown),
        ({"lots": ("GRN-000003-1",)}, NotUsable),
    ],
)
def test_what_must_be_known_of_a_rebuild_is_asked_for(said: dict[str, Any], error: type[Any]):
    book = stocked()
    built(book, 5)
    with refused(book, error):
        rebuilt(book, ("KIT-000001-4", 1), **said)


def test_a_rebuild_is_taken_back_as_a_whole():
    book = stocked()
    built(book, 5)
    before = {lot: held(book, "warehouse:depot", lot) for lot in book.ledger.lots}
    document = rebuilt(book, ("KIT-000001-3", 1), ("KIT-000001-4", 2))
    reverse(book, document.number, on="2023-04-01")
    assert {lot: held(book, "warehouse:depot", lot) for lot in before} == before


# Kits that are another lot by now


def redirected(book: Book, lot: str, units: int) -> str:
    donors = {book.lot(part.lot).donor or "" for part in book.lot(lot).made_of}
    return book.redirect(
        warehouse="depot",
        lines=[RedirectedLine(lot, KIT.quantity(units))],
        restriction=Restriction(programme="winter"),
        consents=[Consent(donor=donor, paper="letter 9", on="2023-01-16") for donor in sorted(donors)],
        on="2023-01-16",
        reason="the flood is over",
        requested_by="a",
        approved_by="b",
    ).lots[0]


def test_kits_that_were_redirected_are_broken_into_what_they_were_built_of_and_keep_their_purpose():
    book = stocked()
    built(book, 5)
    lot = redirected(book, "KIT-000001-2", 1)
    [one] = broken(book, (lot, 1)).broken
    assert one.version == ""
    parts = [book.lot(part.lot) for part in one.components]
    assert [(part.item, part.quantity, part.value) for part in parts] == [
        ("quilt", 1, 33),
        ("water", 1, 26),
        ("water", 1, 20),
    ]
    assert {part.programme for part in parts} == {"winter"}
    assert parts[0].valuation.evidence == f"a share of lot {lot}, as built in KIT-000001"
    for donation in ("GRN-000001", "GRN-000003", "GRN-000004"):
        assert trace(book, donation).findings == ()


def test_kits_whose_component_was_revalued_are_broken_into_the_revalued_lot():
    book = stocked()
    built(book, 5)
    book.revalue(
        lot="GRN-000002-1",
        valuation=worth("5.00"),
        on="2023-01-18",
        reason="an invoice came",
        requested_by="a",
        approved_by="b",
    )
    [kit] = [lot for lot in book.ledger.lots.values() if lot.item == "kit" and lot.id.startswith("RV-")]
    [one] = broken(book, (kit.id, 1)).broken
    assert one.version == ""
    assert [(book.lot(part.lot).item, part.quantity, part.value) for part in one.components] == [
        ("quilt", 1, 100),
        ("water", 2, 40),
    ]
    assert held(book, "warehouse:depot", one.components[1].lot)[0] > 0


# How many could be built


def test_how_many_could_be_built_and_what_is_the_limit():
    book = stocked()
    could = buildable(book, "kit", "depot", "2023-01-15")
    assert (could.kit, could.version, could.warehouse, could.on) == ("kit", "1", "depot", date(2023, 1, 15))
    assert [(line.item, line.per_kit, line.usable, line.kits) for line in could.lines] == [
        ("quilt", 1, 8, 8),
        ("water", 2, 23, 11),
    ]
    assert (could.kits, could.limits, could.missing(12)) == (8, ("quilt",), {"quilt": 4, "water": 1})
    assert could.missing(8) == {}


def test_as_many_as_could_be_built_can_be():
    book = stocked()
    gift(book, line(4, "1", restriction=Restriction(programme="flood")))
    gift(book, water(4, "1", restriction=Restriction(places=("610924",))))
    gift(book, water(4, "1", expiry="2024-08-01"))
    promised(book, "quilt", 3)
    could = buildable(book, "kit", "depot", "2023-01-16", programme="flood")
    assert could.kits == 9
    with refused(book, NotEnough):
        built(book, 10, programme="flood", on="2023-01-16")
    built(book, 9, programme="flood", on="2023-01-16")


def test_where_nothing_is_there_nothing_can_be_built():
    could = buildable(bench(), "kit", "station", "2023-03-02", version="1")
    assert (could.kits, could.limits) == (0, ("quilt", "water"))
    with pytest.raises(Unknown):
        buildable(bench(), "quilt", "depot", "2023-03-02")


# A kit that contains itself


def test_a_kit_cannot_contain_itself_through_other_kits():
    book = bench()
    book.add(BillOfMaterials(item="set", version="2", components=[Component("kit", KIT.quantity(1))]))
    with refused(book, ContainsItself) as loop:
        book.add(BillOfMaterials(item="kit", version="3", components=[Component("set", SET.quantity(1))]))
    assert loop[0].loop == ("kit", "set", "kit")
