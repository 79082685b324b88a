"""Rows that are taken in at once leave the same book, byte by byte, as the verbs one by one.

The rows are of every kind that can be stated, also such as no verb allows; they come into books in which
goods are held, counted, kept apart or recalled, and periods closed.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from property.model import fingerprint
from property.stored import MEMORY
from reliefstock import (
    AllocationLine,
    Basis,
    Book,
    CountedLine,
    Donor,
    FixedClock,
    Handouts,
    Household,
    Item,
    Money,
    Period,
    PickingRule,
    Place,
    PlaceKind,
    Policy,
    Quantity,
    QuarantinedLine,
    Receipts,
    ReceivedLine,
    Restriction,
    School,
    Society,
    Valuation,
    Warehouse,
)
from reliefstock.book.taking_in import TakenIn
from reliefstock.bulk import Columns
from reliefstock.errors import BadRow, ImportRefused, NotABusinessDate, ReliefstockError
from reliefstock.values import PIECE, business_date

CLOCK = FixedClock("2024-06-30")
CLERKS = ("clerk A", "clerk B")
OF_A_PERSON = 12  # bytes of an opaque id
QUILT = Item("quilt", zh="棉被", en="Quilt")
WATER = Item("water", zh="水", en="Water", packs=(PIECE.pack("box", 24),))
NOUNS = (
    QUILT,
    WATER,
    Item.by_value("books", zh="书", en="Books", currency="CNY"),
    Donor("province", zh="省红十字会"),
    Donor("company", zh="公司"),
    Warehouse("depot", zh="备灾中心"),
    Warehouse("branch", zh="分库"),
    Household("H-1", size=4, groups=("flood-hit",), division="610923"),
    Household("H-2"),
    School("school", zh="小学", division="610924"),
    Society("county", zh="县红十字会"),
)
FLOOD = Restriction(groups=("flood-hit",))
SCHOOLS = Restriction(programme="back to school")

days = st.dates(date(2024, 2, 1), date(2024, 6, 28)).map(str)
rarely = st.integers(0, 99).map(lambda drawn: drawn == 57)  # ends are drawn more often than others


def mostly(usual: Sequence[Any], odd: Sequence[Any]) -> st.SearchStrategy[Any]:
    """What is usual, and now and then something odd."""
    return rarely.flatmap(lambda is_odd: st.sampled_from(odd if is_odd else usual))


receipts = st.fixed_dictionaries(
    {
        "on": days | mostly(["2024-02-29"], ["2023-02-29", "2024-12-31", date(2024, 3, 1)]),
        "donor": mostly(["province", "company"], ["nobody", "", "province\ud800"]),
        "into": mostly(["depot", "branch"], ["attic"]),
        "item": mostly(["quilt", "water"], ["books", "gold", "CNY"]),
        "quantity": st.integers(1, 300)
        | mostly([7, 100], [0, -3, 1 << 62, 10**40, Quantity(2, PIECE), WATER.quantity(3, "box")]),
        "value": st.integers(1, 100_000) | mostly([300, 301], [0, -1, 1 << 63]),
        "evidence": mostly(["old ledger", "发票"], ["", " "]),
        "expiry": mostly([None, None, "2024-12-31", "2025-06-30"], ["2024-06-01", "tomorrow"]),
        "batch": mostly(["", "B-7"], ["\ud800"]),
        "condition": st.sampled_from(["", "new"]),
        "restriction": mostly([None], [FLOOD, SCHOOLS, Restriction()]),
        "source_document": st.sampled_from(["", "slip 3"]),
        "command": mostly([None], ["twice", "", "again"]),
    }
)
handouts = st.fixed_dictionaries(
    {
        "on": days | mostly(["2024-06-28"], ["2023-02-29", "2024-12-31"]),
        "origin": mostly(["depot", "branch"], ["attic"]),
        "recipient": mostly(["H-1", "H-2", "school", "county"], ["nobody"]),
        "item": mostly(["quilt", "water"], ["books", "gold"]),
        "quantity": st.integers(1, 40) | mostly([5, 24], [0, -1, 10**40, WATER.quantity(1, "box")]),
        "signature": mostly(
            ["sheet 1", "册 2", "sheet 1, line 3"], ["", "\u200b", "person-0123456789abcdef01234567"]
        ),
        "programme": mostly(["", "winter"], ["back to school"]),
        "source_document": st.sampled_from(["", "list 9"]),
        "command": mostly([None], ["twice", "again"]),
    }
)
ORDER = ("held", "apart", "recalled", "packed", "counted", "closed")
acts = st.sets(st.sampled_from(ORDER), max_size=2).map(lambda drawn: sorted(drawn, key=ORDER.index))
policies = st.builds(
    Policy,
    picking=st.sampled_from(PickingRule),
    counters=mostly([2], [0, 3]),
    sign_off=mostly([True], [False]),
)


@attrs.frozen
class Case:
    """A book with some past, and rows to be taken in."""

    policy: Policy
    acts: Sequence[str]
    gifts: list[dict[str, Any]]
    given: list[dict[str, Any]]
    basis: Basis
    by: str
    lines: list[int] | None

    @property
    def columns(self) -> tuple[Columns, ...]:
        gifts, given_out = self.gifts, self.given
        lines = self.lines or []
        first = Receipts(
            line=lines[: len(gifts)] if self.lines else None,
            counted_by=CLERKS,
            basis=self.basis,
            **{name: [row[name] for row in gifts] for name in gifts[0]},
        )
        second = Handouts(
            line=lines[len(gifts) :] if self.lines else None,
            **{name: [row[name] for row in given_out] for name in given_out[0]},
        )
        return first, second


@st.composite
def cases(draw: st.DrawFn) -> Case:
    gifts, given_out = (
        draw(st.lists(receipts, min_size=1, max_size=6)),
        draw(st.lists(handouts, min_size=1, max_size=10)),
    )
    numbers = list(range(1, 1 + len(gifts) + len(given_out)))
    return Case(
        policy=draw(policies),
        acts=draw(acts),
        gifts=gifts,
        given=given_out,
        basis=draw(mostly([Basis.VOUCHER, Basis.FAIR_VALUE], [Basis.MEMORANDUM])),
        by=draw(st.sampled_from(["", "keeper"])),
        lines=draw(st.none() | st.permutations(numbers)),
    )


@contextmanager
def in_turn() -> Iterator[None]:
    """Ids of people and of commands come one after the other, so that two books can be compared."""
    ids, commands, drawn = count(1), count(1), secrets.token_hex
    with (
        patch.object(
            secrets, "token_hex", lambda size: f"{next(ids):024x}" if size == OF_A_PERSON else drawn(size)
        ),
        patch(
            "reliefstock.book.book.uuid.uuid4",
            lambda: attrs.make_class("Id", {"hex": attrs.field()})(f"{next(commands):032x}"),
        ),
        patch("reliefstock.book.taking_in._ids", lambda: (f"{number:032x}" for number in commands)),
    ):
        yield


def begun(book: Book, case: Case) -> Book:
    """A book with a past."""
    book.add(*NOUNS)
    worth = Valuation.voucher(Money(10_001, "CNY"), "invoice 1")
    for item, depot in product((QUILT, WATER), ("depot", "branch")):
        line = ReceivedLine(item.id, item.quantity(300), valuation=worth, batch="B-7")
        book.receive(donor="province", into=depot, on="2024-01-05", counted_by=CLERKS, lines=[line])
    for act in case.acts:
        ACTS[act](book)
    book.policy = case.policy
    return book


def held(book: Book) -> None:
    lines = [AllocationLine("H-1", "quilt", QUILT.quantity(60))]
    book.allocate(
        warehouse="depot",
        lines=lines,
        on="2024-01-06",
        until="2024-06-29",
        source_document="list 1",
        approved_by="director",
    )


def counted(book: Book) -> None:
    plan = book.plan_count(warehouse="depot", on="2024-03-01", counters=CLERKS, items=("quilt",))
    there = book.ledger.stock(Place(PlaceKind.WAREHOUSE, "depot"), "quilt")
    lines = [CountedLine(lot, [QUILT.quantity(position.quantity)]) for lot, position in there.items()]
    for counter in CLERKS:
        book.count(plan.number, counter=counter, on="2024-03-01", lines=lines)
    book.approve_count(plan.number, on="2024-03-01", approved_by=("director",))


def apart(book: Book) -> None:
    lines = [QuarantinedLine("GRN-000001-1", QUILT.quantity(20))]
    book.quarantine(warehouse="depot", lines=lines, reason="wet", reported_by="keeper", on="2024-02-01")


def recalled(book: Book) -> None:
    book.recall("water", batch="B-7", reason="dirty", notice="notice 5", ordered_by="office", on="2024-02-02")


def closed(book: Book) -> None:
    book.close(Period.parse("2024-01"), on="2024-02-05", closed_by="bookkeeper", approved_by="director")


def packed(book: Book) -> None:
    worth = Valuation.voucher(Money(999, "CNY"), "invoice 2")
    line = ReceivedLine("water", WATER.quantity(4, "box"), valuation=worth)
    book.receive(donor="company", into="branch", on="2024-02-10", counted_by=CLERKS, lines=[line])


ACTS = {
    "held": held,
    "counted": counted,
    "apart": apart,
    "recalled": recalled,
    "closed": closed,
    "packed": packed,
}


def one_by_one(book: Book, case: Case) -> list[BadRow]:
    """The verbs, row by row, in the order in which the rows happened; gives those that are refused."""
    keyed = [
        ((columns.line[at] if columns.line else str(row[0])), block, at, columns, row)
        for block, columns in enumerate(case.columns)
        for at, row in enumerate(columns.rows())
    ]
    refused: list[BadRow] = []
    with book.batch():
        for _, _, at, columns, row in sorted(keyed, key=lambda one: one[:3]):
            try:
                request = columns.request(row, book.register, book.currency)
                book.do(request, command=columns.command_of(row), by=case.by)
            except ReliefstockError as error:
                refused.append(BadRow(columns.what, at + 1, "", "", str(error), error.sentence("zh")))
    return refused


def all_of(book: Book) -> tuple[Any, ...]:
    """All that is kept, and all that can be learned."""
    return (
        tuple(book.records()),
        fingerprint(book),
        sorted(map(repr, book.people)),
        list(book.ledger.shelved()),
    )


def rows_of(path: Path) -> dict[str, list[Any]]:
    """All that is in a file."""
    with sqlite3.connect(path) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(map(repr, file.execute(f"SELECT * FROM {name}"))) for name in tables}  # noqa: S608 -- its own names


def taken_in(book: Book, case: Case) -> TakenIn | tuple[BadRow, ...]:
    try:
        return book.take_in(*case.columns, by=case.by)
    except ImportRefused as refused:
        return refused.rows


@given(cases())
def test_rows_in_memory_leave_what_the_verbs_leave(case: Case):
    with in_turn():
        one = begun(Book("county", currency="CNY", clock=CLOCK), case)
        refused = one_by_one(one, case)
    with in_turn():
        other = begun(Book("county", currency="CNY", clock=CLOCK), case)
        before = all_of(other)
        taken = taken_in(other, case)
    assert_same(case, refused, taken, one, other, before)


@given(cases())
def test_rows_in_a_file_leave_what_the_verbs_leave(case: Case):
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        paths = [Path(folder, name) for name in ("one.db", "other.db")]
        said = {"currency": "CNY", "clock": CLOCK}
        with in_turn(), Book.create(paths[0], "county", **said) as one:
            refused = one_by_one(begun(one, case), case)
            with in_turn(), Book.create(paths[1], "county", **said) as other:
                begun(other, case)
                before = all_of(other)
                taken = taken_in(other, case)
                assert_same(case, refused, taken, one, other, before)
        with Book.open(paths[1], clock=CLOCK, snapshot=False) as again:
            assert again.verify() == again.head
        if not refused:
            assert rows_of(paths[0]) == rows_of(paths[1])


def of_no_day(case: Case) -> tuple[BadRow, ...]:
    """The rows of the first columns that have no day to be ordered by; they are told before all else."""
    for columns in case.columns if case.lines is None else ():
        rows = [at for at, day in enumerate(columns.days(), 1) if day == "2023-02-29"]
        if rows:
            with pytest.raises(NotABusinessDate) as raised:
                business_date("2023-02-29")
            error = raised.value
            return tuple(BadRow(columns.what, at, "", "", str(error), error.sentence("zh")) for at in rows)
    return ()


def assert_same(
    case: Case,
    refused: list[BadRow],
    taken: TakenIn | tuple[BadRow, ...],
    one: Book,
    other: Book,
    before: tuple[Any, ...],
) -> None:
    if refused:
        event("refused")
        assert taken == (of_no_day(case) or tuple(refused))
        assert all_of(other)[1:2] == before[1:2]
        assert tuple(other.records()) == before[0]
    else:
        assert isinstance(taken, TakenIn)
        event(f"by verbs: {taken.by_verbs * 10 // len(taken.records) if taken.records else 0}0 %")
        assert all_of(other) == all_of(one)
