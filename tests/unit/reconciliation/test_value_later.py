"""What reports say of goods that were sold, redirected or revalued: now, and as it was known before."""

from __future__ import annotations

from typing import Any

from reliefstock import Book, Consent, Period, Place, RedirectedLine, Restriction, Side, SoldLine, Valuation
from reliefstock.reconciliation import (
    By,
    Goods,
    Measure,
    Scope,
    Trace,
    What,
    consignments,
    dead_stock,
    donations_of,
    donors_of,
    measure,
    statement,
    trace,
    unvalued,
)
from unit.reconciliation.office import (
    H1,
    H2,
    YEAR,
    arrive,
    bill,
    build,
    buy,
    give,
    money,
    office,
    receive,
    send,
    take_back,
    undo,
    yuan,
)

L, NEW = "GRN-000001-1", "RV-000001-1"


def revalue(book: Book, worth: str | None, on: str, lot: str = L) -> None:
    valuation = Valuation.memorandum("forged") if worth is None else Valuation.market(yuan(worth), "list 9")
    book.revalue(
        lot,
        valuation=valuation,
        on=on,
        reason="a better price",
        requested_by="clerk",
        approved_by="director",
    )


def sell(book: Book, count: int, proceeds: str, on: str, lot: str = L) -> None:
    book.sell(
        warehouse="depot",
        lines=[SoldLine(lot, book.item_of(lot).quantity(count), yuan(proceeds))],
        into="main",
        buyer="a trader",
        reason="excess",
        paper="contract 4",
        on=on,
        requested_by="clerk",
        approved_by="director",
    )


def redirect(book: Book, count: int, on: str, lot: str = L) -> None:
    book.redirect(
        warehouse="depot",
        lines=[RedirectedLine(lot, book.item_of(lot).quantity(count))],
        restriction=Restriction(programme="winter"),
        consents=[Consent("province", "letter 3", on)],
        on=on,
        reason="the flood is over",
        requested_by="clerk",
        approved_by="director",
    )


def ends(found: Trace) -> list[tuple[str, str, int, int]]:
    assert found.findings == ()
    return [(str(end.place), end.lot, end.value, end.depth) for end in found.ends]


def bounds(book: Book, what: What, period: Period = H1, **more: Any) -> tuple[object, object]:  # noqa: ANN401
    known = more.pop("known", None)
    found = measure(book, Measure(what=what, period=period, **more), known=known).bounds
    return found.low, found.high


# The trace


def test_a_trace_follows_a_gift_through_a_redirection_and_a_revaluation():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    give(book, "h1", 4, "2023-01-11")
    redirect(book, 3, "2023-01-12")
    known = len(book.entries)
    revalue(book, "20.00", "2023-03-01")
    found = trace(book, "GRN-000001")
    assert (found.given, found.accounted) == (2000, 2000)
    assert ends(found) == [
        ("warehouse:depot", NEW, 600, 0),
        ("household:h1", NEW, 800, 0),
        ("warehouse:depot", "RV-000001-2", 600, 0),
    ]
    before = trace(book, "GRN-000001", known=known)
    assert (before.given, [end.value for end in before.ends]) == (1000, [300, 400, 300])


def test_a_loss_in_value_is_an_end():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    revalue(book, "4.00", "2023-03-01")
    found = trace(book, "GRN-000001")
    assert found.given == 1000
    assert (found.value_at(Side.LOST), found.value_at(Side.ON_HAND)) == (600, 400)


def test_what_goods_were_sold_for_is_an_end_and_the_difference_is_lost():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    sell(book, 4, "3.00", "2023-01-11")
    found = trace(book, "GRN-000001")
    assert sorted(ends(found)) == [
        ("fund:main", "SAL-000001-1", 300, 1),
        ("loss:sale", "SAL-000001-1-D", 100, 1),
        ("warehouse:depot", L, 600, 0),
    ]


def test_what_goods_were_sold_for_more_counts_as_found():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    sell(book, 4, "7.00", "2023-01-11")
    found = trace(book, "GRN-000001")
    assert (found.given, found.value_at(Side.ON_HAND)) == (1300, 1300)


def test_of_what_several_paid_for_each_has_a_share_in_what_it_fetched():
    book = office()
    money(book, "0.50", "2023-01-01")
    money(book, "0.50", "2023-01-01", donor="company")
    lot = buy(book, 1, "1.00", "2023-01-02").lots[0]
    sell(book, 1, "0.80", "2023-01-03", lot)
    for donation in ("DR-000001", "DR-000002"):
        found = trace(book, donation)
        assert [(end.lot, end.value, end.shared) for end in found.ends] == [
            ("SAL-000001-1-D", 10, True),
            ("SAL-000001-1", 40, True),
        ]


