"""What goes wrong with kits elsewhere: a can in two of them, value in no total, donors that get lost.

Here a jerrycan is in one kit or on the shelf, a kit is worth what is in it to the fen, and what comes out of
a broken kit is the very lot that went in.
"""

from __future__ import annotations

import pytest

from reliefstock import (
    BillOfMaterials,
    Book,
    BrokenLine,
    Component,
    Handout,
    Item,
    KitBuild,
    Place,
    ReceivedLine,
    Valuation,
)
from reliefstock.errors import BelowZero, ContainsItself, NotEnough
from reliefstock.reconciliation import (
    By,
    Goods,
    Measure,
    What,
    buildable,
    incomplete_kits,
    measure,
    statement,
    trace,
)
from reliefstock.reports import stock_position, stock_table
from reliefstock.values import Period
from scenario.county import county, everything, figures, gift, yuan

JERRYCAN, SOAP, HYGIENE, KIT, CRATE = (
    Item("jerrycan", zh="水桶", en="Jerrycan"),
    Item("soap", zh="肥皂", en="Soap"),
    Item("hygiene", zh="卫生包", en="Hygiene set"),
    Item("kit", zh="家庭箱", en="Family kit"),
    Item("crate", zh="木箱", en="Crate"),
)
YEAR = Period.year(2024)


def depot() -> Book:
    """Crates of two family kits, each with two jerrycans, a quilt and a hygiene set of three soaps."""
    book = county()
    book.add(JERRYCAN, SOAP, HYGIENE, KIT, CRATE)
    book.add(bill("hygiene", soap=3), bill("kit", jerrycan=2, quilt=1, hygiene=1), bill("crate", kit=2))
    return book


def bill(kit: str, /, version: str = "1", **parts: int) -> BillOfMaterials:
    components = [Component(item, SOAP.quantity(count)) for item, count in parts.items()]
    return BillOfMaterials(item=kit, version=version, components=components)


def build(book: Book, kit: str, count: int, on: str) -> KitBuild:
    return book.build_kits(
        kit=kit,
        count=book.register.item(kit).quantity(count),
        warehouse="depot",
        on=on,
        assembled_by="storekeeper",
        checked_by="clerk",
    )


def take_apart(book: Book, lot: str, count: int, on: str, *, quarantined: bool = False) -> None:
    book.break_kits(
        warehouse="depot",
        lines=[BrokenLine(lot, book.item_of(lot).quantity(count))],
        on=on,
        reason="the parts are needed",
        broken_by="storekeeper",
        checked_by="clerk",
        quarantined=quarantined,
    )


def give(book: Book, who: str, item: str, count: int, on: str) -> None:
    line = Handout(who, item, book.register.item(item).quantity(count), "sheet 1")
    book.distribute(origin="depot", lines=[line], on=on)


# The same jerrycan in two kits


def test_a_jerrycan_that_is_in_one_kit_is_not_in_another():
    book = depot()
    book.add(Item("water set", zh="饮水包", en="Water set"))
    book.add(
        BillOfMaterials(
            item="water set", version="1", components=[Component("jerrycan", JERRYCAN.quantity(2))]
        )
    )
    gift(book, "jerrycan", 3, "60.00", "2024-01-02")
    gift(book, "quilt", 9, "900.00", "2024-01-02")
    gift(book, "soap", 30, "30.00", "2024-01-02", donor="company")
    build(book, "hygiene", 5, "2024-01-03")
    build(book, "kit", 1, "2024-01-04")
    before = everything(book)
    for kit in ("water set", "kit"):
        assert buildable(book, kit, "depot", "2024-01-05").limits == ("jerrycan",)
        with pytest.raises(NotEnough) as refused:
            build(book, kit, 1, "2024-01-05")
        assert (refused.value.item, refused.value.asked, refused.value.there) == ("jerrycan", 2, 1)
    assert everything(book) == before
    assert book.on_hand("jerrycan").quantity == 1


def test_a_kit_that_was_broken_cannot_give_its_jerrycans_twice():
    book = stocked()
    lot = build(book, "kit", 1, "2024-01-04").lots[0]
    take_apart(book, lot, 1, "2024-01-05")
    with pytest.raises(BelowZero):
        take_apart(book, lot, 1, "2024-01-06")
    assert book.on_hand("jerrycan").quantity == 7


def test_news_of_an_earlier_day_does_not_bring_them_into_a_second_kit_either():
    book = stocked()
    build(book, "kit", 3, "2024-02-01")
    with pytest.raises(NotEnough):
        build(book, "kit", 1, "2024-01-15")


def test_a_kit_within_itself_is_refused_and_says_how():
    with pytest.raises(ContainsItself) as refused:
        depot().add(bill("hygiene", "2", soap=1, crate=1))
    assert refused.value.loop == ("hygiene", "crate", "kit", "hygiene")


# The value of a kit is in every total


def stocked(soap: str | None = "1.00") -> Book:
    """Seven jerrycans worth 100.00, four quilts worth 0.10 and thirteen soaps, each of another donor."""
    book = depot()
    gift(book, "jerrycan", 7, "100.00", "2024-01-02")
    gift(book, "quilt", 4, "0.10", "2024-01-02", donor="company")
    worth = Valuation.voucher(yuan(soap), "voucher") if soap else Valuation.memorandum()
    line = ReceivedLine("soap", SOAP.quantity(13), valuation=worth)
    book.receive(donor="foundation", into="depot", lines=[line], on="2024-01-02", counted_by=("a", "b"))
    build(book, "hygiene", 4, "2024-01-03")
    return book


