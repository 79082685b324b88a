"""Tables: what a report looks like on a screen, on a page, in a spreadsheet.

A table is finished text, in one language, before it comes here; nothing here knows an amount from a name.
So what is drawn is what the report says, to the last fen: `1e5` stays `1e5`, and no column is rounded.

This is the one module that draws, and the one that imports tabulate.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from io import StringIO
from types import MappingProxyType
from typing import Literal, TypeAlias
from unicodedata import category

import attrs

from reliefstock.errors import Incomplete
from reliefstock.reports.words import WORDS
from reliefstock.values import Language, choose

__all__ = ["Align", "Column", "Row", "Style", "Table", "draw", "plain"]

Align: TypeAlias = Literal["left", "right"]
Style: TypeAlias = Literal["terminal", "markdown", "csv"]
Row: TypeAlias = tuple[str, ...]

# A spreadsheet takes a text that begins with one of these for a formula; the wide ones too, in Chinese.
_FORMULA = tuple("=+-@＝＋－＠")
# A number, and its unit if there is one: words without marks or digits, of which nothing can be worked out.
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?(?: ?[^\W\d_]+(?: [^\W\d_]+)*)?")
_MARKED_UP = re.compile(r"[\\|`*_~\[<]")


@attrs.frozen
class Column:
    """A column: its key for programs, its head in both languages, and where its text stands.

    >>> Column("item", "物资", "Item").head("zh")
    '物资'
    """

    key: str
    zh: str
    en: str
    align: Align = "left"

    @classmethod
    def named(cls, key: str, align: Align = "left") -> Column:
        """Return the column whose heads are the words of its key.

        >>> Column.named("in transit", "right").zh
        '在途'
        """
        heads = WORDS[f"column.{key}"]
        return cls(key.replace(" ", "_"), heads.zh, heads.en, align)

    def head(self, lang: Language = "en") -> str:
        """Return the head in Chinese (`zh`) or English. Raises `Incomplete` for another language."""
        return choose(lang, zh=self.zh, en=self.en)


@attrs.frozen
class Table:
    """A table: a title, columns, rows of finished text, a total and notes.

    The cells are in the language in which the table was asked for, `lang`; only the title, the heads and the
    notes are kept in both.

    Raises:
        Incomplete: there are no columns, two have one key, or a row has more or fewer cells than columns.
    """

    key: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    notes_zh: tuple[str, ...] = ()
    notes_en: tuple[str, ...] = ()
    lang: Language = "en"

    def __attrs_post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if not keys or len(set(keys)) < len(keys):
            self._refuse(
                f"its columns are {', '.join(keys) or 'none'}",
                "give each column a key of its own",
                f"各列为：{'、'.join(keys) or '无'}；请给每列各取键名",
            )
        for cells in self.all_rows:
            if len(cells) != len(keys):
                self._refuse(
                    f"{len(cells)} cells stand under {len(keys)} columns",
                    "give one cell a column",
                    f"{len(keys)} 列之下有 {len(cells)} 个单元格；请每列填一格",
                )

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows, and below them the total if there is one."""
        return self.rows if self.total is None else (*self.rows, self.total)

    def title(self, lang: Language = "en") -> str:
        """Return the title in Chinese (`zh`) or English. Raises `Incomplete` for another language."""
        return choose(lang, zh=self.zh, en=self.en)

    def notes(self, lang: Language = "en") -> tuple[str, ...]:
        """Return the notes in Chinese (`zh`) or English."""
        return self.notes_zh if lang == "zh" else self.notes_en

    def without(self, *keys: str) -> Table:
        """Return the table without some of its columns.

        >>> both = (Column("item", "物资", "Item"), Column("lot", "批次", "Lot"))
        >>> Table("t", "表", "Table", both, (("quilt", "GRN-000001-1"),)).without("lot").rows
        (('quilt',),)
        """
        kept = [at for at, column in enumerate(self.columns) if column.key not in keys]

        def cut(cells: Row) -> Row:
            return tuple(cells[at] for at in kept)

        return attrs.evolve(
            self,
            columns=tuple(self.columns[at] for at in kept),
            rows=tuple(cut(cells) for cells in self.rows),
            total=None if self.total is None else cut(self.total),
        )

    def compact(self) -> Table:
        """Return the table without the columns in which no row has anything but a zero, to fit a page.

        The first column stays, so that something is left of a table without rows.

        >>> both = (Column("item", "物资", "Item"), Column("lost", "损失", "Lost"))
        >>> [column.key for column in Table("t", "表", "Table", both, (("quilt", "0"),)).compact().columns]
        ['item']
        """
        return self.without(
            *(
                column.key
                for at, column in enumerate(self.columns)
                if at and all(row[at] in ("", "0") for row in self.rows)
            )
        )

    def _refuse(self, missing: str, do: str, zh: str) -> None:
        raise Incomplete(what=f"table {self.key}", missing=missing, do=do, zh=f"表 {self.key}：{zh}")


