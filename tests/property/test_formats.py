"""What holds of every folder and of all plain data: read whole, or refused with all that is wrong."""

from __future__ import annotations

import csv
import json
import string
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reliefstock.donations import Restriction, Valuation
from reliefstock.errors import BadData, ImportRefused
from reliefstock.formats import HalfYear, plain_from, read_half_year, request_from
from reliefstock.ledger import Side
from reliefstock.operations import (
    Arrive,
    ArrivedLine,
    Distribute,
    Handout,
    MentionMovement,
    ReceivedLine,
    ReceiveGoods,
    ReceiveMoney,
    Request,
    Stage,
)
from reliefstock.reconciliation import check_claims
from reliefstock.records import types
from reliefstock.reports.half_year import half_year_findings
from reliefstock.values import PIECE, FixedClock, Interval, Money, Period, Quantity, Unit
from unit.formats.folders import COLUMNS, REAL, copy_of

LATER = FixedClock("2026-11-23")

# Folders

files = st.sampled_from(sorted(COLUMNS))
odd_cells = st.sampled_from(
    [
        *(
            "",
            "x",
            "0",
            "-1",
            "5.9",
            "=1+1",
            "300余",
            "300余份",
            "12.345元",
            "9.9万元",
            "0元",
            "1美元",
            "500箱",
            "50%",
        ),
        *(
            "2023/1/14",
            "2023年5月",
            "45305",
            "Feb-24",
            "不详",
            "80条",
            "2023-13",
            "2033-01-01",
            "0000-01-01",
            "2023-06-30/2023-01-01",
            "2023-H1",
            "T09",
            "C12;C12",
        ),
        *(
            "depot",
            "city-depot",
            "province;company",
            "reconstruction",
            "fraternity",
            "done",
            "observed",
            "give",
        ),
        *(
            "spend",
            "money",
            "a:b",
            "\u200b",
            "\x00",
            "九" * 80,
            '"',
            "'",
            "\u2028",
            "CNY",
            "value",
            "project spent",
        ),
    ]
)
cells = st.one_of(odd_cells, st.text(st.characters(exclude_categories=["Cs"]), max_size=12))