def test_building_and_breaking_changes_no_total():
    book = stocked()
    whole = 100_00 + 10 + 1_00
    for act in (
        lambda: build(book, "kit", 3, "2024-01-04"),
        lambda: build(book, "crate", 1, "2024-01-05"),
        lambda: take_apart(book, "KIT-000003-1", 1, "2024-01-06"),
        lambda: take_apart(book, "KIT-000002-1", 2, "2024-01-07"),
    ):
        act()
        assert sum(row.value for row in stock_position(book)) == whole
        on_hand = Measure(what=What.ON_HAND, period=YEAR, goods=Goods.ALL)
        assert measure(book, on_hand).bounds.low == whole
        told = statement(book, YEAR)
        assert (told.total.on_hand.value, told.total.converted.value, told.findings) == (whole, 0, ())


def test_a_kit_of_which_a_part_has_no_value_is_named_and_is_worth_at_least_the_rest():
    book = stocked(soap=None)
    lot = build(book, "kit", 1, "2024-01-04").lots[0]
    give(book, "h1", "kit", 1, "2024-01-05")
    assert [(one.code, one.about) for one in incomplete_kits(book)] == [("kit-value-incomplete", lot)]
    given = measure(book, Measure(what=What.GIVEN_OUT, period=YEAR))
    worth = book.lot(lot).value
    assert (given.bounds.low, given.bounds.high) == (worth, None)
    assert worth == 2857 + 2
    assert stock_table(stock_position(book), book).notes_zh[1:] == ("未说明价值的批次只计数量，不在金额之内",)


# Donors


def test_the_donors_are_kept_through_kits_of_kits_and_a_break():
    book = stocked()
    build(book, "kit", 3, "2024-01-04")
    crate = build(book, "crate", 1, "2024-01-05").lots[0]
    give(book, "h1", "kit", 1, "2024-01-06")
    donations = [book.lot(f"GRN-{n:06d}-1").donation or "" for n in (1, 2, 3)]
    traced = {donation: trace(book, donation) for donation in donations}
    assert {end.lot for end in traced[donations[2]].ends} == {
        "GRN-000003-1",
        "KIT-000001-1",
        "KIT-000002-1",
        crate,
    }
    for one in traced.values():
        assert (one.accounted, one.findings) == (one.given, ())
    in_crate = [end for one in traced.values() for end in one.ends if end.lot == crate]
    assert sum(end.value for end in in_crate) == book.lot(crate).value
    take_apart(book, crate, 1, "2024-01-07")
    take_apart(book, "KIT-000002-1", 2, "2024-01-08")
    at_home = [
        end
        for one in map(trace, [book] * 3, donations)
        for end in one.ends
        if str(end.place) == "household:h1"
    ]
    assert (
        sum(end.value for end in at_home) == book.holding(Place.parse("household:h1"), "KIT-000002-1").value
    )
    groups = {row.group for row in statement(book, YEAR, by=By.DONOR).rows}
    assert groups == {"province", "company", "foundation", "province | company | foundation"}
    assert book.lot("GRN-000001-1").donor == "province"
    assert figures(book.on_hand("jerrycan"))[0] == 5


def test_three_levels_and_odd_fen_come_apart_to_the_fen():
    book = stocked()
    before = {lot: there for lot, there in everything(book).items() if lot[0] == "warehouse:depot"}
    kits = build(book, "kit", 3, "2024-01-04").lots
    crate = build(book, "crate", 1, "2024-01-05").lots[0]
    take_apart(book, crate, 1, "2024-01-06")
    for lot in kits:
        for day in range(book.lot(lot).quantity):
            take_apart(book, lot, 1, f"2024-01-{7 + day:02d}")
    assert {lot: there for lot, there in everything(book).items() if lot[0] == "warehouse:depot"} == before


# Expiry and recall


def test_a_kit_expires_with_its_first_component_and_goes_out_first():
    book = depot()
    gift(book, "soap", 3, "3.00", "2024-01-02", expiry="2025-03-31")
    gift(book, "soap", 3, "3.00", "2024-01-02", expiry="2024-12-31")
    sets = build(book, "hygiene", 2, "2024-01-03")
    assert [str(book.lot(lot).expiry) for lot in sets.lots] == ["2024-12-31", "2025-03-31"]
    give(book, "h1", "hygiene", 1, "2024-02-01")
    assert [str(row.earliest_expiry) for row in stock_position(book)] == ["2025-03-31"]


def test_a_recalled_component_is_found_in_kits_of_kits_in_every_place():
    book = stocked()
    build(book, "kit", 3, "2024-01-04")
    crate = build(book, "crate", 1, "2024-01-05").lots[0]
    give(book, "h1", "kit", 1, "2024-01-06")
    give(book, "h2", "crate", 1, "2024-01-07")
    inside = {lot.id: int(units) for lot, units in book.ledger.containing("GRN-000003-1")}
    assert inside == {"KIT-000001-1": 3, "KIT-000002-1": 3, crate: 6}
    notice = book.recall(
        lots=("GRN-000003-1",), on="2024-01-10", reason="allergies", notice="letter 8", ordered_by="director"
    )
    places = {(line.lot, str(line.place)) for line in notice.lines}
    assert {("KIT-000002-1", "household:h1"), (crate, "household:h2")} <= places
    assert book.holding(Place.parse("quarantine:depot"), "KIT-000001-1").quantity == 1
    take_apart(book, "KIT-000001-1", 1, "2024-01-11", quarantined=True)
    assert book.holding(Place.parse("quarantine:depot"), "GRN-000003-1").quantity == 4
