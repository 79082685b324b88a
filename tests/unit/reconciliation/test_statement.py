"""The statement: opening and what came in is what is there and what went out."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock import Book, Holding, Period
from reliefstock.errors import Incomplete, Unknown
from reliefstock.reconciliation import By, Scope, StatementRow, donors_of, statement
from unit.reconciliation.office import (
    H1,
    H2,
    YEAR,
    arrive,
    buy,
    give,
    lose,
    money,
    move_in_secret,
    office,
    receive,
    send,
    take_back,
    tamper,
    undo,
)

COLUMNS = ("opening", "received", "gains", "converted", "moved", "on_hand", "in_transit", "given_out", "lost")


def told(row: StatementRow) -> dict[str, tuple[int, int]]:
    """The cells that are not empty: quantity and value."""
    cells = {column: getattr(row, column) for column in COLUMNS}
    return {column: (cell.quantity, cell.value) for column, cell in cells.items() if cell}


def rows(
    book: Book, period: Period = YEAR, by: By = By.ITEM, **more: object
) -> dict[tuple[str, str], dict[str, tuple[int, int]]]:
    found = statement(book, period, by=by, **more)  # pyright: ignore[reportArgumentType]
    assert found.findings == ()
    return {(row.group, row.item): told(row) for row in found.rows}


def busy() -> Book:
    """A year in which everything happens once."""
    book = office()
    lot = receive(book, 100, "1000.00", "2023-01-10", programme="drive").lots[0]
    receive(book, 30, "100.00", "2023-02-01", donor="company", item="water")
    money(book, "600.00", "2023-02-10")
    money(book, "450.00", "2023-02-11", donor="company")
    bought = buy(book, 10, "1000.00", "2023-03-01")
    waybill = send(book, "branch", 40, "2023-03-10")
    arrive(book, waybill, "2023-03-12", received=38, damaged=1)
    give(book, "h1", 20, "2023-04-01", lots=(lot,), programme="drive")
    take_back(book, "h1", lot, 5, "2023-05-02")
    lose(book, lot, 3, "2023-05-10")
    over = send(book, "ningshan", 6, "2023-06-20", item="water")
    arrive(book, over, "2023-07-02", received=8)
    give(book, "school", 2, "2023-06-25", lots=(bought.lots[0],))
    undo(book, give(book, "h2", 4, "2023-06-29", item="water").number, "2023-07-03")
    send(book, "branch", 5, "2023-06-30", item="water")
    return book


def test_an_empty_book_has_nothing_to_state():
    assert statement(office(), YEAR).rows == ()


def test_what_came_in_is_there_or_went_out():
    assert rows(busy(), H1) == {
        ("quilt", "quilt"): {
            "received": (100, 100_000),
            "converted": (10, 100_000),
            "on_hand": (88, 160_000),
            "given_out": (17, 35_000),
            "lost": (5, 5_000),
        },
        ("water", "water"): {
            "received": (30, 10_000),
            "on_hand": (15, 5_001),
            "in_transit": (11, 3_666),
            "given_out": (4, 1_333),
        },
        ("CNY", "CNY"): {
            "received": (105_000, 105_000),
            "converted": (-100_000, -100_000),
            "on_hand": (5_000, 5_000),
        },
    }


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("period", [H1, H2, YEAR, Period.month(2023, 3), Period.day("2023-07-02")])
def test_every_grouping_of_every_period_adds_up(by: By, period: Period):
    assert statement(busy(), period, by=by).findings == ()


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("period", [H1, H2, YEAR, Period.parse("2023-01-20/2023-03-11")])
def test_however_it_is_grouped_the_total_is_the_same_but_for_what_was_moved(by: By, period: Period):
    book = busy()
    total, grouped = statement(book, period).total, statement(book, period, by=by).total
    assert told(grouped) == told(total)


def test_the_total_of_one_item_has_its_name_and_that_of_several_has_none():
    book = busy()
    assert statement(book, YEAR).total.item == ""
    assert statement(book, YEAR, scope=Scope(items=("water",))).total.item == "water"


def test_conversions_cancel_out_over_a_whole_book():
    assert statement(busy(), YEAR).total.converted.value == 0


def test_the_opening_is_the_day_before_and_the_closing_the_last_day():
    book = office()
    receive(book, 10, "100.00", "2023-06-30")
    give(book, "h1", 4, "2023-07-01")
    give(book, "h2", 1, "2023-12-31")
    assert rows(book, H1) == {("quilt", "quilt"): {"received": (10, 10_000), "on_hand": (10, 10_000)}}
    assert rows(book, H2) == {
        ("quilt", "quilt"): {"opening": (10, 10_000), "on_hand": (5, 5_000), "given_out": (5, 5_000)}
    }


def test_a_period_since_ever_opens_with_nothing():
    book = office()
    receive(book, 10, "100.00", "2023-06-30")
    ever = Period(date.min, date(2023, 12, 31))
    assert rows(book, ever) == {("quilt", "quilt"): {"received": (10, 10_000), "on_hand": (10, 10_000)}}


def test_a_list_taken_back_in_the_period_leaves_nothing_given_out():
    book = office()
    receive(book, 10, "100.00", "2023-01-10")
    undo(book, give(book, "h1", 4, "2023-02-01").number, "2023-03-01")
    assert rows(book, H1) == {("quilt", "quilt"): {"received": (10, 10_000), "on_hand": (10, 10_000)}}


def test_a_list_taken_back_later_leaves_the_earlier_statement_and_lowers_the_later():
    book = office()
    receive(book, 10, "100.00", "2023-01-10")
    listed = give(book, "h1", 4, "2023-02-01").number
    before = statement(book, H1)
    undo(book, listed, "2023-07-01")
    assert statement(book, H1) == before
    assert rows(book, H2) == {
        ("quilt", "quilt"): {"opening": (6, 6_000), "on_hand": (10, 10_000), "given_out": (-4, -4_000)}
    }


def test_a_receipt_taken_back_leaves_no_row():
    book = office()
    undo(book, receive(book, 10, "100.00", "2023-01-10").number, "2023-01-11")
    assert statement(book, H1).rows == ()


def test_what_is_on_the_road_at_the_end_is_neither_on_hand_nor_lost():
    book = office()
    receive(book, 10, "100.00", "2023-06-01")
    waybill = send(book, "branch", 4, "2023-06-30")
    arrive(book, waybill, "2023-07-01", received=3)
    assert rows(book, H1)["quilt", "quilt"]["in_transit"] == (4, 4_000)
    assert rows(book, H2)["quilt", "quilt"] == {
        "opening": (10, 10_000),
        "on_hand": (9, 9_000),
        "lost": (1, 1_000),
    }


def test_more_than_was_sent_is_a_gain():
    book = office()
    receive(book, 10, "100.00", "2023-06-01")
    arrive(book, send(book, "branch", 4, "2023-06-02"), "2023-06-03", received=5)
    assert rows(book)["quilt", "quilt"] == {
        "received": (10, 10_000),
        "gains": (1, 1_000),
        "on_hand": (11, 11_000),
    }


def test_a_return_is_so_much_less_given_out():
    book = office()
    lot = receive(book, 10, "100.00", "2023-01-10").lots[0]
    give(book, "h1", 4, "2023-02-01")
    take_back(book, "h1", lot, 3, "2023-02-02")
    assert rows(book)["quilt", "quilt"]["given_out"] == (1, 1_000)


def test_by_warehouse_a_transfer_is_moved_by_way_of_the_road():
    book = office()
    receive(book, 10, "100.00", "2023-01-10")
    arrive(book, send(book, "branch", 4, "2023-01-11"), "2023-01-12")
    give(book, "h1", 1, "2023-01-13")
    assert rows(book, by=By.WAREHOUSE) == {
        ("depot", "quilt"): {
            "received": (10, 10_000),
            "moved": (-4, -4_000),
            "on_hand": (5, 5_000),
            "given_out": (1, 1_000),
        },
        ("branch", "quilt"): {"moved": (4, 4_000), "on_hand": (4, 4_000)},
    }


def test_by_society_each_depot_is_with_the_society_whose_it_is():
    book = office()
    receive(book, 10, "100.00", "2023-01-10")
    receive(book, 5, "50.00", "2023-01-10", into="branch")
    money(book, "9.00", "2023-01-11")
    send(book, "branch", 4, "2023-01-12")
    assert rows(book, by=By.SOCIETY) == {
        ("Ankang", "quilt"): {"received": (10, 10_000), "on_hand": (6, 6_000), "in_transit": (4, 4_000)},
        ("ningshan", "quilt"): {"received": (5, 5_000), "on_hand": (5, 5_000)},
        ("Ankang", "CNY"): {"received": (900, 900), "on_hand": (900, 900)},
    }


def test_by_kind_of_recipient_what_is_given_out_has_moved_there():
    book = office()
    receive(book, 10, "100.00", "2023-01-10")
    give(book, "h1", 1, "2023-01-13")
    give(book, "school", 2, "2023-01-13")
    found = rows(book, by=By.RECIPIENT_KIND)
    assert found["household", "quilt"] == {"moved": (1, 1_000), "given_out": (1, 1_000)}
    assert found["school", "quilt"] == {"moved": (2, 2_000), "given_out": (2, 2_000)}
    assert found["held", "quilt"]["moved"] == (-3, -3_000)


def test_by_programme_it_is_that_of_the_gift():
    book = office()
    receive(book, 10, "100.00", "2023-01-10", programme="drive")
    receive(book, 5, "50.00", "2023-01-10")
    give(book, "h1", 1, "2023-01-13", programme="drive")
    found = rows(book, by=By.PROGRAMME)
    assert found["drive", "quilt"]["given_out"] == (1, 1_000)
    assert found["", "quilt"] == {"received": (5, 5_000), "on_hand": (5, 5_000)}


def joint() -> Book:
    """Ten quilts for 100 yuan, 65 of them from the province and 35 from the company."""
    book = office()
    money(book, "65.00", "2023-01-01")
    money(book, "35.00", "2023-01-02", donor="company")
    buy(book, 10, "100.00", "2023-01-03")
    return book


def test_by_donor_the_quilt_that_two_paid_for_is_of_both():
    found = rows(joint(), by=By.DONOR)
    assert found["province", "quilt"] == {"converted": (6, 6_000), "on_hand": (6, 6_000)}
    assert found["province | company", "quilt"] == {"converted": (1, 1_000), "on_hand": (1, 1_000)}
    assert found["company", "quilt"] == {"converted": (3, 3_000), "on_hand": (3, 3_000)}
    assert found["province", "CNY"] == {"received": (6_500, 6_500), "converted": (-6_500, -6_500)}


def test_by_donation_the_quilt_that_two_donations_paid_for_is_of_both_also_where_the_donor_is_one():
    book = office()
    money(book, "65.00", "2023-01-01")
    money(book, "35.00", "2023-01-02")
    buy(book, 10, "100.00", "2023-01-03")
    groups = [group for group, item in rows(book, by=By.DONATION) if item == "quilt"]
    assert groups == ["DR-000001", "DR-000001 | DR-000002", "DR-000002"]


def test_the_donors_of_what_was_made_of_joint_goods_are_named_once():
    book = joint()
    shared = book.lot("PUR-000001-2")
    kit = attrs.evolve(shared, id="kit", made_of=(*shared.made_of, *book.lot("PUR-000001-1").made_of))
    assert donors_of(book, kit) == "province | company"
    assert donors_of(book, attrs.evolve(kit, made_of=())) == ""


def test_by_period_each_month_opens_with_what_the_one_before_closed_with():
    book = busy()
    months = statement(book, YEAR, by=By.PERIOD)
    closing: dict[str, Holding] = {}
    for row in months.rows:
        assert row.opening == closing.get(row.item, Holding(0, 0))
        closing[row.item] = row.on_hand + row.in_transit
    assert list(dict.fromkeys(row.group for row in months.rows)) == [
        str(Period.month(2023, m)) for m in range(1, 13)
    ]


def test_months_are_cut_where_the_period_is():
    book = office()
    receive(book, 1, "1.00", "2022-12-20")
    period = Period.parse("2022-12-15/2023-02-10")
    groups = [row.group for row in statement(book, period, by=By.PERIOD).rows]
    assert groups == ["2022-12-15/2022-12-31", "2023-01", "2023-02-01/2023-02-10"]


def test_the_total_of_months_counts_one_stock_once():
    book = office()
    receive(book, 10, "100.00", "2022-12-20")
    give(book, "h1", 4, "2023-03-01")
    assert told(statement(book, YEAR, by=By.PERIOD).total) == {
        "opening": (10, 10_000),
        "on_hand": (6, 6_000),
        "given_out": (4, 4_000),
    }


def test_a_statement_can_be_of_the_very_last_days_there_are():
    book = office()
    receive(book, 1, "1.00", "2023-01-20")
    last = Period.parse("9999-12-30/9999-12-31")
    assert [row.group for row in statement(book, last, by=By.PERIOD).rows] == [str(last)]


@pytest.mark.parametrize(
    ("scope", "groups"),
    [
        (Scope(), ["quilt", "CNY", "water"]),
        (Scope(items=("water",)), ["water"]),
        (Scope(donors=("company",)), ["CNY", "quilt", "water"]),
        (Scope(donations=("GRN-000001",)), ["quilt"]),
        (Scope(programmes=("drive",)), ["quilt"]),
        (Scope(programmes=("flood",)), []),
    ],
)
def test_a_scope_narrows_the_statement_and_it_still_adds_up(scope: Scope, groups: list[str]):
    found = statement(busy(), YEAR, scope=scope)
    assert sorted(row.group for row in found.rows) == sorted(groups)
    assert found.findings == ()


@pytest.mark.parametrize(
    "scope", [Scope(warehouses=("depot",)), Scope(recipients=("h1",)), Scope(recipient_kinds=("household",))]
)
def test_a_scope_that_goods_go_through_is_refused(scope: Scope):
    with pytest.raises(Incomplete, match="warehouses or recipients"):
        statement(office(), YEAR, scope=scope)


def test_what_was_known_then_can_be_stated_again():
    book = office()
    receive(book, 10, "100.00", "2023-03-01")
    give(book, "h1", 2, "2023-03-02")
    known, before = len(book.entries), {by: statement(book, H1, by=by) for by in By}
    receive(book, 7, "70.00", "2023-02-01", donor="company", into="branch")
    give(book, "h2", 1, "2023-03-01")
    for by in By:
        assert repr(statement(book, H1, by=by, known=known)) == repr(before[by])
    assert statement(book, H1, known=0).rows == ()
    assert statement(book, H1, known=-1).rows == ()


@given(st.integers(0, 25), st.sampled_from(By), st.sampled_from([H1, H2, YEAR]))
def test_the_statement_adds_up_as_of_every_entry(known: int, by: By, period: Period):
    assert statement(BUSY, period, by=by, known=known).findings == ()


BUSY = busy()


def test_a_unit_that_came_without_an_entry_is_found():
    book = office()
    lot = receive(book, 10, "100.00", "2023-01-10").lots[0]
    move_in_secret(book, "warehouse:depot", lot, 1, "2023-02-01", value=50)
    (finding,) = statement(book, H1).findings
    assert (finding.code, finding.about) == ("statement-difference", "quilt")
    assert finding.figures == (("quantity", "-1"), ("value", "-50"))
    assert finding.text("zh") == "quilt：收支结存相差 -1 个单位、-50 分"
    assert "differ by -1 units and -50 minor units" in finding.text()


def test_an_entry_that_was_changed_is_found_with_its_group():
    book = office()
    receive(book, 10, "100.00", "2023-01-10")
    give(book, "h1", 4, "2023-02-01")
    postings = [attrs.evolve(posting, value=posting.value * 2) for posting in book.entries[1].postings]
    tamper(book, 2, postings=tuple(postings))
    (finding,) = statement(book, H1, by=By.DONOR).findings
    assert finding.about == "province, quilt"
    assert finding.figures == (("quantity", "0"), ("value", "-4000"))


def test_an_entry_that_was_dated_anew_is_found():
    book = office()
    receive(book, 10, "100.00", "2023-01-10")
    tamper(book, 1, on=date(2023, 8, 1))
    assert [finding.code for finding in statement(book, H1).findings] == ["statement-difference"]


def paid_together() -> Book:
    book = office()
    for donor in ("province", "company"):
        money(book, "50.00", "2023-01-01", donor=donor)
    buy(book, 1, "100.00", "2023-02-01")
    give(book, "h1", 1, "2023-03-01")
    return book


@pytest.mark.parametrize("period", [Period.month(2023, 2), Period.month(2023, 3), YEAR])
def test_what_a_donor_paid_for_with_others_is_told_and_in_no_row(period: Period):
    (note,) = statement(paid_together(), period, scope=Scope(donors=("province",))).notes
    assert (note.code, note.about, note.documents) == ("joint-lots", "PUR-000001-1", ("PUR-000001",))
    assert note.en == ("CNY 50.00 besides is in lots of several donors (PUR-000001-1), which are in no row")
    assert note.zh == "另有50.00元在多方共有的批次中（PUR-000001-1），未列入各行"
    assert note.figures == (("share", "CNY 50.00"),)


@pytest.mark.parametrize(
    ("period", "scope"),
    [
        (Period.month(2023, 1), Scope(donors=("province",))),
        (Period.month(2023, 4), Scope(donors=("province",))),
        (YEAR, Scope(donors=("province",), items=("water",))),
        (YEAR, Scope(donors=("province", "company"))),
        (YEAR, Scope()),
    ],
)
def test_where_nothing_is_left_out_there_is_no_note(period: Period, scope: Scope):
    assert statement(paid_together(), period, scope=scope).notes == ()


def test_what_all_who_paid_for_it_are_asked_of_is_theirs():
    told = statement(paid_together(), YEAR, scope=Scope(donors=("province", "company")))
    assert (told.total.given_out.value, told.total.converted.value, told.findings) == (10_000, 0, ())


def test_the_rows_of_a_group_stand_together():
    book = office()
    receive(book, 1, "1.00", "2023-01-01")
    receive(book, 1, "1.00", "2023-01-02", donor="company")
    receive(book, 1, "1.00", "2023-01-03", item="water")
    groups = [row.group for row in statement(book, YEAR, by=By.DONOR).rows]
    assert groups == ["province", "province", "company"]


def test_a_statement_of_a_donor_that_nobody_knows_is_refused():
    with pytest.raises(Unknown):
        statement(office(), YEAR, scope=Scope(donors=("provinse",)))