def draw(table: Table, style: Style = "terminal", lang: Language | None = None) -> str:
    r"""Return a table as text: for a terminal, as Markdown, or as CSV.

    Without `lang` it is drawn in the language that its cells are in.

    CSV is data: it has the heads and the rows and neither title, total nor notes, which whoever reads it
    would add up with the rest. A cell that a spreadsheet would take for a formula gets a `'` before it;
    numbers, also those below zero and those with a unit, stay as they are. A file for Excel is to be written
    with the encoding 'utf-8-sig', or it shows Chinese as something else.

    Raises:
        Incomplete: there is no such style or language.

    >>> stock = Table("stock", "库存", "Stock", (Column("item", "物资", "Item"),), (("=1+1",), ("-5",)))
    >>> draw(stock, "csv", "zh")
    "物资\n'=1+1\n-5\n"
    """
    if style not in _DRAWN:
        missing = f"there is no style {style!r}"
        raise Incomplete(
            what=f"table {table.key}",
            missing=missing,
            do=f"choose one of {', '.join(_DRAWN)}",
            zh=f"表 {table.key}：没有 {style!r} 这种样式；请选用 {'、'.join(_DRAWN)} 之一",
        )
    return _DRAWN[style](table, table.lang if lang is None else lang)


def plain(table: Table) -> dict[str, object]:
    """Return a table as plain data, for JSON: each row by the keys of the columns.

    >>> plain(Table("t", "表", "Table", (Column("item", "物资", "Item"),), (("quilt",),)))["rows"]
    [{'item': 'quilt'}]
    """
    keys = [column.key for column in table.columns]

    def keyed(cells: Row) -> dict[str, str]:
        return dict(zip(keys, cells, strict=True))

    return {
        "key": table.key,
        "lang": table.lang,
        "title": {"zh": table.zh, "en": table.en},
        "columns": [{"key": c.key, "zh": c.zh, "en": c.en, "align": c.align} for c in table.columns],
        "rows": [keyed(cells) for cells in table.rows],
        "total": None if table.total is None else keyed(table.total),
        "notes": {"zh": list(table.notes_zh), "en": list(table.notes_en)},
    }


# Styles


def _terminal(table: Table, lang: Language) -> str:
    lines = _grid(table, lang, "psql", _one_line)
    if table.total is not None:
        lines.insert(-2, lines[2])
    return _page((_one_line(table.title(lang)), *lines, *map(_one_line, table.notes(lang))))


def _markdown(table: Table, lang: Language) -> str:
    lines = _grid(table, lang, "pipe", _markdown_text)
    notes = [f"- {_markdown_text(note)}" for note in table.notes(lang)]
    return _page((f"**{_markdown_text(table.title(lang))}**", "", *lines, *([""] if notes else []), *notes))


def _csv(table: Table, lang: Language) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_no_formula(column.head(lang)) for column in table.columns])
    writer.writerows([_no_formula(cell) for cell in cells] for cells in table.rows)
    return out.getvalue()


_DRAWN = MappingProxyType({"terminal": _terminal, "markdown": _markdown, "csv": _csv})


def _page(lines: Sequence[str]) -> str:
    return "\n".join((*lines, ""))


def _grid(table: Table, lang: Language, form: str, finish: Callable[[str], str]) -> list[str]:
    """The lines of the table itself; tabulate counts columns of the screen, of which 物 takes two."""
    from tabulate import tabulate

    rows = [[finish(cell) for cell in cells] for cells in table.all_rows]
    drawn = tabulate(
        rows,
        headers=[finish(column.head(lang)) for column in table.columns],
        tablefmt=form,
        disable_numparse=True,  # it would read "1e5" as 100000
        colalign=[column.align for column in table.columns] if rows else None,  # 0.9 fails on no rows
    )
    return drawn.split("\n")


def _one_line(text: str) -> str:
    """On one line, with no mark that a terminal would obey."""
    return " ".join("".join(" " if category(mark) == "Cc" else mark for mark in text).split())


def _markdown_text(text: str) -> str:
    return _MARKED_UP.sub(r"\\\g<0>", _one_line(text))


def _no_formula(text: str) -> str:
    one = _one_line(text)
    return f"'{one}" if one.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(one) else one