def test_a_gain_on_what_several_paid_for_names_those_who_paid_and_nobody_else():
    book = office()
    money(book, "0.50", "2023-01-01")
    money(book, "0.50", "2023-01-01", donor="company")
    lot = buy(book, 1, "1.00", "2023-01-02").lots[0]
    sell(book, 1, "3.00", "2023-01-03", lot)
    assert donors_of(book, book.lot("SAL-000001-1")) == "province | company"
    assert donations_of(book, book.lot("SAL-000001-1")) == "DR-000001 | DR-000002"
    assert trace(book, "DR-000001").findings == ()


# The statement


def test_a_statement_adds_up_in_every_way_and_the_year_before_is_as_it_was():
    book = office()
    receive(book, 10, "10.00", "2022-12-01", programme="flood")
    give(book, "h1", 2, "2022-12-05", programme="flood")
    last_year = statement(book, Period.year(2022))
    send(book, "branch", 2, "2023-01-10")
    redirect(book, 2, "2023-01-11")
    sell(book, 1, "0.40", "2023-01-12")
    revalue(book, "20.00", "2023-03-01")
    assert statement(book, Period.year(2022)) == last_year
    for by in By:
        assert statement(book, YEAR, by=by).findings == ()
    row = {row.item: row for row in statement(book, YEAR).rows}
    assert (row["quilt"].given_out.quantity, row["quilt"].given_out.value) == (0, 200)
    assert (row["quilt"].converted.quantity, row["quilt"].converted.value) == (-1, 800)
    difference = row["CNY difference"]
    assert (difference.gains.value, difference.converted.value, difference.lost.value) == (900, -840, 60)
    assert difference.on_hand.value == 0


def test_the_difference_stands_with_the_donor_and_the_programme_of_the_goods():
    book = office()
    receive(book, 10, "10.00", "2023-01-10", programme="flood")
    revalue(book, "20.00", "2023-03-01")
    for by, group in ((By.DONOR, "province"), (By.DONATION, "GRN-000001"), (By.PROGRAMME, "flood")):
        assert {row.group for row in statement(book, YEAR, by=by).rows} == {group}


# Measures


def test_what_was_given_out_is_worth_more_from_the_day_of_the_revaluation():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    give(book, "h1", 4, "2023-01-11")
    known = len(book.entries)
    revalue(book, "20.00", "2023-07-01")
    assert bounds(book, What.GIVEN_OUT) == (400, 400)
    assert bounds(book, What.GIVEN_OUT, H2) == (400, 400)
    assert bounds(book, What.GIVEN_OUT, YEAR) == (800, 800)
    assert bounds(book, What.GIVEN_OUT, YEAR, known=known) == (400, 400)
    assert bounds(book, What.GIVEN_OUT, YEAR, unit="piece") == (4, 4)
    assert bounds(book, What.REACHED, YEAR, unit="household-time") == (1, 1)


def test_the_difference_belongs_to_the_programme_under_which_goods_were_given():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    give(book, "h1", 3, "2023-01-11", programme="winter")
    give(book, "h1", 1, "2023-01-12", programme="flood")
    revalue(book, "20.00", "2023-03-01")
    assert bounds(book, What.GIVEN_OUT, scope=Scope(programmes=("winter",))) == (600, 600)
    assert bounds(book, What.GIVEN_OUT, scope=Scope(programmes=("flood",))) == (200, 200)
    take_back(book, "h1", NEW, 2, "2023-03-02")
    assert bounds(book, What.GIVEN_OUT, scope=Scope(programmes=("flood",))) == (0, 0)
    assert bounds(book, What.GIVEN_OUT, scope=Scope(programmes=("winter",))) == (400, 400)


def test_taken_back_a_revaluation_leaves_the_programmes_as_they_were():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    give(book, "h1", 3, "2023-01-11", programme="winter")
    revalue(book, "20.00", "2023-03-01")
    undo(book, "RV-000001", "2023-03-02")
    assert bounds(book, What.GIVEN_OUT, scope=Scope(programmes=("winter",))) == (300, 300)
    take_back(book, "h1", L, 3, "2023-03-03")
    assert bounds(book, What.GIVEN_OUT, scope=Scope(programmes=("winter",))) == (0, 0)
    assert bounds(book, What.GIVEN_OUT) == (0, 0)


