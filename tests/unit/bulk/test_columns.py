"""Columns: rows of one kind, checked when they are made, each of which can ask a verb."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, overload

import pytest

from reliefstock import Basis, Handouts, Item, Money, Quantity, Receipts, Restriction, Valuation, Warehouse
from reliefstock.bulk import Columns
from reliefstock.errors import BadData, Incomplete, NotPositive, Unknown
from reliefstock.operations import Distribute, Handout, ReceivedLine, ReceiveGoods
from reliefstock.register import Register
from reliefstock.values import PIECE

WATER = Item("water", zh="水", en="Water", packs=(PIECE.pack("box", 24),))
CLERKS = ("clerk A", "clerk B")
DAYS = ["2024-01-10", "2024-01-11", "2024-01-12"]


def gifts(**other: Any) -> Receipts:  # noqa: ANN401 -- the cases are of every type
    said: dict[str, Any] = {
        "on": DAYS,
        "donor": "province",
        "into": "depot",
        "item": "water",
        "quantity": [500, 20, 30],
        "value": 40_000,
        "evidence": "old ledger",
        "counted_by": CLERKS,
    }
    return Receipts(**{**said, **other})


def given(**other: Any) -> Handouts:  # noqa: ANN401 -- as above
    said: dict[str, Any] = {
        "on": "2024-02-01",
        "origin": "depot",
        "recipient": ["H-1", "H-2"],
        "item": "water",
        "quantity": [2, 3],
        "signature": ["sheet 1, line 1", "sheet 1, line 2"],
    }
    return Handouts(**{**said, **other})


def refused(make: Callable[..., Columns], **other: object) -> BadData:
    with pytest.raises(BadData) as raised:
        make(**other)
    return raised.value


@pytest.fixture
def register() -> Register:
    register = Register()
    register.add(WATER, Warehouse("depot", zh="备灾中心"))
    return register


class OwnColumn(Sequence[int]):
    """A sequence that somebody has made, as tables of other libraries are."""

    def __len__(self) -> int:
        return 3

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        return (7, 8, 9)[index]


# Rows


def test_one_value_is_said_of_all_rows_and_a_sequence_says_one_of_each():
    rows = list(gifts(batch=["B-1", "", "B-3"]).rows())
    assert [row[:6] for row in rows] == [
        ("2024-01-10", "province", "depot", "water", 500, 40_000),
        ("2024-01-11", "province", "depot", "water", 20, 40_000),
        ("2024-01-12", "province", "depot", "water", 30, 40_000),
    ]
    assert [row[8] for row in rows] == ["B-1", "", "B-3"]


@pytest.mark.parametrize(
    ("column", "numbers"),
    [
        ((1, 2, 3), [1, 2, 3]),
        (range(1, 4), [1, 2, 3]),
        (array("q", [4, 5, 6]), [4, 5, 6]),
        (memoryview(array("q", [4, 5, 6])), [4, 5, 6]),
        (OwnColumn(), [7, 8, 9]),
    ],
    ids=["tuple", "range", "array", "view", "own"],
)
def test_whatever_has_a_length_and_places_is_a_column(column: Sequence[int], numbers: list[int]):
    columns = gifts(value=column, line=column)
    assert [row[5] for row in columns.rows()] == numbers
    assert len(columns) == 3


def test_a_text_is_one_value_and_not_as_many_as_it_has_letters():
    assert [row[1] for row in gifts(donor="abc").rows()] == ["abc"] * 3


def test_columns_may_have_no_row():
    assert (len(gifts(on=[], quantity=5)), list(gifts(on=[], quantity=5).rows())) == (0, [])


def test_columns_know_the_days_and_the_commands_of_their_rows():
    columns = gifts(command=["a", None, "c"])
    assert list(columns.days()) == DAYS
    assert [columns.command_of(row) for row in columns.rows()] == ["a", None, "c"]
    assert list(given().days()) == ["2024-02-01"] * 2
    assert [given(command=["x", None]).command_of(row) for row in given(command=["x", None]).rows()] == [
        "x",
        None,
    ]


def test_columns_know_whom_their_rows_name():
    assert [list(gifts().names(row)) for row in gifts().rows()] == [list(CLERKS)] * 3
    assert [list(given().names(row)) for row in given().rows()] == [["sheet 1, line 1"], ["sheet 1, line 2"]]


# What is no column


def test_columns_of_different_lengths_are_refused_each_by_name():
    problems = refused(gifts, quantity=[500, 20], line=[1]).problems
    assert problems == (
        "it has 1 values where another column has 3 @ $.line",
        "it has 2 values where another column has 3 @ $.quantity",
    )


def test_where_nothing_says_how_many_rows_there_are_it_is_refused():
    assert refused(gifts, on="2024-01-10", quantity=5).problems == ("no column has a value for each row @ $",)


def test_a_line_alone_says_how_many_rows_there_are():
    assert len(gifts(on="2024-01-10", quantity=5, line=[1, 2])) == 2


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("on", [*DAYS[:2], 20240112], "a date or a text is due, got int @ $.on[2]"),
        ("on", [*DAYS[:2], datetime(2024, 1, 12)], "a date or a text is due, got datetime @ $.on[2]"),
        ("donor", ["province", None, "company"], "a text is due, got NoneType @ $.donor[1]"),
        ("item", [b"water", "water", "water"], "a text is due, got bytes @ $.item[0]"),
        ("quantity", [1, 2.0, 3], "Quantity or a whole number is due, got float @ $.quantity[1]"),
        ("quantity", [1, True, 3], "Quantity or a whole number is due, got bool @ $.quantity[1]"),
        ("quantity", ["1", 2, 3], "Quantity or a whole number is due, got str @ $.quantity[0]"),
        ("value", array("d", [1, 2, 3]), "a whole number is due, got float @ $.value[0]"),
        ("value", [1, 2, Money(3, "CNY")], "a whole number is due, got Money @ $.value[2]"),
        ("expiry", [None, "2025-01-01", 5], "a date or a text or nothing is due, got int @ $.expiry[2]"),
        ("restriction", [None, None, "winter"], "Restriction or nothing is due, got str @ $.restriction[2]"),
        ("command", ["a", "b", 3], "a text or nothing is due, got int @ $.command[2]"),
        ("line", [1, 2, "3"], "a whole number is due, got str @ $.line[2]"),
        ("line", [1, 2, False], "a whole number is due, got bool @ $.line[2]"),
    ],
)
def test_a_value_of_another_type_is_told_with_the_path_to_it(column: str, value: object, problem: str):
    assert problem in refused(gifts, **{column: value}).problems


@pytest.mark.parametrize("value", [5, None, b"depot", {"depot"}, (one for one in ["depot"])])
def test_a_single_value_of_another_type_is_told_too(value: object):
    (problem,) = refused(gifts, into=value).problems
    assert problem.startswith(f"a text is due, got {type(value).__name__} @ $.into")


def test_all_that_is_wrong_is_told_at_once_up_to_twenty():
    refusal = refused(gifts, donor=5, quantity=[1, "2"], value=[1.0, 2, 3])
    assert [problem.rpartition("$.")[2] for problem in refusal.problems] == [
        "quantity",
        "donor",
        "quantity[1]",
        "value[0]",
    ]
    assert len(refused(gifts, on=[1] * 30, quantity=5).problems) == 20


def test_the_refusal_is_said_in_two_languages():
    refusal = refused(given, quantity=[2, 3.5])
    assert refusal.what == "Handouts"
    assert str(refusal) == (
        "this is no Handouts; correct it and send it again:\n"
        "  Quantity or a whole number is due, got float @ $.quantity[1]"
    )
    chinese = refusal.sentence("zh")
    assert chinese != str(refusal)
    assert "请改正后重新提交" in chinese
    assert "$.quantity[1]" in chinese


def test_counters_are_a_list():
    with pytest.raises(Incomplete):
        gifts(counted_by="ab")
    assert gifts(counted_by=list(CLERKS)).counted_by == CLERKS


def test_a_basis_may_be_stated_by_its_word():
    assert gifts(basis="fair value").basis is Basis.FAIR_VALUE
    assert "'guess'" in str(refused(gifts, basis="guess"))


def test_columns_are_not_changed_afterwards():
    columns = gifts()
    with pytest.raises(AttributeError):
        columns.donor = "company"  # pyright: ignore[reportAttributeAccessIssue]
    assert columns.donor == "province"


@pytest.mark.parametrize("line", [5, "3", b"3", {1, 2, 3}])
def test_lines_that_are_no_column_are_told(line: object):
    assert refused(gifts, line=line).problems


def test_counters_that_are_no_texts_are_told():
    assert "counted_by[1]" in str(refused(gifts, counted_by=("clerk A", 2)))


def test_keys_with_values_are_no_column():
    assert refused(gifts, item={"water": 1, "quilt": 2, "tent": 3}).problems


# What a verb is asked


def test_a_row_of_receipts_asks_for_a_note_of_one_line(register: Register):
    columns = gifts(
        on=[date(2024, 1, 10)],
        quantity=[500],
        expiry="2025-01-31",
        batch="B-7",
        condition="new",
        restriction=Restriction(programme="winter"),
        source_document="page 3",
        basis=Basis.FAIR_VALUE,
        command="old-1",
    )
    (row,) = columns.rows()
    worth = Valuation(Basis.FAIR_VALUE, Money(40_000, "CNY"), "old ledger")
    line = ReceivedLine(
        "water", WATER.quantity(500), valuation=worth, expiry="2025-01-31", batch="B-7", condition="new"
    )
    assert columns.request(row, register, "CNY") == ReceiveGoods(
        donor="province",
        into="depot",
        lines=[line],
        on="2024-01-10",
        counted_by=CLERKS,
        restriction=Restriction(programme="winter"),
        source_document="page 3",
    )


def test_what_is_taken_in_by_quantity_alone_has_no_amount(register: Register):
    columns = gifts(on=DAYS[:1], quantity=5, value=0, basis=Basis.MEMORANDUM)
    (row,) = columns.rows()
    (line,) = columns.request(row, register, "CNY").lines
    assert line.valuation == Valuation.memorandum("old ledger")


def test_what_no_verb_would_take_is_no_request(register: Register):
    for columns in (gifts(on=DAYS[:1], quantity=5, value=0), gifts(on=DAYS[:1], quantity=5, value=-1)):
        with pytest.raises(NotPositive):
            columns.request(next(columns.rows()), register, "CNY")


def test_a_row_of_handouts_asks_for_a_list_of_one_line(register: Register):
    columns = given(
        quantity=[2, WATER.quantity(1, "box")],
        programme="winter",
        source_document="list 9",
        command=["a", "b"],
    )
    _, row = columns.rows()
    line = Handout("H-2", "water", WATER.quantity(1, "box"), "sheet 1, line 2")
    assert columns.request(row, register, "CNY") == Distribute(
        origin="depot", lines=[line], on="2024-02-01", programme="winter", source_document="list 9"
    )


def test_a_number_is_one_of_the_unit_in_which_the_item_is_counted(register: Register):
    first, second = (
        columns.request(row, register, "CNY").lines[0].quantity
        for columns in (given(),)
        for row in columns.rows()
    )
    assert (first, second) == (Quantity(2, PIECE), Quantity(3, PIECE))


@pytest.mark.parametrize("make", [gifts, given])
def test_an_item_that_nobody_knows_is_told_by_what_is_near(make: Callable[..., Columns], register: Register):
    columns = make(item="watre")
    with pytest.raises(Unknown) as raised:
        columns.request(next(columns.rows()), register, "CNY")
    assert raised.value.near == ("water",)


def test_columns_of_no_kind_ask_for_nothing(register: Register):
    bare = Columns(line=[1])
    rows: Iterator[Any] = iter([()])
    with pytest.raises(NotImplementedError):
        bare.request(next(rows), register, "CNY")
    with pytest.raises(NotImplementedError):
        bare.names(())
