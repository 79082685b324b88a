"""A file that was not looked through: what is no longer found in it is not taken for what never was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from contract.rows import papers, row
from reliefstock.errors import StoreDamaged
from reliefstock.index import TABLES
from reliefstock.journal import chained
from reliefstock.stores.doubting import _beside, _sums, _trees
from reliefstock.stores.sqlite import SqliteJournal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reliefstock.journal import Cell, Row, Table

RECORDS = list(chained([b"opened", *(b"given out %d" % at for at in range(300))]))
PLACES = ("donor:province", "household:h-1", "warehouse:east", "warehouse:north", "warehouse:south")
ROWS: Mapping[str, list[Row]] = {
    **papers(*range(2, 300)),
    "entries": [(number, number + 1) for number in range(1, 300)],
    "reversals": [(number, number + 1) for number in range(1, 300, 3)],
    "lots": [
        row("lots", ordinal=at, id=f"GRN-{at:06d}-1", donation=f"GRN-{at // 3:06d}") for at in range(1, 300)
    ],
    "places": [row("places", place=place, kind=place.partition(":")[0]) for place in PLACES],
    "postings": [
        row("postings", place=place, lot=f"GRN-{lot:06d}-1", entry=lot, line=line)
        for lot in range(1, 100)
        for line, place in enumerate(PLACES)
    ],
    "turns": [(1,)],
}
ASKED: tuple[tuple[str, str, dict[str, Cell]], ...] = (
    ("papers", "papers_by_command", {"command": "command 150"}),
    ("papers", "papers_by_number", {"number": "GRN-000150"}),
    ("lots", "lots_by_id", {"id": "GRN-000150-1"}),
    ("lots", "lots_by_donation_ordinal", {"donation": "GRN-000050"}),
    ("reversals", "reversals", {"entry": 148}),
    ("places", "places_by_kind_entry_line", {"kind": "warehouse"}),
    ("postings", "postings", {"place": "warehouse:east"}),
    ("postings", "postings", {"place": "warehouse:east", "lot": "GRN-000050-1"}),
    ("postings", "postings_by_lot_entry_line", {"lot": "GRN-000050-1"}),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "county.db"
    with SqliteJournal.create(path, "Ankang", tables=TABLES) as journal:
        journal.append(RECORDS, ROWS)
    return path


def pages(path: Path, tree: str) -> list[int]:
    """Where in the file the leaves of a tree begin."""
    with closing(sqlite3.connect(path)) as file:
        query = "SELECT pgoffset FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path"
        return [at for (at,) in file.execute(query, (tree,))]


def asked(path: Path, table: str, given: dict[str, Cell], *, doubted: bool) -> list[Row]:
    with SqliteJournal.open(path, tables=TABLES) as journal:
        if doubted:
            journal.doubt()
        return journal.find(table, given)


def outcomes(path: Path, changes: list[tuple[int, int]], asked_for: tuple[str, str, dict[str, Cell]]) -> Any:  # noqa: ANN401
    """How often an answer that is not the sound one came without an error: undoubted, and doubted."""
    table, _, given = asked_for
    whole, sound = path.read_bytes(), asked(path, table, given, doubted=False)
    assert sound
    silent = [0, 0]
    for at, byte in changes:
        path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
        for doubted in (False, True):
            try:
                silent[doubted] += asked(path, table, given, doubted=doubted) != sound
            except StoreDamaged:
                continue
    path.write_bytes(whole)
    return silent


@pytest.mark.parametrize("asked_for", ASKED, ids=lambda one: f"{one[1]} by {', '.join(one[2])}")
def test_a_page_that_says_that_it_has_fewer_rows_is_no_shorter_answer(
    path: Path, asked_for: tuple[str, str, dict[str, Cell]]
) -> None:
    whole = path.read_bytes()
    changes = [
        (page + 4, fewer) for page in pages(path, asked_for[1]) for fewer in (1, 2, whole[page + 4] // 2)
    ]
    undoubted, doubted = outcomes(path, changes, asked_for)
    assert undoubted
    assert not doubted


@pytest.mark.parametrize("asked_for", ASKED, ids=lambda one: f"{one[1]} by {', '.join(one[2])}")
def test_a_key_that_was_changed_is_no_shorter_answer(
    path: Path, asked_for: tuple[str, str, dict[str, Cell]]
) -> None:
    whole = path.read_bytes()
    first = next(iter(asked_for[2].values()))
    sought = b"\x81\x14" if first == 148 else str(first).encode()  # as SQLite writes the number of a row
    changes: list[tuple[int, int]] = []
    for page in pages(path, asked_for[1]):
        at = whole.find(sought, page, page + 4096)
        while at >= 0:
            changes += ((byte, whole[byte] ^ bit) for byte in range(at, at + len(sought)) for bit in (1, 16))
            at = whole.find(sought, at + 1, page + 4096)
    assert changes
    undoubted, doubted = outcomes(path, changes[:60], asked_for)
    assert not doubted
    if asked_for[1] not in {"postings", "reversals"}:  # what is found in the table itself has its seal
        assert undoubted


def test_a_sound_file_gives_the_same_answers(path: Path) -> None:
    for table, _, given in ASKED:
        for more in ({}, {name: "~" if isinstance(cell, str) else 10_000 for name, cell in given.items()}):
            there = {**given, **more}
            answer = asked(path, table, there, doubted=False)
            assert bool(answer) is not bool(more)
            assert asked(path, table, there, doubted=True) == answer


def test_the_last_row_of_all_and_of_some_is_the_same(path: Path) -> None:
    with SqliteJournal.open(path, tables=TABLES) as journal:
        plain = [
            journal.find("papers", {}, order=["record"], last=True),
            journal.find("postings", {"lot": "GRN-000050-1"}, order=["entry", "line"], last=True),
        ]
        journal.doubt()
        again = [
            journal.find("papers", {}, order=["record"], last=True),
            journal.find("postings", {"lot": "GRN-000050-1"}, order=["entry", "line"], last=True),
        ]
    assert plain == again
    assert [len(rows) for rows in plain] == [1, 1]


def test_a_sum_over_a_table_of_which_rows_are_lost_is_refused(path: Path) -> None:
    page = pages(path, "postings_by_lot_entry_line")[1]
    whole = path.read_bytes()
    path.write_bytes(whole[: page + 4] + b"\x03" + whole[page + 5 :])
    with SqliteJournal.open(path, tables=TABLES) as journal:
        journal.doubt()
        with pytest.raises(StoreDamaged, match="postings"):
            journal.select("SELECT SUM(quantity) FROM postings WHERE {book}", {})
        assert journal.select("SELECT COUNT(*) FROM entries WHERE {book}", {}) == [(299,)]


def test_a_table_beside_the_index_is_looked_through_at_once(path: Path) -> None:
    page = pages(path, "lots_by_id")[0]
    whole = path.read_bytes()
    path.write_bytes(whole[: page + 4] + b"\x03" + whole[page + 5 :])
    with SqliteJournal.open(path, tables=TABLES) as journal:
        journal.doubt("papers")
        with pytest.raises(StoreDamaged, match="page"):
            journal.doubt("lots")


def test_the_trees_of_an_index_that_is_doubted_are_compared_when_that_is_asked_for(path: Path) -> None:
    page = pages(path, "postings_by_lot_entry_line")[1]
    whole = path.read_bytes()
    path.write_bytes(whole[: page + 4] + b"\x03" + whole[page + 5 :])
    with SqliteJournal.open(path, tables=TABLES) as journal:
        journal.compare_trees()  # nobody doubts it
        journal.doubt()
        with pytest.raises(StoreDamaged):
            journal.compare_trees()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_tree_is_the_one_that_is_asked(path: Path, table: Table) -> None:
    with closing(sqlite3.connect(path)) as file:
        for tree in _trees(table):
            for back in (True, False):
                query = _beside(table, tree, 1, back=back)
                given = {tree.columns[0]: "x", "passed": 0}
                plan = [str(row[3]) for row in file.execute(f"EXPLAIN QUERY PLAN {query}", given)]
                by = tree.using.rpartition(" ")[2].strip('"')
                due = "PRIMARY KEY" if tree.is_key else f"COVERING INDEX {by} "
                assert any(due in step and "SEARCH" in step for step in plan), plan
        if table.lookups:
            steps = [str(row[3]) for row in file.execute(f"EXPLAIN QUERY PLAN {_sums(table)}")]
            assert any(step == f"SCAN {table.name}" for step in steps), steps
            for tree in _trees(table)[1:]:
                by = tree.using.rpartition(" ")[2].strip('"')
                assert f"SCAN {table.name} USING COVERING INDEX {by}" in steps
