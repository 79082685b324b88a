"""Measures: what a figure is a figure of, between the bounds that the book allows."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pytest

from reliefstock import (
    Book,
    ConsignedLine,
    Donor,
    Handout,
    Interval,
    Money,
    Period,
    Project,
    PurchaseRecord,
    ReceivedLine,
    Side,
    State,
    Valuation,
)
from reliefstock.errors import Unknown
from reliefstock.reconciliation import Goods, Measure, Measured, Part, Scope, What, measure
from reliefstock.reconciliation.joint import shares_of
from unit.reconciliation.office import (
    H1,
    H2,
    YEAR,
    Stated,
    arrive,
    bill,
    build,
    buy,
    give,
    lose,
    money,
    office,
    receive,
    send,
    spend,
    take_back,
    undo,
    yuan,
)

DRIVE = Scope(programmes=("drive",))


def ask(
    book: Book, what: What, period: Period = YEAR, *, known: int | None = None, **more: Stated
) -> Measured:
    return measure(book, Measure(what=what, period=period, **more), known=known)


def total(book: Book, what: What, period: Period = YEAR, **more: Stated) -> int | str:
    """The sum, or its bounds in words."""
    bounds = ask(book, what, period, **more).bounds
    return int(bounds.low) if bounds.is_exact else bounds.text("en")


def story() -> Book:
    book = office()
    lot = receive(book, 100, "1000.00", "2023-01-10", paper="county notice").lots[0]
    receive(book, 48, "96.00", "2023-01-11", item="water", donor="company")
    money(book, "600.00", "2023-01-12")
    buy(book, 10, "200.00", "2023-02-01")
    give(book, "h1", 20, "2023-02-02", lots=(lot,), programme="drive", paper="list 1")
    give(book, "school", 30, "2023-03-01", lots=(lot,))
    arrive(book, send(book, "ningshan", 24, "2023-04-01", item="water", paper="waybill 9"), "2023-04-02")
    send(book, "branch", 5, "2023-06-30")
    lose(book, lot, 3, "2023-06-10")
    return book


@pytest.mark.parametrize(
    ("what", "more", "figure"),
    [
        (What.RECEIVED, {}, 109_600),
        (What.RECEIVED, {"goods": Goods.MONEY}, 60_000),
        (What.RECEIVED, {"goods": Goods.ALL}, 169_600),
        (What.RECEIVED, {"unit": "piece"}, 148),
        (What.RECEIVED, {"unit": "box"}, 2),
        (What.RECEIVED, {"unit": "bale"}, 10),
        (What.RECEIVED, {"unit": "person"}, 0),
        (What.RECEIVED, {"scope": Scope(items=("CNY",))}, 60_000),
        (What.RECEIVED, {"scope": Scope(donors=("company",))}, 9_600),
        (What.RECEIVED, {"scope": Scope(warehouses=("depot",))}, 109_600),
        (What.RECEIVED, {"scope": Scope(recipients=("h1",))}, 0),
        (What.GIVEN_OUT, {}, 50_000 + 4_800),
        (What.GIVEN_OUT, {"scope": DRIVE}, 20_000),
        (What.GIVEN_OUT, {"scope": Scope(recipient_kinds=("school",))}, 30_000),
        (What.GIVEN_OUT, {"scope": Scope(recipients=("ningshan",))}, 4_800),
        (What.GIVEN_OUT, {"unit": "box"}, 1),
        (What.LOST, {}, 3_000),
        (What.LOST, {"unit": "piece"}, 3),
        (What.ON_HAND, {}, 62_000 + 4_800),
        (What.ON_HAND, {"goods": Goods.MONEY}, 40_000),
        (What.ON_HAND, {"scope": Scope(items=("quilt",)), "unit": "piece"}, 52),
        (What.IN_TRANSIT, {}, 5_000),
        (What.IN_TRANSIT, {"scope": Scope(warehouses=("branch",))}, 0),
    ],
)
def test_what_is_posted_is_exact(what: What, more: dict[str, Any], figure: int):
    assert total(story(), what, **more) == figure


@pytest.mark.parametrize(
    ("what", "period", "figure"),
    [
        (What.GIVEN_OUT, Period.month(2023, 3), 30_000),
        (What.GIVEN_OUT, H2, 0),
        (What.ON_HAND, Period.month(2023, 1), 109_600),
        (What.ON_HAND, Period.day("2022-12-31"), 0),
        (What.IN_TRANSIT, Period.day("2023-04-01"), 4_800),
    ],
)
def test_flows_are_of_the_period_and_stocks_of_its_end(what: What, period: Period, figure: int):
    assert total(story(), what, period) == figure


def test_goods_bought_are_not_received_from_the_donor_whose_money_paid_for_them():
    book = story()
    assert total(book, What.RECEIVED, scope=Scope(donors=("province",))) == 100_000
    undo(book, "PUR-000001", "2023-07-01")
    assert total(book, What.RECEIVED, scope=Scope(donors=("province",))) == 100_000


def test_each_part_names_its_document_and_the_paper_behind_it():
    given = ask(story(), What.GIVEN_OUT)
    assert given.documents == ("DL-000001", "DL-000002", "RR-000001")
    assert given.evidence == ("list 1", "waybill 9")
    assert (given.is_empty, given.unknown) == (False, ())


def test_the_paper_behind_a_purchase_is_the_invoice_and_behind_a_payment_its_voucher():
    book = office()
    money(book, "100.00", "2023-01-01")
    buy(book, 10, "100.00", "2023-01-02")
    assert ask(book, What.ON_HAND).evidence == ("I-1",)
    money(book, "10.00", "2023-01-03", into="well-fund")
    spend(book, "6.00", "2023-01-04", voucher="V-7")
    spend(book, "4.00", "2023-01-05")
    assert ask(book, What.PROJECT_SPENT, project="well").evidence == ("V-7",)


def test_parts_that_are_no_whole_numbers_are_summed_exactly():
    parts = (Fraction(1, 3), Fraction(1, 6), 2)
    measured = Measured(tuple(Part(Interval.exactly(amount), "D", "") for amount in parts))
    assert measured.bounds == Interval.exactly(Fraction(5, 2))


# Returned and taken back


def test_a_return_counts_on_the_day_of_the_return():
    book = story()
    take_back(book, "h1", "GRN-000001-1", 5, "2023-07-01")
    assert total(book, What.GIVEN_OUT, H1) == 54_800
    assert total(book, What.GIVEN_OUT, H2) == -5_000
    assert total(book, What.GIVEN_OUT, YEAR) == 49_800


def test_a_return_lowers_the_programme_under_which_the_goods_were_given_out():
    book = story()
    take_back(book, "h1", "GRN-000001-1", 5, "2023-02-10")
    assert total(book, What.GIVEN_OUT, scope=DRIVE) == 15_000
    undo(book, "RN-000001", "2023-02-11")
    assert total(book, What.GIVEN_OUT, scope=DRIVE) == 20_000


def test_a_list_taken_back_later_leaves_the_figure_of_its_period():
    book = story()
    undo(book, "DL-000002", "2023-07-01")
    assert total(book, What.GIVEN_OUT, H1) == 54_800
    assert total(book, What.GIVEN_OUT, H2) == -30_000


def test_a_receipt_taken_back_was_received_and_taken_back():
    book = office()
    undo(book, receive(book, 10, "100.00", "2023-01-10").number, "2023-02-01")
    measured = ask(book, What.RECEIVED)
    assert (measured.bounds, measured.is_empty) == (Interval.exactly(0), False)
    assert total(book, What.RECEIVED, Period.month(2023, 1)) == 10_000


def test_a_loss_is_net_of_what_was_found_again():
    book = story()
    undo(book, "WO-000001", "2023-06-11")
    assert total(book, What.LOST) == 0


# Goods without a value


def test_goods_without_a_value_widen_the_bounds():
    book = story()
    receive(book, 7, None, "2023-01-20")
    assert total(book, What.RECEIVED) == "at least 109,600"
    assert ask(book, What.RECEIVED).unknown == ("GRN-000003",)
    assert total(book, What.ON_HAND) == "at least 66,800"
    assert total(book, What.RECEIVED, unit="piece") == 155


def test_goods_without_a_value_that_went_back_in_the_period_widen_nothing():
    book = story()
    undo(book, receive(book, 7, None, "2023-01-20").number, "2023-01-21")
    assert total(book, What.RECEIVED) == 109_600


def test_of_goods_without_a_value_some_came_back_and_the_rest_is_unknown():
    book = office()
    lot = receive(book, 7, None, "2023-01-20").lots[0]
    give(book, "h1", 5, "2023-02-01")
    take_back(book, "h1", lot, 2, "2023-02-02")
    assert total(book, What.GIVEN_OUT) == "at least 0"
    take_back(book, "h1", lot, 3, "2023-02-03")
    assert total(book, What.GIVEN_OUT) == 0
    assert total(book, What.GIVEN_OUT, Period.day("2023-02-03")) == 0


def test_goods_counted_by_value_have_no_pieces():
    book = office()
    line = ReceivedLine("mixed", yuan("13000"), valuation=Valuation.voucher(yuan("13000"), "list"))
    book.receive(donor="company", into="depot", lines=[line], on="2023-05-27", counted_by=("a", "b"))
    assert total(book, What.RECEIVED) == 1_300_000
    assert ask(book, What.RECEIVED, unit="piece").is_empty


# What papers mention


def mentioned(book: Book, **more: Stated) -> Book:
    stated: dict[str, Any] = {
        "side": Side.GIVEN_OUT,
        "period": H1,
        "evidence": "summary",
        "missing": ("amount",),
        **more,
    }
    book.mention("a visit", **stated)
    return book


def test_a_mention_without_an_amount_widens_the_bounds():
    measured = ask(mentioned(story()), What.GIVEN_OUT)
    assert measured.bounds == Interval.at_least(54_800)
    assert measured.unknown == ("MEN-000001",)
    assert measured.evidence == ("list 1", "waybill 9", "summary")


def test_a_mention_with_a_printed_amount_adds_its_bounds():
    book = mentioned(office(), side=Side.RECEIVED, value=Interval(12, 13, low_open=True, high_open=True))
    assert total(book, What.RECEIVED) == "12–13 (both excluded)"


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"side": Side.RECEIVED}, {}),
        ({"period": YEAR}, {"period": H1}),
        ({"period": Period.month(2023, 8)}, {"period": H1}),
        ({"item": "CNY"}, {}),
        ({"item": "quilt"}, {"goods": Goods.MONEY}),
        ({}, {"goods": Goods.MONEY}),
        ({}, {"scope": DRIVE}),
        ({}, {"scope": Scope(recipients=("h1",))}),
        ({}, {"scope": Scope(recipient_kinds=("household",))}),
        ({"recipients": ("ningshan",)}, {"scope": Scope(recipient_kinds=("household",))}),
        ({"recipients": ("h2",)}, {"scope": Scope(recipients=("h1",))}),
        ({}, {"scope": Scope(items=("quilt",))}),
        ({"item": "water"}, {"scope": Scope(items=("quilt",))}),
        ({"item": "water"}, {"unit": "bale"}),
        ({"item": "quilt", "quantity": Interval.exactly(5), "unit": "piece"}, {"unit": "box"}),
    ],
)
def test_a_mention_of_something_else_is_not_in_the_measure(more: dict[str, Any], asked: dict[str, Any]):
    assert ask(mentioned(office(), **more), What.GIVEN_OUT, **asked).is_empty


@pytest.mark.parametrize(
    ("more", "asked", "bounds"),
    [
        ({"programme": "drive"}, {"scope": DRIVE}, Interval.unknown()),
        ({"recipients": ("h1",)}, {"scope": Scope(recipients=("h1",))}, Interval.unknown()),
        ({"recipients": ("h1",)}, {"scope": Scope(recipient_kinds=("household",))}, Interval.unknown()),
        ({"item": "CNY", "value": Interval.exactly(5)}, {"goods": Goods.MONEY}, Interval.exactly(5)),
        (
            {"item": "CNY", "value": Interval.exactly(5)},
            {"scope": Scope(items=("CNY",))},
            Interval.exactly(5),
        ),
        ({"item": "quilt", "value": Interval.exactly(5)}, {"goods": Goods.ALL}, Interval.exactly(5)),
        ({"quantity": Interval.exactly(5), "unit": "tent"}, {"unit": "tent"}, Interval.exactly(5)),
        ({"quantity": Interval.exactly(5), "unit": "tent"}, {"unit": "piece"}, Interval.unknown()),
        ({"unit": "tent"}, {"unit": "tent"}, Interval.unknown()),
        (
            {"item": "water", "quantity": Interval(2, 3), "unit": "box"},
            {"unit": "piece"},
            Interval(48, 72),
        ),
        (
            {"item": "water", "quantity": Interval.exactly(20), "unit": "household"},
            {"unit": "piece"},
            Interval.unknown(),
        ),
        ({"item": "water"}, {"unit": "piece"}, Interval.unknown()),
        ({"item": "water", "unit": "box"}, {"unit": "piece"}, Interval.unknown()),
    ],
)
def test_a_mention_says_as_much_as_it_states(more: dict[str, Any], asked: dict[str, Any], bounds: Interval):
    measured = ask(mentioned(office(), **more), What.GIVEN_OUT, **asked)
    assert (measured.is_empty, measured.bounds) == (False, bounds)


def test_who_of_several_got_how_much_is_not_known():
    book = mentioned(office(), recipients=("ningshan", "ziyang"), value=Interval.exactly(1_025))
    both, one = Scope(recipients=("ziyang", "ningshan")), Scope(recipients=("ziyang",))
    assert total(book, What.GIVEN_OUT, scope=both) == 1_025
    assert total(book, What.GIVEN_OUT, scope=one) == "at most 1,025"


def test_which_depot_it_left_is_not_known():
    book = mentioned(office(), value=Interval(10, 20, high_open=True))
    measured = ask(book, What.GIVEN_OUT, scope=Scope(warehouses=("depot",)))
    assert (measured.bounds, measured.widest.text("en")) == (Interval.exactly(0), "less than 20")
    assert (measured.is_empty, measured.possible) == (True, ("MEN-000001",))


def test_a_mention_of_goods_that_are_held_widens_the_stock():
    book = mentioned(story(), side=Side.ON_HAND)
    assert total(book, What.ON_HAND) == "at least 66,800"


def test_a_mention_is_known_when_it_is_kept():
    book = story()
    known = len(book.entries)
    mentioned(book)
    receive(book, 1, "1.00", "2023-06-01")
    mentioned(book)
    assert ask(book, What.GIVEN_OUT, known=known).unknown == ("MEN-000001",)


# Who was reached


def reached() -> Book:
    book = office()
    receive(book, 100, "1000.00", "2023-01-10")
    give(book, "h1", 1, "2023-01-11", programme="drive")
    give(book, "h2", 2, "2023-01-11", programme="drive")
    give(book, "h1", 1, "2023-01-12")
    give(book, "school", 3, "2023-01-13")
    arrive(book, send(book, "ningshan", 4, "2023-01-14"), "2023-01-15")
    return book


@pytest.mark.parametrize(
    ("unit", "figure"),
    [
        ("household", 2),
        ("household-time", 3),
        ("person", 6),
        ("person-time", 10),
        ("school", 1),
        ("society", 1),
        ("pupil", 0),
        ("money", 0),
    ],
)
def test_persons_times_households_and_schools_are_each_counted_for_themselves(unit: str, figure: int):
    assert total(reached(), What.REACHED, unit=unit) == figure


def test_a_household_with_two_lines_on_a_list_was_reached_once():
    book = reached()
    quilts = book.register.item("quilt").quantity
    lines = [Handout("h2", "quilt", quilts(1), "1"), Handout("h2", "quilt", quilts(2), "2")]
    book.distribute(origin="depot", lines=lines, on="2023-02-01")
    assert total(book, What.REACHED, Period.month(2023, 2), unit="household-time") == 1
    assert total(book, What.REACHED, Period.month(2023, 2), unit="person-time") == 2


def test_two_households_of_one_list_are_both_counted():
    book = reached()
    quilts = book.register.item("quilt").quantity
    lines = [Handout("h1", "quilt", quilts(1), "1"), Handout("h2", "quilt", quilts(2), "2")]
    book.distribute(origin="depot", lines=lines, on="2023-02-01")
    assert total(book, What.REACHED, Period.month(2023, 2), unit="person") == 6


def test_a_household_of_unknown_size_has_at_least_one_person():
    book = reached()
    give(book, "h3", 1, "2023-01-12")
    assert total(book, What.REACHED, unit="person") == "at least 7"
    assert total(book, What.REACHED, unit="household") == 3


def test_reached_by_a_programme_is_who_was_given_something_under_it():
    assert total(reached(), What.REACHED, unit="person-time", scope=DRIVE) == 6


def test_who_was_given_goods_is_not_reached_by_money():
    assert total(reached(), What.REACHED, unit="household", goods=Goods.MONEY) == 0


def test_who_gave_the_goods_back_was_reached():
    book = reached()
    take_back(book, "h2", "GRN-000001-1", 2, "2023-01-20")
    assert total(book, What.REACHED, unit="household") == 2


def test_a_list_taken_back_in_the_period_reached_nobody():
    book = reached()
    undo(book, "DL-000002", "2023-01-20")
    assert total(book, What.REACHED, unit="household") == 1


def test_a_list_taken_back_later_reached_them_in_its_own_period():
    book = reached()
    undo(book, "DL-000002", "2023-07-01")
    assert total(book, What.REACHED, H1, unit="household") == 2
    assert total(book, What.REACHED, YEAR, unit="household") == 1
    assert total(book, What.REACHED, H2, unit="household") == 0


def test_before_the_reversal_was_known_they_were_reached():
    book = reached()
    known = len(book.entries)
    undo(book, "DL-000002", "2023-01-20")
    assert int(ask(book, What.REACHED, unit="household", known=known).bounds.low) == 2


@pytest.mark.parametrize(
    ("more", "figure"),
    [
        ({"quantity": Interval.exactly(20), "unit": "household"}, 22),
        ({"unit": "household"}, "at least 2"),
        ({"quantity": Interval.exactly(50), "unit": "person"}, 2),
        ({}, 2),
    ],
)
def test_households_that_a_paper_counts_are_reached_besides(more: dict[str, Any], figure: int | str):
    assert total(mentioned(reached(), **more), What.REACHED, unit="household") == figure


# What is not stock


def observed() -> Book:
    book = office()
    for count, state, on in ((110, State.DONE, "2023-03-01"), (2, State.BEGUN, "2023-03-02")):
        book.observe(
            "clinics",
            count=Interval.exactly(count),
            unit="clinic",
            on=on,
            evidence="list",
            project="well",
            state=state,
        )
    book.observe(
        "messages", count=Interval(48, 49), unit="message", on="2023-05-08", evidence="bill", period=H1
    )
    return book


@pytest.mark.parametrize(
    ("more", "figure"),
    [
        ({"indicator": "clinics", "unit": "clinic"}, 112),
        ({"indicator": "clinics", "unit": "clinic", "state": State.DONE}, 110),
        ({"indicator": "clinics", "unit": "clinic", "state": State.PLANNED}, 0),
        ({"indicator": "clinics", "unit": "clinic", "project": "well"}, 112),
        ({"indicator": "messages", "unit": "message"}, "48–49"),
    ],
)
def test_observations_are_summed_with_their_bounds(more: dict[str, Any], figure: int | str):
    assert total(observed(), What.OBSERVED, **more) == figure


@pytest.mark.parametrize(
    "more",
    [
        {"indicator": "schools", "unit": "school"},
        {"indicator": "clinics", "unit": "place"},
        {"indicator": "clinics", "unit": "clinic", "project": "road"},
        {"indicator": "messages", "unit": "message", "period": Period.month(2023, 5)},
    ],
)
def test_what_was_not_observed_is_nothing_of_the_kind(more: dict[str, Any]):
    assert ask(observed(), What.OBSERVED, **more).is_empty


def test_seen_in_another_state_is_known_not_to_be_in_this_one():
    measured = ask(observed(), What.OBSERVED, indicator="clinics", unit="clinic", state=State.PLANNED)
    assert (measured.is_empty, measured.evidence) == (False, ("list",))


def test_a_budget_is_what_the_project_was_meant_to_cost():
    measured = ask(office(), What.BUDGET, project="well")
    assert (measured.bounds, measured.documents, measured.evidence) == (
        Interval.exactly(500_000),
        ("well",),
        ("plan",),
    )


def test_a_project_without_a_budget_has_none_and_no_budget_is_counted_in_pieces():
    assert ask(office(), What.BUDGET, project="road").is_empty
    assert ask(office(), What.BUDGET, project="well", unit="piece").is_empty


def test_a_budget_in_another_currency_is_unknown_in_this_one():
    book = office()
    book.add(Project("dam", zh="堤坝", budget=Money.of("10", "USD")))
    assert ask(book, What.BUDGET, project="dam").bounds == Interval.unknown()


@pytest.mark.parametrize("what", [What.BUDGET, What.PROJECT_SPENT])
def test_a_project_that_nobody_knows_is_refused(what: What):
    with pytest.raises(Unknown):
        ask(office(), what, project="bridge")


def test_what_a_project_received_is_what_came_into_its_funds():
    book = office()
    book.add(Donor("well-fund", zh="与账户同名的捐赠人"))
    money(book, "100.00", "2023-01-01", into="well-fund")
    money(book, "50.00", "2023-01-02", donor="well-fund")
    taken_back = money(book, "7.00", "2023-01-03", into="well-fund").number
    undo(book, taken_back, "2023-01-04")
    assert total(book, What.PROJECT_RECEIVED, project="well") == 10_000
    assert total(book, What.PROJECT_RECEIVED, project="well", scope=Scope(donors=("company",))) == 0


def test_what_a_project_spent_is_what_was_paid_for_it():
    book = office()
    money(book, "100.00", "2023-01-01", into="well-fund")
    spend(book, "30.00", "2023-02-01")
    spend(book, "20.00", "2023-07-01")
    assert total(book, What.PROJECT_SPENT, H1, project="well") == 3_000
    assert total(book, What.PROJECT_SPENT, project="well") == 5_000
    assert total(book, What.GIVEN_OUT) == 0


def test_on_a_project_that_is_only_planned_nothing_was_spent_and_that_is_known():
    measured = ask(office(), What.PROJECT_SPENT, project="road")
    assert (measured.is_empty, measured.bounds, measured.evidence) == (
        False,
        Interval.exactly(0),
        ("application",),
    )
    assert ask(office(), What.PROJECT_SPENT, project="well").is_empty


# As known then, and which lies within which


@pytest.mark.parametrize("what", [What.RECEIVED, What.GIVEN_OUT, What.LOST, What.ON_HAND, What.IN_TRANSIT])
def test_a_measure_can_be_asked_as_it_was_known_then(what: What):
    book = story()
    known, before = len(book.entries), ask(book, what, H1)
    receive(book, 9, "90.00", "2023-01-02")
    lose(book, "GRN-000001-1", 1, "2023-06-20")
    give(book, "h2", 1, "2023-06-01")
    send(book, "branch", 1, "2023-06-21")
    assert ask(book, what, H1, known=known) == before
    assert ask(book, what, H1) != before


BASE = Measure(what=What.GIVEN_OUT, period=H1)
SEEN = Measure(what=What.OBSERVED, period=H1, indicator="clinics", unit="clinic")
STOCK = Measure(what=What.ON_HAND, period=H1)


@pytest.mark.parametrize(
    ("narrow", "wide", "inside"),
    [
        (BASE, BASE, True),
        (BASE, attrs.evolve(BASE, period=YEAR), True),
        (attrs.evolve(BASE, period=YEAR), BASE, False),
        (attrs.evolve(BASE, scope=DRIVE), BASE, True),
        (BASE, attrs.evolve(BASE, scope=DRIVE), False),
        (BASE, attrs.evolve(BASE, what=What.RECEIVED), False),
        (BASE, attrs.evolve(BASE, unit="piece"), False),
        (BASE, attrs.evolve(BASE, goods=Goods.ALL), True),
        (BASE, attrs.evolve(BASE, goods=Goods.MONEY), False),
        (attrs.evolve(BASE, goods=Goods.ALL), BASE, False),
        (SEEN, attrs.evolve(SEEN, indicator="schools"), False),
        (attrs.evolve(SEEN, state=State.DONE), SEEN, True),
        (SEEN, attrs.evolve(SEEN, state=State.DONE), False),
        (attrs.evolve(SEEN, project="well"), SEEN, True),
        (attrs.evolve(SEEN, project="well"), attrs.evolve(SEEN, project="road"), False),
        (STOCK, attrs.evolve(STOCK, period=YEAR), False),
        (attrs.evolve(STOCK, period=Period.month(2023, 6), scope=DRIVE), STOCK, True),
        (STOCK, attrs.evolve(STOCK, period=Period.month(2023, 6)), True),
    ],
)
def test_one_measure_lies_within_another_that_measures_all_of_it(
    narrow: Measure, wide: Measure, inside: bool
):
    assert narrow.within(wide) is inside


# What may belong to it


def joint(value: str = "30.00") -> Book:
    """Three quilts for 100 yuan: one donor paid 30 of it, another 70."""
    book = office()
    money(book, value, "2023-01-01", donor="province")
    money(book, "70.00", "2023-01-01", donor="company")
    buy(book, 1, "100.00", "2023-01-02")
    return book


PROVINCE = Scope(donors=("province",))


@pytest.mark.parametrize(
    ("unit", "scope", "high"),
    [
        ("money", PROVINCE, 3_000),
        ("money", Scope(donors=("company",)), 7_000),
        ("money", Scope(donations=("DR-000002",), items=("quilt",), recipients=("h1",)), 7_000),
        ("piece", PROVINCE, 1),
    ],
)
def test_of_joint_goods_given_out_a_donor_has_up_to_what_it_paid(unit: str, scope: Scope, high: int):
    book = joint()
    give(book, "h1", 1, "2023-02-01")
    measured = ask(book, What.GIVEN_OUT, unit=unit, scope=scope)
    assert (measured.bounds, measured.widest) == (Interval.exactly(0), Interval(0, high))


@pytest.mark.parametrize(
    "more",
    [
        {"goods": Goods.MONEY},
        {"unit": "box"},
        {"scope": Scope(donors=("province",), items=("water",))},
        {"scope": Scope(donors=("province",), recipients=("h2",))},
        {"period": H2},
        {"scope": Scope()},
    ],
)
def test_joint_goods_of_another_kind_may_not_belong_to_it(more: dict[str, Any]):
    book = joint()
    give(book, "h1", 1, "2023-02-01")
    assert ask(book, What.GIVEN_OUT, **{"scope": PROVINCE, **more}).possible == ()


def test_goods_of_which_all_who_paid_are_meant_are_meant_for_certain():
    book, scope = joint(), Scope(donors=("province", "company"))
    assert total(book, What.ON_HAND, scope=scope) == 10_000
    give(book, "h1", 1, "2023-02-01")
    assert total(book, What.GIVEN_OUT, scope=scope) == 10_000
    assert total(book, What.GIVEN_OUT, unit="piece", scope=scope) == 1
    assert total(book, What.REACHED, unit="person", scope=scope) == 4


def test_what_joint_goods_were_made_of_is_followed_down():
    book = joint()
    lot = book.documents_of(PurchaseRecord)[0].lots[0]
    assert {one: share.paid for one, share in shares_of(book, PROVINCE).items()} == {lot: 3_000}
    bill(book, "set", quilt=1)
    bill(book, "box", set=1)
    first = build(book, "set", 1, "2023-01-20").lots[0]
    outer = build(book, "box", 1, "2023-01-21").lots[0]
    shares = shares_of(book, PROVINCE)
    assert {one: share.paid for one, share in shares.items()} == {lot: 3_000, first: 3_000, outer: 3_000}
    assert not any(share.in_each for share in shares.values())


def test_joint_goods_that_came_back_were_not_given_out():
    book = joint()
    give(book, "h1", 1, "2023-02-01")
    take_back(book, "h1", book.documents_of(PurchaseRecord)[0].lots[0], 1, "2023-07-01")
    assert ask(book, What.GIVEN_OUT, H2, scope=PROVINCE).widest == Interval(-3_000, 0)
    assert ask(book, What.GIVEN_OUT, YEAR, scope=PROVINCE).possible == ()


def test_joint_stock_is_up_to_what_was_paid_for_it():
    book = joint()
    assert ask(book, What.ON_HAND, scope=PROVINCE).widest == Interval(0, 3_000)
    assert ask(book, What.ON_HAND, unit="box", scope=PROVINCE).parts == ()
    scope = Scope(donors=("province",), programmes=("drive",))
    assert ask(book, What.ON_HAND, scope=scope).parts == ()
    book.dispatch(
        origin="depot",
        to="branch",
        lines=[ConsignedLine("quilt", book.register.item("quilt").quantity(1))],
        on="2023-03-01",
    )
    assert ask(book, What.IN_TRANSIT, scope=PROVINCE).widest == Interval(0, 3_000)
    assert ask(book, What.ON_HAND, scope=PROVINCE).parts == ()


def test_who_was_given_joint_goods_may_have_been_reached_by_each_of_the_donors():
    book = joint()
    give(book, "h1", 1, "2023-02-01")
    assert ask(book, What.REACHED, unit="person", scope=PROVINCE).widest == Interval(0, 4)


@pytest.mark.parametrize("unit", ["household", "person-time", "school"])
def test_goods_that_went_to_another_society_may_have_reached_more(unit: str):
    book = office()
    receive(book, 5, "5.00", "2023-01-01")
    give(book, "h1", 1, "2023-01-02")
    give(book, "school", 1, "2023-01-02")
    exact = ask(book, What.REACHED, unit=unit).bounds
    give(book, "ningshan", 2, "2023-01-03")
    measured = ask(book, What.REACHED, unit=unit)
    assert (measured.bounds, measured.possible) == (exact, ("DL-000003",))
    assert measured.widest == Interval.at_least(exact.low)
    assert ask(book, What.REACHED, unit="society").widest == Interval.exactly(1)


@pytest.mark.parametrize(
    ("more", "unit", "possible"),
    [
        ({}, "household", True),
        ({"quantity": Interval.exactly(5), "unit": "person"}, "household", True),
        ({"quantity": Interval.exactly(5), "unit": "piece"}, "household", True),
        ({"quantity": Interval.exactly(5), "unit": "household"}, "school", False),
        ({"quantity": Interval.exactly(5), "unit": "household"}, "household", False),
    ],
)
def test_a_visit_of_which_no_heads_are_told_may_have_reached_more(
    more: dict[str, Any], unit: str, possible: bool
):
    measured = ask(mentioned(office(), **more), What.REACHED, unit=unit)
    assert bool(measured.possible) is possible


def test_what_may_be_is_never_below_zero_nor_without_a_number():
    book = mentioned(office(), period=YEAR, value=Interval(0, 1, high_open=True))
    assert ask(book, What.GIVEN_OUT, H1).widest.text("en") == "less than 1"
    book = mentioned(office(), period=YEAR, value=Interval.exactly(0))
    assert ask(book, What.GIVEN_OUT, H1).widest == Interval.exactly(0)


def test_a_measure_without_a_project_it_needs_is_refused():
    with pytest.raises(Unknown):
        ask(office(), What.PROJECT_RECEIVED)