def test_goods_that_were_revalued_twice_are_still_of_their_programme():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    give(book, "h1", 3, "2023-01-11", programme="winter")
    revalue(book, "20.00", "2023-03-01")
    revalue(book, "30.00", "2023-03-02", NEW)
    assert bounds(book, What.GIVEN_OUT, scope=Scope(programmes=("winter",))) == (900, 900)


def test_a_difference_in_value_is_no_lost_goods():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    sell(book, 4, "3.00", "2023-01-11")
    assert bounds(book, What.LOST) == (0, 0)
    assert bounds(book, What.LOST, goods=Goods.ALL) == (100, 100)
    assert bounds(book, What.RECEIVED, goods=Goods.MONEY) == (0, 0)


def test_what_had_no_value_is_measured_from_then_on():
    book = office()
    receive(book, 10, None, "2023-01-10")
    give(book, "h1", 4, "2023-01-11")
    known = len(book.entries)
    revalue(book, "20.00", "2023-07-01")
    assert bounds(book, What.GIVEN_OUT) == (0, None)
    assert bounds(book, What.GIVEN_OUT, H2) == (800, 800)
    assert bounds(book, What.GIVEN_OUT, YEAR) == (800, 800)
    assert bounds(book, What.ON_HAND, YEAR) == (1200, 1200)
    assert bounds(book, What.ON_HAND, YEAR, known=known) == (0, None)


def test_the_paper_behind_a_difference_is_the_one_that_shows_the_value():
    book = office()
    receive(book, 10, "10.00", "2023-01-10", paper="letter 1")
    give(book, "h1", 4, "2023-01-11", paper="list 2")
    revalue(book, "20.00", "2023-07-01")
    given = measure(book, Measure(what=What.GIVEN_OUT, period=H2))
    assert (given.documents, given.evidence) == (("RV-000001",), ("list 9",))


# Without a value


def test_what_is_revalued_sold_or_taken_back_is_not_without_a_value_any_more():
    book = office()
    receive(book, 10, None, "2023-01-10")
    [finding] = unvalued(book)
    assert (finding.about, finding.figures) == (L, (("quantity", "10"),))
    sell(book, 4, "3.00", "2023-01-11")
    assert unvalued(book)[0].figures == (("quantity", "6"),)
    redirect(book, 2, "2023-01-12")
    assert [(one.about, one.figures[0][1]) for one in unvalued(book)] == [(L, "4"), ("RD-000001-1", "2")]
    revalue(book, "20.00", "2023-03-01")
    assert unvalued(book) == ()


def test_what_is_in_a_kit_without_a_value_is_still_told():
    book = office()
    receive(book, 2, None, "2023-01-10")
    receive(book, 2, "4.00", "2023-01-10", item="water")
    bill(book, "set", quilt=1, water=1)
    build(book, "set", 2, "2023-01-11")
    assert [(one.about, one.figures[0][1]) for one in unvalued(book)] == [(L, "2")]
    revalue(book, "20.00", "2023-03-01")
    assert unvalued(book) == ()


def test_a_kit_of_which_nothing_has_a_value_is_told_once():
    book = office()
    receive(book, 2, None, "2023-01-10")
    bill(book, "set", quilt=1)
    build(book, "set", 2, "2023-01-11")
    assert [one.about for one in unvalued(book)] == ["KIT-000001-1"]


# How long it has been there


def test_a_new_id_makes_no_stock_younger():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    redirect(book, 4, "2023-05-01")
    revalue(book, "20.00", "2023-06-01")
    [row] = dead_stock(book, 100, on="2023-06-30")
    assert (row.since.isoformat(), row.idle_days) == ("2023-01-10", 171)


# The road


def test_a_waybill_adds_up_though_its_lot_was_revalued_on_the_way():
    book = office()
    receive(book, 10, "10.00", "2023-01-10")
    road = send(book, "branch", 4, "2023-01-11")
    revalue(book, "20.00", "2023-01-12")
    arrive(book, road, "2023-01-13", received=3)
    branch = Place.parse("warehouse:branch")
    assert (book.holding(branch, NEW).quantity, book.holding(branch, NEW).value) == (3, 600)
    [one] = consignments(book)
    assert [(line.lots, line.short, line.difference) for line in one.lines] == [((L, NEW), 1, 0)]
