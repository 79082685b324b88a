"""A CSV file, row by row and cell by cell, with everything that is wrong with it gathered.

A reader asks each cell for what it should be. A cell that is not notes what is wrong and gives None, so the
reader goes on to the next; whether anything was wrong is asked at the end.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import TypeVar

import attrs

from reliefstock.errors import BadRow, ReliefstockError
from reliefstock.values import Figure, Period, parse_figure

__all__ = ["Row", "Sheet"]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=Enum)


class Sheet:
    """One file. `columns` are those that it must have, all of them and no others.

    Lines count from 1, the header is line 1. `bad` grows as cells are read.
    """

    def __init__(self, path: Path, columns: Sequence[str], bad: list[BadRow]) -> None:
        self.name = path.name
        self._bad = bad
        self._rows = self._read(path, tuple(columns))

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def note(self, line: int, column: str, given: str, reason: str) -> None:
        """Note what is wrong with a cell."""
        self._bad.append(BadRow(self.name, line, column, given, reason))

    def _read(self, path: Path, columns: tuple[str, ...]) -> list[Row]:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self.note(1, "", path.name, f"the file cannot be read: {error}")
            return []
        lines = csv.reader(text.splitlines(keepends=True), strict=True)
        try:
            header = [name.strip() for name in next(lines, [])]
            if self._header_is_right(header, columns):
                return [row for row in self._rows_of(lines, header) if row is not None]
        except csv.Error as error:
            self.note(lines.line_num, "", "", f"it is not well-formed CSV: {error}")
        return []

    def _header_is_right(self, header: list[str], columns: tuple[str, ...]) -> bool:
        missing = [name for name in columns if name not in header]
        unknown = [name for name in header if name not in columns]
        twice = sorted({name for name in header if header.count(name) > 1})
        for name in missing:
            self.note(1, name, "", "the column is missing")
        for name in unknown:
            self.note(1, name, name, f"no such column is known; the columns are {', '.join(columns)}")
        for name in twice:
            self.note(1, name, name, "the column stands twice")
        return not (missing or unknown or twice)

    def _rows_of(self, lines: Iterator[list[str]], header: list[str]) -> Iterator[Row | None]:
        number = getattr(lines, "line_num", 1)
        for cells in lines:
            first, number = number + 1, getattr(lines, "line_num", number + 1)
            if len(cells) == len(header):
                stripped = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
                yield Row(self, first, stripped)
            elif any(cell.strip() for cell in cells):
                self.note(first, "", ",".join(cells), f"{len(header)} cells are due, {len(cells)} are there")


@attrs.frozen
class Row:
    """One row; each method reads one cell and notes what is wrong with it."""

    sheet: Sheet
    line: int
    cells: dict[str, str]

    def bad(self, column: str, reason: str) -> None:
        """Note what is wrong with a cell of this row."""
        self.sheet.note(self.line, column, self.cells.get(column, ""), reason)

    def has(self, column: str) -> bool:
        """Whether the cell has anything in it."""
        return bool(self.cells[column])

    def text(self, column: str) -> str:
        """The text of a cell; empty where it is."""
        return self.cells[column]

    def required(self, column: str) -> str:
        """The text of a cell that must have one."""
        if not self.cells[column]:
            self.bad(column, "it must not be empty")
        return self.cells[column]

    def several(self, column: str) -> tuple[str, ...]:
        """The parts of a cell, divided by semicolons."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())

    def choice(self, column: str, kind: type[_E]) -> _E | None:
        """One of the values of an enumeration."""
        return self.read(
            column, kind, f"it must be one of: {', '.join(str(member.value) for member in kind)}"
        )

    def figure(self, column: str) -> Figure | None:
        """An amount as printed; None where the cell is empty."""
        return self.read(column, parse_figure)

    def period(self, column: str) -> Period | None:
        """A day, a month, a half-year, a year or two days with a slash; None where the cell is empty."""
        return self.read(column, Period.parse)

    def read(self, column: str, reader: Callable[[str], _T], reason: str = "") -> _T | None:
        """Read a cell by a function; what it raises is what is wrong. None where the cell is empty."""
        text = self.cells[column]
        if not text:
            return None
        try:
            return reader(text)
        except (ReliefstockError, ValueError) as error:
            self.bad(column, reason or str(error))
            return None
