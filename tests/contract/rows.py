"""Rows of the index, by what matters in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reliefstock.index import TABLES

if TYPE_CHECKING:
    from reliefstock.journal import Cell, Row

__all__ = ["of", "papers", "row"]

NOTHING = {"whole": 0, "text": "", "bytes": b""}


def row(table: str, **cells: Cell) -> Row:
    """A row of a table with these cells, the others empty, zero or nothing."""
    [declared] = (one for one in TABLES if one.name == table)
    names = [column.name for column in declared.columns]
    assert set(cells) <= set(names)
    nothing = {column.name: None if column.empty else NOTHING[column.kind] for column in declared.columns}
    return tuple({**nothing, **cells}[name] for name in names)


def of(table: str, found: Row, *names: str) -> tuple[Cell, ...]:
    """Some cells of a row that was found."""
    [declared] = (one for one in TABLES if one.name == table)
    cells = dict(zip((column.name for column in declared.columns), found, strict=True))
    return tuple(cells[name] for name in names)


def papers(*numbers: int) -> dict[str, list[Row]]:
    """A row of the papers for each of these records."""
    return {
        "papers": [
            row("papers", record=at, number=f"GRN-{at:06}", command=f"command {at}", content=b"\0\xff")
            for at in numbers
        ]
    }