@st.composite
def spoilt_cells(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """One cell of one line of one file, and what is written there instead."""
    file = draw(files)
    lines = (REAL / f"{file}.csv").read_text(encoding="utf-8").count("\n")
    return file, draw(st.integers(1, lines - 1)), draw(st.integers(0, len(COLUMNS[file]) - 1)), draw(cells)


def read(folder: Path) -> HalfYear | ImportRefused:
    """The folder, read, and everything that is asked of it asked; or why it was refused."""
    try:
        half_year = read_half_year(folder, clock=LATER)
    except ImportRefused as refused:
        return refused
    report = check_claims(half_year.book, half_year.claims, half_year.relations)
    assert half_year_findings(half_year.book, half_year.report.period, report, half_year.notes)
    return half_year


def assert_whole_or_refused(outcome: HalfYear | ImportRefused) -> None:
    if isinstance(outcome, ImportRefused):
        assert outcome.rows
        assert all(row.file.endswith(".csv") and row.line >= 1 and row.reason for row in outcome.rows)
        assert str(outcome)
        return
    claims = (REAL / "claims.csv").read_text(encoding="utf-8").count("\n") - 1
    assert len(outcome.claims) == claims
    assert len(outcome.book.documents) >= 50


@given(st.lists(spoilt_cells(), min_size=1, max_size=4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_a_folder_with_spoilt_cells_is_read_whole_or_refused(spoilt: list[tuple[str, int, int, str]]) -> None:
    with TemporaryDirectory() as name:
        folder = copy_of(Path(name))
        for file, line, column, cell in spoilt:
            path = folder / f"{file}.csv"
            with path.open(encoding="utf-8", newline="") as source:
                rows = list(csv.reader(source))
            rows[line][column] = cell
            with path.open("w", encoding="utf-8", newline="") as target:
                csv.writer(target, lineterminator="\n").writerows(rows)
        assert_whole_or_refused(read(folder))


@given(files, st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_a_folder_with_spoilt_bytes_is_read_or_refused(file: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        path = copy_of(Path(name)) / f"{file}.csv"
        content = path.read_bytes()
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 40))
        path.write_bytes(content[:at] + data.draw(st.binary(max_size=6)) + content[at + cut :])
        outcome = read(path.parent)
        assert isinstance(outcome, HalfYear) or outcome.rows


# Plain data

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ids = st.text(string.ascii_lowercase, min_size=1, max_size=6)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
moneys = st.builds(Money, st.integers(-(10**20), 10**20), st.sampled_from(["CNY", "JPY", "KWD"]))
paid = st.builds(Money, st.integers(1, 10**20), st.just("CNY"))
units = st.one_of(
    st.just(PIECE), st.builds(lambda code, holds: PIECE.pack(f"pack {code}", holds), ids, st.integers(2, 50))
)
quantities = st.builds(Quantity, st.integers(-1000, 10**12), units)
stated = st.one_of(quantities, moneys)
bounds = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=1000)
intervals = st.builds(
    lambda low, more, low_open, high_open: Interval(
        low, None if more is None else low + more + 1, low_open=low_open, high_open=high_open
    ),
    bounds,
    st.none() | st.fractions(min_value=0, max_value=1000),
    st.booleans(),
    st.booleans(),
)
periods = st.builds(lambda a, b: Period(min(a, b), max(a, b)), days, days)
lists = st.lists(ids, max_size=3)
restrictions = st.builds(
    Restriction, places=lists, programme=texts, groups=lists, recipients=lists, until=st.none() | days
)
received = st.builds(
    ReceivedLine,
    ids,
    st.none() | stated,
    valuation=st.builds(Valuation.voucher, paid, ids) | st.builds(Valuation.memorandum, texts),
    refused=st.none() | stated,
    expiry=st.none() | days,
    life_months=st.none() | st.integers(1, 99),
    restriction=st.none() | restrictions,
)
requests: st.SearchStrategy[Request[Any]] = st.one_of(
    st.builds(
        ReceiveGoods, donor=ids, into=ids, lines=st.lists(received, max_size=2), on=days, counted_by=lists
    ),
    st.builds(ReceiveMoney, donor=ids, into=ids, amount=moneys, on=days, original=st.none() | moneys),
    st.builds(
        Distribute,
        origin=ids,
        lines=st.lists(st.builds(Handout, ids, ids, stated, texts, lists), max_size=2),
        on=days,
    ),
    st.builds(
        Arrive,
        waybills=st.lists(ids, max_size=2),
        on=days,
        received_by=texts,
        lines=st.lists(
            st.builds(ArrivedLine, ids, st.none() | stated, stage=st.sampled_from(Stage)), max_size=2
        ),
        nothing_arrived=st.booleans(),
    ),
    st.builds(
        MentionMovement,
        side=st.sampled_from(Side),
        what=texts,
        period=periods,
        evidence=texts,
        missing=lists,
        value=st.none() | intervals,
        quantity=st.none() | intervals,
    ),
)


@given(requests)
def test_a_request_reads_back_as_the_same(request: Request[Any]) -> None:
    again = request_from(json.loads(json.dumps(plain_from(request))))
    assert again == request
    assert types().written(again) == types().written(request)
    assert plain_from(again) == plain_from(request)


def places(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The ways to all that stands in plain data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(way for key, value in inner for way in places(value, (*path, key)))]


others = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    texts,
    st.sampled_from(["2023-01-01T00:00", "5", "1/0", "1e999999999"]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(ids, st.integers(), max_size=2),
)


@given(requests, st.data())
def test_plain_data_with_something_else_in_one_place_is_a_request_or_is_refused(
    request: Request[Any], data: st.DataObject
) -> None:
    plain: Any = json.loads(json.dumps(plain_from(request)))
    *ways, last = data.draw(st.sampled_from(places(plain)[1:]))
    there = plain
    for way in ways:
        there = there[way]
    there[last] = data.draw(others)
    try:
        again = request_from(plain)
    except BadData as refused:
        assert_all_have_a_place(refused)
    else:
        assert not any(isinstance(leaf, float) for leaf in _leaves(plain))
        assert request_from(json.loads(json.dumps(plain_from(again)))) == again


def assert_all_have_a_place(refused: BadData) -> None:
    assert refused.problems
    assert all(" @ $" in problem for problem in refused.problems)


def _leaves(data: object) -> list[object]:
    if isinstance(data, dict | list):
        return [leaf for one in (data.values() if isinstance(data, dict) else data) for leaf in _leaves(one)]
    return [data]


def test_a_unit_of_any_ratio_reads_back_as_the_same():
    jin = Unit("jin", "g", 1000, 2, zh="斤", en="jin")
    told = ReceiveGoods(
        donor="d",
        into="w",
        on="2023-01-01",
        counted_by=(),
        lines=[ReceivedLine("flour", Quantity(17, jin), valuation=Valuation.memorandum())],
    )
    assert jin.ratio == Fraction(500)
    assert request_from(json.loads(json.dumps(plain_from(told)))) == told
