"""Seals: what was put in is what comes out, and what a store could not keep is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliefstock.errors import Incomplete, StoreDamaged
from reliefstock.journal import Cell, Column, Row, Table
from reliefstock.stores.sealing import SEAL, Sealer

COLUMNS = (
    Column("place", "text"),
    Column("lot", "text"),
    Column("day", "whole"),
    Column("content", "bytes"),
    Column("donation", "text", empty=True),
    Column("counted", "whole", empty=True),
    Column("mark", "bytes", empty=True),
)
SEALER = Sealer(Table("postings", COLUMNS, key=("place", "day")))

wholes = st.integers(-(2**63), 2**63 - 1)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
rows = st.tuples(
    texts,
    texts,
    wholes,
    st.binary(max_size=6),
    st.none() | texts,
    st.none() | wholes,
    st.none() | st.binary(max_size=6),
)


def test_the_form_that_is_sealed_is_for_ever() -> None:
    """What is stored today is read by every later version."""
    row = ("warehouse/安康", "GRN-000001-1", -5, b"\0\xff", None, 2**40, b"")
    assert SEALER.sealed([row]) == [(*row, 822439974)]
    assert Sealer(Table("turns", (Column("record", "whole"),), ("record",))).sealed([(7,)]) == [
        (7, 4160361270)
    ]
    assert SEAL == "seal"


@given(st.lists(rows, max_size=4))
def test_what_was_put_in_comes_out(some: list[Row]) -> None:
    assert SEALER.opened(SEALER.sealed(some), "county.db") == some


@given(rows, rows)
def test_no_row_has_the_seal_of_another(one: Row, other: Row) -> None:
    [sealed] = SEALER.sealed([one])
    assert SEALER.is_whole((*other, sealed[-1])) == (one == other)


@pytest.mark.parametrize(
    ("at", "cell"),
    [
        (0, "a"),
        (0, "placelo"),
        (1, ""),
        (2, 6),
        (2, None),
        (2, "5"),
        (3, b""),
        (3, "xy"),
        (4, None),
        (5, 0),
        (6, b""),
    ],
)
def test_a_cell_that_was_changed_is_found(at: int, cell: Cell) -> None:
    row = ("place", "lot", 5, b"xy", "", None, None)
    [sealed] = SEALER.sealed([row])
    changed = (*sealed[:at], cell, *sealed[at + 1 :])
    with pytest.raises(StoreDamaged) as caught:
        SEALER.opened([sealed, changed], "county.db")
    assert caught.value.where == "county.db"
    assert caught.value.reason.startswith("the row (")


def test_a_row_of_another_table_is_not_taken_for_one_of_this() -> None:
    row = ("place", "lot", 5, b"xy", "", None, None)
    [sealed] = Sealer(Table("papers", COLUMNS, key=("place", "day"))).sealed([row])
    assert not SEALER.is_whole(sealed)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            ("p", "l", 2**63, b"", None, None, None),
            "day is 9223372036854775808, and must be a whole number of 64 bits",
        ),
        (("p", "l", -(2**63) - 1, b"", None, None, None), "day is -9223372036854775809"),
        (("p", "l", "5", b"", None, None, None), "day is '5'"),
        (("p", "l", 5.0, b"", None, None, None), "day is 5.0"),
        (("p", None, 5, b"", None, None, None), "lot is None, and must be a text"),
        (("p", "l\0", 5, b"", None, None, None), "lot is 'l\\x00'"),
        (("p", "\udc00", 5, b"", None, None, None), "lot is '\\udc00'"),
        (("p", "l", 5, "", None, None, None), "content is '', and must be bytes"),
        (("p", "l", 5, b"", 4, None, None), "donation is 4"),
        (("p", "l", 5, b"", "\0", None, None), "donation is '\\x00'"),
        (("p", "l", 5, b"", None, 2**63, None), "counted is 9223372036854775808"),
        (("p", "l", 5, b"", None, None, ""), "mark is ''"),
        (("p", "l", 5, b"", None, None), "it has 6 cells where 7 are declared"),
        ((), "it has 0 cells where 7 are declared"),
    ],
)
def test_what_no_store_could_keep_is_refused(row: Row, says: str) -> None:
    with pytest.raises(Incomplete) as caught:
        SEALER.sealed([("p", "l", 5, b"", None, None, None), row])
    assert caught.value.what == "a row of table postings"
    assert says in caught.value.missing


def test_what_is_known_already_is_left_out() -> None:
    first = ("p", "l", 5, b"", None, None, None)
    other = ("p", "l", 6, b"", None, None, None)
    assert [row[2] for row in SEALER.sealed([first, other], {("p", 5)})] == [6]
    with pytest.raises(Incomplete):
        SEALER.sealed([([], "l", 5, b"", None, None, None)], {("p", 5)})  # type: ignore[list-item]
