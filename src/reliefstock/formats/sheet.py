"""A CSV file, row by row and cell by cell, with everything that is wrong with it gathered.

A reader asks each cell for what it should be. A cell that is not notes what is wrong and gives None, so the
reader goes on to the next; whether anything was wrong is asked at the end. What is noted is meant for whoever
filled the file in: it names the file, the line and the column, and says what to write.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar
from unicodedata import normalize

import attrs

from reliefstock.errors import BadRow, ReliefstockError
from reliefstock.formats._dates import period_of
from reliefstock.values import Figure, Period, near, parse_figure

__all__ = ["LEAVE_EMPTY", "UNKNOWN", "Row", "Sheet", "hint", "hint_zh"]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=Enum)

UNKNOWN = ("不详", "未知", "不明", "无", "-", "–", "—", "/", "?", "unknown", "n/a")
"""What people write where they do not know; the form says that with an empty cell."""

LEAVE_EMPTY = "leave the cell empty where it is not known"

_DELIMITERS = (",", ";", "\t")
_PARTED = re.compile("[;；]")
_NOT_UTF8 = "the file is not in UTF-8; in a spreadsheet program save it as 'CSV UTF-8'"
_NOT_UTF8_ZH = "文件不是 UTF-8 编码；请在表格软件中另存为“CSV UTF-8（逗号分隔）”"


class _Lines(Protocol):
    """What reads CSV: rows of cells, and the number of the last line read."""

    @property
    def line_num(self) -> int:
        """The number of the last line read."""
        ...

    def __iter__(self) -> Iterator[list[str]]:
        """Row by row."""
        ...


def hint(given: str, known: Iterable[str]) -> str:
    """Say which of the known words may be meant; empty where none is like the one given.

    >>> hint("quitl", ["quilt", "tent"])
    "; did you mean 'quilt'?"
    """
    close = near(given, known)
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""


def hint_zh(given: str, known: Iterable[str]) -> str:
    """Say it in Chinese.

    >>> hint_zh("quitl", ["quilt", "tent"])
    '；是否指 quilt？'
    """
    close = near(given, known)
    return f"；是否指 {' 或 '.join(close)}？" if close else ""


class Sheet:
    """One file. `columns` are those that it must have, all of them and no others, in any order.

    Cells are divided by commas, or by semicolons or tabs where the header is. Empty columns at the end and
    empty rows are passed over; a column of `optional` that is not there is one of empty cells. `misshapen`
    are rows of too few or too many cells: noted and not read, but their ids are known.

    Lines count from 1, the header is line 1; a row whose cells go over several lines is on the first of them.
    `bad` grows as cells are read. `is_readable` says whether the rows could be told apart at all.
    """

    def __init__(
        self, path: Path, columns: Sequence[str], bad: list[BadRow], optional: Sequence[str] = ()
    ) -> None:
        self.name = path.name
        self._bad = bad
        self._optional = tuple(optional)
        self.misshapen: list[Row] = []
        rows = self._read(path, tuple(columns))
        self.is_readable = rows is not None
        self._rows = rows or []

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def note(self, line: int, column: str, given: str, reason: str, zh: str = "") -> None:
        """Note what is wrong with a cell, in English and, where it is said, in Chinese."""
        self._bad.append(BadRow(self.name, line, column, given, reason, zh))

    def _read(self, path: Path, columns: tuple[str, ...]) -> list[Row] | None:
        text = self._text(path)
        if text is None:
            return None
        # StringIO ends a line where CSV does; splitlines would end one at a form feed, too
        delimiter = _delimiter(text, columns)
        lines = csv.reader(StringIO(text, newline=""), strict=True, delimiter=delimiter)
        try:
            header = _names(next(lines, list[str]()))
            if self._header_is_right(header, columns):
                return list(self._rows_of(lines, header))
        except csv.Error as error:
            self.note(lines.line_num, "", "", f"it is not well-formed CSV: {error}", "不是合格的 CSV 文件")
        return None

    def _text(self, path: Path) -> str | None:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                return file.read()
        except UnicodeDecodeError:
            self.note(1, "", path.name, _NOT_UTF8, _NOT_UTF8_ZH)
        except OSError as error:
            self.note(1, "", path.name, f"the file cannot be read: {error.strerror}", "文件无法读取")
        return None

    def _header_is_right(self, header: list[str], columns: tuple[str, ...]) -> bool:
        if len(header) == 1 < len(columns) and re.search("[;\t，]", header[0]):
            self.note(1, "", header[0], "the columns are to be divided by commas", "各列须以逗号分隔")
            return False
        before = len(self._bad)
        for name in (name for name in columns if name not in (*header, *self._optional)):
            self.note(1, name, "", "the column is missing", "缺少这一列")
        for name in dict.fromkeys(header):
            if name not in columns:
                known = hint(name, columns) or f"; the columns are {', '.join(columns)}"
                known_zh = hint_zh(name, columns) or f"；应有的列：{'、'.join(columns)}"
                self.note(1, name, name, f"no such column is known{known}", f"没有这一列{known_zh}")
            if header.count(name) > 1:
                self.note(1, name, name, "the column stands twice", "这一列出现了两次")
        return len(self._bad) == before

    def _rows_of(self, lines: _Lines, header: list[str]) -> Iterator[Row]:
        last = lines.line_num
        for cells in lines:
            first, last = last + 1, lines.line_num
            if not any(cell.strip() for cell in cells):
                continue  # spreadsheet programs leave such lines at the end
            row = self._row(first, cells, header)
            if len(cells) >= len(header) and not any(cell.strip() for cell in cells[len(header) :]):
                yield row
            else:
                self.misshapen.append(row)
                self._note_cells(first, cells, len(header))

    def _row(self, line: int, cells: list[str], header: list[str]) -> Row:
        """A row of as many cells as there are columns; those that are not there are empty."""
        empty = dict.fromkeys((*header, *self._optional), "")
        tidy = (normalize("NFC", cell.strip()) for cell in cells)
        return Row(self, line, MappingProxyType({**empty, **dict(zip(header, tidy, strict=False))}))

    def _note_cells(self, line: int, cells: list[str], due: int) -> None:
        how = "a text with a comma in it stands between double quotes"
        zh = f"应有 {due} 格，现有 {len(cells)} 格；含逗号的文字请放在双引号内"
        self.note(line, "", ",".join(cells), f"{due} cells are due, {len(cells)} are there; {how}", zh)


def _delimiter(text: str, columns: tuple[str, ...]) -> str:
    """What divides the cells: the mark that makes of the first line the most columns that are due."""
    first = text.partition("\n")[0]

    def right(mark: str) -> int:
        return len({name for name in _names(first.split(mark)) if name.strip('"') in columns})

    return max(_DELIMITERS, key=right)


def _names(cells: Sequence[str]) -> list[str]:
    """The heads of the columns, without empty ones at the end."""
    names = [cell.strip().casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


@attrs.frozen
class Row:
    """One row; each method reads one cell and notes what is wrong with it."""

    sheet: Sheet
    line: int
    cells: Mapping[str, str]

    def bad(self, column: str, reason: str, zh: str = "") -> None:
        """Note what is wrong with a cell of this row, in English and, where it is said, in Chinese."""
        self.sheet.note(self.line, column, self.cells.get(column, ""), reason, zh)

    def has(self, column: str) -> bool:
        """Whether the cell has anything in it."""
        return bool(self.cells[column])

    def text(self, column: str) -> str:
        """The text of a cell; empty where it is."""
        return self.cells[column]

    def word(self, column: str) -> str:
        """The text of a cell that is one of the words of the form, in small letters of one width."""
        return normalize("NFKC", self.cells[column]).casefold()

    def required(self, column: str) -> str:
        """The text of a cell that must have one."""
        if not self.cells[column]:
            self.bad(column, "it must not be empty")
        return self.cells[column]

    def empty(self, column: str, reason: str) -> None:
        """A cell that must have nothing in it, and why."""
        if self.cells[column]:
            self.bad(column, reason)

    def several(self, column: str) -> tuple[str, ...]:
        """The parts of a cell, divided by semicolons, of either width."""
        return tuple(part.strip() for part in _PARTED.split(self.cells[column]) if part.strip())

    def choice(self, column: str, kind: type[_E]) -> _E | None:
        """One of the values of an enumeration; None where the cell is empty."""
        reason = f"it must be one of: {', '.join(str(one.value) for one in kind)}"
        return self.read(column, lambda _: kind(self.word(column)), reason)

    def figure(self, column: str) -> Figure | None:
        """An amount as printed; None where the cell is empty."""
        return self.read(column, parse_figure)

    def period(self, column: str) -> Period | None:
        """A day, a month, a half-year and so on, or two days with a slash; None where the cell is empty."""
        return self.read(column, period_of)

    def read(self, column: str, reader: Callable[[str], _T], reason: str = "") -> _T | None:
        """Read a cell by a function; what it raises is what is wrong. None where the cell is empty."""
        text = self.cells[column]
        if not text:
            return None
        if text.casefold() in UNKNOWN:
            self.bad(column, LEAVE_EMPTY)
            return None
        try:
            return reader(text)
        except (ReliefstockError, ValueError) as error:
            self.bad(column, reason or str(error))
            return None
